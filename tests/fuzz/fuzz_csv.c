/* Any bytes as CSV of a board: refused in one line, or read, and then what was read comes back from
 * being written and read once more.
 */
#include "../support/row_list.h"
#include "fuzz.h"
#include "touchline/csv_board.h"
#include <stdio.h>
#include <string.h>

static enum status read_board(const void *bytes, size_t length, struct row_list *rows)
{
    struct csv_board how = {.channels = channels_default()};
    struct row_sink sink = {row_list_take, rows};
    struct csv_board_report report;
    struct error error = {0};
    FILE *file = fmemopen((void *)bytes, length, "r");
    check(file != NULL);
    enum status status = csv_board_read(&how, file, &sink, &report, &error);
    check(status == STATUS_OK || (status == STATUS_BAD_DATA && error.text[0] != '\0'));
    check(report.rows == (int64_t)rows->count);
    csv_board_report_release(&report);
    fclose(file);
    return status;
}

static struct text write_board(struct row_list *rows)
{
    struct csv_board how = {.channels = channels_default()};
    struct row_source source = {.next = row_list_give, .data = rows};
    struct text text = {0};
    struct error error;
    FILE *file = open_memstream(&text.bytes, &text.length);
    check(file != NULL);
    check(csv_board_write(&how, file, &source, &error) == STATUS_OK);
    fclose(file);
    return text;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct row_list rows = {0}, back = {0};
    if (length > 0 && read_board(bytes, length, &rows) == STATUS_OK) {
        struct text once = write_board(&rows);
        check(read_board(once.bytes, once.length, &back) == STATUS_OK);
        struct text twice = write_board(&back);
        check(once.length == twice.length && memcmp(once.bytes, twice.bytes, once.length) == 0);
        free(once.bytes);
        free(twice.bytes);
    }
    row_list_release(&rows);
    row_list_release(&back);
    return 0;
}
