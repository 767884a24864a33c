//! The words that do something instead of answering a question. They are the same in every language.

use crate::words::{self, phrase};

/// What a command does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Word {
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

/// What may stand behind a command's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Takes {
    Nothing,
    /// A text, or nothing.
    Perhaps,
    Text,
    /// The number of a row.
    Number,
    /// The same, or nothing.
    PerhapsNumber,
}

/// Where a command works.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    Anywhere,
    /// Where an answer is chosen from a list.
    Lists,
    Ports,
    /// Review and behind it.
    Order,
    /// Where something is offered.
    Offers,
}

/// A row of the table of commands.
#[derive(Debug, Clone, Copy)]
pub struct Row {
    pub word: Word,
    pub name: &'static str,
    pub takes: Takes,
    /// What stands behind the name in the help.
    pub usage: &'static str,
    pub scope: Scope,
    about: &'static str,
}

impl Row {
    #[must_use]
    pub fn about(&self) -> &'static str {
        words::of(self.about)
    }
}

const fn row(
    word: Word,
    (name, usage): (&'static str, &'static str),
    takes: Takes,
    scope: Scope,
    about: &'static str,
) -> Row {
    Row { word, name, takes, usage, scope, about }
}

use Scope as S;
use Takes as T;

/// All commands, in the order in which the help lists them.
pub static COMMANDS: &[Row] = &[
    row(Word::Help, ("help", "[FIELD]"), T::Perhaps, S::Anywhere, phrase!("explains the question, or a field")),
    row(Word::Keys, ("keys", ""), T::Nothing, S::Anywhere, phrase!("lists all commands")),
    row(Word::Back, ("back", ""), T::Nothing, S::Anywhere, phrase!("the question before this one")),
    row(Word::Next, ("next", ""), T::Nothing, S::Anywhere, phrase!("the next step")),
    row(Word::Previous, ("previous", ""), T::Nothing, S::Anywhere, phrase!("the step before this one")),
    row(
        Word::Goto,
        ("goto", "[NAME]"),
        T::Perhaps,
        S::Anywhere,
        phrase!("a field or step by its name; alone, lists them"),
    ),
    row(Word::Review, ("review", ""), T::Nothing, S::Anywhere, phrase!("every answer and problem, before ordering")),
    row(Word::Request, ("request", ""), T::Nothing, S::Anywhere, phrase!("the request as JSON")),
    row(
        Word::Export,
        ("export", "[FORM]"),
        T::Perhaps,
        S::Anywhere,
        phrase!("the order as curl, http, terraform, python, go or hcloud"),
    ),
    row(Word::Write, ("write", "[FORM]"), T::Perhaps, S::Anywhere, phrase!("the same, into a file")),
    row(Word::Problems, ("problems", ""), T::Nothing, S::Anywhere, phrase!("what is wrong so far")),
    row(Word::Undo, ("undo", ""), T::Nothing, S::Anywhere, phrase!("takes the last change back")),
    row(Word::Redo, ("redo", ""), T::Nothing, S::Anywhere, phrase!("makes it again")),
    row(Word::Changes, ("changes", ""), T::Nothing, S::Anywhere, phrase!("what was changed in this form")),
    row(Word::Account, ("account", ""), T::Nothing, S::Anywhere, phrase!("who orders, and where")),
    row(Word::Accounts, ("accounts", ""), T::Nothing, S::Anywhere, phrase!("takes another account")),
    row(Word::Draft, ("draft", ""), T::Nothing, S::Anywhere, phrase!("keeps the form as a draft")),
    row(Word::Drafts, ("drafts", ""), T::Nothing, S::Anywhere, phrase!("drafts, templates and orders to begin with")),
    row(Word::Template, ("template", "NAME"), T::Text, S::Anywhere, phrase!("keeps the form as a template")),
    row(Word::Journal, ("journal", ""), T::Nothing, S::Anywhere, phrase!("the orders of this machine")),
    row(Word::Calls, ("calls", "[N]"), T::PerhapsNumber, S::Anywhere, phrase!("the calls of this run, or one of them")),
    row(Word::Curl, ("curl", "N"), T::Number, S::Anywhere, phrase!("a call as a command for curl")),
    row(Word::Intro, ("introduction", ""), T::Nothing, S::Anywhere, phrase!("what this program does")),
    row(Word::Quit, ("quit", ""), T::Nothing, S::Anywhere, phrase!("leaves and keeps the form as a draft")),
    row(Word::More, ("more", ""), T::Nothing, S::Lists, phrase!("the next rows")),
    row(Word::List, ("list", ""), T::Nothing, S::Lists, phrase!("the rows from the first one")),
    row(Word::All, ("all", ""), T::Nothing, S::Lists, phrase!("rows that do not fit as well, or not any more")),
    row(Word::Sort, ("sort", ""), T::Nothing, S::Lists, phrase!("sorts by the next column")),
    row(Word::Look, ("look", ""), T::Nothing, S::Lists, phrase!("reads again what the cloud has")),
    row(Word::Details, ("details", "N"), T::Number, S::Lists, phrase!("everything known of a row")),
    row(Word::Take, ("take", "TEXT"), T::Text, S::Lists, phrase!("takes an id that is not listed")),
    row(Word::Clear, ("clear", ""), T::Nothing, S::Lists, phrase!("empties the field, or the filter")),
    row(
        Word::Add,
        ("add", "NAME PORT [public]"),
        T::Text,
        S::Ports,
        phrase!("adds ports; several are divided by commas"),
    ),
    row(Word::Edit, ("edit", "N NAME PORT [public]"), T::Text, S::Ports, phrase!("changes a port")),
    row(Word::Delete, ("delete", "N"), T::Number, S::Ports, phrase!("deletes a port")),
    row(Word::Up, ("up", "N"), T::Number, S::Ports, phrase!("moves a port up")),
    row(Word::Down, ("down", "N"), T::Number, S::Ports, phrase!("moves a port down")),
    row(Word::Public, ("public", "N"), T::Number, S::Ports, phrase!("lets the internet reach a port")),
    row(Word::Private, ("private", "N"), T::Number, S::Ports, phrase!("keeps a port to the phones' own network")),
    row(Word::Place, ("place", ""), T::Nothing, S::Order, phrase!("asks for the confirmation; nothing is ordered yet")),
    row(
        Word::Order,
        ("order", ""),
        T::Nothing,
        S::Order,
        phrase!("places the order where the confirmation asks for it; before that it leads there"),
    ),
    row(Word::New, ("new", ""), T::Nothing, S::Order, phrase!("another order with the same answers")),
    row(Word::Yes, ("yes", ""), T::Nothing, S::Offers, phrase!("takes what is offered")),
    row(Word::No, ("no", ""), T::Nothing, S::Offers, phrase!("leaves it")),
    row(Word::Remove, ("remove", "N"), T::Number, S::Offers, phrase!("removes a draft or a template")),
];

/// A command with what stands behind its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Command {
    pub word: Word,
    /// Without blanks around it.
    pub rest: String,
}

impl Command {
    /// The number behind the name, if it is one.
    #[must_use]
    pub fn number(&self) -> Option<usize> {
        self.rest.parse().ok()
    }
}

/// The command that a line is. A line that begins with `=` never is one, and neither is one with more
/// behind the name than the command takes: `all phones` is a filter.
#[must_use]
pub fn read(line: &str) -> Option<Command> {
    let line = line.trim();
    let (name, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    let rest = rest.trim();
    let row = COMMANDS.iter().find(|row| row.name.eq_ignore_ascii_case(name)).or_else(|| short(name))?;
    let is_number = || !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit());
    let fits = match row.takes {
        Takes::Nothing => rest.is_empty(),
        Takes::Perhaps => true,
        Takes::Text => !rest.is_empty(),
        Takes::Number => is_number(),
        Takes::PerhapsNumber => rest.is_empty() || is_number(),
    };
    fits.then(|| Command { word: row.word, rest: rest.to_owned() })
}

/// Names that people try first.
fn short(name: &str) -> Option<&'static Row> {
    let word = match name {
        "?" => Word::Help,
        "exit" => Word::Quit,
        "是" => Word::Yes,
        "否" => Word::No,
        _ => return None,
    };
    COMMANDS.iter().find(|row| row.word == word)
}

/// What a line answers: without the `=` that says that it is no command.
#[must_use]
pub fn answer_of(line: &str) -> &str {
    let line = line.trim();
    line.strip_prefix('=').map_or(line, str::trim)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_a_command_only_as_a_whole() {
        let word = |line: &str| read(line).map(|command| (command.word, command.rest));
        assert_eq!(word(" BACK "), Some((Word::Back, String::new())));
        assert_eq!(word("goto pay now"), Some((Word::Goto, "pay now".into())));
        assert_eq!(word("calls 3"), Some((Word::Calls, "3".into())));
        for answer in ["=back", "back up", "all phones", "calls x", "delete", "backup", "", "3", "details first"] {
            assert_eq!(word(answer), None, "{answer}");
        }
        assert_eq!(answer_of(" =back "), "back");
        assert_eq!(answer_of("==x"), "=x");
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
