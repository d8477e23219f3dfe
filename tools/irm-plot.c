/* irm-plot - draw a table.  Manual: irm-plot.1 */
#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/text.h"
#include "plots/chart.h"
#include "plots/fonts.h"
#include "table/table.h"
#include "tools/apart.h"
#include "tools/cli.h"
#include "tools/plot_deck.h"

struct options {
	struct cli_common common;
	struct irm_chart_request request;
	struct plot_deck deck;
	const char *preset, *theme;
	bool outline_text;
	struct irm_theme chosen;
	size_t shortened; /* texts */
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
	{ CLI_TEXT, 0, "preset", "NAME", OWN(preset),
	  "slide, print, print-wide, web or square (web)" },
	{ CLI_TEXT, 0, "theme", "NAME", OWN(theme),
	  "light or dark (light; web SVG: as the screen is)" },
	{ CLI_TEXT, 0, "lang", "LANGUAGE", OWN(deck.lang), "en, fr, es, ru, zh or ar (en)" },
	{ CLI_TEXT, 0, "digits", "NAME", OWN(deck.digits),
	  "western or, in Arabic, arabic (western)" },
	{ CLI_FLAG, 0, "percent", NULL, OWN(request.percent), "stacked: the shares of each bar" },
	{ CLI_FLAG, 0, "rising", NULL, OWN(request.rising),
	  "steps: the share done, not the share still open" },
	{ CLI_NUMBER, 0, "limit", "DAYS", OWN(request.limit), "mark a time limit" },
	{ CLI_NUMBER, 0, "page", "N", OWN(request.page), "timeline: this page only" },
	{ CLI_FLAG, 0, "no-limits", NULL, OWN(request.columns.no_limits),
	  "leave out confidence limits" },
	{ CLI_FLAG, 0, "fictional", NULL, OWN(request.fictional),
	  "say on the chart that its States are fictional" },
	{ CLI_TEXT, 0, "deck", "PLAN", OWN(deck.plan),
	  "draw the charts of a plan: into one PDF, or into a folder" },
	{ CLI_TEXT, 0, "pictures", "FORMAT[,...]", OWN(deck.pictures),
	  "of a deck in a folder: svg, png, pdf (svg)" },
	{ CLI_FLAG, 0, "outline-text", NULL, OWN(outline_text),
	  "SVG: letters as outlines, the same where the fonts are not there" },
	{ CLI_FLAG, 0, "alt", NULL, OWN(deck.alt), "write what the chart shows in words instead" },
	{ CLI_FLAG, 0, "boxes", NULL, OWN(deck.boxes),
	  "write a table of the chart's texts and their places instead" },
	{ .kind = CLI_END },
};

static const struct cli_tool tool = {
	.name = "irm-plot",
	.summary = "draw a table as a chart",
	.operands = "KIND [OPTION]... [FILE]",
	.groups = CLI_OUTPUT,
	.own = own_options,
	.example = "  irm-rates --by region | irm-plot bars --preset slide -o rates.svg\n"
	           "  irm-plot --deck plan.csv --preset slide -o deck.pdf",
};

static enum irm_code check_operands(const struct options *opts, struct irm_err *err)
{
	const struct cli_common *common = &opts->common;
	if (opts->deck.alt && opts->deck.boxes)
		return irm_err_set(err, IRM_USAGE, "--alt and --boxes exclude each other");
	if (opts->deck.plan && common->n_operands)
		return irm_err_set(err, IRM_USAGE,
		                   "--deck: the plan names kinds and tables, found '%s' too",
		                   common->operands[0]);
	if (opts->deck.plan)
		return IRM_OK;
	if (opts->deck.pictures)
		return irm_err_set(err, IRM_USAGE, "--pictures is for a --deck");
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

static void note_shortened(const struct cli_common *common, size_t shortened)
{
	if (shortened)
		cli_note(&tool, common, "%zu text%s shortened to fit", shortened,
		         shortened == 1 ? " is" : "s are");
}

static enum irm_code write_alt(struct options *opts, struct irm_canvas *canvas,
                               const struct irm_table *table, struct irm_err *err)
{
	char text[IRM_DESCRIPTION_SIZE];
	if (irm_chart_describe(text, canvas, opts->common.operands[0], &opts->request, table, err))
		return err->code;
	FILE *out = irm_output_stream(opts->common.file);
	irm_text_show(out, text);
	fputc('\n', out);
	return IRM_OK;
}

static enum irm_code write_boxes(struct options *opts, struct irm_canvas *canvas,
                                 const struct irm_table *table, struct irm_err *err)
{
	struct cli_common *common = &opts->common;
	if (irm_chart_draw(canvas, NULL, IRM_CANVAS_NONE, common->operands[0], &opts->request,
	                   table, err) ||
	    cli_writer(common, err))
		return err->code;
	irm_writer_columns(common->writer, PLOT_BOXES);
	plot_boxes(common->writer, canvas, NULL, NULL);
	return irm_writer_finish(common->writer, err);
}

static enum irm_code draw(struct options *opts, struct irm_canvas *canvas,
                          const struct irm_table *table, struct irm_err *err)
{
	enum irm_canvas_format format;
	if (opts->deck.boxes)
		return write_boxes(opts, canvas, table, err);
	if (opts->deck.alt)
		return write_alt(opts, canvas, table, err);
	if (irm_canvas_format_of(&format, opts->common.output, err) ||
	    irm_chart_draw(canvas, irm_output_stream(opts->common.file), format,
	                   opts->common.operands[0], &opts->request, table, err))
		return err->code;
	opts->shortened = irm_canvas_shortened(canvas);
	return IRM_OK;
}

static enum irm_code draw_table(struct options *opts, struct irm_canvas *canvas,
                                struct irm_err *err)
{
	const struct cli_common *common = &opts->common;
	struct irm_table *table = NULL;
	if (irm_table_read(&table, common->n_operands > 1 ? common->operands[1] : "-", err))
		return err->code;
	enum irm_code code = draw(opts, canvas, table, err);
	irm_table_free(table);
	return code;
}

/* One chart, of the table that is named or of standard input. */
static enum irm_code draw_one(void *context, struct irm_err *err)
{
	struct options *opts = context;
	struct plot_names names = { .n = 0 };
	struct irm_canvas *canvas = NULL;
	(void)irm_fonts_pin(); /* else as fontconfig is set up */
	enum irm_code code =
	        irm_theme_speak(&opts->chosen, opts->deck.lang, opts->deck.digits, err);
	if (!code)
		code = irm_canvas_new(&canvas, &opts->chosen, err);
	if (!code)
		code = plot_names_open(&names, opts->common.source, &opts->deck.lang, 1,
		                       &opts->request, err);
	if (!code)
		code = draw_table(opts, canvas, err);
	irm_canvas_free(canvas);
	plot_names_release(&names);
	irm_writer_free(opts->common.writer);
	return code ? code : irm_output_flush(opts->common.file, err);
}

/* Draws in another process: pango and cairo crash, or end the program, where memory ends. */
static enum irm_code draw_apart(struct options *opts, struct irm_err *err)
{
	enum irm_canvas_format format;
	bool picture = !opts->deck.boxes && !opts->deck.alt;
	enum irm_code code;
	if (opts->deck.plan)
		code = plot_deck(&opts->common, &opts->deck, &opts->chosen, &opts->request,
		                 &opts->shortened, err);
	else if ((picture && irm_canvas_format_of(&format, opts->common.output, err)) ||
	         cli_output(&opts->common, err))
		code = err->code;
	else
		code = apart_run(draw_one, opts, &opts->shortened, sizeof opts->shortened, err);
	if (!code)
		note_shortened(&opts->common, opts->shortened);
	return code;
}

int main(int argc, char **argv)
{
	struct options opts = { .common = CLI_COMMON_INIT, .request = { .limit = (double)NAN } };
	struct irm_err err = { .code = IRM_OK };
	if (!cli_parse(&tool, argc, argv, &opts, &err) && !check_operands(&opts, &err) &&
	    !irm_theme_find(&opts.chosen, opts.preset, opts.theme, &err)) {
		opts.chosen.outline = opts.outline_text;
		(void)draw_apart(&opts, &err);
	}
	return cli_finish(&tool, &opts.common, &err);
}
