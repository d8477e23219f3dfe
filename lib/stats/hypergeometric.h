/* The hypergeometric distribution: one cell of a 2 x 2 table whose margins are given. */
#ifndef IRM_STATS_HYPERGEOMETRIC_H
#define IRM_STATS_HYPERGEOMETRIC_H

#include <stdint.h>

#include <gsl/gsl_rng.h>

/* Of n, `row` are in the first row and `col` in the first column; x of both. */
struct irm_hypergeometric {
	int64_t row, col, n;
	int64_t lo, hi; /* what x can be */
	int64_t mode;   /* the likeliest x */
};

/* 0 <= row, col <= n <= 2^53. */
struct irm_hypergeometric irm_hypergeometric(int64_t row, int64_t col, int64_t n);

/* The logarithm of the probability of x, lo to hi; right to some 1e-14 at any n. */
double irm_hypergeometric_log(const struct irm_hypergeometric *h, int64_t x);

/* The probability of all x from one on that is less likely than the mode, away from it: up where
 * x >= mode, else down. O(its standard deviation) time. */
double irm_hypergeometric_tail(const struct irm_hypergeometric *h, int64_t x);

/* Draws an x. O(1) time: inversion from the mode outwards where few x are possible, else the ratio
 * of uniforms. Source: Stadlober 1990, Journal of Computational and Applied Mathematics 31:181-189
 * (HRUA). */
int64_t irm_hypergeometric_draw(const struct irm_hypergeometric *h, gsl_rng *rng);

#endif
