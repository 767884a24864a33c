//! Which operation a method and a path mean. The whole surface of the simulated cloud is this one table.

use serde::Deserialize;

/// An operation, by the name that scene files use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(in crate::simulator) enum Call {
    Purchase,
    ServerModels,
    PhoneModels,
    PhoneImages,
    Bandwidths,
    Servers,
    Phones,
    Jobs,
    /// Of the compute service.
    Keypairs,
    /// Of the key pair service.
    KpsKeypairs,
    /// A token for a password.
    Tokens,
    /// The projects of the caller.
    OwnProjects,
    /// The projects that a query asks for.
    Projects,
    /// The account of the caller.
    Domains,
    /// Where server flavors are sold.
    Offerings,
}

impl Call {
    /// Whether it is one of IAM, which are made in no project.
    pub(in crate::simulator) fn is_iam(self) -> bool {
        match self {
            Self::Tokens | Self::OwnProjects | Self::Projects | Self::Domains => true,
            Self::Purchase
            | Self::ServerModels
            | Self::PhoneModels
            | Self::PhoneImages
            | Self::Bandwidths
            | Self::Servers
            | Self::Phones
            | Self::Jobs
            | Self::Keypairs
            | Self::KpsKeypairs
            | Self::Offerings => false,
        }
    }
}

/// A call in a project, to a list or to one thing of it. The project of a call to IAM is empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::simulator) struct Route<'path> {
    pub(in crate::simulator) call: Call,
    pub(in crate::simulator) project: &'path str,
    pub(in crate::simulator) id: Option<&'path str>,
}

/// Finds the operation; `None` is what the gateway calls an API that does not exist.
pub(in crate::simulator) fn find<'path>(method: &str, path: &'path str) -> Option<Route<'path>> {
    let mut parts = path.strip_prefix('/')?.split('/');
    let parts = [parts.next(), parts.next(), parts.next(), parts.next(), parts.next(), parts.next()];
    if let Some(call) = iam(method, parts) {
        return Some(Route { call, project: "", id: None });
    }
    let (call, project, id) = match (method, parts) {
        ("POST", [Some("v1"), Some(project), Some("cloud-phone"), Some("phones"), None, None]) => {
            (Call::Purchase, project, None)
        }
        ("GET", [Some("v1"), Some(project), Some("cloud-phone"), Some(list), id, None]) => {
            (listed(list, id.is_some())?, project, id)
        }
        ("GET", [Some("v2.1"), Some(project), Some("os-keypairs"), None, None, None]) => {
            (Call::Keypairs, project, None)
        }
        ("GET", [Some("v3"), Some(project), Some("keypairs"), None, None, None]) => (Call::KpsKeypairs, project, None),
        ("GET", [Some("v1"), Some(project), Some("server-model-offerings"), None, None, None]) => {
            (Call::Offerings, project, None)
        }
        _ => return None,
    };
    let named = !project.is_empty() && id.is_none_or(|id| !id.is_empty());
    named.then_some(Route { call, project, id })
}

fn iam(method: &str, parts: [Option<&str>; 6]) -> Option<Call> {
    match (method, parts) {
        ("POST", [Some("v3"), Some("auth"), Some("tokens"), None, None, None]) => Some(Call::Tokens),
        ("GET", [Some("v3"), Some("auth"), Some("projects"), None, None, None]) => Some(Call::OwnProjects),
        ("GET", [Some("v3"), Some("projects"), None, None, None, None]) => Some(Call::Projects),
        ("GET", [Some("v3"), Some("auth"), Some("domains"), None, None, None]) => Some(Call::Domains),
        _ => None,
    }
}

fn listed(list: &str, one: bool) -> Option<Call> {
    match (list, one) {
        ("server-models", false) => Some(Call::ServerModels),
        ("phone-models", false) => Some(Call::PhoneModels),
        ("phone-images", false) => Some(Call::PhoneImages),
        ("bandwidths", false) => Some(Call::Bandwidths),
        ("servers", _) => Some(Call::Servers),
        ("phones", _) => Some(Call::Phones),
        ("jobs", _) => Some(Call::Jobs),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Call, find};

    #[test]
    fn every_documented_call_is_found() {
        let rows = [
            ("POST", "/v1/p/cloud-phone/phones", Call::Purchase, None),
            ("GET", "/v1/p/cloud-phone/server-models", Call::ServerModels, None),
            ("GET", "/v1/p/cloud-phone/phone-models", Call::PhoneModels, None),
            ("GET", "/v1/p/cloud-phone/phone-images", Call::PhoneImages, None),
            ("GET", "/v1/p/cloud-phone/bandwidths", Call::Bandwidths, None),
            ("GET", "/v1/p/cloud-phone/servers", Call::Servers, None),
            ("GET", "/v1/p/cloud-phone/servers/7", Call::Servers, Some("7")),
            ("GET", "/v1/p/cloud-phone/phones", Call::Phones, None),
            ("GET", "/v1/p/cloud-phone/phones/7", Call::Phones, Some("7")),
            ("GET", "/v1/p/cloud-phone/jobs", Call::Jobs, None),
            ("GET", "/v1/p/cloud-phone/jobs/7", Call::Jobs, Some("7")),
            ("GET", "/v2.1/p/os-keypairs", Call::Keypairs, None),
            ("GET", "/v3/p/keypairs", Call::KpsKeypairs, None),
            ("GET", "/v1/p/server-model-offerings", Call::Offerings, None),
        ];
        for (method, path, call, id) in rows {
            let route = find(method, path).expect(path);
            assert_eq!((route.call, route.project, route.id), (call, "p", id), "{path}");
        }
    }

    #[test]
    fn iam_has_no_project() {
        let rows = [
            ("POST", "/v3/auth/tokens", Call::Tokens),
            ("GET", "/v3/auth/projects", Call::OwnProjects),
            ("GET", "/v3/projects", Call::Projects),
            ("GET", "/v3/auth/domains", Call::Domains),
        ];
        for (method, path, call) in rows {
            let route = find(method, path).expect(path);
            assert_eq!((route.call, route.project, route.id), (call, "", None), "{path}");
            assert!(route.call.is_iam());
        }
    }

    #[test]
    fn everything_else_is_not_there() {
        let rows = [
            ("GET", "/v3/auth/tokens"),
            ("GET", "/v3/projects/7"),
            ("GET", "/v3//keypairs"),
            ("GET", "/"),
            ("GET", ""),
            ("GET", "*"),
            ("PUT", "/v1/p/cloud-phone/phones"),
            ("HEAD", "/v1/p/cloud-phone/servers"),
            ("POST", "/v2/p/cloud-phone/servers"),
            ("POST", "/v1//cloud-phone/phones"),
            ("POST", "/v1/p/cloud-phone/phones/"),
            ("POST", "/v1/p/cloud-phone/servers"),
            ("GET", "/v1/p/cloud-phone/servers/"),
            ("GET", "/v1/p/cloud-phone/servers/7/8"),
            ("GET", "/v1/p/cloud-phone/server-models/7"),
            ("GET", "/v2.1/p/os-keypairs/7"),
            ("GET", "/v1/p/cloud-phone/server-model-offerings"),
        ];
        for (method, path) in rows {
            assert_eq!(find(method, path), None, "{method} {path}");
        }
    }
}
