//! What the tests play with: the catalogue as it is read over HTTP from a simulator, the world that the simulator's
//! rules look at, a draft that is an order, and the body of a draft that need not be one.

use std::sync::LazyLock;
use std::thread;

use cph_wizard::api::{Account, AuthMethod, Cloud as _, Endpoint, HttpCloud, NO_OBSERVER, Token};
use cph_wizard::catalogue::{Catalogue, Resource, Server};
use cph_wizard::order::{BandwidthKind, Draft, PeriodUnit, Vnc};
use cph_wizard::simulator::{Options, Scene, Simulator, ValidationContext, validate_purchase};
use serde_json::{Map, Value, json};

pub const PROJECT: &str = "8d3f5a6b1c7e4029b6a4e0d2f9c81b57";
pub const SERVER: &str = "physical.rx1.xlarge";
pub const PHONE: &str = "rx1.cp.c60.d10.e1v1";
pub const IMAGE: &str = "20032120200330a20b000eae5b8c01e6";
pub const OFFLINE_PHONE: &str = "aphs1.large.2.aosp";
pub const SERVER_WITHOUT_PHONES: &str = "physical.rx2.32xlarge.4";
pub const SHARED: &str = "4b1f7c3e-92d0-4a6b-8e57-0cd3a91f6b28";
pub const DEDICATED: &str = "8b85d44b-ac6f-48fb-bbab-e876e9c3502a";
/// The subnets in use; the second one belongs to a server whose subnet the cloud does not state.
pub const TAKEN: [&str; 2] = ["10.1.0.0/16", "172.31.0.0/16"];

/// The documented catalogue of a project with two servers.
pub fn catalogue() -> &'static Catalogue {
    static READ: LazyLock<Catalogue> = LazyLock::new(|| {
        let server = |subnet: Option<&str>| Server {
            id: "1".into(),
            name: "old-0001".into(),
            status: None,
            server_flavor: None,
            phone_flavor: None,
            order_id: None,
            subnet: subnet.map(Into::into),
            created: None,
        };
        Catalogue { servers: Some(vec![server(Some(TAKEN[0])), server(None)]), ..read("normal") }
    });
    &READ
}

/// Every list of a simulator, read by the program's own client. On a thread of its own, so that any test may ask.
pub fn read(scene: &'static str) -> Catalogue {
    let reader = thread::spawn(move || {
        let runtime = tokio::runtime::Runtime::new().expect("a runtime");
        runtime.block_on(async move {
            let scene = Scene::named(scene).expect("a scene");
            let simulator = Simulator::start(Options { scene, ..Options::default() }).await.expect("a simulator");
            let catalogue = read_all(&simulator).await;
            simulator.stop().await;
            catalogue
        })
    });
    reader.join().expect("a catalogue")
}

pub async fn read_all(simulator: &Simulator) -> Catalogue {
    let cloud = cloud(simulator);
    let mut catalogue = Catalogue::default();
    for resource in Resource::ALL {
        catalogue.put(cloud.list(resource, NO_OBSERVER).await.expect("a list"));
    }
    catalogue
}

pub fn cloud(simulator: &Simulator) -> HttpCloud {
    let endpoint = Endpoint::parse(&simulator.url()).expect("an endpoint");
    HttpCloud::new(Account::new(endpoint, PROJECT, AuthMethod::Token(Token::new("t")))).expect("a client")
}

/// The same project as the simulator's rules see it.
pub fn validation_context() -> ValidationContext {
    let mut validation_context = ValidationContext::documented();
    for subnet in TAKEN {
        validation_context.use_subnet(subnet.parse().expect("a network"));
    }
    validation_context
}

/// A draft that is an order.
pub fn good() -> Draft {
    Draft {
        server_flavor: SERVER.into(),
        phone_flavor: PHONE.into(),
        image_id: IMAGE.into(),
        server_name: "farm".into(),
        ..Draft::default()
    }
}

/// The body of any draft as somebody would write it who checks nothing: an answer that is not there is left out or
/// empty, and what is no number where one belongs is a text.
pub fn lenient(draft: &Draft) -> String {
    let mut body = Map::new();
    let mut put = |name: &str, value: Option<Value>| drop(value.and_then(|value| body.insert(name.into(), value)));
    put("server_name", Some(json!(draft.server_name)));
    put("server_model_name", Some(json!(draft.server_flavor)));
    put("phone_model_name", Some(json!(draft.phone_flavor)));
    put("image_id", Some(json!(draft.image_id)));
    put("count", number(&draft.count));
    put("keypair_name", text(&draft.key_pair));
    put(
        "vnc_enable",
        match draft.vnc {
            Vnc::Unset => None,
            Vnc::Off => Some(json!("false")),
            Vnc::On => Some(json!("true")),
        },
    );
    let ports = draft.ports.iter().map(|port| {
        let reach = if port.public { "true" } else { "false" };
        object([
            ("name", text(&port.name)),
            ("listen_port", number(&port.number)),
            ("internet_accessible", text(reach)),
        ])
    });
    put("ports", (!draft.ports.is_empty()).then(|| ports.collect()));
    put("subnet_cidr", text(&draft.subnet));
    put(
        "band_width",
        Some(match draft.bandwidth {
            BandwidthKind::Dedicated => {
                object([("band_width_share_type", Some(json!(0))), ("band_width_size", number(&draft.bandwidth_size))])
            }
            BandwidthKind::NewShared => {
                object([("band_width_share_type", Some(json!(1))), ("band_width_size", number(&draft.bandwidth_size))])
            }
            BandwidthKind::ExistingShared => object([("band_width_id", Some(json!(draft.bandwidth_id)))]),
        }),
    );
    let unit = match draft.period_unit {
        PeriodUnit::Month => 2,
        PeriodUnit::Year => 3,
    };
    put(
        "extend_param",
        Some(object([
            ("charging_mode", Some(json!(0))),
            ("period_type", Some(json!(unit))),
            ("period_num", number(&draft.period_number)),
            ("is_auto_pay", Some(json!(u8::from(draft.auto_pay)))),
        ])),
    );
    Value::Object(body).to_string()
}

fn object<const N: usize>(members: [(&str, Option<Value>); N]) -> Value {
    members.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect()
}

fn text(text: &str) -> Option<Value> {
    (!text.is_empty()).then(|| json!(text))
}

fn number(typed: &str) -> Option<Value> {
    let digits = typed.strip_prefix('-').unwrap_or(typed);
    if typed.is_empty() {
        return None;
    }
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(json!(typed));
    }
    Some(typed.parse::<i64>().map_or_else(|_| json!(typed.parse::<f64>().ok()), |number| json!(number)))
}

/// The code with which the simulator's rules refuse a body, or `None` if they accept it.
pub fn code(body: &[u8]) -> Option<String> {
    validate_purchase(body, &validation_context()).err().map(|refusal| refusal.code)
}

#[test]
fn the_lenient_body_of_an_order_is_accepted_and_a_broken_answer_stays_broken_in_it() {
    assert_eq!(code(lenient(&good()).as_bytes()), None);
    for (typed, written) in
        [("3", "3"), ("007", "7"), ("-0", "0"), ("+3", "\"+3\""), ("x", "\"x\""), ("3.0", "\"3.0\"")]
    {
        let body = lenient(&Draft { count: typed.into(), ..good() });
        assert!(body.contains(&format!("\"count\":{written},")), "{body}");
    }
    assert!(!lenient(&Draft { count: String::new(), ..good() }).contains("count"));
}
