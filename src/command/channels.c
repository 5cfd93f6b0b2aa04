/* channels: the board's own ways to the customer: added, renamed, recoloured, ordered (R4). */
#include "argument_rows.h"
#include "handler.h"
#include <string.h>

enum { CHANNEL, FIELDS, REMOVE };

static enum status list_channels(struct call *call, struct error *error)
{
    struct channels channels = {0};
    enum status status = store_channels(call->store, &channels, error);
    for (size_t i = 0; status == STATUS_OK && i < channels.count; i++) {
        const struct channel *channel = &channels.at[i];
        out_line(call, "%2lld  %s  %s  %3lld  %s", (long long)channel->position, channel->letter,
                 channel->sign, (long long)channel->colour, channel->name);
    }
    channels_release(&channels);
    return status == STATUS_OK ? out_check(call, error) : status;
}

/* --- a new one -------------------------------------------------------------------------------- */

static bool has_letter(const struct channels *channels, char letter)
{
    for (size_t i = 0; i < channels->count; i++)
        if (channels->at[i].letter[0] == letter)
            return true;
    return false;
}

/* The first free letter of the name, else of the alphabet. */
static char free_letter(const struct channels *channels, const char *name)
{
    for (; *name; name++) {
        char letter = (char)(*name >= 'a' && *name <= 'z' ? *name - 'a' + 'A' : *name);
        if (letter >= 'A' && letter <= 'Z' && !has_letter(channels, letter))
            return letter;
    }
    char letter = 'A';
    while (letter < 'Z' && has_letter(channels, letter))
        letter++;
    return letter;
}

/* A colour that no channel has yet; on each black ink has a contrast of 7:1 and more. */
static int64_t free_colour(const struct channels *channels)
{
    static const int64_t colours[] = {229, 216, 183, 117, 151, 222, 195, 188};
    for (size_t i = 0; i < sizeof colours / sizeof *colours; i++) {
        bool used = false;
        for (size_t c = 0; c < channels->count; c++)
            used = used || channels->at[c].colour == colours[i];
        if (!used)
            return colours[i];
    }
    return colours[0];
}

static enum status add_channel(struct work *work, const struct channels *channels, int64_t *id,
                               struct error *error)
{
    const char *name = work->call->values[CHANNEL];
    const char letter[2] = {free_letter(channels, name), '\0'};
    struct channel channel = {0};
    record_init(RECORD_CHANNEL, &channel);
    record_set(RECORD_CHANNEL, &channel, CHANNEL_NAME, value_text(name));
    record_set(RECORD_CHANNEL, &channel, CHANNEL_LETTER, value_text(letter));
    record_set(RECORD_CHANNEL, &channel, CHANNEL_SIGN, value_text("◇"));
    channel.colour = free_colour(channels);
    channel.position = (int64_t)channels->count + 1;
    enum status status = edit_add(work->edit, RECORD_CHANNEL, &channel, id, error);
    record_release(RECORD_CHANNEL, &channel);
    return status;
}

/* --- changing --------------------------------------------------------------------------------- */

static enum status set_one(struct work *work, int64_t id, const char *word, struct error *error)
{
    const char *text;
    int field;
    struct value value;
    struct buffer scratch = {0};
    enum status status = argument_field(word, RECORD_CHANNEL, &field, &text, error);
    if (status == STATUS_OK)
        status = argument_read(work->call, text, RECORD_CHANNEL, field, &value, &scratch, error);
    if (status == STATUS_OK)
        status = edit_set(work->edit, RECORD_CHANNEL, id, field, value, work->call->seen, error);
    buffer_release(&scratch);
    return status;
}

static void say(struct work *work, const char *what, const char *name)
{
    struct buffer cut = {0};
    add_cut(&cut, name, 60);
    work_say(work, "%s the channel %s", what, buffer_text(&cut));
    buffer_release(&cut);
}

static enum status change(struct work *work, const struct channels *channels, struct error *error)
{
    struct call *call = work->call;
    const char *word = call->values[CHANNEL];
    const struct channel *known = channels_by_word(channels, word);
    int64_t id = known ? known->id : 0;
    enum status status = STATUS_OK;
    if (call->values[REMOVE]) {
        say(work, "Deleted", known ? known->name : word);
        work->back = "brings it back";
        return known ? edit_remove(work->edit, RECORD_CHANNEL, id, error)
                     : error_set(error, STATUS_NOT_FOUND, "there is no channel '%.60s'", word);
    }
    say(work, known ? "Changed" : "Added", known ? known->name : word);
    if (!known)
        status = add_channel(work, channels, &id, error);
    for (size_t i = 0; status == STATUS_OK && i < call->word_count; i++)
        status = set_one(work, id, call->words[i], error);
    return status;
}

static enum status change_channel(struct work *work, struct error *error)
{
    struct channels channels = {0};
    enum status status = store_channels(work->call->store, &channels, error);
    if (status == STATUS_OK)
        status = change(work, &channels, error);
    channels_release(&channels);
    return status;
}

static enum status run(struct call *call, struct error *error)
{
    struct work work;
    if (!call->values[CHANNEL])
        return list_channels(call, error);
    enum status status = work_begin_board(&work, call, error);
    return status == STATUS_OK ? work_end(&work, change_channel(&work, error), error) : status;
}

const struct command command_channels = {
    .name = "channels",
    .scope = COMMAND_BOARD,
    .group = GROUP_BOARD,
    .label = "Channels",
    .summary = "Add, rename, recolour, order or list the board's channels",
    .details =
        "A CHANNEL that is not there yet is added. Fields: name, letter (A to Z, one for each), "
        "sign (one character), colour (16 to 255 of the 256 colours; black text stands on it), "
        "position (the digit that answers in the Colour step). Without CHANNEL they are listed: "
        "position, letter, sign, colour, name. One that moments are by cannot be removed.\n"
        "\n"
        "Examples:\n"
        "  touchline channels cab.touchline Chat letter=C sign=@ colour=229\n"
        "  touchline channels cab.touchline post name=Letter",
    .arguments = ARGUMENTS(
        POSITION(CHANNEL, "CHANNEL", ARGUMENT_TEXT, "a letter, a name or its start; or a new name"),
        POSITION(FIELDS, "FIELD=VALUE", ARGUMENT_FIELDS, "a field and what it shall be",
                 .repeated = true),
        FLAG(REMOVE, "remove", 0, "take the channel away")),
    .run = run,
};
