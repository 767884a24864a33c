//! Selects the language: from flag, variable, profile, settings and locale, in this order. It is selected once, before
//! any output, so that help and errors of the command line use it too.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::Command;

use crate::config::{Overrides, Profile, ProfileKey, Settings, Sourced, ValueOrigin};
use crate::i18n::{Language, tr};

/// The parts of the command line that are needed before clap parses it.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct CommandLine {
    /// All arguments except `--language`, which may precede or follow a command.
    pub rest: Vec<OsString>,
    /// The path of the command, e.g. `orders`, `show`.
    pub path: Vec<String>,
    language: Option<String>,
    profile: Option<String>,
    config: Option<PathBuf>,
}

impl CommandLine {
    /// Reads the arguments and removes `--language`. Commands with a `--language` of their own (`profile add`) keep it.
    /// Global flags before a command are moved behind the last command.
    pub fn read(root: &Command, args: impl IntoIterator<Item = OsString>) -> Self {
        let mut line = Self::default();
        let mut here = root;
        let mut args = args.into_iter();
        line.rest.extend(args.next());
        // Where the flags that every command has are put, which may stand before it too.
        let (mut place, mut everywhere) = (line.rest.len(), Vec::new());
        while let Some(word) = args.next() {
            let text = word.to_str().unwrap_or_default();
            if text == "--" {
                line.rest.push(word);
                line.rest.extend(args);
                break;
            }
            let (flag, value) = match text.split_once('=') {
                Some((flag, value)) if flag.starts_with("--") => (flag, Some(OsString::from(value))),
                _ => (text, None),
            };
            let is_taken = flag == "--language" && !has_its_own(here);
            if let (true, Some(tag)) = (is_taken, &value) {
                line.language = Some(tag.to_string_lossy().into_owned());
                continue;
            }
            if let Some(below) = here.find_subcommand(text) {
                here = below;
                line.path.push(below.get_name().to_owned());
                line.rest.push(word);
                place = line.rest.len();
                continue;
            }
            let next = if value.is_none() && takes_next(here, flag) { args.next() } else { None };
            if let (true, Some(tag)) = (is_taken, &next) {
                line.language = Some(tag.to_string_lossy().into_owned());
                continue;
            }
            match (flag, value.as_ref().or(next.as_ref())) {
                ("--config", Some(file)) => line.config = Some(file.into()),
                ("--profile", Some(name)) => line.profile = name.to_str().map(str::to_owned),
                _ => {}
            }
            let rest = if line.path.is_empty() && is_everywhere(root, flag) { &mut everywhere } else { &mut line.rest };
            rest.push(word);
            rest.extend(next);
        }
        line.rest.splice(place..place, everywhere);
        line
    }

    /// Returns the language and its origin. An unknown language in the flag or the variable is an error, which is a
    /// sentence.
    pub fn language(&self, env: &dyn Fn(&str) -> Option<String>) -> Result<Sourced<Language>, String> {
        let variable = ProfileKey::Language.variable();
        let of_variable = env(variable).filter(|tag| !tag.trim().is_empty());
        let named = match (&self.language, of_variable) {
            (Some(tag), _) => Some((tag.clone(), "--language", ValueOrigin::Flag)),
            (None, Some(tag)) => Some((tag, variable, ValueOrigin::Environment(variable.to_owned()))),
            (None, None) => None,
        };
        match named {
            Some((tag, place, from)) => match Language::from_tag(tag.trim()) {
                Some(value) => Ok(Sourced { value, from }),
                None => Err(tr!("{place} names no language of this program: en and zh-CN are right", place)),
            },
            None => Ok(self.settings_language(env).unwrap_or_else(|| from_locale(env))),
        }
    }

    /// Returns the language of the profile, else of the settings. Invalid settings are ignored here; the commands that
    /// need them report the errors.
    fn settings_language(&self, env: &dyn Fn(&str) -> Option<String>) -> Option<Sourced<Language>> {
        let settings = Settings::load(self.config.as_deref()).ok()?;
        let mut flags = Overrides::default();
        flags.profile.clone_from(&self.profile);
        let of_profile = Profile::resolve(&settings, &flags, env).ok().and_then(|chosen| {
            let language = chosen.get(ProfileKey::Language)?;
            Some(Sourced { value: Language::from_tag(&language.value)?, from: language.from.clone() })
        });
        of_profile.or(settings.language.map(|value| Sourced { value, from: ValueOrigin::Settings }))
    }
}

/// The language of the screen, with a notice for the user.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ScreenLanguage {
    pub value: Language,
    /// A notice that the screen cannot show Chinese. It is in English, which the screen can show.
    pub notice: Option<&'static str>,
}

/// Returns the language for the screen. An ASCII screen shows `?` for every Chinese character, so it uses English,
/// unless `--language` selects Chinese.
pub fn on_screen(spoken: &Sourced<Language>, is_ascii: bool) -> ScreenLanguage {
    let notice = "ASCII cannot show Chinese: each character is a `?`. --language en, or a terminal in UTF-8, mends it";
    match (spoken.value, is_ascii, &spoken.from) {
        (Language::Chinese, true, ValueOrigin::Flag) => {
            ScreenLanguage { value: Language::Chinese, notice: Some(notice) }
        }
        (Language::Chinese, true, _) => ScreenLanguage { value: Language::English, notice: None },
        (value, _, _) => ScreenLanguage { value, notice: None },
    }
}

/// Returns the language of the locale (`LC_ALL`, `LC_MESSAGES`, `LANG`); English if none is set or its language is not
/// supported.
pub fn from_locale(env: &dyn Fn(&str) -> Option<String>) -> Sourced<Language> {
    let mut variables = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter();
    let first = variables.find_map(|name| Some((name, env(name).filter(|value| !value.is_empty())?)));
    let spoken = first.and_then(|(name, locale)| {
        let from = ValueOrigin::Environment(name.to_owned());
        Language::from_tag(&locale).map(|value| Sourced { value, from })
    });
    spoken.unwrap_or(Sourced { value: Language::English, from: ValueOrigin::Default })
}

/// Returns whether the command has a `--language` flag of its own, which sets an entry of a profile.
fn has_its_own(command: &Command) -> bool {
    command.get_arguments().any(|arg| arg.get_long() == Some("language") && !arg.is_global_set())
}

/// Returns whether a flag is global. Letters combined behind one hyphen count if each of them is.
fn is_everywhere(root: &Command, flag: &str) -> bool {
    let mut global = root.get_arguments().filter(|arg| arg.is_global_set());
    match flag.strip_prefix("--") {
        Some(name) => global.any(|arg| arg.get_long() == Some(name)),
        None => flag.strip_prefix('-').filter(|letters| !letters.is_empty()).is_some_and(|letters| {
            let global: Vec<char> = global.filter_map(clap::Arg::get_short).collect();
            letters.chars().all(|letter| global.contains(&letter))
        }),
    }
}

/// Returns whether the argument after a flag is its value.
fn takes_next(command: &Command, flag: &str) -> bool {
    let is_it = |arg: &&clap::Arg| {
        let short = arg.get_short().map(|letter| format!("-{letter}"));
        flag.strip_prefix("--").is_some_and(|name| arg.get_long() == Some(name)) || short.as_deref() == Some(flag)
    };
    let found = command.get_arguments().find(is_it);
    found.is_some_and(|arg| arg.get_action().takes_values() && !arg.is_require_equals_set())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::command;
    use crate::fs_private::write_private;

    fn line(words: &[&str]) -> CommandLine {
        CommandLine::read(&command(), ["cph-wizard"].iter().chain(words).map(OsString::from))
    }

    fn rest(words: &[&str]) -> String {
        line(words).rest.iter().skip(1).map(|word| word.to_str().unwrap()).collect::<Vec<_>>().join(" ")
    }

    /// Returns the selected language with its origin, independent of the real environment.
    fn spoken(words: &[&str], variables: &[(&str, &str)]) -> String {
        let env = |name: &str| variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned());
        let mut line = line(words);
        line.config.get_or_insert("/nowhere/config.toml".into());
        match line.language(&env) {
            Ok(Sourced { value, from }) => format!("{} ({from})", value.tag()),
            Err(why) => why,
        }
    }

    #[test]
    fn the_flag_stands_anywhere_and_is_taken_out() {
        for words in [
            &["--language", "zh", "orders", "list"][..],
            &["orders", "--language=zh-CN", "list"],
            &["orders", "list", "--language", "zh_CN"],
        ] {
            assert_eq!((rest(words), spoken(words, &[])), ("orders list".into(), "zh-CN (flag)".into()));
        }
        assert_eq!(spoken(&["--language", "zh", "--language=en"], &[]), "en (flag)", "the last one counts");
    }

    #[test]
    fn what_only_looks_like_the_flag_stays() {
        for words in [
            &["profile", "add", "work", "--language", "zh"][..],
            &["profile", "edit", "work", "--language=zh"],
            &["check", "--", "--language", "zh"],
            &["--template", "--language"],
            &["orders", "--language"],
        ] {
            assert_eq!((rest(words), spoken(words, &[])), (words.join(" "), "en (default)".into()));
        }
        // The name of a template is no command.
        assert_eq!(rest(&["--template", "profile", "--last", "--language", "zh"]), "--template profile --last");
        assert_eq!(rest(&["--template", "profile", "add", "--language", "zh"]), "--template profile add");
    }

    #[test]
    fn each_place_goes_before_the_next() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("config.toml");
        let text =
            "language = \"zh\"\n[profiles.a]\nregion = \"x-1\"\nlanguage = \"en\"\n[profiles.b]\nregion = \"x-1\"\n";
        write_private(&path, text.as_bytes()).unwrap();
        let config = path.to_str().unwrap();
        let of_a = ["--config", config, "--profile", "a"];
        let of_b = ["--config", config, "--profile=b"];
        let locale = ("LANG", "zh_CN.UTF-8");
        let variable = ("CPH_WIZARD_LANGUAGE", "zh-CN");
        assert_eq!(spoken(&[&of_a[..], &["--language", "en"]].concat(), &[variable, locale]), "en (flag)");
        assert_eq!(spoken(&of_a, &[variable]), "zh-CN (environment CPH_WIZARD_LANGUAGE)");
        assert_eq!(spoken(&of_a, &[locale]), "en (profile a)");
        assert_eq!(spoken(&of_b, &[]), "zh-CN (settings)");
        assert_eq!(spoken(&[], &[locale]), "zh-CN (environment LANG)");
        assert_eq!(spoken(&[], &[("LC_ALL", "C"), locale]), "en (default)");
        assert_eq!(spoken(&[], &[("LC_ALL", ""), ("LC_MESSAGES", "en_GB"), locale]), "en (environment LC_MESSAGES)");
        assert_eq!(spoken(&[], &[("LANG", "de_DE.UTF-8")]), "en (default)");
    }

    #[test]
    fn a_screen_in_ascii_speaks_chinese_only_when_the_flag_says_so() {
        let shown = |value, from, is_ascii| {
            let shown = on_screen(&Sourced { value, from }, is_ascii);
            (shown.value, shown.notice.is_some_and(str::is_ascii))
        };
        let (chinese, english) = (Language::Chinese, Language::English);
        let locale = || ValueOrigin::Environment("LANG".into());
        assert_eq!(shown(chinese, locale(), false), (chinese, false));
        assert_eq!(shown(chinese, locale(), true), (english, false));
        assert_eq!(shown(chinese, ValueOrigin::Settings, true), (english, false));
        assert_eq!(shown(chinese, ValueOrigin::Flag, true), (chinese, true));
        assert_eq!(shown(chinese, ValueOrigin::Flag, false), (chinese, false));
        assert_eq!(shown(english, ValueOrigin::Flag, true), (english, false));
    }

    #[test]
    fn a_language_that_is_not_spoken_says_which_are() {
        let right = "names no language of this program: en and zh-CN are right";
        assert_eq!(spoken(&["--language", "canary"], &[]), format!("--language {right}"));
        assert_eq!(spoken(&[], &[("CPH_WIZARD_LANGUAGE", "de")]), format!("CPH_WIZARD_LANGUAGE {right}"));
    }
}
