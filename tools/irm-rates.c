/* irm-rates - completion rates by milestone.  Manual: irm-rates.1 */
#include <stddef.h>

#include "review/rates.h"
#include "stats/proportion.h"
#include "tools/query.h"

struct options {
	struct cli_common common;
	const char *of;
};

static const struct cli_option own_options[] = {
	{ CLI_TEXT, 0, "of", "all|due|started", offsetof(struct options, of),
	  "which reviews are eligible (all)" },
	{ .kind = CLI_END },
};
static const struct cli_tool tool = {
	"irm-rates", "count the reviews that have reached each milestone, of those that could have",
	NULL,        CLI_SOURCE | CLI_QUERY | CLI_LIMITS | CLI_TABLE | CLI_OUTPUT,
	own_options, "  irm-rates -d datasets/uncac-consent --as-of 2005-12-14 --by region --total",
};

/* How many rows rest on fewer than IRM_FEW reviews. */
static size_t write_rows(struct irm_writer *out, const struct irm_query *query,
                         const struct irm_counter *rates, enum irm_ci ci, double level)
{
	char buffer[16];
	size_t few = 0;
	irm_query_columns(query, out);
	irm_writer_columns(out, "milestone,eligible,reached,unknown,rate,rate_lo,rate_hi");
	for (size_t i = 0; i < rates->n; i++) {
		const uint32_t *key = rates->keys + i * rates->width;
		const int64_t *counts = rates->counts + i * rates->columns;
		int64_t known = counts[IRM_RATES_ELIGIBLE] - counts[IRM_RATES_UNKNOWN];
		int64_t reached = counts[IRM_RATES_REACHED];
		struct irm_interval limits = irm_proportion_limits(ci, reached, known, level);
		irm_query_cells(query, key, out);
		irm_writer_text(out, irm_key_text(query->data, IRM_BY_MILESTONE, key[query->n_by],
		                                  query->names, buffer));
		irm_writer_count(out, counts[IRM_RATES_ELIGIBLE]);
		irm_writer_count(out, reached);
		irm_writer_count(out, counts[IRM_RATES_UNKNOWN]);
		irm_writer_number(out, irm_proportion(reached, known));
		irm_writer_number(out, limits.lo);
		irm_writer_number(out, limits.hi);
		irm_writer_row(out);
		few += known > 0 && known < IRM_FEW;
	}
	return few;
}

int main(int argc, char **argv)
{
	struct options options = { .common = CLI_COMMON_INIT };
	struct cli_common *common = &options.common;
	struct irm_err err = { .code = IRM_OK };
	struct irm_dataset *data = NULL;
	struct irm_query query = { .n_by = 0 };
	struct irm_counter rates = { .n = 0 };
	enum irm_ci ci;
	enum irm_rates_of of;
	if (!cli_parse(&tool, argc, argv, &options, &err) && !irm_ci_parse(&ci, common->ci, &err) &&
	    !irm_rates_of_parse(&of, options.of, &err) &&
	    !cli_query(&data, &query, common, IRM_BY_REVIEWS | 1u << IRM_BY_MILESTONE,
	               1u << IRM_BY_MILESTONE, &err) &&
	    !irm_rates_count(&rates, &query, of, &err) && !cli_writer(common, &err))
		cli_note_few(&tool, common,
		             write_rows(common->writer, &query, &rates, ci, common->level));
	irm_counter_release(&rates);
	irm_query_release(&query);
	irm_dataset_free(data);
	return cli_finish(&tool, common, &err);
}
