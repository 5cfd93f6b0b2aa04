/* What stands above and below the timeline: whose it is and why, and what its signs mean. */
#include "svg.h"
#include "touchline/text.h"
#include <limits.h>
#include <string.h>

enum { TITLE_LINES = 2, WHY_LINES = 3, METER_LINES = 2, SPACE = 14 };

/* --- above ------------------------------------------------------------------------------------ */

int svg_header(struct buffer *out, const struct report *report, int width)
{
    struct buffer text = {0};
    int room = width - 2 * MARGIN;
    int y = MARGIN + svg_leading(TEXT_TITLE) - 12;
    y = svg_wrapped(out, TEXT_TITLE, MARGIN, y, room, TITLE_LINES, report->title) - 10;
    if (report->board->why != NULL) {
        buffer_add_format(&text, "Why: %s", report->board->why);
        y = svg_wrapped(out, TEXT_WHY, MARGIN, y, room, WHY_LINES, buffer_text(&text));
    }
    buffer_clear(&text);
    meter_format(report->meter, report->board, INT_MAX, &text);
    y = svg_wrapped(out, TEXT_PLAIN, MARGIN, y, room, METER_LINES, buffer_text(&text));
    buffer_release(&text);
    return y - svg_leading(TEXT_PLAIN) + SPACE;
}

/* --- below ------------------------------------------------------------------------------------ */

enum {
    LABEL = 120, /* width of what stands before a line of signs */
    LINE = 32,
    CHIP = 24, /* its height; its base line is 17 below its top */
    BASE = 17,
    EDGE = 8, /* to the left and right of its words */
    SIGN = 34,
    NAME_COLUMNS = 24,
};

/* A place on the legend that moves to the right, and at the margin down. */
struct pen {
    struct buffer *out;
    int x, y, right;
};

static void begin_line(struct pen *pen, const char *label)
{
    svg_text(pen->out, TEXT_STRONG, MARGIN, pen->y + BASE, "", label, strlen(label));
    pen->x = MARGIN + LABEL;
}

static void end_line(struct pen *pen)
{
    pen->y += LINE;
}

/* No sheet is so narrow that a line could not hold what is asked for. */
static void make_room(struct pen *pen, int width)
{
    if (pen->x + width <= pen->right)
        return;
    pen->x = MARGIN + LABEL;
    pen->y += LINE;
}

/* "I ☺ In person 6" on its colour. */
static void put_channel(struct pen *pen, const struct channel *channel, int64_t moments)
{
    char colour[SVG_COLOUR_SIZE];
    struct buffer text = {0}, count = {0}, more = {0};
    if (channel != NULL)
        buffer_add_format(&text, "%s %s ", channel->letter, channel->sign ? channel->sign : "");
    buffer_add_text(&text, channel != NULL ? channel->name : "– – no channel");
    count_format(moments, &count);
    int most = svg_width(TEXT_PLAIN, NAME_COLUMNS);
    int words = svg_width(TEXT_PLAIN, text_columns(text.bytes, text.length));
    words = words < most ? words : most;
    int number = svg_width(TEXT_PLAIN, (int)count.length + 1);
    make_room(pen, words + number + 2 * EDGE);
    buffer_add_format(&more, " fill=\"%s\" stroke=\"#000\"", svg_channel_colour(channel, colour));
    svg_rect(pen->out, pen->x, pen->y, words + number + 2 * EDGE, CHIP, buffer_text(&more));
    (void)svg_cut(pen->out, TEXT_PLAIN, pen->x + EDGE, pen->y + BASE, most, "", buffer_text(&text));
    pen->x += words + number + EDGE;
    svg_text(pen->out, TEXT_PLAIN, pen->x, pen->y + BASE, " text-anchor=\"end\"",
             buffer_text(&count), count.length);
    pen->x += EDGE + GAP;
    buffer_release(&text);
    buffer_release(&count);
    buffer_release(&more);
}

/* In the board's order, also those that nothing is by yet; last what has none. */
static void put_channels(struct pen *pen, const struct report *report)
{
    const struct meter *meter = report->meter;
    int64_t none = meter->moments;
    begin_line(pen, "By channel");
    for (size_t i = 0; i < report->channels->count; i++) {
        const struct channel *channel = &report->channels->at[i];
        int64_t moments = 0;
        for (size_t j = 0; j < meter->channels; j++)
            if (meter->by_channel[j].channel == channel->id)
                moments = meter->by_channel[j].moments;
        none -= moments;
        if (moments > 0)
            put_channel(pen, channel, moments);
    }
    if (none > 0)
        put_channel(pen, NULL, none);
    end_line(pen);
}

/* Words with a shape before them, which the caller draws at *x. */
static int put_words(struct pen *pen, const char *text)
{
    size_t length = strlen(text);
    int width = SIGN + svg_width(TEXT_PLAIN, text_columns(text, length)) + GAP;
    make_room(pen, width);
    int x = pen->x + SIGN / 2;
    svg_text(pen->out, TEXT_PLAIN, pen->x + SIGN, pen->y + BASE, "", text, length);
    pen->x += width;
    return x;
}

static void put_rating(struct pen *pen, int64_t rating, int64_t moments)
{
    char colour[SVG_COLOUR_SIZE];
    struct buffer text = {0};
    if (rating == RATING_HIDDEN)
        buffer_add_text(&text, "to be rated anew ");
    else
        buffer_add_format(&text, "%s ", rating != RATING_NONE ? rating_word(rating) : "unrated");
    count_format(moments, &text);
    int x = put_words(pen, buffer_text(&text));
    svg_rating(pen->out, rating, SHAPE_LARGE, x, pen->y + CHIP / 2,
               svg_rating_colour(rating, colour));
    buffer_release(&text);
}

static void put_ratings(struct pen *pen, const struct report *report)
{
    begin_line(pen, "Rated");
    for (int rating = RATING_MAGICAL; rating >= RATING_NONE; rating--)
        if (report->meter->rated[rating] > 0)
            put_rating(pen, rating, report->meter->rated[rating]);
    if (report->meter->hidden > 0)
        put_rating(pen, RATING_HIDDEN, report->meter->hidden);
    int x = put_words(pen, "hollow: what it is to become");
    svg_rating(pen->out, RATING_MAGICAL, SHAPE_LARGE, x, pen->y + CHIP / 2, "#fff");
    x = put_words(pen, "chosen (dark on top)");
    svg_diamond(pen->out, x, pen->y + CHIP / 2, "#000");
    end_line(pen);
}

int svg_legend(struct buffer *out, const struct report *report, int width, int y,
               const char *footer)
{
    struct pen pen = {.out = out, .y = y, .right = width - MARGIN};
    size_t length = strlen(footer);
    if (report->meter->moments > 0) {
        put_channels(&pen, report);
        put_ratings(&pen, report);
    }
    svg_text(out, TEXT_NOTE, pen.right, pen.y + BASE, " text-anchor=\"end\"", footer, length);
    return pen.y + BASE;
}
