#include "store/diff.h"

#include <stdbool.h>
#include <string.h>

#include "base/number.h"
#include "store/db.h"
#include "store/schema.h"
#include "store/textsql.h"

static const struct irm_column package_columns[] = {
	{ "package", IRM_COL_CODE, IRM_KEY, NULL },
	{ "as_of", IRM_COL_DAY, IRM_OPTIONAL, NULL },
};
static const struct irm_schema packages = { "packages", 2, package_columns, true };

/* One side of the comparison: its rows in the order of their keys. */
struct side {
	sqlite3_stmt *rows;
	bool has_row;
};

struct comparison {
	const struct irm_schema *schema;
	struct side before, after;
	enum irm_code (*each)(void *context, const struct irm_difference *difference,
	                      struct irm_err *err);
	void *context;
	struct irm_err *err;
};

/* A number becomes text on its way, which takes memory. */
static enum irm_code check_texts(const struct side *side, struct irm_err *err)
{
	for (int c = 0; side->has_row && c < sqlite3_column_count(side->rows); c++)
		if (sqlite3_column_type(side->rows, c) != SQLITE_NULL &&
		    !sqlite3_column_text(side->rows, c))
			return irm_err_memory(err);
	return IRM_OK;
}

static enum irm_code next_row(struct side *side, struct irm_err *err)
{
	enum irm_code code = irm_db_step(side->rows, &side->has_row, err);
	return code ? code : check_texts(side, err);
}

/* SELECT (each column as text) FROM t_x AS t ORDER BY (the key columns) */
static enum irm_code open_side(struct side *side, sqlite3 *db, const struct irm_schema *schema,
                               struct irm_err *err)
{
	sqlite3_str *sql = sqlite3_str_new(db);
	for (size_t c = 0; c < schema->n; c++) {
		sqlite3_str_appendall(sql, c ? ", " : "SELECT ");
		irm_textsql_column(sql, "main", &schema->columns[c]);
	}
	sqlite3_str_appendf(sql, " FROM t_%s AS t%s ORDER BY ", schema->table,
	                    schema->has_id ? " WHERE t.id > 0" : "");
	const char *comma = "";
	for (size_t c = 0; c < schema->n; c++) {
		if (!irm_column_is_key(&schema->columns[c]))
			continue;
		sqlite3_str_appendf(sql, "%s%d", comma, (int)c + 1);
		comma = ", ";
	}
	char *text = sqlite3_str_finish(sql);
	enum irm_code code =
	        text ? irm_db_prepare(&side->rows, db, text, err) : irm_err_memory(err);
	sqlite3_free(text);
	return code ? code : next_row(side, err);
}

static const char *text_of(const struct side *side, size_t column)
{
	const char *text = (const char *)sqlite3_column_text(side->rows, (int)column);
	return text ? text : "";
}

/* Which side's row comes first; 0: they are the same row. */
static int compare_keys(const struct comparison *c)
{
	if (!c->before.has_row || !c->after.has_row)
		return c->before.has_row ? -1 : 1;
	for (size_t i = 0; i < c->schema->n; i++) {
		if (!irm_column_is_key(&c->schema->columns[i]))
			continue;
		int order = strcmp(text_of(&c->before, i), text_of(&c->after, i));
		if (order)
			return order;
	}
	return 0;
}

/* A cell as a package writes it: SQLite's text of a number has more digits, or '.0'. */
static const char *shown(const struct side *side, const struct irm_column *column, size_t at,
                         char number[IRM_NUMBER_SIZE])
{
	if (column->type != IRM_COL_REAL ||
	    sqlite3_column_type(side->rows, (int)at) != SQLITE_FLOAT)
		return text_of(side, at);
	irm_number_format(number, sqlite3_column_double(side->rows, (int)at));
	return number;
}

static enum irm_code tell_row(const struct comparison *c, const struct side *before,
                              const struct side *after)
{
	const struct side *side = after ? after : before;
	char old[IRM_NUMBER_SIZE], new[IRM_NUMBER_SIZE];
	sqlite3_str *text = sqlite3_str_new(NULL);
	const char *comma = "";
	for (size_t i = 0; i < c->schema->n; i++) {
		if (!irm_column_is_key(&c->schema->columns[i]))
			continue;
		sqlite3_str_appendf(text, "%s%s", comma, text_of(side, i));
		comma = ",";
	}
	char *key = sqlite3_str_finish(text);
	enum irm_code code = key ? IRM_OK : irm_err_memory(c->err);
	for (size_t i = 0; !code && i < c->schema->n; i++) {
		const struct irm_column *column = &c->schema->columns[i];
		if (strcmp(before ? text_of(before, i) : "", after ? text_of(after, i) : "") == 0)
			continue;
		struct irm_difference difference = {
			.table = c->schema->table,
			.key = key,
			.column = column->name,
			.before = before ? shown(before, column, i, old) : "",
			.after = after ? shown(after, column, i, new) : "",
		};
		code = c->each(c->context, &difference, c->err);
	}
	sqlite3_free(key);
	return code;
}

static enum irm_code compare_rows(struct comparison *c)
{
	while (c->before.has_row || c->after.has_row) {
		int order = compare_keys(c);
		if (tell_row(c, order <= 0 ? &c->before : NULL, order >= 0 ? &c->after : NULL))
			return c->err->code;
		if (order <= 0 && next_row(&c->before, c->err))
			return c->err->code;
		if (order >= 0 && next_row(&c->after, c->err))
			return c->err->code;
	}
	return IRM_OK;
}

enum irm_code irm_diff(sqlite3 *before, sqlite3 *after,
                       enum irm_code (*each)(void *context, const struct irm_difference *difference,
                                             struct irm_err *err),
                       void *context, struct irm_err *err)
{
	enum irm_code code = IRM_OK;
	for (size_t i = 0; !code && i <= irm_schemas_n; i++) {
		struct comparison c = { .schema = i < irm_schemas_n ? &irm_schemas[i] : &packages,
			                .each = each,
			                .context = context,
			                .err = err };
		code = open_side(&c.before, before, c.schema, err);
		if (!code)
			code = open_side(&c.after, after, c.schema, err);
		if (!code)
			code = compare_rows(&c);
		sqlite3_finalize(c.before.rows);
		sqlite3_finalize(c.after.rows);
	}
	return code;
}
