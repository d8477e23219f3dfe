#include "stats/forecast.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "stats/forecast_cells.h"
#include "stats/forecast_sampler.h"

/* What is asked of every cell: numbers at `n` days, or days at `n` shares. */
struct question {
	const int32_t *days; /* NULL: shares are asked for */
	const double *shares;
	size_t n;
	int32_t until;
};

/* Draws of one mechanism, [cells][n][draws]. */
struct work {
	struct irm_forecast_sampler *sampler;
	struct irm_forecast_cells cells;
	int32_t *reached; /* of one draw */
	int32_t *sorted;  /* days of one cell */
	int32_t *values;  /* of one cell and draw, [n] */
	int32_t *draws;
};

static int32_t *draws_of(const struct work *work, const struct question *q, size_t cell, size_t at,
                         size_t draws)
{
	return work->draws + (cell * q->n + at) * draws;
}

/* The days by which shares of a cell's reviews have reached its milestone. */
static void find_days(struct work *work, const struct question *q,
                      const struct irm_forecast_cell *cell, const struct irm_forecast_state *state)
{
	for (size_t i = 0; i < cell->n; i++)
		work->sorted[i] =
		        work->reached[cell->places[i] * state->milestones + cell->position];
	irm_forecast_sort(work->sorted, cell->n);
	for (size_t i = 0; i < q->n; i++) {
		double reviews = ceil(q->shares[i] * (double)cell->n - 1e-9);
		size_t rank = reviews < 1 ? 1 : (size_t)reviews;
		work->values[i] = work->sorted[rank - 1];
	}
}

static enum irm_code make_room(struct work *work, const struct question *q, size_t draws,
                               struct irm_err *err)
{
	const struct irm_forecast_state *state = irm_forecast_sampler_state(work->sampler);
	size_t values = 0;
	work->reached = malloc((state->n * state->milestones + 1) * sizeof *work->reached);
	work->sorted = malloc((state->n + 1) * sizeof *work->sorted);
	work->values = malloc((q->n + 1) * sizeof *work->values);
	if (!__builtin_mul_overflow(work->cells.n * q->n, draws * sizeof *work->draws, &values))
		work->draws = malloc(values + 1);
	if (!work->reached || !work->sorted || !work->values || !work->draws)
		return irm_err_memory(err);
	return IRM_OK;
}

static void draw_all(struct work *work, const struct question *q, size_t draws)
{
	const struct irm_forecast_state *state = irm_forecast_sampler_state(work->sampler);
	for (size_t draw = 0; draw < draws; draw++) {
		irm_forecast_sampler_draw(work->sampler, work->reached);
		for (size_t i = 0; i < work->cells.n; i++) {
			const struct irm_forecast_cell *cell = &work->cells.cells[i];
			if (q->days)
				irm_forecast_cell_count(work->values, cell, state, work->reached,
				                        q->days, q->n);
			else
				find_days(work, q, cell, state);
			for (size_t k = 0; k < q->n; k++)
				draws_of(work, q, i, k, draws)[draw] = work->values[k];
		}
	}
}

static void summarise(int32_t quantile[], int32_t draws[], size_t n)
{
	irm_forecast_sort(draws, n);
	for (size_t i = 0; i < IRM_FORECAST_LEVELS; i++)
		quantile[i] = irm_forecast_quantile(draws, n, irm_forecast_levels[i]);
}

static void put_row(struct irm_forecast *out, const struct irm_forecast_cell *cell, int32_t day,
                    int32_t draws[], size_t n)
{
	struct irm_forecast_row *row = &out->rows[out->n++];
	*row = (struct irm_forecast_row){
		.cycle = cell->cycle,
		.milestone = cell->milestone,
		.day = day,
		.reviews = (int64_t)cell->n,
		.expected = irm_forecast_mean(draws, n),
	};
	summarise(row->quantile, draws, n);
}

static void put_when(struct irm_forecast *out, const struct irm_forecast_cell *cell, double share,
                     int32_t draws[], size_t n)
{
	struct irm_forecast_when *when = &out->whens[out->n_whens++];
	*when = (struct irm_forecast_when){ cell->cycle, cell->milestone, share, { 0 } };
	summarise(when->quantile, draws, n);
	for (size_t i = 0; i < IRM_FORECAST_LEVELS; i++)
		if (when->quantile[i] == IRM_DAY_FUTURE)
			when->quantile[i] = IRM_DAY_NONE;
}

static enum irm_code put_all(struct irm_forecast *out, const struct work *work,
                             const struct question *q, size_t draws, struct irm_err *err)
{
	size_t most = work->cells.n * q->n;
	struct irm_forecast_row *rows = realloc(out->rows, (out->n + most + 1) * sizeof *rows);
	if (rows)
		out->rows = rows;
	struct irm_forecast_when *whens =
	        realloc(out->whens, (out->n_whens + most + 1) * sizeof *whens);
	if (whens)
		out->whens = whens;
	if (!rows || !whens)
		return irm_err_memory(err);
	for (size_t i = 0; i < work->cells.n; i++)
		for (size_t k = 0; k < q->n; k++) {
			int32_t *own = draws_of(work, q, i, k, draws);
			if (q->days)
				put_row(out, &work->cells.cells[i], q->days[k], own, draws);
			else
				put_when(out, &work->cells.cells[i], q->shares[k], own, draws);
		}
	return IRM_OK;
}

static void count_oddities(struct irm_forecast *out, const struct irm_forecast_state *state)
{
	for (size_t i = 0; i < state->n; i++) {
		const struct irm_forecast_review *r = &state->reviews[i];
		bool open = r->counts && r->next < state->milestones;
		out->idle += open && r->next == 0 && r->expected == IRM_DAY_NONE;
		out->unseen += open && r->seen < state->as_of;
	}
}

static enum irm_code forecast_mechanism(struct irm_forecast *out, const struct irm_query *query,
                                        uint32_t mechanism, const struct irm_forecast_plan *plan,
                                        const struct question *q, struct irm_err *err)
{
	struct work work = { .sampler = NULL };
	enum irm_code code = irm_forecast_sampler_new(&work.sampler, query, mechanism, query->as_of,
	                                              q->until, plan, err);
	const struct irm_forecast_state *state =
	        code ? NULL : irm_forecast_sampler_state(work.sampler);
	if (!code)
		code = irm_forecast_cells_init(&work.cells, state, err);
	if (!code && work.cells.n > 0) {
		count_oddities(out, state);
		code = make_room(&work, q, plan->draws, err);
		if (!code) {
			draw_all(&work, q, plan->draws);
			code = put_all(out, &work, q, plan->draws, err);
		}
	}
	irm_forecast_sampler_free(work.sampler);
	irm_forecast_cells_release(&work.cells);
	free(work.reached);
	free(work.sorted);
	free(work.values);
	free(work.draws);
	return code;
}

static enum irm_code forecast(struct irm_forecast **out, const struct irm_query *query,
                              const struct irm_forecast_plan *plan, const struct question *q,
                              struct irm_err *err)
{
	struct irm_forecast *result = calloc(1, sizeof *result);
	if (!result)
		return irm_err_memory(err);
	enum irm_code code = IRM_OK;
	for (uint32_t i = 0; !code && i < query->data->n_mechanisms; i++)
		code = forecast_mechanism(result, query, i, plan, q, err);
	if (code) {
		irm_forecast_free(result);
		return code;
	}
	*out = result;
	return IRM_OK;
}

enum irm_code irm_forecast_numbers(struct irm_forecast **out, const struct irm_query *query,
                                   const struct irm_forecast_plan *plan,
                                   struct irm_forecast_days days, struct irm_err *err)
{
	struct question q = { days.days, NULL, days.n, days.days[days.n - 1] };
	return forecast(out, query, plan, &q, err);
}

enum irm_code irm_forecast_whens(struct irm_forecast **out, const struct irm_query *query,
                                 const struct irm_forecast_plan *plan, const double shares[],
                                 size_t n_shares, int32_t until, struct irm_err *err)
{
	struct question q = { NULL, shares, n_shares, until };
	return forecast(out, query, plan, &q, err);
}

void irm_forecast_free(struct irm_forecast *out)
{
	if (!out)
		return;
	free(out->rows);
	free(out->whens);
	free(out);
}
