//! Derives the capabilities of the terminal from the environment. The terminal is never queried: its response would
//! race with typed keys, and come late on a slow connection. If a capability is unknown, the safe choice is made.

use std::time::Duration;

/// The capabilities of the terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Capabilities {
    pub screen: ScreenSupport,
    /// True if frames may be marked so that they appear all at once (DEC private mode 2026).
    pub synchronized: bool,
    pub clipboard: Clipboard,
    /// Time after which a lone ESC byte counts as the Esc key.
    pub escape_delay: Duration,
}

/// The extent to which the terminal has a screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ScreenSupport {
    /// Lines only, printed one after another.
    Lines,
    /// A movable cursor, but no alternate screen, no mouse and no marks around a paste.
    Cursor,
    /// All features of xterm.
    Full,
}

/// The path of a text to the clipboard (OSC 52).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clipboard {
    None,
    Direct,
    /// Through tmux, in its passthrough sequence.
    Tmux,
    /// Through GNU screen, which passes on only short pieces.
    Screen,
}

/// Prefixes of `TERM` for terminals that have only a movable cursor and print sequences they do not know.
const CURSOR_ONLY: [&str; 9] = ["linux", "vt52", "vt100", "vt102", "vt220", "vt320", "ansi", "cons25", "sun"];

/// Prefixes of `TERM` for terminals that support synchronized output according to their own documentation.
const SYNCHRONIZED: [&str; 7] = ["xterm-kitty", "xterm-ghostty", "ghostty", "alacritty", "foot", "contour", "wezterm"];

/// The same terminals by `TERM_PROGRAM`.
const SYNCHRONIZED_PROGRAMS: [&str; 4] = ["WezTerm", "iTerm.app", "ghostty", "contour"];

/// Short enough to go unnoticed, and longer than most slow connections take between two parts of one key.
const ESCAPE_DELAY: Duration = Duration::from_millis(50);
const MAX_ESCAPE_DELAY: Duration = Duration::from_secs(10);

/// The first version of tmux that accepts synchronized output from the programs in it.
const TMUX_SYNCHRONIZES: (u32, u32) = (3, 4);

impl Capabilities {
    /// Derives the capabilities from environment variables. `synchronized` overrides the detection of synchronized
    /// output.
    #[must_use]
    pub fn detect(variable: impl Fn(&str) -> Option<String>, synchronized: Option<bool>) -> Self {
        let set = |name: &str| variable(name).filter(|value| !value.is_empty());
        let term = set("TERM").unwrap_or_default();
        let is_one_of = |names: &[&str]| names.iter().any(|name| term.starts_with(name));
        let screen = match term.as_str() {
            "dumb" => ScreenSupport::Lines,
            "" | "unknown" => ScreenSupport::Cursor,
            _ if is_one_of(&CURSOR_ONLY) => ScreenSupport::Cursor,
            _ => ScreenSupport::Full,
        };
        let is_tmux = is_one_of(&["tmux"]) || set("TMUX").is_some();
        let clipboard = match screen {
            ScreenSupport::Lines | ScreenSupport::Cursor => Clipboard::None,
            ScreenSupport::Full if is_tmux => Clipboard::Tmux,
            ScreenSupport::Full if set("STY").is_some() => Clipboard::Screen,
            ScreenSupport::Full => Clipboard::Direct,
        };
        let program = set("TERM_PROGRAM").unwrap_or_default();
        let known = match (screen, program.as_str()) {
            (ScreenSupport::Lines | ScreenSupport::Cursor, _) => false,
            (ScreenSupport::Full, "tmux") => {
                set("TERM_PROGRAM_VERSION").and_then(|it| version(&it)).is_some_and(|it| it >= TMUX_SYNCHRONIZES)
            }
            // What is known of the terminal outside says nothing of the one between.
            (ScreenSupport::Full, _) if is_tmux || set("STY").is_some() || is_one_of(&["screen"]) => false,
            (ScreenSupport::Full, program) => {
                is_one_of(&SYNCHRONIZED) || SYNCHRONIZED_PROGRAMS.contains(&program) || set("WT_SESSION").is_some()
            }
        };
        // The variable and its unit are those of ncurses.
        let escape_delay = set("ESCDELAY").and_then(|it| it.parse().ok()).map_or(ESCAPE_DELAY, Duration::from_millis);
        let synchronized = synchronized.unwrap_or(known) && screen == ScreenSupport::Full;
        Self { screen, synchronized, clipboard, escape_delay: escape_delay.min(MAX_ESCAPE_DELAY) }
    }
}

/// Returns the first two numbers of a version, e.g. of `3.4a`; `None` if there are fewer.
fn version(text: &str) -> Option<(u32, u32)> {
    let mut numbers = text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty());
    Some((numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn detect(variables: &[(&str, &str)]) -> Capabilities {
        let named = |name: &str| variables.iter().find(|(it, _)| *it == name).map(|(_, value)| (*value).to_owned());
        Capabilities::detect(named, None)
    }

    #[test]
    fn old_terminals_and_unnamed_ones_get_nothing_but_a_cursor() {
        for term in ["linux", "vt100", "vt220", "", "unknown"] {
            let found = detect(&[("TERM", term), ("WT_SESSION", "1")]);
            let expected = (ScreenSupport::Cursor, false, Clipboard::None);
            assert_eq!((found.screen, found.synchronized, found.clipboard), expected, "{term}");
        }
        assert_eq!(detect(&[]).screen, ScreenSupport::Cursor);
        assert_eq!(detect(&[("TERM", "dumb")]).screen, ScreenSupport::Lines);
        for term in ["xterm", "xterm-256color", "screen", "tmux-256color", "rxvt", "what-nobody-knows"] {
            assert_eq!(detect(&[("TERM", term)]).screen, ScreenSupport::Full, "{term}");
        }
    }

    #[test]
    fn frames_are_bracketed_where_it_is_known_and_where_it_is_wished() {
        let is = |variables: &[(&str, &str)]| detect(variables).synchronized;
        for term in ["xterm-kitty", "alacritty", "foot-direct", "xterm-ghostty", "wezterm", "contour"] {
            assert!(is(&[("TERM", term)]), "{term}");
        }
        let xterm = ("TERM", "xterm-256color");
        assert!(!is(&[xterm]) && !is(&[xterm, ("TERM_PROGRAM", "Apple_Terminal")]));
        assert!(is(&[xterm, ("TERM_PROGRAM", "WezTerm")]) && is(&[xterm, ("WT_SESSION", "0")]));
        let tmux = [("TERM", "tmux-256color"), ("TMUX", "/s,1,0"), ("TERM_PROGRAM", "tmux")];
        for (version, expected) in [("3.3a", false), ("3.4", true), ("3.10", true), ("next-3.6", true), ("", false)] {
            let variables = [&tmux[..], &[("TERM_PROGRAM_VERSION", version)]].concat();
            assert_eq!(is(&variables), expected, "tmux {version}");
        }
        // Of the terminal outside.
        assert!(!is(&[("TERM", "screen.xterm-256color"), ("STY", "1.pts"), ("TERM_PROGRAM", "WezTerm")]));
        let wished =
            |term: &str, wish| Capabilities::detect(|name| (name == "TERM").then(|| term.into()), wish).synchronized;
        assert!(wished("xterm", Some(true)) && !wished("foot", Some(false)) && !wished("vt100", Some(true)));
    }

    #[test]
    fn an_esc_waits_as_long_as_a_person_says() {
        let waits = |text: &str| detect(&[("ESCDELAY", text)]).escape_delay.as_millis();
        assert_eq!((waits(""), waits("25"), waits("soon"), waits("99999999")), (50, 25, 50, 10_000));
    }

    #[test]
    fn the_clipboard_is_reached_through_what_is_between() {
        let clipboard = |variables: &[(&str, &str)]| detect(variables).clipboard;
        assert_eq!(clipboard(&[("TERM", "xterm")]), Clipboard::Direct);
        assert_eq!(clipboard(&[("TERM", "screen"), ("TMUX", "/s,1,0")]), Clipboard::Tmux);
        assert_eq!(clipboard(&[("TERM", "tmux-256color")]), Clipboard::Tmux, "over SSH only TERM is known");
        assert_eq!(clipboard(&[("TERM", "screen"), ("STY", "1.pts")]), Clipboard::Screen);
        assert_eq!(clipboard(&[("TERM", "linux"), ("STY", "")]), Clipboard::None);
    }
}
