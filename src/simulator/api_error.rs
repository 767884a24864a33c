//! An error of the simulated cloud: the status, the code and the message of the response. Contains no rule; the rules
//! and the gateway choose the error.

/// The status of a request that the service read and found invalid.
const BAD_REQUEST: u16 = 400;

/// An error response, with the documented messages (`cph.md` 2.3 and 16).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiError {
    /// The HTTP status of the response.
    pub status: u16,
    /// The code: `CPS.` from the service, `APIGW.` from the gateway, `IAM.` or empty from IAM.
    pub code: String,
    /// The message in the response, in English.
    pub message: String,
}

impl ApiError {
    /// Creates an error with any status, code and message.
    pub fn new(status: u16, code: &str, message: impl Into<String>) -> Self {
        Self { status, code: code.to_owned(), message: message.into() }
    }

    /// Creates an error 400 with the documented message for a member with an invalid value.
    pub fn invalid(code: &str, member: &str) -> Self {
        Self::new(BAD_REQUEST, code, format!("Parameter: {member} is invalid."))
    }

    /// Creates an error 400 with the documented message for a member without a value.
    pub fn empty(code: &str, member: &str) -> Self {
        Self::new(BAD_REQUEST, code, format!("Parameter: {member} is empty."))
    }

    /// Creates an error 400 with the documented message for a member whose value occurs twice.
    pub fn conflicted(code: &str, member: &str) -> Self {
        Self::new(BAD_REQUEST, code, format!("Parameter: {member} is conflicted."))
    }

    /// Creates an error 400 with a message of its own, for codes whose documented message has none of the common forms.
    pub fn stated(code: &str, message: &str) -> Self {
        Self::new(BAD_REQUEST, code, message)
    }

    /// Creates an error of IAM (Keystone calls), which has a status and a message but no code.
    pub fn keystone(status: u16, message: impl Into<String>) -> Self {
        Self::new(status, "", message)
    }

    /// Returns the code. If it is empty, returns the `IAM.` code for the status (`platform.md` 6).
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

    /// Creates the error 400 `APIGW.0201` for a request that the gateway cannot read at all.
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
