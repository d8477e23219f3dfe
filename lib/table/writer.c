#include "table/writer.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/nearest.h"
#include "base/number.h"
#include "base/text.h"

enum kind { EMPTY, TEXT, NUMBER };

struct cell {
	enum kind kind;
	const char *text;
};

/* The rows of an aligned table are kept to the end, for its widths; the others go out at once. */
struct irm_writer {
	FILE *stream;
	enum irm_format format;
	size_t width;
	struct irm_arena arena; /* names, and all cells of an aligned table */
	struct irm_arena row_arena;
	const char **names;
	size_t columns, names_size;
	struct cell *cells; /* the row that is being written, or all rows of an aligned table */
	size_t n, size;
	size_t rows;
	struct irm_err err;
};

static const char *const format_names[] = { "csv", "tsv", "json", "jsonl", "md", "table" };

enum irm_code irm_format_parse(enum irm_format *out, const char *name, struct irm_err *err)
{
	size_t n = sizeof format_names / sizeof *format_names;
	for (size_t i = 0; i < n; i++)
		if (strcmp(format_names[i], name) == 0) {
			*out = (enum irm_format)i;
			return IRM_OK;
		}
	irm_err_set(err, IRM_USAGE, "there is no format '%.60s'", name);
	irm_err_hint_nearest(err, name, format_names, n);
	return err->code;
}

enum irm_code irm_writer_new(struct irm_writer **out, FILE *stream, enum irm_format format,
                             size_t width, struct irm_err *err)
{
	struct irm_writer *w = calloc(1, sizeof *w);
	if (!w)
		return irm_err_memory(err);
	w->stream = stream;
	w->format = format;
	w->width = width;
	*out = w;
	return IRM_OK;
}

void irm_writer_free(struct irm_writer *w)
{
	if (!w)
		return;
	irm_arena_release(&w->arena);
	irm_arena_release(&w->row_arena);
	free(w->names);
	free(w->cells);
	free(w);
}

static void *larger(void *array, size_t *size, size_t item)
{
	size_t grown = *size ? *size * 2 : 32;
	void *moved = realloc(array, grown * item);
	if (moved)
		*size = grown;
	return moved;
}

static void add_column(struct irm_writer *w, const char *name, size_t length)
{
	if (w->columns == w->names_size) {
		const char **names = larger(w->names, &w->names_size, sizeof *names);
		if (!names) {
			irm_err_memory(&w->err);
			return;
		}
		w->names = names;
	}
	w->names[w->columns] = irm_arena_text(&w->arena, name, length);
	if (w->names[w->columns])
		w->columns++;
	else
		irm_err_memory(&w->err);
}

void irm_writer_column(struct irm_writer *w, const char *name)
{
	if (!w->err.code)
		add_column(w, name, strlen(name));
}

void irm_writer_numbered(struct irm_writer *w, const char *name, int number)
{
	size_t size = strlen(name) + 13;
	char *text = malloc(size);
	if (!text) {
		irm_err_memory(&w->err);
		return;
	}
	snprintf(text, size, "%s_%d", name, number);
	irm_writer_column(w, text);
	free(text);
}

void irm_writer_columns(struct irm_writer *w, const char *names)
{
	while (*names && !w->err.code) {
		size_t length = strcspn(names, ",");
		add_column(w, names, length);
		names += length + (names[length] == ',');
	}
}

static void add_cell(struct irm_writer *w, enum kind kind, const char *text)
{
	if (w->err.code)
		return;
	if (w->n == w->size) {
		struct cell *cells = larger(w->cells, &w->size, sizeof *cells);
		if (!cells) {
			irm_err_memory(&w->err);
			return;
		}
		w->cells = cells;
	}
	struct irm_arena *arena = w->format == IRM_ALIGNED ? &w->arena : &w->row_arena;
	const char *copy = irm_arena_text(arena, text, strlen(text));
	if (copy)
		w->cells[w->n++] = (struct cell){ *text ? kind : EMPTY, copy };
	else
		irm_err_memory(&w->err);
}

void irm_writer_text(struct irm_writer *w, const char *text)
{
	add_cell(w, TEXT, text ? text : "");
}

void irm_writer_count(struct irm_writer *w, int64_t count)
{
	char text[IRM_NUMBER_SIZE];
	snprintf(text, sizeof text, "%lld", (long long)count);
	add_cell(w, NUMBER, text);
}

void irm_writer_number(struct irm_writer *w, double number)
{
	char text[IRM_NUMBER_SIZE];
	irm_number_format(text, number);
	/* JSON has no infinity, and a figure that is none is told as text everywhere. */
	add_cell(w, strchr(text, 'i') ? TEXT : NUMBER, text);
}

void irm_writer_day(struct irm_writer *w, int32_t day)
{
	char text[IRM_DAY_SIZE];
	irm_day_format(text, day);
	add_cell(w, TEXT, text);
}

void irm_writer_empty(struct irm_writer *w)
{
	add_cell(w, EMPTY, "");
}

static void put_csv(FILE *out, const char *text)
{
	if (!strpbrk(text, ",\"\r\n")) {
		fputs(text, out);
		return;
	}
	putc('"', out);
	for (const char *p = text; *p; p++) {
		if (*p == '"')
			putc('"', out);
		putc(*p, out);
	}
	putc('"', out);
}

/* As PostgreSQL's COPY and others write it: a tab is \t, a line feed \n, a backslash is doubled. */
static void put_tsv(FILE *out, const char *text)
{
	for (const char *p = text; *p; p++) {
		if (*p == '\t')
			fputs("\\t", out);
		else if (*p == '\n')
			fputs("\\n", out);
		else if (*p == '\r')
			fputs("\\r", out);
		else if (*p == '\\')
			fputs("\\\\", out);
		else
			putc(*p, out);
	}
}

static void put_md(FILE *out, const char *text)
{
	for (const char *p = text; *p; p++) {
		if (*p == '\n' || *p == '\r')
			putc(' ', out);
		else if (*p == '<' || *p == '&')
			fputs(*p == '<' ? "&lt;" : "&amp;", out);
		else if (strchr("|\\`*_[]", *p))
			fprintf(out, "\\%c", *p);
		else
			putc(*p, out);
	}
}

static void put_json(FILE *out, struct cell cell)
{
	if (cell.kind == NUMBER) {
		fputs(cell.text, out);
		return;
	}
	if (cell.kind == EMPTY) {
		fputs("null", out);
		return;
	}
	putc('"', out);
	for (const char *p = cell.text; *p; p++) {
		if (*p == '"' || *p == '\\')
			fprintf(out, "\\%c", *p);
		else if ((unsigned char)*p < 0x20)
			fprintf(out, "\\u%04x", (unsigned)*p);
		else
			putc(*p, out);
	}
	putc('"', out);
}

static void put_delimited(struct irm_writer *w, char between, void (*put)(FILE *, const char *))
{
	for (size_t i = 0; i < w->columns; i++) {
		if (i)
			putc(between, w->stream);
		put(w->stream, w->cells[i].text);
	}
	putc('\n', w->stream);
}

static void put_object(struct irm_writer *w)
{
	putc('{', w->stream);
	for (size_t i = 0; i < w->columns; i++) {
		if (i)
			putc(',', w->stream);
		put_json(w->stream, (struct cell){ TEXT, w->names[i] });
		putc(':', w->stream);
		put_json(w->stream, w->cells[i]);
	}
	putc('}', w->stream);
}

static void put_md_row(struct irm_writer *w)
{
	for (size_t i = 0; i < w->columns; i++) {
		fputs(i ? " | " : "| ", w->stream);
		put_md(w->stream, w->cells[i].text);
	}
	fputs(" |\n", w->stream);
}

static void put_header(struct irm_writer *w)
{
	for (size_t i = 0; i < w->columns && w->format != IRM_ALIGNED; i++) {
		if (w->format == IRM_CSV || w->format == IRM_TSV) {
			if (i)
				putc(w->format == IRM_CSV ? ',' : '\t', w->stream);
			(w->format == IRM_CSV ? put_csv : put_tsv)(w->stream, w->names[i]);
		} else if (w->format == IRM_MD) {
			fputs(i ? " | " : "| ", w->stream);
			put_md(w->stream, w->names[i]);
		}
	}
	if (w->format == IRM_CSV || w->format == IRM_TSV)
		putc('\n', w->stream);
	else if (w->format == IRM_JSON)
		fputs("[", w->stream);
	else if (w->format == IRM_MD) {
		fputs(" |\n|", w->stream);
		for (size_t i = 0; i < w->columns; i++)
			fputs(" --- |", w->stream);
		putc('\n', w->stream);
	}
}

void irm_writer_row(struct irm_writer *w)
{
	if (w->err.code)
		return;
	size_t cells = w->format == IRM_ALIGNED ? w->n - w->rows * w->columns : w->n;
	if (cells != w->columns) {
		irm_err_set(&w->err, IRM_SYSTEM, "a row of %zu cells under %zu columns", cells,
		            w->columns);
		return;
	}
	if (w->rows++ == 0)
		put_header(w);
	if (w->format == IRM_CSV)
		put_delimited(w, ',', put_csv);
	else if (w->format == IRM_TSV)
		put_delimited(w, '\t', put_tsv);
	else if (w->format == IRM_MD)
		put_md_row(w);
	else if (w->format != IRM_ALIGNED) {
		if (w->format == IRM_JSON)
			fputs(w->rows > 1 ? ",\n " : "\n ", w->stream);
		put_object(w);
		if (w->format == IRM_JSONL)
			putc('\n', w->stream);
	}
	if (w->format != IRM_ALIGNED) {
		w->n = 0;
		irm_arena_clear(&w->row_arena);
	}
}

static void pad(FILE *out, size_t n)
{
	while (n--)
		putc(' ', out);
}

/* The width of each column; their sum with two spaces between. */
static size_t measure(const struct irm_writer *w, size_t *widths)
{
	size_t sum = 0;
	for (size_t c = 0; c < w->columns; c++) {
		widths[c] = irm_text_width(w->names[c]);
		for (size_t r = 0; r < w->rows; r++) {
			size_t width = irm_text_width(w->cells[r * w->columns + c].text);
			widths[c] = width > widths[c] ? width : widths[c];
		}
		sum += widths[c] + (c ? 2 : 0);
	}
	return sum;
}

/* A column of numbers, right-aligned with its name. */
static bool is_numeric(const struct irm_writer *w, size_t column)
{
	bool any = false;
	for (size_t r = 0; r < w->rows; r++) {
		enum kind kind = w->cells[r * w->columns + column].kind;
		if (kind == TEXT)
			return false;
		any = any || kind == NUMBER;
	}
	return any;
}

static void put_aligned_row(const struct irm_writer *w, const size_t *widths, const bool *right,
                            const struct cell *row)
{
	size_t owed = 0; /* spaces, which no line ends in */
	for (size_t c = 0; c < w->columns; c++) {
		const char *text = row ? row[c].text : w->names[c];
		size_t width = irm_text_width(text);
		size_t room = widths[c] > width ? widths[c] - width : 0;
		owed += (c ? 2 : 0) + (right[c] ? room : 0);
		if (*text) {
			pad(w->stream, owed);
			irm_text_show(w->stream, text);
			owed = 0;
		}
		owed += right[c] ? 0 : room;
	}
	putc('\n', w->stream);
}

/* A row as a block of lines, for a terminal that is narrower than the table. */
static void put_block(const struct irm_writer *w, const struct cell *row)
{
	size_t widest = 0;
	for (size_t c = 0; c < w->columns; c++) {
		size_t width = irm_text_width(w->names[c]);
		widest = width > widest ? width : widest;
	}
	for (size_t c = 0; c < w->columns; c++) {
		if (row[c].kind == EMPTY)
			continue;
		irm_text_show(w->stream, w->names[c]);
		pad(w->stream, widest - irm_text_width(w->names[c]) + 2);
		irm_text_show(w->stream, row[c].text);
		putc('\n', w->stream);
	}
}

static void put_aligned(struct irm_writer *w)
{
	size_t *widths = calloc(w->columns + 1, sizeof *widths);
	bool *right = calloc(w->columns + 1, sizeof *right);
	if (!widths || !right) {
		irm_err_memory(&w->err);
	} else if (measure(w, widths) > w->width && w->width && w->rows) {
		for (size_t r = 0; r < w->rows; r++) {
			if (r)
				putc('\n', w->stream);
			put_block(w, w->cells + r * w->columns);
		}
	} else {
		for (size_t c = 0; c < w->columns; c++)
			right[c] = is_numeric(w, c);
		put_aligned_row(w, widths, right, NULL);
		for (size_t r = 0; r < w->rows; r++)
			put_aligned_row(w, widths, right, w->cells + r * w->columns);
	}
	free(widths);
	free(right);
}

enum irm_code irm_writer_finish(struct irm_writer *w, struct irm_err *err)
{
	if (!w->err.code) {
		if (w->rows == 0)
			put_header(w);
		if (w->format == IRM_ALIGNED)
			put_aligned(w);
		else if (w->format == IRM_JSON)
			fputs(w->rows ? "\n]\n" : "]\n", w->stream);
	}
	if (w->err.code)
		*err = w->err;
	return w->err.code;
}
