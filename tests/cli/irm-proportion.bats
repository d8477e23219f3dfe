#!/usr/bin/env bats
# irm-proportion: rates, faults. The limits themselves: tests/r.
load helper

# fault STATUS MESSAGE INPUT [OPTION...]: nothing on stdout, one line on stderr, the status
fault() {
  local status_wanted=$1 message=$2
  printf "$3" >input.csv
  shift 3
  run_tool "-$status_wanted" irm-proportion "$@" input.csv
  same "$stderr" "irm-proportion: $message"
  [ -z "$output" ]
}

@test "proportion: the table passes through, the rates are appended" {
  cat >answers.csv <<'END'
region,x,note,n
AFR,0,"one, two",10
APG,10,,10
EEG,81,,263
END
  run_tool -0 irm-proportion answers.csv
  same "$output" 'region,x,note,n,rate,rate_lo,rate_hi
AFR,0,"one, two",10,0,0,0.2775327999
APG,10,,10,1,0.7224672001,1
EEG,81,,263,0.3079847909,0.2552885199,0.366209577'
  irm-proportion - <answers.csv >stdin.csv
  same "$(cat stdin.csv)" "$output"
}

@test "proportion: --ci and --level" {
  printf 'x,n\n5,9\n' >a.csv
  for case in wilson:0.3034766602,0.7819529487 clopper-pearson:0.2513676274,0.831249504 \
    jeffreys:0.2967678886,0.7913156687 agresti-coull:0.3032118523,0.7822177567; do
    run_tool -0 irm-proportion --ci "${case%%:*}" --level 0.9 a.csv
    same "${lines[1]}" "5,9,0.5555555556,${case#*:}"
  done
}

@test "proportion: --ci none leaves the limits out" {
  printf 'x,n\n5,9\n' >a.csv
  run_tool -0 irm-proportion --ci none a.csv
  same "$output" 'x,n,rate
5,9,0.5555555556'
}

@test "proportion: of nothing, and of an unknown number, nothing is known" {
  printf 'x,n\n0,0\n,4\n3,\n,\n' >a.csv
  run_tool -0 irm-proportion a.csv
  same "$output" 'x,n,rate,rate_lo,rate_hi
0,0,,,
,4,,,
3,,,,
,,,,'
}

@test "proportion: in JSON x and n are numbers" {
  printf 'k,x,n\n7,1,4\n' >a.csv
  run_tool -0 irm-proportion --ci none -f jsonl a.csv
  [ "$(jq -c '[.x, .n, .rate]' <<<"$output")" = '[1,4,0.25]' ]
}

@test "proportion: large numbers, at once" {
  printf 'x,n\n5,1000000000000\n500000000000,1000000000000\n' >a.csv
  for method in clopper-pearson jeffreys; do
    SECONDS=0
    run_tool -0 irm-proportion --ci "$method" a.csv
    [ "$SECONDS" -le 2 ]
    contains "${lines[1]}" '5,1000000000000,5e-12,1.'
  done
}

@test "proportion: a row's figures do not depend on the others" {
  { echo x,n; for n in 1 2 3 50 1000; do echo 0,$n; echo 1,$n; echo $n,$n; done; } >a.csv
  irm-proportion a.csv | tail -n +2 | sort >straight
  { head -n 1 a.csv; tail -n +2 a.csv | tac; } | irm-proportion | tail -n +2 | sort >turned
  cmp straight turned
}

@test "proportion: without rows a header" {
  echo x,n | irm-proportion >out.csv
  same "$(cat out.csv)" x,n,rate,rate_lo,rate_hi
}

@test "proportion: wrong usage" {
  fault 2 "no method of limits is called 'wislon' (did you mean 'wilson'?)" 'x,n\n' --ci wislon
  fault 2 "--level: expected a share between 0 and 1" 'x,n\n' --level 1
  fault 2 "expected one file, found 'input.csv' too" 'x,n\n' other.csv
}

@test "proportion: bad input, each at its place" {
  fault 3 "input.csv:1: expected a column 'x', found none of that name (did you mean 'X'?)" 'X,n\n'
  fault 3 "input.csv:1: expected a column 'n', found none of that name (did you mean 'N'?)" 'x,N\n'
  fault 3 "input.csv:1:3: expected no column 'rate', which the result has" 'x,n,rate\n'
  fault 3 "input.csv:1:1: expected no column 'rate_lo', which the result has" 'rate_lo,x,n\n'
  fault 3 "input.csv:2:1: expected a whole number, found '1.5'" 'x,n\n1.5,2\n'
  fault 3 "input.csv:2:1: expected a number from 0, found '-1'" 'x,n\n-1,2\n'
  fault 3 "input.csv:2:2: expected a number from 0, found '-2'" 'x,n\n1,-2\n'
  fault 3 "input.csv:3:1: expected at most n, 2, found '3'" 'x,n\n1,2\n3,2\n'
  fault 3 "input.csv:2: expected 2 fields as in the header, found 3" 'x,n\n1,2,3\n'
}

COMPARED=difference,difference_lo,difference_hi,ratio,ratio_lo,ratio_hi

@test "proportion: --compare takes rows two and two" {
  # Newcombe 1998, Table II, (a) and (h), 0.0524 to 0.3339 and 0.6075 to 1; Koopman 1984, 2.94 to 7.15
  printf 'cycle,x,n\n1,56,70\n2,48,80\n1,10,10\n2,0,10\n1,36,40\n2,16,80\n' >a.csv
  run_tool -0 irm-proportion --compare a.csv
  same "$output" "cycle_1,x_1,n_1,cycle_2,x_2,n_2,$COMPARED
1,56,70,2,48,80,0.2,0.0524314724,0.333872654,1.333333333,1.079821506,1.670805578
1,10,10,2,0,10,1,0.6075093504,1,,3.603177716,
1,36,40,2,16,80,0.7,0.5352954616,0.7947390197,4.5,2.939569192,7.152223435"
  same "$(irm-proportion --compare --ci wilson a.csv)" "$output"
  run_tool -0 irm-proportion --compare --ci none a.csv
  same "${lines[0]}" cycle_1,x_1,n_1,cycle_2,x_2,n_2,difference,ratio
  same "${lines[1]}" 1,56,70,2,48,80,0.2,1.333333333
}

@test "proportion: --compare --by finds the two rows of a key, wherever they stand" {
  printf 'region,x,cycle,n\nEEG,20,1,23\nAFR,48,1,54\nAFR,30,2,53\nEEG,19,2,23\n' >a.csv
  run_tool -0 irm-proportion --compare --by region --level 0.9 a.csv
  same "${lines[0]}" "region,x_1,cycle_1,n_1,x_2,cycle_2,n_2,$COMPARED"
  contains "${lines[1]}" AFR,48,1,54,30,2,53,0.32285115
  contains "${lines[2]}" EEG,20,1,23,19,2,23,0.04347826
  irm-proportion --compare --level 0.9 --ci none --by cycle,region <<<'region,cycle,x,n' >empty.csv
  same "$(cat empty.csv)" cycle,region,x_1,n_1,x_2,n_2,difference,ratio
}

@test "proportion: --compare of nothing and of unknown numbers" {
  printf 'x,n\n0,0\n1,2\n,4\n1,2\n0,5\n0,6\n0,10\n3,10\n5,5\n6,6\n' >a.csv
  run_tool -0 irm-proportion --compare a.csv
  same "${lines[1]}" 0,0,1,2,,,,,,
  same "${lines[2]}" ,4,1,2,,,,,,
  same "${lines[3]}" 0,5,0,6,0,-0.3903342879,0.4344824648,,,
  same "${lines[4]}" 0,10,3,10,-0.3,-0.6032218525,0.03759243458,0,0,1.082259795
  same "${lines[5]}" 5,5,6,6,0,-0.4344824648,0.3903342879,1,0.5655175352,1.640243137
}

@test "proportion: --compare, wrong usage and bad input" {
  fault 2 "--compare has limits of its own: --ci takes wilson or none" 'x,n\n' --compare --ci jeffreys
  fault 2 "--by goes with --compare only" 'k,x,n\n' --by k
  fault 2 "--by: 'x' is no key" 'x,n\n' --compare --by x
  fault 2 "--by: the key 'ratio' has the name of a column of the result (give the column another name)" \
    'ratio,x,n\n' --compare --by ratio
  fault 2 "--by: the key 'x_1' has the name of a column of the result (give the column another name)" \
    'x_1,x,n\n' --compare --by x_1
  run_tool -2 irm-proportion --compare --by q input.csv
  contains "$stderr" "'q'"
  fault 3 "input.csv:4: expected another row to compare this one with, found the end" \
    'x,n\n1,2\n1,3\n1,4\n' --compare
  fault 3 "input.csv:3: expected two rows of each key, found one" 'k,x,n\na,1,2\nb,1,2\na,1,2\n' \
    --compare --by k
  fault 3 "input.csv:4: expected two rows of each key, found a third" \
    'k,x,n\na,1,2\na,1,2\na,1,2\n' --compare --by k
  fault 3 "input.csv:2:1: expected at most n, 2, found '3'" 'x,n\n3,2\n1,2\n' --compare
}

@test "proportion: no such file, full disk: exit 4; a closed pipe is no crash" {
  run_tool -4 irm-proportion none.csv
  { echo x,n; seq 1 100000 | sed 's/.*/1,&/'; } >long.csv
  run -4 bash -c 'irm-proportion long.csv >/dev/full'
  run bash -c 'irm-proportion long.csv | head -n 1'
  [ "$status" -eq 0 ]
  same "$output" x,n,rate,rate_lo,rate_hi
}
