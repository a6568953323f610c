#!/usr/bin/env bash
# Runs the unit tests of the core on 64-bit Arm under QEMU: the layers, and sessions on NEON.
#
# It installs missing tools (Debian's packages, as root). The standard library is rustup's, if it has the target
# (rustup target add aarch64-unknown-linux-gnu), or that of Debian's compiler. It exits with 77 if something is missing.
set -euo pipefail
cd "$(dirname "$0")/.."

target=aarch64-unknown-linux-gnu
folder=${CARGO_TARGET_DIR:-target}/arm
mkdir -p "$folder"
folder=$(cd "$folder" && pwd)
packages="qemu-user gcc-aarch64-linux-gnu libc6-dev-arm64-cross"

rustup_has_target() { [ -d "$(rustc --print sysroot 2>/dev/null)/lib/rustlib/$target/lib" ]; }
has_tools() { command -v qemu-aarch64 >/dev/null && command -v aarch64-linux-gnu-gcc >/dev/null; }
version_of() { dpkg-query --show --showformat '${Version}' "$1" 2>/dev/null; }

# Debian's standard library for the target: its package is unpacked, with lists of packages of its own.
library() {
  local version
  version=$(version_of rustc-web) || return 1
  sysroot=$folder/library-$version/usr
  [ -d "$sysroot/lib/rustlib/$target/lib" ] && return
  [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || return 1
  (
    cd "$(mktemp -d)"
    mkdir -p lists/partial archives/partial
    options=(-qq -o APT::Architecture=arm64 -o APT::Architectures=arm64 -o Dir::State::lists="$PWD/lists"
      -o Dir::Cache="$PWD" -o APT::Sandbox::User=root)
    apt-get "${options[@]}" update && apt-get "${options[@]}" download "libstd-rust-web-dev:arm64=$version" &&
      dpkg -x libstd-rust-web-dev_*.deb "$folder/library-$version"
    rm -r "$PWD"
  ) >/dev/null 2>&1
  [ -d "$sysroot/lib/rustlib/$target/lib" ]
}

rustup_has_target || packages="$packages rustc-web cargo-web"
# shellcheck disable=SC2086
if ! { has_tools && { rustup_has_target || version_of rustc-web >/dev/null; }; } &&
  [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  (apt-get update -qq && apt-get install -y -qq --no-install-recommends $packages) >/dev/null 2>&1 || true
fi
if ! has_tools || ! { rustup_has_target || library; }; then
  echo "skipped: 64-bit Arm: it needs $packages and the standard library for $target"
  exit 77
fi
cargo=cargo
if ! rustup_has_target; then
  # Both by their paths: rustup's compiler is another version than the library.
  cargo=/usr/bin/cargo
  export RUSTC=/usr/bin/rustc RUSTFLAGS="--sysroot=$sysroot"
fi

export CARGO_TARGET_AARCH64_UNKNOWN_LINUX_GNU_LINKER=aarch64-linux-gnu-gcc
export CARGO_TARGET_AARCH64_UNKNOWN_LINUX_GNU_RUNNER="qemu-aarch64 -L /usr/aarch64-linux-gnu"
export CARGO_TARGET_DIR=$folder CARGO_PROFILE_DEV_DEBUG=line-tables-only
# A minute of sums that no target does otherwise is left out.
$cargo test --quiet --target "$target" --package netcost-core --features std --lib -- \
  --skip weights_of_the_largest_extents
