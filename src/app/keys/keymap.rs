//! The keymap: the default bindings of `keys/bindings.rs` with the changes of the settings. Lookup, the footer and
//! the page of all keys use it.

use crate::i18n::tr;

use crate::app::keys::action::Action;
use crate::app::keys::bindings::DEFAULT_BINDINGS;
use crate::app::keys::context::Context;
use crate::app::keys::key::{Key, KeyCode};

/// A binding with its current keys.
#[derive(Debug, Clone)]
pub struct Binding {
    pub keys: Vec<Key>,
    pub action: Action,
    pub contexts: &'static [Context],
    pub words: &'static str,
    pub in_footer: bool,
}

/// All bindings. The first one that matches a key and a context applies.
#[derive(Debug, Clone)]
pub struct Keymap {
    rows: Vec<Binding>,
    /// Names for actions in sentences, where they have no keys.
    names: fn(Action) -> Option<&'static str>,
}

impl Default for Keymap {
    fn default() -> Self {
        let row = |row: &crate::app::keys::bindings::DefaultBinding| Binding {
            keys: row.keys.to_vec(),
            action: row.action,
            contexts: row.contexts,
            words: row.words,
            in_footer: row.in_footer,
        };
        Self { rows: DEFAULT_BINDINGS.iter().map(row).collect(), names: |_| None }
    }
}

/// An entry of the settings: the name of an action, and its new keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyChange {
    pub action: String,
    pub keys: Vec<String>,
}

/// An error in a change of the settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeymapError {
    /// Index of the change, from 0.
    pub change: usize,
    pub why: String,
}

/// Actions that were renamed: the name in settings of version 1, and the current one.
const FORMER_NAMES: [(&str, &str); 18] = [
    ("goto", "palette"),
    ("keep-draft", "save-draft"),
    ("request", "request-pane"),
    ("repaint", "redraw"),
    ("leave", "quit"),
    ("unfitting", "show-incompatible"),
    ("row-up", "move-row-up"),
    ("row-down", "move-row-down"),
    ("accounts", "choose-account"),
    ("inspect", "inspector"),
    ("changes", "changelog"),
    ("mouse", "mouse-capture"),
    ("port-more", "next-free-port"),
    ("port-less", "previous-free-port"),
    ("shelf", "library"),
    ("next-form", "next-format"),
    ("previous-form", "previous-format"),
    ("plain", "plain-text"),
];

/// Contexts in which characters are typed into a text or a filter.
const TEXT_CONTEXTS: [Context; 11] = [
    Context::Picker,
    Context::Text,
    Context::Stepper,
    Context::PortNew,
    Context::PortText,
    Context::PortNumber,
    Context::Palette,
    Context::ConfirmWord,
    Context::SetupText,
    Context::SetupList,
    Context::TemplateName,
];

impl Keymap {
    #[must_use]
    pub fn rows(&self) -> &[Binding] {
        &self.rows
    }

    /// Returns the action of a key in a context; `None` if it has none.
    #[must_use]
    pub fn lookup(&self, context: Context, key: Key) -> Option<Action> {
        let fits = |row: &&Binding| row.contexts.contains(&context) && row.keys.contains(&key);
        self.rows.iter().find(fits).map(|row| row.action)
    }

    /// Returns the keymap with other names for actions in sentences: linear mode has commands instead of keys.
    #[must_use]
    pub fn with_names(self, names: fn(Action) -> Option<&'static str>) -> Self {
        Self { names, ..self }
    }

    /// Returns the first key of an action for a sentence, from the binding with the most contexts; `no key` if it has
    /// none. A name set by [`Self::with_names`] takes precedence.
    #[must_use]
    pub fn key_of(&self, action: Action) -> String {
        if let Some(name) = (self.names)(action) {
            return name.to_owned();
        }
        let row = self.rows.iter().filter(|row| row.action == action).max_by_key(|row| row.contexts.len());
        row.and_then(|row| row.keys.first()).map_or_else(|| tr!("no key"), ToString::to_string)
    }

    /// Returns the first two keys of an action for a sentence, e.g. `F8 or Del`. With fewer keys, the result is that of
    /// [`Self::key_of`].
    #[must_use]
    pub fn keys_of(&self, action: Action) -> String {
        let row = self.rows.iter().filter(|row| row.action == action).max_by_key(|row| row.contexts.len());
        match row.map_or(&[][..], |row| &row.keys) {
            [first, second, ..] => tr!("{first} or {second}", first, second),
            [_] | [] => self.key_of(action),
        }
    }

    /// Builds the keymap with the changes of the settings. A changed action has the given keys in all its contexts, and
    /// no others. `Err` names a change that is not allowed.
    pub fn with(changes: &[KeyChange]) -> Result<Self, KeymapError> {
        let mut map = Self::default();
        let mut moved: Vec<(usize, Action)> = Vec::new();
        for (change, entry) in changes.iter().enumerate() {
            let fault = |why: String| KeymapError { change, why };
            let action = map.action_named(&entry.action).map_err(fault)?;
            let keys: Vec<Key> =
                entry.keys.iter().map(|key| Key::parse(key)).collect::<Result<_, _>>().map_err(fault)?;
            map.check(action, &keys).map_err(fault)?;
            map.rows.iter_mut().filter(|row| row.action == action).for_each(|row| row.keys.clone_from(&keys));
            moved.push((change, action));
        }
        for (change, action) in moved {
            map.check_conflicts(action).map_err(|why| KeymapError { change, why })?;
        }
        Ok(map)
    }

    fn action_named(&self, name: &str) -> Result<Action, String> {
        let found = self.rows.iter().map(|row| row.action).find(|action| action_name(*action) == name);
        found.ok_or_else(|| {
            let shown = crate::text::sanitize::brief(name, 40);
            if let Some((_, now)) = FORMER_NAMES.iter().find(|(former, _)| *former == name) {
                return tr!("the action `{shown}` is called {now} since version 2 of the settings", shown, now);
            }
            let near = self.rows.iter().map(|row| action_name(row.action)).find(|known| is_near(known, name));
            match near {
                Some(near) => tr!("there is no action `{shown}` (did you mean {near}?)", shown, near),
                None => {
                    tr!("there is no action `{shown}`; actions are named like undo, next-step or save-draft", shown)
                }
            }
        })
    }

    /// Checks that an action may have these keys. Actions that guard against an accidental order keep their keys; a key
    /// that types a character cannot be used where text is typed, nor one that a terminal sends as another key.
    fn check(&self, action: Action, keys: &[Key]) -> Result<(), String> {
        let name = action_name(action);
        if matches!(action, Action::PlaceOrder | Action::Quit | Action::Accept | Action::Back | Action::Close) {
            return Err(tr!(
                "{name} keeps its key {key}: it is the same for everybody",
                name,
                key = self.key_of(action)
            ));
        }
        if keys.is_empty() {
            return Err(tr!("{name} needs a key, like {name} = \"F12\"", name));
        }
        let types = self
            .rows
            .iter()
            .filter(|row| row.action == action)
            .any(|row| row.contexts.iter().any(|context| TEXT_CONTEXTS.contains(context)));
        for key in keys {
            if types && key.as_char().is_some() {
                return Err(tr!(
                    "{key} is typed into texts where {name} works; take a key with Ctrl or Alt, or F1-F12",
                    key,
                    name
                ));
            }
            if let Some(other) = terminal_alias(*key) {
                return Err(tr!("{key} is {other} for a terminal; take another key for {name}", key, other, name));
            }
        }
        Ok(())
    }

    /// Checks that no key of an action has another action in the same context.
    fn check_conflicts(&self, action: Action) -> Result<(), String> {
        for row in self.rows.iter().filter(|row| row.action == action) {
            for other in self.rows.iter().filter(|other| other.action != action) {
                let shared = row.keys.iter().find(|key| other.keys.contains(key));
                let meets = row.contexts.iter().any(|context| other.contexts.contains(context));
                if let Some(key) = shared.filter(|_| meets) {
                    let (one, two) = (action_name(action), action_name(other.action));
                    return Err(tr!("{one} and {two} are both {key}", one, two, key));
                }
            }
        }
        Ok(())
    }
}

/// Returns the name of an action in the settings. It is made from the variant, so that a new action has a name at once.
#[must_use]
pub fn action_name(action: Action) -> String {
    let mut name = String::new();
    for c in format!("{action:?}").trim_end_matches(')').chars() {
        match c {
            '(' => {}
            c if c.is_ascii_uppercase() => {
                if !name.is_empty() {
                    name.push('-');
                }
                name.push(c.to_ascii_lowercase());
            }
            c => name.push(c),
        }
    }
    name
}

/// Returns the key that a terminal sends in place of this one, if it cannot distinguish them.
fn terminal_alias(key: Key) -> Option<&'static str> {
    match key.code {
        KeyCode::Char('i') if key.ctrl => Some("Tab"),
        KeyCode::Char('m') if key.ctrl => Some("Enter"),
        KeyCode::Char('[') if key.ctrl => Some("Esc"),
        _ => None,
    }
}

/// Returns whether two names differ only in hyphens, letter case, or one letter more or less.
fn is_near(known: &str, name: &str) -> bool {
    let plain = |text: &str| text.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
    let (known, name) = (plain(known), plain(name));
    let without_one = |long: &str, short: &str| {
        long.len() == short.len() + 1
            && (0..long.len()).any(|at| format!("{}{}", &long[..at], &long[at + 1..]) == short)
    };
    known == name || without_one(&known, &name) || without_one(&name, &known)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::keys::bindings::ALL;

    fn with(action: &str, keys: &[&str]) -> Result<Keymap, String> {
        let keys = keys.iter().map(|key| (*key).to_owned()).collect();
        Keymap::with(&[KeyChange { action: action.into(), keys }]).map_err(|fault| fault.why)
    }

    #[test]
    fn no_key_has_two_meanings_in_one_context() {
        for context in ALL {
            let mut seen: Vec<Key> = Vec::new();
            for binding in DEFAULT_BINDINGS.iter().filter(|row| row.contexts.contains(context)) {
                for key in binding.keys {
                    assert!(!seen.contains(key), "{key} is bound twice in {context:?}");
                    seen.push(*key);
                }
            }
        }
    }

    #[test]
    fn the_cells_of_a_port_know_the_same_keys() {
        // The number has keys of its own besides, to step it.
        for binding in DEFAULT_BINDINGS.iter().filter(|row| row.contexts.contains(&Context::PortText)) {
            for key in binding.keys {
                let here = Keymap::default().lookup(Context::PortNumber, *key);
                let steps = matches!(here, Some(Action::PageUp | Action::PageDown));
                assert!(steps || here == Some(binding.action), "{key} in the number cell: {here:?}");
            }
        }
    }

    #[test]
    fn enter_never_places_an_order() {
        for context in ALL {
            let action = Keymap::default().lookup(*context, Key::plain(KeyCode::Enter));
            assert_ne!(action, Some(Action::PlaceOrder), "{context:?}");
        }
    }

    #[test]
    fn every_action_of_the_table_has_a_name_of_its_own() {
        let mut names: Vec<(String, Action)> = Vec::new();
        for row in DEFAULT_BINDINGS {
            let name = action_name(row.action);
            assert!(name.chars().all(|c| c.is_ascii_lowercase() || c == '-'), "{name}");
            assert!(names.iter().all(|(other, action)| *other != name || *action == row.action), "{name}");
            names.push((name, row.action));
        }
        // Those that the README names.
        for name in
            ["next-field", "palette", "field-help", "save-draft", "delete-row", "move-row-up", "changelog", "new-order"]
        {
            assert!(names.iter().any(|(known, _)| known == name), "{name}");
        }
        for (former, now) in FORMER_NAMES {
            assert!(names.iter().any(|(known, _)| known == now), "{now}");
            assert!(names.iter().all(|(known, _)| known != former), "{former}");
        }
        assert_eq!(action_name(Action::Edit(crate::form::Edit::WordLeft)), "edit-word-left");
    }

    #[test]
    fn the_stored_settings_name_every_action_whose_keys_can_be_changed() {
        let sample = include_str!("../../../tests/formats/settings-v2.toml");
        let named: Vec<&str> =
            sample.split("[keys]\n").nth(1).unwrap().lines().filter_map(|line| line.split(" = ").next()).collect();
        for name in &named {
            assert!(DEFAULT_BINDINGS.iter().any(|row| action_name(row.action) == *name), "{name} is gone");
        }
        for row in DEFAULT_BINDINGS {
            let name = action_name(row.action);
            assert!(with(&name, &["Ctrl-F9"]).is_err() || named.contains(&&*name), "{name} is missing");
        }
    }

    #[test]
    fn an_action_takes_other_keys_and_gives_up_its_own() {
        let map = with("undo", &["F12", "alt-z"]).unwrap();
        assert_eq!(map.lookup(Context::Text, Key::plain(KeyCode::F(12))), Some(Action::Undo));
        assert_eq!(map.lookup(Context::Review, Key::alt(KeyCode::Char('z'))), Some(Action::Undo));
        assert_eq!(map.lookup(Context::Text, Key::plain(KeyCode::F(3))), None);
        assert_eq!(map.key_of(Action::Undo), "F12");
        assert_eq!(with("undo", &["F4"]).unwrap_err(), "undo and redo are both F4");
        let swapped = [("undo", "F4"), ("redo", "F3")]
            .map(|(action, key)| KeyChange { action: action.into(), keys: vec![key.into()] });
        let swapped = Keymap::with(&swapped).unwrap();
        assert_eq!(swapped.lookup(Context::Text, Key::plain(KeyCode::F(4))), Some(Action::Undo));
    }

    #[test]
    fn what_cannot_be_changed_says_why() {
        for (action, keys, why) in [
            ("place-order", "Enter", "place-order keeps its key Ctrl-O: it is the same for everybody"),
            ("quit", "F12", "quit keeps its key Ctrl-C: it is the same for everybody"),
            ("close", "F12", "close keeps its key Esc: it is the same for everybody"),
            ("undo", "Enter", "undo and accept are both Enter"),
            ("undo", "Ctrl-C", "undo and quit are both Ctrl-C"),
            ("redraw", "Ctrl-O", "redraw and place-order are both Ctrl-O"),
            ("undo", "u", "u is typed into texts where undo works; take a key with Ctrl or Alt, or F1-F12"),
            ("undo", "Ctrl-M", "Ctrl-M is Enter for a terminal; take another key for undo"),
            ("undo", "F13", "there is no key `F13`; keys are named like F3, Ctrl-G, Alt-U, PgUp or Enter"),
            ("undoo", "F12", "there is no action `undoo` (did you mean undo?)"),
            ("NextStep", "F12", "there is no action `NextStep` (did you mean next-step?)"),
            ("keep-draft", "F12", "the action `keep-draft` is called save-draft since version 2 of the settings"),
            ("fly", "F12", "there is no action `fly`; actions are named like undo, next-step or save-draft"),
        ] {
            assert_eq!(with(action, &[keys]).unwrap_err(), why, "{action} {keys}");
        }
        assert_eq!(with("undo", &[]).unwrap_err(), "undo needs a key, like undo = \"F12\"");
    }

    #[test]
    fn no_change_makes_enter_or_a_letter_place_an_order() {
        let free: Vec<Key> = (b'a'..=b'z').map(|c| Key::char(c.into())).chain([Key::plain(KeyCode::Enter)]).collect();
        for row in DEFAULT_BINDINGS {
            for key in ["Enter", "Ctrl-O", "Esc", "F12"] {
                let Ok(map) = with(&action_name(row.action), &[key]) else { continue };
                for context in [Context::Confirm, Context::ConfirmWord] {
                    for key in &free {
                        assert_ne!(map.lookup(context, *key), Some(Action::PlaceOrder), "{:?} on {key}", row.action);
                    }
                    assert_eq!(map.lookup(context, Key::ctrl('o')), Some(Action::PlaceOrder));
                    assert_eq!(map.lookup(context, Key::ctrl('c')), Some(Action::Quit));
                }
            }
        }
    }
}
