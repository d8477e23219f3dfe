/* Technical assistance: how many of the reviews that could have named a need did. */
#ifndef IRM_REVIEW_ASSIST_H
#define IRM_REVIEW_ASSIST_H

#include "base/counter.h"
#include "review/query.h"

/* Counts of a row of irm_assist_count(); the marks are its own. */
enum irm_assist_column {
	IRM_ASSIST_ELIGIBLE,
	IRM_ASSIST_WITH_NEED,
	IRM_ASSIST_NEEDS,
	IRM_ASSIST_MARK_ELIGIBLE,
	IRM_ASSIST_MARK_WITH_NEED,
	IRM_ASSIST_MARK_NEED,
	IRM_ASSIST_COLUMNS,
};

/* Counts by the query's keys, sorted.
 *
 * A review is eligible under an article when its findings are released by the day (a milestone that
 * releases them is reached) and the cycle's scope has the article's chapter: who never looked
 * cannot have found. Under keys that name no article it is eligible once; under each type alike.
 * Needs under articles out of scope are in no figure. Needs of no particular article or type count
 * only where the keys and filters name none.
 *
 * left_out  the number of reviews that were not asked: their packages have no table of needs, which
 *           is not the same as no need
 *
 * IRM_INPUT where no review that the query keeps has such a table; IRM_USAGE where articles are a
 * key and the reviews are under several conventions, whose numbers mean different articles. The
 * caller releases *out, whatever comes. */
IRM_CHECK enum irm_code irm_assist_count(struct irm_counter *out, size_t *left_out,
                                         const struct irm_query *query, struct irm_err *err);

#endif
