#include "review/dataset.h"

#include <stdlib.h>
#include <string.h>

#include "base/intern.h"
#include "review/reading.h"
#include "store/db.h"
#include "store/load.h"

static enum irm_code read_mechanism(struct irm_reading *in, sqlite3_stmt *row, uint32_t at)
{
	in->data->mechanisms[at] = (struct irm_mechanism){
		.code = irm_reading_text(in, row, 1),
		.name = irm_reading_text(in, row, 2),
		.convention = irm_reading_text(in, row, 3),
	};
	return irm_reading_id(in, IRM_ID_MECHANISM, row, at);
}

static enum irm_code read_cycle(struct irm_reading *in, sqlite3_stmt *row, uint32_t at)
{
	in->data->cycles[at] = (struct irm_cycle){
		.code = irm_reading_text(in, row, 1),
		.name = irm_reading_text(in, row, 2),
		.mechanism = irm_reading_index(in, IRM_ID_MECHANISM, row, 3),
		.starts = irm_reading_day(row, 4, IRM_DAY_NONE),
		.ends = irm_reading_day(row, 5, IRM_DAY_NONE),
	};
	if (in->data->cycles[at].mechanism == IRM_NONE)
		return irm_reading_damaged(in, "a cycle of no mechanism");
	return irm_reading_id(in, IRM_ID_CYCLE, row, at);
}

static enum irm_code read_milestone(struct irm_reading *in, sqlite3_stmt *row, uint32_t at)
{
	const char *unit = irm_reading_text(in, row, 6);
	const char *party = irm_reading_text(in, row, 7);
	struct irm_milestone *m = &in->data->milestones[at];
	*m = (struct irm_milestone){
		.code = irm_reading_text(in, row, 1),
		.label = irm_reading_text(in, row, 2),
		.mechanism = irm_reading_index(in, IRM_ID_MECHANISM, row, 3),
		.limit = { irm_reading_day(row, 5, 0), *unit == 'm'   ? IRM_UNIT_MONTH
		                                       : *unit == 'w' ? IRM_UNIT_WEEK
		                                                      : IRM_UNIT_DAY },
		.releases_findings = strcmp(irm_reading_text(in, row, 8), "yes") == 0,
	};
	if (in->failed)
		return irm_err_memory(in->err);
	if (m->mechanism == IRM_NONE || m->limit.count < 0)
		return irm_reading_damaged(in,
		                           "a milestone of no mechanism, or of a limit below 0");
	m->is_dialogue = strcmp(m->code, "dialogue") == 0;
	m->stage = irm_reading_name(in, IRM_LIST_STAGES, m->code);
	m->party = *party ? irm_reading_name(in, IRM_LIST_PARTIES, party) : IRM_NONE;
	struct irm_mechanism *mechanism = &in->data->mechanisms[m->mechanism];
	if (mechanism->n++ == 0)
		mechanism->first = at;
	return irm_reading_id(in, IRM_ID_MILESTONE, row, at);
}

/* A second pass: what a stage runs from may stand after it. */
static enum irm_code read_from(struct irm_reading *in, sqlite3_stmt *row, uint32_t at)
{
	struct irm_milestone *m = &in->data->milestones[at];
	m->from = irm_reading_index(in, IRM_ID_MILESTONE, row, 1);
	if (m->from != IRM_NONE && in->data->milestones[m->from].mechanism != m->mechanism)
		return irm_reading_damaged(in, "a stage that begins in another mechanism");
	return IRM_OK;
}

static enum irm_code read_region(struct irm_reading *in, sqlite3_stmt *row, uint32_t at)
{
	in->data->regions[at] = (struct irm_region){
		.code = irm_reading_text(in, row, 1),
		.name = irm_reading_text(in, row, 2),
	};
	return irm_reading_id(in, IRM_ID_REGION, row, at);
}

static enum irm_code read_state(struct irm_reading *in, sqlite3_stmt *row, uint32_t at)
{
	in->data->states[at] = (struct irm_state){
		.code = irm_reading_text(in, row, 1),
		.name = irm_reading_text(in, row, 2),
		.region = irm_reading_index(in, IRM_ID_REGION, row, 3),
		.party_since = irm_reading_day(row, 4, IRM_DAY_NONE),
	};
	return irm_reading_id(in, IRM_ID_STATE, row, at);
}

static enum irm_code read_article(struct irm_reading *in, sqlite3_stmt *row, uint32_t at)
{
	in->data->articles[at] = (struct irm_article){
		.convention = irm_reading_text(in, row, 1),
		.code = irm_reading_text(in, row, 2),
		.title = irm_reading_text(in, row, 3),
		.chapter = irm_reading_name(in, IRM_LIST_CHAPTERS, irm_reading_text(in, row, 4)),
	};
	return irm_reading_id(in, IRM_ID_ARTICLE, row, at);
}

static enum irm_code read_type(struct irm_reading *in, sqlite3_stmt *row, uint32_t at)
{
	in->data->types[at] = (struct irm_type){
		.code = irm_reading_text(in, row, 1),
		.name = irm_reading_text(in, row, 2),
	};
	return irm_reading_id(in, IRM_ID_TYPE, row, at);
}

static uint32_t dialogue_of(const char *word)
{
	static const char *const words[] = { "country_visit", "online_visit", "joint_meeting",
		                             "none" };
	for (uint32_t i = 0; i < sizeof words / sizeof *words; i++)
		if (strcmp(word, words[i]) == 0)
			return i;
	return IRM_NONE;
}

static enum irm_code read_review(struct irm_reading *in, sqlite3_stmt *row, uint32_t at)
{
	struct irm_review *r = &in->data->reviews[at];
	*r = (struct irm_review){
		.code = irm_reading_text(in, row, 1),
		.cycle = irm_reading_index(in, IRM_ID_CYCLE, row, 2),
		.state = irm_reading_index(in, IRM_ID_STATE, row, 3),
		.reviewers = { irm_reading_index(in, IRM_ID_STATE, row, 4),
		               irm_reading_index(in, IRM_ID_STATE, row, 5),
		               irm_reading_index(in, IRM_ID_STATE, row, 6) },
		.replaces = IRM_NONE,
		.dialogue = dialogue_of(irm_reading_text(in, row, 7)),
		.year = sqlite3_column_int64(row, 8) < 0 ? -1 : irm_reading_day(row, 8, -1),
		.discontinued = irm_reading_day(row, 9, IRM_DAY_NONE),
		.observed_until = irm_reading_day(row, 10, IRM_DAY_NONE),
		.delivered = (unsigned)sqlite3_column_int(row, 11),
		.first_date = in->n_dates,
	};
	if (r->cycle == IRM_NONE || r->state == IRM_NONE)
		return irm_reading_damaged(in, "a review of no cycle, or of no State");
	r->mechanism = in->data->cycles[r->cycle].mechanism;
	in->n_dates += in->data->mechanisms[r->mechanism].n;
	return irm_reading_id(in, IRM_ID_REVIEW, row, at);
}

static enum irm_code read_replaces(struct irm_reading *in, sqlite3_stmt *row, uint32_t at)
{
	in->data->reviews[at].replaces = irm_reading_index(in, IRM_ID_REVIEW, row, 1);
	return IRM_OK;
}

static enum irm_code read_event(struct irm_reading *in, sqlite3_stmt *row, uint32_t at)
{
	(void)at;
	uint32_t review = irm_reading_index(in, IRM_ID_REVIEW, row, 0);
	uint32_t milestone = irm_reading_index(in, IRM_ID_MILESTONE, row, 1);
	if (review == IRM_NONE || milestone == IRM_NONE ||
	    in->data->milestones[milestone].mechanism != in->data->reviews[review].mechanism)
		return irm_reading_damaged(in, "an event of no review, or of another mechanism's "
		                               "milestone");
	const struct irm_review *r = &in->data->reviews[review];
	size_t place = r->first_date + milestone - in->data->mechanisms[r->mechanism].first;
	in->data->dates[place] = (struct irm_date){
		.first = irm_reading_day(row, 2, IRM_DAY_PAST),
		.last = irm_reading_day(row, 3, IRM_DAY_FUTURE),
	};
	if (sqlite3_column_type(row, 4) != SQLITE_NULL)
		in->data->sources[place] = irm_reading_text(in, row, 4);
	return IRM_OK;
}

static enum irm_code read_scope(struct irm_reading *in, sqlite3_stmt *row, uint32_t at)
{
	(void)at;
	uint32_t cycle = irm_reading_index(in, IRM_ID_CYCLE, row, 0);
	uint32_t chapter = irm_reading_find(in, IRM_LIST_CHAPTERS, irm_reading_text(in, row, 1));
	if (cycle != IRM_NONE && chapter != IRM_NONE)
		in->data->scope[cycle * in->lists[IRM_LIST_CHAPTERS].n + chapter] = true;
	return IRM_OK;
}

static enum irm_code read_need(struct irm_reading *in, sqlite3_stmt *row, uint32_t at)
{
	in->data->needs[at] = (struct irm_need){
		.review = irm_reading_index(in, IRM_ID_REVIEW, row, 0),
		.article = irm_reading_index(in, IRM_ID_ARTICLE, row, 1),
		.type = irm_reading_index(in, IRM_ID_TYPE, row, 2),
		.paragraph = IRM_NONE,
	};
	return in->data->needs[at].review == IRM_NONE
	               ? irm_reading_damaged(in, "a need of no review")
	               : IRM_OK;
}

static enum irm_code read_topic(struct irm_reading *in, sqlite3_stmt *row, uint32_t at)
{
	in->data->topics[at] = (struct irm_topic){
		.topic = irm_reading_name(in, IRM_LIST_TOPICS, irm_reading_text(in, row, 0)),
		.article = irm_reading_index(in, IRM_ID_ARTICLE, row, 1),
	};
	return in->data->topics[at].article == IRM_NONE
	               ? irm_reading_damaged(in, "a topic of no article")
	               : IRM_OK;
}

static enum irm_code read_session(struct irm_reading *in, sqlite3_stmt *row, uint32_t at)
{
	in->data->sessions[at] = (struct irm_session){
		.code = irm_reading_text(in, row, 0),
		.starts = irm_reading_day(row, 1, IRM_DAY_NONE),
	};
	return IRM_OK;
}

/* Column 0 of a table whose rows have ids is the id. Dates are read as they stand in SQLite: a
 * vague date's text with NULL ends is open there, an empty date is no date at all. */
#define DELIVERED \
	"(SELECT total(CASE d.table_name WHEN 'needs' THEN 1 WHEN 'findings' THEN 2 WHEN " \
	"'documents' THEN 4 WHEN 'participation' THEN 8 WHEN 'measures' THEN 16 ELSE 0 END) FROM " \
	"t_delivered AS d WHERE d.package = p.id)"
#define ARTICLE_ORDER "convention, CAST(article AS INTEGER), article"
enum rows {
	NO_ROWS,
	MECHANISMS,
	CYCLES,
	MILESTONES,
	REGIONS,
	STATES,
	ARTICLES,
	TYPES,
	REVIEWS,
	NEEDS,
	TOPICS,
	SESSIONS,
	ALL_ROWS,
};
static const struct {
	const char *sql;
	enum rows rows; /* whose array it fills */
	enum irm_code (*read)(struct irm_reading *in, sqlite3_stmt *row, uint32_t at);
} steps[] = {
	{ "SELECT id, mechanism, ifnull(name, ''), ifnull(convention, '') FROM t_mechanisms "
	  "WHERE id > 0 ORDER BY mechanism",
	  MECHANISMS, read_mechanism },
	{ "SELECT id, cycle, ifnull(name, ''), mechanism, starts, ends FROM t_cycles "
	  "WHERE id > 0 ORDER BY cycle",
	  CYCLES, read_cycle },
	{ "SELECT s.id, milestone, ifnull(label, ''), s.mechanism, position, time_limit, "
	  "ifnull(unit, ''), ifnull(party, ''), ifnull(releases_findings, '') "
	  "FROM t_milestones AS s JOIN t_mechanisms AS m ON m.id = s.mechanism "
	  "ORDER BY m.mechanism, position",
	  MILESTONES, read_milestone },
	{ "SELECT s.id, from_milestone FROM t_milestones AS s "
	  "JOIN t_mechanisms AS m ON m.id = s.mechanism ORDER BY m.mechanism, position",
	  MILESTONES, read_from },
	{ "SELECT id, region, ifnull(name, '') FROM t_regions WHERE id > 0 "
	  "ORDER BY ifnull(position, 2147483647), region",
	  REGIONS, read_region },
	{ "SELECT id, state, ifnull(name, ''), region, party_since FROM t_states ORDER BY state",
	  STATES, read_state },
	{ "SELECT id, convention, article, ifnull(title, ''), chapter FROM t_articles "
	  "WHERE id > 0 ORDER BY " ARTICLE_ORDER,
	  ARTICLES, read_article },
	{ "SELECT id, type, ifnull(name, '') FROM t_ta_types WHERE id > 0 ORDER BY type", TYPES,
	  read_type },
	{ "SELECT r.id, review, cycle, state, reviewer_1, reviewer_2, reviewer_3, "
	  "ifnull(dialogue, ''), year, discontinued, ifnull(observed_until, p.as_of), " DELIVERED
	  " FROM t_reviews AS r JOIN t_packages AS p ON p.id = r.package "
	  "ORDER BY review",
	  REVIEWS, read_review },
	{ "SELECT id, replaces FROM t_reviews ORDER BY review", REVIEWS, read_replaces },
	{ "SELECT review, milestone, date_first, date_last, source FROM t_events WHERE date IS NOT "
	  "NULL",
	  NO_ROWS, read_event },
	{ "SELECT cycle, chapter FROM t_scope", NO_ROWS, read_scope },
	{ "SELECT n.review, n.article, n.type FROM t_needs AS n "
	  "JOIN t_reviews AS r ON r.id = n.review JOIN t_articles AS a ON a.id = n.article "
	  "JOIN t_ta_types AS t ON t.id = n.type " IRM_READING_NEEDS_ORDER,
	  NEEDS, read_need },
	{ "SELECT topic, t.article FROM t_topics AS t JOIN t_articles AS a ON a.id = t.article "
	  "ORDER BY topic, a.convention, CAST(a.article AS INTEGER), a.article",
	  TOPICS, read_topic },
	{ "SELECT session, starts FROM t_sessions ORDER BY session", SESSIONS, read_session },
};

/* How many rows there are, and where they go. */
static struct irm_reading_array array_of(struct irm_dataset *d, enum rows rows)
{
	const struct irm_reading_array arrays[ALL_ROWS] = {
		[MECHANISMS] = { "SELECT count(*) FROM t_mechanisms", (void **)&d->mechanisms,
		                 &d->n_mechanisms, sizeof *d->mechanisms },
		[CYCLES] = { "SELECT count(*) FROM t_cycles", (void **)&d->cycles, &d->n_cycles,
		             sizeof *d->cycles },
		[MILESTONES] = { "SELECT count(*) FROM t_milestones", (void **)&d->milestones,
		                 &d->n_milestones, sizeof *d->milestones },
		[REGIONS] = { "SELECT count(*) FROM t_regions", (void **)&d->regions, &d->n_regions,
		              sizeof *d->regions },
		[STATES] = { "SELECT count(*) FROM t_states", (void **)&d->states, &d->n_states,
		             sizeof *d->states },
		[ARTICLES] = { "SELECT count(*) FROM t_articles", (void **)&d->articles,
		               &d->n_articles, sizeof *d->articles },
		[TYPES] = { "SELECT count(*) FROM t_ta_types", (void **)&d->types, &d->n_types,
		            sizeof *d->types },
		[REVIEWS] = { "SELECT count(*) FROM t_reviews", (void **)&d->reviews, &d->n_reviews,
		              sizeof *d->reviews },
		[NEEDS] = { "SELECT count(*) FROM t_needs", (void **)&d->needs, &d->n_needs,
		            sizeof *d->needs },
		[TOPICS] = { "SELECT count(*) FROM t_topics", (void **)&d->topics, &d->n_topics,
		             sizeof *d->topics },
		[SESSIONS] = { "SELECT count(*) FROM t_sessions", (void **)&d->sessions,
		               &d->n_sessions, sizeof *d->sessions },
	};
	return arrays[rows];
}

static enum irm_code make_room(struct irm_reading *in)
{
	for (enum rows rows = NO_ROWS + 1; rows < ALL_ROWS; rows++) {
		struct irm_reading_array array = array_of(in->data, rows);
		if (irm_reading_room(in, &array))
			return in->err->code;
	}
	return IRM_OK;
}

/* Scope and dates have sizes that only the rows before them tell. */
static enum irm_code make_matrices(struct irm_reading *in)
{
	struct irm_dataset *d = in->data;
	if (!d->scope)
		d->scope = calloc(d->n_cycles * in->lists[IRM_LIST_CHAPTERS].n + 1, 1);
	if (!d->dates) {
		d->dates = malloc((in->n_dates + 1) * sizeof *d->dates);
		for (size_t i = 0; d->dates && i < in->n_dates; i++)
			d->dates[i] = irm_date_none();
	}
	if (!d->sources)
		d->sources = calloc(in->n_dates + 1, sizeof *d->sources);
	return d->scope && d->dates && d->sources ? IRM_OK : irm_err_memory(in->err);
}

static enum irm_code read_as_of(struct irm_reading *in)
{
	sqlite3_stmt *query = NULL;
	bool row = false;
	if (irm_db_prepare(&query, in->db,
	                   "SELECT min(as_of), max(as_of), count(*), count(as_of) FROM t_packages",
	                   in->err))
		return in->err->code;
	enum irm_code code = irm_db_step(query, &row, in->err);
	if (!code && row) {
		int32_t low = irm_reading_day(query, 0, IRM_DAY_NONE);
		int32_t high = irm_reading_day(query, 1, IRM_DAY_NONE);
		int packages = sqlite3_column_int(query, 2), said = sqlite3_column_int(query, 3);
		in->data->several_as_of = said > 0 && (low != high || said != packages);
		in->data->as_of = in->data->several_as_of ? IRM_DAY_NONE : low;
	}
	sqlite3_finalize(query);
	return code;
}

enum irm_code irm_dataset_read(struct irm_dataset **out, sqlite3 *db, unsigned parts,
                               struct irm_err *err)
{
	struct irm_dataset *data = calloc(1, sizeof *data);
	if (!data)
		return irm_err_memory(err);
	struct irm_reading in = { .db = db, .data = data, .err = err };
	enum irm_code code = irm_db_run(db, "BEGIN", err);
	if (!code)
		code = make_room(&in);
	for (size_t i = 0; !code && i < sizeof steps / sizeof *steps; i++) {
		if (steps[i].rows == NO_ROWS)
			code = make_matrices(&in);
		if (!code)
			code = irm_reading_run(&in, steps[i].sql, steps[i].read,
			                       array_of(data, steps[i].rows).n);
	}
	if (!code)
		code = irm_reading_parts(&in, parts);
	if (!code)
		code = read_as_of(&in);
	if (!code)
		code = irm_reading_lists(&in);
	irm_reading_release(&in);
	struct irm_err ignored;
	if (irm_db_run(db, "COMMIT", code ? &ignored : err) && !code)
		code = err->code;
	if (code)
		irm_dataset_free(data);
	else
		*out = data;
	return code;
}

enum irm_code irm_dataset_open(struct irm_dataset **out, const char *source, struct irm_err *err)
{
	sqlite3 *db = NULL;
	if (irm_source_open(&db, source, err))
		return err->code;
	enum irm_code code = irm_dataset_read(out, db, 0, err);
	irm_db_close(db);
	return code;
}

const char *irm_dataset_source(const struct irm_dataset *data, uint32_t review, uint32_t milestone)
{
	const struct irm_review *r = &data->reviews[review];
	const char *source =
	        data->sources[r->first_date + milestone - data->mechanisms[r->mechanism].first];
	return source ? source : "";
}

size_t irm_dataset_first(const void *rows, size_t n, size_t size, uint32_t review)
{
	size_t low = 0, high = n;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (*(const uint32_t *)((const char *)rows + middle * size) < review)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

void irm_dataset_free(struct irm_dataset *d)
{
	if (!d)
		return;
	void *const arrays[] = {
		d->mechanisms,    d->milestones,       d->cycles,         d->regions,
		d->states,        d->articles,         d->types,          d->reviews,
		d->needs,         d->topics,           d->sessions,       d->scope,
		d->dates,         d->sources,          d->stages.text,    d->parties.text,
		d->chapters.text, d->topic_names.text, d->providers.text, d->beneficiaries.text,
		d->activities,    d->targets,          d->findings,       d->documents,
		d->taking_part,   d->measures,         d->published,      d->paragraphs,
	};
	for (size_t i = 0; i < sizeof arrays / sizeof *arrays; i++)
		free(arrays[i]);
	irm_arena_release(&d->arena);
	free(d);
}
