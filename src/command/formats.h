/* What a board is exported as. */
#ifndef COMMAND_FORMATS_H
#define COMMAND_FORMATS_H

#include "touchline/command.h"
#include "touchline/report.h"

/* Does something with the board's rows while they last. */
typedef enum status rows_user(void *data, const struct row_source *source, struct progress progress,
                              struct error *error);

/* Gives them to `use`; `hide`: without what people must not see. */
enum status export_rows(struct call *call, bool hide, rows_user *use, void *data,
                        struct error *error) MUST_USE;

/* Does something with a report while it lasts. */
typedef enum status report_user(void *data, const struct report *report,
                                const struct row_source *source, struct error *error);

/* Puts together what a report is made of and gives it to `use`: in one reading, and without what
 * people must not see. */
enum status report_make(struct call *call, report_user *use, void *data,
                        struct error *error) MUST_USE;

/* Writes the picture by way of rsvg-convert: as "pdf", a page a sheet, or as "png". STATUS_FAILED
 * when it is not on the PATH, or cannot do it. */
enum status report_convert(struct call *call, const char *format, FILE *file,
                           struct error *error) MUST_USE;

#endif
