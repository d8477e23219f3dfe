#include "stats/sim.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "stats/sim_world.h"
#include "store/descriptor.h"
#include "store/schema.h"

static const struct irm_sim_table *find_table(const char *name)
{
	const struct irm_sim_table *lists[] = { irm_sim_calendar_tables, irm_sim_review_tables,
		                                irm_sim_finding_tables };
	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
		for (const struct irm_sim_table *table = lists[i]; table->name; table++)
			if (strcmp(table->name, name) == 0)
				return table;
	return NULL;
}

static enum irm_code write_rows(FILE *file, const struct irm_schema *schema,
                                const struct irm_sim_world *world, struct irm_err *err)
{
	const struct irm_sim_table *table = find_table(schema->table);
	gsl_rng *rng = NULL;
	struct irm_writer *out = NULL;
	enum irm_code code = IRM_OK;
	if (!table)
		return irm_err_set(err, IRM_SYSTEM, "nothing fills the table '%s'", schema->table);
	char stream[64];
	snprintf(stream, sizeof stream, "table %s", schema->table);
	rng = irm_sim_stream((uint64_t)world->plan.seed, stream);
	if (!rng)
		code = irm_err_memory(err);
	else
		code = irm_writer_new(&out, file, IRM_CSV, 0, err);
	if (!code) {
		for (size_t i = 0; i < schema->n; i++)
			irm_writer_column(out, schema->columns[i].name);
		table->write(out, world, rng);
		code = irm_writer_finish(out, err);
	}
	irm_writer_free(out);
	if (rng)
		gsl_rng_free(rng);
	return code;
}

static enum irm_code write_table(struct irm_folder *folder, const struct irm_schema *schema,
                                 const struct irm_sim_world *world, struct irm_err *err)
{
	char name[64];
	FILE *file = NULL;
	snprintf(name, sizeof name, "%s.csv", schema->table);
	if (irm_folder_create(&file, folder, name, err))
		return err->code;
	struct irm_err late = { .code = IRM_OK };
	enum irm_code code = write_rows(file, schema, world, err);
	if (irm_folder_close(file, folder, &late) && !code) {
		*err = late;
		code = late.code;
	}
	return code;
}

static json_t *describe(const struct irm_sim_world *world)
{
	const struct irm_sim_plan *plan = &world->plan;
	char as_of[IRM_DAY_SIZE];
	irm_day_format(as_of, world->as_of);
	return json_pack("{s:s, s:s, s:s, s:o, s:s, s:s, s:[s,s]}", "profile",
	                 "tabular-data-package", "name", "fictional", "title",
	                 "FICTIONAL review mechanism: invented States, reviews and dates",
	                 "description",
	                 json_sprintf("Everything in this package is invented by irm-sim (seed %lld"
	                              ", %zu States, %d cycles, %s). It says nothing about any "
	                              "State or mechanism.",
	                              (long long)plan->seed, world->n_states, world->cycles,
	                              plan->no_faults ? "without faults" : "with faults"),
	                 "version", "1.0.0", "as_of", as_of, "keywords", "fictional", "simulation");
}

/* One JSON text as the descriptor; the text is freed. */
static enum irm_code put_text(struct irm_folder *folder, char *text, struct irm_err *err)
{
	FILE *file = NULL;
	enum irm_code code = text ? irm_folder_create(&file, folder, "datapackage.json", err)
	                          : irm_err_memory(err);
	if (!code) {
		fputs(text, file); /* a failure stays in the stream, for irm_folder_close() */
		code = irm_folder_close(file, folder, err);
	}
	free(text);
	return code;
}

/* First what the package is, then the same with its tables, which is made from the folder. */
static enum irm_code write_descriptor(struct irm_folder *folder, const struct irm_sim_world *world,
                                      struct irm_err *err)
{
	json_t *root = describe(world);
	char *text = root ? json_dumps(root, JSON_INDENT(2)) : NULL;
	json_decref(root);
	if (put_text(folder, text, err))
		return err->code;
	size_t size = 0;
	text = NULL;
	FILE *memory = open_memstream(&text, &size);
	if (!memory)
		return irm_err_memory(err);
	enum irm_code code = irm_descriptor_write(memory, irm_folder_path(folder), err);
	bool failed = fclose(memory) != 0;
	if (code || failed) {
		free(text);
		return code ? code : irm_err_memory(err);
	}
	return put_text(folder, text, err);
}

enum irm_code irm_sim_write(struct irm_folder *folder, const struct irm_sim_plan *plan,
                            struct irm_err *err)
{
	struct irm_sim_world *world = NULL;
	enum irm_code code = irm_sim_world_new(&world, plan, err);
	for (size_t i = 0; i < irm_schemas_n && !code; i++)
		code = write_table(folder, &irm_schemas[i], world, err);
	if (!code)
		code = write_descriptor(folder, world, err);
	irm_sim_world_free(world);
	return code;
}
