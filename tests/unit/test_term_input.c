#include "term/term_input.h"
#include "touchline/memory.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

static const char *const acts[] = {"press", "release", "double", "drag", "wheel-up", "wheel-down"};

/* An event in words: the key's spelling, "press 3,4", "paste 'text'". */
static void add_words(struct buffer *out, const struct event *event)
{
    char spelling[64];
    struct key plain = event->key;
    buffer_add_text(out, out->length > 0 ? " " : "");
    if (event->key.code == K_PASTE)
        buffer_add_format(out, "paste '%s'", event->paste);
    else if (event->key.code == K_MOUSE)
        buffer_add_format(out, "%s%s%s%s %d,%d", plain.modifiers & KEY_CTRL ? "C-" : "",
                          plain.modifiers & KEY_ALT ? "A-" : "",
                          plain.modifiers & KEY_SHIFT ? "S-" : "", acts[event->mouse.act],
                          event->mouse.row, event->mouse.column);
    else if (event->key.code == K_FOCUS_IN || event->key.code == K_FOCUS_OUT)
        buffer_add_text(out, event->key.code == K_FOCUS_IN ? "focus-in" : "focus-out");
    else {
        key_format(plain, spelling, sizeof spelling);
        buffer_add_text(out, spelling);
    }
    memory_free(event->paste);
}

/* Gives out all events that need no waiting, and says whether something incomplete is left. */
static enum input_state drain(struct input *input, int64_t now_ms, bool waited, struct buffer *out)
{
    struct event event;
    enum input_state state;
    while ((state = input_next(input, now_ms, waited, &event)) == INPUT_EVENT) {
        add_words(out, &event);
        waited = false;
    }
    return state;
}

static void feed_text(struct input *input, const char *bytes)
{
    input_feed(input, bytes, strlen(bytes));
}

/* The bytes at once, and again one by one: the same events must come. */
static void assert_reads(const char *bytes, const char *expected)
{
    struct input whole = {0}, split = {0};
    struct buffer from_whole = {0}, from_split = {0};
    feed_text(&whole, bytes);
    assert_int_equal(drain(&whole, 0, false, &from_whole), INPUT_EMPTY);
    assert_string_equal(buffer_text(&from_whole), expected);
    for (const char *at = bytes; *at != '\0'; at++) {
        input_feed(&split, at, 1);
        (void)drain(&split, 0, false, &from_split);
    }
    assert_string_equal(buffer_text(&from_split), expected);
    buffer_release(&from_whole);
    buffer_release(&from_split);
    input_release(&whole);
    input_release(&split);
}

static void sequences_are_keys(void **state)
{
    (void)state;
    static const struct {
        const char *bytes, *keys;
    } table[] = {
        /* plain */
        {"jK7 ", "j K 7 Space"},
        {"\r\t\x7f\b", "Enter Tab Backspace Backspace"},
        {"\n", "Enter"},
        {"\x03\x12\x1a", "C-c C-r C-z"},
        {"\x1c\x1d\x1e\x1f", "C-\\ C-] C-^ C-_"},
        {"\xc3\xa9\xe2\x98\x85\xf0\x9f\x98\x80", "\xc3\xa9 \xe2\x98\x85 \xf0\x9f\x98\x80"},
        {"a\xff"
         "b",
         "a \xef\xbf\xbd b"},
        {"\xc3(", "\xef\xbf\xbd ("},
        {"\xc2\x9b", ""}, /* a C1 control is no key */
                          /* ECMA-48 and xterm */
        {"\033[A\033[B\033[C\033[D\033[H\033[F", "Up Down Right Left Home End"},
        {"\033OA\033OB\033OC\033OD\033OH\033OF", "Up Down Right Left Home End"},
        {"\033[2~\033[3~\033[5~\033[6~", "Insert Delete PgUp PgDn"},
        {"\033[1~\033[4~\033[7~\033[8~", "Home End Home End"},
        {"\033OP\033OQ\033OR\033OS", "F1 F2 F3 F4"},
        {"\033[11~\033[14~\033[15~\033[17~", "F1 F4 F5 F6"},
        {"\033[21~\033[23~\033[24~", "F10 F11 F12"},
        {"\033[Z", "S-Tab"},
        {"\033[1;2D\033[1;2C\033[1;2A", "S-Left S-Right S-Up"},
        {"\033[1;5D\033[1;5C\033[1;3A", "C-Left C-Right A-Up"},
        {"\033[1;6D\033[1;9A\033[3;5~", "C-S-Left A-Up C-Delete"},
        {"\033[1;2P", "S-F1"},
        {"\033[I\033[O", "focus-in focus-out"},
        /* modifyOtherKeys, CSI u */
        {"\033[27;5;105~\033[105;5u", "C-i C-i"},
        {"\033[97;2u\033[13;2u\033[27u", "A S-Enter Esc"},
        {"\033[97:65;5u", "C-a"},
        {"\033[55296u\033[1114112u", ""}, /* no characters */
                                          /* the numeric pad in application mode */
        {"\033Oq\033OM\033Ok", "1 Enter +"},
        {"\033OI\033OZ", "Tab Esc O Z"}, /* a final byte means what its introducer makes of it */
        /* rxvt, the Linux console */
        {"\033[d\033[c\033Od\033Oc", "S-Left S-Right C-Left C-Right"},
        {"\033[a\033[b\033Oa\033Ob", "S-Up S-Down C-Up C-Down"},
        {"\033[5$\033[5^\033[6@", "S-PgUp C-PgUp C-S-PgDn"},
        {"\033[[A\033[[E", "F1 F5"},
        /* Alt */
        {"\033b\033f", "A-b A-f"},
        {"\033\x7f\033\r", "A-Backspace A-Enter"},
        {"\033\xc3\xa9", "A-\xc3\xa9"},
        {"\033\033[A", "Esc Up"},
        /* two Escs in one go, and what no sequence is */
        {"\033\033b", "Esc A-b"},
        {"\033[99~\033[>1;2c\033[?6c", ""},
        {"\033[1;\033[A", "Up"},
        {"\033[9999999999999A", "Up"},
    };
    for (size_t i = 0; i < COUNT(table); i++)
        assert_reads(table[i].bytes, table[i].keys);
}

static void a_nul_is_control_space(void **state)
{
    (void)state;
    struct input input = {0};
    struct buffer out = {0};
    input_feed(&input, "", 1);
    (void)drain(&input, 0, false, &out);
    assert_string_equal(buffer_text(&out), "C-Space");
    buffer_release(&out);
    input_release(&input);
}

static void the_mouse_is_read_in_both_encodings(void **state)
{
    (void)state;
    static const struct {
        const char *bytes, *events;
    } table[] = {
        {"\033[<0;5;4M\033[<0;5;4m", "press 3,4 release 3,4"},
        {"\033[<0;300;200M", "press 199,299"},
        {"\033[<32;6;4M", "drag 3,5"},
        {"\033[<64;1;1M\033[<65;1;1M", "wheel-up 0,0 wheel-down 0,0"},
        {"\033[<4;1;1M\033[<24;2;1M", "S-press 0,0 C-A-press 0,1"},
        {"\033[M \x25\x24\033[M#\x25\x24", "press 3,4 release 3,4"},
        {"\033[M`!!\033[Ma!!", "wheel-up 0,0 wheel-down 0,0"},
        /* nothing may happen: wheels sideways, other buttons, no button, extra ones, no place */
        {"\033[<66;1;1M\033[<67;1;1M\033[Mb!!\033[Mc!!", ""},
        {"\033[<1;1;1M\033[<2;1;1M\033[<2;1;1m\033[<34;1;1M", ""},
        {"\033[<35;1;1M\033[<128;1;1M\033[<129;1;1M\033[MC!!", ""},
        {"\033[<0;0;1M\033[<0;1;0M\033[<0;1M\033[M   ", ""},
    };
    for (size_t i = 0; i < COUNT(table); i++)
        assert_reads(table[i].bytes, table[i].events);
}

static void press_at(struct input *input, const char *bytes, int64_t now_ms, struct buffer *out)
{
    feed_text(input, bytes);
    (void)drain(input, now_ms, false, out);
}

static void two_presses_on_a_cell_in_time_are_double(void **state)
{
    (void)state;
    struct input input = {0};
    struct buffer out = {0};
    press_at(&input, "\033[<0;5;4M", 1000, &out);
    press_at(&input, "\033[<0;5;4M", 1000 + DOUBLE_CLICK_MS, &out);     /* in time */
    press_at(&input, "\033[<0;5;4M", 1500, &out);                       /* the third begins anew */
    press_at(&input, "\033[<0;6;4M", 1600, &out);                       /* another cell */
    press_at(&input, "\033[<0;6;4M", 1600 + DOUBLE_CLICK_MS + 1, &out); /* too late */
    assert_string_equal(buffer_text(&out), "press 3,4 double 3,4 press 3,4 press 3,5 press 3,5");
    buffer_clear(&out);
    press_at(&input, "\033[<0;9;9M\033[<32;9;8M\033[<32;9;9M\033[<0;9;9m\033[<0;9;9M", 9000, &out);
    assert_string_equal(buffer_text(&out), "press 8,8 drag 7,8 drag 8,8 release 8,8 press 8,8");
    buffer_release(&out);
    input_release(&input);
}

/* --- Esc -------------------------------------------------------------------------------------- */

static void a_lone_escape_waits_for_its_patience(void **state)
{
    (void)state;
    struct input input = {0};
    struct buffer out = {0};
    feed_text(&input, "\033");
    assert_int_equal(drain(&input, 0, false, &out), INPUT_PART);
    assert_int_equal(input_patience(&input, 25), 25);
    assert_int_equal(input_patience(&input, 150), 150);
    assert_int_equal(drain(&input, 25, true, &out), INPUT_EMPTY);
    assert_string_equal(buffer_text(&out), "Esc");
    assert_int_equal(input_patience(&input, 25), -1);
    buffer_clear(&out);
    feed_text(&input, "\033\033"); /* of two, only the last has to wait */
    assert_int_equal(drain(&input, 30, false, &out), INPUT_PART);
    assert_string_equal(buffer_text(&out), "Esc");
    assert_int_equal(input_patience(&input, 25), 25);
    buffer_release(&out);
    input_release(&input);
}

static void begun_sequences_are_waited_for_longer_than_escape(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        int patience;
        const char *given_up;
    } table[] = {
        {"\033[", INPUT_LATE_MS, "Esc"},
        {"\033O", INPUT_LATE_MS, "Esc"},
        {"\033[1;2", INPUT_LATE_MS, ""},
        {"\033]11;rgb:ffff", INPUT_LATE_MS, ""},
        {"\xe2\x98", 1000, "\xef\xbf\xbd \xef\xbf\xbd"},
    };
    for (size_t i = 0; i < COUNT(table); i++) {
        struct input input = {0};
        struct buffer out = {0};
        feed_text(&input, table[i].bytes);
        assert_int_equal(drain(&input, 0, false, &out), INPUT_PART);
        assert_int_equal(input_patience(&input, 25), table[i].patience);
        (void)drain(&input, table[i].patience, true, &out);
        assert_string_equal(buffer_text(&out), table[i].given_up);
        buffer_release(&out);
        input_release(&input);
    }
}

/* Esc, its patience, then `bytes` after `later_ms`, then all patience gone. */
static void assert_after_escape(const char *bytes, int64_t later_ms, const char *expected)
{
    struct input input = {0};
    struct buffer out = {0};
    feed_text(&input, "\033");
    (void)drain(&input, 0, false, &out);
    (void)drain(&input, 25, true, &out);
    feed_text(&input, bytes);
    while (drain(&input, 25 + later_ms, false, &out) == INPUT_PART)
        (void)drain(&input, 25 + later_ms, true, &out);
    assert_string_equal(buffer_text(&out), expected);
    buffer_release(&out);
    input_release(&input);
}

static void the_late_rest_of_a_sequence_is_no_text(void **state)
{
    (void)state;
    assert_after_escape("[A", 100, "Esc");
    assert_after_escape("OA", 100, "Esc");
    assert_after_escape("[1;2Dx", 100, "Esc x");
    assert_after_escape("[A", INPUT_LATE_MS + 1, "Esc [ A");
    assert_after_escape("x[A", 100, "Esc x [ A"); /* a key came in between */
    assert_after_escape("[", 100, "Esc [");
    assert_after_escape("On time", 100, "Esc O n Space t i m e");
    assert_after_escape("[200~d\033[201~", 100, "Esc paste 'd'"); /* never run as keys */
    assert_after_escape("[<0;5;4M", 100, "Esc press 3,4");
    assert_after_escape("[I", 100, "Esc focus-in");
}

/* --- pastes ----------------------------------------------------------------------------------- */

#define PASTE(text) "\033[200~" text "\033[201~"

static void a_paste_is_one_event_of_clean_text(void **state)
{
    (void)state;
    static const struct {
        const char *bytes, *events;
    } table[] = {
        {PASTE("one\rtwo") "x", "paste 'one\ntwo' x"},
        {PASTE("one\r\ntwo\nthree"), "paste 'one\ntwo\nthree'"},
        {PASTE("a\r\r\nb\n\r"), "paste 'a\n\nb\n\n'"},
        {PASTE("tab\there"), "paste 'tab\there'"},
        {PASTE("\033[31mred\033[0m\x07\x7f"), "paste '[31mred[0m'"},
        {PASTE("\033[A\033[20"), "paste '[A[20'"},
        {PASTE("\xc2\x9b\xc2\x85ok"), "paste 'ok'"},
        {PASTE("\xc3\xa9\xff\xe2\x98"), "paste '\xc3\xa9\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd'"},
        {PASTE("d\x03u"), "paste 'du'"},
        {PASTE(""), ""},
        {"\033[201~j", "j"},
        {PASTE("a") PASTE("b"), "paste 'a' paste 'b'"},
    };
    for (size_t i = 0; i < COUNT(table); i++)
        assert_reads(table[i].bytes, table[i].events);
}

static void a_stalled_paste_stays_one(void **state)
{
    (void)state;
    struct input input = {0};
    struct buffer out = {0};
    feed_text(&input, "\033[200~half");
    assert_int_equal(drain(&input, 0, false, &out), INPUT_EMPTY);
    assert_int_equal(input_patience(&input, 25), 2000); /* then it is told */
    feed_text(&input, " and half\033[20");
    assert_int_equal(drain(&input, 60000, false, &out), INPUT_PART);
    assert_int_equal(input_patience(&input, 25), -1);
    feed_text(&input, "1~");
    (void)drain(&input, 120000, false, &out);
    assert_string_equal(buffer_text(&out), "paste 'half and half'");
    buffer_release(&out);
    input_release(&input);
}

static void escape_leaves_a_paste_whose_end_was_lost(void **state)
{
    (void)state;
    struct input input = {0};
    struct buffer out = {0};
    feed_text(&input, "\033[200~text");
    (void)drain(&input, 0, false, &out);
    feed_text(&input, "\033");
    assert_int_equal(drain(&input, 5000, false, &out), INPUT_PART);
    assert_int_equal(input_patience(&input, 25), 2000);
    (void)drain(&input, 7000, true, &out);
    feed_text(&input, "j");
    (void)drain(&input, 7001, false, &out);
    assert_string_equal(buffer_text(&out), "paste 'text' j");
    buffer_release(&out);
    input_release(&input);
}

static void a_paste_whose_end_does_not_come_is_told_once(void **state)
{
    struct input input = {0};
    struct event event;
    (void)state;
    feed_text(&input, "\033[200~two\nlines");
    assert_int_equal(input_next(&input, 0, false, &event), INPUT_EMPTY);
    assert_int_equal(input_patience(&input, 25), 2000);
    assert_int_equal(input_next(&input, 2000, true, &event), INPUT_EVENT);
    assert_int_equal(event.key.code, K_STALLED);
    assert_int_equal(input_patience(&input, 25), -1);
    assert_int_equal(input_next(&input, 4000, true, &event), INPUT_EMPTY);
    feed_text(&input, " more\033");
    assert_int_equal(input_next(&input, 5000, false, &event), INPUT_PART);
    assert_int_equal(input_next(&input, 7000, true, &event), INPUT_EVENT);
    assert_int_equal(event.key.code, K_PASTE);
    assert_string_equal(event.paste, "two\nlines more");
    memory_free(event.paste);
    assert_int_equal(input_patience(&input, 25), -1);
    input_release(&input);
}

static void a_paste_beyond_the_limit_is_cut(void **state)
{
    (void)state;
    static char block[1 << 16];
    struct input input = {0};
    struct event event;
    size_t sent = 0;
    memset(block, 'x', sizeof block);
    feed_text(&input, "\033[200~");
    for (; sent < PASTE_MAX + 3 * sizeof block; sent += sizeof block) {
        input_feed(&input, block, sizeof block);
        assert_int_equal(input_next(&input, 0, false, &event), INPUT_EMPTY);
    }
    feed_text(&input, "\033[201~");
    assert_int_equal(input_next(&input, 0, false, &event), INPUT_EVENT);
    assert_int_equal(event.key.code, K_PASTE);
    assert_int_equal(strlen(event.paste), PASTE_MAX);
    memory_free(event.paste);
    input_release(&input);
}

/* --- the terminal's own ----------------------------------------------------------------------- */

static void own_sequences_go_first(void **state)
{
    (void)state;
    struct input input = {0};
    struct buffer out = {0};
    input_add_own(&input, "\033[224z", (struct key){.code = K_F1});
    input_add_own(&input, "\033[M", (struct key){.code = K_F1 + 1}); /* not the mouse here */
    input_add_own(&input, "\033\t", (struct key){.code = K_TAB, .modifiers = KEY_SHIFT});
    input_add_own(&input, "\033OPx",
                  (struct key){.code = K_HOME}); /* longer than the general one */
    input_add_own(&input, "\033O!x", (struct key){.code = K_F1 + 2}); /* ESC O ! is nothing else */
    input_add_own(&input, "\177", (struct key){.code = K_HOME});      /* too short to count */
    input_add_own(&input, "\033[too long to be one", (struct key){.code = K_HOME});
    feed_text(&input, "\033[224z\033[Mj\033\t\033[A\177\033OPx\033O!");
    assert_int_equal(drain(&input, 0, false, &out), INPUT_PART);
    feed_text(&input, "x");
    assert_int_equal(drain(&input, 0, false, &out), INPUT_EMPTY);
    assert_string_equal(buffer_text(&out), "F1 F2 j S-Tab Up Backspace Home F3");
    buffer_release(&out);
    input_release(&input);
}

static void more_own_sequences_than_fit_are_left_out(void **state)
{
    (void)state;
    struct input input = {0};
    char sequence[32];
    for (int i = 0; i < INPUT_OWN_MAX + 8; i++) {
        (void)snprintf(sequence, sizeof sequence, "\033[%dz", i);
        input_add_own(&input, sequence, (struct key){.code = K_F1});
    }
    assert_int_equal(input.owns, INPUT_OWN_MAX);
    input_release(&input);
}

/* --- answers ---------------------------------------------------------------------------------- */

static void the_ground_is_told_and_is_no_key(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        bool told;
        int red, green, blue; /* of 255 */
    } table[] = {
        {"\033]11;rgb:ffff/ffff/ffff\033\\", true, 255, 255, 255},
        {"\033]11;rgb:00/80/ff\a", true, 0, 128, 255},
        {"\033]11;rgba:f/0/0/f\a", true, 255, 0, 0},
        {"\033]11;rgb:fdfd/f6f6/e3e3\a", true, 253, 246, 227},
        {"\033]11;rgb:\a", true, 0, 0, 0},
        {"\033]10;rgb:ffff/ffff/ffff\a", false, 0, 0, 0},
        {"\033]52;c;YQ==\a", false, 0, 0, 0},
    };
    for (size_t i = 0; i < COUNT(table); i++) {
        struct input input = {0};
        struct buffer out = {0};
        for (const char *at = table[i].bytes; *at != '\0'; at++) {
            input_feed(&input, at, 1);
            (void)drain(&input, 0, false, &out);
        }
        assert_string_equal(buffer_text(&out), "");
        assert_int_equal(input.reports.ground_told, table[i].told);
        assert_int_equal((int)(input.reports.red * 255 + 0.5), table[i].red);
        assert_int_equal((int)(input.reports.green * 255 + 0.5), table[i].green);
        assert_int_equal((int)(input.reports.blue * 255 + 0.5), table[i].blue);
        buffer_release(&out);
        input_release(&input);
    }
}

static void the_answer_to_what_are_you_is_noted(void **state)
{
    (void)state;
    struct input input = {0};
    struct buffer out = {0};
    feed_text(&input, "\033[?1;2c");
    (void)drain(&input, 0, false, &out);
    assert_true(input.reports.answered);
    assert_string_equal(buffer_text(&out), "");
    buffer_release(&out);
    input_release(&input);
}

static void an_endless_answer_is_dropped(void **state)
{
    (void)state;
    struct input input = {0};
    struct buffer out = {0};
    feed_text(&input, "\033]1");
    for (int i = 0; i < 300; i++)
        feed_text(&input, "x");
    assert_int_equal(drain(&input, 0, false, &out), INPUT_EMPTY);
    assert_string_equal(buffer_text(&out), "");
    buffer_release(&out);
    input_release(&input);
}

/* Whatever comes, all of it is used up once there is no more patience. */
static void noise_never_gets_stuck(void **state)
{
    (void)state;
    static const char alphabet[] = "\033\033\033[[]OM<;0129~ABcu\r\x80\xc3\xe2\xff$?\x03q";
    uint32_t seed = 1;
    for (int round = 0; round < 2000; round++) {
        struct input input = {0};
        struct buffer out = {0};
        for (int i = 0; i < 40; i++) {
            seed = seed * 1664525 + 1013904223;
            input_feed(&input, &alphabet[(seed >> 16) % (sizeof alphabet - 1)], 1);
        }
        for (int i = 0; i < 41 && drain(&input, i, true, &out) != INPUT_EMPTY; i++)
            ;
        if (!input.paste.begun)
            assert_int_equal(drain(&input, 99, true, &out), INPUT_EMPTY);
        buffer_release(&out);
        input_release(&input);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sequences_are_keys),
        cmocka_unit_test(a_nul_is_control_space),
        cmocka_unit_test(the_mouse_is_read_in_both_encodings),
        cmocka_unit_test(two_presses_on_a_cell_in_time_are_double),
        cmocka_unit_test(a_lone_escape_waits_for_its_patience),
        cmocka_unit_test(begun_sequences_are_waited_for_longer_than_escape),
        cmocka_unit_test(the_late_rest_of_a_sequence_is_no_text),
        cmocka_unit_test(a_paste_is_one_event_of_clean_text),
        cmocka_unit_test(a_stalled_paste_stays_one),
        cmocka_unit_test(escape_leaves_a_paste_whose_end_was_lost),
        cmocka_unit_test(a_paste_whose_end_does_not_come_is_told_once),
        cmocka_unit_test(a_paste_beyond_the_limit_is_cut),
        cmocka_unit_test(own_sequences_go_first),
        cmocka_unit_test(more_own_sequences_than_fit_are_left_out),
        cmocka_unit_test(the_ground_is_told_and_is_no_key),
        cmocka_unit_test(the_answer_to_what_are_you_is_noted),
        cmocka_unit_test(an_endless_answer_is_dropped),
        cmocka_unit_test(noise_never_gets_stuck),
    };
    return cmocka_run_group_tests_name("term_input", tests, NULL, NULL);
}
