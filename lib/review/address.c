#include "review/address.h"

#include <stdlib.h>

#include "review/numbers.h"

/* A target: for whom, under which number, by what. */
struct place {
	uint32_t who;    /* a State, or the number of States plus a region */
	uint32_t number; /* the first article of that number; IRM_NONE: no particular one */
	uint32_t activity, type;
};

struct irm_addresses {
	const struct irm_query *query;
	struct irm_numbers numbers;
	struct place *places;
	size_t n;
};

enum irm_code irm_addresses_check(const struct irm_dataset *data, struct irm_err *err)
{
	if (data->has_assistance)
		return IRM_OK;
	return irm_err_set(err, IRM_INPUT,
	                   "the source has no table 'assistance_targets': which assistance was "
	                   "provided is not recorded");
}

struct irm_date irm_addresses_starts(const struct irm_query *query, uint32_t activity)
{
	struct irm_date date = query->data->activities[activity].starts;
	return irm_date_is_none(date) ? (struct irm_date){ IRM_DAY_PAST, IRM_DAY_FUTURE }
	                              : irm_date_counted(date, query->middle);
}

struct irm_date irm_addresses_ends(const struct irm_query *query, uint32_t activity)
{
	const struct irm_activity *a = &query->data->activities[activity];
	/* without an end it goes on */
	return a->has_end ? irm_date_counted(a->ends, query->middle)
	                  : irm_date_of_day(IRM_DAY_FUTURE);
}

static int by_place(const void *a, const void *b)
{
	const struct place *x = a, *y = b;
	if (x->who != y->who)
		return x->who < y->who ? -1 : 1;
	if (x->number != y->number)
		return x->number < y->number ? -1 : 1;
	return (x->activity > y->activity) - (x->activity < y->activity);
}

/* A number that no article has stays out: no need is under it. */
static void add_places(struct irm_addresses *addresses)
{
	const struct irm_dataset *data = addresses->query->data;
	for (size_t i = 0; i < data->n_targets; i++) {
		const struct irm_target *t = &data->targets[i];
		size_t n = 0;
		const struct irm_number *number =
		        irm_numbers_find(&addresses->numbers, t->article, &n);
		if ((*t->article && n == 0) || (t->state == IRM_NONE && t->region == IRM_NONE))
			continue;
		addresses->places[addresses->n++] = (struct place){
			.who = t->state != IRM_NONE ? t->state
			                            : (uint32_t)data->n_states + t->region,
			.number = *t->article ? number->article : IRM_NONE,
			.activity = t->activity,
			.type = t->type,
		};
	}
	qsort(addresses->places, addresses->n, sizeof *addresses->places, by_place);
}

enum irm_code irm_addresses_new(struct irm_addresses **out, const struct irm_query *query,
                                struct irm_err *err)
{
	if (irm_addresses_check(query->data, err))
		return err->code;
	struct irm_addresses *addresses = calloc(1, sizeof *addresses);
	if (!addresses)
		return irm_err_memory(err);
	addresses->query = query;
	addresses->places = malloc((query->data->n_targets + 1) * sizeof *addresses->places);
	if (!addresses->places || irm_numbers_init(&addresses->numbers, query->data, err)) {
		irm_addresses_free(addresses);
		return irm_err_memory(err);
	}
	add_places(addresses);
	*out = addresses;
	return IRM_OK;
}

void irm_addresses_free(struct irm_addresses *addresses)
{
	if (!addresses)
		return;
	irm_numbers_release(&addresses->numbers);
	free(addresses->places);
	free(addresses);
}

/* Where the targets begin that are for someone, under a need's article. */
static size_t first_place(const struct irm_addresses *addresses, struct place key)
{
	size_t low = 0, high = addresses->n;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (by_place(&addresses->places[middle], &key) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static uint32_t number_of(const struct irm_addresses *addresses, uint32_t article)
{
	size_t n;
	return article == IRM_NONE
	               ? IRM_NONE
	               : irm_numbers_find(&addresses->numbers,
	                                  addresses->query->data->articles[article].code, &n)
	                         ->article;
}

/* Whether an activity runs on or after the day of release. */
static enum irm_happened runs(struct irm_date ends, struct irm_date released)
{
	if (ends.first >= released.last)
		return IRM_HAPPENED;
	return ends.last < released.first ? IRM_NOT_YET : IRM_IN_BETWEEN;
}

/* Whether a target's activity addresses the need: has begun, and runs then. */
static enum irm_happened addresses_it(const struct irm_addresses *addresses,
                                      const struct place *place,
                                      const struct irm_address_need *need)
{
	const struct irm_query *query = addresses->query;
	enum irm_happened begun =
	        irm_date_by(irm_addresses_starts(query, place->activity), query->as_of);
	enum irm_happened then = runs(irm_addresses_ends(query, place->activity), need->released);
	if (need->type != IRM_NONE && place->type != need->type)
		return IRM_NOT_YET;
	return begun < then ? begun : then;
}

/* Calls for the targets of the need one after the other: *at begins as SIZE_MAX. NULL: no more. */
static const struct place *next_place(const struct irm_addresses *addresses, struct place key,
                                      size_t *at)
{
	*at = *at == SIZE_MAX ? first_place(addresses, key) : *at + 1;
	const struct place *place = addresses->places + *at;
	return *at < addresses->n && place->who == key.who && place->number == key.number ? place
	                                                                                  : NULL;
}

enum irm_happened irm_addresses_need(const struct irm_addresses *addresses,
                                     const struct irm_address_need *need, bool regional)
{
	const struct irm_dataset *data = addresses->query->data;
	uint32_t region = data->states[need->state].region;
	enum irm_happened best = IRM_NOT_YET;
	if (regional && region == IRM_NONE)
		return IRM_NOT_YET;
	struct place key = { .who = regional ? (uint32_t)data->n_states + region : need->state,
		             .number = number_of(addresses, need->article) };
	size_t at = SIZE_MAX;
	for (const struct place *place; (place = next_place(addresses, key, &at));) {
		enum irm_happened now = addresses_it(addresses, place, need);
		best = now > best ? now : best;
	}
	return best;
}

static int32_t later(int32_t a, int32_t b)
{
	return a > b ? a : b;
}

/* Takes a target that surely addresses the need where it does so before the best yet. */
static void take_first(struct irm_first_address *best, uint32_t activity, struct irm_date starts,
                       int32_t released)
{
	int32_t from = later(starts.last, released);
	bool is_first = best->activity == IRM_NONE || from < best->from ||
	                (from == best->from && starts.first < best->starts.first);
	if (is_first)
		*best = (struct irm_first_address){ IRM_HAPPENED, activity, starts, from };
}

struct irm_first_address irm_addresses_first(const struct irm_addresses *addresses,
                                             const struct irm_address_need *need)
{
	struct irm_first_address best = { IRM_NOT_YET, IRM_NONE, irm_date_none(), IRM_DAY_FUTURE };
	struct place key = { .who = need->state, .number = number_of(addresses, need->article) };
	int32_t released = need->released.last, earliest = IRM_DAY_FUTURE;
	bool any = false;
	size_t at = SIZE_MAX;
	for (const struct place *place; (place = next_place(addresses, key, &at));) {
		enum irm_happened now = addresses_it(addresses, place, need);
		struct irm_date starts = irm_addresses_starts(addresses->query, place->activity);
		if (now == IRM_NOT_YET)
			continue;
		any = true;
		if (later(starts.first, released) < earliest)
			earliest = later(starts.first, released);
		if (now == IRM_HAPPENED)
			take_first(&best, place->activity, starts, released);
	}
	/* one that is vague may have been first */
	if (any && (best.activity == IRM_NONE || earliest < best.from))
		return (struct irm_first_address){ IRM_IN_BETWEEN, IRM_NONE, irm_date_none(),
			                           IRM_DAY_FUTURE };
	return best;
}
