//! Tells whether the target has Arm's DSP instructions, which `cfg` does not say on stable: `thumbv7m` and `thumbv7em`
//! have the same.

use std::env;

/// Cortex-M4 and M7, and M33 and later. The last is Linux, where the unit tests run.
const TARGETS: [&str; 3] = ["thumbv7em-", "thumbv8m.main-", "thumbv7neon-"];

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rustc-check-cfg=cfg(dsp, armv8m)");
    let variable = |name| env::var(name).unwrap_or_default();
    let target = variable("TARGET");
    // Another way to run the tests: kernels are written for this instruction set.
    let is_thumb = target.starts_with("armv7-") && variable("CARGO_ENCODED_RUSTFLAGS").contains("+thumb-mode");
    let has_dsp = is_thumb || TARGETS.iter().any(|prefix| target.starts_with(prefix));
    if has_dsp && env::var_os("CARGO_FEATURE_PORTABLE").is_none() {
        println!("cargo::rustc-cfg=dsp");
        if target.starts_with("thumbv8m") {
            println!("cargo::rustc-cfg=armv8m");
        }
    }
}
