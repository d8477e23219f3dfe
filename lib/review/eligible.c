#include "review/eligible.h"

#include <stdlib.h>
#include <string.h>

#include "review/calendar.h"

#define ARTICLE_KEYS \
	(1u << IRM_BY_ARTICLE | 1u << IRM_BY_CHAPTER | 1u << IRM_BY_TOPIC | 1u << IRM_BY_PARAGRAPH)

bool irm_eligible_released(const struct irm_query *query, uint32_t review,
                           const struct irm_date *dates)
{
	struct irm_date on;
	return irm_calendar_released(&on, query->data, review, dates, query->as_of);
}

struct irm_date irm_eligible_release(const struct irm_query *query, uint32_t review,
                                     const struct irm_date *dates)
{
	struct irm_date on;
	return irm_calendar_released(&on, query->data, review, dates, query->as_of)
	               ? on
	               : irm_date_none();
}

bool irm_eligible_by_article(const struct irm_query *query)
{
	for (unsigned k = 0; k < IRM_KEYS; k++)
		if ((ARTICLE_KEYS >> k & 1) && irm_query_uses(query, (enum irm_key)k))
			return true;
	return false;
}

bool irm_eligible_asks(const struct irm_query *query, uint32_t review, uint32_t article)
{
	const struct irm_dataset *data = query->data;
	const struct irm_review *r = &data->reviews[review];
	return strcmp(data->articles[article].convention,
	              data->mechanisms[r->mechanism].convention) == 0 &&
	       irm_dataset_in_scope(data, r->cycle, article) &&
	       irm_query_keeps(query, IRM_BY_ARTICLE, article) &&
	       irm_query_keeps(query, IRM_BY_CHAPTER, data->articles[article].chapter);
}

/* Once for each topic of the article where topics are asked for. */
static enum irm_code each_topic(const struct irm_query *query, uint32_t article,
                                enum irm_code (*each)(void *context, uint32_t article,
                                                      uint32_t topic),
                                void *context)
{
	const struct irm_dataset *data = query->data;
	enum irm_code code = IRM_OK;
	if (!irm_query_uses(query, IRM_BY_TOPIC))
		return each(context, article, IRM_VALUE_UNKNOWN);
	for (size_t i = 0; !code && i < data->n_topics; i++) {
		const struct irm_topic *topic = &data->topics[i];
		if (topic->article == article && irm_query_keeps(query, IRM_BY_TOPIC, topic->topic))
			code = each(context, article, topic->topic);
	}
	return code;
}

enum irm_code irm_eligible_articles(const struct irm_query *query, uint32_t review,
                                    enum irm_code (*each)(void *context, uint32_t article,
                                                          uint32_t topic),
                                    void *context)
{
	enum irm_code code = IRM_OK;
	if (!irm_eligible_by_article(query))
		return each(context, IRM_NONE, IRM_VALUE_UNKNOWN);
	for (uint32_t a = 0; !code && a < query->data->n_articles; a++)
		if (irm_eligible_asks(query, review, a))
			code = each_topic(query, a, each, context);
	return code;
}

enum irm_code irm_eligible_article(const struct irm_query *query, uint32_t review, uint32_t article,
                                   enum irm_code (*each)(void *context, uint32_t article,
                                                         uint32_t topic),
                                   void *context)
{
	bool by_article = irm_eligible_by_article(query);
	if (article == IRM_NONE)
		return by_article ? IRM_OK : each(context, IRM_NONE, IRM_VALUE_UNKNOWN);
	if (!irm_eligible_asks(query, review, article))
		return IRM_OK;
	return by_article ? each_topic(query, article, each, context)
	                  : each(context, IRM_NONE, IRM_VALUE_UNKNOWN);
}

void irm_eligible_values(const struct irm_query *query, uint32_t review, uint32_t article,
                         uint32_t topic, uint32_t *values)
{
	irm_query_review_keys(query, review, values);
	for (size_t k = 0; k < query->n_by; k++) {
		if (query->by[k] == IRM_BY_ARTICLE)
			values[k] = article;
		else if (query->by[k] == IRM_BY_CHAPTER)
			values[k] = query->data->articles[article].chapter;
		else if (query->by[k] == IRM_BY_TOPIC)
			values[k] = topic;
	}
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

enum irm_code irm_eligible_reviews(struct irm_eligible_seen *seen, const struct irm_query *query,
                                   unsigned tables,
                                   enum irm_code (*each)(void *context, uint32_t review,
                                                         struct irm_err *err),
                                   void *context, struct irm_err *err)
{
	const struct irm_dataset *data = query->data;
	const char *convention = NULL;
	*seen = (struct irm_eligible_seen){ 0, 0 };
	struct irm_date *dates = malloc(irm_calendar_room(data) * sizeof *dates);
	enum irm_code code = dates ? IRM_OK : irm_err_memory(err);
	for (uint32_t review = 0; review < data->n_reviews && !code; review++) {
		if (!irm_query_keeps_review(query, review))
			continue;
		if ((data->reviews[review].delivered & tables) != tables) {
			seen->left_out++;
			continue;
		}
		seen->asked++;
		code = check_conventions(query, review, &convention, err);
		irm_calendar_dates(data, review, query->middle, dates);
		if (!code && irm_eligible_released(query, review, dates))
			code = each(context, review, err);
	}
	free(dates);
	return code;
}
