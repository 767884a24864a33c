//! A text on its way to the terminal's clipboard. Nothing ever answers, so all that can be said is that it was sent.

use crossterm::Command as _;
use crossterm::clipboard::CopyToClipboard;

use crate::app::NotCopied;

use super::abilities::Clipboard;

/// Terminals throw longer texts away without a word: xterm and others take 100,000 bytes for the whole sequence, some
/// (hterm, older mosh and tmux) 74,994 of them for the text in Base64.
const LONGEST: usize = 74_994;

/// GNU screen hands on pieces of at most 768 bytes, older ones of 256 (its `MAXSTR`).
const PIECE: usize = 250;

/// The bytes that put a text into the clipboard.
pub fn sequence(text: &str, clipboard: Clipboard) -> Result<String, NotCopied> {
    if clipboard == Clipboard::None {
        return Err(NotCopied::NoClipboard);
    }
    if text.len().div_ceil(3) * 4 > LONGEST {
        return Err(NotCopied::TooLong);
    }
    let mut plain = String::new();
    CopyToClipboard::to_clipboard_from(text).write_ansi(&mut plain).map_err(|_| NotCopied::NoClipboard)?;
    // BEL ends it as well, and is never taken for the end of an envelope.
    let plain = plain.replace("\x1b\\", "\x07");
    Ok(match clipboard {
        Clipboard::None | Clipboard::Direct => plain,
        // Which of the two tmux hands on is a matter of its settings (`set-clipboard`, `allow-passthrough`).
        Clipboard::Tmux => format!("{plain}\x1bPtmux;{}\x1b\\", plain.replace('\x1b', "\x1b\x1b")),
        Clipboard::Screen => {
            // Base64 and the head are ASCII: any place is one to cut at.
            let pieces = plain.as_bytes().chunks(PIECE).map(|piece| String::from_utf8_lossy(piece));
            pieces.flat_map(|piece| ["\x1bP".into(), piece, "\x1b\\".into()]).collect()
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_carries_the_same_text() {
        let plain = "\x1b]52;c;YWJj\x07";
        assert_eq!(sequence("abc", Clipboard::Direct).as_deref(), Ok(plain));
        let tmux = "\x1b]52;c;YWJj\x07\x1bPtmux;\x1b\x1b]52;c;YWJj\x07\x1b\\";
        assert_eq!(sequence("abc", Clipboard::Tmux).as_deref(), Ok(tmux));
        assert_eq!(sequence("abc", Clipboard::Screen), Ok(format!("\x1bP{plain}\x1b\\")));
        assert_eq!(sequence("abc", Clipboard::None), Err(NotCopied::NoClipboard));
    }

    #[test]
    fn screen_gets_pieces_that_it_hands_on_whole() {
        let text = "云手机 ".repeat(1_000);
        let whole = sequence(&text, Clipboard::Direct).unwrap();
        let pieces = sequence(&text, Clipboard::Screen).unwrap();
        let inside: Vec<&str> = pieces.split("\x1b\\").filter_map(|piece| piece.strip_prefix("\x1bP")).collect();
        assert!(inside.len() > 10 && inside.iter().all(|piece| piece.len() <= PIECE));
        assert_eq!(inside.concat(), whole);
    }

    #[test]
    fn a_text_that_terminals_throw_away_is_not_sent() {
        let most = LONGEST / 4 * 3;
        assert!(sequence(&"a".repeat(most), Clipboard::Direct).is_ok());
        for clipboard in [Clipboard::Direct, Clipboard::Tmux, Clipboard::Screen] {
            assert_eq!(sequence(&"a".repeat(most + 1), clipboard), Err(NotCopied::TooLong));
        }
    }
}
