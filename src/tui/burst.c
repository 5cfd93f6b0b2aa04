/* Keys that came all at once. On the board of a terminal without bracketed paste, pasted text would
 * run as commands; so a burst with a line break and many different letters runs nothing and asks.
 * Typing ahead is no paste: it begins with a key that opens a line to type in. */
#include "burst.h"
#include "touchline/command.h"
#include "touchline/memory.h"
#include "touchline/text.h"
#include <string.h>

/* So many different printable keys are no run of commands. */
#define DIFFERENT_KEYS 8

void burst_add(struct burst *burst, const struct event *event)
{
    burst->at = memory_resize(burst->at, burst->count + 1, sizeof *burst->at);
    burst->at[burst->count++] = *event;
}

bool burst_take(struct burst *burst, struct event *event)
{
    if (burst->next == burst->count)
        return false;
    *event = burst->at[burst->next++];
    if (burst->next == burst->count)
        burst->next = burst->count = 0;
    return true;
}

bool burst_is_empty(const struct burst *burst)
{
    return burst->next == burst->count;
}

void burst_release(struct burst *burst)
{
    for (size_t i = burst->next; i < burst->count; i++)
        memory_free(burst->at[i].paste);
    memory_free(burst->at);
    memset(burst, 0, sizeof *burst);
}

static bool is_text(struct key key)
{
    return key.code == K_CHAR && key.modifiers == 0;
}

static bool seen_before(const struct burst *burst, size_t upto)
{
    for (size_t i = burst->next; i < upto; i++)
        if (is_text(burst->at[i].key) && burst->at[i].key.point == burst->at[upto].key.point)
            return true;
    return false;
}

/* A key whose command asks for a line: what follows is its answer, typed ahead. */
static bool opens_line(struct key key)
{
    static const char *const screens[] = {"write-after", "write-end", "write-before", "search",
                                          "filter",      "palette",   "go-to"};
    const struct command *command = command_for_key(key);
    if (!command)
        return false;
    for (size_t i = 0; i < sizeof screens / sizeof *screens; i++)
        if (strcmp(command->name, screens[i]) == 0)
            return true;
    for (int i = 0; i < ARGUMENTS_MAX && command->arguments[i].name; i++)
        if (command->arguments[i].ask && command->arguments[i].type == ARGUMENT_TEXT)
            return true;
    return false;
}

bool burst_looks_pasted(const struct burst *burst)
{
    size_t different = 0, lines = 0;
    if (burst_is_empty(burst) || opens_line(burst->at[burst->next].key))
        return false;
    for (size_t i = burst->next; i < burst->count; i++) {
        lines += burst->at[i].key.code == K_ENTER;
        if (is_text(burst->at[i].key) && different < DIFFERENT_KEYS && !seen_before(burst, i))
            different++;
    }
    return lines > 0 && different >= DIFFERENT_KEYS;
}

void burst_take_text(struct burst *burst, struct buffer *text)
{
    struct event event;
    while (burst_take(burst, &event)) {
        char bytes[4];
        if (event.key.code == K_ENTER)
            buffer_add_byte(text, '\n');
        else if (event.key.code == K_TAB)
            buffer_add_byte(text, '\t');
        else if (is_text(event.key))
            buffer_add(text, bytes, text_encode(event.key.point, bytes));
        memory_free(event.paste);
    }
}
