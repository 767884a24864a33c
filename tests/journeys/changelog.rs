//! The log of changes: a line a step, with what was undone.

use cph_wizard::app::{ChangeKind, ChangelogView, Key, KeyCode, Overlay};
use cph_wizard::order::FieldId;

use crate::common::Driver;

#[test]
fn the_log_has_one_line_a_step_with_what_was_undone() {
    let mut driver = Driver::ready();
    driver.go_to("servers");
    driver.text("web");
    driver.keys(&[KeyCode::Tab, KeyCode::Up, KeyCode::Up]);
    driver.press(Key::plain(KeyCode::F(3)));
    driver.press(Key::alt(KeyCode::Char('u')));
    assert_eq!(driver.model.overlay, Some(Overlay::Changelog(ChangelogView::default())));
    let lines: Vec<_> = driver.model.form.history.log.lines().collect();
    let shown: Vec<_> = lines.iter().map(|line| (line.field, line.from.as_str(), line.to.as_str(), line.how)).collect();
    assert_eq!(
        shown,
        [
            (FieldId::Count, "3", "1", ChangeKind::Undone),
            (FieldId::Count, "1", "3", ChangeKind::Made),
            (FieldId::ServerName, "nothing", "web", ChangeKind::Made),
        ]
    );
    assert!(lines.is_sorted_by(|a, b| a.at >= b.at), "the newest first");
    driver.press(Key::alt(KeyCode::Char('u')));
    assert_eq!(driver.model.overlay, None);
}

#[test]
fn a_burst_at_the_end_of_a_long_text_keeps_its_line_in_the_log() {
    let mut driver = Driver::ready();
    driver.go_to("servers");
    let name = "a-name-of-many-letters-that-no-line-of-the-log-shows";
    driver.text(name);
    driver.keys(&[KeyCode::Tab, KeyCode::BackTab]);
    driver.text("-01");
    assert_eq!(driver.model.form.history.log.lines().len(), 2);
    driver.keys(&[KeyCode::Backspace; 3]);
    assert_eq!(driver.model.form.draft.server_name, name);
    assert_eq!(driver.model.form.history.log.lines().len(), 1, "what came to nothing has no line");
}
