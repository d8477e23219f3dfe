/* irm-delays - how long the stages take, and how many limits are kept.  Manual: irm-delays.1 */
#include <math.h>
#include <stddef.h>
#include <stdlib.h>

#include "review/tally.h"
#include "stats/delays.h"
#include "tools/query.h"

struct options {
	struct cli_common common;
	bool each, tally;
	const char *from_tally, *conf_type;
	double tau;
};

static const struct cli_option own_options[] = {
	{ CLI_FLAG, 0, "each", NULL, offsetof(struct options, each),
	  "a row an observation: a review's stage" },
	{ CLI_FLAG, 0, "tally", NULL, offsetof(struct options, tally),
	  "counts by key and day, from which all figures follow" },
	{ CLI_TEXT, 0, "from-tally", "FILE", offsetof(struct options, from_tally),
	  "figures from such counts (- is stdin) instead of a source" },
	{ CLI_NUMBER, 0, "tau", "DAYS", offsetof(struct options, tau),
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

static void write_or_empty(struct irm_writer *out, int32_t number)
{
	if (number < 0)
		irm_writer_empty(out);
	else
		irm_writer_count(out, number);
}

/* The text of a stage's party, "" where there is none. */
static const char *party_of(const struct irm_dataset *data, const struct irm_milestone *m)
{
	return m->party == IRM_NONE ? "" : data->parties.text[m->party];
}

struct listing {
	const struct irm_query *query;
	struct irm_writer *out;
	const char **sources; /* of events, by place in irm_dataset.dates */
};

static enum irm_code write_each(void *context, const struct irm_observation *seen,
                                struct irm_err *err)
{
	(void)err;
	static const enum irm_key keys[] = { IRM_BY_REVIEW, IRM_BY_CYCLE, IRM_BY_YEAR, IRM_BY_STATE,
		                             IRM_BY_REGION };
	struct listing *list = context;
	const struct irm_dataset *data = list->query->data;
	const struct irm_milestone *m = &data->milestones[seen->milestone];
	struct irm_writer *out = list->out;
	char buffer[16];
	irm_writer_day(out, list->query->as_of);
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
		uint32_t value = irm_key_of_review(data, keys[i], seen->review);
		irm_writer_text(out,
		                irm_key_text(data, keys[i], value, list->query->names, buffer));
	}
	irm_writer_text(out,
	                irm_key_text(data, IRM_BY_STAGE, m->stage, list->query->names, buffer));
	irm_writer_text(out, party_of(data, m));
	irm_writer_day(out, seen->began);
	irm_writer_day(out, seen->due);
	irm_writer_day(out, seen->ended);
	write_or_empty(out, seen->days);
	write_or_empty(out, seen->event);
	if (seen->late == 1)
		irm_writer_count(out, seen->ended - seen->due);
	else
		irm_writer_empty(out);
	irm_writer_text(out, irm_dataset_source(data, seen->review, seen->milestone));
	irm_writer_row(out);
	return IRM_OK;
}

static enum irm_code list_each(const struct irm_query *query, struct irm_writer *out,
                               struct irm_err *err)
{
	struct listing list = { .query = query, .out = out };
	if (query->n_by)
		return irm_err_set(err, IRM_USAGE, "--each has its own columns: leave out --by");
	irm_writer_columns(out, "as_of,review,cycle,year,state,region,stage,party,began,due,ended,"
	                        "days,event,days_late,source");
	return irm_observe_all(query, write_each, &list, err);
}

static void write_group(struct irm_writer *out, const struct irm_tally *tally, size_t g,
                        const struct irm_delay *d)
{
	const struct irm_tally_group *group = &tally->groups[g];
	irm_writer_day(out, tally->as_of);
	for (size_t k = 0; k < tally->n_keys; k++)
		irm_writer_text(out, group->keys[k]);
	irm_writer_text(out, group->stage);
	irm_writer_text(out, group->party);
	irm_writer_text(out, group->time_limit);
	const int64_t counts[] = { d->n, d->done, d->open, d->unknown };
	for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
		irm_writer_count(out, counts[i]);
	const double days[] = {
		d->median.day, d->median.lo,  d->median.hi, d->q25, d->q75,
		d->q90,        d->rmean.mean, d->rmean.se,  d->tau, d->median_done
	};
	for (size_t i = 0; i < sizeof days / sizeof *days; i++)
		irm_writer_number(out, days[i]);
	const int64_t kept[] = { d->on_time, d->late, d->overdue };
	for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
		irm_writer_count(out, kept[i]);
	const double rate[] = { d->on_time_rate, d->on_time_lo, d->on_time_hi };
	for (size_t i = 0; i < sizeof rate / sizeof *rate; i++)
		irm_writer_number(out, rate[i]);
	irm_writer_row(out);
}

static enum irm_code write_summary(const struct options *options, const struct irm_tally *tally,
                                   struct irm_err *err)
{
	struct irm_writer *out = options->common.writer;
	struct irm_delay_options how = { .level = options->common.level, .tau = options->tau };
	struct irm_delay *delays = calloc(tally->n_groups + 1, sizeof *delays);
	enum irm_code code = delays ? IRM_OK : irm_err_memory(err);
	if (!code && !irm_ci_parse(&how.ci, options->common.ci, err) &&
	    !irm_conf_parse(&how.conf, options->conf_type, err))
		code = irm_delays_estimate(delays, tally, &how, err);
	code = err->code;
	if (!code) {
		irm_writer_column(out, "as_of");
		for (size_t k = 0; k < tally->n_keys; k++)
			irm_writer_column(out, tally->key_names[k]);
		irm_writer_columns(out,
		                   "stage,party,time_limit,n,done,open,unknown,median,median_lo,"
		                   "median_hi,q25,q75,q90,rmean,rmean_se,tau,median_done,on_time,"
		                   "late,overdue,on_time_rate,on_time_lo,on_time_hi");
		for (size_t g = 0; g < tally->n_groups; g++)
			write_group(out, tally, g, &delays[g]);
	}
	free(delays);
	return code;
}

/* With --from-tally nothing is asked of a source: options that ask it are a mistake. */
static enum irm_code check_options(const struct options *options, struct irm_err *err)
{
	const struct cli_common *c = &options->common;
	if (options->each && options->tally)
		return irm_err_set(err, IRM_USAGE, "--each or --tally, not both");
	bool asks = c->source || c->as_of || c->by || c->where.n || c->total || c->imprecise ||
	            c->names || options->each;
	if (options->from_tally && asks)
		return irm_err_set(err, IRM_USAGE,
		                   "--from-tally has its keys and its day: leave out -d, --as-of, "
		                   "--by, --where, --total, --names, --imprecise and --each");
	if (!isnan(options->tau) && options->tau < 0)
		return irm_err_set(err, IRM_USAGE, "--tau: expected days, found less than 0");
	return IRM_OK;
}

static enum irm_code from_source(const struct options *options, struct irm_err *err)
{
	const struct cli_common *common = &options->common;
	struct irm_dataset *data = NULL;
	struct irm_query query = { .n_by = 0 };
	struct irm_tally *tally = NULL;
	if (!cli_query(&data, &query, common, IRM_BY_REVIEWS | IRM_BY_STAGES, IRM_BY_STAGES, err)) {
		if (options->each)
			(void)!list_each(&query, common->writer, err);
		else if (!irm_tally_count(&tally, &query, err) && options->tally)
			irm_tally_write(tally, common->writer);
		else if (!err->code)
			(void)!write_summary(options, tally, err);
	}
	irm_tally_free(tally);
	irm_query_release(&query);
	irm_dataset_free(data);
	return err->code;
}

static enum irm_code from_tally(const struct options *options, struct irm_err *err)
{
	struct irm_tally *tally = NULL;
	if (irm_tally_read(&tally, options->from_tally, err))
		return err->code;
	if (options->tally)
		irm_tally_write(tally, options->common.writer);
	else
		(void)!write_summary(options, tally, err);
	irm_tally_free(tally);
	return err->code;
}

int main(int argc, char **argv)
{
	struct options options = { .common = CLI_COMMON_INIT, .tau = (double)NAN };
	struct irm_err err = { .code = IRM_OK };
	if (!cli_parse(&tool, argc, argv, &options, &err) && !check_options(&options, &err) &&
	    !cli_writer(&options.common, &err)) {
		if (options.from_tally)
			(void)!from_tally(&options, &err);
		else
			(void)!from_source(&options, &err);
	}
	return cli_finish(&tool, &options.common, &err);
}
