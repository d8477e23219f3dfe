#!/usr/bin/env bats
# irm-rates: completion, against a count by SQL over the CSV files.
load helper
load records

# rates_sql DAY KEY [CONDITION]: as_of, key, milestone, eligible, reached, unknown in any order
rates_sql() {
  sql <<END
WITH $(counting "$1"),
stands AS (SELECT c.*, m.milestone, m.position + 0 AS position,
    EXISTS (SELECT 1 FROM dated d WHERE d.review = c.review AND d.position >= m.position + 0 AND d.last <= '$1') AS reached,
    EXISTS (SELECT 1 FROM dated d WHERE d.review = c.review AND d.position > m.position + 0) AS later,
    (SELECT first <= '$1' FROM dated d WHERE d.review = c.review AND d.milestone = m.milestone) AS maybe
  FROM counting c JOIN milestones m USING (mechanism)
  WHERE NOT (m.milestone = 'dialogue' AND c.dialogue = 'none')),
started AS (SELECT review FROM stands WHERE position = 1 AND reached)
SELECT '$1', $2, milestone, count(*), sum(reached),
  sum(NOT reached AND coalesce(maybe, later OR (observed_until <> '' AND observed_until < '$1') OR '$1' > '$as_of'))
FROM stands WHERE ${3:-true} GROUP BY 2, 3;
END
}

# estimates: adds the rate and its limits to such rows
estimates() {
  awk -F, -v OFS=, "$WILSON"' { print $0, wilson($5, $4 - $6) }'
}

@test "rates: columns, with and without keys" {
  run_tool -0 irm-rates -d "$ROOT/datasets/upr"
  same "${lines[0]}" as_of,milestone,eligible,reached,unknown,rate,rate_lo,rate_hi
  run_tool -0 irm-rates -d "$ROOT/datasets/upr" --by region,cycle
  same "${lines[0]}" as_of,region,cycle,milestone,eligible,reached,unknown,rate,rate_lo,rate_hi
  run_tool -0 irm-rates -d "$ROOT/datasets/upr" --by year,milestone
  same "${lines[0]}" as_of,year,milestone,eligible,reached,unknown,rate,rate_lo,rate_hi
  run_tool -0 irm-rates -d "$ROOT/datasets/untoc"
  same "$output" as_of,milestone,eligible,reached,unknown,rate,rate_lo,rate_hi
}

@test "rates: counts are those of SQL, rates and limits those of awk" {
  for package in uncac-consent upr uncac fictional; do
    records "$ROOT/datasets/$package"
    as_of=$(days_of "$ROOT/datasets/$package" | head -n 1)
    for day in $(days_of "$ROOT/datasets/$package") 2030-01-01; do
      for key in region year; do
        echo "$package $day $key"
        rates_sql "$day" "$key" | tr -d '"' | sort | estimates >wanted
        [ -s wanted ]
        irm-rates -d package.db --as-of "$day" --by "$key" >got.csv
        near wanted <(tail -n +2 got.csv | sort)
      done
    done
  done
}

@test "rates: --of due and --of started, against SQL" {
  for package in upr uncac fictional; do
    records "$ROOT/datasets/$package"
    as_of=$(days_of "$ROOT/datasets/$package" | head -n 1)
    for day in $(days_of "$ROOT/datasets/$package"); do
      echo "$package $day"
      rates_sql "$day" region "year <> '' AND year <= '${day%%-*}'" | tr -d '"' | sort | estimates >wanted
      near wanted <(irm-rates -d package.db --as-of "$day" --by region --of due | tail -n +2 | sort)
      rates_sql "$day" region 'review IN started' | tr -d '"' | sort | estimates >wanted
      near wanted <(irm-rates -d package.db --as-of "$day" --by region --of started | tail -n +2 | sort)
    done
  done
  run_tool -0 irm-rates -d "$ROOT/datasets/upr" --as-of 2013-06-30 --of all
  same "$output" "$(irm-rates -d "$ROOT/datasets/upr" --as-of 2013-06-30)"
  fault 2 irm-rates "--of: found 'dues' (did you mean 'due'?)" -d "$ROOT/datasets/upr" --of dues
}

@test "rates: signatories that had consented when the Convention entered into force" {
  # Counted in the CSV by hand: 37 of 140; the European Union is of no region.
  run_tool -0 irm-rates -d "$ROOT/datasets/uncac-consent" --as-of 2005-12-14 --by region --total --where milestone=consent --ci none
  same "$output" "as_of,region,milestone,eligible,reached,unknown,rate,rate_lo,rate_hi
2005-12-14,AFR,consent,40,17,0,0.425,,
2005-12-14,APG,consent,32,4,0,0.125,,
2005-12-14,EEG,consent,19,5,0,0.2631578947,,
2005-12-14,GRULAC,consent,23,9,0,0.3913043478,,
2005-12-14,WEOG,consent,25,2,0,0.08,,
2005-12-14,unassigned,consent,1,0,0,0,,
2005-12-14,all,consent,140,37,0,0.2642857143,,"
}

@test "rates: a made-up mechanism, by hand" {
  made_up_package made-up
  # The dialogue of FIC-1-XAD is none; FIC-1-XAE gave way to FIC-1-XAE-b.
  run_tool -0 irm-rates -d made-up --where cycle=FIC-1 --ci none
  same "$output" "as_of,milestone,eligible,reached,unknown,rate,rate_lo,rate_hi
2020-12-31,started,5,5,0,1,,
2020-12-31,self_assessment,5,4,0,0.8,,
2020-12-31,dialogue,4,2,0,0.5,,
2020-12-31,summary_agreed,5,2,0,0.4,,"
}

@test "rates: within a vague date a milestone is unknown and in no rate" {
  made_up_package made-up
  row() { irm-rates -d made-up --where state=XAD --where milestone=self_assessment --ci none "$@" | sed 1d; }
  same "$(row --as-of 2019-03-31)" 2019-03-31,self_assessment,1,0,0,0,,
  same "$(row --as-of 2019-04-01)" 2019-04-01,self_assessment,1,0,1,,,
  same "$(row --as-of 2019-04-30)" 2019-04-30,self_assessment,1,1,0,1,,
  same "$(row --as-of 2019-04-16 --imprecise middle)" 2019-04-16,self_assessment,1,1,0,1,,
}

@test "rates: a later milestone proves an earlier one, and makes it vague before" {
  made_up_package made-up
  sed -i '/FIC-1-XAB,self_assessment/d; /FIC-1-XAB,dialogue/d' made-up/events.csv
  row() { irm-rates -d made-up --where state=XAB --where milestone=dialogue --ci none "$@" | sed 1d; }
  same "$(row --as-of 2019-02-01)" 2019-02-01,dialogue,1,1,0,1,,
  same "$(row --as-of 2019-01-31)" 2019-01-31,dialogue,1,0,1,,,
}

@test "rates: without a date, unknown after the records of the review end" {
  made_up_package made-up
  sed -i '/^FIC-1-XAC,/s/$/2019-12-31/' made-up/reviews.csv
  row() { irm-rates -d made-up --where state=XAC --where milestone=dialogue --ci none "$@" | sed 1d; }
  same "$(row --as-of 2019-12-31)" 2019-12-31,dialogue,1,0,0,0,,
  same "$(row --as-of 2020-01-01)" 2020-01-01,dialogue,1,0,1,,,
}

@test "rates: a replacement is eligible from the day the old one was discontinued" {
  made_up_package made-up
  run_tool -0 irm-rates -d made-up --where state=XAE --where milestone=started --by review --ci none --as-of 2019-06-29
  same "${lines[*]:1}" 2019-06-29,FIC-1-XAE,started,1,1,0,1,,
  run_tool -0 irm-rates -d made-up --where state=XAE --where milestone=started --by review --ci none --as-of 2019-06-30
  same "${lines[*]:1}" 2019-06-30,FIC-1-XAE-b,started,1,0,0,0,,
}

@test "rates: parts add up to the totals" {
  irm-rates -d "$ROOT/datasets/fictional" --as-of 2015-06-30 --by region,cycle --total >all.csv
  for key in 2 3; do
    other=$((5 - key))
    awk -F, -v k="$key" -v o="$other" 'NR > 1 && $o != "all" { id = $k "," $4; of = $o "," $4
        for (c = 5; c <= 7; c++) if ($k == "all") total[of, c] = $c; else part[of, c] += $c }
      END { for (i in part) { n++; if (part[i] != total[i]) { print i, part[i], total[i]; bad = 1 } } exit bad || !n }' all.csv
  done
  irm-rates -d "$ROOT/datasets/fictional" --as-of 2015-06-30 >whole.csv
  same "$(grep ,all,all, all.csv | cut -d, -f 4-)" "$(tail -n +2 whole.csv | cut -d, -f 2-)"
}

@test "rates: --where keeps the rows that --by shows" {
  source=$ROOT/datasets/upr
  irm-rates -d "$source" --as-of 2013-06-30 --by region,cycle >by.csv
  same "$(irm-rates -d "$source" --as-of 2013-06-30 --by region,cycle --where region=EEG,WEOG --where cycle=UPR-2)" \
    "$(grep -E 'as_of|,(EEG|WEOG),UPR-2,' by.csv)"
  same "$(irm-rates -d "$source" --as-of 2013-06-30 --by region,cycle --where milestone!=review_held,report_adopted)" \
    "$(grep -vE ',(review_held|report_adopted),' by.csv)"
  same "$(irm-rates -d "$source" --as-of 2013-06-30 --by region,cycle --where 'milestone>=report_adopted')" \
    "$(grep -E 'as_of|,report_' by.csv)"
}

@test "rates: the methods of limits, their level, none" {
  source=$ROOT/datasets/uncac-consent
  limits() { irm-rates -d "$source" --as-of 2005-12-14 --where milestone=consent "$@" | sed -n '2s/.*,\([^,]*,[^,]*\)$/\1/p'; }
  for method in wilson clopper-pearson jeffreys agresti-coull; do
    for level in 0.5 0.95 0.99; do
      same "$(limits --ci $method --level $level)" \
        "$(printf 'x,n\n37,140\n' | irm-proportion --ci $method --level $level | sed -n '2s/.*,\([^,]*,[^,]*\)$/\1/p')"
    done
  done
  [ "$(limits)" = "$(limits --ci wilson --level 0.95)" ]
  [ "$(limits --ci none)" = , ]
  fault 2 irm-rates "no method of limits is called 'wislon' (did you mean 'wilson'?)" -d "$source" --ci wislon
  fault 2 irm-rates '--level: expected a share between 0 and 1' -d "$source" --level 95
}

@test "rates: as of a session, --names" {
  run_tool -0 irm-rates -d "$ROOT/datasets/uncac" --by cycle --as-of irg10
  same "$output" "$(irm-rates -d "$ROOT/datasets/uncac" --by cycle --as-of 2019-05-27)"
  run_tool -0 irm-rates -d "$ROOT/datasets/uncac" --by cycle --as-of irg10 --names
  contains "$output" '2019-05-27,Second review cycle,Executive summary agreed,79,'
}

@test "rates: every format says the same" {
  formats irm-rates -d "$ROOT/datasets/uncac" --by region,cycle --total
  formats irm-rates -d "$ROOT/datasets/untoc"
}

@test "rates: folder and file give the same bytes" {
  for package in uncac-consent upr uncac untoc fictional; do
    same_from_file_and_folder "$ROOT/datasets/$package" irm-rates --by region,cycle --total
    same_from_file_and_folder "$ROOT/datasets/$package" irm-rates --as-of 2012-02-29 --imprecise middle --of started --names
  done
}

@test "rates: the order of rows, the locale and the time zone change nothing" {
  for package in uncac fictional; do
    irm-rates -d "$ROOT/datasets/$package" --by region,cycle --total >wanted
    shuffled "$ROOT/datasets/$package" "$package"
    irm-rates -d "$package" --by region,cycle --total | cmp wanted -
    LC_ALL=de_DE.UTF-8 TZ=Pacific/Apia irm-rates -d "$package" --by region,cycle --total | cmp wanted -
  done
}

@test "rates: wrong questions" {
  wrong_question irm-rates
  fault 2 irm-rates "the source has no milestone 'consnt' (did you mean 'consent'?)" \
    -d "$ROOT/datasets/uncac-consent" --where milestone=consnt
  run_tool -2 irm-rates -d "$ROOT/datasets/upr" --by article
  contains "$stderr" "there is no key 'article' here"
}

@test "rates: no source, nowhere to write" {
  wrong_source irm-rates "$ROOT/datasets/upr"
}

@test "rates: rows of fewer than 20 reviews are told of, unless --quiet or --ci none is given" {
  made_up_package few
  run_tool -0 irm-rates -d few --by region
  [[ $stderr =~ ^'irm-rates: note: '[0-9]+' rows rest on fewer than 20 reviews: limits of so few are rough'$ ]]
  run_tool -0 irm-rates -d few --by region --quiet
  [ -z "$stderr" ]
  run_tool -0 irm-rates -d few --by region --ci none
  [ -z "$stderr" ]
  run_tool -0 irm-rates -d "$ROOT/datasets/uncac-consent" --by region
  same "$stderr" 'irm-rates: note: '"$(awk -F, 'NR > 1 && $4 < 20' <<<"$output" | grep -c .) rows rest on fewer than 20 reviews: limits of so few are rough"
}
