#include "stats/sim_world.h"

#include <stdarg.h>
#include <stdlib.h>

#define STATES_DEFAULT  150
#define STATES_MOST     10000000
#define MECHANISMS_MOST 1000
#define EVENTS_MOST     1000000000
#define CYCLES_DEFAULT  2
#define EVENTS_A_REVIEW 7.11

/* Of 1000 reviews */
#define RESTARTED 40
#define CUT_SHORT 50

/* Of 10000 recorded milestones, how many have each fault. */
static const struct {
	enum irm_sim_fault fault;
	int share;
} fault_shares[] = {
	{ IRM_SIM_MISSING, 250 }, { IRM_SIM_MONTH, 500 }, { IRM_SIM_YEAR, 80 },
	{ IRM_SIM_BEFORE, 220 },  { IRM_SIM_SLIP, 120 },
};

struct streams {
	gsl_rng *reviews, *days, *faults, *observed, *restarts;
};

static enum irm_code in_range(int64_t value, int64_t least, int64_t most, const char *what,
                              struct irm_err *err)
{
	if (value >= least && value <= most)
		return IRM_OK;
	return irm_err_set(err, IRM_USAGE, "%s: expected %lld to %lld, found '%lld'", what,
	                   (long long)least, (long long)most, (long long)value);
}

enum irm_code irm_sim_sizes(size_t *states, int32_t *cycles, const struct irm_sim_plan *plan,
                            struct irm_err *err)
{
	if (in_range(plan->seed, 0, INT64_MAX, "seed", err) ||
	    in_range(plan->states, 0, STATES_MOST, "states", err) ||
	    in_range(plan->mechanisms, 1, MECHANISMS_MOST, "mechanisms", err) ||
	    in_range(plan->events, 0, EVENTS_MOST, "events", err))
		return err->code;
	double reviews = (double)plan->events / EVENTS_A_REVIEW / (double)plan->mechanisms;
	*cycles = CYCLES_DEFAULT;
	*states = plan->states ? (size_t)plan->states : STATES_DEFAULT;
	if (plan->events && plan->states) {
		double wanted = reviews / (double)plan->states + 0.5;
		*cycles = wanted < 1 ? 1 : (int32_t)wanted;
	} else if (plan->events) {
		double wanted = reviews / CYCLES_DEFAULT + 0.5;
		*states = wanted < 1 ? 1 : (size_t)wanted;
	}
	return in_range((int64_t)*states * *cycles, 1, INT32_MAX / plan->mechanisms / 2,
	                "reviews a mechanism", err);
}

void irm_sim_place(uint8_t regions[], size_t n)
{
	int credit[IRM_SIM_REGIONS] = { 0 };
	for (size_t i = 0; i < n; i++) {
		int best = 0, total = 0;
		for (int r = 0; r < IRM_SIM_REGIONS; r++) {
			credit[r] += irm_sim_regions[r].states;
			total += irm_sim_regions[r].states;
			best = credit[r] > credit[best] ? r : best;
		}
		credit[best] -= total;
		regions[i] = (uint8_t)best;
	}
	if (n > 1)
		regions[n - 1] = IRM_SIM_REGIONS;
}

static enum irm_code draw_states(struct irm_sim_world *world, struct irm_err *err)
{
	size_t n = world->n_states;
	uint8_t *regions = malloc(n);
	gsl_rng *rng = irm_sim_stream((uint64_t)world->plan.seed, "states");
	enum irm_code code = IRM_OK;
	world->states = calloc(n, sizeof *world->states);
	if (!regions || !rng || !world->states) {
		code = irm_err_memory(err);
	} else {
		int32_t first = irm_day_from_civil(2004, 1, 1);
		int32_t end = irm_day_from_civil(2010, 1, 1);
		irm_sim_place(regions, n);
		for (size_t i = 0; i < n; i++)
			world->states[i] = (struct irm_sim_state){
				.region = regions[i],
				.pace = (uint8_t)irm_sim_pick(rng, IRM_SIM_PACES),
				.party_since = first + irm_sim_pick(rng, end - first),
			};
	}
	free(regions);
	if (rng)
		gsl_rng_free(rng);
	return code;
}

static bool is_taken(const struct irm_sim_review *review, int32_t state)
{
	return state == review->state || state == review->reviewers[0];
}

/* One of the State's own region, and any other one; nobody where there are too few States. */
static void draw_reviewers(struct irm_sim_review *review, const struct irm_sim_world *world,
                           gsl_rng *rng)
{
	int32_t n = (int32_t)world->n_states;
	uint8_t region = world->states[review->state].region;
	for (int k = 0; k < 2; k++) {
		int32_t first = irm_sim_pick(rng, n);
		review->reviewers[k] = IRM_SIM_NOBODY;
		for (int32_t i = 0; i < n && review->reviewers[k] == IRM_SIM_NOBODY; i++) {
			int32_t state = (first + i) % n;
			if (!is_taken(review, state) &&
			    (k || world->states[state].region == region))
				review->reviewers[k] = state;
		}
	}
}

int32_t irm_sim_last(const struct irm_sim_world *world, const struct irm_sim_review *review)
{
	int32_t last = world->as_of;
	if (review->discontinued != IRM_DAY_NONE && review->discontinued < last)
		last = review->discontinued;
	if (review->observed_until != IRM_DAY_NONE && review->observed_until < last)
		last = review->observed_until;
	return last;
}

bool irm_sim_has(const struct irm_sim_world *world, const struct irm_sim_review *review,
                 int milestone)
{
	return review->days[milestone] != IRM_DAY_NONE &&
	       review->days[milestone] <= irm_sim_last(world, review) &&
	       review->entered[milestone] <= world->as_of;
}

/* The days of all milestones from the start on. */
static void draw_days(struct irm_sim_review *review, const struct irm_sim_world *world,
                      int32_t start, gsl_rng *rng)
{
	const struct irm_sim_state *state = &world->states[review->state];
	bool none = irm_sim_chance(rng, IRM_SIM_NO_DIALOGUE);
	bool joint = irm_sim_chance(rng, 300);
	int32_t day = review->days[0] = start;
	for (int gap = 0; gap < IRM_SIM_MILESTONES - 1; gap++) {
		int32_t length = irm_sim_gap(rng, review->cycle % IRM_SIM_SHAPES, state->region,
		                             state->pace, gap);
		bool skipped = none && gap + 1 == IRM_SIM_DIALOGUE;
		day += skipped ? 0 : length;
		review->days[gap + 1] = skipped ? IRM_DAY_NONE : day;
	}
	int32_t dialogue = review->days[IRM_SIM_DIALOGUE];
	if (none)
		review->dialogue = IRM_SIM_NONE;
	else if (dialogue >= irm_day_from_civil(2020, 3, 15) &&
	         dialogue < irm_day_from_civil(2022, 1, 1))
		review->dialogue = IRM_SIM_ONLINE;
	else
		review->dialogue = joint ? IRM_SIM_JOINT : IRM_SIM_VISIT;
}

static enum irm_sim_fault fault_of(int32_t share)
{
	for (size_t i = 0; i < sizeof fault_shares / sizeof *fault_shares; i++) {
		share -= fault_shares[i].share;
		if (share < 0)
			return fault_shares[i].fault;
	}
	return IRM_SIM_EXACT;
}

/* When each milestone was entered and how: most within a month, one in ten much later. */
static void draw_faults(struct irm_sim_review *review, const struct irm_sim_world *world,
                        gsl_rng *rng)
{
	for (int m = 0; m < IRM_SIM_MILESTONES; m++) {
		int32_t lag = irm_sim_pick(rng, 1000);
		enum irm_sim_fault fault = fault_of(irm_sim_pick(rng, 10000));
		if (fault == IRM_SIM_SLIP && m < 3)
			fault = IRM_SIM_EXACT;
		lag = lag < 900 ? lag % 30 : (lag - 900) * 4;
		bool clean = world->plan.no_faults || review->days[m] == IRM_DAY_NONE;
		review->faults[m] = (uint8_t)(clean ? IRM_SIM_EXACT : fault);
		review->entered[m] = clean ? review->days[m] : review->days[m] + lag;
	}
}

/* A date is only missing where a later one is there: else the review would look open for ever. */
static void settle(struct irm_sim_review *review, const struct irm_sim_world *world)
{
	int latest = 0;
	for (int m = 0; m < IRM_SIM_MILESTONES; m++)
		latest = irm_sim_has(world, review, m) ? m : latest;
	if (review->faults[latest] == IRM_SIM_MISSING)
		review->faults[latest] = IRM_SIM_EXACT;
	if (review->dialogue != IRM_SIM_NONE && !irm_sim_has(world, review, IRM_SIM_DIALOGUE))
		review->dialogue = IRM_SIM_UNKNOWN;
}

void *irm_sim_room(void *array, size_t n, size_t size)
{
	if (n & (n - 1))
		return array;
	size_t bytes;
	return __builtin_mul_overflow(n ? 2 * n : 1, size, &bytes) ? NULL : realloc(array, bytes);
}

static enum irm_code add_review(struct irm_sim_world *world, const struct irm_sim_review *review,
                                struct irm_err *err)
{
	void *moved = irm_sim_room(world->reviews, world->n_reviews, sizeof *world->reviews);
	if (!moved)
		return irm_err_memory(err);
	world->reviews = moved;
	world->reviews[world->n_reviews] = *review;
	settle(&world->reviews[world->n_reviews++], world);
	return IRM_OK;
}

/* Some reviews are drawn again: the old one ends on a day that has nothing to do with how far it
 * got, and a new one begins later. Returns whether `review` is such a one; then *again is the new
 * one. The stream gives as many numbers either way. */
static bool draw_restart(struct irm_sim_review *again, struct irm_sim_review *review,
                         const struct irm_sim_world *world, const struct streams *streams)
{
	bool chosen = irm_sim_chance(streams->restarts, RESTARTED) && !world->plan.no_faults;
	int32_t until = review->days[0] + 60 + irm_sim_pick(streams->restarts, 600);
	int32_t start = until + 30 + irm_sim_pick(streams->restarts, 200);
	*again = *review;
	draw_reviewers(again, world, streams->restarts);
	draw_days(again, world, start, streams->restarts);
	draw_faults(again, world, streams->restarts);
	again->replaces = (int32_t)world->n_reviews;
	int month, mday;
	irm_day_to_civil(start, &again->year, &month, &mday);
	if (!chosen || until > world->as_of || until > review->days[IRM_SIM_REPORT])
		return false;
	review->discontinued = until;
	return true;
}

/* Some reviews are known only up to an earlier day. */
static void draw_observed(struct irm_sim_review *review, const struct irm_sim_world *world,
                          gsl_rng *rng)
{
	bool chosen = irm_sim_chance(rng, CUT_SHORT) && !world->plan.no_faults;
	int32_t room = world->as_of - review->days[0] - 90;
	int32_t day = review->days[0] + 90 + irm_sim_pick(rng, room > 0 ? room : 1);
	if (chosen && room > 0)
		review->observed_until = day;
}

static enum irm_code draw_review(struct irm_sim_world *world, struct irm_sim_review review,
                                 const struct streams *streams, struct irm_err *err)
{
	const struct irm_sim_shape *shape = &irm_sim_shapes[review.cycle % IRM_SIM_SHAPES];
	struct irm_sim_review again;
	review.replaces = IRM_SIM_NOBODY;
	review.discontinued = review.observed_until = IRM_DAY_NONE;
	review.reviewers[0] = review.reviewers[1] = IRM_SIM_NOBODY;
	review.year = shape->first_year + irm_sim_pick(streams->reviews, shape->years);
	int32_t start = irm_day_from_civil(review.year, 6, 1) +
	                irm_sim_pick(streams->reviews, shape->spread);
	draw_reviewers(&review, world, streams->reviews);
	draw_days(&review, world, start, streams->days);
	draw_faults(&review, world, streams->faults);
	bool restarted = draw_restart(&again, &review, world, streams);
	draw_observed(restarted ? &again : &review, world, streams->observed);
	if (add_review(world, &review, err))
		return err->code;
	return restarted ? add_review(world, &again, err) : IRM_OK;
}

static enum irm_code draw_reviews(struct irm_sim_world *world, const struct streams *streams,
                                  struct irm_err *err)
{
	for (int32_t m = 0; m < world->mechanisms; m++)
		for (int32_t c = 0; c < world->cycles; c++)
			for (size_t s = 0; s < world->n_states; s++) {
				struct irm_sim_review review = { .mechanism = m,
					                         .cycle = c,
					                         .state = (int32_t)s };
				if (draw_review(world, review, streams, err))
					return err->code;
			}
	return IRM_OK;
}

static enum irm_code draw_all(struct irm_sim_world *world, struct irm_err *err)
{
	uint64_t seed = (uint64_t)world->plan.seed;
	struct streams streams = {
		irm_sim_stream(seed, "reviews"),  irm_sim_stream(seed, "days"),
		irm_sim_stream(seed, "faults"),   irm_sim_stream(seed, "observed"),
		irm_sim_stream(seed, "restarts"),
	};
	gsl_rng *all[] = { streams.reviews, streams.days, streams.faults, streams.observed,
		           streams.restarts };
	enum irm_code code = IRM_OK;
	for (size_t i = 0; i < sizeof all / sizeof *all && !code; i++)
		code = all[i] ? IRM_OK : irm_err_memory(err);
	if (!code)
		code = draw_states(world, err);
	if (!code)
		code = draw_reviews(world, &streams, err);
	if (!code)
		code = irm_sim_draw_findings(world, err);
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (all[i])
			gsl_rng_free(all[i]);
	return code;
}

enum irm_code irm_sim_world_new(struct irm_sim_world **out, const struct irm_sim_plan *plan,
                                struct irm_err *err)
{
	size_t states = 0;
	int32_t cycles = 0;
	if (irm_sim_sizes(&states, &cycles, plan, err))
		return err->code;
	struct irm_sim_world *world = calloc(1, sizeof *world);
	if (!world)
		return irm_err_memory(err);
	world->plan = *plan;
	world->as_of = irm_day_from_civil(2024, 12, 31);
	world->mechanisms = (int32_t)plan->mechanisms;
	world->cycles = cycles;
	world->n_states = states;
	if (draw_all(world, err)) {
		irm_sim_world_free(world);
		return err->code;
	}
	*out = world;
	return IRM_OK;
}

void irm_sim_world_free(struct irm_sim_world *world)
{
	if (!world)
		return;
	free(world->states);
	free(world->reviews);
	free(world->needs);
	free(world->findings);
	free(world);
}
