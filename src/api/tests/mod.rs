//! The client against servers that behave correctly, and against servers that do not.

mod auth;
mod lists;
mod offerings;
mod purchase;
mod raw_socket;
mod retry;
mod servers_named;
mod simulator;
mod trace;

use std::time::Duration;

use super::{Account, AuthMethod, Endpoint, HttpCloud, RetryPolicy, Timeouts, Token};

fn account(url: &str) -> Account {
    let credentials = AuthMethod::Token(Token::new("a-token"));
    Account::new(Endpoint::parse(url).unwrap(), "0123456789abcdef0123456789abcdef", credentials)
}

fn cloud(url: &str) -> HttpCloud {
    HttpCloud::with_timeouts(account(url), Timeouts { retry: RetryPolicy::NONE, ..Timeouts::default() }).unwrap()
}

/// Creates a client with timeouts of one second and without retries.
fn hasty(url: &str) -> HttpCloud {
    let brief = Duration::from_secs(1);
    HttpCloud::with_timeouts(
        account(url),
        Timeouts { read: brief, purchase: brief, retry: RetryPolicy::NONE, ..Timeouts::default() },
    )
    .unwrap()
}

#[test]
fn an_account_that_would_change_the_path_makes_no_client() {
    for project_id in ["", "a/b", "..", "a b", "a?b", "é", &"x".repeat(65)] {
        let account = Account { project_id: project_id.into(), ..account("http://127.0.0.1:1") };
        assert!(HttpCloud::new(account).is_err(), "{project_id}");
    }
    assert!(!format!("{:?}", account("http://127.0.0.1:1")).contains("a-token"));
}
