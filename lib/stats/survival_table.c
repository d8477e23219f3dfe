#include "stats/survival_table.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/intern.h"
#include "stats/proportion.h"
#include "stats/survival_kind.h"

/* The part that writes groups; NULL: a kind of tests. */
static const struct irm_survival_part *part_of(const struct irm_survival_query *query)
{
	switch (query->kind) {
	case IRM_SURVIVAL_SUMMARY:
		return query->outcome ? &irm_outcome_summary : &irm_survival_summary;
	case IRM_SURVIVAL_CURVE:
		return query->outcome ? &irm_outcome_curve : &irm_survival_curve;
	case IRM_SURVIVAL_PERIODS:
		return &irm_survival_periods;
	case IRM_SURVIVAL_TEST:
	case IRM_SURVIVAL_PAIRWISE:
		break;
	}
	return NULL;
}

/* Whether `name` is one of `list`, which commas separate. */
static bool is_listed(const char *name, const char *list)
{
	size_t length = strlen(name);
	for (const char *s = list; *s; s += strcspn(s, ","), s += *s == ',')
		if (strcspn(s, ",") == length && strncmp(s, name, length) == 0)
			return true;
	return false;
}

/* Whether `name` is the column of a quantile that was asked for, or of a limit of it. */
static bool is_quantile(const char *name, const struct irm_survival_query *query)
{
	for (size_t i = 0; i < query->n_quantiles; i++) {
		char quantile[IRM_QUANTILE_NAME];
		irm_quantile_name(quantile, query->quantiles[i]);
		size_t length = strlen(quantile);
		if (strncmp(name, quantile, length) == 0 &&
		    is_listed(name[length] ? name + length : "_", "_,_lo,_hi"))
			return true;
	}
	return false;
}

static enum irm_code check_keys(const struct irm_survival *survival, struct irm_err *err)
{
	const struct irm_groups *groups = survival->rows->groups;
	const struct irm_survival_part *part = part_of(&survival->query);
	for (size_t k = 0; part && k < groups->n_keys; k++) {
		const char *name = irm_groups_name(groups, k);
		if (is_listed(name, part->columns) || is_quantile(name, &survival->query)) {
			irm_err_set(err, IRM_USAGE,
			            "--by: the key '%s' has the name of a column of the result",
			            name);
			irm_err_hint(err, "give the column another name");
			return err->code;
		}
	}
	return IRM_OK;
}

/* The group's stage, or one stage for all where no key is named so. */
static const char *stage_of(const struct irm_groups *groups, size_t group)
{
	for (size_t k = 0; k < groups->n_keys; k++)
		if (strcmp(irm_groups_name(groups, k), "stage") == 0)
			return irm_groups_key(groups, group, k);
	return "";
}

static int32_t last_day(const struct irm_survival *survival, size_t group)
{
	struct irm_sample sample = irm_survival_rows_group(survival->rows, group);
	int32_t last = IRM_DAY_NONE;
	for (size_t i = 0; i < sample.n; i++)
		if (sample.days[i] > last)
			last = sample.days[i];
	return last;
}

/* Gives each group the smallest last day of its stage. */
static enum irm_code common_tau(struct irm_survival *survival, struct irm_err *err)
{
	const struct irm_groups *groups = survival->rows->groups;
	struct irm_intern stages = { 0 };
	enum irm_code code = IRM_OK;
	int32_t *last = calloc(groups->n + 1, sizeof *last); /* [stages] IRM_DAY_NONE: not yet */
	if (!last)
		return irm_err_memory(err);
	for (size_t i = 0; i < groups->n; i++)
		last[i] = IRM_DAY_NONE;
	for (size_t i = 0; i < groups->n; i++) {
		uint32_t id = irm_intern_add(&stages, stage_of(groups, i));
		int32_t day = last_day(survival, i);
		if (id == IRM_NO_ID) {
			code = irm_err_memory(err);
			goto done;
		}
		if (day != IRM_DAY_NONE && (last[id] == IRM_DAY_NONE || day < last[id]))
			last[id] = day;
	}
	for (size_t i = 0; i < groups->n; i++) {
		int32_t day = last[irm_intern_find(&stages, stage_of(groups, i))];
		survival->tau[i] = day == IRM_DAY_NONE ? (double)NAN : day;
	}
done:
	irm_intern_release(&stages);
	free(last);
	return code;
}

static enum irm_code set_tau(struct irm_survival *survival, struct irm_err *err)
{
	size_t n = survival->rows->groups->n;
	survival->tau = calloc(n + 1, sizeof *survival->tau);
	if (!survival->tau)
		return irm_err_memory(err);
	if (survival->query.tau < 0)
		return common_tau(survival, err);
	for (size_t i = 0; i < n; i++)
		survival->tau[i] = (double)survival->query.tau;
	return IRM_OK;
}

/* Faults that the statistics find have no place yet: they are of the whole table. */
static enum irm_code fit(struct irm_survival *survival, const struct irm_table *table,
                         struct irm_err *err)
{
	const struct irm_survival_part *part = part_of(&survival->query);
	enum irm_code code =
	        part ? part->fit(survival, err) : irm_survival_tests_fit(survival, err);
	return code == IRM_INPUT ? irm_err_place(err, irm_table_file(table), 0, 0) : code;
}

enum irm_code irm_survival_new(struct irm_survival **out, const struct irm_table *table,
                               const struct irm_survival_query *query, struct irm_err *err)
{
	struct irm_survival *survival = calloc(1, sizeof *survival);
	if (!survival)
		return irm_err_memory(err);
	survival->query = *query;
	if (irm_survival_rows_read(&survival->rows, table, query->by, query->outcome, query->strata,
	                           err) ||
	    check_keys(survival, err) || set_tau(survival, err) || fit(survival, table, err)) {
		irm_survival_free(survival);
		return err->code;
	}
	*out = survival;
	return IRM_OK;
}

void irm_survival_free(struct irm_survival *survival)
{
	if (!survival)
		return;
	size_t n = survival->rows ? survival->rows->groups->n : 0;
	for (size_t i = 0; survival->curves && i < n; i++)
		irm_curve_free(survival->curves[i]);
	for (size_t i = 0; survival->incidence && i < n; i++)
		irm_incidence_free(survival->incidence[i]);
	for (size_t i = 0; survival->hazards && i < n; i++)
		irm_hazards_free(survival->hazards[i]);
	free(survival->curves);
	free(survival->incidence);
	free(survival->hazards);
	free(survival->tests);
	free(survival->tau);
	irm_survival_rows_free(survival->rows);
	free(survival);
}

size_t irm_survival_skipped(const struct irm_survival *survival)
{
	return survival->rows->skipped;
}

size_t irm_survival_few(const struct irm_survival *survival)
{
	size_t few = 0;
	if (survival->query.kind != IRM_SURVIVAL_SUMMARY || !survival->curves)
		return 0;
	for (size_t i = 0; i < survival->rows->groups->n; i++)
		few += survival->curves[i]->n > 0 && survival->curves[i]->n < IRM_FEW;
	return few;
}

size_t irm_survival_left_out(const struct irm_survival *survival)
{
	return survival->left_out;
}

void irm_survival_write_keys(const struct irm_survival *survival, size_t group,
                             struct irm_writer *writer)
{
	for (size_t k = 0; k < survival->rows->groups->n_keys; k++)
		irm_writer_text(writer, irm_groups_key(survival->rows->groups, group, k));
}

void irm_survival_write(const struct irm_survival *survival, struct irm_writer *writer)
{
	const struct irm_groups *groups = survival->rows->groups;
	const struct irm_survival_part *part = part_of(&survival->query);
	if (!part) {
		irm_survival_tests_write(survival, writer);
		return;
	}
	for (size_t k = 0; k < groups->n_keys; k++)
		irm_writer_column(writer, irm_groups_name(groups, k));
	irm_writer_columns(writer, part->columns);
	irm_survival_quantile_columns(survival, writer);
	for (size_t i = 0; i < groups->n; i++)
		part->write(survival, i, writer);
}
