#include "store/migrate.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/db.h"
#include "store/sql.h"

#define COPIES_MOST 1000

enum irm_code irm_migration_begin(struct irm_migration *m, sqlite3 *db, struct irm_err *err)
{
	*m = (struct irm_migration){ .needed = false };
	if (irm_db_version(db, &m->version, err))
		return err->code;
	m->needed = m->version < IRM_DB_VERSION;
	/* A table is made anew, and within a transaction that pragma does nothing. */
	return m->needed ? irm_db_run(db, "PRAGMA foreign_keys = OFF", err) : IRM_OK;
}

static char *name_with(const char *path, const char *suffix)
{
	size_t size = strlen(path) + strlen(suffix) + 1;
	char *name = malloc(size);
	if (name)
		snprintf(name, size, "%s%s", path, suffix);
	return name;
}

/* The file as it is now, into a file of its own that is on the disk when this returns. It is read
 * by another connection: SQLite copies from none that writes, and ours has written nothing yet. */
static enum irm_code write_copy(const char *copy, const char *path, struct irm_err *err)
{
	sqlite3 *target = NULL, *db = NULL;
	int code = sqlite3_open_v2(copy, &target, SQLITE_OPEN_READWRITE, NULL);
	if (!code)
		code = sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL);
	sqlite3_backup *backup = code ? NULL : sqlite3_backup_init(target, "main", db, "main");
	if (!code)
		code = backup ? sqlite3_backup_step(backup, -1) : sqlite3_errcode(target);
	if (backup) {
		int ended = sqlite3_backup_finish(backup);
		code = code == SQLITE_DONE ? ended : code;
	}
	sqlite3_close(target);
	sqlite3_close(db);
	if (!code)
		return IRM_OK;
	irm_err_set(err, IRM_SYSTEM, "cannot copy the file of the older version: %s",
	            sqlite3_errstr(code));
	return irm_err_place(err, copy, 0, 0);
}

static enum irm_code make_copy(struct irm_migration *m, sqlite3 *db, struct irm_err *err)
{
	struct stat status;
	const char *path = sqlite3_db_filename(db, "main");
	if (!path || !*path)
		return IRM_OK; /* in memory */
	char suffix[32];
	snprintf(suffix, sizeof suffix, ".v%d.bak.XXXXXX", m->version);
	m->path = name_with(path, "");
	char *name = name_with(path, suffix);
	if (!m->path || !name) {
		free(name);
		return irm_err_memory(err);
	}
	int fd = mkstemp(name);
	if (fd < 0) {
		irm_err_errno(err, name, "cannot write");
		free(name);
		return err->code;
	}
	m->copy = name;
	bool failed = stat(path, &status) || fchmod(fd, status.st_mode & 0777);
	if (close(fd) || failed)
		return irm_err_errno(err, name, "cannot write");
	return write_copy(name, path, err);
}

enum irm_code irm_migration_run(struct irm_migration *m, sqlite3 *db, struct irm_err *err)
{
	if (!m->needed)
		return IRM_OK;
	if (make_copy(m, db, err) || irm_db_run(db, irm_sql_migrate_1, err) ||
	    irm_db_run(db, irm_sql_history, err))
		return err->code;
	/* What was there has no day, no files and no changes on record. */
	return irm_db_run(
	        db, "INSERT INTO t_loads (id, added, changed, removed) VALUES (1, 0, 0, 0)", err);
}

enum irm_code irm_migration_keep_copy(struct irm_migration *m, struct irm_err *err)
{
	for (int i = 1; m->copy && i <= COPIES_MOST; i++) {
		char suffix[32];
		snprintf(suffix, sizeof suffix, i == 1 ? ".v%d.bak" : ".v%d.bak.%d", m->version, i);
		char *name = name_with(m->path, suffix);
		if (!name)
			return irm_err_memory(err);
		bool kept = link(m->copy, name) == 0;
		/* A file system without links: the name must be free all the same. */
		if (!kept && errno != EEXIST && access(name, F_OK))
			kept = rename(m->copy, name) == 0;
		bool taken = !kept && access(name, F_OK) == 0;
		if (kept) {
			m->kept = name;
			return IRM_OK;
		}
		free(name);
		if (!taken)
			break;
	}
	return m->copy ? irm_err_errno(err, m->path, "cannot keep a copy") : IRM_OK;
}

void irm_migration_release(struct irm_migration *m, sqlite3 *db, bool committed)
{
	if (m->kept && !committed)
		unlink(m->kept);
	if (m->copy)
		irm_db_remove(m->copy);
	free(m->copy);
	free(m->kept);
	free(m->path);
	if (m->needed)
		sqlite3_exec(db, "PRAGMA foreign_keys = ON", NULL, NULL, NULL);
	*m = (struct irm_migration){ .needed = false };
}
