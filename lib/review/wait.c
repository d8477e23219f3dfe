#include "review/wait.h"

struct waiting {
	const struct irm_query *query;
	const struct irm_addresses *addresses;
	enum irm_code (*each)(void *context, const struct irm_wait *wait, struct irm_err *err);
	void *context;
};

bool irm_wait_by_type(const struct irm_query *query)
{
	return irm_query_uses(query, IRM_BY_TYPE);
}

static int32_t earlier(int32_t a, int32_t b)
{
	return b != IRM_DAY_NONE && b < a ? b : a;
}

/* How far the review is seen. */
static int32_t cut_off(const struct irm_query *query, uint32_t review)
{
	const struct irm_review *r = &query->data->reviews[review];
	return earlier(earlier(query->as_of, r->observed_until), r->discontinued);
}

/* Fills in what is known of assistance and days. */
static void observe(struct irm_wait *wait, const struct waiting *in)
{
	const struct irm_address_need need = {
		.state = in->query->data->reviews[wait->review].state,
		.article = wait->article,
		.type = wait->type,
		.released = irm_date_of_day(wait->released),
	};
	struct irm_first_address first = irm_addresses_first(in->addresses, &need);
	if (first.begun == IRM_IN_BETWEEN)
		return;
	bool is_event = first.begun == IRM_HAPPENED;
	int32_t ended = is_event ? first.from : cut_off(in->query, wait->review);
	wait->activity = first.activity;
	if (is_event && irm_date_is_day(first.starts))
		wait->began = first.starts.first;
	if (ended < wait->released)
		return;
	wait->event = is_event;
	wait->days = ended - wait->released;
}

static bool keeps_topic(const struct irm_query *query, uint32_t article)
{
	const struct irm_dataset *data = query->data;
	if (!irm_query_uses(query, IRM_BY_TOPIC))
		return true;
	for (size_t i = 0; i < data->n_topics; i++)
		if (data->topics[i].article == article &&
		    irm_query_keeps(query, IRM_BY_TOPIC, data->topics[i].topic))
			return true;
	return false;
}

static bool keeps_need(const struct irm_query *query, const struct irm_need *need)
{
	if (need->article == IRM_NONE ||
	    !irm_assist_in_scope(query->data, need->review, need->article))
		return false;
	if (irm_wait_by_type(query) &&
	    (need->type == IRM_NONE || !irm_query_keeps(query, IRM_BY_TYPE, need->type)))
		return false;
	return irm_query_keeps(query, IRM_BY_ARTICLE, need->article) &&
	       irm_query_keeps(query, IRM_BY_CHAPTER,
	                       query->data->articles[need->article].chapter) &&
	       keeps_topic(query, need->article);
}

/* A review's needs lie by article and type: those that are one lie together. */
static enum irm_code each_need(void *context, uint32_t review, struct irm_date released,
                               struct irm_err *err)
{
	const struct waiting *in = context;
	const struct irm_need *needs = in->query->data->needs;
	const struct irm_need *last = NULL;
	bool by_type = irm_wait_by_type(in->query);
	size_t n, first = irm_assist_needs(in->query->data, review, &n);
	for (size_t i = first; i < first + n; i++) {
		bool is_same = last && last->article == needs[i].article &&
		               (!by_type || last->type == needs[i].type);
		if (is_same || !keeps_need(in->query, &needs[i]))
			continue;
		last = &needs[i];
		struct irm_wait wait = {
			.review = review,
			.article = last->article,
			.type = by_type ? last->type : IRM_NONE,
			.released = irm_date_is_day(released) ? released.first : IRM_DAY_NONE,
			.began = IRM_DAY_NONE,
			.activity = IRM_NONE,
			.days = IRM_DAY_NONE,
			.event = -1,
		};
		if (wait.released != IRM_DAY_NONE)
			observe(&wait, in);
		if (in->each(in->context, &wait, err))
			return err->code;
	}
	return IRM_OK;
}

enum irm_code irm_wait_each(const struct irm_query *query, const struct irm_addresses *addresses,
                            size_t *left_out,
                            enum irm_code (*each)(void *context, const struct irm_wait *wait,
                                                  struct irm_err *err),
                            void *context, struct irm_err *err)
{
	struct waiting in = { query, addresses, each, context };
	return irm_assist_each_review(query, left_out, each_need, &in, err);
}

/* --- counting ------------------------------------------------------------------------------- */

struct counting {
	struct irm_counter *out;
	const struct irm_query *query;
	int64_t wait; /* its number, from 1 */
};

static void fill_values(const struct irm_query *query, const struct irm_wait *wait, uint32_t topic,
                        uint32_t *values)
{
	irm_query_review_keys(query, wait->review, values);
	for (size_t k = 0; k < query->n_by; k++) {
		if (query->by[k] == IRM_BY_ARTICLE)
			values[k] = wait->article;
		else if (query->by[k] == IRM_BY_CHAPTER)
			values[k] = query->data->articles[wait->article].chapter;
		else if (query->by[k] == IRM_BY_TOPIC)
			values[k] = topic;
		else if (query->by[k] == IRM_BY_TYPE)
			values[k] = wait->type;
	}
}

/* An article of two topics is once in their total. */
static enum irm_code count_row(struct counting *in, const struct irm_wait *wait, uint32_t topic,
                               struct irm_err *err)
{
	uint32_t values[IRM_KEYS_MOST], key[IRM_KEYS_MOST + 2];
	size_t n_by = in->query->n_by;
	fill_values(in->query, wait, topic, values);
	for (size_t i = 0; i < irm_query_variants(in->query); i++) {
		irm_query_variant(in->query, i, values, key);
		key[n_by] = wait->event < 0 ? IRM_VALUE_UNKNOWN : (uint32_t)wait->days;
		key[n_by + 1] = wait->event < 0 ? IRM_VALUE_UNKNOWN : (uint32_t)wait->event;
		int64_t *c = irm_counter_at(in->out, key);
		if (!c)
			return irm_err_memory(err);
		c[IRM_WAIT_COUNT] += c[IRM_WAIT_MARK] != in->wait;
		c[IRM_WAIT_MARK] = in->wait;
	}
	return IRM_OK;
}

static enum irm_code count_wait(void *context, const struct irm_wait *wait, struct irm_err *err)
{
	struct counting *in = context;
	const struct irm_dataset *data = in->query->data;
	in->wait++;
	if (!irm_query_uses(in->query, IRM_BY_TOPIC))
		return count_row(in, wait, IRM_VALUE_UNKNOWN, err);
	for (size_t i = 0; i < data->n_topics; i++)
		if (data->topics[i].article == wait->article &&
		    irm_query_keeps(in->query, IRM_BY_TOPIC, data->topics[i].topic) &&
		    count_row(in, wait, data->topics[i].topic, err))
			return err->code;
	return IRM_OK;
}

enum irm_code irm_wait_count(struct irm_counter *out, size_t *left_out,
                             const struct irm_query *query, const struct irm_addresses *addresses,
                             struct irm_err *err)
{
	struct counting in = { out, query, 0 };
	irm_counter_init(out, query->n_by + 2, IRM_WAIT_COLUMNS);
	enum irm_code code = irm_wait_each(query, addresses, left_out, count_wait, &in, err);
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

static enum irm_code write_wait(void *context, const struct irm_wait *wait, struct irm_err *err)
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
	if (irm_wait_by_type(in->query))
		write_key(in, IRM_BY_TYPE, wait->type);
	irm_writer_day(in->out, wait->released);
	irm_writer_day(in->out, wait->began);
	irm_writer_text(in->out,
	                wait->activity == IRM_NONE ? NULL : data->activities[wait->activity].code);
	if (wait->event < 0) {
		irm_writer_empty(in->out);
		irm_writer_empty(in->out);
	} else {
		irm_writer_count(in->out, wait->days);
		irm_writer_count(in->out, wait->event);
	}
	irm_writer_row(in->out);
	return IRM_OK;
}

enum irm_code irm_wait_write(const struct irm_query *query, const struct irm_addresses *addresses,
                             size_t *left_out, struct irm_writer *out, struct irm_err *err)
{
	struct writing in = { query, out };
	irm_writer_columns(out, "as_of,review,state,region,cycle,article");
	if (irm_wait_by_type(query))
		irm_writer_column(out, "type");
	irm_writer_columns(out, "released,began,activity,days,event");
	return irm_wait_each(query, addresses, left_out, write_wait, &in, err);
}
