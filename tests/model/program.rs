//! The program in the small world: every step is taken by the program's own functions. Steps are pure, so each is computed
//! once for a journal and remembered; journals that the rules treat alike are one.

use std::collections::{BTreeSet, HashMap};
use std::hash::{Hash, Hasher};
use std::rc::Rc;

use cph_wizard::api::{CallEnd, Observation, Server, ServerList};
use cph_wizard::catalogue::Catalogue;
use cph_wizard::codes::{ConnectionError, ConnectionErrorKind};
use cph_wizard::order::{Body, Draft, Order};
use cph_wizard::purchase::intents::{
    Acknowledged, ClockReading, IntentCredentials, Intents, JournalEntry, ListSource, OrderState, Preflight, Purchase,
    Sending,
};
use cph_wizard::purchase::{
    self, Buyer, Confirmation, Reconciled, Resolution, ServerReading, absence, call_end_entries, can_be_searched,
    classify, conclusion, new_intent, ordered_servers, resolved, sending, unacknowledged_duplicates,
};
use jiff::Timestamp;

use crate::invariants::{Fact, FactState, Facts, STRANGERS_ORDER, id_of, number_of, order_id};
use crate::world::{
    BuildDigestHasher, Change, DigestHasher, Listed, MOST, Moment, OLD, Orders, SETTINGS, Setting, Stranger, World, age,
};

/// When the world begins.
const BEGINNING: i64 = 1_790_000_000;
const NAME: &str = "farm";
/// Minutes before which nobody can say that an order was not placed.
const MOST_WAIT: u8 = 15;

/// The program over all journals that were met so far.
pub struct Program {
    source: ListSource,
    buyer: Buyer,
    /// What each change of the order would be.
    orders: Vec<(Order, Body)>,
    journals: Vec<Journal>,
    numbers: HashMap<u64, u32, BuildDigestHasher>,
    known: HashMap<(u32, Step), Result<Done, String>, BuildDigestHasher>,
    /// What a journal says of a confirmation, by its digest.
    facts: HashMap<u64, Fact, BuildDigestHasher>,
    /// Digests of what a journal says of a confirmation, by the minute in which it is looked at.
    aged: HashMap<(u64, u8), u64, BuildDigestHasher>,
    /// What a record makes of what a journal says of a confirmation, by their digests.
    after: HashMap<(u64, u64), u64, BuildDigestHasher>,
    /// Readings that were made up before.
    reads: HashMap<(Listed, [u16; MOST], Moment), Rc<ServerReading>, BuildDigestHasher>,
}

/// A journal, and what it says of each confirmation.
struct Journal {
    intents: Intents,
    facts: Facts,
    digests: [u64; MOST],
}

/// A step of the program on a journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Step {
    /// Opens the journal under the lock, and concludes what was interrupted.
    Open { is_torn: bool, at: Moment },
    /// The earlier orders that a user is asked about.
    Duplicates { change: Change, at: Moment },
    /// The guard under the lock, and INTENT.
    Begin { change: Change, seen: Option<Listed>, second: Orders, at: Moment },
    /// SENDING.
    Send { order: u8, at: Moment },
    /// SENDING once more, if the journal takes it.
    SendAgain { order: u8, at: Moment },
    /// The outcome of the call.
    End { order: u8, ending: Ending, at: Moment },
    /// What a reading comes to.
    Conclude { order: u8, listed: Listed, began: Moment },
    /// A user's word: placed, or not.
    Resolve { order: u8, is_placed: bool, listed: Option<Listed>, at: Moment },
}

/// How a call ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Ending {
    Accepted,
    Rejected,
    NotConnected,
    BrokenEarly,
    TimedOut,
    Gateway,
    Reset,
}

/// What a step comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Done {
    /// The journal afterwards.
    Journal(u32),
    Orders(Orders),
    /// The program does not do it.
    Refused,
    /// The journals after each record, and what the user is told.
    Concluded {
        first: u32,
        second: Option<u32>,
        told: ReportedState,
    },
}

/// What the user is told of a reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReportedState {
    Settled,
    Found(Orders),
    Conflict(Orders),
    /// Not listed; whether the list was complete and showed nothing that may be the order.
    NotSeen {
        in_vain: bool,
    },
    NotFound,
}

impl Program {
    pub fn reading(source: ListSource) -> Self {
        let order = |change: Change| {
            let draft = Draft {
                server_flavor: "physical.rx1.xlarge".into(),
                phone_flavor: "rx1.cp.c60.d10.e1v1".into(),
                image_id: "20032120200330a20b000eae5b8c01e6".into(),
                server_name: NAME.into(),
                count: change.count().to_string(),
                period_number: if change == Change::Period { "2" } else { "1" }.into(),
                ..Draft::default()
            };
            let order = Order::check(&draft, &Catalogue::default()).expect("a valid order");
            let body = order.body();
            (order, body)
        };
        let buyer = Buyer {
            profile: "default".into(),
            endpoint: "cph.eu-west-101.myhuaweicloud.eu".into(),
            project: "41f6".into(),
            region: "eu-west-101".into(),
            credentials: IntentCredentials::AccessKey,
        };
        let orders = crate::world::CHANGES.map(order).into();
        let mut program = Self {
            source,
            buyer,
            orders,
            journals: Vec::new(),
            numbers: HashMap::default(),
            known: HashMap::default(),
            facts: HashMap::default(),
            aged: HashMap::default(),
            after: HashMap::default(),
            reads: HashMap::default(),
        };
        let facts = Facts { len: 0, is_under_way: false, purchases: [Fact::default(); MOST] };
        program.journals.push(Journal { intents: Intents::default(), facts, digests: [0; MOST] });
        program
    }

    pub fn source(&self) -> ListSource {
        self.source
    }

    /// Whether the list can prove that there is no order: then every age matters.
    pub fn can_prove_absence(&self) -> bool {
        self.source.shows_unpaid_orders()
    }

    pub fn facts(&self, journal: u32) -> &Facts {
        &self.journals[journal as usize].facts
    }

    /// Digests what matters of a journal from a minute on, times being ages.
    fn digest(&mut self, journal: u32, minute: u8) -> u64 {
        let Journal { facts, digests, .. } = &self.journals[journal as usize];
        let (len, digests) = (facts.len, *digests);
        let mut mixer = DigestHasher::default();
        for (order, digest) in (0..len).zip(digests) {
            let aged = match self.aged.get(&(digest, minute)) {
                Some(aged) => *aged,
                None => {
                    let aged = self.aged_digest(self.purchase(journal, order), &self.facts[&digest], minute);
                    self.aged.insert((digest, minute), aged);
                    aged
                }
            };
            aged.hash(&mut mixer);
        }
        len.hash(&mut mixer);
        mixer.finish()
    }

    /// Digests a world without what is left.
    pub fn world_digest(&mut self, world: &World) -> u64 {
        world.digest(self.digest(world.journal, world.minute), self.can_prove_absence())
    }

    /// Digests one confirmation. Of an order that is placed or was never sent only that is kept what later orders are held
    /// against; ages only as far as a rule can tell them apart.
    fn aged_digest(&self, purchase: &Purchase, fact: &Fact, minute: u8) -> u64 {
        let mut mixer = DigestHasher::default();
        let can_prove_absence = self.can_prove_absence();
        let aged = |moment: ClockReading| {
            let (then, setting) = told_by(moment.at);
            (age(minute, then), (setting, moment.ahead.is_some()))
        };
        let since_at_least = |least: u8, moment: Option<ClockReading>| {
            moment
                .map(aged)
                .map(|(age, setting)| (if can_prove_absence { age } else { u8::from(age >= least) }, setting))
        };
        let intent = purchase.intent();
        let (confirmed_age, (setting, is_measured)) = aged(intent.confirmed());
        let setting = (!is_measured).then_some(setting);
        let preflight = intent.preflight.as_ref().map(|seen| (&seen.server_ids, &seen.order_ids));
        let [since, first_counted, _, last_counted, _] = purchase.intent_state().moments();
        (fact.is as u8).hash(&mut mixer);
        match fact.is {
            FactState::Accepted | FactState::Found | FactState::Conflict => fact.orders.hash(&mut mixer),
            FactState::NotSent => (purchase.intent_state(), confirmed_age == 0).hash(&mut mixer),
            FactState::Rejected => {
                let last = fact.is_check_due.then(|| since_at_least(1, last_counted.or(since)));
                (purchase.intent_state(), fact.count, preflight, setting, last).hash(&mut mixer);
            }
            FactState::Ready | FactState::Sending | FactState::Unknown | FactState::NotFound | FactState::NotPlaced => {
                (purchase.intent_state(), fact.count, preflight, setting).hash(&mut mixer);
                since_at_least(MOST_WAIT, since).hash(&mut mixer);
                if can_prove_absence {
                    let quiet = purchase.evidence().quiet_seconds.min(60 * u64::from(OLD));
                    (first_counted.map(aged), last_counted.map(aged), quiet, purchase.candidates()).hash(&mut mixer);
                }
            }
        }
        mixer.finish()
    }

    pub fn journals(&self) -> usize {
        self.journals.len()
    }

    /// Takes a step. The error is a sentence: the journal does not take a record that the program writes.
    pub fn take(&mut self, journal: u32, step: Step) -> Result<Done, String> {
        if let Some(done) = self.known.get(&(journal, step)) {
            return done.clone();
        }
        let done = self.done(journal, step);
        self.known.insert((journal, step), done.clone());
        done
    }

    fn done(&mut self, journal: u32, step: Step) -> Result<Done, String> {
        let intents = &self.journals[journal as usize].intents;
        match step {
            Step::Open { is_torn, at } => {
                let at = clock(at).at;
                let file = format!("journal.torn-{}", intents.quarantined_files().len() + 1);
                let set_aside = is_torn.then_some(JournalEntry::Quarantined { at, file, bytes: 17 });
                let journal = self.append(journal, set_aside.as_ref())?;
                let interruption = self.journals[journal as usize].intents.interruption(at);
                self.append(journal, interruption.as_ref()).map(Done::Journal)
            }
            Step::Duplicates { change, at } => {
                let (order, body) = &self.orders[change as usize];
                let new = (order.server_name(), &ordered_servers(order), body.hash());
                let found = self.buyer.duplicates(intents, new, clock(at));
                let found = found.iter().map(|found| number_of(found.purchase.intent().id));
                Ok(Done::Orders(found.fold(Orders::default(), Orders::with)))
            }
            Step::Begin { change, seen, second, at } => {
                let preflight = seen.and_then(|seen| self.preflight(journal, seen));
                let intents = &self.journals[journal as usize].intents;
                let (order, body) = &self.orders[change as usize];
                let acknowledged = Acknowledged::These(second.all().map(id_of).collect());
                let confirmation = Confirmation { order, body, preflight, acknowledged };
                let id = id_of(u8::try_from(intents.len()).unwrap());
                let intent = new_intent(&self.buyer, &confirmation, id, clock(at));
                if !unacknowledged_duplicates(&self.buyer, intents, &intent, &confirmation.acknowledged).is_empty() {
                    return Ok(Done::Refused);
                }
                self.append(journal, Some(&JournalEntry::Intent(Box::new(intent)))).map(Done::Journal)
            }
            Step::Send { order, at } => {
                let entry = sending(id_of(order), &self.purchase(journal, order).intent().body_hash, clock(at));
                self.append(journal, Some(&entry)).map(Done::Journal)
            }
            Step::SendAgain { order, at } => {
                let purchase = self.purchase(journal, order);
                let (body_hash, at) = (purchase.intent().body_hash.clone(), clock(at));
                let clock_ahead = at.ahead;
                let entry = JournalEntry::Sending(Sending { id: id_of(order), at: at.at, body_hash, clock_ahead });
                if purchase.may_follow(&entry).is_err() {
                    return Ok(Done::Refused);
                }
                Ok(self.append(journal, Some(&entry)).map_or(Done::Refused, Done::Journal))
            }
            Step::End { order, ending, at } => {
                let purchase = self.purchase(journal, order);
                let is_ready = *purchase.state() == OrderState::Ready;
                let outcome = classify(&ending.observation(order));
                let hash = purchase.intent().body_hash.clone();
                let told = OrderState::from(&outcome);
                let (sent, outcome) = call_end_entries(is_ready, (id_of(order), &hash), outcome, clock(at));
                let journal = self.append(journal, sent.as_ref())?;
                let journal = self.append(journal, Some(&outcome))?;
                if self.purchase(journal, order).state().name() != told.name() {
                    return Err(format!("the user is told {}, and the journal says something else", told.name()));
                }
                Ok(Done::Journal(journal))
            }
            Step::Conclude { order, listed, began } => self.concluded(journal, (order, listed, began)),
            Step::Resolve { order, is_placed, listed, at } => {
                let resolution = if is_placed {
                    Resolution::Placed(BTreeSet::from([order_id(order)]))
                } else {
                    Resolution::NotPlaced
                };
                let read = listed.map(|listed| self.read(journal, listed, at));
                let list = read.as_ref().map(|read| &read.list);
                let intents = &self.journals[journal as usize].intents;
                match resolved(intents, id_of(order), &resolution, list, clock(at)) {
                    Ok(entry) => self.append(journal, Some(&entry)).map(Done::Journal),
                    Err(_) => Ok(Done::Refused),
                }
            }
        }
    }

    /// The steps of `PurchaseService::reconcile` under the lock.
    fn concluded(&mut self, journal: u32, (order, listed, began): (u8, Listed, Moment)) -> Result<Done, String> {
        let read = self.read(journal, listed, began);
        let intents = &self.journals[journal as usize].intents;
        let purchase = intents.purchase(id_of(order)).filter(|found| can_be_searched(found.state()));
        let Some(purchase) = purchase else {
            return Ok(Done::Concluded { first: journal, second: None, told: ReportedState::Settled });
        };
        let (entries, reading) = conclusion(intents, purchase, &read);
        let mut after = vec![journal];
        for entry in &entries {
            let last = *after.last().unwrap();
            after.push(self.append(last, Some(entry))?);
        }
        let last = *after.last().unwrap();
        let absent = absence(self.purchase(last, order), &read);
        let told = match (reading, absent) {
            (Reconciled::NotSeen { .. }, Some(entry)) => {
                after.push(self.append(last, Some(&entry))?);
                ReportedState::NotFound
            }
            (Reconciled::NotSeen { candidates, flaws }, None) => {
                ReportedState::NotSeen { in_vain: candidates.is_empty() && flaws.is_empty() }
            }
            (Reconciled::Found { order_id }, _) => ReportedState::Found(crate::invariants::orders([&order_id])),
            (Reconciled::Conflict { order_ids }, _) => ReportedState::Conflict(crate::invariants::orders(&order_ids)),
            (reading, _) => return Err(format!("a reading comes to {reading:?}")),
        };
        Ok(Done::Concluded { first: after[1], second: after.get(2).copied(), told })
    }

    fn purchase(&self, journal: u32, order: u8) -> &Purchase {
        self.journals[journal as usize].intents.purchase(id_of(order)).expect("a confirmed order")
    }

    /// The journal with one more record, if there is one.
    fn append(&mut self, journal: u32, entry: Option<&JournalEntry>) -> Result<u32, String> {
        let Some(entry) = entry else { return Ok(journal) };
        let Journal { intents, facts, digests } = &self.journals[journal as usize];
        let (mut facts, mut digests) = (*facts, *digests);
        // The same record on the same purchase needs no second copy of the journal.
        let key =
            record_digest(entry).map(|(order, record)| (usize::from(order), (digests[usize::from(order)], record)));
        if let Some((place, key)) = key
            && let Some(digest) = self.after.get(&key)
        {
            let mut known = digests;
            known[place] = *digest;
            if let Some(number) = self.numbers.get(&number_digest(facts.len, known)) {
                return Ok(*number);
            }
        }
        let mut intents = intents.clone();
        intents.apply(entry).map_err(|why| format!("the journal does not take {}: {why}", entry.name()))?;
        for purchase in intents.newest_first().filter(|purchase| entry.id().is_none_or(|id| id == purchase.intent().id))
        {
            let place = usize::from(number_of(purchase.intent().id));
            let digest = digest(purchase);
            digests[place] = digest;
            facts.purchases[place] = *self.facts.entry(digest).or_insert_with(|| Fact::of(purchase, &self.orders));
        }
        if let Some((place, key)) = key {
            self.after.insert(key, digests[place]);
        }
        facts.len = u8::try_from(intents.len()).unwrap();
        facts.is_under_way = intents.under_way().is_some();
        let new = u32::try_from(self.journals.len()).unwrap();
        let number = *self.numbers.entry(number_digest(facts.len, digests)).or_insert(new);
        if number == new {
            self.journals.push(Journal { intents, facts, digests });
        }
        Ok(number)
    }

    fn preflight(&mut self, journal: u32, seen: Listed) -> Option<Preflight> {
        let at = Moment { minute: 0, clock: Setting::Right, is_measured: false };
        purchase::preflight(NAME, &self.read(journal, seen, at).list)
    }

    /// A reading of the list.
    fn read(&mut self, journal: u32, listed: Listed, began: Moment) -> Rc<ServerReading> {
        let mut makes = [0; MOST];
        for order in listed.orders.all() {
            let (minute, _) = told_by(self.purchase(journal, order).intent().at);
            let count = self.facts(journal).purchases[usize::from(order)].count;
            makes[usize::from(order)] = u16::from(minute) << 8 | u16::try_from(count).unwrap();
        }
        if let Some(read) = self.reads.get(&(listed, makes, began)) {
            return Rc::clone(read);
        }
        let list = self.list(journal, listed, began);
        let read = ServerReading { source: self.source, list, of_request: BTreeSet::new(), began: clock(began).at };
        let read = Rc::new(read);
        self.reads.insert((listed, makes, began), Rc::clone(&read));
        read
    }

    /// The list as the API gives it. Servers are made in the minute in which their order was confirmed.
    fn list(&self, journal: u32, listed: Listed, read: Moment) -> ServerList {
        let facts = self.facts(journal);
        let mut servers = Vec::new();
        for order in listed.orders.all() {
            let (minute, _) = told_by(self.purchase(journal, order).intent().at);
            let created = BEGINNING + 60 * i64::from(minute) + 5;
            for number in 1..=facts.purchases[usize::from(order)].count {
                servers.push(self.server(&format!("s{order}-{number}"), number, &order_id(order), created));
            }
        }
        let yesterday = BEGINNING - 86_400;
        let of_stranger = |number| self.server(&format!("x-{number}"), number, STRANGERS_ORDER, yesterday);
        match listed.stranger {
            None => {}
            Some(Stranger::Fits) => servers.push(of_stranger(7)),
            Some(Stranger::OtherFlavors) => {
                servers.push(Server { server_flavor: Some("physical.rx9.large".into()), ..of_stranger(7) });
            }
            Some(Stranger::TooMany) => servers.extend([7, 8, 9].map(of_stranger)),
        }
        ServerList { servers, gaps: BTreeSet::new(), clock_ahead: clock(read).ahead }
    }

    fn server(&self, id: &str, number: i64, order_id: &str, created: i64) -> Server {
        let ordered = ordered_servers(&self.orders[0].0);
        Server {
            id: id.into(),
            name: format!("{NAME}-{number}"),
            status: None,
            server_flavor: Some(ordered.server_flavor),
            phone_flavor: Some(ordered.phone_flavor),
            order_id: Some(order_id.into()),
            subnet: None,
            created: Some(Timestamp::from_second(created).unwrap().to_string()),
        }
    }
}

impl Ending {
    fn observation(self, order: u8) -> Observation {
        let reset = || ConnectionError::from(ConnectionErrorKind::Reset);
        let answer = |status, body: String| CallEnd::Response {
            status,
            content_type: Some("application/json".into()),
            request_id_header: None,
            body: body.into_bytes(),
        };
        let error = r#"{"error_code":"CPS.0024","error_msg":"Invalid image_id."}"#.to_owned();
        let (body_requested, end) = match self {
            Self::Accepted => (true, answer(200, format!(r#"{{"request_id":"r","order_id":"{}"}}"#, order_id(order)))),
            Self::Rejected => (true, answer(400, error)),
            Self::NotConnected => (false, CallEnd::NotConnected { error: reset() }),
            Self::BrokenEarly => (false, CallEnd::Failed { error: reset() }),
            Self::TimedOut => (true, CallEnd::TimedOut { status: None, request_id_header: None, seconds: 150 }),
            Self::Gateway => (true, answer(504, error)),
            Self::Reset => (true, CallEnd::Failed { error: reset() }),
        };
        Observation { body_requested, end }
    }
}

fn clock(moment: Moment) -> ClockReading {
    let second = BEGINNING + 60 * i64::from(moment.minute) + moment.clock.seconds();
    let at = Timestamp::from_second(second).unwrap();
    ClockReading { at, ahead: moment.is_measured.then_some(moment.clock.seconds()) }
}

/// The minute of a time of this machine by the servers' clock, and how the clock was set.
fn told_by(at: Timestamp) -> (u8, Setting) {
    let second = at.as_second() - BEGINNING;
    let setting = SETTINGS.into_iter().find(|setting| (second - setting.seconds()) % 60 == 0).expect("a known setting");
    (u8::try_from((second - setting.seconds()) / 60).unwrap(), setting)
}

fn number_digest(len: u8, digests: [u64; MOST]) -> u64 {
    let mut mixer = DigestHasher::default();
    (len, digests).hash(&mut mixer);
    mixer.finish()
}

/// Digests a record that concerns one confirmation and no other, and names it.
fn record_digest(entry: &JournalEntry) -> Option<(u8, u64)> {
    let mut mixer = DigestHasher::default();
    (entry.name(), entry.at()).hash(&mut mixer);
    match entry {
        JournalEntry::Intent(_)
        | JournalEntry::Sending { .. }
        | JournalEntry::Quarantined { .. }
        | JournalEntry::RecordsLost { .. }
        | JournalEntry::Repaired { .. }
        | JournalEntry::Archived(_) => return None,
        JournalEntry::Outcome { .. } | JournalEntry::Interrupted { .. } => {}
        JournalEntry::Reading { clock_ahead, complete, order_ids, candidates, .. } => {
            (clock_ahead, complete, order_ids, candidates).hash(&mut mixer);
        }
        JournalEntry::Found { order_id, .. } => order_id.hash(&mut mixer),
        JournalEntry::NotFound { clock_ahead, readings, .. } => (clock_ahead, readings).hash(&mut mixer),
        JournalEntry::Conflict { order_ids, .. } => order_ids.hash(&mut mixer),
        JournalEntry::Resolved { clock_ahead, order_ids, .. } => (clock_ahead, order_ids).hash(&mut mixer),
    }
    Some((number_of(entry.id()?), mixer.finish()))
}

/// Digests everything that the rules look at.
fn digest(purchase: &Purchase) -> u64 {
    let mut mixer = DigestHasher::default();
    let intent = purchase.intent();
    (intent.id.as_u128() as u64, intent.confirmed()).hash(&mut mixer);
    // Orders that differ in nothing but their bytes are told apart by the beginning of their hash.
    intent.body_hash.as_bytes()[..8].hash(&mut mixer);
    let preflight = intent.preflight.as_ref();
    preflight.map(|seen| (&seen.server_ids, &seen.order_ids)).hash(&mut mixer);
    (purchase.intent_state(), purchase.intent_state().moments(), purchase.candidates()).hash(&mut mixer);
    mixer.finish()
}
