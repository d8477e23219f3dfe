#include "stats/fisher.h"

#include <math.h>
#include <stdbool.h>

#include "stats/fisher_tables.h"
#include "stats/hypergeometric.h"

/* The x nearest to the mode, on one side of it, that is no likelier than `most`, which the mode
 * exceeds; false: there is none. */
static bool unlikely_from(int64_t *x, const struct irm_hypergeometric *h, bool above, double most)
{
	int64_t out = above ? h->hi : h->lo, in = h->mode;
	if (irm_hypergeometric_log(h, out) > most)
		return false;
	while (above ? out - in > 1 : in - out > 1) {
		int64_t middle = in + (out - in) / 2;
		if (irm_hypergeometric_log(h, middle) > most)
			in = middle;
		else
			out = middle;
	}
	*x = out;
	return true;
}

static double two_by_two(const struct irm_crosstab *c)
{
	struct irm_hypergeometric h = irm_hypergeometric(c->row[0], c->col[0], c->n);
	double most = irm_hypergeometric_log(&h, c->count[0]) + IRM_FISHER_RELATIVE;
	if (irm_hypergeometric_log(&h, h.mode) <= most)
		return 1;
	double p = 0;
	int64_t x;
	if (unlikely_from(&x, &h, true, most))
		p += irm_hypergeometric_tail(&h, x);
	if (unlikely_from(&x, &h, false, most))
		p += irm_hypergeometric_tail(&h, x);
	return fmin(p, 1);
}

/* Without costs that were computed beforehand a step takes some eight times as long. */
static int64_t steps(const struct irm_sums *sums)
{
	return sums->cost ? IRM_FISHER_STEPS : IRM_FISHER_STEPS / 8;
}

static enum irm_code larger(struct irm_fisher *out, const struct irm_crosstab *c, int64_t draws,
                            uint32_t seed, struct irm_err *err)
{
	struct irm_sums sums;
	bool done;
	if (irm_sums_init(&sums, c, err))
		return err->code;
	enum irm_code code = irm_sums_enumerate(&done, &out->p, &sums, steps(&sums), err);
	if (!code && !done) {
		out->method = IRM_FISHER_DRAWN;
		out->draws = draws > 0 ? draws : irm_sums_draws(&sums);
		code = irm_sums_draw(&out->p, &sums, out->draws, seed, err);
		out->se = sqrt(out->p * (1 - out->p) / (double)out->draws);
	}
	irm_sums_release(&sums);
	return code;
}

enum irm_code irm_fisher(struct irm_fisher *out, const struct irm_crosstab *c, int64_t draws,
                         uint32_t seed, struct irm_err *err)
{
	*out = (struct irm_fisher){ IRM_FISHER_NONE, (double)NAN, (double)NAN, 0 };
	if (!irm_crosstab_testable(c))
		return IRM_OK;
	out->method = IRM_FISHER_EXACT;
	if (c->rows != 2 || c->cols != 2)
		return larger(out, c, draws, seed, err);
	out->p = two_by_two(c);
	return IRM_OK;
}
