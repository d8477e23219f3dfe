#include "store/textsql.h"

#include <stdbool.h>
#include <string.h>

/* The column by which rows of a table are referred to. */
static const char *code_of(const char *table)
{
	const struct irm_schema *schema = irm_schema_find(table);
	for (size_t i = 0; schema && i < schema->n; i++)
		if (schema->columns[i].type == IRM_COL_CODE)
			return schema->columns[i].name;
	return "id";
}

static void append_code(sqlite3_str *sql, const char *database, const char *table,
                        const char *column)
{
	sqlite3_str_appendf(sql, "(SELECT r.%s FROM %s.t_%s AS r WHERE r.id = t.%s)",
	                    code_of(table), database, table, column);
}

void irm_textsql_column(sqlite3_str *sql, const char *database, const struct irm_column *column)
{
	switch (column->type) {
	case IRM_COL_REF:
		append_code(sql, database, column->refers, column->name);
		break;
	case IRM_COL_MILESTONE:
		append_code(sql, database, "milestones", column->name);
		break;
	case IRM_COL_ARTICLE:
		append_code(sql, database, "articles", column->name);
		break;
	case IRM_COL_DAY:
		sqlite3_str_appendf(sql, "date(t.%s * 86400, 'unixepoch')", column->name);
		break;
	case IRM_COL_CODE:
	case IRM_COL_TEXT:
	case IRM_COL_WHOLE:
	case IRM_COL_REAL:
	case IRM_COL_DATE:
	case IRM_COL_WORD:
	case IRM_COL_ARTICLE_CODE:
		sqlite3_str_appendf(sql, "t.%s", column->name);
		break;
	}
}

void irm_textsql_key(sqlite3_str *sql, const char *database, const struct irm_schema *schema)
{
	bool any = false;
	for (size_t c = 0; c < schema->n; c++) {
		if (!irm_column_is_key(&schema->columns[c]))
			continue;
		sqlite3_str_appendall(sql, any ? ", " : "");
		irm_textsql_column(sql, database, &schema->columns[c]);
		any = true;
	}
}
