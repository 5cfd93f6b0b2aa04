#include "touchline/buffer.h"
#include "touchline/memory.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* What holds between any two calls. */
static void assert_sound(const struct buffer *buffer)
{
    if (buffer->bytes == NULL) {
        assert_int_equal(buffer->length, 0);
        assert_int_equal(buffer->capacity, 0);
        return;
    }
    assert_true(buffer->length < buffer->capacity);
    assert_int_equal(buffer->bytes[buffer->length], '\0');
}

static void a_zeroed_buffer_is_empty_text(void **state)
{
    (void)state;
    struct buffer buffer = {0};
    assert_string_equal(buffer_text(&buffer), "");
    buffer_add_text(&buffer, NULL);
    buffer_clear(&buffer);
    buffer_cut(&buffer, 0);
    buffer_remove(&buffer, 0, 0);
    assert_sound(&buffer);
    assert_string_equal(buffer_text(&buffer), "");
    buffer_release(&buffer);
    buffer_release(&buffer);
}

static void what_is_added_is_there_in_order(void **state)
{
    (void)state;
    struct buffer buffer = {0};
    buffer_add(&buffer, "ab", 2);
    buffer_add_byte(&buffer, 'c');
    buffer_add_text(&buffer, "de");
    buffer_add_format(&buffer, " %d %s", 17, "moments");
    assert_sound(&buffer);
    assert_string_equal(buffer_text(&buffer), "abcde 17 moments");
    assert_int_equal(buffer.length, 16);
    buffer_release(&buffer);
    assert_null(buffer.bytes);
}

static void integers_are_plain_digits(void **state)
{
    (void)state;
    struct buffer buffer = {0};
    const int64_t numbers[] = {0, 7, -1, 1234567890, INT64_MAX, INT64_MIN};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        buffer_add_integer(&buffer, numbers[i]);
        buffer_add_byte(&buffer, ' ');
    }
    assert_sound(&buffer);
    assert_string_equal(buffer_text(&buffer), "0 7 -1 1234567890 9223372036854775807 "
                                              "-9223372036854775808 ");
    buffer_release(&buffer);
}

static void formats_longer_than_the_room_are_whole(void **state)
{
    (void)state;
    char text[300];
    struct buffer buffer = {0};
    memset(text, 'x', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    buffer_add_format(&buffer, "%d %s.", 17, text);
    assert_sound(&buffer);
    assert_int_equal(buffer.length, 3 + strlen(text) + 1);
    assert_string_equal(buffer_text(&buffer) + buffer.length - 2, "x.");
    buffer_release(&buffer);
}

static void it_grows_at_every_length(void **state)
{
    (void)state;
    struct buffer bytes = {0};
    struct buffer formats = {0};
    for (int i = 0; i < 1000; i++) {
        buffer_add_byte(&bytes, (char)('a' + i % 26));
        buffer_add_format(&formats, "%c", 'a' + i % 26);
        assert_sound(&bytes);
        assert_sound(&formats);
        assert_int_equal(bytes.length, i + 1);
        assert_string_equal(buffer_text(&bytes), buffer_text(&formats));
    }
    buffer_release(&bytes);
    buffer_release(&formats);
}

static void it_may_hold_nuls(void **state)
{
    (void)state;
    struct buffer buffer = {0};
    buffer_add(&buffer, "a\0b", 3);
    buffer_add_byte(&buffer, '\0');
    assert_int_equal(buffer.length, 4);
    assert_memory_equal(buffer.bytes, "a\0b\0", 5);
    buffer_release(&buffer);
}

static void inserting_moves_what_follows(void **state)
{
    (void)state;
    struct buffer buffer = {0};
    buffer_insert(&buffer, 0, "d", 1);
    buffer_insert(&buffer, 0, "ab", 2);
    buffer_insert(&buffer, 2, "c", 1);
    buffer_insert(&buffer, 4, "e", 1);
    buffer_insert(&buffer, 1, "", 0);
    assert_sound(&buffer);
    assert_string_equal(buffer_text(&buffer), "abcde");
    buffer_release(&buffer);
}

static void removing_closes_the_gap(void **state)
{
    (void)state;
    struct buffer buffer = {0};
    buffer_add_text(&buffer, "abcdef");
    buffer_remove(&buffer, 0, 1);
    buffer_remove(&buffer, 4, 1);
    buffer_remove(&buffer, 1, 2);
    assert_sound(&buffer);
    assert_string_equal(buffer_text(&buffer), "be");
    buffer_remove(&buffer, 0, 2);
    assert_string_equal(buffer_text(&buffer), "");
    buffer_release(&buffer);
}

static void cutting_and_clearing_keep_the_memory(void **state)
{
    (void)state;
    struct buffer buffer = {0};
    buffer_add_text(&buffer, "abcdef");
    char *bytes = buffer.bytes;
    buffer_cut(&buffer, 6);
    assert_string_equal(buffer_text(&buffer), "abcdef");
    buffer_cut(&buffer, 2);
    assert_string_equal(buffer_text(&buffer), "ab");
    buffer_clear(&buffer);
    assert_string_equal(buffer_text(&buffer), "");
    buffer_add_text(&buffer, "new");
    assert_ptr_equal(buffer.bytes, bytes);
    buffer_release(&buffer);
}

static void taking_hands_the_text_over(void **state)
{
    (void)state;
    struct buffer buffer = {0};
    char *empty = buffer_take(&buffer);
    assert_string_equal(empty, "");
    buffer_add_text(&buffer, "mine");
    char *text = buffer_take(&buffer);
    assert_string_equal(text, "mine");
    assert_string_equal(buffer_text(&buffer), "");
    assert_sound(&buffer);
    memory_free(empty);
    memory_free(text);
}

/* --- exhaustion ------------------------------------------------------------------------------- */

static void jump(void *data)
{
    longjmp(data, 1);
}

/* Nothing is copied: not as much as a byte has been made room for. */
static void a_length_that_overflows_is_exhaustion(void **state)
{
    (void)state;
    struct buffer buffer = {0};
    jmp_buf exhausted;
    buffer_add_text(&buffer, "mine");
    if (setjmp(exhausted) == 0) {
        memory_on_exhaustion(jump, exhausted);
        buffer_add(&buffer, "x", SIZE_MAX);
        fail_msg("%zu bytes were added", buffer.length);
    }
    memory_on_exhaustion(NULL, NULL);
    assert_string_equal(buffer_text(&buffer), "mine");
    assert_sound(&buffer);
    buffer_release(&buffer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_zeroed_buffer_is_empty_text),
        cmocka_unit_test(what_is_added_is_there_in_order),
        cmocka_unit_test(integers_are_plain_digits),
        cmocka_unit_test(formats_longer_than_the_room_are_whole),
        cmocka_unit_test(it_grows_at_every_length),
        cmocka_unit_test(it_may_hold_nuls),
        cmocka_unit_test(inserting_moves_what_follows),
        cmocka_unit_test(removing_closes_the_gap),
        cmocka_unit_test(cutting_and_clearing_keep_the_memory),
        cmocka_unit_test(taking_hands_the_text_over),
        cmocka_unit_test(a_length_that_overflows_is_exhaustion),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
