#include "stats/forecast_score.h"

#include <math.h>
#include <stdlib.h>

const double irm_forecast_levels[IRM_FORECAST_LEVELS] = { 0.05, 0.25, 0.5, 0.75, 0.95 };

static int compare(const void *a, const void *b)
{
	int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
	return (x > y) - (x < y);
}

void irm_forecast_sort(int32_t draws[], size_t n)
{
	qsort(draws, n, sizeof *draws, compare);
}

int32_t irm_forecast_quantile(const int32_t draws[], size_t n, double p)
{
	/* 0.05 . 1000 is not above 50 for its binary fraction */
	double rank = ceil((double)n * p - 1e-9);
	size_t at = rank < 1 ? 0 : (size_t)rank - 1;
	return draws[at < n ? at : n - 1];
}

double irm_forecast_mean(const int32_t draws[], size_t n)
{
	int64_t sum = 0;
	for (size_t i = 0; i < n; i++)
		sum += draws[i];
	return (double)sum / (double)n;
}

double irm_forecast_crps(const int32_t draws[], size_t n, double actual)
{
	double sum = 0, m = (double)n;
	for (size_t i = 0; i < n; i++) {
		double below = (double)i + 0.5;
		sum += (draws[i] - actual) * ((actual < draws[i] ? m : 0) - below);
	}
	return 2 * sum / (m * m);
}

double irm_forecast_pinball(double quantile, double p, double actual)
{
	return actual < quantile ? (1 - p) * (quantile - actual) : p * (actual - quantile);
}

double irm_forecast_pinball_mean(const int32_t draws[], size_t n, double actual)
{
	double sum = 0;
	for (size_t i = 0; i < IRM_FORECAST_LEVELS; i++) {
		double p = irm_forecast_levels[i];
		sum += irm_forecast_pinball(irm_forecast_quantile(draws, n, p), p, actual);
	}
	return sum / IRM_FORECAST_LEVELS;
}
