#include "output.h"
#include <errno.h>
#include <stdbool.h>
#include <string.h>

enum { BLOCK = 1 << 16 };

static enum status fail(struct error *error)
{
    bool full = errno == ENOSPC || errno == EDQUOT || errno == EFBIG;
    return error_set(error, full ? STATUS_FULL : STATUS_FAILED, "cannot write: %s",
                     error_reason(errno));
}

static enum status hand_on(FILE *file, struct buffer *held, struct error *error)
{
    size_t written = fwrite(buffer_text(held), 1, held->length, file);
    if (written != held->length)
        return fail(error);
    buffer_clear(held);
    return STATUS_OK;
}

enum status output_some(FILE *file, struct buffer *held, struct error *error)
{
    return held->length < BLOCK ? STATUS_OK : hand_on(file, held, error);
}

enum status output_all(FILE *file, struct buffer *held, struct error *error)
{
    enum status status = hand_on(file, held, error);
    if (status == STATUS_OK && fflush(file) != 0)
        status = fail(error);
    return status;
}

enum status output_tell(const struct progress *progress, int64_t rows, int64_t bytes,
                        struct error *error)
{
    if (progress->tell == NULL || rows % PROGRESS_ROWS != 0 ||
        progress->tell(progress->data, rows, bytes))
        return STATUS_OK;
    return error_set(error, STATUS_STOPPED, "stopped");
}
