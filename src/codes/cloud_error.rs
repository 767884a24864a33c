//! The error of a call as the cloud reported it: code, status, message, and how the call was authenticated.

/// The means by which a call was authenticated. It tells some causes of an error apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AuthKind {
    /// An IAM token from any source.
    Token,
    /// A user name and password, in the call that requests a token from IAM.
    Password,
    /// A signature made with an access key.
    Key,
}

/// The error of a call as the cloud reported it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CloudError<'a> {
    /// The code as received: `CPS.0024`, `APIGW.0301`, `IAM.0061`, `CBC.0150`, or a bare number such as `401` from IAM
    /// and ECS. Empty if the response had none; then the status is looked up.
    pub code: &'a str,
    /// The HTTP status, or 0 if it is not known.
    pub status: u16,
    /// The message in the response.
    pub message: Option<&'a str>,
    /// The authentication of the call, or `None` if it is not known.
    pub by: Option<AuthKind>,
}

impl<'a> CloudError<'a> {
    /// Creates an error from a code alone, with status 0 and neither message nor authentication.
    #[must_use]
    pub fn code(code: &'a str) -> Self {
        Self { code, status: 0, message: None, by: None }
    }

    /// Returns whether the message contains one of these lower-case words, in any letter case.
    pub(super) fn mentions(&self, words: &[&str]) -> bool {
        let message = self.message.unwrap_or_default().to_lowercase();
        words.iter().any(|word| message.contains(word))
    }
}
