#include "stats/km.h"

#include <float.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <gsl/gsl_cdf.h>

#include "base/date.h"
#include "base/nearest.h"

/* The curve as it is filled: `open` points to the same arrays, for reading. */
struct curve {
	struct irm_curve open;
	int32_t *time;
	int64_t *at_risk, *events, *censored;
	double *survival, *se, *lo, *hi;
	double *log_se; /* standard error of log survival; infinite where survival is 0 */
};

struct observation {
	int32_t day;
	bool ended;
	int64_t count;
};

static const char *const conf_names[] = { "log-log", "log", "plain" };
#define N_CONF_NAMES (sizeof conf_names / sizeof conf_names[0])

enum irm_code irm_conf_parse(enum irm_conf *out, const char *name, struct irm_err *err)
{
	if (!name)
		name = conf_names[IRM_CONF_LOG_LOG];
	for (size_t i = 0; i < N_CONF_NAMES; i++) {
		if (strcmp(name, conf_names[i]) == 0) {
			*out = (enum irm_conf)i;
			return IRM_OK;
		}
	}
	irm_err_set(err, IRM_USAGE, "no transformation of limits is called '%s'", name);
	irm_err_hint_nearest(err, name, conf_names, N_CONF_NAMES);
	return IRM_USAGE;
}

static int by_day(const void *a, const void *b)
{
	int32_t x = ((const struct observation *)a)->day, y = ((const struct observation *)b)->day;
	return (x > y) - (x < y);
}

/* The rows of a checked sample by day. */
static void sort_rows(struct observation *rows, const struct irm_sample *sample)
{
	for (size_t i = 0; i < sample->n; i++)
		rows[i] = (struct observation){ sample->days[i], sample->event[i] == 1,
			                        irm_sample_count(sample, i) };
	if (sample->n > 0)
		qsort(rows, sample->n, sizeof *rows, by_day);
}

/* Takes from those at risk, who are all that will leave, those who come under observation only on
 * the day or later. `rows` is memory for it. */
static void take_late(struct curve *c, struct observation *rows, const struct irm_sample *sample)
{
	size_t n = 0;
	int64_t late = 0;
	for (size_t i = 0; sample->entry && i < sample->n; i++)
		if (irm_sample_entry(sample, i) != IRM_FROM_START)
			rows[n++] = (struct observation){ sample->entry[i], false,
				                          irm_sample_count(sample, i) };
	if (n > 0)
		qsort(rows, n, sizeof *rows, by_day);
	for (size_t i = c->open.points; i-- > 0;) {
		while (n > 0 && rows[n - 1].day >= c->time[i])
			late += rows[--n].count;
		c->at_risk[i] -= late;
	}
}

static size_t count_days(const struct observation *rows, size_t n)
{
	size_t points = 0;
	for (size_t i = 0; i < n; i++)
		points += i == 0 || rows[i].day != rows[i - 1].day;
	return points;
}

/* A curve of so many points, in one piece of memory; NULL where there is none. */
static struct curve *curve_new(size_t points)
{
	size_t size = sizeof(int32_t) + 3 * sizeof(int64_t) + 5 * sizeof(double);
	if (__builtin_mul_overflow(size, points, &size) ||
	    __builtin_add_overflow(size, sizeof(struct curve), &size))
		return NULL;
	struct curve *c = calloc(1, size);
	if (!c)
		return NULL;
	c->at_risk = (int64_t *)(c + 1);
	c->events = c->at_risk + points;
	c->censored = c->events + points;
	c->survival = (double *)(c->censored + points);
	c->se = c->survival + points;
	c->lo = c->se + points;
	c->hi = c->lo + points;
	c->log_se = c->hi + points;
	c->time = (int32_t *)(c->log_se + points);
	c->open = (struct irm_curve){ .last = IRM_DAY_NONE,
		                      .points = points,
		                      .time = c->time,
		                      .at_risk = c->at_risk,
		                      .events = c->events,
		                      .censored = c->censored,
		                      .survival = c->survival,
		                      .se = c->se,
		                      .lo = c->lo,
		                      .hi = c->hi };
	return c;
}

/* The days with their counts. */
static void add_up(struct curve *c, const struct observation *rows, size_t n, int64_t total)
{
	size_t point = 0;
	for (size_t i = 0; i < n; i++) {
		if (i > 0 && rows[i].day != rows[i - 1].day)
			point++;
		c->time[point] = rows[i].day;
		*(rows[i].ended ? &c->events[point] : &c->censored[point]) += rows[i].count;
		c->open.ended += rows[i].ended ? rows[i].count : 0;
	}
	c->open.n = total;
	for (size_t i = 0; i < c->open.points; i++) {
		c->at_risk[i] = total;
		total -= c->events[i] + c->censored[i];
	}
	if (n > 0)
		c->open.last = rows[n - 1].day;
}

/* The product of the shares that go on, and the sum of Greenwood's terms. The product of n factors
 * is n half units in the last place off at most: 1e-12 for a century of days. */
static void multiply(struct curve *c)
{
	double survival = 1, variance = 0;
	for (size_t i = 0; i < c->open.points; i++) {
		double risk = (double)c->at_risk[i], ended = (double)c->events[i];
		double stay = (double)(c->at_risk[i] - c->events[i]);
		if (c->events[i] > 0) {
			survival *= stay / risk;
			variance += stay > 0 ? ended / risk / stay : (double)INFINITY;
		}
		c->survival[i] = survival;
		c->log_se[i] = sqrt(variance);
		c->se[i] = survival > 0 ? survival * c->log_se[i] : (double)NAN;
		c->lo[i] = c->hi[i] = (double)NAN;
	}
}

enum irm_code irm_km_fit_sample(struct irm_curve **out, const struct irm_sample *sample,
                                struct irm_err *err)
{
	int64_t total;
	struct curve *c = NULL;
	enum irm_code code = irm_sample_check(sample, &total, err);
	struct observation *rows = NULL;
	if (code)
		return code;
	rows = calloc(sample->n + 1, sizeof *rows);
	if (!rows)
		return irm_err_memory(err);
	sort_rows(rows, sample);
	c = curve_new(count_days(rows, sample->n));
	if (!c) {
		code = irm_err_memory(err);
		goto done;
	}
	add_up(c, rows, sample->n, total);
	take_late(c, rows, sample);
	multiply(c);
	*out = &c->open;
done:
	free(rows);
	return code;
}

enum irm_code irm_km_fit(struct irm_curve **out, const int32_t days[], const uint8_t event[],
                         const int64_t count[], size_t n, struct irm_err *err)
{
	struct irm_sample sample = { .n = n, .days = days, .event = event, .count = count };
	return irm_km_fit_sample(out, &sample, err);
}

void irm_curve_free(struct irm_curve *curve)
{
	free(curve);
}

static void limit_log_log(double *lo, double *hi, double survival, double width)
{
	if (survival <= 0 || survival >= 1)
		return;
	double log_survival = log(survival), centre = log(-log_survival);
	*lo = exp(-exp(centre - width / log_survival));
	*hi = exp(-exp(centre + width / log_survival));
}

static void limit_log(double *lo, double *hi, double survival, double width)
{
	if (survival <= 0)
		return;
	*lo = exp(log(survival) - width);
	*hi = fmin(exp(log(survival) + width), 1);
}

static void limit_plain(double *lo, double *hi, double survival, double width)
{
	if (survival <= 0)
		return;
	*lo = fmax(survival - survival * width, 0);
	*hi = fmin(survival + survival * width, 1);
}

struct irm_interval irm_conf_limits(enum irm_conf type, double share, double width)
{
	static void (*const limit[])(double *, double *, double, double) = {
		[IRM_CONF_LOG_LOG] = limit_log_log,
		[IRM_CONF_LOG] = limit_log,
		[IRM_CONF_PLAIN] = limit_plain,
	};
	struct irm_interval limits = { (double)NAN, (double)NAN };
	limit[type](&limits.lo, &limits.hi, share, width);
	return limits;
}

enum irm_code irm_km_limits(struct irm_curve *curve, double level, enum irm_conf type,
                            struct irm_err *err)
{
	struct curve *c = (struct curve *)curve;
	if (irm_level_check(level, err))
		return err->code;
	double z = gsl_cdf_ugaussian_Pinv(1 - (1 - level) / 2);
	for (size_t i = 0; i < curve->points; i++) {
		struct irm_interval limits =
		        irm_conf_limits(type, c->survival[i], z * c->log_se[i]);
		c->lo[i] = limits.lo;
		c->hi[i] = limits.hi;
	}
	return IRM_OK;
}

/* The first day on which `share` comes down to `level`, by irm_km_quantile()'s rule. */
static double first_day(const struct irm_curve *curve, const double *share, double level)
{
	double tolerance = sqrt(DBL_EPSILON);
	size_t i = 0;
	while (i < curve->points && !(share[i] < level + tolerance))
		i++;
	if (i == curve->points)
		return (double)NAN;
	double day = curve->time[i];
	if (fabs(share[i] - level) >= tolerance)
		return day;
	for (size_t j = i + 1; j < curve->points; j++)
		if (share[j] < share[i])
			return (day + curve->time[j]) / 2;
	return day;
}

struct irm_quantile irm_km_quantile(const struct irm_curve *curve, double p)
{
	return (struct irm_quantile){
		first_day(curve, curve->survival, 1 - p),
		first_day(curve, curve->lo, 1 - p),
		first_day(curve, curve->hi, 1 - p),
	};
}

struct irm_mean irm_km_rmean(const struct irm_curve *curve, double tau)
{
	if (curve->n == 0 || !(tau >= 0))
		return (struct irm_mean){ (double)NAN, (double)NAN };
	size_t points = 0;
	while (points < curve->points && curve->time[points] <= tau)
		points++;
	/* from tau backwards: area is that under the curve from the point on */
	double area = 0, variance = 0, end = tau;
	for (size_t i = points; i-- > 0;) {
		double risk = (double)curve->at_risk[i], ended = (double)curve->events[i];
		double stay = (double)(curve->at_risk[i] - curve->events[i]);
		area += (end - curve->time[i]) * curve->survival[i];
		end = curve->time[i];
		if (stay > 0)
			variance += area * area * (ended / risk / stay);
	}
	return (struct irm_mean){ area + end, sqrt(variance) };
}

/* The day of the event of that rank, from 0. */
static double day_of(const struct irm_curve *curve, int64_t rank)
{
	size_t i = 0;
	while (rank >= curve->events[i])
		rank -= curve->events[i++];
	return curve->time[i];
}

double irm_km_median_done(const struct irm_curve *curve)
{
	if (curve->ended == 0)
		return (double)NAN;
	return (day_of(curve, (curve->ended - 1) / 2) + day_of(curve, curve->ended / 2)) / 2;
}
