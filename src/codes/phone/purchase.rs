//! The codes that a purchase can bring, those of the operation for a network of one's own with
//! them (`cph.md` 3.6 and 4.7).

use super::super::Row;
use super::{clash, empty, wrong};

const LOOK: &str = "Read again later; before ordering again, look whether the order exists.";
const PHONE_FLAVOR: &str = "Choose another phone flavor, one that belongs to the server flavor and is on sale.";
const IMAGE: &str = "Choose another image.";
const BANDWIDTH: &str = "Choose another shared bandwidth from the list.";
const SERVER_FLAVOR: &str = "Choose another server flavor.";
const PRODUCT: &str = "Choose another flavor or period.";
const FEWER: &str = "Order fewer, or ask for a larger quota.";
const AFTER_ORDER: &str = "Look at the order and contact support.";
const SUBNET: &str = "The subnet does not fit the network that the project already has.";
const OWN_NETWORK: &str =
    "It belongs to servers in a network of your own, which this order does not ask for: contact support.";

/// What each number means.
pub(in crate::codes) const PURCHASE: &[Row] = &[
    (
        1,
        "The user has no right to this, or the token is for the whole account and not for the project.",
        "Ask for cph:servers:create and CPH AgencyDependencyAccess (or agency cph_admin_trust); use a project token.",
    ),
    (3, "The service failed inside.", LOOK),
    (6, "The account is in arrears.", "Top it up, then buy."),
    (7, "The account is frozen.", "Contact support."),
    (8, "The account has not passed real-name verification.", "Verify it in the console, then buy."),
    (24, wrong!("count"), "Choose another number of servers."),
    (27, empty!("phone_model_name"), PHONE_FLAVOR),
    (28, wrong!("phone_model_name"), PHONE_FLAVOR),
    (29, empty!("image_id"), IMAGE),
    (30, wrong!("image_id"), IMAGE),
    (31, wrong!("band_width"), "Check the kind of bandwidth."),
    (32, empty!("band_width_id"), BANDWIDTH),
    (33, wrong!("band_width_id"), BANDWIDTH),
    (34, wrong!("band_width_share_type"), "Check the kind of bandwidth."),
    (35, wrong!("band_width_charge_mode"), "Check the kind of bandwidth."),
    (36, wrong!("band_width_size"), "Choose another bandwidth size."),
    (37, wrong!("ports"), "Check the list of ports."),
    (38, wrong!("a port name"), "Check the names of the ports."),
    (39, clash!("a port name"), "Give every port a name of its own."),
    (40, wrong!("listen_port"), "Check the port numbers."),
    (41, clash!("listen_port"), "Give every port a number of its own."),
    (42, "The service is busy.", LOOK),
    (51, "The project has a shared bandwidth already.", "Choose it instead of a new one."),
    (54, "A job of the service took too long.", LOOK),
    (55, wrong!("extend_param"), "Check how the order is charged."),
    (56, wrong!("charging_mode"), "Check how the order is charged."),
    (57, wrong!("period_type"), "Check the unit of the period."),
    (58, wrong!("period_num"), "Choose another period; some clouds sell three years at most."),
    (59, wrong!("is_auto_renew"), "This order does not ask for automatic renewal: contact support."),
    (60, wrong!("is_auto_pay"), "Check automatic payment."),
    (61, "The price of the order could not be found out.", "Try later."),
    (62, "The order could not be created.", "Look whether it exists, then try later."),
    (63, "There is no product for this combination.", PRODUCT),
    (64, "There is no product for this combination.", PRODUCT),
    (65, "The quota of servers is used up.", FEWER),
    (66, "This server flavor is sold out.", "Choose another server flavor, or contact support."),
    (67, "The key pair does not exist.", "Choose another key pair, one of this project."),
    (68, empty!("keypair_name"), "Choose a key pair, or none."),
    (87, wrong!("server_name"), "Choose another server name."),
    (88, empty!("server_model_name"), SERVER_FLAVOR),
    (89, wrong!("server_model_name"), SERVER_FLAVOR),
    (90, "Creating the servers could not be prepared after the order.", AFTER_ORDER),
    (91, "Creating the servers was tried too often after the order.", AFTER_ORDER),
    (92, "Creating the servers failed after the order.", AFTER_ORDER),
    (93, empty!("internet_accessible"), "Say for every port whether the internet may reach it."),
    (96, "There would be too many servers.", "Order fewer servers, or contact support."),
    (115, "The bandwidth does not exist.", BANDWIDTH),
    (157, "The phone flavor cannot be used.", PHONE_FLAVOR),
    (166, "The image does not exist.", IMAGE),
    (190, "There would be too many phones.", "Order fewer phones, or contact support."),
    (191, wrong!("subnet_cidr"), "Check the subnet."),
    (194, "The subnet overlaps one that exists.", "Choose a subnet that does not overlap an existing one."),
    (196, "The quota does not suffice.", FEWER),
    (197, SUBNET, "Choose a subnet within that network, or none."),
    (198, SUBNET, "Choose a subnet within that network, or none."),
    (223, wrong!("tenant_vpc_id"), OWN_NETWORK),
    (224, wrong!("subnet_id"), OWN_NETWORK),
    (226, wrong!("nics"), OWN_NETWORK),
    (228, "The subnet is not in the VPC.", OWN_NETWORK),
    (229, "The subnet could not be looked up.", OWN_NETWORK),
    (236, "The VPC does not exist.", OWN_NETWORK),
    (238, wrong!("public_ip"), OWN_NETWORK),
    (239, wrong!("eip"), OWN_NETWORK),
    (241, "The subnet has too few free addresses.", "Choose a larger one."),
];

#[cfg(test)]
mod tests {
    use crate::codes::{Said, explain};

    #[test]
    fn a_missing_right_names_every_right_and_the_scope() {
        let meaning = explain(&Said::code("CPS.0001")).unwrap();
        for part in ["cph:servers:create", "CPH AgencyDependencyAccess", "cph_admin_trust", "project token"] {
            assert!(meaning.advice.contains(part), "{part}");
        }
    }
}
