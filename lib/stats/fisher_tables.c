#include "stats/fisher_tables.h"

#include <math.h>
#include <stdlib.h>

#include <gsl/gsl_sf_gamma.h>

#include "stats/deviance.h"
#include "stats/product.h"

#define MOST_KEPT 4000000 /* costs, 32 MB */

static int ascending(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
	return (x > y) - (x < y);
}

static double cell_cost(int64_t row, int64_t col, int64_t n, int64_t count)
{
	double expected = (double)row * ((double)col / (double)n);
	double more = irm_product_difference((double)count, (double)n, (double)row, (double)col);
	return irm_log_factorial_rest((double)count) +
	       irm_deviance((double)count, expected, more / (double)n);
}

double irm_sums_cost(const struct irm_sums *s, size_t row, size_t col, int64_t count)
{
	if (s->cost)
		return s->cost[row * s->cols + col][count];
	return cell_cost(s->row[row], s->col[col], s->n, count);
}

static int64_t most_of(const struct irm_sums *s, size_t row, size_t col)
{
	return s->row[row] < s->col[col] ? s->row[row] : s->col[col];
}

/* Computes the costs of all counts beforehand where there are not too many of them. */
static enum irm_code keep_costs(struct irm_sums *s, struct irm_err *err)
{
	int64_t all = 0;
	for (size_t i = 0; i < s->rows; i++)
		for (size_t j = 0; j < s->cols && all <= MOST_KEPT; j++)
			all += 1 + most_of(s, i, j);
	if (all > MOST_KEPT)
		return IRM_OK;
	s->cost = calloc(s->rows * s->cols + 1, sizeof *s->cost);
	if (!s->cost)
		return irm_err_memory(err);
	double *next = s->cost[0] = calloc((size_t)all + 1, sizeof *next);
	if (!next)
		return irm_err_memory(err);
	for (size_t i = 0; i < s->rows; i++) {
		for (size_t j = 0; j < s->cols; j++) {
			s->cost[i * s->cols + j] = next;
			for (int64_t x = 0; x <= most_of(s, i, j); x++)
				*next++ = cell_cost(s->row[i], s->col[j], s->n, x);
		}
	}
	return IRM_OK;
}

/* Turned so that there are no fewer rows than columns. */
static void sort_sums(struct irm_sums *s, const struct irm_crosstab *c)
{
	bool turned = c->rows < c->cols;
	for (size_t i = 0; i < s->rows; i++)
		s->row[i] = turned ? c->col[i] : c->row[i];
	for (size_t j = 0; j < s->cols; j++)
		s->col[j] = turned ? c->row[j] : c->col[j];
	qsort(s->row, s->rows, sizeof *s->row, ascending);
	qsort(s->col, s->cols, sizeof *s->col, ascending);
}

static void cost_sums(struct irm_sums *s, const struct irm_crosstab *c)
{
	s->most = -irm_log_factorial_rest((double)s->n);
	for (size_t i = 0; i < s->rows; i++)
		s->most += irm_log_factorial_rest((double)s->row[i]);
	for (size_t j = 0; j < s->cols; j++)
		s->most += irm_log_factorial_rest((double)s->col[j]);
	for (size_t i = 0; i < c->rows; i++) {
		for (size_t j = 0; j < c->cols; j++) {
			int64_t count = c->count[i * c->cols + j];
			s->observed += cell_cost(c->row[i], c->col[j], c->n, count);
			s->logs += gsl_sf_lngamma((double)count + 1);
		}
	}
}

enum irm_code irm_sums_init(struct irm_sums *out, const struct irm_crosstab *c, struct irm_err *err)
{
	*out = (struct irm_sums){ .rows = c->rows > c->cols ? c->rows : c->cols,
		                  .cols = c->rows > c->cols ? c->cols : c->rows,
		                  .n = c->n };
	out->row = calloc(out->rows, sizeof *out->row);
	out->col = calloc(out->cols, sizeof *out->col);
	if (!out->row || !out->col) {
		irm_sums_release(out);
		return irm_err_memory(err);
	}
	sort_sums(out, c);
	cost_sums(out, c);
	enum irm_code code = keep_costs(out, err);
	if (code)
		irm_sums_release(out);
	return code;
}

void irm_sums_release(struct irm_sums *s)
{
	free(s->row);
	free(s->col);
	if (s->cost)
		free(s->cost[0]);
	free(s->cost);
	*s = (struct irm_sums){ 0 };
}
