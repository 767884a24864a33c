//! Texts: what is pasted, what is shown, and the address of a service.

use cph_wizard::api::Endpoint;
use cph_wizard::form::parse_ports;
use cph_wizard::order::PortDraft;
use cph_wizard::text::sanitize::{brief, sentence, visible};

use crate::generators::{Generator, assert_can_be_shown, is_unseen};
use crate::runner::run_cases;

fn all(texts: &[&str]) -> Vec<Vec<u8>> {
    texts.iter().map(|text| text.as_bytes().to_vec()).collect()
}

const ESCAPES: [&str; 12] = [
    "\x1b[",
    "\x1b]0;",
    "\x07",
    "\x1b\\",
    "2J",
    "31m",
    "\u{9b}",
    "<U+001B>",
    "\r\n",
    "\u{202e}",
    "\u{1f468}\u{200d}",
    "a",
];

#[test]
fn every_unseen_character_there_is_is_written_out() {
    let through = ('\0'..=char::MAX).filter(|c| is_unseen(*c) && visible(&c.to_string()).contains(*c));
    let through: Vec<String> = through.map(|c| format!("U+{:04X}", u32::from(c))).collect();
    assert_eq!(through, Vec::<String>::new());
}

#[test]
fn nothing_unseen_comes_through_the_filter() {
    let valid = all(&["plain words", "a\u{1b}[2Jb", "云手机 ünï", "x\u{202e}y\u{200b}z", "\u{1b}]52;c;aGk=\u{7}"]);
    let inputs = Generator::new(valid, &ESCAPES);
    run_cases(
        "escape filter",
        200_000,
        |rng| inputs.make(rng),
        |bytes, rng| {
            let text = String::from_utf8_lossy(bytes);
            let shown = visible(&text);
            assert_can_be_shown(&shown);
            assert_eq!(visible(&shown), shown, "it changes again");
            if !text.contains(is_unseen) && shown != text {
                // It may hide more than it has to, but writes it out; marks that are heaped up it counts.
                assert!(shown.contains("<U+") || shown.contains("<+"), "{shown:?}");
            }
            let kept = |text: &str| text.chars().filter(|c| !is_unseen(*c)).count();
            assert!(shown.contains("<+") || kept(&shown) >= kept(&text), "something that can be seen is gone");
            let most = 3 + rng.below(60);
            let cut = brief(&text, most);
            assert_can_be_shown(&cut);
            assert!(cut.chars().count() <= most, "{cut:?} is longer than {most}");
            assert_can_be_shown(&sentence(&text));
        },
    );
}

const PORTS: [&str; 24] = [
    "listen_port",
    "name",
    "{",
    "}",
    "[",
    "]",
    "web",
    "20000",
    "public",
    "private",
    "TRUE",
    "no",
    "0",
    "1",
    " ",
    "\t",
    ",",
    ";",
    ":",
    "|",
    "/",
    "\"",
    "\n",
    "#",
];

#[test]
fn no_pasted_text_breaks_the_reader_of_ports() {
    let valid = all(&[
        "web 20000 public\napi,20001,false\n\n# comment\ngame:20002\n",
        "\"web\";\"20000\";\"yes\"\r\n\"api\"|20001|off\r\n",
        "web/20000\n",
        "name,port,public\nweb,20000,yes\n",
        "{\"ports\":[{\"name\":\"web\",\"listen_port\":20000,\"internet_accessible\":\"true\"},[\"a\",1],\"b:2\"]}",
    ]);
    let inputs = Generator::new(valid, &PORTS);
    run_cases(
        "pasted text",
        150_000,
        |rng| inputs.make(rng),
        |bytes, _| {
            let text = String::from_utf8_lossy(bytes);
            let Some(pasted) = parse_ports(&text, &[]) else { return };
            assert!(!pasted.is_empty(), "{pasted:?}");
            for why in pasted.iter().filter_map(|row| row.read.as_ref().err()) {
                assert_can_be_shown(&why.to_string());
            }
            let rows: Vec<PortDraft> = pasted.iter().filter_map(|row| row.read.clone().ok()).collect();
            for row in &rows {
                let is_number = !row.number.is_empty() && row.number.bytes().all(|byte| byte.is_ascii_digit());
                assert!(is_number && !row.name.trim().is_empty() && row.name.trim() == row.name, "{row:?}");
            }
            let json = rows.iter().map(|row| {
                serde_json::json!({ "name": row.name, "listen_port": row.number, "internet_accessible": row.public })
            });
            let json = serde_json::Value::Array(json.collect()).to_string();
            let again = parse_ports(&json, &[]).unwrap_or_default();
            let again: Vec<PortDraft> = again.into_iter().filter_map(|row| row.read.ok()).collect();
            assert_eq!(again, rows, "they are other ports now");
        },
    );
}

const ADDRESSES: [&str; 30] = [
    "https://",
    "http://",
    "HTTP://",
    "ftp://",
    "//",
    "/",
    "\\",
    ":",
    "@",
    "?",
    "#",
    ".",
    "[",
    "]",
    "[::1]",
    "[::ffff:127.0.0.1]",
    "127.0.0.1",
    "127.1",
    "0x7f.1",
    "2130706433",
    "localhost",
    "LOCALHOST.",
    "cph.example",
    "xn--",
    "%31",
    "%00",
    ":80",
    ":65536",
    "\u{ff0e}",
    "\u{2488}",
];

#[test]
fn no_address_breaks_its_parser_or_leads_a_token_elsewhere_in_the_clear() {
    let valid = all(&[
        "https://cph.cn-north-4.myhuaweicloud.com",
        "http://127.0.0.1:4010",
        "http://localhost:8080/",
        "http://[::1]:9",
        "https://faß.example:8443",
    ]);
    let inputs = Generator::new(valid, &ADDRESSES);
    run_cases(
        "endpoints",
        150_000,
        |rng| inputs.make(rng),
        |bytes, _| {
            let text = String::from_utf8_lossy(bytes);
            let Ok(endpoint) = Endpoint::parse(&text) else { return };
            let shown = endpoint.to_string();
            assert_can_be_shown(&shown);
            assert_eq!(Endpoint::parse(&shown).as_ref(), Ok(&endpoint), "it is another address now");
            let rest = shown.strip_prefix("https://").or_else(|| shown.strip_prefix("http://")).expect("a scheme");
            assert!(!rest.contains(['/', '@', '?', '#', '\\', ' ']), "{shown} holds more than a host");
            let port = rest.strip_prefix(endpoint.host()).expect("the host");
            assert!(port.is_empty() || port.starts_with(':'), "{shown} has another host than {}", endpoint.host());
            if !shown.starts_with("https://") {
                let host = endpoint.host();
                let is_here = host == "localhost" || host == "[::1]" || host.starts_with("127.");
                assert!(is_here && endpoint.is_loopback(), "{shown} is plain");
            }
        },
    );
}
