//! Pastes as terminals and multiplexers send them: with carriage returns at the ends of lines, or with both characters.

use crate::form_steps::{go_to, to_server_name, type_name};
use crate::harness::{ENTER, ctrl};
use crate::launch::Start;
use crate::setup_steps::{await_line, choose};

#[test]
fn a_list_of_ports_is_one_whatever_ends_its_lines() {
    for end in ["\r", "\r\n", "\n"] {
        let mut wizard = Start::demo().open();
        to_server_name(&mut wizard);
        type_name(&mut wizard, "alpha");
        go_to(&mut wizard, "Ports");
        wizard.paste(&["web 20000 public", "api,20001", "game:20002", ""].join(end));
        wizard.shows("Pasted ports");
        wizard.until("every row", |text| ["web", "api", "game"].iter().all(|name| text.contains(name)));
        wizard.send(ENTER);
        wizard.until("the table", |text| {
            let has = |name: &str, number: &str| {
                text.lines().any(|line| line.contains(&format!(" {name} ")) && line.contains(number))
            };
            !text.contains("Pasted ports") && has("web", "20000") && has("api", "20001") && has("game", "20002")
        });
        wizard.send(ctrl('c'));
        wizard.ended();
    }
}

#[test]
fn a_key_that_is_pasted_with_its_line_end_is_the_key() {
    for end in ["\r", "\r\n"] {
        let mut wizard = Start::with(&[]).open();
        choose(&mut wizard, "Type an access key");
        await_line(&wizard, "Access key");
        wizard.paste(&format!("FAKEKEYOFTHETESTS001{end}"));
        wizard.shows("FAKEKEYOFTHETESTS001");
        assert!(!wizard.text().contains("Hidden"), "{}", wizard.text());
        wizard.send(ENTER);
        await_line(&wizard, "Secret key");
        wizard.send(ctrl('c'));
        wizard.ended();
    }
}
