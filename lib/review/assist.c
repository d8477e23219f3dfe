#include "review/assist.h"

#include <stdlib.h>

#include "review/eligible.h"

/* Whether assistance to the State and to its region addresses a need. */
struct named {
	enum irm_happened by_state, by_region;
};

struct counting {
	struct irm_counter *out;
	const struct irm_query *query;
	uint32_t review;
	const struct irm_need *need; /* that is being counted; NULL: the review itself is */
	bool by_type;
	const struct irm_assist_gap *gap;
	const struct irm_address_by *by; /* [n_by]: what assistance is told apart by */
	size_t n_by;
	struct named *named;    /* [n_by] of the need */
	struct irm_date *dates; /* [irm_calendar_room()] of the review */
	struct irm_date released;
	struct irm_err *err;
};

/* What the keys say besides the review's own. */
struct under {
	uint32_t article; /* IRM_NONE: no article is looked at */
	uint32_t topic, paragraph, type;
};

/* Where a review with a need stands: by what addresses it. */
static enum irm_assist_column standing(const int64_t *c)
{
	if (c[IRM_ASSIST_BY_STATE] != IRM_NOT_YET)
		return c[IRM_ASSIST_BY_STATE] == IRM_HAPPENED ? IRM_ASSIST_ADDRESSED
		                                              : IRM_ASSIST_UNKNOWN;
	if (c[IRM_ASSIST_BY_REGION] != IRM_NOT_YET)
		return c[IRM_ASSIST_BY_REGION] == IRM_HAPPENED ? IRM_ASSIST_REGIONAL
		                                               : IRM_ASSIST_UNKNOWN;
	return IRM_ASSIST_UNADDRESSED;
}

/* Moves the review to where it stands now that the row counts one more of its needs. */
static void count_gap(int64_t *c, const struct named *named, bool is_first)
{
	if (is_first)
		c[IRM_ASSIST_BY_STATE] = c[IRM_ASSIST_BY_REGION] = IRM_NOT_YET;
	else
		c[standing(c)]--;
	if (named->by_state > c[IRM_ASSIST_BY_STATE])
		c[IRM_ASSIST_BY_STATE] = named->by_state;
	if (named->by_region > c[IRM_ASSIST_BY_REGION])
		c[IRM_ASSIST_BY_REGION] = named->by_region;
	c[standing(c)]++;
}

/* Counts the review once a row as eligible, and with a need as one that names one: an article of
 * two topics brings the same need to a row twice. */
static enum irm_code count_row(struct counting *in, size_t by, const uint32_t *values)
{
	uint32_t key[IRM_KEYS_MOST];
	int64_t review = (int64_t)in->review + 1;
	for (size_t i = 0; i < irm_query_variants(in->query); i++) {
		irm_query_variant(in->query, i, values, key);
		if (!irm_address_by_row(in->query, in->by[by], key))
			continue;
		int64_t *c = irm_counter_at(in->out, key);
		if (!c)
			return irm_err_memory(in->err);
		c[IRM_ASSIST_ELIGIBLE] += c[IRM_ASSIST_MARK_ELIGIBLE] != review;
		c[IRM_ASSIST_MARK_ELIGIBLE] = review;
		if (!in->need)
			continue;
		int64_t need = in->need - in->query->data->needs + 1;
		bool is_first = c[IRM_ASSIST_MARK_WITH_NEED] != review;
		if (in->gap)
			count_gap(c, &in->named[by], is_first);
		c[IRM_ASSIST_WITH_NEED] += is_first;
		c[IRM_ASSIST_MARK_WITH_NEED] = review;
		c[IRM_ASSIST_NEEDS] += c[IRM_ASSIST_MARK_NEED] != need;
		c[IRM_ASSIST_MARK_NEED] = need;
	}
	return IRM_OK;
}

static void fill_values(const struct counting *in, const struct under *under, uint32_t *values)
{
	irm_eligible_values(in->query, in->review, under->article, under->topic, values);
	for (size_t k = 0; k < in->query->n_by; k++) {
		if (in->query->by[k] == IRM_BY_PARAGRAPH)
			values[k] = under->paragraph;
		else if (in->query->by[k] == IRM_BY_TYPE)
			values[k] = under->type;
	}
}

/* Once for each provider and beneficiary where they are asked for. */
static enum irm_code count_by(struct counting *in, uint32_t *values)
{
	for (size_t i = 0; i < in->n_by; i++) {
		irm_address_by_values(in->query, in->by[i], values);
		if (count_row(in, i, values))
			return in->err->code;
	}
	return IRM_OK;
}

/* Once for each type where types are asked for. A row counts what the needs given are of. */
static enum irm_code count_types(struct counting *in, struct under under)
{
	const struct irm_need *need = in->need;
	uint32_t values[IRM_KEYS_MOST];
	size_t n = in->by_type ? in->query->data->n_types : 1;
	for (uint32_t type = 0; type < n; type++) {
		bool is_type = !in->by_type || !need || need->type == type;
		if (!is_type || (in->by_type && !irm_query_keeps(in->query, IRM_BY_TYPE, type)))
			continue;
		under.type = type;
		fill_values(in, &under, values);
		if (count_by(in, values))
			return in->err->code;
	}
	return IRM_OK;
}

/* The first paragraph of an article: they lie by article. */
static uint32_t first_paragraph(const struct irm_dataset *data, uint32_t article)
{
	uint32_t low = 0, high = (uint32_t)data->n_paragraphs;
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		if (data->paragraphs[middle].article < article)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* Once for each paragraph of the article where paragraphs are asked for. */
static enum irm_code count_paragraphs(void *context, uint32_t article, uint32_t topic)
{
	struct counting *in = context;
	const struct irm_dataset *data = in->query->data;
	const struct irm_need *need = in->need;
	struct under under = { article, topic, IRM_VALUE_UNKNOWN, IRM_VALUE_UNKNOWN };
	if (!irm_query_uses(in->query, IRM_BY_PARAGRAPH))
		return count_types(in, under);
	for (uint32_t p = first_paragraph(data, article);
	     p < data->n_paragraphs && data->paragraphs[p].article == article; p++) {
		under.paragraph = p;
		if ((!need || need->paragraph == p) &&
		    irm_query_keeps(in->query, IRM_BY_PARAGRAPH, p) && count_types(in, under))
			return in->err->code;
	}
	return IRM_OK;
}

/* Whether assistance addresses the need, by each whom that is told apart. */
static void look_up(struct counting *in, const struct irm_need *need)
{
	struct irm_address_need asked = {
		.state = in->query->data->reviews[in->review].state,
		.article = need->article,
		.type = in->by_type ? need->type : IRM_NONE,
		.released = in->released,
	};
	in->need = need;
	for (size_t i = 0; in->gap && i < in->n_by; i++) {
		asked.by = in->by[i];
		in->named[i].by_state = irm_addresses_need(in->gap->addresses, &asked, false);
		in->named[i].by_region =
		        in->gap->regional ? irm_addresses_need(in->gap->addresses, &asked, true)
		                          : IRM_NOT_YET;
	}
}

static enum irm_code count_review(void *context, uint32_t review, struct irm_err *err)
{
	struct counting *in = context;
	const struct irm_dataset *data = in->query->data;
	in->review = review;
	in->need = NULL;
	in->err = err;
	irm_calendar_dates(data, review, in->query->middle, in->dates);
	irm_calendar_released(&in->released, data, review, in->dates, in->query->as_of);
	enum irm_code code = irm_eligible_articles(in->query, review, count_paragraphs, in);
	for (size_t i = irm_dataset_first(data->needs, data->n_needs, sizeof *data->needs, review);
	     !code && i < data->n_needs && data->needs[i].review == review; i++) {
		look_up(in, &data->needs[i]);
		code = irm_eligible_article(in->query, review, data->needs[i].article,
		                            count_paragraphs, in);
	}
	return code;
}

enum irm_code irm_assist_each_review(const struct irm_query *query, size_t *left_out,
                                     enum irm_code (*each)(void *context, uint32_t review,
                                                           struct irm_err *err),
                                     void *context, struct irm_err *err)
{
	struct irm_eligible_seen seen;
	enum irm_code code =
	        irm_eligible_reviews(&seen, query, 1u << IRM_HAS_NEEDS, each, context, err);
	*left_out = seen.left_out;
	if (!code && seen.asked == 0 && seen.left_out)
		code = irm_err_set(err, IRM_INPUT,
		                   "the source has no table 'needs': which assistance these "
		                   "reviews need is not recorded");
	return code;
}

enum irm_code irm_assist_count(struct irm_counter *out, size_t *left_out,
                               const struct irm_query *query, const struct irm_assist_gap *gap,
                               struct irm_err *err)
{
	static const struct irm_address_by whoever = { IRM_VALUE_ALL, IRM_VALUE_ALL };
	struct counting in = { .out = out,
		               .query = query,
		               .by_type = irm_query_uses(query, IRM_BY_TYPE),
		               .gap = gap,
		               .by = &whoever,
		               .n_by = 1,
		               .dates = malloc(irm_calendar_room(query->data) * sizeof *in.dates) };
	irm_counter_init(out, query->n_by, IRM_ASSIST_COLUMNS);
	*left_out = 0;
	if (gap)
		in.by = irm_addresses_by(gap->addresses, &in.n_by);
	in.named = malloc((in.n_by + 1) * sizeof *in.named);
	enum irm_code code = in.dates && in.named ? irm_assist_each_review(query, left_out,
	                                                                   count_review, &in, err)
	                                          : irm_err_memory(err);
	if (!code && irm_counter_sort(out))
		code = irm_err_memory(err);
	free(in.dates);
	free(in.named);
	return code;
}
