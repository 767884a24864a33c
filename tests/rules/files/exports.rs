//! Exported texts, read back by what they are written for: nothing of an order is lost or becomes special on the way.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::process::{Command, Stdio};

use cph_wizard::export::{self, Format, Target};
use cph_wizard::i18n::{Language, with_language};
use cph_wizard::order::{Body, Draft, Order, PortDraft, Vnc};
use cph_wizard::text::sanitize::{is_hidden, is_mark};
use hcl::eval::{Context, Evaluate as _};
use hcl::structure::{Block, Structure};
use proptest::strategy::{Strategy as _, ValueTree as _};
use proptest::test_runner::TestRunner;

use crate::example::filled;
use crate::fixture::{SHARED, catalogue, good};
use crate::properties::drafts::orders;
use crate::stale_snapshots::assert_no_stale;

/// Names that mean something to a shell, to REST clients and to every language that is written.
const HOSTILE: [&str; 8] = [
    "it's $HOME `x`",
    "\\ \" \\\" '\\''",
    "\n\u{202e}%{a}${b}",
    "{{x}}%s云",
    "@@body@@",
    "$(reboot)",
    "\u{85}\t\u{1b}]\u{7f}\r",
    "EOF",
];

/// The text of an order that every language can hold.
fn export(body: &Body, target: &Target, format: Format) -> String {
    export::export(body, target, format).expect("a text")
}

pub fn target() -> Target {
    Target {
        endpoint: Some("https://cph.cn-north-4.myhuaweicloud.com".into()),
        region: Some("cn-north-4".into()),
        project: Some("8d3f5a6b1c7e4029b6a4e0d2f9c81b57".into()),
    }
}

fn body(draft: &Draft) -> Body {
    Order::check(draft, catalogue()).expect("an order").body()
}

fn hostile() -> Draft {
    let port = |(name, at): (&&str, usize)| PortDraft {
        name: (*name).into(),
        number: (20_000 + at).to_string(),
        public: at % 2 == 0,
    };
    let key_pair = format!("it's \"mine\" $1 \u{9b}2J\u{2066}\u{e0041}e{}", "\u{301}".repeat(9));
    Draft { ports: HOSTILE.iter().zip(0..).map(port).collect(), key_pair, ..good() }
}

/// The forms that can hold an order.
fn formats(body: &Body) -> impl Iterator<Item = Format> {
    Format::ALL.into_iter().filter(|format| *format != Format::Http || !body.text().contains("{{"))
}

/// A hostile order and many others, by a chance that is always the same.
fn bodies() -> Vec<Body> {
    let mut runner = TestRunner::deterministic();
    let random = (0..32).map(|_| orders().new_tree(&mut runner).expect("a draft").current());
    [hostile(), filled()].into_iter().chain(random).map(|draft| body(&draft)).collect()
}

/// What a program writes that reads the text from its standard input; `None`, loudly, if it is not here.
fn run(program: &str, args: &[&str], text: &str) -> Option<Vec<u8>> {
    let mut command = Command::new(program);
    command.args(args).env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default());
    command.env("CPH_WIZARD_TOKEN", "t").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let Ok(mut child) = command.spawn() else {
        let _ = writeln!(std::io::stderr(), "SKIPPED: {program} is not on this machine");
        return None;
    };
    child.stdin.take().expect("a pipe").write_all(text.as_bytes()).expect("written");
    let output = child.wait_with_output().expect("it ends");
    assert!(output.status.success(), "{}\n{text}", String::from_utf8_lossy(&output.stderr));
    Some(output.stdout)
}

#[test]
fn the_body_is_exact_in_a_shell() {
    for body in bodies() {
        let text = export(&body, &target(), Format::Curl);
        let (before, _) = text.split_once("\nsay() ").expect("the call");
        let Some(said) = run("sh", &[], &format!("{before}printf %s \"$body\"\n")) else { return };
        assert_eq!(String::from_utf8_lossy(&said), body.text());
    }
}

#[test]
fn the_body_is_exact_in_python() {
    let mut texts = Vec::new();
    for body in bodies() {
        let text = export(&body, &target(), Format::Python);
        let (before, _) = text.split_once("\n\ndef needed").expect("a function");
        texts.push((format!("{before}\nsys.stdout.buffer.write(BODY + b'\\0')\n"), body));
    }
    let program: String = texts.iter().map(|(text, _)| text.as_str()).collect();
    let Some(said) = run("python3", &["-"], &program) else { return };
    let all: Vec<&[u8]> = said.split(|byte| *byte == 0).collect();
    assert_eq!(all.len(), texts.len() + 1);
    for (said, (_, body)) in all.into_iter().zip(&texts) {
        assert_eq!(String::from_utf8_lossy(said), body.text());
    }
}

#[test]
fn the_body_is_exact_for_a_rest_client() {
    let mut refused = 0;
    for body in bodies() {
        match export::export(&body, &target(), Format::Http) {
            Ok(text) => {
                let (_, said) = text.split_once("\n\n{").expect("a body");
                assert_eq!(format!("{{{said}"), format!("{}\n", body.text()));
                assert!(!said.contains("{{"), "{said}");
            }
            Err(why) => {
                assert!(why.to_string().contains("two braces") && body.text().contains("{{"), "{why}");
                refused += 1;
            }
        }
    }
    assert!(refused > 0);
}

#[test]
fn every_member_is_a_parameter_of_the_command_of_koocli() {
    for body in bodies() {
        let text = export(&body, &target(), Format::Hcloud);
        let (before, command) = text.split_once("\nhcloud ").expect("a command");
        let script = format!("hcloud() {{ printf '%s\\0' \"$@\"; }}\n{before}\nhcloud {command}");
        let Some(said) = run("sh", &[], &script) else { return };
        let said = String::from_utf8(said).expect("text");
        let words: Vec<&str> = said.split('\0').collect();
        assert_eq!(words[..2], ["CPH", "CreateCloudPhoneServer"]);
        let order: serde_json::Value = serde_json::from_slice(body.bytes()).expect("JSON");
        let mut expected =
            vec!["--cli-region=cn-north-4".to_owned(), "--project_id=8d3f5a6b1c7e4029b6a4e0d2f9c81b57".to_owned()];
        flatten(&order, "-", &mut expected);
        assert_eq!(words[2..words.len() - 1], expected);
    }
}

fn flatten(value: &serde_json::Value, path: &str, found: &mut Vec<String>) {
    let join = |name: &str| if path == "-" { format!("--{name}") } else { format!("{path}.{name}") };
    match value {
        serde_json::Value::Object(members) => {
            members.iter().for_each(|(name, value)| flatten(value, &join(name), found));
        }
        serde_json::Value::Array(rows) => {
            rows.iter().zip(1..).for_each(|(value, at)| flatten(value, &join(&at.to_string()), found));
        }
        serde_json::Value::String(text) => found.push(format!("{path}={text}")),
        other => found.push(format!("{path}={other}")),
    }
}

fn resource(text: &str) -> Block {
    let body: hcl::Body = hcl::parse(text).expect("HCL");
    let is_it = |block: &Block| block.identifier() == "resource";
    let found = body.into_iter().find_map(|part| match part {
        Structure::Block(block) if is_it(&block) => Some(block),
        Structure::Block(_) | Structure::Attribute(_) => None,
    });
    found.expect("a resource")
}

/// The attributes of a block as texts.
fn texts(block: &Block) -> BTreeMap<String, String> {
    let text = |expression: &hcl::Expression| match expression {
        hcl::Expression::String(text) => text.clone(),
        other => other.to_string(),
    };
    block.body().attributes().map(|attribute| (attribute.key().to_owned(), text(attribute.expr()))).collect()
}

#[test]
fn terraform_text_parses_and_says_what_the_order_says() {
    for body in bodies() {
        let block = resource(&export(&body, &target(), Format::Terraform));
        let order: serde_json::Value = serde_json::from_slice(body.bytes()).expect("JSON");
        let said = texts(&block);
        let member = |name: &str| order[name].as_str().map(str::to_owned);
        assert_eq!(said.get("server_flavor").cloned(), member("server_model_name"));
        assert_eq!(said.get("image_id").cloned(), member("image_id"));
        assert_eq!(said["period"], order["extend_param"]["period_num"].to_string());
        let ports = block.body().blocks().filter(|block| block.identifier() == "ports");
        let none = Vec::new();
        let expected = order["ports"].as_array().unwrap_or(&none);
        assert_eq!(ports.clone().count(), expected.len());
        for (block, port) in ports.zip(expected) {
            let name = port["name"].as_str().expect("a name");
            assert_eq!(texts(block)["listen_port"], port["listen_port"].to_string());
            let said = block.body().attributes().find(|attribute| attribute.key() == "name").expect("a name").expr();
            assert_eq!(said.evaluate(&Context::new()).expect("a text"), hcl::Value::from(name), "{said:?}");
        }
    }
}

/// The zone alone may be left out: an argument that is null is none.
#[test]
fn the_zone_is_the_only_variable_of_terraform_that_may_stay_empty() {
    let text = export(&body(&good()), &Target::default(), Format::Terraform);
    let file: hcl::Body = hcl::parse(&text).expect("HCL");
    let mut optional = Vec::new();
    for part in file {
        let Structure::Block(block) = part else { continue };
        if block.identifier() == "variable" && texts(&block).get("default").is_some_and(|value| value == "null") {
            optional.extend(block.labels().iter().map(|label| label.as_str().to_owned()));
        }
    }
    assert_eq!(optional, ["availability_zone"]);
    assert_eq!(texts(&resource(&text))["availability_zone"], "var.availability_zone");
}

#[test]
fn no_text_holds_a_hidden_character() {
    let region = Some("cn\u{1b}[2J\u{9b}\u{202e}\n\u{7f}".to_owned());
    let strange = Target { region, project: Some("it's $x\u{85}\u{2067}".into()), endpoint: None };
    for body in bodies() {
        for target in [target(), strange.clone()] {
            // What is typed as a region or a project is checked before; a place of `.http` could not quote it.
            let is_quoted = |format: &Format| *format != Format::Http || target != strange;
            for format in formats(&body).filter(is_quoted) {
                let text = export(&body, &target, format);
                let lines = text.lines().map(|line| line.trim_start_matches('\t'));
                let found = lines.clone().flat_map(str::chars).find(|c| is_hidden(*c));
                assert_eq!(found, None, "{text}");
                let heap = |line: &str| {
                    line.chars().collect::<Vec<_>>().windows(4).any(|four| four.iter().all(|c| is_mark(*c)))
                };
                assert!(!lines.clone().any(heap), "{text}");
            }
        }
    }
}

#[test]
fn every_text_says_first_that_it_buys_and_what_guards_it() {
    for body in bodies() {
        for format in formats(&body) {
            for target in [target(), Target::default()] {
                let text = export(&body, &target, format);
                let top: Vec<&str> = text.lines().filter(|line| !line.starts_with("#!")).take(2).collect();
                assert!(top[0].contains("This places an order for "), "{text}");
                assert!(top[1].contains("Running it twice buys twice"), "{text}");
                assert!(text.contains(body.hash()), "{text}");
                assert!(text.ends_with('\n') && !text.ends_with("\n\n") && !text.contains("@@remarks"), "{text}");
            }
        }
    }
}

#[test]
fn remarks_in_chinese_change_no_byte_of_the_body() {
    let body = body(&filled());
    for format in [Format::Curl, Format::Http] {
        let text = with_language(Language::Chinese, || export(&body, &target(), format));
        assert!(text.contains(body.text()) && text.contains("执行两次就会购买两次"), "{text}");
    }
}

#[test]
fn what_cannot_be_carried_over_is_said() {
    let says = |draft: &Draft, target: &Target, format: Format, words: &str| {
        let text = export(&body(draft), target, format);
        assert!(text.contains(words), "{words}\n{text}");
    };
    let shared = Draft { bandwidth: cph_wizard::order::BandwidthKind::NewShared, bandwidth_size: "5".into(), ..good() };
    let existing =
        Draft { bandwidth: cph_wizard::order::BandwidthKind::ExistingShared, bandwidth_id: SHARED.into(), ..good() };
    let years = Draft { period_unit: cph_wizard::order::PeriodUnit::Year, period_number: "4".into(), ..good() };
    for (draft, words) in [
        (&good(), "Not carried over: is_auto_pay 0. THE PROVIDER ALWAYS PAYS AT ONCE."),
        (&Draft { auto_pay: true, ..good() }, "It pays at once: the provider always sends is_auto_pay 1"),
        (&Draft { auto_pay: true, ..good() }, "Not documented: what becomes of an order whose payment fails."),
        (&good(), "The resource requires a VPC and a subnet of yours."),
        (&good(), "300 is what the service would take"),
        (&shared, "Not carried over: making a new shared bandwidth"),
        (&existing, "has to be one of the EIP service"),
        (&existing, "the provider crashes on any shared bandwidth"),
        (&years, "allows 3 years; the order is for 4"),
        (&Draft { count: "2".into(), ..good() }, "one order for 2 servers"),
        (&Draft { count: "9".into(), server_name: "a".repeat(59), ..good() }, "longer than 60 characters"),
        (&Draft { vnc: Vnc::On, ..good() }, "Not carried over: vnc_enable true"),
        (&Draft { subnet: "10.2.0.0/16".into(), ..good() }, "Not carried over: subnet_cidr 10.2.0.0/16"),
    ] {
        says(draft, &target(), Format::Terraform, words);
    }
    let elsewhere = Target { endpoint: Some("http://127.0.0.1:4010".into()), ..target() };
    says(&good(), &elsewhere, Format::Hcloud, "Not carried over: the endpoint http://127.0.0.1:4010");
    says(&Draft { auto_pay: true, ..good() }, &target(), Format::Curl, "It pays at once");
}

#[test]
fn each_form_looks_like_this() {
    let filled = body(&filled());
    let plain = body(&Draft { count: "2".into(), ..good() });
    for format in Format::ALL {
        insta::assert_snapshot!(format!("{}-full", format.name()), export(&filled, &target(), format));
        insta::assert_snapshot!(format!("{}-no-account", format.name()), export(&plain, &Target::default(), format));
    }
    let names: Vec<String> = Format::ALL
        .into_iter()
        .flat_map(|format| ["full", "no-account"].map(|kind| format!("{}-{kind}", format.name())))
        .collect();
    assert_no_stale("tests/rules/files/snapshots", "rules__files__exports", &names);
}
