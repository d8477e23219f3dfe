/* The noncentral chi-squared distribution, and its inversion for the noncentrality. */
#ifndef IRM_STATS_NONCENTRAL_H
#define IRM_STATS_NONCENTRAL_H

#include <stdbool.h>

/* The share of the distribution below x, or above it.
 *
 * x       >= 0
 * df      degrees of freedom, > 0
 * lambda  noncentrality, >= 0, 0 for the central distribution: the sum of the squares of the normal
 * variables' means
 *
 * A sum of positive terms only, each from the one before it; O(sqrt(lambda)) time. Source: Johnson,
 * Kotz & Balakrishnan 1995, Continuous Univariate Distributions 2, 29.3: a Poisson mixture of
 * central ones.  Tests: tests/unit/test_noncentral.c; tests/r/crosstab.R against pchisq */
double irm_noncentral_tail(double x, double df, double lambda, bool above);

/* The noncentrality at which the share `tail`, > 0, lies above x, or below it; 0 where even at 0
 * more lies above, or less below. df >= 1. Where x - df > 1e7 by a normal distribution, which
 * agrees with the sum there to 1e-10 of the noncentrality. */
double irm_noncentrality(double x, double df, double tail, bool above);

#endif
