/* irm-survival - how long things take, counting what is still open.  Manual: irm-survival.1 */
#include <stddef.h>

#include "base/err.h"
#include "stats/km.h"
#include "stats/survival_table.h"
#include "table/table.h"
#include "tools/cli.h"

struct options {
	struct cli_common common;
	const char *conf_type;
	struct irm_survival_query query;
};

static const struct cli_option own_options[] = {
	{ CLI_TEXT, 0, "by", "COL[,COL...]", offsetof(struct options, common.by),
	  "a curve for each group of these columns of the table" },
	{ CLI_FLAG, 0, "curve", NULL, offsetof(struct options, query.curve),
	  "print the points of the curves" },
	{ CLI_TEXT, 0, "conf-type", "TYPE", offsetof(struct options, conf_type),
	  "limits on the scale log-log, log or plain (log-log)" },
	{ CLI_NUMBER, 0, "level", "SHARE", offsetof(struct options, common.level),
	  "level of the limits (0.95)" },
	{ CLI_WHOLE, 0, "tau", "DAYS", offsetof(struct options, query.tau),
	  "the mean runs to this day (else the first of the groups' last days)" },
	{ .kind = CLI_END },
};

static const struct cli_tool tool = {
	.name = "irm-survival",
	.summary = "Kaplan-Meier figures of a table with the columns days, event and maybe count",
	.operands = "[OPTION]... [FILE]",
	.groups = CLI_TABLE | CLI_OUTPUT,
	.own = own_options,
	.example = "  irm delays --each | irm survival --by region\n"
	           "  irm survival --curve --by region days.csv | irm plot steps -o curves.svg",
};

int main(int argc, char **argv)
{
	struct options opts = { .common = CLI_COMMON_INIT, .query = { .tau = -1 } };
	struct irm_table *table = NULL;
	struct irm_survival *survival = NULL;
	struct irm_err err = { .code = IRM_OK };
	if (cli_parse(&tool, argc, argv, &opts, &err) ||
	    irm_conf_parse(&opts.query.conf, opts.conf_type, &err) ||
	    cli_table(&table, &opts.common, &err))
		goto done;
	opts.query.by = opts.common.by;
	opts.query.level = opts.common.level;
	if (irm_survival_new(&survival, table, &opts.query, &err) || cli_writer(&opts.common, &err))
		goto done;
	if (survival->skipped > 0)
		cli_note(&tool, &opts.common, "%zu %s without days left out", survival->skipped,
		         survival->skipped == 1 ? "row" : "rows");
	irm_survival_write(survival, opts.common.writer);
done:
	irm_survival_free(survival);
	irm_table_free(table);
	return cli_finish(&tool, &opts.common, &err);
}
