/* What irm-survival prints of a table, kind by kind. The figures themselves: tests/r; of one group
 * alone, tests/unit/test_km.c and its neighbours. */
#include "fixture.h"
#include "scarce.h"

#include "stats/survival_rows.h"
#include "stats/survival_table.h"

#define OPENED \
	"region,stage,days,event,count,entry,kind,half\n" \
	"AFR,a,3,1,2,,visit,1\n" \
	"AFR,a,5,0,1,,,1\n" \
	"AFR,a,7,1,1,2,online,2\n" \
	"EEG,a,4,1,3,,online,1\n" \
	"EEG,a,9,1,1,3,visit,2\n" \
	"EEG,b,,,1,,,1\n" \
	"EEG,b,2,1,1,,visit,2\n" \
	"all,a,3,1,5,,visit,1\n"

static const double quantiles[] = { 0.05, 0.25, 0.9 };

static const struct irm_survival_query plain = {
	.conf = IRM_CONF_PLAIN, .level = 0.5, .tau = -1, .period = 4
};

struct question {
	const struct irm_table *table;
	struct irm_survival_query query;
};

static enum irm_code ask(void *context, struct irm_err *err)
{
	const struct question *question = context;
	struct irm_survival *survival = NULL;
	enum irm_code code = irm_survival_new(&survival, question->table, &question->query, err);
	assert_int_equal(survival == NULL, code != IRM_OK);
	irm_survival_free(survival);
	return code;
}

static void writes(const char *name, const char *text, struct irm_survival_query query,
                   const char *expected, size_t skipped, size_t few, size_t left_out)
{
	struct irm_err err = { .code = IRM_OK };
	struct irm_table *table = fixture_table(text);
	struct irm_survival *survival = NULL;
	struct fixture_output out;
	if (irm_survival_new(&survival, table, &query, &err))
		fail_msg("%s: %s", name, err.message);
	irm_survival_write(survival, fixture_writer(&out));
	fixture_written(name, &out, expected);
	same_number(name, (long long)irm_survival_skipped(survival), (long long)skipped);
	same_number(name, (long long)irm_survival_few(survival), (long long)few);
	same_number(name, (long long)irm_survival_left_out(survival), (long long)left_out);
	irm_survival_free(survival);
	irm_table_free(table);
}

static void test_summary_by_keys(void **state)
{
	(void)state;
	struct irm_survival_query query = plain;
	query.by = "region,stage";
	query.quantiles = quantiles;
	query.n_quantiles = COUNT(quantiles);
	writes("summary", OPENED, query,
	       "region,stage,n,events,median,median_lo,median_hi,q25,q75,rmean,rmean_se,tau,q05,"
	       "q05_lo,q05_hi,q25_lo,q25_hi,q90,q90_lo,q90_hi\n"
	       "AFR,a,4,3,5,3,,3,7,3,0,3,3,3,3,3,3,7,,\n"
	       "EEG,a,4,4,4,4,4,4,6.5,3,0,3,4,4,4,4,4,9,,\n"
	       "EEG,b,1,1,2,,,2,2,2,0,2,2,,,,,2,,\n"
	       "all,a,5,5,3,,,3,3,3,0,3,3,,,,,3,,\n",
	       1, 4, 0);
	query.quantiles = NULL;
	query.n_quantiles = 0;
	query.by = "region";
	writes("one tau for all", OPENED, query,
	       "region,n,events,median,median_lo,median_hi,q25,q75,rmean,rmean_se,tau\n"
	       "AFR,4,3,5,3,,3,7,3,0,3\n"
	       "EEG,5,5,4,4,4,3,4,2.75,0.2165063509,3\n"
	       "all,5,5,3,,,3,3,3,0,3\n",
	       1, 3, 0);
	query.tau = 6;
	query.by = NULL;
	writes("its own tau", OPENED, query,
	       "n,events,median,median_lo,median_hi,q25,q75,rmean,rmean_se,tau\n"
	       "14,13,3,3,3,3,4,3.680555556,0.3373241998,6\n",
	       1, 1, 0);
	writes("of no rows", "days,event\n", query,
	       "n,events,median,median_lo,median_hi,q25,q75,rmean,rmean_se,tau\n"
	       "0,0,,,,,,,,6\n",
	       0, 0, 0);
}

/* Twenty are no longer few. */
static void test_few_are_fewer_than_twenty(void **state)
{
	(void)state;
	writes("19, 20, none", "k,days,event,count\na,1,1,19\nb,1,1,20\nc,,,1\n",
	       (struct irm_survival_query){ .by = "k", .level = 0.95, .tau = -1 },
	       "k,n,events,median,median_lo,median_hi,q25,q75,rmean,rmean_se,tau\n"
	       "a,19,19,1,,,1,1,1,0,1\n"
	       "b,20,20,1,,,1,1,1,0,1\n"
	       "c,0,0,,,,,,,,1\n",
	       1, 1, 0);
}

static void test_curve(void **state)
{
	(void)state;
	struct irm_survival_query query = plain;
	query.kind = IRM_SURVIVAL_CURVE;
	query.by = "region";
	writes("curve", OPENED, query,
	       "region,time,at_risk,events,censored,survival,se,lo,hi\n"
	       "AFR,3,4,2,0,0.5,0.25,0.3313775625,0.6686224375\n"
	       "AFR,5,2,0,1,0.5,0.25,0.3313775625,0.6686224375\n"
	       "AFR,7,1,1,0,0,,,\n"
	       "EEG,2,4,1,0,0.75,0.2165063509,0.6039686854,0.8960313146\n"
	       "EEG,4,4,3,0,0.1875,0.1711632992,0.07205210907,0.3029478909\n"
	       "EEG,9,1,1,0,0,,,\n"
	       "all,3,5,5,0,0,,,\n",
	       1, 0, 0);
}

static void test_outcomes(void **state)
{
	(void)state;
	struct irm_survival_query query = plain;
	query.by = "region,stage";
	query.outcome = "kind";
	writes("outcomes", OPENED, query,
	       "region,stage,outcome,n,events,incidence,se,lo,hi,rmean,rmean_se,tau\n"
	       "AFR,a,online,4,1,0,0,,,0,0,3\n"
	       "AFR,a,visit,4,2,0.5,0.25,0.3313775625,0.6686224375,0,0,3\n"
	       "EEG,a,online,4,3,0,0,,,0,0,3\n"
	       "EEG,a,visit,4,1,0,0,,,0,0,3\n"
	       "EEG,b,online,1,0,0,0,,,0,0,2\n"
	       "EEG,b,visit,1,1,1,0,1,1,0,0,2\n"
	       "all,a,online,5,0,0,0,,,0,0,3\n"
	       "all,a,visit,5,5,1,0,1,1,0,0,3\n",
	       1, 0, 0);
	query.tau = 2;
	writes("up to a day before some have ended", OPENED, query,
	       "region,stage,outcome,n,events,incidence,se,lo,hi,rmean,rmean_se,tau\n"
	       "AFR,a,online,4,1,0,0,,,0,0,2\n"
	       "AFR,a,visit,4,2,0,0,,,0,0,2\n"
	       "EEG,a,online,4,3,0,0,,,0,0,2\n"
	       "EEG,a,visit,4,1,0,0,,,0,0,2\n"
	       "EEG,b,online,1,0,0,0,,,0,0,2\n"
	       "EEG,b,visit,1,1,1,0,1,1,0,0,2\n"
	       "all,a,online,5,0,0,0,,,0,0,2\n"
	       "all,a,visit,5,5,0,0,,,0,0,2\n",
	       1, 0, 0);
	query.tau = -1;
	writes("of no days", "region,stage,days,event,kind\nAFR,a,,,\nEEG,b,2,1,x\nEEG,b,4,0,y\n",
	       query,
	       "region,stage,outcome,n,events,incidence,se,lo,hi,rmean,rmean_se,tau\n"
	       "AFR,a,x,0,0,,,,,,,\n"
	       "EEG,b,x,2,1,0.5,0.3535533906,0.2615318619,0.7384681381,1,0.7071067812,4\n",
	       1, 0, 0);
	query.kind = IRM_SURVIVAL_CURVE;
	writes("curve", OPENED, query,
	       "region,stage,outcome,time,at_risk,events,censored,incidence,se,lo,hi\n"
	       "AFR,a,online,3,4,0,0,0,0,,\n"
	       "AFR,a,online,5,2,0,1,0,0,,\n"
	       "AFR,a,online,7,1,1,0,0.5,0.25,0.3313775625,0.6686224375\n"
	       "AFR,a,visit,3,4,2,0,0.5,0.25,0.3313775625,0.6686224375\n"
	       "AFR,a,visit,5,2,0,1,0.5,0.25,0.3313775625,0.6686224375\n"
	       "AFR,a,visit,7,1,0,0,0.5,0.25,0.3313775625,0.6686224375\n"
	       "EEG,a,online,4,4,3,0,0.75,0.2165063509,0.6039686854,0.8960313146\n"
	       "EEG,a,online,9,1,0,0,0.75,0.2165063509,0.6039686854,0.8960313146\n"
	       "EEG,a,visit,4,4,0,0,0,0,,\n"
	       "EEG,a,visit,9,1,1,0,0.25,0.2165063509,0.1039686854,0.3960313146\n"
	       "EEG,b,online,2,1,0,0,0,0,,\n"
	       "EEG,b,visit,2,1,1,0,1,0,1,1\n"
	       "all,a,online,3,5,0,0,0,0,,\n"
	       "all,a,visit,3,5,5,0,1,0,1,1\n",
	       1, 0, 0);
}

static void test_periods(void **state)
{
	(void)state;
	struct irm_survival_query query = plain;
	query.kind = IRM_SURVIVAL_PERIODS;
	query.by = "region";
	writes("periods", OPENED, query,
	       "region,from,to,at_risk,person_days,events,hazard,lo,hi\n"
	       "AFR,0,4,3,12,2,0.1666666667,0.08010656359,0.3267001717\n"
	       "AFR,4,8,2,4,1,0.25,0.07192051811,0.6731586322\n"
	       "EEG,0,4,4,15,4,0.2666666667,0.1690213475,0.4182953799\n"
	       "EEG,4,8,1,4,0,0,0,0.3465735903\n"
	       "EEG,8,12,1,1,1,1,0.2876820725,2.692634529\n"
	       "all,0,4,5,15,5,0.3333333333,0.2245733591,0.494846789\n",
	       1, 0, 0);
}

static void test_tests(void **state)
{
	(void)state;
	struct irm_survival_query query = plain;
	query.by = "region,stage";
	query.kind = IRM_SURVIVAL_TEST;
	writes("all groups", OPENED, query,
	       "chisq,df,p\n"
	       "6.100240577,2,0.04735322799\n",
	       1, 0, 1);
	query.strata = "half";
	writes("within strata", OPENED, query,
	       "chisq,df,p\n"
	       ",,\n",
	       1, 0, 1);
	query.trend = true;
	writes("trend by order", OPENED, query,
	       "chisq,df,p\n"
	       "0.671641791,1,0.412479789\n",
	       1, 0, 1);
	query.strata = NULL;
	query.by = "half";
	query.rho = 1;
	writes("trend by number", "half,days,event\n1,2,1\n1,7,0\n2,4,1\n4,5,1\n4,9,1\nall,3,1\n",
	       query,
	       "chisq,df,p\n"
	       "0.5384615385,1,0.463071015\n",
	       0, 0, 1);
	writes("by order, for one is no number",
	       "half,days,event\n1,2,1\n1,7,0\n2,4,1\nx,5,1\nx,9,1\nall,3,1\n", query,
	       "chisq,df,p\n"
	       "0.4102564103,1,0.5218393903\n",
	       0, 0, 1);
}

static void test_pairs(void **state)
{
	(void)state;
	struct irm_survival_query query = plain;
	query.by = "region";
	query.kind = IRM_SURVIVAL_PAIRWISE;
	query.adjust = IRM_ADJUST_HOLM;
	static const char text[] =
	        "region,days,event,count,entry,half\nAFR,3,1,2,,1\nAFR,5,0,1,,1\n"
	        "AFR,7,1,1,2,2\nEEG,4,1,3,,1\nEEG,9,1,1,3,2\nEEG,2,1,1,,2\n"
	        "WEO,8,1,4,,1\nWEO,9,0,2,1,2\nall,3,1,5,,1\n";
	writes("pairs", text, query,
	       "region_1,region_2,chisq,df,p,p_adjusted\n"
	       "AFR,EEG,0.003915426782,1,0.9501062346,0.9501062346\n"
	       "AFR,WEO,7.706640238,1,0.005501805706,0.01650541712\n"
	       "EEG,WEO,4.913672155,1,0.02664493663,0.05328987325\n",
	       0, 0, 1);
	query.strata = "half";
	writes("pairs within strata", text, query,
	       "region_1,region_2,chisq,df,p,p_adjusted\n"
	       "AFR,EEG,0.671641791,1,0.412479789,0.412479789\n"
	       "AFR,WEO,5.194244604,1,0.02266180221,0.04532360442\n"
	       "EEG,WEO,9.941747573,1,0.001615720869,0.004847162607\n",
	       0, 0, 1);
}

/* Keys that the result has columns of. */
static void test_keys_that_are_no_columns_of_the_result(void **state)
{
	(void)state;
	static const struct {
		const char *by, *outcome;
		enum irm_survival_kind kind;
		bool is_fault;
	} cases[] = {
		{ "n", NULL, IRM_SURVIVAL_SUMMARY, true },
		{ "x,tau", NULL, IRM_SURVIVAL_SUMMARY, true },
		{ "medi", NULL, IRM_SURVIVAL_SUMMARY, false },
		{ "time", NULL, IRM_SURVIVAL_SUMMARY, false },
		{ "time", NULL, IRM_SURVIVAL_CURVE, true },
		{ "time", NULL, IRM_SURVIVAL_TEST, false },
		{ "incidence", NULL, IRM_SURVIVAL_SUMMARY, false },
		{ "incidence", "x", IRM_SURVIVAL_SUMMARY, true },
		{ "time", "x", IRM_SURVIVAL_CURVE, true },
		{ "hazard", NULL, IRM_SURVIVAL_PERIODS, true },
		{ "q05", NULL, IRM_SURVIVAL_SUMMARY, true },
		{ "q05_lo", NULL, IRM_SURVIVAL_SUMMARY, true },
		{ "q90_hi", NULL, IRM_SURVIVAL_SUMMARY, true },
		{ "q05_l", NULL, IRM_SURVIVAL_SUMMARY, false },
		{ "q5", NULL, IRM_SURVIVAL_SUMMARY, false },
		{ "_", NULL, IRM_SURVIVAL_SUMMARY, false },
		{ "chisq", NULL, IRM_SURVIVAL_PAIRWISE, false },
	};
	struct irm_table *table = fixture_table(
	        "days,event,n,x,tau,medi,time,incidence,hazard,q05,q05_lo,q90_hi,q05_l,q5,_,chisq\n"
	        "1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1\n");
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct irm_err err = { .code = IRM_OK };
		struct question question = { table, plain };
		question.query.kind = cases[i].kind;
		question.query.by = cases[i].by;
		question.query.outcome = cases[i].outcome;
		question.query.quantiles = quantiles;
		question.query.n_quantiles = COUNT(quantiles);
		same_number(cases[i].by, ask(&question, &err),
		            cases[i].is_fault ? IRM_USAGE : IRM_OK);
		if (cases[i].is_fault) {
			char expected[160];
			const char *comma = strchr(cases[i].by, ',');
			snprintf(expected, sizeof expected,
			         "--by: the key '%s' has the name of a column of the result (give "
			         "the column another name)",
			         comma ? comma + 1 : cases[i].by);
			same_error(cases[i].by, &err, expected);
		}
	}
	irm_table_free(table);
}

static void test_faults(void **state)
{
	(void)state;
	static const struct {
		const char *text, *outcome, *strata, *message;
		enum irm_code code;
	} cases[] = {
		{ "day,event\n", NULL, NULL,
		  "in.csv:1: expected a column 'days', found none of that name (did you mean "
		  "'day'?)",
		  IRM_INPUT },
		{ "days,even\n", NULL, NULL,
		  "in.csv:1: expected a column 'event', found none of that name (did you mean "
		  "'even'?)",
		  IRM_INPUT },
		{ "days,event\n", "kind", NULL,
		  "--outcome: there is no column 'kind' (one of: days, event)", IRM_USAGE },
		{ "days,event\n", NULL, "k",
		  "--strata: there is no column 'k' (one of: days, event)", IRM_USAGE },
		{ "days,event\n-1,1\n", NULL, NULL, "in.csv:2:1: expected days from 0, found '-1'",
		  IRM_INPUT },
		{ "days,event\n0,1\n2147483648,1\n", NULL, NULL,
		  "in.csv:3:1: expected days from 0, found '2147483648'", IRM_INPUT },
		{ "days,event\n1,\n", NULL, NULL,
		  "in.csv:2:2: expected event 0 or 1, found nothing", IRM_INPUT },
		{ "days,event\n1,-1\n", NULL, NULL, "in.csv:2:2: expected event 0 or 1, found '-1'",
		  IRM_INPUT },
		{ "days,event\n1,2\n", NULL, NULL, "in.csv:2:2: expected event 0 or 1, found '2'",
		  IRM_INPUT },
		{ "days,event,count\n,,0\n", NULL, NULL,
		  "in.csv:2:3: expected a count from 1, found '0'", IRM_INPUT },
		{ "days,event,count\n1,1,x\n", NULL, NULL,
		  "in.csv:2:3: expected a whole number, found 'x'", IRM_INPUT },
		{ "days,event,entry\n1,1,x\n", NULL, NULL,
		  "in.csv:2:3: expected a whole number, found 'x'", IRM_INPUT },
		{ "days,event,entry\n1,1,-1\n", NULL, NULL,
		  "in.csv:2:3: expected an entry from 0, found '-1'", IRM_INPUT },
		{ "days,event,entry\n0,1,0\n3,1,2\n3,1,3\n", NULL, NULL,
		  "in.csv:4:3: expected an entry before the row's days, found '3'", IRM_INPUT },
		{ "days,event,k\n1,0,\n1,1,\n", "k", NULL,
		  "in.csv:3:3: expected an outcome where event is 1, found nothing", IRM_INPUT },
		{ "days,event,count\n1,1,9223372036854775807\n1,1,1\n", NULL, NULL,
		  "in.csv: the counts add up to more than 9223372036854775807", IRM_INPUT },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct irm_err err = { .code = IRM_OK };
		struct irm_table *table = fixture_table(cases[i].text);
		struct question question = { table, plain };
		question.query.outcome = cases[i].outcome;
		question.query.strata = cases[i].strata;
		same_number(cases[i].text, ask(&question, &err), cases[i].code);
		same_error(cases[i].text, &err, cases[i].message);
		irm_table_free(table);
	}
	struct irm_table *table = fixture_table("days,event,k\n1,1,a\n");
	struct question question = { table, plain };
	static const enum irm_survival_kind kinds[] = { IRM_SURVIVAL_TEST, IRM_SURVIVAL_PAIRWISE };
	question.query.by = "l";
	for (size_t i = 0; i < COUNT(kinds); i++) {
		struct irm_err err = { .code = IRM_OK };
		question.query.kind = kinds[i];
		assert_int_equal(ask(&question, &err), IRM_USAGE);
		same_error("key", &err, "--by: there is no column 'l' (one of: days, event, k)");
	}
	irm_table_free(table);
}

/* What stands in the rows, as it is read. */
static void test_rows(void **state)
{
	(void)state;
	struct irm_err err = { .code = IRM_OK };
	struct irm_table *table = fixture_table(OPENED);
	struct irm_survival_rows *rows = NULL;
	assert_int_equal(irm_survival_rows_read(&rows, table, "region", "kind", "half", &err),
	                 IRM_OK);
	struct fixture_output out;
	struct irm_writer *writer = fixture_writer(&out);
	irm_writer_columns(writer, "days,event,count,entry,outcome,group,stratum");
	for (size_t g = 0; g < rows->groups->n; g++) {
		struct irm_sample sample = irm_survival_rows_group(rows, g);
		for (size_t i = 0; i < sample.n; i++) {
			irm_writer_count(writer, sample.days[i]);
			irm_writer_count(writer, sample.event[i]);
			irm_writer_count(writer, sample.count[i]);
			irm_writer_count(writer, sample.entry[i]);
			irm_writer_text(writer,
			                sample.event[i] ? rows->outcomes[sample.outcome[i]] : "");
			irm_writer_count(writer, sample.group[i]);
			irm_writer_count(writer, sample.stratum[i]);
			irm_writer_row(writer);
		}
	}
	fixture_written("rows", &out,
	                "days,event,count,entry,outcome,group,stratum\n"
	                "3,1,2,-1,visit,0,0\n"
	                "5,0,1,-1,,0,0\n"
	                "7,1,1,2,online,0,1\n"
	                "4,1,3,-1,online,1,0\n"
	                "9,1,1,3,visit,1,1\n"
	                "2,1,1,-1,visit,1,1\n"
	                "3,1,5,-1,visit,2,0\n");
	assert_true(rows->entered);
	assert_int_equal(rows->n_outcomes, 2);
	assert_int_equal(rows->n, 7);
	assert_int_equal(irm_survival_rows_all(rows).n, 7);
	irm_survival_rows_free(rows);
	irm_table_free(table);
	table = fixture_table("days,event\n3,1\n");
	assert_int_equal(irm_survival_rows_read(&rows, table, NULL, NULL, NULL, &err), IRM_OK);
	assert_false(rows->entered);
	assert_null(irm_survival_rows_all(rows).entry);
	assert_int_equal(rows->count[0], 1);
	assert_int_equal(rows->stratum[0], 0);
	irm_survival_rows_free(rows);
	irm_table_free(table);
}

/* Columns stand in any order: an entry or a count may be the first one. */
static void test_columns_in_any_order(void **state)
{
	(void)state;
	const struct irm_survival_query query = { .kind = IRM_SURVIVAL_CURVE, .level = 0.5 };
	static const char curve[] = "time,at_risk,events,censored,survival,se,lo,hi\n"
	                            "2,3,3,0,0,,,\n5,4,4,0,0,,,\n";
	writes("entry first", "entry,count,event,days\n0,3,1,2\n3,4,1,5\n", query, curve, 0, 0, 0);
	writes("count first", "count,days,entry,event\n3,2,,1\n4,5,3,1\n", query, curve, 0, 0, 0);
	/* 3 enters after day 3: at risk on day 5 with the one from the start */
	writes("days first", "days,event,entry\n5,1,3\n5,1,0\n4,0,3\n", query,
	       "time,at_risk,events,censored,survival,se,lo,hi\n4,3,0,1,1,0,,\n5,2,2,0,0,,,\n", 0,
	       0, 0);
}

static void test_no_memory(void **state)
{
	(void)state;
	static const struct {
		const char *name;
		struct irm_survival_query query;
	} cases[] = {
		{ "summary", { .by = "region,stage", .level = 0.9, .tau = -1 } },
		{ "one group", { .level = 0.9, .tau = 3 } },
		{ "curve", { .kind = IRM_SURVIVAL_CURVE, .level = 0.9 } },
		{ "outcomes", { .outcome = "kind", .level = 0.9, .tau = -1 } },
		{ "periods", { .kind = IRM_SURVIVAL_PERIODS, .period = 2, .level = 0.9 } },
		{ "test", { .kind = IRM_SURVIVAL_TEST, .by = "region", .strata = "half" } },
		{ "trend", { .kind = IRM_SURVIVAL_TEST, .by = "region", .trend = true } },
		{ "pairwise", { .kind = IRM_SURVIVAL_PAIRWISE, .by = "region" } },
	};
	struct irm_table *table = fixture_table(OPENED);
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct question question = { table, cases[i].query };
		scarce_sweep(cases[i].name, ask, &question, 1);
	}
	irm_table_free(table);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		in_folder(test_summary_by_keys),
		in_folder(test_few_are_fewer_than_twenty),
		in_folder(test_curve),
		in_folder(test_outcomes),
		in_folder(test_periods),
		in_folder(test_tests),
		in_folder(test_pairs),
		in_folder(test_keys_that_are_no_columns_of_the_result),
		in_folder(test_faults),
		in_folder(test_rows),
		in_folder(test_columns_in_any_order),
		in_folder(test_no_memory),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
