//! `--log`: writes calls to the cloud, journal records and order states, one line each, for diagnosis. Without the flag
//! no subscriber is installed, and there is no cost. A requested log that cannot be opened ends the command before
//! anything is sent; a write error later on is reported at the end.

use std::fmt::{Debug, Write as _};
use std::fs::File;
use std::io::{self, Write as _, stderr};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use jiff::Timestamp;
use tracing::field::{Field, Visit};
use tracing::level_filters::LevelFilter;
use tracing::{Event, Subscriber, info};
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::{Context, Layer, SubscriberExt as _};

use crate::bootstrap::error::AppError;
use crate::exit_code::ExitCode;
use crate::fs_private::append_private;
use crate::i18n::tr;
use crate::purchase::Buyer;
use crate::text::sanitize::{sentence, visible};

/// The only crate whose events are logged: libraries might log credentials.
const CRATE: &str = "cph_wizard";
const TARGET: &str = concat!("cph_wizard::", "bootstrap");

#[derive(Debug, Clone, Default, clap::Args)]
pub struct LogArgs {
    /// Append what is done to this private file; - is standard error
    ///
    /// A line for each call, each record of the journal and each state of an order, never with a secret. A file of 5 MB is
    /// put aside at the next start as FILE.1, and the last four of those are kept. While the form is on the screen a
    /// file is needed.
    #[arg(long, value_name = "FILE", global = true, display_order = 201)]
    pub log: Option<PathBuf>,
    /// Write more to the log: headers and bodies without secrets; twice: whole bodies
    #[arg(short, long, global = true, action = clap::ArgAction::Count, display_order = 202)]
    pub verbose: u8,
}

/// Guard of an active log. When dropped, it reports on standard error if something could not be written.
pub struct LogGuard {
    trouble: WriteFailure,
}

/// The reason why the log stopped; empty while it works.
type WriteFailure = Arc<OnceLock<String>>;

impl Drop for LogGuard {
    fn drop(&mut self) {
        if let Some(why) = self.trouble.get() {
            let _ = writeln!(stderr().lock(), "{}", visible(&sentence(why)));
        }
    }
}

/// Starts the requested log. Fails if the file cannot be opened for appending or is not private to the user, for `-v`
/// without `--log`, and for `--log -` while the form uses the screen.
pub fn start(args: &LogArgs, is_form: bool, path: &[String]) -> Result<Option<LogGuard>, AppError> {
    let LogArgs { log: Some(file), verbose } = args else {
        if args.verbose > 0 {
            let why = tr!("-v says how much is written to a log: --log names its file, or - for standard error");
            return Err(AppError::Usage(why));
        }
        return Ok(None);
    };
    let out = if file != Path::new("-") {
        match append_private(file) {
            Ok(file) => LogOutput::File(Mutex::new(file)),
            Err(error) => {
                return Err(AppError::Usage(tr!("the log cannot be opened, so nothing was done: {why}", why = error)));
            }
        }
    } else if is_form {
        let why = tr!("--log - cannot be while the form is on the screen: name a file");
        return Err(AppError::Usage(why));
    } else {
        LogOutput::Stderr
    };
    let level = match verbose {
        0 => LevelFilter::INFO,
        1 => LevelFilter::DEBUG,
        _ => LevelFilter::TRACE,
    };
    let trouble = WriteFailure::default();
    let lines = LogLayer { out, file: file.clone(), trouble: Arc::clone(&trouble) };
    let subscriber = tracing_subscriber::registry().with(Targets::new().with_target(CRATE, level)).with(lines);
    // There is one start in a process.
    let _ = tracing::subscriber::set_global_default(subscriber);
    let command = if path.is_empty() { "form".to_owned() } else { path.join(" ") };
    let process = std::process::id();
    let (version, target) = (env!("CARGO_PKG_VERSION"), env!("CPH_WIZARD_TARGET"));
    info!(target: TARGET, command, version, commit = env!("CPH_WIZARD_COMMIT"), build = target, process, "begun");
    Ok(Some(LogGuard { trouble }))
}

/// Logs the account that a command orders for, without its credentials.
pub fn account(buyer: &Buyer) {
    let Buyer { profile, endpoint, project, region, credentials: _ } = buyer;
    info!(target: TARGET, profile, endpoint, project, region, "account");
}

/// Logs the exit code of the command.
pub fn ended(exit_code: ExitCode) {
    info!(target: TARGET, exit_code = exit_code.number(), "ended");
}

enum LogOutput {
    File(Mutex<File>),
    Stderr,
}

impl LogOutput {
    /// Writes a line and its line break in one call, so that lines of two processes do not mix. Errors on standard
    /// error are ignored.
    fn write(&self, line: &[u8]) -> io::Result<()> {
        match self {
            // A thread that broke down in here left at most half a line.
            Self::File(file) => file.lock().unwrap_or_else(PoisonError::into_inner).write_all(line),
            Self::Stderr => {
                // A closed stderr takes no words; the exit code still tells.
                let _ = stderr().lock().write_all(line);
                Ok(())
            }
        }
    }
}

/// A layer that writes each event as one line, and stops at the first write error.
struct LogLayer {
    out: LogOutput,
    file: PathBuf,
    trouble: WriteFailure,
}

impl<S: Subscriber> Layer<S> for LogLayer {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        if self.trouble.get().is_some() {
            return;
        }
        if let Err(error) = self.out.write(line_of(event, Timestamp::now()).as_bytes()) {
            let file = visible(&self.file.display().to_string()).into_owned();
            let why = crate::bootstrap::error::io_reason(&error);
            // The first one that fails says so.
            let _ = self.trouble.set(tr!("{file} took no more lines of the log: {why}", file, why));
        }
    }
}

/// Formats an event as one line: UTC time, level, target, message, and the fields as `name=value`.
fn line_of(event: &Event<'_>, at: Timestamp) -> String {
    let mut told = EventFields::default();
    event.record(&mut told);
    let (level, target) = (event.metadata().level(), event.metadata().target());
    let EventFields { message, rest } = told;
    // Whatever comes from outside cannot begin a line of its own, nor move a cursor.
    let line = format!("{at:.3} {level:>5} {target}: {message}{rest}");
    format!("{}\n", visible(&line))
}

#[derive(Default)]
struct EventFields {
    message: String,
    rest: String,
}

impl EventFields {
    fn put(&mut self, field: &Field, text: &str) {
        if field.name() == "message" {
            text.clone_into(&mut self.message);
            return;
        }
        let name = field.name();
        let is_plain = !text.is_empty() && !text.contains([' ', '"', '=', '\\']);
        // Writing to a text does not fail.
        let _ = if is_plain {
            write!(self.rest, " {name}={text}")
        } else {
            write!(self.rest, " {name}=\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
        };
    }
}

impl Visit for EventFields {
    fn record_str(&mut self, field: &Field, value: &str) {
        self.put(field, value);
    }

    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.put(field, &format!("{value:?}"));
    }
}

#[cfg(test)]
mod tests {
    use tracing::warn;

    use super::*;

    fn line_with(told: impl Fn()) -> String {
        struct Kept(Arc<Mutex<String>>);
        impl<S: Subscriber> Layer<S> for Kept {
            fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
                self.0.lock().unwrap().push_str(&line_of(event, Timestamp::UNIX_EPOCH));
            }
        }
        let lines = Arc::new(Mutex::new(String::new()));
        let subscriber = tracing_subscriber::registry().with(Kept(Arc::clone(&lines)));
        tracing::subscriber::with_default(subscriber, told);
        std::mem::take(&mut *lines.lock().unwrap())
    }

    #[test]
    fn an_event_is_one_line_whatever_stands_in_it() {
        let line = line_with(|| {
            let none: Option<&str> = None;
            warn!(target: TARGET, status = 503_u16, why = "a \"b\"\nc\u{1b}[2J", none, plain = "x/y", empty = "", "again");
        });
        let expected = "1970-01-01T00:00:00.000Z  WARN cph_wizard::bootstrap: again status=503 \
                        why=\"a \\\"b\\\"<U+000A>c<U+001B>[2J\" plain=x/y empty=\"\"\n";
        assert_eq!(line, expected);
    }

    #[test]
    fn a_log_that_takes_no_more_is_noticed_once_and_stops_nothing() {
        let home = tempfile::tempdir().unwrap();
        let file = home.path().join("run.log");
        std::fs::write(&file, "").unwrap();
        let trouble = WriteFailure::default();
        let out = LogOutput::File(Mutex::new(File::open(&file).unwrap()));
        let lines = LogLayer { out, file, trouble: Arc::clone(&trouble) };
        tracing::subscriber::with_default(tracing_subscriber::registry().with(lines), || {
            info!(target: TARGET, "one");
            info!(target: TARGET, "two");
        });
        let why = trouble.get().unwrap();
        assert!(why.contains("run.log took no more lines of the log: "), "{why}");
    }
}
