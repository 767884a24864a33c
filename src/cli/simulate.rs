//! `simulate`: runs the simulator in the foreground and prints one line per request, until a signal ends it.

use std::fmt::Display;
use std::path::Path;

use crate::bootstrap::error::AppError;
use crate::exit_code::ExitCode;
use crate::simulator::{AcceptedTokens, Credentials, Options, Scene, Simulator};
use crate::text::sanitize::brief;

use super::args::Simulate;
use super::print;

pub fn run(args: &Simulate) -> Result<ExitCode, AppError> {
    let scene = match &args.scene_file {
        Some(file) => Scene::parse(&text_of(file)?).map_err(|error| in_file(file, &error))?,
        None => Scene::named(&args.scene).map_err(|error| AppError::Usage(error.to_string()))?,
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(AppError::Runtime)?;
    runtime.block_on(async {
        let (credentials, accepted_tokens) = admission(args)?;
        let options = Options {
            credentials,
            accepted_tokens,
            region: args.region.clone(),
            listen: args.listen,
            scene,
            ledger: args.ledger.clone(),
            tls: args.tls,
            clock_offset_s: args.clock_offset,
            on_request: Some(Box::new(print::line)),
            ..Options::default()
        };
        let simulator = Simulator::start(options).await.map_err(|error| AppError::Usage(error.to_string()))?;
        if let (Some(file), Some(ca_pem)) = (&args.ca_out, simulator.ca_pem()) {
            std::fs::write(file, ca_pem).map_err(|error| in_file(file, &crate::bootstrap::error::io_reason(&error)))?;
        }
        print::line(&format!("listening on {}", simulator.url()));
        wait_for_the_end().await.map_err(AppError::Runtime)?;
        simulator.stop().await;
        Ok(ExitCode::Success)
    })
}

/// Returns the accepted credentials and tokens. With `--credentials`, only tokens that the simulator issued itself are
/// accepted; without it, any token is.
fn admission(args: &Simulate) -> Result<(Credentials, AcceptedTokens), AppError> {
    let Some(file) = &args.credentials else {
        return Ok((Credentials::documented(), AcceptedTokens::Any));
    };
    let credentials = Credentials::parse(&text_of(file)?).map_err(|error| in_file(file, &error))?;
    Ok((credentials, AcceptedTokens::Issued))
}

fn text_of(file: &Path) -> Result<String, AppError> {
    std::fs::read_to_string(file).map_err(|error| in_file(file, &crate::bootstrap::error::io_reason(&error)))
}

fn in_file(file: &Path, error: &dyn Display) -> AppError {
    AppError::Usage(format!("{}: {error}", brief(&file.to_string_lossy(), 200)))
}

async fn wait_for_the_end() -> std::io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    let mut hang_up = signal(SignalKind::hangup())?;
    tokio::select! {
        interrupted = tokio::signal::ctrl_c() => interrupted,
        _ = terminate.recv() => Ok(()),
        _ = hang_up.recv() => Ok(()),
    }
}
