/* Arguments that many commands have. */
#ifndef COMMAND_ARGUMENT_ROWS_H
#define COMMAND_ARGUMENT_ROWS_H

#define MOMENT_ROW                                                                                 \
    {                                                                                              \
        .name = "N", .type = ARGUMENT_MOMENT, .required = true,                                    \
        .help = "the moment: its number, z2 (parked) or id:31"                                     \
    }

#define ITEM_ROW                                                                                   \
    {                                                                                              \
        .name = "N", .type = ARGUMENT_MOMENT, .required = true,                                    \
        .help = "a moment: its number, z2, or id:31, also of a phase"                              \
    }

#define JSON_ROW                                                                                   \
    {                                                                                              \
        .name = "json", .type = ARGUMENT_FLAG, .option = true, .help = "as JSON, with ids"         \
    }

#endif
