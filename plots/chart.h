/* A chart: a table drawn as one of the kinds.
 *
 *	struct irm_theme theme;
 *	struct irm_canvas *canvas = NULL;
 *	struct irm_chart_request request = { .limit = NAN, .title = "Delays" };
 *	if (irm_theme_find(&theme, "slide", "light", &err) || irm_canvas_new(&canvas, &theme, &err)
 *|| irm_chart_draw(canvas, stdout, IRM_CANVAS_SVG, "bars", &request, table, &err))
 *		...
 *	irm_canvas_free(canvas); */
#ifndef IRM_PLOTS_CHART_H
#define IRM_PLOTS_CHART_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "plots/canvas.h"
#include "plots/columns.h"
#include "table/table.h"

/* What is asked for besides kind and table. All zero but for `limit`, NAN, is a plain chart. */
struct irm_chart_request {
	struct irm_column_choice columns;
	const char *title; /* NULL: made from the columns; "": none */
	const char *subtitle, *note, *source;
	bool percent;   /* stacked: shares of each bar */
	bool rising;    /* steps: the share done, not the share still open */
	bool fictional; /* the badge is drawn whatever the table says */
	double limit;   /* a time limit to mark, in days; NAN: none */
	double page;    /* timeline: which page to draw, from 1; 0: all */

	/* The name of a code in a column, or NULL where it has none; valid until the chart is
	 * drawn. Every label passes here. NULL: codes are drawn. */
	const char *(*name_of)(void *context, const char *column, const char *code);
	void *context;
};

/* The kinds of charts: irm_chart_kind(0), ...; NULL after the last. */
const char *irm_chart_kind(size_t i);
/* What a kind shows, in a few words. */
const char *irm_chart_summary(size_t i);

/* Draws `table` on a fresh canvas and writes the page to `stream`.
 *
 * IRM_USAGE: an unknown kind or column (with the nearest), a page that is too small for the table.
 * IRM_INPUT: the table cannot be drawn, with file:line:field. IRM_SYSTEM: memory, writing. */
IRM_CHECK enum irm_code irm_chart_draw(struct irm_canvas *canvas, FILE *stream,
                                       enum irm_canvas_format format, const char *kind,
                                       const struct irm_chart_request *request,
                                       const struct irm_table *table, struct irm_err *err);

/* The size of a description. */
#define IRM_DESCRIPTION_SIZE 6000

/* Writes in one paragraph what irm_chart_draw() would draw. Errors as there. */
IRM_CHECK enum irm_code irm_chart_describe(char out[IRM_DESCRIPTION_SIZE],
                                           struct irm_canvas *canvas, const char *kind,
                                           const struct irm_chart_request *request,
                                           const struct irm_table *table, struct irm_err *err);

#endif
