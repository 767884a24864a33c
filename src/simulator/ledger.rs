//! The ledger of accepted purchases: in memory for those who ask, and a line of JSON each in a file if one was named.
//! An order that cannot be written down must not be placed.

use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use jiff::Timestamp;
use serde::Serialize;

/// An accepted purchase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerEntry {
    /// Number of the order.
    pub order_id: String,
    /// Identifier of the request that placed it.
    pub request_id: String,
    /// Billing product.
    pub product_id: String,
    /// Project that bought.
    pub project_id: String,
    /// The body exactly as it came.
    pub body: Vec<u8>,
    /// When it was accepted, by the simulator's clock.
    pub accepted_at: Timestamp,
    /// Whether it is paid. An unpaid order builds nothing and is in no list.
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
    /// A body that was accepted is JSON and therefore text, so nothing of it is lost here.
    body: &'entry str,
}

/// All accepted purchases, in their order.
#[derive(Debug, Default)]
pub(super) struct Ledger {
    entries: Vec<LedgerEntry>,
    file: Option<File>,
}

impl Ledger {
    /// An empty ledger that also writes to the end of this file, made readable for its owner only.
    pub(super) fn open(path: Option<&Path>) -> io::Result<Self> {
        let file = path.map(|path| OpenOptions::new().create(true).append(true).mode(0o600).open(path)).transpose()?;
        Ok(Self { entries: Vec::new(), file })
    }

    pub(super) fn entries(&self) -> &[LedgerEntry] {
        &self.entries
    }

    /// Writes an entry down, first in the file.
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
