#pragma once

#include <stddef.h>
#include <termios.h>

// What a terminal program must do in C: signal handlers, which may call only async-signal-safe functions, and the
// restoring of the terminal when the process dies. One terminal at a time.

/// What arrives in the wake pipe, one byte for each cause.
enum {
    GUARD_WAKE = 'w',
    GUARD_RESIZED = 'r',
    GUARD_HUNG_UP = 'h',
    GUARD_TERMINATED = 't',
    GUARD_INTERRUPTED = 'i',
    GUARD_STOP_ASKED = 'z',
    GUARD_CONTINUED = 'c',
};

/// A pipe that neither blocks nor outlives an exec. Returns 0, or an errno.
int guard_open_pipe(int ends[2]);

/// Writes one byte; a full pipe is enough of a wake-up. Async-signal-safe.
void guard_write_byte(int fd, char byte);

/// A file in memory that does not outlive an exec; its descriptor, or -1.
int guard_open_memory(void);

/// Makes a descriptor stand for what another one does. Returns 0, or -1.
int guard_point(int fd, int other);

/// Turns SIGWINCH, SIGHUP, SIGTERM, SIGINT, SIGTSTP and SIGCONT into bytes on `wake_fd`. Returns -1 if already watching.
int guard_watch(int wake_fd);
void guard_unwatch(void);

/// Stops the process group as the terminal's suspend character would; returns when continued.
void guard_stop(void);

/// From now on, a fatal signal or exit() writes `bytes` to `tty` and sets its modes to `modes` first.
void guard_arm(int tty, const struct termios *modes, const char *bytes, size_t length);
void guard_disarm(void);

/// Keeps what is written to stderr, if that is a terminal, until guard_replay_stderr or a crash writes it there.
void guard_divert_stderr(void);
void guard_replay_stderr(void);
