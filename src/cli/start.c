#include "start.h"
#include <fcntl.h>
#include <langinfo.h>
#include <locale.h>
#include <signal.h>
#include <stddef.h>
#include <stdlib.h>
#include <strings.h>

/* One that was closed is opened the wrong way round, so that using it is an error, not silence. */
static bool hold(int descriptor)
{
    if (fcntl(descriptor, F_GETFD) >= 0)
        return true;
    return open("/dev/null", descriptor == 0 ? O_WRONLY : O_RDONLY) == descriptor;
}

bool start_safely(void)
{
    (void)signal(SIGPIPE, SIG_IGN);
    (void)signal(SIGXFSZ, SIG_IGN);
    return hold(0) && hold(1) && hold(2);
}

/* The variable that decides, as POSIX orders them. */
static const char *locale_name(void)
{
    static const char *const names[] = {"LC_ALL", "LC_CTYPE", "LANG"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *value = getenv(names[i]);
        if (value && *value)
            return value;
    }
    return "";
}

static bool ends_in_utf8(const char *name)
{
    for (; *name; name++)
        if (*name == '.')
            return strncasecmp(name, ".utf-8", 6) == 0 || strncasecmp(name, ".utf8", 5) == 0;
    return false;
}

bool start_locale(void)
{
    if (!setlocale(LC_CTYPE, "") && ends_in_utf8(locale_name()))
        (void)setlocale(LC_CTYPE, "C.UTF-8");
    bool utf8 = strcasecmp(nl_langinfo(CODESET), "UTF-8") == 0;
    if (!utf8) /* texts are UTF-8 all the same, and wcwidth() knows their columns by this alone */
        (void)setlocale(LC_CTYPE, "C.UTF-8");
    return utf8;
}
