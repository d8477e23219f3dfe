/* How long needs wait: from the release of findings to the assistance that addresses them. */
#ifndef IRM_REVIEW_NEED_WAIT_H
#define IRM_REVIEW_NEED_WAIT_H

#include "review/assist.h"
#include "review/waits.h"

/* The wait of a review's need under an article, or of one type of it. */
struct irm_need_wait {
	uint32_t review, article;
	uint32_t type; /* IRM_NONE where types are not asked for */
	struct irm_address_by by;
	int32_t released;     /* IRM_DAY_NONE: unknown */
	int32_t began;        /* the assistance; IRM_DAY_NONE: none has, or no known day */
	uint32_t activity;    /* IRM_NONE: none */
	struct irm_wait wait; /* 0 days where it ran already on the day of release */
};

/* Whether waits are told by type: it is a key, or a filter. */
bool irm_need_wait_by_type(const struct irm_query *query);

/* Calls `each` for every need that the query keeps, by review, article, type and who assistance is
 * told apart by (irm_addresses_by()), whose assistance alone it then waits for: needs named twice
 * under an article are one, and those of no particular article, or where types are asked for of no
 * particular type, are none. A need waits until the earliest of the query's day, the review's
 * observed_until and its discontinuation. It is unknown where the day of release is, where the
 * records end before it, or where vague dates leave open which assistance was first or when.
 *
 * left_out, IRM_INPUT, IRM_USAGE: as irm_assist_count(). */
IRM_CHECK enum irm_code irm_need_wait_each(
        const struct irm_query *query, const struct irm_addresses *addresses, size_t *left_out,
        enum irm_code (*each)(void *context, const struct irm_need_wait *wait, struct irm_err *err),
        void *context, struct irm_err *err);

/* Counts the waits by keys as irm_wait_add() does, sorted: what irm_waits_write() takes. The caller
 * releases *out, whatever comes. */
IRM_CHECK enum irm_code irm_need_wait_count(struct irm_counter *out, size_t *left_out,
                                            const struct irm_query *query,
                                            const struct irm_addresses *addresses,
                                            struct irm_err *err);

/* Writes header and rows as_of, review, state, region, cycle, article, type (where types are asked
 * for), provider, beneficiary (where they are keys), released, began, activity, days, event. */
IRM_CHECK enum irm_code irm_need_wait_write(const struct irm_query *query,
                                            const struct irm_addresses *addresses, size_t *left_out,
                                            struct irm_writer *out, struct irm_err *err);

#endif
