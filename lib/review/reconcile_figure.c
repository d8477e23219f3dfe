#include "review/reconcile_figure.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "review/metric.h"

#define CENTURY 36525 /* days: how far an open end of a figure's day is followed */

/* What one figure is compared by. */
struct comparing {
	const struct irm_query *query;
	const struct irm_published *figure;
	struct irm_stated stated;
	struct irm_metric metric;
	struct irm_metric_series series; /* from `from` on, over the days looked at */
	int32_t first, last; /* that the figure's day may be, as far as the records go */
	char *reason;        /* [IRM_REASON_MOST] */
	size_t used;
};

/* The power of ten that the zeros at the end show, at most `most`. */
static double zeros(double value, double most)
{
	double step = 1;
	while (value != 0 && step < most && fmod(value, step * 10) == 0)
		step *= 10;
	return step;
}

/* The power of ten of the last digit behind the point. */
static double digits(double value)
{
	double step = 1;
	while (step > 1e-4 && fabs(value / step - round(value / step)) > 1e-9)
		step /= 10;
	return step;
}

/* Which way the unit's word in brackets is rough: -1 from below, 1 from above, 0 about, 2 not. */
static int roughness(const char *unit)
{
	static const struct {
		const char *word;
		int way;
	} words[] = {
		{ "(almost)", -1 },     { "(nearly)", -1 },     { "(under)", -1 },
		{ "(fewer than)", -1 }, { "(less than)", -1 },  { "(over)", 1 },
		{ "(more than)", 1 },   { "(above)", 1 },       { "(around)", 0 },
		{ "(about)", 0 },       { "(approximate)", 0 }, { "(approximately)", 0 },
	};
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (strstr(unit, words[i].word))
			return words[i].way;
	return 2;
}

struct irm_stated irm_stated(double value, const char *unit, bool is_share)
{
	int way = roughness(unit);
	double one = is_share ? 1e-9 : 1; /* beside a bound */
	double step = zeros(value, is_share ? 10 : 1e15), half = step / 2;
	if (way == -1)
		return (struct irm_stated){ value - (half > 1 ? half : 1), value - one, true };
	if (way == 1)
		return (struct irm_stated){ value + one, value + (step > 2 ? step : 2) - one,
			                    true };
	if (way == 0)
		return (struct irm_stated){ value - half, step > 1 ? value + half - one : value,
			                    true };
	half = is_share ? digits(value) / 2 + 1e-9 : 0;
	return (struct irm_stated){ value - half, value + half, false };
}

static void say(struct comparing *in, const char *fmt, ...) IRM_PRINTF(2, 3);

/* Adds a part to the reason. */
static void say(struct comparing *in, const char *fmt, ...)
{
	va_list args;
	if (in->used && in->used + 3 < IRM_REASON_MOST)
		in->used += (size_t)snprintf(in->reason + in->used, 3, "; ");
	size_t room = IRM_REASON_MOST - in->used;
	va_start(args, fmt);
	size_t length = (size_t)vsnprintf(in->reason + in->used, room, fmt, args);
	va_end(args);
	in->used += length < room ? length : room - 1;
}

/* How far a value is from what is stated; 0: it agrees. */
static double distance(const struct comparing *in, double value)
{
	if (isnan(value))
		return (double)INFINITY;
	if (value < in->stated.lo)
		return in->stated.lo - value;
	return value > in->stated.hi ? value - in->stated.hi : 0;
}

static double value_at(const struct irm_metric_series *series, int32_t day)
{
	return series->value[day - series->first];
}

static bool agrees_on(const struct comparing *in, int32_t day)
{
	return distance(in, value_at(&in->series, day)) <= 0;
}

static int32_t last_day(const struct irm_metric_series *series)
{
	return series->first + (int32_t)series->n - 1;
}

/* The day of the figure's whose value is nearest to what is stated, the last of equals, but the
 * first that agrees. */
static int32_t nearest_day(const struct comparing *in)
{
	int32_t best = in->last;
	for (int32_t day = in->last; day-- > in->first;)
		if (distance(in, value_at(&in->series, day)) <
		    distance(in, value_at(&in->series, best)))
			best = day;
	while (best > in->first && agrees_on(in, best) && agrees_on(in, best - 1))
		best--;
	return best;
}

/* Says from when to when the value agrees, around a day on which it does. */
static void say_run(struct comparing *in, const char *words, int32_t day, int32_t lowest,
                    int32_t highest, bool is_open)
{
	char a[IRM_DAY_SIZE], b[IRM_DAY_SIZE];
	int32_t from = day, to = day;
	while (from > lowest && agrees_on(in, from - 1))
		from--;
	while (to < highest && agrees_on(in, to + 1))
		to++;
	irm_day_format(a, from);
	irm_day_format(b, to);
	if (from == to)
		say(in, "%s %s", words, a);
	else if (is_open && to == last_day(&in->series))
		say(in, "%s %s and later", words, a);
	else if (is_open && from == in->series.first)
		say(in, "%s %s and earlier", words, b);
	else
		say(in, "%s %s to %s", words, a, b);
}

static void say_shift(struct comparing *in, int32_t day, int32_t by, bool is_before)
{
	char words[80];
	snprintf(words, sizeof words, "different day: %d day%s %s, the records give it as at",
	         (int)by, by == 1 ? "" : "s", is_before ? "before" : "after");
	if (is_before)
		say_run(in, words, day, in->series.first, in->first - 1, true);
	else
		say_run(in, words, day, in->last + 1, last_day(&in->series), true);
}

/* Says which day beside the figure's gives it: the nearest, the earlier of two. */
static void say_other_day(struct comparing *in)
{
	for (int32_t i = 1; i <= IRM_RECONCILE_DAYS; i++) {
		int32_t before = in->first - i, after = in->last + i;
		bool is_before = before >= in->series.first && agrees_on(in, before);
		if (!is_before && (after > last_day(&in->series) || !agrees_on(in, after)))
			continue;
		say_shift(in, is_before ? before : after, i, is_before);
		return;
	}
}

/* Says which other ways of counting give the figure. */
static enum irm_code say_other_count(struct comparing *in, struct irm_err *err)
{
	struct irm_metric other = in->metric;
	enum irm_code code = IRM_OK;
	while (!code && irm_metric_next(&other, in->figure->metric)) {
		struct irm_metric_series series;
		bool agrees = false;
		code = irm_metric_compute(&series, in->query, in->figure, &other, in->first,
		                          in->last, err);
		for (size_t i = 0; !code && i < series.n; i++)
			agrees = agrees || distance(in, series.value[i]) <= 0;
		if (agrees)
			say(in, "different count: it is the number of %s", other.rule->says);
		irm_metric_series_release(&series);
	}
	return code;
}

/* Whether anything is counted on any day that was looked at; shares are of something. */
static bool has_rows(const struct irm_metric_series *series)
{
	for (size_t i = 0; i < series->n; i++)
		if (isnan(series->most[i]) || series->most[i] > 0)
			return true;
	return false;
}

static void say_unknown(struct comparing *in, int32_t day)
{
	char least[IRM_NUMBER_SIZE], most[IRM_NUMBER_SIZE], more[IRM_NUMBER_SIZE];
	double value = value_at(&in->series, day);
	double upto = in->series.most[day - in->series.first];
	if (distance(in, value) > 0 && !has_rows(&in->series))
		say(in, "records missing: there are none within a year of that day");
	if (isnan(upto) || upto <= value)
		return;
	irm_number_format(least, value);
	irm_number_format(most, upto);
	irm_number_format(more, upto - value);
	if (distance(in, value) > 0)
		say(in, "records missing: %s more unknown on that day, so %s to %s", more, least,
		    most);
	else
		say(in, "%s more unknown on that day", more);
	if (upto < in->stated.lo)
		say(in, "there are not so many on record");
}

/* The lowest and highest value of the days that a vague day may be. */
static void say_range(struct comparing *in)
{
	char low[IRM_NUMBER_SIZE], high[IRM_NUMBER_SIZE];
	double least = (double)INFINITY, most = -(double)INFINITY;
	for (int32_t day = in->first; day <= in->last; day++) {
		least = fmin(least, value_at(&in->series, day));
		most = fmax(most, value_at(&in->series, day));
	}
	irm_number_format(low, least);
	irm_number_format(high, most);
	if (least < most)
		say(in, "no day of %s gives it: %s to %s", in->figure->day, low, high);
	else
		say(in, "no day of %s gives it", in->figure->day);
}

static void say_agreement(struct comparing *in, int32_t day)
{
	char lo[IRM_NUMBER_SIZE], hi[IRM_NUMBER_SIZE];
	if (in->first != in->last)
		say_run(in, "as at", day, in->first, in->last, false);
	if (in->stated.is_rough) {
		irm_number_format(lo, in->stated.lo);
		irm_number_format(hi, in->stated.hi);
		say(in, "taken for %s to %s", lo, hi);
	}
	say_unknown(in, day);
}

static enum irm_code say_difference(struct comparing *in, int32_t day, struct irm_err *err)
{
	if (in->first != in->last)
		say_range(in);
	size_t before = in->used;
	say_other_day(in);
	if (say_other_count(in, err))
		return err->code;
	say_unknown(in, day);
	if (in->used == before)
		say(in, "the records show no likely reason");
	return IRM_OK;
}

/* The days that the figure's may be, no later than the records go; false where they go not so far.
 */
static bool find_days(struct comparing *in)
{
	const struct irm_date as_of = in->figure->as_of;
	int32_t end = in->query->data->as_of;
	in->first = as_of.first == IRM_DAY_PAST ? as_of.last - CENTURY : as_of.first;
	in->last = as_of.last == IRM_DAY_FUTURE ? as_of.first + CENTURY : as_of.last;
	in->first = in->first < IRM_DAY_FIRST ? IRM_DAY_FIRST : in->first;
	in->last = in->last > IRM_DAY_LAST ? IRM_DAY_LAST : in->last;
	if (end != IRM_DAY_NONE && in->last > end)
		in->last = end;
	return in->first <= in->last;
}

static enum irm_code compute(struct comparing *in, struct irm_err *err)
{
	int32_t from = in->first - IRM_RECONCILE_DAYS, to = in->last + IRM_RECONCILE_DAYS;
	int32_t end = in->query->data->as_of;
	from = from < IRM_DAY_FIRST ? IRM_DAY_FIRST : from;
	to = to > IRM_DAY_LAST ? IRM_DAY_LAST : to;
	if (end != IRM_DAY_NONE && to > end)
		to = end;
	return irm_metric_compute(&in->series, in->query, in->figure, &in->metric, from, to, err);
}

/* Says why a figure cannot be computed before the records are asked; true where it can. */
static bool can_be_asked(struct comparing *in)
{
	char end[IRM_DAY_SIZE];
	if (!irm_metric_next(&in->metric, in->figure->metric)) {
		say(in, "no rule knows the metric: irm-reconcile --rules lists them");
		return false;
	}
	if (in->metric.rule->unit == IRM_METRIC_NOTHING) {
		say(in, "%s", in->metric.rule->says);
		return false;
	}
	if (isnan(in->figure->value)) {
		say(in, "the document's value is not given");
		return false;
	}
	if (find_days(in))
		return true;
	irm_day_format(end, in->query->data->as_of);
	say(in, "the records end on %s", end);
	return false;
}

static enum irm_code compare(struct comparing *in, struct irm_reconciled *out, struct irm_err *err)
{
	if (!can_be_asked(in))
		return IRM_OK;
	if (compute(in, err))
		return err->code;
	if (*in->series.lacks) {
		say(in, "%s", in->series.lacks);
		return IRM_OK;
	}
	in->stated = irm_stated(in->figure->value, in->figure->unit,
	                        in->metric.rule->unit == IRM_METRIC_SHARE);
	int32_t day = nearest_day(in);
	out->computed = value_at(&in->series, day);
	if (isnan(out->computed)) {
		say(in, "there are no reviews to take the share of");
		return IRM_OK;
	}
	out->difference = out->computed - in->figure->value;
	out->outcome = agrees_on(in, day) ? IRM_AGREES : IRM_UNEXPLAINED;
	if (out->outcome == IRM_AGREES)
		say_agreement(in, day);
	else if (say_difference(in, day, err))
		return err->code;
	if (*in->series.note)
		say(in, "%s", in->series.note);
	return IRM_OK;
}

enum irm_code irm_reconcile_figure(struct irm_reconciled *out, char reason[IRM_REASON_MOST],
                                   const struct irm_query *query,
                                   const struct irm_published *figure, struct irm_err *err)
{
	*out = (struct irm_reconciled){ .figure = figure,
		                        .computed = (double)NAN,
		                        .difference = (double)NAN,
		                        .outcome = IRM_NOT_COMPUTABLE };
	struct comparing in = { .query = query, .figure = figure, .reason = reason };
	*reason = '\0';
	enum irm_code code = compare(&in, out, err);
	irm_metric_series_release(&in.series);
	return code;
}
