#include "stats/logrank.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#include <gsl/gsl_cdf.h>

#include "stats/product.h"

/* Below this part of its variance, what is left of a group's once the others' are known is
 * rounding. */
#define LEAST_PIVOT 1e-10

static const struct irm_test no_test = { (double)NAN, (double)NAN, (double)NAN };

/* Someone who leaves on a day, or who enters after it. */
struct step {
	uint32_t stratum, group;
	int32_t day;
	int64_t count, events;
};

/* The days of a sample while they are walked through. */
struct walk {
	struct step *leave, *enter; /* by stratum and day */
	size_t n_leave, n_enter, at_leave, at_enter;
	int64_t *at_risk, *events; /* [groups] on the day */
};

static int by_stratum_day(const void *a, const void *b)
{
	const struct step *x = a, *y = b;
	if (x->stratum != y->stratum)
		return x->stratum < y->stratum ? -1 : 1;
	return (x->day > y->day) - (x->day < y->day);
}

static void walk_release(struct walk *walk)
{
	free(walk->leave);
	free(walk->enter);
	free(walk->at_risk);
	free(walk->events);
}

static enum irm_code walk_init(struct walk *walk, const struct irm_sample *sample, size_t groups,
                               struct irm_err *err)
{
	walk->leave = calloc(sample->n + 1, sizeof *walk->leave);
	walk->enter = calloc(sample->n + 1, sizeof *walk->enter);
	walk->at_risk = calloc(groups + 1, sizeof *walk->at_risk);
	walk->events = calloc(groups + 1, sizeof *walk->events);
	if (!walk->leave || !walk->enter || !walk->at_risk || !walk->events)
		return irm_err_memory(err);
	for (size_t i = 0; i < sample->n; i++) {
		if (sample->group[i] >= groups)
			continue;
		int64_t count = irm_sample_count(sample, i);
		struct step step = { sample->stratum ? sample->stratum[i] : 0, sample->group[i],
			             sample->days[i], count, sample->event[i] ? count : 0 };
		walk->leave[walk->n_leave++] = step;
		step.day = irm_sample_entry(sample, i);
		walk->enter[walk->n_enter++] = step;
	}
	if (walk->n_leave > 0) {
		qsort(walk->leave, walk->n_leave, sizeof *walk->leave, by_stratum_day);
		qsort(walk->enter, walk->n_enter, sizeof *walk->enter, by_stratum_day);
	}
	return IRM_OK;
}

/* Those who leave on the next day, and all who are at risk on it. */
static void walk_day(struct walk *walk, size_t groups)
{
	const struct step *first = &walk->leave[walk->at_leave];
	for (; walk->at_enter < walk->n_enter; walk->at_enter++) {
		const struct step *step = &walk->enter[walk->at_enter];
		if (step->stratum != first->stratum || step->day >= first->day)
			break;
		walk->at_risk[step->group] += step->count;
	}
	for (size_t k = 0; k < groups; k++)
		walk->events[k] = 0;
	for (size_t i = walk->at_leave; i < walk->n_leave; i++) {
		if (by_stratum_day(&walk->leave[i], first) != 0)
			break;
		walk->events[walk->leave[i].group] += walk->leave[i].events;
	}
}

/* Past the day: who left on it is at risk no more. */
static void walk_on(struct walk *walk)
{
	const struct step *first = &walk->leave[walk->at_leave];
	while (walk->at_leave < walk->n_leave &&
	       by_stratum_day(&walk->leave[walk->at_leave], first) == 0) {
		walk->at_risk[walk->leave[walk->at_leave].group] -=
		        walk->leave[walk->at_leave].count;
		walk->at_leave++;
	}
}

/* One day: of `risk` in all `ended` did. */
static void add_day(struct irm_logrank *l, const struct walk *walk, double risk, double ended,
                    double weight)
{
	double spread = risk > 1 ? weight * weight * ended * ((risk - ended) / (risk - 1)) : 0;
	for (size_t k = 0; k < l->groups; k++) {
		double own = (double)walk->at_risk[k], events = (double)walk->events[k];
		if (own <= 0)
			continue;
		l->expected[k] += weight * ended * (own / risk);
		l->difference[k] +=
		        weight * (irm_product_difference(events, risk, ended, own) / risk);
		l->variance[k * l->groups + k] += spread * (own / risk) * ((risk - own) / risk);
		for (size_t j = 0; j < k; j++)
			l->variance[k * l->groups + j] -=
			        spread * (own / risk) * ((double)walk->at_risk[j] / risk);
	}
}

static void add_days(struct irm_logrank *l, struct walk *walk, int rho)
{
	double open = 1; /* of the stratum, before the day */
	uint32_t stratum = 0;
	while (walk->at_leave < walk->n_leave) {
		int64_t risk = 0, ended = 0;
		if (walk->leave[walk->at_leave].stratum != stratum)
			open = 1;
		stratum = walk->leave[walk->at_leave].stratum;
		walk_day(walk, l->groups);
		for (size_t k = 0; k < l->groups; k++) {
			risk += walk->at_risk[k];
			ended += walk->events[k];
		}
		if (ended > 0)
			add_day(l, walk, (double)risk, (double)ended, rho == 0 ? 1 : open);
		open *= (double)(risk - ended) / (double)risk;
		walk_on(walk);
	}
	for (size_t k = 0; k < l->groups; k++)
		for (size_t j = 0; j < k; j++)
			l->variance[j * l->groups + k] = l->variance[k * l->groups + j];
}

static struct irm_logrank *logrank_alloc(size_t groups)
{
	size_t size;
	struct irm_logrank *l = calloc(1, sizeof *l);
	if (!l || __builtin_mul_overflow(groups, groups, &size)) {
		free(l);
		return NULL;
	}
	l->groups = groups;
	l->expected = calloc(groups + 1, sizeof *l->expected);
	l->difference = calloc(groups + 1, sizeof *l->difference);
	l->variance = calloc(size + 1, sizeof *l->variance);
	if (l->expected && l->difference && l->variance)
		return l;
	irm_logrank_free(l);
	return NULL;
}

enum irm_code irm_logrank_new(struct irm_logrank **out, const struct irm_sample *sample,
                              size_t groups, int rho, struct irm_err *err)
{
	int64_t total;
	struct walk walk = { 0 };
	struct irm_logrank *l = NULL;
	enum irm_code code = irm_sample_check(sample, &total, err);
	if (code)
		return code;
	code = walk_init(&walk, sample, groups, err);
	if (code)
		goto done;
	l = logrank_alloc(groups);
	if (!l) {
		code = irm_err_memory(err);
		goto done;
	}
	add_days(l, &walk, rho);
	*out = l;
done:
	walk_release(&walk);
	return code;
}

void irm_logrank_free(struct irm_logrank *l)
{
	if (!l)
		return;
	free(l->expected);
	free(l->difference);
	free(l->variance);
	free(l);
}

static struct irm_test test_of(double chisq, double df)
{
	return (struct irm_test){ chisq, df, gsl_cdf_chisq_Q(chisq, df) };
}

/* The groups that expect something, but for that of the greatest variance: the differences add up
 * to 0, and without it the others' covariances are farthest from singular. */
static size_t choose_groups(size_t chosen[], const struct irm_logrank *l)
{
	size_t n = 0, left_out = 0;
	for (size_t k = 0; k < l->groups; k++) {
		if (!(l->expected[k] > 0))
			continue;
		if (n > 0 && l->variance[k * l->groups + k] >
		                     l->variance[chosen[left_out] * l->groups + chosen[left_out]])
			left_out = n;
		chosen[n++] = k;
	}
	if (n == 0)
		return 0;
	for (size_t i = left_out; i + 1 < n; i++)
		chosen[i] = chosen[i + 1];
	return n - 1;
}

/* u' V^-1 u of the chosen groups by Cholesky's factors, which `root` has room for; NAN where V is
 * singular. */
static double quadratic_form(double *root, double *solved, const struct irm_logrank *l,
                             const size_t chosen[], size_t n)
{
	double sum = 0;
	for (size_t i = 0; i < n; i++) {
		const double *variance = &l->variance[chosen[i] * l->groups];
		double left = variance[chosen[i]], u = l->difference[chosen[i]];
		for (size_t j = 0; j < i; j++) {
			double entry = variance[chosen[j]];
			for (size_t k = 0; k < j; k++)
				entry -= root[i * n + k] * root[j * n + k];
			entry /= root[j * n + j];
			root[i * n + j] = entry;
			left -= entry * entry;
			u -= entry * solved[j];
		}
		if (!(left > LEAST_PIVOT * variance[chosen[i]]))
			return (double)NAN;
		root[i * n + i] = sqrt(left);
		solved[i] = u / root[i * n + i];
		sum += solved[i] * solved[i];
	}
	return sum;
}

enum irm_code irm_logrank_test(struct irm_test *out, const struct irm_logrank *l,
                               struct irm_err *err)
{
	enum irm_code code = IRM_OK;
	double *root = NULL, *solved = NULL, chisq = (double)NAN;
	size_t *chosen = calloc(l->groups + 1, sizeof *chosen);
	size_t n = chosen ? choose_groups(chosen, l) : 0;
	root = calloc(n * n + 1, sizeof *root);
	solved = calloc(n + 1, sizeof *solved);
	if (!chosen || !root || !solved) {
		code = irm_err_memory(err);
		goto done;
	}
	if (n > 0)
		chisq = quadratic_form(root, solved, l, chosen, n);
	*out = isnan(chisq) ? no_test : test_of(chisq, (double)n);
done:
	free(chosen);
	free(root);
	free(solved);
	return code;
}

/* What the differences add up to by their scores, and its variance; false where that is none. */
static bool sum_scores(double *sum, double *variance, const struct irm_logrank *l,
                       const double scores[])
{
	*sum = *variance = 0;
	/* The differences add up to 0, and so does each row of their covariances: scores count only
	 * as far as they differ. */
	for (size_t k = 0; k < l->groups; k++) {
		double score = scores[k] - scores[0];
		*sum += score * l->difference[k];
		for (size_t j = 0; j < k; j++) {
			double apart = scores[k] - scores[j];
			*variance -= apart * apart * l->variance[k * l->groups + j];
		}
	}
	return *variance > 0 && isfinite(*variance);
}

struct irm_test irm_logrank_trend(const struct irm_logrank *l, const double scores[])
{
	double sum, variance;
	return sum_scores(&sum, &variance, l, scores) ? test_of(sum * (sum / variance), 1)
	                                              : no_test;
}

struct irm_slope irm_logrank_slope(const struct irm_logrank *l, const double scores[])
{
	double sum, variance;
	if (!sum_scores(&sum, &variance, l, scores))
		return (struct irm_slope){ (double)NAN, (double)NAN };
	return (struct irm_slope){ sum / variance, 1 / sqrt(variance) };
}
