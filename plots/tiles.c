/* Tiles: a tile a State, by region: no map, no borders. Coloured by a category or a figure, which
 * is written on it too. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plots/ramp.h"

static const char *const figures[] = { "rate",  "median",  "on_time_rate", "addressed_rate",
	                               "share", "reviews", "with_need",    "findings",
	                               "needs", "value",   "count",        NULL };

struct tile {
	const char *code;
	size_t region, category;
	double value, n;
	long line;
	bool suppressed, of_few;
};

struct tiles {
	struct tile *tile; /* [n] by region and code */
	size_t n;
	struct irm_levels region, category;
	size_t *in;  /* [region.n] tiles of each */
	bool figure; /* coloured by a figure, not by a category */
	struct irm_scale scale;
	enum irm_number_kind kind;
	bool few, empty, suppressed;
	/* planned: */
	bool beside; /* regions' names stand left of their tiles, not above */
	bool one_line;
	double w, h, head, key, width;
	size_t across;
};

/* What is written on a tile below the State's code. */
static void tile_label(char out[IRM_LABEL_SIZE], const struct irm_chart *chart,
                       const struct tile *tile)
{
	const struct tiles *tiles = chart->own;
	const struct irm_words *words = &chart->theme->words;
	const struct irm_cell cell = { .value = tile->value,
		                       .n = tile->n,
		                       .suppressed = tile->suppressed,
		                       .few = tile->of_few };
	out[0] = '\0';
	if (!tiles->figure)
		irm_count_label(out, (double)tile->category + 1, words);
	else if (tile->suppressed || !isnan(tile->value))
		irm_cell_label(out, &cell, tiles->kind, words);
}

static int by_region(const void *a, const void *b)
{
	const struct tile *x = a;
	const struct tile *y = b;
	if (x->region != y->region)
		return x->region < y->region ? -1 : 1;
	return strcmp(x->code, y->code);
}

static int by_code(const void *a, const void *b)
{
	const struct tile *x = a;
	const struct tile *y = b;
	int order = strcmp(x->code, y->code);
	return order ? order : x->line < y->line ? -1 : 1;
}

/* One row a State. */
static enum irm_code check_twice(const struct irm_chart *chart, struct irm_err *err)
{
	struct tiles *tiles = chart->own;
	qsort(tiles->tile, tiles->n, sizeof *tiles->tile, by_code);
	for (size_t i = 1; i < tiles->n; i++) {
		const struct tile *tile = &tiles->tile[i];
		if (strcmp(tile->code, tile[-1].code) != 0)
			continue;
		irm_err_at(err, irm_table_file(chart->table), tile->line, 0,
		           "a second row for State '%.80s' (the first is line %ld)", tile->code,
		           tile[-1].line);
		irm_err_hint(err,
		             "a tile shows one: choose rows, as of one cycle, with the --where "
		             "of the tool that made the table");
		return err->code;
	}
	return IRM_OK;
}

/* The columns: x is the State's, y a figure's (-1: none), group the category's (-1: none). */
static enum irm_code find_columns(struct irm_chart *chart, int *region, struct irm_err *err)
{
	const struct irm_table *table = chart->table;
	struct irm_column_choice choice = chart->choice;
	struct irm_columns *columns = &chart->data.columns;
	struct tiles *tiles = chart->own;
	if (choice.y && choice.group)
		return irm_err_set(err, IRM_USAGE,
		                   "tiles are coloured by --y or by --group, not by both");
	if (!choice.x && irm_table_find(table, "state") < 0) {
		irm_err_at(err, irm_table_file(table), 1, 0,
		           "no column 'state': tiles draws a State a row");
		irm_err_hint(err, "--x names another column");
		return err->code;
	}
	choice.x = choice.x ? choice.x : "state";
	*region = irm_table_find(table, "region");
	const char *category = choice.group ? choice.group : choice.y ? NULL : "stage";
	if (category && (choice.group || irm_table_find(table, category) >= 0)) {
		*columns = (struct irm_columns){ .y = -1, .lo = -1, .hi = -1, .n = { -1, -1 } };
		columns->as_of = irm_table_find(table, "as_of");
		if (irm_columns_named(&columns->x, table, "x", choice.x, err))
			return err->code;
		return irm_columns_named(&columns->group, table, "group", category, err);
	}
	tiles->figure = true;
	if (irm_columns_find(columns, table, figures, &choice, err))
		return err->code;
	columns->group = -1;
	return IRM_OK;
}

/* Puts the regions in the order that the palette has them, the others after. */
static void order_regions(struct irm_levels *region, size_t index[], size_t rows)
{
	size_t n = region->n;
	for (size_t i = 1; i < n; i++)
		for (size_t k = i; k > 0; k--) {
			int a = irm_theme_slot(region->code[k - 1]);
			int b = irm_theme_slot(region->code[k]);
			if (b < 0 || (a >= 0 && a <= b))
				break;
			const char *swap = region->code[k];
			region->code[k] = region->code[k - 1];
			region->code[k - 1] = swap;
			for (size_t r = 0; r < rows; r++)
				index[r] = index[r] == k ? k - 1 : index[r] == k - 1 ? k : index[r];
		}
}

/* Puts what nobody knows after all other categories. */
static void unknown_last(struct irm_levels *category, size_t index[], size_t rows)
{
	size_t unknown = irm_levels_find(category, "");
	if (category->column < 0 || unknown == category->n)
		return;
	const char *code = category->code[unknown];
	for (size_t i = unknown; i + 1 < category->n; i++)
		category->code[i] = category->code[i + 1];
	category->code[category->n - 1] = code;
	for (size_t r = 0; r < rows; r++)
		if (index[r] == unknown)
			index[r] = category->n - 1;
		else if (index[r] > unknown)
			index[r]--;
}

static enum irm_code read_value(struct irm_chart *chart, struct tile *tile, size_t row,
                                struct irm_err *err)
{
	const struct irm_columns *c = &chart->data.columns;
	struct irm_data *data = &chart->data;
	struct tiles *tiles = chart->own;
	double more;
	if (irm_data_number(&tile->value, chart->table, row, c->y, err) ||
	    irm_data_number(&tile->n, chart->table, row, c->n[0], err) ||
	    irm_data_number(&more, chart->table, row, c->n[1], err))
		return err->code;
	tile->n += isnan(more) ? 0 : more;
	tile->suppressed = irm_data_suppressed(chart->table, row, c->y);
	tile->of_few = tile->n < 5 || irm_data_suppressed(chart->table, row, c->n[0]) ||
	               irm_data_suppressed(chart->table, row, c->n[1]);
	tiles->suppressed |= tile->suppressed;
	tiles->empty |= isnan(tile->value) && !tile->suppressed;
	data->least = fmin(data->least, tile->value);
	data->most = fmax(data->most, tile->value);
	return IRM_OK;
}

static enum irm_code read_rows(struct irm_chart *chart, int region_column, struct irm_err *err)
{
	struct tiles *tiles = chart->own;
	size_t rows = irm_table_rows(chart->table);
	size_t *region = irm_arena_alloc(&chart->arena, rows * sizeof *region);
	size_t *category = irm_arena_alloc(&chart->arena, rows * sizeof *category);
	tiles->tile = irm_arena_alloc(&chart->arena, rows * sizeof *tiles->tile);
	if (!region || !category || !tiles->tile)
		return irm_err_memory(err);
	if (irm_levels_read(&tiles->region, region, &chart->arena, chart->table, region_column, 24,
	                    err) ||
	    irm_levels_read(&tiles->category, category, &chart->arena, chart->table,
	                    chart->data.columns.group, 24, err))
		return err->code;
	order_regions(&tiles->region, region, rows);
	unknown_last(&tiles->category, category, rows);
	tiles->n = rows;
	for (size_t i = 0; i < rows; i++) {
		struct tile *tile = &tiles->tile[i];
		*tile = (struct tile){ .code = irm_table_text(chart->table, i,
			                                      (size_t)chart->data.columns.x),
			               .region = region[i],
			               .category = category[i],
			               .line = irm_table_line(chart->table, i) };
		if (tiles->figure && read_value(chart, tile, i, err))
			return err->code;
	}
	if (check_twice(chart, err))
		return err->code;
	tiles->in = irm_arena_alloc(&chart->arena, tiles->region.n * sizeof *tiles->in);
	if (!tiles->in)
		return irm_err_memory(err);
	for (size_t i = 0; i < rows; i++)
		tiles->in[region[i]]++;
	qsort(tiles->tile, rows, sizeof *tiles->tile, by_region);
	if (irm_chart_labels(chart, &tiles->region, err))
		return err->code;
	return irm_chart_labels(chart, &tiles->category, err);
}

/* The categories, each with the number that its tiles bear. */
static enum irm_code make_legend(struct irm_chart *chart, struct irm_err *err)
{
	struct tiles *tiles = chart->own;
	const struct irm_levels *category = &tiles->category;
	struct irm_legend_entry *entry =
	        irm_arena_alloc(&chart->arena, category->n * sizeof *entry);
	if (!entry)
		return irm_err_memory(err);
	for (size_t i = 0; i < category->n; i++) {
		char label[600];
		char number[IRM_LABEL_SIZE];
		irm_count_label(number, (double)i + 1, &chart->theme->words);
		int n = snprintf(label, sizeof label, "%s  %.400s", number, category->label[i]);
		entry[i].look.colour = irm_chart_look(chart, category, i).colour;
		entry[i].sample = IRM_SAMPLE_FILL;
		entry[i].label = irm_arena_text(&chart->arena, label, (size_t)n);
		if (!entry[i].label)
			return irm_err_memory(err);
	}
	chart->legend = (struct irm_legend){ entry, category->n };
	return IRM_OK;
}

static enum irm_code read_tiles(struct irm_chart *chart, struct irm_err *err)
{
	struct tiles *tiles = irm_arena_alloc(&chart->arena, sizeof *tiles);
	int region = -1;
	char figure[IRM_TITLE_SIZE];
	char count[IRM_LABEL_SIZE];
	const struct irm_words *words = &chart->theme->words;
	if (!tiles)
		return irm_err_memory(err);
	chart->own = tiles;
	if (find_columns(chart, &region, err) || read_rows(chart, region, err))
		return err->code;
	struct irm_data *data = &chart->data;
	tiles->kind =
	        data->columns.share && data->least >= 0 && data->most <= 1 ? IRM_SHARE : IRM_PLAIN;
	for (size_t i = 0; i < tiles->n; i++)
		tiles->few |= tiles->figure && tiles->kind == IRM_SHARE && tiles->tile[i].of_few &&
		              !isnan(tiles->tile[i].value);
	if (!tiles->figure && make_legend(chart, err))
		return err->code;
	irm_chart_title(figure, chart, tiles->figure ? data->columns.y : data->columns.group);
	snprintf(chart->caption, sizeof chart->caption, irm_words_text(words, "%s: a tile a State"),
	         figure);
	irm_count_label(count, (double)tiles->n, words);
	snprintf(chart->n, sizeof chart->n,
	         irm_words_plural(words, "%s State", "%s States", (double)tiles->n), count);
	chart->remark = tiles->few ? irm_words_text(words, "*: of fewer than 5.") : NULL;
	return IRM_OK;
}

static struct irm_text code_text(const struct irm_chart *chart)
{
	struct irm_text text = irm_chart_text(chart, "tile", IRM_CENTRE, IRM_MIDDLE);
	text.bold = true;
	text.lines = 1;
	return text;
}

/* The least width of a tile: what is written on it, but long codes are shortened. */
static double tile_width(const struct irm_chart *chart, bool one_line)
{
	const struct tiles *tiles = chart->own;
	const struct irm_theme *theme = chart->theme;
	struct irm_text code = code_text(chart);
	struct irm_text value = irm_chart_text(chart, "value", IRM_CENTRE, IRM_MIDDLE);
	double widest = theme->small * 1.6;
	code.width = 0;
	for (size_t i = 0; i < tiles->n; i++) {
		char label[IRM_LABEL_SIZE];
		tile_label(label, chart, &tiles->tile[i]);
		double a =
		        fmin(irm_canvas_measure(chart->canvas, &code, tiles->tile[i].code, NULL).w,
		             theme->small * 5);
		double b = irm_canvas_measure(chart->canvas, &value, label, NULL).w;
		widest = fmax(widest, one_line ? a + b + theme->gap * 0.6 : fmax(a, b));
	}
	return widest + theme->gap * 1.2;
}

static struct irm_text region_text(const struct irm_chart *chart)
{
	const struct tiles *tiles = chart->own;
	struct irm_text text = irm_chart_text(chart, "region", IRM_LEFT, IRM_TOP);
	text.size = tiles->beside ? chart->theme->small : chart->theme->text;
	text.bold = true;
	text.width = tiles->beside ? tiles->head - chart->theme->gap : 0;
	text.lines = tiles->beside ? 4 : 0;
	return text;
}

static void region_label(char out[600], const struct irm_chart *chart, size_t region)
{
	const struct tiles *tiles = chart->own;
	char count[IRM_LABEL_SIZE];
	irm_count_label(count, (double)tiles->in[region], &chart->theme->words);
	snprintf(out, 600, "%.400s · %s", tiles->region.label[region], count);
}

/* The height of a region's tiles, and of its name. */
static double region_height(const struct irm_chart *chart, size_t region)
{
	const struct tiles *tiles = chart->own;
	double rows = ceil((double)tiles->in[region] / (double)tiles->across);
	double h = rows * tiles->h;
	char label[600];
	if (tiles->region.column < 0)
		return h;
	struct irm_text text = region_text(chart);
	region_label(label, chart, region);
	double name = irm_canvas_height(chart->canvas, &text, label);
	return tiles->beside ? fmax(h, name) : h + name + chart->theme->gap * 0.3;
}

static struct irm_ramp_key key_of(const struct tiles *tiles)
{
	return (struct irm_ramp_key){ &tiles->scale, tiles->width, tiles->empty,
		                      tiles->suppressed };
}

static bool plan_way(struct irm_chart *chart, double width, double most, bool beside,
                     double *height)
{
	struct tiles *tiles = chart->own;
	const struct irm_theme *theme = chart->theme;
	bool named = tiles->region.column >= 0;
	double between = beside ? theme->gap * 0.8 : theme->gap * 1.5;
	tiles->beside = beside && named;
	tiles->one_line = beside;
	tiles->head = tiles->beside ? theme->text * 8.5 : 0;
	tiles->w = tile_width(chart, beside);
	tiles->h = theme->small * (beside ? 1.4 : 2.75);
	tiles->width = width;
	struct irm_ramp_key key = key_of(tiles);
	tiles->key = tiles->figure ? irm_ramp_height(chart, &key) : 0;
	double across = floor((width - tiles->head) / tiles->w);
	if (across < 1)
		return false;
	tiles->across = (size_t)across;
	*height = tiles->key;
	for (size_t r = 0; r < tiles->region.n; r++)
		*height += region_height(chart, r) + (r ? between : 0);
	return *height <= most;
}

static enum irm_code plan_tiles(struct irm_chart *chart, double width, double *height,
                                struct irm_err *err)
{
	struct tiles *tiles = chart->own;
	const struct irm_theme *theme = chart->theme;
	double most = *height + (theme->grows ? theme->highest - theme->height : 0);
	double taken;
	chart->data.x.n = tiles->n;
	chart->data.group.n = 1;
	tiles->scale = irm_ramp_scale(chart->data.least, chart->data.most, tiles->kind);
	if (!plan_way(chart, width, most, false, &taken) &&
	    !plan_way(chart, width, most, true, &taken))
		return irm_chart_too_large(chart, err);
	if (theme->grows)
		*height = taken;
	return IRM_OK;
}

static void draw_tile(const struct irm_chart *chart, const struct tile *tile, double x, double y)
{
	const struct tiles *tiles = chart->own;
	const struct irm_theme *theme = chart->theme;
	double seam = theme->gap * 0.3;
	struct irm_box box = { x, y, tiles->w - seam, tiles->h - seam };
	struct irm_text code = code_text(chart);
	struct irm_text value = irm_chart_text(chart, "value", IRM_CENTRE, IRM_MIDDLE);
	char label[IRM_LABEL_SIZE];
	bool missing = tiles->figure && isnan(tile->value);
	if (missing && tile->suppressed) {
		irm_ramp_suppressed(chart, box);
	} else if (missing) {
		irm_ramp_missing(chart, box);
	} else {
		struct irm_rgb ground =
		        tiles->figure
		                ? irm_theme_ramp(theme, irm_scale_at(&tiles->scale, tile->value))
		                : irm_chart_look(chart, &tiles->category, tile->category).colour;
		irm_canvas_fill(chart->canvas, box, ground);
		code.colour = value.colour = irm_rgb_text_on(ground);
	}
	code.plate = missing;
	tile_label(label, chart, tile);
	double middle = x + box.w / 2;
	if (tiles->one_line) {
		double room = irm_canvas_measure(chart->canvas, &value, label, NULL).w;
		code.across = IRM_LEFT;
		code.width = box.w - room - theme->gap;
		value.across = IRM_RIGHT;
		irm_canvas_text(chart->canvas, &code, x + theme->gap * 0.4, y + box.h / 2,
		                tile->code);
		irm_canvas_text(chart->canvas, &value, x + box.w - theme->gap * 0.4, y + box.h / 2,
		                label);
		return;
	}
	code.width = box.w;
	irm_canvas_text(chart->canvas, &code, middle, y + box.h * (*label ? 0.28 : 0.5),
	                tile->code);
	irm_canvas_text(chart->canvas, &value, middle, y + box.h * 0.73, label);
}

static void draw_tiles(struct irm_chart *chart, struct irm_box area)
{
	const struct tiles *tiles = chart->own;
	const struct irm_theme *theme = chart->theme;
	struct irm_text text = region_text(chart);
	double y = area.y;
	struct irm_ramp_key key = key_of(tiles);
	if (tiles->figure)
		irm_ramp_draw(chart, &key, area.x, y);
	y += tiles->key;
	if (!tiles->beside)
		text.width = area.w;
	text.lines = tiles->beside ? 4 : 1;
	for (size_t r = 0, i = 0; r < tiles->region.n; r++) {
		char label[600];
		double top = y;
		if (tiles->region.column >= 0) {
			region_label(label, chart, r);
			irm_canvas_text(chart->canvas, &text, area.x, y, label);
			if (!tiles->beside)
				top += irm_canvas_height(chart->canvas, &text, label) +
				       theme->gap * 0.3;
		}
		for (size_t k = 0; k < tiles->in[r]; k++, i++)
			draw_tile(chart, &tiles->tile[i],
			          area.x + tiles->head + (double)(k % tiles->across) * tiles->w,
			          top + floor((double)k / (double)tiles->across) * tiles->h);
		y += region_height(chart, r) + theme->gap * (tiles->one_line ? 0.8 : 1.5);
	}
}

const struct irm_kind irm_kind_tiles = {
	.name = "tiles",
	.summary = "a tile a State, by region, coloured by a category or a figure",
	.read = read_tiles,
	.plan = plan_tiles,
	.draw = draw_tiles,
};
