/* Openness: which reviews published which documents, and who else took part in their dialogues. */
#ifndef IRM_REVIEW_OPENNESS_H
#define IRM_REVIEW_OPENNESS_H

#include "base/counter.h"
#include "review/query.h"

/* Keys of its queries; IRM_BY_ITEM is always the last column of the counters below. */
#define IRM_OPENNESS_KEYS (IRM_BY_REVIEWS | 1u << IRM_BY_ITEM | 1u << IRM_BY_MODE)

/* Counts of a row of irm_openness_count(). */
enum irm_openness_column {
	IRM_OPENNESS_ELIGIBLE,
	IRM_OPENNESS_REVIEWS,
	IRM_OPENNESS_UNKNOWN,
	IRM_OPENNESS_COLUMNS,
};

/* Reviews that were not asked, for their packages have not the table: unknown is not no. */
struct irm_openness_left {
	size_t documents, participation;
};

/* Counts by the query's keys and, last, by item, sorted: kinds of documents, then sectors.
 *
 * Documents: eligible are the reviews that count on the day (see irm_calendar_counts()) and have
 * reached the last milestone of their mechanism. A document is published when it is in one
 * language. It is unknown where the earliest publication is in between on the day or has no date,
 * and where none is on record and the review's records do not reach the day.
 *
 * Sectors: eligible are the reviews that count and whose dialogue has happened; who took part is
 * what participation says of the step 'dialogue', by its date, else by the dialogue's. Under a key
 * or filter of modes only sectors are counted, by how they took part; a mode that is not recorded
 * is unknown.
 *
 * IRM_INPUT where no review that the query keeps has a table that is asked for. The caller releases
 * *out, whatever comes. */
IRM_CHECK enum irm_code irm_openness_count(struct irm_counter *out, struct irm_openness_left *left,
                                           const struct irm_query *query, struct irm_err *err);

/* How long from the last milestone to publication: counts by the query's keys, kind of document,
 * days and event, as irm_waits_write() takes them. What was public before has taken 0 days; what is
 * not public by the day is open until the day, or until the review's records end. */
IRM_CHECK enum irm_code irm_openness_time(struct irm_counter *out, struct irm_openness_left *left,
                                          const struct irm_query *query, struct irm_err *err);

/* In how many languages: counts of reviews by the query's keys, kind of document and number of
 * languages; IRM_VALUE_UNKNOWN where a date is in between or the language is 'all', which names
 * none. */
IRM_CHECK enum irm_code irm_openness_languages(struct irm_counter *out,
                                               struct irm_openness_left *left,
                                               const struct irm_query *query, struct irm_err *err);

#endif
