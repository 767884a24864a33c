//! Copies a text to the terminal's clipboard (OSC 52). The terminal never responds, so it is known only that the text
//! was sent.

use crossterm::Command as _;
use crossterm::clipboard::CopyToClipboard;

use crate::app::CopyError;

use crate::tui::capabilities::Clipboard;

/// Maximum size of the text in Base64, in bytes. Terminals silently discard longer texts: xterm and others accept
/// 100,000 bytes for the whole sequence, some (hterm, older mosh and tmux) 74,994 bytes of Base64.
const MAX_TEXT: usize = 74_994;

/// Size of a piece for GNU screen, in bytes. It passes on at most 768 bytes at a time, older versions 256 (its
/// `MAXSTR`).
const SCREEN_CHUNK: usize = 250;

/// Returns the sequence that copies a text to the clipboard. Fails if there is no clipboard or the text is too long.
pub fn osc52_sequence(text: &str, clipboard: Clipboard) -> Result<String, CopyError> {
    if clipboard == Clipboard::None {
        return Err(CopyError::NoClipboard);
    }
    if text.len().div_ceil(3) * 4 > MAX_TEXT {
        return Err(CopyError::TooLong);
    }
    let mut plain = String::new();
    CopyToClipboard::to_clipboard_from(text).write_ansi(&mut plain).map_err(|_| CopyError::NoClipboard)?;
    // BEL ends it as well, and is never taken for the end of an envelope.
    let plain = plain.replace("\x1b\\", "\x07");
    Ok(match clipboard {
        Clipboard::None | Clipboard::Direct => plain,
        // Which of the two tmux hands on is a matter of its settings (`set-clipboard`, `allow-passthrough`).
        Clipboard::Tmux => format!("{plain}\x1bPtmux;{}\x1b\\", plain.replace('\x1b', "\x1b\x1b")),
        Clipboard::Screen => {
            // Base64 and the head are ASCII: any place is one to cut at.
            let pieces = plain.as_bytes().chunks(SCREEN_CHUNK).map(|piece| String::from_utf8_lossy(piece));
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
        assert_eq!(osc52_sequence("abc", Clipboard::Direct).as_deref(), Ok(plain));
        let tmux = "\x1b]52;c;YWJj\x07\x1bPtmux;\x1b\x1b]52;c;YWJj\x07\x1b\\";
        assert_eq!(osc52_sequence("abc", Clipboard::Tmux).as_deref(), Ok(tmux));
        assert_eq!(osc52_sequence("abc", Clipboard::Screen), Ok(format!("\x1bP{plain}\x1b\\")));
        assert_eq!(osc52_sequence("abc", Clipboard::None), Err(CopyError::NoClipboard));
    }

    #[test]
    fn screen_gets_pieces_that_it_hands_on_whole() {
        let text = "云手机 ".repeat(1_000);
        let whole = osc52_sequence(&text, Clipboard::Direct).unwrap();
        let pieces = osc52_sequence(&text, Clipboard::Screen).unwrap();
        let inside: Vec<&str> = pieces.split("\x1b\\").filter_map(|piece| piece.strip_prefix("\x1bP")).collect();
        assert!(inside.len() > 10 && inside.iter().all(|piece| piece.len() <= SCREEN_CHUNK));
        assert_eq!(inside.concat(), whole);
    }

    #[test]
    fn a_text_that_terminals_throw_away_is_not_sent() {
        let most = MAX_TEXT / 4 * 3;
        assert!(osc52_sequence(&"a".repeat(most), Clipboard::Direct).is_ok());
        for clipboard in [Clipboard::Direct, Clipboard::Tmux, Clipboard::Screen] {
            assert_eq!(osc52_sequence(&"a".repeat(most + 1), clipboard), Err(CopyError::TooLong));
        }
    }
}
