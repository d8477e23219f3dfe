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
 * Within 2e-14 of R 4.2's qbeta for a + b up to 1e15. O(sqrt(a + b)) time: 0.3 ms at 1e12. NAN
 * where an argument is out of range. Sources: the even part of the continued fraction of Abramowitz
 * & Stegun 1964, 26.5.8; the factor before it in the deviance form of Loader 2000 (Fast and
 * accurate computation of binomial probabilities), where no large logarithms cancel. Test:
 * tests/unit/test_proportion.c, tests/r/proportion.R */
double irm_beta_quantile(double p, double a, double b);

#endif
