#include "stats/noncentral.h"

#include <math.h>
#include <stdint.h>

#include <gsl/gsl_cdf.h>

#include "stats/deviance.h"

#define MOST_STEPS  200
#define LARGE       1e7 /* from here on a square root is normal to all digits that matter */
#define LARGE_SHAPE 1e5
#define UNDERFLOW   (-600)

/* Of a gamma distribution, from GSL up to LARGE_SHAPE: beyond x = 1e6 GSL 2.7 may stop before its
 * sum has come to an end. From there the smaller tail's terms are added up until they no longer
 * count. */
static double gamma_tail(double x, double shape, bool above)
{
	if (shape < LARGE_SHAPE)
		return above ? gsl_cdf_gamma_Q(x, shape, 1) : gsl_cdf_gamma_P(x, shape, 1);
	bool upper = x > shape;
	double at = upper ? shape - 1 : shape, sum = 0;
	double term = exp(irm_poisson_log(at, x));
	while (at > 0 && term > sum * 1e-18) {
		sum += term;
		term *= upper ? at / x : x / (at + 1);
		at += upper ? -1 : 1;
	}
	return above == upper ? sum : 1 - sum;
}

/* How far from the mean the terms count: beyond it a Poisson variable has less than 1e-18. */
static double reach(double mean)
{
	return 12 * sqrt(mean) + (mean < 1 ? 20 : 60);
}

/* From the last term down, where the shares below x are smallest: each adds to the one after it. */
static double sum_below(double half, double shape, double mean)
{
	double last = floor(mean + reach(mean)), first = fmax(floor(mean - reach(mean)), 0);
	while (last > first && shape + last - 1 > half &&
	       irm_poisson_log(shape + last - 1, half) < UNDERFLOW)
		last--; /* what is left out is less than any double beside the others */
	double weight = exp(irm_poisson_log(last, mean)), sum = 0;
	double share = gamma_tail(half, shape + last, false);
	double step = exp(irm_poisson_log(shape + last - 1, half));
	for (int64_t n = (int64_t)(last - first); n >= 0; n--) {
		double j = first + (double)n;
		sum += weight * share;
		share = fmin(share + step, 1);
		step *= (shape + j - 1) / half;
		weight *= j / mean;
	}
	return sum;
}

/* The same from the first term up for the shares above x. */
static double sum_above(double half, double shape, double mean)
{
	double last = floor(mean + reach(mean)), first = fmax(floor(mean - reach(mean)), 0);
	double weight = exp(irm_poisson_log(first, mean)), sum = 0;
	double share = gamma_tail(half, shape + first, true);
	double step = exp(irm_poisson_log(shape + first, half));
	for (int64_t n = 0; n <= (int64_t)(last - first); n++) {
		double j = first + (double)n;
		sum += weight * share;
		share = fmin(share + step, 1);
		step *= half / (shape + j + 1);
		weight *= mean / (j + 1);
	}
	return sum;
}

double irm_noncentral_tail(double x, double df, double lambda, bool above)
{
	if (x <= 0)
		return above ? 1 : 0;
	if (lambda < 1e-13)
		return gamma_tail(x / 2, df / 2, above);
	return above ? sum_above(x / 2, df / 2, lambda / 2) : sum_below(x / 2, df / 2, lambda / 2);
}

/* The logarithm, so that the secant is nearly straight; what underflows lies far out. */
static double gap(double x, double df, double lambda, double tail, bool above)
{
	return log(fmax(irm_noncentral_tail(x, df, lambda, above), 1e-300) / tail);
}

/* What lies below x is what has one normal variable, of mean d = sqrt(lambda), below the square
 * root of x less the sum of the squares of the others, of mean `others`. That root is normal too
 * but for parts of the order of others / square^2, of lambda. */
static bool is_large(double others, double square)
{
	return square > LARGE && others < 1e-10 * square * square;
}

static double large_noncentrality(double others, double square, double tail, bool above)
{
	double z = gsl_cdf_ugaussian_Qinv(tail) * sqrt(1 + others / (2 * square));
	double root = sqrt(square) * (1 - others / (4 * square * square));
	double d = fmax(above ? root - z : root + z, 0);
	return d * d;
}

double irm_noncentrality(double x, double df, double tail, bool above)
{
	if (is_large(df - 1, x - (df - 1)))
		return large_noncentrality(df - 1, x - (df - 1), tail, above);
	double central = irm_noncentral_tail(x, df, 0, above);
	if (!(x > 0) || (above ? central >= tail : central <= tail))
		return 0;
	double sign = above ? 1 : -1; /* with lambda, what lies above grows */
	double low = 0, high = x + df;
	while (sign * gap(x, df, high, tail, above) < 0)
		high = 2 * high + 10;
	double at_low = sign * log(central / tail), at_high = sign * gap(x, df, high, tail, above);
	/* the false position, with an end's value halved where it stays twice (Illinois) */
	double root = low;
	int stayed = 0;
	for (int step = 0; step < MOST_STEPS; step++) {
		double next = (low * at_high - high * at_low) / (at_high - at_low);
		if (!(next > low && next < high))
			next = low + (high - low) / 2;
		double at_next = sign * gap(x, df, next, tail, above);
		if (at_next == 0 || fabs(next - root) <= 4e-16 * next || next <= low ||
		    next >= high)
			return next;
		root = next;
		if (at_next > 0) {
			high = next;
			at_high = at_next;
			at_low /= stayed == 1 ? 2 : 1;
			stayed = 1;
		} else {
			low = next;
			at_low = at_next;
			at_high /= stayed == -1 ? 2 : 1;
			stayed = -1;
		}
	}
	return root;
}
