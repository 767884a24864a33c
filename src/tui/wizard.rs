//! The loop: wait, work off everything that is pending, paint once if anything changed.

use std::io::{self, Write as _};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use crate::app::{Effect, Millis, Mouse, Msg, receipt, update};
use crate::view::{self, Theme};

use super::accounts::{Accounts, Opened};
use super::display::Display;
use super::effects::Background;
use super::input::{self, Input, millis_since};
use super::session::{self, Begun, Ended, Launch, Session};
use super::signals;
use super::terminal::{self, TerminalError};

/// What is typed and clicked, beside what becomes a message at once.
enum Own {
    Letters { text: String, at: Millis },
    Click { column: u16, row: u16, at: Millis },
}

type Happening = session::Happening<Own>;

impl From<Input> for Happening {
    fn from(input: Input) -> Self {
        match input {
            Input::Msg(msg) => Self::Msg(msg),
            Input::Letters { text, at } => Self::Own(Own::Letters { text, at }),
            Input::Click { column, row, at } => Self::Own(Own::Click { column, row, at }),
        }
    }
}

/// Runs the form until it is left.
pub fn run(launch: Launch) -> Result<Ended, TerminalError> {
    let start = Instant::now();
    let Begun { mut session, opened, effects } = Session::begin(launch.beginning);
    let model = &mut session.model;
    if !launch.mouse {
        model.mouse = Mouse::Terminals;
    }
    terminal::hook_panics();
    terminal::use_colour(!launch.theme.is_mono());
    let display = Display::open(launch.abilities, launch.mouse)?;
    let size = display.size().inspect_err(|_| terminal::leave())?;
    (model.width, model.height) = (size.width, size.height);
    let (sender, receiver) = channel();
    let mut wizard = Wizard { session, display, receiver, start, theme: launch.theme, is_gone: false };
    let ended = catch_unwind(AssertUnwindSafe(|| wizard.run(opened, effects, launch.accounts, &sender)));
    terminal::leave();
    match ended {
        Ok(result) => result.map(|()| wizard.session.ended(receipt(&wizard.session.model))).map_err(TerminalError::Io),
        Err(panic) => {
            let mut out = io::stdout();
            for line in wizard.session.see_order_through(&wizard.receiver) {
                // A terminal that is gone takes no words; the exit code still tells.
                let _ = writeln!(out, "{line}");
            }
            resume_unwind(panic)
        }
    }
}

struct Wizard {
    session: Session,
    display: Display,
    receiver: Receiver<Happening>,
    start: Instant,
    theme: Theme,
    /// The terminal took no more output: nothing is painted any more.
    is_gone: bool,
}

impl Wizard {
    /// The first frame needs nothing but the model: threads, runtime and connection come after it.
    fn run(
        &mut self,
        opened: Option<Opened>,
        begun: Vec<Effect>,
        accounts: Arc<dyn Accounts>,
        sender: &Sender<Happening>,
    ) -> io::Result<()> {
        self.paint()?;
        let mut background = Background::start(accounts, sender.clone(), self.start)?;
        if let Some(opened) = opened {
            background.sit_down(opened);
        }
        signals::listen(background.runtime(), sender);
        input::listen(sender.clone(), self.start, self.display.escape_delay());
        // Who orders is asked before the lists are read.
        let effects = [self.session.model.start(), begun].concat();
        if self.execute(effects, &mut background) {
            return Ok(());
        }
        loop {
            if self.paint_or_end(&mut background) {
                return Ok(());
            }
            let Some(first) = self.wait() else { return Ok(()) };
            let mut next = Some(first);
            while let Some(happening) = next {
                if self.work_off(happening, &mut background) {
                    return Ok(());
                }
                next = self.receiver.try_recv().ok();
            }
        }
    }

    /// Paints; a terminal that takes no more output is gone, which asks for the end but does not
    /// cut off an order on its way. `true` if the form is to be left.
    fn paint_or_end(&mut self, background: &mut Background<Happening>) -> bool {
        if self.is_gone || self.paint().is_ok() {
            return false;
        }
        self.is_gone = true;
        let effects = update(&mut self.session.model, Msg::Terminate);
        self.execute(effects, background)
    }

    /// Sleeps until something happens or is due; `None` if nothing can happen any more.
    fn wait(&mut self) -> Option<Happening> {
        let Some(at) = self.session.model.next_wake() else { return self.receiver.recv().ok() };
        let left = at.saturating_sub(millis_since(self.start));
        match self.receiver.recv_timeout(Duration::from_millis(left)) {
            Ok(happening) => Some(happening),
            Err(RecvTimeoutError::Timeout) => Some(Msg::Tick { at: millis_since(self.start).max(at) }.into()),
            Err(RecvTimeoutError::Disconnected) => None,
        }
    }

    /// `true` if the form is to be left.
    fn work_off(&mut self, happening: Happening, background: &mut Background<Happening>) -> bool {
        let msg = match happening {
            Happening::Msg(msg) => msg,
            Happening::Started(number, start) => {
                let effects = self.session.started((number, start), background);
                return self.execute(effects, background);
            }
            Happening::Own(Own::Letters { text, at }) => return self.type_letters(&text, at, background),
            Happening::Own(Own::Click { column, row, at }) => match view::hit(&self.session.model, column, row) {
                Some(target) => Msg::Click { target, at },
                None => return false,
            },
        };
        let effects = update(&mut self.session.model, msg);
        self.execute(effects, background)
    }

    fn type_letters(&mut self, letters: &str, at: Millis, background: &mut Background<Happening>) -> bool {
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

    fn paint(&mut self) -> io::Result<()> {
        self.session.break_down_if_asked();
        let mut shows_deed = false;
        self.display.draw(|frame| {
            view::draw(&self.session.model, self.theme, frame);
            shows_deed = view::shows_deed(&self.session.model, frame.area());
        })?;
        // What was not to be read was not shown.
        if self.session.model.awaits_paint() && shows_deed {
            let at = millis_since(self.start);
            update(&mut self.session.model, Msg::Painted { at });
        }
        Ok(())
    }

    /// Runs effects; `true` if the form is to be left.
    fn execute(&mut self, effects: Vec<Effect>, background: &mut Background<Happening>) -> bool {
        for effect in effects {
            match effect {
                // A terminal that fails here fails at the next frame too, and is dealt with there.
                Effect::Copy(text) => {
                    if let Err(why) = self.display.copy(&text) {
                        update(&mut self.session.model, Msg::NotCopied(why));
                    }
                }
                Effect::Repaint => {
                    let _ = self.paint_anew();
                }
                Effect::Suspend => {
                    let _ = self.display.suspend().and_then(|()| self.paint_anew());
                }
                Effect::Resume => {
                    let _ = self.display.resume().and_then(|()| self.paint_anew());
                }
                Effect::Mouse(on) => self.display.set_mouse(on),
                errand => {
                    if self.session.errands.run(errand, &mut self.session.model, background) {
                        return true;
                    }
                }
            }
        }
        false
    }

    /// Makes the next frame paint everything.
    fn paint_anew(&mut self) -> io::Result<()> {
        let size = self.display.forget()?;
        update(&mut self.session.model, Msg::Resize { width: size.width, height: size.height });
        Ok(())
    }
}
