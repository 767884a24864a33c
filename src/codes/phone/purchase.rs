//! The codes that a purchase can return, including those of the operation for a customer's own network (`cph.md` 3.6
//! and 4.7).

use super::super::code_row::CodeRow;
use crate::i18n::phrase;

const LOOK: &str = phrase!("Read again later; before ordering again, look whether the order exists.");
const PHONE_FLAVOR: &str =
    phrase!("Choose another phone flavor, one that belongs to the server flavor and is on sale.");
const IMAGE: &str = phrase!("Choose another image.");
const BANDWIDTH: &str = phrase!("Choose another shared bandwidth from the list.");
const SERVER_FLAVOR: &str = phrase!("Choose another server flavor.");
const PRODUCT: &str = phrase!("Choose another flavor or period.");
const FEWER: &str = phrase!("Order fewer, or ask for a larger quota.");
const FEWER_SERVERS: &str = phrase!("Order fewer servers, or contact support.");
const FEWER_PHONES: &str = phrase!("Order fewer phones, or contact support.");

/// Removes the suggestion of a smaller order from an advice, since an order of one server cannot be smaller.
pub(in crate::codes) fn advice_for_one_server(advice: &'static str) -> &'static str {
    match advice {
        FEWER => phrase!("Ask for a larger quota."),
        FEWER_SERVERS | FEWER_PHONES => phrase!("Contact support."),
        other => other,
    }
}
const AFTER_ORDER: &str = phrase!("Look at the order and contact support.");
const SUBNET: &str = phrase!("The subnet does not fit the network that the project already has.");
const OWN_NETWORK: &str =
    phrase!("It belongs to servers in a network of your own, which this order does not ask for: contact support.");

/// The meaning of each number.
pub(in crate::codes) const PURCHASE: &[CodeRow] = &[
    (
        1,
        phrase!("The user has no right to this, or the token is for the whole account and not for the project."),
        phrase!(
            "Ask for cph:servers:create and CPH AgencyDependencyAccess (or agency cph_admin_trust); use a project token."
        ),
    ),
    (3, phrase!("The service failed inside."), LOOK),
    (6, phrase!("The account is in arrears."), phrase!("Top it up, then buy.")),
    (7, phrase!("The account is frozen."), phrase!("Contact support.")),
    (8, phrase!("The account has not passed real-name verification."), phrase!("Verify it in the console, then buy.")),
    (24, phrase!("The service does not accept the value of count."), phrase!("Choose another number of servers.")),
    (27, phrase!("The service wants a value for phone_model_name."), PHONE_FLAVOR),
    (28, phrase!("The service does not accept the value of phone_model_name."), PHONE_FLAVOR),
    (29, phrase!("The service wants a value for image_id."), IMAGE),
    (30, phrase!("The service does not accept the value of image_id."), IMAGE),
    (31, phrase!("The service does not accept the value of band_width."), phrase!("Check the kind of bandwidth.")),
    (32, phrase!("The service wants a value for band_width_id."), BANDWIDTH),
    (33, phrase!("The service does not accept the value of band_width_id."), BANDWIDTH),
    (
        34,
        phrase!("The service does not accept the value of band_width_share_type."),
        phrase!("Check the kind of bandwidth."),
    ),
    (
        35,
        phrase!("The service does not accept the value of band_width_charge_mode."),
        phrase!("Check the kind of bandwidth."),
    ),
    (
        36,
        phrase!("The service does not accept the value of band_width_size."),
        phrase!("Choose another bandwidth size."),
    ),
    (37, phrase!("The service does not accept the value of ports."), phrase!("Check the list of ports.")),
    (38, phrase!("The service does not accept the value of a port name."), phrase!("Check the names of the ports.")),
    (
        39,
        phrase!("A value of a port name is there twice, or goes against another one."),
        phrase!("Give every port a name of its own."),
    ),
    (40, phrase!("The service does not accept the value of listen_port."), phrase!("Check the port numbers.")),
    (
        41,
        phrase!("A value of listen_port is there twice, or goes against another one."),
        phrase!("Give every port a number of its own."),
    ),
    (42, phrase!("The service is busy."), LOOK),
    (51, phrase!("The project has a shared bandwidth already."), phrase!("Choose it instead of a new one.")),
    (54, phrase!("A job of the service took too long."), LOOK),
    (55, phrase!("The service does not accept the value of extend_param."), phrase!("Check how the order is charged.")),
    (
        56,
        phrase!("The service does not accept the value of charging_mode."),
        phrase!("Check how the order is charged."),
    ),
    (57, phrase!("The service does not accept the value of period_type."), phrase!("Check the unit of the period.")),
    (
        58,
        phrase!("The service does not accept the value of period_num."),
        phrase!("Choose another period; some clouds sell three years at most."),
    ),
    (
        59,
        phrase!("The service does not accept the value of is_auto_renew."),
        phrase!("This order does not ask for automatic renewal: contact support."),
    ),
    (60, phrase!("The service does not accept the value of is_auto_pay."), phrase!("Check automatic payment.")),
    (61, phrase!("The price of the order could not be found out."), phrase!("Try later.")),
    (62, phrase!("The order could not be created."), phrase!("Look whether it exists, then try later.")),
    (63, phrase!("There is no product for this combination."), PRODUCT),
    (64, phrase!("There is no product for this combination."), PRODUCT),
    (65, phrase!("The quota of servers is used up."), FEWER),
    (66, phrase!("This server flavor is sold out."), phrase!("Choose another server flavor, or contact support.")),
    (67, phrase!("The key pair does not exist."), phrase!("Choose another key pair, one of this project.")),
    (68, phrase!("The service wants a value for keypair_name."), phrase!("Choose a key pair, or none.")),
    (87, phrase!("The service does not accept the value of server_name."), phrase!("Choose another server name.")),
    (88, phrase!("The service wants a value for server_model_name."), SERVER_FLAVOR),
    (89, phrase!("The service does not accept the value of server_model_name."), SERVER_FLAVOR),
    (90, phrase!("Creating the servers could not be prepared after the order."), AFTER_ORDER),
    (91, phrase!("Creating the servers was tried too often after the order."), AFTER_ORDER),
    (92, phrase!("Creating the servers failed after the order."), AFTER_ORDER),
    (
        93,
        phrase!("The service wants a value for internet_accessible."),
        phrase!("Say for every port whether the internet may reach it."),
    ),
    (96, phrase!("There would be too many servers."), FEWER_SERVERS),
    (115, phrase!("The bandwidth does not exist."), BANDWIDTH),
    (157, phrase!("The phone flavor cannot be used."), PHONE_FLAVOR),
    (166, phrase!("The image does not exist."), IMAGE),
    (190, phrase!("There would be too many phones."), FEWER_PHONES),
    (191, phrase!("The service does not accept the value of subnet_cidr."), phrase!("Check the subnet.")),
    (
        194,
        phrase!("The subnet overlaps one that exists."),
        phrase!("Choose a subnet that does not overlap an existing one."),
    ),
    (196, phrase!("The quota does not suffice."), FEWER),
    (197, SUBNET, phrase!("Choose a subnet within that network, or none.")),
    (198, SUBNET, phrase!("Choose a subnet within that network, or none.")),
    (223, phrase!("The service does not accept the value of tenant_vpc_id."), OWN_NETWORK),
    (224, phrase!("The service does not accept the value of subnet_id."), OWN_NETWORK),
    (226, phrase!("The service does not accept the value of nics."), OWN_NETWORK),
    (228, phrase!("The subnet is not in the VPC."), OWN_NETWORK),
    (229, phrase!("The subnet could not be looked up."), OWN_NETWORK),
    (236, phrase!("The VPC does not exist."), OWN_NETWORK),
    (238, phrase!("The service does not accept the value of public_ip."), OWN_NETWORK),
    (239, phrase!("The service does not accept the value of eip."), OWN_NETWORK),
    (241, phrase!("The subnet has too few free addresses."), phrase!("Choose a larger one.")),
];

#[cfg(test)]
mod tests {
    use crate::codes::{CloudError, explain};

    #[test]
    fn a_missing_right_names_every_right_and_the_scope() {
        let meaning = explain(&CloudError::code("CPS.0001")).unwrap();
        for part in ["cph:servers:create", "CPH AgencyDependencyAccess", "cph_admin_trust", "project token"] {
            assert!(meaning.advice.contains(part), "{part}");
        }
    }
}
