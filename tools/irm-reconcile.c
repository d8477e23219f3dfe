/* irm-reconcile - our figures against those that documents state.  Manual: irm-reconcile.1 */
#include <stddef.h>
#include <string.h>

#include "review/metric.h"
#include "review/reconcile.h"
#include "tools/query.h"

#define STALE_TOLD 20 /* lines of the ledger that are told one by one */

struct options {
	struct cli_common common;
	const char *ledger;
	struct cli_list metrics;
	bool rules;
};

static const struct cli_option own_options[] = {
	{ CLI_TEXT, 0, "ledger", "FILE", offsetof(struct options, ledger),
	  "differences that are explained (as_of,cycle,metric,region,article,explanation)" },
	{ CLI_LIST, 0, "metric", "NAME", offsetof(struct options, metrics),
	  "only figures of this metric; repeatable" },
	{ CLI_LIST, 0, "where", "COL=V[,V...]", offsetof(struct cli_common, where),
	  "only figures of this cycle or region, from reviews of this mechanism; repeatable" },
	{ CLI_TEXT, 0, "imprecise", "middle|unknown", offsetof(struct cli_common, imprecise),
	  "what a vague date counts as (unknown)" },
	{ CLI_TEXT, 0, "known-at", "DATE|LOAD", offsetof(struct cli_common, known_at),
	  "from the file as it stood after that load" },
	{ CLI_FLAG, 0, "rules", NULL, offsetof(struct options, rules),
	  "compare nothing: list the metrics, and what counts each" },
	{ .kind = CLI_END },
};
static const struct cli_tool tool = {
	"irm-reconcile",
	"compare the records' figures with those that documents state",
	NULL,
	CLI_SOURCE | CLI_TABLE | CLI_OUTPUT,
	own_options,
	"  irm-reconcile -d datasets/uncac --ledger datasets/uncac/reconcile/ledger.csv",
};

static void write_rules(struct irm_writer *out)
{
	irm_writer_columns(out, "metric,computed,rule");
	for (size_t i = 0; i < irm_metric_rules_n; i++) {
		const struct irm_metric_rule *rule = &irm_metric_rules[i];
		bool again = i > 0 && strcmp(rule->pattern, irm_metric_rules[i - 1].pattern) == 0;
		irm_writer_text(out, rule->pattern);
		irm_writer_text(out, rule->unit == IRM_METRIC_NOTHING ? "no"
		                     : again                          ? "else"
		                                                      : "yes");
		irm_writer_text(out, rule->says);
		irm_writer_row(out);
	}
}

static void write_rows(struct irm_writer *out, const struct irm_dataset *data,
                       const struct irm_reconciliation *all)
{
	irm_writer_columns(out, "as_of,cycle,metric,region,article,published,computed,difference,"
	                        "source,outcome,reason");
	for (size_t i = 0; i < all->n; i++) {
		const struct irm_reconciled *row = &all->rows[i];
		const struct irm_published *figure = row->figure;
		irm_writer_text(out, figure->day);
		irm_writer_text(out, figure->cycle == IRM_NONE ? "all"
		                                               : data->cycles[figure->cycle].code);
		irm_writer_text(out, figure->metric);
		irm_writer_text(out, figure->region == IRM_NONE
		                             ? "all"
		                             : data->regions[figure->region].code);
		irm_writer_text(out, figure->article);
		irm_writer_number(out, figure->value);
		irm_writer_number(out, row->computed);
		irm_writer_number(out, row->difference);
		irm_writer_text(out, figure->source);
		irm_writer_text(out, irm_outcome_name(row->outcome));
		irm_writer_text(out, row->reason);
		irm_writer_row(out);
	}
}

static void tell(const struct options *options, const struct irm_reconciliation *all)
{
	const struct cli_common *common = &options->common;
	for (size_t i = 0; i < all->n_stale && i < STALE_TOLD; i++)
		cli_note(&tool, common, "%s:%ld: stale: %s", options->ledger, all->stale[i].line,
		         all->stale[i].message);
	if (all->n_stale > STALE_TOLD)
		cli_note(&tool, common, "%s: %zu more lines are stale", options->ledger,
		         all->n_stale - STALE_TOLD);
	if (common->verbose)
		cli_note(&tool, common,
		         "%zu agree, %zu are explained, %zu unexplained, %zu not computable",
		         all->counts[IRM_AGREES], all->counts[IRM_EXPLAINED],
		         all->counts[IRM_UNEXPLAINED], all->counts[IRM_NOT_COMPUTABLE]);
}

/* IRM_NO where a difference is not explained. */
static enum irm_code reconcile(struct options *options, struct irm_err *err)
{
	struct cli_common *common = &options->common;
	struct irm_dataset *data = NULL;
	struct irm_query query = { .n_by = 0 };
	struct irm_ledger ledger = { .n = 0 };
	struct irm_reconciliation all = { .n = 0 };
	common->as_of = "0001-01-01"; /* not looked at: each figure has a day of its own */
	if ((options->ledger && irm_ledger_read(&ledger, options->ledger, err)) ||
	    cli_query_parts(&data, &query, common, IRM_PART_PUBLISHED | IRM_METRIC_PARTS,
	                    1u << IRM_BY_MECHANISM | 1u << IRM_BY_CYCLE | 1u << IRM_BY_REGION, 0,
	                    err) ||
	    irm_reconcile(&all, &query, options->metrics.items, options->metrics.n, &ledger, err) ||
	    cli_writer(common, err))
		goto done;
	write_rows(common->writer, data, &all);
	tell(options, &all);
	err->code = all.counts[IRM_UNEXPLAINED] ? IRM_NO : IRM_OK;
done:
	irm_reconciliation_release(&all);
	irm_ledger_release(&ledger);
	irm_query_release(&query);
	irm_dataset_free(data);
	return err->code;
}

int main(int argc, char **argv)
{
	struct options options = { .common = CLI_COMMON_INIT };
	struct cli_common *common = &options.common;
	struct irm_err err = { .code = IRM_OK };
	if (!cli_parse(&tool, argc, argv, &options, &err)) {
		if (!options.rules)
			(void)!reconcile(&options, &err);
		else if (!cli_writer(common, &err))
			write_rules(common->writer);
	}
	return cli_finish(&tool, common, &err);
}
