#include "entries.h"
#include "touchline/memory.h"
#include <assert.h>
#include <stdbool.h>
#include <string.h>

/* How the parts of an entry follow each other: some told by their place, then some by their name.
 */
static const struct form {
    int by_place[4], places;
    int by_name[6], names;
    int needed;        /* no entry without this field */
    const char *shape; /* shown to whoever wrote it otherwise */
} forms[RECORDS] = {
    [RECORD_IDEA] =
        {{IDEA_TEXT}, 1, {IDEA_PRICE, IDEA_TAKEN}, 2, IDEA_TEXT, "text | price=low | taken=yes"},
    [RECORD_ACTION] = {{ACTION_TEXT},
                       1,
                       {ACTION_OWNER, ACTION_DUE, ACTION_STATUS, ACTION_WAVE, ACTION_AGREED,
                        ACTION_FINDING},
                       6,
                       ACTION_TEXT,
                       "text | owner=Ana | due=2026-12-04 | status=trying | wave=1 | agreed=Ben | "
                       "finding=text"},
    [RECORD_ENTRY] = {{ENTRY_DAY, ENTRY_KIND, ENTRY_AMOUNT, ENTRY_TEXT},
                      4,
                      {0},
                      0,
                      ENTRY_KIND,
                      "2026-11-02 | complaint | 40 | text"},
};

/* What a backslash makes of the byte after it; before any other byte it stands for itself. */
static const char escapes[][2] = {
    {'\\', '\\'}, {'|', '|'}, {'n', '\n'}, {'\n', '\n'}, {' ', ' '}, {'\t', '\t'},
};

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t';
}

/* --- writing ---------------------------------------------------------------------------------- */

/* A blank at either end is escaped, for those round a part do not count. */
static void add_part(struct buffer *out, const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        char byte = text[i];
        bool at_end = i == 0 || i + 1 == length;
        if (byte == '\\' || byte == '|' || byte == '\n' || (at_end && is_blank(byte)))
            buffer_add_byte(out, '\\');
        buffer_add_byte(out, byte == '\n' ? 'n' : byte);
    }
}

/* A record on its way to text, a part after the other. */
struct writing {
    enum record record;
    const void *it;
    struct buffer *out;
    struct buffer words; /* of the part in hand */
    int bars;            /* due before the next part: those of empty parts wait until one follows */
};

static void write_part(struct writing *writing, int number, bool named)
{
    const struct field *field = &record_type(writing->record)->fields[number];
    struct buffer *words = &writing->words;
    buffer_clear(words);
    field_format(field, NULL, record_get(writing->record, writing->it, number), words);
    if (words->length == 0)
        return;
    for (; writing->bars > 0; writing->bars--)
        buffer_add_text(writing->out, " | ");
    if (named)
        buffer_add_format(writing->out, "%s=", field->name);
    add_part(writing->out, buffer_text(words), words->length);
}

static void write_entry(struct writing *writing)
{
    const struct form *form = &forms[writing->record];
    writing->bars = 0;
    for (int i = 0; i < form->places; i++, writing->bars++)
        write_part(writing, form->by_place[i], false);
    for (int i = 0; i < form->names; i++) {
        write_part(writing, form->by_name[i], true);
        writing->bars = 1;
    }
}

void entries_format(enum record record, const void *at, size_t count, struct buffer *out)
{
    struct writing writing = {.record = record, .out = out};
    assert(forms[record].places > 0);
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            buffer_add_byte(out, '\n');
        writing.it = (const char *)at + i * record_type(record)->size;
        write_entry(&writing);
    }
    buffer_release(&writing.words);
}

/* --- reading ---------------------------------------------------------------------------------- */

struct reading {
    enum record record;
    const char *at; /* in the text */
    struct buffer part, scratch;
    unsigned seen; /* a bit for each field that the entry has had */
};

static bool ends_part(char byte)
{
    return byte == '\0' || byte == '\n' || byte == '|';
}

/* Takes what the backslash in front of `at` escapes; false when it escapes nothing. */
static bool take_escape(struct reading *reading)
{
    for (size_t i = 0; i < sizeof escapes / sizeof escapes[0]; i++)
        if (reading->at[1] == escapes[i][0]) {
            buffer_add_byte(&reading->part, escapes[i][1]);
            reading->at += 2;
            return true;
        }
    return false;
}

/* Takes a part up to its bar, line end or the text's end, without the blanks round it. */
static void take_part(struct reading *reading)
{
    struct buffer *part = &reading->part;
    size_t kept = 0;
    buffer_clear(part);
    while (!ends_part(*reading->at)) {
        char byte = *reading->at;
        if (byte == '\\' && take_escape(reading)) {
            kept = part->length;
            continue;
        }
        reading->at++;
        if (is_blank(byte) && part->length == 0)
            continue;
        buffer_add_byte(part, byte);
        if (!is_blank(byte))
            kept = part->length;
    }
    buffer_cut(part, kept);
}

/* Takes "name=" in front of a part; the field of that name, or -1. */
static int take_name(struct reading *reading)
{
    const char *begin = reading->at + strspn(reading->at, " \t");
    size_t length = strcspn(begin, "= \t|\\\n");
    const char *end = begin + length + strspn(begin + length, " \t");
    if (*end != '=')
        return -1;
    buffer_clear(&reading->part);
    buffer_add(&reading->part, begin, length);
    reading->at = end + 1;
    return record_field(reading->record, buffer_text(&reading->part));
}

static bool part_is_empty(const struct reading *reading)
{
    return ends_part(reading->at[strspn(reading->at, " \t")]);
}

/* The field that part `index` of an entry is, or -1. */
static int field_of_part(struct reading *reading, int index)
{
    const struct form *form = &forms[reading->record];
    if (index < form->places)
        return form->by_place[index];
    int field = form->names > 0 ? take_name(reading) : -1;
    for (int i = 0; i < form->names; i++)
        if (form->by_name[i] == field)
            return field;
    return -1;
}

static enum status refuse_shape(const struct reading *reading, const char *what, int part,
                                struct error *error)
{
    return error_set(error, STATUS_BAD_DATA,
                     "part %d %s; write it as %s, and a bar within a text as \\|", part, what,
                     forms[reading->record].shape);
}

static enum status read_part(struct reading *reading, int index, void *it, struct error *error)
{
    if (part_is_empty(reading)) {
        take_part(reading);
        return STATUS_OK;
    }
    int number = field_of_part(reading, index);
    if (number < 0)
        return refuse_shape(reading, "fits nowhere", index + 1, error);
    if (reading->seen & 1u << number)
        return refuse_shape(reading, "was there before", index + 1, error);
    reading->seen |= 1u << number;
    take_part(reading);
    struct value value;
    const struct field *field = &record_type(reading->record)->fields[number];
    enum status status =
        field_parse(field, NULL, buffer_text(&reading->part), &value, &reading->scratch, error);
    if (status == STATUS_OK)
        record_set(reading->record, it, number, value);
    return status;
}

static enum status read_entry(struct reading *reading, void *it, struct error *error)
{
    enum record record = reading->record;
    record_init(record, it);
    reading->seen = 0;
    for (int index = 0;; index++) {
        enum status status = read_part(reading, index, it, error);
        if (status != STATUS_OK)
            return status;
        if (*reading->at != '|')
            break;
        reading->at++;
    }
    int needed = forms[record].needed;
    if (record_get(record, it, needed).type != VALUE_ABSENT)
        return STATUS_OK;
    return error_set(error, STATUS_BAD_DATA, "%s is missing; write it as %s",
                     record_type(record)->fields[needed].name, forms[record].shape);
}

/* One more record at the end of the list; its memory doubles when it is full. */
static void *add_record(struct entry_list *list, size_t size)
{
    if ((list->count & (list->count - 1)) == 0)
        list->at = memory_resize(list->at, list->count > 0 ? list->count * 2 : 1, size);
    return (char *)list->at + list->count++ * size;
}

static enum status read_entries(struct reading *reading, struct entry_list *list,
                                struct error *error)
{
    for (;; reading->at++) {
        reading->at += strspn(reading->at, " \t\n");
        if (*reading->at == '\0')
            return STATUS_OK;
        if (list->count == ENTRIES_MAX)
            return error_set(error, STATUS_BAD_DATA, "there are more than 10,000 entries");
        void *it = add_record(list, record_type(reading->record)->size);
        enum status status = read_entry(reading, it, error);
        if (status != STATUS_OK)
            error_prefix(error, "entry %zu: ", list->count);
        if (status != STATUS_OK || *reading->at == '\0')
            return status;
    }
}

enum status entries_parse(enum record record, const char *text, struct entry_list *list,
                          struct error *error)
{
    assert(forms[record].places > 0);
    struct reading reading = {.record = record, .at = text};
    *list = (struct entry_list){0};
    enum status status = read_entries(&reading, list, error);
    buffer_release(&reading.part);
    buffer_release(&reading.scratch);
    return status;
}
