/* irm-assist - technical-assistance needs by article, region and type.  Manual: irm-assist.1 */
#include <stddef.h>

#include "review/assist.h"
#include "stats/proportion.h"
#include "tools/query.h"

struct options {
	struct cli_common common;
};

static const struct cli_option own_options[] = {
	{ .kind = CLI_END },
};
static const struct cli_tool tool = {
	"irm-assist",
	"count the reviews that name a need for technical assistance, of those that could have",
	NULL,
	CLI_SOURCE | CLI_QUERY | CLI_LIMITS | CLI_TABLE | CLI_OUTPUT,
	own_options,
	"  irm-assist -d datasets/fictional --by article,region",
};

static void write_rows(struct irm_writer *out, const struct irm_query *query,
                       const struct irm_counter *assist, enum irm_ci ci, double level)
{
	irm_query_columns(query, out);
	irm_writer_columns(out, "eligible,with_need,needs,rate,rate_lo,rate_hi");
	for (size_t i = 0; i < assist->n; i++) {
		const int64_t *counts = assist->counts + i * assist->columns;
		int64_t x = counts[IRM_ASSIST_WITH_NEED], n = counts[IRM_ASSIST_ELIGIBLE];
		struct irm_interval limits = irm_proportion_limits(ci, x, n, level);
		irm_query_cells(query, assist->keys + i * assist->width, out);
		irm_writer_count(out, n);
		irm_writer_count(out, x);
		irm_writer_count(out, counts[IRM_ASSIST_NEEDS]);
		irm_writer_number(out, irm_proportion(x, n));
		irm_writer_number(out, limits.lo);
		irm_writer_number(out, limits.hi);
		irm_writer_row(out);
	}
}

int main(int argc, char **argv)
{
	struct options options = { .common = CLI_COMMON_INIT };
	struct cli_common *common = &options.common;
	struct irm_err err = { .code = IRM_OK };
	struct irm_dataset *data = NULL;
	struct irm_query query = { .n_by = 0 };
	struct irm_counter assist = { .n = 0 };
	size_t left_out = 0;
	enum irm_ci ci;
	if (!cli_parse(&tool, argc, argv, &options, &err) && !irm_ci_parse(&ci, common->ci, &err) &&
	    !cli_query(&data, &query, common, IRM_BY_REVIEWS | IRM_BY_ARTICLES, 0, &err) &&
	    !irm_assist_count(&assist, &left_out, &query, NULL, &err) && !cli_writer(common, &err)) {
		if (left_out)
			cli_note(&tool, common,
			         "%zu reviews are left out: their package has no table of needs",
			         left_out);
		write_rows(common->writer, &query, &assist, ci, common->level);
	}
	irm_counter_release(&assist);
	irm_query_release(&query);
	irm_dataset_free(data);
	return cli_finish(&tool, common, &err);
}
