#include "stats/hazard.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#include <gsl/gsl_cdf.h>

#include "stats/proportion.h"

/* The sums while rows are added. */
struct sums {
	struct irm_period *periods;
	int64_t *whole; /* [periods + 1] changes in how many are there through the whole period */
	int64_t *risk;  /* [periods + 1] changes in how many are there when it begins */
	int64_t length;
};

/* The period that a day lies in. */
static size_t period_of(int64_t day, int64_t length)
{
	return day > 0 ? (size_t)((day - 1) / length) : 0;
}

/* Adds count * days to a sum; false where int64_t does not hold that. */
static bool add_days(int64_t *sum, int64_t count, int64_t days)
{
	int64_t product;
	return !__builtin_mul_overflow(count, days, &product) &&
	       !__builtin_add_overflow(*sum, product, sum);
}

static bool add_row(struct sums *sums, const struct irm_sample *sample, size_t i)
{
	int64_t count = irm_sample_count(sample, i), days = sample->days[i], length = sums->length;
	int64_t entry = irm_sample_entry(sample, i) > 0 ? irm_sample_entry(sample, i) : 0;
	size_t from = (size_t)(entry / length), to = period_of(days, length);
	int64_t begin = (int64_t)from * length;
	size_t first = entry == begin ? from : from + 1;
	if (sample->event[i])
		sums->periods[to].events += count;
	if (first <= to) {
		sums->risk[first] += count;
		sums->risk[to + 1] -= count;
	}
	if (from == to)
		return add_days(&sums->periods[to].person_days, count, days - entry);
	sums->whole[from + 1] += count;
	sums->whole[to] -= count;
	return add_days(&sums->periods[from].person_days, count, begin + length - entry) &&
	       add_days(&sums->periods[to].person_days, count, days - (int64_t)to * length);
}

/* Turns the changes into sums. */
static bool add_up(struct sums *sums, size_t n)
{
	int64_t whole = 0, risk = 0;
	for (size_t i = 0; i < n; i++) {
		struct irm_period *period = &sums->periods[i];
		whole += sums->whole[i];
		risk += sums->risk[i];
		period->from = (int64_t)i * sums->length;
		period->to = period->from + sums->length;
		period->at_risk = risk;
		if (!add_days(&period->person_days, whole, sums->length))
			return false;
	}
	return true;
}

/* The x below which the share p of a gamma distribution of that shape lies. GSL 2.7's own gives up
 * from a shape of 1e6 on; the expansion of Cornish and Fisher, in Goldberg & Levine 1946, Annals of
 * Mathematical Statistics 17:216-225, is right to 1e-15 from 1e5 on. */
static double gamma_quantile(double p, double shape)
{
	if (shape < 1e5)
		return gsl_cdf_gamma_Pinv(p, shape, 1);
	double z = gsl_cdf_ugaussian_Pinv(p), root = sqrt(shape), z2 = z * z;
	return shape + z * root + (z2 - 1) / 3 + z * (z2 - 7) / (36 * root) -
	       (3 * z2 * z2 + 7 * z2 - 16) / (810 * shape) +
	       z * (9 * z2 * z2 + 256 * z2 - 433) / (38880 * shape * root);
}

static void estimate(struct irm_period *period, double level)
{
	double days = (double)period->person_days, events = (double)period->events;
	double tail = (1 - level) / 2;
	period->hazard = period->lo = period->hi = (double)NAN;
	if (period->person_days == 0)
		return;
	period->hazard = events / days;
	period->lo = events > 0 ? gamma_quantile(tail, events) / days : 0;
	period->hi = gamma_quantile(1 - tail, events + 1) / days;
}

static enum irm_code count_periods(size_t *n, const struct irm_sample *sample, int64_t length,
                                   struct irm_err *err)
{
	*n = 0;
	for (size_t i = 0; i < sample->n; i++)
		if (period_of(sample->days[i], length) >= *n)
			*n = period_of(sample->days[i], length) + 1;
	if (*n <= IRM_MOST_PERIODS)
		return IRM_OK;
	irm_err_set(err, IRM_USAGE, "the days make %zu periods of %lld, at most %d are possible",
	            *n, (long long)length, IRM_MOST_PERIODS);
	irm_err_hint(err, "longer periods are fewer");
	return IRM_USAGE;
}

static enum irm_code fill(struct irm_hazards *hazards, const struct irm_sample *sample,
                          int64_t length, double level, struct irm_err *err)
{
	enum irm_code code = IRM_OK;
	bool held = true;
	struct sums sums = { .length = length };
	hazards->periods = sums.periods = calloc(hazards->n + 1, sizeof *sums.periods);
	sums.whole = calloc(hazards->n + 1, sizeof *sums.whole);
	sums.risk = calloc(hazards->n + 1, sizeof *sums.risk);
	if (!sums.periods || !sums.whole || !sums.risk) {
		code = irm_err_memory(err);
		goto done;
	}
	for (size_t i = 0; held && i < sample->n; i++)
		held = add_row(&sums, sample, i);
	if (!held || !add_up(&sums, hazards->n))
		code = irm_err_set(err, IRM_INPUT, "the person-days add up to more than %lld",
		                   (long long)INT64_MAX);
	for (size_t i = 0; !code && i < hazards->n; i++)
		estimate(&hazards->periods[i], level);
done:
	free(sums.whole);
	free(sums.risk);
	return code;
}

enum irm_code irm_hazards_new(struct irm_hazards **out, const struct irm_sample *sample,
                              int64_t length, double level, struct irm_err *err)
{
	int64_t total;
	size_t n;
	if (irm_level_check(level, err) || irm_sample_check(sample, &total, err) ||
	    count_periods(&n, sample, length, err))
		return err->code;
	struct irm_hazards *hazards = calloc(1, sizeof *hazards);
	if (!hazards)
		return irm_err_memory(err);
	hazards->n = n;
	if (fill(hazards, sample, length, level, err)) {
		irm_hazards_free(hazards);
		return err->code;
	}
	*out = hazards;
	return IRM_OK;
}

void irm_hazards_free(struct irm_hazards *hazards)
{
	if (!hazards)
		return;
	free(hazards->periods);
	free(hazards);
}
