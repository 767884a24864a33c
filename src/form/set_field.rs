//! Sets a field from a text, in the syntax of a profile or a flag.

use crate::i18n::{Language, tr};
use crate::order::{Draft, FieldId};

use super::control::Control;
use super::field_table::{field, field_in};
use super::pasted_port::PortError;

/// The reason why a text is not a value of a field. The sentence states what would be valid.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidAnswer {
    #[error("{}", tr!("{label} is one of: {names}", label = field.label(), names = values(*field)))]
    NoOption { field: FieldId },
    #[error("{}", tr!("Ports are a table and not one value"))]
    PortsAreATable,
    #[error("{}", tr!("{label} is always {value}", label = field.label(), value = values(*field)))]
    Fixed { field: FieldId },
    #[error("{}", tr!("Ports are a list such as: web 20000 public, api 20001"))]
    NotAPortList,
    #[error("{}", tr!("Ports: {line}: {why}", line, why))]
    Port { line: String, why: PortError },
}

/// Returns the possible values of a field, in the current language; empty if they cannot be listed.
fn values(id: FieldId) -> String {
    match field(id).control {
        Control::Radio { options, .. } => options.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", "),
        Control::Fixed { value } => value.to_owned(),
        Control::Picker { .. } | Control::Text { .. } | Control::Stepper { .. } | Control::Ports => String::new(),
    }
}

/// Puts an answer into the draft as if it had been typed. `Order::check` decides whether it is within the rules.
pub fn set_field(draft: &mut Draft, id: FieldId, text: &str) -> Result<(), InvalidAnswer> {
    let text = text.trim();
    match field(id).control {
        Control::Picker { slot, .. } | Control::Text { slot, .. } | Control::Stepper { slot, .. } => {
            text.clone_into((slot.write)(draft));
            Ok(())
        }
        Control::Radio { choose, .. } => {
            let named =
                Language::ALL.into_iter().find_map(|language| find_option(field_in(language, id).control, text));
            match named.or_else(|| find_wire_option(id, text)) {
                Some(at) => {
                    choose(draft, at);
                    Ok(())
                }
                None => Err(InvalidAnswer::NoOption { field: id }),
            }
        }
        Control::Ports => Err(InvalidAnswer::PortsAreATable),
        Control::Fixed { .. } => Err(InvalidAnswer::Fixed { field: id }),
    }
}

/// Returns the index of the option with this name, in the language of the control; `None` if the control has no such
/// option.
fn find_option(control: Control, text: &str) -> Option<usize> {
    match control {
        Control::Radio { options, .. } => options.iter().position(|(name, _)| name.eq_ignore_ascii_case(text)),
        Control::Picker { .. }
        | Control::Text { .. }
        | Control::Stepper { .. }
        | Control::Ports
        | Control::Fixed { .. } => None,
    }
}

/// Returns the index of the option that a value of the request body means, or a yes or no about paying now.
fn find_wire_option(id: FieldId, text: &str) -> Option<usize> {
    match (id, text.to_ascii_lowercase().as_str()) {
        (FieldId::BandwidthKind, "0")
        | (FieldId::PeriodUnit, "2")
        | (FieldId::AutoPay, "0" | "false" | "no" | "off" | "否" | "关") => Some(0),
        (FieldId::BandwidthKind, "1")
        | (FieldId::PeriodUnit, "3")
        | (FieldId::Vnc, "false")
        | (FieldId::AutoPay, "1" | "true" | "yes" | "on" | "是" | "开") => Some(1),
        (FieldId::Vnc, "true") => Some(2),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n;
    use crate::order::{BandwidthKind, PeriodUnit, Vnc};

    #[test]
    fn every_field_takes_its_answer_as_a_text() {
        let mut draft = Draft::default();
        for (id, text) in [
            (FieldId::ServerFlavor, "s"),
            (FieldId::Count, " 3 "),
            (FieldId::BandwidthKind, "New Shared"),
            (FieldId::BandwidthSize, "50"),
            (FieldId::PeriodUnit, "3"),
            (FieldId::AutoPay, "true"),
            (FieldId::Vnc, "true"),
        ] {
            assert_eq!(set_field(&mut draft, id, text), Ok(()), "{id:?}");
        }
        let expected = Draft {
            server_flavor: "s".into(),
            count: "3".into(),
            bandwidth: BandwidthKind::NewShared,
            bandwidth_size: "50".into(),
            period_unit: PeriodUnit::Year,
            auto_pay: true,
            vnc: Vnc::On,
            ..Draft::default()
        };
        assert_eq!(draft, expected);
    }

    #[test]
    fn the_names_of_options_are_understood_in_any_language() {
        for (text, language) in
            [("新建共享", Language::English), ("新建共享", Language::Chinese), ("new shared", Language::Chinese)]
        {
            let mut draft = Draft::default();
            let done = i18n::with_language(language, || set_field(&mut draft, FieldId::BandwidthKind, text));
            assert_eq!((done, draft.bandwidth), (Ok(()), BandwidthKind::NewShared), "{text} {language:?}");
        }
        let why = set_field(&mut Draft::default(), FieldId::PeriodUnit, "week").unwrap_err();
        assert_eq!(i18n::with_language(Language::Chinese, || why.to_string()), "周期单位可选值：月, 年");
    }

    #[test]
    fn what_is_no_answer_says_what_would_be_one() {
        let mut draft = Draft::default();
        for (id, text, right) in [
            (FieldId::PeriodUnit, "week", "month, year"),
            (FieldId::AutoPay, "maybe", "pay later, pay now"),
            (FieldId::Ports, "x", "table"),
            (FieldId::ChargingMode, "1", "always"),
        ] {
            assert!(set_field(&mut draft, id, text).unwrap_err().to_string().contains(right), "{id:?}");
        }
        assert_eq!(draft, Draft::default());
    }
}
