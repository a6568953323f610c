//! Lists the `.tflite` files of the folder that `NETCOST_MODELS` names; without it, two of the tests.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

const FIXTURES: &str = "../../tests/fixtures/tflite";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-env-changed=NETCOST_MODELS");
    let paths = match env::var_os("NETCOST_MODELS") {
        Some(folder) => {
            println!("cargo::rerun-if-changed={}", Path::new(&folder).display());
            let files = fs::read_dir(&folder).map_err(|error| format!("NETCOST_MODELS, an absolute path: {error}"))?;
            files.map(|file| Ok(file?.path())).collect::<io::Result<Vec<PathBuf>>>()?
        }
        None => ["ds_cnn.tflite", "streaming.tflite"].map(|name| Path::new(FIXTURES).join(name)).to_vec(),
    };
    let mut paths: Vec<_> =
        paths.into_iter().filter(|path| path.extension().is_some_and(|end| end == "tflite")).collect();
    paths.sort();
    let mut list = String::from("models! {\n");
    for (index, path) in paths.iter().enumerate() {
        let path = fs::canonicalize(path)?;
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        let kind = if name.ends_with("f32") { "floats" } else { "integers" };
        list += &format!("    {kind} model{index} {name:?} {path:?},\n");
    }
    let out = env::var_os("OUT_DIR").ok_or("cargo sets it")?;
    Ok(fs::write(Path::new(&out).join("models.rs"), list + "}\n")?)
}
