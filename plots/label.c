/* What is written for columns and codes, and the caption that is made of them. */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "plots/kind.h"

enum { LABEL_SIZE = 1024 };

/* Codes of columns of words, as they are written where no source names them. A mechanism's own
 * milestones are not among them: its package names those. */
static const char *const codes[] = {
	IRM_WORD_IN("code", "Self assessment"), IRM_WORD_IN("code", "Executive summary"),
	IRM_WORD_IN("code", "Country report"),  IRM_WORD_IN("code", "Civil society report"),
	IRM_WORD_IN("code", "Follow up"),       IRM_WORD_IN("code", "Civil society"),
	IRM_WORD_IN("code", "Academia"),        IRM_WORD_IN("code", "Media"),
	IRM_WORD_IN("code", "Private sector"),  IRM_WORD_IN("code", "Good practice"),
	IRM_WORD_IN("code", "Challenge"),       IRM_WORD_IN("code", "Recommendation"),
	IRM_WORD_IN("code", "Country visit"),   IRM_WORD_IN("code", "Online visit"),
	IRM_WORD_IN("code", "Joint meeting"),   IRM_WORD_IN("code", "None"),
	IRM_WORD_IN("code", "Secretariat"),     IRM_WORD_IN("code", "State under review"),
	IRM_WORD_IN("code", "Reviewers"),       IRM_WORD_IN("code", "Joint"),
};

/* Keys, as they stand after "by". */
static const struct {
	const char *column, *word;
} keys[] = {
	{ "region", IRM_WORD_IN("by", "region") },
	{ "cycle", IRM_WORD_IN("by", "cycle") },
	{ "year", IRM_WORD_IN("by", "year") },
	{ "state", IRM_WORD_IN("by", "state") },
	{ "article", IRM_WORD_IN("by", "article") },
	{ "chapter", IRM_WORD_IN("by", "chapter") },
	{ "type", IRM_WORD_IN("by", "type of assistance") },
	{ "topic", IRM_WORD_IN("by", "topic") },
	{ "stage", IRM_WORD_IN("by", "stage") },
	{ "milestone", IRM_WORD_IN("by", "milestone") },
	{ "party", IRM_WORD_IN("by", "party") },
	{ "dialogue", IRM_WORD_IN("by", "dialogue") },
	{ "item", IRM_WORD_IN("by", "item") },
	{ "kind", IRM_WORD_IN("by", "kind") },
	{ "sector", IRM_WORD_IN("by", "sector") },
	{ "mechanism", IRM_WORD_IN("by", "mechanism") },
	{ "review", IRM_WORD_IN("by", "review") },
	{ "date", IRM_WORD_IN("by", "date") },
	{ "time", IRM_WORD_IN("by", "days since the start") },
	{ "as_of", IRM_WORD_IN("by", "day") },
};

/* Codes that are words: "self_assessment" becomes "Self assessment". */
static bool is_word_column(const char *column)
{
	static const char *const words[] = { "stage", "milestone", "party", "dialogue", "item",
		                             "kind",  "sector",    "type",  "topic" };
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		if (!strcmp(words[i], column))
			return true;
	return false;
}

static void write_words(char out[LABEL_SIZE], const struct irm_words *words, const char *code)
{
	snprintf(out, LABEL_SIZE, "%.*s", LABEL_SIZE - 1, code);
	out[0] = (char)toupper((unsigned char)out[0]);
	for (char *c = out; *c; c++)
		if (*c == '_')
			*c = ' ';
	for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++)
		if (!strcmp(strchr(codes[i], '\004') + 1, out)) {
			snprintf(out, LABEL_SIZE, "%s", irm_words_text(words, codes[i]));
			return;
		}
}

/* A code as it stands, a number (a year, an article) with the digits of the language. */
static void write_code(char out[LABEL_SIZE], const struct irm_words *words, const char *code)
{
	if (strspn(code, "0123456789") == strlen(code))
		irm_words_digits(out, LABEL_SIZE, words, code);
	else
		snprintf(out, LABEL_SIZE, "%.*s", LABEL_SIZE - 1, code);
}

static void write_day(char out[LABEL_SIZE], const struct irm_words *words, const char *code)
{
	struct irm_err ignored;
	int32_t day;
	if (irm_day_parse(&day, code, &ignored))
		write_code(out, words, code);
	else
		irm_words_day(out, LABEL_SIZE, words, day, IRM_DAY_LONG);
}

/* An article is known by its number: it stands before the title, which may be cut. */
static void write_article(char out[LABEL_SIZE], const struct irm_words *words, const char *code,
                          const char *title)
{
	write_code(out, words, code);
	size_t n = strlen(out);
	snprintf(out + n, LABEL_SIZE - n, "\u00a0%s", title);
}

/* What is drawn for a code of a column: the one place where codes become names. */
static void find_label(char out[LABEL_SIZE], const struct irm_chart *chart, const char *column,
                       const char *code)
{
	const struct irm_chart_request *request = chart->request;
	const struct irm_words *words = &chart->theme->words;
	bool article = !strcmp(column, "article");
	bool brief = chart->brief && (article || !strcmp(column, "state"));
	const char *name = request->name_of && !brief
	                           ? request->name_of(request->context, column, code)
	                           : NULL;
	if (name && *name && article)
		write_article(out, words, code, name);
	else if (name && *name)
		snprintf(out, LABEL_SIZE, "%.*s", LABEL_SIZE - 1, name);
	else if (!strcmp(code, "all"))
		snprintf(out, LABEL_SIZE, "%s", irm_words_text(words, "All"));
	else if (!strcmp(code, "unassigned"))
		snprintf(out, LABEL_SIZE, "%s", irm_words_text(words, "Without a region"));
	else if (!*code)
		snprintf(out, LABEL_SIZE, "%s", irm_words_text(words, "None recorded"));
	else if (!strcmp(column, "as_of") || !strcmp(column, "date"))
		write_day(out, words, code);
	else if (is_word_column(column))
		write_words(out, words, code);
	else
		write_code(out, words, code);
}

void irm_chart_name(char *out, size_t size, const struct irm_chart *chart, size_t column,
                    const char *code)
{
	char label[LABEL_SIZE];
	find_label(label, chart, irm_table_name(chart->table, column), code);
	snprintf(out, size, "%s", label);
}

enum irm_code irm_chart_labels(struct irm_chart *chart, struct irm_levels *levels,
                               struct irm_err *err)
{
	const char *column =
	        levels->column < 0 ? "" : irm_table_name(chart->table, (size_t)levels->column);
	levels->label = irm_arena_alloc(&chart->arena, levels->n * sizeof *levels->label);
	if (!levels->label)
		return irm_err_memory(err);
	for (size_t i = 0; i < levels->n; i++) {
		char label[LABEL_SIZE];
		if (levels->column >= 0)
			find_label(label, chart, column, levels->code[i]);
		else
			snprintf(label, sizeof label, "%s", irm_chart_word(chart, "All"));
		levels->label[i] = irm_arena_text(&chart->arena, label, strlen(label));
		if (!levels->label[i])
			return irm_err_memory(err);
	}
	return IRM_OK;
}

void irm_chart_title(char out[IRM_TITLE_SIZE], const struct irm_chart *chart, int column)
{
	char title[128];
	irm_columns_title(title, chart->table, column);
	snprintf(out, IRM_TITLE_SIZE, "%s", irm_chart_word(chart, title));
}

/* A key as it stands after "by". */
static void key_title(char out[IRM_TITLE_SIZE], const struct irm_chart *chart, int column)
{
	char title[128];
	const char *name = irm_table_name(chart->table, (size_t)column);
	for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
		if (!strcmp(keys[i].column, name)) {
			snprintf(out, IRM_TITLE_SIZE, "%s", irm_chart_word(chart, keys[i].word));
			return;
		}
	irm_columns_title(title, chart->table, column);
	title[0] = (char)tolower((unsigned char)title[0]);
	snprintf(out, IRM_TITLE_SIZE, "%s", title);
}

void irm_chart_caption(struct irm_chart *chart, const char *figure,
                       const struct irm_columns *columns)
{
	enum { MOST = 2 + IRM_FACETS };
	const struct irm_words *words = &chart->theme->words;
	char title[MOST][IRM_TITLE_SIZE];
	char list[1024];
	char label[LABEL_SIZE];
	const char *name[MOST];
	size_t n = 0;
	if (columns->x >= 0)
		key_title(title[n++], chart, columns->x);
	if (columns->group >= 0)
		key_title(title[n++], chart, columns->group);
	for (int i = 0; i < IRM_FACETS && chart->choice.facet[i]; i++)
		key_title(title[n++], chart, irm_table_find(chart->table, chart->choice.facet[i]));
	for (size_t i = 0; i < n; i++)
		name[i] = title[i];
	irm_words_list(list, sizeof list, words, name, n);
	/* TRANSLATORS: a figure, and a list of what tells it apart: "Completion rate by region" */
	if (n)
		snprintf(chart->caption, sizeof chart->caption, irm_words_text(words, "%s by %s"),
		         figure, list);
	else
		snprintf(chart->caption, sizeof chart->caption, "%s", figure);
	for (int i = 0; i < columns->n_context; i++) {
		size_t c = (size_t)columns->context[i];
		size_t at = strlen(chart->caption);
		const char *code = irm_table_text(chart->table, 0, c);
		if (!*code || !strcmp(code, "all"))
			continue;
		find_label(label, chart, irm_table_name(chart->table, c), code);
		snprintf(chart->caption + at, sizeof chart->caption - at, " · %s", label);
	}
}
