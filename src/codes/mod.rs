//! The meaning of the cloud's error codes: what happened, what to do about it, and which field of an order a code
//! refers to (`platform.md` section 6, `cph.md` 3.6 and 16). Contains tables and sentences only.

mod billing;
mod cloud_error;
mod code_row;
mod connection_error;
mod connection_error_kind;
mod explain;
mod field;
mod gateway;
mod http_status;
mod iam;
mod parse;
mod phone;

pub use cloud_error::{AuthKind, CloudError};
pub use code_row::Meaning;
pub use connection_error::ConnectionError;
pub use connection_error_kind::ConnectionErrorKind;
pub use explain::{advice, explain, explain_order, in_brackets, sentence};
pub use field::{DOUBTFUL_PHONE_CODES, field_of, is_phone_code, leaves_doubt};
pub use iam::{refuses_key, refuses_token};
