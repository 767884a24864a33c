//! Runs API calls on a background thread; each result comes back as a message. Nothing here is repeated on its own.

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

use crate::api::{Cloud, Identity, RetryNotice};
use crate::app::{AccountAccess, AccountChoice, AccountIdentity, Body, JournalView, LoadError, Msg, Order, Resource};
use crate::clock;
use crate::i18n::tr;
use crate::purchase::intents::{Acknowledged, Preflight};
use crate::purchase::journal::JournalNotice;
use crate::purchase::{self, Buyer, Confirmation, NotSent, NotSentReason, Outcome, PurchaseService, SubmitError};

use crate::tui::accounts::{AccountError, Accounts, Connection, Connector, OpenedAccount, StartPage};
use crate::tui::call_observer::observer;
use crate::tui::effects::errors::{ClientError, NoAccount, ServiceError, load_error, no_client, not_prepared, unread};
use crate::tui::input::reader::millis_since;

/// Time for which an idle thread for blocking work, such as reading and writing files, is kept.
const THREAD_KEEP_ALIVE: Duration = Duration::from_secs(1);

/// The background: a runtime on a thread of its own, and the account once there is one. The thread runs until the
/// program ends, so an order that is being sent continues even if the interface fails.
pub struct Background<T> {
    runtime: Handle,
    accounts: Arc<dyn Accounts>,
    context: TaskContext<T>,
    /// Number of account choices opened so far.
    pub open_count: u64,
}

/// The account that calls are made for.
struct AccountContext {
    connect: Connector,
    connection: OnceCell<Connection>,
    service: OnceCell<Result<PurchaseService, ServiceError>>,
    journal_dir: Option<PathBuf>,
    buyer: Buyer,
}

impl<T: From<Msg> + From<(u64, Result<StartPage, AccountError>)> + Send + 'static> Background<T> {
    pub fn start(accounts: Arc<dyn Accounts>, sender: Sender<T>, start: Instant) -> io::Result<Self> {
        accounts.observe(observer(&sender));
        // One thread needs no scheduler for many, which alone brings in a library of mathematics.
        let calls = Builder::new_current_thread().thread_keep_alive(THREAD_KEEP_ALIVE).enable_all().build()?;
        let runtime = calls.handle().clone();
        thread::Builder::new().name("calls".into()).spawn(move || calls.block_on(std::future::pending::<()>()))?;
        Ok(Self { runtime, accounts, context: TaskContext { sender, start, account: None }, open_count: 0 })
    }

    /// Sets the account for all further calls. The journal of an account with the same directory stays open.
    pub fn bind_account(
        &mut self,
        OpenedAccount { account: _, defaults: _, notice: _, connect, buyer, state_dir: _, journal_dir }: OpenedAccount,
    ) {
        let Buyer { profile, endpoint, project, region, credentials: _ } = &buyer;
        tracing::info!(target: "cph_wizard::tui", profile, endpoint, project, region, "account");
        // One journal is opened once: the calls that are still under way hold its lock.
        let before = self.context.account.as_ref().filter(|account| account.journal_dir == journal_dir);
        let service = OnceCell::new_with(before.and_then(|account| account.service.get().cloned()));
        let connection = OnceCell::new();
        self.context.account = Some(Arc::new(AccountContext { connect, connection, service, journal_dir, buyer }));
    }

    /// Searches this machine for accounts and credentials.
    pub fn detect_accounts(&self) {
        let (context, accounts) = (self.context(), Arc::clone(&self.accounts));
        self.runtime.spawn_blocking(move || context.send(Msg::AccountsDetected { survey: accounts.detect() }));
    }

    /// Asks IAM for the projects that credentials give access to.
    pub fn find_projects(&self, access: AccountAccess, ticket: u64) {
        let accounts = Arc::clone(&self.accounts);
        let call = async move { accounts.projects(access).await };
        self.spawn_call(self.context(), call, move |result, _| Msg::Projects { ticket, result });
    }

    /// Opens the form for a choice. The result of an earlier choice is then ignored.
    pub fn open(&mut self, choice: AccountChoice) {
        self.open_count += 1;
        let (number, context, accounts) = (self.open_count, self.context(), Arc::clone(&self.accounts));
        self.runtime.spawn_blocking(move || {
            // Nobody listens any more only when the program is ending.
            let _ = context.sender.send((number, accounts.open(&choice)).into());
        });
    }

    /// Asks IAM for the account and the project of the credentials.
    pub fn identify(&self, ticket: u64) {
        let context = self.context();
        let call = {
            let context = context.clone();
            async move {
                let cloud = context.cloud().await.map_err(no_client)?;
                let identity = cloud.identify().await.map_err(|error| load_error(&error))?;
                Ok(identity.map(account_identity))
            }
        };
        self.spawn_call(context, call, move |result, _| Msg::Identified { ticket, result });
    }

    /// Runs blocking work and sends the messages that it returns.
    pub fn spawn_blocking<M: IntoIterator<Item = Msg>>(&self, work: impl FnOnce() -> M + Send + 'static) {
        let context = self.context();
        self.runtime.spawn_blocking(move || work().into_iter().for_each(|msg| context.send(msg)));
    }

    pub fn runtime(&self) -> &Handle {
        &self.runtime
    }

    pub fn read_list(&self, resource: Resource, ticket: u64) {
        let context = self.context();
        let call = {
            let context = context.clone();
            async move {
                let cloud = context.cloud().await.map_err(no_client)?;
                let on_retry = |repeat: RetryNotice| {
                    context.send(Msg::ListRetried { resource, ticket, words: retry_text(&repeat) });
                };
                cloud.list(resource, &on_retry).await.map_err(|error| load_error(&error))
            }
        };
        self.spawn_call(context, call, move |result, _| {
            let stamp = jiff::Zoned::now().strftime("%H:%M:%S").to_string();
            Msg::ListRead { resource, ticket, result, stamp }
        });
    }

    pub fn poll_servers(&self, name: String, ticket: u64) {
        let context = self.context();
        let call = {
            let context = context.clone();
            async move {
                let cloud = context.cloud().await.map_err(no_client)?;
                cloud.servers_named(&name).await.map_err(|error| load_error(&error))
            }
        };
        self.spawn_call(context, call, move |result, context| Msg::ServersPolled {
            ticket,
            result,
            at: millis_since(context.start),
        });
    }

    /// Opens the journal and sends its contents.
    pub fn open_journal(&self) {
        let context = self.context();
        self.runtime.spawn(async move {
            let view = context.journal_view().await;
            context.send_journal(view);
        });
    }

    /// Places the order and sends its events as messages, followed by the contents of the journal. Nothing is sent to
    /// the API if a server of the order's name exists that the user was not asked about.
    pub fn submit(&self, order: Box<Order>, body: Body, asked: ConfirmationContext) {
        let context = self.context();
        let call = {
            let context = context.clone();
            async move {
                let not_sent = |reason: NotSentReason, lost: Option<String>| {
                    let outcome = Outcome::NotSent(NotSent { reason });
                    context.send_purchase_event(purchase::Event::Concluded { id: None, outcome, lost });
                };
                let service = match context.service().await {
                    Ok(service) => service,
                    Err(why) => return not_sent(not_prepared(&why), Some(why.to_string())),
                };
                let (cloud, buyer) = match (context.cloud().await, context.buyer()) {
                    (Ok(cloud), Ok(buyer)) => (cloud, buyer),
                    (Err(why), _) => return not_sent(not_prepared(&why), None),
                    (_, Err(why)) => return not_sent(not_prepared(&why), None),
                };
                let on_event = |event| context.send_purchase_event(event);
                let preflight = check_server_name(cloud.as_ref(), order.server_name()).await;
                if preflight.as_ref().is_some_and(|found| !found.server_ids.is_subset(&asked.known_servers)) {
                    return not_sent(NotSentReason::NameTaken, None);
                }
                let acknowledged = asked.acknowledged;
                let confirmation = Confirmation { order: &order, body: &body, preflight, acknowledged };
                if let Err(submit_error) = service.submit(cloud.as_ref(), buyer, &confirmation, &on_event).await {
                    let lost = match &submit_error {
                        SubmitError::Journal { why } => Some(why.to_string()),
                        SubmitError::Duplicates { .. } => None,
                    };
                    on_event(purchase::Event::Concluded { id: None, outcome: submit_error.outcome(), lost });
                }
            }
        };
        let runner = self.runtime.spawn(call);
        self.runtime.spawn(async move {
            if runner.await.is_err() {
                let outcome = purchase::worker_panicked();
                context.send_purchase_event(purchase::Event::Concluded { id: None, outcome, lost: None });
            }
            if let Ok(service) = context.service().await {
                // What broke down in the middle is concluded; if that fails, the view says why.
                let _ = service.refresh();
            }
            let view = context.journal_view().await;
            context.send_journal(view);
        });
    }

    /// Reads the servers of the project once, in search of an order.
    pub fn reconcile(&self, id: Uuid) {
        let context = self.context();
        self.runtime.spawn(async move {
            let Ok(service) = context.service().await else { return };
            // Another process may have written since.
            let _ = service.refresh();
            let reconciled = match (context.cloud().await, context.buyer()) {
                (Ok(cloud), Ok(buyer)) => service.reconcile(cloud.as_ref(), buyer, id).await,
                (Err(why), _) => unread(&why),
                (_, Err(why)) => unread(&why),
            };
            let intents = service.history().shared_intents();
            context.send(Msg::OrderReconciled { id, reconciled, intents, at: millis_since(context.start) });
        });
    }

    /// Runs a call and sends its result; a panic in the call is reported as a `LoadError`.
    fn spawn_call<R, F>(
        &self,
        context: TaskContext<T>,
        call: F,
        msg: impl FnOnce(Result<R, LoadError>, &TaskContext<T>) -> Msg + Send + 'static,
    ) where
        R: Send + 'static,
        F: Future<Output = Result<R, LoadError>> + Send + 'static,
    {
        let runner = self.runtime.spawn(call);
        self.runtime.spawn(async move {
            let result = runner.await.unwrap_or_else(|_| {
                Err(LoadError { sentence: tr!("The program broke down while reading it"), request_id: None })
            });
            context.send(msg(result, &context));
        });
    }

    fn context(&self) -> TaskContext<T> {
        self.context.clone()
    }
}

/// The data that a call on the background thread needs.
struct TaskContext<T> {
    sender: Sender<T>,
    start: Instant,
    account: Option<Arc<AccountContext>>,
}

impl<T> Clone for TaskContext<T> {
    fn clone(&self) -> Self {
        Self { sender: self.sender.clone(), start: self.start, account: self.account.clone() }
    }
}

/// The facts that the user saw before confirming an order.
pub struct ConfirmationContext {
    /// The likely duplicates.
    pub acknowledged: Acknowledged,
    /// The servers that already have the order's name.
    pub known_servers: BTreeSet<String>,
}

/// Time limit for reading the existing servers before an order.
const PREFLIGHT_TIMEOUT: Duration = Duration::from_secs(5);

/// Reads the servers that have a server name just before its order; `None` if they cannot be determined in time.
async fn check_server_name(cloud: &dyn Cloud, server_name: &str) -> Option<Preflight> {
    let list = tokio::time::timeout(PREFLIGHT_TIMEOUT, cloud.all_servers(None)).await.ok()?.ok()?;
    purchase::preflight(server_name, &list)
}

impl<T: From<Msg> + Send + 'static> TaskContext<T> {
    fn account_context(&self) -> Result<&AccountContext, NoAccount> {
        self.account.as_deref().ok_or(NoAccount)
    }

    /// Returns the API client. The first caller connects while the others wait; after a failure, the next caller tries
    /// again.
    async fn cloud(&self) -> Result<Arc<dyn Cloud>, ClientError> {
        let account = self.account_context()?;
        let connect = || async {
            let connection = (account.connect)().await?;
            connection.cloud.observe(observer(&self.sender));
            Ok::<_, AccountError>(connection)
        };
        let connection = account.connection.get_or_try_init(connect).await?;
        Ok(Arc::clone(&connection.cloud))
    }

    /// Returns the journal service. The first caller opens the journal, off the thread that carries calls; a failure is
    /// kept.
    async fn service(&self) -> Result<PurchaseService, ServiceError> {
        let account = self.account_context()?;
        let dir = account.journal_dir.clone();
        let opened = account.service.get_or_init(|| async {
            let Some(dir) = dir else {
                return Err(ServiceError::NoHome);
            };
            let opening = tokio::task::spawn_blocking(move || PurchaseService::open(&dir));
            match opening.await {
                Ok(opened) => opened.map_err(|error| ServiceError::Journal(error.into())),
                Err(_) => Err(ServiceError::Panicked),
            }
        });
        opened.await.clone()
    }

    fn buyer(&self) -> Result<&Buyer, NoAccount> {
        Ok(&self.account_context()?.buyer)
    }

    /// Returns the contents of the journal; `None` while there is no account.
    async fn journal_view(&self) -> Option<JournalView> {
        let now = clock::now();
        let buyer = self.buyer().ok()?.clone();
        let connection = self.account_context().ok().and_then(|account| account.connection.get());
        let clock_ahead = connection.and_then(|connection| connection.cloud.clock_ahead());
        Some(match self.service().await {
            Ok(service) => JournalView {
                intents: service.history().shared_intents(),
                obstacle: service.obstacle().map(|why| why.to_string()),
                // That there was no journal before is no news to anybody.
                facts: service
                    .notices()
                    .iter()
                    .filter(|fact| **fact != JournalNotice::Created)
                    .map(ToString::to_string)
                    .collect(),
                buyer,
                now,
                clock_ahead,
            },
            Err(why) => {
                let (intents, obstacle) = (Arc::default(), Some(why.to_string()));
                JournalView { intents, obstacle, facts: Vec::new(), buyer, now, clock_ahead }
            }
        })
    }

    fn send_journal(&self, view: Option<JournalView>) {
        if let Some(view) = view {
            self.send(Msg::Journal { view: Box::new(view), at: millis_since(self.start) });
        }
    }

    fn send(&self, msg: Msg) {
        // Nobody listens any more only when the program is ending.
        let _ = self.sender.send(msg.into());
    }

    fn send_purchase_event(&self, event: purchase::Event) {
        self.send(Msg::Purchase { event, at: millis_since(self.start) });
    }
}

/// Formats the retry of a list on one line: attempt, pause in seconds and reason.
fn retry_text(repeat: &RetryNotice) -> String {
    let RetryNotice { attempt, max_attempts: of, pause, reason } = repeat;
    let seconds = format!("{:.1}", pause.as_secs_f32());
    tr!("Try {attempt} of {of} in {seconds} s: {why}", attempt, of, seconds, why = reason.sentence())
}

fn account_identity(identity: Identity) -> AccountIdentity {
    let Identity { account, project, is_listed, clock_ahead } = identity;
    AccountIdentity {
        account: account.map(|account| account.name),
        project: project.map(|project| project.name),
        is_listed,
        clock_ahead,
        stamp: jiff::Zoned::now().strftime("%H:%M:%S").to_string(),
    }
}
