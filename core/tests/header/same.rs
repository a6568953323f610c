//! The reader of headers, compared with the crate `safetensors`.

use netcost_core::weights::Header;
use safetensors::SafeTensors;

/// What is known about a tensor: its name, type, extents, start and end in the file.
type Row = (String, String, Vec<usize>, usize, usize);

/// Reads a file with both; returns whether it is valid. They differ in one thing: two tensors of one name are an error
/// here.
///
/// # Panics
/// If one accepts what the other refuses, or reads something else.
pub fn same(file: &[u8]) -> bool {
    let ours = Header::<Vec<_>>::read(file);
    let theirs = SafeTensors::deserialize(file);
    let (ours, theirs) = match (ours, theirs) {
        (Ok(ours), Ok(theirs)) => (ours, theirs),
        (Err(_), Err(_)) => return false,
        (Err(ours), Ok(_)) => {
            assert!(ours.to_string().contains("it has two tensors"), "refused here only: {ours}");
            return false;
        }
        (Ok(_), Err(theirs)) => panic!("accepted here only; there: {theirs}"),
    };
    let ours_rows: Vec<Row> = ours
        .tensors
        .iter()
        .map(|tensor| {
            let (name, element) = (tensor.name.to_string(), tensor.element.to_string());
            (name, element, tensor.dims().collect(), tensor.start, tensor.end)
        })
        .collect();
    let mut theirs_rows: Vec<Row> = theirs
        .iter()
        .map(|(name, view)| {
            let start = view.data().as_ptr() as usize - file.as_ptr() as usize;
            let end = start + view.data().len();
            (name.to_owned(), view.dtype().to_string(), view.shape().to_vec(), start, end)
        })
        .collect();
    theirs_rows.sort();
    assert_eq!(ours_rows, theirs_rows);

    let (_, theirs) = SafeTensors::read_metadata(file).expect("it was read");
    let ours = ours.metadata.map(|text| serde_json::from_str(text).expect("an object of strings"));
    assert_eq!(ours, *theirs.metadata());
    true
}
