#include "touchline/memory.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

/* Under AddressSanitizer a request that cannot be met returns NULL, as it does without. */
const char *__asan_default_options(void);
const char *__asan_default_options(void)
{
    return "allocator_may_return_null=1";
}

static void new_memory_is_zeroed(void **state)
{
    (void)state;
    unsigned char *used = memory_resize(NULL, 300, 1);
    memset(used, 0xAA, 300);
    memory_free(used); /* likely the block that comes next */
    unsigned char *block = memory_new(100, 3);
    for (size_t i = 0; i < 300; i++)
        assert_int_equal(block[i], 0);
    memory_free(block);
}

static void a_size_of_nothing_can_be_freed(void **state)
{
    (void)state;
    void *none = memory_new(0, 8);
    assert_non_null(none);
    none = memory_resize(none, 8, 0);
    assert_non_null(none);
    memory_free(none);
    memory_free(NULL);
}

static void resizing_keeps_the_content(void **state)
{
    (void)state;
    char *block = memory_resize(NULL, 4, 1);
    memcpy(block, "abc", 4);
    block = memory_resize(block, 5000, 2);
    assert_string_equal(block, "abc");
    block = memory_resize(block, 2, 1);
    assert_memory_equal(block, "ab", 2);
    memory_free(block);
}

static void copies_are_the_callers_own(void **state)
{
    (void)state;
    char text[] = "two kits";
    char *copy = memory_copy(text);
    char *part = memory_copy_bytes(text, 3);
    char *none = memory_copy_bytes(NULL, 0);
    text[0] = '-';
    assert_string_equal(copy, "two kits");
    assert_string_equal(part, "two");
    assert_string_equal(none, "");
    assert_null(memory_copy(NULL));
    memory_free(copy);
    memory_free(part);
    memory_free(none);
}

static void replacing_takes_a_copy_even_of_itself(void **state)
{
    (void)state;
    char *text = NULL;
    memory_replace(&text, "first");
    assert_string_equal(text, "first");
    memory_replace(&text, text);
    assert_string_equal(text, "first");
    memory_replace(&text, text + 2);
    assert_string_equal(text, "rst");
    memory_replace(&text, NULL);
    assert_null(text);
}

/* --- exhaustion: each in a child, whose last words come back through a pipe ------------------- */

static void say_bye(void *data)
{
    int *descriptor = data;
    ssize_t written = write(*descriptor, "bye", 3);
    (void)written;
}

static void ask_again(void *data)
{
    say_bye(data);
    memory_free(memory_new(SIZE_MAX, 2));
}

static void product_overflows(void)
{
    memory_free(memory_new(SIZE_MAX / 2, 3));
}

static void resized_product_overflows(void)
{
    memory_free(memory_resize(NULL, 1 + SIZE_MAX / 16, 16));
}

/* More than any address space: the system itself has to say no. */
static void system_has_none(void)
{
    memory_free(memory_new((size_t)PTRDIFF_MAX / 2, 1));
}

static void system_has_none_to_resize(void)
{
    memory_free(memory_resize(NULL, (size_t)PTRDIFF_MAX / 2, 1));
}

static void assert_ends(void (*act)(void), void (*callback)(void *data), const char *last_words)
{
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        dup2(ends[1], STDERR_FILENO);
        memory_on_exhaustion(callback, &ends[1]);
        act();
        _exit(42);
    }
    close(ends[1]);
    char words[100] = "";
    size_t length = 0;
    for (ssize_t got = 1; got > 0 && length < sizeof words - 1; length += (size_t)got) {
        got = read(ends[0], words + length, sizeof words - 1 - length);
        assert_true(got >= 0);
    }
    close(ends[0]);
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 1);
    /* A sanitizer or valgrind may have warned of the size before; ours come last. */
    assert_true(length >= strlen(last_words));
    assert_string_equal(words + length - strlen(last_words), last_words);
}

static void exhaustion_runs_the_callback_and_ends_with_1(void **state)
{
    (void)state;
    assert_ends(product_overflows, say_bye, "bye");
    assert_ends(resized_product_overflows, say_bye, "bye");
    assert_ends(system_has_none, say_bye, "bye");
    assert_ends(system_has_none_to_resize, say_bye, "bye");
}

static void a_callback_that_allocates_does_not_come_back(void **state)
{
    (void)state;
    assert_ends(product_overflows, ask_again, "everything saved is safe\n");
}

static void without_a_callback_it_says_so(void **state)
{
    (void)state;
    assert_ends(product_overflows, NULL, "out of memory; everything saved is safe\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(new_memory_is_zeroed),
        cmocka_unit_test(a_size_of_nothing_can_be_freed),
        cmocka_unit_test(resizing_keeps_the_content),
        cmocka_unit_test(copies_are_the_callers_own),
        cmocka_unit_test(replacing_takes_a_copy_even_of_itself),
        cmocka_unit_test(exhaustion_runs_the_callback_and_ends_with_1),
        cmocka_unit_test(a_callback_that_allocates_does_not_come_back),
        cmocka_unit_test(without_a_callback_it_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
