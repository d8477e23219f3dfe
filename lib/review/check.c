#include "review/check.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "review/metric.h"
#include "store/db.h"
#include "store/load.h"
#include "store/schema.h"

#define KEY_MOST     4200
#define MESSAGE_MOST 1024

/* SQL's day(n): a count of days as 2019-10-30; NULL for none. */
static void sql_day(sqlite3_context *context, int n, sqlite3_value **values)
{
	char text[IRM_DAY_SIZE];
	sqlite3_int64 day = sqlite3_value_int64(values[0]);
	(void)n;
	if (sqlite3_value_type(values[0]) != SQLITE_INTEGER || day < IRM_DAY_FIRST ||
	    day > IRM_DAY_LAST)
		return;
	irm_day_format(text, (int32_t)day);
	sqlite3_result_text(context, text, -1, SQLITE_TRANSIENT);
}

/* SQL's plain(text): without spaces, tabs, line ends and no-break spaces, A to Z as a to z; NULL
 * for NULL. */
static void sql_plain(sqlite3_context *context, int n, sqlite3_value **values)
{
	const unsigned char *text = sqlite3_value_text(values[0]);
	(void)n;
	if (!text)
		return;
	char *plain = sqlite3_malloc64(strlen((const char *)text) + 1), *to = plain;
	if (!plain) {
		sqlite3_result_error_nomem(context);
		return;
	}
	for (; *text; text++) {
		if (text[0] == 0xC2 && text[1] == 0xA0)
			text++;
		else if (!strchr(" \t\r\n", *text))
			*to++ = (char)(*text >= 'A' && *text <= 'Z' ? *text + 'a' - 'A' : *text);
	}
	*to = '\0';
	sqlite3_result_text(context, plain, -1, sqlite3_free);
}

/* SQL's lacks(metric): why nothing computes a published figure; NULL where a rule does. */
static void sql_lacks(sqlite3_context *context, int n, sqlite3_value **values)
{
	const char *metric = (const char *)sqlite3_value_text(values[0]);
	const char *lacks = metric ? irm_metric_lacks(metric) : NULL;
	(void)n;
	if (lacks)
		sqlite3_result_text(context, lacks, -1, SQLITE_STATIC);
}

static enum irm_code add_functions(sqlite3 *db, struct irm_err *err)
{
	int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC;
	if (sqlite3_create_function(db, "day", 1, flags, NULL, sql_day, NULL, NULL) ||
	    sqlite3_create_function(db, "plain", 1, flags, NULL, sql_plain, NULL, NULL) ||
	    sqlite3_create_function(db, "lacks", 1, flags, NULL, sql_lacks, NULL, NULL))
		return irm_db_error(db, err);
	return IRM_OK;
}

/* Where a row stood is known of a package alone, which has no earlier state. */
static enum irm_code open_source(struct irm_check *check, const char *source, const char *known_at,
                                 struct irm_err *err)
{
	return known_at ? irm_source_open_at(&check->db, source, known_at, err)
	                : irm_source_open_lines(&check->db, source, &check->lines, err);
}

enum irm_code irm_check_open(struct irm_check **out, const char *source, const char *as_of,
                             const char *known_at, struct irm_err *err)
{
	const struct irm_query_text text = { .as_of = as_of };
	struct irm_check *check = calloc(1, sizeof *check);
	if (!check)
		return irm_err_memory(err);
	if (open_source(check, source, known_at, err) || add_functions(check->db, err) ||
	    irm_dataset_read(&check->data, check->db, 0, err) ||
	    irm_query_read(&check->query, check->data, &text, 0, 0, err)) {
		irm_check_free(check);
		return err->code;
	}
	*out = check;
	return IRM_OK;
}

void irm_check_free(struct irm_check *check)
{
	if (!check)
		return;
	irm_query_release(&check->query);
	irm_dataset_free(check->data);
	irm_lines_release(&check->lines);
	irm_db_close(check->db);
	irm_arena_release(&check->arena);
	free(check->findings);
	free(check);
}

static enum irm_code keep(struct irm_check *check, const char *table, const char *key,
                          const char *message, struct irm_err *err)
{
	if (check->n == check->size) {
		size_t size = check->size ? check->size * 2 : 64;
		struct irm_check_finding *grown = realloc(check->findings, size * sizeof *grown);
		if (!grown)
			return irm_err_memory(err);
		check->findings = grown;
		check->size = size;
	}
	char *shown = irm_arena_text(&check->arena, key, strlen(key));
	char *said = irm_arena_text(&check->arena, message, strlen(message));
	if (!shown || !said)
		return irm_err_memory(err);
	for (char *p = shown; *p; p++)
		*p = *p == '\x1f' ? ',' : *p;
	check->findings[check->n++] = (struct irm_check_finding){
		.rule = check->rule,
		.table = table,
		.key = shown,
		.message = said,
		.line = irm_lines_find(&check->lines, table, key),
	};
	return IRM_OK;
}

enum irm_code irm_check_found(struct irm_check *check, const char *table, const char *key,
                              struct irm_err *err, const char *fmt, ...)
{
	char message[MESSAGE_MOST];
	va_list args;
	va_start(args, fmt);
	vsnprintf(message, sizeof message, fmt, args);
	va_end(args);
	return keep(check, table, key, message, err);
}

enum irm_code irm_check_found_event(struct irm_check *check, uint32_t review, uint32_t milestone,
                                    struct irm_err *err, const char *fmt, ...)
{
	char key[KEY_MOST], message[MESSAGE_MOST];
	va_list args;
	va_start(args, fmt);
	vsnprintf(message, sizeof message, fmt, args);
	va_end(args);
	snprintf(key, sizeof key, "%s\x1f%s", check->data->reviews[review].code,
	         check->data->milestones[milestone].code);
	return keep(check, "events", key, message, err);
}

static size_t count_keys(const struct irm_schema *schema)
{
	size_t n = 0;
	for (size_t c = 0; c < schema->n; c++)
		n += irm_column_is_key(&schema->columns[c]) ||
		     schema->columns[c].type == IRM_COL_CODE;
	return n;
}

/* One row of a query: key columns, then the message. */
static enum irm_code keep_row(struct irm_check *check, const char *table, size_t keys,
                              sqlite3_stmt *row, struct irm_err *err)
{
	char key[KEY_MOST];
	size_t used = 0;
	key[0] = '\0';
	for (size_t i = 0; i < keys && used < sizeof key; i++) {
		bool is_null = sqlite3_column_type(row, (int)i) == SQLITE_NULL;
		const char *text = (const char *)sqlite3_column_text(row, (int)i);
		if (!text && !is_null)
			return irm_err_memory(err);
		used += (size_t)snprintf(key + used, sizeof key - used, "%s%s", i ? "\x1f" : "",
		                         text ? text : "");
	}
	const char *message = (const char *)sqlite3_column_text(row, (int)keys);
	return message ? keep(check, table, key, message, err) : irm_err_memory(err);
}

enum irm_code irm_check_rows(struct irm_check *check, const char *table, const char *sql,
                             struct irm_err *err)
{
	size_t keys = count_keys(irm_schema_find(table));
	sqlite3_stmt *query = NULL;
	bool row;
	if (irm_db_prepare(&query, check->db, sql, err))
		return err->code;
	int at = sqlite3_bind_parameter_index(query, ":as_of");
	if (at)
		sqlite3_bind_int(query, at, check->query.as_of);
	enum irm_code code;
	while (!(code = irm_db_step(query, &row, err)) && row)
		if ((code = keep_row(check, table, keys, query, err)))
			break;
	sqlite3_finalize(query);
	return code;
}

enum irm_code irm_check_run(struct irm_check *check, const struct irm_check_rule *rule,
                            struct irm_err *err)
{
	check->rule = rule;
	for (const struct irm_check_query *q = rule->queries;
	     q < rule->queries + IRM_CHECK_QUERIES_MOST && q->table; q++)
		if (irm_check_rows(check, q->table, q->sql, err))
			return err->code;
	return rule->find ? rule->find(check, err) : IRM_OK;
}

size_t irm_check_count(const struct irm_check *check, enum irm_severity severity)
{
	size_t n = 0;
	for (size_t i = 0; i < check->n; i++)
		n += check->findings[i].rule->severity == severity;
	return n;
}

const char *irm_severity_name(enum irm_severity severity)
{
	static const char *const names[IRM_SEVERITIES] = { "error", "warning", "note" };
	return names[severity];
}
