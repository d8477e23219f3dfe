#include "plots/kept.h"

#include <stdlib.h>
#include <string.h>

/* Each key has one place, in which the last that came is kept. A power of two. */
#define PLACES 1024

struct place {
	PangoLayout *layout; /* which has the text; NULL: empty */
	double size, width;
	int lines;
	bool bold;
	enum irm_across across;
	PangoWrapMode wrap;
};

struct irm_kept {
	struct place place[PLACES];
};

struct irm_kept *irm_kept_new(void)
{
	return calloc(1, sizeof(struct irm_kept));
}

void irm_kept_clear(struct irm_kept *kept)
{
	for (size_t i = 0; i < PLACES; i++)
		g_clear_object(&kept->place[i].layout);
}

void irm_kept_free(struct irm_kept *kept)
{
	if (kept)
		irm_kept_clear(kept);
	free(kept);
}

static size_t place_of(const struct irm_kept_key *key)
{
	const struct irm_text *style = key->style;
	guint hash = g_str_hash(key->text);
	hash = hash * 31 + g_double_hash(&style->size);
	hash = hash * 31 + g_double_hash(&style->width);
	hash = hash * 31 + (guint)style->lines * 8 + (guint)style->across * 2 + style->bold;
	hash = hash * 31 + (guint)key->wrap;
	hash ^= hash >> 15;
	return hash % PLACES;
}

static bool is_of(const struct place *place, const struct irm_kept_key *key)
{
	const struct irm_text *style = key->style;
	return place->layout && place->wrap == key->wrap && place->size == style->size &&
	       place->width == style->width && place->lines == style->lines &&
	       place->bold == style->bold && place->across == style->across &&
	       !strcmp(pango_layout_get_text(place->layout), key->text);
}

PangoLayout *irm_kept_find(const struct irm_kept *kept, const struct irm_kept_key *key)
{
	const struct place *place = &kept->place[place_of(key)];
	return is_of(place, key) ? place->layout : NULL;
}

void irm_kept_put(struct irm_kept *kept, const struct irm_kept_key *key, PangoLayout *layout)
{
	struct place *place = &kept->place[place_of(key)];
	g_clear_object(&place->layout);
	*place = (struct place){ .layout = layout,
		                 .size = key->style->size,
		                 .width = key->style->width,
		                 .lines = key->style->lines,
		                 .bold = key->style->bold,
		                 .across = key->style->across,
		                 .wrap = key->wrap };
}
