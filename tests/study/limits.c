/* How often 95 % limits hold the truth, and what leaving out open reviews does, by simulation.
 *   limits coverage [CYCLES]    by number of reviews; 4,000 simulated cycles each
 *   limits bias [CYCLES]        by the day of an open cycle of 150 reviews
 * Days are log-normal, cut to whole ones; reviews begin evenly over a time, and are seen to a day.
 */
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "stats/km.h"

#define REVIEWS_MOST 190
#define LEVEL        0.95
#define Z            1.959963984540054

struct model {
	double median, sigma; /* of a stage, days */
	double begin;         /* over how many days reviews begin */
	double seen;          /* the day of the cycle they are seen to */
};

struct cycle {
	size_t n;
	int32_t days[REVIEWS_MOST];
	uint8_t event[REVIEWS_MOST];
};

/* The share of stages that take more than `day` whole days. */
static double still_open(const struct model *model, int32_t day)
{
	return gsl_cdf_lognormal_Q(day + 1, log(model->median), model->sigma);
}

static int32_t true_median(const struct model *model)
{
	return (int32_t)ceil(model->median) - 1;
}

static double true_mean(const struct model *model, int32_t tau)
{
	double sum = 0;
	for (int32_t day = 0; day < tau; day++)
		sum += still_open(model, day);
	return sum;
}

/* Reviews that have begun by the day. */
static void simulate(struct cycle *out, const struct model *model, size_t n, gsl_rng *rng)
{
	out->n = 0;
	for (size_t i = 0; i < n; i++) {
		double began = model->begin * gsl_rng_uniform(rng);
		double took = floor(gsl_ran_lognormal(rng, log(model->median), model->sigma));
		double seen = floor(model->seen - began);
		if (seen < 0)
			continue;
		out->event[out->n] = took <= seen;
		out->days[out->n++] = (int32_t)fmin(took, seen);
	}
}

static struct irm_curve *fit(const struct cycle *cycle)
{
	struct irm_curve *curve = NULL;
	struct irm_err err;
	if (irm_km_fit(&curve, cycle->days, cycle->event, NULL, cycle->n, &err) ||
	    irm_km_limits(curve, LEVEL, IRM_CONF_LOG_LOG, &err)) {
		fprintf(stderr, "limits: %s\n", err.message);
		exit(1);
	}
	return curve;
}

/* --- coverage ------------------------------------------------------------------------------- */

/* Unknown limits hold everything on their side. */
static int holds(double lo, double hi, double truth)
{
	return !(lo > truth) && !(hi < truth);
}

static double rate_coverage(size_t n, double p, size_t cycles, gsl_rng *rng)
{
	size_t held = 0;
	for (size_t i = 0; i < cycles; i++) {
		unsigned x = gsl_ran_binomial(rng, p, (unsigned)n);
		struct irm_interval limits =
		        irm_proportion_limits(IRM_CI_WILSON, x, (int64_t)n, LEVEL);
		held += (size_t)holds(limits.lo, limits.hi, p);
	}
	return (double)held / (double)cycles;
}

static void coverage(size_t cycles, gsl_rng *rng)
{
	static const size_t sizes[] = { 5, 10, 15, 20, 30, 40, 60, 80, 120, 190 };
	const struct model model = { 300, 0.7, 900, 1100 };
	const int32_t tau = 600;
	const double mean = true_mean(&model, tau);
	printf("reviews,cycles,median,median_known,restricted_mean,rate_50,rate_80,rate_95\n");
	for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++) {
		size_t medians = 0, known = 0, means = 0;
		for (size_t i = 0; i < cycles; i++) {
			struct cycle cycle;
			simulate(&cycle, &model, sizes[s], rng);
			struct irm_curve *curve = fit(&cycle);
			struct irm_quantile q = irm_km_quantile(curve, 0.5);
			struct irm_mean m = irm_km_rmean(curve, tau);
			medians += (size_t)holds(q.lo, q.hi, true_median(&model));
			known += !isnan(q.lo) && !isnan(q.hi);
			means += (size_t)holds(m.mean - Z * m.se, m.mean + Z * m.se, mean);
			irm_curve_free(curve);
		}
		printf("%zu,%zu,%.3f,%.3f,%.3f,%.3f,%.3f,%.3f\n", sizes[s], cycles,
		       (double)medians / (double)cycles, (double)known / (double)cycles,
		       (double)means / (double)cycles, rate_coverage(sizes[s], 0.5, cycles, rng),
		       rate_coverage(sizes[s], 0.8, cycles, rng),
		       rate_coverage(sizes[s], 0.95, cycles, rng));
	}
}

/* --- bias ----------------------------------------------------------------------------------- */

struct sums {
	double done, begun, mean_done, mean, mean_true, median_done, median;
	size_t with_done, with_median, cycles;
};

static void add(struct sums *sums, const struct model *model, const struct cycle *cycle)
{
	double total = 0;
	struct irm_curve *curve = fit(cycle);
	struct irm_quantile q = irm_km_quantile(curve, 0.5);
	for (size_t i = 0; i < cycle->n; i++)
		total += cycle->event[i] ? cycle->days[i] : 0;
	sums->begun += (double)cycle->n;
	sums->done += (double)curve->ended;
	sums->mean += irm_km_rmean(curve, curve->last).mean;
	sums->mean_true += true_mean(model, curve->last);
	if (curve->ended) {
		sums->with_done++;
		sums->mean_done += total / (double)curve->ended;
		sums->median_done += irm_km_median_done(curve);
	}
	if (!isnan(q.day)) {
		sums->with_median++;
		sums->median += q.day;
	}
	sums->cycles++;
	irm_curve_free(curve);
}

static void bias(size_t cycles, gsl_rng *rng)
{
	printf("day,begun,done_share,mean_done,restricted_mean,restricted_mean_true,median_done,"
	       "median,median_known,median_true\n");
	for (int day = 400; day <= 2000; day += 200) {
		const struct model model = { 500, 0.6, 730, day };
		struct sums sums = { .cycles = 0 };
		for (size_t i = 0; i < cycles; i++) {
			struct cycle cycle;
			simulate(&cycle, &model, 150, rng);
			add(&sums, &model, &cycle);
		}
		double n = (double)sums.cycles, k = (double)sums.with_done;
		printf("%d,%.1f,%.3f,%.1f,%.1f,%.1f,%.1f,", day, sums.begun / n,
		       sums.done / sums.begun, sums.mean_done / k, sums.mean / n,
		       sums.mean_true / n, sums.median_done / k);
		/* a mean over the cycles that have one would be of the fast ones */
		if (sums.with_median * 20 >= sums.cycles * 19)
			printf("%.1f", sums.median / (double)sums.with_median);
		printf(",%.3f,%d\n", (double)sums.with_median / n, true_median(&model));
	}
}

int main(int argc, char **argv)
{
	long cycles = argc > 2 ? strtol(argv[2], NULL, 10) : 4000;
	if (argc < 2 || cycles < 1 || (strcmp(argv[1], "coverage") && strcmp(argv[1], "bias"))) {
		fprintf(stderr, "usage: limits coverage|bias [CYCLES]\n");
		return 2;
	}
	gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
	if (!rng)
		return 4;
	gsl_rng_set(rng, 1);
	(argv[1][0] == 'c' ? coverage : bias)((size_t)cycles, rng);
	gsl_rng_free(rng);
	return 0;
}
