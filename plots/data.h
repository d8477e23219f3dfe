/* The figures of a chart: one for each category and group of a table. */
#ifndef IRM_PLOTS_DATA_H
#define IRM_PLOTS_DATA_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "plots/columns.h"
#include "plots/levels.h"
#include "plots/scale.h"
#include "table/table.h"

/* The largest figure that is drawn: scales take sums of them. */
#define IRM_DATA_MOST 1e290

/* A figure; NAN where it is empty or suppressed. */
struct irm_cell {
	double value, lo, hi, n;
	long line;       /* 0: the table has no such row */
	bool suppressed; /* there is a value, which is kept back */
	bool few;        /* n is kept back, so it is small */
};

struct irm_data {
	struct irm_columns columns;
	struct irm_levels x, group;
	struct irm_cell *cell; /* [x.n × group.n], group runs faster */
	double least, most;    /* of values and limits; 0 where there are none */
	double most_value;     /* without the limits */
	size_t empty;          /* figures that are not known */
	size_t suppressed;     /* figures that are kept back: not among the empty ones */
	bool limits;           /* at least one figure has both */
	bool share;            /* figures are shares of 1 */
};

/* Reads the figures of a table. Everything lies in `arena` and in the table.
 *
 * IRM_INPUT: no rows; more than max_x categories or max_group groups; two rows for one figure; a
 * number that is none. IRM_SYSTEM: no memory. */
IRM_CHECK enum irm_code irm_data_read(struct irm_data *out, struct irm_arena *arena,
                                      const struct irm_table *table,
                                      const struct irm_columns *columns, size_t max_x,
                                      size_t max_group, struct irm_err *err);

/* Two figures of the same categories side by side: the groups of *out are `a` and `b`, whose own
 * groups are one each, and take the names of their columns for codes. IRM_SYSTEM: no memory. */
IRM_CHECK enum irm_code irm_data_pair(struct irm_data *out, struct irm_arena *arena,
                                      const struct irm_table *table, const struct irm_data *a,
                                      const struct irm_data *b, struct irm_err *err);

/* Whether the figure of a cell is kept back, lest it tell of single reviews: it is written
 * 'suppressed' or '<5' (with any number), or the row's column `suppressed` says yes, true or 1. */
bool irm_data_suppressed(const struct irm_table *table, size_t row, int column);

/* A cell as a number; NAN where it is empty, suppressed, or column is -1. IRM_INPUT at its place
 * where it is none, or beyond IRM_DATA_MOST. */
IRM_CHECK enum irm_code irm_data_number(double *out, const struct irm_table *table, size_t row,
                                        int column, struct irm_err *err);

/* IRM_INPUT where the table has no rows. */
IRM_CHECK enum irm_code irm_data_some(const struct irm_table *table, struct irm_err *err);

static inline struct irm_cell *irm_data_cell(const struct irm_data *data, size_t x, size_t group)
{
	return &data->cell[x * data->group.n + group];
}

/* Whether a share stands for so few that it is drawn with a mark: n is known and under 5. */
static inline bool irm_cell_few(const struct irm_cell *cell)
{
	return cell->few || cell->n < 5;
}

/* What stands in place of a suppressed figure, and the words of a remark that tell it. */
#define IRM_SUPPRESSED        IRM_WORD("(s)")
#define IRM_SUPPRESSED_REMARK IRM_WORD("(s): suppressed, too few to be shown.")

/* A figure as charts print it: irm_value_label(), with an asterisk after a share of few;
 * IRM_SUPPRESSED where it is. */
void irm_cell_label(char out[IRM_LABEL_SIZE], const struct irm_cell *cell,
                    enum irm_number_kind kind, const struct irm_words *words);

/* Whether a share that is known stands for few. */
bool irm_data_few(const struct irm_data *data);

/* Says what n the figures stand for: "n = 150" where rows tell it, "n = 28–42" where they differ,
 * "" where nothing does. */
void irm_data_n(char out[IRM_LABEL_SIZE], const struct irm_data *data,
                const struct irm_table *table, const struct irm_words *words);

#endif
