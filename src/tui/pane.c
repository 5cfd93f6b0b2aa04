/* The lower pane: keys act on the framed idea or action. */
#include "touchline/memory.h"
#include "tui.h"
#include <string.h>

static const struct idea *framed_idea(struct tui *tui)
{
    bool there =
        tui->session.pane == PANE_IDEAS && tui->session.line < (int)tui->details.ideas.count;
    return there ? &tui->details.ideas.at[tui->session.line] : NULL;
}

static const struct action *framed_action(struct tui *tui)
{
    bool there =
        tui->session.pane == PANE_ACTIONS && tui->session.line < (int)tui->details.actions.count;
    return there ? &tui->details.actions.at[tui->session.line] : NULL;
}

static int64_t framed_id(struct tui *tui)
{
    const struct idea *idea = framed_idea(tui);
    const struct action *action = framed_action(tui);
    return idea ? idea->id : action ? action->id : 0;
}

/* What the screen shows of the field that a command on the line changes. */
static struct value shown(struct tui *tui, int idea_field, int action_field)
{
    const struct idea *idea = framed_idea(tui);
    return idea ? record_get(RECORD_IDEA, idea, idea_field)
                : record_get(RECORD_ACTION, framed_action(tui), action_field);
}

/* Runs a command on the framed line: `argument` is the one that names it. */
static void run_on_line(struct tui *tui, const char *command, const char *argument)
{
    struct id_words moment = id_words(tui->session.selected), id = id_words(framed_id(tui));
    const struct named values[] = {{"N", moment.text}, {argument, id.text}, {NULL, NULL}};
    tui_run_with(tui, command, values);
}

static void run_choice(struct tui *tui)
{
    bool ideas = tui->session.pane == PANE_IDEAS;
    struct value seen = shown(tui, IDEA_PRICE, ACTION_STATUS);
    tui->seen = &seen;
    run_on_line(tui, ideas ? "price" : "status", ideas ? "IDEA" : "ACTION");
    tui->seen = NULL;
}

/* --- editing it in place ---------------------------------------------------------------------- */

/* What a line says, asked for one by one: an idea is its text, an action its owner and day, too.
 * The text is typed where it stands. */
static const struct part {
    const char *label;
    int idea_field, action_field;
} parts[] = {
    {"In which words?", IDEA_TEXT, ACTION_TEXT},
    {"Who?", -1, ACTION_OWNER},
    {"By when? fri, +2w, 4 dec", -1, ACTION_DUE},
};
enum { PARTS = sizeof parts / sizeof *parts };

struct rewording {
    struct id_words moment, id;
    enum record record;
    size_t at, count;    /* the part asked for now; how many there are */
    char *seen[PARTS];   /* as the screen showed them */
    char *wanted[PARTS]; /* as they were answered; NULL: not asked yet */
};

static void rewording_free(void *data)
{
    struct rewording *rewording = data;
    for (size_t i = 0; i < PARTS; i++) {
        memory_free(rewording->seen[i]);
        memory_free(rewording->wanted[i]);
    }
    memory_free(rewording);
}

static struct rewording *rewording_copy(const struct rewording *from)
{
    struct rewording *copy = memory_new(1, sizeof *copy);
    *copy = *from;
    for (size_t i = 0; i < PARTS; i++) {
        copy->seen[i] = memory_copy(from->seen[i]);
        copy->wanted[i] = memory_copy(from->wanted[i]);
    }
    return copy;
}

static int field_of(const struct rewording *rewording, size_t part)
{
    return rewording->record == RECORD_IDEA ? parts[part].idea_field : parts[part].action_field;
}

static bool is_changed(const struct rewording *rewording, size_t part)
{
    return rewording->wanted[part] && strcmp(rewording->wanted[part], rewording->seen[part]) != 0;
}

/* Each part that was changed is set against what was seen of it. All of it is one edit. */
static enum status save(struct tui *tui, const struct rewording *rewording)
{
    struct buffer texts[PARTS] = {{0}};
    struct set_word words[PARTS];
    size_t count = 0;
    for (size_t i = 0; i < rewording->count; i++) {
        if (!is_changed(rewording, i))
            continue;
        const struct field *field = &record_type(rewording->record)->fields[field_of(rewording, i)];
        buffer_add_format(&texts[i], "%s=%s", field->name, rewording->wanted[i]);
        words[count++] = (struct set_word){buffer_text(&texts[i]), value_text(rewording->seen[i])};
    }
    enum status status = STATUS_OK;
    if (count > 0)
        status = tui_set(tui, rewording->moment.text,
                         rewording->record == RECORD_IDEA ? "idea" : "action", rewording->id.text,
                         words, count);
    for (size_t i = 0; i < PARTS; i++)
        buffer_release(&texts[i]);
    return status;
}

static void ask_part(struct tui *tui, struct rewording *rewording);

/* What the framed line says, when it is the one that is reworded. */
static void see_parts(struct tui *tui, struct rewording *rewording)
{
    const struct idea *idea = framed_idea(tui);
    const void *it = idea ? (const void *)idea : framed_action(tui);
    if (!it || strcmp(rewording->id.text, id_words(framed_id(tui)).text) != 0)
        return;
    for (size_t i = 0; i < rewording->count; i++) {
        struct value value = record_get(rewording->record, it, field_of(rewording, i));
        memory_replace(&rewording->seen[i], value.type == VALUE_TEXT ? value.text : "");
    }
}

/* Goes on with a copy: when it is refused, the question stays as it was. Told of another's change,
 * the person sees it and may answer once more. */
static enum status accept_part(struct tui *tui, const char *text, void *data)
{
    struct rewording *rewording = rewording_copy(data);
    memory_replace(&rewording->wanted[rewording->at], text);
    if (++rewording->at < rewording->count) {
        ask_part(tui, rewording);
        return STATUS_OK;
    }
    enum status status = save(tui, rewording);
    rewording_free(rewording);
    if (status == STATUS_CONFLICT) {
        tui_refresh(tui);
        see_parts(tui, data);
    }
    return status;
}

/* Esc at a later part loses nothing of those before it. */
static void leave_part(struct tui *tui, void *data)
{
    (void)save(tui, data);
}

static void ask_part(struct tui *tui, struct rewording *rewording)
{
    struct question question = {.label = parts[rewording->at].label,
                                .initial = rewording->seen[rewording->at],
                                .draft = "",
                                .in_place = rewording->at == 0,
                                .accept = accept_part,
                                .leave = leave_part,
                                .done = rewording_free,
                                .data = rewording};
    ask_open(tui, &question);
}

static void edit_line(struct tui *tui)
{
    const struct idea *idea = framed_idea(tui);
    struct rewording *rewording = memory_new(1, sizeof *rewording);
    rewording->moment = id_words(tui->session.selected);
    rewording->id = id_words(framed_id(tui));
    rewording->record = idea ? RECORD_IDEA : RECORD_ACTION;
    rewording->count = idea ? 1 : PARTS;
    see_parts(tui, rewording);
    ask_part(tui, rewording);
}

/* --- keys ------------------------------------------------------------------------------------- */

bool pane_key(struct tui *tui, struct key key)
{
    bool ideas = tui->session.pane == PANE_IDEAS;
    bool plain = key.code == K_CHAR && key.modifiers == 0;
    bool ours = key.code == K_ENTER ||
                (plain && (key.point == 'd' || key.point == 'c' || (key.point == 't' && ideas)));
    if (!ours)
        return false;
    if (!framed_idea(tui) && !framed_action(tui)) {
        tui_say(tui, ideas ? "No idea yet: i adds one." : "No action yet: t adds one.");
        return true;
    }
    if (!tui_may_write(tui))
        return true;
    if (key.code == K_ENTER)
        edit_line(tui);
    else if (key.point == 't' && framed_idea(tui)->taken)
        tui_warn(tui, "That idea was taken up already.");
    else if (key.point == 't')
        run_on_line(tui, "take", "IDEA");
    else if (key.point == 'c')
        run_choice(tui);
    else
        run_on_line(tui, "remove", ideas ? "idea" : "action");
    return true;
}
