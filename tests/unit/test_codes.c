/* Codes while a load resolves references: ids, owners, the nearest one. */
#include "unit.h"

#include "store/codes.h"

static void test_a_code_is_added_once_with_a_new_id(void **state)
{
	(void)state;
	struct irm_codes codes = { .last_id = 41 };
	assert_int_equal(irm_codes_find(&codes, 0, "XAA"), IRM_NO_ID);
	assert_int_equal(irm_codes_add(&codes, 0, "XAA"), 0);
	assert_int_equal(irm_codes_add(&codes, 0, "XAB"), 1);
	assert_int_equal(irm_codes_add(&codes, 0, "XAA"), 0);
	assert_int_equal(codes.code[0].id, 42);
	assert_int_equal(codes.code[1].id, 43);
	assert_int_equal(codes.last_id, 43);
	assert_false(codes.code[0].defined);
	assert_int_equal(irm_codes_find(&codes, 0, "XAB"), 1);
	irm_codes_release(&codes);
}

static void test_owners_keep_codes_apart(void **state)
{
	(void)state;
	struct irm_codes codes = { 0 };
	assert_int_equal(irm_codes_add(&codes, 1, "started"), 0);
	assert_int_equal(irm_codes_add(&codes, 12, "started"), 1);
	assert_int_equal(irm_codes_add(&codes, UINT32_MAX, "started"), 2);
	assert_int_equal(irm_codes_find(&codes, 1, "started"), 0);
	assert_int_equal(irm_codes_find(&codes, 12, "started"), 1);
	assert_int_equal(irm_codes_find(&codes, UINT32_MAX, "started"), 2);
	assert_int_equal(irm_codes_find(&codes, 2, "started"), IRM_NO_ID);
	irm_codes_release(&codes);
}

static void test_the_nearest_is_one_of_the_owner_that_is_there(void **state)
{
	(void)state;
	struct irm_codes codes = { 0 };
	assert_int_equal(irm_codes_add(&codes, 1, "dialogue"), 0);
	assert_int_equal(irm_codes_add(&codes, 2, "dialouge"), 1);
	codes.code[0].defined = codes.code[1].defined = true;
	assert_int_equal(irm_codes_add(&codes, 1, "dialogues"), 2);
	assert_string_equal(irm_codes_nearest(&codes, 1, "dialoge"), "dialogue");
	assert_string_equal(irm_codes_nearest(&codes, 2, "dialoge"), "dialouge");
	assert_null(irm_codes_nearest(&codes, 3, "dialogue"));
	assert_null(irm_codes_nearest(&codes, 1, "zzzz"));
	irm_codes_release(&codes);
}

static void test_many_codes(void **state)
{
	(void)state;
	struct irm_codes codes = { 0 };
	char code[32];
	for (uint32_t i = 0; i < 20000; i++) {
		snprintf(code, sizeof code, "FIC-%u", i);
		assert_int_equal(irm_codes_add(&codes, i % 3, code), i);
	}
	for (uint32_t i = 0; i < 20000; i++) {
		snprintf(code, sizeof code, "FIC-%u", i);
		assert_int_equal(irm_codes_find(&codes, i % 3, code), i);
		assert_int_equal(codes.code[i].id, i + 1);
	}
	irm_codes_release(&codes);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_code_is_added_once_with_a_new_id),
		cmocka_unit_test(test_owners_keep_codes_apart),
		cmocka_unit_test(test_the_nearest_is_one_of_the_owner_that_is_there),
		cmocka_unit_test(test_many_codes),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
