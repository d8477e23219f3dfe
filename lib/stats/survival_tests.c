/* The part of irm-survival's table that compares groups. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "stats/survival_kind.h"

#define NO_GROUP UINT32_MAX

/* Whether a group holds others again. */
static bool is_total(const struct irm_groups *groups, size_t group)
{
	for (size_t k = 0; k < groups->n_keys; k++)
		if (strcmp(irm_groups_key(groups, group, k), "all") == 0)
			return true;
	return false;
}

/* The numbers of the groups in the tests, NO_GROUP for those in none. */
static size_t number_groups(uint32_t number[], const struct irm_groups *groups)
{
	size_t n = 0;
	for (size_t i = 0; i < groups->n; i++)
		number[i] = is_total(groups, i) ? NO_GROUP : (uint32_t)n++;
	return n;
}

/* The scores of n groups along which a trend is tested. */
static void score_groups(double scores[], const uint32_t number[], const struct irm_groups *groups)
{
	bool numbers = groups->n_keys == 1;
	struct irm_err ignored;
	for (size_t i = 0; numbers && i < groups->n; i++)
		if (number[i] != NO_GROUP)
			numbers = irm_number_parse(&scores[number[i]], irm_groups_key(groups, i, 0),
			                           &ignored) == IRM_OK;
	for (size_t i = 0; !numbers && i < groups->n; i++)
		if (number[i] != NO_GROUP)
			scores[number[i]] = number[i] + 1;
}

static enum irm_code run_test(struct irm_test *out, const struct irm_survival *survival,
                              const struct irm_sample *sample, size_t groups, const double scores[],
                              struct irm_err *err)
{
	struct irm_logrank *logrank = NULL;
	enum irm_code code = irm_logrank_new(&logrank, sample, groups, survival->query.rho, err);
	if (!code && scores)
		*out = irm_logrank_trend(logrank, scores);
	else if (!code)
		code = irm_logrank_test(out, logrank, err);
	irm_logrank_free(logrank);
	return code;
}

static enum irm_code test_all(struct irm_survival *survival, uint32_t group[],
                              const uint32_t number[], size_t n, struct irm_err *err)
{
	double *scores = NULL;
	struct irm_sample sample = irm_survival_rows_all(survival->rows);
	for (size_t i = 0; i < sample.n; i++)
		group[i] = number[sample.group[i]];
	sample.group = group;
	survival->tests = calloc(1, sizeof *survival->tests);
	scores = calloc(n + 1, sizeof *scores);
	if (!survival->tests || !scores) {
		free(scores);
		return irm_err_memory(err);
	}
	survival->n_tests = 1;
	score_groups(scores, number, survival->rows->groups);
	enum irm_code code = run_test(&survival->tests[0].test, survival, &sample, n,
	                              survival->query.trend ? scores : NULL, err);
	free(scores);
	return code;
}

/* The rows of two groups, which lie apart, as one sample. */
struct pair {
	int32_t *days, *entry;
	uint8_t *event;
	int64_t *count;
	uint32_t *group, *stratum;
};

static void pair_release(struct pair *pair)
{
	free(pair->days);
	free(pair->entry);
	free(pair->event);
	free(pair->count);
	free(pair->group);
	free(pair->stratum);
}

static enum irm_code pair_init(struct pair *pair, size_t n, struct irm_err *err)
{
	pair->days = calloc(n + 1, sizeof *pair->days);
	pair->entry = calloc(n + 1, sizeof *pair->entry);
	pair->event = calloc(n + 1, sizeof *pair->event);
	pair->count = calloc(n + 1, sizeof *pair->count);
	pair->group = calloc(n + 1, sizeof *pair->group);
	pair->stratum = calloc(n + 1, sizeof *pair->stratum);
	if (!pair->days || !pair->entry || !pair->event || !pair->count || !pair->group ||
	    !pair->stratum)
		return irm_err_memory(err);
	return IRM_OK;
}

/* Puts a group's rows after the n that are there; their number then. */
static size_t pair_add(struct pair *pair, size_t n, const struct irm_sample *sample, uint32_t group)
{
	for (size_t i = 0; i < sample->n; i++, n++) {
		pair->days[n] = sample->days[i];
		pair->entry[n] = irm_sample_entry(sample, i);
		pair->event[n] = sample->event[i];
		pair->count[n] = sample->count[i];
		pair->group[n] = group;
		pair->stratum[n] = sample->stratum[i];
	}
	return n;
}

static enum irm_code test_pair(struct irm_group_test *test, const struct irm_survival *survival,
                               struct pair *pair, struct irm_err *err)
{
	struct irm_sample first = irm_survival_rows_group(survival->rows, test->first);
	struct irm_sample second = irm_survival_rows_group(survival->rows, test->second);
	size_t n = pair_add(pair, 0, &first, 0);
	n = pair_add(pair, n, &second, 1);
	struct irm_sample sample = { .n = n,
		                     .days = pair->days,
		                     .entry = pair->entry,
		                     .event = pair->event,
		                     .count = pair->count,
		                     .group = pair->group,
		                     .stratum = pair->stratum };
	return run_test(&test->test, survival, &sample, 2, NULL, err);
}

/* All pairs of n groups. */
static enum irm_code list_pairs(struct irm_survival *survival, const uint32_t number[], size_t n,
                                struct irm_err *err)
{
	size_t pairs, groups = survival->rows->groups->n;
	if (__builtin_mul_overflow(n, n, &pairs))
		return irm_err_memory(err);
	survival->tests = calloc(pairs / 2 + 1, sizeof *survival->tests);
	if (!survival->tests)
		return irm_err_memory(err);
	for (size_t i = 0; i < groups; i++)
		for (size_t j = i + 1; j < groups; j++)
			if (number[i] != NO_GROUP && number[j] != NO_GROUP)
				survival->tests[survival->n_tests++] =
				        (struct irm_group_test){ .first = i, .second = j };
	return IRM_OK;
}

static enum irm_code adjust(struct irm_survival *survival, struct irm_err *err)
{
	double *p = calloc(survival->n_tests + 1, sizeof *p);
	if (!p)
		return irm_err_memory(err);
	for (size_t i = 0; i < survival->n_tests; i++)
		p[i] = survival->tests[i].test.p;
	enum irm_code code = irm_adjust_p(p, p, survival->n_tests, survival->query.adjust, err);
	for (size_t i = 0; !code && i < survival->n_tests; i++)
		survival->tests[i].p_adjusted = p[i];
	free(p);
	return code;
}

static enum irm_code test_pairs(struct irm_survival *survival, const uint32_t number[], size_t n,
                                struct irm_err *err)
{
	struct pair pair = { 0 };
	enum irm_code code = list_pairs(survival, number, n, err);
	if (!code)
		code = pair_init(&pair, survival->rows->n, err);
	for (size_t i = 0; !code && i < survival->n_tests; i++)
		code = test_pair(&survival->tests[i], survival, &pair, err);
	if (!code)
		code = adjust(survival, err);
	pair_release(&pair);
	return code;
}

enum irm_code irm_survival_tests_fit(struct irm_survival *survival, struct irm_err *err)
{
	const struct irm_groups *groups = survival->rows->groups;
	enum irm_code code = IRM_OK;
	uint32_t *number = calloc(groups->n + 1, sizeof *number);
	uint32_t *group = calloc(survival->rows->n + 1, sizeof *group);
	if (!number || !group) {
		code = irm_err_memory(err);
	} else {
		size_t n = number_groups(number, groups);
		survival->left_out = groups->n - n;
		code = survival->query.kind == IRM_SURVIVAL_PAIRWISE
		               ? test_pairs(survival, number, n, err)
		               : test_all(survival, group, number, n, err);
	}
	free(number);
	free(group);
	return code;
}

static void write_test(const struct irm_test *test, struct irm_writer *writer)
{
	irm_writer_number(writer, test->chisq);
	irm_writer_number(writer, test->df);
	irm_writer_number(writer, test->p);
}

static void pair_columns(const struct irm_groups *groups, int number, struct irm_writer *writer)
{
	for (size_t k = 0; k < groups->n_keys; k++)
		irm_writer_numbered(writer, irm_groups_name(groups, k), number);
}

void irm_survival_tests_write(const struct irm_survival *survival, struct irm_writer *writer)
{
	const struct irm_groups *groups = survival->rows->groups;
	bool pairs = survival->query.kind == IRM_SURVIVAL_PAIRWISE;
	if (pairs) {
		pair_columns(groups, 1, writer);
		pair_columns(groups, 2, writer);
	}
	irm_writer_columns(writer, pairs ? "chisq,df,p,p_adjusted" : "chisq,df,p");
	for (size_t i = 0; i < survival->n_tests; i++) {
		const struct irm_group_test *test = &survival->tests[i];
		if (pairs) {
			irm_survival_write_keys(survival, test->first, writer);
			irm_survival_write_keys(survival, test->second, writer);
		}
		write_test(&test->test, writer);
		if (pairs)
			irm_writer_number(writer, test->p_adjusted);
		irm_writer_row(writer);
	}
}
