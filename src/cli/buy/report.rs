//! The steps after the only call: reports its outcome, and waits as `--wait` requests.

use serde_json::{Value, json};
use tokio::time::Instant;
use uuid::Uuid;

use crate::clock;
use crate::exit_code::ExitCode;
use crate::i18n::tr;
use crate::purchase::intents::{FoundBy, StateName};
use crate::purchase::{Outcome, PurchaseService, conflict_sentence, open_reasons};
use crate::text::sanitize::visible;

use super::outcome;
use super::signals::Signals;
use super::wait::{self, Ended, ExpectedServers, SearchResult, Until};
use super::{BuyRun, Verdict, shows_progress};
use crate::cli::payment::{self, PaidOrder};
use crate::cli::print;

impl BuyRun<'_> {
    /// Reports the outcome of the order, then waits for the order or its servers if `--wait` was given. Returns the
    /// exit code. `--wait` is skipped if a signal arrived or the journal lacks the outcome.
    pub(super) async fn report(&self, service: &PurchaseService, mut signals: Signals, verdict: Verdict) -> ExitCode {
        let Verdict { id, outcome, lost, ends } = verdict;
        let until = Instant::now() + self.timeout;
        let text = id.map(|id| id.to_string());
        let mut result = outcome::json_of(text.as_deref(), self.order.body().hash(), &outcome, lost.as_deref());
        let placed = |state| PaidOrder { state, pays_now: self.order.pays_now(), at: clock::now() };
        let paid = placed(StateName::after(&outcome));
        payment::put(&mut result, paid, paid.at);
        self.print(&outcome::words(&outcome, self.order.count(), &self.reconcile_command()));
        if paid.is_unpaid(paid.at) {
            print::eprint(&payment::how_to_pay());
        }
        if let Some(why) = &lost {
            print::eprint(&tr!("The journal could not keep this outcome: {why}", why));
        }
        let mut code = if lost.is_some() { ExitCode::NeedsAttention } else { outcome::exit_code(&outcome) };
        if matches!(outcome, Outcome::Rejected(_)) && lost.is_none() {
            print::eprint(&tr!("The next start checks in the server list that no server of this order exists."));
        }
        let wish = self.args.wait.filter(|_| !ends && lost.is_none());
        let order_id = match (&outcome, id, wish) {
            (Outcome::Accepted(receipt), ..) => Some(receipt.order_id.clone()),
            (Outcome::Unknown(_), Some(id), Some(_)) => {
                let left = signals.left();
                let service = (service, &self.client.cloud as &dyn crate::api::Cloud, &self.client.buyer);
                let searched = wait::for_order(service, id, until, left, &progress).await;
                code = self.searched((service.0, id), &searched, &mut result);
                if let SearchResult::Found(order_id) = searched { Some(order_id) } else { None }
            }
            (Outcome::Rejected(_) | Outcome::NotSent(_) | Outcome::Unknown(_), ..) => None,
        };
        if let (Some(Until::Ready), Some(order_id)) = (wish, order_id) {
            let count = usize::try_from(self.order.count()).unwrap_or(1);
            let of = ExpectedServers { name: self.order.server_name(), order_id: &order_id, count };
            let left = signals.left();
            let (ended, seen) = wait::for_servers(&self.client.cloud, of, until, left, &progress).await;
            code = self.waited(ended, &seen, &of);
            let (tag, servers) = (ended.tag(), seen.json());
            put(&mut result, "wait", json!({ "ended": tag, "servers": servers, "error": seen.trouble }));
        }
        if self.args.json {
            print::json(&result);
        }
        code
    }

    /// Prints a line of the result, unless the output is JSON, which is printed at the end. The line is also kept for
    /// `report_unwritten`.
    fn print(&self, line: &str) {
        print::keep_outcome(line);
        if !self.args.json {
            print::line(line);
        }
    }

    fn searched(
        &self,
        (service, id): (&PurchaseService, Uuid),
        searched: &SearchResult,
        result: &mut Value,
    ) -> ExitCode {
        match searched {
            SearchResult::Found(order_id) => {
                put(result, "outcome", json!("found"));
                put(result, "by", json!(FoundBy::Reading.code()));
                put(result, "order_id", json!(order_id));
                self.print(&tr!("FOUND {id}: the order was placed", id = visible(order_id)));
                ExitCode::Success
            }
            SearchResult::Conflict(ids) => {
                put(result, "outcome", json!("conflict"));
                put(result, "order_ids", json!(ids));
                let conflict = conflict_sentence(ids);
                self.print(&tr!("CONFLICT: {conflict} Nothing is cancelled automatically.", conflict));
                ExitCode::NeedsAttention
            }
            SearchResult::Open(ended) => {
                put(result, "wait", json!({ "ended": ended.tag() }));
                self.print(&tr!("It is still not known whether the order exists."));
                self.print_reasons(service, id, result);
                if *ended == Ended::Left { ExitCode::Interrupted } else { ExitCode::Unknown }
            }
        }
    }

    /// Prints the reasons why the outcome is still unknown, and puts the first one into the JSON result.
    fn print_reasons(&self, service: &PurchaseService, id: Uuid, result: &mut Value) {
        let history = service.history();
        let reasons = history.intents().purchase(id).map(open_reasons).unwrap_or_default();
        for reason in &reasons {
            self.print(&reason.message);
        }
        if let Some(reason) = reasons.first() {
            put(result, "reason", json!({ "code": reason.code, "message": reason.message }));
        }
    }

    fn waited(&self, ended: Ended, seen: &wait::ListedServers, of: &ExpectedServers<'_>) -> ExitCode {
        let (ready, count, id) = (seen.ready(), of.count, visible(of.order_id));
        let (line, code) = match ended {
            Ended::Ready => (tr!("READY: {ready} of {count} servers", ready, count), ExitCode::Success),
            Ended::Failed => {
                let servers = seen.words();
                let line = tr!(
                    "FAILED: {ready} of {count} servers are ready ({servers}). Order {id} stands.",
                    ready,
                    count,
                    servers,
                    id
                );
                (line, ExitCode::Unknown)
            }
            Ended::TimedOut => {
                let line =
                    tr!("The time is over: {ready} of {count} servers are ready. Order {id} stands.", ready, count, id);
                (line, ExitCode::Unknown)
            }
            Ended::Left => {
                let line = tr!(
                    "Left: {ready} of {count} servers are ready. Order {id} is placed and stands.",
                    ready,
                    count,
                    id
                );
                (line, ExitCode::Interrupted)
            }
        };
        self.print(&line);
        code
    }
}

fn put(result: &mut Value, member: &str, value: Value) {
    if let Value::Object(members) = result {
        members.insert(member.into(), value);
    }
}

/// Prints a progress line on standard error, if that is a terminal.
fn progress(line: &str) {
    if shows_progress() {
        print::eprint(line);
    }
}
