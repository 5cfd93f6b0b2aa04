/* Commands about the screen: rows only, src/tui runs them. */
#include "argument_rows.h"
#include "touchline/command.h"

#define SCREEN(symbol, is_name, is_group, is_keys, is_label, is_summary)                           \
    extern const struct command command_##symbol;                                                  \
    const struct command command_##symbol = {.name = (is_name),                                    \
                                             .scope = COMMAND_SCREEN,                              \
                                             .group = (is_group),                                  \
                                             .keys = (is_keys),                                    \
                                             .label = (is_label),                                  \
                                             .summary = (is_summary)};

/* going about */
SCREEN(previous_moment, "previous-moment", GROUP_MOVE, "h Left", "Previous",
       "Go to the moment on the left")
SCREEN(next_moment, "next-moment", GROUP_MOVE, "l Right", "Next moment",
       "Go to the moment on the right")
SCREEN(first, "first", GROUP_MOVE, "g Home", "First", "Go to the first moment")
SCREEN(last, "last", GROUP_MOVE, "G End", "Last", "Go to the last moment")
SCREEN(page_left, "page-left", GROUP_MOVE, "PgUp C-u", "Page left", "Go a screenful to the left")
SCREEN(page_right, "page-right", GROUP_MOVE, "PgDn C-d", "Page right",
       "Go a screenful to the right")
SCREEN(previous_phase, "previous-phase", GROUP_MOVE, "(", "Phase back",
       "Go to where this phase or the one before begins")
SCREEN(next_phase, "next-phase", GROUP_MOVE, ")", "Phase on", "Go to where the next phase begins")
SCREEN(next, "next", GROUP_MOVE, "n", "Next",
       "Go to the next hit of a search, or what the step needs next")
SCREEN(previous_hit, "previous-hit", GROUP_MOVE, "N", "Previous hit",
       "Go to the hit of the search before this one")
SCREEN(step_back, "step-back", GROUP_MOVE, "<", "Step back", "Go to the previous step of the guide")
SCREEN(step_on, "step-on", GROUP_MOVE, ">", "Step on", "Go to the next step of the guide")
SCREEN(pane, "pane", GROUP_MOVE, "Tab", "Pane", "Go to the next pane: cards, ideas, actions")
SCREEN(pane_back, "pane-back", GROUP_MOVE, "S-Tab", "Pane back", "Go to the pane before")
SCREEN(line_down, "line-down", GROUP_MOVE, "j Down", "Down", "Go a line down in the pane")
SCREEN(line_up, "line-up", GROUP_MOVE, "k Up", "Up", "Go a line up in the pane")

/* writing */
SCREEN(write_after, "write-after", GROUP_WRITE, "a", "Add",
       "Write moments after this one, a line each")
SCREEN(write_end, "write-end", GROUP_WRITE, "A", "Add at end",
       "Write moments at the end of the board")
SCREEN(write_before, "write-before", GROUP_WRITE, "b", "Add before",
       "Write moments before this one")
SCREEN(open, "open", GROUP_WRITE, "Enter e", "Open",
       "Open the moment's sheet, or the framed line of the pane")
SCREEN(editor, "editor", GROUP_WRITE, "E", "Editor", "Write the note in your own editor")
SCREEN(carry, "carry", GROUP_WRITE, "m", "Carry",
       "Carry the moment: arrows or a number move it, Enter drops it")

/* judging */
SCREEN(choose_or_not, "choose-or-not", GROUP_JUDGE, "Space x", "Choose",
       "Choose the moment, or no longer; a sixth asks which one goes")
SCREEN(vote_or_close, "vote-or-close", GROUP_JUDGE, "v", "Vote",
       "Open a vote (Choose: on dots, Rate: on ratings), or close it")
SCREEN(reveal, "reveal", GROUP_JUDGE, "V", "Show",
       "Show the vote, or the hidden dots, to everybody; asks once")

/* the plan */
SCREEN(plan_list, "plan-list", GROUP_PLAN, "D", "Actions",
       "List all actions by due date, owner or wave, overdue first")
SCREEN(gaps, "gaps", GROUP_PLAN, "!", "Gaps", "List what the plan still lacks, and go there")
SCREEN(reviews, "reviews", GROUP_JUDGE, "=", "Reviews", "List what went up and down in the reviews")
SCREEN(end, "end", GROUP_PLAN, "Q", "End",
       "End the session: what is parked, what lacks, what comes next")

SCREEN(ledger, "ledger", GROUP_PLAN, NULL, "Ledger", "List the moment's costs and payoffs")

/* looking */
SCREEN(cheap, "cheap", GROUP_LOOK, "$", "Cheap", "Show only moments with a free or low-priced idea")
SCREEN(zoom_in, "zoom-in", GROUP_LOOK, "+", "Larger", "Show fewer moments, larger")
SCREEN(zoom_out, "zoom-out", GROUP_LOOK, "-", "Smaller", "Show more moments, smaller")
SCREEN(why, "why", GROUP_LOOK, "w", "Why", "Show why we are doing this, large")
SCREEN(who, "who", GROUP_LOOK, "W", "Who", "Show who is here, and who of them meets customers")
SCREEN(room, "room", GROUP_LOOK, "P", "Room mode", "Show one moment, large enough for the back row")
SCREEN(timer, "timer", GROUP_LOOK, "T", "Timer",
       "Start the timer of the step, stop it, or let it go on")
SCREEN(clock, "clock", GROUP_LOOK, NULL, "Clock", "Show the timer in large digits")
SCREEN(bell, "bell", GROUP_LOOK, NULL, "Bell",
       "Switch the bell and the flash at the timer's end on or off")
SCREEN(hint, "hint", GROUP_LOOK, ";", "Hint", "Another hint for the question of the step Plan")
SCREEN(mask, "mask", GROUP_WRITE, NULL, "Mask",
       "Show what is written as dots, until all is shown together")
SCREEN(minutes, "minutes", GROUP_LOOK, NULL, "Minutes",
       "List who changed what and when; Enter shows the board as it was")
SCREEN(parking_lot, "parking-lot", GROUP_LOOK, "Z", "Parked", "Show the parking lot")

/* the board */
SCREEN(board_sheet, "board-sheet", GROUP_BOARD, "B", "Board",
       "Open the board's sheet: title, why, whom you serve")
SCREEN(copy, "copy", GROUP_BOARD, "y", "Copy", "Copy the moment to the clipboard of the terminal")
SCREEN(saved, "saved", GROUP_BOARD, "C-s", "Saved", "Say that everything is saved")
SCREEN(mouse, "mouse", GROUP_BOARD, "M", "Mouse", "Switch the mouse on or off")
SCREEN(redraw, "redraw", GROUP_BOARD, "C-l", "Redraw", "Draw the whole screen anew")
SCREEN(suspend, "suspend", GROUP_BOARD, "C-z", "Suspend", "Go to the shell; fg comes back")
SCREEN(palette, "palette", GROUP_BOARD, ":", "Find", "Find a command by its name and run it")
SCREEN(topics, "topics", GROUP_BOARD, NULL, "Topics",
       "Read about the steps, words, signs, and what is said against it")
SCREEN(quit, "quit", GROUP_BOARD, "q", "Quit", "Leave the board; all is saved")

/* Those that take words: a number, a step, what is looked for. */
extern const struct command command_go_to, command_step, command_search, command_filter,
    command_help_screen;

const struct command command_go_to = {
    .name = "go-to",
    .scope = COMMAND_SCREEN,
    .group = GROUP_MOVE,
    .keys = "#",
    .label = "Go to",
    .summary = "Go to a moment by its number",
    .arguments = ARGUMENTS(POSITION(0, "NUMBER", ARGUMENT_TEXT, "a moment's number, z2, or id:31",
                                    .required = true, .ask = "Go to which number?")),
};

const struct command command_step = {
    .name = "step",
    .scope = COMMAND_SCREEN,
    .group = GROUP_MOVE,
    .keys = "s",
    .label = "Step",
    .summary = "Go to any step of the guide, 1 to 6",
    .arguments =
        ARGUMENTS(POSITION(0, "STEP", ARGUMENT_TEXT, "1 to 6, or its name", .required = true,
                           .ask = "1 Identify 2 Colour 3 Choose 4 Rate 5 Plan 6 Review")),
};

const struct command command_search = {
    .name = "search",
    .scope = COMMAND_SCREEN,
    .group = GROUP_LOOK,
    .keys = "/",
    .label = "Search",
    .summary = "Search all texts of the moments",
    .arguments = ARGUMENTS(POSITION(0, "WORDS", ARGUMENT_TEXT, "what is looked for")),
};

const struct command command_filter = {
    .name = "filter",
    .scope = COMMAND_SCREEN,
    .group = GROUP_LOOK,
    .keys = "f",
    .label = "Filter",
    .summary = "Show only moments by channel, rating, words, chosen or cheap",
    .arguments = ARGUMENTS(
        POSITION(0, "WORDS", ARGUMENT_TEXT, "phone, miserable, chosen, cheap, or words of a text")),
};

const struct command command_help_screen = {
    .name = "help",
    .scope = COMMAND_SCREEN,
    .group = GROUP_BOARD,
    .keys = "? F1",
    .label = "Help",
    .summary = "List all commands and keys",
};
