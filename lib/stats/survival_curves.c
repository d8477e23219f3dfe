/* Kaplan-Meier's part of irm-survival's table. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "stats/survival_kind.h"

void irm_quantile_name(char out[IRM_QUANTILE_NAME], double p)
{
	double percent = p * 100;
	snprintf(out, IRM_QUANTILE_NAME, percent < 9.9999999995 ? "q0%.10g" : "q%.10g", percent);
}

/* Whether the summary has the quantile without its limits anyway. */
static bool is_quartile(const char *name)
{
	return strcmp(name, "q25") == 0 || strcmp(name, "q75") == 0;
}

void irm_survival_quantile_columns(const struct irm_survival *survival, struct irm_writer *writer)
{
	for (size_t i = 0; i < survival->query.n_quantiles; i++) {
		char name[IRM_QUANTILE_NAME], limit[IRM_QUANTILE_NAME + 3];
		irm_quantile_name(name, survival->query.quantiles[i]);
		if (!is_quartile(name))
			irm_writer_column(writer, name);
		snprintf(limit, sizeof limit, "%s_lo", name);
		irm_writer_column(writer, limit);
		snprintf(limit, sizeof limit, "%s_hi", name);
		irm_writer_column(writer, limit);
	}
}

static void write_quantiles(const struct irm_survival *survival, const struct irm_curve *curve,
                            struct irm_writer *writer)
{
	for (size_t i = 0; i < survival->query.n_quantiles; i++) {
		char name[IRM_QUANTILE_NAME];
		struct irm_quantile q = irm_km_quantile(curve, survival->query.quantiles[i]);
		irm_quantile_name(name, survival->query.quantiles[i]);
		if (!is_quartile(name))
			irm_writer_number(writer, q.day);
		irm_writer_number(writer, q.lo);
		irm_writer_number(writer, q.hi);
	}
}

static void write_summary(const struct irm_survival *survival, size_t group,
                          struct irm_writer *writer)
{
	const struct irm_curve *curve = survival->curves[group];
	struct irm_quantile median = irm_km_quantile(curve, 0.5);
	struct irm_mean mean = irm_km_rmean(curve, survival->tau[group]);
	irm_survival_write_keys(survival, group, writer);
	irm_writer_count(writer, curve->n);
	irm_writer_count(writer, curve->ended);
	irm_writer_number(writer, median.day);
	irm_writer_number(writer, median.lo);
	irm_writer_number(writer, median.hi);
	irm_writer_number(writer, irm_km_quantile(curve, 0.25).day);
	irm_writer_number(writer, irm_km_quantile(curve, 0.75).day);
	irm_writer_number(writer, mean.mean);
	irm_writer_number(writer, mean.se);
	irm_writer_number(writer, survival->tau[group]);
	write_quantiles(survival, curve, writer);
	irm_writer_row(writer);
}

static void write_curve(const struct irm_survival *survival, size_t group,
                        struct irm_writer *writer)
{
	const struct irm_curve *curve = survival->curves[group];
	for (size_t i = 0; i < curve->points; i++) {
		irm_survival_write_keys(survival, group, writer);
		irm_writer_count(writer, curve->time[i]);
		irm_writer_count(writer, curve->at_risk[i]);
		irm_writer_count(writer, curve->events[i]);
		irm_writer_count(writer, curve->censored[i]);
		irm_writer_number(writer, curve->survival[i]);
		irm_writer_number(writer, curve->se[i]);
		irm_writer_number(writer, curve->lo[i]);
		irm_writer_number(writer, curve->hi[i]);
		irm_writer_row(writer);
	}
}

static enum irm_code fit(struct irm_survival *survival, struct irm_err *err)
{
	size_t n = survival->rows->groups->n;
	survival->curves = calloc(n + 1, sizeof *survival->curves);
	if (!survival->curves)
		return irm_err_memory(err);
	for (size_t i = 0; i < n; i++) {
		struct irm_sample sample = irm_survival_rows_group(survival->rows, i);
		if (irm_km_fit_sample(&survival->curves[i], &sample, err) ||
		    irm_km_limits(survival->curves[i], survival->query.level, survival->query.conf,
		                  err))
			return err->code;
	}
	return IRM_OK;
}

const struct irm_survival_part irm_survival_summary = {
	"n,events,median,median_lo,median_hi,q25,q75,rmean,rmean_se,tau",
	fit,
	write_summary,
};
const struct irm_survival_part irm_survival_curve = {
	"time,at_risk,events,censored,survival,se,lo,hi",
	fit,
	write_curve,
};
