//! What the very first start says, on one screen: what this is, its steps, five keys, that nothing is
//! bought by accident, and how to leave.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::app::{Action, Model};
use crate::form::Step;

use super::overlay::{draw_panel, line_width, room};
use super::put::wrap;
use super::small::is_small;
use super::theme::Theme;

const WIDTH: u16 = 76;

pub fn draw(model: &Model, theme: Theme, frame: &mut Frame, cover: Rect) {
    let room = usize::from(room(frame.area(), cover).saturating_sub(u16::from(!is_small(frame.area()))));
    let width = line_width(frame.area(), cover, WIDTH);
    let fits =
        |lines: &Vec<(String, Style)>| lines.iter().map(|(text, _)| wrap(text, width).len()).sum::<usize>() <= room;
    let lines = Some(long(model, theme)).filter(fits).unwrap_or_else(|| short(model, theme));
    draw_panel("Welcome to cph-wizard", &lines, WIDTH, theme, frame, cover);
}

fn long(model: &Model, theme: Theme) -> Vec<(String, Style)> {
    let key = |action| model.keymap.key_of(action);
    let steps: Vec<&str> = Step::ALL.iter().map(|step| step.name()).collect();
    let row = |key: String, words: &str| (format!("  {key:<9}{words}"), theme.plain());
    let gap = || (String::new(), theme.plain());
    vec![
        ("A form that orders Huawei Cloud Phone servers. Every choice comes from the cloud.".into(), theme.plain()),
        gap(),
        (format!("Steps: {}.", steps.join(", ")), theme.plain()),
        ("Take them in any order; no answer is lost.".into(), theme.plain()),
        gap(),
        row(key(Action::Accept), "takes what the field shows and goes on"),
        row(key(Action::NextField), "next field; Shift-Tab the one before"),
        row(key(Action::Goto), "goes to a step by its name"),
        row(key(Action::FieldHelp), "explains the field; ? lists every key"),
        row(key(Action::Undo), "takes the last change back"),
        gap(),
        (nothing_is_bought(model), theme.strong()),
        (leaving(model), theme.plain()),
        gap(),
        (CLOSING.into(), theme.faint()),
    ]
}

fn short(model: &Model, theme: Theme) -> Vec<(String, Style)> {
    let key = |action| model.keymap.key_of(action);
    let keys = format!(
        "{} go on, {} next, {} go to, {} help, {} undo",
        key(Action::Accept),
        key(Action::NextField),
        key(Action::Goto),
        key(Action::FieldHelp),
        key(Action::Undo)
    );
    vec![
        ("A form that orders Cloud Phone servers, step by step.".into(), theme.plain()),
        ("Take the steps in any order; no answer is lost.".into(), theme.plain()),
        (keys, theme.plain()),
        (nothing_is_bought(model), theme.strong()),
        (leaving(model), theme.plain()),
        (CLOSING.into(), theme.faint()),
    ]
}

const CLOSING: &str = "Esc closes this; any other key goes on in the form.";

fn nothing_is_bought(model: &Model) -> String {
    let key = model.keymap.key_of(Action::PlaceOrder);
    format!("Nothing is bought before Review asks for {key}; Enter never buys.")
}

fn leaving(model: &Model) -> String {
    format!("{} leaves and keeps what you filled in.", model.keymap.key_of(Action::Leave))
}
