/* person: who is here, and who meets customers in his work (R13). */
#include "argument_rows.h"
#include "handler.h"
#include "touchline/text.h"
#include <string.h>

enum { NAME, ROLE, FRONT_LINE, BACK, HERE, AWAY, REMOVE };

static void print_person(struct call *call, const struct person *person)
{
    out_line(call, "%s%s%s%s%s%s", person->name, person->role ? " (" : "",
             person->role ? person->role : "", person->role ? ")" : "",
             person->front_line ? ", front line" : "", person->present ? ", here" : ", away");
}

static enum status list_people(struct call *call, struct error *error)
{
    struct people people = {0};
    enum status status = store_people(call->store, &people, error);
    for (size_t i = 0; status == STATUS_OK && i < people.count; i++)
        print_person(call, &people.at[i]);
    people_release(&people);
    return status == STATUS_OK ? out_check(call, error) : status;
}

/* The person of that name, without case; 0: none. */
static enum status find_person(struct call *call, int64_t *id, struct error *error)
{
    struct people people = {0};
    *id = 0;
    enum status status = store_people(call->store, &people, error);
    for (size_t i = 0; status == STATUS_OK && i < people.count; i++)
        if (text_compare(people.at[i].name, call->values[NAME]) == 0)
            *id = people.at[i].id;
    people_release(&people);
    return status;
}

static enum status add_person(struct work *work, int64_t *id, struct error *error)
{
    struct person person = {0};
    struct value name;
    struct buffer scratch = {0};
    record_init(RECORD_PERSON, &person);
    enum status status =
        argument_value(work->call, NAME, RECORD_PERSON, PERSON_NAME, &name, &scratch, error);
    if (status == STATUS_OK && name.type == VALUE_ABSENT)
        status = error_set(error, STATUS_USAGE, "a person cannot be without a name");
    if (status == STATUS_OK) {
        record_set(RECORD_PERSON, &person, PERSON_NAME, name);
        person.present = 1;
        status = edit_add(work->edit, RECORD_PERSON, &person, id, error);
    }
    buffer_release(&scratch);
    record_release(RECORD_PERSON, &person);
    return status;
}

static enum status set_options(struct work *work, int64_t id, struct error *error)
{
    static const struct {
        int option, field, value;
    } flags[] = {
        {FRONT_LINE, PERSON_FRONT_LINE, 1},
        {BACK, PERSON_FRONT_LINE, 0},
        {HERE, PERSON_PRESENT, 1},
        {AWAY, PERSON_PRESENT, 0},
    };
    struct call *call = work->call;
    enum status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < sizeof flags / sizeof *flags; i++)
        if (call->values[flags[i].option])
            status = edit_set(work->edit, RECORD_PERSON, id, flags[i].field,
                              value_integer(flags[i].value), NULL, error);
    if (status == STATUS_OK && call->values[ROLE]) {
        struct value role;
        struct buffer scratch = {0};
        status = argument_value(call, ROLE, RECORD_PERSON, PERSON_ROLE, &role, &scratch, error);
        if (status == STATUS_OK)
            status = edit_set(work->edit, RECORD_PERSON, id, PERSON_ROLE, role, NULL, error);
        buffer_release(&scratch);
    }
    return status;
}

static void say(struct work *work, const char *front, const char *back)
{
    struct buffer name = {0};
    add_cut(&name, work->call->values[NAME], 60);
    work_say(work, "%s%s%s", front, buffer_text(&name), back);
    buffer_release(&name);
}

static enum status set_person(struct work *work, struct error *error)
{
    struct call *call = work->call;
    const char *name = call->values[NAME];
    int64_t id;
    enum status status = find_person(call, &id, error);
    if (status != STATUS_OK)
        return status;
    if (call->values[REMOVE]) {
        say(work, "", " is off the list of people");
        return id ? edit_remove(work->edit, RECORD_PERSON, id, error)
                  : error_set(error, STATUS_NOT_FOUND, "there is no person called %s", name);
    }
    say(work, id ? "Changed " : "", id ? " in the list of people" : " is on the list of people");
    if (!id)
        status = add_person(work, &id, error);
    return status == STATUS_OK ? set_options(work, id, error) : status;
}

static enum status run(struct call *call, struct error *error)
{
    struct work work;
    if (!call->values[NAME])
        return list_people(call, error);
    enum status status = work_begin_board(&work, call, error);
    return status == STATUS_OK ? work_end(&work, set_person(&work, error), error) : status;
}

const struct command command_person = {
    .name = "person",
    .scope = COMMAND_BOARD,
    .group = GROUP_BOARD,
    .label = "Person",
    .summary = "Put a person on the list of who is here, or list them",
    .details = "One who is on the list already is changed. Without NAME they are listed.\n"
               "\n"
               "Example:\n"
               "  touchline person cab.touchline Wally --role driver --front-line",
    .arguments = ARGUMENTS(POSITION(NAME, "NAME", ARGUMENT_TEXT, "the person's name"),
                           OPTION(ROLE, "role", 'r', ARGUMENT_TEXT, "what the person does"),
                           FLAG(FRONT_LINE, "front-line", 0, "meets customers in the daily work"),
                           FLAG(BACK, "no-front-line", 0, "does not"),
                           FLAG(HERE, "here", 0, "is in the room"), FLAG(AWAY, "away", 0, "is not"),
                           FLAG(REMOVE, "remove", 0, "take the person off the list")),
    .run = run,
};
