/* Fisher's test by tables at random. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <gsl/gsl_rng.h>

#include "stats/fisher_tables.h"
#include "stats/hypergeometric.h"

#define MOST_SHUFFLED 4000000
#define AS_LONG_AS    64 /* as shuffling so many takes a cell from its distribution */
#define DRAWS         50000
#define LEAST_DRAWS   1000
#define STEPS         1000000000 /* some ten seconds */

static bool shuffles(const struct irm_sums *s)
{
	return s->n <= MOST_SHUFFLED && (double)s->n <= AS_LONG_AS * (double)(s->rows * s->cols);
}

int64_t irm_sums_draws(const struct irm_sums *s)
{
	double one = shuffles(s) ? (double)s->n : AS_LONG_AS * (double)(s->rows * s->cols);
	return (int64_t)fmax(fmin(STEPS / one, DRAWS), LEAST_DRAWS);
}

/* What is counted, each a card that bears its column and is dealt to a row. */
struct deck {
	uint32_t *card; /* [n] */
	uint32_t *held; /* [cols] by the row that gets them */
	double *log;    /* [most that a row gets + 1] */
};

static void deck_release(struct deck *deck)
{
	free(deck->card);
	free(deck->held);
	free(deck->log);
}

static enum irm_code deck_init(struct deck *deck, const struct irm_sums *s, struct irm_err *err)
{
	size_t most = (size_t)s->row[s->rows - 1], n = 0;
	deck->card = calloc((size_t)s->n, sizeof *deck->card);
	deck->held = calloc(s->cols, sizeof *deck->held);
	deck->log = calloc(most + 1, sizeof *deck->log);
	if (!deck->card || !deck->held || !deck->log)
		return irm_err_memory(err);
	for (size_t j = 0; j < s->cols; j++)
		for (int64_t i = 0; i < s->col[j]; i++)
			deck->card[n++] = (uint32_t)j;
	for (size_t i = 1; i <= most; i++)
		deck->log[i] = log((double)i);
	return IRM_OK;
}

/* Shuffles and deals, and gives the sum of the logarithms of the cells' factorials, row by row so
 * that rounding stays small. The last row gets what is left. */
static double deal(const struct irm_sums *s, struct deck *deck, gsl_rng *rng)
{
	double logs = 0;
	size_t next = 0;
	for (size_t i = 0; i < s->rows; i++) {
		double of_row = 0;
		memset(deck->held, 0, s->cols * sizeof *deck->held);
		for (int64_t dealt = 0; dealt < s->row[i]; dealt++, next++) {
			size_t left = (size_t)s->n - next;
			size_t at = i + 1 < s->rows ? next + gsl_rng_uniform_int(rng, left) : next;
			uint32_t card = deck->card[at];
			deck->card[at] = deck->card[next];
			deck->card[next] = card;
			of_row += deck->log[++deck->held[card]];
		}
		logs += of_row;
	}
	return logs;
}

static enum irm_code shuffle(int64_t *unlikely, const struct irm_sums *s, int64_t draws,
                             gsl_rng *rng, struct irm_err *err)
{
	struct deck deck = { 0 };
	enum irm_code code = deck_init(&deck, s, err);
	for (int64_t i = 0; !code && i < draws; i++)
		*unlikely += deal(s, &deck, rng) >= s->logs - IRM_FISHER_RELATIVE;
	deck_release(&deck);
	return code;
}

/* Draws a table and gives its costs: the cells of a row share its sum out among the columns, as the
 * columns have room. `left` is memory for the columns. */
static double draw_table(const struct irm_sums *s, int64_t left[], gsl_rng *rng)
{
	double cost = 0;
	int64_t below = s->n; /* in the rows from this one on */
	for (size_t j = 0; j < s->cols; j++)
		left[j] = s->col[j];
	for (size_t i = 0; i < s->rows; i++) {
		int64_t row = s->row[i], room = below;
		for (size_t j = 0; j < s->cols; j++) {
			struct irm_hypergeometric h = irm_hypergeometric(row, left[j], room);
			int64_t x = irm_hypergeometric_draw(&h, rng);
			cost += irm_sums_cost(s, i, j, x);
			room -= left[j];
			left[j] -= x;
			row -= x;
		}
		below -= s->row[i];
	}
	return cost;
}

static enum irm_code draw_cells(int64_t *unlikely, const struct irm_sums *s, int64_t draws,
                                gsl_rng *rng, struct irm_err *err)
{
	int64_t *left = calloc(s->cols, sizeof *left);
	if (!left)
		return irm_err_memory(err);
	for (int64_t i = 0; i < draws; i++)
		*unlikely += draw_table(s, left, rng) >= s->observed - IRM_FISHER_RELATIVE;
	free(left);
	return IRM_OK;
}

enum irm_code irm_sums_draw(double *p, const struct irm_sums *s, int64_t draws, uint32_t seed,
                            struct irm_err *err)
{
	int64_t unlikely = 0;
	gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
	if (!rng)
		return irm_err_memory(err);
	gsl_rng_set(rng, seed);
	enum irm_code code = shuffles(s) ? shuffle(&unlikely, s, draws, rng, err)
	                                 : draw_cells(&unlikely, s, draws, rng, err);
	gsl_rng_free(rng);
	*p = (1 + (double)unlikely) / (1 + (double)draws);
	return code;
}
