#include "CThemes.h"

// #embed is of C23, and clang knows it in every mode.
#pragma clang diagnostic ignored "-Wc23-extensions"

static const char ansi[] = {
#embed "../../themes/ansi.yaml" suffix(, 0)
};
static const char dark[] = {
#embed "../../themes/espalier-dark.yaml" suffix(, 0)
};
static const char light[] = {
#embed "../../themes/espalier-light.yaml" suffix(, 0)
};
static const char high_contrast[] = {
#embed "../../themes/high-contrast.yaml" suffix(, 0)
};

static const struct espalier_theme themes[ESPALIER_THEME_COUNT] = {
    {"ansi", ansi}, {"espalier-dark", dark}, {"espalier-light", light}, {"high-contrast", high_contrast}};

struct espalier_theme espalier_theme(int number) { return themes[number]; }
