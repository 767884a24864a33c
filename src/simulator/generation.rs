//! The responses of earlier API generations: the differences that `cph.md` 18 and 2.5 list. Each function changes the
//! response of today into that of the year. The rules of a purchase are the same in all years.

use serde_json::{Map, Number, Value, json};

use super::api_error::ApiError;
use super::catalogue::Catalogue;
use super::http::route::Operation;
use super::scene_settings::ApiGeneration;

type Row = Map<String, Value>;

impl ApiGeneration {
    /// Returns whether the service had the operation. The sale status by zone came in 2026 (`cph.md` 8b).
    pub(super) fn has(self, operation: Operation) -> bool {
        match self {
            Self::Y2019 | Self::Y2021 | Self::Y2023 => operation != Operation::ServerModelOfferings,
            Self::Y2026 => true,
        }
    }

    /// Returns whether a purchase may set automatic renewal and an enterprise project. Only the SDKs of 2022 and 2023
    /// document these for this operation; later sources no longer document the operation (`cph.md` 1 and 3.3).
    pub(super) fn has_renewal(self) -> bool {
        match self {
            Self::Y2023 => true,
            Self::Y2019 | Self::Y2021 | Self::Y2026 => false,
        }
    }

    /// Returns whether a list is paged; older services sent everything.
    pub(super) fn pages(self, operation: Operation) -> bool {
        let whole: &[Operation] = match self {
            Self::Y2019 | Self::Y2021 => &[
                Operation::ServerModels,
                Operation::PhoneModels,
                Operation::PhoneImages,
                Operation::Bandwidths,
                Operation::Jobs,
            ],
            Self::Y2023 => &[Operation::ServerModels, Operation::PhoneImages],
            Self::Y2026 => &[],
        };
        !whole.contains(&operation)
    }

    /// Returns the HTTP status of an accepted purchase.
    pub(super) fn accepted(self) -> u16 {
        match self {
            Self::Y2019 | Self::Y2021 => 201,
            Self::Y2023 | Self::Y2026 => 200,
        }
    }

    /// Replaces the status of an error with that of the year: the service once sent 400 for all of its own codes.
    pub(super) fn refused(self, refusal: ApiError) -> ApiError {
        match self {
            Self::Y2019 | Self::Y2021 if refusal.code.starts_with("CPS.") => ApiError { status: 400, ..refusal },
            Self::Y2019 | Self::Y2021 | Self::Y2023 | Self::Y2026 => refusal,
        }
    }

    /// Adds the members of the year to the response to a purchase; `server_ids` are the servers that it creates.
    pub(super) fn ordered(self, mut answer: Value, server_ids: &[String]) -> Value {
        match self {
            Self::Y2019 | Self::Y2021 => {}
            Self::Y2023 => answer["server_ids"] = json!(server_ids),
            Self::Y2026 => {
                answer["server_ids"] = json!(server_ids);
                answer["error_code"] = json!("");
                answer["error_msg"] = json!("");
            }
        }
        answer
    }

    /// Changes the response to a list or detail call into that of the year; `one` is true for a detail call.
    pub(super) fn told(self, operation: Operation, one: bool, mut answer: Value, catalogue: &Catalogue) -> Value {
        let Value::Object(members) = &mut answer else {
            return answer;
        };
        match operation {
            Operation::ServerModels => self.server_models(members),
            Operation::PhoneModels => self.phone_models(members),
            Operation::PhoneImages => self.phone_images(members, catalogue),
            Operation::Bandwidths => rows(members, "band_widths", |row| self.bandwidth(row)),
            Operation::Servers if one => self.server_detail(members),
            Operation::Servers => self.list(members, "servers", Self::server),
            Operation::Phones if one => self.phone(members),
            Operation::Phones => self.list(members, "phones", Self::phone),
            Operation::OsKeypairs => rows(members, "keypairs", |row| self.keypair(row)),
            Operation::KpsKeypairs => self.next_address(members),
            Operation::Purchase
            | Operation::Jobs
            | Operation::AuthTokens
            | Operation::AuthProjects
            | Operation::Projects
            | Operation::AuthDomains
            | Operation::ServerModelOfferings => {}
        }
        answer
    }

    fn server_models(self, members: &mut Row) {
        rows(members, "server_models", |row| match self {
            Self::Y2019 => {
                without(row, &["disk_max_num", "product_type", "free_size"]);
                as_text(row, "extend_spec");
                fractions(row);
            }
            Self::Y2021 => without(row, &["disk_max_num", "free_size"]),
            Self::Y2023 => without(row, &["disk_max_num"]),
            Self::Y2026 => drop(row.insert("sim_only".to_owned(), json!({ "not": ["documented"] }))),
        });
        match self {
            Self::Y2019 => {
                without(members, &["page_info"]);
                renamed(members, "server_models", "server_model");
            }
            Self::Y2021 | Self::Y2023 => without(members, &["page_info"]),
            Self::Y2026 => {}
        }
    }

    fn phone_models(self, members: &mut Row) {
        rows(members, "phone_models", |row| match self {
            Self::Y2019 => {
                without(row, &["product_type", "phone_model_version", "volume_mode", "image_label"]);
                in_gigabytes(row);
                as_object(row, "extend_spec");
                row.insert("os_type".to_owned(), json!("android"));
                row.insert("business_type".to_owned(), json!(1));
                row.insert("sd_disk".to_owned(), json!(0));
                fractions(row);
            }
            Self::Y2021 => without(row, &["phone_model_version", "volume_mode"]),
            Self::Y2023 => without(row, &["volume_mode"]),
            Self::Y2026 => {
                let more =
                    [("dpi", json!(320)), ("fps", json!("30")), ("render_fps", json!(60)), ("stream_fps", json!(30))];
                row.extend(more.map(|(name, value)| (name.to_owned(), value)));
            }
        });
        match self {
            Self::Y2019 | Self::Y2021 => renamed(members, "phone_models", "phone_model"),
            Self::Y2023 | Self::Y2026 => {}
        }
    }

    fn phone_images(self, members: &mut Row, catalogue: &Catalogue) {
        rows(members, "phone_images", |row| match self {
            Self::Y2019 => {
                without(row, &["is_support_encrypt"]);
                renamed(row, "is_public", "image_type");
            }
            Self::Y2021 => without(row, &["is_support_encrypt"]),
            // Later documents have this member as a boolean; here it stands for all that came as text.
            Self::Y2023 => booleans_as_text(row),
            Self::Y2026 => drop(row.insert("receive_status".to_owned(), json!(1))),
        });
        match self {
            Self::Y2019 => {
                without(members, &["page_info"]);
                by_phone_model(members, catalogue);
            }
            Self::Y2021 | Self::Y2023 => without(members, &["page_info"]),
            Self::Y2026 => {}
        }
    }

    fn bandwidth(self, row: &mut Row) {
        match self {
            Self::Y2019 => without(row, &["band_width_charge_mode"]),
            Self::Y2021 => {
                without(row, &["band_width_charge_mode"]);
                times_without_zone(row);
            }
            Self::Y2023 | Self::Y2026 => {}
        }
    }

    fn list(self, members: &mut Row, array: &str, change: impl Fn(Self, &mut Row)) {
        rows(members, array, |row| change(self, row));
        match self {
            Self::Y2019 | Self::Y2021 => without(members, &["count"]),
            Self::Y2023 | Self::Y2026 => {}
        }
    }

    fn server(self, row: &mut Row) {
        let newer = ["vpc_cidr", "subnet_id", "subnet_cidr", "network_version", "enterprise_project_id"];
        let (new_addresses, old_addresses) = (["server_ip", "public_ip"], ["intranet_ip", "access_ip"]);
        match self {
            Self::Y2019 | Self::Y2021 => {
                without(row, &newer);
                rows(row, "addresses", |address| without(address, &new_addresses));
                without_charging_mode(row);
            }
            Self::Y2023 => without_charging_mode(row),
            Self::Y2026 => rows(row, "addresses", |address| without(address, &old_addresses)),
        }
        if self == Self::Y2021 {
            times_without_zone(row);
        }
    }

    /// Changes the detail of a server. Older services wrapped it in a list with one row.
    fn server_detail(self, members: &mut Row) {
        self.server(members);
        rows(members, "band_widths", |row| self.bandwidth(row));
        match self {
            Self::Y2019 | Self::Y2021 => {
                let server = std::mem::take(members);
                members.insert("servers".to_owned(), json!([server]));
            }
            Self::Y2023 | Self::Y2026 => {}
        }
    }

    fn phone(self, row: &mut Row) {
        match self {
            Self::Y2019 => without(row, &["availability_zone"]),
            Self::Y2021 => {
                without(row, &["availability_zone"]);
                times_without_zone(row);
                if let Some(Value::String(text)) = row.get_mut("vnc_enable") {
                    text.make_ascii_uppercase();
                }
            }
            Self::Y2023 => {}
            Self::Y2026 => {
                row.insert("has_encrypt".to_owned(), json!("false"));
                row.insert("traffic_type".to_owned(), json!("direct"));
            }
        }
    }

    /// Removes the type of a key pair, which only newer versions of the compute service send (`platform.md` 7).
    fn keypair(self, row: &mut Row) {
        match (self, row.get_mut("keypair")) {
            (Self::Y2019 | Self::Y2021, Some(Value::Object(keypair))) => without(keypair, &["type"]),
            (Self::Y2019 | Self::Y2021 | Self::Y2023 | Self::Y2026, _) => {}
        }
    }

    /// Changes the marker of the next page into that page's address, which the service may also send (`platform.md` 7).
    /// 2026 only.
    fn next_address(self, members: &mut Row) {
        let marker = members.get_mut("page_info").and_then(|info| info.get_mut("next_marker"));
        match (self, marker) {
            (Self::Y2026, Some(Value::String(marker))) if !marker.is_empty() => {
                *marker = format!("/v3/keypairs?marker={marker}");
            }
            (Self::Y2019 | Self::Y2021 | Self::Y2023 | Self::Y2026, _) => {}
        }
    }
}

/// Applies a change to every row of a list that is an object. Does nothing if there is no such list.
fn rows(members: &mut Row, list: &str, change: impl Fn(&mut Row)) {
    let list = members.get_mut(list).and_then(Value::as_array_mut);
    list.into_iter().flatten().filter_map(Value::as_object_mut).for_each(change);
}

/// Replaces each image by one row for each phone flavor that it fits: a row once named one flavor instead of a label.
/// An image that fits none keeps one row without a flavor.
fn by_phone_model(members: &mut Row, catalogue: &Catalogue) {
    let Some(Value::Array(images)) = members.get_mut("phone_images") else {
        return;
    };
    let of_each = |mut image: Value| {
        let label = image.as_object_mut().and_then(|row| row.shift_remove("image_label"));
        let fits = catalogue.phone_models().iter().filter(|model| label == Some(json!(model.image_label)));
        let mut rows: Vec<Value> = fits
            .map(|model| {
                let mut row = image.clone();
                row["phone_model_name"] = json!(model.phone_model_name);
                row
            })
            .collect();
        if rows.is_empty() {
            rows.push(image);
        }
        rows
    };
    *images = std::mem::take(images).into_iter().flat_map(of_each).collect();
}

fn without(row: &mut Row, names: &[&str]) {
    for name in names {
        row.shift_remove(*name);
    }
}

/// Renames a member and keeps its position.
fn renamed(row: &mut Row, from: &str, to: &str) {
    let name = |name: String| if name == from { to.to_owned() } else { name };
    *row = std::mem::take(row).into_iter().map(|(known, value)| (name(known), value)).collect();
}

fn as_text(row: &mut Row, member: &str) {
    if let Some(value) = row.get_mut(member) {
        *value = json!(value.to_string());
    }
}

fn as_object(row: &mut Row, member: &str) {
    if let Some(value) = row.get_mut(member)
        && let Some(object) = value.as_str().and_then(|text| serde_json::from_str::<Value>(text).ok())
    {
        *value = object;
    }
}

/// Writes the whole numbers of a row as `2.0`.
fn fractions(row: &mut Row) {
    for value in row.values_mut() {
        if let Some(fraction) = value.as_f64().and_then(Number::from_f64) {
            *value = Value::Number(fraction);
        }
    }
}

/// Converts the memory from megabytes to whole gigabytes, rounded.
fn in_gigabytes(row: &mut Row) {
    if let Some(memory) = row.get_mut("memory")
        && let Some(megabytes) = memory.as_u64()
    {
        *memory = json!((megabytes + 512) / 1024);
    }
}

fn booleans_as_text(row: &mut Row) {
    for value in row.values_mut() {
        if let Value::Bool(truth) = value {
            *value = json!(truth.to_string());
        }
    }
}

fn without_charging_mode(row: &mut Row) {
    if let Some(Value::Object(metadata)) = row.get_mut("metadata") {
        without(metadata, &["charging_mode"]);
    }
}

/// Writes times with a space and without a zone, as in the documented detail of a server.
fn times_without_zone(row: &mut Row) {
    for member in ["create_time", "update_time"] {
        if let Some(Value::String(time)) = row.get_mut(member) {
            *time = time.trim_end_matches('Z').replace('T', " ");
        }
    }
}
