/* Rules of codes, whatever the table; of labels and of published figures. */
#include "review/check.h"
#include "store/schema.h"

/* A column that gives a row its name, and refers to no other row: where a code can be misspelt. */
static bool is_own_code(const struct irm_column *column)
{
	return column->type == IRM_COL_CODE ||
	       (irm_column_is_key(column) && column->type == IRM_COL_TEXT);
}

static bool is_key(const struct irm_column *column)
{
	return irm_column_is_key(column) || column->type == IRM_COL_CODE;
}

static void append_keys(sqlite3_str *sql, const struct irm_schema *schema, const char *row)
{
	for (size_t c = 0; c < schema->n; c++)
		if (is_key(&schema->columns[c]))
			sqlite3_str_appendf(sql, "%s.%s, ", row, schema->columns[c].name);
}

static bool has_own_code(const struct irm_schema *schema)
{
	for (size_t c = 0; c < schema->n; c++)
		if (is_own_code(&schema->columns[c]))
			return true;
	return false;
}

/* Rows whose keys are the same but for case and spaces, beside the first of them. */
static void append_twins(sqlite3_str *sql, const struct irm_schema *schema)
{
	const char *joiner = "";
	sqlite3_str_appendall(sql, "WITH k AS (SELECT ");
	append_keys(sql, schema, "t");
	for (size_t c = 0; c < schema->n; c++) {
		if (!is_key(&schema->columns[c]))
			continue;
		sqlite3_str_appendall(sql, joiner);
		if (is_own_code(&schema->columns[c]))
			sqlite3_str_appendf(sql, "plain(t.%s)", schema->columns[c].name);
		else
			sqlite3_str_appendf(sql, "t.%s", schema->columns[c].name);
		joiner = " || char(31) || ";
	}
	sqlite3_str_appendf(sql, " AS plain, ");
	joiner = "";
	for (size_t c = 0; c < schema->n; c++) {
		if (!is_own_code(&schema->columns[c]))
			continue;
		sqlite3_str_appendf(sql, "%st.%s", joiner, schema->columns[c].name);
		joiner = " || ',' || ";
	}
	sqlite3_str_appendf(sql, " AS own FROM %s AS t) SELECT ", schema->table);
	append_keys(sql, schema, "k");
	sqlite3_str_appendall(
	        sql, "printf('''%s'' and ''%s'' differ only in case or spaces', k.own, f.own) FROM "
	             "k JOIN (SELECT plain, min(own) AS own FROM k GROUP BY plain HAVING count(*) "
	             "> 1) AS f USING (plain) WHERE k.own <> f.own ORDER BY 1, 2");
}

static void append_spaced(sqlite3_str *sql, const struct irm_schema *schema)
{
	const char *joiner = " WHERE ";
	sqlite3_str_appendall(sql, "SELECT ");
	append_keys(sql, schema, "t");
	sqlite3_str_appendf(sql, "'a code begins or ends with a space' FROM %s AS t",
	                    schema->table);
	for (size_t c = 0; c < schema->n; c++) {
		if (!is_own_code(&schema->columns[c]))
			continue;
		sqlite3_str_appendf(
		        sql,
		        "%st.%s <> trim(t.%s, ' ' || char(9) || char(10) || char(13) || char(160))",
		        joiner, schema->columns[c].name, schema->columns[c].name);
		joiner = " OR ";
	}
	sqlite3_str_appendall(sql, " ORDER BY 1");
}

/* Runs a query that is made for each table with codes of its own. */
static enum irm_code each_table(struct irm_check *check,
                                void (*append)(sqlite3_str *sql, const struct irm_schema *schema),
                                struct irm_err *err)
{
	for (size_t i = 0; i < irm_schemas_n; i++) {
		if (!has_own_code(&irm_schemas[i]))
			continue;
		sqlite3_str *sql = sqlite3_str_new(check->db);
		append(sql, &irm_schemas[i]);
		char *text = sqlite3_str_finish(sql);
		if (!text)
			return irm_err_memory(err);
		enum irm_code code = irm_check_rows(check, irm_schemas[i].table, text, err);
		sqlite3_free(text);
		if (code)
			return code;
	}
	return IRM_OK;
}

static enum irm_code find_twins(struct irm_check *check, struct irm_err *err)
{
	return each_table(check, append_twins, err);
}

static enum irm_code find_spaced(struct irm_check *check, struct irm_err *err)
{
	return each_table(check, append_spaced, err);
}

static const struct irm_check_rule rules[] = {
	{ .id = "codes-differ-in-case-or-spaces",
	  .severity = IRM_SEVERITY_WARNING,
	  .reason = "two rows have the same key but for case or spaces",
	  .advice = "Codes are case-sensitive, and spaces belong to them: the two count apart. "
	            "Every table with codes of its own is looked at.",
	  .table = "(any)",
	  .find = find_twins },
	{ .id = "spaces-around-a-code",
	  .severity = IRM_SEVERITY_WARNING,
	  .reason = "a code begins or ends with a space",
	  .advice =
	          "Spaces belong to a field, and --where needs them too. Spreadsheets leave them.",
	  .table = "(any)",
	  .find = find_spaced },
	{ .id = "label-of-unknown-code",
	  .severity = IRM_SEVERITY_WARNING,
	  .reason = "a label names a code that no table has",
	  .advice = "It is shown nowhere. Kinds other than those of tables are not looked at.",
	  .queries = { { "labels",
	                 "SELECT l.kind, l.code, l.lang, printf('there is no %s ''%s''', l.kind, "
	                 "l.code) FROM t_labels AS l WHERE l.kind IN ('state', 'region', "
	                 "'milestone', 'stage', 'article', 'type', 'cycle', 'mechanism', "
	                 "'session', 'chapter', 'party', 'review', 'topic') AND NOT EXISTS (SELECT "
	                 "1 FROM (SELECT 'state' AS kind, state AS code FROM t_states UNION ALL "
	                 "SELECT 'region', region FROM t_regions UNION ALL SELECT 'milestone', "
	                 "milestone FROM t_milestones UNION ALL SELECT 'stage', milestone FROM "
	                 "t_milestones UNION ALL SELECT 'article', article FROM t_articles UNION "
	                 "ALL SELECT 'type', type FROM t_ta_types UNION ALL SELECT 'cycle', cycle "
	                 "FROM t_cycles UNION ALL SELECT 'mechanism', mechanism FROM t_mechanisms "
	                 "UNION ALL SELECT 'session', session FROM t_sessions UNION ALL SELECT "
	                 "'chapter', chapter FROM t_articles UNION ALL SELECT 'party', party FROM "
	                 "t_milestones UNION ALL SELECT 'review', review FROM t_reviews UNION ALL "
	                 "SELECT 'topic', topic FROM t_topics) AS k WHERE k.kind = l.kind AND "
	                 "k.code = l.code) ORDER BY 1, 2, 3" } } },
	{ .id = "published-metric-not-computed",
	  .severity = IRM_SEVERITY_WARNING,
	  .reason = "a published figure has a metric that no rule computes",
	  .advice = "It cannot be reconciled. irm-reconcile --rules lists the metrics that are "
	            "computed. Where a document states what the records do not hold, leave the "
	            "rule out with --ignore.",
	  .queries = { { "published",
	                 "SELECT as_of, cycle, metric, region, article, printf('nothing computes "
	                 "''%s'': %s', metric, lacks(metric)) FROM published WHERE lacks(metric) "
	                 "IS NOT NULL ORDER BY 1, 2, 3, 4, 5" } } },
	{ .id = "published-after-as-of",
	  .severity = IRM_SEVERITY_NOTE,
	  .reason = "a published figure is of a day after the day of the records",
	  .advice = "What the records do not reach cannot be reconciled.",
	  .queries = { { "published",
	                 "SELECT v.as_of, v.cycle, v.metric, v.region, v.article, printf('as at "
	                 "%s, after %s', v.as_of, day(:as_of)) FROM published AS v JOIN "
	                 "t_published AS p ON p.as_of = v.as_of AND p.as_of_first > :as_of GROUP "
	                 "BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5" } } },
};

const struct irm_check_group irm_check_codes = { rules, sizeof rules / sizeof *rules };
