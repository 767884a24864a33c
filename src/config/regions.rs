//! Regions of Cloud Phone and the endpoints of their services (`platform.md` sections 1 and 4). The list is that of the
//! vendor's SDK. Only the cloud can tell whether servers are sold in a region, and the user may type any other region.

use crate::i18n::{self, phrase};

/// A region: its id and the place by which people know it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Region {
    pub id: &'static str,
    pub place: &'static str,
}

const fn region(id: &'static str, place: &'static str) -> Region {
    Region { id, place }
}

/// The regions with a Cloud Phone endpoint (`platform.md` section 4).
pub const REGIONS: [Region; 13] = [
    region("cn-north-4", phrase!("Beijing 4")),
    region("cn-north-9", phrase!("Ulanqab 1")),
    region("cn-east-2", phrase!("Shanghai 2")),
    region("cn-east-3", phrase!("Shanghai 1")),
    region("cn-east-4", phrase!("East China 2")),
    region("cn-south-1", phrase!("Guangzhou")),
    region("cn-southwest-2", phrase!("Guiyang 1")),
    region("ap-southeast-1", phrase!("Hong Kong")),
    region("ap-southeast-3", phrase!("Singapore")),
    region("la-south-2", phrase!("Santiago")),
    region("la-north-2", phrase!("Mexico City 2")),
    region("af-north-1", phrase!("Cairo")),
    region("ru-northwest-2", phrase!("St Petersburg")),
];

/// The regions with their own IAM host (`platform.md` section 1); the others use the global one.
const IAM: [&str; 28] = [
    "cn-north-1",
    "cn-north-2",
    "cn-north-4",
    "cn-north-9",
    "cn-north-12",
    "cn-east-2",
    "cn-east-3",
    "cn-east-4",
    "cn-east-5",
    "cn-south-1",
    "cn-south-2",
    "cn-southwest-2",
    "ap-southeast-1",
    "ap-southeast-2",
    "ap-southeast-3",
    "ap-southeast-4",
    "af-south-1",
    "la-south-2",
    "la-north-2",
    "na-mexico-1",
    "sa-brazil-1",
    "eu-west-0",
    "eu-west-101",
    "my-kualalumpur-1",
    "ru-moscow-1",
    "me-east-1",
    "ae-ad-1",
    "tr-west-1",
];

/// A service that the program calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Service {
    /// Cloud Phone.
    Cph,
    /// Accounts, projects and tokens.
    Iam,
    /// Elastic Cloud Server, which lists key pairs.
    Ecs,
    /// The key pair service. It has no host of its own: it is served by the host `kms` (`platform.md` section 4).
    Kps,
}

impl Service {
    fn host(self) -> &'static str {
        match self {
            Self::Cph => "cph",
            Self::Iam => "iam",
            Self::Ecs => "ecs",
            Self::Kps => "kms",
        }
    }

    fn name_in_sdk(self) -> &'static str {
        match self {
            Self::Cph => "CPH",
            Self::Iam => "IAM",
            Self::Ecs => "ECS",
            Self::Kps => "KPS",
        }
    }
}

/// Returns the place of a region in the current language; `None` if the region is not in the list.
#[must_use]
pub fn place_of(region: &str) -> Option<&'static str> {
    REGIONS.iter().find(|known| known.id == region).map(|known| i18n::t(known.place))
}

/// Returns the endpoint of a service in a region: `https://cph.{region}.myhuaweicloud.com`, or under `myhuaweicloud.eu`
/// in Europe (`eu-west-1xx`). IAM has a regional host where the SDK knows one, otherwise the global one.
#[must_use]
pub fn endpoint_of(service: Service, region: &str) -> String {
    let cloud = if is_european(region) { "myhuaweicloud.eu" } else { "myhuaweicloud.com" };
    let is_global = service == Service::Iam && !IAM.contains(&region);
    let host = service.host();
    if is_global { format!("https://{host}.{cloud}") } else { format!("https://{host}.{region}.{cloud}") }
}

fn is_european(region: &str) -> bool {
    let number = region.strip_prefix("eu-west-1");
    number.is_some_and(|rest| rest.len() == 2 && rest.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Returns the environment variable with which the vendor's SDK overrides the endpoint of a service in a region, such
/// as `HUAWEICLOUD_SDK_REGION_CPH_CN_EAST_3` (`platform.md` section 4).
#[must_use]
pub fn sdk_variable(service: Service, region: &str) -> String {
    let region = region.to_ascii_uppercase().replace('-', "_");
    format!("HUAWEICLOUD_SDK_REGION_{}_{region}", service.name_in_sdk())
}

/// Reads the endpoint of a service from the SDK's variable; `None` if it is not set. Of several addresses separated by
/// commas, the first is used. The SDK's regions file (`~/.huaweicloud/regions.yaml`, `HUAWEICLOUD_SDK_REGIONS_FILE`) is
/// not read.
pub fn sdk_endpoint(service: Service, region: &str, env: &dyn Fn(&str) -> Option<String>) -> Option<String> {
    let value = env(&sdk_variable(service, region))?;
    let first = value.split(',').map(str::trim).find(|address| !address.is_empty())?;
    Some(first.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn services_are_where_the_documents_say() {
        for (service, region, endpoint) in [
            (Service::Cph, "cn-east-3", "https://cph.cn-east-3.myhuaweicloud.com"),
            (Service::Ecs, "cn-east-3", "https://ecs.cn-east-3.myhuaweicloud.com"),
            (Service::Kps, "cn-east-3", "https://kms.cn-east-3.myhuaweicloud.com"),
            (Service::Iam, "cn-east-3", "https://iam.cn-east-3.myhuaweicloud.com"),
            (Service::Iam, "ae-ad-1", "https://iam.ae-ad-1.myhuaweicloud.com"),
            (Service::Iam, "af-north-1", "https://iam.myhuaweicloud.com"),
            (Service::Iam, "ru-northwest-2", "https://iam.myhuaweicloud.com"),
            (Service::Cph, "eu-west-101", "https://cph.eu-west-101.myhuaweicloud.eu"),
            (Service::Iam, "eu-west-101", "https://iam.eu-west-101.myhuaweicloud.eu"),
            (Service::Cph, "eu-west-0", "https://cph.eu-west-0.myhuaweicloud.com"),
            (Service::Cph, "eu-west-1", "https://cph.eu-west-1.myhuaweicloud.com"),
        ] {
            assert_eq!(endpoint_of(service, region), endpoint);
        }
        assert_eq!(place_of("cn-north-4"), Some("Beijing 4"));
        assert_eq!(place_of("cn-north-77"), None);
    }

    #[test]
    fn the_sdk_moves_a_service_by_a_variable() {
        let of = |value: &str| {
            let value = value.to_owned();
            sdk_endpoint(Service::Cph, "cn-east-3", &|name| {
                (name == "HUAWEICLOUD_SDK_REGION_CPH_CN_EAST_3").then(|| value.clone())
            })
        };
        assert_eq!(of("https://a.example"), Some("https://a.example".into()));
        assert_eq!(of(" , https://a.example ,https://b.example"), Some("https://a.example".into()));
        assert_eq!(of(" "), None);
        assert_eq!(sdk_endpoint(Service::Ecs, "cn-east-3", &|_| None), None);
    }
}
