/* irm-proportion - rates with limits, from x of n.  Manual: irm-proportion.1 */
#include <stddef.h>

#include "base/err.h"
#include "stats/compare_table.h"
#include "stats/proportion.h"
#include "stats/proportion_table.h"
#include "table/table.h"
#include "tools/cli.h"

struct options {
	struct cli_common common;
	bool compare;
};

static const struct cli_option own_options[] = {
	{ CLI_TEXT, 0, "ci", "METHOD", offsetof(struct options, common.ci),
	  "wilson, clopper-pearson, jeffreys, agresti-coull or none (wilson)" },
	{ CLI_NUMBER, 0, "level", "SHARE", offsetof(struct options, common.level),
	  "level of the limits (0.95)" },
	{ CLI_FLAG, 0, "compare", NULL, offsetof(struct options, compare),
	  "print difference and ratio of two rows, and of the next two" },
	{ CLI_TEXT, 0, "by", "COL[,COL...]", offsetof(struct options, common.by),
	  "compare the two rows of each key in these columns" },
	{ .kind = CLI_END },
};

static const struct cli_tool tool = {
	.name = "irm-proportion",
	.summary = "add rate, rate_lo and rate_hi to a table with the columns x and n",
	.operands = "[OPTION]... [FILE]",
	.groups = CLI_TABLE | CLI_OUTPUT,
	.own = own_options,
	.example = "  irm proportion --ci clopper-pearson answers.csv\n"
	           "  irm proportion --compare --by region cycles.csv",
};

static enum irm_code check_options(enum irm_ci *method, const struct options *o,
                                   struct irm_err *err)
{
	if (irm_ci_parse(method, o->common.ci, err))
		return err->code;
	if (o->compare && *method != IRM_CI_WILSON && *method != IRM_CI_NONE)
		return irm_err_set(err, IRM_USAGE,
		                   "--compare has limits of its own: --ci takes wilson or none");
	if (o->common.by && !o->compare)
		return irm_err_set(err, IRM_USAGE, "--by goes with --compare only");
	return IRM_OK;
}

int main(int argc, char **argv)
{
	struct options opts = { .common = CLI_COMMON_INIT };
	struct irm_table *table = NULL;
	struct irm_pairs *pairs = NULL;
	struct irm_err err = { .code = IRM_OK };
	enum irm_ci method;
	if (cli_parse(&tool, argc, argv, &opts, &err) || check_options(&method, &opts, &err) ||
	    cli_table(&table, &opts.common, &err) || irm_proportion_check(table, &err) ||
	    (opts.compare && irm_pairs_new(&pairs, table, opts.common.by, &err)) ||
	    cli_writer(&opts.common, &err))
		goto done;
	if (pairs)
		irm_pairs_write(pairs, method != IRM_CI_NONE, opts.common.level,
		                opts.common.writer);
	else
		irm_proportion_write(table, method, opts.common.level, opts.common.writer);
done:
	irm_pairs_free(pairs);
	irm_table_free(table);
	return cli_finish(&tool, &opts.common, &err);
}
