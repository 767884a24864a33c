//! Order files: what `check` reads, the schema and the simulator's rules say of one must agree, except for what the
//! schema itself says that it cannot know, and for what only the lists of the cloud can tell.

mod exports;
mod random;
mod schema;
mod template;

use std::sync::LazyLock;

use cph_wizard::catalogue::Catalogue;
use cph_wizard::order::{BodyFault, Issue, Order, read_body_parts};
use cph_wizard::order_file::{NOT_IN_SCHEMA, schema, without_comments};
use jsonschema::Validator;

use crate::fixture::code;

/// What the three say of one text. Each of them is asked on its own.
#[derive(Debug)]
pub struct Said {
    pub faults: Vec<BodyFault>,
    pub issues: Vec<Issue>,
    /// What the schema says is wrong; `None` for a text that is no JSON.
    pub schema: Option<Vec<String>>,
    /// The code of the simulator.
    pub code: Option<String>,
}

impl Said {
    pub fn of(text: &str) -> Self {
        let plain = without_comments(text.as_bytes());
        let (draft, faults) = read_body_parts(&plain);
        let issues = draft.and_then(|draft| Order::check(&draft, &Catalogue::default()).err()).unwrap_or_default();
        let value: Option<serde_json::Value> = serde_json::from_slice(&plain).ok();
        let schema = value.map(|value| validator().iter_errors(&value).map(|error| error.to_string()).collect());
        Self { faults, issues, schema, code: code(&plain) }
    }

    pub fn is_checked(&self) -> bool {
        self.faults.is_empty() && self.issues.is_empty()
    }

    pub fn is_schematic(&self) -> bool {
        self.schema.as_ref().is_some_and(Vec::is_empty)
    }

    /// Whether the simulator accepts it, or refuses it for something that only its lists can tell.
    pub fn is_accepted(&self) -> bool {
        // Flavors, image, key pair and bandwidth that are not there or do not fit; a subnet that is in use.
        const LISTED: [&str; 9] = [
            "CPS.0089", "CPS.0028", "CPS.0157", "CPS.0166", "CPS.0030", "CPS.0067", "CPS.0033", "CPS.0115", "CPS.0194",
        ];
        self.code.as_deref().is_none_or(|code| LISTED.contains(&code))
    }

    /// The sentences of the schema that tell why `check` refuses what the schema accepts; an empty one for a
    /// reason that none of them tells.
    pub fn beyond(&self) -> Vec<&'static str> {
        let [bytes, digits, once, apart, network, _only_the_cloud] = NOT_IN_SCHEMA;
        let faults = self.faults.iter().map(|fault| match fault {
            BodyFault::Twice { .. } => once,
            BodyFault::WrongType { found, expected: "a whole number", .. } if found.contains("fraction") => digits,
            BodyFault::NotJson { .. }
            | BodyFault::Unknown { .. }
            | BodyFault::Missing { .. }
            | BodyFault::WrongType { .. }
            | BodyFault::Choice { .. } => "",
        });
        // A number that could not be read is blamed once.
        let is_told = |issue: &&Issue| {
            let place = issue.place().to_string();
            self.faults.iter().all(|fault| fault.place() != place)
        };
        let issues = self.issues.iter().filter(is_told).map(|issue| match issue {
            Issue::ServerFlavorTooLong { .. }
            | Issue::PhoneFlavorTooLong { .. }
            | Issue::ImageTooLong { .. }
            | Issue::PortNameTooLong { .. }
            | Issue::KeyPairTooLong { .. } => bytes,
            Issue::PortNameTwice { .. } | Issue::PortNumberTwice { .. } => apart,
            Issue::SubnetHostBits { .. } => network,
            _ => "",
        });
        faults.chain(issues).collect()
    }
}

pub fn validator() -> &'static Validator {
    static MADE: LazyLock<Validator> =
        LazyLock::new(|| jsonschema::draft202012::new(&schema()).expect("a schema that can be used"));
    &MADE
}
