/* The file that irm-load loads into. */
#ifndef IRM_TOOLS_LOAD_TARGET_H
#define IRM_TOOLS_LOAD_TARGET_H

#include <sqlite3.h>
#include <stdbool.h>

#include "base/err.h"

/* A file that is not there yet is made beside its place and put there when it is complete. */
struct load_target {
	const char *path;
	char *temporary; /* NULL: the file is there, and a transaction keeps it whole */
	sqlite3 *db;
	bool taken; /* another load put a file there meanwhile: load again, into that one */
};

/* Opens the file at target->path, or makes one. load_target_close() whatever comes. */
IRM_CHECK enum irm_code load_target_open(struct load_target *target, struct irm_err *err);

/* Opens a copy in memory of the file, or an empty database where there is none: what is loaded
 * there changes nothing. */
IRM_CHECK enum irm_code load_target_open_copy(struct load_target *target, struct irm_err *err);

/* Closes it. A new file appears at its place where err->code is 0, and never takes another one's:
 * then target->taken is set and IRM_SYSTEM given. */
enum irm_code load_target_close(struct load_target *target, struct irm_err *err);

#endif
