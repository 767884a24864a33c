//! Runs what `update` asks for: calls to the cloud on a background thread, each answer sent back as
//! a message. Nothing here is repeated by itself.

use std::any::Any;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::time::Instant;

use tokio::runtime::{Builder, Runtime};
use tokio::sync::OnceCell;

use crate::api::{Cloud, ReadError};
use crate::app::{Body, Msg, ReadFailure, Resource};
use crate::purchase::{self, NotSent, Outcome, Unknown};

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
    start: Instant,
}

impl<T: From<Msg> + Send + 'static> Background<T> {
    pub fn start(connect: Connect, sender: Sender<T>, start: Instant) -> io::Result<Self> {
        let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
        Ok(Self {
            runtime,
            sender,
            connection: Arc::default(),
            connect: Arc::new(std::sync::Mutex::new(Some(connect))),
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
        self.answer(wire, call, broke, move |result, wire| {
            let stamp = jiff::Zoned::now().strftime("%H:%M:%S").to_string();
            let _ = wire;
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

    /// Places the order: one call of the worker, whose events come back as messages.
    pub fn submit(&self, body: &Body) {
        let wire = self.wire();
        let bytes = body.shared();
        let call = {
            let wire = wire.clone();
            async move {
                match wire.cloud().await {
                    Ok(cloud) => purchase::submit(cloud.as_ref(), bytes, &|event| wire.tell_purchase(event)).await,
                    Err(why) => wire.tell_purchase(purchase::Event::Concluded(Outcome::NotSent(NotSent { why }))),
                }
            }
        };
        let runner = self.runtime.spawn(call);
        self.runtime.spawn(async move {
            if runner.await.is_err() {
                wire.tell_purchase(purchase::Event::Concluded(Outcome::Unknown(Unknown {
                    why: "the program broke down while the order was being sent".into(),
                    status: None,
                    request_id: None,
                    probably_placed: false,
                })));
            }
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
            start: self.start,
        }
    }
}

/// What a call on the background thread needs.
struct Wire<T> {
    sender: Sender<T>,
    connection: Arc<OnceCell<Result<Connection, String>>>,
    connect: Arc<std::sync::Mutex<Option<Connect>>>,
    start: Instant,
}

impl<T> Clone for Wire<T> {
    fn clone(&self) -> Self {
        Self {
            sender: self.sender.clone(),
            connection: Arc::clone(&self.connection),
            connect: Arc::clone(&self.connect),
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
