#include "review/reconcile.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/nearest.h"
#include "base/number.h"
#include "review/reconcile_figure.h"

const char *irm_outcome_name(enum irm_outcome outcome)
{
	static const char *const names[IRM_OUTCOMES] = { "agrees", "explained", "unexplained",
		                                         "not_computable" };
	return names[outcome];
}

static const char *cycle_code(const struct irm_dataset *data, uint32_t cycle)
{
	return cycle == IRM_NONE ? "all" : data->cycles[cycle].code;
}

static const char *region_code(const struct irm_dataset *data, uint32_t region)
{
	return region == IRM_NONE ? "all" : data->regions[region].code;
}

/* The ledger's entry of a figure; NULL: it has none. */
static const struct irm_ledger_entry *find_entry(const struct irm_ledger *ledger,
                                                 const struct irm_dataset *data,
                                                 const struct irm_published *figure)
{
	const char *key[] = { figure->day, cycle_code(data, figure->cycle), figure->metric,
		              region_code(data, figure->region), figure->article };
	for (size_t i = 0; i < ledger->n; i++) {
		size_t same = 0;
		while (same < 5 && strcmp(ledger->entries[i].key[same], key[same]) == 0)
			same++;
		if (same == 5)
			return &ledger->entries[i];
	}
	return NULL;
}

static enum irm_code keep_text(const char **out, struct irm_reconciliation *all, const char *text,
                               struct irm_err *err)
{
	*out = irm_arena_text(&all->arena, text, strlen(text));
	return *out ? IRM_OK : irm_err_memory(err);
}

/* Whether the entry explains the figure's difference; else *stale says why not. */
static bool explains(const struct irm_ledger_entry *entry, const struct irm_reconciled *row,
                     char stale[IRM_REASON_MOST])
{
	char found[IRM_NUMBER_SIZE], said[IRM_NUMBER_SIZE];
	if (row->outcome == IRM_AGREES) {
		snprintf(stale, IRM_REASON_MOST, "the figure does not differ");
		return false;
	}
	if (row->outcome == IRM_NOT_COMPUTABLE) {
		snprintf(stale, IRM_REASON_MOST, "the figure cannot be computed");
		return false;
	}
	if (isnan(entry->difference) || fabs(entry->difference - row->difference) < 1e-7)
		return true;
	irm_number_format(found, row->difference);
	irm_number_format(said, entry->difference);
	snprintf(stale, IRM_REASON_MOST, "the difference is %s, and %s is explained", found, said);
	return false;
}

static enum irm_code use_ledger(struct irm_reconciliation *all, struct irm_reconciled *row,
                                const struct irm_ledger *ledger, const char **stale,
                                const struct irm_dataset *data, struct irm_err *err)
{
	char message[IRM_REASON_MOST];
	const struct irm_ledger_entry *entry = find_entry(ledger, data, row->figure);
	if (!entry)
		return IRM_OK;
	const char **why = &stale[entry - ledger->entries];
	if (!explains(entry, row, message))
		return keep_text(why, all, message, err);
	row->outcome = IRM_EXPLAINED;
	*why = "";
	return keep_text(&row->reason, all, entry->explanation, err);
}

/* The entries that explain nothing; stale[i] is NULL where no figure has the key. */
static enum irm_code keep_stale(struct irm_reconciliation *all, const struct irm_ledger *ledger,
                                const char *const *stale, struct irm_err *err)
{
	all->stale = calloc(ledger->n + 1, sizeof *all->stale);
	if (!all->stale)
		return irm_err_memory(err);
	for (size_t i = 0; i < ledger->n; i++)
		if (!stale[i] || *stale[i])
			all->stale[all->n_stale++] =
			        (struct irm_stale){ ledger->entries[i].line,
				                    stale[i] ? stale[i]
				                             : "no such figure is published" };
	return IRM_OK;
}

static bool keeps_figure(const struct irm_query *query, const struct irm_published *figure,
                         const char *const metrics[], size_t n_metrics)
{
	bool found = n_metrics == 0;
	for (size_t i = 0; i < n_metrics; i++)
		found = found || strcmp(metrics[i], figure->metric) == 0;
	return found &&
	       irm_query_keeps(query, IRM_BY_CYCLE,
	                       figure->cycle == IRM_NONE ? IRM_VALUE_ALL : figure->cycle) &&
	       irm_query_keeps(query, IRM_BY_REGION,
	                       figure->region == IRM_NONE ? IRM_VALUE_ALL : figure->region) &&
	       (figure->cycle == IRM_NONE ||
	        irm_query_keeps(query, IRM_BY_MECHANISM,
	                        query->data->cycles[figure->cycle].mechanism));
}

/* IRM_USAGE where a metric is that of no figure. */
static enum irm_code check_metrics(const struct irm_dataset *data, const char *const metrics[],
                                   size_t n_metrics, struct irm_err *err)
{
	const char **names = malloc((data->n_published + 1) * sizeof *names);
	if (!names)
		return irm_err_memory(err);
	enum irm_code code = IRM_OK;
	for (size_t i = 0; i < data->n_published; i++)
		names[i] = data->published[i].metric;
	for (size_t m = 0; m < n_metrics && !code; m++) {
		bool found = false;
		for (size_t i = 0; i < data->n_published; i++)
			found = found || strcmp(names[i], metrics[m]) == 0;
		if (found)
			continue;
		code = irm_err_set(err, IRM_USAGE, "--metric: no published figure is '%.60s'",
		                   metrics[m]);
		const char *near = irm_nearest(metrics[m], names, data->n_published);
		if (near)
			irm_err_hint(err, "did you mean '%s'?", near);
	}
	free(names);
	return code;
}

static enum irm_code reconcile_figure(struct irm_reconciliation *all, const struct irm_query *query,
                                      const struct irm_published *figure, struct irm_err *err)
{
	struct irm_reconciled *row = &all->rows[all->n];
	char reason[IRM_REASON_MOST];
	enum irm_code code = irm_reconcile_figure(row, reason, query, figure, err);
	if (!code)
		code = keep_text(&row->reason, all, reason, err);
	all->n += !code;
	return code;
}

/* Entries of figures that are not asked for are neither used nor stale: "" in stale[]. */
static enum irm_code reconcile_all(struct irm_reconciliation *all, const struct irm_query *query,
                                   const char *const metrics[], size_t n_metrics,
                                   const struct irm_ledger *ledger, const char **stale,
                                   struct irm_err *err)
{
	const struct irm_dataset *data = query->data;
	for (size_t i = 0; i < data->n_published; i++) {
		const struct irm_published *figure = &data->published[i];
		if (!keeps_figure(query, figure, metrics, n_metrics)) {
			const struct irm_ledger_entry *entry = find_entry(ledger, data, figure);
			if (entry)
				stale[entry - ledger->entries] = "";
			continue;
		}
		if (reconcile_figure(all, query, figure, err) ||
		    use_ledger(all, &all->rows[all->n - 1], ledger, stale, data, err))
			return err->code;
		all->counts[all->rows[all->n - 1].outcome]++;
	}
	return keep_stale(all, ledger, stale, err);
}

enum irm_code irm_reconcile(struct irm_reconciliation *out, const struct irm_query *query,
                            const char *const metrics[], size_t n_metrics,
                            const struct irm_ledger *ledger, struct irm_err *err)
{
	const struct irm_ledger none = { .n = 0 };
	const struct irm_dataset *data = query->data;
	*out = (struct irm_reconciliation){ .n = 0 };
	if (!data->has_published)
		return irm_err_set(err, IRM_INPUT,
		                   "the source has no table 'published': there is nothing to "
		                   "compare with");
	if (check_metrics(data, metrics, n_metrics, err))
		return err->code;
	ledger = ledger ? ledger : &none;
	const char **stale = calloc(ledger->n + 1, sizeof *stale);
	out->rows = calloc(data->n_published + 1, sizeof *out->rows);
	enum irm_code code = stale && out->rows ? IRM_OK : irm_err_memory(err);
	if (!code)
		code = reconcile_all(out, query, metrics, n_metrics, ledger, stale, err);
	free(stale);
	return code;
}

void irm_reconciliation_release(struct irm_reconciliation *reconciliation)
{
	free(reconciliation->rows);
	free(reconciliation->stale);
	irm_arena_release(&reconciliation->arena);
	*reconciliation = (struct irm_reconciliation){ .n = 0 };
}
