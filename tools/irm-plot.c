/* irm-plot - draw a table.  Manual: irm-plot.1 */
#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/folder.h"
#include "base/text.h"
#include "plots/chart.h"
#include "plots/deck.h"
#include "review/names.h"
#include "table/table.h"
#include "tools/cli.h"
#include "tools/interrupt.h"

struct options {
	struct cli_common common;
	struct irm_chart_request request;
	const char *preset, *theme, *deck, *pictures;
	bool boxes, alt, outline_text;
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
	{ CLI_FLAG, 0, "percent", NULL, OWN(request.percent), "stacked: the shares of each bar" },
	{ CLI_FLAG, 0, "rising", NULL, OWN(request.rising),
	  "steps: the share done, not the share still open" },
	{ CLI_NUMBER, 0, "limit", "DAYS", OWN(request.limit), "mark a time limit" },
	{ CLI_NUMBER, 0, "page", "N", OWN(request.page), "timeline: this page only" },
	{ CLI_FLAG, 0, "no-limits", NULL, OWN(request.columns.no_limits),
	  "leave out confidence limits" },
	{ CLI_FLAG, 0, "fictional", NULL, OWN(request.fictional),
	  "say on the chart that its States are fictional" },
	{ CLI_TEXT, 0, "deck", "PLAN", OWN(deck),
	  "draw the charts of a plan: into one PDF, or into a folder" },
	{ CLI_TEXT, 0, "pictures", "FORMAT[,...]", OWN(pictures),
	  "of a deck in a folder: svg, png, pdf (svg)" },
	{ CLI_FLAG, 0, "outline-text", NULL, OWN(outline_text),
	  "SVG: letters as outlines, the same where the fonts are not there" },
	{ CLI_FLAG, 0, "alt", NULL, OWN(alt), "write what the chart shows in words instead" },
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
	.example = "  irm-rates --by region | irm-plot bars --preset slide -o rates.svg\n"
	           "  irm-plot --deck plan.csv --preset slide -o deck.pdf",
};

static enum irm_code check_operands(const struct options *opts, struct irm_err *err)
{
	const struct cli_common *common = &opts->common;
	if (opts->alt && opts->boxes)
		return irm_err_set(err, IRM_USAGE, "--alt and --boxes exclude each other");
	if (opts->deck && opts->alt)
		return irm_err_set(err, IRM_USAGE, "--alt is for one chart, not for a --deck");
	if (opts->deck && common->n_operands)
		return irm_err_set(err, IRM_USAGE,
		                   "--deck: the plan names kinds and tables, found '%s' too",
		                   common->operands[0]);
	if (opts->deck)
		return IRM_OK;
	if (opts->pictures)
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

static void write_box(struct irm_writer *writer, const struct irm_text_box *box)
{
	irm_writer_text(writer, box->text);
	irm_writer_number(writer, box->box.x);
	irm_writer_number(writer, box->box.y);
	irm_writer_number(writer, box->box.w);
	irm_writer_number(writer, box->box.h);
	irm_writer_text(writer, box->role);
	irm_writer_number(writer, box->size);
	irm_writer_text(writer, box->shortened ? "yes" : "no");
	irm_writer_row(writer);
}

/* The page and its texts; `chart` is the first column of a deck's, NULL for one chart. */
static void write_boxes(struct irm_writer *writer, const struct irm_canvas *canvas,
                        const char *chart)
{
	const struct irm_text_box *box;
	size_t n = irm_canvas_boxes(canvas, &box);
	const struct irm_text_box page = {
		.text = "", .role = "page", .box = irm_canvas_page(canvas), .size = (double)NAN
	};
	for (size_t i = 0; i <= n; i++) {
		if (chart)
			irm_writer_text(writer, chart);
		write_box(writer, i ? &box[i - 1] : &page);
	}
}

static const char box_columns[] = "text,x,y,w,h,role,size,shortened";

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
	if (irm_chart_describe(text, canvas, opts->common.operands[0], &opts->request, table,
	                       err) ||
	    cli_output(&opts->common, err))
		return err->code;
	FILE *out = irm_output_stream(opts->common.file);
	irm_text_show(out, text);
	fputc('\n', out);
	return IRM_OK;
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
		irm_writer_columns(common->writer, box_columns);
		write_boxes(common->writer, canvas, NULL);
		return IRM_OK;
	}
	if (opts->alt)
		return write_alt(opts, canvas, table, err);
	if (irm_canvas_format_of(&format, common->output, err) || cli_output(common, err) ||
	    irm_chart_draw(canvas, irm_output_stream(common->file), format, kind, &opts->request,
	                   table, err))
		return err->code;
	note_shortened(common, irm_canvas_shortened(canvas));
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

static enum irm_code deck_boxes(struct options *opts, const struct irm_deck *deck,
                                struct irm_canvas *canvas, struct irm_err *err)
{
	if (cli_writer(&opts->common, err))
		return err->code;
	irm_writer_columns(opts->common.writer, "chart");
	irm_writer_columns(opts->common.writer, box_columns);
	for (size_t i = 0; i < irm_deck_charts(deck); i++) {
		if (irm_deck_draw(deck, i, canvas, NULL, IRM_CANVAS_NONE, err))
			return err->code;
		write_boxes(opts->common.writer, canvas, irm_deck_name(deck, i));
	}
	return IRM_OK;
}

/* All charts into one PDF. */
static enum irm_code deck_book(struct options *opts, const struct irm_deck *deck,
                               struct irm_canvas *canvas, struct irm_err *err)
{
	if (cli_output(&opts->common, err))
		return err->code;
	size_t shortened = 0;
	irm_canvas_book(canvas, irm_output_stream(opts->common.file), opts->request.title);
	for (size_t i = 0; i < irm_deck_charts(deck); i++) {
		if (irm_deck_draw(deck, i, canvas, NULL, IRM_CANVAS_PDF, err))
			return err->code;
		shortened += irm_canvas_shortened(canvas);
	}
	if (irm_canvas_book_end(canvas, err))
		return err->code;
	note_shortened(&opts->common, shortened);
	return IRM_OK;
}

/* Formats as a picture's name ends; in the order of enum irm_canvas_format. */
static const char *const endings[] = { "svg", "pdf", "png" };
enum { N_ENDINGS = sizeof endings / sizeof endings[0] };

/* Reads --pictures: wanted[f] for each ending. */
static enum irm_code read_pictures(bool wanted[N_ENDINGS], const char *list, struct irm_err *err)
{
	for (const char *at = list ? list : "svg"; at; at = strchr(at, ',')) {
		at += *at == ',';
		size_t length = strcspn(at, ",");
		size_t f = 0;
		while (f < N_ENDINGS &&
		       (strlen(endings[f]) != length || strncmp(at, endings[f], length) != 0))
			f++;
		if (f == N_ENDINGS)
			return irm_err_set(err, IRM_USAGE,
			                   "--pictures: expected svg, png or pdf, found '%.*s'",
			                   (int)length, at);
		wanted[f] = true;
	}
	return IRM_OK;
}

static enum irm_code draw_picture(const struct irm_deck *deck, size_t i, struct irm_canvas *canvas,
                                  struct irm_folder *folder, size_t format, struct irm_err *err)
{
	char name[256];
	FILE *file = NULL;
	snprintf(name, sizeof name, "%.200s.%s", irm_deck_name(deck, i), endings[format]);
	if (irm_folder_create(&file, folder, name, err))
		return err->code;
	if (irm_deck_draw(deck, i, canvas, file, (enum irm_canvas_format)format, err)) {
		fclose(file);
		return err->code;
	}
	return irm_folder_close(file, folder, err);
}

static enum irm_code fill_folder(struct options *opts, const struct irm_deck *deck,
                                 struct irm_canvas *canvas, struct irm_folder *folder,
                                 struct irm_err *err)
{
	bool wanted[N_ENDINGS] = { false };
	size_t shortened = 0;
	if (read_pictures(wanted, opts->pictures, err))
		return err->code;
	for (size_t i = 0; i < irm_deck_charts(deck); i++) {
		for (size_t f = 0; f < N_ENDINGS; f++)
			if (wanted[f] && draw_picture(deck, i, canvas, folder, f, err))
				return err->code;
		shortened += irm_canvas_shortened(canvas);
	}
	if (irm_folder_commit(folder, err))
		return err->code;
	note_shortened(&opts->common, shortened);
	return IRM_OK;
}

static void discard_folder(void *folder)
{
	irm_folder_discard(folder);
}

/* Each chart a file of a new folder. */
static enum irm_code deck_folder(struct options *opts, const struct irm_deck *deck,
                                 struct irm_canvas *canvas, struct irm_err *err)
{
	struct irm_folder *folder = NULL;
	interrupt_hold();
	enum irm_code code = irm_folder_open(&folder, opts->common.output, err);
	interrupt_undo(code ? NULL : discard_folder, folder);
	if (!code)
		code = fill_folder(opts, deck, canvas, folder, err);
	interrupt_hold();
	irm_folder_free(folder);
	interrupt_undo(NULL, NULL);
	return code;
}

/* Whether a deck's output is one PDF, as on standard output, or else a folder. */
static enum irm_code is_book(bool *out, const struct options *opts, struct irm_err *err)
{
	struct irm_err ignored;
	enum irm_canvas_format format = IRM_CANVAS_PDF;
	const char *path = opts->common.output;
	bool folder =
	        path && strcmp(path, "-") != 0 && irm_canvas_format_of(&format, path, &ignored);
	*out = !folder;
	if (!folder && path && strcmp(path, "-") != 0 && format != IRM_CANVAS_PDF)
		return irm_err_set(err, IRM_USAGE, "a deck is one .pdf or a folder, not '%s'",
		                   path);
	if (*out && opts->pictures)
		return irm_err_set(err, IRM_USAGE, "--pictures is for a folder, not for one PDF");
	return IRM_OK;
}

static enum irm_code draw_deck(struct options *opts, struct irm_canvas *canvas, struct irm_err *err)
{
	struct irm_deck *deck = NULL;
	bool book = true;
	struct irm_chart_request common = opts->request;
	common.title = NULL; /* the deck's */
	if ((!opts->boxes && is_book(&book, opts, err)) ||
	    irm_deck_read(&deck, opts->deck, &common, err))
		return err->code;
	enum irm_code code = opts->boxes ? deck_boxes(opts, deck, canvas, err)
	                     : book      ? deck_book(opts, deck, canvas, err)
	                                 : deck_folder(opts, deck, canvas, err);
	irm_deck_free(deck);
	return code;
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
	if (irm_names_of_open(names, opts->common.source, NULL, err))
		return err->code;
	opts->request.name_of = find_name;
	opts->request.context = *names;
	opts->request.fictional |= irm_names_of_find(*names, "state", "XAA") != NULL;
	return IRM_OK;
}

static enum irm_code open_canvas(struct irm_canvas **canvas, const struct options *opts,
                                 struct irm_err *err)
{
	struct irm_theme theme;
	if (irm_theme_find(&theme, opts->preset, opts->theme, err) ||
	    irm_canvas_new(canvas, &theme, err))
		return err->code;
	irm_canvas_outline_text(*canvas, opts->outline_text);
	return IRM_OK;
}

int main(int argc, char **argv)
{
	struct options opts = { .common = CLI_COMMON_INIT, .request = { .limit = (double)NAN } };
	struct irm_names_of *names = NULL;
	struct irm_canvas *canvas = NULL;
	struct irm_err err = { .code = IRM_OK };
	if (cli_parse(&tool, argc, argv, &opts, &err) || check_operands(&opts, &err) ||
	    open_canvas(&canvas, &opts, &err) || open_names(&names, &opts, &err) ||
	    (opts.deck ? draw_deck(&opts, canvas, &err) : draw_table(&opts, canvas, &err)))
		goto done;
done:
	irm_canvas_free(canvas);
	irm_names_of_free(names);
	return cli_finish(&tool, &opts.common, &err);
}
