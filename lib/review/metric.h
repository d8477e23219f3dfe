/* The figures that documents state and the records may give: rules from a metric's name to a count.
 *
 * A rule is a row of a table (metric_rules.c). Its pattern is the metric's name, in which STATE and
 * CHAPTER stand for codes. Several rows may have one pattern: the first says what is meant, the
 * others are ways of counting that a document may have meant instead. */
#ifndef IRM_REVIEW_METRIC_H
#define IRM_REVIEW_METRIC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "review/query.h"

/* What a rule counts. */
enum irm_metric_unit {
	IRM_METRIC_NOTHING, /* the records that it needs have no table */
	IRM_METRIC_PARTIES, /* States with party_since */
	IRM_METRIC_REVIEWS,
	IRM_METRIC_STATES, /* under review, each once */
	IRM_METRIC_ROWS,   /* of a table */
	IRM_METRIC_SHARE,  /* reviews, of those with `of` */
};

/* From when a record counts. */
enum irm_metric_when {
	IRM_METRIC_LISTED,        /* the review counts among its cycle's reviews */
	IRM_METRIC_BEGUN,         /* its first milestone is reached */
	IRM_METRIC_DIALOGUE,      /* its dialogue, of the kinds `kind` (bits), is over */
	IRM_METRIC_RELEASED,      /* its findings are released */
	IRM_METRIC_COMPLETED,     /* its last milestone is reached */
	IRM_METRIC_DOCUMENT,      /* a document of that kind is published */
	IRM_METRIC_NEED,          /* a need is named, and findings are released */
	IRM_METRIC_FINDING,       /* a finding of that kind is made, and findings are released */
	IRM_METRIC_MEASURE,       /* a measure has that status */
	IRM_METRIC_PARTICIPATION, /* somebody took part */
};

#define IRM_METRIC_CALENDAR_YEAR (-1) /* of the figure's day */

struct irm_metric_rule {
	const char *pattern;
	const char *says; /* what is counted; of IRM_METRIC_NOTHING the record that is missing */
	enum irm_metric_unit unit;
	enum irm_metric_when when, of;
	uint32_t kind;   /* of documents, findings, measures, or bits of dialogues */
	int32_t year;    /* 1, 2: only reviews of the cycle's first, second; or of the calendar */
	bool without_eu; /* parties other than the European Union */
};

/* The rules, in the order in which they are listed. */
extern const struct irm_metric_rule irm_metric_rules[];
extern const size_t irm_metric_rules_n;

/* A rule that a metric's name matches, and the codes in it ("": none). */
struct irm_metric {
	const struct irm_metric_rule *rule;
	char state[32], chapter[32];
};

/* The next rule for a metric's name after `out->rule`, or the first where that is NULL; false where
 * there is none (any more). */
bool irm_metric_next(struct irm_metric *out, const char *name);

/* Why nothing computes a metric: the record that is missing, or that no rule knows it; NULL where a
 * rule computes it. */
const char *irm_metric_lacks(const char *name);

/* A figure as the records give it from day to day. */
struct irm_metric_series {
	int32_t first;   /* day */
	size_t n;        /* days */
	double *value;   /* [n] what is certain; a share in per cent; NAN: unknown */
	double *most;    /* [n] with what is unknown on that day; NAN for shares */
	char note[200];  /* what it rests on beyond the rule; may be empty */
	char lacks[200]; /* not empty: it cannot be computed, for want of this; no days then */
};

/* Computes a figure's metric by a rule, on each day from `first` to `last`, of the reviews that the
 * query's filters keep and that are of the figure's cycle, region and article; the query's day is
 * not looked at.
 *
 * The caller releases *out with irm_metric_series_release(), whatever comes. IRM_SYSTEM: no memory.
 * O(records + days) time. Test: tests/unit/test_metric.c */
IRM_CHECK enum irm_code irm_metric_compute(struct irm_metric_series *out,
                                           const struct irm_query *query,
                                           const struct irm_published *figure,
                                           const struct irm_metric *metric, int32_t first,
                                           int32_t last, struct irm_err *err);
void irm_metric_series_release(struct irm_metric_series *series);

/* The parts of the records that irm_metric_compute() reads (bits of enum irm_part). */
#define IRM_METRIC_PARTS \
	(IRM_PART_FINDINGS | IRM_PART_DOCUMENTS | IRM_PART_PARTICIPATION | IRM_PART_MEASURES)

#endif
