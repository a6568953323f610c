//! What LiteRT's reference kernels compute from a network, run by run: `.golden` files, which lie beside it or with the
//! firmware's, and arrays of numpy in the folder `io`: `NAME.CASE.in.npy` and `NAME.CASE.out.npy`.

use std::path::{Path, PathBuf};
use std::{fs, vec};

const GOLDEN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../firmware/golden");

/// A run of the reference kernels.
pub struct Run {
    /// Whether the network is started before it.
    pub starts: bool,
    input: Input,
    /// The outputs, in the order of the file.
    pub outputs: Vec<Vec<i8>>,
}

enum Input {
    Seed(u32),
    Fill(Vec<i8>),
    Array(vec::IntoIter<i8>),
}

impl Run {
    /// An input of the generator's numbers, of which nothing more is known.
    pub fn of_seed(seed: u32) -> Self {
        Run { starts: false, input: Input::Seed(seed), outputs: vec![] }
    }

    /// The next element of the input with this number.
    pub fn next(&mut self, index: usize) -> i8 {
        match &mut self.input {
            Input::Seed(seed) => {
                *seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                ((*seed >> 24) as u8 ^ 0x80) as i8
            }
            Input::Fill(values) => values[index],
            Input::Array(values) => values.next().expect("the array is as long as the input"),
        }
    }
}

/// All runs of a model that are known.
pub fn runs(model: &Path) -> Vec<Run> {
    let name = model.file_stem().unwrap_or_default();
    let beside = model.with_extension("golden");
    let kept = Path::new(GOLDEN).join(name).with_extension("golden");
    let golden = fs::read_to_string(beside).or_else(|_| fs::read_to_string(kept));
    let mut runs = golden.map_or(vec![], |text| parse(&text));
    runs.extend(arrays(&model.with_file_name("io"), &name.to_string_lossy()));
    runs
}

/// Reads a `.golden` file; `scripts/README.md` describes its lines.
fn parse(text: &str) -> Vec<Run> {
    let (mut runs, mut starts, mut flip) = (Vec::<Run>::new(), false, 0);
    for line in text.lines() {
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        let numbers =
            |text: &str| -> Vec<i32> { text.split(' ').map(|word| word.parse().expect("a number")).collect() };
        match word {
            "unsigned" => flip = 128,
            "start" => starts = true,
            "run" => {
                let input = match rest.split_once(' ').expect("a word and numbers") {
                    ("lcg", seed) => Input::Seed(seed.parse().expect("a number")),
                    (_, values) => Input::Fill(numbers(values).into_iter().map(|value| value as i8).collect()),
                };
                runs.push(Run { starts, input, outputs: vec![] });
                starts = false;
            }
            "output" => {
                let output = numbers(rest).into_iter().map(|number| (number - flip) as i8).collect();
                runs.last_mut().expect("it follows a run").outputs.push(output);
            }
            _ => {}
        }
    }
    runs
}

/// Reads pairs of arrays of 8-bit integers.
fn arrays(folder: &Path, name: &str) -> Vec<Run> {
    let array = |path: PathBuf| -> Vec<i8> {
        let file = fs::read(&path).expect("it can be read");
        let header = u16::from_le_bytes([file[8], file[9]]);
        file[10 + usize::from(header)..].iter().map(|&byte| byte as i8).collect()
    };
    let files = fs::read_dir(folder).into_iter().flatten().map(|file| file.expect("the folder can be read").path());
    files
        .filter_map(|path| {
            let file = path.file_name()?.to_str()?;
            let case = file.strip_prefix(name)?.strip_prefix('.')?.strip_suffix(".in.npy")?;
            let output = path.with_file_name(format!("{name}.{case}.out.npy"));
            let input = || Input::Array(array(path.clone()).into_iter());
            output.exists().then(|| Run { starts: true, input: input(), outputs: vec![array(output)] })
        })
        .collect()
}
