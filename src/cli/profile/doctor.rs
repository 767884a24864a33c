//! `profile doctor`: tests the connection of an account to the cloud, step by step and by reading only. Each step is
//! reported as it finishes. Refused credentials are not used again, because repeated failures lock the key.

use std::sync::{Mutex, PoisonError};

use serde_json::{Map, Value, json};

use crate::api::doctor::{self, Check, CheckResult};
use crate::api::{Endpoint, Network};
use crate::bootstrap::account::{self, ConnectionSettings, ResolvedAccount, ResolvedCredentials};
use crate::bootstrap::error::AppError;
use crate::cli::help::padded;
use crate::cli::print;
use crate::config::{ProfileKey, ResolvedProfile, Sourced, ValueOrigin};
use crate::exit_code::ExitCode;
use crate::i18n::{self, Language, phrase, tr};
use crate::text::sanitize::{sentence, visible};

use super::credentials::{CredentialsStatus, HeldCredentials};
use super::firewall::{self, Host};
use super::rows::{ShownOrigin, ValueRow};
use super::show;

/// The results so far. As text they are printed one by one, as JSON at the end.
struct Report {
    is_json: bool,
    account: Mutex<Map<String, Value>>,
    steps: Mutex<Vec<Check>>,
}

impl Report {
    fn new(is_json: bool) -> Self {
        Self { is_json, account: Mutex::default(), steps: Mutex::default() }
    }

    /// Records and prints one value of the account.
    fn row(&self, row: &ValueRow) {
        self.say(OK, row.name, &row.words());
        self.keep(row.name, row.json());
    }

    fn keep(&self, name: &str, value: Value) {
        self.account.lock().unwrap_or_else(PoisonError::into_inner).insert(name.to_owned(), value);
    }

    fn step(&self, step: Check) {
        let (mark, _, words) = parts(&step.found);
        self.say(mark, step.name, words);
        self.steps.lock().unwrap_or_else(PoisonError::into_inner).push(step);
    }

    fn bad(&self, name: &'static str, why: &str) {
        self.step(Check { name, found: CheckResult::Bad(sentence(why)) });
    }

    fn say(&self, mark: &'static str, name: &'static str, words: &str) {
        if !self.is_json {
            let (mark, name) = (padded(i18n::t(mark), 6), padded(shown_name(name), 13));
            print::line(&format!("{mark}  {name}  {}", visible(words)));
        }
    }

    /// Prints the section for the network administrator, or the whole report as JSON. Returns the exit code 1 if a step
    /// failed, else 0.
    fn end(self, hosts: &[Host]) -> ExitCode {
        let steps = self.steps.into_inner().unwrap_or_else(PoisonError::into_inner);
        let account = self.account.into_inner().unwrap_or_else(PoisonError::into_inner);
        if self.is_json {
            let steps: Vec<Value> = steps.iter().map(in_json).collect();
            let hosts: Vec<Value> = hosts.iter().map(Host::json).collect();
            print::json(&json!({ "account": account, "steps": steps, "hosts": hosts }));
        } else {
            firewall::tell(hosts);
        }
        let has_failed = steps.iter().any(|step| matches!(step.found, CheckResult::Bad(_)));
        if has_failed { ExitCode::Failure } else { ExitCode::Success }
    }
}

/// Returns the displayed name of a step: entries of the settings keep their names, the others are translated.
fn shown_name(name: &'static str) -> &'static str {
    let word = match name {
        "name" => phrase!("name"),
        "connect" => phrase!("connect"),
        "clock" => phrase!("clock"),
        "permission" => phrase!("permission"),
        "language" => phrase!("spoken"),
        entry => return entry,
    };
    i18n::t(word)
}

const OK: &str = phrase!("ok");

/// Returns the displayed mark, the JSON code and the message of a result.
fn parts(found: &CheckResult) -> (&'static str, &'static str, &str) {
    match found {
        CheckResult::Good(words) => (OK, "ok", words),
        CheckResult::Doubtful(words) => ("?", "warning", words),
        CheckResult::Bad(words) => (phrase!("FAILED"), "failed", words),
    }
}

fn in_json(step: &Check) -> Value {
    let (_, found, words) = parts(&step.found);
    json!({ "name": step.name, "result": found, "message": words })
}

pub fn run(chosen: &ResolvedProfile, spoken: &Sourced<Language>, is_json: bool) -> Result<ExitCode, AppError> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(AppError::Runtime)?;
    let report = Report::new(is_json);
    report.row(&show::spoken_row(spoken));
    let hosts = runtime.block_on(examine(chosen, &report));
    Ok(report.end(&hosts))
}

/// Reports the values of the account, then tests the connection. Returns the hosts that it needs; none if the endpoints
/// are invalid.
async fn examine(chosen: &ResolvedProfile, report: &Report) -> Vec<Host> {
    report.row(&ValueRow::of("profile", &chosen.name));
    for entry in [ProfileKey::Region, ProfileKey::Endpoint, ProfileKey::TestEndpoint] {
        if let Some(value) = chosen.get(entry) {
            report.row(&ValueRow::of(entry.name(), value));
        }
    }
    let held = HeldCredentials::from_profile(chosen);
    let proof = match &held.status {
        CredentialsStatus::Ready(proof) => Some(proof.as_ref()),
        CredentialsStatus::Asked(_) | CredentialsStatus::Missing(_) => None,
    };
    let project = project(chosen, proof);
    report.row(&project.row);
    credentials(chosen, &held, report);
    let mut way =
        match account::connection_settings_for_iam(chosen, proof.and_then(|proof| proof.iam_endpoint.as_deref())) {
            Ok(way) => way,
            Err(why) => {
                report.bad("endpoint", &why);
                return Vec::new();
            }
        };
    let hosts = way.hosts();
    report.row(&proxy(chosen, &way.network, &hosts.phone));
    let hosts = Host::all(&hosts, &way.network);
    match account::ca_file(chosen) {
        Ok(certificates) => way.network.ca_file = certificates,
        Err(why) => {
            report.bad("ca_file", &why);
            return hosts;
        }
    }
    report.row(&ca_file(chosen));
    match account::check_connection_settings(chosen, &way) {
        Ok(()) => travel(chosen, proof, project.id, &way, report).await,
        Err(why) => report.bad("endpoint", &why),
    }
    hosts
}

/// Tests the connection as far as the account is complete. Without credentials only names, connections and TLS are
/// tested.
async fn travel(
    chosen: &ResolvedProfile,
    proof: Option<&ResolvedCredentials>,
    project: Option<String>,
    way: &ConnectionSettings,
    report: &Report,
) {
    let tell = |step: Check| report.step(step);
    let Some(proof) = proof else {
        // Names, connections and TLS need nobody's credentials.
        doctor::check_endpoints(&way.hosts().needed(), &way.network, &tell).await;
        return;
    };
    let ready = match project {
        Some(id) => account::ready(chosen, proof, &id),
        None => {
            // What cannot be reached cannot be asked.
            if !doctor::check_endpoints(&way.hosts().needed(), &way.network, &tell).await {
                return;
            }
            let Some(id) = looked_up(chosen, proof, report).await else { return };
            return ask(account::ready(chosen, proof, &id), report).await;
        }
    };
    let Some((ready, cloud)) = connected(ready, report) else { return };
    doctor::check_all(&cloud, &ready.account.network, &tell).await;
}

async fn ask(ready: Result<ResolvedAccount, String>, report: &Report) {
    if let Some((_, cloud)) = connected(ready, report) {
        doctor::check_account(&cloud, &|step| report.step(step)).await;
    }
}

/// Creates the client of an account. A failure is reported as a failed step, and gives `None`.
fn connected(
    ready: Result<ResolvedAccount, String>,
    report: &Report,
) -> Option<(ResolvedAccount, crate::api::HttpCloud)> {
    let made = ready.and_then(|ready| {
        let cloud = account::cloud(ready.account.clone()).map_err(|failure| failure.to_string())?;
        Ok((ready, cloud))
    });
    made.map_err(|why| report.bad("account", &why)).ok()
}

/// Asks IAM for the project of the account. A failure is reported as a failed step, and gives `None`.
async fn looked_up(chosen: &ResolvedProfile, proof: &ResolvedCredentials, report: &Report) -> Option<String> {
    let iam = match account::iam(chosen, proof) {
        Ok(found) => found,
        Err(why) => {
            report.bad("project", &why);
            return None;
        }
    };
    let projects = doctor::projects(&iam, chosen.text(ProfileKey::Region), &|step| report.step(step)).await?;
    match account::one_project(chosen, projects) {
        Ok(id) => {
            report.keep(
                "project",
                ValueRow::new("project", id.clone(), ShownOrigin::new("iam", "IAM".to_owned())).json(),
            );
            Some(id)
        }
        Err(why) => {
            report.bad("project", &why);
            None
        }
    }
}

/// The project of the account, as far as it is known without asking IAM.
struct KnownProject {
    id: Option<String>,
    row: ValueRow,
}

fn project(chosen: &ResolvedProfile, proof: Option<&ResolvedCredentials>) -> KnownProject {
    let beside = proof.and_then(|proof| proof.project_id.clone());
    let (id, row) = match (chosen.get(ProfileKey::ProjectId), beside) {
        (Some(id), _) => (Some(id.value.clone()), ValueRow::of("project", id)),
        (None, Some(id)) => (
            Some(id.clone()),
            ValueRow::new("project", id, ShownOrigin::new("credentials", tr!("kept beside the credentials"))),
        ),
        (None, None) => match chosen.get(ProfileKey::ProjectName) {
            Some(name) => (
                None,
                ValueRow::none(
                    "project",
                    ShownOrigin::new(
                        "lookup_by_name",
                        tr!("looked up by name: {name}, {from}", name = name.value, from = name.from),
                    ),
                ),
            ),
            None => (None, ValueRow::none("project", ShownOrigin::new("lookup_by_region", tr!("looked up by region")))),
        },
    };
    KnownProject { id, row }
}

fn credentials(chosen: &ResolvedProfile, held: &HeldCredentials, report: &Report) {
    report.keep("credentials", show::credentials(chosen, held));
    let kind = &chosen.credentials;
    match &held.status {
        CredentialsStatus::Ready(_) => {
            let words = held.words();
            let words = tr!("{words} ({kind}, {from})", words, kind = kind.value, from = kind.from);
            report.say(OK, "credentials", &words);
        }
        CredentialsStatus::Asked(_) => {
            let (words, from) = (held.words(), &kind.from);
            let kind = kind.value;
            let words = tr!("{words}, so only the wizard can try them ({kind}, {from})", words, kind, from);
            report.step(Check { name: "credentials", found: CheckResult::Doubtful(words) });
        }
        CredentialsStatus::Missing(why) => {
            let words = tr!("{words} ({kind}, {from})", words = why, kind = kind.value, from = kind.from);
            report.step(Check { name: "credentials", found: CheckResult::Bad(words) });
        }
    }
}

fn proxy(chosen: &ResolvedProfile, network: &Network, phone: &Endpoint) -> ValueRow {
    let origin = || match chosen.get(ProfileKey::Proxy) {
        Some(set) => ShownOrigin::from(&set.from),
        None => ShownOrigin::new("environment", tr!("environment HTTPS_PROXY or ALL_PROXY")),
    };
    match network.proxy_to(phone) {
        Some(taken) => ValueRow::new("proxy", taken.address, origin()),
        None if phone.is_loopback() => {
            ValueRow::none("proxy", ShownOrigin::new("loopback", tr!("the endpoint is on this machine")))
        }
        None => ValueRow::none("proxy", &ValueOrigin::Default),
    }
}

/// Returns the row for the certificates that are trusted in addition to those of the system.
fn ca_file(chosen: &ResolvedProfile) -> ValueRow {
    let file = chosen.get(ProfileKey::CaFile);
    file.map_or_else(|| ValueRow::none("ca_file", &ValueOrigin::Default), |file| ValueRow::of("ca_file", file))
}
