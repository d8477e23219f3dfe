/* A changeset kept in t_load_changes in parts, so that its size is bounded by neither memory nor
 * the longest blob. Private to lib/store. */
#ifndef IRM_STORE_PARTS_H
#define IRM_STORE_PARTS_H

#include <sqlite3.h>
#include <stdint.h>

#include "base/err.h"

/* On its way in or out. */
struct irm_parts {
	sqlite3_stmt *statement;
	char *buffer;      /* in: [IRM_PART_SIZE] what is not yet written */
	const char *bytes; /* out: of the part being read */
	int used, left;
	int64_t part;
};

#define IRM_PART_SIZE (1 << 20)

/* Begins to write, or to read, the changes of a load. irm_parts_close() whatever comes. */
IRM_CHECK enum irm_code irm_parts_write(struct irm_parts *parts, sqlite3 *db, int64_t load,
                                        struct irm_err *err);
IRM_CHECK enum irm_code irm_parts_read(struct irm_parts *parts, sqlite3 *db, int64_t load,
                                       struct irm_err *err);

/* The xOutput and xInput of the session extension; `context` is a struct irm_parts. SQLite's
 * codes. */
int irm_parts_put(void *context, const void *bytes, int n);
int irm_parts_get(void *context, void *bytes, int *n);

/* Writes what is left. */
IRM_CHECK enum irm_code irm_parts_flush(struct irm_parts *parts, struct irm_err *err);

void irm_parts_close(struct irm_parts *parts);

#endif
