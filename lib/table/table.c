#include "table/table.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/nearest.h"
#include "base/number.h"
#include "table/reader.h"

struct irm_table {
	struct irm_arena arena;
	const char *file;
	const char **names; /* [columns] */
	size_t columns;
	const char **cells; /* [rows * columns] */
	long *lines;        /* [rows] */
	size_t rows, size;
};

static const char **keep_fields(struct irm_table *t, const struct irm_record *record,
                                const char **into)
{
	for (size_t i = 0; i < record->n; i++) {
		const char *text = record->fields[i];
		into[i] = *text ? irm_arena_text(&t->arena, text, strlen(text)) : "";
		if (!into[i])
			return NULL;
	}
	return into;
}

static enum irm_code check_names(const struct irm_table *t, struct irm_err *err)
{
	for (size_t i = 0; i < t->columns; i++) {
		if (!t->names[i][0])
			return irm_err_at(err, t->file, 1, (long)i + 1,
			                  "expected the name of a column, found nothing");
		for (size_t j = 0; j < i; j++)
			if (strcmp(t->names[i], t->names[j]) == 0)
				return irm_err_at(err, t->file, 1, (long)i + 1,
				                  "the column '%s' stands twice", t->names[i]);
	}
	return IRM_OK;
}

static enum irm_code read_header(struct irm_table *t, struct irm_reader *reader,
                                 struct irm_err *err)
{
	const struct irm_record *record;
	if (irm_reader_next(reader, &record, err))
		return err->code;
	t->file =
	        irm_arena_text(&t->arena, irm_reader_file(reader), strlen(irm_reader_file(reader)));
	if (!t->file)
		return irm_err_memory(err);
	if (!record || record->n == 0)
		return irm_err_at(err, t->file, 1, 0, "expected a header row, found %s",
		                  record ? "an empty line" : "an empty input");
	t->columns = record->n;
	t->names = irm_arena_alloc(&t->arena, record->n * sizeof *t->names);
	if (!t->names || !keep_fields(t, record, t->names))
		return irm_err_memory(err);
	return check_names(t, err);
}

static bool grow(struct irm_table *t)
{
	if (t->rows < t->size)
		return true;
	size_t size = t->size ? t->size * 2 : 64;
	/* NOLINTNEXTLINE(clang-analyzer-optin.portability.UnixAPI): a header has a column */
	const char **cells = realloc(t->cells, size * t->columns * sizeof *cells);
	if (cells)
		t->cells = cells;
	long *lines = realloc(t->lines, size * sizeof *lines);
	if (lines)
		t->lines = lines;
	if (!cells || !lines)
		return false;
	t->size = size;
	return true;
}

static enum irm_code read_rows(struct irm_table *t, struct irm_reader *reader, struct irm_err *err)
{
	const struct irm_record *record;
	for (;;) {
		if (irm_reader_next(reader, &record, err))
			return err->code;
		if (!record)
			return IRM_OK;
		/* In a table of one column an empty line is an empty cell. */
		bool empty_cell = record->n == 0 && t->columns == 1;
		if (record->n != t->columns && !empty_cell)
			return irm_err_at(err, t->file, record->line, 0,
			                  "expected %zu fields as in the header, found %zu",
			                  t->columns, record->n);
		if (!grow(t) || !keep_fields(t, record, t->cells + t->rows * t->columns))
			return irm_err_memory(err);
		if (empty_cell)
			t->cells[t->rows] = "";
		t->lines[t->rows++] = record->line;
	}
}

enum irm_code irm_table_read(struct irm_table **out, const char *path, struct irm_err *err)
{
	struct irm_reader *reader = NULL;
	struct irm_table *t = calloc(1, sizeof *t);
	if (!t)
		return irm_err_memory(err);
	if (irm_reader_open(&reader, path, err) || read_header(t, reader, err) ||
	    read_rows(t, reader, err)) {
		irm_table_free(t);
		t = NULL;
	} else {
		*out = t;
	}
	irm_reader_free(reader);
	return t ? IRM_OK : err->code;
}

enum irm_code irm_table_select(struct irm_table **out, const struct irm_table *from,
                               const size_t rows[], size_t n, struct irm_err *err)
{
	struct irm_table *t = calloc(1, sizeof *t);
	if (!t)
		return irm_err_memory(err);
	t->file = from->file;
	t->names = from->names;
	t->columns = from->columns;
	for (; t->rows < n; t->rows++) {
		if (!grow(t)) {
			irm_table_free(t);
			return irm_err_memory(err);
		}
		memcpy(t->cells + t->rows * t->columns, from->cells + rows[t->rows] * t->columns,
		       t->columns * sizeof *t->cells);
		t->lines[t->rows] = from->lines[rows[t->rows]];
	}
	*out = t;
	return IRM_OK;
}

void irm_table_free(struct irm_table *t)
{
	if (!t)
		return;
	irm_arena_release(&t->arena);
	free(t->cells);
	free(t->lines);
	free(t);
}

const char *irm_table_file(const struct irm_table *t)
{
	return t->file;
}

size_t irm_table_rows(const struct irm_table *t)
{
	return t->rows;
}

size_t irm_table_columns(const struct irm_table *t)
{
	return t->columns;
}

const char *irm_table_name(const struct irm_table *t, size_t column)
{
	return t->names[column];
}

int irm_table_find(const struct irm_table *t, const char *name)
{
	for (size_t i = 0; i < t->columns; i++)
		if (strcmp(t->names[i], name) == 0)
			return (int)i;
	return -1;
}

enum irm_code irm_table_need(size_t *column, const struct irm_table *t, const char *name,
                             struct irm_err *err)
{
	int found = irm_table_find(t, name);
	if (found >= 0) {
		*column = (size_t)found;
		return IRM_OK;
	}
	irm_err_at(err, t->file, 1, 0, "expected a column '%s', found none of that name", name);
	irm_err_hint_nearest(err, name, t->names, t->columns);
	return err->code;
}

enum irm_code irm_table_named(size_t *column, const struct irm_table *t, const char *option,
                              const char *name, struct irm_err *err)
{
	int found = irm_table_find(t, name);
	if (found >= 0) {
		*column = (size_t)found;
		return IRM_OK;
	}
	irm_err_set(err, IRM_USAGE, "%s: there is no column '%.60s'", option, name);
	irm_err_hint_nearest(err, name, t->names, t->columns);
	return err->code;
}

const char *irm_table_text(const struct irm_table *t, size_t row, size_t column)
{
	return t->cells[row * t->columns + column];
}

long irm_table_line(const struct irm_table *t, size_t row)
{
	return t->lines[row];
}

enum irm_code irm_table_number(double *out, const struct irm_table *t, size_t row, size_t column,
                               struct irm_err *err)
{
	const char *text = irm_table_text(t, row, column);
	*out = (double)NAN;
	if (!*text || irm_number_parse(out, text, err) == IRM_OK)
		return IRM_OK;
	return irm_err_place(err, t->file, t->lines[row], (long)column + 1);
}

enum irm_code irm_table_integer(int64_t *out, const struct irm_table *t, size_t row, size_t column,
                                int64_t empty, struct irm_err *err)
{
	const char *text = irm_table_text(t, row, column);
	*out = empty;
	if (!*text || irm_integer_parse(out, text, err) == IRM_OK)
		return IRM_OK;
	return irm_err_place(err, t->file, t->lines[row], (long)column + 1);
}
