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

/* Loads files with options, and tells the error; "" where it is fine. */
static void same_load(const char *name, sqlite3 *db, const char *const files[], size_t n,
                      const struct irm_load_options *options, const char *error)
{
	struct irm_faults faults;
	struct irm_load_counts counts;
	struct irm_err err = { .code = IRM_OK };
	enum irm_code code = irm_load_packages(db, files, n, options, &faults, &counts, &err);
	same_number(name, code, err.code);
	if (!code)
		memset(&err, 0, sizeof err);
	same_error(name, &err, error);
}

#define SEVERAL "the file has 2 packages: say of which the files are (--package=NAME)"

static void test_the_package_that_single_files_are_of(void **state)
{
	(void)state;
	static const char *const file[] = { "regions.csv" };
	static const struct {
		const char *name;
		struct irm_load_options options;
		const char *error, *packages;
	} steps[] = {
		{ "the first", { .record = false }, "", "records," },
		{ "the only one", { .record = false }, "", "records," },
		{ "with a day", { .has_as_of = true, .as_of = 18627 }, "", "records,2020-12-31" },
		{ "without one it stays", { .as_of = 5 }, "", "records,2020-12-31" },
		{ "another one",
		  { .package = "other", .as_of = 5 },
		  "",
		  "other,|records,2020-12-31" },
		{ "one of two", { .record = false }, SEVERAL, "other,|records,2020-12-31" },
		{ "one of two, with a day",
		  { .has_as_of = true, .as_of = 0 },
		  SEVERAL,
		  "other,|records,2020-12-31" },
		{ "named",
		  { .package = "records", .has_as_of = true, .as_of = 18628 },
		  "",
		  "other,|records,2021-01-01" },
		{ "named, the other",
		  { .package = "other", .has_as_of = true, .as_of = 0 },
		  "",
		  "other,1970-01-01|records,2021-01-01" },
	};
	sqlite3 *db = new_database();
	write_table(".", "regions", "AFR,,1\n");
	for (size_t i = 0; i < COUNT(steps); i++) {
		same_load(steps[i].name, db, file, 1, &steps[i].options, steps[i].error);
		same_rows(steps[i].name, db, "SELECT * FROM packages ORDER BY 1",
		          steps[i].packages);
	}
	same_rows("delivered", db,
	          "SELECT p.package, table_name FROM t_delivered JOIN t_packages AS p ON p.id = "
	          "t_delivered.package ORDER BY 1",
	          "other,regions|records,regions");
	irm_db_close(db);
}

/* The day of a folder is its descriptor's, whatever the options say; a later one that says none
 * takes it away. */
static void test_the_day_of_a_folder(void **state)
{
	(void)state;
	static const char *const folder[] = { "p" };
	const struct irm_load_options options = { .has_as_of = true, .as_of = 5, .package = "x" };
	sqlite3 *db = new_database();
	make_package("p");
	same_load("a day", db, folder, 1, &options, "");
	same_rows("a day", db, "SELECT * FROM packages", "made-up,2020-12-31");
	write_text("p/datapackage.json", "{\"name\": \"made-up\"}");
	same_load("none", db, folder, 1, &options, "");
	same_rows("none", db, "SELECT * FROM packages", "made-up,");
	irm_db_close(db);
}

/* Folders come before single files, in whatever order they are named; what a load did is counted,
 * also where several sources have the same table. */
static void test_folders_and_files_in_one_load(void **state)
{
	(void)state;
	static const char *const sources[] = { "events.csv", "p", "states.csv" };
	const struct irm_load_options options = { .record = true, .day = 18628 };
	sqlite3 *db = new_database();
	struct irm_faults faults;
	struct irm_load_counts counts;
	struct irm_err err;
	make_package("p");
	write_table(".", "events", "FIC-1-XAB,started,2019,\n");
	write_table(".", "states", "XAD,,,\nXAE,,,\n");
	if (irm_load_packages(db, sources, 3, &options, &faults, &counts, &err))
		fail_msg("%s: %s", err.file, err.message);
	for (size_t i = 0; i < irm_schemas_n; i++) {
		static const char rows[] = "1221225231000000000000";
		same_number(irm_schemas[i].table, counts.rows[i], rows[i] - '0');
		same_number(irm_schemas[i].table, counts.changes.added[i], rows[i] - '0');
	}
	same_number("load", counts.load, 1);
	same_rows("files", db,
	          "SELECT position, file, row_count FROM t_load_files WHERE position > 9 "
	          "ORDER BY 1",
	          "10,made-up/ta_types.csv,1|11,states.csv,2|12,events.csv,1");
	same_rows("packages", db, "SELECT * FROM packages", "made-up,2020-12-31");
	/* without a record there is neither a number nor a change */
	if (irm_load_packages(db, sources, 3, NULL, &faults, &counts, &err))
		fail_msg("%s: %s", err.file, err.message);
	same_number("load", counts.load, 0);
	same_number("rows", counts.rows[6], 5);
	same_number("added", counts.changes.added[6], 0);
	same_rows("one load", db, "SELECT count(*) FROM t_loads", "1");
	irm_db_close(db);
}

static void test_sources_that_are_none(void **state)
{
	(void)state;
	sqlite3 *db = new_database();
	make_package("p");
	assert_int_equal(mkdir("empty", 0700), 0);
	write_text("notes.txt", "x");
	static const struct {
		const char *sources[2], *error;
	} cases[] = {
		{ { "p", "nowhere" }, "nowhere: cannot read: No such file or directory" },
		{ { "p", "notes.txt" },
		  "notes.txt: the file is named for no table (say which it is: --table=NAME)" },
		{ { "p", "empty" },
		  "empty: expected a package, found a folder without tables (a package has CSV "
		  "files such as reviews.csv and events.csv)" },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct irm_faults faults = { .n = 7 };
		struct irm_load_counts counts = { .load = 7, .rows = { 7 } };
		struct irm_err err;
		assert_int_not_equal(
		        irm_load_packages(db, cases[i].sources, 2, NULL, &faults, &counts, &err),
		        IRM_OK);
		same_error(cases[i].sources[1], &err, cases[i].error);
		same_number("faults", (long long)faults.n, err.code == IRM_INPUT);
		same_number("load", counts.load, 0);
		same_rows("nothing", db, "SELECT count(*) FROM packages", "0");
	}
	irm_db_close(db);
}

static void test_positions_are_held_once(void **state)
{
	(void)state;
	make_package("p");
	write_table("p", "mechanisms", "FIC,,FCC\nFID,,\nFIE,,\n");
	write_table("p", "milestones",
	            "FIC,started,1,,,,,,,\nFIC,dialogue,2,,,,,,,\nFIC,b,2,,,,,,,\nFIE,x,9,,,,,,,\n"
	            "FID,a,1,,,,,,,\nFID,b,1,,,,,,,\nFID,c,1,,,,,,,\nFID,d,3,,,,,,,\nFID,e,3,,,,,,"
	            ",\n");
	char *found = faults_of("p", NULL);
	same_text("positions", found,
	          "p/milestones.csv:0:0: the position 2 of the mechanism 'FIC' is held by 'b' and "
	          "'dialogue'\n"
	          "p/milestones.csv:0:0: the position 1 of the mechanism 'FID' is held by 'a' and "
	          "'c'\n"
	          "p/milestones.csv:0:0: the position 3 of the mechanism 'FID' is held by 'd' and "
	          "'e'\n");
	free(found);
}

/* The line of each row of a folder; none of a file. */
static void test_lines_of_a_source(void **state)
{
	(void)state;
	struct irm_lines lines = { .line = NULL };
	struct irm_err err;
	sqlite3 *db = NULL;
	make_package("p");
	write_table("p", "states", "XAB,,,\nXAA,\"of\ntwo lines\",,\nXAC,,,\n");
	assert_int_equal(irm_source_open_lines(&db, "p", &lines, &err), IRM_OK);
	irm_db_close(db);
	same_number("first", irm_lines_find(&lines, "states", "XAB"), 2);
	same_number("second", irm_lines_find(&lines, "states", "XAA"), 3);
	same_number("third", irm_lines_find(&lines, "states", "XAC"), 5);
	same_number("a key of two",
	            irm_lines_find(&lines, "events",
	                           "FIC-1-XAA\x1f"
	                           "dialogue"),
	            3);
	same_number("none", irm_lines_find(&lines, "needs", "FIC-1-XAA"), 0);
	same_number("keys", (long long)lines.keys.n, 18);
	irm_lines_release(&lines);
}

/* One fault has its own hint, several none of their own say how many more there are. */
static void test_faults_of_a_source(void **state)
{
	(void)state;
	static const struct {
		const char *rows, *error;
	} cases[] = {
		{ "XAA,,AFR,soon\n",
		  "p/states.csv:2:4: expected a day such as 2019-10-30, found 'soon'" },
		{ "XAA,,AFR,soon\nXAB,,,soon\nXAC,,,soon\n",
		  "p/states.csv:2:4: expected a day such as 2019-10-30, found 'soon' (2 more "
		  "faults: irm-load lists them)" },
		{ "XAA,,AFRR,\nXAB,,,soon\n",
		  "p/states.csv:2:3: there is no region 'AFRR' (did you mean 'AFR'?)" },
	};
	make_package("p");
	for (size_t i = 0; i < COUNT(cases); i++) {
		sqlite3 *db = NULL;
		struct irm_err err;
		write_table("p", "states", cases[i].rows);
		assert_int_equal(irm_source_open(&db, "p", &err), IRM_INPUT);
		same_error(cases[i].rows, &err, cases[i].error);
		assert_null(db);
	}
}

/* How a file is written: as the options say, else as its resource does. */
static void test_signs_and_encodings(void **state)
{
	(void)state;
	static const char latin[] = "region;name;position\nAFR;Afrique \xe9;\nAPG;;\n";
	static const char utf8[] = "region|name|position\nAFR|Afrique \xc3\xa9|\nAPG||\n";
	static const struct {
		const char *name, *text, *resource;
		struct irm_load_options options;
		const char *error;
	} cases[] = {
		{ "as its resource says",
		  latin,
		  "\"encoding\": \"windows-1252\", \"dialect\": {\"delimiter\": \";\"}",
		  { .record = false },
		  "" },
		{ "as the options say",
		  latin,
		  "\"encoding\": \"utf-8\"",
		  { .delimiter = ';', .encoding = "windows-1252" },
		  "" },
		{ "the options first",
		  utf8,
		  "\"encoding\": \"windows-1252\", \"dialect\": {\"delimiter\": \";\"}",
		  { .delimiter = '|', .encoding = "utf-8" },
		  "" },
		{ "the sign alone is said",
		  latin,
		  "\"dialect\": {\"delimiter\": \";\"}",
		  { .record = false },
		  "p/regions.csv:2:2: expected UTF-8, found the byte 0xE9 at byte 9 of the field "
		  "(is it Windows-1252? say --encoding=WINDOWS-1252)" },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		char descriptor[300];
		static const char *const source[] = { "p" };
		sqlite3 *db = new_database();
		mkdir("p", 0700);
		write_text("p/regions.csv", cases[i].text);
		snprintf(descriptor, sizeof descriptor,
		         "{\"name\": \"a\", \"resources\": [{\"path\": \"regions.csv\", %s}]}",
		         cases[i].resource);
		write_text("p/datapackage.json", descriptor);
		same_load(cases[i].name, db, source, 1, &cases[i].options, cases[i].error);
		same_rows(cases[i].name, db, "SELECT * FROM regions ORDER BY 1",
		          *cases[i].error ? "" : "AFR,Afrique \xc3\xa9,|APG,,");
		irm_db_close(db);
	}
}

/* What a resource's schema asks for is asked of each field, and of the header. */
static void test_the_schema_of_a_resource(void **state)
{
	(void)state;
	static const struct {
		const char *name, *schema, *rows, *faults;
		bool extra;
	} cases[] = {
		{ "missing values", "\"missingValues\": [\"-\"]",
		  "region,name,position\nAFR,-,-\n-,a,\n",
		  "p/regions.csv:3:1: the key column 'region' is empty (merged cells keep their "
		  "value in the first one only)\n",
		  false },
		{ "fields",
		  "\"fields\": [{\"name\": \"region\"}, {\"name\": \"name\", \"constraints\": "
		  "{\"required\": true, \"unique\": true}}, {\"name\": \"position\", \"type\": "
		  "\"integer\", \"constraints\": {\"maximum\": 2}}]",
		  "region,name,position\nAFR,a,2\nAPG,,3\nEEG,a,x\n",
		  "p/regions.csv:3:2: the column 'name' is empty, and the package's schema "
		  "requires "
		  "it\n"
		  "p/regions.csv:3:3: '3' is above what the package's schema allows\n"
		  "p/regions.csv:4:2: 'a' stands twice where the package's schema asks for unique "
		  "values\n"
		  "p/regions.csv:4:3: expected a whole number, found 'x'\n",
		  false },
		{ "a column without a field",
		  "\"fields\": [{\"name\": \"region\"}, {\"name\": \"name\"}]",
		  "region,name,position\nAFR,a,2\n",
		  "p/regions.csv:1:0: the column 'position' has no field in the package's schema\n",
		  false },
		{ "a field of a column that the table has not",
		  "\"fields\": [{\"name\": \"region\"}, {\"name\": \"name\"}, {\"name\": "
		  "\"position\"}, {\"name\": \"flag\"}]",
		  "region,name,position\nAFR,a,2\n",
		  "p/regions.csv:1:0: the package's schema has a field 'flag' that the table "
		  "'regions' does not have\n",
		  false },
		{ "the same, passed over",
		  "\"fields\": [{\"name\": \"region\"}, {\"name\": \"name\"}, {\"name\": "
		  "\"position\"}, {\"name\": \"flag\"}]",
		  "region,name,position,flag\nAFR,a,2,x\n", "", true },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		char descriptor[800];
		const struct irm_load_options options = { .extra_columns = cases[i].extra };
		mkdir("p", 0700);
		write_text("p/regions.csv", cases[i].rows);
		snprintf(descriptor, sizeof descriptor,
		         "{\"name\": \"a\", \"resources\": [{\"path\": \"regions.csv\", "
		         "\"schema\": {%s}}]}",
		         cases[i].schema);
		write_text("p/datapackage.json", descriptor);
		char *found = faults_of("p", &options);
		same_text(cases[i].name, found, cases[i].faults);
		free(found);
	}
}

/* Readers go on beside later loads once one is on record: the file then has a log. */
static void test_a_recorded_load_leaves_a_log(void **state)
{
	(void)state;
	static const char *const source[] = { "p" };
	static const struct {
		const char *name, *rows, *error, *mode;
		struct irm_load_options options;
	} steps[] = {
		{ "not recorded", "XAA,,,\nXAB,,,\nXAC,,,\n", "", "delete", { .record = false } },
		{ "recorded, with a fault",
		  "XAA,,NONE,\n",
		  "p/states.csv:2:3: there is no region 'NONE'",
		  "delete",
		  { .record = true, .day = 18628 } },
		{ "recorded",
		  "XAA,,,\nXAB,,,\nXAC,,,\n",
		  "",
		  "wal",
		  { .record = true, .day = 18628 } },
	};
	struct irm_err err;
	make_package("p");
	sqlite3 *db = NULL;
	assert_int_equal(irm_db_create(&db, "a.db", &err), IRM_OK);
	for (size_t i = 0; i < COUNT(steps); i++) {
		write_table("p", "states", steps[i].rows);
		same_load(steps[i].name, db, source, 1, &steps[i].options, steps[i].error);
		same_rows(steps[i].name, db, "PRAGMA journal_mode", steps[i].mode);
	}
	irm_db_close(db);
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
		in_folder(test_the_package_that_single_files_are_of),
		in_folder(test_the_day_of_a_folder),
		in_folder(test_folders_and_files_in_one_load),
		in_folder(test_sources_that_are_none),
		in_folder(test_positions_are_held_once),
		in_folder(test_lines_of_a_source),
		in_folder(test_faults_of_a_source),
		in_folder(test_signs_and_encodings),
		in_folder(test_the_schema_of_a_resource),
		in_folder(test_a_recorded_load_leaves_a_log),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
