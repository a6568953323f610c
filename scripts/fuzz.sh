#!/usr/bin/env bash
# Fuzzes the targets of fuzz/, each for the given time: scripts/fuzz.sh [SECONDS [TARGET..]]
#
# Does what cargo-fuzz does, without it: the flags enable libFuzzer's coverage, and RUSTC_BOOTSTRAP lets the pinned
# compiler use them. Inputs that reach new code stay in fuzz/corpus; failing ones are put in fuzz/artifacts.
set -euo pipefail
cd "$(dirname "$0")/../fuzz"
seconds=${1:-60}
targets=("${@:2}")
[ ${#targets[@]} -gt 0 ] || targets=(weights macros)

host=$(rustc --version --verbose | sed -n 's/^host: //p')
if ! compgen -G "$(rustc --print sysroot)/lib/rustlib/$host/lib/librustc*_rt.asan.*" >/dev/null; then
  echo "skipped: fuzzing: this toolchain has no address sanitizer for $host"
  exit
fi
if ! command -v "${CXX:-c++}" >/dev/null; then
  echo "skipped: fuzzing: libFuzzer needs a C++ compiler"
  exit
fi

export RUSTC_BOOTSTRAP=1
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-../target}/fuzz"
export RUSTFLAGS="--cfg fuzzing -Zsanitizer=address -Cpasses=sancov-module -Ccodegen-units=1 \
  -Cllvm-args=-sanitizer-coverage-level=4 -Cllvm-args=-sanitizer-coverage-inline-8bit-counters \
  -Cllvm-args=-sanitizer-coverage-pc-table -Cllvm-args=-sanitizer-coverage-trace-compares"
cargo build --quiet --release --target "$host" --bins

# The seeds are the inputs of the tests.
seeds_weights=(../tests/fixtures/weights)
seeds_macros=(../macros/tests/expand ../tests/ui)
for target in "${targets[@]}"; do
  declare -n seeds="seeds_$target"
  mkdir -p "corpus/$target" "artifacts/$target"
  "$CARGO_TARGET_DIR/$host/release/$target" "corpus/$target" "${seeds[@]}" -artifact_prefix="artifacts/$target/" \
    -max_total_time="$seconds" -max_len=4096 -timeout=20 -rss_limit_mb=4096 -verbosity=0 -print_final_stats=1
done
