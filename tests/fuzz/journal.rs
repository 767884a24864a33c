//! The journal: whatever its bytes are, opening it does not panic, the records before the first flaw can be read, and
//! nothing can be bought unless all that is lost is one last record, which is kept beside it.

use std::collections::BTreeSet;
use std::fs::{self, DirBuilder, OpenOptions};
use std::io::{self, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard};

use cph_wizard::purchase::intents::{
    Intent, IntentCredentials, Intents, JournalEntry, ListSource, OrderedServers, Preflight, Sending,
};
use cph_wizard::purchase::journal::{Journal, JournalMoved, Obstacle, Opened, Storage};
use cph_wizard::purchase::{Outcome, Receipt, Unknown};
use jiff::Timestamp;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use crate::generators::Generator;
use crate::runner::{Rng, hex, run_cases};
use crate::settings::directory;

const WORDS: [&str; 22] = [
    "\n",
    "{\"format\":1,\"seq\":1,\"entry\":",
    "{\"format\":3,",
    "{\"format\":18446744073709551616,",
    ",\"check\":\"",
    "\"}",
    "}",
    "\"}\n",
    "0",
    "\"seq\":2",
    "\"attempt\":3",
    "{\"interrupted\":{",
    "{\"alarm\":{",
    "\"accepted\"",
    "\"complete\":true",
    "\"complete\":false",
    "\"order_ids\":[\"CS1\",\"CS2\"]",
    "\"order_ids\":[]",
    "null",
    "-262143-01-01T00:00:00Z",
    "9999-12-30T22:00:00.999999999Z",
    "00000000-0000-0000-0000-000000000001",
];

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_790_000_000 + second).unwrap()
}

fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

fn begun(number: u128) -> JournalEntry {
    let body = format!("{{\"server_name\":\"farm{number}\"}}");
    JournalEntry::Intent(Box::new(Intent {
        id: id(number),
        at: at(0),
        profile: "default".into(),
        endpoint: "cph.example".into(),
        project: "p".into(),
        region: "r".into(),
        credentials: IntentCredentials::Token,
        server_name: format!("farm{number}"),
        ordered: OrderedServers { server_flavor: "s".into(), phone_flavor: "p".into(), image_id: "i".into(), count: 1 },
        pays_now: true,
        preflight: Some(Preflight::default()),
        clock_ahead: Some(0),
        body_hash: hex(&Sha256::digest(&body)),
        body,
    }))
}

fn sending(number: u128) -> JournalEntry {
    let JournalEntry::Intent(intent) = begun(number) else { unreachable!() };
    JournalEntry::Sending(Sending { id: id(number), at: at(1), body_hash: intent.body_hash, clock_ahead: Some(0) })
}

fn concluded(number: u128, outcome: Outcome) -> JournalEntry {
    JournalEntry::Outcome { id: id(number), at: at(2), outcome }
}

fn accepted(order_id: &str) -> Outcome {
    Outcome::Accepted(Receipt { request_id: Some("r".into()), order_id: order_id.into(), product_id: None })
}

fn unknown() -> Outcome {
    let detail = "no answer came within 150 s".into();
    Outcome::Unknown(Unknown {
        reason: cph_wizard::purchase::UnknownReason::Other { detail },
        status: None,
        request_id: None,
        probably_placed: false,
    })
}

fn reading(number: u128, order_ids: &[&str]) -> JournalEntry {
    let order_ids: BTreeSet<String> = order_ids.iter().map(ToString::to_string).collect();
    JournalEntry::Reading {
        id: id(number),
        at: at(3),
        clock_ahead: Some(0),
        source: ListSource::ServerList,
        complete: true,
        order_ids,
        candidates: BTreeSet::new(),
        flaws: BTreeSet::new(),
    }
}

/// Histories as the program writes them.
fn histories() -> [Vec<JournalEntry>; 3] {
    let found = JournalEntry::Found { id: id(3), at: at(4), order_id: "CS3".into(), servers: vec!["s3".into()] };
    [
        vec![begun(1), sending(1), concluded(1, accepted("CS1")), begun(2), sending(2)],
        vec![begun(3), sending(3), concluded(3, unknown()), reading(3, &[]), reading(3, &["CS3"]), found],
        vec![begun(4)],
    ]
}

/// A journal that lives in memory; every clone is the same one.
#[derive(Debug, Clone, Default)]
struct Memory {
    kept: Arc<Mutex<Kept>>,
    is_taken: bool,
}

#[derive(Debug, Clone, Default)]
struct Kept {
    is_there: bool,
    journal: Vec<u8>,
    last: Option<Vec<u8>>,
    torn: Vec<(String, Vec<u8>)>,
}

impl Memory {
    fn with(journal: &[u8]) -> Self {
        let kept = Kept { is_there: true, journal: journal.to_vec(), last: None, torn: Vec::new() };
        Self { kept: Arc::new(Mutex::new(kept)), is_taken: false }
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap()
    }

    fn open(&self) -> Opened {
        Journal::open_in(Box::new(self.clone()), at(100)).expect("what is in memory can be read")
    }
}

impl Storage for Memory {
    fn lock(&mut self) -> io::Result<bool> {
        Ok(!self.is_taken)
    }

    fn read(&mut self) -> io::Result<Vec<u8>> {
        Ok(self.kept().journal.clone())
    }

    fn create(&mut self) -> io::Result<bool> {
        let was_there = std::mem::replace(&mut self.kept().is_there, true);
        Ok(!was_there)
    }

    fn check_identity(&mut self, _: u64) -> Result<(), JournalMoved> {
        Ok(())
    }

    fn reserve(&mut self, _: u64) -> io::Result<()> {
        Ok(())
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.kept().journal.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn sync(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn read_last(&mut self) -> io::Result<Option<Vec<u8>>> {
        Ok(self.kept().last.clone())
    }

    fn renew_last(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.kept().last = Some(bytes.to_vec());
        Ok(())
    }

    fn write_last(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.renew_last(bytes)
    }

    fn sync_last(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn quarantine(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
        self.kept().torn.push((name.to_owned(), bytes.to_vec()));
        Ok(())
    }

    fn quarantined_files(&mut self) -> io::Result<Vec<(String, u64)>> {
        let kept = self.kept();
        Ok(kept.torn.iter().map(|(name, bytes)| (name.clone(), bytes.len() as u64)).collect())
    }

    fn cut(&mut self, length: u64) -> io::Result<()> {
        self.kept().journal.truncate(usize::try_from(length).unwrap());
        Ok(())
    }
}

/// A valid journal, and what its first lines say, however many of them there are.
struct Sample {
    bytes: Vec<u8>,
    /// Behind how many bytes, and what stands there.
    stages: Vec<(usize, Intents)>,
}

impl Sample {
    fn of(entries: &[JournalEntry]) -> Self {
        let memory = Memory::default();
        let Opened::Writable(mut journal) = memory.open() else { panic!("a new journal can be written to") };
        let mut stages = vec![(0, Intents::default())];
        for entry in entries {
            journal.append(entry).unwrap();
            stages.push((memory.kept().journal.len(), journal.intents().clone()));
        }
        let bytes = memory.kept().journal.clone();
        Self { bytes, stages }
    }

    /// What the lines say that stand unchanged at the beginning of an input.
    fn unchanged_in(&self, input: &[u8]) -> &(usize, Intents) {
        let same = self.bytes.iter().zip(input).take_while(|(ours, theirs)| ours == theirs).count();
        self.stages.iter().rfind(|(end, _)| *end <= same).expect("nothing is unchanged in any case")
    }
}

struct Samples(Vec<Sample>);

impl Samples {
    fn new() -> Self {
        Self(histories().iter().map(|entries| Sample::of(entries)).collect())
    }

    fn inputs(&self) -> Generator {
        Generator::new(self.0.iter().map(|sample| sample.bytes.clone()).collect(), &WORDS)
    }

    /// Everything before the first flaw is there.
    fn earlier_records_are_in(&self, opened: &Opened, input: &[u8]) {
        for (_, expected) in self.0.iter().map(|sample| sample.unchanged_in(input)) {
            for purchase in expected.newest_first() {
                let found = opened.intents().purchase(purchase.intent().id).expect("an earlier purchase is lost");
                assert!(found.records().starts_with(purchase.records()), "earlier records are lost: {found:?}");
            }
        }
    }

    /// How much of an input, that nobody gave checksums to, was written by the program.
    fn genuine(&self, input: &[u8]) -> usize {
        self.0.iter().map(|sample| sample.unchanged_in(input).0).max().unwrap()
    }
}

/// Opens it, and judges what can be judged of any bytes. How many of them were kept as records, if it may be bought.
fn judge(samples: &Samples, input: &[u8]) -> Option<usize> {
    let memory = Memory::with(input);
    let opened = memory.open();
    samples.earlier_records_are_in(&opened, input);
    let after = memory.kept().clone();
    match &opened {
        Opened::ReadOnly(_, why) => {
            assert!(matches!(why, Obstacle::Damaged { .. } | Obstacle::Newer { .. }), "{why}");
            assert!(after.journal == input && after.torn.is_empty(), "a journal that is not trusted was changed");
            None
        }
        Opened::Writable(_) => {
            let torn: Vec<u8> = after.torn.iter().flat_map(|(_, bytes)| bytes.clone()).collect();
            let end = input.len() - torn.len();
            assert!(after.torn.len() <= 1 && input[end..] == torn, "bytes are lost");
            assert!(after.journal.starts_with(&input[..end]), "records were changed");
            let is_one = !torn.iter().rev().skip(1).any(|byte| *byte == b'\n');
            assert!(is_one, "more than one line was set aside");
            let again = memory.open();
            assert!(matches!(again, Opened::Writable(_)), "it opens no second time: {again:?}");
            assert!(again.notices().is_empty() && again.intents() == opened.intents(), "the second reading differs");
            Some(end)
        }
    }
}

#[test]
fn no_journal_breaks_its_reader_and_a_flaw_before_its_end_stops_buying() {
    let samples = Samples::new();
    let inputs = samples.inputs();
    run_cases(
        "journals",
        40_000,
        |rng| inputs.make(rng),
        |input, _| {
            if let Some(end) = judge(&samples, input) {
                assert_eq!(end, samples.genuine(input), "a record is believed that was never written");
            }
        },
    );
}

/// Gives the lines fresh checksums, as another program could have written them.
fn sealed(contents: &[Vec<u8>]) -> Vec<u8> {
    let mut check = "0".repeat(64);
    let mut journal = Vec::new();
    for content in contents {
        check = hex(&Sha256::new().chain_update(&check).chain_update(content).finalize());
        journal.extend_from_slice(content);
        journal.extend_from_slice(format!(",\"check\":\"{check}\"}}\n").as_bytes());
    }
    journal
}

fn contents_of(journal: &[u8]) -> Vec<Vec<u8>> {
    let tail = sealed(&[Vec::new()]).len();
    journal.split_inclusive(|byte| *byte == b'\n').map(|line| line[..line.len() - tail].to_vec()).collect()
}

/// A journal in which records say something else, come twice or are missing, and every checksum is right.
fn forged(samples: &Samples, inputs: &Generator, rng: &mut Rng) -> Vec<u8> {
    let mut contents = contents_of(&rng.pick(&samples.0).bytes);
    for _ in 0..=rng.below(2) {
        let place = rng.below(contents.len());
        match rng.below(6) {
            0 => contents.insert(place, contents[place].clone()),
            1 if contents.len() > 1 => drop(contents.remove(place)),
            2 => contents.swap(place, 0),
            _ => inputs.mutate(&mut contents[place], rng),
        }
    }
    sealed(&contents)
}

#[test]
fn no_record_with_a_right_checksum_and_a_wrong_meaning_breaks_the_journal() {
    let samples = Samples::new();
    let inputs = samples.inputs();
    for sample in &samples.0 {
        assert_eq!(sealed(&contents_of(&sample.bytes)), sample.bytes, "the format of the records has changed");
    }
    run_cases(
        "forged journals",
        10_000,
        |rng| forged(&samples, &inputs, rng),
        |input, _| {
            judge(&samples, input);
        },
    );
}

fn write_journal(state: &Path, bytes: &[u8]) {
    if state.exists() {
        fs::remove_dir_all(state).unwrap();
    }
    DirBuilder::new().mode(0o700).create(state).unwrap();
    let mut options = OpenOptions::new();
    let mut file = options.write(true).create_new(true).mode(0o600).open(state.join("journal.jsonl")).unwrap();
    file.write_all(bytes).unwrap();
}

#[test]
fn no_journal_on_the_disk_breaks_the_start() {
    let samples = Samples::new();
    let inputs = samples.inputs();
    let home = directory();
    let state = home.path().join("state");
    run_cases(
        "journals on the disk",
        10_000,
        |rng| inputs.make(rng),
        |input, _| {
            write_journal(&state, input);
            let opened = Journal::open(&state, at(100)).expect("a journal of ours can be read");
            samples.earlier_records_are_in(&opened, input);
            let after = fs::read(state.join("journal.jsonl")).unwrap();
            match &opened {
                Opened::Writable(_) => {
                    let torn = fs::read(state.join("journal.torn-1")).unwrap_or_default();
                    let end = input.len() - torn.len();
                    assert!(input[end..] == torn && after.starts_with(&input[..end]), "bytes are lost");
                    assert_eq!(end, samples.genuine(input), "a record is believed that was never written");
                }
                Opened::ReadOnly(..) => assert_eq!(after, input, "a journal that is not trusted was changed"),
            }
        },
    );
}
