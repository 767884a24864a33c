//! Lists the orders of the journal: filters them, and writes them as lines, as JSON or as CSV.

use jiff::civil::Date;
use jiff::{Span, Timestamp, Zoned};
use serde_json::{Value, json};

use crate::bootstrap::error::AppError;
use crate::clock;
use crate::i18n::tr;
use crate::purchase::intents::{Intents, Purchase, StateName};
use crate::purchase::journal::{Archive, OrderSummary};
use crate::purchase::{AllOrders, PurchaseService};
use crate::text::sanitize::{brief, visible};

use super::super::table::{self, Lines};
use super::journal_args::JournalArgs;
use crate::cli::payment::{self, PaidOrder};
use crate::cli::print;

/// Filters for the orders of the journal. An order has to match all of them.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct FilterArgs {
    /// Only orders in this state, such as UNKNOWN; may be repeated
    #[arg(long, value_name = "STATE")]
    pub state: Vec<String>,
    /// Only orders since this date or time, such as 2026-03-01, or for so long, such as 7d or 12h
    #[arg(long, value_name = "TIME")]
    pub since: Option<String>,
    /// Only orders with this in their server name, in any letter case
    #[arg(long, value_name = "TEXT")]
    pub name: Option<String>,
    /// Only orders of this project
    #[arg(long, value_name = "ID")]
    pub project: Option<String>,
    /// Only orders of this profile
    #[arg(long, value_name = "PROFILE")]
    pub account: Option<String>,
}

/// The names of the states that `--state` takes.
pub const STATES: [&str; StateName::ALL.len()] = {
    let mut names = [""; StateName::ALL.len()];
    let mut at = 0;
    while at < names.len() {
        names[at] = StateName::ALL[at].as_str();
        at += 1;
    }
    names
};

/// The parsed filters.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Filter {
    states: Vec<&'static str>,
    since: Option<Timestamp>,
    name: String,
    project: Option<String>,
    account: Option<String>,
}

impl FilterArgs {
    fn filter(&self, now: &Zoned) -> Result<Filter, String> {
        Ok(Filter {
            states: self.state.iter().map(|text| state_named(text)).collect::<Result<_, _>>()?,
            since: self.since.as_deref().map(|text| since(text, now)).transpose()?,
            name: self.name.as_deref().unwrap_or_default().to_lowercase(),
            project: self.project.clone(),
            account: self.account.clone(),
        })
    }

    /// Returns whether any filter is given.
    fn is_given(&self) -> bool {
        let Self { state, since, name, project, account } = self;
        !state.is_empty() || [since, name, project, account].into_iter().any(Option::is_some)
    }
}

fn state_named(text: &str) -> Result<&'static str, String> {
    let wanted = text.to_ascii_uppercase().replace('-', "_");
    STATES.into_iter().find(|name| *name == wanted).ok_or_else(|| {
        let shown = brief(text, 40);
        tr!("--state {shown} is no state of an order: {known}", shown, known = STATES.join(", "))
    })
}

/// Parses `--since`: a timestamp, a date (its beginning in the local time zone), or a span such as `7d`, counted back
/// from now.
fn since(text: &str, now: &Zoned) -> Result<Timestamp, String> {
    let of_day = || text.parse::<Date>().ok()?.to_zoned(now.time_zone().clone()).ok();
    let ago = || now.checked_sub(text.parse::<Span>().ok()?.abs()).ok();
    let time = text.parse::<Timestamp>().ok();
    time.or_else(|| of_day().or_else(ago).map(|zoned| zoned.timestamp())).ok_or_else(|| {
        let shown = brief(text, 40);
        tr!("--since {shown} is no time: 2026-03-01, 2026-03-01T08:00:00Z, 7d or 12h is one", shown)
    })
}

impl Filter {
    fn takes(&self, row: &OrderSummary) -> bool {
        (self.states.is_empty() || self.states.contains(&&*row.state))
            && self.since.is_none_or(|since| row.at >= since)
            && (self.name.is_empty() || row.server_name.to_lowercase().contains(&self.name))
            && self.project.as_ref().is_none_or(|project| *project == row.project)
            && self.account.as_ref().is_none_or(|account| *account == row.profile)
    }
}

/// The columns in CSV; they are also the members in JSON.
const MEMBERS: [&str; 15] = [
    "id",
    "at",
    "state",
    "server_name",
    "order_ids",
    "profile",
    "endpoint",
    "region",
    "project",
    "server_flavor",
    "phone_flavor",
    "image_id",
    "count",
    "pays_now",
    "hash",
];

/// Returns the summary of an order as JSON, without its body and records.
pub fn summary(purchase: &Purchase) -> Value {
    row_json(&OrderSummary::from_purchase(purchase), clock::now())
}

/// Returns a row as JSON, with what is known about its payment.
fn row_json(row: &OrderSummary, now: Timestamp) -> Value {
    let mut json = json!(row);
    if let Some(paid) = paid_row(row) {
        payment::put(&mut json, paid, now);
    }
    json
}

/// Returns the facts about the payment of an order.
pub fn paid_order(purchase: &Purchase) -> PaidOrder {
    let intent = purchase.intent();
    PaidOrder { state: purchase.state().state_name(), pays_now: intent.pays_now, at: intent.at }
}

/// Returns the facts about the payment of a row; `None` for a state that this program does not know.
fn paid_row(row: &OrderSummary) -> Option<PaidOrder> {
    let state = StateName::ALL.into_iter().find(|state| state.as_str() == row.state)?;
    Some(PaidOrder { state, pays_now: row.pays_now, at: row.at })
}

/// Returns the summary of an order as JSON, with its body and all its journal records.
pub fn whole(purchase: &Purchase) -> Value {
    let mut all = summary(purchase);
    if let Value::Object(members) = &mut all {
        members.insert("body".into(), json!(purchase.intent().body));
        members.insert("records".into(), json!(purchase.records()));
    }
    all
}

pub fn order_ids(purchase: &Purchase) -> Vec<String> {
    purchase.order_ids().iter().map(|id| visible(id).into_owned()).collect()
}

/// Parses the filters, and opens the list of all orders in journal and archive, newest first. The caller applies the
/// filters.
fn meant<'a>(
    filter: &FilterArgs,
    intents: &'a Intents,
    archive: Option<&Archive>,
) -> Result<(Filter, AllOrders<'a>), AppError> {
    let wanted = filter.filter(&Zoned::now()).map_err(AppError::Usage)?;
    Ok((wanted, every(intents, archive)?))
}

/// Lists the orders of journal and archive, newest first.
pub fn every<'a>(intents: &'a Intents, archive: Option<&Archive>) -> Result<AllOrders<'a>, AppError> {
    AllOrders::new(intents, archive).map_err(|error| AppError::Journal(crate::bootstrap::error::io_reason(&error)))
}

/// Opens the archive beside the journal for reading; `None` if the state directory does not exist.
pub fn archive_of(service: &PurchaseService) -> Result<Option<Archive>, AppError> {
    service.archive().map_err(|error| AppError::Journal(error.to_string()))
}

/// Reports on standard error that orders of the archive could not be read.
fn tell_damage(orders: &AllOrders) {
    if let Some(why) = orders.damage() {
        print::eprint(&why.to_string());
    }
}

/// Prints the orders that match the filters, newest first, one line each or as JSON.
pub fn list(filter: &FilterArgs, args: &JournalArgs, service: &PurchaseService) -> Result<(), AppError> {
    let (as_json, now, demo) = (args.json, clock::now(), args.demo_buyer()?);
    let (mut unpaid, mut elsewhere) = (0, 0);
    let (history, archive) = (service.history(), archive_of(service)?);
    let (wanted, mut orders) = meant(filter, history.intents(), archive.as_ref())?;
    let mut rows = Lines::default();
    let mut array = print::Array::start("orders", as_json);
    for order in orders.by_ref() {
        let row = order.row();
        if !wanted.takes(&row) {
            continue;
        }
        unpaid += usize::from(paid_row(&row).is_some_and(|paid| paid.is_unpaid(now)));
        let is_elsewhere = demo.as_ref().is_some_and(|demo| demo.endpoint != row.endpoint);
        elsewhere += usize::from(is_elsewhere && row.state == StateName::Unknown.as_str());
        if as_json {
            array.add(&row_json(&row, now));
        } else {
            rows.add(&line(&row));
        }
    }
    array.end();
    if !as_json && rows.is_empty() {
        print::line(&if filter.is_given() { tr!("No order matches.") } else { tr!("No order was confirmed yet.") });
    }
    rows.print();
    if unpaid > 0 {
        print::eprint(&payment::how_to_pay_listed(unpaid));
    }
    if elsewhere > 0 {
        print::eprint(&tr!("{n} UNKNOWN order went to an earlier demo, which is gone. Nothing real was bought."
            | "{n} UNKNOWN orders went to an earlier demo, which is gone. Nothing real was bought." % elsewhere));
    }
    tell_damage(&orders);
    Ok(())
}

fn line(row: &OrderSummary) -> [String; 5] {
    [
        row.id.to_string().chars().take(8).collect(),
        row.at.strftime("%Y-%m-%d %H:%M:%S UTC").to_string(),
        row.state.clone(),
        row.server_name.clone(),
        row.order_ids.join(" "),
    ]
}

/// Writes the orders that match the filters for another program: as CSV for a spreadsheet, or as JSON with bodies and
/// records. Exactly one of the two formats has to be selected.
pub fn export(filter: &FilterArgs, as_csv: bool, as_json: bool, service: &PurchaseService) -> Result<(), AppError> {
    if as_csv == as_json {
        return Err(AppError::Usage(tr!("orders export writes one of --csv and --json")));
    }
    let (history, archive) = (service.history(), archive_of(service)?);
    let (wanted, mut orders) = meant(filter, history.intents(), archive.as_ref())?;
    let mut array = print::Array::start("orders", as_json);
    if as_csv {
        table::print_csv(&MEMBERS, &[]);
    }
    let mut damage = None;
    for order in orders.by_ref() {
        let row = order.row();
        if !wanted.takes(&row) {
            continue;
        }
        if as_csv {
            table::print_csv_row(&MEMBERS, &json!(row));
            continue;
        }
        match order.purchase(archive.as_ref()) {
            Ok(purchase) => array.add(&whole(&purchase)),
            Err(why) => damage = damage.or(Some(why)),
        }
    }
    array.end();
    tell_damage(&orders);
    match damage {
        Some(why) => Err(AppError::Journal(why.to_string())),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> Zoned {
        "2026-11-23T12:00:00+08:00[+08:00]".parse().unwrap()
    }

    #[test]
    fn a_time_is_a_moment_a_day_or_so_long_ago() {
        for (text, time) in [
            ("2026-11-01T00:00:00Z", "2026-11-01T00:00:00Z"),
            ("2026-11-01", "2026-10-31T16:00:00Z"),
            ("7d", "2026-11-16T04:00:00Z"),
            ("12h", "2026-11-22T16:00:00Z"),
            ("-90m", "2026-11-23T02:30:00Z"),
        ] {
            assert_eq!(since(text, &now()), Ok(time.parse().unwrap()), "{text}");
        }
        for text in ["", "yesterday", "2026-13-01", "7", "99999999999999y"] {
            assert!(since(text, &now()).is_err(), "{text}");
        }
    }

    #[test]
    fn a_state_is_named_in_any_letter_case() {
        assert_eq!(state_named("not-sent"), Ok("NOT_SENT"));
        assert!(state_named("done").unwrap_err().contains("ACCEPTED, REJECTED"));
    }
}
