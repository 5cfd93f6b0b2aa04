/* The key line: the keys that the step asks for first, in the words of the command table. */
#include "tui.h"
#include <assert.h>

/* A key of the table and how soon it gives way on a narrow screen (0: never). Going on to the next
 * step comes before what is rarer. */
struct key_row {
    const char *key;
    int rank;
};

static const struct key_row board_rows[] = {
    {"n", 2}, {"#", 4}, {"a", 5}, {"i", 6}, {"t", 6}, {"Enter", 4}, {"m", 8},
    {"p", 9}, {"/", 9}, {">", 3}, {"u", 1}, {":", 0}, {"?", 0},
};
static const struct key_row identify_rows[] = {
    {"a", 1},     {"b", 5}, {"#", 4}, {"m", 3}, {"p", 3}, {"J", 6}, {"z", 5},
    {"Enter", 4}, {"d", 6}, {"/", 9}, {">", 2}, {"u", 1}, {":", 0}, {"?", 0},
};
static const struct key_row choose_rows[] = {
    {"Space", 1}, {".", 2}, {",", 3}, {"v", 4}, {"V", 4}, {"n", 3}, {"#", 6},
    {"Enter", 6}, {"f", 8}, {"/", 9}, {">", 5}, {"u", 1}, {":", 0}, {"?", 0},
};
static const struct key_row plan_rows[] = {
    {"i", 1}, {"t", 1}, {"R", 2},     {"n", 2}, {"D", 3}, {"!", 3}, {"Tab", 4},
    {"$", 5}, {"o", 5}, {"Enter", 4}, {">", 6}, {"u", 1}, {":", 0}, {"?", 0},
};
static const struct key_row review_rows[] = {
    {"n", 1},     {"=", 2}, {"Q", 2}, {"D", 3}, {"!", 4}, {"#", 6},
    {"Enter", 5}, {"i", 7}, {"t", 7}, {"u", 1}, {":", 0}, {"?", 0},
};
static const struct key_row pane_rows[] = {
    {"Enter", 0}, {"t", 1}, {"c", 1}, {"d", 1}, {"Tab", 2},
    {"Esc", 0},   {"u", 1}, {":", 0}, {"?", 0},
};

static const struct {
    const struct key_row *rows;
    size_t count;
} step_rows[STEPS] = {
#define ROWS(rows)                                                                                 \
    {                                                                                              \
        (rows), sizeof(rows) / sizeof *(rows)                                                      \
    }
    [STEP_IDENTIFY] = ROWS(identify_rows), [STEP_COLOUR] = ROWS(board_rows),
    [STEP_CHOOSE] = ROWS(choose_rows),     [STEP_RATE] = ROWS(board_rows),
    [STEP_PLAN] = ROWS(plan_rows),         [STEP_REVIEW] = ROWS(review_rows),
#undef ROWS
};

static void add(struct tui *tui, const char *key, const char *words, int rank)
{
    if (tui->key_count < sizeof tui->keys / sizeof *tui->keys)
        tui->keys[tui->key_count++] = (struct key_item){key, words, rank};
}

/* What the digits answer comes first. */
static void add_digits(struct tui *tui)
{
    static const char *const digits[] = {"1", "2", "3", "4", "5", "6", "7", "8", "9"};
    switch (step_row(tui->session.step)->digits) {
    case DIGITS_RATING:
        add(tui, "1", "Miserable", 1);
        add(tui, "2", "Neutral", 1);
        add(tui, "3", "Magical", 1);
        add(tui, "0", "None", 7);
        break;
    case DIGITS_CHANNEL:
        if (step_asks_how_long(tui->session.step, &tui->meter)) {
            add(tui, "1-9", "How long", 1);
            break;
        }
        for (size_t i = 0; i < tui->channels.count && i < 9; i++)
            add(tui, digits[i], tui->channels.at[i].name, 1);
        break;
    case DIGITS_GO_TO:
        break;
    }
}

static const char *pane_words(struct tui *tui, const char *key)
{
    bool ideas = tui->session.pane == PANE_IDEAS;
    switch (*key) {
    case 't':
        return ideas ? "Take up" : NULL;
    case 'c':
        return ideas ? "Price" : "Status";
    case 'd':
        return "Delete";
    default:
        return key[1] == 'n' ? "Edit" : key[1] == 's' ? "Back" : NULL; /* Enter, Esc */
    }
}

/* Looked up once for as long as the same rows are shown: each frame asks for them. */
static void look_up_labels(struct tui *tui, const struct key_row *rows, size_t count)
{
    if (tui->labelled == rows)
        return;
    for (size_t i = 0; i < count; i++) {
        struct key key;
        const struct command *command = key_parse(rows[i].key, &key) ? command_for_key(key) : NULL;
        tui->labels[i] = command ? command->label : NULL;
    }
    tui->labelled = rows;
}

static const char *words_of(struct tui *tui, const char *key, const char *label)
{
    if (tui->session.pane != PANE_CARDS && pane_words(tui, key))
        return pane_words(tui, key);
    if (*key == '>')
        return tui->session.step + 1 < STEPS ? step_row(tui->session.step + 1)->name : NULL;
    return label;
}

void keys_of_step(struct tui *tui, struct scene *scene)
{
    bool pane = tui->session.pane != PANE_CARDS;
    const struct key_row *rows = pane ? pane_rows : step_rows[tui->session.step].rows;
    size_t count = pane ? sizeof pane_rows / sizeof *pane_rows : step_rows[tui->session.step].count;
    assert(count <= sizeof tui->labels / sizeof *tui->labels);
    look_up_labels(tui, rows, count);
    tui->key_count = 0;
    if (!pane)
        add_digits(tui);
    for (size_t i = 0; i < count; i++) {
        const char *words = words_of(tui, rows[i].key, tui->labels[i]);
        if (words)
            add(tui, rows[i].key, words, rows[i].rank);
    }
    scene->keys = tui->keys;
    scene->key_count = tui->key_count;
}
