/* The records in memory: small integers in arrays, from a SQLite file or a package folder.
 *
 * Every array is in the order that tables print: regions by position and code, articles by
 * convention and number, milestones by mechanism and position, the rest by code. So an index is
 * both a name and a rank, and the order of rows in a file changes nothing. */
#ifndef IRM_REVIEW_DATASET_H
#define IRM_REVIEW_DATASET_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/err.h"

#define IRM_NONE UINT32_MAX /* no index: unknown or not there */

/* Tables whose absence from a package means unknown, not none. */
enum irm_delivered {
	IRM_HAS_NEEDS,
	IRM_HAS_FINDINGS,
	IRM_HAS_DOCUMENTS,
	IRM_HAS_PARTICIPATION,
	IRM_HAS_MEASURES,
};

/* What a tool asks for beyond the calendar and the needs, as bits; the rest is not read. */
enum irm_part {
	IRM_PART_ASSISTANCE = 1,
	IRM_PART_FINDINGS = 2,
	IRM_PART_DOCUMENTS = 4,
	IRM_PART_PARTICIPATION = 8,
	IRM_PART_MEASURES = 16,
	IRM_PART_PARAGRAPHS = 32, /* of the needs */
	IRM_PART_PUBLISHED = 64,
	IRM_PART_ACTIVITY_TOPICS =
	        128, /* of assistance, asked for with it: they become topics too */
};

enum irm_finding_kind { IRM_GOOD_PRACTICE, IRM_CHALLENGE, IRM_RECOMMENDATION, IRM_FINDING_KINDS };
enum irm_document_kind {
	IRM_SELF_ASSESSMENT,
	IRM_EXECUTIVE_SUMMARY,
	IRM_COUNTRY_REPORT,
	IRM_CIVIL_SOCIETY_REPORT,
	IRM_FOLLOW_UP,
	IRM_DOCUMENT_KINDS,
};
enum irm_sector { IRM_CIVIL_SOCIETY, IRM_ACADEMIA, IRM_MEDIA, IRM_PRIVATE_SECTOR, IRM_SECTORS };
enum irm_mode { IRM_IN_PERSON, IRM_ONLINE };
enum irm_measure_status { IRM_PLANNED, IRM_UNDER_WAY, IRM_COMPLETED, IRM_MEASURE_STATUSES };

enum irm_dialogue { IRM_COUNTRY_VISIT, IRM_ONLINE_VISIT, IRM_JOINT_MEETING, IRM_NO_DIALOGUE };

/* A list of texts, ascending; indexes into it stand in the rows. */
struct irm_names {
	const char **text;
	size_t n;
};

struct irm_mechanism {
	const char *code, *name, *convention; /* convention "": none */
	uint32_t first, n;                    /* its milestones in irm_dataset.milestones */
};

struct irm_milestone {
	const char *code, *label;
	uint32_t mechanism;
	uint32_t stage; /* in irm_dataset.stages: the same code in several mechanisms is one */
	uint32_t party; /* in irm_dataset.parties, or IRM_NONE */
	uint32_t from;  /* in irm_dataset.milestones, or IRM_NONE: it ends no stage */
	struct irm_span limit; /* count 0: none */
	bool releases_findings;
	bool is_dialogue; /* its code is "dialogue": reviews without one have no such stage */
};

struct irm_cycle {
	const char *code, *name;
	uint32_t mechanism;
	int32_t starts, ends;
};

struct irm_region {
	const char *code, *name;
};

struct irm_state {
	const char *code, *name;
	uint32_t region; /* or IRM_NONE */
	int32_t party_since;
};

struct irm_article {
	const char *convention, *code, *title;
	uint32_t chapter; /* in irm_dataset.chapters */
};

struct irm_review {
	const char *code;
	uint32_t cycle, mechanism, state;
	uint32_t reviewers[3];  /* states, or IRM_NONE */
	uint32_t replaces;      /* a review, or IRM_NONE */
	uint32_t dialogue;      /* of enum irm_dialogue, or IRM_NONE: unknown */
	int32_t year;           /* scheduled; -1: unknown */
	int32_t discontinued;   /* IRM_DAY_NONE: it was not */
	int32_t observed_until; /* its own, else its package's as_of; IRM_DAY_NONE: neither is said
	                         */
	unsigned delivered;     /* tables that its package has: bits 1 << enum irm_delivered */
	size_t first_date;      /* where its dates begin in irm_dataset.dates */
};

struct irm_need {
	uint32_t review, article, type; /* article, type: IRM_NONE: all */
	uint32_t paragraph; /* in irm_dataset.paragraphs; IRM_NONE: not asked for, or no article */
};

/* A paragraph that needs are recorded under: "15(1)", or "15" of the article as a whole. */
struct irm_paragraph {
	const char *code;
	uint32_t article;
};

/* Topics: pairs of topic and article. */
struct irm_topic {
	uint32_t topic, article; /* in irm_dataset.topic_names; articles */
};

/* Technical assistance that was provided. */
struct irm_activity {
	const char *code;
	uint32_t topic; /* in irm_dataset.topic_names; IRM_NONE: not said, or not asked for */
	uint32_t provider, beneficiary; /* in the names of that list, or IRM_NONE */
	struct irm_date starts, ends;   /* none where no date is given */
	bool has_end;
	size_t first_target, n_targets; /* in irm_dataset.targets */
};

struct irm_target {
	uint32_t activity;
	uint32_t state, region, type; /* or IRM_NONE: none in particular */
	const char *article;          /* a number, of any convention; "": none in particular */
};

struct irm_finding {
	uint32_t review, article; /* article IRM_NONE: all */
	uint32_t kind;            /* of enum irm_finding_kind */
	const char *position, *summary, *source;
};

struct irm_document {
	uint32_t review;
	uint32_t kind; /* of enum irm_document_kind */
	const char *language, *symbol, *url;
	struct irm_date published; /* both ends open where no date is given */
	bool has_date;
};

struct irm_taking_part {
	uint32_t review;
	uint32_t sector; /* of enum irm_sector */
	uint32_t mode;   /* of enum irm_mode, or IRM_NONE: unknown */
	const char *step;
	struct irm_date date;
	bool has_date;
};

/* What a State did about a recommendation. */
struct irm_measure {
	uint32_t review, article; /* article IRM_NONE: all */
	uint32_t status;          /* of enum irm_measure_status, or IRM_NONE: unknown */
	const char *recommendation, *text, *source;
	struct irm_date date;
	bool has_date;
};

/* A figure that a document states. */
struct irm_published {
	const char *day; /* as it is written */
	struct irm_date as_of;
	uint32_t cycle, region;                       /* IRM_NONE: all */
	const char *metric, *article, *unit, *source; /* article "all": of no one in particular */
	double value;                                 /* NAN: not given */
};

struct irm_session {
	const char *code;
	int32_t starts;
};

struct irm_type {
	const char *code, *name;
};

struct irm_dataset {
	struct irm_arena arena; /* all texts */
	int32_t as_of;          /* of all packages; IRM_DAY_NONE: none, or several */
	bool several_as_of;

	struct irm_mechanism *mechanisms;
	struct irm_milestone *milestones;
	struct irm_cycle *cycles;
	struct irm_region *regions;
	struct irm_state *states;
	struct irm_article *articles;
	struct irm_type *types;
	struct irm_review *reviews;
	struct irm_need *needs; /* by review, article, type, paragraph */
	struct irm_topic *topics;
	struct irm_session *sessions;
	size_t n_mechanisms, n_milestones, n_cycles, n_regions, n_states, n_articles, n_types,
	        n_reviews, n_needs, n_topics, n_sessions;

	struct irm_names stages; /* codes of milestones, by mechanism and position */
	struct irm_names parties, chapters, topic_names, providers, beneficiaries;
	bool *scope; /* [n_cycles * chapters.n] whether the cycle looks at the chapter */

	/* Parts: empty unless asked for */
	struct irm_paragraph *paragraphs;    /* by article; the whole of it first, then by number */
	struct irm_activity *activities;     /* by code */
	struct irm_target *targets;          /* by activity, line */
	struct irm_finding *findings;        /* by review, article, kind, position */
	struct irm_document *documents;      /* by review, kind, language */
	struct irm_taking_part *taking_part; /* by review, step, sector */
	struct irm_measure *measures;        /* by review, article, recommendation */
	struct irm_published *published;     /* by day as written, cycle, metric, region, article */
	size_t n_paragraphs, n_activities, n_targets, n_findings, n_documents, n_taking_part,
	        n_measures, n_published;
	bool has_assistance; /* a package has the tables of assistance */
	bool has_published;  /* a package has the table */

	const char **sources;   /* of the dates, side by side with them; NULL: none is said */
	struct irm_date *dates; /* a review's milestones in their order, from its first_date on */
};

/* Reads a source: a SQLite file or a package folder. The caller frees *out with irm_dataset_free();
 * untouched on error. IRM_SYSTEM: no such source, no memory; IRM_INPUT: no database, or faults in
 * the package. */
IRM_CHECK enum irm_code irm_dataset_open(struct irm_dataset **out, const char *source,
                                         struct irm_err *err);

/* The same from an open database, which stays the caller's, with parts of it (bits of enum
 * irm_part). */
IRM_CHECK enum irm_code irm_dataset_read(struct irm_dataset **out, sqlite3 *db, unsigned parts,
                                         struct irm_err *err);

/* NULL is fine. */
void irm_dataset_free(struct irm_dataset *data);

/* The dates of a review's milestones, as recorded. */
static inline const struct irm_date *irm_dataset_dates(const struct irm_dataset *data,
                                                       const struct irm_review *review)
{
	return data->dates + review->first_date;
}

/* The source of a review's milestone (index in irm_dataset.milestones); "": none is said. */
const char *irm_dataset_source(const struct irm_dataset *data, uint32_t review, uint32_t milestone);

/* Where the rows of a review begin among rows[n] of `size` bytes each, which lie by review and
 * whose first member is its index; where they would where there are none. */
size_t irm_dataset_first(const void *rows, size_t n, size_t size, uint32_t review);

/* Whether the review's package has that table. */
static inline bool irm_dataset_has(const struct irm_dataset *data, uint32_t review,
                                   enum irm_delivered table)
{
	return data->reviews[review].delivered >> table & 1;
}

/* Whether the cycle's scope has the article's chapter. */
static inline bool irm_dataset_in_scope(const struct irm_dataset *data, uint32_t cycle,
                                        uint32_t article)
{
	return data->scope[cycle * data->chapters.n + data->articles[article].chapter];
}

#endif
