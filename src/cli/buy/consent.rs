//! The consent to place an order: the hash of its bytes, `--yes` for an order that is not paid at once, or the answer
//! of a user at a terminal. Without a terminal the program never asks.

use std::io::{IsTerminal as _, Write as _, stderr, stdin};
use std::path::Path;

use tokio::sync::oneshot;

use crate::app::{AccountLabel, OrderWarning, PossibleDuplicate, order_warnings, required_words};
use crate::bootstrap::error::AppError;
use crate::catalogue::Catalogue;
use crate::form::{OrderImpact, order_rows};
use crate::i18n::tr;
use crate::order::{Draft, Order};
use crate::text::sanitize::{brief, visible};

use crate::cli::print;

/// Flags that give or withhold the consent.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct ConsentArgs {
    /// The SHA-256 that `check` printed: exactly these bytes are sent
    #[arg(long, value_name = "HASH")]
    pub confirm: Option<String>,
    /// Place an order that is not paid at once without its hash
    #[arg(long, conflicts_with = "confirm")]
    pub yes: bool,
    /// Show the call without its secrets; nothing is sent and nothing is kept
    #[arg(long, conflicts_with_all = ["confirm", "yes"])]
    pub dry_run: bool,
}

/// The consent to place an order, as far as the flags decide it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Consent {
    Given,
    /// The user is asked at the terminal.
    Ask,
    /// Consent is missing; the sentence says how to give it.
    Missing(String),
}

impl ConsentArgs {
    /// Evaluates the flags for an order. A `--confirm` hash that differs from the hash of the order is an error. The
    /// user is asked only if the order comes from a file, and standard input and standard error are terminals.
    pub fn of(&self, order: &Order, file: &Path) -> Result<Consent, AppError> {
        let body = order.body();
        let hash = body.hash();
        if let Some(said) = &self.confirm {
            if said.eq_ignore_ascii_case(hash) {
                return Ok(Consent::Given);
            }
            let said = brief(said, 64);
            return Err(AppError::Usage(tr!(
                "nothing was bought: the order has the SHA-256 {hash}, and --confirm says {said}",
                hash,
                said
            )));
        }
        if self.yes && order.pays_now() {
            return Ok(Consent::Missing(tr!(
                "Nothing was bought: this order is paid at once, which --confirm {hash} says and --yes does not.",
                hash
            )));
        }
        if self.yes {
            return Ok(Consent::Given);
        }
        // Whoever pipes the order in cannot be asked.
        let is_asked = file != Path::new("-") && stdin().is_terminal() && stderr().is_terminal();
        if is_asked {
            return Ok(Consent::Ask);
        }
        Ok(Consent::Missing(if order.pays_now() {
            tr!("Nothing was bought: --confirm {hash} places exactly this order.", hash)
        } else {
            tr!("Nothing was bought: --confirm {hash} places exactly this order; --yes places it as it is.", hash)
        }))
    }
}

/// The order about which the user is asked at the terminal.
pub struct Question<'a> {
    pub order: &'a Order,
    pub draft: &'a Draft,
    pub impact: &'a OrderImpact,
    pub label: &'a AccountLabel,
    pub duplicates: Vec<PossibleDuplicate>,
    /// True if the user has accepted the duplicates by `--second`.
    pub accepts_duplicates: bool,
}

impl Question<'_> {
    /// Prints the order sheet and asks the user at the terminal. Returns whether the required word was typed: `order`,
    /// or what [`required_words`] returns. `yes` is not enough.
    pub async fn ask(self) -> bool {
        let may_repeat = !self.duplicates.is_empty() && !self.accepts_duplicates;
        self.print_sheet();
        let word = required_words(self.impact, self.order.server_name(), may_repeat);
        let word = word.unwrap_or_else(|| "order".to_owned());
        let typed = answer(&tr!("Type {word} to place this order: ", word)).await;
        let typed = typed.trim();
        if typed != word && !typed.is_empty() {
            let typed = brief(typed, 64);
            print::eprint(&tr!("{typed} does not place the order: type {word} to place it.", typed, word));
        }
        typed == word
    }

    /// Prints the order with its warnings, as the order sheet of the form shows it.
    fn print_sheet(&self) {
        print::eprint(&self.impact.summary());
        let catalogue = Catalogue::default();
        let duplicates = PossibleDuplicate::shortened(self.duplicates.clone()).into_iter().map(OrderWarning::Duplicate);
        for warning in duplicates.chain(order_warnings(self.draft, &catalogue, &[])) {
            print::eprint(&tr!("Warning: {warning}", warning));
        }
        let AccountLabel { profile, region, project, .. } = self.label;
        let (profile, region, project) = (visible(profile), visible(region), visible(project));
        print::eprint(&tr!("Account: profile {profile}, region {region}, project {project}", profile, region, project));
        for row in order_rows(self.draft, &catalogue) {
            print::eprint(&tr!("{label}: {value}", label = row.part.label(), value = visible(&row.text)));
        }
        print::eprint(&tr!("SHA-256 {hash}", hash = self.order.body().hash()));
    }
}

/// Asks a question on standard error and returns the line that is typed after it; empty at the end of the input.
async fn answer(question: &str) -> String {
    // What was typed before the question is no answer to it.
    let _ = rustix::termios::tcflush(stdin(), rustix::termios::QueueSelector::IFlush);
    let mut out = stderr().lock();
    let _ = write!(out, "{question}");
    // The cursor stays behind the question.
    let _ = out.flush();
    drop(out);
    let (sender, answer) = oneshot::channel();
    // A thread that waits for a key must not keep the program from ending.
    std::thread::spawn(move || {
        let mut line = String::new();
        let read = stdin().read_line(&mut line);
        let _ = sender.send(read.map(|_| line).unwrap_or_default());
    });
    answer.await.unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order(auto_pay: bool) -> Order {
        let (server_flavor, phone_flavor) = ("s".into(), "p".into());
        let draft = Draft {
            server_flavor,
            phone_flavor,
            image_id: "i".into(),
            server_name: "n".into(),
            auto_pay,
            ..Draft::default()
        };
        Order::check(&draft, &Catalogue::default()).unwrap()
    }

    fn of(order: &Order, confirm: Option<&str>, yes: bool) -> Result<Consent, AppError> {
        ConsentArgs { confirm: confirm.map(Into::into), yes, dry_run: false }.of(order, Path::new("-"))
    }

    #[test]
    fn money_now_needs_the_hash() {
        let (unpaid, paid) = (order(false), order(true));
        assert_eq!(of(&unpaid, None, true).unwrap(), Consent::Given);
        assert!(matches!(of(&paid, None, true).unwrap(), Consent::Missing(why) if why.contains(paid.body().hash())));
        for order in [&unpaid, &paid] {
            assert_eq!(of(order, Some(&order.body().hash().to_uppercase()), false).unwrap(), Consent::Given);
            assert!(of(order, Some("ab"), false).unwrap_err().to_string().contains("--confirm says ab"));
            assert!(matches!(of(order, None, false).unwrap(), Consent::Missing(_)));
        }
    }
}
