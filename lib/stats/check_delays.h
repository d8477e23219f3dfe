/* The rule of irm-check that needs statistics: delays that are not plausible.
 *
 * Of each stage with 20 or more finished observations, those are reported whose log(days + 1) lies
 * further from the median of the stage than 5 times the median absolute deviation, scaled by 1.4826
 * to estimate a standard deviation. Median and deviation stand up to nearly half of the
 * observations being wrong, which a mean and a standard deviation do not; days are skewed, their
 * logarithms much less so. Where the deviation is 0 nothing is reported.
 * Source: Leys et al. 2013, Journal of Experimental Social Psychology 49(4):764-766, who propose
 * 2.5 to 3; 5 leaves only what looks mistyped.  Test: tests/unit/test_check.c */
#ifndef IRM_STATS_CHECK_DELAYS_H
#define IRM_STATS_CHECK_DELAYS_H

#include "review/check.h"

#define IRM_OUTLIER_LEAST 20 /* observations of a stage */
#define IRM_OUTLIER_MADS  5.0

/* The days beyond which a value is an outlier of days[n]; false where n is under IRM_OUTLIER_LEAST
 * or the deviation is 0. `work` has room for 2 n. IRM_OUTLIER_MADS deviations each way; lo may be
 * below 0. */
bool irm_outlier_limits(const int32_t days[], size_t n, double work[], double *lo, double *hi,
                        double *median);

extern const struct irm_check_group irm_check_delays;

#endif
