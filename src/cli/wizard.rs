//! The form: which account it is for, how it looks, and what stays on the normal screen.

use std::env;
use std::io::{Write as _, stdout};
use std::pin::Pin;
use std::sync::Arc;

use crate::api::{Account, Endpoint, HttpCloud, Token};
use crate::app::AccountLabel;
use crate::config::{Kind, Settings, state_dir};
use crate::failure::Failure;
use crate::simulator::Scene;
use crate::tui::{self, Connect, Connection, Launch};
use crate::view::Theme;

use super::args::{Args, Color};
use super::demo;

pub fn run(args: &Args) -> Result<u8, Failure> {
    let settings = Settings::load(args.config.as_deref()).map_err(|error| Failure::Usage(error.to_string()))?;
    let (account, connect, kind) = match &args.demo {
        Some(name) => {
            let scene = Scene::named(name).map_err(|error| Failure::Usage(error.to_string()))?;
            (demo::label(&scene), demo::connect(scene), Kind::Demo)
        }
        None => from_environment()?,
    };
    let launch = Launch {
        account,
        connect,
        state_dir: state_dir(args.state_dir.as_deref(), kind),
        theme: Theme { mono: !uses_colour(args.color, &settings) },
        mouse: settings.mouse && !args.no_mouse,
        break_down_at: env::var("CPH_WIZARD_TEST_BREAK_DOWN").ok(),
    };
    let ended = tui::run(launch).map_err(Failure::Terminal)?;
    let mut out = stdout().lock();
    for line in &ended.receipt {
        // A closed pipe takes no receipt; the exit code still tells.
        let _ = writeln!(out, "{line}");
    }
    Ok(ended.exit_code)
}

/// The account that the environment names: an endpoint on this machine for now.
fn from_environment() -> Result<(AccountLabel, Connect, Kind), Failure> {
    let (Ok(endpoint), Ok(token), Ok(project_id)) =
        (env::var("CPH_WIZARD_ENDPOINT"), env::var("CPH_WIZARD_TOKEN"), env::var("CPH_WIZARD_PROJECT_ID"))
    else {
        return Err(Failure::NoAccount);
    };
    let endpoint = Endpoint::parse(&endpoint).map_err(|error| Failure::Usage(error.to_string()))?;
    let label = AccountLabel {
        live: !endpoint.is_loopback(),
        profile: "environment".into(),
        region: endpoint.host().to_owned(),
        project: project_id.clone(),
    };
    let kind = if label.live { Kind::Live } else { Kind::Demo };
    let account = Account { endpoint, ecs: None, project_id, token: Token::new(&token) };
    let connect: Connect = Box::new(move || -> Pin<Box<dyn Future<Output = Result<Connection, String>> + Send>> {
        Box::pin(async move {
            let cloud = HttpCloud::new(account).map_err(|error| error.to_string())?;
            Ok(Connection { cloud: Arc::new(cloud), keeps: Box::new(()) })
        })
    });
    Ok((label, connect, kind))
}

/// Flag, settings, `NO_COLOR`, `CLICOLOR`, `TERM`, in this order.
fn uses_colour(flag: Color, settings: &Settings) -> bool {
    let set = |name: &str| env::var(name).is_ok_and(|value| !value.is_empty() && value != "0");
    match flag {
        Color::Always => true,
        Color::Never => false,
        Color::Auto if !settings.color || env::var("NO_COLOR").is_ok_and(|value| !value.is_empty()) => false,
        Color::Auto if set("CLICOLOR_FORCE") => true,
        Color::Auto => {
            env::var("CLICOLOR").ok().as_deref() != Some("0") && env::var("TERM").ok().as_deref() != Some("dumb")
        }
    }
}
