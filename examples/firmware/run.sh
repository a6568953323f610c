#!/usr/bin/env bash
# The firmware on every board that QEMU emulates here: installs what is missing (Debian's packages, as root), builds,
# runs, and compares with what is expected.
#
#     examples/firmware/run.sh                          every board
#     examples/firmware/run.sh mps2-an386               one
#     BLESS=1 examples/firmware/run.sh                  writes what is expected anew
#
# It ends with 0 if all is as expected, and with 77 if it had to skip everything.
set -euo pipefail
cd "$(dirname "$0")"

boards=${*:-mps2-an386 mps2-an500 mps2-an505 mps2-an385 microbit}

target_of() {
  case $1 in
    mps2-an386 | mps2-an500) echo thumbv7em-none-eabihf ;;
    mps2-an505) echo thumbv8m.main-none-eabihf ;;
    mps2-an385) echo thumbv7m-none-eabi ;;
    microbit) echo thumbv6m-none-eabi ;;
    *) echo "run.sh: no board is called $1" >&2; exit 1 ;;
  esac
}

skip() { echo "skipped: the firmware: $1"; exit 77; }

# The tools.
packages="qemu-system-arm binutils-arm-none-eabi"
rustup_has_targets() {
  for board in $boards; do
    [ -d "$(rustc --print sysroot)/lib/rustlib/$(target_of "$board")" ] || return 1
  done
}
debian_rust() {
  [ -x /usr/bin/rustc ] && [ -x /usr/bin/cargo ] && [ -x /usr/bin/ld.lld-22 ] &&
    [ -d "$(/usr/bin/rustc --print sysroot)/lib/rustlib/src/rust/library" ]
}
has_all() { (rustup_has_targets || debian_rust) && command -v qemu-system-arm >/dev/null && command -v arm-none-eabi-size >/dev/null; }
if ! has_all && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  rustup_has_targets || packages="$packages rustc-web cargo-web rust-web-src lld-22"
  # shellcheck disable=SC2086
  (apt-get update -qq && apt-get install -y -qq --no-install-recommends $packages) >/dev/null 2>&1 || true
fi
has_all || skip "the tools are missing: rustup target add, or Debian's packages rustc-web cargo-web rust-web-src lld-22; and $packages"

cargo=cargo
options=
if ! rustup_has_targets; then
  # Debian's compiler builds the core library, and its linker is told to cargo by the environment.
  cargo=/usr/bin/cargo
  options=-Zbuild-std=core
  export RUSTC=/usr/bin/rustc RUSTC_BOOTSTRAP=1
  export CARGO_TARGET_THUMBV7EM_NONE_EABIHF_LINKER=ld.lld-22 CARGO_TARGET_THUMBV8M_MAIN_NONE_EABIHF_LINKER=ld.lld-22
  export CARGO_TARGET_THUMBV7M_NONE_EABI_LINKER=ld.lld-22 CARGO_TARGET_THUMBV6M_NONE_EABI_LINKER=ld.lld-22
fi

# build BOARD BINARY [OPTION..]: in the environment, what build.rs reads.
build() {
  local board=$1 binary=$2
  shift 2
  # shellcheck disable=SC2086
  BOARD=$board $cargo build --quiet --release $options --target "$(target_of "$board")" --bin "$binary" "$@"
}

# run BOARD BINARY: without -icount the timer would follow the wall clock, and mean nothing. QEMU tells what the board
# tells on standard error.
run() {
  timeout 300 qemu-system-arm -M "$1" -nographic -monitor none -serial null -icount shift=8 \
    -semihosting-config enable=on,target=native -kernel "target/$(target_of "$1")/release/$2" 2>&1 </dev/null
}

# compare NAME: standard input with what is expected.
compare() {
  mkdir -p expected
  if [ -n "${BLESS:-}" ]; then cat >"expected/$1.txt"; else diff "expected/$1.txt" - ; fi && echo "as expected: $1"
}

# refused BOARD BINARY WORDS..: it does not compile, and the compiler says these words.
refused() {
  local board=$1 binary=$2 words
  shift 2
  if words=$(build "$board" "$binary" 2>&1); then
    echo "$binary is built for $board, though it does not fit" >&2
    exit 1
  fi
  for word in "$@"; do
    if ! grep -qF "$word" <<<"$words"; then
      printf '%s\n' "$words" >&2
      echo "$binary is refused for $board, but not with the words: $word" >&2
      exit 1
    fi
  done
  echo "refused, as expected: $board-$binary"
}

for board in $boards; do
  binaries="digits keywords"
  if [ "$board" = microbit ]; then binaries=digits; fi
  for binary in $binaries; do
    build "$board" "$binary"
    run "$board" "$binary" | compare "$board-$binary"
  done
done

# DS-CNN does not fit the smallest board: the message names what is short, by how much, and the layers.
refused microbit keywords '`Keywords` breaks its budget' 'ram <= Board::RAM_BYTES = 12,224: it has 64,000 B of RAM' 'layer `'
# Less stack than the run takes is a broken run, and the report says so.
STACK_BYTES=1024 build mps2-an386 digits
(run mps2-an386 digits || true) | tail -n 1 | compare mps2-an386-overflow
