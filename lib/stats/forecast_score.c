#include "stats/forecast_score.h"

#include <math.h>
#include <stdbool.h>
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

/* How many of the sorted draws are below `value`, or not above it. */
static size_t count_to(const int32_t draws[], size_t n, double value, bool with_equal)
{
	size_t low = 0, high = n;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (draws[middle] < value || (with_equal && draws[middle] == value))
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

struct irm_forecast_pit irm_forecast_pit(const int32_t draws[], size_t n, double actual)
{
	return (struct irm_forecast_pit){ (double)count_to(draws, n, actual, false) / (double)n,
		                          (double)count_to(draws, n, actual, true) / (double)n };
}

double irm_forecast_pit_within(struct irm_forecast_pit pit, double share)
{
	double lo = (1 - share) / 2, hi = 1 - lo;
	if (pit.upto <= pit.below)
		return pit.below > lo && pit.below < hi;
	return fmax(0, fmin(pit.upto, hi) - fmax(pit.below, lo)) / (pit.upto - pit.below);
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
