#include "stats/waiting.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "stats/km.h"

struct group {
	size_t first, n; /* rows of the counter */
	bool is_total;
	struct irm_curve *curve;
};

struct fitting {
	const struct irm_counter *waits;
	size_t n_by;
	struct group *groups; /* [waits->n + 1] */
	size_t n;
	int32_t *days; /* room for the rows of one group */
	uint8_t *event;
	int64_t *count;
};

static const uint32_t *key_of(const struct irm_counter *waits, size_t row)
{
	return waits->keys + row * waits->width;
}

static bool is_unknown(const struct fitting *in, size_t row)
{
	return key_of(in->waits, row)[in->n_by] == IRM_VALUE_UNKNOWN;
}

/* Rows of a group lie together. */
static void find_groups(struct fitting *in)
{
	for (size_t i = 0; i < in->waits->n; i++) {
		const uint32_t *key = key_of(in->waits, i);
		bool is_same = in->n && (!in->n_by || memcmp(key, key_of(in->waits, i - 1),
		                                             in->n_by * sizeof *key) == 0);
		if (!is_same)
			in->groups[in->n++] = (struct group){ .first = i };
		struct group *group = &in->groups[in->n - 1];
		group->n++;
		for (size_t k = 0; k < in->n_by; k++)
			group->is_total = group->is_total || key[k] == IRM_VALUE_ALL;
	}
}

static enum irm_code fit(struct fitting *in, struct group *group, bool limits, double level,
                         struct irm_err *err)
{
	size_t n = 0;
	for (size_t i = group->first; i < group->first + group->n; i++) {
		const uint32_t *key = key_of(in->waits, i);
		if (is_unknown(in, i))
			continue;
		in->days[n] = (int32_t)key[in->n_by];
		in->event[n] = (uint8_t)key[in->n_by + 1];
		in->count[n++] = in->waits->counts[i * in->waits->columns + IRM_WAIT_COUNT];
	}
	enum irm_code code = irm_km_fit(&group->curve, in->days, in->event, in->count, n, err);
	if (!code && limits)
		code = irm_km_limits(group->curve, level, IRM_CONF_LOG_LOG, err);
	return code;
}

static double common_tau(const struct fitting *in)
{
	double tau = (double)NAN;
	for (size_t i = 0; i < in->n; i++) {
		const struct irm_curve *curve = in->groups[i].curve;
		if (!in->groups[i].is_total && curve->n > 0 && !(tau <= curve->last))
			tau = curve->last;
	}
	return tau;
}

static void write_group(const struct fitting *in, const struct irm_query *query,
                        const struct group *group, double tau, struct irm_writer *out)
{
	struct irm_quantile median = irm_km_quantile(group->curve, 0.5);
	struct irm_mean mean = irm_km_rmean(group->curve, tau);
	const double figures[] = { median.day,
		                   median.lo,
		                   median.hi,
		                   irm_km_quantile(group->curve, 0.25).day,
		                   irm_km_quantile(group->curve, 0.75).day,
		                   mean.mean,
		                   mean.se,
		                   tau };
	irm_query_cells(query, key_of(in->waits, group->first), out);
	irm_writer_count(out, group->curve->n);
	irm_writer_count(out, group->curve->ended);
	for (size_t i = 0; i < sizeof figures / sizeof *figures; i++)
		irm_writer_number(out, figures[i]);
	irm_writer_row(out);
}

static int64_t count_unknown(const struct fitting *in)
{
	int64_t sum = 0;
	for (size_t g = 0; g < in->n; g++) {
		const struct group *group = &in->groups[g];
		for (size_t i = group->first; !group->is_total && i < group->first + group->n; i++)
			if (is_unknown(in, i))
				sum += in->waits->counts[i * in->waits->columns + IRM_WAIT_COUNT];
	}
	return sum;
}

static void write_groups(const struct fitting *in, const struct irm_query *query,
                         struct irm_writer *out, size_t *few)
{
	double tau = common_tau(in);
	irm_query_columns(query, out);
	irm_writer_columns(out, "n,events,median,median_lo,median_hi,q25,q75,rmean,rmean_se,tau");
	for (size_t i = 0; i < in->n; i++) {
		const struct irm_curve *curve = in->groups[i].curve;
		write_group(in, query, &in->groups[i], tau, out);
		*few += curve->n > 0 && curve->n < IRM_FEW;
	}
}

enum irm_code irm_waiting_write(const struct irm_counter *waits, const struct irm_query *query,
                                bool limits, double level, struct irm_writer *out, size_t *few,
                                int64_t *unknown, struct irm_err *err)
{
	size_t room = waits->n + 1;
	struct fitting in = {
		.waits = waits,
		.n_by = query->n_by,
		.groups = calloc(room, sizeof *in.groups),
		.days = malloc(room * sizeof *in.days),
		.event = malloc(room),
		.count = malloc(room * sizeof *in.count),
	};
	bool has_room = in.groups && in.days && in.event && in.count;
	enum irm_code code = has_room ? IRM_OK : irm_err_memory(err);
	*few = 0;
	*unknown = 0;
	if (!code)
		find_groups(&in);
	for (size_t i = 0; i < in.n && !code; i++)
		code = fit(&in, &in.groups[i], limits, level, err);
	if (!code) {
		write_groups(&in, query, out, few);
		*unknown = count_unknown(&in);
	}
	for (size_t i = 0; i < in.n; i++)
		irm_curve_free(in.groups[i].curve);
	free(in.groups);
	free(in.days);
	free(in.event);
	free(in.count);
	return code;
}
