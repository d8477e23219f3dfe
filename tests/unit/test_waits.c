/* Waits: what is known of one, and the table of many. */
#include "fixture.h"

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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_wait_between_cases),
		cmocka_unit_test(test_waits_are_counted_by_keys_and_marks),
		cmocka_unit_test(test_waits_write_by_hand),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
