#!/usr/bin/env bats
# irm-history: the loads, what each changed, progress since a session; the past made again.
load helper
load records

setup() {
  cd "$BATS_TEST_TMPDIR"
  made_up_package p
}

# more_tables: what the other tools look at, too
more_tables() {
  printf '%s\n' review,step,sector,mode,date FIC-1-XAA,dialogue,civil_society,in_person,2018-05-04 \
    FIC-1-XAB,dialogue,media,online,2018-08-01 >p/participation.csv
  printf '%s\n' review,kind,language,published,symbol,url FIC-1-XAA,executive_summary,en,2018-10-01,, \
    FIC-1-XAB,executive_summary,fr,2019-03-01,, >p/documents.csv
  printf '%s\n' review,article,kind,position,summary,source 'FIC-1-XAA,15,challenge,1,A fictional challenge,made up' \
    'FIC-1-XAB,16,recommendation,1,A fictional recommendation,made up' >p/findings.csv
  printf '%s\n' review,article,recommendation,status,date,text,source 'FIC-1-XAB,16,1,planned,2019-09-01,Fictional,made up' \
    >p/measures.csv
  printf '%s\n' activity,topic,provider,beneficiary,starts,ends,source 'act-a,A course,Fictional Agency,,2018-10-01,,made up' \
    >p/assistance.csv
  printf '%s\n' activity,line,state,region,article,type act-a,1,XAA,,15,training >p/assistance_targets.csv
  printf '%s\n' as_of,cycle,metric,region,article,value,unit,source \
    '2018-12-31,FIC-1,executive_summaries_finalised,all,all,1,,made up' >p/published.csv
}

# three_loads: a first one; an event changed, one taken out, one added; the day of the records moved
three_loads() {
  irm-load -d a.db --on 2021-01-01 p
  sed -i '/^FIC-1-XAA,dialogue/d; s/^FIC-1-XAB,dialogue,2018-08-01/FIC-1-XAB,dialogue,2018-08-02/
    $a FIC-1-XAC,dialogue,2020-12-20,' p/events.csv
  irm-load -d a.db --on 2021-02-01 --replace p
  sed -i 's/2020-12-31/2021-02-28/' p/datapackage.json
  printf 'session,body,name,starts,ends,place,symbol\nirg10,IRG,Tenth session,2021-02-15,2021-02-19,,\nirg11,IRG,Eleventh session,,,,\nirg01,IRG,First session,2020-06-01,,,\n' >p/sessions.csv
  printf 'FIC-1-XAC,summary_agreed,2021-02-20,\nFIC-1-XAD,summary_agreed,2021-03-20,\n' >>p/events.csv
  irm-load -d a.db --on 2021-03-01 p
}

@test "the loads: day, files, rows added, changed, removed" {
  three_loads
  run_tool -0 irm-history -d a.db
  same "$output" 'load,on,files,added,changed,removed
1,2021-01-01,11,46,0,0
2,2021-02-01,11,1,1,1
3,2021-03-01,12,5,0,0'
  same "$stderr" ''
  irm-load -d a.db --on 2021-03-01 --revert 2
  run_tool -0 irm-history -d a.db
  same "${lines[4]}" '4,2021-03-01,0,1,1,1'
  IRM_SOURCE=a.db run_tool -0 irm-history
  [ "${#lines[@]}" -eq 5 ]
  formats irm-history -d a.db
}

@test "--files: what each load was made of, and the digest that others compute" {
  three_loads
  printf 'review,milestone,date,source\n' | tee events.csv | irm-load -d a.db --on 2021-03-02 --table events -
  irm-load -d a.db --on 2021-03-03 events.csv
  run_tool -0 irm-history -d a.db --files
  [ "${#lines[@]}" -eq 37 ]
  same "${lines[0]}" load,file,rows,sha256
  same "$(grep '^3,made-up/events' <<<"$output")" "3,made-up/events.csv,17,$(sha256sum <p/events.csv | cut -d' ' -f1)"
  digest=$(sha256sum <events.csv | cut -d' ' -f1)
  same "${lines[-2]}" "4,-,0,$digest"
  same "${lines[-1]}" "5,events.csv,0,$digest"
}

@test "--diff LOAD: each cell, in codes; a new row and one that went with all of theirs" {
  three_loads
  run_tool -0 irm-history -d a.db --diff 2
  same "$output" 'table,key,column,before,after
events,"FIC-1-XAA,dialogue",review,FIC-1-XAA,
events,"FIC-1-XAA,dialogue",milestone,dialogue,
events,"FIC-1-XAA,dialogue",date,2018-05-04,
events,"FIC-1-XAA,dialogue",source,made up,
events,"FIC-1-XAB,dialogue",date,2018-08-01,2018-08-02
events,"FIC-1-XAC,dialogue",review,,FIC-1-XAC
events,"FIC-1-XAC,dialogue",milestone,,dialogue
events,"FIC-1-XAC,dialogue",date,,2020-12-20'
  same "$(irm-history -d a.db --diff 2021-02-14)" "$output"
  same "$(irm-history -d a.db --diff irg10)" "$output"
}

@test "--diff LOAD..LOAD: from after the first to after the second, either way" {
  three_loads
  irm-history -d a.db --diff 1..3 | cut -d, -f1-3 | sort -u >both
  { irm-history -d a.db --diff 2; irm-history -d a.db --diff 3 | sed 1d; } | cut -d, -f1-3 | sort -u | diff both -
  contains "$(irm-history -d a.db --diff 1..3)" 'packages,made-up,as_of,2020-12-31,2021-02-28'
  irm-history -d a.db --diff 2021-01-01..irg10 >by-name
  irm-history -d a.db --diff 2 | diff by-name -
  irm-history -d a.db --diff 2..1 | awk -F, -v OFS=, 'NR == 1 { print; next } { t = $NF; $NF = $(NF-1); $(NF-1) = t; print }' >back
  irm-history -d a.db --diff 2 | diff back -
  same "$(irm-history -d a.db --diff 2..2)" 'table,key,column,before,after'
  irm-history -d a.db --diff 1 | cut -d, -f1 | sed 1d | uniq -c | awk '{ print $2 }' | tr '\n' ' ' >tables
  same "$(cat tables)" 'mechanisms cycles articles scope milestones regions states reviews events ta_types needs packages '
}

@test "--diff: keys in any order of their codes, numbers as a package writes them" {
  irm-load -d a.db --on 2021-01-01 p
  { echo review,article,kind,position,summary,source; for i in 1 2 9 10 11; do echo "FIC-1-XAA,15,challenge,$i,text $i,"; done; } >findings.csv
  printf 'as_of,cycle,metric,region,article,value,unit,source\n2019,all,reviews,all,all,0.1,,\n2020,all,reviews,all,all,3,,\n' >published.csv
  irm-load -d a.db --on 2021-01-02 findings.csv published.csv
  sed -i '/,2,text/d; s/text 10/text ten/' findings.csv
  sed -i 's/0\.1/1e-3/' published.csv
  irm-load -d a.db --on 2021-01-03 --replace findings.csv published.csv
  run_tool -0 irm-history -d a.db --diff 3
  same "$output" 'table,key,column,before,after
findings,"FIC-1-XAA,15,challenge,10",summary,text 10,text ten
findings,"FIC-1-XAA,15,challenge,2",review,FIC-1-XAA,
findings,"FIC-1-XAA,15,challenge,2",article,15,
findings,"FIC-1-XAA,15,challenge,2",kind,challenge,
findings,"FIC-1-XAA,15,challenge,2",position,2,
findings,"FIC-1-XAA,15,challenge,2",summary,text 2,
published,"2019,all,reviews,all,all",value,0.1,0.001'
}

@test "--since SESSION|DAY|LOAD: the same cells as to the last load" {
  three_loads
  irm-history -d a.db --diff 2..3 >wanted
  [ "$(wc -l <wanted)" -gt 5 ]
  for since in irg10 2021-02-15 2021-02-28 2; do
    irm-history -d a.db --since "$since" | diff wanted -
  done
  same "$(irm-history -d a.db --since 3)" 'table,key,column,before,after'
}

@test "--since --summary: how many reviews reached which milestone" {
  three_loads
  # XAC reached the summary; XAD's lies after the day of the records
  run_tool -0 irm-history -d a.db --since irg10 --summary
  same "$output" 'since,as_of,cycle,milestone,reviews
2020-12-31,2021-02-28,FIC-1,summary_agreed,1'
  # from the first load XAC's dialogue is new; XAB's was there, and moved; XAA's summary proves its own
  run_tool -0 irm-history -d a.db --since 2021-01-01 --summary
  same "$output" 'since,as_of,cycle,milestone,reviews
2020-12-31,2021-02-28,FIC-1,dialogue,1
2020-12-31,2021-02-28,FIC-1,summary_agreed,1'
  run_tool -0 irm-history -d a.db --since 3 --summary -f json
  same "$output" '[]'
}

# event ROW...: a delivery of these rows of events.csv on the day in $on
event() {
  { echo review,milestone,date,source; printf '%s\n' "$@"; } >events.csv
  irm-load -d a.db --on "$on" --package made-up events.csv
}

@test "--lag: from an event's day to that of the load that recorded it first" {
  echo 'FIC-1-XAC,dialogue,,' >>p/events.csv
  irm-load -d a.db --on 2021-01-01 p
  # 43 and 30 days; one before its day is not late; one of a vague date; one that was there; one without a date
  on=2021-02-01 event FIC-1-XAC,dialogue,2020-12-20, FIC-1-XAD,summary_agreed,2021-01-02, FIC-2-XAA,self_assessment,2021-02-10, \
    FIC-1-XAE-b,self_assessment,2021-01, FIC-1-XAB,dialogue,2018-08-02, FIC-1-XAC,summary_agreed,,
  # another package, whose past comes with it
  cp -r p q
  sed -i 's/"made-up"/"second"/' q/datapackage.json
  sed -i '2,$s/^FIC/SEC/; s/,FIC-1-XAE,/,SEC-1-XAE,/' q/{reviews,events,needs}.csv
  irm-load -d a.db --on 2021-02-02 q
  # what was taken out and comes again is not new
  irm-load -d a.db --on 2021-02-03 --revert 2
  irm-load -d a.db --on 2021-02-04 --revert 4
  # a precise date in place of a vague one is not new; 2 and 28 days are; so is 400 of the second package
  on=2021-03-01 event FIC-1-XAE-b,self_assessment,2021-01-05, FIC-2-XAA,dialogue,2021-02-27, FIC-1-XAE-b,dialogue,2021-02-01,
  on=2021-03-01 event SEC-2-XAA,dialogue,2020-01-26,
  run_tool -0 irm-history -d a.db --lag --total
  same "$output" 'load,on,events,unknown,median,q90,max
2,2021-02-01,3,1,30,43,43
3,2021-02-02,0,0,,,
4,2021-02-03,0,0,,,
5,2021-02-04,0,0,,,
6,2021-03-01,2,0,15,28,28
7,2021-03-01,1,0,400,400,400
all,,6,1,29,400,400'
  formats irm-history -d a.db --lag
  [ "$(irm-history -d a.db --lag | wc -l)" -eq 7 ]
  # the quantiles are those of irm-survival
  irm-survival <<<$'days,event\n43,1\n30,1\n0,1\n2,1\n28,1\n400,1' | cut -d, -f1-3 >survival
  same "$(cat survival)" 'n,events,median
6,6,29'
}

@test "--lag: damaged changes, and a file whose loads have none on record" {
  three_loads
  sqlite3 a.db "UPDATE t_load_changes SET bytes = x'00' WHERE load = 2"
  run_tool -3 irm-history -d a.db --lag
  contains "$stderr" 'the changes of load 2 are damaged'
  sqlite3 a.db 'DELETE FROM t_load_changes'
  run_tool -0 irm-history -d a.db --lag --total
  same "$(sed 1d <<<"$output")" '2,2021-02-01,0,0,,,
3,2021-03-01,0,0,,,
all,,0,0,,,'
}

@test "wrong usage: exit 2" {
  three_loads
  fault 2 irm-history '--files, --diff, --since or --lag: one of them' -d a.db --files --diff 1
  fault 2 irm-history '--files, --diff, --since or --lag: one of them' -d a.db --since 1 --diff 1
  fault 2 irm-history '--files, --diff, --since or --lag: one of them' -d a.db --since 1 --lag
  fault 2 irm-history '--total goes with --lag' -d a.db --total
  fault 2 irm-history '--summary goes with --since' -d a.db --summary
  fault 2 irm-history '--summary goes with --since' -d a.db --summary --diff 1
  fault 2 irm-history '--diff: there is no load 4 (the file has the loads 1 to 3)' -d a.db --diff 4
  fault 2 irm-history '--diff: there is no load 0 (the file has the loads 1 to 3)' -d a.db --diff 0
  fault 2 irm-history '--diff: there is no load 4 (the file has the loads 1 to 3)' -d a.db --diff 1..4
  fault 2 irm-history '--since: there is no load -1 (the file has the loads 1 to 3)' -d a.db --since -1
  fault 2 irm-history '--since: the file has no load on or before 2020-12-31 (its first one is of 2021-01-01)' -d a.db --since 2020-12-31
  fault 2 irm-history '--since: the file has no load on or before 2020-06-01 (its first one is of 2021-01-01)' -d a.db --since irg01
  fault 2 irm-history "--since: the first day of the session 'irg11' is not recorded" -d a.db --since irg11
  for text in '' 1.. ..1 1...3 1.2 2021-02 2021-02-30 irg10..; do
    run_tool -2 irm-history -d a.db --diff "$text"
    contains "$stderr" "irm-history: --diff: expected a load's number, a day such as 2019-10-30 or a session, found '"
    [ -z "$output" ]
  done
  fault 2 irm-history "p: a package folder has no history (load it into a file, and each delivery after it)" -d p
  fault 2 irm-history "expected options only, found 'a.db' (see irm-history --help)" a.db
}

@test "no file, no database, a full disk; -o appears whole" {
  three_loads
  fault 4 irm-history 'none.db: cannot read: No such file or directory' -d none.db
  run_tool -3 irm-history -d p/events.csv
  contains "$stderr" 'irm-history: p/events.csv: file is not a database'
  for option in '' --files --lag '--diff 1' '--since 1 --summary'; do
    # shellcheck disable=SC2086 # words
    run -4 bash -c "'$BIN/irm-history' -d a.db $option >/dev/full"
    same "$output" 'irm-history: standard output: cannot write: No space left on device'
  done
  irm-history -d a.db --diff 2 -o out.csv
  irm-history -d a.db --diff 2 | diff out.csv -
  run_tool -2 irm-history -d a.db --diff 9 -o never.csv
  same "$(find . -name 'never*')" ''
}

@test "what something else changed is told, and nothing made up" {
  three_loads
  sqlite3 a.db "UPDATE t_events SET source = 'by hand' WHERE date = '2021-02-20'"
  run_tool -3 irm-history -d a.db --diff 3
  same "$stderr" 'irm-history: the records do not fit what load 3 left: something other than irm-load changed the table events'
  run_tool -3 irm-status -d a.db --known-at 2
  contains "$stderr" 'the records do not fit what load 3 left'
  run_tool -0 irm-status -d a.db --known-at 3
  run_tool -0 irm-history -d a.db
  sqlite3 a.db "UPDATE t_load_changes SET bytes = x'00' WHERE load = 3"
  run_tool -3 irm-history -d a.db --since 2
  contains "$stderr" 'the changes of load 3 are damaged'
}

@test "numbers of loads that are far apart take no time" {
  three_loads
  irm-status -d a.db --known-at 1 >wanted
  sqlite3 a.db 'PRAGMA foreign_keys = OFF; UPDATE t_loads SET id = 9223372036854775807 WHERE id = 3;
    UPDATE t_load_changes SET load = 9223372036854775807 WHERE load = 3'
  timeout 20 irm-status -d a.db --known-at 1 | cmp - wanted
  run -0 timeout 20 irm-history -d a.db --lag
  same "${lines[2]}" '9223372036854775807,2021-03-01,2,0,4.5,9,9'
}

@test "a file without loads: an empty list, and it is said" {
  cat "$ROOT"/lib/store/sql/{schema,history}.sql | sqlite3 empty.db
  run_tool -0 irm-history -d empty.db
  same "$output" 'load,on,files,added,changed,removed'
  same "$(irm-history -d empty.db --lag)" 'load,on,events,unknown,median,q90,max'
  same "$(irm-history -d empty.db --lag --total | tail -n 1)" all,,0,0,,,
  fault 2 irm-history '--diff: there is no load 1 (the file has none)' -d empty.db --diff 1
  fault 2 irm-history '--since: the file has no load on or before 2020-01-01' -d empty.db --since 2020-01-01
}

@test "--known-at: each tool that takes it, as the file stood; a load, a day, a session" {
  more_tables
  irm-load -d a.db --on 2021-01-01 p
  mv a.db then.db
  three_loads
  for tool in irm-status 'irm-delays --by region' 'irm-delays --each' 'irm-delays --tally' irm-rates irm-assist \
    'irm-assist --gap' 'irm-assist --provided' 'irm-assist --wait' irm-openness irm-findings irm-followup 'irm-followup --time' \
    'irm-forecast --draws 20' irm-check irm-reconcile; do
    echo "$tool"
    $tool -d then.db >wanted 2>&1 || [ $? -eq 1 ]
    for moment in 1 2021-01-01 2021-01-31; do
      $tool -d a.db --known-at "$moment" >got 2>&1 || [ $? -eq 1 ]
      diff <(sed 's/^a\.db/then.db/' got) wanted
    done
    $tool -d a.db --known-at 2 >wanted || [ $? -eq 1 ]
    $tool -d a.db --known-at irg10 | cmp wanted
    $tool -d a.db >wanted || [ $? -eq 1 ]
    $tool -d a.db --known-at 3 | cmp wanted
    $tool -d a.db --known-at 2030-01-01 | cmp wanted
  done
  irm-status -d then.db | cmp -s - wanted && false
  # sooner than as_of, which is the old one too
  irm-delays -d a.db --known-at 1 --as-of 2019-01-01 >got
  irm-delays -d then.db --as-of 2019-01-01 | cmp got
}

@test "--known-at: wrong moments, and a folder, which has none" {
  three_loads
  for tool in irm-status irm-delays irm-rates irm-assist; do
    fault 2 $tool '--known-at: there is no load 4 (the file has the loads 1 to 3)' -d a.db --known-at 4
    fault 2 $tool '--known-at: the file has no load on or before 2020-12-31 (its first one is of 2021-01-01)' -d a.db --known-at 2020-12-31
    fault 2 $tool "--known-at: expected a load's number, a day such as 2019-10-30 or a session, found '2021-02' (a vague date cannot stand here)" -d a.db --known-at 2021-02
    fault 2 $tool '--known-at: a package folder has no history (load it into a file, and each delivery after it)' -d p --known-at 1
  done
}

# What the tools say of a.db
figures() {
  {
    irm-status -d a.db --by region,cycle "$@"
    irm-delays -d a.db --each "$@"
    irm-rates -d a.db --by region --total "$@"
    irm-assist -d a.db --gap --by article "$@"
    irm-openness -d a.db "$@"
    irm-findings -d a.db --by article "$@"
    irm-followup -d a.db "$@"
  } 2>&1
}

# one_of WORD...: one of them, at random, in $one
one_of() {
  shift $((RANDOM % $#))
  one=$1
}

# some_line FILE: the number of one of its rows, in $line
some_line() {
  mapfile -t rows <"$1"
  line=$((2 + RANDOM % (${#rows[@]} - 1)))
}

# some_day: between 2018 and 2020, now and then a vague one, in $day
some_day() {
  day=$((2018 + RANDOM % 3))-0$((1 + RANDOM % 9))-$((10 + RANDOM % 19))
  one_of "$day" "$day" "$day" "[..$day]" "${day%-*}"
  day=$one
}

# random_load NUMBER DAY: one delivery or revert, each kind there is in turn
random_load() {
  local on=(-d a.db --on "$2") review
  one_of XAA XAB XAC XAD XAE
  review=FIC-1-$one
  some_day
  case $(($1 % 7)) in
    0) # an event on another day
      some_line p/events.csv
      sed -i "${line}s/,[^,]*,made up\$/,$day,made up/" p/events.csv
      irm-load "${on[@]}" p
      ;;
    1) # one fewer
      some_line p/events.csv
      sed -i "${line}d" p/events.csv
      irm-load "${on[@]}" --replace p
      ;;
    2) # a single file
      one_of started self_assessment dialogue summary_agreed
      printf 'review,milestone,date,source\n%s,%s,%s,made up\n' "$review" "$one" "$day" >events.csv
      irm-load "${on[@]}" events.csv
      ;;
    3) # a review that is cut off, or no longer
      one_of ,2020-06-30 2020-03-31, ,
      sed -i -E "/^$review,/s/,[^,]*,[^,]*\$/,$one/" p/reviews.csv
      irm-load "${on[@]}" p
      ;;
    4) # needs, by a pipe
      printf 'review,article,paragraph,type,source\n%s,%s,%d,training,\n' "$review" $((15 + RANDOM % 2)) $((RANDOM % 9)) |
        irm-load "${on[@]}" --table needs --as-of "2021-0$((1 + RANDOM % 9))-01" -
      ;;
    5) # an earlier load undone, the last one where that cannot be
      irm-load "${on[@]}" --revert $((2 + RANDOM % ($1 - 2))) 2>/dev/null || irm-load "${on[@]}" --revert $(($1 - 1))
      ;;
    6) # the region of a State, and a row that goes and may come back
      some_line p/states.csv
      one_of AFR APG ''
      sed -i -E "${line}s/,(AFR|APG|),([^,]*)\$/,$one,\2/" p/states.csv
      sed -i '/^FIC-1-XAB/d' p/needs.csv
      ((RANDOM % 2)) || echo 'FIC-1-XAB,16,all,drafting,made up' >>p/needs.csv
      irm-load "${on[@]}" --replace p
      ;;
  esac
}

# The counts of each load from 2 on, as load,added,changed,removed, from the cells that --diff gives
counted() {
  for load in $(seq 2 50); do
    irm-history -d a.db --diff "$load" -f tsv | sed "s/^/$load\t/"
  done | awk -F '\t' '
    BEGIN { first["events"] = first["needs"] = first["reviews"] = "review"; first["states"] = "state" }
    $1 != load { tell(); load = $1 }
    $2 == "table" || $2 == "packages" { next }
    !($2 in first) { print "a change of " $2; next }
    !(($2, $3) in rows) { rows[$2, $3]; changed++ }
    $4 == first[$2] { changed--; if ($5 == "") added++; else removed++ }
    function tell() {
      if (load) printf "%d,%d,%d,%d\n", load, added, changed, removed
      added = changed = removed = 0; delete rows
    }
    END { tell() }'
}

@test "after 50 random loads, --known-at each moment gives the bytes that every tool gave then" {
  RANDOM=20261124
  mkdir past now
  more_tables
  irm-load -d a.db --on 2021-01-01 p
  figures >past/1
  mapfile -t days < <(for i in $(seq 0 50); do echo "2020-12-31 + $i days"; done | date -f - +%F)
  for i in $(seq 2 50); do
    random_load "$i" "${days[i]}"
    figures >past/"$i"
  done
  # they are about something
  [ "$(sha256sum past/* | cut -d' ' -f1 | sort -u | wc -l)" -gt 35 ]
  [ "$(sqlite3 a.db 'SELECT count(*), count(reverts) FROM loads')" = '50|7' ]
  cp a.db was.db
  for i in $(seq 50); do
    if ((i % 2)); then figures --known-at "$i"; else figures --known-at "${days[i]}"; fi >now/"$i"
  done
  diff -r past now
  cmp a.db was.db
  same "$(counted)" "$(irm-history -d a.db | cut -d, -f1,4- | tail -n +3)"
}
