#include "desk.h"
#include "touchline/memory.h"
#include "touchline/query.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

const struct date desk_today = {2026, 11, 21};

static int64_t noon(void *data)
{
    (void)data;
    return INT64_C(1795262400000); /* 2026-11-21 12:00 UTC */
}

struct store_options desk_options(const char *who)
{
    return (struct store_options){.who = who, .clock = {noon, NULL}};
}

const char *desk_path(struct desk *desk)
{
    return fixture_path(desk->fixture, "cab.touchline");
}

struct store *desk_open_as(struct desk *desk, const char *who)
{
    const struct store_options options = desk_options(who);
    const char *path = desk_path(desk);
    struct store *store = NULL;
    if (store_open(path, &options, &store, &desk->error) != STATUS_OK)
        assert_int_equal(store_create(path, &options, &store, &desk->error), STATUS_OK);
    return store;
}

struct desk *desk_new(const char *who, const char *const *lines)
{
    struct desk *desk = memory_new(1, sizeof *desk);
    desk->fixture = fixture_new();
    desk->store = desk_open_as(desk, who);
    for (; *lines; lines++)
        desk_run(desk, *lines, NULL);
    return desk;
}

int desk_teardown(void **state)
{
    struct desk *desk = *state;
    store_close(desk->store);
    session_release(&desk->session);
    buffer_release(&desk->message);
    fixture_free(desk->fixture);
    memory_free(desk);
    return 0;
}

enum status desk_run_as(struct desk *desk, struct store *store, bool screen, const char *line)
{
    struct command_words words = {0};
    const struct command *command;
    struct call call = {.store = store, .today = desk_today};
    call.session = screen ? &desk->session : NULL;
    desk->error.text[0] = '\0';
    enum status status = command_read_line(line, &words, &command, &call, &desk->error);
    if (status == STATUS_OK)
        status = command_run(command, &call, &desk->error);
    buffer_clear(&desk->message);
    buffer_add_text(&desk->message, buffer_text(&call.outcome.message));
    desk->select = call.outcome.select;
    desk->added = call.outcome.added;
    desk->changed = call.outcome.changed;
    call_release(&call);
    command_words_release(&words);
    return status;
}

void desk_run_at(struct desk *desk, const char *line, const char *says, const char *file, int at)
{
    enum status status = desk_run_as(desk, desk->store, true, line);
    _assert_string_equal(desk->error.text, "", file, at);
    _assert_int_equal(status, STATUS_OK, file, at);
    if (says)
        _assert_string_equal(buffer_text(&desk->message), says, file, at);
}

void desk_refused_at(struct desk *desk, const char *line, enum status status, const char *says,
                     const char *file, int at)
{
    _assert_int_equal(desk_run_as(desk, desk->store, true, line), status, file, at);
    _assert_string_equal(desk->error.text, says, file, at);
}

struct moment desk_moment(struct desk *desk, const char *name)
{
    struct moment moment = {0};
    int64_t id;
    assert_int_equal(store_find(desk->store, name, &id, &desk->error), STATUS_OK);
    assert_int_equal(store_moment(desk->store, id, &moment, &desk->error), STATUS_OK);
    return moment;
}
