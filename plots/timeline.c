/* Timeline: a row a review, what was planned and what came, as irm-delays --each lists it. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "plots/axis.h"
#include "plots/kind.h"

enum { REVIEW, STAGE, BEGAN, DUE, ENDED, EVENT, DAYS_LATE, NEEDED };
static const char *const needed[NEEDED] = { "review", "stage", "began",    "due",
	                                    "ended",  "event", "days_late" };

/* A stage of a review; days are NAN where unknown. */
struct span {
	size_t row, stage; /* levels of review and stage */
	double began, due;
	double reached; /* the milestone's day */
	double open;    /* the end of observation of a stage that is open */
	bool overdue;
};

/* A review; NAN where there is none. */
struct row {
	const char *label;
	const struct span *span; /* [n] */
	size_t n;
	double begin, last; /* of the reviews's records: its first day, the last milestone's */
	double due;         /* the last time limit */
	double open;        /* how far it was observed, where stages are open */
	double overdue;     /* the first limit that an open stage has passed */
};

struct timeline {
	struct row *row;    /* [n] those that have a day */
	size_t n, left_out; /* and those that have none */
	struct irm_levels stage;
	struct irm_scale x;
	double as_of; /* NAN: the table does not tell it */
	double from, to;
	double labels,
	        axis; /* room left of the plot; below it, and above it too where it is high */
	double slot;
	size_t per_page;
	bool two_axes;
};

static enum irm_code find_columns(size_t column[NEEDED], const struct irm_chart *chart,
                                  struct irm_err *err)
{
	for (int c = 0; c < NEEDED; c++)
		if (irm_table_need(&column[c], chart->table, needed[c], err)) {
			irm_err_hint(err, "timeline draws the table of irm-delays --each");
			return err->code;
		}
	return IRM_OK;
}

/* A cell as a day; NAN where it is empty. */
static enum irm_code read_day(double *out, const struct irm_table *table, size_t row, size_t column,
                              struct irm_err *err)
{
	const char *text = irm_table_text(table, row, column);
	int32_t day;
	*out = (double)NAN;
	if (!*text)
		return IRM_OK;
	if (irm_day_parse(&day, text, err))
		return irm_err_place(err, irm_table_file(table), irm_table_line(table, row),
		                     (long)column + 1);
	*out = day;
	return IRM_OK;
}

/* What a row of the table says. Where the beginning is unknown so is the event; then a day of the
 * past that has a source is the milestone's: another end would be that of observation. */
static enum irm_code read_span(struct span *span, const struct irm_chart *chart,
                               const size_t column[NEEDED], size_t i, struct irm_err *err)
{
	const struct timeline *timeline = chart->own;
	const struct irm_table *table = chart->table;
	int source = irm_table_find(table, "source");
	double ended, event, late;
	if (read_day(&span->began, table, i, column[BEGAN], err) ||
	    read_day(&span->due, table, i, column[DUE], err) ||
	    read_day(&ended, table, i, column[ENDED], err) ||
	    irm_data_number(&event, table, i, (int)column[EVENT], err) ||
	    irm_data_number(&late, table, i, (int)column[DAYS_LATE], err))
		return err->code;
	bool sourced = source >= 0 && *irm_table_text(table, i, (size_t)source);
	bool reached = event > 0 ||
	               (isnan(event) && isnan(span->began) && sourced && ended < timeline->as_of);
	span->reached = reached ? ended : (double)NAN;
	span->open = event <= 0 ? ended : (double)NAN;
	span->overdue = event <= 0 && late > 0 && !isnan(span->due);
	if (isnan(event) && !isnan(span->began)) /* unknown: its limit may be long past */
		span->due = (double)NAN;
	return IRM_OK;
}

static void add_span(struct row *row, const struct span *span)
{
	row->begin = fmin(row->begin, fmin(span->began, span->reached));
	row->last = fmax(row->last, span->reached);
	row->due = fmax(row->due, span->due);
	row->open = fmax(row->open, span->open);
	if (span->overdue)
		row->overdue = fmin(row->overdue, span->due);
}

static int by_row(const void *a, const void *b)
{
	const struct span *x = a;
	const struct span *y = b;
	if (x->row != y->row)
		return x->row < y->row ? -1 : 1;
	return x->stage < y->stage ? -1 : x->stage > y->stage;
}

/* "Fictional State 1", with the cycle where there are several; the review's code where nothing else
 * tells it from another. */
static enum irm_code label_row(struct irm_chart *chart, struct row *row, const char *review,
                               size_t i, struct irm_err *err)
{
	const struct irm_table *table = chart->table;
	int state = irm_table_find(table, "state");
	int cycle = irm_table_find(table, "cycle");
	char label[512];
	snprintf(label, sizeof label, "%.500s", review);
	if (state >= 0 && *irm_table_text(table, i, (size_t)state)) {
		irm_chart_name(label, 400, chart, (size_t)state,
		               irm_table_text(table, i, (size_t)state));
		if (cycle >= 0 && irm_columns_varies(table, cycle)) {
			size_t at = strlen(label);
			snprintf(label + at, sizeof label - at, " · %.80s",
			         irm_table_text(table, i, (size_t)cycle));
		}
	}
	row->label = irm_arena_text(&chart->arena, label, strlen(label));
	return row->label ? IRM_OK : irm_err_memory(err);
}

/* Gives reviews of the same State and cycle (a restarted one) their codes. */
static void tell_apart(struct row row[], const char *const code[], size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const char *label = row[i].label;
		bool twice = false;
		for (size_t k = i + 1; k < n; k++)
			if (!strcmp(row[k].label, label)) {
				row[k].label = code[k];
				twice = true;
			}
		if (twice)
			row[i].label = code[i];
	}
}

/* Gathers the spans of each review, in order; then leaves out reviews without a day. */
static enum irm_code gather(struct irm_chart *chart, const struct irm_levels *review,
                            struct span span[], const size_t first[], struct irm_err *err)
{
	struct timeline *timeline = chart->own;
	size_t rows = irm_table_rows(chart->table);
	size_t n = 0;
	qsort(span, rows, sizeof *span, by_row);
	for (size_t r = 0, i = 0; r < review->n; r++) {
		struct row row = { .span = span + i,
			           .begin = (double)NAN,
			           .last = (double)NAN,
			           .due = (double)NAN,
			           .open = (double)NAN,
			           .overdue = (double)NAN };
		for (; i < rows && span[i].row == r; i++, row.n++)
			add_span(&row, &span[i]);
		if (label_row(chart, &row, review->code[r], first[r], err))
			return err->code;
		timeline->row[r] = row;
	}
	tell_apart(timeline->row, review->code, review->n);
	for (size_t r = 0; r < review->n; r++) {
		struct row row = timeline->row[r];
		if (isnan(row.begin))
			continue;
		timeline->from = fmin(timeline->from, row.begin);
		timeline->to = fmax(timeline->to, fmax(fmax(row.last, row.open), row.due));
		timeline->row[n++] = row;
	}
	timeline->n = n;
	timeline->left_out = review->n - n;
	return IRM_OK;
}

static enum irm_code read_spans(struct irm_chart *chart, struct irm_err *err)
{
	struct timeline *timeline = chart->own;
	size_t rows = irm_table_rows(chart->table);
	size_t column[NEEDED];
	struct irm_levels review;
	size_t *of = irm_arena_alloc(&chart->arena, rows * sizeof *of);
	size_t *stage = irm_arena_alloc(&chart->arena, rows * sizeof *stage);
	size_t *first = irm_arena_alloc(&chart->arena, rows * sizeof *first);
	struct span *span = irm_arena_alloc(&chart->arena, rows * sizeof *span);
	timeline->row = irm_arena_alloc(&chart->arena, rows * sizeof *timeline->row);
	if (!of || !stage || !first || !span || !timeline->row)
		return irm_err_memory(err);
	if (find_columns(column, chart, err) ||
	    irm_levels_read(&review, of, &chart->arena, chart->table, (int)column[REVIEW], 20000,
	                    err) ||
	    irm_levels_read(&timeline->stage, stage, &chart->arena, chart->table,
	                    (int)column[STAGE], 16, err) ||
	    irm_levels_arrange(&timeline->stage, stage, of, &chart->arena, rows, review.n, err) ||
	    irm_chart_labels(chart, &timeline->stage, err))
		return err->code;
	for (size_t i = rows; i-- > 0;) {
		first[of[i]] = i;
		span[i].row = of[i];
		span[i].stage = stage[i];
		if (read_span(&span[i], chart, column, i, err))
			return err->code;
	}
	return gather(chart, &review, span, first, err);
}

static enum irm_code read_as_of(struct irm_chart *chart, struct irm_err *err)
{
	struct timeline *timeline = chart->own;
	int as_of = irm_table_find(chart->table, "as_of");
	chart->data.columns = (struct irm_columns){ .as_of = as_of, .x = -1, .group = -1 };
	timeline->as_of = (double)NAN;
	if (as_of < 0)
		return IRM_OK;
	if (irm_columns_varies(chart->table, as_of))
		return irm_err_at(err, irm_table_file(chart->table), 0, 0,
		                  "several days in as_of: a timeline shows one");
	return read_day(&timeline->as_of, chart->table, 0, (size_t)as_of, err);
}

/* Whether it was seen open after its last milestone. */
static bool is_open(const struct row *row)
{
	return row->open > fmax(row->begin, row->last);
}

/* The strokes and fills besides the milestones' marks. */
static struct irm_look planned_look(const struct irm_chart *chart)
{
	return (struct irm_look){ .colour = chart->theme->axis, .pale = true };
}

static struct irm_look overdue_look(const struct irm_chart *chart)
{
	return (struct irm_look){ .colour = chart->theme->slot[0], .hatch = 1 };
}

static struct irm_look open_look(const struct irm_chart *chart)
{
	return (struct irm_look){ .colour = chart->theme->ink, .dash = 2 };
}

static enum irm_code make_legend(struct irm_chart *chart, struct irm_err *err)
{
	const struct timeline *timeline = chart->own;
	const struct irm_levels *stage = &timeline->stage;
	struct irm_legend_entry *entry =
	        irm_arena_alloc(&chart->arena, (stage->n + 3) * sizeof *entry);
	size_t n = 0;
	bool open = false;
	bool due = false;
	bool overdue = false;
	bool *reached = irm_arena_alloc(&chart->arena, stage->n * sizeof *reached);
	if (!entry || !reached)
		return irm_err_memory(err);
	for (size_t i = 0; i < timeline->n; i++) {
		const struct row *row = &timeline->row[i];
		open |= is_open(row);
		due |= !isnan(row->due);
		overdue |= !isnan(row->overdue);
		for (size_t k = 0; k < row->n; k++)
			reached[row->span[k].stage] |= !isnan(row->span[k].reached);
	}
	for (size_t i = 0; i < stage->n; i++)
		if (reached[i])
			entry[n++] = (struct irm_legend_entry){ stage->label[i],
				                                irm_chart_look(chart, stage, i),
				                                IRM_SAMPLE_MARK };
	if (due)
		entry[n++] = (struct irm_legend_entry){
			irm_chart_word(chart, "Planned, to the last time limit"),
			planned_look(chart), IRM_SAMPLE_FILL
		};
	if (open)
		entry[n++] = (struct irm_legend_entry){ irm_chart_word(chart, "Open, observed"),
			                                open_look(chart), IRM_SAMPLE_LIMIT };
	if (overdue)
		entry[n++] = (struct irm_legend_entry){ irm_chart_word(chart, "Overdue"),
			                                overdue_look(chart), IRM_SAMPLE_FILL };
	chart->legend = (struct irm_legend){ entry, n };
	return IRM_OK;
}

/* The caption, and what the note line says. */
static enum irm_code set_notes(struct irm_chart *chart, size_t left_out, struct irm_err *err)
{
	const struct timeline *timeline = chart->own;
	char count[IRM_LABEL_SIZE];
	char without[256];
	const struct irm_words *words = &chart->theme->words;
	bool due = false;
	for (size_t i = 0; i < timeline->n; i++)
		due |= !isnan(timeline->row[i].due);
	snprintf(chart->caption, sizeof chart->caption, "%s",
	         due ? irm_words_text(words, "Reviews: what was planned and what came")
	             : irm_words_text(words, "Reviews: milestones reached"));
	irm_count_label(count, (double)timeline->n, words);
	snprintf(chart->n, sizeof chart->n,
	         irm_words_plural(words, "%s review", "%s reviews", (double)timeline->n), count);
	irm_count_label(count, (double)left_out, words);
	snprintf(without, sizeof without,
	         irm_words_plural(words, "%s without a known day is not drawn.",
	                          "%s without a known day are not drawn.", (double)left_out),
	         count);
	const char *const parts[] = {
		due ? irm_words_text(words, "Upright strokes: time limits.") : NULL,
		isnan(timeline->as_of)
		        ? NULL
		        : irm_words_text(words, "Dashed line: the day of the figures."),
		left_out ? without : NULL,
	};
	return irm_chart_remark(chart, parts, sizeof parts / sizeof parts[0], err);
}

static enum irm_code read_timeline(struct irm_chart *chart, struct irm_err *err)
{
	struct timeline *timeline = irm_arena_alloc(&chart->arena, sizeof *timeline);
	if (!timeline)
		return irm_err_memory(err);
	chart->own = timeline;
	timeline->from = (double)INFINITY;
	timeline->to = -(double)INFINITY;
	if (read_as_of(chart, err) || read_spans(chart, err))
		return err->code;
	if (!timeline->n)
		return irm_err_at(err, irm_table_file(chart->table), 0, 0,
		                  "no stage of any review has a known day: nothing to draw");
	timeline->to = fmax(timeline->to, timeline->as_of);
	if (make_legend(chart, err))
		return err->code;
	return set_notes(chart, timeline->left_out, err);
}

static struct irm_text label_text(const struct irm_chart *chart, double width)
{
	struct irm_text text = irm_chart_text(chart, "category", IRM_RIGHT, IRM_MIDDLE);
	text.width = width;
	text.lines = width > 0 ? 1 : 0;
	return text;
}

static double widest_label(const struct irm_chart *chart)
{
	const struct timeline *timeline = chart->own;
	struct irm_text text = label_text(chart, 0);
	double widest = 0;
	for (size_t i = 0; i < timeline->n; i++)
		widest = fmax(
		        widest,
		        irm_canvas_measure(chart->canvas, &text, timeline->row[i].label, NULL).w);
	return widest + 1;
}

static enum irm_code plan_timeline(struct irm_chart *chart, double width, double *height,
                                   struct irm_err *err)
{
	struct timeline *timeline = chart->own;
	const struct irm_theme *theme = chart->theme;
	double most = *height + (theme->grows ? theme->highest - theme->height : 0);
	double half_tick = theme->text * 2.5; /* half of the first and the last label below */
	timeline->labels = fmax(fmin(widest_label(chart), width * 0.3) + theme->gap, half_tick);
	double room = width - timeline->labels - half_tick;
	double margin = (timeline->to - timeline->from) * theme->line * 2 / room; /* half a mark */
	timeline->x = irm_scale_dates(timeline->from - margin, timeline->to, room / theme->small,
	                              &theme->words);
	timeline->axis = theme->small * 1.7;
	timeline->slot = theme->small * 1.55;
	timeline->two_axes = (double)timeline->n * timeline->slot > theme->text * 40;
	double axes = timeline->axis * (timeline->two_axes ? 2 : 1);
	if (most - axes < timeline->slot * 3)
		return irm_chart_too_large(chart, err);
	timeline->per_page = (size_t)((most - axes) / timeline->slot);
	timeline->per_page = timeline->per_page < timeline->n ? timeline->per_page : timeline->n;
	if (!timeline->per_page)
		return irm_chart_too_large(chart, err);
	chart->pages = (timeline->n + timeline->per_page - 1) / timeline->per_page;
	timeline->per_page = (timeline->n + chart->pages - 1) / chart->pages;
	if (theme->grows)
		*height = axes + (double)timeline->per_page * timeline->slot;
	else
		timeline->slot =
		        fmin((*height - axes) / (double)timeline->per_page, theme->text * 2.6);
	return IRM_OK;
}

static double at(const struct timeline *timeline, struct irm_box plot, double day)
{
	return plot.x + plot.w * irm_scale_at(&timeline->x, day);
}

/* The plan: to the last limit, with a stroke at each. */
static void draw_plan(const struct irm_chart *chart, const struct row *row, struct irm_box plot,
                      double y)
{
	const struct timeline *timeline = chart->own;
	const struct irm_theme *theme = chart->theme;
	double half = timeline->slot * 0.34;
	if (isnan(row->due))
		return;
	double from = at(timeline, plot, row->begin);
	struct irm_look planned = planned_look(chart);
	irm_look_fill(chart->canvas,
	              (struct irm_box){ from, y - half,
	                                fmax(at(timeline, plot, row->due) - from, theme->hair),
	                                2 * half },
	              &planned);
	for (size_t i = 0; i < row->n; i++) {
		double x = at(timeline, plot, row->span[i].due);
		if (!isnan(x))
			irm_canvas_line(chart->canvas, x, y - half, x, y + half,
			                (struct irm_stroke){ theme->axis, theme->hair * 1.2, 0 });
	}
}

/* What came: to the last milestone, and how far it is open, overdue from the first limit passed. */
static void draw_course(const struct irm_chart *chart, const struct row *row, struct irm_box plot,
                        double y)
{
	const struct timeline *timeline = chart->own;
	const struct irm_theme *theme = chart->theme;
	double from = at(timeline, plot, row->begin);
	double last = isnan(row->last) ? from : at(timeline, plot, row->last);
	if (is_open(row)) {
		struct irm_look open = open_look(chart);
		irm_canvas_line(chart->canvas, last, y, at(timeline, plot, row->open), y,
		                (struct irm_stroke){ open.colour, theme->line * 0.6, open.dash });
	}
	if (!isnan(row->overdue)) {
		struct irm_look overdue = overdue_look(chart);
		double x = at(timeline, plot, row->overdue);
		irm_look_fill(chart->canvas,
		              (struct irm_box){ x, y + timeline->slot * 0.12,
		                                at(timeline, plot, row->open) - x,
		                                timeline->slot * 0.26 },
		              &overdue);
	}
	if (last > from)
		irm_canvas_line(chart->canvas, from, y, last, y,
		                (struct irm_stroke){ theme->muted, theme->line, 0 });
	for (size_t i = 0; i < row->n; i++) {
		const struct span *span = &row->span[i];
		if (isnan(span->reached))
			continue;
		struct irm_look look = irm_chart_look(chart, &timeline->stage, span->stage);
		irm_canvas_mark(chart->canvas, at(timeline, plot, span->reached), y,
		                fmin(theme->line * 1.8, timeline->slot * 0.3), look.mark,
		                look.colour, (struct irm_stroke){ theme->paper, theme->hair, 0 });
	}
}

static void draw_axes(const struct irm_chart *chart, struct irm_box plot)
{
	const struct timeline *timeline = chart->own;
	const struct irm_theme *theme = chart->theme;
	struct irm_text tick = irm_chart_text(chart, "tick", IRM_CENTRE, IRM_TOP);
	irm_axis_below(chart->canvas, &tick, &timeline->x, plot);
	for (size_t i = 0; i < timeline->x.n && timeline->two_axes; i++) {
		char label[IRM_LABEL_SIZE];
		irm_scale_label(label, &timeline->x, i, &theme->words);
		tick.down = IRM_BOTTOM;
		irm_canvas_text(chart->canvas, &tick, at(timeline, plot, timeline->x.tick[i]),
		                plot.y - theme->gap * 0.3, label);
	}
	if (isnan(timeline->as_of))
		return;
	double x = at(timeline, plot, timeline->as_of);
	irm_canvas_line(chart->canvas, x, plot.y, x, plot.y + plot.h,
	                (struct irm_stroke){ theme->ink, theme->line * 0.5, 6 });
}

static void draw_timeline(struct irm_chart *chart, struct irm_box area)
{
	const struct timeline *timeline = chart->own;
	const struct irm_theme *theme = chart->theme;
	size_t first = chart->page * timeline->per_page;
	size_t end = first + timeline->per_page;
	end = end < timeline->n ? end : timeline->n;
	double top = timeline->two_axes ? timeline->axis : 0;
	struct irm_box plot = { area.x + timeline->labels, area.y + top,
		                area.w - timeline->labels - theme->text * 2.5,
		                (double)(end - first) * timeline->slot };
	struct irm_text text = label_text(chart, timeline->labels - theme->gap);
	draw_axes(chart, plot);
	for (size_t i = first; i < end; i++) {
		double y = plot.y + ((double)(i - first) + 0.5) * timeline->slot;
		irm_canvas_text(chart->canvas, &text, plot.x - theme->gap, y,
		                timeline->row[i].label);
		draw_plan(chart, &timeline->row[i], plot, y);
		draw_course(chart, &timeline->row[i], plot, y);
	}
}

const struct irm_kind irm_kind_timeline = {
	.name = "timeline",
	.summary = "a row a review: limits and milestones, open and overdue",
	.takes = IRM_TAKES_PAGES,
	.read = read_timeline,
	.plan = plan_timeline,
	.draw = draw_timeline,
};
