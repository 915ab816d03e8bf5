#pragma once

#include <sys/types.h>
#include <termios.h>

/// Starts a program in a terminal of its own. Returns the process, or -1 with errno set; `controller` is the other end,
/// non-blocking and closed on exec.
pid_t pty_start(const char *path, char *const arguments[], char *const environment[], int rows, int columns,
                int *controller);

/// Tells the terminal its size, which signals SIGWINCH. Returns 0, or -1 with errno set.
int pty_resize(int controller, int rows, int columns);

/// How a process ended: whether it has (1, 0 or -1), and by which exit code or signal (the other is -1).
int pty_ended(pid_t process, int *code, int *signal);
