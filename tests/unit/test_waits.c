/* Waits: what is known of one, and the table of many. */
#include "fixture.h"
#include "scarce.h"

#include <math.h>

#include "review/waits.h"
#include "stats/waits_table.h"

static struct irm_date of(const char *text)
{
	struct irm_date date = irm_date_none();
	struct irm_err err;
	if (*text)
		assert_int_equal(irm_date_parse(&date, text, &err), IRM_OK);
	return date;
}

static void test_wait_between_cases(void **state)
{
	(void)state;
	static const struct {
		const char *name, *from, *to, *as_of, *until;
		int days, event; /* event -1: unknown */
	} cases[] = {
		{ "ended", "2020-01-01", "2020-01-31", "2020-12-31", "2020-12-31", 30, 1 },
		{ "on the day", "2020-01-01", "2020-12-31", "2020-12-31", "2020-12-31", 365, 1 },
		{ "on the same day", "2020-01-01", "2020-01-01", "2020-12-31", "2020-12-31", 0, 1 },
		{ "after the day", "2020-01-01", "2021-01-01", "2020-12-31", "2020-12-31", 365, 0 },
		{ "never", "2020-01-01", "", "2020-12-31", "2020-12-31", 365, 0 },
		{ "seen for a while", "2020-01-01", "", "2020-12-31", "2020-02-01", 31, 0 },
		{ "not seen at all", "2020-01-02", "", "2020-12-31", "2020-01-01", 0, -1 },
		{ "seen on its first day", "2020-01-02", "", "2020-12-31", "2020-01-02", 0, 0 },
		{ "from no day", "", "2020-01-01", "2020-12-31", "2020-12-31", 0, -1 },
		{ "from a vague day", "2020-01", "2020-02-01", "2020-12-31", "2020-12-31", 0, -1 },
		{ "to a vague day", "2020-01-01", "2020-02", "2020-12-31", "2020-12-31", 0, -1 },
		{ "to a vague day to come", "2020-01-01", "2021-02", "2020-12-31", "2020-12-31",
		  365, 0 },
		{ "in between", "2020-01-01", "[2020-12-01..]", "2020-12-31", "2020-12-31", 0, -1 },
		{ "backwards", "2020-01-02", "2020-01-01", "2020-12-31", "2020-12-31", 0, -1 },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct irm_wait wait =
		        irm_wait_between(of(cases[i].from), of(cases[i].to),
		                         of(cases[i].as_of).first, of(cases[i].until).first);
		if (wait.event != cases[i].event || (wait.event >= 0 && wait.days != cases[i].days))
			fail_msg("%s: found %d days, event %d", cases[i].name, (int)wait.days,
			         wait.event);
	}
}

/* The text of a table of these waits by region. */
static void table_of(char *text, size_t size, const struct irm_query *query,
                     const struct irm_counter *waits, enum irm_ci ci, size_t *few)
{
	struct irm_err err = { .code = IRM_OK };
	struct irm_writer *out = NULL;
	struct irm_delay_options options = { 0.95, IRM_CONF_LOG_LOG, ci, (double)NAN };
	FILE *stream = fmemopen(text, size, "w");
	assert_non_null(stream);
	assert_int_equal(irm_writer_new(&out, stream, IRM_CSV, 0, &err), IRM_OK);
	assert_int_equal(irm_waits_write(waits, query, NULL, 0, &options, out, few, &err), IRM_OK);
	assert_int_equal(irm_writer_finish(out, &err), IRM_OK);
	irm_writer_free(out);
	assert_int_equal(fclose(stream), 0);
}

/* AFR: 10 and 30 ended, 20 open; EEG: 40 ended, one unknown. The means of both run to 30, the
 * smaller of their last days: AFR's is (10 * 1 + 20 * 2/3), EEG's 30; a total does not count for
 * that. R: survfit(Surv(c(10, 20, 30), c(1, 0, 1)) ~ 1), rmean = 30 */
static void test_waits_write_by_hand(void **state)
{
	(void)state;
	struct irm_dataset *data = fixture_open("2020-12-31", "", "", NULL, 0);
	struct irm_query_text asked = { .by = "region", .total = true };
	struct irm_query query;
	struct irm_counter waits;
	struct irm_err err = { .code = IRM_OK };
	char text[1000];
	size_t few = 0;
	assert_int_equal(irm_query_read(&query, data, &asked, IRM_BY_REVIEWS, 0, &err), IRM_OK);
	irm_counter_init(&waits, 3, IRM_WAIT_COLUMNS);
	static const struct {
		uint32_t region;
		struct irm_wait wait;
	} rows[] = { { 1, { 40, 1 } },
		     { 0, { 30, 1 } },
		     { 0, { 20, 0 } },
		     { 1, { IRM_DAY_NONE, -1 } },
		     { 0, { 10, 1 } } };
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		for (int twice = 0; twice < 2; twice++) /* of one mark: counted once */
			assert_int_equal(irm_wait_add(&waits, &query, &rows[i].region, 0,
			                              rows[i].wait, (int64_t)i + 1),
			                 0);
	assert_int_equal(irm_counter_sort(&waits), 0);
	table_of(text, sizeof text, &query, &waits, IRM_CI_NONE, &few);
	assert_string_equal(
	        text, "as_of,region,n,events,median,median_lo,median_hi,q25,q75,rmean,rmean_se,tau,"
	              "unknown\n"
	              "2020-12-31,AFR,3,2,30,,,10,30,23.33333333,5.44331054,30,0\n"
	              "2020-12-31,EEG,1,1,40,,,40,40,30,0,30,1\n"
	              "2020-12-31,all,4,3,30,,,20,40,25,4.330127019,30,1\n");
	assert_int_equal(few, 3);
	irm_counter_release(&waits);
	irm_query_release(&query);
	irm_dataset_free(data);
}

/* Rows of a State, a key of the caller's, and a wait; of one mark one after the other, once. */
static void test_waits_are_counted_by_keys_and_marks(void **state)
{
	(void)state;
	static const struct {
		uint32_t values[2];
		struct irm_wait wait;
		int64_t mark;
	} added[] = {
		{ { 0, 5 }, { 30, 1 }, 1 },
		{ { 0, 5 }, { 30, 1 }, 1 },
		{ { 0, 5 }, { 30, 1 }, 1 },
		{ { 0, 5 }, { 30, 1 }, 2 },
		{ { 0, 5 }, { 30, 0 }, 2 },
		{ { 1, 5 }, { 30, 1 }, 2 },
		{ { 1, 6 }, { 30, 1 }, 2 },
		{ { 0, 5 }, { 30, 1 }, 1 },
		{ { 1, 6 }, { IRM_DAY_NONE, -1 }, 0 },
		{ { 1, 6 }, { IRM_DAY_NONE, -1 }, 0 },
		{ { 1, 6 }, { 0, 0 }, 0 },
	};
	struct irm_query query = { .total = true, .by = { IRM_BY_STATE }, .n_by = 1 };
	struct irm_counter waits;
	char text[300];
	irm_counter_init(&waits, 4, IRM_WAIT_COLUMNS);
	for (size_t i = 0; i < COUNT(added); i++)
		assert_int_equal(irm_wait_add(&waits, &query, added[i].values, 1, added[i].wait,
		                              added[i].mark),
		                 0);
	assert_int_equal(irm_counter_sort(&waits), 0);
	FILE *f = fmemopen(text, sizeof text, "w");
	assert_non_null(f);
	for (size_t i = 0; i < waits.n; i++) {
		const uint32_t *key = waits.keys + i * waits.width;
		const struct irm_wait wait = irm_wait_at(&waits, i);
		fprintf(f, "%d %u: %d/%d x%d;", key[0] == IRM_VALUE_ALL ? -1 : (int)key[0], key[1],
		        wait.days == IRM_DAY_NONE ? -1 : wait.days, wait.event,
		        (int)waits.counts[i * waits.columns + IRM_WAIT_COUNT]);
	}
	assert_int_equal(fclose(f), 0);
	same_text("rows", text,
	          "0 5: 30/0 x1;0 5: 30/1 x3;1 5: 30/1 x1;1 6: 0/0 x1;1 6: 30/1 x1;1 6: -1/-1 x2;"
	          "-1 5: 30/0 x1;-1 5: 30/1 x3;-1 6: 0/0 x1;-1 6: 30/1 x1;-1 6: -1/-1 x2;");
	irm_counter_release(&waits);
}

/* With a key after the query's, here the State: the means of those that are alike in it run to one
 * day, those of others to another. */
static void test_waits_with_a_key_more(void **state)
{
	(void)state;
	static const struct {
		uint32_t keys[2]; /* region, State */
		struct irm_wait wait;
		int64_t times;
	} rows[] = {
		{ { 0, 0 }, { 10, 1 }, 12 }, { { 0, 0 }, { 30, 0 }, 7 },
		{ { 0, 1 }, { 50, 1 }, 20 }, { { 1, 0 }, { 20, 1 }, 3 },
		{ { 1, 1 }, { 60, 0 }, 2 },  { { 1, 2 }, { IRM_DAY_NONE, -1 }, 4 },
	};
	const enum irm_key more[] = { IRM_BY_STATE };
	struct irm_dataset *data = fixture_open("2020-12-31", "", "", NULL, 0);
	struct irm_delay_options options = { 0.5, IRM_CONF_PLAIN, IRM_CI_WILSON, (double)NAN };
	struct irm_query query;
	struct irm_counter waits;
	struct irm_err err = { .code = IRM_OK };
	struct fixture_output out;
	size_t few = 99;
	fixture_query(&query, data, "waits", "region", "", IRM_BY_REVIEWS, 0);
	irm_counter_init(&waits, 4, IRM_WAIT_COLUMNS);
	for (size_t i = 0; i < COUNT(rows); i++)
		for (int64_t k = 0; k < rows[i].times; k++)
			assert_int_equal(
			        irm_wait_add(&waits, &query, rows[i].keys, 1, rows[i].wait, 0), 0);
	assert_int_equal(irm_counter_sort(&waits), 0);
	assert_int_equal(irm_waits_write(&waits, &query, more, 1, &options, fixture_writer(&out),
	                                 &few, &err),
	                 IRM_OK);
	fixture_written("limits", &out,
	                "as_of,region,state,n,events,median,median_lo,median_hi,q25,q75,rmean,"
	                "rmean_se,tau,unknown\n"
	                "2020-12-31,AFR,XAA,19,12,10,10,10,10,,13.68421053,1.106647333,20,0\n"
	                "2020-12-31,AFR,XAB,20,20,50,,,50,50,50,0,50,0\n"
	                "2020-12-31,EEG,XAA,3,3,20,,,20,20,20,0,20,0\n"
	                "2020-12-31,EEG,XAB,2,0,,,,,,50,0,50,0\n"
	                "2020-12-31,EEG,XAC,0,0,,,,,,,,,4\n");
	same_number("few", (long long)few, 3);
	options.tau = 15;
	options.ci = IRM_CI_NONE;
	assert_int_equal(irm_waits_write(&waits, &query, more, 1, &options, fixture_writer(&out),
	                                 &few, &err),
	                 IRM_OK);
	fixture_written("up to a day", &out,
	                "as_of,region,state,n,events,median,median_lo,median_hi,q25,q75,rmean,"
	                "rmean_se,tau,unknown\n"
	                "2020-12-31,AFR,XAA,19,12,10,,,10,,11.84210526,0.5533236664,15,0\n"
	                "2020-12-31,AFR,XAB,20,20,50,,,50,50,15,0,15,0\n"
	                "2020-12-31,EEG,XAA,3,3,20,,,20,20,15,0,15,0\n"
	                "2020-12-31,EEG,XAB,2,0,,,,,,15,0,15,0\n"
	                "2020-12-31,EEG,XAC,0,0,,,,,,,,15,4\n");
	irm_counter_release(&waits);
	irm_query_release(&query);
	irm_dataset_free(data);
}

/* Two keys more: each in its column. */
static void test_waits_with_two_keys_more(void **state)
{
	(void)state;
	const uint32_t keys[] = { 0, 2, 1 };
	const enum irm_key more[] = { IRM_BY_STATE, IRM_BY_CYCLE };
	struct irm_dataset *data = fixture_open("2020-12-31", "", "", NULL, 0);
	struct irm_delay_options options = { 0.5, IRM_CONF_PLAIN, IRM_CI_NONE, (double)NAN };
	struct irm_query query;
	struct irm_counter waits;
	struct irm_err err = { .code = IRM_OK };
	struct fixture_output out;
	size_t few = 99;
	fixture_query(&query, data, "waits", "region", "", IRM_BY_REVIEWS, 0);
	irm_counter_init(&waits, 5, IRM_WAIT_COLUMNS);
	assert_int_equal(irm_wait_add(&waits, &query, keys, 2, (struct irm_wait){ 4, 1 }, 0), 0);
	assert_int_equal(irm_counter_sort(&waits), 0);
	assert_int_equal(irm_waits_write(&waits, &query, more, 2, &options, fixture_writer(&out),
	                                 &few, &err),
	                 IRM_OK);
	fixture_written(
	        "two", &out,
	        "as_of,region,state,cycle,n,events,median,median_lo,median_hi,q25,q75,rmean,"
	        "rmean_se,tau,unknown\n"
	        "2020-12-31,AFR,XAC,C2,1,1,4,,,4,4,4,0,4,0\n");
	irm_counter_release(&waits);
	irm_query_release(&query);
	irm_dataset_free(data);
}

struct table {
	const struct irm_counter *waits;
	const struct irm_query *query;
	FILE *stream;
	struct irm_delay_options options;
};

static enum irm_code write_waits(void *context, struct irm_err *err)
{
	const struct table *table = context;
	struct irm_writer *writer = NULL;
	size_t few;
	enum irm_code code = irm_writer_new(&writer, table->stream, IRM_CSV, 0, err);
	if (!code)
		code = irm_waits_write(table->waits, table->query, NULL, 0, &table->options, writer,
		                       &few, err);
	if (!code)
		code = irm_writer_finish(writer, err);
	irm_writer_free(writer);
	return code;
}

static void test_waits_no_memory(void **state)
{
	(void)state;
	struct irm_dataset *data = fixture_open("2020-12-31", "", "", NULL, 0);
	struct irm_query query;
	struct irm_counter waits;
	fixture_query(&query, data, "waits", "region", "", IRM_BY_REVIEWS, 0);
	irm_counter_init(&waits, 3, IRM_WAIT_COLUMNS);
	for (int day = 1; day < 4; day++)
		assert_int_equal(irm_wait_add(&waits, &query, (uint32_t[]){ day == 2 }, 0,
		                              (struct irm_wait){ day, day > 1 }, 0),
		                 0);
	assert_int_equal(irm_counter_sort(&waits), 0);
	struct table table = {
		&waits, &query, scarce_stream(), { 0.9, IRM_CONF_LOG, IRM_CI_WILSON, (double)NAN }
	};
	scarce_sweep("waits", write_waits, &table, 1);
	assert_int_equal(fclose(table.stream), 0);
	irm_counter_release(&waits);
	irm_query_release(&query);
	irm_dataset_free(data);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_wait_between_cases),
		cmocka_unit_test(test_waits_are_counted_by_keys_and_marks),
		cmocka_unit_test(test_waits_write_by_hand),
		cmocka_unit_test(test_waits_with_a_key_more),
		cmocka_unit_test(test_waits_with_two_keys_more),
		cmocka_unit_test(test_waits_no_memory),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
