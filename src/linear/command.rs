//! The words that run something instead of answering a question. They are the same in every language.

use crate::i18n::{self, phrase};

/// The action of a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CommandName {
    Help,
    Keys,
    Back,
    Next,
    Previous,
    Goto,
    Review,
    Place,
    Order,
    Request,
    Export,
    Write,
    Problems,
    Changes,
    Account,
    Accounts,
    Draft,
    Drafts,
    Template,
    Remove,
    Journal,
    Calls,
    Curl,
    Undo,
    Redo,
    Intro,
    Quit,
    More,
    List,
    All,
    Sort,
    Look,
    Details,
    Take,
    Clear,
    Add,
    Edit,
    Delete,
    Up,
    Down,
    Public,
    Private,
    New,
    Yes,
    No,
}

/// The kind of argument that a command takes after its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ArgumentKind {
    Nothing,
    /// An optional text.
    OptionalText,
    Text,
    /// The number of a row.
    Number,
    /// An optional number of a row.
    OptionalNumber,
}

/// The place where a command works.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    Anywhere,
    /// Fields whose answer is chosen from a list.
    Lists,
    Ports,
    /// The review, and the pages that follow it.
    Order,
    /// Questions that offer something.
    Offers,
}

/// A row of the table of commands.
#[derive(Debug, Clone, Copy)]
pub struct CommandInfo {
    pub word: CommandName,
    pub name: &'static str,
    pub takes: ArgumentKind,
    /// The argument as the help shows it after the name; empty for none.
    pub usage: &'static str,
    pub scope: Scope,
    about: &'static str,
}

impl CommandInfo {
    #[must_use]
    pub fn about(&self) -> &'static str {
        i18n::t(self.about)
    }
}

const fn info(
    word: CommandName,
    (name, usage): (&'static str, &'static str),
    takes: ArgumentKind,
    scope: Scope,
    about: &'static str,
) -> CommandInfo {
    CommandInfo { word, name, takes, usage, scope, about }
}

use ArgumentKind as T;
use Scope as S;

/// All commands, in the order in which the help lists them.
pub static COMMANDS: &[CommandInfo] = &[
    info(
        CommandName::Help,
        ("help", "[FIELD]"),
        T::OptionalText,
        S::Anywhere,
        phrase!("explains the question, or a field"),
    ),
    info(CommandName::Keys, ("keys", ""), T::Nothing, S::Anywhere, phrase!("lists all commands")),
    info(CommandName::Back, ("back", ""), T::Nothing, S::Anywhere, phrase!("the question before this one")),
    info(CommandName::Next, ("next", ""), T::Nothing, S::Anywhere, phrase!("the next step")),
    info(CommandName::Previous, ("previous", ""), T::Nothing, S::Anywhere, phrase!("the step before this one")),
    info(
        CommandName::Goto,
        ("goto", "[NAME]"),
        T::OptionalText,
        S::Anywhere,
        phrase!("a field or step by its name; alone, lists them"),
    ),
    info(
        CommandName::Review,
        ("review", ""),
        T::Nothing,
        S::Anywhere,
        phrase!("every answer and problem, before ordering"),
    ),
    info(CommandName::Request, ("request", ""), T::Nothing, S::Anywhere, phrase!("the request as JSON")),
    info(
        CommandName::Export,
        ("export", "[FORM]"),
        T::OptionalText,
        S::Anywhere,
        phrase!("the order as curl, http, terraform, python, go or hcloud"),
    ),
    info(CommandName::Write, ("write", "[FORM]"), T::OptionalText, S::Anywhere, phrase!("the same, into a file")),
    info(CommandName::Problems, ("problems", ""), T::Nothing, S::Anywhere, phrase!("what is wrong so far")),
    info(CommandName::Undo, ("undo", ""), T::Nothing, S::Anywhere, phrase!("takes the last change back")),
    info(CommandName::Redo, ("redo", ""), T::Nothing, S::Anywhere, phrase!("makes it again")),
    info(CommandName::Changes, ("changes", ""), T::Nothing, S::Anywhere, phrase!("what was changed in this form")),
    info(CommandName::Account, ("account", ""), T::Nothing, S::Anywhere, phrase!("who orders, and where")),
    info(CommandName::Accounts, ("accounts", ""), T::Nothing, S::Anywhere, phrase!("takes another account")),
    info(CommandName::Draft, ("draft", ""), T::Nothing, S::Anywhere, phrase!("keeps the form as a draft")),
    info(
        CommandName::Drafts,
        ("drafts", ""),
        T::Nothing,
        S::Anywhere,
        phrase!("drafts, templates and orders to begin with"),
    ),
    info(CommandName::Template, ("template", "NAME"), T::Text, S::Anywhere, phrase!("keeps the form as a template")),
    info(CommandName::Journal, ("journal", ""), T::Nothing, S::Anywhere, phrase!("the orders of this machine")),
    info(
        CommandName::Calls,
        ("calls", "[N]"),
        T::OptionalNumber,
        S::Anywhere,
        phrase!("the calls of this run, or one of them"),
    ),
    info(CommandName::Curl, ("curl", "N"), T::Number, S::Anywhere, phrase!("a call as a command for curl")),
    info(CommandName::Intro, ("introduction", ""), T::Nothing, S::Anywhere, phrase!("what this program does")),
    info(CommandName::Quit, ("quit", ""), T::Nothing, S::Anywhere, phrase!("leaves and keeps the form as a draft")),
    info(CommandName::More, ("more", ""), T::Nothing, S::Lists, phrase!("the next rows")),
    info(CommandName::List, ("list", ""), T::Nothing, S::Lists, phrase!("the rows from the first one")),
    info(CommandName::All, ("all", ""), T::Nothing, S::Lists, phrase!("rows that do not fit as well, or not any more")),
    info(CommandName::Sort, ("sort", ""), T::Nothing, S::Lists, phrase!("sorts by the next column")),
    info(CommandName::Look, ("look", ""), T::Nothing, S::Lists, phrase!("reads again what the cloud has")),
    info(CommandName::Details, ("details", "N"), T::Number, S::Lists, phrase!("everything known of a row")),
    info(CommandName::Take, ("take", "TEXT"), T::Text, S::Lists, phrase!("takes an id that is not listed")),
    info(CommandName::Clear, ("clear", ""), T::Nothing, S::Lists, phrase!("empties the field, or the filter")),
    info(
        CommandName::Add,
        ("add", "NAME PORT [public]"),
        T::Text,
        S::Ports,
        phrase!("adds ports; several are divided by commas"),
    ),
    info(CommandName::Edit, ("edit", "N NAME PORT [public]"), T::Text, S::Ports, phrase!("changes a port")),
    info(CommandName::Delete, ("delete", "N"), T::Number, S::Ports, phrase!("deletes a port")),
    info(CommandName::Up, ("up", "N"), T::Number, S::Ports, phrase!("moves a port up")),
    info(CommandName::Down, ("down", "N"), T::Number, S::Ports, phrase!("moves a port down")),
    info(CommandName::Public, ("public", "N"), T::Number, S::Ports, phrase!("lets the internet reach a port")),
    info(
        CommandName::Private,
        ("private", "N"),
        T::Number,
        S::Ports,
        phrase!("keeps a port to the phones' own network"),
    ),
    info(
        CommandName::Place,
        ("place", ""),
        T::Nothing,
        S::Order,
        phrase!("asks for the confirmation; nothing is ordered yet"),
    ),
    info(
        CommandName::Order,
        ("order", ""),
        T::Nothing,
        S::Order,
        phrase!("places the order where the confirmation asks for it; before that it leads there"),
    ),
    info(CommandName::New, ("new", ""), T::Nothing, S::Order, phrase!("another order with the same answers")),
    info(CommandName::Yes, ("yes", ""), T::Nothing, S::Offers, phrase!("takes what is offered")),
    info(CommandName::No, ("no", ""), T::Nothing, S::Offers, phrase!("leaves it")),
    info(CommandName::Remove, ("remove", "N"), T::Number, S::Offers, phrase!("removes a draft or a template")),
];

/// A command with its argument.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Command {
    pub word: CommandName,
    /// The argument, without surrounding blanks.
    pub rest: String,
}

impl Command {
    /// Returns the argument as a number, or `None` if it is not one.
    #[must_use]
    pub fn number(&self) -> Option<usize> {
        self.rest.parse().ok()
    }
}

/// Reads a line as a command, in any letter case. Returns `None` for an answer: a line that begins with `=`, or one
/// with more after the name than the command takes. `all phones` is a filter.
#[must_use]
pub fn read(line: &str) -> Option<Command> {
    let line = line.trim();
    let (name, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    let rest = rest.trim();
    let row = COMMANDS.iter().find(|row| row.name.eq_ignore_ascii_case(name)).or_else(|| by_abbreviation(name))?;
    let is_number = || !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit());
    let fits = match row.takes {
        ArgumentKind::Nothing => rest.is_empty(),
        ArgumentKind::OptionalText => true,
        ArgumentKind::Text => !rest.is_empty(),
        ArgumentKind::Number => is_number(),
        ArgumentKind::OptionalNumber => rest.is_empty() || is_number(),
    };
    fits.then(|| Command { word: row.word, rest: rest.to_owned() })
}

/// Returns the command for an alias that users try first.
fn by_abbreviation(name: &str) -> Option<&'static CommandInfo> {
    let word = match name {
        "?" => CommandName::Help,
        "exit" => CommandName::Quit,
        "是" => CommandName::Yes,
        "否" => CommandName::No,
        _ => return None,
    };
    COMMANDS.iter().find(|row| row.word == word)
}

/// Returns a line as an answer: trimmed, and without the leading `=` that marks it as not a command.
#[must_use]
pub fn strip_answer_prefix(line: &str) -> &str {
    let line = line.trim();
    line.strip_prefix('=').map_or(line, str::trim)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_a_command_only_as_a_whole() {
        let word = |line: &str| read(line).map(|command| (command.word, command.rest));
        assert_eq!(word(" BACK "), Some((CommandName::Back, String::new())));
        assert_eq!(word("goto pay now"), Some((CommandName::Goto, "pay now".into())));
        assert_eq!(word("calls 3"), Some((CommandName::Calls, "3".into())));
        for answer in ["=back", "back up", "all phones", "calls x", "delete", "backup", "", "3", "details first"] {
            assert_eq!(word(answer), None, "{answer}");
        }
        assert_eq!(strip_answer_prefix(" =back "), "back");
        assert_eq!(strip_answer_prefix("==x"), "=x");
    }

    #[test]
    fn every_command_has_a_name_of_its_own() {
        for (at, row) in COMMANDS.iter().enumerate() {
            assert!(
                COMMANDS[..at].iter().all(|other| other.name != row.name && other.word != row.word),
                "{}",
                row.name
            );
            assert!(row.name.bytes().all(|byte| byte.is_ascii_lowercase()));
        }
    }
}
