//! One frame of every page and of everything that covers one, as it is composed; what of it is written is another matter.

use cph_wizard::app::{
    AccountLabel, DetectedAccounts, Introduction, Key, KeyCode, Model, Msg, Overlay, Page, SavedDraft, Setup,
    UnresolvedOrders, update,
};
use cph_wizard::order::Draft;
use cph_wizard::purchase::{Event, Outcome, Receipt};
use cph_wizard::view::{Theme, draw};
use divan::Bencher;
use ratatui::Terminal;
use ratatui::backend::TestBackend;

use crate::common::Driver;

const PAGES: [&str; 26] = [
    "server flavor",
    "phone flavor",
    "image",
    "count",
    "bandwidth",
    "billing",
    "ports",
    "access",
    "review",
    "confirmation",
    "waiting",
    "result",
    "setup",
    "keys",
    "field help",
    "palette",
    "pasted ports",
    "kept draft",
    "order in doubt",
    "request",
    "calls",
    "changes",
    "introduction",
    "plain lines",
    "drafts",
    "export",
];
const SIZES: [(u16, u16); 2] = [(80, 24), (200, 60)];

#[divan::bench(args = PAGES.iter().flat_map(|page| SIZES.map(|size| (*page, size))).collect::<Vec<_>>().leak().iter())]
fn draw_a_page(bencher: Bencher, (page, (width, height)): &(&str, (u16, u16))) {
    let mut model = model_on(page);
    let _ = update(&mut model, Msg::Resize { width: *width, height: *height });
    let mut terminal = Terminal::new(TestBackend::new(*width, *height)).unwrap();
    bencher.bench_local(|| {
        terminal.draw(|frame| draw(&model, Theme::TERMINAL, frame)).unwrap();
    });
}

fn model_on(page: &str) -> Model {
    let mut driver = Driver::on_review();
    let at = driver.at + 60_000;
    match page {
        "review" => {}
        "confirmation" => drop(driver.enter()),
        "waiting" => wait(&mut driver),
        "result" => {
            wait(&mut driver);
            let receipt = Receipt { request_id: None, order_id: "CS1710111105S8IPB".into(), product_id: None };
            let outcome = Outcome::Accepted(receipt);
            driver.send(Msg::Purchase { event: Event::Concluded { id: None, outcome, lost: None }, at });
        }
        "setup" => return setup(),
        "keys" => drop(driver.press(Key::char('?'))),
        "field help" => {
            driver.go_to("count");
            driver.keys(&[KeyCode::F(1)]);
        }
        "palette" => drop(driver.ctrl('g')),
        "pasted ports" => {
            driver.go_to("ports");
            driver.send(Msg::Paste { text: "web 20000 public\napi 20001".into(), at });
        }
        "kept draft" => {
            let draft = Draft { server_name: "web-01".into(), ..Draft::default() };
            return Driver::opened(Some(SavedDraft::with_answers(draft, &["server_name"]))).model;
        }
        "order in doubt" => driver.model.overlay = Some(Overlay::Unresolved(UnresolvedOrders)),
        "request" => drop(driver.ctrl('r')),
        "calls" => driver.keys(&[KeyCode::F(7)]),
        "changes" => drop(driver.press(Key::alt(KeyCode::Char('u')))),
        "introduction" => driver.model.overlay = Some(Overlay::Introduction(Introduction)),
        "plain lines" => drop(driver.press(Key::alt(KeyCode::Char('p')))),
        "drafts" => driver.keys(&[KeyCode::F(2)]),
        "export" => drop(driver.press(Key::alt(KeyCode::Char('e')))),
        step => driver.go_to(step),
    }
    driver.model
}

fn wait(driver: &mut Driver) {
    driver.enter();
    driver.ctrl('o');
}

/// Who orders, asked before the form.
pub fn setup() -> Model {
    let mut model = Model::new(AccountLabel::none(), None);
    model.page = Page::Setup(Box::new(Setup::new("No account is set up.")));
    let _ = model.start();
    let _ = update(&mut model, Msg::AccountsDetected { survey: DetectedAccounts::default() });
    model
}
