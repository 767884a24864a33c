//! Whatever rages while an order is on its way, fifty times each: hang-ups, resizes, suspensions, a held Enter, pastes.
//! There is one order at most, the journal knows it, the program ends in time, and a terminal that is still there is
//! given back.

use std::io::Read as _;
use std::net::TcpListener;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use cph_wizard::purchase::intents::OrderState;
use cph_wizard::purchase::journal::{Journal, Opened as Journaled};
use cph_wizard::simulator::{Options, Scene, Simulator};
use jiff::Timestamp;
use rustix::process::Signal;
use tokio::runtime::Runtime;

use crate::form_steps::{await_flavors, place, to_review};
use crate::harness::{ENTER, ctrl};
use crate::launch::{Home, Start, binary, new_home};

const ROUNDS: u32 = 50;

/// So many rounds at a time: most of a round is waiting.
const SIDE_BY_SIDE: usize = 4;

/// How long the cloud takes for every answer.
const ANSWER: Duration = Duration::from_millis(300);

/// The program ends so soon after the answer.
const END: Duration = Duration::from_secs(2);

/// One round: a cloud and a home of its own.
struct Round {
    number: u32,
    simulator: Simulator,
    home: Home,
}

impl Round {
    fn start(&self) -> Start {
        let url = self.simulator.url();
        let account = [
            ("CPH_WIZARD_TEST_ENDPOINT", "1"),
            ("CPH_WIZARD_ENDPOINT", url.as_str()),
            ("CPH_WIZARD_TOKEN", "token"),
            ("CPH_WIZARD_PROJECT_ID", "p"),
        ];
        account.into_iter().fold(Start::with(&[]).home(&self.home), |start, (name, value)| start.env(name, value))
    }

    /// A moment between the deed and a little after the answer, another one in each round.
    fn moment(&self) -> Duration {
        (ANSWER * 11 / 10) * self.number / ROUNDS
    }

    fn posts(&self) -> usize {
        self.simulator.access_log().iter().filter(|entry| entry.method == "POST").count()
    }

    /// One order at most, told by the exit code and by the journal.
    fn judge(&self, code: u32) {
        let orders = self.simulator.ledger().len();
        let (round, posts) = (self.number, self.posts());
        assert!(orders <= 1 && posts == orders, "round {round}: {posts} posts, {orders} orders");
        assert_eq!(code, if orders == 1 { 0 } else { 130 }, "round {round}: {orders} orders");
        let state = self.home.path().join("state").join("live");
        let journal = Journal::open(&state, Timestamp::now()).expect("a journal");
        assert!(matches!(journal, Journaled::Writable(_)), "round {round}: {journal:?}");
        let is_accepted = |state: &OrderState| matches!(state, OrderState::Accepted(_));
        let accepted = journal.intents().newest_first().filter(|purchase| is_accepted(purchase.state())).count();
        assert_eq!((accepted, journal.intents().len()), (orders, orders), "round {round}: the journal is wrong");
    }

    /// Waits for the result, leaves, and finds exactly one order.
    fn accepted(&self, mut wizard: crate::launch::Opened) {
        wizard.shows("ACCEPTED");
        wizard.send(ctrl('c'));
        let ended = wizard.ended();
        assert!(ended.words.contains("ACCEPTED"), "round {}: {}", self.number, ended.words);
        self.judge(ended.code);
        assert_eq!(self.posts(), 1, "round {}", self.number);
    }
}

/// Plays every round, several side by side.
fn storms(play: impl Fn(&Round) + Sync) {
    let runtime = Runtime::new().expect("a runtime");
    let next = AtomicU32::new(0);
    let text = format!(
        r#"{{"version":2,"name":"storm","description":"Every answer takes a moment.","response_delay_ms":{}}}"#,
        ANSWER.as_millis()
    );
    thread::scope(|scope| {
        for _ in 0..SIDE_BY_SIDE {
            scope.spawn(|| {
                loop {
                    let number = next.fetch_add(1, Ordering::SeqCst);
                    if number >= ROUNDS {
                        return;
                    }
                    let options = Options { scene: Scene::parse(&text).expect("a scene"), ..Options::default() };
                    let simulator = runtime.block_on(Simulator::start(options)).expect("a simulator");
                    let round = Round { number, simulator, home: new_home() };
                    play(&round);
                    runtime.block_on(round.simulator.stop());
                }
            });
        }
    });
}

/// Is told the exit code of a program whose terminal is gone.
fn listen() -> (u16, Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("a port").port();
    let (sender, receiver) = channel();
    thread::spawn(move || {
        let mut said = String::new();
        let told = listener.accept().and_then(|(mut stream, _)| stream.read_to_string(&mut said));
        // A round that has failed already listens no more.
        let _ = told.map(|_| sender.send(said.trim().to_owned()));
    });
    (port, receiver)
}

#[test]
fn fifty_hang_ups_during_a_submission_lose_and_double_no_order() {
    storms(|round| {
        let (port, told) = listen();
        let program = format!("{} --state-dir state", binary());
        // A program that spins for ever does end.
        let text = format!("trap : HUP\nulimit -t 15\n{program}\necho $? > /dev/tcp/127.0.0.1/{port}\n");
        // Half of them get no signal and have to notice by themselves.
        let mut wizard = round.start().open_fragile(&text, round.number.is_multiple_of(2));
        await_flavors(&wizard);
        to_review(&mut wizard, "alpha");
        place(&mut wizard);
        thread::sleep(round.moment());
        wizard.signal(Signal::KILL);
        let code = told.recv_timeout(ANSWER + END).expect("the program ends in time");
        round.judge(code.parse().expect("an exit code"));
    });
}

#[test]
fn fifty_storms_of_resizes_during_a_submission_change_nothing() {
    storms(|round| {
        let mut wizard = round.start().open();
        to_review(&mut wizard, "alpha");
        place(&mut wizard);
        // A window that is too small when the key is read places no order.
        wizard.until("the order on its way", |text| text.contains("exactly once") || text.contains("ACCEPTED"));
        for turn in 0..200_u16 {
            let (cols, rows) = match turn % 4 {
                0 => (1, 1),
                1 => (200, 60),
                _ => (1 + turn * 37 % 200, 1 + turn * 23 % 60),
            };
            wizard.resize(cols, rows);
        }
        wizard.resize(80, 24);
        round.accepted(wizard);
    });
}

/// Stops one after another; what a shell does with Ctrl-Z is a test of its own.
fn stop_again_and_again(round: &Round) {
    let mut wizard = round.start().open();
    to_review(&mut wizard, "alpha");
    place(&mut wizard);
    for _ in 0..5 {
        thread::sleep(round.moment() / 5);
        wizard.signal(Signal::STOP);
        thread::sleep(round.moment() / 5);
        wizard.signal(Signal::CONT);
    }
    round.accepted(wizard);
}

#[test]
fn fifty_suspensions_during_a_submission_lose_and_double_no_order() {
    storms(stop_again_and_again);
}

#[test]
fn fifty_enters_that_are_held_during_a_submission_place_no_second_order() {
    storms(|round| {
        let mut wizard = round.start().open();
        to_review(&mut wizard, "alpha");
        place(&mut wizard);
        wizard.send(ENTER.repeat(100));
        thread::sleep(round.moment());
        wizard.send(ENTER.repeat(100));
        round.accepted(wizard);
    });
}

#[test]
fn fifty_pastes_during_a_submission_place_no_second_order() {
    storms(|round| {
        let mut wizard = round.start().open();
        to_review(&mut wizard, "alpha");
        place(&mut wizard);
        for _ in 0..10 {
            wizard.paste("\x0f\r\n\x0falpha\x0f\x03\x1b");
        }
        thread::sleep(round.moment());
        wizard.paste(&"\x0f\r".repeat(2_000));
        round.accepted(wizard);
    });
}
