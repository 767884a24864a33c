//! Dry run: the purchase as it would be sent, without sending it.

use reqwest::Method;

use crate::api::auth::request_auth::UnsignedCall;
use crate::api::trace::{CallRecord, TracedRequest, dry_run_record};
use crate::api::{HttpCloud, ReadError};

impl HttpCloud {
    /// The record of the purchase with these bytes as it would be made now; no secret is in it. What
    /// proves it may have to be fetched first, which is a call to IAM or the metadata service.
    pub async fn dry_run(&self, body: &[u8]) -> Result<CallRecord, ReadError> {
        let (method, url) = (&Method::POST, self.phone_url("phones"));
        let project = Some(self.project_id.as_str());
        let body = Some((body, "application/json"));
        let headers = self.auth.headers(&UnsignedCall { method, url: &url, project, body }).await?;
        let scheme = self.auth.scheme();
        Ok(dry_run_record(&TracedRequest { method, url: &url, headers: &headers, body, scheme, secret: None }))
    }
}
