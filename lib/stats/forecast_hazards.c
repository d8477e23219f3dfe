#include "stats/forecast_hazards.h"

#include <gsl/gsl_randist.h>
#include <stdlib.h>

#include "stats/forecast_level.h"
#include "stats/forecast_pool.h"

/* The base hazard's prior: so many ends of the step's crude hazard in each bin. */
#define BASE_PRIOR 0.5
/* A step that nobody has been through is taken to last its time limit, or so many days. */
#define NO_LIMIT_DAYS 180
/* No factor is so small that dividing by it loses anything. */
#define LEAST_FACTOR 1e-9
/* Draws before the first that is used. */
#define RUN_IN         50
#define ENDS_IN_BIN    8
#define BINS           (IRM_FORECAST_BINS + 1)
#define DAYS_OF(count) ((double)(count))

enum family { BASE, CYCLE, SHAPE, REGION, PACE, LEVEL, FAMILIES };

/* Factors of one kind, and what the records say of them. The last factor is 1 and stays. */
struct factors {
	double *value, *events, *wanted; /* [n + 1] */
	double *inverse;                 /* [n + 1] of the values, while they are drawn */
	size_t n;
	struct irm_forecast_pool pool; /* of CYCLE to PACE */
};

/* Days of one step of one review within one bin and one stretch of the calendar. */
struct piece {
	uint32_t at[FAMILIES];
	double days;   /* times the shock */
	double wanted; /* ends, by all factors */
	bool event;
};

struct irm_forecast_hazards {
	const struct irm_forecast_state *state;
	const struct irm_forecast_calendar *calendar;
	struct irm_forecast_bins *bins; /* [milestones] */
	double *crude;                  /* [milestones] ends a day, all bins together */
	struct factors factors[FAMILIES];
	double *level_work;
	struct irm_forecast_walk walk; /* of the level, in the last draw */
	struct piece *pieces;
	size_t n, room;
};

static int compare_days(const void *a, const void *b)
{
	int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
	return (x > y) - (x < y);
}

/* Bins of about equally many ends, with one before the first end. */
static void cut_bins(struct irm_forecast_bins *bins, int32_t days[], size_t n)
{
	*bins = (struct irm_forecast_bins){ .n = 1 };
	if (n == 0)
		return;
	qsort(days, n, sizeof *days, compare_days);
	size_t wanted = n / ENDS_IN_BIN;
	wanted = wanted < 1 ? 1 : wanted > IRM_FORECAST_BINS ? IRM_FORECAST_BINS : wanted;
	if (days[0] > 0)
		bins->from[bins->n++] = days[0];
	for (size_t i = 1; i < wanted; i++) {
		int32_t from = days[n * i / wanted - 1] + 1;
		if (from > bins->from[bins->n - 1])
			bins->from[bins->n++] = from;
	}
}

static double prior_days(const struct irm_forecast_state *state, uint32_t position)
{
	const struct irm_dataset *data = state->query->data;
	uint32_t at = data->mechanisms[state->mechanism].first + position;
	struct irm_span limit = data->milestones[at].limit;
	return limit.count ? DAYS_OF(irm_day_add(0, limit)) : NO_LIMIT_DAYS;
}

/* Bins and the crude hazard of the step to each milestone. */
static enum irm_code read_bins(struct irm_forecast_hazards *h, struct irm_err *err)
{
	const struct irm_forecast_state *state = h->state;
	int32_t *days = malloc((state->n_steps + 1) * sizeof *days);
	if (!days)
		return irm_err_memory(err);
	for (uint32_t position = 0; position < state->milestones; position++) {
		double total = prior_days(state, position);
		size_t ends = 0;
		for (size_t i = 0; i < state->n_steps; i++) {
			const struct irm_forecast_step *step = &state->steps[i];
			if (step->position != position)
				continue;
			total += DAYS_OF(step->days) + 1;
			if (step->event)
				days[ends++] = step->days;
		}
		cut_bins(&h->bins[position], days, ends);
		h->crude[position] = DAYS_OF(ends + 1) / total;
	}
	free(days);
	return IRM_OK;
}

static enum irm_code add_piece(struct irm_forecast_hazards *h, struct piece piece,
                               struct irm_err *err)
{
	if (h->n == h->room) {
		size_t room = h->room ? 2 * h->room : 1024;
		struct piece *grown = realloc(h->pieces, room * sizeof *grown);
		if (!grown)
			return irm_err_memory(err);
		h->pieces = grown;
		h->room = room;
	}
	h->pieces[h->n++] = piece;
	return IRM_OK;
}

static uint32_t shape_at(const struct irm_forecast_hazards *h, uint32_t position, uint32_t cycle,
                         uint32_t bin)
{
	uint32_t cycles = (uint32_t)h->state->query->data->n_cycles;
	return (position * cycles + cycle) * BINS + bin;
}

/* Where the factors of a piece stand, all but bin and period. */
static struct piece piece_of(const struct irm_forecast_hazards *h,
                             const struct irm_forecast_review *review, uint32_t position)
{
	const struct irm_dataset *data = h->state->query->data;
	const struct irm_review *r = &data->reviews[review->review];
	struct piece piece = { .days = 0 };
	piece.at[BASE] = position * BINS;
	piece.at[CYCLE] = position * (uint32_t)data->n_cycles + r->cycle;
	piece.at[SHAPE] = shape_at(h, position, r->cycle, 0);
	piece.at[REGION] = position * (uint32_t)(data->n_regions + 1) + review->region;
	piece.at[PACE] = position > 0 ? r->state : (uint32_t)h->factors[PACE].n;
	piece.at[LEVEL] = (uint32_t)h->factors[LEVEL].n;
	return piece;
}

/* Cuts the days 0 to step->days of a step at bins and at changes of the calendar. */
static enum irm_code add_step(struct irm_forecast_hazards *h, const struct irm_forecast_step *step,
                              struct irm_err *err)
{
	const struct irm_forecast_bins *bins = &h->bins[step->position];
	struct piece whole = piece_of(h, &h->state->reviews[step->place], step->position);
	int32_t day = step->began, end = step->began + step->days + 1;
	size_t stretch = irm_forecast_calendar_find(h->calendar, day);
	for (uint32_t bin = 0; day < end;) {
		const struct irm_forecast_stretch *on = &h->calendar->stretches[stretch];
		int32_t bin_end =
		        bin + 1 < bins->n ? step->began + bins->from[bin + 1] : IRM_DAY_FUTURE;
		int32_t calendar_end = irm_forecast_calendar_end(h->calendar, stretch);
		int32_t to = bin_end < calendar_end ? bin_end : calendar_end;
		to = to < end ? to : end;
		struct piece piece = whole;
		piece.at[BASE] += bin;
		piece.at[SHAPE] += bin;
		if (step->position > 0)
			piece.at[LEVEL] = on->period;
		piece.days = DAYS_OF(to - day) * on->shock;
		piece.event = step->event && to == end;
		if (add_piece(h, piece, err))
			return err->code;
		bin += to == bin_end;
		stretch += to == calendar_end;
		day = to;
	}
	return IRM_OK;
}

static enum irm_code make_factors(struct irm_forecast_hazards *h, struct irm_err *err)
{
	const struct irm_dataset *data = h->state->query->data;
	size_t m = h->state->milestones;
	const size_t sizes[FAMILIES] = {
		[BASE] = m * BINS,
		[CYCLE] = m * data->n_cycles,
		[SHAPE] = m * data->n_cycles * BINS,
		[REGION] = m * (data->n_regions + 1),
		[PACE] = data->n_states,
		[LEVEL] = h->calendar->periods,
	};
	for (int f = 0; f < FAMILIES; f++) {
		struct factors *factors = &h->factors[f];
		factors->n = sizes[f];
		factors->value = malloc((sizes[f] + 1) * sizeof(double));
		factors->events = calloc(sizes[f] + 1, sizeof(double));
		factors->wanted = calloc(sizes[f] + 1, sizeof(double));
		factors->inverse = calloc(sizes[f] + 1, sizeof(double));
		if (!factors->value || !factors->events || !factors->wanted || !factors->inverse)
			return irm_err_memory(err);
		for (size_t i = 0; i <= sizes[f]; i++)
			factors->value[i] = f == BASE && i < sizes[f] ? h->crude[i / BINS] : 1;
	}
	h->level_work = malloc((2 * sizes[LEVEL] + 1) * sizeof(double));
	return h->level_work ? IRM_OK : irm_err_memory(err);
}

static void count_events(struct irm_forecast_hazards *h)
{
	static const struct irm_forecast_pool pools[FAMILIES] = {
		[CYCLE] = { 2, 16, 1, { 0 } },
		[SHAPE] = { 2, 16, 1, { 0 } },
		[REGION] = { 2, 16, 1, { 0 } },
		[PACE] = { 0.5, 4, 1.5, { 0 } },
	};
	for (int f = 0; f < FAMILIES; f++) {
		struct factors *factors = &h->factors[f];
		for (size_t i = 0; i < h->n; i++)
			factors->events[h->pieces[i].at[f]] += h->pieces[i].event;
		factors->pool = pools[f];
		if (f >= CYCLE && f <= PACE)
			irm_forecast_pool_init(&factors->pool, factors->events, factors->n);
	}
}

static void draw_base(struct irm_forecast_hazards *h, gsl_rng *rng)
{
	struct factors *base = &h->factors[BASE];
	for (size_t i = 0; i < base->n; i++) {
		double prior = BASE_PRIOR / h->crude[i / BINS];
		base->value[i] = gsl_ran_gamma(rng, base->events[i] + BASE_PRIOR,
		                               1 / (base->wanted[i] + prior));
	}
}

/* Draws the factors of one kind given all others. */
static void draw_family(struct irm_forecast_hazards *h, enum family f, gsl_rng *rng)
{
	struct factors *factors = &h->factors[f];
	for (size_t i = 0; i <= factors->n; i++) {
		factors->wanted[i] = 0;
		factors->inverse[i] = 1 / factors->value[i];
	}
	for (size_t i = 0; i < h->n; i++) {
		struct piece *piece = &h->pieces[i];
		piece->wanted *= factors->inverse[piece->at[f]];
		factors->wanted[piece->at[f]] += piece->wanted;
	}
	if (f == BASE)
		draw_base(h, rng);
	else if (f == LEVEL)
		h->walk =
		        irm_forecast_level_draw(factors->value, h->calendar->past, factors->events,
		                                factors->wanted, h->level_work, rng);
	else
		irm_forecast_pool_draw(factors->value, &factors->pool, factors->events,
		                       factors->wanted, factors->n, rng);
	for (size_t i = 0; i < factors->n; i++)
		if (factors->value[i] < LEAST_FACTOR)
			factors->value[i] = LEAST_FACTOR;
	for (size_t i = 0; i < h->n; i++)
		h->pieces[i].wanted *= factors->value[h->pieces[i].at[f]];
}

void irm_forecast_hazards_draw(struct irm_forecast_hazards *h, gsl_rng *rng)
{
	for (size_t i = 0; i < h->n; i++) {
		struct piece *piece = &h->pieces[i];
		piece->wanted = piece->days;
		for (int f = 0; f < FAMILIES; f++)
			piece->wanted *= h->factors[f].value[piece->at[f]];
	}
	for (int f = 0; f < FAMILIES; f++)
		draw_family(h, (enum family)f, rng);
}

void irm_forecast_hazards_go_on(struct irm_forecast_hazards *h, gsl_rng *rng)
{
	uint32_t past = h->calendar->past;
	double *level = h->factors[LEVEL].value;
	irm_forecast_level_go_on(level + past, h->calendar->periods - past, h->walk, rng);
}

enum irm_code irm_forecast_hazards_new(struct irm_forecast_hazards **out,
                                       const struct irm_forecast_state *state,
                                       const struct irm_forecast_calendar *calendar, gsl_rng *rng,
                                       struct irm_err *err)
{
	struct irm_forecast_hazards *h = calloc(1, sizeof *h);
	if (!h)
		return irm_err_memory(err);
	h->state = state;
	h->calendar = calendar;
	h->bins = calloc(state->milestones + 1, sizeof *h->bins);
	h->crude = calloc(state->milestones + 1, sizeof *h->crude);
	if (!h->bins || !h->crude) {
		irm_forecast_hazards_free(h);
		return irm_err_memory(err);
	}
	enum irm_code code = read_bins(h, err);
	if (!code)
		code = make_factors(h, err);
	for (size_t i = 0; !code && i < state->n_steps; i++)
		code = add_step(h, &state->steps[i], err);
	if (code) {
		irm_forecast_hazards_free(h);
		return code;
	}
	count_events(h);
	for (int i = 0; i < RUN_IN; i++)
		irm_forecast_hazards_draw(h, rng);
	*out = h;
	return IRM_OK;
}

void irm_forecast_hazards_free(struct irm_forecast_hazards *h)
{
	if (!h)
		return;
	for (int f = 0; f < FAMILIES; f++) {
		free(h->factors[f].value);
		free(h->factors[f].events);
		free(h->factors[f].wanted);
		free(h->factors[f].inverse);
	}
	free(h->level_work);
	free(h->bins);
	free(h->crude);
	free(h->pieces);
	free(h);
}

const struct irm_forecast_bins *irm_forecast_hazards_bins(const struct irm_forecast_hazards *h,
                                                          uint32_t position)
{
	return &h->bins[position];
}

void irm_forecast_hazards_of(double hazard[], const struct irm_forecast_hazards *h,
                             const struct irm_forecast_review *review, uint32_t position)
{
	struct piece piece = piece_of(h, review, position);
	double common = 1;
	for (int f = CYCLE; f <= PACE; f++)
		if (f != SHAPE)
			common *= h->factors[f].value[piece.at[f]];
	for (uint32_t bin = 0; bin < h->bins[position].n; bin++)
		hazard[bin] = common * h->factors[BASE].value[piece.at[BASE] + bin] *
		              h->factors[SHAPE].value[piece.at[SHAPE] + bin];
}

double irm_forecast_hazards_on(const struct irm_forecast_hazards *h,
                               const struct irm_forecast_stretch *stretch, uint32_t position)
{
	return stretch->shock * (position > 0 ? h->factors[LEVEL].value[stretch->period] : 1);
}
