//! HTTP of the simulated cloud: connections, routes, queries, responses and the access log. It contains no rule of an
//! order.

pub(super) mod access_log;
pub(super) mod connection;
pub(super) mod delivery;
pub(super) mod handler;
pub(super) mod query;
pub(super) mod response;
pub(super) mod route;
pub(super) mod serve;
pub(super) mod timeouts;
pub(super) mod tls;
