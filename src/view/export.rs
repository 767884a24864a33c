//! The export of the order for another tool, over the whole page: the formats in one line, and the text below it.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::widgets::{Clear, Widget};

use crate::app::{ExportView, Model, export_rows};
use crate::export::Format;
use crate::i18n::tr;

use super::text::draw_text;
use super::theme::Theme;
use crate::text::wrap::wrap;

pub fn draw(model: &Model, exporting: ExportView, theme: Theme, frame: &mut Frame, page: Rect) {
    // The line of keys stays.
    Clear.render(page, frame.buffer_mut());
    let mut x = page.x;
    for format in Format::ALL {
        let style = if format == exporting.format { theme.selected() } else { theme.text() };
        x = draw_text(
            frame.buffer_mut(),
            x,
            page.y,
            page.right().saturating_sub(x),
            &format!(" {} ", format.name()),
            style,
        );
    }
    let (rows, refused) = match exporting.text(&model.form, &model.account.label) {
        Some(Ok(text)) => (export_rows(&text, page.width), None),
        Some(Err(why)) => (Vec::new(), Some(why.to_string())),
        None => (Vec::new(), None),
    };
    let said = match model.message.as_ref().or(refused.as_ref()) {
        Some(message) => wrap(message, page.width),
        None => {
            let room = usize::from(page.height.saturating_sub(3));
            let (from, to, all) = (exporting.top + 1, (exporting.top + room).min(rows.len()), rows.len());
            vec![tr!("{about}: rows {from}-{to} of {all}", about = exporting.format.about(), from, to, all)]
        }
    };
    let foot = u16::try_from(said.len()).unwrap_or(u16::MAX).min(page.height);
    let text = Rect { y: page.y + 2.min(page.height), height: page.height.saturating_sub(2 + foot), ..page };
    for (row, y) in rows.iter().skip(exporting.top).zip(text.y..text.bottom()) {
        let style = if row.is_remark { theme.warning() } else { theme.text() };
        draw_text(frame.buffer_mut(), text.x, y, text.width, &row.text, style);
    }
    for (line, y) in said.iter().zip(page.bottom().saturating_sub(foot)..page.bottom()) {
        draw_text(frame.buffer_mut(), page.x, y, page.width, line, theme.accent());
    }
}
