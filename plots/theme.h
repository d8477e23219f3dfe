/* How charts look: sizes by preset, colours by theme. Plain data: a theme is copied, never freed.
 *
 * The series colours are told apart by people with any kind of colour vision and in grey print:
 * neighbours differ by CIEDE2000 >= 15 in each. Test: tests/unit/test_plot_theme.c */
#ifndef IRM_PLOTS_THEME_H
#define IRM_PLOTS_THEME_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "plots/words.h"

/* Components of sRGB, 0 to 1; and those that take their place on a dark screen, in files that
 * follow the reader's. They go along with every mixture. */
struct irm_rgb {
	double r, g, b;
	struct irm_night {
		bool set; /* else the colour is the same there */
		double r, g, b;
	} night;
};

/* Slots 0-4 are the regions AFR APG EEG GRULAC WEOG, 5 unassigned, 6 all; 7-9 serve other codes. */
#define IRM_SLOTS 10
#define IRM_RAMP  6

/* Lengths and font sizes are in units of the page: pixels of a slide or a web page, points in
 * print. */
struct irm_theme {
	double width, height;                /* of the page */
	bool grows;                          /* the page may become higher than that, */
	double highest;                      /* up to here */
	double margin, gap;                  /* gap: the least distance between two things */
	double title, subtitle, text, small; /* font sizes */
	double line, hair;                   /* stroke widths of curves, and of axes and grids */
	double points;                       /* PDF points in a unit */
	double pixels;                       /* PNG pixels in a unit */
	bool svg_pixels;                     /* a unit is a CSS pixel in SVG, else a point */
	bool follows; /* where no scheme is asked for, SVG is light or dark as the screen is */
	bool hatch;   /* fills carry a hatching besides their colour */
	struct irm_rgb paper, ink, muted, axis, grid, badge, badge_ink;
	struct irm_rgb slot[IRM_SLOTS];
	struct irm_rgb ramp[IRM_RAMP]; /* from little to much */
	bool mirrored;                 /* x runs from right to left, as Arabic reads */
	const char *lang;              /* of what is written, for pango: "en" */
	struct irm_words words;        /* and its words, numbers and days */
};

/* The i-th preset's or scheme's name; NULL after the last. */
const char *irm_theme_preset(size_t i);
const char *irm_theme_scheme(size_t i);

/* The theme of a preset (NULL: web) and a scheme (NULL: light, and where the preset follows the
 * screen, dark as its night), in English. IRM_USAGE with the nearest name. */
IRM_CHECK enum irm_code irm_theme_find(struct irm_theme *out, const char *preset,
                                       const char *scheme, struct irm_err *err);

/* Gives a theme a language and its digits, as irm_words_find() takes them. IRM_USAGE. */
IRM_CHECK enum irm_code irm_theme_speak(struct irm_theme *theme, const char *lang,
                                        const char *digits, struct irm_err *err);

/* The slot that belongs to a region's code, `unassigned` or `all` in every chart; -1: none. */
int irm_theme_slot(const char *code);

/* The slot of the i-th series whose code has none of its own: 0-4, then 7-9, then again. */
size_t irm_theme_series(size_t i);

/* The colour of the ramp at a share, 0 to 1 (clamped). */
struct irm_rgb irm_theme_ramp(const struct irm_theme *theme, double share);

/* Relative luminance, 0 to 1, and contrast ratio, 1 to 21. Source: WCAG 2.2, W3C 2023. */
double irm_rgb_luminance(struct irm_rgb colour);
double irm_rgb_contrast(struct irm_rgb a, struct irm_rgb b);

/* Black or white, whichever reads better on `ground`: at least 4.5:1 on every colour, by night
 * too. */
struct irm_rgb irm_rgb_text_on(struct irm_rgb ground);

/* `a` with the share `part` of `b` mixed in. */
struct irm_rgb irm_rgb_mix(struct irm_rgb a, struct irm_rgb b, double part);

/* The colour on a dark screen, which has no night of its own. */
struct irm_rgb irm_rgb_night(struct irm_rgb colour);

#endif
