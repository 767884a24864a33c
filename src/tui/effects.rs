//! Runs what `update` asks for: calls to the cloud on a background thread, each answer sent back as
//! a message. Nothing here is repeated by itself.

use std::any::Any;
use std::io;
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::time::Instant;

use jiff::Timestamp;
use tokio::runtime::{Builder, Runtime};
use tokio::sync::OnceCell;
use uuid::Uuid;

use crate::api::{Cloud, ReadError};
use crate::app::{Body, JournalView, Msg, Order, ReadFailure, Resource};
use crate::purchase::intents::Intents;
use crate::purchase::journal::Fact;
use crate::purchase::{self, Buyer, Desk, NotSent, Outcome};

use super::input::millis_since;

/// The cloud, and whatever has to live as long as it.
pub struct Connection {
    pub cloud: Arc<dyn Cloud>,
    pub keeps: Box<dyn Any + Send + Sync>,
}

/// How to reach the cloud; called on the background thread after the first frame.
pub type Connect = Box<dyn FnOnce() -> Pin<Box<dyn Future<Output = Result<Connection, String>> + Send>> + Send>;

/// The background: a runtime with one thread, and the connection once it is made.
pub struct Background<T> {
    runtime: Runtime,
    sender: Sender<T>,
    connection: Arc<OnceCell<Result<Connection, String>>>,
    connect: Arc<std::sync::Mutex<Option<Connect>>>,
    desk: Arc<OnceCell<Result<Desk, String>>>,
    state_dir: Option<PathBuf>,
    buyer: Buyer,
    start: Instant,
}

impl<T: From<Msg> + Send + 'static> Background<T> {
    pub fn start(
        (connect, buyer): (Connect, Buyer),
        state_dir: Option<PathBuf>,
        sender: Sender<T>,
        start: Instant,
    ) -> io::Result<Self> {
        let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
        Ok(Self {
            runtime,
            sender,
            connection: Arc::default(),
            connect: Arc::new(std::sync::Mutex::new(Some(connect))),
            desk: Arc::default(),
            state_dir,
            buyer,
            start,
        })
    }

    pub fn runtime(&self) -> &Runtime {
        &self.runtime
    }

    pub fn read(&self, resource: Resource, ticket: u64) {
        let wire = self.wire();
        let call = {
            let wire = wire.clone();
            async move {
                let cloud = wire.cloud().await.map_err(|why| ReadFailure { sentence: why, request_id: None })?;
                cloud.list(resource).await.map_err(|error| failure_of(&error))
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
    pub fn submit(&self, order: Box<Order>, body: Body) {
        let wire = self.wire();
        let call = {
            let wire = wire.clone();
            async move {
                let not_sent = |why: String| {
                    let outcome = Outcome::NotSent(NotSent { why });
                    wire.tell_purchase(purchase::Event::Concluded { id: None, outcome, lost: None });
                };
                let desk = match wire.desk().await {
                    Ok(desk) => desk,
                    Err(why) => return not_sent(why),
                };
                match wire.cloud().await {
                    Ok(cloud) => {
                        let tell = |event| wire.tell_purchase(event);
                        desk.submit(cloud.as_ref(), &wire.buyer, (&order, &body), &tell).await;
                    }
                    Err(why) => not_sent(why),
                }
            }
        };
        let runner = self.runtime.spawn(call);
        self.runtime.spawn(async move {
            if runner.await.is_err() {
                let outcome = purchase::broken_down();
                wire.tell_purchase(purchase::Event::Concluded { id: None, outcome, lost: None });
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
            let swept = match wire.cloud().await {
                Ok(cloud) => desk.sweep(cloud.as_ref(), &wire.buyer, id).await,
                Err(why) => purchase::Swept::Unread { why },
            };
            let intents = Box::new(desk.intents());
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
            let result = runner.await.unwrap_or_else(|_| broke("The program broke down while reading it".into()));
            wire.tell(msg(result, &wire));
        });
    }

    fn wire(&self) -> Wire<T> {
        Wire {
            sender: self.sender.clone(),
            connection: Arc::clone(&self.connection),
            connect: Arc::clone(&self.connect),
            desk: Arc::clone(&self.desk),
            state_dir: self.state_dir.clone(),
            buyer: self.buyer.clone(),
            start: self.start,
        }
    }
}

/// What a call on the background thread needs.
struct Wire<T> {
    sender: Sender<T>,
    connection: Arc<OnceCell<Result<Connection, String>>>,
    connect: Arc<std::sync::Mutex<Option<Connect>>>,
    desk: Arc<OnceCell<Result<Desk, String>>>,
    state_dir: Option<PathBuf>,
    buyer: Buyer,
    start: Instant,
}

impl<T> Clone for Wire<T> {
    fn clone(&self) -> Self {
        Self {
            sender: self.sender.clone(),
            connection: Arc::clone(&self.connection),
            connect: Arc::clone(&self.connect),
            desk: Arc::clone(&self.desk),
            state_dir: self.state_dir.clone(),
            buyer: self.buyer.clone(),
            start: self.start,
        }
    }
}

impl<T: From<Msg>> Wire<T> {
    /// The cloud; the first caller connects, the others wait for it.
    async fn cloud(&self) -> Result<Arc<dyn Cloud>, String> {
        let made = self.connection.get_or_init(|| async {
            let connect = self.connect.lock().ok().and_then(|mut connect| connect.take());
            match connect {
                Some(connect) => connect().await,
                None => Err("The connection could not be made".into()),
            }
        });
        match made.await {
            Ok(connection) => Ok(Arc::clone(&connection.cloud)),
            Err(why) => Err(why.clone()),
        }
    }

    /// The journal; the first caller opens it, off the threads that carry calls.
    async fn desk(&self) -> Result<Desk, String> {
        let dir = self.state_dir.clone();
        let opened = self.desk.get_or_init(|| async {
            let Some(dir) = dir else {
                return Err("there is no home directory for the journal: --state-dir names one".to_owned());
            };
            let opening = tokio::task::spawn_blocking(move || Desk::open(&dir));
            match opening.await {
                Ok(opened) => opened.map_err(|error| error.to_string()),
                Err(_) => Err("the program broke down while opening the journal".to_owned()),
            }
        });
        opened.await.clone()
    }

    async fn journal_view(&self) -> JournalView {
        let now = Timestamp::now();
        match self.desk().await {
            Ok(desk) => JournalView {
                intents: desk.intents(),
                obstacle: desk.obstacle(),
                // That there was no journal before is no news to anybody.
                facts: desk.facts().iter().filter(|fact| **fact != Fact::Created).map(ToString::to_string).collect(),
                buyer: self.buyer.clone(),
                now,
            },
            Err(why) => JournalView {
                intents: Intents::default(),
                obstacle: Some(why),
                facts: Vec::new(),
                buyer: self.buyer.clone(),
                now,
            },
        }
    }

    fn tell_journal(&self, view: JournalView) {
        self.tell(Msg::Journal { view: Box::new(view), at: millis_since(self.start) });
    }

    fn tell(&self, msg: Msg) {
        // Nobody listens any more only when the program is ending.
        let _ = self.sender.send(msg.into());
    }

    fn tell_purchase(&self, event: purchase::Event) {
        self.tell(Msg::Purchase { event, at: millis_since(self.start) });
    }
}

fn failure_of(error: &ReadError) -> ReadFailure {
    ReadFailure { sentence: error.sentence(), request_id: error.request_id().map(ToOwned::to_owned) }
}
