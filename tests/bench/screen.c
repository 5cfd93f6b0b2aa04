/* The rows about the screen: the program itself at the other end of a line. */
#include "bench.h"
#include "line.h"
#include "process.h"
#include <string.h>

#define BARE TOUCHLINE_BENCH_BARE

/* As many steps as a held key gives in a second. */
#define STEPS 25

static const char *const bare[] = {BARE, NULL};

static enum status start_board(struct line *line, const char *path, struct error *error)
{
    return line_start(line, (const char *const[]){TOUCHLINE_PROGRAM, path, NULL}, error);
}

static enum status needs_told(struct error *error)
{
    if (PROCESS_IS_TOLD)
        return STATUS_OK;
    return error_set(error, STATUS_FAILED, "this system does not tell it of a process");
}

/* --- the first frame -------------------------------------------------------------------------- */

struct first {
    double seconds;
    size_t bytes;
};

static enum status first_frame(const char *const argv[], struct first *first, struct error *error)
{
    struct line line;
    enum status status = line_start(&line, argv, error);
    if (status != STATUS_OK)
        return status;
    *first = (struct first){.seconds = line_latency(&line), .bytes = line.bytes};
    line_end(&line);
    return STATUS_OK;
}

/* The first round only warms what both read. */
static enum status pair_first_frames(const struct bench *bench, const char *const ours[],
                                     const char *const theirs[], struct figure *figure,
                                     struct error *error)
{
    figure->unit = "ms";
    for (int round = -1; round < bench->rounds; round++) {
        struct first our, their;
        enum status status = first_frame(ours, &our, error);
        if (status == STATUS_OK)
            status = first_frame(theirs, &their, error);
        if (status != STATUS_OK)
            return status;
        if (round >= 0)
            figure_pair(figure, our.seconds * 1e3, their.seconds * 1e3);
    }
    return STATUS_OK;
}

enum status bench_first_frame(const struct bench *bench, struct figure *figure, struct error *error)
{
    const char *const few[] = {TOUCHLINE_PROGRAM, bench->few_path, NULL};
    return pair_first_frames(bench, few, bare, figure, error);
}

enum status bench_first_frame_many(const struct bench *bench, struct figure *figure,
                                   struct error *error)
{
    const char *const few[] = {TOUCHLINE_PROGRAM, bench->few_path, NULL};
    const char *const many[] = {TOUCHLINE_PROGRAM, bench->many_path, NULL};
    return pair_first_frames(bench, many, few, figure, error);
}

enum status bench_first_bytes(const struct bench *bench, struct figure *figure, struct error *error)
{
    const char *const few[] = {TOUCHLINE_PROGRAM, bench->few_path, NULL};
    struct first first;
    enum status status = first_frame(few, &first, error);
    figure->unit = "bytes / cells";
    if (status == STATUS_OK)
        figure_pair(figure, (double)first.bytes, LINE_ROWS * LINE_COLUMNS);
    return status;
}

/* --- memory ----------------------------------------------------------------------------------- */

/* Keys one after the other, each with its frame. */
static enum status tour(struct line *line, const char *const keys[], struct error *error)
{
    enum status status = STATUS_OK;
    for (size_t i = 0; keys[i] != NULL && status == STATUS_OK; i++)
        status = line_keys(line, keys[i], error);
    return status;
}

static enum status peak_after(const char *const argv[], const char *const keys[], double *peak,
                              struct error *error)
{
    struct line line;
    enum status status = line_start(&line, argv, error);
    if (status == STATUS_OK)
        status = tour(&line, keys, error);
    if (status == STATUS_OK)
        *peak = (double)process_peak(line.pid);
    line_end(&line);
    return status;
}

/* Next, pages, end, a search that finds nothing, overview, the sheet. */
static const char *const board_tour[] = {
    "l",    "l", "l", "l", "l",       "\033[6~", "\033[6~", "G",    "\033[5~", "/zyzzyva\r",
    "\033", "g", "-", "l", "\033[6~", "+",       "\r",      "\033", NULL};
static const char *const bare_tour[] = {"l", "h", "l", NULL};

enum status bench_memory(const struct bench *bench, struct figure *figure, struct error *error)
{
    const char *const many[] = {TOUCHLINE_PROGRAM, bench->many_path, NULL};
    enum status status = needs_told(error);
    figure->unit = "kB";
    for (int round = 0; status == STATUS_OK && round < (bench->rounds + 4) / 5; round++) {
        double ours, theirs;
        if ((status = peak_after(many, board_tour, &ours, error)) == STATUS_OK &&
            (status = peak_after(bare, bare_tour, &theirs, error)) == STATUS_OK)
            figure_pair(figure, ours, theirs);
    }
    return status;
}

/* --- steps ------------------------------------------------------------------------------------ */

enum status bench_step_bytes(const struct bench *bench, struct figure *figure, struct error *error)
{
    static const char *const steps[] = {"l", "l", "l", "h", "h", "h"};
    struct line line;
    enum status status = start_board(&line, bench->few_path, error);
    figure->unit = "bytes";
    for (size_t i = 0; status == STATUS_OK && i < sizeof steps / sizeof *steps; i++) {
        status = line_keys(&line, steps[i], error);
        figure_alone(figure, (double)line.bytes);
    }
    line_end(&line);
    return status;
}

/* 25 steps, one frame each; what they sent and took. */
static enum status single_steps(struct line *line, const char *const keys[2], size_t *bytes,
                                double *cpu, struct error *error)
{
    enum status status = STATUS_OK;
    double before = process_cpu(line->pid);
    *bytes = 0;
    for (int i = 0; status == STATUS_OK && i < STEPS; i++) {
        status = line_keys(line, keys[i % 2], error);
        *bytes += line->bytes;
    }
    *cpu = process_cpu(line->pid) - before;
    return status;
}

enum status bench_queued_bytes(const struct bench *bench, struct figure *figure,
                               struct error *error)
{
    static const char *const on[2] = {"l", "l"};
    struct line line;
    size_t single;
    double cpu;
    char held[STEPS + 1] = "";
    memset(held, 'l', STEPS);
    enum status status = start_board(&line, bench->few_path, error);
    figure->unit = "bytes";
    if (status == STATUS_OK)
        status = single_steps(&line, on, &single, &cpu, error);
    for (int round = 0; status == STATUS_OK && round < (bench->rounds + 2) / 3; round++) {
        status = line_keys(&line, "g", error);
        if (status == STATUS_OK)
            status = line_keys(&line, held, error);
        figure_pair(figure, (double)line.bytes, (double)single);
    }
    line_end(&line);
    return status;
}

enum status bench_step_cpu(const struct bench *bench, struct figure *figure, struct error *error)
{
    static const char *const on[2] = {"l", "l"}, *const to_and_fro[2] = {"l", "h"};
    struct line ours = {.master = -1}, theirs = {.master = -1};
    double our_cpu = 0, their_cpu = 0;
    size_t bytes;
    enum status status = needs_told(error);
    figure->unit = "us";
    if (status == STATUS_OK)
        status = start_board(&ours, bench->many_path, error);
    if (status == STATUS_OK)
        status = line_start(&theirs, bare, error);
    for (int round = 0; status == STATUS_OK && round < (bench->rounds + 2) / 3; round++) {
        status = single_steps(&ours, on, &bytes, &our_cpu, error);
        if (status == STATUS_OK)
            status = single_steps(&theirs, to_and_fro, &bytes, &their_cpu, error);
        figure_pair(figure, our_cpu * 1e6 / STEPS, their_cpu * 1e6 / STEPS);
    }
    line_end(&ours);
    line_end(&theirs);
    return status;
}

/* --- the same at any size --------------------------------------------------------------------- */

/* A key that does something and one that takes it back, both with a frame. */
static enum status time_key(struct line *line, const char *key, const char *back, double *seconds,
                            struct error *error)
{
    enum status status = line_keys(line, key, error);
    *seconds = line_latency(line);
    if (status == STATUS_OK && line->bytes == 0)
        status = error_set(error, STATUS_FAILED, "the key %s showed nothing", key);
    return status == STATUS_OK ? line_keys(line, back, error) : status;
}

static enum status go_to_place(struct line *line, const char *path, int64_t moments,
                               struct error *error)
{
    char go[32];
    enum status status = start_board(line, path, error);
    (void)snprintf(go, sizeof go, "#%lld\r", (long long)(moments / 2));
    return status == STATUS_OK ? line_keys(line, go, error) : status;
}

/* Both boards stay open, each in its middle, and take the key by turns. */
static enum status pair_keys(const struct bench *bench, const char *key, const char *back,
                             struct figure *figure, struct error *error)
{
    struct line many = {.master = -1}, few = {.master = -1};
    double ours, theirs;
    figure->unit = "ms";
    enum status status = go_to_place(&many, bench->many_path, bench->many, error);
    if (status == STATUS_OK)
        status = go_to_place(&few, bench->few_path, FEW, error);
    for (int round = -1; status == STATUS_OK && round < bench->rounds; round++) {
        status = time_key(&many, key, back, &ours, error);
        if (status == STATUS_OK)
            status = time_key(&few, key, back, &theirs, error);
        if (status == STATUS_OK && round >= 0)
            figure_pair(figure, ours * 1e3, theirs * 1e3);
    }
    line_end(&many);
    line_end(&few);
    return status;
}

enum status bench_edit_key(const struct bench *bench, struct figure *figure, struct error *error)
{
    return pair_keys(bench, "x", "x", figure, error);
}

enum status bench_move_key(const struct bench *bench, struct figure *figure, struct error *error)
{
    return pair_keys(bench, "L", "H", figure, error);
}

enum status bench_end_key(const struct bench *bench, struct figure *figure, struct error *error)
{
    return pair_keys(bench, "G", "g", figure, error);
}

/* --- idle ------------------------------------------------------------------------------------- */

static enum status idle(const struct bench *bench, double *bytes, double *sleeps,
                        struct error *error)
{
    struct line line;
    enum status status = start_board(&line, bench->many_path, error);
    if (status != STATUS_OK)
        return status;
    long before = process_sleeps(line.pid);
    line_listen(&line, bench->idle);
    *bytes = (double)line.bytes;
    *sleeps = (double)(process_sleeps(line.pid) - before);
    line_end(&line);
    return STATUS_OK;
}

enum status bench_idle_bytes(const struct bench *bench, struct figure *figure, struct error *error)
{
    double bytes, sleeps;
    enum status status = idle(bench, &bytes, &sleeps, error);
    figure->unit = "bytes";
    if (status == STATUS_OK)
        figure_alone(figure, bytes);
    return status;
}

enum status bench_idle_sleeps(const struct bench *bench, struct figure *figure, struct error *error)
{
    double bytes, sleeps;
    enum status status = needs_told(error);
    figure->unit = "wake-ups";
    if (status == STATUS_OK)
        status = idle(bench, &bytes, &sleeps, error);
    if (status == STATUS_OK)
        figure_alone(figure, sleeps);
    return status;
}
