#include "review/openness.h"

#include <stdlib.h>
#include <string.h>

#include "review/calendar.h"
#include "review/waits.h"

#define MODES 2

struct counting {
	struct irm_counter *out;
	const struct irm_query *query;
	uint32_t review;
	const struct irm_date *dates; /* of its milestones */
	struct irm_err *err;
};

/* --- documents -----------------------------------------------------------------------------------
 */

static bool is_complete(const struct counting *in)
{
	const struct irm_dataset *data = in->query->data;
	uint32_t n = data->mechanisms[data->reviews[in->review].mechanism].n;
	return n && irm_calendar_counts(data, in->review, in->query->as_of) &&
	       irm_calendar_reached(data, in->review, in->dates, n - 1, in->query->as_of) ==
	               IRM_HAPPENED;
}

/* When a document was published; without a date, some day or none. */
static struct irm_date published_on(const struct irm_query *query, const struct irm_document *d)
{
	if (!d->has_date)
		return (struct irm_date){ IRM_DAY_PAST, IRM_DAY_FUTURE };
	return irm_date_counted(d->published, query->middle);
}

/* The documents of a kind that a review has: how many languages there are, and what they say. */
struct versions {
	size_t recorded;          /* rows */
	struct irm_date earliest; /* publication; no date where none is recorded */
	uint32_t languages;       /* published by the day */
	bool unclear;             /* one is in between, or names no language */
};

static struct versions versions_of(const struct irm_query *query, uint32_t review, uint32_t kind)
{
	const struct irm_dataset *data = query->data;
	struct versions all = { .earliest = irm_date_none() };
	size_t i = irm_dataset_first(data->documents, data->n_documents, sizeof *data->documents,
	                             review);
	for (; i < data->n_documents && data->documents[i].review == review; i++) {
		const struct irm_document *d = &data->documents[i];
		if (d->kind != kind)
			continue;
		struct irm_date on = published_on(query, d);
		enum irm_happened out = irm_date_by(on, query->as_of);
		if (all.recorded++ == 0)
			all.earliest = on;
		all.earliest.first = on.first < all.earliest.first ? on.first : all.earliest.first;
		all.earliest.last = on.last < all.earliest.last ? on.last : all.earliest.last;
		all.languages += out == IRM_HAPPENED;
		all.unclear = all.unclear || out == IRM_IN_BETWEEN ||
		              (out == IRM_HAPPENED && strcmp(d->language, "all") == 0);
	}
	return all;
}

/* What is not on record has not happened as far as the records reach, and is unknown beyond. */
static enum irm_happened unrecorded(const struct irm_query *query, uint32_t review)
{
	int32_t until = query->data->reviews[review].observed_until;
	return until != IRM_DAY_NONE && until < query->as_of ? IRM_IN_BETWEEN : IRM_NOT_YET;
}

static enum irm_happened is_published(const struct irm_query *query, uint32_t review, uint32_t kind)
{
	struct versions all = versions_of(query, review, kind);
	return all.recorded ? irm_date_by(all.earliest, query->as_of) : unrecorded(query, review);
}

/* --- counting ------------------------------------------------------------------------------------
 */

/* Adds a review to the rows of an item; keys of which `fixed` (bits) are set are not summed up. */
static enum irm_code count_item(struct counting *in, const uint32_t *values, unsigned fixed,
                                uint32_t item, enum irm_happened happened)
{
	uint32_t key[IRM_KEYS_MOST + 1];
	for (size_t i = 0; i < irm_query_variants(in->query); i++) {
		if (i & fixed)
			continue;
		irm_query_variant(in->query, i, values, key);
		key[in->query->n_by] = item;
		int64_t *counts = irm_counter_at(in->out, key);
		if (!counts)
			return irm_err_memory(in->err);
		counts[IRM_OPENNESS_ELIGIBLE]++;
		counts[IRM_OPENNESS_REVIEWS] += happened == IRM_HAPPENED;
		counts[IRM_OPENNESS_UNKNOWN] += happened == IRM_IN_BETWEEN;
	}
	return IRM_OK;
}

static enum irm_code count_documents(struct counting *in)
{
	uint32_t values[IRM_KEYS_MOST];
	if (!is_complete(in))
		return IRM_OK;
	irm_query_review_keys(in->query, in->review, values);
	for (uint32_t kind = 0; kind < IRM_DOCUMENT_KINDS; kind++)
		if (irm_query_keeps(in->query, IRM_BY_ITEM, kind) &&
		    count_item(in, values, 0, kind, is_published(in->query, in->review, kind)))
			return in->err->code;
	return IRM_OK;
}

static enum irm_code count_time(struct counting *in)
{
	const struct irm_dataset *data = in->query->data;
	uint32_t n = data->mechanisms[data->reviews[in->review].mechanism].n;
	uint32_t values[IRM_KEYS_MOST + 1];
	int32_t as_of = in->query->as_of;
	int32_t until = irm_calendar_seen_until(data, in->review, as_of);
	if (!is_complete(in))
		return IRM_OK;
	irm_query_review_keys(in->query, in->review, values);
	for (uint32_t kind = 0; kind < IRM_DOCUMENT_KINDS; kind++) {
		if (!irm_query_keeps(in->query, IRM_BY_ITEM, kind))
			continue;
		struct irm_date to = versions_of(in->query, in->review, kind).earliest;
		values[in->query->n_by] = kind;
		if (irm_wait_add(in->out, in->query, values, 1,
		                 irm_wait_between(in->dates[n - 1], to, as_of, until)))
			return irm_err_memory(in->err);
	}
	return IRM_OK;
}

/* In how many languages a document is out; IRM_VALUE_UNKNOWN: that cannot be told. */
static uint32_t languages_of(const struct irm_query *query, uint32_t review, uint32_t kind)
{
	struct versions all = versions_of(query, review, kind);
	bool unclear = all.recorded ? all.unclear : unrecorded(query, review) == IRM_IN_BETWEEN;
	return unclear ? IRM_VALUE_UNKNOWN : all.languages;
}

static enum irm_code count_languages(struct counting *in)
{
	uint32_t values[IRM_KEYS_MOST], key[IRM_KEYS_MOST + 2];
	const struct irm_query *query = in->query;
	if (!is_complete(in))
		return IRM_OK;
	irm_query_review_keys(query, in->review, values);
	for (uint32_t kind = 0; kind < IRM_DOCUMENT_KINDS; kind++) {
		if (!irm_query_keeps(query, IRM_BY_ITEM, kind))
			continue;
		for (size_t i = 0; i < irm_query_variants(query); i++) {
			irm_query_variant(query, i, values, key);
			key[query->n_by] = kind;
			key[query->n_by + 1] = languages_of(query, in->review, kind);
			int64_t *counts = irm_counter_at(in->out, key);
			if (!counts)
				return irm_err_memory(in->err);
			counts[0]++;
		}
	}
	return IRM_OK;
}

/* --- sectors -------------------------------------------------------------------------------------
 */

/* Whether the review has a dialogue, and it has happened by the day. */
static bool has_dialogue(const struct counting *in)
{
	const struct irm_dataset *data = in->query->data;
	const struct irm_mechanism *mechanism =
	        &data->mechanisms[data->reviews[in->review].mechanism];
	if (!irm_calendar_counts(data, in->review, in->query->as_of))
		return false;
	for (uint32_t i = 0; i < mechanism->n; i++) {
		uint32_t milestone = mechanism->first + i;
		if (data->milestones[milestone].is_dialogue &&
		    irm_calendar_has(data, in->review, milestone))
			return irm_calendar_reached(data, in->review, in->dates, i,
			                            in->query->as_of) == IRM_HAPPENED;
	}
	return false;
}

/* What is recorded of a sector in the review's dialogue; NULL: nothing. A review has one row of a
 * step and sector. */
static const struct irm_taking_part *recorded(const struct irm_dataset *data, uint32_t review,
                                              uint32_t sector)
{
	size_t i = irm_dataset_first(data->taking_part, data->n_taking_part,
	                             sizeof *data->taking_part, review);
	for (; i < data->n_taking_part && data->taking_part[i].review == review; i++)
		if (data->taking_part[i].sector == sector &&
		    strcmp(data->taking_part[i].step, "dialogue") == 0)
			return &data->taking_part[i];
	return NULL;
}

/* Whether the sector took part in one of the modes (bits 1 << enum irm_mode). */
static enum irm_happened took_part(const struct irm_query *query, uint32_t review,
                                   const struct irm_taking_part *part, unsigned modes)
{
	const unsigned all = (1u << MODES) - 1;
	if (!part)
		return unrecorded(query, review);
	enum irm_happened happened = IRM_HAPPENED; /* as the dialogue has */
	if (part->has_date)
		happened = irm_date_by(irm_date_counted(part->date, query->middle), query->as_of);
	if (happened == IRM_NOT_YET || modes == all)
		return happened;
	if (part->mode == IRM_NONE)
		return IRM_IN_BETWEEN;
	return modes >> part->mode & 1 ? happened : IRM_NOT_YET;
}

/* The place of a key in --by; n_by where it is not there. */
static size_t place_of(const struct irm_query *query, enum irm_key key)
{
	size_t at = 0;
	while (at < query->n_by && query->by[at] != key)
		at++;
	return at;
}

/* Once for each mode where modes are a key, and once for all of them in rows of totals. */
static enum irm_code count_sector(struct counting *in, uint32_t sector)
{
	const struct irm_query *query = in->query;
	const struct irm_taking_part *part = recorded(query->data, in->review, sector);
	uint32_t values[IRM_KEYS_MOST];
	size_t at = place_of(query, IRM_BY_MODE);
	unsigned kept = 0;
	irm_query_review_keys(query, in->review, values);
	for (uint32_t mode = 0; mode < MODES; mode++)
		kept |= irm_query_keeps(query, IRM_BY_MODE, mode) ? 1u << mode : 0;
	uint32_t item = IRM_DOCUMENT_KINDS + sector;
	if (at == query->n_by)
		return count_item(in, values, 0, item, took_part(query, in->review, part, kept));
	for (uint32_t mode = 0; mode < MODES; mode++) {
		values[at] = mode;
		if ((kept >> mode & 1) &&
		    count_item(in, values, 1u << at, item,
		               took_part(query, in->review, part, 1u << mode)))
			return in->err->code;
	}
	values[at] = IRM_VALUE_ALL;
	return query->total ? count_item(in, values, 1u << at, item,
	                                 took_part(query, in->review, part, kept))
	                    : IRM_OK;
}

static enum irm_code count_sectors(struct counting *in)
{
	if (!has_dialogue(in))
		return IRM_OK;
	for (uint32_t sector = 0; sector < IRM_SECTORS; sector++)
		if (irm_query_keeps(in->query, IRM_BY_ITEM, IRM_DOCUMENT_KINDS + sector) &&
		    count_sector(in, sector))
			return in->err->code;
	return IRM_OK;
}

/* --- reviews -------------------------------------------------------------------------------------
 */

/* Whether the filters keep one of n items from the first on. */
static bool keeps_items(const struct irm_query *query, uint32_t first, uint32_t n)
{
	for (uint32_t item = first; item < first + n; item++)
		if (irm_query_keeps(query, IRM_BY_ITEM, item))
			return true;
	return false;
}

/* One of the two tables: what is counted of a review that has it. */
struct half {
	enum irm_delivered table;
	enum irm_code (*count)(struct counting *in);
	bool wanted;
	size_t asked, *left_out;
};

static enum irm_code count_half(struct half *half, struct counting *in)
{
	if (!half->wanted)
		return IRM_OK;
	if (!irm_dataset_has(in->query->data, in->review, half->table)) {
		++*half->left_out;
		return IRM_OK;
	}
	half->asked++;
	return half->count(in);
}

static enum irm_code nothing_to_count(const struct half halves[2], struct irm_err *err)
{
	if (halves[0].asked || halves[1].asked || !(*halves[0].left_out || *halves[1].left_out))
		return IRM_OK;
	if (halves[0].wanted && halves[1].wanted)
		return irm_err_set(err, IRM_INPUT,
		                   "the source has no table 'documents' and none 'participation': "
		                   "what was published and who took part is not recorded");
	return irm_err_set(err, IRM_INPUT,
	                   halves[0].wanted
	                           ? "the source has no table 'documents': what these "
	                             "reviews published is not recorded"
	                           : "the source has no table 'participation': who took part "
	                             "in these dialogues is not recorded");
}

static enum irm_code count_reviews(struct counting *in, struct half halves[2])
{
	const struct irm_dataset *data = in->query->data;
	struct irm_date *dates = malloc(irm_calendar_room(data) * sizeof *dates);
	enum irm_code code = dates ? IRM_OK : irm_err_memory(in->err);
	in->dates = dates;
	for (in->review = 0; in->review < data->n_reviews && !code; in->review++) {
		if (!irm_query_keeps_review(in->query, in->review))
			continue;
		irm_calendar_dates(data, in->review, in->query->middle, dates);
		code = count_half(&halves[0], in);
		if (!code)
			code = count_half(&halves[1], in);
	}
	free(dates);
	if (!code)
		code = nothing_to_count(halves, in->err);
	if (!code && irm_counter_sort(in->out))
		code = irm_err_memory(in->err);
	return code;
}

static enum irm_code count(struct irm_counter *out, size_t width, size_t columns,
                           struct irm_openness_left *left, const struct irm_query *query,
                           enum irm_code (*documents)(struct counting *in), bool sectors,
                           struct irm_err *err)
{
	struct counting in = { .out = out, .query = query, .err = err };
	struct half halves[2] = {
		{ IRM_HAS_DOCUMENTS, documents,
		  !irm_query_uses(query, IRM_BY_MODE) && keeps_items(query, 0, IRM_DOCUMENT_KINDS),
		  0, &left->documents },
		{ IRM_HAS_PARTICIPATION, count_sectors,
		  sectors && keeps_items(query, IRM_DOCUMENT_KINDS, IRM_SECTORS), 0,
		  &left->participation },
	};
	*left = (struct irm_openness_left){ 0, 0 };
	irm_counter_init(out, width, columns);
	return count_reviews(&in, halves);
}

enum irm_code irm_openness_count(struct irm_counter *out, struct irm_openness_left *left,
                                 const struct irm_query *query, struct irm_err *err)
{
	return count(out, query->n_by + 1, IRM_OPENNESS_COLUMNS, left, query, count_documents, true,
	             err);
}

enum irm_code irm_openness_time(struct irm_counter *out, struct irm_openness_left *left,
                                const struct irm_query *query, struct irm_err *err)
{
	return count(out, query->n_by + 3, 1, left, query, count_time, false, err);
}

enum irm_code irm_openness_languages(struct irm_counter *out, struct irm_openness_left *left,
                                     const struct irm_query *query, struct irm_err *err)
{
	return count(out, query->n_by + 2, 1, left, query, count_languages, false, err);
}
