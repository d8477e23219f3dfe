-- The table `worded`: names of States, regional groups and what from/terms.csv has, in other languages than
-- English. Read by each build.sql. A word that nobody knows is an empty field there, and no label.
.import --csv names/states.csv six_names
.import --csv names/state_readings.csv six_readings
.import --csv names/regions.csv six_regions
.import --csv from/terms.csv six_terms

CREATE TABLE six(kind, code, fr, es, ru, zh, ar);
INSERT INTO six SELECT 'state', iso3, fr, es, ru, zh, ar FROM six_names;
INSERT INTO six SELECT 'region', region, fr, es, ru, zh, ar FROM six_regions;
INSERT INTO six SELECT kind, code, fr, es, ru, zh, ar FROM six_terms;

CREATE TABLE worded(kind, code, lang, label);
INSERT INTO worded
SELECT kind, code, 'fr', fr FROM six UNION ALL SELECT kind, code, 'es', es FROM six UNION ALL
SELECT kind, code, 'ru', ru FROM six UNION ALL SELECT kind, code, 'zh', zh FROM six UNION ALL
SELECT kind, code, 'ar', ar FROM six;

-- The list has the article behind a name, and asterisks at who is no Member of the United Nations.
UPDATE worded SET label = rtrim(label, ' *') WHERE kind = 'state';
UPDATE worded SET label = substr(label, 1, instr(label, ' (') - 1)
WHERE kind = 'state' AND lang IN ('fr', 'es')
    AND substr(label, instr(label, ' (')) IN (' (le)', ' (la)', ' (les)', ' (l'')', ' (el)', ' (los)', ' (las)');

DELETE FROM worded WHERE (kind, code, lang) IN (SELECT 'state', iso3, lang FROM six_readings);
INSERT INTO worded SELECT 'state', iso3, lang, name FROM six_readings;
DELETE FROM worded WHERE label = '';
