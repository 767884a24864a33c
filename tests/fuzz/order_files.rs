//! Order files.

use cph_wizard::catalogue::Catalogue;
use cph_wizard::order::{Draft, Order, PortDraft, read_body, read_body_parts};

use crate::generators::{Generator, assert_can_be_shown};
use crate::runner::run_cases;

const WORDS: [&str; 30] = [
    "{",
    "}",
    "[",
    "]",
    "{\"a\":",
    ":",
    ",",
    "\"",
    "\\u0000",
    "\\ud800",
    "null",
    "true",
    "0",
    "-1",
    "1.5",
    "65536",
    "9223372036854775808",
    "1e400",
    "\"server_name\":",
    "\"count\":",
    "\"ports\":[{},{}],",
    "\"listen_port\":",
    "\"internet_accessible\":\"TRUE\",",
    "\"subnet_cidr\":\"10.0.0.0/33\",",
    "\"band_width\":",
    "\"band_width_id\":",
    "\"extend_param\":{}",
    "\"is_auto_pay\":",
    "10.255.255.255/8",
    "\"\u{202e}\":1,",
];

fn plain() -> Draft {
    Draft {
        server_flavor: "physical.rx1.xlarge".into(),
        phone_flavor: "rx1.cp.c60.d10.e1v1".into(),
        image_id: "20032120200330a20b000eae5b8c01e6".into(),
        server_name: "farm-1".into(),
        ..Draft::default()
    }
}

fn valid() -> Vec<Vec<u8>> {
    let port = |name: &str, number: &str, public| PortDraft { name: name.into(), number: number.into(), public };
    let full = Draft {
        ports: vec![port("web", "20000", true), port("api", "20001", false)],
        key_pair: "mykeypair".into(),
        subnet: "10.0.0.0/24".into(),
        count: "3".into(),
        ..plain()
    };
    let bytes = |draft: &Draft| Order::check(draft, &Catalogue::default()).unwrap().body().bytes().to_vec();
    let shared = br#"{"server_name":"a","server_model_name":"b","phone_model_name":"c","image_id":"d","count":1,
        "band_width":{"band_width_id":"e"},"extend_param":{"charging_mode":0,"period_type":3,"period_num":1}}"#;
    vec![bytes(&plain()), bytes(&full), shared.to_vec()]
}

#[test]
fn no_order_file_breaks_its_reader_or_the_rules() {
    let catalogue = Catalogue::default();
    let inputs = Generator::new(valid(), &WORDS);
    run_cases(
        "order files",
        150_000,
        |rng| inputs.make(rng),
        |bytes, _| {
            let (parts, faults) = read_body_parts(bytes);
            for fault in &faults {
                assert_can_be_shown(&fault.to_string());
            }
            if let Some(draft) = &parts {
                let _ = Order::check(draft, &catalogue);
            }
            let draft = match read_body(bytes) {
                Ok(draft) => draft,
                Err(said) => return assert!(!said.is_empty() && said == faults, "{said:?} is not {faults:?}"),
            };
            match Order::check(&draft, &catalogue) {
                Ok(order) => {
                    let again = read_body(order.body().bytes()).expect("our own body is read");
                    assert_eq!(Order::check(&again, &catalogue).as_ref(), Ok(&order), "it is another order now");
                }
                Err(issues) => {
                    assert!(!issues.is_empty());
                    for issue in &issues {
                        assert_can_be_shown(&issue.to_string());
                    }
                }
            }
        },
    );
}
