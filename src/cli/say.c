#include "say.h"
#include "touchline/text.h"
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static void put_line(const char *front, const char *text, bool utf8)
{
    struct buffer line = {0};
    buffer_add_text(&line, front);
    if (isatty(STDERR_FILENO))
        text_show(&line, text, strlen(text), TEXT_ONE_LINE, !utf8);
    else
        buffer_add_text(&line, text);
    buffer_add_byte(&line, '\n');
    /* in one write, so that lines of several programs do not mix */
    (void)fflush(stdout);
    (void)!write(STDERR_FILENO, line.bytes, line.length);
    buffer_release(&line);
}

void say_error(const char *text, bool utf8)
{
    put_line("touchline: ", text, utf8);
}

void say_remark(const char *text, bool utf8)
{
    if (isatty(STDERR_FILENO))
        put_line("", text, utf8);
}

bool say_reader_is_gone(void)
{
    struct pollfd out = {.fd = STDOUT_FILENO, .events = POLLOUT};
    return poll(&out, 1, 0) == 1 && (out.revents & POLLERR);
}

static void tell_lost(int why, bool utf8)
{
    struct buffer text = {0};
    buffer_add_format(&text, "cannot write the output: %s",
                      why ? error_reason(why) : "a part of it failed");
    say_error(buffer_text(&text), utf8);
    buffer_release(&text);
}

void say_text(const struct buffer *text, bool utf8)
{
    struct buffer shown = {0};
    if (isatty(STDOUT_FILENO))
        text_show(&shown, buffer_text(text), text->length, TEXT_MANY_LINES, !utf8);
    else
        buffer_add(&shown, buffer_text(text), text->length);
    errno = 0;
    if (fwrite(buffer_text(&shown), 1, shown.length, stdout) < shown.length &&
        !say_reader_is_gone())
        tell_lost(errno, utf8); /* nobody knows the reason later */
    buffer_release(&shown);
}

bool say_finish(bool utf8)
{
    errno = 0;
    bool told = ferror(stdout) != 0;
    if (fflush(stdout) == 0 && !told)
        return true;
    if (errno == EPIPE || say_reader_is_gone())
        return true;
    if (!told)
        tell_lost(errno, utf8);
    return false;
}
