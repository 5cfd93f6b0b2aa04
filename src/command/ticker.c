#include "files.h"
#include "touchline/method.h"

/* Shown from half a second on, and then not more often than five times a second. */
enum { QUIET_MS = 500, BETWEEN_MS = 200 };

static int64_t now(const struct ticker *ticker)
{
    return clock_now(&ticker->call->store_options.clock);
}

void ticker_begin(struct ticker *ticker, struct call *call, const char *what, int64_t size)
{
    *ticker = (struct ticker){.call = call, .what = what, .size = size};
    if (call->talk && call->talk_is_terminal)
        ticker->begun = ticker->told = now(ticker);
}

bool ticker_tell(void *data, int64_t rows, int64_t bytes)
{
    struct ticker *ticker = data;
    struct call *call = ticker->call;
    struct buffer line = {0};
    if (!call->talk || !call->talk_is_terminal)
        return true;
    int64_t at = now(ticker);
    if (at - ticker->begun < QUIET_MS || at - ticker->told < BETWEEN_MS)
        return true;
    ticker->told = at;
    buffer_add_format(&line, "%s: ", ticker->what);
    count_format(rows, &line);
    buffer_add_text(&line, " moments");
    if (ticker->size > 0)
        buffer_add_format(&line, ", %d %%", (int)(bytes * 100 / ticker->size));
    (void)fprintf(call->talk, "\r%-*s", ticker->columns, buffer_text(&line));
    (void)fflush(call->talk);
    ticker->columns = (int)line.length;
    buffer_release(&line);
    return true;
}

void ticker_end(struct ticker *ticker)
{
    if (ticker->columns == 0)
        return;
    (void)fprintf(ticker->call->talk, "\r%*s\r", ticker->columns, "");
    (void)fflush(ticker->call->talk);
}
