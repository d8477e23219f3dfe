#include "store/package.h"

#include <dirent.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/date.h"
#include "base/nearest.h"
#include "base/text.h"

bool irm_package_is_folder(const char *path)
{
	struct stat status;
	return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

static char *join(const char *folder, const char *name)
{
	size_t n = strlen(folder), m = strlen(name);
	while (n > 1 && folder[n - 1] == '/')
		n--;
	char *path = malloc(n + m + 2);
	if (path)
		snprintf(path, n + m + 2, "%.*s/%s", (int)n, folder, name);
	return path;
}

/* The last part of a path. */
static char *own_name(const char *folder)
{
	size_t end = strlen(folder);
	while (end > 1 && folder[end - 1] == '/')
		end--;
	size_t from = end;
	while (from > 0 && folder[from - 1] != '/')
		from--;
	return strndup(folder + from, end - from);
}

static enum irm_code read_as_of(struct irm_package *p, const json_t *root, const char *path,
                                struct irm_err *err)
{
	const json_t *as_of = json_object_get(root, "as_of");
	if (!as_of)
		return IRM_OK;
	if (!json_is_string(as_of))
		return irm_err_at(err, path, 0, 0, "expected a day in quotes as 'as_of'");
	if (irm_day_parse(&p->as_of, json_string_value(as_of), err))
		return irm_err_place(err, path, 0, 0);
	return IRM_OK;
}

static enum irm_code read_name(struct irm_package *p, const json_t *root, const char *path,
                               struct irm_err *err)
{
	const json_t *name = json_object_get(root, "name");
	if (!name)
		return IRM_OK;
	if (!json_is_string(name) || !json_string_length(name))
		return irm_err_at(err, path, 0, 0, "expected a text as 'name'");
	free(p->name);
	p->name = strdup(json_string_value(name));
	return p->name ? IRM_OK : irm_err_memory(err);
}

static enum irm_code read_descriptor(struct irm_package *p, struct irm_err *err)
{
	struct stat status;
	json_error_t where;
	char *path = join(p->folder, "datapackage.json");
	if (!path)
		return irm_err_memory(err);
	if (stat(path, &status)) {
		free(path);
		return IRM_OK;
	}
	json_t *root = json_load_file(path, JSON_REJECT_DUPLICATES, &where);
	enum irm_code code;
	if (!root)
		code = irm_err_at(err, path, where.line > 0 ? where.line : 0, 0,
		                  "expected a JSON descriptor: %s", where.text);
	else if (!json_is_object(root))
		code = irm_err_at(err, path, 1, 0, "expected a JSON object");
	else if ((code = read_as_of(p, root, path, err)) == IRM_OK)
		code = read_name(p, root, path, err);
	json_decref(root);
	free(path);
	return code;
}

/* A CSV file that is named for no table would be passed over in silence. */
static enum irm_code add_file(struct irm_package *p, const char *name, struct irm_err *err)
{
	size_t length = strlen(name);
	if (length < 5 || strcmp(name + length - 4, ".csv") != 0 || name[0] == '.')
		return IRM_OK;
	char *path = join(p->folder, name);
	if (!path)
		return irm_err_memory(err);
	for (size_t i = 0; i < irm_schemas_n; i++) {
		const char *table = irm_schemas[i].table;
		if (strlen(table) == length - 4 && strncmp(table, name, length - 4) == 0) {
			p->files[i] = path;
			return IRM_OK;
		}
	}
	char word[64];
	snprintf(word, sizeof word, "%.*s", (int)(length - 4 < 63 ? length - 4 : 63), name);
	irm_err_at(err, path, 0, 0, "the file is named for no table");
	const char *names[64];
	irm_schema_names(names);
	irm_err_hint_nearest(err, word, names, irm_schemas_n);
	free(path);
	return err->code;
}

static int by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The names in a folder in the order of their bytes, whatever order the file system has. */
static enum irm_code list_folder(const char *folder, char ***names, size_t *n, struct irm_err *err)
{
	DIR *dir = opendir(folder);
	if (!dir)
		return irm_err_errno(err, folder, "cannot read");
	enum irm_code code = IRM_OK;
	for (struct dirent *entry; !code && (entry = readdir(dir));) {
		char **grown = realloc(*names, (*n + 1) * sizeof **names);
		char *copy = grown ? strdup(entry->d_name) : NULL;
		*names = grown ? grown : *names;
		if (copy)
			(*names)[(*n)++] = copy;
		else
			code = irm_err_memory(err);
	}
	closedir(dir);
	if (*n)
		qsort(*names, *n, sizeof **names, by_name);
	return code;
}

static enum irm_code find_files(struct irm_package *p, struct irm_err *err)
{
	char **names = NULL;
	size_t n = 0;
	enum irm_code code = list_folder(p->folder, &names, &n, err);
	for (size_t i = 0; i < n; i++) {
		if (!code)
			code = add_file(p, names[i], err);
		free(names[i]);
	}
	free(names);
	for (size_t i = 0; !code && i < irm_schemas_n; i++)
		if (p->files[i])
			return IRM_OK;
	if (!code) {
		code = irm_err_at(err, p->folder, 0, 0,
		                  "expected a package, found a folder without tables");
		irm_err_hint(err, "a package has CSV files such as reviews.csv and events.csv");
	}
	return code;
}

enum irm_code irm_package_open(struct irm_package **out, const char *folder, struct irm_err *err)
{
	struct irm_package *p = calloc(1, sizeof *p);
	if (!p)
		return irm_err_memory(err);
	p->as_of = IRM_DAY_NONE;
	p->folder = strdup(folder);
	p->name = own_name(folder);
	p->files = calloc(irm_schemas_n, sizeof *p->files);
	if (!p->folder || !p->name || !p->files)
		irm_err_memory(err);
	else if (!find_files(p, err) && !read_descriptor(p, err)) {
		*out = p;
		return IRM_OK;
	}
	irm_package_free(p);
	return err->code;
}

void irm_package_free(struct irm_package *p)
{
	if (!p)
		return;
	for (size_t i = 0; p->files && i < irm_schemas_n; i++)
		free(p->files[i]);
	free(p->files);
	free(p->name);
	free(p->folder);
	free(p);
}
