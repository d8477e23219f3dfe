/* irm-check - contradictions in the records.  Manual: irm-check.1 */
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include "stats/check_rules.h"
#include "tools/cli.h"

struct options {
	struct cli_common common;
	const char *only, *ignore, *explain;
	bool list;
};

static const struct cli_option own_options[] = {
	{ CLI_TEXT, 0, "as-of", "DAY", offsetof(struct cli_common, as_of),
	  "the day that the records speak of, or a session's first (else the source's as_of)" },
	{ CLI_TEXT, 0, "only", "RULE[,RULE...]", offsetof(struct options, only),
	  "run these rules, no others" },
	{ CLI_TEXT, 0, "ignore", "RULE[,RULE...]", offsetof(struct options, ignore),
	  "leave these rules out" },
	{ CLI_TEXT, 0, "known-at", "DATE|LOAD", offsetof(struct cli_common, known_at),
	  "check the file as it stood after that load" },
	{ CLI_FLAG, 0, "list", NULL, offsetof(struct options, list),
	  "check nothing: list the rules" },
	{ CLI_TEXT, 0, "explain", "RULE", offsetof(struct options, explain),
	  "check nothing: what the rule looks at and what to do" },
	{ .kind = CLI_END },
};
static const struct cli_tool tool = {
	"irm-check", "find contradictions in the records, each with its rule, table and line",
	NULL,        CLI_SOURCE | CLI_TABLE | CLI_OUTPUT,
	own_options, "  irm-check -d datasets/uncac --ignore milestone-missing",
};

/* The tables that a rule reports on: "events" or "events documents ...". */
static void list_tables(char *out, size_t size, const struct irm_check_rule *rule)
{
	size_t used = (size_t)snprintf(out, size, "%s", rule->table ? rule->table : "");
	for (size_t i = 0; i < IRM_CHECK_QUERIES_MOST && rule->queries[i].table; i++)
		used += (size_t)snprintf(out + used, size - used, "%s%s", used ? " " : "",
		                         rule->queries[i].table);
}

static void write_list(struct irm_writer *out, const bool *chosen)
{
	irm_writer_columns(out, "rule,severity,tables,reason,paragraph");
	for (size_t i = 0; i < irm_check_rules_n(); i++) {
		const struct irm_check_rule *rule = irm_check_rule_at(i);
		char tables[256];
		if (!chosen[i])
			continue;
		list_tables(tables, sizeof tables, rule);
		irm_writer_text(out, rule->id);
		irm_writer_text(out, irm_severity_name(rule->severity));
		irm_writer_text(out, tables);
		irm_writer_text(out, rule->reason);
		irm_writer_text(out, rule->paragraph);
		irm_writer_row(out);
	}
}

static enum irm_code explain(struct cli_common *common, const char *id, struct irm_err *err)
{
	size_t at;
	char tables[256];
	if (irm_check_rule_find(&at, id, err) || cli_output(common, err))
		return err->code;
	const struct irm_check_rule *rule = irm_check_rule_at(at);
	FILE *stream = irm_output_stream(common->file);
	list_tables(tables, sizeof tables, rule);
	fprintf(stream, "%s (%s, %s)\n%s\n\n%s\n\nrests on: %s\n", rule->id,
	        irm_severity_name(rule->severity), tables, rule->reason, rule->advice,
	        rule->paragraph ? rule->paragraph : "no paragraph that was seen");
	return IRM_OK;
}

/* Errors first, then warnings and notes; within them by rule and by row. */
static void write_findings(struct irm_writer *out, const struct irm_check *check)
{
	irm_writer_columns(out, "severity,rule,table,line,key,message");
	for (int severity = 0; severity < IRM_SEVERITIES; severity++) {
		for (size_t i = 0; i < check->n; i++) {
			const struct irm_check_finding *found = &check->findings[i];
			if ((int)found->rule->severity != severity)
				continue;
			irm_writer_text(out, irm_severity_name(found->rule->severity));
			irm_writer_text(out, found->rule->id);
			irm_writer_text(out, found->table);
			if (found->line)
				irm_writer_count(out, found->line);
			else
				irm_writer_empty(out);
			irm_writer_text(out, found->key);
			irm_writer_text(out, found->message);
			irm_writer_row(out);
		}
	}
}

/* IRM_NO where an error was found. */
static enum irm_code check_source(struct options *options, const bool *chosen, struct irm_err *err)
{
	struct cli_common *common = &options->common;
	struct irm_check *check = NULL;
	enum irm_code code =
	        irm_check_open(&check, cli_source(common), common->as_of, common->known_at, err);
	for (size_t i = 0; !code && i < irm_check_rules_n(); i++)
		if (chosen[i])
			code = irm_check_run(check, irm_check_rule_at(i), err);
	if (!code)
		code = cli_writer(common, err);
	if (!code) {
		size_t errors = irm_check_count(check, IRM_SEVERITY_ERROR);
		write_findings(common->writer, check);
		if (common->verbose)
			cli_note(&tool, common, "%zu errors, %zu warnings, %zu notes", errors,
			         irm_check_count(check, IRM_SEVERITY_WARNING),
			         irm_check_count(check, IRM_SEVERITY_NOTE));
		code = err->code = errors ? IRM_NO : IRM_OK;
	}
	irm_check_free(check);
	return code;
}

int main(int argc, char **argv)
{
	struct options options = { .common = CLI_COMMON_INIT };
	struct cli_common *common = &options.common;
	struct irm_err err = { .code = IRM_OK };
	bool *chosen = calloc(irm_check_rules_n(), sizeof *chosen);
	if (!chosen) {
		irm_err_memory(&err);
	} else if (!cli_parse(&tool, argc, argv, &options, &err) &&
	           !irm_check_choose(chosen, options.only, options.ignore, &err)) {
		if (options.explain)
			(void)!explain(common, options.explain, &err);
		else if (!options.list)
			(void)!check_source(&options, chosen, &err);
		else if (!cli_writer(common, &err))
			write_list(common->writer, chosen);
	}
	free(chosen);
	return cli_finish(&tool, common, &err);
}
