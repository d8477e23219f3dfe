#include "review/compare.h"

#include <stdlib.h>
#include <string.h>

static int32_t beginning(const struct irm_dataset *data, uint32_t cycle)
{
	int32_t first = data->cycles[cycle].starts;
	if (first != IRM_DAY_NONE)
		return first;
	for (size_t r = 0; r < data->n_reviews; r++) {
		const struct irm_review *review = &data->reviews[r];
		const struct irm_date *dates = irm_dataset_dates(data, review);
		for (uint32_t i = 0; i < data->mechanisms[review->mechanism].n; i++)
			if (review->cycle == cycle && irm_date_is_day(dates[i]) &&
			    (first == IRM_DAY_NONE || dates[i].first < first))
				first = dates[i].first;
	}
	return first;
}

static enum irm_code read_cycles(uint32_t cycles[IRM_COMPARED_MOST], size_t *n,
                                 const struct irm_query *query, const char *text,
                                 struct irm_err *err)
{
	*n = 0;
	while (*text) {
		size_t length = strcspn(text, ",");
		char *code = strndup(text, length);
		if (!code)
			return irm_err_memory(err);
		if (*n == IRM_COMPARED_MOST)
			irm_err_set(err, IRM_USAGE, "--compare: expected at most %d cycles",
			            IRM_COMPARED_MOST);
		else if (!irm_key_value(&cycles[*n], query->data, IRM_BY_CYCLE, code, err))
			++*n;
		free(code);
		if (err->code)
			return err->code;
		for (size_t i = 0; i + 1 < *n; i++)
			if (cycles[i] == cycles[*n - 1])
				return irm_err_set(err, IRM_USAGE,
				                   "--compare: the cycle '%.*s' stands twice",
				                   (int)length, text);
		text += length + (text[length] == ',');
	}
	if (*n < 2)
		return irm_err_set(err, IRM_USAGE, "--compare: expected two cycles or more");
	return IRM_OK;
}

/* The age of the youngest on the query's day. */
static enum irm_code common_age(int32_t *age, const struct irm_query *query, const uint32_t *cycles,
                                size_t n, struct irm_err *err)
{
	for (size_t i = 0; i < n; i++) {
		int32_t first = beginning(query->data, cycles[i]);
		if (first == IRM_DAY_NONE || first > query->as_of)
			return irm_err_set(err, IRM_USAGE,
			                   "--compare: the cycle '%s' has not begun, or no "
			                   "beginning is recorded",
			                   query->data->cycles[cycles[i]].code);
		if (i == 0 || query->as_of - first < *age)
			*age = query->as_of - first;
	}
	return IRM_OK;
}

/* A copy that keeps one cycle's reviews, with the cycle among its keys. */
static enum irm_code copy_query(struct irm_query *out, const struct irm_query *query,
                                uint32_t cycle, struct irm_err *err)
{
	*out = *query;
	out->n_filters = 0;
	out->filters = calloc(query->n_filters + 1, sizeof *out->filters);
	if (!out->filters)
		return irm_err_memory(err);
	for (size_t i = 0; i <= query->n_filters; i++) {
		struct irm_filter own = { IRM_BY_CYCLE, IRM_EQUAL, &cycle, 1 };
		const struct irm_filter *from = i < query->n_filters ? &query->filters[i] : &own;
		struct irm_filter *to = &out->filters[i];
		*to = *from;
		to->values = malloc(from->n * sizeof *to->values);
		out->n_filters++;
		if (!to->values)
			return irm_err_memory(err);
		memcpy(to->values, from->values, from->n * sizeof *to->values);
	}
	for (size_t k = 0; k < query->n_by; k++)
		if (query->by[k] == IRM_BY_CYCLE)
			return IRM_OK;
	if (query->n_by == IRM_KEYS_MOST)
		return irm_err_set(err, IRM_USAGE, "--by: expected at most %d keys besides cycle",
		                   IRM_KEYS_MOST - 1);
	out->by[0] = IRM_BY_CYCLE;
	memcpy(out->by + 1, query->by, query->n_by * sizeof *out->by);
	out->n_by++;
	return IRM_OK;
}

enum irm_code irm_compare_queries(struct irm_query out[IRM_COMPARED_MOST], size_t *n,
                                  const struct irm_query *query, const char *text,
                                  struct irm_err *err)
{
	uint32_t cycles[IRM_COMPARED_MOST];
	int32_t age = 0;
	memset(out, 0, IRM_COMPARED_MOST * sizeof *out);
	if (read_cycles(cycles, n, query, text, err) || common_age(&age, query, cycles, *n, err))
		return err->code;
	for (size_t i = 0; i < *n; i++) {
		if (copy_query(&out[i], query, cycles[i], err))
			return err->code;
		out[i].as_of = beginning(query->data, cycles[i]) + age;
	}
	return IRM_OK;
}
