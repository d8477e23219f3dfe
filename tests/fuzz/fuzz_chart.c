/* A chart of any table. The first line says what is asked for, a letter each; the rest is the
 * table: kind (from 'a'), preset and scheme (from '0'), columns for x, group and facet ('-': none,
 * else from '0'), options (bits from '@': percent, rising, limit, page, no limits, fictional). */
#include <math.h>
#include <string.h>

#include "plots/chart.h"
#include "scratch.h"

enum { KIND, THEME, X, GROUP, FACET, OPTIONS, ASKED };

/* A canvas for each preset and scheme, made once: their fonts take long to find. */
static struct irm_canvas *canvas_of(unsigned which)
{
	enum { PRESETS = 8, SCHEMES = 2 };
	static struct irm_canvas *canvas[PRESETS][SCHEMES];
	struct irm_theme theme;
	struct irm_err err;
	unsigned presets = 0;
	while (presets < PRESETS && irm_theme_preset(presets))
		presets++;
	unsigned preset = which % presets;
	unsigned scheme = which / presets % SCHEMES;
	if (!canvas[preset][scheme] &&
	    (irm_theme_find(&theme, irm_theme_preset(preset), irm_theme_scheme(scheme), &err) ||
	     irm_canvas_new(&canvas[preset][scheme], &theme, &err)))
		abort();
	return canvas[preset][scheme];
}

static const char *kind_of(unsigned which)
{
	size_t kinds = 0;
	while (irm_chart_kind(kinds))
		kinds++;
	return irm_chart_kind(which % kinds);
}

static const char *column_of(const struct irm_table *table, uint8_t asked)
{
	return asked == '-'
	               ? NULL
	               : irm_table_name(table, (uint8_t)(asked - '0') % irm_table_columns(table));
}

/* What is drawn lies on the page, and says so in finite numbers. */
static void check_boxes(const struct irm_canvas *canvas)
{
	const struct irm_text_box *box;
	size_t n = irm_canvas_boxes(canvas, &box);
	struct irm_box page = irm_canvas_page(canvas);
	for (size_t i = 0; i < n; i++)
		if (!(box[i].box.x >= -1 && box[i].box.y >= -1 &&
		      box[i].box.x + box[i].box.w <= page.w + 1 &&
		      box[i].box.y + box[i].box.h <= page.h + 1))
			abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct irm_table *table = NULL;
	struct irm_err err = { .code = IRM_OK };
	if (size <= ASKED)
		return 0;
	scratch_enter();
	scratch_put("chart.csv", data + ASKED + 1, size - ASKED - 1);
	if (irm_table_read(&table, "chart.csv", &err))
		return 0;
	unsigned options = data[OPTIONS];
	struct irm_chart_request request = {
		.columns = { .x = column_of(table, data[X]),
		             .group = column_of(table, data[GROUP]),
		             .facet = { column_of(table, data[FACET]) },
		             .no_limits = options & 16 },
		.percent = options & 1,
		.rising = options & 2,
		.limit = options & 4 ? 60 : (double)NAN,
		.page = options & 8 ? 1 : 0,
		.fictional = options & 32,
		.title = options & 32 ? "A title that is longer than a line of the page, or two"
		                      : NULL,
	};
	struct irm_canvas *canvas = canvas_of((uint8_t)(data[THEME] - '0'));
	if (!irm_chart_draw(canvas, NULL, IRM_CANVAS_NONE, kind_of((uint8_t)(data[KIND] - 'a')),
	                    &request, table, &err))
		check_boxes(canvas);
	else if (err.code != IRM_USAGE && err.code != IRM_INPUT)
		abort();
	irm_table_free(table);
	return 0;
}
