//! Sets a field from a text, as a profile or a flag gives it.

use crate::i18n::{Language, tr};
use crate::order::{Draft, FieldId};

use super::control::Control;
use super::fields::{field, field_in};

/// Puts an answer into the draft as it would be typed; `Err` says what would be right. Whether the
/// answer is within the rules is for `Order::check` to say.
pub fn set_field(draft: &mut Draft, id: FieldId, text: &str) -> Result<(), String> {
    let text = text.trim();
    match field(id).control {
        Control::Picker { slot, .. } | Control::Text { slot, .. } | Control::Stepper { slot, .. } => {
            text.clone_into((slot.write)(draft));
            Ok(())
        }
        Control::Radio { options, choose, .. } => {
            let named =
                Language::ALL.into_iter().find_map(|language| find_option(field_in(language, id).control, text));
            match named.or_else(|| find_wire_option(id, text)) {
                Some(at) => {
                    choose(draft, at);
                    Ok(())
                }
                None => {
                    let all: Vec<&str> = options.iter().map(|(name, _)| *name).collect();
                    Err(tr!("{label} is one of: {names}", label = id.label(), names = all.join(", ")))
                }
            }
        }
        Control::Switch { set, .. } => match text.to_ascii_lowercase().as_str() {
            "true" | "1" | "yes" | "on" | "是" | "开" => {
                set(draft, true);
                Ok(())
            }
            "false" | "0" | "no" | "off" | "否" | "关" => {
                set(draft, false);
                Ok(())
            }
            _ => Err(tr!("{label} is true or false", label = id.label())),
        },
        Control::Ports => Err(tr!("Ports are a table and not one value")),
        Control::Fixed { value } => Err(tr!("{label} is always {value}", label = id.label(), value)),
    }
}

/// The option of this name, in the language of the control.
fn find_option(control: Control, text: &str) -> Option<usize> {
    match control {
        Control::Radio { options, .. } => options.iter().position(|(name, _)| name.eq_ignore_ascii_case(text)),
        Control::Picker { .. }
        | Control::Text { .. }
        | Control::Stepper { .. }
        | Control::Switch { .. }
        | Control::Ports
        | Control::Fixed { .. } => None,
    }
}

/// The option that a value of the body stands for.
fn find_wire_option(id: FieldId, text: &str) -> Option<usize> {
    match (id, text.to_ascii_lowercase().as_str()) {
        (FieldId::BandwidthKind, "0") | (FieldId::PeriodUnit, "2") => Some(0),
        (FieldId::BandwidthKind, "1") | (FieldId::PeriodUnit, "3") | (FieldId::Vnc, "false") => Some(1),
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
        let why =
            i18n::with_language(Language::Chinese, || set_field(&mut Draft::default(), FieldId::PeriodUnit, "week"));
        assert_eq!(why, Err("周期单位可选值：月, 年".into()));
    }

    #[test]
    fn what_is_no_answer_says_what_would_be_one() {
        let mut draft = Draft::default();
        for (id, text, right) in [
            (FieldId::PeriodUnit, "week", "month, year"),
            (FieldId::AutoPay, "maybe", "true or false"),
            (FieldId::Ports, "x", "table"),
            (FieldId::ChargingMode, "1", "always"),
        ] {
            assert!(set_field(&mut draft, id, text).unwrap_err().contains(right), "{id:?}");
        }
        assert_eq!(draft, Draft::default());
    }
}
