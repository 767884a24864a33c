//! Starts the form: resolves account, language, theme and keys, and prints the receipt on the normal screen afterwards.

use std::env;
use std::io::{IsTerminal as _, stdin, stdout};

use crate::app::Keymap;
use crate::bootstrap::error::AppError;
use crate::config::{
    LoadedSettings, ProfileKey, Settings, Sourced, UseColor, settings_path, state_base, templates_dir,
};
use crate::exit_code::ExitCode;
use crate::i18n::{self, Language};
use crate::text::sanitize::sentence;
use crate::tui::{self, Capabilities, IntroductionMarker, LaunchConfig, SessionConfig, StartPage, TemplateStore};
use crate::view::Theme;

use super::args::{Args, Color};
use super::demo::told;
use super::print;
use crate::bootstrap::accounts::LocalAccounts;
use crate::bootstrap::demo::{self, DemoUse};
use crate::bootstrap::environment::variable;
use crate::bootstrap::keymap;
use crate::bootstrap::language;
use crate::bootstrap::theme;

pub fn run(args: &Args, spoken: &Sourced<Language>) -> Result<ExitCode, AppError> {
    let is_linear = is_linear(args);
    let LoadedSettings { settings, problem } = Settings::load_or_default(args.account.config.as_deref());
    // Linear mode draws nothing: it prints what a locale, or a person, has asked for.
    let is_ascii = !is_linear && theme::is_ascii(args.ascii, settings.ascii, &variable);
    let shown = language::on_screen(spoken, is_ascii);
    i18n::set_language(shown.value);
    let templates = TemplateStore::new(templates_dir(args.account.config.as_deref()));
    let begin = args.begin.begin(&templates)?;
    let machine = LocalAccounts::new(args.account.clone(), args.state_dir.clone());
    // The world of a demo is state as well.
    let introduction = introduction(args);
    let start = match told(args.demo.open(args.state_dir.as_deref(), DemoUse::Orders)?) {
        Some(world) => {
            // The demo needs nothing of the settings.
            if let Some(problem) = problem {
                print::eprint(&sentence(&problem.to_string()));
            }
            StartPage::Form(Box::new(demo::opened(world, args.state_dir.as_deref())))
        }
        None => match machine.begin()? {
            // Without a terminal nobody can be asked.
            StartPage::Setup(_) if !is_linear && !has_terminal() => return Err(AppError::NoAccount),
            start => start,
        },
    };
    let (theme, unlike) = look(args, &settings)?;
    let unlike = unlike.or(shown.notice.map(str::to_owned));
    if let Some(problem) = &unlike {
        print::eprint(problem);
    }
    let (keymap, notice) = match keymap::keymap(&settings, args.account.config.as_deref()) {
        Ok(keymap) => (keymap, unlike),
        Err(problem) => {
            let problem = sentence(&problem.to_string());
            print::eprint(&problem);
            (Keymap::default(), Some(problem))
        }
    };
    let config = SessionConfig {
        start,
        keymap,
        start_from: begin,
        notice,
        introduction,
        templates,
        panic_at: env::var("CPH_WIZARD_TEST_BREAK_DOWN").ok(),
    };
    let launch = LaunchConfig {
        config,
        accounts: std::sync::Arc::new(machine),
        theme,
        mouse: settings.mouse && !args.no_mouse,
        capabilities: Capabilities::detect(|name| env::var(name).ok(), settings.synchronized_output),
    };
    let run = if is_linear { tui::run_linear } else { tui::run };
    let ended = run(launch).map_err(AppError::Terminal)?;
    ended.receipt.iter().for_each(|line| print::line(&theme.ascii_safe(line)));
    Ok(ended.exit_code)
}

fn has_terminal() -> bool {
    stdin().is_terminal() && stdout().is_terminal()
}

/// Returns whether linear mode is used: with `--linear`, or on a terminal with `TERM=dumb`. Without a terminal it has
/// to be requested: a program that starts this one by mistake must not wait for input.
fn is_linear(args: &Args) -> bool {
    args.linear || (has_terminal() && env::var("TERM").is_ok_and(|term| term == "dumb"))
}

/// Returns a marker that is due if the user has neither settings nor state yet, and `CPH_WIZARD_NO_INTRO` is not set.
fn introduction(args: &Args) -> IntroductionMarker {
    let has_settings = args.account.config.is_some() || settings_path(None).is_some_and(|path| path.exists());
    let is_unwanted = env::var_os("CPH_WIZARD_NO_INTRO").is_some();
    if has_settings || is_unwanted {
        return IntroductionMarker::default();
    }
    IntroductionMarker::on_first_start(state_base(args.state_dir.as_deref()))
}

/// Returns the theme, and a problem to report if the configured theme cannot be used. A bad `--theme` flag is an error.
fn look(args: &Args, settings: &Settings) -> Result<(Theme, Option<String>), AppError> {
    let file = args.account.config.as_deref();
    let color = match args.color {
        Color::Auto => UseColor::Auto,
        Color::Always => UseColor::Always,
        Color::Never => UseColor::Never,
    };
    let kept_theme = kept_theme(args, settings);
    let asked = theme::ThemeRequest {
        color,
        theme: args.theme.as_deref(),
        ascii: args.ascii,
        kept_color: settings.color,
        kept_theme: kept_theme.as_deref(),
        kept_ascii: settings.ascii,
    };
    let decided = theme::decide(&asked, &variable, stdout().is_terminal());
    match theme::theme(decided, file) {
        Ok(theme) => Ok((theme, None)),
        Err(error) if args.theme.is_some() => Err(AppError::Usage(error.to_string())),
        Err(error) => {
            let usual = theme::theme(theme::ThemeDecision { theme: "terminal", ..decided }, file);
            Ok((usual.unwrap_or(Theme::TERMINAL), Some(sentence(&error.to_string()))))
        }
    }
}

/// Returns the configured theme: from the environment variable, the profile or the settings. The demo has no profile.
fn kept_theme(args: &Args, settings: &Settings) -> Option<String> {
    let of_profile = match &args.demo.demo {
        Some(_) => variable(ProfileKey::Theme.variable()).filter(|theme| !theme.trim().is_empty()),
        // What is wrong with the account is said where it is opened.
        None => args.account.chosen(settings).ok().and_then(|chosen| chosen.text(ProfileKey::Theme).map(str::to_owned)),
    };
    of_profile.or_else(|| settings.theme.clone())
}
