//! What stands on the screen besides the form: colour, overlays, the request, the clipboard.

use crate::form_steps::{await_button, await_flavors, ids_on, place, to_confirmation, to_review};
use crate::harness::{ENTER, ESC, F1, Terminal, ctrl};
use crate::launch::Start;

/// The parameters of every sequence that sets how text looks.
fn looks(bytes: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(bytes);
    let sequence = |part: &str| {
        let end = part.find(|c: char| !c.is_ascii_digit() && !";:?<>=".contains(c))?;
        part[end..].starts_with('m').then(|| part[..end].to_owned())
    };
    text.split("\x1b[").skip(1).filter_map(sequence).collect()
}

pub fn is_colour(parameter: &str) -> bool {
    let number = parameter.split(':').next().and_then(|number| number.parse::<u32>().ok());
    number.is_some_and(|number| matches!(number, 30..=49 | 58..=59 | 90..=97 | 100..=107))
}

/// Whether a line with these words is drawn in reverse.
fn is_reversed(screen: &vt100::Screen, words: &str) -> bool {
    let (rows, cols) = screen.size();
    (0..rows.get()).any(|row| {
        let cells = || (0..cols.get()).filter_map(|col| screen.cell(row, col));
        let reversed: String = cells().filter(|cell| cell.inverse()).map(vt100::Cell::contents).collect();
        reversed.contains(words)
    })
}

pub fn order_and_look(start: Start) -> Vec<String> {
    let mut wizard = start.open();
    await_flavors(&wizard);
    wizard.see("the row under the cursor in reverse", |seen| is_reversed(seen.screen(), "physical."));
    to_review(&mut wizard, "alpha");
    wizard.see("the button in reverse", |seen| is_reversed(seen.screen(), "Place"));
    place(&mut wizard);
    wizard.see("the order id in reverse", |seen| is_reversed(seen.screen(), "CS"));
    wizard.send(ctrl('c'));
    wizard.see("the end", |seen| seen.text().contains("SHA-256"));
    let looks = looks(&wizard.seen().bytes);
    assert_eq!(wizard.ended().code, 0);
    looks
}

#[test]
fn no_color_means_no_colour_at_all_and_the_selected_row_is_still_marked() {
    let looks = order_and_look(Start::demo().env("NO_COLOR", "1"));
    let coloured = looks.iter().find(|look| look.split(';').any(is_colour));
    assert_eq!(coloured, None, "among {} sequences", looks.len());
    assert!(looks.iter().any(|look| look == "7"), "nothing is reversed: {looks:?}");
}

#[test]
fn only_the_sixteen_base_colours_are_used() {
    let looks = order_and_look(Start::demo());
    let is_base = |look: &str| {
        let numbers: Vec<u32> = look.split(';').filter_map(|part| part.parse().ok()).collect();
        numbers.iter().enumerate().all(|(at, number)| match number {
            38 | 48 => matches!(numbers[at + 1..], [5, 0..=15, ..]),
            _ => true,
        })
    };
    assert!(looks.iter().any(|look| look.split(';').any(is_colour)), "no colour at all");
    assert_eq!(looks.iter().find(|look| !is_base(look)), None);
}

/// What terminals answer to: their attributes, the cursor's position, colours, names.
const QUESTIONS: [&str; 7] = ["\x1b[6n", "\x1b[5n", "\x1b[c", "\x1b[0c", "\x1b[>c", "\x1b[?u", ";?\x1b\\"];

#[test]
fn the_terminal_is_asked_nothing() {
    let mut wizard = Start::demo().open();
    to_review(&mut wizard, "alpha");
    wizard.resize(40, 12);
    wizard.resize(120, 40);
    place(&mut wizard);
    wizard.shows("ACCEPTED");
    let all = String::from_utf8_lossy(&wizard.seen().bytes).into_owned();
    for question in QUESTIONS {
        assert!(!all.contains(question), "{question:?}");
    }
}

#[test]
fn ctrl_l_paints_the_whole_screen_again() {
    let mut wizard = Start::demo().open();
    await_flavors(&wizard);
    let before = wizard.seen().bytes.len();
    wizard.send(ctrl('l'));
    wizard.see("the screen again", |seen| {
        let again = String::from_utf8_lossy(&seen.bytes[before..]).into_owned();
        again.contains("\x1b[2J") && again.contains("SIMULATOR") && again.contains("Enter")
    });
    await_flavors(&wizard);
    wizard.send(ctrl('c'));
    let ended = wizard.ended();
    assert_eq!(ended.code, 130, "{}", ended.words);
}

/// As the clipboard sequence carries a text.
pub fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let digits = bytes.chunks(3).flat_map(|chunk| {
        let group = (0..3).fold(0, |group, at| group << 8 | usize::from(chunk.get(at).copied().unwrap_or(0)));
        (0..4).map(move |at| if at > chunk.len() { '=' } else { char::from(DIGITS[group >> (18 - 6 * at) & 63]) })
    });
    digits.collect()
}

#[test]
fn ctrl_y_sends_the_order_id_to_the_clipboard_of_the_terminal() {
    assert_eq!(["", "C", "CS", "CS2"].map(|text| base64(text.as_bytes())), ["", "Qw==", "Q1M=", "Q1My"]);
    let mut wizard = Start::demo().open();
    to_review(&mut wizard, "alpha");
    place(&mut wizard);
    let ids = ids_on(&wizard);
    wizard.send(ctrl('y'));
    let copies = |id: &str| format!("\x1b]52;c;{}", base64(id.as_bytes()));
    let was_sent = |bytes: &[u8], id: &str| String::from_utf8_lossy(bytes).contains(&copies(id));
    wizard.see("the order id", |seen| was_sent(&seen.bytes, &ids[0]));
    wizard.send("\x1b[B");
    wizard.send(ctrl('y'));
    wizard.see("the request id", |seen| was_sent(&seen.bytes, &ids[1]));
    wizard.send(ctrl('c'));
    assert_eq!(wizard.ended().code, 0);
}

/// Opens something with a key, sees it, and closes it with another.
fn opens_and_closes(wizard: &mut Terminal, open: &str, close: &str, what: &str, is_there: impl Fn(&str) -> bool) {
    wizard.send(open);
    wizard.until(what, &is_there);
    wizard.send(close);
    wizard.until(&format!("{what} gone"), |text| !is_there(text));
}

#[test]
fn the_keys_and_the_help_of_a_field_open_and_close() {
    let mut wizard = Start::demo().open();
    await_flavors(&wizard);
    let keys = |text: &str| text.contains("Keys, 1-");
    let help = |text: &str| text.contains("Source") && text.contains("server_model_name");
    for close in [ESC, ENTER] {
        opens_and_closes(&mut wizard, "?", close, "the keys", keys);
        opens_and_closes(&mut wizard, F1, close, "the help", help);
    }
    await_flavors(&wizard);
    wizard.send(ctrl('c'));
    assert_eq!(wizard.ended().code, 130);
}

fn shows_the_request(text: &str) -> bool {
    text.contains("\"server_model_name\": \"physical.")
}

#[test]
fn ctrl_r_shows_the_request_on_a_narrow_screen() {
    let mut wizard = Start::demo().open();
    await_flavors(&wizard);
    assert!(!shows_the_request(&wizard.text()));
    for close in [ESC.to_owned(), ctrl('r')] {
        opens_and_closes(&mut wizard, &ctrl('r'), &close, "the request", shows_the_request);
    }
    to_review(&mut wizard, "alpha");
    wizard.send(ctrl('r'));
    wizard.until("the exact request", |text| text.contains("POST /v1/") && text.contains("\"server_name\": \"alpha\""));
    wizard.send(ESC);
    await_button(&wizard);
    to_confirmation(&mut wizard);
    wizard.send(ctrl('c'));
    assert_eq!(wizard.ended().code, 130);
}

#[test]
fn the_request_stands_beside_the_form_on_a_wide_screen() {
    let mut wizard = Start::demo().size(120, 40).open();
    await_flavors(&wizard);
    wizard.until("the pane", shows_the_request);
    // The key shows the whole of it, here too.
    opens_and_closes(&mut wizard, &ctrl('r'), ESC, "the request alone", |text| text.contains("POST /v1/"));
    await_flavors(&wizard);
    wizard.until("the pane", shows_the_request);
    wizard.send(ctrl('c'));
    assert_eq!(wizard.ended().code, 130);
}
