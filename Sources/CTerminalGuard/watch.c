#define _GNU_SOURCE
#include "CTerminalGuard.h"

#include <signal.h>
#include <unistd.h>

static const struct {
    int signal;
    char byte;
} watched[] = {
    {SIGWINCH, GUARD_RESIZED},    {SIGHUP, GUARD_HUNG_UP},     {SIGTERM, GUARD_TERMINATED},
    {SIGINT, GUARD_INTERRUPTED}, {SIGTSTP, GUARD_STOP_ASKED}, {SIGCONT, GUARD_CONTINUED},
};
enum { WATCHED = sizeof watched / sizeof watched[0] };

static struct sigaction before[WATCHED];
static volatile sig_atomic_t wake = -1;

static void tell(int signal) {
    int fd = wake;
    if (fd < 0) return;
    for (int i = 0; i < WATCHED; i++)
        if (watched[i].signal == signal) guard_write_byte(fd, watched[i].byte);
}

int guard_watch(int wake_fd) {
    if (wake >= 0) return -1;
    wake = wake_fd;
    struct sigaction action = {.sa_handler = tell, .sa_flags = SA_RESTART};
    sigfillset(&action.sa_mask);
    for (int i = 0; i < WATCHED; i++) {
        sigaction(watched[i].signal, &action, &before[i]);
        // nohup and the like: what was to be ignored stays ignored.
        if (before[i].sa_handler == SIG_IGN) sigaction(watched[i].signal, &before[i], NULL);
    }
    return 0;
}

void guard_unwatch(void) {
    if (wake < 0) return;
    for (int i = 0; i < WATCHED; i++) sigaction(watched[i].signal, &before[i], NULL);
    wake = -1;
}

void guard_stop(void) {
    struct sigaction ignore = {.sa_handler = SIG_IGN}, stop = {.sa_handler = SIG_DFL}, mine;
    sigaction(SIGTSTP, &ignore, &mine);
    // The rest of the job first (a shell waits until all of it has stopped), then, by a signal that only this
    // thread can take, ourselves: raise returns when we have been continued.
    kill(0, SIGTSTP);
    sigaction(SIGTSTP, &stop, NULL);
    raise(SIGTSTP);
    sigaction(SIGTSTP, &mine, NULL);
}
