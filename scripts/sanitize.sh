#!/usr/bin/env bash
# Runs the tests of the kernels, and all that run networks or read weights, under the address sanitizer.
#
# Sanitizers are unstable: RUSTC_BOOTSTRAP lets the pinned compiler use the one it ships with. Naming a target keeps
# whatever runs inside the compiler (macros, build scripts) free of it.
set -euo pipefail
cd "$(dirname "$0")/.."

host=$(rustc --version --verbose | sed -n 's/^host: //p')
if ! compgen -G "$(rustc --print sysroot)/lib/rustlib/$host/lib/librustc*_rt.asan.*" >/dev/null; then
  echo "skipped: the address sanitizer: this toolchain has none for $host"
  exit
fi

export RUSTC_BOOTSTRAP=1
export RUSTFLAGS="-Zsanitizer=address"
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-target}/sanitize"
# Line tables are enough; full debug information takes gigabytes.
export CARGO_PROFILE_DEV_DEBUG=line-tables-only CARGO_INCREMENTAL=0
# The sanitizer's frames are larger than a test's stack allows.
export RUST_MIN_STACK=$((32 << 20))
# Tests that read files leak them on purpose: a network refers to the names in its file.
export ASAN_OPTIONS=detect_leaks=0
cargo test --quiet --target "$host" --package netcost-core --features std --lib --test layers
cargo test --quiet --target "$host" --package netcost \
  --test layers --test run --test memory --test sharing --test state --test unread \
  --test weights --test weight_files --test fold --test profile
# ResNet-18 would take a minute, and runs no kernel that the others do not.
cargo test --quiet --target "$host" --package netcost-zoo --test networks -- --skip resnet18
