#include "every_verb.h"
#include "board.h"
#include "boards.h"
#include "touchline/cli.h"
#include "touchline/command.h"
#include <dirent.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

/* --- the list --------------------------------------------------------------------------------- */

#define BOARD "cab.touchline"

/* On the sample wally-taxi, as it is after `before`: lines of the palette. */
struct verb {
    const char *words;
    const char *before;
    const char *makes;   /* a file */
    bool at_random;      /* two runs differ: the code of a ballot */
    bool names_accounts; /* as far as the system can tell their names */
    int code;            /* exit status when nothing goes wrong */
};

static const struct verb verbs[] = {
    {.words = "add " BOARD " Pays Waves --phase Ride"},
    {.words = "add " BOARD " Rings --before 3 --channel phone --seconds 20 --note short"},
    {.words = "set " BOARD " 3 title=Rings expectation=Tea"},
    {.words = "owner " BOARD " 3 Ana"},
    {.words = "left " BOARD " 3"},
    {.words = "right " BOARD " 3"},
    {.words = "move " BOARD " 3 --to 9"},
    {.words = "phase " BOARD " 7 Boot"},
    {.words = "remove " BOARD " 3"},
    {.words = "park " BOARD " 3"},
    {.words = "unpark " BOARD " z1"},
    {.words = "join " BOARD " 3 4"},
    {.words = "twin " BOARD " 3 email"},
    {.words = "channel " BOARD " 3 email"},
    {.words = "rate " BOARD " 3 magical"},
    {.words = "choose " BOARD " 7"},
    {.words = "unchoose " BOARD " 3"},
    {.words = "swap " BOARD " 7 3"},
    {.words = "dot " BOARD " 3"},
    {.words = "undot " BOARD " 3", .before = "dot 3"},
    {.words = "poll " BOARD " open --dots 5"},
    {.words = "poll " BOARD, .before = "poll open"},
    {.words = "poll " BOARD " close", .before = "poll open"},
    {.words = "poll " BOARD " show", .before = "poll open\npoll close"},
    {.words = "vote " BOARD " 3 2 --as Ben --done", .before = "poll open", .at_random = true},
    {.words = "vote " BOARD " --list --as Ben", .before = "poll open", .at_random = true},
    {.words = "review " BOARD " begin"},
    {.words = "review " BOARD " end --next +3m", .before = "review begin\nrate 3 magical"},
    {.words = "review " BOARD " --json"},
    {.words = "target " BOARD " 9 magical"},
    {.words = "idea " BOARD " 3 Tea --price low"},
    {.words = "price " BOARD " 3 1 low"},
    {.words = "action " BOARD " 3 Tea --owner Ana --due 2026-12-04"},
    {.words = "take " BOARD " 3 1 --owner Ana"},
    {.words = "status " BOARD " 3 1 kept"},
    {.words = "cost " BOARD " 3 complaint 40 Cold"},
    {.words = "payoff " BOARD " 4 recommends 2 Friends"},
    {.words = "actions " BOARD " --by owner"},
    {.words = "actions " BOARD " --json"},
    {.words = "wave " BOARD " 1 --response Wows"},
    {.words = "wave " BOARD},
    {.words = "due " BOARD " --days 9999", .code = 1},
    {.words = "handout " BOARD " --for Ana"},
    {.words = "list " BOARD},
    {.words = "list " BOARD " --json"},
    {.words = "show " BOARD},
    {.words = "show " BOARD " 3 --json"},
    {.words = "show " BOARD " --at 1", .before = "rate 3 magical"},
    {.words = "new other.touchline --title Other", .makes = "other.touchline"},
    {.words = "new other.touchline --sample cafe", .makes = "other.touchline"},
    {.words = "samples"},
    {.words = "board " BOARD " title=Other customers=12"},
    {.words = "board " BOARD},
    {.words = "channels " BOARD " Chat letter=C"},
    {.words = "channels " BOARD " webinar --remove"},
    {.words = "channels " BOARD},
    {.words = "person " BOARD " Ben --front-line"},
    {.words = "person " BOARD, .before = "person Ben"},
    {.words = "undo " BOARD " --name Tester", .before = "rate 3 magical"},
    {.words = "redo " BOARD " --name Tester", .before = "rate 3 magical\nundo"},
    {.words = "history " BOARD " --changes"},
    {.words = "check " BOARD},
    {.words = "import " BOARD " in.csv"},
    {.words = "import " BOARD " in.csv --dry-run"},
    {.words = "export " BOARD},
    {.words = "export " BOARD " --output out.csv", .makes = "out.csv"},
    {.words = "backup " BOARD " copy.touchline", .makes = "copy.touchline"},
    {.words = "salvage " BOARD " new.touchline", .makes = "new.touchline"},
    {.words = "share " BOARD, .names_accounts = true},
};
enum { VERBS = sizeof verbs / sizeof *verbs, WORDS_MAX = 12 };

static bool is_listed(const struct command *command)
{
    size_t length = strlen(command->name);
    for (size_t i = 0; i < VERBS; i++)
        if (strncmp(verbs[i].words, command->name, length) == 0 &&
            (verbs[i].words[length] == ' ' || !verbs[i].words[length]))
            return true;
    return false;
}

static void assert_all_listed(void)
{
    size_t count;
    const struct command *const *table = command_table(&count);
    for (size_t i = 0; i < count; i++)
        if (table[i]->scope != COMMAND_SCREEN && !is_listed(table[i]))
            fail_msg("'%s' has no line in the list of tests/support/every_verb.c", table[i]->name);
}

/* --- running one in a child ------------------------------------------------------------------- */

struct bytes {
    char *at;
    size_t length;
};

struct trial {
    const struct verb *verb;
    struct fixture *fixture;  /* of its own */
    struct bytes base;        /* the board's file before */
    char *before, *after;     /* its content */
    char *made;               /* content of the file that is made */
    struct shell_result good; /* when nothing is in the way */
    struct shell_result last;
    int reading[2], telling[2]; /* pipes for what it writes */
    int pardon;                 /* of the last run */
    struct left *left;          /* shared with the child, which counts them */
};

/* Descriptors at the end. */
struct left {
    int open;   /* that were not at the start */
    int closed; /* of 0 to 2: the next file to be opened would be one of them */
};

enum { PIPE_BYTES = 1 << 20 };

static int open_descriptors(void)
{
    int count = 0;
    for (int i = 3; i < 256; i++)
        count += fcntl(i, F_GETFD) >= 0;
    return count;
}

static _Noreturn void be_program(struct trial *trial, void (*enter)(void *data), void *data)
{
    char line[200], *words[WORDS_MAX + 1] = {(char *)"touchline"};
    int count = 1, nothing = open("/dev/null", O_RDONLY);
    (void)snprintf(line, sizeof line, "%s", trial->verb->words);
    for (char *at = line; at && count < WORDS_MAX; at = at ? at + 1 : NULL) {
        words[count++] = at;
        if ((at = strchr(at, ' ')))
            *at = '\0';
    }
    if (chdir(trial->fixture->folder) != 0 || dup2(nothing, 0) < 0 ||
        dup2(trial->reading[1], 1) < 0 || dup2(trial->telling[1], 2) < 0)
        _exit(126);
    setenv("TOUCHLINE_NAME", "Tester", 1);
    int open_before = open_descriptors();
    if (enter)
        enter(data);
    int code = cli_main(count, words, NULL);
    trial->left->open = open_descriptors() - open_before;
    for (int i = 0; i < 3; i++)
        trial->left->closed += fcntl(i, F_GETFD) < 0;
    _exit(code);
}

static char *read_pipe(int from)
{
    struct buffer text = {0};
    char block[4096];
    ssize_t got;
    while ((got = read(from, block, sizeof block)) > 0)
        buffer_add(&text, block, (size_t)got);
    (void)close(from);
    return text.bytes ? buffer_take(&text) : memory_copy("");
}

static void begin_pipe(int ends[2])
{
    assert_int_equal(pipe(ends), 0);
#ifdef F_SETPIPE_SZ
    assert_true(fcntl(ends[1], F_SETPIPE_SZ, PIPE_BYTES) >= PIPE_BYTES); /* read when it is over */
#endif
}

static void run_words(struct trial *trial, void (*enter)(void *data), void *data)
{
    int how;
    *trial->left = (struct left){0};
    shell_release(&trial->last);
    begin_pipe(trial->reading);
    begin_pipe(trial->telling);
    (void)fflush(NULL);
    pid_t child = fork();
    if (child == 0)
        be_program(trial, enter, data);
    (void)close(trial->reading[1]);
    (void)close(trial->telling[1]);
    assert_int_equal(waitpid(child, &how, 0), child);
    trial->last = (struct shell_result){
        .code = WIFSIGNALED(how) ? 128 + WTERMSIG(how) : WEXITSTATUS(how),
        .out = read_pipe(trial->reading[0]),
        .err = read_pipe(trial->telling[0]),
    };
}

/* --- the board before and after --------------------------------------------------------------- */

static const char *path_in(struct trial *trial, const char *name)
{
    return fixture_path(trial->fixture, name);
}

static char *content_of(struct trial *trial, const char *name)
{
    bool is_board = strstr(name, ".touchline") != NULL;
    return is_board ? board_content(path_in(trial, name)) : fixture_read(path_in(trial, name));
}

static struct bytes read_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    assert_int_equal(fseek(file, 0, SEEK_END), 0);
    struct bytes bytes = {.length = (size_t)ftell(file)};
    rewind(file);
    bytes.at = memory_new(bytes.length, 1);
    assert_int_equal(fread(bytes.at, 1, bytes.length, file), bytes.length);
    (void)fclose(file);
    return bytes;
}

/* The board as it was, and nothing else but the list to import. */
static void set_out(struct trial *trial)
{
    const char *path = path_in(trial, BOARD);
    DIR *folder = opendir(trial->fixture->folder);
    assert_non_null(folder);
    for (const struct dirent *entry; (entry = readdir(folder));)
        if (entry->d_name[0] != '.' || strlen(entry->d_name) > 2)
            (void)unlink(path_in(trial, entry->d_name));
    (void)closedir(folder);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(trial->base.at, 1, trial->base.length, file), trial->base.length);
    assert_int_equal(fclose(file), 0);
    (void)fixture_write(trial->fixture, "in.csv", "title,channel\nPays,phone\nWaves,email\n");
}

/* A journal that cannot be taken away is told by its failing, and means nothing any more once the
 * board was opened. */
static bool is_known(const struct trial *trial, const char *name)
{
    const char *made = trial->verb->makes;
    return strcmp(name, ".") == 0 || strcmp(name, "..") == 0 || strcmp(name, BOARD) == 0 ||
           strcmp(name, "in.csv") == 0 || (made && strcmp(name, made) == 0) ||
           (trial->last.code != 0 && strcmp(name, BOARD "-journal") == 0);
}

/* Neither written nor half written. */
static bool is_untouched(struct trial *trial)
{
    if (access(path_in(trial, BOARD "-journal"), F_OK) == 0)
        return false;
    struct bytes is = read_file(path_in(trial, BOARD));
    bool same = is.length == trial->base.length && memcmp(is.at, trial->base.at, is.length) == 0;
    memory_free(is.at);
    return same;
}

/* --- what must hold --------------------------------------------------------------------------- */

static _Noreturn void fail_trial(struct trial *trial, const char *why)
{
    print_error("touchline %s\nexit status %d\n%s%s\n", trial->verb->words, trial->last.code,
                trial->last.err, why);
    fail();
    abort();
}

static void check_that(struct trial *trial, bool condition, const char *why)
{
    if (!condition)
        fail_trial(trial, why);
}

static bool says(const struct trial *trial, const char *words)
{
    return strstr(trial->last.err, words) != NULL;
}

/* Whether it did what it was told to, and says nothing else (due has something to say). */
static bool succeeded(const struct trial *trial)
{
    const char *usual = trial->good.err ? trial->good.err : "";
    if (trial->pardon & TRIAL_MAY_SAY_OTHER_DAYS)
        return trial->last.code == trial->verb->code || (trial->verb->code && !trial->last.code);
    return trial->last.err && trial->last.code == trial->verb->code &&
           strcmp(trial->last.err, usual) == 0;
}

static bool is_silent(const struct trial *trial)
{
    return (trial->pardon & TRIAL_MAY_BE_SILENT) && !*trial->last.err;
}

static void check_end(struct trial *trial)
{
    const char *err = trial->last.err, *end = strchr(err, '\n');
    static const int codes[] = {1, 65, 66, 73, 75};
    bool known = false;
    check_that(trial, trial->left->open == 0 || (trial->pardon & TRIAL_MAY_LEAVE_DESCRIPTORS),
               "it left a descriptor open");
    check_that(trial, trial->left->closed == 0, "a file that it opened may have been 0, 1 or 2");
    check_that(trial, trial->last.code < 126, "it did not end by itself");
    if (succeeded(trial))
        return;
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        known = known || trial->last.code == codes[i];
    check_that(trial, known, "that is no exit status for what it could not do");
    if (is_silent(trial))
        return;
    check_that(trial, strncmp(err, "touchline: ", 11) == 0 && strlen(err) > 30,
               "it did not say why");
    check_that(trial, end && !end[1], "it said more than a line");
}

static bool same_content(struct trial *trial, const char *name, const char *wanted)
{
    char *is = content_of(trial, name);
    bool same = is && wanted && strcmp(is, wanted) == 0;
    memory_free(is);
    return same;
}

/* Of a change that was made nothing more can be said than this. */
static bool is_after(struct trial *trial)
{
    bool differs = trial->verb->at_random || ((trial->pardon & TRIAL_MAY_SAY_OTHER_DAYS) &&
                                              strcmp(trial->before, trial->after) != 0);
    return differs ? !same_content(trial, BOARD, trial->before)
                   : same_content(trial, BOARD, trial->after);
}

static void check_board(struct trial *trial)
{
    bool unsure = is_silent(trial) || says(trial, "could not be told whether") ||
                  says(trial, "everything saved is safe") ||
                  (trial->verb->at_random && says(trial, ", code ")); /* by parts, and says so */
    bool changed = says(trial, "this is in the file") || says(trial, "saved, but ");
    bool untouched = is_untouched(trial);
    if (!untouched) {
        struct store *store = board_open(path_in(trial, BOARD), "Ana");
        board_assert_sound(store);
        store_close(store);
    }
    bool before = untouched || same_content(trial, BOARD, trial->before);
    if (succeeded(trial) || changed)
        check_that(trial, is_after(trial), "the board is not as it should be now");
    else if (unsure)
        check_that(trial, before || is_after(trial), "the board is neither as before nor as after");
    else
        check_that(trial, before, "it failed and has changed the board");
}

static void check_made(struct trial *trial)
{
    const char *name = trial->verb->makes;
    if (!name)
        return;
    bool there = access(path_in(trial, name), F_OK) == 0;
    bool made = there && same_content(trial, name, trial->made);
    if (succeeded(trial) || says(trial, "saved, but "))
        check_that(trial, made, "the file that it says it made is not as it should be");
    else
        check_that(trial, !there || (trial->pardon & TRIAL_MAY_LEAVE_FILES),
                   "it failed and has left a file");
}

static void check_leftovers(struct trial *trial)
{
    DIR *folder = opendir(trial->fixture->folder);
    assert_non_null(folder);
    for (const struct dirent *entry; (entry = readdir(folder));)
        check_that(trial, is_known(trial, entry->d_name), entry->d_name);
    (void)closedir(folder);
}

static void check_output(struct trial *trial)
{
    if (trial->pardon & TRIAL_MAY_SAY_OTHER_DAYS)
        return;
    if (succeeded(trial) && !trial->verb->at_random && !trial->verb->names_accounts)
        check_that(trial, strcmp(trial->last.out, trial->good.out) == 0,
                   "it says that it printed all, and did not");
}

/* What failed works when it is tried again. Where nothing at all was touched, that is known. */
static void check_retry(struct trial *trial)
{
    bool done = succeeded(trial) || says(trial, "saved, but ");
    if (done || trial->verb->at_random || is_untouched(trial) || is_after(trial))
        return;
    struct shell_result first = trial->last;
    trial->last = (struct shell_result){0};
    run_words(trial, NULL, NULL);
    check_that(trial, succeeded(trial), "it does not work when tried again");
    check_board(trial);
    check_made(trial);
    shell_release(&trial->last);
    trial->last = first;
}

const struct shell_result *trial_run(struct trial *trial, void (*enter)(void *data),
                                     int (*pardoned)(const struct shell_result *result, void *data),
                                     void *data)
{
    set_out(trial);
    run_words(trial, enter, data);
    trial->pardon = pardoned ? pardoned(&trial->last, data) : 0;
    check_end(trial);
    check_board(trial);
    check_made(trial);
    check_output(trial);
    if (!(trial->pardon & TRIAL_MAY_LEAVE_FILES)) {
        check_leftovers(trial);
        check_retry(trial);
    }
    return &trial->last;
}

/* --- each of them ----------------------------------------------------------------------------- */

static void share_counter(struct trial *trial)
{
    trial->left =
        mmap(NULL, sizeof *trial->left, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    assert_true(trial->left != MAP_FAILED);
}

/* A copy of the sample, as it is after what the line needs; then what comes of the line. */
static void trial_begin(struct trial *trial, const struct verb *verb, const struct bytes *sample)
{
    *trial = (struct trial){.verb = verb, .fixture = fixture_new(), .base = *sample};
    share_counter(trial);
    const char *path = path_in(trial, BOARD);
    set_out(trial);
    board_do_each(path, verb->before);
    trial->base = read_file(path);
    trial->before = board_content(path);
    run_words(trial, NULL, NULL);
    trial->good = trial->last;
    check_that(trial, succeeded(trial) && (verb->code || !*trial->last.err), "it does not work");
    trial->last = (struct shell_result){0};
    trial->after = board_content(path);
    trial->made = verb->makes ? content_of(trial, verb->makes) : NULL;
}

static void trial_end(struct trial *trial)
{
    (void)munmap(trial->left, sizeof *trial->left);
    shell_release(&trial->good);
    shell_release(&trial->last);
    memory_free(trial->base.at);
    memory_free(trial->before);
    memory_free(trial->after);
    memory_free(trial->made);
    fixture_free(trial->fixture);
}

const char *trial_words(const struct trial *trial)
{
    return trial->verb->words;
}

bool trial_changes(const struct trial *trial)
{
    return trial->verb->makes || strcmp(trial->before, trial->after) != 0;
}

void verbs_each(void (*each)(struct trial *trial, void *data), void *data)
{
    static const struct verb make = {.words = "new " BOARD " --sample wally-taxi"};
    struct trial maker = {.verb = &make, .fixture = fixture_new()};
    assert_all_listed();
    share_counter(&maker);
    run_words(&maker, NULL, NULL);
    assert_int_equal(maker.last.code, 0);
    struct bytes sample = read_file(path_in(&maker, BOARD));
    for (size_t i = 0; i < VERBS; i++) {
        struct trial trial;
        trial_begin(&trial, &verbs[i], &sample);
        each(&trial, data);
        trial_end(&trial);
    }
    memory_free(sample.at);
    trial_end(&maker);
}
