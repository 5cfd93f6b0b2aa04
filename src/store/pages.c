#include "pages.h"
#include "touchline/memory.h"
#include <string.h>

/* Deeper than any tree can be whose pages lead to two others at least. */
#define DEPTH_MOST 32

enum { LEAF = 0x0D, INTERIOR = 0x05, FILE_HEADER = 100 };

/* The page that SQLite makes when nobody says otherwise. */
enum { SIZE_USUAL = 4096 };

/* --- bytes ------------------------------------------------------------------------------------ */

/* Bytes of which no more are taken than there are. */
struct piece {
    const unsigned char *at;
    size_t length;
};

static uint32_t big_endian(const unsigned char *at, int bytes)
{
    uint32_t number = 0;
    for (int i = 0; i < bytes; i++)
        number = number << 8 | at[i];
    return number;
}

/* One to nine bytes, seven bits in each, all eight in the ninth. */
static bool take_varint(struct piece *piece, uint64_t *number)
{
    *number = 0;
    for (size_t i = 0; i < 9 && i < piece->length; i++) {
        unsigned char byte = piece->at[i];
        bool last = i == 8 || byte < 0x80;
        *number = i == 8 ? *number << 8 | byte : *number << 7 | (byte & 0x7F);
        if (!last)
            continue;
        piece->at += i + 1;
        piece->length -= i + 1;
        return true;
    }
    return false;
}

/* --- pages ------------------------------------------------------------------------------------ */

static bool is_size(size_t size)
{
    return size >= 512 && size <= 65536 && (size & (size - 1)) == 0;
}

/* A header that is none tells nothing: then the usual is assumed. */
static void read_header(struct pages *pages, size_t length)
{
    bool there = length >= FILE_HEADER && memcmp(pages->bytes, "SQLite format 3", 16) == 0;
    size_t size = there ? big_endian(pages->bytes + 16, 2) : 0;
    size = size == 1 ? 65536 : size;
    pages->size = is_size(size) ? size : SIZE_USUAL;
    pages->usable = pages->size - (there ? pages->bytes[20] : 0);
    if (pages->usable < 480)
        pages->usable = pages->size;
    pages->said = there ? big_endian(pages->bytes + 28, 4) : 0;
}

void pages_init(struct pages *pages, const unsigned char *bytes, size_t length)
{
    *pages = (struct pages){.bytes = bytes};
    read_header(pages, length);
    size_t whole = length / pages->size;
    pages->count = whole < UINT32_MAX ? (uint32_t)whole : UINT32_MAX - 1;
    pages->owners = memory_new((size_t)pages->count + 1, sizeof *pages->owners);
    pages->room = length < PAGES_ROW_MOST ? length : PAGES_ROW_MOST;
    pages->row = memory_new(pages->room + 1, 1);
    pages->values = memory_new(pages->room + PAGES_COLUMNS_MOST, 1);
}

void pages_release(struct pages *pages)
{
    memory_free(pages->owners);
    memory_free(pages->row);
    memory_free(pages->values);
    *pages = (struct pages){.bytes = NULL};
}

/* Pages are counted from 1. */
static const unsigned char *page_at(const struct pages *pages, uint32_t number)
{
    return pages->bytes + (size_t)(number - 1) * pages->size;
}

static bool is_there(const struct pages *pages, uint32_t number)
{
    return number >= 1 && number <= pages->count;
}

/* A page of a tree: what stands before its cells, and where they are. */
struct node {
    const unsigned char *page, *header, *pointers;
    unsigned type;
    size_t cells, usable;
};

static struct node node_at(const struct pages *pages, uint32_t number)
{
    struct node node = {.page = page_at(pages, number), .usable = pages->usable};
    node.header = node.page + (number == 1 ? FILE_HEADER : 0);
    node.type = node.header[0];
    node.cells = big_endian(node.header + 3, 2);
    node.pointers = node.header + (node.type == INTERIOR ? 12 : 8);
    size_t room = (size_t)(node.page + node.usable - node.pointers) / 2;
    node.cells = node.cells < room ? node.cells : room;
    return node;
}

/* From the cell's first byte to the end of what is used of the page; empty when it lies nowhere. */
static struct piece cell_at(const struct node *node, size_t index)
{
    size_t offset = big_endian(node->pointers + 2 * index, 2);
    size_t first = (size_t)(node->pointers - node->page) + 2 * node->cells;
    if (offset < first || offset >= node->usable)
        return (struct piece){NULL, 0};
    return (struct piece){node->page + offset, node->usable - offset};
}

/* --- trees ------------------------------------------------------------------------------------ */

static void map_page(struct pages *pages, uint32_t number, unsigned char owner, int depth);

static void map_children(struct pages *pages, uint32_t number, unsigned char owner, int depth)
{
    const struct node node = node_at(pages, number);
    for (size_t i = 0; i < node.cells; i++) {
        struct piece cell = cell_at(&node, i);
        if (cell.length < 4)
            pages->unread++;
        else
            map_page(pages, big_endian(cell.at, 4), owner, depth + 1);
    }
    map_page(pages, big_endian(node.header + 8, 4), owner, depth + 1);
}

static void map_page(struct pages *pages, uint32_t number, unsigned char owner, int depth)
{
    bool ours = is_there(pages, number) && pages->owners[number] == PAGES_LOOSE;
    unsigned type = ours ? node_at(pages, number).type : 0;
    if ((type != LEAF && type != INTERIOR) || depth > DEPTH_MOST) {
        pages->unread++;
        return;
    }
    pages->owners[number] = owner;
    if (type == INTERIOR)
        map_children(pages, number, owner, depth);
}

void pages_map(struct pages *pages, uint32_t root, unsigned char owner)
{
    map_page(pages, root, owner, 0);
}

static void give_free(struct pages *pages, uint32_t number)
{
    if (is_there(pages, number) && pages->owners[number] == PAGES_LOOSE)
        pages->owners[number] = PAGES_FREE;
}

/* A trunk: the next one, how many leaves it names, the leaves. Each is followed once. */
void pages_map_free(struct pages *pages)
{
    uint32_t trunk = pages->said ? big_endian(pages->bytes + 32, 4) : 0;
    while (is_there(pages, trunk) && pages->owners[trunk] == PAGES_LOOSE) {
        const unsigned char *page = page_at(pages, trunk);
        size_t leaves = big_endian(page + 4, 4);
        size_t room = pages->usable / 4 - 2;
        give_free(pages, trunk);
        for (size_t i = 0; i < leaves && i < room; i++)
            give_free(pages, big_endian(page + 8 + 4 * i, 4));
        trunk = big_endian(page, 4);
    }
}

/* --- rows ------------------------------------------------------------------------------------- */

/* How much of a row lies in its leaf; the rest lies in a chain of pages (fileformat.html, 1.6). */
static size_t local_length(const struct pages *pages, size_t length)
{
    size_t most = pages->usable - 35, least = (pages->usable - 12) * 32 / 255 - 23;
    if (length <= most)
        return length;
    size_t fitting = least + (length - least) % (pages->usable - 4);
    return fitting <= most ? fitting : least;
}

/* A page can be part of one row alone: a chain that loops, or that leads into a tree, is none. */
static bool read_chain(struct pages *pages, uint32_t number, unsigned char *into, size_t length)
{
    while (length > 0) {
        if (!is_there(pages, number) || pages->owners[number] != PAGES_LOOSE)
            return false;
        const unsigned char *page = page_at(pages, number);
        size_t part = length < pages->usable - 4 ? length : pages->usable - 4;
        pages->owners[number] = PAGES_LONG;
        memcpy(into, page + 4, part);
        into += part;
        length -= part;
        number = big_endian(page, 4);
    }
    return true;
}

/* By the record's header: what a column holds, and in how many bytes. */
static bool read_type(uint64_t serial, struct pages_value *value)
{
    static const unsigned char lengths[] = {0, 1, 2, 3, 4, 6, 8, 8, 0, 0};
    *value = (struct pages_value){.type = PAGES_NULL};
    if (serial == 10 || serial == 11 || serial >= UINT32_MAX)
        return false;
    if (serial >= 12) {
        value->type = serial % 2 ? PAGES_TEXT : PAGES_BLOB;
        value->length = (size_t)(serial - 12) / 2;
    } else if (serial > 0) {
        value->type = serial == 7 ? PAGES_REAL : PAGES_INTEGER;
        value->length = lengths[serial];
        value->integer = serial == 9;
    }
    return true;
}

/* The columns' types, and where the first value begins; `length` is that of the whole row, of which
 * `row` need be no more than the beginning. */
static bool read_types(struct piece row, size_t length, struct pages_row *out, size_t *begin)
{
    const unsigned char *first = row.at;
    uint64_t header = 0, serial;
    size_t total = 0;
    out->count = 0;
    size_t there = row.length;
    if (!take_varint(&row, &header) || header > there || header < (size_t)(row.at - first))
        return false;
    row.length = (size_t)(first + header - row.at);
    while (row.length > 0) {
        if (out->count == PAGES_COLUMNS_MOST || !take_varint(&row, &serial) ||
            !read_type(serial, &out->at[out->count]))
            return false;
        total += out->at[out->count++].length;
    }
    *begin = (size_t)header;
    return header + total == length;
}

static int64_t read_integer(const unsigned char *at, size_t length)
{
    uint64_t number = at[0] & 0x80 ? UINT64_MAX : 0;
    for (size_t i = 0; i < length; i++)
        number = number << 8 | at[i];
    return (int64_t)number;
}

static void read_values(struct pages *pages, struct pages_row *row, size_t begin)
{
    const unsigned char *at = pages->row + begin;
    char *into = pages->values;
    for (int i = 0; i < row->count; i++) {
        struct pages_value *value = &row->at[i];
        if (value->type == PAGES_INTEGER && value->length > 0)
            value->integer = read_integer(at, value->length);
        if (value->type == PAGES_TEXT || value->type == PAGES_BLOB) {
            value->text = into;
            memcpy(into, at, value->length);
            into[value->length] = '\0';
            into += value->length + 1;
        }
        at += value->length;
    }
}

static bool has_shape(const struct pages_row *row, const char *shape)
{
    static const enum pages_type types[] = {
        ['0'] = PAGES_NULL, ['i'] = PAGES_INTEGER, ['I'] = PAGES_INTEGER,
        ['t'] = PAGES_TEXT, ['T'] = PAGES_TEXT,
    };
    if (strlen(shape) != (size_t)row->count)
        return false;
    for (int i = 0; i < row->count; i++) {
        enum pages_type type = row->at[i].type;
        bool may_be_null = shape[i] == 'I' || shape[i] == 'T';
        if (type != types[(unsigned char)shape[i]] && !(may_be_null && type == PAGES_NULL))
            return false;
    }
    return true;
}

enum found { FOUND_ROW, FOUND_NONE, FOUND_BROKEN };

/* The types stand in the leaf, so that a row of another table is told before its chain is read. */
static enum found read_row(struct pages *pages, struct piece cell, const char *shape,
                           struct pages_row *row)
{
    uint64_t length, id;
    size_t begin;
    enum found bad = shape ? FOUND_NONE : FOUND_BROKEN;
    if (!take_varint(&cell, &length) || !take_varint(&cell, &id) || length > pages->room)
        return bad;
    size_t local = local_length(pages, (size_t)length);
    if (cell.length < local + (local < length ? 4 : 0))
        return bad;
    row->id = (int64_t)id;
    struct piece beginning = {cell.at, local};
    if (!read_types(beginning, (size_t)length, row, &begin) || (shape && !has_shape(row, shape)))
        return bad;
    memcpy(pages->row, cell.at, local);
    if (local < length && !read_chain(pages, big_endian(cell.at + local, 4), pages->row + local,
                                      (size_t)length - local))
        return FOUND_BROKEN;
    read_values(pages, row, begin);
    return FOUND_ROW;
}

static bool read_leaf(struct pages *pages, uint32_t number, const char *shape, pages_take *take,
                      void *data)
{
    const struct node node = node_at(pages, number);
    struct pages_row row;
    for (size_t i = 0; i < node.cells; i++) {
        enum found found = read_row(pages, cell_at(&node, i), shape, &row);
        pages->broken += found == FOUND_BROKEN;
        if (found == FOUND_ROW && !take(data, &row))
            return false;
    }
    return true;
}

void pages_read(struct pages *pages, unsigned char owner, const char *shape, pages_take *take,
                void *data)
{
    bool on = true;
    for (uint32_t number = 1; on && is_there(pages, number); number++)
        if (pages->owners[number] == owner && node_at(pages, number).type == LEAF)
            on = read_leaf(pages, number, shape, take, data);
}
