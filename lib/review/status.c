#include "review/status.h"

#include <stdlib.h>
#include <string.h>

#include "review/calendar.h"

static uint32_t last_reached(const struct irm_query *query, uint32_t review,
                             const struct irm_date *dates)
{
	const struct irm_dataset *data = query->data;
	const struct irm_mechanism *mechanism = &data->mechanisms[data->reviews[review].mechanism];
	for (uint32_t i = mechanism->n; i-- > 0;)
		if (irm_date_by(dates[i], query->as_of) == IRM_HAPPENED)
			return data->milestones[mechanism->first + i].stage;
	return IRM_VALUE_UNKNOWN;
}

static enum irm_code count_review(struct irm_counter *out, const struct irm_query *query,
                                  uint32_t review, uint32_t stage, struct irm_err *err)
{
	uint32_t values[IRM_KEYS_MOST], key[IRM_KEYS_MOST + 1];
	irm_query_review_keys(query, review, values);
	for (size_t i = 0; i < irm_query_variants(query); i++) {
		irm_query_variant(query, i, values, key);
		key[query->n_by] = stage;
		int64_t *counts = irm_counter_at(out, key);
		if (!counts)
			return irm_err_memory(err);
		counts[IRM_STATUS_REVIEWS]++;
	}
	return IRM_OK;
}

enum irm_code irm_status_count(struct irm_counter *out, const struct irm_query *query,
                               struct irm_err *err)
{
	const struct irm_dataset *data = query->data;
	irm_counter_init(out, query->n_by + 1, IRM_STATUS_COLUMNS);
	struct irm_date *dates = malloc(irm_calendar_room(data) * sizeof *dates);
	if (!dates)
		return irm_err_memory(err);
	enum irm_code code = IRM_OK;
	for (uint32_t review = 0; review < data->n_reviews && !code; review++) {
		if (!irm_query_keeps_review(query, review) ||
		    !irm_calendar_counts(data, review, query->as_of))
			continue;
		irm_calendar_dates(data, review, query->middle, dates);
		uint32_t stage = last_reached(query, review, dates);
		if (irm_query_keeps(query, IRM_BY_STAGE, stage))
			code = count_review(out, query, review, stage, err);
	}
	free(dates);
	if (!code && irm_counter_sort(out))
		code = irm_err_memory(err);
	return code;
}

int64_t irm_status_total(const struct irm_counter *counts, size_t at)
{
	const uint32_t *key = counts->keys + at * counts->width;
	size_t first = at, total_width = (counts->width - 1) * sizeof *key;
	while (first > 0 &&
	       memcmp(counts->keys + (first - 1) * counts->width, key, total_width) == 0)
		first--;
	int64_t total = 0;
	for (size_t i = first; i < counts->n; i++) {
		if (memcmp(counts->keys + i * counts->width, key, total_width) != 0)
			break;
		total += counts->counts[i * counts->columns + IRM_STATUS_REVIEWS];
	}
	return total;
}
