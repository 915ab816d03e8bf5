#pragma once

// Swift imports neither macros with casts nor mutable globals; what it needs of those is wrapped here.
// Not <term.h>: its macros take names such as `tab` and `lines`.
#define NCURSES_WIDECHAR 1
#define NCURSES_NOMACROS 1
#include <langinfo.h>
#include <locale.h>
#include <ncurses.h>
#include <string.h>
#include <sys/ioctl.h>
#include <wchar.h>

extern char *tigetstr(const char *);
extern int wcwidth(wchar_t);

enum : uint32_t { NC_BOLD = A_BOLD, NC_DIM = A_DIM, NC_REVERSE = A_REVERSE, NC_UNDERLINE = A_UNDERLINE };

static inline WINDOW *nc_stdscr(void) { return stdscr; }
static inline WINDOW *nc_curscr(void) { return curscr; }
static inline int nc_colors(void) { return COLORS; }
static inline int nc_color_pairs(void) { return COLOR_PAIRS; }

/// A terminal capability, or NULL where it is absent (terminfo says -1 for the wrong type).
static inline const char *nc_capability(const char *name) {
    char *value = tigetstr(name);
    return value == (char *)-1 ? NULL : value;
}

static inline int nc_codeset_is_utf8(void) { return strcmp(nl_langinfo(CODESET), "UTF-8") == 0; }

/// Draws one character; pairs above 255 go through setcchar's last argument.
static inline int nc_put(WINDOW *window, int y, int x, wchar_t character, uint32_t attributes, int pair) {
    cchar_t cell;
    wchar_t text[2] = {character, 0};
    if (setcchar(&cell, text, (attr_t)attributes, 0, &pair) == ERR) return ERR;
    return mvwadd_wch(window, y, x, &cell);
}

/// The size the terminal's driver knows; 0 where it does not.
static inline int nc_window_size(int fd, int *width, int *height) {
    struct winsize size;
    if (ioctl(fd, TIOCGWINSZ, &size) < 0) return -1;
    *width = size.ws_col;
    *height = size.ws_row;
    return 0;
}

/// Bytes that can be read without waiting.
static inline int nc_readable(int fd) {
    int count = 0;
    return ioctl(fd, FIONREAD, &count) < 0 ? -1 : count;
}
