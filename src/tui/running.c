/* From a key or a typed line to a command: the selected moment and questions fill in what a shell
 * would have to be told. */
#include "touchline/memory.h"
#include "tui.h"
#include <assert.h>
#include <stdio.h>
#include <string.h>

/* --- running ---------------------------------------------------------------------------------- */

static void begin_call(struct tui *tui, struct call *call)
{
    memset(call, 0, sizeof *call);
    call->store = tui->store;
    call->session = &tui->session;
    call->today = tui_today(tui);
    call->store_options = tui->store_options;
    call->ascii = term_ascii(tui->term);
    call->seen = tui->seen;
}

/* What the call did shows: its words, the moment it selected, the board read anew. */
static enum status finish_call(struct tui *tui, const struct command *command, struct call *call,
                               int64_t *id, struct error *error)
{
    enum status status = poll_check_numbers(tui, command, call, error);
    if (status == STATUS_OK)
        status = command_run(command, call, error);
    if (status == STATUS_OK && call->outcome.message.length > 0)
        tui_say(tui, "%s", tui->mask.on ? "Done." : buffer_text(&call->outcome.message));
    if (call->outcome.changed || (status != STATUS_OK && command->writes))
        (void)tui_saved(tui, status, error);
    else if (status != STATUS_OK)
        tui_error(tui, error);
    if (call->outcome.changed || status == STATUS_CONFLICT)
        tui->stale = true;
    if (id)
        *id = call->outcome.select;
    else if (status == STATUS_OK)
        tui_follow(tui, call->outcome.select);
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

struct id_words id_words(int64_t id)
{
    struct id_words words = {"0"};
    if (id != PLACE_START)
        snprintf(words.text, sizeof words.text, "id:%lld", (long long)id);
    return words;
}

enum status tui_call_on(struct tui *tui, const char *name, int64_t moment, int64_t *id)
{
    struct id_words of = id_words(moment);
    const struct named values[] = {{"N", of.text}, {NULL, NULL}};
    return tui_call_named(tui, name, values, id);
}

void tui_remove(struct tui *tui, int64_t moment, const char *what, int64_t id)
{
    int64_t ignored;
    struct id_words of = id_words(moment), record = id_words(id);
    const struct named values[] = {{"N", of.text}, {what, record.text}, {NULL, NULL}};
    (void)tui_call_named(tui, "remove", values, &ignored);
}

static void place_words(struct call *call, const struct set_word *words, size_t count,
                        struct value *seen)
{
    call->words = memory_new(count, sizeof *call->words);
    call->word_count = count;
    for (size_t i = 0; i < count; i++) {
        call->words[i] = words[i].word;
        seen[i] = words[i].seen;
    }
    call->seen = seen;
}

enum status tui_set(struct tui *tui, const char *moment, const char *what, const char *id,
                    const struct set_word *words, size_t count)
{
    struct call call;
    struct error error;
    int64_t ignored;
    const struct command *set = command_find("set", NULL);
    const struct named values[] = {
        {"N", moment}, {"FIELD=VALUE", words[0].word}, {what, id}, {NULL, NULL}};
    struct value *seen = memory_new(count, sizeof *seen);
    assert(set && count > 0);
    begin_call(tui, &call);
    place_values(set, values, call.values);
    place_words(&call, words, count, seen);
    enum status status = finish_call(tui, set, &call, &ignored, &error);
    memory_free(seen);
    return status;
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
        status = screen_run(tui, command, call.values[0]);
    else if (command->scope == COMMAND_FILES)
        tui_warn(tui, "'%s' is for the shell: touchline %s --help", command->name, command->name);
    else
        status = finish_call(tui, command, &call, NULL, &error);
    call_release(&call);
    command_words_release(&words);
    return status;
}

/* --- asking for what is missing --------------------------------------------------------------- */

/* A command on its way: the values that it has so far, and which it is being asked for. */
struct asking {
    const struct command *command;
    char *values[ARGUMENTS_MAX];
    int argument;
    bool answered;     /* something was typed for an earlier one */
    bool has_seen;     /* what the screen showed when it began of the field that is changed */
    struct value seen; /* its text is `seen_text` */
    char *seen_text;
};

static void asking_free(void *data)
{
    struct asking *asking = data;
    if (!asking)
        return;
    for (size_t i = 0; i < ARGUMENTS_MAX; i++)
        memory_free(asking->values[i]);
    memory_free(asking->seen_text);
    memory_free(asking);
}

static void set_seen(struct asking *asking, struct value seen)
{
    asking->has_seen = true;
    memory_free(asking->seen_text);
    asking->seen_text = seen.type == VALUE_TEXT ? memory_copy(seen.text) : NULL;
    asking->seen = seen.type == VALUE_TEXT ? value_text(asking->seen_text) : seen;
}

static struct asking *asking_copy(const struct asking *asking)
{
    struct asking *copy = memory_new(1, sizeof *copy);
    *copy = *asking;
    for (size_t i = 0; i < ARGUMENTS_MAX; i++)
        copy->values[i] = memory_copy(asking->values[i]);
    copy->seen_text = NULL;
    if (asking->has_seen)
        set_seen(copy, asking->seen);
    return copy;
}

static enum status go_on(struct tui *tui, struct asking *asking);

static enum status run_asked(struct tui *tui, const struct asking *asking)
{
    const char *values[ARGUMENTS_MAX];
    for (size_t i = 0; i < ARGUMENTS_MAX; i++)
        values[i] = asking->values[i];
    tui->seen = asking->has_seen ? &asking->seen : NULL;
    enum status status = tui_call(tui, asking->command, values, NULL);
    tui->seen = NULL;
    return status;
}

static void see_again(struct tui *tui, struct asking *asking);

/* Each answer goes on with a copy: when the command refuses, the question stays as it was. Told of
 * another's change, the person sees it and may answer once more. */
static enum status accept_line(struct tui *tui, const char *text, void *data)
{
    struct asking *asking = asking_copy(data);
    memory_replace(&asking->values[asking->argument], text);
    asking->answered |= *text != '\0';
    asking->argument++;
    enum status status = go_on(tui, asking);
    if (status == STATUS_CONFLICT)
        see_again(tui, data);
    return status;
}

/* Esc at a question that may be left out loses nothing of what was answered before it. */
static void leave_line(struct tui *tui, void *data)
{
    const struct asking *asking = data;
    if (asking->answered && !asking->command->arguments[asking->argument].required)
        (void)run_asked(tui, asking);
}

static void accept_key(struct tui *tui, const char *value, void *data)
{
    (void)accept_line(tui, value, data);
}

/* What one key answers, and the word that it stands for. */
struct answer {
    const char *key, *words, *value;
};
static const struct answer ratings[] = {
    {"1", "Miserable", "miserable"},
    {"2", "Neutral", "neutral"},
    {"3", "Magical", "magical"},
    {"0", "None", "unrated"},
};
static const struct answer prices[] = {
    {"f", "Free", "free"}, {"l", "Low", "low"}, {"m", "Medium", "medium"},
    {"h", "High", "high"}, {"0", "None", ""},
};
static const struct answer statuses[] = {
    {"t", "To do", "to do"},       {"r", "Trying", "trying"},   {"k", "Kept", "kept"},
    {"m", "Modified", "modified"}, {"d", "Dropped", "dropped"},
};

static void add_answers(struct choices *choices, const struct answer *answers, size_t count)
{
    for (size_t i = 0; i < count; i++)
        choices_add(choices, answers[i].key, answers[i].words, answers[i].value);
}

static void add_channels(struct tui *tui, struct choices *choices)
{
    for (size_t i = 0; i < tui->channels.count; i++)
        choices_add(choices, tui->channels.at[i].letter, tui->channels.at[i].name,
                    tui->channels.at[i].letter);
    choices_add(choices, "0", "None", "");
}

static bool add_choices(struct tui *tui, enum argument_type type, struct choices *choices)
{
    switch (type) {
    case ARGUMENT_CHANNEL:
        add_channels(tui, choices);
        return true;
    case ARGUMENT_RATING:
        add_answers(choices, ratings, sizeof ratings / sizeof *ratings);
        return true;
    case ARGUMENT_PRICE:
        add_answers(choices, prices, sizeof prices / sizeof *prices);
        return true;
    case ARGUMENT_STATUS:
        add_answers(choices, statuses, sizeof statuses / sizeof *statuses);
        return true;
    default:
        return false;
    }
}

/* The phase that begins at the selected moment; empty ones before it are other phases. */
static const char *heading_here(const struct tui *tui)
{
    const char *title = NULL;
    for (size_t i = 0; i < tui->window.phase_count; i++)
        if (tui->window.phases[i].begins && tui->window.phases[i].at == tui->window.selected)
            title = tui->window.phases[i].title;
    return title;
}

/* What the line begins with: an owner's name, a phase's name, as they are now. */
static const char *initial_text(struct tui *tui, const struct asking *asking)
{
    const char *name = asking->command->name;
    if (strcmp(name, "owner") == 0)
        return tui->details.moment.owner;
    return strcmp(name, "phase") == 0 ? heading_here(tui) : NULL;
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

/* How capture would take it up again. */
static const char *draft_prefix(const struct asking *asking)
{
    if (asking->command->arguments[asking->argument].type != ARGUMENT_TEXT)
        return NULL;
    return strcmp(asking->command->name, "idea") == 0 ? "+ " : "";
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
                                    .draft = draft_prefix(asking),
                                    .accept = accept_line,
                                    .leave = leave_line,
                                    .done = asking_free,
                                    .data = asking};
        ask_open(tui, &question);
    }
    buffer_release(&label);
}

/* "Action: Buy two kits · Wally. Enter alone leaves this out.": what was answered is not out of
 * sight while the rest is asked. */
static void say_so_far(struct tui *tui, const struct asking *asking)
{
    const struct command *command = asking->command;
    struct buffer words = {0};
    for (int i = 0; i < asking->argument; i++) {
        const char *value = asking->values[i];
        if (value && *value && command->arguments[i].type != ARGUMENT_MOMENT)
            buffer_add_format(&words, "%s%s", words.length ? " · " : "", value);
    }
    if (words.length > 0)
        tui_say(tui, "%s: %s.%s", command->label, buffer_text(&words),
                command->arguments[asking->argument].required ? ""
                                                              : " Enter alone leaves this out.");
    buffer_release(&words);
}

/* Asks for the next argument that the screen asks for, or runs the command. Owns `asking`. */
static enum status go_on(struct tui *tui, struct asking *asking)
{
    const struct command *command = asking->command;
    for (int i = asking->argument; i < ARGUMENTS_MAX && command->arguments[i].name; i++)
        if (!asking->values[i] && command->arguments[i].ask) {
            asking->argument = i;
            if (asking->answered)
                say_so_far(tui, asking);
            ask_argument(tui, asking);
            return STATUS_OK;
        }
    enum status status = run_asked(tui, asking);
    asking_free(asking);
    return status;
}

/* The moment is fixed when the question begins: another's change must not slip a neighbour under
 * it. */
static bool fix_moment(struct tui *tui, struct asking *asking)
{
    const struct command *command = asking->command;
    const struct moment *selected = tui_selected(tui);
    for (int i = 0; i < ARGUMENTS_MAX && command->arguments[i].name; i++) {
        if (command->arguments[i].type != ARGUMENT_MOMENT || command->arguments[i].option)
            continue;
        if (asking->values[i] || !selected)
            return false;
        struct buffer name = {0};
        buffer_add_format(&name, "id:%lld", (long long)selected->id);
        asking->values[i] = buffer_take(&name);
        return true;
    }
    return false;
}

/* What a key changes is what the person saw: another's change since then is a conflict. */
static void fix_seen(struct tui *tui, struct asking *asking)
{
    static const struct {
        const char *command;
        int field;
    } changed[] = {
        {"rate", ITEM_RATING}, {"target", ITEM_TARGET}, {"channel", ITEM_CHANNEL},
        {"owner", ITEM_OWNER}, {"choose", ITEM_CHOSEN}, {"unchoose", ITEM_CHOSEN},
    };
    const struct moment *selected = tui_selected(tui);
    for (size_t i = 0; i < sizeof changed / sizeof *changed; i++)
        if (strcmp(changed[i].command, asking->command->name) == 0)
            set_seen(asking, record_get(RECORD_ITEM, selected, changed[i].field));
    if (strcmp(asking->command->name, "phase") == 0)
        set_seen(asking, value_text(heading_here(tui)));
}

static void see_again(struct tui *tui, struct asking *asking)
{
    tui_refresh(tui);
    const struct moment *selected = tui_selected(tui);
    if (selected && asking->values[0] &&
        strcmp(asking->values[0], id_words(selected->id).text) == 0)
        fix_seen(tui, asking);
}

static bool needs_moment(const struct command *command)
{
    const struct argument *first = &command->arguments[0];
    return first->name && first->type == ARGUMENT_MOMENT && !first->option;
}

static struct asking *asking_new(struct tui *tui, const struct command *command,
                                 const char *const *values)
{
    struct asking *asking = memory_new(1, sizeof *asking);
    asking->command = command;
    for (size_t i = 0; i < ARGUMENTS_MAX; i++)
        asking->values[i] = memory_copy(values ? values[i] : NULL);
    bool of_selected = fix_moment(tui, asking);
    if (tui->seen)
        set_seen(asking, *tui->seen);
    else if (of_selected)
        fix_seen(tui, asking);
    return asking;
}

/* From a ballot nothing reaches the board but what its own keys do. */
static bool is_beyond_ballot(struct tui *tui, const struct command *command)
{
    static const char *const harmless[] = {"redraw", "mouse", "saved"};
    for (size_t i = 0; i < sizeof harmless / sizeof *harmless; i++)
        if (strcmp(command->name, harmless[i]) == 0)
            return false;
    return tui->options->ballot != NULL;
}

void tui_run_command(struct tui *tui, const struct command *command, const char *const *values)
{
    if (is_beyond_ballot(tui, command)) {
        tui_warn(tui, "Only the ballot is here. ? shows its keys.");
        return;
    }
    if (command->scope == COMMAND_SCREEN) {
        (void)screen_run(tui, command, NULL);
        return;
    }
    if (!tui->store || (command->writes && !tui_may_write(tui)))
        return;
    if (needs_moment(command) && !(values && values[0]) && !tui_selected(tui)) {
        tui_say_nothing_there(tui);
        return;
    }
    (void)go_on(tui, asking_new(tui, command, values));
}

void tui_run_named(struct tui *tui, const char *name, const char *const *values)
{
    const struct command *command = command_find(name, NULL);
    if (command)
        tui_run_command(tui, command, values);
}
