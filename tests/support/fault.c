#include "fault.h"
#include "touchline/buffer.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

long fault_times(long in_check, long in_full)
{
    const char *form = getenv("TOUCHLINE_FAULT");
    return form && strcmp(form, "full") == 0 ? in_full : in_check;
}

uint64_t fault_seed(uint64_t usual)
{
    const char *wanted = getenv("TOUCHLINE_SEED");
    uint64_t seed = wanted ? strtoull(wanted, NULL, 10) : 0;
    return seed ? seed : usual;
}

void fault_figure(const char *format, ...)
{
    struct buffer line = {0};
    va_list arguments;
    va_start(arguments, format);
    buffer_add_format_list(&line, format, arguments);
    va_end(arguments);
    print_message("figure: %s\n", buffer_text(&line));
    buffer_release(&line);
}
