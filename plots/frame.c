#include "plots/frame.h"

#include <math.h>

#include "plots/axis.h"

/* The share of a category's slot that bars take. */
static const double filled = 0.8;

/* What a plan is made for. */
struct trial {
	const struct irm_chart *chart;
	const struct irm_frame_need *need;
	double width, height;
	double most; /* of the height, where the page grows */
	bool want_values;
	bool cut;    /* names may be shortened */
	double lane; /* the least thickness of a bar */
};

static double clamp(double value, double least, double most)
{
	return fmin(fmax(value, least), most);
}

static struct irm_text category_text(const struct irm_chart *chart, bool lying, double width,
                                     int lines)
{
	struct irm_text text = irm_chart_text(chart, "category", lying ? IRM_RIGHT : IRM_CENTRE,
	                                      lying ? IRM_MIDDLE : IRM_TOP);
	text.size = chart->theme->text;
	text.width = width;
	text.lines = lines;
	return text;
}

static void set_scale(struct irm_frame *frame, const struct irm_frame_need *need, size_t want)
{
	frame->kind = need->kind;
	frame->scale = irm_scale_from_zero(need->least, need->most, want, need->kind);
}

static bool has_counts(const struct irm_frame_need *need, size_t n)
{
	for (size_t i = 0; need->n && i < n; i++)
		if (!isnan(need->n[i]))
			return true;
	return false;
}

/* Whether all labels fit below slots of that width, and the height of the highest. */
static bool labels_fit(const struct irm_chart *chart, double slot, double *height)
{
	struct irm_text text = category_text(chart, false, slot - chart->theme->gap, 3);
	*height = 0;
	for (size_t i = 0; i < chart->data.x.n; i++) {
		int lines;
		struct irm_box size =
		        irm_canvas_measure(chart->canvas, &text, chart->data.x.label[i], &lines);
		if (size.w > text.width || lines > 3)
			return false;
		*height = fmax(*height, size.h);
	}
	return true;
}

static bool plan_upright(struct irm_frame *frame, const struct trial *trial, size_t banks)
{
	const struct irm_chart *chart = trial->chart;
	const struct irm_theme *theme = chart->theme;
	const struct irm_frame_need *need = trial->need;
	*frame = (struct irm_frame){ .n = chart->data.x.n, .lanes = need->lanes, .banks = banks };
	frame->per_bank = (frame->n + banks - 1) / banks;
	double bank = (trial->height - (double)(banks - 1) * theme->gap * 2) / (double)banks;
	set_scale(frame, need, (size_t)clamp(bank / (theme->text * 2.4), 2, 8));
	struct irm_text tick = irm_chart_text(chart, "tick", IRM_RIGHT, IRM_MIDDLE);
	frame->ticks = irm_axis_width(chart->canvas, &tick, &frame->scale) + theme->gap;
	frame->slot = (trial->width - frame->ticks) / (double)frame->per_bank;
	if (!labels_fit(chart, frame->slot, &frame->labels))
		return false;
	frame->labels += theme->gap;
	if (has_counts(need, frame->n)) {
		frame->counts = need->n;
		frame->labels += theme->small * 1.4;
	}
	frame->lane = fmin(frame->slot * filled / (double)need->lanes,
	                   theme->text * (frame->n > 2 ? 6 : 10));
	frame->values = trial->want_values && need->value > 0 &&
	                need->value + theme->gap * 0.6 <= frame->lane;
	frame->ends = theme->small * (frame->values ? 1.5 : 0.7);
	frame->height = trial->height;
	return bank - frame->labels - 2 * frame->ends >= theme->text * 4 &&
	       frame->lane >= trial->lane && (frame->values || !trial->want_values);
}

/* The widest label on one line. */
static double widest_label(const struct irm_chart *chart)
{
	struct irm_text text = category_text(chart, true, 0, 0);
	double widest = 0;
	for (size_t i = 0; i < chart->data.x.n; i++)
		widest = fmax(
		        widest,
		        irm_canvas_measure(chart->canvas, &text, chart->data.x.label[i], NULL).w);
	return widest;
}

static void set_ends(struct irm_frame *frame, const struct trial *trial)
{
	const struct irm_chart *chart = trial->chart;
	const struct irm_theme *theme = chart->theme;
	struct irm_text text = irm_chart_text(chart, "n", IRM_LEFT, IRM_MIDDLE);
	char label[IRM_LABEL_SIZE];
	frame->value = 0;
	frame->ends = theme->text; /* half of the last tick's label */
	if (!trial->want_values || trial->need->value <= 0)
		return;
	frame->value = trial->need->value + theme->gap;
	frame->ends = frame->value + theme->gap;
	if (isnan(trial->need->most_n))
		return;
	frame->n_shown = true;
	irm_n_label(label, trial->need->most_n, trial->need->most_n, &theme->words);
	frame->ends += irm_canvas_measure(chart->canvas, &text, label, NULL).w + theme->gap;
}

/* The lines there are for a category's label, lying. */
static int label_lines(const struct irm_frame *frame, const struct irm_theme *theme)
{
	return (int)clamp(floor(frame->slot / (theme->text * 1.37)), 1, 3);
}

/* Whether a category's label would be shortened, lying. */
static bool is_cut(const struct irm_frame *frame, const struct irm_chart *chart)
{
	int most = label_lines(frame, chart->theme);
	struct irm_text text = category_text(chart, true, frame->names, most);
	for (size_t i = 0; i < chart->data.x.n; i++) {
		int lines;
		struct irm_box size =
		        irm_canvas_measure(chart->canvas, &text, chart->data.x.label[i], &lines);
		if (lines > most || size.w > text.width)
			return true;
	}
	return false;
}

static double widest_tick(const struct irm_frame *frame, const struct irm_chart *chart)
{
	struct irm_text text = irm_chart_text(chart, "tick", IRM_CENTRE, IRM_TOP);
	double widest = 0;
	for (size_t i = 0; i < frame->scale.n; i++) {
		char label[IRM_LABEL_SIZE];
		irm_scale_label(label, &frame->scale, i, &chart->theme->words);
		widest = fmax(widest, irm_canvas_measure(chart->canvas, &text, label, NULL).w);
	}
	return widest;
}

/* The scale below lying bars: as many ticks as have room, and room for half of the last one's label
 * beyond the plot; returns what is left of `room` for the plot. */
static double set_ticks(struct irm_frame *frame, const struct trial *trial, double room)
{
	const struct irm_theme *theme = trial->chart->theme;
	size_t want = (size_t)clamp((room - frame->ends) / (theme->text * 5), 2, 8);
	double widest, step;
	do {
		set_scale(frame, trial->need, want);
		widest = widest_tick(frame, trial->chart);
		const struct irm_scale *scale = &frame->scale;
		double plot = room - fmax(frame->ends, widest / 2);
		step = scale->n < 2
		               ? plot
		               : (scale->tick[1] - scale->tick[0]) / (scale->hi - scale->lo) * plot;
	} while (step < widest + theme->gap && want-- > 2);
	frame->ends = fmax(frame->ends, widest / 2);
	return room - frame->ends;
}

/* Lays the rows, with at most that part of the width for labels. */
static bool lay_rows(struct irm_frame *frame, const struct trial *trial, size_t banks, double part)
{
	const struct irm_chart *chart = trial->chart;
	const struct irm_theme *theme = chart->theme;
	const struct irm_frame_need *need = trial->need;
	*frame = (struct irm_frame){
		.lying = true, .n = chart->data.x.n, .lanes = need->lanes, .banks = banks
	};
	frame->per_bank = (frame->n + banks - 1) / banks;
	double bank = (trial->width - (double)(banks - 1) * theme->gap * 3) / (double)banks;
	double widest = widest_label(chart) + 1;
	double column = chart->aside > 0 ? chart->aside : fmin(widest, bank * part) + theme->gap;
	frame->names = column - theme->gap;
	frame->labels = chart->aside > 0 ? 0 : column;
	frame->ticks = theme->small * 1.5;
	set_ends(frame, trial);
	double plot = set_ticks(frame, trial, bank - frame->labels);
	double lines = widest > frame->names ? fmin(ceil(widest * 1.15 / frame->names), 3) : 1;
	double rows = trial->height - frame->ticks;
	double natural = fmax((double)need->lanes * theme->small * 1.5 / filled,
	                      theme->text * 1.4 * lines + theme->gap);
	frame->slot = theme->grows ? natural : rows / (double)frame->per_bank;
	frame->lane = fmin(frame->slot * filled / (double)need->lanes, theme->text * 2.4);
	frame->values = trial->want_values && need->value > 0 && frame->lane >= theme->small;
	frame->height = frame->slot * (double)frame->per_bank + frame->ticks;
	if (theme->grows && frame->height > trial->most)
		return false;
	return plot >= theme->text * 6 && frame->slot >= theme->text * 1.15 &&
	       frame->lane >= trial->lane && (frame->values || !trial->want_values);
}

/* Labels take up to a third of the width; nearly half where a label would be shortened else. */
static bool plan_lying(struct irm_frame *frame, const struct trial *trial, size_t banks)
{
	struct irm_frame wide;
	bool fits = lay_rows(frame, trial, banks, 0.36);
	if (fits && !is_cut(frame, trial->chart))
		return true;
	if (!lay_rows(&wide, trial, banks, 0.46) || is_cut(&wide, trial->chart))
		return fits && trial->cut;
	*frame = wide;
	return true;
}

double irm_frame_names(const struct irm_chart *chart)
{
	return widest_label(chart) + 1 + chart->theme->gap;
}

enum irm_code irm_frame_plan(struct irm_frame *frame, const struct irm_chart *chart,
                             const struct irm_frame_need *need, double width, double *height,
                             struct irm_err *err)
{
	const struct irm_theme *theme = chart->theme;
	double most = *height + theme->highest - theme->height;
	/* values are given up before names are cut, but where they are what is told; bars become as
	 * thin as can be at last */
	const struct {
		bool values, cut;
		double lane;
	} rounds[] = { { true, false, theme->hair * 3 },
		       { false, false, theme->small * 0.6 },
		       { true, true, theme->hair * 3 },
		       { false, true, theme->hair * 3 } };
	bool lying = need->lying || chart->aside > 0;
	bool fits = false;
	for (size_t r = 0; r < (chart->strict ? 1 : 4) && !fits; r++) {
		struct trial trial = { .chart = chart,
			               .need = need,
			               .width = width,
			               .height = *height,
			               .most = most,
			               .want_values = rounds[r].values && need->value > 0,
			               .cut = rounds[r].cut,
			               .lane = rounds[r].lane };
		if (need->lying && !trial.want_values && !trial.cut)
			continue;
		size_t banks = chart->aside > 0 ? 1 : IRM_BANKS;
		for (size_t b = 1; b <= banks && !fits && b <= chart->data.x.n; b++)
			fits = (!lying && plan_upright(frame, &trial, b)) ||
			       plan_lying(frame, &trial, b);
	}
	if (!fits)
		return irm_chart_too_large(chart, err);
	if (theme->grows)
		*height = frame->height;
	return IRM_OK;
}

/* Finds each bank's plot within the area. */
static void place(struct irm_frame *frame, const struct irm_theme *theme, struct irm_box area)
{
	double banks = (double)frame->banks;
	for (size_t b = 0; b < frame->banks; b++) {
		struct irm_box *plot = &frame->plot[b];
		*plot = area;
		if (frame->lying) {
			double step = (area.w + theme->gap * 3) / banks;
			plot->x += (double)b * step + frame->labels;
			plot->w = step - theme->gap * 3 - frame->labels - frame->ends;
			plot->h = frame->slot * (double)frame->per_bank;
		} else {
			double step = (area.h + theme->gap * 2) / banks;
			plot->x += frame->ticks;
			plot->w -= frame->ticks;
			plot->y += (double)b * step + frame->ends;
			plot->h = step - theme->gap * 2 - frame->ends - frame->labels;
		}
	}
}

static double at_value(const struct irm_frame *frame, size_t bank, double value)
{
	const struct irm_box *plot = &frame->plot[bank];
	double at = irm_scale_at(&frame->scale, value);
	return frame->lying ? plot->x + at * plot->w : plot->y + plot->h - at * plot->h;
}

/* The middle of a category's slot on its axis. */
static double at_category(const struct irm_frame *frame, size_t i)
{
	const struct irm_box *plot = &frame->plot[i / frame->per_bank];
	double at = ((double)(i % frame->per_bank) + 0.5) * frame->slot;
	return (frame->lying ? plot->y : plot->x) + at;
}

static void draw_category(const struct irm_frame *frame, const struct irm_chart *chart, size_t i)
{
	const struct irm_theme *theme = chart->theme;
	const struct irm_box *plot = &frame->plot[i / frame->per_bank];
	double at = at_category(frame, i);
	const char *label = chart->data.x.label[i];
	if (frame->lying) {
		struct irm_text text =
		        category_text(chart, true, frame->names, label_lines(frame, theme));
		if (chart->aside <= 0 || chart->named)
			irm_canvas_text(chart->canvas, &text, plot->x - theme->gap, at, label);
		return;
	}
	struct irm_text text = category_text(chart, false, frame->slot - theme->gap, 3);
	double y = plot->y + plot->h + theme->gap * 0.6;
	irm_canvas_text(chart->canvas, &text, at, y, label);
	if (!frame->counts || isnan(frame->counts[i]))
		return;
	char count[IRM_LABEL_SIZE];
	irm_n_label(count, frame->counts[i], frame->counts[i], &theme->words);
	struct irm_text n = irm_chart_text(chart, "n", IRM_CENTRE, IRM_TOP);
	n.colour = theme->muted;
	y += irm_canvas_height(chart->canvas, &text, label);
	irm_canvas_text(chart->canvas, &n, at, y, count);
}

void irm_frame_draw(struct irm_frame *frame, const struct irm_chart *chart, struct irm_box area)
{
	place(frame, chart->theme, area);
	struct irm_text tick = irm_chart_text(chart, "tick", frame->lying ? IRM_CENTRE : IRM_RIGHT,
	                                      frame->lying ? IRM_TOP : IRM_MIDDLE);
	for (size_t b = 0; b < frame->banks; b++) {
		if (b * frame->per_bank >= frame->n)
			continue;
		if (frame->lying)
			irm_axis_below(chart->canvas, &tick, &frame->scale, frame->plot[b]);
		else
			irm_axis_left(chart->canvas, &tick, &frame->scale, frame->plot[b]);
	}
	for (size_t i = 0; i < frame->n; i++)
		draw_category(frame, chart, i);
}

static void across(const struct irm_frame *frame, const struct irm_chart *chart, double value,
                   struct irm_stroke stroke)
{
	for (size_t b = 0; b < frame->banks; b++) {
		const struct irm_box *plot = &frame->plot[b];
		double at = at_value(frame, b, value);
		if (b * frame->per_bank >= frame->n)
			continue;
		if (frame->lying)
			irm_canvas_line(chart->canvas, at, plot->y, at, plot->y + plot->h, stroke);
		else
			irm_canvas_line(chart->canvas, plot->x, at, plot->x + plot->w, at, stroke);
	}
}

void irm_frame_zero(const struct irm_frame *frame, const struct irm_chart *chart)
{
	across(frame, chart, 0,
	       (struct irm_stroke){ chart->theme->axis, chart->theme->hair * 1.5, 0 });
}

void irm_frame_limit(const struct irm_frame *frame, const struct irm_chart *chart, double value)
{
	const struct irm_theme *theme = chart->theme;
	if (value < frame->scale.lo || value > frame->scale.hi)
		return;
	across(frame, chart, value, (struct irm_stroke){ theme->paper, theme->line * 1.1, 0 });
	across(frame, chart, value, (struct irm_stroke){ theme->ink, theme->line * 0.6, 6 });
}

struct irm_box irm_frame_bar(const struct irm_frame *frame, size_t i, size_t lane, double thick,
                             double a, double b)
{
	size_t bank = i / frame->per_bank;
	double from = at_value(frame, bank, fmin(a, b));
	double to = at_value(frame, bank, fmax(a, b));
	double along = at_category(frame, i) - frame->lane * (double)frame->lanes / 2 +
	               frame->lane * ((double)lane + (1 - thick) / 2);
	double breadth = frame->lane * thick;
	if (frame->lying)
		return (struct irm_box){ from, along, to - from, breadth };
	return (struct irm_box){ along, to, breadth, from - to };
}

struct irm_point irm_frame_point(const struct irm_frame *frame, size_t i, double value)
{
	double along = at_category(frame, i);
	double at = at_value(frame, i / frame->per_bank, value);
	return frame->lying ? (struct irm_point){ at, along } : (struct irm_point){ along, at };
}

void irm_frame_value(const struct irm_frame *frame, const struct irm_chart *chart, size_t i,
                     size_t lane, double end, const char *label, double n)
{
	const struct irm_theme *theme = chart->theme;
	struct irm_box bar = irm_frame_bar(frame, i, lane, 1, end, end);
	if (!frame->lying) {
		struct irm_text text =
		        irm_chart_text(chart, "value", IRM_CENTRE, end < 0 ? IRM_TOP : IRM_BOTTOM);
		text.plate = true;
		double gap = theme->gap * (end < 0 ? 0.3 : -0.3);
		irm_canvas_text(chart->canvas, &text, bar.x + bar.w / 2, bar.y + gap, label);
		return;
	}
	const struct irm_box *plot = &frame->plot[i / frame->per_bank];
	double x = plot->x + plot->w + frame->value;
	double y = bar.y + bar.h / 2;
	struct irm_text text = irm_chart_text(chart, "value", IRM_RIGHT, IRM_MIDDLE);
	irm_canvas_text(chart->canvas, &text, x, y, label);
	if (isnan(n) || !frame->n_shown)
		return;
	char count[IRM_LABEL_SIZE];
	irm_n_label(count, n, n, &theme->words);
	struct irm_text muted = irm_chart_text(chart, "n", IRM_LEFT, IRM_MIDDLE);
	muted.colour = theme->muted;
	irm_canvas_text(chart->canvas, &muted, x + theme->gap, y, count);
}
