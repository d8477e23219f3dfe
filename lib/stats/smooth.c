#include "stats/smooth.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#include <gsl/gsl_integration.h>
#include <gsl/gsl_sf_gamma.h>

#include "stats/beta.h"
#include "stats/proportion.h"

#define SMALL    32 /* precisions below n0, on a scale of logarithms */
#define LARGE    16 /* and above it, by shrinkage */
#define MEANS    32 /* of a small precision */
#define NODES    ((size_t)SMALL * MEANS + (size_t)LARGE * MEANS * 4)
#define FAINTEST 40    /* logarithms below that of n0 at most */
#define DROP     32.0  /* log-likelihood below its top where integration over m ends */
#define LEAST    1e-9  /* weights that are passed over, of the largest */
#define NEAR     1e-10 /* limits nearer to an end are that end */

struct groups {
	const int64_t *x, *n;
	size_t size;
	double mean_n; /* of those that have any */
};

struct node {
	double alpha, beta, weight; /* weights sum up to 1 */
};

struct nodes {
	struct node *node; /* [NODES] */
	size_t n;
	struct irm_beta *posterior; /* [NODES] of the group that is looked at */
};

/* log of a (a + 1) ... (a + k - 1). */
static double log_rising(double a, int64_t k)
{
	if (k > 64)
		return gsl_sf_lngamma(a + (double)k) - gsl_sf_lngamma(a);
	double sum = 0, product = 1;
	for (int64_t i = 0; i < k; i++) {
		product *= a + (double)i;
		if (product > 1e200 || product < 1e-200) {
			sum += log(product);
			product = 1;
		}
	}
	return sum + log(product);
}

/* The marginal likelihood of a mean and a precision, its logarithm, but for a constant. */
static double log_likelihood(const struct groups *groups, double mean, double precision)
{
	double sum = 0;
	for (size_t i = 0; i < groups->size; i++)
		sum += log_rising(mean * precision, groups->x[i]) +
		       log_rising((1 - mean) * precision, groups->n[i] - groups->x[i]) -
		       log_rising(precision, groups->n[i]);
	return sum;
}

/* The mean of the largest likelihood, roughly: by golden sections, for it is log-concave. */
static double top_mean(const struct groups *groups, double precision)
{
	const double golden = (sqrt(5.0) - 1) / 2;
	double low = 0, high = 1;
	double a = 1 - golden, b = golden;
	double at_a = log_likelihood(groups, a, precision);
	double at_b = log_likelihood(groups, b, precision);
	for (int step = 0; step < 48; step++) {
		if (at_a > at_b) {
			high = b;
			b = a;
			at_b = at_a;
			a = high - golden * (high - low);
			at_a = log_likelihood(groups, a, precision);
		} else {
			low = a;
			a = b;
			at_a = at_b;
			b = low + golden * (high - low);
			at_b = log_likelihood(groups, b, precision);
		}
	}
	return (low + high) / 2;
}

/* Where the likelihood is down to `floor`, between the top and an end. */
static double edge(const struct groups *groups, double precision, double top, double end,
                   double floor)
{
	double inside = top, outside = end;
	double least = end > top ? 1 - 1e-15 : 1e-300;
	if (log_likelihood(groups, least, precision) > floor)
		return end;
	for (int step = 0; step < 24; step++) {
		double middle = (inside + outside) / 2;
		if (log_likelihood(groups, middle, precision) > floor)
			inside = middle;
		else
			outside = middle;
	}
	return outside;
}

/* How many means: the larger the precision, the closer is a group's rate to the mean, and the
 * closer must the means lie for the mixture of them to be smooth. */
static size_t means_at(double shrinkage)
{
	return shrinkage < 0.8 ? MEANS : shrinkage < 0.93 ? 2 * MEANS : 4 * MEANS;
}

/* The nodes of one precision: their weights are logarithms still. */
static enum irm_code add_means(struct nodes *nodes, const struct groups *groups, double precision,
                               double log_weight, struct irm_err *err)
{
	size_t n = means_at(precision / (precision + groups->mean_n));
	gsl_integration_glfixed_table *table = gsl_integration_glfixed_table_alloc(n);
	if (!table)
		return irm_err_memory(err);
	double top = top_mean(groups, precision);
	double floor = log_likelihood(groups, top, precision) - DROP;
	double low = edge(groups, precision, top, 0, floor);
	double high = edge(groups, precision, top, 1, floor);
	for (size_t i = 0; i < n; i++) {
		double mean = 0, weight = 0;
		gsl_integration_glfixed_point(low, high, i, &mean, &weight, table);
		nodes->node[nodes->n++] = (struct node){
			mean * precision,
			(1 - mean) * precision,
			log_weight + log(weight) + log_likelihood(groups, mean, precision),
		};
	}
	gsl_integration_glfixed_table_free(table);
	return IRM_OK;
}

/* How far below n0, in logarithms, precisions matter. */
static double faintest(const struct groups *groups)
{
	double most = -(double)INFINITY;
	for (int below = 0; below < FAINTEST; below++) {
		double precision = groups->mean_n * exp(-below);
		double top = log_likelihood(groups, top_mean(groups, precision), precision);
		double weight = top - below;
		most = fmax(most, weight);
		if (weight < most - DROP)
			return below;
	}
	return FAINTEST;
}

/* Turns logarithms into weights, and lets go of what does not matter. */
static void weigh(struct nodes *nodes)
{
	double most = -(double)INFINITY, sum = 0;
	size_t kept = 0;
	for (size_t i = 0; i < nodes->n; i++)
		most = fmax(most, nodes->node[i].weight);
	for (size_t i = 0; i < nodes->n; i++) {
		struct node node = nodes->node[i];
		node.weight = exp(node.weight - most);
		if (!(node.weight > LEAST))
			continue;
		sum += node.weight;
		nodes->node[kept++] = node;
	}
	nodes->n = kept;
	for (size_t i = 0; i < kept; i++)
		nodes->node[i].weight /= sum;
}

/* Shrinkages from 0 to 1/2, by the logarithm of the precision: few differ so much, but then all
 * that matters lies close to 0. */
static enum irm_code add_small(struct nodes *nodes, const struct groups *groups,
                               struct irm_err *err)
{
	gsl_integration_glfixed_table *table = gsl_integration_glfixed_table_alloc(SMALL);
	if (!table)
		return irm_err_memory(err);
	enum irm_code code = IRM_OK;
	double far = faintest(groups);
	for (size_t i = 0; !code && i < SMALL; i++) {
		double at = 0, weight = 0;
		gsl_integration_glfixed_point(-far, 0, i, &at, &weight, table);
		double share = exp(at) / (1 + exp(at));
		code = add_means(nodes, groups, groups->mean_n * exp(at),
		                 log(weight * share * (1 - share)), err);
	}
	gsl_integration_glfixed_table_free(table);
	return code;
}

/* Shrinkages from 1/2 to 1. */
static enum irm_code add_large(struct nodes *nodes, const struct groups *groups,
                               struct irm_err *err)
{
	gsl_integration_glfixed_table *table = gsl_integration_glfixed_table_alloc(LARGE);
	if (!table)
		return irm_err_memory(err);
	enum irm_code code = IRM_OK;
	for (size_t i = 0; !code && i < LARGE; i++) {
		double shrinkage = 0, weight = 0;
		gsl_integration_glfixed_point(0.5, 1, i, &shrinkage, &weight, table);
		code = add_means(nodes, groups, groups->mean_n * shrinkage / (1 - shrinkage),
		                 log(weight), err);
	}
	gsl_integration_glfixed_table_free(table);
	return code;
}

static enum irm_code make_nodes(struct nodes *nodes, const struct groups *groups,
                                struct irm_err *err)
{
	if (add_small(nodes, groups, err) || add_large(nodes, groups, err))
		return err->code;
	weigh(nodes);
	return IRM_OK;
}

/* The share of the mixture below x, and its slope over log(x / (1 - x)). */
static double below(const struct nodes *nodes, double x, double *slope)
{
	double share = 0;
	*slope = 0;
	for (size_t i = 0; i < nodes->n; i++) {
		double one;
		share += nodes->node[i].weight * irm_beta_below(&nodes->posterior[i], x, &one);
		*slope += nodes->node[i].weight * one;
	}
	return share;
}

/* The quantile p: Newton's method on log(x / (1 - x)), between limits that close in on it. */
static double quantile(const struct nodes *nodes, double p, double start)
{
	double low = -700, high = 36, t = log(start / (1 - start));
	for (int step = 0; step < 200; step++) {
		double slope, share = below(nodes, 1 / (1 + exp(-t)), &slope);
		if (share > p)
			high = t;
		else
			low = t;
		double next = t + (p - share) / slope;
		if (!(next > low && next < high))
			next = (low + high) / 2;
		if (fabs(next - t) < 1e-12 * (1 + fabs(t)))
			return 1 / (1 + exp(-next));
		t = next;
	}
	return 1 / (1 + exp(-t));
}

static struct irm_smoothed smooth_group(const struct nodes *nodes, double x, double n, double level)
{
	double mean = 0, square = 0;
	for (size_t i = 0; i < nodes->n; i++) {
		double a = nodes->node[i].alpha + x, b = nodes->node[i].beta + n - x;
		double one = a / (a + b);
		irm_beta_init(&nodes->posterior[i], a, b);
		mean += nodes->node[i].weight * one;
		square += nodes->node[i].weight * one * (a + 1) / (a + b + 1);
	}
	/* where to begin: two standard deviations away, at most half way to the end */
	double sd = sqrt(fmax(square - mean * mean, 0)), tail = (1 - level) / 2;
	double lo = quantile(nodes, tail, fmax(mean - 2 * sd, mean / 2));
	double hi = quantile(nodes, 1 - tail, fmin(mean + 2 * sd, (1 + mean) / 2));
	return (struct irm_smoothed){ mean, lo < NEAR ? 0 : lo, hi > 1 - NEAR ? 1 : hi };
}

static enum irm_code check(struct groups *groups, double level, size_t *known, struct irm_err *err)
{
	*known = 0;
	for (size_t i = 0; i < groups->size; i++) {
		if (groups->x[i] < 0 || groups->x[i] > groups->n[i])
			return irm_err_set(err, IRM_INPUT, "a count of %lld of %lld",
			                   (long long)groups->x[i], (long long)groups->n[i]);
		*known += groups->n[i] > 0;
		groups->mean_n += (double)groups->n[i];
	}
	groups->mean_n /= *known ? (double)*known : 1;
	return irm_level_check(level, err);
}

/* Whether most did: then who did not is counted, for small shares lie closer to 0 than large ones
 * to 1 as numbers do. */
static bool is_mostly(const int64_t x[], const int64_t n[], size_t groups)
{
	double did = 0, all = 0;
	for (size_t i = 0; i < groups; i++) {
		did += (double)x[i];
		all += (double)n[i];
	}
	return did > all / 2;
}

static void turn(struct irm_smoothed *smoothed)
{
	*smoothed = (struct irm_smoothed){ 1 - smoothed->rate, 1 - smoothed->hi, 1 - smoothed->lo };
}

enum irm_code irm_smooth(struct irm_smoothed out[], const int64_t x[], const int64_t n[],
                         size_t groups, double level, struct irm_err *err)
{
	struct groups all = { x, n, groups, 0 };
	size_t known;
	if (check(&all, level, &known, err))
		return err->code;
	for (size_t i = 0; i < groups; i++)
		out[i] = (struct irm_smoothed){ (double)NAN, (double)NAN, (double)NAN };
	if (known < 2)
		return IRM_OK;
	bool turned = is_mostly(x, n, groups);
	int64_t *counted = malloc((groups + 1) * sizeof *counted);
	struct nodes nodes = { malloc(NODES * sizeof *nodes.node), 0,
		               malloc(NODES * sizeof *nodes.posterior) };
	enum irm_code code = IRM_OK;
	if (!counted || !nodes.node || !nodes.posterior)
		code = irm_err_memory(err);
	for (size_t i = 0; !code && i < groups; i++)
		counted[i] = turned ? n[i] - x[i] : x[i];
	all.x = counted;
	if (!code)
		code = make_nodes(&nodes, &all, err);
	for (size_t i = 0; !code && i < groups; i++) {
		if (n[i] == 0)
			continue;
		out[i] = smooth_group(&nodes, (double)counted[i], (double)n[i], level);
		if (turned)
			turn(&out[i]);
	}
	free(counted);
	free(nodes.node);
	free(nodes.posterior);
	return code;
}
