#include "places.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <unistd.h>

#include <cmocka.h>

static const char lines[] =
    "# Before\nSees the advert @w @5s\nBooks the cab @p @20s\n+ Answer with their name\n"
    "Waits at the kerb @i @4m\n# Ride\nCab pulls up @i @15s\nDrink offered @i\n"
    "Talks about the match @i @10m\nPays by card @w @40s\n# After\nReceipt by email @e\n"
    "Waves @i @2s\nA card in December @l\nLost glove @p @park\n";

static const char *const more[] = {
    "board why='They come back, or they do not.'",
    "board customers=12000",
    "person Ana --front-line",
    "person Ben",
    "choose 2",
    "choose 5",
    "choose 7",
    "rate 2 miserable",
    "rate 5 magical",
    "rate 7 neutral",
    "target 2 neutral",
    "action 2 'Answer within three rings' --owner Ana --due 2026-12-04",
    "action 7 'A second card reader'",
    "cost 2 complaint 40 'Rang four times'",
    "payoff 5 recommend 200 'Told a friend'",
};

#define TYPED   "Zwölf 漢字"
#define IN_LINE "Left Right Home End", "End"
#define IN_LIST "j k G", "g"

const struct place places[] = {
    {"the board", PLACE_BOARD, "", NULL, "Sees the", "l h G g ) ( n", "g", NULL, NULL, ""},
    {"one card", PLACE_BOARD, "+", NULL, "One card", "l h G g", "g - +", NULL, NULL, ""},
    {"the overview", PLACE_BOARD, "-", NULL, "Overview", "l h G g", "g + -", NULL, NULL, ""},
    {"capture", PLACE_BOARD, "A", TYPED, TYPED, IN_LINE, "", NULL, NULL},
    {"an idea", PLACE_BOARD, "i", TYPED, TYPED, IN_LINE, "+ ", NULL, NULL},
    {"an action", PLACE_BOARD, "t", TYPED, TYPED, IN_LINE, "", NULL, NULL},
    {"a search", PLACE_BOARD, "/", TYPED, TYPED, IN_LINE, NULL, NULL, NULL},
    {"the palette", PLACE_BOARD, ":", TYPED, TYPED, IN_LINE, NULL, NULL, NULL},
    {"the help", PLACE_BOARD, "?", NULL, "Help", "", "", NULL, NULL, NULL},
    {"the topics", PLACE_BOARD, ": t o p i c s Enter", NULL, "The six steps", IN_LIST, NULL, NULL,
     NULL},
    {"the sheet", PLACE_BOARD, "e Down Down Down", TYPED, TYPED, IN_LINE, NULL,
     "1 Before/Sees the advert W 5s by ", NULL},
    {"the board's sheet", PLACE_BOARD, "B", TYPED, TYPED, IN_LINE, NULL, "title: ", NULL},
    {"the plan", PLACE_BOARD, "D", NULL, "Answer within", IN_LIST, NULL, NULL, NULL},
    {"the gaps", PLACE_BOARD, "!", NULL, "What the plan lacks", IN_LIST, NULL, NULL, NULL},
    {"the minutes", PLACE_BOARD, ": m i n u t e s Enter", NULL, "Minutes", IN_LIST, NULL, NULL,
     NULL},
    {"the past", PLACE_BOARD, ": m i n u t e s Enter j j Enter g", NULL, " PAST ", "l h G g", "g",
     NULL, NULL, ""},
    {"the reviews", PLACE_BOARD, ": r e v i e w s Enter", NULL, "Reviews", IN_LIST, NULL, NULL,
     NULL},
    {"the ledger", PLACE_BOARD, "l : l e d g e r Enter", NULL, "Rang four times", IN_LIST, NULL,
     NULL, NULL},
    {"the parking lot", PLACE_BOARD, "Z", NULL, "Lost glove", IN_LIST, NULL, NULL, NULL},
    {"who is here", PLACE_BOARD, "W", NULL, "Who is here", IN_LIST, NULL, NULL, NULL},
    {"the why", PLACE_BOARD, "w", NULL, "Esc Back", "", "", NULL, NULL, NULL},
    {"room mode", PLACE_BOARD, "P", NULL, "WEBSITE", "l h Space", "g", NULL, NULL, NULL},
    {"carrying", PLACE_BOARD, "m", NULL, "CARRY", "", "", NULL, NULL, NULL},
    {"a channel", PLACE_BOARD, "c", NULL, "How does it reach them?", "", "", NULL, NULL, NULL},
    {"a step", PLACE_BOARD, "s", NULL, "Which step?", "", "", NULL, NULL, NULL},
    {"the mask", PLACE_BOARD, ": m a s k Enter", NULL, " MASK ", "", "", NULL, NULL,
     "The mask is on"},
    {"the end", PLACE_BOARD, "s 6 Q", NULL, "The end of the session", IN_LIST, NULL, NULL, NULL},
    {"the first run", PLACE_FIRST_RUN, "", NULL, "No board here yet", "", "", NULL, NULL, NULL},
    {"the first question", PLACE_FIRST_RUN, "Enter", TYPED, TYPED, IN_LINE, NULL, "noun: ", NULL},
    {"a ballot", PLACE_BALLOT, "", NULL, "your ballot, Ben", IN_LIST, NULL, NULL,
     "C-z does nothing here"},
};
const size_t place_count = sizeof places / sizeof *places;

/* --- the board -------------------------------------------------------------------------------- */

static void copy_file(const char *from, const char *to)
{
    char bytes[65536];
    size_t count;
    FILE *source = fopen(from, "rb"), *copy = fopen(to, "wb");
    assert_non_null(source);
    assert_non_null(copy);
    while ((count = fread(bytes, 1, sizeof bytes, source)) > 0)
        assert_int_equal(fwrite(bytes, 1, count, copy), count);
    assert_int_equal(fclose(copy), 0);
    assert_int_equal(fclose(source), 0);
}

/* Made once for a test and then copied: an edit waits for the disk. */
static const char *made_board(struct screen *screen)
{
    const char *made = fixture_path(screen->fixture, "made.touchline");
    if (access(made, F_OK) == 0)
        return made;
    board_make(made, lines);
    for (size_t i = 0; i < sizeof more / sizeof *more; i++)
        board_do(made, "Tester", more[i]);
    return made;
}

/* What the screen remembers is kept elsewhere each time. */
static void forget(struct screen *screen)
{
    static unsigned number;
    static char variable[512];
    (void)snprintf(variable, sizeof variable, "XDG_STATE_HOME=%s/state-%u", screen->fixture->folder,
                   ++number);
    screen->environment[1] = variable;
}

static void take_new_board(struct screen *screen, const struct place *place)
{
    forget(screen);
    (void)remove(screen->path);
    if (place->program == PLACE_FIRST_RUN)
        return;
    copy_file(made_board(screen), screen->path);
    if (place->program == PLACE_BALLOT)
        board_do(screen->path, "Tester", "poll open --dots 3");
}

/* --- the program ------------------------------------------------------------------------------ */

static void start(struct screen *screen, const struct place *place)
{
    const char *const board[] = {TOUCHLINE_PROGRAM, screen->path, NULL};
    const char *const ballot[] = {TOUCHLINE_PROGRAM, "vote", screen->path, "--as", "Ben", NULL};
    screen->pty = pty_start(&screen->options, place->program == PLACE_BALLOT ? ballot : board);
    pty_settle(screen->pty);
}

void place_open(struct screen *screen, const struct place *place)
{
    pty_stop(screen->pty);
    take_new_board(screen, place);
    start(screen, place);
    place_go(screen, place);
}

void place_reopen(struct screen *screen, const struct place *place)
{
    pty_stop(screen->pty);
    start(screen, place);
}

void place_go(struct screen *screen, const struct place *place)
{
    if (place->program == PLACE_BOARD)
        screen_keys(screen, "g");
    screen_keys(screen, place->keys);
    if (place->typed)
        screen_type(screen, place->typed);
}
