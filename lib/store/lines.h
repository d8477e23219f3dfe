/* On which line of its file each row of a package stands, for reports that come after the load. */
#ifndef IRM_STORE_LINES_H
#define IRM_STORE_LINES_H

#include "base/attr.h"
#include "base/intern.h"

/* All zero is empty; irm_lines_release() frees. */
struct irm_lines {
	struct irm_intern keys; /* "table US key US key ..." */
	long *line;             /* [keys.n] */
	size_t size;
};

/* Remembers the line of a row, the newest where it has one. `key` holds the key columns in the
 * order of the schema, with \x1f between. -1: no memory. */
IRM_CHECK int irm_lines_add(struct irm_lines *lines, const char *table, const char *key, long line);

/* The line of a row, from 1; 0 where none is known, as where the source was no package. */
long irm_lines_find(const struct irm_lines *lines, const char *table, const char *key);

void irm_lines_release(struct irm_lines *lines);

#endif
