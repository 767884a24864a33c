//! The state of the world, and what can happen in it. Every value is small and copied, so that millions of states fit.

use std::hash::{Hash, Hasher};

/// The most confirmations of one exploration.
pub const MOST: usize = 3;

/// Everything that there is at one moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct World {
    /// The journal on the disk, by its number in `Program`.
    pub journal: u32,
    /// Whether a record was not written to its end, and nobody has opened the journal since.
    pub is_torn: bool,
    pub processes: [Process; 2],
    /// The process that goes on with its steps, until it is done or interrupted.
    pub running: Option<ProcessId>,
    /// What became of the request of each confirmation.
    pub requests: [Request; MOST],
    pub stranger: Option<Stranger>,
    /// Whether the list comes from a replica that lacks our orders; until the next minute.
    pub is_blind: bool,
    /// What has happened just now that nobody has met yet.
    pub news: News,
    /// By the servers' clock, since the first thing that happened.
    pub minute: u8,
    /// How this machine's clock is set.
    pub clock: Setting,
    pub left: Budget,
}

/// Changes that are met by nobody before a clock or the list is read. So they happen just before, in this order, and
/// schedules in which they happen earlier come to the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum News {
    Nothing,
    /// Time passed.
    Time,
    /// The clock was set.
    Clock,
    /// The list changed.
    List,
}

/// What can still happen. A world with more left of everything can do whatever one with less left can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Budget {
    pub confirmations: u8,
    pub readings: u8,
    pub crashes: u8,
    /// What can still happen of all that is out of the ordinary: a second and a third confirmation count twice; once each
    /// time that time passes, a process crashes or is interrupted by the other one, the clock is set, the list cannot be
    /// read, somebody else's servers appear, or a replica is behind.
    pub events: u8,
}

/// What a process is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Process {
    Idle,
    /// It looked at the servers and at the journal, and the user was asked. It holds no lock.
    Asked {
        change: Change,
        /// What was listed; `None` if the list could not be read.
        seen: Option<Listed>,
        /// The earlier orders for which the user typed SECOND.
        second: Orders,
    },
    /// INTENT is on the disk. From here to the outcome it holds the lock.
    Confirmed {
        order: u8,
        is_clock_measured: bool,
    },
    /// SENDING is on the disk, and the request has left.
    Sending {
        order: u8,
    },
    /// A list was read in search of an order, and nothing of it is in the journal yet.
    Reading {
        order: u8,
        listed: Listed,
        began: Moment,
    },
}

/// How an order differs from the first one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Change {
    Same,
    /// Two servers instead of one.
    Count,
    /// Two months instead of one.
    Period,
}

/// A set of confirmations, a bit each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Orders(pub u8);

/// What one reading of a list shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Listed {
    /// The confirmations whose order is listed.
    pub orders: Orders,
    pub stranger: Option<Stranger>,
}

/// Somebody else's order whose servers have the name of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Stranger {
    /// One server with our flavors.
    Fits,
    /// One server with another flavor.
    OtherFlavors,
    /// Three servers of one order, with our flavors.
    TooMany,
}

/// A moment by this machine's clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Moment {
    pub minute: u8,
    pub clock: Setting,
    /// Whether the servers' clock is known to the process.
    pub is_measured: bool,
}

/// How this machine's clock differs from the servers'.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Setting {
    Right,
    /// By an hour, and 7 s, by which a time of this machine tells how its clock was set.
    Behind,
    /// By eight hours and 11 s.
    Ahead,
}

/// What became of the request of a confirmation. Whether one without an answer was placed is left open until somebody
/// can see it: then it turns out one way or the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Request {
    /// It never left.
    #[default]
    None,
    /// It left, and may have been placed or may still be. `ended` is when nobody waited for it any more.
    Open { ended: Option<u8> },
    Placed {
        is_listed: bool,
        /// When it was placed, as long as that matters.
        at: u8,
    },
    /// It was not placed, and will not be.
    Gone,
}

/// An answer of the API.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    Accepted,
    /// The order may exist all the same.
    Rejected,
}

/// One thing that happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// A process looks at servers and journal, and the user is asked; SECOND is typed if it is asked for.
    Ask {
        by: ProcessId,
        change: Change,
        is_list_read: bool,
    },
    /// The user confirms: under the lock, the guard, then INTENT.
    Confirm(ProcessId),
    /// The connection stands: SENDING, then the request leaves.
    Send(ProcessId),
    /// There is no connection: `NOT_SENT`.
    Refuse(ProcessId),
    /// The connection breaks before the body was asked for.
    BreakEarly(ProcessId),
    /// An answer comes, and the outcome is kept.
    Hear(ProcessId, Answer),
    /// No clear answer comes, and that is kept.
    Lose(ProcessId),
    /// A process is killed between two records.
    Kill(ProcessId),
    /// A process is killed while it writes its next record.
    Tear(ProcessId),
    /// A process reads the list in search of an order, and keeps what it shows.
    Search {
        by: ProcessId,
        order: u8,
        until: CrashPoint,
    },
    /// A process reads the list in search of an order, and is interrupted before it has the lock.
    Read {
        by: ProcessId,
        order: u8,
    },
    /// It keeps what it read.
    Conclude {
        by: ProcessId,
        until: CrashPoint,
    },
    /// The user says what the console shows of an order: placed, unpaid or paid, or not there.
    Resolve {
        by: ProcessId,
        order: u8,
        is_placed: bool,
        is_list_read: bool,
    },
    /// The program is killed while it writes that.
    TearResolve {
        by: ProcessId,
        order: u8,
        is_placed: bool,
    },
    /// A process would send an order again.
    SendAgain {
        by: ProcessId,
        order: u8,
    },
    /// The list shows the order from here on: it was placed, paid, and is built. Orders that wait unpaid, or whose
    /// payment failed, are those to which this does not happen.
    List(u8),
    /// Somebody else's servers are listed.
    Appear(Stranger),
    /// The list comes from a replica without our orders.
    Blind,
    /// The process that is running stops, and the other one goes on.
    Interrupt,
    Pass(Minutes),
    SetClock(Setting),
}

/// Where a process is killed while it keeps what it read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CrashPoint {
    /// It lives.
    End,
    /// While it writes the first record.
    InFirst,
    /// Between the first and the second.
    BehindFirst,
    InSecond,
}

/// Time that passes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Minutes {
    One,
    Five,
    Fifteen,
}

/// One of the two processes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProcessId {
    P1,
    P2,
}

/// Changes that a user makes, clock settings, strangers and times: everything that there is.
pub const CHANGES: [Change; 3] = [Change::Same, Change::Count, Change::Period];
pub const SETTINGS: [Setting; 3] = [Setting::Right, Setting::Behind, Setting::Ahead];
pub const STRANGERS: [Stranger; 3] = [Stranger::Fits, Stranger::OtherFlavors, Stranger::TooMany];
pub const TIMES: [Minutes; 3] = [Minutes::One, Minutes::Five, Minutes::Fifteen];
pub const CRASHES: [CrashPoint; 3] = [CrashPoint::InFirst, CrashPoint::BehindFirst, CrashPoint::InSecond];
pub const BOTH: [ProcessId; 2] = [ProcessId::P1, ProcessId::P2];

impl Setting {
    /// Seconds by which this machine's clock is ahead.
    pub fn seconds(self) -> i64 {
        match self {
            Self::Right => 0,
            Self::Behind => -3_607,
            Self::Ahead => 28_811,
        }
    }
}

impl Minutes {
    pub fn count(self) -> u8 {
        match self {
            Self::One => 1,
            Self::Five => 5,
            Self::Fifteen => 15,
        }
    }
}

impl Change {
    pub fn count(self) -> i64 {
        match self {
            Self::Same | Self::Period => 1,
            Self::Count => 2,
        }
    }
}

impl Orders {
    pub fn has(self, order: u8) -> bool {
        self.0 & (1 << order) != 0
    }

    pub fn with(self, order: u8) -> Self {
        Self(self.0 | 1 << order)
    }

    pub fn all(self) -> impl Iterator<Item = u8> {
        (0..8).filter(move |order| self.has(*order))
    }
}

impl Budget {
    fn parts(self) -> [u8; 4] {
        let Self { confirmations, readings, crashes, events } = self;
        [confirmations, readings, crashes, events]
    }

    /// Whether nothing more can happen with the other one than with this.
    pub fn covers(self, other: Self) -> bool {
        self.parts().iter().zip(other.parts()).all(|(mine, its)| *mine >= its)
    }
}

impl Process {
    fn digest(self, now: u8, is_exact: bool) -> u64 {
        let mut mixer = DigestHasher::default();
        match self {
            Self::Idle => 0_u8.hash(&mut mixer),
            Self::Asked { change, seen, second } => (1_u8, change, seen, second).hash(&mut mixer),
            Self::Confirmed { order, is_clock_measured } => (2_u8, order, is_clock_measured).hash(&mut mixer),
            Self::Sending { order } => (3_u8, order).hash(&mut mixer),
            Self::Reading { order, listed, began: Moment { minute, clock, is_measured } } => {
                let age = if is_exact { age(now, minute) } else { age(now, minute).min(1) };
                (4_u8, order, listed, age, clock, is_measured).hash(&mut mixer);
            }
        }
        mixer.finish()
    }
}

impl Request {
    fn digest(self, now: u8) -> (u8, u8) {
        match self {
            Self::None => (0, 0),
            Self::Open { ended: None } => (1, 0),
            Self::Open { ended: Some(ended) } => (2, age(now, ended)),
            Self::Placed { is_listed: false, at } => (3, age(now, at)),
            Self::Placed { is_listed: true, .. } => (4, 0),
            Self::Gone => (5, 0),
        }
    }

    /// Whether an order of it can exist.
    pub fn may_exist(self) -> bool {
        match self {
            Self::None | Self::Gone => false,
            Self::Open { .. } | Self::Placed { .. } => true,
        }
    }

    pub fn exists(self) -> bool {
        matches!(self, Self::Placed { .. })
    }
}

/// The age from which on everything is old: longer than each span of the rules that a world lives to see.
pub const OLD: u8 = 20;

/// How long ago something was.
pub fn age(now: u8, then: u8) -> u8 {
    now.saturating_sub(then).min(OLD)
}

impl World {
    pub fn at_first(left: Budget) -> Self {
        Self {
            journal: 0,
            is_torn: false,
            processes: [Process::Idle; 2],
            running: None,
            requests: [Request::None; MOST],
            stranger: None,
            is_blind: false,
            news: News::Nothing,
            minute: 0,
            clock: Setting::Right,
            left,
        }
    }

    /// Whether the other process holds the lock of the journal.
    pub fn is_locked_for(&self, by: ProcessId) -> bool {
        let other = self.processes[1 - by as usize];
        matches!(other, Process::Confirmed { .. } | Process::Sending { .. })
    }

    pub fn listed(&self) -> Listed {
        let is_listed =
            |order: &usize| matches!(self.requests[*order], Request::Placed { is_listed: true, .. }) && !self.is_blind;
        let orders = (0..MOST).filter(is_listed).fold(0, |all, order| all | 1 << order);
        Listed { orders: Orders(orders), stranger: self.stranger }
    }

    /// This moment for a process that has or has not measured the servers' clock.
    pub fn moment(&self, is_measured: bool) -> Moment {
        Moment { minute: self.minute, clock: self.clock, is_measured }
    }

    /// What the world is without what is left, times being ages. The two processes are exchangeable. `journal` is the
    /// digest of the journal at this time.
    pub fn digest(&self, journal: u64, is_exact: bool) -> u64 {
        let Self {
            journal: _,
            is_torn,
            processes,
            running,
            requests,
            stranger,
            is_blind,
            news,
            minute,
            clock,
            left: _,
        } = *self;
        let of = |by: ProcessId| {
            let mut mixer = DigestHasher::default();
            (processes[by as usize].digest(minute, is_exact), running == Some(by)).hash(&mut mixer);
            mixer.finish()
        };
        let mut mixer = DigestHasher::default();
        (journal, is_torn, stranger, is_blind, news, clock).hash(&mut mixer);
        requests.map(|request| request.digest(minute)).hash(&mut mixer);
        of(ProcessId::P1).wrapping_add(of(ProcessId::P2)).hash(&mut mixer);
        mixer.finish()
    }
}

/// A hasher that is quick in unoptimized builds.
#[derive(Debug, Default, Clone, Copy)]
pub struct DigestHasher(u64);

impl Hasher for DigestHasher {
    fn finish(&self) -> u64 {
        let mixed = (self.0 ^ (self.0 >> 32)).wrapping_mul(0xd6e8_feb8_6659_fd93);
        mixed ^ (mixed >> 32)
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u64(u64::from(*byte));
        }
    }

    fn write_u8(&mut self, value: u8) {
        self.write_u64(u64::from(value));
    }

    fn write_u32(&mut self, value: u32) {
        self.write_u64(u64::from(value));
    }

    fn write_u64(&mut self, value: u64) {
        let product = u128::from(self.0 ^ value ^ 0x9e37_79b9_7f4a_7c15) * 0xa076_1d64_78bd_642f_u128;
        self.0 = (product as u64) ^ ((product >> 64) as u64).rotate_left(23);
    }

    fn write_isize(&mut self, value: isize) {
        self.write_u64(value as u64);
    }

    fn write_usize(&mut self, value: usize) {
        self.write_u64(value as u64);
    }
}

/// Hash maps over `DigestHasher`.
#[derive(Debug, Default, Clone, Copy)]
pub struct BuildDigestHasher;

impl std::hash::BuildHasher for BuildDigestHasher {
    type Hasher = DigestHasher;

    fn build_hasher(&self) -> DigestHasher {
        DigestHasher::default()
    }
}
