//! The routes: the operation for a method and a path. This one table defines all operations of the simulated cloud.

use serde::{Deserialize, Serialize};

/// An operation of the API. Scene files use its name in kebab case, which in most cases is the end of its path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(in crate::simulator) enum Operation {
    /// `POST .../cloud-phone/phones`: buys servers.
    Purchase,
    ServerModels,
    PhoneModels,
    PhoneImages,
    Bandwidths,
    /// The list of servers, and one server.
    Servers,
    /// The list of phones, and one phone.
    Phones,
    /// The list of jobs, and one job.
    Jobs,
    /// `/v2.1/.../os-keypairs` of the compute service.
    OsKeypairs,
    /// `/v3/.../keypairs` of the key pair service (KPS).
    KpsKeypairs,
    /// `POST /v3/auth/tokens`: issues a token for a password.
    AuthTokens,
    /// `/v3/auth/projects`: the projects of the caller.
    AuthProjects,
    /// `/v3/projects`: the projects that match a query.
    Projects,
    /// `/v3/auth/domains`: the account of the caller.
    AuthDomains,
    /// `/v1/.../server-model-offerings`: the sale status of server flavors by zone.
    ServerModelOfferings,
}

impl Operation {
    /// Returns whether it is an operation of IAM, which belongs to no project.
    pub(in crate::simulator) fn is_iam(self) -> bool {
        match self {
            Self::AuthTokens | Self::AuthProjects | Self::Projects | Self::AuthDomains => true,
            Self::Purchase
            | Self::ServerModels
            | Self::PhoneModels
            | Self::PhoneImages
            | Self::Bandwidths
            | Self::Servers
            | Self::Phones
            | Self::Jobs
            | Self::OsKeypairs
            | Self::KpsKeypairs
            | Self::ServerModelOfferings => false,
        }
    }
}

/// A call in a project, for a list or for one row of it. The project of a call to IAM is empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::simulator) struct Route<'path> {
    pub(in crate::simulator) operation: Operation,
    pub(in crate::simulator) project: &'path str,
    pub(in crate::simulator) id: Option<&'path str>,
}

/// Finds the operation of a request. `None` if there is none, which the gateway reports as an API that does not exist.
pub(in crate::simulator) fn find<'path>(method: &str, path: &'path str) -> Option<Route<'path>> {
    let mut parts = path.strip_prefix('/')?.split('/');
    let parts = [parts.next(), parts.next(), parts.next(), parts.next(), parts.next(), parts.next()];
    if let Some(operation) = iam(method, parts) {
        return Some(Route { operation, project: "", id: None });
    }
    let (operation, project, id) = match (method, parts) {
        ("POST", [Some("v1"), Some(project), Some("cloud-phone"), Some("phones"), None, None]) => {
            (Operation::Purchase, project, None)
        }
        ("GET", [Some("v1"), Some(project), Some("cloud-phone"), Some(list), id, None]) => {
            (listed(list, id.is_some())?, project, id)
        }
        ("GET", [Some("v2.1"), Some(project), Some("os-keypairs"), None, None, None]) => {
            (Operation::OsKeypairs, project, None)
        }
        ("GET", [Some("v3"), Some(project), Some("keypairs"), None, None, None]) => {
            (Operation::KpsKeypairs, project, None)
        }
        ("GET", [Some("v1"), Some(project), Some("server-model-offerings"), None, None, None]) => {
            (Operation::ServerModelOfferings, project, None)
        }
        _ => return None,
    };
    let named = !project.is_empty() && id.is_none_or(|id| !id.is_empty());
    named.then_some(Route { operation, project, id })
}

fn iam(method: &str, parts: [Option<&str>; 6]) -> Option<Operation> {
    match (method, parts) {
        ("POST", [Some("v3"), Some("auth"), Some("tokens"), None, None, None]) => Some(Operation::AuthTokens),
        ("GET", [Some("v3"), Some("auth"), Some("projects"), None, None, None]) => Some(Operation::AuthProjects),
        ("GET", [Some("v3"), Some("projects"), None, None, None, None]) => Some(Operation::Projects),
        ("GET", [Some("v3"), Some("auth"), Some("domains"), None, None, None]) => Some(Operation::AuthDomains),
        _ => None,
    }
}

fn listed(list: &str, one: bool) -> Option<Operation> {
    match (list, one) {
        ("server-models", false) => Some(Operation::ServerModels),
        ("phone-models", false) => Some(Operation::PhoneModels),
        ("phone-images", false) => Some(Operation::PhoneImages),
        ("bandwidths", false) => Some(Operation::Bandwidths),
        ("servers", _) => Some(Operation::Servers),
        ("phones", _) => Some(Operation::Phones),
        ("jobs", _) => Some(Operation::Jobs),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Operation, find};

    #[test]
    fn every_documented_call_is_found() {
        let rows = [
            ("POST", "/v1/p/cloud-phone/phones", Operation::Purchase, None),
            ("GET", "/v1/p/cloud-phone/server-models", Operation::ServerModels, None),
            ("GET", "/v1/p/cloud-phone/phone-models", Operation::PhoneModels, None),
            ("GET", "/v1/p/cloud-phone/phone-images", Operation::PhoneImages, None),
            ("GET", "/v1/p/cloud-phone/bandwidths", Operation::Bandwidths, None),
            ("GET", "/v1/p/cloud-phone/servers", Operation::Servers, None),
            ("GET", "/v1/p/cloud-phone/servers/7", Operation::Servers, Some("7")),
            ("GET", "/v1/p/cloud-phone/phones", Operation::Phones, None),
            ("GET", "/v1/p/cloud-phone/phones/7", Operation::Phones, Some("7")),
            ("GET", "/v1/p/cloud-phone/jobs", Operation::Jobs, None),
            ("GET", "/v1/p/cloud-phone/jobs/7", Operation::Jobs, Some("7")),
            ("GET", "/v2.1/p/os-keypairs", Operation::OsKeypairs, None),
            ("GET", "/v3/p/keypairs", Operation::KpsKeypairs, None),
            ("GET", "/v1/p/server-model-offerings", Operation::ServerModelOfferings, None),
        ];
        for (method, path, operation, id) in rows {
            let route = find(method, path).expect(path);
            assert_eq!((route.operation, route.project, route.id), (operation, "p", id), "{path}");
        }
    }

    #[test]
    fn iam_has_no_project() {
        let rows = [
            ("POST", "/v3/auth/tokens", Operation::AuthTokens),
            ("GET", "/v3/auth/projects", Operation::AuthProjects),
            ("GET", "/v3/projects", Operation::Projects),
            ("GET", "/v3/auth/domains", Operation::AuthDomains),
        ];
        for (method, path, operation) in rows {
            let route = find(method, path).expect(path);
            assert_eq!((route.operation, route.project, route.id), (operation, "", None), "{path}");
            assert!(route.operation.is_iam());
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
