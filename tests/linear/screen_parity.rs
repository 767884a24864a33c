//! One script of answers, typed into the screen and into linear mode: the same bytes, the same effects,
//! the same end of it.

use cph_wizard::app::{Effect, KeyCode, Msg, Page, exit_code, outcome_text};
use cph_wizard::form::{Control, Step, field, set_field};
use cph_wizard::order::FieldId;
use cph_wizard::purchase::{Event, NotSent, NotSentReason, Outcome, Receipt, Rejection, Unknown, UnknownReason};

use crate::common::Driver;
use crate::linear_driver::LinearDriver;

/// Answers, in the order in which they are given.
type Script = &'static [(FieldId, &'static str)];

const PLAIN: Script = &[(FieldId::ServerName, "web-01")];

const FULL: Script = &[
    (FieldId::ServerFlavor, "physical.kg1.4xlarge.cp"),
    (FieldId::PhoneFlavor, "rs2.max"),
    (FieldId::Image, "25080320250918c000100a21000008fd"),
    (FieldId::ServerName, "Farm_2-x"),
    (FieldId::Count, "4"),
    (FieldId::BandwidthKind, "new shared"),
    (FieldId::BandwidthSize, "50"),
    (FieldId::PeriodUnit, "year"),
    (FieldId::PeriodNumber, "2"),
    (FieldId::AutoPay, "on"),
    (FieldId::Ports, "web 20000 public\napi 20001\ngame 30000 public"),
    (FieldId::KeyPair, "mykeypair"),
    (FieldId::Vnc, "on"),
    (FieldId::Subnet, "10.1.0.0/16"),
];

const EXISTING: Script = &[
    (FieldId::ServerFlavor, "physical.rx1.xlarge.cg"),
    (FieldId::ServerName, "b"),
    (FieldId::Count, "10"),
    (FieldId::BandwidthKind, "existing shared"),
    (FieldId::BandwidthId, "first"),
    (FieldId::PeriodNumber, "9"),
    (FieldId::Ports, "adb1 10000"),
    (FieldId::Vnc, "off"),
];

/// Wrong answers before the right ones: they are kept until they are answered anew.
const MENDED: Script = &[
    (FieldId::ServerName, "no blanks here"),
    (FieldId::Count, "11"),
    (FieldId::BandwidthSize, "301"),
    (FieldId::PeriodNumber, "0"),
    (FieldId::Subnet, "10.1.0.0/99"),
    (FieldId::ServerName, "mended"),
    (FieldId::Count, "1"),
    (FieldId::BandwidthSize, "300"),
    (FieldId::PeriodNumber, "1"),
    (FieldId::Subnet, "192.168.0.0/24"),
];

/// An order that cannot be placed: the same problems both ways.
const WRONG: Script =
    &[(FieldId::Count, "x"), (FieldId::Ports, "vnc 9999\nvnc 9999 public"), (FieldId::Subnet, "0.0.0.0/0")];

const SCRIPTS: [Script; 5] = [PLAIN, FULL, EXISTING, MENDED, WRONG];

/// The answer in the words of a list: its first row where the script does not care which.
fn value_of(driver: &Driver, id: FieldId, answer: &str) -> String {
    if answer != "first" {
        return answer.to_owned();
    }
    let rows = driver.model.form.catalogue.bandwidths.as_ref().expect("bandwidths");
    assert_eq!(id, FieldId::BandwidthId);
    rows.iter().find(|row| row.is_shared != Some(false)).expect("a shared one").id.clone()
}

/// Answers a field with the keys of the screen.
fn press(driver: &mut Driver, id: FieldId, answer: &str) {
    driver.go_to(field(id).step.name());
    for _ in 0..6 {
        if driver.model.form.focus != id {
            driver.keys(&[KeyCode::Tab]);
        }
    }
    assert_eq!(driver.model.form.focus, id);
    let answer = value_of(driver, id, answer);
    let mut wanted = driver.model.form.draft.clone();
    match field(id).control {
        Control::Picker { .. } => {
            let at = driver.at + 1_000;
            driver.send(Msg::Paste { text: answer, at });
            driver.enter();
        }
        Control::Text { .. } => {
            driver.ctrl('u');
            driver.text(&answer);
            driver.enter();
        }
        Control::Stepper { .. } => {
            driver.text(&answer);
            driver.enter();
        }
        Control::Radio { options, chosen, .. } => {
            set_field(&mut wanted, id, &answer).expect("an option");
            driver.keys(&vec![KeyCode::Up; options.len()]);
            driver.keys(&vec![KeyCode::Down; chosen(&wanted)]);
            driver.enter();
        }
        Control::Ports => {
            for row in answer.lines() {
                let parts: Vec<&str> = row.split(' ').collect();
                driver.text(parts[0]);
                driver.keys(&[KeyCode::Tab]);
                driver.text(parts[1]);
                driver.keys(&[KeyCode::Tab]);
                driver.text(if parts.len() > 2 { " " } else { "" });
                driver.keys(&[KeyCode::Tab]);
            }
        }
        Control::Fixed { .. } => {}
    }
}

/// Answers it with lines.
fn say(linear: &mut LinearDriver, id: FieldId, answer: &str) {
    linear.line(&format!("goto {}", id.json_name()));
    assert_eq!(linear.driver.model.form.focus, id, "{}", linear.printed.join("\n"));
    let answer = value_of(&linear.driver, id, answer);
    linear.line(&answer.replace('\n', ", "));
    // Rows with a remark are offered before they are taken.
    if linear.driver.model.overlay.is_some() {
        linear.line("yes");
    }
}

fn screen(script: Script) -> Driver {
    let mut driver = Driver::ready();
    for (id, answer) in script {
        press(&mut driver, *id, answer);
    }
    driver.go_to("Review");
    driver
}

fn linear(script: Script) -> LinearDriver {
    let mut linear = LinearDriver::ready();
    for (id, answer) in script {
        say(&mut linear, *id, answer);
    }
    linear.line("review");
    linear
}

#[test]
fn the_scripts_answer_every_field() {
    for id in FieldId::ALL.into_iter().filter(|id| field(*id).control.can_focus()) {
        assert!(SCRIPTS.iter().any(|script| script.iter().any(|(field, _)| *field == id)), "{id:?}");
    }
}

#[test]
fn one_script_gives_the_same_bytes_on_the_screen_and_in_lines() {
    for script in SCRIPTS {
        let (driver, linear) = (screen(script), linear(script));
        let (screen, lines) = (&driver.model, &linear.driver.model);
        assert_eq!(screen.form.draft, lines.form.draft, "{script:?}\n{}", linear.printed.join("\n"));
        assert_eq!(screen.form.issues, lines.form.issues);
        assert_eq!(screen.form.origins, lines.form.origins);
        assert_eq!((screen.form.step, lines.form.step), (Step::Review, Step::Review));
        let bytes = |model: &cph_wizard::app::Model| model.form.order.as_ref().map(|(_, body)| body.bytes().to_vec());
        assert_eq!(bytes(screen), bytes(lines));
        assert_eq!(screen.form.order.is_some(), script != WRONG);
    }
}

/// Places the order with the keys of the screen.
fn place(driver: &mut Driver) -> Vec<Effect> {
    driver.enter();
    // The sheet is read to its end.
    driver.keys(&[KeyCode::PageDown, KeyCode::PageDown, KeyCode::PageDown]);
    if let Page::Confirm(confirm) = &driver.model.page
        && let cph_wizard::app::Challenge::Word { word, .. } = confirm.challenge.clone()
    {
        driver.text(&word);
    }
    driver.ctrl('o')
}

/// Places it with the word that is asked for.
fn order(linear: &mut LinearDriver) -> Vec<Effect> {
    linear.line("");
    let Page::Confirm(confirm) = &linear.driver.model.page else { return Vec::new() };
    let word = match &confirm.challenge {
        cph_wizard::app::Challenge::Key => "order".to_owned(),
        cph_wizard::app::Challenge::Word { word, .. } => word.clone(),
    };
    linear.line(&word)
}

fn outcomes() -> [Outcome; 6] {
    let refused = |code: &str| {
        let request_id = Some("r1".into());
        Outcome::Rejected(Rejection { status: 400, code: code.into(), message: "No.".into(), request_id })
    };
    let unknown = |probably_placed| {
        let reason = UnknownReason::Other { detail: "the connection broke".into() };
        Outcome::Unknown(Unknown { reason, status: None, request_id: None, probably_placed })
    };
    [
        Outcome::Accepted(Receipt { request_id: Some("r".into()), order_id: "CS1".into(), product_id: None }),
        refused("CPS.0024"),
        refused("CPS.0006"),
        Outcome::NotSent(NotSent { reason: NotSentReason::Other { detail: "nobody listens".into() } }),
        unknown(true),
        unknown(false),
    ]
}

/// Effects without the numbers that count what happened before.
fn plain(effects: &[Effect]) -> Vec<String> {
    let name = |effect: &Effect| match effect {
        Effect::Submit { order, body, acknowledged, known_servers } => {
            format!("submit {order:?} {} {acknowledged:?} {known_servers:?}", body.hash())
        }
        Effect::ReadList { resource, .. } => format!("read {resource:?}"),
        Effect::PollServers { name, .. } => format!("follow {name}"),
        Effect::ForgetDraft(_) => "forget".into(),
        Effect::SaveDraft(saved) => format!("keep {:?}", saved.draft),
        Effect::AutosaveDraft(_) => "keep quietly".into(),
        other => format!("{other:?}"),
    };
    effects.iter().map(name).collect()
}

#[test]
fn every_outcome_of_every_order_comes_out_alike() {
    for script in SCRIPTS.into_iter().filter(|script| *script != WRONG) {
        for outcome in outcomes() {
            let (mut driver, mut linear) = (screen(script), linear(script));
            let (submitted, ordered) = (place(&mut driver), order(&mut linear));
            assert_eq!(plain(&submitted), plain(&ordered), "{}", linear.printed.join("\n"));
            assert!(matches!(&ordered[..], [Effect::Submit { .. }]));
            assert_eq!((driver.submits(), linear.driver.submits()), (1, 1));
            let concluded =
                |at| Msg::Purchase { event: Event::Concluded { id: None, outcome: outcome.clone(), lost: None }, at };
            let shown = driver.send(concluded(driver.at + 1_000));
            let said = linear.driver.send(concluded(linear.driver.at + 1_000));
            assert_eq!(plain(&shown), plain(&said));
            linear.print();
            let Page::Result(result) = &driver.model.page else { panic!("no outcome") };
            let all = linear.printed.join("\n");
            let (heading, sentences) = outcome_text(&driver.model.journal, result);
            for words in sentences.iter().map(String::as_str).chain([heading]) {
                assert!(all.contains(words), "{words} is missing:\n{all}");
            }
            assert_eq!(exit_code(&driver.model), exit_code(&linear.driver.model));
            // What follows from the outcome is the same as well.
            driver.enter();
            linear.line("");
            let place = |model: &cph_wizard::app::Model| (model.form.step, model.form.focus, model.past_results.len());
            assert_eq!(place(&driver.model), place(&linear.driver.model), "{outcome:?}");
            assert_eq!(plain(&driver.ctrl('c')), plain(&linear.line("quit")));
        }
    }
}
