/* The header row of a file against its table's columns. */
#include <string.h>

#include "base/nearest.h"
#include "store/loader.h"

static void fault(struct irm_file_load *load, struct irm_err *err)
{
	irm_faults_add(load->loader->faults, err);
}

static void hint_column(struct irm_err *err, const struct irm_schema *schema, const char *name)
{
	const char *names[32];
	for (size_t i = 0; i < schema->n; i++)
		names[i] = schema->columns[i].name;
	irm_err_hint_nearest(err, name, names, schema->n);
}

/* A whole header in one field tells that something else stands between the columns. */
static bool is_otherwise_delimited(struct irm_file_load *load, const struct irm_record *record)
{
	static const struct {
		char sign;
		const char *name;
	} signs[] = { { ';', "semicolons" }, { '\t', "tabs" }, { '|', "bars" } };
	for (size_t i = 0; i < sizeof signs / sizeof *signs && record->n == 1; i++) {
		if (!strchr(record->fields[0], signs[i].sign))
			continue;
		struct irm_err err;
		irm_err_at(&err, load->file, record->line, 1,
		           "expected commas between the columns, found %s", signs[i].name);
		irm_err_hint(&err, "say --delimiter='%s'",
		             signs[i].sign == '\t' ? "tab" : (char[]){ signs[i].sign, '\0' });
		fault(load, &err);
		return true;
	}
	return false;
}

/* What a spreadsheet leaves where a name is missing. */
static void hint_nothing(struct irm_err *err, const struct irm_record *record, size_t at)
{
	size_t named = 0;
	bool is_last = true;
	for (size_t i = 0; i < record->n; i++) {
		named += record->fields[i][0] != '\0';
		is_last = is_last && (i < at || !record->fields[i][0]);
	}
	if (named == 1 && record->fields[0][0])
		irm_err_hint(err, "is the first row a title? delete it: the first row names the "
		                  "columns");
	else if (is_last)
		irm_err_hint(err, "delete the empty columns to the right of the table");
	else
		irm_err_hint(err, "merged cells keep their text in the first one only: name each "
		                  "column");
}

static void place_column(struct irm_file_load *load, const struct irm_record *record, size_t i)
{
	struct irm_err err;
	const char *name = record->fields[i];
	int column = irm_schema_column(load->schema, name);
	if (!*name && i > 0 && !record->fields[i - 1][0])
		return; /* the first of several tells of them */
	if (!*name) {
		irm_err_at(&err, load->file, record->line, (long)i + 1,
		           "expected the name of a column, found nothing");
		hint_nothing(&err, record, i);
	} else if (column < 0) {
		if (load->loader->options->extra_columns)
			return;
		irm_err_set(&err, IRM_INPUT, "the table '%s' has no column '%.60s'",
		            load->schema->table, name);
		hint_column(&err, load->schema, name);
		irm_fault_hide(load->schema, &err);
		irm_err_place(&err, load->file, record->line, (long)i + 1);
	} else if (load->at[column] != SIZE_MAX) {
		irm_err_at(&err, load->file, record->line, (long)i + 1,
		           "the column '%s' stands twice", name);
	} else {
		load->at[column] = i;
		return;
	}
	fault(load, &err);
}

static void check_missing(struct irm_file_load *load, long line)
{
	for (size_t c = 0; c < load->schema->n; c++) {
		if (load->at[c] != SIZE_MAX)
			continue;
		struct irm_err err;
		irm_err_at(&err, load->file, line, 0, "the column '%s' is missing",
		           load->schema->columns[c].name);
		fault(load, &err);
	}
}

enum irm_code irm_header_read(struct irm_file_load *load, struct irm_reader *reader,
                              struct irm_err *err)
{
	const struct irm_record *record;
	size_t before = load->loader->faults->n;
	if (irm_reader_next(reader, &record, err)) {
		if (err->code == IRM_INPUT)
			fault(load, err);
		return err->code;
	}
	if (!record || record->n == 0) {
		irm_err_at(err, load->file, 1, 0, "expected a header row, found %s",
		           record ? "an empty line" : "an empty file");
		fault(load, err);
		return err->code;
	}
	load->columns = record->n;
	for (size_t c = 0; c < load->schema->n; c++)
		load->at[c] = SIZE_MAX;
	if (!is_otherwise_delimited(load, record)) {
		for (size_t i = 0; i < record->n; i++)
			place_column(load, record, i);
		check_missing(load, record->line);
	}
	if (load->loader->faults->n == before)
		return IRM_OK;
	*err = load->loader->faults->kept[0];
	return err->code;
}
