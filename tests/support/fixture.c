#include "fixture.h"
#include "touchline/buffer.h"
#include "touchline/memory.h"
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

struct fixture *fixture_new(void)
{
    const char *base = getenv("TMPDIR");
    struct buffer folder = {0};
    struct fixture *fixture = memory_new(1, sizeof *fixture);
    buffer_add_format(&folder, "%s/touchline-test.XXXXXX", base != NULL ? base : "/tmp");
    fixture->folder = buffer_take(&folder);
    if (mkdtemp(fixture->folder) == NULL) {
        perror(fixture->folder);
        abort();
    }
    return fixture;
}

static int remove_one(const char *path, const struct stat *what, int type, struct FTW *where)
{
    (void)what;
    (void)type;
    (void)where;
    return remove(path);
}

void fixture_free(struct fixture *fixture)
{
    if (fixture == NULL)
        return;
    (void)nftw(fixture->folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
    for (size_t i = 0; i < fixture->count; i++)
        memory_free(fixture->paths[i]);
    memory_free((void *)fixture->paths);
    memory_free(fixture->folder);
    memory_free(fixture);
}

int fixture_setup(void **state)
{
    *state = fixture_new();
    return 0;
}

int fixture_teardown(void **state)
{
    fixture_free(*state);
    return 0;
}

const char *fixture_path(struct fixture *fixture, const char *name)
{
    struct buffer path = {0};
    buffer_add_format(&path, "%s/%s", fixture->folder, name);
    fixture->paths =
        memory_resize((void *)fixture->paths, fixture->count + 1, sizeof *fixture->paths);
    fixture->paths[fixture->count] = buffer_take(&path);
    return fixture->paths[fixture->count++];
}

const char *fixture_write(struct fixture *fixture, const char *name, const char *content)
{
    const char *path = fixture_path(fixture, name);
    FILE *file = fopen(path, "w");
    if (file == NULL || fputs(content, file) < 0 || fclose(file) != 0) {
        perror(path);
        abort();
    }
    return path;
}

char *fixture_read(const char *path)
{
    char bytes[4096];
    struct buffer content = {0};
    FILE *file = fopen(path, "r");
    if (file == NULL)
        return NULL;
    for (size_t count; (count = fread(bytes, 1, sizeof bytes, file)) > 0;)
        buffer_add(&content, bytes, count);
    (void)fclose(file);
    buffer_add(&content, "", 0);
    return buffer_take(&content);
}
