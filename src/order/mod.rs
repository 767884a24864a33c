//! What an order is: what was typed (`Draft`), what can be bought (`Order`), what is wrong
//! (`Issue`), and the exact bytes of the request. No terminal, no network, no clock.

mod body;
mod check;
mod draft;
mod field;
mod issue;
mod names;
mod note;
mod offers;
mod read;
mod spots;
pub mod text;
mod units;
mod unread;

pub use body::Body;
pub use check::Order;
pub use draft::{BandwidthKind, Draft, PeriodUnit, PortDraft, Vnc};
pub use field::{FieldId, Place, PortColumn};
pub use issue::Issue;
pub use names::{matches_order_name, preview as preview_names};
pub use note::{Note, notes};
pub use offers::{BandwidthStanding, ImageFit, Offers, PhoneStanding, Standing};
pub use read::{BodyFault, read_body, read_body_parts};
pub use spots::{Spot, Spots};
pub use units::{COUNT, ID_BYTES_IMAGE, MBIT, NAME_BYTES, NAME_CHARS, Number, PORT, PORT_NAME_BYTES, Range};
