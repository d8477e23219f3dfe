/* The session extension is declared where these stand before sqlite3.h */
#define SQLITE_ENABLE_SESSION        1
#define SQLITE_ENABLE_PREUPDATE_HOOK 1
#include "store/record.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "store/db.h"
#include "store/parts.h"
#include "store/schema.h"

struct irm_recording {
	sqlite3 *db;
	sqlite3_session *session;
};

enum irm_code irm_recording_begin(struct irm_recording **out, sqlite3 *db, struct irm_err *err)
{
	struct irm_recording *r = calloc(1, sizeof *r);
	if (!r)
		return irm_err_memory(err);
	r->db = db;
	int failed = sqlite3session_create(db, "main", &r->session);
	for (size_t i = 0; !failed && i < irm_schemas_n; i++) {
		char table[64];
		snprintf(table, sizeof table, "t_%s", irm_schemas[i].table);
		failed = sqlite3session_attach(r->session, table);
	}
	if (!failed)
		failed = sqlite3session_attach(r->session, "t_packages");
	if (!failed)
		failed = sqlite3session_attach(r->session, "t_delivered");
	if (failed) {
		irm_recording_free(r);
		return irm_err_memory(err);
	}
	*out = r;
	return IRM_OK;
}

void irm_recording_free(struct irm_recording *r)
{
	if (!r)
		return;
	if (r->session)
		sqlite3session_delete(r->session);
	free(r);
}

/* Adds the row of the load, its counts still 0; gives its number. */
static enum irm_code add_load(sqlite3 *db, int32_t day, int64_t reverts, int64_t *load,
                              struct irm_err *err)
{
	sqlite3_stmt *insert = NULL;
	bool row;
	if (irm_db_prepare(&insert, db,
	                   "INSERT INTO t_loads (id, day, reverts, added, changed, removed) "
	                   "SELECT ifnull(max(id), 0) + 1, :day, nullif(:reverts, 0), 0, 0, 0 "
	                   "FROM t_loads",
	                   err))
		return err->code;
	sqlite3_bind_int(insert, 1, day);
	sqlite3_bind_int64(insert, 2, reverts);
	enum irm_code code = irm_db_step(insert, &row, err);
	sqlite3_finalize(insert);
	*load = sqlite3_last_insert_rowid(db);
	return code;
}

/* A day before the last load's would make `as known at` say two things. */
static enum irm_code check_day(sqlite3 *db, int32_t day, struct irm_err *err)
{
	sqlite3_stmt *query = NULL;
	bool row = false;
	char wanted[IRM_DAY_SIZE], last[IRM_DAY_SIZE];
	if (irm_db_prepare(&query, db, "SELECT max(day) FROM t_loads", err))
		return err->code;
	enum irm_code code = irm_db_step(query, &row, err);
	bool is_before = !code && row && sqlite3_column_type(query, 0) == SQLITE_INTEGER &&
	                 day < sqlite3_column_int(query, 0);
	if (is_before) {
		irm_day_format(wanted, day);
		irm_day_format(last, sqlite3_column_int(query, 0));
		code = irm_err_set(err, IRM_USAGE,
		                   "the load would be of %s, before the last one of %s", wanted,
		                   last);
		irm_err_hint(err, "say --on with that day or a later one");
	}
	sqlite3_finalize(query);
	return code;
}

static enum irm_code keep_changes(struct irm_recording *r, int64_t load, struct irm_err *err)
{
	struct irm_parts parts = { .left = 0 };
	enum irm_code code = irm_parts_write(&parts, r->db, load, err);
	sqlite3session_enable(r->session, 0);
	if (!code) {
		int failed = sqlite3session_changeset_strm(r->session, irm_parts_put, &parts);
		if (failed)
			code = failed == SQLITE_NOMEM ? irm_err_memory(err)
			                              : irm_db_error(r->db, err);
		else
			code = irm_parts_flush(&parts, err);
	}
	irm_parts_close(&parts);
	return code;
}

/* The place of t_NAME in struct irm_changes; -1: not counted. */
static int place_of(const char *table)
{
	if (strcmp(table, "t_packages") == 0)
		return (int)irm_schemas_n;
	const struct irm_schema *schema =
	        strncmp(table, "t_", 2) == 0 ? irm_schema_find(table + 2) : NULL;
	return schema ? (int)(schema - irm_schemas) : -1;
}

static enum irm_code count_changes(sqlite3 *db, int64_t load, struct irm_changes *changes,
                                   struct irm_err *err)
{
	struct irm_parts parts = { .left = 0 };
	sqlite3_changeset_iter *iterator = NULL;
	memset(changes, 0, sizeof *changes);
	enum irm_code code = irm_parts_read(&parts, db, load, err);
	int failed =
	        code ? SQLITE_OK : sqlite3changeset_start_strm(&iterator, irm_parts_get, &parts);
	while (!code && !failed && (failed = sqlite3changeset_next(iterator)) == SQLITE_ROW) {
		const char *table;
		int columns, operation, indirect;
		failed = sqlite3changeset_op(iterator, &table, &columns, &operation, &indirect);
		int place = failed ? -1 : place_of(table);
		if (place >= 0)
			(operation == SQLITE_INSERT   ? changes->added
			 : operation == SQLITE_DELETE ? changes->removed
			                              : changes->changed)[place]++;
	}
	if (iterator)
		sqlite3changeset_finalize(iterator);
	irm_parts_close(&parts);
	if (!code && failed != SQLITE_DONE)
		code = failed == SQLITE_NOMEM ? irm_err_memory(err) : irm_db_error(db, err);
	return code;
}

/* The sums are of the tables of records: packages are left out. */
static enum irm_code keep_counts(sqlite3 *db, int64_t load, const struct irm_changes *changes,
                                 struct irm_err *err)
{
	int64_t sums[3] = { 0, 0, 0 };
	sqlite3_stmt *update = NULL;
	bool row;
	for (size_t i = 0; i < irm_schemas_n; i++) {
		sums[0] += changes->added[i];
		sums[1] += changes->changed[i];
		sums[2] += changes->removed[i];
	}
	if (irm_db_prepare(&update, db,
	                   "UPDATE t_loads SET added = ?, changed = ?, removed = ? WHERE id = ?",
	                   err))
		return err->code;
	for (int i = 0; i < 3; i++)
		sqlite3_bind_int64(update, i + 1, sums[i]);
	sqlite3_bind_int64(update, 4, load);
	enum irm_code code = irm_db_step(update, &row, err);
	sqlite3_finalize(update);
	return code;
}

static enum irm_code keep_files(sqlite3 *db, int64_t load, const struct irm_load_file *files,
                                size_t n, struct irm_err *err)
{
	sqlite3_stmt *insert = NULL;
	bool row;
	enum irm_code code =
	        irm_db_prepare(&insert, db,
	                       "INSERT INTO t_load_files (load, position, file, sha256, "
	                       "row_count) VALUES (?, ?, ?, ?, ?)",
	                       err);
	for (size_t i = 0; !code && i < n; i++) {
		sqlite3_bind_int64(insert, 1, load);
		sqlite3_bind_int64(insert, 2, (int64_t)i + 1);
		sqlite3_bind_text(insert, 3, files[i].name, -1, SQLITE_STATIC);
		sqlite3_bind_text(insert, 4, files[i].sha256, -1, SQLITE_STATIC);
		sqlite3_bind_int64(insert, 5, files[i].rows);
		code = irm_db_step(insert, &row, err);
		sqlite3_reset(insert);
	}
	sqlite3_finalize(insert);
	return code;
}

enum irm_code irm_recording_end(struct irm_recording *r, int32_t day,
                                const struct irm_load_file *files, size_t n, int64_t reverts,
                                int64_t *load, struct irm_changes *changes, struct irm_err *err)
{
	int64_t number = 0;
	struct irm_changes counted;
	if (check_day(r->db, day, err) || add_load(r->db, day, reverts, &number, err) ||
	    keep_changes(r, number, err) || count_changes(r->db, number, &counted, err) ||
	    keep_counts(r->db, number, &counted, err) || keep_files(r->db, number, files, n, err))
		return err->code;
	*load = number;
	*changes = counted;
	return IRM_OK;
}
