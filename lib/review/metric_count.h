/* How a metric's rule is counted. Private to lib/review. */
#ifndef IRM_REVIEW_METRIC_COUNT_H
#define IRM_REVIEW_METRIC_COUNT_H

#include "review/metric.h"

struct irm_metric_step; /* from when something is certain, and from when it may be */

/* A number on each of n days; while it is made, differences from the day before. */
struct irm_metric_days {
	int64_t *certain, *possible; /* [n + 1] */
};

/* One figure that is counted by one rule. */
struct irm_metric_counting {
	const struct irm_query *query;
	const struct irm_dataset *data;
	const struct irm_published *figure;
	const struct irm_metric_rule *rule;
	struct irm_metric_series *out;
	uint32_t state, chapter;        /* of the metric's name; IRM_NONE: none */
	int32_t year;                   /* scheduled; or of the calendar; -1: any */
	struct irm_date *dates;         /* of one review's milestones */
	struct irm_metric_step *groups; /* [States or reviews] */
	struct irm_metric_days top, bottom;
};

/* Fills in->out, whose first day and number of days are set, from what stands above `dates`. The
 * caller frees what is in it, whatever comes. IRM_SYSTEM: no memory. */
IRM_CHECK enum irm_code irm_metric_count(struct irm_metric_counting *in, struct irm_err *err);

/* Whether a review is of the figure: its cycle, region, State, and kept by the query. */
bool irm_metric_is_of_figure(const struct irm_metric_counting *in, uint32_t review);

/* The table whose rows a rule counts (enum irm_delivered); -1: none but reviews and events. And
 * whether a review's package has it. */
int irm_metric_table(const struct irm_metric_rule *rule);
bool irm_metric_has_table(const struct irm_metric_counting *in, uint32_t review);

/* Whether the milestone at place `at` of n is one that `when` speaks of. */
bool irm_metric_is_asked_for(enum irm_metric_when when, const struct irm_milestone *milestone,
                             uint32_t at, uint32_t n);

#endif
