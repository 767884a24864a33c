//! Every page and everything that covers one has its words. That a new one does not compile without is
//! told by the matches in `linear`; here each is opened on the screen and heard.

use cph_wizard::app::{DetectedAccounts, Effect, Key, KeyCode, Msg, Overlay, Page, Setup};
use cph_wizard::linear::{COMMANDS, LinearEquivalent, linear_equivalent};

use crate::common::Driver;
use crate::linear_driver::LinearDriver;

/// Opens something with the keys of the screen, and hears what is said of it.
fn heard(open: impl FnOnce(&mut Driver)) -> (LinearDriver, String) {
    let mut linear = LinearDriver::ready();
    let at = linear.printed.len();
    open(&mut linear.driver);
    linear.print();
    let said = linear.since(at);
    (linear, said)
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
        let (linear, said) = heard(|driver| {
            driver.press(key);
            assert!(driver.model.overlay.is_some(), "{key} covers the page");
        });
        assert!(said.contains(words), "{key}: {said}");
        assert_eq!(linear.driver.model.overlay, None, "{key}");
        assert!(said.ends_with(": "), "the question stands again: {said}");
    }
}

#[test]
fn what_is_offered_is_asked_about() {
    let (mut linear, said) = heard(|driver| {
        driver.press(Key::plain(KeyCode::F(2)));
    });
    assert!(said.contains("no template") && said.ends_with(": "), "{said}");
    linear.line("");
    assert_eq!(linear.driver.model.overlay, None);
    let (mut linear, said) = heard(|driver| {
        driver.go_to("Ports");
        let at = driver.at + 1_000;
        driver.send(Msg::Paste { text: "web 20000 public\nhello\n".into(), at });
    });
    assert!(said.contains("web 20000 public") && said.contains("Error: hello"), "{said}");
    linear.line("yes");
    assert_eq!(linear.driver.model.form.draft.ports.len(), 1);
    let mut saved = cph_wizard::app::SavedDraft::default();
    saved.draft.server_name = "farm".into();
    let mut linear = LinearDriver::over(Driver::opened(Some(saved)));
    assert!(linear.printed.join("\n").contains("farm"), "{:?}", linear.printed);
    assert!(linear.answer("maybe").contains("yes or no"));
    linear.line("no");
    assert_eq!((linear.driver.model.form.draft.server_name.as_str(), &linear.driver.model.overlay), ("", &None));
}

#[test]
fn a_draft_is_continued_by_an_empty_line() {
    let mut saved = cph_wizard::app::SavedDraft::default();
    saved.draft.server_name = "farm".into();
    let mut driver = Driver::opened(Some(saved));
    driver.answer_reads();
    let mut linear = LinearDriver::over(driver);
    assert!(matches!(linear.driver.model.overlay, Some(Overlay::Resume(_))));
    linear.line("");
    assert_eq!(linear.driver.model.form.draft.server_name, "farm");
}

#[test]
fn who_orders_is_asked_in_rows_and_lines() {
    let mut linear = LinearDriver::ready();
    linear.driver.model.page = Page::Setup(Box::new(Setup::new("There is no account.")));
    let survey =
        DetectedAccounts { regions: vec![("cn-north-4".into(), "Beijing 4".into())], ..DetectedAccounts::default() };
    linear.driver.send(Msg::AccountsDetected { survey });
    let at = linear.printed.len();
    linear.print();
    assert!(linear.since(at).contains("1. Demo: "), "{}", linear.since(at));
    assert!(linear.answer("2").contains("Access key"));
    linear.line("AK");
    assert!(linear.answer("").contains("Error: "), "a secret key is needed");
    linear.line("=quit");
    let said = linear.answer("");
    assert!(said.contains("1. cn-north-4: Beijing 4"), "{said}");
    let effects = linear.line("cn-north-4");
    let Some(Effect::FindProjects { access, .. }) = effects.last() else { panic!("{effects:?}") };
    let cph_wizard::app::CredentialsChoice::Key { access_key, secret_key, .. } = &access.given else { panic!() };
    assert_eq!((access_key.as_str(), secret_key.expose()), ("AK", "quit"));
    assert!(linear.printed.iter().all(|line| !line.contains("=quit")));
}

#[test]
fn every_action_of_every_page_has_a_command_or_a_reason() {
    let names: Vec<&str> = COMMANDS.iter().map(|row| row.name).collect();
    for row in cph_wizard::app::DEFAULT_BINDINGS {
        match linear_equivalent(row.action) {
            LinearEquivalent::Command(name) => assert!(names.contains(&name), "{name}"),
            LinearEquivalent::EmptyLine | LinearEquivalent::Answer | LinearEquivalent::NotNeeded(_) => {}
        }
    }
}

#[test]
fn commands_do_what_their_keys_do() {
    let mut linear = LinearDriver::ready();
    linear.lines(&["goto server_name", "web", "undo"]);
    assert_eq!(linear.driver.model.form.draft.server_name, "");
    linear.line("redo");
    assert_eq!(linear.driver.model.form.draft.server_name, "web");
    assert!(matches!(&linear.line("draft")[..], [Effect::SaveDraft(_)]));
    let effects = linear.line("template farm");
    assert!(effects.iter().any(|effect| matches!(effect, Effect::SaveTemplate(it) if it.name == "farm")));
    assert!(linear.answer("template a b").contains("Error: "));
    assert_eq!(linear.driver.model.overlay, None);
    assert!(linear.answer("goto ports").contains("Field 11 of 14"));
    linear.lines(&["web 20000, api 20001 public", "down 1", "private 1", "edit 2 game 20005"]);
    let ports: Vec<(&str, &str, bool)> = linear
        .driver
        .model
        .form
        .draft
        .ports
        .iter()
        .map(|port| (port.name.as_str(), port.number.as_str(), port.public))
        .collect();
    assert_eq!(ports, [("api", "20001", false), ("game", "20005", false)]);
    linear.line("delete 1");
    assert_eq!(linear.driver.model.form.draft.ports.len(), 1);
    assert!(linear.answer("delete 7").contains("There is no port 7"));
    assert!(linear.answer("next").contains("Step 7 of 8"));
    assert!(linear.answer("back").contains("Field 11 of 14"));
    assert!(linear.answer("previous").contains("Step 5 of 8"));
    assert!(linear.answer("goto nowhere").contains("Error: "));
    assert!(linear.answer("help count").contains("JSON name: count"));
    assert!(linear.answer("quit").is_empty() || linear.driver.effects.contains(&Effect::Quit));
}

#[test]
fn an_answer_like_a_command_is_given_with_an_equals_sign() {
    let mut linear = LinearDriver::ready();
    linear.line("goto server_name");
    linear.line("=back");
    assert_eq!(linear.driver.model.form.draft.server_name, "back");
}

#[test]
fn an_order_is_exported_as_the_screen_exports_it() {
    let mut linear = LinearDriver::ready();
    assert!(linear.answer("export").contains("Error: There is nothing to export yet"));
    let mut linear = LinearDriver::over(Driver::on_review());
    let hash = linear.driver.model.form.order.as_ref().unwrap().1.hash().to_owned();
    let said = linear.answer("export python");
    assert!(said.contains("twice") && said.contains("urllib") && said.contains(&hash[..12]), "{said}");
    assert!(linear.answer("export perl").contains("there is no form perl; there are curl, http"));
    let effects = linear.line("write terraform");
    let Some(Effect::WriteExport(file)) = effects.last() else { panic!("{effects:?}") };
    assert_eq!((file.ending, linear.driver.model.overlay.is_none()), ("tf", true));
}

#[test]
fn all_shows_rows_that_do_not_fit_and_sort_sorts() {
    let mut linear = LinearDriver::ready();
    let filter = |linear: &LinearDriver| {
        let filter = &linear.driver.model.form.pickers[&linear.driver.model.form.focus].filter;
        (filter.show_incompatible, filter.sort)
    };
    assert_eq!(filter(&linear), (false, None));
    linear.line("all");
    assert_eq!(filter(&linear), (true, None));
    linear.line("sort");
    assert_eq!(filter(&linear), (true, Some(0)));
}
