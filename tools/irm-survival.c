/* irm-survival - how long things take, counting what is still open.  Manual: irm-survival.1 */
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/number.h"
#include "stats/adjust.h"
#include "stats/km.h"
#include "stats/proportion.h"
#include "stats/survival_table.h"
#include "table/table.h"
#include "tools/cli.h"

struct options {
	struct cli_common common;
	const char *conf_type, *quantile, *pairwise, *outcome, *strata, *rho;
	bool curve, test, trend;
	int64_t tau, periods;
};

static const struct cli_option own_options[] = {
	{ CLI_TEXT, 0, "by", "COL[,COL...]", offsetof(struct options, common.by),
	  "a curve for each group of these columns of the table" },
	{ CLI_FLAG, 0, "curve", NULL, offsetof(struct options, curve),
	  "print the points of the curves" },
	{ CLI_TEXT, 0, "conf-type", "TYPE", offsetof(struct options, conf_type),
	  "limits on the scale log-log, log or plain (log-log)" },
	{ CLI_NUMBER, 0, "level", "SHARE", offsetof(struct options, common.level),
	  "level of the limits (0.95)" },
	{ CLI_TEXT, 0, "quantile", "SHARE[,SHARE...]", offsetof(struct options, quantile),
	  "add the days by which these shares have ended" },
	{ CLI_WHOLE, 0, "tau", "DAYS", offsetof(struct options, tau),
	  "the mean runs to this day (else the first of the groups' last days)" },
	{ CLI_TEXT, 0, "outcome", "COL", offsetof(struct options, outcome),
	  "the share that comes to each of these competing outcomes" },
	{ CLI_WHOLE, 0, "periods", "DAYS", offsetof(struct options, periods),
	  "print hazards by period of so many days" },
	{ CLI_FLAG, 0, "test", NULL, offsetof(struct options, test),
	  "test whether the groups differ (log-rank)" },
	{ CLI_TEXT, 0, "rho", "0|1", offsetof(struct options, rho),
	  "weight of early days in tests; 1: Wilcoxon-Peto (0)" },
	{ CLI_FLAG, 0, "trend", NULL, offsetof(struct options, trend),
	  "test for a trend along the groups" },
	{ CLI_TEXT, 0, "pairwise", "holm|bh", offsetof(struct options, pairwise),
	  "test each two groups, adjusted for their number" },
	{ CLI_TEXT, 0, "strata", "COL", offsetof(struct options, strata),
	  "test within the values of this column" },
	{ .kind = CLI_END },
};

static const struct cli_tool tool = {
	.name = "irm-survival",
	.summary = "Kaplan-Meier figures of a table with the columns days, event and maybe count",
	.operands = "[OPTION]... [FILE]",
	.groups = CLI_TABLE | CLI_OUTPUT,
	.own = own_options,
	.example = "  irm delays --each | irm survival --by region\n"
	           "  irm survival --test --by region --strata cycle days.csv\n"
	           "  irm survival --curve --by region days.csv | irm plot steps -o curves.svg",
};

/* The shares of --quantile; the caller frees them. */
static enum irm_code parse_quantiles(double **out, size_t *n, const char *list, struct irm_err *err)
{
	char text[64];
	double *shares = calloc(strlen(list) + 1, sizeof *shares);
	if (!shares)
		return irm_err_memory(err);
	*out = shares;
	for (const char *s = list;; s++) {
		size_t length = strcspn(s, ",");
		double share = 0;
		struct irm_err ignored;
		if (length < sizeof text) {
			memcpy(text, s, length);
			text[length] = '\0';
		}
		if (length >= sizeof text || irm_number_parse(&share, text, &ignored) ||
		    !(share > 0 && share < 1))
			return irm_err_set(
			        err, IRM_USAGE,
			        "--quantile: expected shares between 0 and 1, found '%.60s'", list);
		for (size_t i = 0; i < *n; i++)
			if (shares[i] == share)
				return irm_err_set(err, IRM_USAGE, "--quantile: %s stands twice",
				                   text);
		shares[(*n)++] = share;
		s += length;
		if (!*s)
			return IRM_OK;
	}
}

static enum irm_code together(const char *one, const char *other, struct irm_err *err)
{
	return irm_err_set(err, IRM_USAGE, "%s and %s do not go together", one, other);
}

static enum irm_code only_with(const char *option, const char *others, struct irm_err *err)
{
	return irm_err_set(err, IRM_USAGE, "%s goes with %s only", option, others);
}

/* What is printed, and whether the options agree. */
static enum irm_code choose_kind(struct irm_survival_query *query, const struct options *o,
                                 struct irm_err *err)
{
	const char *test = o->pairwise ? "--pairwise" : o->trend ? "--trend" : "--test";
	bool tests = o->test || o->trend || o->pairwise;
	const char *kinds[] = { o->curve ? "--curve" : NULL, o->periods >= 0 ? "--periods" : NULL,
		                tests ? test : NULL };
	const char *kind = NULL;
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		if (kind && kinds[i])
			return together(kind, kinds[i], err);
		kind = kind ? kind : kinds[i];
	}
	if (o->trend && o->pairwise)
		return together("--trend", "--pairwise", err);
	if (o->outcome && (tests || o->periods >= 0))
		return together("--outcome", kind, err);
	if (o->strata && !tests)
		return only_with("--strata", "--test, --trend and --pairwise", err);
	if (o->rho && !tests)
		return only_with("--rho", "--test, --trend and --pairwise", err);
	if (o->quantile && (kind || o->outcome))
		return together("--quantile", kind ? kind : "--outcome", err);
	if (o->periods == 0)
		return irm_err_set(err, IRM_USAGE, "--periods: expected days from 1, found '0'");
	if (o->rho && strcmp(o->rho, "0") != 0 && strcmp(o->rho, "1") != 0)
		return irm_err_set(err, IRM_USAGE, "--rho: expected 0 or 1, found '%.60s'", o->rho);
	query->kind = o->curve          ? IRM_SURVIVAL_CURVE
	              : o->periods >= 0 ? IRM_SURVIVAL_PERIODS
	              : o->pairwise     ? IRM_SURVIVAL_PAIRWISE
	              : tests           ? IRM_SURVIVAL_TEST
	                                : IRM_SURVIVAL_SUMMARY;
	return IRM_OK;
}

static enum irm_code make_query(struct irm_survival_query *query, double **quantiles,
                                const struct options *o, struct irm_err *err)
{
	*query = (struct irm_survival_query){
		.by = o->common.by,
		.outcome = o->outcome,
		.strata = o->strata,
		.level = o->common.level,
		.tau = o->tau,
		.period = o->periods,
		.rho = o->rho && strcmp(o->rho, "1") == 0,
		.trend = o->trend,
	};
	if (choose_kind(query, o, err) || irm_conf_parse(&query->conf, o->conf_type, err) ||
	    (o->pairwise && irm_adjust_parse(&query->adjust, o->pairwise, err)))
		return err->code;
	if (o->quantile && parse_quantiles(quantiles, &query->n_quantiles, o->quantile, err))
		return err->code;
	query->quantiles = *quantiles;
	return IRM_OK;
}

static void say_notes(const struct irm_survival *survival, const struct cli_common *common)
{
	size_t skipped = irm_survival_skipped(survival), out = irm_survival_left_out(survival);
	size_t few = irm_survival_few(survival);
	if (skipped > 0)
		cli_note(&tool, common, "%zu %s without days left out", skipped,
		         skipped == 1 ? "row" : "rows");
	if (few > 0)
		cli_note(&tool, common,
		         "%zu %s on fewer than %d observations: limits of so few are rough", few,
		         few == 1 ? "row rests" : "rows rest", IRM_FEW);
	if (out > 0)
		cli_note(&tool, common,
		         "%zu %s with the key 'all' left out of the test, which %s others again",
		         out, out == 1 ? "group" : "groups", out == 1 ? "holds" : "hold");
}

int main(int argc, char **argv)
{
	struct options opts = { .common = CLI_COMMON_INIT, .tau = -1, .periods = -1 };
	struct irm_survival_query query;
	double *quantiles = NULL;
	struct irm_table *table = NULL;
	struct irm_survival *survival = NULL;
	struct irm_err err = { .code = IRM_OK };
	if (cli_parse(&tool, argc, argv, &opts, &err) ||
	    make_query(&query, &quantiles, &opts, &err) || cli_table(&table, &opts.common, &err) ||
	    irm_survival_new(&survival, table, &query, &err) || cli_writer(&opts.common, &err))
		goto done;
	say_notes(survival, &opts.common);
	irm_survival_write(survival, opts.common.writer);
done:
	irm_survival_free(survival);
	irm_table_free(table);
	free(quantiles);
	return cli_finish(&tool, &opts.common, &err);
}
