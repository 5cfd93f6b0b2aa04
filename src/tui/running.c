/* From a key or a typed line to a command: the selected moment and questions fill in what a shell
 * would have to be told. */
#include "touchline/memory.h"
#include "tui.h"
#include <assert.h>
#include <string.h>

/* --- running -------------------------------------------------------------------------------------
 */

static void begin_call(struct tui *tui, struct call *call)
{
    memset(call, 0, sizeof *call);
    call->store = tui->store;
    call->session = &tui->session;
    call->today = date_of_time(clock_now(&tui->options->store.clock));
    call->store_options = tui->options->store;
    call->ascii = term_ascii(tui->term);
    call->seen = tui->seen;
}

/* What the call did shows: its words, the moment it selected, the board read anew. */
static enum status finish_call(struct tui *tui, const struct command *command, struct call *call,
                               int64_t *id, struct error *error)
{
    enum status status = command_run(command, call, error);
    if (status != STATUS_OK)
        tui_error(tui, error);
    else if (call->outcome.message.length > 0)
        tui_say(tui, "%s", buffer_text(&call->outcome.message));
    if (call->outcome.changed || status == STATUS_CONFLICT)
        tui->stale = true;
    if (id)
        *id = call->outcome.select;
    else if (status == STATUS_OK && call->outcome.select)
        tui_select(tui, call->outcome.select, true);
    call_release(call);
    return status;
}

enum status tui_call(struct tui *tui, const struct command *command, const char *const *values,
                     int64_t *id)
{
    struct call call;
    struct error error;
    begin_call(tui, &call);
    for (size_t i = 0; i < ARGUMENTS_MAX; i++)
        call.values[i] = values ? values[i] : NULL;
    for (int i = 0; i < ARGUMENTS_MAX && command->arguments[i].name; i++)
        if (command->arguments[i].repeated && call.values[i]) {
            call.words = memory_new(1, sizeof *call.words);
            call.words[0] = call.values[i];
            call.word_count = 1;
        }
    return finish_call(tui, command, &call, id, &error);
}

/* Puts named values where the command has its arguments; a name it has not is a bug. */
static void place_values(const struct command *command, const struct named *named,
                         const char **values)
{
    for (; named->name; named++) {
        int i = 0;
        while (i < ARGUMENTS_MAX && command->arguments[i].name &&
               strcmp(command->arguments[i].name, named->name) != 0)
            i++;
        assert(i < ARGUMENTS_MAX && command->arguments[i].name);
        values[i] = named->value;
    }
}

enum status tui_call_named(struct tui *tui, const char *name, const struct named *named,
                           int64_t *id)
{
    const char *values[ARGUMENTS_MAX] = {NULL};
    const struct command *command = command_find(name, NULL);
    assert(command);
    place_values(command, named, values);
    return tui_call(tui, command, values, id);
}

void tui_run_with(struct tui *tui, const char *name, const struct named *named)
{
    const char *values[ARGUMENTS_MAX] = {NULL};
    const struct command *command = command_find(name, NULL);
    assert(command);
    place_values(command, named, values);
    tui_run_command(tui, command, values);
}

enum status tui_run_line(struct tui *tui, const char *line)
{
    struct call call;
    struct error error;
    struct command_words words = {0};
    const struct command *command = NULL;
    begin_call(tui, &call);
    enum status status = command_read_line(line, &words, &command, &call, &error);
    if (status != STATUS_OK)
        tui_error(tui, &error);
    else if (command->scope == COMMAND_SCREEN)
        tui_run_command(tui, command, NULL);
    else if (command->scope == COMMAND_FILES)
        tui_warn(tui, "'%s' is for the shell: touchline %s --help", command->name, command->name);
    else
        status = finish_call(tui, command, &call, NULL, &error);
    call_release(&call);
    command_words_release(&words);
    return status;
}

/* --- asking for what is missing
 * ---------------------------------------------------------------------- */

/* A command on its way: the values that it has so far, and which it is being asked for. */
struct asking {
    const struct command *command;
    char *values[ARGUMENTS_MAX];
    int argument;
    int64_t moment; /* the one that was selected when it began */
};

static void asking_free(void *data)
{
    struct asking *asking = data;
    if (!asking)
        return;
    for (size_t i = 0; i < ARGUMENTS_MAX; i++)
        memory_free(asking->values[i]);
    memory_free(asking);
}

static struct asking *asking_copy(const struct asking *asking)
{
    struct asking *copy = memory_new(1, sizeof *copy);
    *copy = *asking;
    for (size_t i = 0; i < ARGUMENTS_MAX; i++)
        copy->values[i] = memory_copy(asking->values[i]);
    return copy;
}

static enum status go_on(struct tui *tui, struct asking *asking);

/* Each answer goes on with a copy: when the command refuses, the question stays as it was. */
static enum status accept_line(struct tui *tui, const char *text, void *data)
{
    struct asking *asking = asking_copy(data);
    memory_replace(&asking->values[asking->argument], text);
    asking->argument++;
    return go_on(tui, asking);
}

static void accept_key(struct tui *tui, const char *value, void *data)
{
    (void)accept_line(tui, value, data);
}

static void add_words(struct choices *choices, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const char letter[2] = {words[i][0], '\0'};
        choices_add(choices, letter, words[i], words[i]);
    }
}

static bool add_choices(struct tui *tui, enum argument_type type, struct choices *choices)
{
    static const char *const ratings[] = {"miserable", "neutral", "magical"};
    static const char *const prices[] = {"free", "low", "medium", "high"};
    static const char *const statuses[] = {"to do", "rtrying", "kept", "modified", "dropped"};
    switch (type) {
    case ARGUMENT_CHANNEL:
        for (size_t i = 0; i < tui->channels.count; i++)
            choices_add(choices, tui->channels.at[i].letter, tui->channels.at[i].name,
                        tui->channels.at[i].letter);
        choices_add(choices, "0", "None", "");
        return true;
    case ARGUMENT_RATING:
        choices_add(choices, "1", "Miserable", ratings[0]);
        choices_add(choices, "2", "Neutral", ratings[1]);
        choices_add(choices, "3", "Magical", ratings[2]);
        choices_add(choices, "0", "None", "unrated");
        return true;
    case ARGUMENT_PRICE:
        add_words(choices, prices, sizeof prices / sizeof *prices);
        choices_add(choices, "0", "none", "");
        return true;
    case ARGUMENT_STATUS:
        for (size_t i = 0; i < sizeof statuses / sizeof *statuses; i++) {
            const char letter[2] = {statuses[i][0], '\0'};
            const char *word = strcmp(statuses[i], "rtrying") == 0 ? "trying" : statuses[i];
            choices_add(choices, letter, word, word);
        }
        return true;
    default:
        return false;
    }
}

/* What the line begins with: an owner's name, a phase's name, as they are now. */
static const char *initial_text(struct tui *tui, const struct asking *asking)
{
    const char *name = asking->command->name;
    const struct moment *moment = &tui->details.moment;
    if (strcmp(name, "owner") == 0)
        return moment->owner;
    if (strcmp(name, "why") == 0)
        return tui->board.why;
    if (strcmp(name, "phase") == 0)
        for (size_t i = 0; i < tui->window.phase_count; i++)
            if (tui->window.phases[i].begins && tui->window.phases[i].at == tui->window.selected)
                return tui->window.phases[i].title;
    return NULL;
}

/* The table asks about the customer; this board has its own word for them (R24). */
static void add_label(struct tui *tui, const char *ask, struct buffer *label)
{
    const char *customer = strstr(ask, "customer");
    if (!customer) {
        buffer_add_text(label, ask);
        return;
    }
    buffer_add(label, ask, (size_t)(customer - ask));
    buffer_add_text(label, board_noun(&tui->board));
    buffer_add_text(label, customer + strlen("customer"));
}

static void ask_argument(struct tui *tui, struct asking *asking)
{
    struct choices choices = {0};
    struct buffer label = {0};
    const struct argument *argument = &asking->command->arguments[asking->argument];
    add_label(tui, argument->ask, &label);
    if (add_choices(tui, argument->type, &choices)) {
        pick_open(tui, buffer_text(&label), choices, accept_key, asking_free, asking);
    } else {
        struct question question = {.label = buffer_text(&label),
                                    .initial = initial_text(tui, asking),
                                    .accept = accept_line,
                                    .done = asking_free,
                                    .data = asking};
        ask_open(tui, &question);
    }
    buffer_release(&label);
}

/* Asks for the next argument that the screen asks for, or runs the command. Owns `asking`. */
static enum status go_on(struct tui *tui, struct asking *asking)
{
    const struct command *command = asking->command;
    const char *values[ARGUMENTS_MAX];
    for (int i = asking->argument; i < ARGUMENTS_MAX && command->arguments[i].name; i++)
        if (!asking->values[i] && command->arguments[i].ask) {
            asking->argument = i;
            ask_argument(tui, asking);
            return STATUS_OK;
        }
    for (size_t i = 0; i < ARGUMENTS_MAX; i++)
        values[i] = asking->values[i];
    enum status status = tui_call(tui, command, values, NULL);
    asking_free(asking);
    return status;
}

/* The moment is fixed when the question begins: another's change must not slip a neighbour under
 * it. */
static void fix_moment(struct tui *tui, struct asking *asking)
{
    const struct command *command = asking->command;
    const struct moment *selected = tui_selected(tui);
    for (int i = 0; i < ARGUMENTS_MAX && command->arguments[i].name; i++) {
        if (command->arguments[i].type != ARGUMENT_MOMENT || command->arguments[i].option)
            continue;
        if (!asking->values[i] && selected) {
            struct buffer name = {0};
            buffer_add_format(&name, "id:%lld", (long long)selected->id);
            asking->values[i] = buffer_take(&name);
        }
        return;
    }
}

static bool needs_moment(const struct command *command)
{
    const struct argument *first = &command->arguments[0];
    return first->name && first->type == ARGUMENT_MOMENT && !first->option;
}

void tui_run_command(struct tui *tui, const struct command *command, const char *const *values)
{
    if (command->scope == COMMAND_SCREEN) {
        screen_function *function = screen_function_named(command->name);
        if (function)
            function(tui);
        return;
    }
    if (!tui->store)
        return;
    if (command->writes && store_look_only(tui->store)) {
        tui_warn(tui, "This board can only be looked at: %s.", store_look_only(tui->store));
        return;
    }
    if (needs_moment(command) && !tui_selected(tui)) {
        tui_warn(tui, "There is no moment yet: a adds one.");
        return;
    }
    struct asking *asking = memory_new(1, sizeof *asking);
    asking->command = command;
    for (size_t i = 0; i < ARGUMENTS_MAX; i++)
        asking->values[i] = memory_copy(values ? values[i] : NULL);
    fix_moment(tui, asking);
    (void)go_on(tui, asking);
}

void tui_run_named(struct tui *tui, const char *name, const char *const *values)
{
    const struct command *command = command_find(name, NULL);
    if (command)
        tui_run_command(tui, command, values);
}
