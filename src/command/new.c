/* new and samples: boards from nothing, and boards that are done. */
#include "argument_rows.h"
#include "handler.h"
#include "touchline/csv_board.h"
#include "touchline/memory.h"
#include "touchline/samples.h"
#include <string.h>

enum { BOARD, SAMPLE, TITLE, WHY };

/* --- samples ---------------------------------------------------------------------------------- */

static const struct sample *find_sample(const char *name)
{
    for (size_t i = 0; i < sample_count; i++)
        if (strcmp(samples[i].name, name) == 0)
            return &samples[i];
    return NULL;
}

static enum status refuse_sample(const char *name, struct error *error)
{
    struct buffer names = {0};
    for (size_t i = 0; i < sample_count; i++)
        buffer_add_format(&names, "%s%s", i ? ", " : "", samples[i].name);
    (void)error_set(error, STATUS_USAGE, "there is no sample '%.40s'; there are %s", name,
                    buffer_text(&names));
    buffer_release(&names);
    return STATUS_USAGE;
}

/* The value of a line KEY=VALUE of the sample's board, for memory_free(); NULL: none. */
static char *sample_value(const struct sample *sample, const char *key)
{
    size_t length = strlen(key);
    for (const char *line = sample->board; *line;
         line += strcspn(line, "\n"), line += *line == '\n')
        if (strncmp(line, key, length) == 0 && line[length] == '=')
            return memory_copy_bytes(line + length + 1, strcspn(line + length + 1, "\n"));
    return NULL;
}

static enum status run_samples(struct call *call, struct error *error)
{
    for (size_t i = 0; i < sample_count; i++) {
        char *title = sample_value(&samples[i], "title");
        out_line(call, "%-12s  %s", samples[i].name, title ? title : "");
        memory_free(title);
    }
    return out_check(call, error);
}

const struct command command_samples = {
    .name = "samples",
    .scope = COMMAND_FILES,
    .group = GROUP_BOARD,
    .label = "Samples",
    .summary = "List the sample boards that 'new --sample' can make",
    .run = run_samples,
};

/* --- new -------------------------------------------------------------------------------------- */

static enum status set_field(struct edit *edit, int index, const char *text, struct error *error)
{
    const struct field *field = &record_type(RECORD_BOARD)->fields[index];
    struct value value;
    struct buffer scratch = {0};
    enum status status = field_parse(field, NULL, text, &value, &scratch, error);
    if (status == STATUS_OK)
        status = edit_set(edit, RECORD_BOARD, 1, index, value, NULL, error);
    buffer_release(&scratch);
    return status;
}

static enum status fill_board(struct edit *edit, const struct sample *sample, struct error *error)
{
    enum status status = STATUS_OK;
    for (int i = 0; status == STATUS_OK && i < BOARD_FIELDS; i++) {
        char *text = sample_value(sample, record_type(RECORD_BOARD)->fields[i].name);
        if (text)
            status = set_field(edit, i, text, error);
        memory_free(text);
    }
    return status;
}

static enum status fill_rows(struct store *store, struct edit *edit, const struct sample *sample,
                             struct error *error)
{
    struct channels channels = {0};
    struct csv_board_report report = {0};
    struct row_sink sink = edit_row_sink(edit);
    enum status status = store_channels(store, &channels, error);
    FILE *file = fmemopen((void *)sample->bytes, sample->length, "r");
    if (status == STATUS_OK && !file)
        status = error_set(error, STATUS_FAILED, "the sample cannot be read");
    const struct csv_board how = {.channels = &channels};
    if (status == STATUS_OK)
        status = csv_board_read(&how, file, &sink, &report, error);
    if (file)
        (void)fclose(file);
    csv_board_report_release(&report);
    channels_release(&channels);
    return status;
}

static enum status fill_edit(struct call *call, struct store *store, struct edit *edit,
                             const struct sample *sample, struct error *error)
{
    enum status status = STATUS_OK;
    if (sample)
        status = fill_board(edit, sample, error);
    if (status == STATUS_OK && sample)
        status = fill_rows(store, edit, sample, error);
    if (status == STATUS_OK && call->values[TITLE])
        status = set_field(edit, BOARD_TITLE, call->values[TITLE], error);
    if (status == STATUS_OK && call->values[WHY])
        status = set_field(edit, BOARD_WHY, call->values[WHY], error);
    return status == STATUS_USAGE || status == STATUS_BAD_DATA ? error->status = STATUS_USAGE
                                                               : status;
}

static enum status fill(struct call *call, struct store *store, const struct sample *sample,
                        struct error *error)
{
    struct edit *edit;
    struct buffer words = {0};
    enum status status = edit_begin(store, &edit, error);
    if (status != STATUS_OK)
        return status;
    status = fill_edit(call, store, edit, sample, error);
    if (sample)
        buffer_add_format(&words, "Made as a copy of the sample %s", sample->name);
    else
        buffer_add_text(&words, "Made the board");
    status = status == STATUS_OK ? edit_commit(edit, error, buffer_text(&words))
                                 : edit_cancel(edit, status);
    buffer_release(&words);
    return status;
}

/* What the disk had to say was about an edit, which may have been in the file. */
static enum status take_away(const char *path, enum status status, struct error *error)
{
    store_unmake(path);
    if (status != STATUS_FAILED)
        return status;
    return error_set(error, status,
                     "%s: cannot be made: the disk failed while it was written; try again, or "
                     "choose another place",
                     path);
}

static enum status run_new(struct call *call, struct error *error)
{
    const char *path = call->values[BOARD], *name = call->values[SAMPLE];
    const struct sample *sample = name ? find_sample(name) : NULL;
    struct store *store = NULL;
    if (name && !sample)
        return refuse_sample(name, error);
    enum status status = store_create(path, &call->store_options, &store, error);
    if (status != STATUS_OK)
        return status;
    status = fill(call, store, sample, error);
    store_close(store);
    if (status != STATUS_OK)
        return take_away(path, status, error);
    buffer_add_format(&call->outcome.message, "Made %s. Open it: touchline %s", path, path);
    return STATUS_OK;
}

const struct command command_new = {
    .name = "new",
    .scope = COMMAND_FILES,
    .group = GROUP_BOARD,
    .label = "New",
    .summary = "Make a board, empty or as a copy of a sample",
    .details = "A file that is there is never overwritten. 'samples' lists the samples.\n"
               "\n"
               "Examples:\n"
               "  touchline new cab.touchline --title \"Wally's taxi\"\n"
               "  touchline new try.touchline --sample wally-taxi",
    .arguments =
        ARGUMENTS([BOARD] = {.name = "BOARD",
                             .type = ARGUMENT_FILE,
                             .required = true,
                             .help = "the new file"},
                  OPTION(SAMPLE, "sample", 's', ARGUMENT_TEXT, "a sample's name"),
                  OPTION(TITLE, "title", 't', ARGUMENT_TEXT, "what the board is called"),
                  OPTION(WHY, "why", 'w', ARGUMENT_TEXT, "why it is done, in one sentence")),
    .run = run_new,
};
