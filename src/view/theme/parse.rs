//! Parses themes as users write them: a built-in theme, and roles with styles in words such as `bold #ff8787 on 234`.

use ratatui::style::{Color, Modifier, Style};

use crate::i18n::tr;
use crate::text::sanitize::brief;

use super::{Role, Theme};

/// An error in a role or its style.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleError {
    /// Index of the change with the error, from 0.
    pub change: usize,
    pub why: String,
}

impl Theme {
    /// Returns this theme with other styles for some roles, each a role name and a style in words. Fails for an unknown
    /// role, an invalid style, and for black or white whose other side is the terminal's. The theme is kept in memory
    /// until the program ends.
    pub fn with(self, changes: &[(&str, &str)]) -> Result<Self, RoleError> {
        let mut styles = self.styles.clone();
        for (change, (name, words)) in changes.iter().enumerate() {
            let fault = |why| RoleError { change, why };
            let role =
                Role::ALL.into_iter().find(|role| role.name() == *name).ok_or_else(|| fault(unknown_role(name)))?;
            let style = style(words).map_err(fault)?;
            let has_base = styles.base.fg.is_some() || style.fg.is_some() == style.bg.is_some();
            let is_lost = |color: Option<Color>| color.is_some_and(is_black_or_white);
            if !has_base && (is_lost(style.fg) || is_lost(style.bg)) {
                return Err(fault(tr!(
                    "black or white alone cannot be seen on every terminal: name both sides, like \"black on yellow\""
                )));
            }
            styles.roles[role as usize] = style;
            if role == Role::Text && style.fg.is_some() && style.bg.is_some() {
                styles.base = Style::new().fg(style.fg.unwrap_or_default()).bg(style.bg.unwrap_or_default());
            }
        }
        Ok(Self { styles: Box::leak(Box::new(styles)), ..self })
    }
}

fn unknown_role(name: &str) -> String {
    let known: Vec<&str> = Role::ALL.into_iter().map(Role::name).collect();
    tr!("there is no role `{name}`; there are {known}", name = brief(name, 40), known = known.join(", "))
}

fn is_black_or_white(color: Color) -> bool {
    matches!(
        color,
        Color::Black
            | Color::White
            | Color::Gray
            | Color::Indexed(0 | 7 | 15 | 16 | 231)
            | Color::Rgb(0, 0, 0)
            | Color::Rgb(255, 255, 255)
    )
}

/// Parses a style such as `bold #ff8787 on 234`: attributes and a foreground colour in any order, and the background
/// colour after `on`. The error is a sentence.
fn style(words: &str) -> Result<Style, String> {
    let mut style = Style::new();
    let mut is_behind = false;
    for word in words.split_whitespace() {
        let modifier = match word {
            "bold" => Modifier::BOLD,
            "dim" => Modifier::DIM,
            "italic" => Modifier::ITALIC,
            "underline" => Modifier::UNDERLINED,
            "reverse" => Modifier::REVERSED,
            "plain" => Modifier::empty(),
            "on" if !is_behind => {
                is_behind = true;
                continue;
            }
            _ => {
                let color = color(word)?;
                let side = if is_behind { &mut style.bg } else { &mut style.fg };
                if side.replace(color).is_some() {
                    return Err(tr!("`{words}` names two colours for one side", words = brief(words, 40)));
                }
                continue;
            }
        };
        style = style.add_modifier(modifier);
    }
    if is_behind && style.bg.is_none() {
        return Err(tr!("behind `on` a colour is missing, as in \"black on yellow\""));
    }
    Ok(style)
}

/// The 16 base colours by name; the names of the bright ones begin with `bright-`.
const NAMES: [(&str, Color); 16] = [
    ("black", Color::Black),
    ("red", Color::Red),
    ("green", Color::Green),
    ("yellow", Color::Yellow),
    ("blue", Color::Blue),
    ("magenta", Color::Magenta),
    ("cyan", Color::Cyan),
    ("white", Color::Gray),
    ("bright-black", Color::DarkGray),
    ("bright-red", Color::LightRed),
    ("bright-green", Color::LightGreen),
    ("bright-yellow", Color::LightYellow),
    ("bright-blue", Color::LightBlue),
    ("bright-magenta", Color::LightMagenta),
    ("bright-cyan", Color::LightCyan),
    ("bright-white", Color::White),
];

fn color(word: &str) -> Result<Color, String> {
    if let Some((_, color)) = NAMES.iter().find(|(name, _)| *name == word) {
        return Ok(*color);
    }
    let digits = word
        .strip_prefix('#')
        .filter(|digits| digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
    if let Some(rgb) = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok()) {
        let [_, red, green, blue] = rgb.to_be_bytes();
        return Ok(Color::Rgb(red, green, blue));
    }
    let is_number = word.bytes().all(|byte| byte.is_ascii_digit());
    word.parse().ok().filter(|_| is_number).map(Color::Indexed).ok_or_else(|| {
        tr!(
            "`{word}` is no colour and no attribute: a colour is red, bright-red, 0 to 255 or #rrggbb; attributes are bold, dim, italic, underline, reverse, plain",
            word = brief(word, 40)
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_are_written_in_words() {
        let theme = Theme::TERMINAL.with(&[("problem", "bold #ff8787 on 234"), ("focus", "bright-cyan underline")]);
        let theme = theme.unwrap();
        let expected = Style::new().fg(Color::Rgb(255, 135, 135)).bg(Color::Indexed(234)).bold();
        assert_eq!(theme.problem(), expected);
        assert_eq!(theme.focus(), Style::new().fg(Color::LightCyan).underlined());
        assert_eq!(theme.warning(), Theme::TERMINAL.warning(), "the others stay");
        assert!(!theme.is_mono() && Theme::MONO.with(&[("live", "reverse bold underline")]).unwrap().is_mono());
    }

    #[test]
    fn text_with_both_sides_is_the_ground_of_everything() {
        let theme = Theme::TERMINAL.with(&[("text", "#fdf6e3 on #002b36"), ("key", "white")]).unwrap();
        assert_eq!(theme.base(), Style::new().fg(Color::Rgb(0xfd, 0xf6, 0xe3)).bg(Color::Rgb(0, 0x2b, 0x36)));
    }

    #[test]
    fn what_is_wrong_is_one_sentence() {
        for (role, words, expected) in [
            ("focuss", "red", "there is no role `focuss`; there are text, secondary, accent, focus, selected,"),
            ("focus", "reddish", "`reddish` is no colour and no attribute: a colour is red, bright-red, 0 to 255"),
            ("focus", "256", "`256` is no colour"),
            ("focus", "+25", "`+25` is no colour"),
            ("focus", "#12345", "`#12345` is no colour"),
            ("focus", "#+12345", "`#+12345` is no colour"),
            ("focus", "red blue", "`red blue` names two colours for one side"),
            ("focus", "red on", "behind `on` a colour is missing"),
            ("focus", "black", "black or white alone cannot be seen on every terminal"),
            ("selected", "on white", "black or white alone cannot be seen on every terminal"),
        ] {
            let fault = Theme::TERMINAL.with(&[("text", ""), (role, words)]).unwrap_err();
            assert!(fault.change == 1 && fault.why.starts_with(expected), "{}", fault.why);
        }
        assert!(Theme::TERMINAL.with(&[("focus", "black on yellow")]).is_ok());
        assert!(Theme::DARK.with(&[("focus", "white")]).is_ok(), "its other side is set");
    }
}
