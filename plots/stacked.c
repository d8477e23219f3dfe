/* Stacked bars: counts that add up, or their shares. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "plots/frame.h"

static const double thick = 0.86;

static const char *const figures[] = { "reviews", "count", "needs", "findings", "with_need",
	                               "events",  "n",     "value", NULL };

struct stacked {
	struct irm_frame frame;
	double *total;      /* [x.n] of what is known */
	const char **lacks; /* [x.n] what stands for a part that is not known; NULL: all are */
	bool few;           /* a bar's shares are of fewer than 5 */
	double most;        /* of them, in all panels */
};

/* Stacked bars have their groups even where there is one key only: it is then the group. Days are
 * never stacked: the same reviews stand in each. */
static enum irm_code choose_keys(struct irm_columns *columns,
                                 const struct irm_column_choice *choice, struct irm_err *err)
{
	if (columns->group >= 0 && columns->group == columns->as_of) {
		if (choice->x || choice->group)
			return irm_err_set(
			        err, IRM_USAGE,
			        "--group: days cannot be stacked, since the same records "
			        "stand in each; name another column");
		columns->group = columns->x;
		columns->x = columns->as_of;
	} else if (columns->group < 0 && !choice->x && columns->x != columns->as_of) {
		columns->group = columns->x;
		columns->x = -1;
	}
	return IRM_OK;
}

/* Parts add up: none is negative, and the whole is not among them. */
static enum irm_code check_parts(const struct irm_chart *chart, struct irm_err *err)
{
	const struct irm_data *data = &chart->data;
	const char *file = irm_table_file(chart->table);
	for (size_t i = 0; i < data->x.n * data->group.n; i++)
		if (data->cell[i].value < 0)
			return irm_err_at(err, file, data->cell[i].line, data->columns.y + 1L,
			                  "a negative number cannot be stacked");
	for (size_t i = 0; i < data->group.n && data->group.n > 1; i++)
		if (!strcmp(data->group.code[i], "all"))
			return irm_err_at(err, file, 0, 0,
			                  "'all' in column '%s' cannot be stacked on its parts",
			                  irm_table_name(chart->table, (size_t)data->group.column));
	return IRM_OK;
}

/* A part that the table does not name is none; one that it leaves empty is not known. */
static void add_up(const struct irm_data *data, struct stacked *stacked)
{
	for (size_t x = 0; x < data->x.n; x++)
		for (size_t g = 0; g < data->group.n; g++) {
			const struct irm_cell *cell = irm_data_cell(data, x, g);
			if (!isnan(cell->value))
				stacked->total[x] += cell->value;
			else if (cell->suppressed)
				stacked->lacks[x] = IRM_SUPPRESSED;
			else if (cell->line && !stacked->lacks[x])
				stacked->lacks[x] = IRM_WORD("n/a");
		}
}

static bool any_lacks(const struct irm_chart *chart, bool suppressed)
{
	const struct stacked *stacked = chart->own;
	for (size_t x = 0; x < chart->data.x.n; x++)
		if (stacked->lacks[x] && !strcmp(stacked->lacks[x], IRM_SUPPRESSED) == suppressed)
			return true;
	return false;
}

static enum irm_code set_remark(struct irm_chart *chart, struct irm_err *err)
{
	struct stacked *stacked = chart->own;
	for (size_t x = 0; x < chart->data.x.n && chart->request->percent; x++)
		stacked->few |= stacked->total[x] < 5 && !stacked->lacks[x];
	const char *const parts[] = {
		stacked->few ? irm_chart_word(chart, "*: of fewer than 5.") : NULL,
		any_lacks(chart, false) ? irm_chart_word(chart, "n/a: a part is not known.") : NULL,
		any_lacks(chart, true) ? irm_chart_word(chart, IRM_SUPPRESSED_REMARK) : NULL,
	};
	return irm_chart_remark(chart, parts, sizeof parts / sizeof parts[0], err);
}

/* n is the total of `all`, else of all bars; but the same reviews stand in the bars of several
 * days. */
static void set_n(struct irm_chart *chart, const double total[])
{
	const struct irm_data *data = &chart->data;
	size_t all = irm_levels_find(&data->x, "all");
	double sum = 0;
	double least = total[0];
	double most = total[0];
	for (size_t x = 0; x < data->x.n; x++) {
		sum += total[x];
		least = fmin(least, total[x]);
		most = fmax(most, total[x]);
	}
	bool days = data->x.column >= 0 && data->x.column == data->columns.as_of;
	double n = all < data->x.n ? total[all] : days ? least : sum;
	bool range = days && all == data->x.n && least < most;
	if (!range && (any_lacks(chart, false) || any_lacks(chart, true))) {
		char count[IRM_LABEL_SIZE];
		irm_count_label(count, n, &chart->theme->words);
		snprintf(chart->n, sizeof chart->n, irm_chart_word(chart, "n ≥ %s"), count);
		return;
	}
	irm_n_label(chart->n, n, range ? most : n, &chart->theme->words);
}

static const char *const shares[] = { IRM_WORD("Share of reviews"), IRM_WORD("Share of needs"),
	                              IRM_WORD("Share of findings"), IRM_WORD("Share of with need"),
	                              IRM_WORD("Share of events") };

/* "Number of reviews", or "Share of reviews" with --percent. */
static void figure_title(char out[IRM_TITLE_SIZE], const struct irm_chart *chart, int y)
{
	const char *name = irm_table_name(chart->table, (size_t)y);
	char words[128];
	if (!chart->request->percent) {
		irm_chart_title(out, chart, y);
		return;
	}
	snprintf(words, sizeof words, "%.100s", !strcmp(name, "n") ? "reviews" : name);
	for (char *c = words; *c; c++)
		if (*c == '_')
			*c = ' ';
	snprintf(out, IRM_TITLE_SIZE, irm_chart_word(chart, "Share of %s"), words);
	for (size_t i = 0; i < sizeof shares / sizeof shares[0]; i++)
		if (!strcmp(shares[i] + strlen("Share of "), words))
			snprintf(out, IRM_TITLE_SIZE, "%s", irm_chart_word(chart, shares[i]));
}

/* What stands at the end of a bar: how many it is, and that it lacks a part. */
static void total_label(char out[IRM_LABEL_SIZE], const struct irm_chart *chart, size_t x)
{
	const struct stacked *stacked = chart->own;
	const char *lacks = stacked->lacks[x];
	char count[IRM_LABEL_SIZE];
	irm_value_label(count, stacked->total[x], IRM_PLAIN, &chart->theme->words);
	if (chart->request->percent && !lacks)
		snprintf(out, IRM_LABEL_SIZE, irm_chart_word(chart, "n = %s"), count);
	else if (chart->request->percent)
		snprintf(out, IRM_LABEL_SIZE, "%s", irm_chart_word(chart, lacks));
	else
		snprintf(out, IRM_LABEL_SIZE, "%.40s%s%.40s", count, lacks ? " + " : "",
		         lacks ? irm_chart_word(chart, lacks) : "");
}

static double widest_total(const struct irm_chart *chart)
{
	struct irm_text text = irm_chart_text(chart, "value", IRM_CENTRE, IRM_BOTTOM);
	double widest = 0;
	for (size_t x = 0; x < chart->data.x.n; x++) {
		char label[IRM_LABEL_SIZE];
		total_label(label, chart, x);
		widest = fmax(widest, irm_canvas_measure(chart->canvas, &text, label, NULL).w);
	}
	return widest;
}

static enum irm_code read_stacked(struct irm_chart *chart, struct irm_err *err)
{
	struct irm_columns columns;
	struct irm_data *data = &chart->data;

	char figure[IRM_TITLE_SIZE];
	if (irm_columns_find(&columns, chart->whole, figures, &chart->choice, err))
		return err->code;
	if (choose_keys(&columns, &chart->choice, err) ||
	    irm_data_read(data, &chart->arena, chart->table, &columns, 400, 24, err) ||
	    check_parts(chart, err) || irm_chart_labels(chart, &data->x, err) ||
	    irm_chart_labels(chart, &data->group, err) ||
	    irm_chart_legend(chart, &data->group, IRM_SAMPLE_FILL, err))
		return err->code;
	struct stacked *stacked = irm_arena_alloc(&chart->arena, sizeof *stacked);
	double *total = irm_arena_alloc(&chart->arena, data->x.n * sizeof *total);
	const char **lacks = irm_arena_alloc(&chart->arena, data->x.n * sizeof *lacks);
	if (!stacked || !total || !lacks)
		return irm_err_memory(err);
	stacked->total = total;
	stacked->lacks = lacks;
	chart->own = stacked;
	add_up(data, stacked);
	set_n(chart, total);
	for (size_t x = 0; x < data->x.n; x++)
		stacked->most = fmax(stacked->most, total[x]);
	figure_title(figure, chart, columns.y);
	irm_chart_caption(chart, figure, &columns);
	chart->widest = widest_total(chart);
	return set_remark(chart, err);
}

static void share_stacked(struct irm_chart *chart, const struct irm_chart *other)
{
	struct stacked *stacked = chart->own;
	const struct stacked *theirs = other->own;
	stacked->most = fmax(stacked->most, theirs->most);
	chart->widest = fmax(chart->widest, other->widest);
}

static enum irm_code plan_stacked(struct irm_chart *chart, double width, double *height,
                                  struct irm_err *err)
{
	struct stacked *stacked = chart->own;
	bool percent = chart->request->percent;
	struct irm_frame_need need = { .lanes = 1,
		                       .kind = percent ? IRM_SHARE : IRM_PLAIN,
		                       .most = percent ? 1 : stacked->most,
		                       .value = chart->widest,
		                       .most_n = (double)NAN };
	return irm_frame_plan(&stacked->frame, chart, &need, width, height, err);
}

/* Writes a segment's value into it where there is room. */
static void label_segment(const struct irm_chart *chart, struct irm_box box,
                          const struct irm_look *look, const char *label)
{
	const struct irm_theme *theme = chart->theme;
	struct irm_text text = irm_chart_text(chart, "segment", IRM_CENTRE, IRM_MIDDLE);
	text.colour = irm_rgb_text_on(look->colour);
	double w = irm_canvas_measure(chart->canvas, &text, label, NULL).w + theme->gap * 0.6;
	double h = theme->small * 1.15;
	if (w > box.w || h > box.h)
		return;
	double x = box.x + box.w / 2;
	double y = box.y + box.h / 2;
	if (look->hatch)
		irm_canvas_fill(chart->canvas, (struct irm_box){ x - w / 2, y - h / 2, w, h },
		                look->colour);
	irm_canvas_text(chart->canvas, &text, x, y, label);
}

static void draw_segment(const struct irm_chart *chart, size_t x, size_t group, double from,
                         double value)
{
	const struct stacked *stacked = chart->own;
	const struct irm_frame *frame = &stacked->frame;
	const struct irm_theme *theme = chart->theme;
	struct irm_look look = irm_chart_look(chart, &chart->data.group, group);
	struct irm_box box = irm_frame_bar(frame, x, 0, thick, from, from + value);
	struct irm_stroke seam = { theme->paper, theme->hair * 1.5, 0 };
	char label[IRM_LABEL_SIZE];
	irm_look_fill(chart->canvas, box, &look);
	irm_value_label(label, value, frame->kind, &chart->theme->words);
	if (chart->request->percent && stacked->total[x] < 5)
		strncat(label, "*", sizeof label - strlen(label) - 1);
	label_segment(chart, box, &look, label);
	if (from <= 0)
		return;
	if (frame->lying)
		irm_canvas_line(chart->canvas, box.x, box.y, box.x, box.y + box.h, seam);
	else
		irm_canvas_line(chart->canvas, box.x, box.y + box.h, box.x + box.w, box.y + box.h,
		                seam);
}

static void draw_stack(const struct irm_chart *chart, size_t x)
{
	const struct stacked *stacked = chart->own;
	double unit = chart->request->percent ? stacked->total[x] : 1;
	if (chart->request->percent && stacked->lacks[x])
		unit = 0; /* shares of what is known would be too large */
	double sum = 0;
	for (size_t g = 0; g < chart->data.group.n && unit > 0; g++) {
		double value = irm_data_cell(&chart->data, x, g)->value;
		if (!(value > 0))
			continue;
		draw_segment(chart, x, g, sum / unit, value / unit);
		sum += value;
	}
	if (!stacked->frame.values)
		return;
	char label[IRM_LABEL_SIZE];
	total_label(label, chart, x);
	irm_frame_value(&stacked->frame, chart, x, 0, unit > 0 ? sum / unit : 0, label,
	                (double)NAN);
}

static void draw_stacked(struct irm_chart *chart, struct irm_box area)
{
	struct stacked *stacked = chart->own;
	irm_frame_draw(&stacked->frame, chart, area);
	for (size_t x = 0; x < chart->data.x.n; x++)
		draw_stack(chart, x);
	irm_frame_zero(&stacked->frame, chart);
}

const struct irm_kind irm_kind_stacked = {
	.name = "stacked",
	.summary = "counts that add up, or their shares with --percent",
	.takes = IRM_TAKES_PERCENT,
	.read = read_stacked,
	.aside = true,
	.share = share_stacked,
	.plan = plan_stacked,
	.draw = draw_stacked,
};
