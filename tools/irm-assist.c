/* irm-assist - technical assistance: needs, provided, gap.  Manual: irm-assist.1 */
#include <math.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "review/assist.h"
#include "review/need_wait.h"
#include "review/provided.h"
#include "stats/proportion.h"
#include "stats/regions.h"
#include "stats/waits_table.h"
#include "tools/query.h"

struct options {
	struct cli_common common;
	bool provided, gap, wait, test, smooth, regional, each;
	int64_t seed;
	enum irm_ci ci;
};

static const struct cli_option own_options[] = {
	{ CLI_FLAG, 0, "gap", NULL, offsetof(struct options, gap),
	  "add how many reviews have a need that assistance addresses" },
	{ CLI_FLAG, 0, "provided", NULL, offsetof(struct options, provided),
	  "count the assistance that was provided instead" },
	{ CLI_FLAG, 0, "regional", NULL, offsetof(struct options, regional),
	  "count assistance to whole regions too, apart" },
	{ CLI_FLAG, 0, "wait", NULL, offsetof(struct options, wait),
	  "how long needs wait for assistance, open ones counted in" },
	{ CLI_FLAG, 0, "each", NULL, offsetof(struct options, each), "with --wait: a row a need" },
	{ CLI_FLAG, 0, "test", NULL, offsetof(struct options, test),
	  "test whether regions differ in their needs (Fisher)" },
	{ CLI_WHOLE, 0, "seed", "N", offsetof(struct options, seed),
	  "of the tables that --test draws where too many are possible (1)" },
	{ CLI_FLAG, 0, "smooth", NULL, offsetof(struct options, smooth),
	  "add the rates of regions smoothed towards each other" },
	{ .kind = CLI_END },
};
static const struct cli_tool tool = {
	"irm-assist",
	"count the reviews that name a need for technical assistance, of those that could have",
	NULL,
	CLI_SOURCE | CLI_QUERY | CLI_LIMITS | CLI_TABLE | CLI_OUTPUT,
	own_options,
	"  irm-assist -d datasets/fictional --by article,region\n"
	"  irm-assist -d datasets/fictional --gap --by region --total",
};

static enum irm_code wrong(struct irm_err *err, const char *what)
{
	return irm_err_set(err, IRM_USAGE, "%s", what);
}

/* Whether the options agree; what they leave unsaid is filled in. */
static enum irm_code check_options(struct options *o, struct irm_err *err)
{
	struct cli_common *c = &o->common;
	if (o->provided + o->gap + o->wait + o->test + o->smooth > 1)
		return wrong(err, "one of --gap, --provided, --wait, --test and --smooth, not "
		                  "several");
	if (o->regional && !o->gap && !o->provided)
		return wrong(err, "--regional goes with --gap and --provided only");
	if (o->each && !o->wait)
		return wrong(err, "--each goes with --wait only");
	if (o->each && c->total)
		return wrong(err, "--each has no totals: leave out --total");
	if (o->test && c->total)
		return wrong(err, "--test has no totals: leave out --total");
	if (o->seed >= 0 && !o->test)
		return wrong(err, "--seed goes with --test only");
	if (o->seed > UINT32_MAX)
		return irm_err_set(err, IRM_USAGE, "--seed: expected 0 to 4294967295, found %lld",
		                   (long long)o->seed);
	if (o->seed < 0)
		o->seed = 1;
	if (!c->by && (o->test || o->smooth))
		c->by = o->test ? "article" : "article,region";
	if (irm_ci_parse(&o->ci, c->ci, err))
		return err->code;
	return irm_level_check(c->level, err);
}

/* Regions are compared, so they are a key: --test adds it, --smooth prints it. */
static enum irm_code need_region(struct irm_query *query, const struct options *o,
                                 struct irm_err *err)
{
	for (size_t i = 0; i < query->n_by; i++)
		if (query->by[i] == IRM_BY_REGION)
			return IRM_OK;
	if (o->smooth)
		return wrong(err, "--smooth: expected region among the keys of --by");
	if (query->n_by == IRM_KEYS_MOST)
		return wrong(err, "--by: expected at most 7 keys other than region");
	query->by[query->n_by++] = IRM_BY_REGION;
	return IRM_OK;
}

/* A row of --each has its own columns; these add to them. */
static enum irm_code check_each(const struct irm_query *query, struct irm_err *err)
{
	for (size_t i = 0; i < query->n_by; i++)
		if (!((IRM_BY_ASSISTANCE | 1u << IRM_BY_TYPE) >> query->by[i] & 1))
			return irm_err_set(err, IRM_USAGE,
			                   "--each has its own columns: of --by it takes type, "
			                   "provider and beneficiary, found '%s'",
			                   irm_key_name(query->by[i]));
	return IRM_OK;
}

static void note_left_out(const struct options *o, size_t left_out)
{
	if (left_out)
		cli_note(&tool, &o->common,
		         "%zu reviews are left out: their package has no table of needs", left_out);
}

static void write_rate(struct irm_writer *out, const struct options *o, int64_t x, int64_t n)
{
	struct irm_interval limits = irm_proportion_limits(o->ci, x, n, o->common.level);
	irm_writer_number(out, irm_proportion(x, n));
	irm_writer_number(out, limits.lo);
	irm_writer_number(out, limits.hi);
}

static void write_gap(struct irm_writer *out, const struct options *o, const int64_t *counts)
{
	int64_t unknown = counts[IRM_ASSIST_UNKNOWN];
	irm_writer_count(out, counts[IRM_ASSIST_ADDRESSED]);
	irm_writer_count(out, counts[IRM_ASSIST_UNADDRESSED]);
	write_rate(out, o, counts[IRM_ASSIST_ADDRESSED], counts[IRM_ASSIST_WITH_NEED] - unknown);
	irm_writer_count(out, unknown);
	if (o->regional)
		irm_writer_count(out, counts[IRM_ASSIST_REGIONAL]);
}

static void write_smoothed(struct irm_writer *out, const struct options *o,
                           const struct irm_smoothed *smoothed)
{
	bool limits = o->ci != IRM_CI_NONE;
	irm_writer_number(out, smoothed->rate);
	irm_writer_number(out, limits ? smoothed->lo : (double)NAN);
	irm_writer_number(out, limits ? smoothed->hi : (double)NAN);
}

/* smoothed NULL: none are asked for. The number of rows that rest on few reviews. */
static size_t write_needs(const struct options *o, const struct irm_query *query,
                          const struct irm_counter *assist, const struct irm_smoothed *smoothed)
{
	struct irm_writer *out = o->common.writer;
	size_t few = 0;
	irm_query_columns(query, out);
	irm_writer_columns(out, "eligible,with_need,needs,rate,rate_lo,rate_hi");
	if (o->gap)
		irm_writer_columns(out, "addressed,unaddressed,addressed_rate,addressed_lo,"
		                        "addressed_hi,unknown");
	if (o->regional)
		irm_writer_column(out, "regional");
	if (smoothed)
		irm_writer_columns(out, "smoothed,smoothed_lo,smoothed_hi");
	for (size_t i = 0; i < assist->n; i++) {
		const int64_t *counts = assist->counts + i * assist->columns;
		int64_t x = counts[IRM_ASSIST_WITH_NEED], n = counts[IRM_ASSIST_ELIGIBLE];
		irm_query_cells(query, assist->keys + i * assist->width, out);
		irm_writer_count(out, n);
		irm_writer_count(out, x);
		irm_writer_count(out, counts[IRM_ASSIST_NEEDS]);
		write_rate(out, o, x, n);
		if (o->gap)
			write_gap(out, o, counts);
		if (smoothed)
			write_smoothed(out, o, &smoothed[i]);
		irm_writer_row(out);
		few += n < IRM_FEW || (o->gap && x > 0 && x < IRM_FEW);
	}
	return few;
}

static enum irm_code write_counts(const struct options *o, const struct irm_query *query,
                                  const struct irm_counter *assist, struct irm_err *err)
{
	size_t drawn;
	struct irm_smoothed *smoothed = NULL;
	if (o->test) {
		if (irm_regions_test(assist, query, (uint32_t)o->seed, o->common.writer, &drawn,
		                     err))
			return err->code;
		if (drawn)
			cli_note(&tool, &o->common,
			         "fisher_p: too many tables are possible in %zu %s; some drawn, "
			         "seed %u",
			         drawn, drawn == 1 ? "test" : "tests", (unsigned)o->seed);
		return IRM_OK;
	}
	if (o->smooth) {
		smoothed = malloc((assist->n + 1) * sizeof *smoothed);
		if (!smoothed)
			return irm_err_memory(err);
		if (irm_regions_smooth(smoothed, assist, query, o->common.level, err)) {
			free(smoothed);
			return err->code;
		}
	}
	cli_note_few(&tool, &o->common, write_needs(o, query, assist, smoothed));
	free(smoothed);
	return IRM_OK;
}

static enum irm_code run_needs(const struct options *o, const struct irm_query *query,
                               const struct irm_addresses *addresses, struct irm_err *err)
{
	const struct irm_assist_gap gap = { addresses, o->regional };
	struct irm_counter assist = { .n = 0 };
	size_t left_out = 0;
	enum irm_code code = irm_assist_count(&assist, &left_out, query, o->gap ? &gap : NULL, err);
	if (!code)
		note_left_out(o, left_out);
	if (!code)
		code = write_counts(o, query, &assist, err);
	irm_counter_release(&assist);
	return code;
}

static enum irm_code run_provided(const struct options *o, const struct irm_query *query,
                                  struct irm_err *err)
{
	struct irm_writer *out = o->common.writer;
	struct irm_counter provided = { .n = 0 };
	enum irm_code code = irm_provided_count(&provided, query, o->regional, err);
	if (!code) {
		irm_query_columns(query, out);
		irm_writer_columns(out, "activities,running,states,unknown");
		if (o->regional)
			irm_writer_column(out, "regional");
	}
	for (size_t i = 0; i < provided.n && !code; i++) {
		const int64_t *counts = provided.counts + i * provided.columns;
		irm_query_cells(query, provided.keys + i * provided.width, out);
		irm_writer_count(out, counts[IRM_PROVIDED_ACTIVITIES]);
		irm_writer_count(out, counts[IRM_PROVIDED_RUNNING]);
		irm_writer_count(out, counts[IRM_PROVIDED_STATES]);
		irm_writer_count(out, counts[IRM_PROVIDED_UNKNOWN]);
		if (o->regional)
			irm_writer_count(out, counts[IRM_PROVIDED_REGIONAL]);
		irm_writer_row(out);
	}
	irm_counter_release(&provided);
	return code;
}

static enum irm_code run_wait(const struct options *o, const struct irm_query *query,
                              const struct irm_addresses *addresses, struct irm_err *err)
{
	const struct irm_delay_options how = {
		.level = o->common.level, .conf = IRM_CONF_LOG_LOG, .ci = o->ci, .tau = (double)NAN
	};
	struct irm_counter waits = { .n = 0 };
	size_t left_out = 0, few = 0;
	enum irm_code code;
	if (o->each) {
		code = irm_need_wait_write(query, addresses, &left_out, o->common.writer, err);
	} else {
		code = irm_need_wait_count(&waits, &left_out, query, addresses, err);
		if (!code)
			code = irm_waits_write(&waits, query, NULL, 0, &how, o->common.writer, &few,
			                       err);
	}
	if (!code)
		note_left_out(o, left_out);
	if (!code)
		cli_note_few(&tool, &o->common, few);
	irm_counter_release(&waits);
	return code;
}

static enum irm_code run(struct options *o, struct irm_err *err)
{
	struct irm_dataset *data = NULL;
	struct irm_query query = { .n_by = 0 };
	struct irm_addresses *addresses = NULL;
	unsigned parts = o->provided || o->gap || o->wait ? IRM_PART_ASSISTANCE : 0;
	if (o->provided)
		parts |= IRM_PART_ACTIVITY_TOPICS;
	unsigned keys = o->provided ? IRM_BY_ACTIVITIES
	                : o->wait   ? IRM_BY_REVIEWS | IRM_BY_ARTICLES | IRM_BY_ASSISTANCE
	                : o->gap    ? IRM_BY_NEEDS | IRM_BY_ASSISTANCE
	                            : IRM_BY_NEEDS;
	if (keys >> IRM_BY_PARAGRAPH & 1)
		parts |= IRM_PART_PARAGRAPHS;
	enum irm_code code = cli_query_parts(&data, &query, &o->common, parts, keys, 0, err);
	if (!code && (o->test || o->smooth))
		code = need_region(&query, o, err);
	if (!code && o->each)
		code = check_each(&query, err);
	if (!code && (o->gap || o->wait))
		code = irm_addresses_new(&addresses, &query, err);
	if (!code)
		code = cli_writer(&o->common, err);
	if (!code)
		code = o->provided ? run_provided(o, &query, err)
		       : o->wait   ? run_wait(o, &query, addresses, err)
		                   : run_needs(o, &query, addresses, err);
	irm_addresses_free(addresses);
	irm_query_release(&query);
	irm_dataset_free(data);
	return code;
}

int main(int argc, char **argv)
{
	struct options options = { .common = CLI_COMMON_INIT, .seed = -1 };
	struct irm_err err = { .code = IRM_OK };
	enum irm_code code = cli_parse(&tool, argc, argv, &options, &err);
	if (!code)
		code = check_options(&options, &err);
	if (!code)
		code = run(&options, &err);
	if (code)
		err.code = code;
	return cli_finish(&tool, &options.common, &err);
}
