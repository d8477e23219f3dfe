#!/usr/bin/env bats
# The scripts of the house: layers, setup, lint's and build's habits.
load helper

# A tree with one file, which includes what the test says
plant() {
  mkdir -p lib/base lib/store plots tools
  printf '#include "base/err.h"\n' >lib/store/right.c
  printf '#include <stdio.h>\n\n  #  include "%s"\n' "$2" >"$1"
}

@test "layers: this tree has no include of a later layer" {
  run "$ROOT/tests/layers"
  [ "$status" -eq 0 ]
  [[ $output =~ ^[0-9]+\ includes,\ none\ of\ a\ later\ layer$ ]]
}

@test "layers: a planted violation is caught, with file and line" {
  plant lib/base/wrong.c store/db.h
  run "$ROOT/tests/layers" .
  [ "$status" -eq 1 ]
  same "$output" 'lib/base/wrong.c:3: base includes store, a later layer: "store/db.h"'
}

@test "layers: the library includes no plot and no tool, a plot no tool" {
  plant lib/store/wrong.c plots/canvas.h
  run -1 "$ROOT/tests/layers" .
  plant lib/store/wrong.c tools/cli.h
  run -1 "$ROOT/tests/layers" .
  rm lib/store/wrong.c
  plant plots/wrong.c tools/cli.h
  run -1 "$ROOT/tests/layers" .
  same "$output" 'plots/wrong.c:3: plots includes tools, a later layer: "tools/cli.h"'
}

@test "layers: the same and earlier layers, and a header beside, are fine" {
  plant plots/right.c store/db.h
  run -0 "$ROOT/tests/layers" .
  plant plots/right.c canvas.h
  run -0 "$ROOT/tests/layers" .
  plant tools/right.c plots/canvas.h
  run -0 "$ROOT/tests/layers" .
}

@test "layers: ways around the path, unknown folders and an empty tree are caught" {
  for path in ../tools/cli.h lib/base/err.h elsewhere/x.h; do
    plant plots/wrong.c "$path"
    run -1 "$ROOT/tests/layers" .
  done
  rm plots/wrong.c
  mkdir lib/new
  plant lib/new/wrong.c base/err.h
  run -1 "$ROOT/tests/layers" .
  rm -r lib plots tools
  mkdir lib plots tools
  run -1 "$ROOT/tests/layers" .
}

@test "setup: asks for one of its lists" {
  run -2 "$ROOT/scripts/setup"
  same "$output" 'usage: setup demo|check|compare'
  run -2 "$ROOT/scripts/setup" all
  run -2 "$ROOT/scripts/setup" demo check
}

# Doubles of the system's commands in ./fake: dpkg-query knows the packages in ./installed
fake_debian() {
  mkdir fake
  touch installed
  cat >fake/dpkg-query <<'END'
#!/bin/sh
for package in "$@"; do :; done
if grep -qx "$package" installed; then printf 'installed '; else printf 'not-installed '; fi
END
  cat >fake/apt-get <<'END'
#!/bin/sh
echo "$@" >>calls
[ ! -e broken ] || { echo 'E: no network'; exit 100; }
END
  printf '#!/bin/sh\necho "%s"\n' "$1" >fake/id
  chmod +x fake/*
}

@test "setup: installs what is missing in one call, nothing where all is there" {
  fake_debian 0
  PATH=$PWD/fake:$PATH run -0 "$ROOT/scripts/setup" demo
  [ "$(wc -l <calls)" -eq 2 ]
  [ "$(sed -n 1p calls)" = '-q -y update' ]
  contains "$(sed -n 2p calls)" '--no-install-recommends gcc libc6-dev make'
  sed -n '2s/.*recommends //p' calls | tr ' ' '\n' >installed
  rm calls
  PATH=$PWD/fake:$PATH run -0 "$ROOT/scripts/setup" demo
  [ -z "$output" ]
  [ ! -e calls ]
  sed -i '/^make$/d' installed
  PATH=$PWD/fake:$PATH run -0 "$ROOT/scripts/setup" demo
  same "$output" 'setup: installing make'
}

@test "setup: check holds demo, each package once" {
  fake_debian 0
  PATH=$PWD/fake:$PATH run -0 "$ROOT/scripts/setup" demo
  sed -n '2s/.*recommends //p' calls | tr ' ' '\n' >demo
  rm calls
  PATH=$PWD/fake:$PATH run -0 "$ROOT/scripts/setup" check
  sed -n '2s/.*recommends //p' calls | tr ' ' '\n' >check
  [ -z "$(sort check | uniq -d)" ]
  [ -z "$(grep -vxFf check demo)" ]
}

@test "setup: the demo needs no test tool" {
  fake_debian 0
  PATH=$PWD/fake:$PATH run -0 "$ROOT/scripts/setup" demo
  ! grep -E 'r-base|bats|valgrind|clang|cmocka|mandoc|shellcheck|python' calls
}

@test "setup: the demo has the package of each library that the Makefile links" {
  fake_debian 0
  PATH=$PWD/fake:$PATH run -0 "$ROOT/scripts/setup" demo
  sed -n '2s/.*recommends //p' calls | tr ' ' '\n' >demo
  for library in $(sed -n 's/^\(LIB\|PLOT\|XLSX\)_PKGS := //p' "$ROOT/Makefile"); do
    file=$(pkg-config --variable=pcfiledir "$library")/$library.pc
    package=$(dpkg-query -S "$file" | cut -d: -f1)
    grep -qx "$package" demo || { echo "$library: $package"; false; }
  done
}

@test "setup: shows what apt-get said when it fails" {
  fake_debian 0
  touch broken
  PATH=$PWD/fake:$PATH run -1 "$ROOT/scripts/setup" demo
  contains "$output" 'E: no network'
  contains "$output" "setup: 'apt-get update' failed"
}

@test "setup: who is not root goes through sudo, and is told where there is none" {
  fake_debian 1000
  mkdir bin
  for tool in sh env grep mktemp rm tail cat; do ln -s "$(command -v $tool)" bin/; done
  PATH=$PWD/fake:$PWD/bin run -1 "$ROOT/scripts/setup" demo
  contains "$output" "run 'scripts/setup demo' as root"
  [ ! -e calls ]
  printf '#!/bin/sh\necho sudo >>calls\nexec "$@"\n' >fake/sudo
  chmod +x fake/sudo
  PATH=$PWD/fake:$PWD/bin run -0 "$ROOT/scripts/setup" demo
  [ "$(sed -n 1p calls)" = sudo ]
}

@test "setup: says so on a system without dpkg" {
  mkdir bin
  ln -s "$(command -v sh)" bin/
  PATH=$PWD/bin run -1 "$ROOT/scripts/setup" demo
  contains "$output" 'this is not a Debian system'
}

@test "the scripts are clean for shellcheck" {
  cd "$ROOT"
  shellcheck scripts/setup scripts/demo scripts/check scripts/bench .ci/run plots/gallery/make tests/compare/run tests/compare/tables tests/bench/charts tests/layers tests/lint \
    tests/unit/run tests/fault/run datasets/build.sh tools/irm.bash
  shellcheck -s bash tests/cli/helper.bash
}

@test "no source mentions a machine's path or a registry's host" {
  cd "$ROOT"
  run git grep -nIE '/home/|/root/|/work/|registry\.|deb\.debian\.org' -- . ':!LICENSE' ':!datasets/*/from' ':!tests/cli/house.bats'
  same "$output" ''
}
