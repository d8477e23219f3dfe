/* Two proportions against each other: their difference and their ratio. */
#ifndef IRM_STATS_COMPARE_H
#define IRM_STATS_COMPARE_H

#include <stdint.h>

#include "stats/proportion.h"

/* x1 / n1 less x2 / n2; NAN where one is unknown. */
double irm_difference(int64_t x1, int64_t n1, int64_t x2, int64_t n2);

/* Newcombe's two-sided limits of the difference: from the Wilson limits of both, so that they stay
 * between -1 and 1. NAN as irm_proportion_limits(). Source: Newcombe 1998, Statistics in Medicine
 * 17:873-890, method 10.  Tests: tests/unit/test_compare.c; tests/r/compare_two.R, as the ratio's
 */
struct irm_interval irm_difference_limits(int64_t x1, int64_t n1, int64_t x2, int64_t n2,
                                          double level);

/* x1 / n1 over x2 / n2; NAN where one is unknown, and where x2 is 0. */
double irm_ratio(int64_t x1, int64_t n1, int64_t x2, int64_t n2);

/* The score test's two-sided limits of the ratio: the ratios that it does not reject. Unlike those
 * of the ratio's logarithm they are there where x1 is 0 (from 0 on) or x2 is (hi NAN: without end);
 * both NAN where both are 0, and as above. Source: Koopman 1984, Biometrics 40:513-517; without the
 * factor for small n of Miettinen & Nurminen 1985. */
struct irm_interval irm_ratio_limits(int64_t x1, int64_t n1, int64_t x2, int64_t n2, double level);

#endif
