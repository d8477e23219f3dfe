/* A dataset made by hand: two values or more of each kind, and arrays that end where they do, which
 * the sanitizers see. Tests copy it to change a part. */
#ifndef IRM_TESTS_SMALL_H
#define IRM_TESTS_SMALL_H

#include "unit.h"

#include "base/date.h"
#include "review/dataset.h"

static struct irm_mechanism small_mechanisms[] = { { "M", "Made up", "MUC", 0, 2 },
	                                           { "N", "", "MUC", 2, 2 } };
static struct irm_milestone small_milestones[] = {
	{ .code = "begun", .label = "Begun", .stage = 0 },
	{ .code = "given", .label = "", .stage = 1 },
	{ .code = "begun", .label = "Again", .stage = 0 },
	{ .code = "heard", .label = "Heard", .stage = 2 }
};
static struct irm_cycle small_cycles[] = { { .code = "C1", .name = "First" },
	                                   { .code = "C2", .name = "" } };
static struct irm_region small_regions[] = { { "AFR", "African States" }, { "EEG", "" } };
static struct irm_state small_states[] = { { "XAA", "State A", 1, IRM_DAY_NONE },
	                                   { "XAB", "", IRM_NONE, IRM_DAY_NONE } };
static struct irm_article small_articles[] = { { "MUC", "5", "Five", 0 }, { "MUC", "15", "", 1 } };
static struct irm_type small_types[] = { { "advice", "Advice" }, { "drafting", "" } };
static struct irm_paragraph small_paragraphs[] = { { "5", 0 }, { "15(2)", 1 } };
static struct irm_review small_reviews[] = {
	{ .code = "R1", .cycle = 1, .mechanism = 1, .state = 0, .dialogue = 2, .year = 0 },
	{ .code = "R2", .cycle = 0, .mechanism = 0, .state = 1, .dialogue = IRM_NONE, .year = -1 },
};
static const char *small_stages[] = { "begun", "given", "heard" },
                  *small_parties[] = { "joint", "state" }, *small_chapters[] = { "II", "III" },
                  *small_topics[] = { "low", "virus" }, *small_providers[] = { "Agency", "Bureau" },
                  *small_whom[] = { "government", "society" };
static const struct irm_dataset small = {
	.mechanisms = small_mechanisms,
	.milestones = small_milestones,
	.cycles = small_cycles,
	.regions = small_regions,
	.states = small_states,
	.articles = small_articles,
	.types = small_types,
	.reviews = small_reviews,
	.paragraphs = small_paragraphs,
	.n_mechanisms = COUNT(small_mechanisms),
	.n_milestones = COUNT(small_milestones),
	.n_cycles = COUNT(small_cycles),
	.n_regions = COUNT(small_regions),
	.n_states = COUNT(small_states),
	.n_articles = COUNT(small_articles),
	.n_types = COUNT(small_types),
	.n_reviews = COUNT(small_reviews),
	.n_paragraphs = COUNT(small_paragraphs),
	.stages = { small_stages, COUNT(small_stages) },
	.parties = { small_parties, COUNT(small_parties) },
	.chapters = { small_chapters, COUNT(small_chapters) },
	.topic_names = { small_topics, COUNT(small_topics) },
	.providers = { small_providers, COUNT(small_providers) },
	.beneficiaries = { small_whom, COUNT(small_whom) },
};

#endif
