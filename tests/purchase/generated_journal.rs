//! Journals with many old orders, written by the program's own code without a disk in between.

use std::fs::{DirBuilder, OpenOptions};
use std::io::{self, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::Path;
use std::sync::{Arc, Mutex};

use cph_wizard::purchase::intents::{Intent, IntentCredentials, JournalEntry, OrderedServers, Preflight, Sending};
use cph_wizard::purchase::journal::{Journal, JournalMoved, Opened, Storage};
use cph_wizard::purchase::{NotSent, NotSentReason, Outcome, Receipt, Unknown, UnknownReason};
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

/// How old the oldest order is.
const OLDEST: SignedDuration = SignedDuration::from_hours(400 * 24);

/// What a journal and its `journal.last` hold.
#[derive(Debug, Clone, Default)]
pub struct Memory(Arc<Mutex<(Vec<u8>, Vec<u8>)>>);

impl Storage for Memory {
    fn lock(&mut self) -> io::Result<bool> {
        Ok(true)
    }

    fn read(&mut self) -> io::Result<Vec<u8>> {
        Ok(self.0.lock().unwrap().0.clone())
    }

    fn create(&mut self) -> io::Result<bool> {
        Ok(true)
    }

    fn check_identity(&mut self, _: u64) -> Result<(), JournalMoved> {
        Ok(())
    }

    fn reserve(&mut self, _: u64) -> io::Result<()> {
        Ok(())
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().0.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn sync(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn read_last(&mut self) -> io::Result<Option<Vec<u8>>> {
        Ok(Some(self.0.lock().unwrap().1.clone()).filter(|last| !last.is_empty()))
    }

    fn renew_last(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.write_last(bytes)
    }

    fn write_last(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.0.lock().unwrap().1 = bytes.to_vec();
        Ok(())
    }

    fn sync_last(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn quarantine(&mut self, _: &str, _: &[u8]) -> io::Result<()> {
        Ok(())
    }

    fn quarantined_files(&mut self) -> io::Result<Vec<(String, u64)>> {
        Ok(Vec::new())
    }

    fn cut(&mut self, _: u64) -> io::Result<()> {
        Ok(())
    }
}

/// An open journal with so many orders, evenly over the 400 days before this time. The oldest order is UNKNOWN.
pub fn journal(orders: u32, now: Timestamp) -> (Memory, Journal) {
    let memory = Memory::default();
    let Opened::Writable(mut journal) = Journal::open_in(Box::new(memory.clone()), now).unwrap() else { panic!() };
    for number in 0..orders {
        let age = OLDEST - OLDEST * i32::try_from(number).unwrap() / i32::try_from(orders).unwrap();
        for entry in records(number, now.checked_sub(age).unwrap()) {
            journal.append(&entry).unwrap();
        }
    }
    (memory, journal)
}

/// The records of one order.
pub fn records(number: u32, at: Timestamp) -> Vec<JournalEntry> {
    let intent = intent(number, at);
    let (id, body_hash) = (intent.id, intent.body_hash.clone());
    let sending = JournalEntry::Sending(Sending { id, at, body_hash, clock_ahead: Some(0) });
    let outcome = match number {
        0 => Outcome::Unknown(Unknown {
            reason: UnknownReason::NoAnswer { seconds: 150 },
            status: None,
            request_id: None,
            probably_placed: false,
        }),
        _ if number % 11 == 3 => {
            Outcome::NotSent(NotSent { reason: NotSentReason::Other { detail: "no connection".into() } })
        }
        _ => Outcome::Accepted(Receipt {
            request_id: Some(format!("{number:032x}")),
            order_id: format!("CS{number:016}"),
            product_id: None,
        }),
    };
    vec![JournalEntry::Intent(Box::new(intent)), sending, JournalEntry::Outcome { id, at, outcome }]
}

fn intent(number: u32, at: Timestamp) -> Intent {
    let body = format!(
        "{{\n  \"server_name\": \"farm-{number}\",\n  \"server_model_name\": \"physical.rx1.xlarge\",\n  \
         \"phone_model_name\": \"rx1.cp.c60.d10.e1v1\",\n  \"image_id\": \"20032120200330a20b000eae5b8c01e6\",\n  \
         \"count\": 1,\n  \"bandwidth\": {{ \"bandwidth_share_type\": 0, \"bandwidth_size\": 300 }},\n  \
         \"extend_param\": {{ \"charging_mode\": \"prePaid\", \"period_type\": 2, \"period_num\": 1 }}\n}}"
    );
    Intent {
        id: uuid::Builder::from_random_bytes(
            u128::from(number).wrapping_mul(0x9E37_79B9_7F4A_7C15_F39C_C060_5CED_C835).to_be_bytes(),
        )
        .into_uuid(),
        at,
        profile: "default".into(),
        endpoint: "cph.eu-west-101.myhuaweicloud.eu".into(),
        project: "41f6b0c5a1d04c5f9f0f7a3f7d3f2a11".into(),
        region: "eu-west-101".into(),
        credentials: IntentCredentials::AccessKey,
        server_name: format!("farm-{number}"),
        ordered: OrderedServers {
            server_flavor: "physical.rx1.xlarge".into(),
            phone_flavor: "rx1.cp.c60.d10.e1v1".into(),
            image_id: "20032120200330a20b000eae5b8c01e6".into(),
            count: 1,
        },
        pays_now: true,
        preflight: Some(Preflight::default()),
        clock_ahead: Some(0),
        body_hash: Sha256::digest(&body).iter().fold(String::new(), |hex, byte| hex + &format!("{byte:02x}")),
        body,
    }
}

/// Writes a journal with so many orders to a state directory that is not there yet.
pub fn write(directory: &Path, orders: u32, now: Timestamp) {
    DirBuilder::new().mode(0o700).recursive(true).create(directory).unwrap();
    let (memory, _) = journal(orders, now);
    let files = memory.0.lock().unwrap();
    for (name, bytes) in [("journal.jsonl", &files.0), ("journal.last", &files.1)] {
        let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(directory.join(name)).unwrap();
        file.write_all(bytes).unwrap();
    }
}

#[allow(dead_code, reason = "not every suite looks for orders")]
pub fn id(number: u32) -> Uuid {
    intent(number, Timestamp::UNIX_EPOCH).id
}

/// Writes a state directory for a look by hand: `CPH_WIZARD_STATE=DIR`, `CPH_WIZARD_ORDERS=N`.
#[test]
#[ignore = "makes files for a look by hand"]
fn write_a_state() {
    let directory = std::env::var("CPH_WIZARD_STATE").unwrap();
    let orders = std::env::var("CPH_WIZARD_ORDERS").unwrap().parse().unwrap();
    write(Path::new(&directory), orders, Timestamp::now());
}
