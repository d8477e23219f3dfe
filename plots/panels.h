/* Panels: one chart a value of the columns that tell them apart, on the same scales, in a grid. A
 * chart without facets is one panel. */
#ifndef IRM_PLOTS_PANELS_H
#define IRM_PLOTS_PANELS_H

#include "plots/kind.h"

#define IRM_PANELS 48

struct irm_panels {
	struct irm_chart *chart; /* [n]; the first tells caption, legend and remark */
	struct irm_table **part; /* [n] each chart's rows; NULL where there is one panel */
	size_t n;
	size_t across;  /* set by irm_panels_plan() */
	double aside;   /* room for the names of categories, to the left of the first panel of a
	                 * row, where the others have none; 0: each has its own */
	double width;   /* of a panel */
	double head;    /* height of a panel's title, 0 for one panel */
	double *height; /* [rows] below the titles */
	struct irm_arena arena;
};

/* Parts the table of `whole` (a chart with request, table, theme and canvas) by the facets asked
 * for, or else by those its kind wants, and reads each part. irm_panels_release() frees them, after
 * an error too.
 *
 * IRM_USAGE: no such column, a kind without facets. IRM_INPUT: more than IRM_PANELS panels, a table
 * that cannot be drawn. IRM_SYSTEM: no memory. */
IRM_CHECK enum irm_code irm_panels_read(struct irm_panels *panels, const struct irm_kind *kind,
                                        const struct irm_chart *whole, struct irm_err *err);
void irm_panels_release(struct irm_panels *panels);

/* Finds a grid in `width`; *height as irm_kind's plan(). IRM_USAGE: it does not fit. */
IRM_CHECK enum irm_code irm_panels_plan(struct irm_panels *panels, const struct irm_kind *kind,
                                        double width, double *height, struct irm_err *err);

/* Draws them into the area that was planned. */
void irm_panels_draw(struct irm_panels *panels, const struct irm_kind *kind, struct irm_box area);

#endif
