/* irm-forecast - when a cycle completes, with its uncertainty.  Manual: irm-forecast.1 */
#include <math.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "stats/backtest.h"
#include "stats/forecast.h"
#include "tools/query.h"

#define DAYS_MOST 10000

struct options {
	struct cli_common common;
	int64_t seed, draws;
	const char *step, *until, *when, *backtest, *horizon;
	struct cli_list shocks, what_ifs;
	bool share, each;
};

static const struct cli_option own_options[] = {
	{ CLI_WHOLE, 0, "seed", "N", offsetof(struct options, seed),
	  "the same number gives the same draws (1)" },
	{ CLI_WHOLE, 0, "draws", "N", offsetof(struct options, draws),
	  "how often the future is drawn (1000)" },
	{ CLI_TEXT, 0, "step", "SPAN", offsetof(struct options, step),
	  "from one day to the next, as 30d, 3w, 6m, 1y (6m)" },
	{ CLI_TEXT, 0, "until", "DAY", offsetof(struct options, until),
	  "the last day (five years on; with --when twenty)" },
	{ CLI_FLAG, 0, "share", NULL, offsetof(struct options, share),
	  "shares of the reviews, not numbers" },
	{ CLI_TEXT, 0, "when", "SHARE[,SHARE...]", offsetof(struct options, when),
	  "the days by which these shares have come so far" },
	{ CLI_LIST, 0, "shock", "FROM..TO=FACTOR", offsetof(struct options, shocks),
	  "in that time all goes so many times as fast; repeatable" },
	{ CLI_LIST, 0, "what-if", "MILESTONE=limit|FACTOR", offsetof(struct options, what_ifs),
	  "suppose it in time, or so many times the days; repeatable" },
	{ CLI_TEXT, 0, "backtest", "FROM..TO", offsetof(struct options, backtest),
	  "how good forecasts made on past days would have been" },
	{ CLI_TEXT, 0, "horizon", "SPAN", offsetof(struct options, horizon),
	  "how far each forecast of a back-test looks (2y)" },
	{ CLI_FLAG, 0, "each", NULL, offsetof(struct options, each),
	  "print every forecast of the back-test" },
	{ .kind = CLI_END },
};

static const struct cli_tool tool = {
	"irm-forecast",
	"simulate open reviews to completion: how many will have come how far, and when",
	NULL,
	CLI_SOURCE | CLI_QUERY | CLI_TABLE | CLI_OUTPUT,
	own_options,
	"  irm forecast -d datasets/fictional --where cycle=FIC-2\n"
	"  irm forecast -d datasets/fictional --when 0.5,0.9,1 --what-if self_assessment=limit\n"
	"  irm forecast -d datasets/uncac-consent --backtest 2005-06-30..2012-06-30 --horizon 2y",
};

/* What the options come to. */
struct request {
	struct irm_query query;
	struct irm_forecast_plan plan;
	struct irm_forecast_shock *shocks;
	struct irm_forecast_what_if *what_ifs;
	struct irm_span step;
	int32_t until;
	int32_t *days; /* [n_days] that numbers are asked for */
	size_t n_days;
	double *shares; /* [n_shares] */
	size_t n_shares;
	struct irm_backtest_plan test;
};

static enum irm_code parse_span(struct irm_span *out, const char *option, const char *text,
                                struct irm_err *err)
{
	struct irm_err found;
	if (irm_span_parse(out, text, &found))
		return irm_err_set(err, IRM_USAGE, "%s: %s", option, found.message);
	return IRM_OK;
}

/* Options that say nothing where they stand. */
static enum irm_code check_options(const struct options *o, struct irm_err *err)
{
	const struct {
		bool given;
		const char *option, *others;
	} alone[] = {
		{ o->horizon && !o->backtest, "--horizon", "--backtest only" },
		{ o->each && !o->backtest, "--each", "--backtest only" },
		{ o->common.total && !o->backtest, "--total", "--backtest only" },
		{ o->each && o->common.total, "--total", "--backtest without --each only" },
		{ o->step && o->when, "--step", "no --when" },
		{ o->share && (o->when || o->backtest), "--share", "numbers only" },
		{ o->when && o->backtest, "--when", "no --backtest" },
		{ o->until && o->backtest, "--until", "no --backtest: say --horizon" },
		{ o->what_ifs.n > 0 && o->backtest, "--what-if", "no --backtest" },
	};
	for (size_t i = 0; i < sizeof alone / sizeof *alone; i++)
		if (alone[i].given)
			return irm_err_set(err, IRM_USAGE, "%s goes with %s", alone[i].option,
			                   alone[i].others);
	if (o->draws < 1 || o->draws > IRM_FORECAST_DRAWS_MOST)
		return irm_err_set(err, IRM_USAGE, "--draws: expected 1 to %d, found '%lld'",
		                   IRM_FORECAST_DRAWS_MOST, (long long)o->draws);
	return IRM_OK;
}

static enum irm_code parse_shares(struct request *r, const char *list, struct irm_err *err)
{
	char text[32];
	r->shares = calloc(strlen(list) + 1, sizeof *r->shares);
	if (!r->shares)
		return irm_err_memory(err);
	for (const char *s = list;; s++) {
		size_t length = strcspn(s, ",");
		double *share = &r->shares[r->n_shares++];
		struct irm_err ignored;
		snprintf(text, sizeof text, "%.*s", (int)(length < 31 ? length : 31), s);
		if (length > 31 || irm_number_parse(share, text, &ignored) ||
		    !(*share > 0 && *share <= 1))
			return irm_err_set(err, IRM_USAGE,
			                   "--when: expected shares above 0 and up to 1, found "
			                   "'%.60s'",
			                   list);
		s += length;
		if (!*s)
			return IRM_OK;
	}
}

static enum irm_code parse_plan(struct request *r, const struct options *o, struct irm_err *err)
{
	r->shocks = calloc(o->shocks.n + 1, sizeof *r->shocks);
	r->what_ifs = calloc(o->what_ifs.n + 1, sizeof *r->what_ifs);
	if (!r->shocks || !r->what_ifs)
		return irm_err_memory(err);
	for (size_t i = 0; i < o->shocks.n; i++)
		if (irm_forecast_shock_parse(&r->shocks[i], o->shocks.items[i], err))
			return err->code;
	for (size_t i = 0; i < o->what_ifs.n; i++)
		if (irm_forecast_what_if_parse(&r->what_ifs[i], r->query.data, o->what_ifs.items[i],
		                               err))
			return err->code;
	r->plan = (struct irm_forecast_plan){
		.seed = o->seed,
		.draws = (size_t)o->draws,
		.shocks = r->shocks,
		.n_shocks = o->shocks.n,
		.what_ifs = r->what_ifs,
		.n_what_ifs = o->what_ifs.n,
	};
	return IRM_OK;
}

static enum irm_code parse_backtest(struct request *r, const struct options *o, struct irm_err *err)
{
	char from[16];
	struct irm_err ignored;
	const char *dots = strstr(o->backtest, "..");
	size_t length = dots ? (size_t)(dots - o->backtest) : sizeof from;
	snprintf(from, sizeof from, "%.*s", (int)(length < 15 ? length : 15), o->backtest);
	if (!dots || irm_day_parse(&r->test.from, from, &ignored) ||
	    irm_day_parse(&r->test.to, dots + 2, &ignored))
		return irm_err_set(err, IRM_USAGE,
		                   "--backtest: expected FROM..TO such as "
		                   "2005-06-30..2012-06-30, found '%.60s'",
		                   o->backtest);
	r->test.step = r->step;
	return parse_span(&r->test.horizon, "--horizon", o->horizon ? o->horizon : "2y", err);
}

static enum irm_code parse_until(struct request *r, const struct options *o, struct irm_err *err)
{
	const struct irm_span years = { o->when ? 240 : 60, IRM_UNIT_MONTH };
	struct irm_err ignored;
	int32_t as_of = r->query.as_of;
	r->until = irm_day_add(as_of, years);
	if (o->until && (irm_day_parse(&r->until, o->until, &ignored) || r->until < as_of))
		return irm_err_set(err, IRM_USAGE,
		                   "--until: expected a day not before the one of the forecast, "
		                   "found '%.60s'",
		                   o->until);
	if (r->until == IRM_DAY_NONE)
		return irm_err_set(err, IRM_USAGE, "--until is needed so late");
	return IRM_OK;
}

/* The day of the forecast and then one a step, up to --until. */
static enum irm_code list_days(struct request *r, struct irm_err *err)
{
	r->days = malloc(DAYS_MOST * sizeof *r->days);
	if (!r->days)
		return irm_err_memory(err);
	for (int32_t i = 0;; i++) {
		struct irm_span span = { r->step.count * i, r->step.unit };
		int32_t day = irm_day_add(r->query.as_of, span);
		if (day == IRM_DAY_NONE || day > r->until)
			return IRM_OK;
		if (r->n_days == DAYS_MOST)
			return irm_err_set(err, IRM_USAGE, "--step: more than %d days to --until",
			                   DAYS_MOST);
		r->days[r->n_days++] = day;
	}
}

static enum irm_code make_request(struct request *r, const struct options *o, struct irm_err *err)
{
	if (r->query.n_by > 0)
		return irm_err_set(err, IRM_USAGE,
		                   "--by: the keys of a forecast are cycle and milestone");
	if (parse_span(&r->step, "--step", o->step ? o->step : "6m", err) || parse_plan(r, o, err))
		return err->code;
	if (o->backtest)
		return parse_backtest(r, o, err);
	if (parse_until(r, o, err))
		return err->code;
	return o->when ? parse_shares(r, o->when, err) : list_days(r, err);
}

static void put_key(struct irm_writer *out, const struct irm_query *query, enum irm_key key,
                    uint32_t value)
{
	char buffer[16];
	irm_writer_text(out, irm_key_text(query->data, key, value, query->names, buffer));
}

static void put_keys(struct irm_writer *out, const struct irm_query *query, int32_t as_of,
                     uint32_t cycle, uint32_t milestone)
{
	irm_writer_day(out, as_of);
	put_key(out, query, IRM_BY_CYCLE, cycle);
	put_key(out, query, IRM_BY_MILESTONE, milestone);
}

static void put_quantile(struct irm_writer *out, int32_t quantile, double whole)
{
	irm_writer_number(out, quantile / whole);
}

static void write_numbers(struct irm_writer *out, const struct irm_query *query,
                          const struct irm_forecast *forecast, bool share)
{
	irm_writer_columns(out, "as_of,cycle,milestone,date,expected,lo50,hi50,lo90,hi90");
	for (size_t i = 0; i < forecast->n; i++) {
		const struct irm_forecast_row *row = &forecast->rows[i];
		double whole = share ? (double)row->reviews : 1;
		put_keys(out, query, query->as_of, row->cycle, row->milestone);
		irm_writer_day(out, row->day);
		irm_writer_number(out, row->expected / whole);
		put_quantile(out, row->quantile[1], whole);
		put_quantile(out, row->quantile[3], whole);
		put_quantile(out, row->quantile[0], whole);
		put_quantile(out, row->quantile[4], whole);
		irm_writer_row(out);
	}
}

static void write_whens(struct irm_writer *out, const struct irm_query *query,
                        const struct irm_forecast *forecast)
{
	irm_writer_columns(out, "as_of,cycle,milestone,share,p05,p25,p50,p75,p95");
	for (size_t i = 0; i < forecast->n_whens; i++) {
		const struct irm_forecast_when *when = &forecast->whens[i];
		put_keys(out, query, query->as_of, when->cycle, when->milestone);
		irm_writer_number(out, when->share);
		for (size_t k = 0; k < IRM_FORECAST_LEVELS; k++)
			irm_writer_day(out, when->quantile[k]);
		irm_writer_row(out);
	}
}

/* Coverage is the model's alone: a number has no band. */
static void put_of_model(struct irm_writer *out, enum irm_backtest_method method, double number)
{
	irm_writer_number(out, method == IRM_BACKTEST_MODEL ? number : (double)NAN);
}

static void write_scores(struct irm_writer *out, const struct irm_query *query,
                         const struct irm_backtest *backtest)
{
	irm_writer_columns(
	        out, "as_of,cycle,milestone,method,forecasts,cover50,cover90,bias,crps,pinball,"
	             "pit50,pit90");
	for (size_t i = 0; i < backtest->n_scores; i++) {
		const struct irm_backtest_score *score = &backtest->scores[i];
		put_keys(out, query, query->as_of, score->cycle, score->milestone);
		irm_writer_text(out, irm_backtest_names[score->method]);
		irm_writer_count(out, score->forecasts);
		put_of_model(out, score->method, (double)score->in50 / (double)score->forecasts);
		put_of_model(out, score->method, (double)score->in90 / (double)score->forecasts);
		irm_writer_number(out, score->bias);
		irm_writer_number(out, score->crps);
		irm_writer_number(out, score->pinball);
		put_of_model(out, score->method, score->pit50);
		put_of_model(out, score->method, score->pit90);
		irm_writer_row(out);
	}
}

static void write_each(struct irm_writer *out, const struct irm_query *query,
                       const struct irm_backtest *backtest)
{
	static const size_t bands[] = { 1, 3, 0, 4 };
	irm_writer_columns(out, "as_of,cycle,milestone,date,method,actual,expected,lo50,hi50,lo90,"
	                        "hi90,crps,pinball,pit_lo,pit_hi");
	for (size_t i = 0; i < backtest->n; i++) {
		const struct irm_backtest_row *row = &backtest->rows[i];
		put_keys(out, query, row->as_of, row->cycle, row->milestone);
		irm_writer_day(out, row->day);
		irm_writer_text(out, irm_backtest_names[row->method]);
		irm_writer_count(out, row->actual);
		irm_writer_number(out, row->expected);
		for (size_t k = 0; k < 4; k++)
			if (row->method == IRM_BACKTEST_MODEL)
				irm_writer_count(out, row->quantile[bands[k]]);
			else
				irm_writer_empty(out);
		irm_writer_number(out, row->crps);
		irm_writer_number(out, row->pinball);
		put_of_model(out, row->method, row->pit.below);
		put_of_model(out, row->method, row->pit.upto);
		irm_writer_row(out);
	}
}

static void say_notes(const struct irm_forecast *forecast, const struct cli_common *common)
{
	if (forecast->idle > 0)
		cli_note(&tool, common,
		         "%zu %s without a scheduled year, in a cycle that has not begun: not "
		         "foreseen to begin",
		         forecast->idle, forecast->idle == 1 ? "review" : "reviews");
	if (forecast->unseen > 0)
		cli_note(&tool, common,
		         "%zu open %s set out from before the day: their records end there",
		         forecast->unseen, forecast->unseen == 1 ? "review" : "reviews");
}

static enum irm_code run_backtest(const struct request *r, struct options *o, struct irm_err *err)
{
	struct irm_backtest *backtest = NULL;
	if (irm_backtest_new(&backtest, &r->query, &r->plan, &r->test, err) ||
	    cli_writer(&o->common, err)) {
		irm_backtest_free(backtest);
		return err->code;
	}
	if (backtest->n == 0)
		cli_note(&tool, &o->common,
		         "no forecast of those days can be scored: nothing was open then, or the "
		         "records end before the days that they look at");
	(o->each ? write_each : write_scores)(o->common.writer, &r->query, backtest);
	irm_backtest_free(backtest);
	return IRM_OK;
}

static enum irm_code run(const struct request *r, struct options *o, struct irm_err *err)
{
	struct irm_forecast *forecast = NULL;
	if (o->backtest)
		return run_backtest(r, o, err);
	struct irm_forecast_days days = { r->days, r->n_days };
	enum irm_code code =
	        o->when ? irm_forecast_whens(&forecast, &r->query, &r->plan, r->shares, r->n_shares,
	                                     r->until, err)
	                : irm_forecast_numbers(&forecast, &r->query, &r->plan, days, err);
	if (!code)
		code = cli_writer(&o->common, err);
	if (!code) {
		say_notes(forecast, &o->common);
		if (o->when)
			write_whens(o->common.writer, &r->query, forecast);
		else
			write_numbers(o->common.writer, &r->query, forecast, o->share);
	}
	irm_forecast_free(forecast);
	return code;
}

int main(int argc, char **argv)
{
	const unsigned keys = 1u << IRM_BY_CYCLE | 1u << IRM_BY_MILESTONE;
	struct options options = { .common = CLI_COMMON_INIT, .seed = 1, .draws = 1000 };
	struct irm_err err = { .code = IRM_OK };
	struct irm_dataset *data = NULL;
	struct request request = { .shares = NULL };
	if (!cli_parse(&tool, argc, argv, &options, &err) && !check_options(&options, &err) &&
	    !cli_query(&data, &request.query, &options.common, IRM_BY_REVIEWS | keys, keys, &err) &&
	    !make_request(&request, &options, &err))
		(void)run(&request, &options, &err);
	irm_query_release(&request.query);
	irm_dataset_free(data);
	free(request.shocks);
	free(request.what_ifs);
	free(request.days);
	free(request.shares);
	return cli_finish(&tool, &options.common, &err);
}
