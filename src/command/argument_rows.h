/* Rows of a command's table of arguments. `index` is where the handler finds the value; what a row
 * has besides is written as `.ask = "Who?"`. */
#ifndef COMMAND_ARGUMENT_ROWS_H
#define COMMAND_ARGUMENT_ROWS_H

/* The table as one macro, which clang-format indents as people would. */
#define ARGUMENTS(...)                                                                             \
    {                                                                                              \
        __VA_ARGS__                                                                                \
    }

#define POSITION(index, is_name, is_type, is_help, ...)                                            \
    [index] = {.name = is_name, .type = is_type, .help = is_help, __VA_ARGS__}
#define OPTION(index, is_name, is_letter, is_type, is_help, ...)                                   \
    [index] = {.name = is_name,                                                                    \
               .letter = is_letter,                                                                \
               .type = is_type,                                                                    \
               .option = true,                                                                     \
               .help = is_help,                                                                    \
               __VA_ARGS__}
#define FLAG(index, is_name, is_letter, is_help)                                                   \
    OPTION(index, is_name, is_letter, ARGUMENT_FLAG, is_help)

/* What many commands have. */
#define MOMENT_ROW(index)                                                                          \
    POSITION(index, "N", ARGUMENT_MOMENT, "a moment: its number, z2 (parked) or id:31",            \
             .required = true)
#define ITEM_ROW(index)                                                                            \
    POSITION(index, "N", ARGUMENT_MOMENT, "a moment: its number, z2, or id:31, also of a phase",   \
             .required = true)
#define JSON_ROW(index) FLAG(index, "json", 0, "as JSON, with ids")

#endif
