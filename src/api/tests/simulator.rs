//! The client against the simulator, which was written independently from the documentation.

use super::cloud;
use crate::api::{Cloud as _, NO_OBSERVER};
use crate::catalogue::{Catalogue, Resource};
use crate::simulator::{Options, Scene, Simulator};

async fn read(scene: &str) -> Catalogue {
    let scene = Scene::named(scene).unwrap();
    let simulator = Simulator::start(Options { scene, ..Options::default() }).await.unwrap();
    let cloud = cloud(&simulator.url());
    let mut catalogue = Catalogue::default();
    for resource in Resource::ALL {
        catalogue.put(cloud.list(resource, NO_OBSERVER).await.unwrap());
    }
    simulator.stop().await;
    catalogue
}

#[tokio::test]
async fn every_list_of_the_simulator_is_read() {
    let catalogue = read("normal").await;
    for resource in Resource::ALL {
        let expects_rows = resource != Resource::Servers;
        assert_eq!(catalogue.count(resource).is_some_and(|rows| rows > 0), expects_rows, "{resource:?}");
    }
    let flavors = catalogue.phone_flavors.unwrap();
    assert!(flavors.iter().all(|flavor| flavor.status.is_some() && flavor.image_label.is_some()));
    assert!(catalogue.bandwidths.unwrap().iter().any(|bandwidth| bandwidth.is_shared == Some(true)));
}

#[tokio::test]
async fn a_list_of_many_pages_is_read_whole() {
    let images = read("large-catalogue").await.images.unwrap();
    assert!(images.len() > 500, "{}", images.len());
}

#[tokio::test]
async fn empty_lists_are_lists() {
    let catalogue = read("empty-catalogue").await;
    assert_eq!(catalogue.images, Some(Vec::new()));
}
