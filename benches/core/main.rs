//! Micro-benchmarks of the pure core; `cargo bench` prints them. Tests never measure time.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

#[path = "../../tests/common/mod.rs"]
mod common;
mod messages;
mod pages;

use std::io;

use common::Driver;
use cph_wizard::app::{Key, KeyCode, update};
use cph_wizard::catalogue::Catalogue;
use cph_wizard::form::{Candidates, PickerFilter, picker_list};
use cph_wizard::order::{Draft, FieldId, Order};
use cph_wizard::purchase::intents::{Intent, IntentCredentials, JournalEntry};
use cph_wizard::purchase::journal::{Journal, JournalMoved, Opened, Storage};
use cph_wizard::purchase::{NotSent, NotSentReason, Outcome, ordered_servers};
use cph_wizard::signing::{DATE, SignedCall, authorization};
use divan::{Bencher, black_box};
use uuid::Uuid;

fn main() {
    divan::main();
}

#[divan::bench]
fn check_a_whole_order(bencher: Bencher) {
    let driver = Driver::on_review();
    bencher.bench(|| Order::check(black_box(&driver.model.form.draft), &driver.model.form.catalogue));
}

#[divan::bench]
fn make_the_body(bencher: Bencher) {
    let (order, _) = Driver::on_review().model.form.order.unwrap();
    bencher.bench(|| black_box(&order).body());
}

fn ten_thousand_images() -> Catalogue {
    let mut catalogue = Catalogue::default();
    for listing in common::listings_of("large-catalogue") {
        catalogue.put(listing);
    }
    catalogue
}

/// What stands there, what has the letters, one letter, and what is nowhere.
#[divan::bench(args = ["aosp14 9", "ap14 clg", "a", "5ce7e0000000000000000000000", "zzzz"])]
fn filter_ten_thousand_images(bencher: Bencher, text: &str) {
    let catalogue = ten_thousand_images();
    let draft = Draft::default();
    let filter = PickerFilter { text: text.into(), show_incompatible: true, may_type: true, ..PickerFilter::default() };
    let candidates = Candidates::new(FieldId::Image, &filter, &draft, &catalogue);
    let fresh = bencher.with_inputs(|| candidates.clone());
    fresh.bench_refs(|fresh| fresh.filtered(FieldId::Image, black_box(&filter), false, &catalogue));
}

#[divan::bench(args = [0, 4])]
fn sort_ten_thousand_images(bencher: Bencher, column: usize) {
    let catalogue = ten_thousand_images();
    let draft = Draft::default();
    let filter = PickerFilter { sort: Some(column), show_incompatible: true, ..PickerFilter::default() };
    bencher.bench(|| picker_list(FieldId::Image, black_box(&filter), false, &draft, &catalogue));
}

/// What a list or a choice before it costs.
#[divan::bench]
fn make_ten_thousand_images_ready_for_a_filter(bencher: Bencher) {
    let (catalogue, draft, filter) = (ten_thousand_images(), Draft::default(), PickerFilter::default());
    bencher.bench(|| Candidates::new(FieldId::Image, black_box(&filter), &draft, &catalogue));
}

/// A key in the filter of 10,000 images, with everything that follows from it.
#[divan::bench]
fn update_for_a_key_in_a_long_list(bencher: Bencher) {
    let mut driver = Driver::with_scene("large-catalogue");
    driver.go_to("image");
    driver.keys(&[KeyCode::F(6)]);
    bencher.bench_local(|| {
        driver.at += 1;
        for code in [KeyCode::Char('a'), KeyCode::Backspace] {
            let _ = black_box({
                let msg = driver.model.msg_for_key(Key::plain(code), driver.at);
                update(&mut driver.model, msg)
            });
        }
    });
}

#[divan::bench]
fn update_for_a_typed_character(bencher: Bencher) {
    let mut driver = Driver::on_review();
    driver.go_to("count");
    bencher.bench_local(|| {
        driver.at += 1;
        for code in [KeyCode::Char('x'), KeyCode::Backspace] {
            let _ = black_box({
                let msg = driver.model.msg_for_key(Key::plain(code), driver.at);
                update(&mut driver.model, msg)
            });
        }
    });
}

fn intent() -> Intent {
    let (order, body) = Driver::on_review().model.form.order.unwrap();
    Intent {
        id: Uuid::nil(),
        at: "2026-11-22T10:00:00Z".parse().unwrap(),
        profile: "demo".into(),
        endpoint: "127.0.0.1".into(),
        project: "p".into(),
        region: "loopback".into(),
        credentials: IntentCredentials::Token,
        server_name: "web-01".into(),
        ordered: ordered_servers(&order),
        pays_now: false,
        preflight: Some(cph_wizard::purchase::intents::Preflight::default()),
        clock_ahead: Some(0),
        body_hash: body.hash().to_owned(),
        body: String::from_utf8(body.bytes().to_vec()).unwrap(),
    }
}

fn append(bencher: Bencher, journal: &mut Journal) {
    let mut intent = intent();
    let mut number = 0;
    bencher.bench_local(|| {
        number += 1;
        let id = Uuid::from_u128(number);
        intent.id = id;
        journal.append(&JournalEntry::Intent(Box::new(intent.clone()))).unwrap();
        // No intent begins while another one is under way.
        let outcome = Outcome::NotSent(NotSent { reason: NotSentReason::Other { detail: "no connection".into() } });
        journal.append(&JournalEntry::Outcome { id, at: intent.at, outcome }).unwrap();
    });
}

/// The two records of an order that was not sent, without a disk.
#[divan::bench]
fn append_to_a_journal_in_memory(bencher: Bencher) {
    let Opened::Writable(mut journal) = Journal::open_in(Box::new(Memory), intent().at).unwrap() else { panic!() };
    append(bencher, &mut journal);
}

/// The same until the disk has them: mostly what the disk takes.
#[divan::bench(sample_count = 20, sample_size = 5)]
fn append_to_a_journal_and_sync(bencher: Bencher) {
    let home = tempfile::tempdir().unwrap();
    let dir = home.path().join("state");
    let Opened::Writable(mut journal) = Journal::open(&dir, intent().at).unwrap() else { panic!() };
    append(bencher, &mut journal);
}

#[derive(Debug)]
struct Memory;

impl Storage for Memory {
    fn lock(&mut self) -> io::Result<bool> {
        Ok(true)
    }

    fn read(&mut self) -> io::Result<Vec<u8>> {
        Ok(Vec::new())
    }

    fn create(&mut self) -> io::Result<bool> {
        Ok(true)
    }

    fn check_identity(&mut self, _: u64) -> Result<(), JournalMoved> {
        Ok(())
    }

    fn reserve(&mut self, _: u64) -> io::Result<()> {
        Ok(())
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        Ok(black_box(bytes).len())
    }

    fn sync(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn read_last(&mut self) -> io::Result<Option<Vec<u8>>> {
        Ok(None)
    }

    fn renew_last(&mut self, _: &[u8]) -> io::Result<()> {
        Ok(())
    }

    fn write_last(&mut self, _: &[u8]) -> io::Result<()> {
        Ok(())
    }

    fn sync_last(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn quarantine(&mut self, _: &str, _: &[u8]) -> io::Result<()> {
        Ok(())
    }

    fn quarantined_files(&mut self) -> io::Result<Vec<(String, u64)>> {
        Ok(Vec::new())
    }

    fn cut(&mut self, _: u64) -> io::Result<()> {
        Ok(())
    }
}

/// A purchase as it is signed: canonical request, string to sign, signature, header.
#[divan::bench]
fn sign_a_purchase(bencher: Bencher) {
    let (_, body) = Driver::on_review().model.form.order.unwrap();
    let pair = |(name, value): (&str, &str)| (name.to_owned(), value.to_owned());
    let host = ("host", "cph.cn-north-4.myhuaweicloud.com");
    let headers = [host, ("content-type", "application/json"), (DATE, "20261122T100000Z")].map(pair);
    let path = "/v1/0123456789abcdef0123456789abcdef/cloud-phone/phones";
    let call = SignedCall { method: "POST", path, query: &[], headers: &headers, body: body.bytes() };
    bencher.bench(|| authorization("AK", "secret", "20261122T100000Z", black_box(&call)));
}

/// All lists with 10,000 images, from a server on loopback to a catalogue: its pages are made, sent,
/// parsed and read.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn read_ten_thousand_images(bencher: Bencher) {
    bencher.bench_local(ten_thousand_images);
}
