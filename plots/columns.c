#include "plots/columns.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "base/nearest.h"
#include "plots/words.h"

/* Columns of figures; what stands before the figure drawn and is none of these is a key. */
static const char *const measures[] = {
	"n",
	"done",
	"open",
	"unknown",
	"median",
	"median_lo",
	"median_hi",
	"q25",
	"q75",
	"q90",
	"rmean",
	"rmean_se",
	"tau",
	"median_done",
	"on_time",
	"late",
	"overdue",
	"on_time_rate",
	"on_time_lo",
	"on_time_hi",
	"eligible",
	"reached",
	"rate",
	"rate_lo",
	"rate_hi",
	"with_need",
	"needs",
	"addressed",
	"unaddressed",
	"addressed_rate",
	"addressed_lo",
	"addressed_hi",
	"reviews",
	"share",
	"findings",
	"events",
	"time",
	"at_risk",
	"censored",
	"survival",
	"se",
	"lo",
	"hi",
	"time_limit",
	"count",
	"value",
	"residual",
	"fictional",
	"actual",
	"days",
	"event",
	"days_late",
	"suppressed",
};

struct title {
	const char *column, *beside, *title;
};

/* Titles; where `beside` is set, that column must be in the table too. */
static const struct title titles[] = {
	{ "rate", "with_need", IRM_WORD("Reviews that name a need") },
	{ "rate", "milestone", IRM_WORD("Completion rate") },
	{ "rate", "findings", IRM_WORD("Reviews with findings") },
	{ "rate", NULL, IRM_WORD("Rate") },
	{ "median", NULL, IRM_WORD("Median days") },
	{ "median_done", NULL, IRM_WORD("Median days of the finished") },
	{ "rmean", NULL, IRM_WORD("Restricted mean days") },
	{ "q25", NULL, IRM_WORD("Days until a quarter is done") },
	{ "q75", NULL, IRM_WORD("Days until three quarters are done") },
	{ "q90", NULL, IRM_WORD("Days until nine tenths are done") },
	{ "on_time_rate", NULL, IRM_WORD("On time") },
	{ "addressed_rate", NULL, IRM_WORD("Needs addressed") },
	{ "share", NULL, IRM_WORD("Share of reviews") },
	{ "reviews", NULL, IRM_WORD("Number of reviews") },
	{ "with_need", NULL, IRM_WORD("Reviews that name a need") },
	{ "addressed", NULL, IRM_WORD("Reviews whose needs were addressed") },
	{ "unaddressed", NULL, IRM_WORD("Reviews with needs not addressed") },
	{ "n", NULL, IRM_WORD("Number of reviews") },
	{ "as_of", NULL, IRM_WORD("As of") },
	{ "time", NULL, IRM_WORD("Days since the start") },
	{ "type", NULL, IRM_WORD("Type of assistance") },
	{ "reached", NULL, IRM_WORD("Reached") },
	{ "unknown", NULL, IRM_WORD("Unknown") },
	{ "done", NULL, IRM_WORD("Done") },
	{ "open", NULL, IRM_WORD("Open") },
	{ "on_time", NULL, IRM_WORD("On time") },
	{ "late", NULL, IRM_WORD("Late") },
	{ "overdue", NULL, IRM_WORD("Overdue") },
	{ "eligible", NULL, IRM_WORD("Eligible") },
	{ "needs", NULL, IRM_WORD("Needs") },
	{ "findings", NULL, IRM_WORD("Findings") },
	{ "events", NULL, IRM_WORD("Events") },
	{ "count", NULL, IRM_WORD("Count") },
	{ "value", NULL, IRM_WORD("Value") },
	{ "expected", NULL, IRM_WORD("Expected") },
	{ "survival", NULL, IRM_WORD("Survival") },
	{ "residual", NULL, IRM_WORD("Residual") },
	{ "days", NULL, IRM_WORD("Days") },
	{ "region", NULL, IRM_WORD("Region") },
	{ "cycle", NULL, IRM_WORD("Cycle") },
	{ "year", NULL, IRM_WORD("Year") },
	{ "state", NULL, IRM_WORD("State") },
	{ "article", NULL, IRM_WORD("Article") },
	{ "chapter", NULL, IRM_WORD("Chapter") },
	{ "topic", NULL, IRM_WORD("Topic") },
	{ "stage", NULL, IRM_WORD("Stage") },
	{ "milestone", NULL, IRM_WORD("Milestone") },
	{ "party", NULL, IRM_WORD("Party") },
	{ "dialogue", NULL, IRM_WORD("Dialogue") },
	{ "item", NULL, IRM_WORD("Item") },
	{ "kind", NULL, IRM_WORD("Kind") },
	{ "sector", NULL, IRM_WORD("Sector") },
	{ "mechanism", NULL, IRM_WORD("Mechanism") },
};

bool irm_columns_varies(const struct irm_table *table, int column)
{
	size_t rows = irm_table_rows(table);
	for (size_t i = 1; i < rows; i++)
		if (strcmp(irm_table_text(table, i, (size_t)column),
		           irm_table_text(table, 0, (size_t)column)) != 0)
			return true;
	return false;
}

enum irm_code irm_columns_named(int *out, const struct irm_table *table, const char *option,
                                const char *name, struct irm_err *err)
{
	*out = irm_table_find(table, name);
	if (*out >= 0)
		return IRM_OK;
	const char *names[64];
	size_t n = 0;
	for (size_t i = 0; i < irm_table_columns(table) && n < 64; i++)
		names[n++] = irm_table_name(table, i);
	irm_err_set(err, IRM_USAGE, "--%s: the table has no column '%s'", option, name);
	irm_err_hint_nearest(err, name, names, n);
	return err->code;
}

static int find_first(const struct irm_table *table, const char *const names[])
{
	for (size_t i = 0; names[i]; i++) {
		int column = irm_table_find(table, names[i]);
		if (column >= 0)
			return column;
	}
	return -1;
}

static enum irm_code no_figure(const struct irm_table *table, const char *const figures[],
                               struct irm_err *err)
{
	char list[256] = "";
	size_t at = 0;
	for (size_t i = 0; figures[i] && at + 40 < sizeof list; i++)
		at += (size_t)snprintf(list + at, sizeof list - at, "%s%s", i ? ", " : "",
		                       figures[i]);
	irm_err_at(err, irm_table_file(table), 1, 0,
	           "no column that this kind of chart draws; expected one of %s", list);
	irm_err_hint(err, "--y names another column");
	return err->code;
}

/* The column `stem` + suffix, where stem is y without "_rate"; but the limits of a rate are not
 * those of the count it is named after (addressed_lo stands for addressed_rate). */
static int find_limit(const struct irm_table *table, const char *y, const char *suffix)
{
	char name[128];
	size_t length = strlen(y);
	snprintf(name, sizeof name, "%.100s_rate", y);
	if (irm_table_find(table, name) >= 0)
		return -1;
	snprintf(name, sizeof name, "%.100s_%s", y, suffix);
	int column = irm_table_find(table, name);
	if (column < 0 && length > 5 && length < 100 && !strcmp(y + length - 5, "_rate")) {
		snprintf(name, sizeof name, "%.*s_%s", (int)(length - 5), y, suffix);
		column = irm_table_find(table, name);
	}
	if (column < 0 && !strcmp(y, "survival"))
		column = irm_table_find(table, suffix);
	return column;
}

static enum irm_code find_figure(struct irm_columns *out, const struct irm_table *table,
                                 const char *const figures[],
                                 const struct irm_column_choice *choice, struct irm_err *err)
{
	if (choice->y) {
		if (irm_columns_named(&out->y, table, "y", choice->y, err))
			return err->code;
	} else {
		out->y = find_first(table, figures);
		if (out->y < 0)
			return no_figure(table, figures, err);
	}
	if (choice->no_limits)
		return IRM_OK;
	const char *y = irm_table_name(table, (size_t)out->y);
	out->lo = find_limit(table, y, "lo");
	out->hi = find_limit(table, y, "hi");
	if (choice->lo && irm_columns_named(&out->lo, table, "lo", choice->lo, err))
		return err->code;
	if (choice->hi && irm_columns_named(&out->hi, table, "hi", choice->hi, err))
		return err->code;
	return IRM_OK;
}

/* What a figure's numbers mean, as far as its name tells. */
static void find_meaning(struct irm_columns *out, const struct irm_table *table)
{
	static const char *const shares[] = { "rate", "share", "survival", "expected" };
	static const char *const days[] = { "median", "q25",         "q75", "q90",
		                            "rmean",  "median_done", "days" };
	const char *y = irm_table_name(table, (size_t)out->y);
	size_t length = strlen(y);
	out->share = length > 5 && !strcmp(y + length - 5, "_rate");
	for (size_t i = 0; i < sizeof shares / sizeof shares[0]; i++)
		out->share |= !strcmp(y, shares[i]);
	for (size_t i = 0; i < sizeof days / sizeof days[0]; i++)
		out->days |= !strcmp(y, days[i]);
	out->n[0] = out->n[1] = -1;
	if (!strcmp(y, "on_time_rate")) {
		out->n[0] = irm_table_find(table, "on_time");
		out->n[1] = irm_table_find(table, "late");
	} else if (!strcmp(y, "addressed_rate")) {
		out->n[0] = irm_table_find(table, "with_need");
	} else {
		static const char *const names[] = { "eligible", "n", NULL };
		out->n[0] = find_first(table, names);
		if (out->n[0] == out->y)
			out->n[0] = -1;
	}
}

bool irm_columns_key(const struct irm_table *table, int column)
{
	const char *name = irm_table_name(table, (size_t)column);
	for (size_t i = 0; i < sizeof measures / sizeof measures[0]; i++)
		if (!strcmp(measures[i], name))
			return false;
	/* irm-delays tells each stage's party: a key only where it stands before the stage */
	int stage = irm_table_find(table, "stage");
	return strcmp(name, "party") != 0 || stage < 0 || stage > column;
}

/* Whether panels are told apart by a column. */
static bool is_facet(const struct irm_table *table, const struct irm_column_choice *choice,
                     int column)
{
	for (int i = 0; i < IRM_FACETS && choice->facet[i]; i++)
		if (!strcmp(choice->facet[i], irm_table_name(table, (size_t)column)))
			return true;
	return false;
}

/* The first key that is not taken: one with several values, or else (any) with one. */
static int next_key(const struct irm_columns *out, const struct irm_table *table,
                    const struct irm_column_choice *choice, bool any)
{
	for (int c = 0; c < out->y; c++)
		if (c != out->as_of && c != out->x && c != out->group &&
		    irm_columns_key(table, c) && !is_facet(table, choice, c) &&
		    (any || irm_columns_varies(table, c)))
			return c;
	if (!any && out->as_of >= 0 && out->as_of != out->x && out->as_of != out->group &&
	    !is_facet(table, choice, out->as_of) && irm_columns_varies(table, out->as_of))
		return out->as_of;
	return -1;
}

enum irm_code irm_columns_find(struct irm_columns *out, const struct irm_table *table,
                               const char *const figures[], const struct irm_column_choice *choice,
                               struct irm_err *err)
{
	*out = (struct irm_columns){ .x = -1, .group = -1, .lo = -1, .hi = -1 };
	out->as_of = irm_table_find(table, "as_of");
	if (find_figure(out, table, figures, choice, err))
		return err->code;
	find_meaning(out, table);
	if ((choice->x && irm_columns_named(&out->x, table, "x", choice->x, err)) ||
	    (choice->group && irm_columns_named(&out->group, table, "group", choice->group, err)))
		return err->code;
	if (out->x < 0)
		out->x = next_key(out, table, choice, false);
	if (out->x < 0)
		out->x = next_key(out, table, choice, true);
	if (out->x < 0 && out->as_of >= 0)
		out->x = out->as_of;
	if (out->x < 0) {
		irm_err_at(err, irm_table_file(table), 1, 0, "no column to put on the axis");
		irm_err_hint(err, "--x names one");
		return err->code;
	}
	if (out->group < 0)
		out->group = next_key(out, table, choice, false);
	for (int c = 0; c < out->y && out->n_context < IRM_CONTEXT; c++)
		if (c != out->as_of && c != out->x && c != out->group &&
		    irm_columns_key(table, c) && !is_facet(table, choice, c) &&
		    !irm_columns_varies(table, c))
			out->context[out->n_context++] = c;
	return IRM_OK;
}

void irm_columns_title(char out[128], const struct irm_table *table, int column)
{
	const char *name = irm_table_name(table, (size_t)column);
	for (size_t i = 0; i < sizeof titles / sizeof titles[0]; i++)
		if (!strcmp(titles[i].column, name) &&
		    (!titles[i].beside || irm_table_find(table, titles[i].beside) >= 0)) {
			snprintf(out, 128, "%s", titles[i].title);
			return;
		}
	snprintf(out, 128, "%.120s", name);
	for (char *c = out; *c; c++)
		if (*c == '_')
			*c = ' ';
	if (islower((unsigned char)out[0]))
		out[0] = (char)(out[0] - 'a' + 'A');
}

static bool is_fictional_state(const char *code)
{
	return code[0] == 'X' && code[1] >= 'A' && code[1] <= 'Z' && code[2] >= 'A' &&
	       code[2] <= 'Z' && !code[3];
}

static bool says_fictional(const char *column, const char *text)
{
	if (!strcmp(column, "state") || !strncmp(column, "reviewer_", 9))
		return is_fictional_state(text);
	if (!strcmp(column, "fictional"))
		return !strcmp(text, "yes") || !strcmp(text, "true") || !strcmp(text, "1");
	return (!strcmp(column, "cycle") || !strcmp(column, "mechanism") ||
	        !strcmp(column, "review")) &&
	       !strncmp(text, "FIC", 3);
}

bool irm_columns_fictional(const struct irm_table *table)
{
	for (size_t c = 0; c < irm_table_columns(table); c++) {
		const char *name = irm_table_name(table, c);
		for (size_t i = 0; i < irm_table_rows(table); i++)
			if (says_fictional(name, irm_table_text(table, i, c)))
				return true;
	}
	return false;
}
