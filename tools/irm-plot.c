/* irm-plot - draw a table.  Manual: irm-plot.1 */
#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "plots/chart.h"
#include "review/names.h"
#include "table/table.h"
#include "tools/cli.h"

struct options {
	struct cli_common common;
	struct irm_chart_request request;
	const char *preset, *theme, *lang, *digits;
	bool boxes;
};

#define OWN(member) offsetof(struct options, member)

static const struct cli_option own_options[] = {
	{ CLI_TEXT, 0, "x", "COLUMN", OWN(request.columns.x), "the column of the categories" },
	{ CLI_TEXT, 0, "y", "COLUMN", OWN(request.columns.y), "the column of the figures" },
	{ CLI_TEXT, 0, "group", "COLUMN", OWN(request.columns.group),
	  "the column that tells groups apart" },
	{ CLI_TEXT, 0, "lo", "COLUMN", OWN(request.columns.lo), "the column of the lower limits" },
	{ CLI_TEXT, 0, "hi", "COLUMN", OWN(request.columns.hi), "the column of the upper limits" },
	{ CLI_TEXT, 0, "facet", "COLUMN", OWN(request.columns.facet[0]),
	  "a panel for each value of this column, on the same scales" },
	{ CLI_TEXT, 0, "title", "TEXT", OWN(request.title),
	  "the title; else one is made from the columns" },
	{ CLI_TEXT, 0, "subtitle", "TEXT", OWN(request.subtitle), "a line below the title" },
	{ CLI_TEXT, 0, "note", "TEXT", OWN(request.note), "a note below the chart" },
	{ CLI_TEXT, 0, "source", "TEXT", OWN(request.source), "where the figures come from" },
	{ CLI_TEXT, 'd', "data", "SOURCE", OWN(common.source),
	  "SQLite file or package folder that names the codes; else codes are drawn" },
	{ CLI_TEXT, 0, "preset", "NAME", OWN(preset), "slide, print or web (web)" },
	{ CLI_TEXT, 0, "theme", "NAME", OWN(theme), "light or dark (light)" },
	{ CLI_TEXT, 0, "lang", "LANGUAGE", OWN(lang), "en, fr, es, ru, zh or ar (en)" },
	{ CLI_TEXT, 0, "digits", "NAME", OWN(digits), "western or, in Arabic, arabic (western)" },
	{ CLI_FLAG, 0, "percent", NULL, OWN(request.percent), "stacked: the shares of each bar" },
	{ CLI_FLAG, 0, "rising", NULL, OWN(request.rising),
	  "steps: the share done, not the share still open" },
	{ CLI_NUMBER, 0, "limit", "DAYS", OWN(request.limit), "mark a time limit" },
	{ CLI_NUMBER, 0, "page", "N", OWN(request.page), "timeline: this page only" },
	{ CLI_FLAG, 0, "fictional", NULL, OWN(request.fictional),
	  "say on the chart that its States are fictional" },
	{ CLI_FLAG, 0, "boxes", NULL, OWN(boxes),
	  "write a table of the chart's texts and their places instead" },
	{ .kind = CLI_END },
};

static const struct cli_tool tool = {
	.name = "irm-plot",
	.summary = "draw a table as a chart",
	.operands = "KIND [OPTION]... [FILE]",
	.groups = CLI_OUTPUT,
	.own = own_options,
	.example = "  irm-rates --by region | irm-plot bars --preset slide -o rates.svg",
};

static enum irm_code check_operands(const struct cli_common *common, struct irm_err *err)
{
	char kinds[128] = "";
	for (size_t i = 0; irm_chart_kind(i); i++) {
		strncat(kinds, i ? ", " : "", sizeof kinds - strlen(kinds) - 1);
		strncat(kinds, irm_chart_kind(i), sizeof kinds - strlen(kinds) - 1);
	}
	if (common->n_operands < 1)
		return irm_err_set(err, IRM_USAGE, "no kind of chart named; expected one of %s",
		                   kinds);
	if (common->n_operands > 2)
		return irm_err_set(err, IRM_USAGE, "one file at most, found '%s' too",
		                   common->operands[2]);
	return IRM_OK;
}

static void write_box(struct irm_writer *writer, const char *text, struct irm_box box,
                      const char *role, double size, bool shortened)
{
	irm_writer_text(writer, text);
	irm_writer_number(writer, box.x);
	irm_writer_number(writer, box.y);
	irm_writer_number(writer, box.w);
	irm_writer_number(writer, box.h);
	irm_writer_text(writer, role);
	irm_writer_number(writer, size);
	irm_writer_text(writer, shortened ? "yes" : "no");
	irm_writer_row(writer);
}

static void write_boxes(struct irm_writer *writer, const struct irm_canvas *canvas)
{
	const struct irm_text_box *box;
	size_t n = irm_canvas_boxes(canvas, &box);
	irm_writer_columns(writer, "text,x,y,w,h,role,size,shortened");
	write_box(writer, "", irm_canvas_page(canvas), "page", (double)NAN, false);
	for (size_t i = 0; i < n; i++)
		write_box(writer, box[i].text, box[i].box, box[i].role, box[i].size,
		          box[i].shortened);
}

static enum irm_code draw(struct options *opts, struct irm_canvas *canvas,
                          const struct irm_table *table, struct irm_err *err)
{
	struct cli_common *common = &opts->common;
	const char *kind = common->operands[0];
	enum irm_canvas_format format = IRM_CANVAS_NONE;
	if (opts->boxes) {
		if (irm_chart_draw(canvas, NULL, format, kind, &opts->request, table, err) ||
		    cli_writer(common, err))
			return err->code;
		write_boxes(common->writer, canvas);
		return IRM_OK;
	}
	if (irm_canvas_format_of(&format, common->output, err) || cli_output(common, err) ||
	    irm_chart_draw(canvas, irm_output_stream(common->file), format, kind, &opts->request,
	                   table, err))
		return err->code;
	size_t shortened = irm_canvas_shortened(canvas);
	if (shortened)
		cli_note(&tool, common, "%zu text%s shortened to fit", shortened,
		         shortened == 1 ? " is" : "s are");
	return IRM_OK;
}

static const char *find_name(void *names, const char *column, const char *code)
{
	return irm_names_of_find(names, column, code);
}

/* Takes names from a source, and its word that its States are fictional: those are XAA, XAB, ... */
static enum irm_code open_names(struct irm_names_of **names, struct options *opts,
                                struct irm_err *err)
{
	if (!opts->common.source)
		return IRM_OK;
	if (irm_names_of_open(names, opts->common.source, opts->lang, err))
		return err->code;
	opts->request.name_of = find_name;
	opts->request.context = *names;
	opts->request.fictional |= irm_names_of_find(*names, "state", "XAA") != NULL;
	return IRM_OK;
}

int main(int argc, char **argv)
{
	struct options opts = { .common = CLI_COMMON_INIT, .request = { .limit = (double)NAN } };
	struct irm_names_of *names = NULL;
	struct irm_table *table = NULL;
	struct irm_canvas *canvas = NULL;
	struct irm_theme theme;
	struct irm_err err = { .code = IRM_OK };
	if (cli_parse(&tool, argc, argv, &opts, &err) || check_operands(&opts.common, &err) ||
	    irm_theme_find(&theme, opts.preset, opts.theme, &err) ||
	    irm_theme_speak(&theme, opts.lang, opts.digits, &err) ||
	    irm_canvas_new(&canvas, &theme, &err) || open_names(&names, &opts, &err) ||
	    irm_table_read(&table, opts.common.n_operands > 1 ? opts.common.operands[1] : "-",
	                   &err) ||
	    draw(&opts, canvas, table, &err))
		goto done;
done:
	irm_canvas_free(canvas);
	irm_table_free(table);
	irm_names_of_free(names);
	return cli_finish(&tool, &opts.common, &err);
}
