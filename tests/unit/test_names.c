/* Names for codes: which table or label they come from, and what comes first. */
#include "scarce.h"

#include "review/names.h"
#include "store/db.h"

static const struct fixture_file files[] = {
	{ "labels", "state,XAA,fr,Etat A\nstate,XAA,en,The State of A\nregion,AFR,fr,Afrique\n"
	            "article,5,fr,Article cinq\nmilestone,heard,fr,Entendu\nparty,joint,en,Both\n"
	            "party,joint,fr,Ensemble\ntopic,low,fr,Bas\nstate,XAB,fr,\n" },
	{ "milestones", "M,begun,1,,,,secretariat,,Begun,\nM,given,2,begun,1,month,,no,,\n"
	                "M,heard,3,given,30,day,reviewers,yes,Heard,\n" },
	{ "topics", "low,MUC,6,Low six\nlow,MUC,5,Low five\nhigh,MUC,15,\n" },
	{ "states", "XAA,State A,AFR,\nXAB,State B,EEG,\nXAC,,,\n" },
};

static struct irm_names_of *names_of(const char *lang)
{
	char folder[] = "/tmp/irm-test-XXXXXX";
	struct irm_names_of *names = NULL;
	struct irm_err err = { .code = IRM_OK };
	fixture_package(folder, "2020-12-31", "", "", files, COUNT(files));
	if (irm_names_of_open(&names, folder, lang, &err))
		fail_msg("%s:%ld: %s", err.file, err.line, err.message);
	fixture_remove(folder);
	return names;
}

struct name_case {
	const char *column, *code, *english, *french; /* NULL: it has no name */
};

static const struct name_case cases[] = {
	{ "state", "XAA", "The State of A", "Etat A" },
	{ "state", "XAB", "State B", "State B" },
	{ "state", "XAC", NULL, NULL },
	{ "state", "AFR", NULL, NULL },
	{ "state", "", NULL, NULL },
	{ "region", "AFR", "African States", "Afrique" },
	{ "region", "EEG", "Eastern European States", "Eastern European States" },
	{ "region", "all", NULL, NULL },
	{ "milestone", "heard", "Heard", "Entendu" },
	{ "stage", "heard", "Heard", "Entendu" },
	{ "stage", "begun", "Begun", "Begun" },
	{ "stage", "given", NULL, NULL },
	{ "article", "5", "Fictional article 5", "Article cinq" },
	{ "article", "15", "Fictional article 15", NULL },
	{ "article", "all", NULL, NULL },
	{ "cycle", "C1", "First", "First" },
	{ "cycle", "C2", "Second", "Second" },
	{ "mechanism", "M", "Made up", "Made up" },
	{ "topic", "low", "Low five", "Bas" },
	{ "topic", "high", NULL, NULL },
	{ "type", "advice", "Advice", "Advice" },
	{ "party", "joint", "Both", "Ensemble" },
	{ "party", "secretariat", NULL, NULL },
	{ "nothing", "XAA", NULL, NULL },
};

static void same_name(const struct irm_names_of *names, const struct name_case *c, const char *lang,
                      const char *expected)
{
	char what[80];
	const char *found = irm_names_of_find(names, c->column, c->code);
	snprintf(what, sizeof what, "%s %s in %s", c->column, c->code, lang);
	same_text(what, found ? found : "(none)", expected ? expected : "(none)");
}

static void test_labels_come_first_then_tables(void **state)
{
	(void)state;
	struct irm_names_of *none = names_of(NULL), *english = names_of("en"),
	                    *french = names_of("fr");
	for (size_t i = 0; i < COUNT(cases); i++) {
		same_name(none, &cases[i], "no language", cases[i].english);
		same_name(english, &cases[i], "English", cases[i].english);
		same_name(french, &cases[i], "French", cases[i].french);
	}
	irm_names_of_free(none);
	irm_names_of_free(english);
	irm_names_of_free(french);
}

/* More than one growth of the list. */
static void test_every_one_of_many_has_its_name(void **state)
{
	(void)state;
	char folder[] = "/tmp/irm-test-XXXXXX", *rows = NULL, code[16], name[32];
	size_t length = 0;
	struct irm_names_of *names = NULL;
	struct irm_err err;
	FILE *f = open_memstream(&rows, &length);
	assert_non_null(f);
	for (int i = 0; i < 300; i++)
		fprintf(f, "X%03d,State %d,,\n", i, i);
	assert_int_equal(fclose(f), 0);
	const struct fixture_file states = { "states", rows };
	fixture_package(folder, "2020-12-31", "", "", &states, 1);
	assert_int_equal(irm_names_of_open(&names, folder, NULL, &err), IRM_OK);
	for (int i = 0; i < 300; i++) {
		snprintf(code, sizeof code, "X%03d", i);
		snprintf(name, sizeof name, "State %d", i);
		assert_string_equal(irm_names_of_find(names, "state", code), name);
	}
	irm_names_of_free(names);
	fixture_remove(folder);
	free(rows);
}

/* "state", a sign between and the code fill 1024 bytes with their NUL, or are one too long. */
static void test_codes_that_are_too_long_have_no_name(void **state)
{
	(void)state;
	char folder[] = "/tmp/irm-test-XXXXXX", fits[1018], longer[1019], rows[3000];
	struct irm_names_of *names = NULL;
	struct irm_err err;
	memset(fits, 'X', sizeof fits);
	memset(longer, 'Y', sizeof longer);
	fits[sizeof fits - 1] = longer[sizeof longer - 1] = '\0';
	snprintf(rows, sizeof rows, "state,%s,en,Long\nstate,%s,en,Longer\n", fits, longer);
	const struct fixture_file labels = { "labels", rows };
	fixture_package(folder, "2020-12-31", "", "", &labels, 1);
	assert_int_equal(irm_names_of_open(&names, folder, NULL, &err), IRM_OK);
	assert_string_equal(irm_names_of_find(names, "state", fits), "Long");
	assert_null(irm_names_of_find(names, "state", longer));
	longer[sizeof longer - 2] = '\0';
	assert_null(irm_names_of_find(names, "state", longer));
	irm_names_of_free(names);
	fixture_remove(folder);
}

static void test_no_source_leaves_the_names_untouched(void **state)
{
	(void)state;
	struct irm_names_of *names = NULL;
	struct irm_err err;
	assert_int_equal(irm_names_of_open(&names, "/nowhere/at/all", NULL, &err), IRM_SYSTEM);
	same_error("no source", &err, "/nowhere/at/all: cannot read: No such file or directory");
	assert_null(names);
	irm_names_of_free(names);
}

/* A table that is not there is found when it is read. */
static void test_a_database_without_a_table_is_an_error(void **state)
{
	(void)state;
	sqlite3 *db = NULL;
	struct irm_names_of *names = NULL;
	struct irm_err err;
	assert_int_equal(irm_db_create(&db, "x.sqlite", &err), IRM_OK);
	assert_int_equal(irm_db_run(db, "DROP TABLE t_topics", &err), IRM_OK);
	irm_db_close(db);
	assert_int_equal(irm_names_of_open(&names, "x.sqlite", NULL, &err), IRM_INPUT);
	assert_string_equal(err.message, "no such table: t_topics");
	assert_null(names);
}

static enum irm_code open_french(void *context, struct irm_err *err)
{
	struct irm_names_of *names = NULL;
	(void)context;
	enum irm_code code = irm_names_of_open(&names, "x.sqlite", "fr", err);
	scarce_over();
	if (code)
		assert_null(names);
	for (size_t i = 0; !code && i < COUNT(cases); i++)
		same_name(names, &cases[i], "French", cases[i].french);
	irm_names_of_free(names);
	return code;
}

static void test_memory_that_ends_is_an_error(void **state)
{
	(void)state;
	char folder[] = "/tmp/irm-test-XXXXXX";
	const char *sources[] = { folder };
	sqlite3 *db = NULL;
	struct irm_err err = { .code = IRM_OK };
	struct irm_faults faults;
	fixture_package(folder, "2020-12-31", "", "", files, COUNT(files));
	assert_int_equal(irm_db_create(&db, "x.sqlite", &err), IRM_OK);
	assert_int_equal(irm_load_packages(db, sources, 1,
	                                   &(struct irm_load_options){ .record = false }, &faults,
	                                   NULL, &err),
	                 IRM_OK);
	irm_db_close(db);
	fixture_remove(folder);
	scarce_sweep_sqlite("names", open_french, NULL, 7);
	scarce_sweep("names", open_french, NULL, 5);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_labels_come_first_then_tables),
		cmocka_unit_test(test_every_one_of_many_has_its_name),
		cmocka_unit_test(test_codes_that_are_too_long_have_no_name),
		cmocka_unit_test(test_no_source_leaves_the_names_untouched),
		in_folder(test_a_database_without_a_table_is_an_error),
		in_folder(test_memory_that_ends_is_an_error),
	};
	scarce_begin();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
