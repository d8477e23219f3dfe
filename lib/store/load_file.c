/* One file into its table. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/db.h"
#include "store/loader.h"

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
	struct irm_lines *lines = load->loader->options->lines;
	const char *key = load->seen->text[load->seen->n - 1];
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
		for (size_t i = 0; load->rules && i < record->n; i++)
			record->fields[i] = irm_rules_text(load->rules, record->fields[i]);
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

/* A file that irm-check can point at, and the history can name. */
static enum irm_code keep_file(struct irm_file_load *load, const char *name,
                               struct irm_digest *digest, struct irm_err *err)
{
	struct irm_loader *loader = load->loader;
	struct irm_load_file *grown = realloc(loader->files, (loader->n_files + 1) * sizeof *grown);
	if (!grown)
		return irm_err_memory(err);
	loader->files = grown;
	struct irm_load_file *file = &grown[loader->n_files++];
	snprintf(file->name, sizeof file->name, "%s", name);
	irm_digest_finish(digest, file->sha256);
	file->rows = load->rows;
	loader->rows[load->table] += load->rows;
	return IRM_OK;
}

static enum irm_code read_header(struct irm_file_load *load, struct irm_reader *reader,
                                 struct irm_err *err)
{
	if (irm_header_read(load, reader, err))
		return err->code;
	if (!load->rules || !irm_rules_check_header(load->rules, load->at,
	                                            load->loader->options->extra_columns, err))
		return IRM_OK;
	irm_err_place(err, load->file, 1, 0);
	irm_faults_add(load->loader->faults, err);
	return err->code;
}

static enum irm_code open_reader(struct irm_reader **reader, const struct irm_loader *loader,
                                 const struct irm_resource *resource, struct irm_digest *digest,
                                 struct irm_err *err)
{
	const struct irm_load_options *asked = loader->options;
	struct irm_reader_options options = {
		.delimiter = asked->delimiter ? asked->delimiter : resource->delimiter,
		.encoding = asked->encoding ? asked->encoding : resource->encoding,
		.has_options = true,
		.tap = irm_digest_add,
		.context = digest,
	};
	irm_digest_init(digest);
	return irm_reader_open_with(reader, resource->path, &options, err);
}

enum irm_code irm_file_load(struct irm_loader *loader, size_t table,
                            const struct irm_resource *resource, const char *name,
                            struct irm_intern *seen, struct irm_err *err)
{
	struct irm_file_load load = { .loader = loader,
		                      .table = table,
		                      .schema = &irm_schemas[table],
		                      .rules = resource->rules,
		                      .seen = seen };
	struct irm_reader *reader = NULL;
	struct irm_digest digest;
	enum irm_code code = open_reader(&reader, loader, resource, &digest, err);
	if (!code) {
		load.file = irm_reader_file(reader);
		code = read_header(&load, reader, err);
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
	if (!code)
		code = keep_file(&load, name, &digest, err);
	sqlite3_finalize(load.insert);
	free(load.pending);
	irm_reader_free(reader);
	return code;
}
