//! The arguments of the command, and its help.

use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use netcost_core::__command::{DEVICES, TOOLS};

const EXAMPLES: &str = "\
Examples:
  netcost report kws.tflite
  netcost report kws.tflite --under fvcore
  netcost check kws.tflite --budget 'macs <= 3M, ram <= 64 KiB, warn = 90%'
  netcost layers kws.tflite | sort -t \"$(printf '\\t')\" -k 4,4nr | head
  netcost diff old.tflite new.tflite --format markdown

Exit codes: 0, or 1 if a budget is broken, or 2 for an error.";

/// What the network of a .tflite file costs: MACs, FLOPs, parameters, flash and RAM, layer by layer
#[derive(Parser)]
#[command(name = "netcost", version, after_help = EXAMPLES, arg_required_else_help = true)]
pub struct Arguments {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Subcommand)]
pub enum Command {
    /// Print what a network costs, layer by layer
    #[command(after_help = "Examples:
  netcost report kws.tflite
  netcost report kws.tflite --stream
  netcost report kws.tflite --under thop
  netcost report kws.tflite --format json > kws.json")]
    Report {
        /// A .tflite file, in f32 or in 8-bit integers
        file: PathBuf,
        /// How it is printed; CSV has the layers only
        #[arg(long, value_enum, default_value_t)]
        format: Format,
        /// In the numbers of another tool, with what it does not count
        #[arg(long, value_name = "TOOL", conflicts_with = "format", value_parser = PossibleValuesParser::new(TOOLS))]
        under: Option<String>,
        /// Run row by row, as `#[network(stream)]` does
        #[arg(long)]
        stream: bool,
    },
    /// Check a network against a budget, or what a device has
    #[command(after_help = "Examples:
  netcost check kws.tflite --budget 'macs <= 3M, params <= 25k, flash <= 96 KiB, ram <= 64 KiB'
  netcost check kws.tflite --budget 'layer.macs <= 1M, fvcore.flops < 3M, warn = 90%'
  netcost check kws.tflite --fits stm32f407

Exit codes: 0 if it keeps the budget, 1 if not, 2 for an error.")]
    Check {
        /// A .tflite file, in f32 or in 8-bit integers
        file: PathBuf,
        /// The limits, as `#[budget(..)]` takes them
        #[arg(long, required_unless_present = "fits")]
        budget: Option<String>,
        /// The weights fit in the flash of a device, and the arena in its RAM; the program needs some of both
        #[arg(long, value_name = "DEVICE", ignore_case = true, value_parser = PossibleValuesParser::new(DEVICES.iter().map(|device| device.0)))]
        fits: Option<String>,
        /// Run row by row, as `#[network(stream)]` does
        #[arg(long)]
        stream: bool,
    },
    /// Print a line for each layer, for grep, sort and cut
    #[command(
        after_help = "A line has, with tabs between them: name, operator, output, MACs, FLOPs, parameters, bytes of
flash, bytes live while it runs, and how it runs.

Example:
  netcost layers kws.tflite | grep conv2d | cut -f 1,4"
    )]
    Layers {
        /// A .tflite file, in f32 or in 8-bit integers
        file: PathBuf,
        /// Run row by row, as `#[network(stream)]` does
        #[arg(long)]
        stream: bool,
    },
    /// Compare two networks; says nothing if they cost the same
    #[command(after_help = "Examples:
  netcost diff old.tflite new.tflite
  netcost diff baseline.json new.tflite --threshold 1 --format markdown >> \"$GITHUB_STEP_SUMMARY\"")]
    Diff {
        /// A .tflite file, or a report in JSON
        old: PathBuf,
        /// A .tflite file, or a report in JSON
        new: PathBuf,
        /// Leave out what changes by so many percent or less
        #[arg(long, value_name = "PERCENT", default_value_t = 0.0)]
        threshold: f64,
        /// How it is printed
        #[arg(long, value_enum, default_value_t)]
        format: DiffFormat,
    },
    /// Print completions for a shell
    #[command(after_help = "Example:
  netcost completions bash > ~/.local/share/bash-completion/completions/netcost")]
    Completions {
        /// The shell
        shell: Shell,
    },
}

#[derive(Clone, Copy, Default, ValueEnum)]
pub enum Format {
    #[default]
    Text,
    Markdown,
    Json,
    Csv,
}

#[derive(Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum DiffFormat {
    #[default]
    Text,
    Markdown,
}
