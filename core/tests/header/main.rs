//! The header of a weight file: read as the crate `safetensors` reads it, with every error's message.

mod same;

use netcost_core::weights::Header;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::strategy::ValueTree;

use same::same;

/// A file with this header and this many bytes of data.
fn file(header: &str, data: usize) -> Vec<u8> {
    let mut file = (header.len() as u64).to_le_bytes().to_vec();
    file.extend(header.as_bytes());
    file.resize(file.len() + data, 0);
    file
}

#[test]
fn headers_that_are_right() {
    let nested = |depth| {
        format!(
            r#"{{"a":{{"dtype":"F32","shape":[1],"data_offsets":[0,4],"b":{}1{}}}}}"#,
            "[".repeat(depth),
            "]".repeat(depth)
        )
    };
    for (header, data) in [
        ("{}", 0),
        (" \n{ } \t\r", 0),
        (r#"{"a":{"dtype":"F32","shape":[],"data_offsets":[0,4]}}"#, 4),
        (r#"{"a":{"dtype":"F32","shape":[1, 2 ,3],"data_offsets":[ 0 , 24 ]}}"#, 24),
        (r#"{"a":{"data_offsets":[0,0],"shape":[0,18446744073709551615,3],"dtype":"F64"}}"#, 0),
        (r#"{"a":{"dtype":"F4","shape":[6],"data_offsets":[0,3]}}"#, 3),
        (
            r#"{"b":{"dtype":"U8","shape":[2],"data_offsets":[1,3]},"a":{"dtype":"I8","shape":[],"data_offsets":[0,1]}}"#,
            3,
        ),
        // Empty tensors share a place.
        (
            r#"{"b":{"dtype":"U8","shape":[0],"data_offsets":[0,0]},"a":{"dtype":"I8","shape":[0],"data_offsets":[0,0]}}"#,
            0,
        ),
        // Other fields, whatever is in them.
        (
            r#"{"a":{"dtype":"U8","shape":[],"data_offsets":[0,1],"x":[null,true,false,-0.5e-7,{"y":"\u0000"}],"x":0}}"#,
            1,
        ),
        // Names with escapes.
        (r#"{"\"\\\/\b\f\n\r\t\u00e9\uD83D\ude00é":{"dtype":"U8","shape":[],"data_offsets":[0,1]}}"#, 1),
        (r#"{"__metadata__":{"a":"1","b\n":"","a":"2"},"":{"dtype":"U8","shape":[],"data_offsets":[0,1]}}"#, 1),
        (r#"{"\u005f_metadata__":{"a":"\ud83d\udE00"}}"#, 0),
        (r#"{"__metadata__":null}"#, 0),
        // The forms in which serde reads a struct and an enum.
        (r#"{"a":["U8",[2],[0,2]]}"#, 2),
        (r#"{"a":{"dtype":{"U8":null},"shape":[2],"data_offsets":[0,2]},"b":[{ "U8" : null },[0],[2,2]]}"#, 2),
        (&nested(125), 4),
    ] {
        assert!(same(&file(header, data)), "{header}");
    }
}

/// The message that a file is refused with.
fn message(file: &[u8]) -> String {
    assert!(!same(file), "it is refused");
    match Header::<Vec<_>>::read(file) {
        Ok(_) => panic!("it was refused before"),
        Err(error) => error.to_string(),
    }
}

#[test]
fn headers_that_are_wrong() {
    let nested = format!(r#"{{"a":{{"b":{}{}}}}}"#, "[".repeat(126), "]".repeat(126));
    for (header, data, text) in [
        ("", 0, "its header should have an object at byte 8 of the file"),
        ("\u{feff}{}", 0, "its header should have an object at byte 8 of the file"),
        ("[]", 0, "its header should have an object at byte 8 of the file"),
        ("{} {}", 0, "its header should have the end of the text at byte 11 of the file"),
        ("{,}", 0, "its header should have a string at byte 9 of the file"),
        (r#"{"a" 1}"#, 0, "its header should have `:` at byte 13 of the file"),
        (r#"{"a":1}"#, 0, "its header should have an object at byte 13 of the file"),
        (r#"{"a":{"b":01}}"#, 0, "its header should have `,` or `}` at byte 19 of the file"),
        (r#"{"a":{"b":1.}}"#, 0, "its header should have a digit at byte 20 of the file"),
        (r#"{"a":{"b":- 1}}"#, 0, "its header should have a digit at byte 19 of the file"),
        (r#"{"a":{"b":1e}}"#, 0, "its header should have a digit at byte 20 of the file"),
        (r#"{"a":{"b":1e309}}"#, 0, "its header should have a smaller number at byte 18 of the file"),
        (r#"{"a":{"b":nul}}"#, 0, "its header should have a value at byte 18 of the file"),
        (r#"{"a":{"b":[1,]}}"#, 0, "its header should have a value at byte 21 of the file"),
        (r#"{"a\x":{}}"#, 0, "its header should have an escape of JSON at byte 11 of the file"),
        (r#"{"\u+123":{}}"#, 0, "its header should have an escape of JSON at byte 10 of the file"),
        (r#"{"\ud800":{}}"#, 0, "its header should have an escape of JSON at byte 10 of the file"),
        (r#"{"\ud800\ud800":{}}"#, 0, "its header should have an escape of JSON at byte 10 of the file"),
        (r#"{"\udc00\ud800":{}}"#, 0, "its header should have an escape of JSON at byte 10 of the file"),
        ("{\"a\n\":{}}", 0, "its header should have no control character in a string at byte 11 of the file"),
        (r#"{"a"#, 0, "its header should have the end of a string at byte 11 of the file"),
        (&nested, 0, "its header should have fewer lists and objects in each other at byte 143 of the file"),
        (r#"{"__metadata__":{"a":1}}"#, 0, "its header should have a string at byte 29 of the file"),
        (r#"{"__metadata__":{},"__metadata__":{}}"#, 0, "it has two tensors `__metadata__`"),
        (r#"{"a":{"shape":[],"data_offsets":[0,4]}}"#, 4, "its tensor `a` has no `dtype`"),
        (r#"{"a":{"dtype":"F32","data_offsets":[0,4]}}"#, 4, "its tensor `a` has no `shape`"),
        (r#"{"a\n":{"dtype":"F32","shape":[]}}"#, 4, "its tensor `a\n` has no `data_offsets`"),
        (r#"{"a":{"dtype":"F32","dtype":"F32","shape":[],"data_offsets":[0,4]}}"#, 4, "its tensor `a` has two `dtype`"),
        (r#"{"a":{"dtype":"f32","shape":[],"data_offsets":[0,4]}}"#, 4, "its tensor `a` is of the unknown type `f32`"),
        (
            r#"{"a":{"dtype":7,"shape":[],"data_offsets":[0,4]}}"#,
            4,
            "its header should have a string at byte 22 of the file",
        ),
        (
            r#"{"a":{"dtype":"F32","shape":[-0],"data_offsets":[0,0]}}"#,
            0,
            "its header should have a natural number below 2⁶⁴ at byte 37 of the file",
        ),
        (
            r#"{"a":{"dtype":"F32","shape":[1.0],"data_offsets":[0,4]}}"#,
            4,
            "its header should have a natural number below 2⁶⁴ at byte 37 of the file",
        ),
        (
            r#"{"a":{"dtype":"F32","shape":[18446744073709551616],"data_offsets":[0,4]}}"#,
            4,
            "its header should have a natural number below 2⁶⁴ at byte 37 of the file",
        ),
        (
            r#"{"a":{"dtype":"F32","shape":[18446744073709551615,2,0],"data_offsets":[0,0]}}"#,
            0,
            "its tensor `a` has more elements than can be counted",
        ),
        (
            r#"{"a":{"dtype":"F32","shape":[9223372036854775807],"data_offsets":[0,0]}}"#,
            0,
            "its tensor `a` has more elements than can be counted",
        ),
        (
            r#"{"a":{"dtype":"F4","shape":[3],"data_offsets":[0,1]}}"#,
            1,
            "its tensor `a` takes 12 bits, which are not whole bytes",
        ),
        (
            r#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0]}}"#,
            4,
            "its header should have two offsets at byte 57 of the file",
        ),
        (
            r#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4,4]}}"#,
            4,
            "its header should have two offsets at byte 59 of the file",
        ),
        (
            r#"{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}"#,
            4,
            "its tensor `a` takes 4 bytes by its type and shape, and its data_offsets are [4, 0]",
        ),
        (
            r#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}"#,
            4,
            "its tensor `a` takes 8 bytes by its type and shape, and its data_offsets are [0, 4]",
        ),
        (r#"{"a":["U8",[2],[0,2],0]}"#, 2, "its header should have `]` at byte 28 of the file"),
        (
            r#"{"a":["U8",[1],[0,1]],"b":["U8",[1],[2,3]]}"#,
            3,
            "its tensor `b` starts at byte 2 of the data, and the tensor before it ends at 1",
        ),
        (
            r#"{"a":["U8",[2],[0,2]],"b":["U8",[2],[1,3]]}"#,
            3,
            "its tensor `b` starts at byte 1 of the data, and the tensor before it ends at 2",
        ),
        (
            r#"{"a":["U8",[2],[1,3]]}"#,
            3,
            "its tensor `a` starts at byte 1 of the data, and the tensor before it ends at 0",
        ),
        (r#"{"a":["U8",[1],[0,1]],"\u0061":["U8",[1],[1,2]]}"#, 2, "it has two tensors `a`"),
        (r#"{"a":["U8",[2],[0,2]]}"#, 5, "3 bytes follow its last tensor"),
    ] {
        assert_eq!(message(&file(header, data)), format!("this safetensors file is damaged: {text}"), "{header}");
    }
    assert_eq!(
        message(&file(r#"{"a":["U8",[2],[0,2]]}"#, 1)),
        "this safetensors file is truncated: its tensors take 2 bytes, and 1 follow its header"
    );
    let mut not_utf8 = file("{\"a\":{}}", 0);
    not_utf8[10] = 0xff;
    assert_eq!(
        message(&not_utf8),
        "this safetensors file is damaged: its header should have UTF-8 at byte 10 of the file"
    );
}

#[test]
fn files_of_other_formats() {
    let save = "; save the state dict with `safetensors.torch.save_file(model.state_dict(), \"net.safetensors\")`";
    let arrays = "; save its tensors under the names and in the shapes of a PyTorch state dict, with \
                  `safetensors.numpy.save_file`";
    for (start, name, remedy) in [
        (b"PK\x03\x04\0\0\x08\x08\0\0" as &[u8], "a zip archive, which is what `torch.save` writes", save),
        (
            b"\x80\x02\x8a\nl\xfc\x9cF\xf9 j\xa8",
            "a Python pickle, which is what older versions of `torch.save` write",
            save,
        ),
        (b"\x80\x04\x95-\0\0\0\0\0\0\0}", "a Python pickle", save),
        (b"\x08\x08\x12\x07pytorch\x1a", "an ONNX model", arrays),
        (b"\x1c\0\0\0TFL3\x14\0 \0", "a TensorFlow Lite model", arrays),
        (b"GGUF\x03\0\0\0\x24\x01\0\0", "a GGUF file", arrays),
        (b"\x89HDF\r\n\x1a\n\0\0", "an HDF5 file, which is what Keras writes", arrays),
        (b"\x93NUMPY\x01\0v\0", "a NumPy array", arrays),
        (
            b"version https://git-lfs.github.com/spec/v1\n",
            "a Git LFS pointer in place of a file",
            "; `git lfs pull` fetches the file",
        ),
        (b"<!DOCTYPE html><html>", "a web page", "; a download went wrong"),
        (b"\x1f\x8b\x08\0", "compressed by gzip", "; unpack it"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "a PNG image", ""),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "a JPEG image", ""),
    ] {
        assert_eq!(message(start), format!("this is {name}, not a safetensors file{remedy}"));
    }
    assert_eq!(message(b""), "this is not a safetensors file: it is empty");
    assert_eq!(message(b"{}"), "this is not a safetensors file: it has 2 of the 8 bytes that a file begins with");
    let len = |bytes: u64| bytes.to_le_bytes();
    assert_eq!(
        message(&len(100_000_001)),
        "this is not a safetensors file, or it is damaged: its first 8 bytes announce a header of 100000001 bytes, and 0 \
         follow"
    );
}

fn blank() -> impl Strategy<Value = &'static str> {
    prop_oneof![8 => Just(""), 1 => select(vec![" ", "\n", "\t\r", "\u{b}"])]
}

/// A string of JSON, mostly right.
fn string() -> impl Strategy<Value = String> {
    let right =
        vec!["a", "weight", ".", "0", "ü", "\\u00fc", "\\ud83d\\ude00", "😀", "\\n", "\\\\", "\\\"", "\\/", "\u{7f}"];
    let wrong = vec!["\\ud83d", "\\udc00", "\\x", "\\u12", "\n", "\"", "\\"];
    let piece = prop_oneof![200 => select(right), 1 => select(wrong)];
    vec(piece, 0..4).prop_map(|pieces| format!("\"{}\"", pieces.concat()))
}

/// Any value of JSON, mostly right.
fn value() -> impl Strategy<Value = String> {
    let numbers = vec!["0", "-0", "12", "-7", "1.5", "2e3", "1E-9", "0e999", "1e308", "18446744073709551616"];
    let wrong = vec!["", "01", "1.", ".5", "+1", "1e", "1e400", "-", "nul", "True", "NaN", "'a'", "{1:2}", "[1,]"];
    let leaf = prop_oneof![
        20 => select(numbers).prop_map(str::to_owned),
        10 => select(vec!["null", "true", "false", "[]", "{}"]).prop_map(str::to_owned),
        10 => string(),
        1 => select(wrong).prop_map(str::to_owned),
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..3).prop_map(|items| format!("[{}]", items.join(","))),
            vec((string(), inner), 0..3).prop_map(|members| {
                let members: Vec<_> = members.into_iter().map(|(key, value)| format!("{key}: {value}")).collect();
                format!("{{{}}}", members.join(" ,"))
            }),
        ]
    })
}

/// A header's entry for a tensor whose data starts at a place that is not yet known.
#[derive(Clone, Debug)]
struct Entry {
    name: String,
    element: (&'static str, usize),
    dims: Vec<usize>,
    /// How far the offsets are from what they should be.
    off: (i8, i8),
    form: u8,
    order: usize,
    other: Option<(String, String)>,
    blank: &'static str,
}

fn entry() -> impl Strategy<Value = Entry> {
    let elements = vec![("F32", 32), ("F16", 16), ("I64", 64), ("F4", 4), ("F6_E2M3", 6), ("BOOL", 8), ("f32", 32)];
    let off = || prop_oneof![30 => Just(0), 1 => -2..3_i8];
    (
        prop_oneof![10 => string(), 1 => Just("\"__metadata__\"".to_owned())],
        select(elements),
        vec(0..4_usize, 0..4),
        (off(), off()),
        prop_oneof![6 => Just(0), 1 => 1..6_u8],
        0..6_usize,
        prop_oneof![3 => Just(None), 1 => (string(), value()).prop_map(Some)],
        blank(),
    )
        .prop_map(|(name, element, dims, off, form, order, other, blank)| Entry {
            name,
            element,
            dims,
            off,
            form,
            order,
            other,
            blank,
        })
}

impl Entry {
    fn bytes(&self) -> usize {
        (self.dims.iter().product::<usize>() * self.element.1).div_ceil(8)
    }

    /// The member of the header.
    fn write(&self, start: usize) -> String {
        let Entry { name, element: (element, _), dims, blank, .. } = self;
        let at = |place: usize, off: i8| place.saturating_add_signed(off.into());
        let offsets = format!("[{},{blank}{}]", at(start, self.off.0), at(start + self.bytes(), self.off.1));
        let element = match self.form {
            1 => format!("{{{blank}\"{element}\":null}}"),
            2 => format!("{{\"{element}\":{{}}{blank}}}"),
            3 => format!("{{\"{element}\":0}}"),
            _ => format!("\"{element}\""),
        };
        if self.form == 4 {
            return format!("{name}{blank}:[{element}{blank},{dims:?},{offsets}]");
        }
        let mut fields = vec![
            format!("\"dtype\":{blank}{element}"),
            format!("\"shape\"{blank}:{dims:?}"),
            format!("\"data_offsets\":{offsets}"),
        ];
        fields.swap(0, self.order % 3);
        fields.swap(1, 1 + self.order % 2);
        if let Some((key, value)) = &self.other {
            fields.insert(self.order % 4, format!("{key}:{value}"));
        }
        format!("{name}:{{{}{blank}}}", fields.join(","))
    }
}

/// A header, mostly right, and the length of its data.
fn header() -> impl Strategy<Value = (String, usize)> {
    let metadata = prop_oneof![
        4 => Just(String::new()),
        2 => vec((string(), string()), 0..3).prop_map(|members| {
            let members: Vec<_> = members.into_iter().map(|(key, value)| format!("{key}:{value}")).collect();
            format!("{{{}}}", members.join(","))
        }),
        1 => value(),
    ];
    (vec(entry(), 0..5), any::<usize>(), metadata, blank(), prop_oneof![20 => Just(0), 1 => -1..2_i8]).prop_map(
        |(entries, rotation, metadata, blank, off)| {
            let mut end = 0;
            let mut members: Vec<String> = entries
                .iter()
                .map(|entry| {
                    let start = end;
                    end += entry.bytes();
                    entry.write(start)
                })
                .collect();
            if !metadata.is_empty() {
                members.push(format!("\"__metadata__\":{blank}{metadata}"));
            }
            let middle = rotation % (members.len() + 1);
            members.rotate_left(middle);
            (format!("{blank}{{{blank}{}{blank}}}{blank}", members.join(",")), end.saturating_add_signed(off.into()))
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4096))]

    #[test]
    fn headers_are_read_as_by_the_crate((header, data) in header()) {
        same(&file(&header, data));
    }

    /// With bytes replaced, put in and left out.
    #[test]
    fn damaged_headers_are_refused_as_by_the_crate(
        (header, data) in header(),
        changes in vec((any::<usize>(), 0..3_u8, select(b"\"{}[]:,\\0123456789eE.-+ntfu \x0b\xc3\x00".to_vec())), 1..4),
    ) {
        let mut bytes = header.into_bytes();
        for (at, change, byte) in changes {
            let at = at % (bytes.len() + 1);
            match change {
                0 if at < bytes.len() => bytes[at] = byte,
                1 if at < bytes.len() => drop(bytes.remove(at)),
                _ => bytes.insert(at, byte),
            }
        }
        let mut file = (bytes.len() as u64).to_le_bytes().to_vec();
        file.extend(bytes);
        file.resize(file.len() + data, 0);
        same(&file);
    }
}

/// The generator makes files that are right, not only wrong ones.
#[test]
fn most_generated_headers_are_right() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let right = (0..500).filter(|_| {
        let (header, data) = header().new_tree(&mut runner).expect("a header").current();
        same(&file(&header, data))
    });
    let right = right.count();
    assert!(right > 150, "{right} of 500");
}
