//! The definitions of the command line: its commands, flags and their help texts.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};

use crate::bootstrap::account::AccountArgs;
use crate::bootstrap::demo::DemoArgs;

/// Order Huawei Cloud Cloud Phone servers from a terminal.
#[derive(Debug, Parser)]
#[command(name = "cph-wizard", version, args_conflicts_with_subcommands = true)]
pub struct Args {
    #[command(flatten)]
    pub demo: DemoArgs,
    /// Keep drafts under this directory
    #[arg(long, value_name = "DIR")]
    pub state_dir: Option<PathBuf>,
    #[command(flatten)]
    pub account: AccountArgs,
    /// When to use colour
    #[arg(long, value_enum, default_value_t = Color::Auto, value_name = "WHEN")]
    pub color: Color,
    /// Look like this: auto, terminal, dark, light, high-contrast, mono, or a theme of your own
    #[arg(long, value_name = "NAME|FILE")]
    pub theme: Option<String>,
    /// Draw nothing above ASCII; a locale without UTF-8 does it too
    #[arg(long)]
    pub ascii: bool,
    /// Leave the mouse to the terminal, for selecting text
    #[arg(long)]
    pub no_mouse: bool,
    /// Ask in plain lines instead of on a screen: for screen readers, pipes and simple terminals
    #[arg(long)]
    pub linear: bool,
    /// The language of all that is said: en or zh-CN
    ///
    /// Without it the variable `CPH_WIZARD_LANGUAGE`, the profile, the settings and the locale say which.
    #[arg(long, value_name = "TAG", global = true, display_order = 200)]
    pub language: Option<String>,
    #[command(flatten)]
    pub log: crate::bootstrap::logging::LogArgs,
    #[command(flatten)]
    pub begin: super::start::StartArgs,
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// The value of `--color`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// By the settings, `NO_COLOR` and the terminal
    Auto,
    Always,
    Never,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve the simulator of the API on this machine
    Simulate(Simulate),
    /// Say everything that is wrong with an order file, or the hash of what would be sent
    Check(super::check::Check),
    /// Buy one order from a file, through the journal
    ///
    /// --confirm places exactly the bytes that were checked, --yes an order that is not paid at once. Without either a
    /// person at a terminal is asked, and without a terminal nothing is bought.
    Buy(Box<super::buy::Buy>),
    /// List what may be chosen: flavors, images, bandwidths, key pairs
    Catalogue(super::catalogue::List),
    /// Write an order file to begin with, every member explained
    Template(super::template::Template),
    /// Write the JSON Schema of an order file, for editors
    Schema,
    /// Write an order as a text that another tool runs
    Export(super::export::Export),
    /// Show the journal of orders, and look for those in doubt
    Orders(super::orders::Orders),
    /// Set up accounts, show what they come to, and try the way to the cloud
    Profile(Box<super::profile::ProfileArgs>),
    /// Print the script that completes commands, flags and values in a shell
    Completions(super::completion::Completions),
    /// Print the man page of a command, or write all of them
    Man(super::man::ManArgs),
}

const CREDENTIALS: &str = "\
Know the access keys of this JSON file instead of the built-in one, and take only tokens issued here

The file is a list of objects with the texts access_key and secret_key, and perhaps security_token (then the key is a \
temporary one), project_id (then the key may use no other project) and domain_id. Without a file the simulator knows \
the access key FAKEAK0SIMULATOR0001 with the secret key FakeSecretKeyForTheSimulatorOnly00000001 and takes any token. \
Either way it knows the user demo-user of the account demo-domain with the password demo-password. All of these are \
invented and open nothing anywhere.";

#[derive(Debug, clap::Args)]
pub struct Simulate {
    /// Loopback address to listen on; port 0 takes a free one
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:0")]
    pub listen: SocketAddr,
    /// How the simulator behaves
    #[arg(long, value_name = "NAME", default_value = "normal")]
    pub scene: String,
    /// Read the scene from this file instead
    #[arg(long, value_name = "FILE", conflicts_with = "scene")]
    pub scene_file: Option<PathBuf>,
    /// Append every accepted order to this file
    #[arg(long, value_name = "FILE")]
    pub ledger: Option<PathBuf>,
    /// Set the simulator's clock ahead by this many seconds, or behind if negative
    #[arg(long, value_name = "SECONDS", allow_negative_numbers = true)]
    pub clock_offset: Option<i64>,
    /// Know the access keys of this JSON file instead of the built-in one, and take only tokens issued here
    ///
    /// The long help says what the file holds, and which credentials are built in.
    #[arg(long, value_name = "FILE", long_help = CREDENTIALS)]
    pub credentials: Option<PathBuf>,
    /// The region whose project the simulated IAM lists
    #[arg(long, value_name = "REGION", default_value = "cn-north-4")]
    pub region: String,
    /// Speak https, with a certificate for 127.0.0.1 and localhost made at the start
    #[arg(long)]
    pub tls: bool,
    /// Write the certificate of the authority that clients have to trust to this file
    #[arg(long, value_name = "FILE", requires = "tls")]
    pub ca_out: Option<PathBuf>,
}

#[cfg(test)]
mod tests {
    use clap::{Arg, Command, CommandFactory as _};

    use super::Args;

    /// Lists every argument of a command and of its subcommands, each with the path of the command and the argument id,
    /// e.g. `cph-wizard orders show id`.
    fn arguments(command: &Command, path: &str) -> Vec<(String, Arg)> {
        let own = command.get_arguments().map(|arg| (format!("{path} {}", arg.get_id()), arg.clone()));
        let below = command.get_subcommands().flat_map(|sub| arguments(sub, &format!("{path} {}", sub.get_name())));
        own.chain(below).collect()
    }

    fn help_of(arg: &Arg) -> String {
        let texts = [arg.get_help(), arg.get_long_help()];
        texts.into_iter().flatten().map(|text| text.to_string().to_lowercase()).collect()
    }

    #[test]
    fn no_argument_takes_a_secret() {
        let all = arguments(&Args::command(), "cph-wizard");
        assert!(
            all.iter().any(|(path, _)| path == "cph-wizard profile add token_file"),
            "the walk goes all the way down"
        );
        for (path, arg) in all {
            let name = arg.get_long().unwrap_or(arg.get_id().as_str()).to_lowercase();
            let in_name = ["secret", "password", "token", "key", "passphrase"].iter().any(|word| name.contains(word));
            let is_key = name.split(['-', '_']).any(|part| ["ak", "sk"].contains(&part));
            let help = help_of(&arg);
            let in_help = ["secret", "password", "token", "access key"].iter().any(|word| help.contains(word));
            let takes = arg.get_value_names().unwrap_or_default().join(" ");
            let takes_none = !arg.get_action().takes_values();
            // The place of a secret may be named, and the kind of place, but never what is there.
            let is_place = takes == "FILE" || (takes == "KIND" && name == "credentials");
            assert!(!(in_name || is_key || in_help) || is_place || takes_none, "{path} takes {takes}");
            assert!(arg.get_env().is_none(), "{path}: variables are read where their values are looked after");
        }
    }
}
