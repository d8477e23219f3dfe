/* Draws of how the reviews of a mechanism go on. For lib/stats/forecast*.c and backtest.c. */
#ifndef IRM_STATS_FORECAST_SAMPLER_H
#define IRM_STATS_FORECAST_SAMPLER_H

#include "stats/forecast_plan.h"
#include "stats/forecast_state.h"

struct irm_forecast_sampler;

/* Prepares draws that set out from the state of the mechanism's reviews on `as_of` and go on to
 * `until`. Query and plan are borrowed. The caller frees *out with irm_forecast_sampler_free();
 * untouched on error. IRM_SYSTEM: no memory. */
IRM_CHECK enum irm_code irm_forecast_sampler_new(struct irm_forecast_sampler **out,
                                                 const struct irm_query *query, uint32_t mechanism,
                                                 int32_t as_of, int32_t until,
                                                 const struct irm_forecast_plan *plan,
                                                 struct irm_err *err);
void irm_forecast_sampler_free(struct irm_forecast_sampler *sampler);

/* What it sets out from; valid as long as the sampler. */
const struct irm_forecast_state *irm_forecast_sampler_state(
        const struct irm_forecast_sampler *sampler);

/* Draws once: the days on which each review reaches each milestone, days[n][milestones]; of those
 * already reached the recorded ones; IRM_DAY_FUTURE: not by `until`. Only those of reviews that
 * count are filled. */
void irm_forecast_sampler_draw(struct irm_forecast_sampler *sampler, int32_t days[]);

#endif
