//! `profile doctor`: the way of an account to the cloud, step by step and by reading only. Each step is told as it is
//! done. Credentials that were refused are used no more: every call after a refusal is one towards a locked key.

use std::sync::{Mutex, PoisonError};

use serde_json::{Map, Value, json};

use crate::api::doctor::{self, Found, Step};
use crate::api::{Endpoint, Network};
use crate::cli::account::{self, Proof, Ready, Way};
use crate::cli::help::padded;
use crate::cli::say;
use crate::config::{Chosen, Entry, Origin, Sourced};
use crate::failure::Failure;
use crate::order::text::{sentence, visible};
use crate::words::{self, Language, phrase, tr};

use super::administrator::{self, Host};
use super::held::{Held, Standing};
use super::rows::{Row, ShownOrigin};
use super::show;

/// What was found so far. A person reads it as it comes, a program at the end.
struct Report {
    is_json: bool,
    account: Mutex<Map<String, Value>>,
    steps: Mutex<Vec<Step>>,
}

impl Report {
    fn new(is_json: bool) -> Self {
        Self { is_json, account: Mutex::default(), steps: Mutex::default() }
    }

    /// A part of the account.
    fn row(&self, row: &Row) {
        self.say(OK, row.name, &row.words());
        self.keep(row.name, row.json());
    }

    fn keep(&self, name: &str, value: Value) {
        self.account.lock().unwrap_or_else(PoisonError::into_inner).insert(name.to_owned(), value);
    }

    fn step(&self, step: Step) {
        let (mark, _, words) = parts(&step.found);
        self.say(mark, step.name, words);
        self.steps.lock().unwrap_or_else(PoisonError::into_inner).push(step);
    }

    fn bad(&self, name: &'static str, why: &str) {
        self.step(Step { name, found: Found::Bad(sentence(why)) });
    }

    fn say(&self, mark: &'static str, name: &'static str, words: &str) {
        if !self.is_json {
            let (mark, name) = (padded(words::of(mark), 6), padded(shown_name(name), 13));
            say::result(&format!("{mark}  {name}  {}", visible(words)));
        }
    }

    /// The end of it: what an administrator needs, or all of it in JSON. The exit code.
    fn end(self, hosts: &[Host]) -> u8 {
        let steps = self.steps.into_inner().unwrap_or_else(PoisonError::into_inner);
        let account = self.account.into_inner().unwrap_or_else(PoisonError::into_inner);
        if self.is_json {
            let steps: Vec<Value> = steps.iter().map(in_json).collect();
            let hosts: Vec<Value> = hosts.iter().map(Host::json).collect();
            say::json(&json!({ "account": account, "steps": steps, "hosts": hosts }));
        } else {
            administrator::tell(hosts);
        }
        u8::from(steps.iter().any(|step| matches!(step.found, Found::Bad(_))))
    }
}

/// What a step is called: the entries of the settings by their names, the rest in the language that is spoken.
fn shown_name(name: &'static str) -> &'static str {
    let word = match name {
        "name" => phrase!("name"),
        "connect" => phrase!("connect"),
        "clock" => phrase!("clock"),
        "permission" => phrase!("permission"),
        "language" => phrase!("spoken"),
        entry => return entry,
    };
    words::of(word)
}

const OK: &str = phrase!("ok");

/// Mark, word and words of what was found.
fn parts(found: &Found) -> (&'static str, &'static str, &str) {
    match found {
        Found::Good(words) => (OK, "ok", words),
        Found::Doubtful(words) => ("?", "warning", words),
        Found::Bad(words) => (phrase!("FAILED"), "failed", words),
    }
}

fn in_json(step: &Step) -> Value {
    let (_, found, words) = parts(&step.found);
    json!({ "name": step.name, "result": found, "message": words })
}

pub fn run(chosen: &Chosen, spoken: &Sourced<Language>, is_json: bool) -> Result<u8, Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(Failure::Runtime)?;
    let report = Report::new(is_json);
    report.row(&show::spoken_row(spoken));
    let hosts = runtime.block_on(examine(chosen, &report));
    Ok(report.end(&hosts))
}

/// Tells the account and then the way; the hosts that the way leads to.
async fn examine(chosen: &Chosen, report: &Report) -> Vec<Host> {
    report.row(&Row::of("profile", &chosen.name));
    for entry in [Entry::Region, Entry::Endpoint, Entry::TestEndpoint] {
        if let Some(value) = chosen.get(entry) {
            report.row(&Row::of(entry.name(), value));
        }
    }
    let held = Held::of(chosen);
    let proof = match &held.standing {
        Standing::Ready(proof) => Some(proof.as_ref()),
        Standing::Asked(_) | Standing::Missing(_) => None,
    };
    let project = project(chosen, proof);
    report.row(&project.row);
    credentials(chosen, &held, report);
    let mut way = match account::way_of(chosen, proof.and_then(|proof| proof.iam_endpoint.as_deref())) {
        Ok(way) => way,
        Err(why) => {
            report.bad("endpoint", &why);
            return Vec::new();
        }
    };
    let places = way.places();
    report.row(&proxy(chosen, &way.network, &places.phone));
    let hosts = Host::all(&places, &way.network);
    match account::ca_file(chosen) {
        Ok(certificates) => way.network.ca_file = certificates,
        Err(why) => {
            report.bad("ca_file", &why);
            return hosts;
        }
    }
    report.row(&ca_file(chosen));
    match account::check_way(chosen, &way) {
        Ok(()) => travel(chosen, proof, project.id, &way, report).await,
        Err(why) => report.bad("endpoint", &why),
    }
    hosts
}

/// The way itself, as far as the account is complete.
async fn travel(chosen: &Chosen, proof: Option<&Proof>, project: Option<String>, way: &Way, report: &Report) {
    let tell = |step: Step| report.step(step);
    let Some(proof) = proof else {
        // Names, connections and TLS need nobody's credentials.
        doctor::reach_all(&way.places().needed(), &way.network, &tell).await;
        return;
    };
    let ready = match project {
        Some(id) => account::ready(chosen, proof, &id),
        None => {
            // What cannot be reached cannot be asked.
            if !doctor::reach_all(&way.places().needed(), &way.network, &tell).await {
                return;
            }
            let Some(id) = looked_up(chosen, proof, report).await else { return };
            return ask(account::ready(chosen, proof, &id), report).await;
        }
    };
    let Some((ready, cloud)) = connected(ready, report) else { return };
    doctor::walk(&cloud, &ready.account.network, &tell).await;
}

async fn ask(ready: Result<Ready, String>, report: &Report) {
    if let Some((_, cloud)) = connected(ready, report) {
        doctor::ask(&cloud, &|step| report.step(step)).await;
    }
}

/// The client of an account that can be put together.
fn connected(ready: Result<Ready, String>, report: &Report) -> Option<(Ready, crate::api::HttpCloud)> {
    let made = ready.and_then(|ready| {
        let cloud = account::cloud(ready.account.clone()).map_err(|failure| failure.to_string())?;
        Ok((ready, cloud))
    });
    made.map_err(|why| report.bad("account", &why)).ok()
}

/// The one project that is meant, as IAM says.
async fn looked_up(chosen: &Chosen, proof: &Proof, report: &Report) -> Option<String> {
    let iam = match account::iam(chosen, proof) {
        Ok(found) => found,
        Err(why) => {
            report.bad("project", &why);
            return None;
        }
    };
    let projects = doctor::projects(&iam, chosen.text(Entry::Region), &|step| report.step(step)).await?;
    match account::one_project(chosen, projects) {
        Ok(id) => {
            report.keep("project", Row::new("project", id.clone(), ShownOrigin::new("iam", "IAM".to_owned())).json());
            Some(id)
        }
        Err(why) => {
            report.bad("project", &why);
            None
        }
    }
}

/// The project as far as it is known without asking.
struct KnownProject {
    id: Option<String>,
    row: Row,
}

fn project(chosen: &Chosen, proof: Option<&Proof>) -> KnownProject {
    let beside = proof.and_then(|proof| proof.project_id.clone());
    let (id, row) = match (chosen.get(Entry::ProjectId), beside) {
        (Some(id), _) => (Some(id.value.clone()), Row::of("project", id)),
        (None, Some(id)) => (
            Some(id.clone()),
            Row::new("project", id, ShownOrigin::new("credentials", tr!("kept beside the credentials"))),
        ),
        (None, None) => match chosen.get(Entry::ProjectName) {
            Some(name) => (
                None,
                Row::none(
                    "project",
                    ShownOrigin::new(
                        "lookup_by_name",
                        tr!("looked up by name: {name}, {from}", name = name.value, from = name.from),
                    ),
                ),
            ),
            None => (None, Row::none("project", ShownOrigin::new("lookup_by_region", tr!("looked up by region")))),
        },
    };
    KnownProject { id, row }
}

fn credentials(chosen: &Chosen, held: &Held, report: &Report) {
    report.keep("credentials", show::credentials(chosen, held));
    let kind = &chosen.credentials;
    match &held.standing {
        Standing::Ready(_) => {
            let words = held.words();
            let words = tr!("{words} ({kind}, {from})", words, kind = kind.value, from = kind.from);
            report.say(OK, "credentials", &words);
        }
        Standing::Asked(_) => {
            let (words, from) = (held.words(), &kind.from);
            let kind = kind.value;
            let words = tr!("{words}, so only the wizard can try them ({kind}, {from})", words, kind, from);
            report.step(Step { name: "credentials", found: Found::Doubtful(words) });
        }
        Standing::Missing(why) => {
            let words = tr!("{words} ({kind}, {from})", words = why, kind = kind.value, from = kind.from);
            report.step(Step { name: "credentials", found: Found::Bad(words) });
        }
    }
}

fn proxy(chosen: &Chosen, network: &Network, phone: &Endpoint) -> Row {
    let origin = || match chosen.get(Entry::Proxy) {
        Some(set) => ShownOrigin::from(&set.from),
        None => ShownOrigin::new("environment", tr!("environment HTTPS_PROXY or ALL_PROXY")),
    };
    match network.proxy_to(phone) {
        Some(taken) => Row::new("proxy", taken.address, origin()),
        None if phone.is_loopback() => {
            Row::none("proxy", ShownOrigin::new("loopback", tr!("the endpoint is on this machine")))
        }
        None => Row::none("proxy", &Origin::Default),
    }
}

/// The certificates that are trusted beside the system's.
fn ca_file(chosen: &Chosen) -> Row {
    let file = chosen.get(Entry::CaFile);
    file.map_or_else(|| Row::none("ca_file", &Origin::Default), |file| Row::of("ca_file", file))
}
