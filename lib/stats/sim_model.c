#include "stats/sim_model.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_math.h>
#include <math.h>
#include <string.h>

#define MONTHS(n) \
	{ \
		n, IRM_UNIT_MONTH \
	}

const struct irm_sim_milestone irm_sim_milestones[IRM_SIM_MILESTONES] = {
	{ "started", -1, { 0, IRM_UNIT_DAY }, "secretariat", "State informed of the beginning" },
	{ "focal_point", 0, { 3, IRM_UNIT_WEEK }, "state_under_review", "Focal point nominated" },
	{ "teleconference", 0, MONTHS(1), "secretariat", "First teleconference" },
	{ "self_assessment", 0, MONTHS(2), "state_under_review", "Self-assessment submitted" },
	{ "desk_review", 3, MONTHS(1), "reviewers", "Outcome of the desk review submitted" },
	{ "dialogue", 4, MONTHS(2), "joint", "Dialogue closed" },
	{ "summary_agreed", 0, MONTHS(6), "joint", "Executive summary agreed" },
	{ "report_agreed", 0, MONTHS(6), "joint", "Report agreed" },
};

const struct irm_sim_region irm_sim_regions[IRM_SIM_REGIONS + 1] = {
	{ "AFR", "African States", 54, 150 },
	{ "APG", "Asia-Pacific States", 54, 130 },
	{ "EEG", "Eastern European States", 23, 80 },
	{ "GRULAC", "Latin American and Caribbean States", 33, 100 },
	{ "WEOG", "Western European and other States", 29, 20 },
	{ NULL, NULL, 0, 50 },
};

const struct irm_sim_shape irm_sim_shapes[IRM_SIM_SHAPES] = {
	{ "Fictional first review cycle", { "III", "IV" }, 2010, 4, 120, 0.9 },
	{ "Fictional second review cycle", { "II", "V" }, 2016, 5, 1750, 1.8 },
};

const struct irm_sim_type irm_sim_types[IRM_SIM_TYPES] = {
	{ "capacity_building", "Capacity-building" },
	{ "good_practices", "Good practices and lessons learned" },
	{ "legal_advice", "Legal advice" },
	{ "legislative_drafting", "Assistance in drafting legislation" },
	{ "model_legislation", "Model legislation" },
	{ "on_site_assistance", "On-site assistance by an expert" },
};

const int irm_sim_need_rate[IRM_SIM_ARTICLES] = {
	/* 5-14 */ 70,
	150,
	90,
	120,
	160,
	90,
	50,
	130,
	100,
	210,
	/* 15-42 */ 60,
	90,
	30,
	50,
	30,
	170,
	80,
	20,
	50,
	10,
	20,
	110,
	10,
	10,
	30,
	130,
	190,
	240,
	180,
	40,
	50,
	160,
	150,
	60,
	40,
	100,
	10,
	30,
	/* 43-50 */ 40,
	150,
	20,
	260,
	10,
	140,
	110,
	180,
	/* 51-59 */ 60,
	220,
	90,
	100,
	130,
	40,
	150,
	80,
	50,
};

/* From each milestone to the next: the median in days; sigma of a log-normal or the exponent of a
 * Weibull distribution. */
static const struct {
	bool weibull;
	double median, spread;
} gaps[IRM_SIM_MILESTONES - 1] = {
	{ false, 40, 0.9 },  { false, 22, 0.7 },  { false, 110, 0.7 }, { true, 105, 1.4 },
	{ false, 130, 0.6 }, { false, 180, 0.7 }, { false, 50, 0.8 },
};

/* How many times longer a region takes, by gap; the last: States without a region. */
static const double region_factor[IRM_SIM_REGIONS + 1][IRM_SIM_MILESTONES - 1] = {
	{ 1.4, 1.0, 1.3, 1.1, 1.2, 1.1, 1.1 }, { 1.2, 1.1, 1.1, 1.0, 1.0, 1.2, 1.1 },
	{ 0.7, 1.0, 0.8, 0.9, 0.9, 0.8, 0.9 }, { 1.0, 1.0, 1.0, 1.1, 1.1, 1.0, 1.0 },
	{ 0.6, 0.9, 0.7, 0.9, 0.8, 0.8, 0.8 }, { 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0 },
};

/* Standard deviation of the logarithm of a State's pace. */
#define PACE_SIGMA 0.4

const char *irm_sim_chapter(int article)
{
	int number = article + IRM_SIM_FIRST;
	return number < 15 ? "II" : number < 43 ? "III" : number < 51 ? "IV" : "V";
}

bool irm_sim_in_scope(int shape, int article)
{
	const char *chapter = irm_sim_chapter(article);
	return strcmp(irm_sim_shapes[shape].chapters[0], chapter) == 0 ||
	       strcmp(irm_sim_shapes[shape].chapters[1], chapter) == 0;
}

/* The median of a gap before rounding. */
static double scale_of(int shape, int region, int pace, int gap)
{
	double z = gsl_cdf_ugaussian_Pinv((pace + 0.5) / IRM_SIM_PACES);
	return gaps[gap].median * irm_sim_shapes[shape].factor * region_factor[region][gap] *
	       exp(PACE_SIGMA * z);
}

int32_t irm_sim_gap(gsl_rng *rng, int shape, int region, int pace, int gap)
{
	double u = gsl_rng_uniform_pos(rng), spread = gaps[gap].spread;
	double ratio = gaps[gap].weibull ? pow(-log(u) / M_LN2, 1 / spread)
	                                 : exp(spread * gsl_cdf_ugaussian_Pinv(u));
	double days = floor(scale_of(shape, region, pace, gap) * ratio + 0.5);
	return days < IRM_SIM_GAP_MOST ? (int32_t)days : IRM_SIM_GAP_MOST;
}

double irm_sim_gap_cdf(int32_t days, int shape, int region, int pace, int gap)
{
	if (days < 0)
		return 0;
	if (days >= IRM_SIM_GAP_MOST)
		return 1;
	double ratio = (days + 0.5) / scale_of(shape, region, pace, gap);
	double spread = gaps[gap].spread;
	return gaps[gap].weibull ? -expm1(-M_LN2 * pow(ratio, spread))
	                         : gsl_cdf_ugaussian_P(log(ratio) / spread);
}

/* Seed and name by FNV-1a, mixed to the end of splitmix64 (Steele, Lea & Flood 2014, OOPSLA): seeds
 * that are neighbours give streams that have nothing in common. */
gsl_rng *irm_sim_stream(uint64_t seed, const char *name)
{
	uint64_t hash = UINT64_C(14695981039346656037);
	for (int i = 0; i < 8; i++)
		hash = (hash ^ (seed >> (8 * i) & 0xff)) * UINT64_C(1099511628211);
	for (const char *p = name; *p; p++)
		hash = (hash ^ (unsigned char)*p) * UINT64_C(1099511628211);
	hash = (hash ^ hash >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	hash = (hash ^ hash >> 27) * UINT64_C(0x94d049bb133111eb);
	unsigned long start = (hash ^ hash >> 31) & 0xffffffff;
	gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
	if (rng)
		gsl_rng_set(rng, start ? start : 1); /* 0 means its default to GSL */
	return rng;
}

bool irm_sim_chance(gsl_rng *rng, int per_mille)
{
	return gsl_rng_uniform_int(rng, 1000) < (unsigned long)per_mille;
}

int32_t irm_sim_pick(gsl_rng *rng, int64_t n)
{
	return (int32_t)gsl_rng_uniform_int(rng, (unsigned long)n);
}
