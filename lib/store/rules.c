/* pcre2.h wants the width of a character before it */
#define PCRE2_CODE_UNIT_WIDTH 8
#include "store/rules.h"

#include <math.h>
#include <pcre2.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/intern.h"
#include "base/nearest.h"
#include "base/number.h"
#include "store/descriptor.h"

#define MATCH_MOST 100000 /* steps of a match: a hostile pattern ends too */

enum type {
	TYPE_ANY,
	TYPE_INTEGER,
	TYPE_NUMBER,
	TYPE_DATE,
	TYPE_YEAR,
	TYPE_YEARMONTH,
	TYPE_BOOLEAN,
	TYPES
};

static const struct {
	const char *name, *pattern, *expected;
} types[TYPES] = {
	[TYPE_ANY] = { "any", NULL, NULL },
	[TYPE_INTEGER] = { "integer", "[-+]?[0-9]+", "a whole number" },
	[TYPE_NUMBER] = { "number", "[-+]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][-+]?[0-9]+)?",
	                  "a number" },
	[TYPE_DATE] = { "date", NULL, "a day such as 2019-10-30" },
	[TYPE_YEAR] = { "year", "-?[0-9]{4,}", "a year" },
	[TYPE_YEARMONTH] = { "yearmonth", "[0-9]{4}-(0[1-9]|1[0-2])", "a month such as 2019-10" },
	[TYPE_BOOLEAN] = { "boolean", "[tT]rue|TRUE|[fF]alse|FALSE|0|1", "true or false" },
};

/* A field; all zero asks for nothing. */
struct rule {
	bool declared; /* the schema has the field */
	bool asks;     /* for more than the column itself does */
	bool required, unique;
	enum type type;
	double minimum, maximum; /* NAN: none; of a date its day */
	size_t shortest, longest;
	char **words; /* enum */
	size_t n_words;
	pcre2_code *pattern, *shape; /* of the constraint, of the type */
	const char *pattern_text;    /* in the rules' json */
	struct irm_intern seen;      /* unique */
};

struct irm_rules {
	const struct irm_schema *table;
	json_t *schema;
	struct rule *rules; /* [table->n] */
	char **missing;
	size_t n_missing;
	bool has_fields;
};

static void free_words(char **words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		free(words[i]);
	free(words);
}

void irm_rules_free(struct irm_rules *r)
{
	if (!r)
		return;
	for (size_t i = 0; r->rules && i < r->table->n; i++) {
		free_words(r->rules[i].words, r->rules[i].n_words);
		pcre2_code_free(r->rules[i].pattern);
		pcre2_code_free(r->rules[i].shape);
		irm_intern_release(&r->rules[i].seen);
	}
	free(r->rules);
	free_words(r->missing, r->n_missing);
	json_decref(r->schema);
	free(r);
}

/* A scalar of JSON as the text that a CSV field would have. */
static char *text_of(const json_t *value)
{
	char number[IRM_NUMBER_SIZE];
	if (json_is_string(value))
		return strdup(json_string_value(value));
	if (json_is_boolean(value))
		return strdup(json_is_true(value) ? "true" : "false");
	irm_number_format(number, json_number_value(value));
	return strdup(number);
}

static enum irm_code read_words(char ***words, size_t *n, const json_t *list, const char *what,
                                struct irm_err *err)
{
	if (!list)
		return IRM_OK;
	if (!json_is_array(list))
		return irm_err_set(err, IRM_INPUT, "expected a list as '%s'", what);
	*words = calloc(json_array_size(list) + 1, sizeof **words);
	for (size_t i = 0; *words && i < json_array_size(list); i++) {
		(*words)[*n] = text_of(json_array_get(list, i));
		if (!(*words)[*n])
			return irm_err_memory(err);
		++*n;
	}
	return *words ? IRM_OK : irm_err_memory(err);
}

/* Patterns of XML Schema, which a value must match as a whole; PCRE2 has all that they have but
 * subtraction of classes. */
static enum irm_code compile(pcre2_code **out, const char *pattern, struct irm_err *err)
{
	int why;
	PCRE2_SIZE where;
	*out = pcre2_compile((PCRE2_SPTR)pattern, PCRE2_ZERO_TERMINATED,
	                     PCRE2_ANCHORED | PCRE2_ENDANCHORED | PCRE2_UTF | PCRE2_DOLLAR_ENDONLY,
	                     &why, &where, NULL);
	if (*out)
		return IRM_OK;
	if (why == PCRE2_ERROR_HEAP_FAILED)
		return irm_err_memory(err);
	PCRE2_UCHAR said[128];
	pcre2_get_error_message(why, said, sizeof said);
	return irm_err_set(err, IRM_INPUT, "expected a pattern, found '%.100s': %s", pattern,
	                   (const char *)said);
}

static enum irm_code matches(bool *yes, const pcre2_code *pattern, const char *text,
                             struct irm_err *err)
{
	pcre2_match_data *data = pcre2_match_data_create(1, NULL);
	pcre2_match_context *context = pcre2_match_context_create(NULL);
	int found = PCRE2_ERROR_NOMEMORY;
	if (data && context) {
		pcre2_set_match_limit(context, MATCH_MOST);
		found = pcre2_match(pattern, (PCRE2_SPTR)text, strlen(text), 0, 0, data, context);
	}
	pcre2_match_context_free(context);
	pcre2_match_data_free(data);
	*yes = found >= 0;
	if (found == PCRE2_ERROR_NOMEMORY)
		return irm_err_memory(err);
	if (found < 0 && found != PCRE2_ERROR_NOMATCH)
		return irm_err_set(err, IRM_INPUT, "the pattern takes too long to match '%.60s'",
		                   text);
	return IRM_OK;
}

static enum irm_code read_type(struct rule *rule, const json_t *field, const char *name,
                               enum irm_column_type own, struct irm_err *err)
{
	const json_t *type = json_object_get(field, "type");
	const char *word = json_string_value(type);
	const char *names[TYPES + 1];
	if (!type || (word && strcmp(word, "string") == 0))
		return IRM_OK;
	for (int i = 0; i < TYPES; i++) {
		names[i] = types[i].name;
		if (!word || strcmp(word, types[i].name) != 0)
			continue;
		rule->type = (enum type)i;
		bool is_ours = (own == IRM_COL_WHOLE && i == TYPE_INTEGER) ||
		               (own == IRM_COL_REAL && i == TYPE_NUMBER);
		return types[i].pattern && !is_ours ? compile(&rule->shape, types[i].pattern, err)
		                                    : IRM_OK;
	}
	names[TYPES] = "string";
	irm_err_set(err, IRM_INPUT, "the field '%s' has a type that is not known: '%.60s'", name,
	            word ? word : "");
	irm_err_hint_nearest(err, word ? word : "", names, TYPES + 1);
	return err->code;
}

static enum irm_code read_bound(double *out, const struct rule *rule, const json_t *constraints,
                                const char *which, struct irm_err *err)
{
	const json_t *bound = json_object_get(constraints, which);
	const char *text = json_string_value(bound);
	int32_t day;
	*out = (double)NAN;
	if (!bound)
		return IRM_OK;
	if (rule->type == TYPE_DATE && text && irm_day_parse(&day, text, err) == IRM_OK)
		*out = day;
	else if (rule->type != TYPE_DATE && json_is_number(bound))
		*out = json_number_value(bound);
	else if (rule->type == TYPE_DATE || !text || irm_number_parse(out, text, err))
		return irm_err_set(err, IRM_INPUT, "expected a %s as '%s'",
		                   rule->type == TYPE_DATE ? "day" : "number", which);
	if (rule->type == TYPE_ANY || rule->type == TYPE_BOOLEAN || rule->type == TYPE_YEARMONTH)
		return irm_err_set(err, IRM_INPUT,
		                   "a '%s' needs the type number, integer, year or date", which);
	return IRM_OK;
}

static enum irm_code read_length(size_t *out, size_t none, const json_t *constraints,
                                 const char *which, struct irm_err *err)
{
	const json_t *length = json_object_get(constraints, which);
	*out = none;
	if (!length)
		return IRM_OK;
	if (!json_is_integer(length) || json_integer_value(length) < 0)
		return irm_err_set(err, IRM_INPUT, "expected a whole number as '%s'", which);
	*out = (size_t)json_integer_value(length);
	return IRM_OK;
}

static enum irm_code read_flag(bool *out, const json_t *constraints, const char *which,
                               struct irm_err *err)
{
	const json_t *flag = json_object_get(constraints, which);
	if (flag && !json_is_boolean(flag))
		return irm_err_set(err, IRM_INPUT, "expected true or false as '%s'", which);
	*out = json_is_true(flag);
	return IRM_OK;
}

static enum irm_code read_constraints(struct rule *rule, const json_t *field, struct irm_err *err)
{
	const json_t *constraints = json_object_get(field, "constraints");
	const json_t *pattern = json_object_get(constraints, "pattern");
	if (constraints && !json_is_object(constraints))
		return irm_err_set(err, IRM_INPUT, "expected an object as 'constraints'");
	if (read_flag(&rule->required, constraints, "required", err) ||
	    read_flag(&rule->unique, constraints, "unique", err) ||
	    read_bound(&rule->minimum, rule, constraints, "minimum", err) ||
	    read_bound(&rule->maximum, rule, constraints, "maximum", err) ||
	    read_length(&rule->shortest, 0, constraints, "minLength", err) ||
	    read_length(&rule->longest, SIZE_MAX, constraints, "maxLength", err) ||
	    read_words(&rule->words, &rule->n_words, json_object_get(constraints, "enum"), "enum",
	               err))
		return err->code;
	if (pattern && !json_is_string(pattern))
		return irm_err_set(err, IRM_INPUT, "expected a text as 'pattern'");
	rule->pattern_text = json_string_value(pattern);
	return pattern ? compile(&rule->pattern, rule->pattern_text, err) : IRM_OK;
}

/* Adds where in the schema the fault is. */
static enum irm_code in_field(const char *name, struct irm_err *err)
{
	char message[sizeof err->message];
	snprintf(message, sizeof message, "the field '%.60s': %.400s", name, err->message);
	if (err->code == IRM_INPUT && !strstr(err->message, "the field '"))
		memcpy(err->message, message, sizeof message);
	return err->code;
}

static bool lists(const struct rule *rule, const char *word, size_t length)
{
	for (size_t i = 0; i < rule->n_words; i++)
		if (strlen(rule->words[i]) == length && strncmp(rule->words[i], word, length) == 0)
			return true;
	return false;
}

/* Whether it lists each of the column's own words, between which '|' stands. */
static bool lists_all(const struct rule *rule, const char *words)
{
	while (*words) {
		size_t length = strcspn(words, "|");
		if (!lists(rule, words, length))
			return false;
		words += length + (words[length] == '|');
	}
	return true;
}

/* What a column asks for already costs nothing more, as in all schemas that irm-load --describe
 * writes. */
static void drop_ours(struct rule *rule, const struct irm_column *column)
{
	if (column->need != IRM_OPTIONAL)
		rule->required = false;
	if (column->type == IRM_COL_WHOLE && rule->minimum <= 0)
		rule->minimum = (double)NAN;
	if (column->type == IRM_COL_DAY && rule->type == TYPE_DATE && isnan(rule->minimum) &&
	    isnan(rule->maximum))
		rule->type = TYPE_ANY;
	if (column->type == IRM_COL_WORD && lists_all(rule, column->refers)) {
		free_words(rule->words, rule->n_words);
		rule->words = NULL;
		rule->n_words = 0;
	}
	if (column->type == IRM_COL_DATE && rule->pattern &&
	    strcmp(rule->pattern_text, irm_edtf_pattern) == 0) {
		pcre2_code_free(rule->pattern);
		rule->pattern = NULL;
	}
	rule->asks = rule->required || rule->unique || rule->words || rule->pattern ||
	             rule->shape || rule->type == TYPE_DATE || !isnan(rule->minimum) ||
	             !isnan(rule->maximum) || rule->shortest || rule->longest != SIZE_MAX;
}

static enum irm_code read_field(struct irm_rules *r, const json_t *field, struct irm_err *err)
{
	const char *name = json_string_value(json_object_get(field, "name"));
	if (!name)
		return irm_err_set(err, IRM_INPUT, "a field of the schema has no name");
	int column = irm_schema_column(r->table, name);
	if (column < 0)
		return IRM_OK; /* of an extra column, which the header's check tells */
	struct rule *rule = &r->rules[column];
	if (rule->declared)
		return irm_err_set(err, IRM_INPUT, "the field '%.60s' stands twice", name);
	rule->declared = true;
	if (read_type(rule, field, name, r->table->columns[column].type, err) ||
	    read_constraints(rule, field, err))
		return in_field(name, err);
	drop_ours(rule, &r->table->columns[column]);
	return IRM_OK;
}

/* One name, or a list of them, against the table's own key, in any order. */
static enum irm_code check_key(const struct irm_schema *table, const json_t *key,
                               struct irm_err *err)
{
	size_t own = 0, found = 0;
	size_t n = json_is_array(key) ? json_array_size(key) : 1;
	char wanted[256] = "";
	for (size_t c = 0; c < table->n; c++) {
		if (!irm_column_is_key(&table->columns[c]))
			continue;
		own++;
		size_t used = strlen(wanted);
		snprintf(wanted + used, sizeof wanted - used, "%s%s", used ? ", " : "",
		         table->columns[c].name);
		bool is_named = false;
		for (size_t i = 0; i < n; i++) {
			const char *name = json_string_value(
			        json_is_array(key) ? json_array_get(key, i) : key);
			is_named |= name && strcmp(name, table->columns[c].name) == 0;
		}
		found += is_named;
	}
	if (!key || (found == own && n == own))
		return IRM_OK;
	return irm_err_set(err, IRM_INPUT, "expected the primary key %s, found another one",
	                   wanted);
}

static enum irm_code read_fields(struct irm_rules *r, struct irm_err *err)
{
	const json_t *fields = json_object_get(r->schema, "fields");
	if (!fields)
		return IRM_OK;
	if (!json_is_array(fields))
		return irm_err_set(err, IRM_INPUT, "expected a list as 'fields'");
	r->has_fields = true;
	for (size_t i = 0; i < json_array_size(fields); i++)
		if (read_field(r, json_array_get(fields, i), err))
			return err->code;
	return IRM_OK;
}

enum irm_code irm_rules_read(struct irm_rules **out, const json_t *schema,
                             const struct irm_schema *table, struct irm_err *err)
{
	if (!json_is_object(schema)) {
		irm_err_set(err, IRM_INPUT, "expected an object as 'schema'");
		irm_err_hint(err, "a schema in a file of its own is not read");
		return err->code;
	}
	struct irm_rules *r = calloc(1, sizeof *r);
	if (!r)
		return irm_err_memory(err);
	r->table = table;
	r->rules = calloc(table->n, sizeof *r->rules);
	r->schema = json_deep_copy(schema);
	if (!r->rules || !r->schema)
		irm_err_memory(err);
	else if (!read_fields(r, err) &&
	         !check_key(table, json_object_get(schema, "primaryKey"), err) &&
	         !read_words(&r->missing, &r->n_missing, json_object_get(schema, "missingValues"),
	                     "missingValues", err)) {
		*out = r;
		return IRM_OK;
	}
	irm_rules_free(r);
	return err->code;
}

enum irm_code irm_rules_check_header(const struct irm_rules *r, const size_t at[], bool extra,
                                     struct irm_err *err)
{
	for (size_t c = 0; r->has_fields && c < r->table->n; c++) {
		const char *name = r->table->columns[c].name;
		if (at[c] != SIZE_MAX && !r->rules[c].declared)
			return irm_err_set(err, IRM_INPUT,
			                   "the column '%s' has no field in the package's schema",
			                   name);
	}
	const json_t *fields = json_object_get(r->schema, "fields");
	for (size_t i = 0; i < json_array_size(fields); i++) {
		const char *name =
		        json_string_value(json_object_get(json_array_get(fields, i), "name"));
		if (irm_schema_column(r->table, name) < 0 && !extra)
			return irm_err_set(
			        err, IRM_INPUT,
			        "the package's schema has a field '%.60s' that the table "
			        "'%s' does not have",
			        name, r->table->table);
	}
	return IRM_OK;
}

const char *irm_rules_text(const struct irm_rules *r, const char *text)
{
	for (size_t i = 0; i < r->n_missing; i++)
		if (strcmp(text, r->missing[i]) == 0)
			return "";
	return text;
}

static size_t characters(const char *text)
{
	size_t n = 0;
	for (const char *p = text; *p; p++)
		n += ((unsigned char)*p & 0xC0) != 0x80;
	return n;
}

static enum irm_code check_type(const struct rule *rule, const char *text, double *value,
                                struct irm_err *err)
{
	bool good = true;
	int32_t day;
	struct irm_err ignored;
	if (rule->shape && matches(&good, rule->shape, text, err))
		return err->code;
	if (rule->type == TYPE_DATE) {
		good = irm_day_parse(&day, text, &ignored) == IRM_OK;
		*value = good ? day : (double)NAN;
	} else if (rule->type != TYPE_ANY && irm_number_parse(value, text, &ignored)) {
		*value = (double)NAN;
	}
	if (good)
		return IRM_OK;
	return irm_err_set(err, IRM_INPUT,
	                   "expected %s, as the package's schema has it, found '%.60s'",
	                   types[rule->type].expected, text);
}

static enum irm_code check_bounds(const struct rule *rule, const char *text, double value,
                                  struct irm_err *err)
{
	size_t length = rule->shortest || rule->longest != SIZE_MAX ? characters(text) : 0;
	if (value < rule->minimum || value > rule->maximum)
		return irm_err_set(err, IRM_INPUT, "'%.60s' is %s what the package's schema allows",
		                   text, value < rule->minimum ? "below" : "above");
	if (length < rule->shortest || length > rule->longest)
		return irm_err_set(err, IRM_INPUT, "'%.60s' is %s than the package's schema allows",
		                   text, length < rule->shortest ? "shorter" : "longer");
	return IRM_OK;
}

static enum irm_code check_words(const struct rule *rule, const char *text, struct irm_err *err)
{
	for (size_t i = 0; i < rule->n_words; i++)
		if (strcmp(rule->words[i], text) == 0)
			return IRM_OK;
	irm_err_set(err, IRM_INPUT, "found '%.60s', which the package's schema does not list",
	            text);
	irm_err_hint_nearest(err, text, (const char *const *)rule->words, rule->n_words);
	return err->code;
}

static enum irm_code check_unique(struct rule *rule, const char *text, struct irm_err *err)
{
	size_t before = rule->seen.n;
	if (irm_intern_add(&rule->seen, text) == IRM_NO_ID)
		return irm_err_memory(err);
	if (rule->seen.n > before)
		return IRM_OK;
	return irm_err_set(err, IRM_INPUT,
	                   "'%.60s' stands twice where the package's schema asks for unique values",
	                   text);
}

enum irm_code irm_rules_check(struct irm_rules *r, size_t column, const char *text,
                              struct irm_err *err)
{
	struct rule *rule = &r->rules[column];
	bool matched = true;
	double value = (double)NAN;
	if (!rule->asks)
		return IRM_OK;
	if (!*text && rule->required)
		return irm_err_set(err, IRM_INPUT,
		                   "the column '%s' is empty, and the package's schema requires it",
		                   r->table->columns[column].name);
	if (!*text)
		return IRM_OK;
	if (check_type(rule, text, &value, err) || check_bounds(rule, text, value, err))
		return err->code;
	if (rule->words && check_words(rule, text, err))
		return err->code;
	if (rule->pattern && matches(&matched, rule->pattern, text, err))
		return err->code;
	if (!matched)
		return irm_err_set(
		        err, IRM_INPUT,
		        "'%.60s' does not match the pattern of the package's schema, %.120s", text,
		        rule->pattern_text);
	return rule->unique ? check_unique(rule, text, err) : IRM_OK;
}
