/* irm-followup - measures taken after reviews, and the template for them.  Manual: irm-followup.1
 */
#include <math.h>
#include <stddef.h>
#include <string.h>

#include "review/followup.h"
#include "stats/waits_table.h"
#include "tools/query.h"
#include "tools/template_xlsx.h"

struct options {
	struct cli_common common;
	bool time, complete;
	const char *state, *format; /* of the template; of the output */
};

static const struct cli_option own_options[] = {
	{ CLI_FLAG, 0, "time", NULL, offsetof(struct options, time),
	  "days from the release of a recommendation to its measure" },
	{ CLI_FLAG, 0, "complete", NULL, offsetof(struct options, complete),
	  "how many reviews report on any and on all recommendations" },
	{ CLI_TEXT, 0, "template", "STATE", offsetof(struct options, state),
	  "the recommendations to a State, to be filled in and loaded" },
	{ CLI_TEXT, 'f', "format", "FORMAT", offsetof(struct options, format),
	  "csv, tsv, json, jsonl, md or table; xlsx with --template" },
	{ .kind = CLI_END },
};
static const struct cli_tool tool = {
	"irm-followup",
	"count the measures taken after reviews, or print the template to report them",
	NULL,
	CLI_SOURCE | CLI_QUERY | CLI_LIMITS | CLI_OUTPUT,
	own_options,
	"  irm-followup -d datasets/fictional --by region\n"
	"  irm-followup -d datasets/fictional --template XAA -f xlsx -o XAA.xlsx",
};

/* What a run holds; all zero at first. */
struct run {
	struct irm_dataset *data;
	struct irm_query query;
	struct irm_counter counts;
	struct irm_template list;
	struct irm_followup_left left;
	enum irm_ci ci;
};

/* The last columns of a row of shares. */
static void write_share(struct irm_writer *out, const struct run *run, const int64_t counts[3],
                        double level)
{
	int64_t known = counts[0] - counts[2];
	struct irm_interval limits = irm_proportion_limits(run->ci, counts[1], known, level);
	irm_writer_count(out, counts[0]);
	irm_writer_count(out, counts[1]);
	irm_writer_number(out, irm_proportion(counts[1], known));
	irm_writer_number(out, limits.lo);
	irm_writer_number(out, limits.hi);
	irm_writer_count(out, counts[2]);
	irm_writer_row(out);
}

static void write_statuses(struct irm_writer *out, const struct run *run, double level)
{
	const struct irm_counter *c = &run->counts;
	char buffer[16];
	irm_query_columns(&run->query, out);
	irm_writer_columns(out, "status,eligible,measures,rate,rate_lo,rate_hi,unknown");
	for (size_t i = 0; i < c->n; i++) {
		const uint32_t *key = c->keys + i * c->width;
		const int64_t *n = c->counts + i * c->columns;
		irm_query_cells(&run->query, key, out);
		irm_writer_text(out, irm_key_text(run->data, IRM_BY_STATUS, key[run->query.n_by],
		                                  false, buffer));
		write_share(out, run,
		            (const int64_t[]){ n[IRM_FOLLOWUP_ELIGIBLE], n[IRM_FOLLOWUP_MEASURES],
		                               n[IRM_FOLLOWUP_UNKNOWN] },
		            level);
	}
}

/* How many rows rest on fewer than IRM_FEW reviews. */
static size_t write_complete(struct irm_writer *out, const struct run *run, double level)
{
	const struct irm_counter *c = &run->counts;
	size_t few = 0;
	irm_query_columns(&run->query, out);
	irm_writer_columns(out, "reported,eligible,reviews,rate,rate_lo,rate_hi,unknown");
	for (size_t i = 0; i < c->n; i++) {
		const uint32_t *key = c->keys + i * c->width;
		const int64_t *n = c->counts + i * c->columns;
		int64_t known = n[IRM_COMPLETE_ELIGIBLE] - n[IRM_COMPLETE_UNKNOWN];
		irm_query_cells(&run->query, key, out);
		irm_writer_text(out, key[run->query.n_by] == IRM_REPORTED_ANY ? "any" : "all");
		write_share(out, run,
		            (const int64_t[]){ n[IRM_COMPLETE_ELIGIBLE], n[IRM_COMPLETE_REVIEWS],
		                               n[IRM_COMPLETE_UNKNOWN] },
		            level);
		few += known > 0 && known < IRM_FEW;
	}
	return few;
}

static enum irm_code check_options(struct options *options, struct irm_err *err)
{
	struct cli_common *common = &options->common;
	enum irm_format format;
	bool is_template = options->state != NULL;
	bool is_book = options->format && strcmp(options->format, "xlsx") == 0;
	if (options->time + options->complete + is_template > 1)
		return irm_err_set(err, IRM_USAGE, "--time, --complete or --template: one of them");
	if (is_template && (common->by || common->total))
		return irm_err_set(err, IRM_USAGE,
		                   "--by and --total go with counts, not with --template");
	if (is_book && !is_template)
		return irm_err_set(err, IRM_USAGE, "--format: xlsx goes with --template");
	if (is_book || !options->format)
		return IRM_OK;
	common->format = options->format;
	return irm_format_parse(&format, options->format, err);
}

static enum irm_code open_source(struct run *run, const struct options *options,
                                 struct irm_err *err)
{
	unsigned keys = options->complete ? IRM_BY_REVIEWS : IRM_FOLLOWUP_KEYS;
	if (cli_query_parts(&run->data, &run->query, &options->common,
	                    IRM_PART_FINDINGS | IRM_PART_MEASURES, keys, 1u << IRM_BY_STATUS, err))
		return err->code;
	return options->state ? irm_query_only(&run->query, IRM_BY_STATE, options->state, err)
	                      : IRM_OK;
}

static enum irm_code count(struct run *run, const struct options *options, struct irm_err *err)
{
	if (options->state)
		return irm_template_make(&run->list, &run->query, err);
	if (options->time)
		return irm_followup_time(&run->counts, &run->left, &run->query, err);
	if (options->complete)
		return irm_followup_complete(&run->counts, &run->left, &run->query, err);
	return irm_followup_count(&run->counts, &run->left, &run->query, err);
}

static enum irm_code write_template(struct run *run, struct options *options, struct irm_err *err)
{
	struct cli_common *common = &options->common;
	char day[IRM_DAY_SIZE];
	irm_day_format(day, run->query.as_of);
	if (run->list.n == 0)
		cli_note(&tool, common, "no recommendation to %s is released by %s", options->state,
		         day);
	if (options->format && !common->format) {
		if (cli_output(common, err))
			return err->code;
		return template_xlsx_write(irm_output_stream(common->file),
		                           common->output ? common->output : "standard output",
		                           &run->list, &run->query, err);
	}
	if (cli_writer(common, err))
		return err->code;
	irm_template_write(&run->list, run->data, common->writer);
	return IRM_OK;
}

static void note_left_out(const struct cli_common *common, const struct run *run)
{
	if (run->left.reviews)
		cli_note(
		        &tool, common,
		        "%zu reviews are left out: their package has not both tables, findings and "
		        "measures",
		        run->left.reviews);
	if (run->left.measures)
		cli_note(&tool, common, "%zu measures answer no recommendation on record",
		         run->left.measures);
}

static enum irm_code write_table(struct run *run, struct options *options, struct irm_err *err)
{
	struct cli_common *common = &options->common;
	struct irm_delay_options delay = { common->level, IRM_CONF_LOG_LOG, run->ci, (double)NAN };
	size_t few = 0;
	if (options->state)
		return write_template(run, options, err);
	if (cli_writer(common, err))
		return err->code;
	if (options->time) {
		if (irm_waits_write(&run->counts, &run->query, NULL, 0, &delay, common->writer,
		                    &few, err))
			return err->code;
	} else if (options->complete) {
		few = write_complete(common->writer, run, common->level);
	} else {
		write_statuses(common->writer, run, common->level);
	}
	cli_note_few(&tool, common, few);
	return IRM_OK;
}

int main(int argc, char **argv)
{
	struct options options = { .common = CLI_COMMON_INIT };
	struct cli_common *common = &options.common;
	struct irm_err err = { .code = IRM_OK };
	struct run run = { .data = NULL };
	if (!cli_parse(&tool, argc, argv, &options, &err) && !check_options(&options, &err) &&
	    !irm_ci_parse(&run.ci, common->ci, &err) && !open_source(&run, &options, &err) &&
	    !count(&run, &options, &err) && !write_table(&run, &options, &err))
		note_left_out(common, &run);
	irm_counter_release(&run.counts);
	irm_template_release(&run.list);
	irm_query_release(&run.query);
	irm_dataset_free(run.data);
	return cli_finish(&tool, common, &err);
}
