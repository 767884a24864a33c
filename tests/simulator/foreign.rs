//! Servers of somebody else in the same project, with names, numbers and order ids of every kind.

use cph_wizard::simulator::{ForeignOrder, Numbering, Scene, ShownOrderId};
use serde_json::{Value, json};

use crate::fixture::{Caller, EXAMPLE, PROJECT, changed, quick};

/// The first server of the list.
async fn only(caller: &Caller) -> Value {
    let (status, list) = caller.list("servers").await;
    assert_eq!((status, &list["count"]), (200, &json!(1)));
    list["servers"][0].clone()
}

#[tokio::test]
async fn foreign_servers_look_like_those_that_were_bought() {
    let caller = Caller::on(quick("")).await;
    caller.buy(changed("/server_name", Some(json!("farm")))).await;
    let own = caller.list("servers").await.1["servers"][0].clone();
    let foreign = ForeignOrder { count: 2, age_s: 0, ..ForeignOrder::named("farm") };
    let ids = caller.simulator.add_foreign_order(foreign);
    let (_, list) = caller.list("servers?server_name=farm").await;
    assert_eq!((list["count"].clone(), ids.len()), (json!(5), 2));
    for (row, id) in list["servers"].as_array().expect("rows").iter().zip(&ids) {
        assert_eq!(&row["server_id"], id.as_str(), "the newest come first");
        let names = |row: &Value| row.as_object().expect("a row").keys().cloned().collect::<Vec<_>>();
        assert_eq!(names(row), names(&own));
        let order = row["metadata"]["order_id"].as_str().expect("an id");
        assert!(order.starts_with("CS") && order.len() == 17 && own["metadata"]["order_id"] != order, "{order}");
        assert_eq!(caller.list(&format!("servers/{id}")).await.1["server_name"], row["server_name"]);
        assert_eq!(caller.list(&format!("phones?server_id={id}")).await.1["count"], 60);
    }
    assert_eq!(caller.simulator.ledger().len(), 1, "nobody ordered them here");
    let listed = caller.simulator.listed_servers(PROJECT);
    assert_eq!(listed.iter().map(|server| server.is_foreign).collect::<Vec<_>>(), [true, true, false, false, false]);
    assert_eq!((&listed[1].server_id, listed[1].server_name.as_str()), (&ids[1], "farm-2"));
    assert_eq!(listed[2].order_id.as_deref(), Some(caller.simulator.ledger()[0].order_id.as_str()));
}

#[tokio::test]
async fn their_names_flavors_and_times_are_free() {
    let caller = Caller::on(quick("")).await;
    let foreign = ForeignOrder {
        numbering: Numbering::ZeroPadded,
        server_model_name: "nobody.knows".to_owned(),
        phone_model_name: "it".to_owned(),
        age_s: 90_000,
        ..ForeignOrder::named("Farm_\u{1b}[31m")
    };
    caller.simulator.add_foreign_order(foreign);
    let row = only(&caller).await;
    assert_eq!(row["server_name"], "Farm_\u{1b}[31m-0001");
    assert_eq!((&row["server_model_name"], &row["phone_model_name"]), (&json!("nobody.knows"), &json!("it")));
    assert_eq!(row["status"], 5, "it was built long ago");
    let created: jiff::Timestamp = row["create_time"].as_str().expect("text").parse().expect("a time");
    let age = caller.simulator.now().duration_since(created).as_secs();
    assert!((90_000..90_100).contains(&age), "{age}");
    assert_eq!(caller.list("phones").await.1["count"], 0, "an unknown flavor has no phones");
    assert_eq!(caller.list("servers?server_name=fARM_").await.1["count"], 1, "the search is fuzzy");
    assert_eq!(caller.list("servers?server_name=farms").await.1["count"], 0);
}

#[tokio::test]
async fn they_may_show_any_order_id_or_none() {
    let text = |text: &str| ShownOrderId::Text(text.to_owned());
    let long = ShownOrderId::Repeated { text: "C".to_owned(), times: 1024 * 1024 };
    let rows = [
        (text(""), Some(json!(""))),
        (text("CS\u{1b}]52;c;AAAA\u{7}"), Some(json!("CS\u{1b}]52;c;AAAA\u{7}"))),
        (long, Some(json!("C".repeat(1024 * 1024)))),
        (ShownOrderId::NoOrderId, None),
    ];
    for (order_id, shown) in rows {
        let caller = Caller::on(quick("")).await;
        caller.simulator.add_foreign_order(ForeignOrder { order_id, ..ForeignOrder::named("farm") });
        let metadata = only(&caller).await["metadata"].clone();
        assert_eq!(metadata.get("order_id"), shown.as_ref());
        assert!(metadata["product_id"].is_string());
        let listed = caller.simulator.listed_servers(PROJECT);
        assert_eq!(listed[0].order_id.as_deref(), shown.as_ref().and_then(Value::as_str));
    }
    let caller = Caller::on(quick("")).await;
    let order_id = ShownOrderId::NoMetadata;
    caller.simulator.add_foreign_order(ForeignOrder { order_id, ..ForeignOrder::named("farm") });
    assert_eq!(only(&caller).await.get("metadata"), None);
}

#[tokio::test]
async fn they_may_show_our_own_order_id() {
    let caller = Caller::on(quick("")).await;
    let (_, order) = caller.buy(EXAMPLE).await;
    let order_id = order["order_id"].as_str().expect("an id").to_owned();
    let foreign = ForeignOrder { order_id: ShownOrderId::Text(order_id.clone()), ..ForeignOrder::named("other") };
    let ids = caller.simulator.add_foreign_order(foreign);
    let listed = caller.simulator.listed_servers(PROJECT);
    assert!(listed.len() == 4 && listed.iter().all(|server| server.order_id.as_deref() == Some(&order_id)));
    assert_eq!(caller.list(&format!("servers?server_id={}", ids[0])).await.1["count"], 1, "with a server of its own");
}

#[tokio::test]
async fn they_are_in_every_project_or_in_one() {
    let caller = Caller::on(quick("")).await;
    caller.simulator.add_foreign_order(ForeignOrder::named("everywhere"));
    let project_id = Some("elsewhere".to_owned());
    caller.simulator.add_foreign_order(ForeignOrder { project_id, ..ForeignOrder::named("there") });
    assert_eq!(only(&caller).await["server_name"], "everywhere-1");
    assert_eq!(caller.get("/v1/elsewhere/cloud-phone/servers").await.1["count"], 2);
}

#[tokio::test]
async fn a_scene_has_them_from_the_start() {
    let caller = Caller::on(Scene::named("foreign-server").expect("a scene")).await;
    let names: Vec<_> = caller.simulator.listed_servers(PROJECT).into_iter().map(|server| server.server_name).collect();
    assert_eq!(names, ["FARM-1", "farm-1"]);
    let orders =
        r#","foreign_orders":[{"server_name":"a","numbering":"none","count":2,"age_s":-60,"order_id":{"text":"x"}}]"#;
    let caller = Caller::on(quick(orders)).await;
    let (_, list) = caller.list("servers").await;
    assert_eq!((&list["count"], &list["servers"][1]["server_name"]), (&json!(2), &json!("a")));
    assert_eq!(list["servers"][0]["metadata"]["order_id"], "x");
    assert!(caller.simulator.listed_servers(PROJECT)[0].created_at > caller.simulator.now());
}
