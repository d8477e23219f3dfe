#!/usr/bin/env bats
# A package in a file is the same rows: odd but legal characters, in every table, by any way in.
load helper

setup() {
  cd "$BATS_TEST_TMPDIR"
  made_up_package p
}

# csv_of FILE VIEW: its rows as CSV, in the order of their lines. SQLite writes them, as it reads those
# of a package: the judge is none of ours. It writes a real number of the view with '.0'.
csv_of() {
  sqlite3 "$1" '.mode csv' "SELECT * FROM $2" | tr -d '\r' | sed "$([ "$2" != published ] || echo 's/\.0,/,/')" | LC_ALL=C sort
}

# rows_of CSV: the same of a file; an empty field is unknown
rows_of() {
  local columns
  rm -f judge.db
  sqlite3 judge.db ".import --csv '$1' t"
  columns=$(sqlite3 judge.db "SELECT group_concat('nullif(\"' || name || '\", '''')') FROM pragma_table_info('t')")
  sqlite3 judge.db '.mode csv' "SELECT $columns FROM t" | tr -d '\r' | LC_ALL=C sort
}

# odd TEXT: p with that text wherever a text or a code may stand
odd() {
  rm -rf odd
  cp -r p odd
  local quoted=\"${1//\"/\"\"}\"
  printf 'type,name\ntraining,%s\n%s,Drafting\n' "$quoted" "$quoted" >odd/ta_types.csv
  printf 'review,article,paragraph,type,source\nFIC-1-XAA,15,%s,%s,%s\n' "$quoted" "$quoted" "$quoted" >odd/needs.csv
  printf 'review,article,kind,position,summary,source\nFIC-1-XAA,15,challenge,%s,%s,\n' "$quoted" "$quoted" >odd/findings.csv
  printf 'kind,code,lang,label\nstate,XAA,fr,%s\n' "$quoted" >odd/labels.csv
}

# same_rows FOLDER FILE: each table of the folder stands in the file
same_rows() {
  local file table
  for file in "$1"/*.csv; do
    table=${file##*/}
    diff <(rows_of "$file") <(csv_of "$2" "${table%.csv}") || { echo "$table"; return 1; }
  done
}

@test "odd but legal characters come back as they were, from a folder, single files and a pipe" {
  local texts=('say "no", twice' $'two\nlines' $'CR\r\nLF' ' spaces ' $'\ttab' ',,,' '"' '""' "it's" ';' '\n' '%s' 'NULL' '0' '-0.0' '1e400'
    'مراجعة النظراء' '𐍈𝔘😀' $'e\u0301' $'\u202eright to left' $'\ufeffBOM inside' 'ﷺ' $'\u00a0' $'\x01\x1b[31m' $'\x7f' 'ﬁ' '--' '/* */')
  for text in "${texts[@]}"; do
    odd "$text"
    rm -f a.db
    irm-load -d a.db --on 2021-01-01 odd || { printf '%q\n' "$text"; false; }
    same_rows odd a.db || { printf '%q\n' "$text"; false; }
  done
  # in one file, the last text by other ways in
  irm-load -d b.db --on 2021-01-01 odd/[a-mo-z]*.csv
  irm-load -d b.db --on 2021-01-01 --table needs - <odd/needs.csv
  same_rows odd b.db
}

@test "a byte-order mark, CRLF, UTF-16 and semicolons change no row" {
  odd 'مراجعة, "😀"'
  mkdir other
  cp odd/datapackage.json other
  for file in odd/*.csv; do
    { printf '\ufeff'; sed 's/$/\r/' "$file"; } >"other/${file##*/}"
  done
  irm-load -d a.db --on 2021-01-01 other
  same_rows odd a.db
  for file in odd/*.csv; do
    iconv -f UTF-8 -t UTF-16 "$file" >"other/${file##*/}"
  done
  irm-load -d b.db --on 2021-01-01 --encoding UTF-16 other/*.csv
  same_rows odd b.db
}

@test "a field of 1 MiB comes back whole; so does its change, and the file as it was" {
  head -c 786432 /dev/urandom | base64 -w 0 >big
  { printf 'kind,code,lang,label\nstate,XAA,fr,"'; cat big; printf '"\n'; } >labels.csv
  irm-load -d a.db --on 2021-01-01 p
  irm-load -d a.db --on 2021-01-02 labels.csv
  sqlite3 a.db 'SELECT label FROM labels' | tr -d '\n' | cmp - big
  sed -i 's/XAA,fr,"./XAA,fr,"!/' labels.csv
  irm-load -d a.db --on 2021-01-03 labels.csv
  irm-history -d a.db --diff 3 -f tsv | tail -n 1 | cut -f 4 | tr -d '\n' | cmp - big
  irm-load -d a.db --on 2021-01-04 --revert 3
  sqlite3 a.db 'SELECT label FROM labels' | tr -d '\n' | cmp - big
}

@test "refused: 10,000 columns, an empty file, bytes that are no UTF-8, a zero byte" {
  irm-load -d a.db --on 2021-01-01 p
  cp a.db was.db
  { printf 'state'; printf ',c%d' $(seq 9999); echo; } >states.csv
  run_tool -3 irm-load -d a.db states.csv
  contains "$stderr" 'irm-load: states.csv:1'
  : >states.csv
  run_tool -3 irm-load -d a.db states.csv
  contains "$stderr" 'irm-load: states.csv'
  printf 'state,name,region,party_since\nXAF,\xff,,\n' >states.csv
  run_tool -3 irm-load -d a.db states.csv
  contains "$stderr" 'irm-load: states.csv:2'
  printf 'state,name,region,party_since\nXAF,a\0b,,\n' >states.csv
  run_tool -3 irm-load -d a.db states.csv
  contains "$stderr" 'irm-load: states.csv:2'
  cmp a.db was.db
}

@test "generated packages: each table is the same rows" {
  for seed in 1 2 3; do
    irm-sim -o "sim$seed" --seed "$seed" --states 20
    irm-load -d "sim$seed.db" --on 2021-01-01 "sim$seed"
    same_rows "sim$seed" "sim$seed.db"
  done
}
