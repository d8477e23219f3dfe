/* One record into the values of one row: what each field must be, and what it refers to. */
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/nearest.h"
#include "base/number.h"
#include "store/loader.h"

void irm_fault_hide(const struct irm_schema *schema, struct irm_err *fault)
{
	if (strcmp(schema->table, "contacts") == 0 && strchr(fault->message, '\''))
		irm_err_set(fault, IRM_INPUT,
		            "not what the table expects here: what was found may name someone, "
		            "and is not shown");
}

void irm_row_fault(struct irm_file_load *load, struct irm_err *fault, long line, size_t column)
{
	irm_fault_hide(load->schema, fault);
	irm_err_place(fault, load->file, line,
	              column < load->schema->n ? (long)load->at[column] + 1 : 0);
	irm_faults_add(load->loader->faults, fault);
}

size_t irm_row_columns(const struct irm_schema *schema, const char *names[IRM_VALUES_MOST],
                       bool key[IRM_VALUES_MOST])
{
	size_t n = 0;
	if (schema->has_id) {
		key[n] = true;
		names[n++] = "id";
	}
	for (size_t c = 0; c < schema->n; c++) {
		key[n] = !schema->has_id && irm_column_is_key(&schema->columns[c]);
		names[n++] = schema->columns[c].name;
		for (int end = 0; schema->columns[c].type == IRM_COL_DATE && end < 2; end++) {
			key[n] = false;
			names[n++] = NULL; /* the name before with _first, then with _last */
		}
	}
	if (strcmp(schema->table, "reviews") == 0) {
		key[n] = false;
		names[n++] = "package";
	}
	return n;
}

static size_t table_index(const char *table)
{
	return (size_t)(irm_schema_find(table) - irm_schemas);
}

static struct irm_value whole_value(int64_t whole)
{
	return (struct irm_value){ .kind = VALUE_WHOLE, .whole = whole };
}

static struct irm_value text_value(const char *text)
{
	return (struct irm_value){ .kind = VALUE_TEXT, .text = text };
}

/* What a row is under: its mechanism, for its milestones, and its convention, for its articles. */
struct context {
	const struct irm_record *record;
	uint32_t mechanism;  /* index, IRM_NO_ID: unknown */
	uint32_t convention; /* index, IRM_NO_ID: unknown */
};

static const char *field_of(const struct irm_file_load *load, const struct irm_record *record,
                            const char *column)
{
	int c = irm_schema_column(load->schema, column);
	return c < 0 ? NULL : record->fields[load->at[c]];
}

static struct context context_of(struct irm_file_load *load, const struct irm_record *record)
{
	struct context in = { record, IRM_NO_ID, IRM_NO_ID };
	const struct irm_codes *codes = load->loader->codes;
	const char *convention = field_of(load, record, "convention");
	const char *mechanism = field_of(load, record, "mechanism");
	const char *review = field_of(load, record, "review");
	const struct irm_codes *mechanisms = &codes[table_index("mechanisms")];
	if (mechanism)
		in.mechanism = irm_codes_find(mechanisms, 0, mechanism);
	if (review) {
		const struct irm_codes *reviews = &codes[table_index("reviews")];
		uint32_t index = irm_codes_find(reviews, 0, review);
		if (index != IRM_NO_ID && reviews->code[index].defined)
			in.mechanism = codes[table_index("cycles")]
			                       .code[reviews->code[index].parent]
			                       .parent;
	}
	if (convention)
		in.convention = irm_intern_find(&load->loader->conventions, convention);
	else if (in.mechanism != IRM_NO_ID)
		in.convention = mechanisms->code[in.mechanism].parent;
	return in;
}

static enum irm_code unknown_code(const struct irm_codes *codes, uint32_t owner, const char *what,
                                  const char *text, struct irm_err *err)
{
	irm_err_set(err, IRM_INPUT, "there is no %s '%.100s'", what, text);
	const char *near = irm_codes_nearest(codes, owner, text);
	if (near)
		irm_err_hint(err, "did you mean '%s'?", near);
	return err->code;
}

/* "states" -> "state": how a message calls one row of a table. */
static const char *one_of(const char *table)
{
	const struct irm_schema *schema = irm_schema_find(table);
	for (size_t c = 0; c < schema->n; c++)
		if (schema->columns[c].type == IRM_COL_CODE)
			return schema->columns[c].name;
	return table;
}

static bool add_pending(struct irm_file_load *load, uint32_t index, long line, size_t column)
{
	size_t size = load->n_pending + 1;
	struct irm_pending *grown = load->pending;
	if ((size & (size - 1)) == 0) /* doubled at each power of two */
		grown = realloc(load->pending, size * 2 * sizeof *grown);
	if (!grown)
		return false;
	load->pending = grown;
	grown[load->n_pending++] = (struct irm_pending){ index, line, (long)load->at[column] + 1 };
	return true;
}

/* A reference to `table`. One to the row's own table may come before the row it names. */
static enum irm_code read_reference(struct irm_file_load *load, const char *table, uint32_t owner,
                                    size_t c, const struct irm_record *record,
                                    struct irm_value *out, struct irm_err *err)
{
	const char *text = record->fields[load->at[c]];
	size_t other = table_index(table);
	struct irm_codes *codes = &load->loader->codes[other];
	if (load->schema->columns[c].need == IRM_KEY_ALL && strcmp(text, "all") == 0) {
		*out = whole_value(0);
		return IRM_OK;
	}
	uint32_t index = irm_codes_find(codes, owner, text);
	bool known = index != IRM_NO_ID && codes->code[index].defined;
	if (!known && other == load->table) {
		index = irm_codes_add(codes, owner, text);
		if (index == IRM_NO_ID || !add_pending(load, index, record->line, c))
			return irm_err_memory(err);
	} else if (!known) {
		return unknown_code(codes, owner, one_of(table), text, err);
	}
	*out = whole_value(codes->code[index].id);
	return IRM_OK;
}

static enum irm_code read_article(struct irm_file_load *load, const struct context *in, size_t c,
                                  struct irm_value *out, struct irm_err *err)
{
	if (in->convention == IRM_NO_ID) {
		const char *text = in->record->fields[load->at[c]];
		if (load->schema->columns[c].need == IRM_KEY_ALL && strcmp(text, "all") == 0) {
			*out = whole_value(0);
			return IRM_OK;
		}
		return irm_err_set(err, IRM_INPUT,
		                   "the convention that article '%.60s' is of is unknown", text);
	}
	return read_reference(load, "articles", in->convention + 1, c, in->record, out, err);
}

/* Articles are checked under any convention: an activity is under none. */
static enum irm_code read_article_code(struct irm_file_load *load, size_t c, const char *text,
                                       struct irm_value *out, struct irm_err *err)
{
	const struct irm_codes *articles = &load->loader->codes[table_index("articles")];
	*out = text_value(text);
	if (load->schema->columns[c].need == IRM_KEY_ALL && strcmp(text, "all") == 0)
		return IRM_OK;
	for (uint32_t i = 0; i < load->loader->conventions.n; i++)
		if (irm_codes_find(articles, i + 1, text) != IRM_NO_ID)
			return IRM_OK;
	return unknown_code(articles, 1, "article", text, err);
}

static enum irm_code read_word(const struct irm_column *column, const char *text,
                               struct irm_value *out, struct irm_err *err)
{
	char copy[256];
	const char *words[16];
	size_t n = 0;
	memcpy(copy, column->refers, strlen(column->refers) + 1);
	char *rest = NULL;
	for (char *word = strtok_r(copy, "|", &rest); word; word = strtok_r(NULL, "|", &rest)) {
		if (strcmp(word, text) == 0) {
			*out = text_value(text);
			return IRM_OK;
		}
		words[n++] = word;
	}
	irm_err_set(err, IRM_INPUT, "found '%.60s' as %s", text, column->name);
	irm_err_hint_nearest(err, text, words, n);
	return err->code;
}

static enum irm_code read_whole(const char *text, struct irm_value *out, struct irm_err *err)
{
	*out = whole_value(0);
	if (irm_integer_parse(&out->whole, text, err))
		return err->code;
	if (out->whole < 0 || out->whole > INT32_MAX)
		return irm_err_set(err, IRM_INPUT,
		                   "expected a whole number from 0 to %d, found '%s'", INT32_MAX,
		                   text);
	return IRM_OK;
}

static struct irm_value end_value(int32_t day)
{
	if (day == IRM_DAY_PAST || day == IRM_DAY_FUTURE)
		return (struct irm_value){ .kind = VALUE_NULL };
	return whole_value(day);
}

static enum irm_code read_date(const char *text, struct irm_value out[3], struct irm_err *err)
{
	struct irm_date date;
	if (irm_date_parse(&date, text, err))
		return err->code;
	out[0] = text_value(text);
	out[1] = end_value(date.first);
	out[2] = end_value(date.last);
	return IRM_OK;
}

static enum irm_code read_day(const char *text, struct irm_value *out, struct irm_err *err)
{
	int32_t day;
	if (irm_day_parse(&day, text, err))
		return err->code;
	*out = whole_value(day);
	return IRM_OK;
}

/* Words that keys print for other things can be no code. */
static enum irm_code read_code(const struct irm_schema *schema, const char *text,
                               struct irm_value *out, struct irm_err *err)
{
	*out = text_value(text);
	bool is_region = strcmp(schema->table, "regions") == 0;
	if (strcmp(text, "all") == 0 || (is_region && strcmp(text, "unassigned") == 0))
		return irm_err_set(err, IRM_INPUT,
		                   "'%s' cannot be a code: it has a meaning of its own", text);
	return IRM_OK;
}

static enum irm_code read_field(struct irm_file_load *load, const struct context *in, size_t c,
                                struct irm_value *out, struct irm_err *err)
{
	const struct irm_column *column = &load->schema->columns[c];
	const char *text = in->record->fields[load->at[c]];
	switch (column->type) {
	case IRM_COL_CODE:
		return read_code(load->schema, text, out, err);
	case IRM_COL_TEXT:
		*out = text_value(text);
		return IRM_OK;
	case IRM_COL_WHOLE:
		return read_whole(text, out, err);
	case IRM_COL_REAL:
		out->kind = VALUE_REAL;
		return irm_number_parse(&out->real, text, err);
	case IRM_COL_DAY:
		return read_day(text, out, err);
	case IRM_COL_DATE:
		return read_date(text, out, err);
	case IRM_COL_WORD:
		return read_word(column, text, out, err);
	case IRM_COL_REF:
		return read_reference(load, column->refers, 0, c, in->record, out, err);
	case IRM_COL_MILESTONE:
		if (in->mechanism == IRM_NO_ID) /* its review or mechanism is a fault already */
			return IRM_OK;
		return read_reference(load, "milestones", in->mechanism + 1, c, in->record, out,
		                      err);
	case IRM_COL_ARTICLE:
		return read_article(load, in, c, out, err);
	case IRM_COL_ARTICLE_CODE:
		return read_article_code(load, c, text, out, err);
	}
	return IRM_OK;
}

static enum irm_code missing_value(const struct irm_column *column, struct irm_err *err)
{
	irm_err_set(err, IRM_INPUT, "the %s '%s' is empty",
	            irm_column_is_key(column) ? "key column" : "column", column->name);
	if (column->need == IRM_KEY_ALL)
		irm_err_hint(err, "'all' stands for no one in particular");
	else if (irm_column_is_key(column))
		irm_err_hint(err, "merged cells keep their value in the first one only");
	return err->code;
}

/* Whether the row's key stood in the file before. */
static enum irm_code check_key(struct irm_file_load *load, const struct irm_record *record,
                               bool *good, struct irm_err *err)
{
	char key[4096];
	size_t used = 0, first = SIZE_MAX;
	for (size_t c = 0; c < load->schema->n; c++) {
		if (!irm_column_is_key(&load->schema->columns[c]))
			continue;
		const char *text = record->fields[load->at[c]];
		size_t length = strlen(text);
		if (first == SIZE_MAX)
			first = c;
		if (used + length + 1 >= sizeof key) {
			irm_err_set(err, IRM_INPUT, "a key of over %zu bytes", sizeof key - 1);
			irm_row_fault(load, err, record->line, c);
			*good = false;
			return IRM_OK;
		}
		memcpy(key + used, text, length);
		used += length;
		key[used++] = '\x1f';
	}
	key[used ? used - 1 : 0] = '\0';
	size_t before = load->seen->n;
	if (irm_intern_add(load->seen, key) == IRM_NO_ID)
		return irm_err_memory(err);
	if (load->seen->n > before)
		return IRM_OK;
	for (char *p = key; *p; p++)
		*p = *p == '\x1f' ? ',' : *p;
	irm_err_set(err, IRM_INPUT, "the key '%.200s' stands twice in this file", key);
	irm_row_fault(load, err, record->line, first);
	*good = false;
	return IRM_OK;
}

/* The id of a row that has one, and what it belongs to; defines its code. */
static enum irm_code define_code(struct irm_file_load *load, const struct context *in,
                                 struct irm_value *id, struct irm_err *err)
{
	struct irm_codes *all = load->loader->codes;
	struct irm_codes *codes = &all[load->table];
	const char *table = load->schema->table;
	uint32_t owner = 0, convention = 0;
	const char *convention_code = field_of(load, in->record, "convention");
	if (convention_code)
		convention = irm_intern_add(&load->loader->conventions, convention_code);
	if (strcmp(table, "milestones") == 0)
		owner = in->mechanism + 1;
	if (strcmp(table, "articles") == 0)
		owner = convention + 1;
	uint32_t index = irm_codes_add(codes, owner, field_of(load, in->record, one_of(table)));
	if (index == IRM_NO_ID || convention == IRM_NO_ID)
		return irm_err_memory(err);
	struct irm_coded *code = &codes->code[index];
	code->defined = true;
	if (strcmp(table, "mechanisms") == 0)
		code->parent = convention;
	else if (strcmp(table, "cycles") == 0)
		code->parent = in->mechanism;
	else if (strcmp(table, "reviews") == 0)
		code->parent = irm_codes_find(&all[table_index("cycles")], 0,
		                              field_of(load, in->record, "cycle"));
	*id = whole_value(code->id);
	return IRM_OK;
}

static void check_field(struct irm_file_load *load, const struct context *in, size_t c,
                        struct irm_value *out, bool *good, struct irm_err *err)
{
	const struct irm_column *column = &load->schema->columns[c];
	enum irm_code code = IRM_OK;
	if (in->record->fields[load->at[c]][0])
		code = read_field(load, in, c, out, err);
	else if (column->need != IRM_OPTIONAL)
		code = missing_value(column, err);
	if (!code && load->rules)
		code = irm_rules_check(load->rules, c, in->record->fields[load->at[c]], err);
	if (!code)
		return;
	*good = false;
	if (code == IRM_INPUT)
		irm_row_fault(load, err, in->record->line, c);
}

/* How many of the fields at the end are empty. */
static size_t empty_at_end(const struct irm_record *record)
{
	size_t n = 0;
	while (n < record->n && !record->fields[record->n - 1 - n][0])
		n++;
	return n;
}

/* Whether the record has the header's fields, and any of them has text. */
static bool check_shape(struct irm_file_load *load, const struct irm_record *record,
                        struct irm_err *err)
{
	size_t empty = empty_at_end(record);
	if (record->n == load->columns && empty < record->n)
		return true;
	if (record->n == 0) {
		irm_err_set(err, IRM_INPUT, "found an empty line");
	} else if (empty == record->n) {
		irm_err_set(err, IRM_INPUT, "found a row without any text");
		irm_err_hint(err, "delete the rows below the table, which a spreadsheet keeps");
	} else {
		irm_err_set(err, IRM_INPUT, "expected %zu fields as in the header, found %zu",
		            load->columns, record->n);
		if (record->n - empty <= load->columns && record->n > load->columns)
			irm_err_hint(err,
			             "the last ones are empty: delete the columns to the right "
			             "of the table");
	}
	irm_row_fault(load, err, record->line, SIZE_MAX);
	return false;
}

enum irm_code irm_row_read(struct irm_file_load *load, const struct irm_record *record,
                           struct irm_value values[IRM_VALUES_MOST], bool *good,
                           struct irm_err *err)
{
	*good = check_shape(load, record, err);
	if (!*good)
		return IRM_OK;
	struct context in = context_of(load, record);
	size_t n = load->schema->has_id ? 1 : 0;
	for (size_t c = 0; c < load->schema->n; c++) {
		size_t width = load->schema->columns[c].type == IRM_COL_DATE ? 3 : 1;
		for (size_t i = 0; i < width; i++)
			values[n + i] = (struct irm_value){ .kind = VALUE_NULL };
		err->code = IRM_OK;
		check_field(load, &in, c, &values[n], good, err);
		if (err->code == IRM_SYSTEM)
			return err->code;
		n += width;
	}
	if (strcmp(load->schema->table, "reviews") == 0)
		values[n] = whole_value(load->loader->package);
	if (*good && check_key(load, record, good, err))
		return err->code;
	if (*good && load->schema->has_id)
		return define_code(load, &in, &values[0], err);
	return IRM_OK;
}
