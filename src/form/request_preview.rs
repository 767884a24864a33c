//! The request preview: the lines of the body for a draft, which may be incomplete. For a draft that is a valid order
//! the lines are the exact body; a test checks this.

use crate::order::{BandwidthKind, Draft, FieldId, Number, Vnc};
use crate::text::sanitize::escaped_json;

/// A line of the request, and the field that it belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreviewLine {
    pub text: String,
    pub field: Option<FieldId>,
}

/// Returns all lines of the request. A mandatory member without an answer is shown as `...`.
#[must_use]
pub fn request_preview(draft: &Draft) -> Vec<PreviewLine> {
    let mut top = Object::default();
    top.text(FieldId::ServerName, &draft.server_name);
    top.text(FieldId::ServerFlavor, &draft.server_flavor);
    top.text(FieldId::PhoneFlavor, &draft.phone_flavor);
    top.text(FieldId::Image, &draft.image_id);
    top.number(FieldId::Count, &draft.count);
    if !draft.key_pair.is_empty() {
        top.text(FieldId::KeyPair, &draft.key_pair);
    }
    match draft.vnc {
        Vnc::Unset => {}
        Vnc::Off => top.text(FieldId::Vnc, "false"),
        Vnc::On => top.text(FieldId::Vnc, "true"),
    }
    if !draft.ports.is_empty() {
        let rows = draft.ports.iter().map(|port| {
            let mut row = Object::default();
            row.member(FieldId::Ports, "name", &quoted_or_open(&port.name));
            row.member(FieldId::Ports, "listen_port", &plain_or_open(&port.number));
            row.member(FieldId::Ports, "internet_accessible", if port.public { "\"true\"" } else { "\"false\"" });
            row
        });
        top.list(FieldId::Ports, "ports", rows.collect());
    }
    if !draft.subnet.is_empty() {
        top.text(FieldId::Subnet, &draft.subnet);
    }
    let mut bandwidth = Object::default();
    match draft.bandwidth {
        BandwidthKind::ExistingShared => bandwidth.text(FieldId::BandwidthId, &draft.bandwidth_id),
        BandwidthKind::Dedicated => {
            bandwidth.number(FieldId::BandwidthKind, "0");
            if !draft.bandwidth_size.is_empty() {
                bandwidth.number(FieldId::BandwidthSize, &draft.bandwidth_size);
            }
        }
        BandwidthKind::NewShared => {
            bandwidth.number(FieldId::BandwidthKind, "1");
            bandwidth.number(FieldId::BandwidthSize, &draft.bandwidth_size);
        }
    }
    top.object(FieldId::BandwidthKind, "band_width", bandwidth);
    let mut extend = Object::default();
    extend.number(FieldId::ChargingMode, "0");
    extend.number(FieldId::PeriodUnit, &draft.period_unit.wire().to_string());
    extend.number(FieldId::PeriodNumber, &draft.period_number);
    extend.number(FieldId::AutoPay, if draft.auto_pay { "1" } else { "0" });
    top.object(FieldId::PeriodUnit, "extend_param", extend);
    top.close(None, "", "").0
}

fn quoted_or_open(text: &str) -> String {
    if text.is_empty() { "...".into() } else { escaped_json(&serde_json::Value::from(text).to_string()) }
}

/// Returns a number as it will be written in the body; a text that is not a number is quoted as typed, an empty one
/// becomes `...`.
fn plain_or_open(typed: &str) -> String {
    Number::read(typed).whole().map_or_else(|| quoted_or_open(typed), |number| number.to_string())
}

/// The members of an object, each as one or more lines without the comma after it.
#[derive(Default)]
struct Object {
    members: Vec<Vec<PreviewLine>>,
}

/// The lines of a complete object; a newtype, so that closing is always explicit.
struct Closed(Vec<PreviewLine>);

impl Object {
    fn member(&mut self, field: FieldId, name: &str, value: &str) {
        self.members.push(vec![PreviewLine { text: format!("\"{name}\": {value}"), field: Some(field) }]);
    }

    fn text(&mut self, field: FieldId, text: &str) {
        self.member(field, leaf(field), &quoted_or_open(text));
    }

    fn number(&mut self, field: FieldId, typed: &str) {
        self.member(field, leaf(field), &plain_or_open(typed));
    }

    fn object(&mut self, field: FieldId, name: &str, inner: Self) {
        self.members.push(inner.close(Some(field), &format!("\"{name}\": "), "").0);
    }

    fn list(&mut self, field: FieldId, name: &str, rows: Vec<Self>) {
        let mut lines = vec![PreviewLine { text: format!("\"{name}\": ["), field: Some(field) }];
        let last = rows.len().saturating_sub(1);
        for (at, row) in rows.into_iter().enumerate() {
            let comma = if at == last { "" } else { "," };
            lines.extend(indented(row.close(Some(field), "", comma).0));
        }
        lines.push(PreviewLine { text: "]".into(), field: Some(field) });
        self.members.push(lines);
    }

    fn close(self, field: Option<FieldId>, before: &str, after: &str) -> Closed {
        let mut lines = vec![PreviewLine { text: format!("{before}{{"), field }];
        let last = self.members.len().saturating_sub(1);
        for (at, mut member) in self.members.into_iter().enumerate() {
            if let Some(line) = member.last_mut().filter(|_| at != last) {
                line.text.push(',');
            }
            lines.extend(indented(member));
        }
        lines.push(PreviewLine { text: format!("}}{after}"), field });
        Closed(lines)
    }
}

fn indented(lines: Vec<PreviewLine>) -> impl Iterator<Item = PreviewLine> {
    lines.into_iter().map(|line| PreviewLine { text: format!("  {}", line.text), ..line })
}

/// Returns the member's own name, without the object that contains it.
fn leaf(field: FieldId) -> &'static str {
    let name = field.json_name();
    name.rsplit('.').next().unwrap_or(name)
}
