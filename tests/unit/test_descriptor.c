/* The descriptor that is written: its metadata kept, its schemas those of the tables. */
#include "unit.h"

#include <errno.h>
#include <jansson.h>

#include "store/descriptor.h"
#include "store/package.h"

static json_t *describe(const char *folder)
{
	char *text = NULL;
	size_t length = 0;
	struct irm_err err;
	json_error_t where;
	FILE *stream = open_memstream(&text, &length);
	assert_non_null(stream);
	if (irm_descriptor_write(stream, folder, &err))
		fail_msg("%s: %s", err.file, err.message);
	assert_int_equal(fclose(stream), 0);
	assert_true(length > 0 && text[length - 1] == '\n');
	json_t *root = json_loads(text, JSON_REJECT_DUPLICATES, &where);
	if (!root)
		fail_msg("line %d: %s", where.line, where.text);
	free(text);
	return root;
}

/* The text of a JSON value, as short as it gets. */
static void same_json(const char *name, const json_t *value, const char *expected)
{
	char *text = json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY);
	same_text(name, text ? text : "(none)", expected);
	free(text);
}

static const json_t *resource_of(const json_t *root, const char *table)
{
	const json_t *list = json_object_get(root, "resources");
	for (size_t i = 0; i < json_array_size(list); i++) {
		const json_t *resource = json_array_get(list, i);
		if (strcmp(json_string_value(json_object_get(resource, "name")), table) == 0)
			return resource;
	}
	fail_msg("no resource %s", table);
	return NULL;
}

static const json_t *field_of(const json_t *root, const char *table, const char *column)
{
	const json_t *schema = json_object_get(resource_of(root, table), "schema");
	const json_t *fields = json_object_get(schema, "fields");
	for (size_t i = 0; i < json_array_size(fields); i++) {
		const json_t *field = json_array_get(fields, i);
		if (strcmp(json_string_value(json_object_get(field, "name")), column) == 0)
			return field;
	}
	fail_msg("no field %s.%s", table, column);
	return NULL;
}

/* A folder with an empty file of each table. */
static void make_all_tables(void)
{
	for (size_t i = 0; i < irm_schemas_n; i++) {
		char path[80];
		snprintf(path, sizeof path, "%s.csv", irm_schemas[i].table);
		FILE *file = fopen(path, "w");
		assert_non_null(file);
		for (size_t c = 0; c < irm_schemas[i].n; c++)
			fprintf(file, "%s%s", c ? "," : "", irm_schemas[i].columns[c].name);
		fputc('\n', file);
		assert_int_equal(fclose(file), 0);
	}
}

static void test_every_table_has_its_resource(void **state)
{
	(void)state;
	make_all_tables();
	json_t *root = describe(".");
	const json_t *list = json_object_get(root, "resources");
	assert_int_equal(json_array_size(list), irm_schemas_n);
	for (size_t i = 0; i < irm_schemas_n; i++) {
		char path[80];
		const json_t *resource = json_array_get(list, i);
		const json_t *schema = json_object_get(resource, "schema");
		const json_t *fields = json_object_get(schema, "fields");
		const json_t *keys = json_object_get(schema, "primaryKey");
		snprintf(path, sizeof path, "%s.csv", irm_schemas[i].table);
		same_text("path", json_string_value(json_object_get(resource, "path")), path);
		same_text("encoding", json_string_value(json_object_get(resource, "encoding")),
		          "utf-8");
		assert_int_equal(json_array_size(fields), irm_schemas[i].n);
		size_t key = 0;
		for (size_t c = 0; c < irm_schemas[i].n; c++) {
			const struct irm_column *column = &irm_schemas[i].columns[c];
			const json_t *field = json_array_get(fields, c);
			const json_t *constraints = json_object_get(field, "constraints");
			same_text("name", json_string_value(json_object_get(field, "name")),
			          column->name);
			same_number(column->name,
			            json_is_true(json_object_get(constraints, "required")),
			            column->need != IRM_OPTIONAL);
			if (irm_column_is_key(column))
				same_text("key", json_string_value(json_array_get(keys, key++)),
				          column->name);
		}
		assert_int_equal(json_array_size(keys), key);
	}
	json_decref(root);
}

static void test_fields_have_types_and_constraints(void **state)
{
	(void)state;
	static const struct {
		const char *table, *column, *expected;
	} cases[] = {
		{ "states", "name", "{\"name\":\"name\",\"type\":\"string\"}" },
		{ "states", "party_since", "{\"name\":\"party_since\",\"type\":\"date\"}" },
		{ "published", "value", "{\"name\":\"value\",\"type\":\"number\"}" },
		{ "milestones", "time_limit",
		  "{\"name\":\"time_limit\",\"type\":\"integer\",\"constraints\":{\"minimum\":0}"
		  "}" },
		{ "milestones", "unit",
		  "{\"name\":\"unit\",\"type\":\"string\",\"constraints\":{\"enum\":[\"day\","
		  "\"week\",\"month\"]}}" },
		{ "reviews", "state",
		  "{\"name\":\"state\",\"type\":\"string\",\"constraints\":{\"required\":true}}" },
	};
	make_all_tables();
	json_t *root = describe(".");
	for (size_t i = 0; i < COUNT(cases); i++)
		same_json(cases[i].column, field_of(root, cases[i].table, cases[i].column),
		          cases[i].expected);
	/* a vague date is a string with a pattern */
	const json_t *date = field_of(root, "events", "date");
	same_text("type", json_string_value(json_object_get(date, "type")), "string");
	assert_non_null(json_object_get(json_object_get(date, "constraints"), "pattern"));
	json_decref(root);
}

static void test_foreign_keys_are_told_where_the_table_is_there(void **state)
{
	(void)state;
	make_all_tables();
	json_t *root = describe(".");
	same_json("to this table and others",
	          json_object_get(json_object_get(resource_of(root, "reviews"), "schema"),
	                          "foreignKeys"),
	          "[{\"fields\":\"cycle\",\"reference\":{\"resource\":\"cycles\",\"fields\":"
	          "\"cycle\"}},{\"fields\":\"state\",\"reference\":{\"resource\":\"states\","
	          "\"fields\":\"state\"}},{\"fields\":\"reviewer_1\",\"reference\":{\"resource\":"
	          "\"states\",\"fields\":\"state\"}},{\"fields\":\"reviewer_2\",\"reference\":"
	          "{\"resource\":\"states\",\"fields\":\"state\"}},{\"fields\":\"reviewer_3\","
	          "\"reference\":{\"resource\":\"states\",\"fields\":\"state\"}},{\"fields\":"
	          "\"replaces\",\"reference\":{\"resource\":\"\",\"fields\":\"review\"}}]");
	/* a column in which 'all' may stand has none */
	same_json("needs",
	          json_object_get(json_object_get(resource_of(root, "needs"), "schema"),
	                          "foreignKeys"),
	          "[{\"fields\":\"review\",\"reference\":{\"resource\":\"reviews\",\"fields\":"
	          "\"review\"}}]");
	json_decref(root);
	assert_int_equal(unlink("regions.csv"), 0);
	root = describe(".");
	assert_null(json_object_get(json_object_get(resource_of(root, "states"), "schema"),
	                            "foreignKeys"));
	json_decref(root);
}

static void test_metadata_stay_and_the_second_time_changes_nothing(void **state)
{
	(void)state;
	make_all_tables();
	write_text("datapackage.json",
	           "{\"name\": \"made-up\", \"title\": \"\xc3\x89tats fictifs\", \"as_of\": "
	           "\"2020-12-31\", \"sources\": [{\"title\": \"rule \\\"1\\\"\"}]}");
	json_t *root = describe(".");
	same_text("name", json_string_value(json_object_get(root, "name")), "made-up");
	same_text("title", json_string_value(json_object_get(root, "title")),
	          "\xc3\x89tats fictifs");
	same_text("as_of", json_string_value(json_object_get(root, "as_of")), "2020-12-31");
	same_json("sources", json_object_get(root, "sources"), "[{\"title\":\"rule \\\"1\\\"\"}]");
	assert_int_equal(json_dump_file(root, "datapackage.json", 0), 0);
	json_t *again = describe(".");
	assert_true(json_equal(root, again));
	json_decref(root);
	json_decref(again);
}

static void test_a_folder_that_is_no_package(void **state)
{
	(void)state;
	struct irm_err err;
	assert_int_equal(irm_descriptor_write(stdout, "nowhere", &err), IRM_SYSTEM);
	assert_int_equal(irm_descriptor_write(stdout, ".", &err), IRM_INPUT);
}

static void *no_memory(size_t n)
{
	(void)n;
	errno = ENOMEM;
	return NULL;
}

/* What is written where memory ends at once, where the disk is full, where errno is of long ago. */
static void test_a_descriptor_that_cannot_be_written(void **state)
{
	(void)state;
	struct irm_err err;
	make_all_tables();
	write_text("datapackage.json", "{\"name\": \"made-up\"}");
	FILE *full = fopen("/dev/full", "w");
	assert_non_null(full);
	setvbuf(full, NULL, _IONBF, 0);
	errno = ENOMEM;
	assert_int_equal(irm_descriptor_write(full, ".", &err), IRM_SYSTEM);
	same_error("full", &err, ".: cannot write its descriptor: No space left on device");
	json_set_alloc_funcs(no_memory, free);
	enum irm_code code = irm_descriptor_write(full, ".", &err);
	json_set_alloc_funcs(malloc, free);
	assert_int_equal(code, IRM_SYSTEM);
	same_error("memory", &err, "out of memory");
	(void)fclose(full);
}

/* A descriptor that is none is written anew, with the name that the folder has. */
static void test_a_descriptor_that_is_none(void **state)
{
	(void)state;
	static const char *const texts[] = { "[", "", NULL };
	assert_int_equal(mkdir("p", 0700), 0);
	write_text("p/regions.csv", "region,name,position\n");
	for (size_t i = 0; i < COUNT(texts); i++) {
		unlink("p/datapackage.json");
		if (i < 1) /* what cannot be looked at is told */
			write_text("p/datapackage.json", "{\"resources\": 3}");
		errno = ENOMEM;
		json_t *root = describe("p");
		same_number("resources",
		            (long long)json_array_size(json_object_get(root, "resources")), 1);
		same_text("path",
		          json_string_value(json_object_get(resource_of(root, "regions"), "path")),
		          "regions.csv");
		if (i > 0) {
			same_json("profile", json_object_get(root, "profile"),
			          "\"tabular-data-package\"");
			same_json("name", json_object_get(root, "name"), "\"p\"");
		}
		json_decref(root);
	}
}

/* The whole of a resource, word for word. */
static void test_a_resource_as_a_whole(void **state)
{
	(void)state;
	write_text("mechanisms.csv", "mechanism,name,convention\n");
	write_text("scope.csv", "cycle,chapter\n");
	json_t *root = describe(".");
	same_json("resources", json_object_get(root, "resources"),
	          "[{\"name\":\"mechanisms\",\"profile\":\"tabular-data-resource\",\"path\":"
	          "\"mechanisms.csv\",\"format\":\"csv\",\"mediatype\":\"text/csv\",\"encoding\":"
	          "\"utf-8\",\"schema\":{\"fields\":[{\"name\":\"mechanism\",\"type\":\"string\","
	          "\"constraints\":{\"required\":true}},{\"name\":\"name\",\"type\":\"string\"},"
	          "{\"name\":\"convention\",\"type\":\"string\"}],\"primaryKey\":[\"mechanism\"],"
	          "\"missingValues\":[\"\"]}},{\"name\":\"scope\",\"profile\":"
	          "\"tabular-data-resource\",\"path\":\"scope.csv\",\"format\":\"csv\","
	          "\"mediatype\":\"text/csv\",\"encoding\":\"utf-8\",\"schema\":{\"fields\":"
	          "[{\"name\":\"cycle\",\"type\":\"string\",\"constraints\":{\"required\":true}},"
	          "{\"name\":\"chapter\",\"type\":\"string\",\"constraints\":{\"required\":true}}],"
	          "\"primaryKey\":[\"cycle\",\"chapter\"],\"missingValues\":[\"\"]}}]");
	json_decref(root);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		in_folder(test_every_table_has_its_resource),
		in_folder(test_fields_have_types_and_constraints),
		in_folder(test_foreign_keys_are_told_where_the_table_is_there),
		in_folder(test_metadata_stay_and_the_second_time_changes_nothing),
		in_folder(test_a_folder_that_is_no_package),
		in_folder(test_a_descriptor_that_cannot_be_written),
		in_folder(test_a_descriptor_that_is_none),
		in_folder(test_a_resource_as_a_whole),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
