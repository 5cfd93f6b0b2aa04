/* The experience curve: three levels, a sign a rated moment, a line from each to the next, targets
 * hollow. An unrated moment is a gap. */
#include "curve.h"
#include "touchline/memory.h"
#include "touchline/method.h"

enum { DOT_EVERY = 2 };

/* With room for it, a blank row above and below. */
static void levels_of(struct rect rect, int rows[RATINGS])
{
    int apart = (rect.rows - (rect.rows < 7 ? 1 : 3)) / 2;
    int top = rect.row + (rect.rows - 2 * apart - 1) / 2;
    rows[RATING_NONE] = -1;
    for (int rating = RATING_MISERABLE; rating <= RATING_MAGICAL; rating++)
        rows[rating] = top + (RATING_MAGICAL - rating) * apart;
}

/* The blanks between dots are of their style, too: a change of style costs more bytes than a dot.
 */
static void draw_levels(struct view *view, const int rows[RATINGS])
{
    struct style dots = style_of(ROLE_DOTS);
    int columns = view->layout.columns;
    for (int rating = RATING_MISERABLE; rating <= RATING_MAGICAL; rating++) {
        frame_fill(view->frame, (struct rect){rows[rating], 1, 1, columns - 1}, ' ', dots);
        frame_put(view->frame, rows[rating], 0, rating_sign(rating), rating_style(rating));
        for (int column = DOT_EVERY; column < columns - 1; column += DOT_EVERY)
            frame_put(view->frame, rows[rating], column, 0x00b7, dots);
    }
}

static void across(struct frame *frame, int row, int from, int to)
{
    frame_fill(frame, (struct rect){row, from, 1, to - from}, 0x2500, style_of(ROLE_TEXT));
}

/* The line from `a` to the next point `b`: it turns in the gap before b. */
static void draw_line(struct frame *frame, const struct curve_point *a, const struct curve_point *b,
                      const int rows[RATINGS])
{
    int from = rows[a->rating], to = rows[b->rating];
    struct style style = style_of(ROLE_TEXT);
    if (from == to) {
        across(frame, from, a->column + 1, b->column);
        return;
    }
    bool up = to < from;
    across(frame, from, a->column + 1, b->joint);
    across(frame, to, b->joint + 1, b->column);
    int top = up ? to : from, bottom = up ? from : to;
    frame_fill(frame, (struct rect){top + 1, b->joint, bottom - top - 1, 1}, 0x2502, style);
    frame_put(frame, from, b->joint, up ? 0x256f : 0x256e, style); /* ╯ ╮ */
    frame_put(frame, to, b->joint, up ? 0x256d : 0x2570, style);   /* ╭ ╰ */
}

static void draw_point(struct frame *frame, const struct curve_point *point,
                       const int rows[RATINGS])
{
    int row = rows[point->rating];
    if (method_aims(point->rating, point->target))
        frame_put(frame, rows[point->target], point->column, rating_hollow(point->target),
                  rating_style(point->target));
    frame_put(frame, row, point->column, rating_sign(point->rating), rating_style(point->rating));
    if (!point->selected || !point->roomy)
        return;
    frame_put(frame, row, point->column - 1, '(', style_of(ROLE_STRONG));
    frame_put(frame, row, point->column + 1, ')', style_of(ROLE_STRONG));
}

/* What a review hides is on no level: a sign between them, and a gap for the curve. */
static void draw_hidden(struct frame *frame, const struct curve_point *point,
                        const int rows[RATINGS])
{
    int row = (rows[RATING_MISERABLE] + rows[RATING_NEUTRAL]) / 2;
    frame_put(frame, row, point->column, rating_sign(RATING_HIDDEN), rating_style(RATING_HIDDEN));
}

/* --- the weakest ------------------------------------------------------------------------------ */

static const char word[] = "weakest";

/* Whether the word can stand from `column` on without hiding another moment's sign. */
static bool is_free(const struct curve_point *points, int count, int64_t rating, int column,
                    int columns)
{
    int length = (int)sizeof word - 1;
    if (column < 2 || column + length >= columns)
        return false;
    for (int i = 0; i < count; i++) {
        bool here = points[i].rating == rating || points[i].target == rating;
        if (here && points[i].column >= column - 1 && points[i].column <= column + length)
            return false;
    }
    return true;
}

/* After the sign, or after the line where it leaves the level; else before the sign. */
static void draw_weakest(struct view *view, const struct curve_point *points, int count, int i,
                         const int rows[RATINGS])
{
    const struct curve_point *it = &points[i];
    int64_t next = i + 1 < count ? points[i + 1].rating : RATING_NONE;
    int beside = it->selected && it->roomy ? 3 : 2;
    int after = it->column + beside;
    if (next != RATING_NONE && next != it->rating)
        after = points[i + 1].joint + 2;
    int before = it->column - beside - (int)sizeof word + 2;
    int columns = view->layout.columns;
    int at = is_free(points, count, it->rating, after, columns)    ? after
             : is_free(points, count, it->rating, before, columns) ? before
                                                                   : -1;
    if (at < 0)
        return;
    struct rect rect = {rows[it->rating], at - 1, 1, (int)sizeof word + 1};
    frame_fill(view->frame, rect, ' ', style_of(ROLE_TEXT));
    frame_text(view->frame, rect.row, at, (int)sizeof word - 1, word, style_of(ROLE_TEXT));
}

/* --- all of it -------------------------------------------------------------------------------- */

void curve_draw(struct view *view, struct rect rect, const struct curve_point *points, int count)
{
    int rows[RATINGS];
    levels_of(rect, rows);
    draw_levels(view, rows);
    for (int i = 0; i < count; i++)
        if (points[i].hidden)
            draw_hidden(view->frame, &points[i], rows);
    for (int i = 0; i + 1 < count; i++) {
        if (points[i].rating != RATING_NONE && points[i + 1].rating != RATING_NONE)
            draw_line(view->frame, &points[i], &points[i + 1], rows);
    }
    for (int i = 0; i < count; i++) {
        if (points[i].weakest)
            draw_weakest(view, points, count, i, rows);
    }
    for (int i = 0; i < count; i++) {
        if (points[i].rating != RATING_NONE)
            draw_point(view->frame, &points[i], rows);
    }
}

struct curve_point curve_point_of(const struct view *view, const struct moment *moment, int column,
                                  int joint)
{
    const struct moment *selected = view_selected(view);
    bool hidden = moment->rating == RATING_HIDDEN;
    if (view->scene->ghost.kind != GHOST_NONE)
        selected = NULL; /* the ghost card has the eye */
    return (struct curve_point){.column = column,
                                .joint = joint,
                                .rating = hidden ? RATING_NONE : moment->rating,
                                .hidden = hidden,
                                .target = moment->target,
                                .selected = selected != NULL && selected->id == moment->id,
                                .weakest = view->window->weakest == moment->id};
}

void view_curve(struct view *view)
{
    if (view->layout.curve.rows < 3)
        return;
    struct curve_point *points = memory_new((size_t)view->slot_count, sizeof *points);
    int count = 0;
    for (int i = 0; i < view->slot_count; i++) {
        const struct slot *slot = &view->slots[i];
        int column = slot->column + view->layout.card_columns / 2;
        if (slot->moment == NULL)
            continue;
        points[count] = curve_point_of(view, slot->moment, column, slot->column - 1);
        points[count++].roomy = true;
    }
    curve_draw(view, view->layout.curve, points, count);
    memory_free(points);
}
