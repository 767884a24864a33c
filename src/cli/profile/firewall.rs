//! The hosts and rules that a network administrator has to allow, in the terms of firewalls and proxies.

use serde_json::{Value, json};

use crate::api::{Network, ServiceHosts};
use crate::cli::print;
use crate::i18n::tr;

/// A host that has to be reachable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Host {
    services: Vec<&'static str>,
    name: String,
    port: u16,
    /// Host and port of the proxy for this host, and the origin of that setting.
    proxy: Option<String>,
    is_plain: bool,
}

impl Host {
    /// Lists the hosts that an account uses. Services with the same host and port share one entry.
    pub fn all(places: &ServiceHosts, network: &Network) -> Vec<Self> {
        let mut all: Vec<Self> = Vec::new();
        for (service, endpoint) in places.services() {
            let (host, port) = (endpoint.host(), endpoint.port());
            match all.iter_mut().find(|one| (one.name.as_str(), one.port) == (host, port)) {
                Some(known) => known.services.push(service),
                None => all.push(Self {
                    services: vec![service],
                    name: host.to_owned(),
                    port,
                    proxy: network.proxy_to(endpoint).map(|proxy| proxy.to_string()),
                    is_plain: endpoint.is_plain(),
                }),
            }
        }
        all
    }

    pub fn json(&self) -> Value {
        json!({
            "services": self.services,
            "host": self.name,
            "port": self.port,
            "tls": !self.is_plain,
            "proxy": self.proxy,
        })
    }
}

/// Prints the section for a network administrator, which ends every report.
pub fn tell(hosts: &[Host]) {
    print::line("");
    print::line(&tr!("For a network administrator:"));
    for line in lines(hosts) {
        print::line(&format!("  {line}"));
    }
}

fn lines(hosts: &[Host]) -> Vec<String> {
    let mut lines = Vec::new();
    if hosts.is_empty() {
        lines.push(tr!("No host can be named before the account is right."));
    } else {
        lines.push(tr!("These have to be reachable by TCP, outgoing only:"));
    }
    for host in hosts {
        let place = format!("{}:{}  {}", host.name, host.port, host.services.join(", "));
        lines.push(match (&host.proxy, host.is_plain) {
            (None, false) => format!("  {place}"),
            (None, true) => tr!("  {place}, without TLS on this machine", place),
            (Some(proxy), false) => tr!("  {place}, by CONNECT through {proxy}", place, proxy),
            (Some(proxy), true) => {
                tr!("  {place}, without TLS on this machine, by CONNECT through {proxy}", place, proxy)
            }
        });
    }
    let proxies: Vec<&String> = hosts.iter().filter_map(|host| host.proxy.as_ref()).collect();
    match proxies.first() {
        None => lines.push(tr!("No proxy is used.")),
        Some(proxy) => lines.push(tr!(
            "The proxy {proxy} has to allow CONNECT to these hosts and ports; its own name has to be known here.",
            proxy
        )),
    }
    lines.push(tr!("TLS 1.2 or newer is spoken, and certificates are checked."));
    lines.push(tr!(
        "Where TLS is opened on the way, the certificate of the authority that does it belongs into ca_file."
    ));
    lines.push(tr!("The clock of this machine has to be within 15 minutes of the cloud's."));
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::Endpoint;

    fn hosts(region: &str, proxy: Option<&str>) -> Vec<Host> {
        let at = |name: &str| Endpoint::parse(&format!("https://{name}.{region}.myhuaweicloud.com")).unwrap();
        let places = ServiceHosts::new(at("cph"), Some(at("iam")), Some(at("ecs")), None);
        // A proxy in the profile; the environment is not looked at.
        let network =
            Network { proxy: Some(proxy.unwrap_or("http://proxy.example:3128").into()), ..Network::default() };
        Host::all(&places, &network)
    }

    #[test]
    fn every_host_and_port_is_named_with_the_way_to_it() {
        let lines = lines(&hosts("x-1", Some("http://proxy.example:8080")));
        for name in ["cph", "iam", "ecs", "kms"] {
            let host = format!("  {name}.x-1.myhuaweicloud.com:443  ");
            let line = lines.iter().find(|line| line.starts_with(&host)).unwrap();
            assert!(line.ends_with(", by CONNECT through proxy.example:8080 (profile)"), "{line}");
        }
        let all = lines.join("\n");
        for word in ["TLS 1.2", "ca_file", "15 minutes", "CONNECT to these hosts and ports"] {
            assert!(all.contains(word), "{word}: {all}");
        }
    }

    #[test]
    fn services_at_one_place_are_one_host() {
        let here = Endpoint::parse("http://127.0.0.1:4010").unwrap();
        let hosts = Host::all(&ServiceHosts::new(here.clone(), Some(here), None, None), &Network::default());
        let lines = lines(&hosts);
        let expected = "  127.0.0.1:4010  Cloud Phone, IAM, ECS, KPS, without TLS on this machine";
        assert_eq!((lines[1].as_str(), lines[2].as_str()), (expected, "No proxy is used."));
    }
}
