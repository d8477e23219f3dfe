-- From single dates in public sources (from/) to the tables of the package. Run by ../build.sh.
.import --csv from/articles.csv article_list
.import --csv from/deadlines.csv deadlines
.import --csv from/facts.csv facts
.import --csv from/kinds.csv kinds
.import --csv from/milestones.csv dated
.import --csv from/other_states.csv other_states
.import --csv from/pairings.csv pairings
.import --csv from/readings.csv readings
.import --csv from/review_readings.csv review_readings
.import --csv from/sessions.csv session_list
.import --csv from/states.csv parties
.import --csv from/topics.csv topic_list

.read names/labels.sql

CREATE TABLE groups(region, name, position, as_found);
INSERT INTO groups VALUES
    ('AFR', 'African States', 1, 'African'),
    ('APG', 'Asia-Pacific States', 2, 'Asia-Pacific'),
    ('EEG', 'Eastern European States', 3, 'Eastern European'),
    ('GRULAC', 'Latin American and Caribbean States', 4, 'Latin American and Caribbean'),
    ('WEOG', 'Western European and other States', 5, 'Western European and other');

-- Nothing found is left without a rule, and no exception without its row.
CREATE TABLE must(n INTEGER, what TEXT, CONSTRAINT every_kind_and_every_reading_is_used CHECK (n = 0));
INSERT INTO must SELECT count(*), 'kinds' FROM dated WHERE milestone NOT IN (SELECT kind FROM kinds);
INSERT INTO must SELECT count(*), 'readings' FROM readings
WHERE (cycle, state_iso3, milestone) NOT IN (SELECT cycle, state_iso3, milestone FROM dated);
INSERT INTO must SELECT count(*), 'review readings' FROM review_readings
WHERE "column" <> 'year' OR (cycle, state_iso3) NOT IN (SELECT cycle, state_iso3 FROM pairings);

-- The milestones, and under which name deadlines.csv gives the limit of each.
CREATE TABLE calendar(milestone, position, from_milestone, releases_findings, label, stage);
INSERT INTO calendar VALUES
    ('started', 1, NULL, 'no', 'State informed of the beginning', NULL),
    ('focal_point', 2, 'started', 'no', 'Focal point nominated', 'focal point nominated'),
    ('teleconference', 3, 'started', 'no', 'First teleconference', 'initial teleconference'),
    ('self_assessment', 4, 'started', 'no', 'Self-assessment submitted', 'self-assessment submitted'),
    ('desk_review', 5, 'self_assessment', 'no', 'Outcome of the desk review submitted', 'outcome of desk review submitted'),
    ('dialogue', 6, 'desk_review', 'no', 'Dialogue closed', 'dialogue closed'),
    ('summary_agreed', 7, 'started', 'yes', 'Executive summary agreed', 'report and executive summary agreed'),
    ('report_agreed', 8, 'started', 'no', 'Report agreed', 'report and executive summary agreed');

-- How far the records of a review reach that has no exactly known day: the third session of the
-- Conference closed on this day, before any review began.
CREATE VIEW beginning AS SELECT "end" AS day FROM session_list WHERE id = 'cosp03';

-- What each found row says: an event or a document, and when. Rows of readings.csv replace their kind's rule.
CREATE VIEW said AS
SELECT d.cycle, d.state_iso3, d.milestone AS kind, d.document_symbol, d.source, 'event' AS what, k.milestone AS of,
    d.date, d.precision, k.reading, NULL AS edtf
FROM dated d JOIN kinds k ON k.kind = d.milestone
WHERE k.becomes LIKE '%event%'
    AND (d.cycle, d.state_iso3, d.milestone) NOT IN (SELECT cycle, state_iso3, milestone FROM readings)
UNION ALL
SELECT d.cycle, d.state_iso3, d.milestone, d.document_symbol, d.source, 'document', k.document_kind,
    d.date, d.precision,
    -- a month or a year of publication is stated as such, not the day of an announcement
    CASE WHEN k.published = 'on_or_before' AND d.precision <> 'day' THEN 'as_printed' ELSE k.published END, NULL
FROM dated d JOIN kinds k ON k.kind = d.milestone
WHERE k.becomes LIKE '%document%'
    AND (d.cycle, d.state_iso3, d.milestone) NOT IN (SELECT cycle, state_iso3, milestone FROM readings)
UNION ALL
SELECT d.cycle, d.state_iso3, d.milestone, d.document_symbol, d.source, r.becomes, r.of, NULL, NULL, NULL, r.edtf
FROM dated d JOIN readings r USING (cycle, state_iso3, milestone)
WHERE r.becomes <> 'nothing';

CREATE VIEW read AS
SELECT *, coalesce(edtf, CASE
        WHEN reading IN ('exact', 'as_printed') OR (reading = 'within' AND precision <> 'day') THEN date
        WHEN reading IN ('within', 'on_or_after') THEN '[' || first_day || '..]'
        WHEN reading = 'on_or_before' THEN '[..' || last_day || ']'
    END) AS spoken
FROM (SELECT *,
        CASE precision WHEN 'day' THEN date WHEN 'month' THEN date || '-01' ELSE date || '-01-01' END AS first_day,
        CASE precision WHEN 'day' THEN date WHEN 'month' THEN date(date || '-01', '+1 month', '-1 day')
            ELSE date || '-12-31' END AS last_day
    FROM said);

-- Several rows may speak of one milestone or document. The most precise wins: a day, then the narrowest
-- span, then the earliest 'on or before', then the latest 'on or after', then no date.
CREATE VIEW bounds AS
SELECT cycle, state_iso3, kind, document_symbol, source, what, of, spoken AS edtf,
    CASE WHEN spoken LIKE '[..%' THEN NULL WHEN spoken LIKE '[%' THEN substr(spoken, 2, 10)
        ELSE spoken || substr('-01-01', length(spoken) - 3) END AS lo,
    CASE WHEN spoken LIKE '%..]' THEN NULL WHEN spoken LIKE '[%' THEN substr(spoken, -11, 10)
        WHEN length(spoken) = 7 THEN date(spoken || '-01', '+1 month', '-1 day')
        ELSE spoken || substr('-12-31', length(spoken) - 3) END AS hi
FROM read;

CREATE TABLE chosen AS
SELECT 'UNCAC-' || cycle || '-' || state_iso3 AS review, what, of, edtf, document_symbol, source
FROM (SELECT *, row_number() OVER (
        PARTITION BY cycle, state_iso3, what, of
        ORDER BY edtf IS NULL, (lo IS NULL) + (hi IS NULL), julianday(hi) - julianday(lo), hi IS NULL, hi, lo DESC,
            document_symbol = '', kind) AS place
    FROM bounds)
WHERE place = 1;

-- A visit or a joint meeting that a source says was held. A postponed or planned one says nothing.
CREATE VIEW dialogues AS
SELECT cycle, state_iso3, CASE
        WHEN max(milestone LIKE 'joint_meeting%') THEN 'joint_meeting'
        WHEN max(source LIKE '%(virtual)%' OR source LIKE '%(remote)%') THEN 'online_visit'
        ELSE 'country_visit' END AS dialogue
FROM (SELECT d.* FROM dated d JOIN kinds k ON k.kind = d.milestone LEFT JOIN readings r USING (cycle, state_iso3, milestone)
      WHERE k.milestone = 'dialogue' AND NOT (r.becomes IS 'nothing' AND r.reason LIKE 'planned%'))
GROUP BY cycle, state_iso3;

.mode csv
.headers on
.separator , "\n"

.once out/mechanisms.csv
SELECT 'UNCAC' AS mechanism,
    'Mechanism for the Review of Implementation of the United Nations Convention against Corruption' AS name,
    'UNCAC' AS convention;

.once out/cycles.csv
SELECT column1 AS cycle, 'UNCAC' AS mechanism, column2 AS name, NULL AS starts, NULL AS ends
FROM (VALUES ('UNCAC-1', 'First review cycle'), ('UNCAC-2', 'Second review cycle'))
ORDER BY cycle;

.once out/scope.csv
SELECT DISTINCT 'UNCAC-' || review_cycle AS cycle, chapter
FROM article_list WHERE review_cycle <> '' ORDER BY 1, 2;

.once out/articles.csv
SELECT convention, article, chapter, short_title AS title
FROM article_list ORDER BY convention, CAST(article AS INTEGER);

.once out/milestones.csv
SELECT 'UNCAC' AS mechanism, c.milestone, c.position, c.from_milestone, d."limit" AS time_limit, rtrim(d.unit, 's') AS unit,
    CASE WHEN c.milestone = 'started' THEN 'secretariat' ELSE replace(lower(d.party), ' ', '_') END AS party,
    c.releases_findings, c.label,
    coalesce(d.source_paragraph, (SELECT source_paragraph FROM deadlines WHERE stage = 'focal point nominated')) AS source
FROM calendar c LEFT JOIN deadlines d USING (stage)
ORDER BY c.position;

.once out/regions.csv
SELECT region, name, position FROM groups ORDER BY position;

.once out/states.csv
SELECT state, name, region, party_since
FROM (SELECT p.iso3 AS state, p.name, g.region, nullif(p.uncac_date, '') AS party_since
      FROM parties p LEFT JOIN groups g ON g.as_found = p.regional_group
      UNION ALL
      SELECT o.iso3, o.name, g.region, NULL
      FROM other_states o LEFT JOIN groups g ON g.as_found = o.regional_group)
ORDER BY state;

.once out/reviews.csv
SELECT 'UNCAC-' || r.cycle || '-' || r.state_iso3 AS review, 'UNCAC-' || r.cycle AS cycle,
    CASE WHEN x.cycle IS NULL THEN nullif(p.review_year, '') ELSE nullif(x.value, '') END AS year,
    r.state_iso3 AS state,
    nullif(p.reviewer_same_region_iso3, '') AS reviewer_1, nullif(p.reviewer_other_iso3, '') AS reviewer_2,
    NULL AS reviewer_3, d.dialogue, NULL AS replaces, NULL AS discontinued,
    coalesce((SELECT max(c.edtf) FROM chosen c
              WHERE c.review = 'UNCAC-' || r.cycle || '-' || r.state_iso3 AND c.what = 'event' AND length(c.edtf) = 10),
             (SELECT day FROM beginning)) AS observed_until
FROM (SELECT cycle, state_iso3 FROM pairings UNION SELECT cycle, state_iso3 FROM dated) r
    LEFT JOIN pairings p USING (cycle, state_iso3)
    LEFT JOIN dialogues d USING (cycle, state_iso3)
    LEFT JOIN review_readings x ON (x.cycle, x.state_iso3, x."column") = (r.cycle, r.state_iso3, 'year')
ORDER BY review;

.once out/events.csv
SELECT c.review, c.of AS milestone, c.edtf AS date, c.source
FROM chosen c JOIN calendar m ON m.milestone = c.of
WHERE c.what = 'event' ORDER BY c.review, m.position;

.once out/documents.csv
SELECT review, of AS kind, 'all' AS language, edtf AS published, nullif(document_symbol, '') AS symbol, NULL AS url
FROM chosen WHERE what = 'document' ORDER BY review, kind;

-- A symbol with a remark is another document of the session, not its report.
.once out/sessions.csv
SELECT id AS session, body, name, nullif(start, '') AS starts, nullif("end", '') AS ends, nullif(place, '') AS place,
    CASE WHEN symbol NOT LIKE '%(%' THEN nullif(symbol, '') END AS symbol
FROM session_list ORDER BY session;

.once out/topics.csv
SELECT topic, convention, article, label FROM topic_list ORDER BY topic, convention, CAST(article AS INTEGER);

.once out/published.csv
SELECT as_of, CASE cycle WHEN '' THEN 'all' ELSE 'UNCAC-' || cycle END AS cycle, metric, 'all' AS region, 'all' AS article,
    value, unit, source
FROM facts ORDER BY 1, 2, 3, 4, 5;

.once out/labels.csv
SELECT kind, code, lang, label FROM worded
WHERE kind <> 'state' OR code IN (SELECT iso3 FROM parties UNION SELECT iso3 FROM other_states)
ORDER BY kind, CAST(code AS INTEGER), code, lang;
