//! The responses about existing servers and phones: lists and details, in the format of the API.

use std::ops::RangeInclusive;

use jiff::Timestamp;
use serde_json::{Value, json};

use super::api_error::ApiError;
use super::catalogue::BandWidth;
use super::clock::Moment;
use super::http::query::Query;
use super::identifiers::is_hexadecimal;
use super::lists::{USUAL, cut};
use super::orders::{Order, Orders};
use super::provisioning::{Phone, Server};
use super::purchase::Bandwidth;
use super::scene::Scene;
use super::validation_context::ValidationContext;

const ZONE: &str = "cn-east-3a";
const PHONES: RangeInclusive<usize> = 1..=200;
const PHONES_DEFAULT: usize = 100;

/// A server that the lists of a project show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedServer {
    /// The identifier of the server.
    pub server_id: String,
    /// The name, including its number.
    pub server_name: String,
    /// The order number that the row shows; `None` if it shows none.
    pub order_id: Option<String>,
    /// The time at which its order was accepted, by the simulator's clock.
    pub created_at: Timestamp,
    /// The `status` of the server (`cph.md` 15).
    pub status: i32,
    /// True if somebody else bought it.
    pub is_foreign: bool,
}

/// A view of the servers and phones of a project at one moment.
#[derive(Clone, Copy)]
pub(super) struct Inventory<'look> {
    pub(super) orders: &'look Orders,
    pub(super) scene: &'look Scene,
    pub(super) validation_context: &'look ValidationContext,
    pub(super) project: &'look str,
    pub(super) now: Moment,
}

impl<'look> Inventory<'look> {
    pub(super) fn servers(self, query: &Query) -> Result<Value, ApiError> {
        let window = query.window(&USUAL, *USUAL.end())?;
        let status = status(query)?;
        let network_version = query.text("network_version");
        if network_version.is_some_and(|version| !["v1", "v2"].iter().any(|known| version.eq_ignore_ascii_case(known)))
        {
            return Err(ApiError::invalid("CPS.0240", "network_version"));
        }
        let of_this_network = network_version.is_none_or(|version| version.eq_ignore_ascii_case("v1"));
        let found: Vec<_> = self
            .listed()
            .filter(|_| of_this_network)
            .filter(|server| query.text("server_name").is_none_or(|part| holds(&server.name(), part)))
            .filter(|server| query.text("server_id").is_none_or(|id| server.id() == id))
            .filter(|server| {
                query.text("phone_model_name").is_none_or(|name| server.order.purchase.phone_model_name == name)
            })
            .filter(|server| {
                status.is_none_or(|status| {
                    self.scene.provisioning_ms.server(server.order.accepted, self.now).status == status
                })
            })
            .collect();
        let count = found.len();
        let page: Vec<_> = cut(found.into_iter(), window).into_iter().map(|server| self.server_row(server)).collect();
        Ok(json!({ "count": count, "servers": page }))
    }

    pub(super) fn server(self, id: &str) -> Result<Value, ApiError> {
        if !is_hexadecimal(id) {
            return Err(ApiError::invalid("CPS.0016", "server_id"));
        }
        let server = self
            .listed()
            .find(|server| server.id() == id)
            .ok_or_else(|| ApiError::new(404, "CPS.0015", "The server does not exist."))?;
        let mut row = self.server_row(server);
        if let Value::Object(members) = &mut row {
            members.insert("band_widths".to_owned(), json!(self.bandwidths_of(server.order)));
            members.insert("volumes".to_owned(), json!([]));
            members.insert("security_groups".to_owned(), json!([]));
        }
        Ok(row)
    }

    pub(super) fn phones(self, query: &Query) -> Result<Value, ApiError> {
        let window = query.window(&PHONES, PHONES_DEFAULT)?;
        let status = status(query)?;
        let ordinary = match query.text("type") {
            None | Some("0") => true,
            Some("1") => false,
            Some(_) => return Err(ApiError::invalid("CPS.0116", "type")),
        };
        let found: Vec<_> = self
            .listed()
            .filter(|_| ordinary)
            .filter(|server| query.text("server_id").is_none_or(|id| server.id() == id))
            .filter(|server| {
                status.is_none_or(|status| {
                    self.scene.provisioning_ms.phone(server.order.accepted, self.now).status == status
                })
            })
            .flat_map(Server::phones)
            .filter(|phone| query.text("phone_name").is_none_or(|part| holds(&phone.name(), part)))
            .collect();
        let count = found.len();
        let page: Vec<_> = cut(found.into_iter(), window).into_iter().map(|phone| self.phone_row(phone)).collect();
        Ok(json!({ "count": count, "phones": page }))
    }

    pub(super) fn phone(self, id: &str) -> Result<Value, ApiError> {
        if !is_hexadecimal(id) {
            return Err(ApiError::invalid("CPS.0004", "phone_id"));
        }
        let phone = self
            .listed()
            .flat_map(Server::phones)
            .find(|phone| phone.id() == id)
            .ok_or_else(|| ApiError::new(404, "CPS.0005", "The phone does not exist."))?;
        let mut row = self.phone_row(phone);
        if let Value::Object(members) = &mut row {
            members.insert("access_infos".to_owned(), access_infos(phone));
            members.insert("property".to_owned(), json!("{}"));
        }
        Ok(row)
    }

    /// Returns the servers that the lists show now, in the types of the simulator instead of JSON.
    pub(super) fn shown(self) -> Vec<ListedServer> {
        let row = |server: Server<'_>| ListedServer {
            server_id: server.id(),
            server_name: server.name(),
            order_id: server.order.shown_id(),
            created_at: server.order.accepted.time(),
            status: self.scene.provisioning_ms.server(server.order.accepted, self.now).status,
            is_foreign: server.order.foreign.is_some(),
        };
        self.listed().map(row).collect()
    }

    /// Iterates over the servers that the lists show, newest order first. Orders younger than
    /// `list_visibility_delay_ms` are left out.
    fn listed(self) -> impl Iterator<Item = Server<'look>> {
        let shown = move |order: &&Order| self.now.since(order.accepted) >= self.scene.list_visibility_delay_ms;
        self.orders.built(self.project).filter(shown).flat_map(Server::of_order)
    }

    fn bandwidths_of(self, order: &Order) -> Vec<BandWidth> {
        let existing = match &order.purchase.band_width {
            Bandwidth::Existing { id } => self.validation_context.bandwidth(id).cloned(),
            Bandwidth::Dedicated { .. } | Bandwidth::Shared { .. } => None,
        };
        existing.or_else(|| order.own_bandwidth()).into_iter().collect()
    }

    fn server_row(self, server: Server<'_>) -> Value {
        let (order, purchase) = (server.order, &server.order.purchase);
        let state = self.scene.provisioning_ms.server(order.accepted, self.now);
        let (server_ip, public_ip) = (server.inner_address(), server.public_address());
        let subnet = order.subnet().to_string();
        let mut metadata = order.metadata();
        if let Some(metadata) = &mut metadata {
            metadata["charging_mode"] = json!(0);
        }
        let row = json!({
            "server_id": server.id(),
            "server_name": server.name(),
            "availability_zone": ZONE,
            "server_model_name": purchase.server_model_name,
            "phone_model_name": purchase.phone_model_name,
            "keypair_name": purchase.keypair_name.as_deref().unwrap_or_default(),
            "status": state.status,
            "vpc_id": order.vpc_id(),
            "cidr": subnet,
            "vpc_cidr": subnet,
            "subnet_id": order.subnet_id(),
            "subnet_cidr": subnet,
            "addresses": [{ "server_ip": server_ip, "public_ip": public_ip, "intranet_ip": server_ip, "access_ip": public_ip }],
            "resource_project_id": order.resource_project_id(),
            "metadata": metadata,
            "network_version": "v1",
            "enterprise_project_id": purchase.enterprise_project_id.as_deref().unwrap_or("0"),
            "create_time": order.accepted.written(),
            "update_time": state.entered.written(),
        });
        with_metadata_or_none(row)
    }

    fn phone_row(self, phone: Phone<'_>) -> Value {
        let order = phone.server.order;
        let state = self.scene.provisioning_ms.phone(order.accepted, self.now);
        let row = json!({
            "phone_id": phone.id(),
            "phone_name": phone.name(),
            "server_id": phone.server.id(),
            "phone_model_name": order.purchase.phone_model_name,
            "image_id": order.purchase.image_id,
            "vnc_enable": order.purchase.vnc_enable.to_string(),
            "status": state.status,
            "type": 0,
            "metadata": order.metadata(),
            "availability_zone": ZONE,
            "create_time": order.accepted.written(),
            "update_time": state.entered.written(),
        });
        with_metadata_or_none(row)
    }
}

/// Removes `metadata` from a row if it is `null`.
fn with_metadata_or_none(mut row: Value) -> Value {
    if let Value::Object(fields) = &mut row
        && fields.get("metadata").is_some_and(Value::is_null)
    {
        fields.shift_remove("metadata");
    }
    row
}

/// Returns whether a name contains the search text, in any letter case: the search is documented as fuzzy.
fn holds(name: &str, part: &str) -> bool {
    name.to_lowercase().contains(&part.to_lowercase())
}

/// Builds the application ports of a phone. Ports without access from the internet have no public address.
fn access_infos(phone: Phone<'_>) -> Value {
    let (server_ip, public_ip) = (phone.server.inner_address(), phone.server.public_address());
    let ports = phone.server.order.purchase.ports.iter();
    let infos: Vec<_> = ports
        .map(|port| {
            json!({
                "type": port.name,
                "device_ip": server_ip,
                "phone_ip": server_ip,
                "listen_port": port.listen_port,
                "access_port": port.listen_port,
                "public_ip": if port.internet_accessible { public_ip.to_string() } else { String::new() },
                "intranet_ip": server_ip,
                "server_ip": server_ip,
                "access_ip": if port.internet_accessible { public_ip.to_string() } else { String::new() },
            })
        })
        .collect();
    json!(infos)
}

/// Reads the filter `status`. Any whole number is valid, since some statuses of phones are negative.
fn status(query: &Query) -> Result<Option<i32>, ApiError> {
    query.text("status").map(str::parse).transpose().map_err(|_| ApiError::invalid("CPS.0010", "status"))
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::Inventory;
    use crate::simulator::clock::Moment;
    use crate::simulator::http::query::Query;
    use crate::simulator::ledger::Ledger;
    use crate::simulator::orders::{Orders, Placing};
    use crate::simulator::rules::validate_purchase;
    use crate::simulator::scene::Scene;
    use crate::simulator::scene_settings::AutoPayment;
    use crate::simulator::validation_context::ValidationContext;

    const BODY: &str = r#"{"server_name":"farm","server_model_name":"physical.rx1.xlarge","phone_model_name":"rx1.cp.c60.d10.e1v1",
        "image_id":"20032120200330a20b000eae5b8c01e6","count":2,"subnet_cidr":"10.9.8.0/30",
        "band_width":{"band_width_share_type":1,"band_width_size":7},
        "extend_param":{"charging_mode":0,"period_type":2,"period_num":1,"is_auto_pay":1}}"#;

    fn bought(accepted: Moment) -> Orders {
        let mut orders = Orders::new(Ledger::default());
        let purchase = validate_purchase(BODY.as_bytes(), &ValidationContext::documented()).expect("a purchase");
        let body = BODY.as_bytes();
        let placing =
            Placing { project: "p", request_id: "r", body, now: accepted, auto_payment: AutoPayment::Succeeds };
        orders.place(&placing, purchase).expect("an order");
        orders
    }

    #[test]
    fn what_was_bought_changes_with_time_alone() {
        let (accepted, scene) = (Moment::sample(), Scene::named("late-server-list").expect("a scene"));
        let orders = bought(accepted);
        let validation_context = orders.validation_context("p", &ValidationContext::documented());
        for (elapsed, count, server, phone) in [(3_999, 0, 0, 0), (4_000, 2, 4, 1), (4_500, 2, 5, 1), (6_000, 2, 5, 2)]
        {
            let now = accepted.later(elapsed);
            let look = Inventory {
                orders: &orders,
                scene: &scene,
                validation_context: &validation_context,
                project: "p",
                now,
            };
            let servers = look.servers(&Query::default()).expect("a list");
            let phones = look.phones(&Query::default()).expect("a list");
            assert_eq!(
                (&servers["count"], &phones["count"]),
                (&Value::from(count), &Value::from(count * 60)),
                "{elapsed}"
            );
            if count > 0 {
                assert_eq!(servers["servers"][0]["status"], server, "{elapsed}");
                assert_eq!(phones["phones"][0]["status"], phone, "{elapsed}");
            }
        }
    }

    #[test]
    fn a_server_shows_its_network() {
        let (accepted, scene) = (Moment::sample(), Scene::normal());
        let orders = bought(accepted);
        let validation_context = orders.validation_context("p", &ValidationContext::documented());
        let look = Inventory {
            orders: &orders,
            scene: &scene,
            validation_context: &validation_context,
            project: "p",
            now: accepted,
        };
        let list = look.servers(&Query::default()).expect("a list");
        let id = list["servers"][1]["server_id"].as_str().expect("an id");
        let server = look.server(id).expect("a server");
        assert_eq!(
            (&server["cidr"], &server["addresses"][0]["server_ip"]),
            (&"10.9.8.0/30".into(), &"10.9.8.2".into())
        );
        assert_eq!(server["band_widths"][0]["band_width_size"], 7);
        let bandwidth = server["band_widths"][0]["band_width_id"].as_str().expect("an id");
        assert!(validation_context.bandwidth(bandwidth).is_some(), "a bandwidth that an order made can be used again");
        let elsewhere = Inventory { project: "q", ..look };
        assert_eq!(elsewhere.server(id).expect_err("another project").code, "CPS.0015");
    }
}
