#!/usr/bin/env bats
# tools/irm.bash: what bash offers after `irm ...`
load helper

# complete WORD...: the offers for the last word, one a line
complete_words() {
  bash -c '
    source "$ROOT/tools/irm.bash"
    COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
    _irm
    printf "%s\n" "${COMPREPLY[@]}"' bash "$@"
}

@test "irm offers the tools" {
  run -0 complete_words irm ''
  for tool in load status delays rates assist survival plot sim; do
    grep -qx "$tool" <<<"$output"
  done
  run -0 complete_words irm del
  same "$output" delays
}

@test "every long option of every tool is offered, through irm and by its own name" {
  for tool in "$BIN"/irm-*; do
    name=${tool##*/}
    wanted=$("$tool" --help | grep -oE '^ +(-., )?--[a-z0-9-]+' | grep -oE -e '--[a-z0-9-]+$' | sort)
    same "$(complete_words irm "${name#irm-}" -- | sort)" "$wanted"
    same "$(complete_words "$name" -- | sort)" "$wanted"
  done
}

@test "a beginning narrows the options" {
  run -0 complete_words irm delays --as
  same "$output" --as-of
}

@test "values that the help lists are offered, with a blank or an equals sign" {
  run -0 complete_words irm delays --imprecise ''
  same "$output" "middle
unknown"
  run -0 complete_words irm delays --imprecise = m
  same "$output" middle
  run -0 complete_words irm delays --imprecise =
  same "$output" "middle
unknown"
}

@test "where a file name stands nothing is offered, so that bash completes files" {
  run -0 complete_words irm delays -d ''
  same "$output" ''
  run -0 complete_words irm load datasets/u
  same "$output" ''
}

@test "the completion is registered for irm and for each tool" {
  run -0 bash -c 'source "$ROOT/tools/irm.bash"; complete -p irm irm-delays irm-plot'
  [ "${#lines[@]}" -eq 3 ]
}
