#include "review/waits.h"

#include <string.h>

#include "review/calendar.h"

struct irm_wait irm_wait_between(struct irm_date from, struct irm_date to, int32_t as_of,
                                 int32_t until)
{
	struct irm_wait unknown = { IRM_DAY_NONE, -1 };
	if (!irm_date_is_day(from))
		return unknown;
	if (irm_date_by(to, as_of) == IRM_NOT_YET)
		return until < from.first ? unknown : (struct irm_wait){ until - from.first, 0 };
	if (!irm_date_is_day(to))
		return unknown;
	return (struct irm_wait){ to.first < from.first ? 0 : to.first - from.first, 1 };
}

/* The numbers of a key: days first, then how it ended; what is unknown comes last. */
static void put(uint32_t *key, struct irm_wait wait)
{
	key[0] = wait.event < 0 ? IRM_VALUE_UNKNOWN : (uint32_t)wait.days;
	key[1] = wait.event < 0 ? IRM_VALUE_UNKNOWN : (uint32_t)wait.event;
}

int irm_wait_add(struct irm_counter *out, const struct irm_query *query, const uint32_t *values,
                 size_t n_more, struct irm_wait wait)
{
	uint32_t key[2 * IRM_KEYS_MOST];
	for (size_t i = 0; i < irm_query_variants(query); i++) {
		irm_query_variant(query, i, values, key);
		memcpy(key + query->n_by, values + query->n_by, n_more * sizeof *key);
		put(key + query->n_by + n_more, wait);
		int64_t *counts = irm_counter_at(out, key);
		if (!counts)
			return -1;
		counts[0]++;
	}
	return 0;
}

struct irm_wait irm_wait_at(const struct irm_counter *counter, size_t row)
{
	const uint32_t *key = counter->keys + (row + 1) * counter->width - 2;
	if (key[1] == IRM_VALUE_UNKNOWN)
		return (struct irm_wait){ IRM_DAY_NONE, -1 };
	return (struct irm_wait){ (int32_t)key[0], (int8_t)key[1] };
}
