#include "review/contacts.h"

#include <stdlib.h>
#include <string.h>

#include "store/db.h"

/* A row: the State, the role, how many, how many of them consented by the day. */
#define COUNT_SQL \
	"SELECT s.state, CASE WHEN t.role GLOB '*[^A-Za-z0-9_-]*' THEN 'other' ELSE t.role END " \
	"AS code, count(*), sum(t.consent_date IS NOT NULL AND t.consent_date <= :day) " \
	"FROM t_contacts AS t JOIN t_states AS s ON s.id = t.state GROUP BY s.state, code"
#define ROLES_SQL \
	"SELECT DISTINCT CASE WHEN role GLOB '*[^A-Za-z0-9_-]*' THEN 'other' ELSE role END " \
	"AS code FROM t_contacts ORDER BY code"
#define DELIVERED_SQL "SELECT EXISTS (SELECT 1 FROM t_delivered WHERE table_name = 'contacts')"

static enum irm_code check_delivered(sqlite3 *db, struct irm_err *err)
{
	sqlite3_stmt *row = NULL;
	bool there = false;
	if (irm_db_prepare(&row, db, DELIVERED_SQL, err))
		return err->code;
	enum irm_code code = irm_db_step(row, &there, err);
	bool delivered = !code && there && sqlite3_column_int(row, 0);
	sqlite3_finalize(row);
	if (code || delivered)
		return code;
	return irm_err_set(err, IRM_INPUT,
	                   "the source has no table 'contacts': who may be named is not recorded");
}

static enum irm_code add_role(struct irm_contacts *out, sqlite3_stmt *row, struct irm_err *err)
{
	const char *role = (const char *)sqlite3_column_text(row, 0);
	const char **grown = realloc(out->roles, (out->n_roles + 1) * sizeof *grown);
	if (grown)
		out->roles = grown;
	const char *copy = grown && role ? irm_arena_text(&out->arena, role, strlen(role)) : NULL;
	if (!copy)
		return irm_err_memory(err);
	out->roles[out->n_roles++] = copy;
	return IRM_OK;
}

static enum irm_code read_roles(struct irm_contacts *out, sqlite3 *db, struct irm_err *err)
{
	sqlite3_stmt *row = NULL;
	bool there = true;
	if (irm_db_prepare(&row, db, ROLES_SQL, err))
		return err->code;
	enum irm_code code;
	while (!(code = irm_db_step(row, &there, err)) && there)
		if ((code = add_role(out, row, err)))
			break;
	sqlite3_finalize(row);
	return code;
}

static uint32_t role_of(const struct irm_contacts *out, const char *role)
{
	uint32_t i = 0;
	while (i < out->n_roles && strcmp(out->roles[i], role) != 0)
		i++;
	return i;
}

static uint32_t state_of(const struct irm_dataset *data, const char *code)
{
	uint32_t i = 0;
	while (i < data->n_states && strcmp(data->states[i].code, code) != 0)
		i++;
	return i;
}

static enum irm_code count_row(struct irm_contacts *out, sqlite3_stmt *row,
                               const struct irm_query *query, struct irm_err *err)
{
	const char *code = (const char *)sqlite3_column_text(row, 0);
	const char *role = (const char *)sqlite3_column_text(row, 1);
	if (!code || !role)
		return irm_err_memory(err);
	uint32_t state = state_of(query->data, code);
	uint32_t region = query->data->states[state].region;
	uint32_t values[IRM_KEYS_MOST], key[IRM_KEYS_MOST + 1];
	region = region == IRM_NONE ? IRM_VALUE_UNASSIGNED : region;
	if (!irm_query_keeps(query, IRM_BY_STATE, state) ||
	    !irm_query_keeps(query, IRM_BY_REGION, region))
		return IRM_OK;
	for (size_t k = 0; k < query->n_by; k++)
		values[k] = query->by[k] == IRM_BY_STATE ? state : region;
	for (size_t i = 0; i < irm_query_variants(query); i++) {
		irm_query_variant(query, i, values, key);
		key[query->n_by] = role_of(out, role);
		int64_t *counts = irm_counter_at(&out->counts, key);
		if (!counts)
			return irm_err_memory(err);
		counts[IRM_CONTACTS_ALL] += sqlite3_column_int64(row, 2);
		counts[IRM_CONTACTS_CONSENTED] += sqlite3_column_int64(row, 3);
	}
	return IRM_OK;
}

static enum irm_code count_rows(struct irm_contacts *out, sqlite3 *db,
                                const struct irm_query *query, struct irm_err *err)
{
	sqlite3_stmt *row = NULL;
	bool there = true;
	if (irm_db_prepare(&row, db, COUNT_SQL, err))
		return err->code;
	sqlite3_bind_int(row, 1, query->as_of);
	enum irm_code code;
	while (!(code = irm_db_step(row, &there, err)) && there)
		if ((code = count_row(out, row, query, err)))
			break;
	sqlite3_finalize(row);
	return code;
}

enum irm_code irm_contacts_count(struct irm_contacts *out, sqlite3 *db,
                                 const struct irm_query *query, struct irm_err *err)
{
	*out = (struct irm_contacts){ .n_roles = 0 };
	irm_counter_init(&out->counts, query->n_by + 1, IRM_CONTACTS_COLUMNS);
	if (check_delivered(db, err) || read_roles(out, db, err) || count_rows(out, db, query, err))
		return err->code;
	return irm_counter_sort(&out->counts) ? irm_err_memory(err) : IRM_OK;
}

void irm_contacts_release(struct irm_contacts *contacts)
{
	irm_counter_release(&contacts->counts);
	free(contacts->roles);
	irm_arena_release(&contacts->arena);
	*contacts = (struct irm_contacts){ .n_roles = 0 };
}
