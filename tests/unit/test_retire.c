/* Rows that a new delivery no longer has: which go, which stay, and what still refers to them. */
#include "records.h"

static const struct irm_load_options replaced = { .replace = true };

static enum irm_code replace(sqlite3 *db, const char *source, struct irm_faults *faults,
                             struct irm_err *err)
{
	return irm_load_packages(db, &source, 1, &replaced, faults, NULL, err);
}

static void replace_well(sqlite3 *db, const char *source)
{
	struct irm_faults faults;
	struct irm_err err;
	if (replace(db, source, &faults, &err))
		fail_msg("%s: %s (%s)", err.file, err.message, err.hint);
}

/* A package of that name with these tables alone. */
static void make_of(const char *folder, const struct file files[], size_t n)
{
	char path[80], text[80];
	remove_tree(folder);
	assert_int_equal(mkdir(folder, 0700), 0);
	for (size_t i = 0; i < n; i++)
		write_table(folder, files[i].table, files[i].rows);
	snprintf(path, sizeof path, "%s/datapackage.json", folder);
	snprintf(text, sizeof text, "{\"name\": \"%s\"}", folder);
	write_text(path, text);
}

/* Two packages share what both deliver; each has its own reviews, and what hangs on them. */
static void test_what_is_of_a_package(void **state)
{
	(void)state;
	static const struct file other[] = {
		{ "states", "XAA,Aland,AFR,2010-01-01\nXAD,Deland,,\n" },
		{ "reviews", "FIC-2-XAD,FIC-2,2020,XAD,,,,,,,\n" },
		{ "events", "FIC-2-XAD,started,2020-05,\nFIC-1-XAB,started,2018-06,\n" },
	};
	static const struct file fewer[] = {
		{ "states", "XAA,Aland,AFR,2010-01-01\nXAB,Beland,APG,\n" },
		{ "reviews", "FIC-1-XAB,FIC-1,2018,XAB,,,,,,,\n" },
		{ "events", "" },
		{ "ta_types", "other,\n" },
	};
	static const struct file fewest[] = { { "states", "XAA,,,\n" } };
	sqlite3 *db = new_database();
	make_package("made-up");
	make_of("other", other, COUNT(other));
	replace_well(db, "made-up");
	replace_well(db, "other");
	/* the second has a State less than the first, which stays: both deliver States */
	same_rows("states", db, "SELECT state FROM states ORDER BY 1", "XAA|XAB|XAC|XAD");
	make_of("made-up", fewer, COUNT(fewer));
	replace_well(db, "made-up");
	same_rows("what both deliver stays", db, "SELECT state FROM states ORDER BY 1",
	          "XAA|XAB|XAC|XAD");
	same_rows("its own reviews", db, "SELECT review FROM reviews ORDER BY 1",
	          "FIC-1-XAB|FIC-2-XAD");
	/* an event hangs on a review, whoever delivered it */
	same_rows("what hangs on its own reviews", db, "SELECT review, date FROM events",
	          "FIC-2-XAD,2020-05");
	same_rows("what it alone delivers goes", db, "SELECT type FROM ta_types", "other");
	same_rows("'all' stays", db,
	          "SELECT (SELECT count(*) FROM t_ta_types WHERE id = 0), (SELECT count(*) FROM "
	          "t_cycles WHERE id = 0), (SELECT count(*) FROM t_regions WHERE id = 0)",
	          "1,1,1");
	same_rows("tables that were not delivered stay", db,
	          "SELECT (SELECT count(*) FROM cycles), (SELECT count(*) FROM milestones), "
	          "(SELECT count(*) FROM articles)",
	          "2,2,2");
	make_of("other", fewest, COUNT(fewest));
	replace_well(db, "other");
	same_rows("reviews that were not delivered stay", db,
	          "SELECT review FROM reviews ORDER BY 1", "FIC-1-XAB|FIC-2-XAD");
	irm_db_close(db);
}

/* Without the option nothing goes. */
static void test_what_is_merged_stays(void **state)
{
	(void)state;
	sqlite3 *db = new_database();
	struct irm_faults faults;
	struct irm_err err;
	const char *source = "made-up";
	make_package("made-up");
	replace_well(db, "made-up");
	write_table("made-up", "events", "");
	assert_int_equal(irm_load_packages(db, &source, 1, NULL, &faults, NULL, &err), IRM_OK);
	same_rows("events", db, "SELECT count(*) FROM events", "2");
	replace_well(db, "made-up");
	same_rows("events", db, "SELECT count(*) FROM events", "0");
	irm_db_close(db);
}

/* Keys of every kind: codes of other tables, 'all', vague dates, texts. One row of each two goes.
 */
static void test_keys_of_every_kind(void **state)
{
	(void)state;
	static const struct {
		const char *table, *stays, *goes, *sql, *left;
	} cases[] = {
		{ "published", "[2018..2019],all,m,AFR,all,1,,\n", "2018,all,m,AFR,all,1,,\n",
		  "SELECT as_of, cycle, metric, region, article FROM published",
		  "[2018..2019],all,m,AFR,all" },
		{ "needs", "FIC-1-XAA,15,1,all,\n", "FIC-1-XAA,all,1,all,\n",
		  "SELECT review, article, paragraph, type FROM needs", "FIC-1-XAA,15,1,all" },
		{ "labels", "state,XAA,en,\n", "state,XAA,fr,\n",
		  "SELECT kind, code, lang FROM labels", "state,XAA,en" },
		{ "topics", "t,FCC,15,\n", "t,FCC,5,\n",
		  "SELECT topic, convention, article FROM topics", "t,FCC,15" },
		{ "contacts", "XAA,a,,,\n", "XAB,a,,,\n", "SELECT state, role FROM contacts",
		  "XAA,a" },
		{ "findings", "FIC-1-XAA,all,challenge,2,,\n", "FIC-1-XAA,15,challenge,2,,\n",
		  "SELECT review, article, kind, position FROM findings",
		  "FIC-1-XAA,all,challenge,2" },
		{ "milestones", "FIC,dialogue,2,,3,week,joint,yes,,\nFIC,started,1,,,,,,,\n",
		  "FIC,third,3,,,,,,,\n", "SELECT mechanism, milestone FROM milestones",
		  "FIC,dialogue|FIC,started" },
		{ "scope", "FIC-1,II\n", "FIC-2,II\n", "SELECT * FROM scope", "FIC-1,II" },
		{ "sessions", "irg1,,,,,,\n", "irg2,,,,,,\n", "SELECT session FROM sessions",
		  "irg1" },
	};
	sqlite3 *db = new_database();
	make_package("made-up");
	for (size_t i = 0; i < COUNT(cases); i++) {
		char both[200];
		snprintf(both, sizeof both, "%s%s", cases[i].stays, cases[i].goes);
		write_table("made-up", cases[i].table, both);
	}
	replace_well(db, "made-up");
	for (size_t i = 0; i < COUNT(cases); i++) {
		write_table("made-up", cases[i].table, cases[i].stays);
		replace_well(db, "made-up");
		same_rows(cases[i].table, db, cases[i].sql, cases[i].left);
	}
	irm_db_close(db);
}

/* A row that goes while others refer to it: all of them are told, and nothing goes. */
static void test_rows_that_are_still_referred_to(void **state)
{
	(void)state;
	static const struct {
		const char *name;
		struct file files[2];
		const char *faults;
	} cases[] = {
		{ "two regions that States have",
		  { { "regions", "EEG,,\n" } },
		  "d/regions.csv: the row 'AFR' is gone, and states still refer to it (deliver "
		  "states.csv too, or keep the row)\n"
		  "d/regions.csv: the row 'APG' is gone, and states still refer to it (deliver "
		  "states.csv too, or keep the row)\n" },
		{ "a State under review, and one that reviews",
		  { { "states", "XAA,,,\n" } },
		  "d/states.csv: the row 'XAB' is gone, and reviews still refer to it (deliver "
		  "reviews.csv too, or keep the row)\n"
		  "d/states.csv: the row 'XAB' is gone, and reviews still refer to it (deliver "
		  "reviews.csv too, or keep the row)\n"
		  "d/states.csv: the row 'XAC' is gone, and reviews still refer to it (deliver "
		  "reviews.csv too, or keep the row)\n" },
		{ "a review that has events",
		  { { "reviews", "FIC-1-XAB,FIC-1,2018,XAB,,,,,,,\n" } },
		  "d/reviews.csv: the row 'FIC-1-XAA' is gone, and events still refer to it "
		  "(deliver events.csv too, or keep the row)\n"
		  "d/reviews.csv: the row 'FIC-1-XAA' is gone, and needs still refer to it "
		  "(deliver "
		  "needs.csv too, or keep the row)\n" },
		{ "a milestone, of which another is counted too",
		  { { "milestones", "FIC,dialogue,2,dialogue,3,week,joint,yes,,\n" } },
		  "d/milestones.csv: the row 'started' is gone, and events still refer to it "
		  "(deliver events.csv too, or keep the row)\n" },
		{ "an article that was asked for",
		  { { "articles", "FCC,5,II,\n" } },
		  "d/articles.csv: the row '15' is gone, and needs still refer to it (deliver "
		  "needs.csv too, or keep the row)\n" },
		{ "a mechanism",
		  { { "mechanisms", "FID,,\n" } },
		  "d/mechanisms.csv: the row 'FIC' is gone, and cycles still refer to it (deliver "
		  "cycles.csv too, or keep the row)\n"
		  "d/mechanisms.csv: the row 'FIC' is gone, and milestones still refer to it "
		  "(deliver milestones.csv too, or keep the row)\n" },
		{ "what goes with it",
		  { { "reviews", "FIC-1-XAB,FIC-1,2018,XAB,,,,,,,\n" }, { "events", "" } },
		  "d/reviews.csv: the row 'FIC-1-XAA' is gone, and needs still refer to it "
		  "(deliver "
		  "needs.csv too, or keep the row)\n" },
	};
	sqlite3 *db = new_database();
	make_package("made-up");
	write_table("made-up", "needs", "FIC-1-XAA,15,1,all,\n");
	replace_well(db, "made-up");
	char *before = dump(db);
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct irm_faults faults;
		struct irm_err err;
		char found[1500] = "";
		make_of("d", cases[i].files, cases[i].files[1].table ? 2 : 1);
		write_text("d/datapackage.json", "{\"name\": \"made-up\"}");
		same_number(cases[i].name, replace(db, "d", &faults, &err), IRM_INPUT);
		for (size_t f = 0; f < faults.n; f++)
			snprintf(found + strlen(found), sizeof found - strlen(found),
			         "%s: %s (%s)\n", faults.kept[f].file, faults.kept[f].message,
			         faults.kept[f].hint);
		same_text(cases[i].name, found, cases[i].faults);
		same_text(cases[i].name, err.message, faults.kept[0].message);
		char *after = dump(db);
		same_text(cases[i].name, after, before);
		sqlite3_free(after);
	}
	sqlite3_free(before);
	irm_db_close(db);
}

/* What went in one package of a load is not there for the next one; its id is not given again. */
static void test_what_went_is_gone_for_the_next_package(void **state)
{
	(void)state;
	static const char *const both[] = { "made-up", "other" };
	static const struct file other[] = { { "needs", "FIC-1-XAA,15,1,training,\n" } };
	sqlite3 *db = new_database();
	struct irm_faults faults;
	struct irm_err err;
	make_package("made-up");
	replace_well(db, "made-up");
	write_table("made-up", "ta_types", "b,\n");
	make_of("other", other, COUNT(other));
	assert_int_equal(irm_load_packages(db, both, 2, &replaced, &faults, NULL, &err), IRM_INPUT);
	same_error("gone", &err, "other/needs.csv:2:4: there is no type 'training'");
	write_table("other", "ta_types", "c,\n");
	write_table("other", "needs", "FIC-1-XAA,15,1,b,\nFIC-1-XAA,15,1,c,\n");
	if (irm_load_packages(db, both, 2, &replaced, &faults, NULL, &err))
		fail_msg("%s: %s", err.file, err.message);
	same_rows("ids", db, "SELECT id, type FROM t_ta_types WHERE id > 0", "2,b|3,c");
	irm_db_close(db);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		in_folder(test_what_is_of_a_package),
		in_folder(test_what_is_merged_stays),
		in_folder(test_keys_of_every_kind),
		in_folder(test_rows_that_are_still_referred_to),
		in_folder(test_what_went_is_gone_for_the_next_package),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
