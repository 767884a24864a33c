//! The event loop of linear mode: lines in, output out, and the same effects as on the screen. `crate::linear` decides
//! what is printed and what a line means.

use std::collections::VecDeque;
use std::io;
use std::ops::ControlFlow;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, TryRecvError};
use std::time::{Duration, Instant};

use tokio::signal::unix::SignalKind;

use crate::app::{Action, Effect, Effects, Millis, Msg, Page, receipt, update};
use crate::i18n::tr;
use crate::linear::{LinearSession, NOTICE_INTERVAL, OutputItem, WaitReason, next_notice};

use crate::tui::accounts::{Accounts, OpenedAccount};
use crate::tui::effects::background::Background;
use crate::tui::input::reader::millis_since;
use crate::tui::linear::line_io::{self, Echo, Line, LinePrinter, LinesAvailable};
use crate::tui::linear::pending::Pending;
use crate::tui::session::{self, Session, SessionEnd};
use crate::tui::signals;

/// Longest wait for a result that the user asked for, in milliseconds.
const MAX_WAIT: Millis = 30_000;

pub type Event = session::Event<LinesAvailable>;

impl From<LinesAvailable> for Event {
    fn from(came: LinesAvailable) -> Self {
        Self::Ui(came)
    }
}

/// The state of the line input.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum InputState {
    Open,
    /// The input has ended, and the end was not handled yet.
    Ended,
    /// The input has ended, and the form was asked to end.
    Closed,
}

pub struct LinearLoop {
    pub session: Session,
    pub dialogue: LinearSession,
    pub receiver: Receiver<Event>,
    pub lines: Receiver<Line>,
    pub queue: VecDeque<Line>,
    /// True if a user types into a terminal; false if the answers come from a file or a program.
    pub is_typed: bool,
    pub input: InputState,
    pub out: LinePrinter,
    pub echo: Echo,
    pub start: Instant,
    pub pending: Pending,
    /// The current wait: its reason, its start, and the time of the next notice about it.
    pub waits: Option<(WaitReason, Millis, Millis)>,
}

impl LinearLoop {
    pub fn run(
        &mut self,
        opened: Option<OpenedAccount>,
        start_effects: Effects,
        accounts: std::sync::Arc<dyn Accounts>,
        sender: &Sender<Event>,
    ) -> io::Result<()> {
        let mut background = Background::start(accounts, sender.clone(), self.start)?;
        if let Some(opened) = opened {
            background.bind_account(opened);
        }
        self.listen_to_signals(&background, sender);
        let effects = self.session.model.start().and(start_effects);
        let mut is_over = self.execute(effects, &mut background);
        while !is_over {
            is_over = self.handle_lines(&mut background) || self.wait(&mut background);
        }
        Ok(())
    }

    /// Forwards the same signals as on the screen, except that Ctrl-C leaves as `quit` does and SIGTSTP keeps its
    /// default.
    fn listen_to_signals(&self, background: &Background<Event>, sender: &Sender<Event>) {
        let handle = background.runtime();
        let start = self.start;
        signals::forward(handle, sender, SignalKind::terminate(), || Some(Msg::Terminate));
        signals::forward(handle, sender, SignalKind::hangup(), || Some(Msg::Terminate));
        signals::forward(handle, sender, SignalKind::quit(), || Some(Msg::Terminate));
        let leave = move || Some(Msg::Do { action: Action::Quit, at: millis_since(start) });
        signals::forward(handle, sender, SignalKind::interrupt(), leave);
        // The terminal may be another one than before: wider, or as a shell has left it.
        signals::forward(handle, sender, SignalKind::window_change(), || Some(Msg::Resumed));
        let continued = SignalKind::from_raw(rustix::process::Signal::CONT.as_raw());
        signals::forward(handle, sender, continued, || Some(Msg::Resumed));
    }

    fn now(&self) -> Millis {
        millis_since(self.start)
    }

    /// Prints pending output and handles the available lines; returns whether the loop is over.
    fn handle_lines(&mut self, background: &mut Background<Event>) -> bool {
        loop {
            // A pipe that always has one more line must not keep a signal waiting.
            if self.handle_pending(background) {
                return true;
            }
            self.session.panic_if_requested();
            let awaited = self.wait_reason();
            if awaited.is_none() {
                let at = self.now();
                let effects = self.dialogue.dismiss_notices(&mut self.session.model, at);
                if self.execute(effects, background) {
                    return true;
                }
            }
            if (awaited.is_none() || awaited == Some(WaitReason::Answer)) && self.print(background) {
                return true;
            }
            if awaited != self.wait_reason() {
                continue;
            }
            if let Some(line) = self.next_line(awaited) {
                if self.handle_line(&line, background) {
                    return true;
                }
                continue;
            }
            // What became of an order is said before the end of the input counts.
            let is_awaited = awaited.is_some() && !matches!(self.session.model.page, Page::Form | Page::Setup(_));
            if self.input == InputState::Ended && self.queue.is_empty() && !is_awaited {
                self.input = InputState::Closed;
                return self.on_input_closed(background);
            }
            return false;
        }
    }

    /// Takes the next line to handle, if there is one and its time has come. During a wait this is only an urgent line
    /// from a terminal; other lines that are typed while an order is being sent are dropped.
    fn next_line(&mut self, awaited: Option<WaitReason>) -> Option<Line> {
        // A pipe that never ends waits for its reader.
        while self.queue.len() < line_io::MAX_LINES {
            match self.lines.try_recv() {
                Ok(line) => self.queue.push_back(line),
                Err(TryRecvError::Empty) => break,
                Err(TryRecvError::Disconnected) => {
                    if self.input == InputState::Open {
                        self.input = InputState::Ended;
                    }
                    break;
                }
            }
        }
        if awaited.is_none() {
            // A person's early line is refused; an answer of a pipe waits until it counts.
            let arms = match &self.session.model.page {
                Page::Confirm(confirm) => confirm.is_armed(self.now()),
                Page::Form | Page::Waiting(_) | Page::Result(_) | Page::Setup(_) => true,
            };
            return if arms || self.is_typed { self.queue.pop_front() } else { None };
        }
        if !self.is_typed {
            return None;
        }
        let at = self.queue.iter().position(|line| LinearSession::is_urgent(&self.session.model, &line.text));
        let line = at.and_then(|at| self.queue.remove(at));
        if awaited == Some(WaitReason::Answer) {
            // What is typed while an order is on its way answers nothing.
            self.queue.clear();
        }
        line
    }

    fn handle_line(&mut self, line: &Line, background: &mut Background<Event>) -> bool {
        // Neither on the terminal, which was told so, nor where a pipe's answers are repeated.
        let is_hidden = self.dialogue.is_hidden(&self.session.model);
        self.echo.show();
        let shown = if is_hidden { "" } else { line.text.as_str() };
        let is_gone = self.out.answer(shown, self.is_typed).is_err();
        let at = if self.is_typed { line.at } else { self.now() };
        let effects = self.dialogue.handle_line(&mut self.session.model, &line.text, at);
        self.execute(effects, background) || (is_gone && self.terminate(background))
    }

    /// Prints the pending output; returns whether the loop is over.
    fn print(&mut self, background: &mut Background<Event>) -> bool {
        let said = self.dialogue.output(&self.session.model);
        if said.is_empty() {
            return false;
        }
        let is_new_question = self.session.model.awaits_paint() && self.session.model.overlay.is_none();
        if is_new_question && self.is_typed {
            line_io::flush_typed();
        }
        if let Some(OutputItem::Prompt { is_hidden, .. }) = said.last()
            && self.is_typed
        {
            if *is_hidden { self.echo.hide() } else { self.echo.show() }
        }
        if self.out.print(&said).is_err() {
            return self.terminate(background);
        }
        if is_new_question {
            let at = self.now();
            let effects = update(&mut self.session.model, Msg::Painted { at });
            return self.execute(effects, background);
        }
        false
    }

    /// Asks the form to end because input or output is gone; an order that is being sent is still awaited. Returns
    /// whether the loop is over.
    fn terminate(&mut self, background: &mut Background<Event>) -> bool {
        self.input = InputState::Closed;
        let effects = update(&mut self.session.model, Msg::Terminate);
        self.execute(effects, background)
    }

    fn on_input_closed(&mut self, background: &mut Background<Event>) -> bool {
        let is_unordered = matches!(self.session.model.page, Page::Form | Page::Confirm(_) | Page::Setup(_));
        if is_unordered && self.session.model.past_results.is_empty() {
            // Nobody may be there to read it.
            let _ = self.out.print(&[OutputItem::Text(tr!("End of input: nothing is ordered."))]);
        }
        self.terminate(background)
    }

    fn execute(&mut self, effects: Effects, background: &mut Background<Event>) -> bool {
        let mut queue: VecDeque<Effect> = effects.into_iter().collect();
        while let Some(effect) = queue.pop_front() {
            self.pending.on_effect(&effect);
            match self.session.effect_runner.run(effect, &mut self.session.model, background) {
                ControlFlow::Continue(next) => queue.extend(next),
                ControlFlow::Break(()) => return true,
            }
        }
        false
    }

    /// Returns the reason why the next question has to wait, or `None` if it can be asked.
    fn wait_reason(&self) -> Option<WaitReason> {
        if let Some(awaited) = self.dialogue.awaits(&self.session.model) {
            return Some(awaited);
        }
        let Pending { server_polls, reconciliations, library_reads, journal } = self.pending;
        let news = match &self.session.model.page {
            Page::Result(_) => journal > 0 || (self.dialogue.looks() && server_polls + reconciliations > 0),
            Page::Form | Page::Confirm(_) | Page::Waiting(_) | Page::Setup(_) => library_reads > 0,
        };
        let is_patient = self.waits.is_none_or(|(_, since, _)| self.now() < since + MAX_WAIT);
        (news && is_patient).then_some(WaitReason::News)
    }

    /// Waits for the next event or the next due time and handles it; returns whether the loop is over.
    fn wait(&mut self, background: &mut Background<Event>) -> bool {
        let now = self.now();
        match (self.wait_reason(), self.waits) {
            (None, _) => self.waits = None,
            (Some(awaited), Some((before, ..))) if awaited == before => {}
            (Some(awaited), _) => self.waits = Some((awaited, now, now + NOTICE_INTERVAL)),
        }
        let due = self.waits.map(|(_, _, due)| due);
        let at = self.session.model.next_wake().into_iter().chain(due).min();
        let event = match at {
            None => self.receiver.recv().map_err(|_| RecvTimeoutError::Disconnected),
            Some(at) => self.receiver.recv_timeout(Duration::from_millis(at.saturating_sub(now))),
        };
        let effects = match event {
            Ok(event) => self.handle(event, background),
            Err(RecvTimeoutError::Timeout) => {
                let at = self.now().max(at.unwrap_or(0));
                self.print_wait_notice();
                update(&mut self.session.model, Msg::Tick { at })
            }
            Err(RecvTimeoutError::Disconnected) => return true,
        };
        self.execute(effects, background) || self.handle_pending(background)
    }

    /// Handles all pending events; returns whether the loop is over.
    fn handle_pending(&mut self, background: &mut Background<Event>) -> bool {
        while let Ok(event) = self.receiver.try_recv() {
            let effects = self.handle(event, background);
            if self.execute(effects, background) {
                return true;
            }
        }
        false
    }

    /// Prints a notice about the current wait, if one is due.
    fn print_wait_notice(&mut self) {
        let now = self.now();
        if let Some((awaited, since, due)) = &mut self.waits
            && now >= *due
        {
            let (seconds, next) = next_notice(*since, *due, now);
            *due = next;
            // An output that nobody takes is found out at the next sentence.
            let _ = self.out.print(&[OutputItem::Text(awaited.words(seconds))]);
        }
    }

    fn handle(&mut self, event: Event, background: &mut Background<Event>) -> Effects {
        let msg = match event {
            Event::Ui(LinesAvailable) => return Effects::default(),
            Event::Msg(Msg::Do { action: Action::Quit, at }) => {
                return self.dialogue.leave(&mut self.session.model, at);
            }
            Event::Msg(Msg::Resumed) => {
                self.out.measure();
                self.echo.hide_again();
                return Effects::default();
            }
            Event::Msg(msg) => msg,
            Event::AccountOpened(number, start) => return self.session.account_opened((number, start), background),
        };
        self.pending.on_message(&msg);
        update(&mut self.session.model, msg)
    }

    /// Ends the session. The receipt is included only if the outcome has not been printed yet, as for an order that was
    /// left while it was being sent.
    pub fn end(&mut self) -> SessionEnd {
        let mut lines = Vec::new();
        if matches!(self.session.model.page, Page::Waiting(_))
            || !self.dialogue.has_printed_outcome(&self.session.model)
        {
            lines = receipt(&self.session.model);
        }
        // Behind a prompt that nobody answered begins a line.
        let _ = self.out.start_line();
        self.session.end(lines)
    }

    /// Waits for the outcome of an order that is being sent, after a panic, and prints it.
    pub fn await_outcome(&mut self) {
        let lines: Vec<OutputItem> =
            self.session.await_outcome(&self.receiver).into_iter().map(OutputItem::Text).collect();
        // Nobody may be there to read it; the exit code still tells.
        let _ = self.out.print(&lines);
    }
}
