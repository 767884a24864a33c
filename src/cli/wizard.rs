//! The form: which account it is for, how it looks, and what stays on the normal screen.

use std::env;
use std::io::{IsTerminal as _, stdin, stdout};

use crate::app::Keymap;
use crate::config::{Entry, Loaded, Settings, Sourced, UseColor, state_base, templates_dir};
use crate::failure::Failure;
use crate::order::text::sentence;
use crate::simulator::Scene;
use crate::tui::{self, Abilities, Beginning, Introduction, Launch, Start, Templates};
use crate::view::Theme;
use crate::words::{self, Language};

use super::account::variable;
use super::accounts::Machine;
use super::args::{Args, Color};
use super::{demo, keys, language, looks, say};

pub fn run(args: &Args, spoken: &Sourced<Language>) -> Result<u8, Failure> {
    let is_linear = is_linear(args);
    let Loaded { settings, problem } = Settings::load_or_default(args.account.config.as_deref());
    // Linear mode draws nothing: it prints what a locale, or a person, has asked for.
    let is_ascii = !is_linear && looks::is_ascii(args.ascii, settings.ascii, &variable);
    let shown = language::on_screen(spoken, is_ascii);
    words::speak(shown.value);
    let templates = Templates::new(templates_dir(args.account.config.as_deref()));
    let begin = args.begin.begin(&templates)?;
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
            Start::Setup(_) if !is_linear && !has_terminal() => return Err(Failure::NoAccount),
            start => start,
        },
    };
    let (theme, unlike) = look(args, &settings)?;
    let unlike = unlike.or(shown.notice.map(str::to_owned));
    if let Some(problem) = &unlike {
        say::aside(problem);
    }
    let (keymap, notice) = match keys::keymap(&settings, args.account.config.as_deref()) {
        Ok(keymap) => (keymap, unlike),
        Err(problem) => {
            let problem = sentence(&problem.to_string());
            say::aside(&problem);
            (Keymap::default(), Some(problem))
        }
    };
    let beginning = Beginning {
        start,
        keymap,
        begin,
        notice,
        introduction: introduction(args),
        templates,
        break_down_at: env::var("CPH_WIZARD_TEST_BREAK_DOWN").ok(),
    };
    let launch = Launch {
        beginning,
        accounts: std::sync::Arc::new(machine),
        theme,
        mouse: settings.mouse && !args.no_mouse,
        abilities: Abilities::of(|name| env::var(name).ok(), settings.synchronized_output),
    };
    let run = if is_linear { tui::converse } else { tui::run };
    let ended = run(launch).map_err(Failure::Terminal)?;
    ended.receipt.iter().for_each(|line| say::result(&theme.in_full(line)));
    Ok(ended.exit_code)
}

fn has_terminal() -> bool {
    stdin().is_terminal() && stdout().is_terminal()
}

/// Asked for, or the terminal can do nothing but print. Without a terminal it has to be asked for: a
/// program that calls this one by mistake must not wait for an answer.
fn is_linear(args: &Args) -> bool {
    args.linear || (has_terminal() && env::var("TERM").is_ok_and(|term| term == "dumb"))
}

/// The introduction, for somebody who has neither settings nor a state yet.
fn introduction(args: &Args) -> Introduction {
    let has_settings = args.account.config.is_some() || Settings::usual_path().is_some_and(|path| path.exists());
    let is_unwanted = env::var_os("CPH_WIZARD_NO_INTRO").is_some();
    if has_settings || is_unwanted {
        return Introduction::default();
    }
    Introduction::on_first_start(state_base(args.state_dir.as_deref()))
}

/// The theme, and what is wrong with the one that is kept. A flag that is wrong is an error.
fn look(args: &Args, settings: &Settings) -> Result<(Theme, Option<String>), Failure> {
    let file = args.account.config.as_deref();
    let color = match args.color {
        Color::Auto => UseColor::Auto,
        Color::Always => UseColor::Always,
        Color::Never => UseColor::Never,
    };
    let kept_theme = kept_theme(args, settings);
    let asked = looks::Asked {
        color,
        theme: args.theme.as_deref(),
        ascii: args.ascii,
        kept_color: settings.color,
        kept_theme: kept_theme.as_deref(),
        kept_ascii: settings.ascii,
    };
    let decided = looks::decide(&asked, &variable, stdout().is_terminal());
    match looks::theme(decided, file) {
        Ok(theme) => Ok((theme, None)),
        Err(error) if args.theme.is_some() => Err(Failure::Usage(error.to_string())),
        Err(error) => {
            let usual = looks::theme(looks::Decided { theme: "terminal", ..decided }, file);
            Ok((usual.unwrap_or(Theme::TERMINAL), Some(sentence(&error.to_string()))))
        }
    }
}

/// The theme of the variable, the profile or the settings. The demo has no profile.
fn kept_theme(args: &Args, settings: &Settings) -> Option<String> {
    let of_profile = match &args.demo {
        Some(_) => variable(Entry::Theme.variable()).filter(|theme| !theme.trim().is_empty()),
        // What is wrong with the account is said where it is opened.
        None => args.account.chosen(settings).ok().and_then(|chosen| chosen.text(Entry::Theme).map(str::to_owned)),
    };
    of_profile.or_else(|| settings.theme.clone())
}
