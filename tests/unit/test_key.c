/* Keys: every one's name, values, texts, and what is said of a value that there is not. */
#include "small.h"

#include "review/key.h"

/* Each key, its values and their names, in their order. */
static const struct {
	const char *name, *codes, *names;
} keys[IRM_KEYS] = {
	[IRM_BY_MECHANISM] = { "mechanism", "M, N", "Made up, N" },
	[IRM_BY_REGION] = { "region", "AFR, EEG", "African States, EEG" },
	[IRM_BY_CYCLE] = { "cycle", "C1, C2", "First, C2" },
	[IRM_BY_YEAR] = { "year", "", "" },
	[IRM_BY_STATE] = { "state", "XAA, XAB", "State A, XAB" },
	[IRM_BY_REVIEW] = { "review", "R1, R2", "R1, R2" },
	[IRM_BY_DIALOGUE] = { "dialogue", "country_visit, online_visit, joint_meeting, none",
	                      "country_visit, online_visit, joint_meeting, none" },
	[IRM_BY_STAGE] = { "stage", "begun, given, heard", "Begun, given, Heard" },
	[IRM_BY_MILESTONE] = { "milestone", "begun, given, heard", "Begun, given, Heard" },
	[IRM_BY_PARTY] = { "party", "joint, state", "joint, state" },
	[IRM_BY_ARTICLE] = { "article", "5, 15", "Five, 15" },
	[IRM_BY_CHAPTER] = { "chapter", "II, III", "II, III" },
	[IRM_BY_TYPE] = { "type", "advice, drafting", "Advice, drafting" },
	[IRM_BY_TOPIC] = { "topic", "low, virus", "low, virus" },
	[IRM_BY_ITEM] = { "item",
	                  "self_assessment, executive_summary, country_report, "
	                  "civil_society_report, follow_up, civil_society, academia, media, "
	                  "private_sector",
	                  "self_assessment, executive_summary, country_report, "
	                  "civil_society_report, follow_up, civil_society, academia, media, "
	                  "private_sector" },
	[IRM_BY_MODE] = { "mode", "in_person, online", "in_person, online" },
	[IRM_BY_KIND] = { "kind", "good_practice, challenge, recommendation",
	                  "good_practice, challenge, recommendation" },
	[IRM_BY_STATUS] = { "status", "planned, under_way, completed, none",
	                    "planned, under_way, completed, none" },
	[IRM_BY_PARAGRAPH] = { "paragraph", "5, 15(2)", "5, 15(2)" },
	[IRM_BY_PROVIDER] = { "provider", "Agency, Bureau", "Agency, Bureau" },
	[IRM_BY_BENEFICIARY] = { "beneficiary", "government, society", "government, society" },
};

static void test_every_key_by_its_name_where_it_is_allowed(void **state)
{
	(void)state;
	for (unsigned k = 0; k < IRM_KEYS; k++) {
		struct irm_err err = { .code = IRM_OK };
		enum irm_key key = IRM_KEYS;
		same_text("name", irm_key_name((enum irm_key)k), keys[k].name);
		same_number(keys[k].name, irm_key_parse(&key, keys[k].name, 1u << k, &err), IRM_OK);
		same_number(keys[k].name, key, k);
		same_number(keys[k].name, irm_key_parse(&key, keys[k].name, ~(1u << k), &err),
		            IRM_USAGE);
		/* "stage" may be a slip for another */
		assert_non_null(strstr(err.message, "there is no key '"));
	}
	same_text("no key", irm_key_name(IRM_KEYS), "key");
}

static void test_what_is_no_key(void **state)
{
	(void)state;
	static const struct {
		const char *name;
		unsigned allowed;
		const char *message;
	} cases[] = {
		{ "key", ~0u,
		  "there is no key 'key' here (one of: mechanism, region, cycle, year, state, "
		  "review, dialogue, stage, milestone, party, article, chapter, type, topic, item, "
		  "mode, kind, status, paragraph, provider, beneficiary)" },
		{ "mechanisms", IRM_BY_REVIEWS,
		  "there is no key 'mechanisms' here (did you mean 'mechanism'?)" },
		{ "beneficary", IRM_BY_ASSISTANCE,
		  "there is no key 'beneficary' here (did you mean 'beneficiary'?)" },
		{ "", 1u << IRM_BY_YEAR | 1u << IRM_BY_STATUS,
		  "there is no key '' here (one of: year, status)" },
		{ "year", 0, "there is no key 'year' here" },
		{ "0123456789012345678901234567890123456789012345678901234567890123456789",
		  1u << IRM_BY_YEAR,
		  "there is no key '012345678901234567890123456789012345678901234567890123456789' "
		  "here (one of: year)" },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct irm_err err = { .code = IRM_OK };
		enum irm_key key = IRM_BY_MODE;
		same_number(cases[i].name,
		            irm_key_parse(&key, cases[i].name, cases[i].allowed, &err), IRM_USAGE);
		same_error(cases[i].name, &err, cases[i].message);
		same_number(cases[i].name, key, IRM_BY_MODE);
	}
}

/* The values of a key as text, until there is none of that name. */
static void show_values(char *out, size_t size, enum irm_key key, const char *codes, bool names)
{
	char copy[300], buffer[16];
	uint32_t number = 0;
	snprintf(copy, sizeof copy, "%s", codes);
	*out = '\0';
	for (char *rest = copy, *code; (code = strtok_r(rest, ", ", &rest)) != NULL; number++) {
		struct irm_err err = { .code = IRM_OK };
		uint32_t value = 99;
		same_number(code, irm_key_value(&value, &small, key, code, &err), IRM_OK);
		same_number(code, value, number);
		size_t used = strlen(out);
		snprintf(out + used, size - used, "%s%s", used ? ", " : "",
		         irm_key_text(&small, key, value, names, buffer));
	}
}

static void test_every_value_by_its_code(void **state)
{
	(void)state;
	for (unsigned k = 0; k < IRM_KEYS; k++) {
		char found[300];
		show_values(found, sizeof found, (enum irm_key)k, keys[k].codes, false);
		same_text(keys[k].name, found, keys[k].codes);
		show_values(found, sizeof found, (enum irm_key)k, keys[k].codes, true);
		same_text(keys[k].name, found, keys[k].names);
	}
}

/* All of a key's values are named, and no more. */
static void test_a_value_that_there_is_not(void **state)
{
	(void)state;
	for (unsigned k = 0; k < IRM_KEYS; k++) {
		struct irm_err err = { .code = IRM_OK };
		uint32_t value = 99;
		char expected[400];
		if (k == IRM_BY_YEAR)
			continue;
		snprintf(expected, sizeof expected, "the source has no %s '0000000' (one of: %s)",
		         keys[k].name, keys[k].codes);
		same_number(keys[k].name,
		            irm_key_value(&value, &small, (enum irm_key)k, "0000000", &err),
		            IRM_USAGE);
		same_error(keys[k].name, &err, expected);
		same_number(keys[k].name, value, IRM_VALUE_UNKNOWN);
	}
	struct irm_err err = { .code = IRM_OK };
	uint32_t value;
	assert_int_equal(irm_key_value(&value, &small, IRM_BY_PROVIDER, "Buraeu", &err), IRM_USAGE);
	same_error("near", &err, "the source has no provider 'Buraeu' (did you mean 'Bureau'?)");
	/* "unassigned" is a region's word only */
	assert_int_equal(irm_key_value(&value, &small, IRM_BY_STATE, "unassigned", &err),
	                 IRM_USAGE);
	same_error("state", &err, "the source has no state 'unassigned' (one of: XAA, XAB)");
}

static void test_values_of_no_record(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		enum irm_key key;
		uint32_t value;
		const char *message;
	} cases[] = {
		{ "", IRM_BY_REGION, IRM_VALUE_UNKNOWN, "" },
		{ "", IRM_BY_YEAR, IRM_VALUE_UNKNOWN, "" },
		{ "", IRM_BY_STATUS, IRM_VALUE_UNKNOWN, "" },
		{ "unassigned", IRM_BY_REGION, IRM_VALUE_UNASSIGNED, "" },
		{ "0", IRM_BY_YEAR, 0, "" },
		{ "2012", IRM_BY_YEAR, 2012, "" },
		{ "9999", IRM_BY_YEAR, 9999, "" },
		{ "10000", IRM_BY_YEAR, IRM_VALUE_UNKNOWN, "expected a year, found '10000'" },
		{ "-1", IRM_BY_YEAR, IRM_VALUE_UNKNOWN, "expected a year, found '-1'" },
		{ "unassigned", IRM_BY_YEAR, IRM_VALUE_UNKNOWN,
		  "expected a year, found 'unassigned'" },
		{ "1,5", IRM_BY_YEAR, IRM_VALUE_UNKNOWN, "expected a year, found '1,5'" },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct irm_err err = { .code = IRM_OK };
		uint32_t value = 99;
		same_number(cases[i].text,
		            irm_key_value(&value, &small, cases[i].key, cases[i].text, &err),
		            *cases[i].message ? IRM_USAGE : IRM_OK);
		same_number(cases[i].text, value, cases[i].value);
		if (*cases[i].message)
			same_error(cases[i].text, &err, cases[i].message);
	}
}

static void test_texts_of_no_record(void **state)
{
	(void)state;
	for (unsigned k = 0; k < IRM_KEYS; k++)
		for (int names = 0; names < 2; names++) {
			char buffer[16];
			enum irm_key key = (enum irm_key)k;
			same_text("all", irm_key_text(&small, key, IRM_VALUE_ALL, names, buffer),
			          "all");
			same_text("none",
			          irm_key_text(&small, key, IRM_VALUE_UNASSIGNED, names, buffer),
			          "unassigned");
			same_text("unknown",
			          irm_key_text(&small, key, IRM_VALUE_UNKNOWN, names, buffer), "");
		}
	char buffer[16];
	same_text("year", irm_key_text(&small, IRM_BY_YEAR, 0, false, buffer), "0");
	same_text("year", irm_key_text(&small, IRM_BY_YEAR, 9999, true, buffer), "9999");
	/* a milestone that no mechanism has */
	static const char *more[] = { "begun", "given", "heard", "never" };
	struct irm_dataset other = small;
	other.stages = (struct irm_names){ more, COUNT(more) };
	same_text("stage", irm_key_text(&other, IRM_BY_STAGE, 3, true, buffer), "never");
	/* keys that have no values */
	same_text("no key", irm_key_text(&small, IRM_KEYS, 0, true, buffer), "");
}

static void test_values_of_a_review(void **state)
{
	(void)state;
	const uint32_t unknown = IRM_VALUE_UNKNOWN;
	for (unsigned k = 0; k <= IRM_KEYS; k++) {
		static const uint32_t expected[][2] = {
			[IRM_BY_MECHANISM] = { 1, 0 },
			[IRM_BY_REGION] = { 1, IRM_VALUE_UNASSIGNED },
			[IRM_BY_CYCLE] = { 1, 0 },
			[IRM_BY_YEAR] = { 0, IRM_VALUE_UNKNOWN },
			[IRM_BY_STATE] = { 0, 1 },
			[IRM_BY_REVIEW] = { 0, 1 },
			[IRM_BY_DIALOGUE] = { 2, IRM_VALUE_UNKNOWN },
		};
		bool is_review = IRM_BY_REVIEWS >> k & 1;
		for (uint32_t r = 0; r < 2; r++)
			same_number(irm_key_name((enum irm_key)k),
			            irm_key_of_review(&small, (enum irm_key)k, r),
			            is_review ? expected[k][r] : unknown);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_key_by_its_name_where_it_is_allowed),
		cmocka_unit_test(test_what_is_no_key),
		cmocka_unit_test(test_every_value_by_its_code),
		cmocka_unit_test(test_a_value_that_there_is_not),
		cmocka_unit_test(test_values_of_no_record),
		cmocka_unit_test(test_texts_of_no_record),
		cmocka_unit_test(test_values_of_a_review),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
