/* channel: how a moment reaches the customer (R4). */
#include "argument_rows.h"
#include "handler.h"

enum { MOMENT, CHANNEL };

static enum status tell_channel(struct work *work, struct value value, struct error *error)
{
    struct channels channels = {0};
    struct buffer phrase = {0};
    enum status status = store_channels(work->call->store, &channels, error);
    if (value.type == VALUE_INTEGER)
        channel_phrase(channels_by_id(&channels, value.integer), &phrase);
    if (phrase.length > 0)
        work_tell(work, "is now %s", buffer_text(&phrase));
    else
        work_tell(work, "has no channel now");
    buffer_release(&phrase);
    channels_release(&channels);
    return status;
}

static enum status set_channel(struct work *work, struct error *error)
{
    struct value channel;
    struct buffer scratch = {0};
    enum status status =
        argument_value(work->call, CHANNEL, RECORD_ITEM, ITEM_CHANNEL, &channel, &scratch, error);
    buffer_release(&scratch);
    if (status == STATUS_OK)
        status = tell_channel(work, channel, error);
    return status == STATUS_OK ? work_set(work, ITEM_CHANNEL, channel, error) : status;
}

static enum status run(struct call *call, struct error *error)
{
    struct work work;
    enum status status = work_begin(&work, call, error);
    return status == STATUS_OK ? work_end(&work, set_channel(&work, error), error) : status;
}

const struct command command_channel = {
    .name = "channel",
    .scope = COMMAND_BOARD,
    .group = GROUP_JUDGE,
    .keys = "c",
    .label = "Channel",
    .summary = "Say how a moment reaches the customer",
    .details = "A channel is named by its letter, its name, the start of it, or a usual other word "
               "(face-to-face, call, mail, letter, web). 'none' takes it away.\n"
               "\n"
               "Example:\n"
               "  touchline channel cab.touchline 3 phone",
    .arguments =
        ARGUMENTS(MOMENT_ROW(MOMENT), POSITION(CHANNEL, "CHANNEL", ARGUMENT_CHANNEL,
                                               "a letter, a name or its start; none",
                                               .required = true, .ask = "How does it reach them?")),
    .writes = true,
    .run = run,
};
