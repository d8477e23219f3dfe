/* How long needs wait: from the release of findings to the assistance that addresses them. */
#ifndef IRM_REVIEW_WAIT_H
#define IRM_REVIEW_WAIT_H

#include "base/counter.h"
#include "review/assist.h"

/* The wait of a review's need under an article, or of one type of it. */
struct irm_wait {
	uint32_t review, article;
	uint32_t type;     /* IRM_NONE where types are not asked for */
	int32_t released;  /* IRM_DAY_NONE: unknown */
	int32_t began;     /* the assistance; IRM_DAY_NONE: none has, or no known day */
	uint32_t activity; /* IRM_NONE: none */
	int32_t days;      /* 0 where it ran already on the day of release; IRM_DAY_NONE: unknown */
	int8_t event;      /* 1 began, 0 open (right-censored), -1 unknown */
};

/* Whether waits are told by type: it is a key, or a filter. */
bool irm_wait_by_type(const struct irm_query *query);

/* Calls `each` for every need that the query keeps, by review, article and type: needs named twice
 * under an article are one, and those of no particular article, or where types are asked for of no
 * particular type, are none. A need waits until the earliest of the query's day, the review's
 * observed_until and its discontinuation. It is unknown where the day of release is, or where vague
 * dates leave open which assistance was first, or when it began.
 *
 * left_out, IRM_INPUT, IRM_USAGE: as irm_assist_count(). */
IRM_CHECK enum irm_code irm_wait_each(
        const struct irm_query *query, const struct irm_addresses *addresses, size_t *left_out,
        enum irm_code (*each)(void *context, const struct irm_wait *wait, struct irm_err *err),
        void *context, struct irm_err *err);

/* Counts of a row of irm_wait_count(), whose key is the query's, the days and the event: both
 * IRM_VALUE_UNKNOWN where they are unknown. The mark is its own. */
enum irm_wait_column { IRM_WAIT_COUNT, IRM_WAIT_MARK, IRM_WAIT_COLUMNS };

/* Counts the waits by keys, days and event, sorted. The caller releases *out, whatever comes. */
IRM_CHECK enum irm_code irm_wait_count(struct irm_counter *out, size_t *left_out,
                                       const struct irm_query *query,
                                       const struct irm_addresses *addresses, struct irm_err *err);

/* Writes header and rows as_of, review, state, region, cycle, article, type (where types are asked
 * for), released, began, activity, days, event. */
IRM_CHECK enum irm_code irm_wait_write(const struct irm_query *query,
                                       const struct irm_addresses *addresses, size_t *left_out,
                                       struct irm_writer *out, struct irm_err *err);

#endif
