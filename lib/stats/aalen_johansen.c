#include "stats/aalen_johansen.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#include <gsl/gsl_cdf.h>

#include "base/date.h"
#include "stats/proportion.h"

/* The curves as they are filled: `open` points to the same arrays, for reading. */
struct curves {
	struct irm_incidence open;
	int64_t *events;
	double *share, *se, *lo, *hi;
	double *all;           /* [points] ended in any way on the day */
	struct irm_curve *any; /* the Kaplan-Meier curve of all outcomes as one */
};

static struct curves *curves_new(struct irm_curve *any, size_t outcomes)
{
	size_t points = any->points, cells;
	struct curves *c = calloc(1, sizeof *c);
	if (!c || __builtin_mul_overflow(points, outcomes, &cells)) {
		free(c);
		return NULL;
	}
	c->events = calloc(cells + 1, sizeof *c->events);
	c->share = calloc(cells + 1, sizeof *c->share);
	c->se = calloc(cells + 1, sizeof *c->se);
	c->lo = calloc(cells + 1, sizeof *c->lo);
	c->hi = calloc(cells + 1, sizeof *c->hi);
	c->all = calloc(points + 1, sizeof *c->all);
	c->open = (struct irm_incidence){ .n = any->n,
		                          .last = any->last,
		                          .points = points,
		                          .outcomes = outcomes,
		                          .time = any->time,
		                          .at_risk = any->at_risk,
		                          .censored = any->censored,
		                          .open = any->survival,
		                          .events = c->events,
		                          .share = c->share,
		                          .se = c->se,
		                          .lo = c->lo,
		                          .hi = c->hi };
	if (c->events && c->share && c->se && c->lo && c->hi && c->all)
		return c;
	irm_incidence_free(&c->open);
	return NULL;
}

void irm_incidence_free(struct irm_incidence *incidence)
{
	struct curves *c = (struct curves *)incidence;
	if (!c)
		return;
	irm_curve_free(c->any);
	free(c->events);
	free(c->share);
	free(c->se);
	free(c->lo);
	free(c->hi);
	free(c->all);
	free(c);
}

ptrdiff_t irm_incidence_at(const struct irm_incidence *incidence, double day)
{
	size_t low = 0, high = incidence->points;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (incidence->time[middle] <= day)
			low = middle + 1;
		else
			high = middle;
	}
	return (ptrdiff_t)low - 1;
}

static enum irm_code count_events(struct curves *c, const struct irm_sample *sample,
                                  struct irm_err *err)
{
	for (size_t i = 0; i < sample->n; i++) {
		if (!sample->event[i])
			continue;
		if (sample->outcome[i] >= c->open.outcomes)
			return irm_err_set(err, IRM_INPUT,
			                   "expected an outcome below %zu, found %lu",
			                   c->open.outcomes, (unsigned long)sample->outcome[i]);
		size_t point = (size_t)irm_incidence_at(&c->open, sample->days[i]);
		c->events[sample->outcome[i] * c->open.points + point] +=
		        irm_sample_count(sample, i);
	}
	for (size_t i = 0; i < c->open.points; i++)
		c->all[i] = (double)c->any->events[i];
	return IRM_OK;
}

/* The share still open before point i. */
static double open_before(const struct irm_incidence *c, size_t i)
{
	return i > 0 ? c->open[i - 1] : 1;
}

static void add_up(struct curves *c)
{
	const struct irm_incidence *in = &c->open;
	for (size_t k = 0; k < in->outcomes; k++) {
		double share = 0;
		for (size_t i = 0; i < in->points; i++) {
			double part =
			        (double)c->events[k * in->points + i] / (double)in->at_risk[i];
			share += open_before(in, i) * part;
			c->share[k * in->points + i] = fmin(share, 1);
		}
	}
}

/* What the ends of day i add to the variance of a figure of outcome k that changes by `own` where
 * one at risk comes to it, and by -`rest` for each one who ends at all: the sum of the squares of
 * all at risk, each of which is positive. */
static double day_variance(const struct curves *c, size_t k, size_t i, double own, double rest)
{
	double risk = (double)c->open.at_risk[i], all = c->all[i];
	double ended = (double)c->events[k * c->open.points + i], stay = risk - all;
	double part = open_before(&c->open, i) / risk;
	double square = (own - rest) * (own - rest) * (ended * (stay / risk)) +
	                rest * rest * ((all - ended) * (stay / risk)) +
	                own * own * (ended * ((all - ended) / risk));
	return part * part * square;
}

/* The standard error of outcome k's share at point `at`. What ends on an earlier day can come to
 * the outcome no more: of those open then, the share that does from there on is `later`. */
static double share_error(const struct curves *c, size_t k, size_t at)
{
	const double *share = &c->share[k * c->open.points];
	double variance = 0;
	for (size_t i = 0; i <= at; i++) {
		double open = c->open.open[i];
		double later = open > 0 ? (share[at] - share[i]) / open : 0;
		if (c->all[i] > 0)
			variance += day_variance(c, k, i, 1, later);
	}
	return sqrt(variance);
}

static void limit(struct curves *c, double level, enum irm_conf type)
{
	double z = gsl_cdf_ugaussian_Pinv(1 - (1 - level) / 2);
	for (size_t k = 0; k < c->open.outcomes; k++) {
		for (size_t i = 0; i < c->open.points; i++) {
			size_t at = k * c->open.points + i;
			bool moved = i == 0 || c->all[i] > 0;
			c->se[at] = moved ? share_error(c, k, i) : c->se[at - 1];
			struct irm_interval limits =
			        irm_conf_limits(type, c->share[at], z * c->se[at] / c->share[at]);
			c->lo[at] = limits.lo;
			c->hi[at] = limits.hi;
		}
	}
}

enum irm_code irm_incidence_fit(struct irm_incidence **out, const struct irm_sample *sample,
                                size_t outcomes, double level, enum irm_conf type,
                                struct irm_err *err)
{
	struct irm_curve *any = NULL;
	if (irm_level_check(level, err) || irm_km_fit_sample(&any, sample, err))
		return err->code;
	struct curves *c = curves_new(any, outcomes);
	if (!c) {
		irm_curve_free(any);
		return irm_err_memory(err);
	}
	c->any = any;
	if (count_events(c, sample, err)) {
		irm_incidence_free(&c->open);
		return err->code;
	}
	add_up(c);
	limit(c, level, type);
	*out = &c->open;
	return IRM_OK;
}

int64_t irm_incidence_events(const struct irm_incidence *incidence, size_t k)
{
	int64_t sum = 0;
	for (size_t i = 0; i < incidence->points; i++)
		sum += incidence->events[k * incidence->points + i];
	return sum;
}

struct irm_mean irm_incidence_rmean(const struct irm_incidence *incidence, size_t k, double tau)
{
	const struct curves *c = (const struct curves *)incidence;
	const double *share = &c->share[k * incidence->points];
	if (incidence->n == 0 || !(tau >= 0))
		return (struct irm_mean){ (double)NAN, (double)NAN };
	/* from tau backwards: `area` is that under the curve from point i on */
	double area = 0, variance = 0, end = tau;
	for (size_t i = (size_t)(irm_incidence_at(incidence, tau) + 1); i-- > 0;) {
		double own = tau - incidence->time[i], open = incidence->open[i];
		area += (end - incidence->time[i]) * share[i];
		end = incidence->time[i];
		double later = open > 0 ? fmax(area - own * share[i], 0) / open : 0;
		if (c->all[i] > 0)
			variance += day_variance(c, k, i, own, later);
	}
	return (struct irm_mean){ area, sqrt(variance) };
}
