#include "plots/theme.h"

#include <math.h>
#include <string.h>

#include "base/nearest.h"

#define HEX(v) \
	{ \
		.r = ((v) >> 16 & 255) / 255.0, .g = ((v) >> 8 & 255) / 255.0, \
		.b = ((v)&255) / 255.0 \
	}

struct preset {
	const char *name;
	struct irm_theme sizes;
};

static const struct preset presets[] = {
	/* 16:9; read from the back of a room, so no text is under 28 of 1080 pixels */
	{ "slide",
	  { .width = 1920,
	    .height = 1080,
	    .margin = 60,
	    .gap = 14,
	    .title = 50,
	    .subtitle = 36,
	    .text = 32,
	    .small = 28,
	    .line = 6,
	    .hair = 2,
	    .points = 0.5,
	    .pixels = 1,
	    .svg_pixels = true } },
	/* the text column of an A4 page, 160 mm; 300 dots an inch */
	{ "print",
	  { .width = 453.5,
	    .height = 290,
	    .grows = true,
	    .highest = 720,
	    .margin = 5,
	    .gap = 3.5,
	    .title = 11,
	    .subtitle = 9,
	    .text = 8,
	    .small = 7.5,
	    .line = 1.3,
	    .hair = 0.5,
	    .points = 1,
	    .pixels = 300 / 72.0,
	    .hatch = true } },
	/* across an A4 page, 190 mm */
	{ "print-wide",
	  { .width = 538.5,
	    .height = 300,
	    .grows = true,
	    .highest = 720,
	    .margin = 5,
	    .gap = 3.5,
	    .title = 12,
	    .subtitle = 9.5,
	    .text = 8.5,
	    .small = 8,
	    .line = 1.4,
	    .hair = 0.5,
	    .points = 1,
	    .pixels = 300 / 72.0,
	    .hatch = true } },
	{ "web",
	  { .width = 960,
	    .height = 600,
	    .grows = true,
	    .highest = 9000,
	    .margin = 24,
	    .gap = 7,
	    .title = 24,
	    .subtitle = 17,
	    .text = 15,
	    .small = 14,
	    .line = 3,
	    .hair = 1,
	    .points = 0.75,
	    .pixels = 2,
	    .svg_pixels = true,
	    .follows = true } },
	/* for posts and posters, seen small too: no text under 24 of 1080 pixels */
	{ "square",
	  { .width = 1080,
	    .height = 1080,
	    .margin = 44,
	    .gap = 12,
	    .title = 42,
	    .subtitle = 30,
	    .text = 27,
	    .small = 24,
	    .line = 5,
	    .hair = 1.6,
	    .points = 0.75,
	    .pixels = 1,
	    .svg_pixels = true } },
};

struct scheme {
	const char *name;
	struct irm_theme colours;
};

static const struct scheme schemes[] = {
	{ "light",
	  { .paper = HEX(0xffffff),
	    .ink = HEX(0x16181d),
	    .muted = HEX(0x4d535e),
	    .axis = HEX(0x5b616b),
	    .grid = HEX(0xd9dce1),
	    .badge = HEX(0xffd166),
	    .badge_ink = HEX(0x16181d),
	    .slot = { HEX(0x922223), HEX(0x448db4), HEX(0x2c674b), HEX(0xc4840f), HEX(0x68274e),
	              HEX(0x767b84), HEX(0x16181d), HEX(0x1a8f87), HEX(0x233a78), HEX(0xc4709f) },
	    .ramp = { HEX(0xe9f1f7), HEX(0xc3d9e9), HEX(0x8db6d4), HEX(0x4c8ab5), HEX(0x225a8a),
	              HEX(0x0b2c55) } } },
	{ "dark",
	  { .paper = HEX(0x14171c),
	    .ink = HEX(0xf4f5f7),
	    .muted = HEX(0xb9bfc9),
	    .axis = HEX(0x9aa1ac),
	    .grid = HEX(0x363c46),
	    .badge = HEX(0xffd166),
	    .badge_ink = HEX(0x16181d),
	    .slot = { HEX(0xfb886d), HEX(0x4c74bc), HEX(0xa1c5b1), HEX(0x9d801b), HEX(0xefc9fe),
	              HEX(0x8d949e), HEX(0xf4f5f7), HEX(0x2f8f8b), HEX(0xffe08f), HEX(0xab5993) },
	    .ramp = { HEX(0x1f2c3b), HEX(0x25476a), HEX(0x2f6a9c), HEX(0x5597c8), HEX(0x95c5e8),
	              HEX(0xdcefff) } } },
};

enum {
	N_PRESETS = sizeof presets / sizeof presets[0],
	N_SCHEMES = sizeof schemes / sizeof schemes[0]
};

const char *irm_theme_preset(size_t i)
{
	return i < N_PRESETS ? presets[i].name : NULL;
}

const char *irm_theme_scheme(size_t i)
{
	return i < N_SCHEMES ? schemes[i].name : NULL;
}

static const struct irm_theme *find_preset(const char *name, struct irm_err *err)
{
	const char *names[N_PRESETS];
	for (size_t i = 0; i < N_PRESETS; i++) {
		if (!strcmp(presets[i].name, name))
			return &presets[i].sizes;
		names[i] = presets[i].name;
	}
	irm_err_set(err, IRM_USAGE, "no preset '%s'", name);
	irm_err_hint_nearest(err, name, names, N_PRESETS);
	return NULL;
}

static const struct irm_theme *find_scheme(const char *name, struct irm_err *err)
{
	const char *names[N_SCHEMES];
	for (size_t i = 0; i < N_SCHEMES; i++) {
		if (!strcmp(schemes[i].name, name))
			return &schemes[i].colours;
		names[i] = schemes[i].name;
	}
	irm_err_set(err, IRM_USAGE, "no theme '%s'", name);
	irm_err_hint_nearest(err, name, names, N_SCHEMES);
	return NULL;
}

static void set_colours(struct irm_theme *theme, const struct irm_theme *colours)
{
	theme->paper = colours->paper;
	theme->ink = colours->ink;
	theme->muted = colours->muted;
	theme->axis = colours->axis;
	theme->grid = colours->grid;
	theme->badge = colours->badge;
	theme->badge_ink = colours->badge_ink;
	memcpy(theme->slot, colours->slot, sizeof theme->slot);
	memcpy(theme->ramp, colours->ramp, sizeof theme->ramp);
}

static void set_night(struct irm_rgb *colour, const struct irm_rgb *dark)
{
	colour->night = (struct irm_night){ true, dark->r, dark->g, dark->b };
}

static void set_nights(struct irm_theme *theme, const struct irm_theme *dark)
{
	set_night(&theme->paper, &dark->paper);
	set_night(&theme->ink, &dark->ink);
	set_night(&theme->muted, &dark->muted);
	set_night(&theme->axis, &dark->axis);
	set_night(&theme->grid, &dark->grid);
	set_night(&theme->badge, &dark->badge);
	set_night(&theme->badge_ink, &dark->badge_ink);
	for (size_t i = 0; i < IRM_SLOTS; i++)
		set_night(&theme->slot[i], &dark->slot[i]);
	for (size_t i = 0; i < IRM_RAMP; i++)
		set_night(&theme->ramp[i], &dark->ramp[i]);
}

enum irm_code irm_theme_find(struct irm_theme *out, const char *preset, const char *scheme,
                             struct irm_err *err)
{
	const struct irm_theme *sizes = find_preset(preset ? preset : "web", err);
	if (!sizes)
		return err->code;
	const struct irm_theme *colours = find_scheme(scheme ? scheme : "light", err);
	if (!colours)
		return err->code;
	*out = *sizes;
	set_colours(out, colours);
	if (!scheme && out->follows)
		set_nights(out, find_scheme("dark", err));
	return irm_theme_speak(out, NULL, NULL, err);
}

enum irm_code irm_theme_speak(struct irm_theme *theme, const char *lang, const char *digits,
                              struct irm_err *err)
{
	if (irm_words_find(&theme->words, lang, digits, err))
		return err->code;
	theme->lang = theme->words.lang;
	theme->mirrored = theme->words.mirrored;
	return IRM_OK;
}

int irm_theme_slot(const char *code)
{
	static const char *const own[] = { "AFR",  "APG",        "EEG", "GRULAC",
		                           "WEOG", "unassigned", "all" };
	for (size_t i = 0; i < sizeof own / sizeof own[0]; i++)
		if (!strcmp(own[i], code))
			return (int)i;
	return -1;
}

size_t irm_theme_series(size_t i)
{
	static const unsigned char order[] = { 0, 1, 2, 3, 4, 7, 8, 9 };
	return order[i % sizeof order];
}

struct irm_rgb irm_rgb_night(struct irm_rgb colour)
{
	const struct irm_night *night = &colour.night;
	if (!night->set)
		return colour;
	return (struct irm_rgb){ .r = night->r, .g = night->g, .b = night->b };
}

static struct irm_rgb mix(struct irm_rgb a, struct irm_rgb b, double part)
{
	return (struct irm_rgb){ .r = a.r + (b.r - a.r) * part,
		                 .g = a.g + (b.g - a.g) * part,
		                 .b = a.b + (b.b - a.b) * part };
}

struct irm_rgb irm_rgb_mix(struct irm_rgb a, struct irm_rgb b, double part)
{
	struct irm_rgb mixed = mix(a, b, part);
	if (a.night.set || b.night.set) {
		const struct irm_rgb dark = mix(irm_rgb_night(a), irm_rgb_night(b), part);
		set_night(&mixed, &dark);
	}
	return mixed;
}

struct irm_rgb irm_theme_ramp(const struct irm_theme *theme, double share)
{
	double at = fmin(fmax(share, 0), 1) * (IRM_RAMP - 1);
	size_t below = (size_t)at;
	if (below >= IRM_RAMP - 1)
		return theme->ramp[IRM_RAMP - 1];
	return irm_rgb_mix(theme->ramp[below], theme->ramp[below + 1], at - (double)below);
}

static double linear(double c)
{
	return c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
}

double irm_rgb_luminance(struct irm_rgb colour)
{
	return 0.2126 * linear(colour.r) + 0.7152 * linear(colour.g) + 0.0722 * linear(colour.b);
}

double irm_rgb_contrast(struct irm_rgb a, struct irm_rgb b)
{
	double x = irm_rgb_luminance(a);
	double y = irm_rgb_luminance(b);
	return (fmax(x, y) + 0.05) / (fmin(x, y) + 0.05);
}

static struct irm_rgb text_on(struct irm_rgb ground)
{
	static const struct irm_rgb black = { .r = 0 };
	static const struct irm_rgb white = { .r = 1, .g = 1, .b = 1 };
	return irm_rgb_contrast(black, ground) >= irm_rgb_contrast(white, ground) ? black : white;
}

struct irm_rgb irm_rgb_text_on(struct irm_rgb ground)
{
	struct irm_rgb text = text_on(ground);
	if (ground.night.set) {
		const struct irm_rgb dark = text_on(irm_rgb_night(ground));
		set_night(&text, &dark);
	}
	return text;
}
