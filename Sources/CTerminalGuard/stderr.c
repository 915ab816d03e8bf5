#define _GNU_SOURCE
#include "CTerminalGuard.h"
#include "restore.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

static volatile int real_stderr = -1;
static volatile int kept = -1;

void guard_divert_stderr(void) {
    if (real_stderr >= 0 || !isatty(STDERR_FILENO)) return;
    int file = guard_open_memory();
    if (file < 0) return;
    int real = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
    if (real < 0 || dup2(file, STDERR_FILENO) < 0) {
        if (real >= 0) close(real);
        close(file);
        return;
    }
    kept = file;
    real_stderr = real;
}

// Async-signal-safe: the crash handler calls it.
void guard_replay_stderr(void) {
    int real = real_stderr;
    int file = kept;
    if (real < 0) return;
    real_stderr = -1;
    kept = -1;
    dup2(real, STDERR_FILENO);
    char block[4096];
    off_t offset = 0;
    for (;;) {
        ssize_t count = pread(file, block, sizeof block, offset);
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) break;
        offset += count;
        restore_write(STDERR_FILENO, block, (size_t)count);
    }
    close(real);
    close(file);
}
