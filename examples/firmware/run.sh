#!/usr/bin/env bash
# Runs the firmware on every supported board under QEMU: installs missing tools (Debian's packages, as root), builds,
# runs, and compares the output with the expected one.
#
#     examples/firmware/run.sh                          every board, then sizes.sh and guide.sh
#     examples/firmware/run.sh mps2-an386               one board
#     BLESS=1 examples/firmware/run.sh                  updates the expected output
#     NETCOST_MODELS=.. examples/firmware/run.sh        with the models in this folder that golden/ has outputs for: those
#                                                       of MLPerf Tiny (kws_int8.tflite and others), and the wake words
#                                                       that scripts/wake_words.py fetches
#
# It exits with 0 if everything is as expected, and with 77 if the tools cannot be installed.
set -euo pipefail
cd "$(dirname "$0")"

boards=${*:-mps2-an386 mps2-an500 mps2-an505 mps2-an385 microbit virt}
. ./tools.sh
find_tools

# run BOARD BINARY: without -icount, the timer would follow the wall clock and mean nothing. QEMU prints the board's
# output on standard error.
run() {
  local machine="$1 -icount shift=8"
  # No BIOS; the extensions that the binary is compiled for; and one nanosecond per instruction, which is what QEMU's
  # instruction counter counts.
  if [ "$1" = virt ]; then machine="virt -bios none -m 8M -cpu rv32,a=off,f=off,d=off -icount shift=0"; fi
  # shellcheck disable=SC2086
  timeout 300 "$(emulator_of "$1")" -M $machine -nographic -monitor none -serial null \
    -semihosting-config enable=on,target=native -kernel "target/$(target_of "$1")/release/$2" 2>&1 </dev/null
}

# compare NAME: compares standard input with the expected output: to the letter, except for instructions and the stack,
# which change with the compiler and may differ by 5 %.
compare() {
  if [ -n "${BLESS:-}" ]; then
    cat >"expected/$1.txt"
  else
    awk '
      function number(text) { gsub(",", "", text); return text + 0 }
      NR == FNR { expected[FNR] = $0; lines = FNR; next }
      {
        is_same = $0 == expected[FNR]
        if (!is_same && /^(  |instructions|a pointwise|stack: [0-9])/ && split(expected[FNR], words) == NF) {
          is_same = 1
          for (i = 1; i <= NF; i++) {
            a = number($i); b = number(words[i])
            if ($i != words[i] && (a == 0 || a > 1.05 * b || b > 1.05 * a)) is_same = 0
          }
        }
        if (!is_same) { print "expected: " expected[FNR]; print "found:    " $0; failed = 1 }
      }
      END { if (FNR != lines) { print FNR " lines, expected " lines; failed = 1 } exit failed }
    ' "expected/$1.txt" -
  fi && echo "as expected: $1"
}

# refused BOARD BINARY WORDS..: the binary must not compile, and the compiler must say these words.
refused() {
  local board=$1 binary=$2 words
  shift 2
  if words=$(build release "$board" "$binary" --features too-large 2>&1); then
    echo "$binary builds for $board, although it does not fit" >&2
    exit 1
  fi
  for word in "$@"; do
    if ! grep -qF "$word" <<<"$words"; then
      printf '%s\n' "$words" >&2
      echo "$binary is rejected for $board, but not with the words: $word" >&2
      exit 1
    fi
  done
  echo "rejected, as expected: $board-$binary"
}

# model BOARD FILE: runs a network of a .tflite file.
model() {
  MODEL=$2 build release "$1" model_int8
  run "$1" model_int8 | compare "$1-$(basename "$2" .tflite)"
}

# rows BOARD FILE: the same, fed row by row.
rows() {
  MODEL=$2 build release "$1" model_rows
  run "$1" model_rows | compare "$1-$(basename "$2" .tflite)-rows"
}

for board in $boards; do
  binaries="digits digits_int8 digits_declared keywords"
  if [ "$board" = microbit ]; then binaries="digits digits_int8 digits_declared"; fi
  for binary in $binaries; do
    build release "$board" "$binary"
    run "$board" "$binary" | compare "$board-$binary"
  done
  for name in ds_cnn streaming; do model "$board" "../../tests/fixtures/tflite/$name.tflite"; done
  rows "$board" ../../tests/fixtures/tflite/mobilenet.tflite
  case $board in
    mps2-an386) models=$(cd golden && echo *) ;;
    # The others take more RAM than the microbit has.
    *) models=kws_int8.golden ;;
  esac
  for golden in $models; do
    file=${NETCOST_MODELS:-}/${golden%.golden}.tflite
    if [ -e "$file" ]; then model "$board" "$file"; fi
    # Those of images.
    case $board-$golden in
      mps2-an386-vww_int8.golden | mps2-an386-ic_int8.golden | mps2-an386-kws_int8.golden)
        if [ -e "$file" ]; then rows "$board" "$file"; fi
        ;;
    esac
  done
  case $board in
    mps2-an386)
      # With less stack than the run takes, the run breaks, and the output says so.
      STACK_BYTES=1024 build release "$board" digits
      (run "$board" digits || true) | tail -n 1 | compare "$board-overflow"
      # A board with less RAM than DS-CNN takes: the message names the board, what is short and by how much, and the layers.
      STACK_BYTES=4150000 refused "$board" keywords '`Keywords` breaks its budget' \
        'ram <= Board::RAM_BYTES = 44,240: it has 64,000 B of RAM, 19,760 over' 'layer `'
      # What 32 bits cannot address is rejected, not truncated.
      refused "$board" too_large '`Gigantic` has an arena of 8,589,934,592 elements, more bytes than this target can address'
      ;;
    microbit)
      refused "$board" keywords '`Keywords` breaks its budget' \
        'ram <= Board::RAM_BYTES = 12,224: it has 64,000 B of RAM, 51,776 over' 'layer `'
      ;;
  esac
done

if [ $# = 0 ]; then
  ./sizes.sh
  ./guide.sh
fi
