/* Kaplan-Meier curves: how long things take when some have not ended yet.
 *
 * Everything follows what R's package survival 3.5 documents for survfit() and prints for it, so
 * that a figure can be checked there. The input may be single observations or a tally of them: the
 * same counts give the same bytes, whatever the order of their rows. */
#ifndef IRM_STATS_KM_H
#define IRM_STATS_KM_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "stats/proportion.h"
#include "stats/sample.h"

/* A curve; the arrays have a point for each day on which something ended or was cut off, ascending.
 * They belong to the curve. */
struct irm_curve {
	int64_t n;     /* observations */
	int64_t ended; /* of them: event = 1 */
	int32_t last;  /* last observed day; IRM_DAY_NONE where n is 0 */
	size_t points;
	const int32_t *time;     /* days */
	const int64_t *at_risk;  /* under observation just before the day's events */
	const int64_t *events;   /* ended on the day */
	const int64_t *censored; /* cut off on the day, after its events */
	const double *survival;  /* share not yet ended after the day */
	const double *se;        /* standard error of survival; NAN where survival is 0 */
	const double *lo, *hi;   /* limits of survival; NAN until irm_km_limits(), and unknown */
};

/* How limits are transformed so that they keep to their side. */
enum irm_conf { IRM_CONF_LOG_LOG, IRM_CONF_LOG, IRM_CONF_PLAIN };

/* A quantile in days with its limits; NAN where a curve does not come down to it. */
struct irm_quantile {
	double day, lo, hi;
};

/* A mean in days with its standard error; both NAN: unknown. */
struct irm_mean {
	double mean, se;
};

/* The transformation of a name: log-log, log, plain; NULL is log-log. IRM_USAGE, with the nearest.
 */
IRM_CHECK enum irm_code irm_conf_parse(enum irm_conf *out, const char *name, struct irm_err *err);

/* Fits a curve.
 *
 * out     new curve; the caller frees it with irm_curve_free(); untouched on error
 * days    [n] whole days from start to end, >= 0, any order; neither changed nor kept
 * event   [n] 1 ended, 0 still open at days[i] (right-censored)
 * count   [n] observations each row stands for, >= 1; NULL: 1 each
 * n       rows; 0 gives a curve without points, whose figures are NAN (unknown)
 *
 * Events come before censorings of the same day. The variance is Greenwood's. Counts are kept
 * whole; shares of them are exact to 2^53. IRM_INPUT: days[i] < 0, event[i] > 1, count[i] < 1, or
 * counts that int64_t does not hold together. IRM_SYSTEM: no memory. O(n log n) time. Sources:
 * Kaplan & Meier 1958, JASA 53:457-481; Greenwood 1926, Reports on Public Health and Medical
 * Subjects 33:1-26.  Tests: tests/unit/test_km.c; against R: tests/r/survival.R */
IRM_CHECK enum irm_code irm_km_fit(struct irm_curve **out, const int32_t days[],
                                   const uint8_t event[], const int64_t count[], size_t n,
                                   struct irm_err *err);
/* The same with left truncation: at risk on a day are those whose entry lies before it. Its
 * outcome, group and stratum are not read. IRM_INPUT too: an entry that is not before its days.
 * Where all at risk ended on an early day, while few had entered, survival is 0 from there on, as
 * in R. Source: Klein & Moeschberger 2003, section 4.6.  Test: tests/unit/test_km.c;
 * tests/r/entry.R */
IRM_CHECK enum irm_code irm_km_fit_sample(struct irm_curve **out, const struct irm_sample *sample,
                                          struct irm_err *err);
void irm_curve_free(struct irm_curve *curve);

/* Limits of a share, of survival or of another: `width` is what lies on each side on the scale of
 * its logarithm, a normal quantile times the relative standard error. Both NAN where they are
 * unknown; see irm_km_limits(). */
struct irm_interval irm_conf_limits(enum irm_conf type, double share, double width);

/* Fills lo and hi with two-sided limits at each point.
 *
 * level   between 0 and 1, as 0.95; else IRM_USAGE
 * type    log-log and log limits are unknown at survival 0, log-log ones at survival 1 too; log and
 *         plain ones are cut at 1, plain ones at 0
 *
 * Source: Kalbfleisch & Prentice 2002, The Statistical Analysis of Failure Time Data, section 1.4;
 * survfit.formula's manual page, conf.type. */
IRM_CHECK enum irm_code irm_km_limits(struct irm_curve *curve, double level, enum irm_conf type,
                                      struct irm_err *err);

/* The day by which the share p, between 0 and 1, has ended, and where the limit curves say so: the
 * first day on which survival is at most 1 - p. Where it equals 1 - p (to 1.5e-8, the square root
 * of DBL_EPSILON), half way to the next drop, or the first such day when the curve stays flat to
 * its end. The limits: the same rule on the limit curves, at their first crossing, unknown points
 * passed over. This is the rule of R's print(survfit), which shows p = 0.5. Source: Brookmeyer &
 * Crowley 1982, Biometrics 38:29-41, for the limits. */
struct irm_quantile irm_km_quantile(const struct irm_curve *curve, double p);

/* The mean of the days up to `tau` (what is open then counts tau), tau >= 0: the area under the
 * curve; and its standard error. Beyond its last day the curve stays flat, as in R: then the mean
 * is too small where survival is not 0. Source: Klein & Moeschberger 2003, Survival Analysis,
 * section 4.5, without its factor for small n, as R's survmean. */
struct irm_mean irm_km_rmean(const struct irm_curve *curve, double tau);

/* The ordinary median of the days of those that ended (R's quantile type 7), which leaves out the
 * open ones and so comes out too small; NAN where none ended.
 * Source: Hyndman & Fan 1996, American Statistician 50:361-365. */
double irm_km_median_done(const struct irm_curve *curve);

#endif
