//! An order written to a file from Review, in a real terminal.

use std::os::unix::fs::PermissionsExt as _;

use crate::form_steps::to_review;
use crate::harness::ctrl;
use crate::launch::{Start, new_home};

#[test]
fn an_exported_order_is_a_file_for_its_owner_in_the_folder_of_the_start() {
    let home = new_home();
    let mut wizard = Start::demo().home(&home).open();
    to_review(&mut wizard, "web-01");
    wizard.send("\x1be");
    wizard.shows("Running it twice buys twice");
    wizard.send("\x1b[C\x1b[C\x1b[C");
    wizard.shows("A Python 3 program without other libraries");
    wizard.send("w");
    wizard.shows("order-web-01.py");
    let file = home.path().join("order-web-01.py");
    let text = std::fs::read_to_string(&file).expect("the file");
    assert!(text.starts_with("#!/usr/bin/env python3\n# This places an order for 1 server, web-01.\n"), "{text}");
    assert_eq!(file.metadata().expect("the file").permissions().mode() & 0o777, 0o600);
    wizard.send(ctrl('c'));
    wizard.ended();
}
