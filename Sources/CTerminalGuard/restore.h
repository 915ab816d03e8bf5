#pragma once

#include <stddef.h>

/// Writes all bytes or gives up on an error. Async-signal-safe.
void restore_write(int fd, const char *bytes, size_t length);
