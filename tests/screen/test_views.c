/* The board's screen, drawn without a terminal and compared with stored pictures. */
#include "golden.h"
#include "scenes.h"
#include "touchline/memory.h"
#include "touchline/view.h"
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

enum look { COLOURED = 0, ASCII = 1, MONO = 2 };

/* What holds for any picture: wide cells are whole, and the cursor stands inside. */
static void assert_sound(struct frame *frame)
{
    for (int row = 0; row < frame->rows; row++) {
        for (int column = 0; column < frame->columns; column++) {
            const struct cell *cell = frame_at(frame, row, column);
            assert_true(cell->style.role < ROLES);
            if (cell->columns == 2)
                assert_int_equal(frame_at(frame, row, column + 1)->columns, 0);
            if (cell->columns == 0)
                assert_int_equal(frame_at(frame, row, column - 1)->columns, 2);
            if (frame->ascii)
                assert_in_range(cell->points[0], ' ', '~');
        }
    }
    if (frame->rows > 0 && frame->columns > 0) {
        assert_in_range(frame->cursor_row, 0, frame->rows - 1);
        assert_in_range(frame->cursor_column, 0, frame->columns - 1);
    }
}

static void draw(struct frame *frame, struct staged *staged, int rows, int columns, size_t selected,
                 unsigned look)
{
    staged_aim(staged, rows, columns, staged->scene.zoom, selected);
    frame_init(frame, rows, columns, (look & ASCII) != 0);
    frame->mono = (look & MONO) != 0;
    view_board(frame, &staged->scene);
    assert_sound(frame);
}

/* Compares with the picture of that name; the staged board is released. */
static void check(const char *name, struct staged *staged, int rows, int columns, size_t selected,
                  unsigned look)
{
    struct frame frame;
    struct buffer text = {0};
    draw(&frame, staged, rows, columns, selected, look);
    frame_print(&frame, &text, false);
    golden_check(name, buffer_text(&text));
    buffer_release(&text);
    frame_release(&frame);
    staged_release(staged);
}

/* --- sizes ------------------------------------------------------------------------------------ */

static void the_board_at_each_size(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        int rows, columns;
    } sizes[] = {
        {"board-80x24", 24, 80}, {"board-120x34", 34, 120}, {"board-40x10", 10, 40},
        {"board-60x17", 17, 60}, {"board-200x60", 60, 200}, {"board-300x100", 100, 300},
        {"board-39x24", 24, 39}, {"board-100x9", 9, 100},
    };
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        struct staged staged;
        staged_taxi(&staged);
        check(sizes[i].name, &staged, sizes[i].rows, sizes[i].columns, 3, COLOURED);
    }
}

/* Whether the row has these words. */
static bool shows(struct frame *frame, int row, const char *words)
{
    struct buffer text = {0};
    for (int column = 0; column < frame->columns; column++)
        buffer_add_byte(&text, (char)frame_at(frame, row, column)->points[0]);
    bool result = strstr(buffer_text(&text), words) != NULL;
    buffer_release(&text);
    return result;
}

static void any_size_draws_and_the_least_one_keeps_help(void **state)
{
    (void)state;
    struct staged staged;
    staged_taxi(&staged);
    for (int rows = 0; rows < 64; rows += rows < 30 ? 1 : 7) {
        for (int columns = 0; columns < 210; columns += columns < 90 ? 3 : 17) {
            for (int zoom = 0; zoom < ZOOMS; zoom++) {
                struct frame frame;
                staged.scene.zoom = (enum zoom)zoom;
                draw(&frame, &staged, rows, columns, 3, rows % 2 != 0 ? ASCII : COLOURED);
                if (rows >= VIEW_ROWS && columns >= VIEW_COLUMNS) {
                    assert_true(shows(&frame, rows - 1, " : Find"));
                    assert_true(shows(&frame, rows - 1, " ? Help"));
                }
                frame_release(&frame);
            }
        }
    }
    staged_release(&staged);
}

static void cards_are_as_many_and_as_wide_as_the_rule_says(void **state)
{
    (void)state;
    assert_int_equal(view_window_size(24, 80, ZOOM_CARDS), 5);
    assert_int_equal(view_window_size(34, 120, ZOOM_CARDS), 7);
    assert_int_equal(view_window_size(10, 40, ZOOM_CARDS), 2);
    assert_int_equal(view_window_size(60, 200, ZOOM_CARDS), 13);
    assert_int_equal(view_window_size(1, 1, ZOOM_CARDS), 1);
    assert_int_equal(view_window_size(24, 80, ZOOM_OVERVIEW), 76);
    assert_in_range(view_scroll_size(24, 80, ZOOM_CARDS), 2, 4);
    assert_int_equal(view_scroll_size(24, 80, ZOOM_ONE), 1);
}

/* --- terminals -------------------------------------------------------------------------------- */

static void the_board_on_poorer_terminals(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        unsigned look;
    } looks[] = {{"board-mono", MONO}, {"board-ascii", ASCII}, {"board-ascii-mono", ASCII | MONO}};
    for (size_t i = 0; i < sizeof looks / sizeof *looks; i++) {
        struct staged staged;
        staged_taxi(&staged);
        check(looks[i].name, &staged, 24, 80, 3, looks[i].look);
    }
}

static void titles_of_any_script_align(void **state)
{
    (void)state;
    static const char *const titles[] = {"東京の受付で会員証を見せる",
                                         "مرحبا بكم في المطعم",
                                         "👩‍💻 Chat with 👨‍👩‍👧 café",
                                         "Cafe\xcc\x81 e\xcc\x81 marks",
                                         "日本語titleと混ぜる",
                                         "עברית שלום עולם",
                                         "한국어 제목 카드",
                                         "Zero\xe2\x80\x8bwidth \x1b[31m"};
    struct staged staged;
    staged_taxi(&staged);
    for (size_t i = 0; i < sizeof titles / sizeof *titles; i++)
        staged.moments[i].title = (char *)titles[i];
    staged.phases[0].title = (char *)"到着前";
    staged.board.title = (char *)"東京タクシー";
    check("board-scripts", &staged, 34, 132, 7, COLOURED);
}

/* --- contents --------------------------------------------------------------------------------- */

static void the_window_at_both_ends(void **state)
{
    (void)state;
    struct staged staged;
    staged_taxi(&staged);
    check("board-first", &staged, 24, 80, 1, COLOURED);
    staged_taxi(&staged);
    check("board-last", &staged, 24, 80, 11, COLOURED);
}

static void a_long_board_has_a_scroll_bar(void **state)
{
    (void)state;
    struct staged staged;
    staged_long(&staged, 1000);
    check("board-1000", &staged, 24, 80, 500, COLOURED);
    staged_long(&staged, 1000);
    staged.scene.zoom = ZOOM_OVERVIEW;
    check("overview-1000", &staged, 24, 80, 500, COLOURED);
}

static void empty_phases_are_seen(void **state)
{
    (void)state;
    struct staged staged;
    staged_taxi(&staged);
    for (size_t i = staged.phase_count; i > 1; i--)
        staged.phases[i] = staged.phases[i - 1];
    staged.phases[1] = (struct window_phase){2001, (char *)"Waiting", 3, true};
    staged.phases[5] = (struct window_phase){2002, (char *)"Farewell", 11, true};
    staged.phase_count = 6;
    check("empty-phases", &staged, 24, 80, 3, COLOURED);
    staged_taxi(&staged);
    staged.phases[4] = (struct window_phase){2002, (char *)"Farewell", 11, true};
    staged.phases[5] = (struct window_phase){2003, (char *)"Later", 11, true};
    staged.phase_count = 6;
    check("empty-phases-at-the-end", &staged, 24, 80, 11, COLOURED);
}

static void no_channel_no_fill(void **state)
{
    (void)state;
    struct staged staged;
    staged_taxi(&staged);
    staged.moments[1].channel = FIELD_ABSENT;
    staged.moments[2].channel = FIELD_ABSENT;
    check("no-channel", &staged, 24, 80, 3, COLOURED);
}

static void dots_are_shown_in_choose(void **state)
{
    (void)state;
    struct staged staged;
    struct dots dots = {.laid = 46, .each = 5, .people = 10};
    staged_taxi(&staged);
    staged.scene.step = STEP_CHOOSE;
    staged.scene.dots = &dots;
    staged.moments[2].dots = 7;
    staged.moments[4].dots = 1;
    check("choose-dots", &staged, 24, 80, 3, COLOURED);
    staged_taxi(&staged);
    staged.scene.step = STEP_CHOOSE;
    staged.scene.dots = &dots;
    dots.hidden = true;
    check("choose-dots-hidden", &staged, 24, 80, 3, COLOURED);
}

/* Long texts everywhere, more ideas and actions than fit. */
static void stage_full(struct staged *staged)
{
    staged_taxi(staged);
    staged->board.why = (char *)"How we handle these moments decides whether they come back, what "
                                "they tell others, and so our jobs.";
    staged->moments[2].title = (char *)"Books the cab by phone while standing in the rain at the "
                                       "back of the station with two suitcases and a dog";
    staged->details.moment.title = staged->moments[2].title;
    staged->details.moment.note = (char *)"Wash bay closes at six on Sundays; ask the garage in "
                                          "Mill Road.\nThey also have towels.";
    staged->details.moment.first_rating = RATING_MISERABLE;
    for (int i = 0; i < 12; i++)
        staged->ideas[i] = (struct idea){.id = i + 1,
                                         .text = (char *)"An idea of rather many words, which "
                                                         "take more than one line to say",
                                         .price = i % PRICES,
                                         .taken = i % 3 == 0};
    for (int i = 0; i < 6; i++)
        staged->actions[i] = (struct action){.id = i + 1,
                                             .text = (char *)"Do something about the rain",
                                             .owner = (char *)"Benjamin",
                                             .due = (char *)"2026-12-24",
                                             .status = i % ACTION_STATUSES};
    staged->entries[0] = (struct entry){
        .id = 1, .kind = ENTRY_COMPLAINT, .amount = 40, .text = (char *)"cold coffee"};
    staged->entries[1] = (struct entry){.id = 2, .kind = ENTRY_RECOMMENDS, .amount = FIELD_ABSENT};
    staged->details.ideas.count = 12;
    staged->details.actions.count = 6;
    staged->details.entries.count = 2;
}

static void long_texts_wrap_or_say_that_they_are_cut(void **state)
{
    (void)state;
    struct staged staged;
    stage_full(&staged);
    check("full-80x24", &staged, 24, 80, 3, COLOURED);
    stage_full(&staged);
    check("full-200x60", &staged, 60, 200, 3, COLOURED);
    stage_full(&staged);
    staged.scene.zoom = ZOOM_ONE;
    check("full-one-card", &staged, 34, 100, 3, COLOURED);
}

static void zooms(void **state)
{
    (void)state;
    struct staged staged;
    staged_taxi(&staged);
    staged.scene.zoom = ZOOM_OVERVIEW;
    check("overview", &staged, 24, 80, 3, COLOURED);
    staged_taxi(&staged);
    staged.scene.zoom = ZOOM_OVERVIEW;
    check("overview-40x10", &staged, 10, 40, 3, COLOURED);
    staged_taxi(&staged);
    staged.scene.zoom = ZOOM_ONE;
    check("one-card", &staged, 24, 80, 3, COLOURED);
    staged_taxi(&staged);
    staged.scene.zoom = ZOOM_ONE;
    check("one-card-mono", &staged, 24, 80, 3, MONO);
}

static void a_filter_is_told(void **state)
{
    (void)state;
    struct staged staged;
    staged_taxi(&staged);
    staged.scene.filter = "phone miserable";
    check("filter", &staged, 24, 80, 3, COLOURED);
    staged_taxi(&staged);
    staged.count = 0;
    staged.phase_count = 0;
    staged.details.moment.id = 0;
    staged.scene.filter = "webinar";
    check("filter-without-hits", &staged, 24, 80, 0, COLOURED);
}

/* --- the lower pane --------------------------------------------------------------------------- */

static void the_framed_line_is_seen_without_colour(void **state)
{
    (void)state;
    struct staged staged;
    staged_taxi(&staged);
    staged.scene.step = STEP_PLAN;
    staged.scene.pane = PANE_ACTIONS;
    check("pane-actions", &staged, 24, 80, 3, MONO);
    staged_taxi(&staged); /* a long one keeps its day while it is framed */
    staged.scene.pane = PANE_ACTIONS;
    check("pane-actions-75", &staged, 24, 75, 3, MONO);
    staged_taxi(&staged);
    staged.scene.pane = PANE_IDEAS;
    staged.scene.line = 1;
    check("pane-ideas-40x10", &staged, 10, 40, 3, COLOURED);
    stage_full(&staged);
    staged.scene.pane = PANE_IDEAS;
    staged.scene.line = 11;
    check("pane-ideas-scrolled", &staged, 24, 80, 3, COLOURED);
}

static void a_line_is_edited_in_its_place(void **state)
{
    (void)state;
    struct staged staged;
    struct frame frame;
    staged_taxi(&staged);
    staged.scene.pane = PANE_IDEAS;
    staged.scene.line = 3;
    staged.scene.edit = (struct typed){.text = "Answer in a ring", .cursor = 16};
    draw(&frame, &staged, 24, 80, 3, COLOURED);
    assert_true(frame.cursor_visible);
    assert_true(shows(&frame, frame.cursor_row, "Answer in a ring"));
    assert_int_equal(frame_at(&frame, frame.cursor_row, frame.cursor_column - 1)->points[0], 'g');
    frame_release(&frame);
    check("pane-edit", &staged, 24, 80, 3, COLOURED);
}

/* --- writing and carrying --------------------------------------------------------------------- */

static struct moment parked_moments[2];
static const struct moments parked = {parked_moments, 2};
static const struct added added[] = {
    {7, false, "Mission card handed over", 1, FIELD_ABSENT, NULL},
    {6, false, "Driver opens the door", 1, FIELD_ABSENT, "hold an umbrella"},
    {1, true, "Airport permit", 0, FIELD_ABSENT, NULL},
    {0, false, "Ride", 0, FIELD_ABSENT, NULL},
    {5, false, "Calls to say it is outside", 2, 20, NULL},
};

static void stage_writing(struct staged *staged)
{
    static const char line[] = "Drink offered: two coffees, cooler @i @15s";
    parked_moments[0] = (struct moment){.id = 50, .number = 1, .title = (char *)"Airport permit"};
    parked_moments[1] =
        (struct moment){.id = 51, .number = 2, .title = (char *)"Is the radio a moment?"};
    staged_taxi(staged);
    staged->scene.step = STEP_IDENTIFY;
    staged->scene.ghost = (struct ghost){.kind = GHOST_WRITE,
                                         .at = 3,
                                         .phase = 1002,
                                         .title = "Drink offered: two coffees, cooler",
                                         .channel = 1,
                                         .seconds = 15};
    staged->scene.parked = &parked;
    staged->scene.added = added;
    staged->scene.added_count = sizeof added / sizeof *added;
    staged->scene.message = "Like 8 \"Drink offered\". Enter adds it all the same.";
    staged->scene.prompt = (struct prompt){.mode = "WRITE",
                                           .label = "after 7 >",
                                           .typed = {line, sizeof line - 1},
                                           .note = "= In person · 15 s"};
}

static void writing_shows_where_the_card_will_be(void **state)
{
    (void)state;
    struct staged staged;
    stage_writing(&staged);
    check("writing", &staged, 24, 80, 6, COLOURED);
    stage_writing(&staged);
    check("writing-120x34", &staged, 34, 120, 6, COLOURED);
    stage_writing(&staged);
    staged.scene.ghost.at = 1;
    check("writing-40x10", &staged, 10, 40, 6, COLOURED);
    stage_writing(&staged);
    staged.scene.ghost.channel = FIELD_ABSENT;
    check("writing-ascii", &staged, 24, 80, 6, ASCII);
}

static void an_empty_board_starts_with_a_ghost(void **state)
{
    (void)state;
    struct staged staged;
    staged_taxi(&staged);
    staged.count = 0;
    staged.phase_count = 0;
    staged.meter = (struct meter){0};
    staged.details.moment.id = 0;
    staged.scene.step = STEP_IDENTIFY;
    staged.scene.message = NULL;
    staged.scene.ghost = (struct ghost){.kind = GHOST_WRITE, .title = "", .seconds = FIELD_ABSENT};
    staged.scene.added = added;
    staged.scene.prompt = (struct prompt){
        .mode = "WRITE", .label = "What does the passenger meet first? >", .typed = {"", 0}};
    check("empty-writing", &staged, 24, 80, 0, COLOURED);
    struct scene nothing = {0};
    struct frame frame;
    struct buffer text = {0};
    frame_init(&frame, 24, 80, false);
    view_board(&frame, &nothing);
    assert_sound(&frame);
    frame_print(&frame, &text, false);
    golden_check("empty", buffer_text(&text));
    buffer_release(&text);
    frame_release(&frame);
}

static void a_new_card_falls_into_the_phase_it_is_written_for(void **state)
{
    (void)state;
    struct staged staged;
    staged_taxi(&staged);
    staged.scene.ghost = (struct ghost){
        .kind = GHOST_WRITE, .at = 3, .phase = 1001, .title = "Waits", .seconds = FIELD_ABSENT};
    check("ghost-before-heading", &staged, 24, 80, 3, COLOURED);
    staged_taxi(&staged);
    staged.scene.ghost = (struct ghost){
        .kind = GHOST_WRITE, .at = 3, .phase = 1002, .title = "Waits", .seconds = FIELD_ABSENT};
    check("ghost-after-heading", &staged, 24, 80, 3, COLOURED);
}

static void a_carried_card_leaves_its_place(void **state)
{
    (void)state;
    struct staged staged;
    staged_taxi(&staged);
    staged.scene.ghost = (struct ghost){.kind = GHOST_CARRY,
                                        .at = 5,
                                        .number = 3,
                                        .phase = 1002,
                                        .title = "Books the cab by phone",
                                        .channel = 2,
                                        .seconds = 20,
                                        .lifted = 3};
    staged.scene.prompt = (struct prompt){.mode = "CARRY", .label = "3 goes after 5"};
    check("carry", &staged, 24, 80, 3, COLOURED);
}

static void a_long_line_scrolls_with_its_cursor(void **state)
{
    (void)state;
    struct staged staged;
    struct frame frame;
    stage_writing(&staged);
    const char *line = "The quick brown fox jumps over the lazy dog and 東京 too, again and again, "
                       "until it is well beyond the row";
    for (size_t cursor = 0; cursor <= strlen(line); cursor++) {
        if (cursor > 0 && ((unsigned char)line[cursor] & 0xc0) == 0x80)
            continue;
        staged.scene.prompt.typed = (struct typed){line, cursor};
        draw(&frame, &staged, 24, 80, 6, COLOURED);
        assert_true(frame.cursor_visible);
        assert_int_equal(frame.cursor_row, 22);
        const struct cell *cell = frame_at(&frame, 22, frame.cursor_column);
        if ((unsigned char)line[cursor] >= ' ' && (unsigned char)line[cursor] < 0x7f)
            assert_int_equal(cell->points[0], line[cursor]);
        frame_release(&frame);
    }
    staged_release(&staged);
}

/* --- cursor, bytes, mouse --------------------------------------------------------------------- */

static void the_cursor_parks_on_the_selected_title(void **state)
{
    (void)state;
    struct staged staged;
    struct frame frame;
    staged_taxi(&staged);
    draw(&frame, &staged, 24, 80, 3, COLOURED);
    assert_false(frame.cursor_visible);
    assert_int_equal(frame_at(&frame, frame.cursor_row, frame.cursor_column)->points[0], 'B');
    assert_int_equal(frame.cursor_row, 4);
    frame_release(&frame);
    staged_release(&staged);
}

/* A step costs what it must: the corners of two cards, parentheses on the curve, the details. */
static void a_step_changes_corners_and_details_only(void **state)
{
    (void)state;
    struct staged staged;
    struct frame before, after;
    int changed = 0;
    staged_taxi(&staged);
    draw(&before, &staged, 24, 80, 3, COLOURED);
    draw(&after, &staged, 24, 80, 4, COLOURED);
    for (int row = 0; row < 14; row++) {
        for (int column = 0; column < 80; column++)
            changed += memcmp(frame_at(&before, row, column), frame_at(&after, row, column),
                              sizeof(struct cell)) != 0;
    }
    assert_in_range(changed, 1, 36);
    frame_release(&before);
    frame_release(&after);
    staged_release(&staged);
}

static struct view_hit hit(struct staged *staged, int row, int column)
{
    return view_board_hit(&staged->scene, 24, 80, row, column);
}

static void assert_hit(struct view_hit hit, enum view_what what, int64_t id, int index)
{
    assert_int_equal(hit.what, what);
    assert_int_equal(hit.id, id);
    assert_int_equal(hit.index, index);
}

static void the_mouse_finds_what_is_drawn(void **state)
{
    (void)state;
    struct staged staged;
    staged_taxi(&staged);
    staged_aim(&staged, 24, 80, ZOOM_CARDS, 3);
    assert_hit(hit(&staged, 6, 35), VIEW_CARD, 3, 2);
    assert_false(hit(&staged, 6, 35).after);
    assert_true(hit(&staged, 6, 44).after);
    assert_hit(hit(&staged, 6, 46), VIEW_CARD, 3, 2); /* the gap after it */
    assert_hit(hit(&staged, 2, 49), VIEW_PHASE, 1002, 1);
    assert_hit(hit(&staged, 2, 79), VIEW_RIGHT, 0, 0);
    assert_hit(hit(&staged, 0, 54), VIEW_STEP, 0, STEP_RATE);
    assert_hit(hit(&staged, 0, 75), VIEW_TIMER, 0, 0);
    assert_hit(hit(&staged, 1, 5), VIEW_WHY, 0, 0);
    assert_hit(hit(&staged, 10, 3), VIEW_STRIP, 1, 0);
    assert_hit(hit(&staged, 10, 7), VIEW_STRIP, 4, 3);
    assert_hit(hit(&staged, 14, 10), VIEW_TITLE, 3, 0);
    assert_hit(hit(&staged, 16, 20), VIEW_FIELD, 0, ITEM_EXPECTATION);
    assert_hit(hit(&staged, 16, 50), VIEW_IDEA, 2, 1);
    assert_hit(hit(&staged, 18, 50), VIEW_ACTION, 1, 0);
    assert_hit(hit(&staged, 23, 2), VIEW_KEY, 0, 0);
    assert_hit(hit(&staged, 23, 14), VIEW_KEY, 0, 1);
    assert_hit(hit(&staged, 20, 40), VIEW_NOTHING, 0, 0);
    assert_hit(hit(&staged, -1, 400), VIEW_NOTHING, 0, 0);
    staged_release(&staged);
}

static void the_mouse_finds_a_place_in_what_is_typed(void **state)
{
    (void)state;
    struct staged staged;
    staged_taxi(&staged);
    staged.scene.prompt = (struct prompt){.label = "Go to", .typed = {"東京 tower", 0}};
    staged_aim(&staged, 24, 80, ZOOM_CARDS, 3);
    assert_hit(hit(&staged, 22, 7), VIEW_PROMPT, 0, 0);
    assert_hit(hit(&staged, 22, 9), VIEW_PROMPT, 0, 3);
    assert_hit(hit(&staged, 22, 12), VIEW_PROMPT, 0, 7);
    assert_hit(hit(&staged, 22, 60), VIEW_PROMPT, 0, 12);
    staged_release(&staged);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_board_at_each_size),
        cmocka_unit_test(any_size_draws_and_the_least_one_keeps_help),
        cmocka_unit_test(cards_are_as_many_and_as_wide_as_the_rule_says),
        cmocka_unit_test(the_board_on_poorer_terminals),
        cmocka_unit_test(titles_of_any_script_align),
        cmocka_unit_test(the_window_at_both_ends),
        cmocka_unit_test(a_long_board_has_a_scroll_bar),
        cmocka_unit_test(empty_phases_are_seen),
        cmocka_unit_test(no_channel_no_fill),
        cmocka_unit_test(dots_are_shown_in_choose),
        cmocka_unit_test(long_texts_wrap_or_say_that_they_are_cut),
        cmocka_unit_test(zooms),
        cmocka_unit_test(a_filter_is_told),
        cmocka_unit_test(the_framed_line_is_seen_without_colour),
        cmocka_unit_test(a_line_is_edited_in_its_place),
        cmocka_unit_test(writing_shows_where_the_card_will_be),
        cmocka_unit_test(an_empty_board_starts_with_a_ghost),
        cmocka_unit_test(a_new_card_falls_into_the_phase_it_is_written_for),
        cmocka_unit_test(a_carried_card_leaves_its_place),
        cmocka_unit_test(a_long_line_scrolls_with_its_cursor),
        cmocka_unit_test(the_cursor_parks_on_the_selected_title),
        cmocka_unit_test(a_step_changes_corners_and_details_only),
        cmocka_unit_test(the_mouse_finds_what_is_drawn),
        cmocka_unit_test(the_mouse_finds_a_place_in_what_is_typed),
    };
    (void)setlocale(LC_CTYPE, "C.UTF-8");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
