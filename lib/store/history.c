/* The session extension is declared where these stand before sqlite3.h */
#define SQLITE_ENABLE_SESSION        1
#define SQLITE_ENABLE_PREUPDATE_HOOK 1
#include "store/history.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "base/number.h"
#include "store/db.h"
#include "store/parts.h"
#include "store/schema.h"
#include "store/textsql.h"

enum irm_code irm_history_is_kept(sqlite3 *db, bool *kept, struct irm_err *err)
{
	int version = 0;
	enum irm_code code = irm_db_version(db, &version, err);
	*kept = version >= 2;
	return code;
}

/* The first column of the first row as a whole number; NULL or no row gives `none`. */
static enum irm_code read_integer(sqlite3 *db, const char *sql, const char *text, int64_t number,
                                  int64_t none, int64_t *out, struct irm_err *err)
{
	sqlite3_stmt *query = NULL;
	bool row = false;
	if (irm_db_prepare(&query, db, sql, err))
		return err->code;
	if (text)
		sqlite3_bind_text(query, 1, text, -1, SQLITE_STATIC);
	else if (sqlite3_bind_parameter_count(query))
		sqlite3_bind_int64(query, 1, number);
	enum irm_code code = irm_db_step(query, &row, err);
	if (!code)
		*out = row && sqlite3_column_type(query, 0) == SQLITE_INTEGER
		               ? sqlite3_column_int64(query, 0)
		               : none;
	sqlite3_finalize(query);
	return code;
}

enum irm_code irm_history_last(sqlite3 *db, int64_t *load, struct irm_err *err)
{
	return read_integer(db, "SELECT max(id) FROM t_loads", NULL, 0, 0, load, err);
}

enum irm_code irm_history_next(sqlite3 *db, int64_t after, int64_t *load, struct irm_err *err)
{
	return read_integer(db, "SELECT min(load) FROM t_load_changes WHERE load > ?", NULL, after,
	                    0, load, err);
}

static enum irm_code find_number(sqlite3 *db, const char *option, int64_t number, int64_t *load,
                                 struct irm_err *err)
{
	int64_t last = 0;
	if (read_integer(db, "SELECT id FROM t_loads WHERE id = ?", NULL, number, 0, load, err) ||
	    irm_history_last(db, &last, err))
		return err->code;
	if (*load)
		return IRM_OK;
	irm_err_set(err, IRM_USAGE, "%s: there is no load %" PRId64, option, number);
	if (last)
		irm_err_hint(err, "the file has the loads 1 to %" PRId64, last);
	else
		irm_err_hint(err, "the file has none");
	return err->code;
}

static enum irm_code find_day(sqlite3 *db, const char *option, int32_t day, int64_t *load,
                              struct irm_err *err)
{
	int64_t first = 0;
	char text[IRM_DAY_SIZE];
	if (read_integer(db, "SELECT max(id) FROM t_loads WHERE day <= ?", NULL, day, 0, load,
	                 err) ||
	    read_integer(db, "SELECT min(day) FROM t_loads", NULL, 0, IRM_DAY_NONE, &first, err))
		return err->code;
	if (*load)
		return IRM_OK;
	irm_day_format(text, day);
	irm_err_set(err, IRM_USAGE, "%s: the file has no load on or before %s", option, text);
	irm_day_format(text, (int32_t)first);
	if (first != IRM_DAY_NONE)
		irm_err_hint(err, "its first one is of %s", text);
	return err->code;
}

/* The first day of a session; IRM_NO where there is none of that id. */
static enum irm_code find_session(sqlite3 *db, const char *option, const char *text, int32_t *day,
                                  struct irm_err *err)
{
	int64_t starts = 0;
	if (read_integer(db, "SELECT ifnull(starts, -2147483648) FROM t_sessions WHERE session = ?",
	                 text, 0, INT64_MAX, &starts, err))
		return err->code;
	if (starts == INT64_MAX)
		return IRM_NO;
	if (starts < IRM_DAY_FIRST || starts > IRM_DAY_LAST)
		return irm_err_set(err, IRM_USAGE,
		                   "%s: the first day of the session '%.60s' is not recorded",
		                   option, text);
	*day = (int32_t)starts;
	return IRM_OK;
}

enum irm_code irm_history_find(sqlite3 *db, const char *option, const char *text, int64_t *load,
                               struct irm_err *err)
{
	bool kept = false;
	int64_t number;
	int32_t day;
	struct irm_err day_err, ignored;
	if (irm_history_is_kept(db, &kept, err))
		return err->code;
	if (!kept) {
		irm_err_set(err, IRM_USAGE, "%s: the file keeps no history yet", option);
		irm_err_hint(err, "the next irm-load begins it");
		return err->code;
	}
	if (irm_integer_parse(&number, text, &ignored) == IRM_OK)
		return find_number(db, option, number, load, err);
	if (irm_day_parse(&day, text, &day_err) == IRM_OK)
		return find_day(db, option, day, load, err);
	enum irm_code code = find_session(db, option, text, &day, err);
	if (!code)
		return find_day(db, option, day, load, err);
	if (code != IRM_NO)
		return code;
	irm_err_set(err, IRM_USAGE,
	            "%s: expected a load's number, a day such as 2019-10-30 or a session, found "
	            "'%.60s'",
	            option, text);
	irm_err_hint(err, "%.255s", day_err.hint);
	return err->code;
}

/* What stood in the way of inverting a load. */
struct conflict {
	sqlite3 *db;
	bool tolerant; /* a package's as_of may have changed since */
	int kind;      /* SQLITE_CHANGESET_...; 0: nothing */
	char table[32];
	char key[200]; /* in codes; ? for what is not known */
};

/* A value of the key as text: a reference as the code that it is now, if any. */
static void append_value(struct conflict *conflict, const struct irm_schema *schema, size_t column,
                         sqlite3_value *value, sqlite3_str *out)
{
	sqlite3_stmt *query = NULL;
	sqlite3_str *sql = sqlite3_str_new(conflict->db);
	sqlite3_str_appendall(sql, "SELECT ");
	irm_textsql_column(sql, "main", &schema->columns[column]);
	sqlite3_str_appendf(sql, " FROM (SELECT ? AS %s) AS t", schema->columns[column].name);
	char *text = sqlite3_str_finish(sql);
	const unsigned char *found = NULL;
	if (text && sqlite3_prepare_v2(conflict->db, text, -1, &query, NULL) == SQLITE_OK) {
		sqlite3_bind_value(query, 1, value);
		if (sqlite3_step(query) == SQLITE_ROW)
			found = sqlite3_column_text(query, 0);
	}
	sqlite3_str_appendf(out, "%s%s", sqlite3_str_length(out) ? "," : "",
	                    found ? (const char *)found : "?");
	sqlite3_finalize(query);
	sqlite3_free(text);
}

/* The column of the changeset at which a column of the schema stands: a date is three. */
static int place_of(const struct irm_schema *schema, size_t column)
{
	int place = schema->has_id ? 1 : 0;
	for (size_t c = 0; c < column; c++)
		place += schema->columns[c].type == IRM_COL_DATE ? 3 : 1;
	return place;
}

/* A column's value in a change, or, where the change leaves it alone, in the row that it met. */
static sqlite3_value *value_of(const struct conflict *conflict, sqlite3_changeset_iter *change,
                               int operation, int place)
{
	sqlite3_value *value = NULL;
	if (operation == SQLITE_INSERT)
		sqlite3changeset_new(change, place, &value);
	else
		sqlite3changeset_old(change, place, &value);
	if (!value && conflict->kind == SQLITE_CHANGESET_DATA)
		sqlite3changeset_conflict(change, place, &value);
	return value;
}

static void describe(struct conflict *conflict, sqlite3_changeset_iter *change)
{
	const char *table = "";
	int columns = 0, operation = 0, indirect = 0;
	if (sqlite3changeset_op(change, &table, &columns, &operation, &indirect))
		return;
	const char *name = strncmp(table, "t_", 2) == 0 ? table + 2 : table;
	const struct irm_schema *schema = irm_schema_find(name);
	snprintf(conflict->table, sizeof conflict->table, "%.31s", name);
	sqlite3_str *key = sqlite3_str_new(conflict->db);
	for (size_t c = 0; schema && c < schema->n; c++) {
		int place = place_of(schema, c);
		if (!irm_column_is_key(&schema->columns[c]) || place >= columns)
			continue;
		sqlite3_value *value = value_of(conflict, change, operation, place);
		if (value)
			append_value(conflict, schema, c, value, key);
		else
			sqlite3_str_appendall(key, sqlite3_str_length(key) ? ",?" : "?");
	}
	char *text = sqlite3_str_finish(key);
	snprintf(conflict->key, sizeof conflict->key, "%s", text ? text : "");
	sqlite3_free(text);
}

static int on_conflict(void *context, int kind, sqlite3_changeset_iter *change)
{
	struct conflict *conflict = context;
	const char *table = "";
	int columns, operation, indirect;
	if (kind != SQLITE_CHANGESET_FOREIGN_KEY && conflict->tolerant &&
	    sqlite3changeset_op(change, &table, &columns, &operation, &indirect) == SQLITE_OK &&
	    strcmp(table, "t_packages") == 0 && kind == SQLITE_CHANGESET_DATA &&
	    operation == SQLITE_UPDATE)
		return SQLITE_CHANGESET_OMIT;
	conflict->kind = kind;
	if (kind != SQLITE_CHANGESET_FOREIGN_KEY)
		describe(conflict, change);
	return SQLITE_CHANGESET_ABORT;
}

/* Inverts the changes of a load. IRM_NO with *conflict where that cannot be. */
static enum irm_code invert(sqlite3 *db, int64_t load, struct conflict *conflict,
                            struct irm_err *err)
{
	struct irm_parts parts = { .left = 0 };
	enum irm_code code = irm_parts_read(&parts, db, load, err);
	conflict->db = db;
	int failed = code ? SQLITE_OK
	                  : sqlite3changeset_apply_v2_strm(db, irm_parts_get, &parts, NULL,
	                                                   on_conflict, conflict, NULL, NULL,
	                                                   SQLITE_CHANGESETAPPLY_INVERT);
	irm_parts_close(&parts);
	if (code || !failed)
		return code;
	if (conflict->kind)
		return IRM_NO;
	if ((failed & 0xFF) == SQLITE_CORRUPT)
		return irm_err_set(err, IRM_INPUT, "the changes of load %" PRId64 " are damaged",
		                   load);
	return failed == SQLITE_NOMEM ? irm_err_memory(err) : irm_db_error(db, err);
}

static enum irm_code rewind_to(sqlite3 *copy, int64_t load, struct irm_err *err)
{
	/* The numbers of a file that is not to be trusted may be far apart. */
	static const char newest[] = "SELECT max(load) FROM t_load_changes WHERE load <= ?";
	int64_t i = 0;
	char sql[256];
	if (read_integer(copy, newest, NULL, INT64_MAX, 0, &i, err))
		return err->code;
	while (i > load) {
		struct conflict conflict = { .kind = 0 };
		enum irm_code code = invert(copy, i, &conflict, err);
		if (code == IRM_NO)
			return irm_err_set(err, IRM_INPUT,
			                   "the records do not fit what load %" PRId64
			                   " left: something other than irm-load changed "
			                   "the table %s",
			                   i, conflict.table[0] ? conflict.table : "of keys");
		if (code || (code = read_integer(copy, newest, NULL, i - 1, 0, &i, err)))
			return code;
	}
	snprintf(sql, sizeof sql,
	         "DELETE FROM t_load_changes WHERE load > %" PRId64
	         "; DELETE FROM t_load_files WHERE load > %" PRId64
	         "; DELETE FROM t_loads WHERE id > %" PRId64,
	         load, load, load);
	return irm_db_run(copy, sql, err);
}

enum irm_code irm_history_copy(sqlite3 **out, sqlite3 *db, int64_t load, struct irm_err *err)
{
	sqlite3 *copy = NULL;
	if (irm_db_copy(&copy, db, err))
		return err->code;
	/* References are kept by the whole, not by each load: no need to check them on the way. */
	if (irm_db_run(copy, "PRAGMA foreign_keys = OFF; BEGIN", err) ||
	    rewind_to(copy, load, err) || irm_db_run(copy, "COMMIT", err)) {
		irm_db_close(copy);
		return err->code;
	}
	*out = copy;
	return IRM_OK;
}

static enum irm_code cannot_undo(int64_t load, const struct conflict *conflict, struct irm_err *err)
{
	const char *table = conflict->table, *key = conflict->key;
	if (conflict->kind == SQLITE_CHANGESET_FOREIGN_KEY)
		irm_err_set(err, IRM_INPUT,
		            "load %" PRId64 " cannot be undone: rows of later loads refer to what "
		            "it added, or it removed what is no longer there",
		            load);
	else if (conflict->kind == SQLITE_CHANGESET_NOTFOUND)
		irm_err_set(err, IRM_INPUT,
		            "load %" PRId64 " cannot be undone: a later load removed the row '%s' "
		            "of %s",
		            load, key, table);
	else if (conflict->kind == SQLITE_CHANGESET_DATA)
		irm_err_set(err, IRM_INPUT,
		            "load %" PRId64 " cannot be undone: a later load changed the row '%s' "
		            "of %s",
		            load, key, table);
	else
		irm_err_set(err, IRM_INPUT,
		            "load %" PRId64 " cannot be undone: a later load added the row '%s' of "
		            "%s again",
		            load, key, table);
	irm_err_hint(err, "undo the later loads first, newest first");
	return err->code;
}

enum irm_code irm_history_undo(sqlite3 *db, int64_t load, struct irm_err *err)
{
	int64_t parts = 0;
	struct conflict conflict = { .tolerant = true };
	if (read_integer(db, "SELECT count(*) FROM t_load_changes WHERE load = ?", NULL, load, 0,
	                 &parts, err))
		return err->code;
	if (!parts)
		return irm_err_set(err, IRM_USAGE, "load %" PRId64 " has no changes on record",
		                   load);
	enum irm_code code = invert(db, load, &conflict, err);
	return code == IRM_NO ? cannot_undo(load, &conflict, err) : code;
}
