/* Texts that have been set, kept to be measured and drawn again: a chart asks for the size of most
 * of its texts many times over, and setting a text takes longest of all that drawing does. */
#ifndef IRM_PLOTS_KEPT_H
#define IRM_PLOTS_KEPT_H

#include <pango/pango.h>

#include "plots/canvas.h"

/* All that a layout depends on but the fonts and the language. */
struct irm_kept_key {
	const char *text;
	const struct irm_text *style; /* size, weight, width, lines, side */
	PangoWrapMode wrap;
};

struct irm_kept;

/* An empty store, to be freed by irm_kept_free(); NULL: no memory. */
struct irm_kept *irm_kept_new(void);
void irm_kept_free(struct irm_kept *kept);

/* Forgets all: the fonts or the language are others from now on. */
void irm_kept_clear(struct irm_kept *kept);

/* The layout of that key, which stays the store's; NULL: it is not there, or no more. */
PangoLayout *irm_kept_find(const struct irm_kept *kept, const struct irm_kept_key *key);

/* Takes over a layout of the key's text, in place of one that is forgotten for it. */
void irm_kept_put(struct irm_kept *kept, const struct irm_kept_key *key, PangoLayout *layout);

#endif
