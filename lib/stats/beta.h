/* Quantiles of the beta distribution, for counts as large as they come.
 *
 * GSL 2.7's gsl_cdf_beta_Pinv() agrees with R's qbeta to 1e-14 up to a + b = 121, but from 1000 on
 * gives NaN for some arguments and runs for minutes from 1e7 on. This one inverts the incomplete
 * beta function itself, and uses GSL for the parts that need care. */
#ifndef IRM_STATS_BETA_H
#define IRM_STATS_BETA_H

/* The x below which the share p of the beta distribution lies.
 *
 * p       0 to 1; at most 0 gives 0, at least 1 gives 1
 * a, b    shapes, > 0
 *
 * Relative error below 1e-13 for a + b up to 1e3, below 1e-11 up to 1e9. O(sqrt(a + b)) time: 2 us
 * at 1e3, 200 us at 1e9. NAN where an argument is out of range.
 * Source: the continued fraction of Abramowitz & Stegun 1964, 26.5.8; the factor before it in the
 * deviance form of Loader 2000 (Fast and accurate computation of binomial probabilities), which
 * loses no digits to cancelling logarithms of large gamma functions.
 * Test: tests/unit/test_proportion.c, tests/r/proportion.R */
double irm_beta_quantile(double p, double a, double b);

#endif
