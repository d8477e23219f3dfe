#include "store/package.h"

#include <dirent.h>
#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "base/date.h"
#include "base/nearest.h"
#include "store/resources.h"

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

static enum irm_code read_descriptor(struct irm_package *p, bool resources, struct irm_err *err)
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
	errno = 0;
	json_t *root = json_load_file(path, JSON_REJECT_DUPLICATES, &where);
	enum irm_code code;
	if (!root && errno == ENOMEM) /* the library itself would call it a fault of the text */
		code = irm_err_memory(err);
	else if (!root && json_error_code(&where) == json_error_cannot_open_file)
		code = irm_err_errno(err, path, "cannot read");
	else if (!root)
		code = irm_err_at(err, path, where.line, 0, "expected a JSON descriptor: %s",
		                  where.text);
	else if (!json_is_object(root))
		code = irm_err_at(err, path, 1, 0, "expected a JSON object");
	else if ((code = read_as_of(p, root, path, err)) == IRM_OK &&
	         (code = read_name(p, root, path, err)) == IRM_OK && resources)
		code = irm_resources_read(p, root, path, err);
	json_decref(root);
	free(path);
	return code;
}

/* The place of the table of that name, `length` bytes long; -1: there is none. */
static int table_named(const char *name, size_t length)
{
	for (size_t i = 0; i < irm_schemas_n; i++)
		if (strlen(irm_schemas[i].table) == length &&
		    strncmp(irm_schemas[i].table, name, length) == 0)
			return (int)i;
	return -1;
}

static void hint_table(struct irm_err *err, const char *name, size_t length)
{
	char word[64];
	const char *names[64];
	snprintf(word, sizeof word, "%.*s", (int)length, name);
	irm_schema_names(names);
	irm_err_hint_nearest(err, word, names, irm_schemas_n);
}

static const char *suffix_of(const char *path)
{
	const char *slash = strrchr(path, '/'), *dot = strrchr(path, '.');
	return dot && (!slash || dot > slash) ? dot : "";
}

bool irm_package_hint_spreadsheet(struct irm_err *err, const char *path, const char *table)
{
	const char *suffix = suffix_of(path);
	const char *file = strrchr(path, '/') ? strrchr(path, '/') + 1 : path;
	if (strcasecmp(suffix, ".xlsx") == 0)
		irm_err_hint(err,
		             "convert it: xlsx2csv -f %%Y-%%m-%%d '%.100s' %s.csv (-n SHEET: one "
		             "sheet of several)",
		             file, table);
	else if (strcasecmp(suffix, ".ods") == 0 || strcasecmp(suffix, ".xls") == 0)
		irm_err_hint(err,
		             "convert it: soffice --headless --convert-to xlsx '%.80s', then "
		             "xlsx2csv -f %%Y-%%m-%%d",
		             file);
	else
		return false;
	return true;
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
	int table = table_named(name, length - 4);
	if (table >= 0) {
		p->resources[table].path = path;
		return IRM_OK;
	}
	irm_err_at(err, path, 0, 0, "the file is named for no table");
	hint_table(err, name, length - 4);
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

static enum irm_code no_tables(const struct irm_package *p, char *const names[], size_t n,
                               struct irm_err *err)
{
	irm_err_at(err, p->folder, 0, 0, "expected a package, found a folder without tables");
	for (size_t i = 0; i < n; i++)
		if (irm_package_hint_spreadsheet(err, names[i], "reviews"))
			return err->code;
	irm_err_hint(err, "a package has CSV files such as reviews.csv and events.csv");
	return err->code;
}

static enum irm_code find_files(struct irm_package *p, struct irm_err *err)
{
	char **names = NULL;
	size_t n = 0, found = 0;
	enum irm_code code = list_folder(p->folder, &names, &n, err);
	for (size_t i = 0; !code && i < n; i++)
		code = add_file(p, names[i], err);
	for (size_t i = 0; i < irm_schemas_n; i++)
		found += p->resources[i].path != NULL;
	if (!code && !found)
		code = no_tables(p, names, n, err);
	for (size_t i = 0; i < n; i++)
		free(names[i]);
	free(names);
	return code;
}

static struct irm_package *new_package(void)
{
	struct irm_package *p = calloc(1, sizeof *p);
	if (p) {
		p->as_of = IRM_DAY_NONE;
		p->resources = calloc(irm_schemas_n, sizeof *p->resources);
	}
	if (p && p->resources)
		return p;
	irm_package_free(p);
	return NULL;
}

static enum irm_code open_folder(struct irm_package **out, const char *folder, bool resources,
                                 struct irm_err *err)
{
	struct irm_package *p = new_package();
	if (!p)
		return irm_err_memory(err);
	p->folder = strdup(folder);
	p->name = own_name(folder);
	if (!p->folder || !p->name)
		irm_err_memory(err);
	else if (!find_files(p, err) && !read_descriptor(p, resources, err)) {
		*out = p;
		return IRM_OK;
	}
	irm_package_free(p);
	return err->code;
}

enum irm_code irm_package_open(struct irm_package **out, const char *folder, struct irm_err *err)
{
	return open_folder(out, folder, true, err);
}

enum irm_code irm_package_look(struct irm_package **out, const char *folder, struct irm_err *err)
{
	return open_folder(out, folder, false, err);
}

/* The table that a single file is of: the one that is named, else what the file is named for. */
static enum irm_code table_of_file(const char *path, const char *table, int *place,
                                   struct irm_err *err)
{
	struct stat status;
	const char *name = strrchr(path, '/') ? strrchr(path, '/') + 1 : path;
	size_t length = (size_t)(suffix_of(name) - name);
	if (strcmp(path, "-") != 0 && stat(path, &status))
		return irm_err_errno(err, path, "cannot read");
	if (!*suffix_of(name))
		length = strlen(name);
	struct irm_err sheet;
	irm_err_set(&sheet, IRM_USAGE, "expected a CSV file, found a spreadsheet");
	if (irm_package_hint_spreadsheet(&sheet, path, table ? table : "reviews")) {
		*err = sheet;
		return irm_err_place(err, path, 0, 0);
	}
	*place = table ? table_named(table, strlen(table)) : table_named(name, length);
	if (*place >= 0)
		return IRM_OK;
	if (table) {
		irm_err_set(err, IRM_USAGE, "--table: there is no table '%.60s'", table);
		hint_table(err, table, strlen(table));
		return err->code;
	}
	if (strcmp(path, "-") == 0) {
		irm_err_set(err, IRM_USAGE, "standard input has no name: say which table it is");
		irm_err_hint(err, "--table=NAME -");
		return err->code;
	}
	irm_err_set(err, IRM_USAGE, "the file is named for no table");
	irm_err_place(err, path, 0, 0);
	irm_err_hint(err, "say which it is: --table=NAME");
	return err->code;
}

enum irm_code irm_package_of_files(struct irm_package **out, const char *const files[], size_t n,
                                   const char *table, struct irm_err *err)
{
	struct irm_package *p = new_package();
	enum irm_code code = p ? IRM_OK : irm_err_memory(err);
	for (size_t i = 0; !code && i < n; i++) {
		int place = -1;
		code = table_of_file(files[i], table, &place, err);
		if (!code && p->resources[place].path)
			code = irm_err_set(
			        err, IRM_USAGE, "two files of the table '%s': %.80s, %.80s",
			        irm_schemas[place].table, p->resources[place].path, files[i]);
		else if (!code && !(p->resources[place].path = strdup(files[i])))
			code = irm_err_memory(err);
	}
	if (code)
		irm_package_free(p);
	else
		*out = p;
	return code;
}

void irm_package_free(struct irm_package *p)
{
	if (!p)
		return;
	for (size_t i = 0; p->resources && i < irm_schemas_n; i++) {
		free(p->resources[i].path);
		free(p->resources[i].encoding);
		irm_rules_free(p->resources[i].rules);
	}
	free(p->resources);
	free(p->name);
	free(p->folder);
	free(p);
}
