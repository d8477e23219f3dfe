#include "stats/proportion_table.h"

#include <stddef.h>

#define UNKNOWN (-1)

/* A cell from 0; UNKNOWN where it is empty. */
static enum irm_code read_cell(int64_t *out, const struct irm_table *table, size_t row,
                               size_t column, struct irm_err *err)
{
	if (irm_table_integer(out, table, row, column, UNKNOWN, err))
		return err->code;
	const char *text = irm_table_text(table, row, column);
	if (*text && *out < 0)
		return irm_err_at(err, irm_table_file(table), irm_table_line(table, row),
		                  (long)column + 1, "expected a number from 0, found '%.60s'",
		                  text);
	return IRM_OK;
}

static enum irm_code check_names(const struct irm_table *table, struct irm_err *err)
{
	static const char *const results[] = { "rate", "rate_lo", "rate_hi" };
	for (size_t i = 0; i < sizeof results / sizeof results[0]; i++) {
		int column = irm_table_find(table, results[i]);
		if (column >= 0)
			return irm_err_at(err, irm_table_file(table), 1, column + 1,
			                  "expected no column '%s', which the result has",
			                  results[i]);
	}
	return IRM_OK;
}

enum irm_code irm_proportion_check(const struct irm_table *table, struct irm_err *err)
{
	size_t at_x, at_n;
	if (irm_table_need(&at_x, table, "x", err) || irm_table_need(&at_n, table, "n", err) ||
	    check_names(table, err))
		return err->code;
	for (size_t row = 0; row < irm_table_rows(table); row++) {
		int64_t x, n;
		if (read_cell(&x, table, row, at_x, err) || read_cell(&n, table, row, at_n, err))
			return err->code;
		if (x > n && n != UNKNOWN)
			return irm_err_at(err, irm_table_file(table), irm_table_line(table, row),
			                  (long)at_x + 1, "expected at most n, %lld, found '%lld'",
			                  (long long)n, (long long)x);
	}
	return IRM_OK;
}

/* A cell of a table that was checked. */
static int64_t checked_cell(const struct irm_table *table, size_t row, size_t column)
{
	int64_t value = UNKNOWN;
	struct irm_err ignored;
	return read_cell(&value, table, row, column, &ignored) ? UNKNOWN : value;
}

static void write_rate(struct irm_writer *writer, int64_t x, int64_t n, enum irm_ci method,
                       double level)
{
	if (x == UNKNOWN || n == UNKNOWN)
		x = n = 0;
	irm_writer_number(writer, irm_proportion(x, n));
	if (method == IRM_CI_NONE)
		return;
	struct irm_interval limits = irm_proportion_limits(method, x, n, level);
	irm_writer_number(writer, limits.lo);
	irm_writer_number(writer, limits.hi);
}

void irm_proportion_write(const struct irm_table *table, enum irm_ci method, double level,
                          struct irm_writer *writer)
{
	size_t columns = irm_table_columns(table);
	size_t at_x = (size_t)irm_table_find(table, "x"), at_n = (size_t)irm_table_find(table, "n");
	for (size_t i = 0; i < columns; i++)
		irm_writer_column(writer, irm_table_name(table, i));
	irm_writer_columns(writer, method == IRM_CI_NONE ? "rate" : "rate,rate_lo,rate_hi");
	for (size_t row = 0; row < irm_table_rows(table); row++) {
		int64_t x = checked_cell(table, row, at_x), n = checked_cell(table, row, at_n);
		for (size_t i = 0; i < columns; i++) {
			if ((i == at_x && x != UNKNOWN) || (i == at_n && n != UNKNOWN))
				irm_writer_count(writer, i == at_x ? x : n);
			else
				irm_writer_text(writer, irm_table_text(table, row, i));
		}
		write_rate(writer, x, n, method, level);
		irm_writer_row(writer);
	}
}
