#define _GNU_SOURCE
#include "CTerminalGuard.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

int guard_open_memory(void) { return memfd_create("terminal", MFD_CLOEXEC); }

int guard_point(int fd, int other) {
    int result;
    do result = dup3(other, fd, O_CLOEXEC);
    while (result < 0 && (errno == EINTR || errno == EBUSY));
    return result < 0 ? -1 : 0;
}
