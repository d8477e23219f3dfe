#include "plots/layout.h"

#include <math.h>
#include <stdbool.h>

struct badge {
	struct irm_text text;
	struct irm_box box; /* at the page's right upper corner; w 0: none */
	bool above;         /* the title stands below it, since beside it there is little room */
};

static double inner_width(const struct irm_theme *theme)
{
	return theme->width - 2 * theme->margin;
}

static struct badge set_badge(struct irm_canvas *canvas, const struct irm_page *page)
{
	const struct irm_theme *theme = irm_canvas_theme(canvas);
	struct badge badge = { .text = { .role = "badge",
		                         .size = theme->small,
		                         .bold = true,
		                         .colour = theme->badge_ink,
		                         .across = IRM_CENTRE,
		                         .down = IRM_MIDDLE } };
	if (!page->badge)
		return badge;
	struct irm_box size = irm_canvas_measure(canvas, &badge.text, page->badge, NULL);
	badge.box.w = size.w + 2.4 * theme->gap;
	badge.box.h = size.h + 0.8 * theme->gap;
	badge.box.x = theme->width - theme->margin - badge.box.w;
	badge.box.y = theme->margin;
	badge.above = badge.box.w > inner_width(theme) * 0.3;
	return badge;
}

static struct irm_text head_text(const struct irm_theme *theme, const struct badge *badge,
                                 bool title)
{
	double beside = badge->box.w > 0 && !badge->above ? badge->box.w + 3 * theme->gap : 0;
	return (struct irm_text){ .role = title ? "title" : "subtitle",
		                  .size = title ? theme->title : theme->subtitle,
		                  .bold = title,
		                  .colour = title ? theme->ink : theme->muted,
		                  .width = inner_width(theme) - (title ? beside : 0),
		                  .lines = 3 };
}

static double title_height(struct irm_canvas *canvas, const struct irm_page *page,
                           const struct badge *badge)
{
	struct irm_text title = head_text(irm_canvas_theme(canvas), badge, true);
	return fmax(irm_canvas_height(canvas, &title, page->title),
	            badge->above ? 0 : badge->box.h);
}

/* The height of a badge that has a row of its own, with the distance below it. */
static double badge_height(const struct irm_theme *theme, const struct badge *badge)
{
	return badge->above ? badge->box.h + theme->gap * 0.5 : 0;
}

double irm_page_head(struct irm_canvas *canvas, const struct irm_page *page)
{
	const struct irm_theme *theme = irm_canvas_theme(canvas);
	struct badge badge = set_badge(canvas, page);
	struct irm_text subtitle = head_text(theme, &badge, false);
	double h = badge_height(theme, &badge) + title_height(canvas, page, &badge) +
	           irm_canvas_height(canvas, &subtitle, page->subtitle);
	return h > 0 ? h + theme->gap : 0;
}

static struct irm_text note_text(const struct irm_theme *theme)
{
	return (struct irm_text){ .role = "note",
		                  .size = theme->small,
		                  .colour = theme->muted,
		                  .width = inner_width(theme),
		                  .lines = 3 };
}

double irm_page_foot(struct irm_canvas *canvas, const struct irm_page *page)
{
	const struct irm_theme *theme = irm_canvas_theme(canvas);
	struct irm_text note = note_text(theme);
	double h = 0;
	for (size_t i = 0; i < page->n_notes; i++)
		h += irm_canvas_height(canvas, &note, page->note[i]);
	return h > 0 ? h + theme->gap : 0;
}

void irm_page_draw(struct irm_canvas *canvas, const struct irm_page *page)
{
	const struct irm_theme *theme = irm_canvas_theme(canvas);
	struct badge badge = set_badge(canvas, page);
	struct irm_text title = head_text(theme, &badge, true);
	struct irm_text subtitle = head_text(theme, &badge, false);
	struct irm_text note = note_text(theme);
	double y = theme->margin + badge_height(theme, &badge);
	irm_canvas_text(canvas, &title, theme->margin, y, page->title);
	y += title_height(canvas, page, &badge);
	irm_canvas_text(canvas, &subtitle, theme->margin, y, page->subtitle);
	if (badge.box.w > 0) {
		irm_canvas_fill(canvas, badge.box, theme->badge);
		irm_canvas_edge(canvas, badge.box,
		                (struct irm_stroke){ theme->badge_ink, theme->hair, 0 });
		irm_canvas_text(canvas, &badge.text, badge.box.x + badge.box.w / 2,
		                badge.box.y + badge.box.h / 2, page->badge);
	}
	y = irm_canvas_page(canvas).h - theme->margin - irm_page_foot(canvas, page) + theme->gap;
	for (size_t i = 0; i < page->n_notes; i++) {
		irm_canvas_text(canvas, &note, theme->margin, y, page->note[i]);
		y += irm_canvas_height(canvas, &note, page->note[i]);
	}
}
