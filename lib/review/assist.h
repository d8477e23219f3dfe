/* Technical assistance: how many of the reviews that could have named a need did. */
#ifndef IRM_REVIEW_ASSIST_H
#define IRM_REVIEW_ASSIST_H

#include "base/counter.h"
#include "review/address.h"

/* Counts of a row of irm_assist_count(); what follows REGIONAL is its own. */
enum irm_assist_column {
	IRM_ASSIST_ELIGIBLE,
	IRM_ASSIST_WITH_NEED,
	IRM_ASSIST_NEEDS,
	/* of the reviews with a need, each in one of these; 0 unless addresses are given */
	IRM_ASSIST_ADDRESSED,
	IRM_ASSIST_UNADDRESSED,
	IRM_ASSIST_UNKNOWN,  /* vague dates do not decide it */
	IRM_ASSIST_REGIONAL, /* addressed by assistance to the State's region only */
	IRM_ASSIST_MARK_ELIGIBLE,
	IRM_ASSIST_MARK_WITH_NEED,
	IRM_ASSIST_MARK_NEED,
	IRM_ASSIST_BY_STATE,
	IRM_ASSIST_BY_REGION,
	IRM_ASSIST_COLUMNS,
};

/* What needs are compared with. */
struct irm_assist_gap {
	const struct irm_addresses *addresses;
	bool regional; /* assistance to regions counts too, apart */
};

/* Counts by the query's keys, sorted.
 *
 * A review is eligible under an article when its findings are released by the day (a milestone that
 * releases them is reached) and the cycle's scope has the article's chapter: who never looked
 * cannot have found. Under keys that name no article it is eligible once; under each type alike.
 * Needs under articles out of scope are in no figure. Needs of no particular article or type count
 * only where the keys and filters name none. Paragraphs are those that some need of the source is
 * recorded under; a review is asked of them where it is asked of their article.
 *
 * gap       NULL: the needs alone. Else a review with a need is addressed in a row where assistance
 *           addresses one or more of the needs that the row counts: where keys or filters name
 *           types, assistance of the need's type; where they name providers or beneficiaries, of
 *           theirs. Under each of these keys a review is eligible and has its needs alike
 *
 * left_out  the number of reviews that were not asked: their packages have no table of needs, which
 *           is not the same as no need
 *
 * IRM_INPUT where no review that the query keeps has such a table; IRM_USAGE where articles are a
 * key and the reviews are under several conventions, whose numbers mean different articles. The
 * caller releases *out, whatever comes. */
IRM_CHECK enum irm_code irm_assist_count(struct irm_counter *out, size_t *left_out,
                                         const struct irm_query *query,
                                         const struct irm_assist_gap *gap, struct irm_err *err);

/* Calls `each` for every review that the query keeps, that has a table of needs, and whose findings
 * are released by the query's day; *left_out counts those without such a table. Stops at the first
 * error that it returns. IRM_INPUT, IRM_USAGE as irm_assist_count(). */
IRM_CHECK enum irm_code irm_assist_each_review(const struct irm_query *query, size_t *left_out,
                                               enum irm_code (*each)(void *context, uint32_t review,
                                                                     struct irm_err *err),
                                               void *context, struct irm_err *err);

#endif
