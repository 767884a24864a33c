//! The hosts of an account's services. They are determined once, so that calls, the doctor and the text for a network
//! administrator agree.

use crate::api::Endpoint;

/// The endpoints of the services that an account uses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServiceHosts {
    /// Cloud Phone.
    pub phone: Endpoint,
    /// `None`: the caller's identity is not looked up.
    pub iam: Option<Endpoint>,
    /// Key pairs (`platform.md` section 7, way A).
    pub ecs: Endpoint,
    /// Key pairs when ECS refuses them (way B); its host is `kms`.
    pub kps: Endpoint,
}

impl ServiceHosts {
    /// Completes the endpoints of an account: ECS defaults to the endpoint of Cloud Phone, and KPS to the host beside
    /// ECS within the vendor's own domains, otherwise to the endpoint of ECS.
    pub fn new(phone: Endpoint, iam: Option<Endpoint>, ecs: Option<Endpoint>, kps: Option<Endpoint>) -> Self {
        let ecs = ecs.unwrap_or_else(|| phone.clone());
        let kps = kps.or_else(|| ecs.neighbour(&["ecs", "cph"], "kms")).unwrap_or_else(|| ecs.clone());
        Self { phone, iam, ecs, kps }
    }

    /// Returns the name and the endpoint of every service; IAM only if it is known.
    pub fn services(&self) -> Vec<(&'static str, &Endpoint)> {
        let iam = self.iam.iter().map(|iam| ("IAM", iam));
        [("Cloud Phone", &self.phone)].into_iter().chain(iam).chain([("ECS", &self.ecs), ("KPS", &self.kps)]).collect()
    }

    /// Returns the endpoints that the form cannot do without, each once. KPS is not among them: it is called only if
    /// ECS refuses.
    pub fn needed(&self) -> Vec<Endpoint> {
        let mut all = vec![self.phone.clone()];
        for endpoint in self.iam.iter().chain([&self.ecs]) {
            if !all.contains(endpoint) {
                all.push(endpoint.clone());
            }
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(phone: &str, ecs: Option<&str>, kps: Option<&str>) -> ServiceHosts {
        let endpoint = |text: &str| Endpoint::parse(text).unwrap();
        ServiceHosts::new(endpoint(phone), Some(endpoint(phone)), ecs.map(endpoint), kps.map(endpoint))
    }

    #[test]
    fn a_service_without_a_place_is_where_its_neighbours_are() {
        let shown =
            |places: &ServiceHosts| places.services().into_iter().map(|(_, at)| at.to_string()).collect::<Vec<_>>();
        let here = "https://127.0.0.1:7";
        assert_eq!(shown(&places(here, None, None)), [here; 4]);
        assert_eq!(places(here, None, None).needed().len(), 1);
        let phone = "https://cph.x-1.myhuaweicloud.com";
        assert_eq!(places(phone, None, None).kps.host(), "kms.x-1.myhuaweicloud.com");
        let named = places(phone, Some("https://ecs.example"), Some("https://kps.example"));
        assert_eq!((named.ecs.host(), named.kps.host()), ("ecs.example", "kps.example"));
        assert_eq!(named.needed().len(), 2, "KPS is not needed, and IAM is at the same place here");
        assert_eq!(places(phone, Some("https://ecs.example"), None).kps.host(), "ecs.example");
    }
}
