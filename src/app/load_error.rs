//! Why something could not be read, and the time that the model counts in.

/// Milliseconds since the program started.
pub type Millis = u64;

/// Why a list could not be read, in a sentence for a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoadError {
    pub sentence: String,
    pub request_id: Option<String>,
}
