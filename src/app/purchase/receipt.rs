//! The receipt: the lines that stay in the normal screen after the program ends, one block for every outcome of this
//! run. Texts from outside are sanitized.

use crate::app::account::AccountMode;
use crate::app::exit::outcomes;
use crate::app::model::Model;
use crate::app::page::Page;
use crate::app::purchase::order_search_text::{ReadIn, search_lines};
use crate::app::purchase::outcome_text::outcome_text;
use crate::app::purchase::result::ResultPage;
use crate::i18n::{self, phrase, tr};
use crate::text::sanitize::visible;
use crate::text::width::pad_right;

/// Returns the lines that stay in the normal screen after the program ends: every outcome of this run.
#[must_use]
pub fn receipt(model: &Model) -> Vec<String> {
    let word = |mode| {
        i18n::t(match mode {
            AccountMode::Live => phrase!("LIVE"),
            AccountMode::Simulator => phrase!("SIMULATOR"),
            AccountMode::NoAccount => phrase!("NO ACCOUNT"),
        })
    };
    let mode = word(model.account.label.mode);
    let mut lines: Vec<String> =
        outcomes(model).flat_map(|result| result_lines(model, result, word(result.mode))).collect();
    if let Page::Waiting(waiting) = &model.page {
        lines.extend([
            format!("{mode}  {}", tr!("UNKNOWN: you left while the order was being sent")),
            tr!(
                "  It may have been placed; the next start looks for servers named {name}.",
                name = waiting.server_name
            ),
            labelled("SHA-256", waiting.body.hash()),
        ]);
    }
    lines.iter().map(|line| visible(line).into_owned()).collect()
}

fn labelled(label: &str, value: &str) -> String {
    format!("  {}{value}", pad_right(label, 12))
}

fn result_lines(model: &Model, result: &ResultPage, mode: &str) -> Vec<String> {
    let (heading, sentences) = outcome_text(&model.journal, result);
    let mut lines = vec![format!("{mode}  {heading}")];
    let ids = result.shown_ids(&model.journal);
    let has_name = ids.iter().any(|(_, value)| *value == result.server_name);
    lines.extend(ids.iter().map(|(label, value)| labelled(i18n::t(label), &visible(value))));
    if !has_name {
        lines.push(labelled(i18n::t(phrase!("Server name")), &result.server_name));
    }
    lines.push(labelled("SHA-256", &result.hash));
    lines.extend(sentences.into_iter().filter(|sentence| !sentence.is_empty()).map(|sentence| format!("  {sentence}")));
    lines.extend(
        search_lines(&model.journal, &model.keymap, result, ReadIn::Shell)
            .iter()
            .map(|line| format!("  {}", line.text())),
    );
    if let Some(why) = result.lost.as_ref().filter(|_| result.may_exist()) {
        lines.push(tr!("  The journal could not keep this outcome: {why}.", why));
    }
    lines
}
