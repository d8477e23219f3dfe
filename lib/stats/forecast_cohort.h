/* Reviews that are scheduled together tend to begin together. For lib/stats/forecast*.c. */
#ifndef IRM_STATS_FORECAST_COHORT_H
#define IRM_STATS_FORECAST_COHORT_H

#include <gsl/gsl_rng.h>

#include "stats/forecast_state.h"

struct irm_forecast_cohorts {
	uint32_t *of; /* [reviews] the cohort: of one cycle, expected from one day */
	double *luck; /* [n] of one draw */
	size_t n;
	double correlation; /* within a cohort, of when reviews begin, 0 to 0.99 */
};

/* Finds the cohorts of a state and how much alike they begin.
 *
 * The correlation is the intraclass correlation of the normal scores of the days that reviews took
 * to begin, of cohorts without one that has yet to, from one-way analysis of variance, and drawn
 * towards 0.3 by its variance against that of a prior (standard deviation 0.3): one cohort alone
 * says nothing. The caller releases *out with irm_forecast_cohorts_release(), whatever comes.
 * IRM_SYSTEM: no memory. Source: Donner 1986, Int. Stat. Rev. 54:67-82, for cohorts of unequal
 * size, and the variance after Fisher. Test: tests/unit/test_forecast.c */
IRM_CHECK enum irm_code irm_forecast_cohorts_init(struct irm_forecast_cohorts *out,
                                                  const struct irm_forecast_state *state,
                                                  struct irm_err *err);
void irm_forecast_cohorts_release(struct irm_forecast_cohorts *cohorts);

/* Draws what is common to each cohort, once. */
void irm_forecast_cohorts_draw(struct irm_forecast_cohorts *cohorts, gsl_rng *rng);

/* A standard exponential number for the review at that place; those of one cohort and draw depend
 * on each other (Gaussian copula: Li 2000, J. Fixed Income 9(4):43-54). */
double irm_forecast_cohorts_luck(const struct irm_forecast_cohorts *cohorts, size_t place,
                                 gsl_rng *rng);

#endif
