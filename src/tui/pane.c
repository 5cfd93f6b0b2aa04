/* The lower pane: keys act on the framed idea or action (product.md, Keys). */
#include "touchline/memory.h"
#include "tui.h"
#include <stdio.h>

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

/* Runs a command on the framed line: `argument` is the one that names it. */
static void run_on_line(struct tui *tui, const char *command, const char *argument)
{
    char moment[32], id[32];
    snprintf(moment, sizeof moment, "id:%lld", (long long)tui->session.selected);
    snprintf(id, sizeof id, "id:%lld", (long long)framed_id(tui));
    const struct named values[] = {
        {"N",      moment},
        {argument, id    },
        {NULL,     NULL  }
    };
    tui_run_with(tui, command, values);
}

/* The line as it is to be rewritten. */
struct rewording {
    char moment[32], id[32];
    bool idea;
};

static enum status accept_text(struct tui *tui, const char *text, void *data)
{
    const struct rewording *rewording = data;
    struct buffer words = {0};
    int64_t ignored;
    buffer_add_format(&words, "text=%s", text);
    const struct named values[] = {
        {"N",                                 rewording->moment  },
        {"FIELD=VALUE",                       buffer_text(&words)},
        {rewording->idea ? "idea" : "action", rewording->id      },
        {NULL,                                NULL               }
    };
    enum status status = tui_call_named(tui, "set", values, &ignored);
    buffer_release(&words);
    return status;
}

static void edit_line(struct tui *tui)
{
    const struct idea *idea = framed_idea(tui);
    const struct action *action = framed_action(tui);
    struct rewording *rewording = memory_new(1, sizeof *rewording);
    snprintf(rewording->moment, sizeof rewording->moment, "id:%lld",
             (long long)tui->session.selected);
    snprintf(rewording->id, sizeof rewording->id, "id:%lld", (long long)framed_id(tui));
    rewording->idea = idea != NULL;
    struct question question = {.label = idea ? "Idea >" : "Action >",
                                .initial = idea ? idea->text : action->text,
                                .accept = accept_text,
                                .done = memory_free,
                                .data = rewording};
    ask_open(tui, &question);
}

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
    if (store_look_only(tui->store))
        tui_warn(tui, "This board can only be looked at: %s.", store_look_only(tui->store));
    else if (key.code == K_ENTER)
        edit_line(tui);
    else if (key.point == 't')
        run_on_line(tui, "take", "IDEA");
    else if (key.point == 'c')
        run_on_line(tui, ideas ? "price" : "status", ideas ? "IDEA" : "ACTION");
    else
        run_on_line(tui, "remove", ideas ? "idea" : "action");
    return true;
}
