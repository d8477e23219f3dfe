/* The part of irm-survival's table that hazards by period have. */
#include <stdlib.h>

#include "stats/survival_kind.h"

static enum irm_code fit(struct irm_survival *survival, struct irm_err *err)
{
	const struct irm_survival_query *query = &survival->query;
	size_t n = survival->rows->groups->n;
	survival->hazards = calloc(n + 1, sizeof *survival->hazards);
	if (!survival->hazards)
		return irm_err_memory(err);
	for (size_t i = 0; i < n; i++) {
		struct irm_sample sample = irm_survival_rows_group(survival->rows, i);
		if (irm_hazards_new(&survival->hazards[i], &sample, query->period, query->level,
		                    err))
			return err->code;
	}
	return IRM_OK;
}

static void write_periods(const struct irm_survival *survival, size_t group,
                          struct irm_writer *writer)
{
	const struct irm_hazards *hazards = survival->hazards[group];
	for (size_t i = 0; i < hazards->n; i++) {
		const struct irm_period *period = &hazards->periods[i];
		irm_survival_write_keys(survival, group, writer);
		irm_writer_count(writer, period->from);
		irm_writer_count(writer, period->to);
		irm_writer_count(writer, period->at_risk);
		irm_writer_count(writer, period->person_days);
		irm_writer_count(writer, period->events);
		irm_writer_number(writer, period->hazard);
		irm_writer_number(writer, period->lo);
		irm_writer_number(writer, period->hi);
		irm_writer_row(writer);
	}
}

const struct irm_survival_part irm_survival_periods = {
	"from,to,at_risk,person_days,events,hazard,lo,hi",
	fit,
	write_periods,
};
