/* The board's screen: every key pressed on purpose, and every key by accident. */
#include "board.h"
#include "touchline/store.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static const char taxi[] = "Sees the advert @w\n"
                           "# Before\n"
                           "Card in the letterbox @l\n"
                           "Books the cab by phone @p @20s\n"
                           "+ Answer with their name\n"
                           "# Arrival\n"
                           "Cab pulls up @i\n"
                           "Driver opens the door @i\n"
                           "# Ride\n"
                           "Drink offered\n"
                           "Receipt by email @e\n";

/* --- going about ------------------------------------------------------------------------------ */

static void going_about(void **state)
{
    struct screen *screen = *state;
    static const struct {
        const char *keys;
        int number;
    } steps[] = {
        {"l", 2},    {"Right", 3},     {"h", 2},       {"Left", 1},
        {"Left", 1}, {"G", 7},         {"l", 7},       {"g", 1},
        {"End", 7},  {"Home", 1},      {")", 2},       {")", 4},
        {")", 6},    {")", 6},         {"(", 4},       {"(", 2},
        {"(", 1},    {"PgDn", 6},      {"PgUp", 1},    {"C-d", 6},
        {"C-u", 1},  {"# 5 Enter", 5}, {"3 Enter", 3}, {"# 9 9 Enter Esc", 3},
    };
    screen_open(screen, taxi);
    screen_keys(screen, "g");
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        screen_keys(screen, steps[i].keys);
        if (screen_selected(screen) != steps[i].number)
            fail_msg("%s goes to %d, not %d\n%s", steps[i].keys, screen_selected(screen),
                     steps[i].number, pty_screen(screen->pty));
    }
    screen_quit(screen);
}

static void a_number_that_is_not_there_is_told(void **state)
{
    struct screen *screen = *state;
    screen_open(screen, taxi);
    screen_keys(screen, "# 4 2 Enter");
    assert_says(screen, "7");
    pty_wait_text(screen->pty, "Go to number > 42");
    screen_keys(screen, "C-u z 1 Enter");
    assert_says(screen, "z1");
    screen_keys(screen, "C-c");
    screen_quit(screen);
}

static void searching(void **state)
{
    struct screen *screen = *state;
    screen_open(screen, taxi);
    screen_keys(screen, "g /");
    screen_type(screen, "THE\r");
    assert_selected(screen, 2);
    screen_keys(screen, "n");
    assert_selected(screen, 3);
    screen_keys(screen, "n n");
    assert_selected(screen, 1); /* round the end, on with the first */
    screen_keys(screen, "N");
    assert_selected(screen, 5);
    screen_keys(screen, "Esc");
    screen_keys(screen, "n");
    assert_says(screen, "/ begins one");
    screen_keys(screen, "/");
    screen_type(screen, "xyzzy\r");
    assert_says(screen, "'xyzzy' is nowhere");
    assert_selected(screen, 5);
    screen_keys(screen, "/");
    pty_wait_text(screen->pty, "'xyzzy' again");
    screen_type(screen, "receipt\r");
    assert_selected(screen, 7);
    screen_keys(screen, "n");
    assert_says(screen, "only here");
    screen_quit(screen);
}

static void filtering(void **state)
{
    struct screen *screen = *state;
    screen_open(screen, taxi);
    screen_keys(screen, "g f");
    screen_type(screen, "in person\r");
    assert_says(screen, "2 of 7 shown");
    assert_selected(screen, 4);
    assert_false(pty_find(screen->pty, "Sees the", NULL, NULL));
    screen_keys(screen, "l");
    assert_selected(screen, 5);
    screen_keys(screen, "l l h h h");
    assert_selected(screen, 4);
    screen_keys(screen, "# 7 Enter"); /* not among them: all are shown again */
    assert_selected(screen, 7);
    assert_true(pty_find(screen->pty, "Driver opens", NULL, NULL));
    screen_keys(screen, "f");
    screen_type(screen, "nothing like it\r");
    assert_says(screen, "No moment is like that");
    screen_keys(screen, "r");
    assert_says(screen, "Esc shows all again");
    screen_keys(screen, "Esc");
    assert_says(screen, "All moments again");
    screen_keys(screen, "$");
    assert_says(screen, "No moment is like that");
    screen_keys(screen, "$");
    assert_says(screen, "All moments again");
    screen_quit(screen);
}

static void writing_ends_the_filter(void **state)
{
    struct screen *screen = *state;
    screen_open(screen, taxi);
    screen_keys(screen, "f");
    screen_type(screen, "in person\ra");
    screen_type(screen, "Waves goodbye\r");
    screen_keys(screen, "Esc");
    pty_wait_text(screen->pty, "Waves");
    assert_board_holds(screen->path, "5 Arrival/Waves goodbye");
    screen_quit(screen);
}

/* --- changing --------------------------------------------------------------------------------- */

static void ordering(void **state)
{
    struct screen *screen = *state;
    screen_open(screen, "one\ntwo\n# Later\nthree\nfour\n");
    screen_keys(screen, "g L");
    assert_selected(screen, 2);
    assert_board(screen->path, "1 two\n2 one\n3 Later/three\n4 Later/four\n");
    screen_keys(screen, "S-Right"); /* over the heading, which counts as a place */
    assert_board(screen->path, "1 two\n2 Later/one\n3 Later/three\n4 Later/four\n");
    screen_keys(screen, "L L L");
    assert_board(screen->path, "1 two\n2 Later/three\n3 Later/four\n4 Later/one\n");
    screen_keys(screen, "H S-Left");
    assert_selected(screen, 2);
    assert_board(screen->path, "1 two\n2 Later/one\n3 Later/three\n4 Later/four\n");
    screen_keys(screen, "g H");
    assert_board(screen->path, "1 two\n2 Later/one\n3 Later/three\n4 Later/four\n");
    screen_quit(screen);
}

static void judging(void **state)
{
    struct screen *screen = *state;
    screen_open(screen, "one\ntwo\n");
    screen_keys(screen, "g R");
    assert_says(screen, "Rate it first.");
    screen_keys(screen, "r 1");
    assert_says(screen, "1 is now miserable. u takes it back.");
    screen_keys(screen, "R");
    assert_says(screen, "1 shall become neutral");
    screen_keys(screen, "R l r 3 R");
    assert_says(screen, "magical already");
    screen_keys(screen, "c p h c");
    screen_type(screen, "W");
    assert_says(screen, "1 is now by website");
    screen_keys(screen, ". . . , o");
    screen_type(screen, "Wally\r");
    assert_board(screen->path, "1 one W miserable>magical .2 by Wally\n2 two P magical\n");
    screen_keys(screen, "r 0 c 0");
    assert_board(screen->path, "1 one .2 by Wally\n2 two P magical\n");
    screen_keys(screen, "r x");
    assert_says(screen, "none of them");
    screen_keys(screen, "r q c Esc");
    assert_board(screen->path, "1 one .2 by Wally\n2 two P magical\n");
    screen_quit(screen);
}

static void digits_of_the_steps(void **state)
{
    struct screen *screen = *state;
    screen_open(screen, "one\ntwo\nthree\n");
    screen_keys(screen, "g > 1"); /* goes on by itself */
    assert_selected(screen, 2);
    screen_keys(screen, "2 5");
    assert_board(screen->path, "1 one I\n2 two P\n3 three W\n");
    pty_wait_text(screen->pty, "How long does it last?");
    assert_selected(screen, 1);
    screen_keys(screen, "2 0 Enter");
    assert_selected(screen, 2);
    screen_keys(screen, "1");
    screen_type(screen, "m\r5");
    screen_type(screen, " ages\r");
    pty_wait_text(screen->pty, "5 ages");
    screen_keys(screen, "Esc");
    assert_board(screen->path, "1 one I 20s\n2 two P 60s\n3 three W\n");
    screen_keys(screen, "s 4 g 1 l 2 l 3 9");
    assert_says(screen, "1 miserable, 2 neutral");
    assert_board(screen->path, "1 one I 20s miserable\n2 two P 60s neutral\n3 three W magical\n");
    screen_keys(screen, "0 s 6 g 3");
    assert_board(screen->path, "1 one I 20s magical\n2 two P 60s neutral\n3 three W\n");
    screen_quit(screen);
}

static void steps_of_the_guide(void **state)
{
    struct screen *screen = *state;
    static const char *const questions[] = {
        "What does the customer meet next?",
        "How does it reach them?",
        "Which three to five matter most to the customer?",
        "As the customer: miserable, neutral or magical?",
        "What would make them say wow?",
        "Begin a review? n begins it, 1 2 3 with this moment.",
    };
    screen_open(screen, "one\n");
    assert_shows(screen, "> Colour  u Undo"); /* how to go on */
    for (int i = 0; i < 6; i++) {
        if (!pty_find(screen->pty, questions[i], NULL, NULL))
            fail_msg("%s is not asked\n%s", questions[i], pty_screen(screen->pty));
        if (i < 5)
            screen_keys(screen, ">");
        if (i == 0) /* who comes to a step stands where the last one ended */
            assert_says(screen, "Colour: n goes to the next without a channel.");
    }
    screen_keys(screen, ">");
    assert_says(screen, "last step");
    screen_keys(screen, "s 1 <");
    assert_says(screen, "first step");
    screen_keys(screen, "s Esc");
    pty_wait_text(screen->pty, questions[0]);
    screen_keys(screen, "s 3 >");
    assert_says(screen, "three to five, none is chosen so far");
    screen_quit(screen);
}

static void n_goes_to_what_the_step_needs(void **state)
{
    struct screen *screen = *state;
    screen_open(screen, "one @p\ntwo\nthree @p\nfour\n");
    screen_keys(screen, "g n");
    assert_says(screen, "/ begins one");
    screen_keys(screen, "> n");
    assert_selected(screen, 2);
    screen_keys(screen, "n");
    assert_selected(screen, 4);
    screen_keys(screen, "n");
    assert_selected(screen, 2);
    screen_keys(screen, "3 Space s 4 n");
    screen_quit(screen);
}

static void choosing_swaps_at_the_sixth(void **state)
{
    struct screen *screen = *state;
    screen_open(screen, "a1\na2\na3\na4\na5\na6\n");
    screen_keys(screen, "g Space l x l Space l x l Space");
    assert_says(screen, "5 is chosen");
    screen_keys(screen, "l x");
    pty_wait_text(screen->pty, "Five are chosen and few gets done. Which goes? 1 2 3 4 5");
    screen_keys(screen, "Esc");
    assert_board(screen->path, "1 a1 *\n2 a2 *\n3 a3 *\n4 a4 *\n5 a5 *\n6 a6\n");
    screen_keys(screen, "x 6 Enter");
    pty_wait_text(screen->pty, "Which goes?");
    screen_keys(screen, "C-u 2 Enter");
    assert_board(screen->path, "1 a1 *\n2 a2\n3 a3 *\n4 a4 *\n5 a5 *\n6 a6 *\n");
    screen_keys(screen, "u");
    assert_board(screen->path, "1 a1 *\n2 a2 *\n3 a3 *\n4 a4 *\n5 a5 *\n6 a6\n");
    screen_keys(screen, "g Space");
    assert_says(screen, "1 is no longer chosen");
    screen_quit(screen);
}

/* The question itself and every answer stay where all of it has no room. */
static void a_narrow_screen_keeps_what_is_asked(void **state)
{
    struct screen *screen = *state;
    screen->options.rows = 10;
    screen->options.columns = 40;
    screen_open(screen, "1\n2\n3\n4\n5\n6\n");
    for (int i = 1; i <= 5; i++)
        screen_keys(screen, "x l");
    screen_keys(screen, "G x");
    assert_shows(screen, " Which goes? 1 2 3 4 5");
    screen_keys(screen, "Esc c");
    assert_shows(screen, " I  P  E  L  W  B  0 None Esc Back");
    screen_keys(screen, "w");
    assert_board_holds(screen->path, "6 6 W");
    screen_quit(screen);
}

static void phases_begin_and_go(void **state)
{
    struct screen *screen = *state;
    screen_open(screen, "one\ntwo\nthree\n");
    screen_keys(screen, "g l p");
    screen_type(screen, "Ride\r");
    assert_board(screen->path, "1 one\n2 Ride/two\n3 Ride/three\n");
    screen_keys(screen, "p");
    pty_wait_text(screen->pty, "Ride");
    screen_keys(screen, "C-u");
    screen_type(screen, "Trip\r");
    assert_board(screen->path, "1 one\n2 Trip/two\n3 Trip/three\n");
    screen_keys(screen, "p C-u Enter");
    assert_board(screen->path, "1 one\n2 two\n3 three\n");
    screen_keys(screen, "u");
    assert_board(screen->path, "1 one\n2 Trip/two\n3 Trip/three\n");
    screen_quit(screen);
}

static void deleting_parking_joining(void **state)
{
    struct screen *screen = *state;
    screen_open(screen, taxi);
    screen_keys(screen, "# 3 Enter d");
    assert_says(screen, "Deleted 3 Books the cab by phone, with 1 idea. u brings it back.");
    screen_keys(screen, "u");
    assert_says(screen, "U does it again");
    assert_selected(screen, 3);
    screen_keys(screen, "z");
    assert_says(screen, "3 Books the cab by phone is parked as z1. u brings it back.");
    screen_keys(screen, "Z");
    pty_wait_text(screen->pty, "Parking lot");
    screen_keys(screen, "j k Enter");
    pty_wait_text(screen->pty, "Nothing is parked");
    screen_keys(screen, "Esc");
    assert_board_holds(screen->path, "3 Before/Books the cab by phone P 20s");
    screen_keys(screen, "# 3 Enter J");
    screen_type(screen, "2\r");
    assert_board_holds(screen->path, "  note: Joined: Books the cab by phone");
    assert_selected(screen, 2);
    screen_keys(screen, "u # 3 Enter Y w");
    assert_board_holds(screen->path, "4 Before/Books the cab by phone W");
    assert_selected(screen, 4);
    screen_quit(screen);
}

static void undo_and_redo(void **state)
{
    struct screen *screen = *state;
    screen_open(screen, "one\ntwo\n");
    screen_keys(screen, "g r 1 l r 3 u");
    assert_says(screen, "Taken back: 2 two is now magical. U does it again.");
    screen_keys(screen, "u U C-r");
    assert_board(screen->path, "1 one miserable\n2 two magical\n");
    screen_keys(screen, "U");
    assert_says(screen, "Nothing of yours to do again.");
    screen_keys(screen, "u u");
    assert_board(screen->path, "1 one\n2 two\n");
    screen_quit(screen);
}

static void plan_in_the_pane(void **state)
{
    struct screen *screen = *state;
    screen_open(screen, "one\n");
    screen_keys(screen, "i");
    screen_type(screen, "A cup of tea\r");
    screen_keys(screen, "t");
    screen_type(screen, "Buy tea\rAna\r2030-12-04\r");
    assert_board(screen->path, "1 one\n  + A cup of tea\n  ! Buy tea (Ana, 2030-12-04)\n");
    screen_keys(screen, "Tab c l"); /* ideas: a price */
    screen_keys(screen, "Enter End");
    screen_type(screen, ", hot\r");
    assert_board(screen->path,
                 "1 one\n  + A cup of tea, hot (low)\n  ! Buy tea (Ana, 2030-12-04)\n");
    screen_keys(screen, "t");
    screen_type(screen, "Ben\r\r");
    screen_keys(screen, "t"); /* not asked a second time */
    assert_says(screen, "That idea was taken up already.");
    screen_keys(screen, "Tab j c k"); /* actions: the second, kept */
    assert_board(screen->path, "1 one\n  + A cup of tea, hot (low, taken)\n"
                               "  ! Buy tea (Ana, 2030-12-04)\n"
                               "  ! A cup of tea, hot (Ben, kept)\n");
    screen_keys(screen, "k d");
    screen_keys(screen, "Tab"); /* round to the cards */
    screen_keys(screen, "S-Tab S-Tab d");
    assert_board(screen->path, "1 one\n  ! A cup of tea, hot (Ben, kept)\n");
    screen_keys(screen, "Esc");
    screen_quit(screen);
}

static void j_and_k_go_through_ideas_and_actions(void **state)
{
    struct screen *screen = *state;
    screen_open(screen, "one\n");
    screen_keys(screen, "i");
    screen_type(screen, "A cup of tea\r");
    screen_keys(screen, "t");
    screen_type(screen, "Buy tea\rAna\r\r");
    screen_keys(screen, "Tab j c k");
    assert_board(screen->path, "1 one\n  + A cup of tea\n  ! Buy tea (Ana, kept)\n");
    screen_keys(screen, "j k c l"); /* nothing below the last */
    assert_board(screen->path, "1 one\n  + A cup of tea (low)\n  ! Buy tea (Ana, kept)\n");
    screen_keys(screen, "Esc");
    screen_quit(screen);
}

static void an_action_is_edited_in_place(void **state)
{
    struct screen *screen = *state;
    screen_open(screen, "one\n");
    board_do(screen->path, "Tester", "action 1 'Buy tea' --owner Ana --due 2030-12-04");
    pty_wait_text(screen->pty, "Buy tea");
    screen_keys(screen, "S-Tab Enter");
    screen_type(screen, " and milk");
    assert_shows(screen, "[▸ Buy tea and milk"); /* where it stands */
    screen_keys(screen, "Enter");
    assert_shows(screen, "Who? Ana");
    screen_keys(screen, "C-u");
    screen_type(screen, "Ben\r");
    pty_wait_text(screen->pty, "2030-12-04");
    screen_keys(screen, "Esc"); /* what was answered before stays */
    assert_board(screen->path, "1 one\n  ! Buy tea and milk (Ben, 2030-12-04)\n");
    screen_keys(screen, "u");
    assert_board(screen->path, "1 one\n  ! Buy tea (Ana, 2030-12-04)\n");
    screen_keys(screen, "Enter Enter Enter C-u");
    screen_type(screen, "someday\r");
    pty_wait_text(screen->pty, "Due cannot be \"someday\"");
    screen_keys(screen, "Esc");
    assert_hides(screen, "Due cannot be"); /* it was about the answer */
    screen_keys(screen, "Enter Enter Enter");
    screen_keys(screen, "C-u Enter");
    assert_board(screen->path, "1 one\n  ! Buy tea (Ana)\n");
    screen_quit(screen);
}

/* What is typed and not accepted is there again when the same is asked. */
static void a_question_left_half_is_kept(void **state)
{
    struct screen *screen = *state;
    screen_open(screen, "one\n");
    screen_keys(screen, "i");
    screen_type(screen, "A cup of");
    screen_keys(screen, "Esc h l i");
    pty_wait_text(screen->pty, "A cup of");
    screen_type(screen, " tea\ri");
    pty_wait_gone(screen->pty, "wow? A cup");
    screen_keys(screen, "Esc t");
    screen_type(screen, "Buy tea\r");
    assert_says(screen, "Action: Buy tea. Enter alone leaves this out.");
    screen_keys(screen, "Esc"); /* at Who?: the action is not lost */
    assert_board(screen->path, "1 one\n  + A cup of tea\n  ! Buy tea\n");
    screen_quit(screen);
}

/* --- looking ---------------------------------------------------------------------------------- */

static void zooming(void **state)
{
    struct screen *screen = *state;
    screen_open(screen, taxi);
    screen_keys(screen, "g -");
    assert_says(screen, "Overview");
    screen_keys(screen, "- l l + +");
    assert_says(screen, "One card");
    pty_wait_text(screen->pty, "Books the cab by phone");
    screen_keys(screen, "l");
    pty_wait_text(screen->pty, "4 of 7");
    screen_keys(screen, "+ -");
    assert_says(screen, "Cards");
    assert_selected(screen, 4);
    screen_quit(screen);
}

static void small_words(void **state)
{
    struct screen *screen = *state;
    screen_open(screen, "one\n");
    screen_keys(screen, "C-s");
    assert_says(screen, "Everything is saved.");
    screen_keys(screen, "w");
    assert_says(screen, "no why yet");
    board_do(screen->path, "Ben", "board 'why=Because'");
    pty_wait_text(screen->pty, "Why: Because");
    screen_keys(screen, "w");
    pty_wait_text(screen->pty, "Esc Back");
    screen_keys(screen, "Esc");
    pty_wait_text(screen->pty, "Why: Because");
    screen_keys(screen, "M");
    assert_says(screen, "Mouse off");
    screen_keys(screen, "M C-l");
    screen_keys(screen, "y");
    assert_says(screen, "Sent 1");
    screen_keys(screen, "[");
    assert_says(screen, "[ does nothing here. ? shows the keys.");
    screen_keys(screen, "C-c");
    assert_says(screen, "does nothing here");
    screen_quit(screen);
}

static void esc_leaves_one_thing_at_a_time(void **state)
{
    struct screen *screen = *state;
    screen_open(screen, taxi);
    screen_keys(screen, "f");
    screen_type(screen, "in person\r/");
    screen_type(screen, "driver\r");
    screen_keys(screen, "Tab");
    screen_keys(screen, "Esc"); /* the pane */
    screen_keys(screen, "Esc");
    assert_says(screen, "Search left");
    assert_false(pty_find(screen->pty, "Sees the", NULL, NULL));
    screen_keys(screen, "Esc");
    assert_says(screen, "All moments again");
    screen_keys(screen, "Esc Esc");
    pty_wait_text(screen->pty, "Identify");
    screen_quit(screen);
}

/* A long title gives way to what can be done about it. */
static void messages_keep_their_tail(void **state)
{
    struct screen *screen = *state;
    screen_open(screen, "A title that is much longer than a row of eighty columns could ever hold, "
                        "and goes on for quite a while after that\n");
    screen_keys(screen, "d");
    assert_says(screen, "u brings it back.");
    assert_says(screen, "Deleted 1 A title that is much");
    screen_keys(screen, "u");
    assert_says(screen, "U does it again.");
    screen_keys(screen, "i");
    screen_type(screen, "An idea that is also much longer than anybody would want to read, but "
                        "people talk like that\r");
    assert_says(screen, "u takes it back.");
    screen_quit(screen);
}

static void the_place_left_off_is_found_again(void **state)
{
    struct screen *screen = *state;
    screen_open(screen, taxi);
    screen_keys(screen, "# 4 Enter s 4 -");
    screen_quit(screen);
    screen_open(screen, NULL);
    pty_wait_text(screen->pty, "As the customer: miserable, neutral or magical?");
    screen_keys(screen, "+");
    assert_selected(screen, 4);
    screen_quit(screen);
}

/* --- by accident ------------------------------------------------------------------------------ */

static const char *const other_keys[] = {
    "Enter",   "Tab",    "S-Tab",   "Backspace", "Delete", "Insert", "Up",  "Down", "Left",
    "Right",   "Home",   "End",     "PgUp",      "PgDn",   "F1",     "F2",  "F12",  "S-Left",
    "S-Right", "C-Left", "C-Right", "A-b",       "A-x",    "C-a",    "C-b", "C-d",  "C-e",
    "C-f",     "C-g",    "C-k",     "C-l",       "C-n",    "C-o",    "C-p", "C-r",  "C-s",
    "C-t",     "C-u",    "C-v",     "C-w",       "C-x",    "C-y",
};

static void check_sound(const char *path)
{
    struct error error;
    struct store *store;
    struct buffer report = {0};
    const struct store_options options = {.who = "reader", .clock = clock_system()};
    assert_int_equal(store_open(path, &options, &store, &error), STATUS_OK);
    if (store_check(store, &report, &error) != STATUS_OK)
        fail_msg("%s\n%s", error.text, buffer_text(&report));
    buffer_release(&report);
    store_close(store);
}

/* Presses a key where `way` leads to, and goes back to the board. What is typed while an editor has
 * the terminal is the editor's, so E, and in a sheet C-o, is waited for: else what goes back to the
 * board is lost. */
static void press_there(struct screen *screen, const char *way, const char *key)
{
    pty_keys(screen->pty, way);
    pty_keys(screen->pty, key);
    if (strcmp(key, "E") == 0 || strcmp(key, "C-o") == 0)
        pty_settle(screen->pty);
    pty_keys(screen->pty, "C-c C-c C-c C-c");
}

/* All keys but [ and O, which are the rest of a sequence. So many at once may look like pasted
 * text, which only asks; q must not come after that. */
static void press_all(struct screen *screen, const char *way, bool on_board)
{
    for (char letter = ' '; letter < 0x7f; letter++) {
        char name[8];
        snprintf(name, sizeof name, letter == ' ' ? "Space" : "%c", letter);
        if (!strchr("q[O", letter))
            press_there(screen, way, name);
        if (letter % 8 == 0)
            pty_settle(screen->pty);
    }
    for (size_t i = 0; i < sizeof other_keys / sizeof *other_keys; i++)
        press_there(screen, way, other_keys[i]);
    pty_settle(screen->pty);
    press_there(screen, way, on_board ? "Space" : "q");
    pty_settle(screen->pty);
    if (!pty_find(screen->pty, "Identify", NULL, NULL))
        fail_msg("Not on the board after '%s' and all keys\n%s", way, pty_screen(screen->pty));
}

static void any_key_on_an_empty_board(void **state)
{
    struct screen *screen = *state;
    screen_open(screen, "");
    press_all(screen, "C-c", true);
    screen_quit(screen);
    check_sound(screen->path);
}

static void any_key_in_every_step(void **state)
{
    struct screen *screen = *state;
    static const char *const steps[] = {"s 1", "s 2", "s 3", "s 4", "s 5", "s 6"};
    screen_open(screen, taxi);
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        press_all(screen, steps[i], true);
    screen_quit(screen);
    check_sound(screen->path);
}

static void any_key_in_every_mode(void **state)
{
    struct screen *screen = *state;
    static const char *const ways[] = {
        "a", "m", "i", "c", "r", "s", "/", "f",     "#",    "t",    "p",        "Enter",
        "B", "?", ":", "Z", "J", "Y", "o", "Tab i", "? F1", "a F1", "Enter F1", "Enter Tab",
    };
    screen_open(screen, taxi);
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
        press_all(screen, ways[i], false);
    screen_quit(screen);
    check_sound(screen->path);
}

static void any_key_in_the_pane(void **state)
{
    struct screen *screen = *state;
    static const char *const ways[] = {"Tab", "S-Tab", "Tab j", "- Tab", "+ S-Tab"};
    screen_open(screen, taxi);
    board_do(screen->path, "Tester", "action 3 'Buy tea' --owner Ana");
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
        press_all(screen, ways[i], true);
    screen_quit(screen);
    check_sound(screen->path);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, screen_setup, screen_teardown)
    const struct CMUnitTest tests[] = {
        TEST(going_about),
        TEST(a_number_that_is_not_there_is_told),
        TEST(searching),
        TEST(filtering),
        TEST(writing_ends_the_filter),
        TEST(ordering),
        TEST(judging),
        TEST(digits_of_the_steps),
        TEST(steps_of_the_guide),
        TEST(n_goes_to_what_the_step_needs),
        TEST(choosing_swaps_at_the_sixth),
        TEST(a_narrow_screen_keeps_what_is_asked),
        TEST(phases_begin_and_go),
        TEST(deleting_parking_joining),
        TEST(undo_and_redo),
        TEST(plan_in_the_pane),
        TEST(j_and_k_go_through_ideas_and_actions),
        TEST(an_action_is_edited_in_place),
        TEST(a_question_left_half_is_kept),
        TEST(zooming),
        TEST(small_words),
        TEST(esc_leaves_one_thing_at_a_time),
        TEST(messages_keep_their_tail),
        TEST(the_place_left_off_is_found_again),
        TEST(any_key_on_an_empty_board),
        TEST(any_key_in_every_step),
        TEST(any_key_in_every_mode),
        TEST(any_key_in_the_pane),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
