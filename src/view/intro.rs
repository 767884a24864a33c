//! What the very first start says, on one screen: what this is, its steps, five keys, that nothing is
//! bought by accident, and how to leave.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::app::{Action, Model, padded};
use crate::form::Step;
use crate::words::{self, phrase, tr};

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
    draw_panel(words::of(phrase!("Welcome to cph-wizard")), &lines, WIDTH, theme, frame, cover);
}

fn long(model: &Model, theme: Theme) -> Vec<(String, Style)> {
    let key = |action| model.keymap.key_of(action);
    let steps: Vec<&str> = Step::ALL.iter().map(|step| step.name()).collect();
    let row = |key: String, words: String| (format!("  {}{words}", padded(&key, 9)), theme.plain());
    let gap = || (String::new(), theme.plain());
    vec![
        (tr!("A form that orders Huawei Cloud Phone servers. Every choice comes from the cloud."), theme.plain()),
        gap(),
        (tr!("Steps: {steps}.", steps = steps.join(words::of(phrase!(", ")))), theme.plain()),
        (tr!("Take them in any order; no answer is lost."), theme.plain()),
        gap(),
        row(key(Action::Accept), tr!("takes what the field shows and goes on")),
        row(key(Action::NextField), tr!("next field; {back} the one before", back = key(Action::PreviousField))),
        row(key(Action::Goto), tr!("goes to a step by its name")),
        row(key(Action::FieldHelp), tr!("explains the field; {keys} lists every key", keys = key(Action::Keys))),
        row(key(Action::Undo), tr!("takes the last change back")),
        gap(),
        (nothing_is_bought(model), theme.strong()),
        (leaving(model), theme.plain()),
        gap(),
        (words::of(CLOSING).into(), theme.faint()),
    ]
}

fn short(model: &Model, theme: Theme) -> Vec<(String, Style)> {
    let key = |action| model.keymap.key_of(action);
    let keys = tr!(
        "{accept} go on, {next} next, {goto} go to, {help} help, {undo} undo",
        accept = key(Action::Accept),
        next = key(Action::NextField),
        goto = key(Action::Goto),
        help = key(Action::FieldHelp),
        undo = key(Action::Undo)
    );
    vec![
        (tr!("A form that orders Cloud Phone servers, step by step."), theme.plain()),
        (tr!("Take the steps in any order; no answer is lost."), theme.plain()),
        (keys, theme.plain()),
        (nothing_is_bought(model), theme.strong()),
        (leaving(model), theme.plain()),
        (words::of(CLOSING).into(), theme.faint()),
    ]
}

const CLOSING: &str = phrase!("Esc closes this; any other key goes on in the form.");

fn nothing_is_bought(model: &Model) -> String {
    let key = model.keymap.key_of(Action::PlaceOrder);
    tr!("Nothing is bought before Review asks for {key}; Enter never buys.", key)
}

fn leaving(model: &Model) -> String {
    tr!("{key} leaves and keeps what you filled in.", key = model.keymap.key_of(Action::Leave))
}
