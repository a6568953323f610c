//! What a command answers.

/// What a command prints, and its exit code: 1 for a budget that is broken.
pub struct Answer {
    pub text: String,
    pub code: u8,
}

impl From<String> for Answer {
    fn from(text: String) -> Self {
        Answer { text, code: 0 }
    }
}
