/* What fictional reviews found: needs of assistance, findings, what was done about them. */
#include <stdlib.h>

#include "stats/sim_world.h"

const char *const irm_sim_kinds[3] = { "challenge", "good_practice", "recommendation" };

/* Of 1000 articles looked at, how many have a finding of each kind. */
static const int finding_rate[3] = { 80, 60, 160 };

static enum irm_code add_need(struct irm_sim_world *world, struct irm_sim_need need,
                              struct irm_err *err)
{
	void *moved = irm_sim_room(world->needs, world->n_needs, sizeof need);
	if (!moved)
		return irm_err_memory(err);
	world->needs = moved;
	world->needs[world->n_needs++] = need;
	return IRM_OK;
}

static enum irm_code add_finding(struct irm_sim_world *world, struct irm_sim_finding finding,
                                 struct irm_err *err)
{
	void *moved = irm_sim_room(world->findings, world->n_findings, sizeof finding);
	if (!moved)
		return irm_err_memory(err);
	world->findings = moved;
	world->findings[world->n_findings++] = finding;
	return IRM_OK;
}

/* One review in five names no need at all; the others make up for it. */
static enum irm_code draw_needs(struct irm_sim_world *world, size_t review, gsl_rng *rng,
                                struct irm_err *err)
{
	const struct irm_sim_review *r = &world->reviews[review];
	int often = irm_sim_regions[world->states[r->state].region].need;
	if (irm_sim_chance(rng, 200))
		return IRM_OK;
	for (int a = 0; a < IRM_SIM_ARTICLES; a++) {
		int share = irm_sim_need_rate[a] * often * 5 / 400;
		if (!irm_sim_in_scope(r->cycle % IRM_SIM_SHAPES, a) || !irm_sim_chance(rng, share))
			continue;
		struct irm_sim_need need = { .review = (int32_t)review, .article = (uint8_t)a };
		bool second = irm_sim_chance(rng, 300);
		need.paragraph = (uint8_t)(irm_sim_chance(rng, 700) ? 0 : 1 + irm_sim_pick(rng, 3));
		need.type = (uint8_t)irm_sim_pick(rng, IRM_SIM_TYPES);
		if (add_need(world, need, err))
			return err->code;
		need.type = (uint8_t)((need.type + 1 + irm_sim_pick(rng, IRM_SIM_TYPES - 1)) %
		                      IRM_SIM_TYPES);
		if (second && add_need(world, need, err))
			return err->code;
	}
	return IRM_OK;
}

static enum irm_code draw_findings(struct irm_sim_world *world, size_t review, gsl_rng *rng,
                                   struct irm_err *err)
{
	int shape = world->reviews[review].cycle % IRM_SIM_SHAPES;
	for (int a = 0; a < IRM_SIM_ARTICLES; a++)
		for (int kind = 0; kind < 3 && irm_sim_in_scope(shape, a); kind++) {
			if (!irm_sim_chance(rng, finding_rate[kind]))
				continue;
			int n = irm_sim_chance(rng, 300) ? 2 : 1;
			for (int i = 1; i <= n; i++) {
				struct irm_sim_finding finding = { (int32_t)review, (uint8_t)a,
					                           (uint8_t)kind, (uint8_t)i };
				if (add_finding(world, finding, err))
					return err->code;
			}
		}
	return IRM_OK;
}

enum irm_code irm_sim_draw_findings(struct irm_sim_world *world, struct irm_err *err)
{
	gsl_rng *needs = irm_sim_stream((uint64_t)world->plan.seed, "needs");
	gsl_rng *findings = irm_sim_stream((uint64_t)world->plan.seed, "findings");
	enum irm_code code = needs && findings ? IRM_OK : irm_err_memory(err);
	for (size_t i = 0; i < world->n_reviews && !code; i++) {
		if (!irm_sim_has(world, &world->reviews[i], IRM_SIM_RELEASE))
			continue;
		code = draw_needs(world, i, needs, err);
		if (!code)
			code = draw_findings(world, i, findings, err);
	}
	if (needs)
		gsl_rng_free(needs);
	if (findings)
		gsl_rng_free(findings);
	return code;
}

static void put_review(struct irm_writer *out, const struct irm_sim_world *world, int32_t review)
{
	char code[IRM_SIM_CODE_SIZE];
	irm_sim_review_code(code, &world->reviews[review]);
	irm_writer_text(out, code);
}

static void write_needs(struct irm_writer *out, const struct irm_sim_world *world, gsl_rng *rng)
{
	(void)rng;
	for (size_t i = 0; i < world->n_needs; i++) {
		const struct irm_sim_need *need = &world->needs[i];
		put_review(out, world, need->review);
		irm_writer_count(out, need->article + IRM_SIM_FIRST);
		if (need->paragraph)
			irm_writer_count(out, need->paragraph);
		else
			irm_writer_text(out, "all");
		irm_writer_text(out, irm_sim_types[need->type].code);
		irm_writer_text(out, "Fictional executive summary");
		irm_writer_row(out);
	}
}

static void write_findings(struct irm_writer *out, const struct irm_sim_world *world, gsl_rng *rng)
{
	(void)rng;
	for (size_t i = 0; i < world->n_findings; i++) {
		const struct irm_sim_finding *finding = &world->findings[i];
		put_review(out, world, finding->review);
		irm_writer_count(out, finding->article + IRM_SIM_FIRST);
		irm_writer_text(out, irm_sim_kinds[finding->kind]);
		irm_writer_count(out, finding->position);
		irm_sim_put(out, "Fictional %s", irm_sim_kinds[finding->kind]);
		irm_writer_text(out, "Fictional executive summary");
		irm_writer_row(out);
	}
}

/* What States told about two recommendations in five, some time after the report. */
static void write_measures(struct irm_writer *out, const struct irm_sim_world *world, gsl_rng *rng)
{
	static const char *const statuses[] = { "completed", "planned", "under_way" };
	for (size_t i = 0; i < world->n_findings; i++) {
		const struct irm_sim_finding *finding = &world->findings[i];
		const struct irm_sim_review *review = &world->reviews[finding->review];
		if (finding->kind != IRM_SIM_RECOMMENDATION ||
		    !irm_sim_has(world, review, IRM_SIM_REPORT))
			continue;
		bool told = irm_sim_chance(rng, 400);
		int32_t day = review->days[IRM_SIM_REPORT] + 180 + irm_sim_pick(rng, 1500);
		const char *status = statuses[irm_sim_pick(rng, 3)];
		if (!told || day > irm_sim_last(world, review))
			continue;
		put_review(out, world, finding->review);
		irm_writer_count(out, finding->article + IRM_SIM_FIRST);
		irm_writer_count(out, finding->position);
		irm_writer_text(out, status);
		irm_sim_put_vague(out, world, rng, day);
		irm_writer_text(out, "Fictional measure");
		irm_writer_text(out, "Fictional note of the State");
		irm_writer_row(out);
	}
}

static size_t activities(const struct irm_sim_world *world)
{
	return world->n_needs / 6 + 1;
}

/* The need that an activity answers, NULL where there are none. Its own stream, so that the table
 * of activities and that of their targets agree. */
static const struct irm_sim_need *answered(const struct irm_sim_world *world, gsl_rng *choice)
{
	return world->n_needs ? &world->needs[irm_sim_pick(choice, (int64_t)world->n_needs)] : NULL;
}

static void put_activity(struct irm_writer *out, size_t activity)
{
	irm_sim_put(out, "fic-activity-%04zu", activity + 1);
}

/* Of the assistance that began in the pandemic's years, one in three is about it. */
static bool is_of_pandemic(gsl_rng *rng, int32_t starts)
{
	return irm_sim_chance(rng, 333) && starts >= irm_day_from_civil(2020, 3, 11) &&
	       starts <= irm_day_from_civil(2022, 12, 31);
}

static void write_assistance(struct irm_writer *out, const struct irm_sim_world *world,
                             gsl_rng *rng)
{
	static const char *const beneficiaries[] = { "civil_society", "government", "judiciary",
		                                     "parliament" };
	gsl_rng *choice = irm_sim_stream((uint64_t)world->plan.seed, "answered");
	gsl_rng *pandemic = irm_sim_stream((uint64_t)world->plan.seed, "pandemic");
	for (size_t i = 0; i < activities(world) && choice && pandemic; i++) {
		const struct irm_sim_need *need = answered(world, choice);
		int32_t release = need ? world->reviews[need->review].days[IRM_SIM_RELEASE]
		                       : world->as_of - 1000;
		int32_t starts = release + irm_sim_pick(rng, 900);
		if (starts > world->as_of)
			starts = release + (world->as_of - release) / 2;
		int32_t ends = starts + 2 + irm_sim_pick(rng, 600);
		put_activity(out, i);
		if (is_of_pandemic(pandemic, starts))
			irm_writer_text(out, "covid-19");
		else
			irm_sim_put(out, "Fictional assistance on article %d",
			            (need ? need->article : 0) + IRM_SIM_FIRST);
		irm_sim_put(out, "Fictional Agency %d", 1 + irm_sim_pick(rng, 9));
		irm_writer_text(out, beneficiaries[irm_sim_pick(rng, 4)]);
		irm_sim_put_vague(out, world, rng, starts);
		if (ends <= world->as_of)
			irm_writer_day(out, ends);
		else
			irm_writer_empty(out);
		irm_writer_text(out, "Fictional register of assistance");
		irm_writer_row(out);
	}
	if (choice)
		gsl_rng_free(choice);
	if (pandemic)
		gsl_rng_free(pandemic);
}

struct target {
	int32_t state;
	int region, article, type; /* -1: not said */
};

static void put_target(struct irm_writer *out, size_t activity, int line, struct target target)
{
	char code[IRM_SIM_CODE_SIZE] = "";
	if (target.state >= 0)
		irm_sim_state_code(code, target.state);
	put_activity(out, activity);
	irm_writer_count(out, line);
	irm_writer_text(out, code);
	irm_writer_text(out, target.region < 0 ? NULL : irm_sim_regions[target.region].code);
	if (target.article < 0)
		irm_writer_empty(out);
	else
		irm_writer_count(out, target.article + IRM_SIM_FIRST);
	irm_writer_text(out, target.type < 0 ? NULL : irm_sim_types[target.type].code);
	irm_writer_row(out);
}

/* Seven activities in ten are for the State, article and type of a need, some for a second State
 * too; the others name a whole region, or a State without an article. */
static void write_targets(struct irm_writer *out, const struct irm_sim_world *world, gsl_rng *rng)
{
	gsl_rng *choice = irm_sim_stream((uint64_t)world->plan.seed, "answered");
	for (size_t i = 0; i < activities(world) && choice; i++) {
		const struct irm_sim_need *need = answered(world, choice);
		int32_t how = irm_sim_pick(rng, 1000);
		int32_t other = irm_sim_pick(rng, (int64_t)world->n_states);
		struct target target = { need ? world->reviews[need->review].state : 0, -1,
			                 need ? need->article : -1, need ? need->type : -1 };
		int region = world->states[target.state].region;
		if (how >= 850)
			target.article = -1;
		else if (how >= 700)
			target = (struct target){ -1, region % IRM_SIM_REGIONS, target.article,
				                  target.type };
		put_target(out, i, 1, target);
		if (how < 200 && other != target.state) {
			target.state = other;
			put_target(out, i, 2, target);
		}
	}
	if (choice)
		gsl_rng_free(choice);
}

const struct irm_sim_table irm_sim_finding_tables[] = {
	{ "needs", write_needs },
	{ "findings", write_findings },
	{ "measures", write_measures },
	{ "assistance", write_assistance },
	{ "assistance_targets", write_targets },
	{ NULL, NULL },
};
