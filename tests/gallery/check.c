/* What must hold on every chart of a plan: no two texts overlap, none leaves the page, and each can
 * be read on what it stands on.
 *
 *	check PLAN boxes|pixels [PRESET]...
 *	check PLAN sound FOLDER|- [PRESET]...
 *
 * boxes: places only, in each language, with the names of the package that NAMES (environment)
 * names; and that no word is broken. pixels: contrast too, as it is drawn: the strongest pixel of a
 *text against the colour that most pixels around it have is at least 4.5:1 (WCAG 2.2, 1.4.3), in
 *each scheme. sound: for tables nobody would make on purpose, which may be refused too, in a line
 *that says why; each chart in one preset, the next in the next, as SVG in FOLDER.
 *
 * All presets unless some are named. Says what is wrong; ends with "gallery: N passed, N failed".
 */
#include <cairo.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plots/deck.h"
#include "plots/words.h"
#include "review/names.h"

/* Half a unit is the width of a hair. */
static const double touch = 0.5;

enum { SAMPLES = 20000 };

struct gallery {
	struct irm_deck *deck;
	struct irm_canvas *canvas;
	const char *preset, *scheme, *lang;
	const char *folder; /* for SVG; NULL: drawn nowhere */
	bool sound;         /* tables that nobody would make */
	int passed, failed;
};

static void say(const struct gallery *gallery, size_t i, const struct irm_text_box *box,
                const char *what)
{
	printf("%s %s %s %s: %s '%.60s' %s\n", irm_deck_name(gallery->deck, i), gallery->preset,
	       gallery->scheme, gallery->lang, box->role, box->text, what);
}

static bool over(const struct irm_box *a, const struct irm_box *b)
{
	return a->x + touch < b->x + b->w && b->x + touch < a->x + a->w &&
	       a->y + touch < b->y + b->h && b->y + touch < a->y + a->h;
}

static bool leaves(const struct irm_box *box, const struct irm_box *page)
{
	return !(box->x >= -touch && box->y >= -touch && box->x + box->w <= page->w + touch &&
	         box->y + box->h <= page->h + touch);
}

static bool check_places(const struct gallery *gallery, size_t i)
{
	const struct irm_text_box *box;
	size_t n = irm_canvas_boxes(gallery->canvas, &box);
	struct irm_box page = irm_canvas_page(gallery->canvas);
	bool good = n > 0 && (gallery->sound || !irm_canvas_broken(gallery->canvas));
	if (!good)
		printf("%s %s %s: words are broken\n", irm_deck_name(gallery->deck, i),
		       gallery->preset, gallery->lang);
	for (size_t a = 0; a < n; a++) {
		if (leaves(&box[a].box, &page)) {
			say(gallery, i, &box[a], "leaves the page");
			good = false;
		}
		for (size_t b = 0; b < a; b++)
			if (over(&box[a].box, &box[b].box)) {
				say(gallery, i, &box[a], "stands over another");
				good = false;
			}
	}
	return good;
}

static int by_colour(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a;
	uint32_t y = *(const uint32_t *)b;
	return x < y ? -1 : x > y;
}

static struct irm_rgb rgb(uint32_t pixel)
{
	return (struct irm_rgb){ .r = (double)(pixel >> 16 & 255) / 255,
		                 .g = (double)(pixel >> 8 & 255) / 255,
		                 .b = (double)(pixel & 255) / 255 };
}

/* The pixels of a box, a part of them where there are many; returns how many. */
static size_t take(uint32_t out[SAMPLES], cairo_surface_t *picture, struct irm_box box,
                   double pixels)
{
	const unsigned char *data = cairo_image_surface_get_data(picture);
	int stride = cairo_image_surface_get_stride(picture);
	int left = (int)fmax(0, floor(box.x * pixels));
	int top = (int)fmax(0, floor(box.y * pixels));
	int right =
	        (int)fmin(cairo_image_surface_get_width(picture), ceil((box.x + box.w) * pixels));
	int bottom =
	        (int)fmin(cairo_image_surface_get_height(picture), ceil((box.y + box.h) * pixels));
	size_t n = 0;
	size_t all =
	        right > left && bottom > top ? (size_t)(right - left) * (size_t)(bottom - top) : 0;
	size_t step = 1 + all / SAMPLES;
	for (size_t at = 0; at < all && n < SAMPLES; at += step) {
		int x = left + (int)(at % (size_t)(right - left));
		int y = top + (int)(at / (size_t)(right - left));
		memcpy(&out[n], data + (size_t)y * (size_t)stride + (size_t)x * 4, 4);
		out[n++] &= 0xffffff;
	}
	return n;
}

/* The best contrast of any pixel of a box to the one that is most frequent. */
static double contrast(cairo_surface_t *picture, struct irm_box box, double pixels)
{
	static uint32_t pixel[SAMPLES];
	size_t n = take(pixel, picture, box, pixels);
	size_t most = 0;
	uint32_t ground = 0;
	double best = 1;
	qsort(pixel, n, sizeof *pixel, by_colour);
	for (size_t i = 0, k; i < n; i = k) {
		for (k = i; k < n && pixel[k] == pixel[i]; k++)
			;
		if (k - i > most) {
			most = k - i;
			ground = pixel[i];
		}
	}
	for (size_t i = 0; i < n; i++)
		if (!i || pixel[i] != pixel[i - 1])
			best = fmax(best, irm_rgb_contrast(rgb(pixel[i]), rgb(ground)));
	return best;
}

static bool check_pixels(const struct gallery *gallery, size_t i, cairo_surface_t *picture)
{
	const struct irm_text_box *box;
	size_t n = irm_canvas_boxes(gallery->canvas, &box);
	bool good = cairo_surface_status(picture) == CAIRO_STATUS_SUCCESS;
	for (size_t k = 0; k < n && good; k++) {
		double c = contrast(picture, box[k].box, irm_canvas_theme(gallery->canvas)->pixels);
		if (c >= 4.5)
			continue;
		char what[64];
		snprintf(what, sizeof what, "has a contrast of %.1f", c);
		say(gallery, i, &box[k], what);
		good = false;
	}
	return good;
}

static cairo_status_t read_bytes(void *file, unsigned char *data, unsigned int length)
{
	return fread(data, 1, length, file) == length ? CAIRO_STATUS_SUCCESS
	                                              : CAIRO_STATUS_READ_ERROR;
}

/* A page that cannot grow holds so much and no more, and the hint says which pages do grow. */
static bool is_refused(const struct gallery *gallery, const struct irm_err *err)
{
	return !irm_canvas_theme(gallery->canvas)->grows &&
	       strstr(err->message, "do not fit on the page") && strstr(err->hint, "--preset web");
}

/* Draws one chart, and says whether all is well with it. */
static bool check_chart(const struct gallery *gallery, size_t i, bool pixels)
{
	struct irm_err err = { .code = IRM_OK };
	FILE *file = tmpfile();
	bool good = file && !irm_deck_draw(gallery->deck, i, gallery->canvas, file,
	                                   pixels ? IRM_CANVAS_PNG : IRM_CANVAS_NONE, &err);
	bool refused = file && !good && is_refused(gallery, &err);
	if (!good)
		printf("%s %s %s %s: %s\n", irm_deck_name(gallery->deck, i), gallery->preset,
		       gallery->scheme, gallery->lang, err.message);
	else
		good = check_places(gallery, i);
	if (good && pixels) {
		rewind(file);
		cairo_surface_t *picture =
		        cairo_image_surface_create_from_png_stream(read_bytes, file);
		good = check_pixels(gallery, i, picture);
		cairo_surface_destroy(picture);
	}
	if (file)
		fclose(file);
	return good || refused;
}

static bool set_theme(struct gallery *gallery, const char *preset, const char *scheme,
                      const char *lang)
{
	struct irm_theme theme;
	struct irm_err err;
	gallery->preset = preset;
	gallery->scheme = scheme;
	gallery->lang = lang;
	irm_canvas_free(gallery->canvas);
	gallery->canvas = NULL;
	if (!irm_theme_find(&theme, preset, scheme, &err) &&
	    !irm_theme_speak(&theme, lang, NULL, &err) &&
	    !irm_canvas_new(&gallery->canvas, &theme, &err))
		return true;
	printf("%s\n", err.message);
	return false;
}

static void count(struct gallery *gallery, bool good)
{
	if (good)
		gallery->passed++;
	else
		gallery->failed++;
}

static void check_all(struct gallery *gallery, const char *preset, const char *scheme,
                      const char *lang, bool pixels)
{
	if (!set_theme(gallery, preset, scheme, lang)) {
		count(gallery, false);
		return;
	}
	for (size_t i = 0; i < irm_deck_charts(gallery->deck); i++)
		count(gallery, check_chart(gallery, i, pixels));
}

/* Colours are the same in every language, and places in every scheme. */
static void check_pictures(struct gallery *gallery, const char *const presets[], size_t n)
{
	for (size_t p = 0; p < n; p++)
		for (size_t s = 0; irm_theme_scheme(s); s++)
			check_all(gallery, presets[p], irm_theme_scheme(s), "en", true);
}

static const char *find_name(void *names, const char *column, const char *code)
{
	return names ? irm_names_of_find(names, column, code) : NULL;
}

static void check_languages(struct gallery *gallery, const char *const presets[], size_t n)
{
	const char *source = getenv("NAMES");
	for (size_t l = 0; irm_words_language(l); l++) {
		const char *lang = irm_words_language(l);
		struct irm_names_of *names = NULL;
		struct irm_err err;
		if (source && irm_names_of_open(&names, source, lang, &err)) {
			printf("%s: %s\n", source, err.message);
			count(gallery, false);
			continue;
		}
		irm_deck_speak(gallery->deck, lang, names);
		for (size_t p = 0; p < n; p++)
			check_all(gallery, presets[p], "light", lang, false);
		irm_names_of_free(names);
	}
}

/* Draws a chart of any table: it is sound, or refused for a reason. */
static bool is_sound(const struct gallery *gallery, size_t i)
{
	struct irm_err err = { .code = IRM_OK };
	char path[512];
	FILE *file = NULL;
	snprintf(path, sizeof path, "%.300s/%.200s.svg", gallery->folder ? gallery->folder : "",
	         irm_deck_name(gallery->deck, i));
	if (gallery->folder && !(file = fopen(path, "w"))) {
		printf("%s cannot be written\n", path);
		return false;
	}
	enum irm_code code = irm_deck_draw(gallery->deck, i, gallery->canvas, file,
	                                   file ? IRM_CANVAS_SVG : IRM_CANVAS_NONE, &err);
	if (file)
		fclose(file);
	if (code && file)
		remove(path);
	if (!code)
		return check_places(gallery, i);
	bool good = (code == IRM_USAGE || code == IRM_INPUT) && err.message[0];
	if (!good)
		printf("%s %s: %s\n", irm_deck_name(gallery->deck, i), gallery->preset,
		       err.message);
	return good;
}

static void check_sound(struct gallery *gallery, const char *const presets[], size_t n)
{
	for (size_t p = 0; p < n; p++) {
		if (!set_theme(gallery, presets[p], "light", "en")) {
			count(gallery, false);
			continue;
		}
		for (size_t i = p; i < irm_deck_charts(gallery->deck); i += n)
			count(gallery, is_sound(gallery, i));
	}
}

/* The presets that are named, or all. */
static size_t choose(const char *out[], size_t most, char *const names[], int n)
{
	size_t presets = 0;
	for (int i = 0; i < n && presets < most; i++)
		out[presets++] = names[i];
	while (!n && presets < most && irm_theme_preset(presets)) {
		out[presets] = irm_theme_preset(presets);
		presets++;
	}
	return presets;
}

int main(int argc, char **argv)
{
	enum { MOST = 16 };
	struct irm_deck *deck = NULL;
	struct irm_err err;
	const char *presets[MOST];
	const char *mode = argc > 2 ? argv[2] : "";
	bool sound = !strcmp(mode, "sound");
	bool pixels = !strcmp(mode, "pixels");
	const struct irm_chart_request common = { .limit = (double)NAN,
		                                  .fictional = !sound,
		                                  .name_of = find_name,
		                                  .note = sound ? NULL : "A note of some words" };
	if ((!sound && !pixels && strcmp(mode, "boxes") != 0) || argc < 3 + sound) {
		fputs("usage: check PLAN boxes|pixels [PRESET]...\n"
		      "       check PLAN sound FOLDER|- [PRESET]...\n",
		      stderr);
		return 2;
	}
	if (irm_deck_read(&deck, argv[1], &common, &err)) {
		fprintf(stderr, "check: %s:%ld: %s\n", err.file, err.line, err.message);
		return 3;
	}
	struct gallery gallery = { .deck = deck, .sound = sound };
	size_t n = choose(presets, MOST, argv + 3 + sound, argc - 3 - sound);
	if (sound && strcmp(argv[3], "-") != 0)
		gallery.folder = argv[3];
	if (sound)
		check_sound(&gallery, presets, n);
	else if (pixels)
		check_pictures(&gallery, presets, n);
	else
		check_languages(&gallery, presets, n);
	irm_canvas_free(gallery.canvas);
	irm_deck_free(deck);
	printf("gallery: %d passed, %d failed\n", gallery.passed, gallery.failed);
	return gallery.failed || !gallery.passed;
}
