//! Ways through the form that several tests go.

use crate::harness::{ENTER, TAB, Terminal, ctrl};

/// The words that stand on the confirmation once it takes the deed.
pub const ARMED: &str = "Ctrl-O place order";

/// What stands beside the label of the focused field; `None` if another field has the focus.
pub fn focused<'a>(text: &'a str, label: &str) -> Option<&'a str> {
    // The ports are a table without a label: the cursor stands on the row that adds one.
    if label == "Ports" {
        return text.lines().find_map(|line| line.trim_start_matches([' ', '┃']).strip_prefix("▸ + Add a port"));
    }
    // The bar in the gutter, or the mark of a screen for one field.
    let marks = ["┃ ", "| ", "> "];
    let after = |line: &'a str| {
        let line = line.trim_start();
        marks.iter().find_map(|mark| line.strip_prefix(mark))?.strip_prefix(label)
    };
    let is_whole = |rest: &&str| rest.is_empty() || rest.starts_with("  ");
    text.lines().filter_map(after).find(is_whole).map(str::trim)
}

pub fn await_focus(terminal: &Terminal, label: &str) {
    terminal.until(&format!("the focus on {label}"), |text| focused(text, label).is_some());
}

/// Waits until the first step has its lists, and with them its defaults.
pub fn await_flavors(terminal: &Terminal) {
    terminal.until("the flavors", |text| {
        let has_server = focused(text, "Server flavor").is_some_and(|value| value.starts_with("physical."));
        has_server && text.lines().any(|line| line.trim_start().starts_with("Phone flavor") && line.contains("rx1."))
    });
}

/// Waits until the image step has its list. The id may be cut where there is little room.
pub fn await_images(terminal: &Terminal) {
    terminal.until("the images", |text| {
        let digits = focused(text, "Image").map(|value| value.bytes().take_while(u8::is_ascii_hexdigit).count());
        digits.is_some_and(|digits| digits >= 12)
    });
}

/// From the first screen to the field of the server name, with every list read on the way.
pub fn to_server_name(terminal: &mut Terminal) {
    await_flavors(terminal);
    terminal.send(ctrl('n'));
    await_images(terminal);
    terminal.send(ctrl('n'));
    await_focus(terminal, "Server name");
}

pub fn type_name(terminal: &mut Terminal, name: &str) {
    terminal.send(name);
    terminal.until("the name", |text| {
        focused(text, "Server name").is_some_and(|value| value.starts_with(&format!("[{name}")))
    });
}

/// Goes to a step by its name.
pub fn go_to(terminal: &mut Terminal, step: &str) {
    terminal.send(ctrl('g'));
    terminal.shows("Go to");
    terminal.send(step);
    terminal.until("the step that was typed", |text| text.contains(&format!("Step: {step}")));
    terminal.send(ENTER);
    terminal.until("the step", |text| !text.contains("Go to"));
}

/// Goes to the choice of payment and pays now.
pub fn switch_pay_now_on(terminal: &mut Terminal) {
    go_to(terminal, "Billing");
    await_focus(terminal, "Period unit");
    for label in ["Period", "Payment"] {
        terminal.send(TAB);
        await_focus(terminal, label);
    }
    terminal.send("\x1b[B");
    terminal.until("the choice", |text| focused(text, "Payment").is_some_and(|value| value.starts_with("( )")));
    terminal.shows("PAYS NOW");
}

/// The button that names the deed is there and the cursor stands on it.
pub fn await_button(terminal: &Terminal) {
    terminal.until("the button", |text| text.contains("> [ Place order"));
}

/// From the first screen to Review, with only a name typed.
pub fn to_review(terminal: &mut Terminal, name: &str) {
    to_server_name(terminal);
    type_name(terminal, name);
    go_to(terminal, "Review");
    await_button(terminal);
}

/// From Review to the confirmation that takes the deed.
pub fn to_confirmation(terminal: &mut Terminal) {
    await_button(terminal);
    terminal.send(ENTER);
    terminal.shows(ARMED);
}

/// Waits for the box of the order sheet, which is there only when it takes keys.
pub fn await_box(terminal: &Terminal) {
    terminal.until("the box", |text| text.contains("to confirm:") && text.contains("[          "));
}

/// From Review over the confirmation; what follows is the waiting page.
pub fn place(terminal: &mut Terminal) {
    to_confirmation(terminal);
    terminal.send(ctrl('o'));
}

/// The id behind a label, on the result page or in the receipt.
pub fn id_of(text: &str, label: &str) -> Option<String> {
    let after = |line: &str| {
        let rest = line.trim_start().trim_start_matches("> ").strip_prefix(label)?;
        rest.split_whitespace().next().map(ToOwned::to_owned)
    };
    text.lines().find_map(after)
}

/// The three ids of an accepted order, as the result page shows them.
pub fn ids_on(terminal: &Terminal) -> Vec<String> {
    // The line of keys is painted last.
    terminal.until("the result", |text| text.contains("ACCEPTED") && text.contains("Ctrl-Y"));
    let text = terminal.text();
    ["Order id", "Request id", "Product id"].map(|label| id_of(&text, label).expect(label)).into()
}
