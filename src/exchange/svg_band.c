/* A row of the timeline: phases as headings, post-its, and the experience curve below them. */
#include "escape.h"
#include "svg.h"
#include "touchline/method.h"
#include "touchline/text.h"
#include <string.h>

enum {
    PHASE = 28,   /* height of a heading */
    BELOW_IT = 8, /* and room to the cards */
    TOP = 30,     /* of a card: number and channel */
    BOTTOM = 30,  /* chosen, rating, target */
    PADDING = 10,
    ABOVE_CURVE = 22, /* from a card to the highest level */
    BELOW_CURVE = 30, /* from the lowest one on: a word stands there */
};

#define INK    "#000"
#define PAPER  "#fff"
#define MIDDLE " text-anchor=\"middle\""
#define END    " text-anchor=\"end\""

static int card_x(int i)
{
    return MARGIN + i * PITCH;
}

/* --- phases ----------------------------------------------------------------------------------- */

/* A tab with the phase's name, and a rule over the cards from `from` to `to`. */
static void put_phase(struct buffer *out, int y, const struct row *rows, int from, int to,
                      bool continued)
{
    int x = card_x(from), end = card_x(to) - GAP;
    struct buffer name = {0}, text = {0};
    buffer_add_format(&name, "%s%s", continued ? "◂ " : "", rows[from].phase);
    int width = svg_cut(&text, TEXT_STRONG, x + PADDING, y + 20, end - x - 2 * PADDING,
                        " fill=\"" PAPER "\"", buffer_text(&name));
    width += 2 * PADDING;
    svg_rect(out, x, y, width, PHASE, " fill=\"#262626\"");
    buffer_add(out, buffer_text(&text), text.length);
    svg_rect(out, x + width, y + PHASE - 3, end - x - width, 3, " fill=\"#262626\"");
    buffer_release(&name);
    buffer_release(&text);
}

static void put_phases(struct buffer *out, int y, const struct row *rows, int count,
                       const struct row *before)
{
    for (int from = 0, to = 0; from < count; from = to) {
        while (to < count && row_in_phase(&rows[to], rows[from].phase))
            to++;
        if (rows[from].phase != NULL)
            put_phase(out, y, rows, from, to,
                      from == 0 && before != NULL && row_in_phase(before, rows[0].phase));
    }
}

/* --- cards ------------------------------------------------------------------------------------ */

/* All of it in words, for whoever points at the card or has it read out. */
static void put_words(struct buffer *out, const struct moment *moment,
                      const struct channel *channel)
{
    struct buffer words = {0};
    buffer_add_format(&words, "%lld %s: ", (long long)moment->number, moment->title);
    channel_phrase(channel, &words);
    if (channel == NULL)
        buffer_add_text(&words, "no channel yet");
    if (moment->rating != RATING_NONE)
        buffer_add_format(&words, ", %s", rating_word(moment->rating));
    if (moment->target != RATING_NONE)
        buffer_add_format(&words, ", target %s", rating_word(moment->target));
    if (moment->chosen)
        buffer_add_text(&words, ", chosen");
    buffer_add_text(out, "<title>");
    escape_markup(out, buffer_text(&words), words.length);
    buffer_add_text(out, "</title>\n");
    buffer_release(&words);
}

/* A sign that takes more room than one is left out: the letter says enough. One that could also be
 * drawn as a coloured picture is asked for as text. */
static void add_channel(struct buffer *out, const struct channel *channel)
{
    static const char as_text[] = "\xEF\xB8\x8E"; /* U+FE0E */
    if (channel == NULL) {
        buffer_add_text(out, "– –");
        return;
    }
    buffer_add_text(out, channel->letter);
    size_t length = channel->sign != NULL ? strlen(channel->sign) : 0;
    if (length == 0 || text_columns(channel->sign, length) > 2)
        return;
    buffer_add_format(out, " %s%s", channel->sign, length == 3 ? as_text : "");
}

static bool is_marked(const struct moment *moment, int64_t id)
{
    return id != 0 && moment->id == id;
}

/* "12 first" on the left, "I ☺" on the right; of a chosen one light on dark. */
static void put_top(struct buffer *out, const struct report *report, const struct moment *moment,
                    const struct channel *channel, int x, int y)
{
    struct buffer name = {0}, signs = {0}, fill = {0};
    const char *mark = is_marked(moment, report->first)  ? " first"
                       : is_marked(moment, report->last) ? " last"
                                                         : "";
    buffer_add_format(&name, "%lld%s", (long long)moment->number, mark);
    add_channel(&signs, channel);
    if (moment->chosen) {
        char colour[SVG_COLOUR_SIZE];
        svg_rect(out, x, y, CARD, TOP, "");
        buffer_add_format(&fill, " fill=\"%s\"", svg_channel_colour(channel, colour));
    }
    svg_text(out, TEXT_STRONG, x + PADDING, y + 21, buffer_text(&fill), buffer_text(&name),
             name.length);
    buffer_add_text(&fill, END);
    svg_text(out, TEXT_STRONG, x + CARD - PADDING, y + 21, buffer_text(&fill), buffer_text(&signs),
             signs.length);
    buffer_release(&name);
    buffer_release(&signs);
    buffer_release(&fill);
}

/* "◆       ● › ☆" */
static void put_bottom(struct buffer *out, const struct moment *moment, int x, int y)
{
    int right = x + CARD - PADDING - 7, middle = y - BOTTOM / 2;
    bool aims = method_aims(moment->rating, moment->target);
    if (moment->chosen)
        svg_diamond(out, x + PADDING + 7, middle, INK);
    if (aims) {
        svg_rating(out, moment->target, SHAPE_SMALL, right, middle, "none");
        svg_text(out, TEXT_STRONG, right - 15, middle + 5, MIDDLE, "›", strlen("›"));
        right -= 30;
    }
    svg_rating(out, moment->rating, SHAPE_SMALL, right, middle, INK);
}

static void put_card(struct buffer *out, const struct report *report,
                     const struct svg_layout *layout, const struct moment *moment, int x, int y)
{
    char colour[SVG_COLOUR_SIZE];
    struct buffer fill = {0};
    const struct channel *channel = channels_by_id(report->channels, moment->channel);
    int lines = (layout->card - TOP - BOTTOM - PADDING) / svg_leading(TEXT_CARD);
    buffer_add_format(&fill, " fill=\"%s\" stroke=\"" INK "\" stroke-width=\"%d\"",
                      svg_channel_colour(channel, colour), moment->chosen ? 3 : 1);
    buffer_add_text(out, "<g>");
    put_words(out, moment, channel);
    svg_rect(out, x, y, CARD, layout->card, buffer_text(&fill));
    put_top(out, report, moment, channel, x, y);
    (void)svg_wrapped(out, TEXT_CARD, x + PADDING, y + TOP + 22, CARD - 2 * PADDING, lines,
                      moment->title);
    put_bottom(out, moment, x, y + layout->card);
    buffer_add_text(out, "</g>\n");
    buffer_release(&fill);
}

/* --- the experience curve --------------------------------------------------------------------- */

struct curve {
    int levels[RATINGS + 1]; /* y, by rating; a hidden one stands between two */
    int left, right;
};

static struct curve curve_of(const struct svg_layout *layout, int y, int count)
{
    int top = y + PHASE + BELOW_IT + layout->card + ABOVE_CURVE;
    int bottom = y + layout->band - BELOW_CURVE;
    int middle = (top + bottom) / 2;
    return (struct curve){.levels = {[RATING_NONE] = bottom,
                                     [RATING_MISERABLE] = bottom,
                                     [RATING_NEUTRAL] = middle,
                                     [RATING_MAGICAL] = top,
                                     [RATING_HIDDEN] = (middle + bottom) / 2},
                          .left = MARGIN,
                          .right = card_x(count) - GAP};
}

static bool is_rated(const struct row *row)
{
    return row->moment.rating > RATING_NONE && row->moment.rating < RATINGS;
}

static void put_levels(struct buffer *out, const struct curve *curve)
{
    char colour[SVG_COLOUR_SIZE];
    for (int rating = RATING_MISERABLE; rating < RATINGS; rating++) {
        int y = curve->levels[rating];
        buffer_add_format(out,
                          "<path d=\"M%d %dH%d\" stroke=\"#767676\" stroke-width=\"2\" "
                          "stroke-linecap=\"round\" stroke-dasharray=\"0 8\"/>\n",
                          curve->left, y, curve->right);
        svg_rating(out, rating, SHAPE_SMALL, MARGIN / 2, y, svg_rating_colour(rating, colour));
    }
}

/* From one rated moment to the next; what is not rated leaves a gap. */
static void put_line(struct buffer *out, const struct curve *curve, const struct row *rows,
                     int count)
{
    struct buffer path = {0};
    for (int i = 0; i + 1 < count; i++) {
        if (!is_rated(&rows[i]) || !is_rated(&rows[i + 1]))
            continue;
        bool goes_on = i > 0 && is_rated(&rows[i - 1]);
        if (!goes_on)
            buffer_add_format(&path, "M%d %d", card_x(i) + CARD / 2,
                              curve->levels[rows[i].moment.rating]);
        buffer_add_format(&path, "L%d %d", card_x(i + 1) + CARD / 2,
                          curve->levels[rows[i + 1].moment.rating]);
    }
    if (path.length > 0)
        buffer_add_format(out,
                          "<path d=\"%s\" fill=\"none\" stroke=\"#3a3a3a\" stroke-width=\"3\" "
                          "stroke-linejoin=\"round\"/>\n",
                          buffer_text(&path));
    buffer_release(&path);
}

static void put_point(struct buffer *out, const struct report *report, const struct curve *curve,
                      const struct moment *moment, int x)
{
    static const char weakest[] = "weakest";
    char colour[SVG_COLOUR_SIZE];
    if (moment->rating == RATING_NONE)
        return;
    int y = curve->levels[moment->rating];
    if (method_aims(moment->rating, moment->target))
        svg_rating(out, moment->target, SHAPE_LARGE, x, curve->levels[moment->target], PAPER);
    svg_rating(out, moment->rating, SHAPE_LARGE, x, y, svg_rating_colour(moment->rating, colour));
    if (is_marked(moment, report->weakest))
        svg_text(out, TEXT_NOTE, x, y + 25,
                 MIDDLE " stroke=\"" PAPER "\" stroke-width=\"4\" paint-order=\"stroke\"", weakest,
                 sizeof weakest - 1);
}

static void put_curve(struct buffer *out, const struct report *report, const struct curve *curve,
                      const struct row *rows, int count)
{
    put_levels(out, curve);
    put_line(out, curve, rows, count);
    for (int i = 0; i < count; i++)
        put_point(out, report, curve, &rows[i].moment, card_x(i) + CARD / 2);
}

/* --- all of it -------------------------------------------------------------------------------- */

void svg_band(struct buffer *out, const struct report *report, const struct svg_layout *layout,
              int y, const struct row *rows, int count, const struct row *before)
{
    struct curve curve = curve_of(layout, y, count);
    put_phases(out, y, rows, count, before);
    for (int i = 0; i < count; i++)
        put_card(out, report, layout, &rows[i].moment, card_x(i), y + PHASE + BELOW_IT);
    put_curve(out, report, &curve, rows, count);
}
