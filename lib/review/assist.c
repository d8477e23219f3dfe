#include "review/assist.h"

#include "review/eligible.h"

struct counting {
	struct irm_counter *out;
	const struct irm_query *query;
	uint32_t review;
	const struct irm_need *need; /* that is being counted; NULL: the review itself */
	bool by_type;
	struct irm_err *err;
};

/* Counts the review once a row as eligible, and with a need (its place + 1; 0: none) as one that
 * names one: an article of two topics brings the same need to a row twice. */
static enum irm_code count_row(struct counting *in, const uint32_t *values, int64_t need)
{
	uint32_t key[IRM_KEYS_MOST];
	for (size_t i = 0; i < irm_query_variants(in->query); i++) {
		irm_query_variant(in->query, i, values, key);
		int64_t *c = irm_counter_at(in->out, key);
		if (!c)
			return irm_err_memory(in->err);
		int64_t mark = (int64_t)in->review + 1;
		c[IRM_ASSIST_ELIGIBLE] += c[IRM_ASSIST_MARK_ELIGIBLE] != mark;
		c[IRM_ASSIST_MARK_ELIGIBLE] = mark;
		if (!need)
			continue;
		c[IRM_ASSIST_WITH_NEED] += c[IRM_ASSIST_MARK_WITH_NEED] != mark;
		c[IRM_ASSIST_MARK_WITH_NEED] = mark;
		c[IRM_ASSIST_NEEDS] += c[IRM_ASSIST_MARK_NEED] != need;
		c[IRM_ASSIST_MARK_NEED] = need;
	}
	return IRM_OK;
}

/* Once for each type where types are asked for. A row counts what the needs given are of. */
static enum irm_code count_types(void *context, uint32_t article, uint32_t topic)
{
	struct counting *in = context;
	const struct irm_need *need = in->need;
	uint32_t values[IRM_KEYS_MOST];
	size_t n = in->by_type ? in->query->data->n_types : 1;
	for (uint32_t type = 0; type < n; type++) {
		bool is_type = !in->by_type || (need && need->type == type);
		if (in->by_type && !irm_query_keeps(in->query, IRM_BY_TYPE, type))
			continue;
		if (need && !is_type)
			continue;
		irm_eligible_values(in->query, in->review, article, topic, values);
		for (size_t k = 0; k < in->query->n_by; k++)
			if (in->query->by[k] == IRM_BY_TYPE)
				values[k] = type;
		if (count_row(in, values, need ? need - in->query->data->needs + 1 : 0))
			return in->err->code;
	}
	return IRM_OK;
}

static enum irm_code count_review(void *context, uint32_t review, struct irm_err *err)
{
	struct counting *in = context;
	const struct irm_dataset *data = in->query->data;
	in->review = review;
	in->need = NULL;
	in->err = err;
	enum irm_code code = irm_eligible_articles(in->query, review, count_types, in);
	for (size_t i = irm_dataset_first(data->needs, data->n_needs, sizeof *data->needs, review);
	     !code && i < data->n_needs && data->needs[i].review == review; i++) {
		in->need = &data->needs[i];
		code = irm_eligible_article(in->query, review, in->need->article, count_types, in);
	}
	return code;
}

enum irm_code irm_assist_count(struct irm_counter *out, size_t *left_out,
                               const struct irm_query *query, struct irm_err *err)
{
	struct counting in = { .out = out,
		               .query = query,
		               .by_type = irm_query_uses(query, IRM_BY_TYPE),
		               .err = err };
	struct irm_eligible_seen seen;
	irm_counter_init(out, query->n_by, IRM_ASSIST_COLUMNS);
	enum irm_code code =
	        irm_eligible_reviews(&seen, query, 1u << IRM_HAS_NEEDS, count_review, &in, err);
	*left_out = seen.left_out;
	if (!code && seen.asked == 0 && seen.left_out)
		code = irm_err_set(err, IRM_INPUT,
		                   "the source has no table 'needs': which assistance these "
		                   "reviews need is not recorded");
	if (!code && irm_counter_sort(out))
		code = irm_err_memory(err);
	return code;
}
