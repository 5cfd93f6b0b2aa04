/* The sheet: all fields of a moment, or of the board. What is typed is saved when the field is
 * left, a word of a list at once; one undo each. */
#include "sheet.h"
#include "touchline/memory.h"
#include "touchline/text.h"
#include <string.h>

/* --- drawing ---------------------------------------------------------------------------------- */

static bool types_here(const struct sheet *sheet)
{
    return sheet->about[sheet->selected].kind == SHEET_TEXT;
}

static const struct key_item moment_keys[] = {
    {"Tab", "Field", 2},  {"Enter", "Next", 1}, {"C-o", "Editor", 3}, {"PgUp", "Moment before", 5},
    {"PgDn", "after", 5}, {"Esc", "Back", 0},   {"F1", "Help", 0}};
static const struct key_item board_keys[] = {{"Tab", "Field", 2},
                                             {"Enter", "Next", 1},
                                             {"C-o", "Editor", 3},
                                             {"Esc", "Back", 0},
                                             {"F1", "Help", 0}};

static struct sheet_screen screen_of(struct tui *tui, struct sheet *sheet)
{
    const struct moment *moment = &tui->details.moment;
    bool on_line = sheet->record == RECORD_ITEM && moment->state == STATE_LIVE;
    for (size_t i = 0; i < sheet->count; i++)
        sheet_fill_row(tui, sheet, i);
    sheet_name(tui, sheet);
    struct sheet_screen screen = {.title = buffer_text(&sheet->title),
                                  .place = buffer_text(&sheet->place),
                                  .before = on_line && moment->number > 1,
                                  .after = on_line && moment->number < tui->meter.moments,
                                  .rows = sheet->rows,
                                  .count = sheet->count,
                                  .selected = sheet->selected,
                                  .message = tui_message(tui),
                                  .warning = tui_message_warns(tui),
                                  .keys = board_keys,
                                  .key_count = sizeof board_keys / sizeof *board_keys};
    if (sheet->record == RECORD_ITEM) {
        screen.keys = moment_keys;
        screen.key_count = sizeof moment_keys / sizeof *moment_keys;
    }
    if (types_here(sheet))
        screen.typed =
            (struct typed){.text = buffer_text(&sheet->input.text), .cursor = sheet->input.cursor};
    return screen;
}

static void sheet_draw(struct tui *tui, struct mode *mode, struct frame *frame)
{
    struct sheet_screen screen = screen_of(tui, (struct sheet *)mode);
    view_sheet(frame, &screen);
}

/* --- saving ----------------------------------------------------------------------------------- */

static bool is_typed(const struct sheet *sheet)
{
    return types_here(sheet) && strcmp(buffer_text(&sheet->input.text), sheet->seen) != 0;
}

static void see_row(struct tui *tui, struct sheet *sheet, const char *text)
{
    int field = sheet->about[sheet->selected].field;
    memory_replace(&sheet->seen, text);
    sheet->before = field < 0 ? value_absent() : sheet_value(tui, sheet, field);
    if (sheet->before.type == VALUE_TEXT)
        sheet->before = value_text(sheet->seen);
}

/* Only a text has a limit in bytes. */
static void limit_row(struct sheet *sheet)
{
    int row = sheet->about[sheet->selected].field;
    const struct field *fields = record_type(sheet->record)->fields;
    const struct field *field = row >= 0 ? &fields[row] : NULL;
    bool text = field && field_holds_text(field);
    sheet->input.most = text ? (size_t)field->max : 0;
    sheet->input.what = text ? field->label : NULL;
}

static void begin_row(struct tui *tui, struct sheet *sheet)
{
    struct buffer value = {0};
    tui_refresh(tui);
    sheet_describe(tui, sheet, &sheet->about[sheet->selected], &value);
    see_row(tui, sheet, buffer_text(&value));
    typing_set(&sheet->input, types_here(sheet) ? buffer_text(&value) : NULL);
    limit_row(sheet);
    buffer_release(&value);
}

/* Against what was seen: another's change since then is told, not overwritten. */
static enum status set_field(struct tui *tui, struct sheet *sheet, int field, struct value seen,
                             const char *text)
{
    int64_t ignored;
    struct buffer words = {0};
    struct id_words id = id_words(sheet->id);
    buffer_add_format(&words, "%s=%s", record_type(sheet->record)->fields[field].name, text);
    const struct named board[] = {{"FIELD=VALUE", buffer_text(&words)}, {NULL, NULL}};
    const struct set_word word = {buffer_text(&words), seen};
    tui->seen = &seen;
    enum status status = sheet->record == RECORD_BOARD
                             ? tui_call_named(tui, "board", board, &ignored)
                             : tui_set(tui, id.text, NULL, NULL, &word, 1);
    tui->seen = NULL;
    buffer_release(&words);
    return status;
}

static int64_t phase_called(struct tui *tui, const char *title)
{
    const struct phases *phases = tui_phases(tui);
    for (size_t i = 0; i < phases->count; i++)
        if (strcmp(phases->at[i].title, title) == 0)
            return phases->at[i].id;
    return 0;
}

/* The name of a phase that is there moves the moment to its end; a new one begins a phase here. */
static enum status set_phase(struct tui *tui, struct sheet *sheet, const char *text)
{
    struct error error;
    int64_t ignored, last = 0, phase = phase_called(tui, text);
    struct id_words id = id_words(sheet->id);
    if (!phase) {
        const struct named values[] = {{"N", id.text}, {"NAME", text}, {NULL, NULL}};
        return tui_call_named(tui, "phase", values, &ignored);
    }
    if (phase == tui->details.moment.phase)
        return STATUS_OK;
    if (store_phase_end(tui->store, phase, &last, &error) != STATUS_OK) {
        tui_error(tui, &error);
        return error.status;
    }
    struct id_words place = id_words(last);
    const struct named values[] = {{"N", id.text}, {"after", place.text}, {NULL, NULL}};
    return tui_call_named(tui, "move", values, &ignored);
}

/* What another has made of the field is told and counts as seen: what is typed stays, and saving it
 * once more is meant. */
static void see_theirs(struct tui *tui, struct sheet *sheet)
{
    struct buffer theirs = {0};
    sheet_describe(tui, sheet, &sheet->about[sheet->selected], &theirs);
    see_row(tui, sheet, buffer_text(&theirs));
    sheet->refused = true;
    if (theirs.length == 0)
        tui_warn(tui, "Another has emptied it meanwhile. Enter writes yours, Esc leaves it.");
    else
        tui_warn(tui, "Enter writes yours over another's, Esc leaves it: %s", buffer_text(&theirs));
    buffer_release(&theirs);
}

/* False when what was typed cannot be saved: it stays in the field. */
static bool save_row(struct tui *tui, struct sheet *sheet)
{
    int field = sheet->about[sheet->selected].field;
    const char *text = buffer_text(&sheet->input.text);
    if (!is_typed(sheet))
        return true;
    tui_refresh(tui);
    enum status status = field == PHASE_ROW ? set_phase(tui, sheet, text)
                                            : set_field(tui, sheet, field, sheet->before, text);
    tui_refresh(tui);
    if (status == STATUS_OK)
        see_row(tui, sheet, text);
    else if (status == STATUS_CONFLICT)
        see_theirs(tui, sheet);
    return status == STATUS_OK;
}

/* --- keys ------------------------------------------------------------------------------------- */

static void go_to_row(struct tui *tui, struct sheet *sheet, int by)
{
    size_t to = sheet->selected;
    if (!save_row(tui, sheet))
        return;
    do
        to = (to + sheet->count + (size_t)by) % sheet->count;
    while (sheet->about[to].kind == SHEET_HEADING || sheet->about[to].kind == SHEET_FACT);
    sheet->selected = to;
    begin_row(tui, sheet);
}

static void show_moment(struct tui *tui, struct sheet *sheet, int64_t id)
{
    sheet->id = sheet->mode.about = id;
    tui_select(tui, id, true);
    tui->stale_details = true;
    begin_row(tui, sheet);
}

static void go_to_moment(struct tui *tui, struct sheet *sheet, int64_t by)
{
    struct error error;
    int64_t to = 0;
    if (sheet->record != RECORD_ITEM || !save_row(tui, sheet))
        return;
    if (store_step(tui->store, sheet->id, by, &tui->session.filter, &to, &error) != STATUS_OK)
        tui_error(tui, &error);
    else if (to == sheet->id)
        tui_say(tui, by < 0 ? "This is the first moment." : "This is the last moment.");
    else
        show_moment(tui, sheet, to);
}

static void choose(struct tui *tui, const struct sheet *sheet, bool chosen)
{
    int64_t ignored;
    if (chosen && tui->meter.chosen >= METHOD_CHOSEN_MOST)
        tui_warn(tui, "Five are chosen already: x on the board asks which one goes instead.");
    else
        (void)tui_call_on(tui, chosen ? "choose" : "unchoose", sheet->id, &ignored);
}

/* `option` beyond the last: none. */
static void set_option(struct tui *tui, struct sheet *sheet, size_t row, size_t option)
{
    static const char *const ratings[] = {"unrated", "miserable", "neutral", "magical"};
    static const char *const targets[] = {"", "neutral", "magical"};
    int field = sheet->about[row].field;
    bool none = option >= sheet->rows[row].option_count;
    const char *word = "";
    if (!tui_may_write(tui))
        return;
    if (field == ITEM_CHOSEN) {
        choose(tui, sheet, !none && option == 1);
        return;
    }
    if (field == ITEM_CHANNEL)
        word = none ? "" : tui->channels.at[option].letter;
    else if (!none)
        word = field == ITEM_RATING ? ratings[option] : targets[option];
    (void)set_field(tui, sheet, field, sheet_value(tui, sheet, field), word);
}

/* The letters of channels; else what the words begin with. */
static const char *key_of_option(struct tui *tui, const struct sheet *sheet, size_t option)
{
    size_t row = sheet->selected;
    return sheet->about[row].field == ITEM_CHANNEL ? tui->channels.at[option].letter
                                                   : sheet->rows[row].options[option];
}

static bool means_option(struct tui *tui, const struct sheet *sheet, size_t option, uint32_t point)
{
    uint32_t wanted;
    const char *text = key_of_option(tui, sheet, option);
    (void)text_decode(text, strlen(text), &wanted);
    return wanted == point ||
           ((wanted | 0x20) == (point | 0x20) && (point | 0x20) >= 'a' && (point | 0x20) <= 'z');
}

static void option_key(struct tui *tui, struct sheet *sheet, struct key key)
{
    size_t row = sheet->selected;
    sheet_fill_row(tui, sheet, row); /* typed ahead, it was not drawn yet */
    size_t now = sheet->rows[row].option, count = sheet->rows[row].option_count;
    bool plain = key.code == K_CHAR && key.modifiers == 0;
    for (size_t i = 0; plain && i < count; i++)
        if (means_option(tui, sheet, i, key.point)) {
            set_option(tui, sheet, row, i);
            return;
        }
    if (key.code == K_LEFT && now > 0)
        set_option(tui, sheet, row, now - 1);
    else if (key.code == K_RIGHT && now + 1 < count)
        set_option(tui, sheet, row, now + 1);
    else if (key.code == K_RIGHT && now == count)
        set_option(tui, sheet, row, 0);
    else if (plain && key.point == ' ')
        set_option(tui, sheet, row, now + 1 < count ? now + 1 : 0);
    else if (key.code == K_BACKSPACE || key.code == K_DELETE || (plain && key.point == '0'))
        set_option(tui, sheet, row, sheet->about[row].field == ITEM_CHANNEL ? count : 0);
    else if (plain)
        tui_say(tui, "Left and Right, Space or the first letter choose; 0 is none.");
}

static void leave(struct tui *tui, struct sheet *sheet)
{
    if (!sheet->refused && !save_row(tui, sheet)) {
        if (!sheet->refused)
            buffer_add_text(&tui->message, " Esc again drops what was typed.");
        sheet->refused = true;
        return;
    }
    tui_pop(tui);
}

static void enter(struct tui *tui, struct sheet *sheet)
{
    int field = sheet->about[sheet->selected].field;
    if (field == LEDGER_ROW) {
        ledger_open(tui, sheet->id);
        return;
    }
    if (sheet->about[sheet->selected].kind == SHEET_OPENS) {
        tui->session.pane = field == IDEAS_ROW ? PANE_IDEAS : PANE_ACTIONS;
        tui->session.line = 0;
        tui_pop(tui);
        return;
    }
    go_to_row(tui, sheet, +1);
}

static void open_in_editor(struct tui *tui, struct sheet *sheet)
{
    int field = sheet->about[sheet->selected].field;
    if (!tui_may_write(tui) || !types_here(sheet) || field < 0 || !save_row(tui, sheet))
        return;
    editor_open(tui, sheet->record, sheet->record == RECORD_BOARD ? 1 : sheet->id, field);
    begin_row(tui, sheet);
}

static bool is_ctrl(struct key key, uint32_t letter)
{
    return key.code == K_CHAR && key.modifiers == KEY_CTRL && key.point == letter;
}

static void type(struct tui *tui, struct sheet *sheet, const struct event *event)
{
    if (tui_may_write(tui))
        (void)typing_event(&sheet->input, event);
}

static void sheet_event(struct tui *tui, struct mode *mode, const struct event *event)
{
    struct sheet *sheet = (struct sheet *)mode;
    struct key key = event->key;
    tui_refresh(tui);
    if (!tui_is_leaving(key))
        sheet->refused = false;
    if (tui_is_leaving(key))
        leave(tui, sheet);
    else if (key.code == K_ENTER)
        enter(tui, sheet);
    else if (key.code == K_TAB || key.code == K_DOWN || key.code == K_UP)
        go_to_row(tui, sheet, key.code == K_UP || key.modifiers & KEY_SHIFT ? -1 : +1);
    else if (key.code == K_PAGE_UP || key.code == K_PAGE_DOWN)
        go_to_moment(tui, sheet, key.code == K_PAGE_UP ? -1 : +1);
    else if (is_ctrl(key, 'o'))
        open_in_editor(tui, sheet);
    else if (key.code == K_F1)
        help_open(tui, false);
    else if (sheet->about[sheet->selected].kind == SHEET_WORDS)
        option_key(tui, sheet, key);
    else if (types_here(sheet))
        type(tui, sheet, event);
}

/* --- the mouse -------------------------------------------------------------------------------- */

static void go_to_hit(struct tui *tui, struct sheet *sheet, size_t row)
{
    if (row >= sheet->count || sheet->about[row].kind == SHEET_HEADING ||
        sheet->about[row].kind == SHEET_FACT || row == sheet->selected || !save_row(tui, sheet))
        return;
    sheet->selected = row;
    begin_row(tui, sheet);
}

static void sheet_mouse(struct tui *tui, struct mode *mode, const struct mouse *mouse,
                        struct key *key)
{
    struct sheet *sheet = (struct sheet *)mode;
    struct sheet_screen screen = screen_of(tui, sheet);
    struct view_hit hit =
        view_sheet_hit(&screen, tui->frame.rows, tui->frame.columns, mouse->row, mouse->column);
    if (mouse->act == MOUSE_WHEEL_UP || mouse->act == MOUSE_WHEEL_DOWN)
        *key = (struct key){.code = mouse->act == MOUSE_WHEEL_UP ? K_UP : K_DOWN};
    if (mouse->act != MOUSE_PRESS || mouse_on_key(screen.keys, screen.key_count, &hit, key))
        return;
    if (hit.what == VIEW_LEFT || hit.what == VIEW_RIGHT)
        go_to_moment(tui, sheet, hit.what == VIEW_LEFT ? -1 : +1);
    else if (hit.what == VIEW_PROMPT && hit.index >= 0)
        sheet->input.cursor = (size_t)hit.index;
    else if (hit.what == VIEW_LINE || hit.what == VIEW_OPTION)
        go_to_hit(tui, sheet, (size_t)hit.index);
    if (hit.what == VIEW_OPTION && sheet->selected == (size_t)hit.index)
        set_option(tui, sheet, sheet->selected, (size_t)hit.id);
}

/* --- what becomes of it ----------------------------------------------------------------------- */

static const char *sheet_draft(struct mode *mode)
{
    const struct sheet *sheet = (const struct sheet *)mode;
    return is_typed(sheet) ? buffer_text(&sheet->input.text) : NULL;
}

static struct typing *sheet_typing(struct mode *mode)
{
    struct sheet *sheet = (struct sheet *)mode;
    return types_here(sheet) ? &sheet->input : NULL;
}

/* The line dropped: what was typed is saved, as leaving the field would. */
static void sheet_keep(struct tui *tui, struct mode *mode)
{
    struct sheet *sheet = (struct sheet *)mode;
    if (!sheet->refused)
        (void)save_row(tui, sheet);
}

/* Another has deleted the moment: there is nothing to write on any more. */
static bool sheet_stands(struct tui *tui, struct mode *mode)
{
    const struct sheet *sheet = (const struct sheet *)mode;
    const struct moment *moment = &tui->details.moment;
    if (sheet->record != RECORD_ITEM || moment->id != sheet->id || moment->state != STATE_DELETED)
        return true;
    if (is_typed(sheet)) {
        memory_replace(&tui->half_line, buffer_text(&sheet->input.text));
        tui_warn(tui, "Another has deleted this moment. What you typed is kept for the next a.");
    } else {
        tui_warn(tui, "Another has deleted this moment.");
    }
    return false;
}

static void sheet_release(struct mode *mode)
{
    struct sheet *sheet = (struct sheet *)mode;
    for (size_t i = 0; i < SHEET_ROWS_MOST; i++) {
        buffer_release(&sheet->labels[i]);
        buffer_release(&sheet->values[i]);
        buffer_release(&sheet->hints[i]);
    }
    for (size_t i = 0; i < SHEET_OPTIONS_MOST; i++)
        buffer_release(&sheet->channels[i]);
    buffer_release(&sheet->title);
    buffer_release(&sheet->place);
    typing_release(&sheet->input);
    memory_free(sheet->seen);
}

static const struct mode_type sheet_type = {.draw = sheet_draw,
                                            .event = sheet_event,
                                            .mouse = sheet_mouse,
                                            .typing = sheet_typing,
                                            .draft = sheet_draft,
                                            .keep = sheet_keep,
                                            .stands = sheet_stands,
                                            .release = sheet_release};

static void open_sheet(struct tui *tui, enum record record, int64_t id)
{
    struct sheet *sheet = memory_new(1, sizeof *sheet);
    sheet->mode.type = &sheet_type;
    sheet->record = record;
    sheet->id = id;
    sheet->mode.about = record == RECORD_ITEM ? id : 0;
    sheet_choose_rows(sheet);
    tui_push(tui, &sheet->mode);
    begin_row(tui, sheet);
}

void sheet_open(struct tui *tui, int64_t moment)
{
    bool parked = false;
    for (size_t i = 0; i < tui->parked.count; i++)
        parked |= tui->parked.at[i].id == moment;
    if (!parked)
        tui_select(tui, moment, true);
    open_sheet(tui, RECORD_ITEM, moment);
}

void board_sheet_open(struct tui *tui)
{
    open_sheet(tui, RECORD_BOARD, 1);
}
