#include "stats/delays.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The known rows of a group as the arrays that a curve is fitted to. */
struct known {
	int32_t *days;
	uint8_t *event;
	int64_t *count;
	size_t n;
};

static void count_row(struct irm_delay *out, const struct irm_tally_row *row)
{
	if (row->event < 0) {
		out->unknown += row->count;
		return;
	}
	out->n += row->count;
	*(row->event ? &out->done : &out->open) += row->count;
	if (row->late == 0)
		out->on_time += row->count;
	if (row->late == 1)
		out->late += row->count;
	if (row->late == 1 && row->event == 0)
		out->overdue += row->count;
}

static void collect(struct known *known, struct irm_delay *out, const struct irm_tally *tally,
                    const struct irm_tally_group *group)
{
	known->n = 0;
	for (size_t i = group->first; i < group->first + group->n; i++) {
		const struct irm_tally_row *row = &tally->rows[i];
		count_row(out, row);
		if (row->event < 0 || row->count == 0)
			continue;
		known->days[known->n] = row->days;
		known->event[known->n] = (uint8_t)row->event;
		known->count[known->n++] = row->count;
	}
}

static void estimate_curve(struct irm_delay *out, const struct irm_curve *curve)
{
	out->median = irm_km_quantile(curve, 0.5);
	out->q25 = irm_km_quantile(curve, 0.25).day;
	out->q75 = irm_km_quantile(curve, 0.75).day;
	out->q90 = irm_km_quantile(curve, 0.9).day;
	out->median_done = irm_km_median_done(curve);
}

static void estimate_rate(struct irm_delay *out, const struct irm_delay_options *options)
{
	int64_t decided = out->on_time + out->late;
	struct irm_interval limits =
	        irm_proportion_limits(options->ci, out->on_time, decided, options->level);
	out->on_time_rate = irm_proportion(out->on_time, decided);
	out->on_time_lo = limits.lo;
	out->on_time_hi = limits.hi;
}

/* The smallest last observed day of the stage's groups that are no totals. */
static double common_tau(const struct irm_tally *tally, struct irm_curve *const curves[],
                         const char *stage)
{
	double tau = (double)NAN;
	for (size_t g = 0; g < tally->n_groups; g++) {
		const struct irm_tally_group *group = &tally->groups[g];
		if (group->is_total || curves[g]->n == 0 || strcmp(group->stage, stage) != 0)
			continue;
		if (isnan(tau) || curves[g]->last < tau)
			tau = curves[g]->last;
	}
	return tau;
}

static void estimate_means(struct irm_delay *out, const struct irm_tally *tally,
                           struct irm_curve *const curves[],
                           const struct irm_delay_options *options)
{
	for (size_t g = 0; g < tally->n_groups; g++) {
		bool given = !isnan(options->tau);
		out[g].tau =
		        given ? options->tau : common_tau(tally, curves, tally->groups[g].stage);
		out[g].rmean = irm_km_rmean(curves[g], out[g].tau);
	}
}

static enum irm_code fit_groups(struct irm_delay *out, struct irm_curve **curves,
                                struct known *known, const struct irm_tally *tally,
                                const struct irm_delay_options *options, struct irm_err *err)
{
	for (size_t g = 0; g < tally->n_groups; g++) {
		collect(known, &out[g], tally, &tally->groups[g]);
		if (irm_km_fit(&curves[g], known->days, known->event, known->count, known->n, err))
			return err->code;
		if (options->ci != IRM_CI_NONE &&
		    irm_km_limits(curves[g], options->level, options->conf, err))
			return err->code;
		estimate_curve(&out[g], curves[g]);
		estimate_rate(&out[g], options);
	}
	estimate_means(out, tally, curves, options);
	return IRM_OK;
}

enum irm_code irm_delays_estimate(struct irm_delay *out, const struct irm_tally *tally,
                                  const struct irm_delay_options *options, struct irm_err *err)
{
	size_t room = tally->n_rows + 1;
	struct known known = { malloc(room * sizeof *known.days), malloc(room),
		               malloc(room * sizeof *known.count), 0 };
	struct irm_curve **curves = calloc(tally->n_groups + 1, sizeof *curves);
	enum irm_code code;
	memset(out, 0, tally->n_groups * sizeof *out);
	if (known.days && known.event && known.count && curves)
		code = fit_groups(out, curves, &known, tally, options, err);
	else
		code = irm_err_memory(err);
	for (size_t g = 0; curves && g < tally->n_groups; g++)
		irm_curve_free(curves[g]);
	free(curves);
	free(known.days);
	free(known.event);
	free(known.count);
	return code;
}

static void write_group(struct irm_writer *out, const struct irm_tally *tally,
                        const struct irm_tally_group *group, const struct irm_delay *d)
{
	const int64_t counts[] = { d->n, d->done, d->open, d->unknown };
	const double days[] = {
		d->median.day, d->median.lo,  d->median.hi, d->q25, d->q75,
		d->q90,        d->rmean.mean, d->rmean.se,  d->tau, d->median_done
	};
	const int64_t kept[] = { d->on_time, d->late, d->overdue };
	const double rate[] = { d->on_time_rate, d->on_time_lo, d->on_time_hi };
	irm_writer_day(out, group->as_of);
	for (size_t k = 0; k < tally->n_keys; k++)
		irm_writer_text(out, group->keys[k]);
	irm_writer_text(out, group->stage);
	irm_writer_text(out, group->party);
	irm_writer_text(out, group->time_limit);
	for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
		irm_writer_count(out, counts[i]);
	for (size_t i = 0; i < sizeof days / sizeof *days; i++)
		irm_writer_number(out, days[i]);
	for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
		irm_writer_count(out, kept[i]);
	for (size_t i = 0; i < sizeof rate / sizeof *rate; i++)
		irm_writer_number(out, rate[i]);
	irm_writer_row(out);
}

enum irm_code irm_delays_write(const struct irm_tally *tally,
                               const struct irm_delay_options *options, struct irm_writer *out,
                               size_t *few, struct irm_err *err)
{
	*few = 0;
	struct irm_delay *delays = calloc(tally->n_groups + 1, sizeof *delays);
	if (!delays)
		return irm_err_memory(err);
	enum irm_code code = irm_delays_estimate(delays, tally, options, err);
	if (!code) {
		irm_writer_column(out, "as_of");
		for (size_t k = 0; k < tally->n_keys; k++)
			irm_writer_column(out, tally->key_names[k]);
		irm_writer_columns(out,
		                   "stage,party,time_limit,n,done,open,unknown,median,median_lo,"
		                   "median_hi,q25,q75,q90,rmean,rmean_se,tau,median_done,on_time,"
		                   "late,overdue,on_time_rate,on_time_lo,on_time_hi");
		for (size_t g = 0; g < tally->n_groups; g++) {
			write_group(out, tally, &tally->groups[g], &delays[g]);
			*few += delays[g].n > 0 && delays[g].n < IRM_FEW;
		}
	}
	free(delays);
	return code;
}
