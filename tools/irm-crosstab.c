/* irm-crosstab - whether two keys hang together.  Manual: irm-crosstab.1 */
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "stats/crosstab_table.h"
#include "table/table.h"
#include "tools/cli.h"

struct options {
	struct cli_common common;
	const char *row, *col;
	bool cells;
	int64_t draws, seed;
};

static const struct cli_option own_options[] = {
	{ CLI_TEXT, 0, "row", "COL", offsetof(struct options, row),
	  "the first key (the first column that is not count)" },
	{ CLI_TEXT, 0, "col", "COL", offsetof(struct options, col),
	  "the second key (the next one)" },
	{ CLI_FLAG, 0, "cells", NULL, offsetof(struct options, cells),
	  "print the cells, each with what it would hold by chance" },
	{ CLI_NUMBER, 0, "level", "SHARE", offsetof(struct options, common.level),
	  "level of the limits (0.95)" },
	{ CLI_WHOLE, 0, "draws", "N", offsetof(struct options, draws),
	  "tables to draw where too many are possible (50000; fewer of a large one)" },
	{ CLI_WHOLE, 0, "seed", "N", offsetof(struct options, seed),
	  "of the draws, which repeat with it (1)" },
	{ .kind = CLI_END },
};

static const struct cli_tool tool = {
	.name = "irm-crosstab",
	.summary = "test whether two keys of a table hang together, from its rows or counts",
	.operands = "[OPTION]... [FILE]",
	.groups = CLI_TABLE | CLI_OUTPUT,
	.own = own_options,
	.example = "  irm crosstab --row region --col outcome reviews.csv\n"
	           "  irm crosstab --cells --row region --col outcome reviews.csv",
};

static enum irm_code make_query(struct irm_crosstab_query *query, const struct options *o,
                                struct irm_err *err)
{
	if (o->draws < 0 || o->draws > 1000000000)
		return irm_err_set(err, IRM_USAGE, "--draws: expected 0 to 1000000000, found %lld",
		                   (long long)o->draws);
	if (o->seed > UINT32_MAX)
		return irm_err_set(err, IRM_USAGE, "--seed: expected 0 to 4294967295, found %lld",
		                   (long long)o->seed);
	*query = (struct irm_crosstab_query){ .row = o->row,
		                              .col = o->col,
		                              .cells = o->cells,
		                              .level = o->common.level,
		                              .draws = o->draws,
		                              .seed = (uint32_t)o->seed };
	return IRM_OK;
}

static void say_notes(const struct irm_crosstab_result *result,
                      const struct irm_crosstab_query *query, const struct cli_common *common)
{
	int64_t draws = irm_crosstab_result_draws(result);
	size_t unknown = irm_crosstab_result_unknown(result), cells;
	size_t totals = irm_crosstab_result_totals(result);
	size_t small = irm_crosstab_result_small(result, &cells);
	if (unknown > 0)
		cli_note(&tool, common, "%zu %s with an empty key left out", unknown,
		         unknown == 1 ? "row" : "rows");
	if (totals > 0)
		cli_note(&tool, common, "%zu %s with the key 'all' left out, which %s others again",
		         totals, totals == 1 ? "row" : "rows", totals == 1 ? "holds" : "hold");
	if (small > 0)
		cli_note(&tool, common,
		         "%zu of %zu cells expect less than 5: chi-squared is rough there", small,
		         cells);
	if (draws > 0)
		cli_note(&tool, common,
		         "fisher_p: too many tables are possible; %lld drawn, seed %u",
		         (long long)draws, (unsigned)query->seed);
}

int main(int argc, char **argv)
{
	struct options opts = { .common = CLI_COMMON_INIT, .seed = 1 };
	struct irm_crosstab_query query = { .seed = 0 };
	struct irm_table *table = NULL;
	struct irm_crosstab_result *result = NULL;
	struct irm_err err = { .code = IRM_OK };
	if (cli_parse(&tool, argc, argv, &opts, &err) || make_query(&query, &opts, &err) ||
	    cli_table(&table, &opts.common, &err) ||
	    irm_crosstab_result_new(&result, table, &query, &err) || cli_writer(&opts.common, &err))
		goto done;
	say_notes(result, &query, &opts.common);
	irm_crosstab_result_write(result, opts.common.writer);
done:
	irm_crosstab_result_free(result);
	irm_table_free(table);
	return cli_finish(&tool, &opts.common, &err);
}
