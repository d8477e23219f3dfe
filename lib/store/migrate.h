/* Files of older versions. Private to lib/store. */
#ifndef IRM_STORE_MIGRATE_H
#define IRM_STORE_MIGRATE_H

#include <sqlite3.h>
#include <stdbool.h>

#include "base/err.h"

struct irm_migration {
	bool needed;
	int version;       /* of the file as it was */
	char *copy, *path; /* the copy that was made, under its first name, and the file's; NULL */
	char *kept;        /* the name that the copy was given; NULL */
};

/* Looks what is needed, and prepares it: before the transaction begins. All zero is none;
 * irm_migration_release() whatever comes. */
IRM_CHECK enum irm_code irm_migration_begin(struct irm_migration *migration, sqlite3 *db,
                                            struct irm_err *err);

/* Makes the tables those of IRM_DB_VERSION, in the open transaction, which holds the write lock; a
 * file's copy is made first, under a temporary name. */
IRM_CHECK enum irm_code irm_migration_run(struct irm_migration *migration, sqlite3 *db,
                                          struct irm_err *err);

/* Gives the copy its name before the transaction is committed: FILE.v1.bak, or FILE.v1.bak.2 and so
 * on: none is written over. */
IRM_CHECK enum irm_code irm_migration_keep_copy(struct irm_migration *migration,
                                                struct irm_err *err);

/* After the transaction; removes the copy where it was not kept, or the migration not `committed`.
 */
void irm_migration_release(struct irm_migration *migration, sqlite3 *db, bool committed);

#endif
