//! The lists: their shapes, filters and paging.

use reqwest::Method;
use serde_json::{Value, json};

use crate::fixture::{Caller, EXAMPLE, PROJECT, changed, quick, read};

fn names<'body>(list: &'body Value, array: &str, name: &str) -> Vec<&'body str> {
    list[array].as_array().expect(array).iter().map(|row| row[name].as_str().expect(name)).collect()
}

#[tokio::test]
async fn the_catalogue_has_the_shapes_of_the_wire() {
    let caller = Caller::on(quick("")).await;
    let (_, servers) = caller.list("server-models").await;
    assert!(servers["server_models"][0]["extend_spec"].is_object());
    assert!(servers["server_models"][0].get("made_up").is_none());
    assert_eq!(servers["page_info"]["next_marker"], "");
    let (_, phones) = caller.list("phone-models").await;
    let spec = phones["phone_models"][0]["extend_spec"].as_str().expect("text");
    assert_eq!(serde_json::from_str::<Value>(spec).expect("JSON")["eip_count"], 1);
    assert_eq!(phones["phone_models"][0]["cpu"], json!(2.0), "a documented fraction");
    let (_, images) = caller.list("phone-images").await;
    assert_eq!(images["phone_images"][0]["image_label"], "cloud_phone");
    let (_, bandwidths) = caller.list("bandwidths").await;
    assert_eq!(bandwidths["band_widths"].as_array().expect("rows").len(), 4);
    let url = format!("{}/v2.1/{PROJECT}/os-keypairs", caller.simulator.url());
    let (status, keypairs) = read(caller.call(Method::GET, &url).await).await;
    assert_eq!((status, &keypairs["keypairs"][0]["keypair"]["name"]), (200, &json!("mykeypair")));
}

#[tokio::test]
async fn filters_narrow_the_lists() {
    let caller = Caller::on(quick("")).await;
    let on_sale = caller.list("phone-models?status=1").await.1;
    let offline = caller.list("phone-models?status=0").await.1;
    assert!(names(&on_sale, "phone_models", "phone_model_name").contains(&"aphs1.medium.4.aosp"));
    assert!(names(&offline, "phone_models", "phone_model_name").contains(&"aphs1.large.2.aosp"));
    let all = caller.list("phone-models").await.1;
    let count = |list: &Value| list["phone_models"].as_array().expect("rows").len();
    assert_eq!(count(&on_sale) + count(&offline), count(&all));
    let gaming = caller.list("server-models?product_type=1").await.1;
    assert_eq!(
        names(&gaming, "server_models", "server_model_name"),
        ["physical.rx1.xlarge.cg", "physical.kg1.4xlarge.cg"]
    );
    assert_eq!(caller.list("phone-images?image_type=private").await.1["phone_images"], json!([]));
    assert_ne!(caller.list("phone-images?image_type=public").await.1["phone_images"], json!([]));
    caller.buy(EXAMPLE).await;
    for (filter, count) in [
        ("server_name=Server-2", 1),
        ("server_name=nobody", 0),
        ("status=5", 3),
        ("status=0", 0),
        ("network_version=V1", 3),
        ("network_version=v2", 0),
        ("phone_model_name=aphs1.medium.4.aosp", 3),
        ("server_id=0", 0),
    ] {
        assert_eq!(caller.list(&format!("servers?{filter}")).await.1["count"], count, "{filter}");
    }
    assert_eq!(caller.list("phones?phone_name=-2-00007").await.1["count"], 1);
    assert_eq!(caller.list("phones?status=-7").await.1["count"], 0);
}

#[tokio::test]
async fn a_list_by_offset_is_cut_where_it_was_asked_to_be() {
    let caller = Caller::on(quick("")).await;
    let whole = caller.list("phone-models").await.1;
    let whole = names(&whole, "phone_models", "phone_model_name");
    let mut pieces = Vec::new();
    loop {
        let page = caller.list(&format!("phone-models?offset={}&limit=5", pieces.len())).await.1;
        let page = names(&page, "phone_models", "phone_model_name");
        pieces.extend(page.iter().map(|name| (*name).to_owned()));
        if page.len() < 5 {
            break;
        }
    }
    assert_eq!(pieces, whole);
    assert_eq!(caller.list("bandwidths?offset=3&limit=100").await.1["band_widths"].as_array().expect("rows").len(), 1);
    assert_eq!(caller.list("servers?offset=7").await.1["servers"], json!([]));
}

#[tokio::test]
async fn a_list_by_marker_leads_from_page_to_page() {
    let caller = Caller::on(quick(r#","min_image_count":1200"#)).await;
    for (list, array, name, limit, total) in [
        ("phone-images", "phone_images", "image_id", 500, 1200),
        ("server-models", "server_models", "server_model_name", 2, 6),
    ] {
        let (mut marker, mut seen) = (String::new(), Vec::new());
        loop {
            let page = caller.list(&format!("{list}?limit={limit}&marker={marker}")).await.1;
            seen.extend(names(&page, array, name).into_iter().map(str::to_owned));
            marker = page["page_info"]["next_marker"].as_str().expect("a marker").to_owned();
            if marker.is_empty() {
                break;
            }
        }
        assert_eq!(seen.len(), total);
        seen.sort();
        seen.dedup();
        assert_eq!(seen.len(), total, "{list} repeats itself");
    }
}

#[tokio::test]
async fn newest_orders_come_first() {
    let caller = Caller::on(quick("")).await;
    for name in ["old", "new"] {
        caller.buy(changed("/server_name", Some(json!(name)))).await;
    }
    let list = caller.list("servers?limit=4").await.1;
    assert_eq!(names(&list, "servers", "server_name"), ["new-1", "new-2", "new-3", "old-1"]);
    assert_eq!(list["count"], 6);
}

#[tokio::test]
async fn bad_questions_get_their_documented_codes() {
    let caller = Caller::on(quick("")).await;
    let none = "0".repeat(32);
    let many = vec!["a"; 21].join(",");
    let rows = [
        ("server-models?limit=101".to_owned(), 400, "CPS.0002"),
        ("server-models?marker=nobody".to_owned(), 400, "CPS.0002"),
        ("server-models?product_type=2".to_owned(), 400, "CPS.0144"),
        ("phone-models?limit=0".to_owned(), 400, "CPS.0002"),
        ("phone-models?offset=-1".to_owned(), 400, "CPS.0002"),
        ("phone-models?status=x".to_owned(), 400, "CPS.0010"),
        ("phone-images?limit=501".to_owned(), 400, "CPS.0002"),
        ("phone-images?image_type=x".to_owned(), 400, "CPS.0116"),
        ("bandwidths?limit=101".to_owned(), 400, "CPS.0002"),
        ("servers?limit=101".to_owned(), 400, "CPS.0002"),
        ("servers?network_version=v3".to_owned(), 400, "CPS.0240"),
        ("servers?status=x".to_owned(), 400, "CPS.0010"),
        ("servers/7".to_owned(), 400, "CPS.0016"),
        (format!("servers/{none}"), 404, "CPS.0015"),
        ("phones?limit=201".to_owned(), 400, "CPS.0002"),
        ("phones?type=2".to_owned(), 400, "CPS.0116"),
        ("phones/7".to_owned(), 400, "CPS.0004"),
        (format!("phones/{none}"), 404, "CPS.0005"),
        ("jobs".to_owned(), 400, "CPS.0049"),
        ("jobs?request_id=".to_owned(), 400, "CPS.0049"),
        (format!("jobs?request_ids={many}"), 400, "CPS.0161"),
        ("jobs?request_id=a&limit=0".to_owned(), 400, "CPS.0002"),
        (format!("jobs/{none}"), 404, "CPS.0011"),
        ("server-model".to_owned(), 404, "APIGW.0101"),
    ];
    for (path, status, code) in rows {
        let (found, body) = caller.list(&path).await;
        assert_eq!((found, body["error_code"].as_str()), (status, Some(code)), "{path}");
    }
}

#[tokio::test]
async fn a_purchase_is_no_job() {
    let caller = Caller::on(quick("")).await;
    let (_, order) = caller.buy(EXAMPLE).await;
    let id = order["request_id"].as_str().expect("an id");
    for query in [format!("request_id={id}"), format!("request_ids={id},x")] {
        let (status, body) = caller.list(&format!("jobs?{query}")).await;
        assert_eq!((status, &body["error_code"]), (400, &json!("CPS.0050")), "{query}");
    }
}
