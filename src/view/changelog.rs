//! The log of changes, newest first: which field changed, when and how.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::app::{ChangeKind, LogEntry, Model};
use crate::i18n::{self, phrase, tr};
use crate::text::width::{pad_left, pad_right};

use super::panel::{draw_panel, line_width, panel_height};
use super::screen_size::is_compact;
use super::theme::Theme;
use crate::text::truncate::truncate;

pub fn draw(model: &Model, top: usize, theme: Theme, frame: &mut Frame, cover: Rect) {
    let lines: Vec<&LogEntry> = model.form.history.log.lines().collect();
    if lines.is_empty() {
        let lines = vec![(tr!("Nothing was changed in this form yet."), theme.text())];
        draw_panel(i18n::t(phrase!("Changes")), &lines, 76, theme, frame, cover);
        return;
    }
    let room = usize::from(panel_height(frame.area(), cover).saturating_sub(u16::from(!is_compact(frame.area()))));
    let width = line_width(frame.area(), cover, 76);
    let top = top.min(lines.len().saturating_sub(room));
    let shown: Vec<(String, Style)> = lines
        .iter()
        .skip(top)
        .take(room)
        .map(|change| {
            let style = if change.how == ChangeKind::Made { theme.text() } else { theme.warning() };
            (line(change, model.now, width), style)
        })
        .collect();
    let (first, last, all) = (top + 1, top + shown.len(), lines.len());
    let title = tr!("Changes, {first}-{last} of {all}, the newest first", first, last, all);
    draw_panel(&title, &shown, 76, theme, frame, cover);
}

/// Formats one change on a line of at most `width` cells: time, field, undone or redone, old and new value.
fn line(change: &LogEntry, now: u64, width: u16) -> String {
    let how = match change.how {
        ChangeKind::Made => String::new(),
        ChangeKind::Undone => format!("{} ", i18n::t(phrase!("undone"))),
        ChangeKind::Redone => format!("{} ", i18n::t(phrase!("redone"))),
    };
    let ago = pad_left(&time_ago(now.saturating_sub(change.at)), 10);
    let label = pad_right(change.field.label(), 17);
    truncate(&format!("{ago}  {label}{how}{} -> {}", change.from, change.to), width)
}

fn time_ago(ms: u64) -> String {
    match ms / 1000 {
        0 => tr!("now"),
        seconds @ 1..60 => tr!("{seconds} s ago", seconds),
        seconds @ 60..3600 => tr!("{minutes} min ago", minutes = seconds / 60),
        seconds => tr!("{hours} h ago", hours = seconds / 3600),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::order::FieldId;

    #[test]
    fn a_line_says_when_what_and_how() {
        let (from, to) = ("1".to_owned(), "10".to_owned());
        let mut change = LogEntry { at: 1_000, field: FieldId::Count, from, to, how: ChangeKind::Made };
        assert_eq!(line(&change, 6_500, 72), "   5 s ago  Count            1 -> 10");
        change.how = ChangeKind::Undone;
        assert_eq!(line(&change, 200_000, 72), " 3 min ago  Count            undone 1 -> 10");
        assert_eq!((time_ago(0), time_ago(7_300_000)), ("now".into(), "2 h ago".into()));
    }
}
