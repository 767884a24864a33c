//! The command line of `buy`.

use std::path::PathBuf;
use std::time::Duration;

use super::consent::ConsentArgs;
use super::wait::Until;
use crate::bootstrap::account::AccountArgs;
use crate::bootstrap::demo::DemoArgs;
use crate::bootstrap::error::AppError;
use crate::cli::start::SetArgs;
use crate::i18n::tr;
use crate::text::sanitize::brief;

#[derive(Debug, clap::Args)]
pub struct Buy {
    /// The order file: the operation's JSON body; - is standard input
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    #[command(flatten)]
    pub set: SetArgs,
    #[command(flatten)]
    pub consent: ConsentArgs,
    /// Buy although an order like this one, or a server of this name, is there already
    #[arg(long)]
    pub second: bool,
    /// Stay with the order until this is so
    #[arg(long, value_enum, value_name = "STATE")]
    pub wait: Option<Until>,
    /// The longest time to stay, such as 90s, 30m or 2h
    #[arg(long, value_name = "TIME", default_value = "30m", requires = "wait")]
    pub timeout: String,
    /// Say the result in JSON
    #[arg(long)]
    pub json: bool,
    /// Keep the journal under this directory
    #[arg(long, value_name = "DIR")]
    pub state_dir: Option<PathBuf>,
    #[command(flatten)]
    pub demo: DemoArgs,
    #[command(flatten)]
    pub account: AccountArgs,
}

impl Buy {
    /// Reads `--timeout`. Fails if it is no time, or longer than a week.
    pub(super) fn timeout(&self) -> Result<Duration, AppError> {
        let text = self.timeout.trim();
        let seconds = text.parse::<u64>().ok().map(Duration::from_secs);
        let time = || text.parse::<jiff::SignedDuration>().ok().and_then(|time| Duration::try_from(time).ok());
        seconds.or_else(time).filter(|time| *time <= MAX_TIMEOUT).ok_or_else(|| {
            AppError::Usage(tr!(
                "--timeout {shown} is no time up to a week: 90s, 30m or 2h is one",
                shown = brief(text, 40)
            ))
        })
    }
}

/// The longest `--timeout`: one week.
const MAX_TIMEOUT: Duration = Duration::from_secs(7 * 24 * 60 * 60);
