#!/usr/bin/env bats
# irm-survival: figures, keys, faults. The figures themselves: tests/r.
load helper

SUMMARY=n,events,median,median_lo,median_hi,q25,q75,rmean,rmean_se,tau
CURVE=time,at_risk,events,censored,survival,se,lo,hi

# Nine observations in two regions; those of APG are the worked example of tests/unit/test_km.c.
delays() {
  cat <<'END'
region,days,event
APG,3,1
AFR,10,1
APG,2,0
AFR,40,0
APG,1,1
AFR,20,1
APG,2,1
AFR,,0
AFR,30,1
END
}

# fault STATUS MESSAGE INPUT [OPTION...]: nothing on stdout, one line on stderr, the status
fault() {
  local status_wanted=$1 message=$2
  printf "$3" >input.csv
  shift 3
  run_tool "-$status_wanted" irm-survival "$@" input.csv
  same "$stderr" "irm-survival: $message"
  [ -z "$output" ]
}

@test "survival: one row of figures" {
  delays | grep -v AFR >apg.csv
  run_tool -0 irm-survival apg.csv
  same "$output" "$SUMMARY
4,3,2.5,1,,1.5,3,2.25,0.4145780988,3"
  same "$stderr" 'irm-survival: note: 1 row rests on fewer than 20 observations: limits of so few are rough'
}

@test "survival: stdin and a file are the same; '-' is stdin" {
  delays >delays.csv
  irm-survival -q delays.csv >file.csv
  irm-survival -q <delays.csv >stdin.csv
  irm-survival -q - <delays.csv >dash.csv
  cmp file.csv stdin.csv
  cmp file.csv dash.csv
}

@test "survival: --by, rows without days left out with a note, one tau for all" {
  delays >delays.csv
  run_tool -0 irm-survival --by region delays.csv
  same "$stderr" 'irm-survival: note: 1 row without days left out
irm-survival: note: 2 rows rest on fewer than 20 observations: limits of so few are rough'
  same "$output" "region,$SUMMARY
AFR,4,3,25,10,,15,30,3,0,3
APG,4,3,2.5,1,,1.5,3,2.25,0.4145780988,3"
  run_tool -0 irm-survival --quiet --by region delays.csv
  [ -z "$stderr" ]
}

@test "survival: --curve" {
  delays >delays.csv
  run_tool -0 irm-survival -q --curve --by region delays.csv
  same "$output" "region,$CURVE
AFR,10,4,1,0,0.75,0.2165063509,0.1279469176,0.9605486423
AFR,20,3,1,0,0.5,0.25,0.057847083,0.8448612812
AFR,30,2,1,0,0.25,0.2165063509,0.008947824417,0.6653253428
AFR,40,1,0,1,0.25,0.2165063509,0.008947824417,0.6653253428
APG,1,4,1,0,0.75,0.2165063509,0.1279469176,0.9605486423
APG,2,3,1,1,0.5,0.25,0.057847083,0.8448612812
APG,3,1,1,0,0,,,"
}

@test "survival: --tau, --level, --conf-type" {
  delays | grep -v APG >afr.csv
  run_tool -0 irm-survival -q --tau 25 --level 0.5 --conf-type plain afr.csv
  # limits 0.75 and 0.5 -+ 0.67449 se: 0.604 0.331 0.104; 0.896 0.669 0.396. Mean 10 + 7.5 + 2.5.
  same "$output" "$SUMMARY
4,3,25,20,30,15,30,20,3.061862178,25"
}

@test "survival: a tally gives the same bytes as its rows one by one, in any order" {
  delays | grep -v 'AFR,,' >delays.csv
  turn() { tail -n +2 delays.csv | awk -F, -v OFS=, -v count="$1" '{ print $1, $3, $2, count }'; }
  { echo region,event,days,count; for _ in 1 2 3 4 5; do turn 1; done; } >five.csv
  { echo region,event,days,count; turn 5; } >tally.csv
  { head -n 1 tally.csv; tail -n +2 tally.csv | sort -r; } >turned.csv
  for option in --level=0.95 --curve; do
    irm-survival --by region $option five.csv >five.out
    irm-survival --by region $option tally.csv >tally.out
    irm-survival --by region $option turned.csv >turned.out
    cmp five.out tally.out
    cmp five.out turned.out
  done
  grep -q '^AFR,10,20,5,0,0.75,' tally.out
}

@test "survival: tau is the smallest last day of the stage where stage is a key" {
  cat >stages.csv <<'END'
stage,region,days,event
b,AFR,9,1
b,APG,4,0
a,AFR,100,1
a,APG,70,1
c,APG,,
END
  run_tool -0 irm-survival -q --by region,stage stages.csv
  same "$(cut -d, -f 1-4,12 <<<"$output")" 'region,stage,n,events,tau
AFR,a,1,1,70
AFR,b,1,1,4
APG,a,1,1,70
APG,b,1,0,4
APG,c,0,0,'
  run_tool -0 irm-survival -q --by region stages.csv
  same "$(cut -d, -f 1,11 <<<"$output")" 'region,tau
AFR,70
APG,70'
}

@test "survival: groups by number or by bytes, unassigned and all last, whatever the rows' order" {
  printf 'k,days,event\n%s,1,1\n' all >a.csv
  for key in 10 9 unassigned ''; do echo "$key,1,1" >>a.csv; done
  run_tool -0 irm-survival --by k a.csv
  same "$(cut -d, -f 1 <<<"$output" | paste -sd ' ')" 'k 9 10  unassigned all'
  echo x,1,1 >>a.csv
  run_tool -0 irm-survival --by k a.csv
  same "$(cut -d, -f 1 <<<"$output" | paste -sd ' ')" 'k 10 9 x  unassigned all'
}

@test "survival: without rows a header, and without keys a row that knows nothing" {
  echo region,days,event >empty.csv
  run_tool -0 irm-survival empty.csv
  same "$output" "$SUMMARY
0,0,,,,,,,,"
  run_tool -0 irm-survival --by region empty.csv
  same "$output" "region,$SUMMARY"
  run_tool -0 irm-survival --curve empty.csv
  same "$output" "$CURVE"
}

@test "survival: formats" {
  delays >delays.csv
  run_tool -0 irm-survival -q -f jsonl --by region --curve delays.csv
  [ "$(jq -s 'length' <<<"$output")" -eq 7 ]
  [ "$(tail -n 1 <<<"$output" | jq -c '[.region, .survival, .lo]')" = '["APG",0,null]' ]
  run_tool -0 irm-survival -q -o out.csv delays.csv
  [ -z "$output" ]
  [ "$(wc -l <out.csv)" -eq 2 ]
}

@test "survival: wrong usage" {
  fault 2 "--by: there is no column 'regoin' (did you mean 'region'?)" 'region,days,event\n' --by regoin
  fault 2 "--by: the column 'region' stands twice" 'region,days,event\n' --by region,region
  fault 2 "--by: a column is missing at the end" 'region,days,event\n' --by region,
  fault 2 "--by: the key 'n' has the name of a column of the result (give the column another name)" \
    'n,days,event\n' --by n
  fault 2 "--by: the key 'time' has the name of a column of the result (give the column another name)" \
    'time,days,event\n' --curve --by time
  fault 2 "no transformation of limits is called 'plan' (did you mean 'plain'?)" 'days,event\n' --conf-type plan
  fault 2 "--tau: expected a whole number, found '-1'" 'days,event\n' --tau=-1
  fault 2 "--tau: expected a whole number, found '1.5'" 'days,event\n' --tau=1.5
  fault 2 "--level: expected a share between 0 and 1" 'days,event\n' --level 95
  fault 2 "expected one file, found 'input.csv' too" 'days,event\n' other.csv
}

@test "survival: a key may have a name that only the other kind of result uses" {
  printf 'time,days,event\nday,1,1\n' >a.csv
  run_tool -0 irm-survival --by time a.csv
}

@test "survival: bad input, each at its place" {
  fault 3 "input.csv:1: expected a header row, found an empty input" ''
  fault 3 "input.csv:1: expected a column 'days', found none of that name (did you mean 'day'?)" 'day,event\n'
  fault 3 "input.csv:1: expected a column 'event', found none of that name (did you mean 'events'?)" 'days,events\n'
  fault 3 "input.csv:3:1: expected days from 0, found '-1'" 'days,event\n1,1\n-1,1\n'
  fault 3 "input.csv:2:1: expected days from 0, found '2147483648'" 'days,event\n2147483648,1\n'
  fault 3 "input.csv:2:1: expected a whole number, found '1.5'" 'days,event\n1.5,1\n'
  fault 3 "input.csv:2:2: expected event 0 or 1, found '2'" 'days,event\n1,2\n'
  fault 3 "input.csv:2:2: expected event 0 or 1, found nothing" 'days,event\n1,\n'
  fault 3 "input.csv:2:2: expected a whole number, found 'yes'" 'days,event\n1,yes\n'
  fault 3 "input.csv:2:3: expected a count from 1, found '0'" 'days,event,count\n1,1,0\n'
  fault 3 "input.csv:2:3: expected a count from 1, found nothing" 'days,event,count\n1,1,\n'
  fault 3 "input.csv: the counts add up to more than 9223372036854775807" \
    'days,event,count\n1,1,9223372036854775807\n1,1,1\n'
}

@test "survival: a message with stdin's name" {
  run_tool -3 irm-survival < <(printf 'days,event\n1,x\n')
  same "$stderr" "irm-survival: (stdin):2:2: expected a whole number, found 'x'"
}

@test "survival: no such file, full disk: exit 4" {
  run_tool -4 irm-survival none.csv
  contains "$stderr" 'none.csv'
  delays >delays.csv
  run -4 bash -c 'irm-survival -q delays.csv >/dev/full'
  contains "$output" 'irm-survival: '
  run_tool -4 irm-survival -q -o none/out.csv delays.csv
}

@test "survival: a closed pipe is no crash and no noise" {
  { echo days,event; seq 1 200000 | sed 's/$/,1/'; } >long.csv
  run bash -c 'irm-survival --curve long.csv | head -n 1'
  [ "$status" -eq 0 ]
  same "$output" "$CURVE"
}

# Two cycles of two groups and how they ended
outcomes() {
  cat <<'END'
group,cycle,days,event,kind,count
a,1,1,1,visit,4
a,1,3,0,,2
b,1,2,1,online,3
b,1,3,1,visit,5
a,2,5,1,visit,1
b,2,4,1,online,7
END
}

@test "survival: --quantile appends, and to quartiles only their limits" {
  delays | grep -v APG >afr.csv
  run_tool -0 irm-survival -q --quantile 0.5,0.05,0.25,0.975 --level 0.5 --conf-type plain afr.csv
  same "$output" "$SUMMARY,q50,q50_lo,q50_hi,q05,q05_lo,q05_hi,q25_lo,q25_hi,q97.5,q97.5_lo,q97.5_hi
4,3,25,20,30,15,30,25,5.590169944,40,25,20,30,10,10,10,10,20,,,"
}

@test "survival: entry: at risk only from then on; empty and 0 are from the start" {
  printf 'days,event,entry\n2,1,0\n6,1,3\n7,0,5\n9,1,5\n0,1,\n' >late.csv
  run_tool -0 irm-survival --curve late.csv
  same "$(cut -d, -f 1-5 <<<"$output")" 'time,at_risk,events,censored,survival
0,2,1,0,0.5
2,1,1,0,0
6,3,1,0,0
7,2,0,1,0
9,1,1,0,0'
}

@test "survival: --test, --rho, --trend, --strata" {
  outcomes >a.csv
  run_tool -0 irm-survival --test --by group a.csv
  same "$output" 'chisq,df,p
0.06924029365,1,0.7924461394'
  run_tool -0 irm-survival --test --rho 1 --by group a.csv
  same "${lines[1]}" '1.200340446,1,0.2732536446'
  run_tool -0 irm-survival --test --strata cycle --by group a.csv
  straight=${lines[1]}
  run_tool -0 irm-survival --trend --strata cycle --by group a.csv
  same "${lines[1]}" "$straight"
  # no test within strata of one group each
  run_tool -0 irm-survival --test --strata group --by group a.csv
  same "${lines[1]}" ',,'
}

@test "survival: --trend goes by the numbers of a numeric key, else by the order" {
  printf 'k,days,event\n1,3,1\n1,5,1\n2,2,1\n2,7,1\n9,1,1\n9,2,1\n' >numbers.csv
  sed 's/^1,/a,/; s/^2,/b,/; s/^9,/c,/' numbers.csv >letters.csv
  sed 's/^9,/3,/' numbers.csv >order.csv
  irm-survival --trend --by k numbers.csv >numbers
  irm-survival --trend --by k letters.csv >letters
  irm-survival --trend --by k order.csv >order
  ! cmp -s numbers letters
  cmp order letters
}

@test "survival: --pairwise" {
  printf 'k,l,days,event\n1,x,3,1\n1,x,5,1\n2,x,2,1\n2,x,7,1\n3,y,1,1\n3,y,2,0\n' >a.csv
  run_tool -0 irm-survival --pairwise holm --by k,l a.csv
  same "$(cut -d, -f 1-4,6 <<<"$output")" 'k_1,l_1,k_2,l_2,df
1,x,2,x,1
1,x,3,y,1
2,x,3,y,1'
  run_tool -0 irm-survival --pairwise bh --by k a.csv
  same "${lines[0]}" 'k_1,k_2,chisq,df,p,p_adjusted'
  run_tool -0 irm-survival --pairwise bh a.csv
  same "$output" 'chisq,df,p,p_adjusted'
}

@test "survival: tests leave out the groups that hold others again, and say so" {
  outcomes >a.csv
  irm-survival --test --by group a.csv >straight
  { cat a.csv; sed 1d a.csv | sed 's/^[ab]/all/'; } >total.csv
  run_tool -0 irm-survival --test --by group total.csv
  same "$output" "$(cat straight)"
  same "$stderr" "irm-survival: note: 1 group with the key 'all' left out of the test, which holds others again"
}

@test "survival: no test of one group, of ends on one day, of nothing" {
  for rows in 'a,1,1\na,2,1\n' 'a,5,1\nb,5,1\nb,3,0\n' 'a,5,0\nb,6,0\n' ''; do
    printf "k,days,event\n$rows" >a.csv
    for option in --test --trend; do
      run_tool -0 irm-survival $option --by k a.csv
      same "$output" 'chisq,df,p
,,'
    done
  done
}

@test "survival: --outcome" {
  outcomes >a.csv
  run_tool -0 irm-survival --outcome kind --by group a.csv
  same "$(cut -d, -f 1-5,11 <<<"$output")" 'group,outcome,n,events,incidence,tau
a,online,7,0,0,4
a,visit,7,5,0.5714285714,4
b,online,15,10,0.6666666667,4
b,visit,15,5,0.3333333333,4'
  run_tool -0 irm-survival --outcome kind --curve a.csv
  same "$(cut -d, -f 1-6 <<<"$output" | sed -n '1,3p;7,8p')" 'outcome,time,at_risk,events,censored,incidence
online,1,22,0,0,0
online,2,18,3,0,0.1363636364
visit,1,22,4,0,0.1818181818
visit,2,18,0,0,0.1818181818'
  echo group,days,event,kind | irm-survival --outcome kind >empty
  same "$(cat empty)" 'outcome,n,events,incidence,se,lo,hi,rmean,rmean_se,tau'
}

@test "survival: --periods" {
  outcomes >a.csv
  run_tool -0 irm-survival --periods 2 --by group a.csv
  same "$(cut -d, -f 1-7 <<<"$output")" 'group,from,to,at_risk,person_days,events,hazard
a,0,2,7,10,4,0.4
a,2,4,3,4,0,0
a,4,6,1,1,1,1
b,0,2,15,30,3,0.1
b,2,4,12,19,12,0.6315789474'
}

@test "survival: every kind of result: any order of rows, and a tally, to the byte" {
  outcomes >tally.csv
  { echo group,cycle,days,event,kind,entry
    sed 1d tally.csv | while IFS=, read -r g c d e k n; do
      for _ in $(seq "$n"); do echo "$g,$c,$d,$e,$k,0"; done
    done; } >rows.csv
  { head -n 1 rows.csv; sed 1d rows.csv | sort -r -t, -k 5; } >turned.csv
  for options in '--quantile 0.9,0.1' --curve '--periods 2' '--outcome kind' '--outcome kind --curve' \
    '--test --strata cycle' '--test --rho 1' --trend '--pairwise holm' '--pairwise bh --rho 1 --strata cycle'; do
    irm-survival --by group $options tally.csv >tally.out
    irm-survival --by group $options rows.csv >rows.out
    irm-survival --by group $options turned.csv >turned.out
    cmp tally.out rows.out
    cmp rows.out turned.out
  done
}

@test "survival: wrong usage of the other kinds of result" {
  fault 2 "--quantile: expected shares between 0 and 1, found '0.5,1'" 'days,event\n' --quantile 0.5,1
  fault 2 "--quantile: expected shares between 0 and 1, found '0.5,'" 'days,event\n' --quantile 0.5,
  fault 2 "--quantile: expected shares between 0 and 1, found '0,5x'" 'days,event\n' --quantile 0,5x
  fault 2 "--quantile: 0.50 stands twice" 'days,event\n' --quantile 0.5,0.50
  fault 2 "--rho: expected 0 or 1, found '2'" 'days,event\n' --test --rho 2
  fault 2 "--rho goes with --test, --trend and --pairwise only" 'days,event\n' --rho 1
  fault 2 "--strata goes with --test, --trend and --pairwise only" 'days,event\n' --strata event
  fault 2 "--curve and --test do not go together" 'days,event\n' --test --curve
  fault 2 "--trend and --pairwise do not go together" 'days,event\n' --trend --pairwise bh
  fault 2 "--outcome and --periods do not go together" 'days,event\n' --outcome event --periods 3
  fault 2 "--quantile and --test do not go together" 'days,event\n' --quantile 0.5 --test
  fault 2 "--periods: expected days from 1, found '0'" 'days,event\n' --periods 0
  fault 2 "no adjustment is called 'holn' (did you mean 'holm'?)" 'days,event\n' --pairwise holn
  fault 2 "--strata: there is no column 'cycel' (did you mean 'cycle'?)" 'cycle,days,event\n' --test --strata cycel
  fault 2 "--outcome: there is no column 'knid' (did you mean 'kind'?)" 'kind,days,event\n' --outcome knid
  fault 2 "--by: the key 'q90_lo' has the name of a column of the result (give the column another name)" \
    'q90_lo,days,event\n' --by q90_lo --quantile 0.9
  fault 2 "the days make 2147483647 periods of 1, at most 100000 are possible (longer periods are fewer)" \
    'days,event\n2147483647,1\n' --periods 1
}

@test "survival: bad input of the other kinds of result" {
  fault 3 "input.csv:2:3: expected an entry before the row's days, found '5'" 'days,event,entry\n5,1,5\n'
  fault 3 "input.csv:2:3: expected an entry from 0, found '-1'" 'days,event,entry\n5,1,-1\n'
  fault 3 "input.csv:2:3: expected an outcome where event is 1, found nothing" 'days,event,kind\n5,1,\n' --outcome kind
  fault 3 "input.csv: the person-days add up to more than 9223372036854775807" \
    'days,event,count\n9,1,4611686018427387904\n' --periods 30
}

@test "survival: rows of fewer than 20 observations are told of, counts counted, in the summary alone" {
  printf 'g,days,event,count\na,1,1,10\na,2,0,9\nb,1,1,10\nb,2,0,10\nc,,,5\n' >some.csv
  run_tool -0 irm-survival --by g some.csv
  [[ $stderr == *'note: 1 row rests on fewer than 20 observations'* ]]
  for option in --curve --test --quiet; do
    run_tool -0 irm-survival --by g $option some.csv
    [[ $stderr != *'fewer than'* ]]
  done
}
