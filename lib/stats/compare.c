#include "stats/compare.h"

#include <math.h>
#include <stdbool.h>

#include <gsl/gsl_cdf.h>

#include "stats/product.h"

#define MOST_LOG   700 /* a ratio's logarithm: beyond lies no double */
#define MOST_STEPS 200

static const struct irm_interval unknown = { (double)NAN, (double)NAN };

struct two {
	double x1, n1, x2, n2;
};

static bool is_known(int64_t x, int64_t n)
{
	return n > 0 && x >= 0 && x <= n;
}

double irm_difference(int64_t x1, int64_t n1, int64_t x2, int64_t n2)
{
	if (!is_known(x1, n1) || !is_known(x2, n2))
		return (double)NAN;
	return irm_product_difference((double)x1, (double)n2, (double)x2, (double)n1) /
	       ((double)n1 * (double)n2);
}

/* How far the Wilson limits lie below and above x / n; of a share near 1 those of the rest, turned
 * round, so that nothing cancels. */
static struct irm_interval reach(int64_t x, int64_t n, double level)
{
	bool turned = x > n - x;
	int64_t less = turned ? n - x : x;
	struct irm_interval limits = irm_proportion_limits(IRM_CI_WILSON, less, n, level);
	double share = irm_proportion(less, n), below = share - limits.lo,
	       above = limits.hi - share;
	return turned ? (struct irm_interval){ above, below }
	              : (struct irm_interval){ below, above };
}

struct irm_interval irm_difference_limits(int64_t x1, int64_t n1, int64_t x2, int64_t n2,
                                          double level)
{
	if (!is_known(x1, n1) || !is_known(x2, n2))
		return unknown;
	struct irm_interval one = reach(x1, n1, level), two = reach(x2, n2, level);
	double difference = irm_difference(x1, n1, x2, n2);
	return (struct irm_interval){ difference - hypot(one.lo, two.hi),
		                      difference + hypot(one.hi, two.lo) };
}

double irm_ratio(int64_t x1, int64_t n1, int64_t x2, int64_t n2)
{
	if (!is_known(x1, n1) || !is_known(x2, n2) || x2 == 0)
		return (double)NAN;
	return (double)x1 / (double)n1 / ((double)x2 / (double)n2);
}

/* What a count adds to the score: the square of how far x of n lies from n p, over its variance; q
 * is 1 - p. */
static double square(double x, double n, double p, double q)
{
	double off = p < q ? fma(-n, p, x) : fma(n, q, x - n);
	return off == 0 ? 0 : off * (off / (n * p * q));
}

/* The score test's chi-squared of a ratio <= 1, from its logarithm. The likeliest p1 and p2 of that
 * ratio solve a quadratic equation; its roots, and those for 1 - p2, are written so that nothing
 * cancels but where it does not matter. */
static double score_to_1(const struct two *t, double log_ratio)
{
	double r = exp(log_ratio), less = -expm1(log_ratio), n = t->n1 + t->n2;
	double f1 = t->n1 - t->x1, f2 = t->n2 - t->x2;
	double half = f1 + r * f2 - less * n;
	double root = sqrt(half * half + 4 * r * n * less * f2);
	double p2 = 2 * (t->x1 + t->x2) / (t->n1 * r + t->x1 + t->n2 + t->x2 * r + root);
	double q2 = half > 0 ? (half + root) / (2 * r * n)
	            : f2 > 0 ? 2 * less * f2 / (root - half)
	                     : 0;
	return square(t->x1, t->n1, r * p2, q2 + less * p2) + square(t->x2, t->n2, p2, q2);
}

static double score(const struct two *t, double log_ratio)
{
	struct two turned = { t->x2, t->n2, t->x1, t->n1 };
	return log_ratio > 0 ? score_to_1(&turned, -log_ratio) : score_to_1(t, log_ratio);
}

/* The logarithm of the ratio between `in`, which the test does not reject, and `out` where its
 * score is z2. */
static double solve(const struct two *t, double in, double out, double z2)
{
	for (int step = 0; step < MOST_STEPS; step++) {
		double middle = in + (out - in) / 2;
		if (middle == in || middle == out)
			break;
		if (score(t, middle) > z2)
			out = middle;
		else
			in = middle;
	}
	return in;
}

struct irm_interval irm_ratio_limits(int64_t x1, int64_t n1, int64_t x2, int64_t n2, double level)
{
	struct two t = { (double)x1, (double)n1, (double)x2, (double)n2 };
	struct irm_interval limits = { 0, (double)NAN };
	if (!is_known(x1, n1) || !is_known(x2, n2) || (x1 == 0 && x2 == 0) ||
	    !(level > 0 && level < 1))
		return unknown;
	double z = gsl_cdf_ugaussian_Pinv(1 - (1 - level) / 2), z2 = z * z;
	double centre = x1 == 0 ? -MOST_LOG : x2 == 0 ? MOST_LOG : log(irm_ratio(x1, n1, x2, n2));
	if (x1 > 0)
		limits.lo = exp(solve(&t, centre, -MOST_LOG, z2));
	if (x2 > 0)
		limits.hi = exp(solve(&t, centre, MOST_LOG, z2));
	return limits;
}
