/* Figures as colours, from little to much, and what has none. */
#ifndef IRM_PLOTS_RAMP_H
#define IRM_PLOTS_RAMP_H

#include "plots/kind.h"

/* The key of a scale. */
struct irm_ramp_key {
	const struct irm_scale *scale;
	double width;             /* there is for it */
	bool missing, suppressed; /* there are figures of the kind */
};

/* The height of the key, with the distance below it. */
double irm_ramp_height(const struct irm_chart *chart, const struct irm_ramp_key *key);

/* Draws it: a strip of colours between its ends, and what stands for no figure and for a suppressed
 * one. */
void irm_ramp_draw(const struct irm_chart *chart, const struct irm_ramp_key *key, double x,
                   double y);

/* Fills a box that has no figure: hatched, not a colour. */
void irm_ramp_missing(const struct irm_chart *chart, struct irm_box box);

/* Fills a box whose figure is suppressed: edged with dashes, for IRM_SUPPRESSED to stand on. */
void irm_ramp_suppressed(const struct irm_chart *chart, struct irm_box box);

/* The scale of figures from 0 (from the least, where it is below) to the most; shares above a half
 * go to 100 per cent. */
struct irm_scale irm_ramp_scale(double least, double most, enum irm_number_kind kind);

#endif
