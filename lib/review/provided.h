/* The assistance that was provided, as the records have it. */
#ifndef IRM_REVIEW_PROVIDED_H
#define IRM_REVIEW_PROVIDED_H

#include "base/counter.h"
#include "review/query.h"

/* Counts of a row of irm_provided_count(); the marks are its own. */
enum irm_provided_column {
	IRM_PROVIDED_ACTIVITIES, /* begun by the day */
	IRM_PROVIDED_RUNNING,    /* of them: surely not ended by the day */
	IRM_PROVIDED_STATES,     /* that they reach */
	IRM_PROVIDED_UNKNOWN,    /* activities of which it is unknown whether they have begun */
	IRM_PROVIDED_REGIONAL,   /* begun by the day, that reach the row by a region alone */
	IRM_PROVIDED_MARK,
	IRM_PROVIDED_MARK_REGIONAL,
	IRM_PROVIDED_COLUMNS,
};

/* Counts by the query's keys (IRM_BY_ACTIVITIES), sorted. The year is that of the start.
 *
 * An activity counts through its targets, once a row. Its topics are its own, where the dataset
 * has those (IRM_PART_ACTIVITY_TOPICS), and those of its articles. Where keys or filters look at
 * States, regions, articles, chapters or types, a target that names none in particular is in no
 * row; an activity without targets counts where they look at none of these. A target for a region
 * is left out, and with `regional` counted apart, but under no State. An activity that has begun by
 * the day, or may have, is counted; one that surely has not is not.
 *
 * IRM_INPUT where the source has no tables of assistance. IRM_SYSTEM: no memory. The caller
 * releases *out, whatever comes. */
IRM_CHECK enum irm_code irm_provided_count(struct irm_counter *out, const struct irm_query *query,
                                           bool regional, struct irm_err *err);

#endif
