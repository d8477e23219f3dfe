#include "stats/forecast_level.h"

#include <gsl/gsl_math.h>
#include <gsl/gsl_randist.h>
#include <math.h>

static const double steps[] = { 0.01, 0.05, 0.1, 0.15, 0.2, 0.3 };
static const double noises[] = { 0, 0.1, 0.2, 0.4 };
#define N_STEPS  (sizeof steps / sizeof *steps)
#define N_NOISES (sizeof noises / sizeof *noises)
#define N_GRID   (N_STEPS * N_NOISES)

/* Means of the prior's exponential distributions, and the first level's standard deviation. */
#define STEP_PRIOR  0.1
#define NOISE_PRIOR 0.2
#define FIRST_SD    0.5

/* What a period's counts say of its level: its logarithm and the variance of that. Half an event
 * is added on both sides, so that none is no infinity. */
static double observed(double events, double wanted)
{
	return log((events + 0.5) / (wanted + 0.5));
}

static double variance(double wanted, double around)
{
	return 1 / (wanted * exp(around) + 0.5);
}

/* Kalman's filter: mean[t] and var[t] of the walk given the periods up to t. The logarithm of the
 * likelihood. */
static double filter(double mean[], double var[], size_t n, const double events[],
                     const double wanted[], double step, double noise)
{
	double m = 0, p = FIRST_SD * FIRST_SD, sum = 0;
	for (size_t t = 0; t < n; t++) {
		p += t > 0 ? step * step : 0;
		double f = p + noise * noise + variance(wanted[t], m);
		double off = observed(events[t], wanted[t]) - m;
		sum -= 0.5 * (log(2 * M_PI * f) + off * off / f);
		m += p / f * off;
		p -= p * p / f;
		mean[t] = m;
		var[t] = p;
	}
	return sum;
}

/* One point of the grid, by posterior weight. */
static size_t draw_grid(double work[], size_t n, const double events[], const double wanted[],
                        gsl_rng *rng)
{
	double weight[N_GRID], most = -HUGE_VAL, total = 0;
	for (size_t i = 0; i < N_GRID; i++) {
		double step = steps[i / N_NOISES], noise = noises[i % N_NOISES];
		weight[i] = filter(work, work + n, n, events, wanted, step, noise) -
		            step / STEP_PRIOR - noise / NOISE_PRIOR;
		most = fmax(most, weight[i]);
	}
	for (size_t i = 0; i < N_GRID; i++)
		total += weight[i] = exp(weight[i] - most);
	double left = gsl_rng_uniform(rng) * total;
	size_t at = 0;
	while (at + 1 < N_GRID && left >= weight[at])
		left -= weight[at++];
	return at;
}

/* The walk backwards through the past, given what follows. */
static void draw_walk(double level[], const double mean[], const double var[], size_t n,
                      double step, gsl_rng *rng)
{
	for (size_t t = n; t-- > 0;) {
		double m = mean[t], v = var[t];
		if (t + 1 < n) {
			double gain = v / (v + step * step);
			m += gain * (level[t + 1] - m);
			v -= gain * v;
		}
		level[t] = m + gsl_ran_gaussian(rng, sqrt(v));
	}
}

struct irm_forecast_walk irm_forecast_level_draw(double level[], size_t n, const double events[],
                                                 const double wanted[], double work[], gsl_rng *rng)
{
	size_t at = draw_grid(work, n, events, wanted, rng);
	struct irm_forecast_walk walk = { 0, steps[at / N_NOISES], noises[at % N_NOISES] };
	filter(work, work + n, n, events, wanted, walk.step, walk.noise);
	draw_walk(level, work, work + n, n, walk.step, rng);
	walk.last = level[n - 1];
	double square = walk.noise * walk.noise;
	for (size_t t = 0; t < n; t++) {
		double gain = square / (square + variance(wanted[t], level[t]));
		double pull = gain * (observed(events[t], wanted[t]) - level[t]);
		double sd = walk.noise * sqrt(1 - gain);
		level[t] = exp(level[t] + pull + gsl_ran_gaussian(rng, sd));
	}
	return walk;
}

void irm_forecast_level_go_on(double level[], size_t n, struct irm_forecast_walk walk, gsl_rng *rng)
{
	for (size_t t = 0; t < n; t++) {
		walk.last += gsl_ran_gaussian(rng, walk.step);
		level[t] = exp(walk.last + gsl_ran_gaussian(rng, walk.noise));
	}
}
