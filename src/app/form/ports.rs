//! The ports table: moves the cursor over its cells and changes its rows.

use crate::form::{Edit, PastedPort, TextCursor};
use crate::i18n::tr;
use crate::order::{FieldId, PORT, PortColumn, PortDraft};

use crate::app::form::numbers::is_digits;
use crate::app::form::ports_cursor::PortsCursor;
use crate::app::form::state::Form;
use crate::app::msg::Effect;

impl Form {
    pub(in crate::app) fn focus_port(&mut self, row: usize, column: PortColumn) {
        let row = row.min(self.draft.ports.len());
        self.ports = PortsCursor { row, column };
        self.overwrite_on_type = column == PortColumn::Number;
        let text = self.draft.ports.get(row).map_or("", |port| match column {
            PortColumn::Name => port.name.as_str(),
            PortColumn::Number => port.number.as_str(),
            PortColumn::Public => "",
        });
        self.cursor = TextCursor::at_end(text);
    }

    fn port_text(&mut self) -> Option<&mut String> {
        let port = self.draft.ports.get_mut(self.ports.row)?;
        match self.ports.column {
            PortColumn::Name => Some(&mut port.name),
            PortColumn::Number => Some(&mut port.number),
            PortColumn::Public => None,
        }
    }

    pub(in crate::app) fn edit_port(&mut self, edit: Edit) {
        let is_number = self.ports.column == PortColumn::Number;
        if let (true, Edit::Insert(c)) = (is_number, edit)
            && self.digits_of(FieldId::Ports, c.encode_utf8(&mut [0; 4])).is_empty()
        {
            return;
        }
        let mut cursor = self.cursor;
        let starts_anew = self.overwrite_on_type && matches!(edit, Edit::Insert(_));
        self.overwrite_on_type = false;
        let Some(text) = self.port_text() else { return };
        if starts_anew {
            text.clear();
            cursor = TextCursor(0);
        }
        let changed = cursor.edit(text, edit) || starts_anew;
        self.cursor = cursor;
        if changed {
            self.answered(FieldId::Ports);
        }
    }

    /// Adds a port with a text as its name and the next free number, and focuses the name.
    pub(in crate::app) fn add_port(&mut self, name: &str) {
        let number = self.next_free_port().map_or_else(String::new, |n| n.to_string());
        self.draft.ports.push(PortDraft { name: name.into(), number, public: false });
        self.focus_port(self.draft.ports.len() - 1, PortColumn::Name);
        self.answered(FieldId::Ports);
    }

    /// Returns the number after the largest one in the table, or else the first free one; `None` if all are taken.
    fn next_free_port(&self) -> Option<i64> {
        let taken: Vec<i64> = self.draft.ports.iter().filter_map(|port| port.number.parse().ok()).collect();
        let after = taken.iter().max().map(|n| n.saturating_add(1)).filter(|n| PORT.holds(*n));
        after.or_else(|| (PORT.least..=PORT.most).find(|n| !taken.contains(n)))
    }

    /// Steps the number under the cursor by `by`, and on to the next one that no other row has. A text that is no
    /// number becomes the greatest free port for a negative step, else the least.
    pub(in crate::app) fn step_port_number(&mut self, by: i64) {
        let at = self.ports.row;
        let Some(port) = self.draft.ports.get(at) else { return };
        let now: Option<i64> = port.number.trim().parse().ok();
        let others = self.draft.ports.iter().enumerate().filter(|(row, _)| *row != at);
        let taken: Vec<i64> = others.filter_map(|(_, port)| port.number.trim().parse().ok()).collect();
        let from = now.map_or(if by < 0 { PORT.most } else { PORT.least }, |n| n.saturating_add(by));
        let from = from.clamp(PORT.least, PORT.most);
        let is_free = |n: &i64| !taken.contains(n) && Some(*n) != now;
        let next = if by < 0 { (PORT.least..=from).rev().find(is_free) } else { (from..=PORT.most).find(is_free) };
        let Some(next) = next else {
            self.say(if by < 0 {
                tr!("No port below this one is free: ports are {range}", range = PORT)
            } else {
                tr!("No port above this one is free: ports are {range}", range = PORT)
            });
            return;
        };
        let Some(port) = self.draft.ports.get_mut(at) else { return };
        port.number = next.to_string();
        self.cursor = TextCursor::at_end(&port.number);
        self.overwrite_on_type = true;
        self.answered(FieldId::Ports);
    }

    pub(in crate::app) fn toggle_port_reach(&mut self) {
        let Some(port) = self.draft.ports.get_mut(self.ports.row) else { return };
        port.public = !port.public;
        self.answered(FieldId::Ports);
    }

    pub(in crate::app) fn delete_port(&mut self) {
        if self.ports.row >= self.draft.ports.len() {
            return;
        }
        let gone = self.draft.ports.remove(self.ports.row);
        self.say(tr!(
            "Port {name} {number} deleted",
            name = crate::text::sanitize::visible(&gone.name),
            number = gone.number
        ));
        self.focus_port(self.ports.row, PortColumn::Name);
        self.answered(FieldId::Ports);
    }

    pub(in crate::app) fn move_port(&mut self, by: isize) {
        let to = self.ports.row.checked_add_signed(by).filter(|to| *to < self.draft.ports.len());
        let Some(to) = to.filter(|_| self.ports.row < self.draft.ports.len()) else { return };
        self.draft.ports.swap(self.ports.row, to);
        self.ports.row = to;
        self.answered(FieldId::Ports);
    }

    /// Moves the cursor by `by` rows, in the same column.
    pub(in crate::app) fn step_port_row(&mut self, by: isize) {
        let row = self.ports.row.saturating_add_signed(by).min(self.draft.ports.len());
        self.leave_port_cell();
        self.focus_port(row, self.ports.column);
    }

    /// Handles Tab and Enter: goes to the next cell, then to the next row, and from the row for a new port to the next
    /// field.
    pub(in crate::app) fn next_port_cell(&mut self) -> Vec<Effect> {
        self.leave_port_cell();
        let PortsCursor { row, column } = self.ports;
        match column {
            _ if row >= self.draft.ports.len() => return self.next_field(),
            PortColumn::Name => self.focus_port(row, PortColumn::Number),
            PortColumn::Number => self.focus_port(row, PortColumn::Public),
            PortColumn::Public => self.focus_port(row + 1, PortColumn::Name),
        }
        Vec::new()
    }

    pub(in crate::app) fn previous_port_cell(&mut self) -> Vec<Effect> {
        self.leave_port_cell();
        let PortsCursor { row, column } = self.ports;
        match (row, column) {
            (0, PortColumn::Name) => return self.previous_field(),
            (row, _) if row >= self.draft.ports.len() => self.focus_port(row - 1, PortColumn::Public),
            (row, PortColumn::Name) => self.focus_port(row - 1, PortColumn::Public),
            (row, PortColumn::Number) => self.focus_port(row, PortColumn::Name),
            (row, PortColumn::Public) => self.focus_port(row, PortColumn::Number),
        }
        Vec::new()
    }

    fn leave_port_cell(&mut self) {
        self.trim_ports();
        if self.is_answered(FieldId::Ports) {
            self.shown_errors.insert(FieldId::Ports);
        }
    }

    pub(in crate::app) fn trim_ports(&mut self) {
        for port in &mut self.draft.ports {
            for text in [&mut port.name, &mut port.number] {
                if text.trim().len() != text.len() {
                    *text = text.trim().to_owned();
                }
            }
        }
        self.recheck();
    }

    /// Adds the valid rows of a pasted list and reports how many were left out.
    pub(in crate::app) fn take_pasted_ports(&mut self, rows: Vec<PastedPort>) {
        let all = rows.len();
        let rows: Vec<PortDraft> = rows.into_iter().filter_map(PastedPort::into_port).collect();
        self.say(match (rows.len(), all - rows.len()) {
            (0, _) => tr!("No port added: none of these rows can be taken"),
            (n, 0) => tr!("{n} port added" | "{n} ports added" % n),
            (n, out) => tr!("{n} port added, {out} left out" | "{n} ports added, {out} left out" % n, out),
        });
        if rows.is_empty() {
            return;
        }
        self.draft.ports.extend(rows);
        self.focus_port(self.draft.ports.len(), PortColumn::Name);
        self.answered(FieldId::Ports);
        self.shown_errors.insert(FieldId::Ports);
    }

    pub(in crate::app) fn paste_port_text(&mut self, line: &str) {
        if self.ports.row >= self.draft.ports.len() {
            self.add_port(line);
            return;
        }
        let is_number = self.ports.column == PortColumn::Number;
        if is_number && !is_digits(line.trim()) {
            return self.refuse_paste(FieldId::Ports);
        }
        let line = if is_number { line.trim() } else { line };
        let mut cursor = self.cursor;
        let starts_anew = std::mem::take(&mut self.overwrite_on_type);
        let Some(text) = self.port_text() else { return };
        if starts_anew {
            text.clear();
            cursor = TextCursor(0);
        }
        cursor.insert(text, line);
        self.cursor = cursor;
        self.answered(FieldId::Ports);
    }
}
