//! The error of a call as the cloud reported it: code, status, message, and by what the call was authenticated.

/// By what a call was authenticated, which tells some causes apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AuthKind {
    /// An IAM token, wherever it came from.
    Token,
    /// User name and password, in the call that asks IAM for a token.
    Password,
    /// The signature of an access key.
    Key,
}

/// The error of a call as the cloud reported it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CloudError<'a> {
    /// As it came: `CPS.0024`, `APIGW.0301`, `IAM.0061`, `CBC.0150`, or IAM's and ECS's bare
    /// numbers such as `401`. Empty if there was none; then the status is looked up.
    pub code: &'a str,
    /// The HTTP status; 0 if it is not known.
    pub status: u16,
    /// The cloud's own words.
    pub message: Option<&'a str>,
    /// `None` if it is not known.
    pub by: Option<AuthKind>,
}

impl<'a> CloudError<'a> {
    /// A code and nothing more.
    #[must_use]
    pub fn code(code: &'a str) -> Self {
        Self { code, status: 0, message: None, by: None }
    }

    /// Whether the cloud's words hold one of these, in any letter case.
    pub(super) fn mentions(&self, words: &[&str]) -> bool {
        let message = self.message.unwrap_or_default().to_lowercase();
        words.iter().any(|word| message.contains(word))
    }
}
