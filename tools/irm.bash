# bash completion for irm and every irm-NAME: subcommands are the programs beside irm, options and
# closed lists of values are what a tool's own --help says.
# shellcheck shell=bash

# The long options of tool $1
_irm_options() {
  "$1" --help 2>/dev/null | sed -n 's/^ *\(-., \)\{0,1\}\(--[a-z][a-z0-9-]*\).*/\2/p'
}

# The words that option $2 of tool $1 takes, where its help lists them: --imprecise=middle|unknown
_irm_values() {
  local names="--[a-z0-9-]*"
  case $2 in
    --*) names=$2 ;;
    -?) names="$2, --[a-z0-9-]*" ;;
  esac
  "$1" --help 2>/dev/null |
    sed -n -e "s/^ *\(-., \)\{0,1\}$names=\([^ ]*|[^ ]*\).*/\2/p" -e "s/^ *$names=\([^ ]*|[^ ]*\).*/\1/p" |
    tr '|' '\n' | grep -x '[a-z][a-z0-9-]*'
}

# Whether option $2 of tool $1 takes a value
_irm_takes_value() {
  "$1" --help 2>/dev/null | grep -q -e "^ *\(-., \)\{0,1\}$2=" -e "^ *$2, --[a-z0-9-]*="
}

# The words of which tool $1 takes one as its first operand: usage: irm-plot bars|lines [OPTION]...
_irm_operands() {
  "$1" --help 2>/dev/null | sed -n '1s/^usage: [^ ]* \([a-z]*|[a-z|]*\).*/\1/p' | tr '|' '\n'
}

_irm_subcommands() {
  compgen -c irm- | sed 's/^irm-//' | sort -u
}

_irm() {
  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]}
  local tool=${COMP_WORDS[0]} first=1 words=
  COMPREPLY=()
  if [[ ${tool##*/} == irm ]]; then
    if ((COMP_CWORD == 1)); then
      words="$(_irm_subcommands) --help --version"
    else
      tool=${tool%irm}irm-${COMP_WORDS[1]}
      first=2
    fi
  fi
  if [[ -z $words ]]; then
    # readline takes '=' for a word: --format = c
    [[ $cur == = ]] && cur='' prev="${prev}="
    [[ $prev == = ]] && prev="${COMP_WORDS[COMP_CWORD - 2]}="
    if [[ $prev == -* ]] && _irm_takes_value "$tool" "${prev%=}"; then
      words=$(_irm_values "$tool" "${prev%=}")
    elif [[ $cur == -* ]]; then
      words=$(_irm_options "$tool")
    elif ((COMP_CWORD == first)); then
      words=$(_irm_operands "$tool")
    fi
  fi
  [[ -z $words ]] && return # file names, by the defaults
  mapfile -t COMPREPLY < <(compgen -W "$words" -- "$cur")
}

# shellcheck disable=SC2046 # one word a command
complete -o bashdefault -o default -F _irm irm $(compgen -c irm-)
