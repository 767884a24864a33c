//! What a form can begin with, and what Review says is different then.

use cph_wizard::app::{
    Basis, BasisKind, DraftId, Key, KeyCode, LibraryContents, Msg, PastOrder, SavedDraft, StartFrom, StartSource,
    StoredDraft, Template,
};
use cph_wizard::form::Step;
use cph_wizard::order::{Draft, FieldId};

use crate::common::Driver;
use crate::page_snapshot::snapshot;

/// A form with drafts, templates and orders to begin with.
pub fn shelf() -> Driver {
    let mut driver = Driver::ready();
    let full = driver.model.form.draft.clone();
    let draft = |id: &str, name: &str, when: &str| {
        let draft = Draft { server_name: name.into(), ..full.clone() };
        let saved = SavedDraft {
            id: DraftId::Saved(id.into()),
            step: Step::Ports,
            focus: FieldId::Ports,
            ..SavedDraft::with_answers(draft, &["server_name", "count", "ports"])
        };
        StoredDraft { saved, when: when.into(), is_unsaved: false }
    };
    let template =
        |name: &str, count: &str| Template { name: name.into(), draft: Draft { count: count.into(), ..full.clone() } };
    let shelved = LibraryContents {
        drafts: vec![
            draft("a", "farm", "14:02 yesterday"),
            draft("b", "", "09:11 on 21 Nov"),
            draft("c", "a-very-long-name-of-a-server-that-\u{1b}-goes-on", "09:10 on 21 Nov"),
        ],
        templates: vec![template("edge", "1"), template("web-farm", "3")],
        notices: vec!["A draft is damaged; it is set aside as web-1f2e3d4c5b6a.json.unreadable.".into()],
    };
    driver.send(Msg::LibraryRead { contents: Box::new(shelved), said: None });
    driver.model.form.past_orders = (1..=9)
        .map(|n| PastOrder {
            server_name: format!("web-{n:02}"),
            at: "2026-11-22T09:00:00Z".parse().unwrap(),
            state: cph_wizard::app::StateName::Accepted,
            draft: Draft { count: n.to_string(), ..full.clone() },
        })
        .collect();
    driver
}

#[test]
pub fn the_offer_of_the_newest_draft() {
    let mut driver = shelf();
    driver.send(Msg::Start(Box::default()));
    snapshot("begin-offer", &mut driver.model);
}

#[test]
pub fn the_list_of_what_can_be_begun_with() {
    let mut driver = shelf();
    driver.press(Key::plain(KeyCode::F(2)));
    snapshot("begin-list", &mut driver.model);
    driver.keys(&[KeyCode::Down, KeyCode::Down, KeyCode::Down, KeyCode::Delete]);
    snapshot("begin-remove", &mut driver.model);
    driver.text("s");
    driver.text("farm");
    snapshot("begin-name", &mut driver.model);
    driver.keys(&[KeyCode::Esc, KeyCode::End]);
    snapshot("begin-list-end", &mut driver.model);
    let mut driver = Driver::ready();
    driver.press(Key::plain(KeyCode::F(2)));
    snapshot("begin-list-empty", &mut driver.model);
}

#[test]
pub fn the_review_of_a_form_that_is_unlike_its_template() {
    let mut driver = Driver::ready();
    let draft = Draft { server_name: String::new(), ..driver.model.form.draft.clone() };
    let basis = Basis { kind: BasisKind::Template, name: "farm".into(), draft };
    let begin =
        StartFrom { source: StartSource::Basis(Box::new(basis)), flags: vec![(FieldId::Subnet, "10.1.0.0/16".into())] };
    driver.send(Msg::Start(Box::new(begin)));
    driver.answer_reads();
    snapshot("begin-template", &mut driver.model);
    driver.text("web-02");
    driver.go_to("review");
    snapshot("review-changed", &mut driver.model);
    driver.go_to("servers");
    driver.keys(&[KeyCode::Tab]);
    driver.text("5");
    driver.go_to("ports");
    driver.send(Msg::Paste { text: "web 20000 public\napi 20001".into(), at: driver.at });
    driver.enter();
    driver.go_to("review");
    snapshot("review-jumps", &mut driver.model);
    driver.enter();
    driver.send(Msg::Tick { at: driver.at + 2_000 });
    snapshot("confirm-jumps", &mut driver.model);
}
