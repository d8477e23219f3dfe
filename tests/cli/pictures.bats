#!/usr/bin/env bats
# irm-plot's pictures against those of tests/golden/pictures, as the eye would: small differences of an edge
# are none. Those that fail stand side by side, wanted, drawn and what differs, in BUILD/pictures.
load helper

TABLES=$BATS_TEST_DIRNAME/../golden/tables
PICTURES=$BATS_TEST_DIRNAME/../golden/pictures

# A line a picture: name, kind, table, further options
pictures() {
  cat <<'END'
bars bars rates-region-milestone --preset square
steps steps curve-cycle --preset slide --theme dark
heatmap heatmap assist-article-region --preset print
timeline timeline each --preset square --theme dark
tiles tiles status-state --preset web
stacked stacked suppressed --y reached --x region --group cycle --preset print-wide
END
}

# small FILE: to the size in which pictures are kept
small() {
  convert "$1" -resize 400x -strip +dither -colors 32 "PNG8:$2"
}

# differing A B: how many pixels differ by more than 15 % of a channel, edges smoothed; of 400 across
differing() {
  convert "$1" -blur 0x0.8 one.png
  convert "$2" -blur 0x0.8 two.png
  compare -metric AE -fuzz 15% one.png two.png differ.png 2>&1 || :
}

# same_picture NAME FILE: fails where more than 40 pixels differ, or the size does
same_picture() {
  local name=$1 n
  small "$2" drawn.png
  [ -z "$UPDATE" ] || cp drawn.png "$PICTURES/$name.png"
  n=$(differing "$PICTURES/$name.png" drawn.png)
  [[ $n =~ ^[0-9]+$ && $n -le 40 ]] || {
    mkdir -p "$BUILD/pictures"
    convert "$PICTURES/$name.png" drawn.png differ.png +append "$BUILD/pictures/$name.png"
    echo "$name: $n pixels differ: see $BUILD/pictures/$name.png"
    return 1
  }
}

@test "pictures: each looks as it should" {
  bad=
  while read -r name kind table options; do
    # shellcheck disable=SC2086 # options are words
    "$BIN/irm-plot" "$kind" "$TABLES/$table.csv" $options -q -o a.png
    same_picture "$name" a.png || bad=1
  done < <(pictures)
  [ -z "$bad" ]
}

@test "pictures: another figure, colour or size is seen" {
  sed '2s/,37,0,0.88[0-9]*/,37,0,0.8/' "$TABLES/rates-region-milestone.csv" >a.csv
  "$BIN/irm-plot" bars a.csv --preset square -o a.png
  run -1 env BUILD="$PWD" bash -c "$(declare -f small differing same_picture); UPDATE=; PICTURES=$PICTURES; same_picture bars a.png"
  contains "$output" 'pixels differ'
  [ -s pictures/bars.png ]
  for options in '--preset square --theme dark' '--preset web'; do
    # shellcheck disable=SC2086 # options are words
    "$BIN/irm-plot" bars "$TABLES/rates-region-milestone.csv" $options -o a.png
    run -1 env BUILD="$PWD" bash -c "$(declare -f small differing same_picture); UPDATE=; PICTURES=$PICTURES; same_picture bars a.png"
  done
}
