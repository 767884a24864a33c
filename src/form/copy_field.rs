//! Copies the answer to a field from one draft to another, and sets a field from a flag of the command line.

use crate::order::{BandwidthKind, Draft, FieldId, PortDraft};
use crate::text::sanitize::brief;

use super::control::Control;
use super::field_table::field;
use super::paste_parser::parse_ports;
use super::pasted_port::PastedPort;
use super::set_field::{InvalidAnswer, set_field};

/// Copies the answer to one field from one draft to another; a fixed field has none.
pub fn copy_field(id: FieldId, from: &Draft, to: &mut Draft) {
    match field(id).control {
        Control::Picker { slot, .. } | Control::Text { slot, .. } | Control::Stepper { slot, .. } => {
            (slot.read)(from).clone_into((slot.write)(to));
        }
        Control::Radio { chosen, choose, .. } => choose(to, chosen(from)),
        Control::Ports => to.ports.clone_from(&from.ports),
        Control::Fixed { .. } => {}
    }
}

/// Returns whether two drafts give a field the same answer.
#[must_use]
pub fn is_same_answer(id: FieldId, one: &Draft, other: &Draft) -> bool {
    match field(id).control {
        Control::Picker { slot, .. } | Control::Text { slot, .. } | Control::Stepper { slot, .. } => {
            (slot.read)(one) == (slot.read)(other)
        }
        Control::Radio { chosen, .. } => chosen(one) == chosen(other),
        Control::Ports => one.ports == other.ports,
        Control::Fixed { .. } => true,
    }
}

/// Returns whether a draft lacks an answer that an order needs, so that there is nothing to carry over. An optional
/// field that is empty counts as answered.
#[must_use]
pub fn is_missing(id: FieldId, draft: &Draft) -> bool {
    match field(id).control {
        Control::Picker { slot, optional, .. } => !optional && (slot.read)(draft).is_empty(),
        Control::Text { slot, .. } => id == FieldId::ServerName && (slot.read)(draft).is_empty(),
        Control::Stepper { .. } | Control::Radio { .. } | Control::Ports => false,
        Control::Fixed { .. } => true,
    }
}

/// Puts an answer into the draft in the syntax of `--set`. Ports are a list such as `web 20000 public, api 20001`. A
/// bandwidth id also selects an existing shared bandwidth, as in the operation, where an id takes precedence over the
/// type.
pub fn set_from_flag(draft: &mut Draft, id: FieldId, text: &str) -> Result<(), InvalidAnswer> {
    if id == FieldId::Ports {
        draft.ports = match text.trim() {
            "" => Vec::new(),
            list => parse_port_list(list)?,
        };
        return Ok(());
    }
    set_field(draft, id, text)?;
    if id == FieldId::BandwidthId && !draft.bandwidth_id.is_empty() {
        draft.bandwidth = BandwidthKind::ExistingShared;
    }
    Ok(())
}

/// Reads the ports of a list on one line, or of any list that can be pasted. The first row that cannot be read fails
/// the whole list.
fn parse_port_list(list: &str) -> Result<Vec<PortDraft>, InvalidAnswer> {
    // Nobody types line breaks into a command line.
    let in_lines = parse_ports(&list.replace([',', ';'], "\n"), &[]);
    let is_whole = |rows: &Vec<PastedPort>| rows.iter().all(|row| row.read.is_ok());
    let rows = in_lines.filter(is_whole).or_else(|| parse_ports(list, &[]));
    let rows = rows.ok_or(InvalidAnswer::NotAPortList)?;
    rows.into_iter()
        .map(|row| row.read.map_err(|why| InvalidAnswer::Port { line: brief(&row.line, 60), why }))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::order::FieldId as F;
    use crate::order::{PeriodUnit, Vnc};

    fn full() -> Draft {
        Draft {
            server_flavor: "s".into(),
            phone_flavor: "p".into(),
            image_id: "i".into(),
            server_name: "n".into(),
            count: "3".into(),
            bandwidth: BandwidthKind::NewShared,
            bandwidth_id: "b".into(),
            bandwidth_size: "5".into(),
            period_unit: PeriodUnit::Year,
            period_number: "2".into(),
            auto_pay: true,
            ports: vec![PortDraft { name: "web".into(), number: "20000".into(), public: true }],
            key_pair: "k".into(),
            vnc: Vnc::On,
            subnet: "10.0.0.0/16".into(),
        }
    }

    #[test]
    fn all_fields_together_carry_the_whole_draft() {
        let (from, mut to) = (full(), Draft::default());
        for id in FieldId::ALL {
            let is_fixed = id == FieldId::ChargingMode;
            assert_eq!(is_same_answer(id, &from, &to), is_fixed, "{id:?}");
            copy_field(id, &from, &mut to);
            assert!(is_same_answer(id, &from, &to), "{id:?}");
        }
        assert_eq!(from, to);
    }

    #[test]
    fn only_what_an_order_needs_is_open() {
        let open: Vec<FieldId> = FieldId::ALL.into_iter().filter(|id| is_missing(*id, &Draft::default())).collect();
        assert_eq!(open, [F::ServerFlavor, F::PhoneFlavor, F::Image, F::ServerName, F::BandwidthId, F::ChargingMode]);
        assert_eq!(FieldId::ALL.into_iter().filter(|id| is_missing(*id, &full())).count(), 1);
    }

    #[test]
    fn a_list_of_ports_and_the_id_of_a_bandwidth_can_be_given_on_a_line() {
        let mut draft = Draft::default();
        set_from_flag(&mut draft, FieldId::Ports, "web 20000 public, api:20001").unwrap();
        let shown: Vec<(&str, bool)> = draft.ports.iter().map(|port| (port.number.as_str(), port.public)).collect();
        assert_eq!(shown, [("20000", true), ("20001", false)]);
        set_from_flag(&mut draft, FieldId::Ports, "one,20002,public").unwrap();
        assert_eq!(draft.ports.len(), 1);
        assert!(set_from_flag(&mut draft, FieldId::Ports, "web").unwrap_err().to_string().contains("web 20000 public"));
        assert_eq!(draft.ports.len(), 1);
        set_from_flag(&mut draft, FieldId::Ports, " ").unwrap();
        assert!(draft.ports.is_empty());
        set_from_flag(&mut draft, FieldId::BandwidthId, "b").unwrap();
        assert_eq!(draft.bandwidth, BandwidthKind::ExistingShared);
        assert!(set_from_flag(&mut draft, FieldId::AutoPay, "maybe").is_err());
    }
}
