//! The error of a failed read, and the unit of time of the model.

/// Milliseconds since the program started.
pub type Millis = u64;

/// The error of a failed read of a list, with a sentence for the user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoadError {
    pub sentence: String,
    pub request_id: Option<String>,
}
