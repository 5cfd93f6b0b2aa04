/* list: a line a moment, under its phase. */
#include "argument_rows.h"
#include "handler.h"
#include "touchline/memory.h"
#include "touchline/method.h"

enum { JSON };

struct listing {
    struct call *call;
    struct channels channels;
    int width;   /* of the numbers */
    char *phase; /* the one that was printed last */
    int64_t parked;
};

static void print_heading(struct listing *listing, const struct row *row)
{
    bool parked = row->moment.state == STATE_PARKED;
    const char *title = parked ? "Parked" : row->phase;
    if (parked ? listing->parked++ > 0 : !title)
        return;
    if (!parked && row_in_phase(row, listing->phase))
        return;
    if (!parked)
        memory_replace(&listing->phase, title);
    out_line(listing->call, "%s", title);
}

static void print_moment(struct listing *listing, const struct row *row)
{
    const struct moment *moment = &row->moment;
    const struct channel *channel = channels_by_id(&listing->channels, moment->channel);
    char number[24];
    bool parked = moment->state == STATE_PARKED;
    snprintf(number, sizeof number, "%s%lld", parked ? "z" : "",
             (long long)(parked ? listing->parked : moment->number));
    const char *rating = rating_word(moment->rating);
    out_line(listing->call, "  %*s  %s  %-9s  %-6s  %s", listing->width, number,
             channel ? channel->letter : "-", *rating ? rating : "unrated",
             moment->chosen ? "chosen" : "", moment->title);
}

static int digits_of(int64_t number)
{
    int digits = 1;
    while (number >= 10) {
        number /= 10;
        digits++;
    }
    return digits;
}

static void print_row(void *data, struct row *row)
{
    struct listing *listing = data;
    print_heading(listing, row);
    print_moment(listing, row);
}

static enum status run(struct call *call, struct error *error)
{
    struct listing listing = {.call = call};
    struct meter meter;
    if (call->values[JSON])
        return out_json(call, &(struct json_wanted){.what = JSON_MOMENTS}, error);
    enum status status = store_channels(call->store, &listing.channels, error);
    if (status == STATUS_OK)
        status = store_meter(call->store, &meter, error);
    if (status == STATUS_OK) {
        listing.width = digits_of(meter.moments);
        if (meter.parked && listing.width < 1 + digits_of(meter.parked))
            listing.width = 1 + digits_of(meter.parked);
        status = store_each_row(call->store, print_row, &listing, error);
    }
    channels_release(&listing.channels);
    memory_free(listing.phase);
    return status == STATUS_OK ? out_check(call, error) : status;
}

const struct command command_list = {
    .name = "list",
    .scope = COMMAND_BOARD,
    .group = GROUP_LOOK,
    .label = "List",
    .summary = "List the moments, a line each, under their phases",
    .details = "A line has the number, the channel's letter (- for none), the rating, whether the "
               "moment is chosen, and the title.",
    .arguments = ARGUMENTS(JSON_ROW(JSON)),
    .run = run,
};
