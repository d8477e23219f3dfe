#include "review/ledger.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/nearest.h"

#define N_KEYS 5

static const char *const columns[] = { "as_of",   "cycle",       "metric",    "region",
	                               "article", "explanation", "difference" };
#define N_COLUMNS (sizeof columns / sizeof *columns)

static enum irm_code check_columns(const struct irm_table *table, struct irm_err *err)
{
	for (size_t c = 0; c < irm_table_columns(table); c++) {
		const char *name = irm_table_name(table, c);
		bool known = false;
		for (size_t i = 0; i < N_COLUMNS; i++)
			known = known || strcmp(columns[i], name) == 0;
		if (known)
			continue;
		irm_err_at(err, irm_table_file(table), 1, (long)c + 1,
		           "a ledger has no column '%.60s'", name);
		irm_err_hint_nearest(err, name, columns, N_COLUMNS);
		return err->code;
	}
	return IRM_OK;
}

/* A cell that may not be empty. */
static enum irm_code read_text(const char **out, const struct irm_table *table, size_t row,
                               const char *name, struct irm_err *err)
{
	size_t column;
	if (irm_table_need(&column, table, name, err))
		return err->code;
	*out = irm_table_text(table, row, column);
	if (**out)
		return IRM_OK;
	return irm_err_at(err, irm_table_file(table), irm_table_line(table, row), (long)column + 1,
	                  "%s: expected a text, found an empty field", name);
}

static enum irm_code read_entry(struct irm_ledger_entry *out, const struct irm_table *table,
                                size_t row, struct irm_err *err)
{
	int difference = irm_table_find(table, "difference");
	out->line = irm_table_line(table, row);
	out->difference = (double)NAN;
	for (size_t k = 0; k < N_KEYS; k++)
		if (read_text(&out->key[k], table, row, columns[k], err))
			return err->code;
	if (read_text(&out->explanation, table, row, "explanation", err))
		return err->code;
	return difference < 0
	               ? IRM_OK
	               : irm_table_number(&out->difference, table, row, (size_t)difference, err);
}

static int by_key(const void *a, const void *b)
{
	const struct irm_ledger_entry *x = *(const struct irm_ledger_entry *const *)a;
	const struct irm_ledger_entry *y = *(const struct irm_ledger_entry *const *)b;
	for (size_t k = 0; k < N_KEYS; k++) {
		int order = strcmp(x->key[k], y->key[k]);
		if (order)
			return order;
	}
	return (x->line > y->line) - (x->line < y->line);
}

static bool same_key(const struct irm_ledger_entry *a, const struct irm_ledger_entry *b)
{
	for (size_t k = 0; k < N_KEYS; k++)
		if (strcmp(a->key[k], b->key[k]) != 0)
			return false;
	return true;
}

static enum irm_code check_keys(const struct irm_ledger *ledger, struct irm_err *err)
{
	const struct irm_ledger_entry **sorted = malloc((ledger->n + 1) * sizeof *sorted);
	enum irm_code code = sorted ? IRM_OK : irm_err_memory(err);
	for (size_t i = 0; !code && i < ledger->n; i++)
		sorted[i] = &ledger->entries[i];
	if (!code)
		qsort(sorted, ledger->n, sizeof *sorted, by_key);
	for (size_t i = 1; !code && i < ledger->n; i++)
		if (same_key(sorted[i - 1], sorted[i]))
			code = irm_err_at(err, irm_table_file(ledger->table), sorted[i]->line, 0,
			                  "the figure stands twice: line %ld explains it too",
			                  sorted[i - 1]->line);
	free(sorted);
	return code;
}

enum irm_code irm_ledger_read(struct irm_ledger *out, const char *path, struct irm_err *err)
{
	*out = (struct irm_ledger){ .table = NULL };
	if (irm_table_read(&out->table, path, err) || check_columns(out->table, err))
		return err->code;
	for (size_t i = 0; i + 1 < N_COLUMNS; i++) {
		size_t column;
		if (irm_table_need(&column, out->table, columns[i], err))
			return err->code;
	}
	size_t n = irm_table_rows(out->table);
	out->entries = calloc(n + 1, sizeof *out->entries);
	if (!out->entries)
		return irm_err_memory(err);
	for (; out->n < n; out->n++)
		if (read_entry(&out->entries[out->n], out->table, out->n, err))
			return err->code;
	return check_keys(out, err);
}

void irm_ledger_release(struct irm_ledger *ledger)
{
	free(ledger->entries);
	irm_table_free(ledger->table);
	*ledger = (struct irm_ledger){ .table = NULL };
}
