/* The error type: message, place, hint, and names that are too long. */
#include "unit.h"

#include <errno.h>

static void test_set_fills_message_and_clears_the_rest(void **state)
{
	(void)state;
	struct irm_err err;
	memset(&err, 'x', sizeof err);
	assert_int_equal(irm_err_set(&err, IRM_USAGE, "found '%s', expected %d", "a", 3),
	                 IRM_USAGE);
	assert_int_equal(err.code, IRM_USAGE);
	same_error("set", &err, "found 'a', expected 3");
	assert_int_equal(err.line, 0);
	assert_int_equal(err.field, 0);
}

static void test_at_is_bad_input_with_its_place(void **state)
{
	(void)state;
	struct irm_err err;
	assert_int_equal(irm_err_at(&err, "events.csv", 12, 4, "no"), IRM_INPUT);
	same_error("at", &err, "events.csv:12:4: no");
}

static void test_place_keeps_the_first_place(void **state)
{
	(void)state;
	struct irm_err err;
	irm_err_set(&err, IRM_INPUT, "no");
	assert_int_equal(irm_err_place(&err, "a.csv", 1, 2), IRM_INPUT);
	assert_int_equal(irm_err_place(&err, "b.csv", 3, 4), IRM_INPUT);
	same_error("place", &err, "a.csv:1:2: no");
}

static void test_hint_stands_beside_the_message(void **state)
{
	(void)state;
	struct irm_err err;
	irm_err_at(&err, "a.csv", 1, 0, "no");
	irm_err_hint(&err, "did you mean '%s'?", "yes");
	same_error("hint", &err, "a.csv:1: no (did you mean 'yes'?)");
	irm_err_set(&err, IRM_INPUT, "another");
	same_error("cleared", &err, "another");
}

static void test_memory_needs_none(void **state)
{
	(void)state;
	struct irm_err err;
	assert_int_equal(irm_err_memory(&err), IRM_SYSTEM);
	same_error("memory", &err, "out of memory");
}

static void test_errno_names_path_and_reason(void **state)
{
	(void)state;
	struct irm_err err;
	errno = ENOENT;
	assert_int_equal(irm_err_errno(&err, "a b", "cannot read"), IRM_SYSTEM);
	same_error("errno", &err, "a b: cannot read: No such file or directory");
}

static void test_long_texts_are_cut(void **state)
{
	(void)state;
	struct irm_err err;
	char name[1001], text[2001];
	memset(name, 'd', 1000);
	memcpy(name + 990, "/the-end", 9);
	memset(text, 'm', 2000);
	text[2000] = '\0';
	irm_err_at(&err, name, 1, 1, "%s", text);
	irm_err_hint(&err, "%s", text);
	assert_int_equal(strlen(err.file), sizeof err.file - 1);
	assert_int_equal(strncmp(err.file, "...d", 4), 0);
	assert_string_equal(err.file + strlen(err.file) - 8, "/the-end");
	assert_int_equal(strlen(err.message), sizeof err.message - 1);
	assert_int_equal(strlen(err.hint), sizeof err.hint - 1);
}

static void test_a_name_of_just_the_room_is_kept(void **state)
{
	(void)state;
	struct irm_err err;
	char name[sizeof err.file];
	memset(name, 'n', sizeof name - 1);
	name[sizeof name - 1] = '\0';
	irm_err_at(&err, name, 1, 1, "no");
	assert_string_equal(err.file, name);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_set_fills_message_and_clears_the_rest),
		cmocka_unit_test(test_at_is_bad_input_with_its_place),
		cmocka_unit_test(test_place_keeps_the_first_place),
		cmocka_unit_test(test_hint_stands_beside_the_message),
		cmocka_unit_test(test_memory_needs_none),
		cmocka_unit_test(test_errno_names_path_and_reason),
		cmocka_unit_test(test_long_texts_are_cut),
		cmocka_unit_test(test_a_name_of_just_the_room_is_kept),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
