//! Reads from the environment what the terminal can do. It is never asked: an answer would race with the keys, and come late
//! on a slow line. Where nothing is known, the answer is the one that spoils nothing.

use std::time::Duration;

/// What is sent to the terminal, and what is not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Capabilities {
    pub screen: ScreenSupport,
    /// A frame may be bracketed so that it is shown at once (DEC private mode 2026).
    pub synchronized: bool,
    pub clipboard: Clipboard,
    /// A lone Esc is one when nothing has followed it for so long.
    pub escape_delay: Duration,
}

/// How much of a screen there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ScreenSupport {
    /// It prints a line after the other, and no more.
    Lines,
    /// A cursor that moves; no second screen, no mouse, no marks around a paste.
    Cursor,
    /// All that xterm has.
    Full,
}

/// Which way a text gets to the clipboard (OSC 52).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clipboard {
    None,
    Direct,
    /// Through tmux, which hands it on in an envelope of its own.
    Tmux,
    /// Through GNU screen, which hands it on in small pieces.
    Screen,
}

/// Terminals by the beginning of `TERM` that know no more than a cursor, and print what they do not know.
const CURSOR_ONLY: [&str; 9] = ["linux", "vt52", "vt100", "vt102", "vt220", "vt320", "ansi", "cons25", "sun"];

/// By the beginning of `TERM`: known to bracket frames, from their own documents.
const SYNCHRONIZED: [&str; 7] = ["xterm-kitty", "xterm-ghostty", "ghostty", "alacritty", "foot", "contour", "wezterm"];

/// The same by `TERM_PROGRAM`.
const SYNCHRONIZED_PROGRAMS: [&str; 4] = ["WezTerm", "iTerm.app", "ghostty", "contour"];

/// A person does not notice it, and a line over which a key comes in two pieces is seldom slower.
const ESCAPE_DELAY: Duration = Duration::from_millis(50);
const MAX_ESCAPE_DELAY: Duration = Duration::from_secs(10);

/// The first version of tmux that takes brackets from the programs in it.
const TMUX_SYNCHRONIZES: (u32, u32) = (3, 4);

impl Capabilities {
    /// By the variables of the environment, and a setting that overrules them on frames.
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

/// The first two numbers of a version, such as those of `3.4a`.
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
