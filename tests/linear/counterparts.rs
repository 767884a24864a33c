//! Every page and everything that covers one has its words. That a new one does not compile without is
//! told by the matches in `linear`; here each is opened on the screen and heard.

use cph_wizard::app::{Effect, Key, KeyCode, Msg, Overlay, Page, Setup, Survey};
use cph_wizard::linear::{COMMANDS, Counterpart, counterpart};

use crate::common::Driver;
use crate::talker::Talker;

/// Opens something with the keys of the screen, and hears what is said of it.
fn heard(open: impl FnOnce(&mut Driver)) -> (Talker, String) {
    let mut talker = Talker::ready();
    let at = talker.said.len();
    open(&mut talker.driver);
    talker.hear();
    let said = talker.since(at);
    (talker, said)
}

#[test]
fn what_only_wants_to_be_read_is_said_and_put_away() {
    let alt = |c| Key::alt(KeyCode::Char(c));
    for (key, words) in [
        (Key::plain(KeyCode::F(1)), "Rule: "),
        (Key::char('?'), "goto [NAME]"),
        (Key::ctrl('g'), "Fields: Server flavor, "),
        (Key::ctrl('r'), "\"server_name\": ..."),
        (Key::plain(KeyCode::F(7)), "no call in this run"),
        (alt('u'), "Nothing was changed"),
        (alt('i'), "Nothing is bought before"),
        (alt('p'), "\"server_name\": ..."),
    ] {
        let (talker, said) = heard(|driver| {
            driver.press(key);
            assert!(driver.model.overlay.is_some(), "{key} covers the page");
        });
        assert!(said.contains(words), "{key}: {said}");
        assert_eq!(talker.driver.model.overlay, None, "{key}");
        assert!(said.ends_with(": "), "the question stands again: {said}");
    }
}

#[test]
fn what_is_offered_is_asked_about() {
    let (mut talker, said) = heard(|driver| {
        driver.press(Key::plain(KeyCode::F(2)));
    });
    assert!(said.contains("no template") && said.ends_with(": "), "{said}");
    talker.line("");
    assert_eq!(talker.driver.model.overlay, None);
    let (mut talker, said) = heard(|driver| {
        driver.go_to("Ports");
        let at = driver.at + 1_000;
        driver.send(Msg::Paste { text: "web 20000 public\nhello\n".into(), at });
    });
    assert!(said.contains("web 20000 public") && said.contains("Error: hello"), "{said}");
    talker.line("yes");
    assert_eq!(talker.driver.model.draft.ports.len(), 1);
    let mut kept = cph_wizard::app::KeptDraft::default();
    kept.draft.server_name = "farm".into();
    let mut talker = Talker::over(Driver::opened(Some(kept)));
    assert!(talker.said.join("\n").contains("farm"), "{:?}", talker.said);
    assert!(talker.answer("maybe").contains("yes or no"));
    talker.line("no");
    assert_eq!((talker.driver.model.draft.server_name.as_str(), &talker.driver.model.overlay), ("", &None));
}

#[test]
fn a_draft_is_continued_by_an_empty_line() {
    let mut kept = cph_wizard::app::KeptDraft::default();
    kept.draft.server_name = "farm".into();
    let mut driver = Driver::opened(Some(kept));
    driver.answer_reads();
    let mut talker = Talker::over(driver);
    assert!(matches!(talker.driver.model.overlay, Some(Overlay::Resume(_))));
    talker.line("");
    assert_eq!(talker.driver.model.draft.server_name, "farm");
}

#[test]
fn who_orders_is_asked_in_rows_and_lines() {
    let mut talker = Talker::ready();
    talker.driver.model.page = Page::Setup(Box::new(Setup::first("There is no account.")));
    let survey = Survey { regions: vec![("cn-north-4".into(), "Beijing 4".into())], ..Survey::default() };
    talker.driver.send(Msg::Surveyed { survey });
    let at = talker.said.len();
    talker.hear();
    assert!(talker.since(at).contains("1. Demo: "), "{}", talker.since(at));
    assert!(talker.answer("2").contains("Access key"));
    talker.line("AK");
    assert!(talker.answer("").contains("Error: "), "a secret key is needed");
    talker.line("=quit");
    let said = talker.answer("");
    assert!(said.contains("1. cn-north-4: Beijing 4"), "{said}");
    let effects = talker.line("cn-north-4");
    let Some(Effect::FindProjects { access, .. }) = effects.last() else { panic!("{effects:?}") };
    let cph_wizard::app::Given::Key { access_key, secret_key, .. } = &access.given else { panic!() };
    assert_eq!((access_key.as_str(), secret_key.expose()), ("AK", "quit"));
    assert!(talker.said.iter().all(|line| !line.contains("=quit")));
}

#[test]
fn every_action_of_every_page_has_a_command_or_a_reason() {
    let names: Vec<&str> = COMMANDS.iter().map(|row| row.name).collect();
    for row in cph_wizard::app::BINDINGS {
        match counterpart(row.action) {
            Counterpart::Command(name) => assert!(names.contains(&name), "{name}"),
            Counterpart::EmptyLine | Counterpart::Answer | Counterpart::Needless(_) => {}
        }
    }
}

#[test]
fn commands_do_what_their_keys_do() {
    let mut talker = Talker::ready();
    talker.lines(&["goto server_name", "web", "undo"]);
    assert_eq!(talker.driver.model.draft.server_name, "");
    talker.line("redo");
    assert_eq!(talker.driver.model.draft.server_name, "web");
    assert!(matches!(&talker.line("draft")[..], [Effect::KeepDraft(_)]));
    let effects = talker.line("template farm");
    assert!(effects.iter().any(|effect| matches!(effect, Effect::KeepTemplate(it) if it.name == "farm")));
    assert!(talker.answer("template a b").contains("Error: "));
    assert_eq!(talker.driver.model.overlay, None);
    assert!(talker.answer("goto ports").contains("Field 11 of 14"));
    talker.lines(&["web 20000, api 20001 public", "down 1", "private 1", "edit 2 game 20005"]);
    let ports: Vec<(&str, &str, bool)> = talker
        .driver
        .model
        .draft
        .ports
        .iter()
        .map(|port| (port.name.as_str(), port.number.as_str(), port.public))
        .collect();
    assert_eq!(ports, [("api", "20001", false), ("game", "20005", false)]);
    talker.line("delete 1");
    assert_eq!(talker.driver.model.draft.ports.len(), 1);
    assert!(talker.answer("delete 7").contains("There is no port 7"));
    assert!(talker.answer("next").contains("Step 7 of 8"));
    assert!(talker.answer("back").contains("Field 11 of 14"));
    assert!(talker.answer("previous").contains("Step 5 of 8"));
    assert!(talker.answer("goto nowhere").contains("Error: "));
    assert!(talker.answer("help count").contains("JSON name: count"));
    assert!(talker.answer("quit").is_empty() || talker.driver.effects.contains(&Effect::Leave));
}

#[test]
fn an_answer_like_a_command_is_given_with_an_equals_sign() {
    let mut talker = Talker::ready();
    talker.line("goto server_name");
    talker.line("=back");
    assert_eq!(talker.driver.model.draft.server_name, "back");
}

#[test]
fn an_order_is_exported_as_the_screen_exports_it() {
    let mut talker = Talker::ready();
    assert!(talker.answer("export").contains("Error: There is nothing to export yet"));
    let mut talker = Talker::over(Driver::on_review());
    let hash = talker.driver.model.order.as_ref().unwrap().1.hash().to_owned();
    let said = talker.answer("export python");
    assert!(said.contains("twice") && said.contains("urllib") && said.contains(&hash[..12]), "{said}");
    assert!(talker.answer("export perl").contains("there is no form perl; there are curl, http"));
    let effects = talker.line("write terraform");
    let Some(Effect::WriteExport(file)) = effects.last() else { panic!("{effects:?}") };
    assert_eq!((file.ending, talker.driver.model.overlay.is_none()), ("tf", true));
}
