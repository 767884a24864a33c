//! Authentication of the simulated cloud: signatures, tokens, locked keys, and the part of IAM that issues tokens.

pub(super) mod authenticator;
pub(super) mod credentials;
pub(super) mod iam;
pub(super) mod lockout;
pub(super) mod signature;
pub(super) mod tokens;
