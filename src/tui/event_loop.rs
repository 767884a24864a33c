//! The event loop of the screen: waits, handles all pending events, then paints once if anything changed. `app` decides
//! what a message means.

use std::collections::VecDeque;
use std::io::{self, Write as _};
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use crate::app::{Effect, Effects, Key, Millis, MouseCapture, Msg, receipt, update};
use crate::view::{self, Theme};

use crate::tui::accounts::{Accounts, OpenedAccount};
use crate::tui::backend::screen::Screen;
use crate::tui::effects::background::Background;
use crate::tui::input::reader::{self, Input, millis_since};
use crate::tui::session::{self, LaunchConfig, Session, SessionEnd, StartedSession};
use crate::tui::signals;
use crate::tui::terminal::{self, TerminalError};

/// Input whose meaning depends on the state of the model.
enum UiEvent {
    Key { key: Key, at: Millis },
    Letters { text: String, at: Millis },
    Click { column: u16, row: u16, at: Millis },
}

type Event = session::Event<UiEvent>;

impl From<Input> for Event {
    fn from(input: Input) -> Self {
        match input {
            Input::Msg(msg) => Self::Msg(msg),
            Input::Key { key, at } => Self::Ui(UiEvent::Key { key, at }),
            Input::Letters { text, at } => Self::Ui(UiEvent::Letters { text, at }),
            Input::Click { column, row, at } => Self::Ui(UiEvent::Click { column, row, at }),
        }
    }
}

/// Runs the form on the screen until it is left.
pub fn run(launch: LaunchConfig) -> Result<SessionEnd, TerminalError> {
    let start = Instant::now();
    let StartedSession { mut session, opened, effects } = Session::start(launch.config);
    let model = &mut session.model;
    if !launch.mouse {
        model.mouse_capture = MouseCapture::Off;
    }
    terminal::install_panic_hook();
    terminal::set_colour(!launch.theme.is_mono());
    let screen = Screen::open(launch.capabilities, launch.mouse)?;
    let size = screen.size().inspect_err(|_| terminal::leave())?;
    (model.width, model.height) = (size.width, size.height);
    let (sender, receiver) = channel();
    let mut tui = Tui { session, screen, receiver, start, theme: launch.theme, is_gone: false };
    let ended = catch_unwind(AssertUnwindSafe(|| tui.run(opened, effects, launch.accounts, &sender)));
    terminal::leave();
    match ended {
        Ok(result) => result.map(|()| tui.session.end(receipt(&tui.session.model))).map_err(TerminalError::Io),
        Err(panic) => {
            let mut out = io::stdout();
            for line in tui.session.await_outcome(&tui.receiver) {
                // A terminal that is gone takes no words; the exit code still tells.
                let _ = writeln!(out, "{line}");
            }
            resume_unwind(panic)
        }
    }
}

struct Tui {
    session: Session,
    screen: Screen,
    receiver: Receiver<Event>,
    start: Instant,
    theme: Theme,
    /// Set once the terminal accepts no more output: nothing is painted from then on.
    is_gone: bool,
}

impl Tui {
    /// Runs the loop until the form is left. The first frame needs only the model: threads, runtime and connection are
    /// started after it.
    fn run(
        &mut self,
        opened: Option<OpenedAccount>,
        start_effects: Effects,
        accounts: Arc<dyn Accounts>,
        sender: &Sender<Event>,
    ) -> io::Result<()> {
        let painted = self.paint()?;
        let mut background = Background::start(accounts, sender.clone(), self.start)?;
        if let Some(opened) = opened {
            background.bind_account(opened);
        }
        signals::spawn(background.runtime(), sender);
        reader::spawn(sender.clone(), self.start, self.screen.escape_delay());
        // Who orders is asked before the lists are read.
        let effects = painted.and(self.session.model.start()).and(start_effects);
        if self.execute(effects, &mut background) {
            return Ok(());
        }
        loop {
            if self.paint_or_quit(&mut background) {
                return Ok(());
            }
            let Some(first) = self.wait() else { return Ok(()) };
            let mut next = Some(first);
            while let Some(event) = next {
                if self.handle(event, &mut background) {
                    return Ok(());
                }
                next = self.receiver.try_recv().ok();
            }
        }
    }

    /// Paints a frame and returns whether the form is to be left. If the terminal accepts no more output, requests the
    /// end; an order that is being sent is not interrupted.
    fn paint_or_quit(&mut self, background: &mut Background<Event>) -> bool {
        if self.is_gone {
            return false;
        }
        let effects = self.paint().unwrap_or_else(|_| {
            self.is_gone = true;
            update(&mut self.session.model, Msg::Terminate)
        });
        self.execute(effects, background)
    }

    /// Waits for the next event or the next due time; `None` if no event can come any more.
    fn wait(&mut self) -> Option<Event> {
        let Some(at) = self.session.model.next_wake() else { return self.receiver.recv().ok() };
        let left = at.saturating_sub(millis_since(self.start));
        match self.receiver.recv_timeout(Duration::from_millis(left)) {
            Ok(event) => Some(event),
            Err(RecvTimeoutError::Timeout) => Some(Msg::Tick { at: millis_since(self.start).max(at) }.into()),
            Err(RecvTimeoutError::Disconnected) => None,
        }
    }

    /// Handles one event and returns whether the form is to be left.
    fn handle(&mut self, event: Event, background: &mut Background<Event>) -> bool {
        let msg = match event {
            Event::Msg(msg) => msg,
            Event::AccountOpened(number, start) => {
                let effects = self.session.account_opened((number, start), background);
                return self.execute(effects, background);
            }
            Event::Ui(UiEvent::Key { key, at }) => self.session.model.msg_for_key(key, at),
            Event::Ui(UiEvent::Letters { text, at }) => return self.type_letters(&text, at, background),
            Event::Ui(UiEvent::Click { column, row, at }) => match view::hit_test(&self.session.model, column, row) {
                Some(target) => Msg::Click { target, at },
                None => return false,
            },
        };
        let effects = update(&mut self.session.model, msg);
        self.execute(effects, background)
    }

    fn type_letters(&mut self, letters: &str, at: Millis, background: &mut Background<Event>) -> bool {
        let mut typed = letters;
        while let Some((msg, rest)) = self.session.model.next_typed(typed, at) {
            typed = rest;
            let effects = update(&mut self.session.model, msg);
            if self.execute(effects, background) {
                return true;
            }
        }
        false
    }

    fn paint(&mut self) -> io::Result<Effects> {
        self.session.panic_if_requested();
        let sheet_is_visible = self.paint_frame()?;
        // What was not to be read was not shown.
        if !(self.session.model.awaits_paint() && sheet_is_visible) {
            return Ok(Effects::default());
        }
        let at = millis_since(self.start);
        let effects = update(&mut self.session.model, Msg::Painted { at });
        // That the sheet was shown to its end may allow the order.
        self.paint_frame()?;
        Ok(effects)
    }

    /// Paints a frame, and returns whether it shows the order sheet.
    fn paint_frame(&mut self) -> io::Result<bool> {
        let mut sheet_is_visible = false;
        self.screen.draw(|frame| {
            view::draw(&self.session.model, self.theme, frame);
            sheet_is_visible = view::sheet_is_visible(&self.session.model, frame.area());
        })?;
        Ok(sheet_is_visible)
    }

    /// Runs effects, and those that follow from them; returns whether the form is to be left.
    fn execute(&mut self, effects: Effects, background: &mut Background<Event>) -> bool {
        let mut queue: VecDeque<Effect> = effects.into_iter().collect();
        while let Some(effect) = queue.pop_front() {
            let next = match effect {
                // A terminal that fails here fails at the next frame too, and is dealt with there.
                Effect::Copy(text) => match self.screen.copy(&text) {
                    Ok(()) => Effects::default(),
                    Err(why) => update(&mut self.session.model, Msg::CopyFailed(why)),
                },
                Effect::Repaint => self.repaint().unwrap_or_default(),
                Effect::Suspend => self.screen.suspend().and_then(|()| self.repaint()).unwrap_or_default(),
                Effect::Resume => self.screen.resume().and_then(|()| self.repaint()).unwrap_or_default(),
                Effect::CaptureMouse(on) => {
                    self.screen.set_mouse(on);
                    Effects::default()
                }
                other => match self.session.effect_runner.run(other, &mut self.session.model, background) {
                    ControlFlow::Continue(next) => next,
                    ControlFlow::Break(()) => return true,
                },
            };
            queue.extend(next);
        }
        false
    }

    /// Makes the next frame paint everything, at the current size.
    fn repaint(&mut self) -> io::Result<Effects> {
        let size = self.screen.invalidate()?;
        Ok(update(&mut self.session.model, Msg::Resize { width: size.width, height: size.height }))
    }
}
