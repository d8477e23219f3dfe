/* Articles by their number, which conventions share. */
#include "unit.h"

#include "review/numbers.h"

/* The articles of each number, "5: 1 3;"; and of two that no article has. */
static void show(char *out, size_t size, const struct irm_numbers *numbers)
{
	static const char *const asked[] = { "", "15", "15 bis", "5", "52", "6", "60", "7", "8" };
	FILE *f = fmemopen(out, size, "w");
	assert_non_null(f);
	for (size_t i = 0; i < COUNT(asked); i++) {
		size_t n = 99;
		const struct irm_number *found = irm_numbers_find(numbers, asked[i], &n);
		fprintf(f, "%s:", asked[i]);
		for (size_t k = 0; k < n; k++) {
			same_text("code", found[k].code, asked[i]);
			fprintf(f, " %u", found[k].article);
		}
		fputc(';', f);
	}
	assert_int_equal(fclose(f), 0);
}

static void test_articles_of_a_number_lie_side_by_side(void **state)
{
	(void)state;
	static struct irm_article articles[] = {
		{ .code = "6" }, { .code = "15" }, { .code = "5" },  { .code = "7" },
		{ .code = "5" }, { .code = "15" }, { .code = "60" }, { .code = "5" },
		{ .code = "7" }, { .code = "5" },
	};
	struct irm_dataset data = { .articles = articles };
	static const char *const expected[] = {
		":;15:;15 bis:;5:;52:;6:;60:;7:;8:;",
		":;15:;15 bis:;5:;52:;6: 0;60:;7:;8:;",
		":;15: 1;15 bis:;5:;52:;6: 0;60:;7:;8:;",
		":;15: 1;15 bis:;5: 2;52:;6: 0;60:;7:;8:;",
		":;15: 1;15 bis:;5: 2;52:;6: 0;60:;7: 3;8:;",
		":;15: 1;15 bis:;5: 2 4;52:;6: 0;60:;7: 3;8:;",
		":;15: 1 5;15 bis:;5: 2 4;52:;6: 0;60:;7: 3;8:;",
		":;15: 1 5;15 bis:;5: 2 4;52:;6: 0;60: 6;7: 3;8:;",
		":;15: 1 5;15 bis:;5: 2 4 7;52:;6: 0;60: 6;7: 3;8:;",
		":;15: 1 5;15 bis:;5: 2 4 7;52:;6: 0;60: 6;7: 3 8;8:;",
		":;15: 1 5;15 bis:;5: 2 4 7 9;52:;6: 0;60: 6;7: 3 8;8:;",
	};
	for (size_t n = 0; n <= COUNT(articles); n++) {
		/* what was there does not matter */
		struct irm_numbers numbers = { NULL, 99 };
		struct irm_err err = { .code = IRM_OK };
		char found[200], name[20];
		snprintf(name, sizeof name, "of %zu", n);
		data.n_articles = n;
		assert_int_equal(irm_numbers_init(&numbers, &data, &err), IRM_OK);
		same_number(name, (long long)numbers.n, (long long)n);
		show(found, sizeof found, &numbers);
		same_text(name, found, expected[n]);
		irm_numbers_release(&numbers);
		assert_null(numbers.rows);
		assert_int_equal(numbers.n, 0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_articles_of_a_number_lie_side_by_side),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
