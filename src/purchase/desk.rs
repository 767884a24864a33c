//! Where confirmed orders are handed in: every step is in the journal, on the disk, before it is
//! acted on. One POST an intent, whatever happens; what is not proven is UNKNOWN.

use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;
use uuid::Uuid;

use super::intents::{Credentials, Entry, Intent, Intents, Shape, State};
use super::journal::{Fact, History, Journal, JournalError, Opened};
use super::{Event, NotSent, Outcome, Unknown, classify, log};
use crate::api::{BeforeFirstByte, Cloud, End};
use crate::faults::is_planted;
use crate::order::{Body, Order};
use crate::points;
use crate::words::{self, Language, tr};

/// Whose order it is; nothing of it is a secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Buyer {
    pub profile: String,
    /// Host of the endpoint, with its port.
    pub endpoint: String,
    pub project: String,
    pub region: String,
    pub credentials: Credentials,
}

/// How the endpoint of a simulator begins that lives and ends with its program.
const EMBEDDED: &str = "embedded-";

impl Intent {
    /// Whether it was for the simulator of a demo: nothing real is behind it.
    #[must_use]
    pub fn was_in_a_demo(&self) -> bool {
        self.endpoint.starts_with(EMBEDDED)
    }
}

impl Buyer {
    /// The name of an endpoint that lives and ends with this run.
    #[must_use]
    pub fn embedded_endpoint() -> String {
        format!("{EMBEDDED}{}", Uuid::new_v4().simple())
    }

    /// Whether it buys from the simulator of a demo: nothing real is bought.
    #[must_use]
    pub fn is_in_a_demo(&self) -> bool {
        self.endpoint.starts_with(EMBEDDED)
    }

    /// Whether an intent was for the endpoint and project of this buyer.
    #[must_use]
    pub fn is_at(&self, intent: &Intent) -> bool {
        self.endpoint == intent.endpoint && self.project == intent.project
    }
}

/// The journal behind a lock of this process; the journal itself is locked against others.
#[derive(Debug, Clone)]
pub struct Desk {
    opened: Arc<Mutex<Opened>>,
}

impl Desk {
    /// Opens the journal of a state directory. It may turn out to be for reading only.
    pub fn open(directory: &Path) -> Result<Self, JournalError> {
        points::reach("recovery");
        let desk = Self::over(Journal::open(directory, Timestamp::now())?);
        log::opened(&desk.facts(), || desk.obstacle());
        Ok(desk)
    }

    /// Over a journal that was opened, wherever it is kept.
    pub(super) fn over(opened: Opened) -> Self {
        Self { opened: Arc::new(Mutex::new(opened)) }
    }

    /// Everything the journal says.
    #[must_use]
    pub fn intents(&self) -> Intents {
        self.lock().intents().clone()
    }

    /// What came to light when it was opened.
    #[must_use]
    pub fn facts(&self) -> Vec<Fact> {
        self.lock().facts().to_vec()
    }

    /// Why nothing can be bought here, if that is so.
    #[must_use]
    pub fn obstacle(&self) -> Option<String> {
        match &*self.lock() {
            Opened::Writable(journal) => journal.buying_obstacle().map(|why| why.to_string()),
            Opened::ReadOnly(_, why) => Some(why.to_string()),
        }
    }

    /// The history as it stands, for looking at.
    #[must_use]
    pub fn history(&self) -> History {
        self.lock().history().clone()
    }

    /// Adds a record; on the disk when this returns.
    pub(super) fn append(&self, entry: &Entry) -> Result<(), String> {
        let kept = match &mut *self.lock() {
            Opened::Writable(journal) => journal.append(entry).map_err(|error| {
                log::not_kept(entry, &error);
                error.to_string()
            }),
            Opened::ReadOnly(_, why) => Err(why.to_string()),
        };
        if kept.is_ok() {
            log::kept(entry, |id| self.intents().state(id).cloned());
        }
        kept
    }

    fn lock(&self) -> MutexGuard<'_, Opened> {
        // A thread that broke down while it held the journal left it whole or marked as broken.
        self.opened.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Buys one confirmed order, exactly these bytes, with one POST.
    ///
    /// INTENT is synced, the connection made, SENDING synced, and only then the first byte leaves;
    /// the outcome is synced before it is told. The future has to be driven to its end.
    pub async fn submit(
        &self,
        cloud: &dyn Cloud,
        buyer: &Buyer,
        (order, body): (&Order, &Body),
        tell: &(dyn Fn(Event) + Send + Sync),
    ) {
        points::reach("before INTENT");
        let intent = intent_of(buyer, order, body);
        let id = intent.id;
        if let Err(why) = self.append(&Entry::Intent(Box::new(intent))) {
            let why = tr!("the order could not be kept in the journal first: {why}", why);
            return tell(Event::Concluded { id: None, outcome: Outcome::NotSent(NotSent { why }), lost: None });
        }
        tell(Event::Sending);
        let bytes = if is_planted("body-rebuilt") { rebuilt(body) } else { body.shared() };
        let seen = cloud.purchase(bytes, self.keep_sending(id, body.hash())).await;
        let mut outcome = classify(&seen);
        if is_planted("sent-again") && matches!(seen.end, End::TimedOut { .. } | End::Broken { .. }) {
            outcome = classify(&cloud.purchase(body.shared(), Box::new(|| Ok(()))).await);
        }
        let is_ready = matches!(self.intents().state(id), Some(State::Ready));
        if is_ready && !matches!(outcome, Outcome::NotSent(_)) {
            // The call broke off before the body was asked for, and that alone proves nothing: the
            // journal treats it as sent. If this cannot be kept, the outcome cannot either.
            let _ = self.append(&sending(id, body.hash()));
        }
        if is_planted("told-before-sync") {
            tell(Event::Concluded { id: Some(id), outcome: outcome.clone(), lost: None });
            let _ = self.append(&Entry::Outcome { id, at: Timestamp::now(), outcome });
            return;
        }
        let kept = self.append(&Entry::Outcome { id, at: Timestamp::now(), outcome: outcome.clone() });
        tell(Event::Concluded { id: Some(id), outcome, lost: kept.err() });
    }

    /// SENDING is on the disk before the first byte of the order may leave.
    fn keep_sending(&self, id: Uuid, hash: &str) -> BeforeFirstByte {
        let desk = self.clone();
        let body_hash = hash.to_owned();
        Box::new(move || {
            points::reach("connected");
            if is_planted("sending-after-first-byte") {
                return Ok(());
            }
            // A reason that a record may keep, and records are in English.
            words::speaking(Language::English, || desk.append(&sending(id, &body_hash)))
                .map_err(|why| format!("the journal could not keep that the order is being sent: {why}"))
        })
    }
}

fn sending(id: Uuid, hash: &str) -> Entry {
    Entry::Sending { id, at: Timestamp::now(), attempt: 1, body_hash: hash.to_owned() }
}

/// For a planted fault: another text of the same order.
fn rebuilt(body: &Body) -> Arc<[u8]> {
    Arc::from(body.text().split_whitespace().collect::<String>().into_bytes())
}

fn intent_of(buyer: &Buyer, order: &Order, body: &Body) -> Intent {
    let Buyer { profile, endpoint, project, region, credentials } = buyer.clone();
    Intent {
        id: Uuid::new_v4(),
        at: Timestamp::now(),
        profile,
        endpoint,
        project,
        region,
        credentials,
        server_name: order.server_name().to_owned(),
        shape: shape_of(order),
        pays_now: order.pays_now(),
        body_hash: body.hash().to_owned(),
        body: body.text().to_owned(),
    }
}

/// What makes two orders look like one given twice.
#[must_use]
pub fn shape_of(order: &Order) -> Shape {
    Shape {
        server_flavor: order.server_flavor().to_owned(),
        phone_flavor: order.phone_flavor().to_owned(),
        image_id: order.image_id().to_owned(),
        count: order.count(),
    }
}

/// The verdict on an order whose worker broke down: it may have been sent.
#[must_use]
pub fn broken_down() -> Outcome {
    Outcome::Unknown(Unknown {
        why: "the program broke down while the order was being sent".into(),
        status: None,
        request_id: None,
        probably_placed: false,
    })
}
