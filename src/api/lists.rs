//! The request for each list: path, query, paging and the name of the array, as the documentation of the operation
//! gives them (`cph.md` sections 6 to 10, `platform.md` section 7).

use std::collections::BTreeSet;

use crate::api::cloud::ServerList;
use crate::api::error::ReadError;
use crate::api::http::get::get;
use crate::api::http::pagination::{ListReader, ListRequest, ListRows, Paging, read_all, read_rows};
use crate::api::http_cloud::HttpCloud;
use crate::api::wire;
use crate::catalogue::{Bandwidth, Image, KeyPair, Listing, Offering, PhoneFlavor, Resource, Server, ServerFlavor};
use crate::codes::is_phone_code;
use crate::order::matches_order_name;

/// Reads the complete list of a resource.
pub(super) async fn list(reader: &ListReader<'_>, resource: Resource) -> Result<Listing, ReadError> {
    let cloud = reader.cloud;
    let client = cloud.reader(resource);
    Ok(match resource {
        Resource::ServerFlavors => Listing::ServerFlavors(read_all(reader, client, server_flavors(cloud)).await?),
        Resource::PhoneFlavors => Listing::PhoneFlavors(read_all(reader, client, phone_flavors(cloud)).await?),
        Resource::Images => Listing::Images(read_all(reader, client, images(cloud)).await?),
        Resource::Bandwidths => Listing::Bandwidths(read_all(reader, client, bandwidths(cloud)).await?),
        Resource::KeyPairs => Listing::KeyPairs(key_pairs(reader).await?),
        Resource::Servers => Listing::Servers(read_all(reader, client, servers(cloud, None)).await?),
        Resource::Offerings => Listing::Offerings(read_all(reader, client, offerings(cloud)).await?),
    })
}

/// Reads the servers whose name matches an order for `name`. They are filtered here because the cloud's filter is
/// fuzzy.
pub(super) async fn servers_named(cloud: &HttpCloud, name: &str) -> Result<Vec<Server>, ReadError> {
    let mut found =
        read_all(&ListReader::without_retry(cloud), cloud.reader(Resource::Servers), servers(cloud, Some(name)))
            .await?;
    found.retain(|server| matches_order_name(name, &server.name));
    Ok(found)
}

/// Reads all servers of the project, for the search for an order. The cloud's filter by name is not used: it is fuzzy,
/// and a server that it left out would be taken for absent.
pub(super) async fn all_servers(reader: &ListReader<'_>) -> Result<ServerList, ReadError> {
    let cloud = reader.cloud;
    let ListRows { items: servers, gaps, clock_ahead } =
        read_rows(reader, cloud.reader(Resource::Servers), servers(cloud, None)).await?;
    Ok(ServerList { servers, gaps, clock_ahead })
}

/// Reads the ids of the servers that the jobs of a request created; empty if it had no jobs (`cph.md` 12.2).
pub(super) async fn server_ids_of_request(cloud: &HttpCloud, request_id: &str) -> Result<BTreeSet<String>, ReadError> {
    let client = cloud.reader(Resource::Servers);
    let plan = ListRequest {
        url: cloud.phone_url("jobs"),
        query: vec![("request_id", request_id.to_owned())],
        paging: Paging::Offset { limit: 100 },
        arrays: &["jobs"],
        row: wire::server_of_job,
    };
    match read_all(&ListReader::without_retry(cloud), client, plan).await {
        // The service's word for "that request has no jobs".
        Err(error) if error.code().is_some_and(|code| is_phone_code(code, 50)) => Ok(BTreeSet::new()),
        read => Ok(read?.into_iter().collect()),
    }
}

impl HttpCloud {
    /// Reads one server by its id (`ShowCloudPhoneServerDetail`); `None` if the cloud has no such server. A 404 alone
    /// does not prove that: it can come from the gateway (`cph.md` 10.2).
    pub async fn server(&self, id: &str) -> Result<Option<Server>, ReadError> {
        // Any other id would change the path of the call, and no server has it.
        if id.is_empty() || !id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_') {
            return Ok(None);
        }
        let url = self.phone_url(&format!("servers/{id}"));
        let read = get(&self.auth, self.reader(Resource::Servers), Some(&self.project_id), url).await;
        let page = match read {
            Err(error) if error.code().is_some_and(is_no_server) => return Ok(None),
            read => read?,
        };
        wire::server_detail(&page.object)
            .map_err(|why| ReadError::Unreadable { why, request_id: page.request_id.clone() })
    }
}

/// Returns whether an error code, old or new, means that the server does not exist.
fn is_no_server(code: &str) -> bool {
    [15, 156, 159].into_iter().any(|number| is_phone_code(code, number))
}

fn server_flavors(cloud: &HttpCloud) -> ListRequest<ServerFlavor> {
    ListRequest {
        url: cloud.phone_url("server-models"),
        query: Vec::new(),
        paging: Paging::Marker { limit: 100 },
        arrays: &["server_models", "server_model"],
        row: wire::server_flavor,
    }
}

/// Builds the request for phone flavors in all states. Offline ones are included, so that the user sees why one cannot
/// be bought.
fn phone_flavors(cloud: &HttpCloud) -> ListRequest<PhoneFlavor> {
    ListRequest {
        url: cloud.phone_url("phone-models"),
        query: Vec::new(),
        paging: Paging::Offset { limit: 100 },
        arrays: &["phone_models", "phone_model"],
        row: wire::phone_flavor,
    }
}

fn images(cloud: &HttpCloud) -> ListRequest<Image> {
    ListRequest {
        url: cloud.phone_url("phone-images"),
        query: vec![("image_type", "all".to_owned())],
        paging: Paging::Marker { limit: 500 },
        arrays: &["phone_images"],
        row: wire::image,
    }
}

fn bandwidths(cloud: &HttpCloud) -> ListRequest<Bandwidth> {
    ListRequest {
        url: cloud.phone_url("bandwidths"),
        query: Vec::new(),
        paging: Paging::Offset { limit: 100 },
        arrays: &["band_widths"],
        row: wire::bandwidth,
    }
}

/// Builds the request for the zones in which each server flavor is sold. The operation is new in 2026, so that many
/// clouds refuse it as an API that does not exist.
fn offerings(cloud: &HttpCloud) -> ListRequest<Offering> {
    ListRequest {
        url: cloud.offerings_url(),
        query: Vec::new(),
        paging: Paging::Marker { limit: 100 },
        arrays: &["models"],
        row: wire::offering,
    }
}

/// Reads the key pairs from ECS, and from KPS if ECS refuses or does not know the call (`platform.md` section 7). If
/// both fail, returns the more informative of the two errors.
async fn key_pairs(reader: &ListReader<'_>) -> Result<Vec<KeyPair>, ReadError> {
    let cloud = reader.cloud;
    let is_absent = |error: &ReadError| matches!(error, ReadError::Refused { status: 404, .. });
    let first = match read_all(reader, cloud.reader(Resource::KeyPairs), key_pairs_of_ecs(cloud)).await {
        Err(error @ ReadError::Refused { status: 403 | 404, .. }) => error,
        read => return read,
    };
    match read_all(reader, &cloud.kps_reader, key_pairs_of_kps(cloud)).await {
        Err(second) => Err(if is_absent(&first) && !is_absent(&second) { second } else { first }),
        read => read,
    }
}

/// Builds the request for key pairs at KPS. Both documented default page sizes allow 50.
fn key_pairs_of_kps(cloud: &HttpCloud) -> ListRequest<KeyPair> {
    ListRequest {
        url: cloud.kps_url(),
        query: Vec::new(),
        paging: Paging::Marker { limit: 50 },
        arrays: &["keypairs"],
        row: wire::key_pair,
    }
}

fn key_pairs_of_ecs(cloud: &HttpCloud) -> ListRequest<KeyPair> {
    ListRequest {
        url: cloud.key_pairs_url(),
        query: Vec::new(),
        paging: Paging::Whole,
        arrays: &["keypairs"],
        row: wire::key_pair,
    }
}

fn servers(cloud: &HttpCloud, name: Option<&str>) -> ListRequest<Server> {
    ListRequest {
        url: cloud.phone_url("servers"),
        query: name.map(|name| ("server_name", name.to_owned())).into_iter().collect(),
        paging: Paging::Offset { limit: 100 },
        arrays: &["servers"],
        row: wire::server,
    }
}
