//! `buy`: one purchase without a screen, through the same journal and the same call as the form.
//! Without a terminal it asks nobody: what would be asked is refused, with the words that say how to
//! go on.

mod consent;
mod doubts;
mod dry_run;
mod outcome;
mod placed;
mod signals;
mod wait;

use std::io::{IsTerminal as _, stderr};
use std::path::PathBuf;
use std::sync::Mutex;
use std::time::Duration;

use serde_json::json;
use uuid::Uuid;

use crate::api::HttpCloud;
use crate::app::AccountLabel;
use crate::catalogue::Catalogue;
use crate::config::{Kind, state_dir};
use crate::failure::Failure;
use crate::form::Stake;
use crate::order::text::brief;
use crate::order::{Draft, Order};
use crate::purchase::intents::{Acknowledged, Preflight};
use crate::purchase::{Buyer, Confirmation, Desk, Event, NotBegun, Outcome};
use crate::words::tr;

use super::account::{self, AccountArgs, Ready};
use super::check;
use super::order_file::{self, Checked};
use super::say;
use consent::{Consent, ConsentArgs};
use doubts::LookedAt;
use outcome::LEFT;
use signals::{Signals, Wish};
use wait::Until;

#[derive(Debug, clap::Args)]
pub struct Buy {
    /// The order file: the operation's JSON body; - is standard input
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    #[command(flatten)]
    pub set: super::begin::SetArgs,
    #[command(flatten)]
    pub consent: ConsentArgs,
    /// Buy although an order like this one, or a server of this name, is there already
    #[arg(long)]
    pub second: bool,
    /// Stay with the order until this is so
    #[arg(long, value_enum, value_name = "STATE")]
    pub wait: Option<Until>,
    /// The longest time to stay, such as 90s, 30m or 2h
    #[arg(long, value_name = "TIME", default_value = "30m", requires = "wait")]
    pub timeout: String,
    /// Say the result in JSON
    #[arg(long)]
    pub json: bool,
    /// Keep the journal under this directory
    #[arg(long, value_name = "DIR")]
    pub state_dir: Option<PathBuf>,
    #[command(flatten)]
    pub account: AccountArgs,
}

impl Buy {
    fn timeout(&self) -> Result<Duration, Failure> {
        let text = self.timeout.trim();
        let seconds = text.parse::<u64>().ok().map(Duration::from_secs);
        let time = || text.parse::<jiff::SignedDuration>().ok().and_then(|time| Duration::try_from(time).ok());
        seconds.or_else(time).filter(|time| *time <= A_WEEK).ok_or_else(|| {
            Failure::Usage(tr!(
                "--timeout {shown} is no time up to a week: 90s, 30m or 2h is one",
                shown = brief(text, 40)
            ))
        })
    }
}

/// Nobody waits longer for servers.
const A_WEEK: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// Everything that a purchase is made of.
struct Deal<'a> {
    args: &'a Buy,
    order: &'a Order,
    stake: Stake,
    label: AccountLabel,
    buyer: Buyer,
    cloud: HttpCloud,
    timeout: Duration,
}

pub fn run(args: &Buy) -> Result<u8, Failure> {
    let timeout = args.timeout()?;
    let material = order_file::material(&args.file, &args.set.answers()?)?;
    let order = match material.check(&Catalogue::default()) {
        Checked::Good(order) => order,
        Checked::Bad(problems) => {
            check::tell(&problems, args.json);
            return Ok(check::INVALID);
        }
    };
    let stake = Stake::of(&material.draft.unwrap_or_else(Draft::default), &Catalogue::default());
    let consent = if args.consent.dry_run { Consent::Given } else { args.consent.of(&order, &args.file)? };
    if let Consent::Missing(why) = &consent {
        return Ok(not_confirmed(args, &order, &stake, why));
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(Failure::Runtime)?;
    runtime.block_on(async {
        // A signal that comes before anything was sent leaves; later ones are weighed.
        let mut signals = Signals::listen().map_err(Failure::Runtime)?;
        let order = order.as_ref();
        let prepared = async {
            let Ready { account, buyer, label } = account::headless(&args.account).await?;
            let deal = Deal { args, order, stake, label, buyer, cloud: account::cloud(account)?, timeout };
            if args.consent.dry_run {
                return dry_run::show(&deal.cloud, &order.body(), args.json).await.map(Prepared::Done);
            }
            prepare(deal, &consent).await
        };
        let prepared = tokio::select! {
            biased;
            _ = signals.next() => Prepared::Done(left_before(args, order)),
            prepared = prepared => prepared?,
        };
        match prepared {
            Prepared::Done(code) => Ok(code),
            Prepared::Ready(deal, desk, preflight) => tokio::select! {
                biased;
                _ = signals.next() => Ok(left_before(args, order)),
                // The runtime hears of a signal only between two turns: one that came while the journal
                // was opened, which holds the thread, is heard before anything is sent.
                () = tokio::task::yield_now() => deal.buy(&desk, preflight, signals).await,
            },
        }
    })
}

/// What stands when everything was looked at that comes before the purchase.
enum Prepared<'a> {
    /// It will not be made; the exit code.
    Done(u8),
    Ready(Box<Deal<'a>>, Desk, Option<Preflight>),
}

async fn prepare<'a>(deal: Deal<'a>, consent: &Consent) -> Result<Prepared<'a>, Failure> {
    let args = deal.args;
    let desk = super::orders::open(args.state_dir.as_deref(), Kind::Live)?;
    if let Some(why) = desk.obstacle() {
        return Err(Failure::Journal(why));
    }
    for fact in desk.facts() {
        say::aside(&fact.to_string());
    }
    let LookedAt { mut doubts, preflight } = doubts::look(deal.order, &deal.buyer, &deal.cloud, &desk).await;
    let code = if doubts.is_empty() { "preflight_incomplete" } else { POSSIBLE_DUPLICATE };
    if preflight.is_none() && *consent != Consent::Ask {
        doubts.push(tr!("The servers that exist already were not read completely."));
    }
    if !doubts.is_empty() && !args.second {
        return doubted(args, deal.order, code, &doubts);
    }
    if *consent == Consent::Ask && !consent::asked(deal.order, &deal.stake, &deal.label).await {
        return Ok(Prepared::Done(left_before(args, deal.order)));
    }
    Ok(Prepared::Ready(Box::new(deal), desk, preflight))
}

/// The code of the reason why an order was not placed: it may repeat another one.
const POSSIBLE_DUPLICATE: &str = "possible_duplicate";

/// Refuses an order that may be a second one, and says how to place it all the same.
fn doubted<T>(args: &Buy, order: &Order, code: &str, doubts: &[String]) -> Result<T, Failure> {
    let doubts = doubts.join(" ");
    if args.json {
        say::json(&json!({
            "outcome": "not_confirmed",
            "hash": order.body().hash(),
            "reason": { "code": code, "message": doubts },
        }));
    }
    Err(Failure::Usage(tr!("nothing was bought: {doubts} --second buys all the same", doubts)))
}

/// Says what would be bought, and how to buy it.
fn not_confirmed(args: &Buy, order: &Order, stake: &Stake, why: &str) -> u8 {
    let body = order.body();
    let deed = stake.deed();
    if args.json {
        say::json(&json!({
            "outcome": "not_confirmed",
            "hash": body.hash(),
            "pays_now": order.pays_now(),
            "summary": deed,
            "reason": { "code": "confirmation_missing", "message": why },
        }));
    } else {
        say::result(&deed);
        say::result(&tr!("SHA-256 {hash}", hash = body.hash()));
    }
    say::aside(why);
    2
}

fn left_before(args: &Buy, order: &Order) -> u8 {
    let why = tr!("Left: nothing was bought and nothing was sent.");
    if args.json {
        let reason = json!({ "code": "declined", "message": why });
        say::json(&json!({ "outcome": "not_confirmed", "hash": order.body().hash(), "reason": reason }));
    }
    say::aside(&why);
    LEFT
}

/// How the sending ended.
enum Sent {
    Concluded(Verdict),
    NotBegun(NotBegun),
    /// A person left while it was on its way.
    Left,
}

/// What became of the one call.
struct Verdict {
    id: Option<Uuid>,
    outcome: Outcome,
    /// Why it is not in the journal.
    lost: Option<String>,
    /// The system asked for the end while the answer was awaited.
    ends: bool,
}

impl Deal<'_> {
    /// Sends it once, and tells what became of it.
    async fn buy(&self, desk: &Desk, preflight: Option<Preflight>, mut signals: Signals) -> Result<u8, Failure> {
        match self.send(desk, preflight, &mut signals).await {
            Sent::Concluded(verdict) => Ok(self.tell(desk, signals, verdict).await),
            Sent::NotBegun(NotBegun::Journal { why }) => {
                Err(Failure::Journal(tr!("NOT SENT: the order could not be kept in the journal first: {why}", why)))
            }
            Sent::NotBegun(NotBegun::Duplicates { ids }) => {
                let history = desk.history();
                let named = ids.iter().filter_map(|id| history.intents().purchase(*id));
                let named = named.map(|purchase| purchase.intent().server_name.clone()).collect::<Vec<_>>().join(", ");
                let doubt = tr!("An order that this one may repeat was placed a moment ago: {named}.", named);
                doubted(self.args, self.order, POSSIBLE_DUPLICATE, &[doubt])
            }
            Sent::Left => {
                // Nothing more is known than the journal has.
                let hash = self.order.body().hash().to_owned();
                if self.args.json {
                    say::json(&json!({
                        "outcome": "unknown",
                        "hash": hash,
                        "reason": { "code": "left_while_sending", "message": tr!("left while it was being sent") },
                    }));
                }
                say::keep(&hash);
                say::aside(&tr!(
                    "Left while the order was on its way: it may be placed. `cph-wizard orders reconcile` looks for it."
                ));
                Ok(LEFT)
            }
        }
    }

    /// Drives the call to its end, unless a person leaves twice.
    async fn send(&self, desk: &Desk, preflight: Option<Preflight>, signals: &mut Signals) -> Sent {
        let ended = Mutex::new(None);
        let tell = |event| {
            if let (Event::Concluded { id, outcome, lost }, Ok(mut ended)) = (event, ended.lock()) {
                *ended = Some((id, outcome, lost));
            }
        };
        let (mut was_asked, mut ends) = (false, false);
        {
            let body = self.order.body();
            // Everything that was found was shown: it was said by --second or at the terminal that it is to be bought.
            let acknowledged = if self.args.second { Acknowledged::All } else { Acknowledged::none() };
            let confirmation = Confirmation { order: self.order, body: &body, preflight, acknowledged };
            let submit = desk.submit(&self.cloud, &self.buyer, &confirmation, &tell);
            tokio::pin!(submit);
            loop {
                tokio::select! {
                    biased;
                    begun = &mut submit => match begun {
                        Ok(()) => break,
                        Err(not_begun) => return Sent::NotBegun(not_begun),
                    },
                    wish = signals.next() => match wish {
                        Wish::Leave if was_asked => return Sent::Left,
                        Wish::Leave => {
                            was_asked = true;
                            say::aside(&tr!(
                                "The order is on its way and may be placed already: its answer is awaited. Ctrl-C again leaves all the same."
                            ));
                        }
                        // Nobody is there to ask: the answer is awaited and kept.
                        Wish::End => ends = true,
                    },
                }
            }
        }
        match ended.into_inner().ok().flatten() {
            Some((id, outcome, lost)) => Sent::Concluded(Verdict { id, outcome, lost, ends: ends || was_asked }),
            None => Sent::Left,
        }
    }
}

/// Whether progress is of use to anybody.
fn shows_progress() -> bool {
    stderr().is_terminal()
}

/// The directory of a journal, or why there is none.
pub fn journal_dir(given: Option<&std::path::Path>, kind: Kind) -> Result<PathBuf, Failure> {
    state_dir(given, kind)
        .ok_or_else(|| Failure::Journal(tr!("there is no home directory for the journal: --state-dir names one")))
}
