/* What the commands of this room share: one edit about one item, with its words; arguments read by
 * the table of fields. */
#ifndef COMMAND_HANDLER_H
#define COMMAND_HANDLER_H

#include "touchline/command.h"

/* --- arguments -------------------------------------------------------------------------------- */

/* The value of argument `index` as a field takes it, in the words of `touchline set`; days also in
 * the words of date_parse_words(), ratings also as the digits 0 to 3. Absent when it was not given.
 * Text lies in the argument or in `scratch`. STATUS_USAGE says what there is. */
enum status argument_value(struct call *call, int index, enum record record, int field,
                           struct value *value, struct buffer *scratch,
                           struct error *error) MUST_USE;

/* The same for a text that is not an argument of its own: what follows FIELD=. */
enum status argument_read(struct call *call, const char *text, enum record record, int field,
                          struct value *value, struct buffer *scratch,
                          struct error *error) MUST_USE;

/* The item that an argument names: "7", "z2", "id:31"; of an option also "0", the start of the line
 * (PLACE_START). */
enum status argument_item(struct call *call, int index, int64_t *id, struct error *error) MUST_USE;

/* A whole number from 1. */
enum status argument_number(struct call *call, int index, int64_t *number,
                            struct error *error) MUST_USE;

/* One idea, action or entry of a moment: its place in the moment's list, from 1, or id:K. */
enum status argument_belonging(struct call *call, int index, enum record record, int64_t *id,
                               struct error *error) MUST_USE;

/* Splits "FIELD=VALUE"; *value points behind the '='. STATUS_USAGE names the settable fields. */
enum status argument_field(const char *word, enum record record, int *field, const char **value,
                           struct error *error) MUST_USE;

/* --- one edit --------------------------------------------------------------------------------- */

/* An edit about call->moment, from work_begin() to work_end(). */
struct work {
    struct call *call;
    struct edit *edit;
    struct moment item;  /* as it was at the beginning, number too; zeroed in a board's edit */
    struct buffer name;  /* how messages call it: "3", "z2", "phase Ride" */
    struct buffer title; /* how history calls it: "3 Books the cab by phone" */
    struct buffer words; /* for history */
    struct buffer said;  /* for the one who did it */
    const char *back;    /* how undo is announced: "takes it back" unless said, NULL: not at all */
};

/* Takes the write lock and reads the moment; phases are refused. Nothing to end when it fails. */
enum status work_begin(struct work *work, struct call *call, struct error *error) MUST_USE;

/* The same for a moment or a phase (item.kind), and for an edit about neither. */
enum status work_begin_item(struct work *work, struct call *call, struct error *error) MUST_USE;
enum status work_begin_board(struct work *work, struct call *call, struct error *error) MUST_USE;

/* What was done, as the rest of a sentence that begins with the item's name: "is now neutral". */
void work_tell(struct work *work, const char *format, ...) FORMAT_LIKE(2, 3);

/* What was done, as a whole sentence without a full stop, the same for history and message. */
void work_say(struct work *work, const char *format, ...) FORMAT_LIKE(2, 3);

/* Sets one field of the item; `seen` of the call is heeded. */
enum status work_set(struct work *work, int field, struct value value,
                     struct error *error) MUST_USE;

/* Commits when `status` is STATUS_OK, else cancels; tells the outcome; frees the work. */
enum status work_end(struct work *work, enum status status, struct error *error) MUST_USE;

/* For the table: each run may change the numbers of moments. */
bool always_renumbers(const struct call *call);

/* --- words ------------------------------------------------------------------------------------ */

/* "3", "z2" or "phase Ride"; and with a moment's title behind it, cut when it is long. */
void item_name(const struct moment *item, struct buffer *out);
void item_title(const struct moment *item, struct buffer *out);

/* Appends a text (NULL: none) cut to `most` clusters with an ellipsis, in one line, otherwise as it
 * is. */
void add_cut(struct buffer *out, const char *text, size_t most);

/* "2 ideas", "1 idea": `one` in the singular, an s behind it in the plural. */
void add_count(struct buffer *out, int64_t count, const char *one);

/* --- output ----------------------------------------------------------------------------------- */

/* One line to call->out, board text in it made harmless when that is a terminal; line breaks within
 * become blanks. */
void out_line(struct call *call, const char *format, ...) FORMAT_LIKE(2, 3);

/* Each line of a text. */
void out_lines(struct call *call, const char *text);

/* "Label: text", further lines of the text indented by so many blanks; a label without a value is
 * not printed by out_label(). */
void out_text(struct call *call, const char *label, const char *text, int indent);
void out_label(struct call *call, const char *label, const struct buffer *value);

/* The board as JSON (store_json); refused where nothing can be printed. */
enum status out_json(struct call *call, const struct json_wanted *wanted,
                     struct error *error) MUST_USE;

/* A remark on call->talk, if there is one: "touchline: ...", harmless where that is a terminal. */
void talk_line(struct call *call, const char *format, ...) FORMAT_LIKE(2, 3);

/* STATUS_FAILED or STATUS_FULL when what was printed could not be written; STATUS_USAGE on the
 * screen, where nothing can be printed (and out_line() prints nothing). */
enum status out_check(struct call *call, struct error *error) MUST_USE;

#endif
