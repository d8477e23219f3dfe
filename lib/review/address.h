/* Which assistance addresses which needs: that names the State and the article, runs on or after
 * the day on which the findings were released, and has begun. Addressed is not met: no record says
 * that. */
#ifndef IRM_REVIEW_ADDRESS_H
#define IRM_REVIEW_ADDRESS_H

#include "review/calendar.h"
#include "review/query.h"

struct irm_addresses;

/* Who assistance is from and who it is for. IRM_VALUE_ALL: whoever that is; IRM_VALUE_UNKNOWN: of
 * whom no record says it. */
struct irm_address_by {
	uint32_t provider, beneficiary;
};

/* What a need asks of assistance. */
struct irm_address_need {
	uint32_t state;
	uint32_t article;         /* IRM_NONE: no particular one, as the target then says too */
	uint32_t type;            /* IRM_NONE: of any type, or of none */
	struct irm_date released; /* when the findings were */
	struct irm_address_by by;
};

/* The first assistance that addresses a need. */
struct irm_first_address {
	enum irm_happened begun; /* IRM_IN_BETWEEN: records do not decide whether, or when */
	uint32_t activity;       /* where it has begun; else IRM_NONE */
	struct irm_date starts;  /* of the activity */
	int32_t from;            /* the later of its first day and the day of release */
};

/* The targets by whom they are for, as at the query's day. Activities that the query's filters on
 * provider and beneficiary leave out are not there. The query and its dataset must outlive it. The
 * caller frees *out with irm_addresses_free(). IRM_INPUT where the source has no tables of
 * assistance: that is unknown, not none. IRM_SYSTEM: no memory. */
IRM_CHECK enum irm_code irm_addresses_new(struct irm_addresses **out, const struct irm_query *query,
                                          struct irm_err *err);
void irm_addresses_free(struct irm_addresses *addresses);

/* What the query's keys on provider and beneficiary tell apart: the values of activities that are
 * there, and where it has totals IRM_VALUE_ALL too; sorted. One of IRM_VALUE_ALL where it has no
 * such key. Lives as long as `addresses`. */
const struct irm_address_by *irm_addresses_by(const struct irm_addresses *addresses, size_t *n);

/* Sets the values of keys on provider and beneficiary. */
void irm_address_by_values(const struct irm_query *query, struct irm_address_by by,
                           uint32_t *values);

/* Whether `key`, a variant of such values, is a row of `by`: totals are those of IRM_VALUE_ALL, not
 * sums over values, since several activities may address one need. */
bool irm_address_by_row(const struct irm_query *query, struct irm_address_by by,
                        const uint32_t *key);

/* Whether assistance addresses the need: one activity that surely does is enough; where none does
 * and vague dates leave it open of one, it is in between.
 *
 * regional  asks for assistance to the State's region instead, which names no State of its own
 *
 * O(log n) time and as many activities as the State and the article have. */
enum irm_happened irm_addresses_need(const struct irm_addresses *addresses,
                                     const struct irm_address_need *need, bool regional);

/* The first that addresses the need, whose findings were released on a known day, by assistance
 * that names the State. What ran already on that day counts from it on. Of several that are first,
 * the one that began first, then the first by code. */
struct irm_first_address irm_addresses_first(const struct irm_addresses *addresses,
                                             const struct irm_address_need *need);

/* IRM_INPUT unless the source has the tables of assistance. */
IRM_CHECK enum irm_code irm_addresses_check(const struct irm_dataset *data, struct irm_err *err);

/* The first and last day of an activity for a calculation: open ends where no date is given. */
struct irm_date irm_addresses_starts(const struct irm_query *query, uint32_t activity);
struct irm_date irm_addresses_ends(const struct irm_query *query, uint32_t activity);

#endif
