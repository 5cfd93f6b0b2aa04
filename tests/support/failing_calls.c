#include "failing_calls.h"
#include <errno.h>
#include <stddef.h>

#ifdef __linux__

#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static const struct {
    int number, kind;
} watched[] = {
    {SYS_openat, FAILING_OPEN},        {SYS_read, FAILING_READ},
    {SYS_pread64, FAILING_READ},       {SYS_write, FAILING_WRITE},
    {SYS_pwrite64, FAILING_WRITE},     {SYS_writev, FAILING_WRITE},
    {SYS_fsync, FAILING_SYNC},         {SYS_fdatasync, FAILING_SYNC},
    {SYS_ftruncate, FAILING_TRUNCATE}, {SYS_unlinkat, FAILING_UNLINK},
    {SYS_renameat2, FAILING_RENAME},   {SYS_linkat, FAILING_RENAME},
    {SYS_close, FAILING_CLOSE},
#ifdef SYS_open /* what newer machines do without */
    {SYS_open, FAILING_OPEN},          {SYS_unlink, FAILING_UNLINK},
    {SYS_rename, FAILING_RENAME},      {SYS_link, FAILING_RENAME},
#endif
#ifdef SYS_renameat
    {SYS_renameat, FAILING_RENAME},
#endif
};
enum { WATCHED = sizeof watched / sizeof *watched };

/* --- beside the process ----------------------------------------------------------------------- */

static bool is_terminal(const struct seccomp_notif *asked)
{
    char link[64], target[16];
    (void)snprintf(link, sizeof link, "/proc/%u/fd/%llu", asked->pid, asked->data.args[0]);
    ssize_t length = readlink(link, target, sizeof target);
    return length > 8 && (memcmp(target, "/dev/pts", 8) == 0 || memcmp(target, "/dev/tty", 8) == 0);
}

static int kind_of(const struct seccomp_notif *asked)
{
    int kind = 0;
    const struct seccomp_data *call = &asked->data;
    for (size_t i = 0; i < WATCHED; i++)
        if (watched[i].number == call->nr)
            kind = watched[i].kind;
    bool on_descriptor = kind == FAILING_READ || kind == FAILING_WRITE || kind == FAILING_CLOSE;
    if (!on_descriptor)
        return kind;
    if (call->args[0] > STDERR_FILENO)
        return is_terminal(asked) ? 0 : kind;
    return kind == FAILING_WRITE && call->args[0] == STDOUT_FILENO ? FAILING_OUTPUT : 0;
}

static bool fails(struct failing *failing, int kind)
{
    if (!(kind & failing->kinds))
        return false;
    long now = failing->calls++;
    bool failing_now = failing->fail_at >= 0 &&
                       (now == failing->fail_at || (failing->for_good && now > failing->fail_at));
    if (failing_now)
        failing->failed |= kind;
    return failing_now;
}

/* What is synced here is soon gone, and nobody takes the power away: that would only be slow. */
static void answer(struct failing *failing, int listener, const struct seccomp_notif *asked)
{
    struct seccomp_notif_resp response = {.id = asked->id};
    int kind = kind_of(asked);
    if (fails(failing, kind))
        response.error = -failing->error;
    else if (kind != FAILING_SYNC)
        response.flags = SECCOMP_USER_NOTIF_FLAG_CONTINUE;
    (void)ioctl(listener, SECCOMP_IOCTL_NOTIF_SEND, &response);
}

static int receive_listener(int from)
{
    char byte, control[CMSG_SPACE(sizeof(int))];
    struct iovec bytes = {&byte, 1};
    struct msghdr message = {.msg_iov = &bytes,
                             .msg_iovlen = 1,
                             .msg_control = control,
                             .msg_controllen = sizeof control};
    int listener = -1;
    if (recvmsg(from, &message, 0) == 1 && CMSG_FIRSTHDR(&message))
        memcpy(&listener, CMSG_DATA(CMSG_FIRSTHDR(&message)), sizeof listener);
    return listener;
}

/* Holds nothing that the other one has open, and ends with it. */
static _Noreturn void stand_beside(struct failing *failing, int from)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    (void)setsid();
    for (int other = 0; other < 256; other++)
        if (other != from)
            (void)close(other);
    int listener = receive_listener(from);
    for (;;) {
        struct seccomp_notif asked = {0};
        if (ioctl(listener, SECCOMP_IOCTL_NOTIF_RECV, &asked) == 0)
            answer(failing, listener, &asked);
        else if (errno != EINTR && errno != ENOENT)
            _exit(1);
    }
}

/* --- in the process --------------------------------------------------------------------------- */

/* A listener on all calls that are watched; -1 where the kernel has none. */
static int listen_to_calls(void)
{
    struct sock_filter filter[WATCHED + 3];
    unsigned short length = 0;
    filter[length++] =
        (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr));
    for (size_t i = 0; i < WATCHED; i++)
        filter[length++] =
            (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (unsigned)watched[i].number,
                                         (unsigned char)(WATCHED - i), 0);
    filter[length++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
    filter[length++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_USER_NOTIF);
    const struct sock_fprog program = {.len = length, .filter = filter};
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        return -1;
    return (int)syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_NEW_LISTENER,
                        &program);
}

static bool send_listener(int to, int listener)
{
    char byte = 'l', control[CMSG_SPACE(sizeof(int))] = {0};
    struct iovec bytes = {&byte, 1};
    struct msghdr message = {.msg_iov = &bytes,
                             .msg_iovlen = 1,
                             .msg_control = control,
                             .msg_controllen = sizeof control};
    struct cmsghdr *header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(sizeof listener);
    memcpy(CMSG_DATA(header), &listener, sizeof listener);
    return sendmsg(to, &message, 0) == 1;
}

void failing_enter(struct failing *failing)
{
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
        _exit(125);
    pid_t beside = fork();
    if (beside == 0)
        stand_beside(failing, ends[1]);
    int listener = beside > 0 ? listen_to_calls() : -1;
    if (listener < 0 || !send_listener(ends[0], listener))
        _exit(125);
    (void)close(listener);
    (void)close(ends[0]);
    (void)close(ends[1]);
}

/* --- for the test ----------------------------------------------------------------------------- */

/* Whether a call that shall fail fails here. */
static bool works(struct failing *failing)
{
    int status = 0;
    failing_plan(failing, FAILING_OPEN, 0, false, ENOTTY);
    pid_t child = fork();
    if (child == 0) {
        failing_enter(failing);
        _exit(open("/", O_RDONLY) < 0 && errno == ENOTTY ? 0 : 1);
    }
    return child > 0 && waitpid(child, &status, 0) == child && status == 0;
}

struct failing *failing_new(void)
{
    struct failing *failing =
        mmap(NULL, sizeof *failing, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (failing == MAP_FAILED)
        return NULL;
    if (!works(failing)) {
        failing_free(failing);
        return NULL;
    }
    failing_plan(failing, 0, -1, false, 0);
    return failing;
}

void failing_free(struct failing *failing)
{
    if (failing)
        (void)munmap(failing, sizeof *failing);
}

#else

struct failing *failing_new(void)
{
    return NULL;
}

void failing_free(struct failing *failing)
{
    (void)failing;
}

void failing_enter(struct failing *failing)
{
    (void)failing;
}

#endif

void failing_plan(struct failing *failing, int kinds, long n, bool for_good, int error)
{
    failing->kinds = 0;
    failing->fail_at = n;
    failing->for_good = for_good;
    failing->error = error;
    failing->calls = 0;
    failing->failed = 0;
    failing->kinds = kinds;
}
