//! A running simulator and somebody who calls it.

use std::time::Duration;

use cph_wizard::signing;
use cph_wizard::simulator::{Credentials, Options, Scene, Simulator};
use jiff::Timestamp;
use reqwest::{Certificate, Client, ClientBuilder, Method, Response, Url};
use serde_json::Value;

pub const PROJECT: &str = "8d3f5a6b1c7e4029b6a4e0d2f9c81b57";

/// The request of the operation's document, with its own spacing.
pub const EXAMPLE: &str = r#"{
    "server_name": "myPhoneServer",
    "server_model_name": "physical.rx1.xlarge",  
    "phone_model_name": "aphs1.medium.4.aosp",  
    "image_id": "88b8449b896f3a4f0ad57222dd919899", 
    "count": 3,   
    "keypair_name": "mykeypair",
    "vnc_enable": "true",
    "ports": [         
        {
            "name": "myServer1",
            "listen_port": 20000,
            "internet_accessible": "false"
        },
        {
            "name": "myServer2",
            "listen_port": 20001,
            "internet_accessible": "true"
        }
    ],
    "band_width":{
        "band_width_share_type": 0 
    },
    "extend_param": {
        "charging_mode": 0,
        "period_type": 2, 
        "period_num": 1, 
        "is_auto_pay": 1
    }
}"#;

/// A scene that builds in no time unless it says otherwise.
pub fn quick(rest: &str) -> Scene {
    let build = r#""provisioning_ms":{"server_status_0":0,"server_status_1":0,"server_status_3":0,"server_status_4":0,"phone_status_1":0}"#;
    Scene::parse(&format!(r#"{{"version":2,"name":"quick","description":"A test.",{build}{rest}}}"#)).expect("a scene")
}

/// A client that trusts this authority and no other.
pub fn trusting(ca_pem: Option<&str>) -> ClientBuilder {
    let authority = ca_pem.map(|pem| Certificate::from_pem(pem.as_bytes()).expect("a certificate"));
    Client::builder()
        .no_proxy()
        .tls_certs_only(authority)
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never())
        .timeout(Duration::from_secs(20))
}

pub struct Caller {
    pub simulator: Simulator,
    pub client: Client,
}

impl Caller {
    pub async fn on(scene: Scene) -> Self {
        Self::with(Options { scene, ..Options::default() }).await
    }

    pub async fn with(options: Options) -> Self {
        // A second test has installed it before; that is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let simulator = Simulator::start(options).await.expect("a simulator");
        let client = trusting(simulator.ca_pem()).build().expect("a client");
        Self { simulator, client }
    }

    pub fn service(&self, rest: &str) -> String {
        format!("{}/v1/{PROJECT}/cloud-phone/{rest}", self.simulator.url())
    }

    pub async fn call(&self, method: Method, url: &str) -> Response {
        self.client.request(method, url).header("X-Auth-Token", "t").send().await.expect("an answer")
    }

    pub async fn sent(&self, body: impl Into<String>) -> Result<Response, reqwest::Error> {
        self.client.post(self.service("phones")).header("X-Auth-Token", "t").body(body.into()).send().await
    }

    /// Buys and reads the answer: status and body.
    pub async fn buy(&self, body: impl Into<String>) -> (u16, Value) {
        read(self.sent(body).await.expect("an answer")).await
    }

    /// Reads an address of this simulator: status and body.
    pub async fn get(&self, path: &str) -> (u16, Value) {
        read(self.call(Method::GET, &format!("{}{path}", self.simulator.url())).await).await
    }

    /// Lists something of the service: status and body.
    pub async fn list(&self, rest: &str) -> (u16, Value) {
        read(self.call(Method::GET, &self.service(rest)).await).await
    }
}

/// Status and body of an answer, which must name its request in both places.
pub async fn read(answer: Response) -> (u16, Value) {
    let status = answer.status().as_u16();
    let header = answer.headers().get("X-Request-Id").expect("a request id").to_str().expect("text").to_owned();
    let body: Value = answer.json().await.expect("JSON");
    assert_eq!(body["request_id"], header.as_str());
    assert!(header.len() == 32 && header.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f')), "{header}");
    (status, body)
}

/// The example with one place changed, or taken away when there is no value.
pub fn changed(place: &str, value: Option<Value>) -> String {
    let mut body: Value = serde_json::from_str(EXAMPLE).expect("the example");
    let (parent, name) = place.rsplit_once('/').expect("a place");
    let members = body.pointer_mut(parent).and_then(Value::as_object_mut).expect(place);
    match value {
        Some(value) => drop(members.insert(name.to_owned(), value)),
        None => drop(members.remove(name)),
    }
    body.to_string()
}

/// Somebody with an access key.
#[derive(Clone)]
pub struct Signer {
    pub access_key: String,
    pub secret_key: String,
    pub security_token: Option<String>,
    /// When it says that it signed.
    pub date: String,
    /// Further headers, which are signed as well.
    pub headers: Vec<(String, String)>,
}

impl Signer {
    /// The built-in key, now.
    pub fn documented() -> Self {
        Self::of(Credentials::ACCESS_KEY, Credentials::SECRET_KEY)
    }

    pub fn of(access_key: &str, secret_key: &str) -> Self {
        Self {
            access_key: access_key.to_owned(),
            secret_key: secret_key.to_owned(),
            security_token: None,
            date: Timestamp::now().strftime(signing::DATE_FORMAT).to_string(),
            headers: Vec::new(),
        }
    }

    /// A signed request, not sent yet, for a path and a query that is written canonically.
    pub fn request(&self, caller: &Caller, method: &Method, target: &str, body: &str) -> reqwest::Request {
        let url: Url = format!("{}{target}", caller.simulator.url()).parse().expect("an address");
        let host = format!("{}:{}", url.host_str().expect("a host"), url.port().expect("a port"));
        let mut headers = self.headers.clone();
        headers.extend([("host".to_owned(), host), (signing::DATE.to_owned(), self.date.clone())]);
        headers.extend(self.security_token.iter().map(|token| ("x-security-token".to_owned(), token.clone())));
        let query: Vec<(String, String)> = url.query_pairs().into_owned().collect();
        let (path, body_bytes) = (url.path(), body.as_bytes());
        let call =
            signing::SignedCall { method: method.as_str(), path, query: &query, headers: &headers, body: body_bytes };
        let authorization = signing::authorization(&self.access_key, &self.secret_key, &self.date, &call);
        let mut request = caller.client.request(method.clone(), url.clone()).body(body.to_owned());
        for (name, value) in headers.iter().filter(|(name, _)| name != "host") {
            request = request.header(name, value);
        }
        request.header("Authorization", authorization).build().expect("a request")
    }

    /// Calls and reads the answer: status and body.
    pub async fn call(&self, caller: &Caller, method: Method, target: &str, body: &str) -> (u16, Value) {
        let answer = caller.client.execute(self.request(caller, &method, target, body)).await.expect("an answer");
        (answer.status().as_u16(), answer.json().await.expect("JSON"))
    }

    pub async fn get(&self, caller: &Caller, target: &str) -> (u16, Value) {
        self.call(caller, Method::GET, target, "").await
    }
}
