//! `buy` at a terminal: it asks by typing, more for a higher stake, and takes nothing else for a yes.

use std::io::{Read, Write};

use portable_pty::{Child, CommandBuilder, PtySize, native_pty_system};

use crate::fixture::{Stage, TOKEN};

struct Asked {
    child: Box<dyn Child + Send + Sync>,
    reader: Box<dyn Read + Send>,
    writer: Box<dyn Write + Send>,
    text: String,
}

impl Asked {
    fn buy(stage: &Stage, args: &[&str]) -> Self {
        let pty = native_pty_system().openpty(PtySize { rows: 24, cols: 80, ..PtySize::default() }).unwrap();
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_cph-wizard"));
        command.args(["buy", "order.json"]);
        command.args(args);
        command.env_clear();
        command.cwd(stage.path(""));
        for (name, value) in [
            ("HOME", stage.path("").display().to_string()),
            ("XDG_STATE_HOME", stage.path("state").display().to_string()),
            ("CPH_WIZARD_TEST_ENDPOINT", "1".into()),
            ("CPH_WIZARD_ENDPOINT", stage.simulator().url()),
            ("CPH_WIZARD_TOKEN", TOKEN.into()),
            ("CPH_WIZARD_PROJECT_ID", "p".into()),
        ] {
            command.env(name, value);
        }
        let child = pty.slave.spawn_command(command).unwrap();
        drop(pty.slave);
        let (reader, writer) = (pty.master.try_clone_reader().unwrap(), pty.master.take_writer().unwrap());
        Self { child, reader, writer, text: String::new() }
    }

    /// Reads until these words came; the end of the terminal is the end of the text.
    fn until(&mut self, words: &str) {
        let mut some = [0; 1024];
        while !self.text.contains(words) {
            let count = self.reader.read(&mut some).unwrap_or(0);
            assert_ne!(count, 0, "{words} is missing: {}", self.text);
            self.text.push_str(&String::from_utf8_lossy(&some[..count]));
        }
    }

    fn answers(&mut self, keys: &str) {
        self.writer.write_all(keys.as_bytes()).unwrap();
        self.writer.flush().unwrap();
    }

    fn code(mut self) -> (u32, String) {
        let mut rest = Vec::new();
        // The end of a terminal may be an error.
        let _ = self.reader.read_to_end(&mut rest);
        self.text.push_str(&String::from_utf8_lossy(&rest));
        assert!(!self.text.contains("canary") && !self.text.contains('\u{1b}'), "{}", self.text);
        (self.child.wait().unwrap().exit_code(), self.text)
    }
}

#[test]
fn a_low_impact_is_confirmed_by_the_word_order_and_not_by_yes() {
    let stage = Stage::new("normal");
    for (answer, code) in [("yes\r", 130), ("order\r", 0)] {
        let mut asked = Asked::buy(&stage, &[]);
        asked.until("Type order to place this order: ");
        assert!(asked.text.contains("Place order: 2 servers") && asked.text.contains("project p"), "{}", asked.text);
        assert!(asked.text.contains("Servers: 2 x ") && asked.text.contains("Payment: later"), "{}", asked.text);
        assert_eq!(stage.posts(), 0);
        asked.answers(answer);
        let (ended, text) = asked.code();
        assert_eq!((ended, stage.posts()), (code, usize::from(code == 0)), "{text}");
        let says_what_to_type = text.contains("yes does not place the order: type order to place it.");
        assert_eq!(says_what_to_type, code != 0, "{text}");
    }
    assert_eq!(stage.states(), ["ACCEPTED"]);
}

#[test]
fn a_high_impact_is_warned_of_and_confirmed_by_the_server_name() {
    let stage = Stage::new("normal");
    for (answer, code) in [("order\r", 130), ("farm\r", 0)] {
        let mut asked = Asked::buy(&stage, &["--set", "is_auto_pay=1"]);
        asked.until("Type farm to place this order: ");
        assert!(asked.text.contains("Warning: Pays now"), "{}", asked.text);
        asked.answers(answer);
        let (ended, text) = asked.code();
        assert_eq!((ended, stage.posts()), (code, usize::from(code == 0)), "{text}");
    }
}

#[test]
fn a_possible_duplicate_is_named_and_confirmed_by_second_and_with_a_high_impact_by_both_words() {
    let stage = Stage::new("normal");
    let mut first = Asked::buy(&stage, &[]);
    first.until("Type order to place this order: ");
    first.answers("order\r");
    assert_eq!(first.code().0, 0);
    for (args, words) in [(&[][..], "SECOND"), (&["--set", "is_auto_pay=1"], "farm SECOND")] {
        let posts = stage.posts();
        for (answer, new) in [("order\r", 0), (&*format!("{words}\r"), 1)] {
            let mut asked = Asked::buy(&stage, args);
            asked.until(&format!("Type {words} to place this order: "));
            assert!(asked.text.contains("Warning: Possible duplicate of farm: "), "{}", asked.text);
            asked.answers(answer);
            let (_, text) = asked.code();
            assert_eq!(stage.posts(), posts + new, "{text}");
        }
    }
}

#[test]
fn leaving_the_question_buys_nothing() {
    let stage = Stage::new("normal");
    // Enter, the end of the input, and Ctrl-C.
    for keys in ["\r", "\u{4}", "\u{3}"] {
        let mut asked = Asked::buy(&stage, &[]);
        asked.until("Type order to place this order: ");
        asked.answers(keys);
        let (code, text) = asked.code();
        assert!(code == 130 && text.contains("Left: nothing was bought"), "{keys:?}: {text}");
    }
    assert_eq!((stage.posts(), stage.states().len()), (0, 0));
}
