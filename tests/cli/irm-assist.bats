#!/usr/bin/env bats
# irm-assist: needs for technical assistance, against a count by SQL over the CSV files.
load helper
load records

COLUMNS_WANTED=eligible,with_need,needs,rate,rate_lo,rate_hi

# assist_sql DAY KEY: as_of, key, eligible, with_need, needs in any order. The key is one of a review,
# or article, chapter, topic, type. A review is asked of all articles of its cycle's scope.
assist_sql() {
  local asked='asked AS (SELECT * FROM scoped)' types="'' AS type" of_type=true
  case $2 in
    topic) asked='asked AS (SELECT s.*, t.topic FROM scoped s JOIN topics t USING (convention, article))' ;;
    type)
      types=t.type
      of_type='n.type = a.type'
      asked='asked AS (SELECT s.*, t.type FROM scoped s CROSS JOIN ta_types t)'
      ;;
  esac
  sql <<END
WITH released AS (SELECT * FROM placed p WHERE EXISTS (SELECT 1 FROM milestones m JOIN dated d ON d.review = p.review
    AND d.position >= m.position + 0 AND d.last <= '$1' WHERE m.mechanism = p.mechanism AND m.releases_findings = 'yes')),
scoped AS (SELECT r.*, a.convention, a.article, a.chapter FROM released r JOIN scope USING (cycle)
  JOIN mechanisms k ON k.mechanism = r.mechanism
  JOIN articles a ON a.chapter = scope.chapter AND a.convention = k.convention),
$asked
SELECT '$1', a.$2, count(DISTINCT a.review), count(DISTINCT n.review), count(n.review)
FROM asked a LEFT JOIN needs n ON n.review = a.review AND n.article = a.article AND $of_type GROUP BY 2;
END
}

estimates() {
  awk -F, -v OFS=, "$WILSON"' { print $0, wilson($4, $3) }'
}

@test "assist: columns, with and without keys" {
  run_tool -0 irm-assist -d "$(fictional)"
  same "${lines[0]}" "as_of,$COLUMNS_WANTED"
  [ "${#lines[@]}" -eq 2 ]
  run_tool -0 irm-assist -d "$(fictional)" --by article,region
  same "${lines[0]}" "as_of,article,region,$COLUMNS_WANTED"
  run_tool -0 irm-assist -d "$ROOT/datasets/untoc" --by type
  same "$output" "as_of,type,$COLUMNS_WANTED"
}

@test "assist: counts are those of SQL, rates and limits those of awk" {
  source=$(fictional)
  records "$ROOT/datasets/fictional"
  for day in 2024-12-31 2016-10-15; do
    for key in article chapter topic type region cycle year state; do
      echo "$day $key"
      assist_sql "$day" "$key" | tr -d '"' | sort | estimates >wanted
      [ -s wanted ]
      irm-assist -d package.db --as-of "$day" --by "$key" >got.csv
      near wanted <(tail -n +2 got.csv | sort)
    done
  done
}

@test "assist: a made-up mechanism, by hand" {
  made_up_package made-up
  # Two reviews have released findings; articles 15 and 16 are in their cycle's scope, 5 is not.
  run_tool -0 irm-assist -d made-up --by article --total --ci none
  same "$output" "as_of,article,$COLUMNS_WANTED
2020-12-31,15,2,1,2,0.5,,
2020-12-31,16,2,1,1,0.5,,
2020-12-31,all,2,2,3,1,,"
  run_tool -0 irm-assist -d made-up --by article,type --ci none
  same "$output" "as_of,article,type,$COLUMNS_WANTED
2020-12-31,15,drafting,2,0,0,0,,
2020-12-31,15,training,2,1,2,0.5,,
2020-12-31,16,drafting,2,1,1,0.5,,
2020-12-31,16,training,2,0,0,0,,"
  [ -z "$stderr" ]
}

@test "assist: eligible from the day on which findings are released" {
  made_up_package made-up
  row() { irm-assist -d made-up --where article=15 --ci none "$@" | sed 1d; }
  same "$(row --as-of 2018-08-30)" ''
  same "$(row --as-of 2018-08-31)" 2018-08-31,1,1,2,1,,
  same "$(row --as-of 2019-01-31)" 2019-01-31,1,1,2,1,,
  same "$(row --as-of 2019-02-01)" 2019-02-01,2,1,2,0.5,,
}

@test "assist: needs under an article out of scope are in no figure" {
  made_up_package made-up
  irm-assist -d made-up --by article --total >wanted
  irm-assist -d made-up --by type --total >wanted-types
  echo 'FIC-1-XAA,5,1,training,made up' >>made-up/needs.csv
  irm-assist -d made-up --by article --total | cmp wanted -
  irm-assist -d made-up --by type --total | cmp wanted-types -
  run_tool -0 irm-assist -d made-up --where article=5
  same "$output" "as_of,$COLUMNS_WANTED"
}

@test "assist: a need of no article, of no type counts where none is asked for" {
  made_up_package made-up
  echo 'FIC-1-XAB,all,all,all,made up' >>made-up/needs.csv
  run_tool -0 irm-assist -d made-up --ci none
  same "${lines[1]}" 2020-12-31,2,2,4,1,,
  run_tool -0 irm-assist -d made-up --by article --total --ci none
  same "${lines[3]}" 2020-12-31,all,2,2,3,1,,
  run_tool -0 irm-assist -d made-up --by type --total --ci none
  same "${lines[3]}" 2020-12-31,all,2,2,3,1,,
}

@test "assist: a condition on the article changes who is eligible, one on the type does not" {
  source=$(fictional)
  eligible() { irm-assist -d "$source" "$@" | sed -n '2s/^[^,]*,\([^,]*\),.*/\1/p'; }
  all=$(eligible)
  first=$(eligible --where cycle=FIC-1)
  second=$(eligible --where cycle=FIC-2)
  [ "$all" -eq $((first + second)) ]
  [ "$(eligible --where chapter=III)" -eq "$first" ]
  [ "$(eligible --where chapter=II)" -eq "$second" ]
  [ "$(eligible --where chapter=II,III)" -eq "$all" ]
  [ "$(eligible --where type=legal_advice)" -eq "$all" ]
}

@test "assist: an article of two topics counts its needs once in the total" {
  made_up_package made-up
  printf '%s\n' topic,convention,article,label first,FCC,15,First second,FCC,15,Second second,FCC,16,Second >made-up/topics.csv
  run_tool -0 irm-assist -d made-up --by topic --total --ci none
  same "$output" "as_of,topic,$COLUMNS_WANTED
2020-12-31,first,2,1,2,0.5,,
2020-12-31,second,2,2,3,1,,
2020-12-31,all,2,2,3,1,,"
  run_tool -0 irm-assist -d made-up --where topic=first,second --ci none
  same "${lines[1]}" 2020-12-31,2,2,3,1,,
}

@test "assist: regions and cycles add up to the totals; articles and types do not, and are no more" {
  source=$(fictional)
  irm-assist -d "$source" --by region,cycle --total >all.csv
  awk -F, 'NR > 1 { for (c = 4; c <= 6; c++) if ($2 == "all" && $3 == "all") total[c] = $c; else if ($2 != "all" && $3 != "all") part[c] += $c }
    END { for (c = 4; c <= 6; c++) if (part[c] != total[c] || !total[c]) { print c, part[c], total[c]; bad = 1 } exit bad }' all.csv
  for key in article chapter type; do
    irm-assist -d "$source" --by $key --total >all.csv
    awk -F, 'NR > 1 && $2 != "all" { if ($3 > eligible) eligible = $3; sum += $4; needs += $5 }
      $2 == "all" { bad = $3 < eligible || $4 > sum || $4 > $3 || $5 != needs }
      END { exit bad || !sum }' all.csv
  done
}

@test "assist: --where keeps the rows that --by shows" {
  source=$(fictional)
  irm-assist -d "$source" --by article,region >by.csv
  same "$(irm-assist -d "$source" --by article,region --where article=15,16 --where region=AFR)" \
    "$(grep -E 'as_of|,(15|16),AFR,' by.csv)"
  same "$(irm-assist -d "$source" --by article,region --where 'region!=AFR')" "$(grep -v ,AFR, by.csv)"
  irm-assist -d "$source" --by type,region >by.csv
  same "$(irm-assist -d "$source" --by type,region --where type=legal_advice)" "$(grep -E 'as_of|,legal_advice,' by.csv)"
}

@test "assist: no table of needs is no answer of zero" {
  for package in uncac-consent upr uncac; do
    fault 3 irm-assist "the source has no table 'needs': which assistance these reviews need is not recorded" \
      -d "$ROOT/datasets/$package"
  done
  made_up_package first
  made_up_package second
  rm second/needs.csv
  sed -i 's/FIC/FID/g; s/FCC/FCD/g; s/made-up/second/' second/*.csv second/datapackage.json
  irm-load -d both.db first second
  run_tool -0 irm-assist -d both.db --ci none
  same "$stderr" 'irm-assist: note: 7 reviews are left out: their package has no table of needs'
  same "$output" "$(irm-assist -d first --ci none)"
  run_tool -0 irm-assist -q -d both.db
  [ -z "$stderr" ]
  fault 3 irm-assist "the source has no table 'needs': which assistance these reviews need is not recorded" \
    -d both.db --where mechanism=FID
}

@test "assist: a table of needs without rows is an answer of zero" {
  made_up_package made-up
  sed -i 1q made-up/needs.csv
  run_tool -0 irm-assist -d made-up --ci none
  same "${lines[1]}" 2020-12-31,2,0,0,0,,
}

@test "assist: as of a session, --names" {
  source=$(fictional)
  read -r session day < <(awk -F, '$2 == "IRG" && $4 ~ /^2018/ { print $1, $4; exit }' "$ROOT/datasets/fictional/sessions.csv")
  [ -n "$session" ]
  run_tool -0 irm-assist -d "$source" --as-of "$session" --by article
  same "$output" "$(irm-assist -d "$source" --as-of "$day" --by article)"
  made_up_package made-up
  run_tool -0 irm-assist -d made-up --by article,type,region --names --ci none
  contains "$output" '2020-12-31,Bribery,Training,African States,2,1,2,0.5,,'
}

@test "assist: the methods of limits, their level" {
  made_up_package made-up
  for method in wilson clopper-pearson jeffreys agresti-coull; do
    same "$(irm-assist -d made-up --where article=15 --ci $method --level 0.9 | sed -n '2s/.*,\([^,]*,[^,]*\)$/\1/p')" \
      "$(printf 'x,n\n1,2\n' | irm-proportion --ci $method --level 0.9 | sed -n '2s/.*,\([^,]*,[^,]*\)$/\1/p')"
  done
  fault 2 irm-assist "no method of limits is called 'wislon' (did you mean 'wilson'?)" -d made-up --ci wislon
}

@test "assist: every format says the same" {
  formats irm-assist -d "$(fictional)" --by region,type --total
  formats irm-assist -d "$(fictional)" --by article --ci none
}

@test "assist: folder and file give the same bytes" {
  for package in uncac-consent upr uncac untoc fictional; do
    same_from_file_and_folder "$ROOT/datasets/$package" irm-assist --by article,region --total
    same_from_file_and_folder "$ROOT/datasets/$package" irm-assist --as-of 2018-02-28 --by topic,type --names
  done
}

@test "assist: the order of rows, the locale and the time zone change nothing" {
  irm-assist -d "$(fictional)" --by article,topic,region --total >wanted
  shuffled "$ROOT/datasets/fictional" fictional
  irm-assist -d fictional --by article,topic,region --total | cmp wanted -
  LC_ALL=de_DE.UTF-8 TZ=Pacific/Apia irm-assist -d fictional --by article,topic,region --total | cmp wanted -
}

# --- provided, gap, wait ---------------------------------------------------------------------------

# assisted DIR: the made-up package with assistance, and findings of XAA's second review released on
# 2020-12-15, which need training under article 5. XAA's first were released on 2018-08-31 and need
# training under 15, in two paragraphs; XAB's on 2019-02-01 and need drafting under 16; XAC's are not.
#   act-a XAA 15, ended on the day before the release
#   act-b XAA and XAB 15, without end; it began before the release
#   act-c XAB 16, may have begun by 2020-12-31
#   act-d Africa 5
#   act-e XAC 15, begins in 2021
assisted() {
  made_up_package "$1"
  echo 'FIC-2-XAA,summary_agreed,2020-12-15,made up' >>"$1/events.csv"
  printf '%s\n' FIC-2-XAA,5,1,training,'made up' FIC-1-XAC,15,1,training,'made up' >>"$1/needs.csv"
  cat >"$1/assistance.csv" <<'END'
activity,topic,provider,beneficiary,starts,ends,source
act-a,A course,Fictional Agency,government,2017-05-01,2018-08-30,made up
act-b,Advice,Fictional Agency,civil_society,2018-06-01,,made up
act-c,A draft,Another Agency,parliament,[2020-12-20..2021-01-10],2021-06-30,made up
act-d,A workshop,Another Agency,,2020-12-20,2020-12-21,made up
act-e,A course,Fictional Agency,government,2021-02-01,2021-03-01,made up
END
  cat >"$1/assistance_targets.csv" <<'END'
activity,line,state,region,article,type
act-a,1,XAA,,15,training
act-b,1,XAA,,15,training
act-b,2,XAB,,15,training
act-c,1,XAB,,16,drafting
act-d,1,,AFR,5,training
act-e,1,XAC,,15,training
END
}

GAP_WANTED=$COLUMNS_WANTED,addressed,unaddressed,addressed_rate,addressed_lo,addressed_hi,unknown

@test "assist: paragraphs, which roll up into articles" {
  made_up_package made-up
  run_tool -0 irm-assist -d made-up --by paragraph --total --ci none
  same "$output" "as_of,paragraph,$COLUMNS_WANTED
2020-12-31,15(1),2,1,1,0.5,,
2020-12-31,15(2),2,1,1,0.5,,
2020-12-31,16,2,1,1,0.5,,
2020-12-31,all,2,2,3,1,,"
  run_tool -0 irm-assist -d made-up --by article,paragraph --where 'paragraph=15(2)' --ci none
  same "${lines[1]}" '2020-12-31,15,15(2),2,1,1,0.5,,'
  fault 2 irm-assist "the source has no paragraph '15(3)' (did you mean '15(1)'?)" -d made-up --where 'paragraph=15(3)'
  # every need of the fictional mechanism is under one paragraph
  irm-assist -d "$(fictional)" --by article,paragraph --ci none | awk -F, 'NR > 1 { print $2 "," $6 }' |
    awk -F, '{ n[$1] += $2 } END { for (a in n) print a "," n[a] }' | sort >by-paragraph
  irm-assist -d "$(fictional)" --by article --ci none | awk -F, 'NR > 1 && $5 { print $2 "," $5 }' | sort |
    diff - by-paragraph
}

@test "assist --gap: by hand" {
  assisted made-up
  # 5: only Africa's activity. 15: act-b, not act-a. 16: act-c may have begun. All: 1 of the 2 that are known.
  run_tool -0 irm-assist -d made-up --gap --regional --by article --total --ci none
  same "$output" "as_of,article,$GAP_WANTED,regional
2020-12-31,5,1,1,1,1,,,0,0,0,,,0,1
2020-12-31,15,2,1,2,0.5,,,1,0,1,,,0,0
2020-12-31,16,2,1,1,0.5,,,0,0,,,,1,0
2020-12-31,all,3,3,4,1,,,1,0,0.5,,,1,1"
  # without --regional Africa's activity addresses nothing
  run_tool -0 irm-assist -d made-up --gap --by article --where article=5,15 --ci none
  same "$output" "as_of,article,$GAP_WANTED
2020-12-31,5,1,1,1,1,,,0,1,0,,,0
2020-12-31,15,2,1,2,0.5,,,1,0,1,,,0"
  # XAA was reviewed twice: one of its reviews has a need that is addressed
  run_tool -0 irm-assist -d made-up --gap --by state --where state=XAA --ci none
  same "${lines[1]}" 2020-12-31,XAA,2,2,3,1,,,1,1,0.5,,,0
  # on the day on which act-a still ran, nothing was released; the day after, act-b had begun
  same "$(irm-assist -d made-up --gap --by article --ci none --as-of 2018-08-30 | sed 1d)" ''
  same "$(irm-assist -d made-up --gap --where article=15 --ci none --as-of 2018-08-31 | sed 1d)" \
    2018-08-31,1,1,2,1,,,1,0,1,,,0
  # by type, an activity of another type does not
  sed -i '/^act-b/s/training/drafting/' made-up/assistance_targets.csv
  same "$(irm-assist -d made-up --gap --where article=15 --ci none | sed 1d)" 2020-12-31,2,1,2,0.5,,,1,0,1,,,0
  same "$(irm-assist -d made-up --gap --where article=15 --by type --ci none | sed 1d)" '2020-12-31,drafting,2,0,0,0,,,0,0,,,,0
2020-12-31,training,2,1,2,0.5,,,0,1,0,,,0'
  # the middle of act-c's start, 2020-12-30, lies before the day
  same "$(irm-assist -d made-up --gap --where article=16 --ci none --imprecise middle | sed 1d)" 2020-12-31,2,1,1,0.5,,,1,0,1,,,0
}

@test "assist --gap, --wait: by whom and for whom, by hand" {
  assisted made-up
  run_tool -0 irm-assist -d made-up --gap --by provider,article --total --ci none --where article=15,16
  same "$output" "as_of,provider,article,$GAP_WANTED
2020-12-31,Another Agency,15,2,1,2,0.5,,,0,1,0,,,0
2020-12-31,Another Agency,16,2,1,1,0.5,,,0,0,,,,1
2020-12-31,Another Agency,all,2,2,3,1,,,0,1,0,,,1
2020-12-31,Fictional Agency,15,2,1,2,0.5,,,1,0,1,,,0
2020-12-31,Fictional Agency,16,2,1,1,0.5,,,0,1,0,,,0
2020-12-31,Fictional Agency,all,2,2,3,1,,,1,1,0.5,,,0
2020-12-31,all,15,2,1,2,0.5,,,1,0,1,,,0
2020-12-31,all,16,2,1,1,0.5,,,0,0,,,,1
2020-12-31,all,all,2,2,3,1,,,1,0,1,,,1"
  # act-d, for nobody in particular, is Africa's
  run_tool -0 irm-assist -d made-up --gap --regional --by beneficiary --ci none --where article=5
  same "$output" "as_of,beneficiary,$GAP_WANTED,regional
2020-12-31,civil_society,1,1,1,1,,,0,1,0,,,0,0
2020-12-31,government,1,1,1,1,,,0,1,0,,,0,0
2020-12-31,parliament,1,1,1,1,,,0,1,0,,,0,0
2020-12-31,,1,1,1,1,,,0,0,0,,,0,1"
  run_tool -0 irm-assist -d made-up --wait --each --by beneficiary --where article=15 --where beneficiary=government,civil_society
  same "$output" "as_of,review,state,region,cycle,article,beneficiary,released,began,activity,days,event
2020-12-31,FIC-1-XAA,XAA,AFR,FIC-1,15,civil_society,2018-08-31,2018-06-01,act-b,0,1
2020-12-31,FIC-1-XAA,XAA,AFR,FIC-1,15,government,2018-08-31,,,853,0"
}

@test "assist --gap, --wait: a key's row is what the condition gives, the total what no key gives" {
  source=$(fictional)
  for mode in --gap --wait; do
    for key in provider beneficiary; do
      irm-assist -q -d "$source" $mode --by $key --total >found
      cut -d, -f2 found | sed 1d | while read -r value; do
        if [ "$value" = all ]; then where=(); else where=(--where "$key=$value"); fi
        irm-assist -q -d "$source" $mode "${where[@]}" | sed "1d; s/,/,$value,/"
      done | diff <(sed 1d found) -
    done
  done
}

@test "assist --provided: by hand" {
  assisted made-up
  # begun: a, b and Africa's d; c perhaps; e not. b runs on. They reach XAA and XAB.
  run_tool -0 irm-assist -d made-up --provided --regional
  same "$output" 'as_of,activities,running,states,unknown,regional
2020-12-31,2,1,2,1,1'
  run_tool -0 irm-assist -d made-up --provided --by state,article
  same "$output" 'as_of,state,article,activities,running,states,unknown
2020-12-31,XAA,15,2,1,1,0
2020-12-31,XAB,15,1,1,1,0
2020-12-31,XAB,16,0,0,0,1'
  run_tool -0 irm-assist -d made-up --provided --by region,type --regional --total
  same "$output" 'as_of,region,type,activities,running,states,unknown,regional
2020-12-31,AFR,drafting,0,0,0,1,0
2020-12-31,AFR,training,2,1,2,0,1
2020-12-31,AFR,all,2,1,2,1,1
2020-12-31,all,drafting,0,0,0,1,0
2020-12-31,all,training,2,1,2,0,1
2020-12-31,all,all,2,1,2,1,1'
  run_tool -0 irm-assist -d made-up --provided --by beneficiary,provider --regional
  same "$output" 'as_of,beneficiary,provider,activities,running,states,unknown,regional
2020-12-31,civil_society,Fictional Agency,1,1,2,0,0
2020-12-31,government,Fictional Agency,1,0,1,0,0
2020-12-31,parliament,Another Agency,0,0,0,1,0
2020-12-31,,Another Agency,0,0,0,0,1'
  # act-c begins in 2020 or in 2021
  run_tool -0 irm-assist -d made-up --provided --by year --as-of 2021-12-31
  same "$output" 'as_of,year,activities,running,states,unknown
2021-12-31,2017,1,0,1,0
2021-12-31,2018,1,1,2,0
2021-12-31,2021,1,0,1,0
2021-12-31,,1,0,1,0'
  fault 2 irm-assist "there is no key 'cycle' here (one of: region, year, state, article, chapter, type, topic, provider, beneficiary)" -d made-up --provided --by cycle
}

@test "assist --wait: by hand" {
  assisted made-up
  # act-b ran on the day of release; act-c is vague; to the day it is 16 days from 2020-12-15
  run_tool -0 irm-assist -d made-up --wait --each
  same "$output" 'as_of,review,state,region,cycle,article,released,began,activity,days,event
2020-12-31,FIC-1-XAA,XAA,AFR,FIC-1,15,2018-08-31,2018-06-01,act-b,0,1
2020-12-31,FIC-1-XAB,XAB,AFR,FIC-1,16,2019-02-01,,,,
2020-12-31,FIC-2-XAA,XAA,AFR,FIC-2,5,2020-12-15,,,16,0'
  run_tool -0 irm-assist -d made-up --wait --each --by type --where cycle=FIC-1
  same "$output" 'as_of,review,state,region,cycle,article,type,released,began,activity,days,event
2020-12-31,FIC-1-XAA,XAA,AFR,FIC-1,15,training,2018-08-31,2018-06-01,act-b,0,1
2020-12-31,FIC-1-XAB,XAB,AFR,FIC-1,16,drafting,2019-02-01,,,,'
  # 1 of 2 ended on day 0, and the curve stays at 1/2 to its end, day 16: the median is its first day, the
  # mean 8, and its error 8 times the root of 1 / (2 x 1)
  run_tool -0 irm-assist -d made-up --wait --ci none
  same "$output" 'as_of,n,events,median,median_lo,median_hi,q25,q75,rmean,rmean_se,tau,unknown
2020-12-31,2,1,0,,,0,,8,5.656854249,16,1'
  # seen until the review was discontinued
  sed -i 's/^FIC-2-XAA,.*/FIC-2-XAA,FIC-2,2020,XAA,XAC,XAD,,,,2020-12-20,/' made-up/reviews.csv
  same "$(irm-assist -d made-up --wait --each | sed -n 4p)" 2020-12-31,FIC-2-XAA,XAA,AFR,FIC-2,5,2020-12-15,,,5,0
}

# assistance_records PACKAGE: its tables of assistance into ./records.db too, and `ranges`: the first and last
# possible day of each start and end; without an end it goes on
assistance_records() {
  for table in assistance assistance_targets; do
    echo ".import --csv \"$1/$table.csv\" $table"
  done | sqlite3 records.db
  sqlite3 records.db <<'END'
CREATE TABLE ranges AS
  SELECT activity, which, CASE WHEN date = '' THEN CASE which WHEN 'starts' THEN '0001-01-01' ELSE '9999-12-31' END
      WHEN date LIKE '[..%' THEN '0001-01-01' WHEN date LIKE '[%' THEN substr(date, 2, 10)
      WHEN length(date) = 4 THEN date || '-01-01' WHEN length(date) = 7 THEN date || '-01' ELSE date END AS first,
    CASE WHEN date = '' OR date LIKE '[%..]' THEN '9999-12-31' WHEN date LIKE '[..%' THEN substr(date, 4, 10)
      WHEN date LIKE '[%' THEN substr(date, 14, 10) WHEN length(date) = 4 THEN date || '-12-31'
      WHEN length(date) = 7 THEN date(date || '-01', '+1 month', '-1 day') ELSE date END AS last
  FROM (SELECT activity, 'starts' AS which, starts AS date FROM assistance
    UNION ALL SELECT activity, 'ends', ends FROM assistance);
CREATE INDEX ranges_activity ON ranges (activity, which);
CREATE INDEX targets_state ON assistance_targets (state, article);
END
}

# gap_sql DAY KEY: key, with_need, addressed, unaddressed, unknown in any order, of SQL over the CSV
# files: 2 is yes, 1 perhaps, 0 no
gap_sql() {
  local of_type=true
  [ "$2" != type ] || of_type='t.type = n.type'
  sql <<END
WITH released AS (SELECT p.*, coalesce((SELECT first FROM dated d WHERE d.review = p.review AND d.milestone = m.milestone), '0001-01-01') AS first,
    (SELECT min(last) FROM dated d WHERE d.review = p.review AND d.position >= m.position + 0) AS last
  FROM placed p JOIN milestones m ON m.mechanism = p.mechanism AND m.releases_findings = 'yes'),
named AS (SELECT r.*, n.article, n.type, a.chapter, (SELECT max(min(
      CASE WHEN b.last <= '$1' THEN 2 WHEN b.first > '$1' THEN 0 ELSE 1 END,
      CASE WHEN e.first >= r.last THEN 2 WHEN e.last < r.first THEN 0 ELSE 1 END))
    FROM assistance_targets t JOIN ranges b ON b.activity = t.activity AND b.which = 'starts'
      JOIN ranges e ON e.activity = t.activity AND e.which = 'ends'
    WHERE t.state = r.state AND t.article = n.article AND $of_type) AS addressed
  FROM released r JOIN needs n USING (review) JOIN articles a USING (article)
    JOIN scope s ON s.cycle = r.cycle AND s.chapter = a.chapter WHERE r.last <= '$1'),
seen AS (SELECT $2 AS key, review, max(ifnull(addressed, 0)) AS best FROM named GROUP BY 1, 2)
SELECT key, count(*), sum(best = 2), sum(best = 0), sum(best = 1) FROM seen GROUP BY 1;
END
}

@test "assist --gap: counts are those of SQL" {
  records "$ROOT/datasets/fictional"
  assistance_records "$ROOT/datasets/fictional"
  for day in 2024-12-31 2019-06-30 2014-10-15; do
    for key in article region type chapter cycle year state; do
      echo "$day $key"
      gap_sql "$day" "$key" | tr -d '"' | sort >wanted
      [ -s wanted ]
      irm-assist -q -d package.db --gap --as-of "$day" --by "$key" |
        awk -F, -v OFS=, 'NR > 1 && $4 { print $2, $4, $9, $10, $14 }' | sort | diff wanted -
    done
  done
  # each outcome occurs
  irm-assist -q -d package.db --gap --as-of 2014-10-15 --by article |
    awk -F, 'NR > 1 { a += $9; u += $10; x += $14 } END { exit !(a && u) }'
}

@test "assist --gap: addressed, unaddressed, unknown and regional are the reviews with a need" {
  for by in region article type region,article,type topic paragraph; do
    irm-assist -q -d "$(fictional)" --gap --regional --by $by --total -f csv >gap.csv
    awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
      $at["with_need"] != $at["addressed"] + $at["unaddressed"] + $at["unknown"] + $at["regional"] { print; bad = 1 }
      { regional += $at["regional"]; addressed += $at["addressed"] } END { exit bad || !regional || !addressed }' gap.csv
    # what addresses by its State does so with and without regions
    awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next } { print $at["addressed"] }' gap.csv |
      diff - <(irm-assist -q -d "$(fictional)" --gap --by $by --total |
        awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next } { print $at["addressed"] }')
  done
}

# provided_sql DAY KEY: key, activities, running, States of the fictional package, by SQL; it has no
# vague starts in between on these days
provided_sql() {
  sql <<END
WITH begun AS (SELECT DISTINCT activity, provider, beneficiary, substr(starts, 1, 4) AS year, ends > '$1' OR ends = '' AS running
  FROM assistance WHERE starts <= '$1' AND starts NOT LIKE '[%' AND starts <> ''),
named AS (SELECT b.*, t.state, t.article, t.type, CASE s.region WHEN '' THEN 'unassigned' ELSE s.region END AS region
  FROM begun b JOIN (SELECT DISTINCT * FROM assistance_targets) t USING (activity) JOIN states s USING (state))
SELECT $2, count(DISTINCT activity), count(DISTINCT CASE WHEN running THEN activity END), count(DISTINCT state)
FROM named WHERE $2 <> '' GROUP BY 1;
END
}

@test "assist --provided: counts are those of SQL, where dates are days" {
  records "$ROOT/datasets/fictional"
  cp -r "$ROOT/datasets/fictional" days
  # the exact ones: what SQL can compare as text
  awk -F, -v OFS=, 'NR == 1 || ($5 ~ /^....-..-..$/ && $6 ~ /^(....-..-..)?$/)' "$ROOT/datasets/fictional/assistance.csv" >days/assistance.csv
  awk -F, 'NR == FNR { known[$1] = 1; next } FNR == 1 || $1 in known' days/assistance.csv \
    "$ROOT/datasets/fictional/assistance_targets.csv" >days/assistance_targets.csv
  [ "$(wc -l <days/assistance.csv)" -gt 100 ]
  assistance_records days
  irm-load -q -d days.db days
  for day in 2024-12-31 2016-10-15; do
    for key in region state article type year provider beneficiary; do
      echo "$day $key"
      provided_sql "$day" "$key" | tr -d '"' | sort >wanted
      [ -s wanted ]
      irm-assist -d days.db --provided --as-of "$day" --by "$key" |
        awk -F, -v OFS=, 'NR > 1 && $2 != "" { print $2, $3, $4, $5 }' | sort | diff wanted -
    done
  done
}

@test "assist --wait: the figures are those that irm-survival makes of --each" {
  source=$(fictional)
  # same_survival KEY OPTION...: with --by KEY
  same_survival() {
    local key=$1
    shift
    irm-assist -q -d "$source" --wait --each "$@" | irm-survival -q --by "$key" | sed 1d | sort >wanted
    [ -s wanted ]
    irm-assist -q -d "$source" --wait --by "$key" | sed 1d | sed 's/^[^,]*,//; s/,[^,]*$//' | sort | diff wanted -
  }
  for key in region cycle state article; do
    same_survival $key
  done
  same_survival type --by type
  same_survival region,article
  irm-assist -q -d "$source" --wait --each | irm-survival -q --level 0.8 | sed 1d >wanted
  irm-assist -q -d "$source" --wait --level 0.8 | sed 1d | sed 's/^[^,]*,//; s/,[^,]*$//' | diff wanted -
  # those that are unknown are the rows without days
  same "$(irm-assist -q -d "$source" --wait | sed -n '2s/.*,//p')" \
    "$(irm-assist -q -d "$source" --wait --each | awk -F, '$10 == ""' | wc -l)"
}

# --- regions ---------------------------------------------------------------------------------------

@test "assist --test: by hand" {
  made_up_package made-up
  printf '%s,summary_agreed,2020-06-01,made up\n' FIC-1-XAC FIC-1-XAD FIC-1-XAE-b >>made-up/events.csv
  printf '%s,15,1,training,made up\n' FIC-1-XAB FIC-1-XAE-b >>made-up/needs.csv
  # 15: both reviews of Africa, none of the two of Asia: 2 of the 6 ways to choose 2 of 4 are as unlikely.
  # 16: one in Africa, as likely as one in Asia. XAE is of no region. Two tests: 1/3 becomes 2/3.
  run_tool -0 irm-assist -d made-up --test
  same "$output" 'as_of,article,regions,eligible,with_need,fisher_p,fisher_method,fisher_se,p_adjusted
2020-12-31,15,2,4,2,0.3333333333,exact,,0.6666666667
2020-12-31,16,2,4,1,1,exact,,1'
  same "$(irm-assist -d made-up --test --by region,article)" "$output"
  # of all articles at once: both reviews of Africa, none of Asia
  run_tool -0 irm-assist -d made-up --test --by region
  same "$output" 'as_of,regions,eligible,with_need,fisher_p,fisher_method,fisher_se,p_adjusted
2020-12-31,2,4,2,0.3333333333,exact,,0.3333333333'
  # nobody names drafting under 15: nothing to test
  run_tool -0 irm-assist -d made-up --test --where article=15 --where type=drafting --by type
  same "${lines[1]}" 2020-12-31,drafting,2,4,0,,,,
}

@test "assist --test: p-values are irm-crosstab's, adjusted by Benjamini and Hochberg" {
  source=$(fictional)
  irm-assist -d "$source" --test >test.csv
  irm-assist -q -d "$source" --by article,region --ci none >counts.csv
  tested=0
  while IFS=, read -r _ article _ _ _ p _; do
    [ -n "$p" ] || continue
    tested=$((tested + 1))
    awk -F, -v a="$article" 'BEGIN { print "region,need,count" }
      $2 == a && $3 != "unassigned" { print $3 ",yes," $5 "\n" $3 ",no," $4 - $5 }' counts.csv |
      grep -v ',0$' | irm-crosstab -q >crosstab.csv
    same "$(awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next } { print $at["fisher_p"] }' crosstab.csv)" "$p"
  done < <(sed 1d test.csv | awk 'NR % 5 == 1')
  [ "$tested" -ge 8 ]
  # p * tests / rank, the least of it and those after it
  awk -F, -v OFS=, 'NR > 1 && $6 != "" { print $6, $9 }' test.csv | sort -t, -gr >sorted
  awk -F, -v n="$(wc -l <sorted)" 'BEGIN { least = 1 }
    { q = $1 * n / (n - NR + 1); if (q < least) least = q; d = least - $2; if (d * d > 1e-18) { print; bad = 1 } }
    END { exit bad || NR < 20 }' sorted
}

@test "assist --test: too many tables are drawn, and the seed repeats them" {
  irm-sim -o big --seed 3 --states 3000
  # every fourth review names a need, whatever its region
  awk -F, 'NR == 1 { print "review,article,paragraph,type,source" } NR % 4 == 2 { print $1 ",31,all,legal_advice,made up" }' \
    big/reviews.csv >big/needs.csv
  irm-load -q -d big.db big
  run_tool -0 irm-assist -d big.db --test --where article=31
  first=$output
  contains "$first" ,monte-carlo,
  same "$stderr" 'irm-assist: note: fisher_p: too many tables are possible in 1 test; some drawn, seed 1'
  awk -F, 'NR == 2 { exit !($6 > 0.01 && $6 < 1 && $8 > 0 && $8 < 0.01) }' <<<"$first"
  same "$(irm-assist -q -d big.db --test --where article=31 --seed 1)" "$first"
  [ "$(irm-assist -q -d big.db --test --where article=31 --seed 2)" != "$first" ]
}

@test "assist --smooth: raw beside smoothed, which lie closer together" {
  source=$(fictional)
  run_tool -0 irm-assist -q -d "$source" --smooth
  same "${lines[0]}" "as_of,article,region,$COLUMNS_WANTED,smoothed,smoothed_lo,smoothed_hi"
  printf '%s\n' "${lines[@]}" >smooth.csv
  cut -d, -f1-9 smooth.csv | diff - <(irm-assist -q -d "$source" --by article,region)
  awk -F, 'NR == 1 { next } $3 == "unassigned" { bad = bad || $10 != ""; next }
    { if (!($11 <= $10 && $10 <= $12 && $11 >= 0 && $12 <= 1)) { print; bad = 1 }
      n[$2]++; r[$2] += $7; rr[$2] += $7 ^ 2; s[$2] += $10; ss[$2] += $10 ^ 2 }
    END { for (a in n) if (r[a] && ss[a] - s[a] ^ 2 / n[a] > rr[a] - r[a] ^ 2 / n[a]) { print a; bad = 1 } exit bad || length(n) < 20 }' smooth.csv
  # the order of keys and totals of other keys change nothing
  irm-assist -q -d "$source" --smooth --by region,article | awk -F, -v OFS=, '{ t = $2; $2 = $3; $3 = t; print }' | sort |
    diff - <(sort smooth.csv)
  irm-assist -q -d "$source" --smooth --by article,region --total --where article=15,16 | grep -vE ',all,' |
    diff - <(grep -E '^[^,]*,(article|15|16),' smooth.csv)
  # totals over all regions are in no region's company
  irm-assist -q -d "$source" --smooth --by article,region --total --where article=15,16 |
    awk -F, '$3 == "all" { n++; bad = bad || $10 != "" } END { exit bad || n != 3 }'
  same "$(irm-assist -d "$source" --smooth --ci none --where article=15 | awk -F, '$10 != "" && $11 == "" && $12 == ""' | wc -l)" 5
  fault 2 irm-assist '--smooth: expected region among the keys of --by' -d "$source" --smooth --by article
}

# --- all of them -----------------------------------------------------------------------------------

MODES=(--gap '--gap --regional --by article,region' '--provided --regional --by region,type --total' '--wait --by region' '--wait --each'
  --test '--smooth --where chapter=III' '--by paragraph,region' '--gap --by beneficiary,region --total' '--wait --each --by provider')

@test "assist: a topic is a view of its articles, however they are asked for" {
  source=$(fictional)
  articles=$(awk -F, '$1 == "bribery" { print $3 }' "$ROOT/datasets/fictional/topics.csv" | paste -sd,)
  [ -n "$articles" ]
  for mode in '--by region' "${MODES[@]}"; do
    # shellcheck disable=SC2086 # options
    same "$(irm-assist -q -d "$source" $mode --where topic=bribery)" "$(irm-assist -q -d "$source" $mode --where "article=$articles")"
  done
  topics=$(awk -F, 'NR > 1 { print $1 }' "$ROOT/datasets/fictional/topics.csv" | sort -u | paste -sd, | sed 's/,/, /g')
  fault 2 irm-assist "the source has no topic 'Fictional assistance on article 20' (one of: $topics)" \
    -d "$source" --where 'topic=Fictional assistance on article 20'
}

@test "assist: --provided counts an activity under its own topic too, as SQL does" {
  irm-load -q -d fic.db "$ROOT/datasets/fictional"
  sqlite3 -csv fic.db "SELECT beneficiary, count(DISTINCT activity) FROM assistance JOIN assistance_targets USING (activity)
    WHERE topic = 'covid-19' AND state IS NOT NULL GROUP BY 1 ORDER BY 1" | tr -d '\r' >wanted
  [ -s wanted ]
  irm-assist -q -d fic.db --provided --where topic=covid-19 --by beneficiary | sed 1d | cut -d, -f 2,3 >found
  diff wanted found
}

@test "assist: folder and file give the same bytes in every mode, the order of rows changes nothing" {
  shuffled "$ROOT/datasets/fictional" fictional
  for mode in "${MODES[@]}"; do
    # shellcheck disable=SC2086 # options
    same_from_file_and_folder "$ROOT/datasets/fictional" irm-assist $mode
    # shellcheck disable=SC2086
    LC_ALL=de_DE.UTF-8 TZ=Pacific/Apia irm-assist -q -d fictional $mode | cmp folder.out -
  done
}

@test "assist: every format says the same in every mode" {
  for mode in '--gap --by region' '--provided --by region' '--wait --by region' --test '--smooth --where article=15'; do
    # shellcheck disable=SC2086 # options
    formats irm-assist -q -d "$(fictional)" $mode
  done
}

@test "assist: a source without the tables of assistance has no answer of zero" {
  made_up_package made-up
  for mode in --gap --provided --wait '--wait --each'; do
    # shellcheck disable=SC2086 # options
    fault 3 irm-assist "the source has no table 'assistance_targets': which assistance was provided is not recorded" -d made-up $mode
  done
  # tables without rows are an answer of zero
  echo activity,topic,provider,beneficiary,starts,ends,source >made-up/assistance.csv
  echo activity,line,state,region,article,type >made-up/assistance_targets.csv
  same "$(irm-assist -d made-up --gap --by article --ci none | sed -n 2p)" 2020-12-31,15,2,1,2,0.5,,,0,1,0,,,0
  same "$(irm-assist -d made-up --provided)" as_of,activities,running,states,unknown
}

@test "assist: options that do not go together" {
  source=$(fictional)
  fault 2 irm-assist 'one of --gap, --provided, --wait, --test and --smooth, not several' -d "$source" --gap --wait
  fault 2 irm-assist '--regional goes with --gap and --provided only' -d "$source" --regional
  fault 2 irm-assist '--each goes with --wait only' -d "$source" --each
  fault 2 irm-assist '--each has no totals: leave out --total' -d "$source" --wait --each --total
  fault 2 irm-assist "--each has its own columns: of --by it takes type, provider and beneficiary, found 'region'" \
    -d "$source" --wait --each --by provider,region
  fault 2 irm-assist '--test has no totals: leave out --total' -d "$source" --test --total
  fault 2 irm-assist '--seed goes with --test only' -d "$source" --seed 1
  fault 2 irm-assist '--seed: expected 0 to 4294967295, found 4294967296' -d "$source" --test --seed 4294967296
  run_tool -2 irm-assist -d "$source" --by provider
  contains "$stderr" "there is no key 'provider' here"
  run_tool -2 irm-assist -d "$source" --wait --by paragraph
  contains "$stderr" "there is no key 'paragraph' here"
}

@test "assist: says how many rows rest on few reviews" {
  made_up_package made-up
  run_tool -0 irm-assist -d made-up --by article
  same "$stderr" 'irm-assist: note: 2 rows rest on fewer than 20 reviews: limits of so few are rough'
}

@test "assist: wrong questions" {
  wrong_question irm-assist
  fault 2 irm-assist "the source has no type 'legal_advise' (did you mean 'legal_advice'?)" \
    -d "$(fictional)" --where type=legal_advise
  run_tool -2 irm-assist -d "$(fictional)" --by milestone
  contains "$stderr" "there is no key 'milestone' here"
}

@test "assist: no source, nowhere to write" {
  wrong_source irm-assist "$ROOT/datasets/fictional"
}
