//! Checks that everything a purchase names exists and can be bought: flavors, image, key pair, bandwidth, subnet, in
//! this order.

use super::bandwidth::not_usable;
use super::scalars::{Scalars, no_keypair};
use crate::simulator::api_error::ApiError;
use crate::simulator::catalogue::PhoneModel;
use crate::simulator::purchase::Bandwidth;
use crate::simulator::validation_context::ValidationContext;

pub(super) fn check<'context>(
    scalars: &Scalars<'_>,
    band_width: &Bandwidth,
    validation_context: &'context ValidationContext,
) -> Result<&'context PhoneModel, ApiError> {
    let model = flavor(scalars, validation_context)?;
    image(scalars.image_id, model, validation_context)?;
    keypair(scalars.keypair_name, validation_context)?;
    bandwidth(band_width, validation_context)?;
    subnet(scalars, validation_context)?;
    Ok(model)
}

fn flavor<'context>(
    scalars: &Scalars<'_>,
    validation_context: &'context ValidationContext,
) -> Result<&'context PhoneModel, ApiError> {
    let catalogue = validation_context.catalogue();
    if !catalogue.server_models().iter().any(|row| row.server_model_name == scalars.server_model_name) {
        return Err(ApiError::invalid("CPS.0089", "server_model_name"));
    }
    let mut rows =
        catalogue.phone_models().iter().filter(|row| row.phone_model_name == scalars.phone_model_name).peekable();
    if rows.peek().is_none() {
        return Err(ApiError::invalid("CPS.0028", "phone_model_name"));
    }
    rows.find(|row| row.server_model_name == scalars.server_model_name && row.is_on_sale())
        .ok_or_else(|| ApiError::stated("CPS.0157", "The phone model is not valid."))
}

fn image(id: &str, model: &PhoneModel, validation_context: &ValidationContext) -> Result<(), ApiError> {
    let image = validation_context
        .catalogue()
        .image(id)
        .ok_or_else(|| ApiError::stated("CPS.0166", "The phone image does not exist."))?;
    let fits = image.image_label.is_empty() || model.image_label.is_empty() || image.image_label == model.image_label;
    if fits { Ok(()) } else { Err(ApiError::invalid("CPS.0030", "image_id")) }
}

fn keypair(name: Option<&str>, validation_context: &ValidationContext) -> Result<(), ApiError> {
    let exists = name.is_none_or(|name| validation_context.catalogue().keypairs().iter().any(|row| row.name == name));
    if exists { Ok(()) } else { Err(no_keypair()) }
}

fn bandwidth(wanted: &Bandwidth, validation_context: &ValidationContext) -> Result<(), ApiError> {
    match wanted {
        Bandwidth::Existing { id } => {
            let row = validation_context
                .bandwidth(id)
                .ok_or_else(|| ApiError::stated("CPS.0115", "The bandwidth does not exist."))?;
            if row.is_shared() { Ok(()) } else { Err(not_usable()) }
        }
        Bandwidth::Shared { .. } if validation_context.refuses_another_shared_bandwidth() => {
            Err(ApiError::stated("CPS.0051", "A shared (WHOLE) bandwidth exists already."))
        }
        Bandwidth::Shared { .. } | Bandwidth::Dedicated { .. } => Ok(()),
    }
}

fn subnet(scalars: &Scalars<'_>, validation_context: &ValidationContext) -> Result<(), ApiError> {
    let free = scalars.subnet.is_none_or(|wanted| !validation_context.overlaps(wanted));
    if free { Ok(()) } else { Err(ApiError::stated("CPS.0194", "The subnet overlaps an existing subnet.")) }
}
