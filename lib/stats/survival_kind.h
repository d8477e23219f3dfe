/* Between the files of irm-survival's table: what they share, and a file's part for each kind. */
#ifndef IRM_STATS_SURVIVAL_KIND_H
#define IRM_STATS_SURVIVAL_KIND_H

#include <stddef.h>

#include "base/err.h"
#include "stats/aalen_johansen.h"
#include "stats/hazard.h"
#include "stats/km.h"
#include "stats/logrank.h"
#include "stats/survival_rows.h"
#include "stats/survival_table.h"
#include "table/writer.h"

#define IRM_QUANTILE_NAME 40

/* A test and the groups it compares. */
struct irm_group_test {
	size_t first, second;
	struct irm_test test;
	double p_adjusted;
};

struct irm_survival {
	struct irm_survival_query query;
	struct irm_survival_rows *rows;
	double *tau;                      /* [groups] NAN: nothing was observed */
	struct irm_curve **curves;        /* [groups] of summary and curve */
	struct irm_incidence **incidence; /* [groups] of outcomes */
	struct irm_hazards **hazards;     /* [groups] of periods */
	struct irm_group_test *tests;     /* [n_tests] */
	size_t n_tests;
	size_t left_out; /* groups that are in no test */
};

/* A kind's figures: its columns without keys, and what computes and writes them. */
struct irm_survival_part {
	const char *columns;
	enum irm_code (*fit)(struct irm_survival *, struct irm_err *);
	void (*write)(const struct irm_survival *, size_t group, struct irm_writer *);
};

extern const struct irm_survival_part irm_survival_summary, irm_survival_curve;
extern const struct irm_survival_part irm_outcome_summary, irm_outcome_curve;
extern const struct irm_survival_part irm_survival_periods;

/* The name of quantile p's column: q90, q05, q97.5. */
void irm_quantile_name(char out[IRM_QUANTILE_NAME], double p);

/* The columns of the quantiles that were asked for. */
void irm_survival_quantile_columns(const struct irm_survival *survival, struct irm_writer *writer);

void irm_survival_write_keys(const struct irm_survival *survival, size_t group,
                             struct irm_writer *writer);

/* The tests, whose rows are no groups. */
IRM_CHECK enum irm_code irm_survival_tests_fit(struct irm_survival *survival, struct irm_err *err);
void irm_survival_tests_write(const struct irm_survival *survival, struct irm_writer *writer);

#endif
