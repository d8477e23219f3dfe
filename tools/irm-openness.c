/* irm-openness - what reviews published, and who took part in them.  Manual: irm-openness.1 */
#include <math.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "review/contacts.h"
#include "review/openness.h"
#include "stats/waits_table.h"
#include "store/db.h"
#include "tools/query.h"

struct options {
	struct cli_common common;
	bool time, languages, contacts;
};

static const struct cli_option own_options[] = {
	{ CLI_FLAG, 0, "time", NULL, offsetof(struct options, time),
	  "days from the last milestone to publication" },
	{ CLI_FLAG, 0, "languages", NULL, offsetof(struct options, languages),
	  "in how many languages documents are public" },
	{ CLI_FLAG, 0, "contacts", NULL, offsetof(struct options, contacts),
	  "how many contacts consent to be named; never their names" },
	{ .kind = CLI_END },
};
static const struct cli_tool tool = {
	"irm-openness",
	"count the reviews that published documents and had others take part, of those that could "
	"have",
	NULL,
	CLI_SOURCE | CLI_QUERY | CLI_LIMITS | CLI_TABLE | CLI_OUTPUT,
	own_options,
	"  irm-openness -d datasets/fictional --by region --where item=executive_summary",
};

/* What a run holds; all zero at first. */
struct run {
	sqlite3 *db;
	struct irm_dataset *data;
	struct irm_query query;
	struct irm_counter counts;
	struct irm_contacts contacts;
	struct irm_openness_left left;
	enum irm_ci ci;
};

static void write_item(struct irm_writer *out, const struct run *run, const uint32_t *key)
{
	char buffer[16];
	irm_query_cells(&run->query, key, out);
	irm_writer_text(out, irm_key_text(run->data, IRM_BY_ITEM, key[run->query.n_by],
	                                  run->query.names, buffer));
}

/* How many rows rest on fewer than IRM_FEW reviews. */
static size_t write_shares(struct irm_writer *out, const struct run *run, double level)
{
	const struct irm_counter *c = &run->counts;
	size_t few = 0;
	irm_query_columns(&run->query, out);
	irm_writer_columns(out, "item,eligible,reviews,rate,rate_lo,rate_hi,unknown");
	for (size_t i = 0; i < c->n; i++) {
		const int64_t *counts = c->counts + i * c->columns;
		int64_t x = counts[IRM_OPENNESS_REVIEWS];
		int64_t known = counts[IRM_OPENNESS_ELIGIBLE] - counts[IRM_OPENNESS_UNKNOWN];
		struct irm_interval limits = irm_proportion_limits(run->ci, x, known, level);
		write_item(out, run, c->keys + i * c->width);
		irm_writer_count(out, counts[IRM_OPENNESS_ELIGIBLE]);
		irm_writer_count(out, x);
		irm_writer_number(out, irm_proportion(x, known));
		irm_writer_number(out, limits.lo);
		irm_writer_number(out, limits.hi);
		irm_writer_count(out, counts[IRM_OPENNESS_UNKNOWN]);
		irm_writer_row(out);
		few += known > 0 && known < IRM_FEW;
	}
	return few;
}

/* An item of which there is nothing in any row: not done, or not collected. */
static void note_nothing(const struct cli_common *common, const struct run *run)
{
	const struct irm_counter *c = &run->counts;
	char list[300] = "", buffer[16];
	for (uint32_t item = 0; item < IRM_DOCUMENT_KINDS + IRM_SECTORS; item++) {
		int64_t eligible = 0, seen = 0;
		for (size_t i = 0; i < c->n; i++) {
			const int64_t *counts = c->counts + i * c->columns;
			if (c->keys[i * c->width + run->query.n_by] != item)
				continue;
			eligible += counts[IRM_OPENNESS_ELIGIBLE];
			seen += counts[IRM_OPENNESS_REVIEWS] + counts[IRM_OPENNESS_UNKNOWN];
		}
		size_t used = strlen(list);
		if (eligible && !seen)
			snprintf(list + used, sizeof list - used, "%s%s", used ? ", " : "",
			         irm_key_text(run->data, IRM_BY_ITEM, item, false, buffer));
	}
	if (*list)
		cli_note(&tool, common,
		         "nothing is on record of %s: 0 holds only where the records list all "
		         "there is",
		         list);
}

static void write_languages(struct irm_writer *out, const struct run *run)
{
	const struct irm_counter *c = &run->counts;
	irm_query_columns(&run->query, out);
	irm_writer_columns(out, "item,languages,reviews");
	for (size_t i = 0; i < c->n; i++) {
		const uint32_t *key = c->keys + i * c->width;
		uint32_t languages = key[run->query.n_by + 1];
		write_item(out, run, key);
		if (languages == IRM_VALUE_UNKNOWN)
			irm_writer_empty(out);
		else
			irm_writer_count(out, languages);
		irm_writer_count(out, c->counts[i]);
		irm_writer_row(out);
	}
}

static void write_contacts(struct irm_writer *out, const struct run *run, double level)
{
	const struct irm_counter *c = &run->contacts.counts;
	irm_query_columns(&run->query, out);
	irm_writer_columns(out, "role,contacts,consented,rate,rate_lo,rate_hi");
	for (size_t i = 0; i < c->n; i++) {
		const uint32_t *key = c->keys + i * c->width;
		int64_t n = c->counts[i * c->columns + IRM_CONTACTS_ALL];
		int64_t x = c->counts[i * c->columns + IRM_CONTACTS_CONSENTED];
		struct irm_interval limits = irm_proportion_limits(run->ci, x, n, level);
		irm_query_cells(&run->query, key, out);
		irm_writer_text(out, run->contacts.roles[key[run->query.n_by]]);
		irm_writer_count(out, n);
		irm_writer_count(out, x);
		irm_writer_number(out, irm_proportion(x, n));
		irm_writer_number(out, limits.lo);
		irm_writer_number(out, limits.hi);
		irm_writer_row(out);
	}
}

static enum irm_code check_options(const struct options *options, struct irm_err *err)
{
	if (options->time + options->languages + options->contacts > 1)
		return irm_err_set(err, IRM_USAGE,
		                   "--time, --languages or --contacts: one of them");
	return IRM_OK;
}

/* Opens the source; the keys are those that the question has. */
static enum irm_code open_source(struct run *run, const struct options *options,
                                 struct irm_err *err)
{
	unsigned parts = IRM_PART_DOCUMENTS, keys = IRM_OPENNESS_KEYS;
	if (options->contacts) {
		parts = 0;
		keys = IRM_CONTACTS_KEYS;
	} else if (options->time || options->languages) {
		keys &= ~(1u << IRM_BY_MODE);
	} else {
		parts |= IRM_PART_PARTICIPATION;
	}
	return cli_query_open(&run->db, &run->data, &run->query, &options->common, parts, keys,
	                      1u << IRM_BY_ITEM, err);
}

static enum irm_code count(struct run *run, const struct options *options, struct irm_err *err)
{
	if (options->contacts)
		return irm_contacts_count(&run->contacts, run->db, &run->query, err);
	if (options->time)
		return irm_openness_time(&run->counts, &run->left, &run->query, err);
	if (options->languages)
		return irm_openness_languages(&run->counts, &run->left, &run->query, err);
	return irm_openness_count(&run->counts, &run->left, &run->query, err);
}

static enum irm_code write_table(struct run *run, const struct options *options,
                                 struct irm_err *err)
{
	const struct cli_common *common = &options->common;
	static const enum irm_key item = IRM_BY_ITEM;
	struct irm_delay_options delay = { common->level, IRM_CONF_LOG_LOG, run->ci, (double)NAN };
	size_t few = 0;
	if (options->contacts) {
		write_contacts(common->writer, run, common->level);
	} else if (options->languages) {
		write_languages(common->writer, run);
	} else if (!options->time) {
		few = write_shares(common->writer, run, common->level);
		note_nothing(common, run);
	} else if (irm_waits_write(&run->counts, &run->query, &item, 1, &delay, common->writer,
	                           &few, err))
		return err->code;
	cli_note_few(&tool, common, few);
	return IRM_OK;
}

static void note_left_out(const struct cli_common *common, const struct run *run)
{
	if (run->left.documents)
		cli_note(&tool, common,
		         "%zu reviews are left out: their package has no table of documents",
		         run->left.documents);
	if (run->left.participation)
		cli_note(&tool, common,
		         "%zu reviews are left out: their package has no table of participation",
		         run->left.participation);
}

int main(int argc, char **argv)
{
	struct options options = { .common = CLI_COMMON_INIT };
	struct cli_common *common = &options.common;
	struct irm_err err = { .code = IRM_OK };
	struct run run = { .db = NULL };
	if (!cli_parse(&tool, argc, argv, &options, &err) && !check_options(&options, &err) &&
	    !irm_ci_parse(&run.ci, common->ci, &err) && !open_source(&run, &options, &err) &&
	    !count(&run, &options, &err) && !cli_writer(common, &err) &&
	    !write_table(&run, &options, &err))
		note_left_out(common, &run);
	irm_counter_release(&run.counts);
	irm_contacts_release(&run.contacts);
	irm_query_release(&run.query);
	irm_dataset_free(run.data);
	irm_db_close(run.db);
	return cli_finish(&tool, common, &err);
}
