//! The data that a purchase is validated against: the catalogue, and the subnets and bandwidths of the project.

use ipnet::Ipv4Net;

use super::catalogue::{BandWidth, Catalogue};

/// The state of one project, as far as the rules of a purchase need it.
#[derive(Debug, Clone)]
pub struct ValidationContext {
    catalogue: Catalogue,
    subnets: Vec<Ipv4Net>,
    /// The bandwidths that earlier purchases created.
    bandwidths: Vec<BandWidth>,
    shared_bandwidth_quota: Option<usize>,
    renewal: bool,
}

impl ValidationContext {
    /// Creates the state of a project without servers, with the documented catalogue.
    pub fn documented() -> Self {
        Self::with_catalogue(Catalogue::documented())
    }

    pub(super) fn with_catalogue(catalogue: Catalogue) -> Self {
        Self { catalogue, subnets: Vec::new(), bandwidths: Vec::new(), shared_bandwidth_quota: None, renewal: false }
    }

    /// Adds a subnet in use, as the servers of an earlier purchase do.
    pub fn use_subnet(&mut self, subnet: Ipv4Net) {
        self.subnets.push(subnet);
    }

    /// Returns the subnets in use, oldest first; the same one may occur more than once.
    pub fn subnets(&self) -> &[Ipv4Net] {
        &self.subnets
    }

    /// Limits the shared bandwidths of the project to this number; the documents mention a quota of one (`cph.md` 3.2,
    /// CPS.0051).
    pub fn limit_shared_bandwidths(&mut self, quota: usize) {
        self.shared_bandwidth_quota = Some(quota);
    }

    /// Allows `is_auto_renew` and `enterprise_project_id` in a purchase (`cph.md` 3.3).
    pub fn allow_renewal_and_enterprise_project(&mut self) {
        self.renewal = true;
    }

    pub(super) fn has_renewal(&self) -> bool {
        self.renewal
    }

    pub(super) fn catalogue(&self) -> &Catalogue {
        &self.catalogue
    }

    pub(super) fn add_bandwidth(&mut self, bandwidth: BandWidth) {
        self.bandwidths.push(bandwidth);
    }

    /// Iterates over the bandwidths of the project, those of the catalogue first.
    pub(super) fn bandwidths(&self) -> impl Iterator<Item = &BandWidth> {
        self.catalogue.band_widths().iter().chain(&self.bandwidths)
    }

    pub(super) fn bandwidth(&self, id: &str) -> Option<&BandWidth> {
        self.bandwidths().find(|row| row.band_width_id == id)
    }

    pub(super) fn refuses_another_shared_bandwidth(&self) -> bool {
        let has = || self.bandwidths().filter(|row| row.is_shared()).count();
        self.shared_bandwidth_quota.is_some_and(|quota| has() >= quota)
    }

    pub(super) fn overlaps(&self, wanted: Ipv4Net) -> bool {
        self.subnets.iter().any(|used| used.contains(&wanted) || wanted.contains(used))
    }
}

#[cfg(test)]
mod tests {
    use super::ValidationContext;

    #[test]
    fn networks_overlap_when_one_holds_the_other() {
        let mut validation_context = ValidationContext::documented();
        validation_context.use_subnet("10.1.0.0/16".parse().expect("a network"));
        for taken in ["10.1.0.0/16", "10.1.7.0/24", "10.0.0.0/8", "10.1.2.3/32", "0.0.0.0/0"] {
            assert!(validation_context.overlaps(taken.parse().expect("a network")), "{taken}");
        }
        for free in ["10.0.0.0/16", "10.2.0.0/16", "192.168.0.0/16"] {
            assert!(!validation_context.overlaps(free.parse().expect("a network")), "{free}");
        }
    }
}
