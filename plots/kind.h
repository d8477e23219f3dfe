/* The contract between chart.c and the kinds; nobody else includes this. */
#ifndef IRM_PLOTS_KIND_H
#define IRM_PLOTS_KIND_H

#include "plots/chart.h"
#include "plots/data.h"
#include "plots/legend.h"
#include "plots/scale.h"

#define IRM_TITLE_SIZE 256

/* A chart while it is made, or a panel of one. Everything a kind keeps lies in the arena. */
struct irm_chart {
	const struct irm_chart_request *request;
	struct irm_column_choice choice; /* the request's, and the facets */
	const struct irm_table *table;   /* the panel's rows */
	const struct irm_table *whole;   /* those of all panels: columns are found in it */
	const struct irm_theme *theme;
	struct irm_canvas *canvas;
	struct irm_arena arena;
	struct irm_data data; /* of all kinds but steps, which fills levels and columns only */
	struct irm_legend legend;
	const struct irm_levels *series; /* the groups of all panels; NULL: those of data */
	double widest; /* label of a value, of all panels; set by read() where used */
	bool brief;    /* articles bear their numbers, States their codes: names have no room */
	bool strict;   /* plan() fails rather than shorten a label or leave out values */
	double aside;  /* room left of the panel for the names of categories; 0: within it */
	bool named;    /* they stand there: it is the first of its row */
	size_t pages, page;     /* how many there are, and which is drawn, from 0 */
	char caption[1024];     /* what is drawn: "Completion rate by region" */
	char n[IRM_LABEL_SIZE]; /* "n = 150" */
	const char *remark;     /* how to read the chart; may be NULL; set by read() */
	void *own;              /* the kind's */
};

/* Options that not every kind takes. */
enum irm_takes {
	IRM_TAKES_LIMIT = 1,
	IRM_TAKES_PERCENT = 2,
	IRM_TAKES_RISING = 4,
	IRM_TAKES_PAGES = 8,
	IRM_TAKES_LIMITS = 16, /* and --no-limits */
};

struct irm_kind {
	const char *name, *summary;
	unsigned takes; /* of enum irm_takes */
	bool aside;     /* plan() and draw() heed chart->aside */
	/* Chooses the columns that tell panels apart where nobody named any; may be NULL. */
	void (*facets)(struct irm_chart *chart);
	/* Finds columns and figures; sets caption, legend, n, remark. */
	enum irm_code (*read)(struct irm_chart *chart, struct irm_err *err);
	/* Widens the scales of a panel to those of another, after read(); NULL: no panels. */
	void (*share)(struct irm_chart *chart, const struct irm_chart *other);
	/* Plans the plot in an area of that width; *height is the height there is, and is set to
	 * what is wanted where pages grow. IRM_USAGE: it does not fit. */
	enum irm_code (*plan)(struct irm_chart *chart, double width, double *height,
	                      struct irm_err *err);
	/* Draws chart->page into the area, whose size is what plan() was told and asked for. */
	void (*draw)(struct irm_chart *chart, struct irm_box area);
};

extern const struct irm_kind irm_kind_bars, irm_kind_stacked, irm_kind_dots, irm_kind_lines,
        irm_kind_steps, irm_kind_heatmap, irm_kind_timeline, irm_kind_tiles, irm_kind_funnel,
        irm_kind_histogram, irm_kind_fan;

/* The share() of kinds whose scale is that of chart->data. */
void irm_chart_share(struct irm_chart *chart, const struct irm_chart *other);

/* What is drawn for a code of a column. */
void irm_chart_name(char *out, size_t size, const struct irm_chart *chart, size_t column,
                    const char *code);

/* What a column is called, in the language of the chart. */
void irm_chart_title(char out[IRM_TITLE_SIZE], const struct irm_chart *chart, int column);

/* A facets() of kinds that tell nothing apart within a panel: what --group names, else every key
 * before the figure (named `y` unless asked otherwise) but `x` that has several values. */
void irm_chart_facets(struct irm_chart *chart, const char *x, const char *y);

/* Sets the labels of levels. IRM_SYSTEM: no memory. */
IRM_CHECK enum irm_code irm_chart_labels(struct irm_chart *chart, struct irm_levels *levels,
                                         struct irm_err *err);

/* Sets the caption: the figure's title, `by` its keys, and keys that are the same for all. */
void irm_chart_caption(struct irm_chart *chart, const char *figure,
                       const struct irm_columns *columns);

/* How the i-th of the levels looks: the same in every chart where its code is a region's. */
struct irm_look irm_chart_look(const struct irm_chart *chart, const struct irm_levels *levels,
                               size_t i);

/* Makes a legend of the levels (of all panels), and of the time limit where one is asked for (its
 * text ends in `unit`); none for one level. IRM_SYSTEM: no memory. */
IRM_CHECK enum irm_code irm_chart_legend(struct irm_chart *chart, const struct irm_levels *levels,
                                         enum irm_sample sample, struct irm_err *err);

/* Makes the entry of a legend for the time limit asked for. IRM_SYSTEM: no memory. */
IRM_CHECK enum irm_code irm_chart_limit(struct irm_chart *chart, struct irm_legend_entry *entry,
                                        struct irm_err *err);

/* Sets the remark: the parts that are not NULL, one after the other. IRM_SYSTEM: no memory. */
IRM_CHECK enum irm_code irm_chart_remark(struct irm_chart *chart, const char *const parts[],
                                         size_t n, struct irm_err *err);

/* Says that the table is too large for the page, and the way out. */
enum irm_code irm_chart_too_large(const struct irm_chart *chart, struct irm_err *err);

/* A text in the language of the chart. */
static inline IRM_FORMAT_ARG(2) const
        char *irm_chart_word(const struct irm_chart *chart, const char *id)
{
	return irm_words_text(&chart->theme->words, id);
}

/* A style for text in the plot. */
static inline struct irm_text irm_chart_text(const struct irm_chart *chart, const char *role,
                                             enum irm_across across, enum irm_down down)
{
	return (struct irm_text){ .role = role,
		                  .size = chart->theme->small,
		                  .colour = chart->theme->ink,
		                  .across = across,
		                  .down = down };
}

#endif
