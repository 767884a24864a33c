//! Linear mode from its start to its end: the model, the thread that reads lines, and what is left of
//! it after a breakdown.

use std::collections::VecDeque;
use std::io::{IsTerminal as _, stdin};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::Path;
use std::sync::mpsc::channel;
use std::time::Instant;

use crate::app::{AccountLabel, Model, Overlay, Page};
use crate::linear::{self, Talk};

use super::accounts::Start;
use super::conversation::{Conversation, Input};
use super::drafts::Drafts;
use super::errands::Errands;
use super::lines::{self, Echo, Out};
use super::shelves::Shelves;
use super::terminal::{self, TerminalError};
use super::under_way::UnderWay;
use super::wizard::{Ended, Launch, begin};

/// Runs the form as questions and answers until it is left.
pub fn converse(launch: Launch) -> Result<Ended, TerminalError> {
    let start = Instant::now();
    let shelves = |state_dir: Option<&Path>| Shelves { drafts: Drafts::new(state_dir), templates: launch.templates };
    let mut begun = Vec::new();
    let (mut model, shelves, opened) = match launch.start {
        Start::Form(opened) => {
            let shelves = shelves(opened.state_dir.as_deref());
            let mut model = Model::new(opened.account.clone(), None);
            model.keymap = linear::keymap();
            model.begin_with(opened.defaults.clone());
            begun = begin(&mut model, &shelves, &launch.begin);
            (model, shelves, Some(*opened))
        }
        Start::Setup(setup) => {
            let mut model = Model::new(AccountLabel::none(), None);
            model.keymap = linear::keymap();
            model.page = Page::Setup(setup);
            (model, shelves(None), None)
        }
    };
    model.message = launch.notice.or(model.message.take());
    if launch.introduction.is_due() && model.overlay.is_none() {
        model.overlay = Some(Overlay::Introduction);
    }
    terminal::hook_panics();
    let (sender, receiver) = channel();
    let lines = lines::listen(sender.clone(), start);
    let is_typed = stdin().is_terminal();
    let mut conversation = Conversation {
        model,
        talk: Talk::new(is_typed),
        receiver,
        lines,
        queue: VecDeque::new(),
        is_typed,
        input: Input::Open,
        out: Out::new(),
        echo: Echo::default(),
        errands: Errands { shelves, introduction: launch.introduction, draft_words: None },
        begin: launch.begin,
        start,
        under_way: UnderWay::default(),
        waits: None,
        break_down_at: launch.break_down_at,
    };
    let ended = catch_unwind(AssertUnwindSafe(|| conversation.run(opened, begun, launch.accounts, &sender)));
    conversation.echo.show();
    match ended {
        Ok(result) => result.map(|()| conversation.ended()).map_err(TerminalError::Io),
        Err(panic) => {
            conversation.see_order_through();
            resume_unwind(panic)
        }
    }
}
