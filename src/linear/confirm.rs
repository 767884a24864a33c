//! The account that pays, the confirmation, and the wait for the response.

use crate::app::{AccountMode, Challenge, Model, Page, account_text, endpoint_text};
use crate::i18n::tr;
use crate::text::sanitize::visible;

use super::output::{OutputItem, error, text};

/// Returns the account that pays, with its region and project, as one paragraph.
pub(super) fn account(model: &Model) -> Vec<OutputItem> {
    let account = &model.account.label;
    let mode = match account.mode {
        AccountMode::Live => tr!("LIVE: real servers, real money"),
        AccountMode::Simulator => tr!("SIMULATOR: nothing real is bought"),
        AccountMode::NoAccount => return vec![text(tr!("There is no account yet: nothing can be ordered."))],
    };
    let who = account_text(&model.account);
    let (region, project) = (visible(&account.region), visible(&account.project));
    vec![text(tr!("{mode}. Account: {who}. Region: {region}. Project: {project}.", mode, who, region, project))]
}

/// Returns the account with the endpoint and any problem with the account.
pub(super) fn account_in_full(model: &Model) -> Vec<OutputItem> {
    let mut said = account(model);
    if model.account.label.mode != AccountMode::NoAccount {
        said.push(text(tr!("Sent to {way}.", way = endpoint_text(&model.account.label))));
    }
    said.extend(model.account.trouble().map(|trouble| error(&trouble)));
    said
}

/// Returns all facts to read before the order is confirmed; empty on another page.
pub(super) fn confirmation(model: &Model) -> Vec<OutputItem> {
    let Page::Confirm(confirm) = &model.page else { return Vec::new() };
    let mut said = vec![text(tr!("Order sheet. {order}.", order = confirm.impact.summary()))];
    said.extend(model.account.trouble().map(|warning| text(tr!("Warning: {warning}", warning))));
    said.extend(confirm.warnings.iter().map(|warning| text(tr!("Warning: {warning}", warning))));
    said.extend(account(model));
    said.extend(confirm.rows.iter().map(|row| {
        let label = row.part.label();
        text(tr!("{label}: {value}", label, value = visible(&row.text)))
    }));
    said.push(text(tr!("Request: {request}.", request = confirm.request_text())));
    said.push(text(tr!("The wizard sends the order once and never repeats it.")));
    said
}

/// Returns the prompt once an answer counts; `None` until then, and on another page.
pub(super) fn prompt(model: &Model) -> Option<String> {
    let Page::Confirm(confirm) = &model.page else { return None };
    let word = required_word(&confirm.challenge);
    confirm.is_armed(model.now).then(|| tr!("Type {word} to place the order, back to leave it: ", word))
}

/// Returns the text that must be typed to place the order. A server name that is also a command gets `=` before it.
pub(super) fn required_word(asked: &Challenge) -> String {
    match asked {
        Challenge::Key => "order".to_owned(),
        Challenge::Word { word, .. } if super::command::read(word).is_some() => format!("={word}"),
        Challenge::Word { word, .. } => word.clone(),
    }
}

pub(super) fn waiting(model: &Model, leaving: bool) -> Vec<OutputItem> {
    let Page::Waiting(waiting) = &model.page else { return Vec::new() };
    if !leaving {
        return vec![
            text(tr!("The order is being sent. It is sent exactly once, whatever happens.")),
            text(tr!("An answer usually comes within a few seconds; after 150 s it is given up.")),
        ];
    }
    let name = visible(&waiting.server_name);
    vec![
        text(tr!("The order may already be placed. Wait for the answer, or press Ctrl-C again to leave.")),
        text(tr!("If you leave: look for servers named {name} before you order again.", name)),
    ]
}
