/* What is said on opening: what is overdue (R12), that one can only look, that a line was kept. */
#include "tui.h"

static void greet_overdue(struct tui *tui)
{
    struct error error;
    struct action oldest = {0};
    struct date today = tui_today(tui), due;
    int64_t count = 0;
    if (store_overdue(tui->store, today, &count, &oldest, &error) == STATUS_OK && count > 0 &&
        oldest.due && date_parse_iso(oldest.due, &due)) {
        char day[32];
        date_format_short(due, today, day, sizeof day);
        tui_warn(tui, "%lld overdue, oldest %s (%s%s%s). D lists them.", (long long)count,
                 oldest.text, oldest.owner ? oldest.owner : "", oldest.owner ? ", " : "", day);
    }
    record_release(RECORD_ACTION, &oldest);
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
    greet_overdue(tui);
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
