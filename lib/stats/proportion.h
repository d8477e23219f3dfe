/* Limits of a proportion: between which shares the process behind x of n may well lie. */
#ifndef IRM_STATS_PROPORTION_H
#define IRM_STATS_PROPORTION_H

#include <stdint.h>

#include "base/err.h"

enum irm_ci {
	IRM_CI_WILSON,
	IRM_CI_CLOPPER_PEARSON,
	IRM_CI_JEFFREYS,
	IRM_CI_AGRESTI_COULL,
	IRM_CI_NONE, /* no limits are asked for */
};

struct irm_interval {
	double lo, hi; /* both NAN: unknown */
};

/* Under so many observations limits may hold the truth less often than their level says; by how
 * much, tests/study/README.md shows. */
#define IRM_FEW 20

/* The method of a name: wilson, clopper-pearson, jeffreys, agresti-coull, none; NULL is wilson.
 * IRM_USAGE, with the nearest name. */
IRM_CHECK enum irm_code irm_ci_parse(enum irm_ci *out, const char *name, struct irm_err *err);

/* IRM_USAGE unless level, the share of intervals that hold the truth, lies between 0 and 1. */
IRM_CHECK enum irm_code irm_level_check(double level, struct irm_err *err);

/* x / n; NAN where n is 0. */
double irm_proportion(int64_t x, int64_t n);

/* Two-sided limits of x / n.
 *
 * method  IRM_CI_NONE gives NAN
 * x       0 to n; outside NAN
 * n       0 gives NAN, for nothing is known; exact digits up to 2^53
 * level   between 0 and 1; outside NAN
 *
 * Sources: wilson, without correction for continuity: Wilson 1927, JASA 22:209-212;
 * clopper-pearson, never too short: Clopper & Pearson 1934, Biometrika 26:404-413;
 * jeffreys (0 at x = 0, 1 at x = n) and agresti-coull (cut at 0 and 1): Brown, Cai & DasGupta 2001,
 * Statistical Science 16:101-133, sections 4.1 and 3.1.4.
 * Tests: tests/unit/test_proportion.c; against R's prop.test, binom.test and qbeta tests/r */
struct irm_interval irm_proportion_limits(enum irm_ci method, int64_t x, int64_t n, double level);

#endif
