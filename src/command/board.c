/* board: its title, why, noun, customers a year and what else is said of the whole. */
#include "argument_rows.h"
#include "handler.h"
#include "touchline/method.h"

enum { FIELDS };

static enum status list_fields(struct call *call, struct error *error)
{
    struct board board = {0};
    enum status status = store_board(call->store, &board, error);
    for (int i = 0; status == STATUS_OK && i < BOARD_FIELDS; i++) {
        const struct field *field = &record_type(RECORD_BOARD)->fields[i];
        if (!field->settable)
            continue;
        struct buffer words = {0};
        field_format(field, NULL, record_get(RECORD_BOARD, &board, i), &words);
        out_text(call, field->name, buffer_text(&words), 2);
        buffer_release(&words);
    }
    record_release(RECORD_BOARD, &board);
    return status == STATUS_OK ? out_check(call, error) : status;
}

static enum status set_one(struct work *work, const char *word, struct buffer *names,
                           struct error *error)
{
    const char *text;
    int field;
    struct value value;
    struct buffer scratch = {0};
    enum status status = argument_field(word, RECORD_BOARD, &field, &text, error);
    if (status == STATUS_OK)
        status = argument_read(work->call, text, RECORD_BOARD, field, &value, &scratch, error);
    if (status == STATUS_OK)
        status = edit_set(work->edit, RECORD_BOARD, 1, field, value, work->call->seen, error);
    if (status == STATUS_OK)
        buffer_add_format(names, "%s%s", names->length ? ", " : "",
                          record_type(RECORD_BOARD)->fields[field].name);
    buffer_release(&scratch);
    return status;
}

static enum status set_fields(struct work *work, struct error *error)
{
    struct buffer names = {0};
    enum status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < work->call->word_count; i++)
        status = set_one(work, work->call->words[i], &names, error);
    work_say(work, "Changed %s of the board", buffer_text(&names));
    buffer_release(&names);
    return status;
}

static enum status run(struct call *call, struct error *error)
{
    struct work work;
    if (call->word_count == 0)
        return list_fields(call, error);
    enum status status = work_begin_board(&work, call, error);
    return status == STATUS_OK ? work_end(&work, set_fields(&work, error), error) : status;
}

const struct command command_board = {
    .name = "board",
    .scope = COMMAND_BOARD,
    .group = GROUP_BOARD,
    .label = "Board",
    .summary = "Set what is said of the whole board, or list it",
    .details = "Fields: title, why (why are we doing this), noun (customer, client, guest, patient "
               "...), customers (a year), note, next_objective, dots_each (what one person may "
               "spend), next_review (a day). Without FIELD=VALUE they are listed.\n"
               "\n"
               "Example:\n"
               "  touchline board cab.touchline noun=passenger customers=2400",
    .arguments = ARGUMENTS(POSITION(FIELDS, "FIELD=VALUE", ARGUMENT_FIELDS,
                                    "a field and what it shall be", .repeated = true)),
    .run = run,
};
