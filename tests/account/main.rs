//! A real account, proven without one: every kind of credentials times every operation against the simulator over
//! TLS, wrong ones and those that run out, the way through networks and proxies, and hostile servers.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

mod clock_skew;
mod connect_errors;
mod credential_matrix;
mod fake_servers;
mod fixture;
mod generations;
mod hostile_servers;
mod pagination;
mod projects;
mod tls_and_proxy;
mod token_expiry;
mod wrong_credentials;
