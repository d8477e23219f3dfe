#include "review/assist.h"

#include <stdlib.h>
#include <string.h>

#define ARTICLE_KEYS \
	(1u << IRM_BY_ARTICLE | 1u << IRM_BY_CHAPTER | 1u << IRM_BY_TOPIC | 1u << IRM_BY_PARAGRAPH)

struct counting {
	struct irm_counter *out;
	const struct irm_query *query;
	uint32_t review;
	bool by_article; /* keys or filters look at articles */
	bool by_type;
	const struct irm_assist_gap *gap;
	struct irm_date released;
	struct irm_err *err;
};

/* A need, and whether assistance to the State and to its region addresses it. */
struct named {
	const struct irm_need *need; /* NULL: the review is asked, and no need is looked at */
	enum irm_happened by_state, by_region;
};

/* What the keys say besides the review's own. */
struct under {
	uint32_t article; /* IRM_NONE: no article is looked at */
	uint32_t topic, paragraph, type;
};

static bool uses_any(const struct irm_query *query, unsigned keys)
{
	for (unsigned k = 0; k < IRM_KEYS; k++)
		if ((keys >> k & 1) && irm_query_uses(query, (enum irm_key)k))
			return true;
	return false;
}

static bool keeps_article(const struct irm_query *query, uint32_t article)
{
	return irm_query_keeps(query, IRM_BY_ARTICLE, article) &&
	       irm_query_keeps(query, IRM_BY_CHAPTER, query->data->articles[article].chapter);
}

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
	if (is_first) {
		c[IRM_ASSIST_BY_STATE] = c[IRM_ASSIST_BY_REGION] = IRM_NOT_YET;
	} else {
		c[standing(c)]--;
	}
	if (named->by_state > c[IRM_ASSIST_BY_STATE])
		c[IRM_ASSIST_BY_STATE] = named->by_state;
	if (named->by_region > c[IRM_ASSIST_BY_REGION])
		c[IRM_ASSIST_BY_REGION] = named->by_region;
	c[standing(c)]++;
}

/* Counts the review once a row as eligible, and with a need as one that names one: an article of
 * two topics brings the same need to a row twice. */
static enum irm_code count_row(struct counting *in, const uint32_t *values,
                               const struct named *named)
{
	uint32_t key[IRM_KEYS_MOST];
	int64_t review = (int64_t)in->review + 1;
	for (size_t i = 0; i < irm_query_variants(in->query); i++) {
		irm_query_variant(in->query, i, values, key);
		int64_t *c = irm_counter_at(in->out, key);
		if (!c)
			return irm_err_memory(in->err);
		c[IRM_ASSIST_ELIGIBLE] += c[IRM_ASSIST_MARK_ELIGIBLE] != review;
		c[IRM_ASSIST_MARK_ELIGIBLE] = review;
		if (!named->need)
			continue;
		int64_t need = named->need - in->query->data->needs + 1;
		bool is_first = c[IRM_ASSIST_MARK_WITH_NEED] != review;
		if (in->gap)
			count_gap(c, named, is_first);
		c[IRM_ASSIST_WITH_NEED] += is_first;
		c[IRM_ASSIST_MARK_WITH_NEED] = review;
		c[IRM_ASSIST_NEEDS] += c[IRM_ASSIST_MARK_NEED] != need;
		c[IRM_ASSIST_MARK_NEED] = need;
	}
	return IRM_OK;
}

static void fill_values(const struct counting *in, const struct under *under, uint32_t *values)
{
	irm_query_review_keys(in->query, in->review, values);
	for (size_t k = 0; k < in->query->n_by; k++) {
		if (in->query->by[k] == IRM_BY_ARTICLE)
			values[k] = under->article;
		else if (in->query->by[k] == IRM_BY_CHAPTER)
			values[k] = in->query->data->articles[under->article].chapter;
		else if (in->query->by[k] == IRM_BY_TOPIC)
			values[k] = under->topic;
		else if (in->query->by[k] == IRM_BY_PARAGRAPH)
			values[k] = under->paragraph;
		else if (in->query->by[k] == IRM_BY_TYPE)
			values[k] = under->type;
	}
}

/* Once for each type where types are asked for. A row counts what the needs given are of. */
static enum irm_code count_types(struct counting *in, struct under under, const struct named *named)
{
	uint32_t values[IRM_KEYS_MOST];
	size_t n = in->by_type ? in->query->data->n_types : 1;
	for (uint32_t type = 0; type < n; type++) {
		bool is_type = !in->by_type || !named->need || named->need->type == type;
		if (!is_type || (in->by_type && !irm_query_keeps(in->query, IRM_BY_TYPE, type)))
			continue;
		under.type = type;
		fill_values(in, &under, values);
		if (count_row(in, values, named))
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
static enum irm_code count_paragraphs(struct counting *in, struct under under,
                                      const struct named *named)
{
	const struct irm_dataset *data = in->query->data;
	if (!irm_query_uses(in->query, IRM_BY_PARAGRAPH))
		return count_types(in, under, named);
	for (uint32_t p = first_paragraph(data, under.article);
	     p < data->n_paragraphs && data->paragraphs[p].article == under.article; p++) {
		under.paragraph = p;
		if ((!named->need || named->need->paragraph == p) &&
		    irm_query_keeps(in->query, IRM_BY_PARAGRAPH, p) &&
		    count_types(in, under, named))
			return in->err->code;
	}
	return IRM_OK;
}

/* Once for each topic of the article where topics are asked for. */
static enum irm_code count_topics(struct counting *in, uint32_t article, const struct named *named)
{
	const struct irm_dataset *data = in->query->data;
	struct under under = { article, IRM_VALUE_UNKNOWN, IRM_VALUE_UNKNOWN, IRM_VALUE_UNKNOWN };
	if (!in->by_article)
		return count_types(in, under, named);
	if (!irm_query_uses(in->query, IRM_BY_TOPIC))
		return count_paragraphs(in, under, named);
	for (size_t i = 0; i < data->n_topics; i++) {
		under.topic = data->topics[i].topic;
		if (data->topics[i].article == article &&
		    irm_query_keeps(in->query, IRM_BY_TOPIC, under.topic) &&
		    count_paragraphs(in, under, named))
			return in->err->code;
	}
	return IRM_OK;
}

bool irm_assist_in_scope(const struct irm_dataset *data, uint32_t review, uint32_t article)
{
	const struct irm_review *r = &data->reviews[review];
	return strcmp(data->articles[article].convention,
	              data->mechanisms[r->mechanism].convention) == 0 &&
	       irm_dataset_in_scope(data, r->cycle, article);
}

static enum irm_code count_eligible(struct counting *in)
{
	static const struct named none = { NULL, IRM_NOT_YET, IRM_NOT_YET };
	const struct irm_dataset *data = in->query->data;
	if (!in->by_article)
		return count_topics(in, IRM_NONE, &none);
	for (uint32_t a = 0; a < data->n_articles; a++)
		if (irm_assist_in_scope(data, in->review, a) && keeps_article(in->query, a) &&
		    count_topics(in, a, &none))
			return in->err->code;
	return IRM_OK;
}

/* Whether assistance addresses the need. */
static struct named look_up(const struct counting *in, const struct irm_need *need)
{
	struct named named = { need, IRM_NOT_YET, IRM_NOT_YET };
	const struct irm_address_need asked = {
		.state = in->query->data->reviews[in->review].state,
		.article = need->article,
		.type = in->by_type ? need->type : IRM_NONE,
		.released = in->released,
	};
	if (in->gap)
		named.by_state = irm_addresses_need(in->gap->addresses, &asked, false);
	if (in->gap && in->gap->regional)
		named.by_region = irm_addresses_need(in->gap->addresses, &asked, true);
	return named;
}

static enum irm_code count_need(struct counting *in, const struct irm_need *need)
{
	bool is_of_article = need->article != IRM_NONE;
	if (is_of_article && (!irm_assist_in_scope(in->query->data, in->review, need->article) ||
	                      !keeps_article(in->query, need->article)))
		return IRM_OK;
	if (!is_of_article && in->by_article)
		return IRM_OK;
	struct named named = look_up(in, need);
	return count_topics(in, in->by_article ? need->article : IRM_NONE, &named);
}

size_t irm_assist_needs(const struct irm_dataset *data, uint32_t review, size_t *n)
{
	size_t low = 0, high = data->n_needs;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (data->needs[middle].review < review)
			low = middle + 1;
		else
			high = middle;
	}
	*n = 0;
	while (low + *n < data->n_needs && data->needs[low + *n].review == review)
		++*n;
	return low;
}

static enum irm_code count_review(void *context, uint32_t review, struct irm_date released,
                                  struct irm_err *err)
{
	struct counting *in = context;
	size_t n;
	in->review = review;
	in->released = released;
	in->err = err;
	enum irm_code code = count_eligible(in);
	size_t first = irm_assist_needs(in->query->data, review, &n);
	for (size_t i = first; !code && i < first + n; i++)
		code = count_need(in, &in->query->data->needs[i]);
	return code;
}

/* Numbers of articles tell articles apart within one convention only. */
static enum irm_code check_conventions(const struct irm_query *query, uint32_t review,
                                       const char **convention, struct irm_err *err)
{
	const struct irm_dataset *data = query->data;
	const char *own = data->mechanisms[data->reviews[review].mechanism].convention;
	bool by_number =
	        irm_query_uses(query, IRM_BY_ARTICLE) || irm_query_uses(query, IRM_BY_PARAGRAPH);
	if (*convention && strcmp(*convention, own) != 0 && by_number) {
		irm_err_set(err, IRM_USAGE,
		            "the reviews are under several conventions, whose "
		            "articles have the same numbers");
		irm_err_hint(err, "choose one: --where mechanism=CODE");
		return err->code;
	}
	*convention = own;
	return IRM_OK;
}

enum irm_code irm_assist_each_review(const struct irm_query *query, size_t *left_out,
                                     enum irm_code (*each)(void *context, uint32_t review,
                                                           struct irm_date released,
                                                           struct irm_err *err),
                                     void *context, struct irm_err *err)
{
	const struct irm_dataset *data = query->data;
	size_t asked = 0;
	const char *convention = NULL;
	*left_out = 0;
	struct irm_date *dates = malloc(irm_calendar_room(data) * sizeof *dates);
	enum irm_code code = dates ? IRM_OK : irm_err_memory(err);
	for (uint32_t review = 0; review < data->n_reviews && !code; review++) {
		struct irm_date released;
		if (!irm_query_keeps_review(query, review))
			continue;
		if (!irm_dataset_has(data, review, IRM_HAS_NEEDS)) {
			++*left_out;
			continue;
		}
		asked++;
		code = check_conventions(query, review, &convention, err);
		irm_calendar_dates(data, review, query->middle, dates);
		if (!code && irm_calendar_released(&released, data, review, dates, query->as_of))
			code = each(context, review, released, err);
	}
	free(dates);
	if (!code && asked == 0 && *left_out)
		code = irm_err_set(err, IRM_INPUT,
		                   "the source has no table 'needs': which assistance these "
		                   "reviews need is not recorded");
	return code;
}

enum irm_code irm_assist_count(struct irm_counter *out, size_t *left_out,
                               const struct irm_query *query, const struct irm_assist_gap *gap,
                               struct irm_err *err)
{
	struct counting in = { .out = out,
		               .query = query,
		               .by_article = uses_any(query, ARTICLE_KEYS),
		               .by_type = irm_query_uses(query, IRM_BY_TYPE),
		               .gap = gap };
	irm_counter_init(out, query->n_by, IRM_ASSIST_COLUMNS);
	enum irm_code code = irm_assist_each_review(query, left_out, count_review, &in, err);
	if (!code && irm_counter_sort(out))
		code = irm_err_memory(err);
	return code;
}
