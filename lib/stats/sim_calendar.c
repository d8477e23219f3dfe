/* The tables that say what the fictional mechanism is, and the figures published about it. */
#include "stats/sim_world.h"

static const char *const unit_names[] = { "day", "week", "month" };

static void put_mechanism(struct irm_writer *out, int32_t mechanism)
{
	char code[IRM_SIM_CODE_SIZE];
	irm_sim_mechanism_code(code, mechanism);
	irm_writer_text(out, code);
}

static void put_cycle(struct irm_writer *out, int32_t mechanism, int32_t cycle)
{
	char code[IRM_SIM_CODE_SIZE];
	irm_sim_cycle_code(code, mechanism, cycle);
	irm_writer_text(out, code);
}

static void write_mechanisms(struct irm_writer *out, const struct irm_sim_world *world,
                             gsl_rng *rng)
{
	(void)rng;
	for (int32_t m = 0; m < world->mechanisms; m++) {
		put_mechanism(out, m);
		irm_sim_put(out, "Fictional review mechanism %d", m + 1);
		put_mechanism(out, m);
		irm_writer_row(out);
	}
}

static void write_cycles(struct irm_writer *out, const struct irm_sim_world *world, gsl_rng *rng)
{
	(void)rng;
	for (int32_t m = 0; m < world->mechanisms; m++)
		for (int32_t c = 0; c < world->cycles; c++) {
			const struct irm_sim_shape *shape = &irm_sim_shapes[c % IRM_SIM_SHAPES];
			put_cycle(out, m, c);
			put_mechanism(out, m);
			if (c < IRM_SIM_SHAPES)
				irm_writer_text(out, shape->name);
			else
				irm_sim_put(out, "Fictional review cycle %d", c + 1);
			irm_writer_day(out, irm_day_from_civil(shape->first_year, 6, 1));
			irm_writer_day(out,
			               irm_day_from_civil(shape->first_year + shape->years, 5, 31));
			irm_writer_row(out);
		}
}

static void write_scope(struct irm_writer *out, const struct irm_sim_world *world, gsl_rng *rng)
{
	(void)rng;
	for (int32_t m = 0; m < world->mechanisms; m++)
		for (int32_t c = 0; c < world->cycles; c++)
			for (int i = 0; i < 2; i++) {
				put_cycle(out, m, c);
				irm_writer_text(out,
				                irm_sim_shapes[c % IRM_SIM_SHAPES].chapters[i]);
				irm_writer_row(out);
			}
}

static void write_articles(struct irm_writer *out, const struct irm_sim_world *world, gsl_rng *rng)
{
	(void)rng;
	for (int32_t m = 0; m < world->mechanisms; m++)
		for (int a = 0; a < IRM_SIM_ARTICLES; a++) {
			put_mechanism(out, m);
			irm_writer_count(out, a + IRM_SIM_FIRST);
			irm_writer_text(out, irm_sim_chapter(a));
			irm_sim_put(out, "Fictional article %d", a + IRM_SIM_FIRST);
			irm_writer_row(out);
		}
}

static void write_milestones(struct irm_writer *out, const struct irm_sim_world *world,
                             gsl_rng *rng)
{
	(void)rng;
	for (int32_t m = 0; m < world->mechanisms; m++)
		for (int i = 0; i < IRM_SIM_MILESTONES; i++) {
			const struct irm_sim_milestone *stone = &irm_sim_milestones[i];
			put_mechanism(out, m);
			irm_writer_text(out, stone->code);
			irm_writer_count(out, i + 1);
			irm_writer_text(
			        out, stone->from < 0 ? NULL : irm_sim_milestones[stone->from].code);
			if (stone->limit.count) {
				irm_writer_count(out, stone->limit.count);
				irm_writer_text(out, unit_names[stone->limit.unit]);
			} else {
				irm_writer_empty(out);
				irm_writer_empty(out);
			}
			irm_writer_text(out, stone->party);
			irm_writer_text(out, i == IRM_SIM_RELEASE ? "yes" : "no");
			irm_writer_text(out, stone->label);
			irm_writer_text(out, "Fictional calendar");
			irm_writer_row(out);
		}
}

static void write_regions(struct irm_writer *out, const struct irm_sim_world *world, gsl_rng *rng)
{
	(void)world;
	(void)rng;
	for (int r = 0; r < IRM_SIM_REGIONS; r++) {
		irm_writer_text(out, irm_sim_regions[r].code);
		irm_writer_text(out, irm_sim_regions[r].name);
		irm_writer_count(out, r + 1);
		irm_writer_row(out);
	}
}

static void write_ta_types(struct irm_writer *out, const struct irm_sim_world *world, gsl_rng *rng)
{
	(void)world;
	(void)rng;
	for (int t = 0; t < IRM_SIM_TYPES; t++) {
		irm_writer_text(out, irm_sim_types[t].code);
		irm_writer_text(out, irm_sim_types[t].name);
		irm_writer_row(out);
	}
}

/* Sessions that come back: in which month, every how many years, how long. */
static const struct {
	const char *body, *code, *name;
	int month, day, first_year, every, days;
} meetings[] = {
	{ "IRG", "irg", "session of the Group", 6, 3, 2010, 1, 5 },
	{ "COSP", "cosp", "session of the Conference", 11, 12, 2011, 2, 5 },
	{ "briefing", "briefing", "briefing", 9, 4, 2012, 1, 1 },
};

static void write_sessions(struct irm_writer *out, const struct irm_sim_world *world, gsl_rng *rng)
{
	(void)world;
	for (size_t i = 0; i < sizeof meetings / sizeof *meetings; i++)
		for (int year = meetings[i].first_year, k = 1; year <= 2024;
		     year += meetings[i].every, k++) {
			int32_t starts =
			        irm_day_from_civil(year, meetings[i].month, meetings[i].day) +
			        irm_sim_pick(rng, 14);
			irm_sim_put(out, "fic-%s-%02d", meetings[i].code, k);
			irm_writer_text(out, meetings[i].body);
			irm_sim_put(out, "Fictional %s %d", meetings[i].name, k);
			irm_writer_day(out, starts);
			irm_writer_day(out, starts + meetings[i].days - 1);
			irm_writer_text(out, "Fictional City");
			irm_sim_put(out, "FICTION/%s/%d", meetings[i].body, year);
			irm_writer_row(out);
		}
}

/* Groups of articles, by their numbers. */
static const struct {
	const char *code, *label;
	int first, last;
} topics[] = {
	{ "article-13", "article 13", 13, 13 },
	{ "article-6", "article 6", 6, 6 },
	{ "article-9", "article 9", 9, 9 },
	{ "beneficial-ownership", "beneficial ownership", 12, 12 },
	{ "beneficial-ownership", "beneficial ownership", 14, 14 },
	{ "beneficial-ownership", "beneficial ownership", 52, 52 },
	{ "bodies", "preventive and specialized bodies", 6, 6 },
	{ "bodies", "preventive and specialized bodies", 36, 36 },
	{ "bribery", "bribery", 15, 16 },
	{ "bribery", "bribery", 21, 21 },
	{ "cooperation", "mutual legal assistance and extradition", 44, 46 },
	{ "emergency-procurement", "procurement in emergencies", 9, 9 },
	{ "money-laundering", "money-laundering", 14, 14 },
	{ "money-laundering", "money-laundering", 23, 23 },
	{ "political-finance", "political finance", 7, 7 },
	{ "procurement", "public procurement", 9, 9 },
	{ "recovery", "recovery of assets", 51, 58 },
	{ "victims", "victims of corruption", 32, 32 },
	{ "victims", "victims of corruption", 35, 35 },
	{ "witnesses", "protection of witnesses and reporting persons", 32, 33 },
};

static void write_topics(struct irm_writer *out, const struct irm_sim_world *world, gsl_rng *rng)
{
	(void)rng;
	for (int32_t m = 0; m < world->mechanisms; m++)
		for (size_t i = 0; i < sizeof topics / sizeof *topics; i++)
			for (int a = topics[i].first; a <= topics[i].last; a++) {
				irm_writer_text(out, topics[i].code);
				put_mechanism(out, m);
				irm_writer_count(out, a);
				irm_sim_put(out, "Fictional topic: %s", topics[i].label);
				irm_writer_row(out);
			}
}

/* How many reviews of a cycle have passed a milestone by a day, of one region or (NULL) of all. */
static int64_t passed(const struct irm_sim_world *world, int32_t cycle, int milestone,
                      const char *region, int32_t day)
{
	int64_t n = 0;
	for (size_t i = 0; i < world->n_reviews; i++) {
		const struct irm_sim_review *review = &world->reviews[i];
		const char *own = irm_sim_regions[world->states[review->state].region].code;
		n += review->mechanism == 0 && review->cycle == cycle &&
		     (!region || own == region) && irm_sim_has(world, review, milestone) &&
		     review->days[milestone] <= day;
	}
	return n;
}

static void put_published(struct irm_writer *out, struct irm_date as_of, int32_t cycle,
                          const char *metric, const char *region, int64_t value)
{
	irm_sim_put_date(out, as_of);
	put_cycle(out, 0, cycle);
	irm_writer_text(out, metric);
	irm_writer_text(out, region ? region : "all");
	irm_writer_text(out, "all");
	irm_writer_count(out, value);
	irm_writer_text(out, "reviews");
	irm_writer_text(out, "Fictional note by the secretariat");
	irm_writer_row(out);
}

/* Figures as a secretariat would publish them: for a day or a month, one in four a little off. */
static void write_published(struct irm_writer *out, const struct irm_sim_world *world, gsl_rng *rng)
{
	int32_t cycles = world->cycles < IRM_SIM_SHAPES ? world->cycles : IRM_SIM_SHAPES;
	for (int32_t c = 0; c < cycles; c++)
		for (int year = irm_sim_shapes[c].first_year + 4; year <= 2024; year += 2) {
			int32_t day = irm_day_from_civil(year, 6, 30);
			struct irm_date as_of = c ? irm_sim_month(day) : irm_date_of_day(day);
			int off = irm_sim_chance(rng, 250) && !world->plan.no_faults;
			put_published(out, as_of, c, "reviews_completed", NULL,
			              passed(world, c, IRM_SIM_REPORT, NULL, day) + off);
			put_published(out, as_of, c, "executive_summaries_finalised", NULL,
			              passed(world, c, IRM_SIM_RELEASE, NULL, day));
		}
	for (int32_t c = 0; c < cycles; c++)
		for (int r = 0; r < IRM_SIM_REGIONS; r++) {
			const char *region = irm_sim_regions[r].code;
			put_published(out, irm_date_of_day(world->as_of), c, "reviews_completed",
			              region,
			              passed(world, c, IRM_SIM_REPORT, region, world->as_of));
		}
}

const struct irm_sim_table irm_sim_calendar_tables[] = {
	{ "mechanisms", write_mechanisms }, { "cycles", write_cycles },
	{ "articles", write_articles },     { "scope", write_scope },
	{ "milestones", write_milestones }, { "regions", write_regions },
	{ "ta_types", write_ta_types },     { "sessions", write_sessions },
	{ "topics", write_topics },         { "labels", irm_sim_write_labels },
	{ "published", write_published },   { NULL, NULL },
};
