/* The records in memory: every array of a package whose files are in no order, by hand; what a
 * damaged database is told; days beyond what fits. */
#include "fixture.h"

#include <math.h>

#include "review/dataset.h"

static const struct fixture_file files[] = {
	{ "mechanisms", "N,,MUC\nM,Made up,MUC\nL,,\n" },
	{ "cycles", "C2,N,,,\nC1,M,First,2010-01-01,2014-12-31\nC0,N,Null,,2009-09-09\n" },
	{ "articles", "OTH,5,X,\nMUC,15,III,Fifteen\nMUC,6,II,\nMUC,5,II,Five\n" },
	{ "scope", "C2,II\nC1,X\nC0,III\nC2,III\n" },
	{ "milestones", "N,heard,2,start,,,reviewers,yes,Heard,\n"
	                "N,start,1,,,,,,,\n"
	                "M,heard,4,begun,30,day,joint,no,,\n"
	                "M,dialogue,2,given,2,week,joint,,Talk,\n"
	                "M,given,3,begun,1,month,all,yes,,\n"
	                "M,begun,1,,,,,no,,\n" },
	{ "regions", "ZZZ,Last by code,1\nAFR,African States,3\nAPG,,\nEEG,Eastern States,2\n" },
	{ "states", "XAC,State C,,2003-03-03\nXAB,,EEG,\nXAA,State A,ZZZ,2001-01-01\n" },
	{ "ta_types", "drafting,\nadvice,Advice\n" },
	{ "needs", "R2,15,2,advice,\nR2,15,10,all,\nR2,15,all,drafting,\nR1,all,1,advice,\n"
	           "R2,5,1,all,\nR2,15,2,drafting,\n" },
	{ "topics", "low,MUC,6,\nlow,MUC,5,\nhigh,MUC,15,\n" },
	{ "sessions", "s2,IRG,,2020-02-02,,,\ns1,COSP,,,,,\n" },
	{ "assistance", "a2,travel,UN,XAB,2020-01,2020-03-04,\na1,,,,,,\n"
	                "a3,high,ADB,XAA,2019-09-09,,\n" },
	{ "assistance_targets", "a2,2,XAB,,15,advice\na2,1,,AFR,,\na3,1,XAC,APG,5,drafting\n" },
	{ "findings", "R2,15,challenge,10,Ten,c\nR2,15,challenge,9,,\nR2,all,good_practice,1,All,\n"
	              "R1,5,recommendation,1,Do,r\nR2,5,recommendation,1,,\n" },
	{ "documents", "R2,follow_up,fr,,F/2,\nR2,follow_up,en,2020-02,F/1,http://x\n"
	               "R1,self_assessment,all,2019-01-01,,\nR2,executive_summary,en,,,\n"
	               "R1,country_report,en,,,\nR1,civil_society_report,en,,,\n" },
	{ "participation", "R2,dialogue,media,online,2020-02-02\nR2,dialogue,academia,in_person,\n"
	                   "R1,start,civil_society,,\nR1,start,private_sector,,2020\n" },
	{ "measures", "R2,15,10,planned,2020,Ten,m\nR2,15,9,under_way,,,\nR1,all,1,completed,,,\n"
	              "R1,5,1,,,,\n" },
	{ "published", "2020,C1,reviews,all,all,2.5,reviews,doc\n2019-02-03,all,b,AFR,15,,,\n"
	               "2020,all,reviews,all,all,1,,\n2020,C1,reviews,all,5,3,,\n" },
};

#define REVIEWS \
	"R2,C1,2011,XAB,XAC,,XAA,joint_meeting,,2020-02-02,2019-09-09\n" \
	"R1,C2,,XAA,,XAB,,,,,\nR5,C2,0,XAA,,,,none,R1,,\n" \
	"R3,C0,2012,XAC,,,,online_visit,,,\nR4,C1,2013,XAC,,,,country_visit,,,\n"
#define EVENTS \
	"R2,heard,2020-01-01,letter\nR1,start,2020-02,\nR2,begun,,note\nR1,heard,[..2020-04-04]," \
	"\n" \
	"R4,begun,[2020-05-05..],mail\nR2,dialogue,2019-12-12,\n"

static void put_index(FILE *f, uint32_t index)
{
	if (index == IRM_NONE)
		fputs(" -", f);
	else
		fprintf(f, " %u", index);
}

static void put_day(FILE *f, int32_t day)
{
	char text[IRM_DAY_SIZE];
	irm_day_format(text, day);
	fprintf(f, " %s",
	        day == IRM_DAY_NONE     ? "-"
	        : day == IRM_DAY_PAST   ? "past"
	        : day == IRM_DAY_FUTURE ? "future"
	                                : text);
}

static void put_date(FILE *f, struct irm_date date)
{
	put_day(f, date.first);
	if (!irm_date_is_day(date) && !irm_date_is_none(date))
		put_day(f, date.last);
}

static void put_names(FILE *f, const char *name, const struct irm_names *names)
{
	fprintf(f, "%s", name);
	for (size_t i = 0; i < names->n; i++)
		fprintf(f, " %s", names->text[i]);
	fputc('\n', f);
}

static void put_calendar(FILE *f, const struct irm_dataset *d)
{
	for (size_t i = 0; i < d->n_mechanisms; i++) {
		const struct irm_mechanism *m = &d->mechanisms[i];
		fprintf(f, "mechanism %s '%s' '%s' %u+%u\n", m->code, m->name, m->convention,
		        m->first, m->n);
	}
	for (size_t i = 0; i < d->n_milestones; i++) {
		static const char units[] = {
			[IRM_UNIT_DAY] = 'd', [IRM_UNIT_WEEK] = 'w', [IRM_UNIT_MONTH] = 'm'
		};
		const struct irm_milestone *m = &d->milestones[i];
		fprintf(f, "milestone %s '%s' %u", m->code, m->label, m->mechanism);
		put_index(f, m->stage);
		put_index(f, m->party);
		put_index(f, m->from);
		fprintf(f, " %d%c%s%s\n", m->limit.count, units[m->limit.unit],
		        m->releases_findings ? " releases" : "", m->is_dialogue ? " talks" : "");
	}
	for (size_t i = 0; i < d->n_cycles; i++) {
		fprintf(f, "cycle %s '%s' %u", d->cycles[i].code, d->cycles[i].name,
		        d->cycles[i].mechanism);
		put_day(f, d->cycles[i].starts);
		put_day(f, d->cycles[i].ends);
		for (uint32_t a = 0; a < d->n_articles; a++)
			fprintf(f, " %d", irm_dataset_in_scope(d, (uint32_t)i, a));
		fputc('\n', f);
	}
}

static void put_codes(FILE *f, const struct irm_dataset *d)
{
	for (size_t i = 0; i < d->n_regions; i++)
		fprintf(f, "region %s '%s'\n", d->regions[i].code, d->regions[i].name);
	for (size_t i = 0; i < d->n_states; i++) {
		fprintf(f, "state %s '%s'", d->states[i].code, d->states[i].name);
		put_index(f, d->states[i].region);
		put_day(f, d->states[i].party_since);
		fputc('\n', f);
	}
	for (size_t i = 0; i < d->n_articles; i++) {
		const struct irm_article *a = &d->articles[i];
		fprintf(f, "article %s %s '%s' %u\n", a->convention, a->code, a->title, a->chapter);
	}
	for (size_t i = 0; i < d->n_types; i++)
		fprintf(f, "type %s '%s'\n", d->types[i].code, d->types[i].name);
	for (size_t i = 0; i < d->n_topics; i++)
		fprintf(f, "topic %u %u\n", d->topics[i].topic, d->topics[i].article);
	for (size_t i = 0; i < d->n_sessions; i++) {
		fprintf(f, "session %s", d->sessions[i].code);
		put_day(f, d->sessions[i].starts);
		fputc('\n', f);
	}
	put_names(f, "stages", &d->stages);
	put_names(f, "parties", &d->parties);
	put_names(f, "chapters", &d->chapters);
	put_names(f, "topics", &d->topic_names);
	put_names(f, "providers", &d->providers);
	put_names(f, "beneficiaries", &d->beneficiaries);
}

static void put_reviews(FILE *f, const struct irm_dataset *d)
{
	for (uint32_t i = 0; i < d->n_reviews; i++) {
		const struct irm_review *r = &d->reviews[i];
		fprintf(f, "review %s %u %u %u,", r->code, r->cycle, r->mechanism, r->state);
		for (size_t k = 0; k < 3; k++)
			put_index(f, r->reviewers[k]);
		fputc(',', f);
		put_index(f, r->replaces);
		put_index(f, r->dialogue);
		fprintf(f, " %d", r->year);
		put_day(f, r->discontinued);
		put_day(f, r->observed_until);
		fprintf(f, " %u:", r->delivered);
		const struct irm_mechanism *m = &d->mechanisms[r->mechanism];
		for (uint32_t k = 0; k < m->n; k++) {
			put_date(f, irm_dataset_dates(d, r)[k]);
			const char *source = irm_dataset_source(d, i, m->first + k);
			fprintf(f, "%s%s;", *source ? " " : "", source);
		}
		fputc('\n', f);
	}
	for (size_t i = 0; i < d->n_needs; i++) {
		const struct irm_need *n = &d->needs[i];
		fprintf(f, "need %u", n->review);
		put_index(f, n->article);
		put_index(f, n->type);
		put_index(f, n->paragraph);
		fputc('\n', f);
	}
}

static void put_assistance(FILE *f, const struct irm_dataset *d)
{
	for (size_t i = 0; i < d->n_paragraphs; i++)
		fprintf(f, "paragraph %s %u\n", d->paragraphs[i].code, d->paragraphs[i].article);
	for (size_t i = 0; i < d->n_activities; i++) {
		const struct irm_activity *a = &d->activities[i];
		fprintf(f, "activity %s", a->code);
		put_index(f, a->topic);
		put_index(f, a->provider);
		put_index(f, a->beneficiary);
		put_date(f, a->starts);
		put_date(f, a->ends);
		fprintf(f, " %d %zu+%zu\n", a->has_end, a->first_target, a->n_targets);
	}
	for (size_t i = 0; i < d->n_targets; i++) {
		const struct irm_target *t = &d->targets[i];
		fprintf(f, "target %u", t->activity);
		put_index(f, t->state);
		put_index(f, t->region);
		put_index(f, t->type);
		fprintf(f, " '%s'\n", t->article);
	}
}

static void put_results(FILE *f, const struct irm_dataset *d)
{
	for (size_t i = 0; i < d->n_findings; i++) {
		const struct irm_finding *x = &d->findings[i];
		fprintf(f, "finding %u", x->review);
		put_index(f, x->article);
		fprintf(f, " %u '%s' '%s' '%s'\n", x->kind, x->position, x->summary, x->source);
	}
	for (size_t i = 0; i < d->n_documents; i++) {
		const struct irm_document *x = &d->documents[i];
		fprintf(f, "document %u %u '%s' '%s' '%s'", x->review, x->kind, x->language,
		        x->symbol, x->url);
		put_date(f, x->published);
		fprintf(f, " %d\n", x->has_date);
	}
	for (size_t i = 0; i < d->n_taking_part; i++) {
		const struct irm_taking_part *x = &d->taking_part[i];
		fprintf(f, "part %u '%s' %u", x->review, x->step, x->sector);
		put_index(f, x->mode);
		put_date(f, x->date);
		fprintf(f, " %d\n", x->has_date);
	}
	for (size_t i = 0; i < d->n_measures; i++) {
		const struct irm_measure *x = &d->measures[i];
		fprintf(f, "measure %u", x->review);
		put_index(f, x->article);
		fprintf(f, " '%s'", x->recommendation);
		put_index(f, x->status);
		put_date(f, x->date);
		fprintf(f, " %d '%s' '%s'\n", x->has_date, x->text, x->source);
	}
	for (size_t i = 0; i < d->n_published; i++) {
		const struct irm_published *x = &d->published[i];
		fprintf(f, "published '%s'", x->day);
		put_date(f, x->as_of);
		put_index(f, x->cycle);
		put_index(f, x->region);
		fprintf(f, " %s '%s' %g '%s' '%s'\n", x->metric, x->article,
		        isnan(x->value) ? -1 : x->value, x->unit, x->source);
	}
}

static void put_all(FILE *f, const struct irm_dataset *d)
{
	put_calendar(f, d);
	put_codes(f, d);
	put_reviews(f, d);
	put_assistance(f, d);
	put_results(f, d);
	fputs("as of", f);
	put_day(f, d->as_of);
	fprintf(f, " %d, %d %d\n", d->several_as_of, d->has_assistance, d->has_published);
}

static const char all_of_it[] =
        "mechanism L '' '' 0+0\n"
        "mechanism M 'Made up' 'MUC' 0+4\n"
        "mechanism N '' 'MUC' 4+2\n"
        "milestone begun '' 1 0 - - 0d\n"
        "milestone dialogue 'Talk' 1 1 1 2 2w talks\n"
        "milestone given '' 1 2 0 0 1m releases\n"
        "milestone heard '' 1 3 1 0 30d\n"
        "milestone start '' 2 4 - - 0d\n"
        "milestone heard 'Heard' 2 3 2 4 0d releases\n"
        "cycle C0 'Null' 2 - 2009-09-09 0 0 1 0\n"
        "cycle C1 'First' 1 2010-01-01 2014-12-31 0 0 0 1\n"
        "cycle C2 '' 2 - - 1 1 1 0\n"
        "region ZZZ 'Last by code'\n"
        "region EEG 'Eastern States'\n"
        "region AFR 'African States'\n"
        "region APG ''\n"
        "state XAA 'State A' 0 2001-01-01\n"
        "state XAB '' 1 -\n"
        "state XAC 'State C' - 2003-03-03\n"
        "article MUC 5 'Five' 0\n"
        "article MUC 6 '' 0\n"
        "article MUC 15 'Fifteen' 1\n"
        "article OTH 5 '' 2\n"
        "type advice 'Advice'\n"
        "type drafting ''\n"
        "topic 0 2\n"
        "topic 1 0\n"
        "topic 1 1\n"
        "session s1 -\n"
        "session s2 2020-02-02\n"
        "stages begun dialogue given heard start\n"
        "parties all joint reviewers\n"
        "chapters II III X\n"
        "topics high low travel\n"
        "providers ADB UN\n"
        "beneficiaries XAA XAB\n"
        "review R1 2 2 0, - 1 -, - - -1 - 2020-12-31 31: 2020-02-01 2020-02-29; past 2020-04-04;\n"
        "review R2 1 1 1, 2 - 0, - 2 2011 2020-02-02 2019-09-09 31: -; 2019-12-12; -; 2020-01-01 "
        "letter;\n"
        "review R3 0 2 2, - - -, - 1 2012 - 2020-12-31 31: -; -;\n"
        "review R4 1 1 2, - - -, - 0 2013 - 2020-12-31 31: 2020-05-05 future mail; -; -; -;\n"
        "review R5 2 2 0, - - -, 0 3 0 - 2020-12-31 31: -; -;\n"
        "need 0 - 0 -\n"
        "need 1 0 - 0\n"
        "need 1 2 0 2\n"
        "need 1 2 - 3\n"
        "need 1 2 1 2\n"
        "need 1 2 1 1\n"
        "paragraph 5(1) 0\n"
        "paragraph 15 2\n"
        "paragraph 15(2) 2\n"
        "paragraph 15(10) 2\n"
        "activity a1 - - - - - 0 0+0\n"
        "activity a2 2 1 1 2020-01-01 2020-01-31 2020-03-04 1 0+2\n"
        "activity a3 0 0 0 2019-09-09 - 0 2+1\n"
        "target 1 - 2 - ''\n"
        "target 1 1 - 0 '15'\n"
        "target 2 2 3 1 '5'\n"
        "finding 0 0 2 '1' 'Do' 'r'\n"
        "finding 1 0 2 '1' '' ''\n"
        "finding 1 2 1 '9' '' ''\n"
        "finding 1 2 1 '10' 'Ten' 'c'\n"
        "finding 1 - 0 '1' 'All' ''\n"
        "document 0 3 'en' '' '' - 0\n"
        "document 0 2 'en' '' '' - 0\n"
        "document 0 0 'all' '' '' 2019-01-01 1\n"
        "document 1 1 'en' '' '' - 0\n"
        "document 1 4 'en' 'F/1' 'http://x' 2020-02-01 2020-02-29 1\n"
        "document 1 4 'fr' 'F/2' '' - 0\n"
        "part 0 'start' 0 - - 0\n"
        "part 0 'start' 3 - 2020-01-01 2020-12-31 1\n"
        "part 1 'dialogue' 1 0 - 0\n"
        "part 1 'dialogue' 2 1 2020-02-02 1\n"
        "measure 0 0 '1' - - 0 '' ''\n"
        "measure 0 - '1' 2 - 0 '' ''\n"
        "measure 1 2 '9' 1 - 0 '' ''\n"
        "measure 1 2 '10' 0 2020-01-01 2020-12-31 1 'Ten' 'm'\n"
        "published '2019-02-03' 2019-02-03 - 2 b '15' -1 '' ''\n"
        "published '2020' 2020-01-01 2020-12-31 1 - reviews 'all' 2.5 'reviews' 'doc'\n"
        "published '2020' 2020-01-01 2020-12-31 1 - reviews '5' 3 '' ''\n"
        "published '2020' 2020-01-01 2020-12-31 - - reviews 'all' 1 '' ''\n"
        "as of 2020-12-31 0, 1 1\n";

#define ALL_PARTS 255u

static void test_every_array_of_a_package(void **state)
{
	(void)state;
	char *text;
	size_t size;
	struct irm_dataset *data =
	        fixture_open_parts("2020-12-31", REVIEWS, EVENTS, files, COUNT(files), ALL_PARTS);
	FILE *f = open_memstream(&text, &size);
	assert_non_null(f);
	put_all(f, data);
	assert_int_equal(fclose(f), 0);
	same_text("all", text, all_of_it);
	free(text);
	irm_dataset_free(data);
}

/* What the loader lets nobody write, a damaged file may hold. */
static const struct {
	const char *name, *sql, *message; /* NULL: it is read */
} damages[] = {
	{ "a day before all", "UPDATE t_cycles SET starts = -2147483647 WHERE cycle = 'C1'", NULL },
	{ "a cycle", "UPDATE t_cycles SET mechanism = 99 WHERE cycle = 'C1'",
	  "a cycle of no mechanism" },
	{ "a limit below 0", "UPDATE t_milestones SET time_limit = -1 WHERE milestone = 'given'",
	  "a milestone of no mechanism, or of a limit below 0" },
	{ "another mechanism's milestone",
	  "UPDATE t_milestones SET from_milestone = (SELECT id FROM t_milestones WHERE milestone = "
	  "'start') WHERE milestone = 'given'",
	  "a stage that begins in another mechanism" },
	{ "no cycle", "UPDATE t_reviews SET cycle = 99 WHERE review = 'R2'",
	  "a review of no cycle, or of no State" },
	{ "no State", "UPDATE t_reviews SET state = 99 WHERE review = 'R2'",
	  "a review of no cycle, or of no State" },
	{ "an event of no review", "UPDATE t_events SET review = 99 WHERE source = 'letter'",
	  "an event of no review, or of another mechanism's milestone" },
	{ "an event of no milestone", "UPDATE t_events SET milestone = 99 WHERE source = 'letter'",
	  "an event of no review, or of another mechanism's milestone" },
	{ "an event of another mechanism",
	  "UPDATE t_events SET milestone = (SELECT id FROM t_milestones WHERE milestone = 'start') "
	  "WHERE source = 'letter'",
	  "an event of no review, or of another mechanism's milestone" },
	{ "a scope of no cycle", "UPDATE t_scope SET cycle = 99 WHERE chapter = 'X'", NULL },
	{ "a scope of no chapter", "UPDATE t_scope SET chapter = 'Y' WHERE chapter = 'X'", NULL },
	{ "a finding of no kind", "UPDATE t_findings SET kind = 'none' WHERE position = '10'",
	  "a finding of no review, or of no kind" },
	{ "a document of no kind", "UPDATE t_documents SET kind = 'none' WHERE language = 'fr'",
	  "a document of no review, or of no kind" },
	{ "a sector of none", "UPDATE t_participation SET sector = 'none' WHERE mode = 'online'",
	  "participation of no review, or of no sector" },
	{ "no review's need", "UPDATE t_needs SET review = -9 WHERE paragraph = '10'", NULL },
};

static void test_damaged_databases_are_told(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(damages); i++) {
		sqlite3 *db = fixture_database("2020-12-31", REVIEWS, EVENTS, files, COUNT(files));
		struct irm_dataset *data = NULL;
		struct irm_err err = { .code = IRM_OK };
		char expected[200] = "";
		if (damages[i].message)
			snprintf(expected, sizeof expected, "(memory): the database is damaged: %s",
			         damages[i].message);
		sqlite3_exec(db, "PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON",
		             NULL, NULL, NULL);
		if (sqlite3_exec(db, damages[i].sql, NULL, NULL, NULL) || !sqlite3_changes(db))
			fail_msg("%s: %s", damages[i].name, sqlite3_errmsg(db));
		enum irm_code code = irm_dataset_read(&data, db, ALL_PARTS, &err);
		same_number(damages[i].name, code, damages[i].message ? IRM_INPUT : IRM_OK);
		same_error(damages[i].name, &err, expected);
		/* the transaction is over */
		same_number(damages[i].name, sqlite3_get_autocommit(db), 1);
		irm_dataset_free(data);
		irm_db_close(db);
	}
}

/* Days and years that no calendar has are unknown; those beside them are read. */
static void test_numbers_beyond_what_fits(void **state)
{
	(void)state;
	static const struct {
		long long value;
		int32_t starts, year;
	} cases[] = {
		{ INT32_MIN, IRM_DAY_NONE, -1 },
		{ INT32_MIN + 1LL, IRM_DAY_NONE, -1 },
		{ INT32_MIN + 2LL, INT32_MIN + 2, -1 },
		{ -1, -1, -1 },
		{ 0, 0, 0 },
		{ INT32_MAX - 1LL, INT32_MAX - 1, INT32_MAX - 1 },
		{ INT32_MAX, IRM_DAY_NONE, -1 },
		{ 1LL << 40, IRM_DAY_NONE, -1 },
	};
	sqlite3 *db = fixture_database("2020-12-31", REVIEWS, EVENTS, files, COUNT(files));
	sqlite3_exec(db, "PRAGMA ignore_check_constraints = ON", NULL, NULL, NULL);
	for (size_t i = 0; i < COUNT(cases); i++) {
		char sql[200], name[40];
		struct irm_dataset *data = NULL;
		struct irm_err err = { .code = IRM_OK };
		snprintf(name, sizeof name, "%lld", cases[i].value);
		snprintf(sql, sizeof sql,
		         "UPDATE t_cycles SET starts = %s WHERE cycle = 'C1'; "
		         "UPDATE t_reviews SET year = %s WHERE review = 'R2'",
		         name, name);
		assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
		assert_int_equal(irm_dataset_read(&data, db, 0, &err), IRM_OK);
		same_number(name, data->cycles[1].starts, cases[i].starts);
		same_number(name, data->reviews[1].year, cases[i].year);
		irm_dataset_free(data);
	}
	irm_db_close(db);
}

/* One day where all packages say the same; none where one does not. */
static void test_as_of_is_that_of_all_packages(void **state)
{
	(void)state;
	static const struct {
		const char *name, *sql, *as_of;
		bool several;
	} cases[] = {
		{ "one", "SELECT 1", "2020-12-31", false },
		{ "another of the same",
		  "INSERT INTO t_packages (package, as_of) VALUES ('b', 18627)", "2020-12-31",
		  false },
		{ "a third a day later",
		  "INSERT INTO t_packages (package, as_of) VALUES ('c', 18628)", "", true },
		{ "two, of which one says none",
		  "DELETE FROM t_packages WHERE package = 'c'; UPDATE t_packages SET as_of = NULL "
		  "WHERE package = 'b'",
		  "", true },
		{ "none says", "UPDATE t_packages SET as_of = NULL", "", false },
	};
	sqlite3 *db = fixture_database("2020-12-31", REVIEWS, EVENTS, files, COUNT(files));
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct irm_dataset *data = NULL;
		struct irm_err err = { .code = IRM_OK };
		char day[IRM_DAY_SIZE];
		if (sqlite3_exec(db, cases[i].sql, NULL, NULL, NULL))
			fail_msg("%s: %s", cases[i].name, sqlite3_errmsg(db));
		assert_int_equal(irm_dataset_read(&data, db, 0, &err), IRM_OK);
		irm_day_format(day, data->as_of);
		same_text(cases[i].name, day, cases[i].as_of);
		same_number(cases[i].name, data->several_as_of, cases[i].several);
		assert_true(data->n_findings + data->n_activities == 0);
		irm_dataset_free(data);
	}
	irm_db_close(db);
}

/* Tables that were not delivered are not there, whatever is asked for. */
static void test_tables_that_were_not_delivered(void **state)
{
	(void)state;
	struct irm_dataset *data =
	        fixture_open_parts("2020-12-31", "R1,C1,2010,XAA,,,,,,,\n", "", NULL, 0, ALL_PARTS);
	assert_int_equal(data->reviews[0].delivered, 0);
	assert_false(data->has_assistance || data->has_published);
	irm_dataset_free(data);
}

/* Each review's rows, and where they would be. */
static void test_first_row_of_a_review(void **state)
{
	(void)state;
	static const struct irm_finding rows[] = {
		{ .review = 1 }, { .review = 1 }, { .review = 1 }, { .review = 4 }, { .review = 5 }
	};
	static const size_t first[] = { 0, 0, 3, 3, 3, 4, 5 };
	for (uint32_t review = 0; review < COUNT(first); review++)
		same_number("first", (long long)irm_dataset_first(rows, 5, sizeof *rows, review),
		            (long long)first[review]);
	assert_int_equal(irm_dataset_first(rows, 0, sizeof *rows, 1), 0);
}

/* From a folder and from a file, which is closed again; what is neither leaves *out alone. */
static void test_opened_and_closed(void **state)
{
	char folder[] = "/tmp/irm-test-XXXXXX";
	struct irm_dataset *data = NULL;
	struct irm_err err = { .code = IRM_OK };
	(void)state;
	fixture_package(folder, "2020-12-31", REVIEWS, EVENTS, files, COUNT(files));
	assert_int_equal(irm_dataset_open(&data, folder, &err), IRM_OK);
	fixture_remove(folder);
	assert_int_equal(data->n_reviews, 5);
	assert_int_equal(data->n_findings, 0); /* parts are not asked for */
	irm_dataset_free(data);

	char path[] = "/tmp/irm-test-XXXXXX", sql[80];
	int fd = mkstemp(path);
	assert_true(fd >= 0);
	close(fd);
	unlink(path);
	snprintf(sql, sizeof sql, "VACUUM INTO '%s'", path);
	sqlite3 *db = fixture_database("2020-12-31", REVIEWS, EVENTS, files, COUNT(files));
	assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
	irm_db_close(db);
	size_t open = entries_of("/proc/self/fd");
	assert_int_equal(irm_dataset_open(&data, path, &err), IRM_OK);
	assert_int_equal(entries_of("/proc/self/fd"), open);
	unlink(path);
	assert_int_equal(data->n_reviews, 5);
	irm_dataset_free(data);

	data = NULL;
	assert_int_equal(irm_dataset_open(&data, path, &err), IRM_SYSTEM);
	assert_null(data);
	irm_dataset_free(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_array_of_a_package),
		cmocka_unit_test(test_damaged_databases_are_told),
		cmocka_unit_test(test_numbers_beyond_what_fits),
		cmocka_unit_test(test_as_of_is_that_of_all_packages),
		cmocka_unit_test(test_tables_that_were_not_delivered),
		cmocka_unit_test(test_first_row_of_a_review),
		cmocka_unit_test(test_opened_and_closed),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
