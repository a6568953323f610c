//! The inner loops in portable Rust, where the target has no DSP instructions that they are written for.

mod conv;
