/* A deck: the charts of a plan, on the pages of one PDF or each a picture of its own.
 *
 * A plan is a CSV table, a row a chart: `chart` (a name, for its file), `kind` and `table` (a CSV
 * file, its path seen from the plan's folder); and, as they are wanted, `title`, `subtitle`,
 * `note`, `source`, `x`, `y`, `group`, `lo`, `hi`, `facet`, `limit`, `page`, and `percent`,
 * `rising`, `no_limits`, `fictional` (yes or no). `title_fr`, `note_ar` ... are the same in a
 * language, and come before those without one. Test: tests/cli/irm-plot-deck.bats */
#ifndef IRM_PLOTS_DECK_H
#define IRM_PLOTS_DECK_H

#include <stddef.h>
#include <stdio.h>

#include "plots/chart.h"

struct irm_deck;

/* Reads a plan and the tables it names, each once. `common` is what holds where the plan says
 * nothing; its texts are borrowed until the deck is freed. The caller frees *out with
 * irm_deck_free(); untouched on error.
 *
 * IRM_INPUT with plan:line:field: a column, kind or value that is none, two charts of one name; a
 * table's faults at their place in the table. IRM_SYSTEM: a file cannot be read, no memory. */
IRM_CHECK enum irm_code irm_deck_read(struct irm_deck **out, const char *path,
                                      const struct irm_chart_request *common, struct irm_err *err);
void irm_deck_free(struct irm_deck *deck); /* NULL is fine */

/* How many charts there are, and the i-th one's name. */
size_t irm_deck_charts(const struct irm_deck *deck);
const char *irm_deck_name(const struct irm_deck *deck, size_t i);

/* Takes the plan's words of a language ("fr") for what is drawn next, and `context` for the
 * request's name_of(). */
void irm_deck_speak(struct irm_deck *deck, const char *lang, void *context);

/* Draws the i-th chart, as irm_chart_draw(). What the plan has asked for in vain is IRM_INPUT with
 * plan:line:field. */
IRM_CHECK enum irm_code irm_deck_draw(const struct irm_deck *deck, size_t i,
                                      struct irm_canvas *canvas, FILE *stream,
                                      enum irm_canvas_format format, struct irm_err *err);

/* Writes what the i-th chart shows in words, as irm_chart_describe(); errors as irm_deck_draw(). */
IRM_CHECK enum irm_code irm_deck_describe(char out[IRM_DESCRIPTION_SIZE],
                                          const struct irm_deck *deck, size_t i,
                                          struct irm_canvas *canvas, struct irm_err *err);

#endif
