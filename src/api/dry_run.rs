//! Dry run: the purchase as it would be sent, without sending it.

use reqwest::Method;

use crate::api::auth::request_auth::UnsignedCall;
use crate::api::trace::{CallRecord, TracedRequest, dry_run_record};
use crate::api::{HttpCloud, ReadError};

impl HttpCloud {
    /// Returns the record of the purchase with these bytes as it would be sent now; it contains no secret.
    /// Authenticating it may need a call to IAM or to the metadata service.
    pub async fn dry_run(&self, body: &[u8]) -> Result<CallRecord, ReadError> {
        let (method, url) = (&Method::POST, self.phone_url("phones"));
        let project = Some(self.project_id.as_str());
        let body = Some((body, "application/json"));
        let headers = self.auth.headers(&UnsignedCall { method, url: &url, project, body }).await?;
        let scheme = self.auth.scheme();
        Ok(dry_run_record(&TracedRequest { method, url: &url, headers: &headers, body, scheme, secret: None }))
    }
}
