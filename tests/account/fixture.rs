//! A simulator behind TLS that knows who calls, and everybody who may.

use std::fs;
use std::path::PathBuf;
use std::sync::Mutex;
use std::time::Duration;

use cph_wizard::api::{
    AccessKey, Account, AuthMethod, CaFile, Cloud as _, Endpoint, HttpCloud, Iam, Login, NO_OBSERVER, Network,
    ReadError, RetryPolicy, Timeouts, Token,
};
use cph_wizard::catalogue::{Catalogue, Listing, Resource};
use cph_wizard::order::{Order, read_body};
use cph_wizard::purchase::intents::{Acknowledged, IntentCredentials, OrderState};
use cph_wizard::purchase::{Buyer, Confirmation, Event, Outcome, PurchaseService};
use cph_wizard::simulator::{
    AcceptedTokens, AccessLogEntry, Credentials as Known, Options, Scene, Simulator, TlsVersions,
};
use secrecy::SecretString;
use serde_json::json;
use tempfile::TempDir;

/// The project of everybody but those who have one of their own.
pub const PROJECT: &str = "8d3f5a6b1c7e4029b6a4e0d2f9c81b57";
/// The one project of the bound key.
pub const HOME: &str = "11112222333344445555666677778888";
pub const REGION: &str = "cn-north-4";

const TEMPORARY: &str = "TEMPORARY0000000001A";
const BOUND: &str = "BOUND00000000000001A";
const SECRET: &str = "FakeSecretKeyForTestsOnly000000000000001";

/// The request of the operation's document.
const ORDER: &str = r#"{"server_name":"myPhoneServer","server_model_name":"physical.rx1.xlarge",
    "phone_model_name":"aphs1.medium.4.aosp","image_id":"88b8449b896f3a4f0ad57222dd919899","count":3,
    "keypair_name":"mykeypair","vnc_enable":"true",
    "ports":[{"name":"myServer1","listen_port":20000,"internet_accessible":"false"},
             {"name":"myServer2","listen_port":20001,"internet_accessible":"true"}],
    "band_width":{"band_width_share_type":0},
    "extend_param":{"charging_mode":0,"period_type":2,"period_num":1,"is_auto_pay":1}}"#;

/// Every kind of credentials.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// A token that the simulator's IAM issued.
    Token,
    Permanent,
    /// A temporary key with its security token.
    Temporary,
    /// A user with a password.
    Login,
    /// A key that may use one project only.
    Bound,
}

impl Who {
    pub const ALL: [Self; 5] = [Self::Token, Self::Permanent, Self::Temporary, Self::Login, Self::Bound];

    pub fn project(self) -> &'static str {
        match self {
            Self::Token | Self::Permanent | Self::Temporary | Self::Login => PROJECT,
            Self::Bound => HOME,
        }
    }

    /// What the wire log says of its calls to a service.
    pub fn by(self) -> &'static str {
        match self {
            Self::Token | Self::Login => "token",
            Self::Permanent => "key FAKEAK…0001",
            Self::Temporary => "key TEMPOR…001A",
            Self::Bound => "key BOUND0…001A",
        }
    }
}

pub fn key(access_key: &str, secret_key: &str, security_token: Option<&str>) -> AuthMethod {
    AuthMethod::Key(AccessKey {
        access_key: access_key.into(),
        secret_key: SecretString::from(secret_key),
        security_token: security_token.map(SecretString::from),
    })
}

pub fn temporary(security_token: Option<&str>) -> AuthMethod {
    key(TEMPORARY, SECRET, security_token)
}

pub fn bound() -> AuthMethod {
    key(BOUND, SECRET, None)
}

pub fn permanent(secret_key: &str) -> AuthMethod {
    key(Known::ACCESS_KEY, secret_key, None)
}

pub fn login(password: &str) -> AuthMethod {
    let password = SecretString::from(password);
    AuthMethod::Login(Login { domain: Known::DOMAIN.into(), user: Known::USER.into(), password })
}

/// Enough for any answer that comes, and no pause before a repetition.
pub fn timeouts() -> Timeouts {
    let patience = Duration::from_secs(30);
    let retry = RetryPolicy { max_attempts: 4, first_pause: Duration::ZERO };
    Timeouts { connect: patience, read: patience, purchase: patience, retry }
}

/// Patience that a server can wear out.
pub fn hasty() -> Timeouts {
    let brief = Duration::from_secs(3);
    Timeouts { read: brief, purchase: brief, retry: RetryPolicy::NONE, ..timeouts() }
}

/// A scene that builds in no time.
pub fn scene(rest: &str) -> Scene {
    let build = r#""provisioning_ms":{"server_status_0":0,"server_status_1":0,"server_status_3":0,"server_status_4":0,"phone_status_1":0}"#;
    Scene::parse(&format!(r#"{{"version":2,"name":"account","description":"A test.",{build}{rest}}}"#)).unwrap()
}

/// The running simulator and a folder for its certificate.
pub struct Stage {
    pub simulator: Simulator,
    home: TempDir,
}

impl Stage {
    /// A simulator with the ordinary scene and these settings.
    pub async fn on(rest: &str) -> Self {
        Self::over(scene(rest), TlsVersions::Both).await
    }

    pub async fn over(scene: Scene, tls_versions: TlsVersions) -> Self {
        let keys = json!([
            { "access_key": Known::ACCESS_KEY, "secret_key": Known::SECRET_KEY },
            { "access_key": TEMPORARY, "secret_key": SECRET, "security_token": "a-security-token" },
            { "access_key": BOUND, "secret_key": SECRET, "project_id": HOME, "domain_id": "a-domain" },
        ]);
        let options = Options {
            scene,
            credentials: Known::parse(&keys.to_string()).unwrap(),
            accepted_tokens: AcceptedTokens::Issued,
            region: REGION.into(),
            tls: true,
            tls_versions,
            ..Options::default()
        };
        let stage = Self { simulator: Simulator::start(options).await.unwrap(), home: tempfile::tempdir().unwrap() };
        fs::write(stage.ca_file(), stage.simulator.ca_pem().unwrap()).unwrap();
        stage
    }

    fn ca_file(&self) -> PathBuf {
        self.home.path().join("ca.pem")
    }

    pub fn network(&self) -> Network {
        Network { ca_file: Some(CaFile::read(&self.ca_file()).unwrap()), proxy: None }
    }

    pub fn endpoint(&self) -> Endpoint {
        Endpoint::parse(&self.simulator.url()).unwrap()
    }

    pub fn account(&self, credentials: AuthMethod, project: &str) -> Account {
        let account = Account::new(self.endpoint(), project, credentials);
        Account { iam: Some(self.endpoint()), network: self.network(), ..account }
    }

    pub fn cloud(&self, credentials: AuthMethod, project: &str) -> HttpCloud {
        self.cloud_with(credentials, project, timeouts())
    }

    pub fn cloud_with(&self, credentials: AuthMethod, project: &str, timeouts: Timeouts) -> HttpCloud {
        HttpCloud::with_timeouts(self.account(credentials, project), timeouts).unwrap()
    }

    /// A client that was not used before.
    pub async fn cloud_of(&self, who: Who) -> HttpCloud {
        self.cloud(self.credentials(who).await, who.project())
    }

    pub fn iam(&self, credentials: AuthMethod) -> Iam {
        Iam::new(self.endpoint(), credentials, REGION, &self.network(), timeouts()).unwrap()
    }

    pub async fn credentials(&self, who: Who) -> AuthMethod {
        match who {
            Who::Token => AuthMethod::Token(Token::new(&self.token(PROJECT).await)),
            Who::Permanent => permanent(Known::SECRET_KEY),
            Who::Temporary => temporary(Some("a-security-token")),
            Who::Login => login(Known::PASSWORD),
            Who::Bound => bound(),
        }
    }

    /// A token for a project, taken as any other program would.
    pub async fn token(&self, project: &str) -> String {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let authority = reqwest::Certificate::from_pem(self.simulator.ca_pem().unwrap().as_bytes()).unwrap();
        let client = reqwest::Client::builder().no_proxy().tls_certs_only([authority]).build().unwrap();
        let user = json!({ "domain": { "name": Known::DOMAIN }, "name": Known::USER, "password": Known::PASSWORD });
        let identity = json!({ "methods": ["password"], "password": { "user": user } });
        let auth = json!({ "auth": { "identity": identity, "scope": { "project": { "id": project } } } });
        let answer = client.post(format!("{}/v3/auth/tokens", self.simulator.url())).json(&auth);
        let answer = answer.send().await.unwrap();
        assert_eq!(answer.status(), 201);
        answer.headers()["x-subject-token"].to_str().unwrap().to_owned()
    }

    /// What came over the wire since there were so many entries.
    pub fn since(&self, before: usize) -> Vec<AccessLogEntry> {
        self.simulator.access_log().split_off(before)
    }

    pub fn seen(&self) -> usize {
        self.simulator.access_log().len()
    }

    /// How many purchases came over the wire.
    pub fn posts(&self) -> usize {
        self.simulator.access_log().iter().filter(|entry| is_purchase(entry)).count()
    }

    /// How many logins came over the wire.
    pub fn logins(&self) -> usize {
        self.simulator.access_log().iter().filter(|entry| is_login(entry)).count()
    }
}

pub fn is_purchase(entry: &AccessLogEntry) -> bool {
    entry.method == "POST" && entry.path.ends_with("/cloud-phone/phones")
}

pub fn is_login(entry: &AccessLogEntry) -> bool {
    entry.method == "POST" && entry.path.starts_with("/v3/auth/tokens")
}

/// All lists, asked for at once; in the order of `Resource::ALL`.
pub async fn all_lists(cloud: &HttpCloud) -> [Result<Listing, ReadError>; 7] {
    let [servers, phones, images, bandwidths, pairs, bought, sale] =
        Resource::ALL.map(|list| cloud.list(list, NO_OBSERVER));
    tokio::join!(servers, phones, images, bandwidths, pairs, bought, sale).into()
}

/// The documented order, checked against what was read of the cloud.
pub fn order(catalogue: &Catalogue) -> Order {
    Order::check(&read_body(ORDER.as_bytes()).unwrap(), catalogue).unwrap()
}

/// Buys the documented order over a journal of its own, in which afterwards stands what was told.
pub async fn buy(cloud: &HttpCloud) -> Outcome {
    buy_checked(cloud, &order(&Catalogue::default())).await
}

pub async fn buy_checked(cloud: &HttpCloud, order: &Order) -> Outcome {
    let home = tempfile::tempdir().unwrap();
    let state = home.path().join("state");
    let service = PurchaseService::open(&state).unwrap();
    let body = order.body();
    let told = Mutex::new(Vec::new());
    let acknowledged = Acknowledged::none();
    let confirmation = Confirmation { order, body: &body, preflight: None, acknowledged };
    service.submit(cloud, &buyer(), &confirmation, &|event| told.lock().unwrap().push(event)).await.unwrap();
    let told = told.into_inner().unwrap();
    let [Event::Sending, Event::Concluded { id: Some(id), outcome, lost: None }] = &told[..] else {
        panic!("{told:?}")
    };
    drop(service);
    let again = PurchaseService::open(&state).unwrap();
    assert_eq!(again.notices(), []);
    assert_eq!(again.history().intents().state(*id), Some(&OrderState::from(outcome)));
    outcome.clone()
}

/// Buys the documented order after a look at the servers; the intent whose outcome is unknown.
pub async fn buy_in_doubt(service: &PurchaseService, cloud: &HttpCloud) -> uuid::Uuid {
    let order = order(&Catalogue::default());
    let body = order.body();
    let list = cloud.all_servers(None).await;
    let preflight = list.ok().and_then(|list| cph_wizard::purchase::preflight(order.server_name(), &list));
    let confirmation = Confirmation { order: &order, body: &body, preflight, acknowledged: Acknowledged::none() };
    service.submit(cloud, &buyer(), &confirmation, &|_| ()).await.unwrap();
    service.history().intents().unresolved().next().unwrap().intent().id
}

pub fn buyer() -> Buyer {
    Buyer {
        profile: "test".into(),
        endpoint: "127.0.0.1".into(),
        project: PROJECT.into(),
        region: REGION.into(),
        credentials: IntentCredentials::AccessKey,
    }
}
