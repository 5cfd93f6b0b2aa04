#include "boards.h"
#include "touchline/memory.h"
#include "touchline/method.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static const char *const letters[] = {"a", "b", "c", "d", "e", "f", "g", NULL};

static int64_t edits(struct store *store)
{
    return board_sql_number(store_path(store), "SELECT count(*) FROM edit");
}

static struct edit *begin(struct store *store)
{
    struct error error;
    struct edit *edit;
    MUST(edit_begin(store, &edit, &error));
    return edit;
}

static struct moment read_moment(struct store *store, int64_t id)
{
    struct error error;
    struct moment moment = {0};
    MUST(store_moment(store, id, &moment, &error));
    return moment;
}

static int64_t field_of(struct store *store, int64_t id, int field)
{
    struct moment moment = read_moment(store, id);
    int64_t value = record_get(RECORD_ITEM, &moment, field).integer;
    record_release(RECORD_ITEM, &moment);
    return value;
}

/* --- one edit --------------------------------------------------------------------------------- */

static bool take_entry(void *data, const struct history_entry *entry)
{
    struct history_entry *into = data;
    *into = *entry;
    assert_string_equal(entry->who, "Ana");
    assert_string_equal(entry->words, "1 is now miserable");
    return true;
}

static void an_edit_is_one_transaction_with_its_history(void **state)
{
    struct error error;
    struct history_entry entry = {0};
    struct store *store = board_new(*state, "b", "Ana");
    int64_t id = board_fill(store, letters);
    struct edit *edit = begin(store);
    assert_int_equal(edit_changes(edit), 0);
    MUST(edit_set(edit, RECORD_ITEM, id, ITEM_RATING, value_integer(1), NULL, &error));
    MUST(edit_set(edit, RECORD_ITEM, id, ITEM_OWNER, value_text("Wally"), NULL, &error));
    assert_int_equal(edit_changes(edit), 3); /* the first rating too */
    assert_int_equal(edits(store), 1);       /* nobody else sees it yet */
    MUST(edit_commit(edit, &error, "1 is now miserable"));
    MUST(store_history(store, 1, take_entry, &entry, &error));
    assert_int_equal(entry.id, 2);
    assert_int_equal(entry.at, INT64_C(1795288440000));
    assert_int_equal(entry.changes, 3);
    assert_false(entry.undo || entry.redo);
    board_assert_sound(store);
    store_close(store);
}

static void a_cancelled_edit_leaves_nothing(void **state)
{
    struct error error;
    struct store *store = board_new(*state, "b", "Ana");
    int64_t id = board_fill(store, letters), number;
    char *before = board_content(store_path(store));
    struct edit *edit = begin(store);
    MUST(edit_move(edit, id, id + 5, &error));
    MUST(store_number(store, id + 3, &number, &error)); /* as the edit leaves it */
    assert_int_equal(number, 3);
    assert_int_equal(edit_cancel(edit, STATUS_REFUSED), STATUS_REFUSED);
    MUST(store_number(store, id + 3, &number, &error));
    assert_int_equal(number, 4);
    char *after = board_content(store_path(store));
    assert_string_equal(before, after);
    assert_int_equal(edits(store), 1);
    memory_free(before);
    memory_free(after);
    store_close(store);
}

static void no_change_is_no_edit(void **state)
{
    struct error error;
    struct store *store = board_new(*state, "b", "Ana");
    int64_t id = board_fill(store, letters);
    struct edit *edit = begin(store);
    MUST(edit_set(edit, RECORD_ITEM, id, ITEM_TITLE, value_text("a"), NULL, &error));
    MUST(edit_set(edit, RECORD_ITEM, id, ITEM_RATING, value_absent(), NULL, &error));
    MUST(edit_set(edit, RECORD_ITEM, id, ITEM_TIMES, value_integer(1), NULL, &error));
    MUST(edit_set(edit, RECORD_ITEM, id, ITEM_SECONDS, value_absent(), NULL, &error));
    MUST(edit_set(edit, RECORD_ITEM, id, ITEM_NOTE, value_text(""), NULL, &error));
    MUST(edit_move(edit, id + 1, id, &error));
    MUST(edit_move(edit, id, PLACE_START, &error));
    MUST(edit_move(edit, id + 6, PLACE_END, &error));
    MUST(edit_move(edit, id, id, &error));
    assert_int_equal(edit_changes(edit), 0);
    MUST(edit_commit(edit, &error, "nothing"));
    assert_int_equal(edits(store), 1);
    store_close(store);
}

/* After an error nothing of the edit can be saved, whatever the caller goes on to do. */
static void a_failed_part_fails_the_edit(void **state)
{
    struct error error;
    struct store *store = board_new(*state, "b", "Ana");
    int64_t id = board_fill(store, letters), other;
    char *before = board_content(store_path(store));
    struct edit *edit = begin(store);
    MUST(edit_set(edit, RECORD_ITEM, id, ITEM_DOTS, value_integer(3), NULL, &error));
    MUST_REFUSE(edit_set(edit, RECORD_ITEM, id, ITEM_TARGET, value_integer(3), NULL, &error),
                STATUS_REFUSED, "Rate it first.");
    MUST_REFUSE(edit_set(edit, RECORD_ITEM, id, ITEM_DOTS, value_integer(4), NULL, &error),
                STATUS_REFUSED, "nothing was saved: a part of it could not be done");
    MUST_REFUSE(edit_add_phase(edit, "x", PLACE_END, &other, &error), STATUS_REFUSED, "a part");
    MUST_REFUSE(edit_move(edit, id, PLACE_END, &error), STATUS_REFUSED, "a part");
    MUST_REFUSE(edit_remove(edit, RECORD_ITEM, id, &error), STATUS_REFUSED, "a part");
    MUST_REFUSE(edit_commit(edit, &error, "half"), STATUS_REFUSED, "a part");
    char *after = board_content(store_path(store));
    assert_string_equal(before, after);
    memory_free(before);
    memory_free(after);
    store_close(store);
}

/* --- fields ----------------------------------------------------------------------------------- */

static void every_field_comes_back(void **state)
{
    static const struct {
        int field;
        int64_t number;
        const char *text;
    } cases[] = {
        {ITEM_TITLE, 0, "Z\xC3\xBCrich \xF0\x9F\x9A\x95"},
        {ITEM_CHANNEL, 2, NULL},
        {ITEM_RATING, RATING_NEUTRAL, NULL},
        {ITEM_TARGET, RATING_MAGICAL, NULL},
        {ITEM_CHOSEN, 1, NULL},
        {ITEM_DOTS, 1000000, NULL},
        {ITEM_SECONDS, 604800, NULL},
        {ITEM_TIMES, 1000, NULL},
        {ITEM_OWNER, 0, "Ana; DROP TABLE item"},
        {ITEM_HANDLING, 0, "one\ntwo"},
        /* NOLINTNEXTLINE(misc-misleading-bidirectional): the text that is tested */
        {ITEM_EXPECTATION, 0, "\xE2\x80\xAE"},
        {ITEM_BENCHMARK, 0, "%s%n"},
        {ITEM_NOTE, 0, "'\"\\"},
    };
    struct store *store = board_new(*state, "b", "Ana");
    int64_t id = board_fill(store, letters);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct value value =
            cases[i].text ? value_text(cases[i].text) : value_integer(cases[i].number);
        board_set(store, id, cases[i].field, value);
        struct moment moment = read_moment(store, id);
        assert_true(value_equal(record_get(RECORD_ITEM, &moment, cases[i].field), value));
        record_release(RECORD_ITEM, &moment);
    }
    board_assert_sound(store);
    store_close(store);
}

static void what_cannot_be_is_refused(void **state)
{
    static const struct {
        int field;
        int64_t number;
        const char *text;
        enum status status;
        const char *told;
    } cases[] = {
        {ITEM_TITLE, 0, NULL, STATUS_REFUSED, "a moment cannot be without a title"},
        {ITEM_TITLE, 0, "two\nlines", STATUS_BAD_DATA, "title"},
        {ITEM_TITLE, 0, "\xFF", STATUS_BAD_DATA, "title is not UTF-8"},
        {ITEM_SECONDS, 604801, NULL, STATUS_BAD_DATA, "seconds"},
        {ITEM_SECONDS, -1, NULL, STATUS_BAD_DATA, "seconds"},
        {ITEM_RATING, 4, NULL, STATUS_BAD_DATA, "rating"},
        {ITEM_CHANNEL, 7, NULL, STATUS_NOT_FOUND, "there is no channel id:7 on this board"},
        {ITEM_STATE, 3, NULL, STATUS_BAD_DATA, "state"},
    };
    struct error error;
    struct store *store = board_new(*state, "b", "Ana");
    int64_t id = board_fill(store, letters);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bool none = !cases[i].text && cases[i].number == 0;
        struct edit *edit = begin(store);
        struct value value = none            ? value_absent()
                             : cases[i].text ? value_text(cases[i].text)
                                             : value_integer(cases[i].number);
        MUST_REFUSE(edit_set(edit, RECORD_ITEM, id, cases[i].field, value, NULL, &error),
                    cases[i].status, cases[i].told);
        edit_cancel(edit, STATUS_OK);
    }
    struct edit *edit = begin(store);
    MUST_REFUSE(edit_set(edit, RECORD_ITEM, 99, ITEM_DOTS, value_integer(1), NULL, &error),
                STATUS_NOT_FOUND, "there is no moment id:99");
    edit_cancel(edit, STATUS_OK);
    assert_int_equal(edits(store), 1);
    store_close(store);
}

static void a_phase_has_a_title_and_a_place(void **state)
{
    struct error error;
    static const char *const titles[] = {"#Before", "a", NULL};
    struct store *store = board_new(*state, "b", "Ana");
    int64_t phase = board_fill(store, titles);
    static const int refused[] = {ITEM_RATING,  ITEM_CHOSEN, ITEM_CHANNEL,
                                  ITEM_SECONDS, ITEM_NOTE,   ITEM_DOTS};
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        struct edit *edit = begin(store);
        struct value value = refused[i] == ITEM_NOTE ? value_text("x") : value_integer(1);
        MUST_REFUSE(edit_set(edit, RECORD_ITEM, phase, refused[i], value, NULL, &error),
                    STATUS_REFUSED, "a phase has no ");
        edit_cancel(edit, STATUS_OK);
    }
    struct edit *edit = begin(store);
    MUST_REFUSE(
        edit_set(edit, RECORD_ITEM, phase, ITEM_STATE, value_integer(STATE_PARKED), NULL, &error),
        STATUS_REFUSED, "a phase has no state");
    edit_cancel(edit, STATUS_OK);
    board_set(store, phase, ITEM_TITLE, value_text("Arrival"));
    ASSERT_LINE(store, "[Arrival] a");
    board_delete(store, RECORD_ITEM, phase);
    ASSERT_LINE(store, "a");
    store_close(store);
}

/* --- conflicts -------------------------------------------------------------------------------- */

static void what_was_seen_is_compared(void **state)
{
    struct error error;
    struct store *ana = board_new(*state, "b", "Ana");
    struct store *ben = board_open(store_path(ana), "Ben");
    int64_t id = board_fill(ana, letters);
    struct value seen = value_text("a"), unrated = value_absent();
    board_set(ben, id, ITEM_TITLE, value_text("Aa"));
    board_set(ben, id, ITEM_RATING, value_integer(2));

    struct edit *edit = begin(ana);
    MUST_REFUSE(edit_set(edit, RECORD_ITEM, id, ITEM_TITLE, value_text("A"), &seen, &error),
                STATUS_CONFLICT, "Ben has changed it meanwhile (Title): look, then try again");
    edit_cancel(edit, STATUS_OK);
    edit = begin(ana);
    MUST_REFUSE(edit_set(edit, RECORD_ITEM, id, ITEM_RATING, value_integer(1), &unrated, &error),
                STATUS_CONFLICT, "Ben has changed it meanwhile (Rating)");
    edit_cancel(edit, STATUS_OK);

    /* The same already, or seen rightly: no conflict. Case counts. */
    edit = begin(ana);
    MUST(edit_set(edit, RECORD_ITEM, id, ITEM_TITLE, value_text("Aa"), &seen, &error));
    assert_int_equal(edit_changes(edit), 0);
    seen = value_text("Aa");
    MUST(edit_set(edit, RECORD_ITEM, id, ITEM_TITLE, value_text("AA"), &seen, &error));
    MUST(edit_commit(edit, &error, "x"));
    seen = value_text("aa");
    edit = begin(ben);
    MUST_REFUSE(edit_set(edit, RECORD_ITEM, id, ITEM_TITLE, value_text("b"), &seen, &error),
                STATUS_CONFLICT, "Ana has changed it");
    edit_cancel(edit, STATUS_OK);

    /* Nobody is named whom history does not know. */
    board_sql(store_path(ana), "DELETE FROM change");
    edit = begin(ben);
    MUST_REFUSE(edit_set(edit, RECORD_ITEM, id, ITEM_TITLE, value_text("b"), &seen, &error),
                STATUS_CONFLICT, "another program has changed it meanwhile (Title)");
    edit_cancel(edit, STATUS_OK);
    store_close(ana);
    store_close(ben);
}

static void a_deleted_record_is_out_of_reach(void **state)
{
    struct error error;
    struct store *ana = board_new(*state, "b", "Ana");
    struct store *ben = board_open(store_path(ana), "Ben");
    int64_t id = board_fill(ana, letters);
    int64_t idea = board_add_idea(ana, id + 1, "tea", PRICE_FREE), other;
    board_delete(ben, RECORD_ITEM, id);
    board_delete(ben, RECORD_IDEA, idea);
    struct edit *edit = begin(ana);
    MUST_REFUSE(edit_set(edit, RECORD_ITEM, id, ITEM_DOTS, value_integer(1), NULL, &error),
                STATUS_NOT_FOUND, "that moment was deleted meanwhile");
    edit_cancel(edit, STATUS_OK);
    edit = begin(ana);
    MUST_REFUSE(edit_move(edit, id, PLACE_END, &error), STATUS_NOT_FOUND, "deleted meanwhile");
    edit_cancel(edit, STATUS_OK);
    edit = begin(ana);
    MUST_REFUSE(edit_set(edit, RECORD_IDEA, idea, IDEA_PRICE, value_integer(1), NULL, &error),
                STATUS_NOT_FOUND, "that idea was deleted meanwhile");
    edit_cancel(edit, STATUS_OK);
    struct idea late = {.item = id, .text = (char *)"late"};
    edit = begin(ana);
    MUST_REFUSE(edit_add(edit, RECORD_IDEA, &late, &other, &error), STATUS_NOT_FOUND,
                "there is no moment id:1 on this board");
    edit_cancel(edit, STATUS_OK);

    /* Its place can still be named, and it can be brought back. */
    board_add(ana, "x", id);
    ASSERT_LINE(ana, "x b c d e f g");
    board_set(ana, id, ITEM_STATE, value_integer(STATE_LIVE));
    ASSERT_LINE(ana, "a x b c d e f g");
    board_assert_sound(ana);
    store_close(ana);
    store_close(ben);
}

/* --- the method ------------------------------------------------------------------------------- */

static void r6_a_sixth_is_refused_at_the_commit(void **state)
{
    struct error error;
    struct store *store = board_new(*state, "b", "Ana");
    int64_t id = board_fill(store, letters);
    for (int64_t i = 0; i < 5; i++)
        board_set(store, id + i, ITEM_CHOSEN, value_integer(1));
    struct edit *edit = begin(store);
    MUST(edit_set(edit, RECORD_ITEM, id + 5, ITEM_CHOSEN, value_integer(1), NULL, &error));
    MUST_REFUSE(edit_commit(edit, &error, "x"), STATUS_REFUSED, "Five are chosen");

    edit = begin(store); /* a swap, in either order */
    MUST(edit_set(edit, RECORD_ITEM, id + 5, ITEM_CHOSEN, value_integer(1), NULL, &error));
    MUST(edit_set(edit, RECORD_ITEM, id, ITEM_CHOSEN, value_integer(0), NULL, &error));
    MUST(edit_commit(edit, &error, "swapped"));

    board_set(store, id + 5, ITEM_STATE,
              value_integer(STATE_PARKED)); /* parked ones do not count */
    board_set(store, id, ITEM_CHOSEN, value_integer(1));
    edit = begin(store);
    MUST(edit_set(edit, RECORD_ITEM, id + 5, ITEM_STATE, value_integer(STATE_LIVE), NULL, &error));
    MUST_REFUSE(edit_commit(edit, &error, "x"), STATUS_REFUSED, "Five are chosen");

    struct moment sixth;
    int64_t other;
    record_init(RECORD_ITEM, &sixth);
    sixth.title = (char *)"sixth";
    sixth.chosen = 1;
    edit = begin(store);
    MUST(edit_add_moment(edit, &sixth, PLACE_END, &other, &error));
    MUST_REFUSE(edit_commit(edit, &error, "x"), STATUS_REFUSED, "Five are chosen");
    board_assert_sound(store);
    store_close(store);
}

static void r11_targets_hang_on_ratings(void **state)
{
    struct error error;
    struct store *store = board_new(*state, "b", "Ana");
    int64_t id = board_fill(store, letters);
    for (int64_t rating = 0; rating < RATINGS; rating++)
        for (int64_t target = 1; target < RATINGS; target++) {
            struct error ignored;
            board_set(store, id, ITEM_TARGET, value_absent());
            board_set(store, id, ITEM_RATING, value_integer(rating));
            enum status wanted = method_check_target(rating, target, &ignored);
            if (target == RATING_MISERABLE) /* no target at all */
                wanted = STATUS_BAD_DATA;
            struct edit *edit = begin(store);
            assert_int_equal(
                edit_set(edit, RECORD_ITEM, id, ITEM_TARGET, value_integer(target), NULL, &error),
                wanted);
            enum status status = wanted == STATUS_OK ? edit_commit(edit, &error, "target")
                                                     : edit_cancel(edit, wanted);
            assert_int_equal(status, wanted);
        }
    /* One that a later rating has overtaken is kept; without a rating there is none. */
    board_set(store, id, ITEM_TARGET, value_absent());
    board_set(store, id, ITEM_RATING, value_integer(RATING_MISERABLE));
    board_set(store, id, ITEM_TARGET, value_integer(RATING_NEUTRAL));
    board_set(store, id, ITEM_RATING, value_integer(RATING_MAGICAL));
    assert_int_equal(field_of(store, id, ITEM_TARGET), RATING_NEUTRAL);
    board_set(store, id, ITEM_RATING, value_absent());
    assert_int_equal(field_of(store, id, ITEM_TARGET), RATING_NONE);
    board_undo(store);
    assert_int_equal(field_of(store, id, ITEM_TARGET), RATING_NEUTRAL);
    board_assert_sound(store);
    store_close(store);
}

static void the_first_rating_is_kept(void **state)
{
    struct store *store = board_new(*state, "b", "Ana");
    int64_t id = board_fill(store, letters);
    board_set(store, id, ITEM_RATING, value_integer(RATING_NEUTRAL));
    assert_int_equal(field_of(store, id, ITEM_FIRST_RATING), RATING_NEUTRAL);
    board_set(store, id, ITEM_RATING, value_integer(RATING_MAGICAL));
    assert_int_equal(field_of(store, id, ITEM_FIRST_RATING), RATING_NEUTRAL);
    board_set(store, id, ITEM_RATING, value_absent());
    assert_int_equal(field_of(store, id, ITEM_FIRST_RATING), RATING_NEUTRAL);
    board_undo(store);
    board_undo(store);
    board_undo(store); /* back before any rating */
    assert_int_equal(field_of(store, id, ITEM_FIRST_RATING), RATING_NONE);

    /* One that came with a rating and no first one keeps what it came with. */
    struct error error;
    struct moment moment;
    int64_t other;
    record_init(RECORD_ITEM, &moment);
    moment.title = (char *)"imported";
    moment.rating = RATING_MAGICAL;
    struct edit *edit = begin(store);
    MUST(edit_add_moment(edit, &moment, PLACE_END, &other, &error));
    MUST(edit_commit(edit, &error, "added"));
    assert_int_equal(field_of(store, other, ITEM_FIRST_RATING), RATING_NONE);
    board_set(store, other, ITEM_RATING, value_integer(RATING_MISERABLE));
    assert_int_equal(field_of(store, other, ITEM_FIRST_RATING), RATING_MAGICAL);
    store_close(store);
}

/* --- records ---------------------------------------------------------------------------------- */

static void records_need_what_they_hang_on(void **state)
{
    struct error error;
    int64_t id;
    struct store *store = board_new(*state, "b", "Ana");
    static const char *const titles[] = {"#Phase", "a", NULL};
    int64_t phase = board_fill(store, titles);
    struct idea ideas[] = {{.item = phase, .text = (char *)"x"},
                           {.item = 99, .text = (char *)"x"},
                           {.item = phase + 1}};
    static const char *const told[] = {"there is no moment id:1", "there is no moment id:99",
                                       "an idea cannot be without a text"};
    for (size_t i = 0; i < 3; i++) {
        struct edit *edit = begin(store);
        const char *line = i == 2 ? "cannot be without a text" : told[i];
        MUST_REFUSE(edit_add(edit, RECORD_IDEA, &ideas[i], &id, &error),
                    i == 2 ? STATUS_REFUSED : STATUS_NOT_FOUND, line);
        edit_cancel(edit, STATUS_OK);
    }
    struct entry entry;
    record_init(RECORD_ENTRY, &entry);
    entry.item = phase + 1;
    struct edit *edit = begin(store);
    MUST_REFUSE(edit_add(edit, RECORD_ENTRY, &entry, &id, &error), STATUS_REFUSED,
                "cannot be without a kind");
    edit_cancel(edit, STATUS_OK);
    struct person person = {.name = (char *)"Wally", .front_line = 1};
    edit = begin(store);
    MUST(edit_add(edit, RECORD_PERSON, &person, &id, &error));
    MUST(edit_commit(edit, &error, "Wally is here"));
    struct people people = {0};
    MUST(store_people(store, &people, &error));
    assert_int_equal(people.count, 1);
    assert_string_equal(people.at[0].name, "Wally");
    assert_int_equal(people.at[0].front_line, 1);
    people_release(&people);
    store_close(store);
}

static void channels_are_told_apart(void **state)
{
    struct error error;
    int64_t id;
    struct channels channels = {0};
    struct store *store = board_new(*state, "b", "Ana");
    int64_t moment = board_fill(store, letters);
    struct channel chat = {.position = 7,
                           .name = (char *)"Chat",
                           .letter = (char *)"P",
                           .sign = (char *)"c",
                           .colour = 120};
    struct edit *edit = begin(store);
    MUST_REFUSE(edit_add(edit, RECORD_CHANNEL, &chat, &id, &error), STATUS_REFUSED,
                "another channel has that letter; take another");
    edit_cancel(edit, STATUS_OK);
    chat.letter = (char *)"C";
    edit = begin(store);
    MUST(edit_add(edit, RECORD_CHANNEL, &chat, &id, &error));
    MUST(edit_set(edit, RECORD_ITEM, moment, ITEM_CHANNEL, value_integer(id), NULL, &error));
    MUST(edit_commit(edit, &error, "chat"));
    MUST(store_channels(store, &channels, &error));
    assert_int_equal(channels.count, 7);
    assert_string_equal(channels.at[6].name, "Chat");
    channels_release(&channels);

    edit = begin(store);
    MUST_REFUSE(edit_set(edit, RECORD_CHANNEL, id, CHANNEL_NAME, value_text("pHONE"), NULL, &error),
                STATUS_REFUSED, "another channel has that name");
    edit_cancel(edit, STATUS_OK);
    board_set_of(store, RECORD_CHANNEL, id, CHANNEL_NAME, value_text("CHAT"));
    edit = begin(store);
    MUST_REFUSE(edit_remove(edit, RECORD_CHANNEL, id, &error), STATUS_REFUSED,
                "1 moments are by that channel; give them another first");
    edit_cancel(edit, STATUS_OK);
    board_set(store, moment, ITEM_CHANNEL, value_absent());
    board_delete(store, RECORD_CHANNEL, id);
    edit = begin(store);
    MUST_REFUSE(edit_set(edit, RECORD_ITEM, moment, ITEM_CHANNEL, value_integer(id), NULL, &error),
                STATUS_NOT_FOUND, "there is no channel");
    edit_cancel(edit, STATUS_OK);
    edit = begin(store); /* one that goes within the edit is gone in it */
    MUST(edit_set(edit, RECORD_ITEM, moment, ITEM_CHANNEL, value_integer(6), NULL, &error));
    MUST(edit_set(edit, RECORD_ITEM, moment, ITEM_CHANNEL, value_absent(), NULL, &error));
    MUST(edit_remove(edit, RECORD_CHANNEL, 6, &error));
    MUST_REFUSE(edit_set(edit, RECORD_ITEM, moment, ITEM_CHANNEL, value_integer(6), NULL, &error),
                STATUS_NOT_FOUND, "there is no channel id:6");
    edit_cancel(edit, STATUS_OK);
    board_set_of(store, RECORD_CHANNEL, 2, CHANNEL_LETTER, value_text("C"));
    edit = begin(store); /* it cannot come back under a letter that is taken now */
    MUST_REFUSE(
        edit_set(edit, RECORD_CHANNEL, id, CHANNEL_STATE, value_integer(STATE_LIVE), NULL, &error),
        STATUS_REFUSED, "another channel has that letter");
    edit_cancel(edit, STATUS_OK);
    board_assert_sound(store);
    store_close(store);
}

static int64_t add_x(struct edit *edit, int64_t after)
{
    struct error error;
    struct moment moment;
    int64_t id;
    record_init(RECORD_ITEM, &moment);
    moment.title = (char *)"x";
    MUST(edit_add_moment(edit, &moment, after, &id, &error));
    return id;
}

static void a_board_has_room_for_so_many(void **state)
{
    struct error error;
    struct channel channel = {.position = 9, .sign = (char *)"x", .colour = 100};
    char name[2] = "A";
    int64_t id;
    struct store *store = board_new(*state, "b", "Ana");
    struct edit *edit = begin(store);
    for (int i = 0; i < BOARD_PHASES_MOST; i++)
        MUST(edit_add_phase(edit, "phase", PLACE_END, &id, &error));
    MUST_REFUSE(edit_add_phase(edit, "one more", PLACE_END, &id, &error), STATUS_REFUSED,
                "a board has room for 1,000 phases");
    edit_cancel(edit, STATUS_OK);
    board_sql(store_path(store),
              "INSERT INTO tally VALUES(1, 0, 0, 0, 99999, 0, 0, 99999, 0)"); /* as if there were */
    id = board_add(store, "the last", PLACE_END);
    struct moment moment;
    record_init(RECORD_ITEM, &moment);
    moment.title = (char *)"one more";
    edit = begin(store);
    MUST_REFUSE(edit_add_moment(edit, &moment, PLACE_END, &id, &error), STATUS_REFUSED,
                "a board has room for 100,000 moments");
    edit_cancel(edit, STATUS_OK);
    board_delete(store, RECORD_ITEM, 1);
    board_add(store, "in its stead", PLACE_END);
    edit = begin(store);
    MUST_REFUSE(edit_set(edit, RECORD_ITEM, 1, ITEM_STATE, value_integer(STATE_LIVE), NULL, &error),
                STATUS_REFUSED, "room for 100,000 moments");
    edit_cancel(edit, STATUS_OK);
    board_sql(store_path(store), "UPDATE tally SET n = 99998 WHERE n > 99000");
    edit = begin(store); /* what one edit takes away makes room in it */
    id = add_x(edit, PLACE_END);
    MUST(edit_remove(edit, RECORD_ITEM, id, &error));
    (void)add_x(edit, PLACE_END);
    (void)add_x(edit, PLACE_END);
    MUST_REFUSE(edit_add_moment(edit, &moment, PLACE_END, &id, &error), STATUS_REFUSED,
                "room for 100,000 moments");
    edit_cancel(edit, STATUS_OK);
    /* Letters end before the room for channels does. */
    edit = begin(store);
    for (; name[0] <= 'Z'; name[0]++) {
        channel.name = channel.letter = name;
        enum status status = edit_add(edit, RECORD_CHANNEL, &channel, &id, &error);
        if (strchr("IPELWB", name[0])) {
            assert_int_equal(status, STATUS_REFUSED);
            edit_cancel(edit, STATUS_OK);
            edit = begin(store);
        } else
            assert_int_equal(status, STATUS_OK);
    }
    edit_cancel(edit, STATUS_OK);
    store_close(store);
}

/* --- places ----------------------------------------------------------------------------------- */

/* NOLINTNEXTLINE(readability-function-size): one story, told in assertions */
static void places_are_where_they_are_said(void **state)
{
    struct store *store = board_new(*state, "b", "Ana");
    int64_t a = board_add(store, "a", PLACE_END);
    int64_t b = board_add(store, "b", PLACE_END);
    int64_t c = board_add(store, "c", PLACE_START);
    int64_t d = board_add(store, "d", a);
    ASSERT_LINE(store, "c a d b");
    board_move(store, c, PLACE_END);
    ASSERT_LINE(store, "a d b c");
    board_move(store, b, PLACE_START);
    ASSERT_LINE(store, "b a d c");
    board_move(store, b, a);
    ASSERT_LINE(store, "a b d c");
    board_move(store, c, b);
    ASSERT_LINE(store, "a b c d");
    int64_t p = board_add_phase(store, "P", PLACE_START);
    int64_t q = board_add_phase(store, "Q", b);
    ASSERT_LINE(store, "[P] a b [Q] c d");
    board_move(store, b, q);
    ASSERT_LINE(store, "[P] a [Q] b c d");
    board_move(store, q, d);
    ASSERT_LINE(store, "[P] a b c d");
    board_move(store, p, b);
    ASSERT_LINE(store, "a b [P] c d");
    board_set(store, a, ITEM_STATE, value_integer(STATE_PARKED));
    board_set(store, c, ITEM_STATE, value_integer(STATE_PARKED));
    ASSERT_LINE(store, "b [P] d | a c");
    board_move(store, c, PLACE_START);
    ASSERT_LINE(store, "b [P] d | c a");
    board_assert_sound(store);
    store_close(store);
}

/* Deleted and parked neighbours keep their places, so what is put after them stands there. */
static void places_of_what_is_gone_still_count(void **state)
{
    struct error error;
    struct store *store = board_new(*state, "b", "Ana");
    int64_t id = board_fill(store, letters); /* a to g */
    board_delete(store, RECORD_ITEM, id + 1);
    board_delete(store, RECORD_ITEM, id + 6);
    board_set(store, id + 3, ITEM_STATE, value_integer(STATE_PARKED));
    ASSERT_LINE(store, "a c e f | d");
    struct edit *none = begin(store); /* c stands right after a, as one sees it */
    MUST(edit_move(none, id + 2, id, &error));
    assert_int_equal(edit_changes(none), 0);
    edit_cancel(none, STATUS_OK);
    board_add(store, "x", id + 1);
    board_add(store, "y", id + 3);
    board_add(store, "z", PLACE_END);
    ASSERT_LINE(store, "a x c y e f z | d");
    struct edit *edit = begin(store); /* c is right after x, whatever lies between */
    MUST(edit_move(edit, id, PLACE_START, &error));
    assert_int_equal(edit_changes(edit), 0);
    MUST(edit_commit(edit, &error, "x"));
    board_set(store, id + 1, ITEM_STATE, value_integer(STATE_LIVE));
    board_set(store, id + 6, ITEM_STATE, value_integer(STATE_LIVE));
    board_set(store, id + 3, ITEM_STATE, value_integer(STATE_LIVE));
    ASSERT_LINE(store, "a b x c d y e f g z");
    board_assert_sound(store);
    store_close(store);
}

static int64_t place_of_the_last(struct store *store)
{
    return board_sql_number(store_path(store), "SELECT max(ord) FROM item");
}

/* Some 10,000 inserts fit a gap, onwards or backwards; then all places are renewed, which nobody
 * sees. */
static void twenty_thousand_fit_one_spot(void **state)
{
    struct error error;
    for (int backwards = 0; backwards < 2; backwards++) {
        int64_t id, number, last = 0, place = 0;
        int renewed = 0;
        struct store *store = board_new(*state, backwards ? "back" : "on", "Ana");
        int64_t first = board_fill(store, letters);
        for (int i = 0; i < 1000; i++) {
            struct edit *edit = begin(store);
            for (int j = 0; j < 20; j++)
                last = add_x(edit, backwards || !last ? first : last);
            MUST(edit_commit(edit, &error, "x"));
            if (i % 50 == 0 && place_of_the_last(store) != place) {
                place = place_of_the_last(store);
                renewed++;
            }
        }
        assert_in_range(renewed, 1, 2);
        MUST(store_number(store, last, &number, &error));
        assert_int_equal(number, backwards ? 2 : 20001);
        MUST(store_number(store, first + 6, &number, &error));
        assert_int_equal(number, 20007);
        MUST(store_at(store, 20002, &id, &error));
        assert_int_equal(id, first + 1);
        assert_int_equal(
            board_sql_number(store_path(store), "SELECT count(*) - count(DISTINCT ord) FROM item"),
            0);
        store_close(store);
    }
}

/* A few of each kind of move next to each other, in a gap of two places. */
static void the_end_moves_within_an_edit(void **state)
{
    struct error error;
    struct store *store = board_new(*state, "b", "Ana");
    int64_t id = board_fill(store, letters);
    struct edit *edit = begin(store);
    int64_t x = add_x(edit, PLACE_END);
    MUST(edit_move(edit, id, x, &error));
    (void)add_x(edit, PLACE_END);
    MUST(edit_move(edit, id + 1, PLACE_END, &error));
    (void)add_x(edit, PLACE_END);
    MUST(edit_commit(edit, &error, "ends"));
    ASSERT_LINE(store, "c d e f g x a x b x");
    board_assert_sound(store);
    store_close(store);
}

static void numbers_follow_ones_own_edits(void **state)
{
    enum { MANY = 60 };
    struct error error;
    const char *titles[MANY + 1] = {NULL};
    int64_t number;
    for (int i = 0; i < MANY; i++)
        titles[i] = "x";
    struct store *store = board_new(*state, "b", "Ana");
    int64_t id = board_fill(store, titles), middle = id + MANY / 2;
#define ASSERT_NUMBER(wanted)                                                                      \
    MUST(store_number(store, middle, &number, &error));                                            \
    assert_int_equal(number, wanted)
    ASSERT_NUMBER(31);
    board_add(store, "before it", id + 10);
    ASSERT_NUMBER(32);
    board_add(store, "after it", id + 50);
    ASSERT_NUMBER(32);
    board_move(store, id + 40, id + 5);
    ASSERT_NUMBER(33);
    board_delete(store, RECORD_ITEM, id + 7);
    ASSERT_NUMBER(32);
    board_set(store, id + 8, ITEM_STATE, value_integer(STATE_PARKED));
    ASSERT_NUMBER(31);
    board_undo(store);
    ASSERT_NUMBER(32);
    board_add_phase(store, "no number", id + 9);
    ASSERT_NUMBER(32);
    struct store *other = board_open(store_path(store), "Ben");
    board_delete(other, RECORD_ITEM, id + 12);
    ASSERT_NUMBER(31);
#undef ASSERT_NUMBER
    store_close(other);
    store_close(store);
}

static void narrow_gaps_are_renewed(void **state)
{
    struct store *store = board_new(*state, "b", "Ana");
    int64_t id = board_fill(store, letters);
    board_sql(store_path(store), "UPDATE item SET ord = id");
    board_move(store, id + 6, id + 1);
    ASSERT_LINE(store, "a b g c d e f");
    board_sql(store_path(store), "UPDATE item SET ord = ord >> 31");
    board_move(store, id, PLACE_END);
    board_move(store, id + 1, id + 6);
    ASSERT_LINE(store, "g b c d e f a");
    board_add(store, "x", id + 6);
    board_add(store, "y", PLACE_START);
    ASSERT_LINE(store, "y g x b c d e f a");
    board_assert_sound(store);
    store_close(store);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)
    const struct CMUnitTest tests[] = {
        TEST(an_edit_is_one_transaction_with_its_history),
        TEST(a_cancelled_edit_leaves_nothing),
        TEST(no_change_is_no_edit),
        TEST(a_failed_part_fails_the_edit),
        TEST(every_field_comes_back),
        TEST(what_cannot_be_is_refused),
        TEST(a_phase_has_a_title_and_a_place),
        TEST(what_was_seen_is_compared),
        TEST(a_deleted_record_is_out_of_reach),
        TEST(r6_a_sixth_is_refused_at_the_commit),
        TEST(r11_targets_hang_on_ratings),
        TEST(the_first_rating_is_kept),
        TEST(records_need_what_they_hang_on),
        TEST(channels_are_told_apart),
        TEST(a_board_has_room_for_so_many),
        TEST(places_are_where_they_are_said),
        TEST(places_of_what_is_gone_still_count),
        TEST(twenty_thousand_fit_one_spot),
        TEST(narrow_gaps_are_renewed),
        TEST(the_end_moves_within_an_edit),
        TEST(numbers_follow_ones_own_edits),
    };
    return cmocka_run_group_tests_name("edit", tests, NULL, NULL);
}
