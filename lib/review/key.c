#include "review/key.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/nearest.h"
#include "base/number.h"

static const char *const key_names[IRM_KEYS + 1] = {
	[IRM_BY_MECHANISM] = "mechanism",
	[IRM_BY_REGION] = "region",
	[IRM_BY_CYCLE] = "cycle",
	[IRM_BY_YEAR] = "year",
	[IRM_BY_STATE] = "state",
	[IRM_BY_REVIEW] = "review",
	[IRM_BY_DIALOGUE] = "dialogue",
	[IRM_BY_STAGE] = "stage",
	[IRM_BY_MILESTONE] = "milestone",
	[IRM_BY_PARTY] = "party",
	[IRM_BY_ARTICLE] = "article",
	[IRM_BY_CHAPTER] = "chapter",
	[IRM_BY_TYPE] = "type",
	[IRM_BY_TOPIC] = "topic",
	[IRM_BY_ITEM] = "item",
	[IRM_BY_MODE] = "mode",
	[IRM_BY_KIND] = "kind",
	[IRM_BY_STATUS] = "status",
	[IRM_BY_PARAGRAPH] = "paragraph",
	[IRM_BY_PROVIDER] = "provider",
	[IRM_BY_BENEFICIARY] = "beneficiary",
	[IRM_KEYS] = "key",
};

/* The values of keys that every source has, in the order of their enum. */
static const char *const words[IRM_KEYS][9] = {
	[IRM_BY_DIALOGUE] = { "country_visit", "online_visit", "joint_meeting", "none" },
	[IRM_BY_ITEM] = { "self_assessment", "executive_summary", "country_report",
	                  "civil_society_report", "follow_up", "civil_society", "academia", "media",
	                  "private_sector" },
	[IRM_BY_MODE] = { "in_person", "online" },
	[IRM_BY_KIND] = { "good_practice", "challenge", "recommendation" },
	[IRM_BY_STATUS] = { "planned", "under_way", "completed", "none" },
};

static size_t word_count(enum irm_key key)
{
	size_t n = 0;
	while (n < sizeof words[key] / sizeof *words[key] && words[key][n])
		n++;
	return n;
}

const char *irm_key_name(enum irm_key key)
{
	return key_names[key];
}

enum irm_code irm_key_parse(enum irm_key *out, const char *name, unsigned allowed,
                            struct irm_err *err)
{
	const char *names[IRM_KEYS] = { NULL };
	for (unsigned k = 0; k < IRM_KEYS; k++) {
		if (!(allowed >> k & 1))
			continue;
		names[k] = key_names[k];
		if (strcmp(name, key_names[k]) == 0) {
			*out = (enum irm_key)k;
			return IRM_OK;
		}
	}
	irm_err_set(err, IRM_USAGE, "there is no key '%.60s' here", name);
	irm_err_hint_nearest(err, name, names, IRM_KEYS);
	return err->code;
}

/* How many values a key has in the dataset, and the code of one. */
static size_t value_count(const struct irm_dataset *d, enum irm_key key)
{
	switch (key) {
	case IRM_BY_MECHANISM:
		return d->n_mechanisms;
	case IRM_BY_REGION:
		return d->n_regions;
	case IRM_BY_CYCLE:
		return d->n_cycles;
	case IRM_BY_STATE:
		return d->n_states;
	case IRM_BY_REVIEW:
		return d->n_reviews;
	case IRM_BY_DIALOGUE:
	case IRM_BY_ITEM:
	case IRM_BY_MODE:
	case IRM_BY_KIND:
	case IRM_BY_STATUS:
		return word_count(key);
	case IRM_BY_STAGE:
	case IRM_BY_MILESTONE:
		return d->stages.n;
	case IRM_BY_PARTY:
		return d->parties.n;
	case IRM_BY_ARTICLE:
		return d->n_articles;
	case IRM_BY_CHAPTER:
		return d->chapters.n;
	case IRM_BY_TYPE:
		return d->n_types;
	case IRM_BY_TOPIC:
		return d->topic_names.n;
	case IRM_BY_PARAGRAPH:
		return d->n_paragraphs;
	case IRM_BY_PROVIDER:
		return d->providers.n;
	case IRM_BY_BENEFICIARY:
		return d->beneficiaries.n;
	case IRM_BY_YEAR:
	case IRM_KEYS:
		break;
	}
	return 0;
}

static const char *value_code(const struct irm_dataset *d, enum irm_key key, uint32_t value)
{
	switch (key) {
	case IRM_BY_MECHANISM:
		return d->mechanisms[value].code;
	case IRM_BY_REGION:
		return d->regions[value].code;
	case IRM_BY_CYCLE:
		return d->cycles[value].code;
	case IRM_BY_STATE:
		return d->states[value].code;
	case IRM_BY_REVIEW:
		return d->reviews[value].code;
	case IRM_BY_DIALOGUE:
	case IRM_BY_ITEM:
	case IRM_BY_MODE:
	case IRM_BY_KIND:
	case IRM_BY_STATUS:
		return words[key][value];
	case IRM_BY_STAGE:
	case IRM_BY_MILESTONE:
		return d->stages.text[value];
	case IRM_BY_PARTY:
		return d->parties.text[value];
	case IRM_BY_ARTICLE:
		return d->articles[value].code;
	case IRM_BY_CHAPTER:
		return d->chapters.text[value];
	case IRM_BY_TYPE:
		return d->types[value].code;
	case IRM_BY_TOPIC:
		return d->topic_names.text[value];
	case IRM_BY_PARAGRAPH:
		return d->paragraphs[value].code;
	case IRM_BY_PROVIDER:
		return d->providers.text[value];
	case IRM_BY_BENEFICIARY:
		return d->beneficiaries.text[value];
	case IRM_BY_YEAR:
	case IRM_KEYS:
		break;
	}
	return "";
}

/* The label of the first milestone of that code. */
static const char *stage_label(const struct irm_dataset *d, uint32_t stage)
{
	for (size_t i = 0; i < d->n_milestones; i++)
		if (d->milestones[i].stage == stage)
			return d->milestones[i].label;
	return "";
}

static const char *value_name(const struct irm_dataset *d, enum irm_key key, uint32_t value)
{
	switch (key) {
	case IRM_BY_MECHANISM:
		return d->mechanisms[value].name;
	case IRM_BY_REGION:
		return d->regions[value].name;
	case IRM_BY_CYCLE:
		return d->cycles[value].name;
	case IRM_BY_STATE:
		return d->states[value].name;
	case IRM_BY_STAGE:
	case IRM_BY_MILESTONE:
		return stage_label(d, value);
	case IRM_BY_ARTICLE:
		return d->articles[value].title;
	case IRM_BY_TYPE:
		return d->types[value].name;
	case IRM_BY_YEAR:
	case IRM_BY_REVIEW:
	case IRM_BY_DIALOGUE:
	case IRM_BY_PARTY:
	case IRM_BY_CHAPTER:
	case IRM_BY_TOPIC:
	case IRM_BY_ITEM:
	case IRM_BY_MODE:
	case IRM_BY_KIND:
	case IRM_BY_STATUS:
	case IRM_BY_PARAGRAPH:
	case IRM_BY_PROVIDER:
	case IRM_BY_BENEFICIARY:
	case IRM_KEYS:
		break;
	}
	return "";
}

static enum irm_code unknown_value(const struct irm_dataset *data, enum irm_key key,
                                   const char *text, struct irm_err *err)
{
	size_t n = value_count(data, key);
	irm_err_set(err, IRM_USAGE, "the source has no %s '%.60s'", key_names[key], text);
	const char **codes = malloc((n + 1) * sizeof *codes);
	if (!codes)
		return err->code;
	for (size_t i = 0; i < n; i++)
		codes[i] = value_code(data, key, (uint32_t)i);
	irm_err_hint_nearest(err, text, codes, n);
	free(codes);
	return err->code;
}

enum irm_code irm_key_value(uint32_t *out, const struct irm_dataset *data, enum irm_key key,
                            const char *text, struct irm_err *err)
{
	*out = IRM_VALUE_UNKNOWN;
	if (!*text)
		return IRM_OK;
	if (key == IRM_BY_YEAR) {
		int64_t year;
		if (irm_integer_parse(&year, text, err) || year < 0 || year > 9999)
			return irm_err_set(err, IRM_USAGE, "expected a year, found '%.60s'", text);
		*out = (uint32_t)year;
		return IRM_OK;
	}
	if (key == IRM_BY_REGION && strcmp(text, "unassigned") == 0) {
		*out = IRM_VALUE_UNASSIGNED;
		return IRM_OK;
	}
	for (size_t i = 0; i < value_count(data, key); i++)
		if (strcmp(text, value_code(data, key, (uint32_t)i)) == 0) {
			*out = (uint32_t)i;
			return IRM_OK;
		}
	return unknown_value(data, key, text, err);
}

const char *irm_key_text(const struct irm_dataset *data, enum irm_key key, uint32_t value,
                         bool names, char buffer[16])
{
	if (value == IRM_VALUE_ALL)
		return "all";
	if (value == IRM_VALUE_UNASSIGNED)
		return "unassigned";
	if (value == IRM_VALUE_UNKNOWN)
		return "";
	if (key == IRM_BY_YEAR) {
		snprintf(buffer, 16, "%u", (unsigned)value);
		return buffer;
	}
	const char *name = names ? value_name(data, key, value) : "";
	return *name ? name : value_code(data, key, value);
}

uint32_t irm_key_of_review(const struct irm_dataset *data, enum irm_key key, uint32_t review)
{
	const struct irm_review *r = &data->reviews[review];
	uint32_t region = data->states[r->state].region;
	switch (key) {
	case IRM_BY_MECHANISM:
		return r->mechanism;
	case IRM_BY_REGION:
		return region == IRM_NONE ? IRM_VALUE_UNASSIGNED : region;
	case IRM_BY_CYCLE:
		return r->cycle;
	case IRM_BY_YEAR:
		return r->year < 0 ? IRM_VALUE_UNKNOWN : (uint32_t)r->year;
	case IRM_BY_STATE:
		return r->state;
	case IRM_BY_REVIEW:
		return review;
	case IRM_BY_DIALOGUE:
		return r->dialogue == IRM_NONE ? IRM_VALUE_UNKNOWN : r->dialogue;
	case IRM_BY_STAGE:
	case IRM_BY_MILESTONE:
	case IRM_BY_PARTY:
	case IRM_BY_ARTICLE:
	case IRM_BY_CHAPTER:
	case IRM_BY_TYPE:
	case IRM_BY_TOPIC:
	case IRM_BY_ITEM:
	case IRM_BY_MODE:
	case IRM_BY_KIND:
	case IRM_BY_STATUS:
	case IRM_BY_PARAGRAPH:
	case IRM_BY_PROVIDER:
	case IRM_BY_BENEFICIARY:
	case IRM_KEYS:
		break;
	}
	return IRM_VALUE_UNKNOWN;
}
