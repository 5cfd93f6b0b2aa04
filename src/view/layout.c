#include "draw.h"

/* A card is at least this wide, its gap included. */
enum { CARD_PITCH = 15, MARGIN = 2 };

/* What more rows are spent on, in this order, up to the 24 of a common terminal. */
enum part { PART_WHY, PART_CARDS, PART_HEADING, PART_CURVE, PART_DETAILS, PARTS };
static const struct growth {
    enum part part;
    int rows;
} growths[] = {
    {PART_WHY, 1},   {PART_CARDS, 1}, {PART_HEADING, 1}, {PART_DETAILS, 1}, {PART_DETAILS, 2},
    {PART_CURVE, 3}, {PART_CARDS, 1}, {PART_DETAILS, 1}, {PART_CARDS, 1},   {PART_DETAILS, 2},
};

/* Rows that are always there: header, phases, four of a card, strip, message, prompt, keys. */
enum { ROWS_LEAST = 10, CARD_LEAST = 4, ROWS_COMMON = 24 };

static void grow_small(int have[PARTS], int rows)
{
    size_t count = sizeof growths / sizeof *growths;
    for (size_t i = 0; i < count; i++) {
        if (growths[i].rows > rows)
            break;
        have[growths[i].part] += growths[i].rows;
        rows -= growths[i].rows;
    }
    /* Too few for the next part: nothing is left idle all the same. */
    have[have[PART_HEADING] > 0 && have[PART_DETAILS] > 0 ? PART_DETAILS : PART_CARDS] += rows;
}

/* Beyond the common size cards, curve and details all grow; the curve less so once its levels stand
 * well apart. */
static void grow_large(int have[PARTS], int rows)
{
    int curve = rows <= 10 ? rows * 2 / 5 : 4 + (rows - 10) / 5;
    int cards = rows * 2 / 5;
    have[PART_CURVE] += curve;
    have[PART_CARDS] += cards;
    have[PART_DETAILS] += rows - curve - cards;
}

static struct rect take(int *row, int rows, int columns)
{
    struct rect rect = {*row, 0, rows, columns};
    *row += rows;
    return rect;
}

static int take_row(int *row, bool wanted)
{
    return wanted ? (*row)++ : -1;
}

bool layout_make(struct layout *layout, int rows, int columns)
{
    *layout = (struct layout){.rows = rows, .columns = columns};
    if (rows < VIEW_ROWS || columns < VIEW_COLUMNS)
        return false;
    int have[PARTS] = {[PART_CARDS] = CARD_LEAST};
    grow_small(have, (rows < ROWS_COMMON ? rows : ROWS_COMMON) - ROWS_LEAST);
    if (rows > ROWS_COMMON)
        grow_large(have, rows - ROWS_COMMON);

    int row = 0;
    layout->header = take_row(&row, true);
    layout->why = take_row(&row, have[PART_WHY] > 0);
    layout->phases = take_row(&row, true);
    layout->cards = take(&row, have[PART_CARDS], columns);
    layout->strip = take_row(&row, true);
    layout->curve = take(&row, have[PART_CURVE], columns);
    layout->heading = take_row(&row, have[PART_HEADING] > 0);
    layout->details = take(&row, have[PART_DETAILS], columns);
    layout->message = take_row(&row, true);
    layout->prompt = take_row(&row, true);
    layout->keys = take_row(&row, true);
    layout->cards_across = (columns - MARGIN) / CARD_PITCH;
    layout->card_columns = (columns - MARGIN) / layout->cards_across - 1;
    layout->cards.column = MARGIN;
    layout->cards.columns = layout->cards_across * (layout->card_columns + 1) - 1;
    return true;
}

size_t view_window_size(int rows, int columns, enum zoom zoom)
{
    struct layout layout;
    if (!layout_make(&layout, rows, columns))
        return 1;
    switch (zoom) {
    case ZOOM_OVERVIEW:
        return (size_t)(columns - 2 * MARGIN);
    case ZOOM_ONE:
        return 3; /* its neighbours are named beside it */
    default:
        return (size_t)layout.cards_across;
    }
}

size_t view_scroll_size(int rows, int columns, enum zoom zoom)
{
    size_t size = view_window_size(rows, columns, zoom);
    if (zoom == ZOOM_ONE || size < 3)
        return 1;
    return (size + 1) / 2;
}

size_t view_strip_size(int columns)
{
    enum { BRACKETS = 2, COUNTS = 18, LEAST = 10 };
    int size = columns - MARGIN - BRACKETS - COUNTS;
    return (size_t)(size > LEAST ? size : LEAST);
}
