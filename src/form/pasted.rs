//! Reads a pasted list of ports: a line a port, its parts divided by blanks, commas, semicolons,
//! colons or tabs, in the order name, number, reach.

use crate::order::PortDraft;

/// The rows of a pasted text; `None` if it is no list of ports. A line that does not look like a
/// port makes the whole text something else, so that nothing is taken by half.
#[must_use]
pub fn read_ports(pasted: &str) -> Option<Vec<PortDraft>> {
    let lines = pasted.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    let rows: Option<Vec<PortDraft>> = lines.map(read_port).collect();
    rows.filter(|rows| !rows.is_empty())
}

fn read_port(line: &str) -> Option<PortDraft> {
    let divides = |c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '|' | '/');
    let mut parts = line.split(divides).map(|part| part.trim_matches('"')).filter(|part| !part.is_empty());
    let name = parts.next()?;
    let number = parts.next()?;
    if !number.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let public = match parts.next().map(str::to_ascii_lowercase).as_deref() {
        None | Some("private" | "false" | "no" | "off" | "0") => false,
        Some("public" | "true" | "yes" | "on" | "1") => true,
        Some(_) => return None,
    };
    if parts.next().is_some() {
        return None;
    }
    Some(PortDraft { name: name.into(), number: number.into(), public })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_shapes_of_a_list_become_rows() {
        let rows = read_ports("web 20000 public\napi,20001,false\n\n# comment\ngame:20002\n").unwrap();
        let shown: Vec<_> = rows.iter().map(|p| (p.name.as_str(), p.number.as_str(), p.public)).collect();
        assert_eq!(shown, [("web", "20000", true), ("api", "20001", false), ("game", "20002", false)]);
    }

    #[test]
    fn any_other_text_is_no_list() {
        for text in ["", "web", "web twenty", "web 20000 maybe", "web 20000 public extra", "web 20000\nhello"] {
            assert_eq!(read_ports(text), None, "{text:?}");
        }
    }
}
