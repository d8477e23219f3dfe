#include "review/share.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "review/calendar.h"

static bool is_seen(struct irm_date date, int32_t as_of)
{
	return irm_date_is_day(date) && date.first <= as_of;
}

/* Whether each known day is not before the one that comes before it by position. */
static bool is_in_order(const struct irm_date *dates, uint32_t n, int32_t as_of)
{
	int32_t before = IRM_DAY_NONE;
	for (uint32_t i = 0; i < n; i++) {
		if (!is_seen(dates[i], as_of))
			continue;
		if (before != IRM_DAY_NONE && dates[i].first < before)
			return false;
		before = dates[i].first;
	}
	return true;
}

static enum irm_code count_stretch(struct irm_counter *out, const struct irm_query *query,
                                   uint32_t review, uint32_t milestone, int32_t days,
                                   struct irm_err *err)
{
	const struct irm_milestone *m = &query->data->milestones[milestone];
	uint32_t party = m->party == IRM_NONE ? IRM_VALUE_UNKNOWN : m->party;
	uint32_t values[IRM_KEYS_MOST], key[IRM_KEYS_MOST + 2];
	if (!irm_query_keeps(query, IRM_BY_STAGE, m->stage) ||
	    !irm_query_keeps(query, IRM_BY_PARTY, party))
		return IRM_OK;
	irm_query_review_keys(query, review, values);
	for (size_t i = 0; i < irm_query_variants(query); i++) {
		irm_query_variant(query, i, values, key);
		key[query->n_by] = m->stage;
		key[query->n_by + 1] = party;
		int64_t *counts = irm_counter_at(out, key);
		if (!counts)
			return irm_err_memory(err);
		counts[IRM_SHARE_REVIEWS]++;
		counts[IRM_SHARE_DAYS] += days;
	}
	return IRM_OK;
}

static enum irm_code count_review(struct irm_counter *out, const struct irm_query *query,
                                  uint32_t review, const struct irm_date *dates,
                                  struct irm_err *err)
{
	const struct irm_dataset *data = query->data;
	const struct irm_mechanism *mechanism = &data->mechanisms[data->reviews[review].mechanism];
	int32_t before = IRM_DAY_NONE;
	for (uint32_t i = 0; i < mechanism->n; i++) {
		if (!is_seen(dates[i], query->as_of))
			continue;
		if (before != IRM_DAY_NONE &&
		    count_stretch(out, query, review, mechanism->first + i, dates[i].first - before,
		                  err))
			return err->code;
		before = dates[i].first;
	}
	return IRM_OK;
}

enum irm_code irm_share_count(struct irm_counter *out, size_t *left_out,
                              const struct irm_query *query, struct irm_err *err)
{
	const struct irm_dataset *data = query->data;
	*left_out = 0;
	irm_counter_init(out, query->n_by + 2, IRM_SHARE_COLUMNS);
	struct irm_date *dates = malloc(irm_calendar_room(data) * sizeof *dates);
	enum irm_code code = dates ? IRM_OK : irm_err_memory(err);
	for (uint32_t review = 0; review < data->n_reviews && !code; review++) {
		uint32_t n = data->mechanisms[data->reviews[review].mechanism].n;
		if (!irm_query_keeps_review(query, review))
			continue;
		irm_calendar_dates(data, review, query->middle, dates);
		if (is_in_order(dates, n, query->as_of))
			code = count_review(out, query, review, dates, err);
		else
			++*left_out;
	}
	free(dates);
	if (!code && irm_counter_sort(out))
		code = irm_err_memory(err);
	return code;
}

static int64_t total_days(const struct irm_counter *counts, const uint32_t *key)
{
	size_t width = (counts->width - 2) * sizeof *key;
	int64_t total = 0;
	for (size_t i = 0; i < counts->n; i++)
		if (memcmp(counts->keys + i * counts->width, key, width) == 0)
			total += counts->counts[i * counts->columns + IRM_SHARE_DAYS];
	return total;
}

void irm_share_write(const struct irm_counter *counts, const struct irm_query *query,
                     struct irm_writer *out)
{
	char buffer[16];
	irm_query_columns(query, out);
	irm_writer_columns(out, "stage,party,reviews,days,share");
	for (size_t i = 0; i < counts->n; i++) {
		const uint32_t *key = counts->keys + i * counts->width;
		const int64_t *row = counts->counts + i * counts->columns;
		int64_t total = total_days(counts, key);
		irm_query_cells(query, key, out);
		irm_writer_text(out, irm_key_text(query->data, IRM_BY_STAGE, key[query->n_by],
		                                  query->names, buffer));
		irm_writer_text(out, irm_key_text(query->data, IRM_BY_PARTY, key[query->n_by + 1],
		                                  query->names, buffer));
		irm_writer_count(out, row[IRM_SHARE_REVIEWS]);
		irm_writer_count(out, row[IRM_SHARE_DAYS]);
		irm_writer_number(out, total ? (double)row[IRM_SHARE_DAYS] / (double)total
		                             : (double)NAN);
		irm_writer_row(out);
	}
}
