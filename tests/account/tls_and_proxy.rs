//! The way to the cloud: whose certificate is trusted, through which proxy, and that credentials go to their own host
//! only.

use std::fs;
use std::process::Command;

use cph_wizard::api::{Account, CaFile, Cloud as _, Endpoint, HttpCloud, NO_OBSERVER, Network, ReadError};
use cph_wizard::catalogue::Resource;
use cph_wizard::purchase::Outcome;
use cph_wizard::simulator::{Credentials as Known, Options, Simulator, TlsVersions};

use crate::fake_servers::{Front, Proxy, Trap};
use crate::fixture::{PROJECT, REGION, Stage, Who, buy, login, permanent, scene, timeouts};

/// The three ways to prove a call; more would differ in nothing here.
const KINDS: [Who; 3] = [Who::Token, Who::Permanent, Who::Login];

/// A client with another way to the same simulator.
async fn by_way_of(stage: &Stage, who: Who, network: Network) -> HttpCloud {
    let account = stage.account(stage.credentials(who).await, who.project());
    HttpCloud::with_timeouts(Account { network, ..account }, timeouts()).unwrap()
}

/// Reads, identifies and buys, none of which arrives; gives what is said about the read.
async fn nothing_arrives(stage: &Stage, cloud: &HttpCloud, words: &str) -> String {
    let before = stage.seen();
    let error = cloud.list(Resource::Servers, NO_OBSERVER).await.unwrap_err();
    assert!(matches!(&error, ReadError::NotReached { why } if why.to_string().contains(words)), "{words}: {error:?}");
    let identity = cloud.identify().await.unwrap_err();
    assert!(
        matches!(&identity, ReadError::NotReached { why } if why.to_string().contains(words)),
        "{words}: {identity:?}"
    );
    let outcome = buy(cloud).await;
    let Outcome::NotSent(not_sent) = &outcome else { panic!("{words}: {outcome:?}") };
    assert!(not_sent.message().contains(words), "{words}: {}", not_sent.message());
    assert_eq!((stage.since(before).len(), stage.simulator.ledger().len()), (0, 0), "{words}");
    error.sentence()
}

#[tokio::test]
async fn nothing_is_said_to_a_certificate_that_nobody_trusts() {
    for who in KINDS {
        let (stage, other) = (Stage::on("").await, Stage::on("").await);
        for network in [Network::default(), other.network()] {
            let cloud = by_way_of(&stage, who, network).await;
            let sentence = nothing_arrives(&stage, &cloud, "the server's certificate").await;
            assert!(sentence.contains("set ca_file in the profile"), "{who:?}: {sentence}");
        }
    }
}

#[tokio::test]
async fn a_certificate_for_another_name_is_not_trusted_either() {
    let stage = Stage::on("").await;
    let front = Front::relaying("cph.cloud.test", stage.simulator.address()).await;
    let endpoint = Endpoint::parse(&front.url()).unwrap();
    let network = Network { ca_file: Some(CaFile::read(&front.ca_file).unwrap()), proxy: None };
    let account = stage.account(permanent(Known::SECRET_KEY), PROJECT);
    let account = Account { endpoint: endpoint.clone(), iam: Some(endpoint), network, ..account };
    let cloud = HttpCloud::with_timeouts(account, timeouts()).unwrap();
    let sentence = nothing_arrives(&stage, &cloud, "certificate is for cph.cloud.test, not for 127.0.0.1").await;
    assert!(sentence.starts_with("The server's certificate is for another host name."), "{sentence}");
}

#[tokio::test]
async fn either_version_of_tls_will_do() {
    for versions in [TlsVersions::OnlyTls12, TlsVersions::OnlyTls13] {
        for who in KINDS {
            let stage = Stage::over(scene(""), versions).await;
            let cloud = stage.cloud_of(who).await;
            assert!(cloud.identify().await.unwrap().is_some(), "{versions:?} {who:?}");
            assert_eq!(cloud.list(Resource::Servers, NO_OBSERVER).await.unwrap().count(), 0, "{versions:?} {who:?}");
            assert!(matches!(buy(&cloud).await, Outcome::Accepted(_)), "{versions:?} {who:?}");
            assert_eq!((stage.posts(), stage.simulator.ledger().len()), (1, 1), "{versions:?} {who:?}");
        }
    }
}

#[tokio::test]
async fn a_ca_file_may_hold_several_certificates_and_words_between_them() {
    let (stage, other) = (Stage::on("").await, Stage::on("").await);
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("bundle.pem");
    let bundle = [other.simulator.ca_pem().unwrap(), "# and another\n", stage.simulator.ca_pem().unwrap()].concat();
    fs::write(&path, bundle).unwrap();
    let network = Network { ca_file: Some(CaFile::read(&path).unwrap()), proxy: None };
    let cloud = by_way_of(&stage, Who::Permanent, network).await;
    assert!(cloud.list(Resource::Servers, NO_OBSERVER).await.is_ok());
}

/// The name of a cloud that no resolver knows; only a proxy leads there.
const NAME: &str = "cph.cloud.test";

/// A cloud with a name of its own behind TLS, without it a simulator.
async fn named() -> (Simulator, Front) {
    let simulator = Simulator::start(Options { region: REGION.into(), ..Options::default() }).await.unwrap();
    let front = Front::relaying(NAME, simulator.address()).await;
    (simulator, front)
}

fn through(proxy: &str, front: &Front, who: Who) -> HttpCloud {
    let credentials = match who {
        Who::Login => login(Known::PASSWORD),
        Who::Token => cph_wizard::api::AuthMethod::Token(cph_wizard::api::Token::new("MIIa-token")),
        Who::Permanent | Who::Temporary | Who::Bound => permanent(Known::SECRET_KEY),
    };
    let endpoint = Endpoint::parse(&format!("https://{NAME}")).unwrap();
    let network = Network { ca_file: Some(CaFile::read(&front.ca_file).unwrap()), proxy: Some(proxy.to_owned()) };
    let account = Account { iam: Some(endpoint.clone()), network, ..Account::new(endpoint, PROJECT, credentials) };
    HttpCloud::with_timeouts(account, timeouts()).unwrap()
}

#[tokio::test]
async fn everything_works_through_a_proxy_which_learns_the_name_and_no_secret() {
    for who in KINDS {
        let (simulator, front) = named().await;
        let proxy = Proxy::to(front.address).await;
        let cloud = through(&format!("http://somebody:proxy-word@{}", proxy.address), &front, who);
        assert!(cloud.identify().await.unwrap().is_some(), "{who:?}");
        for resource in Resource::ALL {
            cloud.list(resource, NO_OBSERVER).await.unwrap();
        }
        assert!(matches!(buy(&cloud).await, Outcome::Accepted(_)), "{who:?}");
        assert_eq!(simulator.ledger().len(), 1, "{who:?}");
        let asked = proxy.requests();
        assert!(asked.len() >= 2, "{who:?}: the purchase has a connection of its own");
        for request in &asked {
            assert_eq!(request.line, format!("CONNECT {NAME}:443"), "{who:?}");
            // "somebody:proxy-word", as the scheme Basic has it.
            assert!(
                request.head.contains("proxy-authorization: basic c29tzwjvzhk6chjvehktd29yza=="),
                "{}",
                request.head
            );
            for secret in ["token", "sdk-hmac", "access=", "password", "x-project-id"] {
                assert!(!request.head.contains(secret), "{who:?}: {}", request.head);
            }
        }
    }
}

#[tokio::test]
async fn a_proxy_that_refuses_is_named_and_nothing_is_sent() {
    for (answer, words) in [
        ("HTTP/1.1 407 X\r\nContent-Length: 0\r\n\r\n", "The proxy requires authentication."),
        ("HTTP/1.1 403 X\r\nContent-Length: 0\r\n\r\n", "The proxy refused the connection."),
        ("HTTP/1.1 502 X\r\nContent-Length: 0\r\n\r\n", "The proxy refused the connection."),
        ("HTTP/1.1 302 X\r\nLocation: http://127.0.0.1:9/\r\n\r\n", "The proxy refused the connection."),
        ("", "The proxy refused the connection."),
        ("nonsense\r\n\r\n", "The proxy refused the connection."),
    ] {
        for who in KINDS {
            let (simulator, front) = named().await;
            let proxy = Proxy::refusing(answer).await;
            let cloud = through(&format!("http://{}", proxy.address), &front, who);
            let error = cloud.list(Resource::Servers, NO_OBSERVER).await.unwrap_err();
            assert!(matches!(error, ReadError::NotReached { .. }), "{who:?} {answer:?}: {error:?}");
            assert!(error.sentence().contains(words), "{who:?} {answer:?}: {}", error.sentence());
            let outcome = buy(&cloud).await;
            assert!(matches!(outcome, Outcome::NotSent(_)), "{who:?} {answer:?}: {outcome:?}");
            let tries = proxy.requests().len();
            assert!((2..=5).contains(&tries), "{who:?} {answer:?}: {tries}");
            assert!(simulator.access_log().is_empty() && simulator.ledger().is_empty(), "{who:?} {answer:?}");
        }
    }
}

#[tokio::test]
async fn a_proxy_that_reads_along_is_not_trusted() {
    for who in KINDS {
        let (simulator, front) = named().await;
        // Somebody in between with a certificate for the right name, from an authority of its own.
        let between = Front::relaying(NAME, simulator.address()).await;
        let proxy = Proxy::to(between.address).await;
        let cloud = through(&format!("http://{}", proxy.address), &front, who);
        let error = cloud.list(Resource::Servers, NO_OBSERVER).await.unwrap_err();
        assert!(error.sentence().contains("something in between may read along"), "{}", error.sentence());
        assert!(matches!(buy(&cloud).await, Outcome::NotSent(_)), "{who:?}");
        assert!(simulator.access_log().is_empty(), "{who:?}");
    }
}

#[tokio::test]
async fn calls_to_this_machine_go_through_no_proxy() {
    let stage = Stage::on("").await;
    let trap = Trap::set();
    let network = Network { proxy: Some(format!("http://{}", trap.address())), ..stage.network() };
    let cloud = by_way_of(&stage, Who::Permanent, network.clone()).await;
    assert!(cloud.list(Resource::Servers, NO_OBSERVER).await.is_ok() && cloud.identify().await.is_ok());
    assert!(matches!(buy(&cloud).await, Outcome::Accepted(_)));
    assert_eq!(trap.arrivals(), 0);
    for here in ["https://localhost:1", "https://127.0.0.1:1", "https://127.8.8.8", "https://[::1]:1", "http://[::1]"] {
        assert_eq!(network.proxy_to(&Endpoint::parse(here).unwrap()), None, "{here}");
    }
    for there in ["https://cph.cloud.test", "https://localhost.cloud.test", "https://128.0.0.1"] {
        let shown = network.proxy_to(&Endpoint::parse(there).unwrap()).unwrap();
        assert_eq!(shown.to_string(), format!("{} (profile)", trap.address()), "{there}");
    }
}

#[tokio::test]
async fn a_redirect_takes_no_credentials_along() {
    for who in KINDS {
        let trap = Trap::set();
        // Somebody else's port is another place, whatever the scheme.
        for scheme in ["http", "https"] {
            let operations = r#"["servers","os-keypairs","auth-projects","auth-domains","purchase"]"#;
            let to = format!("{scheme}://{}/elsewhere", trap.address());
            let stage = Stage::on(&format!(r#","tampering":{{"operations":{operations},"redirect_to":"{to}"}}"#)).await;
            let cloud = stage.cloud_of(who).await;
            for resource in [Resource::Servers, Resource::KeyPairs] {
                let error = cloud.list(resource, NO_OBSERVER).await.unwrap_err();
                assert!(matches!(error, ReadError::Redirected { status: 307, .. }), "{who:?}: {error:?}");
            }
            assert!(matches!(cloud.identify().await, Err(ReadError::Redirected { status: 307, .. })), "{who:?}");
            let outcome = buy(&cloud).await;
            let Outcome::Unknown(unknown) = &outcome else { panic!("{who:?}: {outcome:?}") };
            assert_eq!((unknown.status, unknown.probably_placed), (Some(307), false), "{who:?}");
            assert_eq!((stage.posts(), stage.simulator.ledger().len()), (1, 0), "{who:?}");
            assert_eq!(trap.arrivals(), 0, "{who:?} {scheme}");
        }
    }
}

#[tokio::test]
async fn a_redirect_of_the_login_takes_no_password_along() {
    let trap = Trap::set();
    let to = format!("https://{}/v3/auth/tokens", trap.address());
    let stage = Stage::on(&format!(r#","tampering":{{"operations":["auth-tokens"],"redirect_to":"{to}"}}"#)).await;
    let cloud = stage.cloud_of(Who::Login).await;
    let error = cloud.list(Resource::Servers, NO_OBSERVER).await.unwrap_err();
    assert!(matches!(error, ReadError::Redirected { status: 307, .. }), "{error:?}");
    assert!(matches!(buy(&cloud).await, Outcome::NotSent(_)));
    let error = stage.iam(login(Known::PASSWORD)).projects(Some(REGION)).await.unwrap_err();
    assert!(matches!(error, ReadError::Redirected { status: 307, .. }), "{error:?}");
    assert_eq!((stage.posts(), stage.seen(), stage.logins(), trap.arrivals()), (0, 3, 3, 0));
}

#[tokio::test]
async fn what_does_not_speak_tls_hears_nothing() {
    let simulator = Simulator::start(Options::default()).await.unwrap();
    for who in KINDS {
        let stage = Stage::on("").await;
        let endpoint = Endpoint::parse(&format!("https://{}", simulator.address())).unwrap();
        let account = stage.account(stage.credentials(who).await, PROJECT);
        let account = Account { endpoint: endpoint.clone(), iam: Some(endpoint), ..account };
        let cloud = HttpCloud::with_timeouts(account, timeouts()).unwrap();
        let error = cloud.list(Resource::Servers, NO_OBSERVER).await.unwrap_err();
        assert!(error.sentence().contains("something that is not TLS"), "{who:?}: {}", error.sentence());
        assert!(matches!(buy(&cloud).await, Outcome::NotSent(_)), "{who:?}");
        assert!(simulator.access_log().is_empty(), "{who:?}");
    }
}

#[tokio::test]
async fn a_proxy_that_is_none_is_named_and_nothing_goes_past_it() {
    for who in KINDS {
        for proxy in ["http://", "http://a b", "ftp://TRAP", "socks5://TRAP", "socks4://TRAP", "htp://TRAP"] {
            let (simulator, front) = named().await;
            let trap = Trap::set();
            let cloud = through(&proxy.replace("TRAP", &trap.address().to_string()), &front, who);
            let error = cloud.list(Resource::Servers, NO_OBSERVER).await.unwrap_err();
            let words = "the profile's proxy is not an address; write it like http://proxy.example:3128";
            assert!(matches!(error, ReadError::NotReached { .. }), "{who:?} {proxy}: {error:?}");
            assert!(error.sentence().contains(words), "{who:?} {proxy}: {}", error.sentence());
            let outcome = buy(&cloud).await;
            assert!(
                matches!(&outcome, Outcome::NotSent(not_sent) if not_sent.message().contains(words)),
                "{proxy}: {outcome:?}"
            );
            assert_eq!((simulator.access_log().len(), trap.arrivals()), (0, 0), "{who:?} {proxy}");
        }
    }
}

/// Run by the next test as a program of its own, since no test may change its environment.
#[test]
#[ignore = "shows the proxies of an environment to the test that makes it"]
fn proxies_of_the_environment() {
    for there in ["https://cph.cloud.test", "https://a.inside.test", "https://10.1.2.3", "https://127.0.0.1:1"] {
        let shown = Network::default().proxy_to(&Endpoint::parse(there).unwrap());
        println!("{there} through {}", shown.map_or("none".to_owned(), |shown| shown.to_string()));
    }
}

fn in_environment(variables: &[(&str, &str)]) -> Vec<String> {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--ignored", "--exact", "--nocapture", "tls_and_proxy::proxies_of_the_environment"]);
    let output = command.env_clear().envs(variables.iter().copied()).output().unwrap();
    assert!(output.status.success(), "{output:?}");
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(!text.contains("a-word"), "{text}");
    let through = text.lines().filter_map(|line| line.split_once(" through "));
    through.map(|(_, proxy)| proxy.to_owned()).collect()
}

#[test]
fn the_proxy_of_the_environment_is_taken_but_for_the_hosts_that_it_names() {
    let proxy = "proxy.test:3128 (environment)";
    let through = |variables: &[(&str, &str)]| in_environment(variables);
    assert_eq!(through(&[]), ["none", "none", "none", "none"]);
    for name in ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"] {
        assert_eq!(through(&[(name, "http://me:a-word@proxy.test:3128")]), [proxy, proxy, proxy, "none"], "{name}");
    }
    assert_eq!(through(&[("http_proxy", "http://proxy.test:3128")]), ["none", "none", "none", "none"]);
    for (except, expected) in [
        ("inside.test", [proxy, "none", proxy, "none"]),
        (".inside.test", [proxy, "none", proxy, "none"]),
        ("10.0.0.0/8,cph.cloud.test", ["none", proxy, "none", "none"]),
    ] {
        for name in ["NO_PROXY", "no_proxy"] {
            let variables = [("HTTPS_PROXY", "http://proxy.test:3128"), (name, except)];
            assert_eq!(through(&variables), expected, "{name} {except}");
        }
    }
}
