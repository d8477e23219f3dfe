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
	struct irm_address_by *by;
	size_t n_by;
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

static uint32_t or_unknown(uint32_t value)
{
	return value == IRM_NONE ? IRM_VALUE_UNKNOWN : value;
}

static struct irm_address_by by_of(const struct irm_dataset *data, uint32_t activity)
{
	const struct irm_activity *a = &data->activities[activity];
	return (struct irm_address_by){ or_unknown(a->provider), or_unknown(a->beneficiary) };
}

static bool keeps(const struct irm_query *query, struct irm_address_by by)
{
	return irm_query_keeps(query, IRM_BY_PROVIDER, by.provider) &&
	       irm_query_keeps(query, IRM_BY_BENEFICIARY, by.beneficiary);
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
		if ((*t->article && n == 0) || (t->state == IRM_NONE && t->region == IRM_NONE) ||
		    !keeps(addresses->query, by_of(data, t->activity)))
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

static int compare_by(const void *a, const void *b)
{
	const struct irm_address_by *x = a, *y = b;
	if (x->provider != y->provider)
		return x->provider < y->provider ? -1 : 1;
	return (x->beneficiary > y->beneficiary) - (x->beneficiary < y->beneficiary);
}

/* How the query tells an activity: with totals in up to four ways. */
static void add_by(struct irm_addresses *addresses, struct irm_address_by by)
{
	const struct irm_query *query = addresses->query;
	bool provider = irm_query_has_key(query, IRM_BY_PROVIDER);
	bool beneficiary = irm_query_has_key(query, IRM_BY_BENEFICIARY);
	for (int i = 0; i < 4; i++) {
		bool all_providers = i & 1, all_beneficiaries = i & 2;
		bool is_asked = (all_providers ? !provider || query->total : provider) &&
		                (all_beneficiaries ? !beneficiary || query->total : beneficiary);
		if (is_asked)
			addresses->by[addresses->n_by++] = (struct irm_address_by){
				all_providers ? IRM_VALUE_ALL : by.provider,
				all_beneficiaries ? IRM_VALUE_ALL : by.beneficiary
			};
	}
}

static enum irm_code find_by(struct irm_addresses *addresses, struct irm_err *err)
{
	const struct irm_dataset *data = addresses->query->data;
	size_t n = 0;
	addresses->by = malloc((4 * data->n_activities + 1) * sizeof *addresses->by);
	if (!addresses->by)
		return irm_err_memory(err);
	for (uint32_t i = 0; i < data->n_activities; i++)
		if (keeps(addresses->query, by_of(data, i)))
			add_by(addresses, by_of(data, i));
	bool is_keyed = irm_query_has_key(addresses->query, IRM_BY_PROVIDER) ||
	                irm_query_has_key(addresses->query, IRM_BY_BENEFICIARY);
	if (addresses->n_by == 0 && (!is_keyed || addresses->query->total))
		addresses->by[addresses->n_by++] =
		        (struct irm_address_by){ IRM_VALUE_ALL, IRM_VALUE_ALL };
	qsort(addresses->by, addresses->n_by, sizeof *addresses->by, compare_by);
	for (size_t i = 0; i < addresses->n_by; i++)
		if (n == 0 || compare_by(&addresses->by[n - 1], &addresses->by[i]) != 0)
			addresses->by[n++] = addresses->by[i];
	addresses->n_by = n;
	return IRM_OK;
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
	if (!addresses->places || irm_numbers_init(&addresses->numbers, query->data, err) ||
	    find_by(addresses, err)) {
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
	free(addresses->by);
	free(addresses);
}

const struct irm_address_by *irm_addresses_by(const struct irm_addresses *addresses, size_t *n)
{
	*n = addresses->n_by;
	return addresses->by;
}

void irm_address_by_values(const struct irm_query *query, struct irm_address_by by,
                           uint32_t *values)
{
	for (size_t k = 0; k < query->n_by; k++) {
		if (query->by[k] == IRM_BY_PROVIDER)
			values[k] = by.provider;
		else if (query->by[k] == IRM_BY_BENEFICIARY)
			values[k] = by.beneficiary;
	}
}

bool irm_address_by_row(const struct irm_query *query, struct irm_address_by by,
                        const uint32_t *key)
{
	for (size_t k = 0; k < query->n_by; k++)
		if ((query->by[k] == IRM_BY_PROVIDER && key[k] != by.provider) ||
		    (query->by[k] == IRM_BY_BENEFICIARY && key[k] != by.beneficiary))
			return false;
	return true;
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
	struct irm_address_by by = by_of(query->data, place->activity);
	if ((need->type != IRM_NONE && place->type != need->type) ||
	    (need->by.provider != IRM_VALUE_ALL && need->by.provider != by.provider) ||
	    (need->by.beneficiary != IRM_VALUE_ALL && need->by.beneficiary != by.beneficiary))
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
