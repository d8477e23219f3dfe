/* The arena: zeroed, aligned pieces of every size that die together. */
#include "unit.h"

#include <stdalign.h>

#include "base/arena.h"

static void test_pieces_are_zeroed_aligned_and_apart(void **state)
{
	(void)state;
	static const size_t sizes[] = { 1,     2,     7,      8,      15,    16,   17,
		                        31,    33,    1000,   65535,  65536, 3,    65537,
		                        16000, 16000, 16000,  16000,  16000, 1,    1 << 20,
		                        5,     0,     100000, 200000, 12,    9999, 1 };
	struct irm_arena arena = { 0 };
	unsigned char *pieces[COUNT(sizes)];
	for (size_t i = 0; i < COUNT(sizes); i++) {
		pieces[i] = irm_arena_alloc(&arena, sizes[i]);
		assert_non_null(pieces[i]);
		assert_int_equal((uintptr_t)pieces[i] % alignof(max_align_t), 0);
		for (size_t b = 0; b < sizes[i]; b++)
			assert_int_equal(pieces[i][b], 0);
		memset(pieces[i], (int)i + 1, sizes[i]);
	}
	for (size_t i = 0; i < COUNT(sizes); i++)
		for (size_t b = 0; b < sizes[i]; b++)
			assert_int_equal(pieces[i][b], i + 1);
	irm_arena_release(&arena);
}

static void test_texts_end_in_nul(void **state)
{
	(void)state;
	struct irm_arena arena = { 0 };
	assert_string_equal(irm_arena_text(&arena, "abcdef", 3), "abc");
	assert_string_equal(irm_arena_text(&arena, "", 0), "");
	assert_string_equal(irm_arena_text(&arena, NULL, 0), "");
	irm_arena_release(&arena);
}

static void test_sizes_that_cannot_be(void **state)
{
	(void)state;
	struct irm_arena arena = { 0 };
	assert_null(irm_arena_alloc(&arena, SIZE_MAX));
	assert_null(irm_arena_alloc(&arena, SIZE_MAX - 8));
	assert_null(irm_arena_alloc(&arena, SIZE_MAX / 2 + 1));
	assert_non_null(irm_arena_alloc(&arena, 1));
	irm_arena_release(&arena);
}

static void test_released_and_used_again(void **state)
{
	(void)state;
	struct irm_arena arena = { 0 };
	irm_arena_release(&arena);
	for (int round = 0; round < 3; round++) {
		assert_non_null(irm_arena_text(&arena, "x", 1));
		irm_arena_release(&arena);
		assert_null(arena.blocks);
	}
}

static void test_cleared_and_zeroed_again(void **state)
{
	(void)state;
	struct irm_arena arena = { 0 };
	irm_arena_clear(&arena);
	for (int round = 0; round < 3; round++) {
		for (int i = 0; i < 3000; i++) {
			unsigned char *piece = irm_arena_alloc(&arena, 50);
			assert_non_null(piece);
			for (size_t b = 0; b < 50; b++)
				assert_int_equal(piece[b], 0);
			memset(piece, 0xFF, 50);
		}
		irm_arena_clear(&arena);
	}
	assert_non_null(irm_arena_alloc(&arena, 1 << 20));
	irm_arena_clear(&arena);
	irm_arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_pieces_are_zeroed_aligned_and_apart),
		cmocka_unit_test(test_texts_end_in_nul),
		cmocka_unit_test(test_sizes_that_cannot_be),
		cmocka_unit_test(test_released_and_used_again),
		cmocka_unit_test(test_cleared_and_zeroed_again),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
