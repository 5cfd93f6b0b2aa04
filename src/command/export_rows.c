/* The rows that an export is made of, while its progress is shown. */
#include "files.h"
#include "formats.h"

enum status export_rows(struct call *call, bool hide, rows_user *use, void *data,
                        struct error *error)
{
    struct store_rows *rows;
    struct ticker ticker;
    enum status status = store_rows_begin(call->store, &rows, error);
    if (status != STATUS_OK)
        return status;
    if (hide)
        store_rows_hide(rows);
    struct row_source source = store_rows_source(rows);
    ticker_begin(&ticker, call, "Writing", -1);
    status = use(data, &source, (struct progress){.tell = ticker_tell, .data = &ticker}, error);
    ticker_end(&ticker);
    store_rows_end(rows);
    return status;
}
