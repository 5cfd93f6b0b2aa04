/* The rows at the top and at the foot of every screen: the bar; what just happened, what is asked,
 * which keys there are. */
#include "draw.h"
#include "touchline/memory.h"
#include <string.h>

bool screen_too_small(struct frame *frame)
{
    if (frame->rows >= VIEW_ROWS && frame->columns >= VIEW_COLUMNS)
        return false;
    frame_format(frame, frame->rows / 2, 0, frame->columns, style_of(ROLE_TEXT),
                 "too small: %dx%d needed, here %dx%d", VIEW_COLUMNS, VIEW_ROWS, frame->columns,
                 frame->rows);
    return true;
}

void screen_bar(struct frame *frame, int row, const char *title, const char *hint)
{
    enum { GAP = 2 };
    int columns = frame->columns;
    frame_fill(frame, (struct rect){row, 0, 1, columns}, ' ', style_of(ROLE_BAR));
    int used = frame_text(frame, row, 1, columns - 2, title, style_of(ROLE_BAR_STRONG));
    int room = columns - 2 - used - GAP;
    if (frame_columns(frame, hint) <= room)
        frame_text_right(frame, row, columns - 1, room, hint, style_of(ROLE_BAR));
}

void screen_rule(struct frame *frame, int row, const char *title, const char *words)
{
    enum { INDENT = 3 };
    int columns = frame->columns, end = columns - INDENT;
    frame_rule(frame, row, 0, columns);
    if (words != NULL && words[0] != '\0') {
        int begin = frame_text_right(frame, row, end, columns / 2, words, style_of(ROLE_QUIET));
        frame_put(frame, row, end, ' ', style_of(ROLE_QUIET));
        frame_put(frame, row, begin - 1, ' ', style_of(ROLE_QUIET));
        end = begin - 2;
    }
    if (title == NULL || title[0] == '\0')
        return;
    int used = frame_text(frame, row, INDENT, end - INDENT, title, style_of(ROLE_STRONG));
    frame_put(frame, row, INDENT - 1, ' ', style_of(ROLE_STRONG));
    frame_put(frame, row, INDENT + used, ' ', style_of(ROLE_STRONG));
}

/* The last sentence ("u takes it back.") says what to do: what stands before it is cut first. */
static const char *last_sentence(const char *message)
{
    const char *last = NULL;
    for (const char *at = strstr(message, ". "); at != NULL; at = strstr(at + 2, ". "))
        last = at + 2;
    return last;
}

void screen_message(struct frame *frame, int row, const char *message, bool warning)
{
    enum { HEAD_LEAST = 20 };
    struct style style = style_of(warning ? ROLE_WARNING : ROLE_MESSAGE);
    int room = frame->columns - 2;
    const char *tail = message != NULL ? last_sentence(message) : NULL;
    int needed = frame_columns(frame, tail) + 1;
    if (tail == NULL || frame_columns(frame, message) <= room || room - needed < HEAD_LEAST) {
        frame_text(frame, row, 1, room, message, style);
        return;
    }
    int used =
        frame_bytes(frame, row, 1, room - needed, message, (size_t)(tail - 1 - message), style);
    frame_text(frame, row, 1 + used + 1, needed, tail, style);
}

void view_say(struct frame *frame, bool beside, const char *message, bool warning)
{
    struct layout layout;
    int row = frame->rows - 2;
    if (!beside && layout_make(&layout, frame->rows, frame->columns))
        row = layout.message;
    if (frame->rows < VIEW_ROWS || frame->columns < VIEW_COLUMNS)
        return;
    frame_fill(frame, (struct rect){row, 0, 1, frame->columns}, ' ', style_of(ROLE_TEXT));
    screen_message(frame, row, message, warning);
}

/* --- prompt ----------------------------------------------------------------------------------- */

static int draw_mode(struct frame *frame, int row, const char *mode)
{
    if (mode == NULL)
        return 1;
    int columns = frame_columns(frame, mode);
    frame_fill(frame, (struct rect){row, 1, 1, columns + 2}, ' ', style_of(ROLE_MODE));
    frame_text(frame, row, 2, columns, mode, style_of(ROLE_MODE));
    return columns + 4;
}

/* The last sentence of a label is the question: it stands alone where there is no room for more. */
static int draw_label(struct frame *frame, int row, int column, int columns, const char *label)
{
    const char *question = label != NULL ? last_sentence(label) : NULL;
    bool short_of_room = question != NULL && frame_columns(frame, label) > columns;
    return frame_text(frame, row, column, columns, short_of_room ? question : label,
                      style_of(ROLE_PROMPT));
}

/* The note stands at the end of the row, out of the way of what is typed; it goes first when room
 * is short, then the label is cut. */
static void draw_answer(struct frame *frame, int row, int column, const struct prompt *prompt,
                        struct probe *probe)
{
    enum { LABEL_SPARES = 8, TYPED_LEAST = 16 };
    int end = frame->columns - 1;
    int label = draw_label(frame, row, column, end - column - LABEL_SPARES, prompt->label);
    column += label > 0 ? label + 1 : 0;
    int note = frame_columns(frame, prompt->note);
    if (note > 0 && end - column - note - 1 >= TYPED_LEAST)
        end = frame_text_right(frame, row, end, note, prompt->note, style_of(ROLE_STATE)) - 1;
    view_typed(frame, (struct rect){row, column, 1, end - column}, &prompt->typed,
               style_of(ROLE_FIELD), probe);
}

void screen_prompt(struct frame *frame, int row, const struct prompt *prompt, struct probe *probe)
{
    int column = draw_mode(frame, row, prompt->mode), end = frame->columns - 1;
    if (prompt->typed.text != NULL) {
        draw_answer(frame, row, column, prompt, probe);
        return;
    }
    column += draw_label(frame, row, column, end - column, prompt->label);
    frame_text_right(frame, row, end, end - column - 2, prompt->note, style_of(ROLE_STATE));
}

/* --- keys ------------------------------------------------------------------------------------- */

enum { KEY_EDGES = 2 };

/* How much of an item is shown. */
enum extent { EXTENT_NONE, EXTENT_KEY, EXTENT_WORDS };

static int key_columns(const struct frame *frame, const struct key_item *item, enum extent extent)
{
    if (extent == EXTENT_NONE)
        return 0;
    int words = extent == EXTENT_WORDS ? frame_columns(frame, item->words) : 0;
    return frame_columns(frame, item->key) + KEY_EDGES + words;
}

/* The item that goes first: of the highest rank, of several the last. Where none may go, the first
 * one that can do without its words. `count` when nothing can be done. */
static size_t first_to_go(const struct key_item *keys, size_t count, const enum extent *extents)
{
    size_t worst = count;
    for (size_t i = 0; i < count; i++) {
        bool sooner = worst == count || keys[i].rank >= keys[worst].rank;
        if (extents[i] != EXTENT_NONE && keys[i].rank > 0 && sooner)
            worst = i;
    }
    for (size_t i = 0; i < count && worst == count; i++)
        if (extents[i] == EXTENT_WORDS)
            return i;
    return worst;
}

/* How much of each item is shown; returns the columns that they take. */
static int choose_keys(const struct frame *frame, const struct key_item *keys, size_t count,
                       enum extent *extents)
{
    int needed = 0;
    for (size_t i = 0; i < count; i++) {
        extents[i] = EXTENT_WORDS;
        needed += key_columns(frame, &keys[i], EXTENT_WORDS);
    }
    while (needed > frame->columns) {
        size_t worst = first_to_go(keys, count, extents);
        if (worst == count)
            break;
        needed -= key_columns(frame, &keys[worst], extents[worst]);
        extents[worst] = keys[worst].rank > 0 ? EXTENT_NONE : EXTENT_KEY;
        needed += key_columns(frame, &keys[worst], extents[worst]);
    }
    return needed;
}

/* Returns the column after it. */
static int draw_key(struct frame *frame, int row, int column, const struct key_item *item,
                    enum extent extent)
{
    int end = frame->columns;
    int columns = frame_columns(frame, item->key);
    frame_fill(frame, (struct rect){row, column, 1, columns + KEY_EDGES}, ' ',
               style_of(ROLE_BAR_KEY));
    frame_text(frame, row, column + 1, end - column - 1, item->key, style_of(ROLE_BAR_KEY));
    column += columns + KEY_EDGES;
    if (extent != EXTENT_WORDS)
        return column;
    return column + frame_text(frame, row, column, end - column, item->words, style_of(ROLE_BAR));
}

void screen_key_line(struct frame *frame, int row, const struct key_item *keys, size_t count,
                     struct probe *probe)
{
    int shown = 0, column = 0;
    frame_fill(frame, (struct rect){row, 0, 1, frame->columns}, ' ', style_of(ROLE_BAR));
    enum extent *extents = memory_new(count, sizeof *extents);
    int needed = choose_keys(frame, keys, count, extents);
    for (size_t i = 0; i < count; i++)
        shown += extents[i] != EXTENT_NONE;
    int gap = needed + shown <= frame->columns ? 1 : 0;
    for (size_t i = 0; i < count; i++) {
        if (extents[i] == EXTENT_NONE)
            continue;
        int end = draw_key(frame, row, column, &keys[i], extents[i]);
        probe_spot(probe, (struct rect){row, column, 1, end - column}, VIEW_KEY, 0, (int)i);
        column = end + gap;
    }
    memory_free(extents);
}
