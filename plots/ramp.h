/* Figures as colours, from little to much, and what has none. */
#ifndef IRM_PLOTS_RAMP_H
#define IRM_PLOTS_RAMP_H

#include "plots/kind.h"

/* The height of the key, with the distance below it. */
double irm_ramp_height(const struct irm_chart *chart);

/* Draws the key of a scale: a strip of colours between its ends, and, where `missing`, what stands
 * for no figure. */
void irm_ramp_key(const struct irm_chart *chart, const struct irm_scale *scale, bool missing,
                  double x, double y);

/* Fills a box that has no figure: hatched, not a colour. */
void irm_ramp_missing(const struct irm_chart *chart, struct irm_box box);

/* The scale of figures from 0 (from the least, where it is below) to the most; shares above a half
 * go to 100 per cent. */
struct irm_scale irm_ramp_scale(double least, double most, enum irm_number_kind kind);

#endif
