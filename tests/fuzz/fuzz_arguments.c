/* Any words from the shell on a board: nothing crashes or hangs, what comes to a terminal is
 * harmless, the program ends with one of the codes that its manual has, and the board is sound
 * afterwards.
 *
 * The first byte says whether output and errors go to a terminal (bit 0) and input comes from one
 * (bit 1); a letter or a digit will do. Then come commands, each word ended by a newline and each
 * command by a NUL; a vertical tab stands for a newline within a word. What follows the first
 * record separator (0x1E) is standard input and the file "in". The board is called "b".
 */
#include "fuzz.h"
#include "scratch.h"
#include "touchline/cli.h"
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { COMMANDS_MOST = 6, WORDS_MOST = 24, INPUT_FOLLOWS = 0x1E };

static const char board_name[] = "b", input_name[] = "in";

/* What a sanitizer has to say goes to where the errors went before they were caught. */
extern void __sanitizer_set_report_fd(void *fd) __attribute__((weak));

static struct {
    int said[2];   /* files in memory for what comes out on descriptors 1 and 2 */
    int before[2]; /* what these were */
    unsigned terminal;
} world;

/* The library's, too: what is a terminal is for the input to say. */
int isatty(int descriptor)
{
    unsigned asked = descriptor == STDIN_FILENO ? 2 : 1;
    return descriptor >= 0 && descriptor <= STDERR_FILENO && (world.terminal & asked) != 0;
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    size_t size;
    (void)argc;
    (void)argv;
    scratch_make();
    (void)scratch_sound(&size);
    setenv("LC_ALL", "C.UTF-8", 1);
    setenv("TZ", "UTC", 1);
    setenv("PATH", "/nowhere", 1); /* no other program is started */
    setenv("TOUCHLINE_NAME", "fuzz", 1);
    setenv("XDG_STATE_HOME", getenv("HOME"), 1);
    for (int i = 0; i < 2; i++) {
        world.said[i] = memfd_create("said", MFD_CLOEXEC);
        world.before[i] = fcntl(STDOUT_FILENO + i, F_DUPFD_CLOEXEC, 3);
        check(world.said[i] >= 0 && world.before[i] >= 0);
    }
    if (__sanitizer_set_report_fd)
        __sanitizer_set_report_fd((void *)(intptr_t)world.before[1]);
    return 0;
}

/* --- what comes out --------------------------------------------------------------------------- */

static void catch_output(void)
{
    (void)fflush(stdout);
    for (int i = 0; i < 2; i++) {
        check(ftruncate(world.said[i], 0) == 0 && lseek(world.said[i], 0, SEEK_SET) == 0);
        check(dup2(world.said[i], STDOUT_FILENO + i) >= 0);
    }
}

static void let_output_go(void)
{
    (void)fflush(stdout);
    for (int i = 0; i < 2; i++)
        check(dup2(world.before[i], STDOUT_FILENO + i) >= 0);
}

/* Line by line: each ends with LF, which a terminal makes CR LF of. */
static void check_lines(const char *bytes, size_t length)
{
    const struct harmless rules = {.rows = 0};
    while (length > 0) {
        const char *end = memchr(bytes, '\n', length);
        size_t line = end ? (size_t)(end - bytes) : length;
        check_harmless(&rules, bytes, line);
        line += end ? 1 : 0;
        bytes += line;
        length -= line;
    }
}

static void check_output(void)
{
    for (int i = 0; i < 2 && world.terminal & 1; i++) {
        off_t length = lseek(world.said[i], 0, SEEK_END);
        check(length >= 0);
        if (length == 0)
            continue;
        char *bytes = mmap(NULL, (size_t)length, PROT_READ, MAP_PRIVATE, world.said[i], 0);
        check(bytes != MAP_FAILED);
        check_lines(bytes, (size_t)length);
        check(munmap(bytes, (size_t)length) == 0);
    }
}

/* --- a command -------------------------------------------------------------------------------- */

struct words {
    char *at[WORDS_MOST + 2]; /* argv: the program's name first, NULL last */
    int count;
};

/* Parts one command into words, in place; no name leads out of the working folder. */
static void read_words(char *line, struct words *words)
{
    static char program[] = "touchline";
    *words = (struct words){.at = {program}, .count = 1};
    for (char *at = line; *at; at++)
        *at = *at == '/' ? '_' : *at;
    for (char *end; *line && words->count <= WORDS_MOST; line = end) {
        end = line + strcspn(line, "\n");
        words->at[words->count++] = line;
        if (*end)
            *end++ = '\0';
    }
    for (int i = 1; i < words->count; i++)
        for (char *at = words->at[i]; *at; at++)
            *at = *at == '\v' ? '\n' : *at;
}

static enum status open_screen(const struct cli_screen *screen, struct error *error)
{
    check(screen->board != NULL && screen->editor != NULL && screen->store.who[0] != '\0');
    return error_set(error, STATUS_FAILED, "%s: there is no screen here", screen->board);
}

static void check_code(int code)
{
    static const int codes[] = {0, 1, 2, 65, 66, 73, 75};
    int known = 0;
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        known |= code == codes[i];
    check(known);
}

static void run_command(char *line)
{
    struct words words;
    FILE *before = stdin;
    read_words(line, &words);
    stdin = fopen(input_name, "r");
    check(stdin != NULL);
    catch_output();
    int code = cli_main(words.count, words.at, open_screen);
    let_output_go();
    check(fclose(stdin) == 0);
    stdin = before;
    check_code(code);
    check_output();
}

static void run_commands(char *lines, size_t length)
{
    char *line = lines;
    for (int i = 0; i < COMMANDS_MOST && line < lines + length; i++) {
        size_t taken = strlen(line);
        run_command(line);
        line += taken + 1;
    }
}

/* Parts the input at the separator; what goes before it comes back with a NUL at its end. */
static char *part_input(const uint8_t *bytes, size_t *length)
{
    const uint8_t *end = memchr(bytes, INPUT_FOLLOWS, *length);
    size_t front = end ? (size_t)(end - bytes) : *length;
    size_t rest = *length - front - (end ? 1 : 0);
    char *lines = calloc(front + 1, 1);
    check(lines != NULL);
    memcpy(lines, bytes, front);
    scratch_write(input_name, bytes + *length - rest, rest);
    *length = front;
    return lines;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    size_t size;
    const unsigned char *sound = scratch_sound(&size);
    if (length == 0)
        return 0;
    scratch_clear();
    scratch_write(board_name, sound, size);
    size_t front = length - 1;
    char *lines = part_input(bytes + 1, &front);
    scratch_enter();
    world.terminal = bytes[0];
    run_commands(lines, front);
    world.terminal = 0;
    if (access(board_name, F_OK) == 0)
        scratch_check_sound(board_name);
    scratch_leave();
    free(lines);
    return 0;
}
