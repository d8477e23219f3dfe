#include "stats/beta.h"

#include <float.h>
#include <math.h>
#include <stdbool.h>

#include <gsl/gsl_sf_gamma.h>
#include <gsl/gsl_sf_log.h>

#define MOST_TERMS 100000000
#define MOST_STEPS 400

/* log(1 + u) - u, where 1 + u = ratio; near -1 the ratio itself is the better argument. */
static double log_excess(double u, double ratio)
{
	gsl_sf_result result;
	if (u < -0.99)
		return log(ratio) - u;
	return gsl_sf_log_1plusx_mx_e(u, &result) ? (double)NAN : result.val;
}

/* gamma(x) over Stirling's formula for it. */
static double gamma_star(double x)
{
	gsl_sf_result result;
	return gsl_sf_gammastar_e(x, &result) ? (double)NAN : result.val;
}

void irm_beta_init(struct irm_beta *out, double a, double b)
{
	double n = a + b;
	double stirling = gamma_star(n) / (gamma_star(a) * gamma_star(b));
	*out = (struct irm_beta){ a, b, stirling * sqrt(a / n * b / (2 * acos(-1.0))) };
}

/* x^a (1-x)^b / B(a, b), where excess = (a + b) x - a. The linear terms of both logarithms cancel
 * each other, so that only what is left of them is computed. */
static double front(const struct irm_beta *beta, double x, double excess)
{
	double a = beta->a, b = beta->b, n = a + b;
	return beta->scale * exp(a * log_excess(excess / a, x * n / a) +
	                         b * log_excess(-excess / b, (1 - x) * n / b));
}

/* The even part of the continued fraction of I_x(a, b), by the modified method of Lentz; y is 1 - x
 * and lack is a - (a + b) x >= 0, both without the rounding of these differences. */
static double fraction(double x, double y, double lack, double a, double b)
{
	double value = (1 + lack) / (a + 1), c = value, d = 0;
	for (long m = 1; m < MOST_TERMS; m++) {
		double k = (double)m, s = a + 2 * k;
		/* d(2m-1), d(2m) and 1 + d(2m+1) of 26.5.8 */
		double odd = (a + k - 1) / (s - 2) * ((a + b + k - 1) / (s - 1)) * x;
		double even = k / (s - 1) * ((b - k) / s) * x;
		double rest =
		        (a + k * (2 * a + 3 * k + 2) + (a + k) * (lack + k * y)) / s / (s + 1);
		double top = odd * even, bottom = even + rest;
		d = 1 / (bottom + top * d);
		c = bottom + top / c;
		value *= d * c;
		if (fabs(d * c - 1) < DBL_EPSILON)
			break;
	}
	return 1 / value;
}

/* The share below x, or above it; `density` becomes x times the density at x. */
static double tail(const struct irm_beta *beta, double x, bool above, double *density)
{
	double a = beta->a, b = beta->b;
	double excess = fma(x, a + b, -a), before = front(beta, x, excess);
	*density = before / (1 - x);
	if (excess <= 0) {
		double below = before * fraction(x, 1 - x, -excess, a, b) / a;
		return above ? 1 - below : below;
	}
	double rest = before * fraction(1 - x, x, excess, b, a) / b;
	return above ? rest : 1 - rest;
}

double irm_beta_below(const struct irm_beta *beta, double x, double *slope)
{
	double share = tail(beta, x, false, slope);
	*slope *= 1 - x;
	return share;
}

/* The x whose tail is p <= 1/2: Newton's method on the logarithm of the tail, nearly a straight
 * line in log x below and in x above, kept between limits that close in on it. */
static double solve(const struct irm_beta *beta, double p, bool above)
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
		return (double)NAN;
	if (p <= 0 || p >= 1)
		return p <= 0 ? 0 : 1;
	/* the mean lies in the lower half, where x has its digits */
	bool turned = a > b;
	struct irm_beta beta;
	irm_beta_init(&beta, turned ? b : a, turned ? a : b);
	bool above = (p > 0.5) != turned;
	double x = solve(&beta, p > 0.5 ? 1 - p : p, above);
	return turned ? 1 - x : x;
}
