/* The true distribution of every stage, by convolution. */
#include <gsl/gsl_fft_halfcomplex.h>
#include <gsl/gsl_fft_real.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "stats/sim.h"
#include "stats/sim_world.h"

#define GAPS   (IRM_SIM_MILESTONES - 1)
#define STAGES GAPS /* each milestone but the first ends one */
#define GROUPS (IRM_SIM_REGIONS + 2)
#define ROWS   ((size_t)STAGES * GROUPS) /* of a cycle */
#define DAYS   16384 /* more than GAPS * IRM_SIM_GAP_MOST: the convolution does not come round */

_Static_assert(DAYS > GAPS * IRM_SIM_GAP_MOST, "days of a review");

/* Transforms are in GSL's half-complex order: real parts up, imaginary parts down from the end. */
struct work {
	double gap[GAPS][DAYS];     /* transforms of one pace's gaps */
	double mixed[DAYS];         /* of the gap to the dialogue, in stages that go beyond it */
	double product[DAYS];       /* of one stage and pace */
	double stage[STAGES][DAYS]; /* of a region: the mean over paces */
	double all[STAGES][DAYS];   /* the mean over States */
	double weight[GROUPS - 1];  /* the share of States in each region */
};

/* product *= factor */
static void multiply(double product[DAYS], const double factor[DAYS])
{
	product[0] *= factor[0];
	product[DAYS / 2] *= factor[DAYS / 2];
	for (size_t k = 1; k < DAYS / 2; k++) {
		double re = product[k], im = product[DAYS - k];
		product[k] = re * factor[k] - im * factor[DAYS - k];
		product[DAYS - k] = re * factor[DAYS - k] + im * factor[k];
	}
}

static void transform_gaps(struct work *work, int shape, int region, int pace)
{
	for (int g = 0; g < GAPS; g++) {
		double before = 0;
		for (int32_t day = 0; day < DAYS; day++) {
			double upto = day <= IRM_SIM_GAP_MOST
			                      ? irm_sim_gap_cdf(day, shape, region, pace, g)
			                      : 1;
			work->gap[g][day] = upto - before;
			before = upto;
		}
		gsl_fft_real_radix2_transform(work->gap[g], 1, DAYS);
	}
	/* A review without a dialogue goes straight on: 0 days, whose transform is 1 everywhere. */
	const double none = IRM_SIM_NO_DIALOGUE / 1000.0;
	for (size_t k = 0; k < DAYS; k++)
		work->mixed[k] = (1 - none) * work->gap[IRM_SIM_DIALOGUE - 1][k] +
		                 (k <= DAYS / 2 ? none : 0);
}

/* The stage that ends with milestone `stage` + 1, for one pace. */
static void multiply_gaps(struct work *work, int stage)
{
	memset(work->product, 0, sizeof work->product);
	for (size_t k = 0; k <= DAYS / 2; k++)
		work->product[k] = 1;
	for (int g = irm_sim_milestones[stage + 1].from; g <= stage; g++) {
		bool may_be_skipped = g + 1 == IRM_SIM_DIALOGUE && g < stage;
		multiply(work->product, may_be_skipped ? work->mixed : work->gap[g]);
	}
}

/* Probabilities of each day, of all stages of a region. */
static void find_region(struct work *work, int shape, int region)
{
	memset(work->stage, 0, sizeof work->stage);
	for (int pace = 0; pace < IRM_SIM_PACES; pace++) {
		transform_gaps(work, shape, region, pace);
		for (int s = 0; s < STAGES; s++) {
			multiply_gaps(work, s);
			for (size_t k = 0; k < DAYS; k++)
				work->stage[s][k] += work->product[k] / IRM_SIM_PACES;
		}
	}
	for (int s = 0; s < STAGES; s++) {
		gsl_fft_halfcomplex_radix2_inverse(work->stage[s], 1, DAYS);
		for (size_t k = 0; k < DAYS; k++)
			work->all[s][k] += work->weight[region] * work->stage[s][k];
	}
}

static int32_t median_of(const double day[DAYS])
{
	double sum = 0;
	for (int32_t k = 0; k < DAYS; k++) {
		sum += day[k];
		if (sum >= 0.5)
			return k;
	}
	return DAYS;
}

/* The share that takes longer than the limit, averaged over starts on the days [first, end). */
static double late_share(const double day[DAYS], struct irm_span limit, int32_t first, int32_t end)
{
	double late = 0;
	for (int32_t start = first; start < end; start++) {
		int32_t days = irm_day_add(start, limit) - start;
		double in_time = 0;
		for (int32_t k = 0; k <= days; k++)
			in_time += day[k];
		late += 1 - in_time;
	}
	return late / (end - first);
}

static double late_share_of(const double day[DAYS], int stage, int shape)
{
	const struct irm_sim_milestone *end = &irm_sim_milestones[stage + 1];
	const struct irm_sim_shape *cycle = &irm_sim_shapes[shape];
	if (end->from > 0)
		return late_share(day, end->limit, irm_day_from_civil(2012, 1, 1),
		                  irm_day_from_civil(2016, 1, 1));
	double sum = 0;
	for (int i = 0; i < cycle->years; i++) {
		int32_t first = irm_day_from_civil(cycle->first_year + i, 6, 1);
		sum += late_share(day, end->limit, first, first + cycle->spread);
	}
	return sum / cycle->years;
}

static void put_rows(struct irm_sim_truth rows[], double stages[STAGES][DAYS], int shape, int group)
{
	const char *region = group < IRM_SIM_REGIONS    ? irm_sim_regions[group].code
	                     : group == IRM_SIM_REGIONS ? "unassigned"
	                                                : "all";
	for (int s = 0; s < STAGES; s++)
		rows[s * GROUPS + group] = (struct irm_sim_truth){
			.stage = irm_sim_milestones[s + 1].code,
			.region = region,
			.median = median_of(stages[s]),
			.share_late = late_share_of(stages[s], s, shape),
		};
}

/* The rows of one shape, by stage and region. */
static void find_shape(struct irm_sim_truth rows[], struct work *work, int shape)
{
	memset(work->all, 0, sizeof work->all);
	for (int region = 0; region <= IRM_SIM_REGIONS; region++) {
		find_region(work, shape, region);
		put_rows(rows, work->stage, shape, region);
	}
	put_rows(rows, work->all, shape, GROUPS - 1);
}

/* The share of the States that each region has; `regions` is room for one a State. */
static void weigh(double weight[GROUPS - 1], uint8_t regions[], size_t states)
{
	irm_sim_place(regions, states);
	for (size_t i = 0; i < states; i++)
		weight[regions[i]] += 1 / (double)states;
}

/* The rows of all cycles; those of one shape are the same but for the cycle's code. */
static void find_cycles(struct irm_sim_truth rows[], struct work *work, int32_t cycles)
{
	for (int32_t c = 0; c < cycles; c++) {
		struct irm_sim_truth *own = rows + (size_t)c * ROWS;
		char cycle[IRM_SIM_CODE_SIZE];
		irm_sim_cycle_code(cycle, 0, c);
		if (c < IRM_SIM_SHAPES)
			find_shape(own, work, c);
		else
			memcpy(own, own - ROWS * IRM_SIM_SHAPES, ROWS * sizeof *own);
		for (size_t i = 0; i < ROWS; i++)
			snprintf(own[i].cycle, sizeof own[i].cycle, "%.23s", cycle);
	}
}

enum irm_code irm_sim_truth(struct irm_sim_truth **out, size_t *n, const struct irm_sim_plan *plan,
                            struct irm_err *err)
{
	size_t states = 0;
	int32_t cycles = 0;
	if (irm_sim_sizes(&states, &cycles, plan, err))
		return err->code;
	struct work *work = calloc(1, sizeof *work);
	uint8_t *regions = malloc(states);
	struct irm_sim_truth *rows = calloc((size_t)cycles * ROWS, sizeof *rows);
	if (!work || !regions || !rows) {
		free(work);
		free(regions);
		free(rows);
		return irm_err_memory(err);
	}
	weigh(work->weight, regions, states);
	find_cycles(rows, work, cycles);
	free(work);
	free(regions);
	*out = rows;
	*n = (size_t)cycles * ROWS;
	return IRM_OK;
}
