#include "stats/waits_table.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "review/waits.h"

/* The rows of the counter with the same keys, and the curve of those that are known. */
struct group {
	const uint32_t *key;
	int64_t unknown;
	bool is_total;
	double tau;
	struct irm_curve *curve;
};

struct table {
	const struct irm_counter *waits;
	size_t width, n_by; /* numbers of a key that tell groups apart; of them the query's */
	struct group *groups;
	size_t n;
	int32_t *days; /* of one group, as a curve is fitted to them */
	uint8_t *event;
	int64_t *count;
};

static enum irm_code make(struct table *t, const struct irm_counter *waits,
                          const struct irm_query *query, struct irm_err *err)
{
	size_t room = waits->n + 1;
	*t = (struct table){ .waits = waits, .width = waits->width - 2, .n_by = query->n_by };
	t->groups = calloc(room, sizeof *t->groups);
	t->days = calloc(room, sizeof *t->days);
	t->event = calloc(room, sizeof *t->event);
	t->count = calloc(room, sizeof *t->count);
	return t->groups && t->days && t->event && t->count ? IRM_OK : irm_err_memory(err);
}

static void release(struct table *t)
{
	for (size_t i = 0; t->groups && i < t->n; i++)
		irm_curve_free(t->groups[i].curve);
	free(t->groups);
	free(t->days);
	free(t->event);
	free(t->count);
}

/* Fits the group that begins at a row; *row becomes the first of the next. */
static enum irm_code fit(struct table *t, size_t *row, const struct irm_delay_options *options,
                         struct irm_err *err)
{
	const struct irm_counter *waits = t->waits;
	struct group *group = &t->groups[t->n++];
	group->key = waits->keys + *row * waits->width;
	for (size_t k = 0; k < t->n_by; k++)
		group->is_total = group->is_total || group->key[k] == IRM_VALUE_ALL;
	size_t n = 0;
	for (; *row < waits->n && memcmp(waits->keys + *row * waits->width, group->key,
	                                 t->width * sizeof *group->key) == 0;
	     ++*row) {
		struct irm_wait wait = irm_wait_at(waits, *row);
		if (wait.event < 0) {
			group->unknown += waits->counts[*row];
			continue;
		}
		t->days[n] = wait.days;
		t->event[n] = (uint8_t)wait.event;
		t->count[n++] = waits->counts[*row];
	}
	if (irm_km_fit(&group->curve, t->days, t->event, t->count, n, err))
		return err->code;
	if (options->ci == IRM_CI_NONE)
		return IRM_OK;
	return irm_km_limits(group->curve, options->level, options->conf, err);
}

/* The smallest last day of the groups that the group's mean compares with. */
static double common_tau(const struct table *t, const struct group *group)
{
	double tau = (double)NAN;
	for (size_t i = 0; i < t->n; i++) {
		const struct group *other = &t->groups[i];
		if (other->is_total || other->curve->n == 0 ||
		    memcmp(other->key + t->n_by, group->key + t->n_by,
		           (t->width - t->n_by) * sizeof *group->key) != 0)
			continue;
		if (isnan(tau) || other->curve->last < tau)
			tau = other->curve->last;
	}
	return tau;
}

static void write_group(struct irm_writer *out, const struct irm_query *query,
                        const struct group *group, const enum irm_key more[], size_t n_more)
{
	struct irm_quantile median = irm_km_quantile(group->curve, 0.5);
	struct irm_mean mean = irm_km_rmean(group->curve, group->tau);
	const double figures[] = { median.day,
		                   median.lo,
		                   median.hi,
		                   irm_km_quantile(group->curve, 0.25).day,
		                   irm_km_quantile(group->curve, 0.75).day,
		                   mean.mean,
		                   mean.se,
		                   group->tau };
	char buffer[16];
	irm_query_cells(query, group->key, out);
	for (size_t k = 0; k < n_more; k++)
		irm_writer_text(out, irm_key_text(query->data, more[k], group->key[query->n_by + k],
		                                  query->names, buffer));
	irm_writer_count(out, group->curve->n);
	irm_writer_count(out, group->curve->ended);
	for (size_t i = 0; i < sizeof figures / sizeof *figures; i++)
		irm_writer_number(out, figures[i]);
	irm_writer_count(out, group->unknown);
	irm_writer_row(out);
}

enum irm_code irm_waits_write(const struct irm_counter *waits, const struct irm_query *query,
                              const enum irm_key more[], size_t n_more,
                              const struct irm_delay_options *options, struct irm_writer *out,
                              size_t *few, struct irm_err *err)
{
	struct table t;
	enum irm_code code = make(&t, waits, query, err);
	*few = 0;
	for (size_t row = 0; !code && row < waits->n;)
		code = fit(&t, &row, options, err);
	if (!code) {
		irm_query_columns(query, out);
		for (size_t k = 0; k < n_more; k++)
			irm_writer_column(out, irm_key_name(more[k]));
		irm_writer_columns(out, "n,events,median,median_lo,median_hi,q25,q75,rmean,"
		                        "rmean_se,tau,unknown");
	}
	for (size_t i = 0; !code && i < t.n; i++) {
		struct group *group = &t.groups[i];
		group->tau = isnan(options->tau) ? common_tau(&t, group) : options->tau;
		write_group(out, query, group, more, n_more);
		*few += group->curve->n > 0 && group->curve->n < IRM_FEW;
	}
	release(&t);
	return code;
}
