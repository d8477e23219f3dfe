/* Keys: what figures are told by (--by) and chosen by (--where). */
#ifndef IRM_REVIEW_KEY_H
#define IRM_REVIEW_KEY_H

#include "review/dataset.h"

enum irm_key {
	IRM_BY_MECHANISM,
	IRM_BY_REGION,
	IRM_BY_CYCLE,
	IRM_BY_YEAR,
	IRM_BY_STATE,
	IRM_BY_REVIEW,
	IRM_BY_DIALOGUE,
	IRM_BY_STAGE,
	IRM_BY_MILESTONE,
	IRM_BY_PARTY,
	IRM_BY_ARTICLE,
	IRM_BY_CHAPTER,
	IRM_BY_TYPE,
	IRM_BY_TOPIC,
	IRM_BY_ITEM,   /* a kind of document, of enum irm_document_kind, or after those a sector */
	IRM_BY_MODE,   /* of enum irm_mode */
	IRM_BY_KIND,   /* of findings, of enum irm_finding_kind */
	IRM_BY_STATUS, /* of measures, of enum irm_measure_status, or after those none */
	IRM_BY_PARAGRAPH,
	IRM_BY_PROVIDER,
	IRM_BY_BENEFICIARY,
	IRM_KEYS,
};

/* Sets of keys, as bits 1 << key. */
#define IRM_BY_REVIEWS \
	(1u << IRM_BY_MECHANISM | 1u << IRM_BY_REGION | 1u << IRM_BY_CYCLE | 1u << IRM_BY_YEAR | \
	 1u << IRM_BY_STATE | 1u << IRM_BY_REVIEW | 1u << IRM_BY_DIALOGUE)
#define IRM_BY_STAGES (1u << IRM_BY_STAGE | 1u << IRM_BY_PARTY)
#define IRM_BY_ARTICLES \
	(1u << IRM_BY_ARTICLE | 1u << IRM_BY_CHAPTER | 1u << IRM_BY_TYPE | 1u << IRM_BY_TOPIC)

#define IRM_BY_NEEDS      (IRM_BY_REVIEWS | IRM_BY_ARTICLES | 1u << IRM_BY_PARAGRAPH)
#define IRM_BY_ASSISTANCE (1u << IRM_BY_PROVIDER | 1u << IRM_BY_BENEFICIARY)
#define IRM_BY_ACTIVITIES \
	(1u << IRM_BY_REGION | 1u << IRM_BY_YEAR | 1u << IRM_BY_STATE | IRM_BY_ARTICLES | \
	 IRM_BY_ASSISTANCE)

/* A key's value is an index into the dataset, or one of these, which sort after all indexes. */
#define IRM_VALUE_UNKNOWN    (UINT32_MAX - 2) /* printed empty */
#define IRM_VALUE_UNASSIGNED (UINT32_MAX - 1) /* a State of no region */
#define IRM_VALUE_ALL        UINT32_MAX       /* a total */

const char *irm_key_name(enum irm_key key);

/* The key of that name among `allowed` (bits). IRM_USAGE, with the nearest. */
IRM_CHECK enum irm_code irm_key_parse(enum irm_key *out, const char *name, unsigned allowed,
                                      struct irm_err *err);

/* The value that `text` names ("unassigned" for regions, "" for unknown). IRM_USAGE, with the
 * nearest value. A year need not occur. */
IRM_CHECK enum irm_code irm_key_value(uint32_t *out, const struct irm_dataset *data,
                                      enum irm_key key, const char *text, struct irm_err *err);

/* The text of a value: its code, or with `names` its name where it has one. `buffer` is for
 * numbers. */
const char *irm_key_text(const struct irm_dataset *data, enum irm_key key, uint32_t value,
                         bool names, char buffer[16]);

/* A review's value under a key of IRM_BY_REVIEWS. */
uint32_t irm_key_of_review(const struct irm_dataset *data, enum irm_key key, uint32_t review);

#endif
