#include "tools/plot_deck.h"

#include <math.h>
#include <string.h>

#include "base/folder.h"
#include "plots/deck.h"
#include "plots/fonts.h"
#include "tools/apart.h"
#include "tools/interrupt.h"

/* A deck while it is drawn. */
struct work {
	struct cli_common *common;
	const struct plot_deck *asked;
	const struct irm_theme *plain; /* of no language yet */
	struct irm_chart_request request;
	const char *title;
	bool book;
	struct irm_folder *folder; /* where it is neither a book nor a table */
	struct irm_deck *deck;
	struct irm_canvas *canvas;
	struct irm_theme theme[PLOT_LANGUAGES]; /* [names.n] */
	struct plot_names names;
	size_t languages;
	size_t shortened;
};

static const char *find_name(void *names, const char *column, const char *code)
{
	return names ? irm_names_of_find(names, column, code) : NULL;
}

enum irm_code plot_names_open(struct plot_names *names, const char *source,
                              const char *const lang[], size_t n, struct irm_chart_request *request,
                              struct irm_err *err)
{
	for (size_t i = 0; source && i < n; i++) {
		if (irm_names_of_open(&names->of[i], source, lang[i], err))
			return err->code;
		names->n++;
		request->fictional |= irm_names_of_find(names->of[i], "state", "XAA") != NULL;
	}
	request->name_of = find_name;
	request->context = names->of[0];
	return IRM_OK;
}

void plot_names_release(struct plot_names *names)
{
	for (size_t i = 0; i < names->n; i++)
		irm_names_of_free(names->of[i]);
	names->n = 0;
}

void plot_boxes(struct irm_writer *writer, const struct irm_canvas *canvas, const char *chart,
                const char *lang)
{
	const struct irm_text_box *boxes;
	size_t n = irm_canvas_boxes(canvas, &boxes);
	const struct irm_text_box page = {
		.text = "", .role = "page", .box = irm_canvas_page(canvas), .size = (double)NAN
	};
	for (size_t i = 0; i <= n; i++) {
		const struct irm_text_box *box = i ? &boxes[i - 1] : &page;
		if (chart)
			irm_writer_text(writer, chart);
		if (lang)
			irm_writer_text(writer, lang);
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
}

/* Takes the language of the canvas and of the plan for what is drawn next. */
static void speak(struct work *work, size_t language)
{
	irm_canvas_restyle(work->canvas, &work->theme[language]);
	irm_deck_speak(work->deck, work->theme[language].lang, work->names.of[language]);
}

/* Writes the rows of a chart, drawn nowhere, into the table that is wanted in place of pictures. */
static enum irm_code write_chart(struct work *work, size_t i, struct irm_err *err)
{
	struct irm_writer *writer = work->common->writer;
	const char *name = irm_deck_name(work->deck, i);
	const char *lang = irm_canvas_theme(work->canvas)->lang;
	char text[IRM_DESCRIPTION_SIZE];
	if (work->asked->alt) {
		if (irm_deck_describe(text, work->deck, i, work->canvas, err))
			return err->code;
		irm_writer_text(writer, name);
		irm_writer_text(writer, lang);
		irm_writer_text(writer, text);
		irm_writer_row(writer);
	} else {
		if (irm_deck_draw(work->deck, i, work->canvas, NULL, IRM_CANVAS_NONE, err))
			return err->code;
		plot_boxes(writer, work->canvas, name, lang);
	}
	return IRM_OK;
}

static enum irm_code write_table(struct work *work, struct irm_err *err)
{
	if (cli_writer(work->common, err))
		return err->code;
	irm_writer_columns(work->common->writer, "chart,lang");
	irm_writer_columns(work->common->writer, work->asked->alt ? "alt" : PLOT_BOXES);
	for (size_t l = 0; l < work->languages; l++) {
		speak(work, l);
		for (size_t i = 0; i < irm_deck_charts(work->deck); i++)
			if (write_chart(work, i, err))
				return err->code;
	}
	return irm_writer_finish(work->common->writer, err);
}

/* All charts into one PDF; several languages are chapters of it. */
static enum irm_code draw_book(struct work *work, struct irm_err *err)
{
	speak(work, 0);
	irm_canvas_book(work->canvas, irm_output_stream(work->common->file), work->title);
	for (size_t l = 0; l < work->languages; l++) {
		speak(work, l);
		if (work->languages > 1)
			irm_canvas_chapter(work->canvas, work->theme[l].words.name);
		for (size_t i = 0; i < irm_deck_charts(work->deck); i++) {
			if (irm_deck_draw(work->deck, i, work->canvas, NULL, IRM_CANVAS_PDF, err))
				return err->code;
			work->shortened += irm_canvas_shortened(work->canvas);
		}
	}
	return irm_canvas_book_end(work->canvas, err);
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

/* One file: NAME.svg, or NAME-fr.svg where there are several languages. */
static enum irm_code draw_picture(struct work *work, size_t i, size_t language,
                                  struct irm_folder *folder, size_t format, struct irm_err *err)
{
	char name[256];
	FILE *file = NULL;
	bool several = work->languages > 1;
	snprintf(name, sizeof name, "%.200s%s%s.%s", irm_deck_name(work->deck, i),
	         several ? "-" : "", several ? work->theme[language].lang : "", endings[format]);
	if (irm_folder_create(&file, folder, name, err))
		return err->code;
	if (irm_deck_draw(work->deck, i, work->canvas, file, (enum irm_canvas_format)format, err)) {
		(void)fclose(file); /* the chart failed before */
		return err->code;
	}
	return irm_folder_close(file, folder, err);
}

static enum irm_code fill_folder(struct work *work, struct irm_err *err)
{
	bool wanted[N_ENDINGS] = { false };
	if (read_pictures(wanted, work->asked->pictures, err))
		return err->code;
	for (size_t l = 0; l < work->languages; l++) {
		speak(work, l);
		for (size_t i = 0; i < irm_deck_charts(work->deck); i++) {
			for (size_t f = 0; f < N_ENDINGS; f++)
				if (wanted[f] && draw_picture(work, i, l, work->folder, f, err))
					return err->code;
			work->shortened += irm_canvas_shortened(work->canvas);
		}
	}
	return IRM_OK;
}

/* Whether the output is one PDF, as on standard output, or else a folder. */
static enum irm_code is_book(bool *out, const struct work *work, struct irm_err *err)
{
	struct irm_err ignored;
	enum irm_canvas_format format = IRM_CANVAS_PDF;
	const char *path = work->common->output;
	const char *slash = path ? strrchr(path, '/') : NULL;
	bool file = path && strcmp(path, "-") != 0;
	bool ending = file && strchr(slash ? slash : path, '.');
	*out = !file || (ending && !irm_canvas_format_of(&format, path, &ignored));
	if (file && *out && format != IRM_CANVAS_PDF)
		return irm_err_set(err, IRM_USAGE, "a deck is one .pdf or a folder, not '%s'",
		                   path);
	if (*out && work->asked->pictures)
		return irm_err_set(err, IRM_USAGE, "--pictures is for a folder, not for one PDF");
	return IRM_OK;
}

/* A theme in one more language; those that are named twice are drawn once. */
static enum irm_code add_language(struct work *work, const struct irm_theme *theme,
                                  const char *lang, const char *digits, struct irm_err *err)
{
	struct irm_theme next = *theme;
	if (irm_theme_speak(&next, lang, digits, err))
		return err->code;
	for (size_t l = 0; l < work->languages; l++)
		if (!strcmp(work->theme[l].lang, next.lang))
			return IRM_OK;
	if (work->languages < PLOT_LANGUAGES)
		work->theme[work->languages++] = next;
	return IRM_OK;
}

/* Reads --lang: one, several with commas between, or all. Of several, --digits is for Arabic. */
static enum irm_code read_languages(struct work *work, const struct irm_theme *theme,
                                    struct irm_err *err)
{
	const char *list = work->asked->lang;
	const char *digits = work->asked->digits;
	bool all = list && !strcmp(list, "all");
	if (!all && (!list || !strchr(list, ',')))
		return add_language(work, theme, list, digits, err);
	for (size_t i = 0; all && irm_words_language(i); i++) {
		const char *lang = irm_words_language(i);
		if (add_language(work, theme, lang, strcmp(lang, "ar") != 0 ? NULL : digits, err))
			return err->code;
	}
	for (const char *at = list; !all && at; at = strchr(at, ',')) {
		char lang[16];
		at += *at == ',';
		snprintf(lang, sizeof lang, "%.*s", (int)strcspn(at, ","), at);
		if (add_language(work, theme, lang, strcmp(lang, "ar") != 0 ? NULL : digits, err))
			return err->code;
	}
	return IRM_OK;
}

static enum irm_code prepare(struct work *work, struct irm_err *err)
{
	const char *lang[PLOT_LANGUAGES];
	(void)irm_fonts_pin(); /* else as fontconfig is set up */
	if (read_languages(work, work->plain, err) ||
	    irm_canvas_new(&work->canvas, &work->theme[0], err))
		return err->code;
	for (size_t l = 0; l < work->languages; l++)
		lang[l] = work->theme[l].lang;
	if (plot_names_open(&work->names, work->common->source, lang, work->languages,
	                    &work->request, err))
		return err->code;
	work->request.title = NULL; /* the deck's */
	return irm_deck_read(&work->deck, work->asked->plan, &work->request, err);
}

/* Draws all, in a process of its own. */
static enum irm_code draw_all(void *context, struct irm_err *err)
{
	struct work *work = context;
	enum irm_code code = prepare(work, err);
	if (!code)
		code = work->folder ? fill_folder(work, err)
		       : work->book ? draw_book(work, err)
		                    : write_table(work, err);
	irm_deck_free(work->deck);
	irm_canvas_free(work->canvas);
	plot_names_release(&work->names);
	irm_writer_free(work->common->writer);
	return code || work->folder ? code : irm_output_flush(work->common->file, err);
}

static enum irm_code draw_apart(struct work *work, struct irm_err *err)
{
	return apart_run(draw_all, work, &work->shortened, sizeof work->shortened, err);
}

static void discard_folder(void *folder)
{
	irm_folder_discard(folder);
}

/* Each chart a file of a new folder. */
static enum irm_code make_folder(struct work *work, struct irm_err *err)
{
	interrupt_hold();
	enum irm_code code = irm_folder_open(&work->folder, work->common->output, err);
	interrupt_undo(code ? NULL : discard_folder, work->folder);
	if (!code)
		code = draw_apart(work, err);
	if (!code)
		code = irm_folder_commit(work->folder, err);
	interrupt_hold();
	irm_folder_free(work->folder);
	interrupt_undo(NULL, NULL);
	return code;
}

enum irm_code plot_deck(struct cli_common *common, const struct plot_deck *asked,
                        const struct irm_theme *theme, const struct irm_chart_request *request,
                        size_t *shortened, struct irm_err *err)
{
	struct work work = { .common = common,
		             .asked = asked,
		             .plain = theme,
		             .request = *request,
		             .title = request->title };
	bool table = asked->boxes || asked->alt;
	if (!table && is_book(&work.book, &work, err))
		return err->code;
	enum irm_code code;
	if (!table && !work.book)
		code = make_folder(&work, err);
	else if (cli_output(common, err))
		code = err->code;
	else
		code = draw_apart(&work, err);
	*shortened = work.shortened;
	return code;
}
