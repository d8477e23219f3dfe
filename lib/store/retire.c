#include "store/retire.h"

#include <string.h>

#include "store/db.h"
#include "store/textsql.h"

#define KEY_MOST 4096

/* irm_is_seen(KEY...): whether the key's columns stand in the delivery, joined as irm_row_read()
 * joins them. */
static void is_seen(sqlite3_context *context, int n, sqlite3_value **columns)
{
	const struct irm_intern *seen = sqlite3_user_data(context);
	char key[KEY_MOST];
	size_t used = 0;
	for (int i = 0; i < n; i++) {
		const char *text = (const char *)sqlite3_value_text(columns[i]);
		size_t length = text ? strlen(text) : 0;
		if (used + length + 1 >= sizeof key) { /* longer than the loader takes */
			sqlite3_result_int(context, 0);
			return;
		}
		if (length)
			memcpy(key + used, text, length);
		used += length;
		key[used++] = '\x1f';
	}
	key[used ? used - 1 : 0] = '\0';
	sqlite3_result_int(context, irm_intern_find(seen, key) != IRM_NO_ID);
}

/* DELETE FROM t_x AS t WHERE (it is of the package) AND NOT irm_is_seen(...) */
static char *delete_sql(sqlite3 *db, const struct irm_schema *schema)
{
	sqlite3_str *sql = sqlite3_str_new(db);
	sqlite3_str_appendf(sql, "DELETE FROM t_%s AS t WHERE ", schema->table);
	if (strcmp(schema->table, "reviews") == 0)
		sqlite3_str_appendall(sql, "t.package = :package");
	else if (irm_schema_column(schema, "review") >= 0)
		sqlite3_str_appendall(sql, "t.review IN (SELECT id FROM t_reviews "
		                           "WHERE package = :package)");
	else
		sqlite3_str_appendf(sql,
		                    "NOT EXISTS (SELECT 1 FROM t_delivered AS d "
		                    "WHERE d.table_name = '%s' AND d.package <> :package)",
		                    schema->table);
	if (schema->has_id)
		sqlite3_str_appendall(sql, " AND t.id > 0"); /* 'all' stays */
	sqlite3_str_appendall(sql, " AND NOT irm_is_seen(");
	irm_textsql_key(sql, "main", schema);
	sqlite3_str_appendall(sql, ")");
	return sqlite3_str_finish(sql);
}

static enum irm_code retire_table(struct irm_loader *loader, const struct irm_schema *schema,
                                  const struct irm_intern *seen, struct irm_err *err)
{
	sqlite3_stmt *statement = NULL;
	bool row;
	union {
		const struct irm_intern *given;
		void *taken; /* SQLite hands it back and does not look at it */
	} user = { seen };
	if (sqlite3_create_function(loader->db, "irm_is_seen", -1, SQLITE_UTF8 | SQLITE_DIRECTONLY,
	                            user.taken, is_seen, NULL, NULL))
		return irm_db_error(loader->db, err);
	char *sql = delete_sql(loader->db, schema);
	if (!sql)
		return irm_err_memory(err);
	enum irm_code code = irm_db_prepare(&statement, loader->db, sql, err);
	sqlite3_free(sql);
	if (!code) {
		sqlite3_bind_int64(statement, 1, loader->package);
		code = irm_db_step(statement, &row, err);
	}
	sqlite3_finalize(statement);
	return code;
}

/* The table that a column's ids are of; NULL: it holds none. */
static const char *referred(const struct irm_column *column)
{
	if (column->type == IRM_COL_REF)
		return column->refers;
	if (column->type == IRM_COL_MILESTONE)
		return "milestones";
	return column->type == IRM_COL_ARTICLE ? "articles" : NULL;
}

static const char *code_of_id(const struct irm_codes *codes, int64_t id)
{
	for (size_t i = 0; i < codes->keys.n; i++)
		if (codes->code[i].id == id)
			return strchr(codes->keys.text[i], '\x1f') + 1;
	return "?";
}

/* A fault for each id that a column holds and that is gone. */
static enum irm_code find_dangling(struct irm_loader *loader, const struct irm_schema *child,
                                   const struct irm_column *column, const char *const files[],
                                   struct irm_err *err)
{
	const char *parent = referred(column);
	size_t at = (size_t)(irm_schema_find(parent) - irm_schemas);
	sqlite3_stmt *query = NULL;
	char sql[512];
	bool row = false;
	snprintf(sql, sizeof sql,
	         "SELECT DISTINCT t.%s FROM t_%s AS t WHERE t.%s IS NOT NULL AND NOT EXISTS "
	         "(SELECT 1 FROM t_%s AS p WHERE p.id = t.%s) ORDER BY 1",
	         column->name, child->table, column->name, parent, column->name);
	enum irm_code code = irm_db_prepare(&query, loader->db, sql, err);
	while (!code && !(code = irm_db_step(query, &row, err)) && row) {
		struct irm_err fault;
		irm_err_at(&fault, files[at] ? files[at] : parent, 0, 0,
		           "the row '%.100s' is gone, and %s still refer to it",
		           code_of_id(&loader->codes[at], sqlite3_column_int64(query, 0)),
		           child->table);
		irm_err_hint(&fault, "deliver %s.csv too, or keep the row", child->table);
		irm_faults_add(loader->faults, &fault);
	}
	sqlite3_finalize(query);
	return code;
}

static enum irm_code check_references(struct irm_loader *loader, const char *const files[],
                                      struct irm_err *err)
{
	enum irm_code code = IRM_OK;
	for (size_t i = 0; i < irm_schemas_n; i++)
		for (size_t c = 0; !code && c < irm_schemas[i].n; c++)
			if (referred(&irm_schemas[i].columns[c]))
				code = find_dangling(loader, &irm_schemas[i],
				                     &irm_schemas[i].columns[c], files, err);
	if (!code && loader->faults->n) {
		*err = loader->faults->kept[0];
		code = err->code;
	}
	return code;
}

/* What went is not there to be referred to; ids are not given twice. */
static enum irm_code read_codes_again(struct irm_loader *loader, struct irm_err *err)
{
	int64_t last[IRM_TABLES_MOST];
	for (size_t i = 0; i < IRM_TABLES_MOST; i++) {
		last[i] = loader->codes[i].last_id;
		irm_codes_release(&loader->codes[i]);
	}
	enum irm_code code = irm_loader_read_codes(loader, err);
	for (size_t i = 0; i < IRM_TABLES_MOST; i++)
		if (last[i] > loader->codes[i].last_id)
			loader->codes[i].last_id = last[i];
	return code;
}

enum irm_code irm_retire(struct irm_loader *loader, const struct irm_intern *const seen[],
                         const char *const files[], struct irm_err *err)
{
	enum irm_code code = irm_db_run(loader->db, "PRAGMA defer_foreign_keys = ON", err);
	int before = sqlite3_total_changes(loader->db);
	for (size_t i = irm_schemas_n; !code && i-- > 0;)
		if (seen[i])
			code = retire_table(loader, &irm_schemas[i], seen[i], err);
	if (code || sqlite3_total_changes(loader->db) == before)
		return code;
	code = check_references(loader, files, err);
	return code ? code : read_codes_again(loader, err);
}
