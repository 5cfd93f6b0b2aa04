/* Running a command: what every one of them needs before its own handler. */
#include "handler.h"
#include <string.h>

/* The moment an ARGUMENT_MOMENT stands for when it was left out; 0: none. */
static int64_t implied_moment(const struct call *call)
{
    if (call->moment)
        return call->moment;
    return call->session ? call->session->selected : 0;
}

int command_missing(const struct command *command, const struct call *call)
{
    bool first_moment = true;
    for (int i = 0; i < ARGUMENTS_MAX && command->arguments[i].name; i++) {
        const struct argument *argument = &command->arguments[i];
        bool implied = argument->type == ARGUMENT_MOMENT && first_moment && implied_moment(call);
        if (argument->type == ARGUMENT_MOMENT)
            first_moment = false;
        if (argument->required && !call->values[i] && !implied)
            return i;
    }
    return -1;
}

static enum status refuse_missing(const struct command *command, const struct call *call, int index,
                                  struct error *error)
{
    const struct argument *argument = &command->arguments[index];
    struct buffer synopsis = {0};
    if (call->session && argument->type == ARGUMENT_MOMENT && index == 0)
        return error_set(error, STATUS_NOT_FOUND, "there is no moment here yet; a writes one");
    command_synopsis(command, call->board != NULL, &synopsis);
    (void)error_set(error, STATUS_USAGE, "%s: %s%s is missing; it goes: %s", command->name,
                    argument->option ? "--" : "", argument->name, buffer_text(&synopsis));
    buffer_release(&synopsis);
    return STATUS_USAGE;
}

static enum status resolve_moment(const struct command *command, struct call *call,
                                  struct error *error)
{
    for (int i = 0; i < ARGUMENTS_MAX && command->arguments[i].name; i++) {
        if (command->arguments[i].type != ARGUMENT_MOMENT)
            continue;
        if (call->values[i])
            return argument_item(call, i, &call->moment, error);
        call->moment = command->arguments[i].required ? implied_moment(call) : 0;
        return STATUS_OK;
    }
    return STATUS_OK;
}

static enum status check_writable(const struct command *command, struct call *call,
                                  struct error *error)
{
    const char *why = command->writes && call->store ? store_look_only(call->store) : NULL;
    return why ? error_set(error, STATUS_READ_ONLY, "this board can only be looked at: %s", why)
               : STATUS_OK;
}

enum status command_run(const struct command *command, struct call *call, struct error *error)
{
    if (!command->run)
        return error_set(error, STATUS_USAGE, "%s is about the screen: %s", command->name,
                         "open the board to use it");
    call->command = command;
    int missing = command_missing(command, call);
    if (missing >= 0)
        return refuse_missing(command, call, missing, error);
    enum status status = check_writable(command, call, error);
    if (status == STATUS_OK && command->scope == COMMAND_BOARD)
        status = resolve_moment(command, call, error);
    return status == STATUS_OK ? command->run(call, error) : status;
}
