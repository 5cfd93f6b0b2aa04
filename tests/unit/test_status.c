#include "touchline/status.h"
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void an_error_keeps_status_and_words(void **state)
{
    (void)state;
    struct error error = {0};
    assert_int_equal(error_set(&error, STATUS_BUSY, "row %d, column %d", 3, 7), STATUS_BUSY);
    assert_int_equal(error.status, STATUS_BUSY);
    assert_string_equal(error.text, "row 3, column 7");
}

static void a_prefix_goes_in_front_and_keeps_the_status(void **state)
{
    (void)state;
    struct error error = {0};
    assert_int_equal(error_set(&error, STATUS_BAD_DATA, "row 2"), STATUS_BAD_DATA);
    error_prefix(&error, "%s: ", "cab.csv");
    assert_int_equal(error.status, STATUS_BAD_DATA);
    assert_string_equal(error.text, "cab.csv: row 2");
}

static void an_error_may_be_made_from_itself(void **state)
{
    (void)state;
    struct error error = {0};
    assert_int_equal(error_set(&error, STATUS_FAILED, "disk"), STATUS_FAILED);
    assert_int_equal(error_set(&error, STATUS_FULL, "%s, %s", error.text, error.text), STATUS_FULL);
    assert_string_equal(error.text, "disk, disk");
    error_prefix(&error, "%s: ", error.text);
    assert_string_equal(error.text, "disk, disk: disk, disk");
}

static void an_error_is_one_line(void **state)
{
    (void)state;
    struct error error = {0};
    assert_int_equal(error_set(&error, STATUS_FAILED, "one\ntwo\r\nthree"), STATUS_FAILED);
    assert_string_equal(error.text, "one two  three");
    error_prefix(&error, "a\nb: ");
    assert_string_equal(error.text, "a b: one two  three");
}

/* Fills the line with `front` plain letters and then the same character again and again. */
static void fill(char *text, size_t size, size_t front, const char *character)
{
    size_t length = 0;
    for (; length < front; length++)
        text[length] = 'x';
    for (; length + strlen(character) < size; length += strlen(character))
        memcpy(text + length, character, strlen(character));
    text[length] = '\0';
}

static void assert_cut_whole(const char *text, size_t front, const char *character)
{
    size_t length = strlen(text);
    assert_in_range(length, ERROR_TEXT_SIZE - 1 - 3, ERROR_TEXT_SIZE - 1);
    assert_int_equal((length - front) % strlen(character), 0);
}

static void long_text_is_cut_at_a_character(void **state)
{
    (void)state;
    static const char *const characters[] = {"x", "é", "€", "😀"};
    char text[2 * ERROR_TEXT_SIZE];
    struct error error = {0};
    for (size_t c = 0; c < sizeof characters / sizeof characters[0]; c++)
        for (size_t front = 0; front < 4; front++) {
            fill(text, sizeof text, front, characters[c]);
            assert_int_equal(error_set(&error, STATUS_FAILED, "%s", text), STATUS_FAILED);
            assert_cut_whole(error.text, front, characters[c]);
            error_prefix(&error, "yy");
            assert_cut_whole(error.text, front + 2, characters[c]);
            error_prefix(&error, "%s", text);
            assert_cut_whole(error.text, front, characters[c]);
        }
}

/* As a file's name may be: a byte that begins no character is no half of one, and stays. */
static void bytes_that_are_no_character_are_cut_anywhere(void **state)
{
    (void)state;
    static const char *const bytes[] = {"\xF5", "\xFF", "\xC1"};
    char text[2 * ERROR_TEXT_SIZE];
    struct error error = {0};
    for (size_t i = 0; i < sizeof bytes / sizeof *bytes; i++) {
        fill(text, sizeof text, 1, bytes[i]);
        assert_int_equal(error_set(&error, STATUS_FAILED, "%s", text), STATUS_FAILED);
        assert_int_equal(strlen(error.text), ERROR_TEXT_SIZE - 1);
        assert_memory_equal(error.text, text, ERROR_TEXT_SIZE - 1);
    }
}

static void text_that_just_fits_is_not_cut(void **state)
{
    (void)state;
    char text[ERROR_TEXT_SIZE];
    struct error error = {0};
    fill(text, sizeof text, 1, "é");
    assert_int_equal(strlen(text), ERROR_TEXT_SIZE - 1);
    assert_int_equal(error_set(&error, STATUS_FAILED, "%s", text), STATUS_FAILED);
    assert_string_equal(error.text, text);
    error_prefix(&error, "%s", "");
    assert_string_equal(error.text, text);
}

static void exit_codes_are_those_of_the_manual(void **state)
{
    (void)state;
    assert_int_equal(status_exit_code(STATUS_OK), 0);
    assert_int_equal(status_exit_code(STATUS_USAGE), 2);
    assert_int_equal(status_exit_code(STATUS_BAD_DATA), 65);
    assert_int_equal(status_exit_code(STATUS_NO_INPUT), 66);
    assert_int_equal(status_exit_code(STATUS_CANNOT_CREATE), 73);
    assert_int_equal(status_exit_code(STATUS_BUSY), 75);
    for (int status = STATUS_OK + 1; status <= STATUS_STOPPED; status++)
        assert_int_not_equal(status_exit_code((enum status)status), 0);
    assert_int_equal(status_exit_code(STATUS_NOT_FOUND), 1);
    assert_int_equal(status_exit_code(STATUS_STOPPED), 1);
}

static void what_the_system_says_ends_with_what_to_do(void **state)
{
    (void)state;
    assert_string_equal(error_reason(ENOENT), "No such file or directory; check the name");
    assert_string_equal(error_reason(EACCES),
                        "Permission denied; ask its owner, or choose another place");
    assert_string_equal(error_reason(ENOSPC), "No space left on device; make room and try again");
    assert_string_equal(error_reason(EIO), strerror(EIO));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_error_keeps_status_and_words),
        cmocka_unit_test(a_prefix_goes_in_front_and_keeps_the_status),
        cmocka_unit_test(an_error_may_be_made_from_itself),
        cmocka_unit_test(an_error_is_one_line),
        cmocka_unit_test(long_text_is_cut_at_a_character),
        cmocka_unit_test(bytes_that_are_no_character_are_cut_anywhere),
        cmocka_unit_test(text_that_just_fits_is_not_cut),
        cmocka_unit_test(exit_codes_are_those_of_the_manual),
        cmocka_unit_test(what_the_system_says_ends_with_what_to_do),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
