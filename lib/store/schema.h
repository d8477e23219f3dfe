/* The tables of a package: which columns they have, what may stand in them, what refers to what.
 * The one description: the loader checks by it, a descriptor's Table Schemas are written from it,
 * and sql/schema.sql is its form in SQLite (tests/unit/test_schema.c holds the two together). */
#ifndef IRM_STORE_SCHEMA_H
#define IRM_STORE_SCHEMA_H

#include <stdbool.h>
#include <stddef.h>

enum irm_column_type {
	IRM_COL_CODE,      /* a code of this table: with the other keys it names the row */
	IRM_COL_TEXT,      /* any text */
	IRM_COL_WHOLE,     /* a whole number >= 0 */
	IRM_COL_REAL,      /* a decimal number */
	IRM_COL_DAY,       /* a known day */
	IRM_COL_DATE,      /* a date that may be vague (EDTF) */
	IRM_COL_WORD,      /* one of a closed list */
	IRM_COL_REF,       /* a code of another table, or of this one */
	IRM_COL_MILESTONE, /* a milestone of the row's mechanism, or of its review's */
	IRM_COL_ARTICLE, /* an article of the convention that the row's review is under, or that the
	                    row names */
	IRM_COL_ARTICLE_CODE, /* the number of an article, whatever the convention */
};

/* A role that a column has beside its type. */
enum irm_column_need {
	IRM_OPTIONAL, /* may be empty: unknown */
	IRM_REQUIRED, /* never empty */
	IRM_KEY,      /* of the primary key: never empty */
	IRM_KEY_ALL,  /* the same, and 'all' stands for no one in particular */
};

struct irm_column {
	const char *name;
	enum irm_column_type type;
	enum irm_column_need need;
	const char *refers; /* IRM_COL_REF: the table; IRM_COL_WORD: the words, '|' between */
};

struct irm_schema {
	const char *table;
	size_t n;
	const struct irm_column *columns; /* [n] */
	/* Rows have an integer id that other tables refer to: their codes come before those tables.
	 */
	bool has_id;
};

/* All tables, each after the tables it refers to. */
extern const struct irm_schema irm_schemas[];
extern const size_t irm_schemas_n;

static inline bool irm_column_is_key(const struct irm_column *column)
{
	return column->need == IRM_KEY || column->need == IRM_KEY_ALL;
}

/* The table of that name, or NULL. */
const struct irm_schema *irm_schema_find(const char *table);

/* Its column of that name, or -1. */
int irm_schema_column(const struct irm_schema *schema, const char *name);

/* The names of all tables, [irm_schemas_n], for a hint; into names. */
void irm_schema_names(const char **names);

#endif
