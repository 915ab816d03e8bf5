#ifndef ESPALIER_THEMES_H
#define ESPALIER_THEMES_H

/// A file of themes/ as it was when this was built.
struct espalier_theme {
    /// Without its ending.
    const char *name;
    const char *yaml;
};

#define ESPALIER_THEME_COUNT 4

/// A theme by its number, from 0.
struct espalier_theme espalier_theme(int number);

#endif
