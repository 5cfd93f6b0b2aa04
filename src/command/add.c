/* add: moments, one a word or one a line, with their tags, ideas and phases. */
#include "adding.h"
#include "argument_rows.h"
#include "lines.h"
#include "touchline/memory.h"
#include "touchline/text.h"
#include <string.h>

enum { TITLE, CHANNEL, PHASE, AFTER, BEFORE, SECONDS, NOTE, TAGS, PARK };

/* --- places ----------------------------------------------------------------------------------- */

/* The phase by its title without case; 0: none. */
static int64_t phase_called(const struct phases *phases, const char *title)
{
    for (size_t i = 0; i < phases->count; i++)
        if (text_compare(phases->at[i].title, title) == 0)
            return phases->at[i].id;
    return 0;
}

/* --phase: at the end of the one called so; one that is not there begins at the board's end. */
static enum status go_to_phase(struct adding *adding, const char *title, struct error *error)
{
    struct call *call = adding->work.call;
    int64_t id;
    if (strncmp(title, "id:", 3) == 0) {
        enum status status = argument_item(call, PHASE, &id, error);
        return status == STATUS_OK ? store_phase_end(call->store, id, &adding->after, error)
                                   : status;
    }
    if ((id = phase_called(&adding->phases, title)))
        return store_phase_end(call->store, id, &adding->after, error);
    return adding_phase(adding, title, error);
}

/* What is written after is what the first idea is for, unless it is a phase. */
static enum status learn_moment(struct adding *adding, struct error *error)
{
    struct moment item = {0};
    enum status status = STATUS_OK;
    if (adding->after != PLACE_START)
        status = store_record(adding->work.call->store, RECORD_ITEM, adding->after, &item, error);
    if (item.kind == ITEM_MOMENT)
        adding->moment = adding->after;
    record_release(RECORD_ITEM, &item);
    return status;
}

static enum status find_place(struct adding *adding, struct error *error)
{
    struct call *call = adding->work.call;
    int64_t before, next;
    int given = !!call->values[AFTER] + !!call->values[BEFORE] + !!call->values[PHASE];
    adding->after = PLACE_END;
    if (given > 1)
        return error_set(error, STATUS_USAGE, "add: say only one of --after, --before and --phase");
    if (call->values[AFTER]) {
        adding->after = call->moment;
        return learn_moment(adding, error);
    }
    if (call->values[PHASE])
        return go_to_phase(adding, call->values[PHASE], error);
    if (!call->values[BEFORE])
        return STATUS_OK;
    enum status status = argument_item(call, BEFORE, &before, error);
    return status == STATUS_OK ? store_neighbours(call->store, before, &adding->after, &next, error)
                               : status;
}

/* --- titles ----------------------------------------------------------------------------------- */

static enum status add_lines(struct adding *adding, const struct lines *lines, struct error *error)
{
    enum status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < lines->count; i++) {
        status = adding->tags ? adding_tagged(adding, lines->at[i], error)
                              : adding_bare(adding, lines->at[i], error);
        if (status != STATUS_OK)
            error_prefix(error, "line %zu: ", i + 1);
    }
    return status;
}

static enum status add_words(struct adding *adding, struct error *error)
{
    struct call *call = adding->work.call;
    enum status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < call->word_count; i++) {
        const char *word = call->words[i];
        if (text_first_invalid(word, strlen(word)) < strlen(word))
            return error_set(error, STATUS_USAGE, "title %zu is not UTF-8", i + 1);
        status = adding->tags ? adding_tagged(adding, word, error)
                              : adding_moment(adding, word, adding->after, adding->park, error);
    }
    return status;
}

/* --- the whole -------------------------------------------------------------------------------- */

static enum status read_pattern(struct adding *adding, struct error *error)
{
    static const struct {
        int argument, field;
    } options[] = {
        {CHANNEL, ITEM_CHANNEL},
        {SECONDS, ITEM_SECONDS},
        {NOTE, ITEM_NOTE},
    };
    struct call *call = adding->work.call;
    enum status status = STATUS_OK;
    record_init(RECORD_ITEM, &adding->pattern);
    for (size_t i = 0; status == STATUS_OK && i < sizeof options / sizeof *options; i++) {
        struct value value;
        struct buffer scratch = {0};
        status = argument_value(call, options[i].argument, RECORD_ITEM, options[i].field, &value,
                                &scratch, error);
        if (status == STATUS_OK)
            record_set(RECORD_ITEM, &adding->pattern, options[i].field, value);
        buffer_release(&scratch);
    }
    return status;
}

static void say_extras(struct adding *adding)
{
    struct buffer *said = &adding->work.said;
    if (adding->like.length > 0)
        buffer_add_format(said, ", like %s", buffer_text(&adding->like));
    if (adding->unknown.length > 0)
        buffer_add_format(said, "; %s is no tag and stays in the title",
                          buffer_text(&adding->unknown));
}

static enum status say_one(struct adding *adding, struct error *error)
{
    struct moment added = {0};
    struct buffer title = {0};
    enum status status = store_moment(adding->work.call->store, adding->moment, &added, error);
    item_title(&added, &title);
    work_say(&adding->work, "Added %s%s", buffer_text(&title),
             adding->new_phases ? ", in a new phase" : "");
    buffer_release(&title);
    record_release(RECORD_ITEM, &added);
    return status;
}

static enum status say_idea(struct adding *adding, struct error *error)
{
    struct moment item = {0};
    struct buffer title = {0};
    enum status status = store_moment(adding->work.call->store, adding->moment, &item, error);
    item_title(&item, &title);
    work_say(&adding->work, "An idea for %s", buffer_text(&title));
    buffer_release(&title);
    record_release(RECORD_ITEM, &item);
    return status;
}

static void say_many(struct adding *adding)
{
    struct buffer counts = {0};
    const struct {
        int64_t count;
        const char *one;
    } parts[] = {
        {adding->moments, "moment"},
        {adding->ideas, "idea"},
        {adding->new_phases, "phase"},
    };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (parts[i].count == 0)
            continue;
        buffer_add_text(&counts, counts.length ? ", " : "");
        add_count(&counts, parts[i].count, parts[i].one);
    }
    work_say(&adding->work, "Added %s%s%s", buffer_text(&counts), adding->moments ? " from " : "",
             buffer_text(&adding->first));
    buffer_release(&counts);
}

static enum status say(struct adding *adding, struct error *error)
{
    enum status status = STATUS_OK;
    if (adding->moments == 1 && adding->ideas == 0 && adding->new_phases <= 1)
        status = say_one(adding, error);
    else if (adding->moments == 0 && adding->ideas == 1 && adding->new_phases == 0)
        status = say_idea(adding, error);
    else
        say_many(adding);
    say_extras(adding);
    return status;
}

static enum status add_all(struct adding *adding, const struct lines *lines, struct error *error)
{
    struct call *call = adding->work.call;
    enum status status = store_channels(call->store, &adding->channels, error);
    if (status == STATUS_OK)
        status = store_phases(call->store, &adding->phases, error);
    if (status == STATUS_OK)
        status = read_pattern(adding, error);
    if (status == STATUS_OK)
        status = find_place(adding, error);
    if (status == STATUS_OK)
        status = lines ? add_lines(adding, lines, error) : add_words(adding, error);
    return status == STATUS_OK ? say(adding, error) : status;
}

static enum status add(struct call *call, const struct lines *lines, struct error *error)
{
    struct adding adding = {0};
    adding.tags = call->values[TAGS];
    adding.park = call->values[PARK];
    adding.alone = !lines && call->word_count == 1;
    adding.line.channel = adding.line.seconds = FIELD_ABSENT;
    enum status status = work_begin_board(&adding.work, call, error);
    if (status == STATUS_OK)
        status = work_end(&adding.work, add_all(&adding, lines, error), error);
    adding_release(&adding);
    return status;
}

/* A list is read to its end before the board is locked: whoever writes it may take his time. */
static enum status run(struct call *call, struct error *error)
{
    struct lines lines = {0};
    if (call->session || call->word_count != 1 || strcmp(call->words[0], "-") != 0)
        return add(call, NULL, error);
    if (!call->in)
        return error_set(error, STATUS_USAGE, "add: '-' reads a list from a pipe or a file");
    enum status status = lines_read(call->in, &lines, error);
    if (status == STATUS_OK)
        status = add(call, &lines, error);
    lines_release(&lines);
    return status;
}

static bool adds_between(const struct call *call)
{
    return call->values[AFTER] || call->values[BEFORE] || call->values[PHASE];
}

const struct command command_add = {
    .name = "add",
    .scope = COMMAND_BOARD,
    .group = GROUP_WRITE,
    .label = "Add",
    .summary = "Add moments: one a word, or one a line of a list",
    .details =
        "Each TITLE is a moment (quotes keep its blanks); '-' reads one a line from stdin, where "
        "leading bullets and numbers and blank lines are dropped. All of them are one edit. They "
        "go "
        "to the end of the board unless --after, --before or --phase says where; a phase that is "
        "not there yet begins at the end.\n"
        "\n"
        "With --tags, words with @ at the end of a title are read as on the screen: @p or @phone "
        "for a channel, @15s or @2m for how long it lasts, @7 for after 7, @park, or the start of "
        "a "
        "phase. A title '+ TEXT' is then an idea for the moment before it, '# NAME' begins a "
        "phase; "
        "'@@', '++' and '##' escape.\n"
        "\n"
        "Examples:\n"
        "  touchline add cab.touchline 'Books the cab by phone' -c phone -s 20\n"
        "  touchline add cab.touchline --tags - <list.txt",
    .arguments =
        ARGUMENTS(POSITION(TITLE, "TITLE", ARGUMENT_TEXT,
                           "what the customer meets; '-' reads a list from stdin", .required = true,
                           .repeated = true, .ask = "What does the customer meet next?"),
                  OPTION(CHANNEL, "channel", 'c', ARGUMENT_CHANNEL,
                         "how it reaches the customer: phone, email ..."),
                  OPTION(PHASE, "phase", 'p', ARGUMENT_TEXT, "at the end of this phase"),
                  OPTION(AFTER, "after", 'a', ARGUMENT_MOMENT, "right after this moment"),
                  OPTION(BEFORE, "before", 'b', ARGUMENT_MOMENT, "right before this moment"),
                  OPTION(SECONDS, "seconds", 's', ARGUMENT_NUMBER, "how long it lasts: 20, 2m, 1h"),
                  OPTION(NOTE, "note", 'n', ARGUMENT_TEXT, "a note"),
                  FLAG(TAGS, "tags", 't', "read tags, ideas and phases in the titles"),
                  FLAG(PARK, "park", 0, "onto the parking lot")),
    .writes = true,
    .renumbers = adds_between,
    .run = run,
};
