/* PNG by libpng: cairo's own writer compresses at zlib's best, which takes longer than drawing. */
#include <errno.h>
#include <math.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

#include <png.h>

#include "plots/canvas_impl.h"

static void write_bytes(png_structp png, png_bytep bytes, size_t length)
{
	if (!irm_canvas_write(png_get_io_ptr(png), bytes, length))
		png_error(png, "write");
}

static void flush_bytes(png_structp png)
{
	(void)png;
}

/* libpng comes here once; what failed is kept in the canvas. */
static void fail(png_structp png, png_const_charp message)
{
	struct irm_canvas *canvas = png_get_error_ptr(png);
	(void)message;
	if (!canvas->saved_errno)
		canvas->no_memory = true;
	png_longjmp(png, 1);
}

static void ignore(png_structp png, png_const_charp message)
{
	(void)png;
	(void)message;
}

/* Text is Latin-1 in tEXt, and UTF-8 in iTXt. */
static bool is_ascii(const char *text)
{
	while (*text && !(*text & 0x80))
		text++;
	return !*text;
}

static void set_text(png_structp png, png_infop info, const char *key, const char *text,
                     const char *lang)
{
	char clean[IRM_TEXT_MAX];
	char name[16];
	char language[16];
	if (!text || !*text)
		return;
	irm_canvas_clean(clean, text);
	snprintf(name, sizeof name, "%s", key);
	snprintf(language, sizeof language, "%s", lang);
	bool ascii = is_ascii(clean) && !strcmp(lang, "en");
	png_text chunk = { .compression =
		                   ascii ? PNG_TEXT_COMPRESSION_NONE : PNG_ITXT_COMPRESSION_NONE,
		           .key = name,
		           .text = clean,
		           .lang = language };
	png_set_text(png, info, &chunk, 1);
}

static void set_info(png_structp png, png_infop info, const struct irm_canvas *canvas)
{
	const struct irm_theme *theme = &canvas->theme;
	png_uint_32 dots = (png_uint_32)lround(theme->pixels / theme->points * 72 / 0.0254);
	cairo_surface_t *surface = canvas->surface;
	png_set_IHDR(png, info, (png_uint_32)cairo_image_surface_get_width(surface),
	             (png_uint_32)cairo_image_surface_get_height(surface), 8, PNG_COLOR_TYPE_RGB,
	             PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
	png_set_sRGB(png, info, PNG_sRGB_INTENT_RELATIVE);
	png_set_pHYs(png, info, dots, dots, PNG_RESOLUTION_METER);
	set_text(png, info, "Title", canvas->about.title, theme->lang);
	set_text(png, info, "Description", canvas->about.description, theme->lang);
	/* a chart is flat areas: unfiltered it takes the least time, and less room than filtered */
	png_set_filter(png, PNG_FILTER_TYPE_BASE, PNG_FILTER_NONE);
	png_set_compression_level(png, 2);
	png_set_compression_buffer_size(png, 1 << 16);
}

/* From cairo's pixels, a native 0x00RRGGBB each, to the bytes of a row. */
static void pack(unsigned char *row, const unsigned char *pixels, int width)
{
	for (int x = 0; x < width; x++, row += 3) {
		uint32_t pixel;
		memcpy(&pixel, pixels + (size_t)x * sizeof pixel, sizeof pixel);
		row[0] = (unsigned char)(pixel >> 16 & 255);
		row[1] = (unsigned char)(pixel >> 8 & 255);
		row[2] = (unsigned char)(pixel & 255);
	}
}

/* In a function of its own: nothing that longjmp() may spoil is used after it. */
static void write_image(png_structp png, png_infop info, const struct irm_canvas *canvas,
                        unsigned char *row)
{
	if (setjmp(png_jmpbuf(png)))
		return;
	const unsigned char *pixels = cairo_image_surface_get_data(canvas->surface);
	int width = cairo_image_surface_get_width(canvas->surface);
	int height = cairo_image_surface_get_height(canvas->surface);
	size_t stride = (size_t)cairo_image_surface_get_stride(canvas->surface);
	set_info(png, info, canvas);
	png_write_info(png, info);
	for (int y = 0; y < height; y++) {
		pack(row, pixels + (size_t)y * stride, width);
		png_write_row(png, row);
	}
	png_write_end(png, NULL);
}

void irm_canvas_write_png(struct irm_canvas *canvas)
{
	cairo_surface_flush(canvas->surface);
	size_t width = (size_t)cairo_image_surface_get_width(canvas->surface);
	png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, canvas, fail, ignore);
	png_infop info = png ? png_create_info_struct(png) : NULL;
	unsigned char *row = malloc(width * 3 + 1);
	if (info && row) {
		png_set_write_fn(png, canvas, write_bytes, flush_bytes);
		write_image(png, info, canvas, row);
	} else {
		canvas->no_memory = true;
	}
	free(row);
	png_destroy_write_struct(&png, &info);
}
