/* irm-findings - good practices, challenges, recommendations.  Manual: irm-findings.1 */
#include <stddef.h>

#include "review/findings.h"
#include "stats/proportion.h"
#include "tools/query.h"

struct options {
	struct cli_common common;
	const char *kind, *state, *match;
};

static const struct cli_option own_options[] = {
	{ CLI_TEXT, 0, "kind", "KIND[,KIND...]", offsetof(struct options, kind),
	  "only these: good_practice, challenge, recommendation" },
	{ CLI_TEXT, 0, "state", "STATE", offsetof(struct options, state),
	  "the findings of this State, a row each, with their texts" },
	{ CLI_TEXT, 0, "match", "QUERY", offsetof(struct options, match),
	  "the findings whose summary has these words, a row each" },
	{ .kind = CLI_END },
};
static const struct cli_tool tool = {
	"irm-findings", "count good practices, challenges and recommendations, and look them up",
	NULL,           CLI_SOURCE | CLI_QUERY | CLI_LIMITS | CLI_TABLE | CLI_OUTPUT,
	own_options,    "  irm-findings -d datasets/fictional --by article --kind recommendation",
};

/* What a run holds; all zero at first. */
struct run {
	struct irm_dataset *data;
	struct irm_query query;
	struct irm_counter counts;
	struct irm_findings_list list;
	size_t left_out;
	enum irm_ci ci;
};

/* How many rows rest on fewer than IRM_FEW reviews. */
static size_t write_rows(struct irm_writer *out, const struct run *run, double level)
{
	const struct irm_counter *c = &run->counts;
	char buffer[16];
	size_t few = 0;
	irm_query_columns(&run->query, out);
	irm_writer_columns(out, "kind,eligible,reviews,findings,rate,rate_lo,rate_hi");
	for (size_t i = 0; i < c->n; i++) {
		const uint32_t *key = c->keys + i * c->width;
		const int64_t *counts = c->counts + i * c->columns;
		int64_t x = counts[IRM_FINDINGS_REVIEWS], n = counts[IRM_FINDINGS_ELIGIBLE];
		struct irm_interval limits = irm_proportion_limits(run->ci, x, n, level);
		irm_query_cells(&run->query, key, out);
		irm_writer_text(out, irm_key_text(run->data, IRM_BY_KIND, key[run->query.n_by],
		                                  false, buffer));
		irm_writer_count(out, n);
		irm_writer_count(out, x);
		irm_writer_count(out, counts[IRM_FINDINGS_FINDINGS]);
		irm_writer_number(out, irm_proportion(x, n));
		irm_writer_number(out, limits.lo);
		irm_writer_number(out, limits.hi);
		irm_writer_row(out);
		few += n > 0 && n < IRM_FEW;
	}
	return few;
}

static enum irm_code check_options(const struct options *options, struct irm_err *err)
{
	bool lists = options->state || options->match;
	if (lists && (options->common.by || options->common.total))
		return irm_err_set(err, IRM_USAGE,
		                   "--by and --total go with counts, not with --state or --match");
	return IRM_OK;
}

static enum irm_code open_source(struct run *run, const struct options *options,
                                 struct irm_err *err)
{
	if (cli_query_parts(&run->data, &run->query, &options->common, IRM_PART_FINDINGS,
	                    IRM_FINDINGS_KEYS, 1u << IRM_BY_KIND, err))
		return err->code;
	if (options->kind && irm_query_only(&run->query, IRM_BY_KIND, options->kind, err))
		return err->code;
	return options->state ? irm_query_only(&run->query, IRM_BY_STATE, options->state, err)
	                      : IRM_OK;
}

static enum irm_code count(struct run *run, const struct options *options, struct irm_err *err)
{
	if (!options->state && !options->match)
		return irm_findings_count(&run->counts, &run->left_out, &run->query, err);
	if (irm_findings_find(&run->list, &run->left_out, &run->query, err))
		return err->code;
	return options->match ? irm_findings_match(&run->list, run->data, options->match, err)
	                      : IRM_OK;
}

int main(int argc, char **argv)
{
	struct options options = { .common = CLI_COMMON_INIT };
	struct cli_common *common = &options.common;
	struct irm_err err = { .code = IRM_OK };
	struct run run = { .data = NULL };
	if (!cli_parse(&tool, argc, argv, &options, &err) && !check_options(&options, &err) &&
	    !irm_ci_parse(&run.ci, common->ci, &err) && !open_source(&run, &options, &err) &&
	    !count(&run, &options, &err) && !cli_writer(common, &err)) {
		if (run.left_out)
			cli_note(&tool, common,
			         "%zu reviews are left out: their package has no table of findings",
			         run.left_out);
		if (options.state || options.match)
			irm_findings_write(&run.list, &run.query, common->writer);
		else
			cli_note_few(&tool, common,
			             write_rows(common->writer, &run, common->level));
	}
	irm_counter_release(&run.counts);
	irm_findings_release(&run.list);
	irm_query_release(&run.query);
	irm_dataset_free(run.data);
	return cli_finish(&tool, common, &err);
}
