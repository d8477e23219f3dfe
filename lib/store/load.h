/* Loading packages and CSV files into a database: all of it or nothing, every fault with
 * file:line:field, and each load on record. */
#ifndef IRM_STORE_LOAD_H
#define IRM_STORE_LOAD_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "store/faults.h"
#include "store/lines.h"
#include "store/record.h"

/* All zero: as it is by itself, and nothing is recorded. */
struct irm_load_options {
	bool extra_columns;      /* pass over columns that no table has */
	bool replace;            /* rows that a delivered table no longer has are removed */
	const char *encoding;    /* of the files; NULL: as their descriptor says, else UTF-8 */
	char delimiter;          /* of the files; 0: as their descriptor says, else a comma */
	const char *table;       /* of the one file; NULL: what each is named for */
	const char *package;     /* of single files; NULL: the only one that the database has */
	bool has_as_of;          /* single files change the package's as_of */
	int32_t as_of;           /* to that */
	bool record;             /* keep the load in the history */
	int32_t day;             /* under this day */
	struct irm_lines *lines; /* NULL, or where the line of each row is kept */
};

/* What a load did. */
struct irm_load_counts {
	int64_t rows[64];           /* read, by table in the order of irm_schemas */
	int64_t load;               /* its number; 0: not recorded */
	struct irm_changes changes; /* of a recorded load */
};

/* Loads sources[n], package folders and CSV files ("-": standard input), in one transaction: the
 * folders in their order, then the single files, tables that others refer to first. A row whose key
 * the database has replaces its row there; a key that stands twice in a file is a fault. A database
 * of an older version is migrated, a copy of its file kept beside.
 *
 * With options->replace each delivered table loses the rows that the delivery no longer has:
 * reviews of the package, and what hangs on them; rows of other tables where no other package
 * delivered that table.
 *
 * faults  filled with the faults of the first faulty file; then IRM_INPUT, and err is the first
 * counts  filled; may be NULL
 *
 * After an error the database is as it was. IRM_USAGE: a file of no table, a day before the last
 * load's; IRM_SYSTEM: cannot be read or written, locked, no memory. */
IRM_CHECK enum irm_code irm_load_packages(sqlite3 *db, const char *const sources[], size_t n,
                                          const struct irm_load_options *options,
                                          struct irm_faults *faults, struct irm_load_counts *counts,
                                          struct irm_err *err);

/* Undoes a load by a new one that inverts it, recorded under `day`. Errors as irm_history_undo().
 */
IRM_CHECK enum irm_code irm_load_revert(sqlite3 *db, int64_t load, int32_t day,
                                        struct irm_load_counts *counts, struct irm_err *err);

/* A source as the tools take it: a SQLite file is opened for reading, a package folder is loaded
 * into a database in memory, so that both give the same figures by the same code. The caller closes
 * *out with irm_db_close(). */
IRM_CHECK enum irm_code irm_source_open(sqlite3 **out, const char *source, struct irm_err *err);

/* The same, with the line of each row of a package folder in *lines; a SQLite file has none. The
 * caller releases *lines, whatever comes. */
IRM_CHECK enum irm_code irm_source_open_lines(sqlite3 **out, const char *source,
                                              struct irm_lines *lines, struct irm_err *err);

/* The same as a SQLite file stood after a load: a copy in memory. `known_at` is a load's number, a
 * day or a session, NULL: now. IRM_USAGE too where there is no such load, or the source is a
 * folder, which has no history. */
IRM_CHECK enum irm_code irm_source_open_at(sqlite3 **out, const char *source, const char *known_at,
                                           struct irm_err *err);

#endif
