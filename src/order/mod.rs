//! Orders: the user's input (`Draft`), a valid order (`Order`), the faults (`Issue`), and the exact bytes of the
//! request. Uses no terminal, no network and no clock.

mod body;
mod body_fault;
mod check;
mod draft;
mod field_id;
mod issue;
mod limits;
mod offers;
mod parse;
mod parse_json;
mod server_names;
mod warning;

pub use body::Body;
pub use body_fault::{BodyFault, JsonFault};
pub use check::Order;
pub use draft::{BandwidthKind, Draft, PeriodUnit, PortDraft, Vnc};
pub use field_id::{FieldId, FieldPath, PortColumn};
pub use issue::Issue;
pub use limits::{COUNT, ID_BYTES_IMAGE, MBIT, NAME_BYTES, NAME_CHARS, Number, PORT, PORT_NAME_BYTES, Range};
pub use offers::{BandwidthStatus, ImageFit, Offers, PhoneFlavorStatus, ServerFlavorStatus};
pub use parse::{read_body, read_body_parts};
pub use server_names::{matches_order_name, preview as preview_names};
pub use warning::{Warning, warnings};
