/* The header of a file against its table: every fault of it, word for word. */
#include "records.h"

#define HEADER "state,name,region,party_since"

static void test_every_fault_of_a_header(void **state)
{
	(void)state;
	static const char missing_all[] = "p/states.csv:1:0: the column 'state' is missing\n"
	                                  "p/states.csv:1:0: the column 'name' is missing\n"
	                                  "p/states.csv:1:0: the column 'region' is missing\n"
	                                  "p/states.csv:1:0: the column 'party_since' is "
	                                  "missing\n";
	static const struct {
		const char *name, *text, *faults;
		bool and_all; /* columns are missing */
	} cases[] = {
		{ "none", HEADER "\nXAA,,,\nXAB,,,\nXAC,,,\n", "", false },
		{ "a wrong name", "state,name,regoin,party_since\nXAA,,,\n",
		  "p/states.csv:1:3: the table 'states' has no column 'regoin' (did you mean "
		  "'region'?)\np/states.csv:1:0: the column 'region' is missing\n",
		  false },
		{ "twice, and thrice", "state,state," HEADER "\n",
		  "p/states.csv:1:2: the column 'state' stands twice\n"
		  "p/states.csv:1:3: the column 'state' stands twice\n",
		  false },
		{ "one without a name amid the others", "state,,name,region,party_since\n",
		  "p/states.csv:1:2: expected the name of a column, found nothing (merged cells "
		  "keep their text in the first one only: name each column)\n",
		  false },
		{ "two gaps", "state,,name,,region,party_since\n",
		  "p/states.csv:1:2: expected the name of a column, found nothing (merged cells "
		  "keep their text in the first one only: name each column)\n"
		  "p/states.csv:1:4: expected the name of a column, found nothing (merged cells "
		  "keep their text in the first one only: name each column)\n",
		  false },
		{ "the first one empty", "," HEADER "\n",
		  "p/states.csv:1:1: expected the name of a column, found nothing (merged cells "
		  "keep their text in the first one only: name each column)\n",
		  false },
		{ "one empty at the end", HEADER ",\n",
		  "p/states.csv:1:5: expected the name of a column, found nothing (delete the "
		  "empty columns to the right of the table)\n",
		  false },
		{ "three empty at the end", HEADER ",,,\n",
		  "p/states.csv:1:5: expected the name of a column, found nothing (delete the "
		  "empty columns to the right of the table)\n",
		  false },
		{ "a title", "States,,,\n" HEADER "\n",
		  "p/states.csv:1:1: the table 'states' has no column 'States' (did you mean "
		  "'state'?)\n"
		  "p/states.csv:1:2: expected the name of a column, found nothing (is the first "
		  "row a title? delete it: the first row names the columns)\n",
		  true },
		{ "one name alone, not the first", ",state\n",
		  "p/states.csv:1:1: expected the name of a column, found nothing (merged cells "
		  "keep their text in the first one only: name each column)\n"
		  "p/states.csv:1:0: the column 'name' is missing\n"
		  "p/states.csv:1:0: the column 'region' is missing\n"
		  "p/states.csv:1:0: the column 'party_since' is missing\n",
		  false },
		{ "semicolons", "state;name;region;party_since\n",
		  "p/states.csv:1:1: expected commas between the columns, found semicolons (say "
		  "--delimiter=';')\n",
		  false },
		{ "tabs", "state\tname\tregion\tparty_since\n",
		  "p/states.csv:1:1: expected commas between the columns, found tabs (say "
		  "--delimiter='tab')\n",
		  false },
		{ "bars", "state|name|region|party_since\n",
		  "p/states.csv:1:1: expected commas between the columns, found bars (say "
		  "--delimiter='|')\n",
		  false },
		{ "semicolons before tabs", "state\tname;region\n",
		  "p/states.csv:1:1: expected commas between the columns, found semicolons (say "
		  "--delimiter=';')\n",
		  false },
		{ "a semicolon in one of two names", "a;b,c\n",
		  "p/states.csv:1:1: the table 'states' has no column 'a;b' (one of: state, "
		  "name, region, party_since)\n"
		  "p/states.csv:1:2: the table 'states' has no column 'c' (one of: state, name, "
		  "region, party_since)\n",
		  true },
		{ "nothing", "", "p/states.csv:1:0: expected a header row, found an empty file\n",
		  false },
		{ "an empty line", "\n" HEADER "\n",
		  "p/states.csv:1:0: expected a header row, found an empty line\n", false },
		{ "Latin-1", "state,n\xe9me\n",
		  "p/states.csv:1:2: expected UTF-8, found the byte 0xE9 at byte 2 of the field "
		  "(is it Windows-1252? say --encoding=WINDOWS-1252)\n",
		  false },
	};
	make_package("p");
	for (size_t i = 0; i < COUNT(cases); i++) {
		char expected[1500];
		write_text("p/states.csv", cases[i].text);
		char *found = faults_of("p", NULL);
		snprintf(expected, sizeof expected, "%s%s", cases[i].faults,
		         cases[i].and_all ? missing_all : "");
		same_text(cases[i].name, found, expected);
		free(found);
	}
}

/* What stands where a column of contacts should be may name someone. */
static void test_names_of_people_are_not_shown(void **state)
{
	(void)state;
	make_package("p");
	write_text("p/contacts.csv", "state,role,name,email,consent_date,X Person\n");
	char *found = faults_of("p", NULL);
	same_text("contacts", found,
	          "p/contacts.csv:1:6: not what the table expects here: what was found may name "
	          "someone, and is not shown\n");
	free(found);
	write_text("p/contacts.csv", "state,role,name,email,,consent_date\nXAA,a,b,c,,\n");
	found = faults_of("p", NULL);
	same_text("contacts", found,
	          "p/contacts.csv:1:5: expected the name of a column, found nothing (merged cells "
	          "keep their text in the first one only: name each column)\n");
	free(found);
}

static void test_other_columns_are_passed_over_where_they_may_be(void **state)
{
	(void)state;
	static const struct {
		const char *name, *text, *faults;
	} cases[] = {
		{ "before, between, after",
		  "a,state,b,name,region,party_since,c\nx,XAA,x,,,,x\n"
		  "x,XAB,,,,,\nx,XAC,,,,,\n",
		  "" },
		{ "twice the same", "a,a," HEADER "\n,,XAA,,,\n,,XAB,,,\n,,XAC,,,\n", "" },
		{ "one of the table's is missing", "a,state,name,region\n",
		  "p/states.csv:1:0: the column 'party_since' is missing\n" },
		{ "one of the table's twice", HEADER ",a,name\n",
		  "p/states.csv:1:6: the column 'name' stands twice\n" },
		{ "one without a name", HEADER ",a,\n",
		  "p/states.csv:1:6: expected the name of a column, found nothing (delete the "
		  "empty columns to the right of the table)\n" },
	};
	const struct irm_load_options options = { .extra_columns = true };
	make_package("p");
	for (size_t i = 0; i < COUNT(cases); i++) {
		write_text("p/states.csv", cases[i].text);
		char *found = faults_of("p", &options);
		same_text(cases[i].name, found, cases[i].faults);
		free(found);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		in_folder(test_every_fault_of_a_header),
		in_folder(test_names_of_people_are_not_shown),
		in_folder(test_other_columns_are_passed_over_where_they_may_be),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
