#include "stats/crosstab.h"

#include <math.h>
#include <stdlib.h>

#include "stats/noncentral.h"
#include "stats/product.h"

#define MOST ((int64_t)1 << 53) /* what doubles count one by one */

enum irm_code irm_crosstab_init(struct irm_crosstab *out, const int64_t count[], size_t rows,
                                size_t cols, struct irm_err *err)
{
	*out = (struct irm_crosstab){ .rows = rows, .cols = cols, .count = count };
	out->row = calloc(rows + 1, sizeof *out->row);
	out->col = calloc(cols + 1, sizeof *out->col);
	enum irm_code code = IRM_OK;
	if (!out->row || !out->col) {
		irm_crosstab_release(out);
		return irm_err_memory(err);
	}
	for (size_t i = 0; !code && i < rows * cols; i++) {
		if (count[i] < 0 || count[i] > MOST - out->n) {
			code = irm_err_set(err, IRM_INPUT,
			                   "expected counts from 0 that add up to %lld at most",
			                   (long long)MOST);
			break;
		}
		out->row[i / cols] += count[i];
		out->col[i % cols] += count[i];
		out->n += count[i];
	}
	if (code)
		irm_crosstab_release(out);
	return code;
}

void irm_crosstab_release(struct irm_crosstab *crosstab)
{
	free(crosstab->row);
	free(crosstab->col);
	*crosstab = (struct irm_crosstab){ 0 };
}

bool irm_crosstab_testable(const struct irm_crosstab *c)
{
	for (size_t i = 0; i < c->rows; i++)
		if (c->row[i] == 0)
			return false;
	for (size_t j = 0; j < c->cols; j++)
		if (c->col[j] == 0)
			return false;
	return c->rows > 1 && c->cols > 1;
}

double irm_crosstab_expected(const struct irm_crosstab *c, size_t row, size_t col)
{
	return (double)c->row[row] * ((double)c->col[col] / (double)c->n);
}

double irm_crosstab_excess(const struct irm_crosstab *c, size_t row, size_t col)
{
	return irm_product_difference((double)c->count[row * c->cols + col], (double)c->n,
	                              (double)c->row[row], (double)c->col[col]) /
	       (double)c->n;
}

struct irm_test irm_crosstab_chisq(const struct irm_crosstab *c)
{
	struct irm_test test = { (double)NAN, (double)NAN, (double)NAN };
	if (!irm_crosstab_testable(c))
		return test;
	test.chisq = 0;
	for (size_t i = 0; i < c->rows; i++) {
		for (size_t j = 0; j < c->cols; j++) {
			double excess = irm_crosstab_excess(c, i, j);
			test.chisq += excess * (excess / irm_crosstab_expected(c, i, j));
		}
	}
	test.df = (double)(c->rows - 1) * (double)(c->cols - 1);
	test.p = irm_noncentral_tail(test.chisq, test.df, 0, true);
	return test;
}

double irm_crosstab_residual(const struct irm_crosstab *c, size_t row, size_t col)
{
	if (!irm_crosstab_testable(c))
		return (double)NAN;
	double n = (double)c->n;
	double other_rows = (double)(c->n - c->row[row]) / n;
	double other_cols = (double)(c->n - c->col[col]) / n;
	return irm_crosstab_excess(c, row, col) /
	       sqrt(irm_crosstab_expected(c, row, col) * other_rows * other_cols);
}

/* The greatest chi-squared that the table could have. */
static double most_chisq(const struct irm_crosstab *c)
{
	return (double)c->n * (double)((c->rows < c->cols ? c->rows : c->cols) - 1);
}

double irm_cramers_v(const struct irm_crosstab *c)
{
	struct irm_test test = irm_crosstab_chisq(c);
	return isnan(test.chisq) ? (double)NAN : fmin(sqrt(test.chisq / most_chisq(c)), 1);
}

struct irm_interval irm_cramers_v_limits(const struct irm_crosstab *c, double level)
{
	struct irm_test test = irm_crosstab_chisq(c);
	double tail = (1 - level) / 2;
	if (isnan(test.chisq))
		return (struct irm_interval){ (double)NAN, (double)NAN };
	double least = irm_noncentrality(test.chisq, test.df, tail, true);
	double most = irm_noncentrality(test.chisq, test.df, tail, false);
	return (struct irm_interval){ fmin(sqrt(least / most_chisq(c)), 1),
		                      fmin(sqrt(most / most_chisq(c)), 1) };
}
