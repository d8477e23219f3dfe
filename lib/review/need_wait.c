#include "review/need_wait.h"

#include <stdlib.h>

#include "review/eligible.h"

/* Needs that are looked at: those of a review, and of it one. */
struct waiting {
	const struct irm_query *query;
	const struct irm_addresses *addresses;
	struct irm_date *dates; /* [irm_calendar_room()] of the review */
	enum irm_code (*each)(void *context, const struct irm_need_wait *wait, struct irm_err *err);
	void *context;
	struct irm_err *err;
};

bool irm_need_wait_by_type(const struct irm_query *query)
{
	return irm_query_uses(query, IRM_BY_TYPE);
}

/* Fills in what is known of assistance and days. */
static void observe(struct irm_need_wait *wait, const struct waiting *in)
{
	const struct irm_dataset *data = in->query->data;
	const struct irm_address_need need = {
		.state = data->reviews[wait->review].state,
		.article = wait->article,
		.type = wait->type,
		.released = irm_date_of_day(wait->released),
		.by = wait->by,
	};
	int32_t until = irm_calendar_seen_until(data, wait->review, in->query->as_of);
	struct irm_first_address first = irm_addresses_first(in->addresses, &need);
	struct irm_date to = irm_date_none();
	if (first.begun == IRM_IN_BETWEEN)
		return;
	if (first.begun == IRM_HAPPENED)
		to = irm_date_of_day(first.from);
	wait->wait = irm_wait_between(need.released, to, in->query->as_of, until);
	wait->activity = first.activity;
	if (irm_date_is_day(first.starts))
		wait->began = first.starts.first;
}

/* Whether any topic that the query keeps has the article, or it asks for none. */
static enum irm_code keeps(void *context, uint32_t article, uint32_t topic)
{
	(void)article;
	(void)topic;
	*(bool *)context = true;
	return IRM_OK;
}

static bool keeps_need(const struct irm_query *query, const struct irm_need *need)
{
	bool kept = false;
	if (need->article == IRM_NONE ||
	    (irm_need_wait_by_type(query) &&
	     (need->type == IRM_NONE || !irm_query_keeps(query, IRM_BY_TYPE, need->type))))
		return false;
	return irm_eligible_article(query, need->review, need->article, keeps, &kept) == IRM_OK &&
	       kept;
}

static enum irm_code each_need(const struct waiting *in, const struct irm_need *need,
                               struct irm_date released)
{
	size_t n;
	const struct irm_address_by *by = irm_addresses_by(in->addresses, &n);
	for (size_t i = 0; i < n; i++) {
		struct irm_need_wait wait = {
			.review = need->review,
			.article = need->article,
			.type = irm_need_wait_by_type(in->query) ? need->type : IRM_NONE,
			.by = by[i],
			.released = irm_date_is_day(released) ? released.first : IRM_DAY_NONE,
			.began = IRM_DAY_NONE,
			.activity = IRM_NONE,
			.wait = { IRM_DAY_NONE, -1 },
		};
		if (wait.released != IRM_DAY_NONE)
			observe(&wait, in);
		if (in->each(in->context, &wait, in->err))
			return in->err->code;
	}
	return IRM_OK;
}

/* A review's needs lie by article and type: those that are one lie together. */
static enum irm_code each_review(void *context, uint32_t review, struct irm_err *err)
{
	struct waiting *in = context;
	const struct irm_dataset *data = in->query->data;
	const struct irm_need *last = NULL;
	struct irm_date released = irm_date_none();
	bool by_type = irm_need_wait_by_type(in->query);
	in->err = err;
	irm_calendar_dates(data, review, in->query->middle, in->dates);
	irm_calendar_released(&released, data, review, in->dates, in->query->as_of);
	for (size_t i = irm_dataset_first(data->needs, data->n_needs, sizeof *data->needs, review);
	     i < data->n_needs && data->needs[i].review == review; i++) {
		const struct irm_need *need = &data->needs[i];
		bool is_same = last && last->article == need->article &&
		               (!by_type || last->type == need->type);
		if (is_same || !keeps_need(in->query, need))
			continue;
		last = need;
		if (each_need(in, need, released))
			return err->code;
	}
	return IRM_OK;
}

enum irm_code irm_need_wait_each(
        const struct irm_query *query, const struct irm_addresses *addresses, size_t *left_out,
        enum irm_code (*each)(void *context, const struct irm_need_wait *wait, struct irm_err *err),
        void *context, struct irm_err *err)
{
	struct waiting in = { .query = query,
		              .addresses = addresses,
		              .dates = malloc(irm_calendar_room(query->data) * sizeof *in.dates),
		              .each = each,
		              .context = context };
	*left_out = 0;
	enum irm_code code =
	        in.dates ? irm_assist_each_review(query, left_out, each_review, &in, err)
	                 : irm_err_memory(err);
	free(in.dates);
	return code;
}

/* --- counting ------------------------------------------------------------------------------- */

struct counting {
	struct irm_counter *out;
	const struct irm_query *query;
	const struct irm_need_wait *wait;
	struct irm_counter
	        seen; /* keys of this wait: an article of two topics is once in a total */
	struct irm_err *err;
};

/* Counts the wait under a variant of the keys, unless it was. */
static enum irm_code count_once(struct counting *in, const uint32_t *key)
{
	struct irm_query alone = *in->query;
	int64_t *seen = irm_counter_at(&in->seen, key);
	if (!seen)
		return irm_err_memory(in->err);
	if ((*seen)++)
		return IRM_OK;
	alone.total = false;
	return irm_wait_add(in->out, &alone, key, 0, in->wait->wait, 0) ? irm_err_memory(in->err)
	                                                                : IRM_OK;
}

static enum irm_code count_variants(void *context, uint32_t article, uint32_t topic)
{
	struct counting *in = context;
	uint32_t values[IRM_KEYS_MOST], key[IRM_KEYS_MOST];
	irm_eligible_values(in->query, in->wait->review, article, topic, values);
	for (size_t k = 0; k < in->query->n_by; k++)
		if (in->query->by[k] == IRM_BY_TYPE)
			values[k] = in->wait->type;
	irm_address_by_values(in->query, in->wait->by, values);
	for (size_t i = 0; i < irm_query_variants(in->query); i++) {
		irm_query_variant(in->query, i, values, key);
		if (irm_address_by_row(in->query, in->wait->by, key) && count_once(in, key))
			return in->err->code;
	}
	return IRM_OK;
}

static enum irm_code count_wait(void *context, const struct irm_need_wait *wait,
                                struct irm_err *err)
{
	struct counting *in = context;
	in->wait = wait;
	in->err = err;
	irm_counter_init(&in->seen, in->query->n_by, 1);
	enum irm_code code =
	        irm_eligible_article(in->query, wait->review, wait->article, count_variants, in);
	irm_counter_release(&in->seen);
	return code;
}

enum irm_code irm_need_wait_count(struct irm_counter *out, size_t *left_out,
                                  const struct irm_query *query,
                                  const struct irm_addresses *addresses, struct irm_err *err)
{
	struct counting in = { .out = out, .query = query };
	irm_counter_init(out, query->n_by + 2, IRM_WAIT_COLUMNS);
	enum irm_code code = irm_need_wait_each(query, addresses, left_out, count_wait, &in, err);
	if (!code && irm_counter_sort(out))
		code = irm_err_memory(err);
	return code;
}

/* --- writing -------------------------------------------------------------------------------- */

struct writing {
	const struct irm_query *query;
	struct irm_writer *out;
};

static void write_key(const struct writing *in, enum irm_key key, uint32_t value)
{
	char buffer[16];
	irm_writer_text(in->out,
	                irm_key_text(in->query->data, key, value, in->query->names, buffer));
}

static enum irm_code write_wait(void *context, const struct irm_need_wait *wait,
                                struct irm_err *err)
{
	static const enum irm_key keys[] = { IRM_BY_REVIEW, IRM_BY_STATE, IRM_BY_REGION,
		                             IRM_BY_CYCLE };
	const struct writing *in = context;
	const struct irm_dataset *data = in->query->data;
	(void)err;
	irm_writer_day(in->out, in->query->as_of);
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
		write_key(in, keys[i], irm_key_of_review(data, keys[i], wait->review));
	write_key(in, IRM_BY_ARTICLE, wait->article);
	if (irm_need_wait_by_type(in->query))
		write_key(in, IRM_BY_TYPE, wait->type);
	if (irm_query_has_key(in->query, IRM_BY_PROVIDER))
		write_key(in, IRM_BY_PROVIDER, wait->by.provider);
	if (irm_query_has_key(in->query, IRM_BY_BENEFICIARY))
		write_key(in, IRM_BY_BENEFICIARY, wait->by.beneficiary);
	irm_writer_day(in->out, wait->released);
	irm_writer_day(in->out, wait->began);
	irm_writer_text(in->out,
	                wait->activity == IRM_NONE ? NULL : data->activities[wait->activity].code);
	if (wait->wait.event < 0) {
		irm_writer_empty(in->out);
		irm_writer_empty(in->out);
	} else {
		irm_writer_count(in->out, wait->wait.days);
		irm_writer_count(in->out, wait->wait.event);
	}
	irm_writer_row(in->out);
	return IRM_OK;
}

enum irm_code irm_need_wait_write(const struct irm_query *query,
                                  const struct irm_addresses *addresses, size_t *left_out,
                                  struct irm_writer *out, struct irm_err *err)
{
	struct writing in = { query, out };
	irm_writer_columns(out, "as_of,review,state,region,cycle,article");
	if (irm_need_wait_by_type(query))
		irm_writer_column(out, "type");
	if (irm_query_has_key(query, IRM_BY_PROVIDER))
		irm_writer_column(out, "provider");
	if (irm_query_has_key(query, IRM_BY_BENEFICIARY))
		irm_writer_column(out, "beneficiary");
	irm_writer_columns(out, "released,began,activity,days,event");
	return irm_need_wait_each(query, addresses, left_out, write_wait, &in, err);
}
