/* Observations of how long things take, as the statistics of this folder take them: arrays side by
 * side, borrowed, in any order. */
#ifndef IRM_STATS_SAMPLE_H
#define IRM_STATS_SAMPLE_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

#define IRM_FROM_START (-1) /* an entry: under observation from day 0 on, day 0 included */

struct irm_sample {
	size_t n;                /* rows */
	const int32_t *days;     /* [n] whole days from start to end, >= 0 */
	const uint8_t *event;    /* [n] 1 ended, 0 still open at days (right-censored) */
	const int64_t *count;    /* [n] observations a row stands for, >= 1; NULL: 1 each */
	const int32_t *entry;    /* [n] the day after which the row is under observation (left
	                          * truncation), < days; 0 and less: IRM_FROM_START; NULL: all from the
	                          * start */
	const uint32_t *outcome; /* [n] how it ended, from 0; read where event is 1 */
	const uint32_t *group;   /* [n] what is compared, from 0 */
	const uint32_t *stratum; /* [n] within what it is compared; NULL: one stratum */
};

/* Checks days, event, count and entry, and adds up the counts. IRM_INPUT, without a place: one of
 * them is out of its range, or int64_t does not hold the sum. */
IRM_CHECK enum irm_code irm_sample_check(const struct irm_sample *sample, int64_t *total,
                                         struct irm_err *err);

/* The observations of row i. */
static inline int64_t irm_sample_count(const struct irm_sample *sample, size_t i)
{
	return sample->count ? sample->count[i] : 1;
}

/* The entry of row i; IRM_FROM_START for 0 and less. */
static inline int32_t irm_sample_entry(const struct irm_sample *sample, size_t i)
{
	return sample->entry && sample->entry[i] > 0 ? sample->entry[i] : IRM_FROM_START;
}

#endif
