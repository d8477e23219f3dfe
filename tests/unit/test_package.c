/* A package: which folders are one, and what its descriptor says. */
#include "unit.h"

#include "base/date.h"
#include "store/package.h"

static const char states[] = "state,name,region,party_since\n";

static struct irm_package *open_package(const char *folder)
{
	struct irm_package *package = NULL;
	struct irm_err err;
	if (irm_package_open(&package, folder, &err))
		fail_msg("%s: %s", err.file, err.message);
	return package;
}

static void test_a_folder_without_a_descriptor_has_its_own_name(void **state)
{
	(void)state;
	static const char *const names[] = { "p", "p/", "p//", "./p" };
	assert_int_equal(mkdir("p", 0700), 0);
	write_text("p/states.csv", states);
	write_text("p/README.md", "x");
	write_text("p/.hidden.csv", "x");
	for (size_t i = 0; i < COUNT(names); i++) {
		struct irm_package *package = open_package(names[i]);
		same_text(names[i], package->name, "p");
		assert_int_equal(package->as_of, IRM_DAY_NONE);
		irm_package_free(package);
	}
	irm_package_free(NULL);
}

static void test_a_descriptor_gives_name_and_day(void **state)
{
	(void)state;
	write_text("states.csv", states);
	write_text("datapackage.json", "{\"name\": \"made-up\", \"as_of\": \"2020-12-31\"}");
	struct irm_package *package = open_package(".");
	assert_string_equal(package->name, "made-up");
	assert_int_equal(package->as_of, irm_day_from_civil(2020, 12, 31));
	irm_package_free(package);
}

#define NO_DAY "expected a day such as 2019-10-30, found "

static void test_descriptors_that_are_none(void **state)
{
	(void)state;
	static const struct {
		const char *text, *error; /* a part of it */
	} cases[] = {
		{ "", "./datapackage.json:1: expected a JSON descriptor: " },
		{ "{", "./datapackage.json:1: expected a JSON descriptor: " },
		{ "{\n\"name\": \"a\",\n}", "./datapackage.json:3: expected a JSON descriptor: " },
		{ "{\"name\": \"a\", \"name\": \"b\"}",
		  "./datapackage.json:1: expected a JSON descriptor: duplicate object key" },
		{ "[]", "./datapackage.json:1: expected a JSON object" },
		{ "{\"as_of\": \"2020-02-30\"}",
		  "./datapackage.json: " NO_DAY "'2020-02-30' (the calendar has no such day)" },
		{ "{\"as_of\": \"2020\"}",
		  "./datapackage.json: " NO_DAY "'2020' (a vague date cannot stand here)" },
		{ "{\"as_of\": 43831}", "./datapackage.json: expected a day in quotes as 'as_of'" },
		{ "{\"as_of\": null}", "./datapackage.json: expected a day in quotes as 'as_of'" },
		{ "{\"name\": \"\"}", "./datapackage.json: expected a text as 'name'" },
		{ "{\"name\": 3}", "./datapackage.json: expected a text as 'name'" },
	};
	write_text("states.csv", states);
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct irm_package *package = NULL;
		struct irm_err err;
		char text[1100];
		write_text("datapackage.json", cases[i].text);
		same_number(cases[i].text, irm_package_open(&package, ".", &err), IRM_INPUT);
		assert_null(package);
		int n = snprintf(text, sizeof text, "%s", err.file);
		if (err.line)
			n += snprintf(text + n, sizeof text - (size_t)n, ":%ld", err.line);
		n += snprintf(text + n, sizeof text - (size_t)n, ": %s", err.message);
		if (err.hint[0])
			snprintf(text + n, sizeof text - (size_t)n, " (%s)", err.hint);
		if (strncmp(text, cases[i].error, strlen(cases[i].error)) != 0)
			fail_msg("%s: %s", cases[i].text, text);
	}
}

static void test_folders_that_are_no_package(void **state)
{
	(void)state;
	struct irm_package *package = NULL;
	struct irm_err err;
	assert_int_equal(irm_package_open(&package, "nowhere", &err), IRM_SYSTEM);
	same_error("missing", &err, "nowhere: cannot read: No such file or directory");
	assert_int_equal(irm_package_open(&package, ".", &err), IRM_INPUT);
	same_error("empty", &err,
	           ".: expected a package, found a folder without tables (a package has CSV "
	           "files such as reviews.csv and events.csv)");
	write_text("datapackage.json", "{}");
	write_text("notes.txt", "x");
	assert_int_equal(irm_package_open(&package, ".", &err), IRM_INPUT);
	write_text("states.csv", states);
	write_text("event.csv", "x");
	assert_int_equal(irm_package_open(&package, ".", &err), IRM_INPUT);
	same_error("named for none", &err,
	           "./event.csv: the file is named for no table (did you mean 'events'?)");
	assert_null(package);
	assert_true(irm_package_is_folder("."));
	assert_false(irm_package_is_folder("states.csv"));
	assert_false(irm_package_is_folder("nowhere"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		in_folder(test_a_folder_without_a_descriptor_has_its_own_name),
		in_folder(test_a_descriptor_gives_name_and_day),
		in_folder(test_descriptors_that_are_none),
		in_folder(test_folders_that_are_no_package),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
