//! Positions of the members of an order file: JSON pointer, line and column. The scanner expects valid JSON, and goes
//! only as deep as an order does.

use crate::text::position::Position;
use crate::text::sanitize::brief;

/// Deepest level that is scanned. An order is an object of lists and objects of plain values; anything deeper is not
/// part of one.
const MAX_DEPTH: usize = 3;

/// A member of an object, or a row of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Member {
    /// Path in the form that faults and issues use, such as `ports[1].listen_port`.
    place: String,
    pointer: String,
    /// Byte offset of its name, or of its value for a row of a list; `value` is the byte offset of its value.
    name: usize,
    value: usize,
}

/// Positions of all members of an order file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MemberSpans<'a> {
    text: &'a str,
    members: Vec<Member>,
}

impl<'a> MemberSpans<'a> {
    /// Scans a JSON text. From a text that is not valid JSON, keeps what could be read.
    #[must_use]
    pub fn new(text: &'a str) -> Self {
        let mut scan = Scan { text, at: 0, members: Vec::new() };
        scan.value("", "", 0);
        Self { text, members: scan.members }
    }

    /// Returns where the value at a path begins, or the value of its nearest parent if the path does not exist.
    #[must_use]
    pub fn value(&self, place: &str) -> Position {
        let mut place = place;
        loop {
            if let Some(member) = self.members.iter().find(|member| member.place == place) {
                return Position::of_byte(self.text, member.value);
            }
            match place.rfind(['.', '[']) {
                Some(end) => place = place.get(..end).unwrap_or_default(),
                None => return Position::of_byte(self.text, self.text.find('{').unwrap_or_default()),
            }
        }
    }

    /// Returns where the name at a path begins, for a repeated name the last one; `None` if the path does not exist.
    #[must_use]
    pub fn name(&self, place: &str) -> Option<Position> {
        self.members
            .iter()
            .rfind(|member| member.place == place)
            .map(|member| Position::of_byte(self.text, member.name))
    }

    /// Returns the JSON pointer (RFC 6901) of a path, whether or not the path exists.
    #[must_use]
    pub fn pointer(&self, place: &str) -> String {
        match self.members.iter().find(|member| member.place == place) {
            Some(member) => member.pointer.clone(),
            None => place.replace('[', ".").replace(']', "").split('.').filter(|part| !part.is_empty()).fold(
                String::new(),
                |pointer, part| {
                    let part = escaped(part);
                    format!("{pointer}/{part}")
                },
            ),
        }
    }
}

fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

struct Scan<'a> {
    text: &'a str,
    at: usize,
    members: Vec<Member>,
}

impl Scan<'_> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn blanks(&mut self) {
        while self.peek().is_some_and(|byte| byte.is_ascii_whitespace()) {
            self.at += 1;
        }
    }

    /// Skips blanks and returns whether the next byte is `sign`; moves past it if so.
    fn takes(&mut self, sign: u8) -> bool {
        self.blanks();
        let is_it = self.peek() == Some(sign);
        self.at += usize::from(is_it);
        is_it
    }

    fn value(&mut self, place: &str, pointer: &str, depth: usize) {
        if depth > MAX_DEPTH {
            return self.skip();
        }
        if self.takes(b'{') {
            self.members_of(place, pointer, depth);
        } else if self.takes(b'[') {
            self.rows_of(place, pointer, depth);
        } else {
            self.skip();
        }
    }

    fn members_of(&mut self, place: &str, pointer: &str, depth: usize) {
        loop {
            self.blanks();
            let start = self.at;
            if self.peek() != Some(b'"') {
                break;
            }
            self.skip();
            let name: String =
                self.text.get(start..self.at).and_then(|quoted| serde_json::from_str(quoted).ok()).unwrap_or_default();
            if !self.takes(b':') {
                return;
            }
            self.blanks();
            let shown = brief(&name, 40);
            let inner = if place.is_empty() { shown } else { format!("{place}.{shown}") };
            self.member(&inner, &format!("{pointer}/{}", escaped(&name)), start, depth);
            if !self.takes(b',') {
                break;
            }
        }
        self.takes(b'}');
    }

    fn rows_of(&mut self, place: &str, pointer: &str, depth: usize) {
        for row in 0.. {
            self.blanks();
            if matches!(self.peek(), None | Some(b']')) {
                break;
            }
            let start = self.at;
            self.member(&format!("{place}[{row}]"), &format!("{pointer}/{row}"), start, depth);
            if !self.takes(b',') {
                break;
            }
        }
        self.takes(b']');
    }

    /// Stores a member whose value begins here, and scans that value.
    fn member(&mut self, place: &str, pointer: &str, name: usize, depth: usize) {
        self.members.push(Member { place: place.to_owned(), pointer: pointer.to_owned(), name, value: self.at });
        self.value(place, pointer, depth + 1);
    }

    /// Moves past a value without looking into it.
    fn skip(&mut self) {
        self.blanks();
        let (mut depth, mut is_quoted, mut is_escaped) = (0_usize, false, false);
        while let Some(byte) = self.peek() {
            match byte {
                _ if is_escaped => is_escaped = false,
                b'\\' if is_quoted => is_escaped = true,
                b'"' => {
                    is_quoted = !is_quoted;
                    if !is_quoted && depth == 0 {
                        self.at += 1;
                        return;
                    }
                }
                _ if is_quoted => {}
                b'{' | b'[' => depth += 1,
                b'}' | b']' | b',' if depth == 0 => return,
                b'}' | b']' => {
                    depth -= 1;
                    if depth == 0 {
                        self.at += 1;
                        return;
                    }
                }
                _ if depth == 0 && byte.is_ascii_whitespace() => return,
                _ => {}
            }
            self.at += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = r#"{
  "server_name": "云, \"手机\"", "count": 1,
  "ports": [ {"name": "a"},
    { "name": "b", "listen_port": 7, "deep": {"x": [{"y": 1}]} } ],
  "a/b~c": [], "count": 2
}"#;

    fn at(spot: Position) -> (usize, usize) {
        (spot.line, spot.column)
    }

    #[test]
    fn every_member_has_its_place_in_characters() {
        let spots = MemberSpans::new(TEXT);
        assert_eq!(at(spots.value("server_name")), (2, 18));
        assert_eq!(at(spots.value("ports[1].listen_port")), (4, 35));
        assert_eq!((at(spots.value("count")), spots.name("count").map(at)), ((2, 40), Some((5, 16))));
        assert_eq!(at(spots.value("a/b~c")), (5, 12));
        assert_eq!(
            (spots.pointer("ports[1].listen_port"), spots.pointer("a/b~c")),
            ("/ports/1/listen_port".into(), "/a~1b~0c".into())
        );
    }

    #[test]
    fn what_is_not_there_is_looked_for_around_it() {
        let spots = MemberSpans::new(TEXT);
        assert_eq!(at(spots.value("ports[0].listen_port")), (3, 14));
        assert_eq!(at(spots.value("image_id")), (1, 1));
        assert_eq!(
            (spots.name("image_id"), spots.pointer("band_width.band_width_size")),
            (None, "/band_width/band_width_size".into())
        );
    }

    #[test]
    fn no_text_stops_it() {
        for end in 0..TEXT.len() {
            if let Some(cut) = TEXT.get(..end) {
                let _ = MemberSpans::new(cut).value("ports[1].name");
            }
        }
        for text in ["", "[", "]", "}}", "\"", "{\"", "{\"a\"", "{\"a\":", "[[[[[[", ",", "1 2", "{,}", "[,]"] {
            let _ = MemberSpans::new(text).pointer("a");
        }
    }
}
