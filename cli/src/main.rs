//! The command `netcost`: what the network of a `.tflite` file costs, without a crate around it.

mod answer;
mod arguments;
mod check;
mod diff;
mod files;
mod report;

use std::io::{ErrorKind, Write, stdout};
use std::process::ExitCode;
use std::thread;

use clap::{CommandFactory, Parser};
use clap_complete::generate;

use crate::answer::Answer;
use crate::arguments::{Arguments, Command};

/// Enough for the graph of the largest network, in a build without optimization too.
const STACK: usize = 64 << 20;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let run = thread::Builder::new().stack_size(STACK).spawn(|| answer(arguments.command));
    let answer = match run.map(thread::JoinHandle::join) {
        Ok(Ok(answer)) => answer,
        // The panic has said why.
        Ok(Err(_)) => return ExitCode::from(2),
        Err(error) => Err(format!("no thread can be started: {error}")),
    };
    match answer.and_then(print) {
        Ok(code) => ExitCode::from(code),
        Err(message) => {
            let error = clap::Error::raw(clap::error::ErrorKind::Io, message + "\n");
            error.with_cmd(&Arguments::command()).exit()
        }
    }
}

fn answer(command: Command) -> Result<Answer, String> {
    match command {
        Command::Report { file, format, under, stream } => {
            let network = files::network(&file, stream)?;
            let text = match under {
                Some(tool) => network.under(&tool).ok_or_else(|| format!("no tool is called `{tool}`"))?,
                None => report::report(&network, format)?,
            };
            Ok(text.into())
        }
        Command::Check { file, budget, fits, stream } => {
            let limits = check::limits(budget.as_deref(), fits.as_deref())?;
            Ok(check::check(&files::network(&file, stream)?, &limits))
        }
        Command::Layers { file, stream } => Ok(report::layers(&files::network(&file, stream)?, '\t')?.into()),
        Command::Diff { old, new, threshold, format } => {
            Ok(diff::diff(&files::facts(&old)?, &files::facts(&new)?, threshold, format).into())
        }
        Command::Completions { shell } => {
            let mut script = Vec::new();
            generate(shell, &mut Arguments::command(), "netcost", &mut script);
            Ok(String::from_utf8_lossy(&script).into_owned().into())
        }
    }
}

/// Prints an answer. A reader that has seen enough is no error.
fn print(answer: Answer) -> Result<u8, String> {
    let mut out = stdout().lock();
    match out.write_all(answer.text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(format!("the output cannot be written: {error}")),
        _ => Ok(answer.code),
    }
}
