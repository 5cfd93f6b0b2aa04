#include "touchline/buffer.h"
#include "touchline/csv_board.h"
#include "touchline/memory.h"
#include "touchline/samples.h"
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "random.h"
#include "row_list.h"
#include "skip.h"

#define HEADER                                                                                     \
    "number,phase,title,channel,rating,first_rating,target,chosen,dots,seconds,times,owner,"       \
    "handling,expectation,benchmark,note,ideas,actions,ledger,parked\n"

/* --- helpers ---------------------------------------------------------------------------------- */

static struct csv_board plain(void)
{
    return (struct csv_board){.channels = channels_default()};
}

static enum status read_bytes(const struct csv_board *how, const void *bytes, size_t length,
                              struct row_list *rows, struct csv_board_report *report,
                              struct error *error)
{
    FILE *file = length > 0 ? fmemopen((void *)bytes, length, "r") : fopen("/dev/null", "r");
    assert_non_null(file);
    struct row_sink sink = {row_list_take, rows};
    enum status status = csv_board_read(how, file, &sink, report, error);
    assert_int_equal(fclose(file), 0);
    return status;
}

/* Reads what must be readable; the report is dropped. */
static void read_text(const char *text, struct row_list *rows)
{
    struct csv_board how = plain();
    struct csv_board_report report;
    struct error error = {0};
    enum status status = read_bytes(&how, text, strlen(text), rows, &report, &error);
    assert_string_equal(error.text, "");
    assert_int_equal(status, STATUS_OK);
    assert_int_equal(report.rows, rows->count);
    csv_board_report_release(&report);
}

static void assert_refused(const char *text, const char *what)
{
    struct csv_board how = plain();
    struct row_list rows = {0};
    struct csv_board_report report;
    struct error error = {0};
    enum status status = read_bytes(&how, text, strlen(text), &rows, &report, &error);
    assert_string_equal(error.text, what);
    assert_int_equal(status, STATUS_BAD_DATA);
    assert_int_equal(error.status, STATUS_BAD_DATA);
    csv_board_report_release(&report);
    row_list_release(&rows);
}

/* The written board, its caller's to release. */
static struct buffer write_rows(const struct csv_board *how, struct row_list *rows)
{
    FILE *file = tmpfile();
    struct row_source source = {.next = row_list_give, .data = rows};
    struct error error;
    assert_non_null(file);
    rows->given = 0;
    assert_int_equal(csv_board_write(how, file, &source, &error), STATUS_OK);
    struct buffer bytes = {0};
    char block[4096];
    size_t length;
    rewind(file);
    while ((length = fread(block, 1, sizeof block, file)) > 0)
        buffer_add(&bytes, block, length);
    assert_int_equal(fclose(file), 0);
    return bytes;
}

static void assert_writes(const struct csv_board *how, struct row_list *rows, const char *expected)
{
    struct buffer bytes = write_rows(how, rows);
    assert_string_equal(buffer_text(&bytes), expected);
    buffer_release(&bytes);
}

static void assert_same_records(enum record record, const void *a, const void *b, size_t count)
{
    const struct record_type *type = record_type(record);
    for (size_t i = 0; i < count; i++)
        for (size_t field = 0; field < type->count; field++) {
            struct value x = record_get(record, (const char *)a + i * type->size, (int)field);
            struct value y = record_get(record, (const char *)b + i * type->size, (int)field);
            if (value_equal(x, y))
                continue;
            print_message("%s %zu: %s differs\n", type->name, i, type->fields[field].name);
            if (x.type == VALUE_TEXT && y.type == VALUE_TEXT)
                assert_string_equal(x.text, y.text);
            fail();
        }
}

static void assert_same_rows(const struct row_list *a, const struct row_list *b)
{
    assert_int_equal(a->count, b->count);
    for (size_t i = 0; i < a->count; i++) {
        const struct row *x = &a->at[i], *y = &b->at[i];
        assert_same_records(RECORD_ITEM, &x->moment, &y->moment, 1);
        assert_true(value_equal(value_text(x->phase), value_text(y->phase)));
        assert_int_equal(x->ideas.count, y->ideas.count);
        assert_same_records(RECORD_IDEA, x->ideas.at, y->ideas.at, x->ideas.count);
        assert_int_equal(x->actions.count, y->actions.count);
        assert_same_records(RECORD_ACTION, x->actions.at, y->actions.at, x->actions.count);
        assert_int_equal(x->entries.count, y->entries.count);
        assert_same_records(RECORD_ENTRY, x->entries.at, y->entries.at, x->entries.count);
    }
}

/* Written and read again, the rows are the same. */
static void assert_comes_back(const struct csv_board *how, struct row_list *rows)
{
    struct buffer bytes = write_rows(how, rows);
    struct row_list back = {0};
    struct csv_board_report report;
    struct error error = {0};
    enum status status = read_bytes(how, bytes.bytes, bytes.length, &back, &report, &error);
    assert_string_equal(error.text, "");
    assert_int_equal(status, STATUS_OK);
    assert_int_equal(report.unknown_count, 0);
    assert_same_rows(rows, &back);
    csv_board_report_release(&report);
    row_list_release(&back);
    buffer_release(&bytes);
}

/* --- writing ---------------------------------------------------------------------------------- */

static void an_empty_board_is_its_header(void **state)
{
    (void)state;
    struct csv_board how = plain();
    struct row_list none = {0};
    assert_writes(&how, &none, HEADER);
}

static void every_field_of_a_moment_has_its_column(void **state)
{
    (void)state;
    const struct record_type *item = record_type(RECORD_ITEM);
    for (size_t i = 0; i < item->count; i++) {
        char name[64];
        snprintf(name, sizeof name, ",%s,", item->fields[i].name);
        if (i != ITEM_STATE)
            assert_non_null(strstr(HEADER, name));
    }
}

static void a_row_is_written_in_words(void **state)
{
    (void)state;
    struct csv_board how = plain();
    struct row_list rows = {0};
    read_text(HEADER
              "7,On the way,\"Bag, checked\",f2f,NEUTRAL,miserable,Magical,Yes,3,2 min,4,Ana,"
              "what,they,best,note,,,,\n",
              &rows);
    rows.at[0].moment.number = 12;
    assert_writes(&how, &rows,
                  HEADER "12,On the way,\"Bag, checked\",In person,neutral,miserable,magical,yes,3,"
                         "120,4,Ana,what,they,best,note,,,,\n");
    row_list_release(&rows);
}

/* Channels whose numbers leave the same rest, and one with a name longer than most. */
static void each_channel_is_written_by_its_own_name(void **state)
{
    (void)state;
    static struct channel many[] = {
        {.id = 3, .name = (char *)"Post"},
        {.id = 11, .name = (char *)"Café"},
        {.id = 19, .name = (char *)"A name of more than sixteen bytes"},
    };
    static const int order[] = {0, 0, 1, 0, 2, 2, 1, 0};
    const struct channels channels = {many, sizeof many / sizeof *many};
    struct csv_board how = {.channels = &channels};
    struct row_list rows = {0};
    struct buffer expected = {0};
    buffer_add_text(&expected, HEADER);
    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        struct moment *moment = &row_list_add(&rows)->moment;
        moment->title = memory_copy("Call");
        moment->channel = many[order[i]].id;
        buffer_add_format(&expected, "0,,Call,%s,,,,,0,,1,,,,,,,,,\n", many[order[i]].name);
    }
    assert_writes(&how, &rows, buffer_text(&expected));
    buffer_release(&expected);
    row_list_release(&rows);
}

static void what_is_not_known_is_empty(void **state)
{
    (void)state;
    struct csv_board how = plain();
    struct row_list rows = {0};
    read_text("title\nCall\n", &rows);
    assert_writes(&how, &rows, HEADER "0,,Call,,,,,,0,,1,,,,,,,,,\n");
    row_list_release(&rows);
}

static void a_parked_one_has_no_number(void **state)
{
    (void)state;
    struct csv_board how = plain();
    struct row_list rows = {0};
    read_text("title,parked,dots\nLater,yes,5\n", &rows);
    assert_int_equal(rows.at[0].moment.state, STATE_PARKED);
    rows.at[0].moment.number = 3;
    assert_writes(&how, &rows, HEADER ",,Later,,,,,,5,,1,,,,,,,,,yes\n");
    row_list_release(&rows);
}

static void entries_are_written_one_a_line(void **state)
{
    (void)state;
    static const char text[] =
        HEADER "0,,Tea,,,,,,0,,1,,,,,,"
               "\"A cup of tea | price=low | taken=yes\nSmile\","
               "\"Buy kits | owner=Ana | due=2026-12-04 | status=trying | wave=1 | agreed=Ben, Ana"
               " | finding=works\nPaint | status=to do\","
               "\"2026-11-02 | complaint | 40 | text\n2026-11-03 | buys again\n"
               "2026-11-04 | other |  | no sum\",\n";
    struct csv_board how = plain();
    struct row_list rows = {0};
    read_text(text, &rows);
    assert_int_equal(rows.at[0].ideas.count, 2);
    assert_int_equal(rows.at[0].ideas.at[0].price, PRICE_LOW);
    assert_int_equal(rows.at[0].ideas.at[0].taken, 1);
    assert_int_equal(rows.at[0].actions.at[0].wave, 1);
    assert_string_equal(rows.at[0].actions.at[0].finding, "works");
    assert_string_equal(rows.at[0].actions.at[0].agreed, "Ben, Ana");
    assert_int_equal(rows.at[0].entries.at[0].kind, ENTRY_COMPLAINT);
    assert_int_equal(rows.at[0].entries.at[0].amount, 40);
    assert_int_equal(rows.at[0].entries.at[1].amount, FIELD_ABSENT);
    assert_null(rows.at[0].entries.at[1].text);
    assert_writes(&how, &rows, text);
    row_list_release(&rows);
}

static void bars_backslashes_and_breaks_are_escaped(void **state)
{
    (void)state;
    struct csv_board how = plain();
    struct row_list rows = {0};
    struct row *row = row_list_add(&rows);
    struct idea *idea = memory_new(1, sizeof *idea);
    record_init(RECORD_IDEA, idea);
    idea->text = memory_copy(" a|b\\c\nd\\n ");
    row->moment.title = memory_copy("x");
    row->ideas = (struct ideas){idea, 1};
    assert_writes(&how, &rows, HEADER "0,,x,,,,,,0,,1,,,,,,\\ a\\|b\\\\c\\nd\\\\n\\ ,,,\n");
    assert_comes_back(&how, &rows);
    row_list_release(&rows);
}

static void excel_and_raw_styles_come_back_too(void **state)
{
    (void)state;
    struct csv_board how = plain();
    struct row_list rows = {0};
    read_text("title,note\n'=1+1,\"+a\nb\"\n''@x,-5\n", &rows);
    assert_string_equal(rows.at[0].moment.title, "=1+1");
    assert_string_equal(rows.at[1].moment.title, "'@x");
    assert_comes_back(&how, &rows);
    how.style.excel = true;
    assert_writes(&how, &rows,
                  "\uFEFFnumber,phase,title,channel,rating,first_rating,target,chosen,dots,"
                  "seconds,times,owner,handling,expectation,benchmark,note,ideas,actions,ledger,"
                  "parked\r\n0,,'=1+1,,,,,,0,,1,,,,,\"'+a\nb\",,,,\r\n"
                  "0,,''@x,,,,,,0,,1,,,,,-5,,,,\r\n");
    assert_comes_back(&how, &rows);
    how.style = (struct csv_style){.raw = true};
    assert_writes(&how, &rows,
                  HEADER "0,,=1+1,,,,,,0,,1,,,,,\"+a\nb\",,,,\n0,,'@x,,,,,,0,,1,,,,,-5,,,,\n");
    assert_comes_back(&how, &rows);
    row_list_release(&rows);
}

static void writing_ends_where_it_fails(void **state)
{
    (void)state;
    struct csv_board how = plain();
    struct row_list rows = {.refusal = STATUS_BUSY};
    struct row_source source = {.next = row_list_give, .data = &rows};
    struct error error;
    FILE *file = tmpfile();
    assert_non_null(file);
    assert_int_equal(csv_board_write(&how, file, &source, &error), STATUS_BUSY);
    assert_string_equal(error.text, "the source says no");
    assert_int_equal(ftell(file), 0);
    assert_int_equal(fclose(file), 0);
    file = fopen("/dev/full", "w");
    if (file == NULL)
        skip_because("no /dev/full here");
    rows.refusal = STATUS_OK;
    assert_int_equal(csv_board_write(&how, file, &source, &error), STATUS_FULL);
    for (int i = 0; i < 10000; i++)
        row_list_add(&rows);
    assert_int_equal(csv_board_write(&how, file, &source, &error), STATUS_FULL);
    assert_true(rows.given > 0 && rows.given < rows.count);
    (void)fclose(file);
    row_list_release(&rows);
}

/* --- reading ---------------------------------------------------------------------------------- */

static void columns_are_told_by_name(void **state)
{
    (void)state;
    struct row_list rows = {0};
    read_text("SECONDS; Title ;\tRating\t;first_RATING\n15;Call;magical;neutral\n", &rows);
    assert_int_equal(rows.count, 1);
    assert_string_equal(rows.at[0].moment.title, "Call");
    assert_int_equal(rows.at[0].moment.seconds, 15);
    assert_int_equal(rows.at[0].moment.rating, RATING_MAGICAL);
    assert_int_equal(rows.at[0].moment.first_rating, RATING_NEUTRAL);
    assert_int_equal(rows.at[0].moment.times, 1);
    assert_int_equal(rows.at[0].moment.channel, FIELD_ABSENT);
    row_list_release(&rows);
}

/* Words are remembered once they are understood, but there is room for some only. Here are more,
 * made many by capitals and by blanks round them, first all of one length, then of another, and
 * each twice; and a longer one. */
static void words_mean_the_same_however_many(void **state)
{
    (void)state;
    static const char *const names[] = {"webinar", "WEBSITE", "letter", "call", "f2f", "E-MAIL"};
    static const int64_t channels[] = {6, 5, 4, 2, 1, 3};
    enum { WIDTH = 12, ROWS = 2 * 6 * WIDTH * 4 };
    struct buffer text = {0};
    struct row_list rows = {0};
    buffer_add_text(&text, "title,channel\n");
    for (int i = 0; i < ROWS; i++) {
        const char *name = names[i % 6];
        int rest = WIDTH + (i >= ROWS / 2) - (int)strlen(name);
        int front = i / 6 % (rest + 1);
        buffer_add_format(&text, "%d,%*s%s%*s\n", i, front, "", name, rest - front, "");
    }
    buffer_add_text(&text, "x,phone                          \n");
    read_text(buffer_text(&text), &rows);
    assert_int_equal(rows.count, ROWS + 1);
    for (size_t i = 0; i < ROWS; i++)
        assert_int_equal(rows.at[i].moment.channel, channels[i % 6]);
    assert_int_equal(rows.at[ROWS].moment.channel, 2);
    row_list_release(&rows);
    buffer_release(&text);
}

/* Of a letter by which most of them are looked for in the same place. */
static void a_word_is_no_other_that_it_begins(void **state)
{
    (void)state;
    enum { NAMES = 16 };
    char names[NAMES][NAMES + 1];
    struct channel many[NAMES];
    const struct channels channels = {many, NAMES};
    const struct csv_board how = {.channels = &channels};
    struct buffer text = {0};
    struct row_list rows = {0};
    struct csv_board_report report;
    struct error error;
    buffer_add_text(&text, "title,channel\n");
    for (int i = 0; i < NAMES; i++) {
        memset(names[i], 'p', NAMES);
        names[i][NAMES - i] = '\0';
        many[i] = (struct channel){.id = i + 1, .name = names[i], .letter = (char *)"A"};
        buffer_add_format(&text, "%d,%s\n", i, names[i]);
    }
    assert_int_equal(read_bytes(&how, text.bytes, text.length, &rows, &report, &error), STATUS_OK);
    assert_int_equal(rows.count, NAMES);
    for (int i = 0; i < NAMES; i++)
        assert_int_equal(rows.at[i].moment.channel, i + 1);
    csv_board_report_release(&report);
    row_list_release(&rows);
    buffer_release(&text);
}

static void a_blank_cell_says_nothing_however_often(void **state)
{
    (void)state;
    struct row_list rows = {0};
    read_text("title,channel,rating\nCall,  ,  \nBill,  ,  \nPost,phone,\n", &rows);
    assert_int_equal(rows.count, 3);
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(rows.at[i].moment.channel, FIELD_ABSENT);
        assert_int_equal(rows.at[i].moment.rating, RATING_NONE);
    }
    assert_int_equal(rows.at[2].moment.channel, 2);
    row_list_release(&rows);
}

static void unknown_columns_are_named_and_kept_out(void **state)
{
    (void)state;
    struct csv_board how = plain();
    struct row_list rows = {0};
    struct csv_board_report report;
    struct error error;
    static const char text[] = "position,title,idea ,,rating_now,,\n1,Call,great,x,bad,,\n";
    assert_int_equal(read_bytes(&how, text, strlen(text), &rows, &report, &error), STATUS_OK);
    assert_int_equal(report.rows, 1);
    assert_int_equal(report.unknown_count, 3);
    assert_string_equal(report.unknown[0], "position");
    assert_string_equal(report.unknown[1], "idea");
    assert_string_equal(report.unknown[2], "rating_now");
    assert_int_equal(rows.at[0].ideas.count, 0);
    csv_board_report_release(&report);
    row_list_release(&rows);
}

static void a_list_of_titles_is_enough(void **state)
{
    (void)state;
    struct row_list rows = {0};
    read_text("title\r\nCall\r\n\r\n\"Front door, first\"\r\ntitle\r\n", &rows);
    assert_int_equal(rows.count, 3);
    assert_string_equal(rows.at[1].moment.title, "Front door, first");
    assert_string_equal(rows.at[2].moment.title, "title");
    row_list_release(&rows);
}

static void the_number_is_not_read(void **state)
{
    (void)state;
    struct row_list rows = {0};
    read_text("number,title\nz7,Call\n", &rows);
    assert_int_equal(rows.at[0].moment.number, 0);
    row_list_release(&rows);
}

static void blank_rows_are_dropped(void **state)
{
    (void)state;
    struct row_list rows = {0};
    read_text("\n,,\ntitle,note\n\n,\nCall,\n,\n,,,\n\"\",\"\"\n \n\t, \nBill\n", &rows);
    assert_int_equal(rows.count, 2);
    assert_string_equal(rows.at[0].moment.title, "Call");
    assert_string_equal(rows.at[1].moment.title, "Bill");
    row_list_release(&rows);
}

static void rows_may_be_shorter_and_end_in_empty_cells(void **state)
{
    (void)state;
    struct row_list rows = {0};
    read_text("title,note,phase\nCall\nBill,x,,,,\ntitle,note\ntitle,note,phase,\n", &rows);
    assert_int_equal(rows.count, 4);
    assert_string_equal(rows.at[1].moment.title, "Bill");
    assert_string_equal(rows.at[2].moment.note, "note");
    row_list_release(&rows);
}

static void blanks_and_order_of_parts_do_not_count(void **state)
{
    (void)state;
    struct row_list rows = {0};
    read_text("title,ideas,actions,ledger\n"
              "x,\" a b\t|TAKEN = yes|  price=low \n\n \n\\ b|\nC:\\dir\\\nnext\\ \n "
              "\",go|wave=2|owner=Al,"
              "|other\n",
              &rows);
    const struct ideas *ideas = &rows.at[0].ideas;
    assert_int_equal(ideas->count, 3);
    assert_string_equal(ideas->at[0].text, "a b");
    assert_int_equal(ideas->at[0].taken, 1);
    assert_int_equal(ideas->at[0].price, PRICE_LOW);
    assert_string_equal(ideas->at[1].text, " b");
    assert_string_equal(ideas->at[2].text, "C:\\dir\nnext ");
    assert_int_equal(rows.at[0].actions.at[0].wave, 2);
    assert_string_equal(rows.at[0].actions.at[0].owner, "Al");
    assert_null(rows.at[0].entries.at[0].day);
    row_list_release(&rows);
}

static void bad_headers_are_refused(void **state)
{
    (void)state;
    assert_refused("", "nothing in it; its first row must name a column \"title\"");
    assert_refused("\n\n", "nothing in it; its first row must name a column \"title\"");
    assert_refused("name,rating\nCall,neutral\n",
                   "row 1: no column is called \"title\"; give that name to the one that says what "
                   "each moment is");
    assert_refused("title,note,TITLE\n", "row 1, column 3 (TITLE): column 1 has the same name; "
                                         "rename or remove one");
    assert_refused("title,title,note\n", "row 1, column 2 (title): column 1 has the same name; "
                                         "rename or remove one");
    assert_refused("title,idea,idea\n", "row 1, column 3 (idea): column 2 has the same name; "
                                        "rename or remove one");
    assert_refused("\xFF\xFEt", "this looks like UTF-16; save it as UTF-8");
}

static void bad_cells_are_refused_with_their_place(void **state)
{
    (void)state;
    assert_refused(
        "number,phase,title,channel,rating\n1,,a,,\n2,,b,,\n3,,c,,great\n",
        "row 4, column 5: rating cannot be \"great\"; say unrated, miserable, neutral or "
        "magical");
    assert_refused("title,channel\nCall,kiosk\n",
                   "row 2, column 2: channel cannot be \"kiosk\"; say In person, Phone, Email, "
                   "Post, Website, Webinar");
    assert_refused("title,seconds\n\"Call\",1\n\nBill,soon\n",
                   "row 4, column 2: seconds cannot be \"soon\"; say 20 s, 2 min or 1 h, up to "
                   "168 h");
    assert_refused("note,title,chosen\n\"a\nb\",Call,perhaps\n",
                   "row 2, column 3, line 3: chosen cannot be \"perhaps\"; say no or yes");
    assert_refused("title,parked\nCall,perhaps\n",
                   "row 2, column 2: parked cannot be \"perhaps\"; say no or yes");
    assert_refused("title,phase\nCall,\"a\nb\"\n",
                   "row 2, column 2: phase cannot be \"a b\"; write it in one line");
    assert_refused("title,note\n,alone\n", "row 2, column 1: the title is missing; say what the "
                                           "moment is, or empty the whole row");
    assert_refused("note,number,title\n,12\n",
                   "row 2, column 3: the title is missing; say what the "
                   "moment is, or empty the whole row");
    assert_refused(
        "title\nBread, butter\n",
        "row 2, column 2: the first row names no column here; remove it, or quote a text "
        "that was cut in two");
    assert_refused("title,note\na,b\ntitle,note\n",
                   "row 3: this is the first row again; remove it");
    assert_refused("title,note\na,\"b\n", "row 2, column 2: the quote that opens here is never "
                                          "closed; close it, or remove it");
}

static void bad_entries_are_refused_with_their_place(void **state)
{
    (void)state;
    assert_refused("title,ideas\nTea,\"cup\ncake | price=cheap\"\n",
                   "row 2, column 2: ideas, entry 2: price cannot be \"cheap\"; say none, free, "
                   "low, medium or high");
    assert_refused("title,ideas\nTea,cup | saucer\n",
                   "row 2, column 2: ideas, entry 1: part 2 fits nowhere; write it as text | "
                   "price=low | taken=yes, and a bar within a text as \\|");
    assert_refused("title,ideas\nTea,cup | state=parked\n",
                   "row 2, column 2: ideas, entry 1: part 2 fits nowhere; write it as text | "
                   "price=low | taken=yes, and a bar within a text as \\|");
    assert_refused("title,ideas\nTea,cup | price=low | price=low\n",
                   "row 2, column 2: ideas, entry 1: part 3 was there before; write it as text | "
                   "price=low | taken=yes, and a bar within a text as \\|");
    assert_refused("title,ideas\nTea,| price=low\n",
                   "row 2, column 2: ideas, entry 1: text is missing; write it as text | price=low "
                   "| taken=yes");
    assert_refused(
        "title,actions\nTea,buy | due=tomorrow\n",
        "row 2, column 2: actions, entry 1: due cannot be \"tomorrow\"; write the day as "
        "2026-12-04");
    assert_refused(
        "title,ledger\nTea,2026-11-02 | complaint | 40 | text | more\n",
        "row 2, column 2: ledger, entry 1: part 5 fits nowhere; write it as 2026-11-02 | "
        "complaint | 40 | text, and a bar within a text as \\|");
    assert_refused("title,ledger\nTea,2026-11-02\n",
                   "row 2, column 2: ledger, entry 1: kind is missing; write it as 2026-11-02 | "
                   "complaint | 40 | text");
    struct buffer text = {0};
    buffer_add_text(&text, "title,ideas\nTea,\"");
    for (int i = 0; i <= 10000; i++)
        buffer_add_text(&text, "a\n");
    buffer_add_text(&text, "\"\n");
    assert_refused(buffer_text(&text),
                   "row 2, column 2: ideas, there are more than 10,000 entries");
    buffer_release(&text);
}

static void the_sinks_refusal_gets_its_place(void **state)
{
    (void)state;
    static const struct {
        const char *text, *field;
        enum status refusal, status;
        const char *what;
    } cases[] = {
        {"title,Chosen\na,\nb,yes\n", "chosen", STATUS_REFUSED, STATUS_BAD_DATA,
         "row 3, column 2 (chosen): the sink says no"},
        {"title,note\na,\nb,yes\n", "chosen", STATUS_REFUSED, STATUS_BAD_DATA,
         "row 3: the sink says no"},
        {"title,note\na,\nb,yes\n", NULL, STATUS_BAD_DATA, STATUS_BAD_DATA,
         "row 3: the sink says no"},
        {"title\na\nb\n", "title", STATUS_FULL, STATUS_FULL, "the sink says no"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct csv_board how = plain();
        struct row_list rows = {
            .refuse_at = 1, .field = cases[i].field, .refusal = cases[i].refusal};
        struct csv_board_report report;
        struct error error;
        assert_int_equal(
            read_bytes(&how, cases[i].text, strlen(cases[i].text), &rows, &report, &error),
            cases[i].status);
        assert_string_equal(error.text, cases[i].what);
        assert_int_equal(error.status, cases[i].status);
        assert_int_equal(report.rows, 1);
        csv_board_report_release(&report);
        row_list_release(&rows);
    }
}

/* --- progress --------------------------------------------------------------------------------- */

struct told {
    int times, stop_at;
    int64_t rows, bytes;
};

static bool told(void *data, int64_t rows, int64_t bytes)
{
    struct told *it = data;
    assert_int_equal(rows, it->rows + PROGRESS_ROWS);
    assert_true(bytes > it->bytes);
    it->rows = rows;
    it->bytes = bytes;
    return ++it->times != it->stop_at;
}

static void progress_is_told_and_may_stop(void **state)
{
    (void)state;
    struct buffer text = {0};
    struct row_list rows = {0};
    struct csv_board_report report;
    struct error error;
    buffer_add_text(&text, "title\n");
    for (int i = 0; i < 3500; i++)
        buffer_add_format(&text, "%0100d\n", i);
    struct told it = {0};
    struct csv_board how = {.channels = channels_default(), .progress = {told, &it}};
    assert_int_equal(read_bytes(&how, text.bytes, text.length, &rows, &report, &error), STATUS_OK);
    assert_int_equal(it.times, 3);
    assert_in_range(it.bytes, 3000 * 101, 3000 * 101 + 20);
    csv_board_report_release(&report);

    it = (struct told){0};
    struct buffer bytes = write_rows(&how, &rows);
    assert_int_equal(it.times, 3);
    buffer_release(&bytes);

    it = (struct told){.stop_at = 1};
    FILE *nowhere = fopen("/dev/null", "w");
    struct row_source source = {.next = row_list_give, .data = &rows};
    assert_non_null(nowhere);
    rows.given = 0;
    assert_int_equal(csv_board_write(&how, nowhere, &source, &error), STATUS_STOPPED);
    assert_int_equal(rows.given, PROGRESS_ROWS);
    assert_int_equal(it.times, 1);
    assert_int_equal(fclose(nowhere), 0);
    row_list_release(&rows);

    it = (struct told){.stop_at = 2};
    assert_int_equal(read_bytes(&how, text.bytes, text.length, &rows, &report, &error),
                     STATUS_STOPPED);
    assert_string_equal(error.text, "stopped");
    assert_int_equal(report.rows, 2000);
    csv_board_report_release(&report);
    row_list_release(&rows);
    buffer_release(&text);
}

/* --- round trips ------------------------------------------------------------------------------ */

/* What hurts somewhere: formulas, separators, escapes, words of the notation, odd characters. */
static char *random_text(uint64_t *seed, bool lines)
{
    static const char *const pieces[] = {
        "=cmd()",
        "'",
        "+",
        "-1",
        "@",
        "\t",
        ",",
        ";",
        "\"",
        "|",
        " | ",
        "\\",
        "\\n",
        " ",
        "a",
        "price=low",
        "owner=",
        "yes",
        "miserable",
        "é",
        "e\u0301",
        "予約",
        "🙂",
        "\u202E\u202C",
        "\u200B",
        "\uFEFF",
        "\x1B[2J",
        "\x7F",
        "\xC2\x85",
        "\u2028",
        "＝",
        "2026-12-04",
        "z1",
        "0",
        "#",
        "\\|",
        "long words that fill a cell",
        "\n",
        "\n\n",
        "\\\n",
    };
    size_t count = sizeof pieces / sizeof pieces[0] - (lines ? 0 : 3);
    struct buffer text = {0};
    for (uint64_t left = 1 + random_below(seed, 6); left > 0; left--)
        buffer_add_text(&text, pieces[random_below(seed, count)]);
    return buffer_take(&text);
}

static struct value random_word(const struct field *field, uint64_t *seed)
{
    size_t count = 0;
    while (field->words[count].text != NULL)
        count++;
    return value_integer(field->words[random_below(seed, count)].value);
}

static int64_t random_number(const struct field *field, uint64_t *seed)
{
    if (field->type == FIELD_CHANNEL)
        return channels_default()->at[random_below(seed, channels_default()->count)].id;
    uint64_t range = (uint64_t)(field->max - field->min) + 1;
    static const uint64_t ends[] = {0, 1, 59, 3600};
    return field->min + (int64_t)(random_below(seed, 2) ? random_below(seed, range)
                                                        : ends[random_below(seed, 4)] % range);
}

static void fill_field(enum record record, void *it, int number, uint64_t *seed)
{
    const struct field *field = &record_type(record)->fields[number];
    char *text = NULL;
    struct value value;
    if (field->type == FIELD_DAY)
        value = value_text("2026-12-04");
    else if (field_holds_text(field))
        value = value_text(text = random_text(seed, field->type == FIELD_TEXT));
    else if (field->words != NULL)
        value = random_word(field, seed);
    else
        value = value_integer(random_number(field, seed));
    record_set(record, it, number, value);
    memory_free(text);
}

/* Fields from `first` on: those before it are the state and what it belongs to. `needed` always. */
static void fill_record(enum record record, void *it, int first, int needed, uint64_t *seed)
{
    record_init(record, it);
    for (int i = first; i < (int)record_type(record)->count; i++)
        if (i == needed || random_below(seed, 2) == 0)
            fill_field(record, it, i, seed);
}

static void *fill_records(enum record record, int first, int needed, size_t *count, uint64_t *seed)
{
    *count = random_below(seed, 4);
    char *at = memory_new(*count, record_type(record)->size);
    for (size_t i = 0; i < *count; i++)
        fill_record(record, at + i * record_type(record)->size, first, needed, seed);
    return at;
}

static void fill_row(struct row *row, uint64_t *seed)
{
    fill_record(RECORD_ITEM, &row->moment, ITEM_TITLE, ITEM_TITLE, seed);
    row->moment.state = random_below(seed, 4) == 0 ? STATE_PARKED : STATE_LIVE;
    if (random_below(seed, 2) == 0)
        row->phase = random_text(seed, false);
    row->ideas.at = fill_records(RECORD_IDEA, IDEA_TEXT, IDEA_TEXT, &row->ideas.count, seed);
    row->actions.at =
        fill_records(RECORD_ACTION, ACTION_TEXT, ACTION_TEXT, &row->actions.count, seed);
    row->entries.at = fill_records(RECORD_ENTRY, ENTRY_KIND, ENTRY_KIND, &row->entries.count, seed);
}

static void random_boards_come_back_field_by_field(void **state)
{
    (void)state;
    uint64_t seed = 20253;
    for (int round = 0; round < 1000; round++) {
        struct csv_board how = {.channels = channels_default(),
                                .style = {.excel = round & 1, .raw = round & 2}};
        struct row_list rows = {0};
        for (uint64_t left = random_below(&seed, 12); left > 0; left--)
            fill_row(row_list_add(&rows), &seed);
        assert_comes_back(&how, &rows);
        row_list_release(&rows);
    }
}

/* What the fuzzer starts from: each kept file is read, or refused in one line. */
static void kept_inputs_are_answered_in_one_line(void **state)
{
    (void)state;
    static const char folder[] = TOUCHLINE_SOURCE "/tests/fuzz/corpus/fuzz_csv";
    DIR *files = opendir(folder);
    const struct dirent *entry;
    int count = 0;
    assert_non_null(files);
    while ((entry = readdir(files)) != NULL) {
        struct buffer path = {0};
        struct csv_board how = plain();
        struct row_list rows = {0};
        struct row_sink sink = {row_list_take, &rows};
        struct csv_board_report report;
        struct error error = {0};
        buffer_add_format(&path, "%s/%s", folder, entry->d_name);
        FILE *file = fopen(buffer_text(&path), "r");
        assert_non_null(file);
        enum status status = csv_board_read(&how, file, &sink, &report, &error);
        assert_true(status == STATUS_OK || (error.text[0] != '\0' && !strchr(error.text, '\n')));
        count += status == STATUS_OK || status == STATUS_BAD_DATA;
        csv_board_report_release(&report);
        row_list_release(&rows);
        buffer_release(&path);
        assert_int_equal(fclose(file), 0);
    }
    assert_true(count >= 12);
    assert_int_equal(closedir(files), 0);
}

static void the_sample_boards_come_back(void **state)
{
    (void)state;
    assert_true(sample_count > 0);
    for (const struct sample *sample = samples; sample->name != NULL; sample++) {
        struct csv_board how = plain();
        struct row_list rows = {0};
        struct csv_board_report report;
        struct error error = {0};
        enum status status =
            read_bytes(&how, sample->bytes, sample->length, &rows, &report, &error);
        if (status != STATUS_OK)
            print_message("%s: %s\n", sample->name, error.text);
        assert_int_equal(status, STATUS_OK);
        assert_int_equal(report.unknown_count, 0);
        assert_true(rows.count > 5);
        assert_comes_back(&how, &rows);
        csv_board_report_release(&report);
        row_list_release(&rows);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_board_is_its_header),
        cmocka_unit_test(every_field_of_a_moment_has_its_column),
        cmocka_unit_test(a_row_is_written_in_words),
        cmocka_unit_test(each_channel_is_written_by_its_own_name),
        cmocka_unit_test(what_is_not_known_is_empty),
        cmocka_unit_test(a_parked_one_has_no_number),
        cmocka_unit_test(entries_are_written_one_a_line),
        cmocka_unit_test(bars_backslashes_and_breaks_are_escaped),
        cmocka_unit_test(excel_and_raw_styles_come_back_too),
        cmocka_unit_test(writing_ends_where_it_fails),
        cmocka_unit_test(columns_are_told_by_name),
        cmocka_unit_test(words_mean_the_same_however_many),
        cmocka_unit_test(a_word_is_no_other_that_it_begins),
        cmocka_unit_test(a_blank_cell_says_nothing_however_often),
        cmocka_unit_test(unknown_columns_are_named_and_kept_out),
        cmocka_unit_test(a_list_of_titles_is_enough),
        cmocka_unit_test(the_number_is_not_read),
        cmocka_unit_test(blank_rows_are_dropped),
        cmocka_unit_test(rows_may_be_shorter_and_end_in_empty_cells),
        cmocka_unit_test(blanks_and_order_of_parts_do_not_count),
        cmocka_unit_test(bad_headers_are_refused),
        cmocka_unit_test(bad_cells_are_refused_with_their_place),
        cmocka_unit_test(bad_entries_are_refused_with_their_place),
        cmocka_unit_test(the_sinks_refusal_gets_its_place),
        cmocka_unit_test(progress_is_told_and_may_stop),
        cmocka_unit_test(random_boards_come_back_field_by_field),
        cmocka_unit_test(kept_inputs_are_answered_in_one_line),
        cmocka_unit_test(the_sample_boards_come_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
