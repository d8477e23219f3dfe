/* irm-status - where each review stands on a day.  Manual: irm-status.1 */
#include <stddef.h>

#include "review/status.h"
#include "stats/proportion.h"
#include "tools/query.h"

struct options {
	struct cli_common common;
};

static const struct cli_option own_options[] = {
	{ .kind = CLI_END },
};
static const struct cli_tool tool = {
	"irm-status", "count reviews by the milestone that they last reached",
	NULL,         CLI_SOURCE | CLI_QUERY | CLI_TABLE | CLI_OUTPUT,
	own_options,  "  irm-status -d datasets/uncac --by cycle",
};

static void write_rows(struct irm_writer *out, const struct irm_query *query,
                       const struct irm_counter *status)
{
	char buffer[16];
	irm_query_columns(query, out);
	irm_writer_columns(out, "stage,reviews,share");
	for (size_t i = 0; i < status->n; i++) {
		const uint32_t *key = status->keys + i * status->width;
		int64_t reviews = status->counts[i * status->columns + IRM_STATUS_REVIEWS];
		irm_query_cells(query, key, out);
		irm_writer_text(out, irm_key_text(query->data, IRM_BY_STAGE, key[query->n_by],
		                                  query->names, buffer));
		irm_writer_count(out, reviews);
		irm_writer_number(out, irm_proportion(reviews, irm_status_total(status, i)));
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
	struct irm_counter status = { .n = 0 };
	if (!cli_parse(&tool, argc, argv, &options, &err) &&
	    !cli_query(&data, &query, common, IRM_BY_REVIEWS | 1u << IRM_BY_STAGE,
	               1u << IRM_BY_STAGE, &err) &&
	    !irm_status_count(&status, &query, &err) && !cli_writer(common, &err))
		write_rows(common->writer, &query, &status);
	irm_counter_release(&status);
	irm_query_release(&query);
	irm_dataset_free(data);
	return cli_finish(&tool, common, &err);
}
