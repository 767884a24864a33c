//! `buy`: makes one purchase without the form, with the same journal and the same call. Without a terminal it never
//! asks: where it would have to, it refuses the order and says how to proceed.

mod args;
mod consent;
mod dry_run;
mod duplicates;
mod outcome;
mod report;
mod signals;
mod wait;

use std::io::{IsTerminal as _, stderr};
use std::path::PathBuf;
use std::sync::Mutex;
use std::time::Duration;

use serde_json::json;
use uuid::Uuid;

use crate::bootstrap::error::AppError;
use crate::catalogue::Catalogue;
use crate::config::{StateKind, state_dir};
use crate::exit_code::ExitCode;
use crate::form::OrderImpact;
use crate::i18n::tr;
use crate::order::{Draft, Order};
use crate::purchase::intents::{Acknowledged, Preflight};
use crate::purchase::{Confirmation, Event, Outcome, PurchaseService, SubmitError};

use super::check;
use super::demo::told;
use super::journal;
use super::order_input::{self, Checked};
use super::print;
use crate::bootstrap::client::{Client, client};
use crate::bootstrap::demo::DemoUse;
use crate::text::sanitize::sentence;

pub use args::Buy;
use consent::{Consent, Question};
use duplicates::DuplicateCheck;
use signals::{Signals, StopRequest};

/// The inputs of a purchase.
struct BuyRun<'a> {
    args: &'a Buy,
    order: &'a Order,
    draft: &'a Draft,
    impact: OrderImpact,
    client: Client,
    journal_dir: Option<PathBuf>,
    timeout: Duration,
}

pub fn run(args: &Buy) -> Result<ExitCode, AppError> {
    let timeout = args.timeout()?;
    let material = order_input::order_input(&args.file, &args.set.answers()?)?;
    let order = match material.check(&Catalogue::default()) {
        Checked::Good(order) => order,
        Checked::Bad(problems) => {
            check::tell(&problems, args.json);
            return Ok(ExitCode::InvalidOrder);
        }
    };
    let draft = material.draft.unwrap_or_default();
    let impact = OrderImpact::new(&draft, &Catalogue::default());
    let consent = if args.consent.dry_run { Consent::Given } else { args.consent.of(&order, &args.file)? };
    if let Consent::Missing(why) = &consent {
        return Ok(not_confirmed(args, &order, &impact, why));
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(AppError::Runtime)?;
    runtime.block_on(async {
        // A signal that comes before anything was sent leaves; later ones are weighed.
        let mut signals = Signals::listen().map_err(AppError::Runtime)?;
        let order = order.as_ref();
        let prepared = async {
            let purpose = if args.consent.dry_run { DemoUse::Lists } else { DemoUse::Orders };
            let world = told(args.demo.open(args.state_dir.as_deref(), purpose)?);
            let journal_dir = match &world {
                Some(world) => world.journal_dir.clone(),
                None => state_dir(args.state_dir.as_deref(), StateKind::Live),
            };
            let client = client(&args.account, world).await?;
            let run = BuyRun { args, order, draft: &draft, impact, client, journal_dir, timeout };
            if args.consent.dry_run {
                return dry_run::show(&run.client.cloud, &order.body(), args.json).await.map(Prepared::Done);
            }
            prepare(run, &consent).await
        };
        let prepared = tokio::select! {
            biased;
            _ = signals.next() => Prepared::Done(left_before(args, order)),
            prepared = prepared => prepared?,
        };
        match prepared {
            Prepared::Done(code) => Ok(code),
            Prepared::Ready(run, service, preflight, acknowledged) => tokio::select! {
                biased;
                _ = signals.next() => Ok(left_before(args, order)),
                // The runtime hears of a signal only between two turns: one that came while the journal
                // was opened, which holds the thread, is heard before anything is sent.
                () = tokio::task::yield_now() => run.buy(&service, preflight, acknowledged, signals).await,
            },
        }
    })
}

/// The result of the steps before the purchase.
enum Prepared<'a> {
    /// No purchase follows; this is the exit code.
    Done(ExitCode),
    Ready(Box<BuyRun<'a>>, PurchaseService, Option<Preflight>, Acknowledged),
}

async fn prepare<'a>(run: BuyRun<'a>, consent: &Consent) -> Result<Prepared<'a>, AppError> {
    let args = run.args;
    if args.demo.demo.is_some() {
        print::eprint(&tr!("Demo: the order goes to the embedded simulator. Nothing real is bought."));
    }
    let service = journal::open(&journal::directory(run.journal_dir.clone())?)?;
    if let Some(why) = service.obstacle() {
        return Err(AppError::Journal(why.to_string()));
    }
    for fact in service.notices() {
        print::eprint(&fact.to_string());
    }
    let DuplicateCheck { duplicates, orders, preflight } =
        duplicates::check_duplicates(run.order, &run.client.buyer, &run.client.cloud, &service).await;
    if *consent != Consent::Ask && !args.second {
        let code = if duplicates.is_empty() { "preflight_incomplete" } else { POSSIBLE_DUPLICATE };
        let mut doubts: Vec<String> = duplicates.iter().map(|duplicate| sentence(&duplicate.to_string())).collect();
        if preflight.is_none() {
            doubts.push(tr!("The servers that exist already were not read completely."));
        }
        if !doubts.is_empty() {
            return doubted(args, run.order, code, &doubts);
        }
    }
    if *consent == Consent::Ask {
        let BuyRun { order, draft, impact, client, .. } = &run;
        let label = &client.label;
        let accepts_duplicates = args.second;
        if !(Question { order, draft, impact, label, duplicates, accepts_duplicates }).ask().await {
            return Ok(Prepared::Done(left_before(args, run.order)));
        }
    }
    // Everything that was found was shown, and accepted by `--second` or at the terminal.
    let acknowledged = if args.second { Acknowledged::All } else { Acknowledged::These(orders) };
    Ok(Prepared::Ready(Box::new(run), service, preflight, acknowledged))
}

/// The reason code in the JSON result for an order that was not placed because it may repeat another one.
const POSSIBLE_DUPLICATE: &str = "possible_duplicate";

/// Refuses an order that may be a duplicate, and tells the user that `--second` places it anyway. Always returns `Err`.
fn doubted<T>(args: &Buy, order: &Order, code: &str, doubts: &[String]) -> Result<T, AppError> {
    let doubts = doubts.join(" ");
    if args.json {
        print::json(&json!({
            "outcome": "not_confirmed",
            "hash": order.body().hash(),
            "reason": { "code": code, "message": doubts },
        }));
    }
    Err(AppError::Usage(tr!("nothing was bought: {doubts} --second buys all the same", doubts)))
}

/// Prints what would be bought and how to confirm it. Returns the exit code 2.
fn not_confirmed(args: &Buy, order: &Order, impact: &OrderImpact, why: &str) -> ExitCode {
    let body = order.body();
    let summary = impact.summary();
    if args.json {
        print::json(&json!({
            "outcome": "not_confirmed",
            "hash": body.hash(),
            "pays_now": order.pays_now(),
            "summary": summary,
            "reason": { "code": "confirmation_missing", "message": why },
        }));
    } else {
        print::line(&summary);
        print::line(&tr!("SHA-256 {hash}", hash = body.hash()));
    }
    print::eprint(why);
    ExitCode::Usage
}

fn left_before(args: &Buy, order: &Order) -> ExitCode {
    let why = tr!("Left: nothing was bought and nothing was sent.");
    if args.json {
        let reason = json!({ "code": "declined", "message": why });
        print::json(&json!({ "outcome": "not_confirmed", "hash": order.body().hash(), "reason": reason }));
    }
    print::eprint(&why);
    ExitCode::Interrupted
}

/// The result of sending the order.
enum Sent {
    Concluded(Verdict),
    SubmitError(SubmitError),
    /// The user left while the request was in progress.
    Left,
}

/// The result of the only call.
struct Verdict {
    id: Option<Uuid>,
    outcome: Outcome,
    /// The reason why the outcome is missing from the journal; `None` if it was recorded.
    lost: Option<String>,
    /// True if a signal arrived while the response was pending; `--wait` is then skipped.
    ends: bool,
}

impl BuyRun<'_> {
    /// Returns the command that searches for the order.
    fn reconcile_command(&self) -> String {
        match self.args.demo.flag() {
            Some(flag) => format!("cph-wizard orders reconcile {flag}"),
            None => "cph-wizard orders reconcile".to_owned(),
        }
    }

    /// Sends the order once and reports its outcome.
    async fn buy(
        &self,
        service: &PurchaseService,
        preflight: Option<Preflight>,
        acknowledged: Acknowledged,
        mut signals: Signals,
    ) -> Result<ExitCode, AppError> {
        match self.send(service, preflight, acknowledged, &mut signals).await {
            Sent::Concluded(verdict) => Ok(self.report(service, signals, verdict).await),
            Sent::SubmitError(SubmitError::Journal { why }) => {
                Err(AppError::Journal(tr!("NOT SENT: the order could not be kept in the journal first: {why}", why)))
            }
            Sent::SubmitError(SubmitError::Duplicates { ids }) => {
                let history = service.history();
                let named = ids.iter().filter_map(|id| history.intents().purchase(*id));
                let named = named.map(|purchase| purchase.intent().server_name.clone()).collect::<Vec<_>>().join(", ");
                let doubt = tr!("An order that this one may repeat was placed a moment ago: {named}.", named);
                doubted(self.args, self.order, POSSIBLE_DUPLICATE, &[doubt])
            }
            Sent::Left => {
                // Nothing more is known than the journal has.
                let hash = self.order.body().hash().to_owned();
                if self.args.json {
                    print::json(&json!({
                        "outcome": "unknown",
                        "hash": hash,
                        "reason": { "code": "left_while_sending", "message": tr!("left while it was being sent") },
                    }));
                }
                print::keep_outcome(&hash);
                print::eprint(&tr!(
                    "Left while the order was on its way: it may be placed. `{reconcile}` looks for it.",
                    reconcile = self.reconcile_command()
                ));
                Ok(ExitCode::Interrupted)
            }
        }
    }

    /// Drives the call to its end, unless the user presses Ctrl-C twice.
    async fn send(
        &self,
        service: &PurchaseService,
        preflight: Option<Preflight>,
        acknowledged: Acknowledged,
        signals: &mut Signals,
    ) -> Sent {
        let ended = Mutex::new(None);
        let tell = |event| {
            if let (Event::Concluded { id, outcome, lost }, Ok(mut ended)) = (event, ended.lock()) {
                *ended = Some((id, outcome, lost));
            }
        };
        let (mut was_asked, mut ends) = (false, false);
        {
            let body = self.order.body();
            let confirmation = Confirmation { order: self.order, body: &body, preflight, acknowledged };
            let submit = service.submit(&self.client.cloud, &self.client.buyer, &confirmation, &tell);
            tokio::pin!(submit);
            loop {
                tokio::select! {
                    biased;
                    begun = &mut submit => match begun {
                        Ok(()) => break,
                        Err(submit_error) => return Sent::SubmitError(submit_error),
                    },
                    wish = signals.next() => match wish {
                        StopRequest::Leave if was_asked => return Sent::Left,
                        StopRequest::Leave => {
                            was_asked = true;
                            print::eprint(&tr!(
                                "The order is on its way and may be placed already: its answer is awaited. Ctrl-C again leaves all the same."
                            ));
                        }
                        // Nobody is there to ask: the answer is awaited and kept.
                        StopRequest::End => ends = true,
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

/// Returns whether progress is shown: only if standard error is a terminal.
fn shows_progress() -> bool {
    stderr().is_terminal()
}
