/* The first run: what this is, a few questions that can be skipped, and what comes then. Where
 * there is no room for all of it, what goes first is what can be read elsewhere. */
#include "draw.h"
#include "touchline/screens.h"

enum {
    INDENT = 3,
    GAP = 2,
    MARK = 2,        /* columns before a question, for the sign of the selected one */
    BLANK_FROM = 16, /* rows of a screen on which the message stands apart */
    WIDE_FROM = 70,  /* columns from which answers stand beside their questions */
    TEXT_MOST = 100, /* columns of all */
    ANSWER_ROWS = 3, /* of an answer or an example at most; of a question or a hint: */
    QUESTION_ROWS = 2,
    CARD_COLUMNS = 16, /* the card that will be the first one */
    CARD_ROWS = 5
};

static const char what[] =
    "A moment of truth is any contact, however small, in which somebody can form an opinion of "
    "you: a greeting, an invoice, a web page, a call nobody answers.";
static const char skip[] =
    "A few questions. Enter skips one. All of it can be changed later with B.";
static const char then_write[] = "Then: write the first moment here";
static const char or_look[] = "Nothing to lay out yet? Look at one that is done:";
static const char sample[] = "touchline new try.touchline --sample wally-taxi";

/* How much is shown, the most first. */
struct extent {
    bool about;    /* what this is */
    bool blanks;   /* between the questions */
    bool examples; /* whole ones, and hints, of all questions, not only the selected one */
};
static const struct extent extents[] = {{true, true, true},
                                        {true, true, false},
                                        {false, true, true},
                                        {false, true, false},
                                        {false, false, false}};

struct form {
    struct frame *frame;
    const struct first_screen *first;
    struct probe *probe;
    struct rect rect; /* of all, without the mark's columns */
    bool wide;
    int label;       /* columns of the questions */
    size_t selected; /* the question that the rows are counted for */
    struct extent extent;
};

static bool is_selected(const struct form *form, size_t i)
{
    return form->first->made && i == form->selected;
}

static bool is_typed(const struct form *form, size_t i)
{
    return is_selected(form, i) && i == form->first->selected && form->first->typed.text != NULL;
}

static bool is_answered(const struct first_question *question)
{
    return question->answer != NULL && question->answer[0] != '\0';
}

static struct form form_of(struct frame *frame, const struct first_screen *first,
                           struct probe *probe)
{
    struct form form = {.frame = frame, .first = first, .probe = probe};
    int columns = frame->columns - 2 * INDENT;
    int rows = frame->rows - 3 - (frame->rows >= BLANK_FROM ? 1 : 0);
    form.rect = (struct rect){1, INDENT, rows, columns};
    form.wide = frame->columns >= WIDE_FROM;
    form.label = columns;
    if (columns > TEXT_MOST) {
        form.rect.column += (columns - TEXT_MOST) / 2;
        form.rect.columns = TEXT_MOST;
    }
    if (!form.wide)
        return form;
    form.label = 0;
    for (size_t i = 0; i < first->count; i++) {
        int own = frame_columns(frame, first->questions[i].question) + GAP;
        form.label = own > form.label ? own : form.label;
    }
    int most = form.rect.columns * 2 / 5;
    form.label = form.label < most ? form.label : most;
    return form;
}

/* --- how high --------------------------------------------------------------------------------- */

static int answer_columns(const struct form *form)
{
    return form->wide ? form->rect.columns - form->label : form->rect.columns;
}

static void add_example(const struct first_question *question, struct buffer *out)
{
    if (question->example != NULL)
        buffer_add_format(out, "e.g. %s", question->example);
}

static int example_rows(const struct form *form, size_t i)
{
    struct buffer text = {0};
    add_example(&form->first->questions[i], &text);
    int rows = wrapped_rows_most(buffer_text(&text), answer_columns(form), ANSWER_ROWS);
    buffer_release(&text);
    return rows;
}

/* The answer, or while there is none an example of it; whole or its beginning. */
static int answer_rows(const struct form *form, size_t i)
{
    const struct first_question *question = &form->first->questions[i];
    int columns = answer_columns(form), rows = 0;
    if (is_typed(form, i))
        return view_typed_rows(&form->first->typed, columns, ANSWER_ROWS);
    if (is_answered(question))
        rows = wrapped_rows_most(question->answer, columns, ANSWER_ROWS);
    else if (form->extent.examples && !is_selected(form, i))
        rows = example_rows(form, i);
    return rows > 0 ? rows : 1;
}

/* The example stays under the field, also when something is typed: nothing below it should jump. */
static int help_rows(const struct form *form, size_t i)
{
    const struct first_question *question = &form->first->questions[i];
    int columns = answer_columns(form);
    int hint = wrapped_rows_most(question->hint, columns, QUESTION_ROWS);
    if (is_selected(form, i))
        return hint + example_rows(form, i);
    return form->extent.examples ? hint : 0;
}

static int question_rows(const struct form *form, size_t i)
{
    int label = form->wide ? form->label - GAP : form->label;
    int own = wrapped_rows_most(form->first->questions[i].question, label, QUESTION_ROWS);
    int other = answer_rows(form, i) + help_rows(form, i);
    if (!form->wide)
        return own + other;
    return own > other ? own : other;
}

/* Of the questions from `from` on to before `to`. */
static int questions_rows(const struct form *form, size_t from, size_t to)
{
    int rows = 0;
    for (size_t i = from; i < to; i++)
        rows += question_rows(form, i) + (form->extent.blanks ? 1 : 0);
    return rows;
}

/* "No board here yet. Enter makes cab.touchline." */
static void add_offer(const struct form *form, struct buffer *out)
{
    if (!form->first->made)
        buffer_add_format(out, "No board here yet. Enter makes %s.",
                          form->first->file != NULL ? form->first->file : "it");
}

static int all_rows(const struct form *form)
{
    int columns = form->rect.columns;
    int rows = questions_rows(form, 0, form->first->count);
    if (form->extent.about)
        rows += 3 + wrapped_rows(what, columns) + wrapped_rows(skip, columns);
    if (!form->first->made)
        rows += form->extent.blanks ? 1 : 2; /* the blank after the last question needs no room */
    return rows;
}

/* --- questions -------------------------------------------------------------------------------- */

/* Draws what fits above `last`; returns the row after it. */
static int draw_text(struct form *form, struct rect rect, int last, int most, const char *text,
                     struct style style)
{
    rect.rows = last - rect.row < most ? last - rect.row : most;
    return rect.row + frame_wrapped(form->frame, rect, text, style, NULL);
}

static int draw_field(struct form *form, struct rect rect, int last, size_t i)
{
    int rows = answer_rows(form, i);
    rect.rows = rows < last - rect.row ? rows : last - rect.row;
    view_typed(form->frame, rect, &form->first->typed, style_of(ROLE_FIELD), form->probe);
    return rect.row + rect.rows;
}

static int draw_example(struct form *form, struct rect rect, int last, int most, size_t i)
{
    struct buffer text = {0};
    add_example(&form->first->questions[i], &text);
    int row = draw_text(form, rect, last, most, buffer_text(&text), style_of(ROLE_QUIET));
    buffer_release(&text);
    return row;
}

/* The answer and what helps with it, below one another. */
static void draw_answer(struct form *form, struct rect rect, int last, size_t i)
{
    const struct first_question *question = &form->first->questions[i];
    int most = form->extent.examples ? ANSWER_ROWS : 1;
    if (rect.row >= last)
        return;
    if (is_typed(form, i)) {
        rect.row = draw_field(form, rect, last, i);
        rect.row = draw_example(form, rect, last, ANSWER_ROWS, i);
    } else if (is_answered(question)) {
        rect.row = draw_text(form, rect, last, ANSWER_ROWS, question->answer, style_of(ROLE_TEXT));
    } else {
        rect.row = draw_example(form, rect, last, most, i);
    }
    if (is_selected(form, i) || form->extent.examples)
        draw_text(form, rect, last, QUESTION_ROWS, question->hint, style_of(ROLE_QUIET));
}

static void draw_question(struct form *form, int row, int last, size_t i)
{
    bool selected = is_selected(form, i);
    struct rect rect = {row, form->rect.column, last - row, form->rect.columns};
    struct rect label = rect, answer = rect;
    label.columns = form->wide ? form->label - GAP : form->label;
    if (selected)
        frame_put(form->frame, row, rect.column - MARK, 0x25b8, style_of(ROLE_STRONG));
    struct rect all = {row, 0, question_rows(form, i), form->frame->columns};
    probe_spot(form->probe, all, VIEW_LINE, 0, (int)i);
    int below = draw_text(form, label, last, QUESTION_ROWS, form->first->questions[i].question,
                          style_of(selected ? ROLE_PROMPT : ROLE_TEXT));
    if (form->wide) {
        answer.column += form->label;
        answer.columns -= form->label;
    } else {
        answer.row = below;
    }
    draw_answer(form, answer, last, i);
}

/* From the first one that lets the selected one be seen. Returns the row after them. */
static int draw_questions(struct form *form, int row, int last)
{
    const struct first_screen *first = form->first;
    size_t from = 0;
    while (from < first->selected && questions_rows(form, from, first->selected + 1) > last - row)
        from++;
    size_t i = from;
    for (; i < first->count && row < last; i++) {
        draw_question(form, row, last, i);
        row += questions_rows(form, i, i + 1);
    }
    view_more(form->frame, (struct rect){1, 0, last - 1, form->frame->columns}, from > 0,
              i < first->count || row > last, style_of(ROLE_STRONG));
    return row;
}

/* --- what stands before and after ------------------------------------------------------------- */

static int draw_about(struct form *form, int row, int last)
{
    struct rect rect = form->rect;
    struct buffer offer = {0};
    rect.row = row;
    if (form->extent.about)
        rect.row = draw_text(form, rect, last, last, what, style_of(ROLE_TEXT)) + 1;
    if (!form->first->made) {
        add_offer(form, &offer);
        form->frame->cursor_row = rect.row;
        form->frame->cursor_column = rect.column;
        rect.row =
            draw_text(form, rect, last, last, buffer_text(&offer), style_of(ROLE_PROMPT)) + 1;
    }
    if (form->extent.about)
        rect.row = draw_text(form, rect, last, last, skip, style_of(ROLE_QUIET)) + 1;
    buffer_release(&offer);
    return rect.row;
}

/* The first card to be, and the way to a board that is done. */
static void draw_then(struct form *form, int row, int last)
{
    struct rect rect = {row, form->rect.column, CARD_ROWS, CARD_COLUMNS};
    struct style ghost = style_of(ROLE_GHOST), quiet = style_of(ROLE_QUIET);
    if (last - row >= CARD_ROWS && form->wide) {
        view_heavy_box(form->frame, rect, ghost);
        frame_wrapped(form->frame,
                      (struct rect){row + 1, rect.column + 2, CARD_ROWS - 2, CARD_COLUMNS - 4},
                      then_write, ghost, NULL);
        rect.row++;
        rect.column += CARD_COLUMNS + 2 * GAP;
    }
    rect.columns = form->rect.column + form->rect.columns - rect.column;
    if (last - rect.row < 2)
        return;
    rect.row = draw_text(form, rect, last, 1, or_look, quiet);
    draw_text(form, rect, last, 1, sample, quiet);
}

static void draw_bar(struct form *form)
{
    const struct first_screen *first = form->first;
    struct buffer title = {0}, place = {0};
    buffer_add_format(&title, "New board: %s", first->file != NULL ? first->file : "");
    if (first->made)
        buffer_add_format(&place, "%zu of %zu", first->selected + 1, first->count);
    screen_bar(form->frame, 0, buffer_text(&title), buffer_text(&place));
    buffer_release(&title);
    buffer_release(&place);
}

static void draw_message(struct form *form)
{
    const struct first_screen *first = form->first;
    struct buffer text = {0};
    if (first->message != NULL)
        buffer_add_text(&text, first->message);
    else if (first->made)
        buffer_add_format(&text, "Saved in %s as you type. No account, no network.",
                          first->file != NULL ? first->file : "the board");
    screen_message(form->frame, form->frame->rows - 2, buffer_text(&text), first->warning);
    buffer_release(&text);
}

/* Rows of the question that makes it highest, so that nothing moves from one to the next. */
static int most_rows(struct form *form)
{
    int most = 0;
    for (form->selected = 0; form->selected < form->first->count; form->selected++) {
        int rows = all_rows(form);
        most = rows > most ? rows : most;
    }
    form->selected = form->first->selected;
    return most;
}

/* The most that fits. Returns the rows left over. */
static int choose_extent(struct form *form)
{
    size_t count = sizeof extents / sizeof *extents;
    int left = -1;
    for (size_t i = 0; i < count && left < 0; i++) {
        form->extent = extents[i];
        left = form->rect.rows - most_rows(form);
    }
    return left;
}

static void draw(struct frame *frame, const void *screen, struct probe *probe)
{
    const struct first_screen *first = screen;
    frame_clear(frame);
    if (screen_too_small(frame))
        return;
    struct form form = form_of(frame, first, probe);
    int row = form.rect.row, last = row + form.rect.rows;
    int left = choose_extent(&form);
    if (left > 0)
        row += 1 + (left > 2 * CARD_ROWS ? (left - 2 * CARD_ROWS) / 3 : 0);
    draw_bar(&form);
    draw_message(&form);
    screen_key_line(frame, frame->rows - 1, first->keys, first->key_count, probe);
    row = draw_questions(&form, draw_about(&form, row, last), last);
    draw_then(&form, row, last);
}

void view_first(struct frame *frame, const struct first_screen *first)
{
    screen_show(frame, draw, first);
}

struct view_hit view_first_hit(const struct first_screen *first, int rows, int columns, int row,
                               int column)
{
    return screen_hit(draw, first, rows, columns, row, column);
}
