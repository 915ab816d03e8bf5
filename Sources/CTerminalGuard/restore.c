#define _GNU_SOURCE
#include "restore.h"
#include "CTerminalGuard.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

// Everything that ends a process by default and that nobody here handles. The first are faults of an instruction.
static const int fatal[] = {SIGILL,  SIGTRAP, SIGSEGV, SIGBUS,    SIGFPE,  SIGABRT,   SIGQUIT, SIGPIPE, SIGALRM,
                            SIGUSR1, SIGUSR2, SIGSYS,  SIGVTALRM, SIGPROF, SIGXCPU, SIGIO};
enum { FAULTS = 5 };
enum { FATAL = sizeof fatal / sizeof fatal[0] };

static struct sigaction before[FATAL];
static struct termios saved_modes;
static char saved_bytes[1024];
static size_t saved_length;
static int saved_tty = -1;
static volatile sig_atomic_t armed = 0;
// A trap by stack overflow has no stack left for a handler.
static char spare_stack[64 * 1024];

// How long to wait for a terminal that does not read, in milliseconds: the end must not hang on it.
enum { PATIENCE = 300 };

void restore_write(int fd, const char *bytes, size_t length) {
    while (length > 0) {
        ssize_t written = write(fd, bytes, length);
        if (written < 0 && errno == EINTR) continue;
        if (written < 0 && errno == EAGAIN) {
            // Output does not block, and a frame may fill what the terminal takes.
            struct pollfd ready = {.fd = fd, .events = POLLOUT};
            if (poll(&ready, 1, PATIENCE) > 0) continue;
        }
        if (written <= 0) return;
        bytes += written;
        length -= (size_t)written;
    }
}

static void restore(void) {
    if (!armed) return;
    armed = 0;
    // A background process that touches the terminal would be stopped instead of dying.
    if (tcgetpgrp(saved_tty) == getpgrp()) {
        restore_write(saved_tty, saved_bytes, saved_length);
        tcsetattr(saved_tty, TCSANOW, &saved_modes);
    }
    guard_replay_stderr();
}

static void die(int signal, siginfo_t *info, void *context) {
    (void)context;
    int saved = errno;
    restore();
    int is_fault = 0;
    for (int i = 0; i < FATAL; i++)
        if (fatal[i] == signal) {
            sigaction(signal, &before[i], NULL);
            is_fault = i < FAULTS;
        }
    // A faulting instruction runs again on return and meets the previous action, which is where Swift prints its
    // backtrace from; a signal that was sent must be sent again.
    if (!is_fault || info->si_code <= 0) raise(signal);
    errno = saved;
}

void guard_arm(int tty, const struct termios *modes, const char *bytes, size_t length) {
    static int registered = 0;
    if (armed) return;
    if (!registered) {
        registered = 1;
        atexit(restore);
    }
    saved_tty = tty;
    saved_modes = *modes;
    saved_length = length < sizeof saved_bytes ? length : sizeof saved_bytes;
    memcpy(saved_bytes, bytes, saved_length);
    stack_t stack;
    if (sigaltstack(NULL, &stack) == 0 && (stack.ss_flags & SS_DISABLE)) {
        stack_t spare = {.ss_sp = spare_stack, .ss_size = sizeof spare_stack};
        sigaltstack(&spare, NULL);
    }
    armed = 1;
    struct sigaction action = {.sa_sigaction = die, .sa_flags = SA_SIGINFO | SA_ONSTACK};
    sigfillset(&action.sa_mask);
    for (int i = 0; i < FATAL; i++) {
        sigaction(fatal[i], &action, &before[i]);
        // What was to be ignored stays ignored.
        if (before[i].sa_handler == SIG_IGN) sigaction(fatal[i], &before[i], NULL);
    }
}

void guard_disarm(void) {
    if (!armed) return;
    for (int i = 0; i < FATAL; i++) sigaction(fatal[i], &before[i], NULL);
    armed = 0;
}
