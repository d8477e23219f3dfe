#!/usr/bin/env bats
# irm-load: what spreadsheets do to tables, and what a package's own Table Schemas ask for.
load helper

setup() {
  cd "$BATS_TEST_TMPDIR"
  made_up_package p
}

# fault MESSAGE [ARGUMENT...]: p, with the arguments, is refused with just that
fault() {
  local message=$1
  shift
  run_tool -3 irm-load -d new.db "$@" p
  same "$stderr" "irm-load: $message"
  [ ! -e new.db ]
}

# field TABLE TEXT: the table's one row
only() {
  { head -n 1 "p/$1.csv"; echo "$2"; } >only.csv
  mv only.csv "p/$1.csv"
}

@test "semicolons: the way out is told, and leads out" {
  sed -i 's/,/;/g' p/regions.csv
  fault "p/regions.csv:1:1: expected commas between the columns, found semicolons (say --delimiter=';')"
  irm-load -d a.db p/mechanisms.csv
  irm-load -d a.db --delimiter ';' p/regions.csv
  sed -i 's/;/\t/g' p/regions.csv
  fault "p/regions.csv:1:1: expected commas between the columns, found tabs (say --delimiter='tab')"
  irm-load -d a.db --delimiter tab p/regions.csv
  irm-load -d a.db --delimiter '\t' p/regions.csv
  same "$(sqlite3 a.db 'SELECT count(*) FROM regions')" 2
  run_tool -2 irm-load -d a.db --delimiter ';;' p
  same "$stderr" "irm-load: --delimiter: expected one character or 'tab', found ';;'"
  run_tool -2 irm-load -d a.db --delimiter '"' p
}

@test "UTF-16 and Windows-1252: the way out is told, and leads out" {
  only regions 'AFR,États d’Afrique,1'
  cp p/regions.csv utf8.csv
  irm-load -d a.db --table regions utf8.csv
  iconv -f UTF-8 -t UTF-16 utf8.csv >p/regions.csv
  fault "p/regions.csv:1:1: expected UTF-8, found what looks like UTF-16 (say --encoding=UTF-16)"
  irm-load -d b.db --encoding UTF-16 p/regions.csv
  same "$(sqlite3 b.db 'SELECT name FROM regions')" 'États d’Afrique'
  iconv -f UTF-8 -t WINDOWS-1252 utf8.csv >p/regions.csv
  fault "p/regions.csv:2:2: expected UTF-8, found the byte 0xC9 at byte 1 of the field (is it Windows-1252? say --encoding=WINDOWS-1252)"
  irm-load -d c.db --encoding windows-1252 p/regions.csv
  same "$(sqlite3 c.db 'SELECT name FROM regions')" 'États d’Afrique'
  run_tool -2 irm-load -d c.db --encoding windoze p/regions.csv
  contains "$stderr" "there is no encoding 'windoze'"
}

@test "the descriptor may say encoding and delimiter; an option wins" {
  iconv -f UTF-8 -t UTF-16 p/regions.csv | cat >r.csv
  sed 's/,/;/g' p/states.csv >s.csv
  mv r.csv p/regions.csv
  mv s.csv p/states.csv
  sed -i 's|"resources": \[\]|"resources": [{"path": "regions.csv", "encoding": "utf-16"}, {"path": ["states.csv"], "dialect": {"delimiter": ";"}}, {"path": "events.csv", "encoding": "UTF-8"}]|' p/datapackage.json
  irm-load -d a.db p
  irm-status -d p >/dev/null
  run_tool -3 irm-load -d b.db --encoding UTF-8 p
}

@test "dates and numbers of a spreadsheet" {
  only events 'FIC-1-XAA,started,43831,'
  fault "p/events.csv:2:3: expected a date such as 2019-10-30, 2019-10 or [..2019-10-30], found '43831' (a spreadsheet's day number? as a day it is 2020-01-01)"
  only events 'FIC-1-XAA,started,01/02/2020,'
  run_tool -3 irm-load -d new.db p
  contains "$stderr" "p/events.csv:2:3: expected a date such as 2019-10-30, 2019-10 or [..2019-10-30], found '01/02/2020' ("
  made_up_package p
  printf 'as_of,cycle,metric,region,article,value,unit,source\n2020-01-01,all,share,all,all,"1,5",,\n' >p/published.csv
  run_tool -3 irm-load -d new.db p
  contains "$stderr" "p/published.csv:2:6: expected a number such as 0.25, found '1,5' (write the decimal sign as a point, and no separators: 1.5, 1000)"
}

@test "empty columns and rows around the table" {
  sed -i 's/$/,,/' p/regions.csv
  fault "p/regions.csv:1:4: expected the name of a column, found nothing (delete the empty columns to the right of the table)"
  made_up_package p
  sed -i '2,$s/$/,,/' p/regions.csv
  run_tool -3 irm-load -d new.db p
  same "${stderr_lines[0]}" "irm-load: p/regions.csv:2: expected 3 fields as in the header, found 5 (the last ones are empty: delete the columns to the right of the table)"
  made_up_package p
  printf ',,\n,,\n' >>p/regions.csv
  run_tool -3 irm-load -d new.db p
  same "$stderr" "irm-load: p/regions.csv:4: found a row without any text (delete the rows below the table, which a spreadsheet keeps)
irm-load: p/regions.csv:5: found a row without any text (delete the rows below the table, which a spreadsheet keeps)"
}

@test "merged cells, and a title above the header" {
  sed -i '1s/.*/region,,position/' p/regions.csv
  run_tool -3 irm-load -d new.db p
  same "${stderr_lines[0]}" "irm-load: p/regions.csv:1:2: expected the name of a column, found nothing (merged cells keep their text in the first one only: name each column)"
  made_up_package p
  sed -i '1i Regions of 2020,,' p/regions.csv
  run_tool -3 irm-load -d new.db p
  same "${stderr_lines[1]}" "irm-load: p/regions.csv:1:2: expected the name of a column, found nothing (is the first row a title? delete it: the first row names the columns)"
  made_up_package p
  sed -i 's/^FIC-1-XAA,dialogue/,dialogue/' p/events.csv
  run_tool -3 irm-load -d new.db p
  contains "$stderr" "p/events.csv:4:1: the key column 'review' is empty (merged cells keep their value in the first one only)"
}

@test "spreadsheets are refused with the command that converts them" {
  printf 'PK\003\004' >'book 1.xlsx'
  run_tool -2 irm-load -d new.db 'book 1.xlsx'
  same "$stderr" "irm-load: book 1.xlsx: expected a CSV file, found a spreadsheet (convert it: xlsx2csv -f %Y-%m-%d 'book 1.xlsx' reviews.csv (-n SHEET: one sheet of several))"
  run_tool -2 irm-load -d new.db --table events 'book 1.xlsx'
  contains "$stderr" "xlsx2csv -f %Y-%m-%d 'book 1.xlsx' events.csv"
  cp 'book 1.xlsx' book.ods
  run_tool -2 irm-load -d new.db book.ods
  same "$stderr" "irm-load: book.ods: expected a CSV file, found a spreadsheet (convert it: soffice --headless --convert-to xlsx 'book.ods', then xlsx2csv -f %Y-%m-%d)"
  mkdir q
  cp book.ods q/reviews.XLSX
  run_tool -3 irm-load -d new.db q
  same "$stderr" "irm-load: q: expected a package, found a folder without tables (convert it: xlsx2csv -f %Y-%m-%d 'reviews.XLSX' reviews.csv (-n SHEET: one sheet of several))"
  [ ! -e new.db ]
}

# schema TABLE JSON: the package's Table Schema of a table
schema() {
  sed -i "s@\"resources\": .*@\"resources\": [{\"name\": \"$1\", \"path\": \"$1.csv\", \"schema\": $2}]@" p/datapackage.json
}

# field COLUMN JSON: the schema of states.csv with that about one of its fields
field() {
  local fields='' column
  for column in state name region party_since; do
    if [ "$column" = "$1" ]; then
      fields+=",{\"name\": \"$column\", $2}"
    else
      fields+=",{\"name\": \"$column\", \"type\": \"string\"}"
    fi
  done
  schema states "{\"fields\": [${fields#,}]}"
}

@test "Table Schemas are enforced where they ask for more" {
  field name '"constraints": {"required": true}'
  irm-load --dry-run -d new.db p >/dev/null
  sed -i 's/Fictional State XAB//' p/states.csv
  fault "p/states.csv:3:2: the column 'name' is empty, and the package's schema requires it"
  made_up_package p
  field region '"constraints": {"enum": ["AFR", "EEG"]}'
  run_tool -3 irm-load -d new.db p
  same "${stderr_lines[0]}" "irm-load: p/states.csv:4:3: found 'APG', which the package's schema does not list (one of: AFR, EEG)"
  field state '"constraints": {"pattern": "X[A-D]{2}|Y[0-9]"}'
  fault "p/states.csv:6:1: 'XAE' does not match the pattern of the package's schema, X[A-D]{2}|Y[0-9]"
  field party_since '"type": "date", "constraints": {"minimum": "2010-01-02"}'
  run_tool -3 irm-load -d new.db p
  same "${stderr_lines[0]}" "irm-load: p/states.csv:2:4: '2010-01-01' is below what the package's schema allows"
  field party_since '"type": "date", "constraints": {"maximum": "2009-12-31"}'
  run_tool -3 irm-load -d new.db p
  same "${stderr_lines[0]}" "irm-load: p/states.csv:2:4: '2010-01-01' is above what the package's schema allows"
  field region '"constraints": {"unique": true}'
  run_tool -3 irm-load -d new.db p
  same "${stderr_lines[0]}" "irm-load: p/states.csv:3:3: 'AFR' stands twice where the package's schema asks for unique values"
  field name '"constraints": {"maxLength": 18}'
  run_tool -3 irm-load -d new.db p
  same "${stderr_lines[0]}" "irm-load: p/states.csv:2:2: 'Fictional State XAA' is longer than the package's schema allows"
  field name '"constraints": {"minLength": 20}'
  run_tool -3 irm-load -d new.db p
  contains "${stderr_lines[0]}" 'is shorter than'
}

@test "Table Schemas: types" {
  while IFS='|' read -r type good bad what; do
    made_up_package p
    field name "\"type\": \"$type\""
    sed -i "2,\$s/Fictional State .../$good/" p/states.csv
    irm-load --dry-run -d new.db p >/dev/null
    [ -n "$bad" ] || continue
    sed -i "3s/$good/$bad/" p/states.csv
    fault "p/states.csv:3:2: expected $what, as the package's schema has it, found '$bad'"
  done <<'END'
integer|-12|1.5|a whole number
number|1.5e3|1x|a number
date|2019-10-30|2019-02-30|a day such as 2019-10-30
year|2019|19|a year
yearmonth|2019-10|2019-13|a month such as 2019-10
boolean|true|yes|true or false
any|x||
string|x||
END
}

@test "missingValues are empty" {
  schema states '{"missingValues": ["", "-", "n/a"]}'
  sed -i 's/Fictional State XAB,AFR,/-,n\/a,/' p/states.csv
  irm-load -d a.db p
  same "$(sqlite3 a.db "SELECT name IS NULL, region IS NULL FROM states WHERE state = 'XAB'")" '1|1'
  schema states '{"missingValues": ["XAA"]}'
  run_tool -3 irm-load -d new.db p
  contains "$stderr" "p/states.csv:2:1: the key column 'state' is empty"
}

@test "a descriptor that contradicts the files or the tables" {
  contradiction() {
    made_up_package p
    sed -i "s@\"resources\": .*@\"resources\": $1@" p/datapackage.json
    fault "p/$2"
  }
  contradiction '[{"path": "sessions.csv"}]' "datapackage.json: the resource 'sessions.csv' is not there"
  contradiction '[{"path": "../p/states.csv"}]' "datapackage.json: the resource '../p/states.csv' is not in the package (a path is relative to the package's folder)"
  contradiction '[{"path": "/etc/passwd"}]' "datapackage.json: the resource '/etc/passwd' is not in the package (a path is relative to the package's folder)"
  contradiction '[{"name": "x"}]' "datapackage.json: expected a resource with the path of one file"
  contradiction '{}' "datapackage.json: expected a list as 'resources'"
  contradiction '[{"path": "states.csv", "schema": "states.json"}]' "datapackage.json: states.csv: expected an object as 'schema' (a schema in a file of its own is not read)"
  contradiction '[{"path": "states.csv", "schema": {"primaryKey": ["name"]}}]' "datapackage.json: states.csv: expected the primary key state, found another one"
  contradiction '[{"path": "events.csv", "schema": {"primaryKey": "review"}}]' "datapackage.json: events.csv: expected the primary key review, milestone, found another one"
  contradiction '[{"path": "regions.csv", "schema": {"fields": [{"name": "region"}, {"name": "position"}]}}]' "regions.csv:1: the column 'name' has no field in the package's schema"
  contradiction '[{"path": "regions.csv", "schema": {"fields": [{"name": "region"}, {"name": "position"}, {"name": "name"}, {"name": "flag"}]}}]' "regions.csv:1: the package's schema has a field 'flag' that the table 'regions' does not have"
  contradiction '[{"path": "states.csv", "schema": {"fields": [{"name": "name", "type": "strnig"}]}}]' "datapackage.json: states.csv: the field 'name' has a type that is not known: 'strnig' (did you mean 'string'?)"
  contradiction '[{"path": "states.csv", "schema": {"fields": [{"name": "name", "constraints": {"pattern": "(("}}]}}]' "datapackage.json: states.csv: the field 'name': expected a pattern, found '((': missing closing parenthesis"
  contradiction '[{"path": "states.csv", "schema": {"fields": [{"name": "name", "constraints": {"minimum": 3}}]}}]' "datapackage.json: states.csv: the field 'name': a 'minimum' needs the type number, integer, year or date"
  contradiction '[{"path": "states.csv"}, {"path": "states.csv", "encoding": 3}]' "datapackage.json: states.csv: expected a text as 'encoding'"
  made_up_package p
  schema states '{"primaryKey": "state", "fields": [{"name": "party_since"}, {"name": "name"}, {"name": "region"}, {"name": "state"}]}'
  irm-load --dry-run -d new.db p >/dev/null
}

@test "a pattern that never ends is given up" {
  field name '"constraints": {"pattern": "(a+)+b"}'
  sed -i "2s/Fictional State XAA/$(printf 'a%.0s' $(seq 60))c/" p/states.csv
  sed -i '3,$s/Fictional State .../aab/' p/states.csv
  run_tool -3 irm-load -d new.db p
  [[ $stderr == *'takes too long'* || $stderr == *'does not match'* ]]
}

@test "every package of the house passes by its own schemas" {
  for package in "$ROOT"/datasets/*/datapackage.json; do
    irm-load --dry-run -d new.db "${package%/*}" >/dev/null
  done
}

@test "--describe makes a descriptor that contradicts the files right again" {
  sed -i 's@"resources": .*@"resources": [{"path": "sessions.csv"}]@' p/datapackage.json
  irm-load --describe -o p/datapackage.json p
  irm-load -d a.db p
}
