/* wave: a few actions put in together, and what customers answered to them (R20). */
#include "argument_rows.h"
#include "handler.h"
#include "touchline/agenda.h"

enum { NUMBER, RESPONSE, JSON };

/* --- telling ---------------------------------------------------------------------------------- */

/* "Wave 1: 2 of 4 finished" and the answer to it. */
static void print_wave(struct call *call, const struct agenda_wave *wave)
{
    out_line(call, "Wave %lld: %zu of %zu finished", (long long)wave->number, wave->finished,
             wave->actions);
    if (wave->response)
        out_text(call, "  Response", wave->response, 4);
}

static enum status list_waves(struct call *call, int64_t only, struct error *error)
{
    struct plan plan = {0};
    struct waves waves = {0};
    struct agenda_wave wave = {0};
    bool found = false;
    enum status status = store_plan(call->store, &plan, error);
    if (status == STATUS_OK)
        status = store_waves(call->store, &waves, error);
    while (status == STATUS_OK && agenda_next_wave(&plan, &waves, &wave)) {
        if (only && wave.number != only)
            continue;
        print_wave(call, &wave);
        found = true;
    }
    plan_release(&plan);
    waves_release(&waves);
    if (status == STATUS_OK && only && !found)
        return error_set(error, STATUS_NOT_FOUND, "there is no wave %lld", (long long)only);
    return status == STATUS_OK ? out_check(call, error) : status;
}

/* --- the answer ------------------------------------------------------------------------------- */

static enum status add_wave(struct work *work, int64_t number, struct value response,
                            struct error *error)
{
    struct wave wave = {0};
    int64_t id;
    record_init(RECORD_WAVE, &wave);
    wave.number = number;
    record_set(RECORD_WAVE, &wave, WAVE_RESPONSE, response);
    enum status status = edit_add(work->edit, RECORD_WAVE, &wave, &id, error);
    record_release(RECORD_WAVE, &wave);
    return status;
}

static enum status set_response(struct work *work, int64_t number, struct error *error)
{
    struct waves waves = {0};
    struct value response;
    struct buffer scratch = {0};
    enum status status = argument_value(work->call, RESPONSE, RECORD_WAVE, WAVE_RESPONSE, &response,
                                        &scratch, error);
    if (status == STATUS_OK)
        status = store_waves(work->call->store, &waves, error);
    const struct wave *wave = waves_by_number(&waves, number);
    if (status == STATUS_OK && wave)
        status = edit_set(work->edit, RECORD_WAVE, wave->id, WAVE_RESPONSE, response, NULL, error);
    else if (status == STATUS_OK && response.type != VALUE_ABSENT)
        status = add_wave(work, number, response, error);
    work_say(work,
             response.type == VALUE_ABSENT ? "Took the response to wave %lld off"
                                           : "Noted the response to wave %lld",
             (long long)number);
    buffer_release(&scratch);
    waves_release(&waves);
    return status;
}

static enum status run(struct call *call, struct error *error)
{
    struct work work;
    int64_t number = 0;
    if (call->values[JSON])
        return out_json(call, &(struct json_wanted){.what = JSON_WAVES}, error);
    if (!call->values[NUMBER] && call->values[RESPONSE])
        return error_set(error, STATUS_USAGE, "say which wave: wave 1 --response TEXT");
    enum status status = STATUS_OK;
    if (call->values[NUMBER])
        status = argument_number(call, NUMBER, &number, error);
    if (status != STATUS_OK)
        return status;
    if (!call->values[RESPONSE])
        return list_waves(call, number, error);
    status = work_begin_board(&work, call, error);
    return status == STATUS_OK ? work_end(&work, set_response(&work, number, error), error)
                               : status;
}

const struct command command_wave = {
    .name = "wave",
    .scope = COMMAND_BOARD,
    .group = GROUP_PLAN,
    .label = "Wave",
    .summary = "Note what customers answered to a wave, or list the waves",
    .details = "Changes go in a few at a time; when customers answer well, more follow. An action "
               "belongs to a wave by 'set N --action 1 wave=2'. An empty TEXT takes the response "
               "off.\n"
               "\n"
               "Example:\n"
               "  touchline wave cab.touchline 1 --response 'Wally is asked for'",
    .arguments = ARGUMENTS(POSITION(NUMBER, "WAVE", ARGUMENT_NUMBER, "its number, from 1"),
                           OPTION(RESPONSE, "response", 'r', ARGUMENT_TEXT,
                                  "what customers answered to it", .position = true),
                           JSON_ROW(JSON)),
    .run = run,
};
