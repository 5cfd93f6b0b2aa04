/* The ranking by dots, in place of the details while the step is Choose: the most first, in as many
 * columns as there is room for, and where the cut after five goes through a tie. */
#include "details.h"
#include "touchline/method.h"

enum { COLUMN_LEAST = 38, COLUMN_MOST = 76, EDGE = 3 };

/* The ranks that have as many dots as the last one of those that can be chosen, when the next one
 * has as many too. */
static bool find_tie(const struct moments *ranked, size_t *first, size_t *end)
{
    const struct moment *at = ranked->at;
    size_t cut = METHOD_CHOSEN_MOST;
    if (ranked->count <= cut || at[cut - 1].dots != at[cut].dots)
        return false;
    for (*first = cut - 1; *first > 0 && at[*first - 1].dots == at[cut].dots;)
        (*first)--;
    for (*end = cut; *end < ranked->count && at[*end].dots == at[cut].dots;)
        (*end)++;
    return true;
}

/* "46 of 50 spent · 4 left · 10 people x 5 · tie at 4: 3 7" */
static void add_summary(const struct scene *scene, struct buffer *out)
{
    enum { NAMED_MOST = 6 };
    size_t first = 0, end = 0;
    dots_format(scene->dots, out);
    if (!find_tie(scene->ranked, &first, &end))
        return;
    buffer_add_format(out, " · tie at %lld:", (long long)scene->ranked->at[first].dots);
    for (size_t i = first; i < end && i < first + NAMED_MOST; i++)
        buffer_add_format(out, " %lld", (long long)scene->ranked->at[i].number);
    if (end > first + NAMED_MOST)
        buffer_add_text(out, " …");
}

/* "  9  ◆  6 Mission card handed over" */
static void draw_rank(struct view *view, struct rect rect, const struct moment *moment)
{
    enum { DOTS = 4, MARK = 6, NUMBER = 12, TITLE = 13 };
    const struct moment *selected = view_selected(view);
    bool here = selected != NULL && selected->id == moment->id;
    struct style style = style_of(here ? ROLE_SELECTED : ROLE_TEXT);
    struct frame *frame = view->frame;
    struct buffer number = {0}, dots = {0};
    buffer_add_format(&number, "%lld", (long long)moment->number);
    count_format(moment->dots, &dots);
    if (here)
        frame_fill(frame, rect, ' ', style);
    frame_text_right(frame, rect.row, rect.column + DOTS, DOTS, buffer_text(&dots),
                     here ? style : style_of(ROLE_STRONG));
    if (moment->chosen)
        frame_put(frame, rect.row, rect.column + MARK, 0x25c6, style);
    frame_text_right(frame, rect.row, rect.column + NUMBER, NUMBER - MARK - 2, buffer_text(&number),
                     style);
    frame_text(frame, rect.row, rect.column + TITLE, rect.columns - TITLE - 1, moment->title,
               style);
    buffer_release(&number);
    buffer_release(&dots);
}

/* No more columns side by side than are needed. */
static void draw_ranks(struct view *view, struct rect rect)
{
    const struct moments *ranked = view->scene->ranked;
    int needed = ((int)ranked->count + rect.rows - 1) / rect.rows;
    int across = rect.columns / COLUMN_LEAST > 0 ? rect.columns / COLUMN_LEAST : 1;
    across = needed < across ? needed : across;
    int columns = rect.columns / across < COLUMN_MOST ? rect.columns / across : COLUMN_MOST;
    for (size_t i = 0; i < ranked->count && (int)i < rect.rows * across; i++) {
        int column = (int)i / rect.rows, row = (int)i % rect.rows;
        draw_rank(view,
                  (struct rect){rect.row + row, rect.column + column * columns, 1, columns - 1},
                  &ranked->at[i]);
    }
}

static bool are_laid(const struct scene *scene)
{
    return scene->dots != NULL && scene->dots->laid > 0 && scene->pane == PANE_CARDS;
}

bool details_hidden_dots(const struct scene *scene, struct buffer *out)
{
    if (!are_laid(scene) || !scene->dots->hidden)
        return false;
    buffer_add_text(out, "Dots: ");
    dots_format(scene->dots, out);
    return true;
}

bool details_by_dots(struct view *view, struct rect rect)
{
    const struct scene *scene = view->scene;
    struct buffer words = {0};
    if (scene->vote != NULL || !are_laid(scene) || scene->dots->hidden || scene->ranked == NULL ||
        scene->ranked->count == 0 || rect.rows < 1)
        return false;
    add_summary(scene, &words);
    if (view->layout.heading >= 0)
        screen_rule(view->frame, view->layout.heading, "By dots", buffer_text(&words));
    draw_ranks(view, (struct rect){rect.row, EDGE - 2, rect.rows, rect.columns - EDGE + 1});
    buffer_release(&words);
    return true;
}
