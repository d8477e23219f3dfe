/* Quantiles of the beta distribution, for counts as large as they come.
 *
 * GSL 2.7's gsl_cdf_beta_Pinv() agrees with R's qbeta to 1e-14 up to a + b = 121, but from 1000 on
 * gives NaN for some arguments and runs for minutes from 1e7 on. This one inverts the incomplete
 * beta function itself, and uses GSL for the parts that need care. */
#ifndef IRM_STATS_BETA_H
#define IRM_STATS_BETA_H

/* A beta distribution, ready for its shares; irm_beta_init() fills it from shapes > 0. */
struct irm_beta {
	double a, b;
	double scale; /* what does not depend on x: all of 1/B(a, b) but its deviance */
};
void irm_beta_init(struct irm_beta *out, double a, double b);

/* The share below x, 0 < x < 1; *slope becomes x (1 - x) times the density at x, which is the slope
 * of the share over log(x / (1 - x)). The sources and the time are those of irm_beta_quantile().
 * Test: tests/unit/test_smooth.c */
double irm_beta_below(const struct irm_beta *beta, double x, double *slope);

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
