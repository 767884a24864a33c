//! Waiting for the answer, and what became of the order.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::app::{Model, ResultPage, Verdict, Waiting, outcome_words, search_words};
use crate::catalogue::{Server, ServerStatus};

use super::put::{cut_middle, padded, put, wrap};
use super::theme::Theme;

/// Writes paragraphs one below the other.
struct Column<'a, 'b> {
    frame: &'a mut Frame<'b>,
    area: Rect,
    y: u16,
}

impl Column<'_, '_> {
    fn line(&mut self, text: &str, style: Style) {
        for line in wrap(text, self.area.width) {
            if self.y < self.area.bottom() {
                put(self.frame.buffer_mut(), self.area.x, self.y, self.area.width, &line, style);
            }
            self.y += 1;
        }
    }
}

fn inset(body: Rect) -> Rect {
    Rect { x: body.x + 2.min(body.width), width: body.width.saturating_sub(2), ..body }
}

pub fn draw_waiting(model: &Model, waiting: &Waiting, theme: Theme, frame: &mut Frame, body: Rect) {
    let area = inset(body);
    let mut column = Column { frame, area, y: area.y };
    let seconds = model.now.saturating_sub(waiting.since) / 1000;
    let doing = if waiting.is_sending { "The order is sent; its answer is awaited" } else { "The order is being sent" };
    column.line(&waiting.stake.deed(), theme.strong());
    column.line("", theme.plain());
    column.line(&format!("{doing}: {seconds} s"), theme.focus());
    column.line("An answer usually comes within a few seconds; after 150 s it is given up.", theme.plain());
    column.line("It is sent exactly once, whatever happens.", theme.plain());
    column.line("", theme.plain());
    if waiting.leaving {
        column.line(
            "The order may already be placed. Wait for the answer, or press Ctrl-C again to leave.",
            theme.problem(),
        );
        column.line(
            &format!("If you leave: look for servers named {} before you order again.", waiting.server_name),
            theme.plain(),
        );
    } else {
        column.line("Leaving does not take the order back: Ctrl-C asks first.", theme.plain());
    }
}

pub fn draw_result(model: &Model, result: &ResultPage, theme: Theme, frame: &mut Frame, body: Rect) {
    let area = inset(body);
    let mut column = Column { frame, area, y: area.y };
    let (heading, sentences) = outcome_words(result);
    let style = match result.verdict() {
        Verdict::Accepted => theme.good(),
        Verdict::Refused { .. } | Verdict::NotSent | Verdict::NotKnown => theme.problem(),
    };
    column.line(heading, style);
    column.line("", theme.plain());
    draw_ids(&mut column, result, theme);
    for sentence in &sentences {
        column.line(sentence, theme.plain());
    }
    if let Some(why) = &result.lost {
        let words = format!("The journal could not keep this outcome ({why}): the next start will look for the order.");
        column.line(&words, theme.problem());
    }
    column.line("", theme.plain());
    match result.verdict() {
        Verdict::Accepted => draw_followed(&mut column, result, theme),
        Verdict::NotKnown => draw_search(&mut column, model, result, theme),
        Verdict::Refused { leads_to_field: true } => column.line("Enter leads to that field.", theme.plain()),
        Verdict::Refused { leads_to_field: false } => column.line("Enter leads back to Review.", theme.plain()),
        Verdict::NotSent => column.line("Enter leads back to Review, where you can place it again.", theme.plain()),
    }
}

fn draw_ids(column: &mut Column, result: &ResultPage, theme: Theme) {
    for (at, (label, value)) in result.ids.iter().enumerate() {
        let is_here = at == result.cursor && result.ids.len() > 1;
        let (marker, style) = if is_here { ("> ", theme.selected()) } else { ("  ", theme.strong()) };
        let width = column.area.width.saturating_sub(15).max(1);
        // An id is never cut: what does not fit goes on in the next row.
        for (row, part) in wrap(value, width).iter().enumerate() {
            let (x, y) = (column.area.x, column.y);
            if y < column.area.bottom() {
                let label = if row == 0 { format!("{marker}{label}") } else { String::new() };
                put(column.frame.buffer_mut(), x, y, 15, &label, theme.plain());
                put(column.frame.buffer_mut(), x + 15, y, width, part, style);
            }
            column.y += 1;
        }
    }
    if !result.ids.is_empty() {
        column.line("", theme.plain());
    }
}

fn draw_followed(column: &mut Column, result: &ResultPage, theme: Theme) {
    let Some(follow) = &result.follow else { return };
    let wanted = result.stake.servers.unwrap_or(1);
    if result.stake.pays_now || !follow.servers.is_empty() {
        let words = format!("Servers: {} of {wanted} ready", result.ready());
        column.line(&words, theme.strong());
    } else if follow.sweeps > 0 {
        column
            .line("No server is listed yet, as it should be while the order is unpaid. F5 looks again.", theme.plain());
    }
    draw_servers(column, &follow.servers, theme);
    draw_follow_state(column, result, theme);
}

fn draw_search(column: &mut Column, model: &Model, result: &ResultPage, theme: Theme) {
    for (line, is_good) in search_words(model, result) {
        column.line(&line, if is_good { theme.good() } else { theme.plain() });
    }
}

fn draw_servers(column: &mut Column, servers: &[Server], theme: Theme) {
    let room = usize::from(column.area.bottom().saturating_sub(column.y));
    let shown = if servers.len() > room { room.saturating_sub(1) } else { servers.len() };
    for server in &servers[..shown] {
        let width = column.area.width.saturating_sub(30).max(16);
        let name = padded(&cut_middle(&server.name, width), width);
        let line = format!("  {name} {}", status_words(server.status));
        let style = if server.status == Some(ServerStatus::Normal) { theme.good() } else { theme.plain() };
        column.line(&line, style);
    }
    if shown < servers.len() {
        column.line(&format!("  and {} more", servers.len() - shown), theme.plain());
    }
}

fn draw_follow_state(column: &mut Column, result: &ResultPage, theme: Theme) {
    if let Some(failure) = result.follow.as_ref().and_then(|follow| follow.failure.as_ref()) {
        column.line(&format!("The server list could not be read: {}", failure.sentence), theme.problem());
    }
}

fn status_words(status: Option<ServerStatus>) -> String {
    match status {
        None => "state not given".into(),
        Some(ServerStatus::Creating) => "being built".into(),
        Some(ServerStatus::Abnormal) => "abnormal: building it failed".into(),
        Some(ServerStatus::Normal) => "ready".into(),
        Some(ServerStatus::Deleted) => "deleted".into(),
        Some(ServerStatus::Frozen) => "frozen".into(),
        Some(ServerStatus::ShutDown) => "shut down".into(),
        Some(ServerStatus::Other(number)) => format!("state {number}, which no document explains"),
    }
}
