/* What can still be read of a board that cannot be opened, put into a new one. The old file is
 * copied, its bytes are read by pages.c, and nothing of it runs or is believed: each record goes
 * through the same rules as one that is typed. It keeps its id, so that what belongs together finds
 * together again. */
#include "edit_internal.h"
#include "new_file.h"
#include "pages.h"
#include "touchline/edit.h"
#include "touchline/memory.h"
#include "touchline/method.h"
#include "touchline/store.h"
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* In this order: what others refer to comes before them. Votes and ballots are not taken: what was
 * laid in secret is nobody's to carry about. */
static const enum record kinds[] = {
    RECORD_BOARD,  RECORD_CHANNEL, RECORD_PERSON, RECORD_ITEM,   RECORD_IDEA,
    RECORD_ACTION, RECORD_ENTRY,   RECORD_WAVE,   RECORD_REVIEW, RECORD_RERATING,
};
enum { KINDS = sizeof kinds / sizeof *kinds };

/* Owners of pages: the schema's tree, then a table's. */
enum { OWNER_SCHEMA = 1, OWNER_FIRST };

struct count {
    int64_t taken, seen, highest;
    int64_t refused; /* rows that no board can have */
};

struct salvage {
    struct pages pages;
    struct store *fresh;
    struct edit *edit;
    uint32_t roots[KINDS];
    bool damaged; /* loose pages are to be looked at */
    bool loose;   /* they are, just now */
    int kind;     /* of the rows that are read just now */
    struct count counts[KINDS];
    int64_t chosen, phases, parked, deleted, values, doubtful;
    struct moment *late; /* items without a place */
    size_t late_count;
    struct error *error;
    enum status status;
};

/* --- one row ---------------------------------------------------------------------------------- */

/* Columns of item before its title (schema.c). */
enum { COLUMN_KIND = 1, COLUMN_STATE, COLUMN_ORD };

/* The others stand as in the table of fields. */
static int column_of(enum record record, int field)
{
    if (record == RECORD_ITEM && field == ITEM_STATE)
        return COLUMN_STATE;
    return STORE_FIRST_FIELD(record) + field;
}

static bool read_value(enum record record, int field, const struct pages_row *row,
                       struct value *value)
{
    struct error ignored;
    int column = column_of(record, field);
    *value = value_absent();
    if (column < row->count && row->at[column].type != PAGES_NULL) {
        const struct pages_value *held = &row->at[column];
        if (held->type == PAGES_INTEGER)
            *value = value_integer(held->integer);
        else if (held->type == PAGES_TEXT && held->length > 0)
            *value = (struct value){.type = VALUE_TEXT, .text = held->text, .length = held->length};
        else if (held->type != PAGES_TEXT)
            return false;
    }
    return field_check(&record_type(record)->fields[field], *value, &ignored) == STATUS_OK;
}

/* A value that cannot be is left out, and the rest stays; false where it cannot be without. */
static bool read_record(struct salvage *salvage, enum record record, const struct pages_row *row,
                        void *it)
{
    struct value value;
    record_init(record, it);
    for (int i = 0; i < (int)record_type(record)->count; i++) {
        bool sound = read_value(record, i, row, &value);
        if (store_is_required(record, i) && (!sound || value.type == VALUE_ABSENT))
            return false;
        salvage->values += !sound;
        if (sound && value.type != VALUE_ABSENT)
            record_set(record, it, i, value);
    }
    return true;
}

/* --- what was seen ---------------------------------------------------------------------------- */

/* In a table beside the board, gone with the connection: what was deleted is not taken, and yet no
 * older state of it may be either. */
#define SEEN "CREATE TEMP TABLE seen(kind, id, deleted DEFAULT 0, PRIMARY KEY(kind, id))"

static bool asked(struct salvage *salvage, enum statement which, int64_t a, int64_t b)
{
    int64_t found = 0;
    if (store_ask(salvage->fresh, which, a, b, 0, &found, salvage->error) != STATUS_OK)
        salvage->status = salvage->error->status;
    return found != 0;
}

/* Whether it is seen for the first time. */
static bool see(struct salvage *salvage, enum record record, int64_t id)
{
    (void)asked(salvage, SQL_SEE, record, id);
    return salvage->status == STATUS_OK && sqlite3_changes(salvage->fresh->db) > 0;
}

/* --- what each kind needs besides ------------------------------------------------------------- */

static void leave_out(struct salvage *salvage, int64_t *number, int64_t instead)
{
    salvage->values += *number != instead;
    *number = instead;
}

static int64_t integer_of(const struct pages_row *row, int column, int64_t none)
{
    return column < row->count && row->at[column].type == PAGES_INTEGER ? row->at[column].integer
                                                                        : none;
}

/* A heading has a title, a place, and nothing else. */
static void make_phase(struct moment *item)
{
    char *title = item->title;
    struct moment phase;
    item->title = NULL;
    record_init(RECORD_ITEM, &phase);
    phase.id = item->id;
    phase.kind = ITEM_PHASE;
    phase.ord = item->ord;
    phase.title = title;
    record_release(RECORD_ITEM, item);
    *item = phase;
}

/* What the rules of the method do not let stand is left out, and the moment stays. */
static void mend_item(struct salvage *salvage, const struct pages_row *row, struct moment *item)
{
    struct error ignored;
    item->id = row->id;
    item->kind = integer_of(row, COLUMN_KIND, 0);
    item->ord = integer_of(row, COLUMN_ORD, PLACE_MOST);
    if (item->kind == ITEM_PHASE) {
        make_phase(item);
        return;
    }
    leave_out(salvage, &item->kind, ITEM_MOMENT);
    if (item->channel != FIELD_ABSENT && !asked(salvage, SQL_CHANNEL_IS_LIVE, item->channel, 0))
        leave_out(salvage, &item->channel, FIELD_ABSENT);
    if (edit_check_target(item, &ignored) != STATUS_OK)
        leave_out(salvage, &item->target, RATING_NONE);
    if (item->chosen && item->state == STATE_LIVE && salvage->chosen == METHOD_CHOSEN_MOST)
        leave_out(salvage, &item->chosen, 0);
    salvage->chosen += item->chosen && item->state == STATE_LIVE;
}

/* One review at a time goes on; another is over. */
static void mend_review(struct salvage *salvage, struct review *review)
{
    if (!review->ended && asked(salvage, SQL_REVIEWS_OPEN, 0, 0))
        leave_out(salvage, &review->ended, 1);
}

static bool is_deleted(enum record record, const void *it)
{
    return record_get(record, it, store_state_field(record)).integer == STATE_DELETED;
}

/* Whether it can go to the board: the review that a rating was given in must be there, too. */
static bool mend(struct salvage *salvage, enum record record, const struct pages_row *row, void *it)
{
    if (record == RECORD_ITEM)
        mend_item(salvage, row, it);
    if (record == RECORD_REVIEW)
        mend_review(salvage, it);
    const struct rerating *rerating = record == RECORD_RERATING ? it : NULL;
    return !rerating || asked(salvage, SQL_REVIEW_IS_THERE, rerating->review, 0);
}

/* --- taking ----------------------------------------------------------------------------------- */

union any {
    struct board board;
    struct channel channel;
    struct person person;
    struct moment item;
    struct idea idea;
    struct action action;
    struct entry entry;
    struct wave wave;
    struct review review;
    struct rerating rerating;
};

static void count_taken(struct salvage *salvage, enum record record, const union any *it)
{
    salvage->counts[salvage->kind].taken++;
    salvage->doubtful += salvage->loose;
    if (record != RECORD_ITEM)
        return;
    salvage->phases += it->item.kind == ITEM_PHASE;
    salvage->parked += it->item.state == STATE_PARKED;
}

/* What a rule refuses is counted; what the disk refuses ends it. */
static void bring(struct salvage *salvage, enum record record, int64_t id, union any *it)
{
    struct error why;
    enum status status = edit_bring(salvage->edit, record, it, id, &why);
    if (status == STATUS_OK)
        count_taken(salvage, record, it);
    else if (status == STATUS_REFUSED || status == STATUS_BAD_DATA || status == STATUS_NOT_FOUND)
        salvage->counts[salvage->kind].refused++;
    else {
        *salvage->error = why;
        salvage->status = status;
    }
}

static bool has_place(struct salvage *salvage, const struct moment *item)
{
    int64_t before;
    bool free = false;
    if (salvage->status == STATUS_OK)
        salvage->status = place_is_free(salvage->edit, item->ord, &before, &free, salvage->error);
    return free;
}

/* Those without a place of their own come last: the end is known when all others are there. */
static void keep_for_later(struct salvage *salvage, struct moment *item)
{
    salvage->late = memory_resize(salvage->late, salvage->late_count + 1, sizeof *salvage->late);
    salvage->late[salvage->late_count++] = *item;
    salvage->doubtful += salvage->loose;
    *item = (struct moment){.title = NULL};
}

static void bring_late(struct salvage *salvage)
{
    salvage->loose = false; /* that was counted */
    for (size_t i = 0; i < salvage->late_count; i++) {
        union any it = {.item = salvage->late[i]};
        if (salvage->status == STATUS_OK)
            bring(salvage, RECORD_ITEM, it.item.id, &it);
        record_release(RECORD_ITEM, &it);
    }
    memory_free(salvage->late);
}

/* Deleted itself, or with the moment that it belongs to. */
static bool went(struct salvage *salvage, enum record record, const struct pages_row *row,
                 const union any *it)
{
    int item = record_item_field(record);
    bool itself = is_deleted(record, it);
    if (itself && record == RECORD_ITEM)
        (void)asked(salvage, SQL_SEE_DELETED, record, row->id);
    return itself || (item >= 0 && asked(salvage, SQL_SEEN_DELETED, RECORD_ITEM,
                                         record_get(record, it, item).integer));
}

static void take_record(struct salvage *salvage, const struct pages_row *row)
{
    enum record record = kinds[salvage->kind];
    union any it;
    bool sound = read_record(salvage, record, row, &it);
    if (sound && went(salvage, record, row, &it))
        salvage->deleted++;
    else if (!sound || !mend(salvage, record, row, &it))
        salvage->counts[salvage->kind].refused++;
    else if (record == RECORD_ITEM && !has_place(salvage, &it.item))
        keep_for_later(salvage, &it.item);
    else
        bring(salvage, record, row->id, &it);
    record_release(record, &it);
}

/* The board's own row is there already, and empty. */
static void take_board(struct salvage *salvage, const struct pages_row *row)
{
    struct value value;
    for (int i = 0; salvage->status == STATUS_OK && i < BOARD_FIELDS; i++) {
        bool sound = read_value(RECORD_BOARD, i, row, &value);
        salvage->values += !sound;
        if (sound && value.type != VALUE_ABSENT)
            salvage->status =
                edit_put(salvage->edit, RECORD_BOARD, 1, i, value, NULL, salvage->error);
    }
    salvage->counts[salvage->kind].taken = 1;
    salvage->doubtful += salvage->loose;
}

/* A loose row whose record is there is an older state of it, or the same. */
static bool take_row(void *data, const struct pages_row *row)
{
    struct salvage *salvage = data;
    enum record record = kinds[salvage->kind];
    struct count *count = &salvage->counts[salvage->kind];
    bool fresh = see(salvage, record, row->id);
    if (salvage->status != STATUS_OK || (!fresh && salvage->loose))
        return salvage->status == STATUS_OK;
    count->seen++;
    count->highest = row->id > count->highest ? row->id : count->highest;
    if (!fresh || row->id <= 0 || (record == RECORD_BOARD && row->id != 1))
        count->refused++;
    else if (record == RECORD_BOARD)
        take_board(salvage, row);
    else
        take_record(salvage, row);
    return salvage->status == STATUS_OK;
}

/* The default channels stand in for those of them that could not be read. */
static void stand_in_channels(struct salvage *salvage)
{
    const struct channels *channels = channels_default();
    struct error ignored;
    for (size_t i = 0; i < channels->count; i++) {
        struct channel channel = channels->at[i];
        if (see(salvage, RECORD_CHANNEL, (int64_t)i + 1))
            (void)!edit_bring(salvage->edit, RECORD_CHANNEL, &channel, (int64_t)i + 1, &ignored);
    }
}

/* --- all of it -------------------------------------------------------------------------------- */

static void shape_of(enum record record, struct buffer *shape)
{
    const struct record_type *type = record_type(record);
    buffer_clear(shape);
    buffer_add_text(shape, record == RECORD_ITEM ? "0iii" : "0");
    for (int i = 0; i < (int)type->count; i++) {
        const struct field *field = &type->fields[i];
        bool text = field_holds_text(field);
        bool required = store_is_required(record, i) || (!text && field->absent != FIELD_ABSENT);
        buffer_add_byte(shape, text ? required ? 't' : 'T' : required ? 'i' : 'I');
    }
}

/* sqlite_schema: type, name, tbl_name, rootpage, sql. */
static bool take_root(void *data, const struct pages_row *row)
{
    struct salvage *salvage = data;
    int64_t root = integer_of(row, 3, 0);
    if (row->count < 5 || row->at[0].type != PAGES_TEXT || row->at[1].type != PAGES_TEXT ||
        strcmp(row->at[0].text, "table") != 0 || root < 1 || root > UINT32_MAX)
        return true;
    for (int kind = 0; kind < KINDS; kind++)
        if (strcmp(row->at[1].text, record_type(kinds[kind])->table) == 0)
            salvage->roots[kind] = (uint32_t)root;
    return true;
}

/* Loose pages are looked at when a tree is not whole, or a table is not where it should be. */
static void map_trees(struct salvage *salvage)
{
    struct pages *pages = &salvage->pages;
    bool all = true;
    pages_map(pages, 1, OWNER_SCHEMA);
    pages_read(pages, OWNER_SCHEMA, NULL, take_root, salvage);
    for (int kind = 0; kind < KINDS; kind++) {
        if (salvage->roots[kind] != 0)
            pages_map(pages, salvage->roots[kind], (unsigned char)(OWNER_FIRST + kind));
        all = all && salvage->roots[kind] != 0;
    }
    pages_map_free(pages);
    salvage->damaged = !all || pages->broken > 0 || pages->unread > 0;
}

static void read_kind(struct salvage *salvage, int kind, struct buffer *shape)
{
    salvage->kind = kind;
    salvage->loose = false;
    pages_read(&salvage->pages, (unsigned char)(OWNER_FIRST + kind), NULL, take_row, salvage);
    salvage->loose = true;
    shape_of(kinds[kind], shape);
    if (salvage->damaged && salvage->status == STATUS_OK)
        pages_read(&salvage->pages, PAGES_LOOSE, buffer_text(shape), take_row, salvage);
    if (kinds[kind] == RECORD_CHANNEL && salvage->status == STATUS_OK)
        stand_in_channels(salvage);
    if (kinds[kind] == RECORD_ITEM)
        bring_late(salvage);
}

static enum status read_all(struct salvage *salvage)
{
    struct buffer shape = {0};
    salvage->status = STATUS_OK;
    map_trees(salvage);
    for (int kind = 0; kind < KINDS && salvage->status == STATUS_OK; kind++)
        read_kind(salvage, kind, &shape);
    buffer_release(&shape);
    return salvage->status;
}

/* Of the default channels alone nobody has lost anything. */
static bool found_something(const struct salvage *salvage)
{
    int64_t found = 0;
    for (int kind = 0; kind < KINDS; kind++)
        found += salvage->counts[kind].taken + salvage->counts[kind].seen;
    return found > 0;
}

/* --- the report ------------------------------------------------------------------------------- */

static void add_counted(struct buffer *line, int64_t number, const char *one, const char *many)
{
    if (number > 0)
        buffer_add_format(line, "%s%lld %s", line->length > 0 ? ", " : "", (long long)number,
                          number == 1 ? one : many);
}

static void end_line(struct buffer *report, const char *before, struct buffer *line,
                     const char *behind)
{
    if (line->length > 0)
        buffer_add_format(report, "%s%s%s\n", before, buffer_text(line), behind);
    buffer_clear(line);
}

static void report_taken(const struct salvage *salvage, struct buffer *report, struct buffer *line)
{
    for (int kind = 1; kind < KINDS; kind++) {
        int64_t taken = salvage->counts[kind].taken;
        if (kinds[kind] == RECORD_ITEM) {
            add_counted(line, taken - salvage->phases, "moment", "moments");
            if (salvage->parked > 0)
                buffer_add_format(line, " (%lld parked)", (long long)salvage->parked);
            add_counted(line, salvage->phases, "phase", "phases");
        } else {
            add_counted(line, taken, record_type(kinds[kind])->name,
                        record_type(kinds[kind])->many);
        }
    }
    if (salvage->counts[0].taken)
        buffer_add_format(line, "%sthe board's own page", line->length > 0 ? ", " : "");
    end_line(report, "Taken: ", line, "");
}

/* Ids are never used again and rows never removed, so a gap in them is a row that is lost. */
static int64_t lost_of(const struct salvage *salvage, int kind)
{
    const struct count *count = &salvage->counts[kind];
    int64_t missing = count->highest - count->seen;
    bool known = salvage->damaged || salvage->pages.broken > 0;
    return count->refused + (known && missing > 0 && missing < BOARD_MOMENTS_MOST ? missing : 0);
}

static void report_lost(const struct salvage *salvage, struct buffer *report, struct buffer *line)
{
    for (int kind = 1; kind < KINDS; kind++)
        add_counted(line, lost_of(salvage, kind), record_type(kinds[kind])->name,
                    record_type(kinds[kind])->many);
    if (!salvage->counts[0].taken)
        buffer_add_format(line, "%sthe board's own page (title, why)",
                          line->length > 0 ? ", " : "");
    end_line(report, "Lost: ", line, "");
    add_counted(line, salvage->values, "value", "values");
    end_line(report, "Left out: ", line, " that no board can have; the rest was kept");
}

static void report_damage(const struct salvage *salvage, struct buffer *report, struct buffer *line)
{
    const struct pages *pages = &salvage->pages;
    add_counted(line, pages->unread, "page", "pages");
    add_counted(line, pages->broken, "row", "rows");
    end_line(report, "Damaged: ", line, " could not be read");
    add_counted(line, pages->said > pages->count ? pages->said - pages->count : 0, "page", "pages");
    end_line(report, "Damaged: ", line, " are missing at the end of the file");
    add_counted(line, (int64_t)salvage->late_count, "moment or phase", "moments and phases");
    end_line(report, "Moved to the end: ", line, " whose place could not be read");
    add_counted(line, salvage->doubtful, "record", "records");
    end_line(report, "Doubtful: ", line,
             " found on pages that nothing leads to; they may be older than what was last saved");
}

static void make_report(const struct salvage *salvage, struct buffer *report)
{
    struct buffer line = {0};
    report_taken(salvage, report, &line);
    report_lost(salvage, report, &line);
    report_damage(salvage, report, &line);
    add_counted(&line, salvage->deleted, "record", "records");
    end_line(report, "Left behind: ", &line, " that had been deleted");
    buffer_add_text(report, "Left behind: the history and the votes\n");
    buffer_release(&line);
}

/* --- into a new board ------------------------------------------------------------------------- */

static enum status fill_edit(struct salvage *salvage, const char *path, struct buffer *report,
                             struct error *error)
{
    struct buffer words = {0};
    enum status status = edit_begin(salvage->fresh, &salvage->edit, error);
    if (status != STATUS_OK)
        return status;
    salvage->error = error;
    status = read_all(salvage);
    if (status == STATUS_OK && !found_something(salvage))
        status = error_set(error, STATUS_BAD_DATA,
                           "%s: nothing of a board can be read in it; no file was made", path);
    if (status != STATUS_OK)
        return edit_cancel(salvage->edit, status);
    make_report(salvage, report);
    buffer_add_format(&words, "Salvaged from %s", path);
    status = edit_commit(salvage->edit, error, buffer_text(&words));
    buffer_release(&words);
    return status;
}

/* What comes out is sound, or it does not come out. */
static enum status fill_board(struct salvage *salvage, const char *path, struct buffer *report,
                              struct error *error)
{
    struct buffer findings = {0};
    enum status status = create_fill(salvage->fresh, false, error);
    if (status == STATUS_OK)
        status = store_exec(salvage->fresh, SEEN, error);
    if (status == STATUS_OK)
        status = fill_edit(salvage, path, report, error);
    if (status == STATUS_OK)
        status = store_check(salvage->fresh, &findings, error);
    buffer_release(&findings);
    return status;
}

static enum status write_board(struct salvage *salvage, const char *path, const char *to,
                               const struct store_options *options, struct buffer *report,
                               struct error *error)
{
    struct buffer temporary = {0};
    enum status status = new_file_begin(to, &temporary, error);
    if (status != STATUS_OK)
        return status;
    status = store_open_unchecked(buffer_text(&temporary), to, options, &salvage->fresh, error);
    if (status == STATUS_OK)
        status = fill_board(salvage, path, report, error);
    store_close(salvage->fresh);
    return new_file_end(&temporary, to, status, error);
}

/* --- the old file ----------------------------------------------------------------------------- */

struct image {
    void *bytes;
    size_t length;
};

static enum status read_image(const char *file, const char *path, struct image *image,
                              struct error *error)
{
    struct stat about;
    int fd = open(file, O_RDONLY | O_CLOEXEC);
    bool good = fd >= 0 && fstat(fd, &about) == 0;
    if (good && about.st_size > 0) {
        image->length = (size_t)about.st_size;
        image->bytes = mmap(NULL, image->length, PROT_READ, MAP_PRIVATE, fd, 0);
        good = image->bytes != MAP_FAILED;
    }
    int why = errno;
    if (fd >= 0)
        close(fd);
    return good ? STATUS_OK
                : error_set(error, STATUS_NO_INPUT, "%s: cannot read it: %s", path,
                            error_reason(why));
}

static enum status salvage_image(const struct image *image, const char *path, const char *to,
                                 const struct store_options *options, struct buffer *report,
                                 struct error *error)
{
    struct salvage salvage = {.fresh = NULL};
    pages_init(&salvage.pages, image->bytes, image->length);
    enum status status = write_board(&salvage, path, to, options, report, error);
    pages_release(&salvage.pages);
    return status;
}

enum status store_salvage(const char *path, const char *to, const struct store_options *options,
                          struct buffer *report, struct error *error)
{
    struct header header = {0};
    struct image image = {NULL, 0};
    struct store *copy = NULL;
    struct buffer file = {0};
    enum status status = trust_read_bytes(path, &header, error);
    if (status == STATUS_OK)
        status = store_open_image(path, options, &file, &copy, error);
    if (status == STATUS_OK)
        status = read_image(buffer_text(&file), path, &image, error);
    if (status == STATUS_OK)
        status = salvage_image(&image, path, to, options, report, error);
    if (image.length > 0 && image.bytes != MAP_FAILED)
        (void)munmap(image.bytes, image.length);
    store_close(copy);
    buffer_release(&file);
    return status;
}
