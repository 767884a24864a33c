//! The network of an order: addresses, VPC, subnet and a bandwidth of its own. Everything is computed from the order
//! and made up within the documented formats (`cph.md` 9 and 10).

use std::net::Ipv4Addr;

use super::catalogue::BandWidth;
use super::identifiers::{derived, derived_uuid};
use super::orders::Order;
use super::provisioning::Server;
use super::purchase::Bandwidth;

/// The size of a dedicated bandwidth whose order states none, in Mbit/s.
const DEDICATED_SIZE: u16 = 300;
/// The prefix 203.0.113.0/24, which is reserved for documentation.
const PUBLIC: [u8; 3] = [203, 0, 113];

impl Order {
    /// Returns the bandwidth that the order creates, or `None` if it names an existing one.
    pub(super) fn own_bandwidth(&self) -> Option<BandWidth> {
        let (size, shared) = match &self.purchase.band_width {
            Bandwidth::Existing { .. } => return None,
            Bandwidth::Dedicated { size } => (size.unwrap_or(DEDICATED_SIZE), false),
            Bandwidth::Shared { size } => (*size, true),
        };
        let name = format!("BANDWIDTH_{}", derived(&["bandwidth name", &self.id]));
        Some(BandWidth::new(derived_uuid(&["bandwidth", &self.id]), name, size, shared, self.accepted.written()))
    }

    pub(super) fn vpc_id(&self) -> String {
        derived_uuid(&["vpc", &self.project, &self.subnet().to_string()])
    }

    pub(super) fn subnet_id(&self) -> String {
        derived_uuid(&["subnet", &self.project, &self.subnet().to_string()])
    }

    pub(super) fn resource_project_id(&self) -> String {
        derived(&["resource project", &self.project])
    }
}

impl Server<'_> {
    /// Computes the private address: the network address plus the number of the server, or the network address itself
    /// if the subnet is too small.
    pub(super) fn inner_address(self) -> Ipv4Addr {
        let subnet = self.order.subnet();
        let wanted = Ipv4Addr::from(u32::from(subnet.network()).saturating_add(self.number));
        if subnet.contains(&wanted) { wanted } else { subnet.network() }
    }

    pub(super) fn public_address(self) -> Ipv4Addr {
        let [a, b, c] = PUBLIC;
        Ipv4Addr::new(a, b, c, u8::try_from(self.number).unwrap_or(u8::MAX))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::simulator::clock::Moment;
    use crate::simulator::orders::Order;
    use crate::simulator::provisioning::Server;
    use crate::simulator::rules::validate_purchase;
    use crate::simulator::validation_context::ValidationContext;

    fn order(band_width: &serde_json::Value, subnet: &str) -> Order {
        let body = json!({
            "server_name": "farm", "server_model_name": "physical.rx1.xlarge", "phone_model_name": "rx1.cp.c60.d10.e1v1",
            "image_id": "20032120200330a20b000eae5b8c01e6", "count": 10, "subnet_cidr": subnet, "band_width": band_width,
            "extend_param": { "charging_mode": 0, "period_type": 2, "period_num": 1 },
        });
        let purchase =
            validate_purchase(body.to_string().as_bytes(), &ValidationContext::documented()).expect("a purchase");
        let (id, product_id, project) = ("CS1".to_owned(), "1".to_owned(), "p".to_owned());
        Order { id, product_id, project, purchase, accepted: Moment::sample(), is_paid: true, foreign: None }
    }

    #[test]
    fn every_address_lies_in_its_subnet_however_small() {
        for subnet in ["10.0.0.0/8", "10.0.0.4/30", "255.255.255.255/32"] {
            let order = order(&json!({ "band_width_share_type": 0 }), subnet);
            assert!(
                Server::of_order(&order).all(|server| order.subnet().contains(&server.inner_address())),
                "{subnet}"
            );
        }
    }

    #[test]
    fn an_order_makes_a_bandwidth_unless_it_named_one() {
        let made = |band_width| order(&band_width, "10.0.0.0/8").own_bandwidth();
        let dedicated = serde_json::to_value(made(json!({ "band_width_share_type": 0 }))).expect("JSON");
        assert_eq!((&dedicated["band_width_size"], &dedicated["band_width_charge_mode"]), (&json!(300), &json!(1)));
        let shared = made(json!({ "band_width_share_type": 1, "band_width_size": 7 }));
        assert!(shared.is_some_and(|bandwidth| bandwidth.is_shared()));
        assert!(made(json!({ "band_width_id": "4b1f7c3e-92d0-4a6b-8e57-0cd3a91f6b28" })).is_none());
    }
}
