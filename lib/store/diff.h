/* What differs between two states of a file, told as a package has it: codes, not ids. */
#ifndef IRM_STORE_DIFF_H
#define IRM_STORE_DIFF_H

#include <sqlite3.h>

#include "base/err.h"

/* One cell that differs. A row that was added or removed gives one for each of its columns that is
 * not empty. Texts are valid during the call. */
struct irm_difference {
	const char *table;
	const char *key; /* the key columns, ',' between */
	const char *column;
	const char *before, *after; /* "": empty, or there is no such row */
};

/* Calls `each` for every cell that differs, by table in the order of irm_schemas (packages last),
 * key and column; stops at the first error that it returns. Reads both whole: O(rows). */
IRM_CHECK enum irm_code irm_diff(sqlite3 *before, sqlite3 *after,
                                 enum irm_code (*each)(void *context,
                                                       const struct irm_difference *difference,
                                                       struct irm_err *err),
                                 void *context, struct irm_err *err);

#endif
