#![allow(clippy::all, clippy::pedantic, clippy::unwrap_used, clippy::panic)]
use cph_wizard::purchase::intents::{Credentials, Entry, Intent, Shape};
use cph_wizard::purchase::journal::{Journal, Opened};
use cph_wizard::purchase::{Outcome, Receipt};
use jiff::Timestamp;
use sha2::{Digest as _, Sha256};
use std::time::Instant;
use uuid::Uuid;
#[test]
fn measure() {
    let home = tempfile::tempdir_in("/tmp").unwrap();
    let now = Timestamp::now();
    let Opened::Writable(mut journal) = Journal::open(&home.path().join("state"), now).unwrap() else { panic!() };
    let mut times = [Vec::new(), Vec::new(), Vec::new()];
    for n in 0..300u128 {
        let id = Uuid::from_u128(n + 1);
        let body = format!("{{\"server_name\":\"farm{n}\",\"x\":\"{}\"}}", "y".repeat(600));
        let hash: String = Sha256::digest(&body).iter().map(|b| format!("{b:02x}")).collect();
        let intent = Entry::Intent(Box::new(Intent {
            id,
            at: now,
            profile: "default".into(),
            endpoint: "cph.example".into(),
            project: "p".into(),
            region: "r".into(),
            credentials: Credentials::Token,
            server_name: format!("farm{n}"),
            shape: Shape { server_flavor: "s".into(), phone_flavor: "p".into(), image_id: "i".into(), count: 1 },
            pays_now: true,
            body_hash: hash.clone(),
            body,
        }));
        let sending = Entry::Sending { id, at: now, attempt: 1, body_hash: hash };
        let outcome = Entry::Outcome {
            id,
            at: now,
            outcome: Outcome::Accepted(Receipt { request_id: None, order_id: format!("CS{n}"), product_id: None }),
        };
        for (which, entry) in [intent, sending, outcome].iter().enumerate() {
            let begun = Instant::now();
            journal.append(entry).unwrap();
            times[which].push(begun.elapsed().as_micros());
        }
    }
    for (name, mut times) in ["intent", "sending", "outcome"].iter().zip(times) {
        times.sort();
        println!("{name}: median {} us, p95 {} us, max {} us", times[150], times[285], times[299]);
    }
}
