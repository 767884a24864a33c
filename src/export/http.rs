//! Exports an order as an `.http` file for the REST clients of editors. They replace text in double braces with values,
//! and have no escape for the braces.

use crate::i18n::tr;
use crate::order::Body;

use super::ExportError;
use super::fill::fill;
use super::header;
use super::target::{ENDPOINT_FORM, Target};

/// Writes the file. Fails if the body contains `{{`, e.g. in a name.
pub(super) fn text(body: &Body, target: &Target) -> Result<String, ExportError> {
    if body.text().contains("{{") {
        return Err(ExportError::Braces);
    }
    let mut top = header::summary(body);
    top.extend([header::payment(body), header::no_response(), header::token(), header::exact(body)]);
    top.push(tr!("The variable is read in the way of VS Code's REST Client; other clients have another one."));
    top.push(tr!("Some clients send a line break behind the body, which changes its bytes and not its meaning."));
    if target.endpoint.is_none() || target.project.is_none() {
        top.push(tr!("REGION and PROJECT_ID have to be replaced by the region and by the id of the project."));
    }
    Ok(fill(
        include_str!("../../assets/exports/order.http"),
        &[
            ("remarks", &header::lines("#", &top)),
            ("endpoint", target.endpoint.as_deref().unwrap_or(ENDPOINT_FORM)),
            ("project", target.project.as_deref().unwrap_or("PROJECT_ID")),
            ("body", body.text()),
        ],
    ))
}
