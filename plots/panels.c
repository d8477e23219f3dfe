#include "plots/panels.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plots/frame.h"

enum { HEAD_SIZE = 1024 };

/* The breadth over the height that a panel had best have. */
static const double best_shape = 1.7;
/* The share of the width that the names of categories may take beside all panels. */
static const double most_aside = 0.36;

/* The columns that tell panels apart: those asked for, else those that the kind wants. */
static enum irm_code find_facets(struct irm_chart *lead, const struct irm_kind *kind,
                                 struct irm_err *err)
{
	struct irm_column_choice *choice = &lead->choice;
	int column;
	if (choice->facet[0] && !kind->share)
		return irm_err_set(err, IRM_USAGE, "--facet is not for %s", kind->name);
	if (!choice->facet[0] && kind->facets)
		kind->facets(lead);
	for (int i = 0; i < IRM_FACETS && choice->facet[i]; i++) {
		if (irm_columns_named(&column, lead->whole, "facet", choice->facet[i], err))
			return err->code;
		const char *const taken[] = { choice->x, choice->y, choice->group };
		for (size_t k = 0; k < 3; k++)
			if (taken[k] && !strcmp(taken[k], choice->facet[i]))
				return irm_err_set(err, IRM_USAGE,
				                   "--facet: column '%.60s' is named twice",
				                   choice->facet[i]);
	}
	return IRM_OK;
}

void irm_chart_facets(struct irm_chart *chart, const char *x, const char *y)
{
	const struct irm_table *table = chart->whole;
	struct irm_column_choice *choice = &chart->choice;
	int figure = irm_table_find(table, choice->y ? choice->y : y);
	int n = 0;
	if (choice->group) {
		choice->facet[0] = choice->group;
		choice->group = NULL;
		return;
	}
	for (int c = 0; c < figure && n < IRM_FACETS; c++) {
		const char *name = irm_table_name(table, (size_t)c);
		if (strcmp(name, choice->x ? choice->x : x) != 0 && irm_columns_key(table, c) &&
		    irm_columns_varies(table, c))
			choice->facet[n++] = name;
	}
}

static bool same_panel(const struct irm_chart *lead, size_t a, size_t b)
{
	const char *const *facet = lead->choice.facet;
	for (int i = 0; i < IRM_FACETS && facet[i]; i++) {
		size_t column = (size_t)irm_table_find(lead->whole, facet[i]);
		if (strcmp(irm_table_text(lead->whole, a, column),
		           irm_table_text(lead->whole, b, column)) != 0)
			return false;
	}
	return true;
}

static enum irm_code too_many(const struct irm_chart *lead, struct irm_err *err)
{
	irm_err_at(err, irm_table_file(lead->whole), 0, 0,
	           "more than %d panels by column '%.60s', too many to draw", IRM_PANELS,
	           lead->choice.facet[0]);
	irm_err_hint(err,
	             "choose rows with the --where of the tool that made the table, or another "
	             "column with --facet");
	return err->code;
}

/* Each row's panel, in the order of first appearance. */
static enum irm_code number_panels(size_t index[], size_t *n, const struct irm_chart *lead,
                                   struct irm_err *err)
{
	size_t first[IRM_PANELS];
	*n = 0;
	for (size_t i = 0; i < irm_table_rows(lead->whole); i++) {
		size_t k = *n; /* rows of a panel mostly stand together */
		while (k > 0 && !same_panel(lead, first[k - 1], i))
			k--;
		if (!k) {
			if (*n == IRM_PANELS)
				return too_many(lead, err);
			first[(*n)++] = i;
			k = *n;
		}
		index[i] = k - 1;
	}
	return IRM_OK;
}

/* Makes the table of each panel. */
static enum irm_code part_table(struct irm_panels *panels, const struct irm_chart *lead,
                                const size_t index[], size_t rows[], struct irm_err *err)
{
	for (size_t k = 0; k < panels->n; k++) {
		size_t n = 0;
		for (size_t i = 0; i < irm_table_rows(lead->whole); i++)
			if (index[i] == k)
				rows[n++] = i;
		if (irm_table_select(&panels->part[k], lead->whole, rows, n, err))
			return err->code;
	}
	return IRM_OK;
}

static enum irm_code split(struct irm_panels *panels, const struct irm_chart *lead,
                           struct irm_err *err)
{
	size_t rows = irm_table_rows(lead->whole);
	size_t *index = irm_arena_alloc(&panels->arena, rows * sizeof *index);
	size_t *list = irm_arena_alloc(&panels->arena, rows * sizeof *list);
	if (!index || !list)
		return irm_err_memory(err);
	if (number_panels(index, &panels->n, lead, err))
		return err->code;
	panels->chart = irm_arena_alloc(&panels->arena, panels->n * sizeof *panels->chart);
	panels->part = irm_arena_alloc(&panels->arena, panels->n * sizeof *panels->part);
	panels->height = irm_arena_alloc(&panels->arena, panels->n * sizeof *panels->height);
	if (!panels->chart || !panels->part || !panels->height)
		return irm_err_memory(err);
	for (size_t k = 0; k < panels->n; k++)
		panels->chart[k] = *lead;
	if (panels->n > 1 && part_table(panels, lead, index, list, err))
		return err->code;
	for (size_t k = 0; k < panels->n && panels->n > 1; k++)
		panels->chart[k].table = panels->part[k];
	return IRM_OK;
}

enum irm_code irm_panels_read(struct irm_panels *panels, const struct irm_kind *kind,
                              const struct irm_chart *whole, struct irm_err *err)
{
	struct irm_chart lead = *whole;
	if (find_facets(&lead, kind, err) || split(panels, &lead, err))
		return err->code;
	for (size_t k = 0; k < panels->n; k++)
		if (kind->read(&panels->chart[k], err))
			return err->code;
	for (size_t k = 1; k < panels->n; k++) { /* one note line has to do for all */
		const char *remark = panels->chart[k].remark;
		if (remark &&
		    (!panels->chart->remark || strlen(remark) > strlen(panels->chart->remark)))
			panels->chart->remark = remark;
	}
	for (size_t k = 0; k < panels->n && panels->n > 1; k++)
		for (size_t other = 0; other < panels->n; other++)
			kind->share(&panels->chart[k], &panels->chart[other]);
	return IRM_OK;
}

void irm_panels_release(struct irm_panels *panels)
{
	for (size_t k = 0; panels->chart && k < panels->n; k++)
		irm_arena_release(&panels->chart[k].arena);
	for (size_t k = 0; panels->part && k < panels->n; k++)
		irm_table_free(panels->part[k]);
	irm_arena_release(&panels->arena);
}

static struct irm_text head_text(const struct irm_panels *panels)
{
	struct irm_text text = irm_chart_text(panels->chart, "panel", IRM_LEFT, IRM_TOP);
	text.size = panels->chart->theme->text;
	text.bold = true;
	text.width = panels->width;
	text.lines = 3;
	return text;
}

/* "Second cycle · Report agreed" */
static void head_label(char out[HEAD_SIZE], const struct irm_chart *chart)
{
	const char *const *facet = chart->choice.facet;
	size_t at = 0;
	out[0] = '\0';
	for (int i = 0; i < IRM_FACETS && facet[i] && at < HEAD_SIZE; i++) {
		char label[256];
		size_t column = (size_t)irm_table_find(chart->table, facet[i]);
		irm_chart_name(label, sizeof label, chart, column,
		               irm_table_text(chart->table, 0, column));
		at += (size_t)snprintf(out + at, HEAD_SIZE - at, "%s%s", i ? " · " : "", label);
	}
}

/* The height of the highest title, with its n below. */
static double highest_head(const struct irm_panels *panels)
{
	struct irm_text text = head_text(panels);
	double highest = 0;
	bool n = false;
	for (size_t k = 0; k < panels->n; k++) {
		char label[HEAD_SIZE];
		head_label(label, &panels->chart[k]);
		highest = fmax(highest, irm_canvas_height(panels->chart->canvas, &text, label));
		n |= panels->chart[k].n[0] != '\0';
	}
	return highest + panels->chart->theme->small * (n ? 1.7 : 0.3);
}

/* The room between panels. */
static double gutter(const struct irm_panels *panels)
{
	return panels->chart->theme->text * 1.2;
}

/* Whether no title is cut nor a word of it broken. */
static bool heads_fit(const struct irm_panels *panels)
{
	struct irm_text text = head_text(panels);
	for (size_t k = 0; k < panels->n; k++) {
		char label[HEAD_SIZE];
		int lines;
		head_label(label, &panels->chart[k]);
		struct irm_box size =
		        irm_canvas_measure(panels->chart->canvas, &text, label, &lines);
		if (lines > text.lines || size.w > text.width)
			return false;
	}
	return true;
}

/* Whether all panels have the same categories, which may then be named once a row. */
static bool same_names(const struct irm_panels *panels)
{
	const struct irm_levels *first = &panels->chart[0].data.x;
	for (size_t k = 1; k < panels->n; k++) {
		const struct irm_levels *x = &panels->chart[k].data.x;
		if (x->n != first->n)
			return false;
		for (size_t i = 0; i < x->n; i++)
			if (strcmp(x->code[i], first->code[i]) != 0)
				return false;
	}
	return true;
}

/* Plans all panels, `across` beside each other, on a page of `height`; sets what they take. */
static bool plan_grid(struct irm_panels *panels, const struct irm_kind *kind, size_t across,
                      bool whole_heads, double width, double *height)
{
	const struct irm_theme *theme = panels->chart->theme;
	size_t rows = (panels->n + across - 1) / across;
	double between = gutter(panels);
	panels->across = across;
	panels->width = (width - panels->aside - between * (double)(across - 1)) / (double)across;
	panels->head = highest_head(panels);
	double room = (*height - between * (double)(rows - 1)) / (double)rows - panels->head;
	if (theme->grows)
		room = fmin(*height - panels->head, panels->width / best_shape);
	if (room <= 0 || panels->width < theme->text * (panels->aside > 0 ? 7 : 10) ||
	    (whole_heads && !heads_fit(panels)))
		return false;
	for (size_t row = 0; row < rows; row++)
		panels->height[row] = 0;
	for (size_t k = 0; k < panels->n; k++) {
		double taken = room;
		struct irm_err ignored = { .code = IRM_OK };
		panels->chart[k].aside = panels->aside;
		panels->chart[k].named = k % across == 0;
		if (kind->plan(&panels->chart[k], panels->width, &taken, &ignored))
			return false;
		panels->height[k / across] = fmax(panels->height[k / across], taken);
	}
	double total = between * (double)(rows - 1);
	for (size_t row = 0; row < rows; row++)
		total += panels->head + panels->height[row];
	if (total > *height + (theme->grows ? theme->highest - theme->height : 0.5))
		return false;
	*height = theme->grows ? total : *height;
	return true;
}

/* How far the shape of panels is from the best; where names are cut and the page grows, the broader
 * they are the better. */
static double distance(const struct irm_panels *panels, size_t across, double width, double height)
{
	const struct irm_theme *theme = panels->chart->theme;
	double rows = ceil((double)panels->n / (double)across);
	double w = (width - panels->aside) / (double)across;
	if (theme->grows && !panels->chart->strict)
		return (double)across;
	if (theme->grows) /* as broad as three or four words of each tick need, and no broader */
		return fabs(log(w / (theme->text * (panels->aside > 0 ? 13 : 21))));
	return fabs(log(w / (height / rows) / best_shape)) +
	       (rows * (double)across - (double)panels->n) * 0.02;
}

/* What a grid is sought for. */
struct trial {
	bool strict; /* of all that a panel holds nothing is cut or left out */
	bool aside;  /* the categories are named once a row */
	bool heads;  /* no title is cut */
};

/* Takes the grid of the best shape that fits; where names will be cut, that of the broadest panels
 * if the page grows. */
static bool find_grid(struct irm_panels *panels, const struct irm_kind *kind, double width,
                      double *height, const struct trial *trial)
{
	bool tried[IRM_PANELS] = { false };
	panels->aside = trial->aside ? fmin(irm_frame_names(panels->chart), width * most_aside) : 0;
	for (size_t k = 0; k < panels->n; k++)
		panels->chart[k].strict = trial->strict;
	for (size_t round = 0; round < panels->n; round++) {
		size_t best = panels->n;
		for (size_t i = 0; i < panels->n; i++)
			if (!tried[i] && (best == panels->n ||
			                  distance(panels, i + 1, width, *height) <
			                          distance(panels, best + 1, width, *height)))
				best = i;
		tried[best] = true;
		if (plan_grid(panels, kind, best + 1, trial->heads, width, height))
			return true;
	}
	return false;
}

enum irm_code irm_panels_plan(struct irm_panels *panels, const struct irm_kind *kind, double width,
                              double *height, struct irm_err *err)
{
	if (panels->n == 1) {
		panels->across = 1;
		panels->width = width;
		if (kind->plan(panels->chart, width, height, err))
			return err->code;
		panels->height[0] = *height;
		return IRM_OK;
	}
	static const struct trial trials[] = { { true, false, true },
		                               { true, true, true },
		                               { false, true, true },
		                               { false, false, true },
		                               { false, false, false } };
	bool aside = kind->aside && same_names(panels);
	for (size_t i = 0; i < sizeof trials / sizeof trials[0]; i++)
		if ((aside || !trials[i].aside) &&
		    find_grid(panels, kind, width, height, &trials[i]))
			return IRM_OK;
	irm_err_set(err, IRM_USAGE, "%zu panels do not fit on the page in a readable size",
	            panels->n);
	irm_err_hint(err,
	             panels->chart->theme->grows
	                     ? "choose fewer rows"
	                     : "choose fewer rows, or --preset web or print, whose page grows");
	return err->code;
}

void irm_panels_draw(struct irm_panels *panels, const struct irm_kind *kind, struct irm_box area)
{
	double y = area.y;
	if (panels->n == 1) {
		kind->draw(panels->chart, area);
		return;
	}
	struct irm_text text = head_text(panels);
	struct irm_text n = irm_chart_text(panels->chart, "n", IRM_LEFT, IRM_TOP);
	n.colour = panels->chart->theme->muted;
	for (size_t k = 0; k < panels->n; k++) {
		struct irm_chart *chart = &panels->chart[k];
		char label[HEAD_SIZE];
		size_t row = k / panels->across;
		if (k && k % panels->across == 0)
			y += panels->head + panels->height[row - 1] + gutter(panels);
		double x = area.x + panels->aside +
		           (double)(k % panels->across) * (panels->width + gutter(panels));
		head_label(label, chart);
		irm_canvas_text(chart->canvas, &text, x, y, label);
		irm_canvas_text(chart->canvas, &n, x,
		                y + irm_canvas_height(chart->canvas, &text, label), chart->n);
		kind->draw(chart, (struct irm_box){ x, y + panels->head, panels->width,
		                                    panels->height[row] });
	}
}
