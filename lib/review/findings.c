#include "review/findings.h"

#include <stdlib.h>

struct counting {
	struct irm_counter *out;
	const struct irm_query *query;
	uint32_t review;
	const struct irm_finding *finding; /* that is being counted; NULL: the review itself */
	struct irm_err *err;
};

/* Counts the review once a row as eligible, and with a finding as one that has such: an article of
 * two topics brings the same finding to a row twice. */
static enum irm_code count_kind(struct counting *in, const uint32_t *values, uint32_t kind)
{
	uint32_t key[IRM_KEYS_MOST + 1];
	const struct irm_query *query = in->query;
	int64_t review = (int64_t)in->review + 1;
	for (size_t i = 0; i < irm_query_variants(query); i++) {
		irm_query_variant(query, i, values, key);
		key[query->n_by] = kind;
		int64_t *c = irm_counter_at(in->out, key);
		if (!c)
			return irm_err_memory(in->err);
		c[IRM_FINDINGS_ELIGIBLE] += c[IRM_FINDINGS_MARK_ELIGIBLE] != review;
		c[IRM_FINDINGS_MARK_ELIGIBLE] = review;
		if (!in->finding)
			continue;
		int64_t finding = in->finding - query->data->findings + 1;
		c[IRM_FINDINGS_REVIEWS] += c[IRM_FINDINGS_MARK_REVIEW] != review;
		c[IRM_FINDINGS_MARK_REVIEW] = review;
		c[IRM_FINDINGS_FINDINGS] += c[IRM_FINDINGS_MARK_FINDING] != finding;
		c[IRM_FINDINGS_MARK_FINDING] = finding;
	}
	return IRM_OK;
}

/* Once for each kind, or for that of the finding. */
static enum irm_code count_kinds(void *context, uint32_t article, uint32_t topic)
{
	struct counting *in = context;
	uint32_t values[IRM_KEYS_MOST];
	irm_eligible_values(in->query, in->review, article, topic, values);
	for (uint32_t kind = 0; kind < IRM_FINDING_KINDS; kind++)
		if ((!in->finding || in->finding->kind == kind) &&
		    irm_query_keeps(in->query, IRM_BY_KIND, kind) && count_kind(in, values, kind))
			return in->err->code;
	return IRM_OK;
}

/* The findings of a review: where they begin, and those after them. */
static const struct irm_finding *findings_of(const struct irm_dataset *data, uint32_t review,
                                             const struct irm_finding **end)
{
	const struct irm_finding *all = data->findings;
	size_t first = irm_dataset_first(all, data->n_findings, sizeof *all, review);
	size_t last = first;
	while (last < data->n_findings && all[last].review == review)
		last++;
	*end = all + last;
	return all + first;
}

static enum irm_code count_review(void *context, uint32_t review, struct irm_err *err)
{
	struct counting *in = context;
	const struct irm_finding *end, *f = findings_of(in->query->data, review, &end);
	in->review = review;
	in->finding = NULL;
	in->err = err;
	enum irm_code code = irm_eligible_articles(in->query, review, count_kinds, in);
	for (; !code && f < end; f++) {
		in->finding = f;
		code = irm_eligible_article(in->query, review, f->article, count_kinds, in);
	}
	return code;
}

/* The answer of a source without the table is not zero. */
static enum irm_code check_seen(const struct irm_eligible_seen *seen, size_t *left_out,
                                struct irm_err *err)
{
	*left_out = seen->left_out;
	if (seen->asked || !seen->left_out)
		return IRM_OK;
	return irm_err_set(err, IRM_INPUT,
	                   "the source has no table 'findings': what these reviews found is not "
	                   "recorded");
}

enum irm_code irm_findings_count(struct irm_counter *out, size_t *left_out,
                                 const struct irm_query *query, struct irm_err *err)
{
	struct counting in = { .out = out, .query = query, .err = err };
	struct irm_eligible_seen seen;
	irm_counter_init(out, query->n_by + 1, IRM_FINDINGS_COLUMNS);
	enum irm_code code =
	        irm_eligible_reviews(&seen, query, 1u << IRM_HAS_FINDINGS, count_review, &in, err);
	if (!code)
		code = check_seen(&seen, left_out, err);
	if (!code && irm_counter_sort(out))
		code = irm_err_memory(err);
	return code;
}

/* --- the list ------------------------------------------------------------------------------------
 */

struct listing {
	struct irm_findings_list *out;
	const struct irm_query *query;
	bool kept; /* the finding that is looked at */
};

static enum irm_code keep_finding(void *context, uint32_t article, uint32_t topic)
{
	struct listing *in = context;
	(void)article;
	(void)topic;
	in->kept = true;
	return IRM_OK;
}

static enum irm_code list_review(void *context, uint32_t review, struct irm_err *err)
{
	struct listing *in = context;
	const struct irm_finding *end, *f = findings_of(in->query->data, review, &end);
	for (; f < end; f++) {
		in->kept = false;
		if (irm_eligible_article(in->query, review, f->article, keep_finding, in))
			return irm_err_memory(err);
		if (in->kept && irm_query_keeps(in->query, IRM_BY_KIND, f->kind))
			in->out->at[in->out->n++] = (size_t)(f - in->query->data->findings);
	}
	return IRM_OK;
}

enum irm_code irm_findings_find(struct irm_findings_list *out, size_t *left_out,
                                const struct irm_query *query, struct irm_err *err)
{
	struct listing in = { .out = out, .query = query };
	struct irm_eligible_seen seen;
	*out = (struct irm_findings_list){ .n = 0 };
	out->at = calloc(query->data->n_findings + 1, sizeof *out->at);
	if (!out->at)
		return irm_err_memory(err);
	enum irm_code code =
	        irm_eligible_reviews(&seen, query, 1u << IRM_HAS_FINDINGS, list_review, &in, err);
	return code ? code : check_seen(&seen, left_out, err);
}

void irm_findings_release(struct irm_findings_list *list)
{
	free(list->at);
	free(list->matches);
	*list = (struct irm_findings_list){ .n = 0 };
}

void irm_findings_write(const struct irm_findings_list *list, const struct irm_query *query,
                        struct irm_writer *out)
{
	const struct irm_dataset *data = query->data;
	char buffer[16];
	irm_writer_columns(out, "as_of,cycle,review,article,kind,position,summary,source");
	if (list->matches)
		irm_writer_column(out, "matches");
	for (size_t i = 0; i < list->n; i++) {
		const struct irm_finding *f = &data->findings[list->at[i]];
		const struct irm_review *r = &data->reviews[f->review];
		uint32_t article = f->article == IRM_NONE ? IRM_VALUE_ALL : f->article;
		irm_writer_day(out, query->as_of);
		irm_writer_text(out,
		                irm_key_text(data, IRM_BY_CYCLE, r->cycle, query->names, buffer));
		irm_writer_text(out, r->code);
		irm_writer_text(out,
		                irm_key_text(data, IRM_BY_ARTICLE, article, query->names, buffer));
		irm_writer_text(out, irm_key_text(data, IRM_BY_KIND, f->kind, false, buffer));
		irm_writer_text(out, f->position);
		irm_writer_text(out, f->summary);
		irm_writer_text(out, f->source);
		if (list->matches)
			irm_writer_count(out, list->matches[i]);
		irm_writer_row(out);
	}
}
