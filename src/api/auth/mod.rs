//! Authentication of calls: tokens, access keys, keys of an agency, and the clock that signatures depend on. This
//! module knows no operation of the service.

pub(super) mod clock_skew;
pub(super) mod metadata;
pub(super) mod request_auth;
pub(super) mod token;
