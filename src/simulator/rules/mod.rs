//! The rules of a purchase, implemented from the operation's document and independently of the order module.
//! `validate_purchase` returns the first fault in the order of `cph.md` 19. It must not depend on time, the network or
//! random numbers.

mod bandwidth;
mod billing;
mod json_tree;
mod members;
mod ports;
mod references;
mod scalars;

use super::api_error::ApiError;
use super::purchase::Purchase;
use super::validation_context::ValidationContext;
use json_tree::JsonTree;
use members::Members;

/// The members of the request body, in the order of the document.
const MEMBERS: [&str; 11] = [
    "server_name",
    "server_model_name",
    "phone_model_name",
    "image_id",
    "count",
    "band_width",
    "extend_param",
    "keypair_name",
    "vnc_enable",
    "ports",
    "subnet_cidr",
];

/// The longest part of a received name that an error repeats, in characters.
const LONGEST_NAME: usize = 80;

/// Validates the body of a purchase. `Err` is its first fault.
///
/// Order of the checks: shape of the body, scalar members, nested objects, existence (`cph.md` 19). Nothing is stored:
/// the same body in the same context always has the same result.
pub fn validate_purchase(body: &[u8], validation_context: &ValidationContext) -> Result<Purchase, ApiError> {
    let tree = JsonTree::read(body)
        .map_err(|error| ApiError::malformed(format!("The request body is not valid JSON: {error}.")))?;
    let members =
        Members::from_tree(&tree).ok_or_else(|| ApiError::malformed("The request body must be a JSON object."))?;
    if let Some(place) = tree.repeated_member() {
        return Err(ApiError::malformed(format!("The member {:?} occurs more than once.", shortened(&place))));
    }
    if let Some(name) = members.unknown_member(&MEMBERS) {
        return Err(ApiError::malformed(format!("The request body has no member {:?}.", shortened(name))));
    }
    let scalars = scalars::read(members)?;
    let band_width = bandwidth::read(members)?;
    let (billing, enterprise_project_id) = billing::read(members, validation_context.has_renewal())?;
    let ports = ports::read(members)?;
    let model = references::check(&scalars, &band_width, validation_context)?;
    Ok(Purchase {
        server_name: scalars.server_name.to_owned(),
        server_model_name: scalars.server_model_name.to_owned(),
        phone_model_name: scalars.phone_model_name.to_owned(),
        image_id: scalars.image_id.to_owned(),
        count: scalars.count,
        phone_capacity: model.phone_capacity,
        band_width,
        billing,
        enterprise_project_id,
        keypair_name: scalars.keypair_name.map(str::to_owned),
        vnc_enable: scalars.vnc_enable,
        ports,
        subnet: scalars.subnet,
    })
}

/// Cuts a received name to `LONGEST_NAME` characters.
fn shortened(name: &str) -> String {
    name.chars().take(LONGEST_NAME).collect()
}

#[cfg(test)]
mod tests;
