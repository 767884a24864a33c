//! Themes and characters, byte by byte: what is asked for is what comes out.

use crate::form_steps::{await_flavors, await_focus, to_server_name};
use crate::harness::{ENTER, Seen, Terminal, ctrl};
use crate::launch::{Home, Start, new_home};
use crate::rendering::{is_colour, order_and_look};

/// A home whose settings say this.
fn home_with(settings: &str) -> Home {
    let home = new_home();
    let folder = home.path().join("xdg-config/cph-wizard");
    std::fs::create_dir_all(&folder).expect("a folder");
    let file = folder.join("config.toml");
    std::fs::write(&file, settings).expect("settings");
    let mode = std::os::unix::fs::PermissionsExt::from_mode(0o600);
    std::fs::set_permissions(&file, mode).expect("a mode");
    home
}

#[test]
fn without_colour_no_sequence_of_colour_is_sent_whichever_way_it_was_asked_for() {
    for start in [
        Start::with(&["--demo", "--theme", "mono"]),
        Start::with(&["--demo", "--color", "never"]).env("CLICOLOR_FORCE", "1"),
        Start::demo().env("CLICOLOR", "0"),
        Start::demo().home(&home_with("color = \"never\"\n")),
        Start::demo().home(&home_with("theme = \"mono\"\n")),
    ] {
        let looks = order_and_look(start);
        let coloured = looks.iter().find(|look| look.split(';').any(is_colour));
        assert_eq!(coloured, None, "among {} sequences", looks.len());
    }
}

#[test]
fn colour_that_is_asked_for_outlives_no_color() {
    for start in [
        Start::with(&["--demo", "--color", "always"]),
        Start::with(&["--demo", "--theme", "terminal"]),
        Start::demo().home(&home_with("color = \"always\"\n")),
    ] {
        let looks = order_and_look(start.env("NO_COLOR", "1"));
        assert!(looks.iter().any(|look| look.split(';').any(is_colour)), "no colour: {looks:?}");
    }
}

/// Whether every cell of the screen has this background.
fn stands_on(terminal: &Terminal, color: vt100::Color) -> bool {
    let seen = terminal.seen();
    let (rows, cols) = seen.screen().size();
    let cells = (0..rows.get()).flat_map(|row| (0..cols.get()).map(move |col| (row, col)));
    let grounds = cells.filter_map(|(row, col)| seen.screen().cell(row, col)).map(vt100::Cell::bgcolor);
    grounds.filter(|ground| *ground == vt100::Color::Default || *ground == color).all(|ground| ground == color)
}

#[test]
fn a_theme_that_sets_both_sides_leaves_none_of_them_behind() {
    for (theme, ground) in [("dark", 234), ("light", 231), ("high-contrast", 16)] {
        let mut wizard = Start::with(&["--demo", "--theme", theme]).open();
        await_flavors(&wizard);
        assert!(stands_on(&wizard, vt100::Color::Idx(ground)), "{theme}");
        wizard.resize(70, 20);
        await_focus(&wizard, "Server flavor");
        wizard.send(ctrl('l'));
        wizard.send(ctrl('c'));
        wizard.see("the end", Seen::has_ended);
        {
            let seen = wizard.seen();
            let left = (seen.screen().fgcolor(), seen.screen().bgcolor(), seen.screen().inverse());
            assert_eq!(left, (vt100::Color::Default, vt100::Color::Default, false), "{theme}");
        }
        assert_eq!(wizard.ended().code, 130);
    }
}

#[test]
fn in_ascii_not_a_byte_is_above_it() {
    for start in [
        Start::with(&["--demo", "--ascii"]),
        Start::demo().without("LC_ALL").env("LANG", "de_DE.ISO-8859-1"),
        Start::demo().without("LC_ALL").env("TERM", "linux"),
        Start::demo().home(&home_with("ascii = true\n")),
    ] {
        let mut wizard = start.size(120, 40).open();
        await_flavors(&wizard);
        wizard.send("?");
        wizard.shows("+ Keys, 1-");
        wizard.send(ENTER);
        wizard.until("the form again", |text| !text.contains("Keys, 1-"));
        to_server_name(&mut wizard);
        wizard.send("w\u{e9}b");
        wizard.until("a sign for what has none", |text| text.contains("[w?b"));
        wizard.send(ctrl('c'));
        wizard.see("the end", Seen::has_ended);
        let high = wizard.seen().bytes.iter().position(|byte| *byte > 0x7F);
        assert_eq!(high, None, "{}", wizard.text());
        assert!(wizard.text().contains("w\\u{e9}b"), "the receipt spells it: {}", wizard.text());
        assert_eq!(wizard.ended().code, 130);
    }
    let wizard = Start::demo().open();
    await_flavors(&wizard);
}

#[test]
fn a_theme_of_ones_own_lies_beside_the_settings() {
    let home = home_with("theme = \"sea\"\n");
    let folder = home.path().join("xdg-config/cph-wizard/themes");
    std::fs::create_dir_all(&folder).expect("a folder");
    std::fs::write(folder.join("sea.toml"), "[roles]\ntext = \"#fdf6e3 on #002b36\"\n").expect("a theme");
    let mut wizard = Start::demo().home(&home).open();
    await_flavors(&wizard);
    assert!(stands_on(&wizard, vt100::Color::Rgb(0, 0x2b, 0x36)));
    wizard.send(ctrl('c'));
    assert_eq!(wizard.ended().code, 130);
    std::fs::write(folder.join("sea.toml"), "[roles]\n text = \"sepia\"\n").expect("a theme");
    let mut wizard = Start::demo().home(&home).open();
    // Where the line breaks depends on how long the path is.
    wizard.until("what is wrong, and where", |text| {
        let words: Vec<&str> = text.split_whitespace().collect();
        words.join(" ").contains("line 2, column 2: `sepia` is no colour")
    });
    wizard.send(ctrl('c'));
    wizard.see("the end", Seen::has_ended);
    let wizard = Start::with(&["--demo", "--theme", "dusk"]).open();
    wizard.shows("there is no theme dusk; there are auto, terminal, dark,");
    assert_eq!(wizard.ended().code, 2);
}

#[test]
fn an_order_can_be_placed_one_field_at_a_time() {
    let mut wizard = Start::demo().size(40, 10).open();
    wizard.shows("physical.rx1");
    for (field, answer) in [("> Image", "250803"), ("> Server name", "[")] {
        wizard.send(ctrl('n'));
        wizard.until(field, |text| text.contains(field) && text.contains(answer));
    }
    wizard.send("alpha");
    wizard.shows("[alpha");
    wizard.send(ctrl('g'));
    wizard.shows("Type a word");
    wizard.send("Review");
    wizard.shows("> Step: Review");
    wizard.send(ENTER);
    wizard.shows("> [ Place order");
    wizard.send(ENTER);
    // What comes before that is dropped.
    wizard.shows("Read the order to its end");
    wizard.send("\x1b[6~".repeat(9));
    wizard.shows("Ctrl-O place order");
    wizard.send(ctrl('o'));
    wizard.shows("ACCEPTED");
    wizard.shows("SIM");
    wizard.send(ctrl('c'));
    assert_eq!(wizard.ended().code, 0);
}
