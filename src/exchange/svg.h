/* The timeline as a picture. Everything is measured in units: a card and the gap beside it take
 * PITCH of them, and a sheet as many as its cards need, printed 420 mm wide. Text is set in a font
 * of one width, so that columns say how much room it takes. */
#ifndef EXCHANGE_SVG_H
#define EXCHANGE_SVG_H

#include "touchline/buffer.h"
#include "touchline/report.h"

enum { MARGIN = 40, PITCH = 200, GAP = 16, CARD = PITCH - GAP, COLUMNS_MOST = 12 };

/* --- text ------------------------------------------------------------------------------------- */

enum text_style {
    TEXT_TITLE, /* of the board */
    TEXT_WHY,
    TEXT_PLAIN,  /* meter, legend */
    TEXT_STRONG, /* the top of a card, a phase */
    TEXT_CARD,   /* a moment's title */
    TEXT_NOTE,   /* a word beside the curve */
    TEXT_STYLES
};

/* Units from one line to the next; that so many columns take; columns that so many units hold. */
int svg_leading(enum text_style style);
int svg_width(enum text_style style, int columns);
int svg_columns(enum text_style style, int width);

/* A line of text, its left end at x and its base line at y. `more` are further attributes, each
 * with a blank before it; constants. */
void svg_text(struct buffer *out, enum text_style style, int x, int y, const char *more,
              const char *text, size_t length);

/* The same, cut with an ellipsis to what `width` holds; returns the width taken. */
int svg_cut(struct buffer *out, enum text_style style, int x, int y, int width, const char *more,
            const char *text);

/* Wrapped to `width`, at most so many lines; returns y of the line after the last. */
int svg_wrapped(struct buffer *out, enum text_style style, int x, int y, int width, int most,
                const char *text);

/* --- shapes ----------------------------------------------------------------------------------- */

enum shape_size { SHAPE_SMALL, SHAPE_LARGE, SHAPE_SIZES };

/* A rating around a point; unrated ones have no shape. `fill` is a colour or "none". */
void svg_rating(struct buffer *out, int64_t rating, enum shape_size size, int x, int y,
                const char *fill);
void svg_diamond(struct buffer *out, int x, int y, const char *fill);

void svg_rect(struct buffer *out, int x, int y, int width, int height, const char *more);

/* "#afff87": a colour of the palette, of a channel (white for none) and of a rating. */
#define SVG_COLOUR_SIZE 8
const char *svg_channel_colour(const struct channel *channel, char text[SVG_COLOUR_SIZE]);
const char *svg_rating_colour(int64_t rating, char text[SVG_COLOUR_SIZE]);

/* --- the parts of a sheet --------------------------------------------------------------------- */

/* How a picture is laid out; every sheet the same. */
struct svg_layout {
    int columns, rows; /* of cards on a sheet */
    int width, height; /* of a sheet */
    int header;        /* where the first row begins */
    int legend;        /* where the legend begins */
    int band, card;    /* heights: of a row with its curve, of a card */
    int64_t sheets;
};

void svg_lay_out(const struct report *report, struct svg_layout *layout);

/* Title, why and meter; returns where they end. What the signs mean and how many there are; returns
 * where it ends. Both draw the same whatever the buffer is for. */
int svg_header(struct buffer *out, const struct report *report, int width);
int svg_legend(struct buffer *out, const struct report *report, int width, int y,
               const char *footer);

/* A row of cards with headings above and the curve below; `before` (may be NULL) is the moment in
 * front of it. */
void svg_band(struct buffer *out, const struct report *report, const struct svg_layout *layout,
              int y, const struct row *rows, int count, const struct row *before);

/* --- sheets ----------------------------------------------------------------------------------- */

/* Appends the next sheet as an <svg> element. */
enum status svg_sheets_next(struct svg_sheets *sheets, struct buffer *out,
                            struct error *error) MUST_USE;

#endif
