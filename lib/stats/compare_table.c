#include "stats/compare_table.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "stats/compare.h"
#include "table/group.h"

struct irm_pairs {
	const struct irm_table *table;
	struct irm_groups *groups; /* NULL: rows as they follow each other */
	bool *is_key;              /* [columns] */
	size_t (*row)[2];          /* [n] */
	size_t n;
};

static const char *const results[] = { "difference", "difference_lo", "difference_hi",
	                               "ratio",      "ratio_lo",      "ratio_hi" };
#define N_RESULTS (sizeof results / sizeof results[0])

/* Whether the result has a column of that name for something else. */
static bool is_taken(const struct irm_pairs *pairs, const char *key)
{
	for (size_t i = 0; i < N_RESULTS; i++)
		if (strcmp(key, results[i]) == 0)
			return true;
	for (size_t i = 0; i < irm_table_columns(pairs->table); i++) {
		const char *name = irm_table_name(pairs->table, i);
		size_t length = strlen(name);
		if (!pairs->is_key[i] && strncmp(key, name, length) == 0 &&
		    (strcmp(key + length, "_1") == 0 || strcmp(key + length, "_2") == 0))
			return true;
	}
	return false;
}

static enum irm_code check_keys(struct irm_pairs *pairs, struct irm_err *err)
{
	const struct irm_groups *groups = pairs->groups;
	for (size_t k = 0; k < groups->n_keys; k++) {
		const char *name = irm_groups_name(groups, k);
		if (strcmp(name, "x") == 0 || strcmp(name, "n") == 0)
			return irm_err_set(err, IRM_USAGE, "--by: '%s' is no key", name);
		pairs->is_key[groups->columns[k]] = true;
	}
	for (size_t k = 0; k < groups->n_keys; k++) {
		if (!is_taken(pairs, irm_groups_name(groups, k)))
			continue;
		irm_err_set(err, IRM_USAGE,
		            "--by: the key '%s' has the name of a column of the result",
		            irm_groups_name(groups, k));
		irm_err_hint(err, "give the column another name");
		return IRM_USAGE;
	}
	return IRM_OK;
}

static enum irm_code pair_neighbours(struct irm_pairs *pairs, struct irm_err *err)
{
	size_t rows = irm_table_rows(pairs->table);
	if (rows % 2 == 1)
		return irm_err_at(err, irm_table_file(pairs->table),
		                  irm_table_line(pairs->table, rows - 1), 0,
		                  "expected another row to compare this one with, found the end");
	for (size_t row = 0; row < rows; row += 2) {
		pairs->row[pairs->n][0] = row;
		pairs->row[pairs->n++][1] = row + 1;
	}
	return IRM_OK;
}

static enum irm_code pair_keys(struct irm_pairs *pairs, struct irm_err *err)
{
	const struct irm_table *table = pairs->table;
	enum irm_code code = IRM_OK;
	pairs->n = pairs->groups->n;
	size_t *used = calloc(pairs->n + 1, sizeof *used);
	if (!used)
		return irm_err_memory(err);
	for (size_t row = 0; !code && row < irm_table_rows(table); row++) {
		size_t group = pairs->groups->of_row[row];
		if (used[group] == 2)
			code = irm_err_at(err, irm_table_file(table), irm_table_line(table, row), 0,
			                  "expected two rows of each key, found a third");
		else
			pairs->row[group][used[group]++] = row;
	}
	for (size_t i = 0; !code && i < pairs->n; i++)
		if (used[i] == 1)
			code = irm_err_at(err, irm_table_file(table),
			                  irm_table_line(table, pairs->row[i][0]), 0,
			                  "expected two rows of each key, found one");
	free(used);
	return code;
}

enum irm_code irm_pairs_new(struct irm_pairs **out, const struct irm_table *table, const char *by,
                            struct irm_err *err)
{
	enum irm_code code = IRM_OK;
	struct irm_pairs *pairs = calloc(1, sizeof *pairs);
	if (!pairs)
		return irm_err_memory(err);
	pairs->table = table;
	pairs->is_key = calloc(irm_table_columns(table), sizeof *pairs->is_key);
	pairs->row = calloc(irm_table_rows(table) + 1, sizeof *pairs->row);
	if (!pairs->is_key || !pairs->row)
		code = irm_err_memory(err);
	else if (!by)
		code = pair_neighbours(pairs, err);
	else if (irm_groups_new(&pairs->groups, table, by, err) || check_keys(pairs, err) ||
	         pair_keys(pairs, err))
		code = err->code;
	if (code)
		irm_pairs_free(pairs);
	else
		*out = pairs;
	return code;
}

void irm_pairs_free(struct irm_pairs *pairs)
{
	if (!pairs)
		return;
	irm_groups_free(pairs->groups);
	free(pairs->is_key);
	free(pairs->row);
	free(pairs);
}

/* A cell of a table that was checked: -1 where it is empty. */
static int64_t checked_cell(const struct irm_table *table, size_t row, size_t column)
{
	int64_t value = -1;
	struct irm_err ignored;
	return irm_table_integer(&value, table, row, column, -1, &ignored) ? -1 : value;
}

static void write_header(const struct irm_pairs *pairs, bool limits, struct irm_writer *writer)
{
	for (size_t k = 0; pairs->groups && k < pairs->groups->n_keys; k++)
		irm_writer_column(writer, irm_groups_name(pairs->groups, k));
	for (int number = 1; number <= 2; number++) {
		for (size_t i = 0; i < irm_table_columns(pairs->table); i++) {
			if (pairs->is_key[i])
				continue;
			irm_writer_numbered(writer, irm_table_name(pairs->table, i), number);
		}
	}
	irm_writer_columns(writer, limits ? "difference,difference_lo,difference_hi,"
	                                    "ratio,ratio_lo,ratio_hi"
	                                  : "difference,ratio");
}

static void write_row(const struct irm_pairs *pairs, size_t row, size_t at_x, size_t at_n,
                      struct irm_writer *writer)
{
	for (size_t i = 0; i < irm_table_columns(pairs->table); i++) {
		int64_t count = i == at_x || i == at_n ? checked_cell(pairs->table, row, i) : -1;
		if (pairs->is_key[i])
			continue;
		if (count >= 0)
			irm_writer_count(writer, count);
		else
			irm_writer_text(writer, irm_table_text(pairs->table, row, i));
	}
}

static void write_figures(const int64_t x[2], const int64_t n[2], bool limits, double level,
                          struct irm_writer *writer)
{
	struct irm_interval difference = irm_difference_limits(x[0], n[0], x[1], n[1], level);
	struct irm_interval ratio = irm_ratio_limits(x[0], n[0], x[1], n[1], level);
	irm_writer_number(writer, irm_difference(x[0], n[0], x[1], n[1]));
	if (limits) {
		irm_writer_number(writer, difference.lo);
		irm_writer_number(writer, difference.hi);
	}
	irm_writer_number(writer, irm_ratio(x[0], n[0], x[1], n[1]));
	if (limits) {
		irm_writer_number(writer, ratio.lo);
		irm_writer_number(writer, ratio.hi);
	}
}

void irm_pairs_write(const struct irm_pairs *pairs, bool limits, double level,
                     struct irm_writer *writer)
{
	const struct irm_table *table = pairs->table;
	size_t at_x = (size_t)irm_table_find(table, "x"), at_n = (size_t)irm_table_find(table, "n");
	write_header(pairs, limits, writer);
	for (size_t i = 0; i < pairs->n; i++) {
		int64_t x[2], n[2];
		for (size_t k = 0; pairs->groups && k < pairs->groups->n_keys; k++)
			irm_writer_text(writer, irm_groups_key(pairs->groups, i, k));
		for (size_t j = 0; j < 2; j++) {
			x[j] = checked_cell(table, pairs->row[i][j], at_x);
			n[j] = checked_cell(table, pairs->row[i][j], at_n);
			write_row(pairs, pairs->row[i][j], at_x, at_n, writer);
		}
		write_figures(x, n, limits, level, writer);
		irm_writer_row(writer);
	}
}
