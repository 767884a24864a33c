//! `check`: reports every problem of an order file, or the hash of the bytes that would be sent.

use std::path::PathBuf;

use serde_json::{Value, json};

use crate::bootstrap::error::AppError;
use crate::exit_code::ExitCode;
use crate::i18n::tr;
use crate::order::{FieldId, Order, Warning};
use crate::text::position::Position;
use crate::text::sanitize::sentence;

use super::catalogue_check::{self, CatalogueCheck};
use super::demo::DemoListArgs;
use super::order_input::{self, Checked, Problem};
use super::print;
use crate::bootstrap::account::AccountArgs;

#[derive(Debug, clap::Args)]
// Changed arguments come last in the help: the others of the demo stay beside it.
#[command(
    mut_arg("demo", |demo| demo.requires("online")),
    mut_arg("demo_reset", |reset| reset),
    mut_arg("state_dir", |dir| dir)
)]
pub struct Check {
    /// The order file: the operation's JSON body; - is standard input
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    #[command(flatten)]
    pub set: super::start::SetArgs,
    /// Ask the cloud too: flavors on sale, image, key pair, bandwidth, name and subnet in use
    #[arg(long)]
    pub online: bool,
    /// Say it in JSON
    #[arg(long)]
    pub json: bool,
    #[command(flatten)]
    pub demo: DemoListArgs,
    #[command(flatten)]
    pub account: AccountArgs,
}

pub fn run(args: &Check) -> Result<ExitCode, AppError> {
    let material = order_input::order_input(&args.file, &args.set.answers()?)?;
    let online = match &material.draft {
        Some(draft) if args.online => catalogue_check::read(draft, &args.account, args.demo.world()?)?,
        // A text that is no JSON asks nothing of the cloud.
        Some(_) | None => CatalogueCheck::default(),
    };
    let checked = material.check(&online.catalogue);
    let notes = material.notes(&online.catalogue);
    // Of an order that breaks rules only what the cloud says is worth a note.
    let notes = if args.online || matches!(checked, Checked::Good(_)) { notes } else { Vec::new() };
    if args.json {
        let mut said = checked_json(&checked, &notes);
        if let (true, Value::Object(members)) = (args.online, &mut said) {
            members.insert("unreadable_lists".into(), json!(online.unread));
        }
        print::json(&said);
    } else {
        match &checked {
            Checked::Good(order) => good(order),
            Checked::Bad(problems) => tell(problems, false),
        }
        for note in notes {
            print::eprint(&tr!("Note: {note}", note));
        }
        for why in &online.unread {
            print::eprint(&sentence(why));
        }
    }
    Ok(match checked {
        Checked::Bad(_) => ExitCode::InvalidOrder,
        Checked::Good(_) if !online.unread.is_empty() => ExitCode::Unknown,
        Checked::Good(_) => ExitCode::Success,
    })
}

fn good(order: &Order) {
    let body = order.body();
    let (bytes, hash) = (body.bytes().len(), body.hash());
    print::line(&tr!("The order is in order: {bytes} bytes, SHA-256 {hash}", bytes, hash));
}

fn checked_json(checked: &Checked, notes: &[Warning]) -> Value {
    let notes: Vec<Value> =
        notes.iter().map(|note| json!({ "field": note.field().json_name(), "message": note.to_string() })).collect();
    match checked {
        Checked::Good(order) => {
            let body = order.body();
            let bytes = body.bytes().len();
            json!({ "valid": true, "hash": body.hash(), "bytes": bytes, "problems": [], "notes": notes })
        }
        Checked::Bad(problems) => json!({ "valid": false, "problems": problems_json(problems), "notes": notes }),
    }
}

fn problems_json(problems: &[Problem]) -> Vec<Value> {
    let one = |problem: &Problem| {
        let Problem { place, pointer, field, spot, sentence } = problem;
        let field = field.map(FieldId::json_name);
        let (line, column) = spot.map_or((None, None), |Position { line, column }| (Some(line), Some(column)));
        json!({
            "place": place, "pointer": pointer, "field": field, "line": line, "column": column, "message": sentence,
        })
    };
    problems.iter().map(one).collect()
}

/// Prints all problems: one line each, or one JSON object.
pub fn tell(problems: &[Problem], as_json: bool) {
    if as_json {
        return print::json(&json!({ "valid": false, "problems": problems_json(problems) }));
    }
    for Problem { place, pointer, spot, sentence, .. } in problems {
        let at = match spot {
            Some(Position { line, column }) => format!("{line}:{column}: "),
            None => String::new(),
        };
        let shown =
            if pointer.is_empty() || sentence.starts_with(place) { String::new() } else { format!("{place}: ") };
        print::line(&format!("{at}{shown}{sentence}"));
    }
}
