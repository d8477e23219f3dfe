#!/usr/bin/env bats
# irm-plot --lang and --digits: every kind in six languages; words, numbers and days.
load helper
load boxes

TABLES=$BATS_TEST_DIRNAME/../golden/tables
NAMES=$BATS_FILE_TMPDIR/names.db

# A line a chart: name, kind, table, further options
charts() {
  cat <<'END'
bars bars rates-region
delays bars delays-region-stage --x stage --group region
stacked stacked status-region --percent
dots dots assist-gap
lines lines rates-days
steps steps curve-region --limit 180
heatmap heatmap assist-chapter-region
timeline timeline each
tiles tiles status-state
funnel funnel rates-funnel
histogram histogram each --limit 60
fan fan backtest
END
}

# boxes of each chart in each language, on a slide and on a page of the web
setup_file() {
  "$BIN/irm-load" -q -d "$NAMES" "$ROOT/datasets/fictional"
  while read -r name kind table options; do
    for lang in en fr es ru zh ar; do
      for preset in slide web; do
        # shellcheck disable=SC2086 # options are words
        "$BIN/irm-plot" -q "$kind" "$TABLES/$table.csv" $options -d "$NAMES" --lang "$lang" --preset "$preset" \
          --boxes -o "$BATS_FILE_TMPDIR/$name-$lang-$preset"
      done
    done
  done < <(charts)
}

# texts FILE: the texts of a table of boxes, without the page
texts() {
  sed 1,2d "$1" | sed -E 's/^("[^"]*"|[^",]*),.*/\1/; s/^"//; s/"$//'
}

@test "no two texts overlap and none leaves the page, in any language" {
  for boxes in "$BATS_FILE_TMPDIR"/*-slide "$BATS_FILE_TMPDIR"/*-web; do
    check_boxes "$boxes" "${boxes##*/}"
  done
}

@test "no text of a slide is smaller than 28 of 1080 pixels" {
  for boxes in "$BATS_FILE_TMPDIR"/*-slide; do
    sed 's/"[^"]*"/text/' "$boxes" | awk -F, 'NR > 2 && $7 < 28 { print; bad = 1 } END { exit bad }'
  done
}

# Codes that stay: of fictional States, groups and cycles, chapters in Roman numbers, n and × and exponents
strip_codes() {
  sed -E 's/FIC-[0-9](-[A-Z]+)*//g; s/X[A-Z]{2}//g; s/\b(AFR|APG|EEG|GRULAC|WEOG)\b//g; s/\b[IVX]+\b//g; s/\bn\b//g'
}

@test "nothing is left in English: Russian, Chinese and Arabic have no Latin words" {
  for boxes in "$BATS_FILE_TMPDIR"/*-{ru,zh,ar}-web; do
    texts "$boxes" | strip_codes | sed -n "/[A-Za-z]/s|^|${boxes##*/}: |p"
  done >left
  same "$(cat left)" ""
}

@test "nothing is left in English: French and Spanish texts with words are others" {
  for boxes in "$BATS_FILE_TMPDIR"/*-{fr,es}-web; do
    english=${boxes/-??-web/-en-web}
    texts "$english" | grep -E '[A-Za-z]{3}' | sort -u >en
    texts "$boxes" | grep -E '[A-Za-z]{3}' | sort -u >other
    comm -12 en other | strip_codes | sed -n -E "/[A-Za-z]{3}/s|^|${boxes##*/}: |p"
  done >left
  same "$(cat left)" ""
}

@test "descriptions are in the language of the chart" {
  while read -r name kind table options; do
    for lang in ru zh ar; do
      # shellcheck disable=SC2086 # options are words
      "$BIN/irm-plot" "$kind" "$TABLES/$table.csv" $options -d "$NAMES" --lang "$lang" --alt |
        strip_codes | sed -n "/[A-Za-z]/s|^|$name-$lang: |p"
    done
  done < <(charts) >left
  same "$(cat left)" ""
}

@test "Chinese: no line of a label has a single letter" {
  printf 'region,stage,value\nWEOG,a,1\nAPG,a,2\nAFR,a,3\nGRULAC,a,4\nEEG,a,5\n' >a.csv
  "$BIN/irm-plot" bars a.csv -d "$NAMES" --lang zh --preset square --boxes -o boxes
  # seven letters in two lines: four, and three
  awk -F, '$1 == "西欧和其他国家" { found = 1; bad = $5 < 1.5 * $7 || $4 > 5 * $7; print } END { exit !found || bad }' boxes
}

@test "every word is translated in every language, and the template is what the sources say" {
  run -0 "$ROOT/tests/words" complete
  same "$output" ""
}

note_of() {
  "$BIN/irm-plot" -q bars "$TABLES/rates-region.csv" -d "$NAMES" --boxes "$@" | grep ',note,' | head -1 | sed -E 's/^("[^"]*"|[^",]*),.*/\1/; s/"//g'
}

@test "the note line: the day, n and remarks, in each language" {
  same "$(note_of --lang fr)" $'Au 30 octobre 2019 · n = 150 · Traits fins\u00a0: limites de confiance.'
  same "$(note_of --lang es)" 'Al 30 de octubre de 2019 · n = 150 · Líneas finas: límites de confianza.'
  same "$(note_of --lang ru)" 'По состоянию на 30 октября 2019 года · n = 150 · Тонкие линии — доверительные границы.'
  same "$(note_of --lang zh)" '截至2019年10月30日 · n = 150 · 细线表示置信界限。'
  same "$(note_of --lang ar)" 'حتى 30 تشرين الأول/أكتوبر 2019 · العدد = 150 · الخطوط الرفيعة: حدود الثقة.'
  same "$(note_of --lang ar --digits arabic)" 'حتى ٣٠ تشرين الأول/أكتوبر ٢٠١٩ · العدد = ١٥٠ · الخطوط الرفيعة: حدود الثقة.'
}

title_of() {
  "$BIN/irm-plot" -q "$@" --boxes | grep ',title,' | sed -E 's/^("[^"]*"|[^",]*),.*/\1/; s/"//g'
}

@test "captions are sentences of the language; names of codes come from the labels" {
  same "$(title_of bars "$TABLES/rates-region.csv" -d "$NAMES" --lang fr)" 'Taux d’achèvement par région · Rapport approuvé'
  same "$(title_of bars "$TABLES/rates-region.csv" -d "$NAMES" --lang zh)" '按区域分列的完成率 · 商定审议报告'
  same "$(title_of stacked "$TABLES/status-region.csv" --lang ru)" 'Число обзоров по регионам и этапам'
  same "$(title_of stacked "$TABLES/status-region.csv" --lang ar)" 'عدد الاستعراضات حسب المنطقة والمرحلة'
  printf 'colour,height,value\nred,tall,1\nblue,short,2\n' >own.csv
  same "$(title_of stacked own.csv --lang es)" 'Valor por colour y height'
}

@test "numbers: signs of decimals and groups, per cent, plurals" {
  printf 'region,milestone,rate,rate_lo,rate_hi\nAFR,a,0.5,0.4,0.6\nAPG,a,0.001,0,0.01\n' >rates.csv
  run_tool -0 irm-plot bars rates.csv --lang fr --boxes
  contains "$output" $'50\u00a0%,'
  contains "$output" $'<1\u00a0%,'
  printf 'region,value\nAFR,12345\nAPG,1234.5\nEEG,0.25\n' >values.csv
  run_tool -0 irm-plot bars values.csv --lang es --boxes
  contains "$output" $'12\u00a0345,'
  contains "$output" '"0,250"'
  contains "$output" '1235,'
  run_tool -0 irm-plot bars values.csv --lang ar --digits arabic --boxes
  contains "$output" '١٢٬٣٤٥,'
  for limit in 1 2 5 21 100; do
    "$BIN/irm-plot" steps "$TABLES/curve.csv" --limit "$limit" --lang ru --boxes | grep ',legend,' | cut -d, -f1
  done >limits
  same "$(cat limits)" 'Срок: 1 день
Срок: 2 дня
Срок: 5 дней
Срок: 21 день
Срок: 100 дней'
}

@test "an article without a title in the language is shown by its number, a State by its name" {
  made_up_package own
  printf 'kind,code,lang,label\narticle,15,fr,Corruption active\nstate,XAA,fr,Pays A\n' >own/labels.csv
  printf 'article,value\n15,1\n16,2\n' >articles.csv
  printf 'state,value\nXAA,1\nXAB,2\n' >states.csv
  run_tool -0 irm-plot bars articles.csv -d own --lang fr --boxes
  contains "$output" 'Corruption active,'
  contains "$output" $'\n16,'
  run_tool -0 irm-plot bars articles.csv -d own --boxes
  contains "$output" 'Foreign bribery,'
  run_tool -0 irm-plot bars states.csv -d own --lang fr --boxes
  contains "$output" 'Pays A,'
  contains "$output" 'Fictional State XAB,'
}

@test "the real packages: official names without the article, who was renamed, what is no State" {
  printf 'state,value\nAFG,1\nTUR,2\nCIV,3\nEUU,4\nBOL,5\nPSE,6\n' >states.csv
  names() {
    "$BIN/irm-plot" bars states.csv -d "$ROOT/datasets/uncac" --lang "$1" --boxes | grep ',category,' | sed -E 's/^("[^"]*"|[^",]*),.*/\1/; s/"//g'
  }
  same "$(names fr)" "Afghanistan
Türkiye
Côte d'Ivoire
Union européenne
Bolivie (État plurinational de)
État de Palestine"
  same "$(names es)" "Afganistán
Türkiye
Côte d'Ivoire
Unión Europea
Bolivia (Estado Plurinacional de)
Estado de Palestina"
  printf 'article,value\n16,1\n27,2\n' >articles.csv
  run_tool -0 irm-plot bars articles.csv -d "$ROOT/datasets/uncac" --lang zh --boxes
  contains "$output" '贿赂外国公职人员或者国际公共组织官员,'
  contains "$output" $'\n27,'
}

@test "the locale, LANGUAGE and TZ change nothing: the words belong to the request" {
  for lang in fr zh ar; do
    "$BIN/irm-plot" bars "$TABLES/rates-region.csv" --lang "$lang" -o "a-$lang.svg"
    LC_ALL=C LANGUAGE=fr:ru LANG=de_DE.UTF-8 TZ=Pacific/Apia "$BIN/irm-plot" bars "$TABLES/rates-region.csv" --lang "$lang" -o "b-$lang.svg"
    cmp "a-$lang.svg" "b-$lang.svg"
  done
  LC_ALL=C LANGUAGE=fr run_tool -0 irm-plot bars "$TABLES/rates-region.csv" --boxes
  contains "$output" 'Completion rate by region'
}

@test "a wrong language or wrong digits: exit 2 and the nearest" {
  run_tool -2 irm-plot bars "$TABLES/rates-region.csv" --lang f
  contains "$stderr" "no language 'f'; expected one of en, fr, es, ru, zh, ar (did you mean 'fr'?)"
  run_tool -2 irm-plot bars "$TABLES/rates-region.csv" --lang ar --digits roman
  contains "$stderr" "no digits 'roman'; expected western or arabic"
  run_tool -2 irm-plot bars "$TABLES/rates-region.csv" --lang fr --digits arabic
  contains "$stderr" 'arabic digits are for Arabic, not for French'
}
