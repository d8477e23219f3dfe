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
	bool has_needs;         /* its package has a table of needs */
	size_t first_date;      /* where its dates begin in irm_dataset.dates */
};

struct irm_need {
	uint32_t review, article, type; /* article, type: IRM_NONE: all */
};

/* Topics: pairs of topic and article. */
struct irm_topic {
	uint32_t topic, article; /* in irm_dataset.topic_names; articles */
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
	struct irm_need *needs; /* by review, article, type */
	struct irm_topic *topics;
	struct irm_session *sessions;
	size_t n_mechanisms, n_milestones, n_cycles, n_regions, n_states, n_articles, n_types,
	        n_reviews, n_needs, n_topics, n_sessions;

	struct irm_names stages; /* codes of milestones, by mechanism and position */
	struct irm_names parties, chapters, topic_names;
	bool *scope; /* [n_cycles * chapters.n] whether the cycle looks at the chapter */

	const char **sources;   /* of the dates, side by side with them; NULL: none is said */
	struct irm_date *dates; /* a review's milestones in their order, from its first_date on */
};

/* Reads a source: a SQLite file or a package folder. The caller frees *out with irm_dataset_free();
 * untouched on error. IRM_SYSTEM: no such source, no memory; IRM_INPUT: no database, or faults in
 * the package. */
IRM_CHECK enum irm_code irm_dataset_open(struct irm_dataset **out, const char *source,
                                         struct irm_err *err);

/* The same from an open database, which stays the caller's. */
IRM_CHECK enum irm_code irm_dataset_read(struct irm_dataset **out, sqlite3 *db,
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

/* Whether the cycle's scope has the article's chapter. */
static inline bool irm_dataset_in_scope(const struct irm_dataset *data, uint32_t cycle,
                                        uint32_t article)
{
	return data->scope[cycle * data->chapters.n + data->articles[article].chapter];
}

#endif
