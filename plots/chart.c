#include "plots/chart.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/nearest.h"
#include "plots/describe.h"
#include "plots/kind.h"
#include "plots/layout.h"
#include "plots/panels.h"

static const struct irm_kind *const kinds[] = {
	&irm_kind_bars,   &irm_kind_stacked,   &irm_kind_dots,     &irm_kind_lines,
	&irm_kind_steps,  &irm_kind_heatmap,   &irm_kind_timeline, &irm_kind_tiles,
	&irm_kind_funnel, &irm_kind_histogram, &irm_kind_fan,
};
enum { N_KINDS = sizeof kinds / sizeof kinds[0], LABEL_SIZE = 1024 };

const char *irm_chart_kind(size_t i)
{
	return i < N_KINDS ? kinds[i]->name : NULL;
}

const char *irm_chart_summary(size_t i)
{
	return i < N_KINDS ? kinds[i]->summary : NULL;
}

static const struct irm_kind *find_kind(const char *name, struct irm_err *err)
{
	const char *names[N_KINDS];
	for (size_t i = 0; i < N_KINDS; i++) {
		if (!strcmp(kinds[i]->name, name))
			return kinds[i];
		names[i] = kinds[i]->name;
	}
	irm_err_set(err, IRM_USAGE, "no kind of chart '%s'", name);
	irm_err_hint_nearest(err, name, names, N_KINDS);
	return NULL;
}

void irm_chart_share(struct irm_chart *chart, const struct irm_chart *other)
{
	struct irm_data *data = &chart->data;
	data->least = fmin(data->least, other->data.least);
	data->most = fmax(data->most, other->data.most);
	data->most_value = fmax(data->most_value, other->data.most_value);
	data->share = data->share && other->data.share;
	chart->widest = fmax(chart->widest, other->widest);
}

static size_t add(char *out, size_t size, size_t at, const char *a, const char *b)
{
	if (at >= size)
		return at;
	return at + (size_t)snprintf(out + at, size - at, "%s%s", a, b);
}

/* The slot that belongs to a level in every chart; -1: none. An empty key is what nobody knows. */
static int own_slot(const struct irm_levels *levels, size_t i)
{
	if (levels->column >= 0 && !*levels->code[i])
		return irm_theme_slot("unassigned");
	return irm_theme_slot(levels->code[i]);
}

struct irm_look irm_chart_look(const struct irm_chart *chart, const struct irm_levels *levels,
                               size_t i)
{
	if (chart->series && chart->series->column == levels->column) {
		i = irm_levels_find(chart->series, levels->code[i]);
		levels = chart->series;
	}
	int own = own_slot(levels, i);
	size_t before = 0; /* series without a slot of their own */
	for (size_t k = 0; own < 0 && k < i; k++)
		before += own_slot(levels, k) < 0;
	size_t slot = own >= 0 ? (size_t)own : irm_theme_series(before);
	size_t again = own >= 0 ? 0 : before / 8;
	struct irm_look look = { .colour = chart->theme->slot[slot],
		                 .dash = slot + again,
		                 .mark = slot + again };
	if (chart->theme->hatch || again)
		look.hatch = slot == 6 ? 0 : slot + again;
	return look;
}

enum irm_code irm_chart_limit(struct irm_chart *chart, struct irm_legend_entry *entry,
                              struct irm_err *err)
{
	char number[IRM_LABEL_SIZE];
	char label[IRM_LABEL_SIZE * 2];
	const struct irm_words *words = &chart->theme->words;
	double limit = chart->request->limit;
	irm_count_label(number, limit, words);
	snprintf(label, sizeof label,
	         irm_words_plural(words, "Time limit: %s day", "Time limit: %s days", limit),
	         number);
	entry->label = irm_arena_text(&chart->arena, label, strlen(label));
	entry->look = (struct irm_look){ .colour = chart->theme->ink, .dash = 6 };
	entry->sample = IRM_SAMPLE_LIMIT;
	return entry->label ? IRM_OK : irm_err_memory(err);
}

/* Finds the groups of all panels, for a legend that holds for each. */
static enum irm_code find_series(struct irm_chart *chart, int column, struct irm_err *err)
{
	size_t rows = irm_table_rows(chart->whole);
	size_t *index = irm_arena_alloc(&chart->arena, rows * sizeof *index);
	struct irm_levels *all = irm_arena_alloc(&chart->arena, sizeof *all);
	if (!index || !all)
		return irm_err_memory(err);
	if (irm_levels_read(all, index, &chart->arena, chart->whole, column, 1000, err) ||
	    irm_chart_labels(chart, all, err))
		return err->code;
	chart->series = all;
	return IRM_OK;
}

enum irm_code irm_chart_legend(struct irm_chart *chart, const struct irm_levels *levels,
                               enum irm_sample sample, struct irm_err *err)
{
	if (chart->table != chart->whole && levels->column >= 0) {
		if (find_series(chart, levels->column, err))
			return err->code;
		levels = chart->series;
	}
	size_t n = levels->n > 1 ? levels->n : 0;
	bool limit = !isnan(chart->request->limit);
	struct irm_legend_entry *entry = irm_arena_alloc(&chart->arena, (n + 1) * sizeof *entry);
	if (!entry)
		return irm_err_memory(err);
	for (size_t i = 0; i < n; i++)
		entry[i] = (struct irm_legend_entry){ levels->label[i],
			                              irm_chart_look(chart, levels, i), sample };
	if (limit && irm_chart_limit(chart, &entry[n], err))
		return err->code;
	chart->legend = (struct irm_legend){ entry, n + limit };
	return IRM_OK;
}

enum irm_code irm_chart_remark(struct irm_chart *chart, const char *const parts[], size_t n,
                               struct irm_err *err)
{
	char text[LABEL_SIZE];
	size_t at = 0;
	for (size_t i = 0; i < n; i++)
		if (parts[i])
			at = add(text, sizeof text, at, at ? chart->theme->words.gap : "",
			         parts[i]);
	chart->remark = at ? irm_arena_text(&chart->arena, text, strlen(text)) : NULL;
	return at && !chart->remark ? irm_err_memory(err) : IRM_OK;
}

enum irm_code irm_chart_too_large(const struct irm_chart *chart, struct irm_err *err)
{
	irm_err_set(err, IRM_USAGE, "%zu × %zu figures do not fit on the page in a readable size",
	            chart->data.x.n, chart->data.group.n);
	irm_err_hint(err,
	             chart->theme->grows
	                     ? "choose fewer rows"
	                     : "choose fewer rows, or --preset web or print, whose page grows");
	return err->code;
}

/* The texts of the page that are made for it. */
struct lines {
	char as_of[LABEL_SIZE * 2];
	char source[LABEL_SIZE * 2];
	char page[4 * IRM_LABEL_SIZE];
};

/* "As of 30 October 2019 · n = 150 · how to read the chart" */
static void as_of_line(char *out, size_t size, const struct irm_chart *chart)
{
	size_t at = 0;
	int as_of = chart->data.columns.as_of;
	const char *first = as_of < 0 ? "" : irm_table_text(chart->whole, 0, (size_t)as_of);
	char text[LABEL_SIZE * 2];
	char day[LABEL_SIZE];
	out[0] = '\0';
	if (*first && !irm_columns_varies(chart->whole, as_of)) {
		irm_chart_name(day, sizeof day, chart, (size_t)as_of, first);
		snprintf(text, sizeof text, irm_chart_word(chart, "As of %s"), day);
		at = add(out, size, at, text, "");
	} else if (*first) {
		at = add(out, size, at, irm_chart_word(chart, "As of the days shown"), "");
	}
	if (chart->n[0] && chart->table == chart->whole)
		at = add(out, size, at, at ? " · " : "", chart->n);
	if (chart->remark)
		add(out, size, at, at ? " · " : "", chart->remark);
}

static void fill_page(struct irm_page *page, struct lines *lines, const struct irm_chart *chart)
{
	const struct irm_chart_request *request = chart->request;
	page->title = request->title ? request->title : chart->caption;
	page->subtitle = request->subtitle;
	if (request->fictional || irm_columns_fictional(chart->whole))
		page->badge = irm_chart_word(chart, "Fictional States: not real data");
	as_of_line(lines->as_of, sizeof lines->as_of, chart);
	if (lines->as_of[0])
		page->note[page->n_notes++] = lines->as_of;
	if (request->note && *request->note)
		page->note[page->n_notes++] = request->note;
	if (!request->source || !*request->source)
		return;
	snprintf(lines->source, sizeof lines->source, irm_chart_word(chart, "Source: %s"),
	         request->source);
	page->note[page->n_notes++] = lines->source;
}

/* The last note says which page it is; none where there is one only. */
static void number_page(struct irm_page *page, struct lines *lines, const struct irm_words *words,
                        size_t which, size_t of)
{
	char number[2][IRM_LABEL_SIZE];
	if (page->n_notes && page->note[page->n_notes - 1] == lines->page)
		page->n_notes--;
	if (of < 2)
		return;
	irm_count_label(number[0], (double)which, words);
	irm_count_label(number[1], (double)of, words);
	snprintf(lines->page, sizeof lines->page, irm_words_text(words, "Page %s of %s"), number[0],
	         number[1]);
	page->note[page->n_notes++] = lines->page;
}

/* Where the caption is not the title it stands above the legend. */
static struct irm_text caption_text(const struct irm_theme *theme)
{
	return (struct irm_text){ .role = "caption",
		                  .size = theme->text,
		                  .colour = theme->muted,
		                  .width = theme->width - 2 * theme->margin,
		                  .lines = 2 };
}

static double caption_height(const struct irm_chart *chart)
{
	if (!chart->request->title)
		return 0;
	struct irm_text text = caption_text(chart->theme);
	return irm_canvas_height(chart->canvas, &text, chart->caption) + chart->theme->gap * 0.5;
}

/* A page while it is made. */
struct sheet {
	struct irm_panels *panels;
	const struct irm_kind *kind;
	struct irm_page page;
	struct lines lines;
	double width, caption, legend, foot;
	double height;      /* of the plot */
	size_t first, last; /* of the pages that are drawn */
};

/* How high all is, and which pages there are. */
static enum irm_code plan_sheet(struct sheet *sheet, struct irm_err *err)
{
	struct irm_chart *chart = sheet->panels->chart;
	const struct irm_theme *theme = chart->theme;
	sheet->width = theme->width - 2 * theme->margin;
	sheet->caption = caption_height(chart);
	sheet->legend = irm_legend_height(chart->canvas, &chart->legend, sheet->width);
	fill_page(&sheet->page, &sheet->lines, chart);
	if (sheet->kind->takes & IRM_TAKES_PAGES)
		number_page(&sheet->page, &sheet->lines, &theme->words, 99, 99);
	sheet->foot = irm_page_foot(chart->canvas, &sheet->page);
	sheet->height = theme->height - 2 * theme->margin - sheet->caption - sheet->legend -
	                irm_page_head(chart->canvas, &sheet->page) - sheet->foot;
	return irm_panels_plan(sheet->panels, sheet->kind, sheet->width, &sheet->height, err);
}

/* Which pages are drawn: the one asked for, else all; only a PDF has several. */
static enum irm_code choose_pages(struct sheet *sheet, enum irm_canvas_format format,
                                  struct irm_err *err)
{
	const struct irm_chart *chart = sheet->panels->chart;
	size_t pages = chart->pages;
	double page = chart->request->page;
	sheet->last = pages - 1;
	if (page > (double)pages)
		return irm_err_set(err, IRM_USAGE, "--page: there %s %zu page%s",
		                   pages == 1 ? "is" : "are", pages, pages == 1 ? "" : "s");
	if (page > 0) {
		sheet->first = sheet->last = (size_t)page - 1;
	} else if (pages > 1 && format != IRM_CANVAS_PDF) {
		irm_err_set(err, IRM_USAGE, "%zu pages: only a PDF holds them all", pages);
		irm_err_hint(err, "choose one with --page, or write to a .pdf");
		return err->code;
	}
	if (pages == 1) {
		number_page(&sheet->page, &sheet->lines, &chart->theme->words, 1, 1);
		sheet->foot = irm_page_foot(chart->canvas, &sheet->page);
	}
	return IRM_OK;
}

static void draw_sheet(struct sheet *sheet, size_t which)
{
	struct irm_chart *chart = sheet->panels->chart;
	const struct irm_theme *theme = chart->theme;
	struct irm_text text = caption_text(theme);
	double left = theme->margin;
	irm_page_draw(chart->canvas, &sheet->page);
	double y = theme->margin + irm_page_head(chart->canvas, &sheet->page);
	if (chart->request->title)
		irm_canvas_text(chart->canvas, &text, left, y, chart->caption);
	irm_canvas_figure(chart->canvas);
	irm_legend_draw(chart->canvas, &chart->legend,
	                (struct irm_box){ left, y + sheet->caption, sheet->width, sheet->legend });
	y += sheet->caption + sheet->legend;
	chart->page = which;
	irm_panels_draw(sheet->panels, sheet->kind,
	                (struct irm_box){ left, y, sheet->width, sheet->height });
}

static enum irm_code draw_pages(struct irm_panels *panels, const struct irm_kind *kind,
                                FILE *stream, enum irm_canvas_format format, struct irm_err *err)
{
	struct irm_chart *chart = panels->chart;
	const struct irm_theme *theme = chart->theme;
	struct sheet sheet = { .panels = panels, .kind = kind };
	if (plan_sheet(&sheet, err) || choose_pages(&sheet, format, err))
		return err->code;
	double total = irm_page_head(chart->canvas, &sheet.page) + sheet.caption + sheet.legend +
	               sheet.height + sheet.foot + 2 * theme->margin;
	char description[IRM_DESCRIPTION_SIZE];
	struct irm_about about = {
		.title = sheet.page.title && *sheet.page.title ? sheet.page.title : chart->caption,
		.description = description,
	};
	irm_describe(description, panels, kind);
	if (format == IRM_CANVAS_SVG && irm_describe_rows(&about, panels, kind, err))
		return err->code;
	irm_canvas_begin(chart->canvas, stream, format, theme->grows ? total : theme->height,
	                 &about);
	for (size_t page = sheet.first; page <= sheet.last; page++) {
		if (chart->pages > 1)
			number_page(&sheet.page, &sheet.lines, &theme->words, page + 1,
			            chart->pages);
		if (page > sheet.first)
			irm_canvas_next(chart->canvas, sheet.lines.page);
		draw_sheet(&sheet, page);
	}
	return irm_canvas_finish(chart->canvas, err);
}

/* Options that a kind would pass over in silence. */
static enum irm_code check_options(const struct irm_kind *kind,
                                   const struct irm_chart_request *request, struct irm_err *err)
{
	if (request->percent && !(kind->takes & IRM_TAKES_PERCENT))
		return irm_err_set(err, IRM_USAGE, "--percent is for stacked, not for %s",
		                   kind->name);
	if (request->rising && !(kind->takes & IRM_TAKES_RISING))
		return irm_err_set(err, IRM_USAGE, "--rising is for steps, not for %s", kind->name);
	if (!isnan(request->limit) && !(kind->takes & IRM_TAKES_LIMIT))
		return irm_err_set(
		        err, IRM_USAGE,
		        "--limit is for bars, dots, lines, steps and histogram, not for %s",
		        kind->name);
	if (request->page > 0 && !(kind->takes & IRM_TAKES_PAGES))
		return irm_err_set(err, IRM_USAGE, "--page is for timeline, not for %s",
		                   kind->name);
	if (request->columns.no_limits && !(kind->takes & IRM_TAKES_LIMITS))
		return irm_err_set(err, IRM_USAGE,
		                   "--no-limits is for bars, dots, lines and steps, not for %s",
		                   kind->name);
	if (request->page < 0 || request->page != floor(request->page))
		return irm_err_set(err, IRM_USAGE, "--page: expected a whole number of 1 or more");
	if (request->limit <= 0)
		return irm_err_set(err, IRM_USAGE, "--limit: expected days of more than 0");
	return IRM_OK;
}

static struct irm_chart whole_chart(struct irm_canvas *canvas,
                                    const struct irm_chart_request *request,
                                    const struct irm_table *table)
{
	return (struct irm_chart){ .request = request,
		                   .choice = request->columns,
		                   .table = table,
		                   .whole = table,
		                   .theme = irm_canvas_theme(canvas),
		                   .canvas = canvas,
		                   .pages = 1 };
}

/* Finds the kind, and whether options and table are fit for it. */
static enum irm_code check_chart(const struct irm_kind **kind, const char *name,
                                 const struct irm_chart *whole, struct irm_err *err)
{
	*kind = find_kind(name, err);
	if (!*kind || check_options(*kind, whole->request, err))
		return err->code;
	return irm_data_some(whole->table, err);
}

/* Draws all, or finds before it begins that there is no room. */
static enum irm_code attempt(const struct irm_chart *whole, const struct irm_kind *kind,
                             FILE *stream, enum irm_canvas_format format, struct irm_err *err)
{
	struct irm_panels panels = { 0 };
	enum irm_code code = irm_panels_read(&panels, kind, whole, err);
	if (!code)
		code = draw_pages(&panels, kind, stream, format, err);
	irm_panels_release(&panels);
	return code;
}

/* How many texts are shortened where a chart is drawn nowhere; SIZE_MAX: there is no room for it,
 * or no memory, which drawing it will tell. */
static size_t try_names(struct irm_chart *whole, const struct irm_kind *kind, bool brief)
{
	struct irm_err ignored = { .code = IRM_OK };
	whole->brief = brief;
	if (attempt(whole, kind, NULL, IRM_CANVAS_NONE, &ignored))
		return SIZE_MAX;
	return irm_canvas_shortened(whole->canvas) + irm_canvas_broken(whole->canvas);
}

/* Whether articles bear their numbers alone, and States their codes: their names have no room, or
 * it is the lesser part of them that is not cut. */
static enum irm_code choose_names(struct irm_chart *whole, const struct irm_kind *kind,
                                  struct irm_err *err)
{
	int column = irm_table_find(whole->table, "article");
	if (column < 0)
		column = irm_table_find(whole->table, "state");
	if (!whole->request->name_of || column < 0)
		return IRM_OK;
	size_t rows = irm_table_rows(whole->table);
	struct irm_arena arena = { 0 };
	struct irm_levels levels = { 0 };
	size_t *index = irm_arena_alloc(&arena, rows * sizeof *index);
	enum irm_code code =
	        index ? irm_levels_read(&levels, index, &arena, whole->table, column, rows, err)
	              : irm_err_memory(err);
	if (!code) {
		size_t cut = try_names(whole, kind, false);
		whole->brief = cut > levels.n / 2 && try_names(whole, kind, true) < cut;
	}
	irm_arena_release(&arena);
	return code;
}

enum irm_code irm_chart_draw(struct irm_canvas *canvas, FILE *stream, enum irm_canvas_format format,
                             const char *kind_name, const struct irm_chart_request *request,
                             const struct irm_table *table, struct irm_err *err)
{
	const struct irm_kind *kind;
	struct irm_chart whole = whole_chart(canvas, request, table);
	if (check_chart(&kind, kind_name, &whole, err) || choose_names(&whole, kind, err))
		return err->code;
	return attempt(&whole, kind, stream, format, err);
}

enum irm_code irm_chart_describe(char out[IRM_DESCRIPTION_SIZE], struct irm_canvas *canvas,
                                 const char *kind_name, const struct irm_chart_request *request,
                                 const struct irm_table *table, struct irm_err *err)
{
	const struct irm_kind *kind;
	struct irm_panels panels = { 0 };
	const struct irm_chart whole = whole_chart(canvas, request, table);
	if (check_chart(&kind, kind_name, &whole, err))
		return err->code;
	enum irm_code code = irm_panels_read(&panels, kind, &whole, err);
	if (!code)
		irm_describe(out, &panels, kind);
	irm_panels_release(&panels);
	return code;
}
