//! `simulate`: the simulator by hand, a line a request, until it is interrupted.

use std::fmt::Display;
use std::io::{Write as _, stdout};
use std::path::Path;

use crate::failure::Failure;
use crate::order::text::brief;
use crate::order::text::visible;
use crate::simulator::{Credentials, Options, Scene, Simulator, Tokens};

use super::args::Simulate;
use super::say;

pub fn run(args: &Simulate) -> Result<u8, Failure> {
    let scene = match &args.scene_file {
        Some(file) => Scene::parse(&text_of(file)?).map_err(|error| in_file(file, &error))?,
        None => Scene::named(&args.scene).map_err(|error| Failure::Usage(error.to_string()))?,
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(Failure::Runtime)?;
    runtime.block_on(async {
        let (credentials, tokens) = admission(args)?;
        let options = Options {
            credentials,
            tokens,
            region: args.region.clone(),
            listen: args.listen,
            scene,
            ledger: args.ledger.clone(),
            tls: args.tls,
            clock_offset_s: args.clock_offset,
            on_request: Some(Box::new(tell)),
            ..Options::default()
        };
        let simulator = Simulator::start(options).await.map_err(|error| Failure::Usage(error.to_string()))?;
        if let (Some(file), Some(ca_pem)) = (&args.ca_out, simulator.ca_pem()) {
            std::fs::write(file, ca_pem).map_err(|error| in_file(file, &say::why(&error)))?;
        }
        tell(&format!("listening on {}", simulator.url()));
        wait_for_the_end().await.map_err(Failure::Runtime)?;
        simulator.stop().await;
        Ok(0)
    })
}

/// Who may call, and with which tokens; whoever names credentials of their own wants them to be needed.
fn admission(args: &Simulate) -> Result<(Credentials, Tokens), Failure> {
    let Some(file) = &args.credentials else {
        return Ok((Credentials::documented(), Tokens::Any));
    };
    let credentials = Credentials::parse(&text_of(file)?).map_err(|error| in_file(file, &error))?;
    Ok((credentials, Tokens::Issued))
}

fn text_of(file: &Path) -> Result<String, Failure> {
    std::fs::read_to_string(file).map_err(|error| in_file(file, &say::why(&error)))
}

fn in_file(file: &Path, error: &dyn Display) -> Failure {
    Failure::Usage(format!("{}: {error}", brief(&file.to_string_lossy(), 200)))
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

/// A line on stdout at once; a closed pipe is no reason to stop serving.
fn tell(line: &str) {
    let mut out = stdout().lock();
    let _ = writeln!(out, "{}", visible(line));
    let _ = out.flush();
}
