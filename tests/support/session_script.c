#include "session_script.h"
#include "touchline/memory.h"
#include <stdio.h>
#include <string.h>

static enum status add_moment(struct edit *edit, int part, struct error *error)
{
    struct moment moment;
    int64_t id;
    char title[32];
    (void)snprintf(title, sizeof title, "moment %d", part);
    record_init(RECORD_ITEM, &moment);
    moment.title = title;
    moment.channel = part % 6 + 1;
    return edit_add_moment(edit, &moment, part % 2 ? PLACE_START : PLACE_END, &id, error);
}

static enum status add_phase(struct edit *edit, int part, struct error *error)
{
    int64_t id;
    (void)part;
    return edit_add_phase(edit, "phase", PLACE_START, &id, error);
}

static enum status add_idea(struct edit *edit, int part, struct error *error)
{
    int64_t id;
    struct idea idea = {.item = 1, .text = (char *)"tea", .price = part % PRICES};
    return edit_add(edit, RECORD_IDEA, &idea, &id, error);
}

static enum status rate(struct edit *edit, int part, struct error *error)
{
    return edit_set(edit, RECORD_ITEM, 1, ITEM_RATING, value_integer(part % 3 + 1), NULL, error);
}

static enum status write_note(struct edit *edit, int part, struct error *error)
{
    char note[20000];
    memset(note, 'a' + part % 26, sizeof note - 1);
    note[sizeof note - 1] = '\0';
    return edit_set(edit, RECORD_ITEM, 1, ITEM_NOTE, value_text(note), NULL, error);
}

static enum status move(struct edit *edit, int part, struct error *error)
{
    return edit_move(edit, 1, part % 2 ? PLACE_END : PLACE_START, error);
}

static enum status delete (struct edit *edit, int part, struct error *error) {
    (void)part; return edit_remove(edit, RECORD_ITEM, 2, error);
}

/* Over a megabyte in one edit: pages go to the file before the commit. */
static enum status write_much(struct edit *edit, int part, struct error *error)
{
    enum status status = STATUS_OK;
    (void)part;
    char *note = memory_new(700001, 1);
    memset(note, 'n', 700000);
    for (int64_t id = 1; status == STATUS_OK && id <= 4; id += 3)
        status = edit_set(edit, RECORD_ITEM, id, ITEM_NOTE, value_text(note), NULL, error);
    memory_free(note);
    return status;
}

/* Undo and redo have a function of their own, and stand as NULL. */
static enum status (*const parts[SCRIPT_PARTS])(struct edit *, int, struct error *) = {
    add_moment, add_moment, add_phase,  add_moment, rate,       add_idea,   move, write_note,
    NULL,       NULL,       add_moment, delete,     NULL,       NULL,       rate, move,
    add_idea,   rate,       NULL,       NULL,       write_note, add_moment, move, write_much,
};

static bool is_undo(int part)
{
    return part + 1 < SCRIPT_PARTS && !parts[part] && !parts[part + 1];
}

static enum status undo_or_redo(struct store *store, int part, struct error *error)
{
    struct undone undone;
    enum status status =
        is_undo(part) ? store_undo(store, &undone, error) : store_redo(store, &undone, error);
    if (status == STATUS_OK)
        undone_release(&undone);
    return status;
}

enum status script_run(struct store *store, int part, bool *made, struct error *error)
{
    struct edit *edit;
    char words[16];
    *made = true;
    if (!parts[part])
        return undo_or_redo(store, part, error);
    enum status status = edit_begin(store, &edit, error);
    if (status != STATUS_OK)
        return status;
    status = parts[part](edit, part, error);
    if (status != STATUS_OK)
        return edit_cancel(edit, status);
    (void)snprintf(words, sizeof words, "part %d", part);
    *made = edit_changes(edit) > 0;
    return edit_commit(edit, error, words);
}
