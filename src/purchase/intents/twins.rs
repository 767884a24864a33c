//! Orders that look like one given twice: the same bytes, or the same flavors, image and count a
//! moment ago. They are asked about, never refused.

use jiff::{SignedDuration, Timestamp};

use super::{Intents, Purchase, Shape, State};

/// How long an order of the same shape is asked about.
pub const TWIN_WINDOW: SignedDuration = SignedDuration::from_mins(15);

/// An earlier order that a new one resembles.
#[derive(Debug, Clone, Copy)]
pub enum Twin<'a> {
    /// The same body, and nobody knows what became of it.
    Unresolved(&'a Purchase),
    /// The same body in the last 15 minutes.
    SameBody(&'a Purchase),
    /// Other bytes, the same flavors, image and count in the last 15 minutes.
    SameShape(&'a Purchase),
}

impl<'a> Twin<'a> {
    pub fn purchase(&self) -> &'a Purchase {
        match self {
            Self::Unresolved(purchase) | Self::SameBody(purchase) | Self::SameShape(purchase) => purchase,
        }
    }
}

impl Intents {
    /// The earlier orders that an order with this body and shape resembles now, the newest first.
    /// What is known to have bought nothing has no twins.
    pub fn twins<'a>(&'a self, body_hash: &str, shape: &Shape, now: Timestamp) -> Vec<Twin<'a>> {
        self.newest_first().filter_map(|purchase| twin(purchase, body_hash, shape, now)).collect()
    }
}

fn twin<'a>(purchase: &'a Purchase, body_hash: &str, shape: &Shape, now: Timestamp) -> Option<Twin<'a>> {
    let intent = purchase.intent();
    let has_same_body = intent.body_hash == body_hash;
    if !may_have_bought(purchase.state()) {
        return None;
    }
    if has_same_body && purchase.state().is_unresolved() {
        return Some(Twin::Unresolved(purchase));
    }
    // An intent from the future, which a turned clock makes, counts as one of this moment.
    let is_recent = now.duration_since(intent.at) <= TWIN_WINDOW;
    match (is_recent, has_same_body, intent.shape == *shape) {
        (true, true, _) => Some(Twin::SameBody(purchase)),
        (true, false, true) => Some(Twin::SameShape(purchase)),
        (true, false, false) | (false, _, _) => None,
    }
}

fn may_have_bought(state: &State) -> bool {
    match state {
        State::Ready | State::Sending | State::Accepted(_) | State::Unknown(_) | State::Found | State::Alarm => true,
        State::Refused(_) | State::NotSent(_) | State::NotFound => false,
    }
}
