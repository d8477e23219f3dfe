/* Contacts: counted by role and key, those who consented by the day apart; never named. */
#include "scarce.h"

#include "review/contacts.h"

/* Of XAA two, one of whom consented on the day asked for, and one the day after; a name as a role
 * of XAB; XAC has no region. */
#define CONTACTS \
	"XAA,focal_point,Ann,ann@example.org,2020-12-31\nXAA,expert,Ben,,2021-01-01\n" \
	"XAB,Ms. Cee,Cee,,2020-01-01\nXAB,focal_point,,,\nXAB,dr dee,,,\n" \
	"XAC,focal_point,,,2020-12-30\nXAD,Expert-1,,,\n"

struct contacts_case {
	const char *name, *by, *where;
	bool total;
	const char *expected; /* "keys role|all consented" a row; roles 0 Expert-1, 1 expert, 2
	                         focal_point, 3 other */
};

static const struct contacts_case cases[] = {
	{ "by role", "", "", false, "0|1 0;1|1 0;2|3 2;3|2 1" },
	{ "by State", "state", "", false, "0 1|1 0;0 2|1 1;1 2|1 0;1 3|2 1;2 2|1 1;3 0|1 0" },
	{ "by region, one of none", "region", "", false,
	  "0 0|1 0;0 1|1 0;0 2|1 1;1 2|1 0;1 3|2 1;~ 2|1 1" },
	{ "by both, with totals", "region,state", "state=XAB,XAC", true,
	  "1 1 2|1 0;1 1 3|2 1;1 * 2|1 0;1 * 3|2 1;~ 2 2|1 1;~ * 2|1 1;"
	  "* 1 2|1 0;* 1 3|2 1;* 2 2|1 1;* * 2|2 1;* * 3|2 1" },
	{ "of a State", "", "state=XAB", false, "2|1 0;3|2 1" },
	{ "of a region", "", "region=AFR", false, "0|1 0;1|1 0;2|1 1" },
	{ "of both", "", "region=AFR;state=XAD,XAB", false, "0|1 0" },
	{ "of no region", "", "region=unassigned", false, "2|1 1" },
};

struct source {
	sqlite3 *db;
	struct irm_dataset *data;
};

static struct source open_source(const char *contacts)
{
	const struct fixture_file file = { "contacts", contacts };
	struct source source = { NULL, NULL };
	struct irm_err err;
	source.db = fixture_database("2024-12-31", "", "", &file, contacts ? 1 : 0);
	assert_int_equal(irm_dataset_read(&source.data, source.db, 0, &err), IRM_OK);
	return source;
}

static void close_source(struct source *source)
{
	irm_dataset_free(source->data);
	irm_db_close(source->db);
}

static void check_case(const struct source *source, const struct contacts_case *c)
{
	struct irm_query query;
	struct irm_contacts found;
	struct irm_err err = { .code = IRM_OK };
	char text[600];
	fixture_query(&query, source->data, c->name, c->by, c->where, IRM_CONTACTS_KEYS, 0);
	query.total = c->total;
	if (irm_contacts_count(&found, source->db, &query, &err))
		fail_msg("%s: %s", c->name, err.message);
	fixture_counter(text, sizeof text, &found.counts);
	same_text(c->name, text, c->expected);
	irm_contacts_release(&found);
	assert_int_equal(found.n_roles, 0);
	irm_query_release(&query);
}

static void test_contacts_are_counted_by_key_and_role(void **state)
{
	(void)state;
	struct source source = open_source(CONTACTS);
	for (size_t i = 0; i < COUNT(cases); i++)
		check_case(&source, &cases[i]);
	close_source(&source);
}

static void same_roles(const struct irm_contacts *found, const char *expected)
{
	char text[200] = "";
	for (size_t i = 0; i < found->n_roles; i++) {
		size_t used = strlen(text);
		snprintf(text + used, sizeof text - used, "%s ", found->roles[i]);
	}
	same_text("roles", text, expected);
}

/* What is no code might be somebody's name. */
static void test_roles_are_codes_or_other(void **state)
{
	(void)state;
	struct source source = open_source(CONTACTS);
	struct irm_query query;
	struct irm_contacts found;
	struct irm_err err;
	fixture_query(&query, source.data, "roles", "", "", IRM_CONTACTS_KEYS, 0);
	assert_int_equal(irm_contacts_count(&found, source.db, &query, &err), IRM_OK);
	same_roles(&found, "Expert-1 expert focal_point other ");
	irm_contacts_release(&found);
	irm_query_release(&query);
	close_source(&source);
}

static void check_source(const char *contacts, enum irm_code code, const char *message)
{
	struct source source = open_source(contacts);
	struct irm_query query;
	struct irm_contacts found;
	struct irm_err err = { .code = IRM_OK };
	fixture_query(&query, source.data, "source", "state", "", IRM_CONTACTS_KEYS, 0);
	assert_int_equal(irm_contacts_count(&found, source.db, &query, &err), code);
	same_text("message", err.message, message);
	assert_int_equal(found.n_roles, 0);
	assert_int_equal(found.counts.n, 0);
	irm_contacts_release(&found);
	irm_query_release(&query);
	close_source(&source);
}

static void test_a_table_without_rows_is_none_and_no_table_is_an_error(void **state)
{
	(void)state;
	check_source("", IRM_OK, "");
	check_source(NULL, IRM_INPUT,
	             "the source has no table 'contacts': who may be named is not recorded");
}

static void test_a_damaged_database_is_an_error(void **state)
{
	static const char *const tables[] = { "t_delivered", "t_contacts", "t_states" };
	(void)state;
	for (size_t i = 0; i < COUNT(tables); i++) {
		struct source source = open_source(CONTACTS);
		struct irm_query query;
		struct irm_contacts found;
		struct irm_err err;
		char sql[80], expected[80];
		snprintf(sql, sizeof sql,
		         "PRAGMA foreign_keys = OFF; ALTER TABLE %s RENAME TO gone", tables[i]);
		snprintf(expected, sizeof expected, "no such table: %s", tables[i]);
		fixture_query(&query, source.data, "damaged", "", "", IRM_CONTACTS_KEYS, 0);
		if (irm_db_run(source.db, sql, &err))
			fail_msg("%s", err.message);
		assert_int_equal(irm_contacts_count(&found, source.db, &query, &err), IRM_INPUT);
		assert_string_equal(err.message, expected);
		irm_contacts_release(&found);
		irm_query_release(&query);
		close_source(&source);
	}
}

struct attempt {
	struct source source;
	struct irm_query query;
};

static enum irm_code count_by_state(void *context, struct irm_err *err)
{
	struct attempt *attempt = context;
	struct irm_contacts found;
	char text[600];
	enum irm_code code = irm_contacts_count(&found, attempt->source.db, &attempt->query, err);
	scarce_over();
	fixture_counter(text, sizeof text, &found.counts);
	if (!code)
		same_text("memory", text, cases[1].expected);
	irm_contacts_release(&found);
	return code;
}

static void test_memory_that_ends_is_an_error(void **state)
{
	(void)state;
	struct attempt attempt = { .source = open_source(CONTACTS) };
	fixture_query(&attempt.query, attempt.source.data, "memory", "state", "", IRM_CONTACTS_KEYS,
	              0);
	scarce_sweep_sqlite("contacts", count_by_state, &attempt, 1);
	scarce_sweep("contacts", count_by_state, &attempt, 8);
	irm_query_release(&attempt.query);
	close_source(&attempt.source);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_contacts_are_counted_by_key_and_role),
		cmocka_unit_test(test_roles_are_codes_or_other),
		cmocka_unit_test(test_a_table_without_rows_is_none_and_no_table_is_an_error),
		cmocka_unit_test(test_a_damaged_database_is_an_error),
		cmocka_unit_test(test_memory_that_ends_is_an_error),
	};
	scarce_begin();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
