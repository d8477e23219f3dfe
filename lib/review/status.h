/* Where each review stands: the milestone that it last reached. */
#ifndef IRM_REVIEW_STATUS_H
#define IRM_REVIEW_STATUS_H

#include "base/counter.h"
#include "review/query.h"

/* Counts of a row of irm_status_count(). */
enum irm_status_column { IRM_STATUS_REVIEWS, IRM_STATUS_COLUMNS };

/* Counts the reviews that count on the day by the query's keys and, last, by the stage of the last
 * milestone (by position) that is known to have happened; IRM_VALUE_UNKNOWN where none is. Sorted.
 * The caller releases *out, whatever comes. */
IRM_CHECK enum irm_code irm_status_count(struct irm_counter *out, const struct irm_query *query,
                                         struct irm_err *err);

/* The number of reviews with the same keys as row `at`, whatever their stage. */
int64_t irm_status_total(const struct irm_counter *counts, size_t at);

#endif
