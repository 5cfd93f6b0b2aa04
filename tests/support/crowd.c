#include "crowd.h"
#include "boards.h"
#include "random.h"
#include "touchline/vote.h"
#include <fcntl.h>
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

struct shared {
    atomic_bool over; /* all writers are through */
    struct tale tales[CROWD_MOST];
    struct sightings sightings;
};

struct crowd {
    struct crowd_options options;
    const char *path;
    struct shared *shared;
    pid_t writers[CROWD_MOST], reader;
    int gate[2]; /* closed at the start; no program that the test starts may keep it open */
};

/* --- a writer --------------------------------------------------------------------------------- */

struct writer {
    const struct crowd_options *options;
    struct tale *tale;
    struct store *store;
    struct ballot ballot;
    uint64_t seed;
    struct moment seen; /* what the next deed is about, as it was when it was looked at */
    size_t believed;    /* so far in the edit that is open */
    int64_t edit_changes;
};

static int64_t any_of(struct writer *writer)
{
    const struct crowd_options *options = writer->options;
    for (;;) {
        bool far = random_below(&writer->seed, 5) == 0;
        uint64_t among = far ? (uint64_t)options->moments : CROWD_SOUGHT;
        int64_t id = options->first + (int64_t)random_below(&writer->seed, among);
        if (id != options->spared[0] && id != options->spared[1])
            return id;
    }
}

static void format(char text[32], struct value value)
{
    if (value.type == VALUE_INTEGER)
        (void)snprintf(text, 32, "%lld", (long long)value.integer);
    else
        (void)snprintf(text, 32, "%s", value.type == VALUE_TEXT ? value.text : "");
}

/* A field of the moment that was looked at, against what was seen of it. */
static enum status put(struct writer *writer, struct edit *edit, int field, struct value value,
                       struct error *error)
{
    struct value seen = record_get(RECORD_ITEM, &writer->seen, field);
    enum status status = edit_set(edit, RECORD_ITEM, writer->seen.id, field, value, &seen, error);
    if (status != STATUS_OK || edit_changes(edit) == writer->edit_changes)
        return status;
    struct belief *belief = &writer->tale->believed[writer->tale->beliefs + writer->believed++];
    writer->edit_changes = edit_changes(edit);
    belief->id = writer->seen.id;
    (void)snprintf(belief->field, sizeof belief->field, "%s",
                   record_type(RECORD_ITEM)->fields[field].name);
    format(belief->old, seen);
    format(belief->new, value);
    return status;
}

/* A text that nobody else writes. */
static struct value word_of(struct writer *writer, char word[32])
{
    (void)snprintf(word, 32, "%s %zu", writer->tale->name, writer->tale->deeds);
    return value_text(word);
}

static enum status rename_it(struct writer *writer, struct edit *edit, struct error *error)
{
    char word[32];
    return put(writer, edit, ITEM_TITLE, word_of(writer, word), error);
}

/* Two fields that are the same in each state of the board: whoever sees them differ sees half an
 * edit. */
static enum status describe(struct writer *writer, struct edit *edit, struct error *error)
{
    char word[32];
    enum status status = put(writer, edit, ITEM_HANDLING, word_of(writer, word), error);
    return status == STATUS_OK ? put(writer, edit, ITEM_EXPECTATION, value_text(word), error)
                               : status;
}

static enum status rate(struct writer *writer, struct edit *edit, struct error *error)
{
    return put(writer, edit, ITEM_RATING,
               value_integer((int64_t)random_below(&writer->seed, RATINGS)), error);
}

static enum status choose(struct writer *writer, struct edit *edit, struct error *error)
{
    return put(writer, edit, ITEM_CHOSEN, value_integer(!writer->seen.chosen), error);
}

static enum status park(struct writer *writer, struct edit *edit, struct error *error)
{
    bool live = writer->seen.state == STATE_LIVE;
    return put(writer, edit, ITEM_STATE, value_integer(live ? STATE_PARKED : STATE_LIVE), error);
}

static enum status delete_it(struct writer *writer, struct edit *edit, struct error *error)
{
    return edit_remove(edit, RECORD_ITEM, writer->seen.id, error);
}

static enum status move(struct writer *writer, struct edit *edit, struct error *error)
{
    return edit_move(edit, writer->seen.id, any_of(writer), error);
}

static enum status add(struct writer *writer, struct edit *edit, struct error *error)
{
    char word[32];
    int64_t id;
    struct moment moment;
    record_init(RECORD_ITEM, &moment);
    (void)word_of(writer, word);
    moment.title = word;
    return edit_add_moment(edit, &moment, any_of(writer), &id, error);
}

static enum status add_idea(struct writer *writer, struct edit *edit, struct error *error)
{
    char word[32];
    int64_t id;
    struct idea idea;
    record_init(RECORD_IDEA, &idea);
    (void)word_of(writer, word);
    idea.item = writer->seen.id;
    idea.text = word;
    return edit_add(edit, RECORD_IDEA, &idea, &id, error);
}

static enum status add_action(struct writer *writer, struct edit *edit, struct error *error)
{
    char word[32];
    int64_t id;
    struct action action;
    record_init(RECORD_ACTION, &action);
    (void)word_of(writer, word);
    action.item = writer->seen.id;
    action.text = word;
    return edit_add(edit, RECORD_ACTION, &action, &id, error);
}

/* Any of the ideas that there are: rewritten, or taken away. */
static enum status change_idea(struct writer *writer, struct edit *edit, struct error *error)
{
    char word[32];
    int64_t newest;
    enum status status = store_newest(writer->store, RECORD_IDEA, &newest, error);
    if (status != STATUS_OK || newest == 0)
        return status;
    int64_t id = 1 + (int64_t)random_below(&writer->seed, (uint64_t)newest);
    if (random_below(&writer->seed, 3) == 0)
        return edit_remove(edit, RECORD_IDEA, id, error);
    return edit_set(edit, RECORD_IDEA, id, IDEA_TEXT, word_of(writer, word), NULL, error);
}

static enum status (*const deeds[])(struct writer *, struct edit *, struct error *) = {
    rename_it, describe, describe, rate,     rate,       choose,      park,
    delete_it, move,     move,     add_idea, add_action, change_idea, add,
};
enum { DEEDS = sizeof deeds / sizeof *deeds, UNDO = DEEDS, UNDO_TOO, REDO, DOT, DOT_TOO, ALL };

/* The edit that was just saved is the newest of one's own that stands. */
static enum status keep_beliefs(struct writer *writer, struct error *error)
{
    struct tale *tale = writer->tale;
    int64_t edit;
    enum status status = store_undo_next(writer->store, &edit, error);
    for (size_t i = 0; i < writer->believed; i++)
        tale->believed[tale->beliefs++].edit = edit;
    return status;
}

static enum status make_edit(struct writer *writer, size_t which, struct error *error)
{
    struct edit *edit;
    writer->believed = 0;
    writer->edit_changes = 0;
    enum status status = edit_begin(writer->store, &edit, error);
    if (status != STATUS_OK)
        return status;
    if ((status = deeds[which](writer, edit, error)) != STATUS_OK)
        return edit_cancel(edit, status);
    bool changed = edit_changes(edit) > 0;
    status = edit_commit(edit, error, "a deed");
    if (status != STATUS_OK || !changed)
        return status;
    writer->tale->edits++;
    return keep_beliefs(writer, error);
}

static enum status undo_or_redo(struct writer *writer, bool undo, struct error *error)
{
    struct undone undone;
    enum status status = undo ? store_undo(writer->store, &undone, error)
                              : store_redo(writer->store, &undone, error);
    if (status != STATUS_OK)
        return status;
    undone_release(&undone);
    writer->tale->edits++;
    return status;
}

static enum status lay_dot(struct writer *writer, struct error *error)
{
    size_t at = (size_t)random_below(&writer->seed, CROWD_SOUGHT);
    int64_t dots = random_below(&writer->seed, 3) == 0 ? -1 : 1;
    enum status status = ballot_lay(writer->store, &writer->ballot,
                                    writer->options->first + (int64_t)at, dots, error);
    if (status == STATUS_OK)
        writer->tale->dots[at] += dots;
    return status;
}

static enum status do_any(struct writer *writer, struct error *error)
{
    size_t which = (size_t)random_below(&writer->seed, ALL);
    if (which < DEEDS)
        return make_edit(writer, which, error);
    return which >= DOT ? lay_dot(writer, error) : undo_or_redo(writer, which < REDO, error);
}

/* What a person may be told, and goes on: that it is done, or why it is not. */
static bool is_an_answer(enum status status)
{
    return status == STATUS_OK || status == STATUS_CONFLICT || status == STATUS_NOT_FOUND ||
           status == STATUS_REFUSED;
}

static double now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1000 + (double)now.tv_nsec / 1000000;
}

/* Only where a pace was asked for, as people have it. */
static void wait_until(double ms)
{
    double left = ms - now_ms();
    if (left <= 0)
        return;
    struct timespec pause = {(time_t)(left / 1000), (long)((int64_t)left % 1000 * 1000000)};
    nanosleep(&pause, NULL);
}

/* Another moment, or the same as it was seen before, as by somebody who thinks for long. */
static enum status look_at_next(struct writer *writer, struct error *error)
{
    if (writer->seen.id && random_below(&writer->seed, 3) == 0)
        return STATUS_OK;
    return store_moment(writer->store, any_of(writer), &writer->seen, error);
}

static enum status do_all(struct writer *writer, struct error *error)
{
    const struct crowd_options *options = writer->options;
    double start = now_ms() + (double)random_below(&writer->seed, 1 + (uint64_t)options->pace_ms);
    enum status status = look_at_next(writer, error);
    for (int i = 0; i < options->deeds && status == STATUS_OK; i++) {
        if (options->pace_ms > 0)
            wait_until(start + (double)i * options->pace_ms);
        double began = now_ms();
        status = do_any(writer, error);
        writer->tale->ms[writer->tale->deeds++] = now_ms() - began;
        writer->tale->answers[status]++;
        if (is_an_answer(status))
            status = look_at_next(writer, error);
    }
    return status;
}

static enum status open_board(const struct crowd *crowd, const char *who, struct store **store,
                              struct error *error)
{
    struct store_options options = board_options(who);
    options.vfs = crowd->options.vfs;
    options.patience_ms = crowd->options.patience_ms;
    return store_open(crowd->path, &options, store, error);
}

static void write_for(const struct crowd *crowd, int number)
{
    struct error error = {.text = ""};
    struct writer writer = {.options = &crowd->options,
                            .tale = &crowd->shared->tales[number],
                            .seed = crowd->options.seed + (uint64_t)number * 7919};
    char *name = writer.tale->name;
    enum status status = open_board(crowd, name, &writer.store, &error);
    if (status == STATUS_OK)
        status = ballot_take(writer.store, name, NULL, false, &writer.ballot, &error);
    if (status == STATUS_OK)
        status = do_all(&writer, &error);
    if (status != STATUS_OK)
        (void)snprintf(writer.tale->gave_up, ERROR_TEXT_SIZE, "%s", error.text);
    record_release(RECORD_ITEM, &writer.seen);
    ballot_release(&writer.ballot);
    store_close(writer.store);
}

/* --- the one that looks ----------------------------------------------------------------------- */

static bool take_newest(void *data, const struct history_entry *entry)
{
    *(int64_t *)data = entry->id;
    return false;
}

static void note_window(struct sighting *sighting, const struct window *window)
{
    sighting->before = window->before;
    sighting->total = window->total;
    sighting->count = window->count;
    for (size_t i = 0; i < window->count; i++) {
        const struct moment *moment = &window->moments[i];
        sighting->at[i].id = moment->id;
        sighting->at[i].rating = moment->rating;
        sighting->at[i].chosen = moment->chosen;
        format(sighting->at[i].title, value_text(moment->title));
        format(sighting->at[i].handling, value_text(moment->handling));
        format(sighting->at[i].expectation, value_text(moment->expectation));
    }
}

/* As the screen reads it: in one reading. */
static enum status look(struct store *store, int64_t at, struct sighting *sighting,
                        struct error *error)
{
    struct window window = {0};
    struct filter all = {0};
    struct meter meter = {0};
    enum status status = store_read_begin(store, error);
    if (status != STATUS_OK)
        return status;
    status = store_history_back(store, INT64_MAX, take_newest, &sighting->edit, error);
    if (status == STATUS_OK)
        status = store_meter(store, &meter, error);
    if (status == STATUS_OK)
        status = store_window(store, at, 3, 4, &all, (struct date){0}, &window, error);
    store_read_end(store);
    note_window(sighting, &window);
    sighting->counted = meter.moments;
    window_release(&window);
    return status;
}

/* Ends with the writers, and with the test that it is for. */
static void look_for(const struct crowd *crowd, pid_t test)
{
    struct error error = {.text = ""};
    struct store *store;
    struct sightings *sightings = &crowd->shared->sightings;
    uint64_t seed = crowd->options.seed + 1;
    int again_ms;
    enum status status = open_board(crowd, "Reader", &store, &error);
    while (status == STATUS_OK && !crowd->shared->over && getppid() == test &&
           sightings->count < CROWD_SIGHTINGS_MOST) {
        struct pollfd watch = {.fd = store_watch(store), .events = POLLIN};
        (void)poll(&watch, 1, 20);
        (void)store_changed(store, &again_ms);
        status = look(store, crowd->options.first + (int64_t)random_below(&seed, CROWD_SOUGHT),
                      &sightings->at[sightings->count], &error);
        sightings->count += status == STATUS_OK;
    }
    if (status != STATUS_OK)
        (void)snprintf(sightings->gave_up, ERROR_TEXT_SIZE, "%s", error.text);
    store_close(store);
}

/* --- all of them ------------------------------------------------------------------------------ */

/* In the child: returns when the test says so. */
static void wait_for_start(const struct crowd *crowd)
{
    char ignored;
    close(crowd->gate[1]);
    (void)!read(crowd->gate[0], &ignored, 1);
}

static pid_t begin_child(struct crowd *crowd, int number, pid_t test)
{
    (void)fflush(NULL);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child > 0)
        return child;
    wait_for_start(crowd);
    if (number < crowd->options.writers)
        write_for(crowd, number);
    else
        look_for(crowd, test);
    _exit(0);
}

struct crowd *crowd_gather(const char *path, const struct crowd_options *options)
{
    struct crowd *crowd = memory_new(1, sizeof *crowd);
    pid_t test = getpid();
    assert_true(options->writers <= CROWD_MOST && options->deeds <= CROWD_DEEDS_MOST);
    crowd->options = *options;
    crowd->path = path;
    crowd->shared = mmap(NULL, sizeof *crowd->shared, PROT_READ | PROT_WRITE,
                         MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    assert_true(crowd->shared != MAP_FAILED);
    assert_int_equal(pipe2(crowd->gate, O_CLOEXEC), 0);
    for (int i = 0; i < options->writers; i++) {
        (void)snprintf(crowd->shared->tales[i].name, 16, "Writer %02d", i % 100);
        crowd->writers[i] = begin_child(crowd, i, test);
    }
    crowd->reader = begin_child(crowd, options->writers, test);
    close(crowd->gate[0]);
    return crowd;
}

void crowd_start(struct crowd *crowd)
{
    close(crowd->gate[1]);
}

bool crowd_is_busy(struct crowd *crowd)
{
    for (int i = 0; i < crowd->options.writers; i++) {
        siginfo_t info = {.si_pid = 0};
        assert_int_equal(waitid(P_PID, (id_t)crowd->writers[i], &info, WEXITED | WNOHANG | WNOWAIT),
                         0);
        if (info.si_pid == 0)
            return true;
    }
    return false;
}

static void end_child(const struct crowd *crowd, pid_t child, const char *name, const char *gave_up)
{
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
        fail_msg("%s ended with %d on %s", name, status, crowd->path);
    if (*gave_up)
        fail_msg("%s gave up: %s", name, gave_up);
}

void crowd_end(struct crowd *crowd)
{
    struct shared *shared = crowd->shared;
    for (int i = 0; i < crowd->options.writers; i++)
        end_child(crowd, crowd->writers[i], shared->tales[i].name, shared->tales[i].gave_up);
    shared->over = true;
    end_child(crowd, crowd->reader, "Reader", shared->sightings.gave_up);
}

void crowd_free(struct crowd *crowd)
{
    (void)munmap(crowd->shared, sizeof *crowd->shared);
    memory_free(crowd);
}

const struct tale *crowd_tale(const struct crowd *crowd, int writer)
{
    return &crowd->shared->tales[writer];
}

const struct sightings *crowd_sightings(const struct crowd *crowd)
{
    return &crowd->shared->sightings;
}

static int compare_ms(const void *a, const void *b)
{
    const double *one = a, *other = b;
    return (*one > *other) - (*one < *other);
}

double crowd_ms(const struct crowd *crowd, double part)
{
    double *all = memory_new(CROWD_MOST * (size_t)CROWD_DEEDS_MOST, sizeof *all);
    size_t count = 0;
    for (int i = 0; i < crowd->options.writers; i++) {
        const struct tale *tale = crowd_tale(crowd, i);
        memcpy(all + count, tale->ms, tale->deeds * sizeof *all);
        count += tale->deeds;
    }
    qsort(all, count, sizeof *all, compare_ms);
    double ms = count ? all[(size_t)(part * (double)(count - 1))] : 0;
    memory_free(all);
    return ms;
}
