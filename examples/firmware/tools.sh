# What run.sh and sizes.sh share: compiler, linker, emulator. To be sourced.
# shellcheck shell=bash

# Binaries are looked for there, whatever the environment says.
export CARGO_TARGET_DIR=$PWD/target

target_of() {
  case $1 in
    mps2-an386 | mps2-an500) echo thumbv7em-none-eabihf ;;
    mps2-an505) echo thumbv8m.main-none-eabihf ;;
    mps2-an385) echo thumbv7m-none-eabi ;;
    microbit) echo thumbv6m-none-eabi ;;
    virt) echo riscv32imc-unknown-none-elf ;;
    *) echo "there is no board $1" >&2; exit 1 ;;
  esac
}

emulator_of() {
  case $1 in
    virt) echo qemu-system-riscv32 ;;
    *) echo qemu-system-arm ;;
  esac
}

has_emulators() {
  for board in $boards; do
    command -v "$(emulator_of "$board")" >/dev/null || return 1
  done
}

rustup_has_targets() {
  for board in $boards; do
    [ -d "$(rustc --print sysroot 2>/dev/null)/lib/rustlib/$(target_of "$board")" ] || return 1
  done
}

debian_rust() {
  [ -x /usr/bin/rustc ] && [ -x /usr/bin/cargo ] && [ -x /usr/bin/ld.lld-22 ] &&
    [ -d "$(/usr/bin/rustc --print sysroot)/lib/rustlib/src/rust/library" ]
}

has_all() {
  (rustup_has_targets || debian_rust) && has_emulators && command -v arm-none-eabi-size >/dev/null
}

# Installs missing tools if it can; exits with 77 if one is still missing.
find_tools() {
  local packages="qemu-system-arm binutils-arm-none-eabi"
  case " $boards " in *" virt "*) packages="$packages qemu-system-misc" ;; esac
  rustup_has_targets || packages="$packages rustc-web cargo-web rust-web-src lld-22"
  if ! has_all && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    # shellcheck disable=SC2086
    (apt-get update -qq && apt-get install -y -qq --no-install-recommends $packages) >/dev/null 2>&1 || true
  fi
  if ! has_all; then
    echo "skipped: the firmware: it needs the tools of these Debian packages: $packages"
    exit 77
  fi
  cargo=cargo
  options=
  if ! rustup_has_targets; then
    # Debian's compiler builds the core library; environment variables name its linker to cargo.
    cargo=/usr/bin/cargo
    options=-Zbuild-std=core
    export RUSTC=/usr/bin/rustc RUSTC_BOOTSTRAP=1
    export CARGO_TARGET_THUMBV7EM_NONE_EABIHF_LINKER=ld.lld-22 CARGO_TARGET_THUMBV8M_MAIN_NONE_EABIHF_LINKER=ld.lld-22
    export CARGO_TARGET_THUMBV7M_NONE_EABI_LINKER=ld.lld-22 CARGO_TARGET_THUMBV6M_NONE_EABI_LINKER=ld.lld-22
    export CARGO_TARGET_RISCV32IMC_UNKNOWN_NONE_ELF_LINKER=ld.lld-22
  fi
}

# build PROFILE BOARD BINARY [OPTION..]: build.rs reads further settings from the environment.
build() {
  local profile=$1 board=$2 binary=$3
  shift 3
  # shellcheck disable=SC2086
  BOARD=$board $cargo build --quiet --profile "$profile" $options --target "$(target_of "$board")" --bin "$binary" "$@"
}
