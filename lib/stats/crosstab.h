/* Tables of counts by two keys: whether the keys hang together. */
#ifndef IRM_STATS_CROSSTAB_H
#define IRM_STATS_CROSSTAB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "stats/logrank.h"
#include "stats/proportion.h"

/* Borrowed counts with their sums; the sums belong to it. */
struct irm_crosstab {
	size_t rows, cols;
	const int64_t *count; /* [rows * cols] row by row, >= 0 */
	int64_t *row, *col;   /* [rows], [cols] sums */
	int64_t n;            /* of all */
};

/* Adds up the sums of count[rows * cols], which outlives the result. irm_crosstab_release() frees
 * them. IRM_INPUT: a count below 0, or a sum over 2^53; IRM_SYSTEM: no memory. */
IRM_CHECK enum irm_code irm_crosstab_init(struct irm_crosstab *out, const int64_t count[],
                                          size_t rows, size_t cols, struct irm_err *err);
void irm_crosstab_release(struct irm_crosstab *crosstab);

/* Whether there is something to test: two rows and two columns at least, none of them empty. */
bool irm_crosstab_testable(const struct irm_crosstab *crosstab);

/* What a cell would hold if the keys did not hang together; and what it holds above that, without
 * the rounding of that difference. */
double irm_crosstab_expected(const struct irm_crosstab *crosstab, size_t row, size_t col);
double irm_crosstab_excess(const struct irm_crosstab *crosstab, size_t row, size_t col);

/* Pearson's chi-squared test, without correction for continuity; all NAN where there is none.
 * Source: Pearson 1900, Philosophical Magazine 50:157-175.  Tests: tests/unit/test_crosstab.c;
 * against R's chisq.test tests/r/crosstab.R, as the rest of this file */
struct irm_test irm_crosstab_chisq(const struct irm_crosstab *crosstab);

/* The excess over its standard error, of about a normal distribution where the keys do not hang
 * together; NAN where there is no test. Source: Haberman 1973, Biometrics 29:205-220 (adjusted
 * residuals, R's stdres). */
double irm_crosstab_residual(const struct irm_crosstab *crosstab, size_t row, size_t col);

/* Cramer's V: 0, the keys do not hang together, to 1, one gives the other. NAN: no test.
 * Source: Cramer 1946, Mathematical Methods of Statistics, section 21.9. */
double irm_cramers_v(const struct irm_crosstab *crosstab);

/* Its two-sided limits: the V of the noncentral chi-squared distributions of whose upper and lower
 * end the test's value is the quantile. The noncentrality is n times the squared contrast of the
 * shares themselves, so it becomes V without the degrees of freedom that Smithson adds to it, and
 * the lower limit is 0 where the test does not reject at (1 - level) / 2; cut at 1. Source: Steiger
 * & Fouladi 1997, in What If There Were No Significance Tests?, 221-257; Smithson 2003, Confidence
 * Intervals, chapter 4. */
struct irm_interval irm_cramers_v_limits(const struct irm_crosstab *crosstab, double level);

#endif
