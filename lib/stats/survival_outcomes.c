/* The part of irm-survival's table that competing outcomes have. */
#include <math.h>
#include <stdlib.h>

#include "stats/survival_kind.h"

static void write_figures(const struct irm_incidence *incidence, size_t k, ptrdiff_t point,
                          struct irm_writer *writer)
{
	if (point < 0) { /* before the first point nothing has ended; of nothing nothing is known */
		irm_writer_number(writer, incidence->n > 0 ? 0 : (double)NAN);
		irm_writer_number(writer, incidence->n > 0 ? 0 : (double)NAN);
		irm_writer_empty(writer);
		irm_writer_empty(writer);
		return;
	}
	size_t at = k * incidence->points + (size_t)point;
	irm_writer_number(writer, incidence->share[at]);
	irm_writer_number(writer, incidence->se[at]);
	irm_writer_number(writer, incidence->lo[at]);
	irm_writer_number(writer, incidence->hi[at]);
}

static void write_summary(const struct irm_survival *survival, size_t group,
                          struct irm_writer *writer)
{
	const struct irm_incidence *incidence = survival->incidence[group];
	double tau = survival->tau[group];
	for (size_t k = 0; k < survival->rows->n_outcomes; k++) {
		struct irm_mean mean = irm_incidence_rmean(incidence, k, tau);
		irm_survival_write_keys(survival, group, writer);
		irm_writer_text(writer, survival->rows->outcomes[k]);
		irm_writer_count(writer, incidence->n);
		irm_writer_count(writer, irm_incidence_events(incidence, k));
		write_figures(incidence, k, isnan(tau) ? -1 : irm_incidence_at(incidence, tau),
		              writer);
		irm_writer_number(writer, mean.mean);
		irm_writer_number(writer, mean.se);
		irm_writer_number(writer, tau);
		irm_writer_row(writer);
	}
}

static void write_curve(const struct irm_survival *survival, size_t group,
                        struct irm_writer *writer)
{
	const struct irm_incidence *incidence = survival->incidence[group];
	for (size_t k = 0; k < survival->rows->n_outcomes; k++) {
		for (size_t i = 0; i < incidence->points; i++) {
			irm_survival_write_keys(survival, group, writer);
			irm_writer_text(writer, survival->rows->outcomes[k]);
			irm_writer_count(writer, incidence->time[i]);
			irm_writer_count(writer, incidence->at_risk[i]);
			irm_writer_count(writer, incidence->events[k * incidence->points + i]);
			irm_writer_count(writer, incidence->censored[i]);
			write_figures(incidence, k, (ptrdiff_t)i, writer);
			irm_writer_row(writer);
		}
	}
}

static enum irm_code fit(struct irm_survival *survival, struct irm_err *err)
{
	const struct irm_survival_query *query = &survival->query;
	size_t n = survival->rows->groups->n;
	survival->incidence = calloc(n + 1, sizeof *survival->incidence);
	if (!survival->incidence)
		return irm_err_memory(err);
	for (size_t i = 0; i < n; i++) {
		struct irm_sample sample = irm_survival_rows_group(survival->rows, i);
		if (irm_incidence_fit(&survival->incidence[i], &sample, survival->rows->n_outcomes,
		                      query->level, query->conf, err))
			return err->code;
	}
	return IRM_OK;
}

const struct irm_survival_part irm_outcome_summary = {
	"outcome,n,events,incidence,se,lo,hi,rmean,rmean_se,tau",
	fit,
	write_summary,
};
const struct irm_survival_part irm_outcome_curve = {
	"outcome,time,at_risk,events,censored,incidence,se,lo,hi",
	fit,
	write_curve,
};
