#include "review/assist.h"

#include <stdlib.h>
#include <string.h>

#include "review/calendar.h"

#define ARTICLE_KEYS (1u << IRM_BY_ARTICLE | 1u << IRM_BY_CHAPTER | 1u << IRM_BY_TOPIC)

struct counting {
	struct irm_counter *out;
	const struct irm_query *query;
	uint32_t review;
	bool by_article; /* keys or filters look at articles */
	bool by_type;
	struct irm_err *err;
};

static bool uses_any(const struct irm_query *query, unsigned keys)
{
	for (unsigned k = 0; k < IRM_KEYS; k++)
		if ((keys >> k & 1) && irm_query_uses(query, (enum irm_key)k))
			return true;
	return false;
}

/* Whether the milestone that releases findings is reached. */
static bool is_released(const struct irm_query *query, uint32_t review,
                        const struct irm_date *dates)
{
	const struct irm_dataset *data = query->data;
	const struct irm_mechanism *mechanism = &data->mechanisms[data->reviews[review].mechanism];
	for (uint32_t i = 0; i < mechanism->n; i++)
		if (data->milestones[mechanism->first + i].releases_findings &&
		    irm_calendar_reached(data, review, dates, i, query->as_of) == IRM_HAPPENED)
			return true;
	return false;
}

static bool keeps_article(const struct irm_query *query, uint32_t article)
{
	return irm_query_keeps(query, IRM_BY_ARTICLE, article) &&
	       irm_query_keeps(query, IRM_BY_CHAPTER, query->data->articles[article].chapter);
}

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

/* The values of the keys for one article (IRM_NONE: no article is looked at), topic and type. */
static void fill_values(const struct counting *in, uint32_t article, uint32_t topic, uint32_t type,
                        uint32_t *values)
{
	irm_query_review_keys(in->query, in->review, values);
	for (size_t k = 0; k < in->query->n_by; k++) {
		if (in->query->by[k] == IRM_BY_ARTICLE)
			values[k] = article;
		else if (in->query->by[k] == IRM_BY_CHAPTER)
			values[k] = in->query->data->articles[article].chapter;
		else if (in->query->by[k] == IRM_BY_TOPIC)
			values[k] = topic;
		else if (in->query->by[k] == IRM_BY_TYPE)
			values[k] = type;
	}
}

/* Once for each type where types are asked for. A row counts what the needs given are of. */
static enum irm_code count_types(struct counting *in, uint32_t article, uint32_t topic,
                                 const struct irm_need *need)
{
	uint32_t values[IRM_KEYS_MOST];
	size_t n = in->by_type ? in->query->data->n_types : 1;
	for (uint32_t type = 0; type < n; type++) {
		bool is_type = !in->by_type || (need && need->type == type);
		if (in->by_type && !irm_query_keeps(in->query, IRM_BY_TYPE, type))
			continue;
		if (need && !is_type)
			continue;
		fill_values(in, article, topic, type, values);
		if (count_row(in, values, need ? need - in->query->data->needs + 1 : 0))
			return in->err->code;
	}
	return IRM_OK;
}

/* Once for each topic of the article where topics are asked for. */
static enum irm_code count_topics(struct counting *in, uint32_t article,
                                  const struct irm_need *need)
{
	const struct irm_dataset *data = in->query->data;
	if (!irm_query_uses(in->query, IRM_BY_TOPIC))
		return count_types(in, article, IRM_VALUE_UNKNOWN, need);
	for (size_t i = 0; i < data->n_topics; i++) {
		const struct irm_topic *topic = &data->topics[i];
		if (topic->article == article &&
		    irm_query_keeps(in->query, IRM_BY_TOPIC, topic->topic) &&
		    count_types(in, article, topic->topic, need))
			return in->err->code;
	}
	return IRM_OK;
}

/* Whether the review's cycle looks at the article of its mechanism's convention. */
static bool is_in_scope(const struct counting *in, uint32_t article)
{
	const struct irm_dataset *data = in->query->data;
	const struct irm_review *r = &data->reviews[in->review];
	return strcmp(data->articles[article].convention,
	              data->mechanisms[r->mechanism].convention) == 0 &&
	       irm_dataset_in_scope(data, r->cycle, article);
}

static enum irm_code count_eligible(struct counting *in)
{
	if (!in->by_article)
		return count_types(in, IRM_NONE, IRM_VALUE_UNKNOWN, NULL);
	for (uint32_t a = 0; a < in->query->data->n_articles; a++)
		if (is_in_scope(in, a) && keeps_article(in->query, a) && count_topics(in, a, NULL))
			return in->err->code;
	return IRM_OK;
}

static enum irm_code count_need(struct counting *in, const struct irm_need *need)
{
	if (need->article == IRM_NONE)
		return in->by_article ? IRM_OK : count_types(in, IRM_NONE, IRM_VALUE_UNKNOWN, need);
	if (!is_in_scope(in, need->article) || !keeps_article(in->query, need->article))
		return IRM_OK;
	return in->by_article ? count_topics(in, need->article, need)
	                      : count_types(in, IRM_NONE, IRM_VALUE_UNKNOWN, need);
}

/* The first need of a review: needs lie by review. */
static size_t first_need(const struct irm_dataset *data, uint32_t review)
{
	size_t low = 0, high = data->n_needs;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (data->needs[middle].review < review)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static enum irm_code count_review(struct counting *in)
{
	const struct irm_dataset *data = in->query->data;
	enum irm_code code = count_eligible(in);
	for (size_t i = first_need(data, in->review);
	     !code && i < data->n_needs && data->needs[i].review == in->review; i++)
		code = count_need(in, &data->needs[i]);
	return code;
}

/* Numbers of articles tell articles apart within one convention only. */
static enum irm_code check_conventions(const struct irm_query *query, uint32_t review,
                                       const char **convention, struct irm_err *err)
{
	const struct irm_dataset *data = query->data;
	const char *own = data->mechanisms[data->reviews[review].mechanism].convention;
	if (*convention && strcmp(*convention, own) != 0 && irm_query_uses(query, IRM_BY_ARTICLE)) {
		irm_err_set(err, IRM_USAGE,
		            "the reviews are under several conventions, whose "
		            "articles have the same numbers");
		irm_err_hint(err, "choose one: --where mechanism=CODE");
		return err->code;
	}
	*convention = own;
	return IRM_OK;
}

enum irm_code irm_assist_count(struct irm_counter *out, size_t *left_out,
                               const struct irm_query *query, struct irm_err *err)
{
	const struct irm_dataset *data = query->data;
	struct counting in = { .out = out,
		               .query = query,
		               .by_article = uses_any(query, ARTICLE_KEYS),
		               .by_type = irm_query_uses(query, IRM_BY_TYPE),
		               .err = err };
	size_t asked = 0;
	const char *convention = NULL;
	*left_out = 0;
	irm_counter_init(out, query->n_by, IRM_ASSIST_COLUMNS);
	struct irm_date *dates = malloc(irm_calendar_room(data) * sizeof *dates);
	enum irm_code code = dates ? IRM_OK : irm_err_memory(err);
	for (in.review = 0; in.review < data->n_reviews && !code; in.review++) {
		if (!irm_query_keeps_review(query, in.review))
			continue;
		if (!irm_dataset_has(data, in.review, IRM_HAS_NEEDS)) {
			++*left_out;
			continue;
		}
		asked++;
		code = check_conventions(query, in.review, &convention, err);
		irm_calendar_dates(data, in.review, query->middle, dates);
		if (!code && is_released(query, in.review, dates))
			code = count_review(&in);
	}
	free(dates);
	if (!code && asked == 0 && *left_out)
		code = irm_err_set(err, IRM_INPUT,
		                   "the source has no table 'needs': which assistance these "
		                   "reviews need is not recorded");
	if (!code && irm_counter_sort(out))
		code = irm_err_memory(err);
	return code;
}
