//! The credentials of an account as far as they can be shown: where they are from, and their masked key.

use crate::cli::account::{Proof, nothing_found, obtained};
use crate::config::Chosen;
use crate::config::credentials::{Discovery, Found, Obtained, Source, Unusable};
use crate::order::text::visible;
use crate::words::{self, phrase};

/// What the credentials of an account come to before anybody is asked.
pub struct Held {
    pub standing: Standing,
    /// The place and the masked key of the first that was found.
    pub source: Option<Source>,
    pub masked: Option<String>,
    /// Others that are on the machine too, and would be taken if the first were not there.
    pub others: Vec<Other>,
    /// What is on the machine and cannot be used, with the reason.
    pub unusable: Vec<Unusable>,
}

/// Credentials that are not used, since others come first.
pub struct Other {
    pub source: Source,
    pub masked: String,
    /// What they are, for a person.
    pub words: String,
}

/// Whether calls can be made with them.
pub enum Standing {
    Ready(Box<Proof>),
    /// They are asked for at each start: a phrase.
    Asked(&'static str),
    /// There are none; why.
    Missing(String),
}

impl From<&Found> for Other {
    fn from(found: &Found) -> Self {
        Self { source: found.source.clone(), masked: found.masked(), words: Proof::from(found).words().to_owned() }
    }
}

impl Held {
    pub fn of(chosen: &Chosen) -> Self {
        let bare = |standing| Self { standing, source: None, masked: None, others: Vec::new(), unusable: Vec::new() };
        match obtained(chosen) {
            Obtained::Looked(discovery) => Self::found(&discovery),
            Obtained::AskMetadata => bare(Standing::Ready(Box::new(Proof::agency()))),
            Obtained::AskKey => {
                bare(Standing::Asked(phrase!("an access key is asked for at each start of the wizard")))
            }
            Obtained::AskToken => bare(Standing::Asked(phrase!("a token is asked for at each start of the wizard"))),
            Obtained::AskPassword { domain: _, user: _ } => {
                bare(Standing::Asked(phrase!("a password is asked for at each start of the wizard")))
            }
        }
    }

    fn found(discovery: &Discovery) -> Self {
        let mut found = discovery.found.iter();
        let first = found.next();
        let standing = match first {
            Some(found) => Standing::Ready(Box::new(Proof::from(found))),
            None => Standing::Missing(nothing_found(&discovery.unusable)),
        };
        Self {
            standing,
            source: first.map(|found| found.source.clone()),
            masked: first.map(Found::masked),
            others: found.map(Other::from).collect(),
            unusable: discovery.unusable.clone(),
        }
    }

    /// What they are, for a person.
    pub fn words(&self) -> String {
        match &self.standing {
            Standing::Ready(proof) => visible(proof.words()).into_owned(),
            Standing::Asked(phrase) => words::of(phrase).to_owned(),
            Standing::Missing(why) => visible(why).into_owned(),
        }
    }
}
