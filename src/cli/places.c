#include "places.h"
#include "touchline/memory.h"
#include "touchline/text.h"
#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* --- the state folder ------------------------------------------------------------------------- */

char *places_state(void)
{
    const char *state = getenv("XDG_STATE_HOME");
    const char *home = getenv("HOME");
    struct buffer path = {0};
    if (state && state[0] == '/')
        buffer_add_format(&path, "%s/touchline", state);
    else if (home && home[0] == '/')
        buffer_add_format(&path, "%s/.local/state/touchline", home);
    else
        return NULL;
    return buffer_take(&path);
}

static void make_folders(const char *path)
{
    char *copy = memory_copy(path);
    for (char *slash = strchr(copy + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        (void)mkdir(copy, 0700);
        *slash = '/';
    }
    (void)mkdir(copy, 0700);
    memory_free(copy);
}

static void last_path(const char *state, struct buffer *path)
{
    buffer_add_format(path, "%s/last", state);
}

char *places_last_board(const char *state)
{
    struct buffer path = {0};
    char board[PATH_MAX];
    if (!state)
        return NULL;
    last_path(state, &path);
    int file = open(buffer_text(&path), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    ssize_t length = file < 0 ? 0 : read(file, board, sizeof board);
    if (file >= 0)
        close(file);
    buffer_release(&path);
    if (length < 2 || board[0] != '/' || board[length - 1] != '\n')
        return NULL;
    board[length - 1] = '\0';
    return access(board, F_OK) == 0 ? memory_copy(board) : NULL;
}

/* Best effort: whoever cannot keep it names the board. */
void places_keep_board(const char *state, const char *board)
{
    struct buffer path = {0}, line = {0}, fresh = {0};
    char *real = state ? realpath(board, NULL) : NULL;
    if (!real)
        return;
    make_folders(state);
    last_path(state, &path);
    buffer_add_format(&fresh, "%s.%ld", buffer_text(&path), (long)getpid());
    buffer_add_format(&line, "%s\n", real);
    free(real);
    int file = open(buffer_text(&fresh), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    bool whole = file >= 0 && write(file, line.bytes, line.length) == (ssize_t)line.length;
    if (file >= 0 &&
        (close(file) != 0 || !whole || rename(buffer_text(&fresh), buffer_text(&path)) != 0))
        (void)unlink(buffer_text(&fresh));
    buffer_release(&path);
    buffer_release(&line);
    buffer_release(&fresh);
}

/* --- the folder's boards ---------------------------------------------------------------------- */

static int is_board_name(const struct dirent *entry)
{
    static const char ending[] = ".touchline";
    size_t length = strlen(entry->d_name);
    return entry->d_name[0] != '.' && length >= sizeof ending &&
           strcmp(entry->d_name + length + 1 - sizeof ending, ending) == 0;
}

void places_list_boards(struct buffer *out)
{
    struct dirent **found = NULL;
    int count = scandir(".", &found, is_board_name, alphasort);
    for (int i = 0; i < count; i++) {
        buffer_add_format(out, "  %s\n", found[i]->d_name);
        free(found[i]);
    }
    free(found);
}

/* --- people and tools ------------------------------------------------------------------------- */

const char *places_account(void)
{
    const struct passwd *entry = getpwuid(geteuid());
    return entry && entry->pw_name[0] ? entry->pw_name : NULL;
}

static const char *login_name(void)
{
    const char *account = places_account();
    return account ? account : "somebody";
}

enum status places_who(const char *name, const char **who, struct error *error)
{
    const char *environment = getenv("TOUCHLINE_NAME");
    *who = name ? name : environment && *environment ? environment : login_name();
    size_t length = strlen(*who);
    for (size_t i = 0; i < length; i++)
        if ((unsigned char)(*who)[i] < ' ' || (*who)[i] == 0x7F)
            return error_set(error, STATUS_USAGE, "a name is one line without control characters");
    if (length > 200 || text_first_invalid(*who, length) < length)
        return error_set(error, STATUS_USAGE, "a name is UTF-8 and has at most 200 bytes");
    return STATUS_OK;
}

static const char *editor_line(void)
{
    static const char *const names[] = {"VISUAL", "EDITOR"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *value = getenv(names[i]);
        if (value && value[strspn(value, " \t")])
            return value;
    }
    return "vi";
}

bool places_in_gnu_screen(void)
{
    const char *session = getenv("STY");
    return session && *session;
}

char **places_editor(void)
{
    char **words = memory_new(1, sizeof *words);
    size_t count = 0;
    for (const char *at = editor_line();;) {
        at += strspn(at, " \t");
        size_t length = strcspn(at, " \t");
        if (length == 0)
            return words;
        words = memory_resize(words, count + 2, sizeof *words);
        words[count++] = memory_copy_bytes(at, length);
        words[count] = NULL;
        at += length;
    }
}

void places_free_editor(char **editor)
{
    for (size_t i = 0; editor && editor[i]; i++)
        memory_free(editor[i]);
    memory_free(editor);
}
