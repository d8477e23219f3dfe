#include "review/rates.h"

#include <stdlib.h>
#include <string.h>

#include "base/nearest.h"
#include "review/calendar.h"

enum irm_code irm_rates_of_parse(enum irm_rates_of *out, const char *word, struct irm_err *err)
{
	static const char *const words[] = { "all", "due", "started" };
	*out = IRM_OF_ALL;
	for (size_t i = 0; word && i < 3; i++) {
		*out = (enum irm_rates_of)i;
		if (strcmp(word, words[i]) == 0)
			return IRM_OK;
	}
	if (!word)
		return IRM_OK;
	irm_err_set(err, IRM_USAGE, "--of: found '%.60s'", word);
	irm_err_hint_nearest(err, word, words, 3);
	return err->code;
}

static bool is_eligible(const struct irm_query *query, uint32_t review,
                        const struct irm_date *dates, enum irm_rates_of of)
{
	const struct irm_review *r = &query->data->reviews[review];
	if (!irm_calendar_counts(query->data, review, query->as_of))
		return false;
	if (of == IRM_OF_STARTED)
		return irm_calendar_reached(query->data, review, dates, 0, query->as_of) ==
		       IRM_HAPPENED;
	if (of == IRM_OF_ALL)
		return true;
	int year, month, day;
	irm_day_to_civil(query->as_of, &year, &month, &day);
	return r->year >= 0 && r->year <= year;
}

static enum irm_code count_milestone(struct irm_counter *out, const struct irm_query *query,
                                     uint32_t review, const struct irm_date *dates,
                                     uint32_t milestone, struct irm_err *err)
{
	const struct irm_dataset *data = query->data;
	uint32_t stage = data->milestones[milestone].stage;
	uint32_t at = milestone - data->mechanisms[data->reviews[review].mechanism].first;
	if (!irm_calendar_has(data, review, milestone) ||
	    !irm_query_keeps(query, IRM_BY_MILESTONE, stage))
		return IRM_OK;
	enum irm_happened reached = irm_calendar_reached(data, review, dates, at, query->as_of);
	uint32_t values[IRM_KEYS_MOST], key[IRM_KEYS_MOST + 1];
	irm_query_review_keys(query, review, values);
	for (size_t i = 0; i < irm_query_variants(query); i++) {
		irm_query_variant(query, i, values, key);
		key[query->n_by] = stage;
		int64_t *counts = irm_counter_at(out, key);
		if (!counts)
			return irm_err_memory(err);
		counts[IRM_RATES_ELIGIBLE]++;
		counts[IRM_RATES_REACHED] += reached == IRM_HAPPENED;
		counts[IRM_RATES_UNKNOWN] += reached == IRM_IN_BETWEEN;
	}
	return IRM_OK;
}

enum irm_code irm_rates_count(struct irm_counter *out, const struct irm_query *query,
                              enum irm_rates_of of, struct irm_err *err)
{
	const struct irm_dataset *data = query->data;
	irm_counter_init(out, query->n_by + 1, IRM_RATES_COLUMNS);
	struct irm_date *dates = malloc(irm_calendar_room(data) * sizeof *dates);
	if (!dates)
		return irm_err_memory(err);
	enum irm_code code = IRM_OK;
	for (uint32_t review = 0; review < data->n_reviews && !code; review++) {
		const struct irm_mechanism *mechanism =
		        &data->mechanisms[data->reviews[review].mechanism];
		if (!irm_query_keeps_review(query, review) || mechanism->n == 0)
			continue;
		irm_calendar_dates(data, review, query->middle, dates);
		if (!is_eligible(query, review, dates, of))
			continue;
		for (uint32_t i = 0; i < mechanism->n && !code; i++)
			code = count_milestone(out, query, review, dates, mechanism->first + i,
			                       err);
	}
	free(dates);
	if (!code && irm_counter_sort(out))
		code = irm_err_memory(err);
	return code;
}
