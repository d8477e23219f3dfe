#include "store/load.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "store/db.h"
#include "store/loader.h"
#include "store/package.h"

/* The queries that give the codes of a database: owner (text), code, id, parent (text). */
static const struct {
	const char *table, *sql;
} code_queries[] = {
	{ "mechanisms", "SELECT '', mechanism, id, ifnull(convention, '') FROM t_mechanisms" },
	{ "cycles", "SELECT '', cycle, c.id, m.mechanism FROM t_cycles AS c "
	            "JOIN t_mechanisms AS m ON m.id = c.mechanism" },
	{ "articles", "SELECT convention, article, id, '' FROM t_articles" },
	{ "milestones", "SELECT m.mechanism, milestone, s.id, '' FROM t_milestones AS s "
	                "JOIN t_mechanisms AS m ON m.id = s.mechanism" },
	{ "regions", "SELECT '', region, id, '' FROM t_regions" },
	{ "states", "SELECT '', state, id, '' FROM t_states" },
	{ "reviews", "SELECT '', review, r.id, c.cycle FROM t_reviews AS r "
	             "JOIN t_cycles AS c ON c.id = r.cycle" },
	{ "ta_types", "SELECT '', type, id, '' FROM t_ta_types" },
	{ "assistance", "SELECT '', activity, id, '' FROM t_assistance" },
	{ "sessions", "SELECT '', session, id, '' FROM t_sessions" },
};

static size_t table_index(const char *table)
{
	return (size_t)(irm_schema_find(table) - irm_schemas);
}

/* The index that a code's owner or parent has among the codes it is one of. */
static uint32_t resolve(struct irm_loader *loader, const char *table, bool is_owner,
                        const char *text)
{
	bool under_mechanism = strcmp(table, is_owner ? "milestones" : "cycles") == 0;
	if (under_mechanism)
		return irm_codes_find(&loader->codes[table_index("mechanisms")], 0, text);
	if (strcmp(table, is_owner ? "articles" : "mechanisms") == 0)
		return irm_intern_add(&loader->conventions, text);
	if (!is_owner && strcmp(table, "reviews") == 0)
		return irm_codes_find(&loader->codes[table_index("cycles")], 0, text);
	return is_owner ? UINT32_MAX : 0; /* owner + 1 is 0: there is none */
}

static enum irm_code keep_code(struct irm_loader *loader, const char *table, sqlite3_stmt *row,
                               struct irm_err *err)
{
	const char *owner = (const char *)sqlite3_column_text(row, 0);
	const char *text = (const char *)sqlite3_column_text(row, 1);
	const char *parent = (const char *)sqlite3_column_text(row, 3);
	int64_t id = sqlite3_column_int64(row, 2);
	if (!owner || !text || !parent)
		return irm_err_memory(err);
	if (id == 0)
		return IRM_OK; /* 'all' is known without being looked up */
	struct irm_codes *codes = &loader->codes[table_index(table)];
	uint32_t index = irm_codes_add(codes, resolve(loader, table, true, owner) + 1, text);
	if (index == IRM_NO_ID)
		return irm_err_memory(err);
	codes->code[index] = (struct irm_coded){
		.id = id,
		.parent = resolve(loader, table, false, parent),
		.defined = true,
	};
	if (id > codes->last_id)
		codes->last_id = id;
	return IRM_OK;
}

enum irm_code irm_loader_read_codes(struct irm_loader *loader, struct irm_err *err)
{
	for (size_t i = 0; i < sizeof code_queries / sizeof *code_queries; i++) {
		sqlite3_stmt *query = NULL;
		bool row = true;
		if (irm_db_prepare(&query, loader->db, code_queries[i].sql, err))
			return err->code;
		enum irm_code code = IRM_OK;
		while (!code && !(code = irm_db_step(query, &row, err)) && row)
			code = keep_code(loader, code_queries[i].table, query, err);
		sqlite3_finalize(query);
		if (code)
			return code;
	}
	return IRM_OK;
}

/* INSERT INTO t_x (...) VALUES (...) ON CONFLICT (key) DO UPDATE SET ... */
static enum irm_code prepare_insert(struct irm_file_load *load, struct irm_err *err)
{
	const char *names[IRM_VALUES_MOST];
	bool key[IRM_VALUES_MOST];
	size_t n = irm_row_columns(load->schema, names, key);
	char column[IRM_VALUES_MOST][48];
	for (size_t i = 0; i < n; i++) {
		if (names[i])
			snprintf(column[i], sizeof column[i], "%s", names[i]);
		else if (names[i - 1])
			snprintf(column[i], sizeof column[i], "%s_first", names[i - 1]);
		else
			snprintf(column[i], sizeof column[i], "%s_last", names[i - 2]);
	}
	sqlite3_str *sql = sqlite3_str_new(load->loader->db);
	sqlite3_str_appendf(sql, "INSERT INTO t_%s (", load->schema->table);
	for (size_t i = 0; i < n; i++)
		sqlite3_str_appendf(sql, "%s%s", i ? ", " : "", column[i]);
	sqlite3_str_appendall(sql, ") VALUES (");
	for (size_t i = 0; i < n; i++)
		sqlite3_str_appendall(sql, i ? ", ?" : "?");
	sqlite3_str_appendall(sql, ") ON CONFLICT (");
	for (size_t i = 0, done = 0; i < n; i++)
		if (key[i])
			sqlite3_str_appendf(sql, "%s%s", done++ ? ", " : "", column[i]);
	sqlite3_str_appendall(sql, ") DO ");
	size_t set = 0;
	for (size_t i = 0; i < n; i++)
		if (!key[i])
			sqlite3_str_appendf(sql, "%s%s = excluded.%s", set++ ? ", " : "UPDATE SET ",
			                    column[i], column[i]);
	if (!set)
		sqlite3_str_appendall(sql, "NOTHING");
	char *text = sqlite3_str_finish(sql);
	if (!text)
		return irm_err_memory(err);
	enum irm_code code = irm_db_prepare(&load->insert, load->loader->db, text, err);
	sqlite3_free(text);
	return code;
}

static void bind(sqlite3_stmt *insert, int at, const struct irm_value *value)
{
	switch (value->kind) {
	case VALUE_NULL:
		sqlite3_bind_null(insert, at);
		break;
	case VALUE_TEXT:
		sqlite3_bind_text(insert, at, value->text, -1, SQLITE_STATIC);
		break;
	case VALUE_WHOLE:
		sqlite3_bind_int64(insert, at, value->whole);
		break;
	case VALUE_REAL:
		sqlite3_bind_double(insert, at, value->real);
		break;
	}
}

/* A constraint of the schema is named for its rule: its name in words is the message. */
static void rule_fault(struct irm_file_load *load, long line)
{
	struct irm_err err;
	char rule[128];
	const char *message = sqlite3_errmsg(load->loader->db);
	const char *name = strstr(message, "failed: ");
	snprintf(rule, sizeof rule, "%s", name ? name + 8 : message);
	for (char *p = rule; *p; p++)
		*p = *p == '_' ? ' ' : *p;
	irm_err_set(&err, IRM_INPUT, "the row breaks a rule: %s", rule);
	irm_row_fault(load, &err, line, SIZE_MAX);
}

static enum irm_code insert_row(struct irm_file_load *load, const struct irm_value *values,
                                long line, struct irm_err *err)
{
	int n = sqlite3_bind_parameter_count(load->insert);
	for (int i = 0; i < n; i++)
		bind(load->insert, i + 1, &values[i]);
	int code = sqlite3_step(load->insert);
	if ((code & 0xFF) == SQLITE_CONSTRAINT)
		rule_fault(load, line);
	else if (code != SQLITE_DONE)
		return irm_db_error(load->loader->db, err);
	sqlite3_reset(load->insert);
	load->rows++;
	return IRM_OK;
}

/* The key of the row that was read last is the newest of those seen. */
static enum irm_code keep_line(struct irm_file_load *load, long line, struct irm_err *err)
{
	struct irm_lines *lines = load->loader->lines;
	const char *key = load->seen.text[load->seen.n - 1];
	if (lines && irm_lines_add(lines, load->schema->table, key, line))
		return irm_err_memory(err);
	return IRM_OK;
}

static enum irm_code read_rows(struct irm_file_load *load, struct irm_reader *reader,
                               struct irm_err *err)
{
	struct irm_value values[IRM_VALUES_MOST];
	const struct irm_record *record;
	for (;;) {
		if (irm_reader_next(reader, &record, err)) {
			if (err->code == IRM_INPUT)
				irm_faults_add(load->loader->faults, err);
			return err->code;
		}
		if (!record)
			return IRM_OK;
		bool good;
		if (irm_row_read(load, record, values, &good, err))
			return err->code;
		if (good && (insert_row(load, values, record->line, err) ||
		             keep_line(load, record->line, err)))
			return err->code;
	}
}

/* The rows that were referred to before they came must have come. */
static void check_pending(struct irm_file_load *load)
{
	const struct irm_codes *codes = &load->loader->codes[load->table];
	for (size_t i = 0; i < load->n_pending; i++) {
		const struct irm_pending *pending = &load->pending[i];
		if (codes->code[pending->index].defined)
			continue;
		const char *key = codes->keys.text[pending->index];
		struct irm_err err;
		irm_err_at(&err, load->file, pending->line, pending->field,
		           "there is no row '%.100s' in this table", strchr(key, '\x1f') + 1);
		irm_faults_add(load->loader->faults, &err);
	}
}

static enum irm_code load_file(struct irm_loader *loader, size_t table, const char *path,
                               struct irm_load_counts *counts, struct irm_err *err)
{
	struct irm_file_load load = { .loader = loader, .table = table };
	struct irm_reader *reader = NULL;
	load.schema = &irm_schemas[table];
	enum irm_code code = irm_reader_open(&reader, path, err);
	if (!code) {
		load.file = irm_reader_file(reader);
		code = irm_header_read(&load, reader, err);
	}
	if (!code)
		code = prepare_insert(&load, err);
	if (!code)
		code = read_rows(&load, reader, err);
	if (!code)
		check_pending(&load);
	if (code != IRM_SYSTEM && loader->faults->n) {
		*err = loader->faults->kept[0];
		code = err->code;
	}
	if (counts)
		counts->rows[table] += load.rows;
	sqlite3_finalize(load.insert);
	irm_intern_release(&load.seen);
	free(load.pending);
	irm_reader_free(reader);
	return code;
}

static enum irm_code bind_and_run(sqlite3 *db, const char *sql, int64_t id, const char *text,
                                  int32_t day, struct irm_err *err)
{
	sqlite3_stmt *statement = NULL;
	bool row;
	if (irm_db_prepare(&statement, db, sql, err))
		return err->code;
	if (sqlite3_bind_parameter_index(statement, ":id"))
		sqlite3_bind_int64(statement, sqlite3_bind_parameter_index(statement, ":id"), id);
	sqlite3_bind_text(statement, sqlite3_bind_parameter_index(statement, ":text"), text, -1,
	                  SQLITE_STATIC);
	if (day != IRM_DAY_NONE)
		sqlite3_bind_int(statement, sqlite3_bind_parameter_index(statement, ":day"), day);
	enum irm_code code = irm_db_step(statement, &row, err);
	sqlite3_finalize(statement);
	return code;
}

static enum irm_code find_package(struct irm_loader *loader, const char *name, struct irm_err *err)
{
	sqlite3_stmt *query = NULL;
	bool row = false;
	if (irm_db_prepare(&query, loader->db, "SELECT id FROM t_packages WHERE package = :text",
	                   err))
		return err->code;
	sqlite3_bind_text(query, 1, name, -1, SQLITE_STATIC);
	enum irm_code code = irm_db_step(query, &row, err);
	if (!code && row)
		loader->package = sqlite3_column_int64(query, 0);
	sqlite3_finalize(query);
	return code;
}

static enum irm_code load_package(struct irm_loader *loader, const char *folder,
                                  struct irm_load_counts *counts, struct irm_err *err)
{
	struct irm_package *package = NULL;
	if (irm_package_open(&package, folder, err)) {
		if (err->code == IRM_INPUT)
			irm_faults_add(loader->faults, err);
		return err->code;
	}
	enum irm_code code =
	        bind_and_run(loader->db,
	                     "INSERT INTO t_packages (package, as_of) VALUES (:text, :day) "
	                     "ON CONFLICT (package) DO UPDATE SET as_of = excluded.as_of",
	                     0, package->name, package->as_of, err);
	if (!code)
		code = find_package(loader, package->name, err);
	for (size_t i = 0; !code && i < irm_schemas_n; i++) {
		if (!package->files[i])
			continue;
		code = load_file(loader, i, package->files[i], counts, err);
		if (!code)
			code = bind_and_run(loader->db,
			                    "INSERT INTO t_delivered (package, table_name) "
			                    "VALUES (:id, :text) ON CONFLICT DO NOTHING",
			                    loader->package, irm_schemas[i].table, IRM_DAY_NONE,
			                    err);
	}
	irm_package_free(package);
	return code;
}

enum irm_code irm_load_packages(sqlite3 *db, const char *const folders[], size_t n,
                                const struct irm_load_options *options, struct irm_faults *faults,
                                struct irm_load_counts *counts, struct irm_err *err)
{
	struct irm_loader loader = { .db = db,
		                     .extra_columns = options && options->extra_columns,
		                     .lines = options ? options->lines : NULL,
		                     .faults = faults };
	faults->n = 0;
	if (counts)
		memset(counts, 0, sizeof *counts);
	if (irm_db_run(db, "BEGIN IMMEDIATE", err))
		return err->code;
	enum irm_code code = irm_loader_read_codes(&loader, err);
	for (size_t i = 0; !code && i < n; i++)
		code = load_package(&loader, folders[i], counts, err);
	if (!code)
		code = irm_db_run(db, "COMMIT", err);
	struct irm_err ignored;
	if (code && irm_db_run(db, "ROLLBACK", &ignored))
		code = err->code; /* what went wrong first is what is told */
	for (size_t i = 0; i < IRM_TABLES_MOST; i++)
		irm_codes_release(&loader.codes[i]);
	irm_intern_release(&loader.conventions);
	return code;
}

enum irm_code irm_source_open(sqlite3 **out, const char *source, struct irm_err *err)
{
	return irm_source_open_lines(out, source, NULL, err);
}

enum irm_code irm_source_open_lines(sqlite3 **out, const char *source, struct irm_lines *lines,
                                    struct irm_err *err)
{
	struct irm_load_options options = { .lines = lines };
	if (!irm_package_is_folder(source))
		return irm_db_open(out, source, err);
	sqlite3 *db = NULL;
	struct irm_faults *faults = malloc(sizeof *faults);
	if (!faults)
		return irm_err_memory(err);
	enum irm_code code = irm_db_create(&db, ":memory:", err);
	if (!code)
		code = irm_load_packages(db, &source, 1, &options, faults, NULL, err);
	if (code == IRM_INPUT && faults->n > 1 && !err->hint[0])
		irm_err_hint(err, "%zu more faults: irm-load lists them", faults->n - 1);
	free(faults);
	if (code)
		irm_db_close(db);
	else
		*out = db;
	return code;
}
