//! The implementation of `Cloud` over HTTP: the operation that each method calls.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::api::cloud::{ApiFuture, BeforeFirstByte, Cloud, ServerList};
use crate::api::error::ReadError;
use crate::api::http::pagination::ListReader;
use crate::api::http::purchase;
use crate::api::http::retry_policy::RetryObserver;
use crate::api::http_cloud::HttpCloud;
use crate::api::iam::{self, Identity};
use crate::api::lists;
use crate::api::observation::Observation;
use crate::api::trace::Observer;
use crate::catalogue::{Listing, Resource, Server};

impl Cloud for HttpCloud {
    fn list<'a>(
        &'a self,
        resource: Resource,
        observer: RetryObserver<'a>,
    ) -> ApiFuture<'a, Result<Listing, ReadError>> {
        let list_reader = ListReader { cloud: self, observer, retry: self.timeouts.retry };
        Box::pin(async move { lists::list(&list_reader, resource).await })
    }

    fn servers_named<'a>(&'a self, name: &'a str) -> ApiFuture<'a, Result<Vec<Server>, ReadError>> {
        Box::pin(lists::servers_named(self, name))
    }

    fn all_servers<'a>(&'a self, observer: Option<RetryObserver<'a>>) -> ApiFuture<'a, Result<ServerList, ReadError>> {
        let list_reader = match observer {
            Some(observer) => ListReader { cloud: self, observer, retry: self.timeouts.retry },
            None => ListReader::without_retry(self),
        };
        Box::pin(async move { lists::all_servers(&list_reader).await })
    }

    fn server_ids_of_request<'a>(&'a self, request_id: &'a str) -> ApiFuture<'a, Result<BTreeSet<String>, ReadError>> {
        Box::pin(lists::server_ids_of_request(self, request_id))
    }

    fn identify(&self) -> ApiFuture<'_, Result<Option<Identity>, ReadError>> {
        Box::pin(async move {
            let Some((iam, reader)) = &self.iam else { return Ok(None) };
            iam::identify(&self.auth, reader, iam, &self.project_id).await.map(Some)
        })
    }

    fn clock_ahead(&self) -> Option<i64> {
        self.auth.skew.seconds()
    }

    fn purchase(&self, body: Arc<[u8]>, before: BeforeFirstByte) -> ApiFuture<'_, Observation> {
        Box::pin(purchase::purchase(self, body, before))
    }

    fn observe(&self, observer: Observer) {
        self.auth.tracer.observe(observer);
    }
}
