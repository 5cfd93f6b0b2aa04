/* How items stand in a sentence. */
#include "handler.h"
#include "touchline/method.h"
#include "touchline/text.h"
#include <string.h>

/* A title in history or a message: about as much as fits a line of 80 columns. */
enum { TITLE_MOST = 60 };

void add_cut(struct buffer *out, const char *text, size_t most)
{
    size_t length = text ? strlen(text) : 0;
    size_t at = 0;
    for (size_t clusters = 0; at < length && clusters < most; clusters++)
        at += text_cluster_length(text + at, length - at);
    size_t from = out->length;
    buffer_add(out, text ? text : "", at);
    for (size_t i = from; i < out->length; i++)
        if (out->bytes[i] == '\n' || out->bytes[i] == '\t')
            out->bytes[i] = ' ';
    if (at < length)
        buffer_add_text(out, "…");
}

void item_name(const struct moment *item, struct buffer *out)
{
    if (item->kind == ITEM_PHASE) {
        buffer_add_text(out, "phase ");
        add_cut(out, item->title, TITLE_MOST);
        return;
    }
    buffer_add_format(out, "%s%lld", item->state == STATE_PARKED ? "z" : "",
                      (long long)item->number);
}

void item_title(const struct moment *item, struct buffer *out)
{
    item_name(item, out);
    if (item->kind == ITEM_PHASE)
        return;
    buffer_add_byte(out, ' ');
    add_cut(out, item->title, TITLE_MOST);
}

void add_count(struct buffer *out, int64_t count, const char *one)
{
    count_format(count, out);
    buffer_add_format(out, " %s%s", one, count == 1 ? "" : "s");
}
