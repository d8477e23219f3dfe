/* A package: which folders are one, and what its descriptor says. */
#include "scarce.h"

#include <errno.h>
#include <jansson.h>
#include <sys/socket.h>
#include <sys/un.h>

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

static enum irm_code open_folder(void *folder, struct irm_err *err)
{
	struct irm_package *package = NULL;
	enum irm_code code = irm_package_open(&package, folder, err);
	scarce_over();
	assert_int_equal(package == NULL, code != IRM_OK);
	irm_package_free(package);
	return code;
}

static void test_a_folder_without_memory(void **state)
{
	(void)state;
	char folder[] = "p";
	assert_int_equal(mkdir(folder, 0700), 0);
	write_text("p/states.csv", states);
	scarce_sweep("package", open_folder, folder, 4);
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

static void test_a_csv_file_of_no_table_is_told_the_first_by_name(void **state)
{
	(void)state;
	static const char *const ignored[] = { "states.CSV", ".states.csv", "csv", "a.csv.bak" };
	static const char *const named[] = { "m.csv", "b.csv", "z.csv", "a.csv" };
	struct irm_err err;
	write_text("states.csv", states);
	for (size_t i = 0; i < COUNT(ignored); i++)
		write_text(ignored[i], "x");
	irm_package_free(open_package("."));
	struct irm_package *package = NULL;
	write_text("needz.csv", "x");
	assert_int_equal(irm_package_open(&package, ".", &err), IRM_INPUT);
	same_error("near", &err,
	           "./needz.csv: the file is named for no table (did you mean 'needs'?)");
	for (size_t i = 0; i < COUNT(named); i++)
		write_text(named[i], "x");
	assert_int_equal(irm_package_open(&package, ".", &err), IRM_INPUT);
	err.hint[0] = '\0';
	same_error("first", &err, "./a.csv: the file is named for no table");
	assert_null(package);
}

static size_t table_of(const char *name)
{
	return (size_t)(irm_schema_find(name) - irm_schemas);
}

static void test_a_folder_gives_the_path_of_each_table(void **state)
{
	(void)state;
	static const char *const folders[] = { "p", "p//" };
	assert_int_equal(mkdir("p", 0700), 0);
	for (size_t i = 0; i < irm_schemas_n; i += 2) {
		char path[80];
		snprintf(path, sizeof path, "p/%s.csv", irm_schemas[i].table);
		write_text(path, "x");
	}
	for (size_t f = 0; f < COUNT(folders); f++) {
		struct irm_package *package = open_package(folders[f]);
		same_text("folder", package->folder, folders[f]);
		for (size_t i = 0; i < irm_schemas_n; i++) {
			char path[80];
			snprintf(path, sizeof path, "p/%s.csv", irm_schemas[i].table);
			const char *found = package->resources[i].path;
			same_text(irm_schemas[i].table, found ? found : "", i % 2 ? "" : path);
		}
		irm_package_free(package);
	}
}

#define OF_XLSX(file, table) \
	"convert it: xlsx2csv -f %Y-%m-%d '" file "' " table ".csv (-n SHEET: one sheet of " \
	"several)"
#define OF_ODS(file) \
	"convert it: soffice --headless --convert-to xlsx '" file "', then xlsx2csv -f %Y-%m-%d"

static void test_spreadsheets_have_a_hint(void **state)
{
	(void)state;
	static const struct {
		const char *path, *hint;
	} cases[] = {
		{ "book.xlsx", OF_XLSX("book.xlsx", "needs") },
		{ "a/b.c/book 1.XLSX", OF_XLSX("book 1.XLSX", "needs") },
		{ "a/book.ods", OF_ODS("book.ods") },
		{ "book.Xls", OF_ODS("book.Xls") },
		{ "book.xlsx/needs", NULL },
		{ "book.xlsx.csv", NULL },
		{ "xlsx", NULL },
		{ "needs.csv", NULL },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct irm_err err = { .code = IRM_USAGE };
		same_number(cases[i].path,
		            irm_package_hint_spreadsheet(&err, cases[i].path, "needs"),
		            cases[i].hint != NULL);
		same_text(cases[i].path, err.hint, cases[i].hint ? cases[i].hint : "");
	}
}

static void test_a_folder_of_spreadsheets_alone(void **state)
{
	(void)state;
	struct irm_package *package = NULL;
	struct irm_err err;
	write_text("a.txt", "x");
	write_text("y.ods", "x");
	assert_int_equal(irm_package_open(&package, ".", &err), IRM_INPUT);
	same_error("ods", &err,
	           ".: expected a package, found a folder without tables (" OF_ODS("y.ods") ")");
	write_text("states.xlsx", "x");
	assert_int_equal(irm_package_open(&package, ".", &err), IRM_INPUT);
	same_error("the first by name", &err,
	           ".: expected a package, found a folder without tables (" OF_XLSX("states.xlsx",
	                                                                            "reviews") ")");
	write_text("states.csv", "x");
	irm_package_free(open_package("."));
}

static void test_single_files(void **state)
{
	(void)state;
	static const struct {
		const char *files[3], *table;
		enum irm_code code;
		const char *tables; /* in the order of the files; or the error */
	} cases[] = {
		{ { "states.csv" }, NULL, IRM_OK, "states" },
		{ { "d.ir/states" }, NULL, IRM_OK, "states" },
		{ { "notes.txt" }, "mechanisms", IRM_OK, "mechanisms" },
		{ { "notes.txt" }, "published", IRM_OK, "published" },
		{ { "d.ir/events.txt", "states.csv" }, NULL, IRM_OK, "events states" },
		{ { "notes.txt" }, "needs", IRM_OK, "needs" },
		{ { "-" }, "needs", IRM_OK, "needs" },
		{ { "d.xlsx/needs" }, NULL, IRM_OK, "needs" },
		{ { "nowhere.csv" },
		  NULL,
		  IRM_SYSTEM,
		  "nowhere.csv: cannot read: No such file or directory" },
		{ { "nowhere.csv" },
		  "needs",
		  IRM_SYSTEM,
		  "nowhere.csv: cannot read: No such file or directory" },
		{ { "notes.txt" },
		  NULL,
		  IRM_USAGE,
		  "notes.txt: the file is named for no table (say which it is: --table=NAME)" },
		{ { "states.csv", "notes.txt" },
		  NULL,
		  IRM_USAGE,
		  "notes.txt: the file is named for no table (say which it is: --table=NAME)" },
		{ { "my.states.csv" },
		  NULL,
		  IRM_USAGE,
		  "my.states.csv: the file is named for no table (say which it is: --table=NAME)" },
		{ { "state.csv" },
		  NULL,
		  IRM_USAGE,
		  "state.csv: the file is named for no table (say which it is: --table=NAME)" },
		{ { "-" },
		  NULL,
		  IRM_USAGE,
		  "standard input has no name: say which table it is (--table=NAME -)" },
		{ { "notes.txt" },
		  "stats",
		  IRM_USAGE,
		  "--table: there is no table 'stats' (did you mean 'states'?)" },
		{ { "-" },
		  "state",
		  IRM_USAGE,
		  "--table: there is no table 'state' (did you mean 'states'?)" },
		{ { "states.csv", "d.ir/states" },
		  NULL,
		  IRM_USAGE,
		  "two files of the table 'states': states.csv, d.ir/states" },
		{ { "book.xlsx" },
		  NULL,
		  IRM_USAGE,
		  "book.xlsx: expected a CSV file, found a spreadsheet (" OF_XLSX("book.xlsx",
		                                                                  "reviews") ")" },
		{ { "book.xlsx" },
		  "needs",
		  IRM_USAGE,
		  "book.xlsx: expected a CSV file, found a spreadsheet (" OF_XLSX("book.xlsx",
		                                                                  "needs") ")" },
	};
	static const char *const files[] = { "states.csv", "d.ir/states",   "d.ir/events.txt",
		                             "notes.txt",  "my.states.csv", "state.csv",
		                             "book.xlsx",  "d.xlsx/needs" };
	assert_int_equal(mkdir("d.ir", 0700), 0);
	assert_int_equal(mkdir("d.xlsx", 0700), 0);
	for (size_t i = 0; i < COUNT(files); i++)
		write_text(files[i], "x");
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct irm_package *package = NULL;
		struct irm_err err;
		char tables[100], *rest = tables;
		size_t n = 0, paths = 0;
		while (cases[i].files[n])
			n++;
		same_number(cases[i].tables,
		            irm_package_of_files(&package, cases[i].files, n, cases[i].table, &err),
		            cases[i].code);
		if (cases[i].code) {
			same_error(cases[i].files[0], &err, cases[i].tables);
			assert_null(package);
			continue;
		}
		assert_null(package->folder);
		assert_null(package->name);
		assert_int_equal(package->as_of, IRM_DAY_NONE);
		snprintf(tables, sizeof tables, "%s", cases[i].tables);
		for (size_t k = 0; k < n; k++)
			same_text(cases[i].tables,
			          package->resources[table_of(strtok_r(rest, " ", &rest))].path,
			          cases[i].files[k]);
		for (size_t k = 0; k < irm_schemas_n; k++)
			paths += package->resources[k].path != NULL;
		assert_int_equal(paths, n);
		irm_package_free(package);
	}
}

/* A package in this folder with these resources in its descriptor. */
static void describe(const char *resources)
{
	char text[6000];
	snprintf(text, sizeof text, "{\"name\": \"made-up\", \"resources\": %s}", resources);
	write_text("datapackage.json", text);
}

static void make_files(void)
{
	static const char *const files[] = { "states.csv",  "events.csv",
		                             "regions.csv", "sub/states.csv",
		                             "notes.txt",   "states.txt",
		                             "csv" };
	assert_int_equal(mkdir("sub", 0700), 0);
	for (size_t i = 0; i < COUNT(files); i++)
		write_text(files[i], "x");
}

static void test_resources_that_are_none(void **state)
{
	(void)state;
	static const struct {
		const char *resources, *error;
	} cases[] = {
		{ "{}", "expected a list as 'resources'" },
		{ "[{}]", "expected a resource with the path of one file" },
		{ "[3]", "expected a resource with the path of one file" },
		{ "[{\"path\": 3}]", "expected a resource with the path of one file" },
		{ "[{\"path\": []}]", "expected a resource with the path of one file" },
		{ "[{\"path\": [\"states.csv\", \"events.csv\"]}]",
		  "expected a resource with the path of one file" },
		{ "[{\"path\": \"states.csv\"}, {\"path\": \"sessions.csv\"}]",
		  "the resource 'sessions.csv' is not there" },
		{ "[{\"path\": \"/etc/passwd\"}]",
		  "the resource '/etc/passwd' is not in the package (a path is relative to the "
		  "package's folder)" },
		{ "[{\"path\": \"sub/../states.csv\"}]",
		  "the resource 'sub/../states.csv' is not in the package (a path is relative to "
		  "the package's folder)" },
		{ "[{\"path\": \"file://states.csv\"}]",
		  "the resource 'file://states.csv' is not in the package (a path is relative to "
		  "the package's folder)" },
		{ "[{\"path\": \"states.csv\", \"encoding\": 3}]",
		  "states.csv: expected a text as 'encoding'" },
		{ "[{\"path\": \"states.csv\", \"dialect\": {\"delimiter\": 3}}]",
		  "states.csv: expected one character as 'delimiter'" },
		{ "[{\"path\": \"states.csv\", \"dialect\": {\"delimiter\": \"\"}}]",
		  "states.csv: expected one character as 'delimiter'" },
		{ "[{\"path\": \"states.csv\", \"dialect\": {\"delimiter\": \";;\"}}]",
		  "states.csv: expected one character as 'delimiter'" },
		{ "[{\"path\": \"events.csv\", \"schema\": {\"primaryKey\": \"review\"}}]",
		  "events.csv: expected the primary key review, milestone, found another one" },
		{ "[{\"path\": \"states.csv\", \"encoding\": \"UTF-16\"}, "
		  "{\"path\": \"states.csv\"}]",
		  "the resource 'states.csv' stands twice" },
		{ "[{\"path\": \"states.csv\", \"dialect\": {\"delimiter\": \";\"}}, "
		  "{\"path\": \"states.csv\"}]",
		  "the resource 'states.csv' stands twice" },
		{ "[{\"path\": \"states.csv\", \"schema\": {}}, {\"path\": \"states.csv\"}]",
		  "the resource 'states.csv' stands twice" },
	};
	make_files();
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct irm_package *package = NULL;
		struct irm_err err;
		char error[300];
		describe(cases[i].resources);
		same_number(cases[i].resources, irm_package_open(&package, ".", &err), IRM_INPUT);
		snprintf(error, sizeof error, "./datapackage.json: %s", cases[i].error);
		same_error(cases[i].resources, &err, error);
		assert_null(package);
		/* its folder may be looked at all the same */
		assert_int_equal(irm_package_look(&package, ".", &err), IRM_OK);
		same_text(cases[i].resources, package->name, "made-up");
		irm_package_free(package);
	}
}

static void test_a_resource_of_a_long_path_is_not_there(void **state)
{
	(void)state;
	struct irm_package *package = NULL;
	struct irm_err err;
	char resources[5000], error[200], path[4500];
	memset(path, '/', sizeof path);
	memcpy(path, ".", 1);
	snprintf(path + 4098, sizeof path - 4098, "states.csv");
	snprintf(resources, sizeof resources, "[{\"path\": \"%s\"}]", path);
	make_files();
	describe(resources);
	assert_int_equal(irm_package_open(&package, ".", &err), IRM_INPUT);
	snprintf(error, sizeof error, "./datapackage.json: the resource '%.100s' is not there",
	         path);
	same_error("long", &err, error);
}

static void test_resources_say_how_a_file_is_written(void **state)
{
	(void)state;
	struct irm_package *package;
	make_files();
	describe("[{\"path\": \"states.csv\"}, {\"path\": [\"states.csv\"], \"encoding\": "
	         "\"Utf-8\"}, {\"path\": \"states.csv\", \"encoding\": \"windows-1252\"}, "
	         "{\"path\": \"regions.csv\", \"dialect\": {\"delimiter\": \"|\"}}, "
	         "{\"path\": \"events.csv\", \"schema\": {}}, {\"path\": \"notes.txt\"}, "
	         "{\"path\": \"states.txt\", \"encoding\": 3}, {\"path\": \"csv\", "
	         "\"encoding\": 3}, {\"path\": \"sub/states.csv\", \"encoding\": 3}]");
	package = open_package(".");
	const struct irm_resource *of = package->resources;
	same_text("encoding", of[table_of("states")].encoding, "windows-1252");
	assert_int_equal(of[table_of("states")].delimiter, 0);
	assert_null(of[table_of("states")].rules);
	assert_null(of[table_of("regions")].encoding);
	assert_int_equal(of[table_of("regions")].delimiter, '|');
	assert_non_null(of[table_of("events")].rules);
	same_text("path", of[table_of("events")].path, "./events.csv");
	irm_package_free(package);
}

/* The system may have set errno long before. */
static void test_a_text_that_is_none_is_not_the_end_of_memory(void **state)
{
	(void)state;
	struct irm_package *package = NULL;
	struct irm_err err;
	write_text("states.csv", states);
	write_text("datapackage.json", "[");
	errno = ENOMEM;
	assert_int_equal(irm_package_open(&package, ".", &err), IRM_INPUT);
	assert_string_equal(err.file, "./datapackage.json");
}

static void *no_memory(size_t n)
{
	(void)n;
	errno = ENOMEM;
	return NULL;
}

static void test_a_descriptor_finds_no_memory(void **state)
{
	(void)state;
	struct irm_package *package = NULL;
	struct irm_err err;
	write_text("states.csv", states);
	write_text("datapackage.json", "{}");
	json_set_alloc_funcs(no_memory, free);
	enum irm_code code = irm_package_open(&package, ".", &err);
	json_set_alloc_funcs(malloc, free);
	assert_int_equal(code, IRM_SYSTEM);
	same_error("memory", &err, "out of memory");
	assert_null(package);
}

static void test_a_descriptor_that_cannot_be_read(void **state)
{
	(void)state;
	struct irm_package *package = NULL;
	struct irm_err err;
	write_text("states.csv", states);
	struct sockaddr_un name = { .sun_family = AF_UNIX, .sun_path = "datapackage.json" };
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);
	assert_int_equal(bind(fd, (const struct sockaddr *)&name, sizeof name), 0);
	close(fd);
	assert_int_equal(irm_package_open(&package, ".", &err), IRM_SYSTEM);
	same_error("socket", &err, "./datapackage.json: cannot read: No such device or address");
	assert_null(package);
}

static void test_no_file_is_left_open(void **state)
{
	(void)state;
	struct irm_package *package = NULL;
	struct irm_err err;
	write_text("states.csv", states);
	write_text("datapackage.json", "{\"name\": \"a\"}");
	size_t before = entries_of("/proc/self/fd");
	irm_package_free(open_package("."));
	write_text("datapackage.json", "[]");
	assert_int_equal(irm_package_open(&package, ".", &err), IRM_INPUT);
	write_text("x.csv", states);
	assert_int_equal(irm_package_open(&package, ".", &err), IRM_INPUT);
	same_number("open files", (long long)entries_of("/proc/self/fd"), (long long)before);
}

static void test_every_table_is_found_by_its_file(void **state)
{
	(void)state;
	for (size_t i = 0; i < irm_schemas_n; i++) {
		char path[80];
		const char *file[] = { path };
		struct irm_package *package = NULL;
		struct irm_err err;
		snprintf(path, sizeof path, "%s.csv", irm_schemas[i].table);
		write_text(path, "x");
		package = open_package(".");
		for (size_t k = 0; k < irm_schemas_n; k++)
			same_number(path, package->resources[k].path != NULL, k == i);
		irm_package_free(package);
		assert_int_equal(irm_package_of_files(&package, file, 1, NULL, &err), IRM_OK);
		for (size_t k = 0; k < irm_schemas_n; k++)
			same_text(path,
			          package->resources[k].path ? package->resources[k].path : "",
			          k == i ? path : "");
		irm_package_free(package);
		char text[200];
		snprintf(text, sizeof text,
		         "{\"resources\": [{\"path\": \"datapackage.json\"}, {\"path\": \"%s\", "
		         "\"encoding\": \"x\"}]}",
		         path);
		write_text("datapackage.json", text);
		package = open_package(".");
		for (size_t k = 0; k < irm_schemas_n; k++)
			same_number(path, package->resources[k].encoding != NULL, k == i);
		irm_package_free(package);
		unlink("datapackage.json");
		unlink(path);
	}
	struct irm_package *package = NULL;
	struct irm_err err;
	write_text("a.csv", "x");
	assert_int_equal(irm_package_open(&package, ".", &err), IRM_INPUT);
	err.hint[0] = '\0';
	same_error("a.csv", &err, "./a.csv: the file is named for no table");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		in_folder(test_a_folder_without_memory),
		in_folder(test_a_folder_without_a_descriptor_has_its_own_name),
		in_folder(test_a_descriptor_gives_name_and_day),
		in_folder(test_descriptors_that_are_none),
		in_folder(test_folders_that_are_no_package),
		in_folder(test_a_csv_file_of_no_table_is_told_the_first_by_name),
		in_folder(test_a_folder_gives_the_path_of_each_table),
		cmocka_unit_test(test_spreadsheets_have_a_hint),
		in_folder(test_a_folder_of_spreadsheets_alone),
		in_folder(test_single_files),
		in_folder(test_resources_that_are_none),
		in_folder(test_a_resource_of_a_long_path_is_not_there),
		in_folder(test_resources_say_how_a_file_is_written),
		in_folder(test_a_text_that_is_none_is_not_the_end_of_memory),
		in_folder(test_a_descriptor_finds_no_memory),
		in_folder(test_a_descriptor_that_cannot_be_read),
		in_folder(test_no_file_is_left_open),
		in_folder(test_every_table_is_found_by_its_file),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
