/* Fisher's exact test: how often a table of the same sums is as unlikely as this one. */
#ifndef IRM_STATS_FISHER_H
#define IRM_STATS_FISHER_H

#include <stdint.h>

#include "base/err.h"
#include "stats/crosstab.h"

/* How many steps irm_fisher() goes through all tables at most, about a second's work; of more some
 * are drawn. */
#define IRM_FISHER_STEPS 10000000

/* How a p-value was found. */
enum irm_fisher_method { IRM_FISHER_NONE, IRM_FISHER_EXACT, IRM_FISHER_DRAWN };

struct irm_fisher {
	enum irm_fisher_method method; /* IRM_FISHER_NONE: there is no test */
	double p;                      /* NAN: no test */
	double se;                     /* of p where it was drawn; else NAN */
	int64_t draws;                 /* tables drawn; else 0 */
};

/* The p-value: the probability, its sums given, of all tables that are no likelier than this one,
 * within 1e-7 as in R.
 *
 * draws   tables to draw where all of them would take more than IRM_FISHER_STEPS, >= 1; then p is
 *         (1 + as unlikely ones) / (1 + draws). 0: 50000, or of a large table what is done in some
 *         ten seconds, 1000 at least
 * seed    of the draws, which repeat with it
 *
 * 2 x 2: by the two tails, at any n, in O(sqrt(n)) time. Others: all tables, of the last two rows'
 * the least likely added up first; an n of some 200 in a 4 x 3 table is what the steps suffice for.
 * Nothing depends on the order of rows and columns. IRM_SYSTEM: no memory. Sources:
 * Fisher 1935, JRSS 98:39-82; Freeman & Halton 1951, Biometrika 38:141-149; p of draws: Phipson &
 * Smyth 2010, SAGMB 9:39; probabilities: stats/deviance.h. Tests: tests/unit/test_fisher.c; against
 * R's fisher.test tests/r/crosstab.R */
IRM_CHECK enum irm_code irm_fisher(struct irm_fisher *out, const struct irm_crosstab *crosstab,
                                   int64_t draws, uint32_t seed, struct irm_err *err);

#endif
