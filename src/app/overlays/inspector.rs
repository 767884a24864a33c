//! The inspector overlay: the list of HTTP calls, the lines of one call, and the call as a curl command.

use unicode_segmentation::UnicodeSegmentation as _;
use unicode_width::UnicodeWidthStr as _;

use crate::export::shell;
use crate::i18n::{self, phrase, tr};
use crate::text::sanitize::visible;

use crate::app::calls::{BodyExcerpt, Call, Calls};
use crate::app::keys::action::Action;
use crate::app::keys::context::Context;
use crate::app::load_error::Millis;
use crate::app::msg::Effect;
use crate::app::overlays::screen::{OverlayScreen, Response, Surroundings, scrolled};

/// State of the inspector: the list, or one call of it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct InspectorView {
    /// Number of the call under the cursor; new calls do not move it.
    pub on: Option<u64>,
    /// First line shown of that call; `None` while the list is shown.
    pub top: Option<usize>,
}

impl InspectorView {
    /// Creates the list, with the cursor on the newest call.
    pub(in crate::app) fn newest(calls: &Calls) -> Self {
        Self { on: calls.number_at(0), top: None }
    }

    /// Returns the call that is shown, or under the cursor of the list.
    #[must_use]
    pub fn call<'a>(&self, calls: &'a Calls) -> Option<&'a Call> {
        calls.newest_first().nth(calls.place_of(self.on))
    }
}

impl OverlayScreen for InspectorView {
    fn context(&self) -> Context {
        if self.top.is_some() { Context::Call } else { Context::Inspector }
    }

    /// Opens the call under the cursor.
    fn accept(&mut self, around: &Surroundings<'_>) -> Response {
        if self.top.is_none()
            && let Some(number) = around.calls.number_at(around.calls.place_of(self.on))
        {
            *self = Self { on: Some(number), top: Some(0) };
        }
        Response::stay()
    }

    /// Goes back from a call to the list, or closes the list.
    fn close(&mut self) -> Response {
        if self.top.take().is_some() { Response::stay() } else { Response::close() }
    }

    fn handle(&mut self, action: Action, around: &Surroundings<'_>) -> Option<Response> {
        if action != Action::CopyCall {
            return None;
        }
        let Some(call) = self.call(around.calls) else { return Some(Response::stay()) };
        let message = if call.is_purchase {
            tr!("In your terminal's clipboard. Running it orders once more")
        } else {
            tr!("curl command sent to your terminal's clipboard")
        };
        Some(Response::say(message).with(Effect::Copy(curl(call))))
    }

    fn is_enabled(&self, action: Action, around: &Surroundings<'_>) -> Option<bool> {
        matches!(action, Action::Accept | Action::CopyCall).then(|| !around.calls.is_empty())
    }

    fn scroll(&mut self, rows: isize, around: &Surroundings<'_>) {
        let lines = self.call(around.calls).map_or(0, |call| call_lines(call, around.width).len());
        match &mut self.top {
            Some(top) => *top = scrolled(*top, rows, lines, around.height),
            None => {
                let last = around.calls.len().saturating_sub(1);
                let place = around.calls.place_of(self.on).saturating_add_signed(rows).min(last);
                self.on = around.calls.number_at(place);
            }
        }
    }
}

/// Style of a line of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineKind {
    Plain,
    Heading,
    Faint,
    Problem,
    Purchase,
}

/// A line of a call, without hidden characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallLine {
    pub text: String,
    pub kind: LineKind,
}

/// Formats a whole call in lines of at most `width` cells.
#[must_use]
pub fn call_lines(call: &Call, width: u16) -> Vec<CallLine> {
    let mut lines = Lines { width: width.max(8).into(), lines: Vec::new() };
    lines.add(LineKind::Heading, &format!("{} {}{}", call.method, call.origin, call.target));
    if call.is_purchase {
        lines.add(LineKind::Purchase, i18n::t(phrase!("PURCHASE: the one call that orders")));
    }
    let (at, took, proof) = (&call.at, duration(call.took), i18n::t(call.proof));
    lines.add(LineKind::Plain, &tr!("{at}, took {took}, authenticated by {proof}", at, took, proof));
    if let Some(why) = &call.trouble {
        lines.add(LineKind::Problem, &format!("! {why}"));
    }
    lines.add(LineKind::Plain, "");
    lines.add(LineKind::Heading, i18n::t(phrase!("Request")));
    lines.head(&call.head);
    lines.body(call.body.as_ref());
    lines.add(LineKind::Plain, "");
    match &call.answer {
        None => lines.add(LineKind::Heading, i18n::t(phrase!("No answer"))),
        Some(answer) => {
            let size = answer.body.as_ref().map_or_else(|| tr!("not read to its end"), |body| bytes(body.size));
            lines.add(LineKind::Heading, &tr!("Answer {status}, {size}", status = answer.status, size));
            lines.head(&answer.head);
            lines.body(answer.body.as_ref());
        }
    }
    lines.lines
}

struct Lines {
    width: usize,
    lines: Vec<CallLine>,
}

impl Lines {
    fn add(&mut self, kind: LineKind, text: &str) {
        let text = visible(text);
        let (mut line, mut cells) = (String::new(), 0);
        for cluster in text.graphemes(true) {
            let wide = cluster.width();
            if cells + wide > self.width {
                self.lines.push(CallLine { text: std::mem::take(&mut line), kind });
                cells = 0;
            }
            line.push_str(cluster);
            cells += wide;
        }
        self.lines.push(CallLine { text: line, kind });
    }

    fn head(&mut self, head: &[(String, Option<String>)]) {
        for (name, value) in head {
            match value {
                Some(value) => self.add(LineKind::Faint, &format!("  {name}: {value}")),
                None => self.add(LineKind::Faint, &tr!("  {name}: (not kept)", name)),
            }
        }
    }

    fn body(&mut self, body: Option<&BodyExcerpt>) {
        let Some(body) = body.filter(|body| body.size > 0) else { return };
        self.add(LineKind::Plain, "");
        for line in pretty(body).lines() {
            self.add(LineKind::Plain, line);
        }
        if body.is_cut {
            self.add(LineKind::Faint, &tr!("(cut here; the whole has {size})", size = bytes(body.size)));
        }
    }
}

/// Formats JSON with a line for each member. Returns anything else unchanged.
fn pretty(body: &BodyExcerpt) -> String {
    let parsed = serde_json::from_str::<serde_json::Value>(&body.text).ok();
    parsed.and_then(|value| serde_json::to_string_pretty(&value).ok()).unwrap_or_else(|| body.text.clone())
}

/// Formats a byte count for display, e.g. `1.4 KiB`.
#[must_use]
pub fn bytes(size: usize) -> String {
    match size {
        0..1024 => format!("{size} B"),
        1024..1_048_576 => format!("{}.{} KiB", size / 1024, size % 1024 * 10 / 1024),
        _ => format!("{}.{} MiB", size >> 20, (size & 0xf_ffff) * 10 / 1_048_576),
    }
}

/// Formats a duration for display, e.g. `850 ms` or `1.4 s`.
#[must_use]
pub fn duration(took: Millis) -> String {
    match took {
        0..1000 => format!("{took} ms"),
        _ => format!("{}.{} s", took / 1000, took % 1000 / 100),
    }
}

/// Writes the call as a command for a POSIX shell. A value that is not kept becomes a variable, such as
/// `$X_AUTH_TOKEN`; a signature, which is valid for one call only, becomes `$AUTHORIZATION`. Such values are passed
/// through standard input, where no list of processes shows them and curl does not interpret them. A line break in one
/// is removed, so that it cannot begin another header.
#[must_use]
pub fn curl(call: &Call) -> String {
    let is_signed = call.head.iter().any(|(name, _)| name == "authorization");
    let mut command = String::new();
    let mut remark = |when: bool, words: &'static str| {
        if when {
            command.push_str("# ");
            command.push_str(i18n::t(words));
            command.push('\n');
        }
    };
    remark(call.is_purchase, phrase!("This places an order: running it orders once more."));
    remark(is_signed, phrase!("Signed by an access key: the signature and its time have to be made anew."));
    let body = call.body.as_ref();
    remark(body.is_some_and(|body| body.text.contains("\"***\"")), phrase!("*** stands for a secret."));
    remark(body.is_some_and(|body| body.is_cut), phrase!("The body is not whole."));
    // Variables, the commands that write their headers, and the words of all headers.
    let (mut needed, mut piped, mut headers) = (Vec::new(), Vec::new(), Vec::new());
    for (name, value) in &call.head {
        // curl makes these itself.
        let is_made = ["host", "content-length", "user-agent"].contains(&name.as_str());
        if is_made || !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') {
            continue;
        }
        match value.as_ref().filter(|_| !(is_signed && name == "x-sdk-date")) {
            // A header without a value would be left out; this is how curl sends one.
            Some(value) if value.is_empty() => headers.push(shell(&format!("{name};"))),
            Some(value) => headers.push(shell(&format!("{name}: {value}"))),
            None => {
                let variable = name.to_ascii_uppercase().replace('-', "_");
                needed.push(format!("${{{variable}:?}}"));
                piped.push(format!("printf '{name}: %s' \"${variable}\" | tr -d '\\r\\n'; echo; "));
            }
        }
    }
    if !piped.is_empty() {
        headers.push("@-".into());
        // Whatever is missing ends the whole command.
        for part in [": \"", &needed.concat(), "\" && { ", &piped.concat(), "} |\n"] {
            command.push_str(part);
        }
    }
    let address = shell(&format!("{}{}", call.origin, call.target));
    for part in ["curl --disable --globoff -sS -X ", &shell(&call.method), " ", &address] {
        command.push_str(part);
    }
    for header in headers {
        command.push_str(" \\\n  -H ");
        command.push_str(&header);
    }
    if let Some(body) = body {
        command.push_str(" \\\n  --data-raw ");
        command.push_str(&shell(&body.text));
    }
    command
}
