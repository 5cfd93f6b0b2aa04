/* Text and shapes of pictures: how much room they take, and how they are written. */
#include "escape.h"
#include "svg.h"
#include "touchline/colour.h"
#include "touchline/text.h"
#include <stdio.h>
#include <string.h>

/* Of such a font's size a column takes a little over six tenths. */
enum { ADVANCE = 61, OF_SIZE = 100 };

static const struct font {
    int size, leading;
    const char *more;
} fonts[TEXT_STYLES] = {
    [TEXT_TITLE] = {40, 46, " font-weight=\"bold\""},
    [TEXT_WHY] = {21, 27, " font-style=\"italic\""},
    [TEXT_PLAIN] = {16, 24, ""},
    [TEXT_STRONG] = {16, 22, " font-weight=\"bold\""},
    [TEXT_CARD] = {17, 21, ""},
    [TEXT_NOTE] = {13, 16, " font-weight=\"bold\""},
};

int svg_leading(enum text_style style)
{
    return fonts[style].leading;
}

int svg_width(enum text_style style, int columns)
{
    return (columns * fonts[style].size * ADVANCE + OF_SIZE - 1) / OF_SIZE;
}

int svg_columns(enum text_style style, int width)
{
    int columns = width * OF_SIZE / (fonts[style].size * ADVANCE);
    return columns > 1 ? columns : 1;
}

/* --- text ------------------------------------------------------------------------------------- */

void svg_text(struct buffer *out, enum text_style style, int x, int y, const char *more,
              const char *text, size_t length)
{
    buffer_add_format(out, "<text x=\"%d\" y=\"%d\" font-size=\"%d\"%s%s>", x, y, fonts[style].size,
                      fonts[style].more, more);
    escape_markup(out, text, length);
    buffer_add_text(out, "</text>\n");
}

/* Bytes of as many clusters as fit so many columns. */
static size_t fitting(const char *text, size_t length, int columns)
{
    size_t at = 0;
    while (at < length) {
        size_t cluster = text_cluster_length(text + at, length - at);
        columns -= text_columns(text + at, cluster);
        if (columns < 0)
            break;
        at += cluster;
    }
    return at;
}

/* A text with an ellipsis in place of what it goes on with. */
static void put_beginning(struct buffer *out, enum text_style style, int x, int y, const char *more,
                          const char *text, size_t length)
{
    struct buffer line = {0};
    buffer_add(&line, text, length);
    buffer_add_text(&line, "…");
    svg_text(out, style, x, y, more, buffer_text(&line), line.length);
    buffer_release(&line);
}

int svg_cut(struct buffer *out, enum text_style style, int x, int y, int width, const char *more,
            const char *text)
{
    size_t length = strlen(text);
    int room = svg_columns(style, width), columns = text_columns(text, length);
    if (columns <= room) {
        svg_text(out, style, x, y, more, text, length);
        return svg_width(style, columns);
    }
    length = fitting(text, length, room - 1);
    put_beginning(out, style, x, y, more, text, length);
    return svg_width(style, text_columns(text, length) + 1);
}

int svg_wrapped(struct buffer *out, enum text_style style, int x, int y, int width, int most,
                const char *text)
{
    struct text_wrap wrap = {
        .text = text, .length = strlen(text), .columns = svg_columns(style, width)};
    for (int line = 1; line <= most && text_wrap_next(&wrap); line++) {
        if (line == most && wrap.at < wrap.length)
            put_beginning(out, style, x, y, "", wrap.line,
                          fitting(wrap.line, wrap.line_length, wrap.columns - 1));
        else
            svg_text(out, style, x, y, "", wrap.line, wrap.line_length);
        y += svg_leading(style);
    }
    return y;
}

/* --- shapes ----------------------------------------------------------------------------------- */

/* From their middle. */
static const char *const ratings[RATINGS][SHAPE_SIZES] = {
    [RATING_NONE] = {NULL, NULL},
    [RATING_MISERABLE] = {"m-6-5h12l-6 10z", "m-10-8h20l-10 17z"},
    [RATING_NEUTRAL] = {"m-6 0a6 6 0 1 0 12 0a6 6 0 1 0-12 0z",
                        "m-9 0a9 9 0 1 0 18 0a9 9 0 1 0-18 0z"},
    [RATING_MAGICAL] = {"m0-7l1.7 4.6 5 .2-3.9 3.1 1.3 4.8-4.1-2.8-4.1 2.8 1.3-4.8-3.9-3.1 5-.2z",
                        "m0-11l2.7 7.3 7.8.3-6.1 4.8 2.1 7.5-6.5-4.3-6.5 4.3 2.1-7.5-6.1-4.8 "
                        "7.8-.3z"},
};

static void put_shape(struct buffer *out, const char *shape, int x, int y, const char *fill)
{
    buffer_add_format(out,
                      "<path d=\"M%d %d%s\" fill=\"%s\" stroke=\"#000\" stroke-width=\"1.5\"/>\n",
                      x, y, shape, fill);
}

void svg_rating(struct buffer *out, int64_t rating, enum shape_size size, int x, int y,
                const char *fill)
{
    if (rating == RATING_HIDDEN)
        svg_text(out, TEXT_STRONG, x, y + 6, " text-anchor=\"middle\"", "?", 1);
    else if (rating != RATING_NONE)
        put_shape(out, ratings[rating][size], x, y, fill);
}

void svg_diamond(struct buffer *out, int x, int y, const char *fill)
{
    put_shape(out, "m0-8l7 8-7 8-7-8z", x, y, fill);
}

void svg_rect(struct buffer *out, int x, int y, int width, int height, const char *more)
{
    buffer_add_format(out, "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"%s/>\n", x, y, width,
                      height, more);
}

/* --- colours ---------------------------------------------------------------------------------- */

enum { WHITE = 231 };

static const char *colour(int64_t index, char text[SVG_COLOUR_SIZE])
{
    struct rgb rgb = colour_rgb(index > 0 ? (int)index : WHITE);
    (void)snprintf(text, SVG_COLOUR_SIZE, "#%02x%02x%02x", (unsigned)rgb.red & 0xFF,
                   (unsigned)rgb.green & 0xFF, (unsigned)rgb.blue & 0xFF);
    return text;
}

const char *svg_channel_colour(const struct channel *channel, char text[SVG_COLOUR_SIZE])
{
    return colour(channel != NULL ? channel->colour : 0, text);
}

const char *svg_rating_colour(int64_t rating, char text[SVG_COLOUR_SIZE])
{
    return colour(rating_colour(rating), text);
}
