/* One record into the values of a row: every fault of it, word for word, and what is kept. */
#include "records.h"

static void put_table(const char *table, const char *rows)
{
	write_table("p", table, rows);
}

/* Writes the base package anew. */
static void make_anew(void)
{
	remove_tree("p");
	make_package("p");
}

#define MERGED " (merged cells keep their value in the first one only)\n"
#define ALL    " ('all' stands for no one in particular)\n"

/* Each on top of the base package: files written anew, and all that is told. */
static const struct {
	const char *name;
	struct file files[3];
	const char *faults;
} cases[] = {
	{ "two faults of a row, and of the next",
	  { { "states", "XAA,,NONE,soon\n,,AFR,\n" } },
	  "p/states.csv:2:3: there is no region 'NONE'\n"
	  "p/states.csv:2:4: expected a day such as 2019-10-30, found 'soon'\n"
	  "p/states.csv:3:1: the key column 'state' is empty" MERGED },
	{ "a code that is near, one that is not",
	  { { "states", "XAA,,AFRR,\nXAB,,QQQQ,\n" } },
	  "p/states.csv:2:3: there is no region 'AFRR' (did you mean 'AFR'?)\n"
	  "p/states.csv:3:3: there is no region 'QQQQ'\n" },
	{ "every key of a row empty",
	  { { "needs", ",,,,x\n" } },
	  "p/needs.csv:2:1: the key column 'review' is empty" MERGED
	  "p/needs.csv:2:2: the key column 'article' is empty" ALL
	  "p/needs.csv:2:3: the key column 'paragraph' is empty" MERGED
	  "p/needs.csv:2:4: the key column 'type' is empty" ALL },
	{ "a required column, a reference",
	  { { "reviews", "R1,,,,,,,,,,\n" }, { "events", "" } },
	  "p/reviews.csv:2:2: the column 'cycle' is empty\n"
	  "p/reviews.csv:2:4: the column 'state' is empty\n" },
	{ "'all' where it has no meaning",
	  { { "reviews", "R1,FIC-1,,all,,,,,,,\n" }, { "events", "" } },
	  "p/reviews.csv:2:4: there is no state 'all'\n" },
	{ "'all' as a code, and 'unassigned'",
	  { { "regions", "AFR,,\nAPG,,\nall,,\nunassigned,,\nALL,,\n" } },
	  "p/regions.csv:4:1: 'all' cannot be a code: it has a meaning of its own\n"
	  "p/regions.csv:5:1: 'unassigned' cannot be a code: it has a meaning of its own\n" },
	{ "'unassigned' is one elsewhere",
	  { { "ta_types", "training,\nunassigned,\nall,\n" } },
	  "p/ta_types.csv:4:1: 'all' cannot be a code: it has a meaning of its own\n" },
	{ "whole numbers",
	  { { "regions", "AFR,,0\nAPG,,2147483647\nX1,,2147483648\nX2,,-1\nX3,,x\nX4,,1.0\n" } },
	  "p/regions.csv:4:3: expected a whole number from 0 to 2147483647, found '2147483648'\n"
	  "p/regions.csv:5:3: expected a whole number from 0 to 2147483647, found '-1'\n"
	  "p/regions.csv:6:3: expected a whole number, found 'x'\n"
	  "p/regions.csv:7:3: expected a whole number, found '1.0'\n" },
	{ "words",
	  { { "participation", "FIC-1-XAA,a,media,in-person,\nFIC-1-XAA,b,medias,online,\n"
	                       "FIC-1-XAA,c,qqqqqqqqqq,,\n" } },
	  "p/participation.csv:2:4: found 'in-person' as mode (did you mean 'in_person'?)\n"
	  "p/participation.csv:3:3: found 'medias' as sector (did you mean 'media'?)\n"
	  "p/participation.csv:4:3: found 'qqqqqqqqqq' as sector (one of: civil_society, academia, "
	  "media, private_sector)\n" },
	{ "articles under conventions",
	  { { "mechanisms", "FIC,,FCC\nFID,,OTH\nFIE,,\n" },
	    { "articles", "FCC,5,II,\nOTH,6,II,\n" },
	    { "topics", "t,FCC,6,\nt,OTH,6,\nt,FCC,5,\nt,OTH,5,\nt,NEW,5,\nt,FCC,all,\n" } },
	  "p/topics.csv:2:3: there is no article '6'\n"
	  "p/topics.csv:5:3: there is no article '5'\n"
	  "p/topics.csv:6:3: the convention that article '5' is of is unknown\n"
	  "p/topics.csv:7:3: there is no article 'all'\n" },
	{ "articles of a review without a convention",
	  { { "mechanisms", "FIC,,\n" },
	    { "needs", "FIC-1-XAA,all,1,all,\nFIC-1-XAA,5,1,all,\nNONE,5,1,all,\n" } },
	  "p/needs.csv:3:2: there is no article '5'\n"
	  "p/needs.csv:4:1: there is no review 'NONE'\n"
	  "p/needs.csv:4:2: the convention that article '5' is of is unknown\n" },
	{ "article numbers of any convention",
	  { { "articles", "FCC,5,II,\nOTH,77,II,\n" },
	    { "published", "2019,all,m,all,77,,,\n2019,all,m,all,5,,,\n2019,all,m,all,all,,,\n"
	                   "2019,all,m,all,6,,,\n2019,all,m,all,777,,,\n" } },
	  "p/published.csv:5:5: there is no article '6'\n"
	  "p/published.csv:6:5: there is no article '777'\n" },
	{ "'all' as the article of a target",
	  { { "assistance", "a,,,,,,\n" },
	    { "assistance_targets", "a,1,,,all,\na,2,,,15,\na,3,,,,\nb,1,,,,\n" } },
	  "p/assistance_targets.csv:2:5: there is no article 'all'\n"
	  "p/assistance_targets.csv:5:1: there is no activity 'b'\n" },
	{ "milestones of mechanisms",
	  { { "mechanisms", "FIC,,FCC\nFID,,FCC\n" },
	    { "milestones", "FIC,started,1,,,,,,,\nFIC,dialogue,2,started,,,,,,\nFID,started,1,,,,,"
	                    ",,\nFID,ended,2,dialogue,,,,,,\nNONE,x,1,started,,,,,,\n" } },
	  "p/milestones.csv:6:1: there is no mechanism 'NONE'\n"
	  "p/milestones.csv:5:4: there is no row 'dialogue' in this table\n" },
	{ "a milestone under a review that is none",
	  { { "events", "NONE,started,2018,\nFIC-1-XAA,begun,2018,\n" } },
	  "p/events.csv:2:1: there is no review 'NONE'\n"
	  "p/events.csv:3:2: there is no milestone 'begun'\n" },
	{ "rows that none comes for",
	  { { "reviews", "FIC-1-XAA,FIC-1,,XAA,,,,,R8,,\nFIC-1-XAB,FIC-1,,XAB,,,,,R9,,\n"
	                 "R9,FIC-1,,XAC,,,,,R7,,\n" } },
	  "p/reviews.csv:2:9: there is no row 'R8' in this table\n"
	  "p/reviews.csv:4:9: there is no row 'R7' in this table\n" },
	{ "keys that stand twice",
	  { { "events",
	      "FIC-1-XAA,started,2018,\nFIC-1-XAA,dialogue,2018,\n"
	      "FIC-1-XAB,started,2018,\nFIC-1-XAA,started,2019,\nFIC-1-XAA,started,,\n" } },
	  "p/events.csv:5:1: the key 'FIC-1-XAA,started' stands twice in this file\n"
	  "p/events.csv:6:1: the key 'FIC-1-XAA,started' stands twice in this file\n" },
	{ "a row with a fault is not seen",
	  { { "states", "XAA,,NONE,\nXAA,,AFR,\nXAB,,,\nXAC,,,\n" } },
	  "p/states.csv:2:3: there is no region 'NONE'\n" },
	{ "rules of the tables",
	  { { "milestones",
	      "FIC,started,1,,3,,,,,\nFIC,dialogue,0,,,,,,,\nFIC,b,3,,0,day,,,,\n" } },
	  "p/milestones.csv:2:0: the row breaks a rule: time limit has a unit\n"
	  "p/milestones.csv:3:0: the row breaks a rule: position is positive\n"
	  "p/milestones.csv:4:0: the row breaks a rule: time limit is positive\n" },
	{ "shapes",
	  { { "states", "XAA,,,,,\nXAB\n\n,,,\n,\nXAC,,,,\nXAD,,,,,x\nXAE,,,\n" } },
	  "p/states.csv:2:0: expected 4 fields as in the header, found 6 (the last ones are empty: "
	  "delete the columns to the right of the table)\n"
	  "p/states.csv:3:0: expected 4 fields as in the header, found 1\n"
	  "p/states.csv:4:0: found an empty line\n"
	  "p/states.csv:5:0: found a row without any text (delete the rows below the table, which "
	  "a spreadsheet keeps)\n"
	  "p/states.csv:6:0: found a row without any text (delete the rows below the table, which "
	  "a spreadsheet keeps)\n"
	  "p/states.csv:7:0: expected 4 fields as in the header, found 5 (the last ones are empty: "
	  "delete the columns to the right of the table)\n"
	  "p/states.csv:8:0: expected 4 fields as in the header, found 6\n" },
	{ "a long row whose last fields are empty but not all",
	  { { "states", "XAA,,,,x,\nXAB,,\n" } },
	  "p/states.csv:2:0: expected 4 fields as in the header, found 6\n"
	  "p/states.csv:3:0: expected 4 fields as in the header, found 3\n" },
	{ "what may name someone is not shown",
	  { { "contacts", "XXA,role,A Person,a@example.org,\nXAA,role,,,a@example.org\n"
	                  "XAA,,,,\nXAB,r\n" } },
	  "p/contacts.csv:2:1: not what the table expects here: what was found may name someone, "
	  "and is not shown\n"
	  "p/contacts.csv:3:5: not what the table expects here: what was found may name someone, "
	  "and is not shown\n"
	  "p/contacts.csv:4:2: not what the table expects here: what was found may name someone, "
	  "and is not shown\n"
	  "p/contacts.csv:5:0: expected 5 fields as in the header, found 2\n" },
};

static void test_every_fault_of_rows(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		make_anew();
		for (size_t k = 0; k < 3 && cases[i].files[k].table; k++)
			put_table(cases[i].files[k].table, cases[i].files[k].rows);
		char *found = faults_of("p", NULL);
		same_text(cases[i].name, found, cases[i].faults);
		free(found);
	}
}

/* A key of 4,094 bytes is taken; one more is a fault of the first column that does not fit. */
static void test_the_longest_key(void **state)
{
	(void)state;
	enum { MOST = 4095, REST = 9 };
	char rows[MOST + 200], code[MOST + 1];
	make_package("p");
	for (size_t length = MOST - 1; length <= MOST; length++) {
		memset(code, 'x', length);
		code[length] = '\0';
		snprintf(rows, sizeof rows, "training,\n%s,\n", code);
		put_table("ta_types", rows);
		char *found = faults_of("p", NULL);
		same_text("one", found,
		          length < MOST ? "" : "p/ta_types.csv:3:1: a key of over 4095 bytes\n");
		free(found);
	}
	put_table("ta_types", "training,\n");
	for (size_t length = MOST - REST - 1; length <= MOST - REST; length++) {
		memset(code, 'x', length);
		code[length] = '\0';
		snprintf(rows, sizeof rows, "state,%s,en,x\nstate,XAA,en,\n", code);
		put_table("labels", rows);
		char *found = faults_of("p", NULL);
		same_text("three", found,
		          length < MOST - REST ? ""
		                               : "p/labels.csv:2:3: a key of over 4095 bytes\n");
		free(found);
	}
}

/* A row of each type, as it stands in its table. */
static void test_values_as_they_are_kept(void **state)
{
	(void)state;
	sqlite3 *db = new_database();
	struct irm_faults faults;
	struct irm_err err;
	const char *source = "p";
	make_package("p");
	put_table("mechanisms", "FIC,Fictional,FCC\nFID,,\n");
	put_table("cycles", "FIC-1,FIC,,2018-01-01,1969-12-31\nFID-1,FID,First,,\nFIC-2,FIC,,,\n");
	put_table("reviews", "FIC-1-XAA,FIC-1,0,XAA,XAB,,XAC,none,FIC-1-XAB,2019-01-01,\n"
	                     "FIC-1-XAB,FIC-1,,XAB,,XAA,,,,,2020-02-29\nR,FID-1,,XAC,,,,,,,\n");
	put_table("participation", "FIC-1-XAA,a,media,online,[..2019-10-30]\n"
	                           "FIC-1-XAA,b,academia,,[2019-10-30..]\nFIC-1-XAA,c,media,,\n");
	put_table("needs", "R,all,1,all,\nFIC-1-XAB,5,1,training,x\n");
	put_table("published", "[2018..2019],all,m,all,all,-0.5,,\n2019,FIC-1,m,AFR,15,1e3,x,\n");
	if (irm_load_packages(db, &source, 1, NULL, &faults, NULL, &err))
		fail_msg("%s:%ld:%ld: %s", err.file, err.line, err.field, err.message);
	same_rows("mechanisms", db, "SELECT * FROM t_mechanisms",
	          "0,all,,|1,FIC,Fictional,FCC|2,FID,,");
	same_rows("cycles", db, "SELECT * FROM t_cycles WHERE id > 0",
	          "1,FIC-1,1,,17532,-1|2,FID-1,2,First,,|3,FIC-2,1,,,");
	/* the one that is replaced was given its id when it was referred to */
	same_rows("reviews", db, "SELECT * FROM t_reviews",
	          "1,FIC-1-XAB,1,,2,,1,,,,,18321,1|2,FIC-1-XAA,1,0,1,2,,3,none,1,17897,,1|"
	          "3,R,2,,3,,,,,,,,1");
	same_rows("participation", db, "SELECT * FROM t_participation ORDER BY step",
	          "2,a,media,online,[..2019-10-30],,18199|2,b,academia,,[2019-10-30..],18199,|"
	          "2,c,media,,,,");
	same_rows("needs", db, "SELECT * FROM t_needs ORDER BY 1", "1,1,1,1,x|3,0,1,0,");
	same_rows("published", db, "SELECT * FROM t_published ORDER BY 1",
	          "2019,17897,18261,1,m,1,15,1000.0,x,|[2018..2019],17532,18261,0,m,0,all,-0.5,,");
	irm_db_close(db);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		in_folder(test_every_fault_of_rows),
		in_folder(test_the_longest_key),
		in_folder(test_values_as_they_are_kept),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
