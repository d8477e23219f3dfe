/* How good a forecast was that is a set of draws. */
#ifndef IRM_STATS_FORECAST_SCORE_H
#define IRM_STATS_FORECAST_SCORE_H

#include <stddef.h>
#include <stdint.h>

/* The levels of the quantiles that a forecast is printed with, and that its pinball loss is over:
 * 0.05, 0.25, 0.5, 0.75, 0.95. */
#define IRM_FORECAST_LEVELS 5
extern const double irm_forecast_levels[IRM_FORECAST_LEVELS];

/* Sorts draws, so that the functions below can take them. */
void irm_forecast_sort(int32_t draws[], size_t n);

/* The least of the sorted draws that at least the share p, 0 < p <= 1, is not above: R's quantile
 * type 1. n >= 1. Source: Hyndman & Fan 1996, American Statistician 50:361-365. */
int32_t irm_forecast_quantile(const int32_t draws[], size_t n, double p);

/* The mean of the draws; n >= 1. */
double irm_forecast_mean(const int32_t draws[], size_t n);

/* Continuous ranked probability score of the sorted draws when `actual` happened, in the unit of
 * the draws; 0 is best. It is E|X - actual| - E|X - X'| / 2 for X, X' independent draws; of a
 * single value, its distance. n >= 1. Source: Gneiting & Raftery 2007, JASA 102:359-378, equation
 * 21; the sum over sorted draws: Laio & Tamea 2007, Hydrol. Earth Syst. Sci. 11:1267-1277. Test:
 * tests/unit/test_forecast.c, by hand */
double irm_forecast_crps(const int32_t draws[], size_t n, double actual);

/* The shares of the sorted draws that are below `actual`, and not above it: its probability
 * integral transform lies between them, anywhere alike, where draws are whole numbers. n >= 1.
 * Source: Czado, Gneiting & Held 2009, Biometrics 65:1254-1261. */
struct irm_forecast_pit {
	double below, upto;
};
struct irm_forecast_pit irm_forecast_pit(const int32_t draws[], size_t n, double actual);

/* The part of it that lies within the central `share` of 0 to 1: its mean over forecasts is the
 * coverage of the central band, freed of what whole numbers add to it. */
double irm_forecast_pit_within(struct irm_forecast_pit pit, double share);

/* Pinball loss of a quantile of level p that was forecast, and its mean over the five levels of the
 * sorted draws. Source: Koenker & Bassett 1978, Econometrica 46:33-50. */
double irm_forecast_pinball(double quantile, double p, double actual);
double irm_forecast_pinball_mean(const int32_t draws[], size_t n, double actual);

#endif
