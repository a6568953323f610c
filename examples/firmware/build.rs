//! Describes the board, once for the linker and once for the compiler, and writes the data that goes into flash.

use std::error::Error;
use std::ffi::OsStr;
use std::num::ParseIntError;
use std::path::{Path, PathBuf};
use std::{env, fs};

use netcost::prelude::*;
use netcost_zoo::DsCnnFused;
use safetensors::SafeTensors;

/// A machine that QEMU emulates, and where its memories and its timer are.
struct Board {
    name: &'static str,
    /// The start address and the bytes of each memory.
    flash: (u32, u32),
    ram: (u32, u32),
    /// A variant of `netcost_firmware::counter::Timer`.
    timer: &'static str,
}

const KIB: u32 = 1024;

// Sources: Arm's application notes AN385, AN386, AN500 and AN505 on the MPS2 boards; Nordic's nRF51 Series Reference Manual;
// QEMU's source for `virt`, which boots from RAM: part of it serves as flash here.
const BOARDS: [Board; 6] = [
    Board { name: "mps2-an386", flash: (0, 4096 * KIB), ram: (0x2000_0000, 4096 * KIB), timer: "Cmsdk(0x4000_0000)" },
    Board { name: "mps2-an500", flash: (0, 4096 * KIB), ram: (0x2000_0000, 4096 * KIB), timer: "Cmsdk(0x4000_0000)" },
    Board {
        name: "mps2-an505",
        flash: (0x1000_0000, 4096 * KIB),
        ram: (0x3800_0000, 4096 * KIB),
        timer: "Cmsdk(0x5000_0000)",
    },
    Board { name: "mps2-an385", flash: (0, 4096 * KIB), ram: (0x2000_0000, 4096 * KIB), timer: "Cmsdk(0x4000_0000)" },
    Board { name: "microbit", flash: (0, 256 * KIB), ram: (0x2000_0000, 16 * KIB), timer: "Nrf51(0x4000_8000)" },
    Board { name: "virt", flash: (0x8000_0000, 4096 * KIB), ram: (0x8040_0000, 4096 * KIB), timer: "Instret" },
];

/// The flash reserved for the program, unless the environment variable `PROGRAM_BYTES` overrides it.
const PROGRAM_BYTES: u32 = 64 * KIB;
/// The RAM reserved for the stack, unless `STACK_BYTES` overrides it.
const STACK_BYTES: u32 = 4 * KIB;
/// The RAM reserved for all other statics.
const STATIC_BYTES: u32 = 64;

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    let name = variable("BOARD")?.unwrap_or_else(|| BOARDS[0].name.to_owned());
    let board = BOARDS.iter().find(|board| board.name == name).ok_or_else(|| {
        format!("there is no board `{name}`; BOARD is one of {}", BOARDS.map(|board| board.name).join(", "))
    })?;
    let bytes = |name, default| -> Result<u32, Box<dyn Error>> {
        Ok(variable(name)?.map_or(Ok(default), |value| value.parse())?)
    };
    let (program, stack) = (bytes("PROGRAM_BYTES", PROGRAM_BYTES)?, bytes("STACK_BYTES", STACK_BYTES)?);
    write("memory.x", board.linker_script(stack))?;
    write("board.rs", board.declaration(program, stack))?;
    println!("cargo::rustc-link-search={}", out().display());
    println!("cargo::rustc-link-arg-bins=-Tlink.x");
    println!("cargo::rustc-link-arg-bins=--nmagic");

    test_images()?;
    seeded_weights()?;
    model()?;
    Ok(())
}

impl Board {
    /// Puts the stack right after the statics, the arena among them, and has the linker check that it fits. The aliases
    /// of the memories are for `riscv-rt`.
    fn linker_script(&self, stack: u32) -> String {
        let Board { flash, ram, .. } = self;
        format!(
            "MEMORY\n{{\n  FLASH : ORIGIN = {:#x}, LENGTH = {}\n  RAM : ORIGIN = {:#x}, LENGTH = {}\n}}\n\
             REGION_ALIAS(\"REGION_TEXT\", FLASH);\n\
             REGION_ALIAS(\"REGION_RODATA\", FLASH);\n\
             REGION_ALIAS(\"REGION_DATA\", RAM);\n\
             REGION_ALIAS(\"REGION_BSS\", RAM);\n\
             REGION_ALIAS(\"REGION_HEAP\", RAM);\n\
             REGION_ALIAS(\"REGION_STACK\", RAM);\n\
             _stack_end = ALIGN(__euninit, 16);\n\
             _stack_start = _stack_end + {stack};\n\
             ASSERT(_stack_start <= ORIGIN(RAM) + LENGTH(RAM), \"no {stack} bytes of RAM are left for the stack\");\n",
            flash.0, flash.1, ram.0, ram.1
        )
    }

    /// Declares what is left for a network as the device it has to fit in.
    fn declaration(&self, program: u32, stack: u32) -> String {
        let Board { name, flash, ram, timer } = self;
        format!(
            "netcost::device! {{\n    \
             /// What this firmware leaves for a network on {name}.\n    \
             pub Board: flash = {} - {program}, ram = {} - {stack} - {STATIC_BYTES}\n}}\n\
             /// The board's name.\npub const NAME: &str = \"{name}\";\n\
             /// The RAM reserved for the stack.\npub const STACK_BYTES: u32 = {stack};\n\
             pub(crate) const TIMER: crate::counter::Timer = crate::counter::Timer::{timer};\n",
            flash.1, ram.1
        )
    }
}

/// The test images of the example `digits`, one byte per pixel, of 17 levels.
fn test_images() -> Result<(), Box<dyn Error>> {
    let path = "../digits/test_set.safetensors";
    println!("cargo::rerun-if-changed={path}");
    let file = fs::read(path)?;
    let file = SafeTensors::deserialize(&file)?;
    let images = file.tensor("images")?;
    let levels = images.data().as_chunks().0.iter().map(|bytes| {
        let level = 16.0 * f32::from_le_bytes(*bytes);
        assert!(level == level as u8 as f32, "{level} is not one of the 17 levels of a pixel");
        level as u8
    });
    write("images.bin", levels.collect::<Vec<u8>>())?;
    write("labels.bin", file.tensor("labels")?.data())?;

    let path = "../digits/logits_int8.safetensors";
    println!("cargo::rerun-if-changed={path}");
    write("logits_int8.bin", SafeTensors::deserialize(&fs::read(path)?)?.tensor("logits")?.data())
}

/// The model that `MODEL` names, with the runs of its `.golden` file: its first output for each. Those of models that are
/// not in the repository lie here.
fn model() -> Result<(), Box<dyn Error>> {
    let model = variable("MODEL")?.unwrap_or_else(|| "../../tests/fixtures/tflite/ds_cnn.tflite".to_owned());
    let model = Path::new(&model);
    let name = model.file_stem().and_then(OsStr::to_str).ok_or("MODEL is no path of a file")?;
    let golden = [model.with_extension("golden"), Path::new("golden").join(name).with_extension("golden")];
    let golden = golden.iter().find(|path| path.exists()).ok_or("there is no golden file of MODEL")?;
    println!("cargo::rerun-if-changed={}", golden.display());
    let golden = fs::read_to_string(golden)?;
    let (mut runs, mut starts, mut flip) = (String::new(), false, 0);
    let mut input = None;
    for line in golden.lines() {
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        match word {
            "unsigned" => flip = 128,
            "start" => starts = true,
            "run" => {
                let (kind, numbers) = rest.split_once(' ').ok_or("the golden file is damaged")?;
                let number = numbers.split(' ').next().unwrap_or_default();
                input = Some(if kind == "lcg" {
                    format!("Input::Seed({number})")
                } else {
                    format!("Input::Fill({number})")
                });
            }
            "output" => {
                // Of several outputs, the first.
                let Some(input) = input.take() else { continue };
                let numbers = rest.split(' ').map(|number| Ok(number.parse::<i32>()? - flip));
                let numbers = numbers.collect::<Result<Vec<_>, ParseIntError>>()?;
                runs += &format!("    ({starts}, {input}, &{numbers:?}),\n");
                starts = false;
            }
            _ => {}
        }
    }
    for (file, options) in [("model.rs", ""), ("model_rows.rs", ", stream")] {
        write(
            file,
            format!(
                "/// The network of the file.\n\
                 #[network(file = {model:?}{options}, typelevel)]\n\
                 pub struct Model;\n"
            ),
        )?;
    }
    write(
        "golden.rs",
        format!(
            "const NAME: &str = {name:?};\n\
             static RUNS: &[(bool, Input, &[i8])] = &[\n{runs}];\n"
        ),
    )
}

/// Random weights for `keywords`: what a network costs does not depend on them.
fn seeded_weights() -> Result<(), Box<dyn Error>> {
    let mut weights = vec![0.0; DsCnnFused::WEIGHTS_LEN];
    netcost::weights::seeded::<DsCnnFused>(1, &mut weights)?;
    write("keywords.rs", format!("{weights:?}"))
}

fn variable(name: &str) -> Result<Option<String>, env::VarError> {
    println!("cargo::rerun-if-env-changed={name}");
    match env::var(name) {
        Ok(value) => Ok(Some(value)),
        Err(env::VarError::NotPresent) => Ok(None),
        Err(error) => Err(error),
    }
}

fn out() -> PathBuf {
    env::var_os("OUT_DIR").expect("cargo sets it").into()
}

fn write(name: &str, content: impl AsRef<[u8]>) -> Result<(), Box<dyn Error>> {
    Ok(fs::write(out().join(name), content)?)
}
