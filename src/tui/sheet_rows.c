#include "sheet.h"
#include "touchline/text.h"
#include <assert.h>
#include <string.h>

/* --- which rows ------------------------------------------------------------------------------- */

static const struct row_about moment_rows[] = {
    {ITEM_TITLE, SHEET_TEXT, NULL, NULL, false, 1},
    {ITEM_CHANNEL, SHEET_WORDS, NULL, NULL, false, 1},
    {PHASE_ROW, SHEET_TEXT, "Phase", "a name that is there, or a new one", false, 1},
    {ITEM_OWNER, SHEET_TEXT, NULL, "who takes charge of it", false, 1},
    {ITEM_SECONDS, SHEET_TEXT, NULL, NULL, false, 1},
    {ITEM_TIMES, SHEET_TEXT, "Times per %s", NULL, true, 1},
    {HEADING_ROW, SHEET_HEADING, "As the %s sees it", NULL, false, 1},
    {ITEM_HANDLING, SHEET_TEXT, NULL, NULL, false, 2},
    {ITEM_EXPECTATION, SHEET_TEXT, NULL, NULL, false, 2},
    {ITEM_BENCHMARK, SHEET_TEXT, NULL, NULL, false, 2},
    {ITEM_RATING, SHEET_WORDS, NULL, NULL, false, 1},
    {ITEM_TARGET, SHEET_WORDS, NULL, NULL, false, 1},
    {HEADING_ROW, SHEET_HEADING, "Plan", NULL, false, 1},
    {ITEM_CHOSEN, SHEET_WORDS, NULL, NULL, false, 1},
    {ITEM_DOTS, SHEET_TEXT, NULL, NULL, true, 1},
    {IDEAS_ROW, SHEET_OPENS, "Ideas", NULL, false, 1},
    {ACTIONS_ROW, SHEET_OPENS, "Actions", NULL, false, 1},
    {LEDGER_ROW, SHEET_OPENS, "Costs, payoffs", NULL, false, 1},
    {ITEM_NOTE, SHEET_TEXT, NULL, NULL, false, 6},
};

static const struct row_about board_rows[] = {
    {BOARD_TITLE, SHEET_TEXT, NULL, NULL, false, 1},
    {BOARD_WHY, SHEET_TEXT, NULL, NULL, false, 3},
    {BOARD_NOUN, SHEET_TEXT, NULL, "customer, client, guest, patient, passenger ...", false, 1},
    {BOARD_CUSTOMERS, SHEET_TEXT, "How many a year", "for the sums", false, 1},
    {BOARD_DOTS_EACH, SHEET_TEXT, NULL, "what one may spend in Choose", false, 1},
    {BOARD_NEXT_OBJECTIVE, SHEET_TEXT, NULL, "have it ready before this plan is done", false, 2},
    {BOARD_NEXT_REVIEW, SHEET_TEXT, NULL, "its day: 4 dec, +3m, 2026-12-04", false, 1},
    {BOARD_NOTE, SHEET_TEXT, NULL, NULL, false, 8},
};

#define COUNT(array) (sizeof(array) / sizeof *(array))
static_assert(COUNT(moment_rows) <= SHEET_ROWS_MOST, "room for a moment's rows");
static_assert(COUNT(board_rows) <= SHEET_ROWS_MOST, "room for the board's rows");

void sheet_choose_rows(struct sheet *sheet)
{
    bool board = sheet->record == RECORD_BOARD;
    sheet->about = board ? board_rows : moment_rows;
    sheet->count = board ? COUNT(board_rows) : COUNT(moment_rows);
}

/* --- what a row says -------------------------------------------------------------------------- */

static const void *record_of(struct tui *tui, const struct sheet *sheet)
{
    return sheet->record == RECORD_BOARD ? (const void *)&tui->board : &tui->details.moment;
}

struct value sheet_value(struct tui *tui, const struct sheet *sheet, int field)
{
    return record_get(sheet->record, record_of(tui, sheet), field);
}

static const char *phase_title(struct tui *tui)
{
    const struct phases *phases = tui_phases(tui);
    for (size_t i = 0; i < phases->count; i++)
        if (phases->at[i].id == tui->details.moment.phase)
            return phases->at[i].title;
    return "";
}

/* Its own, or the field's; the board's noun stands where %s does (R24). */
static void add_label(struct tui *tui, const struct sheet *sheet, const struct row_about *about,
                      struct buffer *out)
{
    const char *label = about->label;
    if (!label && about->field >= 0)
        label = record_type(sheet->record)->fields[about->field].label;
    const char *noun = label ? strstr(label, "%s") : NULL;
    if (!noun) {
        buffer_add_text(out, label);
        return;
    }
    buffer_add(out, label, (size_t)(noun - label));
    buffer_add_text(out, board_noun(&tui->board));
    buffer_add_text(out, noun + strlen("%s"));
}

static void describe_ideas(struct tui *tui, struct buffer *out)
{
    const struct ideas *ideas = &tui->details.ideas;
    if (ideas->count == 0) {
        buffer_add_text(out, "none yet: i on the board adds one");
        return;
    }
    const char *price = price_word(ideas->at[0].price);
    buffer_add_format(out, "%zu   %s%s%s", ideas->count, price, *price ? ": " : "",
                      ideas->at[0].text);
}

static void describe_actions(struct tui *tui, struct buffer *out)
{
    const struct actions *actions = &tui->details.actions;
    if (actions->count == 0) {
        buffer_add_text(out, "none yet: t on the board adds one");
        return;
    }
    const struct action *first = &actions->at[0];
    struct date today = tui_today(tui), due;
    buffer_add_format(out, "%zu   %s", actions->count, first->text);
    if (first->owner)
        buffer_add_format(out, " · %s", first->owner);
    if (first->due && date_parse_iso(first->due, &due)) {
        char day[32];
        date_format_short(due, today, day, sizeof day);
        buffer_add_format(out, " · %s%s", day, method_overdue(first, today) ? ", overdue" : "");
    }
}

static void describe_ledger(struct tui *tui, struct buffer *out)
{
    const struct entries *entries = &tui->details.entries;
    if (entries->count == 0)
        buffer_add_text(out, "none");
    for (size_t i = 0; i < entries->count; i++) {
        buffer_add_format(out, "%s%s", i ? " · " : "", entry_kind_word(entries->at[i].kind));
        if (entries->at[i].amount != FIELD_ABSENT)
            buffer_add_format(out, " %lld", (long long)entries->at[i].amount);
    }
}

/* Until they are shown nobody is to follow the crowd. */
static bool hides_dots(struct tui *tui, const struct sheet *sheet, int field)
{
    return sheet->record == RECORD_ITEM && field == ITEM_DOTS && tui->board.dots_hidden &&
           tui->details.moment.dots > 0;
}

void sheet_describe(struct tui *tui, const struct sheet *sheet, const struct row_about *about,
                    struct buffer *out)
{
    switch (about->field) {
    case PHASE_ROW:
        buffer_add_text(out, phase_title(tui));
        break;
    case IDEAS_ROW:
        describe_ideas(tui, out);
        break;
    case ACTIONS_ROW:
        describe_actions(tui, out);
        break;
    case LEDGER_ROW:
        describe_ledger(tui, out);
        break;
    case HEADING_ROW:
        add_label(tui, sheet, about, out);
        break;
    default:
        if (hides_dots(tui, sheet, about->field)) {
            buffer_add_byte(out, '?');
            break;
        }
        field_format(&record_type(sheet->record)->fields[about->field], &tui->channels,
                     sheet_value(tui, sheet, about->field), out);
    }
}

/* --- words of a list -------------------------------------------------------------------------- */

static const char *const rating_options[] = {"0 none", "1 ▼ miserable", "2 ● neutral",
                                             "3 ★ magical"};
static const char *const target_options[] = {"0 none", "2 ● neutral", "3 ★ magical"};
static const char *const chosen_options[] = {"no", "yes ◆"};

static void set_options(struct sheet *sheet, size_t row, const char *const *options, size_t count,
                        size_t now)
{
    for (size_t i = 0; i < count && i < SHEET_OPTIONS_MOST; i++)
        sheet->options[row][i] = options[i];
    sheet->rows[row].options = sheet->options[row];
    sheet->rows[row].option_count = count;
    sheet->rows[row].option = now;
}

static void set_channels(struct tui *tui, struct sheet *sheet, size_t row)
{
    size_t count =
        tui->channels.count < SHEET_OPTIONS_MOST ? tui->channels.count : SHEET_OPTIONS_MOST;
    size_t now = count;
    for (size_t i = 0; i < count; i++) {
        buffer_clear(&sheet->channels[i]);
        buffer_add_text(&sheet->channels[i], tui->channels.at[i].letter);
        buffer_add_byte(&sheet->channels[i], ' ');
        buffer_add_text(&sheet->channels[i], tui->channels.at[i].name);
        sheet->options[row][i] = buffer_text(&sheet->channels[i]);
        sheet->colours[row][i] = (uint8_t)tui->channels.at[i].colour;
        if (tui->channels.at[i].id == tui->details.moment.channel)
            now = i;
    }
    sheet->rows[row].options = sheet->options[row];
    sheet->rows[row].colours = sheet->colours[row];
    sheet->rows[row].option_count = count;
    sheet->rows[row].option = now;
}

/* Of "0 none" and the ratings from `first` on. */
static void set_ratings(struct sheet *sheet, size_t row, int64_t first)
{
    for (size_t i = 1; i < sheet->rows[row].option_count; i++)
        sheet->colours[row][i] = (uint8_t)rating_colour(first + (int64_t)i - 1);
    sheet->rows[row].colours = sheet->colours[row];
}

/* "first ▼": in words it would not fit beside the four. */
static void add_first(int64_t rating, struct buffer *out)
{
    char sign[4];
    buffer_add_text(out, "first ");
    buffer_add(out, sign, text_encode(rating_sign(rating), sign));
}

/* None of the three while the target is hidden with its rating (R16). */
static size_t target_option(const struct moment *moment)
{
    if (moment->rating == RATING_HIDDEN)
        return 3;
    return moment->target ? (size_t)moment->target - 1 : 0;
}

static void set_row_options(struct tui *tui, struct sheet *sheet, size_t row)
{
    const struct moment *moment = &tui->details.moment;
    switch (sheet->about[row].field) {
    case ITEM_CHANNEL:
        set_channels(tui, sheet, row);
        break;
    case ITEM_RATING:
        set_options(sheet, row, rating_options, 4, (size_t)moment->rating);
        set_ratings(sheet, row, RATING_MISERABLE);
        if (moment->rating == RATING_HIDDEN)
            buffer_add_text(&sheet->hints[row], "? anew");
        if (moment->first_rating && moment->first_rating != moment->rating)
            add_first(moment->first_rating, &sheet->hints[row]);
        break;
    case ITEM_TARGET:
        set_options(sheet, row, target_options, 3, target_option(moment));
        set_ratings(sheet, row, RATING_NEUTRAL);
        if (moment->rating == RATING_HIDDEN)
            buffer_add_text(&sheet->hints[row], "rate it anew first");
        else if (moment->rating == RATING_NONE)
            buffer_add_text(&sheet->hints[row], "rate it first");
        else if (moment->rating == RATING_MAGICAL)
            buffer_add_text(&sheet->hints[row], "nothing stands above it");
        break;
    case ITEM_CHOSEN:
        set_options(sheet, row, chosen_options, 2, (size_t)moment->chosen);
        buffer_add_format(&sheet->hints[row], "%lld of 5", (long long)tui->meter.chosen);
        break;
    default:
        break;
    }
}

/* --- the whole row ---------------------------------------------------------------------------- */

/* A number as it is read elsewhere; where it is typed it stands as sheet_describe() has it. */
static bool show_number(struct tui *tui, const struct sheet *sheet, const struct row_about *about,
                        struct buffer *out)
{
    if (about->field < 0)
        return false;
    const struct field *field = &record_type(sheet->record)->fields[about->field];
    struct value value = sheet_value(tui, sheet, about->field);
    if (field_is_default(field, value))
        return false;
    if (field->type == FIELD_SECONDS)
        seconds_format(value.integer, out);
    else if (field->type == FIELD_NUMBER)
        count_format(value.integer, out);
    else
        return false;
    return true;
}

void sheet_fill_row(struct tui *tui, struct sheet *sheet, size_t i)
{
    const struct row_about *about = &sheet->about[i];
    buffer_clear(&sheet->labels[i]);
    buffer_clear(&sheet->values[i]);
    buffer_clear(&sheet->hints[i]);
    buffer_add_text(&sheet->hints[i], about->hint);
    add_label(tui, sheet, about, &sheet->labels[i]);
    if (!show_number(tui, sheet, about, &sheet->values[i]))
        sheet_describe(tui, sheet, about, &sheet->values[i]);
    sheet->rows[i] = (struct sheet_row){.kind = about->kind,
                                        .label = buffer_text(&sheet->labels[i]),
                                        .value = buffer_text(&sheet->values[i]),
                                        .rows = about->rows,
                                        .beside = about->beside};
    if (about->kind == SHEET_WORDS && sheet->record == RECORD_ITEM)
        set_row_options(tui, sheet, i);
    sheet->rows[i].hint = sheet->hints[i].length ? buffer_text(&sheet->hints[i]) : NULL;
}

/* A parked one has its z-number. */
void sheet_name(struct tui *tui, struct sheet *sheet)
{
    const struct moment *moment = &tui->details.moment;
    buffer_clear(&sheet->title);
    buffer_clear(&sheet->place);
    if (sheet->record == RECORD_BOARD) {
        buffer_add_text(&sheet->title, "This board");
        buffer_add_text(&sheet->place, tui->options->path);
        return;
    }
    bool parked = moment->state == STATE_PARKED;
    buffer_add_format(&sheet->title, "%s%lld %s", parked ? "z" : "", (long long)moment->number,
                      moment->title ? moment->title : "");
    if (parked)
        buffer_add_text(&sheet->place, "parked");
    else
        buffer_add_format(&sheet->place, "%lld of %lld", (long long)moment->number,
                          (long long)tui->meter.moments);
}
