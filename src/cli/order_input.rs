//! Reads an order file: the JSON body of the operation, with comments allowed, from a file or from standard input.

use std::fs::File;
use std::io::{self, Read, stdin};
use std::path::Path;

use crate::bootstrap::error::AppError;
use crate::catalogue::Catalogue;
use crate::form::set_from_flag;
use crate::i18n::tr;
use crate::order::{BodyFault, Draft, FieldId, Issue, Order, Warning, read_body_parts, warnings};
use crate::order_file::MemberSpans;
use crate::order_file::without_comments;
use crate::text::position::Position;
use crate::text::sanitize::brief;

/// The largest order file that is read, in bytes. No order comes close to 1 MiB.
const MAX_BYTES: u64 = 1 << 20;

/// The largest number of problems that is reported. A text with more is not an order, and locating each problem scans
/// the whole text.
const MAX_PROBLEMS: usize = 100;

/// One problem in an order file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The path of the member, e.g. `ports[1].listen_port`; empty for the whole text.
    pub place: String,
    /// The same path as a JSON pointer (RFC 6901), e.g. `/ports/1/listen_port`.
    pub pointer: String,
    pub field: Option<FieldId>,
    /// The position in the file; `None` for an answer from the command line.
    pub spot: Option<Position>,
    pub sentence: String,
}

/// The result of checking an order file.
#[derive(Debug)]
pub enum Checked {
    Good(Box<Order>),
    Bad(Vec<Problem>),
}

/// An order file as it was read. Answers from the command line replace those of the file.
#[derive(Debug)]
pub struct OrderInput {
    text: String,
    /// `None` if the text is not JSON.
    pub draft: Option<Draft>,
    faults: Vec<BodyFault>,
    /// The fields that the command line answers.
    answered: Vec<FieldId>,
}

/// Reads an order file, or standard input for `-`, and applies the answers of the command line. Fails if the file
/// cannot be read or a field does not take its answer; faults in the content of the file are left to `check`.
pub fn order_input(path: &Path, answers: &[(FieldId, String)]) -> Result<OrderInput, AppError> {
    let bytes = read_bytes(path).map_err(|why| {
        AppError::Usage(tr!(
            "{file} cannot be read: {why}",
            file = brief(&path.to_string_lossy(), 200),
            why = crate::bootstrap::error::io_reason(&why)
        ))
    })?;
    order_input_of(&bytes, answers)
}

fn order_input_of(bytes: &[u8], answers: &[(FieldId, String)]) -> Result<OrderInput, AppError> {
    let (mut draft, mut faults) = read_body_parts(bytes);
    // What the file says wrong, or not at all, is of no account where the command line answers.
    faults.retain(|fault| !answers.iter().any(|(id, _)| is_about(fault.place(), *id)));
    faults.truncate(MAX_PROBLEMS);
    if let Some(draft) = &mut draft {
        for (id, text) in answers {
            set_from_flag(draft, *id, text).map_err(AppError::usage)?;
        }
    }
    let answered = answers.iter().map(|(id, _)| *id).collect();
    Ok(OrderInput { text: String::from_utf8_lossy(bytes).into_owned(), draft, faults, answered })
}

impl OrderInput {
    /// Checks the order against all rules and against the lists that were read. Reports at most `MAX_PROBLEMS`
    /// problems, in the order of the file; those of command line answers come last.
    pub fn check(&self, catalogue: &Catalogue) -> Checked {
        let spots = MemberSpans::new(&self.text);
        let mut problems: Vec<Problem> = self.faults.iter().map(|fault| self.fault(fault, &spots)).collect();
        let Some(draft) = self.draft.as_ref().filter(|_| self.is_object()) else { return Checked::Bad(problems) };
        let issues = match Order::check(draft, catalogue) {
            Ok(order) if problems.is_empty() => return Checked::Good(Box::new(order)),
            Ok(_) => Vec::new(),
            Err(issues) => issues,
        };
        // What could not be read is not blamed for being empty on top of that.
        let is_new =
            |issue: &&Issue| !self.faults.iter().any(|fault| covers(fault.place(), &issue.place().to_string()));
        let room = MAX_PROBLEMS.saturating_sub(problems.len());
        problems.extend(issues.iter().filter(is_new).take(room).map(|issue| self.issue(issue, &spots)));
        // From the top of the file to its end; what the command line says comes last.
        problems
            .sort_by_key(|problem| problem.spot.map_or((usize::MAX, 0), |Position { line, column }| (line, column)));
        Checked::Bad(problems)
    }

    /// Returns the warnings about the order, besides its problems; none if the text is not JSON.
    pub fn notes(&self, catalogue: &Catalogue) -> Vec<Warning> {
        self.draft.as_ref().map(|draft| warnings(draft, catalogue)).unwrap_or_default()
    }

    /// Returns whether the text begins like a JSON object, so that problems can be located by member.
    fn is_object(&self) -> bool {
        self.text.trim_start().starts_with('{')
    }

    fn fault(&self, fault: &BodyFault, spots: &MemberSpans) -> Problem {
        let place = fault.place();
        let spot = match fault {
            BodyFault::NotJson { line, column, .. } => Position { line: (*line).max(1), column: (*column).max(1) },
            BodyFault::Unknown { .. } | BodyFault::Twice { .. } => {
                spots.name(place).unwrap_or_else(|| spots.value(place))
            }
            BodyFault::Missing { .. } | BodyFault::WrongType { .. } | BodyFault::Choice { .. } => spots.value(place),
        };
        let is_whole = place.is_empty() || !self.is_object();
        Problem {
            place: if is_whole { String::new() } else { place.to_owned() },
            pointer: if is_whole { String::new() } else { spots.pointer(place) },
            field: field_at(place),
            spot: Some(spot),
            sentence: fault.to_string(),
        }
    }

    fn issue(&self, issue: &Issue, spots: &MemberSpans) -> Problem {
        let (place, field) = (issue.place().to_string(), issue.field());
        let spot = (!self.answered.contains(&field)).then(|| spots.value(&place));
        Problem { pointer: spots.pointer(&place), place, field: Some(field), spot, sentence: issue.to_string() }
    }
}

/// Returns whether a fault at one place makes an issue at another redundant: the places are equal, or the second lies
/// inside the first. A fault in the text as a whole makes nothing redundant.
fn covers(fault: &str, place: &str) -> bool {
    let rest = place.strip_prefix(fault);
    !fault.is_empty() && rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
}

/// Returns the field that a place belongs to; `None` for members that an order does not have.
fn field_at(place: &str) -> Option<FieldId> {
    FieldId::ALL.into_iter().find(|id| covers(id.json_name(), place))
}

/// Returns whether the member at a place is set by the answer to a field.
fn is_about(place: &str, id: FieldId) -> bool {
    let (kind, bandwidth) = (FieldId::BandwidthKind.json_name(), FieldId::BandwidthId);
    place == id.json_name()
        || (id == FieldId::Ports && place.starts_with("ports["))
        // An id stands for the type as well.
        || (id == bandwidth && place == kind)
}

/// Reads an order file, or standard input for `-`, and blanks out its comments, so that positions stay valid. A byte
/// order mark is removed. Fails above `MAX_BYTES`.
pub fn read_bytes(path: &Path) -> io::Result<Vec<u8>> {
    let text = if path == Path::new("-") { bounded(stdin().lock()) } else { bounded(File::open(path)?) }?;
    Ok(without_comments(without_mark(&text)).into_owned())
}

/// Removes the byte order mark that some editors on Windows put at the beginning of a file.
fn without_mark(text: &[u8]) -> &[u8] {
    text.strip_prefix("\u{feff}".as_bytes()).unwrap_or(text)
}

fn bounded(source: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    source.take(MAX_BYTES + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(io::Error::other(tr!("it is larger than 1 MiB, which no order is")));
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems(text: &str, answers: &[(FieldId, String)]) -> Vec<Problem> {
        match order_input_of(text.as_bytes(), answers).unwrap().check(&Catalogue::default()) {
            Checked::Bad(problems) => problems,
            Checked::Good(_) => Vec::new(),
        }
    }

    const TEXT: &str = r#"{
  "server_name": "a b", "server_model_name": "s", "phone_model_name": "p", "image_id": 7,
  "count": 11, "cuont": 1,
  "ports": [ { "name": "adb", "listen_port": 80, "internet_accessible": "true" } ],
  "band_width": { "band_width_share_type": 1 },
  "extend_param": { "charging_mode": 0, "period_type": 2, "period_num": 1, "period_num": 2, "is_auto_pay": 0 }
}"#;

    #[test]
    fn all_problems_come_at_once_each_with_its_place() {
        let shown: Vec<String> = problems(TEXT, &[])
            .iter()
            .map(|problem| {
                let Position { line, column } = problem.spot.unwrap();
                let field = problem.field.map_or("-", FieldId::json_name);
                format!("{line}:{column} {} {field}", problem.pointer)
            })
            .collect();
        let expected = [
            "2:18 /server_name server_name",
            "2:88 /image_id image_id",
            "3:12 /count count",
            "3:16 /cuont -",
            "4:24 /ports/0/name ports",
            "4:46 /ports/0/listen_port ports",
            "5:17 /band_width/band_width_size band_width.band_width_size",
            "6:76 /extend_param/period_num extend_param.period_num",
        ];
        assert_eq!(shown, expected);
    }

    #[test]
    fn an_answer_of_the_command_line_has_no_place_in_the_file() {
        let problem = problems(TEXT, &[(FieldId::Count, "12".into())]).pop().unwrap();
        assert_eq!((problem.spot, problem.pointer.as_str(), problem.field), (None, "/count", Some(FieldId::Count)));
    }

    #[test]
    fn the_problems_of_a_text_that_is_no_order_come_to_an_end() {
        let members: Vec<String> = (0..500).map(|at| format!("\"k{at}\": 1")).collect();
        let ports = ["{\"name\": \"\", \"listen_port\": 1}"; 200].join(", ");
        for text in [format!("{{{}}}", members.join(",\n")), format!("{{\"ports\": [{ports}]}}")] {
            assert_eq!(problems(&text, &[]).len(), MAX_PROBLEMS);
        }
    }

    #[test]
    fn a_text_that_is_no_object_or_no_json_has_one_problem() {
        for (text, spot) in
            [("[1]", (1, 1)), ("7", (1, 1)), ("{\n  \"count\": }", (2, 12)), ("", (1, 1)), ("{} {}", (1, 4))]
        {
            let found = problems(text, &[]);
            assert_eq!(found.len(), 1, "{found:?}");
            let Position { line, column } = found[0].spot.unwrap();
            assert_eq!(((line, column), found[0].pointer.as_str()), (spot, ""), "{text}");
        }
    }
}
