//! The exit codes of the program, for every command and both front ends.

/// Exit code of the program. The numbers are part of the interface that the README and the man pages document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum ExitCode {
    /// Success. For an order: it was accepted or found.
    Success = 0,
    /// A bug, a result that cannot be written, too few file descriptors, or a failed step of `profile doctor`.
    Failure = 1,
    /// An error in the command line, in the settings, or in the environment that the program runs in.
    Usage = 2,
    /// The order breaks at least one rule.
    InvalidOrder = 3,
    /// Huawei Cloud reported that it rejected the order.
    Rejected = 4,
    /// Not a byte of the order was sent.
    NotSent = 5,
    /// A result is not known: the outcome of the order, whether the servers are ready, or a list.
    Unknown = 6,
    /// One confirmation has more than one order, or the journal needs attention.
    NeedsAttention = 7,
    /// The user quit or interrupted the program. As in a shell, 128 plus the number of SIGINT.
    Interrupted = 130,
}

impl ExitCode {
    /// All exit codes in numerical order.
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
