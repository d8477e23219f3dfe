#include "stats/regions.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "stats/adjust.h"

/* Rows of regions, those of a group together. */
struct regions {
	const struct irm_counter *counts;
	const struct irm_query *query;
	struct irm_counter order; /* keys: the others and then region; counts: the row */
	size_t *begin;            /* [n + 1] where a group's rows begin in order */
	size_t n;
};

/* The row's keys with the region at the end; false where it is no row of a region. */
static bool move_region(const struct irm_query *query, const uint32_t *key, uint32_t *out)
{
	size_t n = 0;
	uint32_t region = IRM_VALUE_ALL;
	for (size_t k = 0; k < query->n_by; k++) {
		if (query->by[k] == IRM_BY_REGION)
			region = key[k];
		else
			out[n++] = key[k];
	}
	out[n] = region;
	return region < IRM_VALUE_UNKNOWN;
}

static enum irm_code order_rows(struct regions *r, struct irm_err *err)
{
	for (size_t i = 0; i < r->counts->n; i++) {
		uint32_t key[IRM_KEYS_MOST];
		if (!move_region(r->query, r->counts->keys + i * r->counts->width, key))
			continue;
		int64_t *row = irm_counter_at(&r->order, key);
		if (!row)
			return irm_err_memory(err);
		*row = (int64_t)i;
	}
	return irm_counter_sort(&r->order) ? irm_err_memory(err) : IRM_OK;
}

static enum irm_code find_groups(struct regions *r, struct irm_err *err)
{
	size_t width = r->order.width, others = (width - 1) * sizeof *r->order.keys;
	r->begin = malloc((r->order.n + 1) * sizeof *r->begin);
	if (!r->begin)
		return irm_err_memory(err);
	for (size_t i = 0; i < r->order.n; i++) {
		const uint32_t *key = r->order.keys + i * width;
		if (i == 0 || memcmp(key, key - width, others) != 0)
			r->begin[r->n++] = i;
	}
	r->begin[r->n] = r->order.n;
	return IRM_OK;
}

static enum irm_code regions_init(struct regions *r, const struct irm_counter *counts,
                                  const struct irm_query *query, struct irm_err *err)
{
	*r = (struct regions){ .counts = counts, .query = query };
	irm_counter_init(&r->order, query->n_by, 1);
	return order_rows(r, err) ? err->code : find_groups(r, err);
}

static void regions_release(struct regions *r)
{
	irm_counter_release(&r->order);
	free(r->begin);
}

/* The row of a group's place. */
static size_t row_of(const struct regions *r, size_t place)
{
	return (size_t)r->order.counts[place];
}

static int64_t count_of(const struct regions *r, size_t place, enum irm_assist_column column)
{
	return r->counts->counts[row_of(r, place) * r->counts->columns + column];
}

/* --- the test ------------------------------------------------------------------------------- */

struct test {
	int64_t regions, eligible, with_need;
	struct irm_fisher fisher;
};

static enum irm_code test_group(struct test *out, const struct regions *r, size_t group,
                                uint32_t seed, struct irm_err *err)
{
	size_t first = r->begin[group], n = r->begin[group + 1] - first;
	struct irm_crosstab crosstab = { .n = 0 };
	int64_t *cells = calloc(2 * n, sizeof *cells);
	if (!cells)
		return irm_err_memory(err);
	*out = (struct test){ .regions = (int64_t)n };
	for (size_t i = 0; i < n; i++) {
		int64_t with_need = count_of(r, first + i, IRM_ASSIST_WITH_NEED);
		int64_t eligible = count_of(r, first + i, IRM_ASSIST_ELIGIBLE);
		cells[2 * i] = with_need;
		cells[2 * i + 1] = eligible - with_need;
		out->eligible += eligible;
		out->with_need += with_need;
	}
	enum irm_code code = irm_crosstab_init(&crosstab, cells, n, 2, err);
	if (!code)
		code = irm_fisher(&out->fisher, &crosstab, 0, seed, err);
	irm_crosstab_release(&crosstab);
	free(cells);
	return code;
}

static void write_test(const struct regions *r, size_t group, const struct test *test,
                       double adjusted, struct irm_writer *out)
{
	static const char *const methods[] = { NULL, "exact", "monte-carlo" };
	const struct irm_query *query = r->query;
	const uint32_t *key = r->order.keys + r->begin[group] * r->order.width;
	char buffer[16];
	irm_writer_day(out, query->as_of);
	for (size_t k = 0; k < query->n_by; k++)
		if (query->by[k] != IRM_BY_REGION)
			irm_writer_text(out, irm_key_text(query->data, query->by[k], *key++,
			                                  query->names, buffer));
	irm_writer_count(out, test->regions);
	irm_writer_count(out, test->eligible);
	irm_writer_count(out, test->with_need);
	irm_writer_number(out, test->fisher.p);
	irm_writer_text(out, methods[test->fisher.method]);
	irm_writer_number(out, test->fisher.se);
	irm_writer_number(out, adjusted);
	irm_writer_row(out);
}

static void write_tests(const struct regions *r, const struct test *tests, const double *adjusted,
                        struct irm_writer *out)
{
	irm_writer_column(out, "as_of");
	for (size_t k = 0; k < r->query->n_by; k++)
		if (r->query->by[k] != IRM_BY_REGION)
			irm_writer_column(out, irm_key_name(r->query->by[k]));
	irm_writer_columns(out, "regions,eligible,with_need,fisher_p,fisher_method,fisher_se,"
	                        "p_adjusted");
	for (size_t i = 0; i < r->n; i++)
		write_test(r, i, &tests[i], adjusted[i], out);
}

enum irm_code irm_regions_test(const struct irm_counter *counts, const struct irm_query *query,
                               uint32_t seed, struct irm_writer *out, size_t *drawn,
                               struct irm_err *err)
{
	struct regions r;
	*drawn = 0;
	enum irm_code code = regions_init(&r, counts, query, err);
	struct test *tests = calloc(r.n + 1, sizeof *tests);
	double *p = calloc(r.n + 1, sizeof *p);
	if (!code && (!tests || !p))
		code = irm_err_memory(err);
	for (size_t i = 0; i < r.n && !code; i++) {
		code = test_group(&tests[i], &r, i, seed, err);
		p[i] = tests[i].fisher.p;
		*drawn += tests[i].fisher.method == IRM_FISHER_DRAWN;
	}
	if (!code)
		code = irm_adjust_p(p, p, r.n, IRM_ADJUST_BH, err);
	if (!code)
		write_tests(&r, tests, p, out);
	free(tests);
	free(p);
	regions_release(&r);
	return code;
}

/* --- smoothing ------------------------------------------------------------------------------ */

static enum irm_code smooth_group(struct irm_smoothed out[], const struct regions *r, size_t group,
                                  double level, struct irm_err *err)
{
	size_t first = r->begin[group], n = r->begin[group + 1] - first;
	int64_t *counts = malloc(2 * n * sizeof *counts);
	struct irm_smoothed *smoothed = malloc(n * sizeof *smoothed);
	enum irm_code code = counts && smoothed ? IRM_OK : irm_err_memory(err);
	for (size_t i = 0; i < n && !code; i++) {
		counts[i] = count_of(r, first + i, IRM_ASSIST_WITH_NEED);
		counts[n + i] = count_of(r, first + i, IRM_ASSIST_ELIGIBLE);
	}
	if (!code)
		code = irm_smooth(smoothed, counts, counts + n, n, level, err);
	for (size_t i = 0; i < n && !code; i++)
		out[row_of(r, first + i)] = smoothed[i];
	free(counts);
	free(smoothed);
	return code;
}

enum irm_code irm_regions_smooth(struct irm_smoothed out[], const struct irm_counter *counts,
                                 const struct irm_query *query, double level, struct irm_err *err)
{
	struct regions r;
	for (size_t i = 0; i < counts->n; i++)
		out[i] = (struct irm_smoothed){ (double)NAN, (double)NAN, (double)NAN };
	enum irm_code code = regions_init(&r, counts, query, err);
	for (size_t i = 0; i < r.n && !code; i++)
		code = smooth_group(out, &r, i, level, err);
	regions_release(&r);
	return code;
}
