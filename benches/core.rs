//! Micro-benchmarks of the pure core; `cargo bench` prints them. Tests never measure time.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

#[path = "../tests/common/mod.rs"]
mod common;

use common::Driver;
use cph_wizard::app::{Key, KeyCode, Msg, update};
use cph_wizard::catalogue::Catalogue;
use cph_wizard::form::{PickFilter, pick};
use cph_wizard::order::{Draft, FieldId, Order};
use cph_wizard::view::{Theme, draw};
use divan::{Bencher, black_box};
use ratatui::Terminal;
use ratatui::backend::TestBackend;

fn main() {
    divan::main();
}

#[divan::bench]
fn check_a_whole_order(bencher: Bencher) {
    let driver = Driver::on_review();
    bencher.bench(|| Order::check(black_box(&driver.model.draft), &driver.model.catalogue));
}

#[divan::bench]
fn make_the_body(bencher: Bencher) {
    let (order, _) = Driver::on_review().model.order.unwrap();
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
    let filter = PickFilter { text: text.into(), show_unfitting: true, may_type: true, ..PickFilter::default() };
    bencher.bench(|| pick(FieldId::Image, black_box(&filter), false, &draft, &catalogue));
}

#[divan::bench(args = [0, 4])]
fn sort_ten_thousand_images(bencher: Bencher, column: usize) {
    let catalogue = ten_thousand_images();
    let draft = Draft::default();
    let filter = PickFilter { sort: Some(column), show_unfitting: true, ..PickFilter::default() };
    bencher.bench(|| pick(FieldId::Image, black_box(&filter), false, &draft, &catalogue));
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
            black_box(update(&mut driver.model, Msg::Key { key: Key::plain(code), at: driver.at }));
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
            black_box(update(&mut driver.model, Msg::Key { key: Key::plain(code), at: driver.at }));
        }
    });
}

#[divan::bench(args = [(80, 24), (200, 60)])]
fn draw_review(bencher: Bencher, (width, height): (u16, u16)) {
    let mut driver = Driver::on_review();
    driver.send(Msg::Resize { width, height });
    let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
    bencher.bench_local(|| {
        terminal.draw(|frame| draw(&driver.model, Theme::TERMINAL, frame)).unwrap();
    });
}
