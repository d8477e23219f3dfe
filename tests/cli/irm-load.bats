#!/usr/bin/env bats
# irm-load: what it refuses, where it says so, and that nothing has changed then.
load helper

# before NAME: a database with a package in it, whose bytes must not change
before() {
  made_up_package good
  "$BIN/irm-load" -q -d irm.db good
  cp irm.db kept.db
  cp -r good bad
}

# refused STATUS MESSAGE: the package `bad` is not loaded, with this first fault, and irm.db is as it was
refused() {
  run_tool "-$1" irm-load -d irm.db bad
  same "${stderr_lines[0]}" "irm-load: $2"
  cmp irm.db kept.db
  same "$output" ""
}

# edit TABLE SED-SCRIPT: changes a table of `bad`
edit() {
  sed -i "$2" "bad/$1.csv"
}

@test "a wrong column name, with the nearest right one" {
  before
  edit events '1s/date/dat/'
  refused 3 "bad/events.csv:1:3: the table 'events' has no column 'dat' (did you mean 'date'?)"
}

@test "a missing column" {
  before
  edit events 's/,[^,]*$//'
  refused 3 "bad/events.csv:1: the column 'source' is missing"
}

@test "a column too many, unless it is allowed" {
  before
  edit events '1s/$/,remark/; 2,$s/$/,x/'
  refused 3 "bad/events.csv:1:5: the table 'events' has no column 'remark' (one of: review, milestone, date, source)"
  run_tool -0 irm-load -d other.db --extra-columns bad
}

@test "a column twice" {
  before
  edit events '1s/source/date/'
  refused 3 "bad/events.csv:1:4: the column 'date' stands twice"
}

@test "days that are none, and what a spreadsheet makes of them" {
  before
  edit events '2s/2018-03-01/2020-02-30/'
  refused 3 "bad/events.csv:2:3: expected a date such as 2019-10-30, 2019-10 or [..2019-10-30], found '2020-02-30' (the calendar has no such day)"
  edit events '2s/2020-02-30/30\/02\/2020/'
  refused 3 "bad/events.csv:2:3: expected a date such as 2019-10-30, 2019-10 or [..2019-10-30], found '30/02/2020' (write the year first: YYYY-MM-DD)"
  edit events '2s/30.02.2020/43831/'
  refused 3 "bad/events.csv:2:3: expected a date such as 2019-10-30, 2019-10 or [..2019-10-30], found '43831' (a spreadsheet's day number? as a day it is 2020-01-01)"
}

@test "an interval that runs backwards" {
  before
  edit events '2s/2018-03-01/[2018-03-02..2018-03-01]/'
  refused 3 "bad/events.csv:2:3: expected an interval whose first day comes first, found '[2018-03-02..2018-03-01]'"
}

@test "a vague date where a day must stand" {
  before
  edit states '2s/2010-01-01/2010-01/'
  refused 3 "bad/states.csv:2:4: expected a day such as 2019-10-30, found '2010-01' (a vague date cannot stand here)"
}

@test "semicolons for commas" {
  before
  edit events 's/,/;/g'
  run_tool -3 irm-load -d irm.db bad
  contains "${stderr_lines[0]}" "bad/events.csv:1:1: expected commas between the columns, found semicolons"
  cmp irm.db kept.db
}

@test "an unclosed quote, and a stray one" {
  before
  edit events '3s/made up/"made up/'
  refused 3 "bad/events.csv:3:4: found a quote that is never closed"
  cp good/events.csv bad
  edit events '3s/made up/made "up"/'
  run_tool -3 irm-load -d irm.db bad
  contains "${stderr_lines[0]}" "irm-load: bad/events.csv:3:4: found a stray quote"
  cmp irm.db kept.db
}

@test "a NUL byte" {
  before
  printf 'FIC-1-XAB,dia\0logue,2018-08-01,x\n' >>bad/events.csv
  refused 3 "bad/events.csv:17:2: expected text, found a NUL byte"
}

@test "bytes of Latin-1" {
  before
  printf 'FIC-2-XAA,self_assessment,2020-12-02,caf\351\n' >>bad/events.csv
  run_tool -3 irm-load -d irm.db bad
  contains "${stderr_lines[0]}" "irm-load: bad/events.csv:17:4: expected UTF-8, found the byte 0xE9 at byte 4 of the field"
  contains "${stderr_lines[0]}" "Windows-1252"
  cmp irm.db kept.db
}

@test "UTF-16, with a mark and without" {
  before
  iconv -f UTF-8 -t UTF-16 good/events.csv >bad/events.csv
  run_tool -3 irm-load -d irm.db bad
  contains "${stderr_lines[0]}" "irm-load: bad/events.csv:1:1: expected UTF-8, found what looks like UTF-16"
  iconv -f UTF-8 -t UTF-16BE good/events.csv >bad/events.csv
  run_tool -3 irm-load -d irm.db bad
  contains "${stderr_lines[0]}" "UTF-16"
  cmp irm.db kept.db
}

@test "rows too short and too long, and an empty line" {
  before
  edit events '2s/,made up//; 3s/$/,x/; 4s/.*//'
  run_tool -3 irm-load -d irm.db bad
  same "${stderr_lines[0]}" "irm-load: bad/events.csv:2: expected 4 fields as in the header, found 3"
  same "${stderr_lines[1]}" "irm-load: bad/events.csv:3: expected 4 fields as in the header, found 5"
  same "${stderr_lines[2]}" "irm-load: bad/events.csv:4: found an empty line"
  cmp irm.db kept.db
}

@test "a key twice, and an empty one" {
  before
  sed -n 2p good/events.csv >>bad/events.csv
  refused 3 "bad/events.csv:17:1: the key 'FIC-1-XAA,started' stands twice in this file"
  cp good/events.csv bad
  edit events '2s/started//'
  refused 3 "bad/events.csv:2:2: the key column 'milestone' is empty"
  cp good/events.csv bad
  edit needs '2s/,1,/,,/'
  refused 3 "bad/needs.csv:2:3: the key column 'paragraph' is empty"
}

@test "a State, review, milestone, article or region that there is not" {
  before
  edit reviews '2s/,XAA,/,XAZ,/'
  run_tool -3 irm-load -d irm.db bad
  contains "${stderr_lines[0]}" "irm-load: bad/reviews.csv:2:4: there is no state 'XAZ' (did you mean 'XA"
  cmp irm.db kept.db
  cp good/reviews.csv bad
  edit events '2s/FIC-1-XAA/FIC-1-XAQ/'
  run_tool -3 irm-load -d irm.db bad
  contains "${stderr_lines[0]}" "irm-load: bad/events.csv:2:1: there is no review 'FIC-1-XAQ'"
  cp good/events.csv bad
  edit events '2s/started/strated/'
  refused 3 "bad/events.csv:2:2: there is no milestone 'strated' (did you mean 'started'?)"
  cp good/events.csv bad
  edit needs '2s/,15,/,99,/'
  run_tool -3 irm-load -d irm.db bad
  contains "${stderr_lines[0]}" "irm-load: bad/needs.csv:2:2: there is no article '99'"
  cp good/needs.csv bad
  edit states '2s/AFR/AFRR/'
  refused 3 "bad/states.csv:2:3: there is no region 'AFRR' (did you mean 'AFR'?)"
  cp good/states.csv bad
  edit reviews '7s/FIC-1-XAE,,/FIC-1-XXX,,/'
  refused 3 "bad/reviews.csv:7:9: there is no row 'FIC-1-XXX' in this table"
}

@test "words, numbers and rules" {
  before
  edit reviews '2s/country_visit/country visit/'
  refused 3 "bad/reviews.csv:2:8: found 'country visit' as dialogue (did you mean 'country_visit'?)"
  cp good/reviews.csv bad
  edit reviews '2s/,2018,/,2018.5,/'
  refused 3 "bad/reviews.csv:2:3: expected a whole number, found '2018.5'"
  cp good/reviews.csv bad
  edit milestones '3s/month//'
  refused 3 "bad/milestones.csv:3: the row breaks a rule: time limit has a unit"
}

@test "all faults of a file are counted, the first twenty told in full" {
  before
  for i in $(seq 25); do echo "FIC-1-XAA,nothing$i,2018-01-01,x" >>bad/events.csv; done
  run_tool -3 irm-load -d irm.db bad
  same "${#stderr_lines[@]}" 21
  contains "${stderr_lines[19]}" "bad/events.csv:36:2: there is no milestone 'nothing20'"
  same "${stderr_lines[20]}" "irm-load: and 5 more faults in this file"
  cmp irm.db kept.db
}

@test "an empty file, a folder without tables, a file that is named for none" {
  before
  : >bad/events.csv
  refused 3 "bad/events.csv:1: expected a header row, found an empty file"
  mkdir nothing
  run_tool -3 irm-load -d irm.db nothing
  contains "${stderr_lines[0]}" "irm-load: nothing: expected a package, found a folder without tables"
  cp good/events.csv bad
  cp good/events.csv bad/event.csv
  refused 3 "bad/event.csv: the file is named for no table (did you mean 'events'?)"
}

@test "a descriptor that is none, and one whose day is none" {
  before
  echo '{"name": ' >bad/datapackage.json
  run_tool -3 irm-load -d irm.db bad
  contains "${stderr_lines[0]}" "bad/datapackage.json"
  cmp irm.db kept.db
  echo '{"name": "x", "as_of": "soon"}' >bad/datapackage.json
  run_tool -3 irm-load -d irm.db bad
  contains "${stderr_lines[0]}" "bad/datapackage.json: expected a day such as 2019-10-30, found 'soon'"
  cmp irm.db kept.db
}

@test "a database that is none, of another program, newer, damaged" {
  made_up_package good
  echo text >text.db
  run_tool -3 irm-load -d text.db good
  contains "$stderr" "text.db: file is not a database"
  same "$(cat text.db)" text
  : >empty.db
  run_tool -3 irm-load -d empty.db good
  contains "$stderr" "empty.db: expected a database or a package folder, found an empty file"
  sqlite3 other.db 'CREATE TABLE t (a)'
  cp other.db kept.db
  run_tool -3 irm-load -d other.db good
  contains "$stderr" "other.db: expected a database made by irm-load, found one of another program"
  cmp other.db kept.db
  "$BIN/irm-load" -q -d irm.db good
  sqlite3 irm.db 'PRAGMA user_version = 99'
  cp irm.db kept.db
  run_tool -3 irm-load -d irm.db good
  contains "$stderr" "irm.db: the database is of version 99, newer than this program's"
  cmp irm.db kept.db
  run_tool -3 irm-status -d irm.db
}

@test "wrong usage: status 2" {
  made_up_package good
  run_tool -2 irm-load -d irm.db
  contains "$stderr" "expected a package to load"
  run_tool -2 irm-load -d irm.db --extra-column good
  contains "$stderr" "did you mean '--extra-columns'?"
  [ ! -e irm.db ]
}

@test "no such package, no place to write: status 4, and nothing is left" {
  made_up_package good
  run_tool -4 irm-load -d irm.db nowhere
  [ ! -e irm.db ]
  run_tool -4 irm-load -d nowhere/irm.db good
  contains "$stderr" "cannot write: No such file or directory"
}

@test "a failed first load leaves no file" {
  before
  edit events '2s/started/strated/'
  run_tool -3 irm-load -d new.db bad
  [ ! -e new.db ]
  same "$(ls -d new.db* 2>/dev/null || true)" ""
}

@test "a disk that fills up: status 4, and the database is as it was" {
  before
  "$BIN/irm-sim" -o big --seed 1 --states 300 >/dev/null
  run bash -c 'ulimit -f 128; trap "" XFSZ; exec "$0" -q -d irm.db big' "$BIN/irm-load"
  [ "$status" -eq 4 ]
  contains "$output" "irm-load: "
  same "$(sqlite3 irm.db 'PRAGMA integrity_check; SELECT count(*) FROM reviews')" "$(printf 'ok\n7')"
}

@test "a load merges by key: what is new is added, what is there is corrected" {
  before
  printf 'review,milestone,date,source\nFIC-1-XAA,started,2018-03-02,corrected\n' >bad/events.csv
  run_tool -0 irm-load -q -d irm.db bad
  same "$(sqlite3 irm.db "SELECT date, source FROM events WHERE review = 'FIC-1-XAA' AND milestone = 'started'; SELECT count(*) FROM events")" \
    "$(printf '2018-03-02|corrected\n15')"
}

@test "what is loaded is what the files say, for every package" {
  for package in "$ROOT"/datasets/*/; do
    rm -f irm.db
    "$BIN/irm-load" -q -d irm.db "$package"
    for file in "$package"*.csv; do
      table=$(basename "$file" .csv)
      columns=$(head -n 1 "$file")
      sqlite3 -bail :memory: ".import --csv '$file' wanted" "ATTACH 'irm.db' AS irm" ".mode csv" \
        "SELECT $(sed 's/,/, /g' <<<"$columns") FROM wanted ORDER BY $columns" >wanted.csv
      sqlite3 -bail irm.db ".mode csv" "SELECT * FROM (SELECT $(sed "s/\([a-z_0-9]*\)/ifnull(cast(\1 AS TEXT), '') AS \1/g" <<<"$columns") FROM $table) ORDER BY $columns" >found.csv
      # 191 is read as a number and shown as 191.0
      [ "$table" = published ] && sed -i 's/\.0,/,/' found.csv
      diff wanted.csv found.csv
    done
  done
}

@test "--describe: the descriptor that the packages have, and one for a folder without" {
  for package in "$ROOT"/datasets/*/; do
    "$BIN/irm-load" --describe "$package" | cmp - "${package}datapackage.json"
  done
  made_up_package good
  rm good/datapackage.json
  run_tool -0 irm-load --describe good
  echo "$output" >described.json
  same "$(sqlite3 :memory: "SELECT json_extract(readfile('described.json'), '\$.name')")" good
  run_tool -2 irm-load --describe good good
}
