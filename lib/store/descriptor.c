#include "store/descriptor.h"

#include <errno.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "store/package.h"
#include "store/schema.h"

/* An EDTF date is a string of this pattern; its meaning is irm-definitions(7)'s. */
#define EDTF_DAY "[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?"
const char irm_edtf_pattern[] = "^(" EDTF_DAY "|\\[(" EDTF_DAY ")?\\.\\.(" EDTF_DAY ")?\\])$";

static const char *type_name(enum irm_column_type type)
{
	switch (type) {
	case IRM_COL_WHOLE:
		return "integer";
	case IRM_COL_REAL:
		return "number";
	case IRM_COL_DAY:
		return "date";
	case IRM_COL_CODE:
	case IRM_COL_TEXT:
	case IRM_COL_DATE:
	case IRM_COL_WORD:
	case IRM_COL_REF:
	case IRM_COL_MILESTONE:
	case IRM_COL_ARTICLE:
	case IRM_COL_ARTICLE_CODE:
		break;
	}
	return "string";
}

/* A descriptor in the making; a value that found no memory is not passed over in silence. */
struct making {
	const struct irm_package *package;
	bool failed;
};

static void append(struct making *making, json_t *list, json_t *value)
{
	making->failed |= json_array_append_new(list, value) != 0;
}

static void set(struct making *making, json_t *object, const char *name, json_t *value)
{
	making->failed |= json_object_set_new(object, name, value) != 0;
}

static json_t *words_of(struct making *making, const char *words)
{
	json_t *list = json_array();
	while (*words) {
		size_t length = strcspn(words, "|");
		append(making, list, json_stringn(words, length));
		words += length + (words[length] == '|');
	}
	return list;
}

static json_t *field_of(struct making *making, const struct irm_column *column)
{
	json_t *field = json_object(), *constraints = json_object();
	making->failed |= !constraints;
	set(making, field, "name", json_string(column->name));
	set(making, field, "type", json_string(type_name(column->type)));
	if (column->need != IRM_OPTIONAL)
		set(making, constraints, "required", json_true());
	if (column->type == IRM_COL_WORD)
		set(making, constraints, "enum", words_of(making, column->refers));
	if (column->type == IRM_COL_DATE)
		set(making, constraints, "pattern", json_string(irm_edtf_pattern));
	if (column->type == IRM_COL_WHOLE)
		set(making, constraints, "minimum", json_integer(0));
	if (json_object_size(constraints))
		set(making, field, "constraints", constraints);
	else
		json_decref(constraints);
	return field;
}

/* The code column of a table that others refer to. */
static const char *code_column(const struct irm_schema *schema)
{
	for (size_t i = 0; i < schema->n; i++)
		if (schema->columns[i].type == IRM_COL_CODE)
			return schema->columns[i].name;
	return "";
}

/* A foreign key is told where the package has the table and no 'all' can stand in the column: a
 * reader of Table Schemas does not know that row. */
static bool has_foreign_key(const struct making *making, const struct irm_column *column)
{
	const struct irm_schema *other =
	        column->type == IRM_COL_REF ? irm_schema_find(column->refers) : NULL;
	return other && making->package->resources[other - irm_schemas].path &&
	       column->need != IRM_KEY_ALL;
}

static json_t *foreign_key(const struct irm_column *column, const struct irm_schema *own)
{
	const struct irm_schema *other = irm_schema_find(column->refers);
	return json_pack("{s:s, s:{s:s, s:s}}", "fields", column->name, "reference", "resource",
	                 other == own ? "" : other->table, "fields", code_column(other));
}

static json_t *schema_of(struct making *making, const struct irm_schema *schema)
{
	json_t *fields = json_array(), *keys = json_array(), *foreign = json_array();
	making->failed |= !foreign;
	for (size_t i = 0; i < schema->n; i++) {
		const struct irm_column *column = &schema->columns[i];
		append(making, fields, field_of(making, column));
		if (irm_column_is_key(column))
			append(making, keys, json_string(column->name));
		if (has_foreign_key(making, column))
			append(making, foreign, foreign_key(column, schema));
	}
	json_t *out = json_pack("{s:o, s:o, s:[s]}", "fields", fields, "primaryKey", keys,
	                        "missingValues", "");
	if (json_array_size(foreign))
		set(making, out, "foreignKeys", foreign);
	else
		json_decref(foreign);
	return out;
}

static json_t *resources_of(struct making *making)
{
	json_t *list = json_array();
	for (size_t i = 0; i < irm_schemas_n; i++) {
		if (!making->package->resources[i].path)
			continue;
		const char *table = irm_schemas[i].table;
		json_t *path = json_sprintf("%s.csv", table);
		append(making, list,
		       json_pack("{s:s, s:s, s:o, s:s, s:s, s:s, s:o}", "name", table, "profile",
		                 "tabular-data-resource", "path", path, "format", "csv",
		                 "mediatype", "text/csv", "encoding", "utf-8", "schema",
		                 schema_of(making, &irm_schemas[i])));
	}
	return list;
}

/* What the package says of itself, as far as that can be read; NULL: no memory. */
static json_t *metadata_of(const struct irm_package *package)
{
	size_t size = strlen(package->folder) + sizeof "/datapackage.json";
	char *path = malloc(size);
	if (!path)
		return NULL;
	snprintf(path, size, "%s/datapackage.json", package->folder);
	errno = 0;
	json_t *root = json_load_file(path, 0, NULL);
	bool no_memory = !root && errno == ENOMEM;
	free(path);
	if (root || no_memory)
		return root;
	return json_pack("{s:s, s:s}", "profile", "tabular-data-package", "name", package->name);
}

enum irm_code irm_descriptor_write(FILE *stream, const char *folder, struct irm_err *err)
{
	struct irm_package *package = NULL;
	if (irm_package_look(&package, folder, err))
		return err->code;
	struct making making = { .package = package };
	json_t *root = metadata_of(package);
	enum irm_code code = IRM_OK;
	set(&making, root, "resources", resources_of(&making));
	errno = 0;
	if (making.failed)
		code = irm_err_memory(err);
	else if (json_dumpf(root, stream, JSON_INDENT(2)) || putc('\n', stream) == EOF)
		code = errno == ENOMEM ? irm_err_memory(err)
		                       : irm_err_errno(err, folder, "cannot write its descriptor");
	json_decref(root);
	irm_package_free(package);
	return code;
}
