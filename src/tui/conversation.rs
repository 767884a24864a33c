//! The loop of linear mode: lines in, sentences out, and the same effects as on the screen. What is
//! said and what a line means is decided in `linear`.

use std::collections::VecDeque;
use std::io;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, TryRecvError};
use std::time::{Duration, Instant};

use tokio::signal::unix::SignalKind;

use crate::app::{Effect, Key, Millis, Msg, Page, receipt, update};
use crate::linear::{Awaited, PATIENCE, Said, Talk, told_next};
use crate::words::tr;

use super::accounts::{Accounts, Opened};
use super::effects::Background;
use super::input::millis_since;
use super::lines::{self, Echo, Line, LinesCame, Out};
use super::session::{self, Ended, Session};
use super::signals;
use super::under_way::UnderWay;

/// What somebody asked for is not waited for any longer.
const MOST_PATIENCE: Millis = 30_000;

pub type Happening = session::Happening<LinesCame>;

impl From<LinesCame> for Happening {
    fn from(came: LinesCame) -> Self {
        Self::Own(came)
    }
}

/// Whether there are more lines to come.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Input {
    Open,
    /// There are none, and it was not said yet.
    Over,
    /// The same, and the form was asked to end.
    Told,
}

pub struct Conversation {
    pub session: Session,
    pub talk: Talk,
    pub receiver: Receiver<Happening>,
    pub lines: Receiver<Line>,
    pub queue: VecDeque<Line>,
    /// A person types into a terminal; else the answers come from a file or a program.
    pub is_typed: bool,
    pub input: Input,
    pub out: Out,
    pub echo: Echo,
    pub start: Instant,
    pub under_way: UnderWay,
    /// What is awaited since when, and when a line about it is due.
    pub waits: Option<(Awaited, Millis, Millis)>,
}

impl Conversation {
    pub fn run(
        &mut self,
        opened: Option<Opened>,
        begun: Vec<Effect>,
        accounts: std::sync::Arc<dyn Accounts>,
        sender: &Sender<Happening>,
    ) -> io::Result<()> {
        let mut background = Background::start(accounts, sender.clone(), self.start)?;
        if let Some(opened) = opened {
            background.sit_down(opened);
        }
        self.listen_to_signals(&background, sender);
        let effects = [self.session.model.start(), begun].concat();
        let mut is_over = self.execute(effects, &mut background);
        while !is_over {
            is_over = self.turn(&mut background) || self.wait(&mut background);
        }
        Ok(())
    }

    /// The signals of the screen, with Ctrl-C as the key that it is there.
    fn listen_to_signals(&self, background: &Background<Happening>, sender: &Sender<Happening>) {
        let handle = background.runtime();
        let start = self.start;
        signals::on(handle, sender, SignalKind::terminate(), || Some(Msg::Terminate));
        signals::on(handle, sender, SignalKind::hangup(), || Some(Msg::Terminate));
        signals::on(handle, sender, SignalKind::quit(), || Some(Msg::Terminate));
        let leave = move || Some(Msg::Key { key: Key::ctrl('c'), at: millis_since(start) });
        signals::on(handle, sender, SignalKind::interrupt(), leave);
        // The terminal may be another one than before: wider, or as a shell has left it.
        signals::on(handle, sender, SignalKind::window_change(), || Some(Msg::Continued));
        let continued = SignalKind::from_raw(rustix::process::Signal::CONT.as_raw());
        signals::on(handle, sender, continued, || Some(Msg::Continued));
    }

    fn now(&self) -> Millis {
        millis_since(self.start)
    }

    /// Says what is to be said and takes the lines that are there; `true` if it is over.
    fn turn(&mut self, background: &mut Background<Happening>) -> bool {
        loop {
            // A pipe that always has one more line must not keep a signal waiting.
            if self.work_off_all(background) {
                return true;
            }
            self.session.break_down_if_asked();
            let awaited = self.awaited();
            if awaited.is_none() {
                let at = self.now();
                let effects = self.talk.settle(&mut self.session.model, at);
                if self.execute(effects, background) {
                    return true;
                }
            }
            if (awaited.is_none() || awaited == Some(Awaited::Answer)) && self.say(background) {
                return true;
            }
            if awaited != self.awaited() {
                continue;
            }
            if let Some(line) = self.next_line(awaited) {
                if self.take(&line, background) {
                    return true;
                }
                continue;
            }
            // What became of an order is said before the end of the input counts.
            let is_awaited = awaited.is_some() && !matches!(self.session.model.page, Page::Form | Page::Setup(_));
            if self.input == Input::Over && self.queue.is_empty() && !is_awaited {
                self.input = Input::Told;
                return self.end_of_input(background);
            }
            return false;
        }
    }

    /// The line to be worked off now, if its time has come.
    fn next_line(&mut self, awaited: Option<Awaited>) -> Option<Line> {
        // A pipe that never ends waits for its reader.
        while self.queue.len() < lines::MOST_LINES {
            match self.lines.try_recv() {
                Ok(line) => self.queue.push_back(line),
                Err(TryRecvError::Empty) => break,
                Err(TryRecvError::Disconnected) => {
                    if self.input == Input::Open {
                        self.input = Input::Over;
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
        let at = self.queue.iter().position(|line| Talk::is_urgent(&self.session.model, &line.text));
        let line = at.and_then(|at| self.queue.remove(at));
        if awaited == Some(Awaited::Answer) {
            // What is typed while an order is on its way answers nothing.
            self.queue.clear();
        }
        line
    }

    fn take(&mut self, line: &Line, background: &mut Background<Happening>) -> bool {
        // Neither on the terminal, which was told so, nor where a pipe's answers are repeated.
        let is_hidden = self.talk.is_hidden(&self.session.model);
        self.echo.show();
        let shown = if is_hidden { "" } else { line.text.as_str() };
        let is_gone = self.out.answer(shown, self.is_typed).is_err();
        let at = if self.is_typed { line.at } else { self.now() };
        let effects = self.talk.take(&mut self.session.model, &line.text, at);
        self.execute(effects, background) || (is_gone && self.end(background))
    }

    /// Prints; `true` if it is over.
    fn say(&mut self, background: &mut Background<Happening>) -> bool {
        let said = self.talk.say(&self.session.model);
        if said.is_empty() {
            return false;
        }
        let is_new_question = self.session.model.awaits_paint() && self.session.model.overlay.is_none();
        if is_new_question && self.is_typed {
            lines::forget_typed();
        }
        if let Some(Said::Prompt { is_hidden, .. }) = said.last()
            && self.is_typed
        {
            if *is_hidden { self.echo.hide() } else { self.echo.show() }
        }
        if self.out.print(&said).is_err() {
            return self.end(background);
        }
        if is_new_question {
            let at = self.now();
            update(&mut self.session.model, Msg::Painted { at });
        }
        false
    }

    /// Nobody types or reads any more: the form ends, an order on its way is seen through.
    fn end(&mut self, background: &mut Background<Happening>) -> bool {
        self.input = Input::Told;
        let effects = update(&mut self.session.model, Msg::Terminate);
        self.execute(effects, background)
    }

    fn end_of_input(&mut self, background: &mut Background<Happening>) -> bool {
        let is_unordered = matches!(self.session.model.page, Page::Form | Page::Confirm(_) | Page::Setup(_));
        if is_unordered && self.session.model.concluded.is_empty() {
            // Nobody may be there to read it.
            let _ = self.out.print(&[Said::Text(tr!("End of input: nothing is ordered."))]);
        }
        self.end(background)
    }

    fn execute(&mut self, effects: Vec<Effect>, background: &mut Background<Happening>) -> bool {
        effects.into_iter().any(|effect| {
            self.under_way.asks(&effect);
            self.session.errands.run(effect, &mut self.session.model, background)
        })
    }

    /// What the next question has to wait for.
    fn awaited(&self) -> Option<Awaited> {
        if let Some(awaited) = self.talk.awaits(&self.session.model) {
            return Some(awaited);
        }
        let UnderWay { followed, swept, shelved, journal } = self.under_way;
        let news = match &self.session.model.page {
            Page::Result(_) => journal > 0 || (self.talk.looks() && followed + swept > 0),
            Page::Form | Page::Confirm(_) | Page::Waiting(_) | Page::Setup(_) => shelved > 0,
        };
        let is_patient = self.waits.is_none_or(|(_, since, _)| self.now() < since + MOST_PATIENCE);
        (news && is_patient).then_some(Awaited::News)
    }

    /// Sleeps until something happens or is due, and works it off; `true` if it is over.
    fn wait(&mut self, background: &mut Background<Happening>) -> bool {
        let now = self.now();
        match (self.awaited(), self.waits) {
            (None, _) => self.waits = None,
            (Some(awaited), Some((before, ..))) if awaited == before => {}
            (Some(awaited), _) => self.waits = Some((awaited, now, now + PATIENCE)),
        }
        let due = self.waits.map(|(_, _, due)| due);
        let at = self.session.model.next_wake().into_iter().chain(due).min();
        let happening = match at {
            None => self.receiver.recv().map_err(|_| RecvTimeoutError::Disconnected),
            Some(at) => self.receiver.recv_timeout(Duration::from_millis(at.saturating_sub(now))),
        };
        let effects = match happening {
            Ok(happening) => self.work_off(happening, background),
            Err(RecvTimeoutError::Timeout) => {
                let at = self.now().max(at.unwrap_or(0));
                self.be_patient();
                update(&mut self.session.model, Msg::Tick { at })
            }
            Err(RecvTimeoutError::Disconnected) => return true,
        };
        self.execute(effects, background) || self.work_off_all(background)
    }

    /// Works off what has happened meanwhile; `true` if it is over.
    fn work_off_all(&mut self, background: &mut Background<Happening>) -> bool {
        while let Ok(happening) = self.receiver.try_recv() {
            let effects = self.work_off(happening, background);
            if self.execute(effects, background) {
                return true;
            }
        }
        false
    }

    /// A line about what is awaited, where it is due.
    fn be_patient(&mut self) {
        let now = self.now();
        if let Some((awaited, since, due)) = &mut self.waits
            && now >= *due
        {
            let (seconds, next) = told_next(*since, *due, now);
            *due = next;
            // An output that nobody takes is found out at the next sentence.
            let _ = self.out.print(&[Said::Text(awaited.words(seconds))]);
        }
    }

    fn work_off(&mut self, happening: Happening, background: &mut Background<Happening>) -> Vec<Effect> {
        let msg = match happening {
            Happening::Own(LinesCame) => return Vec::new(),
            Happening::Msg(Msg::Key { at, .. }) => return self.talk.leave(&mut self.session.model, at),
            Happening::Msg(Msg::Continued) => {
                self.out.measure();
                self.echo.hide_again();
                return Vec::new();
            }
            Happening::Msg(msg) => msg,
            Happening::Started(number, start) => return self.session.started((number, start), background),
        };
        self.under_way.hears(&msg);
        update(&mut self.session.model, msg)
    }

    /// What an outcome was has been said; of an order that was left on its way it has not.
    pub fn ended(&mut self) -> Ended {
        let mut lines = Vec::new();
        if matches!(self.session.model.page, Page::Waiting(_)) || !self.talk.has_said_outcome(&self.session.model) {
            lines = receipt(&self.session.model);
        }
        // Behind a prompt that nobody answered begins a line.
        let _ = self.out.begin_line();
        self.session.ended(lines)
    }

    /// After a breakdown: the order that is on its way still gets its answer.
    pub fn see_order_through(&mut self) {
        let lines: Vec<Said> = self.session.see_order_through(&self.receiver).into_iter().map(Said::Text).collect();
        // Nobody may be there to read it; the exit code still tells.
        let _ = self.out.print(&lines);
    }
}
