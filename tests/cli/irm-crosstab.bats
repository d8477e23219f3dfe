#!/usr/bin/env bats
# irm-crosstab: tests, cells, faults. The figures themselves: tests/unit and tests/r.
load helper

HEADER=chisq,df,p,cramers_v,fisher_p,cramers_v_lo,cramers_v_hi,fisher_method,fisher_se
CELLS=row,col,count,expected,residual,p,p_adjusted

# fault STATUS MESSAGE INPUT [OPTION...]: nothing on stdout, one line on stderr, the status
fault() {
  local status_wanted=$1 message=$2
  printf "$3" >input.csv
  shift 3
  run_tool "-$status_wanted" irm-crosstab "$@" input.csv
  same "$stderr" "irm-crosstab: $message"
  [ -z "$output" ]
}

# tests TEXT: the line of tests of a table that printf makes of it, without notes
tests() {
  printf "$1" | irm-crosstab -q | tail -n +2
}

tea='first,said,count\nmilk,milk,3\nmilk,tea,1\ntea,milk,1\ntea,tea,3\n'

@test "crosstab: the tests, and a note where chi-squared is rough" {
  printf "$tea" >tea.csv
  run_tool -0 irm-crosstab tea.csv
  same "$output" "$HEADER
2,1,0.1572992071,0.5,0.4857142857,0,1,exact,"
  same "$stderr" 'irm-crosstab: note: 4 of 4 cells expect less than 5: chi-squared is rough there'
  run_tool -0 irm-crosstab --quiet tea.csv
  [ -z "$stderr" ]
}

@test "crosstab: --cells, sorted, with what chance would put there" {
  printf 'k,out,count\n10,no,3\n9,yes,30\n10,yes,10\n9,no,5\n' >in.csv
  run_tool -0 irm-crosstab -q --cells in.csv
  # chisq.test(matrix(c(5, 3, 30, 10), 2), correct = FALSE): expected, stdres; p.adjust(p, "BH")
  same "$output" "$CELLS
9,no,5,5.833333333,-0.7262730392,0.4676714039,0.4676714039
9,yes,30,29.16666667,0.7262730392,0.4676714039,0.4676714039
10,no,3,2.166666667,0.7262730392,0.4676714039,0.4676714039
10,yes,10,10.83333333,-0.7262730392,0.4676714039,0.4676714039"
}

@test "crosstab: rows, counts of them and any order give the same, to the byte" {
  { echo a,b; for i in 1 2 3 4 5 6; do
    echo x,u; echo y,v; echo x,v; echo y,w; [ $i -gt 2 ] || echo z,u; done; } >rows.csv
  { echo b,count,a; tail -n +2 rows.csv | sort | uniq -c |
    awk '{ split($2, k, ","); print k[2] "," $1 "," k[1] }' | sort -r; } >counts.csv
  for options in '' --cells; do
    same "$(irm-crosstab -q $options --row a --col b counts.csv)" "$(irm-crosstab -q $options rows.csv)"
  done
}

@test "crosstab: --row and --col choose columns; the first two that are not count else" {
  printf 'count,a,note,b\n3,x,n,u\n1,x,m,v\n1,y,n,u\n3,y,m,v\n' >in.csv
  run_tool -0 irm-crosstab -q --cells in.csv
  same "${lines[1]}" x,m,1,2,-1.414213562,0.1572992071,0.1572992071
  run_tool -0 irm-crosstab -q --row b --cells in.csv
  same "${lines[1]}" u,x,3,2,1.414213562,0.1572992071,0.1572992071
  run_tool -0 irm-crosstab -q --col a --row b --cells in.csv
  same "${lines[1]}" u,x,3,2,1.414213562,0.1572992071,0.1572992071
}

@test "crosstab: unknown keys and totals are left out, and said" {
  { printf "$tea"; printf ',tea,5\nmilk,,7\nall,tea,4\nmilk,all,4\nall,all,8\n'; } >in.csv
  run_tool -0 irm-crosstab in.csv
  same "${lines[1]}" 2,1,0.1572992071,0.5,0.4857142857,0,1,exact,
  same "${stderr_lines[0]}" "irm-crosstab: note: 2 rows with an empty key left out"
  same "${stderr_lines[1]}" "irm-crosstab: note: 3 rows with the key 'all' left out, which hold others again"
  printf 'a,b\n,x\nall,x\n' >one.csv
  run_tool -0 irm-crosstab one.csv
  same "$stderr" "irm-crosstab: note: 1 row with an empty key left out
irm-crosstab: note: 1 row with the key 'all' left out, which holds others again"
}

@test "crosstab: no test of one row, one column, nothing; zero margins are no rows" {
  for in in 'a,b\n' 'a,b\nx,u\n' 'a,b\nx,u\nx,v\n' 'a,b\nx,u\ny,u\n' 'a,b,count\nx,u,0\n' \
    'a,b,count\nx,u,3\nx,v,2\ny,u,0\ny,v,0\n'; do
    same "$(tests "$in")" ,,,,,,,,
  done
  printf 'a,b,count\nx,u,3\nx,v,2\ny,u,0\n' >in.csv
  run_tool -0 irm-crosstab --cells in.csv
  same "$output" "$CELLS
x,u,3,3,,,
x,v,2,2,,,"
  [ -z "$stderr" ]
  same "$(tests "$tea")" "$(tests "${tea}tea,none,0\nnobody,tea,0\n")"
  same "$(printf 'a,b\n' | irm-crosstab --cells)" "$CELLS"
}

@test "crosstab: counts of 10^9 keep their digits" {
  same "$(tests 'a,b,count\nx,u,1000000001\nx,v,1000000000\ny,u,1000000000\ny,v,1000000000\n')" \
    2.499999998e-10,1,0.9999873843,2.499999999e-10,1,0,0,exact,
  same "$(tests 'a,b,count\nx,u,1000000000\ny,v,1000000000\n')" \
    2000000000,1,0,1,0,0.9999561739,1,exact,
}

@test "crosstab: a larger table is drawn, and says so; the seed repeats it" {
  { echo a,b,count; for i in 1 2 3 4 5 6; do for k in 1 2 3 4 5 6; do
    echo "r$i,c$k,$((5 + (i * k) % 7))"; done; done; } >in.csv
  run_tool -0 irm-crosstab in.csv
  same "$stderr" 'irm-crosstab: note: fisher_p: too many tables are possible; 50000 drawn, seed 1'
  first=$output
  IFS=, read -r _ _ p _ fisher _ _ method se <<<"${lines[1]}"
  [ "$method" = monte-carlo ]
  # by chance within five standard errors of the rough one, and more: both know it as no finding
  awk -v p="$p" -v f="$fisher" -v se="$se" 'BEGIN { exit !(f - p < 0.03 && p - f < 0.03 && se > 0 && se < 0.0023) }'
  same "$(irm-crosstab -q --seed 1 --draws 50000 in.csv)" "$first"
  same "$({ head -n 1 in.csv; tail -n +2 in.csv | tac; } | irm-crosstab -q)" "$first"
  run_tool -0 irm-crosstab --seed 2 --draws 500 in.csv
  contains "$stderr" '; 500 drawn, seed 2'
  [ "$output" != "$first" ]
}

@test "crosstab: 40,000 cells, and one of 60,000 rows of its own" {
  awk 'BEGIN { print "a,b"; for (i = 0; i < 60000; i++) print int(i * 7919 % 200) "," int(i * 104729 / 200 % 200) }' >in.csv
  SECONDS=0
  run_tool -0 irm-crosstab -q --draws 100 in.csv
  contains "$output" monte-carlo
  irm-crosstab -q --cells in.csv >cells.csv
  [ "$(wc -l <cells.csv)" -eq 40001 ]
  [ "$SECONDS" -le 10 ]
}

@test "crosstab: in JSON counts are numbers, unknown is null" {
  printf 'a,b\n7,1\n' >in.csv
  run_tool -0 irm-crosstab --cells -f jsonl in.csv
  same "$(jq -c '[.row, .col, .count, .residual]' <<<"$output")" '["7","1",1,null]'
}

@test "crosstab: wrong usage" {
  fault 2 "--row: there is no column 'q' (one of: a, b)" 'a,b\n' --row q
  fault 2 "--col: there is no column 'B' (did you mean 'b'?)" 'a,b\n' --col B
  fault 2 "--row and --col name the same column 'a'" 'a,b\n' --row a --col a
  fault 2 "--col: 'count' is how often a row counts, no key" 'a,b,count\n' --col count
  fault 2 "--level: expected a share between 0 and 1" 'a,b\n' --level 95
  fault 2 "--draws: expected 0 to 1000000000, found 2000000000" 'a,b\n' --draws 2000000000
  fault 2 "--seed: expected 0 to 4294967295, found 4294967296" 'a,b\n' --seed 4294967296
  fault 2 "--seed: expected a whole number, found '-1'" 'a,b\n' --seed=-1
  fault 2 "expected one file, found 'input.csv' too" 'a,b\n' other.csv
}

@test "crosstab: bad input, each at its place" {
  fault 3 "input.csv:1: expected two key columns" 'a,count\n'
  fault 3 "input.csv:1: expected a header row, found an empty input" ''
  fault 3 "input.csv:2:3: expected a count from 0, found nothing" 'a,b,count\nx,u,\n'
  fault 3 "input.csv:3:3: expected a count from 0, found '-1'" 'a,b,count\nx,u,1\nx,v,-1\n'
  fault 3 "input.csv:2:3: expected a whole number, found '1.5'" 'a,b,count\nx,u,1.5\n'
  fault 3 "input.csv: expected counts from 0 that add up to 9007199254740992 at most" \
    'a,b,count\nx,u,9007199254740992\nx,v,1\n'
  fault 3 "input.csv: expected counts from 0 that add up to 9007199254740992 at most" \
    'a,b,count\nx,u,9223372036854775807\nx,u,9223372036854775807\n'
  fault 3 "input.csv:2: expected 2 fields as in the header, found 1" 'a,b\nx\n'
  { echo a,b; seq 1 4000 | sed 's/.*/&,&/'; } >many.csv
  run_tool -3 irm-crosstab many.csv
  same "$stderr" 'irm-crosstab: many.csv: expected 10000000 cells at most, found 4000 rows by 4000 columns'
}

@test "crosstab: no such file, full disk: exit 4; a closed pipe is no crash" {
  run_tool -4 irm-crosstab none.csv
  printf "$tea" >tea.csv
  run -4 bash -c 'irm-crosstab -q tea.csv >/dev/full'
  awk 'BEGIN { print "a,b"; for (i = 0; i < 3000; i++) print i "," i % 9 }' >long.csv
  run bash -c 'irm-crosstab -q --cells long.csv | head -n 1'
  [ "$status" -eq 0 ]
  same "$output" "$CELLS"
}
