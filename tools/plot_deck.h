/* What irm-plot does with a plan: a deck in any number of languages, as one PDF, a folder of
 * pictures, a table of text boxes, or of what the charts show in words. */
#ifndef IRM_TOOLS_PLOT_DECK_H
#define IRM_TOOLS_PLOT_DECK_H

#include <stddef.h>

#include "plots/chart.h"
#include "review/names.h"
#include "tools/cli.h"

#define PLOT_LANGUAGES 8

/* The options as they were given; NULL: not. */
struct plot_deck {
	const char *plan, *pictures;
	const char *lang;   /* of a deck: several, with commas between, or "all" */
	const char *digits; /* of one language, or of Arabic among several */
	bool boxes, alt;
};

/* The names of a source in some languages. */
struct plot_names {
	struct irm_names_of *of[PLOT_LANGUAGES]; /* NULL where there is no source */
	size_t n;
};

/* Opens the names of `source` (NULL: none) in lang[n] and sets what a request needs to look them up
 * in the first; its word that its States are fictional too: those are XAA, XAB, ...
 * plot_names_release() frees them, after an error too. */
IRM_CHECK enum irm_code plot_names_open(struct plot_names *names, const char *source,
                                        const char *const lang[], size_t n,
                                        struct irm_chart_request *request, struct irm_err *err);
void plot_names_release(struct plot_names *names);

/* The columns of a table of text boxes. */
#define PLOT_BOXES "text,x,y,w,h,role,size,shortened"

/* Writes the page and its texts, a row each; chart and lang, where they are not NULL, are the first
 * columns. */
void plot_boxes(struct irm_writer *writer, const struct irm_canvas *canvas, const char *chart,
                const char *lang);

/* Draws the charts of a plan. The request holds where the plan says nothing; its title is the
 * deck's. *shortened is set to the number of texts that were. IRM_USAGE: options, languages; others
 * as irm_deck_read() and irm_deck_draw(). Nothing is half-written. */
IRM_CHECK enum irm_code plot_deck(struct cli_common *common, const struct plot_deck *asked,
                                  const struct irm_theme *theme,
                                  const struct irm_chart_request *request, size_t *shortened,
                                  struct irm_err *err);

#endif
