//! The page that waits for the response, and the page with the outcome of the order.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::app::{Action, ID_LABEL_WIDTH, Model, PageRow, ResultPage, Tone, Waiting, outcome_page};
use crate::i18n::tr;
use crate::text::sanitize::visible;

use super::text::draw_text;
use super::theme::Theme;
use crate::text::wrap::wrap;

/// Writer of wrapped paragraphs, one below the other.
struct LineWriter<'a, 'b> {
    frame: &'a mut Frame<'b>,
    area: Rect,
    y: u16,
}

impl LineWriter<'_, '_> {
    fn line(&mut self, text: &str, style: Style) {
        for line in wrap(text, self.area.width) {
            if self.y < self.area.bottom() {
                draw_text(self.frame.buffer_mut(), self.area.x, self.y, self.area.width, &line, style);
            }
            self.y += 1;
        }
    }
}

fn with_margin(body: Rect) -> Rect {
    Rect { x: body.x + 2.min(body.width), width: body.width.saturating_sub(2), ..body }
}

pub fn draw_waiting(model: &Model, waiting: &Waiting, theme: Theme, frame: &mut Frame, body: Rect) {
    let area = with_margin(body);
    let mut column = LineWriter { frame, area, y: area.y };
    let seconds = model.now.saturating_sub(waiting.since) / 1000;
    let doing = if waiting.is_sending {
        tr!("The order is sent; its answer is awaited: {seconds} s", seconds)
    } else {
        tr!("The order is being sent: {seconds} s", seconds)
    };
    let key = model.keymap.key_of(Action::Quit);
    column.line(&waiting.impact.summary(), theme.accent());
    column.line("", theme.text());
    column.line(&doing, theme.focus());
    column.line(&tr!("An answer usually comes within a few seconds; after 150 s it is given up."), theme.text());
    column.line(&tr!("It is sent exactly once, whatever happens."), theme.text());
    column.line("", theme.text());
    if waiting.leaving {
        column.line(
            &tr!("The order may already be placed. Wait for the answer, or press {key} again to leave.", key),
            theme.problem(),
        );
        column.line(
            &tr!(
                "If you leave: look for servers named {name} before you order again.",
                name = visible(&waiting.server_name)
            ),
            theme.text(),
        );
    } else {
        column.line(&tr!("Leaving does not take the order back: {key} asks first.", key), theme.text());
    }
}

pub fn draw_result(model: &Model, result: &ResultPage, theme: Theme, frame: &mut Frame, body: Rect) {
    let area = with_margin(body);
    let rows = outcome_page(&model.journal, &model.keymap, result, area.width);
    let height = usize::from(area.height);
    // The last row shows that there is more.
    let is_cut = rows.len() > height && height > 1;
    let room = if is_cut { height - 1 } else { height };
    let top = result.top.min(rows.len().saturating_sub(room));
    for (row, y) in rows.iter().skip(top).take(room).zip(area.y..area.bottom()) {
        draw_row(row, theme, frame, Rect { y, height: 1, ..area });
    }
    if is_cut {
        let key = |action| model.keymap.key_of(action);
        let words = if top + room < rows.len() {
            tr!("-- more: {down}, {page_down} --", down = key(Action::Down), page_down = key(Action::PageDown))
        } else {
            tr!("-- end: {up}, {page_up} scroll back --", up = key(Action::Up), page_up = key(Action::PageUp))
        };
        draw_text(frame.buffer_mut(), area.x, area.bottom() - 1, area.width, &words, theme.secondary());
    }
}

fn draw_row(row: &PageRow, theme: Theme, frame: &mut Frame, line: Rect) {
    let style = match row.tone {
        Tone::Good => theme.good(),
        Tone::Problem => theme.problem(),
        Tone::Accent | Tone::Id { is_selected: false } => theme.accent(),
        Tone::Id { is_selected: true } => theme.selected(),
        Tone::Text => theme.text(),
    };
    let indent = match row.tone {
        Tone::Id { .. } => ID_LABEL_WIDTH,
        Tone::Good | Tone::Problem | Tone::Accent | Tone::Text => 0,
    };
    draw_text(frame.buffer_mut(), line.x, line.y, indent.min(line.width), &row.label, theme.text());
    let (x, width) = (line.x + indent, line.width.saturating_sub(indent));
    draw_text(frame.buffer_mut(), x, line.y, width, &row.text, style);
}

#[cfg(test)]
mod tests {
    use crate::text::truncate::truncate_middle;

    #[test]
    fn a_name_is_cut_in_its_middle_by_its_width() {
        assert_eq!(truncate_middle("web-01", 6), "web-01");
        assert_eq!(truncate_middle("a-long-name-01", 11), "a-l...me-01");
        assert_eq!(truncate_middle("云手机服务器-01", 12), "云...器-01");
    }
}
