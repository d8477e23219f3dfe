/* irm-proportion - rates with limits, from x of n.  Manual: irm-proportion.1 */
#include <stddef.h>

#include "base/err.h"
#include "stats/proportion.h"
#include "stats/proportion_table.h"
#include "table/table.h"
#include "tools/cli.h"

struct options {
	struct cli_common common;
};

static const struct cli_option own_options[] = {
	{ CLI_TEXT, 0, "ci", "METHOD", offsetof(struct options, common.ci),
	  "wilson, clopper-pearson, jeffreys, agresti-coull or none (wilson)" },
	{ CLI_NUMBER, 0, "level", "SHARE", offsetof(struct options, common.level),
	  "level of the limits (0.95)" },
	{ .kind = CLI_END },
};

static const struct cli_tool tool = {
	.name = "irm-proportion",
	.summary = "add rate, rate_lo and rate_hi to a table with the columns x and n",
	.operands = "[OPTION]... [FILE]",
	.groups = CLI_TABLE | CLI_OUTPUT,
	.own = own_options,
	.example = "  irm proportion --ci clopper-pearson answers.csv",
};

int main(int argc, char **argv)
{
	struct options opts = { .common = CLI_COMMON_INIT };
	struct irm_table *table = NULL;
	struct irm_err err = { .code = IRM_OK };
	enum irm_ci method;
	if (cli_parse(&tool, argc, argv, &opts, &err) ||
	    irm_ci_parse(&method, opts.common.ci, &err) || cli_table(&table, &opts.common, &err) ||
	    irm_proportion_check(table, &err) || cli_writer(&opts.common, &err))
		goto done;
	irm_proportion_write(table, method, opts.common.level, opts.common.writer);
done:
	irm_table_free(table);
	return cli_finish(&tool, &opts.common, &err);
}
