//! The introduction at the very first start, on one screen: what the program is, its steps, five keys, that nothing is
//! bought by accident, and how to quit.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::app::{Action, Model};
use crate::form::Step;
use crate::i18n::{self, phrase, tr};
use crate::text::width::pad_right;

use super::panel::{draw_panel, line_width, panel_height};
use super::screen_size::is_compact;
use super::theme::Theme;
use crate::text::wrap::wrap;

const WIDTH: u16 = 76;

pub fn draw(model: &Model, theme: Theme, frame: &mut Frame, cover: Rect) {
    let room = usize::from(panel_height(frame.area(), cover).saturating_sub(u16::from(!is_compact(frame.area()))));
    let width = line_width(frame.area(), cover, WIDTH);
    let fits =
        |lines: &Vec<(String, Style)>| lines.iter().map(|(text, _)| wrap(text, width).len()).sum::<usize>() <= room;
    let lines = Some(long(model, theme)).filter(fits).unwrap_or_else(|| short(model, theme));
    draw_panel(i18n::t(phrase!("Welcome to cph-wizard")), &lines, WIDTH, theme, frame, cover);
}

fn long(model: &Model, theme: Theme) -> Vec<(String, Style)> {
    let key = |action| model.keymap.key_of(action);
    let steps: Vec<&str> = Step::ALL.iter().map(|step| step.name()).collect();
    let row = |key: String, words: String| (format!("  {}{words}", pad_right(&key, 9)), theme.text());
    let gap = || (String::new(), theme.text());
    vec![
        (tr!("A form that orders Huawei Cloud Phone servers. Every choice comes from the cloud."), theme.text()),
        gap(),
        (tr!("Steps: {steps}.", steps = steps.join(i18n::t(phrase!(", ")))), theme.text()),
        (tr!("Take them in any order; no answer is lost."), theme.text()),
        gap(),
        row(key(Action::Accept), tr!("takes what the field shows and goes on")),
        row(key(Action::NextField), tr!("next field; {back} the one before", back = key(Action::PreviousField))),
        row(key(Action::Palette), tr!("goes to a step by its name")),
        row(key(Action::FieldHelp), tr!("explains the field; {keys} lists every key", keys = key(Action::Keys))),
        row(key(Action::Undo), tr!("takes the last change back")),
        gap(),
        (nothing_is_bought(model), theme.accent()),
        (leaving(model), theme.text()),
        gap(),
        (i18n::t(CLOSING).into(), theme.secondary()),
    ]
}

fn short(model: &Model, theme: Theme) -> Vec<(String, Style)> {
    let key = |action| model.keymap.key_of(action);
    let keys = tr!(
        "{accept} go on, {next} next, {goto} go to, {help} help, {undo} undo",
        accept = key(Action::Accept),
        next = key(Action::NextField),
        goto = key(Action::Palette),
        help = key(Action::FieldHelp),
        undo = key(Action::Undo)
    );
    vec![
        (tr!("A form that orders Cloud Phone servers, step by step."), theme.text()),
        (tr!("Take the steps in any order; no answer is lost."), theme.text()),
        (keys, theme.text()),
        (nothing_is_bought(model), theme.accent()),
        (leaving(model), theme.text()),
        (i18n::t(CLOSING).into(), theme.secondary()),
    ]
}

const CLOSING: &str = phrase!("Esc closes this; any other key goes on in the form.");

fn nothing_is_bought(model: &Model) -> String {
    let key = model.keymap.key_of(Action::PlaceOrder);
    tr!("Nothing is bought before Review asks for {key}; Enter never buys.", key)
}

fn leaving(model: &Model) -> String {
    tr!("{key} leaves and keeps what you filled in.", key = model.keymap.key_of(Action::Quit))
}
