/* How the board's moments divide: by channel and by rating (R5). */
#include "details.h"
#include "touchline/method.h"

struct share {
    struct buffer name;
    int64_t moments;
    struct style chip, bar;
    bool fill; /* the chip has one */
};

/* --- collecting ------------------------------------------------------------------------------- */

static struct share channel_share(const struct view *view, int64_t id, int64_t moments)
{
    const struct channel *channel = view_channel(view, id);
    struct share share = {.moments = moments, .chip = style_of(ROLE_QUIET)};
    share.bar = share.chip;
    buffer_add_text(&share.name, channel != NULL ? channel->name : "no channel");
    if (channel == NULL)
        return share;
    share.fill = true;
    share.chip = style_colour(ROLE_CARD, channel->colour);
    share.bar = style_colour(ROLE_RATING, channel->colour);
    return share;
}

static struct share rating_share(int64_t rating, int64_t moments)
{
    static const char *const signs[RATINGS + 1] = {"", "▼ ", "● ", "★ ", "? "};
    struct share share = {.moments = moments, .chip = style_of(ROLE_QUIET)};
    share.bar = share.chip;
    buffer_add_text(&share.name, signs[rating]);
    buffer_add_text(&share.name, rating == RATING_NONE     ? "unrated"
                                 : rating == RATING_HIDDEN ? "to re-rate"
                                                           : rating_word(rating));
    if (rating == RATING_NONE || rating == RATING_HIDDEN)
        return share;
    share.fill = true;
    share.chip = style_colour(ROLE_RATING_FILL, rating_colour(rating));
    share.bar = rating_style(rating);
    return share;
}

/* In the board's order; those without a channel last. */
static int channel_shares(const struct view *view, struct share *shares)
{
    const struct meter *meter = view->scene->meter;
    int count = 0;
    int64_t none = 0;
    for (size_t i = 0; i < meter->channels; i++) {
        if (meter->by_channel[i].channel <= 0)
            none += meter->by_channel[i].moments;
        else if (meter->by_channel[i].moments > 0)
            shares[count++] =
                channel_share(view, meter->by_channel[i].channel, meter->by_channel[i].moments);
    }
    if (none > 0)
        shares[count++] = channel_share(view, 0, none);
    return count;
}

static int rating_shares(const struct view *view, struct share *shares)
{
    int count = 0;
    if (view->scene->meter->hidden > 0)
        shares[count++] = rating_share(RATING_HIDDEN, view->scene->meter->hidden);
    for (int rating = RATING_MAGICAL; rating >= RATING_NONE; rating--) {
        int64_t moments = view->scene->meter->rated[rating];
        if (moments > 0)
            shares[count++] = rating_share(rating, moments);
    }
    return count;
}

static void release_shares(struct share *shares, int count)
{
    for (int i = 0; i < count; i++)
        buffer_release(&shares[i].name);
}

/* --- as chips --------------------------------------------------------------------------------- */

static void draw_chips(struct view *view, struct rect rect, const char *label,
                       const struct share *shares, int count)
{
    int end = rect.column + rect.columns - 1;
    int column = rect.column + 1 + LABEL_COLUMNS;
    frame_text(view->frame, rect.row, rect.column + 1, LABEL_COLUMNS - 1, label,
               style_of(ROLE_QUIET));
    for (int i = 0; i < count; i++) {
        struct buffer text = {0};
        buffer_add_format(&text, " %s ", buffer_text(&shares[i].name));
        count_format(shares[i].moments, &text);
        buffer_add_byte(&text, ' ');
        int columns = frame_columns(view->frame, buffer_text(&text));
        if (column + columns > end) {
            frame_put(view->frame, rect.row, column, 0x2026, style_of(ROLE_QUIET));
            i = count;
        } else {
            frame_text(view->frame, rect.row, column, columns, buffer_text(&text), shares[i].chip);
        }
        column += columns + 1;
        buffer_release(&text);
    }
}

void details_chips(struct view *view, struct rect rect)
{
    struct share shares[METER_CHANNELS_MAX + 1];
    if (view->scene->meter == NULL || view->scene->meter->moments == 0)
        return;
    int count = channel_shares(view, shares);
    draw_chips(view, rect, "By channel", shares, count);
    release_shares(shares, count);
    count = rating_shares(view, shares);
    rect.row++;
    draw_chips(view, rect, "Rated", shares, count);
    release_shares(shares, count);
}

/* --- as bars ---------------------------------------------------------------------------------- */

static void draw_bar(struct view *view, struct rect rect, const struct share *share)
{
    enum { NAME = 14, COUNT = 8 };
    struct frame *frame = view->frame;
    struct buffer count = {0};
    int64_t total = view->scene->meter->moments;
    int room = rect.columns - NAME - COUNT - 2;
    int columns = room > 0 ? (int)((share->moments * room + total - 1) / total) : 0;
    frame_text(frame, rect.row, rect.column, NAME - 1, buffer_text(&share->name),
               style_of(ROLE_TEXT));
    frame_fill(frame, (struct rect){rect.row, rect.column + NAME, 1, columns}, 0x2588, share->bar);
    count_format(share->moments, &count);
    frame_text(frame, rect.row, rect.column + NAME + columns + 1, COUNT, buffer_text(&count),
               style_of(ROLE_TEXT));
    buffer_release(&count);
}

/* Returns the rows used, a blank one after them included. */
static int draw_bars(struct view *view, struct rect rect, const char *label,
                     const struct share *shares, int count)
{
    int rows = count + 1 < rect.rows ? count + 1 : rect.rows;
    if (rows < 2)
        return 0;
    frame_text(view->frame, rect.row, rect.column, rect.columns, label, style_of(ROLE_QUIET));
    for (int i = 0; i + 1 < rows; i++)
        draw_bar(view, (struct rect){rect.row + 1 + i, rect.column, 1, rect.columns}, &shares[i]);
    return rows + 1;
}

void details_bars(struct view *view, struct rect rect)
{
    struct share shares[METER_CHANNELS_MAX + 1];
    if (view->scene->meter == NULL || view->scene->meter->moments == 0)
        return;
    rect.column++;
    rect.columns -= 2;
    int count = rating_shares(view, shares);
    int used = draw_bars(view, rect, "Rated", shares, count);
    release_shares(shares, count);
    rect.row += used;
    rect.rows -= used;
    count = channel_shares(view, shares);
    draw_bars(view, rect, "By channel", shares, count);
    release_shares(shares, count);
}
