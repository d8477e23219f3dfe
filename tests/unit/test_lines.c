/* The line of each row: found by table and key, the newest where there were several. */
#include "unit.h"

#include "store/lines.h"

static void test_a_row_is_found_by_its_table_and_key(void **state)
{
	(void)state;
	struct irm_lines lines = { .line = NULL };
	same_number("empty", irm_lines_find(&lines, "states", "XAA"), 0);
	assert_int_equal(irm_lines_add(&lines, "states", "XAA", 2), 0);
	assert_int_equal(irm_lines_add(&lines, "states", "XAB", 5), 0);
	assert_int_equal(irm_lines_add(&lines, "events", "R1\x1fstarted", 3), 0);
	assert_int_equal(irm_lines_add(&lines, "events", "R1", 7), 0);
	same_number("the first", irm_lines_find(&lines, "states", "XAA"), 2);
	same_number("the second", irm_lines_find(&lines, "states", "XAB"), 5);
	same_number("a key of two", irm_lines_find(&lines, "events", "R1\x1fstarted"), 3);
	same_number("a shorter one", irm_lines_find(&lines, "events", "R1"), 7);
	same_number("no such key", irm_lines_find(&lines, "states", "XAC"), 0);
	same_number("another table", irm_lines_find(&lines, "reviews", "XAA"), 0);
	assert_int_equal(irm_lines_add(&lines, "states", "XAA", 9), 0);
	same_number("the newest", irm_lines_find(&lines, "states", "XAA"), 9);
	same_number("the others stay", irm_lines_find(&lines, "states", "XAB"), 5);
	irm_lines_release(&lines);
	same_number("released", irm_lines_find(&lines, "states", "XAB"), 0);
	assert_int_equal(irm_lines_add(&lines, "states", "XAB", 4), 0);
	same_number("used again", irm_lines_find(&lines, "states", "XAB"), 4);
	irm_lines_release(&lines);
}

/* It grows at 1,024, 2,048 and 4,096. */
static void test_many_rows(void **state)
{
	(void)state;
	struct irm_lines lines = { .line = NULL };
	char key[32];
	for (int round = 0; round < 2; round++)
		for (long i = 0; i < 5000; i++) {
			snprintf(key, sizeof key, "R%ld", i);
			if (round == 0)
				assert_int_equal(irm_lines_add(&lines, "reviews", key, i + 2), 0);
			else
				same_number(key, irm_lines_find(&lines, "reviews", key), i + 2);
		}
	irm_lines_release(&lines);
}

/* A key longer than any that the loader takes has no line, and does no harm. */
static void test_the_longest_key(void **state)
{
	(void)state;
	enum { LONGEST = 4200 - 1 - 7 }; /* "states" and what stands after it */
	struct irm_lines lines = { .line = NULL };
	char key[LONGEST + 2];
	memset(key, 'x', sizeof key);
	for (size_t length = LONGEST; length <= LONGEST + 1; length++) {
		key[length] = '\0';
		key[0] = length == LONGEST ? 'a' : 'b';
		assert_int_equal(irm_lines_add(&lines, "states", key, 3), 0);
		same_number("long", irm_lines_find(&lines, "states", key),
		            length == LONGEST ? 3 : 0);
		key[length] = 'x';
	}
	assert_int_equal(lines.keys.n, 1);
	irm_lines_release(&lines);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_row_is_found_by_its_table_and_key),
		cmocka_unit_test(test_many_rows),
		cmocka_unit_test(test_the_longest_key),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
