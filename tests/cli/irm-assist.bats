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
  run_tool -0 irm-assist -d "$ROOT/datasets/fictional"
  same "${lines[0]}" "as_of,$COLUMNS_WANTED"
  [ "${#lines[@]}" -eq 2 ]
  run_tool -0 irm-assist -d "$ROOT/datasets/fictional" --by article,region
  same "${lines[0]}" "as_of,article,region,$COLUMNS_WANTED"
  run_tool -0 irm-assist -d "$ROOT/datasets/untoc" --by type
  same "$output" "as_of,type,$COLUMNS_WANTED"
}

@test "assist: counts are those of SQL, rates and limits those of awk" {
  source=$ROOT/datasets/fictional
  records "$source"
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
  source=$ROOT/datasets/fictional
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
  source=$ROOT/datasets/fictional
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
  source=$ROOT/datasets/fictional
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
  run_tool -0 irm-assist -d both.db
  same "$stderr" 'irm-assist: note: 7 reviews are left out: their package has no table of needs'
  same "$output" "$(irm-assist -d first)"
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
  source=$ROOT/datasets/fictional
  read -r session day < <(awk -F, '$2 == "IRG" && $4 ~ /^2018/ { print $1, $4; exit }' "$source/sessions.csv")
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
  formats irm-assist -d "$ROOT/datasets/fictional" --by region,type --total
  formats irm-assist -d "$ROOT/datasets/fictional" --by article --ci none
}

@test "assist: folder and file give the same bytes" {
  for package in uncac-consent upr uncac untoc fictional; do
    same_from_file_and_folder "$ROOT/datasets/$package" irm-assist --by article,region --total
    same_from_file_and_folder "$ROOT/datasets/$package" irm-assist --as-of 2018-02-28 --by topic,type --names
  done
}

@test "assist: the order of rows, the locale and the time zone change nothing" {
  irm-assist -d "$ROOT/datasets/fictional" --by article,topic,region --total >wanted
  shuffled "$ROOT/datasets/fictional" fictional
  irm-assist -d fictional --by article,topic,region --total | cmp wanted -
  LC_ALL=de_DE.UTF-8 TZ=Pacific/Apia irm-assist -d fictional --by article,topic,region --total | cmp wanted -
}

@test "assist: wrong questions" {
  wrong_question irm-assist
  fault 2 irm-assist "the source has no type 'legal_advise' (did you mean 'legal_advice'?)" \
    -d "$ROOT/datasets/fictional" --where type=legal_advise
  run_tool -2 irm-assist -d "$ROOT/datasets/fictional" --by milestone
  contains "$stderr" "there is no key 'milestone' here"
}

@test "assist: no source, nowhere to write" {
  wrong_source irm-assist "$ROOT/datasets/fictional"
}
