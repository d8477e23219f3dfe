/* A plot with categories on one axis and values on the other.
 *
 * It stands upright where each category's label fits below it, and else lies, with a row for each
 * category and its label to the left; it lies too where that is outside the area (chart->aside). On
 * a page that cannot grow, many categories are broken into up to three banks, one below (or, lying,
 * beside) the other. */
#ifndef IRM_PLOTS_FRAME_H
#define IRM_PLOTS_FRAME_H

#include "plots/kind.h"

#define IRM_BANKS 3

/* What is to be drawn. */
struct irm_frame_need {
	size_t lanes;              /* bars side by side in a category */
	bool lying;                /* never upright */
	enum irm_number_kind kind; /* of values */
	double least, most;        /* values and limits */
	double value;              /* the width of the widest label of a value; 0: none */
	const double *n; /* [x.n] n of each category, NAN where there is none; NULL: not shown */
	double most_n;   /* the largest n of a bar; NAN: none */
};

struct irm_frame {
	bool lying;
	bool values;  /* there is room for labels of values */
	bool n_shown; /* and, lying, for the n of each bar */
	size_t n, lanes, banks, per_bank;
	struct irm_scale scale;
	enum irm_number_kind kind;
	const double *counts;
	double slot;   /* a category's room along its axis */
	double lane;   /* a bar's */
	double labels; /* room across the axis for the labels of categories, in the area */
	double names;  /* the width of such a label, lying */
	double ticks;  /* and for those of ticks */
	double ends;   /* and for those of values (above or to the right of the plot) */
	double value;  /* of which the value itself takes */
	double height; /* of all */
	struct irm_box plot[IRM_BANKS];
};

/* Plans a frame for chart->data.x in `width`; *height as irm_kind's plan(). IRM_USAGE. */
IRM_CHECK enum irm_code irm_frame_plan(struct irm_frame *frame, const struct irm_chart *chart,
                                       const struct irm_frame_need *need, double width,
                                       double *height, struct irm_err *err);

/* The width that the labels of chart->data.x take to the left of a lying plot, each on one line. */
double irm_frame_names(const struct irm_chart *chart);

/* Draws grid, ticks and labels. */
void irm_frame_draw(struct irm_frame *frame, const struct irm_chart *chart, struct irm_box area);

/* Draws the line of value 0, over the bars. */
void irm_frame_zero(const struct irm_frame *frame, const struct irm_chart *chart);

/* Draws a line across all banks at a value that lies on the scale. */
void irm_frame_limit(const struct irm_frame *frame, const struct irm_chart *chart, double value);

/* The box of a bar of category `i` and lane from value a to b; `thick` is its share of the lane. */
struct irm_box irm_frame_bar(const struct irm_frame *frame, size_t i, size_t lane, double thick,
                             double a, double b);

/* The middle of a category's slot at a value. */
struct irm_point irm_frame_point(const struct irm_frame *frame, size_t i, double value);

/* Writes a label of a value: upright above (below, for negative ones) `end`, lying in the column to
 * the right, with the n behind it where one is given (not NAN). */
void irm_frame_value(const struct irm_frame *frame, const struct irm_chart *chart, size_t i,
                     size_t lane, double end, const char *label, double n);

#endif
