/* The fictional mechanism that irm-sim draws from: its calendar, and how long its steps take.
 *
 * A review passes its milestones in order. The days from one to the next are a whole number:
 * log-normal or Weibull, times a factor of the cycle, of the region and of the State's own pace,
 * rounded, and at most IRM_SIM_GAP_MOST. A State has one pace, of IRM_SIM_PACES equally likely
 * ones, in all its reviews: that makes them depend on each other, and leaves the distribution of
 * every stage exactly known. Test: tests/unit/test_sim.c */
#ifndef IRM_STATS_SIM_MODEL_H
#define IRM_STATS_SIM_MODEL_H

#include <gsl/gsl_rng.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/date.h"

#define IRM_SIM_REGIONS    5 /* the index of no region is 5 too */
#define IRM_SIM_MILESTONES 8
#define IRM_SIM_DIALOGUE   5 /* index of the milestone that some reviews do not have */
#define IRM_SIM_RELEASE    6 /* index of the milestone that releases the findings */
#define IRM_SIM_REPORT     7
#define IRM_SIM_SHAPES     2
#define IRM_SIM_PACES      16
#define IRM_SIM_GAP_MOST   2339 /* days: seven of them stay below 2^14 */
#define IRM_SIM_ARTICLES   55
#define IRM_SIM_FIRST      5 /* the number of the first article */
#define IRM_SIM_TYPES      6

struct irm_sim_milestone {
	const char *code;
	int from; /* index of its from_milestone; -1: none */
	struct irm_span limit;
	const char *party, *label;
};
extern const struct irm_sim_milestone irm_sim_milestones[IRM_SIM_MILESTONES];

struct irm_sim_region {
	const char *code, *name;
	int states; /* so many of 193 States */
	int need;   /* per cent: how often a need is named, against the mean */
};
extern const struct irm_sim_region irm_sim_regions[IRM_SIM_REGIONS + 1]; /* the last: none */

/* A kind of cycle: the odd ones of a mechanism have the first shape, the even ones the second. */
struct irm_sim_shape {
	const char *name, *chapters[2];
	int first_year, years; /* in which reviews are scheduled, equally many a year */
	int spread;            /* they start within so many days from 1 June of that year */
	double factor;         /* of all its times */
};
extern const struct irm_sim_shape irm_sim_shapes[IRM_SIM_SHAPES];

struct irm_sim_type {
	const char *code, *name;
};
extern const struct irm_sim_type irm_sim_types[IRM_SIM_TYPES];

/* How many of 1000 reviews name a need under the article of that index. */
extern const int irm_sim_need_rate[IRM_SIM_ARTICLES];

/* Of 1000 reviews, how many have no dialogue. */
#define IRM_SIM_NO_DIALOGUE 60

/* The chapter (II, III, IV, V) of the article of that index. */
const char *irm_sim_chapter(int article);

/* Whether a cycle of that shape looks at the article of that index. */
bool irm_sim_in_scope(int shape, int article);

/* The days from milestone `gap` to the next one (gap 0-6), a single draw from `rng`; `region` is an
 * index, `pace` 0 to IRM_SIM_PACES - 1. Exactly one number is taken, so that no rounding of a
 * machine's logarithm moves the draws after it. */
int32_t irm_sim_gap(gsl_rng *rng, int shape, int region, int pace, int gap);

/* The probability that these days are at most `days`. */
double irm_sim_gap_cdf(int32_t days, int shape, int region, int pace, int gap);

/* A new stream of random numbers (mt19937) that depends on the seed and its name only; NULL where
 * there is no memory. The caller frees it with gsl_rng_free(). */
gsl_rng *irm_sim_stream(uint64_t seed, const char *name);

/* Whole numbers only, so that every machine decides the same: true in `per_mille` of 1000 cases; a
 * number from 0 to n - 1, n >= 1. */
bool irm_sim_chance(gsl_rng *rng, int per_mille);
int32_t irm_sim_pick(gsl_rng *rng, int64_t n);

#endif
