//! The purchase as it would be sent, without sending it: for a person who wants to see it first.

use reqwest::Method;

use super::authority::Outgoing;
use super::calls::{Asked, CallRecord, rehearsed};
use super::{HttpCloud, ReadError};

impl HttpCloud {
    /// The record of the purchase with these bytes as it would be made now; no secret is in it. What
    /// proves it may have to be fetched first, which is a call to IAM or the metadata service.
    pub async fn rehearse(&self, body: &[u8]) -> Result<CallRecord, ReadError> {
        let (method, url) = (&Method::POST, self.phone_url("phones"));
        let project = Some(self.project_id.as_str());
        let body = Some((body, "application/json"));
        let headers = self.authority.headers(&Outgoing { method, url: &url, project, body }).await?;
        let proof = self.authority.proof();
        Ok(rehearsed(&Asked { method, url: &url, headers: &headers, body, proof, secret: None }))
    }
}
