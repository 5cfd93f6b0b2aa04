/* Storms of resizes in each place of the screen, keys in between: afterwards there stands what a
 * program shows that was started at that size, to the cell. */
#include "fault.h"
#include "places.h"
#include "random.h"
#include "touchline/buffer.h"
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

enum { SIDE_MOST = 500, BLOW = 6 /* resizes between two looks at what stands there */ };

/* --- what stands there ------------------------------------------------------------------------ */

/* Of a blank only the ground can be seen; the second half of a wide character is the first one's.
 */
static void add_cell(struct pty *pty, int row, int column, struct buffer *out)
{
    struct pty_cell cell = pty_cell(pty, row, column);
    bool blank = strcmp(cell.text, " ") == 0;
    if (cell.text[0] == '\0')
        buffer_add_byte(out, '\n');
    else if (blank && cell.reverse)
        buffer_add_format(out, "ink %d\n", cell.ink);
    else if (blank)
        buffer_add_format(out, "fill %d\n", cell.fill);
    else
        buffer_add_format(out, "%s %d %d %d%d%d\n", cell.text, cell.ink, cell.fill, cell.bold,
                          cell.reverse, cell.underline);
}

/* The cursor, then every cell with its look, a line each. */
static void look(struct pty *pty, struct buffer *out)
{
    int rows, columns, row, column;
    bool visible;
    buffer_clear(out);
    pty_size(pty, &rows, &columns);
    pty_cursor(pty, &row, &column, &visible);
    buffer_add_format(out, "cursor %d %d %d\n", visible, visible ? row : 0, visible ? column : 0);
    for (row = 0; row < rows; row++)
        for (column = 0; column < columns; column++)
            add_cell(pty, row, column, out);
}

static void print_line(const char *name, const char *look, size_t line)
{
    for (; line > 0; line--)
        look += strcspn(look, "\n") + 1;
    print_error("%s: %.*s\n", name, (int)strcspn(look, "\n"), look);
}

/* Shows the first cell that is another one. */
static void assert_same(struct screen *screen, const struct place *place, const struct buffer *is,
                        const struct buffer *wanted, const char *what)
{
    int rows, columns;
    size_t lines = 0;
    const char *one = buffer_text(is), *other = buffer_text(wanted);
    if (strcmp(one, other) == 0)
        return;
    pty_size(screen->pty, &rows, &columns);
    for (size_t i = 0; one[i] == other[i]; i++)
        lines += one[i] == '\n';
    print_error("%s at %dx%d, %s\n", place->name, columns, rows, what);
    if (lines > 0)
        print_error("row %zu, column %zu\n", (lines - 1) / (size_t)columns,
                    (lines - 1) % (size_t)columns);
    print_line("is", one, lines);
    print_line("was", other, lines);
    (void)fprintf(stderr, "%s\n", pty_screen(screen->pty));
    fail();
}

/* --- the storm -------------------------------------------------------------------------------- */

/* One side in four is very small. */
static int random_side(uint64_t *seed, int most)
{
    return 1 + (int)random_below(seed, random_below(seed, 4) == 0 ? 12 : (uint64_t)most);
}

/* One of the keys of a list that are parted by blanks. */
static void press_one(struct screen *screen, const char *keys, uint64_t *seed)
{
    char key[32];
    size_t count = 1;
    for (const char *at = keys; *at; at++)
        count += *at == ' ';
    for (size_t skipped = random_below(seed, count); skipped > 0; skipped--)
        keys = strchr(keys, ' ') + 1;
    size_t length = strcspn(keys, " ");
    memcpy(key, keys, length);
    key[length] = '\0';
    pty_keys(screen->pty, key);
}

/* Most of them come faster than the program can draw. */
static void blow(struct screen *screen, const struct place *place, uint64_t *seed)
{
    for (int i = 0; i < BLOW; i++) {
        bool none = random_below(seed, 20) == 0; /* 0x0: it does not say */
        pty_resize(screen->pty, none ? 0 : random_side(seed, SIDE_MOST),
                   none ? 0 : random_side(seed, SIDE_MOST));
        if (*place->about && random_below(seed, 3) == 0)
            press_one(screen, place->about, seed);
        if (random_below(seed, 4) == 0)
            pty_settle(screen->pty);
    }
}

/* Everything drawn anew (as after a stop) leaves it as it was. */
static void check_redraw(struct screen *screen, const struct place *place)
{
    struct buffer before = {0}, after = {0};
    pty_settle(screen->pty);
    look(screen->pty, &before);
    pty_signal(screen->pty, SIGCONT);
    pty_settle(screen->pty);
    look(screen->pty, &after);
    assert_same(screen, place, &after, &before, "drawn anew");
    buffer_release(&before);
    buffer_release(&after);
}

static void check_fresh(struct screen *screen, const struct place *place, int rows, int columns)
{
    struct buffer stormed = {0}, fresh = {0};
    pty_resize(screen->pty, rows, columns);
    screen_keys(screen, place->back);
    look(screen->pty, &stormed);
    screen->options.rows = rows;
    screen->options.columns = columns;
    place_open(screen, place);
    look(screen->pty, &fresh);
    assert_same(screen, place, &fresh, &stormed, "afresh after a storm");
    screen->options.rows = screen->options.columns = 0;
    buffer_release(&stormed);
    buffer_release(&fresh);
}

/* Ends at a size at which one can work, or at any. */
static void storm(struct screen *screen, const struct place *place, long blows, uint64_t *seed)
{
    place_open(screen, place);
    for (long i = 0; i < blows; i++) {
        blow(screen, place, seed);
        check_redraw(screen, place);
    }
    bool usable = random_below(seed, 4) > 0;
    int rows = usable ? 10 + (int)random_below(seed, 70) : random_side(seed, SIDE_MOST);
    int columns = usable ? 40 + (int)random_below(seed, 200) : random_side(seed, SIDE_MOST);
    if (place->program != PLACE_BALLOT) /* its code is another one each time */
        check_fresh(screen, place, rows, columns);
}

static void storms_of_sizes(void **state)
{
    struct screen *screen = *state;
    const uint64_t first = fault_seed(20261130);
    const long blows = fault_times(1, 15);
    const long wanted = fault_times(150, 10000);
    uint64_t seed = first;
    long done = 0;
    for (; done < wanted; done += blows * BLOW)
        storm(screen, &places[done / (blows * BLOW) % (long)place_count], blows, &seed);
    fault_figure("random resizes, 1x1 to %dx%d: %ld in %zu places, 0 crashes, the last frame "
                 "right; seed %llu",
                 SIDE_MOST, SIDE_MOST, done, place_count, (unsigned long long)first);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, screen_setup, screen_teardown)
    const struct CMUnitTest tests[] = {
        TEST(storms_of_sizes),
    };
    return cmocka_run_group_tests_name("resize", tests, NULL, NULL);
}
