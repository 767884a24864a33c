//! The ledger of accepted purchases: in memory, and as one line of JSON each in a file if one is named. An order that
//! cannot be written must not be placed.

use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use jiff::Timestamp;
use serde::Serialize;

/// An accepted purchase, as the ledger records it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerEntry {
    /// The order number.
    pub order_id: String,
    /// The identifier of the request that placed it.
    pub request_id: String,
    /// The identifier of the billing product.
    pub product_id: String,
    /// The project of the purchase.
    pub project_id: String,
    /// The exact bytes of the request body.
    pub body: Vec<u8>,
    /// The time of acceptance, by the simulator's clock.
    pub accepted_at: Timestamp,
    /// True if it is paid. An unpaid order creates no servers and is in no list.
    pub is_paid: bool,
}

#[derive(Serialize)]
struct Line<'entry> {
    version: u32,
    order_id: &'entry str,
    request_id: &'entry str,
    product_id: &'entry str,
    project_id: &'entry str,
    accepted_at: Timestamp,
    is_paid: bool,
    /// The body as text. An accepted body is JSON and therefore UTF-8, so nothing is lost.
    body: &'entry str,
}

/// All accepted purchases, oldest first.
#[derive(Debug, Default)]
pub(super) struct Ledger {
    entries: Vec<LedgerEntry>,
    file: Option<File>,
}

impl Ledger {
    /// Creates an empty ledger. If a file is named, entries are also appended to it; a new file is readable by its
    /// owner only.
    pub(super) fn open(path: Option<&Path>) -> io::Result<Self> {
        let file = path.map(|path| OpenOptions::new().create(true).append(true).mode(0o600).open(path)).transpose()?;
        Ok(Self { entries: Vec::new(), file })
    }

    pub(super) fn entries(&self) -> &[LedgerEntry] {
        &self.entries
    }

    /// Removes the last entry, whose order could not be placed after all. A line in the file stays.
    pub(super) fn forget_last(&mut self) {
        self.entries.pop();
    }

    /// Appends an entry, to the file first. An entry that cannot be written there is not kept.
    pub(super) fn append(&mut self, entry: LedgerEntry) -> io::Result<()> {
        if let Some(file) = &mut self.file {
            let body = std::str::from_utf8(&entry.body).map_err(io::Error::other)?;
            let mut line = serde_json::to_vec(&Line {
                version: 1,
                order_id: &entry.order_id,
                request_id: &entry.request_id,
                product_id: &entry.product_id,
                project_id: &entry.project_id,
                accepted_at: entry.accepted_at,
                is_paid: entry.is_paid,
                body,
            })?;
            line.push(b'\n');
            file.write_all(&line)?;
            file.flush()?;
        }
        self.entries.push(entry);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::{Ledger, LedgerEntry};

    fn entry(order_id: &str) -> LedgerEntry {
        LedgerEntry {
            order_id: order_id.to_owned(),
            request_id: "r".to_owned(),
            product_id: "p".to_owned(),
            project_id: "j".to_owned(),
            body: "{ \"a\":\t\"ä\"\n}".as_bytes().to_vec(),
            accepted_at: "2026-09-14T11:20:00Z".parse().expect("a time"),
            is_paid: order_id == "CS1",
        }
    }

    #[test]
    fn the_file_is_private_appended_and_keeps_the_exact_body() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("ledger");
        for order in ["CS1", "CS2"] {
            Ledger::open(Some(&path)).expect("a ledger").append(entry(order)).expect("written");
        }
        assert_eq!(std::fs::metadata(&path).expect("a file").permissions().mode() & 0o777, 0o600);
        let text = std::fs::read_to_string(&path).expect("text");
        let lines: Vec<serde_json::Value> =
            text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
        assert_eq!(lines.len(), 2);
        assert_eq!(lines[1]["order_id"], "CS2");
        assert_eq!((&lines[0]["is_paid"], &lines[1]["is_paid"]), (&true.into(), &false.into()));
        assert_eq!(lines[0]["body"].as_str().expect("text").as_bytes(), entry("CS1").body);
    }

    #[test]
    fn an_entry_that_cannot_be_written_is_not_kept() {
        let mut ledger = Ledger::open(Some("/dev/full".as_ref())).expect("a ledger");
        assert!(ledger.append(entry("CS1")).is_err());
        assert!(ledger.entries().is_empty());
    }
}
