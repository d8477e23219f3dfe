/* Funnel: how many reviews have reached each milestone, of those that could. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "plots/frame.h"

static const double thick = 0.86;

static const char *const figures[] = { "reached", NULL };

enum { ROW_LABEL = 4 * IRM_LABEL_SIZE };

struct funnel {
	struct irm_frame frame;
	/* [x.n] each, NAN where the table does not tell */
	double *reached, *eligible, *unknown, *rate;
	bool *suppressed; /* [x.n] one of the three is */
	double widest;    /* label of a value, of all panels */
	bool any_unknown, any_few, any_empty, any_suppressed;
};

static void choose_facets(struct irm_chart *chart)
{
	irm_chart_facets(chart, "milestone", "reached");
}

static enum irm_code find_columns(struct irm_columns *columns, const struct irm_chart *chart,
                                  size_t *eligible, struct irm_err *err)
{
	struct irm_column_choice choice = chart->choice;
	choice.x = choice.x ? choice.x : "milestone";
	if (!chart->choice.x && irm_table_find(chart->whole, "milestone") < 0) {
		irm_err_at(err, irm_table_file(chart->whole), 1, 0,
		           "no column 'milestone': funnel draws the table of irm-rates");
		irm_err_hint(err, "--x names another column");
		return err->code;
	}
	if (irm_columns_find(columns, chart->whole, figures, &choice, err))
		return err->code;
	if (columns->group >= 0)
		return irm_err_set(err, IRM_USAGE,
		                   "--facet: a funnel needs a panel for each value of '%.60s' too",
		                   irm_table_name(chart->whole, (size_t)columns->group));
	return irm_table_need(eligible, chart->whole, "eligible", err);
}

/* A number of reviews: not below 0. */
static enum irm_code read_count(double *out, const struct irm_chart *chart, size_t row, int column,
                                struct irm_err *err)
{
	if (irm_data_number(out, chart->table, row, column, err))
		return err->code;
	if (*out < 0)
		return irm_err_at(err, irm_table_file(chart->table),
		                  irm_table_line(chart->table, row), column + 1L,
		                  "expected a number of reviews, 0 or more");
	return IRM_OK;
}

static enum irm_code read_row(struct irm_chart *chart, size_t row, size_t x, size_t eligible,
                              struct irm_err *err)
{
	struct funnel *funnel = chart->own;
	const struct irm_table *table = chart->table;
	int unknown = irm_table_find(table, "unknown");
	if (read_count(&funnel->reached[x], chart, row, chart->data.columns.y, err) ||
	    read_count(&funnel->eligible[x], chart, row, (int)eligible, err) ||
	    read_count(&funnel->unknown[x], chart, row, unknown, err))
		return err->code;
	funnel->suppressed[x] = irm_data_suppressed(table, row, chart->data.columns.y) ||
	                        irm_data_suppressed(table, row, (int)eligible) ||
	                        irm_data_suppressed(table, row, unknown);
	if (funnel->suppressed[x])
		funnel->reached[x] = funnel->unknown[x] = (double)NAN;
	funnel->any_suppressed |= funnel->suppressed[x];
	double of = funnel->eligible[x];
	if (funnel->unknown[x] > 0)
		of -= funnel->unknown[x];
	if (funnel->reached[x] > of)
		return irm_err_at(err, irm_table_file(table), irm_table_line(table, row),
		                  chart->data.columns.y + 1L,
		                  "more reached than there are eligible and known");
	funnel->rate[x] = of > 0 ? funnel->reached[x] / of : (double)NAN;
	funnel->any_unknown |= funnel->unknown[x] > 0;
	funnel->any_few |= of < 5 && !isnan(funnel->rate[x]);
	funnel->any_empty |= isnan(funnel->reached[x]) && !funnel->suppressed[x];
	chart->data.most = fmax(chart->data.most, fmax(funnel->eligible[x], funnel->reached[x]));
	return IRM_OK;
}

static enum irm_code read_rows(struct irm_chart *chart, size_t eligible, struct irm_err *err)
{
	size_t rows = irm_table_rows(chart->table);
	size_t *index = irm_arena_alloc(&chart->arena, rows * sizeof *index);
	double *room = irm_arena_alloc(&chart->arena, 4 * rows * sizeof *room);
	long *line = irm_arena_alloc(&chart->arena, rows * sizeof *line);
	struct funnel *funnel = chart->own;
	struct irm_levels *x = &chart->data.x;
	funnel->suppressed = irm_arena_alloc(&chart->arena, rows * sizeof *funnel->suppressed);
	if (!index || !room || !line || !funnel->suppressed)
		return irm_err_memory(err);
	if (irm_levels_read(x, index, &chart->arena, chart->table, chart->data.columns.x, 100, err))
		return err->code;
	funnel->reached = room;
	funnel->eligible = room + rows;
	funnel->unknown = room + 2 * rows;
	funnel->rate = room + 3 * rows;
	for (size_t i = 0; i < rows; i++) {
		if (line[index[i]]) {
			irm_err_at(err, irm_table_file(chart->table),
			           irm_table_line(chart->table, i), 0,
			           "a second row for '%.80s' (the first is line %ld)",
			           x->code[index[i]], line[index[i]]);
			irm_err_hint(err, "--facet names the column that tells them apart");
			return err->code;
		}
		line[index[i]] = irm_table_line(chart->table, i);
		if (read_row(chart, i, index[i], eligible, err))
			return err->code;
	}
	return irm_chart_labels(chart, x, err);
}

static enum irm_code make_legend(struct irm_chart *chart, struct irm_err *err)
{
	const struct funnel *funnel = chart->own;
	struct irm_legend_entry *entry = irm_arena_alloc(&chart->arena, 3 * sizeof *entry);
	size_t n = 0;
	if (!entry)
		return irm_err_memory(err);
	entry[n++] = (struct irm_legend_entry){ irm_chart_word(chart, "Reached"),
		                                { .colour = chart->theme->slot[1] },
		                                IRM_SAMPLE_FILL };
	entry[n++] = (struct irm_legend_entry){ irm_chart_word(chart, "Not yet"),
		                                { .colour = chart->theme->axis, .pale = true },
		                                IRM_SAMPLE_FILL };
	if (funnel->any_unknown)
		entry[n++] =
		        (struct irm_legend_entry){ irm_chart_word(chart, "Unknown"),
			                           { .colour = chart->theme->slot[5], .hatch = 1 },
			                           IRM_SAMPLE_FILL };
	chart->legend = (struct irm_legend){ entry, n };
	return IRM_OK;
}

/* "284 of 300 · 95%" */
static void row_label(char out[ROW_LABEL], const struct irm_chart *chart, size_t x)
{
	const struct funnel *funnel = chart->own;
	const struct irm_words *words = &chart->theme->words;
	char text[3][IRM_LABEL_SIZE];
	if (isnan(funnel->reached[x])) {
		if (funnel->suppressed[x])
			snprintf(out, ROW_LABEL, "%s", irm_words_text(words, IRM_SUPPRESSED));
		else
			irm_value_label(out, (double)NAN, IRM_PLAIN, words);
		return;
	}
	double of = funnel->eligible[x] - (funnel->unknown[x] > 0 ? funnel->unknown[x] : 0);
	irm_count_label(text[0], funnel->reached[x], words);
	irm_value_label(text[1], of, IRM_PLAIN, words);
	irm_cell_label(text[2], &(struct irm_cell){ .value = funnel->rate[x], .n = of }, IRM_SHARE,
	               words);
	/* TRANSLATORS: reached, of how many, per cent */
	snprintf(out, ROW_LABEL, irm_words_text(words, "%s of %s · %s"), text[0], text[1], text[2]);
}

static double widest_label(const struct irm_chart *chart)
{
	struct irm_text text = irm_chart_text(chart, "value", IRM_RIGHT, IRM_MIDDLE);
	double widest = 0;
	for (size_t x = 0; x < chart->data.x.n; x++) {
		char label[ROW_LABEL];
		row_label(label, chart, x);
		widest = fmax(widest, irm_canvas_measure(chart->canvas, &text, label, NULL).w);
	}
	return widest;
}

static enum irm_code read_funnel(struct irm_chart *chart, struct irm_err *err)
{
	struct funnel *funnel = irm_arena_alloc(&chart->arena, sizeof *funnel);
	size_t eligible = 0;
	if (!funnel)
		return irm_err_memory(err);
	chart->own = funnel;
	chart->data.group.n = 1;
	if (find_columns(&chart->data.columns, chart, &eligible, err) ||
	    read_rows(chart, eligible, err) || make_legend(chart, err))
		return err->code;
	struct irm_columns keys = chart->data.columns;
	keys.x = -1;
	irm_chart_caption(chart, irm_chart_word(chart, "Reviews that have reached each step"),
	                  &keys);
	funnel->widest = widest_label(chart);
	const char *const parts[] = {
		funnel->any_unknown ? irm_chart_word(chart, "Per cent: of those that are known.")
		                    : NULL,
		funnel->any_few ? irm_chart_word(chart, "*: of fewer than 5.") : NULL,
		funnel->any_empty ? irm_chart_word(chart, "n/a: no figure.") : NULL,
		funnel->any_suppressed ? irm_chart_word(chart, IRM_SUPPRESSED_REMARK) : NULL,
	};
	return irm_chart_remark(chart, parts, sizeof parts / sizeof parts[0], err);
}

/* A panel of many columns has the unknown and the few of the others in its legend. */
static void share_funnel(struct irm_chart *chart, const struct irm_chart *other)
{
	struct funnel *funnel = chart->own;
	const struct funnel *theirs = other->own;
	irm_chart_share(chart, other);
	funnel->widest = fmax(funnel->widest, theirs->widest);
	if (other->legend.n > chart->legend.n)
		chart->legend = other->legend;
}

static enum irm_code plan_funnel(struct irm_chart *chart, double width, double *height,
                                 struct irm_err *err)
{
	struct funnel *funnel = chart->own;
	struct irm_frame_need need = { .lanes = 1,
		                       .lying = true,
		                       .kind = IRM_PLAIN,
		                       .most = chart->data.most,
		                       .value = funnel->widest,
		                       .most_n = (double)NAN };
	return irm_frame_plan(&funnel->frame, chart, &need, width, height, err);
}

static void draw_row(const struct irm_chart *chart, size_t x)
{
	const struct funnel *funnel = chart->own;
	const struct irm_frame *frame = &funnel->frame;
	const struct irm_theme *theme = chart->theme;
	struct irm_look reached = { .colour = theme->slot[1] };
	struct irm_look not_yet = { .colour = theme->axis, .pale = true };
	struct irm_look unknown = { .colour = theme->slot[5], .hatch = 1 };
	double eligible = funnel->eligible[x];
	double known = eligible - (funnel->unknown[x] > 0 ? funnel->unknown[x] : 0);
	char label[ROW_LABEL];
	if (eligible > 0)
		irm_look_fill(chart->canvas, irm_frame_bar(frame, x, 0, thick, 0, eligible),
		              &not_yet);
	if (known < eligible)
		irm_look_fill(chart->canvas, irm_frame_bar(frame, x, 0, thick, known, eligible),
		              &unknown);
	if (funnel->reached[x] > 0)
		irm_look_fill(chart->canvas,
		              irm_frame_bar(frame, x, 0, thick, 0, funnel->reached[x]), &reached);
	if (!frame->values)
		return;
	row_label(label, chart, x);
	irm_frame_value(frame, chart, x, 0, 0, label, (double)NAN);
}

static void draw_funnel(struct irm_chart *chart, struct irm_box area)
{
	struct funnel *funnel = chart->own;
	irm_frame_draw(&funnel->frame, chart, area);
	for (size_t x = 0; x < chart->data.x.n; x++)
		draw_row(chart, x);
	irm_frame_zero(&funnel->frame, chart);
}

const struct irm_kind irm_kind_funnel = {
	.name = "funnel",
	.summary = "how many reviews have reached each milestone, of those that could",
	.facets = choose_facets,
	.read = read_funnel,
	.aside = true,
	.share = share_funnel,
	.plan = plan_funnel,
	.draw = draw_funnel,
};
