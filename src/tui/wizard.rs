//! The loop: wait, work off everything that is pending, paint once if anything changed.

use std::io::{self, Write as _};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use crate::app::{
    AccountLabel, Begin, Effect, Keymap, Millis, Model, Mouse, Msg, Overlay, Page, exit_code, receipt, update,
};
use crate::view::{self, Theme};

use super::abilities::Abilities;
use super::accounts::{Accounts, Opened, Start};
use super::display::Display;
use super::drafts::Drafts;
use super::effects::Background;
use super::errands::Errands;
use super::input::{self, Input, millis_since};
use super::introduction::Introduction;
use super::shelves::Shelves;
use super::signals;
use super::templates::Templates;
use super::terminal::{self, TerminalError};

/// All that the form needs from outside.
pub struct Launch {
    pub start: Start,
    pub accounts: Arc<dyn Accounts>,
    pub theme: Theme,
    pub mouse: bool,
    pub abilities: Abilities,
    pub keymap: Keymap,
    /// A sentence to begin with, such as what is wrong with the settings.
    pub notice: Option<String>,
    pub introduction: Introduction,
    /// For tests only: the interface breaks down when the server name is this, or, for `waiting`,
    /// while an order is on its way.
    pub break_down_at: Option<String>,
    /// How the command line wants the form to begin.
    pub begin: Begin,
    pub templates: Templates,
}

/// How the form was left.
#[derive(Debug)]
pub struct Ended {
    /// Lines for the normal screen.
    pub receipt: Vec<String>,
    pub exit_code: u8,
}

/// What the loop waits for.
enum Happening {
    Msg(Msg),
    Letters {
        text: String,
        at: Millis,
    },
    /// A choice of who orders led to a form, to another question, or to nothing.
    Started(u64, Result<Start, String>),
    Click {
        column: u16,
        row: u16,
        at: u64,
    },
}

impl From<Msg> for Happening {
    fn from(msg: Msg) -> Self {
        Self::Msg(msg)
    }
}

impl From<(u64, Result<Start, String>)> for Happening {
    fn from((number, started): (u64, Result<Start, String>)) -> Self {
        Self::Started(number, started)
    }
}

impl From<Input> for Happening {
    fn from(input: Input) -> Self {
        match input {
            Input::Msg(msg) => Self::Msg(msg),
            Input::Letters { text, at } => Self::Letters { text, at },
            Input::Click { column, row, at } => Self::Click { column, row, at },
        }
    }
}

/// Runs the form until it is left.
pub fn run(launch: Launch) -> Result<Ended, TerminalError> {
    let start = Instant::now();
    let shelves = |state_dir: Option<&Path>| Shelves { drafts: Drafts::new(state_dir), templates: launch.templates };
    let mut begun = Vec::new();
    let (mut model, shelves, opened) = match launch.start {
        Start::Form(opened) => {
            let shelves = shelves(opened.state_dir.as_deref());
            let mut model = Model::new(opened.account.clone(), None);
            model.begin_with(opened.defaults.clone());
            begun = begin(&mut model, &shelves, &launch.begin);
            (model, shelves, Some(*opened))
        }
        Start::Setup(setup) => {
            let mut model = Model::new(AccountLabel::none(), None);
            model.page = Page::Setup(setup);
            (model, shelves(None), None)
        }
    };
    model.keymap = launch.keymap;
    model.message = launch.notice.or(model.message.take());
    if !launch.mouse {
        model.mouse = Mouse::Terminals;
    }
    if launch.introduction.is_due() && model.overlay.is_none() {
        model.overlay = Some(Overlay::Introduction);
    }
    terminal::hook_panics();
    terminal::use_colour(!launch.theme.is_mono());
    let display = Display::open(launch.abilities, launch.mouse)?;
    let size = display.size().inspect_err(|_| terminal::leave())?;
    (model.width, model.height) = (size.width, size.height);
    let (sender, receiver) = channel();
    let mut wizard = Wizard {
        model,
        display,
        receiver,
        errands: Errands { shelves, introduction: launch.introduction, draft_words: None },
        begin: launch.begin,
        start,
        theme: launch.theme,
        break_down_at: launch.break_down_at,
        is_gone: false,
    };
    let ended = catch_unwind(AssertUnwindSafe(|| wizard.run(opened, begun, launch.accounts, &sender)));
    terminal::leave();
    match ended {
        Ok(result) => result.map(|()| wizard.ended()).map_err(TerminalError::Io),
        Err(panic) => {
            wizard.see_order_through();
            resume_unwind(panic)
        }
    }
}

/// Shows the model what there is to begin with, and begins.
pub(super) fn begin(model: &mut Model, shelves: &Shelves, begin: &Begin) -> Vec<Effect> {
    let effects = update(model, shelves.told(None));
    [effects, update(model, Msg::Begin(Box::new(begin.clone())))].concat()
}

struct Wizard {
    model: Model,
    display: Display,
    receiver: Receiver<Happening>,
    errands: Errands,
    begin: Begin,
    start: Instant,
    theme: Theme,
    break_down_at: Option<String>,
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
        let effects = [self.model.start(), begun].concat();
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
        let effects = update(&mut self.model, Msg::Terminate);
        self.execute(effects, background)
    }

    /// Sleeps until something happens or is due; `None` if nothing can happen any more.
    fn wait(&mut self) -> Option<Happening> {
        let Some(at) = self.model.next_wake() else { return self.receiver.recv().ok() };
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
            Happening::Letters { text, at } => return self.type_letters(&text, at, background),
            // The person has gone elsewhere meanwhile, or has chosen again.
            Happening::Started(number, _) if number != background.opens || !self.model.is_opening() => return false,
            Happening::Started(_, Err(why)) => Msg::NotOpened { why },
            Happening::Started(_, Ok(Start::Setup(setup))) => Msg::Asked { setup },
            Happening::Started(_, Ok(Start::Form(opened))) => {
                if !self.errands.shelves.drafts.are_in(opened.state_dir.as_deref()) {
                    self.errands.shelves.drafts = Drafts::new(opened.state_dir.as_deref());
                }
                let (account, defaults) = (opened.account.clone(), opened.defaults.clone());
                background.sit_down(*opened);
                let defaults = Box::new(defaults);
                let effects = update(&mut self.model, Msg::Opened { account, kept: None, defaults });
                let effects = [effects, begin(&mut self.model, &self.errands.shelves, &self.begin)].concat();
                return self.execute(effects, background);
            }
            Happening::Click { column, row, at } => match view::hit(&self.model, column, row) {
                Some(target) => Msg::Click { target, at },
                None => return false,
            },
        };
        let effects = update(&mut self.model, msg);
        self.execute(effects, background)
    }

    fn type_letters(&mut self, letters: &str, at: Millis, background: &mut Background<Happening>) -> bool {
        let mut typed = letters;
        while let Some((msg, rest)) = self.model.next_typed(typed, at) {
            typed = rest;
            let effects = update(&mut self.model, msg);
            if self.execute(effects, background) {
                return true;
            }
        }
        false
    }

    fn paint(&mut self) -> io::Result<()> {
        self.break_down_if_asked();
        let mut shows_deed = false;
        self.display.draw(|frame| {
            view::draw(&self.model, self.theme, frame);
            shows_deed = view::shows_deed(&self.model, frame.area());
        })?;
        // What was not to be read was not shown.
        if self.model.awaits_paint() && shows_deed {
            let at = millis_since(self.start);
            update(&mut self.model, Msg::Painted { at });
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
                        update(&mut self.model, Msg::NotCopied(why));
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
                    if self.errands.run(errand, &mut self.model, background) {
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
        update(&mut self.model, Msg::Resize { width: size.width, height: size.height });
        Ok(())
    }

    fn ended(&self) -> Ended {
        let mut lines = receipt(&self.model);
        lines.extend(self.errands.draft_words.clone());
        Ended { receipt: lines, exit_code: exit_code(&self.model) }
    }

    /// After a breakdown of the interface: the order that is on its way still gets its answer, and
    /// its words go to the normal screen.
    fn see_order_through(&mut self) {
        while matches!(self.model.page, Page::Waiting(_)) {
            let Ok(happening) = self.receiver.recv() else { break };
            if let Happening::Msg(msg @ Msg::Purchase { .. }) = happening {
                update(&mut self.model, msg);
            }
        }
        let mut out = io::stdout();
        for line in receipt(&self.model) {
            // A terminal that is gone takes no words; the exit code still tells.
            let _ = writeln!(out, "{line}");
        }
    }

    fn break_down_if_asked(&self) {
        let Some(at) = &self.break_down_at else { return };
        let is_waiting = at == "waiting" && matches!(self.model.page, Page::Waiting(_));
        let asked = is_waiting || *at == self.model.draft.server_name;
        assert!(!asked, "the interface broke down as a test asked for");
    }
}
