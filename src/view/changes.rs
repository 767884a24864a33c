//! The log of changes: what was changed when, the newest first.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::app::{Change, How, Model, padded, padded_left};
use crate::words::{self, phrase, tr};

use super::overlay::{draw_panel, line_width, room};
use super::put::cut;
use super::small::is_small;
use super::theme::Theme;

pub fn draw(model: &Model, top: usize, theme: Theme, frame: &mut Frame, cover: Rect) {
    let lines: Vec<&Change> = model.history.log.lines().collect();
    if lines.is_empty() {
        let lines = vec![(tr!("Nothing was changed in this form yet."), theme.plain())];
        draw_panel(words::of(phrase!("Changes")), &lines, 76, theme, frame, cover);
        return;
    }
    let room = usize::from(room(frame.area(), cover).saturating_sub(u16::from(!is_small(frame.area()))));
    let width = line_width(frame.area(), cover, 76);
    let top = top.min(lines.len().saturating_sub(room));
    let shown: Vec<(String, Style)> = lines
        .iter()
        .skip(top)
        .take(room)
        .map(|change| {
            let style = if change.how == How::Made { theme.plain() } else { theme.note() };
            (line(change, model.now, width), style)
        })
        .collect();
    let (first, last, all) = (top + 1, top + shown.len(), lines.len());
    let title = tr!("Changes, {first}-{last} of {all}, the newest first", first, last, all);
    draw_panel(&title, &shown, 76, theme, frame, cover);
}

/// One line of so many cells at most: when, what, from and to.
fn line(change: &Change, now: u64, width: u16) -> String {
    let how = match change.how {
        How::Made => String::new(),
        How::Undone => format!("{} ", words::of(phrase!("undone"))),
        How::Redone => format!("{} ", words::of(phrase!("redone"))),
    };
    let ago = padded_left(&ago(now.saturating_sub(change.at)), 10);
    let label = padded(change.field.label(), 17);
    cut(&format!("{ago}  {label}{how}{} -> {}", change.from, change.to), width)
}

fn ago(ms: u64) -> String {
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
        let mut change = Change { at: 1_000, field: FieldId::Count, from, to, how: How::Made };
        assert_eq!(line(&change, 6_500, 72), "   5 s ago  Count            1 -> 10");
        change.how = How::Undone;
        assert_eq!(line(&change, 200_000, 72), " 3 min ago  Count            undone 1 -> 10");
        assert_eq!((ago(0), ago(7_300_000)), ("now".into(), "2 h ago".into()));
    }
}
