/* The codes and ids that a database has, before a load adds to them. */
#include "records.h"

static void load(sqlite3 *db, const char *source, const struct irm_load_options *options)
{
	struct irm_faults faults;
	struct irm_err err;
	if (irm_load_packages(db, &source, 1, options, &faults, NULL, &err))
		fail_msg("%s:%ld:%ld: %s", err.file, err.line, err.field, err.message);
}

static const struct irm_load_options recorded = { .record = true, .day = 18628 };
static const struct irm_load_options replaced = { .record = true, .day = 18628, .replace = true };

#define TYPES "SELECT id, type FROM t_ta_types WHERE id > 0 ORDER BY id"
#define LAST  "SELECT id FROM t_last_ids WHERE table_name = 'ta_types'"

/* The highest that was ever given counts: that of the rows, or one that was kept, of rows that are
 * gone. Loads that are not recorded keep none. */
static void test_ids_go_on_from_the_highest(void **state)
{
	(void)state;
	sqlite3 *db = new_database();
	struct irm_err err;
	write_table(".", "ta_types", "a,\nb,\n");
	load(db, "ta_types.csv", &recorded);
	same_rows("recorded", db, LAST, "2");
	write_table(".", "ta_types", "c,\nd,\n");
	load(db, "ta_types.csv", NULL);
	same_rows("not recorded", db, LAST, "2");
	write_table(".", "ta_types", "e,\n");
	load(db, "ta_types.csv", &recorded);
	same_rows("rows", db, TYPES, "1,a|2,b|3,c|4,d|5,e");
	same_rows("kept", db, LAST, "5");
	write_table(".", "ta_types", "b,\n");
	load(db, "ta_types.csv", &replaced);
	write_table(".", "ta_types", "f,\nb,\ng,\n");
	/* kept by a later version, for a table that this one has not */
	assert_int_equal(irm_db_run(db, "INSERT INTO t_last_ids VALUES ('later', 99)", &err),
	                 IRM_OK);
	load(db, "ta_types.csv", &recorded);
	same_rows("gone", db, TYPES, "2,b|6,f|7,g");
	same_rows("kept", db, "SELECT * FROM t_last_ids",
	          "articles,0|assistance,0|cycles,0|later,99|mechanisms,0|milestones,0|regions,0|"
	          "reviews,0|sessions,0|states,0|ta_types,7");
	irm_db_close(db);
}

/* What a file refers to is in the database, under its mechanism, its convention or its cycle. */
static void test_what_an_earlier_load_brought_is_referred_to(void **state)
{
	(void)state;
	static const struct file later[] = {
		{ "cycles", "FID-1,FID,,,\n" },
		{ "milestones", "FIC,third,3,dialogue,,,,,,\nFID,ended,2,started,,,,,,\n" },
		{ "topics", "t,FCC,5,\nt,FDC,5,\n" },
		{ "scope", "FIC-2,III\n" },
		{ "states", "XAD,,APG,\n" },
		{ "reviews",
		  "FIC-1-XAA-b,FIC-1,,XAA,,,,,FIC-1-XAA,,\nFID-1-XAA,FID-1,,XAC,,,,,,,\n" },
		{ "events",
		  "FIC-1-XAB,started,2018,\nFID-1-XAA,started,2018,\nFIC-1-XAA,third,2019,\n" },
		{ "needs", "FIC-1-XAA,15,1,training,\nFID-1-XAA,5,1,all,\n" },
		{ "assistance_targets", "act,1,XAA,AFR,15,training\n" },
	};
	sqlite3 *db = new_database();
	make_package("p");
	write_table("p", "mechanisms", "FIC,,FCC\nFID,,FDC\n");
	write_table("p", "articles", "FCC,5,II,\nFCC,15,III,\nFDC,5,II,\n");
	write_table("p", "milestones",
	            "FIC,started,1,,,,,,,\nFIC,dialogue,2,started,,,,,,\n"
	            "FID,started,1,,,,,,,\n");
	write_table("p", "assistance", "act,,,,,,\n");
	load(db, "p", NULL);
	for (size_t i = 0; i < COUNT(later); i++) {
		char path[80];
		write_table(".", later[i].table, later[i].rows);
		snprintf(path, sizeof path, "%s.csv", later[i].table);
		load(db, path, NULL);
	}
	same_rows("milestones", db,
	          "SELECT id, mechanism, milestone, from_milestone FROM t_milestones",
	          "1,1,started,|2,1,dialogue,1|3,2,started,|4,1,third,2|5,2,ended,3");
	same_rows("events", db,
	          "SELECT review, milestone FROM t_events WHERE review > 1 OR milestone > 2 ORDER "
	          "BY 1",
	          "1,4|2,1|4,3");
	same_rows("topics", db, "SELECT article FROM t_topics ORDER BY convention", "1|3");
	same_rows("needs", db, "SELECT review, article, type FROM t_needs ORDER BY 1",
	          "1,2,1|4,3,0");
	same_rows("reviews", db, "SELECT id, cycle, state, replaces FROM t_reviews WHERE id > 2",
	          "3,1,1,1|4,3,3,");
	same_rows("targets", db, "SELECT * FROM t_assistance_targets", "1,1,1,1,15,1");
	same_rows("references", db, "SELECT count(*) FROM pragma_foreign_key_check", "0");
	irm_db_close(db);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		in_folder(test_ids_go_on_from_the_highest),
		in_folder(test_what_an_earlier_load_brought_is_referred_to),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
