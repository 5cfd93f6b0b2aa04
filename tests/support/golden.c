#include "golden.h"
#include "fixture.h"
#include "touchline/buffer.h"
#include "touchline/memory.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#define FOLDER TOUCHLINE_SOURCE "/tests/screen/golden"

static void store(const char *path, const char *text)
{
    (void)mkdir(FOLDER, 0777);
    FILE *file = fopen(path, "w");
    if (file == NULL || fputs(text, file) < 0 || fclose(file) != 0)
        print_error("%s: cannot be written\n", path);
}

/* The line at `text`, and the text after it. */
static const char *next_line(const char *text, int *length)
{
    const char *end = strchr(text, '\n');
    *length = end != NULL ? (int)(end - text) : (int)strlen(text);
    return end != NULL ? end + 1 : text + *length;
}

/* Line by line, as both are pictures of one size: the stored one behind '-', what came behind '+'.
 */
static void print_difference(const char *stored, const char *text)
{
    for (int row = 0; *stored != '\0' || *text != '\0'; row++) {
        int stored_length, text_length;
        const char *stored_line = stored, *text_line = text;
        stored = next_line(stored, &stored_length);
        text = next_line(text, &text_length);
        if (stored_length == text_length &&
            memcmp(stored_line, text_line, (size_t)text_length) == 0)
            continue;
        print_error("%3d - %.*s\n", row, stored_length, stored_line);
        print_error("%3d + %.*s\n", row, text_length, text_line);
    }
}

void golden_check_at(const char *name, const char *text, const char *file, int line)
{
    struct buffer path = {0};
    buffer_add_format(&path, FOLDER "/%s.txt", name);
    char *stored = fixture_read(buffer_text(&path));
    bool same = stored != NULL && strcmp(stored, text) == 0;
    if (!same && getenv("TOUCHLINE_RENEW") != NULL) {
        store(buffer_text(&path), text);
        same = true;
    }
    if (!same) {
        print_error("%s\n", buffer_text(&path));
        print_difference(stored != NULL ? stored : "", text);
    }
    memory_free(stored);
    buffer_release(&path);
    if (!same)
        _fail(file, line);
}
