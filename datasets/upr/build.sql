-- From the reports of the Working Group (from/) to the tables of the package. Run by ../build.sh.
.import --csv from/upr_reviews_2008_2014.csv reports
.import --csv from/un_regional_groups.csv membership
.import --csv from/state_names.csv names
.import --csv from/readings.csv readings

.read names/labels.sql

CREATE TABLE groups(region, name, position, as_found);
INSERT INTO groups VALUES
    ('AFR', 'African States', 1, 'African'),
    ('APG', 'Asia-Pacific States', 2, 'Asia-Pacific'),
    ('EEG', 'Eastern European States', 3, 'Eastern European'),
    ('GRULAC', 'Latin American and Caribbean States', 4, 'Latin American and Caribbean'),
    ('WEOG', 'Western European and other States', 5, 'Western European and other');

-- Releasing: the report with the recommendations is public from its distribution on.
CREATE TABLE calendar(milestone, position, from_milestone, party, releases_findings, label, source);
INSERT INTO calendar VALUES
    ('troika_selected', 1, NULL, 'joint', 'no', 'Three reviewing States selected', 'paragraph 2 of each report'),
    ('review_held', 2, 'troika_selected', 'joint', 'no', 'Review held by the Working Group', 'paragraph 1 of each report'),
    ('report_adopted', 3, 'review_held', 'joint', 'no', 'Report adopted by the Working Group', 'paragraph 1 of each report'),
    ('report_distributed', 4, 'report_adopted', 'secretariat', 'yes', 'Report distributed', 'masthead of each report');

-- Dates as printed, and how a few of them are read.
CREATE VIEW printed AS
SELECT cycle, state_iso3, 'troika_selected' AS milestone, troika_selected AS date, document_symbol FROM reports
UNION ALL SELECT cycle, state_iso3, 'review_held', review_held, document_symbol FROM reports
UNION ALL SELECT cycle, state_iso3, 'report_adopted', report_adopted_wg, document_symbol FROM reports
UNION ALL SELECT cycle, state_iso3, 'report_distributed', report_distributed, document_symbol FROM reports;

CREATE TABLE happened AS
SELECT 'UPR-' || p.cycle || '-' || p.state_iso3 AS review, p.milestone, c.position,
    coalesce(r.edtf, p.date) AS date, p.document_symbol AS source
FROM printed p JOIN calendar c USING (milestone)
    LEFT JOIN readings r ON (r.cycle, r.state_iso3, r.milestone, r.printed) = (p.cycle, p.state_iso3, p.milestone, p.date)
WHERE p.date <> '';

-- No exception without its row.
CREATE TABLE must(n INTEGER, CONSTRAINT every_reading_is_used CHECK (n = 0));
INSERT INTO must SELECT (SELECT count(*) FROM readings) - (SELECT count(*) FROM happened WHERE date LIKE '[%');

-- The first day of a session as most of its reports print it: one report prints another year.
CREATE VIEW session_years AS
SELECT cycle, wg_session, substr(session_start, 1, 4) AS year FROM (
    SELECT cycle, wg_session, session_start,
        row_number() OVER (PARTITION BY cycle, wg_session ORDER BY count(*) DESC, session_start) AS place
    FROM reports WHERE wg_session <> '' GROUP BY cycle, wg_session, session_start)
WHERE place = 1;

.mode csv
.headers on
.separator , "\n"

.once out/mechanisms.csv
SELECT 'UPR' AS mechanism, 'Universal Periodic Review' AS name, NULL AS convention;

.once out/cycles.csv
SELECT 'UPR-' || cycle AS cycle, 'UPR' AS mechanism,
    CASE cycle WHEN '1' THEN 'First cycle' ELSE 'Second cycle' END AS name,
    min(nullif(session_start, '')) AS starts,
    -- only the first cycle is complete here; the odd year of one report is not its end
    CASE cycle WHEN '1' THEN max(session_end) END AS ends
FROM reports GROUP BY cycle ORDER BY 1;

.once out/milestones.csv
SELECT 'UPR' AS mechanism, milestone, position, from_milestone, NULL AS time_limit, NULL AS unit, party,
    releases_findings, label, source
FROM calendar ORDER BY position;

.once out/regions.csv
SELECT region, name, position FROM groups ORDER BY position;

-- Türkiye stands under two groups in the list; for elections it is of the Western European and other States.
.once out/states.csv
SELECT n.iso3 AS state, n.name, g.region, NULL AS party_since
FROM names n
    LEFT JOIN membership m ON m.iso3 = n.iso3 AND NOT (m.iso3 = 'TUR' AND m.regional_group = 'Asia-Pacific')
    LEFT JOIN groups g ON g.as_found = m.regional_group
ORDER BY state;

-- Where the report's distribution is not known, the records of a review reach to its last dated step.
.once out/reviews.csv
SELECT 'UPR-' || r.cycle || '-' || r.state_iso3 AS review, 'UPR-' || r.cycle AS cycle, y.year, r.state_iso3 AS state,
    nullif(r.troika1_iso3, '') AS reviewer_1, nullif(r.troika2_iso3, '') AS reviewer_2, nullif(r.troika3_iso3, '') AS reviewer_3,
    NULL AS dialogue, NULL AS replaces, NULL AS discontinued,
    CASE WHEN r.report_distributed = '' THEN (
        SELECT max(h.date) FROM happened h WHERE h.review = 'UPR-' || r.cycle || '-' || r.state_iso3 AND h.date NOT LIKE '[%'
    ) END AS observed_until
FROM reports r LEFT JOIN session_years y ON (y.cycle, y.wg_session) = (r.cycle, r.wg_session)
ORDER BY 1;

.once out/events.csv
SELECT review, milestone, date, source FROM happened ORDER BY review, position;

.once out/documents.csv
SELECT 'UPR-' || r.cycle || '-' || r.state_iso3 AS review, 'country_report' AS kind, 'all' AS language,
    h.date AS published, r.document_symbol AS symbol, NULL AS url
FROM reports r LEFT JOIN happened h
    ON h.review = 'UPR-' || r.cycle || '-' || r.state_iso3 AND h.milestone = 'report_distributed'
ORDER BY review;

.once out/labels.csv
SELECT kind, code, lang, label FROM worded
WHERE kind <> 'state' OR code IN (SELECT iso3 FROM names)
ORDER BY kind, code, lang;
