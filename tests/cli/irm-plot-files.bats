#!/usr/bin/env bats
# irm-plot: what its files say to those who do not see them, and to other programs.
load helper

TABLES=$ROOT/tests/golden/tables

# part ELEMENT FILE: the text of the first such element of an SVG
part() {
  sed -n "s|.*<$1[^>]*>\([^<]*\)</$1>.*|\1|p" "$2" | head -n 1
}

@test "SVG: well-formed, of every kind, with title, description, role and language" {
  while read -r kind table; do
    irm-plot "$kind" "$TABLES/$table.csv" -o a.svg
    rsvg-convert -o a.png a.svg
    grep -qE '<svg xmlns="http://www.w3.org/2000/svg" [^>]*role="(figure|img)" aria-labelledby="t-[0-9a-f]*( d-[0-9a-f]*)?" lang="en"' a.svg
    [ -n "$(part title a.svg)" ]
    same "$(part desc a.svg | sed 's/&gt;/>/g; s/&lt;/</g; s/&quot;/"/g; s/&amp;/\&/g')" "$(irm-plot "$kind" "$TABLES/$table.csv" --alt)"
  done <<'END'
bars rates-region
stacked status-region
dots assist-gap
lines rates-days
steps curve-region
heatmap assist-chapter-region
timeline each
tiles rates-state
funnel rates-funnel
histogram each
fan forecast
END
}

@test "SVG: text is text, and outlines where they are asked for" {
  irm-plot bars "$TABLES/rates-region.csv" -o a.svg
  irm-plot bars "$TABLES/rates-region.csv" --outline-text -o b.svg
  grep -q '<text [^>]*>WEOG</text>' a.svg
  same "$(grep -c '<text' b.svg || :)" 0
  rsvg-convert -o b.png b.svg
  # the outlines too say what they show
  same "$(part desc b.svg)" "$(part desc a.svg)"
}

@test "SVG: the figures as a table that is read aloud; what is suppressed stays so" {
  irm-plot bars "$TABLES/rates-region.csv" -o a.svg
  same "$(sed -n '/<table/,/<\/table>/p' a.svg | grep -c '<tr>')" 7
  grep -q '<td>AFR</td><td>55%</td><td>40%</td><td>69%</td>' a.svg
  irm-plot heatmap "$TABLES/suppressed.csv" -o a.svg
  # suppressed, and of fewer than 5
  grep -qF '<td>APG</td><td>FIC-2</td><td>(s)</td><td></td><td></td>' a.svg
  grep -qF '<td>EEG</td><td>FIC-2</td><td>75%*</td>' a.svg
}

@test "SVG: a table of 400 rows and no more, which it says" {
  { echo state,region,rate; for i in $(seq 500); do echo "X$i,R$((i % 5)),0.$((i % 9 + 1))"; done; } >a.csv
  irm-plot tiles a.csv --preset print -o a.svg
  same "$(sed -n '/<table/,/<\/table>/p' a.svg | grep -c '<tr>')" 401
  grep -q '<caption>[^<]*400[^<]*500' a.svg
}

@test "SVG: markup, quotes and control characters in labels are text" {
  printf 'region,rate\n"<script>alert(1)</script>",0.5\n"a""b\x01&amp;]]>",0.25\n' >a.csv
  irm-plot bars a.csv --title '<b onload="x">&' --note '</svg>' -o a.svg
  rsvg-convert -o a.png a.svg
  same "$(grep -c '<script\|<b \|</svg>.' a.svg || :)" 0
  same "$(grep -c '</svg>' a.svg)" 1
  grep -q '&lt;script&gt;alert(1)&lt;/script&gt;' a.svg
  same "$(LC_ALL=C grep -c "$(printf '\x01')" a.svg || :)" 0
}

@test "SVG: colours follow the screen on the web alone, and where no theme is asked for" {
  irm-plot bars "$TABLES/rates-region.csv" -o a.svg
  grep -q '@media (prefers-color-scheme:dark)' a.svg
  for option in '--theme light' '--theme dark' '--preset slide' '--preset print'; do
    # shellcheck disable=SC2086 # words
    irm-plot bars "$TABLES/rates-region.csv" $option -o b.svg
    same "$(grep -c '@media' b.svg || :)" 0
  done
  # by day the colours of light, by night of dark
  irm-plot bars "$TABLES/rates-region.csv" --theme dark -o dark.svg
  ground=$(grep -o '<rect width="100%" height="100%" fill="#[0-9a-f]*"' dark.svg | grep -o '#[0-9a-f]*')
  grep -q "{fill:$ground}" a.svg
}

@test "PDF: title, subject, tags, embedded fonts, a bookmark a page" {
  irm-plot bars "$TABLES/rates-region.csv" --source 'Made up' -o a.pdf
  pdfinfo a.pdf >info
  grep -q '^Title: *Completion rate by region' info
  grep -q '^Subject: *Bar chart: Completion rate by region' info
  grep -q '^Tagged: *yes' info
  same "$(pdfinfo -struct a.pdf | tr -d ' ' | sed 's/(.*//' | sort -u | paste -sd' ')" 'Document Figure H1 P'
  same "$(pdffonts a.pdf | tail -n +3 | awk '$(NF - 4) != "yes"')" ''
  pdftotext a.pdf - | grep -q 'Source: Made up'
}

@test "PNG: title, description and resolution" {
  irm-plot bars "$TABLES/rates-region.csv" --title 'Made up' --preset slide -o a.png
  LC_ALL=C grep -aq 'tEXtTitle.Made up' a.png
  LC_ALL=C grep -aq 'Bar chart: Completion rate' a.png
  same "$(identify -format '%w x %h' a.png)" '1920 x 1080'
  LC_ALL=C grep -aq 'sRGB' a.png
  LC_ALL=C grep -aq 'pHYs' a.png
}

@test "alt: what a chart shows, in words, in each language" {
  run_tool -0 irm-plot bars "$TABLES/rates-region.csv" --alt
  same "$output" 'Bar chart: Completion rate by region · Report agreed. As of 30 October 2019. n = 150. Region: AFR, APG, EEG, GRULAC, WEOG and All. The highest figure is 87% (limits 68% to 95%): WEOG. The lowest figure is 55% (limits 40% to 69%): AFR.'
  for lang in fr es ru zh ar; do
    run_tool -0 irm-plot bars "$TABLES/rates-region.csv" --alt --lang $lang
    [ "${#lines[@]}" -eq 1 ]
    contains "$output" 87
    [[ $output != *figure* && $output != *'As of'* ]]
  done
  # one figure; all alike; none known
  same "$(printf 'region,reviews\nAFR,3\n' | irm-plot bars --alt)" 'Bar chart: Number of reviews by region. The figure is 3.'
  contains "$(printf 'region,reviews\nAFR,3\nAPG,3\n' | irm-plot bars --alt)" 'All figures are 3.'
  contains "$(printf 'region,reviews\nAFR,\nAPG,\n' | irm-plot bars --alt)" '2 figures are not known.'
  # where lines go, whatever the order of rows
  contains "$(irm-plot lines "$TABLES/rates-days.csv" --alt)" 'AFR: from 7% (31 December 2016) to 88% (31 December 2021).'
  contains "$(irm-plot fan "$TABLES/forecast.csv" --alt --lang fr)" 'de 20 (31 décembre 2024) à 28,2 (31 décembre 2025).'
}

@test "alt: what is not known is not open; parts of bars; curves that do not come to a half" {
  printf 'stage,days,event\ndialogue,40,1\ndialogue,60,1\ndialogue,9,0\ndialogue,,\ndialogue,5,\n' >a.csv
  same "$(irm-plot histogram a.csv --alt)" \
    'Histogram: Days from beginning to end · Dialogue. n = 3, and 2 unknown. 2 stages are done, after 40 to 60 days. 1 stage is still open. 2 figures are not known.'
  # shares of bars are of what is known whole: APG lacks a part
  printf 'region,stage,reviews\nAFR,done,3\nAFR,open,1\nAPG,done,9\nAPG,open,\n' >a.csv
  contains "$(irm-plot stacked a.csv --percent --alt)" 'The highest figure is 75%: AFR · Done. The lowest figure is 25%: AFR · Open. 1 figure is not known.'
  printf 'region,time,at_risk,survival\nAFR,10,4,0.75\nAFR,20,3,0.5\nAPG,15,4,0.75\nAPG,30,3,0.6\n' >a.csv
  contains "$(irm-plot steps a.csv --alt)" 'AFR: half are done by day 20. APG: fewer than half are done by day 30, the last.'
  # a suppressed figure is neither highest nor told
  contains "$(irm-plot bars "$TABLES/suppressed.csv" --alt)" '2 figures are suppressed.'
}

@test "alt: options that it excludes" {
  run_tool -2 irm-plot bars "$TABLES/rates-region.csv" --alt --boxes
  contains "$stderr" '--alt and --boxes exclude each other'
}

@test "PDF: bookmarks name the chart and its pages" {
  { head -n 1 "$TABLES/each.csv"
    for i in $(seq 120); do sed -n '2,4p' "$TABLES/each.csv" | sed "s/FIC-1-XAA/FIC-1-X$i/"; done; } >a.csv
  irm-plot timeline a.csv --preset print -o a.pdf
  pages=$(pdfinfo a.pdf | awk '/^Pages/ { print $2 }')
  [ "$pages" -gt 1 ]
  same "$(LC_ALL=C grep -ac "/Title (Page [0-9]* of $pages)" a.pdf)" "$((pages - 1))"
  pdfinfo a.pdf | grep -q '^Tagged: *yes'
}

@test "the same bytes on every run, in any locale and time zone, of every format" {
  for format in svg pdf png; do
    irm-plot steps "$TABLES/curve-region.csv" -o a.$format
    LC_ALL=de_DE.UTF-8 LANGUAGE=fr TZ=Pacific/Apia SOURCE_DATE_EPOCH=1 irm-plot steps "$TABLES/curve-region.csv" -o b.$format
    cmp a.$format b.$format
  done
}

@test "the same bytes whatever fontconfig is told" {
  for kind in bars timeline; do
    table=$TABLES/rates-region.csv
    [ "$kind" = bars ] || table=$TABLES/each.csv
    irm-plot "$kind" "$table" >a.svg
    cat >fonts.conf <<'END'
<fontconfig><dir>/usr/share/fonts/truetype/dejavu</dir>
<match target="pattern"><edit name="family" mode="assign" binding="strong"><string>DejaVu Sans Mono</string></edit></match></fontconfig>
END
    FONTCONFIG_FILE=$PWD/fonts.conf irm-plot "$kind" "$table" >b.svg
    FONTCONFIG_PATH=/nowhere HOME=$PWD XDG_CONFIG_HOME=$PWD irm-plot "$kind" "$table" >c.svg
    cmp a.svg b.svg
    cmp a.svg c.svg
  done
}

@test "a full disk: exit 4, and no part of a file" {
  for format in svg pdf png; do
    run -4 bash -c "'$BIN/irm-plot' bars '$TABLES/rates-region.csv' -o /dev/full"
    contains "$output" 'No space left on device'
    run_tool -4 irm-plot bars "$TABLES/rates-region.csv" -o none/a.$format
    [ ! -e none ]
  done
  run -4 bash -c "'$BIN/irm-plot' bars '$TABLES/rates-region.csv' --alt >/dev/full"
}
