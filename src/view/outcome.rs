//! Waiting for the answer, and what became of the order.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::app::{Action, Model, OutcomeKind, ResultPage, Waiting, outcome_text, search_lines};
use crate::catalogue::{Server, ServerStatus};
use crate::i18n::{self, tr};
use crate::text::sanitize::visible;
use crate::text::width::pad_right;

use super::text::draw_text;
use super::theme::Theme;
use crate::text::truncate::truncate_middle;
use crate::text::wrap::wrap;

/// Writes paragraphs one below the other.
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
    let mut column = LineWriter { frame, area, y: area.y };
    let (heading, sentences) = outcome_text(result);
    let style = match result.outcome_kind() {
        OutcomeKind::Accepted => theme.good(),
        OutcomeKind::Rejected { .. } | OutcomeKind::NotSent | OutcomeKind::NotKnown => theme.problem(),
    };
    column.line(heading, style);
    column.line("", theme.text());
    draw_ids(&mut column, result, theme);
    for sentence in &sentences {
        column.line(sentence, theme.text());
    }
    if let Some(why) = result.lost.as_ref().filter(|_| result.may_exist()) {
        let words =
            tr!("The journal could not keep this outcome ({why}): the next start will look for the order.", why);
        column.line(&words, theme.problem());
    }
    column.line("", theme.text());
    if result.is_conflict(model) {
        return draw_search(&mut column, model, result, theme);
    }
    match result.outcome_kind() {
        OutcomeKind::Accepted => draw_followed(&mut column, model, result, theme),
        OutcomeKind::NotKnown => draw_search(&mut column, model, result, theme),
        OutcomeKind::Rejected { leads_to_field: true } => column.line(&tr!("Enter leads to that field."), theme.text()),
        OutcomeKind::Rejected { leads_to_field: false } => {
            column.line(&tr!("Enter leads back to Review."), theme.text());
        }
        OutcomeKind::NotSent => {
            column.line(&tr!("Enter leads back to Review, where you can place it again."), theme.text());
        }
    }
}

fn draw_ids(column: &mut LineWriter, result: &ResultPage, theme: Theme) {
    for (at, (label, value)) in result.ids.iter().enumerate() {
        let is_here = at == result.cursor && result.ids.len() > 1;
        let (marker, style) = if is_here { ("> ", theme.selected()) } else { ("  ", theme.accent()) };
        let width = column.area.width.saturating_sub(15).max(1);
        // An id is never cut: what does not fit goes on in the next row.
        for (row, part) in wrap(value, width).iter().enumerate() {
            let (x, y) = (column.area.x, column.y);
            if y < column.area.bottom() {
                let label = if row == 0 { format!("{marker}{}", i18n::t(label)) } else { String::new() };
                draw_text(column.frame.buffer_mut(), x, y, 15, &label, theme.text());
                draw_text(column.frame.buffer_mut(), x + 15, y, width, part, style);
            }
            column.y += 1;
        }
    }
    if !result.ids.is_empty() {
        column.line("", theme.text());
    }
}

fn draw_followed(column: &mut LineWriter, model: &Model, result: &ResultPage, theme: Theme) {
    let Some(follow) = &result.poll else { return };
    let wanted = result.impact.servers.unwrap_or(1);
    if result.impact.pays_now || !follow.servers.is_empty() {
        let words = tr!("Servers: {ready} of {wanted} ready", ready = result.ready(), wanted);
        column.line(&words, theme.accent());
    } else if follow.polls > 0 {
        let key = model.keymap.key_of(Action::Refresh);
        let words = tr!("No server is listed yet, as it should be while the order is unpaid. {key} looks again.", key);
        column.line(&words, theme.text());
    }
    draw_servers(column, &follow.servers, theme);
    draw_follow_state(column, result, theme);
}

fn draw_search(column: &mut LineWriter, model: &Model, result: &ResultPage, theme: Theme) {
    for (line, is_good) in search_lines(model, result) {
        column.line(&line, if is_good { theme.good() } else { theme.text() });
    }
}

fn draw_servers(column: &mut LineWriter, servers: &[Server], theme: Theme) {
    let room = usize::from(column.area.bottom().saturating_sub(column.y));
    let shown = if servers.len() > room { room.saturating_sub(1) } else { servers.len() };
    for server in &servers[..shown] {
        let width = column.area.width.saturating_sub(30).max(16);
        let name = pad_right(&truncate_middle(&server.name, width), width.into());
        let line = format!("  {name} {}", status_text(server.status));
        let style = if server.status == Some(ServerStatus::Normal) { theme.good() } else { theme.text() };
        column.line(&line, style);
    }
    if shown < servers.len() {
        column.line(&tr!("  and {more} more", more = servers.len() - shown), theme.text());
    }
}

fn draw_follow_state(column: &mut LineWriter, result: &ResultPage, theme: Theme) {
    if let Some(failure) = result.poll.as_ref().and_then(|follow| follow.failure.as_ref()) {
        column.line(&tr!("The server list could not be read: {why}", why = failure.sentence), theme.problem());
    }
}

pub fn status_text(status: Option<ServerStatus>) -> String {
    match status {
        None => tr!("state not given"),
        Some(ServerStatus::Creating) => tr!("being built"),
        Some(ServerStatus::Abnormal) => tr!("abnormal: building it failed"),
        Some(ServerStatus::Normal) => tr!("ready"),
        Some(ServerStatus::Deleted) => tr!("deleted"),
        Some(ServerStatus::Frozen) => tr!("frozen"),
        Some(ServerStatus::ShutDown) => tr!("shut down"),
        Some(ServerStatus::Other(number)) => tr!("state {number}, which no document explains", number),
    }
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
