-- From the published calendar and figures (from/) to the tables of the package. Run by ../build.sh.
.import --csv from/deadlines.csv deadlines
.import --csv from/facts.csv facts

-- The milestones, and under which name deadlines.csv gives the limit of each.
CREATE TABLE calendar(milestone, position, from_milestone, label, stage);
INSERT INTO calendar VALUES
    ('started', 1, NULL, 'Review begun', NULL),
    ('focal_point', 2, 'started', 'Focal point appointed', 'focal point appointed'),
    ('experts', 3, 'started', 'Governmental experts appointed', 'governmental experts appointed'),
    ('self_assessment', 4, 'started', 'Self-assessment questionnaire completed', 'self-assessment questionnaire completed'),
    ('feedback', 5, 'self_assessment', 'Written feedback provided', 'written feedback provided');

.mode csv
.headers on
.separator , "\n"

.once out/mechanisms.csv
SELECT 'UNTOC' AS mechanism,
    'Mechanism for the Review of the Implementation of the United Nations Convention against Transnational Organized Crime' AS name,
    'UNTOC' AS convention;

.once out/cycles.csv
SELECT 'UNTOC-group-' || column1 AS cycle, 'UNTOC' AS mechanism, column2 AS name, NULL AS starts, NULL AS ends
FROM (VALUES (1, 'First group of reviews'), (2, 'Second group of reviews'), (3, 'Third group of reviews'))
ORDER BY cycle;

.once out/milestones.csv
SELECT 'UNTOC' AS mechanism, c.milestone, c.position, c.from_milestone, d."limit" AS time_limit, rtrim(d.unit, 's') AS unit,
    replace(lower(d.party), ' ', '_') AS party, 'no' AS releases_findings, c.label,
    coalesce(d.source_paragraph, (SELECT source_paragraph FROM deadlines WHERE stage = 'focal point appointed')) AS source
FROM calendar c LEFT JOIN deadlines d USING (stage)
ORDER BY c.position;

-- A figure of one group stands under that group; the rest under all.
.once out/published.csv
SELECT as_of,
    CASE WHEN metric GLOB '*[a-z]_group_[123]' THEN 'UNTOC-group-' || substr(metric, -1) ELSE 'all' END AS cycle,
    CASE WHEN metric GLOB '*[a-z]_group_[123]' THEN substr(metric, 1, length(metric) - 8) ELSE metric END AS metric,
    'all' AS region, 'all' AS article, value, unit, source
FROM facts ORDER BY 1, 2, 3, 4, 5;

-- No source gives a State's review: two tables without rows.
.headers off
.once out/reviews.csv
SELECT 'review', 'cycle', 'year', 'state', 'reviewer_1', 'reviewer_2', 'reviewer_3', 'dialogue', 'replaces', 'discontinued',
    'observed_until';
.once out/events.csv
SELECT 'review', 'milestone', 'date', 'source';
