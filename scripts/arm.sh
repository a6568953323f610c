#!/usr/bin/env bash
# Runs the unit tests of the core on Arm under QEMU: on 64 bits, sessions on NEON among them, and on 32 bits, with the
# kernels that Cortex-M cores with DSP instructions run.
#
# It installs missing tools (Debian's packages, as root). The standard libraries are rustup's, if it has the targets
# (rustup target add aarch64-unknown-linux-gnu armv7-unknown-linux-gnueabihf), or those of Debian's compiler. It exits
# with 77 if something is missing.
set -euo pipefail
cd "$(dirname "$0")/.."

folder=${CARGO_TARGET_DIR:-target}/arm
mkdir -p "$folder"
folder=$(cd "$folder" && pwd)
skipped=

rustup_has() { [ -d "$(rustc --print sysroot 2>/dev/null)/lib/rustlib/$1/lib" ]; }
version_of() { dpkg-query --show --showformat '${Version}' "$1" 2>/dev/null; }
may_install() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; }

# library TARGET ARCHITECTURE: Debian's standard library: its package is unpacked, with lists of packages of its own.
library() {
  local version
  version=$(version_of rustc-web) || return 1
  sysroot=$folder/library-$version/usr
  [ -d "$sysroot/lib/rustlib/$1/lib" ] && return
  may_install || return 1
  (
    cd "$(mktemp -d)"
    mkdir -p lists/partial archives/partial
    options=(-qq -o APT::Architecture="$2" -o APT::Architectures="$2" -o Dir::State::lists="$PWD/lists"
      -o Dir::Cache="$PWD" -o APT::Sandbox::User=root)
    apt-get "${options[@]}" update && apt-get "${options[@]}" download "libstd-rust-web-dev:$2=$version" &&
      dpkg -x libstd-rust-web-dev_*.deb "$folder/library-$version"
    rm -r "$PWD"
  ) >/dev/null 2>&1
  [ -d "$sysroot/lib/rustlib/$1/lib" ]
}

# tests TARGET ARCHITECTURE TOOLS EMULATOR FLAGS FILTER..: the tests that pass the filter.
tests() {
  local target=$1 architecture=$2 tools=$3 emulator=$4 flags=$5 cargo=cargo variable
  shift 5
  local packages="qemu-user gcc-$tools libc6-dev-$architecture-cross"
  rustup_has "$target" || packages="$packages rustc-web cargo-web"
  has_tools() { command -v "$emulator" >/dev/null && command -v "$tools-gcc" >/dev/null; }
  # shellcheck disable=SC2086
  if ! { has_tools && { rustup_has "$target" || version_of rustc-web >/dev/null; }; } && may_install; then
    (apt-get update -qq && apt-get install -y -qq --no-install-recommends $packages) >/dev/null 2>&1 || true
  fi
  if ! has_tools || ! { rustup_has "$target" || library "$target" "$architecture"; }; then
    echo "skipped: $target: it needs $packages and a standard library"
    skipped=yes
    return
  fi
  variable=CARGO_TARGET_$(tr 'a-z-' 'A-Z_' <<<"$target")
  export "${variable}_LINKER=$tools-gcc" "${variable}_RUNNER=$emulator -L /usr/$tools"
  if ! rustup_has "$target"; then
    # Both by their paths: rustup's compiler is another version than the library.
    cargo=/usr/bin/cargo flags="$flags --sysroot=$sysroot"
    export RUSTC=/usr/bin/rustc
  fi
  echo "$target"
  RUSTFLAGS=$flags CARGO_TARGET_DIR=$folder CARGO_PROFILE_DEV_DEBUG=line-tables-only \
    $cargo test --quiet --target "$target" --package netcost-core --features std --lib -- "$@"
}

# A minute of sums that no target does otherwise is left out.
tests aarch64-unknown-linux-gnu arm64 aarch64-linux-gnu qemu-aarch64 "" --skip weights_of_the_largest_extents
# The kernels are written for Thumb, and the core's build script takes this flag for one of their cores.
tests armv7-unknown-linux-gnueabihf armhf arm-linux-gnueabihf qemu-arm "-C target-feature=+thumb-mode" int8 quantized --skip damaged
[ -z "$skipped" ] || exit 77
