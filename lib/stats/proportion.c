#include "stats/proportion.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

#include <gsl/gsl_cdf.h>

#include "base/nearest.h"
#include "stats/beta.h"

/* By enum irm_ci. */
static const char *const names[] = { "wilson", "clopper-pearson", "jeffreys", "agresti-coull",
	                             "none" };
#define N_NAMES (sizeof names / sizeof names[0])

static const struct irm_interval unknown = { (double)NAN, (double)NAN };

enum irm_code irm_ci_parse(enum irm_ci *out, const char *name, struct irm_err *err)
{
	if (!name)
		name = names[IRM_CI_WILSON];
	for (size_t i = 0; i < N_NAMES; i++) {
		if (strcmp(name, names[i]) == 0) {
			*out = (enum irm_ci)i;
			return IRM_OK;
		}
	}
	irm_err_set(err, IRM_USAGE, "no method of limits is called '%s'", name);
	irm_err_hint_nearest(err, name, names, N_NAMES);
	return IRM_USAGE;
}

enum irm_code irm_level_check(double level, struct irm_err *err)
{
	if (level > 0 && level < 1)
		return IRM_OK;
	return irm_err_set(err, IRM_USAGE,
	                   "level is %g, expected a number between 0 and 1, as 0.95", level);
}

double irm_proportion(int64_t x, int64_t n)
{
	return n > 0 ? (double)x / (double)n : (double)NAN;
}

/* Half of what lies outside has its normal quantile here. */
static double normal(double level)
{
	return gsl_cdf_ugaussian_Pinv(1 - (1 - level) / 2);
}

/* The lower limit is x + half - root over n + 2 half; written so that nothing cancels. */
static struct irm_interval wilson(double x, double n, double level)
{
	double z = normal(level), half = z * z / 2;
	double sum = x + half + z * sqrt(x * ((n - x) / n) + half / 2);
	return (struct irm_interval){ x * (x / n) / sum,
		                      x < n ? fmin(sum / (n + 2 * half), 1) : 1 };
}

static struct irm_interval clopper_pearson(double x, double n, double level)
{
	double tail = (1 - level) / 2;
	return (struct irm_interval){
		x > 0 ? irm_beta_quantile(tail, x, n - x + 1) : 0,
		x < n ? irm_beta_quantile(1 - tail, x + 1, n - x) : 1,
	};
}

static struct irm_interval jeffreys(double x, double n, double level)
{
	double tail = (1 - level) / 2;
	return (struct irm_interval){
		x > 0 ? irm_beta_quantile(tail, x + 0.5, n - x + 0.5) : 0,
		x < n ? irm_beta_quantile(1 - tail, x + 0.5, n - x + 0.5) : 1,
	};
}

static struct irm_interval agresti_coull(double x, double n, double level)
{
	double z = normal(level), more = n + z * z, centre = (x + z * z / 2) / more;
	double half = z * sqrt(centre * (1 - centre) / more);
	return (struct irm_interval){ fmax(centre - half, 0), fmin(centre + half, 1) };
}

struct irm_interval irm_proportion_limits(enum irm_ci method, int64_t x, int64_t n, double level)
{
	if (n <= 0 || x < 0 || x > n || !(level > 0 && level < 1))
		return unknown;
	switch (method) {
	case IRM_CI_WILSON:
		return wilson((double)x, (double)n, level);
	case IRM_CI_CLOPPER_PEARSON:
		return clopper_pearson((double)x, (double)n, level);
	case IRM_CI_JEFFREYS:
		return jeffreys((double)x, (double)n, level);
	case IRM_CI_AGRESTI_COULL:
		return agresti_coull((double)x, (double)n, level);
	case IRM_CI_NONE:
		break;
	}
	return unknown;
}
