//! Reads a pasted list of ports in any common format, one port per row: `web 20000 public`, `web:20000`, `20000 web`,
//! CSV and TSV with or without a header, and JSON. A row that cannot be read keeps its line and the reason; nothing is
//! guessed.

use crate::order::PortDraft;

use super::paste_parser_json::parse_json;
use super::pasted_port::{PastedPort, PortConflict, PortError, PortRemark, is_number, parse_port};

/// Reads the rows of a pasted text and compares them with those in the table. Returns `None` if the text is no list of
/// ports: no row is a valid port, and the text is not JSON that names `listen_port`.
#[must_use]
pub fn parse_ports(pasted: &str, table: &[PortDraft]) -> Option<Vec<PastedPort>> {
    let mut rows = match parse_json(pasted, |line| parse_ports(line, &[])) {
        Some(rows) => rows,
        None => read_lines(pasted),
    };
    if !rows.iter().any(|row| row.read.is_ok()) && !is_about_ports(pasted) {
        return None;
    }
    compare(&mut rows, table);
    (!rows.is_empty()).then_some(rows)
}

/// Returns whether a text is JSON that names `listen_port`: it is about ports even if no row of it can be read.
fn is_about_ports(pasted: &str) -> bool {
    pasted.trim_start().starts_with(['{', '[', '"']) && pasted.contains("listen_port")
}

/// Marks each row that repeats a port, a name or a number from the table or from a row above it in the list.
fn compare(rows: &mut [PastedPort], table: &[PortDraft]) {
    let mut seen: Vec<(PortDraft, PortConflict)> =
        table.iter().map(|port| (port.clone(), PortConflict::Table)).collect();
    for row in rows {
        let Ok(port) = &row.read else { continue };
        let place = |same: &dyn Fn(&PortDraft) -> bool| seen.iter().find(|(other, _)| same(other)).map(|(_, at)| *at);
        if let Some(at) = place(&|other| other == port) {
            row.is_known = true;
            row.remark = Some(PortRemark::Row(at));
        } else if let Some(at) = place(&|other| other.name == port.name) {
            row.remark = Some(PortRemark::Name(at));
        } else if let Some(at) = place(&|other| other.number == port.number) {
            row.remark = Some(PortRemark::Number(at));
        }
        if !row.is_known {
            seen.push((port.clone(), PortConflict::List));
        }
    }
}

/// The meaning of a column.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Column {
    Name,
    Number,
    Reach,
    Other,
}

fn column_named(word: &str) -> Column {
    let word: String = word.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase();
    match word.as_str() {
        "name" | "portname" | "service" | "app" | "application" | "名称" | "端口名称" | "应用" | "应用名称" => {
            Column::Name
        }
        "port" | "listenport" | "number" | "portnumber" | "internalport" | "端口" | "端口号" | "监听端口"
        | "应用端口" => Column::Number,
        "public" | "internetaccessible" | "internet" | "access" | "reach" | "visibility" | "公网" | "公网访问" => {
            Column::Reach
        }
        _ => Column::Other,
    }
}

fn read_lines(pasted: &str) -> Vec<PastedPort> {
    let mut header: Option<Vec<Column>> = None;
    let mut rows = Vec::new();
    for line in pasted.lines().map(str::trim) {
        let is_rule = line.chars().all(|c| matches!(c, '-' | '=' | '|' | '+' | ':') || c.is_whitespace());
        if is_rule || line.starts_with('#') || line.starts_with("//") {
            continue;
        }
        if rows.is_empty() && header.is_none() {
            header = header_of(line);
            if header.is_some() {
                continue;
            }
        }
        let line = line.strip_prefix("- ").or_else(|| line.strip_prefix("* ")).unwrap_or(line);
        let read = match &header {
            Some(columns) => read_under(columns, line),
            None => read_line(line),
        };
        rows.push(PastedPort::new(line, read));
    }
    rows
}

/// Returns the columns of a header line; `None` unless exactly one is the name, exactly one is the number, and no field
/// is a number.
fn header_of(line: &str) -> Option<Vec<Column>> {
    let fields = split_fields(line);
    let columns: Vec<Column> = fields.iter().map(|field| column_named(field)).collect();
    let has = |column| columns.iter().filter(|it| **it == column).count() == 1;
    let is_words = fields.iter().all(|field| !is_number(field));
    (is_words && has(Column::Name) && has(Column::Number)).then_some(columns)
}

fn read_under(columns: &[Column], line: &str) -> Result<PortDraft, PortError> {
    let fields = split_fields(line);
    let at = |column| columns.iter().position(|it| *it == column).and_then(|at| fields.get(at));
    let (Some(name), Some(number)) = (at(Column::Name), at(Column::Number)) else {
        return Err(PortError::TooFewColumns);
    };
    parse_port(name, number, at(Column::Reach).map(String::as_str))
}

/// Reads a line without a header: a name, a number and optionally the visibility, or the number before the name.
fn read_line(line: &str) -> Result<PortDraft, PortError> {
    let strict = read_fields(&split_fields(line));
    strict.or_else(|why| read_fields(&split_loose_fields(line)).map_err(|_| why))
}

fn read_fields(fields: &[String]) -> Result<PortDraft, PortError> {
    let reach = fields.get(2).map(String::as_str);
    match fields {
        [] => Err(PortError::Empty),
        [one] if is_number(one) => Err(PortError::OnlyNumber),
        [_] => Err(PortError::OnlyName),
        [a, b] | [a, b, _] if is_number(a) && is_number(b) => Err(PortError::TwoNumbers),
        [number, name] | [number, name, _] if is_number(number) => parse_port(name, number, reach),
        [name, number] | [name, number, _] => parse_port(name, number, reach),
        _ => Err(PortError::TooManyParts),
    }
}

/// Splits a line at the first kind of divider that it contains: tabs, semicolons, commas or bars; without any of these,
/// at spaces, colons and equals signs.
fn split_fields(line: &str) -> Vec<String> {
    let line = line.strip_prefix('|').unwrap_or(line);
    let line = line.strip_suffix('|').unwrap_or(line);
    match ['\t', ';', ',', '|'].into_iter().find(|divider| line.contains(*divider)) {
        Some(divider) => quoted_fields(line, divider),
        None => split_loose_fields(line),
    }
}

fn split_loose_fields(line: &str) -> Vec<String> {
    let divides = |c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '|' | '=');
    let mut fields: Vec<String> = Vec::new();
    for part in line.split(divides).map(|part| part.trim_matches(['"', '\''])).filter(|part| !part.is_empty()) {
        // `20000/tcp` is a port with its protocol; `web/20000` is a name and a port.
        match part.split_once('/') {
            Some((name, number)) if is_number(number) && !is_number(name) && !name.is_empty() => {
                fields.extend([name.to_owned(), number.to_owned()]);
            }
            Some((number, _)) if is_number(number) && fields.is_empty() => fields.push(number.to_owned()),
            Some(_) | None => fields.push(part.to_owned()),
        }
    }
    fields
}

/// Splits a line at one divider. A field in quotation marks may contain the divider; a doubled quotation mark in it is
/// read as a single one.
fn quoted_fields(line: &str, divider: char) -> Vec<String> {
    let mut fields = Vec::new();
    let mut field = String::new();
    let mut chars = line.chars().peekable();
    let mut is_quoted = false;
    while let Some(c) = chars.next() {
        match c {
            '"' if is_quoted && chars.peek() == Some(&'"') => {
                field.push('"');
                chars.next();
            }
            '"' if is_quoted => is_quoted = false,
            '"' if field.trim().is_empty() => {
                field.clear();
                is_quoted = true;
            }
            c if c == divider && !is_quoted => fields.push(std::mem::take(&mut field).trim().to_owned()),
            c => field.push(c),
        }
    }
    fields.push(field.trim().to_owned());
    fields
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(rows: &[PastedPort]) -> Vec<String> {
        let words = |row: &PastedPort| match &row.read {
            Ok(port) => format!("{} {} {}", port.name, port.number, if port.public { "public" } else { "private" }),
            Err(why) => format!("! {}: {why}", row.line),
        };
        rows.iter().map(words).collect()
    }

    fn read(text: &str) -> Vec<String> {
        parse_ports(text, &[]).map(|rows| shown(&rows)).unwrap_or_default()
    }

    #[test]
    fn common_shapes_of_a_list_become_the_same_rows() {
        let expected = ["web 20000 public", "api 20001 private"];
        for text in [
            "web 20000 public\napi 20001",
            "web,20000,true\r\napi,20001,false\r\n",
            "# ports\nweb:20000 public\n\n// more\napi:20001\n",
            "web\t20000\tyes\napi\t20001\tno",
            "name,port,public\nweb,20000,1\napi,20001,0",
            "Internet accessible;Listen port;Name;Comment\nyes;20000;web;first\nno;20001;api;",
            "| name | port | access |\n|------|:----:|-------|\n| web | 20000 | internet |\n| api | 20001 | internal |",
            "- web: 20000, public\n- api: 20001",
            "20000/tcp web public\n20001 api private",
            "web 20000/tcp on\napi=20001",
            "\"web\",\"20000\",\"public\"\n\"api\",\"20001\",",
            "\"web\" 20000 public\n\"api\" 20001",
            r#"[{"name":"web","listen_port":20000,"internet_accessible":"true"},{"name":"api","listen_port":20001}]"#,
            r#"{"server_name":"x","ports":[{"name":"web","port":"20000","public":true},["api",20001]]}"#,
            "{\"name\":\"web\",\"listen_port\":20000,\"public\":1},\n{\"name\":\"api\",\"listen_port\":20001},",
            "{\"name\":\"web\",\"port\":20000,\"public\":true}\n{\"name\":\"api\",\"port\":20001}\n",
            "\"ports\": [\n  {\"name\": \"web\", \"listen_port\": 20000, \"internet_accessible\": \"true\"},\n  \"api:20001\"\n],",
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
    }

    #[test]
    fn one_line_in_quotation_marks_is_a_row_and_no_json() {
        assert_eq!(read("\"web\",\"20000\",\"public\""), ["web 20000 public"]);
        assert_eq!(read("\"web\" 20000"), ["web 20000 private"]);
        assert_eq!(read("[web] 20000"), ["[web] 20000 private"]);
    }

    #[test]
    fn a_row_that_cannot_be_read_keeps_its_line_and_says_why() {
        let rows = read("web 20000\nhello\n20000:80\nweb maybe\ngame 20002 perhaps\ndns 20003/udp\na b c d");
        assert_eq!(
            rows,
            [
                "web 20000 private",
                "! hello: it has no port number; a row is like web 20000 public",
                "! 20000:80: it has two numbers; a row is a name and a port",
                "! web maybe: maybe is no port number",
                "! game 20002 perhaps: perhaps is neither public nor private",
                "! dns 20003/udp: udp cannot be asked for, only a number",
                "! a b c d: it has too many parts; a row is like web 20000 public",
            ]
        );
        assert_eq!(read("web 20000\n20001/tcp")[1], "! 20001/tcp: it has no name; a row is like web 20000 public");
        let json = read(r#"{"ports":[{"name":"web","listen_port":20000},{"name":"api"},7]}"#);
        assert_eq!(json[1], r#"! {"name":"api"}: it has no listen_port"#);
        assert_eq!(json[2], "! 7: it has no name; a row is like web 20000 public");
        let broken = read("[{\"name\":\"web\",\"listen_port\":20000},");
        assert!(broken[0].ends_with("the JSON breaks off at line 1, column 36"), "{broken:?}");
    }

    #[test]
    fn what_stands_in_the_table_already_is_marked() {
        let port = |name: &str, number: &str| PortDraft { name: name.into(), number: number.into(), public: false };
        let rows =
            parse_ports("web 20000\nweb 20001\napi 20000\nnew 20005\nnew 20005", &[port("web", "20000")]).unwrap();
        let remark = |row: &PastedPort| row.remark.map(|remark| remark.to_string()).unwrap_or_default();
        let remarks: Vec<String> = rows.iter().map(remark).collect();
        let expected = [
            "already in the table, not taken",
            "the name is already in the table",
            "the port is already in the table",
            "",
            "already in this list, not taken",
        ];
        assert_eq!(remarks, expected);
        assert_eq!(rows.into_iter().filter_map(PastedPort::into_port).count(), 3);
    }

    #[test]
    fn any_other_text_is_no_list() {
        for text in ["", "web", "my\nname", "web twenty", "web 20000 maybe", "[1", "{}", "{\"a\":1}", "20000", "#\n--"]
        {
            assert_eq!(parse_ports(text, &[]), None, "{text:?}");
        }
    }
}
