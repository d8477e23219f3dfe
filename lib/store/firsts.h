/* Which load first recorded each event. */
#ifndef IRM_STORE_FIRSTS_H
#define IRM_STORE_FIRSTS_H

#include <sqlite3.h>
#include <stdint.h>

#include "base/date.h"
#include "base/err.h"

/* An event whose date, known or vague, a load brought, and none before it. */
struct irm_first {
	int64_t load;
	struct irm_date date; /* as that load had it; it may have been corrected since */
};

/* Calls `each` for every event that a load recorded first, in the order of the loads; stops at the
 * first error that it returns. Left out is what came together with its package: the first delivery
 * of a package brings what had happened long before. An event that was taken out and came again is
 * not new. What a file of version 1 held is of no load.
 *
 * IRM_INPUT: the changes on record are damaged. O(rows changed by all loads). */
IRM_CHECK enum irm_code irm_firsts(sqlite3 *db,
                                   enum irm_code (*each)(void *context,
                                                         const struct irm_first *first,
                                                         struct irm_err *err),
                                   void *context, struct irm_err *err);

#endif
