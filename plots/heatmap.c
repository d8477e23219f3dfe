/* Heatmap: a figure for each pair of keys, as a colour with its number in it. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "plots/ramp.h"

static const char *const figures[] = { "rate",  "addressed_rate", "median", "on_time_rate",
	                               "share", "residual",       "count",  "reviews",
	                               "needs", "findings",       "value",  NULL };

/* `across` are the columns, broken into banks one below the other; `down` the rows of each bank. */
struct heatmap {
	const struct irm_levels *across, *down;
	bool turned; /* across is the group */
	struct irm_scale scale;
	enum irm_number_kind kind;
	size_t banks, per_bank;
	double cell_w, cell_h;
	double labels; /* width for the rows' labels */
	double heads;  /* height for the columns' labels */
	double key;    /* height of the colours' key */
	double width;  /* of the panel */
};

static enum irm_code read_heatmap(struct irm_chart *chart, struct irm_err *err)
{
	struct irm_columns columns;
	struct irm_data *data = &chart->data;
	char figure[IRM_TITLE_SIZE];
	if (irm_columns_find(&columns, chart->whole, figures, &chart->choice, err) ||
	    irm_data_read(data, &chart->arena, chart->table, &columns, 400, 400, err) ||
	    irm_chart_labels(chart, &data->x, err) || irm_chart_labels(chart, &data->group, err))
		return err->code;
	irm_chart_title(figure, chart, columns.y);
	irm_chart_caption(chart, figure, &columns);
	irm_data_n(chart->n, data, chart->table, &chart->theme->words);
	chart->remark = irm_data_few(data) ? irm_chart_word(chart, "*: of fewer than 5.") : NULL;
	return IRM_OK;
}

/* What is written in a cell: without the sign of per cent, which stands in the key. */
static void cell_label(char out[IRM_LABEL_SIZE], const struct irm_cell *cell,
                       enum irm_number_kind kind, const struct irm_words *words)
{
	irm_cell_label(out, cell, kind, words);
	char *sign = kind == IRM_SHARE ? strstr(out, words->percent) : NULL;
	size_t length = strlen(words->percent);
	if (sign)
		memmove(sign, sign + length, strlen(sign + length) + 1);
}

static double widest_cell(const struct irm_chart *chart, enum irm_number_kind kind)
{
	const struct irm_data *data = &chart->data;
	struct irm_text text = irm_chart_text(chart, "cell", IRM_CENTRE, IRM_MIDDLE);
	double widest = 0;
	char before[IRM_LABEL_SIZE] = "";
	for (size_t i = 0; i < data->x.n * data->group.n; i++) {
		char label[IRM_LABEL_SIZE];
		cell_label(label, &data->cell[i], kind, &chart->theme->words);
		if (!strcmp(label, before))
			continue;
		memcpy(before, label, sizeof before);
		widest = fmax(widest, irm_canvas_measure(chart->canvas, &text, label, NULL).w);
	}
	return widest;
}

static struct irm_text head_text(const struct irm_chart *chart, double width)
{
	struct irm_text text = irm_chart_text(chart, "category", IRM_CENTRE, IRM_BOTTOM);
	text.width = width;
	text.lines = 5;
	return text;
}

static struct irm_text row_text(const struct irm_chart *chart, double width, int lines)
{
	struct irm_text text = irm_chart_text(chart, "category", IRM_RIGHT, IRM_MIDDLE);
	text.width = width;
	text.lines = lines;
	return text;
}

/* On a page that grows the longer key goes down it, on another it goes across in banks. */
static void orient(struct heatmap *map, const struct irm_chart *chart)
{
	const struct irm_data *data = &chart->data;
	size_t x = data->x.n;
	size_t group = data->group.n;
	bool longer_x = x > group;
	map->turned = chart->choice.x       ? false
	              : chart->theme->grows ? longer_x && x > 12
	                                    : !longer_x && group > x;
	map->across = map->turned ? &data->group : &data->x;
	map->down = map->turned ? &data->x : &data->group;
}

/* The widest label on a line; or its widest word, for what has a line for each. */
static double widest_label(const struct irm_chart *chart, const struct irm_levels *levels,
                           bool word)
{
	struct irm_text text = row_text(chart, word ? 1 : 0, 0);
	double widest = 0;
	for (size_t i = 0; i < levels->n; i++) {
		struct irm_box size =
		        irm_canvas_measure(chart->canvas, &text, levels->label[i], NULL);
		widest = fmax(widest, size.w);
	}
	return widest + 1;
}

static double highest_head(const struct irm_chart *chart, const struct heatmap *map)
{
	struct irm_text text = head_text(chart, map->cell_w - chart->theme->gap * 0.5);
	double highest = 0;
	for (size_t i = 0; i < map->across->n; i++)
		highest = fmax(highest,
		               irm_canvas_height(chart->canvas, &text, map->across->label[i]));
	return highest + chart->theme->gap * 0.5;
}

/* With `whole` words of heads are never broken, if that takes more banks. */
static void set_columns(struct heatmap *map, const struct irm_chart *chart, double width,
                        bool whole)
{
	const struct irm_theme *theme = chart->theme;
	double widest = widest_label(chart, map->down, false);
	double word = widest_label(chart, map->across, true) + theme->gap * 0.5;
	/* short heads stay on a line; long ones wrap */
	double head = fmin(widest_label(chart, map->across, false), theme->text * 2.5);
	double least =
	        fmax(widest_cell(chart, map->kind) + theme->gap * 0.6, head + theme->gap * 0.5);
	map->labels = fmin(widest, width * 0.32) + theme->gap;
	/* words of heads are not broken while labels can wrap */
	double rest = width - word * (double)map->across->n;
	if (whole)
		least = fmax(least, word);
	else if (rest < map->labels)
		map->labels = fmax(rest, fmin(map->labels, width * 0.2));
	double room = width - map->labels;
	size_t fit = (size_t)fmax(1, floor(room / least));
	map->banks = (map->across->n + fit - 1) / fit;
	map->per_bank = (map->across->n + map->banks - 1) / map->banks;
	map->cell_w = fmin(room / (double)map->per_bank, theme->text * 12);
	map->heads = highest_head(chart, map);
}

/* The height that a row needs for its label, in up to three lines. */
static double highest_row(const struct irm_chart *chart, const struct heatmap *map)
{
	struct irm_text text = row_text(chart, map->labels - chart->theme->gap, 3);
	double highest = 0;
	for (size_t i = 0; i < map->down->n; i++)
		highest =
		        fmax(highest, irm_canvas_height(chart->canvas, &text, map->down->label[i]));
	return highest * 1.05;
}

static struct irm_ramp_key key_of(const struct irm_chart *chart, const struct heatmap *map)
{
	return (struct irm_ramp_key){ &map->scale, map->width, chart->data.empty > 0,
		                      chart->data.suppressed > 0 };
}

/* Sets columns, rows and the height of all; false: rows are too low to read. */
static bool lay_out(struct heatmap *map, const struct irm_chart *chart, double *height, bool whole)
{
	const struct irm_theme *theme = chart->theme;
	set_columns(map, chart, map->width, whole);
	double banks = (double)map->banks;
	double rows = banks * (double)map->down->n;
	double gaps = map->key + banks * map->heads + (banks - 1) * theme->gap;
	double most = theme->grows ? *height + theme->highest - theme->height : *height;
	double natural = fmax(theme->small * 1.75, highest_row(chart, map));
	map->cell_h = fmin((most - gaps) / rows, theme->grows ? natural : theme->small * 3);
	if (map->cell_h < (whole ? natural : theme->small * 1.1))
		return false;
	if (theme->grows)
		*height = gaps + rows * map->cell_h;
	return true;
}

/* Whether a word of a head is broader than its column. */
static bool is_broken(const struct heatmap *map, const struct irm_chart *chart)
{
	return widest_label(chart, map->across, true) + chart->theme->gap * 0.5 > map->cell_w;
}

static enum irm_code plan_heatmap(struct irm_chart *chart, double width, double *height,
                                  struct irm_err *err)
{
	const struct irm_data *data = &chart->data;
	struct heatmap *map = irm_arena_alloc(&chart->arena, sizeof *map);
	if (!map)
		return irm_err_memory(err);
	chart->own = map;
	map->kind = data->share ? IRM_SHARE : IRM_PLAIN;
	map->scale = irm_ramp_scale(data->least, data->most_value, map->kind);
	orient(map, chart);
	map->width = width;
	struct irm_ramp_key key = key_of(chart, map);
	map->key = irm_ramp_height(chart, &key);
	double room = *height;
	if (!lay_out(map, chart, height, false))
		return irm_chart_too_large(chart, err);
	if (!chart->theme->grows || !is_broken(map, chart))
		return IRM_OK;
	struct heatmap broken = *map;
	double taken = *height;
	*height = room;
	if (!lay_out(map, chart, height, true)) {
		*map = broken;
		*height = taken;
	}
	return IRM_OK;
}

static void draw_cell(const struct irm_chart *chart, const struct heatmap *map, struct irm_box box,
                      const struct irm_cell *cell)
{
	if (isnan(cell->value) && !cell->suppressed) {
		irm_ramp_missing(chart, box);
		return;
	}
	struct irm_text text = irm_chart_text(chart, "cell", IRM_CENTRE, IRM_MIDDLE);
	char label[IRM_LABEL_SIZE];
	cell_label(label, cell, map->kind, &chart->theme->words);
	if (cell->suppressed) {
		irm_ramp_suppressed(chart, box);
	} else {
		struct irm_rgb ground =
		        irm_theme_ramp(chart->theme, irm_scale_at(&map->scale, cell->value));
		text.colour = irm_rgb_text_on(ground);
		irm_canvas_fill(chart->canvas, box, ground);
	}
	irm_canvas_text(chart->canvas, &text, box.x + box.w / 2, box.y + box.h / 2, label);
}

static void draw_bank(const struct irm_chart *chart, const struct heatmap *map, size_t bank,
                      struct irm_box area)
{
	const struct irm_theme *theme = chart->theme;
	struct irm_text head = head_text(chart, map->cell_w - theme->gap * 0.5);
	int lines = (int)fmax(1, floor(map->cell_h / (theme->small * 1.365)));
	struct irm_text row = row_text(chart, map->labels - theme->gap, lines < 3 ? lines : 3);
	double seam = fmax(theme->hair, theme->small * 0.05);
	size_t first = bank * map->per_bank;
	for (size_t r = 0; r < map->down->n; r++)
		irm_canvas_text(chart->canvas, &row, area.x + map->labels - theme->gap,
		                area.y + map->heads + ((double)r + 0.5) * map->cell_h,
		                map->down->label[r]);
	for (size_t c = first; c < map->across->n && c < first + map->per_bank; c++) {
		double x = area.x + map->labels + (double)(c - first) * map->cell_w;
		irm_canvas_text(chart->canvas, &head, x + map->cell_w / 2,
		                area.y + map->heads - theme->gap * 0.3, map->across->label[c]);
		for (size_t r = 0; r < map->down->n; r++)
			draw_cell(chart, map,
			          (struct irm_box){ x,
			                            area.y + map->heads + (double)r * map->cell_h,
			                            map->cell_w - seam, map->cell_h - seam },
			          irm_data_cell(&chart->data, map->turned ? r : c,
			                        map->turned ? c : r));
	}
}

static void draw_heatmap(struct irm_chart *chart, struct irm_box area)
{
	const struct heatmap *map = chart->own;
	struct irm_ramp_key key = key_of(chart, map);
	irm_ramp_draw(chart, &key, area.x, area.y);
	double y = area.y + map->key;
	for (size_t bank = 0; bank < map->banks; bank++) {
		draw_bank(chart, map, bank, (struct irm_box){ area.x, y, area.w, 0 });
		y += map->heads + (double)map->down->n * map->cell_h + chart->theme->gap;
	}
}

const struct irm_kind irm_kind_heatmap = {
	.name = "heatmap",
	.summary = "a figure for each pair of keys, its number on a colour",
	.takes = 0,
	.read = read_heatmap,
	.share = irm_chart_share,
	.plan = plan_heatmap,
	.draw = draw_heatmap,
};
