#include "review/query.h"

#include <stdlib.h>
#include <string.h>

#include "base/nearest.h"

static enum irm_code read_session(int32_t *out, const struct irm_dataset *data, const char *text,
                                  struct irm_err *err)
{
	for (size_t i = 0; i < data->n_sessions; i++) {
		if (strcmp(data->sessions[i].code, text) != 0)
			continue;
		if (data->sessions[i].starts == IRM_DAY_NONE)
			return irm_err_set(err, IRM_USAGE,
			                   "--as-of: the first day of the session '%.60s' is "
			                   "not recorded",
			                   text);
		*out = data->sessions[i].starts;
		return IRM_OK;
	}
	return IRM_NO;
}

static void hint_session(const struct irm_dataset *data, const char *text, struct irm_err *err)
{
	const char **codes = malloc((data->n_sessions + 1) * sizeof *codes);
	for (size_t i = 0; codes && i < data->n_sessions; i++)
		codes[i] = data->sessions[i].code;
	const char *near = codes ? irm_nearest(text, codes, data->n_sessions) : NULL;
	if (near)
		irm_err_hint(err, "did you mean the session '%s'?", near);
	free(codes);
}

static enum irm_code read_as_of(struct irm_query *query, const char *text, struct irm_err *err)
{
	if (!text) {
		query->as_of = query->data->as_of;
		if (query->as_of != IRM_DAY_NONE)
			return IRM_OK;
		irm_err_set(err, IRM_USAGE, "the source has %s: say --as-of DAY",
		            query->data->several_as_of ? "packages with different as_of"
		                                       : "no as_of of its own");
		return err->code;
	}
	enum irm_code code = read_session(&query->as_of, query->data, text, err);
	if (code != IRM_NO)
		return code;
	struct irm_err day;
	if (irm_day_parse(&query->as_of, text, &day) == IRM_OK)
		return IRM_OK;
	irm_err_set(err, IRM_USAGE,
	            "--as-of: expected a day such as 2019-10-30 or a session, found '%.60s'", text);
	irm_err_hint(err, "%.255s", day.hint);
	if (!day.hint[0])
		hint_session(query->data, text, err);
	return err->code;
}

bool irm_query_has_key(const struct irm_query *query, enum irm_key key)
{
	for (size_t i = 0; i < query->n_by; i++)
		if (query->by[i] == key)
			return true;
	return false;
}

static enum irm_code read_by(struct irm_query *query, const char *text, unsigned allowed,
                             unsigned never_key, struct irm_err *err)
{
	while (text && *text) {
		char name[64];
		size_t length = strcspn(text, ",");
		enum irm_key key;
		snprintf(name, sizeof name, "%.*s", (int)(length < 63 ? length : 63), text);
		if (irm_key_parse(&key, name, allowed, err))
			return err->code;
		text += length;
		if (*text == ',' && !*++text)
			return irm_err_set(err, IRM_USAGE, "--by: expected a key after the comma");
		if (never_key >> key & 1)
			continue;
		if (irm_query_has_key(query, key))
			return irm_err_set(err, IRM_USAGE, "--by: the key '%s' stands twice", name);
		if (query->n_by == IRM_KEYS_MOST)
			return irm_err_set(err, IRM_USAGE, "--by: expected at most %d keys",
			                   IRM_KEYS_MOST);
		query->by[query->n_by++] = key;
	}
	return IRM_OK;
}

/* Splits "year>=2012" into the key's name, the operator, and where the values begin. */
static const char *split(const char *text, char name[64], enum irm_operator *op)
{
	size_t length = strcspn(text, "=!<>");
	const char *sign = text + length;
	snprintf(name, 64, "%.*s", (int)(length < 63 ? length : 63), text);
	*op = *sign == '!'   ? IRM_NOT_EQUAL
	      : *sign == '<' ? IRM_AT_MOST
	      : *sign == '>' ? IRM_AT_LEAST
	                     : IRM_EQUAL;
	if (*sign && *op != IRM_EQUAL)
		sign++;
	return *sign == '=' ? sign + 1 : NULL;
}

static enum irm_code keep_value(struct irm_filter *filter, uint32_t value, struct irm_err *err)
{
	uint32_t *grown = realloc(filter->values, (filter->n + 1) * sizeof *grown);
	if (!grown)
		return irm_err_memory(err);
	filter->values = grown;
	grown[filter->n++] = value;
	return IRM_OK;
}

/* The number of an article or paragraph means that of every convention. */
static enum irm_code keep_numbered(struct irm_filter *filter, const struct irm_dataset *data,
                                   uint32_t first, struct irm_err *err)
{
	char buffer[16];
	bool is_article = filter->key == IRM_BY_ARTICLE;
	size_t n = is_article ? data->n_articles : data->n_paragraphs;
	const char *code = irm_key_text(data, filter->key, first, false, buffer);
	for (uint32_t i = first; i < n; i++) {
		const char *other = is_article ? data->articles[i].code : data->paragraphs[i].code;
		if (strcmp(other, code) == 0 && keep_value(filter, i, err))
			return err->code;
	}
	return IRM_OK;
}

static enum irm_code add_value(struct irm_filter *filter, const struct irm_dataset *data,
                               const char *text, size_t length, struct irm_err *err)
{
	uint32_t value = IRM_VALUE_UNKNOWN;
	char *copy = strndup(text, length);
	if (!copy)
		return irm_err_memory(err);
	enum irm_code code = irm_key_value(&value, data, filter->key, copy, err);
	free(copy);
	if (code)
		return code;
	bool is_numbered = filter->key == IRM_BY_ARTICLE || filter->key == IRM_BY_PARAGRAPH;
	if (is_numbered && value < IRM_VALUE_UNKNOWN)
		return keep_numbered(filter, data, value, err);
	return keep_value(filter, value, err);
}

static enum irm_code add_values(struct irm_filter *filter, const struct irm_dataset *data,
                                const char *values, struct irm_err *err)
{
	for (;;) {
		size_t length = strcspn(values, ",");
		if (add_value(filter, data, values, length, err))
			return err->code;
		if (!values[length])
			break;
		values += length + 1;
	}
	bool is_order = filter->op == IRM_AT_MOST || filter->op == IRM_AT_LEAST;
	if (is_order && (filter->n != 1 || filter->values[0] >= IRM_VALUE_UNKNOWN))
		return irm_err_set(err, IRM_USAGE, "--where: %s takes one value that has an order",
		                   filter->op == IRM_AT_MOST ? "<=" : ">=");
	return IRM_OK;
}

/* Adds a condition that keeps `values`, commas between. */
static enum irm_code add_filter(struct irm_query *query, enum irm_key key, enum irm_operator op,
                                const char *values, struct irm_err *err)
{
	struct irm_filter filter = { .key = key, .op = op };
	struct irm_filter *grown = realloc(query->filters, (query->n_filters + 1) * sizeof *grown);
	if (!grown)
		return irm_err_memory(err);
	query->filters = grown;
	enum irm_code code = add_values(&filter, query->data, values, err);
	query->filters[query->n_filters++] = filter; /* which irm_query_release() frees */
	return code;
}

static enum irm_code read_filter(struct irm_query *query, const char *text, unsigned allowed,
                                 struct irm_err *err)
{
	char name[64];
	enum irm_operator op;
	enum irm_key key;
	const char *values = split(text, name, &op);
	if (!values) {
		irm_err_set(err, IRM_USAGE, "--where: expected COL=VALUE, found '%.60s'", text);
		return err->code;
	}
	if (irm_key_parse(&key, name, allowed, err))
		return err->code;
	return add_filter(query, key, op, values, err);
}

enum irm_code irm_query_only(struct irm_query *query, enum irm_key key, const char *values,
                             struct irm_err *err)
{
	return add_filter(query, key, IRM_EQUAL, values, err);
}

static enum irm_code read_imprecise(struct irm_query *query, const char *text, struct irm_err *err)
{
	static const char *const words[] = { "middle", "unknown" };
	if (!text || strcmp(text, "unknown") == 0)
		return IRM_OK;
	query->middle = strcmp(text, "middle") == 0;
	if (query->middle)
		return IRM_OK;
	irm_err_set(err, IRM_USAGE, "--imprecise: found '%.60s'", text);
	irm_err_hint_nearest(err, text, words, 2);
	return err->code;
}

enum irm_code irm_query_read(struct irm_query *query, const struct irm_dataset *data,
                             const struct irm_query_text *text, unsigned allowed,
                             unsigned never_key, struct irm_err *err)
{
	memset(query, 0, sizeof *query);
	query->data = data;
	query->total = text->total;
	query->names = text->names;
	if (read_by(query, text->by, allowed, never_key, err) ||
	    read_imprecise(query, text->imprecise, err))
		return err->code;
	for (size_t i = 0; i < text->n_where; i++)
		if (read_filter(query, text->where[i], allowed, err))
			return err->code;
	return read_as_of(query, text->as_of, err);
}

void irm_query_release(struct irm_query *query)
{
	for (size_t i = 0; i < query->n_filters; i++)
		free(query->filters[i].values);
	free(query->filters);
	memset(query, 0, sizeof *query);
}

enum irm_code irm_query_lag(struct irm_query *query, int64_t days, struct irm_err *err)
{
	if (days < 0 || days > query->as_of - IRM_DAY_FIRST)
		return irm_err_set(err, IRM_USAGE, "--lag: expected days that the calendar has");
	query->as_of -= (int32_t)days;
	return IRM_OK;
}

static bool passes(const struct irm_filter *filter, uint32_t value)
{
	if (filter->op == IRM_AT_MOST)
		return value <= filter->values[0];
	if (filter->op == IRM_AT_LEAST)
		return value >= filter->values[0] && value < IRM_VALUE_UNKNOWN;
	bool is_one = false;
	for (size_t i = 0; i < filter->n; i++)
		is_one = is_one || filter->values[i] == value;
	return is_one == (filter->op == IRM_EQUAL);
}

bool irm_query_keeps(const struct irm_query *query, enum irm_key key, uint32_t value)
{
	for (size_t i = 0; i < query->n_filters; i++)
		if (query->filters[i].key == key && !passes(&query->filters[i], value))
			return false;
	return true;
}

bool irm_query_uses(const struct irm_query *query, enum irm_key key)
{
	for (size_t i = 0; i < query->n_filters; i++)
		if (query->filters[i].key == key)
			return true;
	return irm_query_has_key(query, key);
}

bool irm_query_keeps_review(const struct irm_query *query, uint32_t review)
{
	for (size_t i = 0; i < query->n_filters; i++) {
		enum irm_key key = query->filters[i].key;
		if ((IRM_BY_REVIEWS >> key & 1) &&
		    !passes(&query->filters[i], irm_key_of_review(query->data, key, review)))
			return false;
	}
	return true;
}

void irm_query_review_keys(const struct irm_query *query, uint32_t review, uint32_t *values)
{
	for (size_t i = 0; i < query->n_by; i++)
		values[i] = irm_key_of_review(query->data, query->by[i], review);
}

size_t irm_query_variants(const struct irm_query *query)
{
	return query->total ? (size_t)1 << query->n_by : 1;
}

void irm_query_variant(const struct irm_query *query, size_t i, const uint32_t *values,
                       uint32_t *out)
{
	for (size_t k = 0; k < query->n_by; k++)
		out[k] = i >> k & 1 ? IRM_VALUE_ALL : values[k];
}

void irm_query_columns(const struct irm_query *query, struct irm_writer *out)
{
	irm_writer_column(out, "as_of");
	for (size_t i = 0; i < query->n_by; i++)
		irm_writer_column(out, irm_key_name(query->by[i]));
}

void irm_query_cells(const struct irm_query *query, const uint32_t *values, struct irm_writer *out)
{
	char buffer[16];
	irm_writer_day(out, query->as_of);
	for (size_t i = 0; i < query->n_by; i++)
		irm_writer_text(out, irm_key_text(query->data, query->by[i], values[i],
		                                  query->names, buffer));
}
