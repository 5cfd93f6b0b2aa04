#include "typing.h"
#include "touchline/text.h"
#include <string.h>

void typing_set(struct typing *input, const char *text)
{
    buffer_clear(&input->text);
    buffer_add_text(&input->text, text);
    input->cursor = input->text.length;
}

void typing_release(struct typing *input)
{
    buffer_release(&input->text);
    input->cursor = 0;
}

size_t typing_most(const struct typing *input)
{
    return input->most > 0 ? input->most : TYPING_MOST;
}

void typing_insert(struct typing *input, const char *text, size_t length)
{
    if (input->text.length + length > typing_most(input)) {
        input->refused = input->text.length + length;
        return;
    }
    buffer_insert(&input->text, input->cursor, text, length);
    input->cursor += length;
}

/* --- where the cursor can go ------------------------------------------------------------------ */

static size_t place_left(const struct typing *input)
{
    return input->cursor ? text_cluster_before(buffer_text(&input->text), input->cursor) : 0;
}

static size_t place_right(const struct typing *input)
{
    const char *text = buffer_text(&input->text);
    return input->cursor +
           text_cluster_length(text + input->cursor, input->text.length - input->cursor);
}

static bool is_blank(const struct typing *input, size_t at)
{
    return buffer_text(&input->text)[at] == ' ';
}

static size_t place_word_left(const struct typing *input)
{
    size_t at = input->cursor;
    while (at > 0 && is_blank(input, at - 1))
        at--;
    while (at > 0 && !is_blank(input, at - 1))
        at--;
    return at;
}

static size_t place_word_right(const struct typing *input)
{
    size_t at = input->cursor;
    while (at < input->text.length && is_blank(input, at))
        at++;
    while (at < input->text.length && !is_blank(input, at))
        at++;
    return at;
}

static size_t place_start(const struct typing *input)
{
    (void)input;
    return 0;
}

static size_t place_end(const struct typing *input)
{
    return input->text.length;
}

/* --- keys ------------------------------------------------------------------------------------- */

/* A key either goes to a place or takes away all up to it. */
static const struct typing_key {
    const char *key;
    size_t (*place)(const struct typing *input);
    bool removes;
} typing_keys[] = {
    {"Left", place_left, false},
    {"C-b", place_left, false},
    {"Right", place_right, false},
    {"C-f", place_right, false},
    {"Home", place_start, false},
    {"C-a", place_start, false},
    {"End", place_end, false},
    {"C-e", place_end, false},
    {"C-Left", place_word_left, false},
    {"A-b", place_word_left, false},
    {"C-Right", place_word_right, false},
    {"A-f", place_word_right, false},
    {"Backspace", place_left, true},
    {"C-h", place_left, true},
    {"Delete", place_right, true},
    {"C-d", place_right, true},
    {"C-u", place_start, true},
    {"C-k", place_end, true},
    {"C-w", place_word_left, true},
    {"A-d", place_word_right, true},
    {"A-Backspace", place_word_left, true},
};

static void apply(struct typing *input, const struct typing_key *row)
{
    size_t to = row->place(input);
    if (row->removes && to < input->cursor)
        buffer_remove(&input->text, to, input->cursor - to);
    else if (row->removes)
        buffer_remove(&input->text, input->cursor, to - input->cursor);
    if (!row->removes || to < input->cursor)
        input->cursor = to;
}

static void insert_paste(struct typing *input, const char *paste)
{
    struct buffer line = {0};
    buffer_add_text(&line, paste);
    while (line.length > 0 && line.bytes[line.length - 1] == '\n')
        buffer_cut(&line, line.length - 1);
    for (size_t i = 0; i < line.length; i++)
        if (line.bytes[i] == '\n' || line.bytes[i] == '\t')
            line.bytes[i] = ' ';
    typing_insert(input, buffer_text(&line), line.length);
    buffer_release(&line);
}

bool typing_event(struct typing *input, const struct event *event)
{
    if (event->key.code == K_PASTE) {
        insert_paste(input, event->paste ? event->paste : "");
        return true;
    }
    if (event->key.code == K_CHAR && event->key.modifiers == 0) {
        char bytes[4];
        typing_insert(input, bytes, text_encode(event->key.point, bytes));
        return true;
    }
    for (size_t i = 0; i < sizeof typing_keys / sizeof *typing_keys; i++) {
        struct key key;
        if (key_parse(typing_keys[i].key, &key) && key_equal(key, event->key)) {
            apply(input, &typing_keys[i]);
            return true;
        }
    }
    return false;
}
