#!/usr/bin/env bats
# irm-delays: its figures on real records, the ways to them that must agree, and what it refuses.
load helper

summary_columns=stage,party,time_limit,n,done,open,unknown,median,median_lo,median_hi,q25,q75,q90,rmean,rmean_se,tau,median_done,on_time,late,overdue,on_time_rate,on_time_lo,on_time_hi

packages() { (cd "$ROOT/datasets" && for p in */datapackage.json; do echo "${p%/*}"; done); }

# column NAME: that column of CSV rows without quoted commas
column() { awk -F, -v name="$1" 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == name) c = i; next } { print $c }'; }

@test "the columns are the design's" {
  run_tool -0 irm-delays -d "$ROOT/datasets/uncac-consent" --by region,cycle
  same "${lines[0]}" "as_of,region,cycle,$summary_columns"
  run_tool -0 irm-delays -d "$ROOT/datasets/uncac-consent" --each
  same "${lines[0]}" as_of,review,cycle,year,state,region,stage,party,began,due,ended,days,event,days_late,source
  run_tool -0 irm-delays -d "$ROOT/datasets/uncac-consent" --tally --by region
  same "${lines[0]}" as_of,region,stage,party,time_limit,days,event,late,count
}

@test "from signature to consent: the median half way between day 1010 and day 1015, limits 901 and 1107" {
  # R 4.2, survival 3.5: survfit(Surv(days, event) ~ 1, conf.type = "log-log") prints the median to
  # four digits, as 1012
  run_tool -0 irm-delays -d "$ROOT/datasets/uncac-consent"
  same "$(column median <<<"$output") $(column median_lo <<<"$output") $(column median_hi <<<"$output")" "1012.5 901 1107"
  same "$(column n <<<"$output") $(column done <<<"$output") $(column open <<<"$output")" "140 133 7"
}

@test "where States are still open, the median stands above that of the finished ones" {
  run_tool -0 irm-delays -d "$ROOT/datasets/uncac-consent" --by region
  paste -d' ' <(column region <<<"$output") <(column open <<<"$output") <(column median <<<"$output") \
    <(column median_done <<<"$output") >figures
  same "$(wc -l <figures)" 6
  same "$(awk '$2 > 0 && $3 <= $4' figures)" ""
  same "$(awk '$2 > 0 { n++ } END { print n }' figures)" 4
}

@test "the European Union is in the total and under unassigned" {
  run_tool -0 irm-delays -d "$ROOT/datasets/uncac-consent" --by region --total
  same "$(paste -d' ' <(column region <<<"$output") <(column n <<<"$output") | grep -E 'unassigned|all')" \
    "$(printf 'unassigned 1\nall 140')"
  run_tool -0 irm-delays -d "$ROOT/datasets/uncac-consent" --where state=EUU --each
  contains "$output" UNCAC-consent-EUU,UNCAC-consent,,EUU,unassigned,consent
}

@test "a package and the file it is loaded into give the same bytes" {
  for p in $(packages); do
    "$BIN/irm-load" -d "$p.db" "$ROOT/datasets/$p"
    for query in "" "--by region,cycle --total" --each "--tally --by year" "--imprecise middle --by dialogue"; do
      # shellcheck disable=SC2086 # the words of a query
      "$BIN/irm-delays" -d "$ROOT/datasets/$p" $query >folder.csv
      # shellcheck disable=SC2086
      "$BIN/irm-delays" -d "$p.db" $query >file.csv
      cmp folder.csv file.csv
    done
  done
}

@test "a tally read back gives the direct figures" {
  for p in $(packages); do
    for query in "" "--by region" "--by cycle,region --total"; do
      # shellcheck disable=SC2086
      "$BIN/irm-delays" -d "$ROOT/datasets/$p" $query >direct.csv
      # shellcheck disable=SC2086
      "$BIN/irm-delays" -d "$ROOT/datasets/$p" $query --tally | "$BIN/irm-delays" --from-tally - >tally.csv
      cmp direct.csv tally.csv
    done
  done
}

@test "the observations through irm-survival give the direct figures" {
  # both sorted: irm-survival knows no order of stages
  columns=region,stage,n,median,median_lo,median_hi,q25,q75,rmean,rmean_se,tau
  pick() {
    sqlite3 :memory: '.mode csv' '.import /dev/stdin t' "SELECT $columns FROM t ORDER BY stage, region"
  }
  for p in $(packages); do
    "$BIN/irm-delays" -d "$ROOT/datasets/$p" --each >each.csv
    [ "$(wc -l <each.csv)" -gt 1 ] || continue # no reviews
    "$BIN/irm-survival" -q --by stage,region each.csv | pick >survival.csv
    "$BIN/irm-delays" -d "$ROOT/datasets/$p" --by region | pick >direct.csv
    diff direct.csv survival.csv
  done
}

@test "the order of rows changes nothing" {
  for p in uncac-consent upr uncac; do
    cp -r "$ROOT/datasets/$p" shuffled
    for f in shuffled/*.csv; do
      # no field of these tables holds a line feed
      { head -n 1 "$f"; tail -n +2 "$f" | sort -r; } >t && mv t "$f"
    done
    for query in "--by region --total" --each --tally; do
      # shellcheck disable=SC2086
      cmp <("$BIN/irm-delays" -d "$ROOT/datasets/$p" $query) <("$BIN/irm-delays" -d shuffled $query)
    done
    rm -r shuffled
  done
}

@test "locale and time zone change nothing" {
  "$BIN/irm-delays" -d "$ROOT/datasets/upr" --by region >plain.csv
  LC_ALL=de_DE.UTF-8 TZ=Pacific/Kiritimati "$BIN/irm-delays" -d "$ROOT/datasets/upr" --by region >other.csv
  cmp plain.csv other.csv
}

@test "no real State is called overdue in the records of the Mechanism" {
  run_tool -0 irm-delays -d "$ROOT/datasets/uncac"
  same "$(column overdue <<<"$output" | sort -u)" 0
}

@test "the parts by region add up to the total" {
  run_tool -0 irm-delays -d "$ROOT/datasets/upr" --by region,cycle --total
  for c in n done open unknown on_time late overdue; do
    paste -d' ' <(column region <<<"$output") <(column cycle <<<"$output") \
      <(column stage <<<"$output") <(column $c <<<"$output") >counts
    same "$(awk '$1 != "all" && $2 != "all" { s[$3] += $4 } $1 == "all" && $2 == "all" { t[$3] = $4 }
      END { for (k in t) if (s[k] != t[k]) print k, s[k], t[k] }' counts)" ""
  done
}

@test "--where chooses, and never makes a figure of its own" {
  run_tool -0 irm-delays -d "$ROOT/datasets/upr" --where region=AFR,EEG --by region --where stage=review_held
  by_filter=$output
  run_tool -0 irm-delays -d "$ROOT/datasets/upr" --by region --tau 322
  same "$(column region <<<"$by_filter")" "$(printf 'AFR\nEEG')"
  same "$(column median <<<"$by_filter")" \
    "$(grep -E ',(AFR|EEG),review_held,' <<<"$output" | cut -d, -f10)"
}

@test "--ci none leaves the limits out, --level moves them" {
  run_tool -0 irm-delays -d "$ROOT/datasets/uncac-consent" --ci none
  same "$(column median_lo <<<"$output")" ""
  run_tool -0 irm-delays -d "$ROOT/datasets/uncac-consent" --level 0.5
  same "$(column median <<<"$output")" 1012.5
  [ "$(column median_lo <<<"$output")" -gt 901 ]
}

@test "wrong options, keys, values and days: status 2 and the nearest right word" {
  check() {
    wanted=$1
    shift
    run_tool -2 irm-delays -d "$ROOT/datasets/uncac" "$@"
    contains "$stderr" "$wanted"
    same "$output" ""
  }
  check "there is no option '--regoin'" --regoin
  check "did you mean '--total'?" --totl
  check "did you mean 'region'?" --by regoin
  check "did you mean 'AFR'?" --where region=AFRR
  check "the calendar has no such day" --as-of 2020-02-30
  check "write the year first" --as-of 30/02/2020
  check "there is no key 'article' here" --by article
  check "--each has its own columns" --each --by region
  check "one of --each, --late, --share, --tally and --trend, not several" --each --tally
  check "one of --each, --late, --share, --tally and --trend, not several" --trend --share
  check "--trend runs over the years: leave year out of --by" --trend --by cycle,year
  check "--compare goes with the figures or --tally" --trend --compare FIC-1,FIC-2
  check "asks nothing of a source" --trend --from-tally x
  check "asks nothing of a source" --from-tally x
  check "--level: expected a share" --level 1
  check "--tau: expected a number" --tau soon
  check "there is no format 'cvs'" -f cvs
  check "did you mean 'wilson'?" --ci wilso
  check "expected options only" datasets
}

@test "a source that is not there: status 4; one that is none: 3" {
  run_tool -4 irm-delays -d nowhere.db
  same "$stderr" "irm-delays: nowhere.db: cannot read: No such file or directory"
  echo text >text.db
  run_tool -3 irm-delays -d text.db
  contains "$stderr" "irm-delays: text.db: file is not a database"
}

@test "packages of different days want --as-of" {
  "$BIN/irm-load" -d two.db "$ROOT/datasets/upr" "$ROOT/datasets/uncac-consent"
  run_tool -2 irm-delays -d two.db
  contains "$stderr" "packages with different as_of: say --as-of DAY"
  run_tool -0 irm-delays -d two.db --as-of 2014-01-01
}

@test "a full disk: status 4, and no file is left" {
  run_tool -4 irm-delays -d "$ROOT/datasets/upr" -o /dev/full
  contains "$stderr" "cannot write: No space left on device"
  run bash -c '"$0" -d "$1" >/dev/full' "$BIN/irm-delays" "$ROOT/datasets/upr"
  [ "$status" -eq 4 ]
  run_tool -4 irm-delays -d "$ROOT/datasets/upr" -o nowhere/out.csv
  same "$(ls | grep -v '^separate-stderr')" ""
}

@test "a pipe that closes early ends it quietly" {
  run bash -c 'set -o pipefail; "$0" -d "$1" --each | head -n 1' "$BIN/irm-delays" "$ROOT/datasets/upr"
  contains "$output" as_of,review
  [ "${#lines[@]}" -eq 1 ]
}

# out of CSV rows: two columns beside each other
pair() { paste -d' ' <(column "$1" <<<"$output") <(column "$2" <<<"$output"); }

@test "--late lists what the figures count as late, the latest first" {
  run_tool -0 irm-delays -d "$(fictional)"
  same "$(column late <<<"$output" | awk '{ n += $1 } END { print n }')" \
    "$("$BIN/irm-delays" -d "$(fictional)" --late | tail -n +2 | wc -l)"
  "$BIN/irm-delays" -d "$(fictional)" --late >late.csv
  cut -d, -f14 late.csv | tail -n +2 >days
  sort -rn days | cmp - days
  same "$(head -n 1 days)" "$("$BIN/irm-delays" -d "$(fictional)" --each | cut -d, -f14 | sort -n | tail -n 1)"
}

@test "--share: a review's stretches add up to the days from its first dated milestone to its last" {
  run_tool -0 irm-delays -d "$(fictional)" --share --by review
  same "${lines[0]}" as_of,review,stage,party,reviews,days,share
  pair review days | awk '{ s[$1] += $2 } END { for (r in s) print r, s[r] }' | sort >sums
  # the same by SQL over the records: reviews whose known days are in order
  sqlite3 :memory: <<END >wanted
.mode list
.separator ' '
.import --csv "$ROOT/datasets/fictional/events.csv" e
.import --csv "$ROOT/datasets/fictional/milestones.csv" m
CREATE TABLE d AS SELECT review, position + 0 AS position, julianday(date) AS day
  FROM e JOIN m USING (milestone) WHERE length(date) = 10 AND date <= '2024-12-31';
SELECT review, cast(max(day) - min(day) AS INTEGER) FROM d AS a
  WHERE NOT EXISTS (SELECT 1 FROM d AS x JOIN d AS y USING (review)
    WHERE review = a.review AND x.position < y.position AND x.day > y.day)
  GROUP BY review HAVING count(*) > 1 ORDER BY review;
END
  sort wanted | diff - sums
}

@test "--share: the shares of each key add up to one, and the parts to the total" {
  run_tool -0 irm-delays -d "$(fictional)" --share --by region --total
  same "$(pair region share | awk '{ s[$1] += $2 } END { for (r in s) if (s[r] < 0.999999 || s[r] > 1.000001) print r, s[r] }')" ""
  same "$(pair region days | awk '$1 == "all" { t += $2; next } { s += $2 } END { print s - t }')" 0
  contains "$stderr" "8 reviews are left out: their dates are out of order"
}

@test "--compare: each cycle as old as the youngest is, by the same figures as at that day" {
  run_tool -0 irm-delays -d "$(fictional)" --compare FIC-1,FIC-2
  compared=$output
  day1=$(awk -F, '$2 == "FIC-1" { print $1; exit }' <<<"$compared")
  day2=$(awk -F, '$2 == "FIC-2" { print $1; exit }' <<<"$compared")
  same "$day2" 2024-12-31
  start1=$(awk -F, '$1 == "FIC-1" { print $4 }' "$ROOT/datasets/fictional/cycles.csv")
  start2=$(awk -F, '$1 == "FIC-2" { print $4 }' "$ROOT/datasets/fictional/cycles.csv")
  same "$(sqlite3 :memory: "SELECT julianday('$day1') - julianday('$start1') = julianday('$day2') - julianday('$start2')")" 1
  # all columns but the means, which run to the cycles' common last day
  cut_means() { grep ",$1," | cut -d, -f1-15,19-; }
  run_tool -0 irm-delays -d "$(fictional)" --as-of "$day1" --by cycle
  same "$(cut_means FIC-1 <<<"$compared")" "$(cut_means FIC-1 <<<"$output")"
  "$BIN/irm-delays" -d "$(fictional)" --compare FIC-1,FIC-2 --tally |
    "$BIN/irm-delays" --from-tally - | diff - <(echo "$compared")
}

@test "--lag N gives the figures of N days before" {
  run_tool -0 irm-delays -d "$ROOT/datasets/upr" --by region --lag 365
  same "$output" "$("$BIN/irm-delays" -d "$ROOT/datasets/upr" --by region --as-of 2013-12-31)"
}

# The figures against R's: tests/r/trend.R
@test "--trend: stage by stage, what irm-survival finds over the years of --each" {
  run_tool -0 irm-delays -d "$(fictional)" --trend --by cycle
  same "${lines[0]}" as_of,cycle,stage,party,n,done,first_year,last_year,ratio,ratio_lo,ratio_hi,chisq,df,p
  trend=$output
  "$BIN/irm-delays" -d "$(fictional)" --by cycle >figures.csv
  same "$(cut -d, -f1-4 <<<"$trend")" "$(cut -d, -f1-4 figures.csv)"
  for stage in focal_point dialogue; do
    run_tool -0 irm-survival -q --trend --by year \
      <("$BIN/irm-delays" -d "$(fictional)" --each --where stage=$stage --where cycle=FIC-1)
    same "$(grep ",FIC-1,$stage," <<<"$trend" | cut -d, -f12-)" "${lines[1]}"
  done
}

# By hand, as in tests/unit/test_logrank.c: days 1 and 3 against 2 and open, chi-squared 8/13. Observed less
# expected is 2/3 with variance 13/18, so the ratio is e to the 12/13, or its reverse.
@test "--trend: the ratio is above 1 where the later year is faster; none where there is one year" {
  made_up_package made
  ended() { # DAY FOUR TIMES, in the order of reviews
    echo review,milestone,date,source
    for review in XAA:$1 XAB:$2 XAC:$3 XAD:$4; do
      echo "FIC-1-${review%:*},started,2019-03-10,made up"
      [ "${review#*:}" = open ] || echo "FIC-1-${review%:*},self_assessment,2019-03-1${review#*:},made up"
    done
  }
  ended 2 open 1 3 >made/events.csv # XAA, XAB: 2018
  run_tool -0 irm-delays -d made --trend --where stage=self_assessment --level 0.9
  [[ ${lines[1]} =~ ^2020-12-31,self_assessment,state_under_review,4,3,2018,2019,2.51702 ]]
  contains "${lines[1]}" ,0.6153846154,1,0.4327675
  ended 1 3 2 open >made/events.csv
  run_tool -0 irm-delays -d made --trend --where stage=self_assessment --ci none
  same "${lines[1]}" 2020-12-31,self_assessment,state_under_review,4,3,2018,2019,0.3972947132,,,0.6153846154,1,0.4327675807
  run_tool -0 irm-delays -d made --trend --where year=2018 --where stage=self_assessment --total --by region
  same "${lines[1]}" 2020-12-31,AFR,self_assessment,state_under_review,2,2,2018,2018,,,,,,
  same "${lines[2]}" 2020-12-31,all,self_assessment,state_under_review,2,2,2018,2018,,,,,,
}

@test "what lists and what compares refuse" {
  run_tool -2 irm-delays -d "$(fictional)" --compare FIC-1
  contains "$stderr" "--compare: expected two cycles or more"
  run_tool -2 irm-delays -d "$(fictional)" --compare FIC-1,FIC-1
  contains "$stderr" "the cycle 'FIC-1' stands twice"
  run_tool -2 irm-delays -d "$(fictional)" --compare FIC-1,FIC-3
  contains "$stderr" "the source has no cycle 'FIC-3'"
  run_tool -2 irm-delays -d "$(fictional)" --compare FIC-1,FIC-2 --as-of 2012-01-01
  contains "$stderr" "the cycle 'FIC-2' has not begun"
  run_tool -2 irm-delays -d "$(fictional)" --compare FIC-1,FIC-2 --late
  run_tool -2 irm-delays -d "$(fictional)" --lag 99999999
}

@test "delays: rows of fewer than 20 reviews are told of, unless --quiet or --ci none is given" {
  made_up_package few
  run_tool -0 irm-delays -d few --by region
  [[ $stderr =~ ^'irm-delays: note: '[0-9]+' rows rest on fewer than 20 reviews: limits of so few are rough'$ ]]
  run_tool -0 irm-delays -d few --by region --quiet
  [ -z "$stderr" ]
  run_tool -0 irm-delays -d few --by region --ci none
  [ -z "$stderr" ]
  run_tool -0 irm-delays -d "$ROOT/datasets/uncac-consent" --by region
  same "$stderr" 'irm-delays: note: '"$(awk -F, 'NR > 1 && $6 < 20' <<<"$output" | grep -c .) rows rest on fewer than 20 reviews: limits of so few are rough"
}
