#include "table/group.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/intern.h"
#include "base/number.h"

/* A group while it is sorted; qsort() has no room for a context. */
struct entry {
	const struct irm_groups *groups;
	const bool *numeric; /* [n_keys] */
	size_t first;
	size_t number; /* before sorting */
};

const char *irm_groups_key(const struct irm_groups *g, size_t group, size_t k)
{
	return irm_table_text(g->table, g->first[group], g->columns[k]);
}

const char *irm_groups_name(const struct irm_groups *g, size_t k)
{
	return irm_table_name(g->table, g->columns[k]);
}

/* Adds the column of one name of `by`. */
static enum irm_code add_column(struct irm_groups *g, const char *name, size_t length,
                                struct irm_err *err)
{
	char text[256];
	if (length >= sizeof text)
		length = sizeof text - 1;
	memcpy(text, name, length);
	text[length] = '\0';
	size_t column;
	if (irm_table_named(&column, g->table, "--by", text, err))
		return err->code;
	for (size_t i = 0; i < g->n_keys; i++)
		if (g->columns[i] == column)
			return irm_err_set(err, IRM_USAGE, "--by: the column '%.60s' stands twice",
			                   text);
	g->columns[g->n_keys++] = column;
	return IRM_OK;
}

static enum irm_code find_columns(struct irm_groups *g, const char *by, struct irm_err *err)
{
	size_t most = 1;
	for (const char *s = by; s && *s; s++)
		most += *s == ',';
	g->columns = calloc(most, sizeof *g->columns);
	if (!g->columns)
		return irm_err_memory(err);
	while (by && *by) {
		size_t length = strcspn(by, ",");
		if (add_column(g, by, length, err))
			return err->code;
		if (by[length] == ',' && !by[length + 1])
			return irm_err_set(err, IRM_USAGE, "--by: a column is missing at the end");
		by += length + (by[length] == ',');
	}
	return IRM_OK;
}

/* All keys of a row as one text: each with its length before it, so that no two rows of different
 * keys share one. NULL where there is no memory. */
static char *join_keys(const struct irm_groups *g, size_t row, char *buffer, size_t *size)
{
	size_t used = 0;
	for (size_t k = 0; k < g->n_keys; k++) {
		const char *key = irm_table_text(g->table, row, g->columns[k]);
		size_t length = strlen(key), need = used + length + 24;
		if (need > *size) {
			char *more = realloc(buffer, need * 2);
			if (!more) {
				free(buffer);
				return NULL;
			}
			buffer = more;
			*size = need * 2;
		}
		used += (size_t)snprintf(buffer + used, 24, "%zu:", length);
		memcpy(buffer + used, key, length + 1);
		used += length;
	}
	return buffer;
}

/* Gives each row the number of its group, in the order of first appearance. */
static enum irm_code number_rows(struct irm_groups *g, struct irm_err *err)
{
	struct irm_intern seen = { 0 };
	size_t rows = irm_table_rows(g->table), size = 64;
	enum irm_code code = IRM_OK;
	char *buffer = calloc(1, size);
	for (size_t row = 0; buffer && row < rows; row++) {
		buffer = join_keys(g, row, buffer, &size);
		uint32_t id = buffer ? irm_intern_add(&seen, buffer) : IRM_NO_ID;
		if (id == IRM_NO_ID) {
			code = irm_err_memory(err);
			break;
		}
		if (id == g->n)
			g->first[g->n++] = row;
		g->of_row[row] = id;
	}
	if (!buffer)
		code = irm_err_memory(err);
	if (g->n == 0 && g->n_keys == 0)
		g->n = 1;
	free(buffer);
	irm_intern_release(&seen);
	return code;
}

/* Where a key stands apart from its value: 0 with the others, 1 to 3 after them. */
static int place_of(const char *key)
{
	if (!*key)
		return 1;
	if (strcmp(key, "unassigned") == 0)
		return 2;
	return strcmp(key, "all") == 0 ? 3 : 0;
}

/* The value of a key that is a whole number. */
static bool whole_number(int64_t *value, const char *key)
{
	struct irm_err ignored;
	return irm_integer_parse(value, key, &ignored) == IRM_OK;
}

static bool all_whole(const struct irm_groups *g, size_t k)
{
	int64_t ignored;
	for (size_t i = 0; i < g->n; i++) {
		const char *key = irm_groups_key(g, i, k);
		if (place_of(key) == 0 && !whole_number(&ignored, key))
			return false;
	}
	return true;
}

static int compare_keys(const char *a, const char *b, bool numeric)
{
	int place = place_of(a), other = place_of(b);
	if (place != other || place > 0)
		return place - other;
	int64_t x = 0, y = 0;
	if (numeric && whole_number(&x, a) && whole_number(&y, b) && x != y)
		return x < y ? -1 : 1;
	return strcmp(a, b);
}

static int compare_entries(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;
	const struct irm_groups *g = x->groups;
	for (size_t k = 0; k < g->n_keys; k++) {
		int order = compare_keys(irm_table_text(g->table, x->first, g->columns[k]),
		                         irm_table_text(g->table, y->first, g->columns[k]),
		                         x->numeric[k]);
		if (order)
			return order;
	}
	return 0;
}

static enum irm_code sort_groups(struct irm_groups *g, struct irm_err *err)
{
	if (g->n < 2)
		return IRM_OK;
	enum irm_code code = IRM_OK;
	struct entry *entries = calloc(g->n, sizeof *entries);
	size_t *place = calloc(g->n, sizeof *place);
	bool *numeric = calloc(g->n_keys + 1, sizeof *numeric);
	if (!entries || !place || !numeric) {
		code = irm_err_memory(err);
		goto done;
	}
	for (size_t k = 0; k < g->n_keys; k++)
		numeric[k] = all_whole(g, k);
	for (size_t i = 0; i < g->n; i++)
		entries[i] = (struct entry){ g, numeric, g->first[i], i };
	qsort(entries, g->n, sizeof *entries, compare_entries);
	for (size_t i = 0; i < g->n; i++) {
		g->first[i] = entries[i].first;
		place[entries[i].number] = i;
	}
	for (size_t row = 0; row < irm_table_rows(g->table); row++)
		g->of_row[row] = place[g->of_row[row]];
done:
	free(entries);
	free(place);
	free(numeric);
	return code;
}

enum irm_code irm_groups_new(struct irm_groups **out, const struct irm_table *table, const char *by,
                             struct irm_err *err)
{
	size_t rows = irm_table_rows(table);
	struct irm_groups *g = calloc(1, sizeof *g);
	if (!g)
		return irm_err_memory(err);
	g->table = table;
	g->of_row = calloc(rows + 1, sizeof *g->of_row);
	g->first = calloc(rows + 1, sizeof *g->first);
	if (!g->of_row || !g->first) {
		irm_err_memory(err);
		goto fail;
	}
	if (find_columns(g, by, err) || number_rows(g, err) || sort_groups(g, err))
		goto fail;
	*out = g;
	return IRM_OK;
fail:
	irm_groups_free(g);
	return err->code;
}

void irm_groups_free(struct irm_groups *g)
{
	if (!g)
		return;
	free(g->columns);
	free(g->of_row);
	free(g->first);
	free(g);
}
