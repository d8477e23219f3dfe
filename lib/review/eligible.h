/* Who could have: the reviews and articles that a finding, a need or a recommendation may be of.
 *
 * A review is asked about an article when its findings are released by the day (a milestone that
 * releases them is reached), and the cycle's scope has the article's chapter: who never looked
 * cannot have found. */
#ifndef IRM_REVIEW_ELIGIBLE_H
#define IRM_REVIEW_ELIGIBLE_H

#include "review/query.h"

/* What irm_eligible_reviews() saw. */
struct irm_eligible_seen {
	size_t asked;    /* reviews that the query keeps and whose packages have the tables */
	size_t left_out; /* whose packages have not: what they would say is unknown, not none */
};

/* Calls `each` for every review that the query keeps, whose package has the tables (bits
 * 1 << enum irm_delivered) and whose findings are released; stops at the first error that it
 * returns. IRM_USAGE where articles are a key and the reviews are under several conventions, whose
 * numbers mean different articles. */
IRM_CHECK enum irm_code irm_eligible_reviews(struct irm_eligible_seen *seen,
                                             const struct irm_query *query, unsigned tables,
                                             enum irm_code (*each)(void *context, uint32_t review,
                                                                   struct irm_err *err),
                                             void *context, struct irm_err *err);

/* Whether the review's findings are released by the query's day; `dates` as
 * irm_calendar_dates() gives them. */
bool irm_eligible_released(const struct irm_query *query, uint32_t review,
                           const struct irm_date *dates);

/* When the findings of such a review were released: the date of the first milestone that releases
 * them and is reached; no date where none is. */
struct irm_date irm_eligible_release(const struct irm_query *query, uint32_t review,
                                     const struct irm_date *dates);

/* Whether keys or filters look at articles, their paragraphs, chapters or topics. */
bool irm_eligible_by_article(const struct irm_query *query);

/* Whether the review's cycle looks at the article of its mechanism's convention, and the query's
 * filters keep it. */
bool irm_eligible_asks(const struct irm_query *query, uint32_t review, uint32_t article);

/* Calls `each` for every article that the review is asked about, once for each of its topics where
 * topics are looked at (else topic is IRM_VALUE_UNKNOWN); with IRM_NONE alone where the query does
 * not look at articles. */
IRM_CHECK enum irm_code irm_eligible_articles(const struct irm_query *query, uint32_t review,
                                              enum irm_code (*each)(void *context, uint32_t article,
                                                                    uint32_t topic),
                                              void *context);

/* The same for what names one article (IRM_NONE: all of them, which counts only where the query
 * does not look at articles): `each` is not called where the review is not asked about it. */
IRM_CHECK enum irm_code irm_eligible_article(
        const struct irm_query *query, uint32_t review, uint32_t article,
        enum irm_code (*each)(void *context, uint32_t article, uint32_t topic), void *context);

/* The review's values under the keys `by`, into values[n_by], with those of an article and a topic
 * as `each` gets them; other keys get IRM_VALUE_UNKNOWN. */
void irm_eligible_values(const struct irm_query *query, uint32_t review, uint32_t article,
                         uint32_t topic, uint32_t *values);

#endif
