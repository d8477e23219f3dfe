/* The SQL that shows a column as a package has it. */
#include "unit.h"

#include <sqlite3.h>

#include "store/textsql.h"

static char *column_sql(const struct irm_column *column)
{
	sqlite3_str *sql = sqlite3_str_new(NULL);
	irm_textsql_column(sql, "past", column);
	return sqlite3_str_finish(sql);
}

static void test_columns_of_every_type(void **state)
{
	(void)state;
#define CODE_OF(code, table) "(SELECT r." code " FROM past.t_" table " AS r WHERE r.id = t.c)"
	static const struct {
		struct irm_column column;
		const char *sql;
	} cases[] = {
		{ { "c", IRM_COL_CODE, IRM_KEY, NULL }, "t.c" },
		{ { "c", IRM_COL_TEXT, IRM_OPTIONAL, NULL }, "t.c" },
		{ { "c", IRM_COL_WHOLE, IRM_OPTIONAL, NULL }, "t.c" },
		{ { "c", IRM_COL_REAL, IRM_OPTIONAL, NULL }, "t.c" },
		{ { "c", IRM_COL_DATE, IRM_OPTIONAL, NULL }, "t.c" },
		{ { "c", IRM_COL_WORD, IRM_OPTIONAL, "a|b" }, "t.c" },
		{ { "c", IRM_COL_ARTICLE_CODE, IRM_OPTIONAL, NULL }, "t.c" },
		{ { "c", IRM_COL_DAY, IRM_OPTIONAL, NULL }, "date(t.c * 86400, 'unixepoch')" },
		{ { "c", IRM_COL_REF, IRM_KEY, "states" }, CODE_OF("state", "states") },
		{ { "c", IRM_COL_REF, IRM_KEY, "articles" }, CODE_OF("article", "articles") },
		{ { "c", IRM_COL_REF, IRM_KEY, "topics" }, CODE_OF("id", "topics") },
		{ { "c", IRM_COL_REF, IRM_KEY, "none" }, CODE_OF("id", "none") },
		{ { "c", IRM_COL_MILESTONE, IRM_KEY, NULL }, CODE_OF("milestone", "milestones") },
		{ { "c", IRM_COL_ARTICLE, IRM_KEY_ALL, NULL }, CODE_OF("article", "articles") },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		char *sql = column_sql(&cases[i].column);
		same_text(cases[i].sql, sql, cases[i].sql);
		sqlite3_free(sql);
	}
}

/* Wherever its columns stand. */
static void test_the_key_of_a_table(void **state)
{
	(void)state;
	static const struct irm_column columns[] = {
		{ "name", IRM_COL_TEXT, IRM_OPTIONAL, NULL },
		{ "a", IRM_COL_TEXT, IRM_KEY, NULL },
		{ "label", IRM_COL_TEXT, IRM_REQUIRED, NULL },
		{ "b", IRM_COL_REF, IRM_KEY_ALL, "regions" },
		{ "c", IRM_COL_WORD, IRM_KEY, "x|y" },
		{ "source", IRM_COL_TEXT, IRM_OPTIONAL, NULL },
	};
	static const char *const expected[] = {
		"",
		"",
		"t.a",
		"t.a",
		"t.a, (SELECT r.region FROM main.t_regions AS r WHERE r.id = t.b)",
		"t.a, (SELECT r.region FROM main.t_regions AS r WHERE r.id = t.b), t.c",
		"t.a, (SELECT r.region FROM main.t_regions AS r WHERE r.id = t.b), t.c"
	};
	for (size_t n = 0; n <= COUNT(columns); n++) {
		const struct irm_schema schema = { "made_up", n, columns, false };
		sqlite3_str *sql = sqlite3_str_new(NULL);
		irm_textsql_key(sql, "main", &schema);
		char *text = sqlite3_str_finish(sql);
		same_text("key", text ? text : "", expected[n]);
		sqlite3_free(text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_columns_of_every_type),
		cmocka_unit_test(test_the_key_of_a_table),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
