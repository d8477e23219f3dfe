#include "store/descriptor.h"

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

static json_t *words_of(const char *words)
{
	json_t *list = json_array();
	while (*words) {
		size_t length = strcspn(words, "|");
		json_array_append_new(list, json_stringn(words, length));
		words += length + (words[length] == '|');
	}
	return list;
}

static json_t *field_of(const struct irm_column *column)
{
	json_t *field = json_object(), *constraints = json_object();
	json_object_set_new(field, "name", json_string(column->name));
	json_object_set_new(field, "type", json_string(type_name(column->type)));
	if (column->need != IRM_OPTIONAL)
		json_object_set_new(constraints, "required", json_true());
	if (column->type == IRM_COL_WORD)
		json_object_set_new(constraints, "enum", words_of(column->refers));
	if (column->type == IRM_COL_DATE)
		json_object_set_new(constraints, "pattern", json_string(irm_edtf_pattern));
	if (column->type == IRM_COL_WHOLE)
		json_object_set_new(constraints, "minimum", json_integer(0));
	if (json_object_size(constraints))
		json_object_set(field, "constraints", constraints);
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
static json_t *foreign_key(const struct irm_column *column, const struct irm_package *package,
                           const struct irm_schema *own)
{
	const struct irm_schema *other =
	        column->type == IRM_COL_REF ? irm_schema_find(column->refers) : NULL;
	if (!other || !package->resources[other - irm_schemas].path || column->need == IRM_KEY_ALL)
		return NULL;
	return json_pack("{s:s, s:{s:s, s:s}}", "fields", column->name, "reference", "resource",
	                 other == own ? "" : other->table, "fields", code_column(other));
}

static json_t *schema_of(const struct irm_schema *schema, const struct irm_package *package)
{
	json_t *fields = json_array(), *keys = json_array(), *foreign = json_array();
	for (size_t i = 0; i < schema->n; i++) {
		const struct irm_column *column = &schema->columns[i];
		json_array_append_new(fields, field_of(column));
		if (irm_column_is_key(column))
			json_array_append_new(keys, json_string(column->name));
		json_t *key = foreign_key(column, package, schema);
		if (key)
			json_array_append_new(foreign, key);
	}
	json_t *out = json_pack("{s:o, s:o, s:[s]}", "fields", fields, "primaryKey", keys,
	                        "missingValues", "");
	if (json_array_size(foreign))
		json_object_set(out, "foreignKeys", foreign);
	json_decref(foreign);
	return out;
}

static json_t *resources_of(const struct irm_package *package)
{
	json_t *list = json_array();
	for (size_t i = 0; i < irm_schemas_n; i++) {
		if (!package->resources[i].path)
			continue;
		const char *table = irm_schemas[i].table;
		json_t *path = json_sprintf("%s.csv", table);
		json_array_append_new(list, json_pack("{s:s, s:s, s:o, s:s, s:s, s:s, s:o}", "name",
		                                      table, "profile", "tabular-data-resource",
		                                      "path", path, "format", "csv", "mediatype",
		                                      "text/csv", "encoding", "utf-8", "schema",
		                                      schema_of(&irm_schemas[i], package)));
	}
	return list;
}

static json_t *metadata_of(const struct irm_package *package)
{
	size_t size = strlen(package->folder) + sizeof "/datapackage.json";
	char *path = malloc(size);
	json_t *root = NULL;
	if (path) {
		snprintf(path, size, "%s/datapackage.json", package->folder);
		root = json_load_file(path, 0, NULL);
	}
	free(path);
	return root ? root
	            : json_pack("{s:s, s:s}", "profile", "tabular-data-package", "name",
	                        package->name);
}

enum irm_code irm_descriptor_write(FILE *stream, const char *folder, struct irm_err *err)
{
	struct irm_package *package = NULL;
	if (irm_package_look(&package, folder, err))
		return err->code;
	json_t *root = metadata_of(package);
	enum irm_code code = IRM_OK;
	if (!root || json_object_set_new(root, "resources", resources_of(package)))
		code = irm_err_memory(err);
	else if (json_dumpf(root, stream, JSON_INDENT(2)) || putc('\n', stream) == EOF)
		code = irm_err_errno(err, folder, "cannot write its descriptor");
	json_decref(root);
	irm_package_free(package);
	return code;
}
