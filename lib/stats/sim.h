/* A fictional mechanism of any size: a package of records whose true distribution is known.
 * Test: tests/unit/test_sim.c */
#ifndef IRM_STATS_SIM_H
#define IRM_STATS_SIM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/folder.h"

/* What is asked for. The same plan gives the same bytes on any machine. */
struct irm_sim_plan {
	int64_t seed;       /* >= 0 */
	int64_t states;     /* 1 to 10^7; 0: 150, or as many as `events` needs in two cycles */
	int64_t mechanisms; /* 1 to 1000 */
	int64_t events;     /* up to 10^9: so many dated milestones, about; 0: as they come */
	bool no_faults;     /* records without vague, missing, late and contradictory dates, without
	                       restarts and without reviews observed only until an earlier day */
};
#define IRM_SIM_PLAN_INIT \
	{ \
		.mechanisms = 1 \
	}

/* Writes the package into `folder`, for the caller to commit: every table of the schema, and the
 * descriptor. Memory grows with the number of reviews, 120 bytes each.
 * IRM_USAGE: the plan is out of range; IRM_SYSTEM: cannot be written, no memory. */
IRM_CHECK enum irm_code irm_sim_write(struct irm_folder *folder, const struct irm_sim_plan *plan,
                                      struct irm_err *err);

/* What the generator's parameters say of one stage. */
struct irm_sim_truth {
	char cycle[24];
	const char *stage;
	const char *region; /* code, "unassigned" (States without one) or "all" (all States) */
	int32_t median;     /* first day by which half of the reviews are through */
	double share_late;  /* of all reviews, sooner or later, after the time limit */
};

/* The truth of each cycle of the first mechanism, by stage and region; [*n], the caller frees *out
 * with free(); untouched on error. Exact but for double rounding: the days of a stage are sums of
 * independent whole numbers given the State's pace, and their distribution is found by convolution
 * (fast Fourier transform) and averaged over paces; 'all' over the plan's States. Limits in months
 * are averaged over the days on which a stage can begin: for stages that do not begin with the
 * review, over the days of 2012-2015. IRM_USAGE, IRM_SYSTEM as above. */
IRM_CHECK enum irm_code irm_sim_truth(struct irm_sim_truth **out, size_t *n,
                                      const struct irm_sim_plan *plan, struct irm_err *err);

#endif
