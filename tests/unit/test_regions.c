/* Needs by region, compared: which rows are in which test, and where what comes out stands. The
 * tests and the smoothing themselves: tests/unit/test_fisher.c, tests/unit/test_smooth.c. */
#include "fixture.h"
#include "scarce.h"

#include <math.h>

#include "stats/regions.h"

enum { AFR, EEG };

struct row {
	uint32_t key[3];
	int64_t eligible, with_need;
};

static void fill(struct irm_counter *counts, size_t width, const struct row rows[], size_t n)
{
	irm_counter_init(counts, width, IRM_ASSIST_COLUMNS);
	for (size_t i = 0; i < n; i++) {
		int64_t *count = irm_counter_at(counts, rows[i].key);
		assert_non_null(count);
		count[IRM_ASSIST_ELIGIBLE] = rows[i].eligible;
		count[IRM_ASSIST_WITH_NEED] = rows[i].with_need;
	}
	assert_int_equal(irm_counter_sort(counts), 0);
}

/* By cycle and region, of two cycles, with totals: keys in the order of the query's. */
static const struct row by_cycle[] = {
	{ { 0, AFR }, 10, 8 },
	{ { 0, EEG }, 12, 2 },
	{ { 0, IRM_VALUE_UNASSIGNED }, 5, 5 },
	{ { 0, IRM_VALUE_ALL }, 27, 15 },
	{ { 1, AFR }, 4, 0 },
	{ { 1, IRM_VALUE_UNKNOWN }, 4, 4 },
	{ { IRM_VALUE_ALL, AFR }, 14, 8 },
	{ { IRM_VALUE_ALL, EEG }, 12, 2 },
	{ { IRM_VALUE_ALL, IRM_VALUE_UNASSIGNED }, 5, 5 },
};

/* The same with the keys the other way round. */
static const struct row by_region[] = {
	{ { AFR, 0 }, 10, 8 },
	{ { AFR, 1 }, 4, 0 },
	{ { AFR, IRM_VALUE_ALL }, 14, 8 },
	{ { EEG, 0 }, 12, 2 },
	{ { EEG, IRM_VALUE_ALL }, 12, 2 },
	{ { IRM_VALUE_UNASSIGNED, 0 }, 5, 5 },
	{ { IRM_VALUE_ALL, 0 }, 27, 15 },
};

static void compares(const char *name, const char *by, const struct row rows[], size_t n,
                     size_t drawn, const char *expected)
{
	struct irm_err err = { .code = IRM_OK };
	struct irm_dataset *data = fixture_open("2020-12-31", "", "", NULL, 0);
	struct irm_query query;
	struct irm_counter counts;
	struct fixture_output out;
	size_t found = 99;
	fixture_query(&query, data, name, by, "", IRM_BY_REVIEWS, 0);
	fill(&counts, query.n_by, rows, n);
	assert_int_equal(irm_regions_test(&counts, &query, 1, fixture_writer(&out), &found, &err),
	                 IRM_OK);
	fixture_written(name, &out, expected);
	same_number(name, (long long)found, (long long)drawn);
	irm_counter_release(&counts);
	irm_query_release(&query);
	irm_dataset_free(data);
}

/* R 4.2.2: fisher.test(matrix(c(8, 2, 2, 10), 2)), fisher.test(matrix(c(8, 2, 6, 10), 2)); the one
 * adjusted is twice the smaller. One region alone is in no test. Half of each is as likely as can
 * be. */
static void test_each_cycle_in_a_test(void **state)
{
	(void)state;
	compares("by cycle", "cycle,region", by_cycle, COUNT(by_cycle), 0,
	         "as_of,cycle,regions,eligible,with_need,fisher_p,fisher_method,fisher_se,p_"
	         "adjusted\n"
	         "2020-12-31,C1,2,22,10,0.008284285374,exact,,0.01656857075\n"
	         "2020-12-31,C2,1,4,0,,,,\n"
	         "2020-12-31,all,2,26,10,0.05109705209,exact,,0.05109705209\n");
	compares("turned", "region,cycle", by_region, COUNT(by_region), 0,
	         "as_of,cycle,regions,eligible,with_need,fisher_p,fisher_method,fisher_se,p_"
	         "adjusted\n"
	         "2020-12-31,C1,2,22,10,0.008284285374,exact,,0.01656857075\n"
	         "2020-12-31,C2,1,4,0,,,,\n"
	         "2020-12-31,all,2,26,10,0.05109705209,exact,,0.05109705209\n");
	compares("by region alone", "region",
	         (const struct row[]){ { { AFR }, 10, 8 }, { { EEG }, 12, 2 } }, 2, 0,
	         "as_of,regions,eligible,with_need,fisher_p,fisher_method,fisher_se,p_adjusted\n"
	         "2020-12-31,2,22,10,0.008284285374,exact,,0.008284285374\n");
	compares("none", "region", NULL, 0, 0,
	         "as_of,regions,eligible,with_need,fisher_p,fisher_method,fisher_se,p_adjusted\n");
	compares("drawn", "region",
	         (const struct row[]){ { { 0 }, 4000000, 2000000 },
	                               { { 1 }, 4000000, 2000000 },
	                               { { 2 }, 4000000, 2000000 } },
	         3, 1,
	         "as_of,regions,eligible,with_need,fisher_p,fisher_method,fisher_se,p_adjusted\n"
	         "2020-12-31,3,12000000,6000000,1,monte-carlo,0,1\n");
}

static void test_smoothed_where_the_rows_stand(void **state)
{
	(void)state;
	if (is_brief())
		skip(); /* tests/unit/test_smooth.c walks the same paths */
	static const int64_t x[] = { 8, 2 }, n[] = { 10, 12 }, all_x[] = { 8, 2 },
	                     all_n[] = { 14, 12 };
	struct irm_err err = { .code = IRM_OK };
	struct irm_dataset *data = fixture_open("2020-12-31", "", "", NULL, 0);
	struct irm_smoothed out[COUNT(by_cycle)], first[2], all[2];
	struct irm_query query;
	struct irm_counter counts;
	fixture_query(&query, data, "smoothed", "region,cycle", "", IRM_BY_REVIEWS, 0);
	fill(&counts, 2, by_region, COUNT(by_region));
	assert_int_equal(irm_regions_smooth(out, &counts, &query, 0.9, &err), IRM_OK);
	assert_int_equal(irm_smooth(first, x, n, 2, 0.9, &err), IRM_OK);
	assert_int_equal(irm_smooth(all, all_x, all_n, 2, 0.9, &err), IRM_OK);
	assert_memory_equal(&out[0], &first[0], sizeof out[0]);
	assert_memory_equal(&out[3], &first[1], sizeof out[0]);
	assert_memory_equal(&out[2], &all[0], sizeof out[0]);
	assert_memory_equal(&out[4], &all[1], sizeof out[0]);
	static const size_t unknown[] = { 1, 5, 6 };
	for (size_t i = 0; i < COUNT(unknown); i++) {
		const struct irm_smoothed *one = &out[unknown[i]];
		assert_true(isnan(one->rate) && isnan(one->lo) && isnan(one->hi));
	}
	assert_int_equal(irm_regions_smooth(out, &counts, &query, 1, &err), IRM_USAGE);
	same_error("level", &err, "level is 1, expected a number between 0 and 1, as 0.95");
	irm_counter_release(&counts);
	irm_query_release(&query);
	irm_dataset_free(data);
}

struct question {
	const struct irm_counter *counts;
	const struct irm_query *query;
	FILE *stream;
};

static enum irm_code test_regions(void *context, struct irm_err *err)
{
	const struct question *question = context;
	struct irm_writer *writer = NULL;
	size_t drawn;
	enum irm_code code = irm_writer_new(&writer, question->stream, IRM_CSV, 0, err);
	if (!code)
		code = irm_regions_test(question->counts, question->query, 1, writer, &drawn, err);
	if (!code)
		code = irm_writer_finish(writer, err);
	irm_writer_free(writer);
	return code;
}

static enum irm_code smooth_regions(void *context, struct irm_err *err)
{
	const struct question *question = context;
	struct irm_smoothed out[COUNT(by_region)];
	return irm_regions_smooth(out, question->counts, question->query, 0.9, err);
}

static void test_no_memory(void **state)
{
	(void)state;
	struct irm_dataset *data = fixture_open("2020-12-31", "", "", NULL, 0);
	struct irm_query query;
	struct irm_counter counts;
	fixture_query(&query, data, "memory", "region,cycle", "", IRM_BY_REVIEWS, 0);
	fill(&counts, 2, by_region, 4);
	struct question question = { &counts, &query, scarce_stream() };
	scarce_sweep("test", test_regions, &question, 1);
	if (!is_brief())
		scarce_sweep("smooth", smooth_regions, &question, 1);
	assert_int_equal(fclose(question.stream), 0);
	irm_counter_release(&counts);
	irm_query_release(&query);
	irm_dataset_free(data);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_each_cycle_in_a_test),
		cmocka_unit_test(test_smoothed_where_the_rows_stand),
		cmocka_unit_test(test_no_memory),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
