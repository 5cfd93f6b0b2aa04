/* The first run: what this is, a few questions that can be skipped, and what comes then. */
#include "draw.h"
#include "touchline/screens.h"

enum { INDENT = 3, ANSWER = 5, ROWS_OF_ANSWER = 3, ROOMY = 20 };

static const char *const about[] = {
    "A moment of truth is any contact, however small, in which somebody can form an opinion of "
    "you: a greeting, an invoice, a web page, a call nobody answers.",
    "A few questions. Enter skips one. All of it can be changed later with B.",
};

static const char *const then[] = {
    "Then write: the moments one by one, as they come to mind. Order comes later.",
    "Nothing to lay out yet? Look at one that is done: touchline new try.touchline --sample cafe",
};

static int draw_text(struct frame *frame, int row, int last, const char *text, enum role role)
{
    struct rect rect = {row, INDENT, last - row, frame->columns - 2 * INDENT};
    return row + frame_wrapped(frame, rect, text, style_of(role), NULL);
}

/* The answer, or while there is none the example. Returns the rows used. */
static int draw_answer(struct frame *frame, struct rect rect, const struct first_question *question)
{
    struct buffer text = {0};
    bool answered = question->answer != NULL && question->answer[0] != '\0';
    if (answered)
        buffer_add_text(&text, question->answer);
    else if (question->example != NULL)
        buffer_add_format(&text, "e.g. %s", question->example);
    int used = frame_wrapped(frame, rect, buffer_text(&text),
                             style_of(answered ? ROLE_TEXT : ROLE_QUIET), NULL);
    buffer_release(&text);
    return used > 0 ? used : 1;
}

/* The example stays in sight below the empty field. */
static int draw_typed(struct frame *frame, struct rect rect, const struct first_screen *first,
                      const struct first_question *question)
{
    struct probe probe = {.row = -1, .column = -1};
    view_typed(frame, (struct rect){rect.row, rect.column, 1, rect.columns}, &first->typed,
               style_of(ROLE_FIELD), &probe);
    if (first->typed.text[0] != '\0' || question->example == NULL || rect.rows < 2)
        return 1;
    struct first_question empty = {.example = question->example};
    rect.row++;
    rect.rows--;
    return 1 + draw_answer(frame, rect, &empty);
}

/* Returns the row after it. */
static int draw_question(struct frame *frame, int row, int last, const struct first_screen *first,
                         size_t i)
{
    const struct first_question *question = &first->questions[i];
    bool selected = i == first->selected;
    int room = last - row - 1;
    struct rect answer = {row + 1, ANSWER, room < ROWS_OF_ANSWER ? room : ROWS_OF_ANSWER,
                          frame->columns - ANSWER - INDENT};
    if (room < 1)
        return last;
    if (selected)
        frame_put(frame, row, 1, 0x25b8, style_of(ROLE_STRONG));
    frame_text(frame, row, INDENT, frame->columns - 2 * INDENT, question->question,
               style_of(selected ? ROLE_PROMPT : ROLE_TEXT));
    if (selected && first->typed.text != NULL)
        return answer.row + draw_typed(frame, answer, first, question);
    return answer.row + draw_answer(frame, answer, question);
}

/* The rows that a question takes, the blank one after it included. */
static int rows_of(const struct frame *frame, const struct first_screen *first, size_t i,
                   bool roomy)
{
    const struct first_question *question = &first->questions[i];
    bool typed = i == first->selected && first->typed.text != NULL;
    const char *text = typed ? first->typed.text : question->answer;
    bool empty = text == NULL || text[0] == '\0';
    int columns = frame->columns - ANSWER - INDENT;
    int rows = wrapped_rows(empty ? question->example : typed ? NULL : text, columns);
    rows += typed ? 1 : 0;
    return 1 + (rows > ROWS_OF_ANSWER ? ROWS_OF_ANSWER : rows < 1 ? 1 : rows) + (roomy ? 1 : 0);
}

/* From the first one that lets the selected one be seen. */
static int draw_questions(struct frame *frame, int row, int last, const struct first_screen *first,
                          bool roomy)
{
    size_t from = 0;
    int needed = 0;
    for (size_t i = 0; i <= first->selected && i < first->count; i++)
        needed += rows_of(frame, first, i, roomy);
    while (from < first->selected && needed > last - row)
        needed -= rows_of(frame, first, from++, roomy);
    for (size_t i = from; i < first->count && row < last; i++)
        row = draw_question(frame, row, last, first, i) + (roomy ? 1 : 0);
    return row;
}

static void draw_bar(struct frame *frame, const struct first_screen *first)
{
    struct buffer title = {0};
    buffer_add_format(&title, "New board: %s", first->file != NULL ? first->file : "");
    screen_bar(frame, 0, buffer_text(&title),
               first->made ? "Enter next · Tab takes the example · Esc board" : NULL);
    buffer_release(&title);
}

static void draw_unmade(struct frame *frame, int row, int last, const struct first_screen *first)
{
    struct buffer text = {0};
    buffer_add_format(&text, "No board here yet. Enter makes %s.",
                      first->file != NULL ? first->file : "it");
    frame->cursor_row = row;
    frame->cursor_column = INDENT;
    draw_text(frame, row, last, buffer_text(&text), ROLE_PROMPT);
    buffer_release(&text);
}

void view_first(struct frame *frame, const struct first_screen *first)
{
    struct probe probe = {.row = -1, .column = -1};
    frame_clear(frame);
    if (screen_too_small(frame))
        return;
    bool roomy = frame->rows >= ROOMY;
    int last = frame->rows - 2, row = roomy ? 2 : 1;
    draw_bar(frame, first);
    if (roomy || !first->made)
        row = draw_text(frame, row, last, about[0], ROLE_TEXT) + 1;
    if (roomy && first->made)
        row = draw_text(frame, row, last, about[1], ROLE_QUIET) + 1;
    screen_message(frame, frame->rows - 2, first->message, first->warning);
    screen_keys(frame, frame->rows - 1, first->keys, first->key_count, &probe);
    if (!first->made) {
        draw_unmade(frame, row, last, first);
        return;
    }
    row = draw_questions(frame, row, last, first, roomy);
    for (size_t i = 0; i < sizeof then / sizeof *then && roomy && row + 1 < last; i++)
        row = draw_text(frame, row, last, then[i], ROLE_QUIET);
}
