//! The simulated part of IAM: tokens for a password, and the projects and the account of a caller (`platform.md` 1 and
//! 2). It is served at the same address as everything else.

use serde_json::{Value, json};

use super::authenticator::{Authenticator, Principal};
use super::credentials::{Credentials, DEMO_PROJECT};
use super::tokens::Scope;
use crate::simulator::api_error::ApiError;
use crate::simulator::clock::Moment;
use crate::simulator::http::query::Query;
use crate::simulator::identifiers::{derived, is_hexadecimal};

/// The pseudo project of the object store, which the project lists also contain.
const OBJECT_STORE: &str = "MOS";

/// The projects of the simulated account, named after the region.
#[derive(Debug)]
pub(in crate::simulator) struct ProjectDirectory {
    region: String,
}

struct Project {
    id: String,
    name: String,
    parent_id: String,
    enabled: bool,
}

impl Project {
    fn row(&self, domain_id: &str) -> Value {
        json!({
            "id": self.id,
            "name": self.name,
            "domain_id": domain_id,
            "parent_id": self.parent_id,
            "is_domain": false,
            "enabled": self.enabled,
            "description": "",
            "links": { "self": format!("/v3/projects/{}", self.id) },
        })
    }
}

impl Principal {
    fn domain(&self) -> String {
        self.domain_id.clone().unwrap_or_else(|| derived(&["domain", Credentials::DOMAIN]))
    }
}

impl ProjectDirectory {
    pub(in crate::simulator) fn for_region(region: &str) -> Self {
        Self { region: region.to_owned() }
    }

    /// Creates the projects of an account: the region's own project, a subproject, a disabled one, and that of the
    /// object store. The first has the identifier in `Principal::home`, if there is one.
    fn projects(&self, principal: &Principal) -> Vec<Project> {
        let domain_id = principal.domain();
        let id = |name: &str| derived(&["project", &domain_id, name]);
        let project = |name: String, parent_id: &str, enabled| Project {
            id: id(&name),
            name,
            parent_id: parent_id.to_owned(),
            enabled,
        };
        let mut main = project(self.region.clone(), &domain_id, true);
        if let Some(home) = &principal.home {
            main.id.clone_from(home);
        }
        let team = project(format!("{}_team", self.region), &main.id, true);
        let closed = project(format!("{}_closed", self.region), &main.id, false);
        vec![main, team, closed, project(OBJECT_STORE.to_owned(), &domain_id, true)]
    }

    /// Returns whether a project is disabled, so that the gateway rejects every call in it.
    pub(in crate::simulator) fn has_closed(&self, principal: &Principal, id: &str) -> bool {
        self.projects(principal).iter().any(|project| project.id == id && !project.enabled)
    }

    /// Builds the response to `/v3/auth/projects`: all projects of the caller.
    pub(in crate::simulator) fn own(&self, principal: &Principal) -> Value {
        let domain_id = principal.domain();
        let rows: Vec<_> = self.projects(principal).iter().map(|project| project.row(&domain_id)).collect();
        json!({ "projects": rows, "links": links("/v3/auth/projects") })
    }

    /// Builds the response to `/v3/projects`: the projects that match the query. `Err` is a wrong or incomplete pair of
    /// `page` and `per_page`.
    pub(in crate::simulator) fn search(&self, principal: &Principal, query: &Query) -> Result<Value, ApiError> {
        let domain_id = principal.domain();
        let wants = |name: &str, value: &str| query.text(name).is_none_or(|wanted| wanted == value);
        let mut rows: Vec<_> = self
            .projects(principal)
            .iter()
            .filter(|project| wants("name", &project.name) && wants("parent_id", &project.parent_id))
            .filter(|project| wants("domain_id", &domain_id) && wants("enabled", &project.enabled.to_string()))
            .map(|project| project.row(&domain_id))
            .collect();
        let bad = || ApiError::keystone(400, "page and per_page are whole numbers from 1 and come together.");
        let number = |name| query.number(name).map_err(|_| bad());
        match (number("page")?, number("per_page")?) {
            (None, None) => {}
            (Some(page @ 1..), Some(size @ 1..=5000)) => {
                rows = rows.into_iter().skip((page - 1).saturating_mul(size)).take(size).collect();
            }
            (Some(_) | None, Some(_)) | (Some(_), None) => return Err(bad()),
        }
        Ok(json!({ "projects": rows, "links": links("/v3/projects") }))
    }

    /// Builds the response to `/v3/auth/domains`: the account of the caller.
    pub(in crate::simulator) fn domains(principal: &Principal) -> Value {
        let id = principal.domain();
        let row = json!({ "id": id, "name": Credentials::DOMAIN, "enabled": true, "description": "", "links": { "self": format!("/v3/domains/{id}") } });
        json!({ "domains": [row], "links": links("/v3/auth/domains") })
    }

    /// Finds the project of a requested token by its identifier or its name. The demo project and any identifier of 32
    /// hexadecimal digits also count as projects. `Err` is 403 for a disabled project, 404 for an unknown one.
    fn named(&self, wanted: &Value) -> Result<Project, ApiError> {
        let text = |name| wanted.get(name).and_then(Value::as_str);
        let found = self.projects(&Principal::default()).into_iter().find(|project| match (text("id"), text("name")) {
            (Some(id), _) => project.id == id,
            (None, name) => name == Some(&project.name),
        });
        let unlisted = || text("id").filter(|id| *id == DEMO_PROJECT || is_hexadecimal(id));
        match (found, unlisted()) {
            (Some(project), _) if project.enabled => Ok(project),
            (Some(_), _) => Err(ApiError::keystone(403, "The project is disabled.")),
            (None, Some(id)) => Ok(Project {
                id: id.to_owned(),
                name: id.to_owned(),
                parent_id: Principal::default().domain(),
                enabled: true,
            }),
            (None, None) => Err(ApiError::keystone(404, "Could not find the project.")),
        }
    }
}

fn links(place: &str) -> Value {
    json!({ "self": place, "previous": null, "next": null })
}

/// Issues a token for a user name and a password, for a project if the request names one. Returns the token and the
/// body of the response.
pub(in crate::simulator) fn token(
    authenticator: &Authenticator,
    directory: &ProjectDirectory,
    body: &[u8],
    now: Moment,
) -> Result<(String, Value), ApiError> {
    let request: Value =
        serde_json::from_slice(body).map_err(|_| ApiError::keystone(400, "The request body is no JSON."))?;
    let part = |place: &str| request.pointer(place);
    if part("/auth/identity/methods") != Some(&json!(["password"])) {
        return Err(ApiError::keystone(400, "The only method here is [\"password\"]."));
    }
    let text = |place: &str| {
        let absent = || ApiError::keystone(400, format!("There is no text at auth/identity/password/user/{place}."));
        part(&format!("/auth/identity/password/user/{place}")).and_then(Value::as_str).ok_or_else(absent)
    };
    let (domain, name, password) = (text("domain/name")?, text("name")?, text("password")?);
    if !authenticator.credentials().knows(domain, name, password) {
        return Err(ApiError::keystone(401, "The username or password is wrong."));
    }
    let project = part("/auth/scope/project").map(|wanted| directory.named(wanted)).transpose()?;
    let scope = project.as_ref().map_or(Scope::Domain, |project| Scope::Project { id: project.id.clone() });
    let (token, end) = authenticator.issue(scope, now);
    let domain = json!({ "id": Principal::default().domain(), "name": domain });
    let user = json!({ "id": derived(&["user", name]), "name": name, "domain": domain, "password_expires_at": "" });
    let mut told = json!({
        "methods": ["password"],
        "issued_at": now.written_in_full(),
        "expires_at": end.written_in_full(),
        "user": user,
        "roles": [{ "id": "0", "name": "te_admin" }, { "id": "0", "name": "op_gated_cph" }],
        "catalog": [],
    });
    match project {
        Some(project) => told["project"] = json!({ "id": project.id, "name": project.name, "domain": domain }),
        None => told["domain"] = domain,
    }
    Ok((token, json!({ "token": told })))
}

#[cfg(test)]
mod tests {
    use super::ProjectDirectory;
    use crate::simulator::auth::authenticator::Principal;
    use crate::simulator::http::query::Query;

    #[test]
    fn the_region_has_a_project_of_its_name_for_everybody() {
        let directory = ProjectDirectory::for_region("cn-north-4");
        let names = |principal: &Principal, query: &str| {
            let query = Query::from_uri(&format!("/?{query}").parse().expect("an address"));
            let list = directory.search(principal, &query).expect("a list");
            let rows = list["projects"].as_array().expect("rows").clone();
            rows.iter()
                .map(|row| (row["name"].as_str().expect("a name").to_owned(), row["id"].clone()))
                .collect::<Vec<_>>()
        };
        let all: Vec<_> = names(&Principal::default(), "").into_iter().map(|(name, _)| name).collect();
        assert_eq!(all, ["cn-north-4", "cn-north-4_team", "cn-north-4_closed", "MOS"]);
        assert_eq!(names(&Principal::default(), "name=cn-north-4").len(), 1);
        assert_eq!(names(&Principal::default(), "enabled=false")[0].0, "cn-north-4_closed");
        assert_eq!(names(&Principal::default(), "page=2&per_page=3")[0].0, "MOS");
        assert!(names(&Principal::default(), "name=cn-east-3").is_empty());
        let bound = Principal { home: Some("p".to_owned()), domain_id: Some("d".to_owned()) };
        assert_eq!(names(&bound, "name=cn-north-4&domain_id=d")[0].1, "p");
        for bad in ["page=1", "per_page=1", "page=0&per_page=1", "page=1&per_page=5001", "page=x&per_page=1"] {
            let query = Query::from_uri(&format!("/?{bad}").parse().expect("an address"));
            assert_eq!(directory.search(&Principal::default(), &query).expect_err(bad).status, 400, "{bad}");
        }
    }
}
