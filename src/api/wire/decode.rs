//! Converts each kind of row to its domain type, with a key that distinguishes it from the other rows of its list.

use serde_json::{Map, Value};

use super::{JsonRow, rows};
use crate::api::reason::AnswerFault;
use crate::catalogue::{
    Bandwidth, Image, KeyPair, Offering, PhoneFlavor, Server, ServerFlavor, ServerStatus, Visibility,
};

/// Reads a row of `server_models` (`cph.md` 6).
pub(in crate::api) fn server_flavor(row: JsonRow<'_>) -> Option<(String, ServerFlavor)> {
    let name = row.text("server_model_name")?;
    let flavor = ServerFlavor {
        cpu_model: row.text("server_type").or_else(|| row.text_within("extend_spec", "cpu")),
        cpu_cores: row.amount("cpu"),
        memory_gb: row.amount("memory"),
        disk: row.text_within("extend_spec", "disk"),
        name: name.clone(),
    };
    Some((name, flavor))
}

/// Reads a row of `phone_models` (`cph.md` 7). The same name may belong to several server flavors.
pub(in crate::api) fn phone_flavor(row: JsonRow<'_>) -> Option<(String, PhoneFlavor)> {
    let name = row.text("phone_model_name")?;
    let server_flavor = row.text("server_model_name")?;
    let key = format!("{server_flavor} {name}");
    let flavor = PhoneFlavor {
        server_flavor,
        name,
        status: row.number("status"),
        cpu_cores: row.amount("cpu"),
        memory_mb: row.amount("memory").and_then(megabytes),
        disk_gb: row.amount("disk"),
        resolution: row.text("resolution"),
        phones_per_server: row.amount("phone_capacity"),
        image_label: row.text("image_label"),
    };
    Some((key, flavor))
}

/// Converts a memory size to MB; `None` if it is too large. The documentation's tables have GB or MB, its samples have
/// MB: from 512 on it is MB (`cph.md` 18).
fn megabytes(memory: u32) -> Option<u32> {
    if memory >= 512 { Some(memory) } else { memory.checked_mul(1024) }
}

/// Reads a row of `phone_images` (`cph.md` 8.1). A shared image that was not accepted is skipped, because it cannot be
/// used.
pub(in crate::api) fn image(row: JsonRow<'_>) -> Option<(String, Image)> {
    let id = row.text("image_id")?;
    // The kind was called `image_type` in 2019, which now is the name of a query parameter.
    let kind = row.number("is_public").or_else(|| row.number("image_type"));
    let word = row.text("image_type");
    let visibility = match (kind, word.as_deref()) {
        (Some(1), _) | (None, Some("public")) => Some(Visibility::Public),
        (None, Some("share")) => Some(Visibility::Shared),
        _ if row.has("receive_status") => Some(Visibility::Shared),
        (Some(2), _) | (None, Some("private")) => Some(Visibility::Private),
        (Some(_) | None, _) => None,
    };
    if visibility == Some(Visibility::Shared) && matches!(row.number("receive_status"), Some(0 | 2)) {
        return None;
    }
    let image = Image {
        name: row.text("image_name"),
        os_name: row.text("os_name"),
        label: row.text("image_label"),
        visibility,
        phone_flavor: row.text("phone_model_name"),
        id,
    };
    // In 2019 a row belonged to one phone flavor, so that an image can have several.
    let key = format!("{} {}", image.id, image.phone_flavor.as_deref().unwrap_or_default());
    Some((key, image))
}

/// Reads a row of `band_widths` (`cph.md` 9.1).
pub(in crate::api) fn bandwidth(row: JsonRow<'_>) -> Option<(String, Bandwidth)> {
    let id = row.text("band_width_id")?;
    let is_shared = match row.number("band_width_share_type") {
        Some(1) => Some(true),
        Some(0) => Some(false),
        Some(_) | None => None,
    };
    let bandwidth = Bandwidth {
        name: row.text("band_width_name"),
        size_mbit: row.amount("band_width_size"),
        is_shared,
        id: id.clone(),
    };
    Some((id, bandwidth))
}

/// Reads a row of `keypairs`, each of which is wrapped in an object of its own (`platform.md` 7).
pub(in crate::api) fn key_pair(row: JsonRow<'_>) -> Option<(String, KeyPair)> {
    let row = row.unwrapped("keypair");
    let name = row.text("name")?;
    Some((name.clone(), KeyPair { name, fingerprint: row.text("fingerprint") }))
}

/// Reads a row of `models` (`cph.md` 8b). A flavor has a row for each zone.
pub(in crate::api) fn offering(row: JsonRow<'_>) -> Option<(String, Offering)> {
    let server_flavor = row.text("model_name")?;
    let zone = row.text("available_zone")?;
    let is_sold_out = match row.text("sell_status").as_deref() {
        Some("available") => Some(false),
        Some("sellout") => Some(true),
        Some(_) | None => None,
    };
    Some((format!("{zone} {server_flavor}"), Offering { zone, server_flavor, is_sold_out }))
}

/// Reads a row of `servers` (`cph.md` 10.1).
pub(in crate::api) fn server(row: JsonRow<'_>) -> Option<(String, Server)> {
    let id = row.text("server_id")?;
    let server = Server {
        // A server without a name is one that has a subnet and an order all the same.
        name: row.text("server_name").unwrap_or_default(),
        status: row.number("status").map(ServerStatus::from_number),
        server_flavor: row.text("server_model_name"),
        phone_flavor: row.text("phone_model_name"),
        order_id: row.text_within("metadata", "order_id"),
        subnet: row.text("subnet_cidr").or_else(|| row.text("cidr")).or_else(|| row.text("vpc_cidr")),
        created: row.text("create_time").map(utc),
        id: id.clone(),
    };
    Some((id, server))
}

/// Reads the server of a detail response: the response itself, or in older ones the single row of `servers` (`cph.md`
/// 10.2 and 18). `None` if that list is empty.
pub(in crate::api) fn server_detail(object: &Map<String, Value>) -> Result<Option<Server>, AnswerFault> {
    if !object.contains_key("servers") {
        let flat = server(JsonRow::new(object)).map(|(_, server)| server);
        return flat.map(Some).ok_or(AnswerFault::NoServer);
    }
    let rows = rows(object, &["servers"])?;
    if rows.came == 0 {
        return Ok(None);
    }
    let first = rows.readable.into_iter().find_map(server).map(|(_, server)| server);
    first.map(Some).ok_or(AnswerFault::NoServer)
}

/// Normalizes a time: the documentation has `2021-02-18T11:48:40Z`, a sample has `2021-02-18 11:48:40` (`cph.md` 2.5).
/// Anything else stays unchanged.
fn utc(text: String) -> String {
    let is_form = text.len() == 19
        && text.bytes().enumerate().all(|(at, byte)| match at {
            4 | 7 => byte == b'-',
            10 => byte == b' ' || byte == b'T',
            13 | 16 => byte == b':',
            _ => byte.is_ascii_digit(),
        });
    if is_form { text.replace(' ', "T") + "Z" } else { text }
}

/// Reads the server id in a row of `jobs` (`cph.md` 12.1). Jobs of phones have none that matters here.
pub(in crate::api) fn server_of_job(row: JsonRow<'_>) -> Option<(String, String)> {
    let server = row.text("server_id").or_else(|| row.text("node_id")).filter(|id| !id.is_empty())?;
    Some((row.text("job_id").unwrap_or_else(|| row.text_of_all()), server))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read<T>(parse: fn(JsonRow<'_>) -> Option<(String, T)>, row: &Value) -> Option<T> {
        parse(JsonRow::new(row.as_object().unwrap())).map(|(_, item)| item)
    }

    #[test]
    fn a_server_flavor_comes_with_its_spec_as_object_or_text() {
        for spec in [json!({ "disk": "2*1.2T SAS" }), json!("{\"disk\":\"2*1.2T SAS\"}")] {
            let row = json!({ "server_model_name": "s", "server_type": "Hi1616", "cpu": "64", "memory": 256.0, "extend_spec": spec, "new": [1] });
            let flavor = read(server_flavor, &row).unwrap();
            assert_eq!((flavor.cpu_cores, flavor.memory_gb), (Some(64), Some(256)));
            assert_eq!((flavor.cpu_model.unwrap().as_str(), flavor.disk.unwrap().as_str()), ("Hi1616", "2*1.2T SAS"));
        }
        let bare =
            read(server_flavor, &json!({ "server_model_name": "s", "extend_spec": "{oops", "cpu": null })).unwrap();
        assert_eq!(bare, ServerFlavor { name: "s".into(), ..ServerFlavor::default() });
        assert_eq!(read(server_flavor, &json!({ "server_model_name": "" })), None);
    }

    #[test]
    fn memory_of_a_phone_is_megabytes_from_512_on() {
        for (wire, megabytes) in [(json!(3584), 3584), (json!(512), 512), (json!(4), 4096), (json!("3.0"), 3072)] {
            let row = json!({ "server_model_name": "s", "phone_model_name": "p", "memory": wire });
            assert_eq!(read(phone_flavor, &row).unwrap().memory_mb, Some(megabytes));
        }
        assert_eq!(read(phone_flavor, &json!({ "phone_model_name": "p" })), None);
    }

    #[test]
    fn the_kind_of_an_image_has_two_names() {
        let kind = |row: Value| read(image, &row).map(|image| image.visibility);
        assert_eq!(kind(json!({ "image_id": "i", "is_public": 1 })), Some(Some(Visibility::Public)));
        assert_eq!(kind(json!({ "image_id": "i", "image_type": 2 })), Some(Some(Visibility::Private)));
        assert_eq!(
            kind(json!({ "image_id": "i", "is_public": 2, "receive_status": 1 })),
            Some(Some(Visibility::Shared))
        );
        assert_eq!(kind(json!({ "image_id": "i", "is_public": 2, "receive_status": 0 })), None);
        assert_eq!(kind(json!({ "image_id": "i", "image_type": "private" })), Some(Some(Visibility::Private)));
        assert_eq!(kind(json!({ "image_id": "i", "image_type": "share" })), Some(Some(Visibility::Shared)));
        assert_eq!(kind(json!({ "image_id": "i", "is_public": "1.0" })), Some(Some(Visibility::Public)));
        assert_eq!(kind(json!({ "image_id": "i" })), Some(None));
        assert_eq!(kind(json!({ "image_id": null, "is_public": 1 })), None);
    }

    #[test]
    fn an_image_names_a_label_or_in_2019_a_phone_flavor() {
        let of = |row: Value| read(image, &row).map(|image| (image.label, image.phone_flavor));
        let row = json!({ "image_id": "i", "image_label": "cloud_phone", "is_support_encrypt": "x" });
        assert_eq!(of(row), Some((Some("cloud_phone".into()), None)));
        let row = json!({ "image_id": "i", "image_type": 1, "phone_model_name": "aphs1.large.2.aosp" });
        assert_eq!(of(row), Some((None, Some("aphs1.large.2.aosp".into()))));
    }

    #[test]
    fn the_length_of_an_id_is_nobodys_business_here() {
        for length in [1, 31, 32, 36, 64, 200] {
            let id = "a".repeat(length);
            assert_eq!(read(image, &json!({ "image_id": id })).unwrap().id, id);
            assert_eq!(read(bandwidth, &json!({ "band_width_id": id })).unwrap().id, id);
            assert_eq!(read(server, &json!({ "server_id": id })).unwrap().id, id);
        }
    }

    #[test]
    fn a_bandwidth_is_shared_only_when_it_says_so() {
        let shared = |row: Value| read(bandwidth, &row).unwrap().is_shared;
        assert_eq!(shared(json!({ "band_width_id": "b", "band_width_share_type": "1" })), Some(true));
        assert_eq!(shared(json!({ "band_width_id": "b", "band_width_share_type": 0 })), Some(false));
        assert_eq!(shared(json!({ "band_width_id": "b" })), None);
    }

    #[test]
    fn an_offering_is_sold_out_only_in_the_clouds_own_word() {
        let row = |status: Value| json!({ "available_zone": "z", "model_name": "s", "sell_status": status });
        let sold_out = |status: Value| read(offering, &row(status)).unwrap().is_sold_out;
        assert_eq!(sold_out(json!("sellout")), Some(true));
        assert_eq!(sold_out(json!("available")), Some(false));
        for other in [json!("SOLD"), json!(""), json!(null), json!(0)] {
            assert_eq!(sold_out(other), None);
        }
        assert_eq!(read(offering, &json!({ "model_name": "s", "sell_status": "sellout" })), None, "no zone");
        assert_eq!(read(offering, &json!({ "available_zone": "z" })), None);
    }

    #[test]
    fn a_key_pair_is_wrapped_or_flat() {
        for row in
            [json!({ "keypair": { "name": "k", "fingerprint": "f" } }), json!({ "name": "k", "fingerprint": "f" })]
        {
            assert_eq!(read(key_pair, &row), Some(KeyPair { name: "k".into(), fingerprint: Some("f".into()) }));
        }
        assert_eq!(read(key_pair, &json!({ "keypair": {} })), None);
    }

    #[test]
    fn a_server_tells_its_order_and_its_most_exact_subnet() {
        let row = json!({ "server_id": "i", "server_name": "n-1", "status": 5, "cidr": "172.31.0.0/16",
                          "subnet_cidr": "172.31.4.0/24", "metadata": { "order_id": "CS1" } });
        let read_row = read(server, &row).unwrap();
        assert_eq!((read_row.order_id, read_row.subnet), (Some("CS1".into()), Some("172.31.4.0/24".into())));
        assert_eq!(read_row.status, Some(ServerStatus::Normal));
        let text =
            json!({ "server_id": "i", "server_name": "n", "metadata": "{\"order_id\":\"CS2\"}", "subnet_cidr": "" });
        let read_row = read(server, &text).unwrap();
        assert_eq!((read_row.order_id, read_row.subnet, read_row.status), (Some("CS2".into()), None, None));
        assert_eq!(read(server, &json!({ "server_id": "i", "metadata": null })).unwrap().name, "");
        assert_eq!(read(server, &json!({ "server_name": "n" })), None);
    }

    #[test]
    fn a_detail_is_flat_or_wrapped() {
        let id =
            |object: Value| server_detail(object.as_object().unwrap()).map(|server| server.map(|server| server.id));
        assert_eq!(id(json!({ "request_id": "r", "server_id": "i" })), Ok(Some("i".into())));
        assert_eq!(id(json!({ "request_id": "r", "servers": [{ "server_id": "i" }] })), Ok(Some("i".into())));
        assert_eq!(id(json!({ "servers": [] })), Ok(None));
        for bad in [json!({}), json!({ "servers": [7] }), json!({ "servers": "x" }), json!({ "server_id": "" })] {
            assert!(id(bad.clone()).is_err(), "{bad}");
        }
    }

    #[test]
    fn states_and_addresses_of_a_server_may_have_any_form() {
        let status = |status: Value| read(server, &json!({ "server_id": "i", "status": status })).unwrap().status;
        assert_eq!(status(json!(5.0)), Some(ServerStatus::Normal));
        assert_eq!(status(json!("10")), Some(ServerStatus::ShutDown));
        assert_eq!(status(json!(13)), Some(ServerStatus::Other(13)));
        assert_eq!(status(json!("ACTIVE")), None);
        for addresses in
            [json!(null), json!([]), json!({}), json!([{ "intranet_ip": "a" }]), json!([{ "server_ip": 7 }])]
        {
            assert!(read(server, &json!({ "server_id": "i", "addresses": addresses })).is_some());
        }
    }

    #[test]
    fn a_time_without_a_zone_is_utc() {
        let created = |time: &str| read(server, &json!({ "server_id": "i", "create_time": time })).unwrap().created;
        for time in ["2021-02-18T11:48:40Z", "2021-02-18 11:48:40", "2021-02-18T11:48:40"] {
            assert_eq!(created(time).as_deref(), Some("2021-02-18T11:48:40Z"));
        }
        for other in ["2021-02-18", "2021-02-18 11:48:40+08:00", "soon", "2021-02-18 11-48-40"] {
            assert_eq!(created(other).as_deref(), Some(other));
        }
    }
}
