/* How long needs wait, one by one and counted: irm_need_wait_each() and what is made of it. */
#include "assistance.h"
#include "fixture.h"

#include "review/need_wait.h"

static const struct {
	const char *by, *where;
	bool total, names;
	int32_t day;
	const char *counts; /* keys, days and event or "- -", count; a row */
	const char *table;
} questions[] = {
	{ "", "", false, false, 300,
	  "0 1 x1\n"
	  "5 1 x1\n"
	  "10 1 x1\n"
	  "180 0 x1\n"
	  "200 0 x1\n"
	  "- - x1\n"
	  "1 left out",
	  "as_of,review,state,region,cycle,article,released,began,activity,days,event\n"
	  "1970-10-28,R0,XAA,EEG,C1,5,1970-04-11,1970-04-21,a0,10,1\n"
	  "1970-10-28,R0,XAA,EEG,C1,6,1970-04-11,,,200,0\n"
	  "1970-10-28,R0,XAA,EEG,C1,15,1970-04-11,1970-04-16,a2,5,1\n"
	  "1970-10-28,R1,XAB,unassigned,C1,5,,,,,\n"
	  "1970-10-28,R3,XAB,unassigned,C1,5,1970-05-01,,a3,0,1\n"
	  "1970-10-28,R3,XAB,unassigned,C1,15,1970-05-01,,,180,0\n" },
	{ "", "article=15", false, false, 105,
	  "5 1 x1\n"
	  "1 left out",
	  "as_of,review,state,region,cycle,article,released,began,activity,days,event\n"
	  "1970-04-16,R0,XAA,EEG,C1,15,1970-04-11,1970-04-16,a2,5,1\n" },
	{ "", "article=15", false, false, 104,
	  "4 0 x1\n"
	  "1 left out",
	  "as_of,review,state,region,cycle,article,released,began,activity,days,event\n"
	  "1970-04-15,R0,XAA,EEG,C1,15,1970-04-11,,,4,0\n" },
	{ "article,type", "", false, true, 300,
	  "Five Advice 10 1 x1\n"
	  "Five Advice - - x1\n"
	  "Five drafting 0 1 x1\n"
	  "Five drafting 200 0 x1\n"
	  "15 Advice 180 0 x1\n"
	  "15 Advice 200 0 x1\n"
	  "1 left out",
	  "as_of,review,state,region,cycle,article,type,released,began,activity,days,event\n"
	  "1970-10-28,R0,State A,EEG,First,Five,Advice,1970-04-11,1970-04-21,a0,10,1\n"
	  "1970-10-28,R0,State A,EEG,First,Five,drafting,1970-04-11,,,200,0\n"
	  "1970-10-28,R0,State A,EEG,First,15,Advice,1970-04-11,,,200,0\n"
	  "1970-10-28,R1,XAB,unassigned,First,Five,Advice,,,,,\n"
	  "1970-10-28,R3,XAB,unassigned,First,Five,drafting,1970-05-01,,a3,0,1\n"
	  "1970-10-28,R3,XAB,unassigned,First,15,Advice,1970-05-01,,,180,0\n" },
	{ "type", "", true, false, 300,
	  "advice 10 1 x1\n"
	  "advice 180 0 x1\n"
	  "advice 200 0 x1\n"
	  "advice - - x1\n"
	  "drafting 0 1 x1\n"
	  "drafting 200 0 x1\n"
	  "all 0 1 x1\n"
	  "all 10 1 x1\n"
	  "all 180 0 x1\n"
	  "all 200 0 x2\n"
	  "all - - x1\n"
	  "1 left out",
	  "as_of,review,state,region,cycle,article,type,released,began,activity,days,event\n"
	  "1970-10-28,R0,XAA,EEG,C1,5,advice,1970-04-11,1970-04-21,a0,10,1\n"
	  "1970-10-28,R0,XAA,EEG,C1,5,drafting,1970-04-11,,,200,0\n"
	  "1970-10-28,R0,XAA,EEG,C1,15,advice,1970-04-11,,,200,0\n"
	  "1970-10-28,R1,XAB,unassigned,C1,5,advice,,,,,\n"
	  "1970-10-28,R3,XAB,unassigned,C1,5,drafting,1970-05-01,,a3,0,1\n"
	  "1970-10-28,R3,XAB,unassigned,C1,15,advice,1970-05-01,,,180,0\n" },
	{ "", "type=drafting", false, false, 300,
	  "0 1 x1\n"
	  "200 0 x1\n"
	  "1 left out",
	  "as_of,review,state,region,cycle,article,type,released,began,activity,days,event\n"
	  "1970-10-28,R0,XAA,EEG,C1,5,drafting,1970-04-11,,,200,0\n"
	  "1970-10-28,R3,XAB,unassigned,C1,5,drafting,1970-05-01,,a3,0,1\n" },
	{ "topic", "", true, false, 300,
	  "low 0 1 x1\n"
	  "low 10 1 x1\n"
	  "low 200 0 x1\n"
	  "low - - x1\n"
	  "virus 0 1 x1\n"
	  "virus 10 1 x1\n"
	  "virus - - x1\n"
	  "all 0 1 x1\n"
	  "all 10 1 x1\n"
	  "all 200 0 x1\n"
	  "all - - x1\n"
	  "1 left out",
	  "as_of,review,state,region,cycle,article,released,began,activity,days,event\n"
	  "1970-10-28,R0,XAA,EEG,C1,5,1970-04-11,1970-04-21,a0,10,1\n"
	  "1970-10-28,R0,XAA,EEG,C1,6,1970-04-11,,,200,0\n"
	  "1970-10-28,R1,XAB,unassigned,C1,5,,,,,\n"
	  "1970-10-28,R3,XAB,unassigned,C1,5,1970-05-01,,a3,0,1\n" },
	{ "", "topic=virus", false, false, 300,
	  "0 1 x1\n"
	  "10 1 x1\n"
	  "- - x1\n"
	  "1 left out",
	  "as_of,review,state,region,cycle,article,released,began,activity,days,event\n"
	  "1970-10-28,R0,XAA,EEG,C1,5,1970-04-11,1970-04-21,a0,10,1\n"
	  "1970-10-28,R1,XAB,unassigned,C1,5,,,,,\n"
	  "1970-10-28,R3,XAB,unassigned,C1,5,1970-05-01,,a3,0,1\n" },
	{ "provider,beneficiary", "article=5;review=R3", true, false, 300,
	  "Agency government 180 0 x1\n"
	  "Agency society 0 1 x1\n"
	  "Agency all 0 1 x1\n"
	  "Bureau government 180 0 x1\n"
	  "Bureau society 180 0 x1\n"
	  "Bureau - 180 0 x1\n"
	  "Bureau all 180 0 x1\n"
	  "- government 0 1 x1\n"
	  "- - 180 0 x1\n"
	  "- all 0 1 x1\n"
	  "all government 0 1 x1\n"
	  "all society 0 1 x1\n"
	  "all - 180 0 x1\n"
	  "all all 0 1 x1\n"
	  "0 left out",
	  "as_of,review,state,region,cycle,article,provider,beneficiary,released,began,activity,"
	  "days,event\n"
	  "1970-10-28,R3,XAB,unassigned,C1,5,Agency,government,1970-05-01,,,180,0\n"
	  "1970-10-28,R3,XAB,unassigned,C1,5,Agency,society,1970-05-01,1970-04-29,a4,0,1\n"
	  "1970-10-28,R3,XAB,unassigned,C1,5,Agency,all,1970-05-01,1970-04-29,a4,0,1\n"
	  "1970-10-28,R3,XAB,unassigned,C1,5,Bureau,government,1970-05-01,,,180,0\n"
	  "1970-10-28,R3,XAB,unassigned,C1,5,Bureau,society,1970-05-01,,,180,0\n"
	  "1970-10-28,R3,XAB,unassigned,C1,5,Bureau,,1970-05-01,,,180,0\n"
	  "1970-10-28,R3,XAB,unassigned,C1,5,Bureau,all,1970-05-01,,,180,0\n"
	  "1970-10-28,R3,XAB,unassigned,C1,5,,government,1970-05-01,,a3,0,1\n"
	  "1970-10-28,R3,XAB,unassigned,C1,5,,,1970-05-01,,,180,0\n"
	  "1970-10-28,R3,XAB,unassigned,C1,5,,all,1970-05-01,,a3,0,1\n"
	  "1970-10-28,R3,XAB,unassigned,C1,5,all,government,1970-05-01,,a3,0,1\n"
	  "1970-10-28,R3,XAB,unassigned,C1,5,all,society,1970-05-01,1970-04-29,a4,0,1\n"
	  "1970-10-28,R3,XAB,unassigned,C1,5,all,,1970-05-01,,,180,0\n"
	  "1970-10-28,R3,XAB,unassigned,C1,5,all,all,1970-05-01,,a3,0,1\n" },
	{ "year,beneficiary", "provider=Bureau,;article=15", false, false, 300,
	  "2012 government 180 0 x1\n"
	  "2012 government 200 0 x1\n"
	  "2012 society 180 0 x1\n"
	  "2012 society 200 0 x1\n"
	  "2012 - 5 1 x1\n"
	  "2012 - 180 0 x1\n"
	  "1 left out",
	  "as_of,review,state,region,cycle,article,beneficiary,released,began,activity,days,event\n"
	  "1970-10-28,R0,XAA,EEG,C1,15,government,1970-04-11,,,200,0\n"
	  "1970-10-28,R0,XAA,EEG,C1,15,society,1970-04-11,,,200,0\n"
	  "1970-10-28,R0,XAA,EEG,C1,15,,1970-04-11,1970-04-16,a2,5,1\n"
	  "1970-10-28,R3,XAB,unassigned,C1,15,government,1970-05-01,,,180,0\n"
	  "1970-10-28,R3,XAB,unassigned,C1,15,society,1970-05-01,,,180,0\n"
	  "1970-10-28,R3,XAB,unassigned,C1,15,,1970-05-01,,,180,0\n" },
	{ "mechanism,region,cycle,year,topic,article,provider,beneficiary",
	  "article=5;state=XAB;provider=Agency", false, false, 300,
	  "M unassigned C1 2012 low 5 Agency government 180 0 x1\n"
	  "M unassigned C1 2012 low 5 Agency government - - x1\n"
	  "M unassigned C1 2012 low 5 Agency society 0 1 x1\n"
	  "M unassigned C1 2012 low 5 Agency society - - x1\n"
	  "M unassigned C1 2012 virus 5 Agency government 180 0 x1\n"
	  "M unassigned C1 2012 virus 5 Agency government - - x1\n"
	  "M unassigned C1 2012 virus 5 Agency society 0 1 x1\n"
	  "M unassigned C1 2012 virus 5 Agency society - - x1\n"
	  "0 left out",
	  "as_of,review,state,region,cycle,article,provider,beneficiary,released,began,activity,"
	  "days,event\n"
	  "1970-10-28,R1,XAB,unassigned,C1,5,Agency,government,,,,,\n"
	  "1970-10-28,R1,XAB,unassigned,C1,5,Agency,society,,,,,\n"
	  "1970-10-28,R3,XAB,unassigned,C1,5,Agency,government,1970-05-01,,,180,0\n"
	  "1970-10-28,R3,XAB,unassigned,C1,5,Agency,society,1970-05-01,1970-04-29,a4,0,1\n" },
};

/* The text of a key, "-" where it is empty. */
static void put_key(FILE *f, const struct irm_query *query, size_t k, uint32_t value)
{
	char buffer[16];
	const char *text = irm_key_text(query->data, query->by[k], value, query->names, buffer);
	fprintf(f, "%s ", *text ? text : "-");
}

static void show_counts(char *out, size_t size, const struct irm_query *query,
                        const struct irm_counter *counts, size_t left_out)
{
	FILE *f = fmemopen(out, size, "w");
	assert_non_null(f);
	assert_int_equal(counts->width, query->n_by + 2);
	assert_int_equal(counts->columns, IRM_WAIT_COLUMNS);
	for (size_t i = 0; i < counts->n; i++) {
		const struct irm_wait wait = irm_wait_at(counts, i);
		for (size_t k = 0; k < query->n_by; k++)
			put_key(f, query, k, counts->keys[i * counts->width + k]);
		if (wait.event < 0)
			fputs("- -", f);
		else
			fprintf(f, "%d %d", wait.days, wait.event);
		fprintf(f, " x%d\n", (int)counts->counts[i * counts->columns + IRM_WAIT_COUNT]);
	}
	fprintf(f, "%zu left out", left_out);
	assert_int_equal(fclose(f), 0);
}

static void show_table(char *out, size_t size, const struct irm_query *query,
                       const struct irm_addresses *addresses, size_t expected_left_out)
{
	struct irm_writer *writer = NULL;
	struct irm_err err = { .code = IRM_OK };
	size_t left_out = 99;
	FILE *f = fmemopen(out, size, "w");
	assert_non_null(f);
	assert_int_equal(irm_writer_new(&writer, f, IRM_CSV, 0, &err), IRM_OK);
	assert_int_equal(irm_need_wait_write(query, addresses, &left_out, writer, &err), IRM_OK);
	assert_int_equal(irm_writer_finish(writer, &err), IRM_OK);
	irm_writer_free(writer);
	assert_int_equal(fclose(f), 0);
	assert_int_equal(left_out, expected_left_out);
}

static void test_all_waits(void **state)
{
	(void)state;
	const struct irm_dataset data = with_assistance();
	for (size_t i = 0; i < COUNT(questions); i++) {
		struct irm_query query;
		struct irm_addresses *addresses = NULL;
		struct irm_counter counts;
		struct irm_err err = { .code = IRM_OK };
		size_t left_out = 99;
		char found[4000], name[80];
		snprintf(name, sizeof name, "by %s where %s", questions[i].by, questions[i].where);
		fixture_query(&query, &data, name, questions[i].by, questions[i].where, ~0u, 0);
		query.total = questions[i].total;
		query.names = questions[i].names;
		query.as_of = questions[i].day;
		assert_int_equal(irm_addresses_new(&addresses, &query, &err), IRM_OK);
		assert_int_equal(irm_need_wait_count(&counts, &left_out, &query, addresses, &err),
		                 IRM_OK);
		show_counts(found, sizeof found, &query, &counts, left_out);
		same_text(name, found, questions[i].counts);
		show_table(found, sizeof found, &query, addresses, left_out);
		same_text(name, found, questions[i].table);
		irm_counter_release(&counts);
		irm_addresses_free(addresses);
		irm_query_release(&query);
	}
}

/* R3's next need lies after the end. */
static void test_needs_end_where_they_do(void **state)
{
	(void)state;
	struct irm_dataset data = with_assistance();
	struct irm_query query;
	struct irm_addresses *addresses = NULL;
	struct irm_counter counts;
	struct irm_err err = { .code = IRM_OK };
	char found[100];
	size_t left_out = 99;
	data.n_needs = 9;
	fixture_query(&query, &data, "end", "", "review=R3", ~0u, 0);
	query.as_of = 300;
	assert_int_equal(irm_addresses_new(&addresses, &query, &err), IRM_OK);
	assert_int_equal(irm_need_wait_count(&counts, &left_out, &query, addresses, &err), IRM_OK);
	show_counts(found, sizeof found, &query, &counts, left_out);
	same_text("end", found, "0 1 x1\n0 left out");
	irm_counter_release(&counts);
	irm_addresses_free(addresses);
	irm_query_release(&query);
}

struct stopped {
	int calls, stop;
};

static enum irm_code stop(void *context, const struct irm_need_wait *wait, struct irm_err *err)
{
	struct stopped *stopped = context;
	(void)wait;
	return ++stopped->calls == stopped->stop ? irm_err_set(err, IRM_SYSTEM, "enough") : IRM_OK;
}

static void test_an_error_ends_it(void **state)
{
	(void)state;
	const struct irm_dataset data = with_assistance();
	for (int at = 1; at <= 6; at++) {
		struct irm_query query;
		struct irm_addresses *addresses = NULL;
		struct irm_err err = { .code = IRM_OK };
		struct stopped stopped = { 0, at };
		size_t left_out;
		fixture_query(&query, &data, "error", "", "", ~0u, 0);
		query.as_of = 300;
		assert_int_equal(irm_addresses_new(&addresses, &query, &err), IRM_OK);
		assert_int_equal(
		        irm_need_wait_each(&query, addresses, &left_out, stop, &stopped, &err),
		        IRM_SYSTEM);
		same_number("calls", stopped.calls, at);
		same_text("message", err.message, "enough");
		irm_addresses_free(addresses);
		irm_query_release(&query);
	}
}

static void test_no_table_of_needs(void **state)
{
	(void)state;
	const struct irm_dataset data = with_assistance();
	struct irm_query query;
	struct irm_addresses *addresses = NULL;
	struct irm_counter counts;
	struct irm_err err = { .code = IRM_OK };
	size_t left_out = 99;
	fixture_query(&query, &data, "none", "", "review=R2", ~0u, 0);
	assert_int_equal(irm_addresses_new(&addresses, &query, &err), IRM_OK);
	assert_int_equal(irm_need_wait_count(&counts, &left_out, &query, addresses, &err),
	                 IRM_INPUT);
	same_error("none", &err,
	           "the source has no table 'needs': which assistance these reviews need is not "
	           "recorded");
	assert_int_equal(left_out, 1);
	assert_int_equal(counts.n, 0);
	irm_counter_release(&counts);
	irm_addresses_free(addresses);
	irm_query_release(&query);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_all_waits),
		cmocka_unit_test(test_needs_end_where_they_do),
		cmocka_unit_test(test_an_error_ends_it),
		cmocka_unit_test(test_no_table_of_needs),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
