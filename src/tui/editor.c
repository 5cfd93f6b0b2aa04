/* Long text in the user's own editor: a private file, no shell, its size checked on return. What
 * was written there and cannot be saved stays in its file. */
#include "touchline/memory.h"
#include "touchline/text.h"
#include "tui.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool write_whole(int fd, const char *text, size_t length)
{
    while (length > 0) {
        ssize_t written = write(fd, text, length);
        if (written <= 0)
            return false;
        text += written;
        length -= (size_t)written;
    }
    return true;
}

/* The folder is ours alone (mkdtemp, 0700), so that what the editor leaves beside the file is, too.
 */
static enum status put_out(const char *text, struct buffer *folder, struct buffer *file,
                           struct error *error)
{
    const char *where = getenv("TMPDIR");
    buffer_add_format(folder, "%s/touchline-XXXXXX", where && *where ? where : "/tmp");
    if (!mkdtemp(folder->bytes)) {
        enum status status = error_set(error, STATUS_CANNOT_CREATE, "%s: %s", buffer_text(folder),
                                       error_reason(errno));
        buffer_clear(folder);
        return status;
    }
    buffer_add_format(file, "%s/note.txt", buffer_text(folder));
    int fd = open(buffer_text(file), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    bool good = fd >= 0 && write_whole(fd, text, strlen(text));
    if (fd >= 0 && close(fd) != 0)
        good = false;
    return good ? STATUS_OK
                : error_set(error, STATUS_CANNOT_CREATE, "%s: %s", buffer_text(file),
                            error_reason(errno));
}

static enum status take_in(const char *file, size_t most, struct buffer *text, struct error *error)
{
    struct stat about;
    char block[8192];
    ssize_t got = 0;
    int fd = open(file, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0 || fstat(fd, &about) != 0 || !S_ISREG(about.st_mode) ||
        (size_t)about.st_size > most) {
        if (fd >= 0)
            close(fd);
        return error_set(error, STATUS_REFUSED,
                         "The text was not taken: at most %zu bytes fit. Nothing was changed.",
                         most);
    }
    while ((got = read(fd, block, sizeof block)) > 0 && text->length <= most)
        buffer_add(text, block, (size_t)got);
    int why = errno;
    close(fd);
    if (got < 0)
        return error_set(error, STATUS_FAILED, "The text cannot be read: %s. Nothing was changed.",
                         error_reason(why));
    if (text->length > 0)
        buffer_cut(text, text_unify_line_ends(text->bytes, text->length));
    /* Editors end the last line; a note need not. */
    while (text->length > 0 && text->bytes[text->length - 1] == '\n')
        buffer_cut(text, text->length - 1);
    if (text_first_invalid(buffer_text(text), text->length) < text->length)
        return error_set(error, STATUS_REFUSED,
                         "The text is not valid UTF-8. Nothing was changed.");
    return STATUS_OK;
}

/* One that is torn down with the line has failed in nothing: what it had saved by then counts, as
 * what was typed into a field does. */
static enum status run_editor(struct tui *tui, const char *file, struct error *error)
{
    size_t count = 0;
    int exit_status = 0;
    while (tui->options->editor[count])
        count++;
    char **argv = memory_new(count + 2, sizeof *argv);
    memcpy(argv, tui->options->editor, count * sizeof *argv);
    argv[count] = (char *)file;
    enum status status = term_run(tui->term, argv, &exit_status, error);
    memory_free(argv);
    tui->stale = true;
    if (status == STATUS_OK && exit_status != 0 && !term_gone(tui->term))
        status = error_set(error, STATUS_FAILED, "The editor ended with %d. Nothing was changed.",
                           exit_status);
    return status;
}

/* Only what differs is set, against what was put out: a change made elsewhere meanwhile is a
 * conflict. */
static enum status set_text(struct tui *tui, enum record record, int64_t id, int field,
                            const char *old, const char *text, struct error *error)
{
    struct edit *edit;
    struct value seen = value_text(old);
    struct buffer words = {0};
    if (value_equal(seen, value_text(text)))
        return STATUS_OK;
    enum status status = edit_begin(tui->store, &edit, error);
    if (status != STATUS_OK)
        return status;
    buffer_add_format(&words, "%s rewritten", record_type(record)->fields[field].label);
    status = edit_set(edit, record, id, field, value_text(text), &seen, error);
    status = status == STATUS_OK ? edit_commit(edit, error, buffer_text(&words))
                                 : edit_cancel(edit, status);
    if (status == STATUS_OK)
        tui_say(tui, "Saved: %s. u takes it back.", record_type(record)->fields[field].label);
    buffer_release(&words);
    return status;
}

/* Whether the file holds another text than was put out; also when the editor came to a bad end, or
 * was torn down with the line, after it had written. */
static bool was_written(const char *file, const char *old)
{
    struct stat about;
    char block[8192];
    size_t at = 0, length = strlen(old);
    ssize_t got = 0;
    int fd = open(file, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0 || fstat(fd, &about) != 0 || !S_ISREG(about.st_mode)) {
        if (fd >= 0)
            close(fd);
        return false;
    }
    bool same = (size_t)about.st_size == length;
    while (same && (got = read(fd, block, sizeof block)) > 0) {
        same = (size_t)got <= length - at && memcmp(old + at, block, (size_t)got) == 0;
        at += (size_t)got;
    }
    close(fd);
    return !same || got < 0;
}

/* With what the editor has left beside the file: a copy of what it was before, say. */
static void clean_up(const struct buffer *folder)
{
    DIR *open = folder->length > 0 ? opendir(buffer_text(folder)) : NULL;
    if (!open)
        return;
    for (const struct dirent *entry; (entry = readdir(open));)
        (void)unlinkat(dirfd(open), entry->d_name, 0); /* "." and ".." stay */
    (void)closedir(open);
    (void)rmdir(buffer_text(folder));
}

static enum status edit_text(struct tui *tui, enum record record, int64_t id, int field,
                             const char *old, struct error *error)
{
    struct buffer folder = {0}, file = {0}, text = {0};
    size_t most = (size_t)record_type(record)->fields[field].max;
    enum status status = put_out(old, &folder, &file, error);
    bool edited = status == STATUS_OK;
    if (status == STATUS_OK)
        status = run_editor(tui, buffer_text(&file), error);
    if (status == STATUS_OK)
        status = take_in(buffer_text(&file), most + 1, &text, error);
    if (status == STATUS_OK)
        status = set_text(tui, record, id, field, old, buffer_text(&text), error);
    if (status != STATUS_OK && edited && was_written(buffer_text(&file), old))
        error_prefix(error, "Kept in %s. ", buffer_text(&file));
    else
        clean_up(&folder);
    buffer_release(&folder);
    buffer_release(&file);
    buffer_release(&text);
    return status;
}

void editor_open(struct tui *tui, enum record record, int64_t id, int field)
{
    struct error error;
    struct moment moment = {0};
    struct board board = {0};
    void *it = record == RECORD_BOARD ? (void *)&board : (void *)&moment;
    enum status status = store_record(tui->store, record, id, it, &error);
    if (status == STATUS_OK) {
        struct value value = record_get(record, it, field);
        char *old = memory_copy(value.type == VALUE_TEXT ? value.text : "");
        status = edit_text(tui, record, id, field, old, &error);
        memory_free(old);
    }
    (void)tui_saved(tui, status, &error);
    record_release(RECORD_ITEM, &moment);
    record_release(RECORD_BOARD, &board);
    tui->stale = true;
}
