/* irm-delays - how long the stages take, and how many limits are kept.  Manual: irm-delays.1 */
#include <math.h>
#include <stddef.h>

#include "review/compare.h"
#include "review/listing.h"
#include "review/share.h"
#include "review/tally.h"
#include "stats/delays.h"
#include "stats/trend.h"
#include "tools/query.h"

struct options {
	struct cli_common common;
	bool each, late, share, tally, trend;
	const char *from_tally, *compare, *conf_type;
	int64_t lag;
	struct irm_delay_options how; /* its tau is an option; the rest follows from others */
};

static const struct cli_option own_options[] = {
	{ CLI_FLAG, 0, "each", NULL, offsetof(struct options, each),
	  "a row an observation: a review's stage" },
	{ CLI_FLAG, 0, "late", NULL, offsetof(struct options, late),
	  "the late and overdue observations, the latest first" },
	{ CLI_FLAG, 0, "share", NULL, offsetof(struct options, share),
	  "where the time goes: days between milestones, by party" },
	{ CLI_FLAG, 0, "tally", NULL, offsetof(struct options, tally),
	  "counts by key and day, from which all figures follow" },
	{ CLI_FLAG, 0, "trend", NULL, offsetof(struct options, trend),
	  "whether stages get faster by scheduled year, with the test" },
	{ CLI_TEXT, 0, "from-tally", "FILE", offsetof(struct options, from_tally),
	  "figures from such counts (- is stdin) instead of a source" },
	{ CLI_TEXT, 0, "compare", "CYCLE,CYCLE", offsetof(struct options, compare),
	  "cycles at the same age: that of the youngest" },
	{ CLI_WHOLE, 0, "lag", "DAYS", offsetof(struct options, lag),
	  "leave the last days out, for records that come late" },
	{ CLI_NUMBER, 0, "tau", "DAYS", offsetof(struct options, how.tau),
	  "restricted means run to this day (else the groups' common last)" },
	{ CLI_TEXT, 0, "conf-type", "TYPE", offsetof(struct options, conf_type),
	  "limits of the median: log-log, log or plain" },
	{ .kind = CLI_END },
};
static const struct cli_tool tool = {
	"irm-delays",
	"estimate how long stages take, open reviews counted in, and how many limits are kept",
	NULL,
	CLI_SOURCE | CLI_QUERY | CLI_LIMITS | CLI_TABLE | CLI_OUTPUT,
	own_options,
	"  irm-delays -d datasets/uncac-consent --by region --total",
};

static enum irm_code check_options(const struct options *o, struct irm_err *err)
{
	const struct cli_common *c = &o->common;
	bool lists = o->each || o->late;
	if (o->each + o->late + o->share + o->tally + o->trend > 1)
		return irm_err_set(
		        err, IRM_USAGE,
		        "one of --each, --late, --share, --tally and --trend, not several");
	if (lists && (c->by || c->total))
		return irm_err_set(err, IRM_USAGE,
		                   "%s has its own columns: leave out --by and --total",
		                   o->each ? "--each" : "--late");
	if (o->compare && (lists || o->share || o->trend))
		return irm_err_set(err, IRM_USAGE, "--compare goes with the figures or --tally");
	bool asks = c->source || c->as_of || c->known_at || c->by || c->where.n || c->total ||
	            c->imprecise || c->names || o->compare || o->lag || lists || o->share ||
	            o->trend;
	/* A tally has its keys and its day. */
	if (o->from_tally && asks)
		return irm_err_set(err, IRM_USAGE,
		                   "--from-tally asks nothing of a source: leave out -d, --as-of, "
		                   "--by, --where, --total, --names, --imprecise, --compare, "
		                   "--lag, --each, --late, --share and --trend");
	if (!isnan(o->how.tau) && o->how.tau < 0)
		return irm_err_set(err, IRM_USAGE, "--tau: expected days, found less than 0");
	return IRM_OK;
}

static enum irm_code read_limits(struct options *o, struct irm_err *err)
{
	o->how.level = o->common.level;
	return irm_ci_parse(&o->how.ci, o->common.ci, err)
	               ? err->code
	               : irm_conf_parse(&o->how.conf, o->conf_type, err);
}

static enum irm_code write_tally(const struct options *o, const struct irm_tally *tally,
                                 struct irm_err *err)
{
	if (o->tally) {
		irm_tally_write(tally, o->common.writer);
		return IRM_OK;
	}
	size_t few;
	enum irm_code code = irm_delays_write(tally, &o->how, o->common.writer, &few, err);
	if (!code)
		cli_note_few(&tool, &o->common, few);
	return code;
}

static enum irm_code write_share(const struct options *o, const struct irm_query *query,
                                 struct irm_err *err)
{
	struct irm_counter counts;
	size_t left_out;
	enum irm_code code = irm_share_count(&counts, &left_out, query, err);
	if (!code && left_out)
		cli_note(&tool, &o->common,
		         "%zu reviews are left out: their dates are out of order", left_out);
	if (!code)
		irm_share_write(&counts, query, o->common.writer);
	irm_counter_release(&counts);
	return code;
}

static enum irm_code write_trend(const struct options *o, const struct irm_query *query,
                                 struct irm_err *err)
{
	struct irm_query years;
	struct irm_tally *all = NULL, *by_year = NULL;
	enum irm_code code = irm_trend_query(&years, query, err);
	if (!code)
		code = irm_tally_count(&all, query, 1, err);
	if (!code)
		code = irm_tally_count(&by_year, &years, 1, err);
	if (!code)
		code = irm_trend_write(all, by_year, o->how.ci != IRM_CI_NONE, o->how.level,
		                       o->common.writer, err);
	irm_tally_free(all);
	irm_tally_free(by_year);
	return code;
}

static enum irm_code write_figures(const struct options *o, const struct irm_query *query,
                                   struct irm_err *err)
{
	struct irm_query compared[IRM_COMPARED_MOST] = { { .n_by = 0 } };
	size_t n = 0;
	struct irm_tally *tally = NULL;
	enum irm_code code = IRM_OK;
	if (o->compare)
		code = irm_compare_queries(compared, &n, query, o->compare, err);
	if (!code)
		code = irm_tally_count(&tally, o->compare ? compared : query, o->compare ? n : 1,
		                       err);
	if (!code)
		code = write_tally(o, tally, err);
	for (size_t i = 0; i < IRM_COMPARED_MOST; i++)
		irm_query_release(&compared[i]);
	irm_tally_free(tally);
	return code;
}

static enum irm_code from_source(const struct options *o, struct irm_err *err)
{
	struct irm_dataset *data = NULL;
	struct irm_query query = { .n_by = 0 };
	enum irm_code code = cli_query(&data, &query, &o->common, IRM_BY_REVIEWS | IRM_BY_STAGES,
	                               IRM_BY_STAGES, err);
	if (!code)
		code = irm_query_lag(&query, o->lag, err);
	if (!code && o->each)
		code = irm_listing_write(&query, o->common.writer, err);
	else if (!code && o->late)
		code = irm_listing_write_late(&query, o->common.writer, err);
	else if (!code && o->share)
		code = write_share(o, &query, err);
	else if (!code && o->trend)
		code = write_trend(o, &query, err);
	else if (!code)
		code = write_figures(o, &query, err);
	irm_query_release(&query);
	irm_dataset_free(data);
	return code;
}

static enum irm_code from_tally(const struct options *o, struct irm_err *err)
{
	struct irm_tally *tally = NULL;
	enum irm_code code = irm_tally_read(&tally, o->from_tally, err);
	if (!code)
		code = write_tally(o, tally, err);
	irm_tally_free(tally);
	return code;
}

int main(int argc, char **argv)
{
	struct options options = { .common = CLI_COMMON_INIT, .how = { .tau = (double)NAN } };
	struct irm_err err = { .code = IRM_OK };
	enum irm_code code = cli_parse(&tool, argc, argv, &options, &err);
	if (!code)
		code = check_options(&options, &err);
	if (!code)
		code = read_limits(&options, &err);
	if (!code)
		code = cli_writer(&options.common, &err);
	if (!code)
		code = options.from_tally ? from_tally(&options, &err)
		                          : from_source(&options, &err);
	if (code)
		err.code = code;
	return cli_finish(&tool, &options.common, &err);
}
