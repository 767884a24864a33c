//! Reads an order file: the JSON body of the operation, with comments if need be, from a file or from
//! standard input.

use std::fs::File;
use std::io::{self, Read, stdin};
use std::path::Path;

use crate::catalogue::Catalogue;
use crate::failure::Failure;
use crate::form::assign;
use crate::order::text::brief;
use crate::order::{FieldId, Note, Order, notes, read_body_parts};
use crate::order_file::without_comments;
use crate::words::tr;

use super::say;

/// No order comes near this; what is larger is something else.
const MOST_BYTES: u64 = 1 << 20;

/// Something that is wrong with an order file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The path of the member, such as `ports[1].listen_port`; empty for the whole text.
    pub place: String,
    pub sentence: String,
}

/// An order file that was looked at.
#[derive(Debug)]
pub enum Checked {
    Good { order: Box<Order>, notes: Vec<Note> },
    Bad(Vec<Problem>),
}

/// Reads and checks `-` or a file against the rules that need no cloud, with answers of the command
/// line in place of those of the file.
pub fn read(path: &Path, answers: &[(FieldId, String)]) -> Result<Checked, Failure> {
    let bytes = read_bytes(path).map_err(|why| {
        Failure::Usage(tr!(
            "{file} cannot be read: {why}",
            file = brief(&path.to_string_lossy(), 200),
            why = say::why(&why)
        ))
    })?;
    let (draft, mut faults) = read_body_parts(&bytes);
    // What the file says wrong, or not at all, is of no account where the command line answers.
    faults.retain(|fault| !answers.iter().any(|(id, _)| is_about(fault.place(), *id)));
    let mut problems: Vec<Problem> =
        faults.iter().map(|fault| Problem { place: fault.place().to_owned(), sentence: fault.to_string() }).collect();
    let Some(mut draft) = draft else { return Ok(Checked::Bad(problems)) };
    for (id, text) in answers {
        assign(&mut draft, *id, text).map_err(Failure::Usage)?;
    }
    let catalogue = Catalogue::default();
    let issues = match Order::check(&draft, &catalogue) {
        Ok(order) if problems.is_empty() => {
            return Ok(Checked::Good { order: Box::new(order), notes: notes(&draft, &catalogue) });
        }
        Ok(_) => Vec::new(),
        Err(issues) => issues,
    };
    for issue in issues {
        let place = issue.place().to_string();
        // What could not be read is not blamed for being empty on top of that.
        if !faults
            .iter()
            .any(|fault| fault.place() == place || !fault.place().is_empty() && place.starts_with(fault.place()))
        {
            problems.push(Problem { place, sentence: issue.to_string() });
        }
    }
    Ok(Checked::Bad(problems))
}

/// Whether the member at a place is the answer to a field.
fn is_about(place: &str, id: FieldId) -> bool {
    let (kind, bandwidth) = (FieldId::BandwidthKind.json_name(), FieldId::BandwidthId);
    place == id.json_name()
        || (id == FieldId::Ports && place.starts_with("ports["))
        // An id stands for the type as well.
        || (id == bandwidth && place == kind)
}

/// The text of an order file without its comments; everything else stays in its place.
pub fn read_bytes(path: &Path) -> io::Result<Vec<u8>> {
    let text = if path == Path::new("-") { bounded(stdin().lock()) } else { bounded(File::open(path)?) }?;
    Ok(without_comments(&text).into_owned())
}

fn bounded(source: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    source.take(MOST_BYTES + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MOST_BYTES {
        return Err(io::Error::other(tr!("it is larger than 1 MiB, which no order is")));
    }
    Ok(bytes)
}
