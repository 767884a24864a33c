//! The table of ports: rows that are added as text and changed by their number.

use crate::app::{Action, ClickTarget, Model, Overlay};
use crate::form::{PastedPort, parse_ports};
use crate::i18n::tr;
use crate::order::{FieldId, PortColumn, PortDraft};

use super::command::{Command, CommandName};
use super::line_handler::LineHandler;
use super::output::shorten;
use super::output::{OutputItem, text};

pub(super) fn list(model: &Model) -> Vec<OutputItem> {
    let ports = &model.form.draft.ports;
    if ports.is_empty() {
        return vec![text(tr!("There are no ports yet."))];
    }
    ports
        .iter()
        .enumerate()
        .map(|(at, port)| {
            let number = at + 1;
            text(tr!("{number}. {port}", number, port = port_text(port)))
        })
        .collect()
}

pub(super) fn port_text(port: &PortDraft) -> String {
    let (name, number) = (shorten(&port.name), shorten(&port.number));
    if port.public { tr!("{name} {number} public", name, number) } else { tr!("{name} {number} private", name, number) }
}

/// Returns the rows of a pasted list, with errors and remarks, for confirmation.
pub(super) fn pasted(rows: &[PastedPort]) -> Vec<OutputItem> {
    let line = |row: &PastedPort| {
        let words = match &row.read {
            Ok(port) => port_text(port),
            Err(why) => return super::output::error(&tr!("{line}: {why}", line = shorten(&row.line), why)),
        };
        text(match &row.remark {
            Some(remark) => tr!("{port}: {remark}", port = words, remark),
            None => words,
        })
    };
    rows.iter().map(line).collect()
}

/// Returns a line as a list to paste: rows separated by commas or semicolons, or one row in any format that can be
/// pasted. `None` if it is neither.
fn read(typed: &str) -> Option<String> {
    let in_lines = typed.replace([',', ';'], "\n");
    let is_whole = |list: &str| parse_ports(list, &[]).is_some_and(|rows| rows.iter().all(|row| row.read.is_ok()));
    if is_whole(&in_lines) {
        return Some(in_lines);
    }
    parse_ports(typed, &[]).is_some().then(|| typed.to_owned())
}

impl LineHandler<'_> {
    /// Adds ports from a line by pasting it, with the same checks and the same question as on the screen. No question
    /// is asked if every row is valid and without a remark.
    pub fn add_ports(&mut self, typed: &str) {
        let Some(list) = read(typed) else {
            self.error(&tr!("{typed} is no port; a port is like web 20000 public", typed = shorten(typed)));
            return;
        };
        self.focus(FieldId::Ports);
        self.leave_cells();
        self.paste(&list);
        let Some(Overlay::PastedPorts(ports)) = &self.model.overlay else { return };
        let rows = &ports.0;
        if !rows.iter().any(PastedPort::is_valid) {
            let said = pasted(rows);
            self.print_all(said);
            return self.close();
        }
        // What can be taken whole and without a remark needs no question.
        if rows.iter().all(|row| row.is_valid() && row.remark.is_none()) {
            self.enter();
            self.say_ports_problems();
        }
    }

    pub fn say_ports_problems(&mut self) {
        let wrong: Vec<String> = self.model.form.shown_issues(FieldId::Ports).map(ToString::to_string).collect();
        for why in &wrong {
            self.error(why);
        }
    }

    /// Runs a command on the port with the number that the argument begins with, then prints the table.
    pub fn port_command(&mut self, command: &Command) {
        let (number, rest) = command.rest.split_once(char::is_whitespace).unwrap_or((&command.rest, ""));
        let all = self.model.form.draft.ports.len();
        let Some(at) = number.parse().ok().and_then(|number: usize| number.checked_sub(1)).filter(|at| *at < all)
        else {
            self.error(&tr!(
                "There is no port {number}; the list has {n} port"
                    | "There is no port {number}; the list has {n} ports" % all,
                number = shorten(number)
            ));
            return;
        };
        match command.word {
            CommandName::Edit => self.edit_port(at, rest.trim()),
            CommandName::Delete => {
                self.cell(at, PortColumn::Name);
                self.act(Action::DeleteRow);
            }
            CommandName::Up => {
                self.cell(at, PortColumn::Name);
                self.act(Action::MoveRowUp);
            }
            CommandName::Down => {
                self.cell(at, PortColumn::Name);
                self.act(Action::MoveRowDown);
            }
            CommandName::Public | CommandName::Private => self.reach(at, command.word == CommandName::Public),
            _ => {}
        }
        self.leave_cells();
        let said = list(self.model);
        self.print_all(said);
    }

    fn cell(&mut self, row: usize, column: PortColumn) {
        self.focus(FieldId::Ports);
        // A click on the cell under the cursor would switch it.
        self.leave_cells();
        self.click(ClickTarget::PortCell(row, column));
    }

    fn edit_port(&mut self, at: usize, typed: &str) {
        let port = parse_ports(typed, &[]).and_then(|rows| match <[PastedPort; 1]>::try_from(rows) {
            Ok([row]) => row.read.ok(),
            Err(_) => None,
        });
        let Some(port) = port else {
            self.error(&tr!("{typed} is no port; a port is like web 20000 public", typed = shorten(typed)));
            return;
        };
        self.cell(at, PortColumn::Name);
        self.retype(&port.name);
        self.cell(at, PortColumn::Number);
        self.paste(&port.number);
        // What is not said of the reach stays.
        if typed.split(|c: char| c.is_whitespace() || ",;:".contains(c)).filter(|part| !part.is_empty()).count() > 2 {
            self.reach(at, port.public);
        }
    }

    fn reach(&mut self, at: usize, public: bool) {
        if self.model.form.draft.ports.get(at).is_some_and(|port| port.public != public) {
            self.cell(at, PortColumn::Public);
            self.act(Action::Toggle);
        }
    }
}
