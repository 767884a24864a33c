//! The exit codes of the program, for every command and both front ends.

/// What the program ends with. The numbers are promised in the README and on the man pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum ExitCode {
    /// Done. With an order: it was accepted or found.
    Success = 0,
    /// A bug, a result that cannot be written, too few file descriptors, or a failed step of `profile doctor`.
    Failure = 1,
    /// The command line, the settings or the place that the program runs in is not right.
    Usage = 2,
    /// The order breaks rules.
    InvalidOrder = 3,
    /// Huawei Cloud reported that it rejected the order.
    Rejected = 4,
    /// Not a byte of the order was sent.
    NotSent = 5,
    /// Something is not known: the outcome, whether the servers are ready, or a list.
    Unknown = 6,
    /// One confirmation has more than one order, or the journal needs attention.
    NeedsAttention = 7,
    /// Left or interrupted, as a shell counts it: 128 and the number of SIGINT.
    Interrupted = 130,
}

impl ExitCode {
    /// Every exit code, in the order of the numbers.
    pub const ALL: [Self; 9] = [
        Self::Success,
        Self::Failure,
        Self::Usage,
        Self::InvalidOrder,
        Self::Rejected,
        Self::NotSent,
        Self::Unknown,
        Self::NeedsAttention,
        Self::Interrupted,
    ];

    /// Returns the number that the shell sees.
    #[must_use]
    pub const fn number(self) -> u8 {
        self as u8
    }
}

impl From<ExitCode> for std::process::ExitCode {
    fn from(code: ExitCode) -> Self {
        Self::from(code.number())
    }
}
