/* The kept inputs of one fuzz target, run once each: linked with tests/fuzz/fuzz_NAME.c it is a
 * test program like the others, and needs no fuzzer. Its own name tells whose corpus it is. */
#include <dirent.h>
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "touchline/buffer.h"
#include "touchline/memory.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);
int LLVMFuzzerInitialize(int *argc, char ***argv) __attribute__((weak));

struct inputs {
    struct CMUnitTest *at;
    char **names;
    size_t count;
    char *folder;
};

static void an_input_does_no_harm(void **state)
{
    struct buffer bytes = {0};
    char block[65536];
    size_t got;
    FILE *file = fopen(*state, "rb");
    assert_non_null(file);
    while ((got = fread(block, 1, sizeof block, file)) > 0)
        buffer_add(&bytes, block, got);
    assert_int_equal(fclose(file), 0);
    assert_int_equal(LLVMFuzzerTestOneInput((const uint8_t *)buffer_text(&bytes), bytes.length), 0);
    buffer_release(&bytes);
}

static int is_input(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

static void add(struct inputs *inputs, const char *name)
{
    struct buffer path = {0};
    buffer_add_format(&path, "%s/%s", inputs->folder, name);
    inputs->at = memory_resize(inputs->at, inputs->count + 1, sizeof *inputs->at);
    inputs->names = memory_resize(inputs->names, inputs->count + 1, sizeof *inputs->names);
    inputs->names[inputs->count] = memory_copy(name);
    inputs->at[inputs->count] = (struct CMUnitTest){
        .name = inputs->names[inputs->count],
        .test_func = an_input_does_no_harm,
        .initial_state = buffer_take(&path),
    };
    inputs->count++;
}

static void find(struct inputs *inputs)
{
    struct dirent **entries;
    int count = scandir(inputs->folder, &entries, is_input, alphasort);
    for (int i = 0; i < count; i++) {
        add(inputs, entries[i]->d_name);
        free(entries[i]);
    }
    if (count >= 0)
        free(entries);
}

static void release(struct inputs *inputs)
{
    for (size_t i = 0; i < inputs->count; i++) {
        memory_free(inputs->names[i]);
        memory_free(inputs->at[i].initial_state);
    }
    memory_free(inputs->at);
    memory_free(inputs->names);
    memory_free(inputs->folder);
}

int main(int argc, char **argv)
{
    struct inputs inputs = {0};
    struct buffer folder = {0};
    buffer_add_format(&folder, TOUCHLINE_SOURCE "/tests/fuzz/corpus/%s",
                      program_invocation_short_name);
    inputs.folder = buffer_take(&folder);
    if (LLVMFuzzerInitialize)
        (void)LLVMFuzzerInitialize(&argc, &argv);
    find(&inputs);
    int failed =
        _cmocka_run_group_tests(program_invocation_short_name, inputs.at, inputs.count, NULL, NULL);
    release(&inputs);
    return failed;
}
