//! Runs what `update` asks for: calls to the cloud on a background thread, each answer sent back as
//! a message. Nothing here is repeated by itself.

use std::collections::BTreeSet;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::thread;
use std::time::{Duration, Instant};

use tokio::runtime::{Builder, Handle};
use tokio::sync::OnceCell;
use uuid::Uuid;

use crate::api::{Cloud, Identity, ReadError, Repeat};
use crate::app::{Access, Body, Choice, JournalView, Known, Msg, Order, ReadFailure, Resource};
use crate::clock;
use crate::purchase::intents::{Acknowledged, Preflight};
use crate::purchase::journal::Fact;
use crate::purchase::{self, Buyer, Confirmation, Desk, NotBegun, NotSent, NotSentReason, Outcome};
use crate::words::{self, phrase, tr};

use super::accounts::{Accounts, Connect, Connection, Opened, Start};
use super::calls::observer;
use super::input::millis_since;

/// How long a thread that read or wrote files stays for the next such work.
const IDLE: Duration = Duration::from_secs(1);

/// The background: a runtime on a thread of its own, and the account once there is one. The thread runs until the
/// program ends: an order on its way goes on whatever becomes of the interface.
pub struct Background<T> {
    runtime: Handle,
    accounts: Arc<dyn Accounts>,
    wire: Wire<T>,
    /// Choices that were opened so far.
    pub opens: u64,
}

/// The account that calls are made for.
struct Seat {
    connect: Connect,
    connection: OnceCell<Connection>,
    desk: OnceCell<Result<Desk, String>>,
    state_dir: Option<PathBuf>,
    buyer: Buyer,
}

impl<T: From<Msg> + From<(u64, Result<Start, String>)> + Send + 'static> Background<T> {
    pub fn start(accounts: Arc<dyn Accounts>, sender: Sender<T>, start: Instant) -> io::Result<Self> {
        accounts.observe(observer(&sender));
        // One thread needs no scheduler for many, which alone brings in a library of mathematics.
        let calls = Builder::new_current_thread().thread_keep_alive(IDLE).enable_all().build()?;
        let runtime = calls.handle().clone();
        thread::Builder::new().name("calls".into()).spawn(move || calls.block_on(std::future::pending::<()>()))?;
        Ok(Self { runtime, accounts, wire: Wire { sender, start, seat: None }, opens: 0 })
    }

    /// Makes all further calls for this account.
    pub fn sit_down(&mut self, Opened { account: _, defaults: _, connect, buyer, state_dir }: Opened) {
        let Buyer { profile, endpoint, project, region, credentials: _ } = &buyer;
        tracing::info!(target: "cph_wizard::tui", profile, endpoint, project, region, "account");
        // One journal is opened once: the calls that are still under way hold its lock.
        let before = self.wire.seat.as_ref().filter(|seat| seat.state_dir == state_dir);
        let desk = OnceCell::new_with(before.and_then(|seat| seat.desk.get().cloned()));
        let connection = OnceCell::new();
        self.wire.seat = Some(Arc::new(Seat { connect, connection, desk, state_dir, buyer }));
    }

    /// Looks at what is on the machine to order with.
    pub fn survey(&self) {
        let (wire, accounts) = (self.wire(), Arc::clone(&self.accounts));
        self.runtime.spawn_blocking(move || wire.tell(Msg::Surveyed { survey: accounts.survey() }));
    }

    /// Asks IAM which projects credentials open.
    pub fn find_projects(&self, access: Access, ticket: u64) {
        let accounts = Arc::clone(&self.accounts);
        let call = async move { accounts.projects(access).await };
        let broke = |why| Err(ReadFailure { sentence: why, request_id: None });
        self.answer(self.wire(), call, broke, move |result, _| Msg::Projects { ticket, result });
    }

    /// Opens the form for a choice; what an earlier choice led to does not count any more.
    pub fn open(&mut self, choice: Choice) {
        self.opens += 1;
        let (number, wire, accounts) = (self.opens, self.wire(), Arc::clone(&self.accounts));
        self.runtime.spawn_blocking(move || {
            // Nobody listens any more only when the program is ending.
            let _ = wire.sender.send((number, accounts.open(&choice)).into());
        });
    }

    /// Asks whom the credentials speak for.
    pub fn identify(&self, ticket: u64) {
        let wire = self.wire();
        let call = {
            let wire = wire.clone();
            async move {
                let cloud = wire.cloud().await.map_err(|why| ReadFailure { sentence: why, request_id: None })?;
                let identity = cloud.identify().await.map_err(|error| failure_of(&error))?;
                Ok(identity.map(known))
            }
        };
        let broke = |why| Err(ReadFailure { sentence: why, request_id: None });
        self.answer(wire, call, broke, move |result, _| Msg::Identified { ticket, result });
    }

    /// Does something that may take its time, and sends what comes of it.
    pub fn aside<M: IntoIterator<Item = Msg>>(&self, work: impl FnOnce() -> M + Send + 'static) {
        let wire = self.wire();
        self.runtime.spawn_blocking(move || work().into_iter().for_each(|msg| wire.tell(msg)));
    }

    pub fn runtime(&self) -> &Handle {
        &self.runtime
    }

    pub fn read(&self, resource: Resource, ticket: u64) {
        let wire = self.wire();
        let call = {
            let wire = wire.clone();
            async move {
                let cloud = wire.cloud().await.map_err(|why| ReadFailure { sentence: why, request_id: None })?;
                let told = |repeat: Repeat| wire.tell(Msg::ReadAgain { resource, ticket, words: words_of(&repeat) });
                cloud.list(resource, &told).await.map_err(|error| failure_of(&error))
            }
        };
        let broke = |why| Err(ReadFailure { sentence: why, request_id: None });
        self.answer(wire, call, broke, move |result, _| {
            let stamp = jiff::Zoned::now().strftime("%H:%M:%S").to_string();
            Msg::Read { resource, ticket, result, stamp }
        });
    }

    pub fn follow(&self, name: String, ticket: u64) {
        let wire = self.wire();
        let call = {
            let wire = wire.clone();
            async move {
                let cloud = wire.cloud().await.map_err(|why| ReadFailure { sentence: why, request_id: None })?;
                cloud.servers_named(&name).await.map_err(|error| failure_of(&error))
            }
        };
        let broke = |why| Err(ReadFailure { sentence: why, request_id: None });
        self.answer(wire, call, broke, move |result, wire| Msg::Followed {
            ticket,
            result,
            at: millis_since(wire.start),
        });
    }

    /// Opens the journal and sends what it says.
    pub fn open_journal(&self) {
        let wire = self.wire();
        self.runtime.spawn(async move {
            let view = wire.journal_view().await;
            wire.tell_journal(view);
        });
    }

    /// Places the order: its events come back as messages, and then what the journal says now.
    pub fn submit(&self, order: Box<Order>, body: Body, asked: AskedAbout) {
        let wire = self.wire();
        let call = {
            let wire = wire.clone();
            async move {
                let not_sent = |why: String, lost: Option<String>| {
                    let outcome = Outcome::NotSent(NotSent { reason: NotSentReason::NotPrepared { detail: why } });
                    wire.tell_purchase(purchase::Event::Concluded { id: None, outcome, lost });
                };
                let desk = match wire.desk().await {
                    Ok(desk) => desk,
                    Err(why) => return not_sent(why.clone(), Some(why)),
                };
                let (cloud, buyer) = match (wire.cloud().await, wire.buyer()) {
                    (Ok(cloud), Ok(buyer)) => (cloud, buyer),
                    (Err(why), _) | (_, Err(why)) => return not_sent(why, None),
                };
                let tell = |event| wire.tell_purchase(event);
                let preflight = look_first(cloud.as_ref(), order.server_name()).await;
                if preflight.as_ref().is_some_and(|found| !found.server_ids.is_subset(&asked.known_servers)) {
                    return not_sent(NAME_TAKEN.to_owned(), None);
                }
                let acknowledged = asked.acknowledged;
                let confirmation = Confirmation { order: &order, body: &body, preflight, acknowledged };
                if let Err(not_begun) = desk.submit(cloud.as_ref(), buyer, &confirmation, &tell).await {
                    let lost = match &not_begun {
                        NotBegun::Journal { why } => Some(why.clone()),
                        NotBegun::Duplicates { .. } => None,
                    };
                    tell(purchase::Event::Concluded { id: None, outcome: not_begun.outcome(), lost });
                }
            }
        };
        let runner = self.runtime.spawn(call);
        self.runtime.spawn(async move {
            if runner.await.is_err() {
                let outcome = purchase::broken_down();
                wire.tell_purchase(purchase::Event::Concluded { id: None, outcome, lost: None });
            }
            if let Ok(desk) = wire.desk().await {
                // What broke down in the middle is concluded; if that fails, the view says why.
                let _ = desk.refresh();
            }
            let view = wire.journal_view().await;
            wire.tell_journal(view);
        });
    }

    /// Reads the project once in search of an order.
    pub fn sweep(&self, id: Uuid) {
        let wire = self.wire();
        self.runtime.spawn(async move {
            let Ok(desk) = wire.desk().await else { return };
            // Another process may have written since.
            let _ = desk.refresh();
            let swept = match (wire.cloud().await, wire.buyer()) {
                (Ok(cloud), Ok(buyer)) => desk.sweep(cloud.as_ref(), buyer, id).await,
                (Err(why), _) | (_, Err(why)) => purchase::Swept::Unread { why },
            };
            let intents = desk.history().shared_intents();
            wire.tell(Msg::Swept { id, swept, intents, at: millis_since(wire.start) });
        });
    }

    /// Runs a call and sends its answer; a call that breaks down is an answer too.
    fn answer<R, F>(
        &self,
        wire: Wire<T>,
        call: F,
        broke: impl FnOnce(String) -> R + Send + 'static,
        msg: impl FnOnce(R, &Wire<T>) -> Msg + Send + 'static,
    ) where
        R: Send + 'static,
        F: Future<Output = R> + Send + 'static,
    {
        let runner = self.runtime.spawn(call);
        self.runtime.spawn(async move {
            let result = runner.await.unwrap_or_else(|_| broke(tr!("The program broke down while reading it")));
            wire.tell(msg(result, &wire));
        });
    }

    fn wire(&self) -> Wire<T> {
        self.wire.clone()
    }
}

/// What a call on the background thread needs.
struct Wire<T> {
    sender: Sender<T>,
    start: Instant,
    seat: Option<Arc<Seat>>,
}

impl<T> Clone for Wire<T> {
    fn clone(&self) -> Self {
        Self { sender: self.sender.clone(), start: self.start, seat: self.seat.clone() }
    }
}

/// What a user was asked about before an order was confirmed.
pub struct AskedAbout {
    /// The likely duplicates.
    pub acknowledged: Acknowledged,
    /// The servers of the order's name.
    pub known_servers: BTreeSet<String>,
}

/// The longest that is waited for the servers that exist before an order.
const LOOK_FIRST: Duration = Duration::from_secs(5);

/// In English, like every reason of an order.
const NAME_TAKEN: &str = "a server of this name appeared after you were asked";

/// What is there under a server name just before its order; `None` if that cannot be told in time.
async fn look_first(cloud: &dyn Cloud, server_name: &str) -> Option<Preflight> {
    let list = tokio::time::timeout(LOOK_FIRST, cloud.all_servers(None)).await.ok()?.ok()?;
    purchase::preflight(server_name, &list)
}

/// No call is made before there is an account.
const NO_ACCOUNT: &str = phrase!("there is no account yet");

impl<T: From<Msg> + Send + 'static> Wire<T> {
    fn seat(&self) -> Result<&Seat, String> {
        self.seat.as_deref().ok_or_else(|| words::of(NO_ACCOUNT).to_owned())
    }

    /// The cloud; the first caller connects, the others wait for it. A connection that failed is
    /// tried again by the next caller.
    async fn cloud(&self) -> Result<Arc<dyn Cloud>, String> {
        let seat = self.seat()?;
        let connect = || async {
            let connection = (seat.connect)().await?;
            connection.cloud.observe(observer(&self.sender));
            Ok::<_, String>(connection)
        };
        let connection = seat.connection.get_or_try_init(connect).await?;
        Ok(Arc::clone(&connection.cloud))
    }

    /// The journal; the first caller opens it, off the threads that carry calls.
    async fn desk(&self) -> Result<Desk, String> {
        let seat = self.seat()?;
        let dir = seat.state_dir.clone();
        let opened = seat.desk.get_or_init(|| async {
            let Some(dir) = dir else {
                return Err(tr!("there is no home directory for the journal: --state-dir names one"));
            };
            let opening = tokio::task::spawn_blocking(move || Desk::open(&dir));
            match opening.await {
                Ok(opened) => opened.map_err(|error| error.to_string()),
                Err(_) => Err(tr!("the program broke down while opening the journal")),
            }
        });
        opened.await.clone()
    }

    fn buyer(&self) -> Result<&Buyer, String> {
        Ok(&self.seat()?.buyer)
    }

    /// What the journal says; nothing while there is no account.
    async fn journal_view(&self) -> Option<JournalView> {
        let now = clock::now();
        let buyer = self.buyer().ok()?.clone();
        let connection = self.seat().ok().and_then(|seat| seat.connection.get());
        let clock_ahead = connection.and_then(|connection| connection.cloud.clock_ahead());
        Some(match self.desk().await {
            Ok(desk) => JournalView {
                intents: desk.history().shared_intents(),
                obstacle: desk.obstacle(),
                // That there was no journal before is no news to anybody.
                facts: desk.facts().iter().filter(|fact| **fact != Fact::Created).map(ToString::to_string).collect(),
                buyer,
                now,
                clock_ahead,
            },
            Err(why) => {
                let (intents, obstacle) = (Arc::default(), Some(why));
                JournalView { intents, obstacle, facts: Vec::new(), buyer, now, clock_ahead }
            }
        })
    }

    fn tell_journal(&self, view: Option<JournalView>) {
        if let Some(view) = view {
            self.tell(Msg::Journal { view: Box::new(view), at: millis_since(self.start) });
        }
    }

    fn tell(&self, msg: Msg) {
        // Nobody listens any more only when the program is ending.
        let _ = self.sender.send(msg.into());
    }

    fn tell_purchase(&self, event: purchase::Event) {
        self.tell(Msg::Purchase { event, at: millis_since(self.start) });
    }
}

/// Why a list is read again and when, on one line.
fn words_of(repeat: &Repeat) -> String {
    let Repeat { attempt, of, pause, why } = repeat;
    let seconds = format!("{:.1}", pause.as_secs_f32());
    tr!("Try {attempt} of {of} in {seconds} s: {why}", attempt, of, seconds, why)
}

fn known(identity: Identity) -> Known {
    let Identity { account, project, is_listed, clock_ahead } = identity;
    Known {
        account: account.map(|account| account.name),
        project: project.map(|project| project.name),
        is_listed,
        clock_ahead,
        stamp: jiff::Zoned::now().strftime("%H:%M:%S").to_string(),
    }
}

fn failure_of(error: &ReadError) -> ReadFailure {
    ReadFailure { sentence: error.sentence(), request_id: error.request_id().map(ToOwned::to_owned) }
}
