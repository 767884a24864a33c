//! What is kept when the form is left, and what the next start offers.

use crate::form_steps::{await_flavors, await_focus, focused, go_to, place, to_review, to_server_name, type_name};
use crate::harness::{ENTER, ESC, TAB, ctrl};
use crate::launch::{Home, Start, new_home};

const F2: &str = "\x1bOQ";

/// What the offer of a kept draft says.
const OFFER: &str = "Kept draft";

/// Leaves a form in which a name was typed.
fn leave_a_draft(home: &Home, name: &str) {
    let mut wizard = Start::demo().home(home).open();
    to_server_name(&mut wizard);
    type_name(&mut wizard, name);
    wizard.send(ctrl('c'));
    let ended = wizard.ended();
    assert_eq!(ended.code, 130, "{}", ended.words);
    assert!(ended.words.contains("draft is kept"), "{}", ended.words);
}

#[test]
fn ctrl_c_keeps_the_draft_and_the_next_start_brings_it_back() {
    let home = new_home();
    leave_a_draft(&home, "alpha");
    let mut wizard = Start::demo().home(&home).open();
    wizard.until("the offer", |text| {
        text.contains(OFFER) && text.contains("Continue \"alpha\" at Servers? (1 answer, kept ")
    });
    wizard.send(ENTER);
    wizard.until("the name", |text| focused(text, "Server name").is_some_and(|value| value.starts_with("[alpha ")));
    wizard.send(ctrl('c'));
    assert_eq!(wizard.ended().code, 130);
}

#[test]
fn esc_starts_anew_instead_of_continuing_the_draft() {
    let home = new_home();
    leave_a_draft(&home, "alpha");
    let mut wizard = Start::demo().home(&home).open();
    wizard.shows(OFFER);
    wizard.send(ESC);
    wizard.until("the form", |text| !text.contains(OFFER));
    await_flavors(&wizard);
    go_to(&mut wizard, "Servers");
    wizard.until("no name", |text| focused(text, "Server name").is_some_and(|value| value.starts_with("[ ")));
    wizard.send(ctrl('c'));
    assert_eq!(wizard.ended().code, 130);
}

#[test]
fn a_form_without_answers_leaves_no_draft() {
    let home = new_home();
    let mut wizard = Start::demo().home(&home).open();
    await_flavors(&wizard);
    wizard.send(ctrl('c'));
    let ended = wizard.ended();
    assert!(ended.code == 130 && !ended.words.contains("draft"), "{}", ended.words);
    let wizard = Start::demo().home(&home).open();
    await_flavors(&wizard);
    assert!(!wizard.text().contains(OFFER), "{}", wizard.text());
}

#[test]
fn no_draft_is_offered_after_an_order_that_was_accepted() {
    let home = new_home();
    leave_a_draft(&home, "alpha");
    let mut wizard = Start::demo().home(&home).open();
    wizard.shows(OFFER);
    wizard.send(ESC);
    to_review(&mut wizard, "beta");
    place(&mut wizard);
    wizard.shows("ACCEPTED");
    wizard.send(ctrl('c'));
    assert_eq!(wizard.ended().code, 0);
    // The other one was not bought.
    let mut wizard = Start::demo().home(&home).open();
    wizard.until("the offer", |text| text.contains(OFFER) && text.contains("alpha"));
    wizard.send(F2);
    wizard.until("the list", |text| text.contains("Begin with") && text.contains("Order    beta"));
    assert!(!wizard.text().contains("Draft    beta"), "{}", wizard.text());
}

/// Files of drafts by name.
fn files(home: &Home) -> Vec<String> {
    let folder = home.path().join("state/demo/drafts");
    let entries = std::fs::read_dir(folder).expect("drafts");
    let names = entries.map(|entry| entry.expect("a draft").file_name().to_string_lossy().into_owned());
    let mut names: Vec<String> = names.collect();
    names.sort();
    names
}

#[test]
fn of_two_drafts_each_can_be_continued() {
    let home = new_home();
    leave_a_draft(&home, "alpha");
    let mut wizard = Start::demo().home(&home).open();
    wizard.shows(OFFER);
    wizard.send(ESC);
    to_server_name(&mut wizard);
    type_name(&mut wizard, "beta");
    wizard.send(ctrl('s'));
    wizard.shows("Draft kept as \"beta\"");
    wizard.send(ctrl('c'));
    assert!(wizard.ended().words.contains("Your draft is kept as \"beta\""));
    assert_eq!(files(&home).len(), 2, "{:?}", files(&home));
    let mut wizard = Start::demo().home(&home).open();
    wizard.until("the newer one", |text| text.contains("Continue \"beta\""));
    wizard.send(F2);
    wizard.until("both", |text| text.contains("> Draft    beta") && text.contains("alpha"));
    wizard.send("\x1b[B");
    wizard.until("the other one", |text| text.contains(">          alpha"));
    wizard.send(ENTER);
    wizard.until("the name", |text| focused(text, "Server name").is_some_and(|value| value.starts_with("[alpha ")));
    wizard.send(ctrl('c'));
    assert_eq!(wizard.ended().code, 130);
    assert_eq!(files(&home).len(), 2, "{:?}", files(&home));
}

#[test]
fn a_damaged_draft_is_set_aside_and_said_on_the_first_screen() {
    let home = new_home();
    leave_a_draft(&home, "alpha");
    let name = files(&home).remove(0);
    let path = home.path().join("state/demo/drafts").join(&name);
    let half = std::fs::read(&path).expect("a draft").split_off(40);
    std::fs::write(&path, &half).expect("half of it");
    let mut wizard = Start::demo().home(&home).open();
    await_flavors(&wizard);
    wizard.until("what became of it", |text| {
        let words: Vec<&str> = text.split_whitespace().collect();
        words.join(" ").contains(&format!("A draft is damaged; it is set aside as {name}.unreadable."))
    });
    assert!(!wizard.text().contains(OFFER), "{}", wizard.text());
    to_server_name(&mut wizard);
    type_name(&mut wizard, "beta");
    wizard.send(ctrl('c'));
    assert!(wizard.ended().words.contains("draft is kept"));
    assert_eq!(std::fs::read(path.with_file_name(format!("{name}.unreadable"))).expect("the damaged one"), half);
}

#[test]
fn a_killed_form_comes_back_as_far_as_a_field_was_left() {
    let home = new_home();
    let mut wizard = Start::demo().home(&home).open();
    to_server_name(&mut wizard);
    type_name(&mut wizard, "alpha");
    wizard.send(TAB);
    await_focus(&wizard, "Count");
    let saved = || {
        std::fs::read_dir(home.path().join("state/demo/drafts")).is_ok_and(|mut files| {
            files.any(|file| file.is_ok_and(|file| file.file_name().to_string_lossy().starts_with("alpha-")))
        })
    };
    // The draft is written beside the frames: so many of them are waited for, and no time.
    let mut frames = 0;
    while !saved() && frames < 2_000 {
        frames += 1;
        let before = wizard.seen().bytes.len();
        wizard.send(ctrl('l'));
        wizard.see("a frame", |seen| seen.bytes.len() > before);
    }
    wizard.signal(rustix::process::Signal::KILL);
    wizard.see("the end", crate::harness::Seen::has_ended);
    let wizard = Start::demo().home(&home).open();
    wizard.until("the offer", |text| text.contains("Continue \"alpha\" at Servers?"));
}

#[test]
fn a_template_is_kept_with_the_keys_and_begun_with_from_the_command_line() {
    let home = new_home();
    let mut wizard = Start::demo().home(&home).open();
    to_server_name(&mut wizard);
    type_name(&mut wizard, "alpha");
    wizard.send(TAB);
    await_focus(&wizard, "Count");
    wizard.send("2");
    wizard.send(F2);
    wizard.shows("Begin with");
    wizard.send("s");
    wizard.shows("Template name:");
    wizard.send("farm");
    wizard.shows("Template name: farm");
    wizard.send(ENTER);
    wizard.shows("Template farm kept");
    wizard.send(ctrl('c'));
    assert_eq!(wizard.ended().code, 130);
    assert!(home.path().join("xdg-config/cph-wizard/templates/farm.json").exists());
    let started = Start::with(&["--demo", "--template", "farm", "--set", "server_name=beta", "--set", "period_num=3"]);
    let mut wizard = started.home(&home).open();
    wizard.until("the review", |text| {
        text.contains("Begun from template farm") && text.contains("1 month -> 3 months") && text.contains("> [ Place")
    });
    wizard.send(ctrl('c'));
    assert_eq!(wizard.ended().code, 130);
    let mut wizard = Start::with(&["--demo", "--last"]).home(&home).open();
    wizard.shows("The journal has no order to begin with yet");
    to_review(&mut wizard, "gamma");
    place(&mut wizard);
    wizard.shows("ACCEPTED");
    wizard.send(ctrl('c'));
    assert_eq!(wizard.ended().code, 0);
    let wizard = Start::with(&["--demo", "--last"]).home(&home).open();
    wizard.until("the form", |text| {
        text.contains("Begun from last order")
            && focused(text, "Server name").is_some_and(|value| value.starts_with("[ "))
    });
}

#[test]
fn a_wrong_beginning_is_refused_before_the_form_opens() {
    for (args, words) in [
        (vec!["--demo", "--template", "farm"], "there is no template farm; there are none yet"),
        (vec!["--demo", "--set", "cuont=3"], "did you mean count?"),
        (vec!["--demo", "--from", "nowhere.json"], "nowhere.json cannot be read"),
        (vec!["--demo", "--from", "x", "--last"], "does not go together with"),
    ] {
        let wizard = Start::with(&args).open();
        wizard.see("the end", crate::harness::Seen::has_ended);
        let text = wizard.text().replace(['\r', '\n'], " ");
        assert!(text.contains(words), "{args:?}: {text}");
        assert_eq!(wizard.ended().code, 2);
    }
}

#[test]
fn a_refused_order_is_still_there_at_the_next_start() {
    let home = new_home();
    let mut wizard = Start::with(&["--demo=quota"]).home(&home).open();
    to_review(&mut wizard, "alpha");
    place(&mut wizard);
    wizard.shows("REJECTED");
    wizard.send(ctrl('c'));
    assert_eq!(wizard.ended().code, 4);
    let wizard = Start::demo().home(&home).open();
    wizard.until("the offer", |text| text.contains(OFFER) && text.contains("alpha"));
}
