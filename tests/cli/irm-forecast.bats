#!/usr/bin/env bats
# irm-forecast: what it prints, and that it holds what it promises on records that it was not made for.
# How good it is on many mechanisms: tests/study.
load helper
load records

consent=$ROOT/datasets/uncac-consent

@test "forecast: columns" {
  run_tool -0 irm-forecast -d "$consent" --draws 10
  same "${lines[0]}" as_of,cycle,milestone,date,expected,lo50,hi50,lo90,hi90
  [ "${#lines[@]}" -eq $((1 + 2 * 11)) ]
  run_tool -0 irm-forecast -d "$consent" --draws 10 --when 0.5,1
  same "${lines[0]}" as_of,cycle,milestone,share,p05,p25,p50,p75,p95
  [ "${#lines[@]}" -eq 5 ]
  run_tool -0 irm-forecast -d "$consent" --draws 10 --backtest 2008-06-30..2008-06-30
  same "${lines[0]}" as_of,cycle,milestone,method,forecasts,cover50,cover90,bias,crps,pinball,pit50,pit90
  run_tool -0 irm-forecast -d "$consent" --draws 10 --backtest 2008-06-30..2008-06-30 --each
  same "${lines[0]}" as_of,cycle,milestone,date,method,actual,expected,lo50,hi50,lo90,hi90,crps,pinball,pit_lo,pit_hi
  run_tool -0 irm-forecast -d "$ROOT/datasets/untoc"
  same "$output" as_of,cycle,milestone,date,expected,lo50,hi50,lo90,hi90
}

@test "forecast: on its own day it is what irm-rates counts" {
  for day in 2006-12-14 2008-06-30; do
    same "$(irm-forecast -d "$consent" --as-of $day --until $day --draws 20 | cut -d, -f 3,5,6,9 | sed 1d)" \
      "$(irm-rates -d "$consent" --as-of $day | sed 1d | awk -F, -v OFS=, '{ print $2, $4, $4, $4 }')"
  done
}

@test "forecast: numbers rise, bands lie in each other, shares are numbers over the reviews" {
  irm-forecast -d "$consent" --as-of 2007-06-30 --draws 300 >numbers.csv
  awk -F, 'NR > 1 { bad += !($8 <= $6 && $6 <= $7 && $7 <= $9 && $9 <= 140 && $8 >= 84)
      bad += $3 == last && ($5 < e || $8 < lo)
      last = $3; e = $5; lo = $8; n++ } END { exit bad || n != 22 }' numbers.csv
  irm-forecast -d "$consent" --as-of 2007-06-30 --draws 300 --share >shares.csv
  near <(awk -F, -v OFS=, 'NR > 1 { for (i = 5; i <= 9; i++) $i = sprintf("%.12g", $i / 140) } NR > 1' numbers.csv) <(sed 1d shares.csv)
}

@test "forecast: a day of --when is where the number of the draw is" {
  when=$(irm-forecast -d "$consent" --as-of 2007-06-30 --when 0.75 --where milestone=consent --until 2020-01-01 --draws 999 | sed -n '2s/.*,//p')
  [ -n "$when" ]
  run_tool -0 irm-forecast -d "$consent" --as-of 2007-06-30 --until 2020-01-01 --step 1d --where milestone=consent --draws 999
  # p95 of the days: from that day on, the 0.05 quantile of the numbers is 105 or more of 140
  same "$(awk -F, 'NR > 1 && $8 >= 105 { print $4; exit }' <<<"$output")" "$when"
  # what had come by the day has the day of the records
  run_tool -0 irm-forecast -d "$consent" --as-of 2007-06-30 --when 0.5 --where milestone=consent
  seventieth=$(grep ',consent,' "$consent/events.csv" | cut -d, -f 3 | sort | sed -n 70p)
  same "${lines[1]}" "2007-06-30,UNCAC-consent,consent,0.5,$seventieth,$seventieth,$seventieth,$seventieth,$seventieth"
}

@test "forecast: not within the horizon is empty" {
  run_tool -0 irm-forecast -d "$consent" --when 1 --where milestone=consent --until 2014-06-30 --draws 50
  same "${lines[1]}" 2014-04-02,UNCAC-consent,consent,1,,,,,
}

@test "forecast: what is complete is certain" {
  run_tool -0 irm-forecast -d "$ROOT/datasets/upr" --where cycle=UPR-1 --until 2017-12-31 --draws 30 --where milestone=troika_selected,review_held
  for line in "${lines[@]:1}"; do
    same "$(cut -d, -f 5- <<<"$line")" 192,192,192,192,192
  done
}

@test "forecast: the seed decides, and nothing else does" {
  irm-sim -o mechanism --seed 5 --states 40
  irm-forecast -d mechanism --as-of 2019-06-30 --draws 60 --seed 7 >wanted
  irm-forecast -d mechanism --as-of 2019-06-30 --draws 60 --seed 7 | cmp wanted -
  irm-forecast -d mechanism --as-of 2019-06-30 --draws 60 --seed 8 >otherwise
  run -1 cmp -s wanted otherwise
  shuffled mechanism other
  irm-forecast -d other --as-of 2019-06-30 --draws 60 --seed 7 | cmp wanted -
  LC_ALL=de_DE.UTF-8 TZ=Pacific/Apia irm-forecast -d other --as-of 2019-06-30 --draws 60 --seed 7 | cmp wanted -
  same_from_file_and_folder "$PWD/mechanism" irm-forecast --draws 20 --when 0.5
  irm-forecast -d mechanism --as-of 2019-06-30 --draws 60 --where region=AFR >part
  [ "$(wc -l <part)" -eq "$(wc -l <wanted)" ]
}

@test "forecast: these bytes on every machine" {
  run_tool -0 irm-forecast -d "$consent" --as-of 2008-06-30 --until 2010-06-30 --step 1y --where milestone=consent --seed 3
  same "$output" "as_of,cycle,milestone,date,expected,lo50,hi50,lo90,hi90
2008-06-30,UNCAC-consent,consent,2008-06-30,101,101,101,101,101
2008-06-30,UNCAC-consent,consent,2009-06-30,112.429,110,115,107,119
2008-06-30,UNCAC-consent,consent,2010-06-30,119.954,116,123,112,128"
}

@test "forecast: back-test on real records: the bands hold, the straight line is beaten" {
  run_tool -0 irm-forecast -d "$consent" --backtest 2005-12-31..2013-12-31 --where milestone=consent --draws 200
  [ "${#lines[@]}" -eq 4 ]
  awk -F, '$4 == "model" { n = $5; inside = $7; crps = $9 } $4 == "line" { line = $9 }
    END { if (!(n == 58 && inside >= 0.8 && crps < 0.75 * line)) { print n, inside, crps, line; exit 1 } }' <<<"$output"
}

@test "forecast: back-test on an invented mechanism made in another way" {
  irm-sim -o mechanism --seed 11 --states 60 --no-faults
  irm-forecast -d mechanism --backtest 2012-06-30..2021-06-30 --step 1y --total --draws 150 >scores.csv
  awk -F, '$2 == "all" && $3 == "all" && $4 == "model" { n = $5; inside = $7; crps = $9 }
    $2 == "all" && $3 == "all" && $4 == "line" { line = $9 }
    END { if (!(n > 80 && inside >= 0.85 && crps < 0.75 * line)) { print n, inside, crps, line; exit 1 } }' scores.csv
}

@test "forecast: the scores are the means of the forecasts" {
  irm-forecast -d "$consent" --backtest 2006-06-30..2010-06-30 --draws 50 --total >scores.csv
  irm-forecast -d "$consent" --backtest 2006-06-30..2010-06-30 --draws 50 --each >each.csv
  awk -F, -v OFS=, 'NR > 1 { n[$5]++; crps[$5] += $12; bias[$5] += $7 - $6; pinball[$5] += $13
      if ($6 >= $8 && $6 <= $9) in50++; if ($6 >= $10 && $6 <= $11) in90++
      off = $7 > $6 ? $7 - $6 : $6 - $7
      if ($5 == "model") { pit50 += within($14, $15, 0.5); pit90 += within($14, $15, 0.9) }
      if ($5 != "model" && ($8 $14 != "" || ($12 - off) ^ 2 > 1e-12)) print "a number with a band, or another distance" }
    END { print "2014-04-02,all,all,model", n["model"], in50 / n["model"], in90 / n["model"], bias["model"] / n["model"], crps["model"] / n["model"], pinball["model"] / n["model"], pit50 / n["model"], pit90 / n["model"] }
    function within(lo, hi, share,    from, to) {
      from = (1 - share) / 2; to = 1 - from
      if (hi <= lo) return lo > from && lo < to
      lo2 = lo > from ? lo : from; hi2 = hi < to ? hi : to
      return hi2 > lo2 ? (hi2 - lo2) / (hi - lo) : 0
    }' \
    OFMT=%.10g each.csv >wanted
  near wanted <(grep all,all,model scores.csv)
}

@test "forecast: suppositions make it earlier, a shock later" {
  irm-sim -o mechanism --seed 5 --states 60 --no-faults
  # mean of expected over the days of the second cycle's reports
  mean() { irm-forecast -d mechanism --as-of 2019-06-30 --where cycle=FIC-2 --where milestone=report_agreed --draws 300 "$@" | awk -F, 'NR > 1 { s += $5; n++ } END { print s / n }'; }
  usual=$(mean)
  limit=$(mean --what-if self_assessment=limit)
  faster=$(mean --what-if desk_review=0.8)
  both=$(mean --what-if desk_review=0.8 --what-if self_assessment=limit)
  shock=$(mean --shock 2019-07-01..2020-12-31=0.5)
  awk -v u="$usual" -v l="$limit" -v f="$faster" -v b="$both" -v s="$shock" 'BEGIN { exit !(s < u - 1 && f < b && u + 1 < l && l < b && f > u + 0.1) }'
}

@test "forecast: a shock that has passed is not taken for the usual speed" {
  irm-sim -o mechanism --seed 5 --states 60 --no-faults
  later() { irm-forecast -d mechanism --as-of 2019-06-30 --until 2021-06-30 --step 2y --where cycle=FIC-2 --where milestone=report_agreed --draws 300 "$@" | sed -n 3p | cut -d, -f 5; }
  awk -v usual="$(later)" -v after="$(later --shock 2017-01-01..2019-06-30=0.5)" 'BEGIN { exit !(after > usual + 1) }'
}

@test "forecast: reviews that have not begun begin by the calendar of their cycle" {
  made_up_package made-up
  sed -i '/^FIC-2-XAA,started/d' made-up/events.csv
  sed -i 's/^FIC-2-XAA,FIC-2,2020/FIC-2-XAA,FIC-2,2022/' made-up/reviews.csv
  # Others began in or after March of their year: not before 2022, most soon after
  irm-forecast -d made-up --where cycle=FIC-2 --where milestone=started --step 1y --until 2025-12-31 >got.csv
  awk -F, '$4 == "2021-12-31" { bad += $5 > 0.1; n++ } $4 == "2023-12-31" { bad += $5 < 0.6; n++ } END { exit bad || n != 2 }' got.csv
  # Nobody knows when
  sed -i 's/^FIC-2-XAA,FIC-2,2022/FIC-2-XAA,FIC-2,/' made-up/reviews.csv
  sed -i 's/^FIC-2,FIC,Second cycle,2020-01-01/FIC-2,FIC,Second cycle,/' made-up/cycles.csv
  run_tool -0 irm-forecast -d made-up --where cycle=FIC-2 --where milestone=started --until 2030-12-31 --draws 20
  # shellcheck disable=SC2154 # run sets stderr
  same "$stderr" 'irm-forecast: note: 1 review without a scheduled year, in a cycle that has not begun: not foreseen to begin'
  same "$(cut -d, -f 5 <<<"${lines[-1]}")" 0
}

@test "forecast: records that end early are told of" {
  made_up_package made-up
  sed -i '/^FIC-1-XAC,/s/$/2019-12-31/' made-up/reviews.csv
  run_tool -0 irm-forecast -d made-up --where state=XAC --draws 20
  same "$stderr" 'irm-forecast: note: 1 open review set out from before the day: their records end there'
  run_tool -0 irm-forecast -q -d made-up --where state=XAC --draws 20
  same "$stderr" ''
}

@test "forecast: a back-test of which nothing can be scored says so" {
  run_tool -0 irm-forecast -d "$consent" --backtest 2030-01-01..2031-01-01
  [ "${#lines[@]}" -eq 1 ]
  same "$stderr" 'irm-forecast: note: no forecast of those days can be scored: nothing was open then, or the records end before the days that they look at'
}

@test "forecast: every format says the same; names" {
  formats irm-forecast -d "$consent" --draws 20
  formats irm-forecast -d "$consent" --draws 20 --when 0.5,1
  formats irm-forecast -d "$consent" --draws 20 --backtest 2007-06-30..2008-06-30
  run_tool -0 irm-forecast -d "$consent" --draws 20 --names
  contains "$output" ',Signatories of the Convention,Consent to be bound,'
}

@test "forecast: wrong questions" {
  wrong_question irm-forecast
  wrong() { fault 2 irm-forecast "$1" -d "$consent" "${@:2}"; }
  wrong '--by: the keys of a forecast are cycle and milestone' --by region
  wrong "--draws: expected 1 to 100000, found '0'" --draws 0
  wrong "--step: expected a length of time such as 30d, 3w, 6m or 2y, found 'half'" --step half
  wrong "--until: expected a day not before the one of the forecast, found '2014-04-01'" --until 2014-04-01
  wrong "--when: expected shares above 0 and up to 1, found '0.5,50'" --when 0.5,50
  wrong "--when: expected shares above 0 and up to 1, found '0'" --when 0
  wrong "--shock: expected FROM..TO=FACTOR such as 2020-03-15..2021-12-31=0.5, found '2020'" --shock 2020
  wrong "--what-if: expected MILESTONE=limit or MILESTONE=FACTOR such as desk_review=0.8, found 'consent'" --what-if consent
  wrong "--what-if: 'consent' has no time limit" --what-if consent=limit
  wrong "the source has no milestone 'consnt' (did you mean 'consent'?)" --what-if consnt=0.8
  wrong "--backtest: expected FROM..TO such as 2005-06-30..2012-06-30, found '2005-06-30'" --backtest 2005-06-30
  wrong '--backtest: it ends before it begins' --backtest 2006-06-30..2005-06-30
  wrong '--backtest: more than 1000 days with that --step' --backtest 2005-06-30..2013-06-30 --step 1d
  wrong "--horizon: expected a length of time such as 30d, 3w, 6m or 2y, found '0m'" --backtest 2006-06-30..2007-06-30 --horizon 0m
  wrong '--horizon goes with --backtest only' --horizon 2y
  wrong '--each goes with --backtest only' --each
  wrong '--total goes with --backtest only' --total
  wrong '--what-if goes with no --backtest' --what-if consent=0.8 --backtest 2006-06-30..2007-06-30
  wrong '--step goes with no --when' --when 0.5 --step 1y
}

@test "forecast: no source, nowhere to write" {
  wrong_source irm-forecast "$consent"
}
