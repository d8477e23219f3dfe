/* The statistics of implausible delays, the choice of rules, the lines of rows; what the functions
 * of rules find, and what queries of rules may ask. All that rules find stands in
 * tests/cli/irm-check.bats. */
#include <math.h>

#include "scarce.h"

#include "stats/check_delays.h"
#include "stats/check_rules.h"
#include "store/lines.h"

static const int32_t twenty[] = { 30, 31, 33, 35, 36, 38, 40, 41, 42, 44,
	                          45, 47, 48, 50, 52, 55, 58, 60, 64, 70 };

/* R 4.2.2: l <- log1p(c(30, 31, ... 70)); expm1(median(l)); expm1(median(l) + c(-5, 5) * mad(l)).
 * R's mad() takes 1.4826, GSL's 1.48260222: 1.5e-6 of 5 deviations of 0.27 is 2e-6 relative. */
static void test_limits_are_those_of_r(void **state)
{
	(void)state;
	double work[40], lo, hi, median;
	assert_true(irm_outlier_limits(twenty, 20, work, &lo, &hi, &median));
	assert_true(fabs(median - 44.4972526643) < 1e-9);
	assert_true(fabs(lo / 10.9443286206 - 1) < 1e-5);
	assert_true(fabs(hi / 172.3040060895 - 1) < 1e-5);
}

static void test_too_few_or_all_alike_have_no_limits(void **state)
{
	(void)state;
	double work[40], lo, hi, median;
	int32_t alike[20];
	assert_false(irm_outlier_limits(twenty, 19, work, &lo, &hi, &median));
	for (size_t i = 0; i < 20; i++)
		alike[i] = i < 11 ? 30 : 40; /* more than half: the deviation is 0 */
	assert_false(irm_outlier_limits(alike, 20, work, &lo, &hi, &median));
}

static void test_half_of_the_days_wrong_moves_the_median_little(void **state)
{
	(void)state;
	double work[40], lo, hi, median;
	int32_t days[20];
	for (size_t i = 0; i < 20; i++)
		days[i] = i < 11 ? twenty[i] : 3000;
	assert_true(irm_outlier_limits(days, 20, work, &lo, &hi, &median));
	assert_true(median >= 44 && median <= 45.1);
}

static void test_rules_are_over_30_and_named_once(void **state)
{
	(void)state;
	struct irm_err err;
	size_t n = irm_check_rules_n();
	assert_true(n >= 30);
	for (size_t i = 0; i < n; i++) {
		const struct irm_check_rule *rule = irm_check_rule_at(i);
		size_t at = n;
		assert_int_equal(irm_check_rule_find(&at, rule->id, &err), IRM_OK);
		assert_int_equal(at, i);
		assert_true(rule->find || rule->queries[0].table);
		assert_true(rule->table || rule->queries[0].table);
		assert_true(strlen(rule->reason) > 10 && strlen(rule->reason) <= 100);
		assert_true(rule->advice[strlen(rule->advice) - 1] == '.');
	}
}

static size_t count(const bool *chosen)
{
	size_t n = 0;
	for (size_t i = 0; i < irm_check_rules_n(); i++)
		n += chosen[i];
	return n;
}

static void test_choose(void **state)
{
	(void)state;
	struct irm_err err;
	bool *chosen = calloc(irm_check_rules_n(), sizeof *chosen);
	assert_non_null(chosen);
	assert_int_equal(irm_check_choose(chosen, NULL, NULL, &err), IRM_OK);
	assert_int_equal(count(chosen), irm_check_rules_n());
	assert_int_equal(irm_check_choose(chosen, NULL, "reviewer-twice", &err), IRM_OK);
	assert_int_equal(count(chosen), irm_check_rules_n() - 1);
	assert_int_equal(irm_check_choose(chosen, "reviewer-twice,event-before-cycle",
	                                  "reviewer-twice", &err),
	                 IRM_OK);
	assert_int_equal(count(chosen), 1);
	assert_int_equal(irm_check_choose(chosen, "reviewer-twice", "reviewer-twice", &err),
	                 IRM_USAGE);
	assert_int_equal(irm_check_choose(chosen, "reviewer-twise", NULL, &err), IRM_USAGE);
	assert_string_equal(err.hint, "did you mean 'reviewer-twice'?");
	assert_int_equal(irm_check_choose(chosen, NULL, "zzz", &err), IRM_USAGE);
	free(chosen);
}

static void test_lines_by_table_and_key(void **state)
{
	(void)state;
	struct irm_lines lines = { .line = NULL };
	char key[5000], text[16];
	assert_int_equal(irm_lines_find(&lines, "states", "XAA"), 0);
	for (long i = 2; i < 3000; i++) {
		snprintf(text, sizeof text, "X%ld", i);
		assert_int_equal(irm_lines_add(&lines, "states", text, i), 0);
	}
	assert_int_equal(irm_lines_add(&lines, "regions", "X2", 7), 0);
	assert_int_equal(irm_lines_add(&lines, "states", "X3", 8), 0);
	assert_int_equal(irm_lines_find(&lines, "states", "X2"), 2);
	assert_int_equal(irm_lines_find(&lines, "regions", "X2"), 7);
	assert_int_equal(irm_lines_find(&lines, "states", "X3"), 8);
	assert_int_equal(irm_lines_find(&lines, "states", "X2999"), 2999);
	memset(key, 'k', sizeof key - 1);
	key[sizeof key - 1] = '\0';
	assert_int_equal(irm_lines_add(&lines, "states", key, 9), 0);
	assert_int_equal(irm_lines_find(&lines, "states", key), 0);
	irm_lines_release(&lines);
	assert_int_equal(irm_lines_find(&lines, "states", "X2"), 0);
}

/* --- what rules find -----------------------------------------------------------------------------
 */

static const struct irm_check_rule *rule_of(const char *id)
{
	size_t at = 0;
	struct irm_err err;
	if (irm_check_rule_find(&at, id, &err))
		fail_msg("%s: %s", id, err.message);
	return irm_check_rule_at(at);
}

/* Each finding as "table:line key: message", a line each. */
static void show(char *out, size_t size, const struct irm_check *check)
{
	size_t used = 0;
	*out = '\0';
	for (size_t i = 0; i < check->n; i++) {
		const struct irm_check_finding *f = &check->findings[i];
		used += (size_t)snprintf(out + used, size - used, "%s:%ld %s: %s\n", f->table,
		                         f->line, f->key, f->message);
		assert_true(used < size);
	}
}

/* Runs a rule on a package as at 2020-12-31, and compares all that it finds. */
static void check_rule(const char *name, const struct irm_check_rule *rule, const char *reviews,
                       const char *events, const struct fixture_file *files, size_t n,
                       const char *expected)
{
	char folder[] = "/tmp/irm-test-XXXXXX", found[4000];
	struct irm_check *check = NULL;
	struct irm_err err = { .code = IRM_OK };
	fixture_package(folder, "2024-12-31", reviews, events, files, n);
	if (irm_check_open(&check, folder, "2020-12-31", NULL, &err) ||
	    irm_check_run(check, rule, &err))
		fail_msg("%s: %s", name, err.message);
	show(found, sizeof found, check);
	same_text(name, found, expected);
	for (size_t i = 0; i < check->n; i++)
		assert_ptr_equal(check->findings[i].rule, rule);
	same_number(name, (long long)irm_check_count(check, rule->severity), (long long)check->n);
	same_number(name, (long long)irm_check_count(check, (rule->severity + 1) % 3), 0);
	irm_check_free(check);
	fixture_remove(folder);
}

struct rule_case {
	const char *name, *rule;
	struct fixture_file file;
	const char *expected;
};

/* Rules of milestones: from, count and unit of each limit are what matters. */
static const struct rule_case milestone_cases[] = {
	{ "none runs in a circle",
	  "from-milestone-loop",
	  { "milestones", "M,a,1,,,,,,,\nM,b,2,a,,,,,,\nM,c,3,b,,,,,,\n" },
	  "" },
	{ "two do, and one that leads there does not",
	  "from-milestone-loop",
	  { "milestones", "M,a,1,b,,,,,,\nM,b,2,a,,,,,,\nM,c,3,b,,,,,,\nM,d,4,,,,,,,\n" },
	  "milestones:2 M,a: its stage runs in a circle from 'b'\n"
	  "milestones:3 M,b: its stage runs in a circle from 'a'\n" },
	{ "one alone, and all of four",
	  "from-milestone-loop",
	  { "milestones", "M,a,1,a,,,,,,\n" },
	  "milestones:2 M,a: its stage runs in a circle from 'a'\n" },
	{ "all of four",
	  "from-milestone-loop",
	  { "milestones", "M,a,1,d,,,,,,\nM,b,2,a,,,,,,\nM,c,3,b,,,,,,\nM,d,4,c,,,,,,\n" },
	  "milestones:2 M,a: its stage runs in a circle from 'd'\n"
	  "milestones:3 M,b: its stage runs in a circle from 'a'\n"
	  "milestones:4 M,c: its stage runs in a circle from 'b'\n"
	  "milestones:5 M,d: its stage runs in a circle from 'c'\n" },
	{ "from a later one, and from itself",
	  "from-milestone-not-earlier",
	  { "milestones", "M,a,1,c,,,,,,\nM,b,2,b,,,,,,\nM,c,3,b,,,,,,\nM,d,4,,,,,,,\n" },
	  "milestones:2 M,a: its stage runs from one that does not come before it, 'c'\n"
	  "milestones:3 M,b: its stage runs from one that does not come before it, 'b'\n" },
	{ "all limits as long",
	  "time-limit-contradicted",
	  { "milestones", "M,a,1,,,,,,,\nM,b,2,a,31,day,,,,\nM,c,3,a,1,month,,,,\n"
	                  "M,d,4,a,31,day,,,,\n" },
	  "" },
	{ "a day more than the longest month",
	  "time-limit-contradicted",
	  { "milestones", "M,a,1,,,,,,,\nM,b,2,a,32,day,,,,\nM,c,3,a,1,month,,,,\n" },
	  "milestones:4 M,c: its limit ends before that of an earlier one, 'b'\n" },
	{ "as long as the shortest month",
	  "time-limit-contradicted",
	  { "milestones", "M,a,1,,,,,,,\nM,b,2,a,1,month,,,,\nM,c,3,a,4,week,,,,\n" },
	  "" },
	{ "a day less, and the first of two is named",
	  "time-limit-contradicted",
	  { "milestones", "M,a,1,,,,,,,\nM,b,2,a,1,month,,,,\nM,c,3,a,5,week,,,,\n"
	                  "M,d,4,a,27,day,,,,\n" },
	  "milestones:5 M,d: its limit ends before that of an earlier one, 'b'\n" },
	{ "weeks are of seven days",
	  "time-limit-contradicted",
	  { "milestones", "M,a,1,,,,,,,\nM,b,2,a,2,week,,,,\nM,c,3,a,13,day,,,,\n"
	                  "M,d,4,a,14,day,,,,\n" },
	  "milestones:4 M,c: its limit ends before that of an earlier one, 'b'\n" },
	{ "limits of a chain add up",
	  "time-limit-contradicted",
	  { "milestones", "M,a,1,,,,,,,\nM,b,2,a,10,day,,,,\nM,c,3,b,3,week,,,,\n"
	                  "M,d,4,a,30,day,,,,\nM,e,5,a,31,day,,,,\n" },
	  "milestones:5 M,d: its limit ends before that of an earlier one, 'c'\n" },
	{ "those of another beginning, or with a stage of no limit, are no matter",
	  "time-limit-contradicted",
	  { "milestones", "M,a,1,,,,,,,\nM,b,2,,,,,,,\nM,c,3,a,90,day,,,,\nM,d,4,b,10,day,,,,\n"
	                  "M,e,5,a,,,,,,\nM,f,6,e,5,day,,,,\nM,g,7,b,,,,,,\n" },
	  "" },
	{ "nor a circle",
	  "time-limit-contradicted",
	  { "milestones", "M,a,1,b,1,day,,,,\nM,b,2,a,90,day,,,,\nM,c,3,b,1,day,,,,\n" },
	  "" },
};

static void test_what_rules_of_milestones_find(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(milestone_cases); i += stride()) {
		const struct rule_case *c = &milestone_cases[i];
		check_rule(c->name, rule_of(c->rule), "", "", &c->file, 1, c->expected);
	}
}

/* Milestones of other mechanisms are not compared. */
static void test_each_mechanism_has_its_own_limits(void **state)
{
	static const struct fixture_file files[] = {
		{ "mechanisms", "M,Made up,MUC\nN,Next,MUC\n" },
		{ "milestones", "M,a,1,,,,,,,\nM,b,2,a,90,day,,,,\nN,a,1,,,,,,,\n"
		                "N,b,2,a,80,day,,,,\nN,c,3,a,70,day,,,,\n" },
	};
	(void)state;
	check_rule("mechanisms", rule_of("time-limit-contradicted"), "", "", files, COUNT(files),
	           "milestones:6 N,c: its limit ends before that of an earlier one, 'b'\n");
}

#define FOUR \
	"A,C1,2019,XAA,,,,,,,\nB,C1,2019,XAB,,,,none,,,\nC,C1,2019,XAC,,,,,,,\n" \
	"D,C1,2019,XAD,,,,,,,\n"

/* The first milestone is no gap, a dialogue that is none neither. */
static void test_which_dates_are_missing(void **state)
{
	static const char events[] =
	        "A,begun,2020-01-01,\nA,heard,2020-02-01,\nA,closed,2020-03-01,\n"
	        "B,given,2020-01-01,\nB,closed,2020-02-02,\nC,begun,2020-01-01,\n"
	        "C,given,2020-01-02,\nD,closed,2020-02-02,\n";
	(void)state;
	check_rule("gaps", rule_of("milestone-missing"), FOUR, events, NULL, 0,
	           "events:4 A,closed: no date for what comes before it: given, dialogue\n"
	           "events:6 B,closed: no date for what comes before it: heard\n"
	           "events:9 D,closed: no date for what comes before it: given, heard, dialogue\n");
	check_rule("beginnings", rule_of("first-milestone-missing"), FOUR, events, NULL, 0,
	           "events:5 B,given: dated, and the review's beginning, 'begun', is not\n"
	           "events:9 D,closed: dated, and the review's beginning, 'begun', is not\n");
	check_rule("nothing dated", rule_of("first-milestone-missing"), FOUR, "", NULL, 0, "");
	check_rule("nothing dated", rule_of("milestone-missing"), FOUR, "", NULL, 0, "");
}

/* As many as there is room for, the last of them cut. */
static void test_a_long_list_of_missing_dates_is_cut(void **state)
{
	char rows[4000] = "M,start,1,,,,,,,\n", expected[1000] = "";
	size_t used = strlen(rows), list = 0;
	(void)state;
	for (int i = 0; i < 40; i++) {
		used += (size_t)snprintf(rows + used, sizeof rows - used,
		                         "M,milestone_number_%02d,%d,,,,,,,\n", i, i + 2);
		list += (size_t)snprintf(expected + list, sizeof expected - list,
		                         "%smilestone_number_%02d", list ? ", " : "", i);
	}
	const struct fixture_file file = { "milestones", rows };
	char found[1100];
	expected[511] = '\0';
	snprintf(found, sizeof found,
	         "events:2 A,milestone_number_39: no date for what comes before it: %s\n",
	         expected);
	check_rule("long", rule_of("milestone-missing"), FOUR,
	           "A,milestone_number_39,2020-01-01,\n", &file, 1, found);
}

/* A is not released, B is on the day, C the day after, D has nothing; E perhaps. */
static void test_what_is_recorded_before_its_release(void **state)
{
	static const struct fixture_file files[] = {
		{ "needs", "A,15,1,advice,\nA,15,2,advice,\nB,15,1,advice,\nC,15,1,advice,\n"
		           "E,15,1,advice,\n" },
		{ "findings", "C,15,challenge,1,Hard,\nC,15,challenge,2,Hard,\n"
		              "C,15,challenge,3,Hard,\nB,15,challenge,1,Hard,\n" },
	};
	static const char events[] = "A,given,2020-12-31,\nB,heard,2020-12-31,\n"
	                             "C,heard,2021-01-01,\nE,heard,[2020-12-01..2021-02-01],\n";
	(void)state;
	check_rule("needs", rule_of("need-before-release"), FOUR "E,C1,2019,XAD,,,,,,,\n", events,
	           files, COUNT(files),
	           "reviews:2 A: 2 needs, and its findings are not released\n"
	           "reviews:4 C: 1 needs, and its findings are not released\n");
	check_rule("findings", rule_of("finding-before-release"), FOUR "E,C1,2019,XAD,,,,,,,\n",
	           events, files, COUNT(files),
	           "reviews:4 C: 3 findings, and its findings are not released\n");
}

/* One of several milestones that release findings is enough; where there is none, no review is
 * early. */
static void test_release_by_any_milestone(void **state)
{
	struct fixture_file files[] = {
		{ "needs", "A,15,1,advice,\nB,15,1,advice,\nC,15,1,advice,\n" },
		{ "milestones", "M,begun,1,,,,,no,,\nM,given,2,,,,,yes,,\nM,heard,3,,,,,yes,,\n" },
	};
	static const char events[] = "A,given,2020-01-01,\nB,heard,2020-01-01,\n"
	                             "C,begun,2020-01-01,\n";
	(void)state;
	check_rule("two", rule_of("need-before-release"), FOUR, events, files, COUNT(files),
	           "reviews:4 C: 1 needs, and its findings are not released\n");
	files[1].rows = "M,begun,1,,,,,no,,\nM,given,2,,,,,no,,\nM,heard,3,,,,,,,\n";
	check_rule("none", rule_of("need-before-release"), FOUR, events, files, COUNT(files), "");
}

static void test_codes_that_are_nearly_the_same(void **state)
{
	static const struct fixture_file files[] = {
		{ "states", "XAA,State A,AFR,\nxaa,State a,AFR,\nX AA,State B,EEG,\nXAB,,,\n"
		            "XAC,State C,,\nXAD,State D,AFR,\n" },
		{ "findings", "R,15,challenge,a 1,,\nR,15,challenge,A1,,\nR,6,challenge,a1,,\n"
		              "R,15,recommendation,a1,,\nr,15,challenge,a1,,\n" },
		{ "labels", "state,XAB,en,B\nState,xab,en,B\nstate,XAB,fr,B\n" },
	};
	(void)state;
	check_rule("twins", rule_of("codes-differ-in-case-or-spaces"),
	           "R,C1,2019,XAB,,,,,,,\nr,C2,2019,XAC,,,,,,,\n", "", files, COUNT(files),
	           "states:2 XAA: 'XAA' and 'X AA' differ only in case or spaces\n"
	           "states:3 xaa: 'xaa' and 'X AA' differ only in case or spaces\n"
	           "reviews:3 r: 'r' and 'R' differ only in case or spaces\n"
	           "findings:2 R,15,challenge,a 1: 'a 1' and 'A1' differ only in case or spaces\n"
	           "labels:2 state,XAB,en: 'state,XAB,en' and 'State,xab,en' differ only in case "
	           "or spaces\n");
}

static void test_codes_with_spaces_around(void **state)
{
	static const struct fixture_file files[] = {
		{ "states",
		  "\" XAA\",State A,AFR,\n\"XAB \",,,\nX AC,State C,,\nXAD,State D,AFR,\n" },
		{ "labels", "state,XAD,\" en\",B\nstate,\"XAD \",en,\" B\"\n" },
	};
	(void)state;
	check_rule("spaces", rule_of("spaces-around-a-code"), "", "", files, COUNT(files),
	           "states:2  XAA: a code begins or ends with a space\n"
	           "states:3 XAB : a code begins or ends with a space\n"
	           "labels:2 state,XAD, en: a code begins or ends with a space\n"
	           "labels:3 state,XAD ,en: a code begins or ends with a space\n");
}

/* --- queries of rules ----------------------------------------------------------------------------
 */

/* Runs queries as a rule of their own. */
static void check_query(const char *name, const struct irm_check_query *queries, size_t n,
                        const char *reviews, const struct fixture_file *file, const char *expected)
{
	struct irm_check_rule rule = { .id = "made-up",
		                       .severity = IRM_SEVERITY_NOTE,
		                       .table = "labels" };
	memcpy(rule.queries, queries, n * sizeof *queries);
	check_rule(name, &rule, reviews, "", file, 1, expected);
}

static void test_functions_of_queries(void **state)
{
	static const struct fixture_file states = { "states", "XAA,State A,,\n" };
	/* the first and last days of the calendar, and the days beside them */
	static const char days[] =
	        "SELECT 'XAA', printf('%s %s %s %s', day(-719162), ifnull(day(-719163), 'none'), "
	        "day(2932896), ifnull(day(2932897), 'none')) UNION ALL SELECT 'XAA', printf('%s %s "
	        "%s %s', day(0), ifnull(day(1.0), 'none'), ifnull(day('1'), 'none'), "
	        "ifnull(day(NULL), 'none'))";
	static const char plain[] =
	        "SELECT 'XAA', printf('%s %s %s %s', plain(' @A' || char(9) || 'Z[' || char(10, "
	        "13, "
	        "160) || '`az{9 '), plain('É©à' || char(194)), plain(''), ifnull(plain(NULL), "
	        "'none'))";
	static const char lacks[] =
	        "SELECT 'XAA', printf('%s, %s, %s', ifnull(lacks('reviews'), 'nothing'), "
	        "lacks('happiness'), ifnull(lacks(NULL), 'nothing'))";
	static const char as_of[] = "SELECT 'XAA', day(:as_of)";
	const struct irm_check_query queries[] = {
		{ "states", days }, { "states", plain }, { "states", lacks }, { "states", as_of }
	};
	(void)state;
	check_query("functions", queries, COUNT(queries), "", &states,
	            "states:2 XAA: 0001-01-01 none 9999-12-31 none\n"
	            "states:2 XAA: 1970-01-01 none none none\n"
	            "states:2 XAA: @az[`az{9 É©àÂ  none\n"
	            "states:2 XAA: nothing, no rule knows it, nothing\n"
	            "states:2 XAA: 2020-12-31\n");
}

/* Eight queries are all that a rule has room for; a table's keys are those of its schema. */
static void test_a_rule_of_all_its_queries(void **state)
{
	static const struct fixture_file labels = { "labels", "a,b,en,c\n" };
	static const struct irm_check_query queries[IRM_CHECK_QUERIES_MOST] = {
		{ "labels", "SELECT kind, code, lang, 'three' FROM t_labels" },
		{ "scope", "SELECT 'C2', 'II', 'two'" },
		{ "states", "SELECT 'XAZ', 'not there'" },
		{ "states", "SELECT NULL, 'of no key'" },
		{ "cycles", "SELECT cycle, starts, 'passed over' FROM t_cycles WHERE id > 0 ORDER "
		            "BY cycle" },
		{ "states", "SELECT state, name FROM t_states WHERE state = 'XAB'" },
		{ "published", "SELECT 1, 2, 3, 4, 5, 'five'" },
		{ "regions", "SELECT region, 'the last' FROM t_regions WHERE region = 'EEG'" },
	};
	(void)state;
	check_query("eight", queries, COUNT(queries), "", &labels,
	            "labels:2 a,b,en: three\nscope:3 C2,II: two\nstates:0 XAZ: not there\n"
	            "states:0 : of no key\ncycles:2 C1: 14610\ncycles:3 C2: 16436\n"
	            "states:3 XAB: State B\npublished:0 1,2,3,4,5: five\n"
	            "regions:3 EEG: the last\n");
}

/* A key that is longer than there is room for is cut, not written past its end. */
static void test_a_key_that_is_too_long_is_cut(void **state)
{
	static const struct fixture_file states = { "states", "XAA,State A,,\n" };
	static const struct irm_check_query query = {
		"labels", "SELECT printf('%.*c', 4199, 'k'), 'x', 'y', 'long' UNION ALL SELECT "
		          "printf('%.*c', 4198, 'k'), 'x', 'y', 'long' UNION ALL SELECT "
		          "printf('%.*c', 5000, 'k'), 'x', 'y', 'long'"
	};
	const struct irm_check_rule rule = { .id = "made-up", .queries = { query } };
	char folder[] = "/tmp/irm-test-XXXXXX";
	struct irm_check *check = NULL;
	struct irm_err err;
	(void)state;
	fixture_package(folder, "2024-12-31", "", "", &states, 1);
	assert_int_equal(irm_check_open(&check, folder, NULL, NULL, &err), IRM_OK);
	assert_int_equal(irm_check_run(check, &rule, &err), IRM_OK);
	assert_int_equal(check->n, 3);
	for (size_t i = 0; i < check->n; i++) {
		same_number("length", (long long)strlen(check->findings[i].key), 4199);
		same_number("comma", check->findings[i].key[4198], i == 1 ? ',' : 'k');
	}
	irm_check_free(check);
	fixture_remove(folder);
}

/* More findings than there is first room for, of two rules, in the order in which these ran. */
static void test_many_findings_of_several_rules(void **state)
{
	static const struct irm_check_rule first = {
		.id = "first",
		.severity = IRM_SEVERITY_WARNING,
		.queries = { { "states", "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 "
		                         "FROM n WHERE i < 300) SELECT 'X' || i, 'number ' || i "
		                         "FROM n" } },
	};
	static const struct irm_check_rule second = {
		.id = "second",
		.severity = IRM_SEVERITY_ERROR,
		.queries = { { "states", "SELECT state, 'here' FROM t_states ORDER BY state" } },
	};
	char folder[] = "/tmp/irm-test-XXXXXX", key[16], message[32];
	struct irm_check *check = NULL;
	struct irm_err err;
	(void)state;
	fixture_package(folder, "2024-12-31", "", "", NULL, 0);
	assert_int_equal(irm_check_open(&check, folder, NULL, NULL, &err), IRM_OK);
	assert_int_equal(irm_check_run(check, &first, &err), IRM_OK);
	assert_int_equal(irm_check_run(check, &second, &err), IRM_OK);
	assert_int_equal(irm_check_count(check, IRM_SEVERITY_ERROR), 4);
	assert_int_equal(irm_check_count(check, IRM_SEVERITY_WARNING), 300);
	assert_int_equal(irm_check_count(check, IRM_SEVERITY_NOTE), 0);
	for (int i = 0; i < 300; i++) {
		snprintf(key, sizeof key, "X%d", i + 1);
		snprintf(message, sizeof message, "number %d", i + 1);
		assert_string_equal(check->findings[i].key, key);
		assert_string_equal(check->findings[i].message, message);
		assert_ptr_equal(check->findings[i].rule, &first);
	}
	assert_string_equal(check->findings[303].key, "XAD");
	assert_int_equal(check->findings[303].line, 5);
	assert_ptr_equal(check->findings[303].rule, &second);
	irm_check_free(check);
	fixture_remove(folder);
}

static void test_severity_names(void **state)
{
	(void)state;
	assert_string_equal(irm_severity_name(IRM_SEVERITY_ERROR), "error");
	assert_string_equal(irm_severity_name(IRM_SEVERITY_WARNING), "warning");
	assert_string_equal(irm_severity_name(IRM_SEVERITY_NOTE), "note");
}

/* What cannot be opened leaves no check; what cannot be asked is said. */
static void test_what_cannot_be_checked(void **state)
{
	static const struct irm_check_rule no_table = { .id = "no-table",
		                                        .queries = { { "states", "SELECT a, b FROM "
		                                                                 "t_none" } } };
	static const struct irm_check_rule then_overflows = {
		.id = "overflows",
		.queries = { { "states", "SELECT 'XAA', 'found' UNION ALL SELECT 'XAB', "
		                         "abs(-9223372036854775808)" },
		             { "states", "SELECT 'XAC', 'not reached'" } }
	};
	char folder[] = "/tmp/irm-test-XXXXXX", found[200];
	struct irm_check *check = NULL;
	struct irm_err err;
	(void)state;
	assert_int_equal(irm_check_open(&check, "/nowhere/at/all", NULL, NULL, &err), IRM_SYSTEM);
	assert_null(check);
	fixture_package(folder, "2024-12-31", "", "", NULL, 0);
	assert_int_equal(irm_check_open(&check, folder, "someday", NULL, &err), IRM_USAGE);
	assert_null(check);
	assert_int_equal(irm_check_open(&check, folder, NULL, "1", &err), IRM_USAGE);
	assert_null(check);
	assert_int_equal(irm_check_open(&check, folder, NULL, NULL, &err), IRM_OK);
	assert_int_equal(irm_check_run(check, &no_table, &err), IRM_INPUT);
	assert_string_equal(err.message, "no such table: t_none");
	assert_int_equal(irm_check_run(check, &then_overflows, &err), IRM_SYSTEM);
	assert_string_equal(err.message, "integer overflow");
	show(found, sizeof found, check);
	same_text("as far as it got", found, "states:2 XAA: found\n");
	irm_check_free(check);
	irm_check_free(NULL);
	fixture_remove(folder);
}

struct attempt {
	const char *folder, *rule, *expected;
};

static enum irm_code run_rule(void *context, struct irm_err *err)
{
	const struct attempt *attempt = context;
	const struct irm_check_rule *rule = rule_of(attempt->rule);
	struct irm_check *check = NULL;
	char found[600];
	long piece = scarce.libc.at, at = scarce.sqlite.at;
	scarce_over();
	assert_int_equal(irm_check_open(&check, attempt->folder, "2020-12-31", NULL, err), IRM_OK);
	scarce.libc.at = piece;
	scarce.sqlite.at = at;
	enum irm_code code = irm_check_run(check, rule, err);
	scarce_over();
	show(found, sizeof found, check);
	if (!code)
		same_text(rule->id, found, attempt->expected);
	irm_check_free(check);
	return code;
}

static void test_rules_without_memory(void **state)
{
	static const struct fixture_file files[] = {
		{ "needs", "B,15,1,advice,\nB,15,2,advice,\n" },
		{ "milestones", "M,begun,1,,,,,,,\nM,given,2,begun,1,month,,,,\n"
		                "M,heard,3,begun,3,day,,yes,,\nM,late,4,late,,,,,,\n" },
		{ "states", "XAA,State A,,\nxaa,State B,,\n\" XAB\",,,\n" },
	};
	static const struct {
		const char *rule, *expected;
	} rules[] = {
		{ "need-before-release", "reviews:3 B: 2 needs, and its findings are not "
		                         "released\n" },
		{ "from-milestone-loop",
		  "milestones:5 M,late: its stage runs in a circle from 'late'\n" },
		{ "from-milestone-not-earlier",
		  "milestones:5 M,late: its stage runs from one that does not come before it, "
		  "'late'\n" },
		{ "time-limit-contradicted",
		  "milestones:4 M,heard: its limit ends before that of an earlier one, 'given'\n" },
		{ "first-milestone-missing",
		  "events:2 A,late: dated, and the review's beginning, 'begun', is not\n" },
		{ "milestone-missing",
		  "events:2 A,late: no date for what comes before it: given, heard\n" },
		{ "state-without-region", "states:4  XAB: no region\nstates:2 XAA: no region\n"
		                          "states:3 xaa: no region\n" },
	};
	char folder[] = "/tmp/irm-test-XXXXXX";
	(void)state;
	fixture_package(folder, "2024-12-31", "A,C1,2019,XAA,,,,,,,\nB,C1,2019,XAA,,,,,,,\n",
	                "A,late,2021-01-01,\n", files, COUNT(files));
	for (size_t i = 0; i < COUNT(rules); i += stride()) {
		struct attempt attempt = { folder, rules[i].rule, rules[i].expected };
		scarce_sweep(rules[i].rule, run_rule, &attempt, 1);
	}
	struct attempt needs = { folder, rules[0].rule, rules[0].expected };
	scarce_sweep_sqlite("needs", run_rule, &needs, 3);
	fixture_remove(folder);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_limits_are_those_of_r),
		cmocka_unit_test(test_too_few_or_all_alike_have_no_limits),
		cmocka_unit_test(test_half_of_the_days_wrong_moves_the_median_little),
		cmocka_unit_test(test_rules_are_over_30_and_named_once),
		cmocka_unit_test(test_choose),
		cmocka_unit_test(test_lines_by_table_and_key),
		cmocka_unit_test(test_what_rules_of_milestones_find),
		cmocka_unit_test(test_each_mechanism_has_its_own_limits),
		cmocka_unit_test(test_which_dates_are_missing),
		cmocka_unit_test(test_a_long_list_of_missing_dates_is_cut),
		cmocka_unit_test(test_what_is_recorded_before_its_release),
		cmocka_unit_test(test_release_by_any_milestone),
		cmocka_unit_test(test_codes_that_are_nearly_the_same),
		cmocka_unit_test(test_codes_with_spaces_around),
		cmocka_unit_test(test_functions_of_queries),
		cmocka_unit_test(test_a_rule_of_all_its_queries),
		cmocka_unit_test(test_a_key_that_is_too_long_is_cut),
		cmocka_unit_test(test_many_findings_of_several_rules),
		cmocka_unit_test(test_severity_names),
		cmocka_unit_test(test_what_cannot_be_checked),
		cmocka_unit_test(test_rules_without_memory),
	};
	scarce_begin();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
