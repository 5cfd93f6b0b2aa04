#include "touchline/drift.h"
#include "touchline/method.h"

enum drift_way drift_way(int64_t before, int64_t after)
{
    if (before == RATING_HIDDEN || after == RATING_HIDDEN)
        return DRIFT_HIDDEN;
    if (before == after)
        return DRIFT_SAME;
    if (before == RATING_NONE || after == RATING_NONE)
        return DRIFT_NEW;
    return after > before ? DRIFT_UP : DRIFT_DOWN;
}

const char *drift_word(enum drift_way way)
{
    static const char *const words[DRIFT_WAYS] = {"down", "same", "up", "new", "hidden"};
    return words[way];
}

static int64_t count_of(const struct review *review, int64_t rating)
{
    const int64_t counts[RATINGS] = {0, review->miserable, review->neutral, review->magical};
    return counts[rating] == FIELD_ABSENT ? 0 : counts[rating];
}

bool drift_is_counted(const struct review *review)
{
    return review->ended && (review->miserable != FIELD_ABSENT || review->neutral != FIELD_ABSENT ||
                             review->magical != FIELD_ABSENT);
}

void drift_counts(const struct review *review, struct buffer *out)
{
    bool counted = drift_is_counted(review);
    for (int64_t rating = RATING_MISERABLE; counted && rating < RATINGS; rating++) {
        buffer_add_text(out, rating > RATING_MISERABLE ? ", " : "");
        count_format(count_of(review, rating), out);
        buffer_add_format(out, " %s", rating_word(rating));
    }
}

/* --- the plot --------------------------------------------------------------------------------- */

static int64_t signs_of(const struct review *review, int64_t rating, int64_t unit)
{
    int64_t count = count_of(review, rating);
    return count / unit + (count % unit != 0);
}

static int64_t height_of(const struct review *review, int64_t unit)
{
    int64_t height = 0;
    for (int64_t rating = RATING_MISERABLE; rating < RATINGS; rating++)
        height += signs_of(review, rating, unit);
    return height;
}

static int64_t tallest(const struct review *reviews, size_t count, int64_t unit)
{
    int64_t most = 0;
    for (size_t i = 0; i < count; i++) {
        int64_t height = height_of(&reviews[i], unit);
        most = height > most ? height : most;
    }
    return most;
}

/* 1, 2, 5, 10, 20, 50 ...: three signs always fit, for that is what a unit beyond all counts gives.
 */
int64_t drift_unit(const struct review *reviews, size_t count, int rows)
{
    enum { LEAST = 3 };
    int64_t unit = 1, tens = 1;
    rows = rows < LEAST ? LEAST : rows;
    while (tallest(reviews, count, unit) > rows) {
        tens = unit == 5 * tens ? tens * 10 : tens;
        unit = unit < tens ? tens : unit == tens ? 2 * tens : 5 * tens;
    }
    return unit;
}

int64_t drift_sign(const struct review *review, int64_t unit, int row)
{
    int64_t height = 0;
    for (int64_t rating = RATING_MISERABLE; rating < RATINGS; rating++) {
        height += signs_of(review, rating, unit);
        if (row < height)
            return rating;
    }
    return RATING_NONE;
}
