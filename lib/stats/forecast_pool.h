/* Factors around 1, as far apart as the counts say: partial pooling. For lib/stats/forecast*.c. */
#ifndef IRM_STATS_FORECAST_POOL_H
#define IRM_STATS_FORECAST_POOL_H

#include <gsl/gsl_rng.h>
#include <stddef.h>

#define IRM_FORECAST_WIDTHS 9 /* of the grid */

/* The prior of how much factors are alike: a factor is gamma with mean 1 and shape k; k is one of
 * least, 2 least, 4 least ..., log-normal around `middle` with standard deviation `spread`. */
struct irm_forecast_pool {
	double least, middle, spread;
	double constant[IRM_FORECAST_WIDTHS]; /* filled by irm_forecast_pool_init() */
};

/* Prepares the pool for factors with so many events each, [n] whole numbers, which stay. */
void irm_forecast_pool_init(struct irm_forecast_pool *pool, const double events[], size_t n);

/* Draws the factors given the events and how many there should have been, were the factors 1:
 * value[n]; first k by its likelihood (negative binomial) and prior, then each from Gamma(k +
 * events, k + wanted). Source: Gelman et al. 2013, Bayesian Data Analysis, section 2.6. Test:
 * tests/unit/test_forecast.c */
void irm_forecast_pool_draw(double value[], const struct irm_forecast_pool *pool,
                            const double events[], const double wanted[], size_t n, gsl_rng *rng);

#endif
