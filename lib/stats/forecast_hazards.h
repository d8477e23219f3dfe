/* The hazards of steps, learned from the records: a Gibbs sampler. For lib/stats/forecast*.c.
 *
 * On a day t of a step, a review that is still in it ends it with probability 1 - exp(-h), where
 *
 *   h = base[step, bin of t] . cycle[step, cycle] . shape[step, cycle, bin] . region[step, region]
 *       . pace[State] . level[period] . shock
 *
 * base is the pooled hazard of all reviews of the mechanism, in bins of days that hold about
 * equally many ends. The other factors are 1 but for gamma distributions around 1 whose width the
 * records choose: the partial pooling. With few records they stay near 1, which is the pooled
 * hazard; with many they follow them. pace makes the reviews of one State depend on each other, and
 * those that are still open be the slow ones; level lets the times change. The step to the first
 * milestone has neither: the calendar of the cycle decides it (stats/forecast_cohort.h).
 *
 * Given all other factors each has a gamma distribution, from which the sampler draws in turn: the
 * draws differ as much as the records leave open. Sources: Gelman et al. 2013, Bayesian Data
 * Analysis, chapters 5 and 11; Ibrahim, Chen & Sinha 2001, Bayesian Survival Analysis, chapters 3
 * and 4 (piecewise constant hazards, gamma frailty). Test: tests/unit/test_forecast.c */
#ifndef IRM_STATS_FORECAST_HAZARDS_H
#define IRM_STATS_FORECAST_HAZARDS_H

#include <gsl/gsl_rng.h>

#include "stats/forecast_calendar.h"
#include "stats/forecast_state.h"

#define IRM_FORECAST_BINS 12 /* of a step, at most */

struct irm_forecast_bins {
	uint32_t n;
	int32_t from[IRM_FORECAST_BINS + 1]; /* first day of each; the last goes on */
};

struct irm_forecast_hazards;

/* Reads the steps of the state into counts and person-days, and runs the sampler in. State and
 * calendar are borrowed. The caller frees *out with irm_forecast_hazards_free(); untouched on
 * error. IRM_SYSTEM: no memory. */
IRM_CHECK enum irm_code irm_forecast_hazards_new(struct irm_forecast_hazards **out,
                                                 const struct irm_forecast_state *state,
                                                 const struct irm_forecast_calendar *calendar,
                                                 gsl_rng *rng, struct irm_err *err);
void irm_forecast_hazards_free(struct irm_forecast_hazards *hazards);

/* Draws all factors once more, but for the level of the periods to come. */
void irm_forecast_hazards_draw(struct irm_forecast_hazards *hazards, gsl_rng *rng);

/* Draws the level of the periods to come, by what the last draw says of it. */
void irm_forecast_hazards_go_on(struct irm_forecast_hazards *hazards, gsl_rng *rng);

/* The bins of the step to a milestone. */
const struct irm_forecast_bins *irm_forecast_hazards_bins(
        const struct irm_forecast_hazards *hazards, uint32_t position);

/* Of a step of a review, of the last draw: the hazards a day by bin, [IRM_FORECAST_BINS + 1], but
 * for what the calendar does. */
void irm_forecast_hazards_of(double hazard[], const struct irm_forecast_hazards *hazards,
                             const struct irm_forecast_review *review, uint32_t position);

/* The factor of a stretch of the calendar in the last draw. */
double irm_forecast_hazards_on(const struct irm_forecast_hazards *hazards,
                               const struct irm_forecast_stretch *stretch, uint32_t position);

#endif
