//! Number fields take digits only: any other character is refused at once, and nothing is inserted.

use crate::form::{Control, field};
use crate::i18n::tr;
use crate::order::{FieldId, PORT};

use crate::app::form::state::Form;

/// Returns whether a text has nothing but digits.
pub(in crate::app) fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

impl Form {
    /// Returns the sentence about what a number field accepts.
    #[must_use]
    pub fn digits_only(&self, id: FieldId) -> String {
        let range = match field(id).control {
            Control::Stepper { range, .. } => range(&self.draft),
            Control::Picker { .. }
            | Control::Text { .. }
            | Control::Radio { .. }
            | Control::Ports
            | Control::Fixed { .. } => PORT,
        };
        let label = if id == FieldId::Ports { tr!("Port") } else { id.label().to_owned() };
        tr!("{label}: digits only, {range}", label, range)
    }

    /// Returns the digits of a typed text. If there is anything else, marks the hint of the field and says what it
    /// accepts.
    pub(in crate::app) fn digits_of(&mut self, id: FieldId, typed: &str) -> String {
        let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
        if digits.len() != typed.len() {
            self.refuses_key = true;
            self.say(self.digits_only(id));
        }
        digits
    }

    /// Refuses a pasted text that is no number.
    pub(in crate::app) fn refuse_paste(&mut self, id: FieldId) {
        self.refuses_key = true;
        let rule = self.digits_only(id);
        self.say(tr!("Nothing was pasted. {rule}", rule));
    }
}
