/* Cycles compared at the same age, not at the same day. */
#ifndef IRM_REVIEW_COMPARE_H
#define IRM_REVIEW_COMPARE_H

#include "review/query.h"

#define IRM_COMPARED_MOST 8

/* Makes of one query one for each of the cycles that `text` names (commas between, at least two):
 * of the cycle's reviews alone, at the day on which the cycle is as old as the youngest of them is
 * on the query's day. A cycle's age counts from cycles.starts, else from its first event with a
 * known day. Where cycle is no key of the query, it becomes the first.
 *
 * out  [IRM_COMPARED_MOST] the caller releases each with irm_query_release(), whatever comes
 *
 * IRM_USAGE: an unknown cycle, one twice, fewer than two, or one without a beginning before the
 * query's day. */
IRM_CHECK enum irm_code irm_compare_queries(struct irm_query out[IRM_COMPARED_MOST], size_t *n,
                                            const struct irm_query *query, const char *text,
                                            struct irm_err *err);

#endif
