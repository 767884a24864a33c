//! The lists of the API in which an order is searched for, and what each of them can prove.

use serde::{Deserialize, Serialize};

/// A list in which an order is searched for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ListSource {
    /// The servers of the project (`ListCloudPhoneServers`).
    #[default]
    ServerList,
    /// The orders of the account. No version reads this list yet; nothing else can prove `NOT_FOUND`.
    OrderList,
}

impl ListSource {
    /// Returns whether the list shows every order that was placed, unpaid ones too.
    ///
    /// The server list does not: servers exist only once they are paid for, and a payment that was to be automatic can
    /// fail. So it proves the absence of no order.
    #[must_use]
    pub const fn shows_unpaid_orders(self) -> bool {
        match self {
            Self::ServerList => false,
            Self::OrderList => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_server_list_does_not_show_every_order() {
        assert!(!ListSource::ServerList.shows_unpaid_orders());
        assert!(ListSource::OrderList.shows_unpaid_orders());
    }
}
