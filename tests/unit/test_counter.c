/* Counts by key: looked up, grown, sorted. */
#include "unit.h"

#include "base/counter.h"

static void test_counts_add_up_by_key(void **state)
{
	(void)state;
	struct irm_counter counter;
	irm_counter_init(&counter, 2, 3);
	for (uint32_t i = 0; i < 50000; i++) {
		uint32_t key[] = { i % 97, i % 11 };
		int64_t *counts = irm_counter_at(&counter, key);
		assert_non_null(counts);
		counts[0]++;
		counts[2] += i;
	}
	assert_int_equal(counter.n, 97 * 11);
	int64_t rows = 0, sum = 0;
	for (size_t i = 0; i < counter.n; i++) {
		rows += counter.counts[i * 3];
		assert_int_equal(counter.counts[i * 3 + 1], 0);
		sum += counter.counts[i * 3 + 2];
	}
	assert_int_equal(rows, 50000);
	assert_int_equal(sum, 50000LL * 49999 / 2);
	irm_counter_release(&counter);
}

static void test_sorted_by_key_number_by_number(void **state)
{
	(void)state;
	static const size_t sizes[] = { 0, 1, 2, 3, 4, 5, 63, 64, 65, 1000, 4097 };
	for (size_t s = 0; s < COUNT(sizes); s++) {
		struct irm_counter counter;
		irm_counter_init(&counter, 2, 1);
		for (size_t i = 0; i < sizes[s]; i++) {
			/* 7919 is prime: every number below 65536 once, in no order */
			uint32_t number = (uint32_t)(i * 7919 % 65536);
			uint32_t key[] = { number >> 8, UINT32_MAX - (number & 0xFF) };
			int64_t *count = irm_counter_at(&counter, key);
			assert_non_null(count);
			*count = number;
		}
		assert_int_equal(irm_counter_sort(&counter), 0);
		assert_int_equal(counter.n, sizes[s]);
		for (size_t i = 0; i < counter.n; i++) {
			const uint32_t *key = counter.keys + i * 2;
			assert_int_equal(counter.counts[i], (key[0] << 8) + (UINT32_MAX - key[1]));
			if (i == 0)
				continue;
			const uint32_t *before = key - 2;
			assert_true(before[0] < key[0] ||
			            (before[0] == key[0] && before[1] < key[1]));
		}
		irm_counter_release(&counter);
	}
}

static void test_keys_of_no_number(void **state)
{
	(void)state;
	struct irm_counter counter;
	uint32_t none = 0;
	irm_counter_init(&counter, 0, 1);
	for (int i = 0; i < 200; i++) {
		int64_t *count = irm_counter_at(&counter, &none);
		assert_non_null(count);
		++*count;
	}
	assert_int_equal(counter.n, 1);
	assert_int_equal(irm_counter_sort(&counter), 0);
	assert_int_equal(counter.counts[0], 200);
	irm_counter_release(&counter);
}

static void test_released_twice(void **state)
{
	(void)state;
	struct irm_counter counter;
	irm_counter_init(&counter, 1, 1);
	irm_counter_release(&counter);
	irm_counter_release(&counter);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_counts_add_up_by_key),
		cmocka_unit_test(test_sorted_by_key_number_by_number),
		cmocka_unit_test(test_keys_of_no_number),
		cmocka_unit_test(test_released_twice),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
