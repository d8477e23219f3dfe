/* p-values of several tests at once, adjusted so that their errors together stay at the level. */
#ifndef IRM_STATS_ADJUST_H
#define IRM_STATS_ADJUST_H

#include <stddef.h>

#include "base/err.h"

enum irm_adjust {
	IRM_ADJUST_HOLM, /* the chance of one false finding */
	IRM_ADJUST_BH,   /* the share of false ones among the findings */
};

/* The method of a name: holm, bh. IRM_USAGE, with the nearest name. */
IRM_CHECK enum irm_code irm_adjust_parse(enum irm_adjust *out, const char *name,
                                         struct irm_err *err);

/* Adjusts p-values.
 *
 * out     [n] adjusted, at most 1; may be p itself
 * p       [n] 0 to 1; NAN: no test, which stays NAN and does not count among the tests
 *
 * IRM_SYSTEM: no memory. O(n log n) time. Sources: Holm 1979, Scandinavian Journal of Statistics
 * 6:65-70; Benjamini & Hochberg 1995, JRSS B 57:289-300, adjusted as R's p.adjust.
 * Tests: tests/unit/test_adjust.c; tests/r/crosstab.R */
IRM_CHECK enum irm_code irm_adjust_p(double out[], const double p[], size_t n,
                                     enum irm_adjust method, struct irm_err *err);

#endif
