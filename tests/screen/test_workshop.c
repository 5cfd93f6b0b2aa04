/* A whole workshop as a room types it: forty moments, twenty voters, five chosen, a plan. At its
 * end the CSV, the minutes and the plan hold just what was typed; on the way the keys that it takes
 * beyond the text are counted. */
#include "board.h"
#include "shell.h"
#include "touchline/buffer.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

enum { MOMENTS = 40, TYPED = 24, CHOSEN = 5, VOTERS = 20 };

/* --- the wall as it shall be ------------------------------------------------------------------ */

/* The channel as its digit in the step Colour. */
static const struct {
    const char *phase, *title;
    int channel;
} wall[MOMENTS] = {
    {"Before", "Sees the advert", 5},
    {"Before", "Hears of us from a friend", 1},
    {"Before", "Reads what others say", 5},
    {"Before", "Finds the number", 5},
    {"Before", "Asks for the fare", 2},
    {"Booking", "Rings the office", 2},
    {"Booking", "Waits in the queue", 2},
    {"Booking", "Is greeted by name", 2},
    {"Booking", "Spells the address", 2},
    {"Booking", "Hears when the cab comes", 2},
    {"Booking", "Gets the text", 3},
    {"Waiting", "Looks out of the window", 1},
    {"Waiting", "Rings to ask where it is", 2},
    {"Waiting", "Gets told it is late", 3},
    {"Waiting", "Stands in the rain", 1},
    {"Waiting", "Waves at the wrong cab", 1},
    {"Ride", "Sees the cab pull up", 1},
    {"Ride", "Door is opened", 1},
    {"Ride", "Bags go into the boot", 1},
    {"Ride", "Smells the seats", 1},
    {"Ride", "Says where to", 1},
    {"Ride", "Belt is stuck", 1},
    {"Ride", "Radio is loud", 1},
    {"Ride", "Driver talks", 1},
    {"Ride", "Driver takes a call", 1},
    {"Ride", "Passes the same church twice", 1},
    {"Ride", "Drink offered", 1},
    {"Ride", "Asks for the heating", 1},
    {"Ride", "Map shows another way", 5},
    {"Ride", "Sees the meter jump", 1},
    {"After", "Card is refused", 1},
    {"After", "Gets a receipt", 1},
    {"After", "Bags come out", 1},
    {"After", "Leaves an umbrella behind", 1},
    {"After", "Rings about the umbrella", 2},
    {"After", "Invoice comes", 4},
    {"After", "Is asked how it was", 3},
    {"After", "Complains", 3},
    {"After", "Gets an answer", 3},
    {"After", "Card at new year", 4},
};
static const char *const channels[] = {"",     "In person", "Phone",  "Email",
                                       "Post", "Website",   "Webinar"};

/* What the room chooses, by dots: most first, then what comes first. */
static const struct plan {
    int number, dots;
    char rating; /* its key */
    const char *word, *target, *idea, *owner;
} chosen[CHOSEN] = {
    {22, 11, '1', "miserable", "neutral", "Oil the belts on Mondays", "Wally"},
    {12, 10, '2', "neutral", "magical", "Send a picture of the driver", "Ana"},
    {27, 9, '1', "miserable", "neutral", "Water in every door", "Wally"},
    {2, 8, '2', "neutral", "magical", "A card for the friend", "Ben"},
    {17, 8, '2', "neutral", "magical", "Stop at the door itself", "Ana"},
};
static const char due[] = "2030-12-04";

static const struct plan *plan_of(int number)
{
    for (size_t i = 0; i < CHOSEN; i++)
        if (chosen[i].number == number)
            return &chosen[i];
    return NULL;
}

/* Few at a time (R20). */
static int wave_of(const struct plan *plan)
{
    return plan->number > 15 ? 1 : 2;
}

/* Every fourth typed one has its tags at once, and the last is timed when it is asked. */
static bool is_tagged(int i)
{
    return i < TYPED && i % 4 == 0;
}

static int seconds_of(int i)
{
    return is_tagged(i) ? 20 : i == MOMENTS - 1 ? 45 : 0;
}

/* --- keys beyond the text --------------------------------------------------------------------- */

/* What a facilitator may be asked for, who has a room to look at. */
enum act { MOMENT, CHANNEL, CHANNEL_ELSEWHERE, CHOICE, RATING, MOVE, IDEA, ACTION, DATE };
static const struct {
    const char *name;
    int keys;
} allowed[] = {
    [MOMENT] = {"a moment", 1},
    [CHANNEL] = {"a channel", 1},
    [CHANNEL_ELSEWHERE] = {"a channel outside its step", 2},
    [CHOICE] = {"a choice", 1},
    [RATING] = {"a rating and n", 2},
    [MOVE] = {"a move by one place", 1},
    [IDEA] = {"an idea", 2},
    [ACTION] = {"an action of an idea, and Enter after its owner", 1 + 1},
    [DATE] = {"its date", 1},
};

static int count_keys(const char *keys)
{
    int count = 0;
    for (; *keys; keys += strspn(keys, " "), count++)
        keys += strcspn(keys, " ");
    return count;
}

/* Keys, the text itself, keys. The program has taken the keys before the text is sent: both at
 * once could be taken for a paste. */
static void act(struct screen *screen, enum act act, const char *before, const char *text,
                const char *after)
{
    if (count_keys(before) + count_keys(after) > allowed[act].keys)
        fail_msg("%s takes more keys than %d", allowed[act].name, allowed[act].keys);
    if (*before)
        screen_keys(screen, before);
    if (*text)
        screen_type(screen, text);
    if (*after)
        screen_keys(screen, after);
}

static void go_to(struct screen *screen, int number)
{
    char digits[16];
    screen_keys(screen, "#");
    (void)snprintf(digits, sizeof digits, "%d\r", number);
    screen_type(screen, digits);
    assert_selected(screen, number);
}

/* --- Identify --------------------------------------------------------------------------------- */

static void answer_the_four_questions(struct screen *screen)
{
    screen_open(screen, NULL);
    assert_shows(screen, "No board here yet. Enter makes cab.touchline.");
    screen_keys(screen, "Enter");
    screen_type(screen, "passenger\rThey call me, not the app\rAna+, Ben, Wally+\r12,000\r");
    assert_shows(screen, "WRITE  the first moment >");
}

static void type_moments(struct screen *screen)
{
    for (int i = 0; i < TYPED; i++) {
        struct buffer line = {0};
        if (i == 0 || strcmp(wall[i].phase, wall[i - 1].phase) != 0) {
            buffer_add_format(&line, "# %s\r", wall[i].phase);
            screen_type(screen, buffer_text(&line));
            buffer_release(&line);
        }
        buffer_add_text(&line, wall[i].title);
        if (is_tagged(i))
            buffer_add_format(&line, " @%c @20s", " IPELWB"[wall[i].channel]);
        act(screen, MOMENT, "", buffer_text(&line), "Enter");
        buffer_release(&line);
    }
}

/* As it comes from a mail: with bullets and numbers, and the last two the wrong way round. */
static void paste_moments(struct screen *screen)
{
    struct buffer list = {0};
    for (int i = TYPED; i < MOMENTS; i++) {
        int from = i == MOMENTS - 1 ? MOMENTS - 2 : i == MOMENTS - 2 ? MOMENTS - 1 : i;
        if (i % 2 == 0)
            buffer_add_format(&list, "- %s\n", wall[from].title);
        else
            buffer_add_format(&list, "%d. %s\n\n", i + 1, wall[from].title);
    }
    pty_paste(screen->pty, buffer_text(&list));
    pty_settle(screen->pty);
    buffer_release(&list);
}

static void put_in_order(struct screen *screen)
{
    screen_keys(screen, "Esc G");
    assert_selected(screen, MOMENTS);
    act(screen, MOVE, "H", "", "");
    assert_selected(screen, MOMENTS - 1);
    screen_keys(screen, "u");
    assert_selected(screen, MOMENTS);
    screen_keys(screen, "U");
    assert_selected(screen, MOMENTS - 1);
    go_to(screen, 31);
    screen_keys(screen, "p");
    screen_type(screen, "After\r");
    assert_board_holds(screen->path, "31 After/Card is refused");
}

/* --- Colour ----------------------------------------------------------------------------------- */

static void colour_by_digits(struct screen *screen)
{
    screen_keys(screen, ">");
    assert_shows(screen, "How does it reach them?");
    go_to(screen, MOMENTS);
    act(screen, CHANNEL_ELSEWHERE, "c l", "", "");
    screen_keys(screen, "g n");
    for (int i = 0; i < MOMENTS - 1; i++) {
        if (is_tagged(i))
            continue;
        assert_selected(screen, i + 1);
        act(screen, CHANNEL, (const char[]){(char)('0' + wall[i].channel), '\0'}, "", "");
    }
    assert_shows(screen, "How long does it last?");
    assert_selected(screen, MOMENTS); /* on from where the room is */
    screen_keys(screen, "4");
    screen_type(screen, "5\r");
    assert_board_holds(screen->path, "40 After/Card at new year L 45s");
}

/* --- Choose ----------------------------------------------------------------------------------- */

/* Those who are here, and more who come by. */
static const char voters[] = "Ana Ben Wally Cem Dora Emil Femke Gus Hana Ines Jan Kofi Lena Mo "
                             "Nora Otto Pia Quin Rosa Sven";

/* The twenty, all at once; `line` has their number in $i and their ballot in $v. Where programs are
 * slow, twenty may wait longer than one of them has patience for: it is told, and tries again. */
static void vote(struct screen *screen, const char *line)
{
    struct buffer script = {0};
    buffer_add_format(
        &script,
        "t() { until touchline \"$@\" 2>err.$i; do [ $? -eq 75 ] || { cat err.$i >&2; "
        "return 1; }; done; }\n"
        "i=0; for name in %s; do i=$((i + 1))\n"
        "v=\"t vote cab.touchline --as $name\"\n"
        "(%s) & done; wait\n",
        voters, line);
    shell_expect(screen->fixture, buffer_text(&script), 0, "", "");
    buffer_release(&script);
    pty_wait_text(screen->pty, "20 of 20 have voted");
}

static void choose_by_dots(struct screen *screen)
{
    screen_keys(screen, "> v");
    assert_says(screen, "A vote on dots is open, 5 each.");
    vote(screen,
         "$v >ballot.$i; code=$(head -n 1 ballot.$i); code=${code#*code }; code=${code%%:*}\n"
         "echo $code >code.$i; $v --code $code $((i % 7 * 5 + 2)) $((i % 5 + 1)) >/dev/null");
    assert_null(strstr(board_show(screen->path), ".11"));
    screen_keys(screen, "v V y");
    assert_says(screen, "The vote is shown: 60 dots on 20 ballots.");
    screen_keys(screen, "g");
    for (size_t i = 0; i < CHOSEN; i++) {
        screen_keys(screen, "n");
        assert_selected(screen, chosen[i].number);
        act(screen, CHOICE, "Space", "", "");
    }
    assert_says(screen, "17 is chosen");
}

/* --- Rate ------------------------------------------------------------------------------------- */

static void rate_the_chosen(struct screen *screen)
{
    screen_keys(screen, "> v");
    assert_says(screen, "A vote on ratings is open.");
    vote(screen, "read code <code.$i; rating=magical; [ $i -gt 15 ] || rating=neutral\n"
                 "[ $i -gt 10 ] || rating=miserable\n"
                 "$v --code $code 22 $rating >/dev/null");
    screen_keys(screen, "v V y");
    assert_says(screen, "The vote is shown");
    screen_keys(screen, "n");
    for (size_t i = 0; i < CHOSEN; i++) {
        const struct plan *plan = plan_of(screen_selected(screen));
        assert_non_null(plan);
        act(screen, RATING, (const char[]){plan->rating, ' ', 'n', '\0'}, "", "");
    }
    assert_null(plan_of(screen_selected(screen))); /* now the rest */
}

static void look_at_it_large(struct screen *screen)
{
    go_to(screen, 22);
    screen_keys(screen, "P");
    assert_shows(screen, "MISERABLE");
    screen_keys(screen, "Tab");
    assert_shows(screen, "CHOSEN, 4 of 5");
    screen_keys(screen, "Space");
    assert_shows(screen, "CHOSEN, 5 of 5");
    screen_keys(screen, "Tab Esc");
    assert_selected(screen, 27);
}

/* --- Plan ------------------------------------------------------------------------------------- */

static void plan_one(struct screen *screen)
{
    const struct plan *plan = plan_of(screen_selected(screen));
    struct buffer wave = {0};
    assert_non_null(plan);
    act(screen, IDEA, "i", plan->idea, "Enter");
    screen_keys(screen, "R Tab");
    act(screen, ACTION, "t", plan->owner, "Enter");
    act(screen, DATE, "", due, "Enter");
    buffer_add_format(&wave, "set %d --action 1 wave=%d\r", plan->number, wave_of(plan));
    screen_keys(screen, "Esc :");
    screen_type(screen, buffer_text(&wave));
    buffer_release(&wave);
}

static void plan_the_chosen(struct screen *screen)
{
    screen_keys(screen, ">");
    for (size_t i = 0; i < CHOSEN; i++) {
        screen_keys(screen, "n");
        plan_one(screen);
    }
    screen_keys(screen, "D Tab Tab");
    assert_shows(screen, "Wave 1 3");
    assert_shows(screen, "Wave 2 2");
    screen_keys(screen, "Esc !");
    assert_shows(screen, "The plan lacks nothing");
    screen_keys(screen, "Esc");
}

static void leave_and_come_back(struct screen *screen)
{
    int at = screen_selected(screen);
    screen_keys(screen, "u u U U");
    screen_quit(screen);
    screen_open(screen, NULL);
    assert_selected(screen, at);
    assert_shows(screen, "What would make them say wow?");
    screen_quit(screen);
}

/* --- what is left of it ----------------------------------------------------------------------- */

/* What the twenty have laid there, voter by voter as the script says it. */
static int dots_of(int number)
{
    int dots = 0;
    for (int voter = 1; voter <= VOTERS; voter++)
        dots += voter % 7 * 5 + 2 == number ? voter % 5 + 1 : 0;
    return dots;
}

static void add_row(int i, struct buffer *out)
{
    const struct plan *plan = plan_of(i + 1);
    char seconds[16] = "";
    if (seconds_of(i) > 0)
        (void)snprintf(seconds, sizeof seconds, "%d", seconds_of(i));
    buffer_add_format(out, "%d,%s,%s,%s,", i + 1, wall[i].phase, wall[i].title,
                      channels[wall[i].channel]);
    if (plan)
        buffer_add_format(out, "%s,%s,%s,yes,", plan->word, plan->word, plan->target);
    else
        buffer_add_text(out, ",,,,");
    buffer_add_format(out, "%d,%s,1,,,,,,", dots_of(i + 1), seconds);
    if (plan)
        buffer_add_format(out, "%s | taken=yes,%s | owner=%s | due=%s | status=to do | wave=%d",
                          plan->idea, plan->idea, plan->owner, due, wave_of(plan));
    else
        buffer_add_text(out, ",");
    buffer_add_text(out, ",,\n");
}

static void the_csv_is_what_was_typed(struct fixture *fixture)
{
    struct buffer csv = {0};
    buffer_add_text(&csv,
                    "number,phase,title,channel,rating,first_rating,target,chosen,dots,seconds,"
                    "times,owner,handling,expectation,benchmark,note,ideas,actions,ledger,"
                    "parked\n");
    for (int i = 0; i < MOMENTS; i++)
        add_row(i, &csv);
    shell_expect(fixture, "touchline export cab.touchline", 0, buffer_text(&csv), "");
    buffer_release(&csv);
}

/* --- the minutes: each edit once, in the order in which it was typed -------------------------- */

static void add_writing(struct buffer *out)
{
    buffer_add_text(out, "Changed noun of the board\nChanged why of the board\n"
                         "Ana is on the list of people\nBen is on the list of people\n"
                         "Wally is on the list of people\nChanged customers of the board\n");
    for (int i = 0; i < TYPED; i++) {
        if (i == 0 || strcmp(wall[i].phase, wall[i - 1].phase) != 0)
            buffer_add_format(out, "Phase %s begins\n", wall[i].phase);
        buffer_add_format(out, "Added %d %s\n", i + 1, wall[i].title);
    }
    buffer_add_text(out, "Pasted 16 moments\n40 Gets an answer is now 39\n"
                         "Taken back: 40 Gets an answer is now 39\n"
                         "Done again: 40 Gets an answer is now 39\n"
                         "Phase After begins at 31 Card is refused\n");
}

static void add_colouring(struct buffer *out)
{
    static const char *const by[] = {"",        "in person",  "by phone",  "by email",
                                     "by post", "by website", "by webinar"};
    buffer_add_text(out, "40 Card at new year is now by post\n");
    for (int i = 0; i < MOMENTS - 1; i++)
        if (!is_tagged(i))
            buffer_add_format(out, "%d %s is now %s\n", i + 1, wall[i].title, by[wall[i].channel]);
    buffer_add_text(out, "Changed seconds of 40 Card at new year\n");
}

static void add_judging(struct buffer *out)
{
    static const int rated[CHOSEN] = {22, 27, 2, 12, 17}; /* from where they disagree on */
    buffer_add_text(out, "A vote on dots is open, 5 each\n"
                         "The vote on dots is closed, 20 of 20 have voted\n"
                         "The vote is shown: 60 dots on 20 ballots\n");
    for (size_t i = 0; i < CHOSEN; i++)
        buffer_add_format(out, "%d %s is chosen\n", chosen[i].number,
                          wall[chosen[i].number - 1].title);
    buffer_add_text(out, "A vote on ratings is open\n"
                         "The vote on ratings is closed, 20 of 20 have voted\n"
                         "The vote is shown: 20 ratings on 20 ballots\n");
    for (size_t i = 0; i < CHOSEN; i++)
        buffer_add_format(out, "%d %s is now %s\n", rated[i], wall[rated[i] - 1].title,
                          plan_of(rated[i])->word);
}

static void add_planning(struct buffer *out)
{
    for (int number = 1; number <= MOMENTS; number++) {
        const struct plan *plan = plan_of(number);
        const char *title = wall[number - 1].title;
        if (!plan)
            continue;
        buffer_add_format(out, "An idea for %d %s: %s\n", number, title, plan->idea);
        buffer_add_format(out, "%d %s shall become %s\n", number, title, plan->target);
        buffer_add_format(out, "Taken up for %d %s: %s\n", number, title, plan->idea);
        buffer_add_format(out, "Changed wave of an action of %d %s\n", number, title);
    }
    buffer_add_text(out, "Taken back: Changed wave of an action of 27 Drink offered\n"
                         "Taken back: Taken up for 27 Drink offered: Water in every door\n"
                         "Done again: Taken up for 27 Drink offered: Water in every door\n"
                         "Done again: Changed wave of an action of 27 Drink offered\n");
}

static void the_minutes_tell_all_of_it(struct fixture *fixture)
{
    struct buffer minutes = {0};
    add_writing(&minutes);
    add_colouring(&minutes);
    add_judging(&minutes);
    add_planning(&minutes);
    shell_expect(fixture, "touchline history cab.touchline | sed 's/.*  Tester  //'", 0,
                 buffer_text(&minutes), "");
    buffer_release(&minutes);
}

static void the_plan_lacks_nothing(struct fixture *fixture)
{
    struct buffer plan = {0};
    for (int wave = 1; wave <= 2; wave++) {
        buffer_add_format(&plan, "Wave %d:\n", wave);
        for (int number = 1; number <= MOMENTS; number++)
            if (plan_of(number) && wave_of(plan_of(number)) == wave)
                buffer_add_format(&plan, "%s  to do             %4d  %s, %s\n", due, number,
                                  plan_of(number)->idea, plan_of(number)->owner);
    }
    shell_expect(fixture, "touchline actions cab.touchline --by wave", 0, buffer_text(&plan), "");
    shell_expect(fixture, "touchline check cab.touchline", 0,
                 "The file is sound\nThe plan lacks nothing\n", "");
    buffer_release(&plan);
}

static void a_whole_workshop(void **state)
{
    struct screen *screen = *state;
    answer_the_four_questions(screen);
    type_moments(screen);
    paste_moments(screen);
    put_in_order(screen);
    colour_by_digits(screen);
    choose_by_dots(screen);
    rate_the_chosen(screen);
    look_at_it_large(screen);
    plan_the_chosen(screen);
    leave_and_come_back(screen);
    the_csv_is_what_was_typed(screen->fixture);
    the_minutes_tell_all_of_it(screen->fixture);
    the_plan_lacks_nothing(screen->fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_whole_workshop, screen_setup, screen_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
