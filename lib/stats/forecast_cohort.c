#include "stats/forecast_cohort.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <math.h>
#include <stdlib.h>

/* What is thought of the correlation before the records, and the most it can be. */
#define PRIOR_CORRELATION 0.3
#define PRIOR_SD          0.3
#define MOST_CORRELATION  0.99

struct member {
	uint32_t place, cycle;
	int32_t expected;
	int32_t days; /* that it took to begin */
	double score;
};

static int by_cohort(const void *a, const void *b)
{
	const struct member *x = a, *y = b;
	if (x->cycle != y->cycle)
		return x->cycle < y->cycle ? -1 : 1;
	if (x->expected != y->expected)
		return x->expected < y->expected ? -1 : 1;
	return (x->place > y->place) - (x->place < y->place);
}

static int by_days(const void *a, const void *b)
{
	const struct member *x = a, *y = b;
	if (x->days != y->days)
		return x->days < y->days ? -1 : 1;
	return (x->place > y->place) - (x->place < y->place);
}

static void number_cohorts(struct irm_forecast_cohorts *out, struct member members[], size_t n)
{
	qsort(members, n, sizeof *members, by_cohort);
	for (size_t i = 0; i < n; i++) {
		out->n += i == 0 || members[i].cycle != members[i - 1].cycle ||
		          members[i].expected != members[i - 1].expected;
		out->of[members[i].place] = (uint32_t)(out->n - 1);
	}
}

/* The normal quantiles of the ranks; equal days share theirs. */
static void score(struct member members[], size_t n)
{
	qsort(members, n, sizeof *members, by_days);
	for (size_t i = 0, end; i < n; i = end) {
		for (end = i + 1; end < n && members[end].days == members[i].days; end++)
			;
		double rank = (double)(i + end) / 2;
		for (size_t k = i; k < end; k++)
			members[k].score = gsl_cdf_ugaussian_Pinv(rank / (double)n);
	}
}

/* The correlation of scored members; sums and sizes are room for [cohorts]. */
static void correlate(struct irm_forecast_cohorts *out, const struct member members[], size_t n,
                      double sums[], double sizes[])
{
	double square = 0, total = 0, between = 0, squares = 0, cohorts = 0, all = (double)n;
	for (size_t i = 0; i < n; i++) {
		uint32_t cohort = out->of[members[i].place];
		sums[cohort] += members[i].score;
		sizes[cohort]++;
		total += members[i].score;
		square += members[i].score * members[i].score;
	}
	for (size_t i = 0; i < out->n; i++) {
		if (sizes[i] == 0)
			continue;
		cohorts++;
		between += sums[i] * sums[i] / sizes[i];
		squares += sizes[i] * sizes[i];
	}
	out->correlation = PRIOR_CORRELATION;
	if (cohorts < 2 || all <= cohorts)
		return;
	double size = (all - squares / all) / (cohorts - 1);
	double msb = (between - total * total / all) / (cohorts - 1);
	double msw = (square - between) / (all - cohorts);
	double sum = msb + (size - 1) * msw;
	double found = sum > 0 ? fmin(fmax((msb - msw) / sum, 0), MOST_CORRELATION) : 0;
	double root = (1 - found) * (1 + (size - 1) * found);
	double variance = 2 * root * root / (size * (size - 1) * (cohorts - 1));
	double weight = PRIOR_SD * PRIOR_SD / (PRIOR_SD * PRIOR_SD + variance);
	out->correlation = weight * found + (1 - weight) * PRIOR_CORRELATION;
}

/* Those that have begun, of cohorts that have begun wholly: in the others the late ones are
 * missing, so that they would seem to differ. `waiting` is room for [cohorts], all false. */
static size_t list_begun(struct member members[], bool waiting[],
                         const struct irm_forecast_cohorts *cohorts,
                         const struct irm_forecast_state *state)
{
	size_t n = 0;
	for (size_t i = 0; i < state->n; i++)
		if (state->reviews[i].next == 0)
			waiting[cohorts->of[i]] = true;
	for (size_t i = 0; i < state->n_steps; i++) {
		const struct irm_forecast_step *step = &state->steps[i];
		if (step->position == 0 && step->event && !waiting[cohorts->of[step->place]])
			members[n++] = (struct member){ .place = step->place, .days = step->days };
	}
	return n;
}

enum irm_code irm_forecast_cohorts_init(struct irm_forecast_cohorts *out,
                                        const struct irm_forecast_state *state, struct irm_err *err)
{
	size_t room = state->n + 1;
	struct member *members = calloc(room, sizeof *members);
	double *sums = calloc(room, sizeof *sums), *sizes = calloc(room, sizeof *sizes);
	bool *waiting = calloc(room, sizeof *waiting);
	*out = (struct irm_forecast_cohorts){ .of = calloc(room, sizeof *out->of),
		                              .luck = calloc(room, sizeof *out->luck) };
	bool has_room = members && sums && sizes && waiting && out->of && out->luck;
	if (has_room) {
		for (uint32_t i = 0; i < state->n; i++) {
			const struct irm_forecast_review *r = &state->reviews[i];
			members[i] = (struct member){
				.place = i,
				.cycle = state->query->data->reviews[r->review].cycle,
				.expected = r->expected,
			};
		}
		number_cohorts(out, members, state->n);
		size_t begun = list_begun(members, waiting, out, state);
		score(members, begun);
		correlate(out, members, begun, sums, sizes);
	}
	free(members);
	free(sums);
	free(sizes);
	free(waiting);
	return has_room ? IRM_OK : irm_err_memory(err);
}

void irm_forecast_cohorts_release(struct irm_forecast_cohorts *cohorts)
{
	free(cohorts->of);
	free(cohorts->luck);
	*cohorts = (struct irm_forecast_cohorts){ .n = 0 };
}

void irm_forecast_cohorts_draw(struct irm_forecast_cohorts *cohorts, gsl_rng *rng)
{
	for (size_t i = 0; i < cohorts->n; i++)
		cohorts->luck[i] = gsl_ran_gaussian(rng, 1);
}

double irm_forecast_cohorts_luck(const struct irm_forecast_cohorts *cohorts, size_t place,
                                 gsl_rng *rng)
{
	double common = sqrt(cohorts->correlation) * cohorts->luck[cohorts->of[place]];
	double own = sqrt(1 - cohorts->correlation) * gsl_ran_gaussian(rng, 1);
	return -log(gsl_cdf_ugaussian_Q(common + own));
}
