use super::*;

const ESC_ALONE: Duration = Duration::from_millis(50);

fn key(code: KeyCode) -> TerminalEvent {
    TerminalEvent::Key(Key::plain(code))
}

fn text(text: &str) -> Vec<TerminalEvent> {
    text.chars().map(|c| key(KeyCode::Char(c))).collect()
}

/// Returns the events of some packets, followed by silence.
fn after(packets: &[&[u8]]) -> Vec<TerminalEvent> {
    let mut decoder = Decoder::new(ESC_ALONE);
    let mut typed: Vec<TerminalEvent> = packets.iter().flat_map(|packet| decoder.feed(packet)).collect();
    while decoder.timeout().is_some() {
        typed.extend(decoder.on_timeout());
    }
    typed
}

#[test]
fn keys_are_known_by_what_terminals_send() {
    let plain = |code| Key::plain(code);
    for (bytes, expected) in [
        ("\r", plain(KeyCode::Enter)),
        ("\t", plain(KeyCode::Tab)),
        ("\x7f", plain(KeyCode::Backspace)),
        ("\x08", Key::ctrl('h')),
        ("\x03", Key::ctrl('c')),
        ("\x1f", Key::ctrl('_')),
        ("\0", Key::ctrl(' ')),
        ("\n", Key::ctrl('j')),
        ("云", Key::char('云')),
        ("Q", Key::char('Q')),
        ("\x1b[A", plain(KeyCode::Up)),
        ("\x1bOB", plain(KeyCode::Down)),
        ("\x1b[Z", plain(KeyCode::BackTab)),
        ("\x1b[1;3A", Key::alt(KeyCode::Up)),
        ("\x1b[1;5C", Key { ctrl: true, ..plain(KeyCode::Right) }),
        ("\x1b[1;2B", plain(KeyCode::Down)),
        ("\x1bOP", plain(KeyCode::F(1))),
        ("\x1b[[A", plain(KeyCode::F(1))),
        ("\x1b[[E", plain(KeyCode::F(5))),
        ("\x1b[11~", plain(KeyCode::F(1))),
        ("\x1b[15~", plain(KeyCode::F(5))),
        ("\x1b[17~", plain(KeyCode::F(6))),
        ("\x1b[20~", plain(KeyCode::F(9))),
        ("\x1b[21~", plain(KeyCode::F(10))),
        ("\x1b[24~", plain(KeyCode::F(12))),
        ("\x1b[3~", plain(KeyCode::Delete)),
        ("\x1b[5~", plain(KeyCode::PageUp)),
        ("\x1b[6~", plain(KeyCode::PageDown)),
        ("\x1b[1~", plain(KeyCode::Home)),
        ("\x1b[8~", plain(KeyCode::End)),
        ("\x1bu", Key::alt(KeyCode::Char('u'))),
        ("\x1bU", Key::alt(KeyCode::Char('u'))),
        ("\x1b\r", Key::alt(KeyCode::Enter)),
        ("\x1bOM", plain(KeyCode::Enter)),
        ("\x1bOq", Key::char('1')),
        ("\x1bOk", Key::char('+')),
        ("\x1b[99;5u", Key::ctrl('c')),
        ("\x1b[97;2u", Key::char('A')),
        ("\x1b[9;2u", plain(KeyCode::BackTab)),
        ("\x1b[27;5;111~", Key::ctrl('o')),
    ] {
        assert_eq!(after(&[bytes.as_bytes()]), [TerminalEvent::Key(expected)], "{bytes:?}");
    }
}

#[test]
fn every_key_is_the_same_however_it_is_split() {
    for sequence in ["\x1b[B", "\x1bOB", "\x1b[15~", "\x1b[1;3A", "\x1b[[C", "云", "\u{1f600}", "\x1b[<0;3;4M"] {
        let bytes = sequence.as_bytes();
        let whole = after(&[bytes]);
        assert_eq!(whole.len(), 1, "{sequence:?}");
        for cut in 1..bytes.len() {
            assert_eq!(after(&[&bytes[..cut], &bytes[cut..]]), whole, "{sequence:?} cut at {cut}");
        }
        let single: Vec<&[u8]> = bytes.chunks(1).collect();
        assert_eq!(after(&single), whole, "{sequence:?} in single bytes");
    }
}

#[test]
fn a_lone_esc_is_one_after_a_while_or_when_something_else_comes() {
    let mut decoder = Decoder::new(ESC_ALONE);
    assert_eq!(decoder.timeout(), None);
    assert_eq!(decoder.feed(b"\x1b"), []);
    assert_eq!(decoder.timeout(), Some(ESC_ALONE));
    assert_eq!(decoder.on_timeout(), [key(KeyCode::Esc)]);
    assert_eq!(decoder.timeout(), None);
    assert_eq!(after(&[b"\x1b", b"x"]), [key(KeyCode::Esc), key(KeyCode::Char('x'))]);
    assert_eq!(after(&[b"\x1b", b"\x03"]), [key(KeyCode::Esc), TerminalEvent::Key(Key::ctrl('c'))]);
    assert_eq!(after(&[b"\x1b\x1b"]), [key(KeyCode::Esc), key(KeyCode::Esc)]);
    assert_eq!(after(&[b"\x1b\x1b[A"]), [key(KeyCode::Esc), key(KeyCode::Up)]);
}

#[test]
fn answers_of_the_terminal_are_no_keys_however_late_and_split_they_come() {
    for answer in [
        "\x1b[?62;22c",
        "\x1b[>1;4000;29c",
        "\x1b[24;80R",
        "\x1b[0n",
        "\x1b[?2026;2$y",
        "\x1b[?1u",
        "\x1b[8;24;80t",
        "\x1b[I",
        "\x1b[O",
        "\x1b[?997;1n",
        "\x1b]11;rgb:0000/0000/0000\x07",
        "\x1b]10;rgb:ffff/ffff/ffff\x1b\\",
        "\x1b]52;c;YWJj\x07",
        "\x1bP>|xterm(390)\x1b\\",
        "\x1bP1$r0m\x1b\\",
        "\x1b_Gi=1;OK\x1b\\",
        "\x1b[<0;3;4m",
        "\x1b[<35;3;4M",
        "\x1b[M !!",
        "\x1b[97;1:3u",
    ] {
        let bytes = answer.as_bytes();
        let typed = |packets: &[&[u8]]| after(&[packets, &[b"x"]].concat());
        for cut in 1..=bytes.len() {
            assert_eq!(typed(&[&bytes[..cut], &bytes[cut..]]), text("x"), "{answer:?} cut at {cut}");
        }
    }
}

#[test]
fn ctrl_c_gets_through_whatever_was_begun() {
    let ctrl_c = TerminalEvent::Key(Key::ctrl('c'));
    for begun in ["\x1b[", "\x1b[12;", "\x1bO", "\x1b]11;rgb:", "\x1bP>|xt", "\x1b_G", "\u{e9}", "\x1b]", "\x1b[["] {
        for cut in [begun.len() - 1, begun.len()] {
            let mut bytes = begun.as_bytes()[..cut].to_vec();
            bytes.push(CTRL_C);
            let typed = after(&[&bytes]);
            let is_ctrl_c = |what: &TerminalEvent| {
                matches!(what, TerminalEvent::Key(Key { code: KeyCode::Char('c'), ctrl: true, .. }))
            };
            assert!(typed.last().is_some_and(is_ctrl_c), "{begun:?} cut at {cut}: {typed:?}");
        }
        assert_eq!(after(&[begun.as_bytes(), b"\x03"]).last(), Some(&ctrl_c), "{begun:?}");
    }
}

#[test]
fn what_was_begun_and_not_ended_is_dropped() {
    let mut decoder = Decoder::new(ESC_ALONE);
    assert_eq!(decoder.feed(b"\x1b]11;rgb:00"), []);
    assert_eq!(decoder.timeout(), Some(SEQUENCE_TIMEOUT));
    assert_eq!(decoder.on_timeout(), []);
    assert_eq!(decoder.feed(b"a"), text("a"));
    assert_eq!(decoder.feed(&[&b"\x1b]11;"[..], &[b'x'; 2 * MAX_SEQUENCE]].concat()), []);
    assert_eq!((decoder.timeout(), decoder.feed(b"a")), (None, text("a")), "an answer is not that long");
    assert_eq!(decoder.feed(&[&b"\x1b["[..], &[b'1'; 100]].concat()), []);
    assert_eq!((decoder.timeout(), decoder.feed(b"a")), (None, text("a")), "nor has a key so many parameters");
}

#[test]
fn bytes_that_are_no_text_are_nothing() {
    assert_eq!(after(&[b"a\xff\xfe\xc3(b\x80c\xed\xa0\x80d\xc2\x9be"]), text("a(bcde"));
}

#[test]
fn a_paste_is_one_whatever_is_in_it_and_however_it_is_split() {
    let bytes = "a\x1b[200~x\r\n\x03\x1b[A云\x1b[201~b".as_bytes();
    let expected = [text("a"), vec![TerminalEvent::Paste("x\r\n\x03\x1b[A云".into())], text("b")].concat();
    assert_eq!(after(&[bytes]), expected);
    for cut in 1..bytes.len() {
        assert_eq!(after(&[&bytes[..cut], &bytes[cut..]]), expected, "cut at {cut}");
    }
    assert_eq!(after(&[b"\x1b[201~a"]), text("a"), "an end that came too late");
}

#[test]
fn a_paste_without_an_end_is_ended_by_time() {
    let mut decoder = Decoder::new(ESC_ALONE);
    assert_eq!(decoder.feed(b"\x1b[200~alpha"), []);
    for _ in 1..MAX_PASTE_PAUSES {
        assert_eq!((decoder.timeout(), decoder.on_timeout()), (Some(PASTE_PAUSE), vec![]));
    }
    assert_eq!(decoder.on_timeout(), [TerminalEvent::Paste("alpha".into())]);
    assert_eq!((decoder.timeout(), decoder.feed(b"x")), (None, text("x")));
}

#[test]
fn ctrl_c_after_a_pause_ends_a_paste_and_counts() {
    let mut decoder = Decoder::new(ESC_ALONE);
    decoder.feed(b"\x1b[200~alpha");
    assert_eq!(decoder.feed(b"\x03"), [], "in the stream it is text");
    decoder.on_timeout();
    assert_eq!(decoder.feed(b"\x03"), [TerminalEvent::Paste("alpha\u{3}".into()), TerminalEvent::Key(Key::ctrl('c'))]);
}

#[test]
fn an_endless_paste_takes_no_endless_room() {
    let mut decoder = Decoder::new(ESC_ALONE);
    decoder.feed(b"\x1b[200~");
    for _ in 0..MAX_PASTE / 1000 + 100 {
        assert_eq!(decoder.feed(&[b'a'; 1000]), []);
    }
    let typed = decoder.feed(b"\x1b[201~b");
    assert!(matches!(&typed[..], [TerminalEvent::Paste(text), TerminalEvent::Key(_)] if text.len() == MAX_PASTE));
}

#[test]
fn clicks_and_the_wheel_are_counted_from_the_corner() {
    let of = |bytes: &str| after(&[bytes.as_bytes()]);
    assert_eq!(of("\x1b[<0;3;4M"), [TerminalEvent::Click { column: 2, row: 3 }]);
    assert_eq!(of("\x1b[<16;3;4M"), [TerminalEvent::Click { column: 2, row: 3 }], "Ctrl makes no other click");
    assert_eq!(of("\x1b[<64;1;1M"), [TerminalEvent::Wheel { rows: -3 }]);
    assert_eq!(of("\x1b[<65;1;1M"), [TerminalEvent::Wheel { rows: 3 }]);
    assert_eq!(of("\x1b[<1;1;1M\x1b[<2;1;1M\x1b[<0;0;1M"), []);
}

/// Checks random bytes in random packets: nothing panics, every sequence times out, and a key after them is read.
#[test]
fn no_bytes_lock_the_keys_out() {
    let mut state = 1_u32;
    let mut next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        state >> 16
    };
    let pieces: [&[u8]; 14] = [
        b"\x1b",
        b"[",
        b"O",
        b"]",
        b"P",
        b"200~",
        b"201~",
        b"\x1b\\",
        b"\x07",
        b"1;",
        b"M",
        b"\xe4\xba",
        b"a",
        b"\x03",
    ];
    for _ in 0..20_000 {
        let packets: Vec<Vec<u8>> = (0..next() % 6)
            .map(|_| (0..next() % 5).flat_map(|_| pieces[next() as usize % pieces.len()].to_vec()).collect())
            .collect();
        let mut decoder = Decoder::new(ESC_ALONE);
        for packet in &packets {
            decoder.feed(packet);
        }
        let mut turns = 0;
        while decoder.timeout().is_some() {
            decoder.on_timeout();
            turns += 1;
            assert!(turns <= 10, "{packets:?}");
        }
        assert_eq!(decoder.feed(b"x"), text("x"), "{packets:?}");
    }
}
