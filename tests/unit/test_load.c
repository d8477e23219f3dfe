/* Loading: all of it or nothing, rows merged by key, references in any order, every fault. */
#include "records.h"

static enum irm_code load(sqlite3 *db, const char *folder, struct irm_faults *faults)
{
	struct irm_err err = { .code = IRM_OK };
	struct irm_load_counts counts;
	enum irm_code code = irm_load_packages(db, &folder, 1, NULL, faults, &counts, &err);
	if (code)
		assert_int_equal(code, err.code);
	return code;
}

/* Loads what must be fine. */
static void load_well(sqlite3 *db, const char *folder)
{
	struct irm_faults faults;
	if (load(db, folder, &faults))
		fail_msg("%s:%ld:%ld: %s", faults.kept[0].file, faults.kept[0].line,
		         faults.kept[0].field, faults.kept[0].message);
	assert_int_equal(faults.n, 0);
}

static void test_rows_are_as_they_were_written(void **state)
{
	(void)state;
	sqlite3 *db = new_database();
	make_package("p");
	load_well(db, "p");
	same_rows("cycles", db, "SELECT * FROM cycles ORDER BY 1",
	          "FIC-1,FIC,First cycle,2018-01-01,|FIC-2,FIC,Second cycle,2020-01-01,");
	same_rows("states", db, "SELECT * FROM states ORDER BY 1",
	          "XAA,Aland,AFR,2010-01-01|XAB,Beland,APG,|XAC,Celand,,");
	same_rows("reviews", db, "SELECT * FROM reviews ORDER BY 1",
	          "FIC-1-XAA,FIC-1,2018,XAA,XAB,XAC,,,,,|FIC-1-XAB,FIC-1,2018,XAB,,,,,,,");
	same_rows("events", db, "SELECT * FROM events ORDER BY 2",
	          "FIC-1-XAA,dialogue,2018-04,|FIC-1-XAA,started,2018-03-01,made up");
	same_rows("ends of a vague date", db,
	          "SELECT date(date_first * 86400, 'unixepoch'), date(date_last * 86400, "
	          "'unixepoch') FROM t_events WHERE date = '2018-04'",
	          "2018-04-01,2018-04-30");
	same_rows("an empty field is unknown", db,
	          "SELECT typeof(region), typeof(party_since) FROM t_states WHERE state = 'XAC'",
	          "null,null");
	same_rows("package", db, "SELECT * FROM packages", "made-up,2020-12-31");
	same_rows("tables that came", db, "SELECT count(*) FROM t_delivered", "10");
	irm_db_close(db);
}

static void test_every_form_of_a_vague_date_is_kept(void **state)
{
	(void)state;
	sqlite3 *db = new_database();
	make_package("p");
	write_table("p", "participation",
	            "FIC-1-XAA,a,academia,,2019-10-30\nFIC-1-XAA,b,academia,,2019-10\n"
	            "FIC-1-XAA,c,academia,,2019\nFIC-1-XAA,d,academia,,[..2019-10-30]\n"
	            "FIC-1-XAA,e,academia,,[2019-10-30..]\nFIC-1-XAA,f,academia,,"
	            "[2019-10-01..2019-10-30]\nFIC-1-XAA,g,academia,,\n"
	            "FIC-1-XAA,h,academia,,0001-01-01\nFIC-1-XAA,i,academia,,9999-12-31\n");
	load_well(db, "p");
	same_rows("dates", db,
	          "SELECT step, date, date_first, date_last FROM t_participation ORDER BY 1",
	          "a,2019-10-30,18199,18199|b,2019-10,18170,18200|c,2019,17897,18261|"
	          "d,[..2019-10-30],,18199|e,[2019-10-30..],18199,|"
	          "f,[2019-10-01..2019-10-30],18170,18199|g,,,|h,0001-01-01,-719162,-719162|"
	          "i,9999-12-31,2932896,2932896");
	irm_db_close(db);
}

static void test_days_of_the_first_and_the_last_year_come_back(void **state)
{
	(void)state;
	sqlite3 *db = new_database();
	make_package("p");
	write_table("p", "states", "XAA,,,0001-01-01\nXAB,,,9999-12-31\nXAC,,,1969-12-31\n");
	load_well(db, "p");
	same_rows("days", db, "SELECT party_since FROM states ORDER BY 1",
	          "0001-01-01|1969-12-31|9999-12-31");
	irm_db_close(db);
}

static void test_rows_may_refer_to_later_rows_of_their_table(void **state)
{
	(void)state;
	sqlite3 *db = new_database();
	make_package("p");
	write_table("p", "reviews",
	            "FIC-1-XAA-b,FIC-1,2019,XAA,,,,,FIC-1-XAA,,\n"
	            "FIC-1-XAA,FIC-1,2018,XAA,,,,,,2019-01-01,\n");
	write_table("p", "milestones",
	            "FIC,dialogue,2,started,3,week,,yes,,\nFIC,started,1,,,,,no,,\n");
	load_well(db, "p");
	same_rows("replaces", db, "SELECT review, replaces FROM reviews ORDER BY 1",
	          "FIC-1-XAA,|FIC-1-XAA-b,FIC-1-XAA");
	same_rows("from_milestone", db,
	          "SELECT milestone, from_milestone FROM milestones ORDER BY position",
	          "started,|dialogue,started");
	same_rows("foreign keys", db, "SELECT count(*) FROM pragma_foreign_key_check", "0");
	irm_db_close(db);
}

static void test_all_stands_for_no_one_in_particular(void **state)
{
	(void)state;
	sqlite3 *db = new_database();
	make_package("p");
	write_table("p", "needs", "FIC-1-XAA,all,1,all,\nFIC-1-XAA,15,1,training,\n");
	write_table("p", "published",
	            "2019,all,rate,all,all,0.5,share,\n2019,FIC-1,rate,AFR,15,12,,\n");
	load_well(db, "p");
	same_rows("needs", db, "SELECT article, type FROM needs ORDER BY 1", "15,training|all,all");
	same_rows("published", db,
	          "SELECT as_of, cycle, region, article, value FROM published ORDER BY 2",
	          "2019,FIC-1,AFR,15,12.0|2019,all,all,all,0.5");
	same_rows("the rows that it refers to do not show", db,
	          "SELECT (SELECT count(*) FROM cycles), (SELECT count(*) FROM regions), "
	          "(SELECT count(*) FROM articles), (SELECT count(*) FROM ta_types)",
	          "2,2,2,1");
	irm_db_close(db);
}

static void test_rows_are_merged_by_key(void **state)
{
	(void)state;
	sqlite3 *db = new_database();
	make_package("p");
	load_well(db, "p");
	same_rows("before", db, "SELECT total_changes() > 0", "1");
	make_package("q");
	write_table("q", "states", "XAB,Beland renamed,,\nXAD,Deland,AFR,\n");
	write_table("q", "events", "FIC-1-XAA,started,2018-03-02,\nFIC-1-XAB,started,2018-05,\n");
	load_well(db, "q");
	same_rows("a row is replaced as a whole, others stay", db,
	          "SELECT * FROM states ORDER BY 1",
	          "XAA,Aland,AFR,2010-01-01|XAB,Beland renamed,,|XAC,Celand,,|XAD,Deland,AFR,");
	same_rows("events", db, "SELECT * FROM events ORDER BY 1, 2",
	          "FIC-1-XAA,dialogue,2018-04,|FIC-1-XAA,started,2018-03-02,|"
	          "FIC-1-XAB,started,2018-05,");
	same_rows("reviews keep their State", db,
	          "SELECT r.review, s.name FROM reviews AS r JOIN states AS s USING (state) "
	          "WHERE r.review = 'FIC-1-XAB'",
	          "FIC-1-XAB,Beland renamed");
	same_rows("one package", db, "SELECT count(*) FROM packages", "1");
	irm_db_close(db);
}

static void test_the_same_again_changes_no_row(void **state)
{
	(void)state;
	sqlite3 *db = new_database();
	make_package("p");
	load_well(db, "p");
	static const char all[] = "SELECT group_concat(x, ';') FROM (SELECT review || milestone || "
	                          "ifnull(date, '') AS x FROM t_events UNION ALL SELECT id || "
	                          "review || state FROM t_reviews UNION ALL SELECT id || state || "
	                          "ifnull(region, '') FROM t_states ORDER BY 1)";
	char *before = NULL;
	sqlite3_stmt *query = NULL;
	assert_int_equal(sqlite3_prepare_v2(db, all, -1, &query, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_step(query), SQLITE_ROW);
	before = sqlite3_mprintf("%s", sqlite3_column_text(query, 0));
	sqlite3_finalize(query);
	load_well(db, "p");
	same_rows("again", db, all, before);
	sqlite3_free(before);
	irm_db_close(db);
}

static void test_milestones_may_change_places(void **state)
{
	(void)state;
	sqlite3 *db = new_database();
	make_package("p");
	load_well(db, "p");
	write_table("p", "milestones",
	            "FIC,started,1,,,,,no,,\nFIC,desk_review,2,started,,,,no,,\n"
	            "FIC,dialogue,3,started,3,week,,yes,,\n");
	load_well(db, "p");
	write_table("p", "milestones",
	            "FIC,desk_review,3,started,,,,no,,\nFIC,dialogue,2,started,3,"
	            "week,,yes,,\n"
	            "FIC,started,1,,,,,no,,\n");
	load_well(db, "p");
	same_rows("places", db, "SELECT milestone, position FROM milestones ORDER BY position",
	          "started,1|dialogue,2|desk_review,3");
	irm_db_close(db);
}

static void test_two_packages_in_one_load(void **state)
{
	(void)state;
	sqlite3 *db = new_database();
	struct irm_faults faults;
	struct irm_load_counts counts;
	struct irm_err err;
	make_package("p");
	assert_int_equal(mkdir("q", 0700), 0);
	write_table("q", "reviews", "FIC-2-XAC,FIC-2,2020,XAC,,,,,,,\n");
	write_table("q", "events", "FIC-2-XAC,started,2020-01-05,\nFIC-1-XAB,started,2018-09,\n");
	write_text("q/datapackage.json", "{\"name\": \"second\", \"as_of\": \"2021-06-30\"}");
	static const char *const folders[] = { "p", "q" };
	assert_int_equal(irm_load_packages(db, folders, 2, NULL, &faults, &counts, &err), IRM_OK);
	same_rows("packages", db, "SELECT * FROM packages ORDER BY 1",
	          "made-up,2020-12-31|second,2021-06-30");
	same_rows("whose review it is", db,
	          "SELECT r.review, p.package FROM t_reviews AS r JOIN t_packages AS p "
	          "ON p.id = r.package ORDER BY 1",
	          "FIC-1-XAA,made-up|FIC-1-XAB,made-up|FIC-2-XAC,second");
	size_t events = (size_t)(irm_schema_find("events") - irm_schemas);
	assert_int_equal(counts.rows[events], 4);
	irm_db_close(db);
}

static void test_the_order_of_rows_does_not_matter(void **state)
{
	(void)state;
	static const char sql[] =
	        "SELECT * FROM reviews UNION ALL SELECT *, '', '', '', '', '', '', "
	        "'' FROM events UNION ALL SELECT *, '', '', '', '', '', '', '' "
	        "FROM states ORDER BY 1, 2";
	sqlite3 *db = new_database(), *turned = new_database();
	make_package("p");
	make_package("q");
	write_table("q", "states", "XAC,Celand,,\nXAB,Beland,APG,\nXAA,Aland,AFR,2010-01-01\n");
	write_table("q", "reviews",
	            "FIC-1-XAB,FIC-1,2018,XAB,,,,,,,\nFIC-1-XAA,FIC-1,2018,XAA,XAB,XAC,,,,,\n");
	write_table("q", "events",
	            "FIC-1-XAA,dialogue,2018-04,\nFIC-1-XAA,started,2018-03-01,made up\n");
	load_well(db, "p");
	load_well(turned, "q");
	char expected[4000] = "";
	sqlite3_stmt *query = NULL;
	size_t used = 0;
	assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &query, NULL), SQLITE_OK);
	while (sqlite3_step(query) == SQLITE_ROW) {
		used += (size_t)snprintf(expected + used, sizeof expected - used, "%s",
		                         used ? "|" : "");
		for (int c = 0; c < sqlite3_column_count(query); c++) {
			const char *text = (const char *)sqlite3_column_text(query, c);
			used += (size_t)snprintf(expected + used, sizeof expected - used, "%s%s",
			                         c ? "," : "", text ? text : "");
		}
	}
	sqlite3_finalize(query);
	assert_true(used > 100);
	same_rows("turned", turned, sql, expected);
	irm_db_close(db);
	irm_db_close(turned);
}

/* Each fault on top of the base package: a file written anew, and what is told. */
static const struct {
	const char *name;
	struct file file;
	const char *error;
} faulty[] = {
	{ "unknown State",
	  { "reviews", "FIC-1-XAA,FIC-1,2018,XAX,,,,,,,\n" },
	  "p/reviews.csv:2:4: there is no state 'XAX' (did you mean 'XAA'?)" },
	{ "unknown reviewing State",
	  { "reviews", "FIC-1-XAA,FIC-1,2018,XAA,XAB,ZZZ,,,,,\n" },
	  "p/reviews.csv:2:6: there is no state 'ZZZ'" },
	{ "codes are case-sensitive",
	  { "reviews", "FIC-1-XAA,FIC-1,2018,xaa,,,,,,,\n" },
	  "p/reviews.csv:2:4: there is no state 'xaa' (did you mean 'XAA'?)" },
	{ "spaces belong to a code",
	  { "reviews", "FIC-1-XAA,FIC-1,2018,XAA ,,,,,,,\n" },
	  "p/reviews.csv:2:4: there is no state 'XAA ' (did you mean 'XAA'?)" },
	{ "unknown cycle",
	  { "reviews", "FIC-3-XAA,FIC-3,2018,XAA,,,,,,,\n" },
	  "p/reviews.csv:2:2: there is no cycle 'FIC-3' (did you mean 'FIC-1'?)" },
	{ "a review of cycle 'all'",
	  { "reviews", "FIC-1-XAA,all,2018,XAA,,,,,,,\n" },
	  "p/reviews.csv:2:2: there is no cycle 'all'" },
	{ "unknown review",
	  { "events", "FIC-1-XAZ,started,2018-03-01,\n" },
	  "p/events.csv:2:1: there is no review 'FIC-1-XAZ' (did you mean 'FIC-1-XAA'?)" },
	{ "unknown milestone",
	  { "events", "FIC-1-XAA,started,2018-03-01,\nFIC-1-XAA,dialouge,2018-03-01,\n" },
	  "p/events.csv:3:2: there is no milestone 'dialouge' (did you mean 'dialogue'?)" },
	{ "a review that replaces none that is there",
	  { "reviews", "FIC-1-XAA,FIC-1,2018,XAA,,,,,FIC-0-XAA,,\n" },
	  "p/reviews.csv:2:9: there is no row 'FIC-0-XAA' in this table" },
	{ "a review that replaces itself",
	  { "reviews", "FIC-1-XAA,FIC-1,2018,XAA,,,,,FIC-1-XAA,,\n" },
	  "p/reviews.csv:2: the row breaks a rule: a review does not replace itself" },
	{ "a milestone from none that is there",
	  { "milestones", "FIC,started,1,begun,,,,,,\n" },
	  "p/milestones.csv:2:4: there is no row 'begun' in this table" },
	{ "no such day",
	  { "states", "XAA,Aland,AFR,2020-02-30\n" },
	  "p/states.csv:2:4: expected a day such as 2019-10-30, found '2020-02-30' (the calendar "
	  "has no such day)" },
	{ "a vague date for a day",
	  { "reviews", "FIC-1-XAA,FIC-1,2018,XAA,,,,,,2019,\n" },
	  "p/reviews.csv:2:10: expected a day such as 2019-10-30, found '2019' (a vague date "
	  "cannot "
	  "stand here)" },
	{ "a backwards interval",
	  { "events", "FIC-1-XAA,started,[2019-02-01..2019-01-01],\n" },
	  "p/events.csv:2:3: expected an interval whose first day comes first, found "
	  "'[2019-02-01..2019-01-01]'" },
	{ "a number that is none",
	  { "published", "2019,all,rate,all,all,\"0,5\",,\n" },
	  "p/published.csv:2:6: expected a number such as 0.25, found '0,5' (write the decimal "
	  "sign "
	  "as a point, and no separators: 1.5, 1000)" },
	{ "a whole number that is none",
	  { "reviews", "FIC-1-XAA,FIC-1,2018.5,XAA,,,,,,,\n" },
	  "p/reviews.csv:2:3: expected a whole number, found '2018.5'" },
	{ "a negative whole number",
	  { "reviews", "FIC-1-XAA,FIC-1,-1,XAA,,,,,,,\n" },
	  "p/reviews.csv:2:3: expected a whole number from 0 to 2147483647, found '-1'" },
	{ "a word that is none",
	  { "reviews", "FIC-1-XAA,FIC-1,2018,XAA,,,,country-visit,,,\n" },
	  "p/reviews.csv:2:8: found 'country-visit' as dialogue (did you mean 'country_visit'?)" },
	{ "an empty key",
	  { "states", ",Aland,AFR,\n" },
	  "p/states.csv:2:1: the key column 'state' is empty" },
	{ "an empty key that may be 'all'",
	  { "needs", "FIC-1-XAA,,1,training,\n" },
	  "p/needs.csv:2:2: the key column 'article' is empty ('all' stands for no one in "
	  "particular)" },
	{ "an empty column that must not be",
	  { "reviews", "FIC-1-XAA,FIC-1,2018,,,,,,,,\n" },
	  "p/reviews.csv:2:4: the column 'state' is empty" },
	{ "a key twice",
	  { "states", "XAA,Aland,AFR,\nXAB,Beland,,\nXAC,,,\nXAA,Again,AFR,\n" },
	  "p/states.csv:5:1: the key 'XAA' stands twice in this file" },
	{ "a key of two columns twice",
	  { "events", "FIC-1-XAA,started,2018-03-01,\nFIC-1-XAA,started,2018-03-02,\n" },
	  "p/events.csv:3:1: the key 'FIC-1-XAA,started' stands twice in this file" },
	{ "'all' as a code",
	  { "regions", "all,Everywhere,1\n" },
	  "p/regions.csv:2:1: 'all' cannot be a code: it has a meaning of its own" },
	{ "'unassigned' as a region",
	  { "regions", "unassigned,Nowhere,1\n" },
	  "p/regions.csv:2:1: 'unassigned' cannot be a code: it has a meaning of its own" },
	{ "a limit without a unit",
	  { "milestones", "FIC,started,1,,3,,,,,\n" },
	  "p/milestones.csv:2: the row breaks a rule: time limit has a unit" },
	{ "a limit of nothing",
	  { "milestones", "FIC,started,1,,0,day,,,,\n" },
	  "p/milestones.csv:2: the row breaks a rule: time limit is positive" },
	{ "an unknown article",
	  { "needs", "FIC-1-XAA,99,1,training,\n" },
	  "p/needs.csv:2:2: there is no article '99'" },
	{ "an article of another convention",
	  { "topics", "t,OTHER,15,\n" },
	  "p/topics.csv:2:3: the convention that article '15' is of is unknown" },
	{ "a short row",
	  { "states", "XAA,Aland,AFR\n" },
	  "p/states.csv:2: expected 4 fields as in the header, found 3" },
	{ "a long row",
	  { "states", "XAA,Aland,AFR,,x\n" },
	  "p/states.csv:2: expected 4 fields as in the header, found 5" },
	{ "an empty line",
	  { "states", "XAA,,,\n\nXAB,,,\n" },
	  "p/states.csv:3: found an empty line" },
	{ "a fault after a field of three lines",
	  { "states", "XAA,\"A\n\nland\",AFR,\nXAB,,ZZZZ,\n" },
	  "p/states.csv:5:3: there is no region 'ZZZZ'" },
	{ "Latin-1",
	  { "states", "XAA,Cura\xe7"
	              "ao,AFR,\n" },
	  "p/states.csv:2:2: expected UTF-8, found the byte 0xE7 at byte 5 of the field" },
	{ "a stray quote",
	  { "states", "XAA,\"A\" land,AFR,\n" },
	  "p/states.csv:2:2: found a stray quote (a field with a quote stands in quotes, the quote "
	  "doubled: \"a \"\"b\"\"\")" },
	{ "an unclosed quote",
	  { "states", "XAA,,,\nXAB,\"Bel,,\nXAC,,,\n" },
	  "p/states.csv:3:2: found a quote that is never closed" },
};

/* After each fault the file of the database is the same, byte by byte. */
static void test_faults(void **state)
{
	(void)state;
	sqlite3 *db = NULL;
	struct irm_err err;
	size_t length = 0, after = 0;
	make_package("p");
	assert_int_equal(irm_db_create(&db, "a.db", &err), IRM_OK);
	load_well(db, "p");
	irm_db_close(db);
	char *bytes = read_bytes("a.db", &length);
	for (size_t i = 0; i < COUNT(faulty); i++) {
		const struct file *file = &faulty[i].file;
		struct irm_faults faults;
		char path[100];
		write_table("p", file->table, file->rows);
		assert_int_equal(irm_db_open_writable(&db, "a.db", &err), IRM_OK);
		same_number(faulty[i].name, load(db, "p", &faults), IRM_INPUT);
		irm_db_close(db);
		if (!strchr(faulty[i].error, '(')) /* a hint is not what the case is about */
			faults.kept[0].hint[0] = '\0';
		same_error(faulty[i].name, &faults.kept[0], faulty[i].error);
		char *now = read_bytes("a.db", &after);
		if (after != length || memcmp(now, bytes, length) != 0)
			fail_msg("%s: the database has changed", faulty[i].name);
		free(now);
		snprintf(path, sizeof path, "p/%s.csv", file->table);
		unlink(path);
		for (size_t b = 0; b < COUNT(base); b++)
			if (strcmp(base[b].table, file->table) == 0)
				write_table("p", base[b].table, base[b].rows);
	}
	free(bytes);
}

static void test_a_milestone_of_another_mechanism_is_none(void **state)
{
	(void)state;
	sqlite3 *db = new_database();
	struct irm_faults faults;
	make_package("p");
	write_table("p", "mechanisms", "FIC,,FCC\nFID,,FDC\n");
	write_table("p", "milestones", "FIC,started,1,,,,,,,\nFID,begun,1,,,,,,,\n");
	write_table("p", "events", "FIC-1-XAA,begun,2018,\n");
	assert_int_equal(load(db, "p", &faults), IRM_INPUT);
	same_error("milestone", &faults.kept[0], "p/events.csv:2:2: there is no milestone 'begun'");
	irm_db_close(db);
}

static void test_all_faults_of_a_file_are_found_and_the_first_kept(void **state)
{
	(void)state;
	sqlite3 *db = new_database();
	struct irm_faults faults;
	make_package("p");
	FILE *file = fopen("p/states.csv", "w");
	assert_non_null(file);
	fputs("state,name,region,party_since\nXAA,,NONE,soon\n", file);
	for (int i = 0; i < 30; i++)
		fprintf(file, "X%d,,AFR,soon\n", i);
	assert_int_equal(fclose(file), 0);
	write_table("p", "events", "FIC-1-XAA,never,2018,\n");
	assert_int_equal(load(db, "p", &faults), IRM_INPUT);
	assert_int_equal(faults.n, 32);
	same_error("two of one row", &faults.kept[0],
	           "p/states.csv:2:3: there is no region 'NONE'");
	for (long i = 1; i < IRM_FAULTS_KEPT; i++) {
		assert_int_equal(faults.kept[i].line, i + 1);
		assert_int_equal(faults.kept[i].field, 4);
	}
	irm_db_close(db);
}

static void test_headers(void **state)
{
	(void)state;
	static const struct {
		const char *name, *text, *errors;
	} cases[] = {
		{ "a wrong name", "state,name,regoin,party_since\n",
		  "p/states.csv:1:3: the table 'states' has no column 'regoin' (did you mean "
		  "'region'?)|p/states.csv:1: the column 'region' is missing|" },
		{ "a missing one", "state,name,region\n",
		  "p/states.csv:1: the column 'party_since' is missing|" },
		{ "one too many", "state,name,region,party_since,remark\n",
		  "p/states.csv:1:5: the table 'states' has no column 'remark' (one of: state, "
		  "name, "
		  "region, party_since)|" },
		{ "one twice", "state,name,region,name,party_since\n",
		  "p/states.csv:1:4: the column 'name' stands twice|" },
		{ "one without a name", "state,,name,region,party_since\n",
		  "p/states.csv:1:2: expected the name of a column, found nothing|" },
		{ "case", "State,name,region,party_since\n",
		  "p/states.csv:1:1: the table 'states' has no column 'State' (did you mean "
		  "'state'?)|p/states.csv:1: the column 'state' is missing|" },
		{ "an empty file", "",
		  "p/states.csv:1: expected a header row, found an empty file|" },
		{ "an empty first line", "\nstate,name,region,party_since\n",
		  "p/states.csv:1: expected a header row, found an empty line|" },
	};
	make_package("p");
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct irm_faults faults;
		sqlite3 *db = new_database();
		char found[1500] = "";
		size_t used = 0;
		write_text("p/states.csv", cases[i].text);
		same_number(cases[i].name, load(db, "p", &faults), IRM_INPUT);
		for (size_t f = 0; f < faults.n; f++) {
			const struct irm_err *e = &faults.kept[f];
			bool hinted = e->hint[0] && strstr(cases[i].errors, e->hint);
			used += (size_t)snprintf(found + used, sizeof found - used, "%s:%ld",
			                         e->file, e->line);
			if (e->field)
				used += (size_t)snprintf(found + used, sizeof found - used, ":%ld",
				                         e->field);
			used += (size_t)snprintf(found + used, sizeof found - used, ": %s%s%s%s|",
			                         e->message, hinted ? " (" : "",
			                         hinted ? e->hint : "", hinted ? ")" : "");
			assert_true(used < sizeof found);
		}
		same_text(cases[i].name, found, cases[i].errors);
		irm_db_close(db);
	}
}

static void test_columns_may_stand_in_any_order_with_others_between(void **state)
{
	(void)state;
	sqlite3 *db = new_database();
	struct irm_load_options options = { .extra_columns = true };
	struct irm_faults faults;
	struct irm_err err;
	static const char *const folders[] = { "p" };
	make_package("p");
	write_text("p/states.csv", "party_since,remark,region,state,x,name\n"
	                           "2010-01-01,r,AFR,XAA,,Aland\n,,,XAB,,\n,,,XAC,,soon\n");
	assert_int_equal(irm_load_packages(db, folders, 1, &options, &faults, NULL, &err), IRM_OK);
	same_rows("states", db, "SELECT * FROM states ORDER BY 1",
	          "XAA,Aland,AFR,2010-01-01|XAB,,,|XAC,soon,,");
	write_text("p/states.csv", "party_since,remark,region,state,x,name\nsoon,,,XAA,,\n");
	assert_int_equal(irm_load_packages(db, folders, 1, &options, &faults, NULL, &err),
	                 IRM_INPUT);
	assert_int_equal(err.field, 1);
	irm_db_close(db);
}

static void test_a_fault_in_the_second_package_takes_the_first_back(void **state)
{
	(void)state;
	sqlite3 *db = new_database();
	struct irm_faults faults;
	struct irm_err err;
	static const char *const folders[] = { "p", "q" };
	make_package("p");
	make_package("q");
	write_table("q", "scope", "FIC-9,II\n");
	assert_int_equal(irm_load_packages(db, folders, 2, NULL, &faults, NULL, &err), IRM_INPUT);
	same_error("second", &err,
	           "q/scope.csv:2:1: there is no cycle 'FIC-9' (did you mean "
	           "'FIC-1'?)");
	same_rows("nothing", db,
	          "SELECT (SELECT count(*) FROM packages), (SELECT count(*) FROM states), "
	          "(SELECT count(*) FROM t_delivered)",
	          "0,0,0");
	irm_db_close(db);
}

static void test_a_source_is_a_file_or_a_package(void **state)
{
	(void)state;
	sqlite3 *db = NULL;
	struct irm_err err;
	make_package("p");
	assert_int_equal(irm_db_create(&db, "a.db", &err), IRM_OK);
	load_well(db, "p");
	irm_db_close(db);
	static const char *const sources[] = { "a.db", "p" };
	for (size_t i = 0; i < COUNT(sources); i++) {
		assert_int_equal(irm_source_open(&db, sources[i], &err), IRM_OK);
		same_rows(sources[i], db, "SELECT count(*), min(date) FROM events", "2,2018-03-01");
		irm_db_close(db);
	}
	db = NULL;
	write_table("p", "states", "XAA,,,soon\nXAB,,,later\n");
	assert_int_equal(irm_source_open(&db, "p", &err), IRM_INPUT);
	same_error("faults", &err,
	           "p/states.csv:2:4: expected a day such as 2019-10-30, found 'soon' (1 more "
	           "faults: irm-load lists them)");
	assert_null(db);
	assert_int_equal(irm_source_open(&db, "nowhere", &err), IRM_SYSTEM);
	assert_null(db);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		in_folder(test_rows_are_as_they_were_written),
		in_folder(test_every_form_of_a_vague_date_is_kept),
		in_folder(test_days_of_the_first_and_the_last_year_come_back),
		in_folder(test_rows_may_refer_to_later_rows_of_their_table),
		in_folder(test_all_stands_for_no_one_in_particular),
		in_folder(test_rows_are_merged_by_key),
		in_folder(test_the_same_again_changes_no_row),
		in_folder(test_milestones_may_change_places),
		in_folder(test_two_packages_in_one_load),
		in_folder(test_the_order_of_rows_does_not_matter),
		in_folder(test_faults),
		in_folder(test_a_milestone_of_another_mechanism_is_none),
		in_folder(test_all_faults_of_a_file_are_found_and_the_first_kept),
		in_folder(test_headers),
		in_folder(test_columns_may_stand_in_any_order_with_others_between),
		in_folder(test_a_fault_in_the_second_package_takes_the_first_back),
		in_folder(test_a_source_is_a_file_or_a_package),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
