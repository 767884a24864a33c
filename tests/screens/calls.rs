//! The calls of a run, the palette, the request's page and the exported text.

use cph_wizard::app::{BodyExcerpt, Call, CallResponse, Key, KeyCode, Msg};

use crate::common::Driver;
use crate::page_snapshot::snapshot;

fn read(at: &str, target: &str, size: usize) -> Call {
    let head = |name: &str, value: Option<&str>| (name.to_owned(), value.map(str::to_owned));
    let text = "{\"servers\":[{\"server_name\":\"web-01\",\"said\":\"a\\u001b[2J\u{202e}b\"}]}";
    Call {
        at: at.into(),
        took: 42,
        method: "GET".into(),
        origin: "https://cph.cn-north-4.myhuaweicloud.com".into(),
        target: format!("/v1/0123456789abcdef0123456789abcdef/cloud-phone/{target}"),
        proof: "token",
        head: vec![head("host", Some("cph.cn-north-4.myhuaweicloud.com")), head("x-auth-token", None)],
        body: None,
        answer: Some(CallResponse {
            status: 200,
            head: vec![head("content-type", Some("application/json")), head("set-cookie", None)],
            body: Some(BodyExcerpt { text: text.into(), size, is_cut: size > 65_536 }),
        }),
        trouble: None,
        is_purchase: false,
    }
}

pub fn with_calls() -> Driver {
    let mut driver = Driver::on_review();
    let (_, body) = driver.model.form.order.as_ref().unwrap();
    let body = BodyExcerpt { text: body.text().into(), size: body.bytes().len(), is_cut: false };
    let purchase = Call {
        method: "POST".into(),
        took: 3_210,
        body: Some(body),
        is_purchase: true,
        proof: "access key and security token",
        ..read("14:05:40", "phones", 99)
    };
    let why = "nobody answered within 60 s".to_owned();
    let broken =
        Call { answer: None, trouble: Some(why), took: 60_004, ..read("14:02:12", "phone-images?limit=100", 0) };
    for call in [
        read("14:02:11", "server-models?limit=100&offset=0", 9_120),
        broken,
        read("14:02:13", "phone-models?limit=100&offset=0", 4_000_000),
        purchase,
    ] {
        driver.send(Msg::CallEnded(Box::new(call)));
    }
    driver.press(Key::plain(KeyCode::F(7)));
    driver
}

#[test]
pub fn the_calls_of_a_run_and_each_kind_of_one() {
    let mut none = Driver::ready();
    none.press(Key::plain(KeyCode::F(7)));
    snapshot("calls-none", &mut none.model);
    let mut driver = with_calls();
    snapshot("calls", &mut driver.model);
    driver.enter();
    snapshot("call-purchase", &mut driver.model);
    driver.press(Key::char('y'));
    driver.keys(&[KeyCode::PageDown]);
    driver.press(Key::char('y'));
    snapshot("call-copied", &mut driver.model);
    driver.keys(&[KeyCode::Esc, KeyCode::Down]);
    driver.enter();
    snapshot("call-cut", &mut driver.model);
    driver.keys(&[KeyCode::Esc, KeyCode::Down]);
    driver.enter();
    snapshot("call-without-answer", &mut driver.model);
}

#[test]
pub fn the_palette_as_one_types() {
    let mut driver = Driver::ready();
    driver.ctrl('g');
    snapshot("palette", &mut driver.model);
    driver.text("ban");
    driver.keys(&[KeyCode::Down]);
    snapshot("palette-filtered", &mut driver.model);
    driver.text("zz");
    snapshot("palette-nothing", &mut driver.model);
}

#[test]
pub fn the_page_of_the_request_with_its_cursor() {
    let mut driver = Driver::on_review();
    driver.ctrl('r');
    driver.keys(&[KeyCode::End]);
    snapshot("request-cursor", &mut driver.model);
}

#[test]
pub fn help_where_documents_disagree() {
    let mut driver = Driver::ready();
    driver.go_to("period_num");
    driver.press(Key::plain(KeyCode::F(1)));
    snapshot("help-disputed", &mut driver.model);
}

#[test]
pub fn the_order_as_a_text_for_another_tool() {
    let mut driver = Driver::on_review();
    driver.press(Key::alt(KeyCode::Char('e')));
    snapshot("export-curl", &mut driver.model);
    driver.keys(&[KeyCode::Right, KeyCode::Right]);
    driver.keys(&[KeyCode::PageDown]);
    driver.send(Msg::Exported { result: Ok("/home/us/order-web-01.tf".into()) });
    snapshot("export-terraform", &mut driver.model);
}
