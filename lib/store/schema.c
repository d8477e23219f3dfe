#include "store/schema.h"

#include <string.h>

#define CODE(name) \
	{ \
		name, IRM_COL_CODE, IRM_KEY, NULL \
	}
#define TEXT(name) \
	{ \
		name, IRM_COL_TEXT, IRM_OPTIONAL, NULL \
	}
#define KEY_TEXT(name) \
	{ \
		name, IRM_COL_TEXT, IRM_KEY, NULL \
	}
#define NEED_TEXT(name) \
	{ \
		name, IRM_COL_TEXT, IRM_REQUIRED, NULL \
	}
#define WHOLE(name) \
	{ \
		name, IRM_COL_WHOLE, IRM_OPTIONAL, NULL \
	}
#define REAL(name) \
	{ \
		name, IRM_COL_REAL, IRM_OPTIONAL, NULL \
	}
#define DAY(name) \
	{ \
		name, IRM_COL_DAY, IRM_OPTIONAL, NULL \
	}
#define DATE(name) \
	{ \
		name, IRM_COL_DATE, IRM_OPTIONAL, NULL \
	}
#define WORD(name, words) \
	{ \
		name, IRM_COL_WORD, IRM_OPTIONAL, words \
	}
#define KEY_WORD(name, words) \
	{ \
		name, IRM_COL_WORD, IRM_KEY, words \
	}
#define REF(name, table) \
	{ \
		name, IRM_COL_REF, IRM_OPTIONAL, table \
	}
#define KEY_REF(name, table) \
	{ \
		name, IRM_COL_REF, IRM_KEY, table \
	}
#define NEED_REF(name, table) \
	{ \
		name, IRM_COL_REF, IRM_REQUIRED, table \
	}
#define KEY_REF_ALL(name, table) \
	{ \
		name, IRM_COL_REF, IRM_KEY_ALL, table \
	}
#define KEY_ARTICLE \
	{ \
		"article", IRM_COL_ARTICLE, IRM_KEY_ALL, NULL \
	}

static const struct irm_column mechanisms[] = { CODE("mechanism"), TEXT("name"),
	                                        TEXT("convention") };
static const struct irm_column cycles[] = { CODE("cycle"), NEED_REF("mechanism", "mechanisms"),
	                                    TEXT("name"), DAY("starts"), DAY("ends") };
static const struct irm_column articles[] = { KEY_TEXT("convention"), CODE("article"),
	                                      NEED_TEXT("chapter"), TEXT("title") };
static const struct irm_column scope[] = { KEY_REF("cycle", "cycles"), KEY_TEXT("chapter") };
static const struct irm_column milestones[] = {
	KEY_REF("mechanism", "mechanisms"),
	CODE("milestone"),
	{ "position", IRM_COL_WHOLE, IRM_REQUIRED, NULL },
	{ "from_milestone", IRM_COL_MILESTONE, IRM_OPTIONAL, NULL },
	WHOLE("time_limit"),
	WORD("unit", "day|week|month"),
	TEXT("party"),
	WORD("releases_findings", "yes|no"),
	TEXT("label"),
	TEXT("source"),
};
static const struct irm_column regions[] = { CODE("region"), TEXT("name"), WHOLE("position") };
static const struct irm_column states[] = { CODE("state"), TEXT("name"), REF("region", "regions"),
	                                    DAY("party_since") };
static const struct irm_column reviews[] = {
	CODE("review"),
	NEED_REF("cycle", "cycles"),
	WHOLE("year"),
	NEED_REF("state", "states"),
	REF("reviewer_1", "states"),
	REF("reviewer_2", "states"),
	REF("reviewer_3", "states"),
	WORD("dialogue", "country_visit|online_visit|joint_meeting|none"),
	REF("replaces", "reviews"),
	DAY("discontinued"),
	DAY("observed_until"),
};
static const struct irm_column events[] = { KEY_REF("review", "reviews"),
	                                    { "milestone", IRM_COL_MILESTONE, IRM_KEY, NULL },
	                                    DATE("date"),
	                                    TEXT("source") };
static const struct irm_column ta_types[] = { CODE("type"), TEXT("name") };
static const struct irm_column needs[] = { KEY_REF("review", "reviews"), KEY_ARTICLE,
	                                   KEY_TEXT("paragraph"), KEY_REF_ALL("type", "ta_types"),
	                                   TEXT("source") };
static const struct irm_column assistance[] = { CODE("activity"), TEXT("topic"),
	                                        TEXT("provider"), TEXT("beneficiary"),
	                                        DATE("starts"),   DATE("ends"),
	                                        TEXT("source") };
static const struct irm_column assistance_targets[] = {
	KEY_REF("activity", "assistance"),
	KEY_TEXT("line"),
	REF("state", "states"),
	REF("region", "regions"),
	{ "article", IRM_COL_ARTICLE_CODE, IRM_OPTIONAL, NULL },
	REF("type", "ta_types"),
};
static const struct irm_column findings[] = {
	KEY_REF("review", "reviews"),
	KEY_ARTICLE,
	KEY_WORD("kind", "good_practice|challenge|recommendation"),
	KEY_TEXT("position"),
	TEXT("summary"),
	TEXT("source"),
};
static const struct irm_column documents[] = {
	KEY_REF("review", "reviews"),
	KEY_WORD("kind", "self_assessment|executive_summary|country_report|civil_society_report|"
	                 "follow_up"),
	KEY_TEXT("language"),
	DATE("published"),
	TEXT("symbol"),
	TEXT("url"),
};
static const struct irm_column participation[] = {
	KEY_REF("review", "reviews"),
	KEY_TEXT("step"),
	KEY_WORD("sector", "civil_society|academia|media|private_sector"),
	WORD("mode", "in_person|online"),
	DATE("date"),
};
static const struct irm_column measures[] = {
	KEY_REF("review", "reviews"),
	KEY_ARTICLE,
	KEY_TEXT("recommendation"),
	WORD("status", "planned|under_way|completed"),
	DATE("date"),
	TEXT("text"),
	TEXT("source"),
};
static const struct irm_column contacts[] = { KEY_REF("state", "states"), KEY_TEXT("role"),
	                                      TEXT("name"), TEXT("email"), DAY("consent_date") };
static const struct irm_column sessions[] = {
	CODE("session"), WORD("body", "IRG|COSP|briefing"),
	TEXT("name"),    DAY("starts"),
	DAY("ends"),     TEXT("place"),
	TEXT("symbol"),
};
static const struct irm_column topics[] = { KEY_TEXT("topic"),
	                                    KEY_TEXT("convention"),
	                                    { "article", IRM_COL_ARTICLE, IRM_KEY, NULL },
	                                    TEXT("label") };
static const struct irm_column labels[] = { KEY_TEXT("kind"), KEY_TEXT("code"), KEY_TEXT("lang"),
	                                    TEXT("label") };
static const struct irm_column published[] = {
	{ "as_of", IRM_COL_DATE, IRM_KEY, NULL },
	KEY_REF_ALL("cycle", "cycles"),
	KEY_TEXT("metric"),
	KEY_REF_ALL("region", "regions"),
	{ "article", IRM_COL_ARTICLE_CODE, IRM_KEY_ALL, NULL },
	REAL("value"),
	TEXT("unit"),
	TEXT("source"),
};

#define TABLE(name, has_id) \
	{ \
#name, sizeof name / sizeof *name, name, has_id \
	}

const struct irm_schema irm_schemas[] = {
	TABLE(mechanisms, true),
	TABLE(cycles, true),
	TABLE(articles, true),
	TABLE(scope, false),
	TABLE(milestones, true),
	TABLE(regions, true),
	TABLE(states, true),
	TABLE(reviews, true),
	TABLE(events, false),
	TABLE(ta_types, true),
	TABLE(needs, false),
	TABLE(assistance, true),
	TABLE(assistance_targets, false),
	TABLE(findings, false),
	TABLE(documents, false),
	TABLE(participation, false),
	TABLE(measures, false),
	TABLE(contacts, false),
	TABLE(sessions, true),
	TABLE(topics, false),
	TABLE(labels, false),
	TABLE(published, false),
};
const size_t irm_schemas_n = sizeof irm_schemas / sizeof *irm_schemas;

const struct irm_schema *irm_schema_find(const char *table)
{
	for (size_t i = 0; i < irm_schemas_n; i++)
		if (strcmp(irm_schemas[i].table, table) == 0)
			return &irm_schemas[i];
	return NULL;
}

int irm_schema_column(const struct irm_schema *schema, const char *name)
{
	for (size_t i = 0; i < schema->n; i++)
		if (strcmp(schema->columns[i].name, name) == 0)
			return (int)i;
	return -1;
}

void irm_schema_names(const char **names)
{
	for (size_t i = 0; i < irm_schemas_n; i++)
		names[i] = irm_schemas[i].table;
}
