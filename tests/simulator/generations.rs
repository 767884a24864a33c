//! The answers of other years: every disagreement of the generations, and what stays as it is without one.

use cph_wizard::simulator::Scene;
use reqwest::Method;
use serde_json::{Value, json};

use crate::fixture::{Caller, EXAMPLE, PROJECT, changed, quick};

/// The image of the document's example.
const EXAMPLE_IMAGE: &str = "88b8449b896f3a4f0ad57222dd919899";
const YEARS: [&str; 4] = ["2019", "2021", "2023", "2026"];

async fn of(year: &str) -> Caller {
    Caller::on(quick(&format!(r#","api_generation":"{year}""#))).await
}

/// A list without an assertion on its envelope.
async fn list(caller: &Caller, rest: &str) -> Value {
    let (status, body) = caller.list(rest).await;
    assert_eq!(status, 200, "{body}");
    body
}

fn rows<'body>(body: &'body Value, name: &str) -> &'body Vec<Value> {
    body[name].as_array().expect(name)
}

fn has(row: &Value, name: &str) -> bool {
    row.get(name).is_some()
}

/// What a question is answered with in each of the years.
fn by_year<T: std::fmt::Debug + PartialEq>(year: &str, expected: [T; 4]) -> T {
    let place = YEARS.iter().position(|known| *known == year).expect("a year");
    expected.into_iter().nth(place).expect("four years")
}

#[tokio::test]
async fn flavors_have_the_names_and_numbers_of_their_year() {
    for year in YEARS {
        let caller = of(year).await;
        let phones = list(&caller, "phone-models?limit=5").await;
        let key = by_year(year, ["phone_model", "phone_model", "phone_models", "phone_models"]);
        let phone_rows = rows(&phones, key);
        assert_eq!(phone_rows.len(), by_year(year, [12, 12, 5, 5]), "{year}: paging");
        let phone = phone_rows.iter().find(|row| row["phone_model_name"] == "rx1.cp.c60.d10.e1v1").expect("a flavor");
        let memory = by_year(year, [json!(4.0), json!(3584), json!(3584), json!(3584)]);
        assert_eq!(phone["memory"], memory, "{year}");
        assert_eq!(phone["cpu"], json!(2.0), "{year}: this sample always had it");
        assert_eq!(phone["phone_capacity"].is_f64(), year == "2019");
        assert_eq!(phone["extend_spec"].is_object(), year == "2019");
        assert_eq!(has(phone, "image_label"), year != "2019");
        assert_eq!(has(phone, "product_type"), year != "2019");
        assert_eq!(has(phone, "phone_model_version"), by_year(year, [false, false, true, true]));
        assert_eq!(
            (has(phone, "dpi"), has(phone, "os_type")),
            by_year(year, [(false, true), (false, false), (false, false), (true, false)])
        );
        let servers = list(&caller, "server-models?limit=2").await;
        let key = by_year(year, ["server_model", "server_models", "server_models", "server_models"]);
        assert_eq!(rows(&servers, key).len(), by_year(year, [6, 6, 6, 2]), "{year}: paging");
        let server = &servers[key][0];
        assert_eq!((server["cpu"].is_f64(), server["extend_spec"].is_string()), (year == "2019", year == "2019"));
        assert_eq!(server["memory"].as_f64(), Some(256.0), "{year}: always gigabytes");
        assert_eq!(has(server, "disk_max_num"), year == "2026");
        assert_eq!(has(&servers, "page_info"), year == "2026");
        assert_eq!(has(server, "sim_only"), year == "2026", "a member that nobody knows");
    }
}

#[tokio::test]
async fn images_say_in_their_own_way_what_they_fit() {
    for year in YEARS {
        let caller = of(year).await;
        let images = list(&caller, "phone-images?limit=1").await;
        let image = &images["phone_images"][0];
        assert_eq!(rows(&images, "phone_images").len(), by_year(year, [49, 15, 15, 1]), "{year}");
        assert_eq!((has(image, "image_type"), has(image, "is_public")), (year == "2019", year != "2019"));
        assert_eq!(image.get("phone_model_name").is_some(), year == "2019");
        assert_eq!(image.get("image_label").is_some(), year != "2019");
        assert_eq!(
            image.get("is_support_encrypt"),
            by_year(year, [None, None, Some(&json!("false")), Some(&json!(false))])
        );
        assert_eq!(images["page_info"]["next_marker"].is_string(), year == "2026");
        if year == "2019" {
            let flavors = list(&caller, "phone-models").await;
            let known: Vec<_> = rows(&flavors, "phone_model").iter().map(|row| &row["phone_model_name"]).collect();
            assert!(known.contains(&&image["phone_model_name"]), "{image}");
            let of_qemu = rows(&images, "phone_images").iter().filter(|row| row["image_id"] == EXAMPLE_IMAGE);
            let named: Vec<_> = of_qemu.map(|row| &row["phone_model_name"]).collect();
            assert_eq!(named, ["rx1.cp.c60.d32.e1v1.qemu", "aphs1.medium.4.aosp", "aphs1.large.2.aosp"]);
        }
    }
}

#[tokio::test]
async fn a_purchase_is_answered_with_the_status_and_the_members_of_its_year() {
    for year in YEARS {
        let caller = of(year).await;
        let (status, order) = caller.buy(EXAMPLE).await;
        assert_eq!(status, by_year(year, [201, 201, 200, 200]), "{order}");
        let servers = order.get("server_ids").map(|ids| ids.as_array().expect("ids").clone());
        assert_eq!(servers.as_ref().map(Vec::len), by_year(year, [None, None, Some(3), Some(3)]), "{year}");
        assert_eq!(order.get("error_code"), by_year(year, [None, None, None, Some(&json!(""))]));
        assert_eq!(caller.simulator.ledger().len(), 1);
        if let Some(ids) = servers {
            let listed = list(&caller, "servers").await;
            let listed: Vec<_> = rows(&listed, "servers").iter().map(|row| row["server_id"].clone()).collect();
            assert_eq!(ids, listed, "{year}");
            let unpaid = caller.buy(changed("/extend_param/is_auto_pay", Some(json!(0)))).await.1;
            assert_eq!(unpaid["server_ids"], json!([]), "{year}");
        }
    }
}

#[tokio::test]
async fn servers_and_phones_are_listed_as_in_their_year() {
    for year in YEARS {
        let caller = of(year).await;
        caller.buy(EXAMPLE).await;
        let page = list(&caller, "servers?limit=2").await;
        assert_eq!(rows(&page, "servers").len(), 2, "{year}: this list always had pages");
        assert_eq!(has(&page, "count"), by_year(year, [false, false, true, true]));
        let server = &page["servers"][0];
        let address = &server["addresses"][0];
        assert_eq!(
            (has(address, "server_ip"), has(address, "intranet_ip")),
            by_year(year, [(false, true), (false, true), (true, true), (true, false)])
        );
        assert_eq!(has(server, "network_version"), by_year(year, [false, false, true, true]));
        let time = server["create_time"].as_str().expect("a time");
        assert_eq!(time.ends_with('Z') && time.contains('T'), year != "2021", "{time}");
        let id = server["server_id"].as_str().expect("an id");
        let detail = list(&caller, &format!("servers/{id}")).await;
        let inner = if matches!(year, "2019" | "2021") { &detail["servers"][0] } else { &detail };
        assert_eq!((&inner["server_id"], &inner["status"]), (&json!(id), &json!(5)), "{year}: {detail}");
        assert_eq!(has(&inner["band_widths"][0], "band_width_charge_mode"), by_year(year, [false, false, true, true]));
        let phones = list(&caller, "phones?limit=1").await;
        let phone = &phones["phones"][0];
        assert_eq!(phone["vnc_enable"], by_year(year, ["true", "TRUE", "true", "true"]));
        assert_eq!(has(phone, "has_encrypt"), year == "2026");
    }
}

#[tokio::test]
async fn errors_of_the_service_all_had_one_status_once() {
    for year in YEARS {
        let caller = of(year).await;
        let (status, body) = caller.list(&format!("servers/{}", "0".repeat(32))).await;
        assert_eq!((status, &body["error_code"]), (by_year(year, [400, 400, 404, 404]), &json!("CPS.0015")), "{year}");
        let url = format!("{}/v1/{PROJECT}/nothing", caller.simulator.url());
        assert_eq!(caller.call(Method::GET, &url).await.status(), 404, "{year}: the gateway always had its own");
    }
}

#[tokio::test]
async fn key_pairs_differ_too() {
    for year in YEARS {
        let caller = of(year).await;
        let get = async |path: String| -> Value {
            let url = format!("{}{path}", caller.simulator.url());
            caller.call(Method::GET, &url).await.json().await.expect("JSON")
        };
        let pairs = get(format!("/v2.1/{PROJECT}/os-keypairs")).await;
        assert_eq!(has(&pairs["keypairs"][0]["keypair"], "type"), by_year(year, [false, false, true, true]));
        let page = get(format!("/v3/{PROJECT}/keypairs?limit=1")).await;
        let marker = page["page_info"]["next_marker"].as_str().expect("a marker");
        assert_eq!(marker.ends_with("?marker=mykeypair"), year == "2026", "{marker}");
    }
}

#[tokio::test]
async fn every_year_with_a_scene_answers_as_that_year() {
    for (scene, key) in
        [("generation-2019", "phone_model"), ("generation-2021", "phone_model"), ("generation-2023", "phone_models")]
    {
        let caller = Caller::on(Scene::named(scene).expect(scene)).await;
        assert!(!rows(&list(&caller, "phone-models").await, key).is_empty(), "{scene}");
    }
}

#[tokio::test]
async fn renewal_and_enterprise_project_belong_to_the_documents_of_2023() {
    let settings = [
        ("is_auto_renew", json!(1), 200, None),
        ("is_auto_renew", json!(0), 200, None),
        ("is_auto_renew", json!(2), 400, Some("CPS.0059")),
        ("is_auto_renew", json!("1"), 400, Some("CPS.0059")),
        ("enterprise_project_id", json!("0"), 200, None),
        ("enterprise_project_id", json!("2a1f5d0e-7b3c-4c55-9d39-0a6c1f2e3b44"), 200, None),
        ("enterprise_project_id", json!("x".repeat(37)), 400, Some("CPS.0055")),
        ("enterprise_project_id", json!(0), 400, Some("CPS.0055")),
    ];
    for (name, value, status, code) in settings {
        let body = changed(&format!("/extend_param/{name}"), Some(value.clone()));
        let (found, answer) = of("2023").await.buy(body.as_str()).await;
        assert_eq!((found, answer["error_code"].as_str()), (status, code), "{name}: {value}");
        for scene in [r#","api_generation":"2019""#, r#","api_generation":"2021""#, r#","api_generation":"2026""#, ""] {
            let (status, answer) = Caller::on(quick(scene)).await.buy(body.as_str()).await;
            assert_eq!((status, answer["error_code"].as_str()), (400, Some("CPS.0055")), "{scene} {name}: {value}");
        }
    }
    let caller = of("2023").await;
    let (project, place) = ("2a1f5d0e-7b3c-4c55-9d39-0a6c1f2e3b44", "/extend_param/enterprise_project_id");
    caller.buy(changed(place, Some(json!(project)))).await;
    assert_eq!(list(&caller, "servers").await["servers"][0]["enterprise_project_id"], project);
}
