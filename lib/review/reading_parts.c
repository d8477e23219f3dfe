/* The tables that only some tools ask for. */
#include <math.h>
#include <string.h>

#include "review/reading.h"
#include "store/db.h"

#define COUNT(list) (sizeof(list) / sizeof *(list))

/* The index of a word in a list: the schema lets no other word in; IRM_NONE for NULL. */
static uint32_t word_of(sqlite3_stmt *row, int column, const char *const words[], size_t n)
{
	const char *word = (const char *)sqlite3_column_text(row, column);
	for (uint32_t i = 0; word && i < n; i++)
		if (strcmp(word, words[i]) == 0)
			return i;
	return IRM_NONE;
}

/* A name's place in a list; IRM_NONE where it is not given. */
static uint32_t name_of(struct irm_reading *in, enum irm_list list, sqlite3_stmt *row, int column)
{
	const char *name = irm_reading_text(in, row, column);
	return *name ? irm_reading_name(in, list, name) : IRM_NONE;
}

static enum irm_code read_activity(struct irm_reading *in, sqlite3_stmt *row, uint32_t at)
{
	struct irm_activity *a = &in->data->activities[at];
	*a = (struct irm_activity){
		.code = irm_reading_text(in, row, 1),
		.topic = IRM_NONE,
		.provider = name_of(in, IRM_LIST_PROVIDERS, row, 3),
		.beneficiary = name_of(in, IRM_LIST_BENEFICIARIES, row, 4),
	};
	irm_reading_date(row, 5, &a->starts);
	a->has_end = irm_reading_date(row, 8, &a->ends);
	return irm_reading_id(in, IRM_ID_ACTIVITY, row, at);
}

/* A second pass, for those who ask: these topics need not be any of the table of topics. */
static enum irm_code read_activity_topic(struct irm_reading *in, sqlite3_stmt *row, uint32_t at)
{
	in->data->activities[at].topic = name_of(in, IRM_LIST_TOPICS, row, 0);
	return IRM_OK;
}

static enum irm_code read_paragraph(struct irm_reading *in, sqlite3_stmt *row, uint32_t at)
{
	in->data->paragraphs[at] = (struct irm_paragraph){
		.code = irm_reading_text(in, row, 0),
		.article = irm_reading_index(in, IRM_ID_ARTICLE, row, 1),
	};
	return in->data->paragraphs[at].article == IRM_NONE
	               ? irm_reading_damaged(in, "a need under no article")
	               : IRM_OK;
}

/* The place of a need's paragraph among all; those of no article come after them. */
static enum irm_code read_place(struct irm_reading *in, sqlite3_stmt *row, uint32_t at)
{
	int64_t place = sqlite3_column_int64(row, 0);
	bool is_one = place >= 0 && (size_t)place < in->data->n_paragraphs;
	if (at >= in->data->n_needs)
		return irm_reading_damaged(in, "needs that change while they are read");
	in->data->needs[at].paragraph = is_one ? (uint32_t)place : IRM_NONE;
	return IRM_OK;
}

static enum irm_code read_target(struct irm_reading *in, sqlite3_stmt *row, uint32_t at)
{
	uint32_t activity = irm_reading_index(in, IRM_ID_ACTIVITY, row, 0);
	if (activity == IRM_NONE)
		return irm_reading_damaged(in, "a target of no assistance");
	struct irm_activity *a = &in->data->activities[activity];
	if (a->n_targets++ == 0)
		a->first_target = at;
	in->data->targets[at] = (struct irm_target){
		.activity = activity,
		.state = irm_reading_index(in, IRM_ID_STATE, row, 1),
		.region = irm_reading_index(in, IRM_ID_REGION, row, 2),
		.article = irm_reading_text(in, row, 3),
		.type = irm_reading_index(in, IRM_ID_TYPE, row, 4),
	};
	return IRM_OK;
}

static enum irm_code read_finding(struct irm_reading *in, sqlite3_stmt *row, uint32_t at)
{
	static const char *const kinds[] = { "good_practice", "challenge", "recommendation" };
	struct irm_finding *f = &in->data->findings[at];
	*f = (struct irm_finding){
		.review = irm_reading_index(in, IRM_ID_REVIEW, row, 0),
		.article = irm_reading_index(in, IRM_ID_ARTICLE, row, 1),
		.kind = word_of(row, 2, kinds, COUNT(kinds)),
		.position = irm_reading_text(in, row, 3),
		.summary = irm_reading_text(in, row, 4),
		.source = irm_reading_text(in, row, 5),
	};
	return f->review == IRM_NONE || f->kind == IRM_NONE
	               ? irm_reading_damaged(in, "a finding of no review, or of no kind")
	               : IRM_OK;
}

static enum irm_code read_document(struct irm_reading *in, sqlite3_stmt *row, uint32_t at)
{
	static const char *const kinds[] = { "self_assessment", "executive_summary",
		                             "country_report", "civil_society_report",
		                             "follow_up" };
	struct irm_document *d = &in->data->documents[at];
	*d = (struct irm_document){
		.review = irm_reading_index(in, IRM_ID_REVIEW, row, 0),
		.kind = word_of(row, 1, kinds, COUNT(kinds)),
		.language = irm_reading_text(in, row, 2),
		.symbol = irm_reading_text(in, row, 6),
		.url = irm_reading_text(in, row, 7),
	};
	d->has_date = irm_reading_date(row, 3, &d->published);
	return d->review == IRM_NONE || d->kind == IRM_NONE
	               ? irm_reading_damaged(in, "a document of no review, or of no kind")
	               : IRM_OK;
}

static enum irm_code read_taking_part(struct irm_reading *in, sqlite3_stmt *row, uint32_t at)
{
	static const char *const sectors[] = { "civil_society", "academia", "media",
		                               "private_sector" };
	static const char *const modes[] = { "in_person", "online" };
	struct irm_taking_part *p = &in->data->taking_part[at];
	*p = (struct irm_taking_part){
		.review = irm_reading_index(in, IRM_ID_REVIEW, row, 0),
		.step = irm_reading_text(in, row, 1),
		.sector = word_of(row, 2, sectors, COUNT(sectors)),
		.mode = word_of(row, 3, modes, COUNT(modes)),
	};
	p->has_date = irm_reading_date(row, 4, &p->date);
	return p->review == IRM_NONE || p->sector == IRM_NONE
	               ? irm_reading_damaged(in, "participation of no review, or of no sector")
	               : IRM_OK;
}

static enum irm_code read_measure(struct irm_reading *in, sqlite3_stmt *row, uint32_t at)
{
	static const char *const statuses[] = { "planned", "under_way", "completed" };
	struct irm_measure *m = &in->data->measures[at];
	*m = (struct irm_measure){
		.review = irm_reading_index(in, IRM_ID_REVIEW, row, 0),
		.article = irm_reading_index(in, IRM_ID_ARTICLE, row, 1),
		.recommendation = irm_reading_text(in, row, 2),
		.status = word_of(row, 3, statuses, COUNT(statuses)),
		.text = irm_reading_text(in, row, 7),
		.source = irm_reading_text(in, row, 8),
	};
	m->has_date = irm_reading_date(row, 4, &m->date);
	return m->review == IRM_NONE ? irm_reading_damaged(in, "a measure of no review") : IRM_OK;
}

static enum irm_code read_published(struct irm_reading *in, sqlite3_stmt *row, uint32_t at)
{
	struct irm_published *p = &in->data->published[at];
	*p = (struct irm_published){
		.day = irm_reading_text(in, row, 0),
		.cycle = irm_reading_index(in, IRM_ID_CYCLE, row, 3),
		.region = irm_reading_index(in, IRM_ID_REGION, row, 4),
		.metric = irm_reading_text(in, row, 5),
		.article = irm_reading_text(in, row, 6),
		.unit = irm_reading_text(in, row, 8),
		.source = irm_reading_text(in, row, 9),
		.value = sqlite3_column_type(row, 7) == SQLITE_NULL ? (double)NAN
		                                                    : sqlite3_column_double(row, 7),
	};
	irm_reading_date(row, 0, &p->as_of);
	return IRM_OK;
}

static enum irm_code read_has_published(struct irm_reading *in, sqlite3_stmt *row, uint32_t at)
{
	(void)at;
	in->data->has_published = sqlite3_column_int(row, 0) != 0;
	return IRM_OK;
}

/* Whether a package has the tables of assistance: without them none is known, which is not none. */
static enum irm_code read_has_assistance(struct irm_reading *in, sqlite3_stmt *row, uint32_t at)
{
	(void)at;
	in->data->has_assistance = sqlite3_column_int(row, 0) != 0;
	return IRM_OK;
}

#define BY_REVIEW  "JOIN t_reviews AS r ON r.id = t.review "
#define BY_ARTICLE BY_REVIEW "JOIN t_articles AS a ON a.id = t.article "
#define ORDER      "ORDER BY r.review, a.convention, CAST(a.article AS INTEGER), a.article, "
#define PARAGRAPH_ORDER \
	"a.convention, CAST(a.article AS INTEGER), a.article, n.paragraph <> 'all', " \
	"CAST(n.paragraph AS INTEGER), n.paragraph"

enum irm_code irm_reading_parts(struct irm_reading *in, unsigned parts)
{
	struct irm_dataset *d = in->data;
	const struct {
		enum irm_part part;
		struct irm_reading_array rows;
		const char *sql;
		enum irm_code (*read)(struct irm_reading *in, sqlite3_stmt *row, uint32_t at);
	} steps[] = {
		{ IRM_PART_PARAGRAPHS,
		  { "SELECT count(*) FROM (SELECT DISTINCT article, paragraph FROM t_needs)",
		    (void **)&d->paragraphs, &d->n_paragraphs, sizeof *d->paragraphs },
		  "SELECT DISTINCT a.article || iif(n.paragraph = 'all', '', '(' || "
		  "n.paragraph || ')'), n.article FROM t_needs AS n JOIN t_articles AS a ON a.id = "
		  "n.article WHERE a.id > 0 ORDER BY " PARAGRAPH_ORDER,
		  read_paragraph },
		{ IRM_PART_ASSISTANCE,
		  { "SELECT count(*) FROM t_assistance", (void **)&d->activities, &d->n_activities,
		    sizeof *d->activities },
		  "SELECT id, activity, topic, provider, beneficiary, starts, starts_first, "
		  "starts_last, ends, ends_first, ends_last FROM t_assistance ORDER BY activity",
		  read_activity },
		{ IRM_PART_ASSISTANCE,
		  { "SELECT count(*) FROM t_assistance_targets", (void **)&d->targets,
		    &d->n_targets, sizeof *d->targets },
		  "SELECT t.activity, t.state, t.region, t.article, t.type FROM "
		  "t_assistance_targets AS t JOIN t_assistance AS a ON a.id = t.activity ORDER BY "
		  "a.activity, t.line",
		  read_target },
		{ IRM_PART_FINDINGS,
		  { "SELECT count(*) FROM t_findings", (void **)&d->findings, &d->n_findings,
		    sizeof *d->findings },
		  "SELECT t.review, t.article, kind, position, summary, t.source FROM t_findings "
		  "AS t " BY_ARTICLE ORDER "kind, CAST(position AS INTEGER), position",
		  read_finding },
		{ IRM_PART_DOCUMENTS,
		  { "SELECT count(*) FROM t_documents", (void **)&d->documents, &d->n_documents,
		    sizeof *d->documents },
		  "SELECT t.review, kind, language, published, published_first, published_last, "
		  "symbol, url FROM t_documents AS t " BY_REVIEW
		  "ORDER BY r.review, kind, language",
		  read_document },
		{ IRM_PART_PARTICIPATION,
		  { "SELECT count(*) FROM t_participation", (void **)&d->taking_part,
		    &d->n_taking_part, sizeof *d->taking_part },
		  "SELECT t.review, step, sector, mode, date, date_first, date_last FROM "
		  "t_participation AS t " BY_REVIEW "ORDER BY r.review, step, sector",
		  read_taking_part },
		{ IRM_PART_MEASURES,
		  { "SELECT count(*) FROM t_measures", (void **)&d->measures, &d->n_measures,
		    sizeof *d->measures },
		  "SELECT t.review, t.article, recommendation, status, date, date_first, "
		  "date_last, text, t.source FROM t_measures AS t " BY_ARTICLE ORDER
		  "CAST(recommendation AS INTEGER), recommendation",
		  read_measure },
		{ IRM_PART_PUBLISHED,
		  { "SELECT count(*) FROM t_published", (void **)&d->published, &d->n_published,
		    sizeof *d->published },
		  "SELECT as_of, as_of_first, as_of_last, t.cycle, t.region, metric, article, "
		  "value, unit, source FROM t_published AS t JOIN t_cycles AS c ON c.id = t.cycle "
		  "JOIN t_regions AS g ON g.id = t.region ORDER BY as_of, c.cycle, metric, "
		  "g.region, CAST(article AS INTEGER), article",
		  read_published },
	};
	enum irm_code code = IRM_OK;
	for (size_t i = 0; !code && i < COUNT(steps); i++) {
		if (!(parts & steps[i].part))
			continue;
		code = irm_reading_room(in, &steps[i].rows);
		if (!code)
			code = irm_reading_run(in, steps[i].sql, steps[i].read, steps[i].rows.n);
	}
	if (!code && (parts & IRM_PART_PARAGRAPHS))
		code = irm_reading_run(
		        in,
		        "SELECT dense_rank() OVER (ORDER BY a.id = 0, " PARAGRAPH_ORDER
		        ") - 1 FROM t_needs AS n JOIN t_reviews AS r ON r.id = "
		        "n.review JOIN t_articles AS a ON a.id = n.article JOIN "
		        "t_ta_types AS t ON t.id = n.type " IRM_READING_NEEDS_ORDER,
		        read_place, NULL);
	if (!code && (parts & IRM_PART_ACTIVITY_TOPICS))
		code = irm_reading_run(in, "SELECT topic FROM t_assistance ORDER BY activity",
		                       read_activity_topic, NULL);
	if (!code && (parts & IRM_PART_ASSISTANCE))
		code = irm_reading_run(in,
		                       "SELECT EXISTS (SELECT 1 FROM t_delivered WHERE table_name "
		                       "= 'assistance_targets')",
		                       read_has_assistance, NULL);
	if (!code && (parts & IRM_PART_PUBLISHED))
		code = irm_reading_run(in,
		                       "SELECT EXISTS (SELECT 1 FROM t_delivered WHERE table_name "
		                       "= 'published')",
		                       read_has_published, NULL);
	return code;
}
