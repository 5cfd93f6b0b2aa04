/* owner: who takes charge of a moment (R28). */
#include "argument_rows.h"
#include "handler.h"

enum { MOMENT, NAME };

static enum status set_owner(struct work *work, struct error *error)
{
    struct value owner;
    struct buffer scratch = {0};
    enum status status =
        argument_value(work->call, NAME, RECORD_ITEM, ITEM_OWNER, &owner, &scratch, error);
    struct buffer name = {0};
    add_cut(&name, owner.text, 60);
    if (status == STATUS_OK && owner.type == VALUE_TEXT)
        work_tell(work, "has the owner %s now", buffer_text(&name));
    else
        work_tell(work, "has no owner now");
    buffer_release(&name);
    if (status == STATUS_OK)
        status = work_set(work, ITEM_OWNER, owner, error);
    buffer_release(&scratch);
    return status;
}

static enum status run(struct call *call, struct error *error)
{
    struct work work;
    enum status status = work_begin(&work, call, error);
    return status == STATUS_OK ? work_end(&work, set_owner(&work, error), error) : status;
}

const struct command command_owner = {
    .name = "owner",
    .scope = COMMAND_BOARD,
    .group = GROUP_WRITE,
    .keys = "o",
    .label = "Owner",
    .summary = "Say who takes charge of a moment",
    .details = "An empty NAME ('') takes the owner away.",
    .arguments =
        ARGUMENTS(MOMENT_ROW(MOMENT), POSITION(NAME, "NAME", ARGUMENT_TEXT, "a role or a person",
                                               .required = true, .ask = "Who takes charge of it?")),
    .writes = true,
    .run = run,
};
