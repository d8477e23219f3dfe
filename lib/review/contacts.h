/* Contacts: how many there are, and how many have consented to be published. Names and addresses
 * are never read: SQL counts. */
#ifndef IRM_REVIEW_CONTACTS_H
#define IRM_REVIEW_CONTACTS_H

#include <sqlite3.h>

#include "base/counter.h"
#include "review/query.h"

/* Keys of its queries. */
#define IRM_CONTACTS_KEYS (1u << IRM_BY_REGION | 1u << IRM_BY_STATE)

enum irm_contacts_column { IRM_CONTACTS_ALL, IRM_CONTACTS_CONSENTED, IRM_CONTACTS_COLUMNS };

struct irm_contacts {
	struct irm_counter counts; /* by the query's keys and, last, by role, sorted */
	const char **roles;        /* ascending */
	size_t n_roles;
	struct irm_arena arena; /* their texts */
};

/* Counts the contacts of States by the query's keys and role, those who consented by its day
 * apart. A role that is no code (letters, digits, _ and -) counts as 'other', for it might name
 * someone.
 *
 * db  of which the query's dataset was read
 *
 * IRM_INPUT where no package has the table. The caller releases *out with irm_contacts_release(),
 * whatever comes. */
IRM_CHECK enum irm_code irm_contacts_count(struct irm_contacts *out, sqlite3 *db,
                                           const struct irm_query *query, struct irm_err *err);
void irm_contacts_release(struct irm_contacts *contacts);

#endif
