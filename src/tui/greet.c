/* What is said on opening: what is due (R12, R16), that one can only look, that a line was kept. */
#include "tui.h"

/* "2 overdue, oldest Buy two kits (Wally, 28 Nov)." */
static void add_overdue(struct tui *tui, struct buffer *out)
{
    struct error error;
    struct action oldest = {0};
    struct date today = tui_today(tui), due;
    int64_t count = 0;
    if (store_overdue(tui->store, today, &count, &oldest, &error) == STATUS_OK && count > 0 &&
        oldest.due && date_parse_iso(oldest.due, &due)) {
        char day[32];
        date_format_short(due, today, day, sizeof day);
        buffer_add_format(out, " %lld overdue, oldest %s (%s%s%s). D lists them.", (long long)count,
                          oldest.text, oldest.owner ? oldest.owner : "", oldest.owner ? ", " : "",
                          day);
    }
    record_release(RECORD_ACTION, &oldest);
}

/* A review that goes on, or whose day has come (R16). */
static void add_review(struct tui *tui, struct buffer *out)
{
    struct error error;
    struct meter meter;
    struct board board = {0};
    struct date today = tui_today(tui), day;
    bool goes_on = store_meter(tui->store, &meter, &error) == STATUS_OK && meter.review;
    int64_t all = goes_on ? meter.reviewed + meter.hidden : 0;
    if (goes_on)
        buffer_add_format(out, " A review goes on: %lld of %lld rated anew.",
                          (long long)meter.reviewed, (long long)all);
    else if (store_board(tui->store, &board, &error) == STATUS_OK &&
             method_review_due(&board, today, 0, &day)) {
        char words[32];
        date_format_short(day, today, words, sizeof words);
        buffer_add_format(out, " A review is due since %s.", words);
    }
    record_release(RECORD_BOARD, &board);
}

static bool find_due(struct tui *tui, struct buffer *words)
{
    add_overdue(tui, words);
    add_review(tui, words);
    return words->length > 0;
}

void tui_tell_due(struct tui *tui)
{
    struct buffer words = {0};
    const char *name = step_row(tui->session.step)->name;
    if (find_due(tui, &words))
        tui_warn(tui, "%s.%s", name, buffer_text(&words));
    else
        tui_say(tui, "%s. Nothing is due.", name);
    buffer_release(&words);
}

static void greet_due(struct tui *tui)
{
    struct buffer words = {0};
    if (find_due(tui, &words))
        tui_warn(tui, "%s", buffer_text(&words) + 1);
    buffer_release(&words);
}

static void greet_draft(struct tui *tui)
{
    if (!tui->half_line)
        return;
    if (tui->message.length > 0)
        buffer_add_text(&tui->message, " a goes on with a half line.");
    else
        tui_say(tui, "Half a line was kept: \"%s\". a goes on with it.", tui->half_line);
}

/* All is asked for in one reading, so that the file is locked and looked at once. */
void tui_greet(struct tui *tui)
{
    struct error error;
    struct meter meter;
    const char *why = store_look_only(tui->store);
    bool reading = store_read_begin(tui->store, &error) == STATUS_OK;
    who_remind(tui);
    greet_due(tui);
    if (why)
        tui_warn(tui, "Only to look at: %s.", why);
    else if (store_kept(tui->store))
        tui_say(tui, "This board is of this version now. As it was: %s.",
                tui_file_name(store_kept(tui->store)));
    else if (store_meter(tui->store, &meter, &error) == STATUS_OK && meter.moments == 0)
        capture_open(tui, PLACE_END); /* an empty board begins with writing */
    else
        greet_draft(tui);
    if (reading)
        store_read_end(tui->store);
}
