//! Compatibility of flavors, images and bandwidths: the catalogue as the source of `Offers` for the rules of an order.

use ipnet::Ipv4Net;

use super::availability::Availability;
use super::items::{Image, PhoneFlavor};
use super::lists::Catalogue;
use crate::order::{BandwidthStatus, ImageFit, Offers, PhoneFlavorStatus, ServerFlavorStatus, matches_order_name};

/// The subnet that the service creates for servers ordered without one.
const DEFAULT_SUBNET: &str = "172.31.0.0/16";

/// A reason that a server flavor cannot be bought.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Obstacle {
    /// No phone flavor in the catalogue belongs to it.
    NoPhones,
    /// All of its phone flavors are offline.
    Offline,
    /// It is sold out in every zone.
    SoldOut,
}

impl Catalogue {
    /// Finds the row of a phone flavor. The row of this server flavor takes precedence, since the same name may occur
    /// under several server flavors. `None` if the name is not listed or the list was not read.
    #[must_use]
    pub fn phone_flavor_row(&self, server_flavor: &str, name: &str) -> Option<&PhoneFlavor> {
        let rows = self.phone_flavors.as_ref()?;
        rows.iter()
            .find(|row| row.name == name && row.server_flavor == server_flavor)
            .or_else(|| rows.iter().find(|row| row.name == name))
    }

    /// Finds the first row of an image; an image that names phone flavors has a row for each. `None` if the id is not
    /// listed or the list was not read.
    #[must_use]
    pub fn image_row(&self, id: &str) -> Option<&Image> {
        self.images.as_ref()?.iter().find(|row| row.id == id)
    }

    /// Returns the reason that a server flavor cannot be bought, or `None` if there is none or the phone flavors were
    /// not read. The list of server flavors has no status of its own (`cph.md` 6), so the reason follows from the phone
    /// flavors and from the offerings by zone.
    #[must_use]
    pub fn server_flavor_obstacle(&self, name: &str) -> Option<Obstacle> {
        let rows = self.phone_flavors.as_ref()?;
        let mut of_this = rows.iter().filter(|row| row.server_flavor == name).peekable();
        if of_this.peek().is_none() {
            return Some(Obstacle::NoPhones);
        }
        if of_this.all(PhoneFlavor::is_offline) {
            return Some(Obstacle::Offline);
        }
        (self.availability(name) == Availability::SoldOut).then_some(Obstacle::SoldOut)
    }

    /// Returns the fewest and most phones that one server of the flavor yields, over the phone flavors on sale. `None`
    /// if none of them states a number or the list was not read.
    #[must_use]
    pub fn phones_of_server_flavor(&self, name: &str) -> Option<(u32, u32)> {
        let rows = self.phone_flavors.as_ref()?;
        let phones = rows
            .iter()
            .filter(|row| row.server_flavor == name && !row.is_offline())
            .filter_map(|row| row.phones_per_server);
        phones
            .fold(None, |found, n| Some(found.map_or((n, n), |(least, most): (u32, u32)| (least.min(n), most.max(n)))))
    }

    /// Returns whether an image is for other phone flavors than this one, by the rule of [`Self::image_fit`] but
    /// without allocating the labels.
    #[must_use]
    pub fn is_misfit(image: &Image, flavor: Option<&PhoneFlavor>) -> bool {
        let Some(flavor) = flavor else { return false };
        match (&image.label, &flavor.image_label) {
            (Some(image_label), Some(flavor_label)) => image_label != flavor_label,
            (None, _) | (_, None) => image.phone_flavor.as_ref().is_some_and(|named| *named != flavor.name),
        }
    }

    /// Checks whether an image fits a phone flavor: by their labels, or else by the one flavor that the image names
    /// (`cph.md` 8.1 and 18).
    #[must_use]
    pub fn image_fit(&self, image: &Image, flavor: Option<&PhoneFlavor>) -> ImageFit {
        let Some(flavor) = flavor else { return ImageFit::NotStated };
        match (&image.label, &flavor.image_label) {
            (Some(image_label), Some(flavor_label)) if image_label == flavor_label => ImageFit::Fits,
            (Some(image_label), Some(flavor_label)) => {
                ImageFit::Misfit { image_label: image_label.clone(), flavor_label: flavor_label.clone() }
            }
            (None, _) | (_, None) => match &image.phone_flavor {
                Some(named) if *named == flavor.name => ImageFit::Fits,
                Some(named) => ImageFit::Misfit { image_label: named.clone(), flavor_label: flavor.name.clone() },
                None => ImageFit::NotStated,
            },
        }
    }
}

impl Offers for Catalogue {
    fn server_flavor(&self, name: &str) -> ServerFlavorStatus {
        let Some(rows) = &self.server_flavors else { return ServerFlavorStatus::NotRead };
        if !rows.iter().any(|row| row.name == name) {
            return ServerFlavorStatus::Absent;
        }
        match self.server_flavor_obstacle(name) {
            Some(Obstacle::SoldOut) => ServerFlavorStatus::SoldOut,
            Some(Obstacle::NoPhones | Obstacle::Offline) => ServerFlavorStatus::Offline,
            None if matches!(self.availability(name), Availability::SoldOutIn(_)) => ServerFlavorStatus::SoldOutInPart,
            None => ServerFlavorStatus::OnSale,
        }
    }

    fn phone_flavor(&self, server_flavor: &str, name: &str) -> PhoneFlavorStatus {
        if self.phone_flavors.is_none() {
            return PhoneFlavorStatus::NotRead;
        }
        match self.phone_flavor_row(server_flavor, name) {
            None => PhoneFlavorStatus::Absent,
            Some(row) if row.server_flavor != server_flavor => PhoneFlavorStatus::Elsewhere(row.server_flavor.clone()),
            Some(row) if row.is_offline() => PhoneFlavorStatus::Offline,
            Some(_) => PhoneFlavorStatus::OnSale,
        }
    }

    fn image(&self, server_flavor: &str, phone_flavor: &str, image_id: &str) -> ImageFit {
        let Some(rows) = &self.images else { return ImageFit::NotRead };
        let flavor = self.phone_flavor_row(server_flavor, phone_flavor);
        // An image that names phone flavors has a row for each of them.
        let mut fits = rows.iter().filter(|row| row.id == image_id).map(|row| self.image_fit(row, flavor));
        let Some(first) = fits.next() else { return ImageFit::NotListed };
        if first == ImageFit::Fits || fits.any(|fit| fit == ImageFit::Fits) { ImageFit::Fits } else { first }
    }

    fn bandwidth(&self, id: &str) -> BandwidthStatus {
        let Some(rows) = &self.bandwidths else { return BandwidthStatus::NotRead };
        match rows.iter().find(|row| row.id == id) {
            None => BandwidthStatus::NotListed,
            Some(row) if row.is_shared == Some(false) => BandwidthStatus::Dedicated,
            Some(_) => BandwidthStatus::Shared,
        }
    }

    fn key_pair_exists(&self, name: &str) -> Option<bool> {
        self.key_pairs.as_ref().map(|rows| rows.iter().any(|row| row.name == name))
    }

    fn server_name_exists(&self, name: &str) -> Option<bool> {
        self.servers.as_ref().map(|rows| rows.iter().any(|row| matches_order_name(name, &row.name)))
    }

    fn subnets_in_use(&self) -> Option<Vec<Ipv4Net>> {
        let rows = self.servers.as_ref()?;
        let used = rows.iter().map(|row| row.subnet.as_deref().unwrap_or(DEFAULT_SUBNET));
        Some(used.filter_map(|text| text.parse().ok()).collect())
    }

    fn phones_per_server(&self, server_flavor: &str, phone_flavor: &str) -> Option<u32> {
        // A flavor of another server yields no phones on this one.
        let row =
            self.phone_flavor_row(server_flavor, phone_flavor).filter(|row| row.server_flavor == server_flavor)?;
        row.phones_per_server
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::ServerFlavor;

    fn catalogue() -> Catalogue {
        let phone = |server: &str, name: &str, status, label: Option<&str>| PhoneFlavor {
            server_flavor: server.into(),
            name: name.into(),
            status: Some(status),
            phones_per_server: Some(60),
            image_label: label.map(Into::into),
            ..PhoneFlavor::default()
        };
        let server = |name: &str| ServerFlavor { name: name.into(), ..ServerFlavor::default() };
        Catalogue {
            server_flavors: Some(vec![server("s1"), server("s2"), server("bare")]),
            phone_flavors: Some(vec![
                phone("s1", "p1", 1, Some("a")),
                phone("s1", "old", 0, Some("a")),
                phone("s2", "gone", 0, None),
            ]),
            images: Some(vec![
                Image { id: "ia".into(), label: Some("a".into()), ..Image::default() },
                Image { id: "ib".into(), label: Some("b".into()), ..Image::default() },
                Image { id: "ix".into(), ..Image::default() },
            ]),
            ..Catalogue::default()
        }
    }

    #[test]
    fn a_server_flavor_is_on_sale_as_long_as_one_phone_flavor_is() {
        let catalogue = catalogue();
        assert_eq!(catalogue.server_flavor("s1"), ServerFlavorStatus::OnSale);
        assert_eq!(catalogue.server_flavor("s2"), ServerFlavorStatus::Offline);
        assert_eq!(catalogue.server_flavor("bare"), ServerFlavorStatus::Offline);
        assert_eq!(catalogue.server_flavor("nowhere"), ServerFlavorStatus::Absent);
        assert_eq!(Catalogue::default().server_flavor("s1"), ServerFlavorStatus::NotRead);
    }

    #[test]
    fn a_phone_flavor_is_seen_from_its_server_flavor() {
        let catalogue = catalogue();
        assert_eq!(catalogue.phone_flavor("s1", "p1"), PhoneFlavorStatus::OnSale);
        assert_eq!(catalogue.phone_flavor("s2", "p1"), PhoneFlavorStatus::Elsewhere("s1".into()));
        assert_eq!(catalogue.phone_flavor("s1", "old"), PhoneFlavorStatus::Offline);
        assert_eq!(catalogue.phone_flavor("s1", "none"), PhoneFlavorStatus::Absent);
    }

    #[test]
    fn labels_join_images_to_phone_flavors() {
        let catalogue = catalogue();
        assert_eq!(catalogue.image("s1", "p1", "ia"), ImageFit::Fits);
        assert!(matches!(catalogue.image("s1", "p1", "ib"), ImageFit::Misfit { .. }));
        assert_eq!(catalogue.image("s1", "p1", "ix"), ImageFit::NotStated);
        assert_eq!(catalogue.image("s1", "p1", "elsewhere"), ImageFit::NotListed);
    }

    #[test]
    fn an_image_of_2019_is_for_the_phone_flavors_that_it_names() {
        let named = |id: &str, label: Option<&str>, flavor: &str| Image {
            id: id.into(),
            label: label.map(Into::into),
            phone_flavor: Some(flavor.into()),
            ..Image::default()
        };
        let mut catalogue = catalogue();
        catalogue.images = Some(vec![
            named("one", None, "p1"),
            named("two", None, "p2"),
            named("both", None, "p2"),
            named("both", None, "p1"),
            named("labelled", Some("a"), "p2"),
        ]);
        assert_eq!(catalogue.image("s1", "p1", "one"), ImageFit::Fits);
        let misfit = ImageFit::Misfit { image_label: "p2".into(), flavor_label: "p1".into() };
        assert_eq!(catalogue.image("s1", "p1", "two"), misfit);
        assert_eq!(catalogue.image("s1", "p1", "both"), ImageFit::Fits);
        assert_eq!(catalogue.image("s1", "p1", "labelled"), ImageFit::Fits, "both labels are there, and say more");
        assert_eq!(catalogue.image("s1", "unlisted", "one"), ImageFit::NotStated);
    }
}
