/* The tables of fictional States and reviews, their events, documents and other participants. */
#include <ctype.h>

#include "stats/sim_world.h"

static const char *const dialogues[] = { NULL, "none", "country_visit", "online_visit",
	                                 "joint_meeting" };

static void put_state(struct irm_writer *out, int32_t state)
{
	char code[IRM_SIM_CODE_SIZE];
	if (state == IRM_SIM_NOBODY) {
		irm_writer_empty(out);
		return;
	}
	irm_sim_state_code(code, state);
	irm_writer_text(out, code);
}

static void put_review(struct irm_writer *out, const struct irm_sim_review *review)
{
	char code[IRM_SIM_CODE_SIZE];
	irm_sim_review_code(code, review);
	irm_writer_text(out, code);
}

static void put_cycle(struct irm_writer *out, const struct irm_sim_review *review)
{
	char code[IRM_SIM_CODE_SIZE];
	irm_sim_cycle_code(code, review->mechanism, review->cycle);
	irm_writer_text(out, code);
}

static void write_states(struct irm_writer *out, const struct irm_sim_world *world, gsl_rng *rng)
{
	(void)rng;
	for (size_t i = 0; i < world->n_states; i++) {
		char code[IRM_SIM_CODE_SIZE];
		irm_sim_state_code(code, (int64_t)i);
		irm_writer_text(out, code);
		irm_sim_put(out, "Fictional State %s", code);
		irm_writer_text(out, irm_sim_regions[world->states[i].region].code);
		irm_writer_day(out, world->states[i].party_since);
		irm_writer_row(out);
	}
}

static void write_reviews(struct irm_writer *out, const struct irm_sim_world *world, gsl_rng *rng)
{
	(void)rng;
	for (size_t i = 0; i < world->n_reviews; i++) {
		const struct irm_sim_review *review = &world->reviews[i];
		put_review(out, review);
		put_cycle(out, review);
		irm_writer_count(out, review->year);
		put_state(out, review->state);
		put_state(out, review->reviewers[0]);
		put_state(out, review->reviewers[1]);
		put_state(out, IRM_SIM_NOBODY);
		irm_writer_text(out, dialogues[review->dialogue]);
		if (review->replaces == IRM_SIM_NOBODY)
			irm_writer_empty(out);
		else
			put_review(out, &world->reviews[review->replaces]);
		irm_writer_day(out, review->discontinued);
		irm_writer_day(out, review->observed_until);
		irm_writer_row(out);
	}
}

/* A day as it was recorded. */
static struct irm_date recorded(const struct irm_sim_review *review, int milestone)
{
	int32_t day = review->days[milestone];
	switch ((enum irm_sim_fault)review->faults[milestone]) {
	case IRM_SIM_MISSING:
		return irm_date_none();
	case IRM_SIM_MONTH:
		return irm_sim_month(day);
	case IRM_SIM_YEAR:
		return irm_sim_year(day);
	case IRM_SIM_BEFORE:
		return (struct irm_date){ IRM_DAY_PAST, review->entered[milestone] };
	case IRM_SIM_SLIP:
		return irm_date_of_day(day - 365);
	case IRM_SIM_EXACT:
		break;
	}
	return irm_date_of_day(day);
}

static void write_events(struct irm_writer *out, const struct irm_sim_world *world, gsl_rng *rng)
{
	for (size_t i = 0; i < world->n_reviews; i++) {
		const struct irm_sim_review *review = &world->reviews[i];
		for (int m = 0; m < IRM_SIM_MILESTONES; m++) {
			struct irm_date date = recorded(review, m);
			char entered[IRM_DAY_SIZE];
			if (!irm_sim_has(world, review, m))
				continue;
			if (irm_date_is_none(date) && irm_sim_chance(rng, 500))
				continue;
			irm_day_format(entered, review->entered[m]);
			put_review(out, review);
			irm_writer_text(out, irm_sim_milestones[m].code);
			irm_sim_put_date(out, date);
			irm_sim_put(out, "Fictional entry of %s", entered);
			irm_writer_row(out);
		}
	}
}

/* Documents in English: how many of 1000 reviews have one, how many days after the report. */
static const struct {
	const char *kind;
	int share, after, within;
} documents[] = {
	{ "civil_society_report", 70, 10, 400 }, { "country_report", 400, 60, 400 },
	{ "executive_summary", 970, 20, 200 },   { "follow_up", 90, 400, 700 },
	{ "self_assessment", 120, 40, 400 },
};
static const char *const languages[] = { "ar", "es", "fr", "ru", "zh" };

static void put_document(struct irm_writer *out, const struct irm_sim_world *world, gsl_rng *rng,
                         const struct irm_sim_review *review, const char *kind,
                         const char *language, int32_t day)
{
	char code[IRM_SIM_CODE_SIZE];
	irm_sim_review_code(code, review);
	irm_writer_text(out, code);
	irm_writer_text(out, kind);
	irm_writer_text(out, language);
	irm_sim_put_vague(out, world, rng, day);
	irm_sim_put(out, "FICTION/%s", code);
	irm_sim_put(out, "https://example.org/fictional/%s/%s/%s", code, kind, language);
	irm_writer_row(out);
}

static void write_documents(struct irm_writer *out, const struct irm_sim_world *world, gsl_rng *rng)
{
	for (size_t i = 0; i < world->n_reviews; i++) {
		const struct irm_sim_review *review = &world->reviews[i];
		if (!irm_sim_has(world, review, IRM_SIM_REPORT))
			continue;
		int32_t last = irm_sim_last(world, review);
		for (size_t d = 0; d < sizeof documents / sizeof *documents; d++) {
			bool has = irm_sim_chance(rng, documents[d].share);
			bool translated = irm_sim_chance(rng, 500);
			int32_t day = review->days[IRM_SIM_REPORT] + documents[d].after +
			              irm_sim_pick(rng, documents[d].within);
			const char *language =
			        languages[irm_sim_pick(rng, sizeof languages / sizeof *languages)];
			if (has && day <= last)
				put_document(out, world, rng, review, documents[d].kind, "en", day);
			if (has && translated && day + 60 <= last)
				put_document(out, world, rng, review, documents[d].kind, language,
				             day + 60);
		}
	}
}

static const char *const sectors[] = { "academia", "civil_society", "media", "private_sector" };

/* Who else takes part in which step, in so many of 1000 reviews, by sector as above. */
static const struct {
	const char *step;
	int milestone, shares[4];
} steps[] = {
	{ "dialogue", IRM_SIM_DIALOGUE, { 180, 520, 40, 160 } },
	{ "follow_up", IRM_SIM_REPORT, { 30, 120, 30, 20 } },
	{ "self_assessment", 3, { 90, 260, 10, 120 } },
};

static void write_participation(struct irm_writer *out, const struct irm_sim_world *world,
                                gsl_rng *rng)
{
	int32_t online = irm_day_from_civil(2020, 3, 15), again = irm_day_from_civil(2022, 1, 1);
	for (size_t i = 0; i < world->n_reviews; i++) {
		const struct irm_sim_review *review = &world->reviews[i];
		for (size_t s = 0; s < sizeof steps / sizeof *steps; s++) {
			if (!irm_sim_has(world, review, steps[s].milestone))
				continue;
			int32_t day = review->days[steps[s].milestone];
			for (int k = 0; k < 4; k++) {
				if (!irm_sim_chance(rng, steps[s].shares[k]))
					continue;
				put_review(out, review);
				irm_writer_text(out, steps[s].step);
				irm_writer_text(out, sectors[k]);
				irm_writer_text(out, day >= online && day < again ? "online"
				                                                  : "in_person");
				irm_sim_put_vague(out, world, rng, day);
				irm_writer_row(out);
			}
		}
	}
}

static const struct {
	const char *role, *mailbox;
	int share;
} roles[] = {
	{ "focal_point", "focal-point", 920 },
	{ "governmental_expert", "expert", 600 },
};

static void write_contacts(struct irm_writer *out, const struct irm_sim_world *world, gsl_rng *rng)
{
	int32_t first = irm_day_from_civil(2012, 1, 1), number = 0;
	for (size_t i = 0; i < world->n_states; i++)
		for (size_t k = 0; k < sizeof roles / sizeof *roles; k++) {
			char code[IRM_SIM_CODE_SIZE];
			bool has = irm_sim_chance(rng, roles[k].share);
			bool consents = irm_sim_chance(rng, 450);
			int32_t day = first + irm_sim_pick(rng, world->as_of - first);
			if (!has)
				continue;
			irm_sim_state_code(code, (int64_t)i);
			irm_writer_text(out, code);
			for (char *p = code; *p; p++)
				*p = (char)tolower((unsigned char)*p);
			irm_writer_text(out, roles[k].role);
			irm_sim_put(out, "Fictional Person %d", ++number);
			irm_sim_put(out, "%s.%s@example.org", roles[k].mailbox, code);
			irm_writer_day(out, consents ? day : IRM_DAY_NONE);
			irm_writer_row(out);
		}
}

const struct irm_sim_table irm_sim_review_tables[] = {
	{ "states", write_states },
	{ "reviews", write_reviews },
	{ "events", write_events },
	{ "documents", write_documents },
	{ "participation", write_participation },
	{ "contacts", write_contacts },
	{ NULL, NULL },
};
