//! The answers of every generation of the service, read over TLS: the documented order can be checked against them
//! and bought.

use cph_wizard::api::{Cloud as _, NO_OBSERVER};
use cph_wizard::catalogue::{Catalogue, Resource};
use cph_wizard::purchase::Outcome;
use cph_wizard::simulator::{Scene, TlsVersions};

use crate::fixture::{Stage, Who, buy_checked, order, scene};

/// The generation of 2026 has no scene of its own name.
fn generation(year: &str) -> Scene {
    match year {
        "2026" => scene(r#","api_generation":"2026""#),
        other => Scene::named(&format!("generation-{other}")).unwrap(),
    }
}

async fn read(stage: &Stage, who: Who) -> Catalogue {
    let cloud = stage.cloud_of(who).await;
    let mut catalogue = Catalogue::default();
    for resource in Resource::ALL {
        match cloud.list(resource, NO_OBSERVER).await {
            Ok(listing) => catalogue.put(listing),
            // A list of 2026.
            Err(error) => assert!(resource == Resource::Offerings && error.code() == Some("APIGW.0101"), "{error:?}"),
        }
    }
    catalogue
}

#[tokio::test]
async fn the_documented_order_is_bought_from_every_generation() {
    for year in ["2019", "2021", "2023", "2026"] {
        let stage = Stage::over(generation(year), TlsVersions::Both).await;
        for (bought, who) in Who::ALL.into_iter().enumerate() {
            let catalogue = read(&stage, who).await;
            for resource in Resource::ALL {
                let is_new = resource == Resource::Offerings && year != "2026";
                let expects_rows = resource != Resource::Servers && !is_new;
                assert!(!expects_rows || catalogue.count(resource) > Some(0), "{year} {who:?} {resource:?}");
            }
            let outcome = buy_checked(&stage.cloud_of(who).await, &order(&catalogue)).await;
            let Outcome::Accepted(receipt) = outcome else { panic!("{year} {who:?}: {outcome:?}") };
            let ledger = stage.simulator.ledger();
            assert_eq!(ledger.len(), bought + 1, "{year} {who:?}");
            assert_eq!(receipt.order_id, ledger[bought].order_id, "{year} {who:?}");
            let found = stage.cloud_of(who).await.servers_named("myPhoneServer").await.unwrap();
            let ours = found.iter().filter(|server| server.order_id.as_ref() == Some(&receipt.order_id)).count();
            assert_eq!(ours, 3, "{year} {who:?}");
        }
        assert_eq!(stage.posts(), Who::ALL.len(), "{year}");
    }
}

#[tokio::test]
async fn the_generations_agree_on_what_is_for_sale() {
    let mut names = Vec::new();
    for year in ["2019", "2021", "2023", "2026"] {
        let stage = Stage::over(generation(year), TlsVersions::Both).await;
        let catalogue = read(&stage, Who::Permanent).await;
        let servers = catalogue.server_flavors.unwrap().into_iter().map(|flavor| flavor.name);
        let phones = catalogue.phone_flavors.unwrap().into_iter().map(|flavor| {
            format!("{} {} {:?} {:?}", flavor.server_flavor, flavor.name, flavor.status, flavor.phones_per_server)
        });
        let pairs = catalogue.key_pairs.unwrap().into_iter().map(|pair| pair.name);
        names.push(servers.chain(phones).chain(pairs).collect::<Vec<_>>());
    }
    assert!(!names[0].is_empty() && names.iter().all(|other| *other == names[0]), "{names:?}");
}
