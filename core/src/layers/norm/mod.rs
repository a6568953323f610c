//! Normalisations.

pub(crate) mod batch_norm;
pub(crate) mod local_response_norm;
pub(crate) mod normalisation;
