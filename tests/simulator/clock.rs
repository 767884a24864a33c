//! The clock while the simulator runs: time that passes at once, and a calendar that is corrected.

use std::time::Duration;

use cph_wizard::simulator::Options;
use jiff::Timestamp;
use reqwest::Method;

use crate::fixture::{Caller, EXAMPLE, PROJECT, Signer, quick};
use crate::process::Served;

const HOUR: Duration = Duration::from_secs(60 * 60);

/// The header `Date` of an answer.
async fn date(caller: &Caller) -> Timestamp {
    let answer = caller.call(Method::GET, &caller.service("servers")).await;
    let text = answer.headers()["date"].to_str().expect("text").to_owned();
    jiff::fmt::rfc2822::parse(&text).expect("a date").timestamp()
}

/// Whether a time is so many hours ahead of the machine's, give or take a quarter of one.
fn is_ahead(time: Timestamp, hours: i64) -> bool {
    let seconds = time.duration_since(Timestamp::now()).as_secs();
    (seconds - hours * 60 * 60).abs() < 15 * 60
}

#[tokio::test]
async fn time_that_passes_builds_servers_and_moves_the_date() {
    let build = r#""provisioning_ms":{"server_status_0":3000000,"server_status_1":3000000,"server_status_3":3000000,"server_status_4":3000000,"phone_status_1":3000000}"#;
    let scene = format!(r#"{{"version":2,"name":"x","description":"y",{build}}}"#);
    let caller = Caller::on(cph_wizard::simulator::Scene::parse(&scene).expect("a scene")).await;
    assert_eq!(caller.buy(EXAMPLE).await.0, 200);
    for (hours, status) in [(0, 0), (1, 1), (2, 3), (3, 4), (4, 5)] {
        assert!(is_ahead(date(&caller).await, hours), "{hours}");
        assert_eq!(caller.simulator.listed_servers(PROJECT)[0].status, status, "after {hours} hours");
        caller.simulator.advance(HOUR);
    }
    assert_eq!(caller.list("phones?status=2").await.1["count"], 300);
    assert_eq!(caller.buy(EXAMPLE).await.0, 200);
    let listed = caller.simulator.listed_servers(PROJECT);
    let (new, old) = (&listed[0], &listed[3]);
    assert!(is_ahead(new.created_at, 5) && is_ahead(old.created_at, 0), "{listed:?}");
    assert!(is_ahead(caller.simulator.ledger()[1].accepted_at, 5));
}

#[tokio::test]
async fn lists_show_new_servers_when_their_time_has_passed() {
    let caller = Caller::on(quick(r#","list_visibility_delay_ms":2700000"#)).await;
    assert_eq!(caller.buy(EXAMPLE).await.0, 200);
    let counts =
        async || [caller.list("servers").await.1["count"].clone(), caller.list("phones").await.1["count"].clone()];
    assert_eq!(counts().await, [0, 0]);
    caller.simulator.shift_clock(8 * 60 * 60);
    assert_eq!(counts().await, [0, 0], "a corrected calendar is no time that passed");
    caller.simulator.advance(HOUR / 2);
    assert_eq!(counts().await, [0, 0], "half an hour is too early");
    caller.simulator.advance(HOUR / 2);
    assert_eq!(counts().await, [3, 300]);
    caller.simulator.shift_clock(-16 * 60 * 60);
    assert_eq!(counts().await, [3, 300], "and takes nothing back");
}

#[tokio::test]
async fn a_corrected_clock_changes_the_times_of_later_orders_only() {
    let caller = Caller::on(quick("")).await;
    caller.buy(EXAMPLE).await;
    for hours in [8, -1] {
        let now = caller.simulator.now();
        caller.simulator.shift_clock(hours * 60 * 60);
        let step = caller.simulator.now().duration_since(now).as_secs();
        assert!((hours * 60 * 60..hours * 60 * 60 + 60).contains(&step), "{step}");
        caller.buy(EXAMPLE).await;
    }
    let times: Vec<_> = caller.simulator.ledger().iter().map(|entry| entry.accepted_at).collect();
    assert!(is_ahead(times[0], 0) && is_ahead(times[1], 8) && is_ahead(times[2], 7), "{times:?}");
    assert!(is_ahead(date(&caller).await, 7));
    let listed = caller.simulator.listed_servers(PROJECT);
    let orders: Vec<_> = listed.iter().map(|server| server.created_at).collect();
    assert_eq!([orders[0], orders[3], orders[6]], [times[2], times[1], times[0]]);
}

#[tokio::test]
async fn signatures_are_held_against_the_clock_as_it_stands() {
    let caller = Caller::on(quick("")).await;
    let path = format!("/v1/{PROJECT}/cloud-phone/servers");
    assert_eq!(Signer::documented().get(&caller, &path).await.0, 200);
    caller.simulator.shift_clock(16 * 60);
    let (status, body) = Signer::documented().get(&caller, &path).await;
    assert_eq!((status, body["error_code"].as_str()), (401, Some("APIGW.0303")));
    caller.simulator.shift_clock(-16 * 60);
    assert_eq!(Signer::documented().get(&caller, &path).await.0, 200);
}

#[tokio::test]
async fn tokens_expire_when_time_passes_and_not_when_the_clock_is_corrected() {
    let caller = Caller::on(quick(r#","accepted_tokens":"issued","token_lifetime_s":3600"#)).await;
    let body = r#"{"auth":{"identity":{"methods":["password"],"password":{"user":{"domain":{"name":"demo-domain"},"name":"demo-user","password":"demo-password"}}},"scope":{"project":{"id":"demo-project"}}}}"#;
    let url = format!("{}/v3/auth/tokens", caller.simulator.url());
    let issue = async || {
        let answer = caller.client.post(&url).body(body).send().await.expect("an answer");
        answer.headers()["x-subject-token"].to_str().expect("text").to_owned()
    };
    let used = async |token: &str| {
        let url = format!("{}/v1/demo-project/cloud-phone/servers", caller.simulator.url());
        let answer = caller.client.get(url).header("X-Auth-Token", token).send().await.expect("an answer");
        answer.json::<serde_json::Value>().await.expect("JSON")["error_code"].as_str().map(str::to_owned)
    };
    let token = issue().await;
    caller.simulator.shift_clock(8 * 60 * 60);
    assert_eq!(used(&token).await, None);
    caller.simulator.advance(HOUR);
    assert_eq!(used(&token).await.as_deref(), Some("APIGW.0307"));
    assert_eq!(used(&issue().await).await, None);
    assert_eq!(used(&token).await.as_deref(), Some("APIGW.0307"), "it was dropped, and is still known as expired");
}

#[tokio::test]
async fn an_offset_that_is_asked_for_wins_over_that_of_the_scene() {
    for (asked, hours) in [(None, 2), (Some(-3 * 60 * 60), -3), (Some(0), 0)] {
        let scene = quick(r#","clock_offset_s":7200"#);
        let caller = Caller::with(Options { scene, clock_offset_s: asked, ..Options::default() }).await;
        assert!(is_ahead(date(&caller).await, hours), "{asked:?}");
    }
}

#[test]
fn the_command_sets_the_clock() {
    let scene = r#"{"version":2,"name":"x","description":"y","clock_offset_s":7200}"#;
    for (args, hours) in [(&[][..], 2), (&["--clock-offset", "-10800"], -3), (&["--clock-offset=28800"], 8)] {
        let said = Served::start(args, scene, "true").said_to("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
        let date = said.lines().find_map(|line| line.strip_prefix("date: ")).expect("a date");
        let date = jiff::fmt::rfc2822::parse(date).expect("a date").timestamp();
        assert!(is_ahead(date, hours), "{args:?}: {date}");
    }
}
