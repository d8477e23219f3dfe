/* A table read whole: its header, its cells, and the place of what is wrong. */
#include "unit.h"

#include <math.h>

#include "table/table.h"

static struct irm_table *table_of(const char *text)
{
	struct irm_table *table = NULL;
	struct irm_err err;
	write_text("t.csv", text);
	if (irm_table_read(&table, "t.csv", &err))
		fail_msg("%s: %s", err.file, err.message);
	return table;
}

static void test_cells_and_lines(void **state)
{
	(void)state;
	struct irm_table *table = table_of("a,\"b,c\"\n1,\"x\ny\"\n,\n3,z\n");
	assert_string_equal(irm_table_file(table), "t.csv");
	assert_int_equal(irm_table_columns(table), 2);
	assert_int_equal(irm_table_rows(table), 3);
	assert_string_equal(irm_table_name(table, 1), "b,c");
	assert_string_equal(irm_table_text(table, 0, 1), "x\ny");
	assert_string_equal(irm_table_text(table, 1, 0), "");
	assert_string_equal(irm_table_text(table, 2, 1), "z");
	assert_int_equal(irm_table_line(table, 0), 2);
	assert_int_equal(irm_table_line(table, 1), 4);
	assert_int_equal(irm_table_line(table, 2), 5);
	assert_int_equal(irm_table_find(table, "b,c"), 1);
	assert_int_equal(irm_table_find(table, "A"), -1);
	irm_table_free(table);
	irm_table_free(NULL);
}

static void test_many_rows(void **state)
{
	(void)state;
	FILE *file = fopen("t.csv", "w");
	assert_non_null(file);
	fputs("a,b\n", file);
	for (int i = 0; i < 5000; i++)
		fprintf(file, "%d,x%d\n", i, i);
	assert_int_equal(fclose(file), 0);
	struct irm_table *table = NULL;
	struct irm_err err;
	assert_int_equal(irm_table_read(&table, "t.csv", &err), IRM_OK);
	assert_int_equal(irm_table_rows(table), 5000);
	for (size_t i = 0; i < 5000; i++) {
		int64_t found = -1;
		assert_int_equal(irm_table_integer(&found, table, i, 0, 0, &err), IRM_OK);
		assert_int_equal(found, i);
		assert_int_equal(irm_table_line(table, i), i + 2);
	}
	irm_table_free(table);
}

static void test_one_column_has_empty_lines_for_empty_cells(void **state)
{
	(void)state;
	struct irm_table *table = table_of("a\n1\n\n3\n\n");
	assert_int_equal(irm_table_rows(table), 4);
	assert_string_equal(irm_table_text(table, 1, 0), "");
	assert_string_equal(irm_table_text(table, 2, 0), "3");
	assert_int_equal(irm_table_line(table, 3), 5);
	irm_table_free(table);
}

static void test_a_header_alone_has_no_rows(void **state)
{
	(void)state;
	struct irm_table *table = table_of("a,b");
	assert_int_equal(irm_table_rows(table), 0);
	assert_int_equal(irm_table_columns(table), 2);
	irm_table_free(table);
}

static void test_what_is_no_table(void **state)
{
	(void)state;
	static const struct {
		const char *name, *text, *error;
	} cases[] = {
		{ "nothing", "", "t.csv:1: expected a header row, found an empty input" },
		{ "an empty line first", "\na\n",
		  "t.csv:1: expected a header row, found an empty line" },
		{ "a column without a name", "a,,c\n",
		  "t.csv:1:2: expected the name of a column, found nothing" },
		{ "a column twice", "a,b,a\n", "t.csv:1:3: the column 'a' stands twice" },
		{ "a short row", "a,b\n1,2\n3\n",
		  "t.csv:3: expected 2 fields as in the header, found 1" },
		{ "a long row", "a,b\n1,2,3\n",
		  "t.csv:2: expected 2 fields as in the header, found 3" },
		{ "an empty line", "a,b\n\n1,2\n",
		  "t.csv:2: expected 2 fields as in the header, found 0" },
		{ "a stray quote", "a,b\n1,\"\n\"\n2,\"x\"y\n", "t.csv:4:2: found a stray quote" },
		{ "an unclosed quote", "a,b\n1,\"2\n",
		  "t.csv:2:2: found a quote that is never closed" },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct irm_table *table = NULL;
		struct irm_err err;
		write_text("t.csv", cases[i].text);
		same_number(cases[i].name, irm_table_read(&table, "t.csv", &err), IRM_INPUT);
		err.hint[0] = '\0';
		same_error(cases[i].name, &err, cases[i].error);
		assert_null(table);
	}
	struct irm_table *table = NULL;
	struct irm_err err;
	assert_int_equal(irm_table_read(&table, "nowhere.csv", &err), IRM_SYSTEM);
	assert_null(table);
}

static void test_a_column_that_must_be_there(void **state)
{
	(void)state;
	struct irm_err err;
	size_t column = 9;
	struct irm_table *table = table_of("region,days\n");
	assert_int_equal(irm_table_need(&column, table, "days", &err), IRM_OK);
	assert_int_equal(column, 1);
	assert_int_equal(irm_table_need(&column, table, "day", &err), IRM_INPUT);
	same_error("missing", &err,
	           "t.csv:1: expected a column 'day', found none of that name (did you mean "
	           "'days'?)");
	irm_table_free(table);
}

static void test_numbers_have_their_place(void **state)
{
	(void)state;
	struct irm_err err;
	double number = 0;
	int64_t whole = 0;
	struct irm_table *table = table_of("a,b\n1.5,2\n,\nx,2.5\n");
	assert_int_equal(irm_table_number(&number, table, 0, 0, &err), IRM_OK);
	assert_true(number > 1.49 && number < 1.51);
	assert_int_equal(irm_table_number(&number, table, 1, 0, &err), IRM_OK);
	assert_true(isnan(number));
	assert_int_equal(irm_table_integer(&whole, table, 0, 1, -1, &err), IRM_OK);
	assert_int_equal(whole, 2);
	assert_int_equal(irm_table_integer(&whole, table, 1, 1, -1, &err), IRM_OK);
	assert_int_equal(whole, -1);
	assert_int_equal(irm_table_number(&number, table, 2, 0, &err), IRM_INPUT);
	same_error("number", &err, "t.csv:4:1: expected a number such as 0.25, found 'x'");
	assert_int_equal(irm_table_integer(&whole, table, 2, 1, -1, &err), IRM_INPUT);
	same_error("whole", &err, "t.csv:4:2: expected a whole number, found '2.5'");
	irm_table_free(table);
}

static void test_rows_that_are_chosen(void **state)
{
	(void)state;
	struct irm_err err;
	struct irm_table *part = NULL;
	struct irm_table *table = table_of("a,b\n1,x\n2,y\n3,z\n");
	static const size_t rows[] = { 2, 0 };
	assert_int_equal(irm_table_select(&part, table, rows, 2, &err), IRM_OK);
	assert_int_equal(irm_table_rows(part), 2);
	assert_int_equal(irm_table_columns(part), 2);
	assert_string_equal(irm_table_name(part, 1), "b");
	assert_string_equal(irm_table_text(part, 0, 1), "z");
	assert_string_equal(irm_table_text(part, 1, 0), "1");
	assert_int_equal(irm_table_line(part, 0), 4);
	irm_table_free(part);
	assert_int_equal(irm_table_select(&part, table, rows, 0, &err), IRM_OK);
	assert_int_equal(irm_table_rows(part), 0);
	irm_table_free(part);
	assert_string_equal(irm_table_text(table, 2, 1), "z");
	irm_table_free(table);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		in_folder(test_cells_and_lines),
		in_folder(test_many_rows),
		in_folder(test_one_column_has_empty_lines_for_empty_cells),
		in_folder(test_a_header_alone_has_no_rows),
		in_folder(test_what_is_no_table),
		in_folder(test_a_column_that_must_be_there),
		in_folder(test_numbers_have_their_place),
		in_folder(test_rows_that_are_chosen),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
