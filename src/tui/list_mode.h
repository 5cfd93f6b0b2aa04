/* A list over the whole screen, whatever it lists: the one place that moves about in it, keeps the
 * selected row when the board changes, and takes the mouse. A list of its own is one small file: it
 * reads its rows, names its columns and has a table of keys.
 *
 *     static enum status load(struct tui *tui, struct list_mode *list, struct error *error)
 *     {
 *         for (size_t i = 0; i < tui->parked.count; i++)
 *             buffer_add_text(&list_add(list, tui->parked.at[i].id)->cells[LIST_WORDS],
 *                             tui->parked.at[i].title);
 *         return STATUS_OK;
 *     }
 *
 *     static const struct list_key keys[] = {
 *         {"Enter", "Bring back", 0, LIST_ROW | LIST_WRITES, bring_back},
 *         {"u", "Undo", 2, 0, NULL},
 *         {"Esc", "Board", 0, 0, NULL}};
 *
 *     static const struct list_type parked_type = {.title = "Parking lot",
 *                                                  .empty = "Nothing is parked.",
 *                                                  .keys = keys,
 *                                                  .key_count = sizeof keys / sizeof *keys,
 *                                                  .load = load};
 *
 *     list_open(tui, memory_new(1, sizeof(struct list_mode)), &parked_type);
 *
 * In every list the keys of the table of commands mean what they mean on the board: j k, arrows, g
 * G Home End, PgUp PgDn C-u C-d go about, u U C-r undo and redo, ? F1 help; Esc, C-c and q leave. A
 * click selects, a double click is Enter, the wheel goes a row, the key line takes clicks. A key
 * that means nothing says so. In a list that is narrowed by what is typed only the arrows and the
 * pages go about, and Esc and C-c leave.
 */
#ifndef TUI_LIST_MODE_H
#define TUI_LIST_MODE_H

#include "touchline/table.h"
#include "tui.h"

struct list_mode;

/* The cells of a list without columns; one with columns has a cell for each of them. */
enum { LIST_LEFT, LIST_WORDS, LIST_RIGHT, LIST_CELLS = TABLE_COLUMNS_MOST };

struct list_row {
    int64_t id;   /* what it is about: by this it stays selected. Several rows may have the same */
    size_t at;    /* for the list's own use: which of the things it has read */
    bool heading; /* a rule with cells[0] as its title; never selected */
    bool fixed;   /* only to be read: never selected */
    bool warning; /* overdue and the like: marked with a '!' */
    struct buffer cells[LIST_CELLS];
};

/* What a key asks for before it acts; what is lacking is told instead. */
enum list_need {
    LIST_ROW = 1,   /* a selected row: else the list's `empty` is said */
    LIST_WRITES = 2 /* a board that can be changed */
};

/* `row`: the selected one, NULL when there is none. It stays where it is for the call. */
typedef void list_action(struct tui *tui, struct list_mode *list, const struct list_row *row);

struct list_key {
    const char *key;   /* as key_parse() reads it */
    const char *words; /* in the key line; NULL: the key is not shown there */
    int rank;          /* there: 0 is never dropped */
    unsigned needs;    /* enum list_need, or-ed */
    list_action *act;  /* NULL: means what it means in every list, and is here for the key line */
};

struct list_type {
    const char *title, *hint; /* the top bar; describe() may say it otherwise */
    const char *empty;        /* stands in the list while it has no row */

    /* NULL: a list without columns (view_list()), which has no `under`, `about` and facts. */
    const struct table_column *columns;
    size_t column_count;

    bool apart; /* not about the board: nothing in it changes that, so undo means nothing here */

    /* The line under the bar that takes what is typed, to narrow the list; the rows are read again
     * when it changes. Without columns alone. NULL: keys are commands. */
    struct typing *(*typing)(struct list_mode *list);

    const struct list_key *keys; /* in the order of the key line; looked up before those of all */
    size_t key_count;

    /* Adds the rows, by list_add() and list_add_heading(). Called when the list is opened and
     * whenever the board was read anew, whoever changed it. On an error, which is told, the rows of
     * before stand, so what they mean by `at` must stand too. STATUS_NOT_FOUND: what the list is
     * about is gone; its text is told, and the list is left. */
    enum status (*load)(struct tui *tui, struct list_mode *list, struct error *error);

    /* Called before the rows are shown or walked, with the selected one: a list that holds a part
     * of its rows asks for those around it by list_reload(); or NULL. */
    void (*look_ahead)(struct tui *tui, struct list_mode *list, const struct list_row *row);

    /* What stands around the rows, in `screen`, which has all else; or NULL. Texts are the list's
     * and must stand until the next call. */
    void (*describe)(struct tui *tui, struct list_mode *list, const struct list_row *row,
                     struct table_screen *screen);

    void (*release)(struct list_mode *list); /* what the list itself holds, not this; or NULL */
};

enum { LIST_KEYS_MOST = 24 }; /* in a key line */

/* Embedded first in a list that holds more than its rows. */
struct list_mode {
    struct mode mode;
    const struct list_type *type;
    struct list_row *rows;
    size_t count, selected;
    size_t preferred; /* see list_prefer() */
    bool loaded;      /* the rows are those that are wanted */
    bool anew;        /* the next reading begins at the preferred row */
    unsigned reading; /* of the board, that the rows are of */

    /* drawn from */
    struct table_line *table_lines;
    struct list_line *list_lines;
    struct key_item key_line[LIST_KEYS_MOST];
};

/* Puts a list on top; one about the board not while the mask is on, as it says then. It must be
 * zeroed but for the list's own; freed with memory_free(). */
void list_open(struct tui *tui, struct list_mode *list, const struct list_type *type);

/* For load() alone. The row is good until the next one is added. */
struct list_row *list_add(struct list_mode *list, int64_t id);
struct list_row *list_add_heading(struct list_mode *list);

/* Likewise: the row added last is the one to be selected at first, and after list_begin_anew(). */
void list_prefer(struct list_mode *list);

/* Selects the row with that id, if there is one. */
void list_select(struct list_mode *list, int64_t id);

/* The rows are read again before they are next shown: the list wants others, or in another order.
 */
void list_reload(struct list_mode *list);

/* Likewise, and the preferred row is selected then, whatever was: one jumps to elsewhere. */
void list_begin_anew(struct list_mode *list);

/* An action: leaves the list; for a key that closes what it opened. */
void list_leave(struct tui *tui, struct list_mode *list, const struct list_row *row);

#endif
