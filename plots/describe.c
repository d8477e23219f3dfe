#include "plots/describe.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/attr.h"

enum { LABEL = 256, LISTED = 8, TOLD = 6 };

/* A paragraph of whole sentences: one that has no room is left out. */
struct text {
	char *out;
	size_t n;
	const struct irm_chart *chart;
};

static IRM_PRINTF(2, 3) void say(struct text *text, const char *format, ...)
{
	char sentence[IRM_DESCRIPTION_SIZE];
	va_list arguments;
	va_start(arguments, format);
	int n = vsnprintf(sentence, sizeof sentence, format, arguments);
	va_end(arguments);
	const char *gap = text->n ? text->chart->theme->words.gap : "";
	size_t needed = (size_t)n + strlen(gap);
	if (n <= 0 || text->n + needed >= IRM_DESCRIPTION_SIZE)
		return;
	snprintf(text->out + text->n, IRM_DESCRIPTION_SIZE - text->n, "%s%s", gap, sentence);
	text->n += needed;
}

static void count(char out[IRM_LABEL_SIZE], const struct irm_chart *chart, size_t n)
{
	irm_count_label(out, (double)n, &chart->theme->words);
}

/* A figure of a chart. */
struct figure {
	const struct irm_chart *chart;
	double value, lo, hi;
	size_t x, group; /* of its cell */
	size_t row;      /* of its chart's table, where the kind has no cells */
};

/* What the figures of all panels come to. */
struct summary {
	struct figure high, low;
	size_t n, high_n, low_n; /* known ones, and how many are as high and as low */
	size_t unknown, suppressed;
	enum irm_number_kind kind;
};

static enum irm_number_kind number_kind(const struct irm_chart *chart)
{
	const struct irm_data *data = &chart->data;
	bool share = data->cell ? data->share
	                        : data->columns.share && data->least >= 0 && data->most <= 1;
	return share || chart->request->percent ? IRM_SHARE : IRM_PLAIN;
}

static void add_part(char out[LABEL], const char *part)
{
	size_t n = strlen(out);
	if (*part && n < LABEL)
		snprintf(out + n, LABEL - n, "%s%s", n ? " · " : "", part);
}

static void add_key(char out[LABEL], const struct irm_chart *chart, int column, size_t row)
{
	char name[LABEL];
	if (column < 0)
		return;
	irm_chart_name(name, sizeof name, chart, (size_t)column,
	               irm_table_text(chart->table, row, (size_t)column));
	add_part(out, name);
}

/* The names of a panel's facets. */
static void add_panel(char out[LABEL], const struct irm_chart *chart)
{
	const char *const *facet = chart->choice.facet;
	for (int i = 0; i < IRM_FACETS && facet[i]; i++)
		add_key(out, chart, irm_table_find(chart->table, facet[i]), 0);
}

/* A category, by its name: one that is a number or a day on a scale has no label. */
static void x_name(char out[LABEL], const struct irm_chart *chart, size_t x)
{
	const struct irm_levels *levels = &chart->data.x;
	if (levels->label || levels->column < 0)
		snprintf(out, LABEL, "%s", levels->label ? levels->label[x] : levels->code[x]);
	else
		irm_chart_name(out, LABEL, chart, (size_t)levels->column, levels->code[x]);
}

/* What a figure stands for: its panel, category and group. */
static void figure_name(char out[LABEL], const struct figure *figure)
{
	const struct irm_chart *chart = figure->chart;
	const struct irm_data *data = &chart->data;
	char name[LABEL];
	out[0] = '\0';
	add_panel(out, chart);
	if (!data->cell) {
		add_key(out, chart, data->columns.x, figure->row);
		return;
	}
	x_name(name, chart, figure->x);
	add_part(out, name);
	if (data->group.n > 1 && data->group.label)
		add_part(out, data->group.label[figure->group]);
}

static void figure_label(char out[LABEL], const struct figure *figure, enum irm_number_kind kind)
{
	char value[IRM_LABEL_SIZE];
	char lo[IRM_LABEL_SIZE];
	char hi[IRM_LABEL_SIZE];
	const struct irm_words *words = &figure->chart->theme->words;
	irm_value_label(value, figure->value, kind, words);
	irm_value_label(lo, figure->lo, kind, words);
	irm_value_label(hi, figure->hi, kind, words);
	if (isnan(figure->lo) || isnan(figure->hi))
		snprintf(out, LABEL, "%s", value);
	else
		snprintf(out, LABEL, irm_chart_word(figure->chart, "%s (limits %s to %s)"), value,
		         lo, hi);
}

static void take(struct summary *sum, const struct figure *figure)
{
	if (!sum->n || figure->value > sum->high.value) {
		sum->high = *figure;
		sum->high_n = 0;
	}
	if (!sum->n || figure->value < sum->low.value) {
		sum->low = *figure;
		sum->low_n = 0;
	}
	sum->high_n += figure->value >= sum->high.value;
	sum->low_n += figure->value <= sum->low.value;
	sum->n++;
}

/* What a cell's value is a share of, where shares are drawn; NAN where a part is not known. */
static double whole_of(const struct irm_chart *chart, size_t x)
{
	double whole = 0;
	if (!chart->request->percent)
		return 1;
	for (size_t g = 0; g < chart->data.group.n; g++) {
		const struct irm_cell *cell = irm_data_cell(&chart->data, x, g);
		whole += isnan(cell->value) && !cell->line ? 0 : cell->value;
	}
	return whole > 0 ? whole : (double)NAN;
}

static void sum_cells(struct summary *sum, const struct irm_chart *chart)
{
	const struct irm_data *data = &chart->data;
	for (size_t x = 0; x < data->x.n; x++) {
		double whole = whole_of(chart, x);
		for (size_t g = 0; g < data->group.n; g++) {
			const struct irm_cell *cell = irm_data_cell(data, x, g);
			const struct figure figure = { .chart = chart,
				                       .value = cell->value / whole,
				                       .lo = cell->lo,
				                       .hi = cell->hi,
				                       .x = x,
				                       .group = g };
			sum->suppressed += cell->suppressed;
			if (!isnan(figure.value))
				take(sum, &figure);
			else if (cell->line && !cell->suppressed && isnan(cell->value))
				sum->unknown++;
		}
	}
}

/* A number of a row; NAN where there is none, or where it is suppressed. */
static double number(const struct irm_chart *chart, size_t row, int column)
{
	struct irm_err ignored;
	double value;
	if (irm_data_number(&value, chart->table, row, column, &ignored))
		return (double)NAN;
	return value;
}

static void sum_rows(struct summary *sum, const struct irm_chart *chart)
{
	const struct irm_columns *c = &chart->data.columns;
	for (size_t row = 0; row < irm_table_rows(chart->table); row++) {
		const struct figure figure = { .chart = chart,
			                       .value = number(chart, row, c->y),
			                       .lo = number(chart, row, c->lo),
			                       .hi = number(chart, row, c->hi),
			                       .row = row };
		if (irm_data_suppressed(chart->table, row, c->y))
			sum->suppressed++;
		else if (isnan(figure.value))
			sum->unknown++;
		else
			take(sum, &figure);
	}
}

static void say_extreme(struct text *text, const struct summary *sum, bool high)
{
	const struct figure *figure = high ? &sum->high : &sum->low;
	size_t others = (high ? sum->high_n : sum->low_n) - 1;
	char label[LABEL];
	char name[LABEL];
	char more[IRM_LABEL_SIZE];
	figure_label(label, figure, sum->kind);
	figure_name(name, figure);
	count(more, text->chart, others);
	const struct irm_chart *chart = text->chart;
	if (!others && high)
		say(text, irm_chart_word(chart, "The highest figure is %s: %s."), label, name);
	else if (!others)
		say(text, irm_chart_word(chart, "The lowest figure is %s: %s."), label, name);
	else if (high)
		say(text,
		    irm_words_plural(
		            &chart->theme->words, "The highest figure is %s: %s, and %s other.",
		            "The highest figure is %s: %s, and %s others.", (double)others),
		    label, name, more);
	else
		say(text,
		    irm_words_plural(&chart->theme->words,
		                     "The lowest figure is %s: %s, and %s other.",
		                     "The lowest figure is %s: %s, and %s others.", (double)others),
		    label, name, more);
}

static void say_missing(struct text *text, const struct summary *sum)
{
	char n[IRM_LABEL_SIZE];
	const struct irm_chart *chart = text->chart;
	if (sum->unknown) {
		count(n, chart, sum->unknown);
		say(text,
		    irm_words_plural(&chart->theme->words, "%s figure is not known.",
		                     "%s figures are not known.", (double)sum->unknown),
		    n);
	}
	if (sum->suppressed) {
		count(n, chart, sum->suppressed);
		say(text,
		    irm_words_plural(&chart->theme->words, "%s figure is suppressed.",
		                     "%s figures are suppressed.", (double)sum->suppressed),
		    n);
	}
}

static void say_figures(struct text *text, const struct irm_panels *panels)
{
	struct summary sum = { .kind = number_kind(panels->chart) };
	char label[LABEL];
	for (size_t k = 0; k < panels->n; k++) {
		const struct irm_chart *chart = &panels->chart[k];
		if (chart->data.cell)
			sum_cells(&sum, chart);
		else if (chart->data.columns.y >= 0)
			sum_rows(&sum, chart);
	}
	if (sum.n == 1) {
		figure_label(label, &sum.high, sum.kind);
		say(text, irm_chart_word(text->chart, "The figure is %s."), label);
	} else if (sum.n && sum.high.value <= sum.low.value) {
		irm_value_label(label, sum.high.value, sum.kind, &text->chart->theme->words);
		say(text, irm_chart_word(text->chart, "All figures are %s."), label);
	} else if (sum.n) {
		say_extreme(text, &sum, true);
		say_extreme(text, &sum, false);
	}
	say_missing(text, &sum);
}

/* "Region: AFR, APG and EEG." */
static void say_levels(struct text *text, const struct irm_levels *levels)
{
	const struct irm_chart *chart = text->chart;
	char title[IRM_TITLE_SIZE];
	char list[LISTED * LABEL] = "";
	char n[IRM_LABEL_SIZE];
	if (levels->column < 0 || levels->n < 2 || !levels->label)
		return;
	irm_chart_title(title, chart, levels->column);
	if (levels->n > LISTED) {
		count(n, chart, levels->n);
		say(text, irm_chart_word(chart, "%s: %s of them, from %s to %s."), title, n,
		    levels->label[0], levels->label[levels->n - 1]);
		return;
	}
	irm_words_list(list, sizeof list, &chart->theme->words, levels->label, levels->n);
	say(text, irm_chart_word(chart, "%s: %s."), title, list);
}

/* From where to where a line of figures goes; `next` finds its ends. */
static void say_trend(struct text *text, const struct figure *first, const struct figure *last,
                      const char *name, const char *const at[2])
{
	enum irm_number_kind kind = number_kind(first->chart);
	char from[IRM_LABEL_SIZE];
	char to[IRM_LABEL_SIZE];
	irm_value_label(from, first->value, kind, &text->chart->theme->words);
	irm_value_label(to, last->value, kind, &text->chart->theme->words);
	if (*name)
		say(text, irm_chart_word(text->chart, "%s: from %s (%s) to %s (%s)."), name, from,
		    at[0], to, at[1]);
	else
		say(text, irm_chart_word(text->chart, "From %s (%s) to %s (%s)."), from, at[0], to,
		    at[1]);
}

static void trend_of_group(struct text *text, const struct irm_chart *chart, size_t g)
{
	const struct irm_data *data = &chart->data;
	struct figure end[2];
	char at[2][LABEL];
	char name[LABEL] = "";
	int found = 0;
	for (size_t x = 0; x < data->x.n; x++) {
		double value = irm_data_cell(data, x, g)->value;
		if (isnan(value))
			continue;
		end[found > 0] = (struct figure){ .chart = chart, .value = value };
		x_name(at[found > 0], chart, x);
		found++;
	}
	add_panel(name, chart);
	if (data->group.n > 1 && data->group.label)
		add_part(name, data->group.label[g]);
	const char *const names[] = { at[0], at[1] };
	if (found > 1)
		say_trend(text, &end[0], &end[1], name, names);
}

static void trend_of_rows(struct text *text, const struct irm_chart *chart)
{
	const struct irm_columns *c = &chart->data.columns;
	struct figure end[2];
	char at[2][LABEL];
	char name[LABEL] = "";
	int found = 0;
	for (size_t row = 0; row < irm_table_rows(chart->table); row++) {
		double value = number(chart, row, c->y);
		if (isnan(value))
			continue;
		end[found > 0] = (struct figure){ .chart = chart, .value = value };
		at[found > 0][0] = '\0';
		add_key(at[found > 0], chart, c->x, row);
		found++;
	}
	const char *const days[2] = { at[0], at[1] };
	add_panel(name, chart);
	if (found > 1)
		say_trend(text, &end[0], &end[1], name, days);
}

static void say_trends(struct text *text, const struct irm_panels *panels)
{
	size_t told = 0;
	for (size_t k = 0; k < panels->n; k++) {
		const struct irm_chart *chart = &panels->chart[k];
		size_t groups = chart->data.cell ? chart->data.group.n : 1;
		for (size_t g = 0; g < groups && told < TOLD; g++, told++) {
			if (chart->data.cell)
				trend_of_group(text, chart, g);
			else
				trend_of_rows(text, chart);
		}
	}
}

/* When a curve is first at a half or below. */
static void say_half(struct text *text, const struct irm_chart *chart, size_t group)
{
	const struct irm_columns *c = &chart->data.columns;
	const struct irm_levels *levels = &chart->data.group;
	double half = (double)NAN;
	double last = 0;
	char name[LABEL] = "";
	char day[IRM_LABEL_SIZE];
	for (size_t row = 0; row < irm_table_rows(chart->table); row++) {
		if (levels->column >= 0 &&
		    strcmp(irm_table_text(chart->table, row, (size_t)levels->column),
		           levels->code[group]) != 0)
			continue;
		double time = number(chart, row, c->x);
		last = fmax(last, time);
		if (number(chart, row, c->y) <= 0.5 && !(half <= time))
			half = time;
	}
	add_panel(name, chart);
	if (levels->n > 1)
		add_part(name, levels->label[group]);
	irm_count_label(day, isnan(half) ? last : half, &chart->theme->words);
	const char *who = *name ? name : irm_chart_word(chart, "All");
	if (isnan(half))
		say(text,
		    irm_chart_word(chart, "%s: fewer than half are done by day %s, the last."), who,
		    day);
	else
		say(text, irm_chart_word(chart, "%s: half are done by day %s."), who, day);
}

static void say_curves(struct text *text, const struct irm_panels *panels)
{
	size_t told = 0;
	for (size_t k = 0; k < panels->n; k++)
		for (size_t g = 0; g < panels->chart[k].data.group.n && told < LISTED; g++, told++)
			say_half(text, &panels->chart[k], g);
}

/* The reviews with an open stage whose limit has passed: the rows of a review stand
 * together. */
static void say_timeline(struct text *text, const struct irm_panels *panels)
{
	const struct irm_chart *chart = text->chart;
	const struct irm_table *table = panels->chart->whole;
	int review = irm_table_find(table, "review");
	int event = irm_table_find(table, "event");
	int late = irm_table_find(table, "days_late");
	size_t overdue = 0;
	bool counted = false;
	char n[IRM_LABEL_SIZE];
	for (size_t row = 0; row < irm_table_rows(table); row++) {
		if (!row || strcmp(irm_table_text(table, row, (size_t)review),
		                   irm_table_text(table, row - 1, (size_t)review)) != 0)
			counted = false;
		if (!counted && !strcmp(irm_table_text(table, row, (size_t)event), "0") &&
		    number(chart, row, late) > 0) {
			overdue++;
			counted = true;
		}
	}
	count(n, chart, overdue);
	say(text,
	    irm_words_plural(&chart->theme->words, "%s review has a stage that is overdue.",
	                     "%s reviews have a stage that is overdue.", (double)overdue),
	    n);
}

/* How many tiles each category has. */
static void say_tiles(struct text *text, const struct irm_chart *chart)
{
	const struct irm_table *table = chart->whole;
	size_t column = (size_t)chart->data.columns.group;
	size_t told = 0;
	for (size_t row = 0; row < irm_table_rows(table) && told < LISTED; row++) {
		const char *code = irm_table_text(table, row, column);
		char name[LABEL];
		char n[IRM_LABEL_SIZE];
		size_t states = 0;
		bool before = false;
		for (size_t other = 0; other < irm_table_rows(table); other++) {
			bool same = !strcmp(irm_table_text(table, other, column), code);
			states += same;
			before |= same && other < row;
		}
		if (before)
			continue;
		irm_chart_name(name, sizeof name, chart, column, code);
		count(n, chart, states);
		say(text,
		    irm_words_plural(&chart->theme->words, "%s: %s State.", "%s: %s States.",
		                     (double)states),
		    name, n);
		told++;
	}
}

/* The stages of a histogram, and the days of those that are done. */
struct stages {
	size_t done, open, unknown;
	double least, most;
};

static void add_stages(struct stages *stages, const struct irm_chart *panel)
{
	int event = irm_table_find(panel->table, "event");
	for (size_t row = 0; row < irm_table_rows(panel->table); row++) {
		double days = number(panel, row, panel->data.columns.y);
		double ended = number(panel, row, event);
		if (isnan(days) || isnan(ended)) {
			stages->unknown++;
		} else if (ended > 0) {
			stages->done++;
			stages->least = fmin(stages->least, days);
			stages->most = fmax(stages->most, days);
		} else {
			stages->open++;
		}
	}
}

static void say_histogram(struct text *text, const struct irm_panels *panels)
{
	const struct irm_chart *chart = text->chart;
	const struct irm_words *words = &chart->theme->words;
	struct stages stages = { .least = HUGE_VAL };
	char n[IRM_LABEL_SIZE];
	char from[IRM_LABEL_SIZE];
	char to[IRM_LABEL_SIZE];
	for (size_t k = 0; k < panels->n; k++)
		add_stages(&stages, &panels->chart[k]);
	count(n, chart, stages.done);
	if (stages.done) {
		irm_count_label(from, stages.least, words);
		irm_count_label(to, stages.most, words);
		say(text,
		    irm_words_plural(words, "%s stage is done, after %s to %s days.",
		                     "%s stages are done, after %s to %s days.",
		                     (double)stages.done),
		    n, from, to);
	}
	count(n, chart, stages.open);
	if (stages.open)
		say(text,
		    irm_words_plural(words, "%s stage is still open.", "%s stages are still open.",
		                     (double)stages.open),
		    n);
	const struct summary missing = { .unknown = stages.unknown };
	say_missing(text, &missing);
}

static const char *kind_sentence(const struct irm_kind *kind)
{
	static const struct {
		const char *kind, *sentence;
	} sentences[] = {
		{ "bars", IRM_WORD("Bar chart: %s.") },
		{ "stacked", IRM_WORD("Stacked bars: %s.") },
		{ "dots", IRM_WORD("Dots: %s.") },
		{ "lines", IRM_WORD("Line chart: %s.") },
		{ "steps", IRM_WORD("Curves in steps: %s.") },
		{ "heatmap", IRM_WORD("Heat map: %s.") },
		{ "timeline", IRM_WORD("Timeline: %s.") },
		{ "tiles", IRM_WORD("Tiles: %s.") },
		{ "funnel", IRM_WORD("Funnel: %s.") },
		{ "histogram", IRM_WORD("Histogram: %s.") },
		{ "fan", IRM_WORD("Forecast with bands: %s.") },
	};
	for (size_t i = 0; i < sizeof sentences / sizeof sentences[0]; i++)
		if (!strcmp(sentences[i].kind, kind->name))
			return sentences[i].sentence;
	return IRM_WORD("%s.");
}

static void say_head(struct text *text, const struct irm_panels *panels,
                     const struct irm_kind *kind)
{
	const struct irm_chart *chart = text->chart;
	const struct irm_chart_request *request = chart->request;
	int as_of = chart->data.columns.as_of;
	char day[LABEL] = "";
	char sentence[IRM_DESCRIPTION_SIZE];
	if (request->title && *request->title)
		say(text, irm_chart_word(chart, "%s."), request->title);
	snprintf(sentence, sizeof sentence, "%s", irm_chart_word(chart, kind_sentence(kind)));
	char *at = strstr(sentence, "%s");
	if (at)
		say(text, "%.*s%s%s", (int)(at - sentence), sentence, chart->caption, at + 2);
	if (request->fictional || irm_columns_fictional(chart->whole))
		say(text, "%s",
		    irm_chart_word(chart, "The States are fictional: this is not real data."));
	if (as_of >= 0 && !irm_columns_varies(chart->whole, as_of)) {
		add_key(day, chart, as_of, 0);
		say(text, irm_chart_word(chart, "As of %s."), day);
	}
	if (chart->n[0] && panels->n == 1)
		say(text, irm_chart_word(chart, "%s."), chart->n);
}

void irm_describe(char out[IRM_DESCRIPTION_SIZE], const struct irm_panels *panels,
                  const struct irm_kind *kind)
{
	const struct irm_chart *lead = panels->chart;
	struct text text = { .out = out, .chart = lead };
	bool cells = lead->data.cell != NULL;
	out[0] = '\0';
	say_head(&text, panels, kind);
	if (cells)
		say_levels(&text, &lead->data.x);
	if (cells || kind == &irm_kind_steps)
		say_levels(&text, &lead->data.group);
	if (kind == &irm_kind_steps)
		say_curves(&text, panels);
	else if (kind == &irm_kind_timeline)
		say_timeline(&text, panels);
	else if (kind == &irm_kind_histogram)
		say_histogram(&text, panels);
	else if (kind == &irm_kind_tiles && lead->data.columns.y < 0)
		say_tiles(&text, lead);
	else
		say_figures(&text, panels);
	if (kind == &irm_kind_lines || kind == &irm_kind_fan)
		say_trends(&text, panels);
}
