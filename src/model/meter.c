/* The live meter (R5), and how its figures are written. */
#include "touchline/method.h"
#include "touchline/text.h"
#include <string.h>

void count_format(int64_t count, struct buffer *out)
{
    size_t from = out->length;
    buffer_add_integer(out, count);
    size_t least = from + (count < 0 ? 2 : 1);
    for (size_t at = out->length; at >= least + 3;)
        buffer_insert(out, at -= 3, ",", 1);
}

const char *board_noun(const struct board *board)
{
    return board->noun != NULL && board->noun[0] != '\0' ? board->noun : "customer";
}

static void add_unit(struct buffer *out, int64_t count, const char *unit, size_t from)
{
    if (count == 0)
        return;
    if (out->length > from)
        buffer_add_byte(out, ' ');
    count_format(count, out);
    buffer_add_text(out, unit);
}

void seconds_format(int64_t seconds, struct buffer *out)
{
    size_t from = out->length;
    if (seconds < 120) {
        count_format(seconds, out);
        buffer_add_text(out, " s");
        return;
    }
    add_unit(out, seconds / 3600, " h", from);
    add_unit(out, seconds / 60 % 60, " min", from);
    add_unit(out, seconds % 60, " s", from);
}

static void add_moments(struct buffer *out, int64_t count)
{
    count_format(count, out);
    buffer_add_text(out, count == 1 ? " moment" : " moments");
}

/* "an owner", "a user": right for the nouns that people are called by. */
static const char *article(const char *noun)
{
    return strchr("aeioAEIO", noun[0]) != NULL ? "an" : "a";
}

/* "75 s a passenger (9 of 17 timed)", the noun only where it was asked for. */
static void add_seconds(struct buffer *out, const struct meter *meter, const char *noun)
{
    seconds_format(meter->seconds, out);
    if (noun != NULL)
        buffer_add_format(out, " %s %s", article(noun), noun);
    buffer_add_text(out, " (");
    count_format(meter->timed, out);
    buffer_add_text(out, " of ");
    count_format(meter->moments, out);
    buffer_add_text(out, " timed)");
}

/* Moments a year, 0 while a factor of it is missing. */
static int64_t moments_a_year(const struct meter *meter, const struct board *board)
{
    if (board->customers <= 0 || meter->times <= 0 || meter->times > INT64_MAX / board->customers)
        return 0;
    return meter->times * board->customers;
}

/* The meter's forms, from the longest to the shortest. */
static const struct form {
    bool seconds, noun, year;
} forms[] = {
    {true, true, true},
    {true, true, false},
    {true, false, false},
    {false, false, false},
};

static void add_form(struct buffer *out, const struct form *form, const struct meter *meter,
                     const struct board *board)
{
    int64_t year = moments_a_year(meter, board);
    add_moments(out, meter->moments);
    if (form->seconds && meter->timed > 0) {
        buffer_add_text(out, " · ");
        add_seconds(out, meter, form->noun ? board_noun(board) : NULL);
    }
    if (form->year && year > 0) {
        buffer_add_text(out, " · ");
        add_moments(out, year);
        buffer_add_text(out, " a year");
    }
}

void meter_format(const struct meter *meter, const struct board *board, int columns,
                  struct buffer *out)
{
    size_t from = out->length;
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        add_form(out, &forms[i], meter, board);
        if (text_columns(out->bytes + from, out->length - from) <= columns)
            return;
        buffer_cut(out, from);
    }
}
