/* Fisher's test by all tables. */
#include <math.h>
#include <stdlib.h>

#include "base/counter.h"
#include "stats/fisher_tables.h"

#define MOST_FREE    24      /* cells: two counts each make too many tables beyond */
#define MOST_ENDINGS 4000000 /* kept, 64 MB */

/* What the last two rows can cost, and the probability, over that of the rows before, of all that
 * cost as much or more. */
struct ending {
	double cost, tail;
};

/* The cells of a row are chosen one after the other, those of the last column and row follow. */
struct enumeration {
	const struct irm_sums *sums;
	int64_t *left; /* [cols] of the columns */
	uint32_t *key; /* [cols] the same, for the states */
	struct irm_counter states;
	struct ending *endings;
	size_t n, size;   /* endings */
	double sum, rest; /* of the probabilities; what rounding took from it (Neumaier) */
	int64_t steps, most_steps;
	bool no_memory;
};

static bool stopped(const struct enumeration *e)
{
	return e->no_memory || e->steps > e->most_steps;
}

/* The last two rows are complete. */
static void add_ending(struct enumeration *e, double cost)
{
	const struct irm_sums *s = e->sums;
	e->steps++;
	for (size_t j = 0; j < s->cols; j++)
		cost += irm_sums_cost(s, s->rows - 1, j, e->left[j]);
	if (e->n == e->size) {
		size_t size = e->size ? 2 * e->size : 1024;
		struct ending *more = realloc(e->endings, size * sizeof *more);
		if (!more) {
			e->no_memory = true;
			return;
		}
		e->endings = more;
		e->size = size;
	}
	e->endings[e->n++] = (struct ending){ cost, 0 };
}

static void choose(struct enumeration *e, size_t row, double cost);

/* Chooses the cells of a row from column j on, `row_left` of its sum, from columns that have `room`
 * left together; then the rows below, or the ending. As deep as there are cells. */
static void choose_cell(struct enumeration *e, size_t row, size_t j, int64_t row_left, int64_t room,
                        double cost)
{
	const struct irm_sums *s = e->sums;
	int64_t others = room - e->left[j];
	int64_t from = row_left > others ? row_left - others : 0;
	int64_t to = row_left < e->left[j] ? row_left : e->left[j];
	for (int64_t x = from; x <= to && !stopped(e); x++) {
		double more = cost + irm_sums_cost(s, row, j, x);
		e->left[j] -= x;
		if (j + 1 < s->cols)
			choose_cell(e, row, j + 1, row_left - x, others, more);
		else if (row + 2 < s->rows)
			choose(e, row + 1, more);
		else
			add_ending(e, more);
		e->left[j] += x;
	}
}

static void choose_row(struct enumeration *e, size_t row, double cost)
{
	int64_t room = 0;
	for (size_t j = 0; j < e->sums->cols; j++)
		room += e->left[j];
	choose_cell(e, row, 0, e->sums->row[row], room, cost);
}

static int by_cost(const void *a, const void *b)
{
	double x = ((const struct ending *)a)->cost, y = ((const struct ending *)b)->cost;
	return (x > y) - (x < y);
}

/* Adds the endings of the state of the columns, and sums up their probabilities from the least
 * likely on. */
static void add_endings(struct enumeration *e)
{
	size_t first = e->n;
	double tail = 0;
	choose_row(e, e->sums->rows - 2, 0);
	qsort(e->endings + first, e->n - first, sizeof *e->endings, by_cost);
	for (size_t i = e->n; i-- > first;)
		e->endings[i].tail = tail += exp(-e->endings[i].cost);
}

/* Adds the probability of all tables that begin at `cost` and end with endings[first..], and are no
 * likelier than the one observed. */
static void add_tables(struct enumeration *e, double cost, size_t first, size_t n)
{
	const struct ending *ending = e->endings + first;
	double least = e->sums->observed - IRM_FISHER_RELATIVE - cost;
	size_t low = 0, high = n;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (ending[middle].cost < least)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == n)
		return;
	double p = exp(e->sums->most - cost) * ending[low].tail, next = e->sum + p;
	e->rest += e->sum >= p ? e->sum - next + p : p - next + e->sum;
	e->sum = next;
}

/* All rows but the last two are chosen: looks their endings up, or makes them. */
static void end_tables(struct enumeration *e, double cost)
{
	e->steps++;
	for (size_t j = 0; j < e->sums->cols; j++)
		e->key[j] = (uint32_t)e->left[j];
	int64_t *state = irm_counter_at(&e->states, e->key);
	if (!state) {
		e->no_memory = true;
		return;
	}
	size_t first = (size_t)state[0], n = (size_t)state[1];
	if (n == 0) {
		first = e->n;
		add_endings(e);
		if (stopped(e))
			return;
		n = e->n - first;
		if (e->n > MOST_ENDINGS) {
			e->n = first; /* not kept, but there until the next ones */
		} else {
			state[0] = (int64_t)first;
			state[1] = (int64_t)n;
		}
	}
	add_tables(e, cost, first, n);
}

static void choose(struct enumeration *e, size_t row, double cost)
{
	if (row + 2 == e->sums->rows)
		end_tables(e, cost);
	else
		choose_row(e, row, cost);
}

enum irm_code irm_sums_enumerate(bool *done, double *p, const struct irm_sums *s,
                                 int64_t most_steps, struct irm_err *err)
{
	struct enumeration e = { .sums = s, .most_steps = most_steps };
	*done = false;
	if (s->n > UINT32_MAX || s->rows > MOST_FREE + 1 ||
	    (s->rows - 1) * (s->cols - 1) > MOST_FREE)
		return IRM_OK;
	irm_counter_init(&e.states, s->cols, 2);
	int64_t *left = e.left = calloc(s->cols, sizeof *left);
	uint32_t *key = e.key = calloc(s->cols, sizeof *key);
	if (left && key) {
		for (size_t j = 0; j < s->cols; j++)
			left[j] = s->col[j];
		choose(&e, 0, 0);
	} else {
		e.no_memory = true;
	}
	irm_counter_release(&e.states);
	free(left);
	free(key);
	free(e.endings);
	*done = !stopped(&e);
	*p = fmin(e.sum + e.rest, 1);
	return e.no_memory ? irm_err_memory(err) : IRM_OK;
}
