//! The initial content of the form, as given on the command line: an order file, a template or the last order, with
//! single answers (`--set`) applied to it.

use std::path::PathBuf;

use crate::app::{Basis, BasisKind, StartFrom, StartSource};
use crate::bootstrap::error::AppError;
use crate::form::set_from_flag;
use crate::i18n::tr;
use crate::order::{Draft, FieldId, read_body};
use crate::text::sanitize::brief;
use crate::text::suggest::did_you_mean;
use crate::tui::TemplateStore;

use super::order_input::read_bytes;

/// Flags that select the initial content of the form.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct StartArgs {
    /// Begin with this order file: the operation's JSON body
    #[arg(long, value_name = "FILE", conflicts_with_all = ["template", "last"])]
    pub from: Option<PathBuf>,
    /// Begin with this template
    #[arg(long, value_name = "NAME", conflicts_with = "last")]
    pub template: Option<String>,
    /// Begin with the last order of the journal
    #[arg(long)]
    pub last: bool,
    #[command(flatten)]
    pub set: SetArgs,
}

/// Answers to single fields, given on the command line.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct SetArgs {
    /// Answer a field: its JSON name or the last part of it, such as count=3; may be repeated
    #[arg(long, value_name = "FIELD=VALUE")]
    pub set: Vec<String>,
}

impl StartArgs {
    /// Reads the order file or template that the flags name. Every error is reported here, before the form opens.
    pub fn begin(&self, templates: &TemplateStore) -> Result<StartFrom, AppError> {
        let flags = self.set.answers()?;
        let with = match (&self.from, &self.template, self.last) {
            (Some(path), _, _) => StartSource::Basis(Box::new(file(path)?)),
            (None, Some(name), _) => {
                let template = templates.load(name).map_err(AppError::usage)?;
                let (name, draft) = (template.name, template.draft);
                StartSource::Basis(Box::new(Basis { kind: BasisKind::Template, name, draft }))
            }
            (None, None, true) => StartSource::LastOrder,
            (None, None, false) => StartSource::Nothing,
        };
        Ok(StartFrom { source: with, flags })
    }
}

/// Reads an order file strictly. The error lists all faults of the file at once, each with its position. `-` is
/// refused, because the form reads keys from standard input.
fn file(path: &std::path::Path) -> Result<Basis, AppError> {
    let shown = brief(&path.display().to_string(), 200);
    if path == std::path::Path::new("-") {
        return Err(AppError::Usage(tr!("--from - cannot be: the form reads keys from there; name a file")));
    }
    let bytes = read_bytes(path).map_err(|why| {
        AppError::Usage(tr!(
            "{file} cannot be read: {why}",
            file = shown,
            why = crate::bootstrap::error::io_reason(&why)
        ))
    })?;
    let draft = read_body(&bytes).map_err(|faults| {
        let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
        AppError::Usage(tr!("{file} is not an order file:\n  {faults}", file = shown, faults = faults.join("\n  ")))
    })?;
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    Ok(Basis { kind: BasisKind::File, name: brief(&name, 60), draft })
}

impl SetArgs {
    /// Parses every `--set FIELD=VALUE`, in the order given. Fails on an unknown field or a value that the field does
    /// not take; the rules of an order are not checked here.
    pub fn answers(&self) -> Result<Vec<(FieldId, String)>, AppError> {
        self.set.iter().map(|text| answer(text).map_err(AppError::Usage)).collect()
    }
}

fn answer(text: &str) -> Result<(FieldId, String), String> {
    let shown = brief(text, 60);
    let Some((name, value)) = text.split_once('=') else {
        return Err(tr!("--set {shown}: a field and its answer are right, such as --set count=3", shown));
    };
    let id = field_named(name.trim()).map_err(|why| format!("--set {shown}: {why}"))?;
    set_from_flag(&mut Draft::default(), id, value).map_err(|right| format!("--set {shown}: {right}"))?;
    Ok((id, value.to_owned()))
}

fn last_part(name: &'static str) -> &'static str {
    name.rsplit('.').next().unwrap_or(name)
}

/// Finds a field by its JSON name, by the last part of that name, or by its label in any letter case. The error lists
/// all fields.
fn field_named(name: &str) -> Result<FieldId, String> {
    let is_label = |id: &FieldId| id.labels().iter().any(|label| label.eq_ignore_ascii_case(name));
    let is_it = |id: &FieldId| id.json_name() == name || last_part(id.json_name()) == name || is_label(id);
    FieldId::ALL.into_iter().find(is_it).ok_or_else(|| {
        let whole = FieldId::ALL.into_iter().map(FieldId::json_name);
        let all = whole.clone().map(last_part);
        let known: Vec<&str> = all.clone().collect();
        let hint = did_you_mean(name, all.chain(whole));
        tr!(
            "an order has no field {name}{hint}; the fields are {known}",
            name = brief(name, 40),
            hint,
            known = known.join(", ")
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_is_named_by_its_json_name_or_the_last_part_of_it() {
        for id in FieldId::ALL {
            assert_eq!(field_named(id.json_name()), Ok(id));
            assert_eq!(field_named(last_part(id.json_name())), Ok(id));
            for label in id.labels() {
                assert_eq!(field_named(label), Ok(id));
            }
        }
    }

    #[test]
    fn what_is_no_answer_says_what_would_be_one() {
        for (text, words) in [
            ("count", "a field and its answer are right"),
            ("cuont=3", "an order has no field cuont (did you mean count?); the fields are server_model_name"),
            ("extend_param.periodnum=3", "did you mean extend_param.period_num?"),
            ("is_auto_pay=maybe", "Payment is one of: pay later, pay now"),
            ("charging_mode=1", "Charging mode is always yearly/monthly"),
            ("ports=web", "Ports are a list such as"),
            ("a\u{1b}b=1", "<U+001B>"),
        ] {
            let said = answer(text).unwrap_err();
            assert!(said.starts_with("--set ") && said.contains(words), "{said}");
        }
        assert_eq!(answer("server_name=a=b"), Ok((FieldId::ServerName, "a=b".into())));
        // Rules are for the form and for `check` to say.
        assert_eq!(answer(" count =30"), Ok((FieldId::Count, "30".into())));
    }

    #[test]
    fn the_form_starts_from_an_order_file_with_a_byte_order_mark() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("order.json");
        std::fs::write(&path, format!("\u{feff}{}", crate::order_file::template(true))).unwrap();
        assert_eq!(file(&path).unwrap().draft.server_name, "myPhoneServer");
    }
}
