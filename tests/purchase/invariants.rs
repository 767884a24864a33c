//! The one judge of all suites: what the journal says against what the simulator saw.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::fixture::{Buyer, Kill};

/// When orders are looked for, in seconds after the first time: 45 minutes in all, and five readings that count.
const SEARCHES: [u32; 7] = [0, 65, 65, 170, 600, 900, 900];

/// Holds the invariants after restart and 45 minutes of search, by both sides' clocks alike; every sentence names the one
/// that is broken.
pub fn judge(buyer: &mut Buyer, case: &str) {
    for seconds in SEARCHES {
        buyer.pass(seconds);
        // A restart brings what was interrupted to an end, and reading finds what can be found.
        let searched = buyer.run(&["orders", "reconcile", "--json"], &Kill::Never);
        assert!(matches!(searched.status.code(), Some(0 | 6)), "{case}: {searched:?}");
    }
    let intents = buyer.listed();
    let ledger = buyer.simulator.ledger();
    let mut by_name: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for entry in &ledger {
        let body: Value = serde_json::from_slice(&entry.body).unwrap();
        let name = body["server_name"].as_str().unwrap().to_owned();
        by_name.entry(name).or_default().push(entry.order_id.clone());
    }
    let is_paid = |name: &str| {
        ledger.iter().any(|entry| entry.is_paid && by_name.get(name).is_some_and(|ids| ids.contains(&entry.order_id)))
    };
    for (name, orders) in &by_name {
        assert_eq!(orders.len(), 1, "{case}: invariant 1: {name} was bought {} times", orders.len());
        let of_name: Vec<&Value> = intents.iter().filter(|intent| intent["server_name"] == **name).collect();
        let [intent] = of_name.as_slice() else { panic!("{case}: invariant 3: {name} has {} intents", of_name.len()) };
        let state = intent["state"].as_str().unwrap();
        // What is not paid is in no list, and so is never found; and nobody says that it does not exist.
        let may_be: &[&str] = if is_paid(name) { &["ACCEPTED", "FOUND"] } else { &["ACCEPTED", "UNKNOWN"] };
        assert!(may_be.contains(&state), "{case}: invariant 4: {name} was bought and the journal says {state}");
    }
    for intent in &intents {
        let name = intent["server_name"].as_str().unwrap();
        let bought = by_name.get(name);
        let ids: Vec<&str> = intent["order_ids"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
        match intent["state"].as_str().unwrap() {
            "ACCEPTED" | "FOUND" => {
                let bought: Vec<&str> = bought.into_iter().flatten().map(String::as_str).collect();
                assert_eq!(ids, bought, "{case}: invariant 5: {name}");
            }
            "NOT_SENT" | "REJECTED" => {
                assert_eq!(bought, None, "{case}: invariants 4 and 5: {name} is {}", intent["state"]);
            }
            "UNKNOWN" => {
                let code = &intent["reason"]["code"];
                assert_eq!(code, "server_list_shows_no_unpaid_orders", "{case}: {name} says why it is unknown");
            }
            state => panic!("{case}: {name} is {state} after restart and quiet"),
        }
        let hash = intent["hash"].as_str().unwrap();
        for entry in ledger.iter().filter(|entry| Some(&vec![entry.order_id.clone()]) == bought) {
            assert_eq!(sha256(&entry.body), hash, "{case}: invariant 6: {name}");
        }
    }
    let posts = buyer.simulator.posts();
    assert!(posts <= intents.len() as u64, "{case}: invariant 1: {posts} requests for {} intents", intents.len());
}

fn sha256(bytes: &[u8]) -> String {
    use sha2::{Digest as _, Sha256};
    Sha256::digest(bytes).iter().fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"))
}
