//! Selects the appearance of the screen: colour, theme and character set. One pure function decides; the theme is
//! loaded after that.

use std::path::Path;

use crate::config::{ThemeError, ThemeFault, ThemeFile, UseColor};
use crate::view::Theme;

/// The flags and settings that affect the appearance.
#[derive(Debug, Clone, Copy, Default)]
pub struct ThemeRequest<'a> {
    /// `--color`.
    pub color: UseColor,
    /// `--theme`.
    pub theme: Option<&'a str>,
    /// `--ascii`.
    pub ascii: bool,
    pub kept_color: UseColor,
    /// The theme from the variable, the profile or the settings.
    pub kept_theme: Option<&'a str>,
    pub kept_ascii: Option<bool>,
}

/// The selected appearance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ThemeDecision<'a> {
    /// The name or path of the theme; `mono` without colour.
    pub theme: &'a str,
    pub is_ascii: bool,
}

/// Decides by flags, then settings, then `NO_COLOR`, `CLICOLOR_FORCE`, `CLICOLOR`, `TERM`, and the presence of a
/// terminal. A theme given by a flag also turns colour on, unless `--color never` is given; a configured theme does
/// not. `COLORFGBG` only chooses between light and dark for the theme `auto`.
pub fn decide<'a>(
    asked: &ThemeRequest<'a>,
    env: &dyn Fn(&str) -> Option<String>,
    is_terminal: bool,
) -> ThemeDecision<'a> {
    let set = |name: &str| env(name).filter(|value| !value.is_empty());
    let has_colour = match (asked.color, asked.theme, asked.kept_color) {
        (UseColor::Always, _, _) | (UseColor::Auto, Some(_), _) | (UseColor::Auto, None, UseColor::Always) => true,
        (UseColor::Never, _, _) | (UseColor::Auto, None, UseColor::Never) => false,
        (UseColor::Auto, None, UseColor::Auto) if set("NO_COLOR").is_some() => false,
        (UseColor::Auto, None, UseColor::Auto) if set("CLICOLOR_FORCE").is_some_and(|value| value != "0") => true,
        (UseColor::Auto, None, UseColor::Auto) => {
            is_terminal && !is_without_colour(env("TERM").as_deref()) && env("CLICOLOR").as_deref() != Some("0")
        }
    };
    let theme = match asked.theme.or(asked.kept_theme) {
        _ if !has_colour => "mono",
        Some("auto") => background(env("COLORFGBG").as_deref()).unwrap_or("terminal"),
        Some(named) => named,
        None => "terminal",
    };
    ThemeDecision { theme, is_ascii: is_ascii(asked.ascii, asked.kept_ascii, env) }
}

/// Returns whether only ASCII is drawn: by the flag, else the settings, else locale and terminal.
pub fn is_ascii(flag: bool, kept: Option<bool>, env: &dyn Fn(&str) -> Option<String>) -> bool {
    flag || kept.unwrap_or_else(|| is_ascii_place(env))
}

/// Returns whether a terminal has no colour: `dumb`, and the DEC terminals up to the VT420. A real one of those reads
/// the 5 of `38;5;4` as "blink". The VT525 is the first DEC terminal with colour.
fn is_without_colour(term: Option<&str>) -> bool {
    let Some(term) = term else { return false };
    let model =
        term.strip_prefix("vt").map(|rest| rest.split(|c: char| !c.is_ascii_digit()).next().unwrap_or_default());
    term == "dumb" || model.and_then(|number| number.parse().ok()).is_some_and(|number: u16| number < 500)
}

/// Returns the theme that fits the background in `COLORFGBG`, e.g. `15;0` or `0;default;15`: the last number is the
/// background, one of the 16 base colours. `None` for anything else.
fn background(hint: Option<&str>) -> Option<&'static str> {
    match hint?.rsplit(';').next()?.parse().ok()? {
        0..=6 | 8_u8 => Some("dark"),
        7 | 9..=15 => Some("light"),
        16.. => None,
    }
}

/// Returns whether locale and terminal are limited to ASCII: the locale is set and is not UTF-8, or none is set and
/// `TERM` is missing or names a terminal older than UTF-8.
fn is_ascii_place(env: &dyn Fn(&str) -> Option<String>) -> bool {
    let set = |name: &str| env(name).filter(|value| !value.is_empty());
    match ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(set) {
        Some(locale) => {
            let locale = locale.to_ascii_lowercase();
            !locale.contains("utf-8") && !locale.contains("utf8")
        }
        None => set("TERM")
            .is_none_or(|term| ["linux", "vt", "ansi", "dumb", "cons"].into_iter().any(|old| term.starts_with(old))),
    }
}

/// Lists the names of the built-in themes, including `auto`.
fn built_in() -> Vec<&'static str> {
    ["auto"].into_iter().chain(Theme::ALL.into_iter().map(|(name, _)| name)).collect()
}

/// Loads the selected theme, built in or from a file. `settings` is the settings file named by the user.
pub fn theme(decided: ThemeDecision<'_>, settings: Option<&Path>) -> Result<Theme, ThemeError> {
    let theme = match Theme::named(decided.theme) {
        Some(theme) => theme,
        None => of_file(&ThemeFile::named(decided.theme, settings, &built_in())?)?,
    };
    Ok(if decided.is_ascii { theme.in_ascii() } else { theme })
}

fn of_file(file: &ThemeFile) -> Result<Theme, ThemeError> {
    let broken = |(line, column), why| ThemeError::Broken { path: file.path.clone(), line, column, why };
    let base = match &file.base {
        None => Theme::TERMINAL,
        Some((name, place)) => Theme::named(name).ok_or_else(|| {
            let known: Vec<&str> = Theme::ALL.into_iter().map(|(name, _)| name).collect();
            broken(*place, ThemeFault::UnknownBase { known: known.join(", ") })
        })?,
    };
    let changes: Vec<(&str, &str)> =
        file.roles.iter().map(|entry| (entry.role.as_str(), entry.style.as_str())).collect();
    base.with(&changes).map_err(|fault| {
        let place = file.roles.get(fault.change).map_or((1, 1), |entry| entry.place);
        broken(place, ThemeFault::Style(fault.why))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decided(asked: &ThemeRequest<'static>, variables: &[(&str, &str)]) -> ThemeDecision<'static> {
        let value =
            |name: &str| variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned());
        let is_terminal = value("no tty").is_none();
        decide(asked, &value, is_terminal)
    }

    #[test]
    fn colour_is_decided_by_flag_settings_and_environment_in_this_order() {
        use UseColor::{Always, Auto, Never};
        let no_color = ("NO_COLOR", "1");
        for (color, theme, kept_color, variables, expected) in [
            (Auto, None, Auto, &[][..], "terminal"),
            (Auto, None, Auto, &[no_color], "mono"),
            (Auto, None, Auto, &[("NO_COLOR", "")], "terminal"),
            (Auto, None, Auto, &[no_color, ("CLICOLOR_FORCE", "1")], "mono"),
            (Auto, None, Auto, &[("CLICOLOR", "0")], "mono"),
            (Auto, None, Auto, &[("CLICOLOR", "1")], "terminal"),
            (Auto, None, Auto, &[("CLICOLOR", "0"), ("CLICOLOR_FORCE", "1")], "terminal"),
            (Auto, None, Auto, &[("CLICOLOR", "0"), ("CLICOLOR_FORCE", "0")], "mono"),
            (Auto, None, Auto, &[("TERM", "dumb")], "mono"),
            (Auto, None, Auto, &[("TERM", "dumb"), ("CLICOLOR_FORCE", "1")], "terminal"),
            (Auto, None, Auto, &[("TERM", "vt52")], "mono"),
            (Auto, None, Auto, &[("TERM", "vt100-nav")], "mono"),
            (Auto, None, Auto, &[("TERM", "vt220")], "mono"),
            (Auto, None, Auto, &[("TERM", "vt525")], "terminal"),
            (Auto, None, Auto, &[("TERM", "vte-256color")], "terminal"),
            (Always, None, Auto, &[("TERM", "vt100")], "terminal"),
            (Auto, None, Auto, &[("no tty", "")], "mono"),
            (Auto, None, Auto, &[("no tty", ""), ("CLICOLOR_FORCE", "1")], "terminal"),
            (Always, None, Never, &[no_color, ("TERM", "dumb")], "terminal"),
            (Never, Some("dark"), Always, &[("CLICOLOR_FORCE", "1")], "mono"),
            (Auto, None, Never, &[("CLICOLOR_FORCE", "1")], "mono"),
            (Auto, None, Always, &[no_color], "terminal"),
            (Auto, Some("dark"), Never, &[no_color], "dark"),
            (Auto, Some("mono"), Always, &[], "mono"),
            (Always, Some("mono"), Always, &[], "mono"),
        ] {
            let asked = ThemeRequest { color, theme, kept_color, ..ThemeRequest::default() };
            assert_eq!(decided(&asked, variables).theme, expected, "{asked:?} {variables:?}");
        }
    }

    #[test]
    fn the_theme_is_that_of_the_flag_or_the_one_that_is_kept() {
        let asked = |theme, kept_theme| ThemeRequest { theme, kept_theme, ..ThemeRequest::default() };
        assert_eq!(decided(&asked(None, Some("light")), &[]).theme, "light");
        assert_eq!(decided(&asked(Some("dark"), Some("light")), &[]).theme, "dark");
        assert_eq!(decided(&asked(None, Some("light")), &[("NO_COLOR", "1")]).theme, "mono");
        for (hint, expected) in [
            ("15;0", "dark"),
            ("0;15", "light"),
            ("0;default;15", "light"),
            ("7;8", "dark"),
            ("12;7", "light"),
            ("default;default", "terminal"),
            ("0;200", "terminal"),
            ("", "terminal"),
        ] {
            assert_eq!(decided(&asked(Some("auto"), None), &[("COLORFGBG", hint)]).theme, expected, "{hint}");
            assert_eq!(decided(&asked(None, None), &[("COLORFGBG", hint)]).theme, "terminal");
        }
        assert_eq!(decided(&asked(Some("auto"), None), &[]).theme, "terminal");
    }

    #[test]
    fn characters_follow_flag_settings_locale_and_terminal() {
        let is_ascii = |ascii, kept_ascii, variables: &[(&str, &str)]| {
            decided(&ThemeRequest { ascii, kept_ascii, ..ThemeRequest::default() }, variables).is_ascii
        };
        let (utf8, old) = (("LANG", "en_GB.UTF-8"), ("LANG", "de_DE.ISO-8859-1"));
        for (ascii, kept, variables, expected) in [
            (false, None, &[utf8][..], false),
            (true, None, &[utf8], true),
            (true, Some(false), &[utf8], true),
            (false, Some(true), &[utf8], true),
            (false, Some(false), &[old], false),
            (false, None, &[old], true),
            (false, None, &[("LANG", "C")], true),
            (false, None, &[("LANG", "zh_CN.utf8")], false),
            (false, None, &[("LC_ALL", "C"), utf8], true),
            (false, None, &[("LC_ALL", ""), ("LC_CTYPE", "C.UTF-8"), old], false),
            (false, None, &[("TERM", "linux"), utf8], false),
            (false, None, &[("TERM", "linux")], true),
            (false, None, &[("TERM", "vt100")], true),
            (false, None, &[("TERM", "xterm-256color")], false),
            (false, None, &[], true),
        ] {
            assert_eq!(is_ascii(ascii, kept, variables), expected, "{ascii} {kept:?} {variables:?}");
        }
    }

    #[test]
    fn a_theme_of_a_file_is_told_with_the_place_of_its_fault() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("sea.toml");
        let name = path.display().to_string();
        let made = |text: &str| {
            std::fs::write(&path, text).unwrap();
            theme(ThemeDecision { theme: &name, is_ascii: true }, None).map_err(|error| error.to_string())
        };
        let good = made("base = \"dark\"\n[roles]\nfocus = \"bold 226\"\n").unwrap();
        assert!(good.is_ascii() && good.problem() == Theme::DARK.problem() && good.focus() != Theme::DARK.focus());
        let bad = made("base = \"dusk\"\n").unwrap_err();
        assert!(bad.ends_with("line 1, column 1: base is one of terminal, dark, light, high-contrast, mono"), "{bad}");
        let bad = made("[roles]\n focuss = \"red\"\n").unwrap_err();
        assert!(bad.contains("line 2, column 2: there is no role `focuss`; there are text, "), "{bad}");
        let unknown = theme(ThemeDecision { theme: "dusk", is_ascii: false }, Some(&path)).unwrap_err().to_string();
        assert!(unknown.starts_with("there is no theme dusk; there are auto, terminal, dark, "), "{unknown}");
    }
}
