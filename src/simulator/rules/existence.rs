//! Whether what a purchase names is there and may be bought: flavors, image, key pair, bandwidth, subnet, in this order.

use super::bandwidth::not_usable;
use super::scalars::{Scalars, no_keypair};
use crate::simulator::catalogue::PhoneModel;
use crate::simulator::purchase::Bandwidth;
use crate::simulator::refusal::Refusal;
use crate::simulator::world::World;

pub(super) fn check<'world>(
    scalars: &Scalars<'_>,
    band_width: &Bandwidth,
    world: &'world World,
) -> Result<&'world PhoneModel, Refusal> {
    let model = flavor(scalars, world)?;
    image(scalars.image_id, model, world)?;
    keypair(scalars.keypair_name, world)?;
    bandwidth(band_width, world)?;
    subnet(scalars, world)?;
    Ok(model)
}

fn flavor<'world>(scalars: &Scalars<'_>, world: &'world World) -> Result<&'world PhoneModel, Refusal> {
    let catalogue = world.catalogue();
    if !catalogue.server_models().iter().any(|row| row.server_model_name == scalars.server_model_name) {
        return Err(Refusal::invalid("CPS.0089", "server_model_name"));
    }
    let mut rows =
        catalogue.phone_models().iter().filter(|row| row.phone_model_name == scalars.phone_model_name).peekable();
    if rows.peek().is_none() {
        return Err(Refusal::invalid("CPS.0028", "phone_model_name"));
    }
    rows.find(|row| row.server_model_name == scalars.server_model_name && row.is_on_sale())
        .ok_or_else(|| Refusal::stated("CPS.0157", "The phone model is not valid."))
}

fn image(id: &str, model: &PhoneModel, world: &World) -> Result<(), Refusal> {
    let image =
        world.catalogue().image(id).ok_or_else(|| Refusal::stated("CPS.0166", "The phone image does not exist."))?;
    let fits = image.image_label.is_empty() || model.image_label.is_empty() || image.image_label == model.image_label;
    if fits { Ok(()) } else { Err(Refusal::invalid("CPS.0030", "image_id")) }
}

fn keypair(name: Option<&str>, world: &World) -> Result<(), Refusal> {
    let exists = name.is_none_or(|name| world.catalogue().keypairs().iter().any(|row| row.name == name));
    if exists { Ok(()) } else { Err(no_keypair()) }
}

fn bandwidth(wanted: &Bandwidth, world: &World) -> Result<(), Refusal> {
    match wanted {
        Bandwidth::Existing { id } => {
            let row =
                world.bandwidth(id).ok_or_else(|| Refusal::stated("CPS.0115", "The bandwidth does not exist."))?;
            if row.is_shared() { Ok(()) } else { Err(not_usable()) }
        }
        Bandwidth::Shared { .. } if world.refuses_another_shared_bandwidth() => {
            Err(Refusal::stated("CPS.0051", "A shared (WHOLE) bandwidth exists already."))
        }
        Bandwidth::Shared { .. } | Bandwidth::Dedicated { .. } => Ok(()),
    }
}

fn subnet(scalars: &Scalars<'_>, world: &World) -> Result<(), Refusal> {
    let free = scalars.subnet.is_none_or(|wanted| !world.overlaps(wanted));
    if free { Ok(()) } else { Err(Refusal::stated("CPS.0194", "The subnet overlaps an existing subnet.")) }
}
