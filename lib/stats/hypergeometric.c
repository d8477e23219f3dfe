#include "stats/hypergeometric.h"

#include <math.h>

#include "stats/deviance.h"
#include "stats/product.h"

#define FEW 40 /* possible x up to which inversion is quicker */

struct irm_hypergeometric irm_hypergeometric(int64_t row, int64_t col, int64_t n)
{
	struct irm_hypergeometric h = { .row = row, .col = col, .n = n };
	h.lo = row + col > n ? row + col - n : 0;
	h.hi = row < col ? row : col;
	double mode = floor((double)(row + 1) * ((double)(col + 1) / (double)(n + 2)));
	h.mode = mode < (double)h.lo ? h.lo : mode > (double)h.hi ? h.hi : (int64_t)mode;
	return h;
}

/* log of x of m, where a share of col / n is expected, without the parts of m alone. */
static double binomial_part(int64_t x, int64_t m, const struct irm_hypergeometric *h)
{
	double n = (double)h->n, share = (double)h->col / n;
	double more = irm_product_difference((double)x, n, (double)m, (double)h->col) / n;
	return -irm_deviance((double)x, (double)m * share, more) -
	       irm_deviance((double)(m - x), (double)m * ((double)(h->n - h->col) / n), -more) -
	       irm_log_factorial_rest((double)x) - irm_log_factorial_rest((double)(m - x));
}

double irm_hypergeometric_log(const struct irm_hypergeometric *h, int64_t x)
{
	if (h->lo == h->hi)
		return 0;
	return binomial_part(x, h->row, h) + binomial_part(h->col - x, h->n - h->row, h) +
	       irm_log_factorial_rest((double)h->row) +
	       irm_log_factorial_rest((double)(h->n - h->row)) +
	       irm_log_factorial_rest((double)h->col) +
	       irm_log_factorial_rest((double)(h->n - h->col)) -
	       irm_log_factorial_rest((double)h->n);
}

/* How many times likelier x + 1 is than x. */
static double ratio_up(const struct irm_hypergeometric *h, int64_t x)
{
	return (double)(h->row - x) / (double)(x + 1) *
	       ((double)(h->col - x) / (double)(h->n - h->row - h->col + x + 1));
}

double irm_hypergeometric_tail(const struct irm_hypergeometric *h, int64_t x)
{
	double term = 1, sum = 1;
	int64_t at = x;
	while (x >= h->mode ? at < h->hi : at > h->lo) {
		if (x >= h->mode)
			term *= ratio_up(h, at++);
		else
			term /= ratio_up(h, --at);
		sum += term;
		if (term < sum * 1e-18)
			break;
	}
	return sum * exp(irm_hypergeometric_log(h, x));
}

static int64_t invert(const struct irm_hypergeometric *h, gsl_rng *rng)
{
	int64_t up = h->mode, down = h->mode;
	double first = exp(irm_hypergeometric_log(h, h->mode)), above = first, below = first;
	double left = gsl_rng_uniform(rng) - first;
	while (left >= 0 && (up < h->hi || down > h->lo)) {
		if (up < h->hi) {
			above *= ratio_up(h, up++);
			left -= above;
			if (left < 0)
				return up;
		}
		if (down > h->lo) {
			below /= ratio_up(h, --down);
			left -= below;
			if (left < 0)
				return down;
		}
	}
	return h->mode; /* the first, or what rounding left over */
}

/* Accepted where the square of the first uniform number is at most the probability, over that of
 * the mode, of the ratio's whole part. */
static int64_t draw_ratio(const struct irm_hypergeometric *h, gsl_rng *rng)
{
	double n = (double)h->n, row = (double)h->row, col = (double)h->col;
	double share = col / n, mean = row * share + 0.5;
	double spread = sqrt(row * share * (1 - share) * ((n - row) / (n - 1)) + 0.5);
	double width = 1.7155277699214135 * spread + 0.8989161620588988;
	double likeliest = irm_hypergeometric_log(h, h->mode);
	for (;;) {
		double u = gsl_rng_uniform_pos(rng), v = gsl_rng_uniform(rng);
		double w = floor(mean + width * (v - 0.5) / u);
		if (!(w >= (double)h->lo && w <= (double)h->hi))
			continue;
		if (2 * log(u) <= irm_hypergeometric_log(h, (int64_t)w) - likeliest)
			return (int64_t)w;
	}
}

int64_t irm_hypergeometric_draw(const struct irm_hypergeometric *h, gsl_rng *rng)
{
	if (h->lo == h->hi)
		return h->lo;
	return h->hi - h->lo <= FEW ? invert(h, rng) : draw_ratio(h, rng);
}
