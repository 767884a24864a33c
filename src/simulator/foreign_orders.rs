//! Servers that somebody else bought in the same project. They were not ordered here, so the ledger does not contain
//! them; in the lists they look like all others.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::catalogue::Catalogue;
use super::purchase::{Bandwidth, Billing, Period, Purchase};

/// An order of somebody else. In a scene, every member but the name is optional.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ForeignOrder {
    /// The name of the servers before any number; any text.
    pub server_name: String,
    /// The numbering of the servers.
    #[serde(default)]
    pub numbering: Numbering,
    /// The server flavor, which need not exist.
    #[serde(default = "server_model")]
    pub server_model_name: String,
    /// The phone flavor, which need not exist.
    #[serde(default = "phone_model")]
    pub phone_model_name: String,
    /// The number of servers.
    #[serde(default = "one")]
    pub count: u32,
    /// The age of the order when it is added, in seconds; negative if its time of creation is in the future.
    #[serde(default = "a_day")]
    pub age_s: i64,
    /// The `order_id` that its servers show.
    #[serde(default)]
    pub order_id: ShownOrderId,
    /// The project of the order; if `None`, every project lists it.
    #[serde(default)]
    pub project_id: Option<String>,
}

/// The format of the server names of an order.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Numbering {
    /// `farm-1`, as in the console.
    #[default]
    Plain,
    /// `farm-0001`, as in the operation's document.
    ZeroPadded,
    /// `farm` for every server.
    None,
}

/// The `order_id` in the `metadata` of a server.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum ShownOrderId {
    /// The order's own well-formed number.
    #[default]
    Generated,
    /// This text, valid or not.
    Text(String),
    /// A text repeated many times.
    Repeated {
        /// The repeated text.
        text: String,
        /// The number of repetitions.
        times: usize,
    },
    /// `metadata` without `order_id`.
    NoOrderId,
    /// No `metadata` at all.
    NoMetadata,
}

fn server_model() -> String {
    "physical.rx1.xlarge".to_owned()
}

fn phone_model() -> String {
    "rx1.cp.c60.d10.e1v1".to_owned()
}

fn one() -> u32 {
    1
}

fn a_day() -> i64 {
    24 * 60 * 60
}

impl ForeignOrder {
    /// Creates an order of one server, one day old, with documented flavors and its own order number.
    pub fn named(server_name: impl Into<String>) -> Self {
        Self {
            server_name: server_name.into(),
            numbering: Numbering::default(),
            server_model_name: server_model(),
            phone_model_name: phone_model(),
            count: one(),
            age_s: a_day(),
            order_id: ShownOrderId::default(),
            project_id: None,
        }
    }

    /// Builds the purchase for such an order. A combination of flavors that is not in the catalogue has no phones.
    pub(super) fn purchase(&self, catalogue: &Catalogue) -> Purchase {
        let is_it = |name: &str, of: &str| name == self.phone_model_name && of == self.server_model_name;
        let models = catalogue.phone_models();
        let model = models.iter().find(|row| is_it(&row.phone_model_name, &row.server_model_name));
        Purchase {
            server_name: self.server_name.clone(),
            server_model_name: self.server_model_name.clone(),
            phone_model_name: self.phone_model_name.clone(),
            image_id: "20032120200330a20b000eae5b8c01e6".to_owned(),
            count: self.count,
            phone_capacity: model.map_or(0, |model| model.phone_capacity),
            band_width: Bandwidth::Dedicated { size: None },
            billing: Billing { period: Period::Month, period_num: 1, is_auto_pay: true, is_auto_renew: false },
            enterprise_project_id: None,
            keypair_name: None,
            vnc_enable: false,
            ports: Vec::new(),
            subnet: None,
        }
    }
}

impl Numbering {
    /// Formats the name of the server with this number.
    pub(super) fn name(self, server_name: &str, number: u32) -> String {
        match self {
            Self::Plain => format!("{server_name}-{number}"),
            Self::ZeroPadded => format!("{server_name}-{number:04}"),
            Self::None => server_name.to_owned(),
        }
    }
}

impl ShownOrderId {
    /// Returns the order number that the lists show, or `None` if they show none; `own` is the order's real number.
    pub(super) fn shown(&self, own: &str) -> Option<String> {
        match self {
            Self::Generated => Some(own.to_owned()),
            Self::Text(text) => Some(text.clone()),
            Self::Repeated { text, times } => Some(text.repeat(*times)),
            Self::NoOrderId | Self::NoMetadata => None,
        }
    }

    /// Builds the `metadata` of a row, or returns `None` if the row has none.
    pub(super) fn metadata(&self, own: &str, product_id: &str) -> Option<Value> {
        match (self, self.shown(own)) {
            (Self::NoMetadata, _) => None,
            (_, Some(order_id)) => Some(json!({ "order_id": order_id, "product_id": product_id })),
            (_, None) => Some(json!({ "product_id": product_id })),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{ForeignOrder, Numbering, ShownOrderId};

    #[test]
    fn only_the_name_of_a_foreign_order_is_required() {
        let read = |text: &str| serde_json::from_str::<ForeignOrder>(text).map_err(|error| error.to_string());
        assert_eq!(read(r#"{"server_name":"farm"}"#), Ok(ForeignOrder::named("farm")));
        let order = read(r#"{"server_name":"farm","order_id":{"repeated":{"text":"A","times":3}},"numbering":"none"}"#);
        let order = order.expect("an order");
        assert_eq!((order.order_id.shown("CS1"), order.numbering), (Some("AAA".to_owned()), Numbering::None));
        for bad in ["{}", r#"{"server_name":"a","colour":1}"#, r#"{"server_name":"a","order_id":"CS1"}"#] {
            assert!(read(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_row_may_hide_its_order_or_show_any_text() {
        let metadata = |shown: ShownOrderId| shown.metadata("CS1", "p");
        assert_eq!(metadata(ShownOrderId::Generated), Some(json!({ "order_id": "CS1", "product_id": "p" })));
        let text = ShownOrderId::Text("\u{1b}".to_owned());
        assert_eq!(metadata(text), Some(json!({ "order_id": "\u{1b}", "product_id": "p" })));
        assert_eq!(metadata(ShownOrderId::NoOrderId), Some(json!({ "product_id": "p" })));
        assert_eq!(metadata(ShownOrderId::NoMetadata), None);
    }

    #[test]
    fn servers_are_numbered_in_every_documented_way() {
        let names =
            [Numbering::Plain, Numbering::ZeroPadded, Numbering::None].map(|numbering| numbering.name("farm", 2));
        assert_eq!(names, ["farm-2", "farm-0002", "farm"]);
    }
}
