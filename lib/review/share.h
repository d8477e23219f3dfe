/* Where the time goes: the days between consecutive dated milestones, charged to the later one. */
#ifndef IRM_REVIEW_SHARE_H
#define IRM_REVIEW_SHARE_H

#include "base/counter.h"
#include "review/query.h"

/* Counts of a row of irm_share_count(). */
enum irm_share_column {
	IRM_SHARE_REVIEWS, /* with a stretch that ends at the milestone */
	IRM_SHARE_DAYS,    /* of these stretches together */
	IRM_SHARE_COLUMNS,
};

/* Adds up the stretches of each review by the query's keys and, last, the stage and the party of
 * the milestone that the stretch ends at. Sorted.
 *
 * A review's milestones whose date is a known day not after the query's are taken by position; a
 * stretch is from one of them to the next. So a review's stretches add up to the days from its
 * first dated milestone to its last, and what lies in between undated is charged to the next dated
 * one. Reviews whose dates are out of order are left out: their stretches would not add up.
 *
 * left_out  the number of those
 *
 * The caller releases *out, whatever comes. */
IRM_CHECK enum irm_code irm_share_count(struct irm_counter *out, size_t *left_out,
                                        const struct irm_query *query, struct irm_err *err);

/* Writes header and rows: as_of, keys, stage, party, reviews, days, share (of the days of all rows
 * with the same keys). */
void irm_share_write(const struct irm_counter *counts, const struct irm_query *query,
                     struct irm_writer *out);

#endif
