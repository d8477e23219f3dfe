/* Table Schemas: which are none, which ask for more than the table, and what passes them. */
#include "scarce.h"

#include "store/descriptor.h"
#include "store/rules.h"

static enum irm_code read_rules(struct irm_rules **rules, const char *table, const char *schema,
                                struct irm_err *err)
{
	json_error_t where;
	json_t *json = json_loads(schema, JSON_DECODE_ANY, &where);
	if (!json)
		fail_msg("%s: %s", schema, where.text);
	*rules = NULL;
	enum irm_code code = irm_rules_read(rules, json, irm_schema_find(table), err);
	json_decref(json);
	return code;
}

static void test_schemas_that_are_none(void **state)
{
	(void)state;
	static const struct {
		const char *table, *schema, *error;
	} cases[] = {
		{ "states", "[]",
		  "expected an object as 'schema' (a schema in a file of its own is not read)" },
		{ "states", "{\"fields\": {}}", "expected a list as 'fields'" },
		{ "states", "{\"fields\": [{\"name\": \"name\"}, {}]}",
		  "a field of the schema has no name" },
		{ "states", "{\"fields\": [{\"name\": 3}]}", "a field of the schema has no name" },
		{ "states", "{\"fields\": [{\"name\": \"name\"}, {\"name\": \"name\"}]}",
		  "the field 'name' stands twice" },
		{ "states", "{\"primaryKey\": \"name\"}",
		  "expected the primary key state, found another one" },
		{ "states", "{\"primaryKey\": 3}",
		  "expected the primary key state, found another one" },
		{ "states", "{\"primaryKey\": []}",
		  "expected the primary key state, found another one" },
		{ "states", "{\"primaryKey\": [\"state\", \"name\"]}",
		  "expected the primary key state, found another one" },
		{ "events", "{\"primaryKey\": [\"milestone\"]}",
		  "expected the primary key review, milestone, found another one" },
		{ "events", "{\"primaryKey\": [\"review\", \"review\"]}",
		  "expected the primary key review, milestone, found another one" },
		{ "events", "{\"primaryKey\": [\"date\", \"review\"]}",
		  "expected the primary key review, milestone, found another one" },
		{ "states", "{\"missingValues\": \"-\"}", "expected a list as 'missingValues'" },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct irm_rules *rules;
		struct irm_err err;
		same_number(cases[i].schema,
		            read_rules(&rules, cases[i].table, cases[i].schema, &err), IRM_INPUT);
		same_error(cases[i].schema, &err, cases[i].error);
		assert_null(rules);
	}
	irm_rules_free(NULL);
}

static void test_schemas_that_say_what_the_table_says(void **state)
{
	(void)state;
	static const struct {
		const char *table, *schema;
	} cases[] = {
		{ "states", "{}" },
		{ "states", "{\"fields\": []}" },
		{ "states", "{\"primaryKey\": \"state\"}" },
		{ "states", "{\"primaryKey\": [\"state\"]}" },
		{ "events", "{\"primaryKey\": [\"review\", \"milestone\"]}" },
		{ "events", "{\"primaryKey\": [\"milestone\", \"review\"]}" },
		{ "events", "{\"fields\": [{\"name\": \"remark\", \"type\": \"geopoint\"}]}" },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct irm_rules *rules;
		struct irm_err err;
		if (read_rules(&rules, cases[i].table, cases[i].schema, &err))
			fail_msg("%s: %s", cases[i].schema, err.message);
		assert_non_null(rules);
		irm_rules_free(rules);
	}
}

/* What the field of one column says, after its name. */
static enum irm_code read_one(struct irm_rules **rules, const char *table, const char *column,
                              const char *says, struct irm_err *err)
{
	char schema[400];
	snprintf(schema, sizeof schema, "{\"fields\": [{\"name\": \"%s\"%s%s}]}", column,
	         *says ? ", " : "", says);
	return read_rules(rules, table, schema, err);
}

#define CONSTRAINT(text) "\"constraints\": {" text "}"
#define TYPE(name)       "\"type\": \"" name "\""

static void test_fields_that_are_none(void **state)
{
	(void)state;
	static const char types[] = "one of: any, integer, number, date, year, yearmonth, boolean, "
	                            "string";
	static const struct {
		const char *says, *error, *hint;
	} cases[] = {
		{ TYPE("strnig"), "the field 'name' has a type that is not known: 'strnig'",
		  "did you mean 'string'?" },
		{ TYPE("boolen"), "the field 'name' has a type that is not known: 'boolen'",
		  "did you mean 'boolean'?" },
		{ TYPE("geopoint"), "the field 'name' has a type that is not known: 'geopoint'",
		  types },
		{ "\"type\": 3", "the field 'name' has a type that is not known: ''", types },
		{ "\"constraints\": []", "the field 'name': expected an object as 'constraints'",
		  "" },
		{ CONSTRAINT("\"required\": \"yes\""),
		  "the field 'name': expected true or false as 'required'", "" },
		{ CONSTRAINT("\"unique\": 1"),
		  "the field 'name': expected true or false as 'unique'", "" },
		{ CONSTRAINT("\"minimum\": 3"),
		  "the field 'name': a 'minimum' needs the type number, integer, year or date",
		  "" },
		{ TYPE("string") ", " CONSTRAINT("\"maximum\": 3"),
		  "the field 'name': a 'maximum' needs the type number, integer, year or date",
		  "" },
		{ TYPE("boolean") ", " CONSTRAINT("\"minimum\": 3"),
		  "the field 'name': a 'minimum' needs the type number, integer, year or date",
		  "" },
		{ TYPE("yearmonth") ", " CONSTRAINT("\"maximum\": 3"),
		  "the field 'name': a 'maximum' needs the type number, integer, year or date",
		  "" },
		{ TYPE("integer") ", " CONSTRAINT("\"minimum\": \"x\""),
		  "the field 'name': expected a number as 'minimum'", "" },
		{ TYPE("number") ", " CONSTRAINT("\"maximum\": true"),
		  "the field 'name': expected a number as 'maximum'", "" },
		{ TYPE("date") ", " CONSTRAINT("\"minimum\": \"2019-10\""),
		  "the field 'name': expected a day as 'minimum'", "" },
		{ TYPE("date") ", " CONSTRAINT("\"maximum\": 3"),
		  "the field 'name': expected a day as 'maximum'", "" },
		{ TYPE("date") ", " CONSTRAINT("\"maximum\": \"3\""),
		  "the field 'name': expected a day as 'maximum'", "" },
		{ CONSTRAINT("\"minLength\": -1"),
		  "the field 'name': expected a whole number as 'minLength'", "" },
		{ CONSTRAINT("\"minLength\": \"3\""),
		  "the field 'name': expected a whole number as 'minLength'", "" },
		{ CONSTRAINT("\"maxLength\": 1.5"),
		  "the field 'name': expected a whole number as 'maxLength'", "" },
		{ CONSTRAINT("\"enum\": \"a\""), "the field 'name': expected a list as 'enum'",
		  "" },
		{ CONSTRAINT("\"pattern\": 3"), "the field 'name': expected a text as 'pattern'",
		  "" },
		{ CONSTRAINT("\"pattern\": \"((\""),
		  "the field 'name': expected a pattern, found '((': missing closing parenthesis",
		  "" },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct irm_rules *rules;
		struct irm_err err;
		same_number(cases[i].says, read_one(&rules, "states", "name", cases[i].says, &err),
		            IRM_INPUT);
		same_text(cases[i].says, err.message, cases[i].error);
		same_text(cases[i].says, err.hint, cases[i].hint);
		assert_null(rules);
	}
}

/* A value of a column against what its field says; an error of "" is none. */
static void check(const char *table, const char *column, const char *says, const char *text,
                  const char *error)
{
	struct irm_rules *rules;
	struct irm_err err;
	char name[500], message[sizeof err.message + sizeof err.hint + 4] = "";
	snprintf(name, sizeof name, "%s.%s %s: '%s'", table, column, says, text);
	if (read_one(&rules, table, column, says, &err))
		fail_msg("%s: %s", name, err.message);
	int at = irm_schema_column(irm_schema_find(table), column);
	assert_true(at >= 0);
	enum irm_code code = irm_rules_check(rules, (size_t)at, text, &err);
	same_number(name, code, *error ? IRM_INPUT : IRM_OK);
	if (code)
		snprintf(message, sizeof message, "%s%s%s", err.message, err.hint[0] ? " | " : "",
		         err.hint);
	same_text(name, message, error);
	irm_rules_free(rules);
}

static void test_types(void **state)
{
	(void)state;
	static const struct {
		const char *type, *what, *good[8], *bad[8];
	} cases[] = {
		{ "any", "", { "", "x", "1" }, { NULL } },
		{ "string", "", { "x" }, { NULL } },
		{ "integer",
		  "a whole number",
		  { "0", "-12", "+5", "007" },
		  { "1.0", "x1", "1x", "1\n", "-", " 1", "1e3" } },
		{ "number",
		  "a number",
		  { "1", "-1.5", "+.5", "1.", "1.5e3", "2E-7" },
		  { ".", "1,5", "1e", "x", "1.5.1", "0x1" } },
		{ "date",
		  "a day such as 2019-10-30",
		  { "2019-10-30", "2020-02-29" },
		  { "2019-10", "2019-02-29", "43831", "" } },
		{ "year", "a year", { "2019", "-0044", "20190" }, { "19", "2019-", "+2019" } },
		{ "yearmonth",
		  "a month such as 2019-10",
		  { "2019-01", "2019-09", "2019-10", "2019-12" },
		  { "2019-00", "2019-13", "2019-1", "19-10", "2019-10-30" } },
		{ "boolean",
		  "true or false",
		  { "true", "True", "TRUE", "false", "False", "FALSE", "0", "1" },
		  { "yes", "tRUE", "2", "01", "true " } },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		char says[40], error[200];
		snprintf(says, sizeof says, "\"type\": \"%s\"", cases[i].type);
		for (size_t k = 0; k < 8 && cases[i].good[k]; k++)
			check("states", "name", says, cases[i].good[k], "");
		for (size_t k = 0; k < 8 && cases[i].bad[k] && *cases[i].bad[k]; k++) {
			snprintf(error, sizeof error,
			         "expected %s, as the package's schema has it, found '%s'",
			         cases[i].what, cases[i].bad[k]);
			check("states", "name", says, cases[i].bad[k], error);
		}
	}
}

#define BELOW(text)   "'" text "' is below what the package's schema allows"
#define ABOVE(text)   "'" text "' is above what the package's schema allows"
#define SHORTER(text) "'" text "' is shorter than the package's schema allows"
#define LONGER(text)  "'" text "' is longer than the package's schema allows"

static void test_constraints(void **state)
{
	(void)state;
	static const struct {
		const char *says, *text, *error;
	} cases[] = {
		{ "", "x", "" },
		{ CONSTRAINT("\"required\": true"), "",
		  "the column 'name' is empty, and the package's schema requires it" },
		{ CONSTRAINT("\"required\": true"), "x", "" },
		{ CONSTRAINT("\"required\": false"), "", "" },
		{ CONSTRAINT("\"minLength\": 2"), "", "" },
		{ CONSTRAINT("\"minLength\": 2"), "a", SHORTER("a") },
		{ CONSTRAINT("\"minLength\": 2"), "ab", "" },
		{ CONSTRAINT("\"minLength\": 2"), "\xc3\xa9", SHORTER("\xc3\xa9") },
		{ CONSTRAINT("\"maxLength\": 2"), "\xc3\xa9\xe2\x82\xac", "" },
		{ CONSTRAINT("\"maxLength\": 2"), "abc", LONGER("abc") },
		{ CONSTRAINT("\"maxLength\": 0"), "a", LONGER("a") },
		{ CONSTRAINT("\"minLength\": 0"), "a", "" },
		{ TYPE("integer") ", " CONSTRAINT("\"minimum\": 5"), "4", BELOW("4") },
		{ TYPE("integer") ", " CONSTRAINT("\"minimum\": 5"), "5", "" },
		{ TYPE("integer") ", " CONSTRAINT("\"maximum\": 5"), "5", "" },
		{ TYPE("integer") ", " CONSTRAINT("\"maximum\": 5"), "6", ABOVE("6") },
		{ TYPE("integer") ", " CONSTRAINT("\"minimum\": \"5\""), "4", BELOW("4") },
		{ TYPE("number") ", " CONSTRAINT("\"minimum\": 0.5"), "0.25", BELOW("0.25") },
		{ TYPE("number") ", " CONSTRAINT("\"maximum\": \"-1e1\""), "+5", ABOVE("+5") },
		{ TYPE("year") ", " CONSTRAINT("\"maximum\": 2019"), "2020", ABOVE("2020") },
		{ TYPE("date") ", " CONSTRAINT("\"minimum\": \"2019-10-30\""), "2019-10-29",
		  BELOW("2019-10-29") },
		{ TYPE("date") ", " CONSTRAINT("\"minimum\": \"2019-10-30\""), "2019-10-30", "" },
		{ TYPE("date") ", " CONSTRAINT("\"maximum\": \"2019-10-30\""), "2019-10-31",
		  ABOVE("2019-10-31") },
		{ CONSTRAINT("\"pattern\": \"a+|b\""), "aaa", "" },
		{ CONSTRAINT("\"pattern\": \"a+|b\""), "ba",
		  "'ba' does not match the pattern of the package's schema, a+|b" },
		{ CONSTRAINT("\"pattern\": \"a$\""), "a\n",
		  "'a\n' does not match the pattern of the package's schema, a$" },
		{ CONSTRAINT("\"pattern\": \".\""), "\xe2\x82\xac", "" },
		{ CONSTRAINT("\"pattern\": \"(a)(b)|(c)\""), "ab", "" },
		{ CONSTRAINT("\"pattern\": \"(a)(b)|(c)\""), "c", "" },
		{ CONSTRAINT("\"pattern\": \"(a|aa)+(b|c)d\""),
		  "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaabbbbbbbd",
		  "the pattern takes too long to match "
		  "'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaabbbbbbbd'" },
		{ CONSTRAINT("\"enum\": [\"planned\", 2, 2.5, true, false]"), "planned", "" },
		{ CONSTRAINT("\"enum\": [\"planned\", 2, 2.5, true, false]"), "2", "" },
		{ CONSTRAINT("\"enum\": [\"planned\", 2, 2.5, true, false]"), "2.5", "" },
		{ CONSTRAINT("\"enum\": [\"planned\", 2, 2.5, true, false]"), "true", "" },
		{ CONSTRAINT("\"enum\": [\"planned\", 2, 2.5, true, false]"), "false", "" },
		{ CONSTRAINT("\"enum\": [\"planned\", 2, 2.5, true, false]"), "planed",
		  "found 'planed', which the package's schema does not list | did you mean "
		  "'planned'?" },
		{ CONSTRAINT("\"enum\": []"), "x",
		  "found 'x', which the package's schema does not list" },
	};
	for (size_t i = 0; i < COUNT(cases); i++)
		check("states", "name", cases[i].says, cases[i].text, cases[i].error);
}

/* What the column asks for itself is left to it: its own message is the better one. What asks for
 * more is not. */
static void test_what_the_column_asks_for_already(void **state)
{
	(void)state;
	char edtf[200];
	snprintf(edtf, sizeof edtf, "\"constraints\": {\"pattern\": \"");
	for (const char *p = irm_edtf_pattern; *p; p++)
		snprintf(edtf + strlen(edtf), sizeof edtf - strlen(edtf),
		         *p == '\\' ? "\\%c" : "%c", *p);
	strcat(edtf, "\"}");
	const struct {
		const char *table, *column, *says, *text, *error;
	} cases[] = {
		{ "states", "state", CONSTRAINT("\"required\": true"), "", "" },
		{ "reviews", "cycle", CONSTRAINT("\"required\": true"), "", "" },
		{ "milestones", "time_limit", TYPE("integer"), "x", "" },
		{ "milestones", "time_limit", TYPE("integer") ", " CONSTRAINT("\"minimum\": 0"),
		  "-1", "" },
		{ "milestones", "time_limit", TYPE("integer") ", " CONSTRAINT("\"minimum\": -3"),
		  "-4", "" },
		{ "milestones", "time_limit", TYPE("integer") ", " CONSTRAINT("\"minimum\": 1"),
		  "0", BELOW("0") },
		{ "milestones", "time_limit", TYPE("number"), "x",
		  "expected a number, as the package's schema has it, found 'x'" },
		{ "published", "value", TYPE("number"), "x", "" },
		{ "published", "value", TYPE("number") ", " CONSTRAINT("\"minimum\": 0"), "-1",
		  BELOW("-1") },
		{ "published", "value", TYPE("integer"), "1.5",
		  "expected a whole number, as the package's schema has it, found '1.5'" },
		{ "states", "party_since", TYPE("date"), "soon", "" },
		{ "states", "party_since",
		  TYPE("date") ", " CONSTRAINT("\"minimum\": \"2010-01-01\""), "2009-12-31",
		  BELOW("2009-12-31") },
		{ "states", "party_since",
		  TYPE("date") ", " CONSTRAINT("\"maximum\": \"2010-01-01\""), "2010-01-02",
		  ABOVE("2010-01-02") },
		{ "states", "party_since", TYPE("year"), "2010-01-02",
		  "expected a year, as the package's schema has it, found '2010-01-02'" },
		{ "events", "date", TYPE("date"), "2019-10",
		  "expected a day such as 2019-10-30, as the package's schema has it, found "
		  "'2019-10'" },
		{ "events", "date", edtf, "soon", "" },
		{ "events", "source", edtf, "soon",
		  "'soon' does not match the pattern of the package's schema, "
		  "^([0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?|\\[([0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?)?\\.\\."
		  "([0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?)?\\])$" },
		{ "events", "date", CONSTRAINT("\"pattern\": \"[0-9]{4}\""), "2019-10",
		  "'2019-10' does not match the pattern of the package's schema, [0-9]{4}" },
		{ "milestones", "unit", CONSTRAINT("\"enum\": [\"month\", \"day\", \"week\"]"),
		  "year", "" },
		{ "milestones", "unit", CONSTRAINT("\"enum\": [\"day\", \"month\"]"), "week",
		  "found 'week', which the package's schema does not list | one of: day, month" },
		{ "milestones", "unit", CONSTRAINT("\"enum\": [\"week\", \"day\", \"day\"]"),
		  "month",
		  "found 'month', which the package's schema does not list | one of: week, day, "
		  "day" },
		{ "milestones", "unit", CONSTRAINT("\"enum\": [\"week\", \"da\", \"mont\"]"), "day",
		  "found 'day', which the package's schema does not list | did you mean 'da'?" },
		{ "states", "name", CONSTRAINT("\"enum\": [\"a\"]"), "b",
		  "found 'b', which the package's schema does not list | one of: a" },
	};
	for (size_t i = 0; i < COUNT(cases); i++)
		check(cases[i].table, cases[i].column, cases[i].says, cases[i].text,
		      cases[i].error);
}

static void test_unique_values(void **state)
{
	(void)state;
	struct irm_rules *rules;
	struct irm_err err;
	assert_int_equal(read_rules(&rules, "states",
	                            "{\"fields\": [{\"name\": \"name\", \"constraints\": "
	                            "{\"unique\": true}}, {\"name\": \"region\", "
	                            "\"constraints\": {\"unique\": true}}]}",
	                            &err),
	                 IRM_OK);
	static const struct {
		size_t column;
		const char *text;
		bool good;
	} cases[] = { { 1, "a", true },  { 1, "", true },   { 1, "", true },   { 1, "b", true },
		      { 2, "a", true },  { 1, "a", false }, { 1, "b", false }, { 2, "b", true },
		      { 2, "b", false }, { 0, "a", true },  { 0, "a", true } };
	for (size_t i = 0; i < COUNT(cases); i++) {
		char error[100];
		snprintf(error, sizeof error,
		         "'%s' stands twice where the package's schema asks for unique values",
		         cases[i].text);
		same_number(cases[i].text,
		            irm_rules_check(rules, cases[i].column, cases[i].text, &err),
		            cases[i].good ? IRM_OK : IRM_INPUT);
		if (!cases[i].good)
			same_error(cases[i].text, &err, error);
	}
	irm_rules_free(rules);
}

static void test_missing_values_are_empty(void **state)
{
	(void)state;
	struct irm_rules *rules;
	struct irm_err err;
	static const char *const missing[] = { "-", "n/a", "-99", "0.5", "true" };
	assert_int_equal(read_rules(&rules, "states",
	                            "{\"missingValues\": [\"-\", \"n/a\", -99, 0.5, true]}", &err),
	                 IRM_OK);
	for (size_t i = 0; i < COUNT(missing); i++)
		same_text(missing[i], irm_rules_text(rules, missing[i]), "");
	same_text("another", irm_rules_text(rules, "--"), "--");
	same_text("empty", irm_rules_text(rules, ""), "");
	irm_rules_free(rules);
	assert_int_equal(read_rules(&rules, "states", "{}", &err), IRM_OK);
	same_text("none", irm_rules_text(rules, "-"), "-");
	irm_rules_free(rules);
}

/* The columns of states that a header has, as a bit each. */
static void test_fields_are_the_headers(void **state)
{
	(void)state;
#define ALL_BUT_THE_LAST "{\"name\": \"region\"}, {\"name\": \"name\"}, {\"name\": \"state\"}"
	static const struct {
		const char *schema;
		unsigned has;
		bool extra;
		const char *error;
	} cases[] = {
		{ "{}", 0xF, false, "" },
		{ "{\"fields\": [" ALL_BUT_THE_LAST ", {\"name\": \"party_since\"}]}", 0xF, false,
		  "" },
		{ "{\"fields\": [" ALL_BUT_THE_LAST "]}", 0xF, false,
		  "the column 'party_since' has no field in the package's schema" },
		{ "{\"fields\": [" ALL_BUT_THE_LAST "]}", 0x7, false, "" },
		{ "{\"fields\": [{\"name\": \"name\"}]}", 0x3, true,
		  "the column 'state' has no field in the package's schema" },
		{ "{\"fields\": []}", 0x2, false,
		  "the column 'name' has no field in the package's schema" },
		{ "{\"fields\": [" ALL_BUT_THE_LAST ", {\"name\": \"flag\"}]}", 0x7, false,
		  "the package's schema has a field 'flag' that the table 'states' does not have" },
		{ "{\"fields\": [{\"name\": \"flag\"}, " ALL_BUT_THE_LAST "]}", 0x7, false,
		  "the package's schema has a field 'flag' that the table 'states' does not have" },
		{ "{\"fields\": [" ALL_BUT_THE_LAST ", {\"name\": \"flag\"}]}", 0x7, true, "" },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct irm_rules *rules;
		struct irm_err err = { .code = IRM_OK };
		size_t at[4];
		for (size_t c = 0; c < 4; c++)
			at[c] = cases[i].has & 1u << c ? 3 - c : SIZE_MAX;
		assert_int_equal(read_rules(&rules, "states", cases[i].schema, &err), IRM_OK);
		err.message[0] = '\0';
		same_number(cases[i].schema,
		            irm_rules_check_header(rules, at, cases[i].extra, &err),
		            *cases[i].error ? IRM_INPUT : IRM_OK);
		same_error(cases[i].schema, &err, cases[i].error);
		irm_rules_free(rules);
	}
}

/* A table whose key stands behind its other columns. */
static void test_a_key_behind_other_columns(void **state)
{
	(void)state;
	static const struct irm_column columns[] = {
		{ "name", IRM_COL_TEXT, IRM_OPTIONAL, NULL },
		{ "a", IRM_COL_TEXT, IRM_KEY, NULL },
		{ "label", IRM_COL_TEXT, IRM_REQUIRED, NULL },
		{ "b", IRM_COL_TEXT, IRM_KEY_ALL, NULL },
	};
	static const struct irm_schema table = { "made_up", COUNT(columns), columns, false };
	static const struct {
		const char *schema, *error;
	} cases[] = {
		{ "{\"primaryKey\": [\"b\", \"a\"]}", "" },
		{ "{\"primaryKey\": [\"a\", \"label\"]}",
		  "expected the primary key a, b, found another one" },
		{ "{\"primaryKey\": \"a\"}", "expected the primary key a, b, found another one" },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct irm_rules *rules = NULL;
		struct irm_err err = { .code = IRM_OK };
		json_t *json = json_loads(cases[i].schema, 0, NULL);
		same_number(cases[i].schema, irm_rules_read(&rules, json, &table, &err),
		            *cases[i].error ? IRM_INPUT : IRM_OK);
		same_error(cases[i].schema, &err, cases[i].error);
		json_decref(json);
		irm_rules_free(rules);
	}
}

static enum irm_code read_some(void *json, struct irm_err *err)
{
	struct irm_rules *rules = NULL;
	enum irm_code code = irm_rules_read(&rules, json, irm_schema_find("states"), err);
	scarce_over();
	assert_int_equal(rules == NULL, code != IRM_OK);
	irm_rules_free(rules);
	return code;
}

static void test_rules_without_memory(void **state)
{
	(void)state;
	json_t *json =
	        json_loads("{\"fields\": [{\"name\": \"state\", \"constraints\": {\"pattern\": "
	                   "\"X.*\", \"enum\": [\"XAA\", \"XAB\"]}}, {\"name\": \"name\"}], "
	                   "\"primaryKey\": \"state\", \"missingValues\": [\"\", \"-\"]}",
	                   0, NULL);
	assert_non_null(json);
	scarce_sweep("rules", read_some, json, 8);
	json_decref(json);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_schemas_that_are_none),
		cmocka_unit_test(test_schemas_that_say_what_the_table_says),
		cmocka_unit_test(test_fields_that_are_none),
		cmocka_unit_test(test_types),
		cmocka_unit_test(test_constraints),
		cmocka_unit_test(test_what_the_column_asks_for_already),
		cmocka_unit_test(test_unique_values),
		cmocka_unit_test(test_missing_values_are_empty),
		cmocka_unit_test(test_fields_are_the_headers),
		cmocka_unit_test(test_a_key_behind_other_columns),
		cmocka_unit_test(test_rules_without_memory),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
