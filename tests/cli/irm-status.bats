#!/usr/bin/env bats
# irm-status: where reviews stand, against a count by SQL over the CSV files.
load helper
load records

# status_sql DAY KEY: as_of, key, stage, reviews in any order
status_sql() {
  sql <<END
WITH $(counting "$1"),
reached AS (SELECT review, max(position) AS position FROM dated WHERE last <= '$1' GROUP BY review),
standing AS (SELECT c.*, coalesce(m.milestone, '') AS stage FROM counting c
  LEFT JOIN reached USING (review)
  LEFT JOIN milestones m ON m.mechanism = c.mechanism AND m.position + 0 = reached.position)
SELECT '$1', $2, stage, count(*) FROM standing GROUP BY 2, 3;
END
}

# whole_shares FILE: shares are reviews over those of the same keys, and add up to 1
whole_shares() {
  awk -F, -v OFS=, 'NR > 1 { key = $0; sub(/,[^,]*,[^,]*,[^,]*$/, "", key); sum[key] += $(NF - 1); row[NR] = key; n[NR] = $(NF - 1); share[NR] = $NF }
    END { for (i in row) if (share[i] != sprintf("%.10g", n[i] / sum[row[i]])) { print row[i], n[i], share[i]; bad = 1 } exit bad }' "$1"
}

@test "status: columns, with and without keys" {
  run_tool -0 irm-status -d "$ROOT/datasets/upr"
  same "${lines[0]}" as_of,stage,reviews,share
  run_tool -0 irm-status -d "$ROOT/datasets/upr" --by region,cycle
  same "${lines[0]}" as_of,region,cycle,stage,reviews,share
  run_tool -0 irm-status -d "$ROOT/datasets/upr" --by year,stage
  same "${lines[0]}" as_of,year,stage,reviews,share
  run_tool -0 irm-status -d "$ROOT/datasets/untoc"
  same "$output" as_of,stage,reviews,share
}

@test "status: counts are those of SQL, on every package and several days" {
  for package in uncac-consent upr uncac fictional; do
    records "$ROOT/datasets/$package"
    for day in $(days_of "$ROOT/datasets/$package"); do
      for key in region cycle; do
        echo "$package $day $key"
        status_sql "$day" "$key" | tr -d '"' | sort >wanted
        [ -s wanted ]
        irm-status -d package.db --as-of "$day" --by "$key" >got.csv
        diff wanted <(tail -n +2 got.csv | cut -d, -f 1-4 | sort)
        whole_shares got.csv
      done
    done
  done
}

@test "status: a made-up mechanism, by hand" {
  made_up_package made-up
  run_tool -0 irm-status -d made-up --by cycle --total
  same "$output" "as_of,cycle,stage,reviews,share
2020-12-31,FIC-1,started,1,0.2
2020-12-31,FIC-1,self_assessment,2,0.4
2020-12-31,FIC-1,summary_agreed,2,0.4
2020-12-31,FIC-2,started,1,1
2020-12-31,all,started,2,0.3333333333
2020-12-31,all,self_assessment,2,0.3333333333
2020-12-31,all,summary_agreed,2,0.3333333333"
  [ -z "$stderr" ]
}

@test "status: a review that was drawn again stands once; until then it is the old one" {
  made_up_package made-up
  run_tool -0 irm-status -d made-up --where state=XAE --by review --as-of 2019-06-29
  same "${lines[*]:1}" '2019-06-29,FIC-1-XAE,started,1,1'
  run_tool -0 irm-status -d made-up --where state=XAE --by review --as-of 2019-06-30
  same "${lines[*]:1}" '2019-06-30,FIC-1-XAE-b,,1,1'
  run_tool -0 irm-status -d made-up --where state=XAE --by review --as-of 2019-07-01
  same "${lines[*]:1}" '2019-07-01,FIC-1-XAE-b,started,1,1'
}

@test "status: a vague milestone has happened from its last possible day on; in the middle if asked" {
  made_up_package made-up
  stage() { irm-status -d made-up --where state=XAD "$@" | sed -n '2s/^[^,]*,\([^,]*\),.*/\1/p'; }
  [ "$(stage --as-of 2019-04-29)" = started ]
  [ "$(stage --as-of 2019-04-30)" = self_assessment ]
  [ "$(stage --as-of 2019-04-14 --imprecise middle)" = started ]
  [ "$(stage --as-of 2019-04-16 --imprecise middle)" = self_assessment ]
  [ "$(stage --as-of 2019-04-16 --imprecise unknown)" = started ]
}

@test "status: parts add up to the totals" {
  irm-status -d "$ROOT/datasets/upr" --as-of 2012-12-31 --by region,cycle --total >all.csv
  for key in 2 3; do
    other=$((5 - key))
    awk -F, -v k="$key" -v o="$other" 'NR > 1 && $o != "all" { id = $k "," $4
        if ($k == "all") total[$o "," $4] = $5; else part[$o "," $4] += $5 }
      END { for (i in part) if (part[i] != total[i]) { print i, part[i], total[i]; bad = 1 } exit bad }' all.csv
  done
  [ "$(awk -F, '$2 == "all" && $3 == "all" { n += $5 } END { print n }' all.csv)" -eq 303 ]
  [ "$(awk -F, 'NR > 1 && $2 != "all" && $3 != "all" { n += $5 } END { print n }' all.csv)" -eq 303 ]
  irm-status -d "$ROOT/datasets/upr" --as-of 2012-12-31 >whole.csv
  same "$(grep ,all,all, all.csv | cut -d, -f 4-)" "$(tail -n +2 whole.csv | cut -d, -f 2-)"
}

@test "status: --where keeps the rows that --by shows" {
  source=$ROOT/datasets/upr
  irm-status -d "$source" --as-of 2012-12-31 --by region >by.csv
  for region in AFR APG EEG GRULAC WEOG; do
    same "$(irm-status -d "$source" --as-of 2012-12-31 --where region=$region --by region)" \
      "$(sed -n "1p; /,$region,/p" by.csv)"
  done
  same "$(irm-status -d "$source" --as-of 2012-12-31 --by region --where 'region!=AFR,WEOG')" \
    "$(grep -vE ',(AFR|WEOG),' by.csv)"
  same "$(irm-status -d "$source" --as-of 2012-12-31 --by region --where 'region>=EEG' --where 'region<=GRULAC')" \
    "$(grep -E 'as_of|,(EEG|GRULAC),' by.csv)"
  irm-status -d "$source" --by year >years.csv
  same "$(irm-status -d "$source" --by year --where 'year>=2010' --where 'year<=2012')" \
    "$(grep -E 'as_of|,201[012],' years.csv)"
  same "$(irm-status -d "$source" --where year=1999)" as_of,stage,reviews,share
}

@test "status: --where stage, empty too; a State without a region is unassigned" {
  source=$ROOT/datasets/uncac
  irm-status -d "$source" --by cycle >by.csv
  same "$(irm-status -d "$source" --by cycle --where stage= | cut -d, -f 1-4)" "$(grep -E 'as_of|,UNCAC-.,,' by.csv | cut -d, -f 1-4)"
  same "$(irm-status -d "$source" --by cycle --where stage=dialogue,started | cut -d, -f 1-4)" \
    "$(grep -E 'as_of|,(dialogue|started),' by.csv | cut -d, -f 1-4)"
  run_tool -0 irm-status -d "$ROOT/datasets/uncac-consent" --where region=unassigned --by state,region
  same "$output" "as_of,state,region,stage,reviews,share
2014-04-02,EUU,unassigned,consent,1,1"
}

@test "status: as of a session is as of its first day" {
  source=$ROOT/datasets/uncac
  first=$(sqlite3 :memory: ".import --csv $source/sessions.csv s" "SELECT starts FROM s WHERE session = 'irg10'")
  [ "$first" = 2019-05-27 ]
  run_tool -0 irm-status -d "$source" --by cycle --as-of irg10
  same "$output" "$(irm-status -d "$source" --by cycle --as-of "$first")"
}

@test "status: --names" {
  run_tool -0 irm-status -d "$ROOT/datasets/uncac" --as-of irg10 --by region,cycle --names --total
  contains "$output" '2019-05-27,African States,First review cycle,Dialogue closed,'
  contains "$output" '2019-05-27,all,all,'
  same "$(cut -d, -f 1,5- <<<"$output")" \
    "$(irm-status -d "$ROOT/datasets/uncac" --as-of irg10 --by region,cycle --total | cut -d, -f 1,5-)"
}

@test "status: every format says the same" {
  formats irm-status -d "$ROOT/datasets/uncac" --by region,cycle --total
  formats irm-status -d "$ROOT/datasets/untoc"
}

@test "status: folder and file give the same bytes" {
  for package in uncac-consent upr uncac untoc fictional; do
    same_from_file_and_folder "$ROOT/datasets/$package" irm-status --by region,cycle,year --total
    same_from_file_and_folder "$ROOT/datasets/$package" irm-status --as-of 2012-02-29 --imprecise middle --names
  done
}

@test "status: the order of rows, the locale and the time zone change nothing" {
  for package in upr uncac; do
    irm-status -d "$ROOT/datasets/$package" --by region,cycle --total >wanted
    shuffled "$ROOT/datasets/$package" "$package"
    irm-status -d "$package" --by region,cycle --total | cmp wanted -
    LC_ALL=de_DE.UTF-8 TZ=Pacific/Apia irm-status -d "$package" --by region,cycle --total | cmp wanted -
  done
}

@test "status: wrong questions" {
  wrong_question irm-status
  fault 2 irm-status "the source has no stage 'report_distribued' (did you mean 'report_distributed'?)" \
    -d "$ROOT/datasets/upr" --where stage=report_distribued
  run_tool -2 irm-status -d "$ROOT/datasets/upr" --by party
  contains "$stderr" "there is no key 'party' here"
}

@test "status: packages of different days ask for one" {
  irm-load -d both.db "$ROOT/datasets/uncac" "$ROOT/datasets/upr"
  fault 2 irm-status 'the source has packages with different as_of: say --as-of DAY' -d both.db
  run_tool -0 irm-status -d both.db --as-of 2014-12-31 --by mechanism
  same "$(grep -v UNCAC <<<"$output")" "$(irm-status -d "$ROOT/datasets/upr" --by mechanism)"
}

@test "status: no source, nowhere to write" {
  wrong_source irm-status "$ROOT/datasets/upr"
}
