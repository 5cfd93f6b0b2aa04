/* Any bytes as the pages of a damaged board: what is read of them lies within them, ends, and is no
 * more than a row can be. Pages of 512 bytes, which a header may say, let a small input have many.
 */
#include "fuzz.h"
#include "store/pages.h"
#include <string.h>

enum { FIRST_OWNER = 2, LAST_OWNER = 12 };

struct reading {
    struct pages pages;
    uint32_t roots[LAST_OWNER + 1];
    unsigned owner; /* of the next root */
    long rows;
    size_t bytes;
};

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    return 0;
}

static bool take(void *data, const struct pages_row *row)
{
    struct reading *reading = data;
    size_t length = 0;
    check(row->count >= 0 && row->count <= PAGES_COLUMNS_MOST);
    for (int i = 0; i < row->count; i++) {
        const struct pages_value *value = &row->at[i];
        if (value->type != PAGES_TEXT && value->type != PAGES_BLOB)
            continue;
        check(value->text[value->length] == '\0');
        check(strlen(value->text) <= value->length);
        length += value->length;
    }
    check(length <= PAGES_ROW_MOST);
    reading->rows++;
    reading->bytes += length;
    return true;
}

/* As salvage does: where the tables are stands in the first of them. */
static bool take_root(void *data, const struct pages_row *row)
{
    struct reading *reading = data;
    (void)take(data, row);
    if (row->count > 3 && row->at[3].type == PAGES_INTEGER && reading->owner <= LAST_OWNER)
        reading->roots[reading->owner++] = (uint32_t)row->at[3].integer;
    return reading->owner <= LAST_OWNER;
}

static void read_all(struct reading *reading)
{
    struct pages *pages = &reading->pages;
    reading->owner = FIRST_OWNER;
    pages_map(pages, 1, 1);
    pages_read(pages, 1, NULL, take_root, reading);
    for (unsigned owner = FIRST_OWNER; owner < reading->owner; owner++)
        pages_map(pages, reading->roots[owner], (unsigned char)owner);
    pages_map_free(pages);
    for (unsigned owner = FIRST_OWNER; owner < reading->owner; owner++)
        pages_read(pages, (unsigned char)owner, NULL, take, reading);
    pages_read(pages, PAGES_LOOSE, "0iit", take, reading);
    pages_read(pages, PAGES_LOOSE, "0iiiitIiiiiiIiTTTTT", take, reading);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct reading reading = {.rows = 0};
    unsigned char *own = malloc(length ? length : 1);
    check(own != NULL);
    memcpy(own, bytes, length);
    pages_init(&reading.pages, own, length);
    read_all(&reading);
    /* A chain of pages is part of one row of one reading alone. */
    check(reading.bytes <= (LAST_OWNER + 3) * length + (size_t)reading.rows * length);
    pages_release(&reading.pages);
    free(own);
    return 0;
}
