/* Interning: the same text, the same number, in the order of first appearance. */
#include "unit.h"

#include "base/intern.h"

static void test_numbers_in_order_of_appearance(void **state)
{
	(void)state;
	struct irm_intern intern = { 0 };
	assert_int_equal(irm_intern_find(&intern, "a"), IRM_NO_ID);
	assert_int_equal(irm_intern_add(&intern, "b"), 0);
	assert_int_equal(irm_intern_add(&intern, ""), 1);
	assert_int_equal(irm_intern_add(&intern, "a"), 2);
	assert_int_equal(irm_intern_add(&intern, "b"), 0);
	assert_int_equal(irm_intern_add(&intern, "A"), 3);
	assert_int_equal(irm_intern_find(&intern, "a"), 2);
	assert_int_equal(irm_intern_find(&intern, ""), 1);
	assert_int_equal(irm_intern_find(&intern, "c"), IRM_NO_ID);
	assert_int_equal(intern.n, 4);
	assert_string_equal(irm_intern_text(&intern, 2), "a");
	irm_intern_release(&intern);
}

static void test_texts_are_copied(void **state)
{
	(void)state;
	struct irm_intern intern = { 0 };
	char text[] = "XAA";
	assert_int_equal(irm_intern_add(&intern, text), 0);
	text[2] = 'B';
	assert_string_equal(irm_intern_text(&intern, 0), "XAA");
	assert_int_equal(irm_intern_find(&intern, text), IRM_NO_ID);
	irm_intern_release(&intern);
}

static void test_many_texts_keep_their_numbers(void **state)
{
	(void)state;
	struct irm_intern intern = { 0 };
	char text[32];
	for (uint32_t i = 0; i < 100000; i++) {
		snprintf(text, sizeof text, "FIC-%u-%u", i % 7, i);
		assert_int_equal(irm_intern_add(&intern, text), i);
	}
	for (uint32_t i = 0; i < 100000; i++) {
		snprintf(text, sizeof text, "FIC-%u-%u", i % 7, i);
		assert_int_equal(irm_intern_find(&intern, text), i);
		assert_string_equal(irm_intern_text(&intern, i), text);
	}
	assert_int_equal(intern.n, 100000);
	irm_intern_release(&intern);
}

static void test_released_and_used_again(void **state)
{
	(void)state;
	struct irm_intern intern = { 0 };
	irm_intern_release(&intern);
	assert_int_equal(irm_intern_add(&intern, "a"), 0);
	irm_intern_release(&intern);
	assert_int_equal(irm_intern_find(&intern, "a"), IRM_NO_ID);
	assert_int_equal(irm_intern_add(&intern, "z"), 0);
	irm_intern_release(&intern);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_numbers_in_order_of_appearance),
		cmocka_unit_test(test_texts_are_copied),
		cmocka_unit_test(test_many_texts_keep_their_numbers),
		cmocka_unit_test(test_released_and_used_again),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
