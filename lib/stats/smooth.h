/* Rates of small groups drawn towards each other: a beta-binomial model of groups that are alike,
 * as far as the groups themselves say that they are. */
#ifndef IRM_STATS_SMOOTH_H
#define IRM_STATS_SMOOTH_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

struct irm_smoothed {
	double rate, lo, hi; /* all NAN: unknown */
};

/* Smooths x[i] / n[i].
 *
 * out     [groups]
 * x, n    [groups] 0 <= x <= n; of a group with n = 0 nothing is known, and it says nothing of
 *         others
 * groups  of which two at least have n > 0; else all is NAN
 * level   of the two-sided limits, between 0 and 1
 *
 * Each x[i] is binomial with a rate of its own; the rates come from one beta distribution with the
 * mean m and the precision M = alpha + beta. To take m and M for known, once estimated, makes
 * limits too short when groups are few. So the posteriors of the rate given m and M, which are
 * beta distributions, are averaged with the weights that the marginal likelihood of all groups and
 * the hyperprior give to m and M: m is uniform, and so is the shrinkage M / (M + n0), where n0 is
 * the mean n. rate is the mean of that mixture, lo and hi are its quantiles (0 and 1 where they are
 * within 1e-10 of them). The integrals are Gauss-Legendre sums: over m between the points where the
 * likelihood, which is log-concave in m, is down to 1e-14; over M by its logarithm up to n0, and by
 * the shrinkage above. Where groups differ by no more than chance makes them differ, weight goes to
 * large M and the rates to the pooled one; M is at most some 380 n0, the last node.
 *
 * IRM_INPUT: x or n out of range; IRM_USAGE: level; IRM_SYSTEM: no memory. Sources: the model and
 * why naive limits are short: Carlin & Louis 2000, Bayes and Empirical Bayes Methods for Data
 * Analysis, chapter 3; averaging over what is not known of the prior: Deely & Lindley 1981, JASA
 * 76:833-841; the uniform shrinkage prior: Daniels 1999, Canadian Journal of Statistics 27:567-578.
 * Tests: tests/unit/test_smooth.c; against R tests/r/smooth.R; how good it is:
 * tests/study/README.md */
IRM_CHECK enum irm_code irm_smooth(struct irm_smoothed out[], const int64_t x[], const int64_t n[],
                                   size_t groups, double level, struct irm_err *err);

#endif
