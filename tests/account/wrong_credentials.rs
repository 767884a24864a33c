//! Credentials that are not right: what is said, how often they are shown, and that nothing is bought with them.

use cph_wizard::api::{AuthMethod, Cloud as _, HttpCloud, NO_OBSERVER, ReadError, Token};
use cph_wizard::catalogue::Resource;
use cph_wizard::purchase::Outcome;
use cph_wizard::simulator::{AccessLogEntry, Credentials as Known};

use crate::fixture::{
    HOME, PROJECT, REGION, Stage, Who, all_lists, bound, buy, is_login, key, login, permanent, temporary,
};

/// Credentials that are wrong from the first call on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wrong {
    UnknownKey,
    Secret,
    NoSecurityToken,
    OtherSecurityToken,
    ExpiredSecurityToken,
    Password,
    /// The right key, after somebody failed with it too often.
    LockedKey,
    ForeignProject,
    ForeignToken,
    TokenOfNobody,
    ExpiredToken,
}

impl Wrong {
    const ALL: [Self; 11] = [
        Self::UnknownKey,
        Self::Secret,
        Self::NoSecurityToken,
        Self::OtherSecurityToken,
        Self::ExpiredSecurityToken,
        Self::Password,
        Self::LockedKey,
        Self::ForeignProject,
        Self::ForeignToken,
        Self::TokenOfNobody,
        Self::ExpiredToken,
    ];

    fn scene(self) -> &'static str {
        match self {
            Self::ExpiredSecurityToken => r#","security_token_max_uses":0"#,
            Self::ExpiredToken => r#","token_lifetime_s":0"#,
            Self::UnknownKey
            | Self::Secret
            | Self::NoSecurityToken
            | Self::OtherSecurityToken
            | Self::Password
            | Self::LockedKey
            | Self::ForeignProject
            | Self::ForeignToken
            | Self::TokenOfNobody => "",
        }
    }

    /// Status and code of what is said to a call in the project, and whether one call is enough to know.
    fn said(self) -> (u16, &'static str, bool) {
        match self {
            Self::UnknownKey
            | Self::Secret
            | Self::NoSecurityToken
            | Self::OtherSecurityToken
            | Self::ExpiredSecurityToken
            | Self::LockedKey => (401, "APIGW.0301", true),
            Self::Password => (401, "401", true),
            Self::ForeignProject => (403, "APIGW.0302", false),
            Self::ForeignToken => (403, "CPS.0001", false),
            Self::TokenOfNobody => (401, "APIGW.0301", false),
            Self::ExpiredToken => (401, "APIGW.0307", false),
        }
    }

    fn is(self, error: &ReadError) -> bool {
        let (expected, code, _) = self.said();
        let status = match error {
            ReadError::Refused { status, .. } if self != Self::Password => *status,
            ReadError::LoginRefused { status, .. } if self == Self::Password => *status,
            _ => return false,
        };
        status == expected && error.code() == Some(code) && error.request_id().is_some()
    }

    async fn credentials(self, stage: &Stage) -> AuthMethod {
        match self {
            Self::UnknownKey => key("FAKEAK0SIMULATOR0002", Known::SECRET_KEY, None),
            Self::Secret => permanent("FakeSecretKeyForTheSimulatorOnly00000002"),
            Self::NoSecurityToken => temporary(None),
            Self::OtherSecurityToken => temporary(Some("another-security-token")),
            Self::ExpiredSecurityToken => temporary(Some("a-security-token")),
            Self::Password => login("demo-Password"),
            Self::LockedKey => permanent(Known::SECRET_KEY),
            Self::ForeignProject => bound(),
            Self::ForeignToken => AuthMethod::Token(Token::new(&stage.token(HOME).await)),
            Self::TokenOfNobody => AuthMethod::Token(Token::new("MIIa-token-of-nobody")),
            Self::ExpiredToken => stage.credentials(Who::Token).await,
        }
    }

    /// A simulator, and a client with the wrong credentials that was not used before.
    async fn set(self) -> (Stage, HttpCloud, usize) {
        let stage = Stage::on(self.scene()).await;
        if self == Self::LockedKey {
            for _ in 0..6 {
                let stranger = stage.cloud(permanent("FakeSecretKeyForTheSimulatorOnly00000002"), PROJECT);
                assert!(stranger.list(Resource::Servers, NO_OBSERVER).await.is_err());
            }
        }
        let cloud = stage.cloud(self.credentials(&stage).await, PROJECT);
        let before = stage.seen();
        (stage, cloud, before)
    }

    /// Whether an order that was tried with them first came to nothing, as it should.
    fn is_outcome_of_first(self, outcome: &Outcome) -> bool {
        let (status, code, _) = self.said();
        match outcome {
            // The password is shown to IAM before anything is sent to the service.
            Outcome::NotSent(not_sent) => {
                self == Self::Password && not_sent.message().starts_with("Logging in was refused.")
            }
            Outcome::Rejected(refusal) => {
                self != Self::Password && (refusal.status, refusal.code.as_str()) == (status, code)
            }
            Outcome::Accepted(_) | Outcome::Unknown(_) => false,
        }
    }
}

/// All lists and the servers of a name, asked for at once.
async fn all_at_once(cloud: &HttpCloud) -> Vec<ReadError> {
    let (lists, named) = tokio::join!(all_lists(cloud), cloud.servers_named("farm"));
    let lists = lists.map(|read| read.expect_err("a refusal"));
    lists.into_iter().chain([named.expect_err("a refusal")]).collect()
}

fn is_shown_by(entry: &AccessLogEntry, wrong: Wrong) -> bool {
    match wrong {
        Wrong::Password => is_login(entry) && entry.by == "none",
        Wrong::ForeignToken | Wrong::TokenOfNobody | Wrong::ExpiredToken => entry.by == "token",
        Wrong::UnknownKey => entry.by == "key FAKEAK…0002",
        Wrong::Secret | Wrong::LockedKey => entry.by == "key FAKEAK…0001",
        Wrong::NoSecurityToken | Wrong::OtherSecurityToken | Wrong::ExpiredSecurityToken => {
            entry.by == "key TEMPOR…001A"
        }
        Wrong::ForeignProject => entry.by == "key BOUND0…001A",
    }
}

#[tokio::test]
async fn wrong_credentials_are_named_and_shown_once_however_many_calls_wait() {
    for wrong in Wrong::ALL {
        let (stage, cloud, before) = wrong.set().await;
        let errors = all_at_once(&cloud).await;
        assert!(errors.iter().all(|error| wrong.is(error)), "{wrong:?}: {errors:?}");
        let calls = stage.since(before);
        assert!(calls.iter().all(|entry| is_shown_by(entry, wrong)), "{wrong:?}: {calls:?}");
        assert!(calls.iter().all(|entry| entry.status == Some(wrong.said().0)), "{wrong:?}: {calls:?}");
        let (_, _, is_final) = wrong.said();
        // Key pairs that are forbidden at one service are asked for at the other as well.
        let all = errors.len() + usize::from(wrong.said().0 == 403);
        assert_eq!(calls.len(), if is_final { 1 } else { all }, "{wrong:?}: {calls:?}");
        let (posts, outcome) = (stage.posts(), buy(&cloud).await);
        if is_final {
            assert!(matches!(outcome, Outcome::NotSent(_)), "{wrong:?}: {outcome:?}");
            assert_eq!(stage.since(before).len(), 1, "{wrong:?}: nothing more is sent with them");
        } else {
            assert!(wrong.is_outcome_of_first(&outcome), "{wrong:?}: {outcome:?}");
            assert_eq!(stage.posts() - posts, 1, "{wrong:?}");
        }
        assert!(stage.simulator.ledger().is_empty(), "{wrong:?}");
    }
}

#[tokio::test]
async fn an_order_is_refused_or_not_sent_and_what_comes_after_it_knows() {
    for wrong in Wrong::ALL {
        let (stage, cloud, before) = wrong.set().await;
        let outcome = buy(&cloud).await;
        assert!(wrong.is_outcome_of_first(&outcome), "{wrong:?}: {outcome:?}");
        assert_eq!(stage.posts(), usize::from(wrong != Wrong::Password), "{wrong:?}");
        assert_eq!(stage.since(before).len(), 1, "{wrong:?}");
        let errors = all_at_once(&cloud).await;
        assert!(errors.iter().all(|error| wrong.is(error)), "{wrong:?}: {errors:?}");
        let again = buy(&cloud).await;
        if wrong.said().2 {
            assert!(matches!(again, Outcome::NotSent(_)), "{wrong:?}: {again:?}");
            assert_eq!(stage.since(before).len(), 1, "{wrong:?}: {:?}", stage.since(before));
        } else {
            assert!(wrong.is_outcome_of_first(&again), "{wrong:?}: {again:?}");
            assert_eq!(stage.posts(), 2, "{wrong:?}: one for each confirmed order");
        }
        assert!(stage.simulator.ledger().is_empty(), "{wrong:?}");
    }
}

#[tokio::test]
async fn an_order_and_lists_that_come_together_show_wrong_credentials_once() {
    for wrong in Wrong::ALL.into_iter().filter(|wrong| wrong.said().2) {
        let (stage, cloud, before) = wrong.set().await;
        let (outcome, errors, other) = tokio::join!(buy(&cloud), all_at_once(&cloud), buy(&cloud));
        assert!(errors.iter().all(|error| wrong.is(error)), "{wrong:?}: {errors:?}");
        for outcome in [outcome, other] {
            assert!(matches!(outcome, Outcome::NotSent(_) | Outcome::Rejected(_)), "{wrong:?}: {outcome:?}");
        }
        let calls = stage.since(before);
        assert_eq!(calls.len(), 1, "{wrong:?}: {calls:?}");
        assert!(stage.simulator.ledger().is_empty(), "{wrong:?}");
    }
}

#[tokio::test]
async fn iam_says_the_same_of_wrong_credentials_and_hears_of_them_once() {
    for wrong in Wrong::ALL {
        let (stage, cloud, before) = wrong.set().await;
        let (one, other) = tokio::join!(cloud.identify(), cloud.identify());
        let calls = stage.since(before).len();
        let expected = match wrong {
            Wrong::ExpiredSecurityToken => Some((400, "IAM.1108")),
            Wrong::UnknownKey
            | Wrong::Secret
            | Wrong::NoSecurityToken
            | Wrong::OtherSecurityToken
            | Wrong::LockedKey => Some((401, "APIGW.0301")),
            Wrong::Password | Wrong::TokenOfNobody | Wrong::ExpiredToken => Some((401, "401")),
            // They are good credentials, for something else.
            Wrong::ForeignProject | Wrong::ForeignToken => None,
        };
        let Some((status, code)) = expected else {
            assert!(one.is_ok_and(|identity| identity.is_some_and(|identity| !identity.is_listed)), "{wrong:?}");
            continue;
        };
        for error in [one.unwrap_err(), other.unwrap_err()] {
            let found = match &error {
                ReadError::Refused { status, .. } | ReadError::LoginRefused { status, .. } => *status,
                _ => 0,
            };
            assert_eq!((found, error.code()), (status, Some(code)), "{wrong:?}: {error:?}");
        }
        let is_final = wrong.said().2;
        assert_eq!(calls, if is_final { 1 } else { 2 }, "{wrong:?}");
        if is_final {
            assert!(matches!(buy(&cloud).await, Outcome::NotSent(_)), "{wrong:?}");
            assert_eq!(stage.since(before).len(), 1, "{wrong:?}: {:?}", stage.since(before));
        }
        assert!(stage.simulator.ledger().is_empty(), "{wrong:?}");
        let iam = stage.iam(wrong.credentials(&stage).await);
        let before = stage.seen();
        assert!(iam.projects(Some(REGION)).await.is_err() && iam.account().await.is_err(), "{wrong:?}");
        assert_eq!(stage.since(before).len(), if is_final { 1 } else { 2 }, "{wrong:?}");
    }
}

#[tokio::test]
async fn no_sentence_about_refused_credentials_repeats_a_secret() {
    for wrong in Wrong::ALL {
        let (stage, cloud, _) = wrong.set().await;
        let error = cloud.list(Resource::Images, NO_OBSERVER).await.unwrap_err();
        let (outcome, log) = (buy(&cloud).await, stage.simulator.access_log());
        let told = format!("{error:?} {error} {} {outcome:?} {log:?}", error.sentence());
        for secret in ["FakeSecretKey", "security-token", "demo-Password", "demo-password", "MIIa-token"] {
            assert!(!told.contains(secret), "{wrong:?}: {told}");
        }
    }
}
