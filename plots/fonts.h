/* The fonts that charts are set in, and how little of fontconfig it takes to find them. */
#ifndef IRM_PLOTS_FONTS_H
#define IRM_PLOTS_FONTS_H

#include <stdbool.h>

#include <pango/pango.h>

/* The families, in the order of choice, as CSS lists them. */
const char *irm_fonts_families(void);

/* Makes these fonts the only ones that this process finds by itself, and fontconfig's settings
 * those that are written here: charts then look the same whatever else is installed and whatever a
 * user has set, and are there in two thirds of the time. It sets fontconfig's current
 * configuration, which is the program's: for main(), before there is any canvas or thread. A letter
 * that none of these fonts has is still looked for among all fonts. False, and nothing set, where
 * Noto Sans does not stand in the system's folders. */
bool irm_fonts_pin(void);

/* All fonts, as fontconfig is set up for the user. The caller's; NULL: no memory. */
PangoFontMap *irm_fonts_any(void);

#endif
