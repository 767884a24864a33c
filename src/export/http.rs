//! An `.http` file, as the REST clients of editors read it. They put values in the place of what stands between two
//! braces, and have no way to write these.

use crate::i18n::tr;
use crate::order::Body;

use super::ExportError;
use super::fill::fill;
use super::header;
use super::target::{ENDPOINT_FORM, Target};

/// Fails for a body with two braces in a name.
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
