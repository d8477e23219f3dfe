/* A plane for points: dates, numbers or categories along it, values up. */
#ifndef IRM_PLOTS_GRAPH_H
#define IRM_PLOTS_GRAPH_H

#include "plots/kind.h"

struct irm_graph {
	struct irm_scale x, y;
	enum irm_number_kind kind; /* of y */
	double least, most;        /* values to be shown */
	double from, to;           /* and places; categories stand at 0, 1, ... */
	enum irm_number_kind
	        along; /* of x: IRM_DATES, IRM_DAYS or IRM_PLAIN; passed over for categories */
	const struct irm_levels *names; /* the categories; NULL: x is a scale */
	bool whole;                     /* values are whole numbers: so are the ticks */
	double end;                     /* room kept right of the plot, for labels */
	double left, right, below;      /* set by irm_graph_plan() */
	double slot;                    /* of a category */
	struct irm_box plot;
};

/* Plans a graph whose kind, least, most, from, to, along, names and end are set; *height as
 * irm_kind's plan(). IRM_USAGE: it does not fit. */
IRM_CHECK enum irm_code irm_graph_plan(struct irm_graph *graph, const struct irm_chart *chart,
                                       double width, double *height, struct irm_err *err);

/* Draws grid, ticks and labels. */
void irm_graph_draw(struct irm_graph *graph, const struct irm_chart *chart, struct irm_box area);

/* Where a value at a place is drawn. */
struct irm_point irm_graph_at(const struct irm_graph *graph, double x, double y);

/* Fills between lo and hi: points[n] each along the same n places; NAN in either leaves a gap. */
void irm_graph_band(const struct irm_graph *graph, struct irm_chart *chart, const double x[],
                    const double lo[], const double hi[], size_t n, struct irm_rgb colour,
                    double alpha);

/* Draws a line through the values; NAN leaves a gap. */
void irm_graph_line(const struct irm_graph *graph, struct irm_chart *chart, const double x[],
                    const double y[], size_t n, struct irm_stroke stroke);

#endif
