#!/usr/bin/env bats
# irm-plot: what keeps a chart honest, whatever the table: zero, limits, suppressed and empty figures, few.
load helper

texts() {
  "$BIN/irm-plot" "$@" --boxes
}

# kept FILE COLUMN VALUE...: a table of AFR, APG, EEG with these values, and rates
suppressed_table() {
  cat >a.csv <<'END'
as_of,region,article,reviews,n,rate,rate_lo,rate_hi
2020-01-01,AFR,5,9,9,0.5,0.3,0.7
2020-01-01,AFR,6,7,9,0.8,0.6,0.9
2020-01-01,APG,5,<5,<5,suppressed,,
2020-01-01,APG,6,3,4,0.75,0.3,0.9
2020-01-01,EEG,5,,8,,,
2020-01-01,EEG,6,5,8,0.25,0.1,0.5
END
}

@test "suppressed: its value is never drawn, and it is told apart from an empty one" {
  suppressed_table
  for kind in bars heatmap; do
    run texts $kind a.csv --y rate
    contains "$output" '(s)'
    [[ $output != *'<5'* ]]
  done
  contains "$(texts heatmap a.csv --y rate)" 'No figure: not zero'
  contains "$(texts heatmap a.csv --y rate)" '(s): suppressed,'
  contains "$(texts bars a.csv --y rate)" 'n/a or ×: no figure. (s) or –: suppressed, too few to be shown.'
  contains "$(texts dots a.csv --y rate)" '(s): suppressed, too few to be shown.'
  contains "$(texts dots a.csv --y rate)" '(s) · 75%'
  contains "$(texts lines a.csv --y rate)" 'Gaps: no figure, or suppressed.'
  sed '/EEG,5/d; /EEG,6/d' a.csv >b.csv
  contains "$(texts lines b.csv --y rate)" 'Gaps: suppressed, too few to be shown.'
  [[ $(texts heatmap b.csv --y rate) != *'No figure'* ]]
}

@test "suppressed: a column of that name counts too, and then no number of the row is drawn" {
  printf 'region,rate,rate_lo,rate_hi,n,suppressed\nAFR,0.37,0.1,0.6,3,yes\nAPG,0.5,0.3,0.7,60,no\nEEG,0.6,0.4,0.8,50,\n' >a.csv
  for kind in bars dots heatmap; do
    run texts $kind a.csv
    contains "$output" '(s)'
    [[ $output != *37%* ]]
  done
  [[ $(texts lines a.csv) != *37%* ]]
  printf 'state,region,value,suppressed\nXAA,AFR,37,true\nXAB,AFR,41,\nXAC,AFR,,\n' >a.csv
  run texts tiles a.csv
  contains "$output" '(s),'
  contains "$output" '(s): suppressed'
  contains "$output" 'No figure: not zero'
  [ "$(grep ',value,' <<<"$output" | cut -d, -f1 | paste -sd' ')" = '(s) 41' ]
}

@test "suppressed: a stack that lacks a part says so, and has no shares" {
  suppressed_table
  run texts stacked a.csv --y reviews --x region --group article
  contains "$output" '3 + (s)'
  contains "$output" '5 + n/a'
  contains "$output" 'n ≥ 24'
  contains "$output" '(s): suppressed, too few to be shown.'
  contains "$output" 'n/a: a part is not known.'
  run texts stacked a.csv --y reviews --x region --group article --percent
  [ "$(grep ',value,' <<<"$output" | cut -d, -f1 | paste -sd'|')" = 'n = 16|(s)|n/a' ]
  [ "$(grep -c ',segment,' <<<"$output")" = 2 ]
}

@test "suppressed: a funnel's step has no share and no bar" {
  printf 'milestone,eligible,reached,unknown\na,12,9,0\nb,12,<5,0\nc,12,6,<5\nd,12,,0\n' >a.csv
  run texts funnel a.csv
  [ "$(grep ',value,' <<<"$output" | cut -d, -f1 | paste -sd'|')" = '9 of 12 · 75%|(s)|(s)|n/a' ]
  contains "$output" 'n/a: no figure. (s): suppressed, too few to be shown.'
}

@test "what only begins like a suppressed figure is an error" {
  for value in '<' '<b>' '<five' '5<' 'Suppressed' 'supp'; do
    printf 'region,rate\nAFR,%s\n' "$value" >a.csv
    run_tool -3 irm-plot bars a.csv
    contains "$stderr" 'a.csv:2:2: '
  done
}

@test "few: a share of fewer than 5 has a mark in every kind that prints shares" {
  printf 'state,region,cycle,n,rate\nXAA,AFR,C1,4,0.5\nXAA,AFR,C2,9,0.7\nXAB,APG,C1,9,0.4\nXAB,APG,C2,4,0.3\n' >a.csv
  contains "$(texts bars a.csv --x region --group cycle)" '*: of fewer than 5.'
  contains "$(texts heatmap a.csv --x region --group cycle)" '*: of fewer than 5.'
  contains "$(texts dots a.csv --x region --group cycle)" 'Hollow: of fewer than 5.'
  contains "$(texts lines a.csv --x region --group cycle)" 'Hollow: of fewer than 5.'
  printf 'state,n,rate\nXAA,<5,0.5\nXAB,9,0.5\n' >b.csv
  contains "$(texts tiles b.csv)" '50%*'
  contains "$(texts bars b.csv)" '*: of fewer than 5.'
  printf 'region,stage,reviews\nAFR,a,1\nAFR,b,3\nAPG,a,5\nAPG,b,5\n' >c.csv
  run texts stacked c.csv --percent
  contains "$output" '75%*,'
  contains "$output" '50%,'
  contains "$output" '*: of fewer than 5.'
  [[ $(texts stacked c.csv) != *fewer* ]]
}

@test "--no-limits: neither drawn nor spoken of; not for kinds whose bands are the figure" {
  tables=$BATS_TEST_DIRNAME/../golden/tables
  while read -r kind table; do
    contains "$(texts "$kind" "$tables/$table.csv")" limits
    [[ $(texts "$kind" "$tables/$table.csv" --no-limits) != *limits* ]]
  done <<<$'bars rates-region\ndots rates-region-cycle\nlines rates-days\nsteps curve-region'
  for kind in stacked heatmap tiles timeline funnel histogram fan; do
    run_tool -2 irm-plot $kind --no-limits "$tables/status.csv"
    contains "$stderr" "--no-limits is for bars, dots, lines and steps, not for $kind"
  done
}

@test "bars and stacks begin at zero, and there is no way to break an axis" {
  printf 'region,value\nAFR,1000\nAPG,1001\n' >a.csv
  for kind in bars stacked; do
    texts $kind a.csv --x region | grep -q '^0,.*,tick,'
  done
  printf 'stage,days,event\na,500,1\na,501,1\n' >b.csv
  texts histogram b.csv | grep -q '^0,.*,tick,'
  for option in axis-from y-min break log; do
    run_tool -2 irm-plot bars a.csv --$option=900
  done
}

@test "every kind: the day, n or how many, source and 'fictional' stand on the chart" {
  tables=$BATS_TEST_DIRNAME/../golden/tables
  while read -r kind table n; do
    run texts "$kind" "$tables/$table.csv" --source 'A source' --fictional
    contains "$output" 'Source: A source'
    contains "$output" 'Fictional States: not real data'
    [[ $kind == steps ]] || contains "$output" 'As of '
    contains "$output" "${n//_/ }"
  done <<'END'
bars rates-region n_=_150
stacked status-region n_=_150
dots rates-region-cycle n_=_4–42
lines rates-days n_=_
steps curve-region 42
heatmap assist-article-region n_=_
timeline each 6_reviews
tiles status-state 6_States
funnel rates-funnel 12_of_12
histogram each n_=_5
fan forecast As_of
END
}
