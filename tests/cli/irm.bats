#!/usr/bin/env bats
# irm: runs the tools.
load helper

@test "irm COMMAND is irm-COMMAND: output, message and exit status" {
  made_up_package p
  same "$("$BIN/irm" status -d p)" "$("$BIN/irm-status" -d p)"
  run_tool -2 irm delays -d p --by regoin
  through=$stderr
  run_tool -2 irm-delays -d p --by regoin
  same "$through" "$stderr"
  run_tool -4 irm rates -d nowhere
  run_tool -3 irm load -d a.db .
  run_tool -0 irm load -d a.db p
  printf 'x,n\n3,10\n' | "$BIN/irm" proportion | grep -q '^3,10,0.3,'
}

@test "words and options reach the tool as they were given" {
  mkdir 'a b'
  made_up_package 'a b/p'
  run_tool -0 irm load -d "it's.db" 'a b/p'
  [ -e "it's.db" ]
  run_tool -0 irm status --version
  [[ $output == 'irm-status (irmkit) '* ]]
}

@test "the tool beside it is run, by its path" {
  mkdir bin
  cp "$BIN/irm" bin/
  printf '#!/bin/sh\necho "beside: $*"\n' >bin/irm-status
  chmod +x bin/irm-status
  run -0 bin/irm status -x 'a b'
  same "$output" 'beside: -x a b'
  run -0 ./bin/irm status
  same "$output" 'beside: '
}

@test "called by its name, the tool on PATH is run" {
  mkdir bin
  printf '#!/bin/sh\necho "on PATH: $*"\n' >bin/irm-status
  chmod +x bin/irm-status
  PATH=$PWD/bin:$PATH run -0 irm status 1
  same "$output" 'on PATH: 1'
}

@test "a tool that is not there: exit 4" {
  mkdir bin
  cp "$BIN/irm" bin/
  run -4 bin/irm status
  same "$output" 'irm: cannot run irm-status: No such file or directory'
}

@test "an unknown command: exit 2 and the nearest" {
  run_tool -2 irm delay
  same "$stderr" "irm: there is no command 'delay' (did you mean 'delays'?)"
  [ -z "$output" ]
  run_tool -2 irm statsu -d p
  same "$stderr" "irm: there is no command 'statsu' (did you mean 'status'?)"
  run_tool -2 irm xyzzy
  contains "$stderr" "irm: there is no command 'xyzzy' (one of: load, "
  run_tool -2 irm irm-load
  run_tool -2 irm ../irm-load
  run_tool -2 irm -x
}

@test "no command: exit 2 and the list" {
  run_tool -2 irm
  contains "$stderr" 'irm: expected a command (one of: load, '
}

@test "--help lists the tools that there are, and no other" {
  run_tool -0 irm --help
  listed=$(grep -oE '^  [a-z]+ ' <<<"$output" | tr -d ' ' | grep -vx irm | sort)
  built=$(find "$BIN" -maxdepth 1 -type f -name 'irm-*' -printf '%f\n' | sed 's/^irm-//' | sort)
  same "$listed" "$built"
}
