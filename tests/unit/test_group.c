/* Groups of a table's rows. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "table/group.h"

static struct irm_table *table_of(const char *text)
{
	char path[] = "/tmp/test_group.XXXXXX";
	int fd = mkstemp(path);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, strlen(text)), (int)strlen(text));
	close(fd);
	struct irm_table *table = NULL;
	struct irm_err err = { .code = IRM_OK };
	assert_int_equal(irm_table_read(&table, path, &err), IRM_OK);
	unlink(path);
	return table;
}

/* The groups' keys, '|' between keys and ' ' after a group, and the groups of the rows. */
static void show(char *out, size_t size, const struct irm_groups *groups)
{
	size_t used = 0;
	out[0] = '\0';
	for (size_t i = 0; i < groups->n; i++)
		for (size_t k = 0; k < groups->n_keys; k++)
			used += (size_t)snprintf(out + used, size - used, "%s%c",
			                         irm_groups_key(groups, i, k),
			                         k + 1 < groups->n_keys ? '|' : ' ');
	for (size_t row = 0; row < irm_table_rows(groups->table); row++)
		used += (size_t)snprintf(out + used, size - used, "%zu", groups->of_row[row]);
}

static void test_order(void **state)
{
	(void)state;
	static const struct {
		const char *name, *text, *by, *expected;
	} cases[] = {
		{ "bytes", "a\nb\na\nB\n\303\244\n", "a", "B a b \303\244 2103" },
		{ "numbers", "a\n10\n9\n-3\n10\n", "a", "-3 9 10 2102" },
		{ "the same number twice", "a\n7\n07\n", "a", "07 7 10" },
		{ "not all are numbers", "a\n10\n9\nx\n", "a", "10 9 x 012" },
		{ "last ones", "a\nall\nunassigned\n\"\"\nzzz\n", "a", "zzz  unassigned all 3210" },
		{ "numbers and last ones", "a\nall\n10\n9\nunassigned\n", "a",
		  "9 10 unassigned all 3102" },
		{ "two keys", "a,b\nx,2\ny,1\nx,1\nx,2\n", "a,b", "x|1 x|2 y|1 1201" },
		{ "two keys, turned", "a,b\nx,2\ny,1\nx,1\nx,2\n", "b,a", "1|x 1|y 2|x 2102" },
		{ "keys that run together", "a,b\n1:2,3\n1,:23\n", "a,b", "1|:23 1:2|3 10" },
		{ "no key", "a\nx\ny\n", NULL, "00" },
		{ "no key, no rows", "a\n", NULL, "" },
		{ "no rows", "a\n", "a", "" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct irm_table *table = table_of(cases[i].text);
		struct irm_groups *groups = NULL;
		struct irm_err err = { .code = IRM_OK };
		char found[256];
		assert_int_equal(irm_groups_new(&groups, table, cases[i].by, &err), IRM_OK);
		show(found, sizeof found, groups);
		if (strcmp(found, cases[i].expected) != 0)
			fail_msg("%s: expected '%s', found '%s'", cases[i].name, cases[i].expected,
			         found);
		irm_groups_free(groups);
		irm_table_free(table);
	}
}

static void test_number_without_rows(void **state)
{
	(void)state;
	struct irm_table *table = table_of("a\n");
	struct irm_groups *groups = NULL;
	struct irm_err err = { .code = IRM_OK };
	assert_int_equal(irm_groups_new(&groups, table, NULL, &err), IRM_OK);
	assert_int_equal(groups->n, 1);
	irm_groups_free(groups);
	assert_int_equal(irm_groups_new(&groups, table, "a", &err), IRM_OK);
	assert_int_equal(groups->n, 0);
	irm_groups_free(groups);
	irm_groups_free(NULL);
	irm_table_free(table);
}

static void test_faults(void **state)
{
	(void)state;
	static const struct {
		const char *by, *message, *hint;
	} cases[] = {
		{ "regoin", "--by: there is no column 'regoin'", "did you mean 'region'?" },
		{ "region,region", "--by: the column 'region' stands twice", "" },
		{ "region,", "--by: a column is missing at the end", "" },
		{ ",region", "--by: there is no column ''", NULL },
	};
	struct irm_table *table = table_of("region,stage\nx,y\n");
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct irm_groups *groups = NULL;
		struct irm_err err = { .code = IRM_OK };
		assert_int_equal(irm_groups_new(&groups, table, cases[i].by, &err), IRM_USAGE);
		assert_string_equal(err.message, cases[i].message);
		if (cases[i].hint)
			assert_string_equal(err.hint, cases[i].hint);
		assert_null(groups);
	}
	irm_table_free(table);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_order),
		cmocka_unit_test(test_number_without_rows),
		cmocka_unit_test(test_faults),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
