#include "stats/beta.h"

#include <float.h>
#include <math.h>
#include <stdbool.h>

#include <gsl/gsl_sf_gamma.h>
#include <gsl/gsl_sf_log.h>

#define MOST_TERMS 100000000
#define MOST_STEPS 400

struct beta {
	double a, b;
	double scale; /* what does not depend on x: all of 1/B(a, b) but its deviance */
};

/* log(1 + u) - u, where 1 + u = ratio; near -1 the ratio itself is the better argument. */
static double log_excess(double u, double ratio)
{
	gsl_sf_result result;
	if (u < -0.99)
		return log(ratio) - u;
	return gsl_sf_log_1plusx_mx_e(u, &result) ? NAN : result.val;
}

/* gamma(x) over Stirling's formula for it. */
static double gamma_star(double x)
{
	gsl_sf_result result;
	return gsl_sf_gammastar_e(x, &result) ? NAN : result.val;
}

static struct beta beta_of(double a, double b)
{
	double n = a + b;
	double stirling = gamma_star(n) / (gamma_star(a) * gamma_star(b));
	return (struct beta){ a, b, stirling * sqrt(a / n * b / (2 * acos(-1.0))) };
}

/* x^a (1-x)^b / B(a, b). The linear terms of both logarithms cancel each other, so that only what
 * is left of them is computed. */
static double front(const struct beta *beta, double x)
{
	double a = beta->a, b = beta->b, n = a + b;
	double excess = fma(x, n, -a);
	return beta->scale * exp(a * log_excess(excess / a, x * n / a) +
				 b * log_excess(-excess / b, (1 - x) * n / b));
}

/* The continued fraction of I_x(a, b), by the modified method of Lentz. */
static double fraction(double x, double a, double b)
{
	double c = 1, d = 1 / (1 - (a + b) * x / (a + 1)), value = d;
	for (long m = 1; m < MOST_TERMS; m++) {
		double k = (double)m, twice = a + 2 * k;
		double even = k / (twice - 1) * ((b - k) / twice) * x;
		d = 1 / (1 + even * d);
		c = 1 + even / c;
		value *= d * c;
		double odd = -(a + k) / twice * ((a + b + k) / (twice + 1)) * x;
		d = 1 / (1 + odd * d);
		c = 1 + odd / c;
		value *= d * c;
		if (fabs(d * c - 1) < DBL_EPSILON)
			break;
	}
	return value;
}

/* The share below x, or above it; `density` becomes x times the density at x. */
static double tail(const struct beta *beta, double x, bool above, double *density)
{
	double a = beta->a, b = beta->b, before = front(beta, x);
	*density = before / (1 - x);
	if (x < (a + 1) / (a + b + 2)) {
		double below = before * fraction(x, a, b) / a;
		return above ? 1 - below : below;
	}
	double rest = before * fraction(1 - x, b, a) / b;
	return above ? rest : 1 - rest;
}

/* The x whose tail is p <= 1/2: Newton's method on the logarithm of the tail, nearly a straight line
 * in log x below and in x above, kept between limits that close in on it. */
static double solve(const struct beta *beta, double p, bool above)
{
	double a = beta->a, b = beta->b, n = a + b;
	double low = 0, high = 1, x = a / n;
	for (int step = 0; step < MOST_STEPS; step++) {
		double density, share = tail(beta, x, above, &density);
		bool right = above ? share < p : share > p; /* x lies too far right */
		if (right)
			high = x;
		else
			low = x;
		double ratio = log(share / p) * share / density; /* the step in log x */
		double next = above ? x + x * ratio : x * exp(-ratio);
		if (fabs(next - x) <= 2 * DBL_EPSILON * x)
			return next;
		if (!(next > low && next < high))
			next = low > 0 ? sqrt(low) * sqrt(high) : high / 16;
		if (high - low <= 2 * DBL_EPSILON * high || next == x || next < DBL_MIN)
			return next;
		x = next;
	}
	return x;
}

double irm_beta_quantile(double p, double a, double b)
{
	if (isnan(p) || !(a > 0 && b > 0) || isinf(a) || isinf(b))
		return NAN;
	if (p <= 0 || p >= 1)
		return p <= 0 ? 0 : 1;
	/* the mean lies in the lower half, where x has its digits */
	bool turned = a > b;
	struct beta beta = turned ? beta_of(b, a) : beta_of(a, b);
	bool above = (p > 0.5) != turned;
	double x = solve(&beta, p > 0.5 ? 1 - p : p, above);
	return turned ? 1 - x : x;
}
