//! The plain page: what is on the screen as lines without borders or columns, for selecting with the mouse of the
//! terminal; and what is said when a text cannot be copied.

use crate::words::tr;

use super::model::Model;
use super::msg::NotCopied;

impl Model {
    pub(super) fn not_copied(&mut self, why: NotCopied) {
        self.message = Some(match why {
            NotCopied::TooLong => tr!("Not copied: terminals take at most 56,245 bytes"),
            NotCopied::NoClipboard => tr!("Not copied: this terminal has no clipboard to send to"),
        });
    }
}
