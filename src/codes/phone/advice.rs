//! The advice that several tables of Cloud Phone share.

use crate::i18n::phrase;

pub(super) const CORRECT: &str = phrase!("Check what was sent, then try again.");
pub(super) const SUPPORT: &str = phrase!("Contact the vendor's support with the request id.");
