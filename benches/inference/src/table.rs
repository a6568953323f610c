//! The figures, as Markdown tables: of one network, and of all.

use std::fmt;

use crate::TOLERANCE;

pub struct Table {
    pub title: &'static str,
    pub macs: u64,
    /// The peak of one core in GFLOP/s, in each round.
    pub peaks: Vec<f64>,
    /// The engines: netcost's session, its portable run, and the others.
    pub rows: Vec<Row>,
    /// The missing engines, and why they are missing.
    pub missing: Vec<String>,
}

pub struct Row {
    pub name: String,
    /// The difference of the output from that of the first row.
    pub difference: f32,
    /// Seconds of an inference, in each round.
    pub times: Vec<f64>,
}

impl Table {
    fn peak(&self) -> f64 {
        self.peaks.iter().copied().fold(0.0, f64::max)
    }

    /// The share of the peak that an engine reaches at its best.
    fn share(&self, row: &Row) -> f64 {
        2.0 * self.macs as f64 / min(&row.times) / 1e9 / self.peak()
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "### {}: {:.2} M MACs\n", self.title, self.macs as f64 / 1e6)?;
        writeln!(f, "Peak of one core: {:.1} GFLOP/s, median {:.1}\n", self.peak(), median(&self.peaks))?;
        writeln!(f, "| engine | median, ms | min, ms | share of peak | to `session` | to `run` |")?;
        writeln!(f, "|:--|--:|--:|--:|--:|--:|")?;
        let median_of = |row: usize| self.rows.get(row).map_or(f64::NAN, |row| median(&row.times));
        let (session, run) = (median_of(0), median_of(1));
        for row in &self.rows {
            if row.difference > TOLERANCE {
                writeln!(f, "| {} | DIFFERENT: {:e} | | | | |", row.name, row.difference)?;
                continue;
            }
            let (median, min, share) = (median(&row.times), min(&row.times) * 1e3, self.share(row) * 100.0);
            write!(f, "| {} | {:.4} | {min:.4} | {share:.1} % |", row.name, median * 1e3)?;
            writeln!(f, " {:.2} | {} |", median / session, figures(median / run))?;
        }
        for missing in &self.missing {
            writeln!(f, "\nLeft out: {missing}")?;
        }
        Ok(())
    }
}

/// All networks: the least time in milliseconds and the share of the peak.
pub struct Summary<'a>(pub &'a [Table]);

impl fmt::Display for Summary<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "| engine |")?;
        for table in self.0 {
            write!(f, " {} |", table.title)?;
        }
        writeln!(f, "\n|:--|{}", "--:|".repeat(self.0.len()))?;
        let mut engines: Vec<&str> = Vec::new();
        for row in self.0.iter().flat_map(|table| &table.rows) {
            if !engines.contains(&row.name.as_str()) {
                engines.push(&row.name);
            }
        }
        for engine in engines {
            write!(f, "| {engine} |")?;
            for table in self.0 {
                match table.rows.iter().find(|row| row.name == engine) {
                    Some(row) if row.difference > TOLERANCE => write!(f, " different |")?,
                    Some(row) => {
                        let (min, share) = (min(&row.times) * 1e3, table.share(row) * 100.0);
                        write!(f, " {} ({share:.1} %) |", figures(min))?;
                    }
                    None => write!(f, " |")?,
                }
            }
            writeln!(f)?;
        }
        Ok(())
    }
}

/// Three significant figures.
fn figures(number: f64) -> String {
    let before = number.log10().floor() as i32;
    format!("{number:.*}", usize::try_from(2 - before).unwrap_or(0))
}

fn median(numbers: &[f64]) -> f64 {
    let mut numbers = numbers.to_vec();
    numbers.sort_by(f64::total_cmp);
    let middle = numbers.len() / 2;
    if numbers.len() % 2 == 1 { numbers[middle] } else { (numbers[middle - 1] + numbers[middle]) / 2.0 }
}

fn min(numbers: &[f64]) -> f64 {
    numbers.iter().copied().fold(f64::INFINITY, f64::min)
}
