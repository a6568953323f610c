#!/usr/bin/env bash
# Prints the README's table of the flash and RAM that DS-CNN takes on a Cortex-M4F, measured on the binaries `bare` and
# `bare_int8`, which only run it. Fails if the engine and kernels or a plan table exceed their limit, if the weights are copied to RAM, or
# if a symbol of formatting, of panics or, for 8-bit integers, of floats is linked.
set -euo pipefail
cd "$(dirname "$0")"

boards="mps2-an386 mps2-an385"
. ./tools.sh
find_tools

LIMIT_ENGINE=20000
LIMIT_INT8=19000
LIMIT_PLAN=2400

fail() { echo "sizes.sh: $1" >&2; exit 1; }

# links_none ELF: neither formatting nor panics.
links_none() {
  ! arm-none-eabi-nm -C "$1" | grep -E 'core::fmt|panicking|panic_fmt|slice_index_fail' || fail "formatting or panics are linked"
}

# row NAME PROFILE BINARY LIMIT [OPTION..]
row() {
  local name=$1 profile=$2 binary=$3 limit=$4 elf=target/thumbv7em-none-eabihf/$2/$3
  shift 4
  build "$profile" mps2-an386 "$binary" "$@"
  section() { arm-none-eabi-size -A "$elf" | awk -v name="$1" '$1 == name { print $2 }'; }
  # The bytes of the symbols whose kind and name match two patterns.
  symbols() { arm-none-eabi-nm -SC "$elf" | awk -v kind="$1" -v name="$2" '
    function hex(text,  i, value) { for (i = 1; i <= length(text); i++) value = 16 * value + index("0123456789abcdef", substr(text, i, 1)) - 1; return value }
    NF > 3 && $3 ~ kind { rest = $4; for (i = 5; i <= NF; i++) rest = rest " " $i; if (rest ~ name) sum += hex($2) }
    END { print sum + 0 }'; }
  local weights runtime engine plan arena
  weights=$(symbols '[rR]' "^$binary::WEIGHTS$")
  arena=$(symbols '[bB]' 'ARENA$')
  runtime=$(($(section .vector_table) + $(symbols '[tT]' '^(Reset|HardFault|HardFault_|HardFaultTrampoline|DefaultHandler_|DefaultPreInit|main|__pre_init)$')))
  engine=$(($(section .text) + $(section .vector_table) - runtime))
  plan=$(($(section .rodata) - weights))
  links_none "$elf"
  [ "$(section .data)" = 0 ] || fail "something is copied to RAM"
  if [ "$profile" = small ]; then [ "$engine" -lt "$limit" ] || fail "the engine has $engine B"; fi
  [ "$plan" -lt $LIMIT_PLAN ] || fail "the plan table has $plan B"
  # With thousands separators.
  echo "| $name | $weights | $engine | $plan | $runtime | $arena | $(($(section .bss) - arena)) |" |
    sed -E ':again; s/([0-9])([0-9]{3})([, ])/\1,\2\3/; t again'
}

echo "| DS-CNN, \`thumbv7em-none-eabihf\` | weights | engine and kernels | plan tables | runtime | arena | other statics |"
echo "|:--|--:|--:|--:|--:|--:|--:|"
row '`opt-level = "s"`' small bare $LIMIT_ENGINE
row 'an instance of a generic network, `"s"`' small bare $LIMIT_ENGINE --features generic
row '`opt-level = 3`' release bare $LIMIT_ENGINE
row 'a small one in `i8`, `"s"`' small bare_int8 $LIMIT_INT8
row 'a small one in `i8`, 3' release bare_int8 $LIMIT_INT8

# A network that is fed row by row.
MODEL=../../tests/fixtures/tflite/mobilenet.tflite build release mps2-an386 model_rows
links_none target/thumbv7em-none-eabihf/release/model_rows

# Where floats are calls, they have names.
build small mps2-an385 bare_int8
! arm-none-eabi-nm target/thumbv7m-none-eabi/small/bare_int8 | grep -E '__aeabi_[fd]|__(add|sub|mul|div)[sd]f3' ||
  fail "floats are linked"
