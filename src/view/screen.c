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

/* --- prompt ---------------------------------------------------------------------------------- */

static int draw_mode(struct frame *frame, int row, const char *mode)
{
    if (mode == NULL)
        return 1;
    int columns = frame_columns(frame, mode);
    frame_fill(frame, (struct rect){row, 1, 1, columns + 2}, ' ', style_of(ROLE_MODE));
    frame_text(frame, row, 2, columns, mode, style_of(ROLE_MODE));
    return columns + 4;
}

/* The note stands at the end of the row, out of the way of what is typed; it goes first when room
 * is short, then the label is cut. */
static void draw_answer(struct frame *frame, int row, int column, const struct prompt *prompt,
                        struct probe *probe)
{
    enum { TYPED_LEAST = 16 };
    int end = frame->columns - 1;
    int label = frame_text(frame, row, column, end - column - TYPED_LEAST, prompt->label,
                           style_of(ROLE_PROMPT));
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
    column += frame_text(frame, row, column, end - column, prompt->label, style_of(ROLE_PROMPT));
    frame_text_right(frame, row, end, end - column - 2, prompt->note, style_of(ROLE_STATE));
}

/* --- keys ------------------------------------------------------------------------------------ */

enum { KEY_EDGES = 2 };

static int key_columns(const struct frame *frame, const struct key_item *item)
{
    return frame_columns(frame, item->key) + KEY_EDGES + frame_columns(frame, item->words);
}

/* The item that goes first: of the highest rank, of several the last. `count` when none may go. */
static size_t first_to_go(const struct key_item *keys, size_t count, const bool *kept)
{
    size_t worst = count;
    for (size_t i = 0; i < count; i++) {
        bool sooner = worst == count || keys[i].rank >= keys[worst].rank;
        if (kept[i] && keys[i].rank > 0 && sooner)
            worst = i;
    }
    return worst;
}

/* Which items are shown; returns the columns that they take. */
static int choose_keys(const struct frame *frame, const struct key_item *keys, size_t count,
                       bool *kept)
{
    int needed = 0;
    for (size_t i = 0; i < count; i++) {
        kept[i] = true;
        needed += key_columns(frame, &keys[i]);
    }
    while (needed > frame->columns) {
        size_t worst = first_to_go(keys, count, kept);
        if (worst == count)
            break;
        kept[worst] = false;
        needed -= key_columns(frame, &keys[worst]);
    }
    return needed;
}

/* Returns the column after it. */
static int draw_key(struct frame *frame, int row, int column, const struct key_item *item)
{
    int end = frame->columns;
    int columns = frame_columns(frame, item->key);
    frame_fill(frame, (struct rect){row, column, 1, columns + KEY_EDGES}, ' ',
               style_of(ROLE_BAR_KEY));
    frame_text(frame, row, column + 1, end - column - 1, item->key, style_of(ROLE_BAR_KEY));
    column += columns + KEY_EDGES;
    return column + frame_text(frame, row, column, end - column, item->words, style_of(ROLE_BAR));
}

void screen_keys(struct frame *frame, int row, const struct key_item *keys, size_t count,
                 struct probe *probe)
{
    int shown = 0, column = 0;
    frame_fill(frame, (struct rect){row, 0, 1, frame->columns}, ' ', style_of(ROLE_BAR));
    bool *kept = memory_new(count, sizeof *kept);
    int needed = choose_keys(frame, keys, count, kept);
    for (size_t i = 0; i < count; i++)
        shown += kept[i];
    int gap = needed + shown <= frame->columns ? 1 : 0;
    for (size_t i = 0; i < count; i++) {
        if (!kept[i])
            continue;
        int end = draw_key(frame, row, column, &keys[i]);
        probe_spot(probe, (struct rect){row, column, 1, end - column}, VIEW_KEY, 0, (int)i);
        column = end + gap;
    }
    memory_free(kept);
}
