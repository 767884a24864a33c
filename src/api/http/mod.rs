//! HTTP as the service needs it: clients with their TLS and proxy settings, one GET with paging and retries, and the
//! one POST that buys, which is never retried.

pub(super) mod ca_file;
pub(super) mod client;
pub(super) mod gated_body;
pub(super) mod get;
pub(super) mod json_response;
pub(super) mod pagination;
pub(super) mod purchase;
pub(super) mod retry;
pub(super) mod retry_policy;
pub(super) mod tls;
pub(super) mod transport_error;
