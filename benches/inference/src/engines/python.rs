//! Python engines, each in a process of its own that waits for commands: see `engine.py`.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::Duration;

use super::Engine;
use crate::Result;

pub struct Python {
    name: String,
    process: Child,
    orders: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Python {
    /// Starts an engine on a model and an input, or says why it is not available.
    pub fn new(python: &Path, engine: &str, model: &Path, input: &Path) -> Result<Self> {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("engine.py");
        let mut process = Command::new(python)
            .arg(script)
            .arg(engine)
            .arg(model)
            .arg(input)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let (Some(orders), Some(answers)) = (process.stdin.take(), process.stdout.take()) else {
            return Err("the pipes of a process are missing".into());
        };
        let mut engine = Python { name: String::new(), process, orders, answers: BufReader::new(answers) };
        engine.name = engine.answer()?;
        Ok(engine)
    }

    /// The next line of the process: `ok` and the answer, or the reason for a failure.
    fn answer(&mut self) -> Result<String> {
        let mut line = String::new();
        self.answers.read_line(&mut line)?;
        match line.trim_end().split_once(' ') {
            Some(("ok", answer)) => Ok(answer.to_owned()),
            Some((_, reason)) => Err(reason.into()),
            None => Err("the process ended".into()),
        }
    }

    fn ask(&mut self, order: &str) -> Result<String> {
        writeln!(self.orders, "{order}")?;
        self.answer()
    }
}

impl Engine for Python {
    fn name(&self) -> &str {
        &self.name
    }

    fn output(&mut self) -> Result<Vec<f32>> {
        let output = self.ask("output")?;
        Ok(output.split(' ').map(str::parse).collect::<std::result::Result<_, _>>()?)
    }

    fn time(&mut self, count: usize) -> Result<Duration> {
        let nanoseconds = self.ask(&format!("time {count}"))?;
        Ok(Duration::from_nanos(nanoseconds.parse()?))
    }
}

impl Drop for Python {
    fn drop(&mut self) {
        // It may have ended before.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
