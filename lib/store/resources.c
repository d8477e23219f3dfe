#include "store/resources.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

/* A resource's path: a text, or a list of one. NULL: neither. */
static const char *path_of(const json_t *resource)
{
	const json_t *path = json_object_get(resource, "path");
	if (json_is_array(path) && json_array_size(path) == 1)
		path = json_array_get(path, 0);
	return json_string_value(path);
}

/* The place of the table that a file is named for; -1: it is none. A path shorter than ".csv" wraps
 * to a length that no table's name has. */
static int table_of(const char *path)
{
	size_t length = strlen(path);
	for (size_t i = 0; i < irm_schemas_n; i++) {
		const char *table = irm_schemas[i].table;
		if (strlen(table) == length - 4 && strncmp(table, path, length - 4) == 0 &&
		    strcmp(path + length - 4, ".csv") == 0)
			return (int)i;
	}
	return -1;
}

static enum irm_code check_path(const struct irm_package *package, const char *path,
                                struct irm_err *err)
{
	struct stat status;
	char full[4096];
	if (path[0] == '/' || strstr(path, "..") || strstr(path, "://")) {
		irm_err_set(err, IRM_INPUT, "the resource '%.100s' is not in the package", path);
		irm_err_hint(err, "a path is relative to the package's folder");
		return err->code;
	}
	if ((size_t)snprintf(full, sizeof full, "%s/%s", package->folder, path) >= sizeof full ||
	    stat(full, &status))
		return irm_err_set(err, IRM_INPUT, "the resource '%.100s' is not there", path);
	return IRM_OK;
}

static enum irm_code read_encoding(struct irm_resource *into, const json_t *resource,
                                   struct irm_err *err)
{
	const json_t *encoding = json_object_get(resource, "encoding");
	const char *name = json_string_value(encoding);
	if (!encoding || (name && strcasecmp(name, "utf-8") == 0))
		return IRM_OK;
	if (!name)
		return irm_err_set(err, IRM_INPUT, "expected a text as 'encoding'");
	into->encoding = strdup(name);
	return into->encoding ? IRM_OK : irm_err_memory(err);
}

static enum irm_code read_delimiter(struct irm_resource *into, const json_t *resource,
                                    struct irm_err *err)
{
	const json_t *delimiter =
	        json_object_get(json_object_get(resource, "dialect"), "delimiter");
	const char *text = json_string_value(delimiter);
	if (!delimiter)
		return IRM_OK;
	if (!text || strlen(text) != 1)
		return irm_err_set(err, IRM_INPUT, "expected one character as 'delimiter'");
	into->delimiter = text[0];
	return IRM_OK;
}

static enum irm_code read_resource(struct irm_package *package, const json_t *resource,
                                   struct irm_err *err)
{
	const char *path = path_of(resource);
	if (!path)
		return irm_err_set(err, IRM_INPUT, "expected a resource with the path of one file");
	if (check_path(package, path, err))
		return err->code;
	int table = table_of(path);
	if (table < 0)
		return IRM_OK; /* something else that the package has */
	struct irm_resource *into = &package->resources[table];
	if (into->rules || into->encoding || into->delimiter)
		return irm_err_set(err, IRM_INPUT, "the resource '%s' stands twice", path);
	const json_t *schema = json_object_get(resource, "schema");
	enum irm_code code = read_encoding(into, resource, err);
	if (!code)
		code = read_delimiter(into, resource, err);
	if (!code && schema)
		code = irm_rules_read(&into->rules, schema, &irm_schemas[table], err);
	if (code != IRM_INPUT)
		return code;
	char message[sizeof err->message];
	snprintf(message, sizeof message, "%s: %.400s", path, err->message);
	memcpy(err->message, message, sizeof message);
	return code;
}

enum irm_code irm_resources_read(struct irm_package *package, const json_t *root, const char *path,
                                 struct irm_err *err)
{
	const json_t *resources = json_object_get(root, "resources");
	if (!resources)
		return IRM_OK;
	if (!json_is_array(resources))
		return irm_err_at(err, path, 0, 0, "expected a list as 'resources'");
	for (size_t i = 0; i < json_array_size(resources); i++)
		if (read_resource(package, json_array_get(resources, i), err))
			return irm_err_place(err, path, 0, 0);
	return IRM_OK;
}
