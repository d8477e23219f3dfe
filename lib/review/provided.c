#include "review/provided.h"

#include "review/address.h"
#include "review/numbers.h"

struct counting {
	struct irm_counter *out;
	struct irm_counter reached; /* keys and a State: once each */
	const struct irm_query *query;
	struct irm_numbers numbers;
	uint32_t activity;
	enum irm_happened begun;
	bool running;
	bool by_state, by_region, by_topic, by_type;
	bool by_article; /* keys or filters look at an article or its chapter */
	struct irm_err *err;
};

/* A target's values under the keys of an activity. */
struct under {
	uint32_t state, region, article, chapter, topic, type;
};

static const struct under nothing = { IRM_VALUE_UNKNOWN, IRM_VALUE_UNKNOWN, IRM_VALUE_UNKNOWN,
	                              IRM_VALUE_UNKNOWN, IRM_VALUE_UNKNOWN, IRM_VALUE_UNKNOWN };

static uint32_t or_unknown(uint32_t value)
{
	return value == IRM_NONE ? IRM_VALUE_UNKNOWN : value;
}

/* The calendar year of the start, where the record leaves one only. */
static uint32_t year_of(const struct irm_query *query, uint32_t activity)
{
	struct irm_date starts = irm_addresses_starts(query, activity);
	int first, last, month, day;
	if (starts.first < IRM_DAY_FIRST || starts.last > IRM_DAY_LAST)
		return IRM_VALUE_UNKNOWN;
	irm_day_to_civil(starts.first, &first, &month, &day);
	irm_day_to_civil(starts.last, &last, &month, &day);
	return first == last ? (uint32_t)first : IRM_VALUE_UNKNOWN;
}

static uint32_t value_of(const struct counting *in, const struct under *under, enum irm_key key)
{
	const struct irm_activity *a = &in->query->data->activities[in->activity];
	const uint32_t values[IRM_KEYS] = {
		[IRM_BY_REGION] = under->region,
		[IRM_BY_STATE] = under->state,
		[IRM_BY_YEAR] = year_of(in->query, in->activity),
		[IRM_BY_ARTICLE] = under->article,
		[IRM_BY_CHAPTER] = under->chapter,
		[IRM_BY_TOPIC] = under->topic,
		[IRM_BY_TYPE] = under->type,
		[IRM_BY_PROVIDER] = or_unknown(a->provider),
		[IRM_BY_BENEFICIARY] = or_unknown(a->beneficiary),
	};
	return values[key];
}

static bool keeps(const struct counting *in, const struct under *under)
{
	for (unsigned k = 0; k < IRM_KEYS; k++)
		if ((IRM_BY_ACTIVITIES >> k & 1) &&
		    !irm_query_keeps(in->query, (enum irm_key)k,
		                     value_of(in, under, (enum irm_key)k)))
			return false;
	return true;
}

/* Counts the activity once a row; by a region alone where no State of the row is named. */
static void count_cells(const struct counting *in, int64_t *c, bool is_regional)
{
	int64_t mark = (int64_t)in->activity + 1;
	bool is_counted = c[IRM_PROVIDED_MARK] == mark ||
	                  (is_regional && c[IRM_PROVIDED_MARK_REGIONAL] == mark);
	c[is_regional ? IRM_PROVIDED_MARK_REGIONAL : IRM_PROVIDED_MARK] = mark;
	if (is_counted)
		return;
	if (in->begun == IRM_IN_BETWEEN) {
		c[IRM_PROVIDED_UNKNOWN]++;
	} else if (is_regional) {
		c[IRM_PROVIDED_REGIONAL]++;
	} else {
		c[IRM_PROVIDED_ACTIVITIES]++;
		c[IRM_PROVIDED_RUNNING] += in->running;
	}
}

static enum irm_code count_row(struct counting *in, const struct under *under, uint32_t state,
                               bool is_regional)
{
	uint32_t values[IRM_KEYS_MOST], key[IRM_KEYS_MOST + 1];
	const struct irm_query *query = in->query;
	if (!keeps(in, under))
		return IRM_OK;
	for (size_t k = 0; k < query->n_by; k++)
		values[k] = value_of(in, under, query->by[k]);
	for (size_t i = 0; i < irm_query_variants(query); i++) {
		irm_query_variant(query, i, values, key);
		int64_t *c = irm_counter_at(in->out, key);
		if (!c)
			return irm_err_memory(in->err);
		count_cells(in, c, is_regional);
		if (state == IRM_NONE || in->begun != IRM_HAPPENED)
			continue;
		key[query->n_by] = state;
		if (!irm_counter_at(&in->reached, key))
			return irm_err_memory(in->err);
	}
	return IRM_OK;
}

/* Under the topic that the activity itself has, if any. */
static enum irm_code count_own_topic(struct counting *in, struct under under, uint32_t state,
                                     bool is_regional)
{
	under.topic = in->query->data->activities[in->activity].topic;
	return under.topic == IRM_NONE ? IRM_OK : count_row(in, &under, state, is_regional);
}

/* Where topics are asked for, once for each of the article, and for the activity's own. */
static enum irm_code count_topics(struct counting *in, struct under under, uint32_t article,
                                  uint32_t state, bool is_regional)
{
	const struct irm_dataset *data = in->query->data;
	if (!in->by_topic)
		return count_row(in, &under, state, is_regional);
	for (size_t i = 0; i < data->n_topics; i++) {
		under.topic = data->topics[i].topic;
		if (data->topics[i].article == article && count_row(in, &under, state, is_regional))
			return in->err->code;
	}
	return count_own_topic(in, under, state, is_regional);
}

/* Once for each article of the target's number; the first stands for the number itself. */
static enum irm_code count_articles(struct counting *in, const struct irm_target *target,
                                    struct under under, bool is_regional)
{
	size_t n;
	if (!in->by_article && !in->by_topic)
		return count_row(in, &under, target->state, is_regional);
	const struct irm_number *numbers = irm_numbers_find(&in->numbers, target->article, &n);
	if (n == 0 && !in->by_article)
		return count_own_topic(in, under, target->state, is_regional);
	for (size_t i = 0; i < n; i++) {
		uint32_t article = numbers[i].article;
		under.article = in->by_article ? numbers[0].article : IRM_VALUE_UNKNOWN;
		under.chapter = in->by_article ? in->query->data->articles[article].chapter
		                               : IRM_VALUE_UNKNOWN;
		if (count_topics(in, under, article, target->state, is_regional))
			return in->err->code;
	}
	return IRM_OK;
}

static enum irm_code count_target(struct counting *in, const struct irm_target *target)
{
	const struct irm_dataset *data = in->query->data;
	bool is_regional = target->state == IRM_NONE && target->region != IRM_NONE;
	uint32_t region =
	        target->state != IRM_NONE ? data->states[target->state].region : target->region;
	struct under under = nothing;
	under.state = or_unknown(target->state);
	under.type = or_unknown(target->type);
	under.region = target->state != IRM_NONE && region == IRM_NONE ? IRM_VALUE_UNASSIGNED
	                                                               : or_unknown(region);
	if ((in->by_state && target->state == IRM_NONE) ||
	    (in->by_region && under.region == IRM_VALUE_UNKNOWN) ||
	    (in->by_type && target->type == IRM_NONE))
		return IRM_OK;
	return count_articles(in, target, under, is_regional);
}

/* The targets that name a State or no one, or those for a region. */
static enum irm_code count_targets(struct counting *in, bool regional)
{
	const struct irm_dataset *data = in->query->data;
	const struct irm_activity *a = &data->activities[in->activity];
	for (size_t i = a->first_target; i < a->first_target + a->n_targets; i++) {
		const struct irm_target *target = &data->targets[i];
		bool is_regional = target->state == IRM_NONE && target->region != IRM_NONE;
		if (is_regional == regional && count_target(in, target))
			return in->err->code;
	}
	return IRM_OK;
}

static enum irm_code count_activity(struct counting *in, bool regional)
{
	const struct irm_query *query = in->query;
	bool by_target = in->by_state || in->by_region || in->by_article || in->by_type;
	in->begun = irm_date_by(irm_addresses_starts(query, in->activity), query->as_of);
	in->running =
	        irm_date_by(irm_addresses_ends(query, in->activity), query->as_of) == IRM_NOT_YET;
	if (in->begun == IRM_NOT_YET)
		return IRM_OK;
	if (query->data->activities[in->activity].n_targets == 0)
		return by_target      ? IRM_OK
		       : in->by_topic ? count_own_topic(in, nothing, IRM_NONE, false)
		                      : count_row(in, &nothing, IRM_NONE, false);
	if (count_targets(in, false))
		return in->err->code;
	return regional ? count_targets(in, true) : IRM_OK;
}

/* Adds up the States of each row. */
static enum irm_code count_states(struct counting *in)
{
	for (size_t i = 0; i < in->reached.n; i++) {
		int64_t *c = irm_counter_at(in->out, in->reached.keys + i * in->reached.width);
		if (!c)
			return irm_err_memory(in->err);
		c[IRM_PROVIDED_STATES]++;
	}
	return irm_counter_sort(in->out) ? irm_err_memory(in->err) : IRM_OK;
}

enum irm_code irm_provided_count(struct irm_counter *out, const struct irm_query *query,
                                 bool regional, struct irm_err *err)
{
	struct counting in = {
		.out = out,
		.query = query,
		.by_state = irm_query_uses(query, IRM_BY_STATE),
		.by_region = irm_query_uses(query, IRM_BY_REGION),
		.by_topic = irm_query_uses(query, IRM_BY_TOPIC),
		.by_type = irm_query_uses(query, IRM_BY_TYPE),
		.err = err,
	};
	in.by_article =
	        irm_query_uses(query, IRM_BY_ARTICLE) || irm_query_uses(query, IRM_BY_CHAPTER);
	irm_counter_init(out, query->n_by, IRM_PROVIDED_COLUMNS);
	irm_counter_init(&in.reached, query->n_by + 1, 1);
	enum irm_code code = irm_addresses_check(query->data, err);
	if (!code)
		code = irm_numbers_init(&in.numbers, query->data, err);
	for (in.activity = 0; in.activity < query->data->n_activities && !code; in.activity++)
		code = count_activity(&in, regional);
	if (!code)
		code = count_states(&in);
	irm_counter_release(&in.reached);
	irm_numbers_release(&in.numbers);
	return code;
}
