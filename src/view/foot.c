/* The three rows at the foot: what just happened, what is asked, which keys there are. */
#include "draw.h"
#include "touchline/memory.h"
#include "touchline/text.h"
#include <string.h>

static void draw_message(struct view *view)
{
    const struct scene *scene = view->scene;
    frame_text(view->frame, view->layout.message, 1, view->layout.columns - 2, scene->message,
               style_of(scene->warning ? ROLE_WARNING : ROLE_MESSAGE));
}

/* --- prompt ---------------------------------------------------------------------------------- */

static int draw_mode(struct view *view, int row)
{
    const char *mode = view->scene->prompt.mode;
    if (mode == NULL)
        return 1;
    int columns = frame_columns(view->frame, mode);
    frame_fill(view->frame, (struct rect){row, 1, 1, columns + 2}, ' ', style_of(ROLE_MODE));
    frame_text(view->frame, row, 2, columns, mode, style_of(ROLE_MODE));
    return columns + 4;
}

/* The byte of the typed text that stands `columns` right of offset `from`. */
static size_t offset_at(const char *text, size_t from, int columns)
{
    size_t length = strlen(text);
    while (from < length) {
        size_t cluster = text_cluster_length(text + from, length - from);
        columns -= text_columns(text + from, cluster);
        if (columns < 0)
            break;
        from += cluster;
    }
    return from;
}

static void draw_typed(struct view *view, struct rect rect)
{
    const struct typed *typed = &view->scene->prompt.typed;
    size_t from =
        view_typed(view->frame, rect.row, rect.column, rect.columns, typed, style_of(ROLE_FIELD));
    size_t offset = offset_at(typed->text, from, view->probe_column - rect.column);
    view_spot(view, rect, VIEW_PROMPT, 0, (int)offset);
}

/* The note stands at the end of the row, out of the way of what is typed; it goes first when room
 * is short, then the label is cut. */
static void draw_answer(struct view *view, int row, int column)
{
    enum { TYPED_LEAST = 20 };
    const struct prompt *prompt = &view->scene->prompt;
    int end = view->layout.columns - 1;
    int room = end - column;
    int label = frame_text(view->frame, row, column, room - TYPED_LEAST, prompt->label,
                           style_of(ROLE_PROMPT));
    column += label > 0 ? label + 1 : 0;
    int note = frame_columns(view->frame, prompt->note);
    if (note > 0 && end - column - note - 1 >= TYPED_LEAST)
        end = frame_text_right(view->frame, row, end, note, prompt->note, style_of(ROLE_STATE)) - 1;
    draw_typed(view, (struct rect){row, column, 1, end - column});
}

static void draw_prompt(struct view *view)
{
    const struct prompt *prompt = &view->scene->prompt;
    int row = view->layout.prompt;
    int column = draw_mode(view, row);
    if (prompt->typed.text != NULL) {
        draw_answer(view, row, column);
        return;
    }
    int end = view->layout.columns - 1;
    column +=
        frame_text(view->frame, row, column, end - column, prompt->label, style_of(ROLE_PROMPT));
    if (end - column > 2)
        frame_text_right(view->frame, row, end, end - column - 2, prompt->note,
                         style_of(ROLE_STATE));
}

/* --- keys ------------------------------------------------------------------------------------ */

enum { KEY_EDGES = 2 };

static int key_columns(const struct view *view, const struct key_item *item)
{
    return frame_columns(view->frame, item->key) + KEY_EDGES +
           frame_columns(view->frame, item->words);
}

/* Which items are shown: while there are too many for the row, the one of the highest rank goes, of
 * several the last. Returns the columns that the rest takes; `kept` belongs to the caller. */
static int choose_keys(const struct view *view, bool *kept, int columns)
{
    const struct scene *scene = view->scene;
    int needed = 0;
    for (size_t i = 0; i < scene->key_count; i++) {
        kept[i] = true;
        needed += key_columns(view, &scene->keys[i]);
    }
    while (needed > columns) {
        size_t worst = scene->key_count;
        for (size_t i = 0; i < scene->key_count; i++) {
            bool later =
                worst == scene->key_count || scene->keys[i].rank >= scene->keys[worst].rank;
            if (kept[i] && scene->keys[i].rank > 0 && later)
                worst = i;
        }
        if (worst == scene->key_count)
            break;
        kept[worst] = false;
        needed -= key_columns(view, &scene->keys[worst]);
    }
    return needed;
}

static int draw_key(struct view *view, int row, int column, size_t i)
{
    const struct key_item *item = &view->scene->keys[i];
    struct frame *frame = view->frame;
    int edge = column, end = view->layout.columns;
    int columns = frame_columns(frame, item->key);
    frame_fill(frame, (struct rect){row, column, 1, columns + KEY_EDGES}, ' ',
               style_of(ROLE_BAR_KEY));
    frame_text(frame, row, column + 1, end - column - 1, item->key, style_of(ROLE_BAR_KEY));
    column += columns + KEY_EDGES;
    column += frame_text(frame, row, column, end - column, item->words, style_of(ROLE_BAR));
    view_spot(view, (struct rect){row, edge, 1, column - edge}, VIEW_KEY, 0, (int)i);
    return column;
}

static void draw_keys(struct view *view)
{
    size_t count = view->scene->key_count;
    int row = view->layout.keys, columns = view->layout.columns, shown = 0, column = 0;
    frame_fill(view->frame, (struct rect){row, 0, 1, columns}, ' ', style_of(ROLE_BAR));
    bool *kept = memory_new(count, sizeof *kept);
    int needed = choose_keys(view, kept, columns);
    for (size_t i = 0; i < count; i++)
        shown += kept[i];
    int gap = needed + shown <= columns ? 1 : 0;
    for (size_t i = 0; i < count; i++) {
        if (kept[i])
            column = draw_key(view, row, column, i) + gap;
    }
    memory_free(kept);
}

void view_foot(struct view *view)
{
    draw_message(view);
    draw_prompt(view);
    draw_keys(view);
}
