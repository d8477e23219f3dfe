/* The common level of all hazards from period to period: a random walk with noise, seen through
 * counts. For lib/stats/forecast*.c. */
#ifndef IRM_STATS_FORECAST_LEVEL_H
#define IRM_STATS_FORECAST_LEVEL_H

#include <gsl/gsl_rng.h>
#include <stddef.h>

/* How a drawn level goes on: where the walk, the logarithm without noise, stands in the last
 * period, and the standard deviations of its steps and of the noise. */
struct irm_forecast_walk {
	double last, step, noise;
};

/* Draws the level of each period of the past from its distribution given the counts.
 *
 * level   [n] out: factors of hazards, > 0
 * events  [n] how many ended in each; n >= 1
 * wanted  [n] how many should have, were the level 1
 * work    [2 * n] scratch
 *
 * The logarithm of the level is a random walk (standard deviation of a step 0.01 to 0.3), plus
 * noise of each period alone (0 to 0.4), both drawn first from a grid by their likelihood and a
 * prior that prefers small ones; counts are Poisson, taken as normal on the scale of the logarithm
 * around what was expected. Sources: Durbin & Koopman 2012, Time Series Analysis by State Space
 * Methods, sections 2.2 and 4.9 (filter, simulation backwards: Carter & Kohn 1994, Biometrika
 * 81:541-553). Test: tests/unit/test_forecast.c */
struct irm_forecast_walk irm_forecast_level_draw(double level[], size_t n, const double events[],
                                                 const double wanted[], double work[],
                                                 gsl_rng *rng);

/* Draws the level of the n periods that follow. */
void irm_forecast_level_go_on(double level[], size_t n, struct irm_forecast_walk walk,
                              gsl_rng *rng);

#endif
