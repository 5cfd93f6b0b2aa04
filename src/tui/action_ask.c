#include "action_ask.h"
#include "touchline/memory.h"
#include <string.h>

/* --- its fields ------------------------------------------------------------------------------- */

/* What is asked, one after the other. */
static const struct {
    int field;
    const char *ask;
} asked[ACTION_QUESTIONS] = {
    [ASK_TEXT] = {ACTION_TEXT, "What will be done?"},
    [ASK_OWNER] = {ACTION_OWNER, "Who?"},
    [ASK_DUE] = {ACTION_DUE, "By when? fri, +2w, 4 dec"},
    [ASK_WAVE] = {ACTION_WAVE, "In which wave? 1 comes first"},
    [ASK_AGREED] = {ACTION_AGREED, "Agreed by whom? Ben, Ana"},
    [ASK_FINDING] = {ACTION_FINDING, "It was tried: what did you find?"},
};
/* From question `at` to `end`, of one action as it was when the question began. */
struct rewriting {
    struct action before;
    int at, end;
};

static void rewriting_free(void *data)
{
    struct rewriting *rewriting = data;
    record_release(RECORD_ACTION, &rewriting->before);
    memory_free(rewriting);
}

static enum status set_asked(struct tui *tui, const struct rewriting *rewriting, const char *text)
{
    const struct field *field = &record_type(RECORD_ACTION)->fields[asked[rewriting->at].field];
    struct value seen = record_get(RECORD_ACTION, &rewriting->before, asked[rewriting->at].field);
    struct buffer words = {0};
    int64_t ignored;
    struct id_words moment = id_words(rewriting->before.item), id = id_words(rewriting->before.id);
    buffer_add_format(&words, "%s=%s", field->name, text);
    const struct named values[] = {{"N", moment.text},
                                   {"FIELD=VALUE", buffer_text(&words)},
                                   {"action", id.text},
                                   {NULL, NULL}};
    tui->seen = &seen;
    enum status status = tui_call_named(tui, "set", values, &ignored);
    tui->seen = NULL;
    buffer_release(&words);
    return status;
}

/* Each answer is saved as it is given; what stays as it was is no edit. */
static enum status accept_asked(struct tui *tui, const char *text, void *data)
{
    const struct rewriting *rewriting = data;
    struct buffer now = {0};
    int field = asked[rewriting->at].field;
    enum status status = STATUS_OK;
    field_format(&record_type(RECORD_ACTION)->fields[field], NULL,
                 record_get(RECORD_ACTION, &rewriting->before, field), &now);
    if (strcmp(buffer_text(&now), text) != 0)
        status = set_asked(tui, rewriting, text);
    buffer_release(&now);
    if (status == STATUS_OK && rewriting->at + 1 < rewriting->end)
        action_ask(tui, rewriting->before.id, rewriting->at + 1, rewriting->end);
    return status;
}

void action_ask(struct tui *tui, int64_t action, int at, int end)
{
    struct error error;
    struct buffer now = {0};
    struct rewriting *rewriting = memory_new(1, sizeof *rewriting);
    rewriting->at = at;
    rewriting->end = end;
    if (store_record(tui->store, RECORD_ACTION, action, &rewriting->before, &error) != STATUS_OK) {
        tui_error(tui, &error);
        rewriting_free(rewriting);
        return;
    }
    field_format(&record_type(RECORD_ACTION)->fields[asked[at].field], NULL,
                 record_get(RECORD_ACTION, &rewriting->before, asked[at].field), &now);
    struct question question = {.label = asked[at].ask,
                                .initial = buffer_text(&now),
                                .accept = accept_asked,
                                .done = rewriting_free,
                                .data = rewriting};
    ask_open(tui, &question);
    buffer_release(&now);
}

/* What is finished was tried: what came of it is asked at once (R21). */
static void accept_status(struct tui *tui, const char *value, void *data)
{
    const struct action *action = data;
    int64_t ignored;
    struct id_words moment = id_words(action->item), id = id_words(action->id);
    const struct named values[] = {
        {"N", moment.text}, {"ACTION", id.text}, {"STATUS", value}, {NULL, NULL}};
    if (tui_call_named(tui, "status", values, &ignored) != STATUS_OK)
        return;
    if (strcmp(value, "to do") != 0 && strcmp(value, "trying") != 0 && !action->finding)
        action_ask(tui, action->id, ASK_FINDING, ASK_FINDING + 1);
}

static void action_free(void *data)
{
    record_release(RECORD_ACTION, data);
    memory_free(data);
}

void action_ask_status(struct tui *tui, const struct action *now)
{
    static const char *const keys[] = {"t", "r", "k", "m", "d"};
    struct choices choices = {0};
    struct action *action = memory_new(1, sizeof *action);
    record_copy(RECORD_ACTION, action, now);
    for (int status = 0; status < ACTION_STATUSES; status++)
        choices_add(&choices, keys[status], action_status_word(status), action_status_word(status));
    pick_open(tui, "How does it go?", choices, accept_status, action_free, action);
}
