//! How the simulated cloud says no: a status, a code and the sentence that goes over the wire.
//! It decides nothing; the rules and the gateway choose which refusal applies.

/// Status of a request that the service read and found wrong.
const BAD_REQUEST: u16 = 400;

/// A request that was turned down, in the words of the wire (`cph.md` 2.3 and 16).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiError {
    /// HTTP status of the answer.
    pub status: u16,
    /// `CPS.` code of the service, `APIGW.` code of the gateway, or nothing.
    pub code: String,
    /// What is said about it.
    pub message: String,
}

impl ApiError {
    /// A refusal in words of its own.
    pub fn new(status: u16, code: &str, message: impl Into<String>) -> Self {
        Self { status, code: code.to_owned(), message: message.into() }
    }

    /// The service names a member whose value it cannot take.
    pub fn invalid(code: &str, member: &str) -> Self {
        Self::new(BAD_REQUEST, code, format!("Parameter: {member} is invalid."))
    }

    /// The service names a member that has no value.
    pub fn empty(code: &str, member: &str) -> Self {
        Self::new(BAD_REQUEST, code, format!("Parameter: {member} is empty."))
    }

    /// The service names a member whose value occurs twice.
    pub fn conflicted(code: &str, member: &str) -> Self {
        Self::new(BAD_REQUEST, code, format!("Parameter: {member} is conflicted."))
    }

    /// The service has its own sentence for this one.
    pub fn stated(code: &str, message: &str) -> Self {
        Self::new(BAD_REQUEST, code, message)
    }

    /// IAM has a status and a sentence, and no code.
    pub fn keystone(status: u16, message: impl Into<String>) -> Self {
        Self::new(status, "", message)
    }

    /// The code, or that of IAM for the status where there is none (`platform.md` 6).
    pub(super) fn code_or_status(&self) -> &str {
        match (self.code.as_str(), self.status) {
            ("", BAD_REQUEST) => "IAM.0007",
            ("", 401) => "IAM.0001",
            ("", 403) => "IAM.0002",
            ("", 404) => "IAM.0004",
            ("", _) => "IAM.0006",
            (code, _) => code,
        }
    }

    /// The gateway cannot read the request at all.
    pub fn malformed(message: impl Into<String>) -> Self {
        Self::new(BAD_REQUEST, "APIGW.0201", message)
    }
}

#[cfg(test)]
mod tests {
    use super::ApiError;

    #[test]
    fn the_three_shapes_of_a_sentence_are_the_documented_ones() {
        assert_eq!(ApiError::invalid("CPS.0024", "count").message, "Parameter: count is invalid.");
        assert_eq!(ApiError::empty("CPS.0029", "image_id").message, "Parameter: image_id is empty.");
        assert_eq!(ApiError::conflicted("CPS.0041", "listen_port").message, "Parameter: listen_port is conflicted.");
    }
}
