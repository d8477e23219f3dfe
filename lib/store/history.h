/* The loads of a file, and the file as it stood after one of them. */
#ifndef IRM_STORE_HISTORY_H
#define IRM_STORE_HISTORY_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

/* Whether the file keeps a history: one of version 1 does not. */
IRM_CHECK enum irm_code irm_history_is_kept(sqlite3 *db, bool *kept, struct irm_err *err);

/* The number of the last load, 0 where there is none. */
IRM_CHECK enum irm_code irm_history_last(sqlite3 *db, int64_t *load, struct irm_err *err);

/* The number of the first load after `after` that has changes on record, 0 where there is none. */
IRM_CHECK enum irm_code irm_history_next(sqlite3 *db, int64_t after, int64_t *load,
                                         struct irm_err *err);

/* Finds the load that `text` means: its number; a day, or a session's id for its first day: the
 * last load on or before it. `option` is what messages call the text. IRM_USAGE: no such load, a
 * day before all loads, a session that is none or has no day, a file without a history. */
IRM_CHECK enum irm_code irm_history_find(sqlite3 *db, const char *option, const char *text,
                                         int64_t *load, struct irm_err *err);

/* Makes a copy of the database in memory as it stood after `load` (0: before the first one), its
 * loads included: the changes of later loads are inverted there, newest first. The caller closes
 * *out. IRM_INPUT: the records were changed by something other than a load. O(rows changed). */
IRM_CHECK enum irm_code irm_history_copy(sqlite3 **out, sqlite3 *db, int64_t load,
                                         struct irm_err *err);

/* Undoes what `load` changed, in the open transaction. What a later load says of a package's as_of
 * stays. IRM_USAGE: no such load, or one without changes on record. IRM_INPUT: a later load changed
 * the same rows or refers to them; the message names one. */
IRM_CHECK enum irm_code irm_history_undo(sqlite3 *db, int64_t load, struct irm_err *err);

#endif
