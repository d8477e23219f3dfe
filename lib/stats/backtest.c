#include "stats/backtest.h"

#include <math.h>
#include <stdlib.h>

#include "review/key.h"
#include "stats/forecast_naive.h"
#include "stats/forecast_sampler.h"

#define DAYS_MOST 1000 /* of forecasts, and of the days that one looks at */

const char *const irm_backtest_names[IRM_BACKTEST_METHODS] = { "model", "line", "limits" };

/* One mechanism, one past day. */
struct origin {
	struct irm_forecast_sampler *sampler;
	const struct irm_forecast_state *state, *truth; /* on the day, and on the query's */
	struct irm_forecast_cells cells;
	int32_t days[DAYS_MOST]; /* that it looks at */
	size_t n_days, n_draws;
	int32_t *reached, *planned; /* of one draw; by the limits */
	int32_t *draws;             /* [cells][n_days][n_draws] */
	int32_t counts[DAYS_MOST];
	double line[DAYS_MOST];
};

static struct irm_span times(struct irm_span span, int32_t n)
{
	span.count *= n;
	return span;
}

static void list_days(struct origin *o, int32_t as_of, int32_t last,
                      const struct irm_backtest_plan *test)
{
	int32_t end = irm_day_add(as_of, test->horizon);
	end = end == IRM_DAY_NONE || end > last ? last : end;
	o->n_days = 0;
	for (int32_t i = 1; i <= DAYS_MOST; i++) {
		int32_t day = irm_day_add(as_of, times(test->step, i));
		if (day == IRM_DAY_NONE || day > end)
			break;
		o->days[o->n_days++] = day;
	}
}

/* Leaves out reviews whose records end before the day of truth. */
static void drop_unseen(struct origin *o)
{
	for (size_t i = 0; i < o->cells.n; i++) {
		struct irm_forecast_cell *cell = &o->cells.cells[i];
		size_t n = 0;
		for (size_t k = 0; k < cell->n; k++) {
			const struct irm_forecast_review *r = &o->truth->reviews[cell->places[k]];
			const struct irm_review *review =
			        &o->truth->query->data->reviews[r->review];
			bool through = r->next == o->truth->milestones;
			if (through || review->observed_until == IRM_DAY_NONE ||
			    review->observed_until >= o->truth->as_of)
				cell->places[n++] = cell->places[k];
		}
		cell->n = n;
	}
}

static bool has_begun(const struct irm_forecast_state *state, uint32_t cycle)
{
	for (size_t i = 0; i < state->n; i++)
		if (state->reviews[i].next > 0 &&
		    state->query->data->reviews[state->reviews[i].review].cycle == cycle)
			return true;
	return false;
}

/* Whether there is something to forecast. */
static bool is_open(const struct origin *o, const struct irm_forecast_cell *cell)
{
	int32_t reached = 0;
	irm_forecast_cell_count(&reached, cell, o->state, o->state->days, &o->state->as_of, 1);
	return (size_t)reached < cell->n && has_begun(o->state, cell->cycle);
}

static enum irm_code make_room(struct origin *o, size_t draws, struct irm_err *err)
{
	size_t n = o->state->n * o->state->milestones + 1, values = 0;
	o->n_draws = draws;
	o->reached = malloc(n * sizeof *o->reached);
	o->planned = malloc(n * sizeof *o->planned);
	if (!__builtin_mul_overflow(o->cells.n * o->n_days, draws * sizeof *o->draws, &values))
		o->draws = malloc(values + 1);
	return o->reached && o->planned && o->draws ? IRM_OK : irm_err_memory(err);
}

static int32_t *draws_of(const struct origin *o, size_t cell, size_t day)
{
	return o->draws + (cell * o->n_days + day) * o->n_draws;
}

static void draw_all(struct origin *o)
{
	for (size_t draw = 0; draw < o->n_draws; draw++) {
		irm_forecast_sampler_draw(o->sampler, o->reached);
		for (size_t i = 0; i < o->cells.n; i++) {
			irm_forecast_cell_count(o->counts, &o->cells.cells[i], o->state, o->reached,
			                        o->days, o->n_days);
			for (size_t k = 0; k < o->n_days; k++)
				draws_of(o, i, k)[draw] = o->counts[k];
		}
	}
	irm_forecast_limits(o->planned, o->state);
}

static void put_model(struct irm_backtest *out, struct irm_backtest_row row, int32_t draws[],
                      size_t n)
{
	irm_forecast_sort(draws, n);
	row.method = IRM_BACKTEST_MODEL;
	row.expected = irm_forecast_mean(draws, n);
	for (size_t i = 0; i < IRM_FORECAST_LEVELS; i++)
		row.quantile[i] = irm_forecast_quantile(draws, n, irm_forecast_levels[i]);
	row.pit = irm_forecast_pit(draws, n, row.actual);
	row.crps = irm_forecast_crps(draws, n, row.actual);
	row.pinball = irm_forecast_pinball_mean(draws, n, row.actual);
	out->rows[out->n++] = row;
}

static void put_number(struct irm_backtest *out, struct irm_backtest_row row,
                       enum irm_backtest_method method, double number)
{
	row.method = method;
	row.expected = number;
	row.crps = fabs(number - row.actual);
	for (size_t i = 0; i < IRM_FORECAST_LEVELS; i++)
		row.pinball += irm_forecast_pinball(number, irm_forecast_levels[i], row.actual) /
		               IRM_FORECAST_LEVELS;
	out->rows[out->n++] = row;
}

static enum irm_code grow(struct irm_backtest *out, size_t more, struct irm_err *err)
{
	size_t room = out->n + more;
	if (room <= out->room)
		return IRM_OK;
	room += out->room;
	struct irm_backtest_row *grown = realloc(out->rows, room * sizeof *grown);
	if (!grown)
		return irm_err_memory(err);
	out->rows = grown;
	out->room = room;
	return IRM_OK;
}

static enum irm_code put_cell(struct irm_backtest *out, struct origin *o, size_t at,
                              struct irm_err *err)
{
	const struct irm_forecast_cell *cell = &o->cells.cells[at];
	int32_t actual[DAYS_MOST];
	if (!is_open(o, cell))
		return IRM_OK;
	if (grow(out, o->n_days * IRM_BACKTEST_METHODS, err))
		return err->code;
	irm_forecast_cell_count(actual, cell, o->truth, o->truth->days, o->days, o->n_days);
	irm_forecast_cell_count(o->counts, cell, o->state, o->planned, o->days, o->n_days);
	irm_forecast_line(o->line, cell, o->state, o->days, o->n_days);
	for (size_t k = 0; k < o->n_days; k++) {
		struct irm_backtest_row row = {
			.as_of = o->state->as_of,
			.day = o->days[k],
			.cycle = cell->cycle,
			.milestone = cell->milestone,
			.actual = actual[k],
		};
		put_model(out, row, draws_of(o, at, k), o->n_draws);
		put_number(out, row, IRM_BACKTEST_LINE, o->line[k]);
		put_number(out, row, IRM_BACKTEST_LIMITS, o->counts[k]);
	}
	return IRM_OK;
}

static enum irm_code test_origin(struct irm_backtest *out, struct origin *o,
                                 const struct irm_forecast_plan *plan, int32_t as_of,
                                 struct irm_err *err)
{
	const struct irm_query *query = o->truth->query;
	enum irm_code code = irm_forecast_sampler_new(&o->sampler, query, o->truth->mechanism,
	                                              as_of, o->days[o->n_days - 1], plan, err);
	if (!code) {
		o->state = irm_forecast_sampler_state(o->sampler);
		code = irm_forecast_cells_init(&o->cells, o->state, err);
	}
	if (!code) {
		drop_unseen(o);
		code = make_room(o, plan->draws, err);
	}
	if (!code)
		draw_all(o);
	for (size_t i = 0; !code && i < o->cells.n; i++)
		code = put_cell(out, o, i, err);
	irm_forecast_sampler_free(o->sampler);
	o->sampler = NULL;
	irm_forecast_cells_release(&o->cells);
	free(o->reached);
	free(o->planned);
	free(o->draws);
	o->reached = o->planned = o->draws = NULL;
	return code;
}

static enum irm_code test_mechanism(struct irm_backtest *out, const struct irm_query *query,
                                    uint32_t mechanism, const struct irm_forecast_plan *plan,
                                    const struct irm_backtest_plan *test, struct irm_err *err)
{
	struct irm_forecast_state *truth = NULL;
	struct origin *o = calloc(1, sizeof *o);
	if (!o)
		return irm_err_memory(err);
	enum irm_code code = irm_forecast_state_new(&truth, query, mechanism, query->as_of, err);
	for (int32_t i = 0; !code && i < DAYS_MOST; i++) {
		int32_t as_of = irm_day_add(test->from, times(test->step, i));
		if (as_of == IRM_DAY_NONE || as_of > test->to || as_of > query->as_of)
			break;
		o->truth = truth;
		list_days(o, as_of, query->as_of, test);
		if (o->n_days > 0)
			code = test_origin(out, o, plan, as_of, err);
	}
	irm_forecast_state_free(truth);
	free(o);
	return code;
}

static int compare_scores(const void *a, const void *b)
{
	const struct irm_backtest_score *x = a, *y = b;
	if (x->cycle != y->cycle)
		return x->cycle < y->cycle ? -1 : 1;
	if (x->milestone != y->milestone)
		return x->milestone < y->milestone ? -1 : 1;
	return (x->method > y->method) - (x->method < y->method);
}

static struct irm_backtest_score *score_of(struct irm_backtest *out, uint32_t cycle,
                                           uint32_t milestone, enum irm_backtest_method method)
{
	for (size_t i = 0; i < out->n_scores; i++) {
		struct irm_backtest_score *score = &out->scores[i];
		if (score->cycle == cycle && score->milestone == milestone &&
		    score->method == method)
			return score;
	}
	struct irm_backtest_score *score = &out->scores[out->n_scores++];
	*score = (struct irm_backtest_score){ .cycle = cycle,
		                              .milestone = milestone,
		                              .method = method };
	return score;
}

static void add_row(struct irm_backtest_score *score, const struct irm_backtest_row *row)
{
	score->forecasts++;
	score->bias += row->expected - row->actual;
	score->crps += row->crps;
	score->pinball += row->pinball;
	if (row->method != IRM_BACKTEST_MODEL)
		return;
	score->in90 += row->actual >= row->quantile[0] && row->actual <= row->quantile[4];
	score->in50 += row->actual >= row->quantile[1] && row->actual <= row->quantile[3];
	score->pit90 += irm_forecast_pit_within(row->pit, 0.9);
	score->pit50 += irm_forecast_pit_within(row->pit, 0.5);
}

static enum irm_code add_up(struct irm_backtest *out, const struct irm_query *query,
                            struct irm_err *err)
{
	size_t most = (query->data->n_cycles + 1) * (query->data->n_milestones + 1);
	out->scores = calloc(most * IRM_BACKTEST_METHODS, sizeof *out->scores);
	if (!out->scores)
		return irm_err_memory(err);
	for (size_t i = 0; i < out->n; i++) {
		const struct irm_backtest_row *row = &out->rows[i];
		for (unsigned all = 0; all < (query->total ? 4u : 1u); all++)
			add_row(score_of(out, all & 1 ? IRM_VALUE_ALL : row->cycle,
			                 all & 2 ? IRM_VALUE_ALL : row->milestone, row->method),
			        row);
	}
	for (size_t i = 0; i < out->n_scores; i++) {
		struct irm_backtest_score *score = &out->scores[i];
		score->bias /= (double)score->forecasts;
		score->pit50 /= (double)score->forecasts;
		score->pit90 /= (double)score->forecasts;
		score->crps /= (double)score->forecasts;
		score->pinball /= (double)score->forecasts;
	}
	qsort(out->scores, out->n_scores, sizeof *out->scores, compare_scores);
	return IRM_OK;
}

static enum irm_code check_plan(const struct irm_backtest_plan *test, struct irm_err *err)
{
	if (test->to < test->from)
		return irm_err_set(err, IRM_USAGE, "--backtest: it ends before it begins");
	int32_t last = irm_day_add(test->from, times(test->step, DAYS_MOST));
	if (last != IRM_DAY_NONE && last <= test->to)
		return irm_err_set(err, IRM_USAGE, "--backtest: more than %d days with that --step",
		                   DAYS_MOST);
	return IRM_OK;
}

enum irm_code irm_backtest_new(struct irm_backtest **out, const struct irm_query *query,
                               const struct irm_forecast_plan *plan,
                               const struct irm_backtest_plan *test, struct irm_err *err)
{
	if (check_plan(test, err))
		return err->code;
	struct irm_backtest *result = calloc(1, sizeof *result);
	if (!result)
		return irm_err_memory(err);
	enum irm_code code = IRM_OK;
	for (uint32_t i = 0; !code && i < query->data->n_mechanisms; i++)
		code = test_mechanism(result, query, i, plan, test, err);
	if (!code)
		code = add_up(result, query, err);
	if (code) {
		irm_backtest_free(result);
		return code;
	}
	*out = result;
	return IRM_OK;
}

void irm_backtest_free(struct irm_backtest *backtest)
{
	if (!backtest)
		return;
	free(backtest->rows);
	free(backtest->scores);
	free(backtest);
}
