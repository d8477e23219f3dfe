/* The difference of two products, where most of it cancels. */
#ifndef IRM_STATS_PRODUCT_H
#define IRM_STATS_PRODUCT_H

#include <math.h>

/* a b - c d within 1.5 units in the last place, for whole numbers whose products no double holds.
 * Source: W. Kahan's algorithm; Jeannerod, Louvet & Muller 2013, Mathematics of Computation
 * 82:2245-2264.  Test: tests/unit/test_logrank.c */
static inline double irm_product_difference(double a, double b, double c, double d)
{
	double product = c * d;
	double rounding = fma(-c, d, product);
	return fma(a, b, -product) + rounding;
}

#endif
