#include "stats/forecast_pool.h"

#include <gsl/gsl_randist.h>
#include <gsl/gsl_sf_gamma.h>
#include <math.h>

static double width(const struct irm_forecast_pool *pool, size_t at)
{
	return ldexp(pool->least, (int)at);
}

/* What the likelihood of k has that the sampler does not change, and the prior. */
void irm_forecast_pool_init(struct irm_forecast_pool *pool, const double events[], size_t n)
{
	for (size_t at = 0; at < IRM_FORECAST_WIDTHS; at++) {
		double k = width(pool, at), off = log(k / pool->middle) / pool->spread, sum = 0;
		for (size_t i = 0; i < n; i++)
			if (events[i] > 0)
				sum += gsl_sf_lngamma(k + events[i]) - gsl_sf_lngamma(k);
		pool->constant[at] = sum - 0.5 * off * off;
	}
}

static double draw_width(const struct irm_forecast_pool *pool, const double events[],
                         const double wanted[], size_t n, gsl_rng *rng)
{
	double weight[IRM_FORECAST_WIDTHS], most = -HUGE_VAL, total = 0;
	for (size_t at = 0; at < IRM_FORECAST_WIDTHS; at++) {
		double k = width(pool, at), sum = pool->constant[at];
		for (size_t i = 0; i < n; i++)
			if (wanted[i] > 0)
				sum -= (k + events[i]) * log1p(wanted[i] / k) + events[i] * log(k);
		weight[at] = sum;
		most = fmax(most, sum);
	}
	for (size_t at = 0; at < IRM_FORECAST_WIDTHS; at++)
		total += weight[at] = exp(weight[at] - most);
	double left = gsl_rng_uniform(rng) * total;
	size_t at = 0;
	while (at + 1 < IRM_FORECAST_WIDTHS && left >= weight[at])
		left -= weight[at++];
	return width(pool, at);
}

void irm_forecast_pool_draw(double value[], const struct irm_forecast_pool *pool,
                            const double events[], const double wanted[], size_t n, gsl_rng *rng)
{
	double k = draw_width(pool, events, wanted, n, rng);
	for (size_t i = 0; i < n; i++)
		value[i] = gsl_ran_gamma(rng, k + events[i], 1 / (k + wanted[i]));
}
