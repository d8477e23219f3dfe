/* Reading without memory, and what rows of a damaged database become. */
#include "scarce.h"

#include "review/dataset.h"
#include "review/reading.h"

static const struct fixture_file files[] = {
	{ "needs", "R,15,2,advice,\nR,15,all,drafting,\nR,all,1,advice,\n" },
	{ "topics", "low,MUC,6,\nlow,MUC,5,\nhigh,MUC,15,\n" },
	{ "sessions", "s1,IRG,,2020-02-02,,,\n" },
	{ "assistance", "a2,air,UN,XAB,2020-01,2020-03-04,\na3,high,ADB,XAA,2019-09-09,,\n" },
	{ "assistance_targets", "a2,2,XAB,,15,advice\na3,1,XAC,AFR,5,drafting\n" },
	{ "findings", "R,15,challenge,10,Ten,c\nR,all,good_practice,1,All,\n" },
	{ "documents", "R,follow_up,fr,2020,F/2,http://x\n" },
	{ "participation", "R,dialogue,media,online,2020-02-02\n" },
	{ "measures", "R,15,10,planned,2020,Ten,m\n" },
	{ "published", "2020,C1,reviews,AFR,all,2.5,reviews,doc\n" },
};
#define REVIEWS "R,C1,2011,XAB,XAC,,XAA,joint_meeting,,2020-02-02,2019-09-09\n"
#define EVENTS  "R,heard,2020-01-01,letter\nR,begun,2019,note\n"

/* Every text that the dataset has, and every name of its lists. */
static void show(char *out, size_t size, const struct irm_dataset *d)
{
	FILE *f = fmemopen(out, size, "w");
	assert_non_null(f);
	const struct irm_names *lists[] = { &d->stages,      &d->parties,   &d->chapters,
		                            &d->topic_names, &d->providers, &d->beneficiaries };
	for (size_t i = 0; i < COUNT(lists); i++)
		for (size_t k = 0; k < lists[i]->n; k++)
			fprintf(f, "%s ", lists[i]->text[k]);
	for (size_t i = 0; i < d->n_mechanisms; i++)
		fprintf(f, "%s %s %s ", d->mechanisms[i].code, d->mechanisms[i].name,
		        d->mechanisms[i].convention);
	for (size_t i = 0; i < d->n_cycles; i++)
		fprintf(f, "%s %s ", d->cycles[i].code, d->cycles[i].name);
	for (size_t i = 0; i < d->n_milestones; i++)
		fprintf(f, "%u ", (unsigned)d->milestones[i].party);
	for (size_t i = 0; i < d->n_topics; i++)
		fprintf(f, "%u-%u ", (unsigned)d->topics[i].topic, (unsigned)d->topics[i].article);
	for (size_t i = 0; i < d->n_regions; i++)
		fprintf(f, "%s %s ", d->regions[i].code, d->regions[i].name);
	for (size_t i = 0; i < d->n_states; i++)
		fprintf(f, "%s %s ", d->states[i].code, d->states[i].name);
	for (size_t i = 0; i < d->n_articles; i++)
		fprintf(f, "%s ", d->articles[i].title);
	for (size_t i = 0; i < d->n_needs; i++)
		fprintf(f, "%u ", (unsigned)d->needs[i].paragraph);
	for (size_t i = 0; i < d->n_paragraphs; i++)
		fprintf(f, "%s ", d->paragraphs[i].code);
	for (size_t i = 0; i < d->n_activities; i++)
		fprintf(f, "%s %u %u %u ", d->activities[i].code, (unsigned)d->activities[i].topic,
		        (unsigned)d->activities[i].provider,
		        (unsigned)d->activities[i].beneficiary);
	for (size_t i = 0; i < d->n_targets; i++)
		fprintf(f, "%s ", d->targets[i].article);
	for (size_t i = 0; i < d->n_findings; i++)
		fprintf(f, "%s %s %s ", d->findings[i].position, d->findings[i].summary,
		        d->findings[i].source);
	for (size_t i = 0; i < d->n_documents; i++)
		fprintf(f, "%s %s %s ", d->documents[i].language, d->documents[i].symbol,
		        d->documents[i].url);
	for (size_t i = 0; i < d->n_taking_part; i++)
		fprintf(f, "%s ", d->taking_part[i].step);
	for (size_t i = 0; i < d->n_measures; i++)
		fprintf(f, "%s %s %s ", d->measures[i].recommendation, d->measures[i].text,
		        d->measures[i].source);
	for (size_t i = 0; i < d->n_published; i++)
		fprintf(f, "%s %s %s %s %s ", d->published[i].day, d->published[i].metric,
		        d->published[i].article, d->published[i].unit, d->published[i].source);
	for (uint32_t i = 0; i < 5; i++)
		fprintf(f, "%s ", irm_dataset_source(d, 0, i));
	fprintf(f, "%d %d%c", d->has_assistance, d->has_published, '\0');
	assert_int_equal(fclose(f), 0);
}

static const char whole[] =
        "begun given heard dialogue closed joint reviewers secretariat state_under_review II "
        "III air high low ADB UN XAA XAB M Made up MUC C1 First C2 Second "
        "2 3 1 0 0 1-2 2-0 2-1 AFR African States EEG Eastern "
        "European States XAA State A XAB State B XAC State C XAD State D Fictional article 5 "
        "Fictional article 6 Fictional article 15 1 0 4294967295 15 15(2) a2 0 1 1 a3 1 0 0 "
        "15 5 10 Ten c 1 All  fr F/2 http://x dialogue 10 Ten m 2020 reviews all reviews doc "
        "note  letter   1 1";

#define ALL_PARTS 255u

static void same_dataset(const struct irm_dataset *data)
{
	char found[2000];
	show(found, sizeof found, data);
	same_text("dataset", found, whole);
}

static enum irm_code read_all(void *db, struct irm_err *err)
{
	struct irm_dataset *data = NULL;
	enum irm_code code = irm_dataset_read(&data, db, ALL_PARTS, err);
	scarce_over();
	if (code)
		assert_null(data);
	else
		same_dataset(data);
	irm_dataset_free(data);
	return code;
}

static void test_every_piece_of_memory_is_missed(void **state)
{
	(void)state;
	sqlite3 *db = fixture_database("2020-12-31", REVIEWS, EVENTS, files, COUNT(files));
	scarce_sweep("reading", read_all, db, 40);
	irm_db_close(db);
}

/* Ends the transaction too, which takes memory itself. */
static enum irm_code read_anew(void *db, struct irm_err *err)
{
	struct irm_dataset *data = NULL;
	enum irm_code code = irm_dataset_read(&data, db, ALL_PARTS, err);
	scarce_over();
	sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL);
	if (code)
		assert_null(data);
	else
		same_dataset(data);
	irm_dataset_free(data);
	return code;
}

/* Where SQLite's memory ends the database is not damaged. */
static void test_every_piece_of_sqlites_memory_is_missed(void **state)
{
	(void)state;
	sqlite3 *db = fixture_database("2020-12-31", REVIEWS, EVENTS, files, COUNT(files));
	scarce_sweep_sqlite("reading", read_anew, db, 7);
	irm_db_close(db);
}

/* A part that is asked for alone is read, and no other. */
static void test_each_part_alone(void **state)
{
	(void)state;
	sqlite3 *db = fixture_database("2020-12-31", REVIEWS, EVENTS, files, COUNT(files));
	for (unsigned part = 1; part <= IRM_PART_PUBLISHED; part *= 2) {
		struct irm_dataset *d = NULL;
		struct irm_err err;
		assert_int_equal(irm_dataset_read(&d, db, part, &err), IRM_OK);
		assert_int_equal(d->n_activities, part == IRM_PART_ASSISTANCE ? 2 : 0);
		assert_int_equal(d->n_targets, part == IRM_PART_ASSISTANCE ? 2 : 0);
		assert_int_equal(d->n_findings, part == IRM_PART_FINDINGS ? 2 : 0);
		assert_int_equal(d->n_documents, part == IRM_PART_DOCUMENTS ? 1 : 0);
		assert_int_equal(d->n_taking_part, part == IRM_PART_PARTICIPATION ? 1 : 0);
		assert_int_equal(d->n_measures, part == IRM_PART_MEASURES ? 1 : 0);
		assert_int_equal(d->n_paragraphs, part == IRM_PART_PARAGRAPHS ? 2 : 0);
		assert_int_equal(d->n_published, part == IRM_PART_PUBLISHED ? 1 : 0);
		assert_int_equal(d->has_published, part == IRM_PART_PUBLISHED);
		assert_int_equal(d->has_assistance, part == IRM_PART_ASSISTANCE);
		irm_dataset_free(d);
	}
	irm_db_close(db);
}

/* More rows than there is first room for, in another order than that of their codes. */
static void test_many_rows_are_found_by_their_ids(void **state)
{
	char *states = NULL, *reviews = NULL, code[16];
	size_t lengths[2];
	FILE *s = open_memstream(&states, &lengths[0]), *r = open_memstream(&reviews, &lengths[1]);
	(void)state;
	assert_true(s && r);
	for (int i = 0; i < 300; i++) {
		fprintf(s, "X%03d,State,,\n", i * 7 % 300);
		fprintf(r, "R%03d,C1,2019,X%03d,X%03d,,,,,,\n", i * 11 % 300, i * 11 % 300,
		        (i * 11 + 1) % 300);
	}
	assert_int_equal(fclose(s) | fclose(r), 0);
	const struct fixture_file file = { "states", states };
	struct irm_dataset *d = fixture_open("2020-12-31", reviews, "", &file, 1);
	assert_int_equal(d->n_reviews, 300);
	for (unsigned i = 0; i < 300; i++) {
		snprintf(code, sizeof code, "X%03u", i);
		assert_string_equal(d->states[d->reviews[i].state].code, code);
		snprintf(code, sizeof code, "X%03u", (i + 1) % 300);
		assert_string_equal(d->states[d->reviews[i].reviewers[0]].code, code);
	}
	irm_dataset_free(d);
	free(states);
	free(reviews);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_each_part_alone),
		cmocka_unit_test(test_many_rows_are_found_by_their_ids),
		cmocka_unit_test(test_every_piece_of_memory_is_missed),
		cmocka_unit_test(test_every_piece_of_sqlites_memory_is_missed),
	};
	scarce_begin();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
