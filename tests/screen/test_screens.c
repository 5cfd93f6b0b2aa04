/* The screens beside the board's, compared with stored pictures. */
#include "golden.h"
#include "touchline/memory.h"
#include "touchline/screens.h"
#include "touchline/text.h"
#include "touchline/view.h"
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const struct key_item keys[] = {{"↑ ↓", "Choose", 1},
                                       {"Enter", "Run", 1},
                                       {"Tab", "Topics", 2},
                                       {"Esc", "Back", 0},
                                       {"?", "Help", 0}};

static void keep(const char *name, struct frame *frame)
{
    struct buffer text = {0};
    assert_in_range(frame->cursor_row, 0, frame->rows - 1);
    assert_in_range(frame->cursor_column, 0, frame->columns - 1);
    frame_print(frame, &text, false);
    golden_check(name, buffer_text(&text));
    buffer_release(&text);
    frame_release(frame);
}

/* The line of a list, row of a sheet or question at a place; -1: none. */
static int line_at(struct view_hit hit)
{
    return hit.what == VIEW_LINE || hit.what == VIEW_OPTION ? hit.index : -1;
}

/* Whether anything is drawn in that role; with `sign` set, that sign. */
static bool has_role(struct frame *frame, enum role role, uint32_t sign)
{
    for (int i = 0; i < frame->rows * frame->columns; i++) {
        const struct cell *cell = &frame->cells[i];
        if (cell->style.role == role && (sign == 0 || cell->points[0] == sign))
            return true;
    }
    return false;
}

/* --- list ------------------------------------------------------------------------------------- */

static bool list_shows(const struct list_screen *list, int rows, int columns)
{
    struct frame frame;
    frame_init(&frame, rows, columns, false);
    view_list(&frame, list);
    bool shown = has_role(&frame, ROLE_SELECTED, 0);
    frame_release(&frame);
    return shown;
}

static const struct list_line commands[] = {
    {"m", "Move this moment: arrows or a number, Enter drops it", NULL, false, false},
    {"H L", "Move it one place left, right", NULL, false, false},
    {"p", "Phase starts here (moments after it belong to it)", NULL, false, false},
    {NULL, "Everywhere", NULL, true, false},
    {"J", "Join a double into another moment", NULL, false, false},
    {"Y", "Second moment beside this one (same contact, other channel)", "twin", false, false},
    {"!", "What the plan lacks", "3 gaps", false, true},
    {":meter", "Moments, seconds a passenger, moments a year", NULL, false, false},
    {"z Z", "Park this moment; show the parking lot", NULL, false, false},
};

static struct list_screen help(void)
{
    return (struct list_screen){
        .title = "Help · step Rate",
        .hint = "type to filter · Enter runs it · Esc back",
        .prompt = {.label = ">", .typed = {"mo", 2}},
        .lines = commands,
        .count = COUNT(commands),
        .selected = 1,
        .foot = "Everywhere: Space marks, Enter opens or accepts, Esc leaves and keeps, u undoes, "
                "letters never change their meaning, digits do.",
        .message = "9 of 74 commands. Out of any text field F1 brings this list, too.",
        .keys = keys,
        .key_count = COUNT(keys),
    };
}

static void help_is_a_list(void **state)
{
    (void)state;
    struct list_screen list = help();
    struct frame frame;
    frame_init(&frame, 24, 80, false);
    view_list(&frame, &list);
    assert_true(frame.cursor_visible); /* in the filter */
    assert_int_equal(frame.cursor_row, 1);
    keep("help-80x24", &frame);
    frame_init(&frame, 10, 40, true);
    list.prompt = (struct prompt){0};
    view_list(&frame, &list);
    assert_false(frame.cursor_visible);
    keep("help-40x10", &frame);
}

enum { LINES = 100 };

/* "line 0" to "line 99"; `lines` and `words` keep what the list borrows. */
static struct list_screen long_list(struct list_line *lines, char (*words)[32])
{
    for (int i = 0; i < LINES; i++) {
        snprintf(words[i], sizeof words[i], "line %d", i);
        lines[i] = (struct list_line){.words = words[i]};
    }
    return (struct list_screen){.title = "Parked", .lines = lines, .count = LINES};
}

static void keep_list(const char *name, const struct list_screen *list, int rows, int columns)
{
    struct frame frame;
    frame_init(&frame, rows, columns, false);
    view_list(&frame, list);
    keep(name, &frame);
}

static void a_long_list_keeps_the_selected_line_in_sight(void **state)
{
    (void)state;
    char words[LINES][32];
    struct list_line lines[LINES];
    struct list_screen list = long_list(lines, words);
    assert_in_range(view_list_page(&list, 24, 80), 10, 20);
    for (list.selected = 0; list.selected < LINES; list.selected++) {
        assert_true(list_shows(&list, 24, 80));
        assert_true(list_shows(&list, 10, 40));
        assert_true(list_shows(&list, 24, 200));
    }
    list.selected = 40;
    keep_list("list-scrolled", &list, 24, 80);
    keep_list("list-scrolled-40x10", &list, 10, 40);
}

static void a_step_seldom_moves_the_rest(void **state)
{
    (void)state;
    char words[LINES][32];
    struct list_line lines[LINES];
    struct list_screen list = long_list(lines, words);
    int moves = 0, first = 0;
    for (list.selected = 0; list.selected < LINES; list.selected++) {
        int now = line_at(view_list_hit(&list, 24, 80, 2, 5));
        moves += now != first;
        first = now;
    }
    assert_in_range(moves, 1, LINES / 8);
}

static void a_wide_screen_shows_columns(void **state)
{
    (void)state;
    char words[LINES][32];
    struct list_line lines[LINES];
    struct list_screen list = long_list(lines, words);
    list.selected = 60;
    assert_in_range(view_list_page(&list, 60, 200), LINES, 2 * 60);
    keep_list("list-200x60", &list, 60, 200);
}

static void long_words_wrap_while_there_is_room(void **state)
{
    (void)state;
    static const struct list_line parked[] = {
        {"z1", "Airport permit", NULL, false, false},
        {"z2", "Is the radio a moment?", NULL, false, true},
        {"z3",
         "What the driver says to those who come from the night train with three bags and two "
         "small children, and whether somebody should meet them on the platform",
         "E Email", false, false},
        {"z4", "乗客がドアを開けて", NULL, false, false},
    };
    struct list_screen list = {
        .title = "Parking lot", .lines = parked, .count = COUNT(parked), .selected = 2};
    keep_list("list-wrapped", &list, 24, 80);
    list.hint = "for later, and not forgotten by anybody"; /* goes where it has no room */
    keep_list("list-wrapped-40x10", &list, 10, 40);
}

static void what_stands_right_is_never_far(void **state)
{
    (void)state;
    struct list_screen list = help();
    keep_list("list-wide-24x180", &list, 24, 180);
    keep_list("list-wide-13x140", &list, 13, 140); /* scrolled: words need the room */
}

static void a_click_finds_a_line_but_no_heading(void **state)
{
    (void)state;
    struct list_screen list = help();
    assert_int_equal(line_at(view_list_hit(&list, 24, 80, 3, 10)), 0);
    assert_int_equal(line_at(view_list_hit(&list, 24, 80, 4, 70)), 1);
    assert_int_equal(view_list_hit(&list, 24, 80, 6, 10).what, VIEW_NOTHING);
    assert_int_equal(view_list_hit(&list, 24, 80, 0, 10).what, VIEW_NOTHING);
    assert_int_equal(view_list_hit(&list, 24, 80, 22, 1).what, VIEW_NOTHING);
    struct view_hit hit = view_list_hit(&list, 24, 80, 23, 14);
    assert_int_equal(hit.what, VIEW_KEY);
    assert_int_equal(hit.index, 1);
    hit = view_list_hit(&list, 24, 80, 1, 4);
    assert_int_equal(hit.what, VIEW_PROMPT);
    assert_int_equal(hit.index, 1);
}

/* --- sheet ------------------------------------------------------------------------------------ */

static const char *const channels[] = {"I In person", "P Phone",   "E Email",
                                       "L Post",      "W Website", "B Webinar"};
static const uint8_t fills[] = {156, 153, 180, 141, 50, 211};
static const char *const ratings[] = {"1 ▼ miserable", "2 ● neutral", "3 ★ magical", "0 none"};
static const uint8_t rating_fills[] = {203, 250, 220, 0};
static const char *const answers[] = {"no", "yes ◆"};

enum {
    TITLE,
    CHANNEL,
    PHASE,
    OWNER,
    SECONDS,
    TIMES,
    JUDGED,
    HANDLING,
    EXPECTATION,
    BENCHMARK,
    RATING,
    TARGET,
    PLAN,
    CHOSEN,
    DOTS,
    IDEAS,
    ACTIONS,
    LEDGER,
    NOTE,
    FIELDS
};

static const char note[] = "Wash bay closes at six on Sundays; ask the garage in Mill Road whether "
                           "they would do it then, and what they ask for it.\nThe polish is in "
                           "the boot.\n\nAna says the bow at the door matters more than the car.";

/* Version 14 of clang-format dies of this table. */
/* clang-format off */
static const struct sheet_row fields[FIELDS] = {
    [TITLE] = {.kind = SHEET_TEXT, .label = "Title", .value = "Cab pulls up, polished"},
    [CHANNEL] = {.kind = SHEET_WORDS, .label = "Channel", .options = channels, .colours = fills,
                 .option_count = COUNT(channels)},
    [PHASE] = {.kind = SHEET_TEXT, .label = "Phase", .value = "Arrival",
               .hint = "a name that is there, or a new one"},
    [OWNER] = {.kind = SHEET_TEXT, .label = "Owner", .value = "Wally",
               .hint = "who takes charge of it"},
    [SECONDS] = {.kind = SHEET_TEXT, .label = "How long", .value = "20 s"},
    [TIMES] = {.kind = SHEET_TEXT, .label = "Times a passenger", .value = "1", .beside = true},
    [JUDGED] = {.kind = SHEET_HEADING, .value = "As the passenger sees it"},
    [HANDLING] = {.kind = SHEET_TEXT, .label = "What we do now", .rows = 2,
                  .value = "Car washed at 6; clean shirt"},
    [EXPECTATION] = {.kind = SHEET_TEXT, .label = "They expect", .rows = 2,
                     .value = "Any car, some wait, a gruff hello"},
    [BENCHMARK] = {.kind = SHEET_TEXT, .label = "Best elsewhere", .rows = 2,
                   .value = "The hotel doorman who knew my name, and took the bag from my hand "
                            "before I had thought of it, in the rain"},
    [RATING] = {.kind = SHEET_WORDS, .label = "Rating", .options = ratings,
                .colours = rating_fills, .option_count = COUNT(ratings), .option = 2,
                .hint = "first ▼"},
    [TARGET] = {.kind = SHEET_FACT, .label = "Target",
                .value = "none: nothing stands above magical"},
    [PLAN] = {.kind = SHEET_HEADING, .value = "Plan"},
    [CHOSEN] = {.kind = SHEET_WORDS, .label = "Chosen", .options = answers,
                .option_count = COUNT(answers), .option = 1, .hint = "4 of 5"},
    [DOTS] = {.kind = SHEET_TEXT, .label = "Dots", .value = "7", .beside = true},
    [IDEAS] = {.kind = SHEET_OPENS, .label = "Ideas",
               .value = "2      free: Fresh flowers on the dash"},
    [ACTIONS] = {.kind = SHEET_OPENS, .label = "Actions",
                 .value = "1      Buy two kits · Wally · 28 Nov"},
    [LEDGER] = {.kind = SHEET_FACT, .label = "Costs, payoffs", .value = "complaint 40"},
    [NOTE] = {.kind = SHEET_TEXT, .label = "Note", .rows = 3, .value = note},
};
/* clang-format on */

static struct sheet_screen sheet_of(size_t selected)
{
    return (struct sheet_screen){
        .title = "4 Cab pulls up, polished",
        .place = "4 of 11",
        .before = true,
        .after = true,
        .rows = fields,
        .count = COUNT(fields),
        .selected = selected,
        .message = "Saved: Rating. Was neutral. u on the board takes it back.",
        .keys = keys,
        .key_count = COUNT(keys),
    };
}

/* The selected row is typed in, its cursor at that offset. */
static struct sheet_screen typing_in(size_t selected, const char *text, size_t cursor)
{
    struct sheet_screen sheet = sheet_of(selected);
    sheet.typed = (struct typed){text, cursor};
    return sheet;
}

static void keep_sheet(const char *name, const struct sheet_screen *sheet, int rows, int columns,
                       bool ascii)
{
    struct frame frame;
    frame_init(&frame, rows, columns, ascii);
    view_sheet(&frame, sheet);
    keep(name, &frame);
}

static void the_sheet_at_each_size(void **state)
{
    (void)state;
    struct sheet_screen sheet = sheet_of(CHANNEL);
    keep_sheet("sheet-80x24", &sheet, 24, 80, false);
    keep_sheet("sheet-200x60", &sheet, 60, 200, false);
    keep_sheet("sheet-60x17", &sheet, 17, 60, false);
    keep_sheet("sheet-39x24", &sheet, 24, 39, false);
    sheet = sheet_of(BENCHMARK);
    keep_sheet("sheet-40x10", &sheet, 10, 40, false);
    sheet = sheet_of(ACTIONS); /* that it opens is told even where there is no room for the key */
    keep_sheet("sheet-plan-40x10", &sheet, 10, 40, false);
    sheet = sheet_of(BENCHMARK);
    keep_sheet("sheet-50x16-ascii", &sheet, 16, 50, true);
}

static void a_line_is_typed_in_its_row(void **state)
{
    (void)state;
    struct sheet_screen sheet = typing_in(TITLE, "Cab pulls up, polished", 22);
    struct frame frame;
    frame_init(&frame, 24, 80, false);
    view_sheet(&frame, &sheet);
    assert_true(frame.cursor_visible);
    assert_int_equal(frame.cursor_row, 1);
    assert_int_equal(frame.cursor_column, 17 + 22);
    assert_int_equal(frame_at(&frame, 1, 17)->style.role, ROLE_FIELD);
    assert_int_equal(frame_at(&frame, 1, 60)->style.role, ROLE_FIELD);
    frame_release(&frame);
}

static void a_long_text_wraps_while_it_is_typed(void **state)
{
    (void)state;
    struct sheet_screen sheet = typing_in(NOTE, note, sizeof note - 1);
    struct frame frame;
    frame_init(&frame, 34, 120, false);
    view_sheet(&frame, &sheet);
    assert_true(frame.cursor_visible);
    int end = frame.cursor_row;
    keep("sheet-note-120x34", &frame);
    sheet.typed.cursor = 0; /* the same rows, other cursor */
    frame_init(&frame, 34, 120, false);
    view_sheet(&frame, &sheet);
    assert_int_equal(frame.cursor_row, end - 4);
    assert_int_equal(frame.cursor_column, 17);
    frame_release(&frame);
    sheet.typed.cursor = sizeof note - 1; /* where it does not fit, its end is in sight */
    keep_sheet("sheet-note-80x24", &sheet, 24, 80, false);
}

static void a_line_break_at_the_end_begins_a_line(void **state)
{
    (void)state;
    struct sheet_screen sheet = typing_in(NOTE, "One\n", 4);
    struct frame frame;
    frame_init(&frame, 34, 120, false);
    view_sheet(&frame, &sheet);
    int row = frame.cursor_row;
    assert_int_equal(frame.cursor_column, 17);
    sheet.typed.cursor = 3;
    view_sheet(&frame, &sheet);
    assert_int_equal(frame.cursor_row, row - 1);
    assert_int_equal(frame.cursor_column, 17 + 3);
    frame_release(&frame);
}

static bool sheet_shows(const struct sheet_screen *sheet, int rows, int columns)
{
    struct frame frame;
    frame_init(&frame, rows, columns, false);
    view_sheet(&frame, sheet);
    bool shown = has_role(&frame, ROLE_STRONG, 0x25b8);
    frame_release(&frame);
    return shown;
}

/* Where the cursor stands on the screen, the character and the place in the text are its own. */
static int assert_at_cursor(size_t row, const char *text, size_t cursor)
{
    struct frame frame;
    uint32_t point;
    struct sheet_screen sheet = typing_in(row, text, cursor);
    frame_init(&frame, 24, 80, false);
    view_sheet(&frame, &sheet);
    assert_true(text_decode(text + cursor, strlen(text + cursor), &point) > 0);
    if (point != '\n')
        assert_int_equal(frame_at(&frame, frame.cursor_row, frame.cursor_column)->points[0], point);
    struct view_hit hit = view_sheet_hit(&sheet, 24, 80, frame.cursor_row, frame.cursor_column);
    assert_int_equal(hit.what, VIEW_PROMPT);
    assert_int_equal(hit.index, cursor);
    int cursor_row = frame.cursor_row;
    frame_release(&frame);
    return cursor_row;
}

/* Far into it a long text is laid out from a place near its cursor, which stands in the last row
 * then: what fills those above it is never left out. */
static void a_long_text_is_shown_around_its_cursor(void **state)
{
    static const char *const repeated[] = {"Thirty characters and a break\n",
                                           "one word and one more ",
                                           "nobreak",
                                           "naïve 東京 ",
                                           "\n",
                                           "東京"};
    enum { LENGTH = 60000 };
    (void)state;
    for (size_t i = 0; i < COUNT(repeated); i++) {
        struct buffer text = {0};
        while (text.length < LENGTH)
            buffer_add_text(&text, repeated[i]);
        for (size_t at = 0; at < text.length; at += 1237) {
            while (((unsigned char)text.bytes[at] & 0xc0) == 0x80 || text.bytes[at] == ' ')
                at++;
            int row = assert_at_cursor(NOTE, buffer_text(&text), at);
            assert_true(at < 1000 || row == 20);
            if (text_is_plain(repeated[i], strlen(repeated[i])) && !strchr(repeated[i], '\n'))
                (void)assert_at_cursor(OWNER, buffer_text(&text), at);
        }
        buffer_release(&text);
    }
}

static void the_selected_row_is_in_sight_at_any_size(void **state)
{
    (void)state;
    static const int widths[] = {40, 60, 80, 200, 300};
    for (int rows = 10; rows < 24; rows += 2) {
        for (size_t i = 0; i < COUNT(widths); i++) {
            for (size_t selected = 0; selected < COUNT(fields); selected++) {
                struct sheet_screen sheet = sheet_of(selected);
                if (fields[selected].kind != SHEET_HEADING)
                    assert_true(sheet_shows(&sheet, rows, widths[i]));
            }
        }
    }
}

static void what_is_typed_stays_above_the_message(void **state)
{
    (void)state;
    for (int rows = 10; rows < 24; rows++) {
        for (int columns = 40; columns < 100; columns += 20) {
            for (size_t selected = HANDLING; selected <= NOTE; selected++) {
                struct sheet_screen sheet = typing_in(selected, note, sizeof note - 1);
                struct frame frame;
                frame_init(&frame, rows, columns, false);
                view_sheet(&frame, &sheet);
                if (fields[selected].kind == SHEET_TEXT)
                    assert_in_range(frame.cursor_row, 1, rows - 3);
                frame_release(&frame);
            }
        }
    }
}

static void a_field_has_room_before_its_hint(void **state)
{
    (void)state;
    struct sheet_screen sheet = sheet_of(OWNER);
    struct frame frame;
    frame_init(&frame, 24, 60, false);
    view_sheet(&frame, &sheet);
    assert_int_equal(frame_at(&frame, 5, 57)->style.role, ROLE_QUIET); /* the hint */
    sheet = typing_in(OWNER, "W", 1);
    view_sheet(&frame, &sheet);
    assert_int_equal(frame_at(&frame, 5, 57)->style.role, ROLE_FIELD);
    frame_release(&frame);
}

static void many_words_show_the_chosen_one(void **state)
{
    (void)state;
    static const char *const words[] = {"Monday",   "Tuesday", "Wednesday", "Thursday", "Friday",
                                        "Saturday", "Sunday",  "A holiday", "Any day",  "No day"};
    struct sheet_row rows[FIELDS];
    memcpy(rows, fields, sizeof rows);
    rows[CHANNEL].options = words;
    rows[CHANNEL].colours = NULL;
    rows[CHANNEL].option_count = COUNT(words);
    rows[CHANNEL].option = COUNT(words) - 1;
    struct sheet_screen sheet = sheet_of(CHANNEL);
    sheet.rows = rows;
    keep_sheet("sheet-many-words-40x10", &sheet, 10, 40, false);
}

static void a_chosen_word_is_told_without_colour(void **state)
{
    (void)state;
    struct sheet_screen sheet = sheet_of(TITLE);
    struct frame frame;
    frame_init(&frame, 24, 80, false);
    view_sheet(&frame, &sheet);
    const struct cell *chosen = frame_at(&frame, 2, 17), *other = frame_at(&frame, 2, 30);
    assert_int_equal(frame_at(&frame, 2, 16)->points[0], '[');
    assert_int_equal(frame_at(&frame, 2, 28)->points[0], ']');
    assert_int_equal(chosen->style.role, ROLE_RATING_FILL);
    assert_int_equal(chosen->style.colour, 156);
    assert_int_equal(other->style.role, ROLE_RATING);
    assert_int_equal(other->style.colour, 153);
    frame_release(&frame);
}

static void a_title_leaves_room_for_the_place(void **state)
{
    (void)state;
    struct sheet_screen sheet = sheet_of(TITLE);
    sheet.title =
        "4 乗客がタクシーに乗るときに運転手がドアを開けて挨拶をするところまで e\xcc\x81te\xcc\x81";
    sheet.before = false;
    keep_sheet("sheet-scripts-60x17", &sheet, 17, 60, false);
}

static void a_click_finds_a_field(void **state)
{
    (void)state;
    struct sheet_screen sheet = sheet_of(TITLE);
    assert_int_equal(line_at(view_sheet_hit(&sheet, 24, 80, 3, 30)), PHASE);
    assert_int_equal(line_at(view_sheet_hit(&sheet, 24, 80, 5, 10)), SECONDS);
    assert_int_equal(line_at(view_sheet_hit(&sheet, 24, 80, 5, 50)), TIMES);
    assert_int_equal(view_sheet_hit(&sheet, 24, 80, 6, 10).what, VIEW_NOTHING);
    struct view_hit hit = view_sheet_hit(&sheet, 24, 80, 2, 30);
    assert_int_equal(hit.what, VIEW_OPTION);
    assert_int_equal(hit.index, CHANNEL);
    assert_int_equal(hit.id, 1);
    assert_int_equal(view_sheet_hit(&sheet, 24, 80, 0, 68).what, VIEW_LEFT);
    assert_int_equal(view_sheet_hit(&sheet, 24, 80, 0, 78).what, VIEW_RIGHT);
    assert_int_equal(view_sheet_hit(&sheet, 24, 80, 23, 1).what, VIEW_KEY);
    sheet = typing_in(NOTE, note, 0);
    hit = view_sheet_hit(&sheet, 34, 120, 21, 22);
    assert_int_equal(hit.what, VIEW_PROMPT);
    assert_memory_equal(note + hit.index, "they ask", 8);
}

/* --- first run -------------------------------------------------------------------------------- */

static const char why[] = "How we handle these moments decides whether they come back, what they "
                          "tell others, and so our jobs.";
/* clang-format off */
static const struct first_question questions[] = {
    {.question = "Whom do you serve?", .example = "customer  client  guest  patient ...",
     .answer = "passenger"},
    {.question = "Why are we doing this?", .example = why},
    {.question = "Who is here?", .example = "Ana+, Ben, Wally+",
     .hint = "a + after those who meet passengers in their work"},
    {.question = "How many passengers a year?", .example = "12,000", .answer = "",
     .hint = "for the sums; leave it empty if nobody knows"},
};
/* clang-format on */

static struct first_screen first_of(size_t selected, const char *typed)
{
    return (struct first_screen){
        .file = "cab.touchline",
        .made = typed != NULL,
        .questions = questions,
        .count = COUNT(questions),
        .selected = selected,
        .typed = {typed, typed != NULL ? strlen(typed) : 0},
        .keys = keys,
        .key_count = COUNT(keys),
    };
}

static void keep_first(const char *name, const struct first_screen *first, int rows, int columns,
                       bool ascii)
{
    struct frame frame;
    frame_init(&frame, rows, columns, ascii);
    view_first(&frame, first);
    assert_true(frame.cursor_visible == first->made);
    keep(name, &frame);
}

static void the_first_run_at_each_size(void **state)
{
    (void)state;
    struct first_screen first = first_of(1, "They call me");
    keep_first("first-80x24", &first, 24, 80, false);
    keep_first("first-200x60", &first, 60, 200, false);
    keep_first("first-40x10", &first, 10, 40, false);
    keep_first("first-60x17-ascii", &first, 17, 60, true);
    first = first_of(3, "");
    keep_first("first-last-40x10", &first, 10, 40, false);
}

static void no_board_here_yet(void **state)
{
    (void)state;
    struct first_screen first = first_of(0, NULL);
    keep_first("first-unmade", &first, 24, 80, false);
    keep_first("first-unmade-40x10", &first, 10, 40, false);
}

static void the_field_stands_still_from_letter_to_letter(void **state)
{
    (void)state;
    static const struct {
        int rows, columns;
    } sizes[] = {
        {10, 40},
        {17, 60},
        {24, 80},
        {60, 200},
    };
    for (size_t i = 0; i < COUNT(sizes); i++) {
        struct frame empty, typed;
        struct first_screen first = first_of(2, "");
        frame_init(&empty, sizes[i].rows, sizes[i].columns, false);
        frame_init(&typed, sizes[i].rows, sizes[i].columns, false);
        view_first(&empty, &first);
        first = first_of(2, "A");
        view_first(&typed, &first);
        assert_int_equal(typed.cursor_row, empty.cursor_row);
        assert_int_equal(typed.cursor_column, empty.cursor_column + 1);
        frame_release(&empty);
        frame_release(&typed);
    }
}

/* The row of the screen that a question begins in. */
static int row_of(const struct first_screen *first, int question, int rows, int columns)
{
    int row = 0;
    while (row < rows && line_at(view_first_hit(first, rows, columns, row, 0)) != question)
        row++;
    return row;
}

static void the_questions_stand_still_from_one_to_the_next(void **state)
{
    (void)state;
    for (int rows = 20; rows < 60; rows++) {
        struct first_screen first = first_of(0, "");
        int row = row_of(&first, 0, rows, 80);
        for (size_t i = 1; i < COUNT(questions); i++) {
            first = first_of(i, "");
            assert_int_equal(row_of(&first, 0, rows, 80), row);
        }
    }
}

static void each_question_is_in_sight_when_asked(void **state)
{
    (void)state;
    for (int rows = 10; rows < 30; rows++) {
        for (int columns = 40; columns < 100; columns += 15) {
            for (size_t i = 0; i < COUNT(questions); i++) {
                struct first_screen first = first_of(i, "");
                struct frame frame;
                frame_init(&frame, rows, columns, false);
                view_first(&frame, &first);
                int row = frame.cursor_row, column = frame.cursor_column;
                assert_true(frame.cursor_visible);
                assert_in_range(row, 1, rows - 3);
                struct view_hit hit = view_first_hit(&first, rows, columns, row, column);
                assert_int_equal(hit.what, VIEW_PROMPT);
                hit = view_first_hit(&first, rows, columns, row, 0);
                assert_int_equal(line_at(hit), i);
                frame_release(&frame);
            }
        }
    }
}

static void nothing_at_all_draws(void **state)
{
    (void)state;
    static const struct sheet_row bare[] = {{.kind = SHEET_WORDS}, {.kind = SHEET_TEXT}};
    struct list_screen list = {0};
    struct sheet_screen sheet = {0}, few = {.rows = bare, .count = COUNT(bare)};
    struct first_screen first = {0};
    for (int columns = 40; columns <= 200; columns += 40) {
        struct frame frame;
        frame_init(&frame, 24, columns, false);
        view_list(&frame, &list);
        view_sheet(&frame, &sheet);
        view_sheet(&frame, &few);
        view_first(&frame, &first);
        first.made = !first.made;
        assert_int_not_equal(view_list_page(&list, 24, columns), 0);
        assert_int_not_equal(view_list_page(&list, 1, columns), 0);
        frame_release(&frame);
    }
}

static void any_size_draws(void **state)
{
    (void)state;
    struct list_screen list = help();
    struct sheet_screen sheet = sheet_of(BENCHMARK);
    struct first_screen first = first_of(2, "Ana");
    for (int rows = 0; rows < 50; rows += rows < 20 ? 1 : 6) {
        for (int columns = 0; columns < 200; columns += columns < 80 ? 7 : 33) {
            struct frame frame;
            frame_init(&frame, rows, columns, rows % 2 == 0);
            view_list(&frame, &list);
            view_sheet(&frame, &sheet);
            view_first(&frame, &first);
            assert_true(frame.cursor_row >= 0 && frame.cursor_row <= rows);
            assert_true(frame.cursor_column >= 0 && frame.cursor_column <= columns);
            frame_release(&frame);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(help_is_a_list),
        cmocka_unit_test(a_long_list_keeps_the_selected_line_in_sight),
        cmocka_unit_test(a_step_seldom_moves_the_rest),
        cmocka_unit_test(a_wide_screen_shows_columns),
        cmocka_unit_test(long_words_wrap_while_there_is_room),
        cmocka_unit_test(what_stands_right_is_never_far),
        cmocka_unit_test(a_click_finds_a_line_but_no_heading),
        cmocka_unit_test(the_sheet_at_each_size),
        cmocka_unit_test(a_line_is_typed_in_its_row),
        cmocka_unit_test(a_long_text_wraps_while_it_is_typed),
        cmocka_unit_test(a_line_break_at_the_end_begins_a_line),
        cmocka_unit_test(a_long_text_is_shown_around_its_cursor),
        cmocka_unit_test(the_selected_row_is_in_sight_at_any_size),
        cmocka_unit_test(what_is_typed_stays_above_the_message),
        cmocka_unit_test(a_field_has_room_before_its_hint),
        cmocka_unit_test(many_words_show_the_chosen_one),
        cmocka_unit_test(a_chosen_word_is_told_without_colour),
        cmocka_unit_test(a_title_leaves_room_for_the_place),
        cmocka_unit_test(a_click_finds_a_field),
        cmocka_unit_test(the_first_run_at_each_size),
        cmocka_unit_test(no_board_here_yet),
        cmocka_unit_test(the_field_stands_still_from_letter_to_letter),
        cmocka_unit_test(the_questions_stand_still_from_one_to_the_next),
        cmocka_unit_test(each_question_is_in_sight_when_asked),
        cmocka_unit_test(nothing_at_all_draws),
        cmocka_unit_test(any_size_draws),
    };
    (void)setlocale(LC_CTYPE, "C.UTF-8");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
