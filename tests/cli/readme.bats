#!/usr/bin/env bats
# README.md: the commands of its tour, as written, give what is written below them.
load helper

# The tour's blocks in ./blocks: N.sh, and N.text, what it prints, where that is shown
blocks() {
  mkdir blocks
  awk '
    /^## / { tour = /^## A tour/ }
    !tour { next }
    /^```/ {
      if (file) { close(file); file = ""; next }
      kind = substr($0, 4)
      if (kind == "sh") n++
      file = sprintf("blocks/%02d.%s", n, kind)
      printf "" > file
      next
    }
    file { print > file }' "$ROOT/README.md"
}

# A folder in which the README's paths hold
stage() {
  ln -s "$ROOT/datasets" "$ROOT/tests" .
  mkdir build
  ln -s "$BIN" build/bin
}

@test "the tour runs as written, and prints what is written" {
  stage
  blocks
  ls blocks
  [ "$(find blocks -name '*.sh' | wc -l)" -ge 5 ]
  {
    echo 'set -eu'
    for block in blocks/*.sh; do
      n=${block%.sh}
      printf '{\n'
      cat "$block"
      printf '} >%s.out\n' "$n"
    done
  } >tour
  sh tour
  for text in blocks/*.text; do
    diff -u "$text" "${text%.text}.out"
  done
}

@test "the tour leaves the charts that it speaks of" {
  stage
  blocks
  cat blocks/*.sh >tour
  sh -eu tour >said
  for file in $(grep -oE -e '-o [a-z-]+\.(svg|pdf|png)' tour | cut -d' ' -f2); do
    [ -s "$file" ]
  done
}

@test "every file that a README names is there" {
  cd "$ROOT"
  for readme in $(git ls-files '*README.md'); do
    for path in $(grep -oE '\]\([a-zA-Z0-9_./-]+\)' "$readme" | tr -d '()' | sed 's/^\]//'); do
      [ -e "$(dirname "$readme")/$path" ] || { echo "$readme: no $path"; false; }
    done
  done
}

@test "each folder has its README" {
  cd "$ROOT"
  for folder in lib plots tools datasets tests scripts; do [ -s "$folder/README.md" ]; done
  for package in datasets/*/datapackage.json; do [ -s "$(dirname "$package")/README.md" ]; done
}
