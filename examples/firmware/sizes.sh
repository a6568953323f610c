#!/usr/bin/env bash
# Prints the README's table of the flash and RAM that DS-CNN takes on a Cortex-M4F, measured on the binary `bare`, which
# only runs it. Fails if the engine and kernels or a plan table exceed their limit, if the weights are copied to RAM, or
# if a symbol of formatting or panics is linked.
set -euo pipefail
cd "$(dirname "$0")"

boards=mps2-an386
. ./tools.sh
find_tools

LIMIT_ENGINE=20000
LIMIT_PLAN=2000

fail() { echo "sizes.sh: $1" >&2; exit 1; }

# row NAME PROFILE [OPTION..]
row() {
  local name=$1 profile=$2 elf=target/thumbv7em-none-eabihf/$2/bare
  shift 2
  build "$profile" mps2-an386 bare "$@"
  section() { arm-none-eabi-size -A "$elf" | awk -v name="$1" '$1 == name { print $2 }'; }
  # The bytes of the symbols whose kind and name match two patterns.
  symbols() { arm-none-eabi-nm -SC "$elf" | awk -v kind="$1" -v name="$2" '
    function hex(text,  i, value) { for (i = 1; i <= length(text); i++) value = 16 * value + index("0123456789abcdef", substr(text, i, 1)) - 1; return value }
    NF > 3 && $3 ~ kind { rest = $4; for (i = 5; i <= NF; i++) rest = rest " " $i; if (rest ~ name) sum += hex($2) }
    END { print sum + 0 }'; }
  local weights runtime engine plan arena
  weights=$(symbols '[rR]' '^bare::WEIGHTS$')
  arena=$(symbols '[bB]' 'ARENA$')
  runtime=$(($(section .vector_table) + $(symbols '[tT]' '^(Reset|HardFault|HardFault_|HardFaultTrampoline|DefaultHandler_|DefaultPreInit|main|__pre_init)$')))
  engine=$(($(section .text) + $(section .vector_table) - runtime))
  plan=$(($(section .rodata) - weights))
  ! arm-none-eabi-nm -C "$elf" | grep -E 'core::fmt|panicking|panic_fmt' || fail "formatting or panics are linked"
  [ "$(section .data)" = 0 ] || fail "something is copied to RAM"
  if [ "$profile" = small ]; then [ "$engine" -lt $LIMIT_ENGINE ] || fail "the engine has $engine B"; fi
  [ "$plan" -lt $LIMIT_PLAN ] || fail "the plan table has $plan B"
  # With thousands separators.
  echo "| $name | $weights | $engine | $plan | $runtime | $arena | $(($(section .bss) - arena)) |" |
    sed -E ':again; s/([0-9])([0-9]{3})([, ])/\1,\2\3/; t again'
}

echo "| DS-CNN, \`thumbv7em-none-eabihf\` | weights | engine and kernels | plan tables | runtime | arena | other statics |"
echo "|:--|--:|--:|--:|--:|--:|--:|"
row '`opt-level = "s"`' small
row 'an instance of a generic network, `"s"`' small --features generic
row '`opt-level = 3`' release
