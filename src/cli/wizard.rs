//! The form: which account it is for, how it looks, and what stays on the normal screen.

use std::env;
use std::io::{IsTerminal as _, stdin, stdout};

use crate::app::Keymap;
use crate::config::{Loaded, Settings, state_base, templates_dir};
use crate::failure::Failure;
use crate::order::text::sentence;
use crate::simulator::Scene;
use crate::tui::{self, Abilities, Introduction, Launch, Start, Templates};
use crate::view::Theme;

use super::accounts::Machine;
use super::args::{Args, Color};
use super::{demo, keys, say};

pub fn run(args: &Args) -> Result<u8, Failure> {
    let templates = Templates::new(templates_dir(args.account.config.as_deref()));
    let begin = args.begin.begin(&templates)?;
    let Loaded { settings, problem } = Settings::load_or_default(args.account.config.as_deref());
    let machine = Machine::new(args.account.clone(), args.state_dir.clone());
    let start = match &args.demo {
        Some(name) => {
            // The demo needs nothing of the settings.
            if let Some(problem) = problem {
                say::aside(&sentence(&problem.to_string()));
            }
            let scene = Scene::named(name).map_err(|error| Failure::Usage(error.to_string()))?;
            Start::Form(Box::new(demo::opened(scene, args.state_dir.as_deref())))
        }
        None => match machine.begin()? {
            // Without a terminal nobody can be asked.
            Start::Setup(_) if !stdin().is_terminal() || !stdout().is_terminal() => return Err(Failure::NoAccount),
            start => start,
        },
    };
    let (keymap, notice) = match keys::keymap(&settings, args.account.config.as_deref()) {
        Ok(keymap) => (keymap, None),
        Err(problem) => {
            let problem = sentence(&problem.to_string());
            say::aside(&problem);
            (Keymap::default(), Some(problem))
        }
    };
    let launch = Launch {
        start,
        accounts: std::sync::Arc::new(machine),
        theme: Theme { mono: !uses_colour(args.color, &settings) },
        mouse: settings.mouse && !args.no_mouse,
        abilities: Abilities::of(|name| env::var(name).ok(), settings.synchronized_output),
        keymap,
        notice,
        introduction: introduction(args),
        begin,
        templates,
        break_down_at: env::var("CPH_WIZARD_TEST_BREAK_DOWN").ok(),
    };
    let ended = tui::run(launch).map_err(Failure::Terminal)?;
    ended.receipt.iter().for_each(|line| say::result(line));
    Ok(ended.exit_code)
}

/// The introduction, for somebody who has neither settings nor a state yet.
fn introduction(args: &Args) -> Introduction {
    let has_settings = args.account.config.is_some() || Settings::usual_path().is_some_and(|path| path.exists());
    let is_unwanted = env::var_os("CPH_WIZARD_NO_INTRO").is_some() || env::var("TERM").is_ok_and(|term| term == "dumb");
    if has_settings || is_unwanted {
        return Introduction::default();
    }
    Introduction::on_first_start(state_base(args.state_dir.as_deref()))
}

/// Flag, settings, `NO_COLOR`, `CLICOLOR`, `TERM`, in this order.
fn uses_colour(flag: Color, settings: &Settings) -> bool {
    let set = |name: &str| env::var(name).is_ok_and(|value| !value.is_empty() && value != "0");
    match flag {
        Color::Always => true,
        Color::Never => false,
        Color::Auto if !settings.color || env::var("NO_COLOR").is_ok_and(|value| !value.is_empty()) => false,
        Color::Auto if set("CLICOLOR_FORCE") => true,
        Color::Auto => {
            env::var("CLICOLOR").ok().as_deref() != Some("0") && env::var("TERM").ok().as_deref() != Some("dumb")
        }
    }
}
