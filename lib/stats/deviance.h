/* The parts that the logarithms of factorials fall into, so that nothing large cancels: with counts
 * of 10^9, log-gamma itself is off by 10^-6. */
#ifndef IRM_STATS_DEVIANCE_H
#define IRM_STATS_DEVIANCE_H

/* x log(x / m) + m - x >= 0, where difference is x - m without the rounding of that difference.
 * x >= 0, m > 0. Source: Loader 2000, Fast and accurate computation of binomial probabilities. */
double irm_deviance(double x, double m, double difference);

/* log x! less (x log x - x); x >= 0, 0 gives 0. Source: Abramowitz & Stegun 1964, 6.1.40. */
double irm_log_factorial_rest(double x);

/* The logarithm of the probability of x in a Poisson distribution of mean m > 0; x >= 0, whole or
 * not. */
double irm_poisson_log(double x, double m);

#endif
